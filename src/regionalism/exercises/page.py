"""The faces without a kernel: a sheet to read or print, and the quick questions of a chapter's page.

A sheet on the page shows the numbers of a sample student and never an answer, a reply or a help. The
quick questions answer back: their fields are plain HTML, `questions.js` judges from their program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from regionalism.exercises.drawing import plot_html
from regionalism.exercises.program import program
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Cards,
    Chapter,
    Choice,
    Mark,
    Match,
    Number,
    Numbers,
    Order,
    Predict,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    ordered,
    said,
    value_of,
)
from regionalism.exercises.reading import share_number, show_number
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
        "your id, get numbers of your own and a reply to each answer. "
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
        f"{shown_html(question, numbers)}{answer_html(question, numbers, student)}</section>"
    )


def points_html(question: Question) -> str:
    """The points of a question, and who marks it."""
    unit = "point" if question.points == 1 else "points"
    marked = ", marked after you hand in" if isinstance(question.kind, Text) or question.role == "transfer" else ""
    return f'<p class="ra-points">{question.points:g} {unit}{marked}</p>'


def question_text(question: Question, number: int, student: str | int) -> str:
    """One question as plain text, for places that show neither HTML nor widgets."""
    return f"{number}. {plain(question.title)}\n\n{said(question.prompt, question.numbers(student))}"


def shown_html(question: Question, numbers: Numbers) -> str:
    """What a question shows to work with, as HTML; an explorer by its title and place.

    What a prediction shows is what came out: it is left out here, since it comes after the guess.
    """
    return "" if isinstance(question.kind, Predict) else revealed_html(question, numbers)


def revealed_html(question: Question, numbers: Numbers) -> str:
    """What a question shows, also where it shows what came out."""
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


def partners_in_order(question: Question, seed: str | int) -> list[Bin]:
    """The partners of a match in one student's order.

    Their stream is apart from that of the items: two equal shuffles would leave each beside its partner.
    """
    kind = question.kind
    assert isinstance(kind, Match)
    return ordered(kind.partners, kind.shuffled, seed, f"{question.id}/partners")


def answer_html(question: Question, numbers: Numbers, student: str | int) -> str:
    """Room for an answer on paper."""
    kind = question.asks
    if isinstance(kind, (Choice, Several)):
        options = ordered(kind.options, kind.shuffled, student, question.id)
        head = "Choose one." if isinstance(kind, Choice) else "Tick all that hold."
        return f"<p>{head}</p>{_boxes(said(option.text, numbers) for option in options)}"
    if isinstance(kind, Cards):
        cards = ordered(kind.cards, kind.shuffled, student, question.id)
        bins = "; ".join(f"<strong>{inline(said(place.text, numbers))}</strong>" for place in kind.bins)
        return f"<p>Sort into: {bins}.</p>{_blanks(said(card.text, numbers) for card in cards)}"
    if isinstance(kind, Order):
        items = ordered(kind.items, kind.shuffled, student, question.id)
        return f"<p>{order_words(kind, numbers)}</p>{_blanks(said(item.text, numbers) for item in items)}"
    if isinstance(kind, Match):
        return _match_html(question, kind, numbers, student)
    if isinstance(kind, Table):
        return _blanks(_labelled(said(cell.label, numbers), cell.number) for cell in kind.cells)
    if isinstance(kind, Allocate):
        return _shares_html(kind, numbers)
    if isinstance(kind, Mark):
        return _mark_html(question, kind, numbers)
    if isinstance(kind, Sliders):
        return f"{_explorer_line(kind.explorer)}{goal_html(kind, numbers)}"
    if isinstance(kind, Text):
        return rubric_html(kind, numbers)
    label = "Your guess" if isinstance(question.kind, Predict) else "Answer"
    return f"<p>{inline(_labelled(label, kind))}: {_BLANK}</p>"


def order_words(kind: Order, numbers: Numbers) -> str:
    """What the first and the last place of an order stand for, as HTML."""
    ends = [inline(said(end, numbers)) for end in (kind.first, kind.last)]
    return f"Give each a place from 1 ({ends[0]}) to {len(kind.items)} ({ends[1]})."


def _match_html(question: Question, kind: Match, numbers: Numbers, student: str | int) -> str:
    """Two lists: what needs a partner, with a blank for a letter, and the partners with their letters."""
    items = ordered(kind.items, kind.shuffled, student, question.id)
    partners = "".join(f"<li>{inline(said(p.text, numbers))}</li>" for p in partners_in_order(question, student))
    return (
        f"<p>Write the letter of a partner beside each. No partner serves twice.</p>"
        f"{_blanks(said(item.text, numbers) for item in items)}"
        f'<ol class="ra-letters" type="A">{partners}</ol>'
    )


def _shares_html(kind: Allocate, numbers: Numbers) -> str:
    number = share_number(kind)
    total = escape(show_number(number, float(value_of(kind.total, numbers))))
    blanks = _blanks(_labelled(said(receiver.text, numbers), number) for receiver in kind.receivers)
    return f"<p>Share out {total}.</p>{blanks}<p>Together: {_BLANK} of {total}</p>"


def _mark_html(question: Question, kind: Mark, numbers: Numbers) -> str:
    name = f"plot-{question.id.replace('.', '-')}"
    drawn = plot_html(kind.plot(numbers), name=name, title=plain(question.title))
    unit = f" ({kind.unit})" if kind.unit else ""
    ends = ("From", "To") if kind.span else ("At",)
    lines = "".join(f"<p>{end}{escape(unit)}: {_BLANK}</p>" for end in ends)
    asked = "Mark the stretch in the chart" if kind.span else "Mark the place in the chart"
    return f"{drawn}<p>{asked} and write it down.</p>{lines}"


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
    """The quick questions of a chapter, with a reply to each answer.

    On the page they work without a kernel and keep their answers in the browser; in a notebook they
    are widgets. Nothing is scored.
    """

    def __init__(self, chapter: Chapter) -> None:
        self.stem = chapter.stem
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
        return quick_html(self.stem, self.questions)

    def text(self) -> str:
        """The questions as plain text, without the replies."""
        return "\n\n".join(question_text(question, n, SAMPLE) for n, question in enumerate(self.questions, start=1))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return bundle(self.html, lambda: self.view.widget, self.text())


def quick_html(stem: str, questions: Iterable[Question]) -> str:
    """Questions that answer back on a page without a kernel, and what can be done with their answers.

    Raises QuestionError for one that cannot (see `program.program`).
    """
    asked = "".join(quick_question_html(question) for question in questions)
    return f'<div class="ra-check-yourself" data-questions="{escape(stem)}">{asked}{_KEEPING}</div>'


# The script shows this part: without it nothing is kept.
_KEEPING = (
    '<details class="ra-keeping" hidden><summary>Your answers to these questions</summary>'
    "<p>They stay on this device, in this browser, and go nowhere else. A file takes them to another device.</p>"
    '<p class="ra-keeping-buttons">'
    '<button type="button" class="ra-button" data-keep="download">Download my answers</button>'
    '<button type="button" class="ra-button" data-keep="take">Take up answers from a file</button>'
    '<button type="button" class="ra-button" data-keep="forget">Forget my answers on this device</button>'
    '<input type="file" accept=".json,application/json" aria-label="A file of answers" tabindex="-1" hidden>'
    '</p></details><p class="ra-notice" role="status"></p>'
)


def quick_question_html(question: Question) -> str:
    """One question with its fields, its paper form for readers without a script, and its program."""
    numbers = question.numbers(SAMPLE)
    name = f"check-{question.id.replace('.', '-')}"
    made = json.dumps(program(question, numbers), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    made = made.replace("<", "\\u003c")  # or a text could end the script
    button = "This is my guess" if isinstance(question.kind, Predict) else "Check this answer"
    button = "Keep this text" if isinstance(question.kind, Text) else button
    revealed = revealed_html(question, numbers) if isinstance(question.kind, Predict) else ""
    later = f'<div class="ra-later">{revealed}</div>' if revealed else ""
    return (
        f'<div class="ra-check" role="group" id="{name}" aria-labelledby="title-{name}">'
        f'<p class="ra-kicker" id="title-{name}">{inline(question.title)}</p>'
        f'<div class="ra-prompt" id="prompt-{name}">{to_html(said(question.prompt, numbers))}</div>'
        f"{shown_html(question, numbers)}"
        f'<form class="ra-live" novalidate hidden data-button="{button}">{_fields_html(question, numbers, name)}'
        f'<button type="submit" class="ra-button">{button}</button></form>'
        f'<div class="ra-offline">{answer_html(question, numbers, SAMPLE)}</div>'
        f'<div class="ra-reply" role="status"></div>'
        f'<details class="ra-replies"><summary>{_summary(question)}</summary>'
        f"{_explained_html(question, numbers)}{later}</details>"
        f'<script type="application/json">{made}</script></div>'
    )


def _summary(question: Question) -> str:
    kind = question.asks
    if isinstance(kind, Text):
        return "What a reader looks for"
    return "What each answer means" if isinstance(kind, Choice) else "The answer, and why"


def _fields_html(question: Question, numbers: Numbers, name: str) -> str:
    """The native fields in which a question is answered."""
    guess = isinstance(question.kind, Predict)
    kind = question.asks
    if isinstance(kind, (Choice, Several)):
        return _ticks_html(question, kind, numbers, name)
    if isinstance(kind, Number):
        return _typed_html(name, "0", "Your guess" if guess else "Your answer", kind)
    if isinstance(kind, Text):
        return (
            f'{rubric_html(kind, numbers)}<p class="ra-field"><label for="{name}--0">Your text</label>'
            f'<textarea id="{name}--0" data-part="0" rows="8"></textarea></p>'
        )
    if isinstance(kind, Table):
        cells = (_typed_html(name, cell.id, said(cell.label, numbers), cell.number) for cell in kind.cells)
        return _group(name, "Fill in a number each.", "".join(cells))
    if isinstance(kind, Allocate):
        return _allocate_html(kind, numbers, name)
    if isinstance(kind, Mark):
        return _ranges_html(question, kind, numbers, name)
    return _lists_html(question, kind, numbers, name)


def _group(name: str, legend: str, fields: str, line: bool = False) -> str:
    """Fields with a legend; a screen reader says the prompt with it. `line` leaves room for what stands so far."""
    so_far = '<p class="ra-so-far" role="status"></p>' if line else ""
    return f'<fieldset aria-describedby="prompt-{name}"><legend>{legend}</legend>{fields}</fieldset>{so_far}'


def _ticks_html(question: Question, kind: Choice | Several, numbers: Numbers, name: str) -> str:
    one = isinstance(kind, Choice)
    options = "".join(
        f'<div class="ra-option"><input type="{"radio" if one else "checkbox"}" name="{name}" id="{name}--{option.id}"'
        f' value="{option.id}" data-part="{option.id}">'
        f'<label for="{name}--{option.id}">{inline(said(option.text, numbers))}</label></div>'
        for option in ordered(kind.options, kind.shuffled, SAMPLE, question.id)
    )
    return _group(name, "Choose one." if one else "Tick all that hold.", options)


def _typed_html(name: str, part: str, label: str, number: Number, buttons: str = "") -> str:
    """A box for a number; a point or a comma may be typed, so it is a text to the browser."""
    described = f' aria-describedby="prompt-{name}"' if part == "0" else ""
    return (
        f'<p class="ra-field"><label for="{name}--{part}">{inline(_labelled(label, number))}</label>'
        f'<span class="ra-box"><input type="text" inputmode="decimal" autocomplete="off" id="{name}--{part}"'
        f' data-part="{part}"{described}>{buttons}</span></p>'
    )


def _allocate_html(kind: Allocate, numbers: Numbers, name: str) -> str:
    number = share_number(kind)
    boxes = []
    for receiver in kind.receivers:
        words, step = said(receiver.text, numbers), f"{kind.step:g}"
        # The box can do all they do: the keyboard need not pass them.
        buttons = "".join(
            f'<button type="button" class="ra-step" tabindex="-1" data-step="{sign}{step}"'
            f' data-box="{name}--{receiver.id}" aria-label="{shown} {step}: {escape(plain(words))}">'
            f"{shown} {step}</button>"
            for sign, shown in (("-", "\u2212"), ("", "+"))
        )
        boxes.append(_typed_html(name, receiver.id, words, number, buttons))
    total = escape(show_number(number, float(value_of(kind.total, numbers))))
    return _group(name, f"Share out {total}. Write 0 for nothing.", "".join(boxes), line=True)


def _ranges_html(question: Question, kind: Mark, numbers: Numbers, name: str) -> str:
    plot = kind.plot(numbers)
    low, high = plot.x_range
    unit = f" ({kind.unit})" if kind.unit else ""
    # Each begins in the middle of its half, so that an end of the axis is a move as well.
    starts = {"From": 0.25, "To": 0.75} if kind.span else {"Your mark": 0.5}
    ranges = "".join(
        f'<p class="ra-field ra-range"><label for="{name}--{at}">{words}{escape(unit)}</label>'
        f'<output for="{name}--{at}" aria-live="off">not marked yet</output>'
        f'<input type="range" id="{name}--{at}" data-part="{at}" min="{low:.12g}" max="{high:.12g}"'
        f' step="{kind.step:.12g}" value="{low + kind.step * round(share * (high - low) / kind.step):.12g}"'
        f' aria-valuetext="not marked yet" autocomplete="off"></p>'
        for at, (words, share) in enumerate(starts.items())
    )
    drawn = plot_html(plot, name=f"plot-{name}", title=plain(question.title))
    how = "Move the marks, or press on the chart." if kind.span else "Move the mark, or press on the chart."
    return drawn + _group(name, how, ranges)


def _lists_html(question: Question, kind: Cards | Order | Match | Sliders, numbers: Numbers, name: str) -> str:
    """A list of places, heaps or partners for each part."""
    assert not isinstance(kind, Sliders)
    if isinstance(kind, Order):
        legend, parts, empty = order_words(kind, numbers), kind.items, "not placed yet"
        goals = [(str(place), str(place)) for place in range(1, len(kind.items) + 1)]
    elif isinstance(kind, Cards):
        legend, parts, empty = "Give each a place.", kind.cards, "not placed yet"
        goals = [(place.id, plain(said(place.text, numbers))) for place in kind.bins]
    else:
        legend, parts, empty = "Choose a partner for each. No partner serves twice.", kind.items, "no partner yet"
        goals = [(place.id, plain(said(place.text, numbers))) for place in partners_in_order(question, SAMPLE)]
    offered = f'<option value="">{empty}</option>'
    offered += "".join(f'<option value="{value}">{escape(words)}</option>' for value, words in goals)
    lists = "".join(
        f'<p class="ra-field"><label for="{name}--{part.id}">{inline(said(part.text, numbers))}</label>'
        f'<select id="{name}--{part.id}" data-part="{part.id}" autocomplete="off">{offered}</select></p>'
        for part in ordered(parts, kind.shuffled, SAMPLE, question.id)
    )
    return _group(name, legend, lists, line=isinstance(kind, Order))


def _explained_html(question: Question, numbers: Numbers) -> str:
    """What is said to the answers, for readers without a script."""
    kind = question.asks
    if isinstance(kind, Choice):
        items = "".join(
            f'<li data-right="{str(right).lower()}"><strong>{escape(text)}</strong> <span>{escape(reply)}</span></li>'
            for text, reply, right in replies(question, numbers)
        )
        return f"<ul>{items}</ul>{to_html(said(question.worked, numbers)) if kind is not question.kind else ''}"
    if isinstance(kind, Text):
        return "<p>There is no expected answer. Read your text against the list above.</p>"
    return to_html(said(question.worked, numbers)) + to_html(said(question.praise, numbers))


def replies(question: Question, numbers: Numbers) -> list[tuple[str, str, bool]]:
    """Text, reply and rightness of each option of a quick question, in the order of the sample student.

    Where an option has no reply of its own, that of its named wrong answer stands, or the praise.
    """
    kind = question.asks
    assert isinstance(kind, Choice)
    right = value_of(question.right, numbers)
    named = {value_of(wrong.example, numbers): said(wrong.reply, numbers) for wrong in question.wrongs}
    named[right] = said(question.praise, numbers)
    return [
        (plain(said(o.text, numbers)), plain(said(o.reply, numbers) or named.get(o.id, "")), o.id == right)
        for o in ordered(kind.options, kind.shuffled, SAMPLE, question.id)
    ]


def bundle(html: Callable[[], str], widget: Callable[[], Any], text: str) -> dict[str, Any]:
    """What a notebook displays: HTML while the book is built, else a widget; plain text with both."""
    if is_page():
        return {"text/html": html(), "text/plain": text}
    return {**widget()._repr_mimebundle_(), "text/plain": text}
