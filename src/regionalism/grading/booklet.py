"""What a teacher has on paper: right answers, worked paths, what wrong answers betray, and what earns points.

Each page is one file that needs nothing else, to read in a browser or to print.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from regionalism.exercises.identity import Class
from regionalism.exercises.judging import as_raw, in_groups
from regionalism.exercises.keys import key, keyed, rubric
from regionalism.exercises.page import SAMPLE
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import (
    Allocate,
    Chapter,
    Mark,
    Number,
    Numbers,
    Order,
    Predict,
    Question,
    Sliders,
    Table,
    Text,
    said,
    value_of,
)
from regionalism.exercises.reading import show_number
from regionalism.grading.leaves import STYLE
from regionalism.grading.wording import answer_words

# The rubric has four columns: on a phone it scrolls in its box, each column wide enough to read.
_STYLE = f"{STYLE}.wide table{{min-width:44rem}}@media print{{.wide table{{min-width:0}}details{{display:none}}}}"
_KEEP = "For those who teach and mark. It holds right answers: do not give it to students."


def solutions_html(chapter: Chapter, students: Sequence[str], known: Class) -> str:
    """The booklet of one chapter: each question with the right answer of each student listed.

    Without students the sample student's numbers are used. Where the keys of the chapter are not installed the
    booklet says which questions lack their answer.
    """
    students = list(students) or [SAMPLE]
    keys = key(chapter.stem)
    questions = keyed(chapter.questions, keys)
    lacking = [q.title for q in questions if q.right is None and not isinstance(q.kind, Text)]
    note = ""
    if lacking:
        titles = "; ".join(escape(plain(title)) for title in lacking)
        note = f"<p><strong>Keys are not installed here.</strong> These questions lack their answers: {titles}.</p>"
    parts = [_question(q, number, chapter, students, known) for number, q in enumerate(questions, start=1)]
    quick = [_question(q, number, chapter, [SAMPLE], Class()) for number, q in enumerate(chapter.self_check, start=1)]
    if quick:
        parts += ["<h2>The quick questions of the page</h2>", *quick]
    return _page(f"Solutions: {plain(chapter.title)}", note + "\n".join(parts))


def rubrics_html(chapters: Iterable[Chapter]) -> str:
    """What earns points where a person marks, for all chapters on one page."""
    parts = []
    for chapter in chapters:
        rubrics = rubric(chapter.stem)
        marked = [q for q in chapter.questions if isinstance(q.kind, Text) or q.id in rubrics]
        if marked:
            parts.append(f"<h2>{inline(chapter.title)}</h2>")
        parts += [_marked_by_hand(question, chapter.stem) for question in marked]
    return _page("Rubrics: what earns points", "\n".join(parts) or "<p>No question is marked by a person.</p>")


def _marked_by_hand(question: Question, stem: str) -> str:
    prompt = to_html(said(question.prompt, question.numbers(SAMPLE)))
    head = f"<h3>{inline(question.title)} ({question.points:g} points)</h3>"
    return f"<section>{head}{prompt}{_rubric(question, stem)}</section>"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n'
        f'<body><main><h1>{escape(title)}</h1>\n<p class="keep">{_KEEP}</p>\n{body}\n</main></body>\n</html>\n'
    )


# ---------------------------------------------------------------- one question


def seed_of(student: str, known: Class) -> str:
    """What a student's numbers are drawn from; the sample student has no class."""
    return SAMPLE if student == SAMPLE else known.seed_of(student)


def _question(question: Question, number: int, chapter: Chapter, students: Sequence[str], known: Class) -> str:
    first = question.numbers(seed_of(students[0], known))
    points = f" ({question.points:g} points)" if question.points else ""
    return (
        f"<section><h2>{number}. {inline(question.title)}{points}</h2>"
        f"<details><summary>The question, with the numbers of {escape(students[0])}</summary>"
        f"{to_html(said(question.prompt, first))}</details>"
        f"{_answers(question, students, known)}{_worked(question, first, students[0])}"
        f"{_wrongs(question, first, chapter)}{_rubric(question, chapter.stem)}</section>"
    )


def _answers(question: Question, students: Sequence[str], known: Class) -> str:
    """The right answers: one list where all have the same, else a table."""
    if isinstance(question.kind, Text):
        return "<p>An argument has no right answer: a person reads it.</p>"
    if question.right is None:
        return "<p>The right answer stands in the keys, which are not installed here.</p>"
    drawn = [question.numbers(seed_of(student, known)) for student in students]
    told = [right_words(question, numbers) for numbers in drawn]
    note = _what_else_is_right(question, drawn[0])
    after = f"<p>{inline(note)}</p>" if note else ""
    if all(words == told[0] for words in told):
        who = "" if len(told) == 1 else " (the same for all listed)"
        return f"<h3>Right answer{who}</h3>{_lines(told[0])}{after}"
    rows = [
        f'<tr><th scope="row">{escape(student)}</th><td>{"<br>".join(map(inline, words))}</td></tr>'
        for student, words in zip(students, told, strict=True)
    ]
    return f"<h3>Right answers</h3>{_table('Right answers', ('Student', 'Right answer'), rows)}{after}"


def _lines(words: Sequence[str]) -> str:
    """One line as a paragraph, several as a list."""
    if len(words) == 1:
        return f"<p>{inline(words[0])}</p>"
    return f"<ul>{''.join(f'<li>{inline(line)}</li>' for line in words)}</ul>"


