"""Charts of the chapter's explorers: provision by five states, a table of payoffs, the shadow of the future.

Each draws from the explorer's results alone, so that a page can swap the rows under a finished chart.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, PAPER, STATE_NAMES, STATES, state_colour_scale

NARROW = 480
STABLE = "#2f6f8f"
ROW_NAMES: tuple[str, ...] = ("A contributes", "A holds back")
COLUMN_NAMES: tuple[str, ...] = ("B contributes", "B holds back")
BREAKS = "#b4532a"
PAYOFF_TOP = 6.0
KEY_HEIGHT = -14
RULES: tuple[str, ...] = ("Grim", "Tit for tat")
NOISE_RULES: tuple[str, ...] = ("Grim", "Tit for tat", "Generous tit for tat", "Pavlov")


def provision_chart(results: pd.DataFrame, width: int) -> alt.LayerChart:
    """Draw what each state pays alone and in the joint optimum, in per cent of its own means.

    ``results`` has one row for each state: ``iso3``, ``state``, ``size_share``, ``alone_share``, ``joint_share``.
    """
    narrow = width < NARROW
    left, right = 104, 96 if not narrow else 78
    base = alt.Chart(results, width=width - left - right, height=270).encode(
        y=alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=None, scale=alt.Scale(paddingInner=0.3))
    )
    percent = alt.Axis(
        title="Per cent of the state's own means",
        titleAnchor="start",
        values=[0, 50, 100] if narrow else [0, 25, 50, 75, 100],
        domain=False,
        ticks=False,
        orient="bottom",
    )
    x = alt.X("alone_share:Q", axis=percent, scale=alt.Scale(domain=[0, 100], nice=False))
    colour = {"scale": state_colour_scale(), "legend": None}
    gap = base.mark_rule(strokeWidth=5, opacity=0.35).encode(x=x, x2="joint_share:Q", color=alt.Color("iso3:N", **colour))
    joint = base.mark_point(filled=True, size=190, strokeWidth=2.6, opacity=1).encode(
        x="joint_share:Q", stroke=alt.Stroke("iso3:N", **colour), fill=alt.value(PAPER)
    )
    alone = base.mark_point(filled=True, size=200, opacity=1).encode(x=x, fill=alt.Fill("iso3:N", **colour))
    names = base.mark_text(align="right", dx=-14, dy=-7, fontSize=13, color=INK).encode(
        x=alt.value(0), text="state:N"
    )
    sizes = (
        base.transform_calculate(size="format(datum.size_share, '.0f') + '\N{NO-BREAK SPACE}% of all'")
        .mark_text(align="right", dx=-14, dy=9, fontSize=11, color=MUTED)
        .encode(x=alt.value(0), text="size:N")
    )
    digits = "datum.alone_share > 0 && datum.alone_share < 9.95 ? '.1f' : '.0f'"
    numbers = (
        base.transform_calculate(
            reading=f"format(datum.alone_share, {digits}) + ' \N{RIGHTWARDS ARROW} '"
            " + format(datum.joint_share, '.0f') + '\N{NO-BREAK SPACE}%'"
        )
        .mark_text(align="right", dx=right - 4, fontSize=13, fontWeight="bold", color=INK)
        .encode(x=alt.value(width - left - right), text="reading:N")
    )
    heads = _heads(
        base.transform_filter(f"datum.iso3 == '{STATES[0]}'"), width - left - right, right - 4, narrow
    )
    return alt.layer(gap, joint, alone, names, sizes, numbers, *heads)


def _heads(first: alt.Chart, plot: int, shift: int, narrow: bool) -> list[alt.Chart]:
    start = -8 if narrow else 8
    style = {"fontSize": 12, "color": MUTED, "baseline": "middle"}
    numbers = first.mark_text(align="right", dx=shift, **style).encode(
        x=alt.value(plot), y=alt.value(KEY_HEIGHT), text=alt.value("alone \N{RIGHTWARDS ARROW} joint")
    )
    return [*_key(first, start, "alone", filled=True), *_key(first, start + 58, "joint optimum", filled=False), numbers]


def _key(
    first: alt.Chart, start: int, label: str, filled: bool = True, shape: str = "circle", colour: str = MUTED
) -> list[alt.Chart]:
    """Return a mark and its name at ``start`` pixels above the plot; ``first`` holds a single row."""
    place = {"y": alt.value(KEY_HEIGHT)}
    mark = first.mark_point(
        size=90, shape=shape, filled=True, opacity=1, stroke=colour, strokeWidth=1.8, fill=colour if filled else PAPER
    ).encode(x=alt.value(start), **place)
    name = first.mark_text(align="left", baseline="middle", fontSize=12, color=MUTED).encode(
        x=alt.value(start + 10), text=alt.value(label), **place
    )
    return [mark, name]


def game_chart(results: pd.DataFrame, width: int) -> alt.LayerChart:
    """Draw a table of payoffs with the stable outcomes outlined.

    ``results`` has one row for each cell: ``row_move``, ``column_move``, ``a``, ``b``, ``stable``, ``best``.
    """
    narrow = width < NARROW
    left = 78 if narrow else 110
    axis = {"title": None, "domain": False, "ticks": False, "labelColor": INK, "labelFontSize": 13, "grid": False}
    base = alt.Chart(results, width=width - left, height=230).encode(
        x=alt.X(
            "column_move:N", sort=list(COLUMN_NAMES), axis=alt.Axis(orient="top", labelAngle=0, **axis),
            scale=alt.Scale(padding=0.06),
        ),
        y=alt.Y(
            "row_move:N",
            sort=list(ROW_NAMES),
            axis=alt.Axis(labelExpr="[slice(datum.label, 0, 1), slice(datum.label, 2)]" if narrow else "datum.label", **axis),
            scale=alt.Scale(padding=0.08),
        ),
    )
    cells = base.mark_rect(cornerRadius=5, fillOpacity=0, stroke=GRID, strokeWidth=1.5)
    stable = base.transform_filter("datum.stable").mark_rect(
        cornerRadius=5, fill=STABLE, fillOpacity=0.13, stroke=STABLE, strokeWidth=3.5
    )
    payoffs = (
        base.transform_calculate(
            both="'A ' + format(datum.a, '.2~f') + '\N{EM SPACE}B ' + format(datum.b, '.2~f')"
        )
        .mark_text(fontSize=16 if narrow else 19, fontWeight="bold", color=INK, dy=-9)
        .encode(text="both:N")
    )
    tags = (
        base.transform_calculate(
            tag="datum.stable && datum.best ? ['stable', 'largest sum'] :"
            " datum.stable ? ['stable'] : datum.best ? ['largest sum'] : ['']"
        )
        .mark_text(fontSize=13, color=INK, dy=15, lineHeight=16)
        .encode(text="tag:N")
    )
    return alt.layer(cells, stable, payoffs, tags)


def shadow_chart(results: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """Draw what keeping and breaking a deal are worth, the patience needed, and what misreading does.

    ``results`` has the columns ``panel`` (``deal``, ``patience``, ``noise``), ``rule``, ``measure`` and
    ``value``; payoffs run from 0 to 6, patience from 0 to 1.
    """
    left, right = 118, 12
    plot = width - left - right
    panels = (
        _deal_panel(results, plot, left),
        _patience_panel(results, plot, left),
        _noise_panel(results, plot, left),
    )
    return alt.vconcat(*panels, spacing=26)


def _deal_panel(results: pd.DataFrame, plot: int, left: int) -> alt.LayerChart:
    base = _panel(results, "deal", plot, 96, ["What a year is worth on average"], left, offset=34)
    x = alt.X("value:Q", axis=_axis([0, 2, 4, 6]), scale=alt.Scale(domain=[0, PAYOFF_TOP], nice=False))
    keep = base.transform_filter("datum.measure == 'keep'")
    leave = base.transform_filter("datum.measure == 'break'")
    digits = alt.Text("value:Q", format=".2f")
    first = keep.transform_filter(f"datum.rule == '{RULES[0]}'")
    return alt.layer(
        keep.mark_point(filled=True, size=150, opacity=1, color=STABLE, yOffset=-8).encode(x=x),
        leave.mark_point(filled=True, size=150, opacity=1, shape="diamond", color=BREAKS, yOffset=9).encode(x=x),
        keep.mark_text(dx=11, dy=-8, align="left", fontSize=12, color=INK).encode(x=x, text=digits),
        leave.mark_text(dx=11, dy=9, align="left", fontSize=12, color=INK).encode(x=x, text=digits),
        *_key(first, 6, "keep the deal", colour=STABLE),
        *_key(first, 108, "break it", shape="diamond", colour=BREAKS),
    )


def _patience_panel(results: pd.DataFrame, plot: int, left: int) -> alt.LayerChart:
    title = ["Patience needed (bars) and patience there is (line)"]
    base = _panel(results, "patience", plot, 96, title, left, offset=26)
    x = alt.X("value:Q", axis=_axis([0, 0.5, 1]), scale=alt.Scale(domain=[0, 1], nice=False))
    needed = base.transform_filter("datum.measure == 'needed' && isValid(datum.value)")
    never = base.transform_filter("datum.measure == 'needed' && !isValid(datum.value)")
    actual = base.transform_filter("datum.measure == 'actual'")
    zone = needed.transform_calculate(end="1").mark_bar(height=20, color=STABLE, opacity=0.28)
    return alt.layer(
        zone.encode(x=x, x2="end:Q"),
        needed.mark_tick(color=STABLE, thickness=3, size=26).encode(x=x),
        needed.mark_text(align="right", dx=-7, fontSize=12, color=INK).encode(x=x, text=alt.Text("value:Q", format=".2f")),
        never.mark_text(align="left", fontSize=12, fontStyle="italic", color=MUTED).encode(
            x=alt.value(4), text=alt.value("no patience is enough")
        ),
        actual.mark_rule(color=BREAKS, strokeWidth=2.5).encode(x=x, y=alt.value(0), y2=alt.value(96)),
        actual.transform_filter(f"datum.rule == '{RULES[0]}'")
        .mark_text(align="center", baseline="bottom", fontSize=12, fontWeight="bold", color=INK)
        .encode(x=x, y=alt.value(-3), text=alt.Text("value:Q", format=".2f")),
    )


def _noise_panel(results: pd.DataFrame, plot: int, left: int) -> alt.LayerChart:
    base = _panel(results, "noise", plot, 150, ["What a rule earns against itself in the long run"], left)
    x = alt.X("value:Q", axis=_axis([0, 2, 4, 6]), scale=alt.Scale(domain=[0, PAYOFF_TOP], nice=False))
    return alt.layer(
        base.mark_bar(height=14, color=STABLE, opacity=0.85, cornerRadiusEnd=2).encode(x=x),
        base.mark_text(align="left", dx=7, fontSize=12, color=INK).encode(x=x, text=alt.Text("value:Q", format=".2f")),
    )


def _panel(results: pd.DataFrame, name: str, plot: int, height: int, title: list[str], left: int, offset: int = 14) -> alt.Chart:
    rules = list(NOISE_RULES if name == "noise" else RULES)
    heading = alt.TitleParams(title, fontSize=13, fontWeight="bold", color=INK, anchor="start", frame="bounds", offset=offset)
    axis = alt.Axis(title=None, domain=False, ticks=False, labelColor=INK, labelPadding=8, minExtent=left, maxExtent=left)
    return (
        alt.Chart(results, width=plot, height=height, title=heading)
        .transform_filter(f"datum.panel == '{name}'")
        .encode(y=alt.Y("rule:N", sort=rules, scale=alt.Scale(domain=rules), axis=axis))
    )


def _axis(values: list[float]) -> alt.Axis:
    return alt.Axis(title=None, values=values, domain=False, ticks=False)
