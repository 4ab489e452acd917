"""Gestures that touch the face are told from those that do not by pixels alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from gesture_app.core.types import NO_GESTURE  # noqa: E402
from tests.made_up_hands import RECIPE  # noqa: E402
from training.datasets import touching_pairs  # noqa: E402
from training.model import GestureNet  # noqa: E402
from training.trained_network import load_network, save_network  # noqa: E402

LABELS = ("like", "mute", "one", NO_GESTURE)
MUTE, ONE = 1, 2


def network() -> GestureNet:
    torch.manual_seed(0)
    net = GestureNet(len(LABELS), 18).eval()
    net.touching = touching_pairs(LABELS)
    return net


def hands() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(3, 3, 32, 32, generator=generator), torch.randn(3, 63, generator=generator)


def test_pairs_are_found_where_both_gestures_are_known() -> None:
    assert touching_pairs(LABELS) == ((MUTE, ONE),)
    assert touching_pairs(("mute", NO_GESTURE)) == ()


@torch.no_grad()
def test_the_pixel_head_shares_out_what_the_others_give_to_the_two() -> None:
    net = network()
    shared = net(*hands()).softmax(1)
    by_pixels = net.heads(*hands())[0].softmax(1)
    net.touching = ()
    plain = net(*hands()).softmax(1)
    others = [0, 3]
    torch.testing.assert_close(shared[:, others], plain[:, others])
    torch.testing.assert_close(shared[:, [MUTE, ONE]].sum(1), plain[:, [MUTE, ONE]].sum(1))
    torch.testing.assert_close(
        shared[:, MUTE] / shared[:, ONE], by_pixels[:, MUTE] / by_pixels[:, ONE]
    )


def test_dropped_labels_move_the_pair_or_end_it() -> None:
    net = network()
    net.keep_labels([MUTE, ONE, 3])
    assert net.touching == ((0, 1),)
    net.keep_labels([0, 2])
    assert net.touching == ()


@pytest.mark.parametrize(("share", "pairs"), [(0.4, ((MUTE, ONE),)), (0.0, ())])
def test_a_network_that_saw_no_pasted_hands_does_not_leave_it_to_the_pixels(
    tmp_path: Path, share: float, pairs: tuple[tuple[int, int], ...]
) -> None:
    recipe = replace(RECIPE, pasted_share=share).to_json()
    save_network(tmp_path / "network.safetensors", network(), LABELS, recipe)
    assert load_network(tmp_path).net.touching == pairs


def test_half_precision_weights_are_read_back_as_floats(tmp_path: Path) -> None:
    net = network()
    path = tmp_path / "network.safetensors"
    save_network(path, net, LABELS, replace(RECIPE, pasted_share=0.4).to_json(), half=True)
    again = load_network(path).net
    torch.testing.assert_close(again(*hands()), net(*hands()), atol=0.02, rtol=0.02)
    assert all(p.dtype == torch.float32 for p in again.parameters())
