"""Charts of the chapter on leadership. Each is a pure function from a table and a width to a chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import (
    GRID,
    INK,
    MUTED,
    OUTSIDER,
    OUTSIDER_DARK,
    PAPER,
    STATE_COLOURS,
    STATE_DASHES,
    STATE_NAMES,
    STATES,
    AnyChart,
    state_colour_scale,
    state_name,
)

NARROW = 480
TURN = 2016
REST, OUTSIDE, UNKNOWN = "REST", "OUT", "UNKNOWN"
LINES: dict[str, str] = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", REST: "Other three"}
HOSTS: dict[str, str] = {**STATE_NAMES, OUTSIDE: "Outside"}
INITIATORS: dict[str, str] = {**STATE_NAMES, UNKNOWN: "Not on record"}
A_COLOUR, B_COLOUR, STABLE = "#2f6f8f", "#b4532a", "#2f6f8f"


# The evidence


def sizes_chart(shares: pd.DataFrame, width: int) -> AnyChart:
    """Draw the shares of Kazakhstan, Uzbekistan and the other three over time, one panel for each measure.

    ``shares`` has ``panel``, ``who`` (``KAZ``, ``UZB`` or ``REST``), ``year``, ``share`` (per cent) and ``alone``
    (whether the years before and after are missing, so that a point stands instead of a line).
    """
    columns = 1 if width < NARROW else 2
    room = 126 if columns == 1 else 118
    plot = width // columns - room - 14 * (columns - 1)
    panels = list(dict.fromkeys(shares["panel"]))
    charts = [_size_panel(shares[shares["panel"] == name], name, plot, columns) for name in panels]
    rows = [alt.hconcat(*charts[start : start + columns], spacing=14) for start in range(0, len(charts), columns)]
    return alt.vconcat(*rows, spacing=18)


def _size_panel(rows: pd.DataFrame, name: str, plot: int, columns: int) -> AnyChart:
    axis = alt.Axis(title=None, values=[1995, 2010, 2023], format="d", grid=False, tickColor=GRID)
    percents = alt.Axis(title=None, values=[0, 25, 50, 75], labelExpr="datum.value + '\N{NO-BREAK SPACE}%'",
                        domain=False, ticks=False, minExtent=36)
    scale = alt.Scale(domain=[*LINES], range=[STATE_COLOURS["KAZ"], STATE_COLOURS["UZB"], OUTSIDER])
    dashes = alt.Scale(domain=[*LINES], range=[STATE_DASHES["KAZ"], STATE_DASHES["UZB"], [2, 2]])
    colour = alt.Color("who:N", scale=scale, legend=None)
    height = 120 if columns == 1 else 150
    heading = alt.TitleParams(name, fontSize=13, fontWeight="bold", color=INK, offset=6, anchor="start", frame="group")
    base = alt.Chart(rows, width=plot, height=height, title=heading).encode(
        x=alt.X("year:Q", axis=axis, scale=alt.Scale(domain=[1990, 2024], nice=False)),
        y=alt.Y("share:Q", axis=percents, scale=alt.Scale(domain=[0, 75], nice=False)),
    )
    lines = base.transform_filter("!datum.alone").mark_line(strokeWidth=2.6).encode(
        color=colour, strokeDash=alt.StrokeDash("who:N", scale=dashes, legend=None), detail="run:N"
    )
    points = base.transform_filter("datum.alone").mark_point(size=45, filled=True, opacity=1).encode(color=colour)
    last = rows.sort_values("year").groupby("who", as_index=False).last().sort_values("share")
    places = _apart(last["share"].tolist(), 16 * 75 / height)
    # A series that ended early has its labels beside its last points, with the year.
    end = int(last["year"].max())
    early = end < 2015
    ends = last.assign(
        place=places,
        label=[f"{LINES[who]} {share:.0f}" + (f" ({end})" if early else "")
               for who, share in zip(last["who"], last["share"], strict=True)],
    )
    at = alt.value(plot * (end - 1990) / 34 + 14 if early else plot + 6)
    text = alt.Chart(ends).mark_text(align="left", fontSize=12, color=INK).encode(x=at, y="place:Q", text="label:N")
    return alt.layer(lines, points, text)


def _apart(values: list[float], gap: float) -> list[float]:
    places = list(values)
    for _ in range(100):
        for low in range(len(places) - 1):
            overlap = gap - (places[low + 1] - places[low])
            if overlap > 0:
                places[low] -= overlap / 2
                places[low + 1] += overlap / 2
        places[0] = max(places[0], 3.0)
    return places


def initiators_chart(counts: pd.DataFrame, width: int) -> AnyChart:
    """Draw the number of agreements by initiator, one panel for each period; what is not on record is hollow.

    ``counts`` has ``period``, ``who`` (a state's code or ``UNKNOWN``) and ``number``.
    """
    narrow = width < NARROW
    periods = list(dict.fromkeys(counts["period"]))
    labels = 104
    plot = width - labels - 40 if narrow else (width - labels - 70) // 2
    top = float(counts["number"].max()) * 1.14
    parts = [_initiator_panel(counts[counts["period"] == name], name, plot, top, narrow or name == periods[0])
             for name in periods]
    return alt.vconcat(*parts, spacing=18) if narrow else alt.hconcat(*parts, spacing=20)


def _initiator_panel(rows: pd.DataFrame, name: str, plot: int, top: float, first: bool) -> AnyChart:
    table = rows.assign(label=[INITIATORS[who] for who in rows["who"]], known=rows["who"] != UNKNOWN)
    axis = alt.Axis(title=None, labels=first, ticks=False, domain=False, labelPadding=6, labelColor=INK,
                    minExtent=98 if first else 0)
    heading = alt.TitleParams(name, fontSize=13, fontWeight="bold", color=INK, offset=6, anchor="start", frame="group")
    base = alt.Chart(table, width=plot, height=160, title=heading).encode(
        y=alt.Y("label:N", sort=list(INITIATORS.values()), axis=axis)
    )
    x = alt.X("number:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    colour: dict[str, Any] = {"shorthand": "who:N", "scale": state_colour_scale(), "legend": None}
    bars = base.transform_filter("datum.known && datum.number > 0").mark_bar(height=17, cornerRadiusEnd=2).encode(
        x=x, color=alt.Color(**colour)
    )
    gap = base.transform_filter("!datum.known").mark_bar(
        height=17, cornerRadiusEnd=2, fillOpacity=0, stroke=OUTSIDER_DARK, strokeWidth=1.8, strokeDash=[5, 3]
    ).encode(x=x)
    numbers = base.mark_text(align="left", dx=5, color=INK, fontWeight="bold").encode(x=x, text="number:Q")
    return alt.layer(bars, gap, numbers)


def hosts_chart(meetings: pd.DataFrame, width: int) -> AnyChart:
    """Draw one dot for each meeting, by year and host; hollow where not all five presidents came.

    ``meetings`` has ``when`` (year with a fraction), ``host`` (a state's code or ``OUT``) and ``all_five``.
    """
    narrow = width < NARROW
    plot = width - 104 - 42
    rows = meetings.assign(label=[HOSTS[host] for host in meetings["host"]])
    axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=6, labelColor=INK, minExtent=98, grid=True,
                    gridColor=GRID)
    ticks = [1991, 2000, 2010, 2025] if narrow else [1991, 1995, 2000, 2005, 2010, 2020, 2025]
    years = alt.Axis(title=None, values=ticks, format="d", grid=False, domain=False, tickColor=GRID)
    x = alt.X("when:Q", scale=alt.Scale(domain=[1990.5, 2026.2], nice=False), axis=years)
    y = alt.Y("label:N", sort=list(HOSTS.values()), scale=alt.Scale(domain=list(HOSTS.values())), axis=axis)
    scale = alt.Scale(domain=[*STATES, OUTSIDE], range=[*(STATE_COLOURS[code] for code in STATES), OUTSIDER_DARK])
    base = alt.Chart(rows, width=plot, height=210).encode(x=x, y=y)
    full = base.transform_filter("datum.all_five").mark_point(size=95, filled=True, opacity=1).encode(
        color=alt.Color("host:N", scale=scale, legend=None)
    )
    part = base.transform_filter("!datum.all_five").mark_point(size=80, opacity=1, strokeWidth=2.4, fill=PAPER).encode(
        stroke=alt.Stroke("host:N", scale=scale, legend=None)
    )
    turn = alt.Chart(pd.DataFrame({"when": [TURN + 0.67]})).mark_rule(strokeDash=[4, 3], color=MUTED).encode(
        x=x, y=alt.value(0), y2=alt.value(210)
    )
    mark = alt.Chart(pd.DataFrame({"when": [TURN + 0.67]})).mark_text(
        align="right", dx=-4, color=MUTED, fontSize=12, baseline="bottom"
    ).encode(x=x, y=alt.value(-3), text=alt.value("September 2016"))
    totals = rows.groupby("label", as_index=False).size()
    sums = alt.Chart(totals).mark_text(align="left", fontWeight="bold", color=INK).encode(
        x=alt.value(plot + 10), y=y, text="size:Q"
    )
    return alt.layer(turn, part, full, mark, sums)


def scores_chart(scores: pd.DataFrame, width: int) -> AnyChart:
    """Draw each state's score in each edition as a numbered cell, outlined where it differs from the edition before.

    ``scores`` has ``iso3``, ``year``, ``score`` (1 to 10) and ``changed``.
    """
    narrow = width < NARROW
    table = scores.assign(state=[state_name(code) for code in scores["iso3"]])
    # Two digits of a year are enough on a phone.
    short = "slice(datum.label, 2)" if narrow else "datum.label"
    x_axis = alt.Axis(title=None, orient="top", labelAngle=0, domain=False, ticks=False, labelExpr=short)
    y_axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=INK, labelPadding=6)
    base = alt.Chart(table, width=width - 112, height=190).encode(
        x=alt.X("year:O", axis=x_axis, scale=alt.Scale(padding=0.08)),
        y=alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=y_axis, scale=alt.Scale(padding=0.12)),
    )
    opacity = alt.FillOpacity("score:Q", scale=alt.Scale(domain=[2, 9], range=[0.04, 0.5]), legend=None)
    cells = base.mark_rect(cornerRadius=3).encode(fill=alt.Fill("iso3:N", scale=state_colour_scale(), legend=None),
                                                  fillOpacity=opacity)
    steps = base.transform_filter("datum.changed").mark_rect(cornerRadius=3, fillOpacity=0, strokeWidth=2.4).encode(
        stroke=alt.Stroke("iso3:N", scale=state_colour_scale(), legend=None)
    )
    numbers = base.mark_text(color=INK, fontWeight="bold", fontSize=13 if narrow else 15).encode(text="score:Q")
    return alt.layer(cells, steps, numbers)


# The interactives

GROUP_SLOTS = 10


def groups_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw each state's share of the size beside a column of dots for each minimal group.

    ``results`` has one row for each state: ``iso3``, ``state``, ``size_share``, ``needed`` and ``g1`` to ``g10``
    (1 if the state is in that group, 0 if not, empty where there is no such group).
    """
    # One view with one scale of 0 to 100, so that a page can change its width: bars to the left, dots to the right.
    narrow = width < NARROW
    height, left = 190, 88
    stretch, first_slot, step = (0.28, 40.0, 6.3) if narrow else (0.45, 50.0, 5.3)
    scale = alt.Scale(domain=[0, 100], nice=False)
    y = alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=None)
    base = alt.Chart(results, width=width - left - 12, height=height).encode(y=y)
    colour: dict[str, Any] = {"shorthand": "iso3:N", "scale": state_colour_scale(), "legend": None}
    slots: list[Any] = [f"g{number}" for number in range(1, GROUP_SLOTS + 1)]
    folded = (
        base.transform_fold(slots, as_=["slot", "member"])
        .transform_filter("isValid(datum.member)")
        .transform_calculate(place=f"{first_slot} + {step} * (toNumber(slice(datum.slot, 1)) - 0.5)")
    )
    place = alt.X("place:Q", axis=None, scale=scale)
    one = base.transform_filter(f"datum.iso3 == '{STATES[0]}'")
    columns = (
        folded.transform_filter(f"datum.iso3 == '{STATES[0]}'")
        .mark_rule(strokeWidth=1, color=GRID)
        .encode(x=place, y=alt.value(6), y2=alt.value(height - 6))
    )
    inside, outside = folded.transform_filter("datum.member == 1"), folded.transform_filter("datum.member == 0")
    return alt.layer(
        columns,
        outside.mark_point(size=12, filled=True, color=GRID, opacity=1).encode(x=place),
        inside.mark_point(size=105 if narrow else 190, filled=True, opacity=1).encode(x=place, fill=alt.Fill(**colour)),
        *_size_bars(base, stretch, alt.Color(**colour), scale),
        *_state_labels(base),
        _head(one, 0, "size", scale),
        _head(one, first_slot, f"each column: {'' if narrow else 'a group that is '}just enough", scale),
    )


def _size_bars(base: alt.Chart, stretch: float, colour: alt.Color, scale: alt.Scale) -> list[alt.Chart]:
    bars = base.transform_calculate(
        long=f"datum.size_share * {stretch}", label="format(datum.size_share, '.0f') + '\N{NO-BREAK SPACE}%'"
    )
    x = alt.X("long:Q", axis=None, scale=scale)
    return [
        bars.mark_bar(height=16, cornerRadiusEnd=2).encode(x=x, color=colour),
        bars.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(x=x, text="label:N"),
    ]


def _state_labels(base: alt.Chart) -> list[alt.Chart]:
    plain, needed = base.transform_filter("!datum.needed"), base.transform_filter("datum.needed")
    at = alt.value(0)
    return [
        plain.mark_text(align="right", dx=-8, color=INK).encode(x=at, text="state:N"),
        needed.mark_text(align="right", dx=-8, dy=-7, color=INK, fontWeight="bold").encode(x=at, text="state:N"),
        needed.mark_text(align="right", dx=-8, dy=9, color=INK, fontSize=12).encode(
            x=at, text=alt.value("needed in all")
        ),
    ]


def _head(one: alt.Chart, start: float, words: str, scale: alt.Scale) -> alt.Chart:
    return (
        one.transform_calculate(start=str(start))
        .mark_text(align="left", color=MUTED, baseline="middle", fontSize=12)
        .encode(x=alt.X("start:Q", axis=None, scale=scale), y=alt.value(-12), text=alt.value(words))
    )


FIELD_HEIGHT = 46


def candidates_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw for each field how much of the good is delivered, by whom, from the least to the most over stable outcomes.

    ``results`` has one row for each field: ``field``, ``outcome`` (words), ``leader`` (``A``, ``B``, ``either``,
    ``both``, ``none``), ``least`` and ``most`` in per cent.
    """
    narrow = width < NARROW
    left = 74 if narrow else 96
    plot = width - left - 24
    fields = list(results["field"])
    axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=INK, labelPadding=8, minExtent=left - 8,
                    labelFontWeight="bold")
    y = alt.Y("field:N", sort=fields, scale=alt.Scale(domain=fields, paddingInner=0.1), axis=axis)
    x_axis = alt.Axis(title="Per cent of the good that is delivered", titleAnchor="start",
                      values=[0, 20, 40, 60, 80, 100], domain=False, ticks=False, grid=True, gridColor=GRID)
    x = alt.X("least:Q", axis=x_axis, scale=alt.Scale(domain=[0, 100], nice=False))
    kinds = ["A", "B", "either", "both", "none"]
    scale = alt.Scale(domain=kinds, range=[A_COLOUR, B_COLOUR, OUTSIDER, OUTSIDER_DARK, OUTSIDER])
    base = alt.Chart(results, width=plot, height=len(fields) * (FIELD_HEIGHT + 20)).encode(y=y)
    solid = base.transform_calculate(zero="0").mark_bar(height=16, yOffset=12).encode(
        x=x, x2="zero:Q", color=alt.Color("leader:N", scale=scale, legend=None)
    )
    open_range = base.transform_filter("datum.most > datum.least").mark_bar(
        height=16, yOffset=12, fillOpacity=0, strokeWidth=1.6, strokeDash=[5, 3], stroke=OUTSIDER_DARK
    ).encode(x=x, x2="most:Q")
    words = base.mark_text(align="left", dy=-10, color=INK, fontWeight="bold", fontSize=13).encode(
        x=alt.value(2), text="outcome:N"
    )
    numbers = base.transform_calculate(
        label="datum.least == datum.most ? format(datum.least, '.0f') + '\N{NO-BREAK SPACE}%' :"
        " format(datum.least, '.0f') + ' to ' + format(datum.most, '.0f') + '\N{NO-BREAK SPACE}%'"
    ).mark_text(align="right", dy=-10, color=MUTED, fontSize=12).encode(x=alt.value("width"), text="label:N")
    return alt.layer(open_range, solid, words, numbers)
