"""The evidence of the chapter on cooperation gains: how unequal the five are, what they spend, what they sign."""

from __future__ import annotations

import pandas as pd

from regionalism.charts import gains as charts
from regionalism.charts.figure import Figure
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATES, state_name
from regionalism.data import load
from regionalism.shaping import agreements_among, count_agreements

SIZE_YEAR = 2023
CAPABILITY_YEAR = 2022
NEIGHBOURS: tuple[str, ...] = ("RUS", "AZE", "IRN", "CHN", "TUR")
# From this year on the release counts more of this state's spending; the table's known defects say so.
RECOUNTED = ("KGZ", 2021)
FIRST_SIGNING, LAST_SIGNING = 1991, 2025
QUIET_FROM, QUIET_TO = 2001, 2021

WORLD_BANK = "World Bank, World Development Indicators (early 2026)"
SIPRI = "SIPRI Military Expenditure Database, 1948\N{EN DASH}2023 (2024)"
WAR_CORRELATES = "Correlates of War, National Material Capabilities 7.0"
OWN_CODING = "own coding of treaty texts, official pages and press; references in the table"


def sizes() -> pd.DataFrame:
    """Return the sizes of the five states by four measures, one row for each state and measure.

    Columns: ``iso3``, ``measure`` (``gdp`` in billion US$, ``population`` in millions, ``military`` in billion
    US$, all for 2023 at current prices, and ``capability``, the CINC index for 2022), ``value``, ``unit``,
    ``year`` and ``missing``. Where a state does not report military spending for 2023, the row holds its last
    reported year and ``missing`` is true.
    """
    parts = [
        _panel_size("gdp", "gdp_current_usd", 1e9, "billion US$"),
        _panel_size("population", "population", 1e6, "million people"),
        _military_size(),
        _capability_size(),
    ]
    return pd.concat(parts, ignore_index=True)


def inequality() -> Figure:
    """Return the figure of each state's share of the five by four measures of size."""
    shares = _shares(sizes())
    economy, people = _largest(shares, "gdp"), _largest(shares, "population")
    title = (
        f"Who is big depends on the measure: {state_name(economy.iso3)} has {percent(economy.share)} of the region's"
        f" output, {state_name(people.iso3)} {percent(people.share)} of its people"
    )
    power = _largest(shares, "capability")
    gaps = [f"{state_name(row.iso3)} {row.year}" for row in shares.itertuples() if row.missing]
    return Figure(
        name="gains-inequality",
        title=title,
        subtitle=(
            f"Share of the five states' total in per cent: GDP and population {SIZE_YEAR}, index of material"
            f" capability (CINC) {CAPABILITY_YEAR}, military spending {SIZE_YEAR} of the three that report it"
        ),
        source=f"{WORLD_BANK}; {WAR_CORRELATES}; {SIPRI}.",
        tables=("country_panel", "capabilities", "military_expenditure"),
        alt=(
            f"Four sets of bars. {state_name(economy.iso3)} leads in GDP with {economy.share:.0f} per cent,"
            f" {state_name(people.iso3)} in population with {people.share:.0f}, {state_name(power.iso3)} in the index"
            f" of capability with {power.share:.0f}. Military spending is missing for {' and '.join(gaps)} (last year"
            " reported)."
        ),
        draw=lambda width: charts.shares_chart(shares, width),
        numbers=_share_numbers(shares),
        digits={"Value": 3, "Share of the five (%)": 1},
        note=f"No spending reported for {SIZE_YEAR}; last year on record: {', '.join(gaps)}.",
    )


