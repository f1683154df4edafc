# SPDX-License-Identifier: Apache-2.0
"""The redactor: levels, structure rules, copies of a datum, and what a page or a run of typing may never show."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.event import Acted, Element, Observed, Skipped
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawActed, RawElement, RawPage
from handiwork.rules.redaction.keystrokes import PASTED, UNSURE
from handiwork.rules.redaction.redactor import Redactor

LEVELS: tuple[Words, ...] = ("interface", "balanced", "open")
SECRET = "Rosebud-9431"


def element(
    role: str,
    name: str = "",
    value: str = "",
    *,
    label: str = "",
    hints: tuple[str, ...] = (),
    states: Sequence[str] = (),
    parent: int = -1,
) -> RawElement:
    return RawElement(0, role, name, value, Box(10, 10, 100, 20), frozenset(states), parent, label, hints)


def page(
    *elements: RawElement,
    url: str = "https://app.example.org/",
    title: str = "",
    sensitive: str = "",
    focused: int = -1,
) -> RawPage:
    box = Box(0, 0, 800, 600)
    return RawPage(5, url, title, box, box, elements, focused, False, sensitive)


def shown(redactor: Redactor, raw: RawPage) -> Observed:
    observed = redactor.page(raw)
    assert isinstance(observed, Observed)
    return observed


def everything(observed: Observed) -> str:
    """All the text that an observation holds."""
    return "\n".join(
        [observed.url, observed.title, *(f"{e.role} {e.name} {e.value} {e.states}" for e in observed.elements)]
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "field",
    [
        element("textbox", value=SECRET, states=["protected"]),
        element("textbox", value=SECRET, hints=("text", "cc-number")),
        element("textbox", value=SECRET, hints=("text", "section-a billing cc-csc")),
        element("textbox", value=SECRET, hints=("text", "one-time-code")),
        element("textbox", value=SECRET, label="Passcode"),
        element("textbox", value=SECRET, name="API key"),
        element("textbox", value=SECRET, hints=("text", "cardNumber")),
        element("textbox", value=SECRET, hints=("text", "user_pin")),
        element("textbox", value=SECRET, label="Social Security Number"),
        element("textbox", value=SECRET, label="Раssword"),  # Cyrillic er and a
        element("textbox", value=SECRET, hints=("text", "accessToken2")),
        element("textbox", value=SECRET, hints=("text", "usr_pass")),
        element("textbox", value=SECRET, hints=("text", "loginPass2")),
        element("textbox", value=SECRET, label="Pass:"),
        element("textbox", value=SECRET, label="Door code"),
    ],
)
def test_a_protected_fields_value_and_what_is_typed_into_it_go_whole_at_every_level(
    level: Words, field: RawElement
) -> None:
    redactor = Redactor(level)
    kept = redactor.element(field)
    assert SECRET not in str(kept)
    assert kept.value in ("<password>", "<secret>")
    for piece in (SECRET, "plain words", "x"):
        assert redactor.typed(piece, field).text in ("<password>", "<secret>")


@pytest.mark.parametrize("level", LEVELS)
def test_pins_in_shipping_and_tokens_in_names_of_buttons_protect_nothing(level: Words) -> None:
    kept = Redactor(level).element(element("button", "Shipping options"))
    assert kept.name == "Shipping options" or level != "open"
    assert (
        Redactor("open").element(element("textbox", "Shipping", "by boat", hints=("shipping", "spinner"))).value
        == "by boat"
    )


@pytest.mark.parametrize("level", LEVELS)
def test_a_page_with_a_password_field_gives_nothing(level: Words) -> None:
    redactor = Redactor(level)
    assert redactor.page(page(sensitive="sign-in")) == Skipped("element", "sign-in")
    secret = element("textbox", "Key", hints=("password",))
    assert redactor.page(page(secret)) == Skipped("element", "password field")
    assert redactor.acted(RawActed(1, "focus", secret)) == Skipped("element", "password field")


def test_interface_keeps_the_interfaces_words_and_no_content() -> None:
    raw = page(
        element("button", "Save draft"),
        element("link", "Settings"),
        element("link", "Anna Berg asked for leave"),
        element("heading", "Offer for the harbour"),
        element("text", "we agreed on less"),
        element("textbox", "Search", "harbour"),
        element("combobox", "Status", "Open"),
        element("option", "Closed", parent=6),
        element("checkbox", "Select Anna Berg"),
        element("button", "Reply to order 55123"),
        element("image", "Portrait"),
        title="Offer - Acme",
        url="https://app.example.org/grebes/harbour?id=7",
    )
    kept = shown(Redactor("interface"), raw)
    names = [e.name for e in kept.elements]
    assert names[:2] == ["Save draft", "Settings"]
    assert names[5:7] == ["Search", "Status"]
    cut = [e for at, e in enumerate(kept.elements) if at not in (0, 1, 5, 6)]
    assert all(e.name.startswith("<content ") and "content" in e.cuts for e in cut)
    assert kept.elements[5].value == "<content 7 chars>"
    assert kept.title == "<content 12 chars>"
    assert kept.url == "https://app.example.org/<id>/<id>"


def test_balanced_keeps_short_clear_content_without_names() -> None:
    raw = page(
        element("text", "3 items"),
        element("text", "Anna Berg"),
        element("text", "she has been ill since march"),
        element("button", "Assign to Anna"),
        element("textbox", "Search", "blue chairs"),
        element("textbox", "Full name", "lena"),
    )
    kept = shown(Redactor("balanced"), raw).elements
    assert kept[0].name == "3 items"
    assert kept[1].name == "<person 1>"
    assert kept[2].name == "<content 28 chars>"
    assert kept[3].name == "Assign to <person 1>"
    assert kept[4].value == "blue chairs"
    assert kept[5].value == "<personal>"


def test_open_keeps_what_every_detector_cleared() -> None:
    raw = page(
        element("text", "Anna, write to ann@example.org or bob@example.org, then ann@example.org"),
        element("textbox", "Card", "4111 1111 1111 1111"),
        title="Offer for the harbour",
    )
    kept = shown(Redactor("open"), raw)
    assert kept.elements[0].name == "Anna, write to <email 1> or <email 2>, then <email 1>"
    assert kept.elements[0].cuts == ("email",)
    assert kept.elements[1].value == "<card 1>"
    assert kept.title == "Offer for the harbour"


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_cut_in_one_copy_is_cut_in_all(level: Words) -> None:
    redactor = Redactor(level)
    raw = page(
        element("text", f"your key {SECRET} was made"),
        element("button", f"copy {SECRET.lower()}"),
        element("textbox", "Recovery code", SECRET),
        title=f"{SECRET} - keys",
        url=f"https://app.example.org/keys/{SECRET}",
    )
    assert "osebud" not in everything(shown(redactor, raw))
    assert "osebud" not in redactor.words(f"I made {SECRET}").text
    assert "osebud" not in redactor.title(f"x {SECRET}").text
    assert "osebud" not in redactor.url(f"https://{SECRET}.example.org/").text


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "copy", ["winter   sun", "WINTER-SUN", "wintersun", "winter\nsun", "w\u200binter_sun", "winter suns"]
)
def test_a_datum_is_known_again_whatever_stands_between_its_words(level: Words, copy: str) -> None:
    redactor = Redactor(level)
    redactor.typed("winter sun", element("textbox", "Password"))
    raw = page(
        element("text", f"it is {copy}"), element("button", f"say {copy}"), element("textbox", "Search", copy),
        title=f"{copy} - Portal", url=f"https://{copy.replace(' ', '')}.example.org/{copy}?q={copy}",
    )  # fmt: skip
    kept = everything(shown(redactor, raw)) + redactor.words(f"about {copy}").text + redactor.title(copy).text
    assert "inter" not in kept.lower().replace("interface", "")
    assert "sun" not in kept.lower()


def test_one_datum_bears_one_mark_however_it_is_grouped() -> None:
    redactor = Redactor("open")
    assert redactor.words("card 4111 1111 1111 1111").text == "card <card 1>"
    assert redactor.title("4111-1111-1111-1111").text == "<card 1>"
    assert redactor.words("card 4111111111111111").text == "card <card 1>"
    assert redactor.words("DE89 3704 0044 0532 0130 00").text == redactor.title("DE89370400440532013000").text


def test_the_name_in_an_address_is_known_again_without_it() -> None:
    redactor = Redactor("open")
    redactor.title("mail jane.roe7@example.org")
    assert redactor.words("ask jane.roe7 about it").text == "ask <email 1> about it"
    assert redactor.url("https://w.example.org/people/jane.roe7").text == "https://w.example.org/people/<id>"


@pytest.mark.parametrize("label", ["Boarding pass", "Passengers", "Bypass"])
def test_what_lets_one_pass_is_no_password(label: str) -> None:
    assert Redactor("open").element(element("textbox", label, "two of them")).value == "two of them"


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_typed_into_a_protected_field_is_cut_from_later_texts_until_forgotten(level: Words) -> None:
    redactor = Redactor(level)
    redactor.typed("wool socks", element("textbox", hints=("password",)))
    assert "wool" not in redactor.words("about wool socks").text
    redactor.forget()
    assert "wool" in redactor.words("about wool socks").text


def test_typed_text_at_each_level() -> None:
    field = element("textbox", "Search")
    assert Redactor("interface").typed("blue chairs", field).text == "<content 11 chars>"
    assert Redactor("balanced").typed("blue chairs", field).text == "blue chairs"
    assert Redactor("balanced").typed("blue chairs", None).text == "<content 11 chars>"
    assert Redactor("balanced").typed("please send it to him", field).text == "<content 21 chars>"
    assert Redactor("balanced").typed("4711", field).text == "<number>"
    assert Redactor("open").typed("please send it to ann@example.org", field).text == "please send it to <email 1>"
    assert Redactor("open").typed("4711", field).text == "4711"
    assert Redactor("open").typed("2024-01-15", field).text == "2024-01-15"


def test_a_secret_typed_in_pieces_is_cut_as_soon_as_the_pieces_show_it() -> None:
    field = element("textbox", "Note")
    redactor = Redactor("open")
    assert redactor.typed("4111 1111", field).cuts == ("number",)
    assert redactor.typed(" 1111 1111", field).cuts != ()
    redactor = Redactor("open")
    redactor.typed("the password: ", field)
    assert "hunter" not in redactor.typed("hunter two", field).text
    redactor = Redactor("open")
    redactor.typed("ann", field)
    assert "example" not in redactor.typed("@example.org", field).text


def test_words_typed_into_one_field_do_not_cut_words_typed_into_another_but_digits_may_be_one_number() -> None:
    remark, name = element("textbox", "Remark"), element("textbox", "Name")
    redactor = Redactor("open")
    redactor.typed("the password: ", remark)
    assert redactor.typed("Jerald", name).text == "Jerald"
    boxes = [element("textbox", f"Part {number}") for number in range(4)]
    redactor = Redactor("open")
    assert redactor.typed("41111111", boxes[0]).cuts
    assert redactor.typed("11111111", boxes[1]).cuts == ("card",)


def test_what_the_focused_field_holds_while_it_is_typed_into_is_kept_by_its_length_only() -> None:
    half = element("textbox", "Mail", "solveig.marq", states=("editable", "focused"))
    before = Redactor("open").page(page(half, focused=0))
    after = Redactor("open").page(page(half, focused=-1))
    assert isinstance(before, Observed)
    assert isinstance(after, Observed)
    assert before.elements[0].value == "<content 12 chars>"
    assert after.elements[0].value == "solveig.marq"


def test_typing_is_cut_if_what_the_field_holds_is_not_clear() -> None:
    field = element("textbox", "Note", "mail ann@example.org")
    assert Redactor("open").typed("ample.org", field).cuts == ("email",)


def test_pasted_and_uncertain_runs_are_not_taken_at_their_word() -> None:
    field = element("textbox", "Note")
    kept = Redactor("open").typed(f"see key{PASTED} please", field)
    assert kept.text == "see <pasted> please"
    assert "pasted" in kept.cuts
    assert Redactor("open").typed(f"1111{UNSURE}", field).text == "<unsure>"


@pytest.mark.parametrize("level", LEVELS)
def test_a_datum_spread_over_neighbours_is_cut(level: Words) -> None:
    raw = page(
        *(element("text", part) for part in ("4111", "1111", "1111", "1111")),
        *(element("textbox", value=part) for part in ("3782", "822463", "10005")),
        element("text", "Recovery phrase"),
        element("text", "wool socks lamp"),
        element("text", "ann"),
        element("link", "@example.org"),
    )
    text = everything(shown(Redactor(level), raw))
    assert not any(
        piece in text for piece in ("4111", "1111", "3782", "822463", "10005", "wool", "ann", "example.org>")
    )


def test_days_of_a_calendar_are_no_card_number() -> None:
    days = [element("text", str(day)) for day in range(1, 32)]
    assert [e.name for e in shown(Redactor("open"), page(*days)).elements] == [str(day) for day in range(1, 32)]


@pytest.mark.parametrize(
    ("level", "url", "kept"),
    [
        ("open", "https://ann:pw@example.org/a", "https://example.org/a"),
        ("open", "https://example.org:8443/a/b?token=x#y7", "https://example.org:8443/a/b"),
        ("open", "https://example.org/list?page=2&sort=date", "https://example.org/list?page=2&sort=date"),
        ("open", "https://example.org/list?page=2&user=ann", "https://example.org/list"),
        ("open", "https://example.org/users/12345678/edit", "https://example.org/users/<id>/edit"),
        ("open", "https://example.org/u/ann%40example.org", "https://example.org/u/<id>"),
        ("open", "https://example.org/docs#setup", "https://example.org/docs#setup"),
        ("open", "https://example.org/#access_token=abc", "https://example.org/"),
        ("balanced", "https://example.org/users/ann/settings", "https://example.org/users/<id>/settings"),
        ("interface", "https://example.org/orders/new", "https://example.org/orders/new"),
        ("open", "file:///home/ann/x.html", "file:<url>"),
        ("open", "data:text/html,secret", "data:<url>"),
        ("open", "http://[bad", "<url>"),
        ("open", "secret stuff", "<url>"),
        ("open", "", ""),
    ],
)
def test_an_address_keeps_its_place_only(level: Words, url: str, kept: str) -> None:
    assert Redactor(level).url(url).text == kept


def test_words_that_the_policy_never_wants_are_cut_everywhere() -> None:
    for level in LEVELS:
        redactor = Redactor(level, ("Project Heron",))
        raw = page(
            element("button", "open project heron"),
            element("text", "PROJECT-HERON"),
            title="Project Heron",
            url="https://project-heron.example.org/project/heron",
        )
        assert "heron" not in everything(shown(redactor, raw)).lower()


def test_an_unknown_role_or_state_is_not_passed_on() -> None:
    raw = element("my secret role", "x", states=["ann", "checked"])
    kept = Redactor("open").element(raw)
    assert (kept.role, kept.states) == ("text", ("checked",))


def test_a_deed_that_is_not_on_the_list_is_skipped() -> None:
    assert Redactor("open").acted(RawActed(7, SECRET, element("button"))) == Skipped("element", "unknown deed")


def test_acting_keeps_what_was_acted_on() -> None:
    acted = Redactor("interface").acted(RawActed(7, "click", element("button", "Save")))
    assert isinstance(acted, Acted)
    assert acted == Acted(t=7, what="click", element=Element("button", "Save", "", Box(10, 10, 100, 20), (), -1))


DATA = [
    "ann.lee@example.org",
    "4111 1111 1111 1111",
    "DE89370400440532013000",
    "078-05-1120",
    "+49 170 1234567",
]
ROLES = ["text", "link", "button", "textbox", "heading", "option", "checkbox", "dialog", "image", "combobox", "odd"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(LEVELS),
    st.sampled_from(DATA),
    st.lists(
        st.tuples(st.sampled_from(ROLES), st.booleans(), st.sampled_from(["", "see ", "to: "])), min_size=1, max_size=6
    ),
)
def test_no_datum_leaves_by_any_role_level_or_field(
    level: Words, datum: str, places: list[tuple[str, bool, str]]
) -> None:
    elements = [
        element(role, "" if in_value else before + datum, before + datum if in_value else "")
        for role, in_value, before in places
    ]
    redactor = Redactor(level)
    observed = shown(redactor, page(*elements, title=f"re {datum}", url=f"https://example.org/{datum}"))
    typed = redactor.typed(f"it is {datum}", elements[0])
    assert datum not in everything(observed) + typed.text + redactor.words(f"about {datum}").text


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LEVELS), st.text(max_size=60), st.text(max_size=60), st.sampled_from(ROLES))
def test_no_text_makes_the_redactor_fail(level: Words, name: str, value: str, role: str) -> None:
    redactor = Redactor(level, ("Acme",))
    shown(redactor, page(element(role, name, value), title=name, url=value))
    redactor.typed(value, element(role, name, value))
    redactor.words(name)


@pytest.mark.parametrize("role", ["tab", "menuitem"])
@pytest.mark.parametrize(
    "name",
    [
        "notes about anna",
        "payroll draft",
        "Payroll Draft",
        "merger with heron",
        "quarterly layoffs",
        "report.pdf",
        "main.py",
        "settings_backup",
        "a list of all our old plans",
        "budget@office",
    ],
)
def test_at_interface_a_tab_or_menu_item_called_after_what_it_opens_is_content(role: str, name: str) -> None:
    kept = Redactor("interface").element(element(role, name))
    assert kept.name == f"<content {len(name)} chars>"
    assert "content" in kept.cuts


@pytest.mark.parametrize("role", ["tab", "menuitem"])
@pytest.mark.parametrize("name", ["File", "Save As...", "Find and Replace...", "Open Recent", "Inbox", "Zoom In"])
def test_at_interface_the_interface_s_own_tabs_and_menu_items_stay(role: str, name: str) -> None:
    assert Redactor("interface").element(element(role, name)).name == name
