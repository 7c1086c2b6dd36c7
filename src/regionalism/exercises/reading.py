"""From what a student typed or clicked to an answer that can be judged.

Every reader takes whatever comes, however odd, and gives one of three things: a `Parsed` answer,
`Unreadable` with a kind reason, or `SILENT` where nothing was answered. None of them raises.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regionalism.exercises.question import (
    Allocate,
    Cards,
    Choice,
    Mark,
    Match,
    Number,
    Numbers,
    Order,
    Predict,
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
_EXAMPLE = "write a number such as 12 or 0.12."
_LONGEST_ECHO = 40
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
        Order: read_order,
        Match: read_match,
        Allocate: read_allocate,
        Mark: read_mark,
        Predict: read_prediction,
        Text: read_text,
    }
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return SILENT
    return readers[type(question.kind)](question.kind, numbers, raw)  # type: ignore[operator]


# Numbers


def read_number(kind: Number, numbers: Numbers, raw: Any) -> Reading:
    """A number as students type it: "12 %", "0,12", "1 234,5", "½", or a plain JSON number."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return _no_number(raw)
    found = _from_text(kind, raw) if isinstance(raw, str) else _finite(raw)
    if isinstance(found, Unreadable):
        return found
    value, percent = found if isinstance(found, tuple) else (found, False)
    if percent and not kind.percent and kind.unit != "%":
        return _back(raw, f"the answer is asked for in {kind.unit or 'plain numbers'}, not in percent.")
    if kind.percent and (percent or abs(value) > 1):
        value /= 100
    if kind.whole and value != math.floor(value):
        return _back(raw, "give a whole number.")
    return _outside(kind, value, raw) or Parsed(value, _echo(kind, value))


def _finite(raw: int | float) -> float | Unreadable:
    try:
        value = float(raw)
    except OverflowError:
        return _no_number(raw)
    return value if math.isfinite(value) else _no_number(raw)


def given_words(raw: Any) -> str:
    """What a student gave, named so that it can be found again: short, in quotes, harmless in a message.

    A sheet hands over texts and numbers; anything else comes from a file and is named by its sort.
    """
    if isinstance(raw, str):
        visible = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in raw[:_LONGEST_NUMBER * 2])
        typed = " ".join(visible.split()).replace("`", "'").replace("](", "] (")
        return f"\u201c{typed[:_LONGEST_ECHO]}{'…' if len(typed) > _LONGEST_ECHO else ''}\u201d"
    if isinstance(raw, (bool, float)):
        return f"\u201c{raw}\u201d"
    if isinstance(raw, int):
        return f"\u201c{raw}\u201d" if abs(raw) < 10**20 else "this very large number"
    return "a list" if isinstance(raw, (list, tuple)) else "a group of answers" if isinstance(raw, Mapping) else "this"


def _back(raw: Any, what_to_do: str) -> Unreadable:
    """What was given and what to do about it, in one sentence."""
    words = given_words(raw)
    return Unreadable(f"{words[:1].upper()}{words[1:]}: {what_to_do}")


def _no_number(raw: Any) -> Unreadable:
    return _back(raw, _EXAMPLE)


def _from_text(kind: Number, raw: str) -> tuple[float, bool] | Unreadable:
    if len(raw) > _LONGEST_NUMBER:
        return _no_number(raw)
    text = _tidy(raw)
    bare = _PERCENT.sub("", text)
    percent = bare != text
    if not percent and kind.unit and text.casefold().endswith(kind.unit.casefold()):
        bare = text[: -len(kind.unit)].strip()
    sign, body = (-1, bare[1:].strip()) if bare.startswith("-") else (1, bare.removeprefix("+").strip())
    value = _unsigned(body)
    if isinstance(value, str):
        return Unreadable(value) if value else _no_number(raw)
    return (sign * value, percent) if math.isfinite(value) else _no_number(raw)


def _tidy(raw: str) -> str:
    text = raw.translate(_MINUS_SIGNS).replace("’", "'").replace("⁄", "/")
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.split()).lstrip("≈~= ")


