# SPDX-License-Identifier: Apache-2.0
"""National numbers are looked for around digits only: what that finds is what looking everywhere would find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.rules.redaction.detectors import national_id
from handiwork.rules.redaction.span import merged

PIECES = (
    "123-45-6789", "AB 12 34 56 C", "RSSMRA 85T10 A562S", "756.1234.5678.97", "850709-9805", "12345678Z", "X1234567L",
    "ABCPE1234F", "A123456(7)", "12:30:01", "1234567T", "GODE561231HDFRRN09", "12-3456789", "S1234567D", "046 454 286",
    "1. ", "word ", "Orders wait here until somebody ", "\n", "x", "-", "7", " ", ", ",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_nothing_is_missed_and_nothing_is_added(text: str) -> None:
    needs = [(number, national_id._SIX_DIGITS) for number in national_id._NUMBERS]
    everywhere = [
        span
        for number, digits in (*needs, (national_id._PAN, national_id._FOUR_DIGITS))
        for span in national_id._matches(number, text, 0, len(text))
        if digits.search(text)
    ]
    assert merged(national_id.detect(text)) == merged(everywhere)
