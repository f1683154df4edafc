# SPDX-License-Identifier: Apache-2.0
"""The attack of test_recorder_keeps_no_secret.py on real Firefox: the same person, the same pages, the same secrets."""

import shutil
from collections.abc import Iterator

import pytest
from tests.live import Worker
from tests.properties.test_recorder_keeps_no_secret import (  # noqa: F401
    Recording,
    recorded,
    test_a_secret_typed_into_an_allowed_field_is_cut_from_every_copy,
    test_a_secret_typed_or_shown_where_nothing_may_be_kept_is_nowhere,
    test_a_word_taken_away_while_recording_is_in_no_stream_from_then_on,
    test_every_kind_of_skip_is_counted_with_its_reason,
    test_gaps_are_marked_and_say_nothing_but_why,
    test_no_address_or_title_of_any_other_page_is_kept,
    test_the_cut_says_of_which_class_it_was,
    test_the_files_on_disk_hold_not_even_what_may_be_kept_in_the_clear,
    test_what_may_be_kept_is_kept,
)

from handiwork.adapters.session import VirtualSession
from handiwork.model.event import Frame

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.browser,
    pytest.mark.alone,
    pytest.mark.timeout(170),
    pytest.mark.skipif(
        not (shutil.which("firefox-esr") or shutil.which("firefox")), reason="no Firefox here: apt install firefox-esr"
    ),
]


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    app = "firefox-esr" if shutil.which("firefox-esr") else "firefox"
    yield from recorded(session, tmp_path_factory.mktemp("attack") / "out", app, Worker.firefox)


def test_no_picture_is_kept_since_firefox_draws_its_own_dialogs_and_addresses_over_pages(recording: Recording) -> None:
    assert not [event for event in recording.events if isinstance(event, Frame)]
