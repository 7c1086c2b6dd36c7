"""Charts of the chapter's explorers: make, pool or buy for five states, and a portfolio of suppliers.

Each draws from the explorer's results alone, so that a page can swap the rows under a finished chart.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, OUTSIDER_DARK, PAPER, AnyChart

NARROW = 480
MAKERS: tuple[str, ...] = ("Arka", "Boro", "Celan", "Dala", "Elin")
SUPPLIERS: tuple[str, ...] = ("First", "Second", "Third")
POOL, BUY, ALONE = "#2f6f8f", "#b4532a", OUTSIDER_DARK
MOST_COST = 2.4
COST = alt.Scale(domain=[0, MOST_COST], nice=False)


def make_or_buy_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw what each way costs each state: a square alone, a diamond bought, a pool from one member to five.

    ``results`` has one row for each state: ``state``, ``weight``, ``alone``, ``buy``, ``pool_one``, ``pool_five``
    and ``does``.
    """
    narrow = width < NARROW
    left, right = (64, 92) if narrow else (92, 120)
    rows = alt.Y("state:N", sort=list(MAKERS), axis=None)
    base = alt.Chart(results, width=width - left - right, height=250 if narrow else 270).encode(y=rows)
    first = base.transform_filter(f"datum.state == '{MAKERS[0]}'")
    return alt.layer(
        *_cost_marks(base, [0, 1, 2] if narrow else [0, 0.5, 1, 1.5, 2]),
        *_state_names(base),
        *_stable_words(base, first),
        *_cost_keys(first, narrow),
    )


def _cost_marks(base: alt.Chart, ticks: list[float]) -> list[alt.Chart]:
    axis = alt.Axis(title="Cost; standing alone = 1", titleAnchor="start", values=ticks, domain=False, ticks=False)
    one = alt.X("pool_one:Q", axis=axis, scale=COST)
    five = alt.X("pool_five:Q", axis=axis, scale=COST)
    return [
        base.mark_rule(strokeWidth=4, opacity=0.35, color=POOL).encode(x=one, x2="pool_five:Q"),
        base.mark_point(size=120, filled=True, opacity=1, fill=PAPER, stroke=POOL, strokeWidth=2).encode(x=one),
        base.mark_point(size=150, filled=True, opacity=1, color=POOL).encode(x=five),
        base.mark_point(size=110, shape="square", filled=True, opacity=1, color=ALONE, yOffset=-13).encode(
            x=alt.X("alone:Q", axis=axis, scale=COST)
        ),
        base.mark_point(size=140, shape="diamond", filled=True, opacity=1, color=BUY, yOffset=13).encode(
            x=alt.X("buy:Q", axis=axis, scale=COST)
        ),
    ]


def _state_names(base: alt.Chart) -> list[alt.Chart]:
    names = base.mark_text(align="right", dx=-12, dy=-7, color=INK).encode(x=alt.value(0), text="state:N")
    weights = (
        base.transform_calculate(words="'a = ' + format(datum.weight, '.2f')")
        .mark_text(align="right", dx=-12, dy=9, fontSize=12, color=MUTED)
        .encode(x=alt.value(0), text="words:N")
    )
    return [names, weights]


def _stable_words(base: alt.Chart, first: alt.Chart) -> list[alt.Chart]:
    # Two stable outcomes stand on two lines, so that the column stays narrow.
    lines = "split(datum.does, '|')"
    words = base.transform_calculate(lines=lines).mark_text(
        align="left", dx=8, dy=-4, fontWeight="bold", color=INK, lineHeight=15
    )
    head = first.mark_text(align="left", dx=8, color=MUTED, baseline="middle").encode(
        x=alt.value("width"), y=alt.value(-14), text=alt.value("stable")
    )
    return [words.encode(x=alt.value("width"), text="lines:N"), head]


def _cost_keys(first: alt.Chart, narrow: bool) -> list[alt.Chart]:
    keys: list[tuple[str, str, str, bool]] = [
        ("alone", "square", ALONE, True),
        ("buy", "diamond", BUY, True),
        ("pool: 1", "circle", POOL, False),
        ("5", "circle", POOL, True),
    ]
    starts = (-56, 8, 56, 124) if narrow else (-80, 0, 60, 138)
    marks = []
    for (label, shape, colour, filled), start in zip(keys, starts, strict=True):
        place: dict[str, Any] = {"y": alt.value(-14)}
        marks.append(
            first.mark_point(
                size=90, shape=shape, filled=True, opacity=1, strokeWidth=1.8, stroke=colour,
                fill=colour if filled else PAPER,
            ).encode(x=alt.value(start), **place)
        )
        marks.append(
            first.mark_text(align="left", baseline="middle", color=MUTED).encode(
                x=alt.value(start + 9), text=alt.value(label), **place
            )
        )
    return marks


def portfolio_chart(results: pd.DataFrame, width: int) -> AnyChart:
    """Draw the share of each supplier: a bar now, a tick for what it would be in peace.

    ``results`` has ``supplier``, ``share`` and ``before`` in per cent.
    """
    narrow = width < NARROW
    left, right = 70, 96 if narrow else 120
    rows = alt.Y(
        "supplier:N",
        sort=list(SUPPLIERS),
        axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=INK, labelPadding=8),
    )
    base = alt.Chart(results, width=width - left - right, height=160).encode(y=rows)
    axis = alt.Axis(
        title="Share of what the state buys, per cent", titleAnchor="start", values=[0, 50, 100], domain=False,
        ticks=False,
    )
    share = alt.X("share:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    before = alt.X("before:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    whole = base.transform_calculate(end="100").mark_bar(height=24, color=GRID, opacity=0.5).encode(
        x=alt.X("end:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))
    )
    words = (
        "format(datum.before, '.0f') + ' \N{RIGHTWARDS ARROW} '"
        " + format(datum.share, '.0f') + '\N{NO-BREAK SPACE}%'"
    )
    return alt.layer(
        whole,
        base.mark_bar(height=24, color=BUY, cornerRadiusEnd=2).encode(x=share),
        base.mark_tick(color=INK, thickness=3, size=34, opacity=1).encode(x=before),
        base.transform_calculate(words=words)
        .mark_text(align="left", dx=10, fontWeight="bold", color=INK)
        .encode(x=alt.value("width"), text="words:N"),
    )
