"""Charts of the chapter on what counts as regionalism. Each is a pure function from a table and a width to a chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import (
    GRID,
    INK,
    MUTED,
    OUTSIDER,
    OUTSIDER_LIGHT,
    PAPER,
    STATE_DASHES,
    STATES,
    AnyChart,
    state_colour_scale,
    state_name,
)

NARROW = 480
COUNTED = "#2f6f8f"
SECOND = "#8fb8cc"
MISSED = "#b4532a"
FIRST_YEAR, LAST_YEAR = 1991, 2026
NAMES = 9
LINE = 19
# How the dial's marks are called in its key.
MARKS: tuple[str, ...] = ("counts", "may count: something unknown", "misses by one step", "further away")
DEPTH_X, DEPTH_Y = [-0.02, 0.75], [-0.02, 0.58]
TRADE_TOP, TRADE_HEIGHT = 45, 340


# ---------------------------------------------------------------- the dial


def dial_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw the agreements by year of signature, as what they are under a definition, and name those that just miss it.

    ``results`` has ``name``, ``year``, ``slot`` (place in the stack of its year, from 1), ``standing``
    (``certain``, ``possible``, ``out``, or the condition that it misses by one step), ``lacks`` (what it misses, in
    words) and ``line`` (1 to 9 for those whose names are shown, else 0).
    """
    return alt.vconcat(_dial_dots(results, width), _dial_names(results, width), spacing=14)


def _dial_dots(results: pd.DataFrame, width: int) -> AnyChart:
    narrow = width < NARROW
    plot = width - 24
    tallest = int(results["slot"].max())
    across = plot / (LAST_YEAR - FIRST_YEAR + 1.4)
    size = min(11.0, across * 0.8) ** 2 * 0.785
    names = list(MARKS)
    mark = (
        f"datum.standing == 'certain' ? '{MARKS[0]}' : datum.standing == 'possible' ? '{MARKS[1]}' :"
        f" datum.standing == 'out' ? '{MARKS[3]}' : '{MARKS[2]}'"
    )
    legend = alt.Legend(
        title=None, orient="top", labelLimit=300, labelColor=INK, symbolSize=90, symbolStrokeWidth=1.6, offset=4,
        columnPadding=14, columns=1 if narrow else 4, labelFontSize=12,
    )
    scale = alt.Scale(domain=[FIRST_YEAR - 0.7, LAST_YEAR + 0.7], nice=False)
    ticks = [1991, 2000, 2010, 2018, 2026] if narrow else [1991, *range(1995, 2026, 5)]
    axis = alt.Axis(values=ticks, format="d", grid=False, domainColor=MUTED)
    return (
        alt.Chart(results, width=plot, height=int((tallest + 0.8) * max(across, 12)))
        .transform_calculate(mark=mark)
        .mark_point(filled=True, opacity=1, strokeWidth=1.6, size=size)
        .encode(
            x=alt.X("year:Q", title=None, axis=axis, scale=scale),
            y=alt.Y("slot:Q", axis=None, scale=alt.Scale(domain=[0.3, tallest + 1.1], nice=False)),
            shape=alt.Shape(
                "mark:N", legend=legend, scale=alt.Scale(domain=names, range=["circle", "circle", "diamond", "circle"])
            ),
            fill=alt.Fill("mark:N", scale=alt.Scale(domain=names, range=[COUNTED, PAPER, PAPER, GRID])),
            stroke=alt.Stroke("mark:N", scale=alt.Scale(domain=names, range=[COUNTED, COUNTED, MISSED, GRID])),
        )
    )


def _dial_names(results: pd.DataFrame, width: int) -> AnyChart:
    narrow = width < NARROW
    plot, label = width - 24, 92 if narrow else 150
    base = alt.Chart(results, width=plot, height=(NAMES + 1) * LINE).encode(
        y=alt.Y("line:Q", axis=None, scale=alt.Scale(domain=[NAMES + 0.6, -0.4], nice=False))
    )
    listed = base.transform_filter("datum.line > 0")
    # The heads hang on one row, which is there whatever the definition.
    first = base.transform_window(number="row_number()").transform_filter("datum.number == 1")
    heads = [
        first.mark_text(align="left", color=MUTED, fontSize=12, baseline="middle").encode(
            x=alt.value(place), y=alt.value(6), text=alt.value(text)
        )
        for place, text in (
            (0, "It misses" if narrow else "What it misses"),
            (label, "Just outside: latest 3 of each kind" if narrow else "Just outside: the latest three of each kind"),
        )
    ]
    lacks = listed.mark_text(
        align="left", color=MISSED, fontSize=12, fontWeight="bold", baseline="middle", limit=label - 6
    ).encode(x=alt.value(0), text="lacks:N")
    names = (
        listed.transform_calculate(text="datum.year + ' ' + datum.name")
        .mark_text(align="left", color=INK, fontSize=12, baseline="middle", limit=plot - label)
        .encode(x=alt.value(label), text="text:N")
    )
    return alt.layer(*heads, lacks, names)


