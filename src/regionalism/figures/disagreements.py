"""Where sources disagree: the same thing in two books, three codings, two releases or two series."""

from __future__ import annotations

import re
from itertools import combinations

import pandas as pd

from regionalism.charts import disagreements as charts
from regionalism.charts.figure import Figure
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATES, state_name
from regionalism.data import load
from regionalism.shaping import agreements_among, own_and_mirror, trade_totals

RIVALS = ("CHN", "RUS")
ALL_FIVE = charts.ALL_FIVE
FIRST_TRADE, LAST_TRADE = 1994, 2020
COURSE, COW, FACTBOOK = "this course", "COW", "Factbook"
CODERS: dict[str, str] = {"COW IGO 3.0": COW, "CIA World Factbook": FACTBOOK}
# The bodies and states whose membership is shown in three sources.
MEMBERS: tuple[tuple[str, str], ...] = (("UZB", "CSTO"), ("UZB", "EAEC"), ("KAZ", "SCO"))
UNTIL = 2026
RELEASE_STATES = ("KGZ", "TJK")
SERIES: dict[str, str] = {charts.FINAL: "ideal_point_fp", charts.EVERY: "ideal_point_all"}
COMPARED = (1997, 2015)

APOSTROPHE, DASH = "\N{RIGHT SINGLE QUOTATION MARK}", "\N{EN DASH}"

TRADE = "International Monetary Fund, Direction of Trade Statistics (download of 2021 or 2022)"
CODINGS = (
    "own coding (table memberships); Correlates of War, Intergovernmental Organizations 3.0; CIA, The World Factbook,"
    f" copies of 2015{DASH}2026"
)
SIPRI = (
    f"SIPRI Military Expenditure Database, 1948{DASH}2023 (2024), and a later release through World Development"
    " Indicators (early 2026)"
)
VOETEN = "Voeten, United Nations General Assembly Ideal Points (28 July 2025)"

WORDS = ("none", "one", "two", "three", "four", "five")
# How the counts stand in the summaries of the table events: who counts, the event, and the words around the number.
COUNTS: tuple[tuple[str, str, str], ...] = (
    ("andijan_first", "E015", r"Government counts (\d+)"),
    ("andijan_state", "E015", r"later (\d+) dead"),
    ("andijan_attackers", "E015", r"of them (\d+) attackers"),
    ("andijan_civilians", "E015", r"(\d+) civilians and"),
    ("andijan_group", "E015", r"local rights group about (\d+)"),
    ("andijan_activists", "E015", r"over ([\d,]+)"),
    ("osh_inquiry", "E022", r"About (\d+) dead"),
    ("osh_uzbeks", "E022", r"(\d+) percent of them Uzbeks"),
    ("osh_low", "E022", r"first official counts (\d+) to \d+"),
    ("osh_high", "E022", r"first official counts \d+ to (\d+)"),
    ("osh_president", "E022", r"up to ([\d,]+)"),
    ("border_kgz_first", "E039", r"(\d+) dead by Kyrgyz count on 19 Sept"),
    ("border_kgz", "E039", r"and (\d+) on 24 Sept"),
    ("border_tjk", "E039", r"(\d+) by Tajik count"),
    ("border_all", "E039", r"over (\d+) dead"),
    ("border_civilians", "E039", r"(\d+) civilians documented"),
)


def ahead() -> pd.DataFrame:
    """Return whose trade with each of the five was larger, China's or Russia's, in both books.

    Columns: ``iso3`` (a state, or C5 for the five together), ``book`` (``own`` or ``mirror``), ``year``,
    ``CHN`` and ``RUS`` (exports and imports together, million US$), ``ahead`` (China's is larger) and
    ``doubtful``: a flow behind the two numbers carries a known weakness (column ``quality`` of the table
    ``trade``). Years without both numbers have no row.
    """
    trade = load("trade")
    totals = trade_totals(trade, RIVALS)
    wide = totals.pivot(index=["iso3", "book", "year"], columns="partner_iso3", values="turnover_usd_mn").dropna()
    table = wide.rename_axis(columns=None).reset_index()
    table = table[table["year"].between(FIRST_TRADE, LAST_TRADE)]
    weak = _weak(trade)
    keys = zip(table["iso3"], table["book"], table["year"], strict=True)
    doubtful = [(iso3, book, int(year)) in weak for iso3, book, year in keys]
    table = table.assign(ahead=table["CHN"] > table["RUS"], doubtful=doubtful)
    order = [*STATES, ALL_FIVE]
    books = list(charts.BOOK_LABELS)
    ranks = [(order.index(code), books.index(book)) for code, book in zip(table["iso3"], table["book"], strict=True)]
    return table.assign(rank=ranks).sort_values(["rank", "year"], ignore_index=True).drop(columns="rank")


