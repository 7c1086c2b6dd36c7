"""The charts of the page on disagreements, with made-up rows: what is missing stays missing, and all of it fits."""

from __future__ import annotations

import pandas as pd
import pytest

from regionalism.charts import disagreements as charts
from regionalism.charts.theme import STATE_COLOURS, themed

WIDTHS = (640, 320)
both_widths = pytest.mark.parametrize("width", WIDTHS)


def cells() -> pd.DataFrame:
    rows = [
        (code, book, year, year > 2010, book == "own" and year < 2005)
        for code in ("KAZ", "C5")
        for book in ("own", "mirror")
        for year in range(2000, 2016)
        if (code, book, year) != ("KAZ", "own", 2003)
    ]
    return pd.DataFrame(rows, columns=["iso3", "book", "year", "ahead", "doubtful"])


def books() -> pd.DataFrame:
    years = list(range(2000, 2021))
    mirror = [1 + year % 7 for year in years]
    table = pd.DataFrame({"iso3": "KGZ", "year": years, "own": 0.5, "mirror": mirror})
    return table.assign(times=table["mirror"] / 0.5)


def spells() -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [
        ("UZB in X", "UZB", "one", "member", 1995.5, 1999.9),
        ("UZB in X", "UZB", "two", "suspended", 2000.0, 2006.0),
    ]
    covered = pd.DataFrame({"source": ["one", "two"], "start": [1991.0, 2000.0], "end": [2015.0, 2027.0]})
    return pd.DataFrame(rows, columns=["group", "iso3", "source", "role", "start", "end"]), covered


def spending() -> pd.DataFrame:
    rows = [
        (code, year, release, 1.0 + (release == "later") * far)
        for code, far in (("KGZ", 2.0), ("TJK", 0.1))
        for release in ("earlier", "later")
        for year in range(1995, 2024)
        if year not in (2005, 2006)
    ]
    return pd.DataFrame(rows, columns=["iso3", "year", "release", "value"])


def distances() -> pd.DataFrame:
    rows = [
        (year, series, 0.3 + 0.01 * (year % 5), year in (1997, 2015, 2024))
        for series in (charts.FINAL, charts.EVERY, charts.FOUR)
        for year in range(1994, 2025)
        if year not in (1999, 2001)
    ]
    return pd.DataFrame(rows, columns=["year", "series", "value", "marked"])


CHARTS = {
    "ahead": lambda width: charts.ahead_chart(cells(), width),
    "gap": lambda width: charts.gap_chart(books(), books().tail(1), ("theirs", "own"), width),
    "spells": lambda width: charts.spells_chart(*spells(), width),
    "releases": lambda width: charts.releases_chart(spending(), width),
    "distance": lambda width: charts.distance_chart(distances(), width),
}


@pytest.mark.local
@pytest.mark.parametrize("name", CHARTS)
@both_widths
def test_compiles_in_both_inks(name, width):
    import vl_convert

    for ink in ("live", "page"):
        assert vl_convert.vegalite_to_vega(themed(CHARTS[name](width), ink), vl_version="5.20")["marks"]


def rows_of(chart) -> list[dict]:
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_a_missing_year_has_no_square():
    squares = [row for row in rows_of(charts.ahead_chart(cells(), 640)) if "ahead" in row]
    assert len(squares) == len(cells()) == 63
    gone = [row for row in squares if row["colour"] == STATE_COLOURS["KAZ"] and row["left"] == pytest.approx(2002.58)]
    assert len(gone) == 1, "only the partners' book has 2003"


@both_widths
def test_squares_do_not_overlap(width):
    squares = [row for row in rows_of(charts.ahead_chart(cells(), width)) if "ahead" in row]
    tops = sorted({row["top"] for row in squares})
    assert len(tops) == 4
    assert all(after - before >= charts.ROW for before, after in zip(tops, tops[1:], strict=False))
    assert all(0 < row["right"] - row["left"] < 1 for row in squares)


def test_bars_keep_the_days_and_the_years_that_a_source_covers():
    drawn = rows_of(charts.spells_chart(*spells(), 640))
    bars = {(row["start"], row["end"], row["member"]) for row in drawn if "member" in row}
    assert bars == {(1995.5, 1999.9, True), (2000.0, 2006.0, False)}
    grounds = [row for row in drawn if set(row) == {"start", "end", "top", "bottom"}]
    assert {(row["start"], row["end"]) for row in grounds} == {(1991.0, 2015.0), (2000.0, 2027.0)}


def test_a_gap_in_the_years_breaks_the_line_and_a_lone_year_is_a_dot():
    table = charts._with_runs(distances(), "series")
    final = table[table["series"] == charts.FINAL].set_index("year")
    assert final["run"].nunique() == 3
    assert final["alone"].loc[2000]
    assert final["alone"].sum() == 1
    assert final["run"].loc[2002] == final["run"].loc[2024]


def test_one_number_is_written_once_where_two_series_begin():
    marked = charts._marked(distances()).set_index(["series", "year"])["side"]
    assert marked[charts.FINAL, 1997] == "below"
    assert marked[charts.EVERY, 1997] == ""
    assert marked[charts.FINAL, 2015] == "above"
    assert marked[charts.FINAL, 2024] == "right"


def test_names_of_two_releases_stand_apart_from_the_lines():
    far = charts._release_names(spending().query("iso3 == 'KGZ'"))
    near = charts._release_names(spending().query("iso3 == 'TJK'"))
    assert far["value"].max() > 3 > 1 > far["value"].min()
    assert near["value"].min() > 1.5


def test_places_have_names():
    assert charts.place_name("UZB") == "Uzbekistan"
    assert charts.place_name("C5") == "All five together"
