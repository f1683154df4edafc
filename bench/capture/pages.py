# SPDX-License-Identifier: Apache-2.0
"""The small site that the scripted person works on: a form beside a long text, and a guide. Knows no person."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from handiwork.model.geometry import Box

STATUSES = ("Open", "Waiting", "Packed", "Sent", "Closed")

PLACES = {
    "customer": Box(20, 20, 320, 32),
    "reference": Box(20, 70, 320, 32),
    "note": Box(20, 120, 320, 32),
    "status": Box(20, 170, 320, 32),
    "urgent": Box(20, 220, 24, 24),
    "save": Box(20, 270, 120, 34),
    "other page": Box(20, 330, 120, 24),
    "text": Box(400, 20, 620, 560),
    "first line": Box(410, 32, 420, 18),
}
"""Where things are, in the page's own pixels."""

_LINE = "Orders wait here until somebody has checked address and weight. Lists are sorted by day."


def _at(name: str) -> str:
    box = PLACES[name]
    return f"position:absolute;left:{box.x}px;top:{box.y}px;width:{box.w}px;height:{box.h}px;box-sizing:border-box"


def _page(title: str, other: str, path: str, content: str) -> str:
    lines = "".join(f"<p>{number}. {_LINE}</p>" for number in range(1, 90))
    return f"""<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body {{ margin: 0; font: 16px sans-serif }} p {{ margin: 10px }}</style>
{content}
<a href="{path}" style="{_at("other page")}">{other}</a>
<div style="position:absolute;left:20px;top:380px">Time <span id="clock"></span></div>
<div style="{_at("text")};overflow:auto;border:1px solid #ccc">{lines}</div>
<script>
const clock = document.getElementById("clock");
const tick = () => {{ clock.textContent = new Date().toTimeString().slice(0, 8); }};
tick(); setInterval(tick, 1000);
const where = () => fetch("/where", {{ method: "POST", body: JSON.stringify({{
  x: screenX + (outerWidth - innerWidth) / 2, y: screenY + outerHeight - innerHeight }}) }});
for (const wait of [100, 600, 1500]) setTimeout(where, wait);
let saved = 0;
const save = document.getElementById("save");
if (save) save.onclick = () => {{ save.textContent = "Saved " + ++saved; }};
</script>"""


def _orders() -> str:
    fields = "".join(
        f'<input aria-label="{name.title()}" id="{name}" style="{_at(name)}">'
        for name in ("customer", "reference", "note")
    )
    options = "".join(f"<option>{status}</option>" for status in STATUSES)
    return f"""{fields}<select aria-label="Status" style="{_at("status")}">{options}</select>
<input type="checkbox" aria-label="Urgent" style="{_at("urgent")};margin:0">
<button id="save" style="{_at("save")}">Save</button>"""


PAGES = {
    "/orders": _page("Orders", "Guide", "/guide", _orders()),
    "/guide": _page("Guide", "Orders", "/orders", '<h1 style="margin:20px">Guide</h1>'),
}


@dataclass
class Site:
    """A running site, and where its page's corner was last seen on the screen."""

    url: str = ""
    origin: tuple[int, int] | None = None
    told: threading.Event = field(default_factory=threading.Event)


@contextmanager
def served() -> Iterator[Site]:
    """Serves the pages on a free loopback port."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = PAGES.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            site.origin = (round(told["x"]), round(told["y"]))
            site.told.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.5,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
