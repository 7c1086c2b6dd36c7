"""Charts of the page on disagreements. Each is a pure function from a table and a width to a chart."""

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
    OUTSIDER_LIGHT,
    STATE_COLOURS,
    AnyChart,
    state_name,
)

NARROW = 480
ROW_LABELS = 76
ROW = 19
HEADER = 24
GROUP_GAP = 9
BOOK_LABELS: dict[str, str] = {"own": "own", "mirror": "partners\N{RIGHT SINGLE QUOTATION MARK}"}
BEHIND: dict[str, Any] = {"fill": OUTSIDER_LIGHT, "fillOpacity": 0.4, "strokeWidth": 0}
BEHIND_DOUBTFUL: dict[str, Any] = {"fill": "transparent", "stroke": OUTSIDER_LIGHT, "strokeOpacity": 0.6}
ALL_FIVE = "C5"
FINAL, EVERY, FOUR = "final votes", "all votes", "final votes without Turkmenistan"


def place_name(code: str) -> str:
    """Return the name of one of the five, or of all five together."""
    return "All five together" if code == ALL_FIVE else state_name(code)


def ahead_chart(cells: pd.DataFrame, width: int) -> AnyChart:
    """Draw one square for each place, book and year: filled where China's trade is larger than Russia's.

    ``cells`` has ``iso3`` (a state or C5), ``book`` (own, mirror), ``year``, ``ahead`` and ``doubtful``.
    """
    groups = list(dict.fromkeys(cells["iso3"]))
    books = list(BOOK_LABELS)
    key, below = _square_key(width)
    tops = _row_tops(groups, books, below)
    first, last = int(cells["year"].min()), int(cells["year"].max())
    table = cells.assign(
        left=cells["year"] - 0.42,
        right=cells["year"] + 0.42,
        top=[tops[key] for key in zip(cells["iso3"], cells["book"], strict=True)],
        colour=[STATE_COLOURS.get(code, OUTSIDER_DARK) for code in cells["iso3"]],
    )
    table["bottom"] = table["top"] + ROW - 5
    height = int(table["bottom"].max()) + 3
    plot = width - ROW_LABELS - 12
    years = [1995, 2005, 2015] if width < NARROW else list(range(1995, last + 1, 5))
    x = _years("left:Q", first - 0.5, last + 0.5, years)
    kept = ["left", "right", "top", "bottom", "ahead", "doubtful", "colour"]
    base = alt.Chart(table[kept], width=plot, height=height)
    squares = [
        base.transform_filter(f"datum.ahead == {_js(ahead)} && datum.doubtful == {_js(doubtful)}")
        .mark_rect(**style)
        .encode(x=x, x2="right:Q", y=_place("top:Q", height), y2="bottom:Q", **_paint(ahead))
        for ahead, doubtful, style in (
            (True, False, {"strokeWidth": 1.2}),
            (True, True, {"strokeWidth": 1.2, "fillOpacity": 0.22}),
            (False, False, BEHIND),
            (False, True, {**BEHIND_DOUBTFUL, "strokeWidth": 1.2}),
        )
    ]
    names = {(code, book): BOOK_LABELS[book] for code in groups for book in books}
    labels = _row_labels(groups, [place_name(code) for code in groups], tops, names, height)
    return alt.layer(*squares, *labels, *key)


