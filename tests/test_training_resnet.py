"""ResNet-18, -34 and -50: torchvision's names and shapes, both kinds of strides, safe loading."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import torch

from training.model import GestureNet
from training.resnet import ResNet, load_pretrained

KEYS = json.loads((Path(__file__).parent / "fixtures" / "torchvision_resnet_keys.json").read_text())
"""Depth → key → shape, of the networks that torchvision 0.29 builds; without batch counters."""

PRETRAINED = Path(__file__).resolve().parents[2] / "shared/weights/resnet50_v1_imagenet_fp16.pth"
PRETRAINED_SHA256 = "27d193895954327e4ee9d5caac0b77916865a4d53df1c486af305f789ddeebaf"


def shapes(backbone: ResNet) -> dict[str, list[int]]:
    tensors = backbone.state_dict().items()
    return {key: list(t.shape) for key, t in tensors if not key.endswith("num_batches_tracked")}


@pytest.mark.parametrize("depth", [18, 34, 50])
@pytest.mark.parametrize("v1", [True, False])
def test_key_names_and_shapes_are_torchvisions(depth: int, v1: bool) -> None:
    wanted = {key: s for key, s in KEYS[str(depth)].items() if not key.startswith("fc.")}
    assert shapes(ResNet(depth, v1=v1)) == wanted


@pytest.mark.parametrize(("depth", "features"), [(18, 512), (34, 512), (50, 2048)])
def test_pooled_features_have_the_width_that_is_told(depth: int, features: int) -> None:
    backbone = ResNet(depth, v1=True).eval()
    with torch.no_grad():
        assert backbone(torch.zeros(1, 3, 32, 32)).shape == (1, features)
    assert backbone.features == features
    assert len(backbone.stages()) == 5


@pytest.mark.parametrize("v1", [True, False])
def test_a_bottleneck_halves_on_the_convolution_of_its_version(v1: bool) -> None:
    block = ResNet(50, v1=v1).layer2[0]  # type: ignore[index]
    assert block.conv1.stride == ((2, 2) if v1 else (1, 1))
    assert block.conv2.stride == ((1, 1) if v1 else (2, 2))


def test_the_other_strides_load_the_same_weights_and_answer_differently() -> None:
    torch.manual_seed(0)
    one, other = ResNet(50, v1=True).eval(), ResNet(50, v1=False).eval()
    other.load_state_dict(one.state_dict())
    crops = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        assert not torch.allclose(one(crops), other(crops))


def test_an_unknown_depth_is_refused() -> None:
    with pytest.raises(ValueError, match="depth"):
        ResNet(101, v1=True)


def test_the_gesture_network_has_the_depth_asked_for() -> None:
    net = GestureNet(5, 18).eval()
    assert net(torch.zeros(2, 3, 32, 32), torch.zeros(2, 63)).shape == (2, 5)
    assert net.joint_head.in_features == 512 + net.landmark_head.in_features


def test_an_altered_pretrained_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    path.write_bytes(b"not the weights")
    with pytest.raises(ValueError, match="sha256"):
        load_pretrained(ResNet(18, v1=True), path, PRETRAINED_SHA256)


def test_weights_of_another_depth_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    torch.save(ResNet(18, v1=True).state_dict(), path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(ValueError, match="does not fit"):
        load_pretrained(ResNet(50, v1=True), path, sha256)


def test_the_published_weights_load_whole() -> None:
    if not PRETRAINED.is_file():
        pytest.skip("needs ../shared/weights, which is not part of the repository")
    backbone = ResNet(50, v1=True)
    load_pretrained(backbone, PRETRAINED, PRETRAINED_SHA256)
    assert float(backbone.bn1.running_var.min()) > 0
    assert not torch.equal(backbone.bn1.running_mean, torch.zeros(64))
