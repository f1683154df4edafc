# SPDX-License-Identifier: Apache-2.0
"""A browser that the tests of one module share: starting it takes longer than most of them."""

from collections.abc import Iterator

import pytest
from tests.adapters.browsing import Desk

from handiwork.adapters.session import VirtualSession
from handiwork.model.policy import Watched


@pytest.fixture(scope="module")
def running(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A person at real Chromium with the allowed page in front, settled."""
    desk = Desk(session, tmp_path_factory.mktemp("run"))
    with desk.chromium:
        desk.bridge.allow([Watched(site=desk.work)])
        desk.settle(0)
        yield desk
    desk.close()


@pytest.fixture
def desk(running: Desk) -> Desk:
    """The allowed page in a fresh tab, in front and settled. A module with another browser has its own `running`."""
    running.bridge.allow([Watched(site=running.work)])
    running.open("/work", 0)
    return running