def _table(name: str, columns: Sequence[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{name}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _worked(question: Question, numbers: Numbers, student: str) -> str:
    words = said(question.worked, numbers)
    whose = f", with the numbers of {escape(student)}" if callable(question.worked) else ""
    return f"<h3>A worked path{whose}</h3>{to_html(words)}" if words else ""


def _wrongs(question: Question, numbers: Numbers, chapter: Chapter) -> str:
    """The wrong answers to expect, what each betrays, and the reply that the sheet gives."""
    items = []
    for wrong in question.wrongs:
        idea = chapter.misconceptions.get(wrong.misconception, wrong.misconception)
        example = _lines(_in_words(question, value_of(wrong.example, numbers), numbers))
        items.append(
            f"<li><p>{inline(idea)}</p><details><summary>An example</summary>{example}</details>"
            f"<p>The reply: {inline(said(wrong.reply, numbers))}</p></li>"
        )
    return f"<h3>Wrong answers to expect</h3><ul>{''.join(items)}</ul>" if items else ""


def _rubric(question: Question, stem: str) -> str:
    criteria = rubric(stem).get(question.id, ())
    rows = [
        f'<tr><th scope="row">{inline(c.name)} ({c.points:g})</th><td>{inline(c.full)}</td><td>{inline(c.half)}</td>'
        f"<td>{inline(c.none)}</td></tr>"
        for c in criteria
    ]
    if rows:
        columns = ("What is looked at (points)", "All points", "Half", "None")
        return f'<h3>What earns points</h3><div class="wide">{_table("What earns points", columns, rows)}</div>'
    if isinstance(question.kind, Text):
        items = "".join(f"<li>{inline(said(item, question.numbers(SAMPLE)))}</li>" for item in question.kind.rubric)
        return f"<h3>What students were told</h3><ul>{items}</ul>"
    return ""


# ---------------------------------------------------------------- answers in words


def right_words(question: Question, numbers: Numbers) -> list[str]:
    """The right answer to a question in words, a line each, with the range in which a number counts.

    ValueError where none is known.
    """
    if question.right is None:
        raise ValueError(f"{question.id} has no right answer here")
    right = value_of(question.right, numbers)
    lines = _in_words(question, right, numbers)
    ranges = _ranges(question, numbers, right)
    return [line + words for line, words in zip(lines, ranges or [""] * len(lines), strict=True)]


def _ranges(question: Question, numbers: Numbers, right: Any) -> list[str]:
    """For each line of a right answer what else counts, in words; empty for a kind without numbers to be met."""
    kind = question.kind
    if isinstance(kind, Number):
        return [_counts(_range(kind, float(right)))]
    if isinstance(kind, Table):
        return [_counts(_range(cell.number, float(right[cell.id]))) for cell in kind.cells]
    if isinstance(kind, Mark):
        ends = [_marks(kind, numbers, float(end)) for end in (right if kind.span else [right])]
        if kind.span and all(ends):
            return [f"; a beginning from {ends[0]} and an end from {ends[1]} count"]
        return [_counts(ends[0])]
    return []


def _counts(span: str) -> str:
    return f"; {span} count" if span else ""


def _range(kind: Number, right: float) -> str:
    """From where to where a number counts, as it is typed and rounded inwards; empty where only one does."""
    allowed = max(kind.absolute, kind.relative * abs(right))
    if not allowed:
        return ""
    least, most = kind.between
    low = right - allowed if least is None else max(least, right - allowed)
    high = right + allowed if most is None else min(most, right + allowed)
    typed = 100 if kind.percent else 1
    # One decimal more than the tolerance has; the hair's breadth keeps 3.99 from becoming 4.
    fine = 10.0 ** max(0, 1 - math.floor(math.log10(typed * allowed)))
    return _from_to(math.ceil(typed * low * fine - 1e-6) / fine, math.floor(typed * high * fine + 1e-6) / fine)


def _marks(kind: Mark, numbers: Numbers, right: float) -> str:
    """From where to where a mark counts, on the steps of its axis; empty where only one does."""
    low, high = kind.plot(numbers).x_range
    first = math.ceil((max(low, right - kind.absolute) - low) / kind.step - 1e-9)
    last = math.floor((min(high, right + kind.absolute) - low) / kind.step + 1e-9)
    return _from_to(low + first * kind.step, low + last * kind.step) if first < last else ""


def _from_to(low: float, high: float) -> str:
    return " to ".join(show_number(Number(), end) for end in (low, high))


def _in_words(question: Question, answer: Any, numbers: Numbers) -> list[str]:
    return answer_words(question, numbers, as_raw(question, answer))


def _what_else_is_right(question: Question, numbers: Numbers) -> str:
    """A word on other answers that are right as well; empty where there are none."""
    kind = question.kind
    if isinstance(kind, Sliders):
        return "Any other position that reaches the goal is right as well."
    if isinstance(kind, Predict):
        return "It is a guess: any that can be read earns the points."
    if isinstance(kind, Allocate):
        return "Any other share from which nobody walks out is right as well."
    if isinstance(kind, Order) and any(len(group) > 1 for group in in_groups(value_of(question.right, numbers))):
        names = {item.id: plain(said(item.text, numbers)) for item in kind.items}
        groups = [group for group in in_groups(value_of(question.right, numbers)) if len(group) > 1]
        told = "; ".join(" and ".join(names[item] for item in group) for group in groups)
        return f"These share a place, so either may come first: {told}."
    return ""
