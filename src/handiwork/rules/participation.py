# SPDX-License-Identifier: Apache-2.0
"""Whether a person takes part right now: consent, pause, and what the indicator shows.

    no consent --accept--> recording <--pause/resume--> paused
                              |  ^
                              v  |  (scope, sign-in: by the gate; shown, never remembered)
                        out of scope, sign-in
    recording --locked, suspended, outside working hours--> held: shown as paused, whatever the person resumes
    any --trouble--> trouble (nothing is kept)        any --stop--> stopped

Without a consent record that covers these words, this policy and these purposes, there is no way into "recording".
"""

from typing import Literal

import msgspec

from handiwork.model.consent import Consent
from handiwork.model.ids import Digest
from handiwork.model.policy import Policy
from handiwork.rules.revision import widenings
from handiwork.rules.scope import Decision

SIGN_IN_REASONS = frozenset({"password field", "sign-in", "payment", "password manager", "password prompt"})

PROTECTED = SIGN_IN_REASONS | {"locked", "suspended"}
"""After one of these, nothing is kept before a new picture is: what lay on the screen may still be drawn there."""

Shown = Literal["recording", "paused", "out of scope", "sign-in", "trouble"]

HELD = ("outside hours", "suspended", "locked")
"""What pauses recording by itself, the longest-lasting first. The person can't resume past it."""


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """What the person has chosen, and whether the recorder is able. Times are monotonic milliseconds."""

    consented: bool
    paused: bool = False
    resume_at_ms: int | None = None
    trouble: str = ""
    held: frozenset[str] = frozenset()
    """Those of HELD that are so now."""

    def pause(self, until_ms: int | None) -> "Participation":
        """Paused until then, or until the person resumes."""
        return msgspec.structs.replace(self, paused=True, resume_at_ms=until_ms)

    def resume(self) -> "Participation":
        """Recording again, if it may."""
        return msgspec.structs.replace(self, paused=False, resume_at_ms=None)

    def at(self, now_ms: int) -> "Participation":
        """The same a while later: a timed pause ends by itself."""
        due = self.paused and self.resume_at_ms is not None and now_ms >= self.resume_at_ms
        return self.resume() if due else self

    def hold(self, reason: str) -> "Participation":
        """Paused by itself, until that is released."""
        return msgspec.structs.replace(self, held=self.held | {reason})

    def release(self, reason: str) -> "Participation":
        """That is over. A pause of the person's own stays."""
        return msgspec.structs.replace(self, held=self.held - {reason})

    def in_trouble(self, reason: str) -> "Participation":
        """The recorder can't do its work, for that reason; "" if it can."""
        return msgspec.structs.replace(self, trouble=reason)

    def refusal(self) -> str:
        """Why nothing may be kept, as a fixed word for the ledger; "" if the scope alone decides."""
        if not self.consented:
            return "no consent"
        if self.trouble:
            return "trouble"
        held = next((reason for reason in HELD if reason in self.held), "")
        return held or ("paused" if self.paused else "")


def consent_flaw(consent: Consent, accepted: Policy | None, notice: Digest, policy: Policy) -> str:
    """Why this consent doesn't cover recording under this policy, or "". Nothing is ever stretched.

    `accepted` is the policy that it was given for, None if that is not known any more; `notice` is what today's words
    for that policy come to. A policy that asks for no more than the accepted one is covered.
    """
    if accepted is None:
        return "what was accepted isn't known on this device any more"
    if consent.notice_digest != notice:
        return "the notice has changed since it was accepted"
    if consent.policy_name != policy.name:
        return f"it was given for the policy {consent.policy_name!r}, not {policy.name!r}"
    if missing := sorted(set(policy.purposes) - set(consent.purposes)):
        return "it doesn't cover the purpose " + ", ".join(missing)
    if wider := widenings(accepted, policy):
        return "the policy asks for more than was accepted: " + "; ".join(wider)
    return ""


def shown_state(participation: Participation, decision: Decision) -> Shown:
    """What the indicator must show: recording, paused, out of scope, sign-in or trouble."""
    refusal = participation.refusal()
    if refusal in ("trouble", "no consent"):
        return "trouble"
    if refusal:
        return "paused"
    if decision.allowed:
        return "recording"
    if decision.reason in HELD:
        return "paused"
    return "sign-in" if decision.reason in SIGN_IN_REASONS else "out of scope"


def shown_reason(participation: Participation, decision: Decision) -> str:
    """The fixed word behind that state, where the state doesn't say it all: "outside hours", "locked" and the like."""
    refusal = participation.refusal()
    if refusal == "trouble":
        return participation.trouble
    if refusal:
        return refusal if refusal in HELD else ""
    return decision.reason if decision.reason in HELD else ""
