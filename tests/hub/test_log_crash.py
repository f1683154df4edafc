# SPDX-License-Identifier: Apache-2.0
"""The log killed at any instant, its disk tampered with, its disk failing: never a fork, never a lost entry."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.hub.check_log import check_log

from handiwork.adapters.disk.log import FolderLog
from handiwork.adapters.sealing.cryptography_ import PrivateSigner, Verifier
from handiwork.model.errors import Damaged, HandiworkError, NoSpace
from handiwork.rules.checkpoint import opened
from handiwork.rules.proof import verify_growth

SIGNER = PrivateSigner(bytes(range(32)))
KEY = SIGNER.public_key()
ORIGIN = "test.example/log"

CHILD = """
import sys
from pathlib import Path
from handiwork.adapters.disk.log import FolderLog
from handiwork.adapters.sealing.cryptography_ import PrivateSigner, Verifier
log = FolderLog(Path(sys.argv[1]), "test.example/log", PrivateSigner(bytes(range(32))), Verifier())
number = 0
while True:
    leaves = [f"{sys.argv[2]}.{number}.{part}" for part in range(number % 40 + 1)]
    log.append([leaf.encode() for leaf in leaves])
    print("\\n".join(leaves), flush=True)
    number += 1
"""


def open_log(folder: Path) -> FolderLog:
    return FolderLog(folder, ORIGIN, SIGNER, Verifier())


def killed_run(folder: Path, run: int, wait: float) -> set[str]:
    """What a writer had acknowledged when it was killed."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), str(run)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(wait)
    os.kill(child.pid, signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    whole = (first + rest).rpartition("\n")[0]
    return set(whole.split("\n"))


def test_killed_at_random_instants_every_acknowledged_entry_is_there_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    acknowledged: set[str] = set()
    open_log(tmp_path).close()
    old, _ = check_log(tmp_path, KEY, Verifier())
    for run in range(12):
        acknowledged |= killed_run(tmp_path, run, chance.uniform(0, 0.15))
        _, entries = check_log(tmp_path, KEY, Verifier())
        assert acknowledged <= {entry.decode() for entry in entries}
        log = open_log(tmp_path)
        text, path = log.consistency(old.size)
        log.close()
        new = opened(text, KEY, Verifier())
        verify_growth(old, new, path)
        old = new


class Stopped(BaseException):
    """The process ended here."""


def test_stopped_before_each_single_file_operation_the_log_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_replace, real_fsync = os.replace, os.fsync
    left = 0

    def count_down() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped

    def replace(source: Path, target: Path) -> None:
        count_down()
        real_replace(source, target)

    def fsync(handle: int) -> None:
        count_down()
        real_fsync(handle)

    log = open_log(tmp_path)
    log.append([b"base %d" % number for number in range(250)])
    log.close()
    kept = 250
    for steps in range(30):
        log = open_log(tmp_path)
        left = steps
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", replace)
            patch.setattr(os, "fsync", fsync)
            try:
                kept = 1 + max(proof.index for proof in log.append([b"step %d.%d" % (steps, n) for n in range(3)]))
            except Stopped:
                pass
        log.close()
        head, _ = check_log(tmp_path, KEY, Verifier())
        assert head.size >= kept


def test_a_full_disk_refuses_the_entry_and_the_next_one_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = open_log(tmp_path)
    log.append([b"one"])

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NoSpace):
            log.append([b"two"])
    assert [proof.index for proof in log.append([b"three", b"two"])] == [1, 2]
    log.close()
    check_log(tmp_path, KEY, Verifier())


@pytest.mark.parametrize("name", ["tile/0/000.p/5", "tile/entries/000.p/5", "checkpoint"])
def test_one_flipped_bit_anywhere_stops_the_log_before_it_signs(tmp_path: Path, name: str) -> None:
    log = open_log(tmp_path)
    log.append([b"leaf %d" % number for number in range(5)])
    signed = log.checkpoint()
    data = bytearray((tmp_path / name).read_bytes())
    data[len(data) // 2] ^= 4
    (tmp_path / name).write_bytes(data)
    if name != "checkpoint":
        with pytest.raises(Damaged):
            log.append([b"more"])
        assert (tmp_path / "checkpoint").read_text() == signed
    log.close()
    if name != "tile/entries/000.p/5":
        with pytest.raises(Damaged):
            open_log(tmp_path)


@pytest.mark.parametrize("gone", ["checkpoint", "tile"])
def test_a_log_without_its_head_or_its_tiles_does_not_start_afresh(tmp_path: Path, gone: str) -> None:
    log = open_log(tmp_path)
    log.append([b"one"])
    log.close()
    (tmp_path / gone).rename(tmp_path / "elsewhere")
    with pytest.raises(HandiworkError):
        open_log(tmp_path)
