# SPDX-License-Identifier: Apache-2.0
"""What this machine has for how the recorder shows itself and behaves: none of it is needed, all of it is told."""

from collections.abc import Iterator, Mapping

from handiwork.adapters.power.logind import LogindPower
from handiwork.adapters.system.memory import swap_is_on, why_not_lockable
from handiwork.adapters.x11 import requests
from handiwork.adapters.x11.wire import Connection
from handiwork.cli import at_login
from handiwork.cli.finding import Finding


def memory() -> Finding:
    """Whether raw events could reach the swap file."""
    name, reason = "memory", why_not_lockable()
    if not reason:
        return Finding(group="machine", name=name, state="ok", says="locked while recording, never dumped")
    if not swap_is_on():
        says = f"never dumped; not locked ({reason}), but this machine has no swap"
        return Finding(group="machine", name=name, state="ok", says=says)
    says = f"never dumped; not locked ({reason}), so raw events could reach the swap file"
    do = "encrypt the swap, or let your user lock memory: memlock in /etc/security/limits.conf"
    return Finding(group="machine", name=name, state="warning", says=says, do=do)


def sleep() -> Finding:
    """Whether sleep and locks are told beforehand."""
    power = LogindPower()
    told = power.is_told
    power.close()
    if told:
        return Finding(group="machine", name="sleep", state="ok", says="logind tells of it, and of locks, beforehand")
    says = "nobody tells of it: noticed afterwards, by the clocks; locks by the screen's own signs"
    return Finding(group="machine", name="sleep", state="warning", says=says, do="start systemd-logind or elogind")


def start_at_login(environment: Mapping[str, str]) -> Finding:
    """Whether recording starts by itself."""
    unit = at_login.unit_path(environment)
    if at_login.is_installed(environment):
        return Finding(group="machine", name="start at login", state="ok", says=f"yes: {unit}")
    return Finding(group="machine", name="start at login", state="ok", says="no; `handiwork record install` does that")


def tray(connection: Connection) -> Iterator[Finding]:
    """Whether there is a place for our icon."""
    selection = requests.read_atom(connection.ask(requests.intern_atom("_NET_SYSTEM_TRAY_S0")))
    there = requests.read_selection_owner(connection.ask(requests.get_selection_owner(selection)))
    says = "shows our icon, beside the mark" if there else "none: the mark on the screen shows the state alone"
    yield Finding(group="screen", name="system tray", state="ok", says=says)
