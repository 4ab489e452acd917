"""How fast the release's files are on the CPU it is made on, beside the unpruned network."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path

from gesture_app.store.atomic import write_atomically
from gesture_app.store.models import LoadedModel, read_network
from gesture_app.vision.backends.base import Precision
from gesture_app.vision.backends.engine_keys import processor_name
from gesture_app.vision.backends.onnx_cpu import OnnxCpu
from training.card.content import Throughput
from training.export import ExportPlan, export_networks
from training.network_inputs import spread
from training.progress import counting_bar
from training.release_network import Networks
from training.throughput import BATCHES, Candidate, Speed, eager_candidate, measure
from training.training_data import TrainingData

ROUNDS = 40
UNPRUNED = "fp32, unpruned"


def throughput_of(
    run: Path, model: LoadedModel, networks: Networks, data: TrainingData
) -> tuple[Throughput, ...]:
    """Time every file in turns with PyTorch and the unpruned network; kept in the run folder."""
    path = run / "throughput.json"
    stored = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if stored.get("model") != model.manifest.sha256:
        rows = [asdict(_row(speed)) for speed in _measure(model, networks, data)]
        stored = {"model": model.manifest.sha256, "rows": rows}
        write_atomically(path, json.dumps(stored, indent=2).encode())
    return tuple(Throughput(**row) for row in stored["rows"])


def _measure(model: LoadedModel, networks: Networks, data: TrainingData) -> list[Speed]:
    with ExitStack() as stack:
        candidates = [
            Candidate(stack.enter_context(closing(OnnxCpu().load(file))), name, processor_name())
            for name, file in _files(model, networks, data).items()
        ]
        candidates.append(eager_candidate(networks.final.net))
        with counting_bar("measuring speed", ROUNDS * len(BATCHES)) as advance:
            size = model.manifest.preprocess.input_size
            return measure(candidates, size, ROUNDS, report=advance)


def _files(model: LoadedModel, networks: Networks, data: TrainingData) -> dict[str, bytes]:
    """What to time, by the name of its row; the unpruned network first, as the baseline."""
    files: dict[str, bytes] = {}
    if networks.teacher is not None:
        spec = model.manifest.preprocess
        hands = spread(data.train, spec, 2 * len(data.train))
        plan = ExportPlan((Precision.FP32,))
        unpruned = export_networks(networks.teacher.net, spec, hands, plan)
        files[UNPRUNED] = unpruned[Precision.FP32]
    for precision in model.manifest.variants:
        network = read_network(model, Precision(precision))
        assert network is not None
        files[precision] = network
    return files


def _row(speed: Speed) -> Throughput:
    return Throughput(
        backend=speed.backend,
        precision=speed.precision,
        batch=speed.batch,
        images_per_second=round(speed.images_per_second, 1),
        p50_ms=round(speed.p50_ms, 2),
        machine=speed.machine,
    )
