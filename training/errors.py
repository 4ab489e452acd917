"""Errors of training that a person can act on."""

from __future__ import annotations

from gesture_app.core.errors import AppError


class TrainingError(AppError):
    """A run cannot be started, continued or finished."""
