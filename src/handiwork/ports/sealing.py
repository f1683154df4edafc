# SPDX-License-Identifier: Apache-2.0
"""Locks and signatures: AES-256-GCM for chunks, HPKE for keys, Ed25519 for words that must be provable."""

from typing import Protocol


class Sealing(Protocol):
    """Cryptography, from one audited library. Keys are raw bytes: 32 for AES and for private keys of either curve."""

    def new_key(self) -> bytes:
        """32 bytes from the operating system's generator: a segment key."""
        ...

    def seal_chunk(self, key: bytes, index: int, associated: bytes, plaintext: bytes) -> bytes:
        """Ciphertext with tag, nonce u96(index). The caller never uses one (key, index) twice."""
        ...

    def open_chunk(self, key: bytes, index: int, associated: bytes, ciphertext: bytes) -> bytes:
        """The plaintext; raises Damaged if key, place, header or bytes are not the ones it was sealed with."""
        ...

    def wrap(self, public_key: bytes, info: bytes, secret: bytes) -> bytes:
        """`secret` sealed by HPKE (X25519, HKDF-SHA256, AES-256-GCM) so that only the private key's holder opens it."""
        ...

    def unwrap(self, private_key: bytes, info: bytes, wrapped: bytes) -> bytes:
        """The inverse; raises Damaged if it was not wrapped for this key and `info`."""
        ...
