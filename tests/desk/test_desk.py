# SPDX-License-Identifier: Apache-2.0
"""The person's own page: what it shows, whom it answers, what it does."""

import hashlib
import http.client
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from tests.headers import TEMPLATE
from tests.statuses import status

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner, Verifier, x25519_public
from handiwork.desk.desk import Auditing, Desk, OwnWords, Wish
from handiwork.desk.overview import overview
from handiwork.desk.reading import Reader
from handiwork.desk.server import DeskServer
from handiwork.desk.summary import summary
from handiwork.desk.timeline import timeline
from handiwork.model.codec import canonical_json
from handiwork.model.consent import Consent, SignedConsent
from handiwork.model.errors import BadInput, Damaged, Lost
from handiwork.model.event import Acted, Button, Element, Event, Foreground, Frame, Gap, Note, Observed, Tile, Typed
from handiwork.model.geometry import Box
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.leak import AuditedSegment
from handiwork.ports.control import Status
from handiwork.ports.ended import keep_end
from handiwork.ports.journal import CONSENT
from handiwork.ports.leak_audit import keep_audited
from handiwork.recorder.kept.segment_writer import SegmentWriter

DEVICE_KEY = b"\x31" * 32
PERSON = PrivateSigner(b"\x32" * 32)
NOTICE = "# A notice\n\nThese **words**."
HOSTILE = "<img src=x onerror=document.title='owned'>"
SITE = "https://claims.example.org/"
BOUNDS = Box(0, 0, 256, 128)
FIELD = Element("textbox", "Policy holder", "<email 1>", Box(10, 10, 100, 20), (), -1, ("email",))
STATUS = status(state="paused")


def frame(t: int, shade: int) -> Frame:
    pixels = np.full((128, 256, 3), shade, np.uint8)
    tile = Tile(BOUNDS, hashlib.sha256(pixels.tobytes()).hexdigest()[:16], WebpPictures().encode(pixels))
    return Frame(t=t, region=BOUNDS, tiles=(tile,), masked_share=0.5, why="settled")


def a_story() -> list[Event]:
    seen = Observed(
        url=SITE + "new", title="Claims", bounds=BOUNDS, elements=(FIELD,), focused=0, truncated=False, t=1_020
    )
    again = Observed(
        url=SITE + "new", title="Claims", bounds=BOUNDS, elements=(FIELD,), focused=0, truncated=False, t=5_000
    )
    return [
        Foreground(t=1_000, app="chromium", site=SITE, title="Claims", bounds=BOUNDS),
        Note(t=1_010, kind="goal", text="File a claim"),
        seen,
        frame(1_030, 10),
        Button(t=2_000, x=20, y=20, button=1, pressed=True, synthetic=False),
        Button(t=2_090, x=20, y=20, button=1, pressed=False, synthetic=False),
        Acted(t=2_100, what="click", element=FIELD),
        Typed(t=2_500, t_end=3_500, text=f"<email 1> {HOSTILE}", keystrokes=9, cuts=("email",)),
        frame(4_000, 200),
        again,
        Gap(t=6_000, t_end=18_000, reason="unlisted site"),
    ]


class FixedClock:
    def monotonic_ms(self) -> int:
        return 0

    def unix_ms(self) -> int:
        return 1_795_219_200_000


def record(store: SqliteJournal, events: list[Event]) -> SegmentId:
    template = msgspec.structs.replace(TEMPLATE, policy_name="claims-desk", policy_revision=3)
    writing = SegmentWriter(store, CryptographySealing(), x25519_public(DEVICE_KEY), template, FixedClock())
    for event in events:
        writing.add(event)
    writing.close(0)
    return store.segments()[-1].header.segment_id


@dataclass
class Outside:
    """What lies behind the callables that the desk is given."""

    wishes: list[Wish]
    withdrawn: int = 0
    lost: bool = False
    words: list[str] = field(default_factory=list)
    audit_runs: bool = False

    def audits(self) -> None:
        self.audit_runs = True

    def tell(self, wish: Wish) -> Status:
        self.wishes.append(wish)
        return STATUS

    def withdraw(self) -> None:
        if self.lost:
            raise Lost("The hub could not be reached.", data="It is here.", do="Try later.")
        self.withdrawn += 1


@pytest.fixture
def outside() -> Outside:
    return Outside([])


