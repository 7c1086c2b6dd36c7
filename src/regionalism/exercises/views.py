"""The widgets of a sheet: what is typed and clicked, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape
from typing import Any, Protocol

import ipywidgets as widgets

from regionalism.exercises.draws import seed_text
from regionalism.exercises.judging import Verdict
from regionalism.exercises.page import (
    SAMPLE,
    goal_html,
    object_html,
    points_html,
    replies,
    rubric_html,
)
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import (
    Cards,
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
)
from regionalism.exercises.reading import starting_values
from regionalism.exercises.sheets import NO_NAME, Sheet

_FULL = widgets.Layout(width="100%", max_width="46rem")
_FITTING = widgets.Layout(width="min(100%, 46rem)")
_WORDS = {"description_width": "initial"}
_NOT_PLACED = "not placed yet"
# Widgets cut long labels off; here they stand above their field and wrap.
_STYLE = """<style>
.ra-wraps.widget-inline-hbox { flex-wrap: wrap; height: auto; }
.ra-wraps.widget-inline-hbox > .widget-label { flex: 1 1 100%; width: auto !important; text-align: left; }
.ra-wraps .widget-label, .ra-wraps .widget-label-basic, .ra-wraps .widget-radio-box label {
  white-space: normal; overflow: visible; height: auto; line-height: 1.4; }
.ra-wraps .widget-radio-box label { display: block; padding: .2em 0 .2em 1.7em; }
.ra-wraps .widget-radio-box label input { height: auto; margin: .25em 0 0 -1.5em; }
.ra-wraps.widget-checkbox, .ra-wraps .widget-label-basic { height: auto; }
</style>"""
# The bar repeats in colour what the heading says in words.
_HEADINGS = {
    "right": ("Right", "#1b7837"),
    "partly": ("Partly right", "#b8860b"),
    "wrong": ("Not right yet", "#b35806"),
    "unreadable": ("Not counted", "#6b7280"),
    "saved": ("Saved", "#2166ac"),
    "silent": ("No answer yet", "#6b7280"),
}
_SILENT = "Give an answer first, then press the button again."


def _html(content: str) -> widgets.HTML:
    return widgets.HTML(_dressed(content), layout=_FULL)


def _dressed(content: str) -> str:
    """HTML in the notebook's own type, which widgets do not take over by themselves."""
    return f'<div class="jp-RenderedHTMLCommon" style="padding-right:0">{content}</div>' if content else ""


def _wrapping(widget: widgets.DOMWidget) -> Any:
    widget.add_class("ra-wraps")
    return widget


def verdict_html(verdict: Verdict | None) -> str:
    """What is said about an answer, announced to screen readers."""
    if verdict is None:
        return ""
    heading, colour = _HEADINGS[verdict.state]
    message = to_html(_SILENT if verdict.state == "silent" else verdict.message)
    reading = f"<p><small>{escape(verdict.reading)}</small></p>" if verdict.reading else ""
    return (
        f'<div role="status" style="border-left:4px solid {colour};padding:.2em .8em;line-height:1.45">'
        f"<p><strong>{heading}.</strong></p>{message}{reading}</div>"
    )


# One face for each kind of answer


class Face(Protocol):
    """The widgets in which an answer of one kind is given."""

    widget: widgets.Widget

    def read(self) -> Any:
        """The raw answer, as plain JSON; None where nothing was done."""

    def fill(self, raw: Any) -> None:
        """Show a raw answer; one of another kind leaves the widgets as they are."""


class NumberFace:
    """A box for a number."""

    def __init__(self, kind: Number, numbers: Numbers, label: str = "Your answer") -> None:
        unit = "%" if kind.percent else kind.unit
        self.box = widgets.Text(
            description=f"{label} ({unit})" if unit else label,
            placeholder="such as 12 % or 0.12" if kind.percent else "a number",
            style=_WORDS,
            layout=_FITTING,
        )
        self.widget = _wrapping(self.box)

    def read(self) -> str | None:
        return self.box.value or None

    def fill(self, raw: Any) -> None:
        if isinstance(raw, (str, int, float)) and not isinstance(raw, bool):
            with suppress(ValueError):  # Python refuses to write out a whole number of thousands of digits
                self.box.value = str(raw)


