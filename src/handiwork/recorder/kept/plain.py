# SPDX-License-Identifier: Apache-2.0
"""Buttons, the wheel, screens and settings: what says nothing of anyone's content is kept as it is, where allowed."""

from handiwork.model.event import Button, Surroundings, Wheel
from handiwork.model.raw import RawButton, RawSurroundings, RawWheel


def button_of(raw: RawButton) -> Button:
    """A button of an allowed surface, as it is."""
    return Button(
        t=raw.time_ms,
        x=raw.x,
        y=raw.y,
        button=raw.button,
        pressed=raw.pressed,
        synthetic=raw.synthetic,
        repaired=raw.repaired,
    )


def wheel_of(raw: RawWheel) -> Wheel:
    """The wheel over an allowed surface, as it is."""
    return Wheel(t=raw.time_ms, x=raw.x, y=raw.y, dx=raw.dx, dy=raw.dy, synthetic=raw.synthetic, repaired=raw.repaired)


def surroundings_of(raw: RawSurroundings, time_ms: int) -> Surroundings:
    """Screens and settings say nothing of anyone's content: they are kept as they are, from that time on."""
    return Surroundings(
        t=time_ms,
        monitors=raw.monitors,
        scale=raw.scale,
        double_click_ms=raw.double_click_ms,
        double_click_px=raw.double_click_px,
        layout=raw.layout,
    )
