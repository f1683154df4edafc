# SPDX-License-Identifier: Apache-2.0
"""Everything the recorder needs from the world, in one value. Wired by the command line; faked by tests."""

from dataclasses import dataclass

from handiwork.ports.browser import Browser
from handiwork.ports.clipboard import ClipboardWatch
from handiwork.ports.clock import Calendar, Clock
from handiwork.ports.control import Control
from handiwork.ports.delay import DelayProbe
from handiwork.ports.desktop import Desktop
from handiwork.ports.indicator import Indicator
from handiwork.ports.input import InputSource
from handiwork.ports.interface import Interface
from handiwork.ports.journal import Store
from handiwork.ports.meter import Meter
from handiwork.ports.pictures import Pictures
from handiwork.ports.power import Power
from handiwork.ports.screen import Screen
from handiwork.ports.secrets_watch import SecretsWatch
from handiwork.ports.surroundings import Surroundings
from handiwork.ports.tray import Tray
from handiwork.ports.unaided import UnaidedBrowser


@dataclass(frozen=True)
class World:
    """One of each port. Closing them is the wirer's duty."""

    input: InputSource
    desktop: Desktop
    surroundings: Surroundings
    clipboard: ClipboardWatch
    screen: Screen
    secrets: SecretsWatch
    browser: Browser
    unaided: UnaidedBrowser
    interface: Interface
    indicator: Indicator
    tray: Tray
    control: Control
    store: Store
    pictures: Pictures
    clock: Clock
    calendar: Calendar
    power: Power
    meter: Meter
    delay: DelayProbe
