# SPDX-License-Identifier: Apache-2.0
"""A person's device for tests of the command line: its folder, its commands as subprocesses, what stands in it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.sealing.cryptography_ import x25519_public
from handiwork.adapters.system.clock import SystemClock
from handiwork.cli.consent import policy_in_force, put_policy_in_force, require
from handiwork.cli.device import open_device
from handiwork.cli.leaks import opened_segments
from handiwork.cli.paths import Home
from handiwork.cli.session import header_template
from handiwork.model.errors import HandiworkError
from handiwork.model.event import Event, Note, Typed
from handiwork.model.ids import SegmentId
from handiwork.model.segment import OpenSegment
from handiwork.ports.control import Command, Status
from handiwork.ports.sealed import open_events, split, unwrap_device_key
from handiwork.recorder.kept.segment_writer import SegmentWriter

POLICY = """\
name = "ledgers"
revision = 1
purposes = ["agent-training"]
[[allow]]
app = "ledger"
level = "actions+text"
words = "open"
"""
DRAFTS = (".new-", ".draft-", ".device.key.", ".person.key.")
"""How files that are being written are called."""


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "handiwork.cli.main", *map(str, words)]


@dataclass
class PersonsDevice:
    """One state folder, and the environment in which commands see it."""

    root: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        return Home(self.root)

    @property
    def env(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("WAYLAND", "XDG_", "DISPLAY"))
        }
        return {**kept, **self.more, "HANDIWORK_HOME": str(self.root), "PYTHONUNBUFFERED": "1"}

    def run(self, *words: str | Path, before: tuple[str, ...] = (), **more: str) -> "subprocess.CompletedProcess[str]":
        """Runs a command to its end, with `before` as its launcher; `more` adds to its environment."""
        return subprocess.run(
            [*before, *command(*words)],
            env=self.env | more, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def start(self, *words: str | Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command(*words),
            env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ready(self, accepted: bool = True) -> "PersonsDevice":
        """With a policy, and the notice accepted."""
        done = [self.run("record", "policy", self.policy())]
        done += [self.run("record", "consent", "--accept-as", "Test")] if accepted else []
        assert all(one.returncode == 0 for one in done), done
        return self

    def policy(self, text: str = POLICY) -> Path:
        file = self.root.with_suffix(".toml")
        file.write_text(text, "utf-8")
        return file

    def keep(self, *texts: str) -> SegmentId:
        """Seals a closed segment with these words in it, without a recorder."""
        return self.keep_events(*(Note(t=number, kind="goal", text=text) for number, text in enumerate(texts, 1)))

    def keep_events(self, *events: Event) -> SegmentId:
        """The same with any events."""
        with open_device(self.home) as device:
            policy = policy_in_force(device.store)
            template = header_template(policy, require(device.store, policy))
            public = x25519_public(device.device_key)
            writer = SegmentWriter(device.store, device.sealing, public, template, SystemClock())
            for event in events:
                writer.add(event)
            writer.flush(1)
            segment = writer.segment
            writer.close(2)
        assert segment is not None
        return segment

    def put_policy(self) -> None:
        with open_device(self.home) as device:
            put_policy_in_force(device.store, POLICY)

    def status(self, seconds: float = 5) -> Status:
        """What the running recorder says of itself."""
        return ask(self.home.sockets / "control.sock", Command(do="status"), seconds)

    def state(self) -> str:
        """In one word; none while nobody answers."""
        try:
            return self.status().state
        except HandiworkError:
            return ""

    def segments(self) -> list[OpenSegment]:
        """Every closed one, opened with the person's key; every open or damaged one fails the test that asks."""
        with open_device(self.home) as device:
            assert all(stored.state != "open" for stored in device.store.segments())
            return list(opened_segments(device))

    def on_disk(self) -> str:
        """What was typed and is sealed in the journal already, in open segments too."""
        with open_device(self.home) as device:
            kept = [found for found in device.store.segments() if found.state != "deleted"]
            whole = [(found.state, *split(device.store.content(found.header.segment_id))) for found in kept]
            # A closed one's last chunk holds no events.
            parts = [(head, text, chunks if state == "open" else chunks[:-1]) for state, head, text, chunks in whole]
            return " ".join(
                event.text
                for header, text, chunks in parts
                for place, chunk in enumerate(chunks)
                for event in open_events(
                    device.sealing, unwrap_device_key(device.sealing, device.device_key, header), text, place, chunk
                )
                if isinstance(event, Typed)
            )

    def is_whole(self) -> None:
        """The journal is sound and nothing half-written lies about."""
        with sqlite3.connect(self.home.journal) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.close()
        has_no_drafts(self.root)


def has_no_drafts(folder: Path) -> None:
    assert [path for path in folder.rglob("*") if path.name.startswith(DRAFTS)] == []


def refuses(done: "subprocess.CompletedProcess[str]", status: int, *words: str) -> None:
    """A clear error: its status, what happened, what it means for the person's data, and what to do."""
    said = done.stderr
    assert done.returncode == status, (done.returncode, said, done.stdout)
    assert said.count("handiwork: ") == 1, said
    assert "\n  Your data: " in said, said
    assert "\n  What to do: " in said, said
    assert "Traceback" not in said, said
    for word in words:
        assert word in said, (word, said)


def ended(process: "subprocess.Popen[str]", seconds: float = 20) -> "subprocess.CompletedProcess[str]":
    """Waits for a started command, as if it had been run."""
    out, errors = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(process.args, process.returncode, out, errors)
