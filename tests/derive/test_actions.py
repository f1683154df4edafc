# SPDX-License-Identifier: Apache-2.0
"""What was done is recovered from what was recorded: hand-listed scripts, and invariants over any recording."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.derive.actions import actions, reduce
from handiwork.model.action import Action, Click, Drag, Hotkey, Hover, Scroll, Select, SwitchApp, Type, Wait
from handiwork.model.event import (
    Acted,
    Button,
    Element,
    Event,
    Foreground,
    Gap,
    Key,
    Moved,
    Note,
    Observed,
    Typed,
    Wheel,
)
from handiwork.model.geometry import Box

OK = Element("button", "OK", "", Box(200, 100, 80, 30), (), -1)
NAME = Element("textbox", "Name", "", Box(200, 200, 200, 30), (), -1)
CITY = Element("combobox", "City", "Rome", Box(200, 300, 200, 30), (), -1)
OSLO = Element("option", "Oslo", "", Box(200, 300, 200, 30), (), 2)


def said(action: Action) -> tuple[Any, ...]:
    """An action in the words of a script."""
    match action:
        case Click(target=target, count=count, button=button):
            return ("click", target.name if target else None, button, count)
        case Drag(x=x, y=y, x2=x2, y2=y2):
            return ("drag", x, y, x2, y2)
        case Scroll(dx=dx, dy=dy):
            return ("scroll", dx, dy)
        case Type(text=text, target=target):
            return ("type", text, target.name if target else None)
        case Hotkey(keys=keys):
            return ("keys", *keys)
        case Select(option=option, target=target):
            return ("select", option, target.name)
        case SwitchApp(app=app):
            return ("switch", app)
        case Hover(target=target, opened=opened):
            return ("hover", target.name if target else None, opened)
        case Wait():
            return ("wait",)


def script(events: tuple[Event, ...]) -> list[tuple[Any, ...]]:
    return [said(action) for action in actions(events)]


def test_a_whole_form_filled_in_by_hand_is_recovered_as_it_was_done(scribe: Any) -> None:
    scribe.show(OK, NAME, CITY).rest(300).click(NAME).focused(NAME).rest(200).type("hello ").type("work").key("Tab")
    scribe.rest(300).click(CITY).rest(400).press(220, 345).chosen(
        Element("combobox", "City", "Oslo", CITY.bounds, (), -1)
    )
    scribe.rest(900).wheel(400, 400, 1).rest(100).click(OK, count=2).rest(1000).drag(300, 300, 380, 300).key(
        "c", "ctrl"
    )
    assert script(scribe.told()) == [
        ("click", "Name", 1, 1),
        ("type", "hello work", "Name"),
        ("keys", "Tab"),
        ("select", "Oslo", "City"),
        ("scroll", 0, 3),
        ("click", "OK", 1, 2),
        ("drag", 300, 300, 380, 300),
        ("keys", "ctrl", "c"),
    ]


def test_two_clicks_more_than_half_a_second_apart_are_two(scribe: Any) -> None:
    scribe.show(OK).click(OK).rest(500).click(OK)
    assert script(scribe.told()) == [("click", "OK", 1, 1)] * 2


def test_two_clicks_more_than_five_pixels_apart_are_two(scribe: Any) -> None:
    scribe.show(OK).press(210, 110).rest(50).press(216, 110)
    assert script(scribe.told()) == [("click", "OK", 1, 1)] * 2


def test_two_quick_clicks_on_two_things_are_two(scribe: Any) -> None:
    left, right = (Element("checkbox", n, "", Box(200 + dx, 100, 5, 30), (), -1) for n, dx in (("a", 0), ("b", 5)))
    scribe.show(left, right).press(203, 110, told=left).rest(50).press(206, 110, told=right)
    assert script(scribe.told()) == [("click", "a", 1, 1), ("click", "b", 1, 1)]


def test_five_pixels_are_a_click_and_six_a_drag(scribe: Any) -> None:
    assert script(scribe.drag(300, 300, 305, 300).told()) == [("click", None, 1, 1)]
    assert script(scribe.rest(900).drag(300, 300, 306, 300).told())[1:] == [("drag", 300, 300, 306, 300)]


def test_a_click_on_a_label_is_a_click_on_its_box(scribe: Any) -> None:
    label = Element("text", "I agree", "", Box(230, 100, 100, 20), (), -1)
    box = Element("checkbox", "I agree", "", Box(200, 100, 20, 20), ("checked",), -1)
    scribe.show(label, box).press(260, 110, told=label)
    scribe.events.append(Acted(t=scribe.t + 4, what="click", element=box))
    (action,) = actions(scribe.told())
    assert isinstance(action, Click)
    assert action.target == box


def test_a_list_that_tells_of_the_click_at_the_press_is_believed(scribe: Any) -> None:
    scribe.show(OK).events.append(Acted(t=scribe.t + 2, what="click", element=CITY))
    (action,) = actions(scribe.press(220, 110, hold=150).told())
    assert isinstance(action, Click)
    assert action.target == CITY


def test_a_click_nobody_told_of_is_on_the_smallest_interactive_element_shown(scribe: Any) -> None:
    dialog = Element("dialog", "Sure?", "", Box(150, 80, 400, 300), (), -1)
    word = Element("text", "O", "", Box(210, 105, 10, 10), (), -1)
    assert script(scribe.show(dialog, OK, word).press(212, 108).told()) == [("click", "OK", 1, 1)]


def test_a_choice_made_with_keys_alone_is_one_select(scribe: Any) -> None:
    scribe.show(CITY).key("Tab").focused(CITY).rest(200)
    for city in ("Bonn", "Oslo"):
        scribe.key("Down").chosen(Element("combobox", "City", city, CITY.bounds, (), -1))
    scribe.key("Tab")
    assert script(scribe.told()) == [("keys", "Tab"), ("select", "Oslo", "City"), ("keys", "Tab")]


def test_a_prefix_that_chooses_anew_with_each_letter_is_one_select(scribe: Any) -> None:
    scribe.show(CITY).key("Tab").focused(CITY).rest(200)
    began = scribe.t
    scribe.type("osl").rest(900).key("Tab")
    for after, city in ((4, "Odessa"), (190, "Oslo")):
        option = Element("option", city, "", CITY.bounds, (), 2)
        scribe.events.append(Acted(t=began + after, what="select", element=option))
    assert script(scribe.told()) == [("keys", "Tab"), ("select", "Oslo", "City"), ("keys", "Tab")]
    chosen = actions(scribe.told())[1]
    assert isinstance(chosen, Select)
    assert (chosen.t, chosen.target.value) == (began, "Rome")


def test_prefixes_typed_in_two_lists_are_two_selects(scribe: Any) -> None:
    street = Element("combobox", "Street", "Elm", Box(200, 400, 200, 30), (), -1)
    scribe.show(CITY, street).focused(CITY).type("os").chosen(OSLO).key("Tab").focused(street)
    scribe.type("oa").chosen(Element("option", "Oak", "", street.bounds, (), 3))
    assert script(scribe.told()) == [("select", "Oslo", "City"), ("keys", "Tab"), ("select", "Oak", "Street")]


def test_a_choice_told_as_an_option_names_the_list_it_stands_in(scribe: Any) -> None:
    scribe.show(CITY, OSLO).click(CITY).rest(500).wheel(220, 345, 1).press(220, 345).chosen(OSLO)
    assert script(scribe.told()) == [("select", "Oslo", "City")]


def test_a_choice_in_a_popup_that_covers_its_list_takes_both_clicks(scribe: Any) -> None:
    scribe.show(CITY).click(CITY).rest(900).click(CITY, told=False).chosen(
        Element("combobox", "City", "Oslo", CITY.bounds, (), -1)
    )
    assert script(scribe.told()) == [("select", "Oslo", "City")]


def test_a_button_pressed_before_a_choice_stays_a_click(scribe: Any) -> None:
    scribe.show(OK, CITY).click(OK).rest(600).click(CITY).rest(500).press(220, 345).chosen(OSLO)
    assert script(scribe.told()) == [("click", "OK", 1, 1), ("select", "Oslo", "City")]


def test_a_choice_whose_clicks_were_not_kept_is_still_a_choice(scribe: Any) -> None:
    assert script(scribe.show(OK, CITY).click(OK).rest(900).chosen(OSLO).told())[1:] == [("select", "Oslo", "City")]


def test_seven_quiet_seconds_are_a_wait_and_a_pause_of_recording_is_not(scribe: Any) -> None:
    scribe.show(OK).click(OK).rest(7000).click(OK)
    assert [one[0] for one in script(scribe.told())] == ["click", "wait", "click"]
    scribe.gap(9000).click(OK)
    assert [one[0] for one in script(scribe.told())] == ["click", "wait", "click", "click"]


def test_another_app_in_front_is_a_switch_unless_a_click_brought_it_there(scribe: Any) -> None:
    scribe.rest(3000).front("mail").rest(3000).show(OK).click(OK).front("shop")
    assert script(scribe.told()) == [("switch", "mail"), ("click", "OK", 1, 1)]
    assert script(scribe.rest(3000).key("Tab", "alt").front("mail").told())[2:] == [("switch", "mail")]


def test_turning_the_wheel_back_begins_another_scroll(scribe: Any) -> None:
    assert script(scribe.wheel(300, 300, 1).wheel(300, 300, -1).told()) == [("scroll", 0, 3), ("scroll", 0, -3)]


def test_a_press_whose_release_was_not_kept_counts_if_the_application_tells_of_it(scribe: Any) -> None:
    scribe.show(OK)._button(210, 110, 1, True)
    scribe.rest(50).events.append(Acted(t=scribe.t, what="click", element=OK))
    assert script(scribe.told()) == [("click", "OK", 1, 1)]


def test_a_press_that_nobody_confirms_and_no_release_ends_is_nothing(scribe: Any) -> None:
    scribe._button(210, 110, 1, True)
    assert script(scribe.rest(50).gap(3000).told()) == []


def test_the_onset_is_when_the_pointer_last_set_out(scribe: Any) -> None:
    scribe.show(OK).move(500, 500).rest(2000)
    left = scribe.t
    scribe.click(OK)
    (action,) = actions(scribe.told())
    assert isinstance(action, Click)
    assert action.onset == left
    assert (action.path[0][0] < 0, action.path[8], len(action.path)) == (True, (0, 184, 115), 16)


TIMES = st.integers(0, 20_000)
PLACES = st.tuples(st.integers(100, 400), st.integers(50, 400))
ELEMENTS = st.sampled_from([OK, NAME, CITY, OSLO])
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        lambda t, p, b, down: Button(t=t, x=p[0], y=p[1], button=b, pressed=down, synthetic=False),
        TIMES,
        PLACES,
        st.integers(1, 3),
        st.booleans(),
    ),
    st.builds(lambda t, p, dy: Wheel(t=t, x=p[0], y=p[1], dx=0, dy=dy), TIMES, PLACES, st.sampled_from([-1, 1])),
    st.builds(lambda t, p: Moved(t=t, path=((0, *p), (20, *p))), TIMES, PLACES),
    st.builds(
        lambda t, name, down: Key(t=t, name=name, modifiers=(), pressed=down),
        TIMES,
        st.sampled_from(["Return", "Down", "ctrl+c", "Shift_L"]),
        st.booleans(),
    ),
    st.builds(
        lambda t, n: Typed(t=t, t_end=t + n, text="x" * (n // 50), keystrokes=n // 50), TIMES, st.integers(0, 500)
    ),
    st.builds(
        lambda t, w, e: Acted(t=t, what=w, element=e), TIMES, st.sampled_from(["click", "focus", "select"]), ELEMENTS
    ),
    st.builds(
        lambda t, e: Observed(t=t, url="", title="", bounds=Box(0, 0, 9, 9), elements=(e,), focused=0, truncated=False),
        TIMES,
        ELEMENTS,
    ),
    st.builds(
        lambda t, app: Foreground(t=t, app=app, site="", title="", bounds=Box(0, 0, 9, 9)), TIMES, st.sampled_from("ab")
    ),
    st.builds(lambda t, n: Gap(t=t, t_end=t + n, reason="paused"), TIMES, st.integers(0, 3000)),
    st.builds(lambda t, k: Note(t=t, kind=k, text=""), TIMES, st.sampled_from(["goal", "done"])),
)
RECORDINGS = st.lists(EVENTS, max_size=40).map(lambda events: sorted(events, key=lambda event: event.t))


@given(RECORDINGS)
@settings(max_examples=300, deadline=None)
def test_every_event_is_in_one_action_at_most_and_actions_stand_in_order(events: list[Event]) -> None:
    reduced = reduce(events)
    used = [source for one in reduced for source in one.sources]
    assert len(used) == len(set(used))
    assert all(0 <= source < len(events) for source in used)
    times = [one.action.t for one in reduced]
    assert times == sorted(times)
    assert all(one.action.onset <= one.action.t <= one.action.t_end for one in reduced)


@given(RECORDINGS)
@settings(max_examples=150, deadline=None)
def test_no_deed_is_lost(events: list[Event]) -> None:
    """Every wheel notch, typed run and key press is in some action, and nothing is counted twice."""
    reduced = reduce(events)
    used = {source for one in reduced for source in one.sources}
    for index, event in enumerate(events):
        if isinstance(event, Wheel) or (isinstance(event, Typed) and event.text):
            assert index in used
        if isinstance(event, Key) and event.pressed and event.name != "Shift_L":
            assert index in used


@given(RECORDINGS)
@settings(max_examples=150, deadline=None)
def test_no_action_reaches_across_a_note_or_a_gap(events: list[Event]) -> None:
    walls = [event.t for event in events if isinstance(event, Note | Gap)]
    for one in reduce(events):
        times = [events[source].t for source in one.sources if not isinstance(events[source], Acted | Button)]
        assert not any(min(times) < wall <= max(times) for wall in walls if len(times) > 1)


@given(RECORDINGS)
@settings(max_examples=100, deadline=None)
def test_reducing_twice_gives_the_same(events: list[Event]) -> None:
    assert reduce(events) == reduce(list(events))
