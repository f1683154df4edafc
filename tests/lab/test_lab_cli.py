# SPDX-License-Identifier: Apache-2.0
"""The lab's commands as an engineer types them, against a real hub and key service."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.running import SEALING, Person, Services, deposit
from tests.lab.showcase import pictures, showcase
from tests.lab.vault import work

from handiwork.adapters.torch_policy.checkpoint import load_checkpoint
from handiwork.cli.main import main, parser
from handiwork.lab.report_page.parts import COMMANDS
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import Job
from handiwork.model.segment import Closing
from handiwork.ports.sealed import content_digest, encode_header, join, seal_closing, seal_events


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with Services(tmp_path_factory.mktemp("hub")) as running:
        yield running


def give_work(services: Services, person: Person, goal: str) -> None:
    """What a device does for a segment of real work."""
    services.hub.register_consent(person.signed_consent())
    header, key = person.header()
    events, text = work(goal, text=goal.split()[1]), encode_header(header)
    chunk = seal_events(SEALING, key, text, 0, events)
    closing = Closing(
        chunks=1, events=len(events), first_t=events[0].t, last_t=events[-1].t, wall_offset_ms=0, recovered=False
    )
    deposit(services, person, header)
    content = join(text, [chunk, seal_closing(SEALING, key, text, closing)])
    services.hub.put_segment(content, content_digest(content))


def approved(services: Services, job: Path) -> list[str]:
    """Two officers' approvals, as arguments."""
    arguments: list[str] = []
    for approval in services.approvals(from_json(job.read_bytes(), Job), "ada", "grace"):
        path = job.with_name(f"{approval.officer}.json")
        path.write_bytes(canonical_json(approval))
        arguments += ["--approval", str(path)]
    return arguments


def run_build(services: Services, job: Path, out: Path) -> int:
    token = services.folder.secret("lab.token")
    return main(
        ["lab", "build", "--job", str(job), *approved(services, job), "--hub", services.hub_url,
         "--keeper", services.keeper_url, "--token", str(token), "--out", str(out), "--json"]
    )  # fmt: skip


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_from_a_job_to_a_model_and_back_when_a_person_withdraws(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stays, leaves = Person(), Person()
    for person, word in ((stays, "hello"), (leaves, "zanzibar")):
        give_work(services, person, f"Type {word} and press Go")
    job, data, model = tmp_path / "job.json", tmp_path / "data", tmp_path / "model.ckpt"
    assert main(["lab", "job", "--purpose", "agent-training", "--out", str(job)]) == 0
    assert (tmp_path / "job.key").stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    assert run_build(services, job, data) == 0
    built = told(capsys)
    assert (built["people"], built["segments"], built["episodes"], built["refused"]) == (2, 2, 2, {})

    train = ["lab", "train", "--data", str(data), "--out", str(model), "--epochs", "2", "--held-out", "0", "--json"]
    assert main([*train, "--purpose", "agent-training"]) == 0
    assert told(capsys)["samples"]
    assert main([*train, "--purpose", "interface-research"]) == 5
    assert main([*train, "--purpose", "performance-review"]) == 5

    services.hub.withdraw(leaves.signed_withdrawal())
    capsys.readouterr()
    sweep = ["lab", "sweep", "--hub", services.hub_url, "--data", str(data), "--checkpoint", str(model), "--json"]
    assert main(sweep) == 0
    swept = told(capsys)
    assert (swept["quarantined"], swept["withdrawn"]) == ([str(model)], 1)
    with pytest.raises(NotAllowed):
        load_checkpoint(model)
    assert main([*train, "--purpose", "agent-training"]) == 0
    assert load_checkpoint(model)[0].segments == tuple(stays.keys)
    capsys.readouterr()
    assert main(sweep) == 0
    assert told(capsys)["quarantined"] == []


def test_a_purpose_that_no_segment_covers_builds_nothing(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_work(services, Person(), "Type hello and press Go")
    job = tmp_path / "job.json"
    main(["lab", "job", "--purpose", "accessibility-research", "--out", str(job)])
    assert run_build(services, job, tmp_path / "data") == 5
    assert not (tmp_path / "data").exists() or not any((tmp_path / "data").rglob("*.parquet"))
    assert "Your data:" in capsys.readouterr().err


def test_a_job_for_judging_people_can_not_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "job", "--purpose", "performance-review", "--out", str(tmp_path / "job.json")]) == 5
    assert list(tmp_path.iterdir()) == []
    assert "can't be asked for" in capsys.readouterr().err


def test_a_job_is_never_overwritten(tmp_path: Path) -> None:
    again = ["lab", "job", "--purpose", "agent-training", "--out", str(tmp_path / "job.json")]
    assert main(again) == 0
    before = (tmp_path / "job.key").read_bytes()
    assert main(again) == 2
    assert (tmp_path / "job.key").read_bytes() == before


def test_the_report_command_prints_the_page(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_bytes(canonical_json(showcase()))
    shots = pictures()
    (tmp_path / "example.webp").write_bytes(shots.example)
    for number, image in enumerate(shots.film, 1):
        (tmp_path / f"film-{number:02}.webp").write_bytes(image)
    assert main(["lab", "report", str(tmp_path / "summary.json"), "--out", str(tmp_path / "page.html")]) == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("data:image/webp;base64,") == 5
    (tmp_path / "example.webp").write_bytes(b"<script>")
    assert main(["lab", "report", str(tmp_path / "summary.json"), "--out", str(tmp_path / "page.html")]) == 2
    assert (tmp_path / "page.html").read_text("utf-8") == page


@pytest.mark.parametrize("command", [command for command in COMMANDS.values() if command])
def test_every_command_that_the_page_prints_is_one(command: str) -> None:
    program, *arguments = command.split()
    assert program == "handiwork"
    assert parser().parse_args(arguments).run