def ahead_for_good(cells: pd.DataFrame, iso3: str, book: str) -> int | None:
    """Return the first year from which China stayed ahead to the last year of the book, or None."""
    rows = cells[(cells["iso3"] == iso3) & (cells["book"] == book)].sort_values("year", ascending=False)
    found = None
    for year, leads in zip(rows["year"], rows["ahead"], strict=True):
        if not leads:
            break
        found = int(year)
    return found


def flow_lead(flow: str, book: str) -> int | None:
    """Return the first year from which China led the five together in one flow to the last year, or None.

    ``flow`` is ``export`` or ``import``, seen from the five; years in which one of the five has no value do not count.
    """
    pairs = own_and_mirror(load("trade"), STATES, RIVALS)
    rows = pairs[(pairs["flow"] == flow) & pairs["year"].between(FIRST_TRADE, LAST_TRADE)]
    wide = rows.pivot(index=["iso3", "year"], columns="partner_iso3", values=f"{book}_usd_mn").dropna().reset_index()
    sums = wide.groupby("year").agg(CHN=("CHN", "sum"), RUS=("RUS", "sum"), states=("iso3", "size"))
    full = sums[sums["states"] == len(STATES)].reset_index()
    return ahead_for_good(full.assign(iso3=ALL_FIVE, book=book, ahead=full["CHN"] > full["RUS"]), ALL_FIVE, book)


def own_without(state: str) -> pd.DataFrame:
    """Return China's and Russia's trade with the other four by their own books (million US$), by year.

    Columns: ``year``, ``CHN``, ``RUS``, ``ahead``; only years in which all four have both numbers.
    """
    cells = ahead()
    rows = cells[(cells["book"] == "own") & ~cells["iso3"].isin([ALL_FIVE, state])]
    sums = rows.groupby("year").agg(CHN=("CHN", "sum"), RUS=("RUS", "sum"), n=("iso3", "size"))
    full = sums[sums["n"] == len(STATES) - 1].reset_index()
    return full.assign(ahead=full["CHN"] > full["RUS"]).drop(columns="n")


def growth(states: tuple[str, ...], book: str, first: int, last: int) -> dict[str, float]:
    """Return by how many times trade with China and with Russia grew from one year to another, some states summed."""
    cells = ahead()
    rows = cells[(cells["book"] == book) & cells["iso3"].isin(states)].set_index("year")
    return {rival: float(rows.loc[[last], rival].sum() / rows.loc[[first], rival].sum()) for rival in RIVALS}


def china_and_russia() -> Figure:
    """Return the figure of the years in which China's trade with the five was larger than Russia's, by book."""
    cells = ahead()
    single = cells[(cells["iso3"] != ALL_FIVE) & (cells["year"] == LAST_TRADE)]
    # A book that copies the partner's would count the same figure twice.
    own = single[(single["book"] == "own") & ~single["doubtful"]]
    total = _number_word(int(single.loc[single["book"] == "mirror", "ahead"].sum()))
    return Figure(
        name="disagreements-rivals",
        title=(
            f"In {LAST_TRADE} China was ahead of Russia in the trade of {total} by the partners{APOSTROPHE} books,"
            f" but of only {WORDS[int(own['ahead'].sum())]} of the {WORDS[len(own)]} with a book of their own"
        ),
        subtitle=(
            "Exports and imports together, each of the five with China and with Russia,"
            f" {FIRST_TRADE}{DASH}{LAST_TRADE}, in its own book and in the books of the two partners"
        ),
        source=f"{TRADE}.",
        tables=("trade",),
        alt="Two rows of squares for each state, one square a year. " + " ".join(
            _ahead_words(cells, code, book) for code in (*STATES, ALL_FIVE) for book in charts.BOOK_LABELS
        ),
        draw=lambda width: charts.ahead_chart(cells, width),
        numbers=_ahead_numbers(cells),
        digits={"China (million US$)": 0, "Russia (million US$)": 0},
        note=(
            "Doubtful: a figure behind the square is an estimate, an allocation, a copy of the partner's figure, or"
            " does not cover the whole year (column quality). For the five together one such figure is enough."
        ),
    )


