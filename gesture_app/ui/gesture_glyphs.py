"""A drawn sign for each built-in gesture: which fingers are up, as seen by whoever makes it to you.

Drawn for this application on the grid of `icons`: a pale palm, pale stubs for fingers that are
folded, and strong lines for those that the gesture is made of.
"""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtGui import QImage

from gesture_app.ui.icons import draw_lines

_PALM = '<rect x="6.9" y="11.6" width="10.4" height="9.2" rx="3.4" fill="currentColor"'
_KNUCKLES = (8.3, 10.85, 13.4, 15.95)
"""x of index, middle, ring and little finger."""
_TIPS = (4.4, 3.2, 4.1, 6.4)
_SPREAD = (-2.2, -0.6, 0.9, 2.5)
"""How far the tips of spread fingers lean."""

_FINGERS = {
    # label: (fingers up, thumb, spread, upside down)
    "call": ("...l", "out", True, False),
    "fist": ("....", "in", False, False),
    "four": ("imrl", "in", True, False),
    "ok": (".mrl", "ring", True, False),
    "one": ("i...", "in", False, False),
    "palm": ("imrl", "out", True, False),
    "peace": ("im..", "in", True, False),
    "peace_inverted": ("im..", "in", True, True),
    "rock": ("i..l", "in", False, False),
    "stop": ("imrl", "close", False, False),
    "stop_inverted": ("imrl", "close", False, True),
    "three": ("imr.", "in", True, False),
    "three2": ("im..", "out", True, False),
    "two_up": ("im..", "in", False, False),
    "two_up_inverted": ("im..", "in", False, True),
}

_THUMBS = {
    "in": '<path d="M7.6 16.6h6" opacity="0.55"/>',
    "out": '<path d="M8 16.6L3.4 11.8"/>',
    "close": '<path d="M7.2 17L5.6 11.6"/>',
    "ring": '<path d="M8 15.6C3.6 13.6 3.2 7.6 6.6 7.2S9.8 9.6 8.3 12"/>',
}

_LIKE = (
    '<rect x="7.4" y="10" width="9" height="10.4" rx="3.2" fill="currentColor" stroke="none"'
    ' opacity="0.3"/><path d="M15 11.6h2.6M15 14.1h3M15 16.6h2.6M15 19h1.8" opacity="0.45"/>'
    '<path d="M9.4 12.6C11 10 11 7.6 11 4" stroke-width="2.6"/>'
)
_MUTE = (
    '<path d="M12 20.5c-4.2 0-7.4-2.4-7.4-4.6 2.2-.5 3.6-2 5.2-2 .9 0 1.4.5 2.2.5s1.3-.5 2.2-.5'
    'c1.6 0 3 1.5 5.2 2 0 2.2-3.2 4.6-7.4 4.6z" fill="currentColor" opacity="0.3"'
    ' stroke="none"/><path d="M12 3.4v14" stroke-width="2.9"/>'
)
_NONE = (
    '<circle cx="12" cy="12" r="8" stroke-width="1.7" stroke-dasharray="2.6 3"/>'
    '<path d="M9.2 12h.1M12 12h.1M14.8 12h.1" stroke-width="2.4"/>'
)


_DRAWN = {
    "like": f'<g stroke-width="2.1">{_LIKE}</g>',
    "dislike": f'<g stroke-width="2.1" transform="matrix(1 0 0 -1 0 24)">{_LIKE}</g>',
    "mute": _MUTE,
    "no_gesture": _NONE,
}


@lru_cache(maxsize=128)
def draw_glyph(label: str, color: str, pixels: int) -> QImage | None:
    """The sign of a built-in gesture, ``pixels`` square, transparent ground; None if there is none.

    Args:
        color: ``#rrggbb``.
    """
    shape = _shape(label)
    return None if shape is None else draw_lines(shape, color, pixels)


def _shape(label: str) -> str | None:
    if label not in _FINGERS:
        return _DRAWN.get(label)
    up, thumb, spread, upside_down = _FINGERS[label]
    parts = [_PALM + ' stroke="none" opacity="0.3"/>']
    for place, (knuckle, tip) in enumerate(zip(_KNUCKLES, _TIPS, strict=True)):
        lean = _SPREAD[place] if spread else 0.0
        if up[place] != ".":
            parts.append(f'<path d="M{knuckle} 13L{knuckle + lean} {tip}"/>')
        elif not (thumb == "ring" and place == 0):
            parts.append(f'<path d="M{knuckle} 13v-1.4" opacity="0.45"/>')
    parts.append(_THUMBS[thumb])
    turn = ' transform="rotate(180 12 12)"' if upside_down else ""
    return f'<g stroke-width="2.1"{turn}>{"".join(parts)}</g>'
