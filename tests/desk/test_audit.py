# SPDX-License-Identifier: Apache-2.0
"""The leak audit of a person's own store: what it reads, what it remembers of it, and what it never writes down."""

import json
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.headers import TEMPLATE

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, x25519_public
from handiwork.derive.frames import Pixels
from handiwork.derive.leaks.pictures import other_chunks
from handiwork.desk.audit import AUDITOR_VERSION, Helpers, LeakAudit
from handiwork.model.errors import BadInput, Damaged
from handiwork.model.event import Event, Frame, Note, Tile
from handiwork.model.geometry import Box
from handiwork.model.ids import SegmentId
from handiwork.ports.leak_audit import LEAK_AUDIT, audited
from handiwork.recorder.kept.segment_writer import SegmentWriter
from handiwork.rules.redaction.span import Span

DEVICE_KEY, AT = b"\x31" * 32, "2026-11-26T10:00:00Z"
EMAIL, WORD = "jane.roe@example.org", "Project Heron"
REGION = Box(50, 60, 400, 300)


class FixedClock:
    def monotonic_ms(self) -> int:
        return 0

    def unix_ms(self) -> int:
        return 1_795_219_200_000


@pytest.fixture
def store(tmp_path: Path) -> SqliteJournal:
    return SqliteJournal(tmp_path / "journal.sqlite")


def keep(store: SqliteJournal, *events: Event | str, redactor: str = "1") -> SegmentId:
    template = msgspec.structs.replace(TEMPLATE, redactor_version=redactor)
    writing = SegmentWriter(store, CryptographySealing(), x25519_public(DEVICE_KEY), template, FixedClock())
    for number, event in enumerate(events, 1):
        writing.add(Note(t=number, kind="goal", text=event) if isinstance(event, str) else event)
    writing.close(0)
    return store.segments()[-1].header.segment_id


def audit(
    store: SqliteJournal, helpers: Helpers | None = None, never: tuple[str, ...] = (WORD,), lists: str = "1"
) -> LeakAudit:
    sealing, pictures = CryptographySealing(), WebpPictures()
    return LeakAudit(store, sealing, DEVICE_KEY, pictures, never, lists, helpers or Helpers())


def picture(shade: int, box: Box = REGION) -> Tile:
    pixels = np.full((box.h, box.w, 3), shade, np.uint8)
    return Tile(box, f"{shade:016x}", WebpPictures().encode(pixels))


def frame(t: int, *tiles: Tile) -> Frame:
    return Frame(t=t, region=REGION, tiles=tiles, masked_share=0.0, why="settled")


def test_what_is_remembered_is_where_and_what_class_never_what(store: SqliteJournal) -> None:
    segment = keep(store, f"write to {EMAIL}", WORD, "harmless")
    told = audit(store).read(segment, AT)
    assert told.record.found == {"notes": {"email": 1, "never": 1}}
    kept = store.value(LEAK_AUDIT)
    assert kept is not None
    assert json.loads(kept)[0]["found"] == {"notes": {"email": 1, "never": 1}}
    assert b"jane" not in kept
    assert b"eron" not in kept
    assert "jane" not in repr(told)


def test_a_clean_segment_is_not_read_twice_and_one_with_a_find_is(store: SqliteJournal) -> None:
    clean, leaky = keep(store, "harmless"), keep(store, EMAIL)
    looking = audit(store)
    assert [stored.header.segment_id for stored in looking.to_read(again=False)] == [leaky, clean]
    for segment in (clean, leaky):
        looking.read(segment, AT)
    assert [stored.header.segment_id for stored in looking.to_read(again=False)] == [leaky]
    assert len(looking.to_read(again=True)) == 2


@pytest.mark.parametrize(
    "better",
    [
        {"lists": "2"},
        {"helpers": Helpers(names=lambda _: [], namer="md")},
        {"helpers": Helpers(read=lambda _: (), reader="1")},
    ],
)
def test_a_clean_segment_is_read_again_by_whoever_knows_more(store: SqliteJournal, better: dict[str, str]) -> None:
    audit(store).read(keep(store, "harmless"), AT)
    assert audit(store).to_read(again=False) == []
    assert len(audit(store, **better).to_read(again=False)) == 1  # type: ignore[arg-type]


def test_it_is_not_read_again_because_somebody_now_knows_less(store: SqliteJournal) -> None:
    audit(store, Helpers(read=lambda _: (), reader="1")).read(keep(store, "harmless"), AT)
    assert audit(store).to_read(again=False) == []


def test_a_record_goes_with_its_segment(store: SqliteJournal) -> None:
    segment = keep(store, EMAIL)
    audit(store).read(segment, AT)
    store.delete(segment)
    assert audited(store) == {}
    assert audit(store).to_read(again=True) == []
    with pytest.raises(BadInput):
        audit(store).read(segment, AT)


def test_a_segment_that_can_t_be_opened_is_no_find_and_no_clean_one(store: SqliteJournal) -> None:
    segment = keep(store, EMAIL)
    other = LeakAudit(store, CryptographySealing(), b"\x33" * 32, WebpPictures(), (), "", Helpers())
    with pytest.raises(Damaged):
        other.read(segment, AT)
    assert audited(store) == {}


def test_which_set_of_detectors_cut_a_segment_is_remembered(store: SqliteJournal) -> None:
    record = audit(store).read(keep(store, "harmless", redactor="0.9"), AT).record
    assert (record.redactor, record.auditor) == ("0.9", AUDITOR_VERSION)


