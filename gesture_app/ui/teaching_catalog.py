"""Every sentence of the training programs that the window may show; part of `message_catalog`."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP

TEACHING = (
    QT_TRANSLATE_NOOP("Message", "%1 cannot be used (%2: %3)"),
    QT_TRANSLATE_NOOP("Message", "%1 is not taken"),
    QT_TRANSLATE_NOOP("Message", "A file cannot be read or written"),
    QT_TRANSLATE_NOOP("Message", "All layers cannot be trained"),
    QT_TRANSLATE_NOOP("Message", "All layers of this model cannot be trained"),
    QT_TRANSLATE_NOOP("Message", "Export it again from its training run."),
    QT_TRANSLATE_NOOP(
        "Message",
        "Install the app again: the bundled model is the one that gestures are taught to.",
    ),
    QT_TRANSLATE_NOOP(
        "Message", "Make room on the disk, or let yourself write there, and try again."
    ),
    QT_TRANSLATE_NOOP(
        "Message", "Make room on the disk, or the folder writable, and do the same again."
    ),
    QT_TRANSLATE_NOOP(
        "Message",
        "Name a picture, a video, a folder of them, or a zip that Teachable Machine saved.",
    ),
    QT_TRANSLATE_NOOP("Message", "PyTorch is not installed"),
    QT_TRANSLATE_NOOP("Message", "Record a gesture first, or take pictures of one."),
    QT_TRANSLATE_NOOP("Message", "Record more of them, or delete the gesture."),
    QT_TRANSLATE_NOOP("Message", "Run %1 in a terminal, or teach quickly."),
    QT_TRANSLATE_NOOP(
        "Message",
        "Save the samples of one class (“Download samples”), or call the gesture like its class.",
    ),
    QT_TRANSLATE_NOOP("Message", "Teach it again; if it comes back, please report it."),
    QT_TRANSLATE_NOOP("Message", "The base model cannot be taught"),
    QT_TRANSLATE_NOOP("Message", "The model cannot be written"),
    QT_TRANSLATE_NOOP("Message", "The model is not taught"),
    QT_TRANSLATE_NOOP("Message", "The taught model is not used"),
    QT_TRANSLATE_NOOP("Message", "The training run cannot be written"),
    QT_TRANSLATE_NOOP("Message", "Then do the same again: it goes on where it was."),
    QT_TRANSLATE_NOOP("Message", "There are too few pictures to learn from"),
    QT_TRANSLATE_NOOP("Message", "There is nothing to learn from"),
    QT_TRANSLATE_NOOP("Message", "There is nothing to take from %1"),
    QT_TRANSLATE_NOOP("Message", "This model cannot be taught"),
    QT_TRANSLATE_NOOP("Message", "Wait until it is done, or stop it."),
    QT_TRANSLATE_NOOP("Message", "What was computed of the pictures cannot be kept"),
    QT_TRANSLATE_NOOP("Message", "another program is teaching %1 already"),
    QT_TRANSLATE_NOOP("Message", "fewer than %1 show a hand: %2"),
    QT_TRANSLATE_NOOP("Message", "it holds no picture, no video and no zip"),
    QT_TRANSLATE_NOOP("Message", "it holds no pictures"),
    QT_TRANSLATE_NOOP("Message", "it holds several classes (%1), and none is called “%2”"),
    QT_TRANSLATE_NOOP("Message", "its network does not compute what was learnt (%1)"),
    QT_TRANSLATE_NOOP("Message", "its network gives no features"),
    QT_TRANSLATE_NOOP("Message", "no picture in %1 can be read"),
    QT_TRANSLATE_NOOP("Message", "no pictures of hands are in %1"),
)