class ChoiceFace:
    """Radio buttons."""

    def __init__(self, kind: Choice, numbers: Numbers, question: Question, student: str) -> None:
        options = ordered(kind.options, kind.shuffled, student, question.id)
        self.radios = widgets.RadioButtons(
            options=[(plain(said(option.text, numbers)), option.id) for option in options],
            value=None,
            description="Choose one:",
            style=_WORDS,
            layout=_FITTING,
        )
        self.widget = _wrapping(self.radios)

    def read(self) -> str | None:
        return self.radios.value

    def fill(self, raw: Any) -> None:
        if any(raw == value for _, value in self.radios.options):
            self.radios.value = raw


class SeveralFace:
    """Boxes to tick."""

    def __init__(self, kind: Several, numbers: Numbers, question: Question, student: str) -> None:
        self.boxes = {
            option.id: widgets.Checkbox(
                value=False, description=plain(said(option.text, numbers)), indent=False, layout=_FITTING
            )
            for option in ordered(kind.options, kind.shuffled, student, question.id)
        }
        self.widget = widgets.VBox([widgets.Label("Tick all that hold:"), *map(_wrapping, self.boxes.values())])

    def read(self) -> list[str]:
        return sorted(name for name, box in self.boxes.items() if box.value)

    def fill(self, raw: Any) -> None:
        if isinstance(raw, (list, tuple, set, frozenset)):
            for name, box in self.boxes.items():
                box.value = name in list(raw)


class CardsFace:
    """A list of places for each card."""

    def __init__(self, kind: Cards, numbers: Numbers, question: Question, student: str) -> None:
        places = [(_NOT_PLACED, "")] + [(plain(said(place.text, numbers)), place.id) for place in kind.bins]
        self.lists = {
            card.id: widgets.Dropdown(
                options=places, value="", description=plain(said(card.text, numbers)), style=_WORDS, layout=_FITTING
            )
            for card in ordered(kind.cards, kind.shuffled, student, question.id)
        }
        self.widget = widgets.VBox([widgets.Label("Give each a place:"), *map(_wrapping, self.lists.values())])

    def read(self) -> dict[str, str]:
        return {name: places.value for name, places in self.lists.items() if places.value}

    def fill(self, raw: Any) -> None:
        if isinstance(raw, Mapping):
            for name, places in self.lists.items():
                place = raw.get(name) or ""
                if any(place == value for _, value in places.options):
                    places.value = place


class TableFace:
    """A box for each cell."""

    def __init__(self, kind: Table, numbers: Numbers) -> None:
        self.cells = {
            cell.id: NumberFace(cell.number, numbers, plain(said(cell.label, numbers))) for cell in kind.cells
        }
        self.widget = widgets.VBox([face.widget for face in self.cells.values()])

    def read(self) -> dict[str, str]:
        typed = {name: face.read() for name, face in self.cells.items()}
        return {name: value for name, value in typed.items() if value}

    def fill(self, raw: Any) -> None:
        if isinstance(raw, Mapping):
            for name, face in self.cells.items():
                face.box.value = ""
                face.fill(raw.get(name))


class SlidersFace:
    """An explorer of which only some controls may be moved."""

    def __init__(self, kind: Sliders, numbers: Numbers) -> None:
        from regionalism.explorers.core import registry

        explorer = registry()[kind.explorer]
        declared = {control.name: control for control in (*explorer.controls, *explorer.extra_controls)}
        self.free = kind.free
        self.live = explorer.live()
        self.live.set(**starting_values(kind, numbers))
        rows = [_control_row(declared[name], self.live.controls[name]) for name in kind.free]
        self.widget = widgets.VBox(
            [_html(goal_html(kind, numbers)), *rows, self.live.chart, self.live.sentence, self.live.table]
        )

    def read(self) -> dict[str, Any]:
        values = {name: self.live.values[name] for name in self.free}
        return {name: round(value, 9) if isinstance(value, float) else value for name, value in values.items()}

    def fill(self, raw: Any) -> None:
        if isinstance(raw, Mapping):
            try:
                self.live.set(**{name: value for name, value in raw.items() if name in self.free})
            except (ValueError, TypeError):
                return


