# SPDX-License-Identifier: Apache-2.0
"""A desk to measure at: a private screen, Chromium on the practice site, a GTK window, and a recorder or none.

Sorts the processor time that is spent into whose it is. Knows nothing of what is done at the desk.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from bench.capture.cost import command_of, cpu_seconds, pss_bytes, tree
from bench.capture.pages import Site, served
from bench.capture.person import Did, Plan
from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.cli.device import Device, open_device
from handiwork.cli.paths import Home
from handiwork.model.errors import HandiworkError, Lost
from handiwork.model.geometry import Box
from handiwork.ports.control import Command, Status

DISK = Path("build")
SCREEN = (1920, 1080)
BROWSER, NOTES = Box(20, 40, 1180, 900), Box(1260, 60, 600, 700)

NOTES_PROGRAM = f"""
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk
Gdk.set_program_class("Notes")
window, text = Gtk.Window(title="Notes"), Gtk.TextView()
window.add(text)
window.move({NOTES.x}, {NOTES.y})
window.set_default_size({NOTES.w}, {NOTES.h})
window.show_all()
Gtk.main()
"""

_TERMS = """\
name = "bench"
revision = 1
purposes = ["agent-training"]
"""
_LIFTED = """\
[cost]
cpu_percent = 100.0
delay_ms = 1000.0
"""
_WHERE = """\
[[allow]]
app = "chromium"
site = "{site}"
level = "full"
words = "{words}"
[[allow]]
app = "notes"
level = "full"
words = "{words}"
[[allow]]
app = "probe"
level = "full"
words = "{words}"
"""


# The budget is lifted, so that nothing is left out: what is measured is everything on.
POLICY = _TERMS + _LIFTED + _WHERE
USUAL_POLICY = _TERMS + _WHERE
"""With the budget that a policy has which says nothing of it."""


class Spent(msgspec.Struct, frozen=True):
    """Processor seconds so far, by whose they are."""

    recorder: float
    server: float
    apps: float
    buses: float

    def since(self, before: "Spent") -> "Spent":
        """What was spent in between."""
        return Spent(
            self.recorder - before.recorder,
            self.server - before.server,
            self.apps - before.apps,
            self.buses - before.buses,
        )


class Recorder:
    """Our own recorder as a person starts it, with a home of its own."""

    def __init__(self, folder: Path, env: Mapping[str, str], policy: str, module: str = "") -> None:
        """`module`: another module to run instead of `handiwork record start`, which must do the same."""
        self.home = folder / "home"
        self.home.mkdir(mode=0o700)
        self.env = {**env, "HANDIWORK_HOME": str(self.home)}
        (folder / "policy.toml").write_text(policy, "utf-8")
        self._handiwork("record", "policy", str(folder / "policy.toml"))
        self._handiwork("record", "consent", "--accept-as", "Bench")
        self._log = (folder / "recorder.log").open("wb")
        arguments = [module] if module else ["handiwork.cli.main", "record", "start"]
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", *arguments],
            env=self.env, stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self._is_up, "the recorder did not start")

    @property
    def pid(self) -> int:
        """Its main process."""
        return self._process.pid

    @property
    def socket(self) -> Path:
        """Where browsers find it."""
        return self.home / "run" / SOCKET_NAME

    def status(self) -> Status:
        """What it says of itself."""
        return ask(self.home / "run" / "control.sock", Command(do="status"))

    def stop(self) -> Status:
        """Ends it in order; its last word."""
        account = ask(self.home / "run" / "control.sock", Command(do="stop"))
        self._process.wait(30)
        return account

    def close(self) -> None:
        """Ends it in any case."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)
        self._log.close()

    @contextmanager
    def opened(self) -> Iterator[Device]:
        """Its journal, after it has ended."""
        with open_device(Home(self.home)) as device:
            yield device

    def _handiwork(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "handiwork.cli.main", *arguments]
        subprocess.run(command, env=self.env, stdout=subprocess.DEVNULL, check=True)

    def _is_up(self) -> bool:
        if self._process.poll() is not None:
            raise Lost("the recorder ended at once", data="none is concerned.", do="see build/*/recorder.log")
        try:
            return bool(self.status().state)
        except HandiworkError:
            return False


