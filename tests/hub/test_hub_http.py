# SPDX-License-Identifier: Apache-2.0
"""Hub and key service as real processes over real HTTP: storing, releasing, refusing."""

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from tests.hub.check_log import check_log
from tests.hub.running import SEALING, SECRET_TEXT, VERIFIER, Person, Services, deposit, give, job_for, sealed

from handiwork.model.errors import BadInput, Damaged, NotAllowed
from handiwork.model.grant import Job
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice
from handiwork.ports.sealed import content_digest, open_segment, wrapping_info
from handiwork.rules.checkpoint import opened
from handiwork.rules.proof import verify_details, verify_growth, verify_receipt, verify_release


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services(tmp_path_factory.mktemp("organisation") / "hub") as running:
        yield running


@pytest.fixture(autouse=True)
def _log_is_whole(services: Services) -> Iterator[None]:
    yield
    check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)


def test_a_segment_is_receipted_so_that_a_stranger_can_check_it(services: Services) -> None:
    person = Person()
    services.hub.register_consent(person.signed_consent())
    header, content = person.segment()
    receipt = services.hub.put_segment(content, content_digest(content))
    assert receipt.segment_id == header.segment_id
    head = verify_receipt(receipt, services.hub.identity(), VERIFIER, content)
    text, path = services.hub.consistency(head.size)
    verify_growth(head, opened(text, bytes.fromhex(services.identity.log_key), VERIFIER), path)
    with pytest.raises(Damaged, match="other bytes"):
        verify_receipt(receipt, services.identity, VERIFIER, content + b"x")
    with pytest.raises(Damaged, match="not signed"):
        verify_receipt(msgspec.structs.replace(receipt, size=1), services.identity, VERIFIER)


def test_the_same_bytes_give_the_same_receipt_and_change_nothing(services: Services) -> None:
    person = Person()
    services.hub.register_consent(person.signed_consent())
    services.hub.register_consent(person.signed_consent())
    _, content = person.segment()
    first = services.hub.put_segment(content, content_digest(content))
    _, before = check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)
    assert [services.hub.put_segment(content, content_digest(content)) for _ in range(3)] == [first] * 3
    _, after = check_log(services.folder.log, bytes.fromhex(services.identity.log_key), VERIFIER)
    assert before == after


def test_two_officers_bring_a_lab_to_the_plaintext_and_the_person_sees_that(services: Services) -> None:
    person = Person(("accessibility-research",))
    header, _ = give(services, person)
    recipient = secrets.token_bytes(32)
    job = job_for(recipient, "accessibility-research")
    [release] = services.keeper.release(job, services.approvals(job, "grace", "ada"))
    key = SEALING.unwrap(recipient, wrapping_info(header.segment_id, "job"), bytes.fromhex(release.wrapped))
    content = services.archive.fetch(header.segment_id)
    assert open_segment(SEALING, key, content).events[0].text == SECRET_TEXT  # type: ignore[union-attr]
    details = ReleaseLogged(segment_id=header.segment_id, job=job, officers=("ada", "grace"))
    verify_details(release.proof, release.salt, details, services.identity, VERIFIER)
    seen = httpx.get(f"{services.hub_url}/releases/{header.segment_id}", trust_env=False).content
    [notice] = msgspec.json.decode(seen, type=list[ReleaseNotice])
    verify_release(notice, services.identity, VERIFIER)
    assert notice.details == details


def test_a_release_asked_for_twice_is_logged_once(services: Services) -> None:
    person = Person(("interface-research",))
    give(services, person)
    job = job_for(secrets.token_bytes(32), "interface-research")
    first = services.keeper.release(job, services.approvals(job, "ada", "grace"))
    head = services.hub.consistency(0)[0]
    again = services.keeper.release(job, services.approvals(job, "ada", "grace"))
    assert [(r.segment_id, r.salt, r.proof.leaf) for r in first] == [
        (r.segment_id, r.salt, r.proof.leaf) for r in again
    ]
    assert services.hub.consistency(0)[0] == head


