# SPDX-License-Identifier: Apache-2.0
"""Requests of the extensions in use, as bytes: XTEST, XInput 2, RECORD, MIT-SHM, X-Resource, MIT-SCREEN-SAVER.

Each takes the extension's major opcode first. Sources: the protocol texts of X.Org (recordproto, xextproto,
inputproto, resourceproto).
"""

import struct
from collections.abc import Sequence

# XInput 2 event types
HIERARCHY_CHANGED = 11
RAW_KEY_PRESS, RAW_KEY_RELEASE, RAW_BUTTON_PRESS, RAW_BUTTON_RELEASE, RAW_MOTION = 13, 14, 15, 16, 17
RAW_TOUCH_BEGIN, RAW_TOUCH_UPDATE, RAW_TOUCH_END = 22, 23, 24
ALL_DEVICES, ALL_MASTERS = 0, 1

RECORD_FROM_SERVER, RECORD_FROM_CLIENT = 0, 1
RECORD_ALL_CLIENTS = 3
_SERVER_TIME, _CLIENT_TIME = 1, 2
GRAB_KEYBOARD, XI_GRAB_DEVICE = 31, 51


def xtest_fake(major: int, kind: int, detail: int, root: int = 0, x: int = 0, y: int = 0) -> bytes:
    """XTestFakeInput: kind 2 key press, 3 release, 4 button press, 5 release, 6 motion (detail 0: absolute)."""
    return struct.pack("<BBHBBxxIIxxxxxxxxhhxxxxxxxx", major, 2, 9, kind, detail, 0, root, x, y)


def xi_query_version(major: int) -> bytes:
    """XIQueryVersion 2.2: from 2.1 on raw events come to everyone, even while someone grabs the device."""
    return struct.pack("<BBHHH", major, 47, 2, 2, 2)


def xi_select_events(major: int, window: int, device: int, kinds: Sequence[int]) -> bytes:
    """XISelectEvents of one device on one window."""
    mask = sum(1 << kind for kind in kinds)
    return struct.pack("<BBHIHxxHHI", major, 46, 5, window, 1, device, 1, mask)


def xi_query_devices(major: int) -> bytes:
    """XIQueryDevice of all devices."""
    return struct.pack("<BBHHxx", major, 48, 2, ALL_DEVICES)


def xtest_devices(reply: bytes) -> frozenset[int]:
    """The devices through which programs, not people, make input."""
    return frozenset(device for device, name in read_xi_devices(reply).items() if "XTEST" in name)


def read_xi_devices(reply: bytes) -> dict[int, str]:
    """Device id to name."""
    (count,) = struct.unpack_from("<H", reply, 8)
    at, found = 32, {}
    for _ in range(count):
        device, _, _, classes, name = struct.unpack_from("<HHHHH", reply, at)
        found[device] = reply[at + 12 : at + 12 + name].decode("utf-8", "replace")
        at += 12 + name + (-name % 4)
        for _ in range(classes):
            at += 4 * int.from_bytes(reply[at + 2 : at + 4], "little")
    return found


def _range(delivered: tuple[int, int], device: tuple[int, int]) -> bytes:
    """A RECORDRANGE of delivered events and device events only: 16 bytes of requests and replies, 4 of other things."""
    return bytes(16) + bytes((*delivered, *device)) + bytes(4)


def record_create(major: int, context: int, client: int, delivered: tuple[int, int], device: tuple[int, int]) -> bytes:
    """RecordCreateContext: one client (its resource base, or 3 for all) and ranges of core event codes.

    Delivered events come each with the server's time, four bytes, before them; device events carry their own.
    """
    head = struct.pack("<BBHIBxxxII", major, 1, 12, context, 1 if delivered[1] else 0, 1, 1)
    return head + struct.pack("<I", client) + _range(delivered, device)


def record_grabs(major: int, context: int, xinput: int) -> bytes:
    """RecordCreateContext: who asks for the keyboard (GrabKeyboard, XIGrabDevice), and when; no events."""
    head = struct.pack("<BBHIBxxxII", major, 1, 12, context, _SERVER_TIME | _CLIENT_TIME, 1, 1)
    asked = struct.pack("<BBxxBBHH", GRAB_KEYBOARD, GRAB_KEYBOARD, xinput, xinput, XI_GRAB_DEVICE, XI_GRAB_DEVICE)
    return head + struct.pack("<I", RECORD_ALL_CLIENTS) + asked + bytes(14)


def record_also(major: int, context: int, client: int, delivered: tuple[int, int]) -> bytes:
    """RecordRegisterClients: of this client the events delivered to it, instead of what all are recorded for."""
    head = struct.pack("<BBHIBxxxII", major, 2, 12, context, _SERVER_TIME | _CLIENT_TIME, 1, 1)
    return head + struct.pack("<I", client) + _range(delivered, (0, 0))


def record_enable(major: int, context: int) -> bytes:
    """RecordEnableContext: from now on its replies are the data; send nothing else on that connection."""
    return struct.pack("<BBHI", major, 5, 2, context)


def record_disable(major: int, context: int) -> bytes:
    """RecordDisableContext."""
    return struct.pack("<BBHI", major, 6, 2, context)


def shm_attach(major: int, segment: int) -> bytes:
    """ShmAttachFd, writable by the server; the descriptor goes along with the request."""
    return struct.pack("<BBHIBxxx", major, 6, 3, segment, 0)


def shm_detach(major: int, segment: int) -> bytes:
    """ShmDetach."""
    return struct.pack("<BBHI", major, 2, 2, segment)


def shm_get_image(major: int, drawable: int, box: tuple[int, int, int, int], segment: int) -> bytes:
    """ShmGetImage, ZPixmap, all planes, to the segment's beginning."""
    return struct.pack("<BBHIhhHHIBxxxII", major, 4, 8, drawable, *box, 0xFFFFFFFF, 2, segment, 0)


def res_client_pids(major: int, windows: Sequence[int]) -> bytes:
    """XResQueryClientIds: the process behind each resource id, as the kernel names it."""
    specs = b"".join(struct.pack("<II", window, 2) for window in windows)
    return struct.pack("<BBHI", major, 4, 2 + 2 * len(windows), len(windows)) + specs


def read_res_pids(reply: bytes) -> dict[int, int]:
    """Client's resource base to process id."""
    (count,) = struct.unpack_from("<I", reply, 8)
    at, found = 32, {}
    for _ in range(count):
        client, _, length = struct.unpack_from("<III", reply, at)
        if length >= 4:
            found[client] = int.from_bytes(reply[at + 12 : at + 16], "little")
        at += 12 + length
    return found


def saver_query(major: int, drawable: int) -> bytes:
    """ScreenSaverQueryInfo."""
    return struct.pack("<BBHI", major, 1, 2, drawable)


def saver_select(major: int, drawable: int) -> bytes:
    """ScreenSaverSelectInput: tell when it goes on or off."""
    return struct.pack("<BBHII", major, 2, 3, drawable, 1)


def shape_input_nothing(major: int, window: int) -> bytes:
    """ShapeRectangles: an empty input region, so that the pointer goes through the window."""
    return struct.pack("<BBHBBBxIhh", major, 1, 4, 0, 2, 0, window, 0, 0)


def shape_bounds(major: int, window: int, boxes: Sequence[tuple[int, int, int, int]]) -> bytes:
    """ShapeRectangles: the window is these boxes and nothing else."""
    packed = b"".join(struct.pack("<hhHH", *box) for box in boxes)
    return struct.pack("<BBHBBBxIhh", major, 1, 4 + len(packed) // 4, 0, 0, 0, window, 0, 0) + packed
