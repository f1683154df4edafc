# SPDX-License-Identifier: Apache-2.0
"""Development data: what the detectors were written against. Never reported; the reported sets are made elsewhere.

Our own templates, filled by Faker in fifteen countries. `python -m bench.redaction.development` (in the benchmark's own
environment, `venv.py`) prints the scores and, with --misses KIND, what was missed.
"""

import random
import re
import sys

from bench.redaction.scoring import Item, Labelled
from bench.redaction.sentences import Unseeing, ours, scored

LOCALES = (
    "en_GB", "en_AU", "en_CA", "en_IE", "en_IN", "en_US", "de_DE", "fr_FR", "it_IT", "es_ES", "nl_NL", "pl_PL", "pt_BR",
    "sv_SE", "fi_FI",
)  # fmt: skip
SEED = 11
ROUNDS = 20
SMALL = 0.05

TEMPLATES = (
    "Please forward the invoice to {person}, {address}.",
    "{person}\n{address}",
    "Deliver to: {address}",
    "We moved our office from {address} to {address} last week.",
    "The parcel for {address} came back, can somebody check?",
    "I still get letters for {person} although she left {city} years ago",
    "{person} from {company} called about the quote, call back at {phone}",
    "Meeting with {person} and {person} tomorrow at {company}",
    "Could you ask {given} whether the {city} order has left?",
    "Ticket from {email}: cannot log in since Monday",
    "Hello {given},\n\nthank you for your message. We will send it to {address}.\n\nBest regards,\n{person}",
    "Hi {given}! Lunch?",
    "New customer {person}, phone {phone}, mail {email}",
    "Card {card} was declined twice, please use another one",
    "Refund goes to {iban}, account holder {person}",
    "{title} {family} will join the call from {country}",
    "Dear {title} {family}, your appointment is confirmed",
    "Patient {person}, born {birth}, was seen today",
    "She is {age} years old and lives in {city}",
    "My son is {age} and goes to school in {city}",
    "The candidate ({age}) has worked for {company} before",
    "Server {ip} does not answer, neither does {domain}",
    "{person} (IP {ip}) tried to sign in three times",
    "More on https://www.{domain}/ or ask {email}",
    "Our {nationality} colleagues are on holiday until Tuesday",
    "SSN on file: {ssn}",
    "{family}, {given} - {phone}",
    "Approved by {person} on behalf of {company}",
    "fwd: contract {company} / {company}",
    "{company} wants to know when {person} can visit them in {city}, {country}",
    "send the keys to {person} please, the door code will change on Friday",
    "Did {given} say why the report is late?",
    "{given} and {given} are going to {country} next month",
    "Reminder: {given}'s birthday is on {birth}",
    "Where is {given} {family}? Nobody has seen him since noon.",
    "billing address {address}\nshipping address {address}",
    "My address is {address}, my number is {phone}.",
    "I live at {street}, you can't miss it",
    "Turn left at {street} and stop in front of the school",
    "Zip code {zip}, what is the shipping fee?",
    "Interview notes: {person}, {age}, {nationality}, applied via {domain}",
    "{streetname} is blocked because of an accident",
    "Is there a bus stop near {streetname}?",
    "Return to:\n{street} \n {city} \n {country} {zip}",
    "{company}, {street}, {city} {zip}, {country}",
    "The house in {streetname} belongs to {person}, turn right after {street}",
    "We will meet {person} at {street} in {city} at half past nine",
)
PLAIN = (
    "Please review the attached draft before the meeting on Thursday.",
    "Version 3.2 fixes the crash when a file with 250 rows is imported.",
    "The total for 3 items is 45.90, shipping included.",
    "Click Save, then wait until the progress bar has reached 100 percent.",
    "Order placed on 2024-03-18, expected delivery within 5 days.",
    "All tests passed on the main branch; the release can go ahead.",
    "Can somebody restart the printer on the second floor?",
    "Our return policy changed: you now have 30 days instead of 14.",
    "Search results: 12 documents, sorted by date.",
    "Budget for next quarter is still open, see page 4 of the report.",
    "Close the window and open the settings again if the list stays empty.",
    "Thanks, that was quick! I will test it this afternoon.",
    "Upload failed because the file is larger than 20 MB.",
    "Two of the four lights on the router should be green.",
    "He said that the price would go up by 7 percent in May 2025.",
)  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


