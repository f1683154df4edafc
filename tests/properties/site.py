# SPDX-License-Identifier: Apache-2.0
"""Two small web sites for the attacks: one that the policy allows, one that it doesn't. Pages tell where they stand."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WHERE = """
<script>
addEventListener("load", () => setInterval(() => {
  if (document.visibilityState !== "visible") return;
  const x = screenX + (outerWidth - innerWidth) / 2, y = screenY + outerHeight - innerHeight;
  fetch("/where", { method: "POST", body: JSON.stringify({ path: location.pathname, x, y }) });
}, 100));
</script>
"""

STYLE = """
<style>
body { margin: 0; font: 16px sans-serif; }
* { position: absolute; }
html, head, body, script, style, title { position: static; }
input, button { box-sizing: border-box; width: 300px; height: 28px; }
</style>
"""

BLUE, PURPLE = (0, 0, 170), (119, 0, 119)
"""Of what is allowed, and of what is not: of no shade that a browser's own controls have."""


def field_at(number: int, kind: str = "text", name: str = "") -> str:
    """A field of its own row; its middle is at (170, 34 + 40 * number)."""
    return f'<input type="{kind}" aria-label="{name or f"Field {number}"}" style="left:20px;top:{20 + 40 * number}px">'


def middle_of(number: int) -> tuple[int, int]:
    """Where to click for that row, in the page's own pixels."""
    return 170, 34 + 40 * number


@dataclass
class Site:
    """A running site: its pages by path, and where the shown one was last seen on the screen."""

    pages: dict[str, str]
    url: str = ""
    origins: dict[str, tuple[int, int]] = field(default_factory=dict)
    heard: list[int] = field(default_factory=list)
    """When a key came to a page that says so, in wall-clock milliseconds."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[Site]:
    """Serves pages on a free loopback port."""
    site = Site(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (STYLE + WHERE + site.pages.get(self.path.split("?")[0], "")).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if "heard" in told:
                site.heard.append(told["heard"])
            else:
                site.origins[told["path"]] = (round(told["x"]), round(told["y"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
