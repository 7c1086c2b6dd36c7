"""The evidence of the chapter on what counts as regionalism: counts by definition, treaties, growth from below."""

from __future__ import annotations

from functools import cache

import pandas as pd

from regionalism.charts import puzzle as charts
from regionalism.charts.figure import Figure
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATES, state_name
from regionalism.charts.timeline import timeline_chart
from regionalism.data import load
from regionalism.models.definitions import Definition, counting
from regionalism.shaping import FIVE, Bounds, trade_totals

OWN_CODING = "own coding of treaty texts, official pages and press; references in the table"
IMF = "IMF, Direction of Trade Statistics (download of 2021 or 2022)"
UNITED_NATIONS = "United Nations, International Migrant Stock (revision of 2019)"
FLIGHTS = "OpenFlights, routes of June 2014"
UNTIL = 2026
ROUTE_YEAR, PEOPLE_YEAR = 2014, 2019
# One condition more at each line. The words are those of the figure.
LADDER: tuple[tuple[str, Definition], ...] = (
    ("Three or more of the five", Definition(outsiders=True)),
    ("… and no outsider", Definition()),
    ("… and on security", Definition(area="security")),
    ("… and binding in law", Definition(area="security", binding=True)),
    ("… and in force today", Definition(area="security", binding=True, life="in_force")),
)
# The two examples that the article gives beside the treaty of all five (mayer2021, section 4, paragraph 6).
ARTICLES_EXAMPLES = ("A010", "A034")
FOUR_STATES = ("A015", "A018")
SHORT = {
    "A009": "Central Asian Union",
    "A010": "Military-technical pact (article)",
    "A011": "Council of defence ministers",
    "A012": "CENTRASBAT battalion",
    "A015": "Treaty on emergencies",
    "A018": "Treaty against terrorism",
    "A020": "Cooperation Organisation",
    "A033": "Nuclear-weapon-free zone",
    "A034": "Centre of 2011",
    "A055": "Friendship treaty",
    "A077": "Border point KGZ-TJK-UZB",
    "A088": "Status of the battalion",
    "A096": "Border point KAZ-KGZ-UZB",
    "A097": "Border point KAZ-TKM-UZB",
    "A099": "Interior ministers' body",
}


# ---------------------------------------------------------------- the counts


@cache
def ladder() -> pd.DataFrame:
    """Return the counts under each definition of the ladder, one row for each.

    Columns: ``definition`` (its words), ``first``, ``second`` (certain rows by the search that found them),
    ``lower`` (certain) and ``upper`` (certain and possible).
    """
    agreements = load("agreements")
    rows = []
    for words, definition in LADDER:
        found = counting(agreements, definition)
        sure = found[found["fits"] == "certain"]
        first = int((sure["search_round"] == 1).sum())
        rows.append((words, first, len(sure) - first, len(sure), len(found)))
    return pd.DataFrame(rows, columns=["definition", "first", "second", "lower", "upper"])


def first_search(definition: Definition) -> Bounds:
    """Return how many rows of the first search alone count under a definition, for certain and at most."""
    table = load("agreements")
    fits = counting(table[table["search_round"] == 1], definition)["fits"]
    return Bounds(int((fits == "certain").sum()), len(fits))


def counts() -> Figure:
    """Return the figure of how many agreements each further condition leaves, and which search found them."""
    steps = ladder()
    total = len(load("agreements"))
    own, last = steps.iloc[1], steps.iloc[-1]
    before = first_search(Definition())
    return Figure(
        name="puzzle-counts",
        title=(
            f"One table, many answers: {_range(own)} agreements of three or more without outsiders,"
            f" {_range(last)} if they must be about security, bind and be in force"
        ),
        subtitle=(
            f"Rows of the table of agreements ({total} in all, 1991\N{EN DASH}2026) left under each further"
            " condition, by"
            " the search that found them"
        ),
        source=f"{OWN_CODING}.",
        tables=("agreements",),
        alt=(
            "Bars that shrink from top to bottom: "
            + "; ".join(f"{row.definition.replace('… ', '')}, {_range(row)}" for row in steps.itertuples())
            + f". Of the {own['lower']} certain rows without outsiders {own['second']} come from the second search."
        ),
        draw=lambda width: charts.counts_chart(_bars(steps), width),
        numbers=steps.rename(
            columns={
                "definition": "Definition",
                "first": "Certain, first search",
                "second": "Certain, second search",
                "lower": "Certain",
                "upper": "At most",
            }
        ),
        note=(
            f"With the first search alone the second bar would read {before.lower} to {before.upper}. The second search"
            " looked for agreements of the five among themselves, so it could only raise the lower bars. It made the"
            " list"
            " longer, not the cooperation larger."
        ),
    )


