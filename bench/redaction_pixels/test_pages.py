# SPDX-License-Identifier: Apache-2.0
"""The pages that figures are reported on. Detectors, readers and vocabulary are never tuned on them.

Generator "office": mail, chat, invoice, tickets, settings and a directory, in the names and formats of the United
Kingdom, France, Italy, the Netherlands, Poland, Sweden and Brazil, light and dark, 11 to 17 pixels, three families of
letters. The development pages (`development_pages.py`) have other layouts, other countries and other words.
"""

import random
from collections.abc import Iterator

from bench.redaction_pixels.page import item, ui

SEED = 20_26
GIVEN = (
    "Oliver", "Amelia", "Harriet", "Alfie", "Camille", "Thibault", "Élodie", "Mathis", "Ginevra", "Lorenzo", "Chiara",
    "Matteo", "Sanne", "Daan", "Femke", "Joost", "Agnieszka", "Wojciech", "Zofia", "Piotr", "Astrid", "Elsa", "Lars",
    "Björn", "Thiago", "Larissa", "Rafael", "Beatriz", "Nigel", "Imogen",
)  # fmt: skip
FAMILY = (
    "Thackeray", "Pemberton", "Whitlock", "Ashworth", "Lefèvre", "Rousseau", "Delacroix", "Moreau", "Ferrari",
    "Bianchi", "Esposito", "Ricci", "van Dijk", "de Vries", "Bakker", "Jansen", "Kowalski", "Wiśniewska", "Nowak",
    "Zieliński", "Lindqvist", "Johansson", "Bergström", "Nyberg", "Almeida", "Carvalho", "Figueiredo", "Teixeira",
    "Okafor", "Hussain",
)  # fmt: skip
PLACES = (
    ("14 Harcourt Road", "Leeds LS6 2AB"), ("8 rue des Lilas", "69003 Lyon"), ("Via Garibaldi 27", "20121 Milano"),
    ("Keizersgracht 211", "1016 DV Amsterdam"), ("ul. Długa 12/4", "31-147 Kraków"), ("Storgatan 5", "411 38 Göteborg"),
    ("Rua das Flores 90", "01310-100 São Paulo"), ("3 Mill Lane", "Bath BA1 5LR"),
)  # fmt: skip
PHONES = (
    "+44 113 496 0{a}", "+33 4 72 {b} {c} 18", "+39 02 5550 {a}", "+31 20 555 0{a}", "+48 12 555 {b} {c}",
    "+46 31 555 {b} {c}", "+55 11 5550-{a}0", "0113 496 0{a}",
)  # fmt: skip
IBANS = (
    "GB33BUKB20201555555555",
    "FR1420041010050500013M02606",
    "NL91 ABNA 0417 1643 00",
    "PL61109010140000071219812874",
)
CARDS = ("4111 1111 1111 1111", "5500 0055 5555 5559", "4012888888881881", "3782 822463 10005")
TOKENS = ("ghp_9dK2mVbQx7Lw0tYf3RsNz8HcJ5uPaE1gTo4i", "AKIAQ7RT2MZ5KLWXN3PB", "xoxb-38172640915-5bKq0ZrTnYw3")
STYLES = (
    ("#ffffff", "#1d1f24", "#f2f4f7", "#1a56c4", "DejaVu Sans", 13),
    ("#1e1f26", "#e6e6ea", "#292b34", "#2f6fed", "DejaVu Sans", 14),
    ("#fdfcf8", "#33302a", "#efece2", "#8a4b14", "DejaVu Serif", 15),
    ("#f7f9fb", "#22303c", "#e3eaf0", "#0a7d61", "Nimbus Sans", 14),
    ("#ffffff", "#202124", "#f6f8fc", "#0b57d0", "DejaVu Sans Condensed", 12),
)


class Person:
    """Somebody who does not exist, with all that can be told of them."""

    def __init__(self, chance: random.Random) -> None:
        self.given, self.family = chance.choice(GIVEN), chance.choice(FAMILY)
        self.name = f"{self.given} {self.family}"
        plain = f"{self.given}.{self.family}".lower().replace(" ", "").translate(_PLAIN)
        self.mail = f"{plain}@{chance.choice(('northgate.example', 'atelier-lumen.example', 'kvarnen.example'))}"
        a, b, c = chance.randrange(100, 999), chance.randrange(10, 99), chance.randrange(10, 99)
        self.phone = chance.choice(PHONES).format(a=a, b=b, c=c)
        self.street, self.town = chance.choice(PLACES)
        self.born = f"{chance.randrange(1, 28)}/{chance.randrange(1, 12)}/{chance.randrange(1955, 2004)}"


