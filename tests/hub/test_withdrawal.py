# SPDX-License-Identifier: Apache-2.0
"""Withdrawal end to end: bytes gone, key gone, nothing ever released again, and a receipt that a stranger checks."""

import secrets
from pathlib import Path

import msgspec
import pytest
from tests.hub.check_log import check_log
from tests.hub.running import VERIFIER, Person, Services, deposit, give, job_for

from handiwork.model.errors import BadInput, Damaged, Lost, NotAllowed
from handiwork.model.grant import WithdrawalReceipt
from handiwork.ports.sealed import content_digest
from handiwork.rules.proof import verify_receipt, verify_withdrawal_receipt


def files_with(folder: Path, needle: bytes) -> list[str]:
    """The files under `folder` that contain these bytes."""
    return [str(path) for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]


def test_what_is_withdrawn_is_gone_and_stays_gone(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person, other = Person(), Person()
        header, content = give(services, person)
        kept, kept_content = give(services, other)
        uploaded = services.hub.put_segment(content, content_digest(content))
        wrapped = next(services.folder.keystore.rglob(header.segment_id)).read_bytes()
        receipt = services.hub.withdraw(person.signed_withdrawal())

        verify_withdrawal_receipt(receipt, services.identity, VERIFIER)
        assert receipt.segments == (header.segment_id,)
        assert services.hub.withdraw(person.signed_withdrawal()) == receipt

        organisation = services.root
        assert files_with(organisation, content[-40:]) == []
        assert files_with(organisation, msgspec.json.decode(wrapped)["wrapped"].encode()) == []
        assert files_with(organisation, header.wrapped_for_device.encode()) == []
        assert files_with(organisation, uploaded.salt.encode()) == []

        with pytest.raises(BadInput):
            services.archive.fetch(header.segment_id)
        with pytest.raises(NotAllowed, match="withdrawn"):
            services.hub.put_segment(content, content_digest(content))
        with pytest.raises(NotAllowed, match="withdrawn"):
            deposit(services, person, header)
        assert services.archive.withdrawn() == [header.segment_id]

        job = job_for(secrets.token_bytes(32))
        released = services.keeper.release(job, services.approvals(job, "ada", "grace"))
        assert [release.segment_id for release in released] == [kept.segment_id]
        assert services.archive.fetch(kept.segment_id) == kept_content

        verify_receipt(uploaded, services.identity, VERIFIER, content)
        check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)


def test_a_withdrawal_receipt_can_t_be_forged_or_changed(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        give(services, person)
        receipt = services.hub.withdraw(person.signed_withdrawal())
        for changed in (
            msgspec.structs.replace(receipt, segments=()),
            msgspec.structs.replace(receipt, consent_id="0" * 32),
            msgspec.structs.replace(receipt, signature="0" * 128),
            msgspec.structs.replace(receipt, salt="00"),
        ):
            with pytest.raises(Damaged):
                verify_withdrawal_receipt(changed, services.identity, VERIFIER)
        stranger = msgspec.structs.replace(services.identity, origin="another.example/log")
        with pytest.raises(Damaged, match="another log"):
            verify_withdrawal_receipt(receipt, stranger, VERIFIER)


def test_without_its_key_service_a_withdrawal_is_in_force_at_once_and_finished_later(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        header, content = give(services, person)
        services.kill("keeper")
        with pytest.raises(Lost, match="key service"):
            services.hub.withdraw(person.signed_withdrawal())
        assert files_with(services.root, content[-40:]) == []
        with pytest.raises(BadInput):
            services.archive.fetch(header.segment_id)
        services.kill("serve")
        services.start("serve")
        services.start("keeper")
        receipt: WithdrawalReceipt = services.hub.withdraw(person.signed_withdrawal())
        assert receipt.segments == (header.segment_id,)
        verify_withdrawal_receipt(receipt, services.identity, VERIFIER)
        assert list((services.folder.keystore / "keys").rglob("????????*")) == []


def test_a_consent_that_never_reached_the_hub_can_be_withdrawn_as_well(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        receipt = services.hub.withdraw(person.signed_withdrawal())
        verify_withdrawal_receipt(receipt, services.identity, VERIFIER)
        services.hub.register_consent(person.signed_consent())
        _, content = person.segment()
        with pytest.raises(NotAllowed, match="withdrawn"):
            services.hub.put_segment(content, content_digest(content))
