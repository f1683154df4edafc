# SPDX-License-Identifier: Apache-2.0
"""MiniWoB++ pages as a world: served from this machine, shown by a real browser, judged by the pages themselves."""

from handiwork.adapters.miniwob.harness import MiniwobEnvironment
from handiwork.adapters.miniwob.server import World
from handiwork.adapters.miniwob.tasks import DEMO_TASKS, TASKS

__all__ = ["DEMO_TASKS", "TASKS", "MiniwobEnvironment", "World"]
