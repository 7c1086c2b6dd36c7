"""The live face of an explorer: widgets that call the model itself."""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from regionalism.charts.drawing import can_draw, svg
from regionalism.charts.tables import python_records, table_html
from regionalism.charts.theme import VEGALITE_MIME, themed
from regionalism.explorers.assets import DATA_NAME, with_named_data
from regionalism.explorers.core import Choice, Control, Explorer, Prediction, Preset, Slider, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 640
FULL = widgets.Layout(width="auto", max_width="720px")


class Live:
    """An explorer with widgets.

    ``controls`` maps names to widgets, ``values`` gives their state, ``set`` moves them, ``chart`` shows the
    chart, ``sentence`` and ``table`` say what holds, ``presets`` maps labels to buttons, ``reset`` is a
    button, ``prediction`` is asked first, and ``widget`` holds it all. A ``compact`` one leaves out the
    prediction and the texts to read: inside a question they would ask something else, or give it away.
    """

    def __init__(self, explorer: Explorer, *, compact: bool = False) -> None:
        self.explorer = explorer
        # Declaring and checking a chart takes ten times as long as the model, and it is the same chart at
        # every step: only its rows change, as on the page.
        self._specification = with_named_data(themed(explorer.chart(WIDTH), "live"))
        self.controls = {
            control.name: _control_widget(control) for control in (*explorer.controls, *explorer.extra_controls)
        }
        self.chart = widgets.Output(layout=FULL)
        self.sentence = widgets.HTML(layout=FULL)
        self.table = widgets.HTML(layout=FULL)
        self.note = widgets.HTML(layout=FULL)
        self.presets = {preset.label: self._preset_button(preset) for preset in explorer.presets}
        self.reset = widgets.Button(description="Start again", icon="undo")
        self.reset.on_click(lambda _: self._start_again())
        self.prediction = LivePrediction(explorer.prediction)
        self._held = False
        for widget in self.controls.values():
            widget.observe(self._moved, names="value")
        self.widget = self._compact() if compact else self._assembled()
        self._redraw()

    @property
    def values(self) -> Values:
        """The present value of every control."""
        return {name: widget.value for name, widget in self.controls.items()}

    def set(self, **values: Any) -> None:
        """Move controls and redraw once.

        Raises
        ------
        ValueError
            If a control is unknown or a value is out of range; nothing moves then.
        """
        complete = self.explorer.checked(**{**self.values, **values})
        with self._one_redraw():
            for name in values:
                self.controls[name].value = complete[name]

    def bundle(self) -> dict[str, Any]:
        """Return the widgets as a notebook shows them, with picture and sentence for front ends without widgets."""
        shown = self.chart.outputs[0]["data"]
        sentence = shown["text/plain"]
        bundle = {**self.widget._repr_mimebundle_(), "text/plain": sentence}
        if can_draw():
            bundle["image/svg+xml"] = svg(shown[VEGALITE_MIME], f"live-{self.explorer.name}", sentence)
        return bundle

    def _start_again(self) -> None:
        self.note.value = ""
        self.set(**self.explorer.defaults(extra=True))

    def _preset_button(self, preset: Preset) -> widgets.Button:
        button = widgets.Button(description=preset.label, tooltip=preset.note, layout=widgets.Layout(width="auto"))

        def choose(_: Any) -> None:
            self.set(**{**self.explorer.defaults(extra=True), **preset.values})
            self.note.value = f"<p><em>{escape(preset.note)}</em></p>"

        button.on_click(choose)
        return button

    def _moved(self, _: Any) -> None:
        if not self._held:
            self._redraw()

    @contextmanager
    def _one_redraw(self) -> Iterator[None]:
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self._redraw()

    def _redraw(self) -> None:
        values = self.explorer.checked(**self.values)
        frame = self.explorer.results(**values)
        sentence = self.explorer.sentence(values, frame)
        specification = {**self._specification, "datasets": {DATA_NAME: python_records(frame)}}
        bundle = {VEGALITE_MIME: specification, "text/plain": sentence}
        self.chart.outputs = ({"output_type": "display_data", "data": bundle, "metadata": {}},)
        self.sentence.value = f'<p style="font-size:1.1em"><strong>{escape(sentence)}</strong></p>'
        shown = [column for column in self.explorer.columns if column.shown]
        numbers = table_html(
            frame[[column.name for column in shown]],
            {column.name: column.label for column in shown},
            {column.name: column.digits for column in shown},
        )
        self.table.value = f"<details><summary>Numbers behind this chart</summary>{numbers}</details>"

    def _assembled(self) -> widgets.VBox:
        explorer = self.explorer
        head = f"<h3>{escape(explorer.title)}</h3><p>{escape(explorer.question)}</p>"
        reading = widgets.HTML(_helps(explorer) + _reading(explorer), layout=FULL)
        work = self._work([*self._rows(explorer.controls), *self._more_controls()])
        return widgets.VBox([widgets.HTML(head, layout=FULL), self.prediction.widget, *work, reading])

    def _compact(self) -> widgets.VBox:
        head = widgets.HTML(f"<p><strong>{escape(self.explorer.title)}</strong></p>", layout=FULL)
        work = self._work(self._rows(self.explorer.controls))
        return widgets.VBox([head, *work, widgets.HTML(_helps(self.explorer), layout=FULL)])

    def _work(self, rows: list[widgets.Widget]) -> list[widgets.Widget]:
        buttons = widgets.HBox([*self.presets.values(), self.reset], layout=widgets.Layout(flex_flow="row wrap"))
        return [buttons, self.note, *rows, self.chart, self.sentence, self.table]

    def _rows(self, controls: tuple[Control, ...]) -> list[widgets.Widget]:
        return [_row(control, self.controls[control.name]) for control in controls]

    def _more_controls(self) -> list[widgets.Widget]:
        extra = self._rows(self.explorer.extra_controls)
        if not extra:
            return []
        return [widgets.Accordion([widgets.VBox(extra)], titles=("More controls",), selected_index=None, layout=FULL)]