def _control_row(control: Any, widget: widgets.ValueWidget) -> widgets.Widget:
    help_line = _html(f"<small>{escape(control.help)}</small>")
    _wrapping(widget)
    if not hasattr(control, "fine_step"):
        return widgets.VBox([widget, help_line])
    widget.layout = widgets.Layout(flex="1 1 12rem", width="auto")
    reading = widgets.Label(
        control.display(widget.value), layout=widgets.Layout(flex="0 0 auto", align_self="flex-end")
    )
    widget.observe(lambda change: setattr(reading, "value", control.display(change["new"])), names="value")
    return widgets.VBox([widgets.HBox([widget, reading]), help_line])


class TextFace:
    """A large box for an argument."""

    def __init__(self, kind: Text, numbers: Numbers) -> None:
        self.box = widgets.Textarea(
            description="Your answer", rows=9, placeholder="Write here", style=_WORDS, layout=_FITTING
        )
        self.widget = widgets.VBox([_html(rubric_html(kind, numbers)), _wrapping(self.box)])

    def read(self) -> str | None:
        return self.box.value or None

    def fill(self, raw: Any) -> None:
        if isinstance(raw, str):
            self.box.value = raw


def face_of(question: Question, numbers: Numbers, student: str) -> Face:
    """The widgets for a question's kind of answer."""
    kind = question.kind
    if isinstance(kind, Choice):
        return ChoiceFace(kind, numbers, question, student)
    if isinstance(kind, Several):
        return SeveralFace(kind, numbers, question, student)
    if isinstance(kind, Cards):
        return CardsFace(kind, numbers, question, student)
    if isinstance(kind, Number):
        return NumberFace(kind, numbers)
    if isinstance(kind, Table):
        return TableFace(kind, numbers)
    return SlidersFace(kind, numbers) if isinstance(kind, Sliders) else TextFace(kind, numbers)


# A question, a sheet


class QuestionView:
    """One question: `face` takes the answer, `button` checks it, `feedback` says what holds."""

    def __init__(self, sheet: Sheet, question: Question) -> None:
        self._sheet = sheet
        self._question = question
        self._student: str | None = None
        self._drafts: dict[str, Any] = {}
        self.face: Face | None = None
        number = sheet.number_of(question)
        self.title = _html(f"{_STYLE}<h3>{number}. {inline(question.title)}</h3>{points_html(question)}")
        self.button = widgets.Button(
            description="Check" if question.judged else "Save",
            tooltip=f"{'Check' if question.judged else 'Save'} the answer to question {number}",
        )
        self.button.on_click(lambda _: self.check())
        self.feedback = _html("")
        self.widget = widgets.VBox()
        self.refresh()
        sheet.listen(self.refresh)

    def check(self) -> Verdict:
        """Judge what stands in the widgets."""
        return self._sheet.answer(self._question.id, self.face.read() if self.face else None)

    def fill(self, raw: Any) -> None:
        """Put an answer into the widgets."""
        if self.face:
            self.face.fill(raw)

    def say(self, verdict: Verdict | None) -> None:
        """Show a verdict."""
        self.feedback.value = _dressed(verdict_html(verdict))

    def refresh(self) -> None:
        """Draw the question anew for another student; nothing happens for the same one."""
        if self._student == self._sheet.student:
            return
        if self.face and self._student:
            self._drafts[seed_text(self._student)] = self.face.read()
        self._student = self._sheet.student
        if not self._student:
            self.face = None
            self.widget.children = (self.title, _html(f"<p>{NO_NAME}</p>"))
            return
        numbers = self._sheet.numbers(self._question.id)
        self.face = face_of(self._question, numbers, self._student)
        prompt = _html(to_html(said(self._question.prompt, numbers)))
        shown = shown_widgets(self._question, numbers)
        self.widget.children = (self.title, prompt, *shown, self.face.widget, self.button, self.feedback)
        # What was typed but not checked yet comes back with the name: the box may have been touched by chance.
        draft = self._drafts.get(seed_text(self._student))
        self.fill(draft or self._sheet.kept_answer(self._question.id))
        self.say(self._sheet.verdict(self._question.id))


