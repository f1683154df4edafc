# SPDX-License-Identifier: Apache-2.0
"""One detector, one file, one table of cases. Each takes normalised text and cuts rather too much than too little."""

from collections.abc import Sequence

from handiwork.rules.redaction.detectors import (
    address,
    age,
    assignment,
    birth,
    card,
    email,
    entropy,
    handle,
    home_path,
    iban,
    keys,
    national_id,
    network,
    number,
    person,
    phone,
    plate,
    url_token,
)
from handiwork.rules.redaction.span import Detector
from handiwork.rules.redaction.traits import Guard, guarded

BUILT_IN: tuple[Detector, ...] = (
    keys.detect,
    assignment.detect,
    email.detect,
    card.detect,
    iban.detect,
    national_id.detect,
    phone.detect,
    number.detect,
    url_token.detect,
    home_path.detect,
    entropy.detect,
    network.detect,
    birth.detect,
    plate.detect,
    address.detect,
)
"""What identifies or opens something, cut at every level; beside them `never`, whose words the policy gives."""

PERSONAL: tuple[Detector, ...] = (person.detect, age.detect, handle.detect)
"""What says who somebody is without leading to them at once: cut unless the level is "open"."""

GUARDS: dict[Detector, Guard] = {
    keys.detect: keys.may_find,
    assignment.detect: assignment.may_find,
    email.detect: email.may_find,
    card.detect: card.may_find,
    iban.detect: iban.may_find,
    national_id.detect: national_id.may_find,
    phone.detect: phone.may_find,
    number.detect: number.may_find,
    url_token.detect: url_token.may_find,
    home_path.detect: home_path.may_find,
    entropy.detect: entropy.may_find,
    network.detect: network.may_find,
    birth.detect: birth.may_find,
    plate.detect: plate.may_find,
    address.detect: address.may_find,
    age.detect: age.may_find,
    handle.detect: handle.may_find,
}
"""What a text must have in it for a detector to find anything. Who has none is asked of every text."""


def together(detectors: Sequence[Detector]) -> Detector:
    """All these as one, each asked only where it may find something."""
    return guarded([(detector, GUARDS.get(detector, lambda _: True)) for detector in detectors])
