# SPDX-License-Identifier: Apache-2.0
"""Files that a person names on the command line."""

from pathlib import Path

from handiwork.model.errors import BadInput


def bytes_of(path: Path, otherwise: str) -> bytes:
    """The whole file. BadInput if it can't be read; `otherwise` is what that means: "nothing was checked"."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{path} can't be read ({error.strerror}).", data=f"{otherwise}.", do="check the path."
        ) from None
