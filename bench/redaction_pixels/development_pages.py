# SPDX-License-Identifier: Apache-2.0
"""The pages that reading and judging were tried on while they were written. No figure of them is reported.

Generator "shop": a warehouse list, a wizard, a log, with names of the United States, Germany, Spain and Ireland.
"""

import random
from collections.abc import Iterator

from bench.redaction_pixels.page import item, ui

SEED = 7
PEOPLE = ("Anna Berg", "Jonas Müller", "María Ortega", "Sean O'Brien", "Karen Whitfield", "Dwayne Carter", "Uwe Krause")
MAILS = ("anna.berg@example.org", "j.mueller@example.com", "maria@ortega.example", "sean77@mail.example")
PHONES = ("(415) 555-0132", "+49 30 5550 1234", "+34 915 550 199", "+353 1 555 0142", "415-555-0177")
STREETS = ("1200 Market Street", "Lindenallee 4", "Calle Mayor 18", "22 Dame Street", "Hauptstraße 77")
UI = (
    "Stock", "Orders", "Suppliers", "Overview", "Add item", "Remove", "Next", "Back", "Finish", "Apply", "Discard",
    "Sort", "Group by", "Last page", "Warehouse", "Shipping", "Returns", "Preferences", "About", "Undo", "Redo",
)  # fmt: skip
PANELS = (
    ("DejaVu Sans", 11, "#345"), ("DejaVu Serif", 14, "#733"), ("Nimbus Sans", 13, "#063"), ("P052", 15, "#515"),
    ("DejaVu Sans Condensed", 12, "#247"), ("Nimbus Roman", 16, "#333"), ("URW Gothic", 13, "#a33"),
)  # fmt: skip
"""Letters, size, colour of the bar."""


def pages() -> Iterator[tuple[str, str]]:
    """(name, markup)."""
    chance = random.Random(SEED)
    for number, (back, ink, size) in enumerate((("#fff", "#000", 13), ("#222", "#ddd", 14), ("#eef", "#113", 12))):
        style = f"<style>body{{background:{back};color:{ink};font:{size}px 'DejaVu Sans';margin:10px}} "
        style += "td,th{padding:3px 8px;border:1px solid #888;text-align:left} table{border-collapse:collapse}</style>"
        yield f"warehouse-{number}", style + _warehouse(chance)
        yield f"wizard-{number}", style + _wizard(chance)
        yield f"log-{number}", style + _log(chance)
        yield f"parcel-{number}", style + _parcel(chance, gap=3 + number)
    for number, (family, size, colour) in enumerate(PANELS):
        yield f"panel-{number}", _panel(chance, family, size, colour)


def _warehouse(chance: random.Random) -> str:
    rows = "".join(
        f"<tr><td>{10_000 + row}</td><td>{item('person', chance.choice(PEOPLE))}</td>"
        f"<td>{item('email', chance.choice(MAILS))}</td><td>{item('phone', chance.choice(PHONES))}</td>"
        f"<td>{ui('Edit')} {ui('Delete')}</td></tr>"
        for row in range(20)
    )
    head = "".join(f"<th>{ui(word)}</th>" for word in ("Order", "Customer", "Email", "Phone", "Actions"))
    return f"<p>{' &emsp; '.join(map(ui, chance.sample(UI, 8)))}</p><table><tr>{head}</tr>{rows}</table>"


def _wizard(chance: random.Random) -> str:
    fields = (
        ("Recipient", "person", chance.choice(PEOPLE)),
        ("Delivery address", "address", chance.choice(STREETS)),
        ("Phone number", "phone", chance.choice(PHONES)),
        ("Password hint", "secret", "correct horse 9"),
    )
    body = "".join(f"<p>{ui(label)}: &emsp;{item(kind, value)}</p>" for label, kind, value in fields)
    return f"<h2>{ui('Shipping details')}</h2>{body}" + "".join(f"<button>{ui(w)}</button> " for w in ("Back", "Next"))


def _parcel(chance: random.Random, gap: int) -> str:
    """Labels and values close beside one another, as in the heads of forms and letters."""
    values = (
        ("Sent to:", "person", chance.choice(PEOPLE)),
        ("Mail:", "email", chance.choice(MAILS)),
        ("Name", "person", chance.choice(PEOPLE)),
        ("Call before", "phone", chance.choice(PHONES)),
        ("Return to", "address", chance.choice(STREETS)),
    )
    rows = "".join(
        f"<div>{ui(a)}<span style='margin-left:{gap}px'>{item(kind, b)}</span></div>" for a, kind, b in values
    )
    counts = "".join(
        f"<div>{ui(word)} {chance.randrange(1_000, 99_999)}.00</div>" for word in ("Total", "Paid", "Open")
    )
    sums = "".join(f"<div>{chance.randrange(100, 999)} {ui(word)}</div>" for word in ("items", "returns"))
    return f"<h3>{ui('Parcel')} 48217</h3>{rows}<br>{counts}<br>{sums}"


def _log(chance: random.Random) -> str:
    lines = ""
    for minute in range(24):
        what = chance.choice(
            (
                f"12:{minute:02} order moved by {item('person', chance.choice(PEOPLE))}",
                f"12:{minute:02} mail to {item('email', chance.choice(MAILS))} sent",
                f"12:{minute:02} backup finished",
                f"12:{minute:02} called {item('phone', chance.choice(PHONES))}",
            )
        )
        lines += f"<div>{what}</div>"
    return f"<p>{ui('Log')} &emsp; {ui('Clear')} &emsp; {ui('Export')}</p>{lines}"


def _panel(chance: random.Random, family: str, size: int, colour: str) -> str:
    def words(count: int) -> str:
        return "".join(f"<span class=w>{ui(word)}</span>" for word in chance.sample(UI, count))

    buttons = "".join(f"<button>{ui(word)}</button>" for word in chance.sample(UI, 7))
    pills = "".join(f"<i class=pill>{ui(word)}</i>" for word in chance.sample(UI, 6))
    ticks = "".join(f"<p><input type=checkbox> {ui(word)}</p>" for word in chance.sample(UI, 4))
    fields = "".join(
        f"<p><label>{ui(word)}</label> <input value='{chance.choice(STREETS)}'></p>" for word in chance.sample(UI, 3)
    )
    people = "".join(
        f"<p>{item('person', chance.choice(PEOPLE))} {item('phone', chance.choice(PHONES))}</p>" for _ in "123"
    )
    rows = "".join(f"<tr><td>{ui(a)}</td><td>{ui(b)}</td></tr>" for a, b in zip(UI, UI[7:], strict=False))
    return f"""<style>body{{margin:0;font:{size}px '{family}';color:#222}} .w{{margin:0 9px}}
    .bar{{background:{colour};color:#fff;padding:9px}}
    .pill{{background:#dde;border-radius:9px;padding:2px 8px;margin:4px;
    font-style:normal}} button{{font:inherit;border:1px solid {colour};border-radius:6px;padding:4px 12px;margin:6px}}
    .in{{padding:16px}} td{{border-bottom:1px solid #ccc;padding:5px 12px}}</style><div class=bar>{words(9)}</div>
    <div class=in>{buttons}<div>{pills}</div>{ticks}{fields}{people}
    <table>{rows}</table></div>"""
