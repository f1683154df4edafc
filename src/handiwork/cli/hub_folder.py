# SPDX-License-Identifier: Apache-2.0
"""Where things stand on an organisation's machine, and how they are first made.

identity.json       public: what devices pin
hub/                the blind store; may be world-readable without harm
keeper/             the key service's store; may be world-readable without harm
secrets/hub/        log.key, receipt.key (Ed25519), internal.token
secrets/keeper/     keeper.key (X25519), internal.token
secrets/lab.token   lets a lab fetch sealed bytes
officers/           for a local trial only: officers' private keys
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import BadInput
from handiwork.ports.hub import HubIdentity

T = TypeVar("T", bound=msgspec.Struct)


class HubConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What hub and key service must agree on."""

    officers: dict[str, str]
    """Names to Ed25519 public keys (hex). Two of them approve a job."""
    minimum_people: int
    """A job that would reach fewer people's data gets nothing."""
    lab_token: str
    """SHA-256 (hex) of the lab's token."""


@dataclass(frozen=True)
class HubFolder:
    """The folder that `handiwork hub init` makes."""

    root: Path

    @property
    def identity(self) -> Path:
        """The public keys."""
        return self.root / "identity.json"

    @property
    def log(self) -> Path:
        """The public log."""
        return self.root / "hub" / "log"

    @property
    def blobs(self) -> Path:
        """Sealed segments."""
        return self.root / "hub" / "blobs"

    @property
    def register(self) -> Path:
        """The database."""
        return self.root / "hub" / "register.sqlite"

    @property
    def keystore(self) -> Path:
        """The key service's store."""
        return self.root / "keeper" / "store"

    def config(self, part: str) -> Path:
        """The configuration of "hub" or "keeper"."""
        return self.root / part / "config.json"

    def secret(self, name: str) -> Path:
        """A secret: "hub/log.key", "lab.token"."""
        return self.root / "secrets" / name

    def officer(self, name: str) -> Path:
        """An officer's private key, in a local trial."""
        return self.root / "officers" / f"{name}.key"

    def read_identity(self) -> HubIdentity:
        """The public keys; BadInput if this is no hub's folder."""
        return self._read(self.identity, HubIdentity)

    def read_config(self, part: str) -> HubConfig:
        """The configuration."""
        return self._read(self.config(part), HubConfig)

    def token(self, name: str) -> str:
        """A token."""
        try:
            return self.secret(name).read_text().strip()
        except OSError:
            raise self._unusable() from None

    def _read(self, path: Path, kind: type[T]) -> T:
        try:
            return from_json(path.read_bytes(), kind)
        except (OSError, msgspec.ValidationError, msgspec.DecodeError):
            raise self._unusable() from None

    def _unusable(self) -> BadInput:
        return BadInput(
            f"{self.root} is not a hub's folder, or parts of it are missing or damaged.",
            data="nothing was changed.",
            do=f"make one with `handiwork hub init {self.root}`, or restore what is missing.",
        )


def make(folder: HubFolder, officers: list[str], minimum_people: int) -> HubIdentity:
    """Makes the folder with fresh keys. BadInput if it is there, or if the rules could not be kept with these names."""
    from handiwork.adapters.disk import durable

    _check(folder, officers, minimum_people)
    keys = {name: os.urandom(32) for name in officers}
    log_key, receipt_key, keeper_key = os.urandom(32), os.urandom(32), os.urandom(32)
    internal, lab = secrets.token_hex(32), secrets.token_hex(32)
    identity, config = _public(log_key, receipt_key, keeper_key, keys, minimum_people, lab)
    files = {
        folder.secret("hub/log.key"): log_key,
        folder.secret("hub/receipt.key"): receipt_key,
        folder.secret("hub/internal.token"): internal.encode(),
        folder.secret("keeper/keeper.key"): keeper_key,
        folder.secret("keeper/internal.token"): internal.encode(),
        folder.secret("lab.token"): lab.encode(),
        folder.config("hub"): canonical_json(config),
        folder.config("keeper"): canonical_json(config),
        **{folder.officer(name): key for name, key in keys.items()},
    }
    durable.write_all(files)
    durable.write(folder.identity, canonical_json(identity))
    return identity


def _public(
    log_key: bytes, receipt_key: bytes, keeper_key: bytes, officers: dict[str, bytes], minimum_people: int, lab: str
) -> tuple[HubIdentity, HubConfig]:
    from handiwork.adapters.sealing.cryptography_ import PrivateSigner, x25519_public
    from handiwork.hub.wire import token_digest

    log_public = PrivateSigner(log_key).public_key().hex()
    identity = HubIdentity(
        origin=f"handiwork.log/{log_public[:16]}",
        log_key=log_public,
        receipt_key=PrivateSigner(receipt_key).public_key().hex(),
        keeper_key=x25519_public(keeper_key).hex(),
    )
    public = {name: PrivateSigner(key).public_key().hex() for name, key in officers.items()}
    return identity, HubConfig(officers=public, minimum_people=minimum_people, lab_token=token_digest(lab))


def _check(folder: HubFolder, officers: list[str], minimum_people: int) -> None:
    flaw = ""
    if folder.root.exists() and any(folder.root.iterdir()):
        flaw = f"{folder.root} is not empty; a hub's keys are made once and never overwritten"
    elif len(set(officers)) < 2 or len(set(officers)) != len(officers):
        flaw = "two officers with different names are needed, since two must approve"
    elif not all(re.fullmatch(r"[A-Za-z0-9._-]{1,64}", name) and name[0].isalnum() for name in officers):
        flaw = "officers' names may have letters, digits, dots, dashes and underscores only"
    elif minimum_people < 1:
        flaw = "the minimum of people must be 1 at least"
    if flaw:
        raise BadInput(f"No hub was made: {flaw}.", data="nothing was written.", do="change that and try again.")
