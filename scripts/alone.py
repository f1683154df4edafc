# SPDX-License-Identifier: Apache-2.0
"""Inside an environment with the recorder alone: shows that nothing there can send or train or is missing; picks tests.

Run by scripts/recorder-alone, as `alone.py imports` and `alone.py tests`. The one list of what belongs to the device is
here. Knows nothing of what the modules do.
"""

import ast
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import handiwork

PACKAGES = ("model", "rules", "ports", "recorder")
ADAPTERS = ("x11", "atspi", "browser", "journal", "sealing", "keyfiles", "pictures", "system", "control", "power")
"""Of the adapters, those that the recorder is wired to."""

NOT_THE_DEVICES = {"handiwork.model.table"}
"""In those packages, but the lab's: the columns of a dataset. The recorder must not import them."""

CONTRACTS, MARK = Path("tests/contracts"), "alone"
"""What is run here: the contract of every adapter of the device, and each file that is marked so: whole recordings, and
what says or does something else where the other shells and the models are not installed."""

TEST_ADAPTERS = ("session", "portable")
"""Adapters that only the tests need: a private desktop to record on, and what says that its libraries are missing."""

TEST_CLI = (
    "main",
    "paths",
    "device",
    "session",
    "backend",
    "record",
    "redact",
    "audit",
    "audit_report",
    "auditing",
    "progress",
    "own_words",
    "consent",
    "browser",
    "browsing",
    "revising",
    "doctor",
    "checkup",
    "checkup_showing",
    "finding",
    "at_login",
    "skipped",
    "told",
    "unexpected",
    "leaks",
    "demo.stage",
)
"""Of the command line, what works on the device alone: its wiring, and what the tests use to look at its files."""

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
        yield from (
            found.name
            for found in pkgutil.walk_packages(package.__path__, f"{name}.")
            if found.name not in NOT_THE_DEVICES
        )


def show_imports() -> None:
    """Prints what was looked at; exits with a sentence that names the first thing that should not be there."""
    home = Path(handiwork.__file__).parent
    if "site-packages" not in home.parts:
        raise SystemExit(f"handiwork was imported from {home}, not from the wheel")
    if not (home / "_extension" / "manifest.json").is_file():
        raise SystemExit("the wheel lacks the browser extension")
    installed = [name for name in sorted(NETWORK | SERVING | TRAINING) if "." not in name and _third_party(name)]
    if installed:
        raise SystemExit(f"installed, but not the recorder's: {', '.join(installed)}")
    looked_at = {name: importlib.import_module(name) for name in modules()}
    pulled_in = sorted(set(sys.modules) & (NETWORK | SERVING | TRAINING | NOT_THE_DEVICES))
    if pulled_in:
        raise SystemExit(f"the recorder imports: {', '.join(pulled_in)}")
    for name, module in looked_at.items():
        _show_imports_within_functions(name, Path(str(module.__file__)))
    for name in TEST_CLI:
        _show_that_all_is_there(f"handiwork.cli.{name}", home.joinpath("cli", *name.split(".")).with_suffix(".py"))
    print(f"    {len(looked_at)} modules imported: no network client, no server, no training library, nothing missing")


def _show_imports_within_functions(name: str, file: Path) -> None:
    """Those that an import of the module doesn't reach: none to send or train, and all of them there."""
    barred = {wanted for wanted in _imports(file) if {wanted, wanted.split(".")[0]} & (NETWORK | SERVING | TRAINING)}
    if barred:
        raise SystemExit(f"{name} imports: {', '.join(sorted(barred))}")
    _show_that_all_is_there(name, file)


def _show_that_all_is_there(name: str, file: Path) -> None:
    missing = {wanted for wanted in _imports(file) if not _is_there(wanted)}
    if missing:
        raise SystemExit(f"{name} imports what is not installed here: {', '.join(sorted(missing))}")


def _is_there(name: str) -> bool:
    """Of other distributions the package is enough: how each is made up inside is its own affair."""
    if name == "handiwork.__version__":
        return True
    try:
        return importlib.util.find_spec(name if name.startswith("handiwork.") else name.split(".")[0]) is not None
    except ModuleNotFoundError:
        return False


def show_tests() -> None:
    """Prints the test files to be run here."""
    chosen = [
        file for file in sorted(Path("tests").rglob("test_*.py")) if CONTRACTS in file.parents or _is_marked(file)
    ]
    own = [file for file in chosen if all(_is_own(name) for name in _imports(file))]
    left_out = [str(file) for file in chosen if file not in own]
    print(f"    {len(own)} test files; not the device's: {', '.join(left_out)}", file=sys.stderr)
    print("\n".join(map(str, own)))


def _is_marked(file: Path) -> bool:
    """Whether it bears the mark, as `pytest.mark.alone` anywhere in it."""
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == f"pytest.mark.{MARK}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    )


_OF_MODULES = {"handiwork", "handiwork.adapters", "handiwork.cli", "http", "urllib", "xmlrpc"}
"""Packages from which modules are imported as `from a import b`."""


def _imports(file: Path) -> Iterator[str]:
    """Full names of what a file imports, wherever in it; `from a import b` gives both a and a.b."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module in _OF_MODULES:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_own(name: str) -> bool:
    parts = name.split(".")
    if name in NOT_THE_DEVICES:
        return False
    if parts[0] in ("tests", "conftest"):
        helper = Path(*parts).with_suffix(".py")
        return not helper.is_file() or all(_is_own(other) for other in _imports(helper))
    if parts[0] != "handiwork":
        return importlib.util.find_spec(parts[0]) is not None
    if len(parts) > 2 and parts[1] == "adapters":
        return parts[2] in (*ADAPTERS, *TEST_ADAPTERS)
    if len(parts) > 2 and parts[1] == "cli":
        return ".".join(parts[2:]) in TEST_CLI
    return len(parts) == 1 or parts[1] in (*PACKAGES, "derive", "adapters", "cli", "__version__")


def _third_party(name: str) -> bool:
    """Whether it is installed and not part of Python itself."""
    return name not in sys.stdlib_module_names and importlib.util.find_spec(name) is not None


if __name__ == "__main__":
    {"imports": show_imports, "tests": show_tests}[sys.argv[1]]()
