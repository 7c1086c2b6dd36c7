"""Bars of coverage: nothing is drawn where there is nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from regionalism.charts.coverage import counts_chart, coverage_chart
from regionalism.charts.theme import themed

CELLS = pd.DataFrame({"row": ["a", "a", "b"], "year": [1991, 2020, 1995], "level": [0.1, 1.0, 0.5]})


def test_neighbouring_years_of_one_shade_are_one_bar():
    years, levels = [1991, 1992, 1993, 1995, 1996], [0.1, 0.2, 1, 1, 1]
    cells = pd.DataFrame({"row": ["a"] * 4 + ["b"], "year": years, "level": levels})
    drawn = themed(coverage_chart(cells, 640, ["a", "b"], (1990, 2026)))
    bars = [bar for values in drawn["datasets"].values() for bar in values if "opacity" in bar]
    found = [(bar["row"], bar["year"], bar["end"], bar["opacity"]) for bar in bars]
    assert found == [("a", 1991, 1993, 0.3), ("a", 1993, 1994, 1.0), ("a", 1995, 1996, 1.0), ("b", 1996, 1997, 1.0)]


def test_impossible_cells_are_refused():
    with pytest.raises(ValueError, match="level"):
        coverage_chart(CELLS.assign(level=[0.0, 1, 1]), 640, ["a", "b"], (1990, 2026))
    with pytest.raises(ValueError, match="1990 to 2000"):
        coverage_chart(CELLS, 640, ["a", "b"], (1990, 2000))


def test_a_table_without_years_gets_bars_from_zero():
    drawn = themed(counts_chart(pd.DataFrame({"row": ["a"], "n": [3]}), 640))
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["zero"] is True
