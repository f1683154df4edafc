# SPDX-License-Identifier: Apache-2.0
"""What judging a run of typing costs: the buffer as typed, with corrections, up to 160 characters, every detector.

Beside it Presidio on the same texts. Runs in the benchmark's own environment and prints JSON.
"""

import logging
import random
import statistics
import sys
import time

import msgspec

from bench.redaction.sentences import Unseeing, labelled, presidio
from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawKey
from handiwork.rules.redaction.keystrokes import KeystrokeBuffer
from handiwork.rules.redaction.redactor import Redactor

SEED = 77
LONGEST = 160
RUNS = 600
PEER_RUNS = 150
_CORRECTED = 0.03


class Cost(msgspec.Struct, frozen=True):
    """Milliseconds."""

    p50_ms: float
    p99_ms: float
    presidio_p50_ms: float


def texts() -> list[str]:
    """Sentences as people type them, cut or joined to every length up to the longest."""
    chance = random.Random(SEED)
    sentences = [one.text.replace("\n", " ") for one in labelled()]
    whole = [" ".join(chance.sample(sentences, 3)) for _ in range(RUNS)]
    return [text[: chance.randint(8, LONGEST)] for text in whole]


def typed(text: str, chance: random.Random) -> KeystrokeBuffer:
    """The buffer after somebody typed this, with a slip now and then."""
    buffer, at = KeystrokeBuffer(), 0
    for char in text:
        if chance.random() < _CORRECTED:
            buffer.feed(_key(at, "x", "x"))
            buffer.feed(_key(at, "BackSpace", ""))
        buffer.feed(_key(at, char, char))
        at += 80
    return buffer


def _key(time_ms: int, name: str, char: str) -> RawKey:
    return RawKey(time_ms, name, char, True, False, frozenset(), False)


def main() -> None:
    """Prints a Cost."""
    logging.disable(logging.WARNING)
    chance = random.Random(SEED)
    runs = texts()
    buffers = [typed(text, chance) for text in runs]
    field = RawElement(0, "textbox", "Comment", "", Box(10, 10, 300, 20), frozenset({"editable"}), -1, "", ())
    seconds = []
    for buffer in buffers:
        redactor = Redactor("balanced", (), Unseeing())
        began = time.perf_counter()
        redactor.typed(buffer.text, field)
        seconds.append(time.perf_counter() - began)
    analyze, theirs = presidio(), []
    for text in runs[:PEER_RUNS]:
        began = time.perf_counter()
        analyze(text)
        theirs.append(time.perf_counter() - began)
    p99 = statistics.quantiles(seconds, n=100)[98]
    cost = Cost(1e3 * statistics.median(seconds), 1e3 * p99, 1e3 * statistics.median(theirs))
    sys.stdout.buffer.write(msgspec.json.encode(cost))


if __name__ == "__main__":
    main()
