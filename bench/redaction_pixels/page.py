# SPDX-License-Identifier: Apache-2.0
"""Rendered pages and what is where on them: real Chromium, its pixels, and the boxes of what was planted.

What is marked `data-item` is personal (its value says which kind), what is marked `data-ui` is the interface's.
"""

import html
import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from handiwork.adapters.browser.launch import find_chromium
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame

SCRIPT = """
<script>
const told = [];
for (const mark of document.querySelectorAll('[data-item],[data-ui]')) {
  const range = document.createRange(); range.selectNodeContents(mark);
  const boxes = [...range.getClientRects()].filter(r => r.width && r.height)
    .map(r => [r.left, r.top, r.width, r.height]);
  told.push([mark.dataset.item ?? '', mark.textContent, boxes]);
}
const out = document.createElement('script'); out.type = 'application/json'; out.id = 'told';
out.textContent = encodeURIComponent(JSON.stringify(told)); document.body.append(out);
</script>
"""
_TOLD = re.compile(r'id="told">([^<]*)<')


@dataclass(frozen=True)
class Marked:
    """A piece of text on the page: its kind ("" for the interface's own) and the boxes of its lines."""

    kind: str
    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Page:
    """One rendered page. `pixels` is RGB."""

    name: str
    pixels: NDArray[np.uint8]
    marks: tuple[Marked, ...]

    @property
    def region(self) -> Box:
        """All of it."""
        return Box(0, 0, self.pixels.shape[1], self.pixels.shape[0])

    def frame(self, time_ms: int = 1_000, down: int = 0, height: int | None = None) -> RawFrame:
        """As the screen would give it: BGRX, from `down` pixels on."""
        part = self.pixels[down : None if height is None else down + height]
        bgrx = np.zeros((*part.shape[:2], 4), dtype=np.uint8)
        bgrx[:, :, :3] = part[:, :, ::-1]
        return RawFrame(time_ms, Box(0, 0, part.shape[1], part.shape[0]), bgrx.tobytes())


def item(kind: str, text: str) -> str:
    """Markup of something personal."""
    return f'<span data-item="{kind}">{html.escape(text)}</span>'


def ui(text: str) -> str:
    """Markup of the interface's own words."""
    return f"<span data-ui>{html.escape(text)}</span>"


def rendered(name: str, markup: str, width: int = 1280, height: int = 900) -> Page:
    """Chromium's picture of a page, and where its marks are. Two runs of the same layout."""
    with tempfile.TemporaryDirectory() as folder:
        source, picture = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(f"<!doctype html><meta charset=utf-8>{markup}{SCRIPT}", "utf-8")
        _chromium(folder, width, height, f"--screenshot={picture}", source.as_uri())
        dump = _chromium(folder, width, height, "--dump-dom", source.as_uri())
        with Image.open(picture) as image:
            pixels = np.asarray(image.convert("RGB")).copy()
    found = _TOLD.search(dump)
    if found is None:
        raise ValueError(f"page {name} did not tell where its marks are")
    from urllib.parse import unquote

    told = json.loads(unquote(found.group(1)))
    screen = Box(0, 0, pixels.shape[1], pixels.shape[0])
    return Page(name, pixels, tuple(mark for one in told if (mark := _marked(one, screen)).boxes))


def _marked(told: list[object], screen: Box) -> Marked:
    kind, text, boxes = told
    assert isinstance(boxes, list)
    placed = (Box(int(x), int(y), round(w + x % 1 + 0.5), round(h + y % 1 + 0.5)) for x, y, w, h in boxes)
    whole = (box for box in placed if box.intersection(screen) == box)
    return Marked(str(kind), str(text), tuple(whole))


def _chromium(folder: str, width: int, height: int, *arguments: str) -> str:
    command = [
        find_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", *arguments,
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout
