# SPDX-License-Identifier: Apache-2.0
"""An error on its way from one machine to another. Knows no HTTP."""

import msgspec

from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost, NoSpace, NotAllowed

KINDS: tuple[type[HandiworkError], ...] = (Damaged, BadInput, NotAllowed, Lost, NoSpace)
"""Those that are told apart over there, the narrower before what it is one of. Any other arrives as Lost."""


class Problem(msgspec.Struct, frozen=True):
    """What happened, what it means for the person's data, what to do, and the name of one of KINDS."""

    what: str
    data: str
    do: str
    kind: str


def problem_of(error: HandiworkError) -> Problem:
    """The error, as it is sent."""
    kind = next((kind for kind in KINDS if isinstance(error, kind)), Lost)
    return Problem(error.what, error.data, error.do, kind.__name__)


def error_of(problem: Problem) -> HandiworkError:
    """The error, as it is raised where it arrived."""
    kind = next((kind for kind in KINDS if kind.__name__ == problem.kind), Lost)
    return kind(problem.what, data=problem.data, do=problem.do)