def labelled() -> list[Labelled]:
    """The development set."""
    chance = random.Random(SEED)
    fakers = _fakers()
    made = [_filled(template, chance, fakers) for _ in range(ROUNDS) for template in TEMPLATES]
    return made + [Labelled(text, ()) for text in PLAIN for _ in range(ROUNDS // 3)]


def _fakers() -> list[object]:
    from faker import Faker

    fakers = []
    for number, locale in enumerate(LOCALES):
        faker = Faker(locale)
        faker.seed_instance(SEED + number)
        fakers.append(faker)
    return fakers


def _filled(template: str, chance: random.Random, fakers: list[object]) -> Labelled:
    faker = chance.choice(fakers)
    pieces, items, at, length = [], [], 0, 0
    for slot in _SLOT.finditer(template):
        value = _value(slot.group(1), faker, chance)
        before = template[at : slot.start()]
        items.append(Item(length + len(before), length + len(before) + len(value), slot.group(1)))
        pieces += [before, value]
        length += len(before) + len(value)
        at = slot.end()
    text = "".join([*pieces, template[at:]])
    lower = text.lower()
    return Labelled(lower if chance.random() < SMALL and len(lower) == len(text) else text, tuple(items))


def _value(kind: str, faker: object, chance: random.Random) -> str:
    """A made-up value of a kind."""
    calls = {
        "person": "name", "given": "first_name", "family": "last_name", "address": "address",
        "street": "street_address", "streetname": "street_name", "city": "city", "country": "country",
        "company": "company", "phone": "phone_number", "email": "email", "card": "credit_card_number",
        "iban": "iban", "ip": "ipv4", "domain": "domain_name", "ssn": "ssn", "zip": "postcode",
    }  # fmt: skip
    if kind == "age":
        return str(chance.randrange(18, 90))
    if kind == "title":
        return chance.choice(("Mr.", "Mrs.", "Ms", "Dr.", "Prof."))
    if kind == "nationality":
        return chance.choice(("Danish", "Kenyan", "Peruvian", "Irish", "Vietnamese", "Belgian"))
    if kind == "birth":
        return chance.choice(("3 May 1981", "12/04/1977", "1990-07-30", "March 4, 1969", "4.11.1985"))
    if kind == "address" and chance.random() < 0.5:
        return str(faker.address()).replace("\n", ", ")  # type: ignore[attr-defined]
    return str(getattr(faker, calls[kind])())


def main(arguments: list[str]) -> None:
    """Scores, or misses of one kind."""
    texts = labelled()
    cuts = ours("balanced", Unseeing())
    if arguments[:1] == ["--misses"]:
        for one in texts:
            cut = {at for start, end in cuts(one.text) for at in range(start, end)}
            for item in one.items:
                gone = "".join("█" if at in cut else one.text[at] for at in range(item.start, item.end))
                if item.kind == arguments[1] and any(char.isalnum() for char in gone):
                    print(repr(one.text[item.start : item.end]), "->", repr(gone))
    elif arguments[:1] == ["--excess"]:
        for one in texts:
            inside = {at for item in one.items for at in range(item.start, item.end)}
            for start, end in cuts(one.text):
                if not inside & set(range(start, end)):
                    print(repr(one.text[start:end]), "in", repr(one.text[max(0, start - 30) : end + 20]))
    else:
        print(scored(texts, cuts))


if __name__ == "__main__":
    main(sys.argv[1:])
