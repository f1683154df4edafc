# SPDX-License-Identifier: Apache-2.0
"""A limit on the size of files, standing for a full disk; folders that can't be made; a library that isn't there."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, has_no_drafts, refuses
from tests.hub.running import Person, Services, deposit
from tests.lab.test_lab_cli import approved, give_work
from tests.lab.vault import Vault, work

from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.lab.dataset import build
from handiwork.model.errors import NoSpace
from handiwork.ports.sealed import content_digest

LIMIT = "prlimit", "--fsize=1000", "--"
"""No file may grow beyond 1,000 bytes: the system's answer is the same kind as that of a full disk or a quota."""


def limited(device: PersonsDevice, *words: str | Path) -> "subprocess.CompletedProcess[str]":
    return device.run(*words, before=LIMIT)


def test_a_person_s_commands_on_a_full_disk_change_nothing(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device").ready()
    device.keep("File the March invoices")
    refuses(limited(device, "record", "policy", device.policy()), 6, "no space left", "everything before it is safe")
    refuses(limited(device, "record", "consent", "--accept-as", "Test"), 6, "no space left")
    refuses(limited(device, "desk", "delete", "--all"), 6, "no space left")
    refuses(limited(device, "desk", "withdraw"), 6, "no space left")
    refuses(limited(device, "desk", "list"), 6, "no space left")  # SQLite needs a little room to read, too
    assert len(device.segments()) == 1
    device.is_whole()


def test_an_upload_whose_receipt_can_not_be_kept_is_no_upload(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device").ready()
    device.keep("File the March invoices")
    with Services(tmp_path / "hub") as services:
        words = ("record", "upload", "--hub", services.hub_url, "--keeper", services.keeper_url)
        refuses(limited(device, *words), 6, "no space left")
        assert "closed" in device.run("desk", "list").stdout
        assert device.run(*words).returncode == 0
        assert "uploaded" in device.run("desk", "list").stdout
    device.is_whole()


def test_a_lab_s_build_on_a_full_disk_leaves_no_dataset(tmp_path: Path) -> None:
    lab, job, out = PersonsDevice(tmp_path / "unused"), tmp_path / "job.json", tmp_path / "data"
    with Services(tmp_path / "hub") as services:
        give_work(services, Person(), "Type hello and press Go")
        assert lab.run("lab", "job", "--purpose", "agent-training", "--out", job).returncode == 0
        token = services.folder.secret("lab.token")
        words: list[str | Path] = ["lab", "build", "--job", job, *approved(services, job), "--hub", services.hub_url]
        words += ["--keeper", services.keeper_url, "--token", token, "--out", out]
        refuses(limited(lab, *words), 6, "disk is full", "nothing half-written is kept")
        assert not (out / "manifest.json").exists()
        assert not list(out.rglob("*.parquet"))
        has_no_drafts(tmp_path)
        assert lab.run(*words).returncode == 0


def test_training_on_a_full_disk_leaves_the_earlier_checkpoint(tmp_path: Path) -> None:
    lab, out, data, vault = PersonsDevice(tmp_path / "unused"), tmp_path / "agent.pt", tmp_path / "data", Vault()
    vault.add(work("Type hello and press Go"))
    build(vault.grant(), vault.room(), ParquetFolder(data))
    out.write_bytes(b"an earlier one")
    train = ("lab", "train", "--data", data, "--purpose", "agent-training", "--out", out, "--epochs", "1")
    refuses(limited(lab, *train, "--held-out", "0"), 6, "no space left")
    assert out.read_bytes() == b"an earlier one"
    has_no_drafts(tmp_path)


def test_a_hub_that_runs_out_of_space_says_so_and_the_device_keeps_its_segment(tmp_path: Path) -> None:
    with Services(tmp_path / "hub") as services:
        person = Person()
        services.hub.register_consent(person.signed_consent())
        header, content = person.segment()
        deposit(services, person, header)
        pid = services.processes["serve"].pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
        with pytest.raises(NoSpace, match="full"):
            services.hub.put_segment(content, content_digest(content))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert services.hub.put_segment(content, content_digest(content)).segment_id == header.segment_id
        has_no_drafts(tmp_path)


def test_a_state_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    refuses(PersonsDevice(file / "device").run("desk", "list"), 2, "Not a directory", "HANDIWORK_HOME")
    assert file.read_text() == "mine"


def test_output_that_can_not_be_written_is_an_error_and_a_reader_that_left_is_none(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device").ready()
    words = [sys.executable, "-m", "handiwork.cli.main", "record", "policy"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, env=device.env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    refuses(done, 6, "No space left on device")
    shell = subprocess.run(
        ["bash", "-c", f"{' '.join(words)} | true; exit ${{PIPESTATUS[0]}}"],
        env=device.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (shell.returncode, shell.stderr) == (0, "")


def test_a_library_that_is_not_installed_is_named(tmp_path: Path) -> None:
    lacking = (
        "import sys; sys.modules['httpx'] = None\nfrom handiwork.cli.main import main\n"
        "sys.exit(main(['record', 'upload', '--hub', 'http://127.0.0.1:1', '--keeper', 'http://127.0.0.1:1']))"
    )
    env = PersonsDevice(tmp_path / "device").env
    done = subprocess.run([sys.executable, "-c", lacking], env=env, capture_output=True, text=True, check=False)
    refuses(done, 3, "needs the library httpx", "handiwork doctor")
