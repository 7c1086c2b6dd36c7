"""From what a student typed or clicked to an answer that can be judged.

Every reader takes whatever comes, however odd, and gives one of three things: a `Parsed` answer,
`Unreadable` with a kind reason, or `SILENT` where nothing was answered. None of them raises.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regionalism.exercises.question import (
    Cards,
    Choice,
    Number,
    Numbers,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    said,
    value_of,
)

LONGEST_TEXT = 20_000
_LONGEST_NUMBER = 60
_EXAMPLE = "Write a number such as 12 or 0.12."
_PERCENT = re.compile(r"\s*(?:[%٪％]|per\s?cent|pct\.?)$", re.IGNORECASE)
_FRACTION = re.compile(r"(?:(\d+) )?(\d+) ?/ ?(\d+)")
_DECIMAL = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_MINUS_SIGNS = dict.fromkeys(map(ord, "−–—‐‑"), "-")


@dataclass(frozen=True)
class Parsed:
    """An answer in the form its kind is judged in.

    `reading` says how a typed number was understood; `open` names what was left out.
    """

    answer: Any
    reading: str = ""
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unreadable:
    """An answer that cannot be judged, and what to do about it."""

    reason: str


@dataclass(frozen=True)
class Silent:
    """No answer."""


SILENT = Silent()
Reading = Parsed | Unreadable | Silent


def read(question: Question, numbers: Numbers, raw: Any) -> Reading:
    """Read a raw answer to a question: JSON values as a widget or a file of answers gives them."""
    readers = {
        Number: read_number,
        Choice: read_choice,
        Several: read_several,
        Cards: read_cards,
        Sliders: read_sliders,
        Table: read_table,
        Text: read_text,
    }
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return SILENT
    return readers[type(question.kind)](question.kind, numbers, raw)  # type: ignore[operator]


# Numbers


def read_number(kind: Number, numbers: Numbers, raw: Any) -> Reading:
    """A number as students type it: "12 %", "0,12", "1 234,5", "½", or a plain JSON number."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return Unreadable(_EXAMPLE)
    found = _from_text(kind, raw) if isinstance(raw, str) else _finite(raw)
    if isinstance(found, Unreadable):
        return found
    value, percent = found if isinstance(found, tuple) else (found, False)
    if percent and not kind.percent and kind.unit != "%":
        return Unreadable(f"The answer is asked for in {kind.unit or 'plain numbers'}, not in percent.")
    if kind.percent and (percent or abs(value) > 1):
        value /= 100
    return _outside(kind, value) or Parsed(value, _echo(kind, value))


def _finite(raw: int | float) -> float | Unreadable:
    try:
        value = float(raw)
    except OverflowError:
        return Unreadable(_EXAMPLE)
    return value if math.isfinite(value) else Unreadable(_EXAMPLE)


def _from_text(kind: Number, raw: str) -> tuple[float, bool] | Unreadable:
    if len(raw) > _LONGEST_NUMBER:
        return Unreadable(_EXAMPLE)
    text = _tidy(raw)
    bare = _PERCENT.sub("", text)
    percent = bare != text
    if not percent and kind.unit and text.casefold().endswith(kind.unit.casefold()):
        bare = text[: -len(kind.unit)].strip()
    sign, body = (-1, bare[1:].strip()) if bare.startswith("-") else (1, bare.removeprefix("+").strip())
    value = _unsigned(body)
    if isinstance(value, str):
        return Unreadable(value)
    return (sign * value, percent) if math.isfinite(value) else Unreadable(_EXAMPLE)


def _tidy(raw: str) -> str:
    text = raw.translate(_MINUS_SIGNS).replace("’", "'").replace("⁄", "/")
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.split()).lstrip("≈~= ")


def _unsigned(body: str) -> float | str:
    """The value of an unsigned number, or the reason why there is none."""
    body = _vulgar(body)
    fraction = _FRACTION.fullmatch(body)
    if fraction:
        whole, above, below = (int(part or 0) for part in fraction.groups())
        try:
            return whole + above / below
        except (ZeroDivisionError, OverflowError):
            return _EXAMPLE
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", body):
        joined, pointed = body.replace(",", ""), body.replace(",", ".")
        return f"{body} can be read in two ways. Write {joined} or {pointed}."
    plain = _without_groups(body)
    return float(plain) if plain is not None and _DECIMAL.fullmatch(plain) else _EXAMPLE


def _vulgar(body: str) -> str:
    """Write ½ as 1/2 and 1½ as 1 1/2."""
    last = body[-1:]
    form = unicodedata.normalize("NFKC", last).replace("⁄", "/") if last else ""
    return f"{body[:-1].strip()} {form}".strip() if re.fullmatch(r"\d+/\d+", form) else body


def _without_groups(body: str) -> str | None:
    """The number with a point and without thousands marks; None if the marks make no sense."""
    if " " in body or "'" in body:
        mark = " " if " " in body else "'"
        head, point, tail = body.replace(",", ".").partition(".")
        return _joined(head, mark, point, tail)
    if "," in body and "." in body:
        point = "," if body.rindex(",") > body.rindex(".") else "."
        head, _, tail = body.rpartition(point)
        return _joined(head, "." if point == "," else ",", ".", tail)
    mark = "," if "," in body else "."
    if body.count(mark) > 1:
        return _joined(body, mark, "", "")
    return body.replace(",", ".")


