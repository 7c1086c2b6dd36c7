"""Squares of coverage: nothing is drawn where there is nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from regionalism.charts.coverage import counts_chart, coverage_chart
from regionalism.charts.theme import themed

CELLS = pd.DataFrame({"row": ["a", "a", "b"], "year": [1991, 2020, 1995], "level": [0.1, 1.0, 0.5]})


def test_each_cell_is_one_square_and_more_is_darker():
    drawn = themed(coverage_chart(CELLS, 640, ["a", "b"], (1990, 2026)))
    squares = next(iter(drawn["datasets"].values()))
    assert [square["opacity"] for square in squares] == [0.3, 1.0, 0.8]
    assert all(square["end"] == square["year"] + 1 for square in squares)


def test_impossible_cells_are_refused():
    with pytest.raises(ValueError, match="level"):
        coverage_chart(CELLS.assign(level=[0.0, 1, 1]), 640, ["a", "b"], (1990, 2026))
    with pytest.raises(ValueError, match="1990 to 2000"):
        coverage_chart(CELLS, 640, ["a", "b"], (1990, 2000))


def test_a_table_without_years_gets_bars_from_zero():
    drawn = themed(counts_chart(pd.DataFrame({"row": ["a"], "n": [3]}), 640))
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["zero"] is True
