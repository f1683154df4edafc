# SPDX-License-Identifier: Apache-2.0
"""Numbers as people read them. Knows no page."""

THIN = "\u202f"


def count(number: int) -> str:
    """12,345 with thin spaces."""
    return f"{number:,}".replace(",", THIN)


def share(value: float, digits: int = 0) -> str:
    """0.934 as "93 %"; something small but not nothing is never "0 %"."""
    text = f"{value * 100:.{digits}f}"
    if float(text) == 0 and value > 0:
        return f"<{THIN}{10**-digits:g}{THIN}%"
    return f"{text}{THIN}%"


def size(number: float) -> str:
    """Bytes, in decimal units."""
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            return f"{number:.0f}{THIN}{unit}" if unit == "B" or number >= 100 else f"{number:.1f}{THIN}{unit}"
        number /= 1000
    raise AssertionError


def duration(seconds: float) -> str:
    """ "43 s", "12 min 5 s", "2 h 14 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{THIN}s"
    if whole < 3600:
        return f"{whole // 60}{THIN}min" + (f" {whole % 60}{THIN}s" if whole % 60 else "")
    return f"{whole // 3600}{THIN}h {whole % 3600 // 60}{THIN}min"


def times(number: int, one: str, many: str = "") -> str:
    """ "1 step", "2 steps"."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"
