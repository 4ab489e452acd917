"""The installer: what it decides, what it asks pip for, and what it says when it cannot go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from installer import bootstrap, commands, environment, hardware
from installer.environment import TEST_EXTRAS, Environment, fingerprint, is_ready, prepare
from installer.hardware import Hardware, NvidiaGpu, detect_hardware
from installer.messages import SetupError

REPOSITORY = Path(__file__).resolve().parents[1]
NO_GPU = Hardware("Linux", "x86_64", None, "no NVIDIA driver found")
GPU = replace(NO_GPU, gpu=NvidiaGpu("NVIDIA A100", (8, 0), 580), found="NVIDIA A100")
RTX = replace(NO_GPU, gpu=NvidiaGpu("NVIDIA GeForce RTX 4060", (8, 9), 580), found="RTX 4060")

posix = pytest.mark.skipif(os.name == "nt", reason="plays programs with shell scripts")


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    (tmp_path / "pyproject.toml").write_bytes((REPOSITORY / "pyproject.toml").read_bytes())
    return Environment(tmp_path, tmp_path / ".venv")


# --- What is left to do ----------------------------------------------------------------------


def complete(checkout: Environment, machine: Hardware, extras: Sequence[str]) -> None:
    checkout.python.parent.mkdir(parents=True, exist_ok=True)
    checkout.python.touch()
    stamp = {**fingerprint(checkout, machine), "extras": list(extras)}
    checkout.stamp.write_text(json.dumps(stamp))


def test_a_completed_environment_is_ready_and_that_of_the_tests_serves_the_app(
    checkout: Environment,
) -> None:
    wanted = fingerprint(checkout, NO_GPU)
    assert not is_ready(checkout, wanted, ())
    complete(checkout, NO_GPU, ())
    assert is_ready(checkout, wanted, ())
    assert not is_ready(checkout, wanted, TEST_EXTRAS)
    complete(checkout, NO_GPU, TEST_EXTRAS)
    assert is_ready(checkout, wanted, TEST_EXTRAS)
    assert is_ready(checkout, wanted, ())


def _edit(old: str, new: str) -> Callable[[Environment], None]:
    def edit(checkout: Environment) -> None:
        path = checkout.root / "pyproject.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def test_a_changed_dependency_makes_it_unready_a_changed_lint_rule_does_not(
    checkout: Environment,
) -> None:
    complete(checkout, NO_GPU, ())
    _edit("line-length = 100", "line-length = 99")(checkout)
    assert is_ready(checkout, fingerprint(checkout, NO_GPU), ())
    _edit('"PyQt6>=', '"PyQt6>99,>=')(checkout)
    assert not is_ready(checkout, fingerprint(checkout, NO_GPU), ())


def test_a_new_gpu_another_place_or_a_removed_python_make_it_unready(
    checkout: Environment, tmp_path: Path
) -> None:
    complete(checkout, NO_GPU, ())
    wanted = fingerprint(checkout, NO_GPU)
    assert not is_ready(checkout, fingerprint(checkout, GPU), ())
    assert not is_ready(checkout, {**wanted, "root": str(tmp_path / "elsewhere")}, ())
    assert not is_ready(checkout, {**wanted, "python": "CPython 3.99"}, ())
    checkout.python.unlink()
    assert not is_ready(checkout, wanted, ())


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"extras": 1}', "\x00"])
def test_a_damaged_stamp_means_doing_the_set_up_again(checkout: Environment, content: str) -> None:
    complete(checkout, NO_GPU, ())
    checkout.stamp.write_text(content)
    assert not is_ready(checkout, fingerprint(checkout, NO_GPU), ())


# --- What pip is asked for -------------------------------------------------------------------


@dataclass
class PlayedPrograms:
    """Stands in for `subprocess.run` inside the installer: pip, venv and questions to Python.

    Attributes:
        installed: distributions that the environment says it has.
        failing: words; a command that contains one fails.
        pip: what pip was asked to do, in order.
    """

    checkout: Environment
    installed: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    pip: list[list[str]] = field(default_factory=list)

    def run(self, command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        output = ""
        if command[1] == "-c" and "import pip" in command[2]:
            output = f"{sys.version_info[0]}.{sys.version_info[1]}\n{self.checkout.folder}\n"
        elif command[1] == "-c":
            output = "\n".join(self.installed)
        elif command[1:3] == ["-m", "pip"]:
            self.pip.append(command[5:])
        failed = any(word in command for word in self.failing)
        return subprocess.CompletedProcess(command, int(failed), output, "")

    def prepare(self, machine: Hardware, extras: Sequence[str] = ()) -> None:
        self.checkout.folder.mkdir(exist_ok=True)
        prepare(self.checkout, machine, fingerprint(self.checkout, machine), extras)


@pytest.fixture
def programs(checkout: Environment, monkeypatch: pytest.MonkeyPatch) -> PlayedPrograms:
    played = PlayedPrograms(checkout)
    monkeypatch.setattr(environment.subprocess, "run", played.run)
    monkeypatch.setattr(environment, "cpu_index_answers", lambda: True)
    return played


def test_running_needs_one_onnxruntime_and_no_torch(programs: PlayedPrograms) -> None:
    programs.prepare(NO_GPU)
    assert programs.pip == [["install", "--editable", f"{programs.checkout.root}[cpu]"]]
    programs.pip.clear()
    programs.prepare(GPU)
    assert programs.pip == [["install", "--editable", f"{programs.checkout.root}[gpu]"]]
    programs.pip.clear()
    programs.prepare(RTX)
    assert programs.pip == [["install", "--editable", f"{programs.checkout.root}[rtx]"]]


@pytest.mark.parametrize(
    ("present", "machine", "removed"),
    [
        (("onnxruntime",), GPU, ["onnxruntime"]),
        (("onnxruntime-gpu",), NO_GPU, ["onnxruntime-gpu"]),
        (("onnxruntime", "onnxruntime-gpu"), NO_GPU, ["onnxruntime", "onnxruntime-gpu"]),
        (("onnxruntime-gpu", "onnxruntime"), GPU, ["onnxruntime", "onnxruntime-gpu"]),
        (("onnxruntime-gpu",), RTX, ["onnxruntime-gpu"]),
        (("onnxruntime", "onnxruntime-openvino"), RTX, ["onnxruntime", "onnxruntime-openvino"]),
    ],
)
def test_an_onnxruntime_that_does_not_fit_is_removed_before_the_right_one_comes(
    programs: PlayedPrograms, present: tuple[str, ...], machine: Hardware, removed: list[str]
) -> None:
    programs.installed = ("numpy", *present)
    programs.prepare(machine)
    assert programs.pip[0] == ["uninstall", "--yes", *removed]
    assert programs.pip[1][:2] == ["install", "--editable"]


def test_the_fitting_onnxruntime_stays(programs: PlayedPrograms) -> None:
    programs.installed = ("onnxruntime",)
    for machine in (NO_GPU, RTX):
        programs.pip.clear()
        programs.prepare(machine)
        assert [line[0] for line in programs.pip] == ["install"]


def torch_lines(programs: PlayedPrograms) -> list[list[str]]:
    return [line for line in programs.pip if any(word.startswith("torch==") for word in line)]


def test_torch_is_taken_from_local_files_if_they_have_it(programs: PlayedPrograms) -> None:
    programs.prepare(NO_GPU, TEST_EXTRAS)
    assert len(torch_lines(programs)) == 1
    assert "--no-index" in torch_lines(programs)[0]
    assert programs.pip[-1][-1] == f"{programs.checkout.root}[cpu,dev,render,train]"


def test_torch_comes_from_the_index_of_cpu_builds_where_that_answers(
    programs: PlayedPrograms,
) -> None:
    programs.failing = ("--no-index",)
    programs.prepare(NO_GPU, TEST_EXTRAS)
    assert hardware.PYTORCH_CPU_INDEX in torch_lines(programs)[-1]


def test_a_torch_from_the_registry_is_announced_with_its_size(
    programs: PlayedPrograms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "cpu_index_answers", lambda: False)
    programs.failing = ("--no-index",)
    programs.prepare(NO_GPU, TEST_EXTRAS)
    assert len(torch_lines(programs)) == 1
    assert "several gigabytes" in capsys.readouterr().err


@pytest.mark.parametrize(
    "machine", [GPU, replace(NO_GPU, system="Windows"), replace(NO_GPU, system="Darwin")]
)
def test_elsewhere_the_registrys_torch_is_the_right_one(
    programs: PlayedPrograms, machine: Hardware
) -> None:
    programs.prepare(machine, TEST_EXTRAS)
    assert torch_lines(programs) == []


def test_a_torch_that_is_there_is_left_alone(programs: PlayedPrograms) -> None:
    programs.installed = ("torch",)
    programs.prepare(NO_GPU, TEST_EXTRAS)
    assert torch_lines(programs) == []


def test_a_failed_installation_says_what_to_do_and_is_tried_again(programs: PlayedPrograms) -> None:
    complete(programs.checkout, NO_GPU, ())
    programs.failing = ("--editable",)
    with pytest.raises(SetupError, match="Connect to the internet"):
        programs.prepare(NO_GPU)
    assert not is_ready(programs.checkout, fingerprint(programs.checkout, NO_GPU), ())


# --- The two commands ------------------------------------------------------------------------


@posix
def test_a_second_start_asks_pip_nothing_and_passes_arguments_on(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    (copy / "installer").mkdir(parents=True)
    for source in (REPOSITORY / "installer").glob("*.py"):
        (copy / "installer" / source.name).write_bytes(source.read_bytes())
    (copy / "pyproject.toml").write_bytes((REPOSITORY / "pyproject.toml").read_bytes())
    checkout = Environment(copy, copy / ".venv")
    complete(checkout, detect_hardware(), ())
    log = tmp_path / "log"
    write_program(checkout.python, f'echo "$@" >> {log}')
    done = subprocess.run(
        [sys.executable, copy / "installer" / "bootstrap.py", "run", "--", "watch", "--json"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert log.read_text().splitlines() == ["-m gesture_app setup", "-m gesture_app watch --json"]


def test_a_failed_set_up_gives_the_next_step_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise SetupError("The disk is full", "Make room.")

    monkeypatch.setattr(commands, "set_up", fail)
    assert commands.main(["run"]) == commands.SETUP_FAILED
    said = capsys.readouterr().err
    assert said.splitlines() == ["[setup] The disk is full.", "[setup] What to do: Make room."]


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (PermissionError(13, "Permission denied", "/some/folder"), 2, "/some/folder cannot be"),
        (KeyboardInterrupt(), 130, "Start again"),
    ],
)
def test_a_folder_that_cannot_be_written_and_ctrl_c_end_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    code: int,
    said: str,
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise failure

    monkeypatch.setattr(commands, "set_up", fail)
    assert commands.main(["run"]) == code
    assert said in capsys.readouterr().err


@posix
@pytest.mark.parametrize("failing", ["ruff", "mypy", "lint-imports", "python"])
def test_every_check_runs_whatever_fails_and_pytest_closes(
    checkout: Environment, failing: str
) -> None:
    log = checkout.root / "log"
    for name in ("ruff", "mypy", "lint-imports", "python"):
        script = f'echo "{name} $@" >> {log}; exit {int(name == failing)}'
        write_program(checkout.program(name), script)
    assert commands.run_tests(checkout, ["-k", "some"]) == 1
    lines = log.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["ruff", "ruff", "mypy", "lint-imports", "python"]
    assert lines[-1] == "python -m pytest -k some"


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), ([], 0), (["what"], 2)])
def test_help_names_both_commands(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(arguments) == code
    shown = capsys.readouterr().out
    assert "bootstrap.py run" in shown
    assert "bootstrap.py test" in shown


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 0))
    assert bootstrap.start() == 2
    assert "needs Python 3.11" in capsys.readouterr().err


@posix
def test_ci_runs_exactly_what_the_readme_promises() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec python3 installer/bootstrap.py test"
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)
