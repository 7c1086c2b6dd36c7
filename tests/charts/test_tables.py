"""Numbers as text and tables as HTML."""

from __future__ import annotations

import math
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.charts.tables import cell_text, number_text, percent, python_records, table_html


@pytest.mark.parametrize(("value", "digits", "text"), [
    (0.0, 1, "0.0"), (-0.0, 1, "0.0"), (-0.04, 1, "0.0"), (-0.06, 1, "\N{MINUS SIGN}0.1"), (12.345, 2, "12.35"),
    (-3, 0, "\N{MINUS SIGN}3"), (1e6, 0, "1000000"),
])
def test_numbers(value, digits, text):
    assert number_text(value, digits) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_number_text_is_the_rounded_number(value, digits):
    text = number_text(value, digits).replace("\N{MINUS SIGN}", "-")
    assert float(text) == pytest.approx(round(value, digits), abs=10.0**-digits)
    assert not math.copysign(1, float(text)) < 0 or float(text) != 0


@pytest.mark.parametrize("gap", [None, float("nan"), pd.NA])
def test_gaps_say_so(gap):
    assert cell_text(gap, 2) == "no data"


def test_cells():
    assert cell_text(True) == "yes"
    assert cell_text(False, 1) == "no"
    assert cell_text(2.50) == "2.5"
    assert cell_text("<b>") == "<b>"
    assert percent(17.64) == "18\N{NO-BREAK SPACE}%"
    assert percent(17.64, 1) == "17.6\N{NO-BREAK SPACE}%"


def test_records_hold_plain_values():
    frame = pd.DataFrame({"a": np.array([1, 2]), "b": [0.5, np.nan], "c": pd.array([1, pd.NA], dtype="Int64"),
                          "d": ["x", None], "e": np.array([True, False])})
    first, second = python_records(frame)
    assert first == {"a": 1, "b": 0.5, "c": 1, "d": "x", "e": True}
    assert second == {"a": 2, "b": None, "c": None, "d": None, "e": False}
    assert all(type(value) in (int, float, str, bool, type(None)) for row in (first, second) for value in row.values())


class Counter(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def test_table_heads_its_rows_and_columns_and_escapes():
    html = table_html(pd.DataFrame({"who": ["A & B"], "x": [1.234]}), {"x": "How <much>"}, {"x": 1}, "Caption")
    parsed = Counter()
    parsed.feed(html)
    assert [attrs.get("scope") for tag, attrs in parsed.tags if tag == "th"] == ["col", "col", "row"]
    assert parsed.text == ["Caption", "who", "How <much>", "A & B", "1.2"]
