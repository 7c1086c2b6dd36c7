"""Charts of the chapter on cooperation gains. Each is a pure function from a table and a width to a chart."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.tables import percent
from regionalism.charts.theme import (
    GRID,
    INK,
    MUTED,
    OUTSIDER,
    OUTSIDER_DARK,
    PAPER,
    STATE_DASHES,
    STATE_NAMES,
    STATES,
    AnyChart,
    state_colour_scale,
    state_name,
)

NARROW = 480
STATE_LABELS = 88
PANEL_GAP = 14
BURDEN_HEIGHT = 380
SQUARE_GAP = 1.6

SIGNED = "#2f6f8f"
AGREEMENT_KINDS: tuple[str, str, str] = (
    "legally binding", "not binding, or unclear", "with Azerbaijan, or unsure (not counted)"
)

MEASURE_LABELS: dict[str, str] = {
    "gdp": "GDP",
    "population": "Population",
    "capability": "Capability index",
    "military": "Military spending",
}


def shares_chart(shares: pd.DataFrame, width: int) -> AnyChart:
    """Draw each state's share of the five, one panel for each measure.

    ``shares`` has the columns of :func:`regionalism.figures.gains.sizes` and ``share`` in per cent, empty
    where the state does not report for the year of the measure.
    """
    columns = 2 if width < NARROW else 4
    table = shares.assign(
        panel=[MEASURE_LABELS[measure] for measure in shares["measure"]],
        state=[state_name(code) for code in shares["iso3"]],
        label=[_share_label(share, year) for share, year in zip(shares["share"], shares["year"], strict=True)],
        biggest=shares["share"] == shares.groupby("measure")["share"].transform("max"),
    )
    names = [label for label in MEASURE_LABELS.values() if label in set(table["panel"])]
    plot = (width - STATE_LABELS - PANEL_GAP * (columns - 1)) // columns - 6
    lines = [names[start : start + columns] for start in range(0, len(names), columns)]
    rows = [
        alt.hconcat(*(_share_panel(table, name, plot, name == line[0]) for name in line), spacing=PANEL_GAP)
        for line in lines
    ]
    return rows[0] if len(rows) == 1 else alt.vconcat(*rows, spacing=24)


def burden_chart(spending: pd.DataFrame, width: int) -> AnyChart:
    """Draw military spending in per cent of GDP: the five over time, the others by their last year alone.

    ``spending`` has the columns ``iso3``, ``year`` and ``value``; a year without a row breaks the line.
    """
    narrow = width < NARROW
    plot = width - (140 if narrow else 200)
    top = max(6.5, float(spending["value"].max()) * 1.05)
    x, y = _year_axis([1995, 2005, 2015] if narrow else list(range(1995, 2025, 5))), _percent_axis(top)
    base = alt.Chart(_with_runs(spending), width=plot, height=BURDEN_HEIGHT).encode(x=x, y=y)
    labels = alt.Chart(_end_labels(spending, top))
    return alt.layer(*_burden_lines(base), *_burden_ends(labels, plot), *_burden_silences(labels))


def _year_axis(years: list[int]) -> alt.X:
    axis = alt.Axis(values=years, format="d", grid=False, tickColor=GRID)
    return alt.X("year:Q", title=None, scale=alt.Scale(domain=[1992, 2023], nice=False), axis=axis)


def _percent_axis(top: float) -> alt.Y:
    labels = "datum.value + '\N{NO-BREAK SPACE}%'"
    axis = alt.Axis(values=[0, 2, 4, 6], labelExpr=labels, domain=False, ticks=False)
    return alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False), axis=axis)


def _burden_lines(base: alt.Chart) -> list[alt.Chart]:
    colour = alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
    dashes = alt.Scale(domain=list(STATES), range=[STATE_DASHES[code] for code in STATES])
    own = base.transform_filter("datum.own")
    lines = own.mark_line(strokeWidth=2.8).encode(
        color=colour, strokeDash=alt.StrokeDash("iso3:N", scale=dashes, legend=None), detail="run:N"
    )
    # A report between two silent years makes no line.
    dots = own.transform_filter("datum.alone").mark_point(size=60, filled=True, opacity=1).encode(color=colour)
    return [lines, dots]


def _burden_ends(labels: alt.Chart, plot: int) -> list[alt.Chart]:
    own = alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
    ends = labels.mark_point(filled=True, size=50, opacity=1).encode(
        x="year:Q", y="value:Q", color=alt.condition("datum.own", own, alt.value(OUTSIDER))
    )
    reporting = labels.transform_filter("datum.place != null")
    leaders = reporting.mark_rule(strokeWidth=0.8, color=OUTSIDER).encode(
        x=alt.value(plot + 5), x2=alt.value(plot + 15), y="value:Q", y2="place:Q"
    )
    weights: list[tuple[str, Any, str]] = [("datum.own", "bold", INK), ("!datum.own", "normal", MUTED)]
    names = [
        reporting.transform_filter(test)
        .mark_text(align="left", fontWeight=weight, color=ink)
        .encode(x=alt.value(plot + 18), y="place:Q", text="label:N")
        for test, weight, ink in weights
    ]
    return [leaders, ends, *names]


def _burden_silences(labels: alt.Chart) -> list[alt.Chart]:
    # A state that fell silent early has room to the right of its last point, one that did so late to the left.
    sides: list[tuple[str, Any, int]] = [("<", "left", 9), (">=", "right", -9)]
    return [
        labels.transform_filter(f"datum.place == null && datum.year {side} 2008")
        .mark_text(align=align, dx=shift, baseline="middle", fontSize=12, fontStyle="italic", color=MUTED)
        .encode(x="year:Q", y="value:Q", text="label:N")
        for side, align, shift in sides
    ]


def pooled_chart(parts: pd.DataFrame, rivals: pd.DataFrame, width: int) -> AnyChart:
    """Draw the pool of the five by state as bars, and single outsiders as rows of squares of the pool's size.

    ``parts`` has ``iso3``, ``value`` (billion US$), ``year`` and ``missing``; ``rivals`` has ``iso3`` and ``value``.
    """
    return alt.vconcat(_pool_bars(parts, width), _pool_squares(rivals, float(parts["value"].sum()), width), spacing=26)


def agreements_chart(signed: pd.DataFrame, quiet: tuple[int, int], width: int) -> AnyChart:
    """Draw one dot for each agreement, stacked by year, and count them before, in and after the ``quiet`` years.

    ``signed`` has ``year``, ``binding`` (``yes``, ``no`` or ``unclear``) and ``parties`` (``own``; ``unsure`` or
    ``joined``: not counted).
    """
    narrow = width < NARROW
    plot = width - 20
    pairs = zip(signed["binding"], signed["parties"], strict=True)
    kinds = [_agreement_kind(binding, parties) for binding, parties in pairs]
    table = signed.assign(place=signed.groupby("year").cumcount() + 1, kind=kinds)
    tallest = int(table["place"].max())
    step = max(plot / 36, 13)
    base = alt.Chart(table, width=plot, height=int((tallest + 2.4) * step)).encode(
        x=_signing_axis([1991, 2000, 2010, 2018, 2025] if narrow else [1991, *range(1995, 2026, 5)]),
        y=alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[0.35, tallest + 2.4], nice=False)),
    )
    size = min(13.0, plot / 36 * 0.86) ** 2 * 0.785
    counts = alt.Chart(_period_counts(signed, quiet, tallest))
    return alt.layer(_agreement_dots(base, size, narrow), *_period_marks(counts, 12 if narrow else 14))


def _signing_axis(years: list[int]) -> alt.X:
    axis = alt.Axis(values=years, format="d", grid=False, domainColor=MUTED)
    return alt.X("year:Q", title=None, scale=alt.Scale(domain=[1990.3, 2025.7], nice=False), axis=axis)


def _agreement_dots(base: alt.Chart, size: float, narrow: bool) -> alt.Chart:
    kinds = list(AGREEMENT_KINDS)
    legend = alt.Legend(
        title=None, orient="top", direction="vertical" if narrow else "horizontal", labelLimit=330, labelColor=INK,
        symbolSize=110, symbolStrokeWidth=1.6, offset=2, columnPadding=16,
    )
    return base.mark_point(filled=True, size=size, opacity=1, strokeWidth=1.6).encode(
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "circle", "diamond"]), legend=legend),
        fill=alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=[SIGNED, PAPER, PAPER])),
        stroke=alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=[SIGNED, SIGNED, OUTSIDER_DARK])),
    )


def _period_counts(signed: pd.DataFrame, quiet: tuple[int, int], tallest: int) -> pd.DataFrame:
    own = signed.loc[signed["parties"] == "own", "year"]
    periods = [(1991, quiet[0] - 1), quiet, (quiet[1] + 1, 2025)]
    rows = [
        {
            "from": first - 0.3,
            "to": last + 0.3,
            "label": f"{int(own.between(first, last).sum())} in {last - first + 1} years",
            "rule": tallest + 1.15,
            "level": tallest + 1.75,
        }
        for first, last in periods
    ]
    return pd.DataFrame(rows).assign(latest=[False, False, True])


def _period_marks(counts: alt.Chart, size: int) -> list[alt.Chart]:
    rules = counts.mark_rule(strokeWidth=1.2, color=MUTED).encode(x="from:Q", x2="to:Q", y=alt.Y("rule:Q", axis=None))
    # The last period is shorter than its label, which therefore ends where the period ends.
    edges: list[tuple[str, Any, str]] = [("!datum.latest", "left", "from:Q"), ("datum.latest", "right", "to:Q")]
    labels = [
        counts.transform_filter(test)
        .mark_text(fontSize=size, fontWeight="bold", color=INK, baseline="bottom", dy=4, align=align)
        .encode(x=edge, y=alt.Y("level:Q", axis=None), text="label:N")
        for test, align, edge in edges
    ]
    return [rules, *labels]


def _share_panel(table: pd.DataFrame, name: str, plot: int, first: bool) -> AnyChart:
    axis = alt.Axis(title=None, labels=first, ticks=False, domain=False, labelPadding=6, labelColor=INK)
    base = alt.Chart(table[table["panel"] == name], width=plot, height=145, title=_panel_title(name)).encode(
        y=alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=axis)
    )
    share = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 100]))
    known = base.transform_filter("isValid(datum.share)")
    bars = known.mark_bar(height=17, cornerRadiusEnd=2).encode(
        x=share, color=alt.Color("iso3:N", scale=state_colour_scale(), legend=None)
    )
    weights: list[tuple[str, Any]] = [("datum.biggest", "bold"), ("!datum.biggest", "normal")]
    values = [
        known.transform_filter(test).mark_text(align="left", dx=5, fontWeight=weight).encode(
            x=share, text="label:N"
        )
        for test, weight in weights
    ]
    gaps = base.transform_filter("!isValid(datum.share)").mark_text(
        align="left", dx=2, fontSize=12, fontStyle="italic", color=MUTED
    )
    return alt.layer(bars, *values, gaps.encode(x=alt.value(0), text="label:N"))


def _panel_title(name: str) -> alt.TitleParams:
    return alt.TitleParams(name, fontSize=13, fontWeight="bold", color=INK, offset=6, anchor="start", frame="group")


def _share_label(share: float, year: int) -> str:
    return f"none since {year}" if pd.isna(share) else percent(share)


def _with_runs(spending: pd.DataFrame) -> pd.DataFrame:
    """Number the unbroken runs of years of each state; ``alone`` marks a run of one year.

    A run also ends where ``recounted`` says that the source counts something else from this year on: a line
    across such a step would show a rise that did not take place.
    """
    table = spending.sort_values(["iso3", "year"], ignore_index=True)
    breaks = (table["iso3"] != table["iso3"].shift()) | (table["year"] != table["year"].shift() + 1)
    run = (breaks | table["recounted"]).cumsum()
    alone = run.groupby(run).transform("size") == 1
    return table.assign(run=run, alone=alone, own=table["iso3"].isin(STATES))


def _end_labels(spending: pd.DataFrame, top: float) -> pd.DataFrame:
    """Return each state's last point with its label, moved apart where the lines end close together."""
    last = spending.sort_values("year").groupby("iso3", as_index=False).last()
    now = last["year"] == spending["year"].max()
    current = last[now].sort_values("value")
    places = _spread(current["value"].tolist(), 16.5 * top / BURDEN_HEIGHT)
    labels = [f"{state_name(code)} {value:.1f}" for code, value in zip(current["iso3"], current["value"], strict=True)]
    ended = [f"{state_name(row.iso3)}, to {row.year}" for row in last[~now].itertuples()]
    silent = last[~now].assign(place=float("nan"), label=ended)
    table = pd.concat([current.assign(place=places, label=labels), silent], ignore_index=True)
    return table.assign(own=table["iso3"].isin(STATES))


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


