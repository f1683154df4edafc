# SPDX-License-Identifier: Apache-2.0
"""Whether a revised policy asks for more than the one that a person accepted.

What only narrows applies at once, under the same consent; what widens anything needs a new one. In doubt it widens:
a rule that can't be shown to lie within what was accepted counts as new. Knows nothing of consents or time.
"""

from collections.abc import Sequence
from typing import get_args

import msgspec

from handiwork.model.policy import Allow, Deny, Level, Policy, Words
from handiwork.rules.audit_times import is_seldomer
from handiwork.rules.hours import LocalTime, within
from handiwork.rules.site import site_covers, sites_meet

_LEVELS: tuple[str, ...] = get_args(Level)
_WORDS: tuple[str, ...] = get_args(Words)
_COMPARED = frozenset(
    {"name", "revision", "purposes", "retention_days", "allow", "deny", "never", "frames", "hours", "audit"}
)
_HARMLESS = frozenset({"cost"})
"""What says nothing of which data is kept."""


def widenings(accepted: Policy, revised: Policy) -> list[str]:
    """In which ways the revised policy asks for more, in words; empty if it asks for the same or for less."""
    found = [] if revised.name == accepted.name else [f"it is another policy, {revised.name!r}"]
    if purposes := sorted(set(revised.purposes) - set(accepted.purposes)):
        found.append("it adds the purpose " + ", ".join(purposes))
    if revised.retention_days > accepted.retention_days:
        found.append(f"it keeps data for {revised.retention_days} days, not {accepted.retention_days}")
    if set(accepted.never) - set(revised.never):
        found.append("it no longer cuts some of the words that were never to be kept")
    found += _more_pictures(accepted, revised) + _more_hours(accepted, revised)
    if is_seldomer(accepted.audit, revised.audit):
        found.append("it has less read again for leaks")
    found += [wider for at in range(len(revised.allow)) if (wider := _wider_rule(accepted, revised, at))]
    found += [f"it no longer denies {shown(rule)}" for rule in accepted.deny if _is_undone(rule, revised)]
    return found + _other_changes(accepted, revised)


def narrowings(accepted: Policy, revised: Policy) -> list[str]:
    """What the revised policy gives up of the accepted one: what the opposite revision would add."""
    return [f"no longer allowed: {shown(rule)}" for rule in accepted.allow if not _is_covered(rule, revised.allow)]


def shown(rule: Allow | Deny) -> str:
    """A rule in one line, for people."""
    parts = [rule.app, rule.site, f"title {rule.title!r}" if rule.title else ""]
    if isinstance(rule, Deny):
        return " ".join(part for part in [*parts, f"role {rule.role}" if rule.role else ""] if part)
    parts += [f"account {rule.account}" if rule.account else "", f"profile {rule.profile}" if rule.profile else ""]
    return " ".join(part for part in [*parts, f"(level {rule.level}, words {rule.words})"] if part)


def _more_pictures(accepted: Policy, revised: Policy) -> list[str]:
    before, after = accepted.frames, revised.frames
    more = after.per_hour > before.per_hour or after.min_interval_ms < before.min_interval_ms
    return ["it takes more pictures"] if more else []


def _more_hours(accepted: Policy, revised: Policy) -> list[str]:
    before, after = accepted.hours, revised.hours
    if before is None or before == after:
        return []
    week = [LocalTime(weekday, minute) for weekday in range(7) for minute in range(24 * 60)]
    more = after is None or any(within(after, moment) and not within(before, moment) for moment in week)
    return ["it records at more hours"] if more else []


def _other_changes(accepted: Policy, revised: Policy) -> list[str]:
    """What this rule doesn't understand: any change to it counts as widening."""
    names = [field.name for field in msgspec.structs.fields(Policy) if field.name not in _COMPARED | _HARMLESS]
    return [f"it changes {name}" for name in names if getattr(accepted, name) != getattr(revised, name)]


def _wider_rule(accepted: Policy, revised: Policy, at: int) -> str:
    """Walks the accepted rules in their order, which decides among them, down to the one that covers the new rule."""
    rule, earlier = revised.allow[at], revised.allow[:at]
    for old in accepted.allow:
        decided_before = any(_covers(one, old) for one in earlier)
        if not decided_before and _meet(old, rule) and _asks_more(old, rule):
            return f"it keeps more of {shown(rule)}, not only {old.level} and {old.words}"
        if _covers(old, rule):
            return ""
    return f"it adds {shown(rule)}"


def _is_covered(rule: Allow, rules: Sequence[Allow]) -> bool:
    return any(_covers(one, rule) and not _asks_more(one, rule) for one in rules)


def _asks_more(old: Allow, new: Allow) -> bool:
    return _LEVELS.index(new.level) > _LEVELS.index(old.level) or _WORDS.index(new.words) > _WORDS.index(old.words)


def _covers(wide: Allow, narrow: Allow) -> bool:
    """Whether whatever the second rule fits is fit by the first."""
    return (
        wide.app == narrow.app
        and (not wide.site or (bool(narrow.site) and site_covers(wide.site, narrow.site)))
        and wide.title in ("", narrow.title)
        and wide.profile in ("", narrow.profile)
        and (not wide.account or _account(wide) == _account(narrow))
    )


def _meet(one: Allow, other: Allow) -> bool:
    """Whether something may fit both. Titles, accounts and profiles are taken to meet."""
    return one.app == other.app and (not (one.site and other.site) or sites_meet(one.site, other.site))


def _account(rule: Allow) -> tuple[str, str, str]:
    return rule.account, rule.account_in, rule.account_attribute


def _is_undone(rule: Deny, revised: Policy) -> bool:
    """Whether something that the rule closed may be open now."""
    matters = any(
        rule.app in ("", allow.app) and (not (rule.site and allow.site) or sites_meet(rule.site, allow.site))
        for allow in revised.allow
    )
    return matters and not any(_denies_as_much(other, rule) for other in revised.deny)


def _denies_as_much(wide: Deny, narrow: Deny) -> bool:
    return (
        wide.app in ("", narrow.app)
        and (not wide.site or (bool(narrow.site) and site_covers(wide.site, narrow.site)))
        and wide.title in ("", narrow.title)
        and wide.role in ("", narrow.role)
    )
