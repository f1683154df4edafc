# SPDX-License-Identifier: Apache-2.0
"""Signed checkpoints: the text form, the key names, and every way of spoiling them."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.errors import Damaged
from handiwork.rules.checkpoint import Checkpoint, key_id, opened, signed_text, verifier_key

KEY = bytes(range(32))
HEAD = Checkpoint("example.org/log", 7, bytes(32))


class Stamp:
    """A stand-in for a signature scheme: a hash of key and message, 64 bytes."""

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha512(KEY + message).digest()

    def verify(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        return hashlib.sha512(public_key + message).digest() == signature


def signed(head: Checkpoint = HEAD) -> str:
    return signed_text(head, KEY, Stamp().sign(head.body.encode()))


def test_the_text_is_origin_size_root_blank_line_and_signature() -> None:
    origin, size, root, blank, signature, end = signed().split("\n")
    assert (origin, size, root, blank, end) == ("example.org/log", "7", base64.b64encode(bytes(32)).decode(), "", "")
    assert signature.startswith("\u2014 example.org/log ")
    assert base64.b64decode(signature.split(" ")[2])[:4] == key_id("example.org/log", KEY)


def test_a_key_s_text_form_is_the_one_of_the_specification() -> None:
    name, hashed, encoded = verifier_key("example.org/log", KEY).split("+", 2)
    assert (name, bytes.fromhex(hashed)) == ("example.org/log", key_id(name, KEY))
    assert base64.b64decode(encoded) == b"\x01" + KEY


@given(st.text("abc./-", min_size=1), st.integers(0, 2**48), st.binary(min_size=32, max_size=32))
def test_what_was_signed_is_read_back(origin: str, size: int, root: bytes) -> None:
    head = Checkpoint(origin, size, root)
    assert opened(signed(head), KEY, Stamp()) == head


def test_signatures_of_witnesses_beside_the_log_s_are_allowed() -> None:
    body, signature = signed().split("\n\n")
    witness = "\u2014 witness.example " + base64.b64encode(bytes(76)).decode()
    assert opened(f"{body}\n\n{witness}\n{signature}", KEY, Stamp()) == HEAD


@given(st.data())
def test_any_changed_character_is_noticed(data: st.DataObject) -> None:
    text = signed()
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text[place], codec="utf-8"))
    changed = text[:place] + other + text[place + 1 :]
    with pytest.raises(Damaged):
        opened(changed, KEY, Stamp())


@given(st.text())
def test_noise_is_damaged_and_nothing_worse(text: str) -> None:
    with pytest.raises(Damaged):
        opened(text, KEY, Stamp())


def test_another_key_and_another_name_are_refused() -> None:
    with pytest.raises(Damaged, match="not signed"):
        opened(signed(), bytes(32), Stamp())
    foreign = signed().replace("\u2014 example.org/log", "\u2014 example.com/log")
    with pytest.raises(Damaged, match="not signed"):
        opened(foreign, KEY, Stamp())


@pytest.mark.parametrize("size", ["-1", "07", "\u0667", "1e3", "", "9" * 16])
def test_odd_numbers_are_not_sizes(size: str) -> None:
    with pytest.raises(Damaged, match="form"):
        opened(signed().replace("\n7\n", f"\n{size}\n"), KEY, Stamp())