def _joined(head: str, mark: str, point: str, tail: str) -> str | None:
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", head)
    return head.replace(mark, "") + point + tail if grouped else None


def _outside(kind: Number, value: float) -> Unreadable | None:
    low, high = kind.between
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    least = show_number(kind, low) if low is not None else ""
    most = show_number(kind, high) if high is not None else ""
    if least and most:
        return Unreadable(f"Give a number between {least} and {most}.")
    return Unreadable(f"Give a number of at {f'least {least}' if least else f'most {most}'}.")


def show_number(kind: Number, value: float) -> str:
    """A number with its unit, to at most six figures: shares as percent."""
    if kind.percent:
        return f"{value * 100:.6g} %"
    return f"{value:.6g} {kind.unit}".strip()


def _echo(kind: Number, value: float) -> str:
    return f"Read as {show_number(kind, value)}."


# Choices, cards, tables


def read_choice(kind: Choice, numbers: Numbers, raw: Any) -> Reading:
    """The id of one option."""
    if isinstance(raw, str) and any(raw.strip() == option.id for option in kind.options):
        return Parsed(raw.strip())
    return Unreadable("Choose one of the options.")


def read_several(kind: Several, numbers: Numbers, raw: Any) -> Reading:
    """A list of option ids; none ticked is silence."""
    known = {option.id for option in kind.options}
    if not isinstance(raw, (list, tuple, set, frozenset)):
        return Unreadable("Tick the options that hold.")
    if not all(isinstance(item, str) and item in known for item in raw):
        return Unreadable("Tick options from the list only.")
    return Parsed(frozenset(raw)) if raw else SILENT


def read_cards(kind: Cards, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from cards to bins; cards without a bin stay open."""
    if not isinstance(raw, Mapping):
        return Unreadable("Give each card a place.")
    placed = {card: place for card, place in raw.items() if place not in (None, "")}
    cards, bins = {card.id for card in kind.cards}, {place.id for place in kind.bins}
    if not all(isinstance(place, str) and place in bins for place in placed.values()) or set(placed) - cards:
        return Unreadable("Place the cards of this question in its own heaps.")
    if not placed:
        return SILENT
    left = tuple(said(card.text, numbers) for card in kind.cards if card.id not in placed)
    return Parsed(placed, open=left)


def read_table(kind: Table, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from cells to typed numbers; empty cells stay open."""
    if not isinstance(raw, Mapping) or set(raw) - {cell.id for cell in kind.cells}:
        return Unreadable("Fill in the cells of this question.")
    answer: dict[str, float] = {}
    echoes, left = [], []
    for cell in kind.cells:
        label, typed = said(cell.label, numbers), raw.get(cell.id)
        silent = typed is None or (isinstance(typed, str) and not typed.strip())
        found = SILENT if silent else read_number(cell.number, numbers, typed)
        if isinstance(found, Unreadable):
            return Unreadable(f"{label}: {found.reason}")
        if isinstance(found, Parsed):
            answer[cell.id] = found.answer
            echoes.append(f"{label}: {show_number(cell.number, found.answer)}")
        else:
            left.append(label)
    return Parsed(answer, f"Read as {'; '.join(echoes)}.", tuple(left)) if answer else SILENT


# Explorers and open text


def starting_values(kind: Sliders, numbers: Numbers) -> dict[str, Any]:
    """All control values of the explorer before the student moves one."""
    from regionalism.explorers.core import registry

    defaults = registry()[kind.explorer].defaults(extra=True)
    return {**defaults, **value_of(kind.fixed, numbers), **value_of(kind.start, numbers)}


def read_sliders(kind: Sliders, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from free controls to values; the place where they started is silence."""
    if not isinstance(raw, Mapping) or set(raw) - set(kind.free):
        return Unreadable("Move the controls of this question.")
    if not all(_control_value(value) for value in raw.values()):
        return Unreadable("Move the controls of this question.")
    start = {name: _tidied(value) for name, value in starting_values(kind, numbers).items() if name in kind.free}
    moved = {**start, **{name: _tidied(value) for name, value in raw.items()}}
    return SILENT if moved == start else Parsed(moved)


def _tidied(value: Any) -> Any:
    """A slider in a browser gives 0.30000000000000004 for 0.3."""
    return round(float(value), 9) if isinstance(value, (int, float)) else value


def _control_value(value: Any) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return not isinstance(_finite(value), Unreadable)
    return isinstance(value, str)


def read_text(kind: Text, numbers: Numbers, raw: Any) -> Reading:
    """A text of at most 20,000 signs."""
    if not isinstance(raw, str):
        return Unreadable("Write your answer as text.")
    if len(raw) > LONGEST_TEXT:
        return Unreadable(f"Keep the text to {LONGEST_TEXT:,} signs; it has {len(raw):,}.")
    return Parsed(raw.encode("utf-8", "replace").decode("utf-8").strip())
