# SPDX-License-Identifier: Apache-2.0
"""What an element is, by its type, autocomplete, label, name and id, says what its value may be: never by the value."""

import re
from itertools import pairwise

from handiwork.model.raw import RawElement
from handiwork.rules.redaction.normal import normal

FIELDS = frozenset({"textbox", "combobox", "spinbutton"})
"""Roles whose value a person may write."""


def _any_of(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


_SPLIT = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SECRET_LIST = """
password passwords passwd passcode passphrase passkey pwd pswd pin otp totp mfa 2fa tan mtan puk secret secrets
token tokens cvv cvc cvv2 cvc2 csc cid ssn sin nino iban bic bban tin itin ein passport credential credentials
mnemonic passwort kennwort contrasena senha wachtwoord haslo apikey pan ccnum ccnumber ccn cccvc
"""
_SECRET_WORDS = frozenset(_SECRET_LIST.split())
_SECRET_PARTS = _any_of(
    "password", "passwd", "passcode", "passphrase", "passwort", "cardnumber", "cardnum", "creditcard", "debitcard",
    "securitycode", "verificationcode", "onetimecode", "apikey", "privatekey", "accesskey", "secretkey", "clientsecret",
    "authtoken", "accesstoken", "socialsecurity", "accountnumber", "routingnumber", "sortcode", "bankaccount", "cccsc",
    "recoverycode", "backupcode", "seedphrase", "recoveryphrase", "signingkey", "encryptionkey", "webkittextsecurity",
    "securityanswer", "secretanswer", "securityquestion", "motdepasse", "taxid", "nationalid", "driverslicen",
    "accesscode", "doorcode", "entrycode", "gatecode", "alarmcode", "lockcode",
)  # fmt: skip
_PASS = re.compile(r"(?<![a-z])pass(?![a-z])", re.IGNORECASE)
"""As a page's own name of a field a password; in words for people also what lets one board or pass an examination."""
_SHORT = 12
_LONGEST = 400
"""Characters of a label or of a page's own name that are read."""
_SECRET_HINTS = re.compile(
    r"(?:^|[\s-])(?:(?:current|new)-password|one-time-code|cc-[a-z-]+|transaction-[a-z]+)(?:$|\s)"
)
_PERSONAL_LIST = """
email mail phone tel telephone mobile fax fname lname firstname lastname surname fullname givenname familyname
nickname username user login recipient recipients cc bcc address street city town zip postcode postal birthday birth
dob bday born gender sex nationality salary diagnosis patient medical religion contact author assignee owner
customer client
"""
_PERSONAL_WORDS = frozenset(_PERSONAL_LIST.split())
_PERSONAL_WHOLE = frozenset({"name", "to", "from", "dear"})
_PERSONAL_PARTS = _any_of(
    "firstname", "lastname", "fullname", "yourname", "givenname", "familyname", "middlename", "displayname",
    "phonenumber", "postalcode", "zipcode", "streetaddress", "addressline", "dateofbirth", "birthdate", "username",
    "emailaddress", "contactname", "customername", "maidenname",
)  # fmt: skip
_PERSONAL_HINTS = re.compile(
    r"(?:^|\s)(?:(?:honorific-)?(?:name|prefix|suffix)|given-name|additional-name|family-name|nickname|username|email|"
    r"tel(?:-[a-z-]+)?|street-address|address-[a-z0-9-]+|postal-code|bday(?:-[a-z]+)?|sex|organization(?:-title)?|impp)"
    r"(?:$|\s)"
)


def protection(raw: RawElement) -> str:
    """ "password" or "secret" if the value must be cut whole at every level, "" if nothing says so."""
    hints = [normal(hint[:_LONGEST]).text.strip().lower() for hint in raw.hints]
    if "protected" in raw.states or "password" in hints:
        return "password"
    if any(len(hint) > _LONGEST for hint in raw.hints):
        return "secret"  # nobody names a field at such length: not read whole, so not trusted
    if any(_SECRET_HINTS.search(hint) for hint in hints):
        return "password" if any("password" in hint for hint in hints) else "secret"
    if any(_PASS.search(_CAMEL.sub(" ", hint)) for hint in raw.hints) or _is_pass(raw.label) or _is_pass(raw.name):
        return "secret"
    return "secret" if any(map(names_secret, (*raw.hints, raw.label, raw.name))) else ""


def is_personal(raw: RawElement) -> bool:
    """Whether the value says who somebody is."""
    hints = [normal(hint[:_LONGEST]).text.strip().lower() for hint in raw.hints]
    if any(hint in ("email", "tel") or _PERSONAL_HINTS.search(hint) for hint in hints):
        return True
    texts = (*raw.hints, raw.label, raw.name)
    if any(text and normal(text[:_LONGEST]).text.strip(" :*").lower() in _PERSONAL_WHOLE for text in texts):
        return True
    return any(_names(text, _PERSONAL_WORDS, _PERSONAL_PARTS) for text in texts)


def is_password(raw: RawElement) -> bool:
    """Whether the element's own markup says password, one-time code or card: then nothing of its page may be kept."""
    if not raw.hints:
        return False
    hints = [normal(hint[:_LONGEST]).text.strip().lower() for hint in raw.hints]
    return "password" in hints or any(_SECRET_HINTS.search(hint) for hint in hints)


def _is_pass(label: str) -> bool:
    return 0 < len(label) < _SHORT and normal(label).text.strip(" :*").lower() == "pass"


def names_secret(text: str) -> bool:
    """Whether a label or a DOM name calls what it belongs to a secret."""
    return _names(text, _SECRET_WORDS, _SECRET_PARTS)


def _names(text: str, words: frozenset[str], parts: re.Pattern[str]) -> bool:
    if not text:
        return False
    plain = normal(text[:_LONGEST]).text
    if plain.isalpha() and plain[1:].islower():  # one word, as most are
        small = plain.lower()
        return small in words or parts.search(small) is not None
    tokens = [token.lower() for token in _SPLIT.findall(_CAMEL.sub(" ", plain))]
    if not words.isdisjoint(tokens):
        return True
    joined = "".join(tokens)
    return any(a + b in words for a, b in pairwise(tokens)) or parts.search(joined) is not None
