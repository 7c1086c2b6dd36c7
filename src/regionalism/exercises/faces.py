"""The widgets in which an answer is given, one face for each kind of answer.

A face knows nothing of right and wrong. `read()` gives the raw answer as plain JSON, `fill(raw)` shows
one, `fix()` closes the widgets. Every field is a native form field with a label, so that the keyboard
and a screen reader reach it. What is typed is sent when a field is left, and so always before the click on
a button: sent letter by letter, the last ones would come after it where the way to the kernel is slow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from html import escape
from importlib.resources import files
from typing import Any, Protocol

import ipywidgets as widgets

from regionalism.exercises.judging import walk_out_words
from regionalism.exercises.page import goal_html, partners_in_order, rubric_html
from regionalism.exercises.prose import inline, plain
from regionalism.exercises.question import (
    Allocate,
    Cards,
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
from regionalism.exercises.reading import (
    Parsed,
    Silent,
    Unreadable,
    read_number,
    share_number,
    show_number,
    starting_values,
)

FULL = widgets.Layout(width="100%", max_width="46rem")
FITTING = widgets.Layout(width="min(100%, 46rem)")
WORDS = {"description_width": "initial"}
_NARROW = widgets.Layout(width="min(100%, 24rem)")
_NOT_PLACED = "not placed yet"
_NO_PARTNER = "no partner yet"
# What a number typed into a box may differ from a sum, beyond which it is another sum.
_ROUNDING = 1e-6
# Widgets cut long labels off; here they stand above their field and wrap. Their own grey for hints is too pale.
# On a phone the labels of an interactive's sliders leave no room for the sliders: they stand above them too.
_CSS = """<style>
.ra-wraps.widget-inline-hbox { flex-wrap: wrap; height: auto; }
.ra-wraps.widget-inline-hbox > .widget-label { flex: 1 1 100%; width: auto !important; text-align: left; }
.ra-wraps .widget-label, .ra-wraps .widget-label-basic, .ra-wraps .widget-radio-box label {
  white-space: normal; overflow: visible; height: auto; line-height: 1.4; }
