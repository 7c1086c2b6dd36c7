"""The class report: what the class can do by now, what tempted it, and where to begin the next lesson.

No name and no id is in it. Sums are kept as the students pass by, so its memory does not grow with them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from regionalism.charts.drawing import can_draw
from regionalism.charts.figure import Figure
from regionalism.exercises.judging import same_answer
from regionalism.exercises.prose import plain
from regionalism.exercises.question import Predict, Question, value_of
from regionalism.exercises.reading import Parsed, read
from regionalism.grading import leaves
from regionalism.grading.gradebook import MASTERED, OPEN, ChapterMark, ItemMark
from regionalism.grading.numbering import chapter, numbers_of, questions_of
from regionalism.grading.pictures import ideas_chart, tries_chart
from regionalism.grading.spreadsheets import decimal

LEAST_STUDENTS = 5
NONE = "–"
_SOURCE = "The hand-ins of this class that count."
_SHARES = (
    (1 / 10, "One in ten"), (1 / 5, "One in five"), (1 / 4, "A quarter"), (1 / 3, "A third"), (2 / 5, "Two in five"),
    (1 / 2, "Half"), (3 / 5, "Three in five"), (2 / 3, "Two thirds"), (3 / 4, "Three quarters"),
    (4 / 5, "Four in five"), (9 / 10, "Nine in ten"),
)  # fmt: skip


@dataclass
class Correlation:
    """Sums for the correlation of a question with the rest of the sheet, taken in one pass."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def take(self, x: float, y: float) -> None:
        """Add a pair."""
        self.n += 1
        self.x += x
        self.y += y
        self.xx += x * x
        self.yy += y * y
        self.xy += x * y

    @property
    def value(self) -> float | None:
        """Pearson's correlation; None for fewer than five pairs or where one side does not vary."""
        if self.n < LEAST_STUDENTS:
            return None
        # Sums of squares minus squares of sums cancel: what is left of rounding is no variance.
        var_x = self.xx - self.x**2 / self.n
        var_y = self.yy - self.y**2 / self.n
        if var_x <= 1e-9 * max(1.0, self.xx) or var_y <= 1e-9 * max(1.0, self.yy):
            return None
        return max(-1.0, min(1.0, (self.xy - self.x * self.y / self.n) / math.sqrt(var_x * var_y)))


@dataclass
class QuestionTally:
    """What one question has met so far.

    `rest` holds the corrected item-rest correlation: the score of the question with the points of the
    student in the other questions of the sheet, so that the question is not correlated with itself (Crocker
    and Algina 1986, chapter 14). It stays empty for predictions, which are never marked down.
    """

    answered: int = 0
    judged: int = 0
    right: int = 0
    first_right: int = 0
    score: float = 0.0
    tries: int = 0
    waiting: int = 0
    predicted: int = 0
    came_true: int = 0
    ideas: Counter[str] = field(default_factory=Counter)
    rest: Correlation = field(default_factory=Correlation)


class ChapterTally:
    """What one chapter has met so far."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.students = 0
        self.late = 0
        self.points = 0.0
        self.of = 0.0
        self.mastery: Counter[str] = Counter()
        self.ideas: Counter[str] = Counter()
        self.questions = {question.id: QuestionTally() for question in questions_of(stem)}

    def take(self, mark: ChapterMark, seed: str) -> None:
        """Add the mark of one student; `seed` is what the student's numbers were drawn from."""
        self.students += 1
        self.late += mark.late_days > 0
        self.points += mark.total
        self.of = mark.of
        self.mastery[mark.mastery] += 1
        machine = {item.question.id: item.got or 0.0 for item in mark.items if _by_machine(item)}
        whole = sum(machine.values())
        shown: set[str] = set()
        for item in mark.items:
            if item.answered and item.answered.state not in ("silent", "unreadable"):
                shown |= self._take_item(item, whole - machine.get(item.question.id, 0.0), seed)
        self.ideas.update(sorted(shown))

    def _take_item(self, item: ItemMark, rest: float, seed: str) -> set[str]:
        """Add one answered question; gives the ideas that showed."""
        found, tally = item.answered, self.questions[item.question.id]
        assert found is not None
        ideas = {name for name in found.misconceptions if name}
        tally.answered += 1
        tally.tries += len(found.scores)
        tally.waiting += item.got is None
        tally.ideas.update(sorted(ideas))
        if isinstance(item.question.kind, Predict):
            tally.predicted += 1
            tally.came_true += _came_true(item.question, self.stem, seed, found.raw)
        elif item.got is not None and item.points:
            score = item.got / item.points
            tally.judged += 1
            tally.score += score
            tally.right += item.full
            tally.first_right += found.score is not None and bool(found.scores) and found.scores[0] == 1
            tally.rest.take(score, rest)
        return ideas


