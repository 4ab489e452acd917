"""``python -m gesture_app`` is ``gesture-app``."""

import sys

from gesture_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
