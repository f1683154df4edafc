# SPDX-License-Identifier: Apache-2.0
"""Raw events: what the operating system said. They live in memory only.

Nothing here can be written down by accident: no repr shows content, no codec takes these classes
(they are plain slotted classes, unknown to msgspec and json), and pickling refuses.
Times are the X server's own: CLOCK_MONOTONIC in milliseconds. Coordinates are root-window pixels.
"""

from collections.abc import Iterator
from typing import ClassVar, NoReturn

from handiwork.model.geometry import Box

MOST_ANCESTORS = 12
"""Of an element that was acted on."""


class Raw:
    """Base of everything that must not outlive memory."""

    __slots__ = ("time_ms",)
    stream: ClassVar[str]
    """The stream that it belongs to, by which skips are counted. What only tells how to judge others has none."""

    def __init__(self, time_ms: int) -> None:
        self.time_ms = time_ms

    def __repr__(self) -> str:
        return f"<{type(self).__name__} (content withheld)>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds raw input and may not be pickled or copied out of memory")

    def __iter__(self) -> Iterator[NoReturn]:
        raise TypeError(f"{type(self).__name__} holds raw input and may not be unpacked")


class RawMove(Raw):
    """The pointer is now at (x, y)."""

    __slots__ = ("synthetic", "x", "y")
    stream = "pointer"

    def __init__(self, time_ms: int, x: int, y: int, synthetic: bool) -> None:
        super().__init__(time_ms)
        self.x, self.y, self.synthetic = x, y, synthetic


class RawButton(Raw):
    """A pointer button (X numbering: 1 left, 2 middle, 3 right) went down or up at (x, y).

    `repaired`: one of two witnesses missed it; the place is where the pointer was known to be nearest in time.
    """

    __slots__ = ("button", "pressed", "repaired", "synthetic", "x", "y")
    stream = "pointer"

    def __init__(
        self, time_ms: int, x: int, y: int, button: int, pressed: bool, synthetic: bool, repaired: bool = False
    ) -> None:
        super().__init__(time_ms)
        self.x, self.y, self.button, self.pressed, self.synthetic = x, y, button, pressed, synthetic
        self.repaired = repaired


class RawWheel(Raw):
    """The wheel turned by (dx, dy) notches at (x, y); positive dy is towards the user (content moves up).

    `repaired` as for a button.
    """

    __slots__ = ("dx", "dy", "repaired", "synthetic", "x", "y")
    stream = "pointer"

    def __init__(self, time_ms: int, x: int, y: int, dx: int, dy: int, synthetic: bool, repaired: bool = False) -> None:
        super().__init__(time_ms)
        self.x, self.y, self.dx, self.dy, self.synthetic = x, y, dx, dy, synthetic
        self.repaired = repaired


class RawKey(Raw):
    """A key went down or up. `name` is the keysym's name ("a", "Return", "Control_L"); `char` what it types, or "".

    `repaired`: one of two witnesses missed it; its modifiers are those whose keys were known to be down.
    """

    __slots__ = ("char", "modifiers", "name", "pressed", "repaired", "repeat", "synthetic")
    stream = "keys"

    def __init__(
        self,
        time_ms: int,
        name: str,
        char: str,
        pressed: bool,
        repeat: bool,
        modifiers: frozenset[str],
        synthetic: bool,
        repaired: bool = False,
    ) -> None:
        super().__init__(time_ms)
        self.name, self.char, self.pressed, self.repeat = name, char, pressed, repeat
        self.modifiers, self.synthetic, self.repaired = modifiers, synthetic, repaired


class RawLost(Raw):
    """From `time_ms` to `t_end`, so many pointer moves and so many other events went missing for good."""

    __slots__ = ("deeds", "moves", "t_end")
    stream = "input"

    def __init__(self, time_ms: int, t_end: int, moves: int, deeds: int) -> None:
        super().__init__(time_ms)
        self.t_end, self.moves, self.deeds = t_end, moves, deeds

    @property
    def count(self) -> int:
        """All of them."""
        return self.moves + self.deeds


class RawWindow(Raw):
    """One top-level window as the window system shows it now. `xid` 0 means none.

    `kind` is what the program calls it: menu, list, tooltip, dialog, files (a dialog that asks for a file), or "".
    `owner` is the window that it says it belongs to, or 0.
    """

    __slots__ = ("app", "bounds", "kind", "override_redirect", "owner", "pid", "title", "xid")

    def __init__(
        self,
        time_ms: int,
        xid: int,
        app: str,
        title: str,
        pid: int,
        bounds: Box,
        override_redirect: bool,
        kind: str = "",
        owner: int = 0,
    ) -> None:
        super().__init__(time_ms)
        self.kind, self.owner = kind, owner
        self.xid, self.app, self.title, self.pid = xid, app, title, pid
        self.bounds, self.override_redirect = bounds, override_redirect


