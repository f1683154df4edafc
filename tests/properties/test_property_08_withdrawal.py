# SPDX-License-Identifier: Apache-2.0
"""Property 8 under attack, end to end: real hub and key service, a device's own journal, a dataset and a trained model.

Two people record, upload and are trained on; one takes it back. Then every disk is searched, and everything that could
still use it is tried.
"""

import json
from pathlib import Path

import pytest
from tests.hub.running import SEALING, VERIFIER, Person, Services
from tests.hub.test_hub_cli import handiwork
from tests.hub.test_with_devices import silent
from tests.lab.test_lab_cli import approved, run_build
from tests.lab.vault import work

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.sealing.cryptography_ import x25519_public
from handiwork.adapters.system.clock import SystemClock
from handiwork.adapters.torch_policy.checkpoint import load_checkpoint
from handiwork.cli.main import main
from handiwork.model.codec import canonical_json
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.ports.journal import CONSENT
from handiwork.recorder.kept.segment_writer import SegmentWriter
from handiwork.uploader.device import Device
from handiwork.uploader.upload import upload
from handiwork.uploader.withdraw import withdraw

WORD = "zanzibar"


def recorded(person: Person, folder: Path, word: str) -> Device:
    """A device on which this person worked, written by the recorder's own writer."""
    folder.mkdir()
    journal = SqliteJournal(folder / "journal.sqlite")
    journal.put_value(CONSENT, canonical_json(person.signed_consent()))
    template, _ = person.header()
    person.keys.clear()
    writer = SegmentWriter(journal, SEALING, x25519_public(person.device_key), template, SystemClock())
    for event in work(f"Type {word} and press Go", text=word):
        writer.add(event)
    writer.close(1)
    return Device(journal, SEALING, VERIFIER, person.device_key)


def holders(root: Path, needles: list[bytes]) -> list[Path]:
    """Every file in which one of the needles stands."""
    return [
        path for path in root.rglob("*") if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_what_is_taken_back_is_gone_from_every_disk_and_nothing_can_use_it_any_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job, data, model = tmp_path / "job.json", tmp_path / "data", tmp_path / "model.ckpt"
    with Services(tmp_path / "hub") as services:
        stays, leaves = Person(), Person()
        device = recorded(leaves, tmp_path / "leaves", WORD)
        staying = recorded(stays, tmp_path / "stays", "hello")
        for each in (device, staying):
            assert len(upload(each, services.hub, services.keeper, services.identity, silent).uploaded) == 1
        (stored,) = device.store.segments()
        segment, content = stored.header.segment_id, device.store.content(stored.header.segment_id)
        # From the middle of the ciphertext, and the key as each of its two holders has it.
        needles = [content[-300:-260], bytes.fromhex(stored.header.wrapped_for_device)[:40]]
        needles.append(stored.header.wrapped_for_device[:80].encode())
        assert main(["lab", "job", "--purpose", "agent-training", "--out", str(job)]) == 0
        assert run_build(services, job, data) == 0
        train = ["lab", "train", "--data", str(data), "--out", str(model), "--purpose", "agent-training"]
        train += ["--epochs", "1", "--held-out", "0", "--json"]
        assert main(train) == 0
        assert segment in load_checkpoint(model)[0].segments
        assert len(holders(tmp_path, needles)) >= 2, "the search finds nothing even before: then it proves nothing"
        assert holders(data, [segment.encode()])

        receipt = withdraw(device, services.hub, leaves.signer, services.identity, "2026-06-01T12:00:00Z")
        file = tmp_path / "withdrawal.json"
        file.write_bytes(canonical_json(receipt))
        assert holders(tmp_path, needles) == []
        with pytest.raises(BadInput):
            services.archive.fetch(segment)

        again = tmp_path / "again"
        capsys.readouterr()
        assert main(["lab", "job", "--purpose", "agent-training", "--out", str(tmp_path / "job2.json")]) == 0
        assert run_build(services, tmp_path / "job2.json", again) == 0
        assert not holders(again, [segment.encode()])
        assert approved(services, job)

        capsys.readouterr()
        sweep = ["lab", "sweep", "--hub", services.hub_url, "--data", str(data), "--checkpoint", str(model), "--json"]
        assert main(sweep) == 0
        assert json.loads(capsys.readouterr().out)["quarantined"] == [str(model)]
        identity = tmp_path / "identity.json"
        identity.write_bytes(services.folder.identity.read_bytes())
    # The hub is down now: a stranger checks offline.
    proven = handiwork("verify", "withdrawal", file, "--identity", identity)
    assert (proven.returncode, segment in file.read_text()) == (0, True), proven.stderr
    file.write_bytes(file.read_bytes().replace(segment.encode(), b"0" * 32))
    assert handiwork("verify", "withdrawal", file, "--identity", identity).returncode != 0
    with pytest.raises(NotAllowed):
        load_checkpoint(model)
    assert main(train) == 0
    assert segment not in load_checkpoint(model)[0].segments
    assert not [path for path in holders(data, [WORD.encode()]) if path.suffix == ".parquet"]
