# SPDX-License-Identifier: Apache-2.0
"""Ed25519: words that must be provable."""

from typing import Protocol


class Signing(Protocol):
    """One private key, and checks against anyone's public key (32 bytes)."""

    def public_key(self) -> bytes:
        """32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        ...


class Verifying(Protocol):
    """Checks without any key of one's own."""

    def verify(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that key's over that message. Never raises for wrong bytes."""
        ...
