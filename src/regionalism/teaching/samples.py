"""Short arguments that were made up and marked, so that several markers can agree on what a rubric means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from regionalism.exercises import chapter
from regionalism.exercises.keys import Criterion, rubric
from regionalism.exercises.question import Text
from regionalism.teaching.content import module

Level = Literal["full", "half", "none"]
SHARE: dict[Level, float] = {"full": 1, "half": 0.5, "none": 0}


@dataclass(frozen=True)
class Mark:
    """What one criterion earns, and why."""

    level: Level
    why: str


@dataclass(frozen=True)
class Sample:
    """A made-up argument with a mark for each criterion of the rubric, in its order.

    `reply` is the comment that the student would get, `ask` what to ask in a two-minute talk about it. Texts are in the
    small Markdown of `regionalism.exercises.prose`.
    """

    title: str
    text: str
    marks: tuple[Mark, ...]
    reply: str
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Samples:
    """The marked samples of one open argument, named by its question."""

    question: str
    samples: tuple[Sample, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The rubric by which they are marked."""
        return rubric(self.question.split(".")[0])[self.question]

    def points(self, sample: Sample) -> float:
        """The points of a sample, from 0 to those of the question."""
        return sum(
            SHARE[mark.level] * criterion.points for mark, criterion in zip(sample.marks, self.criteria, strict=True)
        )


def samples(stem: str) -> Samples:
    """The marked samples of a chapter's argument.

    NotForStudents where this copy of the course has none, KeyError for a chapter without samples.
    """
    return module("samples").SAMPLES[stem]


def problems(marked: Samples) -> Iterator[str]:
    """What is wrong with marked samples, in sentences."""
    question = chapter(marked.question.split(".")[0]).question(marked.question)
    if not isinstance(question.kind, Text):
        yield f"{marked.question} is no open argument"
        return
    for sample in marked.samples:
        words = len(sample.text.split())
        if not question.kind.least_words <= words <= question.kind.most_words:
            yield f"{sample.title}: {words} words, not {question.kind.least_words} to {question.kind.most_words}"
        if len(sample.marks) != len(marked.criteria):
            yield f"{sample.title}: {len(sample.marks)} marks for {len(marked.criteria)} criteria"
