# SPDX-License-Identifier: Apache-2.0
"""What the uploader needs of the person's device. Its repr shows no key."""

from dataclasses import dataclass, field
from typing import Protocol

from handiwork.ports.hub import Hub, Releases
from handiwork.ports.journal import Store
from handiwork.ports.sealing import Sealing
from handiwork.ports.signing import Verifying


class PersonsHub(Hub, Releases, Protocol):
    """The hub, as the person whose data it is may speak to it."""


@dataclass(frozen=True)
class Device:
    """`device_key` (X25519, private) opens the device's own copies of segment keys, to wrap them for the keeper."""

    store: Store
    sealing: Sealing
    verifier: Verifying
    device_key: bytes = field(repr=False)
