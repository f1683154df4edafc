# SPDX-License-Identifier: Apache-2.0
"""Property 2 under attack: secrets in pieces, in addresses, titles and notes; codecs; detectors that fail."""

import copy
import json
import marshal
import pickle
import traceback
from collections.abc import Callable

import msgspec
import pytest
from tests.properties.harness import Life, element, page

from handiwork.model import raw as raws
from handiwork.model.codec import encode_events
from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.raw import Raw, RawKey, RawPage
from handiwork.model.raw_beside import RawList, RawVouched
from handiwork.ports.control import Command
from handiwork.rules.redaction import clearing
from handiwork.rules.redaction.span import Span

BOX = Box(0, 0, 1, 1)
MARK = "quagga-in-the-raw"
SECRETS = {
    "card": "4111111111111111",
    "email": "zoe.quandt@fennimore-mills.org",
    "token": "ghp_R8kd02nfLw83jfPqZx71mVt5sYc4uBe6HaGi",
}


def one_of_each() -> list[Raw]:
    """One raw event of every class, with a mark wherever it has content."""
    window = raws.RawWindow(1, 1, MARK, MARK, 1, BOX, False)
    field = raws.RawElement(1, "textbox", MARK, MARK, BOX, frozenset(), -1, MARK, (MARK,))
    return [
        raws.RawMove(1, 1, 1, False),
        raws.RawButton(1, 1, 1, 1, True, False),
        raws.RawWheel(1, 1, 1, 0, 1, False),
        RawKey(1, "a", MARK, True, False, frozenset(), False),
        window,
        raws.RawDesktop(1, (window,), 1, False),
        field,
        RawPage(1, MARK, MARK, BOX, BOX, (field,), 0, False, ""),
        raws.RawActed(1, "click", field),
        raws.RawTab(1, 0, MARK, True, BOX),
        raws.RawBrowserWindow(1, 1, MARK, False, MARK, MARK, BOX),
        raws.RawSecretFocus(1, True, 1),
        raws.RawFrame(1, BOX, MARK.encode()),
        raws.RawNote(1, "goal", MARK),
        raws.RawOpened(1, "menu", BOX, field),
        raws.RawComposed(1, MARK, field),
        raws.RawClipboard(1, MARK),
        raws.RawPageKey(1),
        raws.RawLost(1, 2, 3, 4),
        raws.RawFocusMoved(1),
        raws.RawSurroundings(1, (BOX,), 1.0, 400, 5, MARK),
        RawList(1, True, 1, True, BOX),
        RawVouched(1, 1),
    ]


CODECS: dict[str, Callable[[Raw], object]] = {
    "msgspec json": msgspec.json.encode,
    "msgspec msgpack": msgspec.msgpack.encode,
    "msgspec builtins": msgspec.to_builtins,
    "json": json.dumps,
    "pickle": pickle.dumps,
    "pickle 0": lambda raw: pickle.dumps(raw, 0),
    "marshal": lambda raw: marshal.dumps(raw),  # type: ignore[arg-type]
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "dict": lambda raw: dict(raw),
    "list": list,
    "vars": vars,
    "bytes": bytes,
    "events": lambda raw: encode_events([raw]),  # type: ignore[list-item]
}


def test_no_class_of_raw_events_is_forgotten_here() -> None:
    assert {type(raw) for raw in one_of_each()} == set(Raw.__subclasses__())


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("raw", one_of_each(), ids=lambda raw: type(raw).__name__)
def test_no_codec_takes_a_raw_event_and_its_refusal_shows_nothing(raw: Raw, codec: str) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        CODECS[codec](raw)
    assert MARK not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("raw", one_of_each(), ids=lambda raw: type(raw).__name__)
def test_no_way_of_printing_a_raw_event_shows_its_content(raw: Raw) -> None:
    assert MARK not in f"{raw} {raw!r} {raw!s} {[raw]}"
    assert not hasattr(raw, "__dict__")


def write(life: Life, text: str, every: int) -> None:
    """The person types; a page tells of what its field holds after each letter."""
    for end, char in enumerate(text, 1):
        now = life.clock.now
        life.input.put(RawKey(now, char, char, True, False, frozenset(), False))
        if life.truth.front == "browser":
            life.browser.change(holding(now, text[:end], focused=0))
        life.pass_time(every)


def holding(time_ms: int, value: str, focused: int) -> RawPage:
    """The harness's page, with something in its field."""
    shown = page(time_ms, "heron")
    heading, field = shown.elements
    filled = raws.RawElement(
        time_ms, field.role, field.name, value, field.bounds, frozenset({"editable"}), -1, "", ("text",)
    )
    return RawPage(
        time_ms, shown.url, "heron", shown.bounds, shown.window_bounds, (filled, heading), focused, False, ""
    )


@pytest.mark.parametrize("front", ["notes", "browser"])
@pytest.mark.parametrize("every", [60, 180])
@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_typed_slowly_while_the_page_tells_of_every_letter_is_kept_in_no_part(
    kind: str, every: int, front: str
) -> None:
    life = Life()
    life.become(front=front)
    life.pass_time(500)
    write(life, SECRETS[kind], every)
    life.browser.change(holding(life.clock.now, SECRETS[kind], focused=1))
    events = life.finish()
    kept = encode_events(events).decode("utf-8", "replace")
    parts = {SECRETS[kind][at : at + 6] for at in range(len(SECRETS[kind]) - 5)}
    assert events
    assert [part for part in parts if part in kept] == []


@pytest.mark.parametrize("kind", SECRETS)
def test_a_secret_in_address_title_name_and_note_is_kept_in_none_of_them(kind: str) -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(500)
    secret, now = SECRETS[kind], life.clock.now
    address = f"https://work.example/desk/{secret}?key={secret}&heron=1#{secret}"
    told = page(now, "heron", address)
    life.browser.change(
        RawPage(
            now, told.url, f"heron {secret}", told.bounds, told.window_bounds, (element(now, secret),), -1, False, ""
        )
    )
    life.voice.say(Command(do="note", text=f"Send heron to {secret}"))
    life.work()
    life.pass_time(500)
    events = life.finish()
    kept = encode_events(events).decode("utf-8", "replace")
    assert "heron" in kept
    assert any(isinstance(event, Observed) for event in events)
    assert secret not in kept


def test_a_detector_that_fails_lets_nothing_through_and_its_failure_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str) -> list[Span]:
        raise RuntimeError(f"I choked on {text}")

    for together in ("_BUILT_IN", "_PERSONAL_TOO"):
        monkeypatch.setattr(clearing, together, broken)
    life = Life()
    life.pass_time(400)
    write(life, "albatross", 60)
    life.voice.say(Command(do="note", text="albatross"))
    events = life.finish()
    assert events
    assert "albatross" not in encode_events(events).decode("utf-8", "replace")
    told = capfd.readouterr()
    assert "albatross" not in told.out + told.err + caplog.text
    assert "albatross" not in str(life.store.skips())
