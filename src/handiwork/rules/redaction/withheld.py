# SPDX-License-Identifier: Apache-2.0
"""Base of whatever leads from a mark back to what it stands for: no repr shows it, nothing copies it out of memory."""

from typing import NoReturn


class Withheld:
    """Its content stays in this process, until it is forgotten."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} (content withheld)>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} knows what was cut and may not be pickled or copied out of memory")
