"""Errors of data sets that a person can act on."""

from __future__ import annotations

from gesture_app.core.errors import AppError


class DataError(AppError):
    """Pictures cannot be imported, or a data set is damaged, altered or does not hold together."""
