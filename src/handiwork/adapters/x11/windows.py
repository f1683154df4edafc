# SPDX-License-Identifier: Apache-2.0
"""The table of windows on the screen, bottom to top, read from the server with few round trips. Knows no time.

A window manager puts a frame round an application's window; the window that carries WM_STATE is the application's.
Windows that no manager manages (menus, the popup of a list) stand for themselves.
"""

from dataclasses import dataclass, field

from handiwork.adapters.x11.extensions import read_res_pids, res_client_pids
from handiwork.adapters.x11.requests import (
    EVENT_MASK,
    FOCUS_CHANGE,
    PROPERTY_CHANGE,
    STRUCTURE,
    WM_CLASS,
    WM_NAME,
    WM_TRANSIENT_FOR,
    change_attributes,
    get_attributes,
    get_geometry,
    get_property,
    intern_atom,
    query_tree,
    read_atom,
    read_attributes,
    read_geometry,
    read_number,
    read_property,
    read_translation,
    read_tree,
    translate,
)
from handiwork.adapters.x11.wire import Connection
from handiwork.model.geometry import Box

_WATCHED = PROPERTY_CHANGE | FOCUS_CHANGE | STRUCTURE
_MAX_DEPTH = 4


@dataclass
class Top:
    """A child of the root window, and the application's window in it (or itself)."""

    xid: int
    client: int = 0
    managed: bool = False
    viewable: bool = False
    override: bool = False
    bounds: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    stale: bool = True


@dataclass
class About:
    """What a window says of itself."""

    app: str = ""
    title: str = ""
    pid: int = 0
    kind: str = ""
    owner: int = 0
    stale: bool = True


_KINDS = {
    "_NET_WM_WINDOW_TYPE_DROPDOWN_MENU": "menu",
    "_NET_WM_WINDOW_TYPE_POPUP_MENU": "menu",
    "_NET_WM_WINDOW_TYPE_MENU": "menu",
    "_NET_WM_WINDOW_TYPE_COMBO": "list",
    "_NET_WM_WINDOW_TYPE_TOOLTIP": "tooltip",
    "_NET_WM_WINDOW_TYPE_DIALOG": "dialog",
}
"""What programs call their windows (EWMH). The first that is known here counts."""

_FILES_ROLE = b"GtkFileChooserDialog"


