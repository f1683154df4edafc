# SPDX-License-Identifier: Apache-2.0
"""Which process each name on the bus belongs to: asked of the bus, not of them, and kept up by its news of them."""

from collections.abc import Callable

from handiwork.adapters.atspi import wire
from handiwork.adapters.atspi.answers import Question, strings_of
from handiwork.adapters.atspi.conversation import Conversation
from handiwork.adapters.atspi.wire import Message

_OWNERS = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"


class Processes:
    """Who is on the bus of one conversation. Its first question of all: without a greeting a bus answers nothing."""

    def __init__(
        self, bus: Conversation, came: Callable[[], None] = lambda: None, left: Callable[[int], None] = lambda _: None
    ) -> None:
        """`came` is called whenever more is known, `left` with the process of each name that went away."""
        self._bus = bus
        self._came, self._left = came, left
        self._pids: dict[str, int] = {}
        bus.ask_bus(_everyone(), self._introduced)

    def names_of(self, pid: int) -> tuple[str, ...]:
        """The names that a process has on the bus; none for the unknown process 0."""
        return tuple(name for name, owner in self._pids.items() if pid and owner == pid)

    def signal(self, message: Message) -> None:
        """Takes in that a name came or went; any other signal is none of its business."""
        told = strings_of(message) if message.member == "NameOwnerChanged" else []
        if len(told) != 3 or not told[0].startswith(":"):
            return
        name, _, new = told
        if new:
            self._bus.ask_bus(_pid_of(name), self._introduced)
        elif (pid := self._pids.pop(name, None)) is not None:
            self._left(pid)

    def _introduced(self, pids: dict[str, int]) -> None:
        self._pids.update(pids)
        self._came()


def _everyone() -> Question[dict[str, int]]:
    """Who is on the bus, by process. From then on the bus tells of who comes and goes."""
    answers = yield [wire.bus_call("Hello"), wire.bus_call("AddMatch", _OWNERS), wire.bus_call("ListNames")]
    own = answers[0].string()
    names = [name for name in answers[2].strings() if name.startswith(":") and name != own]
    pids = yield [wire.bus_call("GetConnectionUnixProcessID", name) for name in names]
    return {name: pid for name, answer in zip(names, pids, strict=True) if (pid := answer.number()) is not None}


def _pid_of(name: str) -> Question[dict[str, int]]:
    """Whose a name is; nothing if it is gone."""
    (answer,) = yield [wire.bus_call("GetConnectionUnixProcessID", name)]
    pid = answer.number()
    return {} if pid is None else {name: pid}
