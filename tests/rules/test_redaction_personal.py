# SPDX-License-Identifier: Apache-2.0
"""Tables of cases for what says who somebody is: (text, what must be gone), and beside it what must stay."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.detectors import (
    BUILT_IN,
    PERSONAL,
    address,
    age,
    birth,
    handle,
    national_id,
    network,
    person,
    plate,
)
from handiwork.rules.redaction.detectors.reference import is_reference
from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.redaction.span import Detector
from handiwork.rules.redaction.unknown import unknown_names, unknown_spans


def cut(text: str, detectors: Sequence[Detector]) -> str:
    """The text with every found span taken out."""
    for span in reversed(found(text, detectors)):
        text = text[: span.start] + "|" + text[span.end :]
    return text


GONE: list[tuple[Detector, str, str]] = [
    (
        address.detect,
        "Send it to 123 N Main St Apt 4B, Springfield, IL 62704. Please hurry.",
        "Send it to |. Please hurry.",
    ),
    (address.detect, "see 123 main street, springfield, il 62704", "see |"),
    (address.detect, "Flat 2, 14 Acacia Road, London SW1A 1AA is home", "| is home"),
    (address.detect, "at Hauptstraße 12a, 10115 Berlin, gegen Mittag", "at |, gegen Mittag"),
    (address.detect, "au 12 bis rue de la Paix, 75002 Paris demain", "au | demain"),
    (address.detect, "in Via Roma 12, 00184 Roma RM domani", "in | domani"),
    (address.detect, "Calle Mayor 5, 3º B, 28013 Madrid", "|"),
    (address.detect, "Rua Augusta, 123 - Consolação, São Paulo - SP, 01304-001", "|"),
    (address.detect, "Keizersgracht 123, 1015 CJ Amsterdam", "|"),
    (address.detect, "Storgatan 5, 111 22 Stockholm", "|"),
    (address.detect, "write to P.O. Box 1234, Dover", "write to |"),
    (address.detect, "Postfach 12 34, 8021 Zürich", "|"),
    (address.detect, "Unit 7, 22 George Street\nSydney NSW 2000\nAustralia\n\nthanks", "|\n\nthanks"),
    (address.detect, "my zip code is 04107", "my zip code is |"),
    (address.detect, "1234 5th Ave, New York", "|"),
    (person.detect, "Dear Mr. van der Berg, thank you", "Dear |, thank you"),
    (person.detect, "my name is Anna Kowalczyk", "my name is |"),
    (person.detect, "we asked Mark about it", "we asked | about it"),
    (person.detect, "J. R. Smith signed", "| signed"),
    (person.detect, "met will smith and anna yesterday", "met | and | yesterday"),
    (person.detect, "Grace Hill came", "| came"),
    (person.detect, "Sørensen, Łukasz and Zoë", "|, | and |"),
    (person.detect, "hello priya, lunch?", "hello |, lunch?"),
    (person.detect, "Frau Nguyễn ist da", "| ist da"),
    (person.detect, "Аnnа Kowalczyk called", "| called"),  # Cyrillic a
    (person.detect, "An\u200bna Kowal\u00adczyk called", "| called"),
    (age.detect, "she is 34 and lives here", "she is | and lives here"),
    (age.detect, "a 7-year-old boy", "a |-year-old boy"),
    (age.detect, "aged 61", "aged |"),
    (age.detect, "on 12/05/1980 in May", "on | in May"),
    (birth.detect, "born on 3 May 1988", "born on |"),
    (birth.detect, "DOB: 5/6/71", "DOB: |"),
    (birth.detect, "geboren am 4.11.1985", "geboren am |"),
    (birth.detect, "date de naissance : 14 août 1990", "date de naissance : |"),
    (handle.detect, "ask @annab today", "ask | today"),
    (handle.detect, "username: bob_22", "username: |"),
    (handle.detect, "logged in as carl", "logged in as |"),
    (handle.detect, "github.com/foo-bar is mine", "github.com/| is mine"),
    (network.detect, "host 10.0.0.12 is down", "host | is down"),
    (network.detect, "fe80::1ff:fe23:4567:890a", "|"),
    (network.detect, "mac 00:1B:44:11:3A:B7", "mac |"),
    (plate.detect, "car AB12 CDE is parked", "car | is parked"),
    (plate.detect, "VIN 1HGCM82633A004352", "VIN |"),
    (plate.detect, "driver's license D123-4567-8901", "driver's license |"),
    (national_id.detect, "SSN 078-05-1120", "SSN |"),
    (national_id.detect, "CPF 390.533.447-05", "CPF |"),
    (national_id.detect, "hetu 131052-308T", "hetu |"),
    (national_id.detect, "DNI 54362315K", "DNI |"),
    (national_id.detect, "2341 2341 2346", "|"),
    (national_id.detect, "756.9217.0769.85", "|"),
    (national_id.detect, "RSSMRA85T10A562S", "|"),
    (unknown_spans, "the offer of Brzęczyszczykiewicz & Sons Ltd. is late", "the offer of |. is late"),
    (unknown_spans, "we met at Best Buy on Monday", "we met at | on Monday"),
    (unknown_spans, "see www.example-shop.co.uk/x for more", "see | for more"),
    (unknown_spans, "ticket 55123 of kowalski is open", "ticket | of | is open"),
    (unknown_spans, "東京 office", "| office"),
    (unknown_spans, "from 12 Jan Kowalski Flat 3", "from |"),
]

STAYS: list[tuple[Sequence[Detector], str]] = [
    ([address.detect], "we sold 3 cars in the main street and 12 people came"),
    ([address.detect], "Page 3 of 12, row 4: results"),
    ([address.detect], "Version 2.3 of the drive"),
    ([address.detect], "10 items in the cart, 3 more to pay"),
    ([person.detect], "Mark as read"),
    ([person.detect], "Start Date May 2024, Page Up, Save Draft"),
    ([person.detect], "the bill will be paid in june"),
    ([person.detect], "Will the grant cover the price?"),
    ([age.detect], "page 12 of 40, version 3, 25 percent, on 2024-03-18"),
    ([birth.detect], "the report is due on 3 May"),
    ([handle.detect], "meet @ noon; the user is new"),
    ([network.detect], "version 10.0.2 at 12:30:45, ratio 4:3"),
    ([plate.detect], "registration is open for 5 days"),
    ([national_id.detect], "order 12-34, 3 of 9, 2024-03-18"),
    ([unknown_spans], "Please send the revised offer before Friday noon, we approved 3 of 12 items."),
    ([unknown_spans], "the total is 1,234.50 and 45.90"),
    ([unknown_names], "kubectl apply was reconciled"),
    ([*BUILT_IN, *PERSONAL], "Could you look at the draft before noon? Section 4 is still missing a figure."),
]


@pytest.mark.parametrize(("detector", "text", "left"), GONE, ids=[f"{i}" for i in range(len(GONE))])
def test_a_detector_cuts_its_kind_and_nothing_around_it(detector: Detector, text: str, left: str) -> None:
    assert cut(text, [detector]) == left


@pytest.mark.parametrize(("detectors", "text"), STAYS, ids=[f"{i}" for i in range(len(STAYS))])
def test_what_only_looks_personal_stays(detectors: Sequence[Detector], text: str) -> None:
    assert found(text, detectors) == []


@pytest.mark.parametrize(
    "value",
    [
        "getpass.getpass()", "os.environ['DB_PASSWORD']", "${DB_PASSWORD}", "<your password>", "None", "xxxxxxxx",
        "{{ vault_password }}", "await fetchToken(url);", "string;", "config.get('secret')", "YOUR_API_KEY",
        "form.csrf_token.data",
    ],
)  # fmt: skip
def test_a_reference_beside_the_word_password_is_no_secret(value: str) -> None:
    assert is_reference(value)
    assert found(f"password = {value}", BUILT_IN) == []


@pytest.mark.parametrize(
    "value",
    ["hunter2", "'hunter'", "winter", "b64decode('winter')", "monkey.dragon", "correct horse battery staple", "f(x1y2)",
     "changeme", "Pa$$word", "config", "letmein()x"],
)  # fmt: skip
def test_what_may_be_one_is_never_taken_for_a_reference(value: str) -> None:
    assert not is_reference(value)
    assert value not in cut(f"password = {value}", BUILT_IN)


def test_names_are_no_everyday_words_and_everyday_words_in_any_form_are() -> None:
    everyday = "reimbursements quickly unhappily stopped bigger rescheduling cities Thursday's well-known don't"
    assert [word for word in everyday.split() if not is_common(word)] == []
    names = "Kowalczyk Okonkwo Nguyen Annabel Smith Zhang Berlin Acme Peters"
    assert [word for word in names.split() if is_common(word)] == []


def test_one_person_has_one_mark_by_full_and_by_last_name_and_no_text_keeps_either() -> None:
    redactor = Redactor("balanced")
    assert redactor.title("Anna Kowalczyk").text == "<person 1>"
    assert redactor.title("Kowalczyk").text == "<person 1>"
    assert redactor.title("ask kowalczyk").text == "ask <person 1>"
    assert redactor.title("Priya Raman").text == "<person 2>"
    redactor.forget()
    assert redactor.title("Priya Raman").text == "<person 1>"


HARD = ["K" * 3999 + "1", "1 St " * 800, "10115 Berlin " * 300, "rue de la " * 400, "Anna " * 800, "J. " * 1333]
HARD += ["may 1 " * 660, "password: f(" * 360, "password: a.b.c(" + "a," * 1900, "Kowalski of the " * 250, "A-" * 2000]
HARD += ["a" * 2000 + "1" + "a" * 1999, "x" * 39 + "1" * 3900, "O'" * 2000, "token = " + "x(a" * 1200, "1\n" * 2000]
HARD += [
    "1.2.3." * 660,
    "ff:" * 1333,
    "Sp. z o.o. " * 360,
    "\u202eanna \u200f" * 500,
    "\ud800" * 4000,
    "e\u0301" * 2000,
]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", HARD, ids=[f"{i}" for i in range(len(HARD))])
def test_no_text_makes_a_detector_hang(text: str) -> None:
    found(text[:LONGEST], [*BUILT_IN, *PERSONAL, unknown_spans, unknown_names])


STRANGE = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aA1.,-@/ \n'\"=:()"),
        st.sampled_from("\u200b\u202e\u0301\u0430\u03bf\uff21\u0661\u05d0\u0627"),
    ),
    max_size=200,
)


@settings(max_examples=300, deadline=None)
@given(STRANGE)
def test_any_text_is_judged_without_a_failure_and_spans_lie_inside_it(text: str) -> None:
    for detectors in ([*BUILT_IN, *PERSONAL], [unknown_spans], [unknown_names]):
        spans = found(text, detectors)
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert all(0 <= span.start < span.end <= len(text) and span.kind != "unsure" for span in spans)


@settings(max_examples=100, deadline=None)
@given(STRANGE)
def test_a_redactor_takes_any_text_at_any_level(text: str) -> None:
    for level in ("interface", "balanced", "open"):
        redactor = Redactor(level)
        for judge in (redactor.title, redactor.words, redactor.url):
            judge(text)
        redactor.typed(text, None)


def test_a_name_in_small_letters_makes_a_button_content_and_everyday_words_do_not() -> None:
    box = Box(10, 10, 90, 20)

    def shown(name: str) -> str:
        return Redactor("interface").element(RawElement(0, "button", name, "", box, frozenset(), -1, "", ())).name

    assert shown("reply to priya").startswith("<content ")
    assert shown("Reimburse travel expenses") == "Reimburse travel expenses"


def test_at_open_names_stay_and_what_leads_to_somebody_goes() -> None:
    text = "Anna Berg wrote from 12 Acacia Road, London SW1A 1AA, born 3 May 1988, host 10.0.0.12, password: winter"
    kept = Redactor("open").title(text).text
    assert kept.startswith("Anna Berg wrote from <address 1>, born <")
    assert kept.endswith("host <ip 1>, password: <secret>")
    assert not any(gone in kept for gone in ("Acacia", "London", "1988", "winter", "10.0"))