def burden() -> Figure:
    """Return the figure of military spending as a share of GDP, the five and their neighbours."""
    spending = _burden_rows()
    last = spending[spending["year"] == SIZE_YEAR].set_index("iso3")["value"]
    own = last[last.index.isin(STATES)]
    largest = _largest(_shares(sizes()), "gdp").iso3
    heaviest = own.idxmax()
    extreme = "lightest" if own.idxmin() == largest else "not the lightest"
    title = (
        f"Of the three that report, the largest economy carries the {extreme} burden:"
        f" {state_name(largest)} spends {percent(own[largest], 2)}"
        f" of its GDP on its military, {state_name(heaviest)} {percent(own[heaviest], 2)}"
    )
    silent = _last_reports(spending)
    return Figure(
        name="gains-burden",
        title=title,
        subtitle=(
            f"Military spending in per cent of GDP, the five and five neighbours,"
            f" {spending['year'].min()}\N{EN DASH}{spending['year'].max()}"
        ),
        source=f"{SIPRI}.",
        tables=("military_expenditure",),
        alt=(
            f"Lines over time. In {SIZE_YEAR} {_list_values(last, NEIGHBOURS)}; of the five,"
            f" {_list_values(own, STATES)}. {silent}"
        ),
        draw=lambda width: charts.burden_chart(spending, width),
        numbers=_burden_numbers(spending),
        digits={state_name(code): 2 for code in (*STATES, *NEIGHBOURS)},
        note=(
            "A break in a line is a year without a report, and for"
            f" {state_name(RECOUNTED[0])} in {RECOUNTED[1]} a change in what is counted, not a rise: {_later_release()}"
            f" {silent} SIPRI's marks for estimates are lost in this copy."
        ),
    )


def pooled() -> Figure:
    """Return the figure of what the five spend together against single neighbours."""
    parts, rivals = _pool_parts(), _rivals()
    total = parts["value"].sum()
    times = (rivals.set_index("iso3")["value"] / total).round(3)
    old = [f"{state_name(row.iso3)} {row.year}" for row in parts.itertuples() if row.missing]
    title = (
        f"All five together spend {_beside(times['AZE'])} Azerbaijan alone; Russia spends"
        f" {times['RUS']:.0f} times as much, China {times['CHN']:.0f} times"
    )
    return Figure(
        name="gains-pooled",
        title=title,
        subtitle=(
            f"Military spending in US$ at current prices, {SIZE_YEAR} or the last year a state reports. Below, one"
            f" square stands for the pool of the five: {total:.1f} billion"
        ),
        source=f"{SIPRI}.",
        tables=("military_expenditure",),
        alt=(
            f"The pool of {total:.1f} billion dollars, by state; below it rows of squares of that size:"
            f" {', '.join(f'{state_name(code)} {value:.1f}' for code, value in times.items())}."
        ),
        draw=lambda width: charts.pooled_chart(parts, rivals, width),
        numbers=_pool_numbers(parts, rivals),
        digits={"Billion US$": 2, "Times the pool": 1},
        note=(
            f"Old figures stand in for missing ones ({', '.join(old)}), at the prices of their year, so the pool is"
            " probably larger than shown. A dollar also buys more at home than these exchange rates say."
        ),
    )


def agreements_over_time() -> Figure:
    """Return the figure of agreements among three or more of the five without outsiders, by year signed."""
    signed = _regional_agreements()
    strict = signed[signed["parties"] == "own"]
    before = int((strict["year"] < QUIET_FROM).sum())
    after = int((strict["year"] > QUIET_TO).sum())
    between = len(strict) - before - after
    every = load("agreements")
    first = every[every["search_round"] == 1]
    unsure, joined = (int((signed["parties"] == kind).sum()) for kind in ("unsure", "joined"))
    title = (
        f"Two bursts with a quieter time between: {before} agreements by {QUIET_FROM - 1}, {between} in the"
        f" {QUIET_TO - QUIET_FROM + 1} years to {QUIET_TO}, {after} since {QUIET_TO + 1}"
    )
    return Figure(
        name="gains-agreements",
        title=title,
        subtitle=(
            f"Agreements of three or more of the five without outsiders, by year of signature"
            f" ({len(strict)} of {len(every)} in the table), {FIRST_SIGNING}\N{EN DASH}{LAST_SIGNING}"
        ),
        source=f"{OWN_CODING}.",
        tables=("agreements",),
        alt=(
            f"A stack of dots for each year. {before} dots up to {QUIET_FROM - 1}, {between} from {QUIET_FROM} to"
            f" {QUIET_TO}, {after} from {QUIET_TO + 1} to {LAST_SIGNING}. {unsure + joined} diamonds, not counted,"
            " stand for texts with Azerbaijan or with an unknown signature."
        ),
        draw=lambda width: charts.agreements_chart(signed, (QUIET_FROM, QUIET_TO), width),
        numbers=_agreement_numbers(signed),
        note=(
            f"Diamonds: {joined} texts with Azerbaijan, and {unsure} that fit only if a signature no source shows turns"
            f" out one way. The count also depends on the search: without the second round it would be"
            f" {count_agreements(first).lower}. It holds meetings and a plan never concluded (A017), and it does not"
            " measure practice."
        ),
    )


