# SPDX-License-Identifier: Apache-2.0
"""`make bench NAME=x` measures x; without a name, lists what can be measured. The last line printed is JSON."""

import importlib
import pkgutil
import sys

import bench
from bench.report import Report, as_line, as_words

FRAME = {"__main__", "report"}


def names() -> list[str]:
    """Every benchmark: a module of this folder with a `measure()`."""
    return sorted(found.name for found in pkgutil.iter_modules(bench.__path__) if found.name not in FRAME)


def main(arguments: list[str]) -> int:
    """0 measured, whether or not the targets were met (the line says); 2 there is no such benchmark."""
    if not arguments or arguments[0] in ("-h", "--help"):
        for name in names():
            says = (importlib.import_module(f"bench.{name}").__doc__ or "").strip().splitlines()[0]
            print(f"  make bench NAME={name:16} {says}")
        return 0
    (name,) = arguments
    if name not in names():
        print(f"There is no benchmark named {name!r}. Known: {', '.join(names())}", file=sys.stderr)
        return 2
    report: Report = importlib.import_module(f"bench.{name}").measure()
    print(as_words(report), file=sys.stderr)
    print(as_line(report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
