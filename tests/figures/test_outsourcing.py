"""The evidence figures: findings that follow from the tables, and drawings that hold on a page."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from regionalism.charts.theme import STATES, VEGALITE_MIME
from regionalism.data import load, names
from regionalism.figures import outsourcing as figures

MAKERS = (figures.armies, figures.around_whom, figures.arms, figures.membership)
FIGURES = {maker.__name__: maker() for maker in MAKERS}
each = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
both_widths = pytest.mark.parametrize("width", [640, 320])


def number_words(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_names_are_unique():
    assert len({figure.name for figure in FIGURES.values()}) == len(FIGURES)


@each
def test_every_figure_says_what_it_found_and_whence(figure):
    for text in (figure.title, figure.subtitle, figure.source, figure.alt, figure.note):
        assert text.strip()
    assert number_words(figure.title), "a finding has a number"
    assert re.search(r"(19|20)\d\d", figure.subtitle), "the subtitle names the years"
    assert set(figure.tables) <= set(names())
    assert len(figure.numbers) >= 4
    assert len(figure.alt) > 60


@each
def test_live_face_is_a_valid_output(figure):
    bundle = figure._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])]))
    json.dumps(bundle[VEGALITE_MIME], allow_nan=False)


@pytest.mark.local
@each
@both_widths
def test_compiles_for_the_notebook_and_for_the_page(figure, width):
    import vl_convert

    for ink in ("live", "page"):
        for version in ("5.20", "6.4"):
            assert vl_convert.vegalite_to_vega(figure.specification(width, ink), vl_version=version)["marks"]


@pytest.mark.local
@each
@both_widths
def test_drawing_is_its_own_readable_and_fits(figure, width):
    drawn = figure.svg(width)
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)]
    assert min(sizes) >= 11
    assert 0.8 * width <= float(re.search(r'width="([\d.]+)"', drawn)[1]) <= width
    assert all(name.startswith(f"fig-{figure.name}-{width}-") for name in re.findall(r'\bid="([^"]+)"', drawn))


def test_armies_add_up_and_old_figures_are_named():
    table = figures.forces()
    soldiers = table[table["panel"] == "soldiers"].set_index("iso3")["value"]
    assert f"{soldiers[list(STATES)].sum():.0f} thousand" in FIGURES["armies"].title
    assert "Turkmenistan 1999" in FIGURES["armies"].note
    assert "Uzbekistan 2018" in FIGURES["armies"].note
    assert set(table.loc[table["panel"] == "soldiers", "year"]) == {2015}


def test_spending_is_of_one_year_and_its_bar_names_the_states_in_it():
    table = figures.forces()
    spending = table[table["panel"] == "spending"]
    assert set(spending["year"]) == {2023}
    own = spending[spending["iso3"].isin(STATES)].set_index("iso3")["value"]
    assert own.index.tolist() == ["KAZ", "KGZ", "TJK"]
    bars = figures._bars(table)
    bar = bars[bars["place"] == "Three of the five, 2023"]
    assert bar["total"].iloc[0] == pytest.approx(own.sum())
    assert set(bar["iso3"]) == {"KAZ", "KGZ", "TJK"}
    assert f"Three of the five, 2023 (Kazakhstan, Kyrgyzstan, Tajikistan): {own.sum():.1f}" in FIGURES["armies"].alt
    numbers = FIGURES["armies"].numbers
    assert not {1999, 2018} & set(numbers["Year"])


def test_bodies_led_by_russia_are_joined_to_it_and_the_sco_is_not():
    table = load("external_actors")
    table = table[table["type"] != "economic"]
    by_hand = table["actor"].isin(["RUS", "CSTO", "CIS"])
    around = figures.around()
    assert (around["around"] == "RUS").sum() == by_hand.sum() > (table["actor"] == "RUS").sum()
    assert {"SCO", "OTS"} <= set(around["around"])
    assert not {"CSTO", "CIS"} & set(around["around"])
    first, of_all, single = (int(word) for word in number_words(FIGURES["around_whom"].title))
    assert (first, of_all) == (by_hand.sum(), len(table))
    assert "Russia and the bodies it leads" in FIGURES["around_whom"].title
    assert single == (table[by_hand]["bi_or_multilateral"] == "bilateral").sum()


def test_every_row_is_in_one_bar():
    counts = figures._actor_bars(*_counts())
    assert counts["n"].sum() == len(figures.around())
    assert counts["actor"].iloc[0] == "Russia, CSTO, CIS"


def _counts():
    import pandas as pd

    table = figures.around()
    counts = pd.crosstab(table["around"], table["bi_or_multilateral"])
    return counts, counts.sum(axis=1)


def test_only_russia_has_sites_without_an_end_beside_one_that_is_denied():
    sites = figures.sites()
    theirs = sites[sites["actor"] == "RUS"]
    assert not theirs["ended"].any()
    assert set(theirs["state"]) == {"KAZ", "KGZ", "TJK"}
    assert sites.loc[~sites["ended"] & (sites["actor"] != "RUS"), "id"].tolist() == ["X021"]


def test_arms_shares_are_whole_and_fall_and_rise():
    shares = figures.arms_shares()
    assert shares.sum(axis=1).tolist() == pytest.approx([100] * 4)
    russia = shares["Russia"]
    assert russia.idxmin() == "2012\N{EN DASH}2017"
    title = plain(FIGURES["arms"].title)
    assert f"fell from {russia.iloc[0]:.0f} % to {russia.min():.0f} % and stood at {russia.iloc[-1]:.0f} %" in title


def test_first_deliveries_of_rivals():
    first = load("arms_deliveries").groupby("supplier_iso3")["delivery_year"].min()
    assert first["CHN"] == 2014
    assert first[list(figures.EU_MEMBERS)].min() == 2011


def test_russian_part_and_concentration():
    parts = figures.russian_part().set_index("iso3")
    assert parts.index.tolist() == list(STATES)
    assert parts["herfindahl"].between(0, 1).all()
    assert parts["share"]["KAZ"] > 80 > 50 > parts["share"]["UZB"]
    late = figures.russian_part(2012, 2023).set_index("iso3")
    assert (late["received"] <= parts["received"]).all()


def test_membership_has_both_exits_of_uzbekistan():
    spells = figures.csto_spells()
    uzbek = spells[spells["iso3"] == "UZB"].sort_values("first")
    assert uzbek["last"].tolist() == ["1999-04-20", "2012-12-19"]
    assert "TKM" not in set(spells["iso3"])
    assert uzbek["ended_by"].tolist() == ["treaty lapsed", "suspension (M194)"]
    figure = FIGURES["membership"]
    assert figure.title.startswith(
        "Uzbekistan let the treaty lapse in 1999 and suspended its membership in 2012; "
    )
    assert "in the organisation from 2006 until it suspended its membership in 2012" in figure.alt
    assert len(figure.numbers) == len(spells)
    assert figure.numbers["Ended by"].str.len().gt(0).sum() == 2


def test_both_clashes_fell_into_the_membership_of_both():
    events = load("events").set_index("id")
    spells = figures.csto_spells().query("body == 'CSTO'").set_index("iso3")
    for event, states in figures.CLASHES.items():
        for state in states:
            assert spells["first"][state] < events.loc[event, "date"]
            assert spells["last"].isna()[state]