def burden_shares() -> pd.DataFrame:
    """Return military spending in per cent of GDP in 2023 of the states among the five that report it."""
    rows = _burden_rows()
    return rows[(rows["year"] == SIZE_YEAR) & rows["iso3"].isin(STATES)].reset_index(drop=True)


def _panel_size(measure: str, indicator: str, divisor: float, unit: str) -> pd.DataFrame:
    panel = load("country_panel")
    rows = panel[(panel["indicator"] == indicator) & (panel["year"] == SIZE_YEAR)]
    values = rows.set_index("iso3")["value"].reindex(list(STATES)) / divisor
    return _size_rows(measure, values, unit, [SIZE_YEAR] * len(STATES))


def _military_size() -> pd.DataFrame:
    last = _last_spending(STATES)
    return _size_rows("military", last["value"] / 1e3, "billion US$", last["year"].tolist())


def _capability_size() -> pd.DataFrame:
    index = load("capabilities")
    rows = index[index["year"] == CAPABILITY_YEAR].set_index("iso3")["cinc"].reindex(list(STATES))
    return _size_rows("capability", rows, "index, world = 1", [CAPABILITY_YEAR] * len(STATES))


def _size_rows(measure: str, values: pd.Series, unit: str, years: list[int]) -> pd.DataFrame:
    asked = CAPABILITY_YEAR if measure == "capability" else SIZE_YEAR
    return pd.DataFrame(
        {
            "iso3": list(STATES),
            "measure": measure,
            "value": values.astype(float).tolist(),
            "unit": unit,
            "year": [int(year) for year in years],
            "missing": [int(year) != asked for year in years],
        }
    )


def _last_spending(codes: tuple[str, ...]) -> pd.DataFrame:
    table = load("military_expenditure")
    rows = table[(table["indicator"] == "milex_current_usd_mn") & table["iso3"].isin(codes)].dropna(subset=["value"])
    return rows.sort_values("year").groupby("iso3")[["year", "value"]].last().reindex(list(codes))


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    known = table["value"].where(~table["missing"])
    totals = known.groupby(table["measure"]).transform("sum")
    return table.assign(share=(100 * known / totals).astype(float))


def _largest(shares: pd.DataFrame, measure: str):  # type: ignore[no-untyped-def]
    rows = shares[shares["measure"] == measure]
    return next(rows[rows["share"] == rows["share"].max()].itertuples())


def _share_numbers(shares: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "State": [state_name(code) for code in shares["iso3"]],
            "Measure": [charts.MEASURE_LABELS[measure] for measure in shares["measure"]],
            "Value": shares["value"],
            "Unit": shares["unit"],
            "Year": shares["year"],
            "Share of the five (%)": shares["share"],
        }
    )


def _burden_rows() -> pd.DataFrame:
    table = load("military_expenditure")
    rows = table[(table["indicator"] == "milex_share_of_gdp") & table["iso3"].isin((*STATES, *NEIGHBOURS))]
    rows = rows[rows["year"] >= 1992]
    table = rows[["iso3", "year"]].assign(value=100 * rows["value"])
    table["recounted"] = (table["iso3"] == RECOUNTED[0]) & (table["year"] == RECOUNTED[1])
    return table.sort_values(["iso3", "year"], ignore_index=True)


