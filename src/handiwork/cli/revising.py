# SPDX-License-Identifier: Apache-2.0
"""What a revised policy means for the person, in words, and how a running recorder learns of it."""

from handiwork.cli.consent import accepted_policy, flaw_of, scope_lines
from handiwork.cli.paths import Home
from handiwork.model.policy import Policy
from handiwork.ports.journal import Ledger, consent_in_force
from handiwork.rules.revision import narrowings


def policy_lines(policy: Policy) -> list[str]:
    """The policy in force, a line for each rule."""
    head = f"{policy.name}, revision {policy.revision}, for {', '.join(policy.purposes)}"
    return [head, *(f"  {line}" for line in scope_lines(policy))]


def account_of_change(ledger: Ledger, policy: Policy, runs: bool) -> list[str]:
    """What the policy in force gives up or asks for, against what the person accepted."""
    signed = consent_in_force(ledger)
    if signed is None:
        return ["Nothing is recorded under it before you agree: `handiwork record consent`."]
    if flaw := flaw_of(ledger, signed.consent, policy):
        stopped = "Recording has stopped" if runs else "Nothing is recorded"
        return [
            f"{stopped}: {flaw}.",
            "If you agree to it, run `handiwork record consent`. What was recorded stays as it is.",
        ]
    accepted = accepted_policy(ledger, signed.consent)
    less = narrowings(accepted, policy) if accepted else []
    when = "It holds from now on, in the running recorder too" if runs else "It holds from now on"
    return [f"{when}. It asks for no more than you agreed to.", *(f"  {line}" for line in less)]


def tell_recorder(where: Home) -> bool:
    """Has a running recorder read policy and consent again; False if none runs."""
    from handiwork.adapters.control.unix_socket import ask
    from handiwork.model.errors import Lost
    from handiwork.ports.control import Command

    try:
        ask(where.sockets / "control.sock", Command(do="policy"))
    except Lost:  # it reads them when it starts
        return False
    return True
