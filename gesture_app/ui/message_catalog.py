"""Every sentence of the lower layers that may be shown in the window, see `messages`."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "Message"

MESSAGES = (
    QT_TRANSLATE_NOOP("Message", "%1 cannot be opened"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot be played"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot be read"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot be read (%2)"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot be unpacked (%2)"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot load the model"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot run"),
    QT_TRANSLATE_NOOP("Message", "%1 cannot use the model"),
    QT_TRANSLATE_NOOP("Message", "%1 does not exist"),
    QT_TRANSLATE_NOOP("Message", "%1 does not open, another program may be using it"),
    QT_TRANSLATE_NOOP("Message", "%1 ends early"),
    QT_TRANSLATE_NOOP("Message", "%1 failed"),
    QT_TRANSLATE_NOOP("Message", "%1 has nothing to show"),
    QT_TRANSLATE_NOOP("Message", "%1 has stopped"),
    QT_TRANSLATE_NOOP("Message", "%1 is %2 bytes, more than the %3 allowed"),
    QT_TRANSLATE_NOOP("Message", "%1 is used"),
    QT_TRANSLATE_NOOP("Message", "%1 may not be used by this user"),
    QT_TRANSLATE_NOOP(
        "Message",
        "%1 of its %2 frames could be read, so the file is damaged or was not copied completely",
    ),
    QT_TRANSLATE_NOOP("Message", "%1 shows nothing"),
    QT_TRANSLATE_NOOP("Message", "%1 was altered or damaged (sha256 %2… instead of %3…)"),
    QT_TRANSLATE_NOOP("Message", "%1: %2"),
    QT_TRANSLATE_NOOP("Message", "%1:// is not a kind of stream known here"),
    QT_TRANSLATE_NOOP("Message", "Allow it in System Settings, Privacy & Security, Camera."),
    QT_TRANSLATE_NOOP(
        "Message", "Check that the file is a complete video, or choose another source."
    ),
    QT_TRANSLATE_NOOP("Message", "Check the path, or choose another file."),
    QT_TRANSLATE_NOOP("Message", "Check the path, or choose another folder."),
    QT_TRANSLATE_NOOP("Message", "Choose another camera, a file or the demo."),
    QT_TRANSLATE_NOOP("Message", "Choose another folder."),
    QT_TRANSLATE_NOOP(
        "Message", "Connect to the internet (or your package registry) and run `gesture-app setup`."
    ),
    QT_TRANSLATE_NOOP("Message", "Copy or record it again if the rest is needed."),
    QT_TRANSLATE_NOOP(
        "Message", "Give a camera's full name or its number, a file, a folder, a URL, or demo."
    ),
    QT_TRANSLATE_NOOP(
        "Message", "Give a camera's number or name, a file, a folder, a URL, or demo."
    ),
    QT_TRANSLATE_NOOP("Message", "Install the app again."),
    QT_TRANSLATE_NOOP("Message", "Install the model again, or choose another one."),
    QT_TRANSLATE_NOOP("Message", "Is a directory"),
    QT_TRANSLATE_NOOP("Message", "It is tried again by itself until it is back."),
    QT_TRANSLATE_NOOP(
        "Message", "Make room on the disk or the folder writable, and run `gesture-app setup`."
    ),
    QT_TRANSLATE_NOOP(
        "Message",
        "Make room on the disk or the folder writable; until then they last until you quit.",
    ),
    QT_TRANSLATE_NOOP("Message", "Make the folder writable."),
    QT_TRANSLATE_NOOP("Message", "No inference back end can run"),
    QT_TRANSLATE_NOOP("Message", "No inference back end can run the model"),
    QT_TRANSLATE_NOOP("Message", "No source was named"),
    QT_TRANSLATE_NOOP("Message", "No space left on device"),
    QT_TRANSLATE_NOOP("Message", "No such file or directory"),
    QT_TRANSLATE_NOOP(
        "Message",
        "ONNX Runtime fell back to %1, as it does when the provider's libraries cannot be loaded",
    ),
    QT_TRANSLATE_NOOP("Message", "ONNX Runtime is installed more than once"),
    QT_TRANSLATE_NOOP(
        "Message", "Open it with another program to check it, or choose another file."
    ),
    QT_TRANSLATE_NOOP("Message", "Or choose another source."),
    QT_TRANSLATE_NOOP("Message", "Permission denied"),
    QT_TRANSLATE_NOOP("Message", "Plug a camera in and choose it as the source, or open a file."),
    QT_TRANSLATE_NOOP("Message", "Plug a camera in."),
    QT_TRANSLATE_NOOP("Message", "Plug it in again."),
    QT_TRANSLATE_NOOP("Message", "Plug it in and choose it as the source."),
    QT_TRANSLATE_NOOP("Message", "Plug it in firmly and close other programs that use it."),
    QT_TRANSLATE_NOOP("Message", "Recognition has stopped because of a bug in this app"),
    QT_TRANSLATE_NOOP(
        "Message", "Run `gesture-app doctor` to see every back end and why it is (not) available."
    ),
    QT_TRANSLATE_NOOP(
        "Message",
        "Run `gesture-app doctor`, or install the app again with `python3 installer/bootstrap.py`.",
    ),
    QT_TRANSLATE_NOOP("Message", "Run `gesture-app setup --again` to fetch its model anew."),
    QT_TRANSLATE_NOOP(
        "Message", "Run `pip uninstall -y %1`, then `python3 installer/bootstrap.py`."
    ),
    QT_TRANSLATE_NOOP(
        "Message", "Run `python3 installer/bootstrap.py`, or `pip install onnxruntime`."
    ),
    QT_TRANSLATE_NOOP("Message", "Run `sudo usermod -aG video $USER`, log out and in again."),
    QT_TRANSLATE_NOOP("Message", "Something in the window went wrong"),
    QT_TRANSLATE_NOOP("Message", "Start it again; if it comes back, report it with the log (%1)."),
    QT_TRANSLATE_NOOP("Message", "Start the app again."),
    QT_TRANSLATE_NOOP("Message", "The app goes on; if it comes back, report it with the log."),
    QT_TRANSLATE_NOOP("Message", "The app's own files are missing"),
    QT_TRANSLATE_NOOP("Message", "The camera %1 cannot be opened"),
    QT_TRANSLATE_NOOP("Message", "The camera “%1” cannot be opened"),
    QT_TRANSLATE_NOOP("Message", "The demo clip plays"),
    QT_TRANSLATE_NOOP("Message", "The hand detector cannot be loaded"),
    QT_TRANSLATE_NOOP("Message", "The hand model cannot be fetched"),
    QT_TRANSLATE_NOOP("Message", "The hand model cannot be made"),
    QT_TRANSLATE_NOOP("Message", "The hand model cannot be saved"),
    QT_TRANSLATE_NOOP("Message", "The hand model is not there"),
    QT_TRANSLATE_NOOP("Message", "The model %1 is not used"),
    QT_TRANSLATE_NOOP("Message", "The model cannot be loaded"),
    QT_TRANSLATE_NOOP("Message", "The model does not fit its manifest"),
    QT_TRANSLATE_NOOP("Message", "The model's manifest cannot be used"),
    QT_TRANSLATE_NOOP("Message", "The settings cannot be saved"),
    QT_TRANSLATE_NOOP("Message", "Use one of %1."),
    QT_TRANSLATE_NOOP("Message", "another camera is in its place"),
    QT_TRANSLATE_NOOP("Message", "exists on Windows only"),
    QT_TRANSLATE_NOOP("Message", "exists on macOS only"),
    QT_TRANSLATE_NOOP("Message", "install onnxruntime again"),
    QT_TRANSLATE_NOOP("Message", "it answers with shape %1 where %2 was expected"),
    QT_TRANSLATE_NOOP("Message", "it contains no picture that can be decoded"),
    QT_TRANSLATE_NOOP("Message", "it delivers no pictures"),
    QT_TRANSLATE_NOOP("Message", "it delivers no pictures any more"),
    QT_TRANSLATE_NOOP("Message", "it has inputs %1 and outputs %2, which is not a gesture model"),
    QT_TRANSLATE_NOOP("Message", "it holds no picture (%1)"),
    QT_TRANSLATE_NOOP("Message", "it is not a picture, or it is damaged"),
    QT_TRANSLATE_NOOP("Message", "it is not a video, or its end is missing"),
    QT_TRANSLATE_NOOP("Message", "it is not there, in use, or not allowed"),
    QT_TRANSLATE_NOOP("Message", "it is not there, or another program is using it"),
    QT_TRANSLATE_NOOP("Message", "it was closed"),
    QT_TRANSLATE_NOOP("Message", "its cache %1 cannot be made (%2)"),
    QT_TRANSLATE_NOOP("Message", "needs onnxruntime-directml"),
    QT_TRANSLATE_NOOP("Message", "needs onnxruntime-gpu"),
    QT_TRANSLATE_NOOP("Message", "needs onnxruntime-gpu and TensorRT"),
    QT_TRANSLATE_NOOP("Message", "no NVIDIA driver (%1 not found)"),
    QT_TRANSLATE_NOOP("Message", "no camera was found"),
    QT_TRANSLATE_NOOP("Message", "no camera with a name was found"),
    QT_TRANSLATE_NOOP("Message", "no video came within %1 s, or what came is none"),
    QT_TRANSLATE_NOOP("Message", "none of its %1 pictures can be read"),
    QT_TRANSLATE_NOOP("Message", "none of these folders exists: %1"),
    QT_TRANSLATE_NOOP("Message", "not part of %1 %2; %3"),
    QT_TRANSLATE_NOOP("Message", "offered by %1 %2"),
    QT_TRANSLATE_NOOP("Message", "on standard error"),
    QT_TRANSLATE_NOOP("Message", "onnxruntime cannot be imported (%1)"),
    QT_TRANSLATE_NOOP("Message", "pip cannot be started (%1)"),
    QT_TRANSLATE_NOOP("Message", "pip did not finish within %1 s"),
    QT_TRANSLATE_NOOP("Message", "several have that in their names (%1)"),
    QT_TRANSLATE_NOOP("Message", "the camera used last, %1, was not found"),
    QT_TRANSLATE_NOOP("Message", "the file is empty"),
    QT_TRANSLATE_NOOP("Message", "the package onnxruntime is not installed"),
    QT_TRANSLATE_NOOP("Message", "the packages %1 overwrite each other's files"),
    QT_TRANSLATE_NOOP("Message", "the text is empty"),
    QT_TRANSLATE_NOOP("Message", "there is no %1"),
    QT_TRANSLATE_NOOP("Message", "these are here: %1"),
)
