# SPDX-License-Identifier: Apache-2.0
"""The page is whole, loads nothing, says only what the summary says, and can't be broken out of."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lab.showcase import pictures, showcase

from handiwork.lab.report import page, write_report
from handiwork.lab.report_page.charts import _sides, detail
from handiwork.lab.report_page.figures import THIN, count, duration, share, size
from handiwork.lab.report_page.markup import VOID, data_uri, element, style_sheet
from handiwork.lab.report_page.opening import pooled
from handiwork.lab.report_page.parts import COMMANDS
from handiwork.lab.summary import Machine, Marked, Pictures, ProofShown, Rate, RecorderCost, Shot, Summary
from handiwork.model.codec import canonical_json, from_json
from handiwork.rules import merkle


class Reader(HTMLParser):
    """Every element with its attributes, and whether all of them close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.words.append(data)


def read(text: str) -> Reader:
    return Reader(text)


def bare() -> Summary:
    """The least that a run can report."""
    cost = RecorderCost(cpu_share=0.01, peak_memory_bytes=1, bytes=1, events=0, lost=0, seconds=0)
    machine = Machine(system="s", processor="p", cores=1, memory_bytes=1)
    return Summary(
        made_at="2026-01-02T03:04:05Z", machine=machine, versions={}, tasks={}, leaks=0, recorder=cost, skips={},
        segments=0, steps=0,
    )  # fmt: skip


def test_the_page_loads_and_runs_nothing() -> None:
    text = page(showcase(), pictures())
    for tag, attributes in read(text).found:
        assert tag not in {"script", "link", "iframe", "object", "embed", "form", "base", "a"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in {"src", "href", "srcset", "action"}:
                assert value is not None
                assert value.startswith("data:image/")
    assert not re.search(r"https?://|url\(|@import", text)
    policy = next(a["content"] for _, a in read(text).found if a.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'; img-src data:; ")


def test_every_section_that_a_run_has_is_there_with_the_command_that_repeats_it() -> None:
    found = read(page(showcase(), pictures()))
    sections = [attributes["id"] for tag, attributes in found.found if tag == "section"]
    assert sorted(str(name) for name in sections) == sorted(COMMANDS)
    words = " ".join("".join(found.words).split())
    assert all(" ".join(command.split()) in words for command in COMMANDS.values())


def test_a_run_with_little_to_show_makes_a_short_page() -> None:
    found = read(page(bare(), Pictures()))
    assert [a["id"] for tag, a in found.found if tag == "section"] == ["recorded", "cost", "limits"]
    assert "not one word was stored" not in "".join(found.words)


def test_figures_on_the_page_are_the_summarys() -> None:
    summary = showcase()
    words = "".join(read(page(summary, pictures())).words)
    for number in (*summary.events.values(), *summary.skips.values(), *summary.cuts.values(), summary.steps):
        assert count(number) in words
    for rates in summary.tasks.values():
        assert share(rates["trained"].rate) in words
    assert hashlib.sha256(canonical_json(summary)).hexdigest()[:16] in words


def test_a_leak_is_said_first_and_plainly() -> None:
    leaky = msgspec.structs.replace(showcase(), leaks=3)
    words = "".join(read(page(leaky, pictures())).words)
    assert "3 private words leaked into what was stored: this run failed its audit." in words
    assert "not one word was stored" not in words


def test_without_an_audit_nothing_is_claimed_about_leaks() -> None:
    words = "".join(read(page(msgspec.structs.replace(showcase(), audit=None), pictures())).words)
    assert "private word" not in words


def test_made_up_figures_are_called_so() -> None:
    assert "every figure on this page is made up" in page(showcase(), pictures())
    assert "made up" not in page(bare(), Pictures())


NASTY = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "&lt;b&gt;", "' onload='x"]


@pytest.mark.parametrize("text", NASTY)
def test_words_from_outside_stay_words(text: str) -> None:
    shown: Any = msgspec.to_builtins(showcase())
    shown["skips"] = {text: 1}
    shown["example"]["goal"] = shown["film"]["goal"] = shown["film"]["shots"][0]["words"] = text
    shown["consent"]["policy_name"] = shown["log"]["checkpoint"] = shown["machine"]["processor"] = text
    shown["tasks"] = {text: next(iter(shown["tasks"].values()))}
    shown["commands"] = {"results": text}
    found = read(page(msgspec.convert(shown, Summary), pictures()))
    assert {tag for tag, _ in found.found} <= {tag for tag, _ in read(page(showcase(), pictures())).found}
    assert text in "".join(found.words)


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=100)
def test_markup_gives_back_the_text_it_was_given(text: str, value: str) -> None:
    plain, attribute = (s.replace("\r", "").replace("\x00", "") for s in (text, value))
    found = read(element("p", plain, title=attribute))
    assert "".join(found.words) == plain
    assert found.found == [("p", {"title": attribute})]