class LivePrediction:
    """The question asked before the controls are touched: ``choices`` to pick from, ``reply`` to read."""

    def __init__(self, prediction: Prediction) -> None:
        self._replies = {option.text: option.reply for option in prediction.options}
        self.choices = widgets.RadioButtons(
            options=list(self._replies),
            value=None,
            description="Your guess:",
            style={"description_width": "initial"},
            layout=FULL,
        )
        self.reply = widgets.HTML(layout=FULL)
        self.choices.observe(self._answer, names="value")
        prompt = widgets.HTML(f"<p><strong>First, a guess.</strong> {escape(prediction.prompt)}</p>", layout=FULL)
        self.widget = widgets.VBox([prompt, self.choices, self.reply])

    def _answer(self, change: dict[str, Any]) -> None:
        reply = self._replies.get(change["new"], "")
        self.reply.value = f"<p>{escape(reply)}</p>"


def _control_widget(control: Control) -> widgets.ValueWidget:
    style, layout = {"description_width": "initial"}, widgets.Layout(width="min(100%, 34rem)")
    if isinstance(control, Choice):
        pairs = [(label, value) for value, label in control.options]
        return widgets.Dropdown(
            options=pairs, value=control.default, description=control.label, style=style, layout=layout
        )
    return widgets.FloatSlider(
        value=control.default,
        min=control.values[0],
        max=control.values[-1],
        step=control.fine_step or control.step,
        description=control.label,
        readout=False,
        style=style,
        layout=layout,
    )


def _row(control: Control, widget: widgets.ValueWidget) -> widgets.Widget:
    if not isinstance(control, Slider):
        return widget
    reading = widgets.Label(control.display(widget.value))
    widget.observe(lambda change: setattr(reading, "value", control.display(change["new"])), names="value")
    return widgets.HBox([widget, reading])


def _helps(explorer: Explorer) -> str:
    controls = (*explorer.controls, *explorer.extra_controls)
    terms = "".join(f"<p><strong>{escape(control.label)}.</strong> {escape(control.help)}</p>" for control in controls)
    return f"<details><summary>What the controls mean</summary>{terms}</details>"


def _reading(explorer: Explorer) -> str:
    return "".join(f"<p><strong>{term}.</strong> {escape(text)}</p>" for term, text in explorer.reading)
