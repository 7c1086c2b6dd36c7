"""A question as plain JSON from which a small script judges as `judging.judge` does, without a kernel.

Where there are few answers, all of them are judged while the page is built and their verdicts stored.
Where a number is typed, the script gets the right value, the tolerance and the words. Every text passes
through `prose` here, so that the script puts nothing into the page that was not made by the course.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import permutations, product
from typing import Any

from regionalism.exercises.judging import Verdict, guess_words, judge, plain_json, together
from regionalism.exercises.prose import inline, plain, to_html
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
    QuestionError,
    Several,
    Sliders,
    Table,
    Text,
    said,
    value_of,
)
from regionalism.exercises.reading import LONGEST_TEXT, Parsed, read, share_number

MOST_ANSWERS = 5_000
_MOST_PLACES = 20_000
_TRIES = (0, 1, 2)
_ROUNDING = 1e-9

Program = dict[str, Any]


def program(question: Question, numbers: Numbers) -> Program:
    """The question with these numbers as plain JSON for `questions.js`.

    Raises QuestionError for a question that cannot live on a page without a kernel: one without a key,
    one with an explorer's controls, one with too many answers, and one where a number is compared with
    a wrong answer by a rule of Python.
    """
    kind = question.kind
    if isinstance(kind, Sliders):
        raise _cannot(question, "an explorer's controls are judged by its model; the page has the explorer itself")
    if isinstance(kind, Text):
        told = {"least": kind.least_words, "most": kind.most_words, "longest": LONGEST_TEXT}
        return {**_head(question, numbers, "text"), **told}
    if not question.judged:
        raise _cannot(question, "it has no key here, so that nobody could reply to it")
    asked = question.asks
    if isinstance(asked, (Choice, Several, Cards, Order, Match)):
        return _finite(question, asked, numbers)
    ruled = [wrong.misconception for wrong in question.wrongs if wrong.matches is not None]
    if ruled:
        raise _cannot(question, f"the wrong answer {ruled[0]!r} is found by a rule; name it by an example alone")
    typed = {Number: _number, Table: _table, Allocate: _allocate, Mark: _mark}
    return typed[type(asked)](question, asked, numbers)  # type: ignore[operator]


def _cannot(question: Question, why: str) -> QuestionError:
    return QuestionError(f"{question.id} cannot be asked on a page without a kernel: {why}")


def _head(question: Question, numbers: Numbers, kind: str) -> Program:
    found: Program = {"id": question.id, "kind": kind, "numbers": plain_json(numbers)}
    if isinstance(question.kind, Predict):
        found["first"] = True
    return found


# All answers judged beforehand


def _finite(question: Question, kind: Choice | Several | Cards | Order | Match, numbers: Numbers) -> Program:
    _demand_few(question, kind)
    texts, verdicts, table = _Numbered(), _Numbered(), []
    for raw in every_answer(kind):
        if not isinstance(read(question, numbers, raw), Parsed):
            table.append(-1)
            continue
        told = [judge(question, numbers, raw, tries) for tries in _TRIES]
        first = told[0]
        messages = tuple(tuple(texts.place(part) for part in _paragraphs(verdict)) for verdict in told)
        table.append(verdicts.place((first.state, first.score, first.misconception, first.counts, messages)))
    names, partners = _parts(kind, numbers)
    return {
        **_head(question, numbers, type(kind).__name__.lower()),
        "names": names,
        "partners": partners,
        "table": table,
        "verdicts": verdicts.found,
        "texts": texts.found,
    }


class _Numbered:
    """Things in the order in which they first appeared, each once."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, thing: Any) -> int:
        return self._places.setdefault(thing, len(self._places))

    @property
    def found(self) -> list[Any]:
        return list(self._places)


def _paragraphs(verdict: Verdict) -> list[str]:
    # Apart, because the same nudge or the same list of what holds is part of many messages.
    return [to_html(part) for part in verdict.message.split("\n\n") if part.strip()]


def _pairs(parts: Iterable[Any], numbers: Numbers) -> list[tuple[str, str]]:
    """Ids with their plain words; a list, since JavaScript puts keys that look like numbers first."""
    return [(part.id, plain(said(part.text, numbers))) for part in parts]


