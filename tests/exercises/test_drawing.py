"""A chart drawn by plain Python: it is whole, names what it shows, and a mark stands where it was set."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from regionalism.exercises.drawing import figure_text, plot_html, ticks
from regionalism.exercises.question import Plot

PLOT = Plot(
    lines={
        "Kazakhstan": tuple((year, (year - 1992) * 0.8) for year in range(1992, 2025)),
        "Kyrgyz Republic & neighbours": ((1992, 20), (2005, 22), (2024, 24)),
        "Tajikistan": ((1992, 19), (2020, 25)),
    },
    x_label="Year",
    y_label="Military spending, bn USD <2023>",
    x_range=(1992, 2024),
    y_range=(0, 30),
    source="Made up for this test.",
)


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html)


def svg_of(html: str) -> ElementTree.Element:
    found = parsed(html).find(".//svg")
    assert found is not None
    return found


def place(svg: ElementTree.Element, value: float) -> float:
    """Where an x value stands by what the drawing tells of its scale."""
    low, high, left, right = (float(svg.attrib[f"data-{name}"]) for name in ("low", "high", "start", "end"))
    return left + (value - low) / (high - low) * (right - left)


def test_the_chart_says_what_it_shows():
    html = plot_html(PLOT, name="demo.mark", title="Spending")
    svg = svg_of(html)
    assert svg.attrib["role"] == "img"
    assert "Spending" in svg.attrib["aria-label"]
    assert "Kazakhstan; Kyrgyz Republic & neighbours; Tajikistan" in svg.attrib["aria-label"]
    text = " ".join(parsed(html).itertext())
    for words in ("Year", "bn USD <2023>", "Tajikistan", "Made up for this test.", "Numbers behind this chart"):
        assert words in text
    assert len(parsed(html).findall(".//tbody/tr")) == 33


def test_ids_are_unique_for_a_name():
    both = plot_html(PLOT, name="one.first") + plot_html(PLOT, name="one.second")
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 4
    assert all(f"#{anchor}" in both for anchor in ids if anchor.endswith("-area"))


def test_a_point_is_marked_where_it_stands():
    svg = svg_of(plot_html(PLOT, mark=2005))
    group = svg.find(".//g[@class='ra-plot-mark']")
    x = float(re.match(r"M([\d.]+) ", group.find("path").attrib["d"])[1])
    assert x == pytest.approx(place(svg, 2005), abs=0.02)
    assert group.find("text").text == "2005"
    assert svg.attrib["aria-label"].endswith("Marked: 2005.")


def test_a_stretch_is_a_band():
    svg = svg_of(plot_html(PLOT, mark=(1998, 2005)))
    band = svg.find(".//g[@class='ra-plot-mark']/rect")
    left, width = float(band.attrib["x"]), float(band.attrib["width"])
    assert left == pytest.approx(place(svg, 1998), abs=0.02)
    assert left + width == pytest.approx(place(svg, 2005), abs=0.02)
    assert svg.find(".//g[@class='ra-plot-mark']/text").text == "1998 to 2005"


@pytest.mark.parametrize(("mark", "end"), [(-5, "start"), (9999, "end")])
def test_a_mark_beyond_the_axis_stands_at_its_end(mark, end):
    svg = svg_of(plot_html(PLOT, mark=mark))
    path = svg.find(".//g[@class='ra-plot-mark']/path").attrib["d"]
    assert float(re.match(r"M([\d.]+) ", path)[1]) == pytest.approx(float(svg.attrib[f"data-{end}"]), abs=0.02)


def test_lines_differ_without_colour():
    svg = svg_of(plot_html(PLOT))
    dashes = [path.attrib.get("stroke-dasharray") for path in svg.iter("path") if path.attrib.get("fill") == "none"]
    assert len(set(dashes[:3])) == 3
    assert not re.search(r'(?:stroke|fill)="#', plot_html(PLOT, mark=2005))


def test_labels_of_lines_that_end_together_stand_apart():
    crowded = Plot({f"line {n}": ((0, 1), (1, 1 + n / 1000)) for n in range(5)}, "x", "y", (0, 1), (0, 2))
    svg = svg_of(plot_html(crowded))
    heights = sorted(float(text.attrib["y"]) for text in svg.iter("text") if (text.text or "").startswith("line "))
    assert all(later - earlier >= 14.9 for earlier, later in zip(heights, heights[1:], strict=False))


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (1992, 2024), (-3, 3), (0, 0.07), (0, 1e9), (0, 13), (0.2, 0.9), (1, 8), (5, 6e-3 + 5)]
)
def test_ticks_are_few_and_round(low, high):
    values = ticks(low, high)
    assert 3 <= len(values) <= 7
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in values)
    assert values == sorted(set(values))


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.25, "0.25"), (-3, "\u22123"), (12345, "12\u202f345"), (2024, "2024")]
)
def test_figures(value, text):
    assert figure_text(value) == text


@pytest.mark.parametrize(
    "bad",
    [
        Plot({}, "x", "y", (1, 1), (0, 1)),
        Plot({}, "x", "y", (0, 1), (0, float("inf"))),
        Plot({"a": ((0, float("nan")),)}, "x", "y", (0, 1), (0, 1)),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused(bad):
    with pytest.raises(ValueError, match="axis runs|not finite"):
        plot_html(bad)


def test_a_chart_without_lines_or_with_one_point_still_draws():
    assert svg_of(plot_html(Plot({}, "x", "y", (0, 1), (0, 1)), mark=0.5)) is not None
    assert svg_of(plot_html(Plot({"a": ((0, 1),), "b": ()}, "x", "y", (0, 1), (0, 1)))) is not None
