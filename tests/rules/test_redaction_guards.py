# SPDX-License-Identifier: Apache-2.0
"""Most detectors aren't asked of most texts: what a text has in it rules them out, never one that would find something.

Texts are made from the detectors' own patterns, and from what those look for, in any order and with anything between.
"""

import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handiwork.rules.redaction.detectors import BUILT_IN, GUARDS, PERSONAL, address, keys, national_id, person, together
from handiwork.rules.redaction.normal import normal
from handiwork.rules.redaction.span import Detector
from handiwork.rules.redaction.traits import traits_of

MATCHING = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

_CUE_LIST = r"""
password: passwd= pwd pin code is was 2fa otp "x1" -u --user <token> value= identified by sshpass -p :// @ bearer
basic token authorization apikey AKIA ghp_ sk- eyJ --- BEGIN born birth b. d.o.b. dob bday geb. year of age aged
turned years old alt y/o i am he is she's patient son is license plate dl vin passport id card driver's reg user
name login as logged in signed handle github.com/ twitter.com/ /home/ ~ C:\Users\ at dot [at] 4111 1111 1111 1111
GB82 WEST 12345698765432 078-05-1120 555-0132 ABCPE1234F 10.0.0.1 aa:bb:cc:dd:ee:ff ::1 123456789 Main Street 5 rue
de la Paix Hauptstrasse PO Box zip 90210 LS6 2AB CA 10115 Berlin AB12 CDE M-AB 1234 1979 May 12/04/1977 41 A 7 Mr
Dr. dear hi hello name: to: c/o Anna Berg berg bob mark J. R. AA1!aaaa x7Kp93LmQz81RtYw secret key credential salt =
: ( ) , ' " / - _ . é ж ı ß 〒
"""
CUES = _CUE_LIST.split()
PARTS = st.lists(
    st.tuples(st.sampled_from(CUES), st.sampled_from(["", " ", "  ", "\n", "-", "_", ".", ":", "1"])), max_size=9
)


def patterns(detector: Detector) -> list[re.Pattern[str]]:
    """All that a detector's file looks for."""
    return [one for one in _patterns(tuple(vars(sys.modules[detector.__module__]).values())) if len(one.pattern) > 4]


def _patterns(values: object) -> Iterator[re.Pattern[str]]:
    if isinstance(values, re.Pattern):
        yield values
    elif isinstance(values, tuple):
        for value in values:
            yield from _patterns(value)


@pytest.mark.parametrize("detector", GUARDS, ids=lambda detector: detector.__module__.rsplit(".", 1)[-1])
@MATCHING
@given(data=st.data())
def test_no_text_that_a_pattern_matches_is_kept_from_its_detector(detector: Detector, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(patterns(detector)))
    matching = data.draw(st.from_regex(pattern))
    around = data.draw(st.sampled_from(["", " ", "a ", "1", "(", "see "]))
    plain = normal(around + matching[:300] + around).text
    if not GUARDS[detector](traits_of(plain)):
        assert detector(plain) == []


@settings(max_examples=300, deadline=None)
@given(PARTS)
def test_all_detectors_together_find_what_they_find_one_by_one(parts: list[tuple[str, str]]) -> None:
    plain = normal("".join(word + glue for word, glue in parts)).text
    detectors = (*BUILT_IN, *PERSONAL)
    assert together(detectors)(plain) == [span for detector in detectors for span in detector(plain)]


def test_the_guards_rule_out_most_detectors_for_plain_text_and_none_where_each_has_something() -> None:
    assert [may for may in GUARDS.values() if may(traits_of("please send the report by noon"))] == []
    assert {detector.__module__ for detector in (*BUILT_IN, *PERSONAL) if detector not in GUARDS} == {person.__name__}


def test_what_is_looked_for_is_really_taken_from_the_detectors_files() -> None:
    assert len(patterns(keys.detect)) > 40
    assert len(patterns(national_id.detect)) > 20
    assert len(patterns(address.detect)) > 5
