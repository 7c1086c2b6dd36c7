"""A question as a class meets it without devices: what is asked, what can be answered, what is right and why.

It is made from the one declaration of the question: an exercise of a chapter (`gains.quick-gain`) or the prediction
of an interactive (`gains-public-good`). Numbers are those of the sample student.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from regionalism.exercises import UnknownChapter, chapter
from regionalism.exercises.judging import in_groups, named_wrong
from regionalism.exercises.page import SAMPLE
from regionalism.exercises.question import (
    Cards,
    Choice,
    Match,
    Number,
    Numbers,
    Option,
    Order,
    Predict,
    Question,
    ordered,
    said,
    value_of,
)
from regionalism.exercises.reading import show_number

LETTERS = "ABCDEFGH"
Sorting = Literal["", "heaps", "places", "partners"]


class AskingError(ValueError):
    """A reference to nothing, or to a question that cannot be asked in a class; names it."""


@dataclass(frozen=True)
class Answer:
    """One answer of a vote: its letter, its text, whether it is right, and what to say to those who chose it."""

    letter: str
    text: str
    right: bool
    reply: str


@dataclass(frozen=True)
class Piece:
    """One thing to sort, to order or to match: its text and where it belongs."""

    text: str
    belongs: str


@dataclass(frozen=True)
class Asked:
    """A question for a whole class.

    `way` is "vote" (one of `answers`), "guess" (a number in `unit` is written down; `solution` says it) or "sort" (each
    of `pieces` belongs to one of `heaps`). What the heaps are says `sorting`: "heaps" that take any number of pieces,
    "places" of an order from "1" on (`ends` says what stands first and last; pieces that share a place make the next
    ones stay empty), or "partners" of one piece each, of which some may be left over. `why` explains the right answer.
    All texts are in the small Markdown of `regionalism.exercises.prose`.

    `show` is what stands beside the question (a table, a figure or a text), or None; `after` is what a prediction shows
    of the outcome, and must stay hidden until the guess is made. `works_with` names the interactive that is needed to
    answer, `seen_in` the one that shows the outcome.
    """

    reference: str
    way: Literal["vote", "guess", "sort"]
    title: str
    prompt: str
    why: str
    answers: tuple[Answer, ...] = ()
    pieces: tuple[Piece, ...] = ()
    heaps: tuple[str, ...] = ()
    solution: str = ""
    show: Any = None
    after: Any = None
    unit: str = ""
    sorting: Sorting = ""
    ends: tuple[str, str] = ("", "")
    works_with: str = ""
    seen_in: str = ""

    @property
    def right(self) -> str:
        """The right answer in words: letters of a vote, the number of a guess, each piece with its place."""
        if self.way == "vote":
            return "; ".join(f"{answer.letter}: {answer.text}" for answer in self.answers if answer.right)
        if self.way == "guess":
            return self.solution
        return "; ".join(f"{piece.text}: {piece.belongs}" for piece in self.pieces)


def asked(reference: str, seed: str = SAMPLE) -> Asked:
    """The question that a reference names, with the numbers of a student.

    AskingError for an unknown reference, for a question that counts for marks on a new case (a transfer question,
    whose key only graders have), and for a kind that no class can answer aloud or with cards.
    """
    if "." in reference:
        return _of_question(_question(reference), seed)
    return _of_explorer(reference)


def _question(reference: str) -> Question:
    stem = reference.split(".")[0]
    try:
        whole = chapter(stem)
    except UnknownChapter as unknown:
        raise AskingError(f"{reference}: {unknown}") from None
    for question in (*whole.questions, *whole.self_check):
        if question.id == reference:
            return question
    raise AskingError(f"no question {reference!r} in the chapter {stem}")


def _of_explorer(name: str) -> Asked:
    from regionalism.explorers.core import registry

    explorers = registry()
    if name not in explorers:
        raise AskingError(f"no interactive {name!r}; there are {', '.join(sorted(explorers))}")
    explorer = explorers[name]
    answers = tuple(
        Answer(letter, option.text, option.right, option.reply)
        for letter, option in _lettered(name, explorer.prediction.options)
    )
    why = " ".join(answer.reply for answer in answers if answer.right)
    return Asked(name, "vote", explorer.title, explorer.prediction.prompt, why, answers=answers, seen_in=name)


def _of_question(question: Question, seed: str) -> Asked:
    if question.role == "transfer":
        raise AskingError(f"{question.id} counts for marks and graders have its key; ask another question in class")
    numbers, kind = question.numbers(seed), question.asks
    basis: dict[str, Any] = {
        "reference": question.id,
        "title": question.title,
        "prompt": said(question.prompt, numbers),
        "why": said(question.worked or question.praise, numbers),
        **_shown(question, numbers),
    }
    if isinstance(kind, Choice):
        return Asked(way="vote", answers=_answers(question, kind, numbers, seed), **basis)
    if isinstance(kind, Number):
        solution = _number_words(kind, float(value_of(question.right, numbers)))
        return Asked(way="guess", solution=solution, unit="%" if kind.percent else kind.unit, **basis)
    if isinstance(kind, (Cards, Order, Match)):
        return Asked(way="sort", **_sorted(question, kind, numbers, seed), **basis)
    raise AskingError(f"{question.id} is a {type(kind).__name__}, which a class cannot answer by hands or cards")


def _shown(question: Question, numbers: Numbers) -> dict[str, Any]:
    """What is shown beside a question, and what only after it: a prediction shows what came out."""
    if question.show is None:
        return {}
    later = isinstance(question.kind, Predict)
    if isinstance(question.show, str):
        return {"seen_in" if later else "works_with": question.show}
    return {"after" if later else "show": question.show(numbers)}


def _lettered(name: str, options: Any) -> list[tuple[str, Any]]:
    """Options, heaps or partners with a letter each; AskingError for more than there are letters."""
    if len(options) > len(LETTERS):
        raise AskingError(f"{name} has {len(options)} options; there are letters for {len(LETTERS)}")
    return list(zip(LETTERS, options, strict=False))


def _answers(question: Question, kind: Choice, numbers: Numbers, seed: str) -> tuple[Answer, ...]:
    right = value_of(question.right, numbers)
    options = ordered(kind.options, kind.shuffled, seed, question.id)
    return tuple(
        Answer(
            letter,
            said(option.text, numbers),
            option.id == right,
            said(question.praise, numbers) if option.id == right else _reply(question, option, numbers),
        )
        for letter, option in _lettered(question.id, options)
    )


def _reply(question: Question, option: Option, numbers: Numbers) -> str:
    """What a student is told who takes a wrong option: the words of the misconception it betrays come first."""
    wrong = named_wrong(question, numbers, option.id)
    return said(wrong.reply if wrong else option.reply or question.nudge, numbers)


def _number_words(kind: Number, value: float) -> str:
    """A number with its unit, to three figures or the last whole one."""
    scale = 100 if kind.percent else 1
    size = abs(value * scale)
    digits = max(0, 2 - math.floor(math.log10(size))) if size else 0
    near = round(value * scale, digits)
    about = "" if math.isclose(near, value * scale, rel_tol=1e-9) else "about "
    return about + show_number(kind, near / scale)


def _sorted(question: Question, kind: Cards | Order | Match, numbers: Numbers, seed: str) -> dict[str, Any]:
    """The pieces with where they belong, in the order of one student, and what they are sorted into."""
    right = value_of(question.right, numbers)
    found: dict[str, Any]
    if isinstance(kind, Order):
        items, names = kind.items, {item: str(place) for item, place in _places(right).items()}
        found = {
            "sorting": "places",
            "heaps": tuple(str(place) for place in range(1, len(kind.items) + 1)),
            "ends": (said(kind.first, numbers), said(kind.last, numbers)),
        }
    else:
        items, homes = (kind.cards, kind.bins) if isinstance(kind, Cards) else (kind.items, kind.partners)
        bins = {home.id: said(home.text, numbers) for _, home in _lettered(question.id, homes)}
        names = {item: bins[home] for item, home in right.items()}
        found = {"sorting": "heaps" if isinstance(kind, Cards) else "partners", "heaps": tuple(bins.values())}
    found["pieces"] = tuple(
        Piece(said(card.text, numbers), names[card.id]) for card in ordered(items, kind.shuffled, seed, question.id)
    )
    return found


def _places(right: Any) -> dict[str, int]:
    """The place of each item, from 1; items that share a place stand in a list of their own.

    After two first places comes the third, as in a race.
    """
    places: dict[str, int] = {}
    for group in in_groups(right):
        place = len(places) + 1
        places |= dict.fromkeys(group, place)
    return places
