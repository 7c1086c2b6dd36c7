"""The page face of an explorer: plain HTML that works without a script and comes alive with ``page.js``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from regionalism.charts.drawing import can_draw, svg
from regionalism.charts.tables import table_html
from regionalism.charts.theme import themed
from regionalism.explorers.core import Choice, Control, Explorer, Option, Preset, Slider

WIDE, NARROW = 640, 320
MOST_RADIOS = 4


def page_html(explorer: Explorer) -> str:
    """Return the whole page face of an explorer: prediction, cases, chart and sentence, controls, reading."""
    name = explorer.name
    return (
        f'<section class="ra-explorer" id="explorer-{name}" data-explorer="{name}" aria-labelledby="{name}-title">'
        f'<h3 class="ra-explorer-title" id="{name}-title">{escape(explorer.title)}</h3>'
        f'<p class="ra-question">{escape(explorer.question)}</p>'
        f"{_prediction_html(explorer)}"
        f"{_cases_html(explorer)}"
        f'<div class="ra-stage">{_chart_html(explorer)}{_controls_html(explorer)}</div>'
        f"{_numbers_html(explorer)}"
        f"{_reading_html(explorer)}"
        "</section>"
    )


def plain_html(explorer: Explorer) -> str:
    """Return the plain face: the chart, the sentence and the table at the defaults."""
    return _chart_html(explorer) + _numbers_html(explorer)


def choice_html(name: str, prompt: str, options: Sequence[Option], button: str = "Check this answer") -> str:
    """Return a question with radio buttons and one reply for each option.

    Without a script the replies stand in a folded list; the script shows the reply of the chosen option.
    ``name`` must be unique on the page: the ids are built from it.
    """
    radios = "".join(
        f'<div class="ra-option"><input type="radio" name="{name}" id="{name}-{number}" value="{number}">'
        f'<label for="{name}-{number}">{escape(option.text)}</label></div>'
        for number, option in enumerate(options)
    )
    replies = "".join(
        f'<li data-right="{str(option.right).lower()}"><strong>{escape(option.text)}</strong> '
        f"<span>{escape(option.reply)}</span></li>"
        for option in options
    )
    return (
        f'<div class="ra-choice" id="{name}" data-choice="{name}"><fieldset><legend>{escape(prompt)}</legend>{radios}'
        f'</fieldset><button type="button" class="ra-button" hidden>{escape(button)}</button>'
        f'<p class="ra-reply" role="status"></p>'
        f'<details class="ra-replies"><summary>What each answer means</summary><ul>{replies}</ul></details></div>'
    )


def _prediction_html(explorer: Explorer) -> str:
    prediction = explorer.prediction
    question = choice_html(f"{explorer.name}-prediction", prediction.prompt, prediction.options, "This is my guess")
    return f'<div class="ra-prediction"><p class="ra-kicker">First, a guess</p>{question}</div>'


def _chart_html(explorer: Explorer) -> str:
    name = explorer.name
    label = f"Chart: {explorer.title}. The sentence below says what it shows."
    return (
        f'<div class="ra-chart" id="{name}-chart" role="img" aria-label="{escape(label)}">'
        f"{_drawings_html(explorer)}</div>"
        f'<p class="ra-sentence" id="{name}-sentence" aria-live="polite">{escape(explorer.sentence_for())}</p>'
    )


def _numbers_html(explorer: Explorer) -> str:
    shown = [column for column in explorer.columns if column.shown]
    labels = {column.name: column.label for column in shown}
    digits = {column.name: column.digits for column in shown}
    table = table_html(explorer.results()[list(labels)], labels, digits)
    return (
        f'<details class="ra-numbers"><summary>Numbers behind this chart</summary>'
        f'<div class="ra-scroll" tabindex="0" role="region" aria-label="Numbers: {escape(explorer.title)}">'
        f"{table}</div></details>"
    )


def _cases_html(explorer: Explorer) -> str:
    presets = "".join(_preset_html(preset) for preset in explorer.presets)
    reset = '<button type="button" class="ra-button ra-reset">Start again</button>'
    return (
        f'<div class="ra-cases" data-alive hidden>'
        f'<div class="ra-presets" role="group" aria-label="Cases to start from">{presets}{reset}</div>'
        f'<p class="ra-preset-note" role="status"></p></div>'
    )


def _controls_html(explorer: Explorer) -> str:
    controls = "".join(_control_html(explorer, control) for control in explorer.controls)
    helps = "".join(
        f'<dt>{escape(control.label)}</dt><dd id="{explorer.name}-{control.name}-help">{escape(control.help)}</dd>'
        for control in explorer.controls
    )
    return (
        f'<div class="ra-panel" data-alive hidden><div class="ra-controls">{controls}</div>'
        f'<details class="ra-helps"><summary>What the controls mean</summary><dl>{helps}</dl></details></div>'
    )


def _preset_html(preset: Preset) -> str:
    values = escape(json.dumps(dict(preset.values)))
    return (
        f'<button type="button" class="ra-button ra-preset" aria-pressed="false" data-values="{values}"'
        f' data-note="{escape(preset.note)}">{escape(preset.label)}</button>'
    )


def _control_html(explorer: Explorer, control: Control) -> str:
    if isinstance(control, Slider):
        return _slider_html(explorer, control)
    return _radios_html(explorer, control) if len(control.options) <= MOST_RADIOS else _select_html(explorer, control)


def _slider_html(explorer: Explorer, control: Slider) -> str:
    key = f"{explorer.name}-{control.name}"
    labels = escape(json.dumps([control.display(value) for value in control.values], ensure_ascii=False))
    return (
        f'<div class="ra-control ra-slider" data-control="{control.name}"><label for="{key}">{escape(control.label)}'
        f'</label><output id="{key}-value" for="{key}">{escape(control.display(control.default))}</output>'
        f'<input type="range" id="{key}" min="{control.values[0]:g}" max="{control.values[-1]:g}"'
        f' step="{control.step:g}" value="{control.default:g}" data-default="{control.default:g}"'
        f' data-labels="{labels}" aria-describedby="{key}-help"'
        f' aria-valuetext="{escape(control.display(control.default))}"></div>'
    )


def _radios_html(explorer: Explorer, control: Choice) -> str:
    key = f"{explorer.name}-{control.name}"
    radios = "".join(
        f'<span class="ra-pill"><input type="radio" name="{key}" id="{key}-{value}" value="{value}"'
        f'{_checked(value == control.default)}><label for="{key}-{value}">{escape(label)}</label></span>'
        for value, label in control.options
    )
    return (
        f'<fieldset class="ra-control ra-radios" data-control="{control.name}" aria-describedby="{key}-help">'
        f"<legend>{escape(control.label)}</legend><div class=\"ra-pills\">{radios}</div></fieldset>"
    )


def _select_html(explorer: Explorer, control: Choice) -> str:
    key = f"{explorer.name}-{control.name}"
    options = "".join(
        f'<option value="{value}"{" selected" if value == control.default else ""}>{escape(label)}</option>'
        for value, label in control.options
    )
    return (
        f'<div class="ra-control ra-select" data-control="{control.name}"><label for="{key}">{escape(control.label)}'
        f'</label><select id="{key}" aria-describedby="{key}-help">{options}</select></div>'
    )


def _checked(chosen: bool) -> str:
    return ' checked data-default="true"' if chosen else ""


def _drawings_html(explorer: Explorer) -> str:
    if not can_draw():
        return ""
    return _drawing(explorer, WIDE, "ra-wide") + _drawing(explorer, NARROW, "ra-narrow")


def _drawing(explorer: Explorer, width: int, css_class: str) -> str:
    specification = themed(explorer.chart(width), "page")
    return svg(specification, f"{explorer.name}-{width}", explorer.title, css_class)


def _reading_html(explorer: Explorer) -> str:
    terms = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in explorer.reading)
    return f'<dl class="ra-reading">{terms}</dl>'
