# SPDX-License-Identifier: Apache-2.0
"""The map from marks back to data leaves memory by no repr, no pickle or copy, no error's account and no core dump."""

import copy
import gc
import json
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.rules.test_redaction_forgets import MAIL, reachable, used

from handiwork.cli.unexpected import account
from handiwork.model.codec import encode_events
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame, RawKey
from handiwork.rules.redaction.keystrokes import KeystrokeBuffer, Run
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.redactor import Redactor

DATA = ("zanele", "mkhwanazi", "hunter2")
PARTS = {"Memory", "Clearing", "ElementText", "TypedText", "KnownElements", "JudgedPage", "HalfTyped", "ScreenText"}


def full() -> Redactor:
    """One that has met everything, and holds a picture."""
    redactor, _ = used("open")
    redactor.words("the password: hunter2")
    redactor.being_typed(f"to {MAIL}")
    region = Box(0, 0, 32, 32)
    redactor.frame(RawFrame(1, region, np.zeros((32, 32, 4), np.uint8).tobytes()), [region], None)
    return redactor


def ours(root: object) -> list[object]:
    """The objects of our own that it is made of."""
    found = [one for one in reachable(root) if type(one).__module__.startswith("handiwork.rules.redaction")]
    assert PARTS | {"Redactor", "Masker"} <= {type(one).__name__ for one in found}, "so that this can fail"
    return found


def tells(text: str | bytes) -> list[str]:
    low = text.lower().decode("utf-8", "replace") if isinstance(text, bytes) else text.lower()
    return [datum for datum in DATA if datum in low]


def holds(one: object) -> bool:
    return any(isinstance(text, str) and tells(text) for text in reachable(one))


COPIES: dict[str, Callable[[object], object]] = {
    **{f"pickle {number}": partial(pickle.dumps, protocol=number) for number in range(6)},
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "json": json.dumps,
    "msgspec": msgspec.json.encode,
    "events": lambda one: encode_events([one]),  # type: ignore[list-item]
}


@pytest.mark.parametrize("way", COPIES)
def test_no_part_of_a_redactor_that_holds_a_datum_can_be_copied_out_of_memory(way: str) -> None:
    copied = []
    for one in ours(full()):
        if type(one).__name__ in PARTS | {"Redactor", "Masker"}:
            try:
                COPIES[way](one)
            except (TypeError, NotImplementedError) as refused:
                copied += tells(str(refused))
            else:
                copied.append(type(one).__name__)
    assert copied == []


def test_no_repr_of_any_part_and_no_trace_with_all_parts_in_it_tells_a_datum() -> None:
    redactor = full()
    parts = [one for one in ours(redactor) if holds(one)]
    assert len(parts) > 5
    assert [type(one).__name__ for one in parts if tells(repr(one) + str(one) + f"{one!a} {[one]}")] == []


def test_neither_a_run_of_typing_nor_its_buffer_shows_or_gives_what_was_typed() -> None:
    buffer = KeystrokeBuffer()
    for char in "hunter2":
        buffer.feed(RawKey(0, char, char, True, False, frozenset(), False))
    assert not tells(repr(buffer) + repr(Run(buffer.text, 7, 0, 0)))
    with pytest.raises(TypeError):
        pickle.dumps(buffer)


def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseException]:
    """Errors from amid the redactor whose words, notes and causes are the map itself."""
    for name in ("mark", "remember", "spans"):
        with monkeypatch.context() as patch:
            redactor = full()

            def broken(self: Memory, *given: object) -> None:
                error = KeyError(f"{vars(self)} {given}")
                error.add_note(str(vars(self)))
                raise ValueError(vars(self), given) from error

            patch.setattr(Memory, name, broken)
            try:
                redactor.words(f"write to {MAIL} of the password: hunter2 and more")
            except ValueError as error:
                yield error


def test_what_is_told_of_an_error_amid_the_redactor_has_no_datum_though_its_words_are_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    errors = list(failing(monkeypatch))
    assert len(errors) >= 2
    for error in errors:
        assert tells("".join(traceback.format_exception(error))), "Python itself would tell"
        assert not tells("\n".join(account(type(error), error, error.__traceback__)))


def test_an_error_that_is_held_on_to_leads_to_no_map_once_the_segment_is_over() -> None:
    redactor = full()
    try:
        redactor.frame(RawFrame(0, Box(0, 0, 1, 1), b""), None, None)  # type: ignore[arg-type]
        redactor.title(None)  # type: ignore[arg-type]
    except (TypeError, AttributeError) as error:
        held = error
    assert holds(held), "while the segment lasts, its frames lead to the map"
    redactor.forget()
    gc.collect()
    assert not holds(held)


DUMPED = """
import os, signal, sys
if sys.argv[1] == "guarded":
    from handiwork.adapters.system.memory import forbid_dumps
    forbid_dumps()
from handiwork.rules.redaction.redactor import Redactor
redactor = Redactor("open")
redactor.words("write to " + "".join(["zanele", ".m@", "example.org"]))
os.kill(os.getpid(), signal.SIGABRT)
"""


def dump(where: Path, guard: str) -> list[bytes]:
    """The core dumps that a process leaves which knows a datum and dies."""
    done = subprocess.run(
        ["bash", "-c", 'ulimit -c unlimited; exec "$0" "$@"', sys.executable, "-c", DUMPED, guard],
        cwd=where, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGABRT
    return [path.read_bytes() for path in where.iterdir() if path.name.startswith("core")]


def test_a_core_dump_of_a_process_with_the_map_in_it_is_not_made(tmp_path: Path) -> None:
    """As recorder, leak audit and the model's process begin; without it, the datum would be on the disk."""
    if not any(b"zanele.m@example.org" in core for core in dump(tmp_path, "open")):
        pytest.skip("this system writes no core dumps into the working directory")
    for path in tmp_path.iterdir():
        path.unlink()
    assert dump(tmp_path, "guarded") == []
