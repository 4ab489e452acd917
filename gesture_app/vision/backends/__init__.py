"""Inference back ends: one file per runtime, chosen in order by ``select``."""
