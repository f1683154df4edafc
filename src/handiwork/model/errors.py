# SPDX-License-Identifier: Apache-2.0
"""What can go wrong in the world, in the project's own words. Adapters map foreign errors to these.

HandiworkError                    what happened, what it means for the person's data, what to do
|-- MissingPiece                  something the machine lacks: display, accessibility bus, Chromium, a library
|-- Lost                          something was there and is gone: the X server, the browser, the hub
|-- BadInput                      a file, policy or argument that can't be accepted
|   `-- Damaged                   a segment, receipt or proof that fails its check, or isn't ours
|-- NotAllowed                    consent, policy, purpose or log forbids it
`-- NoSpace                       the disk is full
"""


class HandiworkError(Exception):
    """Says what happened, what it means for the person's data and what to do. Never holds typed text or pixels."""

    exit_code = 1

    def __init__(self, what: str, *, data: str, do: str) -> None:
        super().__init__(what)
        self.what, self.data, self.do = what, data, do

    def __str__(self) -> str:
        return f"{self.what}\n  Your data: {self.data}\n  What to do: {self.do}"


class MissingPiece(HandiworkError):
    """Something that this machine lacks."""

    exit_code = 3


class Lost(HandiworkError):
    """Something that was there and is gone."""

    exit_code = 4


class BadInput(HandiworkError):
    """A file, policy or argument that can't be accepted."""

    exit_code = 2


class Damaged(BadInput):
    """A segment, receipt or proof that fails its check, or belongs to someone else."""


class NotAllowed(HandiworkError):
    """Consent, policy, purpose or log forbids it."""

    exit_code = 5


class NoSpace(HandiworkError):
    """The disk is full."""

    exit_code = 6
