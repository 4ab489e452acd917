"""Nothing recorded is lost: killed at any moment, on a full disk, one that is read-only or gone."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gesture_app.core.errors import SampleError
from gesture_app.store import sample_listing
from gesture_app.store.samples import SampleStore
from tests.benchmarks.kill_recording import REPOSITORY, kill_recording
from tests.hand_samples import real_samples, record
from tests.killed_change import CHANGES

PATIENCE_S = 120


def test_a_process_killed_while_recording_loses_nothing_that_it_announced(tmp_path: Path) -> None:
    outcome = kill_recording(tmp_path / "set", kills=10)
    assert outcome.sound, outcome
    assert outcome.kills == 10


def files_of(root: Path) -> list[str]:
    """Digests of all samples, wherever they lie."""
    return sorted(hashlib.sha256(p.read_bytes()).hexdigest() for p in root.rglob("[0-9]*.jpg"))


@pytest.mark.skipif(sys.platform == "win32", reason="has no fork and no SIGKILL")
def test_a_change_killed_before_any_of_its_steps_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)  # slow, and no power is cut here
    store = SampleStore(tmp_path / "set")
    record(store, "fist", 2, "monday")
    record(store, "fist", 1, "tuesday")
    store.delete(record(store, "wave", 2, "monday")[:1])
    files, samples = files_of(store.root), store.samples()
    made = subprocess.run(
        [sys.executable, "-m", "tests.killed_change", str(store.root), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=True,
        timeout=PATIENCE_S,
    )
    killed = json.loads(made.stdout)
    assert killed.keys() == CHANGES.keys()
    for kind, tries in killed.items():
        assert tries > 5
        for step in range(tries + 1):
            found = SampleStore(tmp_path / "out" / kind / str(step))
            found.samples()
            assert found.problems() == ()
            assert files_of(found.root) == files, f"{kind} killed before step {step}"
            for change in reversed(found.changes()[1:]):
                found.undo(change)
            if kind != "undo":
                assert found.samples() == samples, f"{kind} killed before step {step}"
            for change in found.changes():
                found.undo(change)
            assert len(found.samples()) == len(files)


def test_full_and_read_only_disks_are_said_at_once_and_break_nothing(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare, to mount a small disk without being root")
    made = subprocess.run(
        [
            *(unshare, "--user", "--map-root-user", "--mount"),
            *(sys.executable, "-m", "tests.small_disk", str(tmp_path)),
        ],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=PATIENCE_S,
        check=False,
    )
    if "unshare" in made.stderr or "mount" in made.stderr:
        pytest.skip(f"may not mount a small disk here: {made.stderr.strip()}")
    assert made.returncode == 0, made.stderr
    result = json.loads(made.stdout)
    said = result["said"]
    assert result["sound"] == result["added"] > 5
    assert said.pop("named") == "wave"
    for case, why in said.items():
        assert ("No space left" if case.startswith("full") else "Read-only") in why, case


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are Unix's")
def test_a_file_that_may_not_grow_is_said_to_be_too_large(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from gesture_app.core.errors import SampleError\n"
        "from gesture_app.store.samples import SampleStore\n"
        "from tests.hand_samples import real_samples\n"
        "store = SampleStore(Path(sys.argv[1]))\n"
        "writer = store.begin('wave', 'test')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try:\n"
        "    writer.add(real_samples()[0])\n"
        "except SampleError as error:\n"
        "    print(error.why)\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "set")],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=PATIENCE_S,
        check=True,
    )
    assert "cannot be written (File too large)" in made.stdout
    assert SampleStore(tmp_path / "set").samples() == ()
    assert not list((tmp_path / "set").rglob(".*.jpg.*"))


def test_a_folder_that_may_not_be_read_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SampleStore(tmp_path / "set")
    record(store, "wave", 1)
    record(store, "fist", 2)
    closed = store.root / "samples" / "fist"
    really = os.scandir

    def refuse(folder: str | Path) -> object:  # root may read everything
        if Path(folder) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return really(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [info.label for info in store.samples()] == ["wave"]
    (problem,) = store.problems()
    assert problem.why == f"{closed} cannot be read (Permission denied)"


def test_a_file_of_which_nothing_may_be_known_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SampleStore(tmp_path / "set")
    kept, closed = record(store, "wave", 2)
    really = sample_listing._stamp

    def refuse(entry: os.DirEntry[str]) -> object:  # root may know everything
        if Path(entry.path) == store.picture_path(closed):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return really(entry)

    monkeypatch.setattr(sample_listing, "_stamp", refuse)
    assert [info.id for info in store.samples()] == [kept]
    (problem,) = store.problems()
    assert problem.sample_id == closed
    assert "Permission denied" in problem.why


def test_a_set_of_which_nothing_may_be_known_is_said_to_be_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "set"
    really = os.stat

    def refuse(place: str | Path, **options: bool) -> os.stat_result:
        if Path(place) == root:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return really(place, **options)

    monkeypatch.setattr(os, "stat", refuse)
    store = SampleStore(root)
    assert store.samples() == ()
    assert [problem.why for problem in store.problems()] == [
        f"{root} cannot be read (Permission denied)"
    ]


def test_a_folder_that_goes_while_recording_is_said_to_be_gone_and_not_made_anew(
    tmp_path: Path,
) -> None:
    store = SampleStore(tmp_path / "disk" / "set")
    writer = store.begin("wave", "test")
    writer.add(real_samples()[0])
    assert len(store.samples()) == 1
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    with pytest.raises(SampleError, match="is gone"):
        writer.add(real_samples()[0])
    writer.close()
    for _ in range(2):
        assert store.samples() == ()
        assert [problem.why for problem in store.problems()] == [f"{store.root} is gone"]
    assert not (tmp_path / "disk").exists()
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    assert writer.add(real_samples()[0]).number == 1
    assert len(store.samples()) == 2
    assert store.problems() == ()
