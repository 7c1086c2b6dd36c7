"""The evidence of the chapter on bought security: armies, outside actors by form, arms, a treaty and who left it."""

from __future__ import annotations

import pandas as pd

from regionalism.charts import outsourcing as charts
from regionalism.charts.figure import Figure
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATES, state_name
from regionalism.data import load
from regionalism.shaping import herfindahl

FORCES_YEAR, SPENDING_YEAR = 2015, 2023
NEIGHBOURS: tuple[str, ...] = ("AZE", "TUR", "IRN", "RUS", "CHN")
# Bodies that one state leads stand under their own code; the description of the table says how to join them.
LED_BY: dict[str, str] = {"CSTO": "RUS", "CIS": "RUS"}
ACTOR_NAMES: dict[str, str] = {
    "RUS": "Russia, CSTO, CIS",
    "EU": "European Union",
    "NATO": "NATO",
    "SCO": "SCO",
    "OSCE": "OSCE",
    "UN": "United Nations",
    "UNODC": "UN drugs office",
    "DEU": "Germany",
}
SHOWN_FROM = 3
EU_MEMBERS: tuple[str, ...] = ("AUT", "BGR", "CZE", "DEU", "ESP", "FRA", "ITA", "NLD")
PERIODS: tuple[tuple[int, int], ...] = ((2000, 2005), (2006, 2011), (2012, 2017), (2018, 2023))
UNTIL = 2025
CLASHES: dict[str, tuple[str, ...]] = {"E033": ("KGZ", "TJK"), "E039": ("KGZ", "TJK")}
DEPLOYMENT = "E035"

SIPRI_MONEY = "SIPRI Military Expenditure Database, 1948\N{EN DASH}2023 (2024)"
SIPRI_ARMS = "SIPRI Arms Transfers Database, trade register of January 2025"
BALANCE = "IISS, The Military Balance, through World Development Indicators (2017)"
OWN_CODING = "own coding of treaty texts, official pages and press; references in the table"


# Armies beside those of the neighbours


def forces() -> pd.DataFrame:
    """Return soldiers (thousand, 2015) and military spending (billion US$, 2023) of the five and five neighbours.

    Columns ``panel``, ``iso3``, ``year``, ``value``. Uzbekistan and Turkmenistan do not report what they spend and
    have no row of it; ``old_spending`` has their last figures.
    """
    people = load("armed_forces")
    people = people[people["iso3"].isin((*STATES, *NEIGHBOURS)) & (people["year"] == FORCES_YEAR)]
    soldiers = people[["iso3", "year"]].assign(panel="soldiers", value=people["personnel"] / 1e3)
    money = _last_spending()
    spending = money[money["year"] == SPENDING_YEAR].assign(panel="spending")
    both = pd.concat([soldiers, spending], ignore_index=True)
    order = {code: number for number, code in enumerate((*STATES, *NEIGHBOURS))}
    both = both.assign(place=both["iso3"].map(order)).sort_values(["panel", "place"], ignore_index=True)
    return both[["panel", "iso3", "year", "value"]]


def old_spending() -> pd.DataFrame:
    """Return the last military spending (billion US$) of those of the five that report none for 2023.

    Columns ``iso3``, ``year``, ``value``.
    """
    money = _last_spending()
    return money[money["iso3"].isin(STATES) & (money["year"] < SPENDING_YEAR)].sort_values("iso3", ignore_index=True)


def _last_spending() -> pd.DataFrame:
    table = load("military_expenditure")
    money = table[(table["indicator"] == "milex_current_usd_mn") & table["iso3"].isin((*STATES, *NEIGHBOURS))]
    money = money[money["year"] <= SPENDING_YEAR].dropna(subset=["value"]).sort_values("year").groupby("iso3").tail(1)
    return money[["iso3", "year"]].assign(value=money["value"] / 1e3)


