"""The faces without a kernel: a sheet to read or print, and the quick questions of a chapter's page.

A sheet on the page shows the numbers of a sample student and never an answer, a reply or a help.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import (
    Cards,
    Chapter,
    Choice,
    Number,
    Numbers,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    ordered,
    said,
    value_of,
)
from regionalism.face import is_page

if TYPE_CHECKING:
    from regionalism.exercises.views import SelfCheckView

SAMPLE = "sample"
_BLANK = '<span class="ra-blank" aria-hidden="true">____________</span>'


# Sheet


def sheet_html(chapter: Chapter, student: str | int = SAMPLE) -> str:
    """The whole sheet as HTML with one student's numbers, without any solution."""
    questions = "\n".join(
        question_html(question, number, student) for number, question in enumerate(chapter.questions, start=1)
    )
    return f'<section class="ra-sheet" data-chapter="{chapter.stem}">{head_html(chapter)}{questions}</section>'


def head_html(chapter: Chapter) -> str:
    """What a reader of the page is told about the sheet."""
    points = sum(question.points for question in chapter.questions)
    return (
        f'<p class="ra-sheet-head">{len(chapter.questions)} questions, {points:g} points. In the notebook you type '
        "a name or a number, get numbers of your own and a reply to each answer. "
        "Here the sheet stands with sample numbers, to read or to print.</p>"
    )


def question_html(question: Question, number: int, student: str | int = SAMPLE) -> str:
    """One question as HTML: title, prompt, what to work with, and space for the answer."""
    numbers = question.numbers(student)
    name = f"question-{question.id.replace('.', '-')}"
    return (
        f'<section class="ra-question-sheet" id="{name}" aria-labelledby="{name}-title">'
        f'<h3 id="{name}-title">{number}. {inline(question.title)}</h3>'
        f"{points_html(question)}{to_html(said(question.prompt, numbers))}"
        f"{shown_html(question, numbers)}{_answer_html(question, numbers, student)}</section>"
    )


def points_html(question: Question) -> str:
    """The points of a question, and who marks it."""
    unit = "point" if question.points == 1 else "points"
    marked = ", marked by your teacher" if isinstance(question.kind, Text) or question.role == "transfer" else ""
    return f'<p class="ra-points">{question.points:g} {unit}{marked}</p>'


def question_text(question: Question, number: int, student: str | int) -> str:
    """One question as plain text, for places that show neither HTML nor widgets."""
    return f"{number}. {plain(question.title)}\n\n{said(question.prompt, question.numbers(student))}"


def shown_html(question: Question, numbers: Numbers) -> str:
    """What a question shows to work with, as HTML; an explorer by its title and place."""
    shown = question.show
    if shown is None:
        return ""
    if isinstance(shown, str):
        return _explorer_line(shown)
    return object_html(shown(numbers))


def object_html(shown: Any) -> str:
    """A table, a figure or a text as HTML. Raises TypeError for anything else."""
    if isinstance(shown, str):
        return to_html(shown)
    if hasattr(shown, "columns"):
        from regionalism.charts.tables import table_html

        scroll = 'class="ra-scroll" style="overflow-x:auto" tabindex="0" role="group" aria-label="Table to work with"'
        return f"<div {scroll}>{table_html(shown)}</div>"
    if hasattr(shown, "html"):
        return shown.html()
    raise TypeError(f"a question shows a table, a figure or a text, not {type(shown).__name__}")


def _explorer_line(name: str) -> str:
    from regionalism.explorers.core import registry

    title = escape(registry()[name].title)
    return f'<p>Work with the interactive <a href="../book/{name.split("-")[0]}.html#explorer-{name}">{title}</a>.</p>'


def _answer_html(question: Question, numbers: Numbers, student: str | int) -> str:
    kind = question.kind
    if isinstance(kind, (Choice, Several)):
        options = ordered(kind.options, kind.shuffled, student, question.id)
        head = "Choose one." if isinstance(kind, Choice) else "Tick all that hold."
        return f"<p>{head}</p>{_boxes(said(option.text, numbers) for option in options)}"
    if isinstance(kind, Cards):
        cards = ordered(kind.cards, kind.shuffled, student, question.id)
        bins = "; ".join(f"<strong>{inline(said(place.text, numbers))}</strong>" for place in kind.bins)
        return f"<p>Sort into: {bins}.</p>{_blanks(said(card.text, numbers) for card in cards)}"
    if isinstance(kind, Table):
        return _blanks(_labelled(said(cell.label, numbers), cell.number) for cell in kind.cells)
    if isinstance(kind, Sliders):
        return f"{_explorer_line(kind.explorer)}{goal_html(kind, numbers)}"
    if isinstance(kind, Text):
        return rubric_html(kind, numbers)
    return f"<p>{inline(_labelled('Answer', kind))}: {_BLANK}</p>"


