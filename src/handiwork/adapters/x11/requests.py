# SPDX-License-Identifier: Apache-2.0
"""Core requests as bytes, and their replies as values; knows no connection. Opcodes: X protocol, appendix B."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from handiwork.adapters.x11.wire import padded

# Event masks
KEY_PRESS, BUTTON_PRESS, STRUCTURE, SUBSTRUCTURE, FOCUS_CHANGE, PROPERTY_CHANGE = (
    1,
    4,
    1 << 17,
    1 << 19,
    1 << 21,
    1 << 22,
)
EXPOSURE, VISIBILITY = 1 << 15, 1 << 16

# Window attributes for create_window and change_attributes
BACK_PIXEL, BORDER_PIXEL, OVERRIDE_REDIRECT, EVENT_MASK = 1 << 1, 1 << 3, 1 << 9, 1 << 11

# Window configuration for configure_window
X, Y, WIDTH, HEIGHT, STACK_MODE = 1, 2, 4, 8, 64
ABOVE, BELOW = 0, 1

ATOM, CARDINAL, STRING, WM_NAME, WM_NORMAL_HINTS, WM_SIZE_HINTS, WM_CLASS = 4, 6, 31, 39, 40, 41, 67
WM_TRANSIENT_FOR = 68


class Attributes(NamedTuple):
    """What GetWindowAttributes tells that matters here."""

    input_output: bool
    viewable: bool
    override_redirect: bool


class Geometry(NamedTuple):
    """Position in the parent (of the border's corner), size without the border."""

    x: int
    y: int
    width: int
    height: int
    border: int


class Pointer(NamedTuple):
    """Where the pointer is in the root window, the child of the root under it, buttons and modifiers."""

    x: int
    y: int
    child: int
    mask: int


def _valued(mask_values: Sequence[tuple[int, int]]) -> tuple[int, bytes]:
    """(mask, values in the order of their bits)."""
    ordered = sorted(mask_values)
    return sum(bit for bit, _ in ordered), struct.pack(f"<{len(ordered)}I", *(v & 0xFFFFFFFF for _, v in ordered))


def create_window(
    window: int, parent: int, box: tuple[int, int, int, int], attributes: Sequence[tuple[int, int]]
) -> bytes:
    """InputOutput, the parent's depth and visual; `box` is x, y, width, height."""
    mask, values = _valued(attributes)
    head = struct.pack("<BBHIIhhHHHHII", 1, 0, 8 + len(values) // 4, window, parent, *box, 0, 1, 0, mask)
    return head + values


def change_attributes(window: int, attributes: Sequence[tuple[int, int]]) -> bytes:
    """ChangeWindowAttributes."""
    mask, values = _valued(attributes)
    return struct.pack("<BxHII", 2, 3 + len(values) // 4, window, mask) + values


def get_attributes(window: int) -> bytes:
    """GetWindowAttributes."""
    return struct.pack("<BxHI", 3, 2, window)


def read_attributes(reply: bytes) -> Attributes:
    """Its reply."""
    return Attributes(int.from_bytes(reply[12:14], "little") == 1, reply[26] == 2, reply[27] == 1)


def destroy_window(window: int) -> bytes:
    """DestroyWindow."""
    return struct.pack("<BxHI", 4, 2, window)


def map_window(window: int) -> bytes:
    """MapWindow."""
    return struct.pack("<BxHI", 8, 2, window)


def unmap_window(window: int) -> bytes:
    """UnmapWindow."""
    return struct.pack("<BxHI", 10, 2, window)


def configure_window(window: int, changes: Sequence[tuple[int, int]]) -> bytes:
    """ConfigureWindow."""
    mask, values = _valued(changes)
    return struct.pack("<BxHIHxx", 12, 3 + len(values) // 4, window, mask) + values


def get_geometry(drawable: int) -> bytes:
    """GetGeometry."""
    return struct.pack("<BxHI", 14, 2, drawable)


def read_geometry(reply: bytes) -> Geometry:
    """Its reply."""
    return Geometry(*struct.unpack_from("<hhHHH", reply, 12))


def query_tree(window: int) -> bytes:
    """QueryTree."""
    return struct.pack("<BxHI", 15, 2, window)


def read_tree(reply: bytes) -> tuple[int, tuple[int, ...]]:
    """(parent, children from bottom to top)."""
    (parent, count) = struct.unpack_from("<IH", reply, 12)
    return parent, struct.unpack_from(f"<{count}I", reply, 32)


def intern_atom(name: str) -> bytes:
    """InternAtom; makes it if it is new."""
    text = name.encode()
    return struct.pack("<BBHHxx", 16, 0, 2 + (len(text) + 3) // 4, len(text)) + padded(text)


def read_atom(reply: bytes) -> int:
    """Its reply."""
    return int.from_bytes(reply[8:12], "little")


def change_property(window: int, name: int, kind: int, content: bytes | Sequence[int]) -> bytes:
    """ChangeProperty: bytes as format 8, numbers as format 32."""
    width, count = (8, len(content)) if isinstance(content, bytes) else (32, len(content))
    data = content if isinstance(content, bytes) else struct.pack(f"<{count}I", *content)
    body = padded(data)
    return struct.pack("<BBHIIIBxxxI", 18, 0, 6 + len(body) // 4, window, name, kind, width, count) + body


def get_property(window: int, name: int, words: int = 256) -> bytes:
    """GetProperty of any type, its first `words` * 4 bytes."""
    return struct.pack("<BBHIIIII", 20, 0, 6, window, name, 0, 0, words)


def read_property(reply: bytes | None) -> bytes:
    """The property's bytes; none if the window or the property is missing."""
    if reply is None:
        return b""
    length = int.from_bytes(reply[16:20], "little") * reply[1] // 8
    return reply[32 : 32 + length]


def read_number(reply: bytes | None) -> int:
    """The first 32-bit number of a property, or 0."""
    content = read_property(reply)
    return int.from_bytes(content[:4], "little") if len(content) >= 4 else 0


def get_selection_owner(selection: int) -> bytes:
    """GetSelectionOwner."""
    return struct.pack("<BxHI", 23, 2, selection)


def read_selection_owner(reply: bytes | None) -> int:
    """Its reply: a window, or 0."""
    return 0 if reply is None else int.from_bytes(reply[8:12], "little")


def client_message(to: int, about: int, kind: int, words: Sequence[int]) -> bytes:
    """SendEvent of a ClientMessage with five numbers to the window's own program."""
    return struct.pack("<BBHII", 25, 0, 11, to, 0) + struct.pack("<BBHII5I", 33, 32, 0, about, kind, *words)


def query_pointer(window: int) -> bytes:
    """QueryPointer."""
    return struct.pack("<BxHI", 38, 2, window)


def read_pointer(reply: bytes) -> Pointer:
    """Its reply."""
    child, x, y, _, _, mask = struct.unpack_from("<IhhhhH", reply, 12)
    return Pointer(x, y, child, mask)


def translate(window: int, to: int) -> bytes:
    """TranslateCoordinates of the origin of `window`."""
    return struct.pack("<BxHIIhh", 40, 4, window, to, 0, 0)


def read_translation(reply: bytes) -> tuple[int, int]:
    """Its reply: (x, y)."""
    x, y = struct.unpack_from("<hh", reply, 12)
    return x, y


def set_input_focus(window: int) -> bytes:
    """SetInputFocus, reverting to the pointer's window, now."""
    return struct.pack("<BBHII", 42, 1, 3, window, 0)


def no_operation() -> bytes:
    """NoOperation."""
    return struct.pack("<BxH", 127, 1)


def get_input_focus() -> bytes:
    """GetInputFocus."""
    return struct.pack("<BxH", 43, 1)


def read_input_focus(reply: bytes) -> int:
    """Its reply: a window, 0 (nobody) or 1 (the window under the pointer)."""
    return int.from_bytes(reply[8:12], "little")


def create_gc(context: int, drawable: int, values: Sequence[tuple[int, int]]) -> bytes:
    """CreateGC."""
    mask, packed = _valued(values)
    return struct.pack("<BxHIII", 55, 4 + len(packed) // 4, context, drawable, mask) + packed


def get_image(drawable: int, box: tuple[int, int, int, int]) -> bytes:
    """GetImage, ZPixmap, all planes."""
    return struct.pack("<BBHIhhHHI", 73, 2, 5, drawable, *box, 0xFFFFFFFF)


def put_image(drawable: int, context: int, box: tuple[int, int, int, int], depth: int, pixels: bytes) -> bytes:
    """PutImage, ZPixmap; `box` is x, y, width, height. At most 256 KiB, which every server takes in one request."""
    x, y, width, height = box
    length = 6 + len(pixels) // 4
    head = struct.pack("<BBHIIHHhhBBxx", 72, 2, length, drawable, context, width, height, x, y, 0, depth)
    return head + pixels


def change_keyboard_mapping(keycode: int, keysyms: Sequence[int]) -> bytes:
    """ChangeKeyboardMapping of one key."""
    count = len(keysyms)
    return struct.pack("<BBHBBxx", 100, 1, 2 + count, keycode, count) + struct.pack(f"<{count}I", *keysyms)


def get_keyboard_mapping(first: int, count: int) -> bytes:
    """GetKeyboardMapping."""
    return struct.pack("<BxHBBxx", 101, 2, first, count)


def read_keyboard_mapping(reply: bytes) -> list[tuple[int, ...]]:
    """The keysyms of each key, in order of key codes."""
    width, total = reply[1], int.from_bytes(reply[4:8], "little")
    flat = struct.unpack_from(f"<{total}I", reply, 32)
    return [flat[at : at + width] for at in range(0, total, width)] if width else []


def get_modifier_mapping() -> bytes:
    """GetModifierMapping."""
    return struct.pack("<BxH", 119, 1)


def read_modifier_mapping(reply: bytes) -> list[tuple[int, ...]]:
    """Key codes for Shift, Lock, Control, Mod1 to Mod5."""
    width = reply[1]
    return [tuple(code for code in reply[32 + row * width : 32 + (row + 1) * width] if code) for row in range(8)]
