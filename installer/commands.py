"""What `run` and `test` do, step by step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installer.environment import TEST_EXTRAS, Environment, fingerprint, is_ready, prepare
from installer.hardware import detect_hardware
from installer.messages import SetupError, say
from installer.system_libraries import needed_libraries, provide_libraries

ROOT = Path(__file__).resolve().parents[1]
SETUP_FAILED = 2
INTERRUPTED = 130
"""By Ctrl+C, as shells count."""

HELP = """\
Set Gesture Studio up and start it, or set it up and test it.

    python3 installer/bootstrap.py run  [-- ARGUMENTS OF gesture-app]
    python3 installer/bootstrap.py test [-- ARGUMENTS OF pytest]

Repeat either as often as you like: only what is missing is done.
"""

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
"""Run before the tests, by `test`."""


def main(arguments: list[str]) -> int:
    """Returns the exit code: that of the app or the tests, `SETUP_FAILED` or `INTERRUPTED`."""
    command, *rest = arguments or ["--help"]
    if rest[:1] == ["--"]:
        rest = rest[1:]
    if command not in ("run", "test"):
        print(HELP)
        return 0 if command in ("--help", "-h") else SETUP_FAILED
    environment = Environment(ROOT, ROOT / ".venv")
    try:
        set_up(environment, tests=command == "test")
    except SetupError as error:
        say(f"{error.what}.")
        say(f"What to do: {error.next_step}")
        return SETUP_FAILED
    except OSError as error:
        say(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
        say("What to do: make room on the disk or the folder writable, and start again.")
        return SETUP_FAILED
    except KeyboardInterrupt:
        say("Stopped. Start again to go on from here.")
        return INTERRUPTED
    return run_app(environment, rest) if command == "run" else run_tests(environment, rest)


def set_up(environment: Environment, *, tests: bool) -> None:
    """Do what is left to do of the set-up.

    Raises:
        SetupError: a step failed; the steps done so far stay and are not done again.
    """
    if sys.platform == "linux":
        provide_libraries(needed_libraries(os.environ, tests=tests))
    hardware = detect_hardware()
    extras = TEST_EXTRAS if tests else ()
    wanted = fingerprint(environment, hardware)
    if not is_ready(environment, wanted, extras):
        say(f"Inference on {hardware.onnxruntime_extra.upper()}: {hardware.reason}")
        prepare(environment, hardware, wanted, extras)
        say("Making sure of MediaPipe's hand model; it is fetched once")
    # Each time, since the user's cache may have been emptied; quick and without network if not.
    command = [str(environment.python), "-m", "gesture_app", "setup"]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SetupError(
            "The hand model is not ready", "Mend what the lines above say, and start again."
        )


def run_app(environment: Environment, arguments: list[str]) -> int:
    """Start the app in place of this process, in the folder where the user is."""
    command = [str(environment.python), "-m", "gesture_app", *arguments]
    if os.name == "nt":
        # There, exec would return to the shell while the app still runs.
        return subprocess.run(command, check=False).returncode
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], command)  # noqa: S606 - a list, no shell
    raise AssertionError("exec does not return")


def run_tests(environment: Environment, arguments: list[str]) -> int:
    """Every check, then every test; all of them run, whatever fails."""
    failed = []
    for name, *rest in CHECKS:
        if _check(environment, [str(environment.program(name)), *rest]):
            failed.append(" ".join([name, *rest]))
    if failed:
        say(f"Failed before the tests: {', '.join(failed)}")
    code = _check(environment, [str(environment.python), "-m", "pytest", *arguments])
    return code or int(bool(failed))


def _check(environment: Environment, command: list[str]) -> int:
    say(" ".join([Path(command[0]).stem, *command[1:]]))
    return subprocess.run(command, check=False, cwd=environment.root).returncode
