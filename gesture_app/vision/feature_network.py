"""A network as a source of features: what a head of one's own is fitted to.

Always in fp32 on the processor, whatever the live back end is, so that features that were stored
once stay valid on every machine.
"""

from __future__ import annotations

import numpy as np

from gesture_app.core.errors import BackendError
from gesture_app.core.preprocess import NetworkInput
from gesture_app.core.types import FloatArray
from gesture_app.store.models import LoadedModel, read_network
from gesture_app.vision.backends.base import Precision

OUTPUTS = ("logits", "features")


class FeatureNetwork:
    """A loaded network with both of its outputs. Called by one thread at a time.

    Args:
        network: ONNX file with the outputs `OUTPUTS`.

    Raises:
        BackendError: ONNX Runtime refuses it, or it gives no features.
    """

    def __init__(self, network: bytes) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(
                network, options, providers=["CPUExecutionProvider"]
            )
            found = {output.name for output in self._session.get_outputs()}
        except Exception as error:  # ONNX Runtime raises classes of its own
            raise _refused(str(error)) from error
        if set(OUTPUTS) - found:
            raise _refused("its network gives no features")

    @classmethod
    def of(cls, model: LoadedModel) -> FeatureNetwork:
        """The fp32 file of a model, whichever it runs live.

        Raises:
            ModelError: the file is missing or altered.
            BackendError: there is none, or it cannot be used.
        """
        network = read_network(model, Precision.FP32)
        if network is None:
            raise _refused("it has no fp32 network")
        return cls(network)

    def run(self, batch: NetworkInput) -> tuple[FloatArray, FloatArray]:
        """Logits (N, labels) and features (N, F), float32."""
        inputs = {"crops": batch.crops, "landmarks": batch.landmarks}
        logits, features = self._session.run(list(OUTPUTS), inputs)
        return np.asarray(logits, np.float32), np.asarray(features, np.float32)


def _refused(reason: str) -> BackendError:
    return BackendError(
        "The base model cannot be taught",
        reason,
        "Install the app again: the bundled model is the one that gestures are taught to.",
    )
