# SPDX-License-Identifier: Apache-2.0
"""The world-readable test: everything that hub and key service keep is read by an attacker, who learns nothing."""

import itertools
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from tests.hub.running import SEALING, SECRET_TEXT, Person, Services, give, job_for

from handiwork.model.errors import Damaged, Lost, NotAllowed
from handiwork.model.grant import Job
from handiwork.ports.sealed import split, wrapping_info


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services(tmp_path_factory.mktemp("organisation") / "hub") as running:
        yield running


def everything(folder: Path) -> dict[str, bytes]:
    """Every file that the services keep, database journals included, but for the secrets of either."""
    return {
        str(path): path.read_bytes()
        for part in ("hub", "keeper")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }


def candidate_keys(dump: bytes) -> Iterator[bytes]:
    """Every 32 bytes at every place, and every run of 64 hex digits."""
    for at in range(len(dump) - 31):
        yield dump[at : at + 32]
    for found in re.finditer(rb"(?=([0-9a-f]{64}))", dump):
        yield bytes.fromhex(found.group(1).decode())


def test_a_dump_of_all_storage_holds_no_plaintext_and_no_key(services: Services) -> None:
    person = Person()
    header, content = give(services, person)
    job = job_for(secrets.token_bytes(32))
    services.keeper.release(job, services.approvals(job, "ada", "grace"))
    key = person.keys[header.segment_id]
    secret_files = [path for path in (services.root / "secrets").rglob("*") if path.is_file()]
    forbidden = [key, key.hex().encode(), SECRET_TEXT.encode(), b"old mill"]
    forbidden += [path.read_bytes() for path in secret_files]
    dump = everything(services.root)
    assert any(content in data for data in dump.values())
    for (name, data), needle in itertools.product(dump.items(), forbidden):
        assert needle not in data, name


def test_nothing_in_the_dump_used_as_a_key_opens_a_segment_or_a_wrapping(services: Services) -> None:
    person = Person()
    header, content = give(services, person)
    _, header_json, chunks = split(content)
    from handiwork.ports.sealed import associated

    wrapped = bytes.fromhex(
        msgspec.json.decode(next(services.folder.keystore.rglob(header.segment_id)).read_bytes())["wrapped"]
    )
    dump = everything(services.root)
    small = b"".join(data for name, data in dump.items() if "register" not in name and "/log/" not in name)
    tried = 0
    for candidate in itertools.chain(
        candidate_keys(small), candidate_keys(dump[str(services.folder.register)][-20_000:])
    ):
        tried += 1
        with pytest.raises(Damaged):
            SEALING.open_chunk(candidate, 0, associated(header_json, 0, 0), chunks[0])
    assert tried > 1_000
    for candidate in candidate_keys(b"".join(dump[name] for name in dump if "config" in name)):
        with pytest.raises(Damaged):
            SEALING.unwrap(candidate, wrapping_info(header.segment_id, "keeper"), wrapped)


def test_what_the_hub_holds_with_all_of_its_own_secrets_opens_nothing(services: Services) -> None:
    person = Person()
    header, _ = give(services, person)
    wrapped = bytes.fromhex(
        msgspec.json.decode(next(services.folder.keystore.rglob(header.segment_id)).read_bytes())["wrapped"]
    )
    for secret in ("hub/log.key", "hub/receipt.key"):
        with pytest.raises(Damaged):
            SEALING.unwrap(
                services.folder.secret(secret).read_bytes(), wrapping_info(header.segment_id, "keeper"), wrapped
            )


def test_every_secret_is_its_owner_s_alone(services: Services) -> None:
    for part in ("secrets", "officers"):
        for path in (services.root / part).rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path


PERSONAL = re.compile(r"person|people|participant|user|employee|manager|who|name|email|pseudonym|public_key", re.I)


@pytest.mark.parametrize("part", ["hub", "keeper"])
def test_no_endpoint_path_or_query_asks_by_person(services: Services, part: str) -> None:
    url = services.hub_url if part == "hub" else services.keeper_url
    document = httpx.get(f"{url}/openapi.json", trust_env=False).json()
    assert len(document["paths"]) >= 3
    for path, methods in document["paths"].items():
        assert not PERSONAL.search(path.replace("{name}", "")), path
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            assert all(parameter["in"] == "path" for parameter in parameters), "no query or header filters"
            assert {parameter["name"] for parameter in parameters} <= {"name", "segment_id", "from_size", "path"}
            if method == "get":
                assert "requestBody" not in operation


def test_a_job_has_no_field_for_a_person(services: Services) -> None:
    assert Job.__struct_fields__ == ("kind", "purpose", "epochs", "code", "recipient")
    body = {"job": msgspec.to_builtins(job_for(secrets.token_bytes(32))), "approvals": []}
    for extra in ("participant", "person", "consent_id", "segments"):
        job = {**body["job"], extra: "0" * 16}
        answer = httpx.post(f"{services.keeper_url}/releases", json={**body, "job": job}, trust_env=False)
        assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")
        answer = httpx.post(f"{services.keeper_url}/releases", json={**body, extra: "0" * 16}, trust_env=False)
        assert (answer.status_code, answer.json()["kind"]) == (400, "BadInput")


def test_asking_for_someone_is_no_address_at_all(services: Services) -> None:
    person = Person()
    give(services, person)
    token = {"authorization": f"Bearer {services.folder.token('lab.token')}"}
    pseudonym, consent = person.consent.participant, person.consent.consent_id
    for path in (f"segments/{pseudonym}", f"segments/{consent}", f"participants/{pseudonym}", f"consents/{consent}"):
        assert httpx.get(f"{services.hub_url}/{path}", headers=token, trust_env=False).status_code >= 400
    plain = httpx.get(f"{services.hub_url}/withdrawn", trust_env=False).json()
    filtered = httpx.get(f"{services.hub_url}/withdrawn?participant={pseudonym}", trust_env=False).json()
    assert plain == filtered


def test_a_hub_that_can_t_write_its_log_releases_no_key(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        give(services, Person())
        job = job_for(secrets.token_bytes(32))
        approvals = services.approvals(job, "ada", "grace")
        hidden = services.folder.log.with_name("log-hidden")
        services.folder.log.rename(hidden)
        services.folder.log.write_text("not a folder")
        with pytest.raises(Lost):
            services.keeper.release(job, approvals)
        services.folder.log.unlink()
        hidden.rename(services.folder.log)
        services.kill("serve")
        with pytest.raises(Lost, match="hub could not be reached"):
            services.keeper.release(job, approvals)
        services.start("serve")
        assert len(services.keeper.release(job, approvals)) == 1


def test_a_rewritten_log_releases_no_key(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        give(services, Person())
        job = job_for(secrets.token_bytes(32))
        approvals = services.approvals(job, "ada", "grace")
        assert len(services.keeper.release(job, approvals)) == 1
        services.kill("serve")
        services.folder.log.rename(services.folder.log.with_name("true-log"))
        services.start("serve")
        give(services, Person())
        with pytest.raises((Damaged, NotAllowed)) as refusal:
            services.keeper.release(job, approvals)
        assert "log" in refusal.value.what.lower()
