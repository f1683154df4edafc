# SPDX-License-Identifier: Apache-2.0
"""Property 6 under attack: every command and option of organisation and lab, searched for a way to ask for someone."""

import argparse
from collections.abc import Iterator

from handiwork.cli.main import parser
from handiwork.model.grant import Job

SOMEONE = ("person", "people", "participant", "pseudonym", "user", "consent", "employee", "worker", "device", "who")


def commands(at: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that has none below it."""
    below = [action for action in at._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield name, at
    for action in below:
        for word, choice in action.choices.items():
            yield from commands(choice, f"{name} {word}".strip())


def test_no_command_of_organisation_or_lab_takes_a_person() -> None:
    found = {name: one for name, one in commands(parser()) if name.split()[0] in ("hub", "lab")}
    assert {"hub serve", "hub log", "lab job", "lab build"} <= set(found)
    asked = {
        (name, action.dest)
        for name, one in found.items()
        for action in one._actions
        for word in SOMEONE
        if word in " ".join([action.dest, *action.option_strings])
    }
    # A release's smallest number of people is the opposite of asking for one.
    assert {(name, dest) for name, dest in asked if "minimum" not in dest and "least" not in dest} == set()


def test_a_job_says_what_for_and_which_days_and_nothing_about_whom() -> None:
    assert set(Job.__struct_fields__) == {"kind", "purpose", "epochs", "code", "recipient"}
