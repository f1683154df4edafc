# SPDX-License-Identifier: Apache-2.0
"""What every NameReader promises; the real one, in its own process, and the fake."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handiwork.adapters.language import INSTALL, SpacyNames, is_installed
from handiwork.adapters.language import spacy_names as adapter
from handiwork.model.errors import MissingPiece
from handiwork.ports.fakes.language import ToldNames
from handiwork.ports.language import LONGEST, NameReader
from handiwork.rules.redaction.redactor import Redactor

NAMES = ("Anna", "Kowalczyk", "Graz")
SENTENCE = "We asked Anna Kowalczyk to meet us in Graz before lunch."


@pytest.fixture(params=["fake", "spaCy"])
def reader(request: pytest.FixtureRequest) -> Iterator[NameReader]:
    if request.param == "fake":
        yield ToldNames(*NAMES)
        return
    if not is_installed():
        pytest.skip(f"needs the model: {INSTALL}")
    names = SpacyNames()
    try:
        assert names.await_ready(60), "the model's process did not start"
        yield names
    finally:
        names.close()


def read(reader: NameReader, text: str) -> list[str]:
    """The names found, asked for until the text was read."""
    deadline = time.monotonic() + 20
    while (found := reader.names(text)) is None:
        assert time.monotonic() < deadline, "it was never read"
    return [text[start:end] for start, end in found]


def test_names_are_found_where_they_stand(reader: NameReader) -> None:
    found = " ".join(read(reader, SENTENCE))
    assert all(name in found for name in NAMES)


def test_a_sentence_without_names_is_read_and_holds_none(reader: NameReader) -> None:
    assert read(reader, "please check the printer on the second floor") == []


def test_what_is_too_long_or_no_unicode_was_not_read_and_nothing_breaks(reader: NameReader) -> None:
    assert reader.names("word " * LONGEST) is None
    if isinstance(reader, SpacyNames):
        assert reader.names("half a pair \ud800 of surrogates") is None
    assert read(reader, SENTENCE)


def test_after_close_nothing_is_read(reader: NameReader) -> None:
    read(reader, SENTENCE)
    reader.close()
    assert reader.names(SENTENCE) is None
    assert reader.names("and nothing new either") is None


def test_longer_content_stays_at_balanced_only_once_it_was_read() -> None:
    slow = ToldNames(*NAMES)
    slow.is_slow = True
    redactor = Redactor("balanced", (), slow)
    text = "please ask anna about the printer"
    assert redactor.title(text).text == f"<content {len(text)} chars>"
    assert redactor.title(text).text == "please ask <person 1> about the printer"
    slow.close()
    assert redactor.title("please check the printer today").text.startswith("<content")
    assert Redactor("balanced").title("please check the printer today").text.startswith("<content")


def test_a_missing_model_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "is_installed", lambda: False)
    with pytest.raises(MissingPiece, match="language model"):
        SpacyNames()


@pytest.mark.skipif(not is_installed(), reason=f"needs the model: {INSTALL}")
@pytest.mark.timeout(60)
def test_a_model_s_process_that_is_held_up_holds_nobody_up_and_goes_on_where_it_was() -> None:
    """Far more than a pipe holds is asked of a stopped process: were one question to wait, this would never end."""
    names = SpacyNames()
    assert names.await_ready(60)
    held = next(child for child in children() if b"handiwork.adapters.language.child" in command_of(child))
    os.kill(held, signal.SIGSTOP)
    for number in range(400):
        assert names.names(f"{number} " + "word " * 190) is None
        if number % 40 == 0:
            names.forget()  # segments end meanwhile
    os.kill(held, signal.SIGCONT)
    assert set(NAMES) <= {word for found in read(names, SENTENCE) for word in found.split()}
    names.close()


def children() -> list[int]:
    return [int(word) for word in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def command_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


@pytest.mark.skipif(not is_installed(), reason=f"needs the model: {INSTALL}")
def test_the_models_process_has_no_network() -> None:
    """Attacked from within: the child's own preparation, then every way out of it that there is to try."""
    import subprocess
    import sys

    attack = (
        "import socket, handiwork.adapters.language.child as child\n"
        "child.shut_off()\n"
        "for family, place in ((socket.AF_INET, ('127.0.0.1', 9)), (socket.AF_INET, ('192.0.2.1', 80))):\n"
        "    try: socket.socket(family, socket.SOCK_STREAM).connect(place)\n"
        "    except OSError as error: print(error.errno)\n"
        "print([name for _, name in socket.if_nameindex()])\n"
    )
    said = subprocess.run([sys.executable, "-c", attack], capture_output=True, text=True, check=True).stdout.split("\n")
    assert said[:3] == ["101", "101", "['lo']"]  # network is unreachable; no device but a loopback that is down