@pytest.mark.parametrize("picture", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"RIFF1234WAVE"])
def test_only_pictures_are_taken_for_pictures(picture: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        data_uri(picture)


@pytest.mark.parametrize("css", ["</style>", "@import 'x';", "p { background: url(http://x) }"])
def test_a_style_sheet_that_would_load_something_is_refused(css: str) -> None:
    with pytest.raises(ValueError, match="style sheet"):
        style_sheet(css)


def test_a_page_that_can_not_be_made_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    write_report(showcase(), pictures(), out)
    before = out.read_bytes()
    with pytest.raises(ValueError, match="picture"):
        write_report(showcase(), Pictures(example=b"no picture"), out)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_summary_survives_its_file_and_refuses_what_it_does_not_know() -> None:
    data = canonical_json(showcase())
    assert from_json(data, Summary) == showcase()
    with pytest.raises(msgspec.ValidationError):
        from_json(data[:-1] + b',"goals":["private"]}', Summary)


@pytest.mark.parametrize(
    ("rate", "low", "high"), [(0.5, 0.6, 0.7), (0.5, 0.1, 0.4), (1.2, 1.1, 1.3), (float("nan"), 0, 1)]
)
def test_a_rate_outside_its_interval_is_no_rate(rate: float, low: float, high: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        Rate(rate=rate, low=low, high=high, episodes=10)


def test_pooled_rates_count_every_episode_once() -> None:
    tasks: dict[str, dict[Any, Rate]] = {
        "a": {"trained": Rate(rate=1.0, low=0.7, high=1.0, episodes=10)},
        "b": {"trained": Rate(rate=0.0, low=0.0, high=0.1, episodes=30)},
    }
    found = pooled(tasks, "trained")
    assert found is not None
    assert (found.rate, found.episodes) == (0.25, 40)
    assert pooled(tasks, "random") is None


@given(st.integers(1, 200), st.data())
@settings(max_examples=100)
def test_the_drawn_proof_adds_each_hash_on_the_side_where_the_check_adds_it(leaves: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, leaves - 1))
    hashes = [merkle.leaf_hash(bytes([i % 256, i // 256])) for i in range(leaves)]
    node = merkle.nodes_over(hashes)
    path = merkle.inclusion_path(node, index, leaves)
    proof = ProofShown(what="", index=index, size=leaves, leaf="", path=tuple(h.hex() for h in path), root="")
    found = hashes[index]
    for side, sibling in zip(_sides(proof), path, strict=True):
        found = merkle.node_hash(sibling, found) if side == "left" else merkle.node_hash(found, sibling)
    assert found == merkle.root(node, leaves)


def test_numbers_are_written_for_people() -> None:
    assert (count(1234567), share(0.5), share(0.0004), share(0)) == (
        f"1{THIN}234{THIN}567", f"50{THIN}%", f"<{THIN}1{THIN}%", f"0{THIN}%",
    )  # fmt: skip
    assert (size(999), size(1500), size(2.5e9)) == (f"999{THIN}B", f"1.5{THIN}kB", f"2.5{THIN}GB")
    assert (duration(59), duration(61), duration(7260)) == (
        f"59{THIN}s",
        f"1{THIN}min 1{THIN}s",
        f"2{THIN}h 1{THIN}min",
    )


@given(
    st.integers(1, 2000), st.integers(1, 2000), st.lists(st.tuples(st.floats(0, 0.9), st.floats(0, 0.9)), max_size=4)
)
@settings(max_examples=100)
def test_a_detail_lies_in_the_picture_and_holds_every_mark(w: int, h: int, places: list[tuple[float, float]]) -> None:
    marks = [Marked(x=int(x * w), y=int(y * h), w=max(1, w // 10), h=max(1, h // 10)) for x, y in places]
    view = detail([Shot(width=w, height=h, words="", mark=mark) for mark in (*marks, None)])
    assert 0 <= view.x <= view.x + view.w <= w
    assert 0 <= view.y <= view.y + view.h <= h
    for mark in marks:
        assert view.x <= mark.x
        assert view.y <= mark.y
        assert min(mark.x + mark.w, w) <= view.x + view.w
        assert min(mark.y + mark.h, h) <= view.y + view.h
