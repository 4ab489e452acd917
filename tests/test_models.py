"""A model is used only if every byte is as its manifest says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gesture_app.core.errors import ModelError
from gesture_app.core.manifest import MANIFEST_NAME
from gesture_app.store import models
from gesture_app.store.models import load_model
from tests.networks import biased_network, write_model


def test_a_sound_model_is_loaded_with_the_bytes_that_were_hashed(tmp_path: Path) -> None:
    network = biased_network([1, 2, 3])
    loaded = load_model(write_model(tmp_path, network))
    assert loaded.onnx == network
    assert loaded.manifest.name == "Fake model"


def test_a_model_that_was_altered_is_not_used(tmp_path: Path) -> None:
    write_model(tmp_path)
    file = tmp_path / "fake.onnx"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(tmp_path)
    assert "altered or damaged" in caught.value.why
    assert caught.value.next_step


@pytest.mark.parametrize("name", [MANIFEST_NAME, "fake.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    write_model(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_model(tmp_path)


def test_a_file_beyond_the_limit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path)
    monkeypatch.setattr(models, "MAX_MODEL_BYTES", 10)
    with pytest.raises(ModelError, match="more than the 10 allowed"):
        load_model(tmp_path)


def test_a_manifest_that_is_not_text_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path)
    (tmp_path / MANIFEST_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="manifest"):
        load_model(tmp_path)
