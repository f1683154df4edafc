# SPDX-License-Identifier: Apache-2.0
"""The extension installed by enterprise policy: the files, and real Chromium that obeys them."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from tests.adapters.browsing import Site
from tests.contracts.test_browser import wait_for

from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.browser.fleet import id_in, install_for_all, installed_id, places, uninstall_for_all
from handiwork.adapters.browser.install import EXTENSION_ID
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.session import VirtualSession
from handiwork.cli.main import main
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.policy import Watched
from handiwork.model.raw import RawPage, RawTab

pytestmark = pytest.mark.browser


def test_everything_is_written_where_it_belongs_and_taken_away_again(tmp_path: Path) -> None:
    where = places(tmp_path)
    identity = install_for_all(where, "Work")
    policy = json.loads(where.policy.read_text())
    assert policy["ExtensionInstallForcelist"] == [f"{identity};{where.update.as_uri()}"]
    assert policy["3rdparty"]["extensions"][identity] == {"profile": "Work"}
    host = json.loads(where.host.read_text())
    assert host["allowed_origins"] == [f"chrome-extension://{one}/" for one in (identity, EXTENSION_ID)]
    assert f"appid='{identity}'" in where.update.read_text()
    assert id_in(where.package.read_bytes()) == installed_id(where) == identity
    assert stat.S_IMODE(where.key.stat().st_mode) == 0o600
    assert {stat.S_IMODE(place.stat().st_mode) for place in where.written()} == {0o644, 0o755}
    assert install_for_all(where) == identity  # the same key, so the same extension
    assert sorted(uninstall_for_all(where)) == sorted(where.written())
    assert (installed_id(where), uninstall_for_all(where), where.key.exists()) == ("", [], True)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    where = places(tmp_path)
    install_for_all(where)
    where.key.chmod(0o644)
    with pytest.raises(NotAllowed, match="can be read by others"):
        install_for_all(where)


def test_what_is_no_package_is_not_taken_for_one() -> None:
    for wrong in (b"", b"Cr24\x02\0\0\0" + bytes(100), b"Cr24\x03\0\0\0\x10\0\0\0" + bytes(100)):
        with pytest.raises(BadInput):
            id_in(wrong)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_without_the_right_to_it_nothing_is_installed_for_everyone(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os.setuid(65_534)
        try:
            install_for_all(places(tmp_path))
        except NotAllowed as refusal:
            os._exit(refusal.exit_code)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == NotAllowed.exit_code
    assert list(tmp_path.iterdir()) == []


# Chromium takes policies from one folder only. Without its background services it installs nothing by itself.
IN_A_ROOM_OF_ITS_OWN = """#!/bin/sh
for word; do
    shift
    [ "$word" = --disable-background-networking ] || set -- "$@" "$word"
done
exec unshare -m sh -c 'mount --bind {} /etc/chromium && exec {} "$@"' sh "$@"
"""


def can_mount() -> bool:
    return os.getuid() == 0 and subprocess.run(["unshare", "-m", "true"], check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="needs a mount namespace, so that no other browser here sees the policy")
def test_chromium_installs_it_by_policy_and_it_speaks_to_the_persons_recorder(
    session: VirtualSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet, programs = tmp_path / "fleet", tmp_path / "bin"
    assert main(["browser", "install", "--fleet", "--into", str(fleet), "--label", "Work"]) == 0
    programs.mkdir()
    (programs / "chromium").write_text(IN_A_ROOM_OF_ITS_OWN.format(fleet / "chromium", shutil.which("chromium")))
    (programs / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    (tmp_path / "run").mkdir(mode=0o700)
    bridge, site = BrowserBridge(tmp_path / "run"), Site()
    environment = {**session.env, "HANDIWORK_HOME": str(tmp_path)}
    with Chromium(environment, View(f"{site.origin}/work"), socket_path=None) as browser:
        wait_for(bridge, lambda _: bridge.connected() == 1, patience_s=40)
        bridge.allow([Watched(site=f"{site.origin}/work", profile="Work")])  # the label that the policy gives
        browser.open(f"{site.origin}/work")
        seen = wait_for(bridge, lambda event: isinstance(event, RawTab) and event.settled and event.rule == 0)
        assert any(element.name == "Ship it" for page in seen if isinstance(page, RawPage) for element in page.elements)
    bridge.close()
    site.shutdown()
    site.server_close()
    assert main(["browser", "uninstall", "--fleet", "--into", str(fleet)]) == 0
