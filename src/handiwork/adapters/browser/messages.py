# SPDX-License-Identifier: Apache-2.0
"""What the extension may say, as closed schemas, and how it becomes raw events. Knows no sockets.

The extension is ours, but what it reads is the web's: every field has a type and a limit, unknown fields are refused.
"""

import time
from typing import Annotated, Literal

import msgspec

from handiwork.model.geometry import Box
from handiwork.model.policy import Watched
from handiwork.model.raw import (
    MOST_ANCESTORS,
    RawActed,
    RawClipboard,
    RawComposed,
    RawElement,
    RawOpened,
    RawPage,
    RawPageKey,
    RawTab,
)
from handiwork.model.raw_beside import RawList, RawVouched

MAX_FRAME = 1 << 20
"""Bytes of one message. The extension stays below by its own limits (200 elements, 100,000 characters)."""

_Pixel = Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]
_Extent = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
_Bounds = tuple[_Pixel, _Pixel, _Extent, _Extent]
_Rule = Annotated[int, msgspec.Meta(ge=-1, le=10_000)]
_Wall = Annotated[int, msgspec.Meta(ge=0, le=1 << 45)]
_Url = Annotated[str, msgspec.Meta(max_length=8_192)]
_Short = Annotated[str, msgspec.Meta(max_length=400)]
_Long = Annotated[str, msgspec.Meta(max_length=4_000)]
_Hint = Annotated[str, msgspec.Meta(max_length=100)]
_Role = Literal[
    "button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "option", "tab", "menuitem", "slider",
    "spinbutton", "heading", "dialog", "text", "image",
    "application", "banner", "cell", "document", "form", "frame", "group", "list", "main", "menu", "menubar",
    "navigation", "region", "row", "table", "tablist", "toolbar", "tooltip", "tree", "treeitem",
]  # fmt: skip
_State = Literal[
    "checked", "selected", "disabled", "expanded", "focused", "editable", "required", "readonly", "protected",
    "pictured",
]  # fmt: skip
_What = Literal["click", "focus", "change", "select", "submit"]
_Sensitive = Literal["", "password field", "sign-in", "payment", "foreign frame"]


