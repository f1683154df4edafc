# SPDX-License-Identifier: Apache-2.0
"""Which pictures their pages have answered for, each by the number of its own question (ports.browser.Browser.ask)."""

from handiwork.model.raw_beside import RawVouched

_MOST = 64
"""Answers that are remembered: many more than pictures that wait to be judged."""


class Answers:
    """Filled as answers come; another page's answer to a later question says nothing of this one."""

    def __init__(self) -> None:
        self._since: dict[int, int] = {}

    def told(self, answer: RawVouched) -> None:
        """A page has answered."""
        self._since[answer.question] = answer.since_ms
        if len(self._since) > _MOST:
            del self._since[next(iter(self._since))]

    def since_ms(self, question: int) -> int | None:
        """Since when its page has told of all that it showed; None if it has not answered."""
        return self._since.get(question)