def _labelled(label: str, number: Number) -> str:
    unit = "in percent" if number.percent else f"in {number.unit}" if number.unit else ""
    return f"{label} ({unit})" if unit else label


def _boxes(texts: Any) -> str:
    items = "".join(f"<li>☐ {inline(text)}</li>" for text in texts)
    return f'<ul class="ra-boxes" style="list-style:none">{items}</ul>'


def _blanks(texts: Any) -> str:
    return f'<ul class="ra-blanks">{"".join(f"<li>{inline(text)}: {_BLANK}</li>" for text in texts)}</ul>'


def goal_html(kind: Sliders, numbers: Numbers) -> str:
    """The goal of an explorer question in words, with what is held still."""
    from regionalism.explorers.core import registry

    explorer = registry()[kind.explorer]
    controls = {control.name: control for control in (*explorer.controls, *explorer.extra_controls)}
    held = [
        f"{controls[name].label}: {controls[name].display(value)}"
        for name, value in value_of(kind.fixed, numbers).items()
    ]
    free = "; ".join(controls[name].label for name in kind.free)
    still = f"<p>Held still: {escape('; '.join(held))}.</p>" if held else ""
    goal = inline(said(kind.goal_words, numbers))
    return f"<p><strong>Goal:</strong> {goal}.</p><p>You may move: {escape(free)}.</p>{still}"


def rubric_html(kind: Text, numbers: Numbers) -> str:
    """What a good argument does, as a list, and how long it is."""
    items = "".join(f"<li>{inline(said(item, numbers))}</li>" for item in kind.rubric)
    least, most = kind.least_words, kind.most_words
    length = f"{least} to {most} words. " if least and most else f"At least {least} words. " if least else ""
    return f"<p>{length}A good answer:</p><ul>{items}</ul>"


# Quick questions


class CheckYourself:
    """The quick questions of a chapter: radio buttons with a reply to each option.

    On the page they work without a kernel; in a notebook they are widgets. Nothing is saved or scored.
    """

    def __init__(self, chapter: Chapter) -> None:
        self.questions = chapter.self_check
        self._view: SelfCheckView | None = None

    @property
    def view(self) -> SelfCheckView:
        """The widgets; made at first use."""
        if self._view is None:
            from regionalism.exercises.views import SelfCheckView

            self._view = SelfCheckView(self.questions)
        return self._view

    def html(self) -> str:
        """The face of the page."""
        from regionalism.explorers.core import Option
        from regionalism.explorers.page import choice_html

        blocks = []
        for question in self.questions:
            numbers = question.numbers(SAMPLE)
            options = [Option(text, reply, right) for text, reply, right in replies(question, numbers)]
            name = f"check-{question.id.replace('.', '-')}"
            blocks.append(choice_html(name, plain(said(question.prompt, numbers)), options))
        return f'<div class="ra-check-yourself">{"".join(blocks)}</div>'

    def text(self) -> str:
        """The questions as plain text, without the replies."""
        return "\n\n".join(question_text(question, n, SAMPLE) for n, question in enumerate(self.questions, start=1))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return bundle(self.html, lambda: self.view.widget, self.text())


def replies(question: Question, numbers: Numbers) -> list[tuple[str, str, bool]]:
    """Text, reply and rightness of each option of a quick question, in the order of the sample student.

    Where an option has no reply of its own, that of its named wrong answer stands, or the praise.
    """
    assert isinstance(question.kind, Choice)
    right = value_of(question.right, numbers)
    named = {value_of(wrong.example, numbers): said(wrong.reply, numbers) for wrong in question.wrongs}
    named[right] = said(question.praise, numbers)
    return [
        (plain(said(o.text, numbers)), plain(said(o.reply, numbers) or named.get(o.id, "")), o.id == right)
        for o in ordered(question.kind.options, question.kind.shuffled, SAMPLE, question.id)
    ]


def bundle(html: Callable[[], str], widget: Callable[[], Any], text: str) -> dict[str, Any]:
    """What a notebook displays: HTML while the book is built, else a widget; plain text with both."""
    if is_page():
        return {"text/html": html(), "text/plain": text}
    return {**widget()._repr_mimebundle_(), "text/plain": text}
