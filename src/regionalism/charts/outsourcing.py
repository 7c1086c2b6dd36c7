"""Charts of the chapter on bought security. Each is a pure function from a table and a width to a chart."""

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
    STATE_NAMES,
    STATES,
    AnyChart,
    state_colour_scale,
)

NARROW = 480
BILATERAL, MULTILATERAL = "#b4532a", "#2f6f8f"
FORMS: tuple[str, str] = ("with one state at a time", "with several together")
SUPPLIERS: tuple[str, ...] = ("Russia", "Türkiye", "China", "EU members", "others")
SUPPLIER_COLOURS: tuple[str, ...] = ("#8c3b1f", "#c98a2b", "#2f6f8f", "#7fa650", OUTSIDER_LIGHT)
TREATY, ORGANISATION = OUTSIDER_LIGHT, "#2f6f8f"
FIGHTING, SENT = "#b4532a", "#1d6b4f"
LANE = 44


def forces_chart(forces: pd.DataFrame, width: int) -> AnyChart:
    """Draw soldiers and military spending: those of the five in one bar of their colours, each neighbour in a grey one.

    ``forces`` has ``panel``, ``place`` (the bar), ``iso3``, ``value``, ``start``, ``end`` (within the bar), ``total``
    and ``label`` (of the bar, on one of its rows, else empty).
    """
    panels = list(dict.fromkeys(forces["panel"]))
    narrow = width < NARROW
    # Both panels are named: the first bar is of all five in one and of three in the other.
    plot = width - 108 if narrow else (width - 2 * 108 - 20) // 2
    charts = [_forces_panel(forces, panel, plot) for panel in panels]
    return alt.vconcat(*charts, spacing=20) if narrow else alt.hconcat(*charts, spacing=20)


def _forces_panel(forces: pd.DataFrame, panel: str, plot: int) -> AnyChart:
    rows = forces[forces["panel"] == panel]
    order = list(dict.fromkeys(rows["place"]))
    top = float(rows["total"].max())
    # The long name of the first bar stands on two lines.
    axis = alt.Axis(
        title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK, minExtent=92,
        labelExpr="split(replace(datum.label, ' of the five', ' of|the five'), '|')",
        labelBaseline=alt.condition("length(datum.label) > 15", alt.value("bottom"), alt.value("middle")),
    )
    base = alt.Chart(rows, width=plot, height=30 * len(order), title=_heading(panel)).encode(
        y=alt.Y("place:N", sort=order, axis=axis)
    )
    # Room at the right for the number behind the longest bar.
    x = alt.Scale(domain=[0, top * 1.42], nice=False)
    own, others = base.transform_filter("datum.own"), base.transform_filter("!datum.own")
    start = alt.X("start:Q", axis=None, scale=x)
    return alt.layer(
        others.mark_bar(height=17, color=OUTSIDER, cornerRadiusEnd=2).encode(x=start, x2="end:Q"),
        own.mark_bar(height=17).encode(
            x=start, x2="end:Q", color=alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
        ),
        base.transform_filter("datum.label != ''")
        .mark_text(align="left", dx=5, color=INK)
        .encode(x=alt.X("total:Q", axis=None, scale=x), text="label:N"),
    )


def actors_chart(counts: pd.DataFrame, width: int) -> AnyChart:
    """Draw how many instruments turn around whom, by form.

    ``counts`` has ``actor``, ``form``, ``n``, ``start`` (where the part begins) and ``total`` (of the actor). The
    order of the rows is the order of the bars.
    """
    narrow = width < NARROW
    order = list(dict.fromkeys(counts["actor"]))
    top = int(counts["total"].max())
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK, labelLimit=150)
    table = counts.assign(end=counts["start"] + counts["n"])
    base = alt.Chart(table, width=width - (142 if narrow else 164), height=31 * len(order)).encode(
        y=alt.Y("actor:N", sort=order, axis=axis)
    )
    legend = alt.Legend(
        title=None, orient="top", direction="vertical" if narrow else "horizontal", labelColor=INK, symbolType="square",
        labelLimit=250, offset=4,
    )
    x = alt.Scale(domain=[0, top * 1.12], nice=False)
    bars = base.mark_bar(height=19).encode(
        x=alt.X("start:Q", axis=None, scale=x),
        x2="end:Q",
        color=alt.Color("form:N", scale=alt.Scale(domain=list(FORMS), range=[BILATERAL, MULTILATERAL]), legend=legend),
    )
    inside = (
        base.transform_filter("datum.n >= 2")
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_text(color="#ffffff", fontWeight="bold")
        .encode(x=alt.X("middle:Q", axis=None, scale=x), text="n:Q")
    )
    totals = (
        base.transform_filter("datum.end == datum.total")
        .mark_text(align="left", dx=6, fontWeight="bold", color=INK)
        .encode(x=alt.X("total:Q", axis=None, scale=x), text="total:Q")
    )
    return alt.layer(bars, inside, totals)


def arms_chart(periods: pd.DataFrame, recipients: pd.DataFrame, width: int) -> AnyChart:
    """Draw the shares of suppliers by period, and below what share of each state's weapons came from Russia.

    ``periods`` has ``period``, ``supplier``, ``share``, ``start``; ``recipients`` has ``iso3``, ``share``, ``label``.
    """
    return alt.vconcat(_period_bars(periods, width), _recipient_bars(recipients, width), spacing=24)


