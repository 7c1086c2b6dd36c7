"""The numbers that the sheet of the chapter `puzzle` draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

from itertools import product

import pytest

from regionalism.data import load
from regionalism.exercises import puzzle as sheet
from regionalism.explorers.puzzle import definition_dial
from regionalism.shaping import count_agreements

SPANS = [dict(zip(("state", "first", "last"), span, strict=True)) for span in sheet._SPANS]


@pytest.mark.parametrize("numbers", SPANS)
def test_the_year_of_least_weight_is_not_that_of_fewest_dollars(numbers):
    trade = sheet._own_trade(numbers)
    least, fewest = sheet._least(numbers, 1), sheet._least(numbers, 0)
    assert least - fewest > 3
    assert trade[least][0] > 2 * trade[fewest][0]
    assert trade[least][1] < trade[fewest][1]
    # No other year than a neighbour comes near, so that nobody who reads the chart well is told off.
    near = [year for year, row in trade.items() if row[1] < 1.03 * trade[least][1]]
    assert all(abs(year - least) <= 1 for year in near)


@pytest.mark.parametrize("numbers", SPANS)
def test_the_chart_holds_both_lines_and_says_where_they_come_from(numbers):
    plot = sheet._trade_plot(numbers)
    assert len(plot.lines) == 2
    assert plot.source.startswith("Source: ")
    assert "table trade" in plot.source
    for points in plot.lines.values():
        assert max(value for _, value in points) == 100
        assert all(plot.x_range[0] <= year <= plot.x_range[1] for year, _ in points)
        assert all(0 < value <= 100 for _, value in points)


@pytest.mark.parametrize(("minimum", "asked"), list(product(sheet._STATES, sheet._ASKED)))
def test_the_guess_is_about_what_the_dial_shows(minimum, asked):
    values = {"minimum": float(minimum), "outsiders": "no", "area": "security" if asked == "security" else "all",
              "binding": "yes" if asked == "binding" else "any", "life": "any"}
    shown = definition_dial.results(**values)["standing"]
    assert sheet._certain(minimum, asked) == (shown == "certain").sum()
    assert sheet._certain(minimum, asked) < sheet._certain(minimum - 1, asked)


def test_three_states_without_outsiders_is_the_count_of_the_page():
    assert sheet._certain(3, "any") == count_agreements(load("agreements")).lower
