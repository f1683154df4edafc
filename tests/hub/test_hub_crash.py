# SPDX-License-Identifier: Apache-2.0
"""The hub killed again and again while devices upload: every acknowledged segment exists exactly once."""

import os
import random
import secrets
import signal
import threading
import time
from pathlib import Path

from tests.hub.check_log import check_log
from tests.hub.running import SEALING, VERIFIER, Person, Services, give, job_for

from handiwork.adapters.hubclient.http import HttpHub
from handiwork.model.errors import Lost
from handiwork.model.grant import Receipt
from handiwork.model.ids import Digest
from handiwork.ports.sealed import content_digest, wrapping_info
from handiwork.rules.proof import verify_receipt

ROUNDS, DEVICES = 5, 3


def upload_until_lost(url: str, contents: list[bytes], receipts: dict[Digest, Receipt]) -> None:
    hub = HttpHub(url)
    for content in contents:
        digest = content_digest(content)
        if digest in receipts:
            continue
        try:
            receipts[digest] = hub.put_segment(content, digest)
        except Lost:
            break
    hub.close()


def test_every_acknowledged_segment_is_there_once_and_repeating_changes_nothing(tmp_path: Path) -> None:
    chance = random.Random(11)
    with Services(tmp_path / "hub") as services:
        people = [Person() for _ in range(DEVICES)]
        for person in people:
            services.hub.register_consent(person.signed_consent())
        piles = [[person.segment()[1] for _ in range(60)] for person in people]
        receipts: dict[Digest, Receipt] = {}
        rounds = 0
        while rounds < ROUNDS or not receipts:  # a busy machine may acknowledge nothing in the first rounds
            rounds += 1
            threads = [
                threading.Thread(target=upload_until_lost, args=(services.hub_url, pile, receipts)) for pile in piles
            ]
            for thread in threads:
                thread.start()
            time.sleep(chance.uniform(0.02, 0.25))
            os.kill(services.processes["serve"].pid, signal.SIGKILL)
            for thread in threads:
                thread.join()
            services.processes.pop("serve").wait()
            services.start("serve")
        for pile in piles:
            upload_until_lost(services.hub_url, pile, receipts)
        again = {
            digest: services.hub.put_segment(content, digest)
            for pile in piles
            for content in pile
            for digest in [content_digest(content)]
        }
        assert again == receipts
        for pile in piles:
            for content in pile:
                receipt = receipts[content_digest(content)]
                verify_receipt(receipt, services.identity, VERIFIER, content)
                assert services.archive.fetch(receipt.segment_id) == content
        head, _ = check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)
        assert head.size == DEVICES + DEVICES * 60
        assert len({receipt.proof.index for receipt in receipts.values()}) == DEVICES * 60


def test_a_key_service_killed_after_a_deposit_still_has_the_key(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        header, _ = give(services, person)
        services.kill("keeper")
        services.start("keeper")
        recipient = secrets.token_bytes(32)
        job = job_for(recipient)
        [release] = services.keeper.release(job, services.approvals(job, "ada", "grace"))
        info = wrapping_info(header.segment_id, "job")
        assert SEALING.unwrap(recipient, info, bytes.fromhex(release.wrapped)) == person.keys[header.segment_id]