def gap_chart(books: pd.DataFrame, marked: pd.DataFrame, names: tuple[str, str], width: int) -> AnyChart:
    """Draw the imports of one state from one partner in two books.

    ``books`` has ``year``, ``own`` and ``mirror`` in billion US$; ``marked`` the same for the years whose distance
    is drawn, with ``times``; ``iso3`` is the state, ``names`` are those of the partner's and of its own book.
    """
    narrow = width < NARROW
    state = str(books["iso3"].iloc[0])
    top = float(books["mirror"].max()) * 1.12
    first, last = int(books["year"].min()), int(books["year"].max())
    axis = alt.Axis(values=[1995, 2005, 2015] if narrow else list(range(1995, last + 1, 5)), format="d", grid=False)
    x = alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=[first, last + 0.5], nice=False))
    ticks = alt.Axis(values=[0, 2, 4, 6, 8, 10], domain=False, ticks=False)

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", title=None, axis=ticks, scale=alt.Scale(domain=[0, top], nice=False))

    base = alt.Chart(books[["year", "own", "mirror"]], width=width - (46 if narrow else 60), height=260)
    marks = alt.Chart(marked.assign(label=[f"{times:.1f} times" for times in marked["times"]]))
    late = f"datum.year > {last - 5}"
    rules = marks.mark_rule(strokeWidth=1.2, strokeDash=[3, 3]).encode(x=x, y=y("own"), y2="mirror:Q")
    # The early label stands beside the peak, the late one above the end of its rule.
    places = [(f"!({late})", "0.9 * datum.mirror", -12), (late, "datum.mirror + 0.25", -8)]
    times = [
        marks.transform_filter(test)
        .transform_calculate(at=place)
        .mark_text(align="right", dx=shift, fontWeight="bold", color=INK)
        .encode(x=x, y=y("at"), text="label:N")
        for test, place, shift in places
    ]
    china = base.mark_line(color=OUTSIDER_DARK, strokeWidth=2.8).encode(x=x, y=y("mirror"))
    own = base.mark_line(color=STATE_COLOURS[state], strokeWidth=2.8, strokeDash=[8, 2]).encode(x=x, y=y("own"))
    named = pd.DataFrame({"year": [2009, 2008], "at": [7.2, 2.35], "label": list(names)})
    texts = alt.Chart(named).mark_text(color=INK, align="left", dx=7).encode(x=x, y=y("at"), text="label:N")
    return alt.layer(rules, china, own, *times, texts)


def spells_chart(spells: pd.DataFrame, covered: pd.DataFrame, width: int) -> AnyChart:
    """Draw the same membership in several sources, one bar for each spell, over the years that the source covers.

    ``spells`` has ``group`` (a heading), ``iso3``, ``source``, ``start`` and ``end`` (years with fractions) and
    ``role``; ``covered`` has ``source``, ``start`` and ``end``, in the order of the rows.
    """
    groups = list(dict.fromkeys(spells["group"]))
    sources = covered["source"].tolist()
    key, below = _spell_key(width)
    tops = _row_tops(groups, sources, below)
    grounds = pd.concat([covered.assign(group=group) for group in groups], ignore_index=True)
    first, last = float(covered["start"].min()), float(covered["end"].max())
    height = int(max(tops.values())) + ROW
    plot = width - ROW_LABELS - 12
    x = _years("start:Q", first, last, [1995, 2005, 2015, 2025] if width < NARROW else list(range(1995, int(last), 5)))

    def placed(frame: pd.DataFrame) -> pd.DataFrame:
        top = [tops[key] for key in zip(frame["group"], frame["source"], strict=True)]
        return frame.assign(top=top, bottom=[value + ROW - 5 for value in top])

    ground = alt.Chart(placed(grounds)[["start", "end", "top", "bottom"]], width=plot, height=height)
    bars = placed(spells).assign(
        colour=[STATE_COLOURS[code] for code in spells["iso3"]], member=spells["role"] == "member"
    )
    base = alt.Chart(bars[["start", "end", "top", "bottom", "colour", "member"]])
    layers = [
        ground.mark_rect(fill=GRID, fillOpacity=0.55),
        base.transform_filter("datum.member").mark_rect(),
        base.transform_filter("!datum.member").mark_rect(
            fillOpacity=0.1, strokeWidth=1.6, strokeDash=[4, 3], strokeOpacity=1
        ),
    ]
    drawn = [
        layer.encode(
            x=x, x2="end:Q", y=_place("top:Q", height), y2="bottom:Q",
            **({"fill": alt.Fill("colour:N", scale=None, legend=None)} if place else {}),
            **({"stroke": alt.Stroke("colour:N", scale=None, legend=None)} if place == 2 else {}),
        )
        for place, layer in enumerate(layers)
    ]
    names = {place: place[1] for place in tops}
    labels = _row_labels(groups, groups, tops, names, height)
    return alt.layer(*drawn, *labels, *key)


