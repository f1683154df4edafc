# SPDX-License-Identifier: Apache-2.0
"""What a policy may ask of the leak audit that runs by itself, and what a change of it means."""

import msgspec
import pytest
from tests.properties.harness import POLICY

from handiwork.model.errors import BadInput
from handiwork.model.policy import Audit, Policy
from handiwork.rules.audit_times import DAY_S, asked_s
from handiwork.rules.policy import parse_policy
from handiwork.rules.revision import widenings

TEXT = 'name = "x"\nrevision = 1\npurposes = ["agent-training"]\n'


def asking(every: str) -> Policy:
    return msgspec.structs.replace(POLICY, audit=Audit(every=every))


@pytest.mark.parametrize(("every", "seconds"), [("", DAY_S), ("12h", DAY_S // 2), ("7d", 7 * DAY_S), ("never", 0)])
def test_a_policy_may_ask_for_more_auditing_for_less_and_for_none(every: str, seconds: int) -> None:
    assert asked_s(parse_policy(f'{TEXT}[audit]\nevery = "{every}"\n').audit) == seconds
    assert asked_s(parse_policy(TEXT).audit) == DAY_S


@pytest.mark.parametrize("every", ["12", "0h", "often", "1.5h", "-1d", "12h ", "99999h", "1m"])
def test_what_is_no_length_of_time_is_refused(every: str) -> None:
    with pytest.raises(BadInput, match="audit can't be made every"):
        parse_policy(f'{TEXT}[audit]\nevery = "{every}"\n')


@pytest.mark.parametrize(("before", "after"), [("", "2d"), ("12h", ""), ("7d", "never"), ("", "never"), ("1h", "2h")])
def test_less_auditing_needs_a_new_consent_and_more_does_not(before: str, after: str) -> None:
    assert widenings(asking(before), asking(after)) == ["it has less read again for leaks"]
    assert widenings(asking(after), asking(before)) == []
    assert widenings(asking(before), asking(before)) == []
