"""The evidence figures of the chapter: findings that follow from the tables, and drawings that hold on a page."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from regionalism.charts import leadership as charts
from regionalism.charts.theme import STATES, VEGALITE_MIME
from regionalism.data import load, names
from regionalism.figures import leadership as figures
from regionalism.shaping import count_agreements

MAKERS = (figures.sizes_over_time, figures.initiators, figures.hosts, figures.turn)
FIGURES = {maker.__name__: maker() for maker in MAKERS}
each = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
both_widths = pytest.mark.parametrize("width", [640, 320])


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@each
def test_every_figure_says_what_it_found_and_whence(figure):
    for text in (figure.title, figure.subtitle, figure.source, figure.alt, figure.note):
        assert text.strip()
        assert "nan" not in text.split()
    assert re.search(r"\d", figure.title), "a finding has a number"
    assert re.search(r"(19|20)\d\d", figure.subtitle), "the subtitle names the years"
    assert set(figure.tables) <= set(names())
    assert len(figure.numbers) >= 5
    assert len(figure.alt) > 60
    json.dumps(figure._repr_mimebundle_()[VEGALITE_MIME], allow_nan=False)


@pytest.mark.local
@each
@both_widths
def test_drawing_is_its_own_readable_and_fits(figure, width):
    drawn = figure.svg(width)
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)]
    assert min(sizes) >= 11
    drawn_width = float(re.search(r'width="([\d.]+)"', drawn)[1])
    assert 0.8 * width <= drawn_width <= width


def test_shares_add_up_and_stand_only_where_all_five_report():
    series = figures.size_series()
    assert set(series["measure"]) == set(figures.MEASURES)
    shares = series.dropna(subset=["share"]).groupby(["measure", "year"])["share"]
    assert shares.sum().to_numpy() == pytest.approx(100)
    assert (shares.size() == len(STATES)).all()
    military = series[(series["measure"] == "military") & series["share"].notna()]
    assert sorted(military["year"].unique()) == [1994, 1995, 1996, 1997, 1999]


def test_the_year_from_which_one_state_stays_above_the_other():
    table = pd.DataFrame({"KAZ": [3, 1, 3, 1, 1], "UZB": [2, 2, 2, 2, 2]}, index=[1, 2, 3, 4, 5])
    assert figures.overtaken_in(table) == 4
    index = load("capabilities").pivot(index="year", columns="iso3", values="cinc")
    year = int(re.search(r"since (\d{4}) the higher", FIGURES["sizes_over_time"].title)[1])
    assert (index["UZB"] > index["KAZ"]).loc[year:].all()
    assert not (index["UZB"] > index["KAZ"])[year - 1]


def test_population_and_output_disagree_on_the_largest():
    title = plain(FIGURES["sizes_over_time"].title)
    assert "Kazakhstan has 60 % of the five's output, Uzbekistan 44 % of the people" in title


def test_the_gap_of_initiators_is_counted_and_shown():
    agreements = load("agreements")
    lower, upper = count_agreements(agreements)
    rows = figures.initiator_rows()
    assert len(rows) == upper
    certain = rows[rows["fits"] == "certain"]
    blank = int(certain["initiator"].isna().sum())
    assert FIGURES["initiators"].title.startswith(f"For {blank} of {lower} agreements")
    counts = FIGURES["initiators"].numbers
    assert counts.loc[counts["Initiator"] == "Not on record", "Agreements"].sum() == blank
    joint = int(certain["initiator"].fillna("").str.contains(";").sum())
    assert counts["Agreements"].sum() == lower + joint
    assert blank > lower / 2


def test_every_place_of_a_meeting_among_the_five_has_a_host():
    meetings = figures.meeting_rows()
    outside = meetings[meetings["host"] == charts.OUTSIDE]
    assert set(outside["place"]) <= {"St Petersburg"}
    assert not meetings["format"].str.startswith("C5-").any()
    assert (meetings["n_c5_heads"] >= 3).all()
    assert len(FIGURES["hosts"].numbers) == len(meetings)
    numbers = [int(number) for number in re.findall(r"\d+", FIGURES["hosts"].title)]
    assert numbers[1] + numbers[4] == len(meetings)


def test_a_russian_envoy_at_one_meeting_among_the_five_is_named():
    meetings = figures.meeting_rows()
    august = meetings[meetings["date"].astype(str).str.startswith("2000-08")]
    assert august[["place", "guests"]].to_numpy().tolist() == [["Bishkek", "RUS"]]
    assert "At Bishkek in August 2000 a Russian envoy took part." in FIGURES["hosts"].note
    assert FIGURES["hosts"].title == (
        "Kazakhstan hosted 9 of the 20 listed meetings up to 2009 and 2 of 12 since 2018; Uzbekistan 2 and 2"
    )


def test_nobody_met_between_the_two_periods_of_the_title():
    years = figures.meeting_rows()["when"]
    until, since = (int(year) for year in re.findall(r"(?:up to|since) (\d{4})", FIGURES["hosts"].title))
    assert not years.between(until + 1, since - 0.01).any()


@pytest.mark.parametrize(("date", "value"), [("2016", 2016.5), ("1997-12", 1997.95), ("2018-03-15", 2018.2)])
def test_dates_of_any_precision_have_a_place(date, value):
    assert figures._fraction(date) == pytest.approx(value, abs=0.06)


def test_the_turn_is_uzbekistans_alone():
    scores = figures.score_rows().pivot(index="year", columns="iso3", values="score")
    assert scores["UZB"].loc[[2014, 2016, 2018]].tolist() == [3, 4, 6]
    assert scores["KAZ"].loc[[2014, 2018]].tolist() == [8, 8]
    assert "from 3 in 2014 to 6 in 2018" in FIGURES["turn"].title
    changed = figures.score_rows().query("changed")
    assert ("UZB", 2018) in set(zip(changed["iso3"], changed["year"], strict=True))
    assert changed.groupby("iso3")["year"].min().min() > 2004