def _range(row) -> str:  # type: ignore[no-untyped-def]
    lower, upper = (row["lower"], row["upper"]) if isinstance(row, pd.Series) else (row.lower, row.upper)
    return f"{lower}" if lower == upper else f"{lower} to {upper}"


def _bars(steps: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in steps.itertuples():
        ends = {"first": (0, row.first), "second": (row.first, row.lower), "unsure": (row.lower, row.upper)}
        for part, (start, end) in ends.items():
            rows.append(
                {
                    "definition": row.definition,
                    "part": part,
                    "count": end - start,
                    "from": start,
                    "to": end,
                    "end": row.upper,
                    "label": _range(row).replace(" to ", "\N{EN DASH}") if part == "first" else None,
                }
            )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- treaties on a line of time


def security_texts() -> pd.DataFrame:
    """Return the binding security items of three or more of the five without outsiders, and the contested one of 2011.

    The columns of the table of agreements and ``fits``; rows in the order of the years.
    """
    agreements = load("agreements")
    found = counting(agreements, Definition(area="security", binding=True))
    contested = agreements[agreements["id"] == ARTICLES_EXAMPLES[1]].assign(fits="possible")
    table = pd.concat([found, contested], ignore_index=True)
    return table.sort_values(["year_signed", "id"], ignore_index=True)


def treaties() -> Figure:
    """Return the figure of the binding security items of the five on a line of time."""
    texts = security_texts()
    own = texts[~texts["id"].isin(ARTICLES_EXAMPLES[1:])]
    sure, maybe = int((own["fits"] == "certain").sum()), len(own)
    four = texts[texts["id"].isin(FOUR_STATES)]
    years = " and ".join(str(year) for year in four["year_signed"])
    spells = pd.DataFrame(
        {
            "name": [
                f"{SHORT.get(identifier, name)} \N{MIDDLE DOT} {states}"
                for identifier, name, states in zip(texts["id"], texts["name"], _parties(texts), strict=True)
            ],
            "start": texts["year_signed"].astype("int64"),
            "end": _ends(texts),
            "kind": ["binding" if binding != "no" else "not binding" for binding in texts["legally_binding"]],
            "mark": ["certain" if fits == "certain" else "unknown" for fits in texts["fits"]],
        }
    )
    return Figure(
        name="puzzle-treaties",
        title=(
            f"The article names two examples beside the treaty of all five; the table has {sure} to {maybe} binding"
            f" security items, among them treaties of four states from {years}"
        ),
        subtitle=(
            "Binding security items of three or more of the five without outsiders, 1994"
            f"\N{EN DASH}{UNTIL}, with the number of states (+1: one more later). Hollow: something decisive is unknown"
        ),
        source=f"{OWN_CODING}.",
        tables=("agreements",),
        alt=(
            f"A line of time with {len(texts)} lanes; {int((texts['year_signed'] <= 1998).sum())} begin by 1998,"
            " with the Central Asian"
            " Union and its battalion;"
            f" the treaties of {years} join four states; the nuclear-free zone of 2006 joins five; after it come border"
            " points and the friendship treaty of 2022. The centre of 2011 is hollow and grey."
        ),
        draw=lambda width: timeline_chart(spells, width, UNTIL),
        numbers=pd.DataFrame(
            {
                "Row": texts["id"],
                "Agreement": texts["name"],
                "Signed": texts["year_signed"],
                "In force": [None if pd.isna(year) else int(year) for year in texts["year_in_force"]],
                "Of the five": texts["c5_parties"].str.replace(";", ", "),
                "Binding": texts["legally_binding"],
                "Unknown parties": texts["unknown_parties"].fillna("none"),
                "Found by search": texts["search_round"],
            }
        ),
        digits={"In force": 0},
        note=(
            "An arrow: no end was found, which does not mean that the text is obeyed. A dot: one year, or an end"
            " without a known"
            " year. The pact of 1994 is known from the article alone (row A010). On the centre of 2011 (row A034)"
            " reports"
            " differ, as the text below tells."
        ),
    )


def _parties(texts: pd.DataFrame) -> list[str]:
    """How many of the five were parties on the first day, and how many came later: 3 or 3+1."""
    later = [
        sum(part.strip()[:3] in FIVE for part in cell.split(";")) if isinstance(cell, str) else 0
        for cell in texts["joined_later"]
    ]
    return [f"{own}+{more}" if more else f"{own}" for own, more in zip(texts["n_c5"], later, strict=True)]


def _ends(texts: pd.DataFrame) -> list[float | None]:
    """The year of the end; the year of signature where it ended, or came to nothing, in an unknown year."""
    ends: list[float | None] = []
    for row in texts.itertuples():
        over = row.status in ("dissolved", "superseded", "never_materialised")
        known = None if pd.isna(row.year_ended) else float(row.year_ended)
        ends.append(known if known is not None else float(row.year_signed) if over else None)
    return ends


# ---------------------------------------------------------------- growth from below


@cache
def within_shares() -> pd.DataFrame:
    """Return each state's trade with the other four in per cent of all its trade, from its own book.

    Columns: ``iso3``, ``year``, ``value`` and ``sound``: false where the table doubts any of the state's own rows with
    the others in that year.
    """
    trade = load("trade")
    totals = trade_totals(trade, ["C4"])
    own = totals[totals["iso3"].isin(FIVE) & totals["share"].notna() & (totals["year"] >= 1994)]
    inner = trade[trade["reporter_iso3"].isin(FIVE) & trade["partner_iso3"].isin(FIVE)]
    doubts = inner.assign(doubt=inner["quality"].notna()).groupby(["reporter_iso3", "year"])["doubt"].any()
    sound = [not bool(doubts.get((row.iso3, row.year), True)) for row in own.itertuples()]
    return pd.DataFrame(
        {"iso3": own["iso3"], "year": own["year"], "value": 100 * own["share"], "sound": sound}
    ).sort_values(["iso3", "year"], ignore_index=True)


def trade_within() -> Figure:
    """Return the figure of trade among the five as a share of each state's trade."""
    shares = within_shares()
    kaz = shares[shares["iso3"] == "KAZ"].set_index("year")["value"]
    tjk = shares[shares["iso3"] == "TJK"].set_index("year")["value"]
    low, last = int(kaz.idxmin()), int(kaz.index.max())
    sound = shares[shares["sound"]].groupby("iso3")["year"].agg(["min", "max", "size"])
    return Figure(
        name="puzzle-trade",
        title=(
            f"For Kazakhstan trade with the other four fell to {percent(kaz[low])} of all trade by {low} and was"
            f" {percent(kaz[last])} in {last}; for Tajikistan it was {percent(tjk[last])}"
        ),
        subtitle=(
            "Exports and imports with the other four in per cent of all trade, each state's own book,"
            f" {shares['year'].min()}\N{EN DASH}{last}. Small circles: the book is in doubt"
        ),
        source=f"{IMF}.",
        tables=("trade",),
        alt=(
            f"Five series. In {last} " + ", ".join(
                f"{state_name(code)} {percent(_last(shares, code))}" for code in STATES
            ) + f". Kazakhstan falls from {percent(kaz.iloc[0])} in {kaz.index[0]} to {percent(kaz[low])} in {low}."
            " Turkmenistan from 2004 and Uzbekistan to 2015 are small circles, since those books copy others."
        ),
        draw=lambda width: charts.within_chart(shares, width),
        numbers=_share_numbers(shares),
        digits={state_name(code): 1 for code in STATES},
        note=(
            f"Turkmenistan's figures since 2004 are its partners' with 6 % added or taken off; Uzbekistan's partner"
            " shares"
            f" stand still from 2000 to 2015; both are drawn as circles. Sound years of Uzbekistan:"
            f" {sound.loc['UZB', 'size']}"
            f" of {len(shares[shares['iso3'] == 'UZB'])}. Re-export, transit and bazaar trade are often counted by"
            " one side only."
        ),
    )


def _last(shares: pd.DataFrame, code: str) -> float:
    return float(shares[shares["iso3"] == code].sort_values("year")["value"].iloc[-1])


def _share_numbers(shares: pd.DataFrame) -> pd.DataFrame:
    wide = shares.pivot(index="year", columns="iso3", values="value")[list(STATES)].rename(columns=state_name)
    return wide.rename_axis(index="Year", columns=None).reset_index()


# ---------------------------------------------------------------- people and planes

PLACES = ("The other four", "Russia", "Elsewhere")


@cache
def ties() -> pd.DataFrame:
    """Return where people born in the five live abroad, and where scheduled flights from the five go.

    Columns: ``kind`` (heading), ``place``, ``count`` (persons or pairs of airports) and ``share`` in per cent.
    """
    people = load("migrants")
    stock = people[(people["year"] == PEOPLE_YEAR) & people["origin_iso3"].isin(FIVE)]
    all_people = int(stock.loc[stock["destination_iso3"] == "WLD", "migrant_stock_persons"].sum())
    routes = load("air_routes")
    abroad = routes[routes["origin_iso3"].isin(FIVE) & (routes["origin_iso3"] != routes["destination_iso3"])]
    parts = [
        (f"People born in the five who live abroad, {PEOPLE_YEAR}", stock, "migrant_stock_persons", all_people),
        (f"Air routes out of the five, {ROUTE_YEAR}", abroad, "airport_pairs", int(abroad["airport_pairs"].sum())),
    ]
    rows = []
    for heading, table, column, total in parts:
        inside = int(table.loc[table["destination_iso3"].isin(FIVE), column].sum())
        russia = int(table.loc[table["destination_iso3"] == "RUS", column].sum())
        for place, count in zip(PLACES, (inside, russia, total - inside - russia), strict=True):
            rows.append((heading, place, count, 100 * count / total))
    return pd.DataFrame(rows, columns=["kind", "place", "count", "share"])


def people_and_planes() -> Figure:
    """Return the figure of where people and planes from the five go."""
    table = ties()
    inside = table[table["place"] == PLACES[0]]["share"].tolist()
    russia = table[table["place"] == PLACES[1]]["share"].tolist()
    return Figure(
        name="puzzle-ties",
        title=(
            f"Ties from below lead to Russia more than next door: {percent(inside[0])} of the people and"
            f" {percent(inside[1])} of the air routes stay among the five, {percent(russia[0])} and"
            f" {percent(russia[1])}"
            " lead to Russia"
        ),
        subtitle=(
            f"People born in one of the five and living outside it, {PEOPLE_YEAR}, and pairs of airports with a"
            " listed route"
            f" out of one of the five, {ROUTE_YEAR}; share of the total in per cent"
        ),
        source=f"{UNITED_NATIONS}; {FLIGHTS}.",
        tables=("migrants", "air_routes"),
        alt=(
            "Two sets of three bars. People: "
            + ", ".join(f"{row.place} {percent(row.share)}" for row in table.head(3).itertuples())
            + ". Routes: "
            + ", ".join(f"{row.place} {percent(row.share)}" for row in table.tail(3).itertuples())
            + "."
        ),
        draw=lambda width: charts.destinations_chart(table, width),
        numbers=table.rename(columns={"kind": "What", "place": "Where", "count": "Number", "share": "Share (%)"}),
        digits={"Share (%)": 1},
        note=(
            "Many of these people are families that moved within the Soviet Union. Seasonal work and work without"
            " papers are"
            " largely missed. A route says that somebody flew, not how often. No route is listed between Tajikistan and"
            " Uzbekistan, nor between Turkmenistan and another of the five. The list is of 2014; do not read it as"
            " today\N{RIGHT SINGLE QUOTATION MARK}s."
        ),
    )
