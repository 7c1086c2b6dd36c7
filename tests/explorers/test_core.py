"""The declaration: what it accepts, what it refuses, and its grid."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import explorers
from regionalism.explorers import core
from regionalism.explorers.core import Choice, Column, Explorer, Option, Prediction, Preset, Slider, registry

PREDICTION = Prediction("What?", (Option("a", "no"), Option("b", "yes", True), Option("c", "no")))


def times_table(kind: str, times: float, extra: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"name": ["x", "y"], "kind": [kind, "same"], "value": [times / 3 + extra, None]})


def small_explorer(**changes) -> Explorer:
    fields = {
        "name": "test-small",
        "title": "Small",
        "question": "How small?",
        "prediction": PREDICTION,
        "controls": (
            Choice("kind", "Kind", (("a", "A kind"), ("b", "B kind")), "a", "Help."),
            Slider("times", "Times", (0, 0.5, 1), 0.5, unit="m", help="Help.", fine_step=0.1),
        ),
        "extra_controls": (Slider("extra", "Extra", (0, 1), 0, help="Help."),),
        "presets": (Preset("B", {"kind": "b"}, "The second."),),
        "columns": (Column("name", "Name"), Column("kind", "Kind"), Column("value", "Value", 2)),
        "model": times_table,
        "sentence": lambda values, frame: f"{values['kind']} gives {frame['value'][0]:.2f}",
        "draw": lambda frame, width: None,
        "inputs": "All made up.",
        "see": "It grows.",
        "not_shown": "All else.",
    }
    return Explorer(**{**fields, **changes})


def test_defaults_results_and_sentence():
    explorer = small_explorer()
    assert explorer.defaults() == {"kind": "a", "times": 0.5}
    assert explorer.defaults(extra=True) == {"kind": "a", "times": 0.5, "extra": 0}
    assert explorer.results()["value"][0] == 0.17
    assert explorer.results(times=0.3, extra=1)["value"][0] == 1.1
    assert explorer.sentence_for(kind="b", times=1) == "b gives 0.33"


@pytest.mark.parametrize(("values", "message"), [
    ({"size": 1}, "unknown control 'size'.*kind, times, extra"),
    ({"times": 1.1}, "times must be a number from 0 to 1, got 1.1"),
    ({"times": -0.001}, "from 0 to 1"),
    ({"times": "1"}, "got '1'"),
    ({"times": None}, "got None"),
    ({"times": True}, "got True"),
    ({"times": math.nan}, "got nan"),
    ({"times": math.inf}, "got inf"),
    ({"times": [1]}, "from 0 to 1"),
    ({"times": 10**400}, "from 0 to 1"),
    ({"kind": "c"}, "kind must be one of a, b, got 'c'"),
    ({"kind": 0}, "got 0"),
    ({"kind": None}, "got None"),
])
def test_values_out_of_range_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        small_explorer().results(**values)


anything = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(), st.lists(st.integers()))


def acceptable(name: str, value: object) -> bool:
    if name == "kind":
        return value in ("a", "b")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return name != "other" and is_number and -1e-9 <= value <= 1 + 1e-9


@given(st.dictionaries(st.sampled_from(["kind", "times", "extra", "other"]), anything, max_size=3))
def test_results_answer_or_refuse_with_a_reason(values):
    wrong = [name for name, value in values.items() if not acceptable(name, value)]
    if wrong:
        with pytest.raises(ValueError, match="|".join(wrong)):
            small_explorer().results(**values)
    else:
        value = small_explorer().results(**values)["value"][0]
        assert value == pytest.approx(values.get("times", 0.5) / 3 + values.get("extra", 0), abs=0.0051)


@given(st.floats(0, 1))
def test_every_value_between_the_ends_is_accepted(times):
    assert 0 <= small_explorer().results(times=times)["value"][0] <= 0.34


@pytest.mark.parametrize("values", [(1,), (1, 0), (0, 1, 3), (0, 0)])
def test_uneven_steps_are_refused(values):
    with pytest.raises(ValueError, match="even steps"):
        Slider("x", "X", values, values[0])


def test_declarations_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="default"):
        Slider("x", "X", (0, 1), 0.5)
    with pytest.raises(ValueError, match="default"):
        Choice("x", "X", (("a", "A"),), "b")
    with pytest.raises(ValueError, match="at least three"):
        Prediction("What?", (Option("a", "b", True), Option("c", "d")))
    with pytest.raises(ValueError, match="one of them right"):
        Prediction("What?", tuple(Option(text, "no") for text in "abc"))
    with pytest.raises(ValueError, match="not one of the steps"):
        small_explorer(presets=(Preset("p", {"times": 0.7}, ""),))
    with pytest.raises(ValueError, match="unknown control 'extra'"):
        small_explorer(presets=(Preset("p", {"extra": 0}, ""),))
    with pytest.raises(ValueError, match="share a name"):
        small_explorer(extra_controls=small_explorer().controls)
    with pytest.raises(ValueError, match="must return the columns"):
        replace(small_explorer(), columns=(Column("name", "Name"),)).results()


def test_grid_runs_with_the_last_control_fastest():
    explorer = small_explorer()
    assert [list(point.values()) for point in explorer.points()] == [
        ["a", 0], ["a", 0.5], ["a", 1], ["b", 0], ["b", 0.5], ["b", 1]
    ]
    assert [explorer.grid_index(point) for point in explorer.points()] == list(range(6))
    assert explorer.grid() is explorer.grid()


def test_grid_packs_constant_coded_and_plain_columns():
    packed = json.loads(small_explorer().grid().to_json())
    assert packed["rows"] == 2
    assert packed["columns"][0] == {"name": "name", "constant": ["x", "y"]}
    assert packed["columns"][1] == {"name": "kind", "levels": ["a", "b", "same"], "codes": [0, 2] * 3 + [1, 2] * 3}
    assert packed["columns"][2] == {"name": "value", "values": [0, None, 0.17, None, 0.33, None] * 2}
    assert [packed["sentences"][code] for code in packed["sentence"]][:2] == ["a gives 0.00", "a gives 0.17"]


def test_a_grid_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(core, "MOST_ROWS", 3)
    assert small_explorer().grid().to_json()
    monkeypatch.setattr(core, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="12 rows"):
        small_explorer().grid().to_json()


def test_a_model_with_changing_rows_is_refused():
    def growing(kind, times, extra=0):
        return times_table(kind, times).iloc[: 1 if kind == "a" else 2]

    with pytest.raises(ValueError, match="same number of rows"):
        small_explorer(model=growing).grid()


def test_no_negative_zero_reaches_the_reader():
    explorer = small_explorer(model=lambda kind, times, extra: times_table(kind, times).assign(value=-0.001))
    assert str(explorer.results()["value"][0]) == "0.0"


def test_registry_holds_the_chapters_explorers():
    names = list(registry())
    assert len(set(names)) == len(names)
    assert [name for name in names if name.startswith("gains-")] == [
        "gains-public-good", "gains-which-game", "gains-shadow",
    ]
    # A chapter's stem begins the names of its interactives, so that no two chapters can clash.
    stems = {path.stem for path in Path(explorers.__file__).parent.glob("*.py")}
    assert {name.split("-")[0] for name in names} <= stems
