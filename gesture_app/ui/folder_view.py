"""Showing a folder in the desktop's file manager."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QUrl
from PyQt6.QtGui import QDesktopServices

from gesture_app.core.errors import AppError


def show_folder(folder: Path) -> AppError | None:
    """None, or why it cannot be shown, in the window's language."""
    if not folder.is_dir():
        return AppError(
            QCoreApplication.translate("FolderView", "The folder cannot be shown"),
            QCoreApplication.translate("FolderView", "there is nothing in it yet"),
            QCoreApplication.translate("FolderView", "It is made when something is kept there."),
        )
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return None
    yourself = QCoreApplication.translate("FolderView", "Open it yourself: %1")
    return AppError(
        QCoreApplication.translate("FolderView", "The folder cannot be shown"),
        QCoreApplication.translate("FolderView", "no file manager answered"),
        yourself.replace("%1", str(folder)),
    )
