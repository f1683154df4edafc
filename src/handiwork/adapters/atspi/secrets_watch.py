# SPDX-License-Identifier: Apache-2.0
"""Watches the accessibility bus for password fields that get the keyboard, in any application of any toolkit.

Each time the keyboard moves, the field is asked for its role (the number: role names differ between toolkits). `read`
waits for the answer, but never longer than WAIT_S in all; a field that hasn't said after visits.GRACE_MS counts as a
password field until it does. So does, at the start, every application that can't say which of its fields has the
keyboard, until it tells of a move. No tree is ever walked.

What it can't see: programs that aren't on the bus (terminals asking for a password, most games), those in sandboxes
whose process on the bus is a proxy, and a field that turns into a password field while it has the keyboard.
"""

from collections.abc import Sequence

from jeepney import HeaderFields, Message, MessageType

from handiwork.adapters.atspi.bus import Bus, Call, now_ms
from handiwork.adapters.atspi.visits import Visits
from handiwork.adapters.atspi.wire import ROOT
from handiwork.model.raw import RawSecretFocus

PASSWORD_ROLE = 40
"""ATSPI_ROLE_PASSWORD_TEXT."""

WAIT_S = 0.03
"""The most that one `read` may wait for roles. They usually come within 3 ms."""

_START_S = 0.3


class AtspiSecretsWatch:
    """ports.secrets_watch over AT-SPI 2. Raises MissingPiece if this machine has no accessibility bus."""

    def __init__(self, session_bus_address: str | None = None) -> None:
        self._bus = Bus(session_bus_address)
        self._visits = Visits()
        self._asked: set[tuple[str, str]] = set()
        self._bus.listen()
        for sender in self._bus.others():
            self._visits.begin(sender, ROOT, now_ms())
            self._came(sender)
            self._bus.ask_focused(sender)
        self._settle(_START_S)

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give. Raises Lost once closed."""
        return self._bus.fileno()

    def read(self) -> list[RawSecretFocus]:
        """What changed since the last call. Waits for roles for WAIT_S at most; raises Lost when the bus is gone."""
        self._take(0)
        self._settle(WAIT_S)
        return self._visits.news(now_ms())

    def close(self) -> None:
        """Stops watching. May be called twice."""
        self._bus.close()

    def _settle(self, seconds: float) -> None:
        span = int(seconds * 1000)
        since, until = now_ms() - span, now_ms() + span
        while self._visits.unknown(since) and (left := until - now_ms()) > 0:
            self._take(left / 1000)

    def _take(self, timeout_s: float) -> None:
        for call, message in self._bus.arrived(timeout_s):
            if call is None:
                self._signal(message)
            else:
                self._answer(call, message)

    def _signal(self, message: Message) -> None:
        fields = message.header.fields
        sender, path, member = (str(fields.get(f, "")) for f in _SIGNAL_FIELDS)
        if member == "NameOwnerChanged":
            self._owner_changed([str(part) for part in message.body])
        elif member == "Activate":
            self._bus.wake(sender, path)
        elif member == "StateChanged" and message.body[0] == "focused":
            if not message.body[1]:
                self._visits.end(sender, path, now_ms())
            elif self._visits.begin(sender, path, now_ms()):
                self._bus.ask_role(sender, path)

    def _owner_changed(self, change: Sequence[str]) -> None:
        name, _, new = change
        if not name.startswith(":"):
            return
        if new:
            self._came(name)
        else:
            self._visits.end(name, None, now_ms())
            self._visits.pids.pop(name, None)

    def _came(self, sender: str) -> None:
        self._bus.ask_pid(sender)
        self._bus.wake(sender, ROOT)

    def _answer(self, call: Call, message: Message) -> None:
        sender, path, kind = call
        failed = message.header.message_type == MessageType.error
        if kind == "pid" and not failed:
            self._visits.pids[sender] = int(message.body[0])
        elif kind == "role":
            self._role(sender, path, None if failed else int(message.body[0]))
        elif kind == "focused" and not failed:
            self._visits.judge(sender, ROOT, is_secret=False)
            for owner, focused in message.body[0]:
                if self._visits.begin(owner, focused, now_ms()):
                    self._bus.ask_role(owner, focused)

    def _role(self, sender: str, path: str, role: int | None) -> None:
        """A field that gave no answer is asked once more; then it stays a secret until it loses the keyboard."""
        if role is not None:
            self._asked.discard((sender, path))
            self._visits.judge(sender, path, role == PASSWORD_ROLE)
        elif (sender, path) not in self._asked:
            self._asked.add((sender, path))
            self._bus.ask_role(sender, path)


_SIGNAL_FIELDS = (HeaderFields.sender, HeaderFields.path, HeaderFields.member)