def _by_machine(item: ItemMark) -> bool:
    return item.manual is None and not isinstance(item.question.kind, Predict)


def _came_true(question: Question, stem: str, seed: str, raw: Any) -> bool:
    if question.right is None:
        return False
    numbers = numbers_of(stem)[question.id](seed)
    found = read(question, numbers, raw)
    return isinstance(found, Parsed) and same_answer(question, numbers, value_of(question.right, numbers), found.answer)


# In words


def share_words(part: int, whole: int) -> str:
    """A share as people say it: "About two thirds"."""
    if part == whole:
        return "All"
    share = part / whole
    if share < 0.07:
        return "A few"
    if share > 0.93:
        return "Nearly all"
    nearest, words = min(_SHARES, key=lambda pair: abs(pair[0] - share))
    return words if abs(nearest - share) < 0.005 else f"About {words[0].lower()}{words[1:]}"


def percent(part: float, whole: float) -> str:
    """A share in per cent, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f} %" if whole else NONE


def advice(question: Question, tally: QuestionTally, ideas: Mapping[str, str], begin: bool = True) -> str:
    """One sentence or two on what to do with a question next, made from its numbers alone.

    `begin` says that no other question of the chapter shows one idea as often.
    """
    if tally.waiting:
        rest = "one text waits" if tally.waiting == 1 else f"{tally.waiting} texts wait"
        return f"Read first: {rest} for your marks."
    if tally.answered < LEAST_STUDENTS:
        return "Too few answers to say anything of the class."
    if tally.predicted:
        return _guessed(tally, ideas)
    if not tally.judged:
        return "Nothing to count here yet."
    # Below twice its standard error where there is no connection at all: chance alone seldom goes so low.
    if question.judged and tally.rest.value is not None and tally.rest.value < -2 / math.sqrt(tally.rest.n):
        return "Those who did well elsewhere did worse here. Read the question once more for a fault in it."
    name, share = tempting(tally)
    if share >= 0.2 and name in ideas:
        then = "Begin the next lesson there" if begin else "Take it up again"
        told = "Most have moved on by now" if tally.right / tally.judged >= 0.7 and not begin else then
        return f"{share_words(tally.ideas[name], tally.answered)} showed this idea: “{ideas[name]}” {told}."
    return _by_shares(question, tally)


def tempting(tally: QuestionTally) -> tuple[str, float]:
    """The idea met most often at a question, and the share of its students who showed it; of equal ones the first."""
    if not tally.ideas or not tally.answered:
        return "", 0.0
    name, met = _ranked(tally.ideas)[0]
    return name, met / tally.answered


def _advices(stem: str, tallies: Mapping[str, QuestionTally]) -> dict[str, str]:
    """The advice on each question of a chapter; one of them is where to begin."""
    ideas = chapter(stem).misconceptions
    asked = {question.id: question for question in questions_of(stem)}
    shares = {name: tempting(tallies[name])[1] for name, one in asked.items() if tallies[name].judged and one.judged}
    most = max(shares, key=lambda name: shares[name], default="")
    return {name: advice(question, tallies[name], ideas, name == most) for name, question in asked.items()}


def _guessed(tally: QuestionTally, ideas: Mapping[str, str]) -> str:
    told = f"The guess of {percent(tally.came_true, tally.predicted)} came true."
    name, share = tempting(tally)
    if share >= 0.2 and name in ideas:
        return f"{told} The idea behind many others: “{ideas[name]}” Take it up before the chapter."
    return f"{told} Ask two students with different guesses for their reasons."


def _by_shares(question: Question, tally: QuestionTally) -> str:
    right, first = tally.right / tally.judged, tally.first_right / tally.judged
    if question.role == "transfer" and right < 0.5:
        return "Fewer than half carry the chapter over to the new case. Do one more case together."
    if not question.judged:
        return "Show one strong text, without its name, and let the class find what makes it strong."
    if right >= 0.85 and first >= 0.7:
        return "Nearly all have it from the start. No time is needed here."
    if right - first >= 0.25:
        return "Many needed a second try and then had it: the replies did their work."
    if right < 0.5:
        return "Fewer than half have it, for reasons that differ. Work one example together."
    return "Most have it. A short look back is enough."


# The page


class Report:
    """Takes the marks of one student after another and writes the report at the end."""

    def __init__(self, stems: Iterable[str]) -> None:
        self.chapters = {stem: ChapterTally(stem) for stem in stems}

    def take(self, mark: ChapterMark, seed: str) -> None:
        """Add the mark of one student in one chapter; without a hand-in nothing is added."""
        if mark.marked is not None:
            self.chapters[mark.chapter].take(mark, seed)

    def html(self, title: str) -> str:
        """The report as a page."""
        head = f"<p>{escape(title)}</p>" if title else ""
        words = (
            '<p class="quiet">Each student is in it once, with the try that counts. No name and no id stands here, '
            "so that you can show it to the class.</p>"
        )
        parts = "".join(_chapter_html(tally) for tally in self.chapters.values() if tally.students)
        return leaves.page("Class report", head + words + (parts or "<p>No hand-in has been marked yet.</p>"))

    def rows(self) -> list[list[str]]:
        """The report as a table, a row for each question."""
        head = [
            "chapter", "question", "title", "role", "answered", "right", "right at first try", "mean score",
            "mean tries", "item-rest correlation", "waiting for marks", "predictions come true", "ideas met", "advice",
        ]  # fmt: skip
        return [head, *(row for tally in self.chapters.values() for row in _table_rows(tally))]


def _table_rows(chapter_tally: ChapterTally) -> list[list[str]]:
    advices = _advices(chapter_tally.stem, chapter_tally.questions)
    rows = []
    for question in questions_of(chapter_tally.stem):
        tally = chapter_tally.questions[question.id]
        met = "; ".join(f"{name}: {count}" for name, count in _ranked(tally.ideas))
        rows.append(
            [
                chapter_tally.stem, question.id, plain(question.title), question.role, str(tally.answered),
                percent(tally.right, tally.judged), percent(tally.first_right, tally.judged if question.judged else 0),
                _mean(tally.score, tally.judged), _mean(tally.tries, tally.answered), _correlation(tally),
                str(tally.waiting), percent(tally.came_true, tally.predicted), met, advices[question.id],
            ]
        )  # fmt: skip
    return rows


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _mean(total: float, n: int) -> str:
    return decimal(total / n) if n else NONE


def _correlation(tally: QuestionTally) -> str:
    value = tally.rest.value
    return NONE if value is None else decimal(value).replace("-", "\N{MINUS SIGN}")


def _chapter_html(tally: ChapterTally) -> str:
    whole = chapter(tally.stem)
    return (
        f"<h2>{escape(whole.title)}</h2>{_facts(tally)}{_pictures(tally)}{_next(tally)}{_numbers(tally)}{_ideas(tally)}"
    )


def _facts(tally: ChapterTally) -> str:
    handed_in = f"{tally.students} {'student' if tally.students == 1 else 'students'} handed in"
    waiting = sum(one.waiting for one in tally.questions.values())
    so_far = " so far" if waiting else ""
    lines = [f"{handed_in}; on average {_mean(tally.points, tally.students)} of {tally.of:g} points{so_far}."]
    if tally.late:
        lines.append(f"{tally.late} of them after the deadline.")
    if tally.mastery[MASTERED] or tally.mastery["no"] or tally.mastery[OPEN]:
        known = tally.mastery[MASTERED] + tally.mastery["no"]
        lines.append(f"Both new cases fully right: {tally.mastery[MASTERED]} of {known} whose marks are known.")
    if waiting:
        lines.append(f"Answers that wait for your marks: {waiting}.")
    return leaves.items(lines)


def _next(tally: ChapterTally) -> str:
    advices = _advices(tally.stem, tally.questions)
    rows = [
        [f"{number}. {plain(question.title)}", advices[question.id]]
        for number, question in enumerate(questions_of(tally.stem), start=1)
    ]
    return leaves.table(("Question", "What to do with it"), rows, f"What to do next: {chapter(tally.stem).title}")


def _numbers(tally: ChapterTally) -> str:
    head = ("Nr", "Answered", "Right", "First try", "Score", "Tries", "With the rest", "Guess came true")
    rows = []
    for number, question in enumerate(questions_of(tally.stem), start=1):
        one = tally.questions[question.id]
        rows.append(
            [
                str(number), str(one.answered), percent(one.right, one.judged),
                percent(one.first_right, one.judged if question.judged else 0), _mean(one.score, one.judged),
                _mean(one.tries, one.answered), _correlation(one), percent(one.came_true, one.predicted),
            ]
        )  # fmt: skip
    note = (
        '<p class="quiet">With the rest: how the score of a question goes with the points in all others '
        "(item-rest correlation, from −1 to 1). Above 0.3 it tells strong and weak sheets apart well; near 0 it "
        "hardly does. A dash stands for fewer than five answers, or where all are alike.</p>"
    )
    return leaves.table(head, rows, f"Numbers by question: {chapter(tally.stem).title}", range(1, 8)) + note


def _ideas(tally: ChapterTally) -> str:
    known = chapter(tally.stem).misconceptions
    numbered = {question.id: number for number, question in enumerate(questions_of(tally.stem), start=1)}
    rows = []
    for name, students in _ranked(tally.ideas):
        where = [str(numbered[qid]) for qid, one in tally.questions.items() if one.ideas[name]]
        rows.append([known.get(name, name), str(students), percent(students, tally.students), ", ".join(where)])
    if not rows:
        return ""
    head = ("Idea that tempted", "Students", "Share", "Questions")
    return leaves.table(head, rows, f"Ideas met, also in earlier answers: {chapter(tally.stem).title}", (1, 2))


# Pictures


def _pictures(tally: ChapterTally) -> str:
    """The charts as inline SVG; nothing where no converter is installed, since the tables say the same."""
    if not can_draw():
        return ""
    return "".join(figure.html(sourced=True) for figure in (_tries_figure(tally), _ideas_figure(tally)) if figure)


def _tries_figure(tally: ChapterTally) -> Figure | None:
    rows = [
        (f"{number}. {plain(question.title)}", 100 * one.first_right / one.judged, 100 * one.right / one.judged)
        for number, question in enumerate(questions_of(tally.stem), start=1)
        for one in [tally.questions[question.id]]
        if question.judged and one.judged and not isinstance(question.kind, Predict)
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows, columns=["question", "first", "last"])
    hardest = table.loc[table["last"].idxmin()]
    title = f"Hardest: {hardest['question'].partition('. ')[2]} ({hardest['last']:.0f} % right in the end)"
    shown = table.rename(columns={"question": "Question", "first": "First try, %", "last": "In the end, %"})
    return Figure(
        name=f"tries-{tally.stem}",
        title=title,
        subtitle="Share of answers that are fully right: open at the first try, filled in the end",
        source=_SOURCE,
        tables=(),
        alt=f"{title}. A row for each of {len(rows)} questions, with the share right at the first try and in the end.",
        draw=lambda width: tries_chart(table, width),
        numbers=shown,
        digits={"First try, %": 0, "In the end, %": 0},
    )


def _ideas_figure(tally: ChapterTally) -> Figure | None:
    known = chapter(tally.stem).misconceptions
    rows = [(known.get(name, name), students) for name, students in _ranked(tally.ideas)[:8]]
    if not rows:
        return None
    table = pd.DataFrame(rows, columns=["idea", "students"])
    title = f"Met most often: “{rows[0][0]}” ({rows[0][1]} of {tally.students} students)"
    return Figure(
        name=f"ideas-{tally.stem}",
        title=title,
        subtitle="Students who showed an idea in at least one answer",
        source=_SOURCE,
        tables=(),
        alt=f"{title}. Bars for {len(rows)} ideas, the longest first.",
        draw=lambda width: ideas_chart(table, width),
        numbers=table.rename(columns={"idea": "Idea", "students": "Students"}),
    )