def kyrgyz_imports() -> Figure:
    """Return the figure of Kyrgyz imports from China in the books of both."""
    books = _kyrgyz_books()
    marked = pd.concat([books.nlargest(1, "times"), books[books["year"] == LAST_TRADE]], ignore_index=True)
    most, last = marked.iloc[0], marked.iloc[1]
    return Figure(
        name="disagreements-kyrgyz-imports",
        title=(
            f"China reports selling Kyrgyzstan {most['times']:.1f} times what Kyrgyzstan reports buying in"
            f" {most['year']:.0f}, and still {last['times']:.1f} times in {last['year']:.0f}"
        ),
        subtitle=(
            "Goods from China to Kyrgyzstan in billion US$ at current prices,"
            f" {books['year'].min()}{DASH}{books['year'].max()}: Kyrgyz imports (CIF) and Chinese exports (FOB)"
        ),
        source=f"{TRADE}.",
        tables=("trade",),
        alt=(
            f"Two lines over time. China's book climbs to {most['mirror']:.1f} billion in {most['year']:.0f},"
            f" Kyrgyzstan's stays below {books['own'].max() + 0.05:.1f}. In {last['year']:.0f} the books have"
            f" {last['mirror']:.1f} and {last['own']:.1f} billion."
        ),
        draw=lambda width: charts.gap_chart(books, marked, ("Chinese book", "Kyrgyz book"), width),
        numbers=books[["year", "own", "mirror", "times"]].rename(
            columns={
                "year": "Year",
                "own": "Kyrgyzstan's book (billion US$)",
                "mirror": "China's book (billion US$)",
                "times": "China's divided by Kyrgyzstan's",
            }
        ),
        digits={
            "Kyrgyzstan's book (billion US$)": 2,
            "China's book (billion US$)": 2,
            "China's divided by Kyrgyzstan's": 1,
        },
        note="Freight should make the importer's figure a few percent larger, not smaller.",
    )


def spells() -> pd.DataFrame:
    """Return three memberships in three sources, one row for each spell.

    Columns: ``group`` (who in what), ``iso3``, ``organisation``, ``source``, ``role``, ``start``, ``end`` (years
    with fractions where the source has days; a coding by calendar year ends with the end of its last year) and
    ``first``, ``last`` (the text or year as in the source; ``last`` is empty while the spell is open).
    """
    own, codings = load("memberships"), load("membership_codings")
    rows = []
    for iso3, body in MEMBERS:
        name = f"{state_name(iso3)} in the {body}"
        for row in own[(own["state"] == iso3) & (own["organisation"] == body)].itertuples():
            end = None if pd.isna(row.end) else str(row.end)
            span = (_decimal(str(row.start)), UNTIL + 1.0 if end is None else _decimal(end))
            rows.append((name, iso3, body, COURSE, row.role, *span, str(row.start), end or ""))
        for row in codings[(codings["iso3"] == iso3) & (codings["organisation"] == body)].itertuples():
            first, last = int(row.first_year), int(row.last_year)
            span = (float(first), last + 1.0)
            rows.append((name, iso3, body, CODERS[row.source], row.status, *span, str(first), str(last)))
    columns = ["group", "iso3", "organisation", "source", "role", "start", "end", "first", "last"]
    return pd.DataFrame(rows, columns=columns)