def _pool_bars(parts: pd.DataFrame, width: int) -> AnyChart:
    table = parts.assign(
        state=[state_name(code) for code in parts["iso3"]],
        label=[
            f"{value:.2f}" + (f" ({year})" if gone else "")
            for value, year, gone in zip(parts["value"], parts["year"], parts["missing"], strict=True)
        ],
    )
    base = alt.Chart(table, width=width - STATE_LABELS - 14, height=120, title=_panel_title("Billion US$")).encode(
        y=alt.Y(
            "state:N",
            sort=list(STATE_NAMES.values()),
            axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8, labelColor=INK,
                          minExtent=STATE_LABELS - 8),
        )
    )
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, 2.0], nice=False))
    bars = base.mark_bar(height=15, cornerRadiusEnd=2, strokeWidth=2, strokeDash=[5, 3], opacity=1).encode(
        x=x,
        stroke=alt.Stroke("iso3:N", scale=state_colour_scale(), legend=None),
        fill=alt.Fill("iso3:N", scale=state_colour_scale(), legend=None),
        fillOpacity=alt.condition("datum.missing", alt.value(0.12), alt.value(1)),
        strokeOpacity=alt.condition("datum.missing", alt.value(1), alt.value(0)),
    )
    texts = base.mark_text(align="left", dx=6).encode(x=x, text="label:N")
    return alt.layer(bars, texts)


