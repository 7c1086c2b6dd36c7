"""A page for each student: marks, each question with the answer given, and what is said to it.

Everything that a student typed is escaped; nothing in a page is fetched or run. Many pages are made at
once by whatever runs the pool: `pages` takes plain values and gives texts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from regionalism.exercises.draws import readable
from regionalism.exercises.identity import Class
from regionalism.exercises.judging import WORKED_LEAD
from regionalism.exercises.prose import inline, to_html
from regionalism.exercises.question import Numbers, Question, said
from regionalism.grading import leaves
from regionalism.grading.manual import ManualMark
from regionalism.grading.numbering import chapter, numbers_of, questions_of
from regionalism.grading.records import Answered, Marked
from regionalism.grading.wording import answer_words

FOLDER = "feedback"
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_STATES = {
    "right": ("right", "This holds."),
    "partly": ("partly", "Part of this holds."),
    "wrong": ("partly", "Not there yet."),
    "predicted": ("", "A prediction: it is never marked down."),
    "saved": ("", "Your teacher reads this one."),
    "unreadable": ("", "This could not be read as an answer."),
}


@dataclass(frozen=True)
class Item:
    """What one question earned, in plain values that travel between processes."""

    question: str
    number: int
    got: float | None
    extra: bool
    manual: ManualMark | None


@dataclass(frozen=True)
class ChapterResult:
    """One chapter of one student's page."""

    marked: Marked
    items: tuple[Item, ...]
    total: float
    of: float
    late_days: int
    kept: float
    tries: int
    mastery: str
    provisional: str


@dataclass(frozen=True)
class StudentResult:
    """What one page is made of; the known class gives the numbers of the student's questions."""

    student: str
    name: str
    results: tuple[ChapterResult, ...]


def page_name(student: str) -> str:
    """A file name that tells ids apart in any script and never leaves its folder: readable part and hash."""
    digest = hashlib.sha256(student.encode("utf-8", "replace")).hexdigest()[:10]
    return f"{readable(student, 24)}-{digest}.html"


@dataclass(frozen=True)
class Page:
    """File name and text of one student's page; `fault` says what went wrong where only its marks could be told."""

    name: str
    text: str
    fault: str = ""


def pages(batch: Sequence[StudentResult], known: Class, worked: bool) -> list[Page]:
    """Each student's page. `worked` also shows a worked path to each question. Never raises."""
    return [_guarded(one, known, worked) for one in batch]


def _guarded(one: StudentResult, known: Class, worked: bool) -> Page:
    name = page_name(one.student)
    try:
        return Page(name, _page(one, known, worked))
    except Exception as fault:  # one page must not stop those of a class
        marks = leaves.items(f"{result.marked.chapter}: {_short(result.total)} points" for result in one.results)
        words = "<p>The answers could not be shown here. Please tell your teacher. The points stand:</p>"
        return Page(name, leaves.page("Your exercise sheets", words + marks), f"{name}: {type(fault).__name__}")


def _page(one: StudentResult, known: Class, worked: bool) -> str:
    whose = f"{one.name} ({one.student})" if one.name else one.student
    course = f"<p>{escape(known.title)}</p>" if known.title else ""
    intro = (
        f'{course}<p dir="auto">For {escape(whose)}.</p><p>Where an answer does not hold yet, read first '
        "what is said to it: that is worth more than the points.</p>"
    )
    sections = "".join(_chapter(result, seed_of(result.marked, known), worked) for result in one.results)
    return leaves.page("Your exercise sheets", intro + sections)


def seed_of(marked: Marked, known: Class) -> str:
    """What the numbers of a hand-in were drawn from: what marking found, else what the id gives."""
    return marked.seed or known.seed_of(marked.student)


def _chapter(result: ChapterResult, seed: str, worked: bool) -> str:
    marked, stem = result.marked, result.marked.chapter
    by_id = {question.id: question for question in questions_of(stem)}
    rows = [
        [str(item.number), by_id[item.question].title, _points_words(item), f"{by_id[item.question].points:g}"]
        for item in result.items
    ]
    caption = f"Points by question: {chapter(stem).title}"
    table = leaves.table(("Nr", "Question", "Points", "Of"), rows, caption, (2, 3))
    told = "".join(f"<li>{line}</li>" for line in _facts(result))
    questions = "".join(
        _question(by_id[item.question], item, marked.answers.get(item.question), stem, seed, worked)
        for item in result.items
    )
    return f"<h2>{inline(chapter(stem).title)}</h2><ul>{told}</ul>{table}{questions}"


def _points_words(item: Item) -> str:
    if item.got is None:
        return "to be read"
    return f"{_short(item.got)}{' (extra)' if item.extra else ''}"