def who_was_in() -> Figure:
    """Return the figure of three memberships as three sources code them."""
    found = spells()
    covered = _covered()
    uzbek = found[(found["iso3"] == "UZB") & (found["organisation"] == "CSTO") & (found["role"] == "member")]
    own, cow, book = (uzbek[uzbek["source"] == source].iloc[0] for source in (COURSE, COW, FACTBOOK))
    return Figure(
        name="disagreements-members",
        title=(
            f"Uzbekistan in the CSTO: {own['first'][:4]}{DASH}{own['last'][:4]} in our table,"
            f" {cow['first']}{DASH}{cow['last']} in one data set, and still in {book['last']} in a handbook"
        ),
        subtitle=(
            f"Membership in three bodies, {int(covered['start'].min())}{DASH}{UNTIL}: this course's table, the"
            " Correlates of War (COW) and the CIA World Factbook"
        ),
        source=f"{CODINGS}.",
        tables=("memberships", "membership_codings"),
        alt="Bars on a line of time. " + " ".join(_spell_words(row) for row in found.to_dict("records")),
        draw=lambda width: charts.spells_chart(found, covered, width),
        numbers=found[["group", "source", "role", "first", "last"]].rename(
            columns={"group": "Who in what", "source": "Source", "role": "Standing", "first": "From", "last": "To"}
        ),
        note=(
            "Kyrgyzstan and Tajikistan have the same SCO years as Kazakhstan in all three. COW codes whole calendar"
            " years. The Factbook has no copy here before 2015 and none for 2018 and 2019; it does not list the EAEC"
            " for Uzbekistan."
        ),
    )


def releases() -> pd.DataFrame:
    """Return military spending of two states in per cent of GDP: ``iso3``, ``year``, ``release``, ``value``."""
    table = load("military_expenditure")
    names = {"milex_share_of_gdp": "earlier", "milex_pct_gdp_later_release": "later"}
    rows = table[table["indicator"].isin(list(names)) & table["iso3"].isin(RELEASE_STATES)].dropna(subset=["value"])
    release = rows["indicator"].map(names)
    value = rows["value"].where(release == "later", rows["value"] * 100)  # the earlier release has fractions
    both = rows[["iso3", "year"]].assign(release=release, value=value.astype(float))
    return both.sort_values(["iso3", "release", "year"], ignore_index=True)


def two_releases() -> Figure:
    """Return the figure of military spending in two releases of one publisher."""
    spending = releases()
    value = spending.set_index(["iso3", "release", "year"])["value"]
    pairs = {("KGZ", 2020): "", ("TJK", 2023): ""}
    for state, year in pairs:
        first, second = (percent(value[state, release, year], 1) for release in ("earlier", "later"))
        pairs[state, year] = f"{state_name(state)}{APOSTROPHE}s {year} went from {first} to {second}"
    first, second = pairs.values()
    numbers = spending.pivot(index=["iso3", "year"], columns="release", values="value").reset_index()
    return Figure(
        name="disagreements-releases",
        title=f"One publisher, two releases: {first} of GDP, {second}",
        subtitle=(
            f"Military spending in per cent of GDP, Kyrgyzstan and Tajikistan, {spending['year'].min()}{DASH}"
            f"{spending['year'].max()}, in the release of 2024 and in a later one"
        ),
        source=f"{SIPRI}.",
        tables=("military_expenditure",),
        alt=(
            "Two panels with two lines each. Kyrgyzstan: the later release lies far above the earlier one up to 2020;"
            " the two nearly meet from 2021. Tajikistan: the two are nearly one line up to 2022 and part in 2023."
        ),
        draw=lambda width: charts.releases_chart(spending, width),
        numbers=pd.DataFrame(
            {
                "State": [state_name(code) for code in numbers["iso3"]],
                "Year": numbers["year"],
                "Release of 2024 (% of GDP)": numbers["earlier"],
                "Later release (% of GDP)": numbers["later"],
            }
        ),
        digits={"Release of 2024 (% of GDP)": 2, "Later release (% of GDP)": 2},
        note=(
            "SIPRI marks its estimates by colour; the marks are lost in these copies. A break in a line is a missing"
            " year."
        ),
    )


def distances() -> pd.DataFrame:
    """Return the mean distance between two of the five in the Assembly's votes: ``year``, ``series``, ``value``.

    A year without an estimate for each of the states of a series has no row. ``marked`` is true in the years that
    are compared: 1997, 2015 and the last year of the series.
    """
    points = load("un_ideal_points")
    rows = []
    for series, column in SERIES.items():
        values = _mean_distances(points, column, STATES)
        last = max(values)
        rows += [(year, series, value, year in (*COMPARED, last)) for year, value in values.items()]
    four = tuple(code for code in STATES if code != "TKM")
    values = _mean_distances(points, SERIES[charts.FINAL], four)
    rows += [(year, charts.FOUR, value, False) for year, value in values.items()]
    return pd.DataFrame(rows, columns=["year", "series", "value", "marked"])