class WindowTable:
    """Mark what has changed, then `refresh`; `tops` and `about` are then as the server has them."""

    def __init__(self, link: Connection) -> None:
        self._link = link
        self._root = link.screen.root
        names = ("WM_STATE", "_NET_WM_NAME", "_NET_WM_PID")
        self.wm_state, self.net_wm_name, self._net_wm_pid = [read_atom(link.ask(intern_atom(name))) for name in names]
        self._net_type, self._role = (
            read_atom(link.ask(intern_atom(n))) for n in ("_NET_WM_WINDOW_TYPE", "WM_WINDOW_ROLE")
        )
        self._kinds = {read_atom(link.ask(intern_atom(name))): kind for name, kind in _KINDS.items()}
        self._resources = (link.extension("X-Resource") or (0, 0, 0))[0]
        self._pids: dict[int, int] = {}
        self.tops: dict[int, Top] = {}
        """In stacking order, bottom to top; also those that are not on screen."""
        self.about: dict[int, About] = {}

    def shown(self) -> list[Top]:
        """Those on screen, bottom to top."""
        return [top for top in self.tops.values() if top.viewable]

    def top_of(self, window: int) -> Top | None:
        """The top-level that is this window or has it as its application's window."""
        if window in self.tops:
            return self.tops[window]
        return next((top for top in self.tops.values() if top.client == window), None)

    def forget_all(self) -> None:
        """Everything may have changed."""
        for top in self.tops.values():
            top.stale = True
        for about in self.about.values():
            about.stale = True

    def created(self, xid: int) -> None:
        """A window came. One that is gone may have had its number: what that said of itself says nothing of this."""
        self.about.pop(xid, None)
        self.watch(xid)

    def watch(self, xid: int) -> None:
        """Asks for a window's events, so that it is known when it grabs the keyboard."""
        self._link.send(change_attributes(xid, [(EVENT_MASK, _WATCHED)]))

    def app_of(self, top: Top) -> str:
        """The class; of a popup without one, its program's, if all windows of the same connection have one class."""
        own = self.about[top.client].app
        if own or not top.override:
            return own
        base = top.client & ~self._link.id_mask
        same = {other.app for xid, other in self.about.items() if xid & ~self._link.id_mask == base and other.app}
        return same.pop() if len(same) == 1 else ""

    def refresh(self) -> None:
        """Reads what is stale."""
        _, children = read_tree(self._link.ask(query_tree(self._root)))
        for xid in children:
            if xid not in self.tops:
                self.watch(xid)
        self.tops = {xid: self.tops.get(xid) or Top(xid) for xid in children}
        self._read_tops([top for top in self.tops.values() if top.stale])
        # A frame is made before its window is put in, so what has no application's window yet is asked again.
        self._find_clients([top for top in self.tops.values() if top.viewable and not top.managed])
        self._read_places([top for top in self.tops.values() if top.viewable and top.stale])
        clients = {top.client for top in self.shown()}
        self._read_about([xid for xid in clients if self.about.setdefault(xid, About()).stale])
        known = {top.client for top in self.tops.values()}
        self.about = {xid: about for xid, about in self.about.items() if xid in known}

    def _read_tops(self, tops: list[Top]) -> None:
        answers = iter(self._link.ask_all([get_attributes(top.xid) for top in tops]))
        for top in tops:
            answer = next(answers)
            seen = read_attributes(answer) if answer else None
            top.viewable = seen is not None and seen.viewable and seen.input_output
            top.override = seen is not None and seen.override_redirect
            top.client = top.client or top.xid

    def _find_clients(self, tops: list[Top]) -> None:
        """Breadth first below each top-level, all of them at once."""
        layer = [(top, top.xid) for top in tops]
        for _ in range(_MAX_DEPTH):
            if not layer:
                return
            requests = [
                request for _, xid in layer for request in (get_property(xid, self.wm_state, 2), query_tree(xid))
            ]
            answers = self._link.ask_all(requests)
            below: list[tuple[Top, int]] = []
            for (top, xid), state, tree in zip(layer, answers[::2], answers[1::2], strict=True):
                if read_property(state) and not top.managed:
                    self._found_client(top, xid)
                elif tree is not None and (xid == top.xid or not top.managed):
                    below += [(top, child) for child in read_tree(tree)[1]]
            layer = [(top, xid) for top, xid in below if not top.managed and not self._has_class(top)]

    def _has_class(self, top: Top) -> bool:
        """A window that no manager manages, but that says what it is, is no frame."""
        about = self.about.get(top.xid)
        return about is not None and about.app != "" and top.client == top.xid

    def _found_client(self, top: Top, client: int) -> None:
        top.client, top.managed, top.stale = client, True, True
        top.override = top.override and client == top.xid  # a frame is override-redirect, its window is not

    def _read_places(self, tops: list[Top]) -> None:
        requests = [
            request
            for top in tops
            for request in (
                get_attributes(top.client),
                get_geometry(top.client),
                translate(top.client, self._root),
            )
        ]
        answers = self._link.ask_all(requests)
        for top, attributes, geometry, place in zip(tops, answers[::3], answers[1::3], answers[2::3], strict=True):
            if attributes is None or geometry is None or place is None:
                top.viewable, top.client, top.managed = False, top.xid, False
                continue
            size = read_geometry(geometry)
            top.viewable = read_attributes(attributes).viewable
            top.bounds = Box(*read_translation(place), size.width, size.height)
            top.stale = not top.viewable

    def _read_about(self, clients: list[int]) -> None:
        """Events are selected before the properties are read, so that no change is missed."""
        for xid in clients:
            self.watch(xid)
        names = (WM_CLASS, self.net_wm_name, WM_NAME, self._net_wm_pid, self._net_type, self._role, WM_TRANSIENT_FOR)
        answers = self._link.ask_all([get_property(xid, name) for xid in clients for name in names])
        self._learn_pids(clients)
        for place, xid in enumerate(clients):
            name, title, old_title, pid, kind, role, owner = answers[7 * place : 7 * place + 7]
            self.about[xid] = About(
                app=_class(read_property(name)),
                title=read_property(title).decode("utf-8", "replace") or read_property(old_title).decode("latin-1"),
                pid=self._pids.get(xid & ~self._link.id_mask) or read_number(pid),
                kind=self._kind(read_property(kind), read_property(role)),
                owner=read_number(owner),
                stale=False,
            )

    def _kind(self, types: bytes, role: bytes) -> str:
        if role == _FILES_ROLE:
            return "files"
        atoms = [int.from_bytes(types[at : at + 4], "little") for at in range(0, len(types), 4)]
        return next((self._kinds[atom] for atom in atoms if atom in self._kinds), "")

    def _learn_pids(self, clients: list[int]) -> None:
        """The process behind each connection as the kernel tells it: a window's own word may come from a container.

        Asked anew with every window: when a program ends, the next one to come is given its place, and its numbers.
        """
        bases = {xid & ~self._link.id_mask for xid in clients}
        self._pids = {base: pid for base, pid in self._pids.items() if base not in bases}
        if self._resources and bases:
            answers = self._link.ask_all([res_client_pids(self._resources, sorted(bases))])
            self._pids.update(read_res_pids(answers[0]) if answers[0] else {})


def _class(content: bytes) -> str:
    """The class out of WM_CLASS ("instance\\0class\\0"), lower case."""
    parts = content.split(b"\0")
    return parts[1].decode("utf-8", "replace").lower() if len(parts) > 1 else ""
