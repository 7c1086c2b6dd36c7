"""Colours that read on both papers, and one theme for two inks."""

from __future__ import annotations

import itertools
import json

import altair as alt
import pandas as pd
import pytest

from regionalism.charts import gains, gains_models, theme

PAPERS = [theme.LIGHT_INK[theme.PAPER], theme.DARK_INK[theme.PAPER]]
MARKS = [*theme.STATE_COLOURS.values(), theme.OUTSIDER, theme.OUTSIDER_DARK, theme.OUTSIDER_LIGHT,
         gains.SIGNED, gains_models.STABLE, gains_models.BREAKS]


def test_contrast_of_known_pairs():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#ffffff", "#777777") == theme.contrast("#777777", "#ffffff")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("colour", MARKS)
def test_marks_stand_out_on_light_and_dark_paper(colour, paper):
    assert theme.contrast(colour, paper) >= 3


@pytest.mark.parametrize("inks", [theme.LIGHT_INK, theme.DARK_INK])
@pytest.mark.parametrize("name", [theme.INK, theme.MUTED])
def test_text_reads_on_its_paper(inks, name):
    assert theme.contrast(inks[name], inks[theme.PAPER]) >= 4.5


def test_every_state_has_its_own_name_colour_shape_and_dash():
    assert theme.STATES == ("KAZ", "KGZ", "TJK", "TKM", "UZB")
    for table in (theme.STATE_NAMES, theme.STATE_COLOURS, theme.STATE_SHAPES, theme.STATE_DASHES):
        assert tuple(table) == theme.STATES
        assert len({str(value) for value in table.values()}) == len(theme.STATES)


def lightness(colour: str) -> float:
    above_black = (theme.contrast(colour, "#000000") * 0.05) - 0.05
    return 116 * above_black ** (1 / 3) - 16


def test_states_differ_in_greyscale_as_far_as_both_papers_allow():
    grey = sorted(lightness(colour) for colour in theme.STATE_COLOURS.values())
    assert min(after - before for before, after in itertools.pairwise(grey)) > 3


def linear(colour: str) -> list[float]:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


# Machado, Oliveira and Fernandes (2009), full severity.
SIGHTS = {
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def times(matrix, vector):
    return [sum(entry * value for entry, value in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    seen = [min(max(value, 0.0), 1.0) for value in times(SIGHTS[sight], linear(colour))]
    x, y, z = (value / white for value, white in zip(times(XYZ, seen), (0.9505, 1, 1.089), strict=True))
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("sight", SIGHTS)
def test_states_differ_for_every_kind_of_colour_sight(sight):
    seen = [lab(colour, sight) for colour in theme.STATE_COLOURS.values()]
    apart = [sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5
             for one, two in itertools.combinations(seen, 2)]
    assert min(apart) > 20


@pytest.fixture
def chart():
    return alt.Chart(pd.DataFrame({"x": [1]})).mark_text(color=theme.INK).encode(x="x:Q", text=alt.value("one"))


def test_page_ink_keeps_names_and_live_ink_has_none(chart):
    page, live = json.dumps(theme.themed(chart, "page")), json.dumps(theme.themed(chart, "live"))
    assert "var(--ra-ink)" in page
    assert "var(--" not in live
    assert theme.LIGHT_INK[theme.INK] in live


def test_both_inks_keep_everything_else(chart):
    page, live = theme.themed(chart, "page"), theme.themed(chart, "live")
    assert page["encoding"] == live["encoding"]
    assert page["config"]["background"] == "transparent"
    assert live["config"]["background"] == "#ffffff"
    assert page["$schema"] == theme.VEGALITE_SCHEMA


def test_unknown_ink_is_refused(chart):
    with pytest.raises(ValueError, match="sepia"):
        theme.themed(chart, "sepia")


def test_names_of_states():
    assert theme.state_name("UZB") == "Uzbekistan"
    assert theme.state_name("TUR") == "Türkiye"
    assert theme.state_name("XXX") == "XXX"