def _later_release() -> str:
    """What the publisher's later release says of the figures that it changed most."""
    table = load("military_expenditure")
    later = table[table["indicator"] == "milex_pct_gdp_later_release"].set_index(["iso3", "year"])["value"]
    state, year = RECOUNTED
    return (
        f"a later release has {later[state, year - 1]:.1f} % for {year - 1} already."
        f" It also puts Tajikistan's {SIZE_YEAR} at {later['TJK', SIZE_YEAR]:.1f} %."
    )


def _last_reports(spending: pd.DataFrame) -> str:
    last = spending[spending["iso3"].isin(STATES)].groupby("iso3")["year"].max()
    silent = [f"{state_name(code)} since {last[code]}" for code in STATES if last[code] < SIZE_YEAR]
    return f"No report from {' or '.join(silent)}."


def _list_values(values: pd.Series, codes: tuple[str, ...]) -> str:
    return ", ".join(f"{state_name(code)} {values[code]:.2f}" for code in codes if code in values.index)


def _burden_numbers(spending: pd.DataFrame) -> pd.DataFrame:
    wide = spending.pivot(index="year", columns="iso3", values="value")
    wide = wide[[*STATES, *NEIGHBOURS]].rename(columns=state_name)
    return wide.rename_axis(index="Year", columns=None).reset_index()


def _pool_parts() -> pd.DataFrame:
    table = sizes()
    return table[table["measure"] == "military"].reset_index(drop=True)


def _rivals() -> pd.DataFrame:
    last = _last_spending(("AZE", "IRN", "TUR", "RUS", "CHN"))
    return pd.DataFrame(
        {"iso3": list(last.index), "year": last["year"].astype(int).tolist(), "value": (last["value"] / 1e3).tolist()}
    )


def _beside(ratio: float) -> str:
    if abs(ratio - 1) <= 0.1:
        return "about as much as"
    return "less than" if ratio > 1 else "more than"


def _pool_numbers(parts: pd.DataFrame, rivals: pd.DataFrame) -> pd.DataFrame:
    total = parts["value"].sum()
    both = pd.concat([parts[["iso3", "year", "value"]], rivals[["iso3", "year", "value"]]], ignore_index=True)
    pool = pd.DataFrame({"State": ["The five together"], "Year": ["see above"], "Billion US$": [total]})
    names = [state_name(code) for code in both["iso3"]]
    rows = pd.DataFrame({"State": names, "Year": both["year"].astype(str), "Billion US$": both["value"]})
    table = pd.concat([rows.iloc[: len(STATES)], pool, rows.iloc[len(STATES) :]], ignore_index=True)
    return table.assign(**{"Times the pool": table["Billion US$"] / total})


def _regional_agreements() -> pd.DataFrame:
    table = load("agreements")
    alone = agreements_among(table)
    with_azerbaijan = table[(table["n_c5"] >= 3) & (table["outside_parties"] == "AZE")]
    parties = [{"certain": "own", "possible": "unsure"}[fits] for fits in alone["fits"]]
    rows = pd.concat([alone, with_azerbaijan], ignore_index=True)
    return pd.DataFrame(
        {
            "id": rows["id"].tolist(),
            "name": rows["name"].tolist(),
            "year": rows["year_signed"].astype(int).tolist(),
            "states": [codes.replace(";", ", ") for codes in rows["c5_parties"]],
            "unknown": [codes.replace(";", ", ") for codes in rows["unknown_parties"].fillna("")],
            "binding": [answer if isinstance(answer, str) else "unclear" for answer in rows["legally_binding"]],
            "parties": [*parties, *["joined"] * len(with_azerbaijan)],
        }
    ).sort_values(["year", "parties", "id"], ascending=True, ignore_index=True, key=_own_first)


def _own_first(column: pd.Series) -> pd.Series:
    return column.map({"own": 0, "unsure": 1, "joined": 2}) if column.name == "parties" else column


def _agreement_numbers(signed: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Row": signed["id"],
            "Agreement": signed["name"],
            "Signed": signed["year"],
            "Of the five": signed["states"],
            "Outsider": ["Azerbaijan" if parties == "joined" else "none known" for parties in signed["parties"]],
            "Signature unknown": [codes or "\N{EN DASH}" for codes in signed["unknown"]],
            "Legally binding": signed["binding"],
        }
    )