_PLAIN = str.maketrans("éèöøśńłçãí", "eeoosnlcai")


def pages() -> Iterator[tuple[str, str]]:
    """(name, markup)."""
    chance = random.Random(SEED)
    for layout in (_mail, _chat, _invoice, _tickets, _settings, _directory):
        for number, style in enumerate(chance.sample(STYLES, 3)):
            yield f"{layout.__name__[1:]}-{number}", _styled(layout(chance), style)


def _styled(body: str, style: tuple[str, str, str, str, str, int]) -> str:
    back, ink, panel, accent, family, size = style
    return f"""<style>
    body {{ margin: 0; background: {back}; color: {ink}; font: {size}px '{family}'; }}
    .bar {{ background: {accent}; color: #fff; padding: 10px 18px; }} .bar span {{ margin-right: 26px; }}
    .side {{ float: left; width: 210px; padding: 12px 16px; background: {panel}; height: 840px; }}
    .side div {{ padding: 6px 0; }} .main {{ margin-left: 262px; padding: 14px; }}
    .row {{ padding: 7px 4px; border-bottom: 1px solid {panel}; }} .row > span {{ margin-right: 22px; }}
    button {{ font: inherit; color: {ink}; background: {panel}; border: 1px solid {accent}; border-radius: 5px;
              padding: 5px 14px; margin: 4px 10px 4px 0; }}
    input, select {{ font: inherit; color: {ink}; background: {back}; border: 1px solid #888; padding: 4px;
              width: 250px; }}
    .field {{ border: 1px solid #888; padding: 5px 8px; width: 300px; margin: 2px 0 10px; }}
    .bubble {{ background: {panel}; border-radius: 10px; padding: 8px 12px; margin: 8px 0; width: 480px; }}
    table {{ border-collapse: collapse; width: 100%; }} td, th {{ text-align: left; padding: 6px 10px;
             border-bottom: 1px solid {panel}; }} h1 {{ font-size: 1.5em; }} small {{ font-size: 11px; }}
    .face {{ display: inline-block; width: 30px; height: 30px; border-radius: 15px; vertical-align: middle;
             background: conic-gradient({accent}, #e8b, #fc6, {accent}); }}
    </style>{body}"""


def _bar(*words: str) -> str:
    return f"<div class=bar>{''.join(ui(word) for word in words)}</div>"


def _side(*words: str) -> str:
    return f"<div class=side>{''.join(f'<div>{ui(word)}</div>' for word in words)}</div>"


def _buttons(*words: str) -> str:
    return "".join(f"<button>{ui(word)}</button>" for word in words)


def _mail(chance: random.Random) -> str:
    rows = ""
    for subject in ("Your order", "Lunch on Thursday", "Re: keys to the flat", "Invoice attached", "Holiday photos"):
        person = Person(chance)
        rows += f"<div class=row><span>{item('person', person.name)}</span><span>{subject}</span></div>"
    sender, other = Person(chance), Person(chance)
    text = (
        f"Dear {item('person', sender.given)}, could you send the parcel to {item('address', other.street)}, "
        f"{item('address', other.town)}? My number is {item('phone', other.phone)}."
    )
    return (
        _bar("Mail", "Calendar", "Contacts", "Settings")
        + _side("Compose", "Inbox", "Sent", "Drafts", "Spam", "Archive", "Trash", "More")
        + f"<div class=main>{_buttons('Reply', 'Forward', 'Delete', 'Mark as read')}{rows}<h1>Parcel</h1>"
        f"<p>{ui('From')}: {item('email', sender.mail)}</p><p>{ui('To')}: {item('email', other.mail)}</p>"
        f"<p>{text}</p><p>{item('person', other.name)}</p></div>"
    )


def _chat(chance: random.Random) -> str:
    bubbles = ""
    lines = (
        "Did the courier come?", "Yes, he left it with {person}", "Call me on {phone} when you are back",
        "The deploy key is {token}", "Thanks! I will write to {email}", "See you at {address}",
    )  # fmt: skip
    for line in lines:
        person = Person(chance)
        said = line.format(
            person=item("person", person.given), phone=item("phone", person.phone), email=item("email", person.mail),
            token=item("secret", chance.choice(TOKENS)), address=item("address", person.street),
        )  # fmt: skip
        bubbles += f"<div><span class=face></span> {item('person', person.name)}</div><div class=bubble>{said}</div>"
    return (
        _bar("Chat", "Calls", "Files")
        + _side("Channels", "Direct messages", "Saved items", "New message", "Mute", "Leave")
        + f"<div class=main>{_buttons('Search', 'Start call', 'Invite')}{bubbles}"
        f"{_buttons('Send', 'Attach file')}</div>"
    )


