"""Rendered people making gestures: a demo clip, test pictures and training pictures of our own.

The body comes from the CC0 mesh of MakeHuman/MPFB2 (see `body_source`), everything else (poses,
skin, clothes, rooms, light, camera) is made here from a seed. Needs the ``render`` extra; nothing
in the app imports it.
"""
