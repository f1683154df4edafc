# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C at any step: a word, a status, and everything as it was before or whole."""

import os
import pty
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, command, ended, has_no_drafts
from tests.hub.running import free_port
from tests.lab.vault import Vault, work

from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.cli.demo.stage import wait_until
from handiwork.lab.dataset import build


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device").ready()


@contextmanager
def silent_hub() -> Iterator[tuple[str, threading.Event]]:
    """Takes connections and never answers; the event tells that somebody has asked something."""
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            held = []
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                held.append(line)
                if line.recv(1):
                    asked.set()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked


def interrupted(process: "subprocess.Popen[str]") -> None:
    """Ctrl-C ends it at once, with a word and status 130."""
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert done.returncode == 130, done
    assert "handiwork: stopped. What was already on disk is whole" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("typed", "status"), [(b"\x03", 130), (b"yes\n", 5), (b"\x04", 5), (b"i agree\n", 5)])
def test_leaving_the_notice_s_prompt_accepts_nothing(tmp_path: Path, typed: bytes, status: int) -> None:
    device = PersonsDevice(tmp_path / "device").ready(accepted=False)
    child, terminal = pty.fork()
    if child == 0:  # a process with a terminal of its own, as a person has
        os.execve(command()[0], command("record", "consent"), device.env)
    shown = b""
    while b"Type I agree" not in shown:
        shown += os.read(terminal, 4096)
    os.write(terminal, typed)
    # Python's prompt may overlook a Ctrl-C in the instant before it begins to wait; people then press it again.
    again = threading.Timer(5, lambda: os.write(terminal, typed))
    again.start()
    try:
        while piece := os.read(terminal, 4096):
            shown += piece
    except OSError:  # the other end of the terminal has gone
        pass
    again.cancel()
    _, how = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(how) == status, shown.decode()
    assert b"Traceback" not in shown
    assert b"handiwork: " in shown
    assert device.run("record", "start", DISPLAY=":997").returncode == 5
    device.is_whole()


def test_ctrl_c_amid_an_upload_or_a_withdrawal_keeps_everything_here(device: PersonsDevice) -> None:
    device.keep("File the March invoices")
    with silent_hub() as (url, asked):
        process = device.start("record", "upload", "--hub", url, "--keeper", url)
        assert asked.wait(20)
        interrupted(process)
    with silent_hub() as (url, asked):
        process = device.start("desk", "withdraw", "--hub", url)
        assert asked.wait(20)
        interrupted(process)
    assert len(device.segments()) == 1
    assert device.run("record", "start", DISPLAY=":997").returncode == 5  # the withdrawal counts here all the same
    device.is_whole()


def test_ctrl_c_ends_the_desk(device: PersonsDevice) -> None:
    device.keep("File the March invoices")
    process = device.start("desk")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Your desk: http://127.0.0.1:")
    interrupted(process)
    assert len(device.segments()) == 1
    device.is_whole()


def test_ctrl_c_ends_a_hub_and_its_key_service_in_order(tmp_path: Path) -> None:
    organisation = PersonsDevice(tmp_path / "unused")
    folder = tmp_path / "hub"
    assert organisation.run("hub", "init", folder).returncode == 0
    for verb in ("serve", "keeper"):
        port = free_port()
        process = organisation.start("hub", verb, folder, "--port", str(port))
        wait_until(lambda port=port: _listens(port), "It did not serve")  # type: ignore[misc]
        process.send_signal(signal.SIGINT)
        done = ended(process)
        assert done.returncode == 0, done  # Ctrl-C is how a service is meant to end
        assert "Traceback" not in done.stderr
    has_no_drafts(folder)
    assert organisation.run("hub", "status", folder).returncode == 0


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one, built from a vault of one person's work."""
    vault, folder = Vault(), tmp_path_factory.mktemp("lab") / "data"
    for goal in ("Type hello and press Go", "Type there and press Go"):
        vault.add(work(goal, text=goal.split()[1]))
    build(vault.grant(), vault.room(), ParquetFolder(folder))
    return folder


