"""Set the app up and start it (`run`), or set it up and test it (`test`).

Needs Python 3.11 and nothing else. The first time it makes a virtual environment in .venv, fills
it, installs missing system libraries (where it may, else it prints the line to type) and makes the
hand model. Afterwards it starts at once and asks the network nothing.

This file stays readable for older versions of Python 3, so that they can say what is wrong.
"""

import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def start() -> int:
    if sys.version_info < OLDEST_PYTHON:
        print(
            f"Gesture Studio needs Python 3.11 or newer; this is {sys.version.split()[0]}. Start "
            "this script with a newer one, for example: python3.11 installer/bootstrap.py run",
            file=sys.stderr,
        )
        return 2
    # Started as a script, Python looks for modules beside it instead of in the checkout.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from installer.commands import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(start())
