# SPDX-License-Identifier: Apache-2.0
"""`password = ...`, "token: ...", --api-key ...: what is called a secret is cut, whatever it looks like.

Unless it is plainly none: a reference in code, a placeholder, a type (`detectors/reference.py`).
"""

import re

from handiwork.rules.redaction.detectors.reference import is_reference
from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_NAMES = (
    r"pass ?(?:word|wd|code|phrase|key)s?|pwd|pw|pswd|pin(?: ?code)?|secrets?|tokens?|credentials?|creds?|"
    r"api[ _.-]?key|access[ _.-]?key|private[ _.-]?key|secret[ _.-]?key|account[ _.-]?key|signing[ _.-]?key|"
    r"encryption[ _.-]?key|master[ _.-]?key|storage[ _.-]?key|auth[ _.-]?key|shared[ _.-]?key|license[ _.-]?key|salt|"
    r"client[ _.-]?secret|connection[ _.-]?string|webhook(?:[ _.-]?url)?|"
    r"auth(?:orization)?|session[ _.-]?id|cookie|"
    r"cvv2?|cvc2?|csc|otp|totp|2fa|mfa(?: code)?|one[ -]time (?:code|password)|"
    r"(?:verification|security|recovery|backup|confirmation|login|access) codes?|seed phrase|"
    r"ssn|social security(?: number)?|iban|account (?:number|no)|routing number|sort code|card (?:number|no)|"
    r"passport(?: number| no)?|date of birth|dob|"
    r"passwor[dt]|kennwort|contrasena|mot de passe|senha|wachtwoord|haslo|parola|losenord|lozinka|heslo|jelszo|parool"
)
_CAMEL = r"(?:password|passwd|passphrase|secret|token|apikey|accesskey|privatekey|secretkey|credentials?)"
_PREFIX = r"(?:[a-z0-9]{0,24}[_.-]){0,4}"
_SIGN = r"(?:\s{0,3}(?::=|=>|->|==?|:|\bis\b|\bwas\b|\blautet\b)\s{0,3})"
_GIVEN = re.compile(
    rf"(?<![a-z])(?P<prefix>{_PREFIX})(?:{_NAMES})(?![a-z])[\"'\]\)]{{0,2}}{_SIGN}(?P<value>[^\s][^\n]*)"
)
_CAMELLED = re.compile(rf"(?<![a-z])(?P<prefix>[a-z0-9_]{{1,24}}?){_CAMEL}[\"'\]]{{0,2}}{_SIGN}(?P<value>[^\s][^\n]*)")
_PASS = re.compile(
    rf"(?<![a-z])(?P<prefix>{_PREFIX})pass[\"']{{0,2}}\s{{0,3}}(?:=|:(?!\s\w+\s\w))\s{{0,3}}(?P<value>[^\s][^\n]*)"
)
_OF = re.compile(rf"(?<![a-z])(?:{_NAMES})(?![a-z])[^\n=:.;]{{1,40}}\s(?:is|was)\s(?P<value>(?=\S*[\d!@#$%^&*_-])\S+)")
_TYPED = re.compile(
    r"(?<![a-z])(?P<prefix>)(?:password|pwd|secret|token|key) (?:field|box|input)?\s?(?:with|as|to)\s"
    r"(?P<value>\S*\d\S*)"
)
_CALLED = re.compile(rf"{_CAMEL}\s?\(\s{{0,3}}(?P<value>[\"'][^\"'\n]{{1,200}}[\"'])")
_CREDENTIALS = re.compile(
    r"(?:credentials?|auth|login|log_in|sign_?in|authenticate|connect)\w{0,12}\(\s{0,3}(?:[\w.]{1,40},\s?)?"
    r"[\"'][^\"'\n]{1,100}[\"'],\s{0,3}(?P<value>[\"'][^\"'\n]{1,200}[\"'])"
)
_OPTION = re.compile(rf"--?(?:[a-z0-9]{{1,24}}-){{0,3}}(?:{_NAMES}|pass)[= ]\s{{0,2}}(?P<value>\S+)")
_USER_OPTION = re.compile(r"(?<!\S)(?:-u|--user|--proxy-user)[= ]?[\"']?[^\s:\"']{1,64}:(?P<value>[^\s\"']+)")
_TAG = re.compile(rf"<(?:[a-z]+:)?[a-z_.-]{{0,24}}(?:{_NAMES})>(?P<value>[^<\n]+)")
_ATTRIBUTE = re.compile(
    rf"(?:name|key)=[\"'][a-z0-9_.-]{{0,40}}(?:{_NAMES})[\"']\s{{1,3}}value=(?P<value>[\"'][^\"'\n]+[\"'])"
)
_BESIDE = re.compile(rf"(?<![a-z])(?:{_NAMES})(?![a-z])\s{{1,3}}(?P<value>(?=[^\s]*\d)\S{{3,}})")
_QUOTED_BESIDE = re.compile(
    rf"(?:(?<![a-z])(?:{_PREFIX})(?:{_NAMES}|pass)|identified by|sshpass -p)\s{{1,3}}"
    rf"(?P<value>[\"'][^\"'\n]{{1,200}}[\"'])"
)
_CODE = re.compile(r"(?<![a-z])(?:codes?|2fa|otp|tan|pin)(?![a-z])[^\n\d]{0,16}(?P<value>\d(?:[ -]?\d){3,11})(?!\d)")
_BORN = re.compile(r"(?<![a-z])(?:born|birthday|birthdate|geboren)(?![a-z])[^\n\d]{0,16}(?P<value>\d[\w ./-]{3,18})")
_BEFORE_AT = re.compile(r"://[^\s/@:]{0,64}:(?P<value>[^\s/@]{1,256})@")
_TOKEN_BEFORE_AT = re.compile(r"://(?P<value>[^\s/@:]{16,256})@")
_COUNTED = re.compile(
    r"(?:^|[_.-])(?:max|min|num|n|total|prompt|completion|input|output|count|no|is|has|show|hide|use|enable|allow)[_.-]$"
)

