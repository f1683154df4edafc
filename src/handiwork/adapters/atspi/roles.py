# SPDX-License-Identifier: Apache-2.0
"""AT-SPI's roles and states in the words of rules.redaction.element_text. Numbers only: names differ by toolkit."""

PASSWORD = 40
FILE_CHOOSER = 19
DOCUMENT_WEB = 95
PAGE_TAB, TABS = 37, 38

_WORDS: dict[str, tuple[int, ...]] = {
    "button": (43, 62, 129),
    "tab": (PAGE_TAB,),
    "menuitem": (33, 35, 59),
    "checkbox": (7, 8),
    "radio": (44, 45),
    "textbox": (12, PASSWORD, 61, 76, 77, 79),
    "combobox": (11,),
    "listbox": (98,),
    "option": (32,),
    "slider": (15, 51),
    "spinbutton": (52,),
    "link": (88,),
    "heading": (83,),
    "dialog": (2, 9, 16, FILE_CHOOSER, 22),
    "application": (75,),
    "cell": (10, 26, 47, 56, 57, 58),
    "document": (25, 60, 78, 82, 92, 93, 94, DOCUMENT_WEB, 96),
    "form": (87,),
    "frame": (28,),
    "list": (31,),
    "menu": (41,),
    "menubar": (34,),
    "region": (54, 84, 85, 102, 109, 110),
    "row": (90,),
    "table": (55, 66),
    "tablist": (TABS,),
    "toolbar": (63,),
    "tooltip": (64,),
    "tree": (65,),
    "treeitem": (91,),
    "window": (23, 69),
    "text": (29, 73, 81, 97, 101, 116),
    "image": (6, 18, 27),
}  # fmt: skip
_WORD_OF = {number: word for word, numbers in _WORDS.items() for number in numbers}

TOLD = frozenset(
    {"button", "tab", "menuitem", "checkbox", "radio", "textbox", "combobox", "option", "slider", "spinbutton"}
    | {"link", "heading", "cell", "treeitem", "text", "image"}
)
"""What a look tells of; everything else is what these lie in."""

ACTED_ON = TOLD - {"text", "image", "heading"}
LEAVES = frozenset({"button", "checkbox", "radio", "slider", "spinbutton", "textbox", "text", "image", "heading"})
"""Not looked into."""

FIELDS = frozenset({"textbox", "spinbutton"})

ACTIVE, CHECKED, EDITABLE, EXPANDED, FOCUSED, MULTI_LINE = 1 << 1, 1 << 4, 1 << 7, 1 << 10, 1 << 12, 1 << 17
SELECTED, SENSITIVE, SHOWING, VISIBLE, REQUIRED, READ_ONLY = 1 << 23, 1 << 24, 1 << 25, 1 << 30, 1 << 33, 1 << 43
_STATES = {
    CHECKED: "checked",
    EDITABLE: "editable",
    EXPANDED: "expanded",
    FOCUSED: "focused",
    SELECTED: "selected",
    REQUIRED: "required",
    READ_ONLY: "readonly",
}


def word_of(role: int) -> str:
    """The role's word; "group" for what only holds others together."""
    return _WORD_OF.get(role, "group")


def states_of(bits: int) -> frozenset[str]:
    """The states that are kept."""
    words = {word for bit, word in _STATES.items() if bits & bit}
    return frozenset(words if bits & SENSITIVE else words | {"disabled"})