def test_what_stands_in_pictures_is_found_by_whoever_reads_them(store: SqliteJournal) -> None:
    shapes: list[tuple[int, ...]] = []

    def read(pixels: Pixels) -> Iterable[str]:
        shapes.append(pixels.shape)
        return [EMAIL] if pixels[0, 0, 0] == 200 else ["File", "Edit"]

    corner = Box(REGION.x, REGION.y, 40, 40)
    segment = keep(store, frame(1, picture(10)), frame(2, picture(200, corner)), frame(3, picture(10, corner)))
    told = audit(store, Helpers(read=read, reader="test")).read(segment, AT)
    assert [(find.leak.stream, find.leak.kind, find.leak.t) for find in told.finds] == [("pixels", "email", 2)]
    assert shapes == [(300, 400, 3), (136, 136, 3), (136, 136, 3)]
    assert (told.record.pictures, told.unread_pictures) == (3, 0)


def test_the_same_part_is_read_once(store: SqliteJournal) -> None:
    shown: list[int] = []

    def read(pixels: Pixels) -> Iterable[str]:
        shown.append(int(pixels[0, 0, 0]))
        return []

    segment = keep(store, *(frame(t, picture(10 * (t % 2))) for t in range(1, 9)))
    told = audit(store, Helpers(read=read, reader="test")).read(segment, AT)
    assert shown == [10, 0]
    assert told.record.pictures == 8


def test_where_nobody_reads_pictures_the_report_says_how_many(store: SqliteJournal) -> None:
    told = audit(store).read(keep(store, frame(1, picture(1)), frame(2, picture(2))), AT)
    assert (told.record.pictures, told.unread_pictures, told.record.reader) == (0, 2, "")


def test_a_frame_that_can_t_be_rebuilt_counts_as_unread(store: SqliteJournal) -> None:
    torn = Tile(REGION, "f" * 16, b"no picture at all")
    told = audit(store, Helpers(read=lambda _: (), reader="test")).read(keep(store, frame(1, torn)), AT)
    assert told.unread_pictures == 1
    assert told.record.found == {"pixels": {"metadata": 1}}


def test_names_are_found_by_whoever_knows_them(store: SqliteJournal) -> None:
    def names(text: str) -> list[Span]:
        at = text.find("Ada")
        return [Span(at, at + 3, "person")] if at >= 0 else []

    told = audit(store, Helpers(names=names, namer="test")).read(keep(store, "Ask Ada"), AT)
    assert told.record.found == {"notes": {"person": 1}}


def test_a_never_word_in_an_encoding_that_no_text_has_is_found_in_the_bytes(store: SqliteJournal) -> None:
    hidden = "\u0000".join(WORD)  # as it would lie in a file in UTF-16
    told = audit(store).read(keep(store, hidden, "harmless"), AT)
    assert "never" in {kind for kinds in told.record.found.values() for kind in kinds}


def test_a_picture_that_holds_more_than_pixels_is_a_find() -> None:
    plain = picture(3).image
    assert other_chunks(plain) == ()
    exif = b"EXIF" + (6).to_bytes(4, "little") + b"secret"
    assert other_chunks(plain + exif) == ("EXIF",)
    assert other_chunks(plain + b"tail") == ("?",)
    assert other_chunks(b"\x89PNG....") == ("?",)
    assert other_chunks(b"") == ()


ODD_TILES = {
    "no picture": Tile(REGION, "a" * 16, b"\x00" * 40),
    "a torn picture": msgspec.structs.replace(picture(3), image=picture(3).image[:-9]),
    "a picture of another size": msgspec.structs.replace(picture(3, Box(0, 0, 8, 8)), bounds=REGION),
    "a tile beyond the screen": picture(3, Box(1 << 40, -(1 << 40), 8, 8)),
    "a tile of no size": msgspec.structs.replace(picture(3), bounds=Box(50, 60, 0, 0)),
    "a tile that is turned inside out": msgspec.structs.replace(picture(3), bounds=Box(50, 60, -400, -300)),
}


@pytest.mark.parametrize("tile", ODD_TILES.values(), ids=ODD_TILES)
def test_an_odd_tile_hides_neither_the_texts_beside_it_nor_later_pictures(store: SqliteJournal, tile: Tile) -> None:
    segment = keep(store, f"write to {EMAIL}", frame(2, tile), frame(3, picture(9)))
    told = audit(store, Helpers(read=lambda _: ["card 4111 1111 1111 1111"], reader="test")).read(segment, AT)
    assert {(find.leak.stream, find.leak.kind) for find in told.finds} >= {("notes", "email"), ("pixels", "card")}


@pytest.mark.parametrize("region", [Box(0, 0, -4, 9), Box(0, 0, 1 << 30, 1 << 30), Box(0, 0, 0, 0)])
def test_a_frame_of_an_impossible_size_counts_as_unread_and_the_rest_is_read(store: SqliteJournal, region: Box) -> None:
    impossible = Frame(t=2, region=region, tiles=(picture(3),), masked_share=0.0, why="settled")
    segment = keep(store, f"write to {EMAIL}", impossible, frame(3, picture(9)))
    told = audit(store, Helpers(read=lambda _: ["card 4111 1111 1111 1111"], reader="test")).read(segment, AT)
    assert {(find.leak.stream, find.leak.kind) for find in told.finds} == {("notes", "email"), ("pixels", "card")}
    assert (told.record.pictures, told.unread_pictures) == (1, 1)
