"""The report on both tests: one page for the teacher, and the same in plain text for the screen.

Nothing of a student is in it but ids, and these only where a test is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from regionalism.charts.drawing import can_draw
from regionalism.charts.figure import Figure
from regionalism.exercises.prose import plain
from regionalism.grading import leaves
from regionalism.grading.pictures import tries_chart
from regionalism.grading.report import percent
from regionalism.grading.spreadsheets import decimal
from regionalism.teaching.answer_lines import Fault, Read
from regionalism.teaching.compare import FEW, Comparison, IdeaChange
from regionalism.teaching.forms import ITEMS, Form, statements, watched

TITLE = "Before and after the course"
_SOURCE = "The answers of those in this class who took both tests."
_LIMITS = (
    "There is no comparison group. A change may come from this course, from another one, from the news, or from "
    "meeting the same idea a second time.",
    "The two forms were written to be of equal difficulty. They have not been tried on a large group, so that a "
    "small difference may lie in the questions.",
    "Whoever guesses is right in one of four (25 %). A mean near 2.5 of 10 says little of knowledge.",
    "Only those who took both tests are counted. Those who left, or came late, may have changed in another way.",
    "Two items for each idea say something of a class and little of one student. Use it for no mark.",
)
_GAIN_WORDS = (
    "The gain g says what part of what was still missing before has been won: g = (after − before) / (1 − before), "
    "with the class means (Hake 1998). 1 means that nothing is missing any more, 0 that nothing changed; below 0 the "
    "class did worse."
)
_IDEA_WORDS = (
    "A student shows an idea if at least one answer betrays it. Counted are students who answered, both times, an item "
    "that can show it. Gone: shown only before. New: shown only after."
)


def summary_lines(found: Comparison) -> list[str]:
    """The numbers of the class in sentences; without shares for a small class."""
    if not found.mean:
        return ["Nobody took both tests, so nothing can be compared."]
    before, after = (ITEMS * share for share in found.mean)
    lines = [
        f"{_students(found.n)} took both tests.",
        f"Mean score before: {decimal(before)} of {ITEMS}. After: {decimal(after)} of {ITEMS}.",
        _gain_line(found),
        _own_line(found),
    ]
    if found.small:
        lines.insert(
            1,
            f"Fewer than {FEW} students took both tests. One student more or less can change everything here: "
            "read the counts, and no percentages are given.",
        )
    return lines


def _gain_line(found: Comparison) -> str:
    if found.gain is None:
        return "No gain can be given for the class: all answers were right before."
    spread = "No range is given for a class of this size."
    if found.gain_range:
        low, high = map(_signed, found.gain_range)
        spread = f"In 90 % of classes drawn anew from this one (bootstrap) it lies from {low} to {high}."
    return f"Gain of the class: g = {_signed(found.gain)}. {spread}"


def _own_line(found: Comparison) -> str:
    full = f" {_students(found.left_out)} had all right before and nothing to gain; left out here."
    out = full if found.left_out else ""
    if found.mean_gain is None:
        return f"No student's own gain can be given.{out}"
    return f"Mean of the students' own gains: {_signed(found.mean_gain)}.{out}"


def _students(number: int) -> str:
    return "1 student" if number == 1 else f"{number} students"


def _signed(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")


# Tables, the same for page and screen

_ITEM_HEAD = ("Item", "Right before", "Right after", "? before", "? after")
_IDEA_HEAD = ("Idea that leads astray", "Of", "Before", "After", "Gone", "New", "Stayed")


def item_rows(found: Comparison, first: Form) -> list[list[str]]:
    """A row for each pair of items: how many were right and how many gave no answer."""
    return [
        [
            f"{item.number}. {plain(first.ideas[item.number - 1].says)}",
            *(_count(met, found.n) for met in item.right),
            *(str(met) for met in item.unanswered),
        ]
        for item in found.items
    ]


def idea_rows(ideas: Iterable[IdeaChange]) -> list[list[str]]:
    """A row for each idea: of how many, who showed it before and after, gone, new and stayed."""
    return [
        [
            statements()[idea.name], str(idea.of), *(_count(met, idea.of) for met in idea.shown),
            str(idea.gone), str(idea.new), str(idea.stayed),
        ]
        for idea in ideas
    ]  # fmt: skip


def _count(part: int, whole: int) -> str:
    """A count, with its share where there are enough students for one."""
    return f"{part} ({percent(part, whole)})" if whole >= FEW else str(part)


def _looked_for(found: Comparison) -> tuple[list[IdeaChange], list[IdeaChange]]:
    """The eight ideas that the tests look for, and the others that an answer can betray."""
    looked = [idea for idea in found.ideas if idea.name in watched()]
    return looked, [idea for idea in found.ideas if idea not in looked]


def _reading_lines(reads: Sequence[tuple[str, Read]]) -> list[str]:
    """Every line that was not taken, or taken in another way than it looks, with its number; no text of a line."""
    lines = []
    for test, read in reads:
        lines += [f"{test} test, line {fault.line}: not read, {fault.reason}." for fault in read.faults]
        lines += [f"{test} test, line {remark.line}: {remark.reason}." for remark in read.remarks]
    return [f"{line[0].upper()}{line[1:]}" for line in lines]


def _alone_lines(found: Comparison) -> list[str]:
    pairs = (("first", found.only_first), ("second", found.only_second))
    return [f"Only the {test} test: {_students(len(ids))} ({', '.join(ids)})." for test, ids in pairs if ids]


# The page


def report_html(found: Comparison, first: Form, before: Read, after: Read) -> str:
    """The report as a page: one file, no script, nothing from outside."""
    looked, others = _looked_for(found)
    told = [*_reading_lines((("first", before), ("second", after))), *_alone_lines(found)]
    parts = [
        leaves.items(summary_lines(found)),
        f'<p class="quiet">{escape(_GAIN_WORDS)}</p>',
        _pictures(found, first) if found.mean and not found.small else "",
        "<h2>Question by question</h2>",
        '<p class="quiet">? stands for “I do not know” and for no answer.</p>',
        leaves.table(_ITEM_HEAD, item_rows(found, first), f"Of {_students(found.n)} with both tests", range(1, 5)),
        "<h2>Ideas that lead astray</h2>",
        f'<p class="quiet">{escape(_IDEA_WORDS)}</p>',
        leaves.table(_IDEA_HEAD, idea_rows(looked), "The ideas that the tests look for", range(1, 7)),
        leaves.table(_IDEA_HEAD, idea_rows(others), "Other ideas that an answer can show", range(1, 7)),
        "<h2>What was read</h2>",
        leaves.items(_read_words(before, after)),
        leaves.items(told) if told else "",
        "<h2>What this can and cannot show</h2>",
        leaves.items(_LIMITS),
    ]
    return leaves.page(TITLE, "".join(parts))


def _read_words(before: Read, after: Read) -> list[str]:
    return [
        f"{name} test: {_students(len(read.students))} read, {_lines(read.faults)} not read."
        for name, read in (("First", before), ("Second", after))
    ]


def _lines(faults: Sequence[Fault]) -> str:
    return "1 line" if len(faults) == 1 else f"{len(faults)} lines"


def _pictures(found: Comparison, first: Form) -> str:
    """The two charts as inline SVG; nothing where no converter is installed, since the tables say the same."""
    if not can_draw():
        return ""
    figures = (_items_figure(found, first), _ideas_figure(found))
    return "".join(f'<div style="break-inside:avoid">{figure.html()}</div>' for figure in figures)


def _items_figure(found: Comparison, first: Form) -> Figure:
    rows = [
        (f"{item.number}. {first.ideas[item.number - 1].says}", *(100 * met / found.n for met in item.right))
        for item in found.items
    ]
    assert found.mean is not None
    before, after = (100 * share for share in found.mean)
    title = f"Right before {before:.0f} %, after {after:.0f} %"
    return _figure("items", title, "Share of students who were right: open before the course, filled after it", rows)


def _ideas_figure(found: Comparison) -> Figure:
    looked = [idea for idea in _looked_for(found)[0] if idea.of]
    rows = [(statements()[idea.name], *(100 * met / idea.of for met in idea.shown)) for idea in looked]
    fell = sum(idea.shown[1] < idea.shown[0] for idea in looked)
    title = f"{fell} of {len(looked)} ideas that lead astray were shown by fewer students after the course"
    subtitle = "Share of students who showed an idea: open before the course, filled after it"
    return _figure("ideas", title, subtitle, rows)


def _figure(name: str, title: str, subtitle: str, rows: Sequence[tuple]) -> Figure:
    table = pd.DataFrame(rows, columns=["question", "first", "last"])
    return Figure(
        name=f"before-after-{name}",
        title=title,
        subtitle=subtitle,
        source=_SOURCE,
        tables=(),
        alt=f"{title}. A row for each of {len(rows)}, with the shares before and after, as in the tables below.",
        draw=lambda width: tries_chart(table, width),
        numbers=table.rename(columns={"question": "Row", "first": "Before, %", "last": "After, %"}),
        digits={"Before, %": 0, "After, %": 0},
    )


# The screen


def report_text(found: Comparison, first: Form, before: Read, after: Read) -> str:
    """The report in plain text."""
    looked, others = _looked_for(found)
    blocks = [
        [*_read_words(before, after), *_reading_lines((("first", before), ("second", after))), *_alone_lines(found)],
        summary_lines(found),
    ]
    if found.mean:
        blocks += [
            _columns([_ITEM_HEAD, *item_rows(found, first)]),
            _columns([_IDEA_HEAD, *idea_rows([*looked, *others])]),
            ["No comparison group, forms not calibrated, 25 % by chance: the report says more of this."],
        ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as aligned lines: numbers before, the text behind, so that a narrow window cuts nothing that counts."""
    widths = [max(len(row[at]) for row in rows) for at in range(1, len(rows[0]))]
    return [
        "  ".join([*(cell.rjust(width) for cell, width in zip(row[1:], widths, strict=True)), row[0]]) for row in rows
    ]
