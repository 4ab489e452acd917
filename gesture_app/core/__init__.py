"""Values and pure functions: NumPy, OpenCV and the standard library only."""