class RawDesktop(Raw):
    """The windows from bottom to top, which one has the keyboard, and since when (`time_ms`) this has been so."""

    __slots__ = ("active", "locked", "windows")

    def __init__(self, time_ms: int, windows: tuple[RawWindow, ...], active: int, locked: bool) -> None:
        super().__init__(time_ms)
        self.windows, self.active, self.locked = windows, active, locked


class RawElement(Raw):
    """One element of an interface, before redaction. `bounds` are root pixels; `parent` is an index or -1.

    `role` is an ARIA role, or "text" for a run of plain page text, "image" for pictures, canvas and video.
    `value` is the content of a field; `hints` are input type, autocomplete, DOM name and id, for the redactor only.
    The state "pictured" says that it draws more than its words: a picture on it, or one in an editor.
    `among_files`: it stands in a dialog that asks for a file, so that its words are names of files.
    """

    __slots__ = ("among_files", "bounds", "hints", "label", "name", "parent", "role", "states", "value")

    def __init__(
        self,
        time_ms: int,
        role: str,
        name: str,
        value: str,
        bounds: Box,
        states: frozenset[str],
        parent: int,
        label: str,
        hints: tuple[str, ...],
        among_files: bool = False,
    ) -> None:
        super().__init__(time_ms)
        self.among_files = among_files
        self.role, self.name, self.value, self.bounds = role, name, value, bounds
        self.states, self.parent, self.label, self.hints = states, parent, label, hints


class RawPage(Raw):
    """What one allowed document, or with `xid` one allowed window of another program, shows, unchanged since `time_ms`.

    `bounds` is the viewport in root pixels; `window_bounds` the browser window's. `sensitive` is why nothing of it
    may be kept ("password field", "sign-in", ...), or "" if nothing speaks against it. `changed_ms` is when the page
    told of before stopped being true: between it and `time_ms` what was drawn is known to neither.
    """

    __slots__ = (
        "bounds",
        "changed_ms",
        "elements",
        "focused",
        "sensitive",
        "title",
        "truncated",
        "url",
        "window_bounds",
        "xid",
    )
    stream = "element"

    def __init__(
        self,
        time_ms: int,
        url: str,
        title: str,
        bounds: Box,
        window_bounds: Box,
        elements: tuple[RawElement, ...],
        focused: int,
        truncated: bool,
        sensitive: str,
        changed_ms: int | None = None,
        xid: int = 0,
    ) -> None:
        super().__init__(time_ms)
        self.xid = xid
        self.changed_ms = time_ms if changed_ms is None else changed_ms
        self.url, self.title, self.bounds, self.window_bounds = url, title, bounds, window_bounds
        self.elements, self.focused, self.truncated, self.sensitive = elements, focused, truncated, sensitive


class RawActed(Raw):
    """The application says that the person acted on an element: `what` is click, focus, change, select or submit.

    `ancestry` is what the element lies in, innermost first, as far as it is told (at most MOST_ANCESTORS).
    `xid` is the window of an ordinary program that said so, 0 where a page did. `seen_ms` is when the element had been
    looked at: later than the deed where a program was asked only then.
    """

    __slots__ = ("ancestry", "element", "seen_ms", "what", "xid")
    stream = "element"

    def __init__(self, time_ms: int, what: str, element: RawElement, ancestry: tuple[RawElement, ...] = ()) -> None:
        super().__init__(time_ms)
        self.what, self.element, self.ancestry = what, element, ancestry
        self.seen_ms = time_ms
        self.xid = 0


class RawFocusMoved(Raw):
    """The keyboard went to another element of the window `xid`, of which nothing is known yet."""

    __slots__ = ("xid",)

    def __init__(self, time_ms: int) -> None:
        super().__init__(time_ms)
        self.xid = 0


class RawOpened(Raw):
    """Something came up over the page or window: `kind` is menu, list, dialog, tooltip or window.

    `element` is the thing itself where the application tells of it, None where only its window is known.
    """

    __slots__ = ("bounds", "element", "kind")
    stream = "element"

    def __init__(self, time_ms: int, kind: str, bounds: Box, element: RawElement | None = None) -> None:
        super().__init__(time_ms)
        self.kind, self.bounds, self.element = kind, bounds, element