@pytest.fixture
def desk(tmp_path: Path, outside: Outside) -> Iterator[Desk]:
    store = SqliteJournal(tmp_path / "j")
    consent = Consent(
        consent_id=ConsentId("c" * 32),
        version=1,
        participant=Participant("0" * 16),
        public_key="",
        notice_digest=Digest(hashlib.sha256(NOTICE.encode()).hexdigest()),
        policy_name="claims-desk",
        purposes=("agent-training",),
        accepted_at="2026-11-16T08:02:00Z",
    )
    store.put_value(CONSENT, canonical_json(SignedConsent(consent, "")))
    store.count_skips("2026-11-21T09:00", {("keys", "unlisted site"): 3, ("pointer", "unlisted site"): 4})
    store.count_skips("2026-11-21T09:01", {("keys", "password field"): 9})
    record(store, a_story())
    yield Desk(
        store=store,
        sealing=CryptographySealing(),
        verifier=Verifier(),
        pictures=WebpPictures(),
        device_key=DEVICE_KEY,
        participant="0" * 16,
        notice=NOTICE,
        scope=("desk, revision 1, for agent-training", "gedit (level actions, words interface)"),
        tell=outside.tell,
        withdraw=outside.withdraw,
        words=OwnWords(listed=lambda: tuple(outside.words), add=outside.words.append, forget=outside.words.remove),
        auditing=Auditing(begin=outside.audits, is_running=lambda: outside.audit_runs),
    )
    store.close()


