# SPDX-License-Identifier: Apache-2.0
"""Asks the hub for every release of this person's keys, checks each against the log, and keeps it for the desk."""

import msgspec

from handiwork.model.logged import ReleaseNotice
from handiwork.ports.hub import HubIdentity, Releases
from handiwork.ports.journal import RELEASES
from handiwork.rules.proof import damaged, verify_release
from handiwork.uploader.device import Device


def see_releases(device: Device, hub: Releases, identity: HubIdentity) -> int:
    """How many there are. Raises Damaged if the hub tells of one that is not in its log, or of another segment's."""
    found: list[ReleaseNotice] = []
    for segment, _ in device.store.receipts():
        for notice in hub.releases(segment):
            verify_release(notice, identity, device.verifier)
            if notice.details.segment_id != segment:
                raise damaged("The hub told of a release of another segment's key.")
            found.append(notice)
    device.store.put_value(RELEASES, msgspec.json.encode(found, order="sorted"))
    return len(found)
