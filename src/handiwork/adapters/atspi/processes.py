# SPDX-License-Identifier: Apache-2.0
"""Which process each name on the bus belongs to: asked of the bus, not of them."""

from handiwork.adapters.atspi import wire
from handiwork.adapters.atspi.elements import Question

_OWNERS = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"


def everyone() -> Question[dict[str, int]]:
    """Who is on the bus, by process. From then on the bus tells of who comes and goes. The first question of all."""
    answers = yield [wire.bus_call("Hello"), wire.bus_call("AddMatch", _OWNERS), wire.bus_call("ListNames")]
    own = answers[0].string()
    names = [name for name in answers[2].strings() if name.startswith(":") and name != own]
    pids = yield [wire.bus_call("GetConnectionUnixProcessID", name) for name in names]
    return {name: pid for name, answer in zip(names, pids, strict=True) if (pid := answer.number()) is not None}


def pid_of(name: str) -> Question[dict[str, int]]:
    """Whose a name is; nothing if it is gone."""
    (answer,) = yield [wire.bus_call("GetConnectionUnixProcessID", name)]
    pid = answer.number()
    return {} if pid is None else {name: pid}
