# SPDX-License-Identifier: Apache-2.0
"""What goes between the recorder and the model's process: one line of JSON each, and nothing on a disk."""

import msgspec

READY = b"ready\n"


class Question(msgspec.Struct, frozen=True):
    """A text with the number under which its answer comes."""

    number: int
    text: str


class Answer(msgspec.Struct, frozen=True):
    """Where names stand."""

    number: int
    spans: list[tuple[int, int]]
