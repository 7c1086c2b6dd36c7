"""Charts of the chapter's explorers: provision by five states, a table of payoffs, the shadow of the future.

Each draws from the explorer's results alone, so that a page can swap the rows under a finished chart.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, PAPER, STATE_NAMES, STATES, AnyChart, state_colour_scale

NARROW = 480
STABLE = "#2f6f8f"
ROW_NAMES: tuple[str, ...] = ("A contributes", "A holds back")
COLUMN_NAMES: tuple[str, ...] = ("B contributes", "B holds back")
BREAKS = "#b4532a"
PAYOFF_TOP = 6.0
KEY_HEIGHT = -14
RULE_LABELS = 128
TWO_DIGITS = alt.Text("value:Q", format=".2f")
RULES: tuple[str, ...] = ("Grim", "Tit for tat")
NOISE_RULES: tuple[str, ...] = ("Grim", "Tit for tat", "Generous tit for tat", "Pavlov")


def provision_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw what each state pays alone and in the joint optimum, in per cent of its own means.

    ``results`` has one row for each state: ``iso3``, ``state``, ``size_share``, ``alone_share``, ``joint_share``.
    """
    narrow = width < NARROW
    left, right = 110, 84 if narrow else 104
    rows = alt.Y("state:N", sort=list(STATE_NAMES.values()), axis=None)
    base = alt.Chart(results, width=width - left - right, height=240 if narrow else 270).encode(y=rows)
    first = base.transform_filter(f"datum.iso3 == '{STATES[0]}'")
    return alt.layer(
        *_provision_marks(base, [0, 50, 100] if narrow else [0, 25, 50, 75, 100]),
        *_provision_names(base),
        _provision_numbers(base, right - 4),
        *_heads(first, right - 4, narrow),
    )


