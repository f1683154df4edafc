# SPDX-License-Identifier: Apache-2.0
"""Property 9 under attack: uploader and hub are killed at random instants, over and over, on one journal."""

import os
import random
import signal
import time
from pathlib import Path

from tests.hub.check_log import check_log
from tests.hub.running import SEALING, VERIFIER, Person, Services
from tests.hub.test_with_devices import device_of, silent

from handiwork.adapters.hubclient.http import HttpHub, HttpKeeper
from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.model.codec import from_json
from handiwork.model.errors import Lost
from handiwork.model.grant import Receipt
from handiwork.model.ids import SegmentId
from handiwork.rules.proof import verify_receipt
from handiwork.uploader.device import Device
from handiwork.uploader.upload import upload

SEGMENTS, ROUNDS = 60, 8


def upload_in_a_child(services: Services, path: Path, person: Person) -> int:
    """A process that uploads until it has done all, or its hub goes away, or someone kills it."""
    child = os.fork()
    if child:
        return child
    try:
        hub, keeper = HttpHub(services.hub_url), HttpKeeper(services.keeper_url)
        device = Device(SqliteJournal(path), SEALING, VERIFIER, person.device_key)
        upload(device, hub, keeper, services.identity, silent)
    except Lost:
        os._exit(3)
    finally:
        os._exit(1)


def test_uploader_and_hub_killed_at_random_instants_leave_every_acknowledged_segment_exactly_once(
    tmp_path: Path,
) -> None:
    chance, person = random.Random(9), Person()
    device_of(person, tmp_path, SEGMENTS).store.close()  # type: ignore[attr-defined]
    path = tmp_path / "journal.sqlite"
    with Services(tmp_path / "hub") as services:
        acknowledged: dict[SegmentId, bytes] = {}
        for round_ in range(ROUNDS):
            child = upload_in_a_child(services, path, person)
            time.sleep(chance.uniform(0.02, 0.3))
            if round_ % 2:
                services.kill("serve")
                os.waitpid(child, 0)
                services.start("serve")
            else:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            store = SqliteJournal(path)
            now = dict(store.receipts())
            store.close()
            assert all(now[segment] == receipt for segment, receipt in acknowledged.items())
            acknowledged = dict(now)
        store = SqliteJournal(path)
        device = Device(store, SEALING, VERIFIER, person.device_key)
        upload(device, services.hub, services.keeper, services.identity, silent)
        receipts = {segment: from_json(data, Receipt) for segment, data in store.receipts()}
        assert len(receipts) == SEGMENTS
        for segment, receipt in receipts.items():
            content = store.content(segment)
            verify_receipt(receipt, services.identity, VERIFIER, content)
            assert services.archive.fetch(segment) == content
        head, _ = check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)
        # One consent and each segment once, however often it was sent.
        assert head.size == 1 + SEGMENTS
        assert len({receipt.proof.index for receipt in receipts.values()}) == SEGMENTS
        store.close()
