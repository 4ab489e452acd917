"""Zero wait: a back end that runs at once, and the search for a better one behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from gesture_app.core.errors import AppError, BackendError
from gesture_app.engine.engine_gate import EngineGate
from gesture_app.engine.engine_parity import one_made_up_hand, parity_check
from gesture_app.engine.engine_upgrade import EngineUpgrade, proven_precisions
from gesture_app.engine.live_backend import LiveBackend
from gesture_app.store.engine_cache import EngineCache
from gesture_app.store.models import LoadedModel, default_precision, read_network
from gesture_app.vision.backends.base import (
    BackendChoice,
    BackendProvider,
    Precision,
    ProbeResult,
)
from gesture_app.vision.backends.select import (
    NEEDS_BUILD,
    ProviderOrder,
    SelectedBackend,
    merged,
    select_backend,
    without_network,
)

TAKES_OVER = "takes over while the app runs if it proves faster"


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
            started_on = next(one for one in start if one.probe().name == active)
            live.improve(self._upgrade(started_on, (*self.order.fast, *others)))
        return live

    def explain(self) -> BackendChoice:
        """What a run would start on and what is known of the others, without loading any.

        Raises:
            BackendError: nothing here can run the model.
            ModelError: a file of the model was altered.
        """
        start = self._starting_order()
        able = [one for one in start if self._why_not(one) == ""]
        if not able:
            reasons = "; ".join(f"{one.probe().name}: {self._why_not(one)}" for one in start)
            raise BackendError(
                "No inference back end can run the model",
                reasons,
                "Install the app again with `python3 installer/bootstrap.py`.",
            )
        others = (one for one in (*self.order.fast, *start) if one is not able[0])
        return BackendChoice(able[0].probe(), merged(self._judge(one) for one in others))

    def _judge(self, provider: BackendProvider) -> ProbeResult:
        """What keeps a provider from being started on, or what is going to happen with it."""
        probed, reason = provider.probe(), self._why_not(provider)
        if reason:
            return replace(probed, available=False, reason=reason)
        network = self._network(provider.precision)
        assert network is not None, "else it could not be used"
        try:
            known = self.cache.verdict(provider.key(network))
            builds = provider.needs_build(network)
        except BackendError as error:
            return replace(probed, available=False, reason=error.why)
        if known is not None and not known.accepted:
            return replace(probed, available=False, reason=known.reason)
        return replace(probed, reason=NEEDS_BUILD if builds else TAKES_OVER)

    def _why_not(self, provider: BackendProvider) -> str:
        """Why a provider cannot load this model; empty if nothing is known against it."""
        probed = provider.probe()
        if not probed.available:
            return probed.reason
        if self._network(provider.precision) is None:
            return without_network(probed, provider.precision).reason
        return ""

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
        self, started_on: BackendProvider, others: tuple[BackendProvider, ...]
    ) -> EngineUpgrade:
        gate = EngineGate(parity_check(self.model), one_made_up_hand(self.model))
        return EngineUpgrade(started_on, others, self._network, gate, self.cache)
