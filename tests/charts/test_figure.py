"""The frame of a figure: two faces, one finding."""

from __future__ import annotations

import re
from dataclasses import replace

import altair as alt
import nbformat
import pandas as pd
import pytest

from regionalism.charts.figure import Figure, page_link
from regionalism.charts.theme import VEGALITE_MIME


@pytest.fixture
def figure():
    numbers = pd.DataFrame({"State": ["A", "B"], "Value": [1.0, float("nan")]})
    return Figure(
        name="test-one", title="A has <one>", subtitle="Ones, 2023", source="nobody & co.", tables=("states",),
        alt="A bar for A.", numbers=numbers, note="B does not report.",
        draw=lambda width: alt.Chart(numbers, width=width - 60).mark_bar(clip=True).encode(x="Value:Q", y="State:N"),
    )


def test_live_face_carries_specification_and_text(figure):
    bundle = figure._repr_mimebundle_()
    assert set(bundle) >= {VEGALITE_MIME, "text/plain"}
    assert "text/html" not in bundle
    assert bundle[VEGALITE_MIME]["title"]["text"] == ["A has <one>"]
    assert "A has <one>" in bundle["text/plain"]
    output = nbformat.v4.new_output("display_data", data=bundle)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    nbformat.validate(notebook)


@pytest.mark.local
def test_page_face_is_html_alone(figure, monkeypatch):
    monkeypatch.setenv("REGIONALISM_FACE", "page")
    assert set(figure._repr_mimebundle_()) == {"text/html", "text/plain"}


@pytest.mark.local
def test_page_face_escapes_links_and_says_what_is_missing(figure):
    html = figure.html()
    assert 'id="fig-test-one"' in html
    assert "A has &lt;one&gt;" in html
    assert "nobody &amp; co." in html
    assert 'href="../book/tables/states.html"' in html
    assert "<td>no data</td>" in html
    assert "B does not report." in html
    assert html.count("<svg") == 2
    assert html.count('role="img"') == 2


@pytest.mark.local
def test_two_drawings_of_a_figure_share_no_id_and_never_change(figure):
    html = figure.html()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4
    used = re.findall(r"url\(#([^)]+)\)", html)
    assert used
    assert set(used) <= set(ids)
    assert figure.html() == html


def test_address_of_a_table():
    assert page_link("states") == "../book/tables/states.html"


def test_figure_without_tables_has_no_empty_list_of_data(figure):
    assert replace(figure, tables=())._table_links() == ""
