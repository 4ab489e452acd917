"""Gesture Studio: recognises hand gestures from a webcam, live and on this machine only."""

__version__ = "0.1.0"
