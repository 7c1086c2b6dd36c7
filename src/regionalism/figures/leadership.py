"""The evidence of the chapter on leadership: size over time, initiators, hosts, and the turn of 2016."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from regionalism.charts import leadership as charts
from regionalism.charts.figure import Figure
from regionalism.charts.theme import STATES, state_name
from regionalism.data import load
from regionalism.shaping import agreements_among

FIRST_YEAR = 1992
TURN = 2016
SIZE_YEAR, CAPABILITY_YEAR, MILITARY_YEAR = 2023, 2022, 1999
# One state each for the cities that the table of summits names.
PLACES: dict[str, str] = {
    "Akmola (Astana)": "KAZ", "Almaty": "KAZ", "Astana": "KAZ", "Dzhambul (Taraz)": "KAZ", "Kyzylorda": "KAZ",
    "Aktau": "KAZ", "Bishkek": "KGZ", "Cholpon-Ata": "KGZ", "Dushanbe": "TJK", "Khujand": "TJK", "Ashgabat": "TKM",
    "Awaza": "TKM", "Dashoguz": "TKM", "Samarkand": "UZB", "Tashkent": "UZB",
}
MEASURES: dict[str, str] = {
    "gdp": "GDP, current US$",
    "population": "Population",
    "capability": "Capability index (CINC)",
    "military": "Military spending",
}
WORLD_BANK = "World Bank, World Development Indicators (early 2026)"
SIPRI = "SIPRI Military Expenditure Database, 1948\N{EN DASH}2023 (2024)"
WAR_CORRELATES = "Correlates of War, National Material Capabilities 7.0"
OWN_CODING = "own coding of treaty texts, official pages and press; references in the table"
TRANSFORMATION = "Bertelsmann Transformation Index 2024, question 17.3"


def size_series() -> pd.DataFrame:
    """Return the size of each of the five by four measures, one row for each state, measure and year from 1992.

    Columns ``measure`` (``gdp`` in billion US$ at current prices, ``population`` in millions, ``capability``, the CINC
    index, ``military`` in million US$ at current prices), ``iso3``, ``year``, ``value`` and ``share`` in per cent of
    the five. The share is missing in a year for which not all five have a value.
    """
    panel, military = load("country_panel"), load("military_expenditure")
    spent = military[military["indicator"] == "milex_current_usd_mn"]
    parts = [
        _measure("gdp", panel[panel["indicator"] == "gdp_current_usd"], 1e9),
        _measure("population", panel[panel["indicator"] == "population"], 1e6),
        _measure("capability", load("capabilities").rename(columns={"cinc": "value"}), 1),
        _measure("military", spent, 1),
    ]
    return pd.concat(parts, ignore_index=True)


@cache
def state_sizes(measure: str = "gdp") -> tuple[float, ...]:
    """Return the sizes of the five in the course's order, each measure in one year for which all five have a value.

    ``measure``: ``gdp`` (billion US$), ``population`` (millions), ``capability`` (thousandths of the world's) or
    ``military`` (million US$ of 1999).
    """
    if measure == "capability":
        table = load("capabilities")
        rows, divisor = table[table["year"] == CAPABILITY_YEAR].set_index("iso3")["cinc"], 1e-3
    elif measure == "military":
        table = load("military_expenditure")
        chosen = (table["indicator"] == "milex_current_usd_mn") & (table["year"] == MILITARY_YEAR)
        rows, divisor = table[chosen].set_index("iso3")["value"], 1.0
    else:
        table = load("country_panel")
        indicator, divisor = {"gdp": ("gdp_current_usd", 1e9), "population": ("population", 1e6)}[measure]
        chosen = (table["indicator"] == indicator) & (table["year"] == SIZE_YEAR)
        rows = table[chosen].set_index("iso3")["value"]
    return tuple(float(rows[code]) / divisor for code in STATES)


def sizes_over_time() -> Figure:
    """Return the figure of the two candidates' shares of the five by four measures since 1992."""
    series = size_series()
    wide = series.pivot(index=["measure", "year"], columns="iso3", values="share").dropna()
    last = {measure: wide.loc[measure].iloc[-1] for measure in MEASURES}
    years = {measure: int(wide.loc[measure].index[-1]) for measure in MEASURES}
    gdp = wide.loc["gdp"]
    even = int(gdp["KAZ"].sub(gdp["UZB"]).abs().idxmin())
    passed = overtaken_in(wide.loc["capability"])
    reported = sorted(int(year) for year in wide.loc["military"].index)
    title = (
        f"Largest in what, and when? Kazakhstan has {last['gdp']['KAZ']:.0f}\N{NO-BREAK SPACE}% of the five's output,"
        f" Uzbekistan {last['population']['UZB']:.0f}\N{NO-BREAK SPACE}% of the people, and since {passed} the higher"
        f" index"
        " of capability"
    )
    return Figure(
        name="leadership-sizes",
        title=title,
        subtitle=(
            f"Share of the five states' total in per cent, {FIRST_YEAR}\N{EN DASH}{max(years.values())}; military"
            f" spending"
            " only for years in which all five report"
        ),
        source=f"{WORLD_BANK}; {WAR_CORRELATES}; {SIPRI}.",
        tables=("country_panel", "capabilities", "military_expenditure"),
        alt=(
            f"Four panels of lines. In output Kazakhstan and Uzbekistan are close around {even}, then Kazakhstan rises"
            f" to {last['gdp']['KAZ']:.0f} per cent and Uzbekistan stands at {last['gdp']['UZB']:.0f}. In population"
            f" Uzbekistan stays near {last['population']['UZB']:.0f}, Kazakhstan near"
            f" {last['population']['KAZ']:.0f}. In the capability index they stand at {last['capability']['UZB']:.0f}"
            f" and"
            f" {last['capability']['KAZ']:.0f}. Military spending has {len(reported)} points, the last in"
            f" {reported[-1]}."
        ),
        draw=lambda width: charts.sizes_chart(_lines(series), width),
        numbers=_size_numbers(series),
        digits={**{state_name(code): 1 for code in STATES}, "Year": None},
        note=(
            f"All five reported military spending only in {_years(reported)}; Turkmenistan has not since 1999, and"
            " Uzbekistan once since 2003. Output in dollars follows exchange rates: Uzbekistan's before 2017 and"
            " Turkmenistan's rest on official rates far from the market's."
        ),
    )


def initiators() -> Figure:
    """Return the figure of who is on record as initiator of the agreements among the five, and of the gap."""
    table = initiator_rows()
    certain = table[table["fits"] == "certain"]
    counts = _initiator_counts(certain)
    blank = int(certain["initiator"].isna().sum())
    totals = counts.groupby("who")["number"].sum()
    more = table[table["fits"] == "possible"]["initiator"].value_counts()
    joint = certain[certain["initiator"].fillna("").str.contains(";")]
    second = certain[certain["search_round"] == 2]
    title = (
        f"For {blank} of {len(certain)} agreements among the five nobody is on record as initiator; Kazakhstan is named"
        f" for {totals['KAZ']}, Uzbekistan for {totals['UZB']}"
    )
    periods = list(dict.fromkeys(counts["period"]))
    return Figure(
        name="leadership-initiators",
        title=title,
        subtitle=(
            f"Agreements of three or more of the five without outsiders, 1991\N{EN DASH}2025, by the state that sources"
            f" name as initiator ({len(certain)} for certain)"
        ),
        source=f"{OWN_CODING}.",
        tables=("agreements",),
        alt=(
            "Bars in two panels. "
            + " ".join(f"{period}: {_initiator_words(counts, period)}." for period in periods)
        ),
        draw=lambda width: charts.initiators_chart(counts, width),
        numbers=counts.assign(who=[charts.INITIATORS[who] for who in counts["who"]]).rename(
            columns={"period": "Period", "who": "Initiator", "number": "Agreements"}
        ),
        note=(
            f"Rows with two initiators ({len(joint)}) count for both. {len(table) - len(certain)} more agreements fit"
            f" only if"
            f" an unknown signature turns out one way{_named(more)}. The second search brought"
            f" {len(second)} of the {len(certain)}, and {int(second['initiator'].isna().sum())} of those name nobody."
        ),
    )


def hosts() -> Figure:
    """Return the figure of who hosted the meetings of presidents among the five."""
    meetings = meeting_rows()
    before, after = meetings[meetings["when"] < TURN + 0.67], meetings[meetings["when"] >= TURN + 0.67]
    early, late = (part["host"].value_counts().reindex(charts.HOSTS, fill_value=0) for part in (before, after))
    until, since = int(before["when"].max()), int(after["when"].min())
    title = (
        f"Kazakhstan hosted {early['KAZ']} of the {len(before)} listed meetings up to {until} and"
        f" {late['KAZ']} of {len(after)} since {since}; Uzbekistan {early['UZB']} and {late['UZB']}"
    )
    return Figure(
        name="leadership-hosts",
        title=title,
        subtitle=(
            "Meetings of the presidents of three or more of the five, in formats of their own, by host state,"
            f" {int(meetings['when'].min())}\N{EN DASH}{int(meetings['when'].max())}"
        ),
        source=f"{OWN_CODING}.",
        tables=("summits",),
        alt=(
            f"Dots by year and host. Up to {until}: {_host_words(early)}. Since {since}: {_host_words(late)}."
            " None between."
        ),
        draw=lambda width: charts.hosts_chart(meetings, width),
        numbers=meetings.assign(
            host=[charts.HOSTS[host] for host in meetings["host"]],
            all_five=["yes" if full else "no" for full in meetings["all_five"]],
        )[["id", "date", "format", "place", "host", "all_five"]].rename(
            columns={"id": "Row", "date": "Date", "format": "Format", "place": "Place", "host": "Host",
                     "all_five": "All five presidents"}
        ),
        note=(
            "Hollow: not all five presidents came. Formats with an outside power (C5 plus one) are left out; the"
            " Central"
            " Asian Cooperation Organisation is in, which Russia joined in 2004. At Bishkek in August 2000 a Russian"
            " envoy took part. The Central Asian Union met more often than"
            " the table shows. To host by rotation is not to lead."
        ),
    )


def turn() -> Figure:
    """Return the figure of the expert scores of willingness to cooperate with neighbours."""
    scores = score_rows()
    wide = scores.pivot(index="year", columns="iso3", values="score")
    before, after = int(wide.index[wide.index < TURN][-1]), int(wide.index[wide.index > TURN][0])
    still = [state_name(code) for code in STATES if code != "UZB" and wide[code][before] == wide[code][after]]
    title = (
        f"The judges saw Uzbekistan move from {wide['UZB'][before]} in {before} to {wide['UZB'][after]} in {after};"
        f" Kazakhstan stood at {wide['KAZ'][before]} before and after"
    )
    return Figure(
        name="leadership-turn",
        title=title,
        subtitle=(
            "Willingness to cooperate with neighbours as experts judge it, 1 (none) to 10 (full), every second year"
            f" {wide.index.min()}\N{EN DASH}{wide.index.max()}"
        ),
        source=f"{TRANSFORMATION}.",
        tables=("regional_cooperation",),
        alt=(
            f"A grid of numbers. Uzbekistan: {', '.join(str(value) for value in wide['UZB'])}. Kazakhstan:"
            f" {', '.join(str(value) for value in wide['KAZ'])}. From {before} to {after} unchanged:"
            f" {', '.join(still)}."
        ),
        draw=lambda width: charts.scores_chart(scores, width),
        numbers=wide.rename(columns=state_name).rename_axis(index="Year", columns=None).reset_index(),
        note=(
            "Outlined: changed since the edition before. One or two experts give whole points, and a step of one means"
            " little. The score judges each state, not what the five do together. A flat row can also mean that nobody"
            " looked again."
        ),
    )


def initiator_rows() -> pd.DataFrame:
    """Return the agreements of three or more of the five without outsiders, with ``fits`` and ``initiator``."""
    return agreements_among(load("agreements"))


def meeting_rows() -> pd.DataFrame:
    """Return the meetings of presidents of three or more of the five in formats of their own that were held.

    Columns of the table of summits and ``host`` (a state's code or ``OUT``), ``when`` (year with a fraction; the
    middle of the month or year if the day is unknown) and ``all_five``.
    """
    table = load("summits")
    own = table[(table["held"] == "yes") & ~table["format"].str.startswith("C5-")].copy()
    own["host"] = [PLACES.get(place, charts.OUTSIDE) for place in own["place"]]
    own["when"] = [_fraction(str(date)) for date in own["date"]]
    own["all_five"] = own["n_c5_heads"] == len(STATES)
    return own.sort_values("when", ignore_index=True)


def score_rows() -> pd.DataFrame:
    """Return the five states' scores for regional cooperation: ``iso3``, ``year``, ``score``, ``changed``."""
    table = load("regional_cooperation")
    rows = table[table["iso3"].isin(STATES)].sort_values(["iso3", "year"])
    score = rows["regional_cooperation"].round().astype(int)
    steps = score.groupby(rows["iso3"]).diff().fillna(0) != 0
    result = pd.DataFrame({"iso3": rows["iso3"], "year": rows["year"].astype(int), "score": score, "changed": steps})
    return result.reset_index(drop=True)


def overtaken_in(shares: pd.DataFrame) -> int:
    """Return the first year from which on Uzbekistan stays above Kazakhstan; ``shares`` has years and states."""
    below = shares.index[shares["UZB"] <= shares["KAZ"]]
    return int(shares.index[shares.index > below[-1]][0])


def _measure(name: str, rows: pd.DataFrame, divisor: float) -> pd.DataFrame:
    own = rows[rows["iso3"].isin(STATES) & (rows["year"] >= FIRST_YEAR)].dropna(subset=["value"])
    wide = own.pivot(index="year", columns="iso3", values="value").reindex(columns=list(STATES)) / divisor
    total = wide.sum(axis=1).where(wide.notna().all(axis=1))
    values = wide.reset_index().melt(id_vars="year", var_name="iso3", value_name="value")
    shares = (100 * wide.div(total, axis=0)).reset_index().melt(id_vars="year", var_name="iso3", value_name="share")
    both = values.merge(shares, on=["year", "iso3"]).dropna(subset=["value"])
    return both.assign(measure=name)[["measure", "iso3", "year", "value", "share"]]


def _lines(series: pd.DataFrame) -> pd.DataFrame:
    known = series.dropna(subset=["share"])
    who = known["iso3"].where(known["iso3"].isin(["KAZ", "UZB"]), charts.REST)
    rows = known.assign(who=who).groupby(["measure", "who", "year"], as_index=False)["share"].sum()
    rows = rows.sort_values(["measure", "who", "year"], ignore_index=True)
    breaks = (rows["who"] != rows["who"].shift()) | (rows["year"] != rows["year"].shift() + 1)
    run = breaks.cumsum()
    rows = rows.assign(run=run, alone=run.groupby(run).transform("size") == 1)
    order = {measure: place for place, measure in enumerate(MEASURES)}
    rows = rows.sort_values("measure", key=lambda column: column.map(order), kind="stable", ignore_index=True)
    return rows.assign(panel=rows["measure"].map(MEASURES))


def _size_numbers(series: pd.DataFrame) -> pd.DataFrame:
    known = series.dropna(subset=["share"])
    wide = known.pivot(index=["measure", "year"], columns="iso3", values="share").reset_index()
    kept = wide[(wide["year"] % 5 == 0) | (wide["measure"] == "military") | (wide["year"] >= 2022)]
    return kept.assign(measure=kept["measure"].map(MEASURES)).rename(
        columns={"measure": "Share of the five (%)", "year": "Year", **{code: state_name(code) for code in STATES}}
    ).rename_axis(columns=None)


def _years(years: list[int]) -> str:
    """Return years as words, runs as spans: 1994 to 1997 and 1999."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    words = [str(first) if first == last else f"{first} to {last}" for first, last in spans]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _initiator_counts(rows: pd.DataFrame) -> pd.DataFrame:
    early = rows["year_signed"] < TURN
    periods = {f"1991\N{EN DASH}{TURN - 1}": early, f"{TURN}\N{EN DASH}2025": ~early}
    counted: list[dict[str, Any]] = []
    for period, chosen in periods.items():
        named = rows.loc[chosen, "initiator"]
        by_state = named.dropna().str.split(";").explode().value_counts()
        counted += [{"period": period, "who": code, "number": int(by_state.get(code, 0))} for code in STATES]
        counted.append({"period": period, "who": charts.UNKNOWN, "number": int(named.isna().sum())})
    return pd.DataFrame(counted)


def _initiator_words(counts: pd.DataFrame, period: str) -> str:
    rows = counts[(counts["period"] == period) & (counts["number"] > 0)]
    pairs = zip(rows["who"], rows["number"], strict=True)
    return ", ".join(f"{charts.INITIATORS[who]} {number}" for who, number in pairs)


def _named(counts: pd.Series) -> str:
    words = [f"{number} by {state_name(code)}" for code, number in counts.items()]
    return f" (begun: {', '.join(words)})" if words else ""


def _host_words(counts: pd.Series) -> str:
    return ", ".join(f"{charts.HOSTS[host]} {number}" for host, number in counts.items() if number)


def _fraction(date: str) -> float:
    parts = [int(part) for part in date.split("-")]
    month = parts[1] if len(parts) > 1 else 7
    day = parts[2] if len(parts) > 2 else 15
    return parts[0] + (month - 1 + (day - 1) / 31) / 12