def armies() -> Figure:
    """Return the figure of soldiers and spending of the five beside those of their neighbours."""
    table = forces()
    soldiers = table[table["panel"] == "soldiers"].set_index("iso3")["value"]
    spending = table[table["panel"] == "spending"].set_index("iso3")["value"]
    reporting = [code for code in STATES if code in spending]
    five, purse = soldiers[list(STATES)].sum(), spending[reporting].sum()
    times = soldiers[list(NEIGHBOURS)] / five
    title = (
        f"In {FORCES_YEAR} all five armies together had {five:.0f} thousand people: {state_name('TUR')} had"
        f" {times['TUR']:.1f} times as many, Russia {times['RUS']:.0f} times, China {times['CHN']:.0f} times"
    )
    old = [f"{state_name(row.iso3)} {row.year} ({row.value:.1f} billion)" for row in old_spending().itertuples()]
    return Figure(
        name="outsourcing-armies",
        title=title,
        subtitle=(
            f"People in the armed forces in thousand, {FORCES_YEAR}; military spending in billion US$ at current"
            f" prices, {SPENDING_YEAR}"
        ),
        source=f"{BALANCE}; {SIPRI_MONEY}.",
        tables=("armed_forces", "military_expenditure"),
        alt=(
            f"Two sets of bars. The five together: {five:.0f} thousand people. {_some_of_the_five(len(reporting))}"
            f" ({', '.join(state_name(code) for code in reporting)}): {purse:.1f} billion dollars, a bar too short to"
            " split by eye. "
            + "; ".join(f"{state_name(c)} {soldiers[c]:.0f} thousand and {spending[c]:.1f} billion" for c in NEIGHBOURS)
            + "."
        ),
        draw=lambda width: charts.forces_chart(_bars(table), width),
        numbers=pd.DataFrame(
            {
                "State": [state_name(code) for code in table["iso3"]],
                "What": ["People, thousand" if p == "soldiers" else "Spending, billion US$" for p in table["panel"]],
                "Year": table["year"],
                "Value": table["value"],
            }
        ),
        digits={"Value": 2},
        note=(
            "People include border and interior troops. Many counts were carried forward for years, and this"
            " copy ends in"
            f" {FORCES_YEAR}. The bar of spending leaves out two states that report none; their last figures:"
            f" {', '.join(old)}."
        ),
    )


def _some_of_the_five(reporting: int) -> str:
    return f"{_number_word(reporting).capitalize()} of the five, {SPENDING_YEAR}"


def _bars(table: pd.DataFrame) -> pd.DataFrame:
    panels = {"soldiers": "People, thousand", "spending": "Spending, billion US$"}
    rows = []
    for panel, heading in panels.items():
        part = table[table["panel"] == panel].set_index("iso3")["value"]
        own = [code for code in STATES if code in part]
        place = "The five" if len(own) == len(STATES) else _some_of_the_five(len(own))
        reached, total = 0.0, float(part[own].sum())
        digits = 0 if panel == "soldiers" else 1
        for code in own:
            value = float(part[code])
            label = f"{total:,.{digits}f}" if code == own[0] else ""
            rows.append((heading, place, code, value, reached, reached + value, total, label, True))
            reached += value
        for code in NEIGHBOURS:
            value = float(part[code])
            rows.append((heading, state_name(code), code, value, 0.0, value, value, f"{value:,.{digits}f}", False))
    return pd.DataFrame(
        rows, columns=["panel", "place", "iso3", "value", "start", "end", "total", "label", "own"]
    )


# Around whom?


def around() -> pd.DataFrame:
    """Return the instruments of security by the actor around whom they turn: the rows of ``external_actors``.

    Rows of the type economic are left out. The column ``around`` joins the CSTO and the CIS to Russia, as the
    description of the table asks; the SCO, begun by two powers, and the OTS stand by themselves.
    """
    table = load("external_actors")
    table = table[table["type"] != "economic"]
    return table.assign(around=table["actor"].replace(LED_BY)).reset_index(drop=True)


