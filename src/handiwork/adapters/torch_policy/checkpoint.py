# SPDX-License-Identifier: Apache-2.0
"""Checkpoints on disk: manifest and weights in one file, there whole or not at all. Carries no code.

b"HWCKPT1\\n" | u32 length | manifest JSON | weights
"""

import hashlib
import os
from pathlib import Path

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import BadInput, Damaged, NotAllowed
from handiwork.ports.policy_model import Manifest

_MAGIC = b"HWCKPT1\n"
_QUARANTINE = ".quarantined"


def save_checkpoint(path: Path, manifest: Manifest, weights: bytes) -> None:
    """When this returns, `path` durably holds both. Killed half-way, it holds what it held before."""
    if hashlib.sha256(weights).hexdigest() != manifest.weights:
        raise BadInput("The manifest is of other weights.", data="nothing was written.", do="make the manifest anew.")
    head = canonical_json(manifest)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".new-{path.name}")  # one name, so that what a killed writer left does not stay for ever
    try:
        with new.open("wb") as file:
            file.write(_MAGIC + len(head).to_bytes(4, "big") + head + weights)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    _sync_folder(path.parent)


def load_checkpoint(path: Path) -> tuple[Manifest, bytes]:
    """Manifest and weights, checked against each other. NotAllowed if quarantined, Damaged if anything is wrong."""
    if not path.exists() and path.with_name(path.name + _QUARANTINE).exists():
        raise NotAllowed(
            f"{path.name} is quarantined: someone whose data it was trained on has withdrawn.",
            data="the weights are still on this disk, and are not used.",
            do="train again without that data; then delete the quarantined file.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"There is no checkpoint {path.name}.", data="nothing was read.", do="train one first."
        ) from error
    return _parsed(path.name, content)


def quarantine(path: Path) -> Path:
    """Takes a checkpoint out of use without deleting it; returns where it is now."""
    aside = path.with_name(path.name + _QUARANTINE)
    path.replace(aside)
    _sync_folder(path.parent)
    return aside


def _parsed(name: str, content: bytes) -> tuple[Manifest, bytes]:
    start = len(_MAGIC) + 4
    size = int.from_bytes(content[len(_MAGIC) : start], "big")
    weights = content[start + size :]
    try:
        manifest = from_json(content[start : start + size], Manifest)
    except msgspec.DecodeError as error:
        raise _damaged(name) from error
    if not content.startswith(_MAGIC) or hashlib.sha256(weights).hexdigest() != manifest.weights:
        raise _damaged(name)
    return manifest, weights


def _damaged(name: str) -> Damaged:
    return Damaged(
        f"{name} is not a whole checkpoint.", data="nothing of it was used.", do="copy it again, or train a new one."
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