class Desk:
    """A running desk. `recorder` is ours, if it is ours that is measured; `watcher` the process that records."""

    def __init__(self, session: VirtualSession, site: Site, browser: Chromium, notes: int) -> None:
        self._session, self._site, self._browser, self._notes = session, site, browser, notes
        self.recorder: Recorder | None = None
        self.watcher = 0

    def spent(self) -> Spent:
        """Up to now. The native messaging host is a child of the browser, but part of the recorder."""
        apps = tree(self._browser.pid) | tree(self._notes)
        hosts = {pid for pid in apps if "native_host.py" in command_of(pid)}
        rest = tree(self._session.pid)
        server = {pid for pid in rest if command_of(pid).startswith("Xvfb ")}
        ours = self._watchers() | hosts
        return Spent(
            cpu_seconds(ours), cpu_seconds(server), cpu_seconds(apps - hosts), cpu_seconds(rest - server - ours)
        )

    def memory(self) -> int:
        """Proportional bytes of whoever records, its native messaging host included."""
        hosts = {pid for pid in tree(self._browser.pid) if "native_host.py" in command_of(pid)}
        return pss_bytes(self._watchers() | hosts) if self.watcher else 0

    def work(self, seconds: float, seed: int, meanwhile: Callable[[], None] = lambda: None) -> list[Did]:
        """The scripted person works; `meanwhile` is called about once a second."""
        assert self._site.origin is not None
        plan = Plan(self._session.display, seed, seconds, self._site.origin, NOTES)
        with tempfile.TemporaryFile() as told:  # of an hour's work: more than a pipe holds
            person = subprocess.Popen(
                [sys.executable, "-m", "bench.capture.person"],
                env=dict(self._session.env), stdin=subprocess.PIPE, stdout=told,
            )  # fmt: skip
            assert person.stdin is not None
            person.stdin.write(msgspec.json.encode(plan))
            person.stdin.close()
            while person.poll() is None:
                time.sleep(1)
                meanwhile()
            told.seek(0)
            return msgspec.json.decode(told.read(), type=list[Did])

    def _watchers(self) -> set[int]:
        return tree(self.watcher) if self.watcher else set()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on a real disk for one run."""
    DISK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DISK, prefix="bench-capture-") as name:
        yield Path(name).resolve()


@contextmanager
def desk(
    words: str,
    watcher: Callable[[Mapping[str, str], Path], "subprocess.Popen[bytes]"] | None,
    module: str = "",
    policy: str = POLICY,
) -> Iterator[Desk]:
    """A desk at which our recorder records at that level of `words`, or (with "") `watcher`, or nobody.

    `module`: see Recorder.
    """
    with ExitStack() as stack:
        out = stack.enter_context(folder())
        session = stack.enter_context(VirtualSession(*SCREEN))
        site = stack.enter_context(served())
        recorder, peer = None, None
        if words:
            recorder = Recorder(out, session.env, policy.format(site=site.url, words=words), module)
            stack.callback(recorder.close)
        elif watcher is not None:
            peer = watcher(session.env, out)
            stack.callback(_end, peer)
        notes = session.start(["/usr/bin/python3", "-c", NOTES_PROGRAM])
        socket = recorder.socket if recorder else None
        browser = stack.enter_context(
            Chromium(session.env, View(f"{site.url}/orders", bounds=BROWSER), socket_path=socket)
        )
        if not site.told.wait(30):
            raise Lost("the page did not open", data="none is concerned.", do="run it again.")
        time.sleep(2.0)  # the page tells where it stands once more, after the window manager has placed it
        if notes.poll() is not None:
            raise Lost("the notes' window did not open", data="none is concerned.", do="see whether GTK 3 is there.")
        made = Desk(session, site, browser, notes.pid)
        made.recorder = recorder
        made.watcher = recorder.pid if recorder else peer.pid if peer else 0
        if recorder is not None:
            wait_until(lambda: recorder.status().state == "recording", "the page did not come into scope")
        yield made


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30.0) -> None:
    """Returns once `ready` says so; raises Lost after that many seconds."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise Lost(f"{what} within {seconds:.0f} s", data="none is concerned.", do="run it again.")
        time.sleep(0.05)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
