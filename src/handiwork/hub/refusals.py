# SPDX-License-Identifier: Apache-2.0
"""The hub's and the key service's ways of saying no."""

from handiwork.model.errors import BadInput, NotAllowed


def refused(what: str, why: str) -> NotAllowed:
    """No, and why."""
    return NotAllowed(
        f"{what}: {why}.",
        data="nothing was changed or given out.",
        do="set right what is named here, then try again; nothing gets round this rule.",
    )


def gone() -> BadInput:
    """Not there, never or no longer: the hub does not say which."""
    return BadInput(
        "The hub holds no such segment.",
        data="it was never stored, or it was withdrawn and deleted.",
        do="ask only for segments of a release that still stands.",
    )
