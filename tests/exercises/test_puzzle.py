"""The numbers that the sheet of the chapter `puzzle` draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

from itertools import product

import pytest

from regionalism.data import load
from regionalism.exercises import puzzle as sheet
from regionalism.exercises.judging import judge
from regionalism.exercises.question import said
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
        missing = set(range(numbers["first"], numbers["last"] + 1)) - {year for year, _ in points}
        assert [str(year) in plot.source for year in missing] == [True] * len(missing)
        assert ("No figure" in plot.source) == bool(missing)


@pytest.mark.parametrize(("minimum", "asked"), list(product(sheet._STATES, sheet._ASKED)))
def test_the_guess_is_about_what_the_dial_shows(minimum, asked):
    values = {"minimum": float(minimum), "outsiders": "no", "area": "security" if asked == "security" else "all",
              "binding": "yes" if asked == "binding" else "any", "life": "any"}
    shown = definition_dial.results(**values)["standing"]
    assert sheet._certain(minimum, asked) == (shown == "certain").sum()
    assert sheet._certain(minimum, asked) < sheet._certain(minimum - 1, asked)


def test_three_states_without_outsiders_is_the_count_of_the_page():
    assert sheet._certain(3, "any") == count_agreements(load("agreements")).lower


def test_rows_are_guessed_in_whole_numbers():
    numbers = {"minimum": 4, "asked": "any"}
    assert judge(sheet.TOGETHER, numbers, "0.12").state == "unreadable"
    told = judge(sheet.TOGETHER, numbers, "1")
    assert told.misconception == "never-together"
    assert "1 rows" not in told.message


def test_the_page_does_not_give_away_the_cards_of_the_sheet():
    on_page = " ".join(said(card.text, {}) for card in sheet.TIES.kind.items).lower()
    for tie in ("centre", "china", "partnership", "treaty", "nuclear", "bazaar", "families"):
        assert any(tie in said(card.text, {}).lower() for card in sheet.SORT.kind.cards)
        assert tie not in on_page


def test_the_ties_of_the_page_are_those_of_the_table():
    rows = load("agreements").set_index("id").loc[["A019", "A007"]]
    assert rows["n_c5"].tolist() == [4, 5]
    assert rows["year_signed"].tolist() == [2000, 1993]
    assert rows["outside_parties"].fillna("").tolist() == ["RUS", ""]
