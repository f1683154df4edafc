# SPDX-License-Identifier: Apache-2.0
"""Whose the input is: the window with the keyboard, or a program whose own menu or dialog just comes or goes.

A menu takes the keyboard for itself, and for some milliseconds (Qt: as long as it is open) the window system can't
say who has it. If since the last certain moment no window has come or gone but the program's own, input still belongs
to that program. And for some milliseconds nobody has it when a window manager moves it, or gives it back to the window
that was clicked: so long it is still the program's; if the doubt lasts, it counts from its beginning (`settle`), which
is in time since raw events wait. None of this holds for keys: they wait for certainty (`has_keyboard`).
Knows nothing of rules.
"""

from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.rules.visible import window_by_id

DOUBT_MS = 100
"""So long the keyboard may be with nobody. Raw events wait three times as long (rules/gate.HOLD_MS)."""


class Front:
    """Fed with every news of the desktop, in order."""

    def __init__(self) -> None:
        self._certain: RawDesktop | None = None
        self._owner: RawWindow | None = None
        self._doubt_ms: int | None = None
        self.window: RawWindow | None = None
        """The managed window that the person works in; None if that isn't certain."""

    def changed(self, desktop: RawDesktop) -> None:
        """News of the windows."""
        active = window_by_id(desktop, desktop.active)
        doubt_ms, self._doubt_ms = self._doubt_ms, None
        if active is not None and not self._is_own_popup(desktop, active):
            self._certain, self._owner, self.window = desktop, active, active
        elif active is not None or self._only_own_changed(desktop):
            self.window = self._present(desktop)
        elif self.window is not None or doubt_ms is not None:
            self._doubt_ms = desktop.time_ms if doubt_ms is None else doubt_ms
            self.window = self._present(desktop)

    def settle(self, now_ms: int) -> int | None:
        """If a doubt has lasted too long: since when it is nobody's input."""
        since = self._doubt_ms
        if since is None or now_ms - since <= DOUBT_MS:
            return None
        self.window, self._doubt_ms = None, None
        return since

    def popups(self, desktop: RawDesktop) -> list[RawWindow]:
        """Unmanaged windows of the same process, bottom to top: menus, dropdowns, tooltips."""
        owner = self.window
        if owner is None or not owner.pid:
            return []
        return _popups_of(owner, desktop)

    def _present(self, desktop: RawDesktop) -> RawWindow | None:
        """The owner as it is now, or as it last was: a dialog that has just been closed."""
        return self._owner if self._owner is None else window_by_id(desktop, self._owner.xid) or self._owner

    def _is_own_popup(self, desktop: RawDesktop, window: RawWindow) -> bool:
        owner = self._owner
        if owner is None or not owner.pid or window_by_id(desktop, owner.xid) is None:
            return False
        return window.override_redirect and window.pid == owner.pid and window.xid != owner.xid

    def _only_own_changed(self, desktop: RawDesktop) -> bool:
        if self._certain is None or self._owner is None or not self._owner.pid:
            return False
        before, now = ({one.xid: one for one in told.windows} for told in (self._certain, desktop))
        changed = [now.get(xid) or before[xid] for xid in before.keys() ^ now.keys()]
        changed += _popups_of(self._owner, desktop)
        return any(one.kind != "tooltip" for one in changed) and all(one.pid == self._owner.pid for one in changed)


def _popups_of(owner: RawWindow, desktop: RawDesktop) -> list[RawWindow]:
    return [one for one in desktop.windows if one.override_redirect and one.pid == owner.pid]


def has_keyboard(desktop: RawDesktop | None) -> bool:
    """Whether it was certain who had the keyboard: only then does a key belong to anyone."""
    return desktop is not None and window_by_id(desktop, desktop.active) is not None


def opened(before: RawDesktop | None, now: RawDesktop, owner: RawWindow) -> list[tuple[str, RawWindow]]:
    """What the owner's process has put up since: (menu, list, tooltip, dialog or window, that window)."""
    known = {one.xid for one in before.windows} if before is not None else {one.xid for one in now.windows}
    came = [one for one in now.windows if one.xid not in known and one.pid == owner.pid != 0]
    return [(_KINDS.get(one.kind, "window"), one) for one in came]


_KINDS = {"menu": "menu", "list": "list", "tooltip": "tooltip", "dialog": "dialog", "files": "dialog"}
