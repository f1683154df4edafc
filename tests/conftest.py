# SPDX-License-Identifier: Apache-2.0
"""Fixtures for tests that need a desktop. Nothing here changes this process's environment: pass `session.env` on."""

from collections.abc import Iterator

import pytest
from tests.windows import Program

from handiwork.adapters.session import VirtualSession


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that use a screen come first: they take longest, and none should be left when all others are done."""
    on_screen = {item.path for item in items if any(item.get_closest_marker(name) for name in ("desktop", "browser"))}
    items.sort(key=lambda item: item.path not in on_screen)


@pytest.fixture(scope="module")
def session() -> Iterator[VirtualSession]:
    """A private desktop with openbox, shared by the tests of one module (about 0.5 s to start)."""
    with VirtualSession() as started:
        yield started


@pytest.fixture(scope="module")
def bare_session() -> Iterator[VirtualSession]:
    """A private desktop without a window manager."""
    with VirtualSession(window_manager=False) as started:
        yield started


@pytest.fixture
def program(session: VirtualSession) -> Iterator[Program]:
    """A program that can open windows in `session`; they go when the test ends."""
    started = Program(session.display)
    yield started
    started.close()
