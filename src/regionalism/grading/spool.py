"""What was marked and what was refused, kept in a file while a class is graded, and read again in a fixed order.

The file is a small database of the standard library. It keeps the memory flat in the number of hand-ins,
and the order of reading does not depend on the order in which workers were done.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from regionalism.exercises.draws import seed_text
from regionalism.grading.records import Answered, Marked, Refused

_TABLES = """
CREATE TABLE marked (
    id INTEGER PRIMARY KEY, source TEXT, receipt TEXT, who TEXT, student TEXT, listed INTEGER,
    chapter TEXT, made TEXT, same TEXT, body TEXT
);
CREATE UNIQUE INDEX each_once ON marked (who, chapter, made, receipt, same);
CREATE TABLE refused (source TEXT, reason TEXT, words TEXT);
CREATE TABLE twice (source TEXT, receipt TEXT);
"""
_ANSWERED = ("state", "score", "scores", "misconceptions", "raw", "message")
# The order in which the hand-ins of one student are read.
_IN_TIME = "ORDER BY chapter, made, receipt, same"


class Spool:
    """Rows of `Marked` and `Refused`; a context manager that leaves nothing behind.

    Without `folder` the file lies in a temporary folder of its own. A hand-in that comes twice, say by itself
    and in an archive, is kept once.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="regionalism-", dir=folder)
        self._base = sqlite3.connect(Path(self._folder.name) / "spool.sqlite")
        # A spool that is lost in a crash is made again; it needs no journal.
        self._base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and remove it."""
        self._base.close()
        self._folder.cleanup()

    # Writing

    def add(self, row: Marked | Refused) -> None:
        """Keep one row."""
        if isinstance(row, Refused):
            self._base.execute("INSERT INTO refused VALUES (?, ?, ?)", (row.source, row.reason, row.words))
            return
        who = seed_text(row.student)
        place = (who, row.chapter, row.made, row.receipt, row.same)
        there = self._base.execute(
            "SELECT id, source FROM marked WHERE who = ? AND chapter = ? AND made = ? AND receipt = ? AND same = ?",
            place,
        ).fetchone()
        if there is None:
            self._insert(row, who)
            return
        # The first by name is kept, whichever was read first.
        kept, other = sorted((there[1], row.source))
        self._base.execute("UPDATE marked SET source = ? WHERE id = ?", (kept, there[0]))
        self._base.execute("INSERT INTO twice VALUES (?, ?)", (other, row.receipt))

    def _insert(self, row: Marked, who: str) -> None:
        self._base.execute(
            "INSERT INTO marked VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (row.source, row.receipt, who, row.student, row.listed, row.chapter, row.made, row.same, _body(row)),
        )

    # Reading

    def refused(self) -> list[Refused]:
        """The files that were refused, by the place where they lay."""
        rows = self._rows("SELECT source, reason, words FROM refused ORDER BY source, reason, words")
        return [Refused(*row) for row in rows]

    def duplicates(self) -> list[Refused]:
        """The files that say the same as one that was marked: for information, nothing is lost."""
        found = []
        asked = (
            "SELECT twice.source, twice.receipt, min(marked.source) FROM twice JOIN marked USING (receipt) "
            "GROUP BY twice.rowid ORDER BY twice.source, twice.receipt"
        )
        for source, receipt, other in self._rows(asked):
            words = f"The same hand-in, {receipt}, lies in another place too: {other}. It counts once."
            found.append(Refused(source, "duplicate", words, receipt))
        return found

    def students(self) -> list[str]:
        """The ids of all students with a marked hand-in, each once, in the order of their plain form.

        An id typed in two ways that draw the same numbers ("Aigerim", "aigerim") is one student's.
        """
        return [row[0] for row in self._rows("SELECT min(student) FROM marked GROUP BY who ORDER BY who")]

    def of_student(self, student: str) -> list[Marked]:
        """All that a student handed in, of all chapters, by chapter and time; `student` is the same in all of them."""
        return list(self._marked(seed_text(student)))

    def chapters(self) -> tuple[str, ...]:
        """The stems of the chapters of all marked hand-ins, in alphabetical order."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT chapter FROM marked ORDER BY chapter"))

    def counts(self) -> dict[str, int]:
        """How many hand-ins were marked, of how many students, how many came twice, and how many were refused."""
        asked = {
            "marked": "SELECT count(*) FROM marked",
            "students": "SELECT count(DISTINCT who) FROM marked",
            "duplicates": "SELECT count(*) FROM twice",
            "refused": "SELECT count(*) FROM refused",
        }
        return {name: self._base.execute(question).fetchone()[0] for name, question in asked.items()}

    def refused_by_reason(self) -> dict[str, int]:
        """How many files were refused for each reason, the most frequent first."""
        rows = self._rows("SELECT reason, count(*) FROM refused GROUP BY reason ORDER BY count(*) DESC, reason")
        return dict(rows)

    def _rows(self, question: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Rows of a cursor of their own, so that several can be read side by side."""
        yield from self._base.cursor().execute(question, values)

    def _marked(self, who: str) -> Iterator[Marked]:
        named = "(SELECT min(student) FROM marked AS all_of WHERE all_of.who = marked.who)"
        question = f"SELECT source, {named}, body FROM marked WHERE who = ? {_IN_TIME}"
        for source, student, body in self._rows(question, who):
            yield replace(_marked(body), source=source, student=student)


def _body(row: Marked) -> str:
    answers = {name: [getattr(answered, part) for part in _ANSWERED] for name, answered in row.answers.items()}
    fields = (row.receipt, row.listed, row.chapter, row.made, row.course, row.same, row.seed, answers, row.remarks)
    return json.dumps(fields, separators=(",", ":"))


def _marked(body: str) -> Marked:
    receipt, listed, chapter, made, course, same, seed, answers, remarks = json.loads(body)
    return Marked(
        source="",
        receipt=receipt,
        student="",
        listed=listed,
        chapter=chapter,
        made=made,
        course=course,
        same=same,
        seed=seed,
        answers={name: _answered(name, parts) for name, parts in answers.items()},
        remarks=tuple(remarks),
    )


def _answered(name: str, parts: list[Any]) -> Answered:
    state, score, scores, misconceptions, raw, message = parts
    return Answered(name, state, score, tuple(scores), tuple(misconceptions), raw, message)
