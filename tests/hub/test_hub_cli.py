# SPDX-License-Identifier: Apache-2.0
"""`handiwork hub` and `handiwork verify` as people type them, in processes of their own."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.hub.running import Person, Services, give, job_for

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.grant import Approval
from handiwork.ports.sealed import content_digest

RUN = """
import argparse, sys
from handiwork.cli import hub, verify
from handiwork.model.errors import HandiworkError
parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
hub.add(commands), verify.add(commands)
chosen = parser.parse_args()
try:
    status = chosen.run(chosen)
except HandiworkError as error:
    print(error, file=sys.stderr)
    status = error.exit_code
heavy = {"fastapi", "granian", "httpx", "sqlalchemy", "numpy", "pydantic", "torch"} & set(sys.modules)
if sys.argv[1] == "verify" and heavy:
    sys.exit(f"verifying imported {heavy}")
sys.exit(status)
"""


def handiwork(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", RUN, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def facts(*words: str | Path) -> dict[str, str | int | bool | list[str]]:
    done = handiwork(*words, "--json")
    found: dict[str, str | int | bool | list[str]] = msgspec.json.decode(done.stdout)
    assert found["ok"] == (done.returncode == 0), done.stderr
    return found


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services(tmp_path_factory.mktemp("organisation") / "hub") as running:
        yield running


def test_a_receipt_is_proven_offline_and_a_changed_one_is_not(services: Services, tmp_path: Path) -> None:
    person = Person()
    header, content = give(services, person)
    receipt = services.hub.put_segment(content, content_digest(content))
    file, sealed = tmp_path / "receipt.json", tmp_path / "segment.hws"
    file.write_bytes(canonical_json(receipt))
    sealed.write_bytes(content)
    words = ("verify", "receipt", file, "--identity", services.folder.identity, "--content", sealed)
    done = handiwork(*words)
    assert (done.returncode, done.stdout.startswith("Proven: ")) == (0, True), done.stderr
    assert facts(*words)["segment"] == header.segment_id
    file.write_bytes(canonical_json(msgspec.structs.replace(receipt, size=receipt.size + 1)))
    done = handiwork(*words[:-2])
    assert done.returncode == 2
    assert "not signed by this hub" in done.stderr
    assert facts(*words)["ok"] is False
    assert facts("verify", "segment", sealed)["segment"] == header.segment_id
    sealed.write_bytes(content[:-1])
    assert facts("verify", "segment", sealed)["ok"] is False


def test_a_withdrawal_is_proven_offline(services: Services, tmp_path: Path) -> None:
    person = Person()
    header, _ = give(services, person)
    file = tmp_path / "withdrawal.json"
    file.write_bytes(canonical_json(services.hub.withdraw(person.signed_withdrawal())))
    proven = facts("verify", "withdrawal", file, "--identity", services.folder.identity)
    assert (proven["ok"], proven["segments"]) == (True, [header.segment_id])


def test_a_log_is_checked_from_its_address_its_folder_and_a_copy_and_against_an_earlier_head(
    services: Services, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier"
    earlier.write_text(services.hub.consistency(0)[0])
    give(services, Person())
    for where in (services.hub_url, services.root, services.folder.log):
        found = facts("verify", "log", where, "--identity", services.folder.identity, "--since", earlier)
        assert (found["ok"], found["log"]) == (True, services.identity.origin), found
    listed = handiwork("hub", "log", services.hub_url, "--json").stdout.splitlines()
    assert len(listed) == found["entries"]
    assert {msgspec.json.decode(line)["kind"] for line in listed} >= {"consent", "segment"}
    assert "log entries" in handiwork("hub", "status", services.root).stdout


def test_a_log_with_one_changed_byte_is_not_proven(services: Services, tmp_path: Path) -> None:
    import shutil

    give(services, Person())
    copy = tmp_path / "copy"
    shutil.copytree(services.folder.log, copy)
    for file in [path for path in copy.rglob("*") if path.is_file() and path.name != "lock"]:
        whole = file.read_bytes()
        file.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        assert facts("verify", "log", copy, "--identity", services.folder.identity)["ok"] is False, file
        file.write_bytes(whole)
    assert facts("verify", "log", copy, "--identity", services.folder.identity)["ok"] is True


def test_an_officer_approves_a_job_that_the_key_service_then_serves(services: Services, tmp_path: Path) -> None:
    give(services, Person())
    job = job_for(secrets.token_bytes(32))
    file = tmp_path / "job.json"
    file.write_bytes(canonical_json(job))
    approvals = []
    for name in ("ada", "grace"):
        done = handiwork("hub", "approve", file, "--officer", name, "--key", services.folder.officer(name))
        assert done.returncode == 0, done.stderr
        assert "agent-training" in done.stdout
        approvals.append(from_json((tmp_path / f"job.{name}.approval.json").read_bytes(), Approval))
    released = services.keeper.release(job, approvals)
    assert released
    file.write_text('{"kind": "build-dataset", "participant": "abc"}')
    done = handiwork("hub", "approve", file, "--officer", "ada", "--key", services.folder.officer("ada"))
    assert done.returncode == 2


def test_a_hub_is_made_once_and_only_by_rules_that_it_can_keep(tmp_path: Path) -> None:
    made = tmp_path / "made"
    done = handiwork("hub", "init", made, "--minimum-people", "1")
    assert done.returncode == 0, done.stderr
    assert "For a local trial only!" in done.stdout
    assert "Fewer than 5 is for trials only" in done.stdout
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    for words in (
        ("init", made),
        ("init", tmp_path / "a", "--officer", "ada"),
        ("init", tmp_path / "b", "--officer", "ada", "--officer", "ada"),
        ("init", tmp_path / "c", "--officer", "../x", "--officer", "ada"),
        ("init", tmp_path / "d", "--minimum-people", "0"),
        ("serve", tmp_path / "nothing"),
        ("serve", made, "--keeper", "http://elsewhere.example"),
        ("log", tmp_path),
    ):
        done = handiwork("hub", *words)
        assert done.returncode == 2, words
        assert "What to do:" in done.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert not (tmp_path / "a").exists()


def test_a_second_service_does_not_share_a_port_or_a_folder_with_the_first(services: Services, tmp_path: Path) -> None:
    made = tmp_path / "made"
    assert handiwork("hub", "init", made).returncode == 0
    shared_port = handiwork("hub", "serve", made, "--port", str(services.hub_port))
    assert (shared_port.returncode, "can't be used" in shared_port.stderr) == (2, True)
    shared_folder = handiwork("hub", "serve", services.root, "--port", "0")
    assert (shared_folder.returncode, "Another process" in shared_folder.stderr) == (4, True)