def _parts(kind: Any, numbers: Numbers) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What is chosen, sorted, ordered or paired, and what it goes to."""
    if isinstance(kind, (Choice, Several)):
        return _pairs(kind.options, numbers), []
    things = kind.cards if isinstance(kind, Cards) else kind.items
    goals = kind.bins if isinstance(kind, Cards) else kind.partners if isinstance(kind, Match) else ()
    return _pairs(things, numbers), _pairs(goals, numbers)


def every_answer(kind: Choice | Several | Cards | Order | Match) -> Iterable[Any]:
    """All raw answers of a kind in the order of a program's table; the script counts in the same order.

    Several: as binary numbers, the first option the lowest digit, from 1 on. Cards and Match: as
    numbers, the first part the highest digit, 0 for one left open. Order: as a dictionary would.
    """
    if isinstance(kind, Choice):
        yield from (option.id for option in kind.options)
    elif isinstance(kind, Several):
        ids = [option.id for option in kind.options]
        for mask in range(1, 2 ** len(ids)):
            yield [name for place, name in enumerate(ids) if mask >> place & 1]
    elif isinstance(kind, Order):
        for order in permutations(item.id for item in kind.items):
            yield {name: place for place, name in enumerate(order, start=1)}
    else:
        things = [part.id for part in (kind.cards if isinstance(kind, Cards) else kind.items)]
        goals = [part.id for part in (kind.bins if isinstance(kind, Cards) else kind.partners)]
        for chosen in product(["", *goals], repeat=len(things)):
            yield dict(zip(things, chosen, strict=True))


def _demand_few(question: Question, kind: Any) -> None:
    readable, places = _counts(kind)
    if readable > MOST_ANSWERS or places > _MOST_PLACES:
        raise _cannot(
            question, f"it has {readable:,} possible answers; {MOST_ANSWERS:,} are the most. Take fewer parts"
        )


def _counts(kind: Any) -> tuple[int, int]:
    """How many answers can be read, and how many places the table has."""
    if isinstance(kind, Choice):
        return len(kind.options), len(kind.options)
    if isinstance(kind, Several):
        return 2 ** len(kind.options) - 1, 2 ** len(kind.options) - 1
    if isinstance(kind, Order):
        return math.factorial(len(kind.items)), math.factorial(len(kind.items))
    if isinstance(kind, Cards):
        count = (len(kind.bins) + 1) ** len(kind.cards)
        return count - 1, count
    items, partners = len(kind.items), len(kind.partners)
    pairings = sum(
        math.comb(items, paired) * math.perm(partners, paired) for paired in range(1, min(items, partners) + 1)
    )
    return pairings, (partners + 1) ** items


# Numbers compared by the script


def _typed(question: Question, numbers: Numbers, kind: str) -> Program:
    """What all typed kinds share: what is said after a right, a first, a second and a third wrong answer."""
    spoken = {"nudge": question.nudge, "help": question.help, "worked": question.worked}
    praise = said(question.praise, numbers) or ("" if isinstance(question.kind, Predict) else "That holds.")
    words = {name: to_html(said(text, numbers)) for name, text in spoken.items()}
    return {**_head(question, numbers, kind), "words": {**words, "praise": to_html(praise)}}


def _bounds(right: float, absolute: float = 0.0, relative: float = 0.0) -> tuple[float, float]:
    """A right value and how far an answer may lie from it, as `judging.within` has it."""
    allowed = max(absolute, relative * abs(right), _ROUNDING * max(1.0, abs(right)))
    return float(right), allowed * (1 + _ROUNDING)


def _named(question: Question, numbers: Numbers, example: Any) -> list[Program]:
    """The named wrong answers; `example` makes bounds of an example."""
    return [
        {
            "example": example(value_of(wrong.example, numbers)),
            "reply": to_html(said(wrong.reply, numbers)),
            "misconception": wrong.misconception,
        }
        for wrong in question.wrongs
    ]


def _field(kind: Number) -> Program:
    """How a typed number is read: unit, whether it is a share, and the ends of its range."""
    low, high = kind.between
    return {"unit": kind.unit, "percent": kind.percent, "low": low, "high": high, "whole": kind.whole}


def _number(question: Question, kind: Number, numbers: Numbers) -> Program:
    def bounds(value: Any) -> tuple[float, float]:
        return _bounds(float(value), kind.absolute, kind.relative)

    right = float(value_of(question.right, numbers))
    outcome = inline(guess_words(question.kind, numbers, right)) if isinstance(question.kind, Predict) else ""
    return {
        **_typed(question, numbers, "number"),
        "field": _field(kind),
        "right": bounds(right),
        "wrongs": _named(question, numbers, bounds),
        "outcome": outcome,
    }


def _table(question: Question, kind: Table, numbers: Numbers) -> Program:
    fields = {cell.id: cell.number for cell in kind.cells}

    def bounds(values: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
        return {
            name: _bounds(float(value), fields[name].absolute, fields[name].relative) for name, value in values.items()
        }

    right = value_of(question.right, numbers)
    return {
        **_typed(question, numbers, "table"),
        "cells": [
            {
                "id": cell.id,
                "name": plain(said(cell.label, numbers)),
                "html": inline(said(cell.label, numbers)),
                "field": _field(cell.number),
            }
            for cell in kind.cells
        ],
        "right": bounds({name: right[name] for name in fields}),
        "wrongs": _named(question, numbers, bounds),
    }


def _allocate(question: Question, kind: Allocate, numbers: Numbers) -> Program:
    def bounds(shares: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
        return {name: _bounds(float(share)) for name, share in shares.items()}

    names = {receiver.id: said(receiver.text, numbers) for receiver in kind.receivers}
    return {
        **_typed(question, numbers, "allocate"),
        "names": _pairs(kind.receivers, numbers),
        "field": _field(share_number(kind)),
        "total": float(value_of(kind.total, numbers)),
        "step": float(kind.step),
        "claims": [
            {
                "members": list(claim.members),
                "least": float(claim.least),
                "who": together([inline(names[member]) for member in claim.members]),
                "because": inline(claim.because),
            }
            for claim in value_of(kind.claims, numbers)
        ],
        "wrongs": _named(question, numbers, bounds),
    }


def _mark(question: Question, kind: Mark, numbers: Numbers) -> Program:
    def bounds(value: Any) -> list[tuple[float, float]]:
        return [_bounds(float(end), kind.absolute) for end in (value if kind.span else [value])]

    low, high = kind.plot(numbers).x_range
    return {
        **_typed(question, numbers, "mark"),
        "field": {"unit": kind.unit, "percent": False, "low": float(low), "high": float(high)},
        "step": float(kind.step),
        "span": kind.span,
        "right": bounds(value_of(question.right, numbers)),
        "wrongs": _named(question, numbers, bounds),
    }
