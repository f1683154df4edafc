# SPDX-License-Identifier: Apache-2.0
"""Shows, inside an environment with the recorder alone, that nothing in it can send or train.

Run by scripts/recorder-alone. Imports every module of the recorder and of what it is made of in one process, then
looks at what that pulled in. Knows nothing of what the modules do.
"""

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import handiwork

PACKAGES = ("model", "rules", "ports", "recorder")
ADAPTERS = ("x11", "atspi", "browser", "journal", "sealing", "keyfiles", "pictures", "system", "control")
"""Of the adapters, those that the recorder is wired to."""

NETWORK = {
    "httpx", "httpcore", "requests", "urllib3", "aiohttp", "websockets", "grpc", "paramiko", "http.client", "ftplib",
    "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc.client", "urllib.request",
}  # fmt: skip
"""Clients that could carry something away. (Sockets stay: X11, D-Bus and the control socket are Unix sockets.)"""

SERVING = {"fastapi", "starlette", "granian", "uvicorn", "flask", "sqlalchemy"}
TRAINING = {"torch", "tensorflow", "jax", "sklearn", "transformers", "pyarrow", "polars", "pandas"}


def modules() -> Iterator[str]:
    """Every module of the recorder and of the adapters it is wired to, by name."""
    for part in (*PACKAGES, *(f"adapters.{name}" for name in ADAPTERS)):
        name = f"handiwork.{part}"
        if importlib.util.find_spec(name) is None:
            raise SystemExit(f"{name} is not in the wheel")
        package = importlib.import_module(name)
        yield name
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{name}."))


def main() -> None:
    """Prints what was looked at; exits with a sentence that names the first thing that should not be there."""
    home = Path(handiwork.__file__).parent
    if "site-packages" not in home.parts:
        raise SystemExit(f"handiwork was imported from {home}, not from the wheel")
    if not (home / "_extension" / "manifest.json").is_file():
        raise SystemExit("the wheel lacks the browser extension")
    installed = [name for name in sorted(NETWORK | SERVING | TRAINING) if "." not in name and _third_party(name)]
    if installed:
        raise SystemExit(f"installed, but not the recorder's: {', '.join(installed)}")
    looked_at = [name for name in modules() if importlib.import_module(name)]
    pulled_in = sorted(set(sys.modules) & (NETWORK | SERVING | TRAINING))
    if pulled_in:
        raise SystemExit(f"the recorder imports: {', '.join(pulled_in)}")
    print(f"    {len(looked_at)} modules imported: no network client, no server, no training library")


def _third_party(name: str) -> bool:
    """Whether it is installed and not part of Python itself."""
    return name not in sys.stdlib_module_names and importlib.util.find_spec(name) is not None


if __name__ == "__main__":
    main()