def un_distance() -> Figure:
    """Return the figure of the mean distance between the five in the Assembly, in two series."""
    table = distances()
    value = table.set_index(["series", "year"])["value"]
    ends = {series: int(table.loc[table["series"] == series, "year"].max()) for series in SERIES}
    start = COMPARED[0]
    (final, then), (every, before) = [(value[series, ends[series]], value[series, start]) for series in SERIES]
    peak = value[charts.FINAL].loc[2000:2010]
    return Figure(
        name="disagreements-un",
        title=(
            f"From {start} to {ends[charts.FINAL]} the five came {_closeness(final / then)} in final votes"
            f" ({then:.2f} to {final:.2f}), but {_closeness(every / before)} in all votes"
            f" ({before:.2f} to {every:.2f} in {ends[charts.EVERY]})"
        ),
        subtitle=(
            "Mean distance between two of the five on a scale of voting in the UN General Assembly,"
            f" {table['year'].min()}{DASH}{table['year'].max()}"
            f" (numbers: {start}, {COMPARED[1]}, last year)"
        ),
        source=f"{VOETEN}; distances: own arithmetic.",
        tables=("un_ideal_points",),
        alt=(
            f"Three lines. Final votes: {then:.2f} in {start}, {value[charts.FINAL, COMPARED[1]]:.2f} in {COMPARED[1]},"
            f" {final:.2f} in {ends[charts.FINAL]}, with a hump of {peak.max():.2f} in {peak.idxmax()}. All votes:"
            f" {before:.2f}, {value[charts.EVERY, COMPARED[1]]:.2f} and {every:.2f} in {ends[charts.EVERY]}. Without"
            f" Turkmenistan the hump is gone: {value[charts.FOUR, peak.idxmax()]:.2f}."
        ),
        draw=lambda width: charts.distance_chart(table, width),
        numbers=table.pivot(index="year", columns="series", values="value")
        .rename_axis(index="Year", columns=None)
        .reset_index(),
        digits=dict.fromkeys((charts.FINAL, charts.EVERY, charts.FOUR), 2),
        note=(
            "1999 and 2001 are missing: not all five cast enough votes. The estimate of 1996 rests on 5 final votes of"
            " Turkmenistan. A step from one year to the next can come from what is put to the vote."
        ),
    )


def dead() -> dict[str, str]:
    """Return the counts of the dead as the table ``events`` gives them, by who counts.

    Raises
    ------
    ValueError
        If the table no longer has the words that a number was read from.
    """
    summaries = load("events").set_index("id")["summary"]
    found = {}
    for name, event, words in COUNTS:
        match = re.search(words, str(summaries[event]))
        if not match:
            raise ValueError(f"{event} of the table events no longer says {words!r}: read it again and mend COUNTS.")
        found[name] = match[1]
    return found


def defence_partners(iso3: str, year: int) -> dict[str, list[str]]:
    """Return the states that owe ``iso3`` defence in a year, by source (short name)."""
    table = load("alliances")
    rows = table[(table["iso3"] == iso3) & (table["obligation"] == "defence")]
    now = rows[(rows["first_year"] <= year) & (rows["last_year"] >= year)]
    sources = {str(source).split()[0]: source for source in sorted(set(table["source"]))}
    return {name: sorted(now.loc[now["source"] == source, "partner_iso3"]) for name, source in sources.items()}


def copied_from_partners() -> tuple[int, int]:
    """Return how many Turkmen figures since 2004 are the partner's moved by 6 percent, and how many there are."""
    pairs = own_and_mirror(load("trade"), ["TKM"]).dropna(subset=["own_usd_mn", "mirror_usd_mn"])
    late = pairs[pairs["year"] >= 2004]
    # Imports are raised for freight, exports lowered.
    ratio = late["mirror_usd_mn"] / late["own_usd_mn"]
    factor = ratio.where(late["flow"] == "export", 1 / ratio)
    return int((factor - 1.06).abs().lt(0.0005).sum()), len(late)


