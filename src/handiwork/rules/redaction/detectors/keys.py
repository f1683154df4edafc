# SPDX-License-Identifier: Apache-2.0
"""Keys and tokens whose providers gave them a shape that can be known: written from the providers' public formats."""

import re

from handiwork.rules.redaction.span import Span

_SHAPES = (
    r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{12,}",  # AWS
    r"gh[pousr]_\w{16,}|github_pat_\w{16,}",  # GitHub
    r"gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w.-]{16,}",  # GitLab
    r"xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|hooks\.slack\.com/[\w/-]{8,}",  # Slack
    r"[spr]k_(?:live|test|prod)_\w{8,}|whsec_[\w+/=]{8,}",  # Stripe
    r"AIza[\w-]{20,}|ya29\.[\w.-]{8,}|GOCSPX-[\w-]{12,}|\b1//0[\w-]{12,}",  # Google
    r"eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*){0,4}",  # JSON web token
    r"npm_\w{16,}|pypi-[\w-]{16,}|hf_\w{16,}|api_org_\w{16,}",  # npm, PyPI, Hugging Face
    r"\bsk-[\w-]{12,}|\bsk_\w{16,}",  # model providers
    r"SG\.[\w-]{8,}\.[\w-]{8,}|\b(?:SK|AC)[0-9a-f]{32}\b|\bkey-[0-9a-f]{20,}",  # SendGrid, Twilio, Mailgun
    r"do[opr]_v1_\w{16,}|shp(?:at|ca|pa|ss)_\w{16,}|dckr_pat_[\w-]{12,}|rubygems_\w{16,}|glsa_\w{16,}|hvs\.[\w-]{12,}",
    r"\b\d{8,10}:[\w-]{30,}",  # Telegram bots
    r"AGE-SECRET-KEY-1\w{16,}",
    r"\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s{1,3}[\w.~+/=-]{8,}",  # HTTP authorization
)
_ONE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))
_PEM = re.compile(r"-{3,}\s?BEGIN[ A-Z0-9]{0,40}")
_PEM_END = re.compile(r"-{3,}\s?END[ A-Z0-9]{0,40}-{0,5}")


def detect(text: str) -> list[Span]:
    """All of them; a PEM block without an end reaches to the end of the text."""
    spans = [Span(match.start(), match.end(), "secret") for match in _ONE.finditer(text)]
    at = 0
    while (begin := _PEM.search(text, at)) is not None:
        end = _PEM_END.search(text, begin.end())
        at = end.end() if end is not None else len(text)
        spans.append(Span(begin.start(), at, "secret"))
    return spans
