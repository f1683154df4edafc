# SPDX-License-Identifier: Apache-2.0
"""The demo's second part: a hub and its key service of one's own, and the upload to them."""

import socket
from contextlib import closing
from dataclasses import dataclass

import msgspec

from handiwork.adapters.hubclient.http import HttpHub
from handiwork.cli.carrying import Account
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.model.errors import HandiworkError

OFFICERS = ("ada", "grace")
"""The demo's two privacy officers. Their keys lie beside the hub for this trial only."""


@dataclass(frozen=True)
class Hubs:
    """Where the hub and its key service listen."""

    hub: str
    keeper: str


def start_hub(stage: Stage) -> Hubs:
    """Makes a hub with fresh keys and starts its two processes. One person is enough here; outside, five are."""
    officers = [word for name in OFFICERS for word in ("--officer", name)]
    stage.run("hub", "init", str(stage.hub), "--minimum-people", "1", *officers)
    hub_port, keeper_port = _free_port(), _free_port()
    hubs = Hubs(f"http://127.0.0.1:{hub_port}", f"http://127.0.0.1:{keeper_port}")
    folder = str(stage.hub)
    stage.spawn("hub", "serve", folder, "--port", str(hub_port), "--keeper", hubs.keeper, log="hub.log")
    stage.spawn("hub", "keeper", folder, "--port", str(keeper_port), "--hub", hubs.hub, log="keeper.log")
    wait_until(lambda: _answers(hubs.hub), "The hub did not start")
    wait_until(lambda: _accepts(keeper_port), "The key service did not start")
    return hubs


def upload_twice(stage: Stage, hubs: Hubs) -> Account:
    """Uploads everything, then again, which must change nothing."""
    first, again = (
        msgspec.json.decode(
            stage.run("record", "upload", "--hub", hubs.hub, "--keeper", hubs.keeper, "--json"), type=Account
        )
        for _ in range(2)
    )
    if again.uploaded or again.log_size != first.log_size:
        raise AssertionError("a repeated upload changed something")
    return first


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    with closing(HttpHub(url)) as hub:
        try:
            hub.identity()
        except HandiworkError:
            return False
        return True


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
