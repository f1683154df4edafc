# SPDX-License-Identifier: Apache-2.0
"""What is installed for Chromium, the native host as a process, and that both sides agree on what a site is."""

import base64
import hashlib
import json
import re
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from handiwork.adapters.browser import native_host
from handiwork.adapters.browser.install import EXTENSION_ID, HOST_NAME, install_host, uninstall
from handiwork.adapters.browser.launch import extension_folder, find_chromium
from handiwork.model.errors import MissingPiece
from handiwork.rules.accounts import account_fits
from handiwork.rules.site import site_matches


def test_the_extension_has_the_id_that_the_host_admits() -> None:
    key = json.loads((extension_folder() / "manifest.json").read_text())["key"]
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    assert "".join(chr(ord("a") + int(digit, 16)) for digit in digest) == EXTENSION_ID


def test_the_extension_registers_no_script_of_its_own_and_never_runs_in_private_windows() -> None:
    manifest = json.loads((extension_folder() / "manifest.json").read_text())
    assert "content_scripts" not in manifest
    assert "web_accessible_resources" not in manifest
    assert "externally_connectable" not in manifest
    assert manifest["incognito"] == "not_allowed"
    assert set(manifest["permissions"]) == {
        "nativeMessaging",
        "tabs",
        "scripting",
        "webNavigation",
        "alarms",
        "storage",
    }


def test_the_extension_asks_the_network_and_the_disk_for_nothing() -> None:
    sources = [path.read_text() for path in extension_folder().rglob("*.js")]
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "localStorage", "indexedDB", "import("):
        assert not any(word in source for source in sources), word
    storing = [path.name for path in extension_folder().rglob("*.js") if "chrome.storage" in path.read_text()]
    assert storing == ["profile.js"]  # the profile's label, and nothing else
    assert (extension_folder() / "profile.js").read_text().count(".set(") == 1
    page = (extension_folder() / "options" / "options.html").read_text()
    assert not re.search("(src|href)=.(https?:)?//", page)


def test_the_host_is_installed_for_each_profile_and_removed_again(tmp_path: Path) -> None:
    profiles = [tmp_path / "one", tmp_path / "two words"]
    written = install_host(profiles, tmp_path / "browser.sock", sys.executable)
    assert len(written) == 4
    manifest = json.loads((profiles[1] / "NativeMessagingHosts" / f"{HOST_NAME}.json").read_text())
    assert manifest["allowed_origins"] == [f"chrome-extension://{EXTENSION_ID}/"]
    assert stat.S_IMODE(Path(manifest["path"]).stat().st_mode) == 0o700
    assert install_host(profiles, tmp_path / "browser.sock", sys.executable) == written
    assert sorted(uninstall(profiles)) == sorted(written)
    assert uninstall(profiles) == []
    assert not any(place.exists() for place in written)


