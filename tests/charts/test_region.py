"""The map: every state in its place, links and values where they belong."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from regionalism.charts.region import EAST, NORTH, PLACES, SOUTH, WEST, map_chart
from regionalism.charts.theme import STATES, themed
from regionalism.data import load_map


def inside(point, ring):
    """Whether a point lies in a ring, by counting crossings."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("code", PLACES)
def test_every_name_stands_inside_its_state(code):
    shape = next(feature for feature in load_map()["features"] if feature["id"] == code)["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    assert any(inside(PLACES[code], polygon[0]) for polygon in polygons)
    assert WEST < PLACES[code][0] < EAST
    assert SOUTH < PLACES[code][1] < NORTH


def test_the_five_are_drawn_last_and_in_their_colours():
    specification = themed(map_chart(load_map(), 640))
    shapes = specification["layer"][0]["data"]["values"]
    assert [shape["iso3"] for shape in shapes[-5:]] == [
        feature["id"] for feature in load_map()["features"] if feature["id"] in STATES
    ]


def test_neighbours_share_their_border_after_thinning():
    """A coarse border must not leave a gap between two states."""
    shapes = {shape["iso3"]: shape for shape in themed(map_chart(load_map(), 640))["layer"][0]["data"]["values"]}

    def points(code):
        return {tuple(point) for part in shapes[code]["geometry"]["coordinates"] for ring in part for point in ring}

    for first, second in (
        ("KAZ", "KGZ"),
        ("KGZ", "TJK"),
        ("TJK", "UZB"),
        ("UZB", "TKM"),
        ("TKM", "KAZ"),
        ("KGZ", "UZB"),
    ):
        assert len(points(first) & points(second)) > 5


def test_a_link_of_nothing_is_dotted_and_the_drawing_fits_both_widths():
    links = pd.DataFrame({"iso3_a": ["KAZ", "TJK"], "iso3_b": ["KGZ", "UZB"], "value": [2, 0]})
    for width in (640, 320):
        specification = themed(map_chart(load_map(), width, links=links))
        text = json.dumps(specification)
        assert '"strokeDash": [2, 5]' in text
        assert specification["width"] <= width


def test_values_stand_under_the_names():
    values = pd.DataFrame({"iso3": ["KAZ"], "label": ["20 million"]})
    assert "20 million" in json.dumps(themed(map_chart(load_map(), 640, values=values)))


def test_a_state_without_a_place_is_named():
    links = pd.DataFrame({"iso3_a": ["KAZ"], "iso3_b": ["BRA"], "value": [1]})
    with pytest.raises(ValueError, match="BRA"):
        map_chart(load_map(), 640, links=links)
