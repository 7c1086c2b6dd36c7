"""What the shared tables cover: a picture of all of them, and one for each."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from regionalism.charts import coverage as charts
from regionalism.charts.figure import Figure
from regionalism.charts.theme import STATES, AnyChart, state_name
from regionalism.data import describe, load, names

FIRST_YEAR = 1990
# Rows of a table that stand for no single year, such as codes and places, have no bar.
OTHERS = "others"
SOURCE = "count of the rows of the course's own tables"


def cells(name: str) -> pd.DataFrame:
    """Count the rows of a table by place and year.

    Columns: ``place`` (the code of one of the five, or ``others``), ``year`` (0 where the table knows no
    years), ``n`` (rows). A row that names several states counts once for each of the five, and once for the
    others together. A spell counts in every year it touches; one without an end up to the year to
    which its source looked (``observed_until``), else to the last year with any date in the table. The years are
    those that the descriptor names under ``time``.
    """
    about, table = describe(name), load(name)
    years = _years(table, about.time) if about.time else pd.Series([[0]] * len(table), index=table.index)
    places = _places(table, about.places)
    long = pd.DataFrame({"year": years, "place": places}).explode("year").explode("place").dropna()
    return long.groupby(["place", "year"], as_index=False).size().rename(columns={"size": "n"})


def coverage(name: str) -> Figure:
    """Return the picture of one table: years by state, darker where there are more rows."""
    about, found = describe(name), cells(name)
    counts = _counts(found)
    labels = [state_name(code) for code in STATES if code in set(found["place"])]
    if OTHERS in set(found["place"]):
        labels.append(OTHERS)
    timed = bool(about.time)
    return Figure(
        name=f"coverage-{name}",
        title=_title(found, timed, about.rows),
        subtitle=(
            "Rows by state and year; darker: more rows; a gap: none"
            if timed
            else "Number of rows by state; the table has no years"
        ),
        source=f"{SOURCE}.",
        tables=(name,),
        alt=_alt(counts, timed),
        draw=lambda width: _drawn(found, labels, timed, width),
        numbers=counts,
    )


def overview() -> Figure:
    """Return the picture of all tables by year: how many of the five each knows in each year."""
    parts, absent = [], Counter[str]()
    for name in names():
        if not describe(name).time or not describe(name).places:
            continue
        found = cells(name)
        absent.update(_behind(found))
        own = found[found["place"].isin(STATES)].groupby("year")["place"].nunique()
        any_row = found.groupby("year")["n"].sum()
        known = own.reindex(any_row.index, fill_value=0)
        parts.append(pd.DataFrame({"row": name, "year": known.index, "known": known.to_numpy()}))
    table = pd.concat(parts, ignore_index=True).query("year >= @FIRST_YEAR").astype({"year": int, "known": int})
    complete = table[table["known"] == len(STATES)].groupby("row")["year"].agg(["min", "max"])
    last = int(table["year"].max())
    recent = sorted(row for row, year in complete["max"].items() if year >= 2023)
    order = [name for name in names() if name in set(table["row"])]
    numbers = _overview_numbers(table, order)
    rarest = [state_name(code) for code, _ in absent.most_common(2)]
    return Figure(
        name="coverage-all",
        title=f"{len(recent)} of {len(order)} tables with dates reach 2023 or later for all five states",
        subtitle=(
            f"One line for each table, {FIRST_YEAR}\N{EN DASH}{last}; the darker, the more of"
            " the five states have a row. Pale: only states from outside"
        ),
        source=f"{SOURCE}.",
        tables=(),
        alt=(
            f"{len(order)} lines with bars. {len(recent)} tables know all five states in 2023 or later; the others end"
            f" earlier or miss some of the five, most often {rarest[0]} and {rarest[1]}."
        ),
        draw=lambda width: charts.coverage_chart(
            table.assign(level=(table["known"] / len(STATES)).clip(lower=0.05)),
            width,
            order,
            (FIRST_YEAR, last),
            labels=164,
        ),
        numbers=numbers,
        note=(
            "Tables without years or without states are left out. In tables of events a gap is a year without an"
            " event, not a missing report."
        ),
    )


def _behind(found: pd.DataFrame) -> list[str]:
    """Those of the five whose last row is older than the table's newest, or who have none."""
    last = found[found["place"].isin(STATES)].groupby("place")["year"].max()
    return [code for code in STATES if code not in last.index or last[code] < last.max()]