def shown_widgets(question: Question, numbers: Numbers) -> list[widgets.Widget]:
    """What a question gives to work with: an explorer, a figure, a table or a text."""
    if question.show is None:
        return []
    if isinstance(question.show, str):
        from regionalism.explorers.core import registry

        return [registry()[question.show].live(compact=True).widget]
    shown = question.show(numbers)
    if hasattr(shown, "specification"):
        output = {"output_type": "display_data", "data": shown._repr_mimebundle_(), "metadata": {}}
        return [widgets.Output(outputs=(output,))]
    return [_html(object_html(shown))]


class SheetView:
    """The whole sheet: `name` takes the student's name, `progress` says how far it is."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.name = widgets.Text(
            value=sheet.student,
            description="Your name or number",
            placeholder="then press Enter",
            continuous_update=False,
            style=_WORDS,
            layout=_FITTING,
        )
        self.name.observe(self._named, names="value")
        self.progress = _html("")
        self.notice = _html("")
        self.head = widgets.VBox([self.name, self.progress, self.notice])
        self._questions: widgets.VBox | None = None
        sheet.listen(self.refresh)
        self.refresh()

    @property
    def widget(self) -> widgets.VBox:
        """Head and all questions, one below the other."""
        if self._questions is None:
            title = _html(f"<h2>{inline(self._sheet.chapter.title)}</h2>")
            parts = [self._sheet.question(question.id).widget for question in self._sheet.chapter.questions]
            self._questions = widgets.VBox([title, self.head, *parts])
        return self._questions

    def _named(self, change: Mapping[str, Any]) -> None:
        if change["new"].strip() != self._sheet.student:
            self._sheet.student = change["new"]

    def refresh(self) -> None:
        """Show how far the student is and what the student must know."""
        if self.name.value.strip() != self._sheet.student:
            self.name.value = self._sheet.student
        line = f"{self._sheet.tally}." if self._sheet.student else NO_NAME
        rule = "The last answer you check is the one that counts." if self._sheet.student else ""
        self.progress.value = _dressed(f'<p role="status"><strong>{escape(line)}</strong> {rule}</p>')
        notice = self._sheet.notice if self._sheet.student else ""
        self.notice.value = _dressed(f'<p role="status">{escape(notice)}</p>' if notice else "")


class SelfCheckView:
    """The quick questions as widgets: `radios` and `replies` in the order of the questions."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.radios: list[widgets.RadioButtons] = []
        self.replies: list[widgets.HTML] = []
        rows = [self._row(question) for question in questions]
        self.widget = widgets.VBox([part for row in rows for part in row])

    def _row(self, question: Question) -> tuple[widgets.Widget, ...]:
        numbers = question.numbers(SAMPLE)
        rows = replies(question, numbers)
        radios = widgets.RadioButtons(
            options=[(text, place) for place, (text, _, _) in enumerate(rows)],
            value=None,
            description="Choose one:",
            style=_WORDS,
            layout=_FITTING,
        )
        reply = _html("")
        radios.observe(_replier(rows, reply), names="value")
        self.radios.append(radios)
        self.replies.append(reply)
        return _html(_STYLE + to_html(said(question.prompt, numbers))), _wrapping(radios), reply


def _replier(rows: list[tuple[str, str, bool]], reply: widgets.HTML) -> Callable[[Mapping[str, Any]], None]:
    def answer(change: Mapping[str, Any]) -> None:
        if change["new"] is None:
            reply.value = ""
            return
        _, words, right = rows[change["new"]]
        heading = "Right" if right else "Not right yet"
        reply.value = _dressed(f'<p role="status"><strong>{heading}.</strong> {escape(words)}</p>')

    return answer