def releases_chart(spending: pd.DataFrame, width: int) -> AnyChart:
    """Draw military spending in per cent of GDP in two releases, one panel for each state.

    ``spending`` has ``iso3``, ``year``, ``release`` (earlier, later) and ``value``; a gap in the years breaks a line.
    """
    narrow = width < NARROW
    states = list(dict.fromkeys(spending["iso3"]))
    plot = width - 70 if narrow else (width - 110) // 2
    panels = [_release_panel(spending[spending["iso3"] == code], code, plot) for code in states]
    return alt.vconcat(*panels, spacing=18) if narrow else alt.hconcat(*panels, spacing=22)


def distance_chart(distances: pd.DataFrame, width: int) -> AnyChart:
    """Draw the mean distance between the five in several series.

    ``distances`` has ``year``, ``series``, ``value`` and ``marked`` (years that the title compares).
    """
    narrow = width < NARROW
    first, last = int(distances["year"].min()), int(distances["year"].max())
    axis = alt.Axis(values=[1995, 2005, 2015] if narrow else list(range(1995, last + 1, 5)), format="d", grid=False)
    span = [first - 0.5, last + (4 if narrow else 2)]  # room for the last number
    x = alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=span, nice=False))
    top = float(distances["value"].max()) * 1.06
    ticks = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8], format=".1f", domain=False, ticks=False)
    y = alt.Y("value:Q", title=None, axis=ticks, scale=alt.Scale(domain=[0, top], nice=False))
    order = [FINAL, EVERY, FOUR]
    key = alt.Legend(
        title=None, orient="top", direction="vertical" if narrow else "horizontal", labelLimit=280, labelColor=INK,
        symbolType="stroke", symbolSize=420, symbolStrokeWidth=2.6, columnPadding=16,
    )
    base = alt.Chart(_with_runs(distances, "series"), width=width - 46, height=280)
    inks = alt.Scale(domain=order, range=[INK, OUTSIDER, OUTSIDER_LIGHT])
    dashes = alt.Scale(domain=order, range=[[1, 0], [7, 3], [2, 3]])
    lines = base.mark_line().encode(
        x=x, y=y, detail="run:N",
        color=alt.Color("series:N", scale=inks, legend=key),
        strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=key),
        strokeWidth=alt.StrokeWidth("series:N", scale=alt.Scale(domain=order, range=[2.8, 2.6, 2.2]), legend=None),
    )
    # A year between two without an estimate makes no line.
    alone = base.transform_filter("datum.alone").mark_point(size=26, filled=True, opacity=1).encode(
        x=x, y=y, color=alt.Color("series:N", scale=inks)
    )
    points = alt.Chart(_marked(distances))
    dots = points.mark_point(size=70, filled=True, opacity=1).encode(
        x=x, y=y, color=alt.Color("series:N", scale=inks)
    )
    sides: dict[str, dict[str, Any]] = {
        "above": {"baseline": "bottom", "dy": -9},
        "below": {"baseline": "top", "dy": 11},
        "right": {"align": "left", "baseline": "middle", "dx": 8},
    }
    texts = [
        points.transform_filter(alt.datum.side == side).mark_text(fontWeight="bold", color=INK, **style).encode(
            x=x, y=y, text="label:N"
        )
        for side, style in sides.items()
    ]
    return alt.layer(lines, alone, dots, *texts, *_peaks(distances, x, y))