def around_whom() -> Figure:
    """Return the figure of instruments by the actor around whom they turn, and by form."""
    table = around()
    counts = pd.crosstab(table["around"], table["bi_or_multilateral"]).reindex(
        columns=["bilateral", "multilateral"], fill_value=0
    )
    totals = counts.sum(axis=1)
    russia = counts.loc["RUS"]
    joined = int((table["actor"] != table["around"]).sum())
    bars = _actor_bars(counts, totals)
    second = totals.drop("RUS").idxmax()
    title = (
        f"{totals['RUS']} of the table's {totals.sum()} outside instruments turn around Russia and the bodies it leads;"
        f" {russia['bilateral']} of them tie one state at a time"
    )
    return Figure(
        name="outsourcing-around-whom",
        title=title,
        subtitle=(
            "Bases, troops, missions, bodies, agreements, exercises, training, arms and programmes in security, by the"
            " actor around whom they turn and by form, begun 1992\N{EN DASH}2024"
        ),
        source=f"{OWN_CODING}.",
        tables=("external_actors",),
        alt=(
            f"Bars split in two. Russia with the bodies it leads: {russia['bilateral']} bilateral and"
            f" {russia['multilateral']} multilateral. Next is {_actor_name(str(second))} with {totals[second]}. "
            + "; ".join(
                f"{row.actor} {row.total}" for row in bars.drop_duplicates("actor").itertuples()
            )
            + "."
        ),
        draw=lambda width: charts.actors_chart(bars, width),
        numbers=pd.DataFrame(
            {
                "Row": table["id"],
                "Instrument": table["instrument"],
                "Given by": table["actor"],
                "Turns around": table["around"],
                "Type": table["type"],
                "Form": table["bi_or_multilateral"],
                "Of the five": table["c5_states"].str.replace(";", ", "),
            }
        ),
        note=(
            f"{joined} rows of the CSTO and the CIS are counted with Russia, which leads both; the SCO stands"
            " alone. A row"
            " is not a weight: a base of 7,000 soldiers and a yearly meeting count the same. Two rows can describe one"
            " thing from two sides, and ended instruments are in."
        ),
    )


def _actor_name(code: str) -> str:
    return ACTOR_NAMES.get(code) or state_name(code)


def _actor_bars(counts: pd.DataFrame, totals: pd.Series) -> pd.DataFrame:
    large = totals[totals >= SHOWN_FROM].sort_values(ascending=False, kind="stable").index
    groups = [(_actor_name(str(code)), counts.loc[code]) for code in large]
    small = counts.drop(index=large)
    groups.append((f"{len(small)} others", small.sum()))
    rows = []
    for name, forms in groups:
        one, many = int(forms["bilateral"]), int(forms["multilateral"])
        rows.append((name, charts.FORMS[0], one, 0, one + many))
        rows.append((name, charts.FORMS[1], many, one, one + many))
    table = pd.DataFrame(rows, columns=["actor", "form", "n", "start", "total"])
    return table[table["n"] > 0].reset_index(drop=True)


def sites() -> pd.DataFrame:
    """Return the military sites (base or facility) of outsiders: ``id``, ``actor``, ``state``, ``ended`` (a flag)."""
    table = load("external_actors")
    table = table[table["type"].isin(["base", "facility"])]
    rows = table.assign(state=table["c5_states"].str.split(";")).explode("state")
    return rows.assign(ended=rows["year_end"].notna())[["id", "actor", "state", "type", "ended"]].reset_index(drop=True)


# Arms


def arms_shares() -> pd.DataFrame:
    """Return each supplier group's share (0 to 100) of arms deliveries to the five, by period of six years."""
    table = load("arms_deliveries")
    group = table["supplier_iso3"].map(_supplier_group)
    period = table["delivery_year"].map(_period)
    sums = table.groupby([period.rename("period"), group.rename("supplier")])["tiv_mn"].sum().unstack(fill_value=0.0)
    shares = 100 * sums.div(sums.sum(axis=1), axis=0)
    return shares.reindex(columns=list(charts.SUPPLIERS), fill_value=0.0)


