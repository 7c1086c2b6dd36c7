"""Odd answers of every sort, always the same ones, to try a question with.

Some are plain nonsense, some nearly an answer: a wrong id, a number a hair beside the right one, the
form of another kind of question. All are plain JSON values, as a file of answers can hold them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, get_args

from regionalism.exercises.judging import State, Verdict, as_raw
from regionalism.exercises.question import (
    Allocate,
    Cards,
    Choice,
    Mark,
    Match,
    Number,
    Numbers,
    Order,
    Question,
    Several,
    Sliders,
    Table,
    value_of,
)

SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 7, 12, 100, 2005, 0.5, -0.0, 1e-300, 1e308, -1e308, 10**19, 10**25, 10**400,
    float("nan"), float("inf"), -float("inf"), "", " ", "\n", "12", "12 %", "0,12", "1,234", "1 234,5", "½", "1/0", "-",
    "NaN", "1e999", "٣", "１２", "--3", "twelve", "12 or 13", "a", "a\x00b", "\ud800", "😀", "é" * 50, "x" * 25_000,
    "<script>alert(1)</script>", "[a](javascript:alert(1))", "`**`", "__class__", "{}", "null", "../../x", "\u202e21",
)  # fmt: skip
_SIGNS = "0123456789.,-+% /eE'’ ½абвçñ中😀\u200b\u202f\x00\ud800<>\"\\"


def odd_answers(
    question: Question, numbers: Numbers, count: int, *, seed: str = "1", moved: float = 1.0
) -> Iterator[Any]:
    """`count` odd answers to a question, the same at each call with the same arguments.

    `moved` (0 to 1) is how often a control of an explorer gets one of its own values: each such answer
    makes the explorer's model run.
    """
    lot = random.Random(f"{seed}/{question.id}")
    sorts: tuple[Callable[[], Any], ...] = (
        lambda: lot.choice(SCALARS),
        lambda: _signs(lot),
        lambda: _nested(lot, 3),
        lambda: _deep(lot),
        lambda: _near(lot, question, numbers),
        lambda: _like_its_own(lot, question, numbers, moved),
        lambda: _like_its_own(lot, question, numbers, moved),
        lambda: _changed(lot, question, numbers, moved),
        lambda: _of_another_kind(lot, question),
    )
    for _ in range(count):
        yield lot.choice(sorts)()


# Plain nonsense


def _signs(lot: random.Random) -> str:
    return "".join(lot.choice(_SIGNS) for _ in range(lot.randint(0, 12)))


def _nested(lot: random.Random, depth: int) -> Any:
    """A small tree of lists and mappings."""
    if depth == 0 or lot.random() < 0.4:
        return lot.choice(SCALARS)
    if lot.random() < 0.5:
        return [_nested(lot, depth - 1) for _ in range(lot.randint(0, 3))]
    return {_signs(lot): _nested(lot, depth - 1) for _ in range(lot.randint(0, 3))}


def _deep(lot: random.Random) -> Any:
    """A list in a list in a list."""
    inner: Any = lot.choice(SCALARS)
    for _ in range(lot.randint(1, 60)):
        inner = [inner] if lot.random() < 0.5 else {"a": inner}
    return inner


# Nearly an answer


def _near(lot: random.Random, question: Question, numbers: Numbers) -> Any:
    """The right number, or a number that the question names, a little moved and written in some way."""
    known = [value for value in _leaves([_right(question, numbers), numbers]) if _is_number(value)] or [1]
    return _written(lot, lot.choice(known))


def _written(lot: random.Random, value: float) -> Any:
    moved = value * lot.choice((1, 1, 1 + 1e-9, 1.001, 0.99, 1.05, 0.5, 2, 10, 100, 0.01, 0.001, 1000, -1))
    moved += lot.choice((0, 0, 0, 0.001, -1, 1))
    ways: tuple[Callable[[], Any], ...] = (
        lambda: moved,
        lambda: int(moved),
        lambda: f"{moved:g}",
        lambda: f"{moved:.3f}".replace(".", ","),
        lambda: f"{moved * 100:.2f} %",
        lambda: f"{moved:,.2f}",
        lambda: f"{moved:e}",
        lambda: f"≈ {moved:.1f}",
    )
    return lot.choice(ways)()


def _like_its_own(lot: random.Random, question: Question, numbers: Numbers, moved: float) -> Any:
    """An answer in the form of the question's kind, with parts left out, swapped or odd."""
    kind = question.asks
    parts, values = _parts(question, numbers, lot.random() < moved)
    if isinstance(kind, (Choice, Number)) or not parts:
        return lot.choice([*values, *SCALARS]) if values else _near(lot, question, numbers)
    if isinstance(kind, Several):
        return [lot.choice([*parts, *parts, "gone", 1]) for _ in range(lot.randint(0, len(parts) + 1))]
    if isinstance(kind, Mark):
        return [_near(lot, question, numbers) for _ in range(lot.choice((1, 2, 2, 3)))]
    tidy = lot.random() < 0.5
    answer = {part: _value(lot, question, numbers, values, tidy) for part in parts if tidy or lot.random() < 0.9}
    if not tidy and lot.random() < 0.2:
        answer[_signs(lot)] = lot.choice(SCALARS)
    return answer


