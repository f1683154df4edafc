# SPDX-License-Identifier: Apache-2.0
"""The Sealing contract, against the real library and the fake; and the real one against RFC 9180's own words."""

import hashlib
import hmac
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.adapters.sealing.cryptography_ import CryptographySealing, x25519_public
from handiwork.model.errors import BadInput, Damaged
from handiwork.ports.fakes.sealing import InsecureSealing, fake_public
from handiwork.ports.sealing import Sealing

Pair = tuple[Sealing, Callable[[bytes], bytes]]


@pytest.fixture(params=["cryptography", "fake"])
def pair(request: pytest.FixtureRequest) -> Pair:
    if request.param == "fake":
        return InsecureSealing(), fake_public
    return CryptographySealing(), x25519_public


def test_new_keys_are_32_bytes_and_all_different(pair: Pair) -> None:
    keys = {pair[0].new_key() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}


@settings(max_examples=30)
@given(plain=st.binary(max_size=300), index=st.integers(0, 2**40), associated=st.binary(max_size=40))
def test_what_was_sealed_opens_again_and_does_not_show_in_the_ciphertext(
    plain: bytes, index: int, associated: bytes
) -> None:
    for sealing in (CryptographySealing(), InsecureSealing()):
        key = sealing.new_key()
        sealed = sealing.seal_chunk(key, index, associated, plain)
        assert sealing.open_chunk(key, index, associated, sealed) == plain
        assert len(plain) < 8 or plain not in sealed


def test_a_chunk_opens_only_with_its_own_key_place_header_and_bytes(pair: Pair) -> None:
    sealing, _ = pair
    key = sealing.new_key()
    sealed = sealing.seal_chunk(key, 3, b"header", b"a plaintext")
    wrong = [
        (sealing.new_key(), 3, b"header", sealed),
        (key, 4, b"header", sealed),
        (key, 3, b"another", sealed),
        (key, 3, b"header", sealed[:-1]),
        (key, 3, b"header", sealed[1:]),
        (key, 3, b"header", sealed + b"\0"),
        (key, 3, b"header", b""),
        (key, 3, b"header", bytes([sealed[0] ^ 1]) + sealed[1:]),
    ]
    for arguments in wrong:
        with pytest.raises(Damaged):
            sealing.open_chunk(*arguments)


def test_a_wrapped_secret_opens_only_for_its_recipient_and_purpose(pair: Pair) -> None:
    sealing, public = pair
    mine, other = b"\x11" * 32, b"\x22" * 32
    wrapped = sealing.wrap(public(mine), b"info", b"secret")
    assert sealing.unwrap(mine, b"info", wrapped) == b"secret"
    for private, info, data in [(other, b"info", wrapped), (mine, b"else", wrapped), (mine, b"info", wrapped[:-1])]:
        with pytest.raises(Damaged):
            sealing.unwrap(private, info, data)


def test_wrapping_to_a_key_of_small_order_is_refused() -> None:
    with pytest.raises(BadInput):
        CryptographySealing().wrap(bytes(32), b"info", b"secret")


def test_wrapping_the_same_secret_twice_shows_nothing_in_common() -> None:
    sealing, public = CryptographySealing(), x25519_public(b"\x11" * 32)
    assert sealing.wrap(public, b"", b"secret")[:32] != sealing.wrap(public, b"", b"secret")[:32]


# An independent reading of RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256.


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01", "sha256")[:length]


def _rfc9180_open(aead_id: int, key_size: int, private: bytes, info: bytes, aad: bytes, wrapped: bytes) -> bytes:
    enc, ciphertext = wrapped[:32], wrapped[32:]
    key = X25519PrivateKey.from_private_bytes(private)
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01" + aead_id.to_bytes(2, "big")
    dh = key.exchange(X25519PublicKey.from_public_bytes(enc))
    eae = _extract(kem, b"", b"eae_prk", dh)
    shared = _expand(kem, eae, b"shared_secret", enc + key.public_key().public_bytes_raw(), 32)
    context = b"\x00" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret = _extract(suite, shared, b"secret", b"")
    nonce = _expand(suite, secret, b"base_nonce", context, 12)
    return AESGCM(_expand(suite, secret, b"key", context, key_size)).decrypt(nonce, ciphertext, aad)


def test_the_independent_reading_opens_the_vector_of_rfc_9180_appendix_a_1() -> None:
    opened = _rfc9180_open(
        aead_id=1,
        key_size=16,
        private=bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
        info=bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
        aad=b"Count-0",
        wrapped=bytes.fromhex(
            "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
            "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
        ),
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_what_we_wrap_opens_by_the_independent_reading() -> None:
    private, secret = hashlib.sha256(b"someone").digest(), b"\x5a" * 32
    wrapped = CryptographySealing().wrap(x25519_public(private), b"an info", secret)
    assert _rfc9180_open(2, 32, private, b"an info", b"", wrapped) == secret
