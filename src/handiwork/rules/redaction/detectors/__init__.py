# SPDX-License-Identifier: Apache-2.0
"""One detector, one file, one table of cases. Each takes normalised text and cuts rather too much than too little."""

from handiwork.rules.redaction.detectors import (
    assignment,
    card,
    email,
    entropy,
    home_path,
    iban,
    keys,
    number,
    phone,
    ssn,
    url_token,
)
from handiwork.rules.redaction.span import Detector

BUILT_IN: tuple[Detector, ...] = (
    keys.detect,
    assignment.detect,
    email.detect,
    card.detect,
    iban.detect,
    ssn.detect,
    phone.detect,
    number.detect,
    url_token.detect,
    home_path.detect,
    entropy.detect,
)
"""Every detector but `never`, whose words the policy gives."""
