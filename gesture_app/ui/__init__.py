"""The PyQt6 window. The only package that imports Qt."""
