"""The evidence figures: findings that follow from the tables, and drawings that hold on a page."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from regionalism.charts.theme import STATES, VEGALITE_MIME
from regionalism.data import load, names
from regionalism.figures import puzzle as figures
from regionalism.models.definitions import Definition
from regionalism.shaping import count_agreements

MAKERS = (figures.counts, figures.treaties, figures.trade_within, figures.people_and_planes)
FIGURES = {maker.__name__: maker() for maker in MAKERS}
each = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
both_widths = pytest.mark.parametrize("width", [640, 320])


def test_names_are_unique():
    assert len({figure.name for figure in FIGURES.values()}) == len(FIGURES)


@each
def test_every_figure_says_what_it_found_and_whence(figure):
    for text in (figure.title, figure.subtitle, figure.source, figure.alt, figure.note):
        assert text.strip()
    assert re.search(r"\d", figure.title), "a finding has a number"
    assert re.search(r"(19|20)\d\d", figure.subtitle), "the subtitle names the years"
    assert set(figure.tables) <= set(names())
    assert len(figure.numbers) >= 5
    assert len(figure.alt) > 60


@each
def test_live_face_is_a_valid_output(figure):
    bundle = figure._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    nbformat.validate(notebook)
    json.dumps(bundle[VEGALITE_MIME], allow_nan=False)


@pytest.mark.local
@each
@both_widths
def test_drawing_is_its_own_readable_and_fits(figure, width):
    drawn = figure.svg(width)
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)) >= 11
    drawn_width = float(re.search(r'width="([\d.]+)"', drawn)[1])
    assert 0.8 * width <= drawn_width <= width
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert all(name.startswith(f"fig-{figure.name}-{width}-") for name in ids)


def test_the_ladder_only_goes_down_and_agrees_with_the_counting():
    steps = figures.ladder()
    for column in ("first", "lower", "upper"):
        assert steps[column].is_monotonic_decreasing
    assert (steps["first"] + steps["second"] == steps["lower"]).all()
    assert (steps.loc[1, "lower"], steps.loc[1, "upper"]) == count_agreements(load("agreements"))
    title = FIGURES["counts"].title
    assert f"{steps.loc[1, 'lower']} to {steps.loc[1, 'upper']} agreements" in title
    assert f"{steps.loc[4, 'lower']} to {steps.loc[4, 'upper']} if they must" in title


def test_the_second_search_could_only_add():
    before = figures.first_search(Definition())
    after = count_agreements(load("agreements"))
    assert before.lower < after.lower
    assert f"{before.lower} to {before.upper}" in FIGURES["counts"].note


def test_the_treaties_hold_the_two_of_four_and_the_contested_one():
    texts = figures.security_texts().set_index("id")
    assert set(figures.FOUR_STATES) <= set(texts.index)
    assert (texts.loc[list(figures.FOUR_STATES), "n_c5"] == 4).all()
    assert texts.loc["A034", "fits"] == "possible"
    assert "1998 and 2000" in FIGURES["treaties"].title
    own = texts.drop("A034")
    assert f"{(own['fits'] == 'certain').sum()} to {len(own)} binding" in FIGURES["treaties"].title


def test_doubtful_books_are_marked():
    shares = figures.within_shares().set_index(["iso3", "year"])
    assert not shares.loc["TKM"].loc[2004:2020, "sound"].any()
    assert not shares.loc["UZB"].loc[2000:2015, "sound"].any()
    assert shares.loc["UZB"].loc[2016:2020, "sound"].all()
    for code in ("KAZ", "KGZ", "TJK"):
        assert shares.loc[code]["sound"].all()
    assert shares["value"].between(0, 45).all(), "the axis ends at 45 per cent"
    assert set(shares.index.get_level_values(0)) == set(STATES)


def test_shares_are_of_all_trade():
    trade = load("trade")
    own = trade[(trade["reporter_iso3"] == "KAZ") & (trade["year"] == 2019)]
    four = own.loc[own["partner_iso3"].isin(["KGZ", "TJK", "TKM", "UZB"]), "value_usd_mn"].sum()
    world = own.loc[own["partner_iso3"] == "WLD", "value_usd_mn"].sum()
    value = figures.within_shares().set_index(["iso3", "year"])["value"]["KAZ", 2019]
    assert value == pytest.approx(100 * four / world)


def test_ties_add_up():
    ties = figures.ties()
    assert ties.groupby("kind")["share"].sum().tolist() == pytest.approx([100, 100])
    assert (ties["count"] > 0).all()
