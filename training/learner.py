"""One step of learning: losses, gradients, optimiser, moving average of the weights."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn

from training.batches import Batch
from training.config import Recipe
from training.distributed import World
from training.losses import Lesson, Teacher, total_loss
from training.model import GestureNet
from training.precision import Precision
from training.validation import to_tensors

CLIP_NORM = 5.0


class Learner:
    """The network, its moving average and its optimiser; `learn` is one step of them.

    AdamW (Loshchilov and Hutter 2019) with layer-wise rates; gradients are clipped to a norm of 5.
    """

    def __init__(
        self,
        net: GestureNet,
        recipe: Recipe,
        world: World,
        precision: Precision,
        teacher: Teacher | None,
    ) -> None:
        self._recipe, self._precision, self._device = recipe, precision, world.device()
        self._rank, self._size = world.rank, world.size
        self._net = net
        self.average = copy.deepcopy(net).requires_grad_(False)
        self._optimiser = torch.optim.AdamW(
            parameter_groups(net, recipe), weight_decay=recipe.weight_decay
        )
        self._peaks = [group["lr"] for group in self._optimiser.param_groups]
        self._scaler = precision.scaler(self._device)
        self._heads = world.share_gradients(_Heads(net))
        self._teacher = teacher
        if teacher is not None:
            teacher.net.to(self._device, memory_format=torch.channels_last).eval()  # type: ignore[call-overload]

    def learn(self, step: int, batch: Batch) -> float:
        """Learn from a batch; returns its loss before."""
        recipe = self._recipe
        # Dropout is drawn from the step too, so that resuming needs no generator state.
        torch.manual_seed((recipe.seed * 1_000_003 + step) * self._size + self._rank)
        factor = learning_rate_factor(step, recipe)
        for group, peak in zip(self._optimiser.param_groups, self._peaks, strict=True):
            group["lr"] = peak * factor
        _set_training(self._net, recipe)
        crops, landmarks, targets = to_tensors(batch, self._device)
        with self._precision.autocast(self._device):
            heads = self._heads(crops, landmarks)
            lesson = self._ask_teacher(crops, landmarks)
        loss = total_loss(heads, lesson, targets, recipe)
        self._optimiser.zero_grad(set_to_none=True)
        self._scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        self._scaler.unscale_(self._optimiser)
        nn.utils.clip_grad_norm_(self._net.parameters(), CLIP_NORM)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        update_average(self.average, self._net, min(recipe.ema_decay, (step + 1) / (step + 10)))
        return float(loss.detach())

    @torch.no_grad()
    def _ask_teacher(self, crops: Tensor, landmarks: Tensor) -> Lesson | None:
        """Its opinion of a part of the batch: it costs several times what the student does."""
        if self._teacher is None:
            return None
        count = max(round(self._recipe.distilled_share * len(crops)), 1)
        teacher, hands = self._teacher, (crops[:count], landmarks[:count])
        if teacher.is_start:
            return Lesson(torch.stack(teacher.net.heads(*hands)), teacher.outputs, is_start=True)
        return Lesson(teacher.net(*hands), teacher.outputs)

    def state(self) -> dict[str, Any]:
        """Everything that a resumed run needs besides the step."""
        return {
            "net": self._net.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
            "precision": self._precision.name,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `state` gave."""
        self._net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._scaler.load_state_dict(state["scaler"])


class _Heads(nn.Module):
    """A network whose call gives the logits of its heads: what DDP wraps."""

    def __init__(self, net: GestureNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor, landmarks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.net.heads(crops, landmarks)


def learning_rate_factor(step: int, recipe: Recipe) -> float:
    """Linear warm-up, then half a cosine down to 1 % (Loshchilov and Hutter 2017, "SGDR")."""
    if step < recipe.warmup_steps:
        return (step + 1) / recipe.warmup_steps
    done = (step - recipe.warmup_steps) / max(recipe.steps - recipe.warmup_steps, 1)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done))


def parameter_groups(net: GestureNet, recipe: Recipe) -> list[dict[str, object]]:
    """Layer-wise rates: what lies near the input changes least."""
    backbone = {id(p) for p in net.backbone.parameters()}
    heads = [p for p in net.parameters() if id(p) not in backbone]
    groups: list[dict[str, object]] = [{"params": heads, "lr": recipe.head_rate}]
    stages = net.backbone.stages()
    for index, stage in enumerate(stages):
        trained = index >= recipe.frozen_stages
        for parameter in stage.parameters():
            parameter.requires_grad_(trained)
        if trained:
            rate = recipe.backbone_rate * recipe.layer_decay ** (len(stages) - 1 - index)
            groups.append({"params": list(stage.parameters()), "lr": rate})
    return groups


@torch.no_grad()
def update_average(average: GestureNet, net: GestureNet, decay: float) -> None:
    """Exponential moving average of weights and batch statistics; counters are copied."""
    for old, new in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new.to(old.dtype), 1 - decay)
        else:
            old.copy_(new)


def _set_training(net: GestureNet, recipe: Recipe) -> None:
    """Training mode, but what is frozen keeps the batch statistics that it came with."""
    net.train()
    for stage in net.backbone.stages()[: recipe.frozen_stages]:
        stage.eval()
    if recipe.frozen_statistics:
        for module in net.modules():
            if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d):
                module.eval()
