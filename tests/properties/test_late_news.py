# SPDX-License-Identifier: Apache-2.0
"""News of a page that come after another window was brought to the front still concern what was done before."""

from tests.properties.harness import Life, streams_with


def test_a_tab_that_changed_unnoticed_before_the_person_went_elsewhere_is_denied_all_the_same() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(1)

    def meanwhile() -> None:
        """The recorder stands still amid its turn: the tab changes, something is done in it, the person leaves."""
        life.become(tab="other")
        life.pass_time(97, stalled=True)
        life.work()
        life.pass_time(320, stalled=True)
        life.become(front="notes", tab="work")

    life.input.meanwhile = meanwhile
    life.pass_time(900)
    assert streams_with(life.finish(), life.pictures, True) == set()
