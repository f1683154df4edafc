# SPDX-License-Identifier: Apache-2.0
"""Whom the device trusts: the hub's keys as they were at the first contact, or as the person was told them."""

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import Damaged, NotAllowed
from handiwork.ports.hub import Hub, HubIdentity
from handiwork.ports.journal import HUB_IDENTITY, Ledger


def pinned_identity(ledger: Ledger) -> HubIdentity | None:
    """The identity that was pinned, if there has been a first contact."""
    data = ledger.value(HUB_IDENTITY)
    if data is None:
        return None
    try:
        return from_json(data, HubIdentity)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise Damaged(
            "The hub's identity on this device can't be read.",
            data="Nothing was sent.",
            do="Restore the journal from a copy, or ask whoever runs the study for help.",
        ) from None


def trusted_identity(ledger: Ledger, hub: Hub, told: HubIdentity | None) -> HubIdentity:
    """The hub's identity, if it is the one that was pinned before and, where the person was told one, that one."""
    shown, pinned = hub.identity(), pinned_identity(ledger)
    for expected in (told, pinned):
        if expected is not None and shown != expected:
            raise NotAllowed(
                "The hub shows other keys than before. It may have been replaced, or someone stands in between.",
                data="Nothing was sent. Everything is still on this device.",
                do="Ask whoever runs the study, by another way than this one, whether and why its keys changed.",
            )
    if pinned is None:
        ledger.put_value(HUB_IDENTITY, canonical_json(shown))
    return shown
