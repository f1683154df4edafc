# SPDX-License-Identifier: Apache-2.0
"""Each detector's table of cases: (text, what must be gone). What must stay stands beside it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.detectors import (
    BUILT_IN,
    assignment,
    birth,
    card,
    email,
    entropy,
    home_path,
    iban,
    keys,
    national_id,
    number,
    phone,
    url_token,
)
from handiwork.rules.redaction.detectors.never import never
from handiwork.rules.redaction.span import Detector, Span


def cut(text: str, detectors: Sequence[Detector]) -> str:
    """The text with every found span taken out."""
    for span in reversed(found(text, detectors)):
        text = text[: span.start] + "|" + text[span.end :]
    return text


R36 = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"  # joined at run time, so that no key-like literal stands in this file

GONE: list[tuple[Detector, str, str]] = [
    (email.detect, "mail ann.lee+x@mail.example.org now", "ann"),
    (email.detect, '"ann lee"@example.org', "lee"),
    (email.detect, "ann @ example . org", "ann"),
    (email.detect, "ann [at] example [dot] org", "ann"),
    (email.detect, "ann at example dot org", "ann"),
    (email.detect, "ann(at)example.org", "ann"),
    (email.detect, "root@localhost", "root"),
    (email.detect, "ann%40example.org", "ann"),
    (email.detect, "ann&#64;example.org", "ann"),
    (email.detect, "ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ａｎｎ"),
    (email.detect, "a\u200bnn@exam\u00adple.org", "nn"),
    (email.detect, "x" * 90 + "@example.org", "x"),
    (card.detect, "4111 1111 1111 1111", "4111"),
    (card.detect, "4111-1111-1111-1111 12/29", "1111"),
    (card.detect, "4111111111111111", "4111"),
    (card.detect, "3782 822463 10005", "3782"),
    (card.detect, "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "4.1"),
    (card.detect, "4111\n1111\n1111\n1111", "4111"),
    (card.detect, "no. 12: 4111 1111 1111 1111", "4111"),
    (card.detect, "４１１１ １１１１ １１１１ １１１１", "４１"),
    (card.detect, "٤١١١ ١١١١ ١١١١ ١١١١", "١"),
    (card.detect, "4111 1111 1111 1112", "1112"),
    (iban.detect, "GB29 NWBK 6016 1331 9268 19", "6016"),
    (iban.detect, "to DE89370400440532013000 please", "DE89"),
    (iban.detect, "de89 3704 0044 0532 0130 00", "3704"),
    (iban.detect, "DE89 3704 0044 0532 0130 01", "3704"),
    (iban.detect, "FR14-2004-1010-0505-0001-3M02-606", "2004"),
    (national_id.detect, "078-05-1120", "078"),
    (national_id.detect, "078 05 1120", "078"),
    (national_id.detect, "000-12-3456", "3456"),
    (national_id.detect, "QQ 12 34 56 C", "12 34"),
    (national_id.detect, "2 85 05 78 006 084 36", "006"),
    (phone.detect, "+49 170 1234567", "170"),
    (phone.detect, "(555) 123-4567", "555"),
    (phone.detect, "555-0123", "0123"),
    (phone.detect, "0049 30 901820", "901820"),
    (phone.detect, "030 / 90 18 20", "90"),
    (phone.detect, "650-253-0000 ext", "650"),
    (phone.detect, "650.253.0000", "650"),
    (number.detect, "invoice 1234567890", "1234567890"),
    (number.detect, "①②③④⑤⑥⑦⑧⑨".translate(str.maketrans("①②③④⑤⑥⑦⑧⑨", "١٢٣٤٥٦٧٨٩")), "٣"),
    (url_token.detect, "https://ann:pw@example.org/", "ann"),
    (url_token.detect, "https://example.org/reset?t=abc", "abc"),
    (url_token.detect, "https://example.org/#access=1", "access"),
    (url_token.detect, "https://example.org/users/1234567/edit", "1234567"),
    (url_token.detect, "https://example.org/o/9f8b2c4d-11aa/x", "9f8b"),
    (url_token.detect, "example.org/invite/abc12345def", "abc12345def"),
    (home_path.detect, "/home/ann/notes.txt", "ann"),
    (home_path.detect, r"C:\Users\Ann\x", "Ann"),
    (home_path.detect, "~ann/x", "ann"),
    (keys.detect, "AKIA" + "IOSFODNN7EXAMPLE", "AKIA"),
    (keys.detect, "ghp" + "_" + R36, R36),
    (keys.detect, "github" + "_pat_" + R36, R36),
    (keys.detect, "glpat" + "-" + R36[:20], R36[:20]),
    (keys.detect, "xoxb" + "-123-456-" + R36[:12], R36[:12]),
    (keys.detect, "sk" + "_live_" + R36[:24], R36[:24]),
    (keys.detect, "AIza" + R36[:35], R36[:35]),
    (keys.detect, "eyJ" + "hbGciOi.eyJzdWIi.c2ln", "hbG"),
    (keys.detect, "npm" + "_" + R36, R36),
    (keys.detect, "pypi" + "-AgEIcHlwaS5vcmc" + R36, R36),
    (keys.detect, "hf" + "_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH", "abcdef"),
    (keys.detect, "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----- x", "MIIE"),
    (keys.detect, "-----BEGIN " + "PRIVATE KEY-----\nMIIE", "MIIE"),
    (keys.detect, "Authorization: Bearer abcdefgh", "abcdefgh"),
    (assignment.detect, "password = hunter2", "hunter2"),
    (assignment.detect, "Password: correct horse battery", "horse"),
    (assignment.detect, "my PIN is 4711", "4711"),
    (assignment.detect, 'DB_PASSWORD="p w"', "p w"),
    (assignment.detect, '"api_key": "abc"', "abc"),
    (assignment.detect, "--token abc --x", "abc"),
    (assignment.detect, "Passwort: geheim", "geheim"),
    (assignment.detect, "contraseña: abc", "abc"),
    (assignment.detect, "раssword: abc", "abc"),  # Cyrillic er and a
    (assignment.detect, "password hunter2", "hunter2"),
    (assignment.detect, "verification code: 123 456", "456"),
    (assignment.detect, "use code 482 913 now", "913"),
    (assignment.detect, "2FA: 123456", "123456"),
    (assignment.detect, "pw hunter2", "hunter2"),
    (assignment.detect, "Anna, born on 12/05/1980", "1980"),
    (assignment.detect, "postgres://app:s3cr@db/x", "s3cr"),
    (entropy.detect, "key " + R36, R36),
    (entropy.detect, "Tr0ub4dor&3", "Tr0"),
    (entropy.detect, "Summer2024", "Summer"),
    (entropy.detect, "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY", "wJal"),
    (never(["Project X", "Acme", "C++"]), "the project-x plan", "project"),
    (never(["Project X", "Acme", "C++"]), "AcmeCorp", "Acme"),
    (never(["Project X", "Acme", "C++"]), "Асmе", "m"),
    (never(["Project X", "Acme", "C++"]), "in C++", "C"),
    (never(["Bluefin"]), "ask about B l u e f i n", "n"),
    (never(["Bluefin"]), "the blue-fin's", "fin"),
    (never(["Bluefin"]), "Błuefin", "uefin"),
    (never(["Acme"]), "A.c.m.e", "m"),
    (never(["Müller AG"]), "for Mueller AG", "ueller"),
    (never(["Mueller AG"]), "MÜLLER-AG", "LLER"),
    (never(["Großmann"]), "GROSSMANN", "GROSS"),
    (national_id.detect, "ABCPK1234F", "1234"),
    (birth.detect, "Anna, b. 3 May 1981", "1981"),
    (birth.detect, "year of birth: 1981", "1981"),
    (birth.detect, "Geburtsjahr 1981", "1981"),
]

STAYS = [
    "Buy 3 apples on 2024-01-15 at 10:30",
    "Order total is $1,234.56",
    "Click the button labelled Submit",
    "version 10.0.2 of 127.0.0.1",
    "getElementsByTagName",
    "page 12 of 340",
    "meet at the office",
    "https://example.org/settings/profile",
    "pinned tokens of appreciation",
    "well-known-but-long-file-name",
    "plan b. 3 of them",
]


@pytest.mark.parametrize(("detector", "text", "gone"), GONE, ids=[f"{i}" for i in range(len(GONE))])
def test_a_detector_cuts_its_kind_in_every_dress(detector: Detector, text: str, gone: str) -> None:
    assert gone in text
    assert gone not in cut(text, [detector])


@pytest.mark.parametrize("text", STAYS)
def test_plain_text_passes_all_detectors(text: str) -> None:
    assert found(text, BUILT_IN) == []


def test_never_without_words_cuts_nothing_and_a_sign_alone_is_no_wildcard() -> None:
    assert found("anything c", [never([]), never(["C++"]), never([" "])]) == []


def test_what_is_too_long_is_cut_whole() -> None:
    text = "a " * LONGEST
    assert found(text, BUILT_IN) == [Span(0, len(text), "too long")]


def test_a_detector_that_fails_cuts_everything() -> None:
    def broken(text: str) -> list[Span]:
        raise RuntimeError(text)

    assert found("hello", [*BUILT_IN, broken]) == [Span(0, 5, "unsure")]
    assert found("hello", [lambda _: [Span(3, 99, "email")]]) == [Span(0, 5, "unsure")]


HARD = ["a" * 4000, "1 " * 2000, "@" * 4000, "a@" * 2000, "-----BEGIN " * 360, "x." * 2000, "pin " * 1000, "%25" * 1333]
HARD += ["http://" * 570, "eyJ." * 1000, "GB29" * 1000, "password=" * 440, "(" * 4000, "é" * 4000, "a at " * 800]
HARD += ["1" * 4000, "4111 " * 800, "A1" * 2000, " " * 4000, "[at]" * 1000, "a-" * 2000, "+1(" * 1300, '"' * 4000]
HARD += ["api-" * 1000, "a_" * 2000, "x:y@" * 1000, "token is " * 440, "http://a:" * 440, "&#64;" * 800]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HARD, ids=[text[:9] for text in HARD])
def test_no_text_makes_a_detector_hang(text: str) -> None:
    found(text[:LONGEST], [*BUILT_IN, never(["a b c"])])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_spans_are_disjoint_in_order_and_inside_any_text(text: str) -> None:
    spans = found(text, BUILT_IN)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.kind != "unsure" for span in spans)


PLAIN = ["please", "send", "the", "report", "to", "our", "team", "by", "noon", "and", "check", "it", "twice"]
WORDS = st.lists(st.sampled_from(PLAIN), max_size=12)
DATA = ["ann.lee@example.org", "4111 1111 1111 1111", "GB29 NWBK 6016 1331 9268 19", "078-05-1120", "+49 170 1234567"]
GLUE = st.sampled_from([" ", "\n", ", ", "; ", " (", ") ", "\u00a0", "\t", " - ", "… "])


@settings(max_examples=200, deadline=None)
@given(WORDS, GLUE, st.sampled_from(DATA), GLUE, WORDS)
def test_a_datum_is_found_wherever_it_stands(before: list[str], a: str, datum: str, b: str, after: list[str]) -> None:
    text = " ".join(before) + a + datum + b + " ".join(after)
    assert datum not in cut(text, BUILT_IN)
    assert datum[2:-2] not in cut(text, BUILT_IN)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(DATA[:4]),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from("\u200b\u200d\u2060\u00ad\ufe0f"))),
)
def test_invisible_characters_hide_nothing(datum: str, marks: list[tuple[int, str]]) -> None:
    text = datum
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    left = cut("see " + text + " there", BUILT_IN)
    assert not any(piece in left for piece in ("ann", "lee", "4111", "NWBK", "078"))
