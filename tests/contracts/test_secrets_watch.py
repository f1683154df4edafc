# SPDX-License-Identifier: Apache-2.0
"""The SecretsWatch contract, against the accessibility bus (with an application made up on it) and the fake."""

import os
import queue
import select
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

from handiwork.adapters.atspi import AtspiSecretsWatch
from handiwork.adapters.session import VirtualSession
from handiwork.model.errors import Lost
from handiwork.model.raw import RawSecretFocus
from handiwork.ports.fakes.secrets_watch import ScriptedSecretsWatch
from handiwork.ports.secrets_watch import SecretsWatch

PID = os.getpid()
PLAIN, SECRET = 1, 2


class Stage(Protocol):
    """What a test can make happen around a watch."""

    watch: SecretsWatch

    def focus(self, field: int) -> None: ...
    def hang_up(self) -> None: ...


class Scripted:
    """The fake's stage."""

    def __init__(self) -> None:
        self.fake = ScriptedSecretsWatch()
        self.watch: SecretsWatch = self.fake
        self._held = PLAIN

    def focus(self, field: int) -> None:
        if field != self._held:
            self.fake.put(RawSecretFocus(time.monotonic_ns() // 1_000_000, field == SECRET, PID))
        self._held = field

    def hang_up(self) -> None:
        self.fake.hang_up()


class Application(threading.Thread):
    """A program on the accessibility bus: says what has the keyboard, and answers what kind of field that is."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._bus = open_dbus_connection(address)
        self.moves: queue.Queue[int] = queue.Queue()

    def run(self) -> None:
        """Until the bus goes away."""
        with suppress(OSError):
            while True:
                while not self.moves.empty():
                    self._bus.send(_focused(self.moves.get()))
                with suppress(TimeoutError):
                    self._answer(self._bus.receive(timeout=0.01))
        self._bus.close()

    def _answer(self, question: Message) -> None:
        if question.header.message_type == MessageType.method_call:
            path = question.header.fields[HeaderFields.path]
            self._bus.send(new_method_return(question, "u", (40 if path.endswith(str(SECRET)) else 61,)))


def _focused(field: int) -> Message:
    emitter = DBusAddress(f"/org/a11y/atspi/accessible/{field}", interface="org.a11y.atspi.Event.Object")
    return new_signal(emitter, "StateChanged", "siiva{sv}", ("focused", 1, 0, ("i", 0), {}))


class OnTheBus:
    """The real watch's stage: a private session with one application."""

    def __init__(self) -> None:
        self._session = VirtualSession(window_manager=False)
        self._session.__enter__()
        session_bus = self._session.env["DBUS_SESSION_BUS_ADDRESS"]
        self.watch: SecretsWatch = AtspiSecretsWatch(session_bus)
        desk = open_dbus_connection(session_bus)
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        self._application = Application(
            desk.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=5).body[0]
        )
        desk.close()
        self._application.start()
        told(self.watch, 0.3)

    def focus(self, field: int) -> None:
        self._application.moves.put(field)

    def hang_up(self) -> None:
        self._session.close()


def told(watch: SecretsWatch, seconds: float) -> list[RawSecretFocus]:
    """All that the watch tells until that long after its last word."""
    news: list[RawSecretFocus] = []
    while select.select([watch.fileno()], [], [], seconds)[0]:
        news += watch.read()
    return news


@pytest.fixture(params=["atspi", "fake"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made: Stage = OnTheBus() if request.param == "atspi" else Scripted()
    yield made
    made.watch.close()
    if request.param == "atspi":
        made.hang_up()


def test_without_news_it_gives_nothing_at_once(stage: Stage) -> None:
    assert stage.watch.read() == []


def test_a_password_field_is_told_with_its_process_and_times_in_order(stage: Stage) -> None:
    start = time.monotonic_ns() // 1_000_000
    stage.focus(SECRET)
    gained = told(stage.watch, 0.4)
    stage.focus(PLAIN)
    lost = told(stage.watch, 0.4)
    assert [(focus.focused, focus.pid) for focus in gained + lost] == [(True, PID), (False, PID)]
    assert start - 100 <= gained[0].time_ms <= lost[0].time_ms <= time.monotonic_ns() // 1_000_000


def test_a_plain_field_ends_as_not_secret(stage: Stage) -> None:
    stage.focus(PLAIN)
    news = told(stage.watch, 0.4)
    assert not news or not news[-1].focused


def test_a_bus_that_goes_away_is_lost(stage: Stage) -> None:
    stage.hang_up()
    with pytest.raises(Lost):
        told(stage.watch, 5)


def test_it_may_be_closed_twice(stage: Stage) -> None:
    stage.watch.close()
    stage.watch.close()
