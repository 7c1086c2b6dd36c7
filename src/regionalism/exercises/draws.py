"""Numbers that differ from student to student and never from machine to machine.

The numbers of a question come from our own integer arithmetic (FNV-1a over the seed's text, then
splitmix64), so that they are the same under every version of Python and numpy and in the browser.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

Item = TypeVar("Item")

_WORD = 2**64
_INVISIBLE = ("Cc", "Cf")


def visible(text: str) -> str:
    """A text composed (NFC) and without invisible signs, such as the zero-width space of a chat; blanks stay."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE)
    return unicodedata.normalize("NFC", seen)


def seed_text(seed: str | int) -> str:
    """The form of a seed that counts: composed (NFC), lower case, single spaces, no invisible signs.

    "Aigerim", " aigerim " and "AIGERIM" are one student, also where a name pasted from a chat carries a
    zero-width space. Raises ValueError for anything but a whole number or a text with at least one
    visible sign.
    """
    if isinstance(seed, bool) or not isinstance(seed, (str, int)):
        raise ValueError(f"seed must be a text or a whole number, not {type(seed).__name__}")
    text = unicodedata.normalize("NFC", " ".join(visible(str(seed)).casefold().split()))
    if not text:
        raise ValueError("seed must hold at least one letter or digit, not an empty text")
    return text


def readable(student: str | int, most: int = 20) -> str:
    """At most so many letters, digits and dashes of an id for a file name; the word student where none is left.

    It does not tell ids apart: a mark of the whole id must stand beside it. Raises ValueError for an empty id.
    """
    ascii_seed = unicodedata.normalize("NFKD", seed_text(student)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_seed)[:most].strip("-") or "student"


def sheet_seed(student: str | int, course_seed: str = "") -> str:
    """The seed of one student's sheets: the student's id, and a class's private seed where there is one.

    With a private seed nobody can work out another student's numbers from the public source: the id
    alone does not give them. Raises ValueError for an empty id.
    """
    own = seed_text(student)
    if not course_seed:
        return own
    return hashlib.sha256(f"{course_seed}\n{own}".encode("utf-8", "replace")).hexdigest()[:32]


def hash64(text: str) -> int:
    """FNV-1a, 64 bits, over the UTF-8 bytes of a text."""
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8", "replace"):
        value = ((value ^ byte) * 0x100000001B3) % _WORD
    return value


def _mix(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) % _WORD
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) % _WORD
    return value ^ (value >> 31)


class Draw:
    """A stream of numbers fixed by a seed and a question's id.

    Parameters: `seed`, the name or number typed at the top of a sheet; `question_id`, so that two
    questions of one student draw independently.
    """

    def __init__(self, seed: str | int, question_id: str) -> None:
        self._state = hash64(f"{seed_text(seed)}\x1f{question_id}")

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) % _WORD
        return _mix(self._state)

    def integer(self, lo: int, hi: int) -> int:
        """A whole number from lo to hi, both included, all equally likely."""
        for bound in (lo, hi):
            if isinstance(bound, bool) or not isinstance(bound, int):
                raise ValueError(f"bounds must be whole numbers, not {bound!r}")
        if lo > hi:
            raise ValueError(f"lo={lo} must not exceed hi={hi}")
        span = hi - lo + 1
        fair = _WORD - _WORD % span
        while True:
            value = self._next()
            if value < fair:
                return lo + value % span

    def step(self, lo: float, hi: float, step: float) -> float:
        """One of lo, lo + step, lo + 2 step, … up to hi, reckoned in decimals (0.1 + 0.2 is 0.3).

        An int where lo and step are ints, else a float. Raises ValueError unless step > 0 and lo <= hi.
        """
        low, high, width = (Decimal(str(value)) for value in (lo, hi, step))
        if width <= 0 or low > high:
            raise ValueError(f"needs lo <= hi and step > 0, not lo={lo}, hi={hi}, step={step}")
        value = low + width * self.integer(0, int((high - low) / width))
        return int(value) if isinstance(lo, int) and isinstance(step, int) else float(value)

    def pick(self, items: Sequence[Item]) -> Item:
        """One item of a sequence, all equally likely. Raises ValueError for an empty one."""
        if not items:
            raise ValueError("cannot pick from an empty sequence")
        return items[self.integer(0, len(items) - 1)]

    def shuffle(self, items: Sequence[Item]) -> list[Item]:
        """The items in a drawn order (Fisher and Yates); the argument stays as it is."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.integer(0, last)
            order[last], order[other] = order[other], order[last]
        return order

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items in a drawn order; 0 <= count <= len(items), else ValueError."""
        if not 0 <= count <= len(items):
            raise ValueError(f"count={count} must lie between 0 and {len(items)}")
        return self.shuffle(items)[:count]