# ---------------------------------------------------------------- the bodies of other regions


def depth_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw the regional bodies by what they pool and delegate on paper, and mark those deep enough to count.

    ``results`` has ``io``, ``pooling``, ``delegation`` (0 to 1, empty where a body has no score), ``counts`` (yes, no
    or not there), ``named`` (whether its name is written), ``least_pooling`` and ``least_delegation``.
    """
    x_scale, y_scale = alt.Scale(domain=DEPTH_X, nice=False), alt.Scale(domain=DEPTH_Y, nice=False)
    across = alt.Axis(values=[0, 0.2, 0.4, 0.6], grid=False)
    up = alt.Axis(values=[0, 0.2, 0.4], grid=False)
    x = alt.X("delegation:Q", title="Delegation to common bodies", axis=across, scale=x_scale)
    y = alt.Y("pooling:Q", title="Pooling: majorities decide", axis=up, scale=y_scale)
    base = alt.Chart(results, width=width - 70, height=300)
    there = base.transform_filter("isValid(datum.pooling)").encode(x=x, y=y)
    field = (
        base.transform_aggregate(left="min(least_delegation)", low="min(least_pooling)")
        .transform_calculate(right=str(DEPTH_X[1]), top=str(DEPTH_Y[1]))
        .mark_rect(color=COUNTED, opacity=0.1)
        .encode(x=alt.X("left:Q", scale=x_scale), x2="right:Q", y=alt.Y("low:Q", scale=y_scale), y2="top:Q")
    )
    enough = "datum.counts == 'yes'"
    dots = there.mark_point(filled=True, size=75, opacity=1, strokeWidth=1.6).encode(
        fill=alt.condition(enough, alt.value(COUNTED), alt.value(PAPER)),
        stroke=alt.condition(enough, alt.value(COUNTED), alt.value(OUTSIDER)),
    )
    # CIS and ASEAN fall on one spot from 2008 on, so that their names go to two sides of it.
    sides: list[tuple[str, Any, int, int]] = [
        ("datum.io == 'CIS'", "right", -9, 11),
        ("datum.io == 'ASEAN'", "right", -9, -7),
        ("datum.io != 'CIS' && datum.io != 'ASEAN'", "left", 8, -8),
    ]
    names = []
    for test, align, dx, dy in sides:
        named = there.transform_filter(f"datum.named && {test}")
        style: dict[str, Any] = {"align": align, "dx": dx, "dy": dy, "fontWeight": "bold"}
        # A rim of paper keeps a name readable where it crosses a dot.
        rim = named.mark_text(stroke=PAPER, strokeWidth=4, strokeJoin="round", color=PAPER, **style)
        names += [rim.encode(text="io:N"), named.mark_text(color=INK, **style).encode(text="io:N")]
    return alt.layer(field, dots, *names)


# ---------------------------------------------------------------- counts


def counts_chart(counts: pd.DataFrame, width: int) -> AnyChart:
    """Draw how many agreements each definition leaves: what the first search found, the second, and the unsure.

    ``counts`` has, in the order of drawing, ``definition`` (its words), ``part`` (``first``, ``second``,
    ``unsure``), ``from`` and ``to`` (the ends of the part), ``end`` (the end of the whole bar) and ``label`` (set on
    one part of each).
    """
    narrow = width < NARROW
    order = list(dict.fromkeys(counts["definition"]))
    lane = pd.Series([order.index(words) for words in counts["definition"]], index=counts.index)
    lanes = counts.assign(high=lane + 0.48, middle=lane + 0.68, low=lane + 0.88, words=lane + 0.24)
    base = alt.Chart(lanes, width=width - 78, height=46 * len(order))
    scale = alt.Scale(domain=[len(order), 0], nice=False)
    x_scale = alt.Scale(domain=[0, float(counts["to"].max())], nice=False)
    parts = {"first": "first search", "second": "second search", "unsure": "if an unknown turns out so"}
    legend = alt.Legend(
        title=None, orient="top", direction="vertical" if narrow else "horizontal", labelColor=INK, symbolType="square",
        labelExpr="{" + ", ".join(f"'{part}': '{text}'" for part, text in parts.items()) + "}[datum.label]",
        labelLimit=280, columnPadding=14, symbolStrokeWidth=1.5, symbolOpacity=1,
    )
    bars = (
        base.transform_filter("datum.to > datum.from")
        .mark_rect(strokeWidth=1.5, opacity=1)
        .encode(
            x=alt.X("from:Q", axis=None, scale=x_scale), x2="to:Q",
            y=alt.Y("high:Q", axis=None, scale=scale), y2="low:Q",
            fill=alt.Fill("part:N", legend=legend,
                          scale=alt.Scale(domain=list(parts), range=[COUNTED, SECOND, PAPER])),
            stroke=alt.Stroke("part:N", scale=alt.Scale(domain=list(parts), range=[COUNTED] * 3)),
        )
    )
    labelled = base.transform_filter("isValid(datum.label)")
    names = labelled.mark_text(align="left", color=INK).encode(
        x=alt.value(0), y=alt.Y("words:Q", axis=None, scale=scale), text="definition:N"
    )
    ends = labelled.mark_text(align="left", dx=7, fontWeight="bold", color=INK, baseline="middle").encode(
        x=alt.X("end:Q", axis=None, scale=x_scale), y=alt.Y("middle:Q", axis=None, scale=scale), text="label:N"
    )
    return alt.layer(bars, names, ends)


# ---------------------------------------------------------------- growth from below


def within_chart(shares: pd.DataFrame, width: int) -> AnyChart:
    """Draw each state's trade with the other four as a share of all its trade, doubtful years as small circles.

    ``shares`` has ``iso3``, ``year``, ``value`` (per cent) and ``sound`` (whether the book can be trusted).
    """
    narrow = width < NARROW
    plot = width - (168 if narrow else 172)
    first, last = int(shares["year"].min()), int(shares["year"].max())
    ticks = [1995, 2005, 2015] if narrow else [1995, 2000, 2005, 2010, 2015, 2020]
    axis = alt.Axis(values=ticks, format="d", grid=False, tickColor=GRID)
    up = alt.Axis(
        values=[0, 10, 20, 30, 40], labelExpr="datum.value + '\N{NO-BREAK SPACE}%'", domain=False, ticks=False
    )
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[first, last], nice=False), axis=axis)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, TRADE_TOP], nice=False), axis=up)
    base = alt.Chart(_with_runs(shares), width=plot, height=TRADE_HEIGHT).encode(x=x, y=y)
    colour = alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
    dashes = alt.Scale(domain=list(STATES), range=[STATE_DASHES[code] for code in STATES])
    sound = base.transform_filter("datum.sound").mark_line(strokeWidth=2.8).encode(
        color=colour, strokeDash=alt.StrokeDash("iso3:N", scale=dashes, legend=None), detail="run:N"
    )
    doubtful = base.transform_filter("!datum.sound").mark_point(filled=False, size=22, strokeWidth=1.3).encode(
        color=colour
    )
    ends = shares[shares["year"] == last].sort_values("value")
    texts = [f"{state_name(row.iso3)} {row.value:.0f}\N{NO-BREAK SPACE}%" for row in ends.itertuples()]
    named = alt.Chart(ends.assign(place=_spread(ends["value"].tolist(), 17 * TRADE_TOP / TRADE_HEIGHT), text=texts))
    leaders = named.mark_rule(strokeWidth=0.8, color=OUTSIDER).encode(
        x=alt.value(plot + 2), x2=alt.value(plot + 12), y="value:Q", y2="place:Q"
    )
    names = named.mark_text(align="left", fontWeight="bold", color=INK).encode(
        x=alt.value(plot + 15), y="place:Q", text="text:N"
    )
    return alt.layer(doubtful, sound, leaders, names)


def _with_runs(shares: pd.DataFrame) -> pd.DataFrame:
    """Number the unbroken runs of sound years of each state, so that no line crosses a gap."""
    table = shares.sort_values(["iso3", "year"], ignore_index=True)
    breaks = (table["iso3"] != table["iso3"].shift()) | (table["year"] != table["year"].shift() + 1)
    return table.assign(run=(breaks | (table["sound"] != table["sound"].shift())).cumsum())


def _spread(values: list[float], apart: float) -> list[float]:
    """Return rising places near rising ``values``, at least ``apart`` from each other."""
    places = list(values)
    for _ in range(200):
        for lower in range(len(places) - 1):
            overlap = apart - (places[lower + 1] - places[lower])
            if overlap > 0:
                places[lower] -= overlap / 2
                places[lower + 1] += overlap / 2
        places[0] = max(places[0], 0.0)
    return places


def destinations_chart(ties: pd.DataFrame, width: int) -> AnyChart:
    """Draw where people and planes from the five go, one panel for each kind.

    ``ties`` has ``kind`` (its heading), ``place`` (the label of the bar; the first is the region itself) and
    ``share`` in per cent.
    """
    label = 120
    places = list(dict.fromkeys(ties["place"]))
    panels = []
    for heading in dict.fromkeys(ties["kind"]):
        title = alt.TitleParams(heading, fontSize=13, color=INK, offset=6, anchor="start", frame="bounds")
        axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, labelColor=INK, minExtent=label - 8)
        base = alt.Chart(ties[ties["kind"] == heading], width=width - label - 56, height=84, title=title).encode(
            x=alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False)),
            y=alt.Y("place:N", sort=places, axis=axis),
        )
        bars = base.mark_bar(height=17, cornerRadiusEnd=2).encode(
            color=alt.condition(f"datum.place == '{places[0]}'", alt.value(COUNTED), alt.value(OUTSIDER_LIGHT))
        )
        words = "format(datum.share, datum.share < 9.95 ? '.1f' : '.0f') + '\N{NO-BREAK SPACE}%'"
        values = base.transform_calculate(words=words).mark_text(align="left", dx=6, color=INK).encode(text="words:N")
        panels.append(alt.layer(bars, values))
    return alt.vconcat(*panels, spacing=22)
