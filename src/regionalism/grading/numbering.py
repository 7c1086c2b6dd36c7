"""The keyed questions of a chapter, and the numbers of many students, worked out once for each different draw.

Where no keys are installed, the transfer questions are as students have them, and a person marks them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from regionalism import exercises
from regionalism.exercises.draws import Draw
from regionalism.exercises.keys import key, keyed
from regionalism.exercises.question import Chapter, Numbers, Question

MOST_KEPT = 20_000


class _Recorded(Draw):
    """A draw that keeps what was asked of it and what came out."""

    def __init__(self, seed: str | int, question_id: str) -> None:
        super().__init__(seed, question_id)
        self.steps: list[tuple[int, int, int]] = []

    def integer(self, lo: int, hi: int) -> int:
        """Draw as always, and write it down."""
        value = super().integer(lo, hi)
        self.steps.append((lo, hi, value))
        return value


class NumbersOf:
    """`question.numbers(seed)` for many seeds.

    What a question makes of its draws depends on the drawn integers alone. So two students with the same
    integers share their numbers, and tables are looked up once. The numbers must not be changed.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._tree: dict[str, Any] = {}
        self._kept = 0

    def __call__(self, seed: str | int) -> Numbers:
        """The numbers of one seed."""
        node = self._tree
        if "numbers" in node:
            return node["numbers"]  # nothing is drawn: the same for everybody
        draw = Draw(seed, self._question.id)
        while "ask" in node:
            child = node["next"].get(draw.integer(*node["ask"]))
            if child is None:
                break
            node = child
        return node["numbers"] if "numbers" in node else self._drawn(seed)

    def _drawn(self, seed: str | int) -> Numbers:
        recorded = _Recorded(seed, self._question.id)
        numbers = self._question.draw(recorded)
        if self._kept < MOST_KEPT:
            self._kept += 1
            node = self._tree
            for lo, hi, value in recorded.steps:
                node["ask"] = (lo, hi)
                node = node.setdefault("next", {}).setdefault(value, {})
            node["numbers"] = numbers
        return numbers


@lru_cache(maxsize=64)
def chapter(stem: str) -> Chapter:
    """A chapter as students have it; remembered, since a class asks for it thousands of times."""
    return exercises.chapter(stem)


@lru_cache(maxsize=64)
def questions_of(stem: str) -> tuple[Question, ...]:
    """The questions of a chapter with their keys, where keys are installed. UnknownChapter for another stem."""
    return keyed(chapter(stem).questions, key(stem))


@lru_cache(maxsize=64)
def numbers_of(stem: str) -> dict[str, NumbersOf]:
    """For each question id of a chapter, what gives a student's numbers."""
    return {question.id: NumbersOf(question) for question in questions_of(stem)}
