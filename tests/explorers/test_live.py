"""The live face through its traits, without a browser."""

from __future__ import annotations

import time

import nbformat
import pytest

from regionalism.charts.theme import VEGALITE_MIME
from regionalism.explorers.core import Slider, registry

EXPLORERS = registry()
every = pytest.mark.parametrize("explorer", EXPLORERS.values(), ids=EXPLORERS)

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"


def spec(live) -> dict:
    return live.chart.outputs[0]["data"][VEGALITE_MIME]


def another(control):
    return next(value for value in reversed(control.values) if value != control.default)


@every
def test_starts_with_the_case_of_the_page(explorer):
    live = explorer.live()
    assert live.values == explorer.defaults(extra=True)
    assert explorer.sentence_for() in live.sentence.value.replace("&#x27;", "'")
    assert "<table>" in live.table.value


@every
def test_output_is_one_valid_chart(explorer):
    output, = explorer.live().chart.outputs
    assert set(output["data"]) == {VEGALITE_MIME, "text/plain"}
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(output)])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert "var(--" not in str(output)


@every
def test_every_control_redraws(explorer):
    for control in (*explorer.controls, *explorer.extra_controls):
        live = explorer.live()
        live.controls[control.name].value = another(control)
        assert live.values[control.name] == another(control)
        assert explorer.sentence_for(**live.values) in live.sentence.value.replace("&#x27;", "'")
        drawn = next(iter(spec(live)["datasets"].values()))
        assert len(drawn) == len(explorer.results(**live.values))


@every
def test_set_moves_several_controls_and_reset_brings_them_back(explorer):
    live = explorer.live()
    before = spec(live)
    moved = {control.name: another(control) for control in explorer.controls}
    live.set(**moved)
    assert {name: live.values[name] for name in moved} == moved
    assert spec(live) != before
    live.reset.click()
    assert live.values == explorer.defaults(extra=True)
    assert spec(live) == before


@every
def test_presets_set_their_case(explorer):
    live = explorer.live()
    for preset in explorer.presets:
        live.presets[preset.label].click()
        assert live.values == {**explorer.defaults(extra=True), **preset.values}
        assert preset.note[:20] in live.note.value.replace("&#x27;", "'")


@every
def test_values_out_of_range_move_nothing(explorer):
    live = explorer.live()
    slider = next(control for control in explorer.controls if isinstance(control, Slider))
    first = {explorer.controls[0].name: another(explorer.controls[0])}
    for wrong in ({slider.name: 1e6}, {slider.name: "much"}, {"nothing": 1}):
        with pytest.raises(ValueError, match=f"{slider.name} must be|unknown control"):
            live.set(**{**first, **wrong})
        assert live.values == explorer.defaults(extra=True)


@every
def test_fine_steps_go_between_the_steps_of_the_page(explorer):
    live = explorer.live()
    for control in explorer.controls:
        if isinstance(control, Slider) and control.fine_step:
            between = control.values[0] + control.fine_step
            live.set(**{control.name: between})
            assert live.values[control.name] == pytest.approx(between)


@every
def test_prediction_is_asked_and_answered(explorer):
    live = explorer.live()
    assert live.prediction.choices.value is None
    assert live.prediction.reply.value == ""
    for option in explorer.prediction.options:
        live.prediction.choices.value = option.text
        assert option.reply[:30] in live.prediction.reply.value.replace("&#x27;", "'")


@every
def test_every_field_has_a_label(explorer):
    live = explorer.live()
    fields = [*live.controls.values(), live.prediction.choices]
    assert [field for field in fields if not field.description] == []


@every
def test_prediction_comes_before_every_control(explorer):
    live = explorer.live()
    children = list(live.widget.children)
    assert children.index(live.prediction.widget) < min(
        place for place, child in enumerate(children)
        if child in live.controls.values() or set(getattr(child, "children", ())) & set(live.controls.values())
    )


def test_the_page_face_is_shown_while_the_book_is_built(monkeypatch, capsys):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *what, **how: shown.append((what, how)))
    explorer = EXPLORERS["gains-which-game"]
    explorer._ipython_display_()
    monkeypatch.setenv("REGIONALISM_FACE", "page")
    explorer._ipython_display_()
    (live,), how = shown[0]
    assert how == {"raw": True}
    assert WIDGET_MIME in live
    assert live["text/plain"] == explorer.sentence_for()
    (bundle,), how = shown[1]
    assert how == {"raw": True}
    assert bundle["text/html"].startswith("<section")


def test_speed_is_printed():
    for explorer in EXPLORERS.values():
        live = explorer.live()
        slider = next(control for control in explorer.controls if isinstance(control, Slider))
        start = time.perf_counter()
        for value in slider.values:
            live.set(**{slider.name: value})
        print(explorer.name, f"{1000 * (time.perf_counter() - start) / len(slider.values):.0f} ms a step")


@pytest.mark.local
def test_a_front_end_without_widgets_gets_the_picture():
    bundle = EXPLORERS["gains-which-game"].live().bundle()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "prisoner" in bundle["text/plain"].lower()
