# SPDX-License-Identifier: Apache-2.0
"""A key file is whole and its owner's alone, or it is refused."""

import os
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handiwork.adapters.keyfiles.files import load, load_or_create
from handiwork.model.errors import BadInput, Damaged, NoSpace, NotAllowed


def test_a_key_is_made_once_for_its_owner_only_and_then_stays(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    key = load_or_create(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create(path) == load(path) == key
    assert [found.name for found in tmp_path.iterdir()] == ["device.key"]
    assert load_or_create(tmp_path / "person.key") != key


def test_many_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(load_or_create, [tmp_path / "k"] * 64))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o777])
def test_a_key_that_others_could_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "k"
    load_or_create(path)
    path.chmod(mode)
    with pytest.raises(NotAllowed):
        load_or_create(path)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused_and_not_replaced(tmp_path: Path, size: int) -> None:
    path = tmp_path / "k"
    path.write_bytes(b"x" * size)
    path.chmod(0o600)
    with pytest.raises(Damaged):
        load_or_create(path)
    assert path.read_bytes() == b"x" * size


def test_a_link_a_folder_a_pipe_and_another_users_file_are_refused(tmp_path: Path) -> None:
    load_or_create(tmp_path / "k")
    (tmp_path / "link").symlink_to(tmp_path / "k")
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("link", "folder", "pipe"):
        with pytest.raises(NotAllowed):
            load_or_create(tmp_path / name)
    if os.geteuid() == 0:
        os.chown(tmp_path / "k", 12345, 12345)
        with pytest.raises(NotAllowed):
            load(tmp_path / "k")


def test_a_missing_key_and_a_missing_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no key file"):
        load(tmp_path / "k")
    with pytest.raises(NoSpace):
        load_or_create(tmp_path / "nowhere" / "k")


def test_killed_while_making_it_there_is_a_whole_key_or_none(tmp_path: Path) -> None:
    for round_ in range(30):
        path = tmp_path / f"k{round_}"
        child = os.fork()
        if child == 0:
            load_or_create(path)
            os._exit(0)
        for _ in range(round_ * 300):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert not path.exists() or len(load(path)) == 32
