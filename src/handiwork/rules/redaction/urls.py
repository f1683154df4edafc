# SPDX-License-Identifier: Apache-2.0
"""Takes an address apart into what may be kept and what may not. Judges no text itself: it is given a judge."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult

from handiwork.model.policy import Words
from handiwork.rules.redaction.detectors.url_token import is_identifier
from handiwork.rules.redaction.normal import normal
from handiwork.rules.redaction.vocabulary import WORDS
from handiwork.rules.split_url import split_url

_HARMLESS_KEYS = frozenset({"page", "sort", "order", "lang", "view", "tab", "per_page", "limit", "offset", "mode"})
_HARMLESS_VALUE = re.compile(r"[a-z]{1,16}|\d{1,3}")
_HARMLESS_FRAGMENT = re.compile(r"[a-z]+(?:-[a-z]+){0,2}")
_LONGEST = 2_000

Judge = Callable[[str], tuple[str, ...]]
"""The kinds of what is wrong with a text; empty if it is clear."""


@dataclass(frozen=True)
class CutUrl:
    """An address after redaction and the kinds of what was cut."""

    text: str
    cuts: tuple[str, ...]


def cut_url(url: str, words: Words, judge: Judge) -> CutUrl:
    """Scheme, host and port stay, unless the judge objects; of path, query and fragment only what is harmless."""
    if not url:
        return CutUrl("", ())
    parts = _split(url) if len(url) <= _LONGEST else None
    if parts is None:
        return CutUrl("<url>", ("unsure",))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        scheme = parts.scheme if re.fullmatch(r"[a-z]{2,12}", parts.scheme) else ""
        return CutUrl(f"{scheme}:<url>" if scheme else "<url>", ("token",))
    cuts: list[str] = ["token"] if parts.username is not None or parts.password is not None else []
    host, host_cuts = _host(parts, judge)
    path, path_cuts = _path(parts.path, words, judge)
    tail, tail_cuts = _tail(parts, words, judge)
    cuts += [*host_cuts, *path_cuts, *tail_cuts]
    return CutUrl(f"{parts.scheme}://{host}{path}{tail}", tuple(sorted(set(cuts))))


def _split(url: str) -> SplitResult | None:
    try:
        parts = split_url(normal(url).text.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult, judge: Judge) -> tuple[str, tuple[str, ...]]:
    host = parts.hostname or ""
    if cuts := judge(host):
        return f"<{cuts[0]}>", cuts
    return f"{host}:{parts.port}" if parts.port else host, ()


def _path(path: str, words: Words, judge: Judge) -> tuple[str, list[str]]:
    kept: list[str] = []
    cuts: list[str] = []
    if across := [kind for kind in judge(path.replace("/", " ")) if kind not in _kinds_by_segment(path, judge)]:
        return "/<id>", across
    for segment in path.split("/"):
        found = judge(segment)
        if not segment or (not found and _is_harmless(segment, words)):
            kept.append(segment)
        else:
            kept.append("<id>")
            cuts += found or ("token",)
    return "/".join(kept), cuts


def _kinds_by_segment(path: str, judge: Judge) -> set[str]:
    return {kind for segment in path.split("/") for kind in judge(segment)}


def _is_harmless(segment: str, words: Words) -> bool:
    if is_identifier(segment) or len(segment) > 40:
        return False
    if words == "open":
        return True
    stem = re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", segment)
    return all(piece in WORDS or re.fullmatch(r"v?\d{1,2}", piece) for piece in re.split(r"[-_.]", stem))


def _tail(parts: SplitResult, words: Words, judge: Judge) -> tuple[str, list[str]]:
    query = _query(parts.query, judge)
    fragment = f"#{parts.fragment}" if _keeps_fragment(parts.fragment, words, judge) else ""
    lost = bool(parts.query and not query) or bool(parts.fragment and not fragment)
    return query + fragment, ["token"] if lost else []


def _query(query: str, judge: Judge) -> str:
    pairs = [pair.partition("=") for pair in query.split("&")] if query else []
    harmless = all(key in _HARMLESS_KEYS and _HARMLESS_VALUE.fullmatch(value) for key, _, value in pairs)
    return f"?{query}" if pairs and harmless and not any(judge(value) for _, _, value in pairs) else ""


def _keeps_fragment(fragment: str, words: Words, judge: Judge) -> bool:
    if not fragment or _HARMLESS_FRAGMENT.fullmatch(fragment) is None or judge(fragment):
        return False
    return words == "open" or all(piece in WORDS for piece in fragment.split("-"))
