"""What each file of a model has to hold before the model is taken in.

Networks are left to `gesture_app.vision.network_check`; everything else is checked here. Nothing is
interpreted beyond its structure: no pickle, no code.
"""

from __future__ import annotations

from pathlib import Path

from gesture_app.core.errors import ModelError, RefusalError
from gesture_app.core.manifest import MANIFEST_NAME, ModelManifest, parse_manifest
from gesture_app.store.archive_contents import (
    CARD_NAME,
    CARD_PAGE_NAME,
    EVALUATION_NAME,
    GOLDEN_NAME,
    REPLAY_NAME,
    REPLAY_PICTURES_NAME,
    WEIGHTS_NAME,
    Contents,
    network_files,
)
from gesture_app.store.judgement import JUDGEMENT_NAME, parse_judgement
from gesture_app.store.strict_json import parse_object

CARD_SCHEMAS = (1, 2)
"""1 names its model by the network's sha256, 2 by the manifest's."""

CARD_PAGE_START = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    b"style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n"
)
"""How a card's page has to begin. Its policy comes first and forbids scripts and every access to
the network, so that a browser may show the page of a model from anyone. Comparing these bytes
leaves nothing to how a browser reads HTML; filtering tags would (https://www.w3.org/TR/CSP3)."""

_REDIRECT = b"http-equiv"
"""Once, in `CARD_PAGE_START`. A second one could send the reader elsewhere (``refresh``)."""

MAX_HEADER_BYTES = 4 * 1024 * 1024
MAX_TENSORS = 10_000
MAX_EVALUATION_LINES = 200_000
_LENGTH_BYTES = 8


def check_manifest(content: bytes, contents: Contents) -> ModelManifest:
    """The manifest, whose networks are exactly those that ``contents`` lists.

    Raises:
        RefusalError: it is not valid, or a file is missing, too much, or has another hash.
    """
    parse_object(content, MANIFEST_NAME)  # stricter about what is JSON at all
    try:
        manifest = parse_manifest(content.decode("utf-8"))
    except ModelError as error:
        raise RefusalError(f"{MANIFEST_NAME} is not valid ({error.why})") from error
    networks = network_files(manifest)
    listed = {name for name in contents.files if name.endswith(".onnx")}
    if missing := sorted(networks.keys() - listed):
        raise RefusalError(f"{missing[0]} is missing from it")
    if surplus := sorted(listed - networks.keys()):
        raise RefusalError(f"{surplus[0]} is not named by {MANIFEST_NAME}")
    for name, sha256 in networks.items():
        if contents.files[name].sha256 != sha256:
            raise RefusalError(f"{name} is not the file that {MANIFEST_NAME} names (sha256)")
    return manifest


def check_files(folder: Path, contents: Contents, manifest: ModelManifest) -> None:
    """The files beside manifest and networks.

    Raises:
        RefusalError: one is not what its name says.
        OSError: one cannot be read.
    """
    if CARD_NAME in contents.files:
        _check_card((folder / CARD_NAME).read_bytes(), contents, manifest)
    if CARD_PAGE_NAME in contents.files:
        check_card_page((folder / CARD_PAGE_NAME).read_bytes())
    if EVALUATION_NAME in contents.files:
        _check_evaluation(folder / EVALUATION_NAME)
    if JUDGEMENT_NAME in contents.files:
        parse_judgement((folder / JUDGEMENT_NAME).read_bytes())
    for name in (WEIGHTS_NAME, GOLDEN_NAME, REPLAY_NAME, REPLAY_PICTURES_NAME):
        if name in contents.files:
            check_safetensors(folder / name)


def check_card_page(content: bytes) -> None:
    """Raises: RefusalError: a browser could run or fetch something."""
    if not content.startswith(CARD_PAGE_START):
        raise RefusalError(f"{CARD_PAGE_NAME} does not begin with the policy that forbids scripts")
    if content.lower().count(_REDIRECT) != 1:
        raise RefusalError(f"{CARD_PAGE_NAME} could lead its reader elsewhere")


def check_safetensors(path: Path) -> None:
    """Header and sizes of a safetensors file; its tensors are not loaded.

    Raises:
        RefusalError: the file is not what its header says.
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        if size < _LENGTH_BYTES or length > min(size - _LENGTH_BYTES, MAX_HEADER_BYTES):
            raise RefusalError(f"{path.name} has a header longer than it can be")
        header = parse_object(file.read(length).rstrip(b" "), f"the header of {path.name}")
    if len(header) > MAX_TENSORS:
        raise RefusalError(f"{path.name} holds more than {MAX_TENSORS} tensors")
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy"):
            pass
    except SafetensorError as error:
        raise RefusalError(f"{path.name} is not a valid safetensors file ({error})") from error


def _check_card(content: bytes, contents: Contents, manifest: ModelManifest) -> None:
    """Only that it is this model's; `gesture-train card verify` recomputes its figures."""
    card = parse_object(content, CARD_NAME)
    schema, model = card.get("schema"), card.get("model")
    if type(schema) is not int or schema not in CARD_SCHEMAS:
        raise RefusalError(f"{CARD_NAME} has a schema that is not known here")
    if schema == 1:
        same = card.get("sha256") == manifest.sha256
    else:
        named = model.get("manifest_sha256") if isinstance(model, dict) else None
        same = named == contents.files[MANIFEST_NAME].sha256
    if not same:
        raise RefusalError(f"{CARD_NAME} is the card of another model")


def _check_evaluation(path: Path) -> None:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number > MAX_EVALUATION_LINES:
                raise RefusalError(f"{path.name} has more than {MAX_EVALUATION_LINES} lines")
            parse_object(line, f"line {number} of {path.name}")
