# SPDX-License-Identifier: Apache-2.0
"""What stands where a secret would and is plainly none: references in code, placeholders, types, nothing. No detector.

Narrow on purpose: what it names survives next to the word "password". Anything with a digit that isn't an index, any
quoted text of its own, any chain of words that code does not begin so, is not a reference.
"""

import re

_NAME = r"[A-Za-z_$][A-Za-z_$]*"
_ROOTS = (
    r"self|this|os|process|env|ENV|environ|config|cfg|conf|settings|request|req|response|res|form|data|params?|args|opts|"
    r"options|props|state|ctx|context|event|user|account|session|result|obj|model|payload|body|headers|kwargs|vars?|local|"
    r"secrets|github|inputs|steps|module|values|Values|app|client|input|json|row|item|entry|credentials?|creds"
)
_TEXT = (
    r"(?:[\"'][A-Z][A-Z_]{2,48}[\"']|"
    r"[\"'][A-Za-z_. -]{0,24}(?i:passw|secret|token|key|auth|user|cred)[A-Za-z_. -]{0,24}[\"'])"
)
_ARGUMENT = rf"(?:{_NAME}(?:\.{_NAME}){{0,4}}(?:\(\))?|{_TEXT}|\d{{1,3}})"
_CALL = rf"\((?:{_ARGUMENT}(?:\s?[,=]\s?{_ARGUMENT}){{0,6}})?\)"
_INDEX = rf"\[{_ARGUMENT}\]"
_CHAIN = re.compile(
    rf"(?:await |new |return |\*|&|!|@)?(?:{_NAME}(?:(?:\?\.|\.|->|::){_NAME}){{0,6}}(?:{_CALL}|{_INDEX})"
    rf"(?:(?:\?\.|\.|->|::){_NAME}|{_CALL}|{_INDEX}){{0,6}}|(?:{_ROOTS})(?:(?:\?\.|\.|->|::){_NAME}){{1,6}})"
    r"(?:\s?(?:\|\||or|\?\?)\s?(?:None|null|\"\"|''))?[;,:){}]{0,4}"
)
_PLACEHOLDER = re.compile(
    r"[\"']?(?:<[A-Za-z_ -]{1,40}>|\$\{\{?[\w.\s:-]{1,60}\}{1,2}|\$\([\w.\s/-]{1,60}\)|\{\{[\w.\s|()\"'-]{1,60}\}\}|"
    r"\$[A-Z_]{2,40}|%[A-Z_]{2,40}%|\{[a-z_]{1,40}\}|@[A-Z_]{2,40}@|#\{[\w.]{1,60}\}|"
    r"(?:YOUR|MY|THE|INSERT|ENTER|REPLACE|PUT)[_ -][A-Z_ -]{2,40}|your[_ -][a-z_ -]{2,40}|"
    r"[xX]{3,64}|[*•.]{3,64}|\[[A-Z_ ]{3,40}\]|-{2,64}|_{1,64}|n/a|N/A|tbd|TBD|redacted|REDACTED)[\"']?[;,:){}]{0,4}"
)
_TYPE = r"(?:str|string|String|int|bytes|number|boolean|bool|any|object|char|byte\[\]|SecretStr|Text|varchar)"
_NOTHING = re.compile(
    r"(?:None|null|nil|NULL|undefined|true|false|True|False|\"\"|''|required|optional|bearer|Bearer|basic|"
    rf"(?:[A-Za-z]{{1,24}}\.)?{_TYPE}(?:\s?\|\s?(?:None|null|undefined))?(?:\s?=\s?(?:None|null|\"\"|''))?|"
    r"Optional\[\w{1,16}\]|Option<\w{1,16}>)[;,:){}\]]{0,4}"
)
_PARAMETERS = re.compile(
    rf"{_TYPE}(?:\s?\|\s?None)?(?:,\s?\w{{1,24}}:\s?\w{{1,24}}){{0,4}}\)(?:\s?->\s?\w{{1,24}})?(?::|\s\{{)?"
)
_LONGEST = 160


def is_reference(value: str) -> bool:
    """Whether a value only says where a secret would come from, or that there is none."""
    value = value.strip()
    return len(value) <= _LONGEST and any(
        shape.fullmatch(value) for shape in (_NOTHING, _PLACEHOLDER, _CHAIN, _PARAMETERS)
    )