def _period_bars(periods: pd.DataFrame, width: int) -> AnyChart:
    narrow = width < NARROW
    order = list(dict.fromkeys(periods["period"]))
    table = periods.assign(end=periods["start"] + periods["share"])
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK)
    base = alt.Chart(table, width=width - 102, height=34 * len(order), title=_heading("Who supplied the five")).encode(
        y=alt.Y("period:N", sort=order, axis=axis)
    )
    legend = alt.Legend(
        title=None, orient="top", direction="horizontal", columns=3 if narrow else 5, labelColor=INK,
        symbolType="square", columnPadding=10, offset=4,
    )
    x = alt.Scale(domain=[0, 100], nice=False)
    colours = alt.Scale(domain=list(SUPPLIERS), range=list(SUPPLIER_COLOURS))
    bars = base.mark_bar(height=22, stroke=PAPER, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=None, scale=x),
        x2="end:Q",
        color=alt.Color("supplier:N", scale=colours, legend=legend, sort=list(SUPPLIERS)),
    )
    shares = (
        base.transform_filter(f"datum.supplier == '{SUPPLIERS[0]}'")
        .transform_calculate(words="format(datum.share, '.0f') + '\N{NO-BREAK SPACE}%'")
        .mark_text(align="left", dx=7, color="#ffffff", fontWeight="bold")
        .encode(x=alt.X("start:Q", axis=None, scale=x), text="words:N")
    )
    return alt.layer(bars, shares).resolve_scale(color="independent")


def _recipient_bars(recipients: pd.DataFrame, width: int) -> AnyChart:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK)
    base = alt.Chart(
        recipients.assign(state=[STATE_NAMES[code] for code in recipients["iso3"]]),
        width=width - 102,
        height=150,
        title=_heading("Russia's part, by recipient"),
    ).encode(y=alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=axis))
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 160], nice=False))
    return alt.layer(
        base.mark_bar(height=17, cornerRadiusEnd=2).encode(
            x=x, color=alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
        ),
        base.mark_text(align="left", dx=6, color=INK).encode(x=x, text="label:N"),
    ).resolve_scale(color="independent")


def membership_chart(spells: pd.DataFrame, marks: pd.DataFrame, until: int, width: int) -> AnyChart:
    """Draw a lane for each of the five: in the treaty, in the organisation, and what happened there.

    ``spells`` has ``iso3``, ``start``, ``end`` (decimal years) and ``body`` (``CST`` or ``CSTO``); ``marks`` has
    ``iso3``, ``year`` (decimal), ``kind`` (``fighting`` or ``sent``).
    """
    narrow = width < NARROW
    table = spells.assign(state=[STATE_NAMES[code] for code in spells["iso3"]])
    events = marks.assign(state=[STATE_NAMES[code] for code in marks["iso3"]])
    years = [1992, 2002, 2012, 2022] if narrow else [1992, 1997, 2002, 2007, 2012, 2017, 2022]
    x = alt.Scale(domain=[1991.5, until + 1], nice=False)
    year = alt.Axis(title=None, values=years, format="d", grid=True, gridColor=GRID, domain=False, ticks=False)
    lanes = alt.Y(
        "state:N",
        sort=list(STATE_NAMES.values()),
        scale=alt.Scale(domain=list(STATE_NAMES.values())),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK),
    )
    plot, height = width - 110, LANE * len(STATES)
    base = alt.Chart(table, width=plot, height=height).encode(y=lanes)
    bodies = alt.Color("body:N", scale=alt.Scale(domain=["CST", "CSTO"], range=[TREATY, ORGANISATION]), legend=None)
    bars = base.mark_bar(height=15).encode(
        x=alt.X("start:Q", axis=year, scale=x), x2="end:Q", color=bodies
    )
    nobody = pd.DataFrame({"state": [STATE_NAMES[code] for code in STATES if code not in set(spells["iso3"])]})
    never = alt.Chart(nobody).mark_text(align="left", dx=4, fontStyle="italic", color=MUTED).encode(
        y=lanes, x=alt.value(0), text=alt.value("never a member")
    )
    kinds = ["fighting", "sent"]
    symbols = alt.Chart(events).mark_point(filled=True, size=150, opacity=1, stroke=PAPER, strokeWidth=1.5).encode(
        x=alt.X("year:Q", axis=year, scale=x),
        y=lanes,
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["cross", "triangle-up"]), legend=None),
        fill=alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=[FIGHTING, SENT]), legend=None),
    )
    return alt.layer(bars, never, symbols, *_membership_keys(table.head(1), narrow, height)).resolve_scale(
        color="independent", fill="independent", shape="independent"
    )


def _membership_keys(one: pd.DataFrame, narrow: bool, height: int) -> list[alt.Chart]:
    keys: list[tuple[str, str, str]] = [
        ("treaty", "square", TREATY), ("organisation", "square", ORGANISATION),
        ("fighting", "cross", FIGHTING), ("its troops sent in", "triangle-up", SENT),
    ]
    places = [(-70, -32), (0, -32), (-70, -14), (0, -14)] if narrow else [(0, -16), (72, -16), (182, -16), (268, -16)]
    marks = []
    for (label, shape, colour), (left, top) in zip(keys, places, strict=True):
        base = alt.Chart(one)
        place: dict[str, Any] = {"y": alt.value(top)}
        marks.append(base.mark_point(size=110, shape=shape, filled=True, opacity=1, color=colour).encode(
            x=alt.value(left + 6), **place))
        marks.append(base.mark_text(align="left", baseline="middle", color=MUTED).encode(
            x=alt.value(left + 17), text=alt.value(label), **place))
    return marks


def _heading(text: str) -> alt.TitleParams:
    return alt.TitleParams(text, fontSize=13, fontWeight="bold", color=INK, offset=6, anchor="start", frame="group")


__all__ = ["FORMS", "SUPPLIERS", "actors_chart", "arms_chart", "forces_chart", "membership_chart"]
