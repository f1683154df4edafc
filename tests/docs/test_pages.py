# SPDX-License-Identifier: Apache-2.0
"""What the pages say is so: links lead somewhere, commands exist, trees and tables name what is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from handiwork.cli.main import parser
from handiwork.rules.policy import parse_policy

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
    if not any(part.startswith(".venv") for part in page.parts)
)
LINK = re.compile(r"\[[^\]]*]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
POLICY = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
TREE_LINE = re.compile(r"^(?P<indent> *)(?P<name>[\w./-]+/?)(?:  +\S.*)?$")


def code_lines(page: Path) -> Iterator[str]:
    """Lines of the page's code blocks, without prompts, comments and the way to the environment."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            yield line.removeprefix("$ ").split("  #")[0].strip().removeprefix(".venv/bin/")


def handiwork_lines() -> list[str]:
    return [line for page in PAGES for line in code_lines(page) if line.startswith("handiwork ")]


def tree_paths() -> list[str]:
    """Paths that the README's tree names; a folder's entries are indented below it."""
    block = next(b for b in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if "src/" in b)
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        match = TREE_LINE.match(line)
        if match is None:
            continue
        indent, name = len(match["indent"]), match["name"]
        above = [(depth, folder) for depth, folder in above if depth < indent]
        found.append("".join(folder for _, folder in above) + name)
        if name.endswith("/"):
            above.append((indent, name))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    missing = [link for link in links if not (page.parent / link.split("#")[0]).exists()]
    assert not missing


@pytest.mark.parametrize("line", handiwork_lines())
def test_every_command_shown_is_one_that_the_program_takes(line: str) -> None:
    words = shlex.split(line.split("|")[0].split(">")[0])
    parser().parse_args(words[1:])  # ends the test with the parser's own words if it refuses


def test_every_policy_shown_is_one_that_the_program_accepts() -> None:
    shown = [text for page in PAGES for text in POLICY.findall(page.read_text(encoding="utf-8"))]
    assert shown
    for text in shown:
        parse_policy(text)


def test_the_readme_shows_how_each_command_is_used() -> None:
    shown = {shlex.split(line)[1] for line in handiwork_lines()}
    assert {"record", "desk", "hub", "lab", "doctor", "verify"} <= shown


def test_the_readme_tree_names_what_is_there() -> None:
    paths = tree_paths()
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_readme_tree_leaves_no_room_out() -> None:
    house = ROOT / "src" / "handiwork"
    rooms = {f"src/handiwork/{folder.name}/" for folder in house.iterdir() if (folder / "__init__.py").exists()}
    assert rooms - set(tree_paths()) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_named_is_in_the_makefile(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^(?:\$ )?make ([a-z]+)", text, re.MULTILINE))
    assert named <= targets


def test_every_decision_is_in_the_index_and_says_why() -> None:
    folder = ROOT / "docs" / "decisions"
    index = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    pages = sorted(page for page in folder.glob("[0-9]*.md"))
    assert [page.name for page in pages] == index
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.match(rf"# {page.name[:4]}[:.] ", text), page.name
        assert [part for part in ("Context", "Decision", "Consequences") if f"## {part}" not in text] == [], page.name


def test_every_property_names_the_tests_that_attack_it() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|.*$", text, re.MULTILINE)
    assert rows == [str(number) for number in range(1, 11)]
    for row in re.findall(r"^\| \d+ \|.*$", text, re.MULTILINE):
        tests = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", row)
        assert tests, row
        for path, name in tests:
            assert (ROOT / path).exists(), path
            assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), name
