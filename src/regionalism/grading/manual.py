"""Marks that a person gives: a table to fill in, kept and merged whenever the grader runs again.

`manual-marks.csv` has one row for each answer that no machine marks. A teacher fills in the columns of the
criteria, or `points` for the answer as a whole, and a comment. The column `code` ties a row to its student
and question, also where a spreadsheet has changed the look of an id. A mark is never thrown away: where
the text has changed since, the row says "read again" until that cell is emptied.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from regionalism.exercises.keys import Criterion, rubric
from regionalism.exercises.prose import plain
from regionalism.exercises.question import Number, Question, Text, said
from regionalism.exercises.reading import Parsed, read_number
from regionalism.grading.records import Answered
from regionalism.grading.spreadsheets import Row, UnreadableTable, decimal, read_table, safe_cell, starts_a_formula

MARKS_FILE = "manual-marks.csv"
NEW_FILE = "manual-marks-new.csv"
AGAIN = "read again"
AGAIN_WORDS = f"{AGAIN}: the text has changed since it was marked. Empty this cell when you have read it"
GONE = "no such answer counts now"
TO_MARK, MARKED = "to mark", "marked"
_NEEDED = ("code", "points", "text mark")
_POINTS = re.compile(r"\s*\((\d+(?:\.\d+)?) points?\)\s*$")


@dataclass(frozen=True)
class ManualMark:
    """What a person gave for one answer.

    `points` is None while it waits. `by_criterion` has a name, the points (None: not given) and the most
    points of each criterion. `again` says that the text changed since; `fault` what is impossible.
    """

    points: float | None = None
    by_criterion: tuple[tuple[str, float | None, float], ...] = ()
    comment: str = ""
    again: bool = False
    fault: str = ""


NO_MARK = ManualMark()


@lru_cache(maxsize=64)
def _installed(stem: str) -> Mapping[str, tuple[Criterion, ...]]:
    return rubric(stem)


def criteria_of(question: Question) -> tuple[Criterion, ...]:
    """The criteria of a question: the graders' where they are installed, else the list that students see."""
    installed = _installed(question.id.partition(".")[0]).get(question.id)
    if installed:
        return installed
    if not isinstance(question.kind, Text) or not question.kind.rubric:
        return (Criterion("the answer as a whole", question.points, "", "", ""),)
    items = [plain(said(item, {})) for item in question.kind.rubric if not callable(item)]
    found = [_POINTS.search(item) for item in items]
    named = [float(match[1]) for match in found if match]
    own = len(named) == len(items) and abs(sum(named) - question.points) < 1e-9
    each = named if own else [question.points / len(items)] * len(items)
    return tuple(
        Criterion(_POINTS.sub("", item), points, "", "", "") for item, points in zip(items, each, strict=True)
    )


def code_of(student: str, question_id: str) -> str:
    """The code of a row: made of student and question, and no number to any spreadsheet."""
    both = f"{student}\n{question_id}"
    return f"r{hashlib.sha256(both.encode('utf-8', 'replace')).hexdigest()[:12]}"


def text_mark(raw: Any) -> str:
    """A mark of an answer: another text has another, other spaces and line ends have the same."""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, sort_keys=True)
    same = " ".join(unicodedata.normalize("NFC", text).split())
    return f"t{hashlib.sha256(same.encode('utf-8', 'replace')).hexdigest()[:12]}"