def test_a_job_gets_its_purpose_and_days_and_nothing_else(services: Services) -> None:
    person = Person()
    monday, _ = give(services, person, "2025-01-06")
    tuesday, _ = give(services, person, "2025-01-07")
    job = job_for(secrets.token_bytes(32), epochs=("2025-01-06",))
    got = {release.segment_id for release in services.keeper.release(job, services.approvals(job, "ada", "mary"))}
    assert monday.segment_id in got
    assert tuesday.segment_id not in got


@pytest.mark.parametrize("officers", [(), ("ada",), ("ada", "ada")])
def test_one_officer_is_not_enough_however_often_they_sign(services: Services, officers: tuple[str, ...]) -> None:
    give(services, Person())
    job = job_for(secrets.token_bytes(32))
    with pytest.raises(NotAllowed, match="2 different officers"):
        services.keeper.release(job, services.approvals(job, *officers))


def test_an_approval_is_for_one_job_and_one_officer(services: Services) -> None:
    give(services, Person())
    job, other = job_for(secrets.token_bytes(32)), job_for(secrets.token_bytes(32))
    [ada], [grace] = services.approvals(job, "ada"), services.approvals(other, "grace")
    relabelled = msgspec.structs.replace(grace, job=ada.job)
    impostor = msgspec.structs.replace(ada, officer="grace")
    unknown = msgspec.structs.replace(ada, officer="nobody")
    for second in (grace, relabelled, impostor, unknown):
        with pytest.raises(NotAllowed, match="2 different officers"):
            services.keeper.release(job, [ada, second])


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "watch-someone"},
        {"recipient": "not a key"},
        {"epochs": ("2025-13-01",)},
        {"epochs": ("2025-01-06",) * 2},
    ],
)
def test_a_malformed_job_gets_nothing_even_if_two_officers_sign_it(
    services: Services, change: dict[str, str | tuple[str, ...]]
) -> None:
    job: Job = msgspec.structs.replace(job_for(secrets.token_bytes(32)), **change)
    with pytest.raises(NotAllowed):
        services.keeper.release(job, services.approvals(job, "ada", "grace"))


def test_a_purpose_that_does_not_exist_can_t_be_asked_for(services: Services) -> None:
    body = b'{"job": {"kind":"build-dataset","purpose":"performance-review","epochs":[],"code":"x","recipient":"00"}}'
    answer = httpx.post(f"{services.keeper_url}/releases", content=body, trust_env=False)
    assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")


def test_wrong_bytes_foreign_bytes_and_open_segments_are_refused(services: Services) -> None:
    person = Person()
    services.hub.register_consent(person.signed_consent())
    header, content = person.segment()
    with pytest.raises(Damaged):
        services.hub.put_segment(content, Digest("0" * 64))
    with pytest.raises(Damaged):
        services.hub.put_segment(b"hello", content_digest(b"hello"))
    with pytest.raises(Damaged):
        services.hub.put_segment(content[:-1], content_digest(content[:-1]))
    with pytest.raises(BadInput):
        services.archive.fetch(header.segment_id)


def test_a_segment_of_an_unknown_consent_is_refused(services: Services) -> None:
    _, content = Person().segment()
    with pytest.raises(NotAllowed, match="does not know the consent"):
        services.hub.put_segment(content, content_digest(content))


@pytest.mark.parametrize(
    "change",
    [
        {"participant": "0" * 16},
        {"notice_digest": "0" * 64},
        {"purposes": ("agent-training", "interface-research")},
        {"purposes": ()},
        {"consent_version": 2},
        {"policy_name": "another"},
        {"epoch": "yesterday"},
        {"segment_id": "../../etc/passwd"},
    ],
)
def test_a_header_that_the_consent_does_not_cover_is_refused(
    services: Services, change: dict[str, str | int | tuple[str, ...]]
) -> None:
    person = Person()
    services.hub.register_consent(person.signed_consent())
    header, key = person.header()
    content = sealed(msgspec.structs.replace(header, **change), key)
    with pytest.raises(NotAllowed):
        services.hub.put_segment(content, content_digest(content))


