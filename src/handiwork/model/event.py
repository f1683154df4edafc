# SPDX-License-Identifier: Apache-2.0
"""Events: what may be kept. Made from raw events by `rules.redaction` alone.

Times `t` are milliseconds of the device's monotonic clock (the segment header pins it to the wall clock).
Coordinates are root-window pixels. Text in any field has been through every detector.
"""

import msgspec

from handiwork.model.geometry import Box


class Element(msgspec.Struct, frozen=True, array_like=True):
    """One interface element as it may be kept. `parent` is an index into the same list, or -1."""

    role: str
    name: str
    value: str
    bounds: Box
    states: tuple[str, ...]
    parent: int
    cuts: tuple[str, ...] = ()
    """Classes of what was cut from name or value ("email", "password", "content"), never the content."""


class _Event(msgspec.Struct, frozen=True, tag_field="e", kw_only=True):
    t: int


class Moved(_Event, frozen=True, tag="moved"):
    """A stretch of pointer path: each point is (milliseconds after `t`, x, y). `synthetic`: a program moved it."""

    path: tuple[tuple[int, int, int], ...]
    synthetic: bool = False


class Button(_Event, frozen=True, tag="button"):
    """A pointer button (1 left, 2 middle, 3 right) went down or up at (x, y)."""

    x: int
    y: int
    button: int
    pressed: bool
    synthetic: bool
    repaired: bool = False
    """One of two witnesses missed it: the place is the nearest in time that is known."""


class Wheel(_Event, frozen=True, tag="wheel"):
    """Wheel notches at (x, y); positive dy scrolls the content up (the wheel turns towards the user)."""

    x: int
    y: int
    dx: int
    dy: int
    synthetic: bool = False
    repaired: bool = False


class Key(_Event, frozen=True, tag="key"):
    """A key that types no text, or a shortcut: "Return", "Tab", "ctrl+c". Text keys are never events of their own."""

    name: str
    modifiers: tuple[str, ...]
    pressed: bool
    repeat: bool = False
    """The key was held down: the keyboard pressed it again, not the person."""
    synthetic: bool = False
    repaired: bool = False


class Typed(_Event, frozen=True, tag="typed"):
    """A run of typing up to `t_end`, as text after corrections and after redaction. No per-key timing is kept."""

    t_end: int
    text: str
    keystrokes: int
    cuts: tuple[str, ...] = ()
    synthetic: bool = False
    """A program typed some of it."""
    corrections: int = 0
    """How many of the keystrokes took something back."""


class Foreground(_Event, frozen=True, tag="foreground"):
    """An allowed window came to the front. `site` is the allow rule's own pattern, "" outside a browser.

    `before` is the app, or the site's pattern, of the allowed surface from which the person came straight here, where
    that is another segment's; "" if it is this segment's, or none.
    """

    app: str
    site: str
    title: str
    bounds: Box
    before: str = ""


class Acted(_Event, frozen=True, tag="acted"):
    """The application's own word on what was acted on: `what` is click, focus, change, select or submit."""

    what: str
    element: Element
    ancestry: tuple[Element, ...] = ()
    """What it lies in, innermost first. `parent` means nothing in it."""


class Opened(_Event, frozen=True, tag="opened"):
    """Something came up over the page or window: `kind` is menu, list, dialog, tooltip or window."""

    kind: str
    bounds: Box
    element: Element | None = None


class Clipboard(_Event, frozen=True, tag="clipboard"):
    """The clipboard was used: `operation` is copy, cut or paste. Its content is never read."""

    operation: str


class Surroundings(_Event, frozen=True, tag="surroundings"):
    """What actions depend on, from `t` on: screens in root pixels, scale, double-click settings, keyboard layout."""

    monitors: tuple[Box, ...]
    scale: float
    double_click_ms: int
    double_click_px: int
    layout: str


class Lost(_Event, frozen=True, tag="lost"):
    """Between `t` and `t_end`, `count` input events of this surface went missing: what was done then is not whole.

    `moves` of them were of the pointer alone; with no others, a path has holes and every deed is there.
    """

    t_end: int
    count: int
    moves: int = 0

    @property
    def deeds(self) -> int:
        """Presses, releases, wheel notches and keys that are missing."""
        return self.count - self.moves


class Observed(_Event, frozen=True, tag="observed"):
    """What the allowed window showed from `t` on. `focused` is an index into `elements`, or -1."""

    url: str
    title: str
    bounds: Box
    elements: tuple[Element, ...]
    focused: int
    truncated: bool


class Tile(msgspec.Struct, frozen=True, array_like=True):
    """A changed rectangle of a frame. `image` is lossless WebP; empty if an identical tile was stored before.

    `digest` is the first 16 hex digits of SHA-256 over the masked pixels: identical tiles are stored once a segment.
    """

    bounds: Box
    digest: str
    image: bytes


class Frame(_Event, frozen=True, tag="frame"):
    """The allowed window's pixels at `t`, masked. Tiles not listed equal the frame before in this segment."""

    region: Box
    tiles: tuple[Tile, ...]
    masked_share: float
    why: str


class Note(_Event, frozen=True, tag="note"):
    """The person's own words about the work: `kind` is goal, done or failed."""

    kind: str
    text: str
    cuts: tuple[str, ...] = ()


class Gap(_Event, frozen=True, tag="gap"):
    """Nothing was kept from `t` to `t_end`, for `reason` (never content)."""

    t_end: int
    reason: str


class Skips(_Event, frozen=True, tag="skips"):
    """How many raw events were dropped since the last such count, by stream and reason."""

    counts: dict[str, int]


Event = (
    Moved | Button | Wheel | Key | Typed | Foreground | Acted | Opened | Clipboard | Surroundings | Lost
    | Observed | Frame | Note | Gap | Skips
)  # fmt: skip


class Skipped(msgspec.Struct, frozen=True):
    """A raw event was dropped. `stream` is pointer, key, text, element, pixels ...; `reason` a fixed word."""

    stream: str
    reason: str
