"""The two charts of a class report. Each is a pure function from a table and a width to a chart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, OUTSIDER_DARK, PAPER, AnyChart

MARK = "#2f6f8f"
ROW = 46
_CUT = 0.155  # of a pixel: how many signs of 13 px text fit


def _cut(text: str, width: int) -> str:
    room = int(width * _CUT)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def tries_chart(rows: pd.DataFrame, width: int) -> AnyChart:
    """Draw for each question the share right at the first try (open) and in the end (filled), with the numbers beside.

    ``rows`` has ``question``, ``first`` and ``last`` in per cent, in the order from top to bottom.
    """
    table = rows.assign(
        name=[_cut(name, width) for name in rows["question"]],
        top=[ROW * at + 13 for at in range(len(rows))],
        line=[ROW * at + 31 for at in range(len(rows))],
        label=[_change(first, last) for first, last in zip(rows["first"], rows["last"], strict=True)],
    )
    height = ROW * len(rows) + 6
    plot = width - 112
    x = alt.Scale(domain=[0, 100], nice=False)
    y = alt.Scale(domain=[height, 0], nice=False)
    base = alt.Chart(table, width=plot, height=height)
    at_line = alt.Y("line:Q", axis=None, scale=y)
    names = base.mark_text(align="left", baseline="middle", color=INK).encode(
        x=alt.value(0), y=alt.Y("top:Q", axis=None, scale=y), text="name:N"
    )
    ground = base.mark_rule(color=GRID, strokeWidth=2).encode(x=alt.value(0), x2=alt.value(plot), y=at_line)
    path = base.mark_rule(color=MARK, strokeWidth=4, opacity=0.45).encode(
        x=alt.X("first:Q", axis=None, scale=x), x2="last:Q", y=at_line
    )
    first = base.mark_point(size=95, filled=True, fill=PAPER, stroke=MARK, strokeWidth=2.2, opacity=1).encode(
        x=alt.X("first:Q", axis=None, scale=x), y=at_line
    )
    last = base.mark_point(size=115, filled=True, color=MARK, opacity=1).encode(
        x=alt.X("last:Q", axis=None, scale=x), y=at_line
    )
    labels = base.mark_text(align="left", baseline="middle", dx=12, color=INK).encode(
        x=alt.value(plot), y=at_line, text="label:N"
    )
    return alt.layer(ground, path, last, first, labels, names)


def _change(first: float, last: float) -> str:
    return f"{first:.0f} → {last:.0f} %" if round(first) != round(last) else f"{last:.0f} %"


def ideas_chart(rows: pd.DataFrame, width: int) -> AnyChart:
    """Draw for each idea the number of students who showed it.

    ``rows`` has ``idea`` (its statement) and ``students``, in the order from top to bottom.
    """
    table = rows.assign(
        name=[_cut(name, width) for name in rows["idea"]],
        top=[ROW * at + 12 for at in range(len(rows))],
        line=[ROW * at + 30 for at in range(len(rows))],
    )
    height = ROW * len(rows) + 4
    most = float(table["students"].max())
    y = alt.Scale(domain=[height, 0], nice=False)
    base = alt.Chart(table, width=width - 60, height=height)
    x = alt.X("students:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False, zero=True))
    at_line = alt.Y("line:Q", axis=None, scale=y)
    bars = base.mark_bar(orient="horizontal", height=12, color=OUTSIDER_DARK).encode(x=x, y=at_line)
    counts = base.mark_text(align="left", baseline="middle", dx=6, color=MUTED).encode(
        x=x, y=at_line, text="students:Q"
    )
    names = base.mark_text(align="left", baseline="middle", color=INK).encode(
        x=alt.value(0), y=alt.Y("top:Q", axis=None, scale=y), text="name:N"
    )
    return alt.layer(bars, counts, names)
