# SPDX-License-Identifier: Apache-2.0
"""One detector, one file, one table of cases. Each takes normalised text and cuts rather too much than too little."""

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
