"""The training loop, to be read from top to bottom.

Mixed precision: fp16 with gradient scaling on CUDA, fp32 on CPUs (bf16 only pays on processors
with AVX512-BF16 or AMX). Which one is used is part of the progress.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch, BatchSource
from training.checkpoint import load_checkpoint, save_checkpoint
from training.config import Recipe
from training.model import GestureNet


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a run.

    Attributes:
        loss: mean over the step's batch, sum of the three heads.
        rate: factor on the peak learning rates.
        images_per_second: since the previous report.
        eta_s: seconds left at that speed.
    """

    step: int
    steps: int
    loss: float
    rate: float
    images_per_second: float
    eta_s: float
    device: str
    precision: str


def train(
    net: GestureNet,
    source: BatchSource,
    recipe: Recipe,
    run: Path,
    report: Callable[[Progress], None],
) -> GestureNet:
    """Train ``net`` and return the moving average of its weights, ready for export.

    Continues from the run folder's checkpoint if there is one, with the same result as if it had
    never stopped.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(recipe.seed)
    net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    if load_checkpoint(run) is None:
        train_landmarks(net, source, recipe, device)
    average = GestureNet(net.pixel_head.out_features).to(device)
    average.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(_parameter_groups(net, recipe), weight_decay=recipe.weight_decay)
    peaks = [group["lr"] for group in optimiser.param_groups]
    precision = "fp16" if device.type == "cuda" else "fp32"
    scaler = torch.amp.GradScaler(device.type, enabled=precision == "fp16")

    first = 0
    if (state := load_checkpoint(run)) is not None:
        first = state["step"]
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        scaler.load_state_dict(state["scaler"])

    started = time.perf_counter()
    for step in range(first, recipe.steps):
        # Dropout is drawn from the step too, so that resuming needs no generator state.
        torch.manual_seed(recipe.seed * 1_000_003 + step)
        factor = learning_rate_factor(step, recipe)
        for group, peak in zip(optimiser.param_groups, peaks, strict=True):
            group["lr"] = peak * factor
        size = crop_size(step, recipe)
        _set_training(net, recipe.frozen_stages)
        with _autocast(device, precision):
            loss = batch_loss(net, source.batch(step, size), recipe, device)
        optimiser.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()  # type: ignore[no-untyped-call]
        scaler.unscale_(optimiser)
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        scaler.step(optimiser)
        scaler.update()
        _update_average(average, net, min(recipe.ema_decay, (step + 1) / (step + 10)))

        elapsed = time.perf_counter() - started
        speed = (step + 1 - first) / elapsed
        report(
            Progress(
                step + 1,
                recipe.steps,
                float(loss.detach()),
                factor,
                speed * recipe.batch_size,
                (recipe.steps - step - 1) / speed,
                device.type,
                precision,
            )
        )
        if (step + 1) % recipe.checkpoint_every == 0 or step + 1 == recipe.steps:
            save_checkpoint(
                run,
                {
                    "step": step + 1,
                    "net": net.state_dict(),
                    "average": average.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "scaler": scaler.state_dict(),
                },
            )
    return average.eval()


LANDMARK_BATCH = 256


def train_landmarks(
    net: GestureNet, source: BatchSource, recipe: Recipe, device: torch.device
) -> None:
    """Train the landmark layers and their head alone; minutes on any machine."""
    net.train()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # matrices so small that threads only wait for each other
    layers = [*net.landmarks.parameters(), *net.landmark_head.parameters()]
    optimiser = torch.optim.AdamW(layers, lr=3e-3, weight_decay=recipe.weight_decay)
    for step in range(recipe.landmark_steps):
        optimiser.param_groups[0]["lr"] = 3e-3 * (1 - step / recipe.landmark_steps)
        features, targets = source.landmark_batch(step, LANDMARK_BATCH)
        logits = net.landmark_head(net.landmarks(torch.from_numpy(features).to(device)))
        loss = functional.cross_entropy(
            logits,
            torch.from_numpy(targets).to(device),
            label_smoothing=recipe.label_smoothing,
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    torch.set_num_threads(threads)


def learning_rate_factor(step: int, recipe: Recipe) -> float:
    """Linear warm-up, then half a cosine down to 1 %."""
    if step < recipe.warmup_steps:
        return (step + 1) / recipe.warmup_steps
    done = (step - recipe.warmup_steps) / max(recipe.steps - recipe.warmup_steps, 1)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done))


def crop_size(step: int, recipe: Recipe) -> int:
    """Small crops for most of the run, the final size at its end."""
    return recipe.final_size if step >= recipe.steps - recipe.final_steps else recipe.train_size


def batch_loss(net: GestureNet, batch: Batch, recipe: Recipe, device: torch.device) -> Tensor:
    """Sum of the cross-entropies of the three heads."""
    crops = torch.from_numpy(batch.inputs.crops).to(device, memory_format=torch.channels_last)
    landmarks = torch.from_numpy(batch.inputs.landmarks).to(device)
    targets = torch.from_numpy(batch.targets).to(device)
    losses = [
        functional.cross_entropy(logits, targets, label_smoothing=recipe.label_smoothing)
        for logits in net.heads(crops, landmarks)
    ]
    return torch.stack(losses).sum()


def _parameter_groups(net: GestureNet, recipe: Recipe) -> list[dict[str, object]]:
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


def _set_training(net: GestureNet, frozen_stages: int) -> None:
    """Training mode, but frozen stages keep the batch statistics of their pretraining."""
    net.train()
    for stage in net.backbone.stages()[:frozen_stages]:
        stage.eval()


def _autocast(device: torch.device, precision: str) -> AbstractContextManager[object]:
    if precision == "fp16":
        return torch.autocast(device.type, torch.float16)
    return nullcontext()


@torch.no_grad()
def _update_average(average: GestureNet, net: GestureNet, decay: float) -> None:
    """Exponential moving average of weights and batch statistics; counters are copied."""
    for old, new in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new.to(old.dtype), 1 - decay)
        else:
            old.copy_(new)
