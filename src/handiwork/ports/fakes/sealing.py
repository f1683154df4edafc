# SPDX-License-Identifier: Apache-2.0
"""A Sealing that keeps the port's promises toward its caller and none toward an attacker: for tests only."""

import hashlib
import hmac
from itertools import count

from handiwork.model.errors import Damaged


def fake_public(private_key: bytes) -> bytes:
    """The public key (32 bytes) that the fake takes to belong to a private key."""
    return hashlib.sha256(b"fake public" + private_key).digest()


class InsecureSealing:
    """Knows no cryptography: whoever has the *public* key can unwrap. Keys are counted, so that tests repeat."""

    def __init__(self) -> None:
        self._made = count(1)

    def new_key(self) -> bytes:
        """32 bytes, other ones each time."""
        return hashlib.sha256(b"fake key %d" % next(self._made)).digest()

    def seal_chunk(self, key: bytes, index: int, associated: bytes, plaintext: bytes) -> bytes:
        """Plaintext xor a hash stream, and a tag."""
        masked = _xor(key, index, plaintext)
        return masked + _tag(key, index, associated, masked)

    def open_chunk(self, key: bytes, index: int, associated: bytes, ciphertext: bytes) -> bytes:
        """The plaintext, or Damaged."""
        masked, tag = ciphertext[:-16], ciphertext[-16:]
        if not hmac.compare_digest(tag, _tag(key, index, associated, masked)):
            raise Damaged("A sealed chunk does not open.", data="Nothing was read.", do="Copy it again.")
        return _xor(key, index, masked)

    def wrap(self, public_key: bytes, info: bytes, secret: bytes) -> bytes:
        """`secret` sealed under the public key itself."""
        return self.seal_chunk(public_key, 0, info, secret)

    def unwrap(self, private_key: bytes, info: bytes, wrapped: bytes) -> bytes:
        """The inverse, or Damaged."""
        return self.open_chunk(fake_public(private_key), 0, info, wrapped)


def _xor(key: bytes, index: int, data: bytes) -> bytes:
    stream = hashlib.shake_256(key + index.to_bytes(12, "big")).digest(len(data))
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")  # as one number: lives in tests seal megabytes
    return mixed.to_bytes(len(data), "big")


def _tag(key: bytes, index: int, associated: bytes, masked: bytes) -> bytes:
    message = index.to_bytes(12, "big") + len(associated).to_bytes(4, "big") + associated + masked
    return hmac.digest(key, message, "sha256")[:16]