def _short(value: float) -> str:
    return f"{round(value + 1e-9, 2):g}"


def _facts(result: ChapterResult) -> list[str]:
    """What is said of the hand-in as a whole, as HTML."""
    counted = f"<strong>{_short(result.total)} of {_short(result.of)} points</strong>"
    facts = [f"{counted}{', so far: not everything has been read yet' if result.provisional else ''}."]
    facts.append(f"Receipt of the hand-in that counts: <code>{escape(result.marked.receipt)}</code>.")
    if result.tries > 1:
        facts.append(f"You handed in {result.tries} times.")
    if result.late_days:
        days = "day" if result.late_days == 1 else "days"
        cost = f" By the rule of the class {result.kept:.0%} of the points stay." if result.kept < 1 else ""
        facts.append(f"It came {result.late_days} {days} after the deadline.{cost}")
    if result.mastery == "yes":
        facts.append("Both new cases are fully right: you can carry the chapter over to what you have not seen.")
    elif result.mastery == "no":
        facts.append("The two new cases are not both fully right yet. They are worth another look.")
    facts += [f"Note: {escape(remark)}." for remark in result.marked.remarks]
    return facts


def _question(
    question: Question, item: Item, found: Answered | None, stem: str, seed: str, worked: bool
) -> str:
    numbers = numbers_of(stem)[question.id](seed)
    points = f'<p class="quiet">{_points_words(item)} of {question.points:g} points</p>'
    head = f"<h3>{item.number}. {inline(question.title)}</h3>{points}"
    prompt = f"<details><summary>The question</summary>{_ours(said(question.prompt, numbers))}</details>"
    if found is None or found.state == "silent":
        said_to = '<p class="quiet">No answer was handed in.</p>'
    else:
        given = _manual(item.manual, question.title)
        said_to = _answer(question, numbers, found) + _said(question, numbers, found, worked) + given
    path = said(question.worked, numbers) if worked else ""
    shown = f"<details><summary>One way to work it out</summary>{_ours(path)}</details>" if path else ""
    return f"{head}{prompt}{said_to}{shown}"


@lru_cache(maxsize=4_000)
def _ours(text: str) -> str:
    """A text of the course as HTML; its links lead to places that do not lie beside this page."""
    return to_html(_LINK.sub(r"\1", text))


def _answer(question: Question, numbers: Numbers, found: Answered) -> str:
    lines = answer_words(question, numbers, found.raw)
    tries = f" (answer {len(found.scores)})" if len(found.scores) > 1 and found.state != "predicted" else ""
    return f"<p>You answered{tries}:</p><blockquote>{leaves.paragraphs(lines)}</blockquote>"


def _said(question: Question, numbers: Numbers, found: Answered, worked: bool) -> str:
    side, verdict = _STATES.get(found.state, ("", ""))
    message = found.message
    if not worked and question.role == "transfer":
        # Graders' keys are not for students unless the teacher says so. A guess gets its path without the lead.
        message = message.removesuffix(said(question.worked, numbers)).rstrip().removesuffix(WORKED_LEAD).rstrip()
    # A reply to what could not be read repeats what was typed: it is no text of the course.
    body = leaves.paragraphs([message]) if found.state == "unreadable" else _ours(message) if message else ""
    return f'<div class="box {side}"><p><strong>{verdict}</strong></p>{body}{_tempted(question, found)}</div>'


def _tempted(question: Question, found: Answered) -> str:
    """Which ideas the answers betrayed, the last one and earlier ones."""
    known = chapter(question.id.partition(".")[0]).misconceptions
    ideas = [known[name] for name in dict.fromkeys(found.misconceptions) if name and name in known]
    if not ideas:
        return ""
    head = "An idea that tempted here" if len(ideas) == 1 else "Ideas that tempted here"
    return f'<p class="quiet">{head}: {"; ".join(f"“{escape(idea)}”" for idea in ideas)}</p>'


def _manual(manual: ManualMark | None, title: str) -> str:
    if manual is None or (manual.points is None and not manual.comment):
        return ""
    rows = [[name, "" if got is None else _short(got), f"{most:g}"] for name, got, most in manual.by_criterion]
    given = any(got is not None for _, got, _ in manual.by_criterion)
    head = ("What was looked for", "Points", "Of")
    table = leaves.table(head, rows, f"Points by criterion: {title}", (1, 2)) if given else ""
    comment = f"<p>Your teacher writes:</p><blockquote>{leaves.paragraphs(manual.comment.splitlines())}</blockquote>"
    return table + (comment if manual.comment else "")
