"""From hand-ins to marks: which try counts, what lateness costs, what waits for a person, and the grade books.

The mark of a chapter is the sum of points times score over its questions, an argument's points being
those that a person gave. Where one is still to be marked, the mark is provisional and says what it waits for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from regionalism.exercises.question import Question
from regionalism.grading.classes import ClassSettings, Student, parse_time
from regionalism.grading.manual import ManualMark, ManualMarks
from regionalism.grading.numbering import chapter, questions_of
from regionalism.grading.records import Answered, Marked, Refused
from regionalism.grading.spreadsheets import decimal, safe_cell, safe_key

MASTERED, NOT_MASTERED, OPEN = "yes", "no", "open"


class Results(Protocol):
    """What marking leaves behind: the hand-ins of each student, and what could not be graded."""

    def students(self) -> Sequence[str]:
        """The ids that handed something in, sorted."""

    def of_student(self, student: str) -> list[Marked]:
        """All hand-ins of one student, sorted by chapter, time and receipt."""

    def refused(self) -> list[Refused]:
        """The files that could not be graded."""

    def duplicates(self) -> list[Refused]:
        """The files that say the same as one that was marked."""

    def chapters(self) -> Sequence[str]:
        """The chapters that were handed in."""


@dataclass(frozen=True)
class ItemMark:
    """What one question earned: `got` of `points`, None where a person still has to mark it."""

    question: Question
    number: int
    answered: Answered | None
    got: float | None
    extra: bool
    manual: ManualMark | None = None

    @property
    def points(self) -> float:
        """The points of the question."""
        return self.question.points

    @property
    def full(self) -> bool:
        """Whether all its points were earned."""
        return self.got is not None and self.got >= self.points - 1e-9


@dataclass(frozen=True)
class ChapterMark:
    """The mark of one student in one chapter.

    `total` of `of` points is what counts, with `kept` (0 to 1) as the share that lateness left and
    `late_days` the days begun after the deadline. `mastery` is yes, no or open; empty where nothing was
    handed in or the class does without. `marked` is the try that counts, None without a hand-in.
    """

    chapter: str
    marked: Marked | None
    tries: int
    items: tuple[ItemMark, ...] = ()
    total: float = 0.0
    of: float = 0.0
    late_days: int = 0
    kept: float = 1.0
    mastery: str = ""
    remarks: tuple[str, ...] = field(default=())

    @property
    def waiting(self) -> tuple[int, ...]:
        """The numbers of the questions that a person still has to mark or to read again."""
        return tuple(i.number for i in self.items if i.got is None or (i.manual is not None and i.manual.again))

    @property
    def provisional(self) -> str:
        """What the mark waits for, in words; empty where it stands."""
        if not self.waiting:
            return ""
        questions = "question" if len(self.waiting) == 1 else "questions"
        return f"waits for marks: {questions} {', '.join(map(str, self.waiting))}"


# Time


def came_in(marked: Marked, settings: ClassSettings) -> datetime | None:
    """When a hand-in came in: as `received.csv` says, else as its own clock says; None where neither can be read."""
    known = settings.received.get(marked.receipt.upper())
    return known or parse_time(marked.made, UTC)


def days_late(marked: Marked, settings: ClassSettings) -> int:
    """The days begun after deadline and grace; 0 on time, without a deadline, or without a time."""
    deadline, when = settings.deadlines.get(marked.chapter), came_in(marked, settings)
    if deadline is None or when is None:
        return 0
    over = when - deadline - timedelta(minutes=settings.grace_minutes)
    # A file says its time to the minute: what was made within the last minute is on time.
    return max(0, math.ceil(over / timedelta(days=1))) if over >= timedelta(minutes=1) else 0


def share_kept(late: int, settings: ClassSettings) -> float:
    """The share of the points that stays after so many days."""
    return 1.0 - min(late * settings.late_per_day, settings.late_at_most)


# Marks


def chapter_mark(stem: str, tries: Sequence[Marked], settings: ClassSettings, manual: ManualMarks) -> ChapterMark:
    """The mark of one student in one chapter, from all hand-ins to it."""
    full = _full_points(stem, settings)
    if not tries:
        return ChapterMark(stem, None, 0, of=full)
    marked = counting(tries, settings)
    items = tuple(
        _item(question, number, marked, settings, manual)
        for number, question in enumerate(questions_of(stem), start=1)
    )
    late = days_late(marked, settings)
    kept = share_kept(late, settings)
    return ChapterMark(
        chapter=stem,
        marked=marked,
        tries=len(tries),
        items=items,
        total=_total(items, full, settings) * kept,
        of=full,
        late_days=late,
        kept=kept,
        mastery=mastery(items) if settings.mastery else "",
        remarks=_remarks(marked, settings),
    )


def counting(tries: Sequence[Marked], settings: ClassSettings) -> Marked:
    """The try that counts, after the rule of the class.

    "last": the last one on time, else the last of all. "best": the one with the most points from
    questions that a machine marks, late rule included; of equal ones one on time, then the later.
    """
    ordered = sorted(tries, key=lambda one: _moment(one, settings))
    if settings.count == "last":
        on_time = [one for one in ordered if not days_late(one, settings)]
        return (on_time or ordered)[-1]
    scored = [(_machine_points(one, settings), not days_late(one, settings), at) for at, one in enumerate(ordered)]
    return ordered[max(scored)[2]]


def _moment(marked: Marked, settings: ClassSettings) -> tuple[float, str]:
    when = came_in(marked, settings)
    return (when.timestamp() if when else 0.0, marked.receipt)


def _machine_points(marked: Marked, settings: ClassSettings) -> float:
    points = {question.id: question.points for question in questions_of(marked.chapter)}
    earned = sum(points.get(name, 0.0) * (found.score or 0.0) for name, found in sorted(marked.answers.items()))
    return round(earned * share_kept(days_late(marked, settings), settings), 6)


def is_extra(question: Question, stem: str, settings: ClassSettings) -> bool:
    """Whether the points of a question come on top of the full mark."""
    return question.id in settings.extra_credit or stem in settings.extra_credit


def _full_points(stem: str, settings: ClassSettings) -> float:
    return sum(question.points for question in questions_of(stem) if not is_extra(question, stem, settings))


def _item(
    question: Question, number: int, marked: Marked, settings: ClassSettings, manual: ManualMarks
) -> ItemMark:
    found = marked.answers.get(question.id)
    extra = is_extra(question, marked.chapter, settings)
    if found is None or found.state in ("silent", "unreadable"):
        return ItemMark(question, number, found, 0.0, extra)
    if found.score is not None:
        return ItemMark(question, number, found, question.points * found.score, extra)
    given = manual.mark(marked.student, question, found.raw)
    return ItemMark(question, number, found, given.points, extra, given)


def _total(items: Iterable[ItemMark], full: float, settings: ClassSettings) -> float:
    items = list(items)
    total = sum(item.got or 0.0 for item in items)
    if settings.extra_credit_at_most is not None and any(item.extra for item in items):
        total = min(total, full + settings.extra_credit_at_most)
    return total


def mastery(items: Iterable[ItemMark]) -> str:
    """Whether both new cases are fully right; open where one waits for a mark, no where one was left out."""
    new = [item for item in items if item.question.role == "transfer"]
    if not new:
        return ""
    if any(item.got is not None and not item.full for item in new):
        return NOT_MASTERED
    return OPEN if any(item.got is None for item in new) else MASTERED


def _remarks(marked: Marked, settings: ClassSettings) -> tuple[str, ...]:
    unknown = came_in(marked, settings) is None
    return (*marked.remarks, *(("its time cannot be read; counted as on time",) if unknown else ()))


# Grade books


def gradebook_head(stems: Iterable[str], others: Iterable[str] = ()) -> list[str]:
    """The headings of the grade book, with as many questions as the longest sheet has.

    `others` are columns of the class list that the course does not know; they come last.
    """
    most = max((len(questions_of(stem)) for stem in stems), default=0)
    return [
        "id", "name", "section", "listed", "chapter", *(f"question {number}" for number in range(1, most + 1)),
        "total", "of", "late days", "share kept", "tries", "mastery", "receipt", "made", "provisional", "remarks",
        *(safe_cell(f"class: {name}") for name in others),
    ]  # fmt: skip


def gradebook_row(
    student: Student, listed: bool, mark: ChapterMark, columns: int, others: Iterable[str] = ()
) -> list[str]:
    """One row of the grade book; empty marks where nothing was handed in. `columns` is the room for questions."""
    other = [safe_cell(student.other.get(name, "")) for name in others]
    # An id from outside the list was typed by anybody: it is shown, never imported, so it may be made safe.
    known = student.id if listed else safe_cell(student.id)
    head = [known, safe_cell(student.name), safe_cell(student.section), "yes" if listed else "no", mark.chapter]
    if mark.marked is None:
        return [*head, *[""] * columns, "", decimal(mark.of), *[""] * 8, *other]
    items = ["" if item.got is None or item.answered is None else decimal(item.got) for item in mark.items]
    return [
        *head, *items, *[""] * (columns - len(items)), decimal(mark.total), decimal(mark.of), str(mark.late_days),
        decimal(mark.kept), str(mark.tries), mark.mastery, mark.marked.receipt, safe_cell(mark.marked.made),
        mark.provisional, safe_cell("; ".join(mark.remarks)), *other,
    ]  # fmt: skip


def moodle_rows(
    students: Sequence[Student], marks: Mapping[str, Mapping[str, float]], stems: Sequence[str]
) -> list[list[str]]:
    """A table for Moodle's import of grades from CSV: one grade item a chapter.

    While importing, map "ID number" or "Email address". A dash says that there is no grade. Only students
    of the list are in it: Moodle refuses a whole file for one user that it does not know.
    """
    head = ["ID number", "Email address", "Name", *(chapter(stem).title for stem in stems)]
    rows = [
        [
            safe_key(student.moodle_id or student.id), safe_key(student.email), safe_cell(student.name),
            *_points(student, marks, stems, "-"),
        ]
        for student in students
    ]  # fmt: skip
    return [head, *rows]


def canvas_rows(
    students: Sequence[Student], marks: Mapping[str, Mapping[str, float]], stems: Sequence[str],
    full: Mapping[str, float],
) -> list[list[str]]:  # fmt: skip
    """A table for Canvas's import of a grade book: five columns on the student, then an assignment a chapter.

    Canvas finds a student by its own ID (a column `canvas_id` of the class list), else by the SIS ids.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(chapter(stem).title for stem in stems)]
    possible = ["    Points Possible", "", "", "", "", *(decimal(full[stem]) for stem in stems)]
    rows = [
        [
            safe_cell(student.name or student.id), safe_key(student.other.get("canvas_id", "").strip()),
            safe_key(student.sis_id or student.id), safe_key(student.login or student.email),
            safe_cell(student.section),
            *_points(student, marks, stems, ""),
        ]
        for student in students
    ]  # fmt: skip
    return [head, possible, *rows]


def _points(
    student: Student, marks: Mapping[str, Mapping[str, float]], stems: Sequence[str], none: str
) -> list[str]:
    own = marks.get(student.id, {})
    return [decimal(own[stem]) if stem in own else none for stem in stems]
