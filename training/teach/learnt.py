"""What every way of teaching gives: networks, and how they are known to be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gesture_app.core.types import FloatArray
from gesture_app.store.judgement import Judgement
from gesture_app.vision.golden import Golden


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model that was taught and is not written yet.

    Attributes:
        labels: in the order of the networks' outputs.
        networks: precision → ONNX file, fp32 among them.
        golden: hands, and what the network answers to them by another way of computing.
        judgement: how good it is.
        others: float32 (N, labels), its logits on the hands of other people that come with the
            bundled model to judge by, in their order; None where it has not seen them.
        method: how it was learnt, for the card: name → value.
    """

    labels: tuple[str, ...]
    networks: Mapping[str, bytes]
    golden: Golden
    judgement: Judgement
    others: FloatArray | None
    method: Mapping[str, object]