def test_a_second_segment_can_t_take_a_taken_id(services: Services) -> None:
    person = Person()
    header, content = give(services, person)
    other = sealed(header, person.keys[header.segment_id], "other words")
    with pytest.raises(NotAllowed, match="this id"):
        services.hub.put_segment(other, content_digest(other))
    assert services.archive.fetch(header.segment_id) == content


def test_a_consent_or_withdrawal_that_its_person_did_not_sign_is_refused(services: Services) -> None:
    person, stranger = Person(), Person()
    forged = msgspec.structs.replace(person.signed_consent(), signature=stranger.signed_consent().signature)
    with pytest.raises(NotAllowed, match="not signed"):
        services.hub.register_consent(forged)
    header, content = give(services, person)
    stranger.consent = msgspec.structs.replace(stranger.consent, consent_id=person.consent.consent_id)
    with pytest.raises(NotAllowed, match="another person's"):
        services.hub.withdraw(stranger.signed_withdrawal())
    assert services.archive.fetch(header.segment_id) == content


def test_sealed_bytes_are_for_labs_only(services: Services) -> None:
    header, _ = give(services, Person())
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic !"}, {"authorization": "Bearer"}):
        answer = httpx.get(f"{services.hub_url}/segments/{header.segment_id}", headers=headers, trust_env=False)
        assert (answer.status_code, answer.json()["kind"]) == (403, "NotAllowed")
    with pytest.raises(BadInput):
        services.archive.fetch(SegmentId("0" * 32))


@pytest.mark.parametrize("path", ["/internal/covered", "/internal/releases"])
def test_the_internal_calls_are_closed_to_everyone_else(services: Services, path: str) -> None:
    lab = {"authorization": f"Bearer {services.folder.token('lab.token')}"}
    for headers in ({}, lab):
        assert httpx.post(services.hub_url + path, headers=headers, trust_env=False).status_code == 403
    answer = httpx.post(f"{services.keeper_url}/internal/destructions", headers=lab, trust_env=False)
    assert answer.status_code == 403


def test_a_key_that_does_not_open_at_the_key_service_is_refused(services: Services) -> None:
    person = Person()
    header, _ = person.segment()
    other, _ = person.segment()
    person.keys[header.segment_id] = b"too short"
    with pytest.raises(BadInput):
        deposit(services, person, header)
    with pytest.raises(Damaged):
        services.keeper.deposit(other.segment_id, Digest("a" * 64), b"x" * 80)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("DELETE", "/identity"), ("GET", "/consistency/many"), ("POST", "/consents")],
)
def test_every_refusal_says_what_and_what_to_do(services: Services, method: str, path: str) -> None:
    answer = httpx.request(method, services.hub_url + path, trust_env=False)
    assert set(answer.json()) == {"what", "data", "do", "kind"}
    assert answer.json()["kind"] in {"BadInput", "Damaged", "NotAllowed", "Lost", "NoSpace"}
    assert 400 <= answer.status_code < 500


def test_the_log_s_tiles_are_served_as_they_are_on_disk(services: Services) -> None:
    give(services, Person())
    for file in services.folder.log.rglob("*"):
        name = file.relative_to(services.folder.log).as_posix()
        if file.is_file() and name != "lock":
            data = httpx.get(f"{services.hub_url}/{name}", trust_env=False).content
            assert hashlib.sha256(data).digest() == hashlib.sha256(file.read_bytes()).digest(), name


def test_too_few_people_get_a_job_nothing(tmp_path: Path) -> None:
    with Services(tmp_path / "hub", minimum_people=3) as strict:
        people = [Person() for _ in range(3)]
        for person in (people[0], people[0], people[1]):
            give(strict, person)
        job = job_for(secrets.token_bytes(32))
        with pytest.raises(NotAllowed, match="2 people's data, fewer than 3"):
            strict.keeper.release(job, strict.approvals(job, "ada", "grace"))
        give(strict, people[2])
        assert len(strict.keeper.release(job, strict.approvals(job, "ada", "grace"))) == 4
