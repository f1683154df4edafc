# SPDX-License-Identifier: Apache-2.0
"""Takes an address apart and forgets it: the standard library's own function keeps the last 128 of them in memory."""

import inspect
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

_unremembered: Callable[[str], SplitResult] = inspect.unwrap(urlsplit)


def split_url(url: str) -> SplitResult:
    """As urllib's `urlsplit`; raises ValueError as that does."""
    return _unremembered(url)