def _pool_squares(rivals: pd.DataFrame, pool: float, width: int) -> AnyChart:
    narrow = width < NARROW
    plot = width - STATE_LABELS - 14
    per_row = 15 if narrow else 30
    unit = plot / per_row
    squares, labels, height = _square_layout(rivals.assign(times=rivals["value"] / pool), per_row, unit)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[0, plot], nice=False))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    marks = (
        alt.Chart(squares, width=plot, height=height, title=_panel_title("One square: the five together"))
        .mark_rect(color=OUTSIDER)
        .encode(x=x, x2="right:Q", y=y, y2="bottom:Q")
    )
    texts = alt.Chart(labels)
    names = texts.mark_text(align="right", dx=-8, baseline="middle", color=INK).encode(
        x=alt.value(0), y="middle:Q", text="state:N"
    )
    times = texts.mark_text(align="left", dx=8, baseline="middle", fontWeight="bold", color=INK).encode(
        x="end:Q", y="last:Q", text="label:N"
    )
    return alt.layer(marks, names, times)


def _square_layout(rivals: pd.DataFrame, per_row: int, unit: float) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    squares, labels, top = [], [], 0.0
    for row in rivals.sort_values("times").itertuples():
        whole = int(row.times)
        sizes = [1.0] * whole + ([row.times - whole] if row.times - whole > 0.005 else [])
        for place, size in enumerate(sizes):
            left, upper = (place % per_row) * unit, top + (place // per_row) * unit
            right, lower = left + (unit - SQUARE_GAP) * size, upper + unit - SQUARE_GAP
            squares.append({"left": left, "right": right, "top": upper, "bottom": lower})
        lines = (len(sizes) - 1) // per_row + 1
        labels.append(
            {
                "state": state_name(row.iso3),
                "label": f"\N{MULTIPLICATION SIGN} {row.times:.{_digits(row.times)}f}",
                "middle": top + unit / 2,
                "last": top + (lines - 0.5) * unit,
                "end": ((len(sizes) - 1) % per_row + sizes[-1]) * unit,
            }
        )
        top += lines * unit + 9
    return pd.DataFrame(squares), pd.DataFrame(labels), top - 9


def _digits(times: float) -> int:
    return 0 if times >= 10 else 1 if times >= 2 else 2


def _agreement_kind(binding: str, parties: str) -> str:
    binds, other, joined = AGREEMENT_KINDS
    if parties == "joined":
        return joined
    return binds if binding == "yes" else other