def _changed(lot: random.Random, question: Question, numbers: Numbers, moved: float) -> Any:
    """The right answer or a named wrong one, whole or with one part changed or left out."""
    known = [question.right, *(wrong.example for wrong in question.wrongs)]
    answer = as_raw(question, value_of(lot.choice(known), numbers))
    if isinstance(question.kind, Sliders) and lot.random() >= moved:
        return {name: lot.choice(SCALARS) for name in question.kind.free}
    if isinstance(answer, dict) and answer and lot.random() < 0.8:
        answer = dict(answer)
        part = lot.choice(sorted(answer))
        if lot.random() < 0.4:
            del answer[part]
        else:
            answer[part] = _value(lot, question, numbers, _parts(question, numbers, True)[1], lot.random() < 0.8)
    elif isinstance(answer, list) and answer and lot.random() < 0.8:
        answer = [value for value in answer if lot.random() < 0.7]
    return answer


def _of_another_kind(lot: random.Random, question: Question) -> Any:
    """The parts of the question in a form that another kind has."""
    names = [member.id for family in _FAMILIES for member in getattr(question.kind, family, ())] or ["a"]
    forms: tuple[Callable[[], Any], ...] = (
        lambda: lot.choice(names),
        lambda: lot.sample(names, lot.randint(0, len(names))),
        lambda: {name: lot.randint(-1, 5) for name in names},
        lambda: {name: lot.choice(names) for name in names},
        lambda: [lot.randint(0, 30), lot.randint(0, 30)],
        lambda: {"text": lot.choice(names)},
        lambda: [[name] for name in names],
    )
    return lot.choice(forms)()


_FAMILIES = ("options", "cards", "bins", "cells", "items", "partners", "receivers")


def _parts(question: Question, numbers: Numbers, own_values: bool) -> tuple[list[str], list[Any]]:
    """The ids of an answer's parts, and the values that fit them."""
    kind = question.asks
    if isinstance(kind, Choice):
        return [], [option.id for option in kind.options]
    if isinstance(kind, Several):
        return [option.id for option in kind.options], []
    if isinstance(kind, Cards):
        return [card.id for card in kind.cards], [place.id for place in kind.bins]
    if isinstance(kind, Match):
        return [item.id for item in kind.items], [partner.id for partner in kind.partners]
    if isinstance(kind, Order):
        return [item.id for item in kind.items], list(range(1, len(kind.items) + 1))
    if isinstance(kind, Sliders):
        return list(kind.free), _control_values(kind) if own_values else []
    if isinstance(kind, Table):
        return [cell.id for cell in kind.cells], []
    if isinstance(kind, Allocate):
        return [receiver.id for receiver in kind.receivers], []
    return (["point"], []) if isinstance(kind, Mark) else ([], [])


def _control_values(kind: Sliders) -> list[Any]:
    from regionalism.explorers.core import registry

    explorer = registry()[kind.explorer]
    controls = [control for control in (*explorer.controls, *explorer.extra_controls) if control.name in kind.free]
    return [value for control in controls for value in control.values]


def _value(lot: random.Random, question: Question, numbers: Numbers, values: list[Any], tidy: bool) -> Any:
    if values and (tidy or lot.random() < 0.9):
        return lot.choice(values)
    return _near(lot, question, numbers) if tidy or lot.random() < 0.7 else lot.choice(SCALARS)


def _right(question: Question, numbers: Numbers) -> Any:
    return value_of(question.right, numbers)


def _leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, (list, tuple)):
        for branch in tree:
            yield from _leaves(branch)
    else:
        yield tree


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def malformed(verdict: Verdict) -> str:
    """What is wrong with the form of a verdict; empty where it can be shown and filed."""
    if verdict.state not in get_args(State):
        return f"unknown state {verdict.state!r}"
    if verdict.score is not None and not 0 <= verdict.score <= 1:
        return f"score {verdict.score!r} lies outside 0 to 1"
    try:
        json.dumps(asdict(verdict), allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        return f"cannot be written to a file: {error}"
    return "" if isinstance(verdict.message, str) and isinstance(verdict.reading, str) else "message is no text"
