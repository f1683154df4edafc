# SPDX-License-Identifier: Apache-2.0
"""Changes the person's own list of words, and tells a running recorder at once. Knows no terminal and no page."""

from collections.abc import Callable

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.sealing.cryptography_ import x25519_public
from handiwork.cli.device import Device
from handiwork.model.errors import Lost
from handiwork.ports.control import Command
from handiwork.ports.own_words import keep_own_words, own_words


def listed(device: Device) -> tuple[str, ...]:
    """The words, as the person gave them."""
    return own_words(device.store, device.sealing, device.device_key)


def replace(device: Device, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> bool:
    """Keeps the changed list, then tells the recorder; whether one is running."""
    keep_own_words(device.store, device.sealing, x25519_public(device.device_key), change(listed(device)))
    return tell_recorder(device)


def empty(device: Device) -> bool:
    """Forgets the whole list, one that can't be read any more included."""
    keep_own_words(device.store, device.sealing, x25519_public(device.device_key), ())
    return tell_recorder(device)


def tell_recorder(device: Device) -> bool:
    """What the recorder keeps from now on is judged by the new list; False if none is running."""
    try:
        ask(device.home.sockets / "control.sock", Command(do="never"))
    except Lost:
        return False
    return True
