"""Line icons, drawn for this application on a 24 x 24 grid, in any colour and sharp at any size."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QByteArray, QRectF, QSize, Qt
from PyQt6.QtGui import QIcon, QImage, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

_SIZE = 24
_SCALES = (1, 2, 3)

_SHAPES = {
    "live": '<path d="M7.5 12.5V6.8a1.5 1.5 0 0 1 3 0V11m0-.5V4.8a1.5 1.5 0 0 1 3 0V11m0-.2V6.3'
    "a1.5 1.5 0 0 1 3 0V12m0-.5V9.3a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7h-.6a7 7 0 0 1-5.6-2.8"
    'L3.4 14.3a1.6 1.6 0 0 1 2.4-2.1l1.7 1.7"/>',
    "camera": '<rect x="3" y="6.5" width="12.5" height="11" rx="2.5"/>'
    '<path d="M15.5 10.8l5.5-3v8.4l-5.5-3"/>',
    "file": '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/>'
    '<path d="M8 4.5v15M16 4.5v15M3.5 9.5H8M3.5 14.5H8M16 9.5h4.5M16 14.5h4.5"/>',
    "stream": '<circle cx="12" cy="12" r="2"/><path d="M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1'
    ' 0 8M5.2 18.8a9.6 9.6 0 0 1 0-13.6M18.8 5.2a9.6 9.6 0 0 1 0 13.6"/>',
    "demo": '<circle cx="12" cy="12" r="8.5"/><path d="M10 8.7v6.6l5.4-3.3z"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15"/>',
    "mirror": '<path d="M12 3.5v17" stroke-dasharray="2.4 2.4"/><path d="M8.8 7.5v9H3.6z"/>'
    '<path d="M15.2 7.5v9h5.2z"/>',
    "pause": '<path d="M9 6v12M15 6v12" stroke-width="2.6"/>',
    "play": '<path d="M8 5.8v12.4l10-6.2z"/>',
    "language": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.6 2.5 3.7 5.3 3.7 '
    '8.5s-1.1 6-3.7 8.5c-2.6-2.5-3.7-5.3-3.7-8.5s1.1-6 3.7-8.5z"/>',
    "theme": '<circle cx="12" cy="12" r="8.5"/>'
    '<path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
    "close": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "notice": '<path d="M12 4L21 19.5H3z"/><path d="M12 10v4.5M12 17v.1"/>',
    "danger": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.2v.1"/>',
    "chip": '<rect x="6.5" y="6.5" width="11" height="11" rx="2"/><path d="M9.5 6.5v-3M14.5 6.5v-3'
    'M9.5 20.5v-3M14.5 20.5v-3M6.5 9.5h-3M6.5 14.5h-3M20.5 9.5h-3M20.5 14.5h-3"/>',
    "down": '<path d="M7 10l5 5 5-5"/>',
    "pending": '<circle cx="12" cy="12" r="4.5"/>',
    "done": '<path d="M5.5 12.5l4.3 4.3 8.7-9.3"/>',
    "gestures": '<rect x="3.5" y="4" width="7.2" height="7.2" rx="2"/>'
    '<rect x="13.3" y="4" width="7.2" height="7.2" rx="2"/>'
    '<rect x="3.5" y="13.3" width="7.2" height="7.2" rx="2"/>'
    '<path d="M16.9 13.6v6.6M13.6 16.9h6.6"/>',
    "train": '<path d="M3.5 19.5h17"/><path d="M5 15.5c3.5 0 3.5-4 7-4s3.5-5 7-5"/>'
    '<path d="M15.5 5.5l3.8.9-1 3.8"/>',
    "compare": '<rect x="3.5" y="5" width="7.2" height="14" rx="2"/>'
    '<rect x="13.3" y="5" width="7.2" height="14" rx="2"/>',
    "models": '<path d="M12 3.5l8.5 4.3L12 12 3.5 7.8z"/><path d="M3.5 12l8.5 4.3 8.5-4.3"/>'
    '<path d="M3.5 16.2l8.5 4.3 8.5-4.3"/>',
    "settings": '<path d="M4 7h9M17.5 7H20M4 12h2.5M11 12h9M4 17h7M15.5 17H20"/>'
    '<circle cx="15.2" cy="7" r="2.1"/><circle cx="8.7" cy="12" r="2.1"/>'
    '<circle cx="13.2" cy="17" r="2.1"/>',
    "record": '<circle cx="12" cy="12" r="8.5"/>'
    '<circle cx="12" cy="12" r="3.6" fill="currentColor"/>',
    "review": '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/>'
    '<path d="M4 16.5l4.5-4.5 3.5 3.5 3-3 5 5"/><circle cx="15.5" cy="9" r="1.3"/>',
    "more": '<path d="M6 12v.1M12 12v.1M18 12v.1" stroke-width="2.6"/>',
    "undo": '<path d="M8.5 5L4.5 9l4 4"/><path d="M4.5 9h9a5.5 5.5 0 0 1 0 11H9"/>',
    "folder": '<path d="M3.5 7.5a2 2 0 0 1 2-2h4l2.2 2.5h6.8a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-13'
    'a2 2 0 0 1-2-2z"/>',
    "delete": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 11.2a1.5 1.5 0 0 0 1.5 1.3h6.2'
    'a1.5 1.5 0 0 0 1.5-1.3L17.5 7M10.3 10.5v5.5M13.7 10.5v5.5"/>',
    "add": '<path d="M12 5.5v13M5.5 12h13"/>',
    "rename": '<path d="M4.5 19.5l1-4.2L15.8 5a1.6 1.6 0 0 1 2.3 0l.9.9a1.6 1.6 0 0 1 0 2.3'
    'L8.7 18.5zM13.8 7l3.2 3.2"/>',
    "merge": '<path d="M6 4.5v4c0 3.5 6 4 6 8M18 4.5v4c0 3.5-6 4-6 8v3.5M9 17l3 3 3-3"/>',
    "import": '<path d="M12 4v10.5M8 11l4 4 4-4M4.5 16v3.5h15V16"/>',
    "export": '<path d="M12 15V4.5M8 8l4-4 4 4M4.5 16v3.5h15V16"/>',
    "timer": '<circle cx="12" cy="13.5" r="7"/><path d="M12 13.5V9.5M9.5 3.5h5M17.5 7.5l1.5-1.5"/>',
    "back": '<path d="M10 5.5L3.5 12l6.5 6.5M4 12h16.5"/>',
}


def icon(name: str, color: str) -> QIcon:
    """An icon in ``color`` (``#rrggbb``)."""
    result = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap.fromImage(draw_icon(name, color, _SIZE * scale))
        pixmap.setDevicePixelRatio(scale)
        result.addPixmap(pixmap)
    return result


@lru_cache(maxsize=256)
def draw_icon(name: str, color: str, pixels: int) -> QImage:
    """An icon as a square picture of ``pixels`` x ``pixels`` with transparent ground."""
    return draw_lines(_SHAPES[name], color, pixels)


def draw_lines(shape: str, color: str, pixels: int) -> QImage:
    """An SVG fragment on the 24 x 24 grid, its lines in ``color``; see `draw_icon`."""
    return _render(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" fill="none" '
        f'stroke="{color}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">'
        f"{shape.replace('currentColor', color)}</svg>",
        pixels,
    )


def app_icon() -> QIcon:
    """The application's icon: the hand in white on a coloured tile."""
    result = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(QPixmap.fromImage(_draw_tile(side)))
    return result


def draw_logo(size: QSize, scale: float) -> QPixmap:
    """The application's icon for painting inside the window."""
    pixmap = QPixmap.fromImage(_draw_tile(round(size.width() * scale)))
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _draw_tile(side: int) -> QImage:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><defs>'
        '<linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#5b7cfa"/>'
        '<stop offset="1" stop-color="#2746b8"/></linearGradient></defs>'
        '<rect width="48" height="48" rx="12" fill="url(#g)"/>'
        '<g transform="translate(9.5 9) scale(1.22)" fill="none" stroke="#ffffff" '
        'stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">'
        f"{_SHAPES['live']}</g></svg>"
    )
    return _render(svg, side)


def _render(svg: str, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image
