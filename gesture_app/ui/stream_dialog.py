"""Asks for the address of a network stream."""

from __future__ import annotations

from PyQt6.QtCore import QUrl
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gesture_app.ui.widgets import make_button, make_label

SCHEMES = ("rtsp", "rtsps", "http", "https", "rtmp", "udp", "tcp")


class StreamDialog(QDialog):
    """An address and two buttons; opens only what looks like the address of a stream."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Network stream"))
        self.setMinimumWidth(460)
        label = QLabel(self.tr("&Address of the stream"))
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("rtsp://camera.example:554/stream")
        self._edit.setAccessibleName(self.tr("Address of the stream"))
        label.setBuddy(self._edit)
        schemes = ", ".join(f"{scheme}://" for scheme in SCHEMES[:4])
        hint = make_label(
            "muted", wraps=True, text=self.tr("Begins with %1.").replace("%1", schemes)
        )
        cancel = make_button("secondary", self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._open = make_button("primary", self.tr("Open"))
        self._open.setDefault(True)
        self._open.clicked.connect(self.accept)
        self._edit.textChanged.connect(self._check)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(8)
        for widget in (label, self._edit, hint):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        self._check()

    @property
    def url(self) -> str:
        return self._edit.text().strip()

    def _check(self) -> None:
        url = QUrl(self.url, QUrl.ParsingMode.StrictMode)
        self._open.setEnabled(url.isValid() and url.scheme() in SCHEMES and bool(url.host()))
