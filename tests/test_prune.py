"""Pruned networks meet their budget and are rebuilt from their weights alone."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from gesture_app.core.preprocess import PreprocessSpec  # noqa: E402
from training.flops import count_flops  # noqa: E402
from training.model import GestureNet  # noqa: E402
from training.prune import CHANNEL_MULTIPLE, prune, shape_like  # noqa: E402

SPEC = PreprocessSpec(32, 1.4, (0.5, 0.5, 0.5), (0.25, 0.25, 0.25))
LABELS = 4


def network(depth: int = 18) -> GestureNet:
    torch.manual_seed(0)
    return GestureNet(LABELS, depth)


def hands() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(3, 3, 32, 32, generator=generator), torch.randn(3, 63, generator=generator)


def test_a_pruned_network_needs_no_more_than_its_budget_and_still_answers() -> None:
    net = network(50)
    before = count_flops(net, SPEC)
    step = prune(net, SPEC, 0.35)
    assert step.flops == (before, count_flops(net, SPEC))
    assert 0.2 < step.flops_kept <= 0.35
    assert step.parameters[1] < step.parameters[0]
    assert net(*hands()).shape == (3, LABELS)


def test_only_the_resnet_loses_channels_and_widths_stay_multiples() -> None:
    net = network()
    geometry = {k: v.shape for k, v in net.state_dict().items() if k.startswith("landmark")}
    prune(net, SPEC, 0.5)
    assert geometry == {k: v.shape for k, v in net.state_dict().items() if k.startswith("landmark")}
    widths = [m.out_channels for m in net.modules() if isinstance(m, torch.nn.Conv2d)]
    assert all(width % CHANNEL_MULTIPLE == 0 for width in widths)
    assert net.backbone.features == net.pixel_head.in_features


def test_a_pruned_network_is_rebuilt_from_its_weights_and_answers_the_same() -> None:
    net = network()
    prune(net, SPEC, 0.5)
    again = shape_like(network(), net.state_dict())
    again.load_state_dict(net.state_dict())
    net.eval()
    again.eval()
    torch.testing.assert_close(net(*hands()), again(*hands()))


def test_every_layer_of_a_pruned_network_can_be_trained() -> None:
    net = network()
    prune(net, SPEC, 0.5)
    net.train()
    sum(logits.sum() for logits in net.heads(*hands())).backward()
    assert all(parameter.grad is not None for parameter in net.parameters())


def test_weights_of_another_kind_of_network_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        shape_like(network(50), network(18).state_dict())


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0])
def test_a_budget_outside_of_0_and_1_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="flops_kept"):
        prune(network(), SPEC, share)


def test_a_replaced_backbone_keeps_the_landmark_layers_and_their_head() -> None:
    net, other = network().eval(), network()
    prune(other, SPEC, 0.5)
    before = {k: v.clone() for k, v in net.state_dict().items() if k.startswith("landmark")}
    net.replace_backbone(other.backbone)
    assert net(*hands()).shape == (3, LABELS)
    for key, value in before.items():
        torch.testing.assert_close(net.state_dict()[key], value)


def test_kept_labels_answer_as_before_among_themselves() -> None:
    net = network()
    net.eval()
    before = [logits[:, [0, 2]] for logits in net.heads(*hands())]
    net.keep_labels([0, 2])
    for old, new in zip(before, net.heads(*hands()), strict=True):
        torch.testing.assert_close(old, new)


def test_the_features_are_what_the_joint_head_reads() -> None:
    net = network()
    net.eval()
    logits, features = net.answer(*hands())
    torch.testing.assert_close(logits, net(*hands()))
    torch.testing.assert_close(net.joint_head(features), net.heads(*hands())[2])