def _years(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    start = _year(table[columns[0]])
    if len(columns) == 1:
        return start.map(lambda year: [] if pd.isna(year) else [int(year)])
    end = _year(table[columns[1]])
    last = int(max(start.max(), end.max() if end.notna().any() else 0))
    looked = _year(table["observed_until"]) if "observed_until" in table else last
    end = end.fillna(looked)
    return pd.Series(
        [[] if pd.isna(a) else list(range(int(a), int(b) + 1)) for a, b in zip(start, end, strict=True)],
        index=table.index,
    )


def _year(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column.astype("string").str.slice(0, 4), errors="coerce")


def _places(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    if not columns:
        return pd.Series([[OTHERS]] * len(table), index=table.index)
    codes = [
        [code for cell in row if isinstance(cell, str) for code in cell.split(";")]
        for row in table[list(columns)].itertuples(index=False)
    ]
    return pd.Series([_of_the_five(row) for row in codes], index=table.index)


def _of_the_five(codes: list[str]) -> list[str]:
    own = [code for code in STATES if code in codes or "C5" in codes]
    return own or [OTHERS]


def _drawn(found: pd.DataFrame, labels: list[str], timed: bool, width: int) -> AnyChart:
    named = found.assign(row=[OTHERS if place == OTHERS else state_name(place) for place in found["place"]])
    if not timed:
        counted = named.groupby("row")["n"].sum().reindex(labels).reset_index()
        return charts.counts_chart(counted, width)
    named["level"] = named["n"] / named.groupby("row")["n"].transform("max")
    years = (min(FIRST_YEAR, int(named["year"].min())), max(2026, int(named["year"].max())))
    return charts.coverage_chart(named, width, labels, years)


def _counts(found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for place in (*STATES, OTHERS):
        part = found[found["place"] == place]
        if not len(part):
            continue
        years = sorted(int(year) for year in part["year"])
        timed = years != [0]
        rows.append(
            {
                "Place": OTHERS if place == OTHERS else state_name(place),
                "Rows": int(part["n"].sum()),
                **(
                    {
                        "First year": years[0],
                        "Last year": years[-1],
                        "Years without a row between": years[-1] - years[0] + 1 - len(years),
                    }
                    if timed
                    else {}
                ),
            }
        )
    return pd.DataFrame(rows)


def _title(found: pd.DataFrame, timed: bool, rows: int) -> str:
    own = found[found["place"].isin(STATES)]
    if not timed or own.empty:
        return f"{rows:,} rows"
    last = own.groupby("place")["year"].max()
    if last.nunique() == 1 and len(last) == len(STATES):
        return f"All five states have rows up to {int(last.iloc[0])}"
    missing = [state_name(code) for code in STATES if code not in last.index]
    if missing:
        return f"No row on {' and '.join(missing)}"
    newest = int(last.max())
    behind = [f"{state_name(code)} {int(last[code])}" for code in STATES if last[code] < newest]
    return f"Last rows in {newest}; earlier: {', '.join(behind)}"


def _alt(counts: pd.DataFrame, timed: bool) -> str:
    if not timed:
        return "Bars: " + ", ".join(f"{row.Place} {row.Rows} rows" for row in counts.itertuples()) + "."
    spans = [
        f"{row[0]} {row[2]} to {row[3]}" + (f" with {row[4]} years without a row" if row[4] else "")
        for row in counts.itertuples(index=False)
    ]
    return "Bars by state and year: " + "; ".join(spans) + "."


def _overview_numbers(table: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    rows = []
    for name in order:
        part = table[table["row"] == name]
        full = part[part["known"] == len(STATES)]
        rows.append(
            {
                "Table": name,
                "First year": int(part["year"].min()),
                "Last year": int(part["year"].max()),
                "Last year with all five": int(full["year"].max()) if len(full) else None,
            }
        )
    return pd.DataFrame(rows).astype({"Last year with all five": "Int64"})
