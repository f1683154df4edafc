# SPDX-License-Identifier: Apache-2.0
"""A device's own uploader and journal against the real hub: everything that a person's machine will ever do with it."""

import secrets
from pathlib import Path

import pytest
from tests.hub.running import SEALING, VERIFIER, Person, Services, give, job_for

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.model.codec import canonical_json
from handiwork.model.errors import Damaged, NotAllowed
from handiwork.ports.journal import CONSENT
from handiwork.ports.sealed import split
from handiwork.rules.proof import verify_withdrawal_receipt
from handiwork.uploader.device import Device
from handiwork.uploader.upload import upload
from handiwork.uploader.withdraw import withdraw


def device_of(person: Person, folder: Path, segments: int) -> Device:
    """A device on which this person has recorded that many segments."""
    journal = SqliteJournal(folder / "journal.sqlite")
    journal.put_value(CONSENT, canonical_json(person.signed_consent()))
    for _ in range(segments):
        header, content = person.segment()
        _, _, chunks = split(content)
        journal.open_segment(header)
        for index, chunk in enumerate(chunks):
            journal.append(header.segment_id, index, chunk, last=index == len(chunks) - 1)
    return Device(journal, SEALING, VERIFIER, person.device_key)


def silent(_done: int, _all: int) -> None:
    """No progress shown."""


def test_upload_release_and_withdrawal_as_a_device_sees_them(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        device = device_of(person, tmp_path, 3)
        done = upload(device, services.hub, services.keeper, services.identity, silent)
        assert (len(done.uploaded), done.refused, done.unlinked) == (3, (), 0)
        assert upload(device, services.hub, services.keeper, None, silent).uploaded == ()
        job = job_for(secrets.token_bytes(32))
        assert len(services.keeper.release(job, services.approvals(job, "mary", "ada"))) == 3
        receipt = withdraw(device, services.hub, person.signer, services.identity, "2026-06-01T12:00:00Z")
        verify_withdrawal_receipt(receipt, services.identity, VERIFIER)
        assert set(receipt.segments) == set(done.uploaded)
        assert {stored.state for stored in device.store.segments()} == {"deleted"}
        with pytest.raises(NotAllowed):
            services.keeper.release(job, services.approvals(job, "mary", "ada"))


def test_a_device_notices_a_hub_that_began_its_log_anew(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        device = device_of(Person(), tmp_path, 2)
        upload(device, services.hub, services.keeper, None, silent)
        services.kill("serve")
        services.folder.log.rename(services.folder.log.with_name("true-log"))
        services.start("serve")
        for _ in range(3):
            give(services, Person())
        with pytest.raises(Damaged, match="rewritten"):
            upload(device, services.hub, services.keeper, None, silent)
