# SPDX-License-Identifier: Apache-2.0
"""Made-up secrets of many makes, and strings that only look like them. Joined at run time: none stands in this file."""

import base64
import random
import string
import uuid
from dataclasses import dataclass

_WORD_LIST = "sunshine dragon winter monkey falcon purple rocket coffee garden silver thunder pepper orange maple"
_WORDS = _WORD_LIST.split()
_ALNUM = string.ascii_letters + string.digits


@dataclass
class Values:
    """By name, as the templates call them."""

    chance: random.Random

    def get(self, name: str) -> str:
        """A new value."""
        made: str = getattr(self, f"_{name}")()
        return made

    def _text(self, alphabet: str, length: int) -> str:
        return "".join(self.chance.choice(alphabet) for _ in range(length))

    def _human(self) -> str:
        word = self.chance.choice(_WORDS)
        number = str(self.chance.randrange(10, 2_030))
        return self.chance.choice(
            (
                word + number,
                word.capitalize() + number + self.chance.choice("!$#."),
                word.replace("o", "0").replace("e", "3") + self.chance.choice("!@_") + self.chance.choice(_WORDS),
                self._text(_ALNUM, 10),
                word,
                f"{word}-{self.chance.choice(_WORDS)}-{number}",
                self._text(_ALNUM + "!@#$%^*-_", 12),
            )
        )

    def _random(self) -> str:
        return self._text(_ALNUM, self.chance.choice((20, 24, 32, 40)))

    def _hex(self) -> str:
        return self._text("0123456789abcdef", self.chance.choice((32, 40, 64)))

    def _base64(self) -> str:
        return base64.b64encode(self.chance.randbytes(30)).decode()

    def _symbols(self) -> str:
        return self._text(_ALNUM + "!@#$%^&*(-_=+)", 50)

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def _aws(self) -> str:
        return "AKIA" + self._text(string.ascii_uppercase + "234567", 16)

    def _github(self) -> str:
        return "ghp" + "_" + self._text(_ALNUM, 36)

    def _slack(self) -> str:
        upper = string.ascii_uppercase + string.digits
        return f"T{self._text(upper, 8)}/B{self._text(upper, 8)}/{self._text(_ALNUM, 24)}"

    def _jwt(self) -> str:
        parts = (b'{"alg":"HS256","typ":"JWT"}', b'{"sub":"1"}', self.chance.randbytes(32))
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)

    def _stripe(self) -> str:
        return "sk" + "_live_" + self._text(_ALNUM, 24)

    def _google(self) -> str:
        return "AIza" + self._text(_ALNUM + "_-", 35)

    def _pin(self) -> str:
        return self._text(string.digits, self.chance.choice((4, 6)))

    def _phrase(self) -> str:
        return " ".join(self.chance.choice(_WORDS) for _ in range(4))
