# SPDX-License-Identifier: Apache-2.0
"""What the doctor finds: one thing, how it stands, and what to do."""

from typing import Literal

import msgspec

State = Literal["ok", "warning", "missing"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing: how it stands, in words, and what to do. Recording can't work while a `needed` one is missing."""

    group: str
    name: str
    state: State
    says: str
    do: str = ""
    needed: bool = False