def _provision_marks(base: alt.Chart, ticks: list[int]) -> list[alt.Chart]:
    title = "Per cent of the state's own means"
    axis = alt.Axis(title=title, titleAnchor="start", values=ticks, domain=False, ticks=False)
    x = alt.X("alone_share:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    by_state: dict[str, Any] = {"shorthand": "iso3:N", "scale": state_colour_scale(), "legend": None}
    gap = base.mark_rule(strokeWidth=5, opacity=0.35).encode(x=x, x2="joint_share:Q", color=alt.Color(**by_state))
    joint = base.mark_point(filled=True, size=190, strokeWidth=2.6, opacity=1).encode(
        x="joint_share:Q", stroke=alt.Stroke(**by_state), fill=alt.value(PAPER)
    )
    alone = base.mark_point(filled=True, size=200, opacity=1).encode(x=x, fill=alt.Fill(**by_state))
    return [gap, joint, alone]


def _provision_names(base: alt.Chart) -> list[alt.Chart]:
    names = base.mark_text(align="right", dx=-14, dy=-7, color=INK).encode(x=alt.value(0), text="state:N")
    sizes = (
        base.transform_calculate(size="format(datum.size_share, '.0f') + '\N{NO-BREAK SPACE}% of all'")
        .mark_text(align="right", dx=-14, dy=9, fontSize=12, color=MUTED)
        .encode(x=alt.value(0), text="size:N")
    )
    return [names, sizes]


def _provision_numbers(base: alt.Chart, shift: int) -> alt.Chart:
    digits = "datum.alone_share > 0 && datum.alone_share < 9.95 ? '.1f' : '.0f'"
    reading = (
        f"format(datum.alone_share, {digits}) + ' \N{RIGHTWARDS ARROW} '"
        " + format(datum.joint_share, '.0f') + '\N{NO-BREAK SPACE}%'"
    )
    text = base.transform_calculate(reading=reading).mark_text(align="right", dx=shift, fontWeight="bold", color=INK)
    return text.encode(x=alt.value("width"), text="reading:N")


def _heads(first: alt.Chart, shift: int, narrow: bool) -> list[alt.Chart]:
    start = -8 if narrow else 8
    style: dict[str, Any] = {"color": MUTED, "baseline": "middle"}
    numbers = first.mark_text(align="right", dx=shift, **style).encode(
        x=alt.value("width"), y=alt.value(KEY_HEIGHT), text=alt.value("alone \N{RIGHTWARDS ARROW} joint")
    )
    keys = [*_key(first, start, "alone", filled=True), *_key(first, start + 62, "joint optimum", filled=False)]
    return keys if narrow else [*keys, numbers]


def _key(
    first: alt.Chart, start: int, label: str, filled: bool = True, shape: str = "circle", colour: str = MUTED
) -> list[alt.Chart]:
    """Return a mark and its name at ``start`` pixels above the plot; ``first`` holds a single row."""
    place = {"y": alt.value(KEY_HEIGHT)}
    mark = first.mark_point(
        size=90, shape=shape, filled=True, opacity=1, stroke=colour, strokeWidth=1.8, fill=colour if filled else PAPER
    ).encode(x=alt.value(start), **place)
    name = first.mark_text(align="left", baseline="middle", color=MUTED).encode(
        x=alt.value(start + 10), text=alt.value(label), **place
    )
    return [mark, name]


def game_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw a table of payoffs with the stable outcomes outlined.

    ``results`` has one row for each cell: ``row_move``, ``column_move``, ``a``, ``b``, ``stable``, ``best``.
    """
    narrow = width < NARROW
    base = _game_cells(results, width - (74 if narrow else 100), narrow)
    cells = base.mark_rect(cornerRadius=5, fillOpacity=0, stroke=GRID, strokeWidth=1.5)
    stable = base.transform_filter("datum.stable").mark_rect(
        cornerRadius=5, fill=STABLE, fillOpacity=0.13, stroke=STABLE, strokeWidth=3.5
    )
    return alt.layer(cells, stable, _payoffs(base, 16 if narrow else 19), _outcome_tags(base))


def _game_cells(results: pd.DataFrame, plot: int, narrow: bool) -> alt.Chart:
    axis: dict[str, Any] = {"title": None, "domain": False, "ticks": False, "labelColor": INK, "grid": False}
    # On a phone the name of the state and its move stand on two lines.
    lines = "[slice(datum.label, 0, 1), slice(datum.label, 2)]" if narrow else "datum.label"
    columns = alt.X(
        "column_move:N",
        sort=list(COLUMN_NAMES),
        axis=alt.Axis(orient="top", labelAngle=0, **axis),
        scale=alt.Scale(padding=0.06),
    )
    rows = alt.Y(
        "row_move:N", sort=list(ROW_NAMES), axis=alt.Axis(labelExpr=lines, **axis), scale=alt.Scale(padding=0.08)
    )
    return alt.Chart(results, width=plot, height=230).encode(x=columns, y=rows)


def _payoffs(base: alt.Chart, size: int) -> alt.Chart:
    both = "'A ' + format(datum.a, '.2~f') + '\N{EM SPACE}B ' + format(datum.b, '.2~f')"
    text = base.transform_calculate(both=both).mark_text(fontSize=size, fontWeight="bold", color=INK, dy=-9)
    return text.encode(text="both:N")


def _outcome_tags(base: alt.Chart) -> alt.Chart:
    tag = (
        "datum.stable && datum.best ? ['stable', 'largest sum'] :"
        " datum.stable ? ['stable'] : datum.best ? ['largest sum'] : ['']"
    )
    return base.transform_calculate(tag=tag).mark_text(color=INK, dy=15, lineHeight=16).encode(text="tag:N")


def shadow_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw what keeping and breaking a deal are worth, the patience needed, and what misreading does.

    ``results`` has the columns ``panel`` (``deal``, ``patience``, ``noise``), ``rule``, ``measure`` and
    ``value``; payoffs run from 0 to 6, patience from 0 to 1.
    """
    plot = width - RULE_LABELS - 14
    # On a phone chart and controls share one screen.
    row, spacing = (34, 10) if width < NARROW else (44, 20)
    panels = (_deal_panel(results, plot, row), _patience_panel(results, plot, row), _noise_panel(results, plot, row))
    return alt.vconcat(*panels, spacing=spacing)


def _deal_panel(results: pd.DataFrame, plot: int, row: int) -> AnyChart:
    base = _panel(results, "deal", "What a year is worth on average", plot, 2 * row)
    keep = base.transform_filter("datum.measure == 'keep'")
    leave = base.transform_filter("datum.measure == 'break'")
    first = keep.transform_filter(f"datum.rule == '{RULES[0]}'")
    return alt.layer(
        *_dot_with_number(keep, "circle", STABLE, -row // 5),
        *_dot_with_number(leave, "diamond", BREAKS, row // 5),
        *_key(first, 6, "keep the deal", colour=STABLE),
        *_key(first, 118, "break it", shape="diamond", colour=BREAKS),
    )


def _dot_with_number(rows: alt.Chart, shape: str, colour: str, shift: int) -> list[alt.Chart]:
    x = alt.X("value:Q", axis=_axis([0, 2, 4, 6]), scale=alt.Scale(domain=[0, PAYOFF_TOP], nice=False))
    dot = rows.mark_point(filled=True, size=140, opacity=1, shape=shape, color=colour, yOffset=shift).encode(x=x)
    return [dot, rows.mark_text(dx=11, dy=shift, align="left", color=INK).encode(x=x, text=TWO_DIGITS)]


def _patience_panel(results: pd.DataFrame, plot: int, row: int) -> AnyChart:
    base = _panel(results, "patience", "Patience: needed (bar), given (line)", plot, 2 * row)
    x = alt.X("value:Q", axis=_axis([0, 0.5, 1]), scale=alt.Scale(domain=[0, 1], nice=False))
    needed = base.transform_filter("datum.measure == 'needed' && isValid(datum.value)")
    never = base.transform_filter("datum.measure == 'needed' && !isValid(datum.value)")
    given = base.transform_filter("datum.measure == 'actual'")
    enough = needed.transform_calculate(end="1").mark_bar(height=20, color=STABLE, opacity=0.28)
    return alt.layer(
        enough.encode(x=x, x2="end:Q"),
        needed.mark_tick(color=STABLE, thickness=3, size=26, opacity=1).encode(x=x),
        needed.mark_text(align="right", dx=-7, color=INK).encode(x=x, text=TWO_DIGITS),
        never.mark_text(align="left", fontStyle="italic", color=MUTED).encode(
            x=alt.value(4), text=alt.value("no patience is enough")
        ),
        given.mark_rule(color=BREAKS, strokeWidth=2.5).encode(x=x, y=alt.value(0), y2=alt.value("height")),
        given.transform_filter(f"datum.rule == '{RULES[0]}'")
        .mark_text(baseline="bottom", fontWeight="bold", color=INK)
        .encode(x=x, y=alt.value(-3), text=TWO_DIGITS),
    )


def _noise_panel(results: pd.DataFrame, plot: int, row: int) -> AnyChart:
    base = _panel(results, "noise", "What a rule earns against itself in the long run", plot, 3 * row)
    x = alt.X("value:Q", axis=_axis([0, 2, 4, 6]), scale=alt.Scale(domain=[0, PAYOFF_TOP], nice=False))
    bars = base.mark_bar(height=14, color=STABLE, cornerRadiusEnd=2).encode(x=x)
    return alt.layer(bars, base.mark_text(align="left", dx=7, color=INK).encode(x=x, text=TWO_DIGITS))


def tournament_chart(scores: pd.DataFrame, width: int) -> AnyChart:
    """Draw the payoff a round of each strategy, best first; ``scores`` has ``strategy`` and ``score``."""
    axis = alt.Axis(title=None, ticks=False, domain=False, labelColor=INK, labelPadding=8, labelLimit=150)
    rows = alt.Y("strategy:N", sort=scores["strategy"].tolist(), axis=axis)
    base = alt.Chart(scores, width=width - 210, height=28 * len(scores)).encode(y=rows)
    x = alt.X("score:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    bars = base.mark_bar(height=17, color=STABLE, cornerRadiusEnd=2).encode(x=x)
    numbers = base.mark_text(align="left", dx=7, color=INK).encode(x=x, text=alt.Text("score:Q", format=".2f"))
    return alt.layer(bars, numbers)


def _panel(results: pd.DataFrame, name: str, title: str, plot: int, height: int) -> alt.Chart:
    rules = list(NOISE_RULES if name == "noise" else RULES)
    heading = alt.TitleParams(title, fontSize=13, color=INK, anchor="start", frame="bounds", offset=8)
    axis = alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelColor=INK,
        labelPadding=8,
        minExtent=RULE_LABELS,
        maxExtent=RULE_LABELS,
    )
    rows = alt.Y("rule:N", sort=rules, scale=alt.Scale(domain=rules), axis=axis)
    chart = alt.Chart(results, width=plot, height=height, title=heading)
    return chart.transform_filter(f"datum.panel == '{name}'").encode(y=rows)


def _axis(values: list[float]) -> alt.Axis:
    return alt.Axis(title=None, values=values, domain=False, ticks=False)
