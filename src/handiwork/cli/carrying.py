# SPDX-License-Identifier: Apache-2.0
"""Wires the uploader: this device's journal to the hub and key service at two addresses."""

import sys
from contextlib import closing

import msgspec

from handiwork.adapters.hubclient.http import HttpHub, HttpKeeper
from handiwork.adapters.sealing.cryptography_ import Verifier
from handiwork.cli.device import open_device
from handiwork.cli.paths import Home
from handiwork.uploader.device import Device
from handiwork.uploader.upload import Summary, upload


class Account(msgspec.Struct, frozen=True):
    """What an upload did, for scripts."""

    uploaded: int
    refused: int
    log_size: int


def upload_all(home: Home, hub_url: str, keeper_url: str, as_json: bool) -> int:
    """Uploads every closed segment. Exit status 1 if the hub refused any."""
    with open_device(home) as device, closing(HttpHub(hub_url)) as hub, closing(HttpKeeper(keeper_url)) as keeper:
        carrier = Device(device.store, device.sealing, Verifier(), device.device_key)
        summary = upload(carrier, hub, keeper, None, _show_progress)
    if as_json:
        print(msgspec.json.encode(Account(len(summary.uploaded), len(summary.refused), summary.log_size)).decode())
    else:
        _tell(summary)
    return 1 if summary.refused else 0


def _tell(summary: Summary) -> None:
    print(f"uploaded {len(summary.uploaded)} segments, each with a receipt that was verified and kept")
    print(f"the hub's log has {summary.log_size} entries; its history agrees with all that this device saw before")
    for segment, why in summary.refused:
        print(f"  refused {segment}: {why}")


def _show_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done} of {of} segments", end="\n" if done == of else "", file=sys.stderr, flush=True)
