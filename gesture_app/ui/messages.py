"""Errors and reasons from the layers below, in the language of the window.

Those layers know nothing of Qt and write English with names, paths and numbers filled in. Here
stands every sentence they can say, with ``%1``, ``%2`` … where something is filled in; a sentence
is recognised by its shape, translated, and filled in again. A sentence that is not in the list is
shown as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PyQt6.QtCore import QCoreApplication

from gesture_app.ui.message_catalog import CONTEXT, MESSAGES

_PLACE = re.compile(r"%(\d)")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def translated(text: str) -> str:
    """What a lower layer says, in the window's language; several sentences one by one."""
    whole = _translate(text)
    if whole is not None:
        return whole
    sentences = _BETWEEN_SENTENCES.split(text)
    return " ".join(_translate(sentence) or sentence for sentence in sentences)


def _translate(text: str) -> str | None:
    for pattern, source in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            return _fill(QCoreApplication.translate(CONTEXT, source), match)
    return None


def _fill(text: str, match: re.Match[str]) -> str:
    """Put what was filled in back into its places; it may be a sentence of the list itself."""
    return _PLACE.sub(lambda place: translated(match[f"v{place[1]}"]), text)


def to_sentence(text: str) -> str:
    """With a capital letter at its start, unless that is a name, and a full stop at its end."""
    first, _, _ = text.partition(" ")
    if first.isalpha():
        text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "…", "!", "?")) else f"{text}."


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    # Fixed sentences first, then those with the most fixed text: the closest shape wins.
    ordered = sorted(MESSAGES, key=lambda source: ("%" in source, -len(_PLACE.sub("", source))))
    return tuple((_pattern(source), source) for source in ordered)


def _pattern(source: str) -> re.Pattern[str]:
    seen: set[str] = set()
    parts = []
    for index, part in enumerate(_PLACE.split(source)):
        if index % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P=v{part})")
        else:
            seen.add(part)
            parts.append(f"(?P<v{part}>.+?)")
    return re.compile("".join(parts), re.DOTALL)
