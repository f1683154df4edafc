# SPDX-License-Identifier: Apache-2.0
"""What the desk tells of masking: class, stream and rough time of every cut, once each, and never a word of content."""

import msgspec
from tests.headers import TEMPLATE

from handiwork.desk.masked import SLICES, masked
from handiwork.model.event import Acted, Element, Event, Foreground, Frame, Note, Observed, Typed
from handiwork.model.geometry import Box
from handiwork.model.segment import Closing, OpenSegment

BOX = Box(0, 0, 10, 10)


def element(name: str = "", value: str = "", cuts: tuple[str, ...] = ()) -> Element:
    return Element("textbox", name, value, BOX, (), -1, cuts)


def seen(t: int, *elements: Element, title: str = "", url: str = "") -> Observed:
    return Observed(t=t, url=url, title=title, bounds=BOX, elements=elements, focused=-1, truncated=False)


def segment(*events: Event) -> OpenSegment:
    closing = Closing(chunks=1, events=len(events), first_t=0, last_t=4_800, wall_offset_ms=1_000, recovered=False)
    return OpenSegment(TEMPLATE, events, closing)


def test_cuts_are_counted_by_stream_and_class() -> None:
    told = masked(
        segment(
            Foreground(t=0, app="a", site="", title="<content 9 chars>", bounds=BOX),
            Note(t=10, kind="goal", text="ask <person 1>", cuts=("person",)),
            Typed(t=20, t_end=30, text="<email 1> <card 1>", keystrokes=9, cuts=("card", "email")),
            seen(40, element("Mail", "<email 1>", ("email",)), title="<never 1> plan", url="https://a/<token>"),
            Acted(t=50, what="click", element=element("<person 1>", "", ("person",))),
        )
    )
    assert told.counts == {
        "address": {"token": 1},
        "element": {"email": 1, "person": 1},
        "notes": {"person": 1},
        "text": {"card": 1, "email": 1},
        "title": {"content": 1, "never": 1},
    }
    assert (told.begun, told.ended) == (1_000, 5_800)


def test_what_stays_on_screen_counts_once_and_what_is_typed_twice_counts_twice() -> None:
    field = element("Mail", "<email 1>", ("email",))
    runs = [Typed(t=t, t_end=t, text="<email 1>", keystrokes=9, cuts=("email",)) for t in (5, 6)]
    told = masked(segment(seen(1, field), seen(2, field), seen(3, field, element("Save")), *runs))
    assert told.counts == {"element": {"email": 1}, "text": {"email": 2}}


def test_the_time_is_told_by_slices_of_the_whole() -> None:
    runs = [Typed(t=t, t_end=t, text="<email 1>", keystrokes=9, cuts=("email",)) for t in (0, 2_400, 4_800)]
    (parts,) = masked(segment(*runs)).slices.values()
    assert len(parts) == SLICES
    assert [at for at, n in enumerate(parts) if n] == [0, SLICES // 2, SLICES - 1]


def test_pictures_are_told_by_the_share_that_is_filled_in() -> None:
    small, large = Box(0, 0, 10, 10), Box(0, 0, 10, 30)
    frames = [
        Frame(t=1, region=small, tiles=(), masked_share=1.0, why=""),
        Frame(t=2, region=large, tiles=(), masked_share=0.0, why=""),
    ]
    told = masked(segment(*frames))
    assert (told.frames, told.masked_share) == (2, 0.25)


def test_no_word_of_content_is_in_it() -> None:
    events = (
        Note(t=1, kind="goal", text="heron <person 1>", cuts=("person",)),
        seen(2, element("heron", "heron", ("email",)), title="heron <never 1>"),
    )
    assert b"heron" not in msgspec.json.encode(masked(segment(*events)))


def test_a_segment_without_cuts_or_time_is_no_trouble() -> None:
    assert masked(segment()).counts == {}