_STEM_LIST = """
pass pwd pw pin secret token cred key salt auth session cookie cv csc otp 2fa mfa code seed ssn social iban account
routing card birth dob born kennwort contrasena senha wachtwoord haslo parola losenord lozinka heslo jelszo parool
webhook connection :// -u --user --proxy geboren tan login sign mot connect identified
"""
_STEMS = re.compile("|".join(map(re.escape, _STEM_LIST.split())))
"""Without one of them no pattern here can match."""

_STEMS_WITHIN = ("pass", "secret", "token", "key", "credential", "identified")
"""What may begin within a word."""
_WORD_LIST = """
pass password passwords passwd passwds passcode passcodes passphrase passphrases passkey passkeys code codes
pwd pw pswd pin pincode secret secrets token tokens credential credentials cred creds api apikey access
accesskey private privatekey secretkey account accountkey signing signingkey encryption encryptionkey master masterkey
storage storagekey auth authkey authorization shared sharedkey license licensekey salt client clientsecret connection
connectionstring webhook webhookurl session sessionid cookie cvv cvc csc otp totp fa mfa one verification security
recovery backup confirmation login seed ssn social iban routing sort card passport date dob passwort passwordt kennwort
contrasena mot senha wachtwoord haslo parola losenord lozinka heslo jelszo parool key tan born
birthday birthdate geboren
"""
_WORDS = frozenset(_WORD_LIST.split())
"""The first words of what the patterns below and above look for by name."""

_SIGNED, _SAID, _QUOTED, _DIGIT, _ADDRESS = map(re.compile, ("[=:>]|is|was|lautet", "is|was", "[\"']", r"\d", "://"))
_CODE_LIKE = ((_SIGNED, _GIVEN), (_SIGNED, _CAMELLED), (re.compile("[=:]"), _PASS))
_ALWAYS = (
    (_SAID, _OF), (_DIGIT, _TYPED), (_QUOTED, _CALLED), (_QUOTED, _CREDENTIALS), (re.compile("-"), _OPTION),
    (re.compile("-u|-pro"), _USER_OPTION), (re.compile("<"), _TAG), (_QUOTED, _ATTRIBUTE), (_DIGIT, _BESIDE),
    (_QUOTED, _QUOTED_BESIDE), (_DIGIT, _CODE), (_DIGIT, _BORN), (_ADDRESS, _BEFORE_AT), (_ADDRESS, _TOKEN_BEFORE_AT),
)  # fmt: skip
"""Each with what it can't match without, which is found much sooner."""


def may_find(has: Traits) -> bool:
    """With a word that calls something a secret, or with the signs of code around it."""
    text = has.text
    if not has.words.isdisjoint(_WORDS) or "=" in text or "(" in text or "<" in text:
        return True
    return (":" in text and ("-" in text or "/" in text)) or any(stem in has.small for stem in _STEMS_WITHIN)


def detect(text: str) -> list[Span]:
    """The values: to the end of the line after a sign or "is", to the end of the token after an option."""
    plain = lowered(text)
    if _STEMS.search(plain) is None:
        return []
    spans = []
    for needs, pattern in _CODE_LIKE:
        for match in pattern.finditer(plain) if needs.search(plain) else ():
            value = text[match.start("value") : match.end("value")]
            if not is_reference(value) and not _COUNTED.search(match.group("prefix")):
                spans.append(Span(*match.span("value"), "secret"))
    for needs, pattern in _ALWAYS:
        for match in pattern.finditer(plain) if needs.search(plain) else ():
            if not is_reference(text[match.start("value") : match.end("value")]):
                spans.append(Span(*match.span("value"), "secret"))
    return spans