def test_ctrl_c_amid_training_leaves_the_earlier_checkpoint(tmp_path: Path, dataset: Path) -> None:
    lab, out = PersonsDevice(tmp_path / "unused"), tmp_path / "agent.pt"
    out.write_bytes(b"an earlier one")
    train = ("lab", "train", "--data", dataset, "--purpose", "agent-training", "--out", out, "--epochs", "1000000")
    process = lab.start(*train)
    while "libtorch" not in Path(f"/proc/{process.pid}/maps").read_text("utf-8") and process.poll() is None:
        time.sleep(0.1)
    time.sleep(3)
    interrupted(process)
    assert out.read_bytes() == b"an earlier one"
    assert list(tmp_path.iterdir()) == [out]


def test_ctrl_c_within_a_library_s_exec_ends_with_our_status(tmp_path: Path) -> None:
    """Libraries build classes with exec() as they load; Python remembers a Ctrl-C that came amid one."""
    (tmp_path / "amid.py").write_text(
        "import sys\n"
        "from types import SimpleNamespace as Is\n"
        "from handiwork.cli import main\n"
        "chosen = Is(run=lambda chosen: exec('raise KeyboardInterrupt'))\n"
        "main.parser = lambda: Is(parse_args=lambda words: chosen)\n"
        "sys.exit(main.main())\n"
    )
    done = subprocess.run([sys.executable, "-m", "amid"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done
    assert "handiwork: stopped." in done.stderr


def test_a_dataset_without_rows_for_the_purpose_trains_nothing(tmp_path: Path, dataset: Path) -> None:
    lab, out = PersonsDevice(tmp_path / "unused"), tmp_path / "agent.pt"
    for purpose, word in (("interface-research", "released for agent-training"), ("performance-review", "")):
        done = lab.run("lab", "train", "--data", dataset, "--purpose", purpose, "--out", out)
        assert done.returncode == 5, done
        assert word in done.stderr
        assert "What to do:" in done.stderr
    assert not out.exists()


def test_ctrl_c_amid_a_dataset_s_build_leaves_no_dataset(tmp_path: Path) -> None:
    lab, out, job = PersonsDevice(tmp_path / "unused"), tmp_path / "data", tmp_path / "job.json"
    token, key = tmp_path / "token", tmp_path / "ada.key"
    token.write_text("0" * 64)
    key.touch(mode=0o600)
    key.write_bytes(b"\7" * 32)
    assert lab.run("lab", "job", "--purpose", "agent-training", "--out", job).returncode == 0
    assert lab.run("hub", "approve", job, "--officer", "ada", "--key", key).returncode == 0
    with silent_hub() as (url, asked):
        process = lab.start(
            "lab", "build", "--job", job, "--approval", tmp_path / "job.ada.approval.json",
            "--hub", url, "--keeper", url, "--token", token, "--out", out,
        )  # fmt: skip
        assert asked.wait(20)
        interrupted(process)
    assert not out.exists()
    has_no_drafts(tmp_path)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Not below pytest's own: the name of a bus's socket has 99 characters at most."""
    with tempfile.TemporaryDirectory(prefix="judged-") as folder:
        yield Path(folder)


@pytest.mark.desktop
@pytest.mark.browser
def test_ctrl_c_amid_a_judgement_leaves_no_session_behind(tmp_path: Path, short_folder: Path) -> None:
    lab, folder = PersonsDevice(tmp_path / "unused", {"TMPDIR": str(short_folder)}), short_folder
    process = lab.start("lab", "evaluate", "--policy", "random", "--episodes", "500")
    try:
        wait_until(lambda: _is_up(folder) or process.poll() is not None, "No session was started", 60)
        assert process.poll() is None, ended(process)
        time.sleep(2)
        interrupted(process)
    finally:
        process.kill()
    wait_until(lambda: not any(folder.glob("handiwork-session-*")), "The session stayed")


def _is_up(folder: Path) -> bool:
    """Whether a private session is ready there."""
    return any(folder.glob("handiwork-session-*/managed"))
