# SPDX-License-Identifier: Apache-2.0
"""The Signing and Verifying contracts, against Ed25519 and the fake; and Ed25519 against RFC 8032's first vector."""

from collections.abc import Callable

import pytest

from handiwork.adapters.sealing.cryptography_ import PrivateSigner, Verifier
from handiwork.ports.fakes.signing import ForgeableSigner, ForgeableVerifier
from handiwork.ports.signing import Signing, Verifying

Parts = tuple[Callable[[bytes], Signing], Verifying]


@pytest.fixture(params=["ed25519", "fake"])
def parts(request: pytest.FixtureRequest) -> Parts:
    return (ForgeableSigner, ForgeableVerifier()) if request.param == "fake" else (PrivateSigner, Verifier())


def test_a_signature_holds_for_its_key_and_message_only(parts: Parts) -> None:
    signer, verifier = parts[0](b"\x01" * 32), parts[1]
    signature = signer.sign(b"message")
    assert (len(signer.public_key()), len(signature)) == (32, 64)
    assert verifier.verify(signer.public_key(), b"message", signature)
    assert not verifier.verify(signer.public_key(), b"another", signature)
    assert not verifier.verify(parts[0](b"\x02" * 32).public_key(), b"message", signature)
    assert not verifier.verify(signer.public_key(), b"message", bytes(64))


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", b""), (b"short", bytes(64)), (bytes(32), b"x"), (b"\xff" * 32, b"")]
)
def test_wrong_bytes_are_no_valid_signature_and_raise_nothing(parts: Parts, key: bytes, signature: bytes) -> None:
    assert not parts[1].verify(key, b"message", signature)


def test_a_signer_shows_nothing_of_its_key(parts: Parts) -> None:
    private = b"\x07" * 32
    assert private.hex() not in repr(parts[0](private))
    assert repr(private) not in repr(parts[0](private))


def test_rfc_8032_test_1() -> None:
    private = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    signer = PrivateSigner(private)
    assert signer.public_key().hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
