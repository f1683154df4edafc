# SPDX-License-Identifier: Apache-2.0
"""Sections on the safeguards: what was kept, dropped and cut, by whose leave, what the log proves, what it cost.

Each is a function of the summary, or nothing where the run has nothing to show for it.
"""

from math import isfinite

from handiwork.lab.report_page.charts import bars, proof_path
from handiwork.lab.report_page.figures import count, duration, share, size, times
from handiwork.lab.report_page.markup import Child, Markup, element
from handiwork.lab.report_page.parts import code, facts_list, section
from handiwork.lab.summary import Pictures, Summary

SCRIPTED = (
    "The person was a script with a person’s movements, on practice pages. It shows that the whole way works; "
    "it says little about real work, real people, or other applications."
)
LIMITS = (
    "Redaction is detection, and detection misses. The audit searches for words that were planted; what nobody "
    "planted, nobody searched for.",
    "While a job runs, whoever is root on the lab’s machine can read its memory. Two people must approve, and every "
    "release is in the public log; it can be seen, not prevented.",
    "A model that has learned from data that is withdrawn later is taken out of use. What it learned can’t be taken "
    "out of its weights.",
    "Success is the task’s own full reward in fresh episodes. Intervals say how far chance alone could move a rate; "
    "they say nothing of tasks that were not tried.",
)


def recorded(summary: Summary, _: Pictures) -> Markup:
    """What was kept."""
    cost = summary.recorder
    facts: dict[str, Child] = {
        "Time": duration(cost.seconds),
        "Segments": f"{count(summary.segments)}, each sealed with a key of its own",
        "Events": count(cost.events),
        "On disk": f"{size(cost.bytes)}, encrypted before it was written",
        "Steps": f"{count(summary.steps)}, reduced from these events",
    }
    kinds = element("div", element("h3", "Kept events by kind"), bars(summary.events)) if summary.events else None
    return section(
        summary, "recorded", "What was recorded",
        element("div", element("div", facts_list(facts)), kinds, class_="two"),
    )  # fmt: skip


def skips(summary: Summary, _: Pictures) -> Markup | None:
    """What was not kept, and why."""
    if not summary.skips:
        return None
    words = (
        f"{times(sum(summary.skips.values()), 'raw event')} never left memory. Nothing is kept unless a rule allows "
        "the surface it came from; whatever is unlisted, uncertain or in transition is dropped, and counted here."
    )
    return section(summary, "skips", "What was not, and why", element("p", words), bars(summary.skips))


def cuts(summary: Summary, _: Pictures) -> Markup | None:
    """Redaction, and the audit of it."""
    if not summary.cuts and summary.audit is None:
        return None
    found = f"{times(summary.leaks, 'leak')}" if summary.leaks else "None was found"
    verdict: list[Child] = []
    if summary.audit is not None:
        audit = summary.audit
        verdict = [
            element("p", f"{times(audit.planted, 'secret')} planted, where nothing may be kept or it must be cut. ",
                element("b", f"{found}."), class_="verdict"),
            element("p", f"The audit searched {times(audit.files, 'file')}, {size(audit.bytes)}, and every segment "
                "opened with the person’s own key, for each of them in every encoding it could lie in by accident.",
                class_="note"),
        ]  # fmt: skip
    masked = (
        element("p", f"{share(summary.masked_share)} of all pixels kept were masked.", class_="note")
        if summary.masked_share is not None and isfinite(summary.masked_share)
        else None
    )
    classes = [element("h3", "Pieces of text cut, by class"), bars(summary.cuts)] if summary.cuts else []
    return section(summary, "cuts", "What was cut", *verdict, masked, *classes)


def consent(summary: Summary, _: Pictures) -> Markup | None:
    """The agreement, as it stands in every segment’s header."""
    shown = summary.consent
    if shown is None:
        return None
    facts: dict[str, Child] = {
        "Consent": code(shown.consent_id),
        "Given by": code(shown.participant),
        "On": shown.accepted_at.replace("T", " "),
        "For": ", ".join(shown.purposes),
        "To this notice": code(shown.notice_digest),
        "Under this policy": element("span", f"{shown.policy_name} ", code(shown.policy_digest[:16])),
    }
    words = (
        "A person, known here only by a pseudonym, agreed to exactly these words for exactly these purposes. Both "
        "are part of what each segment is sealed under: under any other consent it does not open. Judging a person’s "
        "performance is not a purpose that can be written down."
    )
    return section(summary, "consent", "By whose leave", element("p", words), facts_list(facts))


def log(summary: Summary, _: Pictures) -> Markup | None:
    """The public log, its signed head, and one proof."""
    shown = summary.log
    if shown is None:
        return None
    words = (
        "No key is released before the release is in this log, and nothing in it can be changed without everyone who "
        "kept an earlier head noticing. It holds commitments only: outsiders learn that things were done, not to whom."
    )
    left = element(
        "div", element("h3", "Entries"), bars(shown.entries), element("h3", "Signed head"),
        element("pre", shown.checkpoint.strip(), class_="ticket"),
    )  # fmt: skip
    right = None
    if shown.proof is not None:
        proof = shown.proof
        says = (
            f"Leaf {count(proof.index)} of {count(proof.size)}: {proof.what}. From it the way leads, with "
            f"{times(len(proof.path), 'more hash', 'more hashes')} (hollow), up to the signed root. "
            "Anyone can redo the sum."
        )
        right = element(
            "div", element("h3", "One proof, verified"),
            element("figure", proof_path(proof), element("figcaption", says)),
        )  # fmt: skip
    return section(
        summary, "log", "What the log proves", element("p", words), element("div", left, right, class_="two")
    )


def withdrawal(summary: Summary, _: Pictures) -> Markup | None:
    """What taking it back did."""
    done = summary.withdrawal
    if done is None:
        return None
    words = (
        f"Afterwards the person withdrew. The hub destroyed the keys of {times(done.segments, 'segment')} and deleted "
        f"the bytes (log entry {count(done.log_index)}); the lab removed {times(done.rows_removed, 'row')} and set "
        f"{times(done.checkpoints_quarantined, 'trained model')} aside. "
        "What a model had learned is not undone by that."
    )
    return section(summary, "withdrawal", "And taking it back", element("p", words))


def cost(summary: Summary, _: Pictures) -> Markup:
    """What recording cost."""
    spent = summary.recorder
    hours = spent.seconds / 3600
    facts: dict[str, Child] = {
        "Processor": f"{share(spent.cpu_share, 1)} of one core, on average over {duration(spent.seconds)}",
        "Memory": f"{size(spent.peak_memory_bytes)} at most",
        "Disk": f"{size(spent.bytes / hours)} an hour of this work" if hours else size(spent.bytes),
        "Lost": f"{count(spent.lost)} of {count(spent.events + spent.lost)} events",
    }
    stages = (
        [element("h3", "The run, stage by stage (seconds)"),
         bars({name: round(seconds) for name, seconds in summary.durations.items()})]
        if summary.durations else []
    )  # fmt: skip
    return section(summary, "cost", "What recording cost", facts_list(facts), *stages)


def limits(summary: Summary, _: Pictures) -> Markup:
    """What this doesn’t show."""
    items = [element("li", words) for words in (*((SCRIPTED,) if summary.scripted else ()), *summary.limits, *LIMITS)]
    return section(summary, "limits", "What this does not show", element("ul", *items, class_="limits"))