def russian_part(first: int = 2000, last: int = 2023) -> pd.DataFrame:
    """Return for each of the five what it received, Russia's share and the concentration on suppliers.

    Columns ``iso3``, ``received`` (million TIV), ``share`` (0 to 100), ``herfindahl`` (0 to 1).
    """
    table = load("arms_deliveries")
    table = table[table["delivery_year"].between(first, last)]
    by_supplier = table.groupby(["recipient_iso3", "supplier_iso3"], as_index=False)["tiv_mn"].sum()
    received = table.groupby("recipient_iso3")["tiv_mn"].sum()
    russian = by_supplier[by_supplier["supplier_iso3"] == "RUS"].set_index("recipient_iso3")["tiv_mn"]
    spread = herfindahl(by_supplier, "tiv_mn", "recipient_iso3").set_index("recipient_iso3")["herfindahl"]
    frame = pd.DataFrame(
        {"received": received, "share": (100 * russian / received).fillna(0.0), "herfindahl": spread}
    ).reindex(list(STATES))
    return frame.rename_axis("iso3").reset_index()


def arms() -> Figure:
    """Return the figure of arms deliveries by supplier over time and of Russia's part in each state."""
    shares, parts = arms_shares(), russian_part()
    russia = shares["Russia"]
    names = list(shares.index)
    low, last = russia.idxmin(), names[-1]
    title = (
        f"Russia's share of arms deliveries fell from {percent(russia.iloc[0])} to {percent(russia[low])}"
        f" and stood at {percent(russia[last])} in {last}"
    )
    long = shares.rename_axis(columns="supplier").stack().rename("share").reset_index()
    long["start"] = long.groupby("period")["share"].cumsum() - long["share"]
    labels = parts.assign(
        label=[
            f"{percent(row.share)} of {row.received:,.0f}" for row in parts.itertuples()
        ]
    )
    return Figure(
        name="outsourcing-arms",
        title=title,
        subtitle=(
            "Deliveries of major weapons to the five by supplier, share of SIPRI's trend-indicator value (TIV, military"
            " worth and not price) in per cent; below, Russia's share and all deliveries in million TIV,"
            " 2000\N{EN DASH}2023"
        ),
        source=f"{SIPRI_ARMS}.",
        tables=("arms_deliveries",),
        alt=(
            "Stacked bars for four periods. Russia's share: "
            + ", ".join(f"{period} {russia[period]:.0f} per cent" for period in names)
            + ". By state, over all years: "
            + ", ".join(f"{state_name(row.iso3)} {row.share:.0f}" for row in parts.itertuples())
            + " per cent."
        ),
        draw=lambda width: charts.arms_chart(long, labels, width),
        numbers=shares.rename_axis(index="Period", columns=None).reset_index(),
        digits=dict.fromkeys(charts.SUPPLIERS, 1),
        note=(
            "A gift counts like a purchase. A later release puts two more Russian aircraft into Kazakhstan's"
            " 2021, so the"
            " last Russian share is rather too low. Kyrgyzstan and Tajikistan received little, and a few"
            " aircraft decide"
            " their shares. SIPRI estimated most numbers and many years."
        ),
    )


def _supplier_group(code: object) -> str:
    if not isinstance(code, str):
        return "others"
    named = {"RUS": "Russia", "TUR": state_name("TUR"), "CHN": "China"}
    return named.get(code, "EU members" if code in EU_MEMBERS else "others")


def _period(year: int) -> str:
    first, last = next((a, b) for a, b in PERIODS if a <= year <= b)
    return f"{first}\N{EN DASH}{last}"


# The treaty and who left it