.ra-wraps .widget-radio-box label { display: block; padding: .2em 0 .2em 1.7em; }
.ra-wraps .widget-radio-box label input { height: auto; margin: .25em 0 0 -1.5em; }
.ra-wraps.widget-checkbox, .ra-wraps .widget-label-basic { height: auto; }
.ra-wraps textarea { font-family: inherit; line-height: 1.4; }
.ra-wraps input::placeholder, .ra-wraps textarea::placeholder { color: inherit; opacity: .75; }
.ra-wraps.widget-dropdown { margin-bottom: .4em; }
.ra-wraps.widget-dropdown > select { min-height: 28px; }
.ra-fixed input:disabled { opacity: 1 !important; }
.ra-fixed label:has(input:checked) { font-weight: bold; }
@media (max-width: 600px) {
  .jp-OutputArea-output .widget-inline-hbox { flex-wrap: wrap; height: auto; max-width: 100%; }
  .jp-OutputArea-output .widget-inline-hbox > .widget-label {
    flex: 1 1 100%; width: auto; min-width: 0; height: auto; white-space: normal; text-align: left; line-height: 1.4; }
}
[data-jp-theme-light="false"] .ra-plot { --ra-accent: #7db8ff; --ra-grid: #5a5f66; }
</style>"""
# A widget cannot set an attribute or hear a key by itself; a style element that is loaded can run a small script.
_SCRIPT = re.sub(r"(?m)^ *//.*\n", "", files(__package__).joinpath("notebook.js").read_text(encoding="utf-8"))
STYLE = f'{_CSS}<style onload="{escape(_SCRIPT)}">/* */</style>'


def dressed(content: str) -> str:
    """HTML in the notebook's own type, which widgets do not take over by themselves."""
    return f'<div class="jp-RenderedHTMLCommon" style="padding-right:0">{content}</div>' if content else ""


def html_widget(content: str) -> widgets.HTML:
    """A widget that shows HTML in the notebook's own type."""
    return widgets.HTML(dressed(content), layout=FULL)


def wrapping(widget: widgets.DOMWidget) -> Any:
    """The widget, its label above the field and wrapped."""
    widget.add_class("ra-wraps")
    return widget


class LiveLine:
    """A line that says what stands in the fields at present; a screen reader is told of each change."""

    def __init__(self) -> None:
        self.widget = html_widget("")

    def say(self, *sentences: str) -> None:
        """Show sentences of plain text, one below the other."""
        lines = "<br>".join(inline(sentence) for sentence in sentences if sentence)
        self.widget.value = dressed(f'<p role="status">{lines}</p>')


class Face(Protocol):
    """The widgets in which an answer of one kind is given."""

    widget: widgets.Widget

    def read(self) -> Any:
        """The raw answer, as plain JSON; None or empty where nothing was done."""

    def fill(self, raw: Any) -> None:
        """Show a raw answer; one of another kind leaves the widgets as they are."""


# Numbers and choices


class NumberFace:
    """A box for a number."""

    def __init__(self, kind: Number, numbers: Numbers, label: str = "Your answer") -> None:
        unit = "%" if kind.percent else kind.unit
        self.box = widgets.Text(
            description=f"{label} ({unit})" if unit else label,
            placeholder="such as 12 % or 0.12" if kind.percent else "a number",
            continuous_update=False,
            style=WORDS,
            layout=FITTING,
        )
        self.widget = wrapping(self.box)

    def read(self) -> str | None:
        return self.box.value or None

    def fill(self, raw: Any) -> None:
        if isinstance(raw, (str, int, float)) and not isinstance(raw, bool):
            with suppress(ValueError):  # Python refuses to write out a whole number of thousands of digits
                self.box.value = str(raw)


class ChoiceFace:
    """Radio buttons."""

    def __init__(self, kind: Choice, numbers: Numbers, question: Question, seed: str) -> None:
        options = ordered(kind.options, kind.shuffled, seed, question.id)
        self.radios = widgets.RadioButtons(
            options=[(plain(said(option.text, numbers)), option.id) for option in options],
            value=None,
            description="Choose one:",
            style=WORDS,
            layout=FITTING,
        )
        self.widget = wrapping(self.radios)

    def read(self) -> str | None:
        return self.radios.value

    def fill(self, raw: Any) -> None:
        if any(raw == value for _, value in self.radios.options):
            self.radios.value = raw


class SeveralFace:
    """Boxes to tick."""

    def __init__(self, kind: Several, numbers: Numbers, question: Question, seed: str) -> None:
        self.boxes = {
            option.id: widgets.Checkbox(
                value=False, description=plain(said(option.text, numbers)), indent=False, layout=FITTING
            )
            for option in ordered(kind.options, kind.shuffled, seed, question.id)
        }
        self.widget = widgets.VBox([widgets.Label("Tick all that hold:"), *map(wrapping, self.boxes.values())])

    def read(self) -> list[str]:
        return sorted(name for name, box in self.boxes.items() if box.value)

    def fill(self, raw: Any) -> None:
        if isinstance(raw, (list, tuple, set, frozenset)):
            for name, box in self.boxes.items():
                box.value = name in list(raw)


# Lists of places: cards, orders, pairs


def _list(label: str, options: list[tuple[str, Any]]) -> widgets.Dropdown:
    return wrapping(widgets.Dropdown(options=options, value="", description=label, style=WORDS, layout=FITTING))


def _chosen(lists: Mapping[str, widgets.Dropdown]) -> dict[str, Any]:
    return {name: chooser.value for name, chooser in lists.items() if chooser.value != ""}


def _choose(lists: Mapping[str, widgets.Dropdown], raw: Any) -> None:
    """Show a mapping from names to values in the lists; what a list does not offer leaves it as it is."""
    if not isinstance(raw, Mapping):
        return
    for name, chooser in lists.items():
        value = raw.get(name)
        value = "" if value is None or isinstance(value, (bool, list, dict)) else value
        if any(value == offered for _, offered in chooser.options):
            chooser.value = value


class CardsFace:
    """A list of heaps for each card."""

    def __init__(self, kind: Cards, numbers: Numbers, question: Question, seed: str) -> None:
        places = [(_NOT_PLACED, "")] + [(plain(said(place.text, numbers)), place.id) for place in kind.bins]
        cards = ordered(kind.cards, kind.shuffled, seed, question.id)
        self.lists = {card.id: _list(plain(said(card.text, numbers)), places) for card in cards}
        self.widget = widgets.VBox([widgets.Label("Give each a place:"), *self.lists.values()])

    def read(self) -> dict[str, str]:
        return _chosen(self.lists)

    def fill(self, raw: Any) -> None:
        _choose(self.lists, raw)


class OrderFace:
    """A list of places for each item, and a line with the order so far."""

    def __init__(self, kind: Order, numbers: Numbers, question: Question, seed: str) -> None:
        last = len(kind.items)
        ends = {1: plain(said(kind.first, numbers)), last: plain(said(kind.last, numbers))}
        places: list[tuple[str, Any]] = [(_NOT_PLACED, "")]
        places += [(f"{n}: {ends[n]}" if n in ends else str(n), n) for n in range(1, last + 1)]
        self.names = {
            item.id: plain(said(item.text, numbers)) for item in ordered(kind.items, kind.shuffled, seed, question.id)
        }
        self.lists = {name: _list(words, places) for name, words in self.names.items()}
        self.line = LiveLine()
        for chooser in self.lists.values():
            chooser.observe(lambda _: self._say(), names="value")
        head = html_widget(f"<p>Give each a place from 1 ({inline(ends[1])}) to {last} ({inline(ends[last])}).</p>")
        self.widget = widgets.VBox([head, *self.lists.values(), self.line.widget])
        self._say()

    def _say(self) -> None:
        self.line.say(*order_words(self.names, self.read()))

    def read(self) -> dict[str, int]:
        return _chosen(self.lists)

    def fill(self, raw: Any) -> None:
        if isinstance(raw, Mapping):
            raw = {name: _place(value) for name, value in raw.items()}
        _choose(self.lists, raw)


def _place(value: Any) -> Any:
    """A place that was given as text, as the number the lists hold."""
    return int(value) if isinstance(value, str) and len(value) <= 4 and value.strip().isdecimal() else value


def order_words(names: Mapping[str, str], places: Mapping[str, int]) -> list[str]:
    """Sentences on an order so far: who stands where, who has no place, which place is given twice."""
    if not places:
        return ["Your order so far: nothing has a place yet."]
    placed = sorted(places, key=places.__getitem__)
    sentences = [f"Your order so far: {', then '.join(names[name] for name in placed)}."]
    left = [words for name, words in names.items() if name not in places]
    if left:
        sentences.append(f"Still without a place: {'; '.join(left)}.")
    for place in sorted(set(places.values())):
        same = [names[name] for name in placed if places[name] == place]
        if len(same) > 1:
            sentences.append(f"Place {place} is given {len(same)} times: {'; '.join(same)}.")
    return sentences


class MatchFace:
    """A list of partners for each item, and a line on partners that serve twice."""

    def __init__(self, kind: Match, numbers: Numbers, question: Question, seed: str) -> None:
        partners = partners_in_order(question, seed)
        self.partners = {partner.id: plain(said(partner.text, numbers)) for partner in partners}
        offered: list[tuple[str, Any]] = [(_NO_PARTNER, "")]
        offered += [(words, name) for name, words in self.partners.items()]
        self.names = {
            item.id: plain(said(item.text, numbers)) for item in ordered(kind.items, kind.shuffled, seed, question.id)
        }
        self.lists = {name: _list(words, offered) for name, words in self.names.items()}
        self.line = LiveLine()
        for chooser in self.lists.values():
            chooser.observe(lambda _: self._say(), names="value")
        head = widgets.Label("Choose a partner for each. No partner serves twice.")
        self.widget = widgets.VBox([wrapping(head), *self.lists.values(), self.line.widget])
        self._say()

    def _say(self) -> None:
        chosen = self.read()
        sentences = [f"{len(chosen)} of {len(self.names)} have a partner."]
        for partner, words in self.partners.items():
            same = [self.names[item] for item, given in chosen.items() if given == partner]
            if len(same) > 1:
                sentences.append(f"\u201c{words}\u201d is chosen for {'; '.join(same)}. It can serve only once.")
        self.line.say(*sentences)

    def read(self) -> dict[str, str]:
        return _chosen(self.lists)

    def fill(self, raw: Any) -> None:
        _choose(self.lists, raw)


# Tables and shares


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


class AllocateFace:
    """A box for each receiver with two buttons to step, and a line on what is left and who would walk out."""

    def __init__(self, kind: Allocate, numbers: Numbers) -> None:
        self.kind, self.numbers = kind, numbers
        self.number = share_number(kind)
        self.names = {receiver.id: plain(said(receiver.text, numbers)) for receiver in kind.receivers}
        self.cells = {name: NumberFace(self.number, numbers, words) for name, words in self.names.items()}
        self.buttons: dict[str, tuple[widgets.Button, widgets.Button]] = {}
        self.line = LiveLine()
        total = show_number(self.number, float(value_of(kind.total, numbers)))
        head = html_widget(f"<p>Share out {escape(total)}. Write 0 for nothing.</p>")
        self.widget = widgets.VBox([head, *map(self._row, self.cells), self.line.widget])
        for face in self.cells.values():
            face.box.observe(lambda _: self._say(), names="value")
        self._say()

    def _row(self, name: str) -> widgets.Widget:
        """A box and its two buttons; these stand outside the tab order, since the box can do all they do."""
        face, step = self.cells[name], f"{self.kind.step:g}"
        face.box.layout = _NARROW
        less, more = (
            widgets.Button(
                description=f"{sign} {step}", tooltip=f"{self.names[name]}: {step} {word}", tabbable=False,
                layout=widgets.Layout(width="auto", align_self="flex-end"),
            )
            for sign, word in (("−", "less"), ("+", "more"))
        )  # fmt: skip
        less.on_click(lambda _: self._step(name, -self.kind.step))
        more.on_click(lambda _: self._step(name, self.kind.step))
        self.buttons[name] = (less, more)
        return widgets.HBox([face.widget, less, more], layout=widgets.Layout(flex_flow="row wrap"))

    def _step(self, name: str, by: float) -> None:
        found = self._found(name)
        if not isinstance(found, Unreadable):
            present = found.answer if isinstance(found, Parsed) else 0.0
            self.cells[name].box.value = f"{max(0.0, present + by):.10g}"

    def _found(self, name: str) -> Any:
        typed = self.cells[name].box.value
        return read_number(self.number, self.numbers, typed) if typed.strip() else Silent()

    def _say(self) -> None:
        self.line.say(*self.words())

    def words(self) -> list[str]:
        """Sentences on the shares as they stand: what cannot be read, what is left, who would walk out."""
        found = {name: self._found(name) for name in self.names}
        odd = [f"{self.names[name]}: {f.reason}" for name, f in found.items() if isinstance(f, Unreadable)]
        shares = {name: f.answer for name, f in found.items() if isinstance(f, Parsed)}
        total, given = float(value_of(self.kind.total, self.numbers)), math.fsum(shares.values())
        told = f"Given out: {show_number(self.number, given)} of {show_number(self.number, total)}."
        if abs(given - total) <= _ROUNDING * max(1.0, abs(total)):
            rest = "Nothing is left."
        else:
            over = "is left" if given < total else "too much"
            rest = f"{show_number(self.number, abs(total - given))} {over}."
        if not shares:
            return [*odd, told]
        left = "" if len(shares) == len(self.names) else "An empty box counts as nothing here."
        stays = walk_out_words(self.kind, self.numbers, shares)
        return [*odd, f"{told} {rest}", f"{stays} {left}".strip()]

    def read(self) -> dict[str, str]:
        return {name: face.box.value for name, face in self.cells.items() if face.box.value}

    def fill(self, raw: Any) -> None:
        if isinstance(raw, Mapping):
            for name, face in self.cells.items():
                face.box.value = ""
                face.fill(raw.get(name))


# Explorers and charts


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
            [html_widget(goal_html(kind, numbers)), *rows, self.live.chart, self.live.sentence, self.live.table]
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
    help_line = html_widget(f"<small>{escape(control.help)}</small>")
    wrapping(widget)
    if not hasattr(control, "fine_step"):
        return widgets.VBox([widget, help_line])
    widget.layout = widgets.Layout(flex="1 1 12rem", width="auto")
    reading = widgets.Label(
        control.display(widget.value), layout=widgets.Layout(flex="0 0 auto", align_self="flex-end")
    )
    widget.observe(lambda change: setattr(reading, "value", control.display(change["new"])), names="value")
    return widgets.VBox([widgets.HBox([widget, reading]), help_line])


class MarkFace:
    """A chart and, for each end of the mark, a slider with a number box.

    The box is the native field: it has a name, takes the arrow keys and says its value. The slider is
    for the mouse. Until one of them is touched, nothing is answered.
    """

    def __init__(self, kind: Mark, numbers: Numbers, name: str = "plot", title: str = "") -> None:
        self.kind, self.plot = kind, kind.plot(numbers)
        self._names = (name, title)
        self.touched = False
        self._held = False
        low, high = (float(end) for end in self.plot.x_range)
        labels = ("From", "To") if kind.span else ("Your mark",)
        starts = (low, high) if kind.span else (low + kind.step * round((high - low) / 2 / kind.step),)
        unit = f" ({kind.unit})" if kind.unit else ""
        self.boxes = [
            wrapping(
                widgets.BoundedFloatText(
                    value=start, min=low, max=high, step=kind.step, description=f"{label}{unit}", style=WORDS,
                    layout=widgets.Layout(width="min(100%, 14rem)"),
                )
            )
            for label, start in zip(labels, starts, strict=True)
        ]  # fmt: skip
        self.sliders = [
            wrapping(
                widgets.FloatSlider(
                    value=start, min=low, max=high, step=kind.step, readout=False, description=f"{label}: move",
                    style=WORDS, layout=widgets.Layout(flex="1 1 12rem", width="auto"),
                )
            )
            for label, start in zip(labels, starts, strict=True)
        ]  # fmt: skip
        for box, slider in zip(self.boxes, self.sliders, strict=True):
            box.observe(self._moved, names="value")
            slider.observe(self._moved, names="value")
        rows = [
            widgets.HBox([box, slider], layout=widgets.Layout(width="min(100%, 46rem)", flex_flow="row wrap"))
            for box, slider in zip(self.boxes, self.sliders, strict=True)
        ]
        self.chart = html_widget("")
        self.line = LiveLine()
        self.widget = widgets.VBox([self.chart, *rows, self.line.widget])
        self._draw()

    def _moved(self, change: Mapping[str, Any]) -> None:
        if self._held:
            return
        boxes = change["owner"] in self.boxes
        values = [float(field.value) for field in (self.boxes if boxes else self.sliders)]
        self._show(values)

    def _show(self, values: Iterable[float]) -> None:
        """Move boxes and sliders to the mark, without taking it for a move of the student's own each time."""
        self._held = True
        try:
            for box, slider, value in zip(self.boxes, self.sliders, values, strict=True):
                box.value = slider.value = round(value, 9)
        finally:
            self._held = False
        self.touched = True
        self._draw()

    @property
    def mark(self) -> Any:
        """Where the mark stands, touched or not."""
        values = [_whole(round(float(box.value), 9)) for box in self.boxes]
        return values if self.kind.span else values[0]

    def _draw(self) -> None:
        from regionalism.exercises.drawing import plot_html

        mark = self.read()
        name, title = self._names
        shown = tuple(mark) if isinstance(mark, list) else mark
        self.chart.value = dressed(plot_html(self.plot, shown, name=name, title=title))
        if mark is None:
            self.line.say("Nothing is marked yet. Type a number, use the arrow keys, or move the slider.")
            return
        unit = Number(unit=self.kind.unit)
        ends = [show_number(unit, end) for end in (mark if isinstance(mark, list) else [mark])]
        self.line.say(f"Marked: {' to '.join(ends)}.")

    def read(self) -> Any:
        return self.mark if self.touched else None

    def fill(self, raw: Any) -> None:
        if raw is None:
            self.touched = False
            self._draw()
            return
        values = list(raw) if isinstance(raw, (list, tuple)) else [raw]
        low, high = self.plot.x_range
        found = [read_number(Number(unit=self.kind.unit, between=(low, high)), {}, value) for value in values]
        if len(found) == len(self.boxes) and all(isinstance(value, Parsed) for value in found):
            self._show([value.answer for value in found if isinstance(value, Parsed)])


def _whole(value: float) -> float | int:
    """A value without decimals as a whole number: 2010, not 2010.0."""
    return int(value) if float(value).is_integer() else value


# Guesses and arguments


class PredictFace:
    """The face of what is asked; after the guess it is closed."""

    def __init__(self, kind: Predict, numbers: Numbers, question: Question, seed: str) -> None:
        ask = kind.ask
        self.ask: ChoiceFace | NumberFace
        if isinstance(ask, Choice):
            self.ask = ChoiceFace(ask, numbers, question, seed)
            self.ask.radios.description = "Your guess:"
            self.field = self.ask.radios
        else:
            self.ask = NumberFace(ask, numbers, "Your guess")
            self.field = self.ask.box
        self.widget = self.ask.widget

    def read(self) -> str | None:
        return self.ask.read()

    def fill(self, raw: Any) -> None:
        self.ask.fill(raw)

    def fix(self) -> None:
        """Close the field: the first guess stays."""
        self.field.disabled = True
        self.field.add_class("ra-fixed")


class TextFace:
    """A large box for an argument."""

    def __init__(self, kind: Text, numbers: Numbers) -> None:
        self.box = widgets.Textarea(
            description="Your answer", rows=9, placeholder="Write here", continuous_update=False,
            style=WORDS, layout=FITTING,
        )  # fmt: skip
        self.line = html_widget("")
        self.widget = widgets.VBox([html_widget(rubric_html(kind, numbers)), wrapping(self.box), self.line])

    def whenever_it_changes(self, keep: Callable[[str], bool]) -> None:
        """Hand on what is written, at each pause and when the field is left; the line says that it is kept."""

        def changed(change: Mapping[str, Any]) -> None:
            kept = keep(change["new"])
            words = len(change["new"].split())
            # No status role: a screen reader would break in at every pause.
            self.line.value = dressed(f"<p><small>Kept as you write: {words} words.</small></p>" if kept else "")

        self.box.observe(changed, names="value")

    def read(self) -> str | None:
        return self.box.value or None

    def fill(self, raw: Any) -> None:
        if isinstance(raw, str):
            self.box.value = raw


def face_of(question: Question, numbers: Numbers, seed: str) -> Face:
    """The widgets for a question's kind of answer; `seed` is what the order of options is drawn from."""
    kind = question.kind
    if isinstance(kind, Mark):
        return MarkFace(kind, numbers, name=f"plot-{question.id.replace('.', '-')}", title=plain(question.title))
    if type(kind) in _DRAWN:
        return _DRAWN[type(kind)](kind, numbers, question, seed)
    return _PLAIN[type(kind)](kind, numbers)


# Faces whose options stand in a drawn order, and faces that are the same for everybody but for the numbers.
_DRAWN: dict[type, Callable[..., Face]] = {
    Choice: ChoiceFace, Several: SeveralFace, Cards: CardsFace, Order: OrderFace, Match: MatchFace,
    Predict: PredictFace,
}  # fmt: skip
_PLAIN: dict[type, Callable[..., Face]] = {
    Number: NumberFace, Table: TableFace, Allocate: AllocateFace, Sliders: SlidersFace, Text: TextFace,
}  # fmt: skip
