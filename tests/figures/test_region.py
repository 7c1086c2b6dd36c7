"""The shared pictures: the line of time of agreements and the map of flights."""

from __future__ import annotations

import pytest

from regionalism.data import load
from regionalism.figures.region import air_links, among_the_five, timeline
from regionalism.shaping import SECURITY_AREAS, agreements_among, count_agreements


@pytest.mark.parametrize("minimum", [2, 3, 5])
def test_the_title_counts_both_ways(minimum):
    figure, counted = among_the_five(minimum), count_agreements(load("agreements"), minimum)
    assert len(figure.numbers) == counted.upper
    said = f"{counted.lower}" if counted.lower == counted.upper else f"{counted.lower} to {counted.upper}"
    assert f": {said} agreements" in figure.title


def test_unknown_parties_are_drawn_hollow():
    found = agreements_among(load("agreements"))
    figure = among_the_five(3)
    lanes = figure.specification(640)["data"]["values"]
    assert sum(lane["mark"] == "unknown" for lane in lanes) == int((found["fits"] == "possible").sum())


def test_what_is_over_is_not_drawn_as_going_on():
    agreements = load("agreements")
    over = agreements[agreements["status"].isin(["dissolved", "never_materialised", "proposal", "superseded"])]
    lanes = timeline(over).specification(640)["data"]["values"]
    assert not any(lane["open"] for lane in lanes)


def test_security_is_counted_by_subject():
    counted = count_agreements(load("agreements"), issue_areas=SECURITY_AREAS)
    assert f": {counted.lower} to {counted.upper} agreements" in among_the_five(3, security=True).title


def test_the_numbers_say_nothing_that_the_table_does_not_say():
    numbers = among_the_five(2).numbers.set_index("Row")["Ended"]
    table = load("agreements").set_index("id")["year_ended"]
    assert numbers.isna().tolist() == table.reindex(numbers.index).isna().tolist()


def test_a_later_year_is_drawn_too():
    later = load("agreements").head(1).assign(year_signed=2031)
    assert timeline(later).specification(640)["data"]["values"][0]["from"] == 2031


def test_an_empty_selection_is_refused():
    with pytest.raises(ValueError, match="empty"):
        timeline(load("agreements").head(0))


def test_flights_are_counted_from_the_table():
    figure, routes = air_links(), load("air_routes")
    numbers = figure.numbers.set_index("Between")["Pairs of airports"]
    assert len(numbers) == 10
    pair = routes[(routes["origin_iso3"] == "KAZ") & (routes["destination_iso3"] == "UZB")]
    assert numbers["Kazakhstan and Uzbekistan"] == pair["airport_pairs"].iloc[0]
    assert numbers["Tajikistan and Uzbekistan"] == 0
