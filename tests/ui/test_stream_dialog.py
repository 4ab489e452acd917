"""Asking for a stream's address."""

from __future__ import annotations

import pytest
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit

from gesture_app.ui.stream_dialog import StreamDialog


@pytest.mark.parametrize(
    ("address", "acceptable"),
    [
        ("rtsp://192.168.0.10:554/stream", True),
        ("https://example.org/live.m3u8", True),
        ("  http://camera.local/  ", True),
        ("", False),
        ("camera", False),
        ("file:///etc/passwd", False),
        ("rtsp://", False),
    ],
)
def test_only_the_address_of_a_stream_can_be_opened(
    app: QApplication, address: str, acceptable: bool
) -> None:
    dialog = StreamDialog()
    edit = dialog.findChild(QLineEdit)
    assert edit is not None
    QTest.keyClicks(edit, address)
    assert dialog._open.isEnabled() is acceptable
    assert dialog.url == address.strip()
    dialog.deleteLater()
