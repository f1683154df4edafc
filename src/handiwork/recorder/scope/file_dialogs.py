# SPDX-License-Identifier: Apache-2.0
"""Dialogs that ask for a file: what they list and what is typed into them are names of files, kept nowhere."""

from handiwork.model.raw import RawDesktop, RawElement, RawPage, RawWindow
from handiwork.rules.scope import Decision
from handiwork.rules.visible import window_by_id


def asks_for_file(desktop: RawDesktop | None, decision: Decision, view: RawPage | None) -> bool:
    """Whether the allowed window is such a dialog. A dialog whose program tells nothing of it may be one."""
    window = _window(desktop, decision)
    if window is None or window.kind not in ("files", "dialog"):
        return view is not None and any(element.among_files for element in view.elements)
    return window.kind == "files" or view is None or any(element.among_files for element in view.elements)


def unseen_field(desktop: RawDesktop | None, decision: Decision, view: RawPage | None) -> RawElement | None:
    """The field that is typed into where nobody tells of it, if that may be a file's name."""
    window = _window(desktop, decision)
    if window is None or not asks_for_file(desktop, decision, view):
        return None
    return RawElement(window.time_ms, "textbox", "", "", window.bounds, frozenset(), -1, "", (), True)


def _window(desktop: RawDesktop | None, decision: Decision) -> RawWindow | None:
    return None if desktop is None or decision.site else window_by_id(desktop, decision.xid)