class ElementSaid(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One element, in the order of `RawElement`."""

    role: _Role
    name: _Long
    value: _Long
    bounds: _Bounds
    states: Annotated[tuple[_State, ...], msgspec.Meta(max_length=10)]
    parent: Annotated[int, msgspec.Meta(ge=-1, le=200)]
    label: _Short
    hints: Annotated[tuple[_Hint, ...], msgspec.Meta(max_length=4)]


class Hello(msgspec.Struct, frozen=True, tag_field="kind", tag="hello", forbid_unknown_fields=True):
    """The first message of a browser."""

    version: Literal[3]


class TabSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="tab", forbid_unknown_fields=True, kw_only=True):
    """Which page is in front. Times are wall-clock milliseconds; `focused`: whether any window of this browser is."""

    revision: int
    time: _Wall
    rule: _Rule
    url: _Url
    settled: bool
    focused: bool
    window: _Bounds


class PageSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="page", forbid_unknown_fields=True, kw_only=True):
    """What the page in front shows since `time`, having begun to change at `changed`."""

    revision: int
    time: _Wall
    changed: _Wall
    rule: _Rule
    url: _Url
    title: _Short
    bounds: _Bounds
    window: _Bounds
    elements: Annotated[tuple[ElementSaid, ...], msgspec.Meta(max_length=200)]
    focused: Annotated[int, msgspec.Meta(ge=-1, le=200)]
    truncated: bool
    sensitive: _Sensitive


class ActedSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="acted", forbid_unknown_fields=True, kw_only=True):
    """What the person did."""

    revision: int
    time: _Wall
    rule: _Rule
    what: _What
    element: ElementSaid
    ancestry: Annotated[tuple[ElementSaid, ...], msgspec.Meta(max_length=MOST_ANCESTORS)] = ()


class OpenedSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="opened", forbid_unknown_fields=True, kw_only=True):
    """What came up over the page."""

    revision: int
    time: _Wall
    rule: _Rule
    what: Literal["menu", "list", "dialog", "tooltip"]
    element: ElementSaid


class ComposedSaid(
    msgspec.Struct, frozen=True, tag_field="kind", tag="composed", forbid_unknown_fields=True, kw_only=True
):
    """What an input method put into a field."""

    revision: int
    time: _Wall
    rule: _Rule
    text: _Short
    element: ElementSaid


class ClipboardSaid(
    msgspec.Struct, frozen=True, tag_field="kind", tag="clipboard", forbid_unknown_fields=True, kw_only=True
):
    """That the clipboard was used. There is no field for what is in it."""

    revision: int
    time: _Wall
    rule: _Rule
    operation: Literal["copy", "cut", "paste"]


class KeySaid(msgspec.Struct, frozen=True, tag_field="kind", tag="key", forbid_unknown_fields=True, kw_only=True):
    """That a key came to the page while no field had the keyboard. There is no field for which one."""

    revision: int
    time: _Wall
    rule: _Rule


class ListSaid(msgspec.Struct, frozen=True, tag_field="kind", tag="list", forbid_unknown_fields=True, kw_only=True):
    """That a native list is open, or has closed since it was last seen open at `since`. No field for what is in it."""

    revision: int
    time: _Wall
    rule: _Rule
    open: bool
    since: _Wall
    kept: bool
    bounds: _Bounds


class VouchedSaid(
    msgspec.Struct, frozen=True, tag_field="kind", tag="vouched", forbid_unknown_fields=True, kw_only=True
):
    """The answer to a question: all that had changed by then has been told."""

    revision: int
    time: _Wall
    rule: _Rule
    question: Annotated[int, msgspec.Meta(ge=1)]
    since: _Wall


Done = ActedSaid | OpenedSaid | ComposedSaid | ClipboardSaid | KeySaid | ListSaid | VouchedSaid
"""What the person did, or what it brought up; and answers."""

Said = Hello | TabSaid | PageSaid | Done


class Order(msgspec.Struct, frozen=True):
    """What may be watched. Answers carry the revision they were made under."""

    allow: tuple[Watched, ...]
    deny: tuple[str, ...]
    revision: int


class Question(msgspec.Struct, frozen=True):
    """Is the page in front as it was told? Beside orders, all that the recorder ever says."""

    ask: int


_decoder: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said)
_encoder = msgspec.json.Encoder()


def decode(frame: bytes | bytearray | memoryview) -> Said:
    """One message; raises msgspec.ValidationError or DecodeError for anything else."""
    return _decoder.decode(frame)


def encode(said: Order | Question) -> bytes:
    """One framed message to a browser, as native messaging wants it."""
    body = _encoder.encode(said)
    return len(body).to_bytes(4, "little") + body


def monotonic_of(wall_ms: int) -> int:
    """A browser's wall-clock time on the X server's clock; never in the future, whatever the wall clock does."""
    now_ms = time.monotonic_ns() // 1_000_000
    return max(0, min(now_ms, wall_ms - time.time_ns() // 1_000_000 + now_ms))


def tab_of(said: TabSaid) -> RawTab:
    """The raw event."""
    return RawTab(monotonic_of(said.time), said.rule, said.url, said.settled, Box(*said.window))


def page_of(said: PageSaid) -> RawPage:
    """The raw event."""
    time_ms = monotonic_of(said.time)
    return RawPage(
        time_ms=time_ms,
        url=said.url,
        title=said.title,
        bounds=Box(*said.bounds),
        window_bounds=Box(*said.window),
        elements=tuple(_element_of(element, time_ms) for element in said.elements),
        focused=said.focused,
        truncated=said.truncated,
        sensitive=said.sensitive,
        changed_ms=min(time_ms, monotonic_of(said.changed)),
    )


def done_of(said: Done) -> RawActed | RawOpened | RawComposed | RawClipboard | RawPageKey | RawList | RawVouched:
    """The raw event."""
    time_ms = monotonic_of(said.time)
    if isinstance(said, ClipboardSaid):
        return RawClipboard(time_ms, said.operation)
    if isinstance(said, KeySaid):
        return RawPageKey(time_ms)
    if isinstance(said, VouchedSaid):
        return RawVouched(time_ms, said.question, min(time_ms, monotonic_of(said.since)))
    if isinstance(said, ListSaid):
        return RawList(time_ms, said.open, min(time_ms, monotonic_of(said.since)), said.kept, Box(*said.bounds))
    element = _element_of(said.element, time_ms)
    if isinstance(said, OpenedSaid):
        return RawOpened(time_ms, said.what, element.bounds, element)
    if isinstance(said, ComposedSaid):
        return RawComposed(time_ms, said.text, element)
    return RawActed(time_ms, said.what, element, tuple(_element_of(one, time_ms) for one in said.ancestry))


def _element_of(said: ElementSaid, time_ms: int) -> RawElement:
    return RawElement(
        time_ms=time_ms,
        role=said.role,
        name=said.name,
        value=said.value,
        bounds=Box(*said.bounds),
        states=frozenset(said.states),
        parent=said.parent,
        label=said.label,
        hints=said.hints,
    )
