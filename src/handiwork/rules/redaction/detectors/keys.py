# SPDX-License-Identifier: Apache-2.0
"""Keys and tokens whose providers gave them a shape that can be known: written from the providers' public formats.

A rule's shape is looked for only where one of its marks stands in the text: so many rules cost little.
"""

import re
from typing import NamedTuple

from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits


class _Rule(NamedTuple):
    """Without one of the marks (in small letters) the shape can't match."""

    marks: tuple[str, ...]
    shape: re.Pattern[str]


def _rule(marks: str, shape: str) -> _Rule:
    return _Rule(tuple(marks.split()), re.compile(shape))


_RULES = (
    _rule(
        "akia asia abia acca aroa aida agpa anpa", r"(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{12,128}"
    ),  # AWS
    _rule("amzn", r"amzn\.mws\.[0-9a-f-]{20,64}|\bamzn1\.[\w.-]{10,200}"),
    _rule("gho_ ghp_ ghs_ ghu_ ghr_ github_pat", r"gh[pousr]_\w{16,255}|github_pat_\w{16,255}"),
    _rule(
        "glpat- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- gloas- glsoat- glffct- glwt- gr1348941",
        r"\bgl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\w.-]{16,255}|\bGR1348941[\w-]{16,64}",
    ),
    _rule("xox xapp xwfp", r"xox[a-z]-[\w-]{8,255}|xapp-[\w-]{8,255}|xwfp-[\w-]{8,255}"),  # Slack
    _rule("hooks.slack", r"hooks\.slack\.com/[\w/-]{8,200}"),
    _rule("discord", r"discord(?:app)?\.com/api/webhooks/[\w/-]{8,200}"),
    _rule("webhook.office outlook.office", r"(?:\w{1,63}\.)?(?:webhook|outlook)\.office\.com/webhook[\w/@.-]{8,300}"),
    _rule("hooks.zapier hook.", r"hooks\.zapier\.com/[\w/-]{8,200}|hook\.[\w.]{2,20}make\.com/\w{8,100}"),
    _rule("_live_ _test_ _prod_ whsec_", r"[spr]k_(?:live|test|prod)_\w{8,255}|whsec_[\w+/=]{8,255}"),  # Stripe
    _rule("sq0", r"\bsq0(?:atp|csp|idp|ids)-[\w-]{16,100}"),  # Square
    _rule("eaaa", r"\bEAAA[\w-]{56,100}"),
    _rule("access_token$", r"access_token\$(?:production|sandbox)\$\w{8,64}\$\w{16,64}"),  # Braintree
    _rule("aiza ya29 gocspx 1//0", r"AIza[\w-]{20,100}|ya29\.[\w.-]{8,255}|GOCSPX-[\w-]{12,100}|\b1//0[\w-]{12,255}"),
    _rule("apps.googleusercontent", r"\b\d{6,21}-\w{16,64}\.apps\.googleusercontent\.com"),
    _rule("eyj", r"eyJ[\w-]{4,4000}\.[\w-]{4,4000}(?:\.[\w-]{0,4000}){0,4}"),  # JSON web token
    _rule("npm_ pypi- hf_ api_org_", r"npm_\w{16,100}|pypi-[\w-]{16,300}|hf_\w{16,100}|api_org_\w{16,100}"),
    _rule("sk- sk_", r"\bsk-[\w-]{12,255}|\bsk_\w{16,255}"),  # model providers
    _rule("gsk_ r8_ pplx- xai- sess-", r"\b(?:gsk_|r8_|pplx-|xai-|sess-)[\w-]{16,255}"),
    _rule("sg.", r"SG\.[\w-]{8,100}\.[\w-]{8,100}"),  # SendGrid
    _rule("sk ac ap cr", r"\b(?:SK|AC|AP|CR)[0-9a-f]{32}\b"),  # Twilio
    _rule("key-", r"\bkey-[0-9a-f]{20,64}"),  # Mailgun
    _rule("-us", r"\b[0-9a-f]{32}-us\d{1,2}\b"),  # Mailchimp
    _rule("xkeysib re_", r"xkeysib-[\w-]{16,100}|\bre_\w{8,24}_\w{8,64}"),  # Brevo, Resend
    _rule("dop_v1 doo_v1 dor_v1", r"do[opr]_v1_\w{16,128}"),  # DigitalOcean
    _rule("shpat_ shpca_ shppa_ shpss_", r"shp(?:at|ca|pa|ss)_\w{16,64}"),  # Shopify
    _rule(
        "dckr_ rubygems_ glsa_ glc_ hvs. hvb. hvr. s.",
        r"dckr_(?:pat|oat)_[\w-]{12,100}|rubygems_\w{16,100}|\bgl(?:sa|c)_[\w=]{16,255}|"
        r"\bhv[sbr]\.[\w-]{12,255}|\bs\.[A-Za-z0-9]{24}\b",
    ),  # Docker, Ruby, Grafana, Vault
    _rule("atlasv1 ", r"\b\w{14}\.atlasv1\.[\w-]{40,100}"),  # Terraform Cloud
    _rule("atatt3 atctt3 atbb", r"AT[AC]TT3[\w=-]{16,255}|\bATBB\w{16,64}"),  # Atlassian
    _rule(
        "lin_api lin_oauth ntn_ secret_",
        r"\blin_(?:api|oauth)_\w{16,100}|\bntn_\w{16,100}|\bsecret_[A-Za-z0-9]{20,100}",
    ),  # Linear, Notion
    _rule(
        "figd_ fo1_ fm1 flyv1",
        r"\bfig[dou]_[\w-]{16,100}|\bfo1_[\w-]{16,100}|\bfm[12][ar]?_[\w+/=,-]{16,600}|FlyV1 \S{16,900}",
    ),
    _rule("dapi dose", r"\bdapi[0-9a-f]{32}(?:-\d)?\b"),  # Databricks
    _rule(
        "nrak- nrjs- nrii- nrra-",
        r"\bNR(?:AK|JS|II|RA)-[\w-]{16,64}",
    ),  # New Relic
    _rule("pmak- pmat-", r"\bPM(?:AK|AT)-[\w-]{16,100}"),  # Postman
    _rule("sntrys_ sntryu_", r"\bsntry[su]_[\w=+/-]{16,255}"),  # Sentry
    _rule("phc_ phx_", r"\bph[cx]_\w{16,100}"),  # PostHog
    _rule("pscale_", r"\bpscale_(?:pw|tkn|oauth)_[\w.=-]{16,100}"),
    _rule("sbp_ sb_secret", r"\bsbp_\w{16,100}|\bsb_secret_[\w-]{16,100}"),  # Supabase
    _rule("vercel_ vcp_ nfp_ cfut_", r"\b(?:vercel|vcp|nfp|cfut)_\w{16,100}"),
    _rule("doppler dp.", r"\bdp\.(?:pt|st|sa|ct|scim|audit)\.[\w.-]{16,100}"),
    _rule("ops_ev", r"\bops_ey[\w=-]{16,900}"),  # 1Password
    _rule("b2 k0", r"\bK00[\dA-Za-z+/]{24,40}"),  # Backblaze
    _rule(
        "accountkey sharedaccess sig=", r"(?i:AccountKey|SharedAccessKey)=[\w+/=]{16,200}|[?&]sig=[\w%+/=-]{16,200}"
    ),  # Azure
    _rule("q~", r"\b[\w~.-]{3}\dQ~[\w~.-]{31,34}"),  # Azure client secrets
    _rule("-jfrog akcp cmvm", r"\bAKCp\w{16,100}|\bcmVmd\w{16,100}"),  # Artifactory
    _rule("dt0c01", r"\bdt0[a-zA-Z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),  # Dynatrace
    _rule("tskey-", r"\btskey-[\w-]{12,100}"),  # Tailscale
    _rule("ngrok rnd_ cio ptr_", r"\brnd_\w{16,64}"),  # Render
    _rule("pat", r"\bpat[A-Za-z0-9]{14}\.[0-9a-f]{32,64}\b"),  # Airtable
    _rule("pat-", r"\bpat-(?:na|eu)\d-[0-9a-f-]{20,64}"),  # HubSpot
    _rule("00d", r"\b00D\w{12,15}![\w.]{32,255}"),  # Salesforce
    _rule("eaac fb", r"\bEAAC\w{30,400}"),  # Facebook
    _rule("aaaaaa", r"\bAAAAAAAAAA[\w%]{40,200}"),  # X
    _rule("oauth2: oauth:", r"\boauth2?:[\w-]{16,100}"),
    _rule(":", r"\b\d{8,10}:[\w-]{30,100}"),  # Telegram bots
    _rule("age-secret-key", r"AGE-SECRET-KEY-1\w{16,100}"),
    _rule("xprv yprv zprv", r"\b[xyz]prv[A-Za-z0-9]{60,120}"),  # wallets
    _rule("puttyrsa privatekey-", r"PuTTY-User-Key-File-\d:[^\n]{0,80}|Private-Lines:.{0,4000}"),
    _rule("0x", r"\b0x[0-9a-fA-F]{64}\b"),
)
_HEADERS = (
    _rule("bearer basic", r"\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s{1,3}[\w.~+/=-]{8,4000}"),
    _rule(
        "token digest apikey",
        r"(?i:authorization|x-api-key|api-key|apikey)[\"']?\s?[:=]\s?[\"']?(?i:token|digest|apikey)\s{1,3}[\w.~+/=-]{8,4000}",
    ),
)
"""Of HTTP: authorization. The only ones whose keys may be shorter than this."""
_SHORTEST, _SHORT = 8, 12
"""Characters without space in the shortest key of the rules for headers, and of all others."""
_RAREST_FIRST = "~$!+/=&?:;@_0123456789.- qzxjkvbpygfwmucldrhsnioate"
"""How rarely characters stand in what people write, about."""
_MARKS: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _one in (*_RULES, *_HEADERS):
    for _mark in _one.marks:
        _MARKS.setdefault(min(_mark, key=_RAREST_FIRST.index), []).append((_mark, _one.shape))
_BEGINNINGS = ("sk-", *(mark for rule in _RULES for mark in rule.marks if len(mark) >= 4 and mark[-1] in "_-"))
_CAPITAL_BEGINNINGS = re.compile(
    r"(?:A(?:KIA|SIA|BIA|CCA|ROA|IDA|GPA|NPA)[A-Z0-9]|AIza|eyJ[\w-]|ya29|EAA[AC]|AT[AC]TT3|ATBB|AKCp|cmVmd|dapi\d|"
    r"xox[a-z]-|xapp-|xwfp-|github_pat|GR1348941|SG\.\w|hv[sbr]\.|1//0|AGE-SECRET|00D\w|[spr]k_(?:live|test|prod)_)"
)
_PEM = re.compile(r"-{3,}\s?BEGIN[ A-Z0-9]{0,40}")
_PEM_END = re.compile(r"-{3,}\s?END[ A-Z0-9]{0,40}-{0,5}")


def may_find(has: Traits) -> bool:
    """In a token of some length, or in a block of them."""
    return has.widest >= _SHORTEST or "---" in has.small


def detect(text: str) -> list[Span]:
    """All of them; a PEM block without an end reaches to the end of the text."""
    small = text.lower()
    spans: list[Span] = []
    for shape in _shapes(small):
        spans += [Span(match.start(), match.end(), "secret") for match in shape.finditer(text)]
    at = 0
    while "---" in small and (begin := _PEM.search(text, at)) is not None:
        end = _PEM_END.search(text, begin.end())
        at = end.end() if end is not None else len(text)
        spans.append(Span(begin.start(), at, "secret"))
    return spans


def begins_like_a_key(word: str) -> bool:
    """Whether a word begins as a provider's keys do, however little of it is there."""
    if word.lower().startswith(_BEGINNINGS):
        return True
    return _CAPITAL_BEGINNINGS.match(word) is not None and not is_common(word)


def _shapes(small: str) -> set[re.Pattern[str]]:
    """Those that can match: by the length of the longest token, and by their marks."""
    if max(map(len, small.split()), default=0) < _SHORT:
        return {rule.shape for rule in _HEADERS if any(mark in small for mark in rule.marks)}
    # Most marks have a character that most texts lack: cheaper than to look for each mark.
    marks = [pair for rare in _MARKS.keys() & set(small) for pair in _MARKS[rare]]
    return {shape for mark, shape in marks if mark in small}
