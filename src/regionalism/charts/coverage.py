"""Where a table has rows: a bar over its years for each place, darker where there is more."""

from __future__ import annotations

import altair as alt
import pandas as pd

from regionalism.charts.theme import GRID, INK, MUTED, AnyChart

FILL = "#2f6f8f"
ROW = 20
NARROW = 480
STEPS = (0.3, 0.55, 0.8, 1.0)


def coverage_chart(
    cells: pd.DataFrame, width: int, rows: list[str], years: tuple[int, int], labels: int = 96
) -> AnyChart:
    """Draw bars on a line for each row; a gap in the line says that nothing is there.

    ``cells`` has the columns ``row``, ``year`` and ``level`` (above 0, up to 1); ``rows`` gives the order from
    top to bottom, ``labels`` the room for their names in pixels.

    Raises
    ------
    ValueError
        If a level lies outside (0, 1] or a year outside ``years``.
    """
    if len(cells) and not cells["level"].between(0, 1, inclusive="right").all():
        raise ValueError(f"level must be above 0 and at most 1; found {cells['level'].min()} to {cells['level'].max()}")
    first, last = years
    if len(cells) and not cells["year"].between(first, last).all():
        raise ValueError(f"years must lie within {first} to {last}")
    plot = width - labels - 12
    ticks = [year for year in range(first, last + 1) if year % (10 if width < NARROW else 5) == 0]
    axis = alt.Axis(values=ticks, format="d", grid=False, domain=False, tickColor=GRID, orient="top", labelAlign="left")
    names = alt.Axis(
        domain=False,
        ticks=False,
        labelColor=INK,
        labelLimit=labels,
        minExtent=labels,
        maxExtent=labels,
        labelFontSize=13,
        labelPadding=6,
        grid=True,
        gridDash=[1, 3],
    )
    y = alt.Y("row:N", sort=rows, title=None, axis=names, scale=alt.Scale(domain=rows))
    x = alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=[first, last + 1], nice=False))
    frame = alt.Chart(alt.Data(values=[{"row": row} for row in rows]), width=plot, height=ROW * len(rows))
    lines = frame.mark_point(opacity=0).encode(y=y)
    bars = (
        alt.Chart(_runs(cells))
        .mark_rect(color=FILL, height=ROW - 6)
        .encode(x=x, x2="end:Q", y=y, opacity=alt.Opacity("opacity:Q", scale=None))
    )
    return alt.layer(lines, bars).properties(width=plot, height=ROW * len(rows))


def counts_chart(counts: pd.DataFrame, width: int) -> AnyChart:
    """Draw a bar for each place of a table that has no years. ``counts`` has the columns ``row`` and ``n``."""
    rows = counts["row"].tolist()
    base = alt.Chart(counts, width=width - 160, height=22 * len(rows)).encode(
        y=alt.Y(
            "row:N", sort=rows, title=None, axis=alt.Axis(domain=False, ticks=False, labelColor=INK, minExtent=104)
        ),
        x=alt.X("n:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
    )
    return alt.layer(
        base.mark_bar(color=FILL, height=13), base.mark_text(align="left", dx=5, color=MUTED).encode(text="n:Q")
    )


def _runs(cells: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring years of the same shade as one bar: a hundredth of the shapes for the same picture."""
    table = cells.assign(opacity=[_step(level) for level in cells["level"]]).sort_values(["row", "year"])
    new = (
        (table["row"] != table["row"].shift())
        | (table["opacity"] != table["opacity"].shift())
        | (table["year"] != table["year"].shift() + 1)
    )
    runs = table.groupby(new.cumsum())
    return pd.DataFrame(
        {
            "row": runs["row"].first(),
            "year": runs["year"].min(),
            "end": runs["year"].max() + 1,
            "opacity": runs["opacity"].first(),
        }
    ).reset_index(drop=True)


def _step(level: float) -> float:
    return STEPS[min(int(level * len(STEPS)), len(STEPS) - 1)]