@contextmanager
def serving(desk: Desk) -> Iterator[DeskServer]:
    server = DeskServer(desk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server(desk: Desk) -> Iterator[DeskServer]:
    with serving(desk) as server:
        yield server


def only(desk: Desk) -> SegmentId:
    return desk.store.segments()[0].header.segment_id


# What it shows


def test_a_segment_in_numbers(desk: Desk) -> None:
    told = summary(Reader(desk).open(only(desk)))
    assert (told.surfaces, told.goals, told.steps, told.frames) == ((("chromium", SITE),), ("File a claim",), 2, 2)
    assert told.cuts == {"email": 2}
    assert told.begun == 1_795_219_201_000


def test_a_segment_as_a_story(desk: Desk) -> None:
    lines = timeline(Reader(desk).open(only(desk)))
    told = [(line.kind, line.verb, line.words) for line in lines]
    assert ("goal", "Your goal", "File a claim") in told
    assert ("click", "Clicked", "Policy holder") in told
    assert ("type", "Typed", f"<email 1> {HOSTILE}") in told
    assert ("gap", "Nothing kept for 12 s", "") in told
    assert [line.kind for line in lines].count("page") == 1
    assert [line.t for line in lines] == sorted(line.t for line in lines)
    assert [line.frame for line in lines if line.frame >= 0] == [0, 1]


def test_pictures_are_rebuilt_small_and_only_those_that_exist(desk: Desk) -> None:
    reader, pictures = Reader(desk), WebpPictures()
    first = pictures.decode(reader.picture(only(desk), 0, 128))
    second = pictures.decode(reader.picture(only(desk), 1, 128))
    assert first.shape == (64, 128, 3)
    assert (int(first.mean()), int(second.mean())) == (10, 200)
    with pytest.raises(BadInput):
        reader.picture(only(desk), 2, 128)


def test_what_was_skipped_is_told_by_reason_and_stream_most_first(desk: Desk) -> None:
    first, second = overview(desk).skips
    assert (first.reason, first.total, second.reason) == ("password field", 9, "unlisted site")
    assert second.streams == {"pointer": 4, "keys": 3}


def test_the_policy_in_force_is_shown_rule_by_rule(desk: Desk) -> None:
    assert overview(desk).scope[1:] == ("gedit (level actions, words interface)",)


def test_a_notice_that_changed_since_it_was_accepted_is_told(desk: Desk) -> None:
    assert overview(desk).notice_is_agreed
    assert not overview(replace(desk, notice=NOTICE + " And more.")).notice_is_agreed


def test_a_receipt_that_can_not_be_checked_does_not_hold(desk: Desk) -> None:
    proof = {"leaf": "{}", "index": 0, "checkpoint": "", "path": []}
    receipt: dict[str, Any] = {"segment_id": only(desk), "content": "0" * 64, "size": 1, "salt": "", "signature": ""}
    desk.store.keep_receipt(only(desk), Digest("0" * 64), json.dumps({**receipt, "proof": proof}).encode())
    (told,) = overview(desk).receipts
    assert not told.holds
    assert told.why


def test_another_devices_key_opens_nothing(desk: Desk) -> None:
    with pytest.raises(Damaged):
        Reader(replace(desk, device_key=b"\x99" * 32)).open(only(desk))


def test_no_key_is_in_the_desks_repr(desk: Desk) -> None:
    assert DEVICE_KEY.hex() not in repr(desk)
    assert repr(DEVICE_KEY) not in repr(desk)


# Whom it answers


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: DeskServer, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    sent = {"Host": f"127.0.0.1:{server.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body=body.encode() if method == "POST" else None, headers=sent)
    answer = connection.getresponse()
    found = Answer(answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return found


def ours(server: DeskServer) -> dict[str, str]:
    return {"Cookie": f"{server.cookie}={server.token}"}


def change(server: DeskServer, path: str, body: str = "", **headers: str) -> Answer:
    origin = f"http://127.0.0.1:{server.port}"
    return ask(server, path, "POST", body, **{"Origin": origin, "X_Handiwork": "desk", **ours(server), **headers})


PATHS = [
    "/", "/style.css", "/desk.js", "/masked.js", "/skips.js", "/receipts.js", "/api/overview", "/api/own-words",
    "/api/segments/x/timeline", "/api/segments/x/masked", "/api/segments/x/frames/0/small",
]  # fmt: skip


@pytest.mark.parametrize("path", [*PATHS, "/?token=", "/?token=guess", "/api/overview?token=guess"])
def test_without_the_token_nothing_is_shown(server: DeskServer, path: str) -> None:
    for cookies in ({}, {"Cookie": f"{server.cookie}=guess"}, {"Cookie": "\x01;;="}):
        answer = ask(server, path, **cookies)
        assert answer.status == 403
        assert b"Claims" not in answer.body


def test_the_printed_address_lets_in_once_and_then_leaves_the_address_bar(server: DeskServer) -> None:
    answer = ask(server, server.url.partition(str(server.port))[2])
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert ask(server, "/", Cookie=cookie.partition(";")[0]).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_name_that_was_made_to_point_here_is_refused(server: DeskServer, host: str) -> None:
    for method in ("GET", "POST"):
        answer = ask(server, "/api/overview", method, **ours(server), Host=host.format(port=server.port))
        assert answer.status == 403


def test_it_listens_to_this_machine_only(server: DeskServer) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_another_sites_page_can_change_nothing(server: DeskServer, desk: Desk, outside: Outside) -> None:
    for wrong in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"X_Handiwork": ""}, {"Cookie": ""}):
        for path in ("/api/delete-all", "/api/withdraw", f"/api/segments/{only(desk)}/delete", "/api/recorder/pause"):
            assert change(server, path, **wrong).status == 403
    assert [stored.state for stored in desk.store.segments()] == ["closed"]
    assert (outside.withdrawn, outside.wishes) == (0, [])


def test_nothing_is_changed_by_looking(server: DeskServer, desk: Desk) -> None:
    for path in ("/api/delete-all", "/api/withdraw", f"/api/segments/{only(desk)}/delete"):
        assert ask(server, path, **ours(server)).status == 404
    assert desk.store.segments()[0].state == "closed"


@pytest.mark.parametrize("path", PATHS[:4])
def test_every_answer_is_locked_down(server: DeskServer, path: str) -> None:
    headers = ask(server, path, **ours(server)).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/../desk.py", "/page/index.html", "/api", "/api/segments/%2e%2e/summary/x", "/x"])
def test_other_addresses_hold_nothing(server: DeskServer, path: str) -> None:
    assert ask(server, path, **ours(server)).status == 404


def test_the_page_names_no_other_address() -> None:
    for name in ("index.html", "style.css", "desk.js", "masked.js", "parts.js", "receipts.js", "skips.js"):
        text = resources.files("handiwork.desk").joinpath("page", name).read_text("utf-8")
        text = text.replace("http://www.w3.org/2000/svg", "")  # a name that is never fetched
        assert "://" not in text.replace("https?:\\/\\/", "")
        assert "innerHTML" not in text


# What it does


def test_everything_is_read_over_http(server: DeskServer, desk: Desk) -> None:
    base = f"/api/segments/{only(desk)}"
    assert json.loads(ask(server, "/api/overview", **ours(server)).body)["segments"][0]["id"] == only(desk)
    assert json.loads(ask(server, f"{base}/summary", **ours(server)).body)["steps"] == 2
    assert len(json.loads(ask(server, f"{base}/timeline", **ours(server)).body)) == 6
    assert ask(server, f"{base}/frames/0/small", **ours(server)).body[8:12] == b"WEBP"


def test_a_deleted_segment_can_not_be_read_any_more_not_even_from_memory(server: DeskServer, desk: Desk) -> None:
    segment = only(desk)
    assert ask(server, f"/api/segments/{segment}/timeline", **ours(server)).status == 200
    assert json.loads(change(server, f"/api/segments/{segment}/delete").body) == {"deleted": 1}
    assert desk.store.segments()[0].state == "deleted"
    answer = ask(server, f"/api/segments/{segment}/timeline", **ours(server))
    assert answer.status == 409
    assert "deleted" in json.loads(answer.body)["what"]
    assert json.loads(change(server, f"/api/segments/{segment}/delete").body) == {"deleted": 0}


def test_a_segment_deleted_by_another_program_can_not_be_read_from_memory_either(
    server: DeskServer, desk: Desk
) -> None:
    path = f"/api/segments/{only(desk)}/timeline"
    assert ask(server, path, **ours(server)).status == 200
    desk.store.delete(only(desk))
    assert ask(server, path, **ours(server)).status == 409


def test_all_can_be_deleted_at_once(server: DeskServer, desk: Desk) -> None:
    record(desk.store, a_story())  # type: ignore[arg-type]
    assert json.loads(change(server, "/api/delete-all").body) == {"deleted": 2}


def test_pausing_and_withdrawing_go_out_by_the_callables_alone(server: DeskServer, outside: Outside) -> None:
    assert json.loads(change(server, "/api/recorder/pause").body)["state"] == "paused"
    change(server, "/api/recorder/resume")
    assert outside.wishes == ["pause", "resume"]
    assert change(server, "/api/withdraw").status == 200
    assert outside.withdrawn == 1
    outside.lost = True
    answer = change(server, "/api/withdraw")
    assert (answer.status, json.loads(answer.body)["do"]) == (409, "Try later.")


@pytest.mark.browser
def test_own_words_are_added_and_forgotten_and_stand_in_no_address(server: DeskServer, outside: Outside) -> None:
    assert json.loads(change(server, "/api/own-words/add", "Project Heron & Söhne").body) == ["Project Heron & Söhne"]
    assert json.loads(ask(server, "/api/own-words", **ours(server)).body) == outside.words
    assert json.loads(ask(server, "/api/overview", **ours(server)).body)["own_words"] == 1
    assert b"Heron" not in ask(server, "/api/overview", **ours(server)).body
    change(server, "/api/own-words/forget", "Project Heron & Söhne")
    assert outside.words == []


def test_the_desk_opens_even_where_the_list_of_own_words_can_t_be_read(desk: Desk) -> None:
    def torn() -> tuple[str, ...]:
        raise Damaged("It can't be read.", data="It is here.", do="Begin anew.")

    assert overview(replace(desk, words=replace(desk.words, listed=torn))).own_words == -1


def test_another_site_can_add_no_word_and_a_huge_one_is_refused(server: DeskServer, outside: Outside) -> None:
    assert change(server, "/api/own-words/add", "Heron", Origin="https://evil.example").status == 403
    assert change(server, "/api/own-words/add", "x" * 5_000).status == 409
    assert outside.words == []


def test_an_audit_is_begun_on_the_page_and_its_last_result_is_shown_there(
    server: DeskServer, desk: Desk, outside: Outside
) -> None:
    assert json.loads(change(server, "/api/audit").body) == {"begun": True}
    record = AuditedSegment(
        segment=only(desk), at="2026-11-26T09:00:00Z", auditor="0", redactor="0", lists="", texts=3, pictures=0,
        reader="", names="", found={"text": {"email": 2}},
    )  # fmt: skip
    keep_audited(desk.store, [record])
    told = json.loads(ask(server, "/api/overview", **ours(server)).body)["audit"]
    row = {"segment": only(desk), "stream": "text", "kind": "email", "count": 2}
    assert (told["rows"], told["running"], told["read"], told["outdated"]) == ([row], True, 1, 1)
    assert (told["pictures"], told["names"], told["older"]) == (False, False, 1)


def page_in_a_browser(address: str, profile: Path) -> str:
    """What a real browser made of it."""
    done = subprocess.run(
        [
            "chromium",
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--virtual-time-budget=8000",
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_a_recording_that_ended_by_itself_is_told_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    keep_end(desk.store, 1_795_219_200_000, Lost("The bus is gone.", data="It is whole.", do="log in again."))
    with serving(replace(desk, tell=lambda _: None)) as server:
        page = page_in_a_browser(server.url, tmp_path / "profile")
    assert "Recording has ended by itself" in page
    assert "The bus is gone. Your data: It is whole. What to do: log in again." in page


def test_in_a_real_browser_the_page_comes_to_life_and_recorded_words_stay_words(
    server: DeskServer, desk: Desk, tmp_path: Path
) -> None:
    page = page_in_a_browser(f"{server.url}#segment-{only(desk)}", tmp_path / "profile")
    assert "File a claim" in page
    assert "Nothing kept for 12 s" in page
    assert "email 1 · cut" in page
    assert "&lt;img src=x" in page
    assert "An e-mail address." in page
    assert "of the area of 2 pictures is filled in" in page
    assert 'aria-label="1 cut in typed"' in page
    assert "Not read again yet" in page
    assert "<title>Handiwork – your desk</title>" in page