class RawComposed(Raw):
    """An input method put `text` into `element`: what a person typed by more keys than characters.

    `xid` is the window of an ordinary program that said so, 0 where a page did.
    """

    __slots__ = ("element", "text", "xid")
    stream = "text"

    def __init__(self, time_ms: int, text: str, element: RawElement) -> None:
        super().__init__(time_ms)
        self.text, self.element = text, element
        self.xid = 0


class RawClipboard(Raw):
    """The clipboard was used: `operation` is copy, cut or paste. What it holds is never asked for.

    `owner` is the process that took it, as the window system tells; 0 where the page itself says that it was used.
    """

    __slots__ = ("operation", "owner")
    stream = "clipboard"

    def __init__(self, time_ms: int, operation: str, owner: int = 0) -> None:
        super().__init__(time_ms)
        self.operation, self.owner = operation, owner


class RawPageKey(Raw):
    """An allowed page says that a key came to it while none of its fields had the keyboard; which one, it doesn't."""

    __slots__ = ()


class RawSurroundings(Raw):
    """What the person's actions depend on: screens in root pixels, scale, double-click settings, keyboard layout."""

    __slots__ = ("double_click_ms", "double_click_px", "layout", "monitors", "scale")

    def __init__(
        self,
        time_ms: int,
        monitors: tuple[Box, ...],
        scale: float,
        double_click_ms: int,
        double_click_px: int,
        layout: str,
    ) -> None:
        super().__init__(time_ms)
        self.monitors, self.scale, self.layout = monitors, scale, layout
        self.double_click_ms, self.double_click_px = double_click_ms, double_click_px


class RawTab(Raw):
    """Which tab the focused browser window shows.

    `rule` is the index of the policy's allow rule that its site matched, or -1 for any other page: of a page that is
    not allowed, not even the address leaves the browser. `settled` is False while a navigation or switch is under way.
    `window_bounds` lets the recorder match it to the window system's window. `xid` is that very window where it was
    told without the extension, and `flaw` why such a window can't be told of (a fixed word), or "".
    """

    __slots__ = ("flaw", "rule", "settled", "url", "window_bounds", "xid")

    def __init__(
        self, time_ms: int, rule: int, url: str, settled: bool, window_bounds: Box, xid: int = 0, flaw: str = ""
    ) -> None:
        super().__init__(time_ms)
        self.rule, self.url, self.settled, self.window_bounds = rule, url, settled, window_bounds
        self.xid, self.flaw = xid, flaw


class RawBrowserWindow(Raw):
    """What a browser's window `xid` says of itself, asked at `time_ms`: address bar, and the one document it shows.

    `bar` is the address bar's text, `edited` whether it has the keyboard. `url`, `title` and `bounds` are the
    document's; `url` is "" where there is none, or more than one.
    """

    __slots__ = ("bar", "bounds", "edited", "title", "url", "xid")

    def __init__(self, time_ms: int, xid: int, bar: str, edited: bool, url: str, title: str, bounds: Box) -> None:
        super().__init__(time_ms)
        self.xid, self.bar, self.edited = xid, bar, edited
        self.url, self.title, self.bounds = url, title, bounds


class RawSecretFocus(Raw):
    """The accessibility bus says that a password field gained (`focused`) or lost the keyboard, in process `pid`."""

    __slots__ = ("focused", "pid")

    def __init__(self, time_ms: int, focused: bool, pid: int) -> None:
        super().__init__(time_ms)
        self.focused, self.pid = focused, pid


class RawNote(Raw):
    """The person's own words about the work, before redaction. `kind` is goal, done or failed."""

    __slots__ = ("kind", "text")

    def __init__(self, time_ms: int, kind: str, text: str) -> None:
        super().__init__(time_ms)
        self.kind, self.text = kind, text


class RawFrame(Raw):
    """Pixels of `region`: height * width * 4 bytes, BGRX, rows top to bottom. `why` it was taken is a fixed word.

    `question`: the number of the one that its page has to answer before anything of it is kept; 0 if nobody was asked.
    """

    __slots__ = ("pixels", "question", "region", "why")
    stream = "pixels"

    def __init__(self, time_ms: int, region: Box, pixels: bytes, why: str = "") -> None:
        super().__init__(time_ms)
        self.region, self.pixels, self.why = region, pixels, why
        self.question = 0
