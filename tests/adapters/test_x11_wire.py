# SPDX-License-Identifier: Apache-2.0
"""The connection to the X server: how it is found, what it answers, and what it says when it can't."""

import os
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.auth import cookie, display_number
from handiwork.adapters.x11.wire import Connection, ProtocolError, full_time, monotonic_ms
from handiwork.model.errors import Lost, MissingPiece

pytestmark = pytest.mark.desktop


@pytest.mark.parametrize("name", [":7", ":7.0", "unix:7", "unix:7.1"])
def test_local_display_names_are_understood(name: str) -> None:
    assert display_number(name, {}) == 7
    assert display_number(None, {"DISPLAY": name}) == 7


@pytest.mark.parametrize("name", ["", "there:0", "192.0.2.1:10.0", ":x", "7"])
def test_other_displays_are_refused_with_advice(name: str) -> None:
    with pytest.raises(MissingPiece) as refused:
        display_number(name, {})
    assert "X11" in refused.value.do


def test_without_a_display_the_message_says_so() -> None:
    with pytest.raises(MissingPiece, match="DISPLAY is not set"):
        Connection(environment={})


def test_a_display_where_nobody_listens_is_named() -> None:
    with pytest.raises(MissingPiece, match=":59321"):
        Connection(":59321", {})


@given(st.binary(max_size=200))
def test_a_damaged_authority_file_is_no_obstacle(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "authority"
    path.write_bytes(content)
    name, _ = cookie(3, {"XAUTHORITY": str(path)})
    assert name in (b"", b"MIT-MAGIC-COOKIE-1")


def _locked_server(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """An X server that lets in nobody without a cookie, and never had one."""
    authority = folder / "empty"
    authority.write_bytes(struct.pack(">HHHH", 65535, 0, 0, 18) + b"MIT-MAGIC-COOKIE-1" + b"\0\x10" + bytes(range(16)))
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-auth", str(authority), "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(read_end, 1)
    os.close(read_end)
    return server, int(line)


def test_a_cookie_opens_a_server_that_refuses_all_others(tmp_path: Path) -> None:
    server, number = _locked_server(tmp_path)
    try:
        with pytest.raises(MissingPiece, match="refused"):
            Connection(f":{number}", {"XAUTHORITY": "/nonexistent"})
        Connection(f":{number}", {"XAUTHORITY": str(tmp_path / "empty")}).close()
    finally:
        server.terminate()
        server.wait()


def test_requests_are_pipelined_and_answered_in_order(session: VirtualSession) -> None:
    link = Connection(session.display)
    names = [f"HANDIWORK_TEST_{number}" for number in range(300)]
    atoms = [x.read_atom(answer) for answer in link.ask_all([x.intern_atom(name) for name in names]) if answer]
    assert len(set(atoms)) == 300
    link.close()


def test_sequence_numbers_may_wrap(session: VirtualSession) -> None:
    link = Connection(session.display)
    for _ in range(70):
        link.ask_all([x.get_input_focus()] * 1000)
    link.close()


def test_refusals_of_awaited_and_unawaited_requests_surface(session: VirtualSession) -> None:
    link = Connection(session.display)
    assert link.ask_all([x.get_geometry(0x1FFFFF00)]) == [None]
    link.send(x.map_window(0x1FFFFF00))
    with pytest.raises(ProtocolError) as refused:
        link.sync()
    assert refused.value.code == 3
    link.sync()
    link.close()


def test_a_missing_extension_is_a_missing_piece(session: VirtualSession) -> None:
    link = Connection(session.display)
    with pytest.raises(MissingPiece, match="NO-SUCH-THING"):
        link.require("NO-SUCH-THING")
    link.close()


def test_a_server_that_goes_away_is_lost() -> None:
    with VirtualSession(window_manager=False) as doomed:
        link = Connection(doomed.display)
    with pytest.raises(Lost):
        link.ask(x.get_input_focus())


def test_the_servers_clock_is_the_monotonic_clock(session: VirtualSession) -> None:
    link = Connection(session.display)
    root = link.screen.root
    link.send(x.change_attributes(root, [(x.EVENT_MASK, x.PROPERTY_CHANGE)]))
    link.sync()
    before = monotonic_ms()
    link.send(x.change_property(root, x.WM_NAME, x.STRING, b"tick"))
    link.sync()
    after = monotonic_ms()
    stamps = [struct.unpack_from("<I", packet, 12)[0] for packet in link.events() if packet[0] == 28]
    assert before <= full_time(stamps[-1], after) <= after
    link.close()


@given(st.integers(0, 2**45), st.integers(-(2**31), 2**31 - 1))
def test_a_time_stamp_of_32_bits_is_taken_for_the_nearest_time(now: int, away: int) -> None:
    assert full_time((now + away) & 0xFFFFFFFF, now) == now + away