def _start(wrapper: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [wrapper, "chrome-extension://x/"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_without_a_recorder_the_host_ends_quietly(tmp_path: Path) -> None:
    wrapper, _ = install_host([tmp_path], tmp_path / "nobody's.sock", sys.executable)
    with _start(wrapper) as host:
        assert host.communicate(timeout=20) == (b"", b"")
        assert host.returncode == 0


def test_the_host_passes_bytes_both_ways_unchanged_and_ends_with_either_side(tmp_path: Path) -> None:
    path = tmp_path / "it's a socket"
    wrapper, _ = install_host([tmp_path], path, sys.executable)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        with _start(wrapper) as host:
            assert host.stdin is not None
            assert host.stdout is not None
            recorder, _ = listener.accept()
            host.stdin.write(bytes(range(256)) * 1000)
            host.stdin.flush()
            assert recorder.recv(256_000, socket.MSG_WAITALL) == bytes(range(256)) * 1000
            recorder.sendall(b"\x02\x00\x00\x00{}")
            assert host.stdout.read(6) == b"\x02\x00\x00\x00{}"
            recorder.close()
            assert host.wait(20) == 0


def test_the_host_imports_nothing_of_handiwork_and_no_heavy_module() -> None:
    code = (
        f"import sys, runpy; sys.argv = ['x', '/none']; runpy.run_path({native_host.__file__!r}); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"handiwork", "asyncio", "json", "logging", "ssl", "tempfile"} & set(loaded.split())


def test_a_missing_chromium_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MissingPiece, match="apt install chromium"):
        find_chromium()


SITES = [
    "https://example.org",
    "https://example.org/",
    "https://example.org/app",
    "https://example.org/app/",
    "https://example.org:8443/app",
    "http://127.0.0.1:8000/a b",
]
ADDRESSES = [
    "https://example.org/",
    "https://example.org",
    "https://example.org/app",
    "https://example.org/app/",
    "https://example.org/app?x=1",
    "https://example.org/app#part",
    "https://example.org/app/deeper/still",
    "https://example.org/apple",
    "https://example.org/APP",
    "https://example.org/x/../app",
    "https://example.org/app/../secret",
    "https://example.org/app/%2e%2e/secret",
    "https://example.org:443/app",
    "https://example.org:8443/app",
    "https://example.org:8443",
    "http://example.org/app",
    "https://EXAMPLE.org/app",
    "https://example.org.evil.net/app",
    "https://user@example.org/app",
    "https://example.org@evil.net/app",
    "https://sub.example.org/app",
    "ftp://example.org/app",
    "chrome://settings",
    "file:///app",
    "javascript:alert(1)",
    "about:blank",
    "",
]
ASK = """
require(process.argv[1]);
const [sites, addresses] = JSON.parse(process.argv[2]);
const said = (address) => { try { return new URL(address).href } catch { return address } };
const row = (site) => addresses.map((address) => [said(address), globalThis.handiwork.matches(site, address)]);
console.log(JSON.stringify(sites.map(row)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the extension's site rules outside a browser")
def test_the_extension_never_allows_what_the_rules_refuse() -> None:
    sites_js = extension_folder() / "content" / "sites.js"
    command = ["node", "-e", ASK, str(sites_js), json.dumps([SITES, ADDRESSES])]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    for site, row in zip(SITES, json.loads(run.stdout), strict=True):
        for address, allowed in row:  # as browsers report addresses: dots resolved, host in lower case
            assert not allowed or site_matches(site, address), (site, address)
            if address.endswith("/app/deeper/still") and site.startswith("https://example.org/"):
                assert allowed, site


ACCOUNTS = ["ada@work.example", "*@work.example", "*@sub.work.example", "T0123ABCD", "Ada Lovelace", "", "*@", "*"]
NAMES = [
    "ada@work.example", "ADA@Work.Example", " ada@work.example\n", "bob@work.example", "ada@home.example",
    "ada@work.example.evil.net", "ada@sub.work.example", "@work.example", "a b@work.example", "ada@@work.example",
    "ada@x@work.example", "t0123abcd", "Ada  Lovelace", "ada lovelace jr", "*@work.example", "", "@",
]  # fmt: skip
ASK_ACCOUNTS = """
require(process.argv[1]);
const [patterns, names] = JSON.parse(process.argv[2]);
console.log(JSON.stringify(patterns.map((one) => names.map((name) => globalThis.handiwork.accountFits(one, name)))));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the extension's account rules outside a browser")
def test_extension_and_rules_agree_on_which_account_is_meant() -> None:
    accounts_js = extension_folder() / "content" / "accounts.js"
    command = ["node", "-e", ASK_ACCOUNTS, str(accounts_js), json.dumps([ACCOUNTS, NAMES])]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [[account_fits(one, name) for name in NAMES] for one in ACCOUNTS]
    assert account_fits("*@work.example", "bob@work.example")
    assert not any(
        account_fits("*@work.example", name) for name in NAMES if not name.lower().strip().endswith("@work.example")
    )


@pytest.mark.skipif(shutil.which("node") is None, reason="node reads the extension's table outside a browser")
def test_every_site_of_a_rule_for_a_denied_part_is_left_to_the_rest() -> None:
    ask = """
    require(process.argv[1]);
    const order = { rules: [{ rule: 0, site: "https://a.example" }], denied: ["https://a.example/in"] };
    console.log(JSON.stringify(process.argv.slice(2).map((url) => globalThis.handiwork.rulesOf(order, url).length)));
    """
    urls = [
        "https://a.example/",
        "https://a.example/in",
        "https://a.example/in/x",
        "https://a.example/inside",
        "https://b.example/",
    ]
    sites_js = str(extension_folder() / "content" / "sites.js")
    run = subprocess.run(["node", "-e", ask, sites_js, *urls], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == [1, 0, 0, 1, 0]


ASK_WELL_FORMED = """
const told = JSON.parse(process.argv[2]);
import(process.argv[1]).then(({ wellFormed }) => console.log(JSON.stringify(told.map(wellFormed))));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the extension's recorder outside a browser")
def test_half_a_character_never_reaches_the_recorder_which_would_hang_up() -> None:
    broken = [{"page": ["cut \ud83d", {"x": "\udc00"}], "n": 1}, {"text": "whole \U0001f600 \\ud800"}, {"a": "plain"}]
    recorder_js = (extension_folder() / "recorder.js").as_uri()
    command = ["node", "-e", ASK_WELL_FORMED, recorder_js, json.dumps(broken)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(done.stdout) == [{"page": ["cut \ufffd", {"x": "\ufffd"}], "n": 1}, *broken[1:]]
    assert b"\xed\xa0" not in done.stdout
