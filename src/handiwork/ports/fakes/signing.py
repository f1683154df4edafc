# SPDX-License-Identifier: Apache-2.0
"""A Signing that keeps the port's promises toward its caller and none toward an attacker: for tests only."""

import hashlib


class ForgeableSigner:
    """Anyone can forge its signatures, knowing the public key alone."""

    def __init__(self, private: bytes) -> None:
        self._public = hashlib.sha256(b"fake signer" + private).digest()

    def public_key(self) -> bytes:
        """32 bytes."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return hashlib.sha512(self._public + message).digest()


class ForgeableVerifier:
    """Accepts what ForgeableSigner signs."""

    def verify(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that key's over that message."""
        return hashlib.sha512(public_key + message).digest() == signature
