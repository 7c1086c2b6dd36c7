"""Every explorer over its whole grid: three faces, one truth."""

from __future__ import annotations

import gzip
import json
import math
import re

import pytest

from regionalism.charts.tables import python_records
from regionalism.explorers.core import MOST_BYTES, MOST_ROWS, Slider, registry

EXPLORERS = registry()
every = pytest.mark.parametrize("explorer", EXPLORERS.values(), ids=EXPLORERS)


def unpacked(packed: dict, place: int) -> list[dict]:
    """Read a small table from the packed grid as the page's script does."""
    rows = []
    for row in range(packed["rows"]):
        record = {}
        for column in packed["columns"]:
            number = place * packed["rows"] + row
            if "constant" in column:
                record[column["name"]] = column["constant"][row]
            elif "levels" in column:
                code = column["codes"][number]
                record[column["name"]] = None if code < 0 else column["levels"][code]
            else:
                record[column["name"]] = column["values"][number]
        rows.append(record)
    return rows


@every
def test_grid_is_the_model_and_its_sentence_everywhere(explorer):
    packed = json.loads(explorer.grid().to_json())
    points = list(explorer.points())
    assert len(points) == math.prod(len(control.values) for control in explorer.controls)
    assert len(packed["sentence"]) == len(points)
    for place, values in enumerate(points):
        complete = explorer.checked(**values)
        frame = explorer.results(**values)
        assert unpacked(packed, place) == python_records(frame), values
        assert packed["sentences"][packed["sentence"][place]] == explorer.sentence(complete, frame), values


@every
def test_grid_is_small_enough(explorer):
    size = len(gzip.compress(explorer.grid().to_json().encode()))
    print(explorer.name, explorer.grid().row_count, "rows", size, "bytes")
    assert explorer.grid().row_count <= MOST_ROWS or size <= MOST_BYTES


@every
def test_every_sentence_reads_as_prose(explorer):
    for sentence in set(explorer.grid().sentences):
        assert sentence[0].isupper()
        assert sentence.endswith((".", "?"))
        assert not re.search(r"nan|None(?! is needed| will help)|inf\b|  |\.\.|\{|e-\d|-\d", sentence), sentence
        assert len(sentence) < 420


@every
def test_controls_are_documented_and_step_as_the_grid(explorer):
    assert 3 <= len(explorer.controls) <= 5
    for control in (*explorer.controls, *explorer.extra_controls):
        assert control.label.strip()
        assert len(control.help) > 20, control.name
        assert control.default in control.values
        if isinstance(control, Slider):
            steps = [control.values[0] + number * control.step for number in range(len(control.values))]
            assert steps == pytest.approx(list(control.values))
            assert control.fine_step is None or control.fine_step <= control.step
            assert len({control.display(value) for value in control.values}) == len(control.values)


@every
def test_presets_and_defaults_lie_on_the_grid(explorer):
    explorer.grid_index(explorer.defaults())
    labels = [preset.label for preset in explorer.presets]
    assert len(labels) == len(set(labels)) >= 3
    for preset in explorer.presets:
        assert preset.note.strip()
        explorer.grid_index({**explorer.defaults(), **preset.values})
        explorer.results(**preset.values)


@every
def test_every_control_moves_something(explorer):
    for control in (*explorer.controls, *explorer.extra_controls):
        bases = [explorer.defaults(extra=True), *({**explorer.defaults(extra=True), **preset.values}
                                                  for preset in explorer.presets)]
        moved = any(not explorer.results(**base).equals(explorer.results(**{**base, control.name: value}))
                    for base in bases for value in control.values)
        assert moved, control.name


@every
def test_extra_controls_answer_at_their_ends(explorer):
    for control in explorer.extra_controls:
        for value in control.values:
            assert explorer.sentence_for(**{control.name: value}).endswith((".", "?"))


@every
def test_prediction_replies_to_each_option(explorer):
    options = explorer.prediction.options
    assert sum(option.right for option in options) == 1
    assert len({option.reply for option in options}) == len(options)
    assert all(len(option.reply) > 60 for option in options)


@every
def test_face_tells_data_from_assumptions(explorer):
    assert "ssumption" in explorer.inputs
    for text in (explorer.question, explorer.see, explorer.not_shown, explorer.source):
        assert text.strip()


@pytest.mark.local
@every
@pytest.mark.parametrize("width", [640, 320])
def test_chart_compiles_and_fits(explorer, width):
    import vl_convert

    from regionalism.charts.drawing import svg
    from regionalism.charts.theme import themed

    for values in ({}, *(preset.values for preset in explorer.presets)):
        chart = explorer.chart(width, **values)
        vl_convert.vegalite_to_vega(themed(chart, "live"), vl_version="5.20")
        drawn = svg(themed(chart, "page"), "test", "A chart")
        assert float(re.search(r'width="([\d.]+)"', drawn)[1]) <= width
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)) >= 11
        assert "http" not in drawn.replace("http://www.w3.org/", "")
