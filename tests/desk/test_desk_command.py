# SPDX-License-Identifier: Apache-2.0
"""`handiwork desk` from a terminal."""

import argparse
import json
import threading
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from handiwork.adapters.sealing.cryptography_ import x25519_public
from handiwork.cli import desk
from handiwork.cli.consent import accept, put_policy_in_force
from handiwork.cli.device import open_device
from handiwork.cli.paths import home
from handiwork.model.codec import digest_of
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.event import Note
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.segment import Header
from handiwork.ports.journal import HUB_IDENTITY, consent_in_force
from handiwork.recorder.kept.segment_writer import SegmentWriter

POLICY = """
name = "claims-desk"
revision = 1
purposes = ["agent-training"]
[[allow]]
app = "libreoffice-calc"
"""


class FixedClock:
    def monotonic_ms(self) -> int:
        return 0

    def unix_ms(self) -> int:
        return 1_795_219_200_000


@pytest.fixture(autouse=True)
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDIWORK_HOME", str(tmp_path / "home"))
    with open_device(home()) as device:
        policy = put_policy_in_force(device.store, POLICY)
        consent = accept(policy, device.person, device.store, "2026-11-21T10:00:00Z")
        template = Header(
            segment_id=SegmentId(""),
            participant=consent.participant,
            consent_id=consent.consent_id,
            consent_version=1,
            notice_digest=consent.notice_digest,
            policy_digest=Digest(digest_of(policy)),
            policy_name=policy.name,
            policy_revision=1,
            purposes=policy.purposes,
            recorder_version="0",
            redactor_version="0",
            epoch="",
            wrapped_for_device="",
        )
        public = x25519_public(device.device_key)
        writing = SegmentWriter(device.store, device.sealing, public, template, FixedClock())
        for text in ("Tidy the sheet\x1b[2J", "Send it"):
            writing.add(Note(t=1, kind="goal", text=text))
            writing.close(1)


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    desk.add(parser.add_subparsers())
    chosen = parser.parse_args(["desk", *arguments])
    return int(chosen.run(chosen))


def states() -> list[str]:
    with open_device(home()) as device:
        return [stored.state for stored in device.store.segments()]


def test_list_and_show_tell_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    run("list", "--json")
    newest, oldest = json.loads(capsys.readouterr().out)
    assert newest["state"] == "closed"
    run("show", oldest["id"][:10])
    shown = capsys.readouterr().out
    assert "Your goal Tidy the sheet" in shown
    assert "\x1b" not in shown
    run("show", newest["id"], "--json")
    assert json.loads(capsys.readouterr().out)[0]["words"] == "Send it"
    run("list")
    assert oldest["id"] in capsys.readouterr().out


def test_delete_takes_one_or_all_and_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    run("list", "--json")
    _, oldest = json.loads(capsys.readouterr().out)
    run("delete", oldest["id"][:12])
    assert states() == ["deleted", "closed"]
    with pytest.raises(BadInput):
        run("delete", "zz")
    run("delete", "--all")
    assert states() == ["deleted", "deleted"]


def test_withdraw_without_a_hub_is_for_devices_that_never_uploaded() -> None:
    with open_device(home()) as device:
        device.store.put_value(HUB_IDENTITY, b'{"origin":"o","log_key":"00","receipt_key":"00","keeper_key":"00"}')
    with pytest.raises(NotAllowed):
        run("withdraw")
    assert states() == ["closed", "closed"]


def test_withdraw_deletes_everything_here_and_ends_the_consent(capsys: pytest.CaptureFixture[str]) -> None:
    run("withdraw")
    assert states() == ["deleted", "deleted"]
    with open_device(home()) as device:
        assert consent_in_force(device.store) is None


def test_the_served_page_is_the_persons_own() -> None:
    with desk.desk_server(home()) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        assert b"your desk" in opener.open(server.url, timeout=10).read()
        told = json.loads(opener.open(f"http://127.0.0.1:{server.port}/api/overview", timeout=10).read())
        server.shutdown()
    assert (len(told["segments"]), told["status"], told["consent"]["policy_name"]) == (2, None, "claims-desk")
