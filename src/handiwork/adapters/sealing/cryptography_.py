# SPDX-License-Identifier: Apache-2.0
"""Locks and signatures by the `cryptography` library (OpenSSL). Knows nothing of segments, files or people.

AES-256-GCM (NIST SP 800-38D), HPKE base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180),
and Ed25519 (RFC 8032). A wrapped secret is the encapsulated key (32 bytes), then the ciphertext with its tag.
"""

import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from handiwork.model.errors import BadInput, Damaged

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def x25519_public(private_key: bytes) -> bytes:
    """The public key (32 bytes) of an X25519 private key (any 32 bytes)."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


class CryptographySealing:
    """The Sealing port."""

    def new_key(self) -> bytes:
        """32 bytes from the operating system's generator."""
        return os.urandom(32)

    def seal_chunk(self, key: bytes, index: int, associated: bytes, plaintext: bytes) -> bytes:
        """Ciphertext with tag, nonce u96(index)."""
        return AESGCM(key).encrypt(index.to_bytes(12, "big"), plaintext, associated)

    def open_chunk(self, key: bytes, index: int, associated: bytes, ciphertext: bytes) -> bytes:
        """The plaintext, or Damaged."""
        try:
            return AESGCM(key).decrypt(index.to_bytes(12, "big"), ciphertext, associated)
        except (InvalidTag, ValueError):
            raise _does_not_open("A sealed chunk") from None

    def wrap(self, public_key: bytes, info: bytes, secret: bytes) -> bytes:
        """`secret` sealed by HPKE to `public_key`. BadInput if that is no usable X25519 key."""
        try:
            return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_key), info)
        except ValueError:
            raise BadInput(
                "A public key is not a usable X25519 key.",
                data="Nothing was sealed to it and nothing was sent.",
                do="Ask whoever runs the hub for its identity, and compare it with what you were given.",
            ) from None

    def unwrap(self, private_key: bytes, info: bytes, wrapped: bytes) -> bytes:
        """The inverse, or Damaged."""
        try:
            return _SUITE.decrypt(wrapped, X25519PrivateKey.from_private_bytes(private_key), info)
        except (InvalidTag, ValueError):
            raise _does_not_open("A wrapped key") from None


class PrivateSigner:
    """The Signing port: one Ed25519 private key (32 bytes). Its repr shows nothing of the key."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    def public_key(self) -> bytes:
        """32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


class Verifier:
    """The Verifying port."""

    def verify(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that key's over that message."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def _does_not_open(what: str) -> Damaged:
    return Damaged(
        f"{what} does not open: its bytes, its place or its key are not the ones it was sealed with.",
        data="Nothing was read from it. Other segments are not affected.",
        do="Fetch or copy it again; if it still fails, delete that segment.",
    )
