# SPDX-License-Identifier: Apache-2.0
"""`password = ...`, "token: ...", --api-key ...: what is called a secret is cut, whatever it looks like."""

import re

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span

_NAMES = (
    r"pass ?(?:word|wd|code|phrase|key)s?|pwd|pw|pswd|pin(?: ?code)?|secrets?|tokens?|credentials?|"
    r"api[ _.-]?key|access[ _.-]?key|private[ _.-]?key|secret[ _.-]?key|account[ _.-]?key|"
    r"client[ _.-]?secret|"
    r"auth(?:orization)?|session[ _.-]?id|cookie|"
    r"cvv2?|cvc2?|csc|otp|totp|2fa|mfa(?: code)?|one[ -]time (?:code|password)|"
    r"(?:verification|security|recovery|backup|confirmation|login|access) codes?|seed phrase|"
    r"ssn|social security(?: number)?|iban|account (?:number|no)|routing number|sort code|card (?:number|no)|"
    r"passport(?: number| no)?|date of birth|dob|"
    r"passwor[dt]|kennwort|contrasena|mot de passe|senha|wachtwoord|haslo|parola|losenord"
)
_GIVEN = re.compile(
    rf"(?<![a-z])(?:[a-z0-9]{{0,24}}[_.-]){{0,4}}(?:{_NAMES})(?![a-z])[\"'\]\)]{{0,2}}"
    r"(?:\s{0,3}(?::=|=>|->|==?|:|\bis\b|\bwas\b|\blautet\b)\s{0,3})(?P<value>[^\s][^\n]*)"
)
_OPTION = re.compile(rf"--?(?:[a-z0-9]{{1,24}}-){{0,3}}(?:{_NAMES}|pass)[= ]\s{{0,2}}(?P<value>\S+)")
_BESIDE = re.compile(rf"(?<![a-z])(?:{_NAMES})(?![a-z])\s{{1,3}}(?P<value>(?=[^\s]*\d)\S{{3,}})")
_CODE = re.compile(r"(?<![a-z])(?:codes?|2fa|otp|tan|pin)(?![a-z])[^\n\d]{0,16}(?P<value>\d(?:[ -]?\d){3,11})(?!\d)")
_BORN = re.compile(r"(?<![a-z])(?:born|birthday|birthdate|geboren)(?![a-z])[^\n\d]{0,16}(?P<value>\d[\w ./-]{3,18})")
_BEFORE_AT = re.compile(r"://[^\s/@:]{0,64}:(?P<value>[^\s/@]{1,256})@")


def detect(text: str) -> list[Span]:
    """The values: to the end of the line after a sign or "is", to the end of the token after an option."""
    plain = lowered(text)
    spans = []
    for pattern in (_GIVEN, _OPTION, _BESIDE, _CODE, _BORN, _BEFORE_AT):
        for match in pattern.finditer(plain):
            spans.append(Span(match.start("value"), match.end("value"), "secret"))
    return spans
