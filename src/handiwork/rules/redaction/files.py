# SPDX-License-Identifier: Apache-2.0
"""Dialogs that ask for a file: names of files and folders are content at every level; a few buttons are not names."""

from handiwork.model.raw import RawElement

_WORDS = frozenset(
    {"add", "apply", "cancel", "choose", "close", "create", "create folder", "help", "new folder", "no", "ok", "open"}
    | {"replace", "save", "select", "yes"}
)


def is_standard_button(raw: RawElement) -> bool:
    """Whether the name is a dialog's own word. Folders are buttons too, in a path bar: so only these words count."""
    return raw.role == "button" and raw.name.replace("_", "").replace("&", "").strip().lower() in _WORDS
