"""Hand-ins of a class that does not exist, to try the grader on: right, wrong and half-done answers, several tries.

    for name, content in hand_ins(500, known):
        (folder / name).write_bytes(content)

The same count, class and seed give the same files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regionalism
from regionalism import exercises
from regionalism.exercises.draws import Draw
from regionalism.exercises.handin import HandIn, file_name, numbers_mark, to_text
from regionalism.exercises.identity import NO_CLASS, Class
from regionalism.exercises.judging import as_raw
from regionalism.exercises.question import Choice, Kind, Numbers, Question, Several, Table, Text, value_of
from regionalism.grading.numbering import questions_of

_WORDS = (
    "borders", "rivers", "trust", "trade", "summit", "treaty", "patrol", "share", "cost", "gain", "review", "water",
)  # fmt: skip


def hand_ins(
    count: int, known: Class = NO_CLASS, seed: str = "rehearsal", chapters: Sequence[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """So many files, each with its name: every student hands in each chapter once.

    The ids are those of the class, and past them (or without any) new ones.
    """
    stems = tuple(chapters) or exercises.chapters()
    for number in range(count):
        place, at = divmod(number, len(stems))
        student = known.ids[place] if place < len(known.ids) else f"student-{place + 1}"
        made = hand_in_of(stems[at], student, known, Draw(seed, f"{student}/{stems[at]}"))
        yield file_name(made), to_text(made).encode("utf-8")


def hand_in_of(stem: str, student: str, known: Class, draw: Draw) -> HandIn:
    """The hand-in of one pretended student to one sheet, with one to three tries a question."""
    seed = known.seed_of(student)
    answers, marks = {}, {}
    for question in questions_of(stem):
        numbers = question.numbers(seed)
        marks[question.id] = numbers_mark(numbers)
        answers[question.id] = [some_answer(question, numbers, draw) for _ in range(draw.integer(1, 3))]
    made = (
        f"2026-{draw.integer(9, 12):02d}-{draw.integer(1, 28):02d}T{draw.integer(0, 23):02d}:{draw.integer(0, 59):02d}Z"
    )
    return HandIn(
        course=regionalism.__version__, chapter=stem, student=student, known_class=known.tag, seed=seed, made=made,
        answers=answers, numbers=marks,
    )  # fmt: skip


def some_answer(question: Question, numbers: Numbers, draw: Draw) -> Any:
    """A raw answer such as students give: the right one, a known wrong one, or any other."""
    if isinstance(question.kind, Text):
        return " ".join(draw.pick(_WORDS) for _ in range(draw.integer(40, 160)))
    known = [*([] if question.right is None else [question.right]), *(wrong.example for wrong in question.wrongs)]
    if not known or draw.integer(1, 8) == 1:
        return _any_other(question.kind, draw)
    return as_raw(question, value_of(draw.pick(known), numbers))


def _any_other(kind: Kind, draw: Draw) -> Any:
    if isinstance(kind, (Choice, Several)):
        option = draw.pick([option.id for option in kind.options])
        return option if isinstance(kind, Choice) else [option]
    if isinstance(kind, Table):
        return {cell.id: str(draw.integer(0, 100)) for cell in kind.cells}
    return str(draw.integer(0, 100))
