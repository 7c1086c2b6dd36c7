"""A map of the five and their neighbours, on which values or links between states can be laid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, PAPER, STATE_COLOURS, STATES, AnyChart, state_name

# Around this latitude a degree of longitude is drawn as long as it is on the ground.
MIDDLE = 43.0
WEST, EAST, SOUTH, NORTH = 45.0, 89.0, 33.0, 56.0
GRAIN = 0.05  # degrees; finer detail than this is below a pixel at the widest drawing
NARROW = 480

# Where a name or the end of a link stands: a place inside the state with room around it (longitude, latitude).
PLACES: dict[str, tuple[float, float]] = {
    "KAZ": (67.0, 48.3),
    "KGZ": (75.3, 41.5),
    "TJK": (70.3, 38.6),
    "TKM": (59.2, 39.4),
    "UZB": (63.4, 41.9),
    "AFG": (66.0, 34.4),
    "CHN": (84.5, 41.0),
    "IRN": (55.0, 34.6),
    "RUS": (60.0, 54.6),
}


def map_chart(
    shapes: Mapping[str, Any], width: int, values: pd.DataFrame | None = None, links: pd.DataFrame | None = None
) -> AnyChart:
    """Draw the five in their colours among grey neighbours.

    ``shapes`` is a GeoJSON collection whose features carry the state's code as ``id``. ``values`` has the
    columns ``iso3`` and ``label``: a second line under the state's name. ``links`` has ``iso3_a``, ``iso3_b``
    and ``value`` (more than 0: a line as wide as its value; 0: a dashed line, a link that is missing).

    Raises
    ------
    ValueError
        If a link or a value names a state that has no place on this map.
    """
    _known(links, ("iso3_a", "iso3_b"))
    _known(values, ("iso3",))
    base = alt.Chart(alt.Data(values=_outlines(shapes)), width=width - 4, height=round((width - 4) * _aspect()))
    fill = alt.condition("datum.five", alt.Color("iso3:N", legend=None, scale=_state_scale()), alt.value(GRID))
    land = base.mark_geoshape(stroke=PAPER, strokeWidth=1, clip=True).encode(
        color=fill, opacity=alt.condition("datum.five", alt.value(0.85), alt.value(0.7))
    )
    layers = [land, *([_links(links)] if links is not None else []), *_names(values, width)]
    left, top = _flat(WEST, NORTH)
    scale = (width - 4) / (_flat(EAST, NORTH)[0] - left)
    return alt.layer(*layers).project(
        type="identity", reflectY=True, scale=scale, translate=[-left * scale, top * scale]
    )


def _known(table: pd.DataFrame | None, columns: Sequence[str]) -> None:
    if table is None:
        return
    strangers = sorted({code for column in columns for code in table[column]} - set(PLACES))
    if strangers:
        raise ValueError(f"no place on the map for {', '.join(strangers)}; places: {', '.join(PLACES)}")


def _state_scale() -> alt.Scale:
    return alt.Scale(domain=list(STATES), range=[STATE_COLOURS[code] for code in STATES])


def _aspect() -> float:
    left, bottom = _flat(WEST, SOUTH)
    right, top = _flat(EAST, NORTH)
    return (top - bottom) / (right - left)


def _flat(longitude: float, latitude: float) -> tuple[float, float]:
    return longitude * math.cos(math.radians(MIDDLE)), latitude


def _outlines(shapes: Mapping[str, Any]) -> list[dict[str, Any]]:
    features = []
    for feature in shapes["features"]:
        kind, parts = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        polygons = parts if kind == "MultiPolygon" else [parts]
        drawn = [rings for polygon in polygons if (rings := [ring for part in polygon if (ring := _coarse(part))])]
        if drawn:
            geometry = {"type": "MultiPolygon", "coordinates": drawn}
            code = feature["id"]
            features.append({"type": "Feature", "geometry": geometry, "iso3": code, "five": code in STATES})
    # The five last, so that their borders lie on top.
    return sorted(features, key=lambda feature: feature["five"])


def _coarse(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    """A ring on a grid so coarse that neighbours still share their border; empty if nothing is left of it."""
    points = list(_steps(ring))
    return [[round(x, 3), round(y, 3)] for x, y in (_flat(*point) for point in points)] if len(points) > 3 else []


def _steps(ring: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    last = None
    for longitude, latitude in ring:
        # Points far outside the frame are moved to its edge: they are never seen.
        x, y = min(max(longitude, WEST - 3), EAST + 3), min(max(latitude, SOUTH - 3), NORTH + 3)
        point = (round(x / GRAIN) * GRAIN, round(y / GRAIN) * GRAIN)
        if point != last:
            yield point
        last = point


def _links(links: pd.DataFrame) -> AnyChart:
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[*_flat(*PLACES[row.iso3_a])], [*_flat(*PLACES[row.iso3_b])]],
            },
            "value": float(row.value),
            "dash": "none" if row.value > 0 else "missing",
        }
        for row in links.itertuples()
    ]
    base = alt.Chart(alt.Data(values=features))
    there = (
        base.transform_filter("datum.value > 0")
        .mark_geoshape(filled=False, stroke=INK, strokeCap="round")
        .encode(
            strokeWidth=alt.StrokeWidth(
                "value:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[0, 9], range=[0, 9])
            )
        )
    )
    missing = base.transform_filter("datum.value == 0").mark_geoshape(
        filled=False, stroke=INK, strokeWidth=1.5, strokeDash=[2, 5]
    )
    return alt.layer(there, missing)


def _names(values: pd.DataFrame | None, width: int) -> list[AnyChart]:
    second = {} if values is None else dict(zip(values["iso3"], values["label"], strict=True))
    narrow = width < NARROW
    rows = []
    for code, place in PLACES.items():
        if narrow and code not in STATES and code not in second:
            continue
        x, y = _flat(*place)
        rows.append(
            {
                "iso3": code,
                "name": state_name(code) if not narrow or code == "KAZ" else code,
                "label": str(second.get(code, "")),
                "five": code in STATES,
                "x": x,
                "y": y,
            }
        )
    base = alt.Chart(alt.Data(values=rows)).encode(longitude="x:Q", latitude="y:Q")
    # A halo of paper keeps a name readable on any of the five colours, in print and in the dark.
    halo = base.transform_filter("datum.five").mark_text(
        fontWeight="bold", stroke=PAPER, strokeWidth=4, strokeJoin="round"
    )
    own = base.transform_filter("datum.five").mark_text(fontWeight="bold", color=INK)
    others = base.transform_filter("!datum.five").mark_text(color=MUTED)
    lower = base.transform_filter("datum.label != ''").mark_text(dy=16, stroke=PAPER, strokeWidth=4, strokeJoin="round")
    lower_ink = base.transform_filter("datum.label != ''").mark_text(dy=16, color=INK)
    return [
        *(layer.encode(text="name:N") for layer in (halo, own, others)),
        *(layer.encode(text="label:N") for layer in (lower, lower_ink)),
    ]
