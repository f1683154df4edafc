# SPDX-License-Identifier: Apache-2.0
"""Which backend reads input and pixels. Imports no library of any system before it is chosen."""

from typing import Literal

from handiwork.model.errors import MissingPiece
from handiwork.ports.input import InputSource
from handiwork.ports.screen import Screen

Backend = Literal["x11", "portable"]

BACKENDS: tuple[Backend, ...] = ("x11", "portable")


def refuse_other_systems(platform: str) -> None:
    """MissingPiece where nobody would say which window is in front, nor show that something records."""
    if not platform.startswith("linux"):
        raise MissingPiece(
            f"There is no recorder for this system ({platform}): nothing here can say for certain which window is in "
            "front, and nothing can show the mark, so nothing may be recorded.",
            data="nothing was recorded.",
            do="record in an X11 session on Linux; what is still needed here stands in docs/decisions/0021.",
        )


def input_and_screen(backend: Backend) -> tuple[InputSource, Screen]:
    """The two ports that the backend stands for; windows, mark and accessibility are X11's in either case."""
    if backend == "portable":
        from handiwork.adapters.portable import PortableInput, PortableScreen

        return PortableInput(), PortableScreen()
    from handiwork.adapters.x11 import X11Input, X11Screen

    return X11Input(), X11Screen()


def version_with(version: str, backend: Backend) -> str:
    """The recorder's version as a segment's header tells it: what was recorded otherwise than usual says so."""
    return version if backend == "x11" else f"{version}+{backend}"