def _invoice(chance: random.Random) -> str:
    person = Person(chance)
    rows = "".join(
        f"<tr><td>{what}</td><td>{chance.randrange(1, 9)}</td><td>{chance.randrange(9, 400)}.00</td></tr>"
        for what in ("Oak shelf", "Assembly", "Delivery to the second floor")
    )
    return (
        _bar("Invoices", "Customers", "Products", "Reports")
        + f"<div class=main><h1>{ui('Invoice')} 2026-0{chance.randrange(100, 999)}</h1>"
        f"<p>{ui('Bill to')}</p><p>{item('person', person.name)}<br>{item('address', person.street)}<br>"
        f"{item('address', person.town)}</p><p>{ui('Phone')}: {item('phone', person.phone)}</p>"
        f"<table><tr><th>{ui('Description')}</th><th>{ui('Quantity')}</th><th>{ui('Price')}</th></tr>{rows}</table>"
        f"<p>{ui('Account')}: {item('iban', chance.choice(IBANS))}</p>"
        f"<p>{ui('Card number')}: {item('card', chance.choice(CARDS))}</p>"
        f"{_buttons('Print', 'Download', 'Send reminder', 'Mark as paid')}</div>"
    )


def _tickets(chance: random.Random) -> str:
    heads = "".join(
        f"<th>{ui(word)}</th>" for word in ("Ticket", "Status", "Priority", "Requester", "Assignee", "Updated")
    )
    rows = ""
    for number in range(14):
        one, other = Person(chance), Person(chance)
        status = chance.choice(("Open", "Closed", "Waiting", "In progress"))
        level = chance.choice(("High", "Low", "Normal"))
        rows += (
            f"<tr><td>{4_000 + number}</td><td>{ui(status)}</td><td>{ui(level)}</td><td>{item('person', one.name)}</td>"
            f"<td>{item('person', other.name)}</td><td>{chance.randrange(2, 50)} minutes ago</td></tr>"
        )
    return (
        _bar("Dashboard", "Tickets", "Knowledge base", "Help")
        + _side("All tickets", "Unassigned", "My tickets", "Overdue", "Filters", "Tags", "Export")
        + f"<div class=main>{_buttons('New ticket', 'Refresh', 'Sort by', 'Columns')}"
        f"<table><tr>{heads}</tr>{rows}</table></div>"
    )


def _settings(chance: random.Random) -> str:
    person = Person(chance)
    fields = "".join(
        f"<div>{ui(label)}</div><div class=field>{item(kind, value)}</div>"
        for label, kind, value in (
            ("Full name", "person", person.name), ("Email address", "email", person.mail),
            ("Mobile", "phone", person.phone), ("Street", "address", person.street), ("City", "address", person.town),
            ("Date of birth", "birth", person.born), ("API token", "secret", chance.choice(TOKENS)),
        )
    )  # fmt: skip
    return (
        _bar("Profile", "Security", "Notifications", "Billing")
        + _side("General", "Privacy", "Language", "Appearance", "Devices", "Integrations", "Sign out")
        + f"<div class=main><h1>{ui('Account settings')}</h1>{fields}"
        f'<p><input type=checkbox style="width:auto"> {ui("Send me updates")}</p>'
        f"<select><option>Select a country</select>"
        f"<p>{_buttons('Save changes', 'Cancel', 'Reset', 'Delete account')}</p></div>"
    )


def _directory(chance: random.Random) -> str:
    cards = ""
    for _ in range(9):
        person = Person(chance)
        cards += (
            f'<div style="display:inline-block;width:290px;margin:8px;vertical-align:top" class=bubble>'
            "<span class=face></span> "
            f"<b>{item('person', person.name)}</b><br><small>{item('email', person.mail)}</small><br>"
            f"{item('phone', person.phone)}<br>{item('address', person.town)}<br>{_buttons('Message', 'Call')}</div>"
        )
    return (
        _bar("Home", "People", "Teams", "Calendar")
        + f'<div style="padding:14px">{_buttons("Add person", "Import", "Filter", "View as list")}'
        f"<div>{cards}</div></div>"
    )