def _marked(distances: pd.DataFrame) -> pd.DataFrame:
    """The compared years with their labels: the last final vote to the right, other final votes above the line."""
    rows = distances[distances["marked"]]
    first, last = rows["year"].min(), rows["year"].max()
    sides = []
    for year, series in zip(rows["year"], rows["series"], strict=True):
        if year == last:
            sides.append("right")
        elif year == first:  # two series start from one number, which is written once
            sides.append("below" if series == FINAL else "")
        else:
            sides.append("above" if series == FINAL else "below")
    labels = [f"{value:.2f}" for value in rows["value"]]
    return rows[["year", "value", "series"]].assign(side=sides, label=labels)


def _peaks(distances: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The two heights of the line of final votes, with what lifts them."""
    final = distances[distances["series"] == FINAL].set_index("year")["value"]
    early, hump = final.loc[:1999].idxmax(), final.loc[2000:2010].idxmax()
    notes = pd.DataFrame(
        {
            "year": [early, hump],
            "value": [final[early], final[hump]],
            "label": [f"{early}: few votes", f"{hump}: one state apart"],
        }
    )
    text = alt.Chart(notes).mark_text(align="left", dx=10, dy=-4, fontSize=12, fontStyle="italic", color=MUTED)
    return [text.encode(x=x, y=y, text="label:N")]


def _release_panel(spending: pd.DataFrame, code: str, plot: int) -> AnyChart:
    axis = alt.Axis(values=[1995, 2005, 2015], format="d", grid=False)
    x = alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(domain=[1992, 2024], nice=False))
    ticks = alt.Axis(
        values=[0, 1, 2, 3, 4], domain=False, ticks=False, labelExpr="datum.value + '\N{NO-BREAK SPACE}%'"
    )
    y = alt.Y("value:Q", title=None, axis=ticks, scale=alt.Scale(domain=[0, 4.2], nice=False))
    title = alt.TitleParams(
        state_name(code), fontSize=13, fontWeight="bold", color=INK, offset=6, anchor="start", frame="group"
    )
    table = _with_runs(spending, "release")[["year", "value", "release", "run"]]
    base = alt.Chart(table, width=plot, height=190, title=title).encode(x=x, y=y, detail="run:N")
    later = base.transform_filter("datum.release == 'later'").mark_line(color=STATE_COLOURS[code], strokeWidth=2.8)
    earlier = base.transform_filter("datum.release == 'earlier'").mark_line(
        color=OUTSIDER_DARK, strokeWidth=2.4, strokeDash=[5, 3]
    )
    texts = alt.Chart(_release_names(spending)).mark_text(baseline="middle", color=INK, align="center").encode(
        x=x, y=y, text="label:N"
    )
    return alt.layer(later, earlier, texts)


def _release_names(spending: pd.DataFrame) -> pd.DataFrame:
    """Place the names of the two lines where the lines are far apart, or else above them both."""
    wide = spending.pivot(index="year", columns="release", values="value").loc[1999:2009].dropna()
    later, earlier = float(wide["later"].max()), float(wide["earlier"].min())
    if later - earlier > 1:
        places, labels = [later + 0.4, earlier - 0.35], ["later release", "release of 2024"]
    else:
        places, labels = [later + 1.25, later + 0.85], ["later release: solid", "release of 2024: dashed"]
    return pd.DataFrame({"year": [2004, 2004], "value": places, "label": labels})


def _with_runs(frame: pd.DataFrame, series: str) -> pd.DataFrame:
    """Number the unbroken runs of years of each series, so that a gap in the years breaks the line."""
    table = frame.dropna(subset=["value"]).sort_values([series, "year"], ignore_index=True)
    breaks = (table[series] != table[series].shift()) | (table["year"] != table["year"].shift() + 1)
    run = breaks.cumsum()
    return table.assign(run=run, alone=run.groupby(run).transform("size") == 1)


def _row_tops(groups: list[str], rows: list[str], start: float) -> dict[tuple[str, str], float]:
    """Return the upper edge in pixels of each row; every group has a heading above its rows."""
    tops: dict[tuple[str, str], float] = {}
    at = start
    for group in groups:
        at += HEADER
        for name in rows:
            tops[group, name] = at
            at += ROW
        at += GROUP_GAP
    return tops


def _row_labels(
    groups: list[str],
    headings: list[str],
    tops: dict[tuple[str, str], float],
    names: dict[tuple[str, str], str],
    height: int,
) -> list[alt.Chart]:
    heads = pd.DataFrame(
        {
            "top": [min(at for (group, _), at in tops.items() if group == code) - 9.0 for code in groups],
            "label": headings,
        }
    )
    rows = pd.DataFrame({"top": [at + (ROW - 5) / 2 for at in tops.values()], "label": [names[key] for key in tops]})
    bold = alt.Chart(heads).mark_text(align="left", baseline="middle", fontWeight="bold", color=INK)
    plain = alt.Chart(rows).mark_text(align="left", baseline="middle", color=MUTED, fontSize=12)
    return [
        mark.encode(x=alt.value(-ROW_LABELS), y=_place("top:Q", height), text="label:N") for mark in (bold, plain)
    ]


def _years(column: str, first: float, last: float, values: list[int]) -> alt.X:
    axis = alt.Axis(values=values, format="d", grid=False, orient="bottom", domain=False, tickColor=GRID)
    return alt.X(column, title=None, axis=axis, scale=alt.Scale(domain=[first, last], nice=False))


def _place(column: str, height: int) -> alt.Y:
    return alt.Y(column, axis=None, scale=alt.Scale(domain=[height, 0], nice=False))


def _paint(ahead: bool) -> dict[str, Any]:
    if not ahead:
        return {}
    return {
        "fill": alt.Fill("colour:N", scale=None, legend=None),
        "stroke": alt.Stroke("colour:N", scale=None, legend=None),
    }


def _square_key(width: int) -> tuple[list[alt.Chart], float]:
    return _key(
        [
            ("China ahead", {"fill": OUTSIDER_DARK}),
            ("Russia ahead", BEHIND),
            ("China ahead, doubtful", {"fill": OUTSIDER_DARK, "fillOpacity": 0.22, "stroke": OUTSIDER_DARK}),
            ("Russia ahead, doubtful", BEHIND_DOUBTFUL),
        ],
        width,
        2 if width < NARROW else 4,
    )


def _spell_key(width: int) -> tuple[list[alt.Chart], float]:
    return _key(
        [
            ("member", {"fill": OUTSIDER_DARK}),
            ("suspended", {"fill": OUTSIDER_DARK, "fillOpacity": 0.1, "stroke": OUTSIDER_DARK, "strokeDash": [4, 3]}),
            ("years that the source covers", {"fill": GRID, "fillOpacity": 0.55}),
        ],
        width,
        2 if width < NARROW else 3,
    )


def _key(
    entries: list[tuple[str, dict[str, Any]]], width: int, columns: int
) -> tuple[list[alt.Chart], float]:
    """Return a key for the top of a chart, and the pixels it takes."""
    step = (width - 12) / columns
    layers: list[alt.Chart] = []
    for place, (label, style) in enumerate(entries):
        left, top = (place % columns) * step - ROW_LABELS, (place // columns) * 20
        point = alt.Chart(pd.DataFrame({"label": [label]}))
        layers.append(
            point.mark_rect(**{"strokeWidth": 1.2, **style}).encode(
                x=alt.value(left + 1), x2=alt.value(left + 13), y=alt.value(top + 2), y2=alt.value(top + 14)
            )
        )
        layers.append(
            point.mark_text(align="left", baseline="middle", fontSize=12, color=INK).encode(
                x=alt.value(left + 18), y=alt.value(top + 8), text="label:N"
            )
        )
    return layers, 20.0 * -(-len(entries) // columns)


def _js(flag: bool) -> str:
    return "true" if flag else "false"