def _unsigned(body: str) -> float | str:
    """The value of an unsigned number, or the reason why there is none; empty where it is no number at all."""
    body = _vulgar(body)
    fraction = _FRACTION.fullmatch(body)
    if fraction:
        whole, above, below = (int(part or 0) for part in fraction.groups())
        try:
            return whole + above / below
        except (ZeroDivisionError, OverflowError):
            return ""
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", body):
        joined, pointed = body.replace(",", ""), body.replace(",", ".")
        return f"{body} can be read in two ways. Write {joined} or {pointed}."
    plain = _without_groups(body)
    return float(plain) if plain is not None and _DECIMAL.fullmatch(plain) else ""


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


def _outside(kind: Number, value: float, raw: Any) -> Unreadable | None:
    low, high = kind.between
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    least = show_number(kind, low) if low is not None else ""
    most = show_number(kind, high) if high is not None else ""
    if least and most:
        return _back(raw, f"give a number between {least} and {most}.")
    return _back(raw, f"give a number of at {f'least {least}' if least else f'most {most}'}.")


def show_number(kind: Number, value: float) -> str:
    """A number with its unit, to six figures or the last whole one: shares as percent."""
    if kind.percent:
        return f"{_figures(value * 100)} %"
    return f"{_figures(value)} {kind.unit}".strip()


def _figures(value: float) -> str:
    """A number as beginners write it: 1234567 and 0.00002, not 1.23457e+06 and 2e-05."""
    size = abs(value)
    if not 1e-9 <= size < 1e15:
        return f"{value:.6g}"
    decimals = max(0, 5 - math.floor(math.log10(size)))
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _echo(kind: Number, value: float) -> str:
    return f"Read as {show_number(kind, value)}."


# Choices, cards, tables


def _not_about(raw: Any, own: Iterable[str], what_to_do: str) -> Unreadable | None:
    """Why an answer that should go by parts does not: it is no mapping, or names a part that is not there."""
    if not isinstance(raw, Mapping):
        return _back(raw, what_to_do)
    parts = set(own)
    strange = [name for name in raw if name not in parts]
    return _back(strange[0], f"this question has no such part; {what_to_do}") if strange else None


def read_choice(kind: Choice, numbers: Numbers, raw: Any) -> Reading:
    """The id of one option."""
    if isinstance(raw, str) and any(raw.strip() == option.id for option in kind.options):
        return Parsed(raw.strip())
    return _back(raw, "choose one of the options of this question.")


def read_several(kind: Several, numbers: Numbers, raw: Any) -> Reading:
    """A list of option ids; none ticked is silence."""
    known = {option.id for option in kind.options}
    if not isinstance(raw, (list, tuple, set, frozenset)):
        return _back(raw, "tick the options that hold.")
    for item in raw:
        if not isinstance(item, str) or item not in known:
            return _back(item, "this is not among the options; tick options from the list only.")
    return Parsed(frozenset(raw)) if raw else SILENT


