"""What is covered is counted from the tables, place by place and year by year."""

from __future__ import annotations

import pytest

from regionalism.charts.theme import STATES
from regionalism.data import describe, load, names
from regionalism.figures.coverage import cells, coverage, overview

TIMED = [name for name in names() if describe(name).time and describe(name).places]


def test_a_count_by_hand():
    table = load("military_expenditure")
    by_hand = table[(table["iso3"] == "TJK") & (table["year"] == 2010)]
    found = cells("military_expenditure").set_index(["place", "year"])["n"]
    assert found[("TJK", 2010)] == len(by_hand)
    assert ("UZB", 2023) not in found.index


def test_a_row_on_several_states_counts_for_each():
    table = load("agreements")
    signed = table[(table["year_signed"] == 2025) & table["c5_parties"].str.contains("KGZ")]
    found = cells("agreements").set_index(["place", "year"])["n"]
    assert found[("KGZ", 2025)] == len(signed)


@pytest.mark.parametrize("name", names())
def test_every_table_has_its_picture(name):
    figure = coverage(name)
    assert figure.title
    assert figure.alt
    assert len(figure.numbers)
    for width in (640, 320):
        assert figure.specification(width)["config"]


def test_spells_fill_the_years_they_touch():
    spells = load("memberships")
    one = spells[(spells["organisation"] == "CST") & (spells["state"] == "UZB")].iloc[0]
    years = cells("memberships")
    assert set(range(int(one["start"][:4]), int(one["end"][:4]) + 1)) <= set(years.loc[years["place"] == "UZB", "year"])


def test_an_open_spell_goes_as_far_as_its_source_looked():
    leaders = load("leaders")
    open_ends = leaders[leaders["end"].isna() & (leaders["coding"] != "course")]
    assert len(open_ends)
    found = cells("leaders")
    assert found["year"].max() == 2026
    in_2024 = found[(found["place"] == "TKM") & (found["year"] == 2024)]["n"].iloc[0]
    assert in_2024 == 1  # the course's own row alone


def test_the_overview_knows_every_table_with_years():
    figure = overview()
    assert set(figure.numbers["Table"]) == set(TIMED)
    full = figure.numbers.set_index("Table")["Last year with all five"]
    table = load("capabilities")
    assert full["capabilities"] == table.groupby("year")["iso3"].nunique().loc[lambda n: n == len(STATES)].index.max()