def csto_spells() -> pd.DataFrame:
    """Return the times of the five in the treaty (CST) and its organisation.

    Columns ``iso3``, ``body``, ``first``, ``last``, ``ended_by``.

    Dates as the table has them; an empty ``last`` means that no end was found. ``ended_by`` says how a time ended:
    by a suspension, where a row of that role begins on its last day. The treaty is drawn to the start of the
    organisation for those who founded it.
    """
    table = load("memberships")
    table = table[table["organisation"].isin(["CST", "CSTO"])]
    rows = table[table["state"].isin(STATES) & (table["role"] == "member")]
    halted = table[table["role"] == "suspended"].set_index(["organisation", "state", "start"])["id"].to_dict()
    rows = rows.assign(
        ended_by=[
            "" if pd.isna(row.end)
            else f"suspension ({halted[key]})" if (key := (row.organisation, row.state, row.end)) in halted
            else "treaty lapsed"
            for row in rows.itertuples()
        ]
    )
    return rows.rename(columns={"state": "iso3", "organisation": "body", "start": "first", "end": "last"})[
        ["iso3", "body", "first", "last", "ended_by"]
    ].reset_index(drop=True)


def membership() -> Figure:
    """Return the figure of the five in the treaty and the organisation, with fighting and deployment."""
    spells = csto_spells()
    events = load("events").set_index("id")
    exits = spells.dropna(subset=["last"])
    leaver = exits["iso3"].mode().iloc[0]
    ended = exits[exits["iso3"] == leaver].set_index("body")["last"].str[:4]
    stayed = [code for code in STATES if code in set(spells["iso3"]) - set(exits["iso3"])]
    title = (
        f"{state_name(leaver)} let the treaty lapse in {ended['CST']} and suspended its membership in {ended['CSTO']};"
        f" of the {_number_word(len(stayed))} that stayed, two fought each other in 2021 and 2022"
    )
    marks = pd.DataFrame(
        [
            *(
                {"iso3": code, "year": _decimal(events.loc[event, "date"]), "kind": "fighting"}
                for event, codes in CLASHES.items()
                for code in codes
            ),
            {"iso3": "KAZ", "year": _decimal(events.loc[DEPLOYMENT, "date"]), "kind": "sent"},
        ]
    )
    return Figure(
        name="outsourcing-csto",
        title=title,
        subtitle=(
            "Membership in the Collective Security Treaty (1992) and its organisation, the CSTO (2002),"
            f" 1992\N{EN DASH}{UNTIL}"
        ),
        source=f"{OWN_CODING}.",
        tables=("memberships", "events"),
        alt=(
            f"Five lanes of time. {', '.join(state_name(code) for code in stayed)}: member throughout."
            f" {state_name(leaver)}: in the treaty to {ended['CST']}, in the organisation from 2006 until it"
            f" suspended its membership in {ended['CSTO']}. Turkmenistan: never."
            " Marks: troops of the organisation in Kazakhstan in January 2022; fighting between Kyrgyzstan and"
            " Tajikistan in April 2021 and September 2022."
        ),
        draw=lambda width: charts.membership_chart(_drawn(spells), marks, UNTIL, width),
        numbers=pd.DataFrame(
            {
                "State": [state_name(code) for code in spells["iso3"]],
                "Body": spells["body"],
                "From": spells["first"],
                "To": spells["last"].fillna("no end found"),
                "Ended by": spells["ended_by"],
            }
        ),
        note=(
            "Treaty: grey. The act of 2012 was a suspension, asked for in June and granted in December. Marks only for"
            " events among the five that the page treats; there were more border clashes."
        ),
    )


def _number_word(count: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))


def _drawn(spells: pd.DataFrame) -> pd.DataFrame:
    organisation = spells[spells["body"] == "CSTO"].set_index("iso3")["first"]
    rows = []
    for row in spells.itertuples():
        last = row.last
        if row.body == "CST" and pd.isna(last):
            last = organisation[row.iso3]
        rows.append((row.iso3, row.body, _decimal(row.first), UNTIL + 0.9 if pd.isna(last) else _decimal(last)))
    return pd.DataFrame(rows, columns=["iso3", "body", "start", "end"])


def _decimal(date: object) -> float:
    parts = [int(part) for part in str(date).split("-")]
    month = parts[1] if len(parts) > 1 else 1
    day = parts[2] if len(parts) > 2 else 1
    return parts[0] + (month - 1) / 12 + (day - 1) / 365
