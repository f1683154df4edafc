# SPDX-License-Identifier: Apache-2.0
"""Steps and episodes: what was seen just before, and what was then done, toward one goal."""

import msgspec

from handiwork.model.action import Action
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.ids import SegmentId


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What the window showed. `frame` is a lossless WebP or empty; element bounds are root pixels, as is `bounds`."""

    t: int
    url: str
    title: str
    bounds: Box
    elements: tuple[Element, ...]
    focused: int
    frame: bytes = b""
    frame_region: Box = Box(0, 0, 0, 0)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An observation and the action that followed. Carries its segment's id, so that withdrawal finds it."""

    segment_id: SegmentId
    observation: Observation
    action: Action
    flags: tuple[str, ...] = ()
    """What a trainer must know: "cut text" (redaction changed the action's own words: never to be imitated),
    "after gap" (something before it was not kept), and what the action takes back: "undo", "redo", "back", "erase",
    "correct", "dismiss" (derive/recoveries.py)."""


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """Steps toward one goal, in order. `outcome` is done, failed or unknown."""

    episode_id: str
    goal: str
    outcome: str
    steps: tuple[Step, ...]
    flags: tuple[str, ...] = ()
    """"gap" and "skips" (part of it was not kept), "lost input" (presses or keys went missing),
    "lost steps" (an action had no usable observation)."""
