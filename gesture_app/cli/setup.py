"""``gesture-app setup``: fetch what the app cannot carry with it."""

from __future__ import annotations

import argparse

from gesture_app.app import compose
from gesture_app.store.hand_model import ensure_hand_model, hand_model_path


def run(args: argparse.Namespace) -> int:
    path = hand_model_path(compose().folders)
    made = ensure_hand_model(path, again=args.again)
    print(f"The hand model is {'ready' if made else 'there already'}: {path}")
    return 0
