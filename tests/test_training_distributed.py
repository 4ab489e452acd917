"""Several processes and one come to the same: data, losses, network."""

from __future__ import annotations

import json
import subprocess
import sys
from os import environ
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from tests.made_up_hands import LABELS, RECIPE, made_up_hands
from tests.program import PATIENCE_S, REPOSITORY
from tests.shared_run import SHARED, shared_run
from training.batches import BatchSource
from training.distributed import World

PROCESSES = 2


def test_the_parts_of_a_batch_make_the_batch() -> None:
    batch = BatchSource([made_up_hands()], LABELS, RECIPE).batch(0, 32)
    parts = [World(rank, 2).part_of(batch) for rank in range(2)]
    assert [len(part.targets) for part in parts] == [2, 2]
    for rank, part in enumerate(parts):
        assert np.array_equal(part.targets, batch.targets[rank::2])
        assert np.array_equal(part.inputs.crops, batch.inputs.crops[rank::2])
        assert np.array_equal(part.inputs.landmarks, batch.inputs.landmarks[rank::2])


def test_a_batch_that_cannot_be_shared_equally_is_refused() -> None:
    batch = BatchSource([made_up_hands()], LABELS, RECIPE).batch(0, 32)
    with pytest.raises(ValueError, match="batch_size"):
        World(0, 3).part_of(batch)


def test_two_processes_reach_the_result_of_one(tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    alone.mkdir()
    shared.mkdir()
    threads = torch.get_num_threads()
    try:
        shared_run(alone, World())
    finally:
        torch.set_num_threads(threads)
    subprocess.run(
        [
            *(sys.executable, "-m", "training.launching", "--standalone"),
            *(f"--nproc-per-node={PROCESSES}", str(REPOSITORY / "tests" / "shared_run.py")),
            str(shared),
        ],
        env={**environ, "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_S * 2,
        check=True,
    )
    drawn = [json.loads((shared / f"drawn-{rank}.json").read_text()) for rank in range(PROCESSES)]
    assert drawn == [json.loads((alone / "drawn-0.json").read_text())] * PROCESSES

    expected, told = (json.loads((run / "told.json").read_text()) for run in (alone, shared))
    assert len(told["losses"]) == SHARED.steps
    # Sums in another order round differently, and AdamW's first steps amplify it.
    assert told["losses"][:2] == pytest.approx(expected["losses"][:2], rel=1e-4)
    assert told["losses"] == pytest.approx(expected["losses"], rel=0.03)
    (loss, accuracy, hands), (loss_alone, accuracy_alone, hands_alone) = (
        told["verdicts"][0],
        expected["verdicts"][0],
    )
    assert hands == hands_alone == 9
    assert loss == pytest.approx(loss_alone, rel=1e-2)
    assert accuracy == pytest.approx(accuracy_alone, abs=1 / hands)

    weights, weights_alone = (load_file(run / "weights.safetensors") for run in (shared, alone))
    for name in ("backbone.bn1.running_mean", "backbone.bn1.running_var"):
        assert torch.allclose(weights[name], weights_alone[name], rtol=1e-2, atol=1e-4), name
