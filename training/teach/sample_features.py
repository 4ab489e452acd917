"""What the network says of recorded samples, computed once per sample and kept.

    FEATURES/BASE/DIGEST.npy    float16 (rows, logits + coordinates) of one sample

DIGEST is the sample's content, so that renaming, moving and undoing cost nothing; BASE names
network, space and recipe of the variations. A file that is missing, damaged or too short is
computed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from gesture_app.core.errors import AppError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.store.atomic import write_atomically
from gesture_app.store.models import LoadedModel
from gesture_app.store.samples import SampleInfo, SampleStore
from gesture_app.vision.feature_network import FeatureNetwork
from training.teach.feature_set import FeatureSet
from training.teach.space import FeatureSpace
from training.teach.variants import PLAIN_ROWS, variations

RECIPE = 1
"""Raised when variations change, so that stored features are computed anew."""

VARIATIONS, MANY_SAMPLES, FEWER_VARIATIONS = 6, 1000, 1
"""Variations of a sample; with many samples, other samples are the variation."""

BATCH_ROWS = 32


class SampleFeatures:
    """Features of the samples of a set.

    Args:
        base: the bundled model.
        space: whose coordinates are kept of the features.
        cache_root: folder of all stored features.
    """

    def __init__(self, base: LoadedModel, space: FeatureSpace, cache_root: Path) -> None:
        self._base = base
        self._space = space
        self._labels = len(base.manifest.labels)
        self._width = self._labels + space.basis.shape[1]
        name = f"{base.manifest.sha256}:{space.digest}:{RECIPE}"
        self._folder = cache_root / hashlib.sha256(name.encode()).hexdigest()[:16]
        self._network: FeatureNetwork | None = None

    def bring_up_to_date(
        self,
        store: SampleStore,
        samples: Sequence[SampleInfo],
        report: Callable[[int, int], None],
    ) -> FeatureSet:
        """Compute what is not stored yet. What was computed before an exception is kept.

        Args:
            report: told how many of how many samples are done; may raise to stop.

        Returns:
            Features of all samples that could be read.

        Raises:
            BackendError: the network cannot be used.
            AppError: the cache cannot be written.
        """
        count = VARIATIONS if len(samples) <= MANY_SAMPLES else FEWER_VARIATIONS
        known: dict[str, FloatArray] = {}
        batch: list[tuple[SampleInfo, NetworkInput]] = []
        for done, sample in enumerate(samples):
            report(done, len(samples))
            stored = self._load(sample, PLAIN_ROWS + count)
            if stored is not None:
                known[sample.id] = stored
                continue
            try:
                hand = store.read(sample.id).context
            except AppError:
                continue  # deleted meanwhile, or damaged: the store tells of it
            seed = int(sample.digest[:8], 16)
            batch.append((sample, variations(hand, count, seed, self._base.manifest.preprocess)))
            if sum(len(rows.landmarks) for _, rows in batch) >= BATCH_ROWS:
                known.update(self._compute(batch))
                batch = []
        known.update(self._compute(batch))
        report(len(samples), len(samples))
        return self._joined([sample for sample in samples if sample.id in known], known)

    def _load(self, sample: SampleInfo, rows: int) -> FloatArray | None:
        try:
            found = np.load(self._path(sample), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        fits = found.ndim == 2 and len(found) >= rows and found.shape[1] == self._width
        if not fits or found.dtype != np.float16 or not np.isfinite(found).all():
            return None
        return np.asarray(found[:rows], np.float32)

    def _compute(self, batch: Sequence[tuple[SampleInfo, NetworkInput]]) -> dict[str, FloatArray]:
        if not batch:
            return {}
        if self._network is None:
            self._network = FeatureNetwork.of(self._base)
        inputs = [rows for _, rows in batch]
        crops = np.concatenate([rows.crops for rows in inputs])
        landmarks = np.concatenate([rows.landmarks for rows in inputs])
        # What is used is what is stored, so that a second run learns from the very same numbers.
        logits, features = self._network.run(NetworkInput(crops, landmarks))
        answers = np.concatenate([logits, self._space.project(features)], 1)
        parts = np.split(
            answers.astype(np.float16), np.cumsum([len(rows.landmarks) for rows in inputs])[:-1]
        )
        for (sample, _), rows in zip(batch, parts, strict=True):
            self._store(sample, rows)
        return {
            sample.id: np.asarray(rows, np.float32)
            for (sample, _), rows in zip(batch, parts, strict=True)
        }

    def _store(self, sample: SampleInfo, rows: np.ndarray) -> None:
        from io import BytesIO

        file = BytesIO()
        np.save(file, rows, allow_pickle=False)
        try:
            write_atomically(self._path(sample), file.getvalue())
        except OSError as error:
            raise AppError(
                "What was computed of the pictures cannot be kept",
                f"{self._folder} cannot be written ({error.strerror})",
                "Make room on the disk, or let yourself write there, and try again.",
            ) from error

    def _path(self, sample: SampleInfo) -> Path:
        return self._folder / f"{sample.digest}.npy"

    def _joined(self, samples: Sequence[SampleInfo], known: dict[str, FloatArray]) -> FeatureSet:
        rows = [sample for sample in samples for _ in known[sample.id]]
        nothing = np.zeros((0, self._width), np.float32)
        answers = np.concatenate([nothing, *(known[sample.id] for sample in samples)])
        first = [row == 0 for sample in samples for row in range(len(known[sample.id]))]
        return FeatureSet(
            features=answers[:, self._labels :],
            logits=answers[:, : self._labels],
            targets=tuple(sample.label for sample in rows),
            groups=tuple(f"{sample.label}/{sample.recording}" for sample in rows),
            ids=tuple(sample.id for sample in rows),
            plain=np.array(first, np.bool_),
        )
