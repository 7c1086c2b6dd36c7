"""The evidence figures: findings that follow from the tables, and drawings that hold on a page."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from regionalism.charts import gains as charts
from regionalism.charts.theme import STATES, VEGALITE_MIME
from regionalism.data import load, names
from regionalism.figures import gains as figures

MAKERS = (figures.inequality, figures.burden, figures.pooled, figures.agreements_over_time)
FIGURES = {maker.__name__: maker() for maker in MAKERS}
each = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
both_widths = pytest.mark.parametrize("width", [640, 320])


def number_words(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def test_names_are_unique():
    assert len({figure.name for figure in FIGURES.values()}) == len(FIGURES)


@each
def test_every_figure_says_what_it_found_and_whence(figure):
    for text in (figure.title, figure.subtitle, figure.source, figure.alt, figure.note):
        assert text.strip()
    assert number_words(figure.title), "a finding has a number"
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
def test_compiles_for_the_notebook_and_for_the_page(figure, width):
    import vl_convert

    for ink in ("live", "page"):
        for version in ("5.20", "6.4"):
            compiled = vl_convert.vegalite_to_vega(figure.specification(width, ink), vl_version=version)
            assert compiled["marks"]


@pytest.mark.local
@each
@both_widths
def test_drawing_is_its_own_readable_and_fits(figure, width):
    drawn = figure.svg(width)
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    assert f'aria-label="{figure.alt}"' in drawn
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)]
    assert sizes
    assert min(sizes) >= 11
    drawn_width = float(re.search(r'width="([\d.]+)"', drawn)[1])
    assert 0.8 * width <= drawn_width <= width
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert all(name.startswith(f"fig-{figure.name}-{width}-") for name in ids)


@pytest.mark.local
def test_ids_are_unique_over_all_figures():
    page = "".join(figure.html() for figure in FIGURES.values())
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<title" not in page


def test_sizes_are_complete_and_flag_what_is_missing():
    table = figures.sizes()
    assert list(table.columns) == ["iso3", "measure", "value", "unit", "year", "missing"]
    assert table["iso3"].tolist() == list(STATES) * 4
    assert table["measure"].unique().tolist() == ["gdp", "population", "military", "capability"]
    assert table["value"].notna().all()
    old = table[table["missing"]]
    assert dict(zip(old["iso3"], old["year"], strict=True)) == {"TKM": 1999, "UZB": 2018}
    assert set(old["measure"]) == {"military"}


def test_sizes_agree_with_the_published_values():
    gdp = figures.sizes().query("measure == 'gdp'").set_index("iso3")["value"]
    assert gdp.round(3).tolist() == [261.421, 13.988, 12.061, 59.887, 90.889]
    people = figures.sizes().query("measure == 'population'").set_index("iso3")["value"]
    assert people["UZB"] == pytest.approx(35.652, abs=1e-3)


def test_inequality_names_the_largest_by_each_measure():
    title = FIGURES["inequality"].title
    gdp = figures.sizes().query("measure == 'gdp'").set_index("iso3")["value"]
    people = figures.sizes().query("measure == 'population'").set_index("iso3")["value"]
    assert f"Kazakhstan has {100 * gdp['KAZ'] / gdp.sum():.0f}" in title
    assert f"Uzbekistan {100 * people['UZB'] / people.sum():.0f}" in title
    military = FIGURES["inequality"].numbers.query("Measure == 'Military spending'")
    shares = military.set_index("State")["Share of the five (%)"]
    assert shares[["Turkmenistan", "Uzbekistan"]].isna().all()
    assert shares.sum() == pytest.approx(100)


def test_burden_is_lightest_where_the_economy_is_largest():
    shares = figures.burden_shares().set_index("iso3")["value"].round(2)
    assert shares.to_dict() == {"KAZ": 0.48, "KGZ": 3.62, "TJK": 1.22}
    title = FIGURES["burden"].title.replace("\N{NO-BREAK SPACE}", " ")
    assert "lightest" in title
    assert "Kazakhstan spends 0.48 % of its GDP" in title
    assert "Kyrgyzstan 3.62 %" in title


def test_pool_is_the_sum_of_its_parts():
    numbers = FIGURES["pooled"].numbers.set_index("State")["Billion US$"]
    parts = numbers[["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]]
    assert numbers["The five together"] == pytest.approx(parts.sum())
    assert f"Russia spends {numbers['Russia'] / parts.sum():.0f} times" in FIGURES["pooled"].title
    assert f"China {numbers['China'] / parts.sum():.0f} times" in FIGURES["pooled"].title


def test_agreements_in_the_title_add_up():
    agreements = load("agreements")
    strict = agreements[(agreements["n_c5"] >= 3) & agreements["outside_parties"].isna()]
    unknown_outsider = strict["unknown_parties"].fillna("").str.contains("AZE")
    before, _, between, _, _, after, _ = (int(word) for word in number_words(FIGURES["agreements_over_time"].title))
    assert before + after + between == len(strict) - unknown_outsider.sum() == 54
    assert f"54 of {len(agreements)}" in FIGURES["agreements_over_time"].subtitle
    numbers = FIGURES["agreements_over_time"].numbers
    assert (numbers["Outsider"] == "Azerbaijan").sum() == 2
    assert len(numbers) == 54 + 4 + 2


@pytest.mark.parametrize("values", [[0.5, 1.2, 1.5, 1.7, 2.1], [1.0, 1.0, 1.0], [0.0, 0.01, 6.0], [3.0]])
def test_labels_are_moved_apart_and_keep_their_order(values):
    places = charts._spread(values, 0.3)
    assert len(places) == len(values)
    assert all(after - before > 0.29 for before, after in zip(places, places[1:], strict=False))
    assert min(places) >= 0
