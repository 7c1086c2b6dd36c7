"""What the parts of grading hand to each other. Plain values, so that they travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refused:
    """A file that could not be graded: where it lay, a short fixed word, and a sentence for the teacher.

    `receipt` is known of a file that says the same as one that was marked.
    """

    source: str
    reason: str
    words: str
    receipt: str = ""


@dataclass(frozen=True)
class Answered:
    """One question of one hand-in, judged anew.

    `scores` has the score (0 to 1; None where a person marks) of every answer, oldest first, and
    `misconceptions` the ids that they betrayed; `state` and `message` belong to the answer that counts
    (the last one, of a prediction the first), `raw` is that answer.
    """

    question: str
    state: str
    score: float | None
    scores: tuple[float | None, ...]
    misconceptions: tuple[str | None, ...]
    raw: Any
    message: str


@dataclass(frozen=True)
class Marked:
    """A hand-in whose marks were computed: one student, one sheet, one try.

    `same` is a mark of the answers alone (not of student and seed), by which equal ones are found;
    `student` is the id as listed, or as typed where it is on no list; `seed` is what the numbers were drawn
    from, as marking has found it true.
    """

    source: str
    receipt: str
    student: str
    listed: bool
    chapter: str
    made: str
    course: str
    same: str
    answers: Mapping[str, Answered] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    seed: str = ""
