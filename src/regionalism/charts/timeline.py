"""Agreements or other spells on a line of time: one lane each, from the first day to the end or to today."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import INK, OUTSIDER_LIGHT, PAPER, AnyChart

LANE = 34
NARROW = 480
LETTER = 6.5  # width of a letter of the lane's name, in pixels
KINDS: dict[str, str] = {"binding": "#2f6f8f", "not binding": OUTSIDER_LIGHT}


def timeline_chart(spells: pd.DataFrame, width: int, until: int) -> AnyChart:
    """Draw one lane for each row, in the order of the rows, its name above its bar.

    ``spells`` has the columns ``name``, ``start`` and ``end`` (years; an empty end means that none was found:
    the bar then fades out as an arrow at ``until``), ``kind`` (``binding`` or ``not binding``) and ``mark``
    (``certain``, or ``unknown`` when a signature or a party is unknown: the bar is then hollow). A spell of one
    year is a dot.

    Raises
    ------
    ValueError
        If a row starts after ``until`` or its kind is not one of the two.
    """
    late = spells.loc[spells["start"] > until, "name"]
    if len(late):
        raise ValueError(f"{late.iloc[0]!r} starts after the last year shown, {until}")
    strange = set(spells["kind"]) - set(KINDS)
    if strange:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}; found {', '.join(sorted(strange))}")
    table = alt.Data(values=_lanes(spells, width, until))
    first = int(spells["start"].min())
    years = _ticks(first, until, width)
    axis = alt.Axis(orient="top", format="d", domain=False, ticks=False, title=None, values=years)
    x = alt.X("from:Q", scale=alt.Scale(domain=[first - 0.5, until + 1], nice=False), axis=axis)
    base = alt.Chart(table, width=width - 16, height=LANE * len(spells)).encode(
        x=x, y=alt.Y("bar:Q", axis=None, scale=_lane_scale(len(spells)))
    )
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())))
    bars = base.transform_filter("datum.long").mark_rule(strokeWidth=8).encode(x2="to:Q", color=colour)
    hollow = (
        base.transform_filter("datum.long && datum.mark == 'unknown'")
        .mark_rule(strokeWidth=4, color=PAPER)
        .encode(x2="to:Q")
    )
    dots = (
        base.transform_filter("!datum.long")
        .mark_point(size=70, strokeWidth=2.5)
        .encode(stroke=colour, fill=alt.condition("datum.mark == 'unknown'", alt.value(PAPER), colour))
    )
    arrows = (
        base.transform_filter("datum.open")
        .mark_point(shape="triangle-right", size=90, filled=True)
        .encode(x="to:Q", color=colour)
    )
    names = [_names(base, side) for side in ("left", "right")]
    return alt.layer(bars, hollow, dots, arrows, *names)


def _lanes(spells: pd.DataFrame, width: int, until: int) -> list[dict[str, Any]]:
    first = int(spells["start"].min())
    scale = (width - 16) / (until + 1.5 - first)
    lanes = []
    for lane, row in enumerate(spells.itertuples()):
        begin = int(row.start)
        end = until if pd.isna(row.end) else int(row.end)
        at = (begin - first + 0.5) * scale
        # A name that would not fit to the right of its start ends there instead.
        side = "left" if width - 16 - at > min(len(row.name) * LETTER, (width - 16) * 0.62) else "right"
        room = int(((width - 16 - at) if side == "left" else at) / LETTER)
        lanes.append(
            {
                "name": textwrap.shorten(row.name, max(room, 12), placeholder="…"),
                "from": begin,
                "to": max(end, begin),
                "bar": lane + 0.72,
                "text": lane + 0.3,
                "kind": row.kind,
                "mark": row.mark,
                "open": bool(pd.isna(row.end)),
                "long": end > begin,
                "side": side,
            }
        )
    return lanes


def _lane_scale(lanes: int) -> alt.Scale:
    return alt.Scale(domain=[lanes, 0], nice=False)


def _names(base: alt.Chart, side: str) -> AnyChart:
    lane = alt.Y("text:Q", axis=None)
    offset = -4 if side == "left" else 4
    return (
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align="left" if side == "left" else "right", dx=offset, color=INK, fontSize=13)
        .encode(y=lane, text="name:N")
    )


def _ticks(first: int, until: int, width: int) -> list[int]:
    step = 10 if width < NARROW else 5
    return list(range(-(-first // step) * step, until + 1, step))
