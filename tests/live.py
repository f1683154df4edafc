# SPDX-License-Identifier: Apache-2.0
"""A live recording: the real recorder, real Chromium and real hands on one private desktop, and what was stored of it.

Knows no page and no attack. A test brings those, works at them, and then looks through every byte that was stored.
"""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.properties.site import Site, middle_of

from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.firefox import Firefox
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.demo.stage import Stage, command, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import leaks_in_files, leaks_in_segments, opened_segments
from handiwork.cli.paths import Home
from handiwork.derive.frames import rebuild
from handiwork.model.event import Frame
from handiwork.model.geometry import Box
from handiwork.model.segment import OpenSegment
from handiwork.ports.control import Command, Status

WINDOW = Box(20, 40, 900, 700)
"""Where the browser stands on the screen."""

# The budget is lifted, so that a busy machine leaves nothing out.
_HEAD = """\
name = "live"
revision = {revision}
purposes = ["agent-training"]
[cost]
cpu_percent = 100.0
delay_ms = 1000.0
"""
_ALLOWED = """\
[[allow]]
app = "{app}"
site = "{site}"
level = "{level}"
words = "{words}"
"""


def allowed(site: str, level: str = "full", words: str = "open", app: str = "chromium") -> str:
    """A site of a policy."""
    return _ALLOWED.format(app=app, site=site, level=level, words=words)


def policy(*rules: str, revision: int = 1) -> str:
    """A policy of these rules."""
    return _HEAD.format(revision=revision) + "".join(rules)


class Worker:
    """A person with a device, a running recorder, and hands in one session."""

    def __init__(self, session: VirtualSession, stage: Stage) -> None:
        self.session, self.stage = session, stage
        self.actuator = X11Actuator(session.display)
        self.env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        self._recorder: subprocess.Popen[bytes] | None = None

    # The person and the recorder.

    def handiwork(self, *words: str) -> str:
        """Gives a command in another terminal; what it said."""
        return self.stage.run(*words, env=self.env, quiet=True)

    def put_policy(self, text: str) -> str:
        """Puts a policy in force; what was said of it."""
        file = self.stage.out / "policy.toml"
        file.write_text(text, "utf-8")
        return self.handiwork("record", "policy", str(file))

    def agree(self) -> None:
        """Accepts the notice."""
        self.handiwork("record", "consent", "--accept-as", "Test")

    def record(self, program: Path | None = None) -> None:
        """Starts the recorder; with `program`, a script that is `handiwork` but for one thing."""
        handiwork = command() if program is None else [sys.executable, str(program)]
        self._recorder = self.stage.spawn_program([*handiwork, "record", "start"], env=self.env, log="recorder.log")
        wait_until(self.socket.exists, "The recorder did not start")

    @property
    def device(self) -> Path:
        """The folder that holds all that is stored."""
        return self.stage.device

    @property
    def socket(self) -> Path:
        """Where browsers find the recorder."""
        return self.stage.device / "run" / SOCKET_NAME

    def status(self) -> Status:
        return ask(self._control, Command(do="status"))

    def await_state(self, *states: str) -> None:
        deadline = time.monotonic() + 30
        while (status := self.status()).state not in states:
            assert time.monotonic() < deadline, f"The recorder was not {states}: {status}"
            time.sleep(0.05)

    def stop(self) -> Status:
        """Ends the recorder in order; its last word, once all is stored."""
        account = ask(self._control, Command(do="stop"), 20)
        assert self._recorder is not None
        self._recorder.wait(20)
        return account

    def chromium(self, url: str) -> Chromium:
        """A browser with that page, for a `with`."""
        return Chromium(self.session.env, View(url, bounds=WINDOW), socket_path=self.socket)

    def firefox(self, url: str) -> Firefox:
        """Likewise."""
        return Firefox(self.session.env, View(url, bounds=WINDOW), socket_path=self.socket)

    # Hands.

    def press(self, *names: str) -> None:
        """One key, or several together."""
        self.chord(*names)
        time.sleep(0.15)

    def chord(self, *names: str) -> None:
        """The same, with no rest after it."""
        for name in names:
            self.actuator.key(name, True)
        for name in reversed(names):
            self.actuator.key(name, False)

    def click(self, x: int, y: int) -> None:
        for step in range(1, 9):
            self.actuator.move(x - 16 + 2 * step, y)
            time.sleep(0.008)
        self.actuator.button(1, True)
        time.sleep(0.04)
        self.actuator.button(1, False)
        time.sleep(0.3)

    def fill(self, site: Site, path: str, row: int, text: str) -> None:
        """Clicks into a row of the page that is shown, and types."""
        (ox, oy), (x, y) = site.origins[path], middle_of(row)
        self.click(ox + x, oy + y)
        self.actuator.write(text, 8)
        time.sleep(1.3)

    def await_page(self, site: Site, path: str = "/") -> tuple[int, int]:
        """Where a page stands on the screen, once it is shown."""
        wait_until(lambda: path in site.origins, f"The page {path} did not open")
        return site.origins[path]

    def wake_up(self, site: Site, row: int = 7) -> None:
        """Waits for the first page; while browser and accessibility bus wake up, what is uncertain is dropped."""
        self.await_state("recording")
        self.await_page(site)
        self.fill(site, "/", row, "waking up")
        self.await_state("recording")

    @property
    def _control(self) -> Path:
        return self.stage.device / "run" / "control.sock"


@contextmanager
def at_work(session: VirtualSession, out: Path, text: str, program: Path | None = None) -> Iterator[Worker]:
    """A person who has accepted this policy and whose recorder runs (see Worker.record); `out` is made for it."""
    with Stage(out) as stage:
        worker = Worker(session, stage)
        worker.put_policy(text)
        worker.agree()
        worker.record(program)
        yield worker
        worker.actuator.close()


# What was stored.


def stored(device: Path) -> list[OpenSegment]:
    """Every segment, opened with the person's key, oldest first."""
    with open_device(Home(device)) as opened:
        return list(opened_segments(opened))


def found_in_segments(device: Path, *words: str) -> list[str]:
    """Where these words stand in what was stored."""
    with open_device(Home(device)) as opened:
        return [str(leak) for leak in leaks_in_segments(opened, words)]


def is_nowhere(device: Path, *words: str) -> None:
    """These words stand neither in what was stored nor, in the clear, in any file."""
    assert found_in_segments(device, *words) == []
    assert leaks_in_files(device, words) == []


def colours_in(segments: Iterable[OpenSegment]) -> set[tuple[int, ...]]:
    """The colours of every second pixel in every kept picture."""
    seen: set[tuple[int, ...]] = set()
    for segment in segments:
        frames = [event for event in segment.events if isinstance(event, Frame)]
        for pixels in rebuild(frames, range(len(frames)), WebpPictures().decode).values():
            seen |= {tuple(map(int, colour)) for colour in pixels[::2, ::2].reshape(-1, 3)}
    return seen