def bare(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and starts_a_formula(text[1:]) else text


class ManualMarks:
    """The marks of a table that a teacher filled in; empty where there is none.

    `unreadable` says why the table could not be understood: then it must not be written over. `data` is what was read.
    `faults` collects the marks that are impossible, by row and value, as they are met.
    """

    def __init__(self, data: bytes | None = None) -> None:
        self.data = data
        self.unreadable = ""
        self.faults: dict[int, str] = {}
        self._rows: dict[str, Row] = {}
        self._twice: list[Row] = []
        self.columns = 0
        if data is not None:
            self._take(data)

    def _take(self, data: bytes) -> None:
        try:
            sheet = read_table(data, _NEEDED)
        except UnreadableTable as fault:
            self.unreadable = str(fault)
            return
        self.columns = sum(1 for heading in sheet.headings if re.fullmatch(r"criterion \d+", heading))
        for row in sheet.rows:
            code = row["code"].strip()
            if code in self._rows or not code:
                self._twice.append(row)
                first = self._rows[code].number if code else 0
                told = f"is there twice, first in row {first}; that one counts" if code else "has no code; it is kept"
                self.faults[row.number] = f"row {row.number} {told}"
            else:
                self._rows[code] = row

    def mark(self, student: str, question: Question, raw: Any) -> ManualMark:
        """What a person gave for this answer of this student."""
        row = self._rows.get(code_of(student, question.id))
        return self._judged(row, question, text_mark(raw)) if row else NO_MARK

    def _judged(self, row: Row, question: Question, mark: str) -> ManualMark:
        criteria = criteria_of(question)
        try:
            given = [
                _points(row, f"criterion {at}", one.points, one.name) for at, one in enumerate(criteria, start=1)
            ]
            whole = _points(row, "points", question.points, "the whole answer")
            total = _together(row, given, whole)
        except _Impossible as fault:
            self.faults[row.number] = str(fault)
            return ManualMark(None, (), bare(row["comment"]), _again(row, mark), str(fault))
        by = tuple((one.name, points, one.points) for one, points in zip(criteria, given, strict=True))
        return ManualMark(total, by, bare(row["comment"]), _again(row, mark))

    # Writing

    def table_row(self, student: str, shown: str, question: Question, found: Answered, words: str) -> list[str]:
        """The row of one answer with what was filled in so far; `shown` is the id or a code, `words` the answer."""
        code, mark = code_of(student, question.id), text_mark(found.raw)
        old = self._rows.get(code)
        given = self._judged(old, question, mark) if old else NO_MARK
        numbered = enumerate(criteria_of(question), start=1)
        criteria = "; ".join(f"{at}: {one.name} (0 to {one.points:g})" for at, one in numbered)
        typed = [_kept(old, f"criterion {at}") for at in range(1, self.columns + 1)]
        return [
            code, safe_cell(shown), question.id.partition(".")[0], question.id, str(len(words.split())),
            safe_cell(words), safe_cell(criteria), *typed, _kept(old, "points"), _kept(old, "comment"),
            _state(given), mark,
        ]  # fmt: skip

    def leftover(self, written: set[str]) -> list[list[str]]:
        """The rows with marks whose answer counts no longer, and those that were there twice: as they are."""
        gone = [row for code, row in self._rows.items() if code not in written and _has_marks(row)]
        return [self._as_it_is(row) for row in sorted([*gone, *self._twice], key=lambda row: row.number)]

    def _as_it_is(self, row: Row) -> list[str]:
        names = [*_HEAD, *(f"criterion {at}" for at in range(1, self.columns + 1)), "points", "comment"]
        return [*(_kept(row, name) for name in names), GONE, row["text mark"].strip()]

    def head(self) -> list[str]:
        """The headings of the table."""
        return [*_HEAD, *(f"criterion {at}" for at in range(1, self.columns + 1)), *_TAIL]

    def room_for(self, questions: Iterable[Question]) -> None:
        """Make as many columns as the question with the most criteria needs."""
        needed = (len(criteria_of(q)) for q in questions if isinstance(q.kind, Text) or not q.judged)
        self.columns = max([self.columns, *needed])


_HEAD = ("code", "student", "chapter", "question", "words", "text", "criteria")
_TAIL = ("points", "comment", "state", "text mark")


class _Impossible(ValueError):
    """A mark that cannot be."""


def _points(row: Row, column: str, most: float, name: str) -> float | None:
    typed = bare(row[column])
    if not typed:
        return None
    found = read_number(Number(between=(0, most)), {}, typed)
    if not isinstance(found, Parsed):
        raise _Impossible(f"row {row.number}, {column}: {typed[:40]!r} is no mark from 0 to {most:g} for {name}")
    return float(found.answer)


def _together(row: Row, given: list[float | None], whole: float | None) -> float | None:
    """The points of an answer: its own, or the sum of its criteria once all are given."""
    parts = [points for points in given if points is not None]
    if whole is None:
        return sum(parts) if given and len(parts) == len(given) else None
    if len(parts) == len(given) and abs(sum(parts) - whole) > 1e-9:
        fault = f"the criteria make {decimal(sum(parts))} and points says {decimal(whole)}; empty one of the two"
        raise _Impossible(f"row {row.number}, points: {fault}")
    return whole


def _has_marks(row: Row) -> bool:
    names = [name for name in row.cells if name.startswith("criterion ") or name in ("points", "comment")]
    return any(row[name].strip() for name in names)


def _again(row: Row, mark: str) -> bool:
    flagged = row["state"].strip().casefold().startswith(AGAIN)
    return _has_marks(row) and (flagged or row["text mark"].strip() != mark)


def _state(given: ManualMark) -> str:
    if given.fault:
        return safe_cell(f"impossible: {given.fault.partition(', ')[2]}")
    if given.again:
        return AGAIN_WORDS
    return TO_MARK if given.points is None else MARKED


def _kept(row: Row | None, column: str) -> str:
    return safe_cell(bare(row[column])) if row else ""
