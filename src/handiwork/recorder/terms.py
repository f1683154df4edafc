# SPDX-License-Identifier: Apache-2.0
"""Under what is recorded: the policy in force, and whether the consent covers it. Read again whenever they change."""

from dataclasses import dataclass
from typing import Protocol

from handiwork.model.policy import Policy
from handiwork.model.segment import Header


@dataclass(frozen=True)
class Terms:
    """As they stand now."""

    policy: Policy
    header: Header
    """What segments recorded under them say about themselves."""
    flaw: str = ""
    """Why the consent doesn't cover this policy; "" if it does."""


class TermsSource(Protocol):
    """Where the recorder reads them: the person's own store, through whoever knows the notice's words."""

    def read(self) -> Terms:
        """As they stand now."""
        ...

    def changed(self) -> bool:
        """Whether policy or consent are others than at the last `read`."""
        ...