def read_cards(kind: Cards, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from cards to bins; cards without a bin stay open."""
    if not isinstance(raw, Mapping):
        return _back(raw, "give each card a place.")
    placed = {card: place for card, place in raw.items() if place is not None and place != ""}
    cards = {card.id: said(card.text, numbers) for card in kind.cards}
    bins = {place.id for place in kind.bins}
    for card, place in placed.items():
        if card not in cards:
            return _back(card, "this question has no such card; place its own cards.")
        if not isinstance(place, str) or place not in bins:
            return _back(place, f"there is no such heap for \u201c{cards[card]}\u201d; choose one from the list.")
    if not placed:
        return SILENT
    left = tuple(text for card, text in cards.items() if card not in placed)
    return Parsed(placed, open=left)


def read_table(kind: Table, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from cells to typed numbers; empty cells stay open."""
    refused = _not_about(raw, {cell.id for cell in kind.cells}, "fill in the cells of this question.")
    if refused:
        return refused
    answer: dict[str, float] = {}
    echoes, left = [], []
    for cell in kind.cells:
        label, typed = said(cell.label, numbers), raw.get(cell.id)
        found = SILENT if _blank(typed) else read_number(cell.number, numbers, typed)
        if isinstance(found, Unreadable):
            return Unreadable(f"{label}: {found.reason}")
        if isinstance(found, Parsed):
            answer[cell.id] = found.answer
            echoes.append(f"{label}: {show_number(cell.number, found.answer)}")
        else:
            left.append(label)
    return Parsed(answer, f"Read as {'; '.join(echoes)}.", tuple(left)) if answer else SILENT


# Orders, pairs, shares, marks, guesses


def read_order(kind: Order, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from items to places (1 is the first); the answer lists the items from the first on.

    An order with gaps is sent back, since no part of it can be judged without the rest.
    """
    names = {item.id: said(item.text, numbers) for item in kind.items}
    refused = _not_about(raw, names, "give a place to each item of this question.")
    if refused:
        return refused
    places: dict[str, int] = {}
    for name, place in raw.items():
        if _blank(place):
            continue
        found = _place(place, len(names))
        if found is None:
            return _back(place, f"give \u201c{names[name]}\u201d a place from 1 to {len(names)}.")
        places[name] = found
    if not places:
        return SILENT
    left = [words for name, words in names.items() if name not in places]
    if left:
        return Unreadable(f"Still without a place: {'; '.join(left)}. Give each item a place of its own.")
    for place in range(1, len(names) + 1):
        same = [names[name] for name, given in places.items() if given == place]
        if len(same) > 1:
            return Unreadable(f"Place {place} goes to one item, not to {len(same)}: {'; '.join(same)}.")
    answer = sorted(places, key=places.__getitem__)
    return Parsed(answer, f"Read as: {', then '.join(names[name] for name in answer)}.")


def _place(place: Any, last: int) -> int | None:
    """A place as a whole number from 1 to the last one, also where it was typed as text."""
    if isinstance(place, str) and len(place) <= 4 and place.strip().isdecimal():
        place = int(place)
    return place if isinstance(place, int) and not isinstance(place, bool) and 1 <= place <= last else None


def read_match(kind: Match, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from items to partners; items without a partner stay open, no partner serves twice."""
    names = {item.id: said(item.text, numbers) for item in kind.items}
    partners = {partner.id: said(partner.text, numbers) for partner in kind.partners}
    refused = _not_about(raw, names, "give each item of this question a partner.")
    if refused:
        return refused
    paired = {item: partner for item, partner in raw.items() if not _blank(partner)}
    for item, given in paired.items():
        if not isinstance(given, str) or given not in partners:
            return _back(given, f"there is no such partner for \u201c{names[item]}\u201d; choose one from the list.")
    for partner, words in partners.items():
        same = [names[item] for item, given in paired.items() if given == partner]
        if len(same) > 1:
            return Unreadable(f"\u201c{words}\u201d serves one item, not {len(same)}: {'; '.join(same)}.")
    if not paired:
        return SILENT
    return Parsed(paired, open=tuple(words for item, words in names.items() if item not in paired))


def share_number(kind: Allocate) -> Number:
    """How the share of one receiver is typed: a number of at least 0 in the unit of the sum."""
    return Number(unit=kind.unit, between=(0, None))


def read_allocate(kind: Allocate, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from receivers to typed shares that together make the sum."""
    names = {receiver.id: said(receiver.text, numbers) for receiver in kind.receivers}
    refused = _not_about(raw, names, "give each receiver of this question a share.")
    if refused:
        return refused
    typed = {name: share for name, share in raw.items() if not _blank(share)}
    if not typed:
        return SILENT
    left = [words for name, words in names.items() if name not in typed]
    if left:
        return Unreadable(f"Still without a share: {'; '.join(left)}. Write 0 for nothing.")
    shares: dict[str, float] = {}
    for name, words in names.items():
        found = read_number(share_number(kind), numbers, typed[name])
        if not isinstance(found, Parsed):
            return Unreadable(f"{words}: {found.reason if isinstance(found, Unreadable) else _EXAMPLE}")
        shares[name] = found.answer
    return _uneven(kind, numbers, shares) or Parsed(shares)


def _blank(typed: Any) -> bool:
    """Whether a field was left empty."""
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _uneven(kind: Allocate, numbers: Numbers, shares: Mapping[str, float]) -> Unreadable | None:
    """What is left, or too much, where the shares do not make the sum."""
    total, given = float(value_of(kind.total, numbers)), sum(shares.values())
    if abs(given - total) <= 1e-6 * max(1.0, abs(total)):
        return None
    amount = show_number(share_number(kind), abs(total - given))
    said_so_far = f"You have given out {_figures(given)} of {show_number(share_number(kind), total)}"
    return Unreadable(f"{said_so_far}: {f'take back {amount}' if given > total else f'share out {amount} more'}.")


def read_mark(kind: Mark, numbers: Numbers, raw: Any) -> Reading:
    """One x value, or from and to; values between two steps go to the nearer one."""
    plot = kind.plot(numbers)
    low, high = plot.x_range
    number = Number(unit=kind.unit, between=(low, high))
    ends = list(raw) if isinstance(raw, (list, tuple)) else [raw]
    if all(_blank(end) for end in ends):
        return SILENT
    if len(ends) != (2 if kind.span else 1):
        return _back(raw, "mark where it begins and where it ends." if kind.span else "mark one point.")
    values = []
    for name, end in zip(("where it begins", "where it ends"), ends, strict=False):
        if _blank(end):
            return Unreadable(f"Still to be marked: {name}.")
        found = read_number(number, numbers, end)
        if not isinstance(found, Parsed):
            return found
        values.append(round(min(high, low + kind.step * round((found.answer - low) / kind.step)), 9))
    shown = [show_number(number, value) for value in values]
    if kind.span and values[0] > values[1]:
        return Unreadable(f"It begins at {shown[0]} and ends before that, at {shown[1]}. Turn them round.")
    answer = values if kind.span else values[0]
    return Parsed(answer, f"Read as {' to '.join(shown)}.")


def read_prediction(kind: Predict, numbers: Numbers, raw: Any) -> Reading:
    """A guess, read like a choice or a number."""
    if isinstance(kind.ask, Choice):
        return read_choice(kind.ask, numbers, raw)
    return read_number(kind.ask, numbers, raw)


# Explorers and open text


def starting_values(kind: Sliders, numbers: Numbers) -> dict[str, Any]:
    """All control values of the explorer before the student moves one."""
    from regionalism.explorers.core import registry

    defaults = registry()[kind.explorer].defaults(extra=True)
    return {**defaults, **value_of(kind.fixed, numbers), **value_of(kind.start, numbers)}


def read_sliders(kind: Sliders, numbers: Numbers, raw: Any) -> Reading:
    """A mapping from free controls to values; the place where they started is silence."""
    refused = _not_about(raw, kind.free, "move the controls of this question.")
    if refused:
        return refused
    for name, value in raw.items():
        if not _control_value(value):
            return _back(value, f"move the control \u201c{_control_label(kind, name)}\u201d to one of its own values.")
    start = {name: _tidied(value) for name, value in starting_values(kind, numbers).items() if name in kind.free}
    moved = {**start, **{name: _tidied(value) for name, value in raw.items()}}
    return SILENT if moved == start else Parsed(moved)


def _control_label(kind: Sliders, name: str) -> str:
    """What stands beside a control."""
    from regionalism.explorers.core import registry

    explorer = registry()[kind.explorer]
    labels = {control.name: control.label for control in (*explorer.controls, *explorer.extra_controls)}
    return labels.get(name, name)


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
        return _back(raw, "write your answer as a text.")
    if len(raw) > LONGEST_TEXT:
        return _back(raw, f"keep the text to {LONGEST_TEXT:,} signs; it has {len(raw):,}.")
    return Parsed(raw.encode("utf-8", "replace").decode("utf-8").strip())