def signed_in(year: int) -> int:
    """Return how many agreements among three or more of the five alone the table dates to a year, for certain."""
    found = agreements_among(load("agreements"))
    return int(((found["fits"] == "certain") & (found["year_signed"] == year)).sum())


def _weak(trade: pd.DataFrame) -> set[tuple[str, str, int]]:
    """The places, books and years in which a flow with China or Russia carries a known weakness."""
    pairs = own_and_mirror(trade, STATES, RIVALS)
    weak = set()
    for book in charts.BOOK_LABELS:
        flawed = pairs[pairs[f"{book}_quality"].notna()]
        for iso3, year in zip(flawed["iso3"], flawed["year"], strict=True):
            weak |= {(iso3, book, int(year)), (ALL_FIVE, book, int(year))}
    return weak


def _ahead_words(cells: pd.DataFrame, code: str, book: str) -> str:
    rows = cells[(cells["iso3"] == code) & (cells["book"] == book) & cells["ahead"]]
    name = f"{charts.place_name(code)}, {charts.BOOK_LABELS[book]} book{'s' if book == 'mirror' else ''}"
    runs: list[list[int]] = []
    for year in sorted(rows["year"]):
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = int(year)
        else:
            runs.append([int(year), int(year)])
    spans = [str(first) if first == last else f"{first}{DASH}{last}" for first, last in runs]
    return f"{name}: China ahead in {', '.join(spans)}." if spans else f"{name}: China never ahead."


def _ahead_numbers(cells: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Place": [charts.place_name(code) for code in cells["iso3"]],
            "Book": [charts.BOOK_LABELS[book] for book in cells["book"]],
            "Year": cells["year"],
            "China (million US$)": cells["CHN"],
            "Russia (million US$)": cells["RUS"],
            "China ahead": cells["ahead"],
            "Doubtful": cells["doubtful"],
        }
    )


def _kyrgyz_books() -> pd.DataFrame:
    pairs = own_and_mirror(load("trade"), ["KGZ"], ["CHN"])
    rows = pairs[(pairs["flow"] == "import") & (pairs["year"] >= FIRST_TRADE)].dropna(subset=["ratio"])
    return pd.DataFrame(
        {
            "iso3": "KGZ",
            "year": rows["year"].astype(int),
            "own": rows["own_usd_mn"] / 1e3,
            "mirror": rows["mirror_usd_mn"] / 1e3,
            "times": rows["ratio"],
        }
    ).reset_index(drop=True)


def _covered() -> pd.DataFrame:
    codings = load("membership_codings").groupby("source")
    ends = codings.agg(first=("first_year", "min"), last=("last_year", "max"))
    spans = {CODERS[str(row.Index)]: (int(row.first), int(row.last)) for row in ends.itertuples()}
    spans[COURSE] = (1991, UNTIL)
    rows = [(source, float(spans[source][0]), spans[source][1] + 1.0) for source in (COURSE, COW, FACTBOOK)]
    return pd.DataFrame(rows, columns=["source", "start", "end"])


def _spell_words(row: dict[str, str]) -> str:
    end = f"to {row['last']}" if row["last"] else "without an end"
    return f"{row['group']}, {row['source']}: {row['role']} from {row['first']} {end}."


def _decimal(date: str) -> float:
    parts = [int(part) for part in date.split("-")]
    month, day = parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1
    return parts[0] + (month - 1) / 12 + (day - 1) / 365


def _mean_distances(points: pd.DataFrame, column: str, states: tuple[str, ...]) -> dict[int, float]:
    rows = points[points["iso3"].isin(states)].pivot(index="year", columns="iso3", values=column)
    complete = rows.reindex(columns=list(states)).dropna()
    pairs = [(complete[first] - complete[second]).abs() for first, second in combinations(states, 2)]
    mean = sum(pairs[1:], start=pairs[0]) / len(pairs)
    return {int(year): float(value) for year, value in mean.items()}  # type: ignore[call-overload]


def _closeness(change: float) -> str:
    if change > 1.05:
        return "not closer"
    if change > 0.95:
        return "no closer"
    return "a little closer" if change > 0.7 else "much closer"


def _number_word(count: int) -> str:
    return "all five" if count == len(STATES) else f"{WORDS[count]} of the five"
