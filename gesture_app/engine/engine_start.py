"""Zero wait: a back end that runs at once, and the search for a better one behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from gesture_app.core.errors import AppError
from gesture_app.engine.engine_gate import EngineGate
from gesture_app.engine.engine_parity import one_made_up_hand, parity_check
from gesture_app.engine.engine_upgrade import EngineUpgrade, proven_precisions
from gesture_app.engine.live_backend import LiveBackend
from gesture_app.store.engine_cache import EngineCache
from gesture_app.store.models import LoadedModel, default_precision, read_network
from gesture_app.vision.backends.base import BackendProvider, InferenceBackend, Precision
from gesture_app.vision.backends.select import ProviderOrder, SelectedBackend, select_backend


@dataclass(frozen=True, slots=True)
class EngineStart:
    """What it takes to start a model on this machine.

    Attributes:
        order: the runtimes.
        cache: compiled engines, and what is known of those tried before.
    """

    model: LoadedModel
    order: ProviderOrder
    cache: EngineCache

    def open(self, notify: Callable[[AppError], None], *, upgrades: bool) -> LiveBackend:
        """A back end that is ready now.

        Args:
            notify: told when a back end has failed and another one has taken over.
            upgrades: look for a better one in the background.

        Raises:
            BackendError: nothing here can run the model.
            ModelError: a file of the model was altered.
        """
        start = self._starting_order()
        selected = select_backend(start, self._network)
        live = LiveBackend(selected, self._reserve(start), notify)
        if upgrades:
            active = selected.choice.active.name
            others = [one for one in start if one.probe().name != active]
            rival = next(one for one in start if one.probe().name == active)
            live.improve(self._upgrade((*self.order.fast, *others), rival))
        return live

    def _network(self, precision: Precision) -> bytes | None:
        return read_network(self.model, precision)

    def _starting_order(self) -> tuple[BackendProvider, ...]:
        """What was found to be faster here before, then what the model's maker chose."""
        proven = proven_precisions(self.order.start, self._network, self.cache)
        chosen = Precision(default_precision(self.model.manifest))
        return self.order.starting_with((*proven, chosen)).start

    def _reserve(
        self, start: tuple[BackendProvider, ...]
    ) -> Callable[[Collection[str]], SelectedBackend]:
        """Raises: BackendError: none is left."""

        def load_next(failed: Collection[str]) -> SelectedBackend:
            left = [one for one in start if one.probe().name not in failed]
            return select_backend(left, self._network)

        return load_next

    def _upgrade(
        self, providers: tuple[BackendProvider, ...], rival: BackendProvider
    ) -> EngineUpgrade:
        def load_rival() -> InferenceBackend:
            network = self._network(rival.precision)
            assert network is not None, "it was loaded before"
            return rival.load(network)

        gate = EngineGate(
            parity_check(self.model, load_rival), load_rival, one_made_up_hand(self.model)
        )
        return EngineUpgrade(providers, self._network, gate, self.cache)
