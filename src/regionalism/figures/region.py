"""Pictures of the region that several chapters use: the line of time of agreements, and the map."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from regionalism.charts.figure import Figure
from regionalism.charts.region import map_chart
from regionalism.charts.theme import STATES, state_name
from regionalism.charts.timeline import timeline_chart
from regionalism.data import load, load_map
from regionalism.shaping import SECURITY_AREAS, agreements_among

OWN_CODING = "own coding of treaty texts, official pages and press; references in the table"
ROUTES = "OpenFlights.org, routes of about 2014"
KNOWN_UNTIL = 2026  # the year of the last look-up: an open lane goes at least this far
LATE = 2022
ENDED = ("dissolved", "never_materialised", "proposal", "superseded")


def timeline(agreements: pd.DataFrame, name: str = "timeline", title: str = "") -> Figure:
    """Return the line of time of some agreements: rows of the table ``agreements``, one lane each.

    ``agreements`` may carry the column ``fits`` of :func:`regionalism.shaping.agreements_among`; a row that only
    possibly fits is drawn hollow. ``title`` is the finding; without one the figure says how many rows it shows.

    Raises
    ------
    ValueError
        If there is no row to draw.
    """
    if agreements.empty:
        raise ValueError("no agreement to draw: the selection is empty")
    spells = _spells(agreements)
    until = max(KNOWN_UNTIL, int(spells["start"].max()))
    sure, unsure = int((spells["mark"] == "certain").sum()), int((spells["mark"] == "unknown").sum())
    binding = int((spells["kind"] == "binding").sum())
    open_ended = int(spells["end"].isna().sum())
    return Figure(
        name=name,
        title=title or f"{sure} agreements and formats fit for certain, {unsure} more if unknown signatures fit",
        subtitle=(
            "From signature to the end; an arrow: no end found. Dark: legally binding. Pale: not binding, or unclear."
            " A dot: a single year, a mere proposal, or over at an unknown date. Hollow: a signature is unknown"
        ),
        source=f"{OWN_CODING}.",
        tables=("agreements",),
        alt=(
            f"{len(spells)} lanes from {spells['start'].min()} to {spells['start'].max()}. {binding} are legally"
            f" binding, {open_ended} have no end in the table, {unsure} depend on an unknown signature."
        ),
        draw=lambda width: timeline_chart(spells, width, until),
        numbers=_timeline_numbers(agreements, spells),
        note="No end found does not mean that an agreement works: the table knows texts and bodies, not practice.",
    )


def among_the_five(minimum: int = 3, security: bool = False) -> Figure:
    """Return the line of time of the agreements among at least ``minimum`` of the five without outsiders.

    ``security`` keeps only the subjects that the course counts as security.
    """
    areas = SECURITY_AREAS if security else None
    found = agreements_among(load("agreements"), minimum, issue_areas=areas)
    found = found.sort_values(["year_signed", "date_signed", "id"])
    subject = "agreements and formats on security" if security else "agreements and formats"
    title = (
        f"Among {minimum} or more of the five alone: {_range(found)} {subject},"
        f" {_range(found[found['year_signed'] >= LATE])} of them since {LATE}"
    )
    return timeline(found, name=f"timeline-{minimum}{'-security' if security else ''}", title=title)


def _range(found: pd.DataFrame) -> str:
    sure, most = int((found["fits"] == "certain").sum()), len(found)
    return f"{sure}" if sure == most else f"{sure} to {most}"


def air_links() -> Figure:
    """Return the map of direct flights between the five, about 2014."""
    links = _air_pairs()
    there = links[links["value"] > 0]
    missing = [
        f"{state_name(row.iso3_a)}\N{EN DASH}{state_name(row.iso3_b)}"
        for row in links[links["value"] == 0].itertuples()
    ]
    return Figure(
        name="map-air-links",
        title=f"Of the {len(links)} pairs among the five, {len(there)} had a direct flight about 2014",
        subtitle="Lines: pairs of airports with a scheduled route between two states; dotted: no route in the list",
        source=f"{ROUTES}; borders: Natural Earth.",
        tables=("air_routes", "map"),
        alt=(
            "Map of the five states. Lines join "
            + ", ".join(
                f"{state_name(row.iso3_a)} and {state_name(row.iso3_b)} ({row.value})" for row in there.itertuples()
            )
            + f". No line in the list: {', '.join(missing)}."
        ),
        draw=lambda width: map_chart(load_map(), width, links=links),
        numbers=pd.DataFrame(
            {
                "Between": [f"{state_name(row.iso3_a)} and {state_name(row.iso3_b)}" for row in links.itertuples()],
                "Pairs of airports": links["value"],
            }
        ),
        note="A route in a list is not a seat: the source knows neither frequency nor seasons, and it is one moment"
        " in time. Borders are drawn as they are in effect; the enclaves of the Fergana Valley are too small for this"
        " scale.",
    )


def _spells(agreements: pd.DataFrame) -> pd.DataFrame:
    # What is over at an unknown date, or never began, is a dot; an empty end would say that it lives on.
    over = agreements["status"].isin(ENDED) & agreements["year_ended"].isna()
    fits = agreements["fits"] if "fits" in agreements else pd.Series("certain", index=agreements.index)
    return pd.DataFrame(
        {
            "name": agreements["name"],
            "start": agreements["year_signed"].astype("int64"),
            "end": agreements["year_ended"].mask(over, agreements["year_signed"]),
            "kind": agreements["legally_binding"].map({"yes": "binding"}).fillna("not binding"),
            "mark": fits.map({"certain": "certain", "possible": "unknown"}),
        }
    )


def _timeline_numbers(agreements: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Row": agreements["id"],
            "Name": agreements["name"],
            "Signed": agreements["date_signed"],
            "Ended": agreements["year_ended"].astype("Int64"),
            "Status": agreements["status"].str.replace("_", " "),
            "Of the five": [codes.replace(";", ", ") for codes in agreements["c5_parties"]],
            "Binding": agreements["legally_binding"],
            "Unknown": [
                cell.replace(";", ", ") if isinstance(cell, str) else "\N{EN DASH}"
                for cell in agreements["unknown_parties"]
            ],
        }
    ).reset_index(drop=True)


def _air_pairs() -> pd.DataFrame:
    routes = load("air_routes")
    pairs = []
    for first, second in combinations(STATES, 2):
        codes = {first, second}
        both = routes[[{a, b} == codes for a, b in zip(routes["origin_iso3"], routes["destination_iso3"], strict=True)]]
        # The two directions of the list do not always agree; the larger one counts.
        pairs.append((first, second, int(both["airport_pairs"].max()) if len(both) else 0))
    return pd.DataFrame(pairs, columns=["iso3_a", "iso3_b", "value"])
