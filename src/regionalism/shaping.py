"""Tables brought into the form that a question needs: state-years, networks, shares, two books side by side.

Every function takes a DataFrame (mostly one from `regionalism.load`, or a part of it) and gives a new one; nothing
is filled in or smoothed. What is not known stays missing, and is counted where it is left out. A wrong value
raises ValueError, which names the value and what is allowed. A code that the course knows and that has no row in
the table given is no wrong value: the answer is then empty.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "FIVE",
    "LIVES",
    "SECURITY_AREAS",
    "Bounds",
    "agreements_among",
    "co_memberships",
    "count_agreements",
    "herfindahl",
    "network_of_year",
    "own_and_mirror",
    "shares",
    "single_partners",
    "spells_to_years",
    "trade_totals",
]

FIVE = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
# The subjects of agreements that the course counts as security; `multi` because its bodies deal with it too.
SECURITY_AREAS = ("border", "civil_protection", "crime", "defence", "drugs", "multi", "nuclear", "terrorism")
WORLD, OTHER_FOUR, ALL_FIVE, UNION = "WLD", "C4", "C5", "EUU"
OBSERVED = "observed_until"  # column with the date to which the source of a spell looked
# How far an agreement must have come to be counted, from the weakest demand to the strictest.
LIVES = ("any", "signed", "in_force")
_STATUSES = ("in_force", "signed", "proposal", "dissolved", "superseded", "never_materialised")
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_DATE = re.compile(rf"([0-9]{{4}})(?:-{_MONTH}(?:-{_DAY}(?:/[0-9]{{4}}-{_MONTH}-{_DAY})?)?)?")
# What one book calls an export (valued FOB) is an import (valued CIF) in the other.
_MIRRORED = {"export": "import", "import": "export"}


# ---------------------------------------------------------------- spells


def spells_to_years(
    frame: pd.DataFrame, start: str = "start", end: str = "end", *, until: int, by: Sequence[str] | None = None
) -> pd.DataFrame:
    """State-years (or other unit-years) from spells with dates of any precision: 1994, 1994-07 or 1994-07-08.

    A spell covers every calendar year that it touches; a spell without an end is open and goes to `until`
    (a year, 1900 to 2100), and no spell goes further. If the table has the column `observed_until` (the date to
    which the source looked), an open spell goes no further than that either. Gives the columns `by` (default: all
    but these dates) and `year`, each combination once, sorted: without the role among `by`, a state whose roles
    overlap stands once in a year; with it, once for each role.

    A spell with an unknown start is left out; `.attrs["unknown_start"]` of the result counts those rows of `frame`,
    whether or not they would have touched the years asked for.
    Raises ValueError for a date of another form, an end in a year before the start, a year out of range, a
    column that is not there, or one called `year`, which the result needs.
    """
    import pandas as pd

    until = _demand_year("until", until)
    dates = (start, end, OBSERVED)
    kept = [column for column in frame.columns if column not in dates] if by is None else list(by)
    _demand_columns(frame, [start, end, *kept])
    if "year" in kept:
        raise ValueError("The result has a column 'year' of its own: rename that of the table, or leave it out of by.")
    spans = _spans(frame, start, end)
    known = spans["first"].notna()
    spells = pd.concat([frame[kept], spans], axis=1)[known]
    spells["last"] = spells["last"].fillna(_open_until(frame, until)).clip(upper=until)
    spells["year"] = [
        list(range(int(first), int(last) + 1)) for first, last in zip(spells["first"], spells["last"], strict=True)
    ]
    long = spells.explode("year").dropna(subset=["year"]).astype({"year": "int64"})
    years = long[[*kept, "year"]].drop_duplicates().sort_values([*kept, "year"], ignore_index=True)
    years.attrs = {"unknown_start": int((~known).sum())}
    return years


def _open_until(frame: pd.DataFrame, until: int) -> pd.Series:
    """The year to which an open spell of each row goes: that to which its source looked, else `until`."""
    import pandas as pd

    if OBSERVED not in frame.columns:
        return pd.Series(until, index=frame.index, dtype="Int64")
    return _years(frame[OBSERVED]).fillna(until)


def _spans(frame: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """First and last year of each spell as Int64, missing where unknown or open."""
    import pandas as pd

    spans = pd.DataFrame({"first": _years(frame[start]), "last": _years(frame[end])}, index=frame.index)
    wrong = frame[(spans["last"] < spans["first"]).fillna(False).astype(bool)]
    if len(wrong):
        row = wrong.iloc[0]
        raise ValueError(f"A spell ends in {row[end]!r}, before its start {row[start]!r}: row {wrong.index[0]!r}.")
    return spans


def _years(column: pd.Series) -> pd.Series:
    import pandas as pd

    return pd.Series([_year(value, str(column.name)) for value in column], index=column.index, dtype="Int64")


def _year(value: object, column: str) -> int | None:
    import pandas as pd

    if pd.isna(value):  # type: ignore[call-overload]
        return None
    # A column of years with gaps comes as 1994.0 where pandas has made numbers of it.
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{value!r} in the column {column} is no date; a date is 1994, 1994-07 or 1994-07-08.")
    return int(found[1])


# ---------------------------------------------------------------- networks


def network_of_year(
    memberships: pd.DataFrame,
    year: int,
    organisations: Iterable[str] | None = None,
    roles: Iterable[str] = ("member",),
) -> pd.DataFrame:
    """Who belonged to what in a year: one row (edge) for each state, organisation and role.

    `memberships` has the columns organisation, role, start, end, and the state in `iso3` or `state`. A spell
    counts in every calendar year that it touches, an open one as in spells_to_years(). One with an unknown start
    is left out; `.attrs["unknown_start"]` counts these rows among the organisations and roles asked for, whatever
    the year. `organisations` None means all. Gives iso3, organisation, role, sorted; where roles overlap within the
    year (an observer becomes a member), a state stands in it twice with one organisation.

    Raises ValueError for an organisation or role that the course does not know, or a year outside 1900 to 2100.
    """
    year = _demand_year("year", year)
    state = "iso3" if "iso3" in memberships.columns else "state"
    _demand_columns(memberships, [state, "organisation", "role", "start", "end"])
    wanted = memberships[memberships["role"].isin(_known(memberships, "role", roles))]
    if organisations is not None:
        wanted = wanted[wanted["organisation"].isin(_known(memberships, "organisation", organisations))]
    spans = _spans(wanted, "start", "end")
    runs = (spans["first"] <= year) & (spans["last"].fillna(_open_until(wanted, year)) >= year)
    edges = wanted.loc[runs.fillna(False).astype(bool), [state, "organisation", "role"]]
    edges = edges.rename(columns={state: "iso3"}).drop_duplicates()
    edges = edges.sort_values(["iso3", "organisation", "role"], ignore_index=True)
    edges.attrs = {"unknown_start": int(spans["first"].isna().sum())}
    return edges


def co_memberships(edges: pd.DataFrame) -> pd.DataFrame:
    """How many organisations each two states share: iso3_a, iso3_b (in alphabetical order), shared (1 or more).

    `edges` has the columns iso3 and organisation, as network_of_year gives them; roles do not matter here.
    """
    import pandas as pd

    _demand_columns(edges, ["iso3", "organisation"])
    counts: dict[tuple[str, str], int] = {}
    for _, states in edges.groupby("organisation")["iso3"]:
        for pair in combinations(sorted(set(states)), 2):
            counts[pair] = counts.get(pair, 0) + 1
    rows = [(first, second, shared) for (first, second), shared in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["iso3_a", "iso3_b", "shared"]).astype({"shared": "int64"})


# ---------------------------------------------------------------- shares and concentration


def shares(frame: pd.DataFrame, value: str, within: str | Sequence[str]) -> pd.DataFrame:
    """The table with a column `share`: each value divided by the sum of its group, 0 to 1.

    `within` names the columns that make a group; [] makes the whole table one group. A missing value has a
    missing share and adds nothing; so has every row of a group that sums to zero.
    Raises ValueError for a value that is negative or infinite, a column that is not there, or a group column called
    `share`, which the result needs.
    """
    groups = [within] if isinstance(within, str) else list(within)
    _demand_columns(frame, [value, *groups])
    _demand_free(groups, ["share"])
    amounts = frame[value].astype("float64")
    infinite = amounts[amounts.isin([math.inf, -math.inf])]
    if len(infinite):
        raise ValueError(f"{float(infinite.iloc[0])!r} in the column {value} is no amount; shares need finite numbers.")
    if (amounts < 0).any():
        raise ValueError(f"{float(amounts.min())!r} in the column {value} is below 0; shares need 0 or more.")
    if groups:
        totals = amounts.groupby([frame[column] for column in groups], dropna=False).transform("sum")
    else:
        totals = amounts * 0 + amounts.sum()
    return frame.assign(share=(amounts / totals).where(totals > 0))


def herfindahl(frame: pd.DataFrame, value: str, within: str | Sequence[str]) -> pd.DataFrame:
    """Concentration of each group: the sum of the squared shares, from 1/n (all equal) to 1 (all in one).

    Gives the columns of `within`, `n` (parts above zero) and `herfindahl`; groups that sum to zero are left out.
    Rows of one group are its parts: aggregates such as "World" must be taken out before. Rows whose group is
    missing make a group of their own. Errors as shares(); a group column may not be called `n` or `herfindahl` either.

    Hirschman, Albert O. 1964. "The Paternity of an Index." American Economic Review 54 (5): 761-762.
    Rhoades, Stephen A. 1993. "The Herfindahl-Hirschman Index." Federal Reserve Bulletin 79: 188-189, where it
    is counted in points from 0 to 10,000.
    """
    import pandas as pd

    groups = [within] if isinstance(within, str) else list(within)
    _demand_free(groups, ["n", "share", "herfindahl"])
    found = shares(frame, value, groups).dropna(subset=["share"])
    found = found[found["share"] > 0].assign(herfindahl=lambda part: part["share"] ** 2, n=1)
    if not groups:
        total = pd.DataFrame({"n": [len(found)], "herfindahl": [float(found["herfindahl"].sum())]})
        return total.head(len(found))  # no part above zero, no row
    summed = found.groupby(groups, dropna=False, as_index=False)[["n", "herfindahl"]].sum()
    return summed[[*groups, "n", "herfindahl"]]


# ---------------------------------------------------------------- trade


_TRADE = ("reporter_iso3", "partner_iso3", "flow", "year", "value_usd_mn")


def own_and_mirror(
    trade: pd.DataFrame, states: Iterable[str] = FIVE, partners: Iterable[str] | None = None
) -> pd.DataFrame:
    """The same trade in two books, side by side: the state's own and its partner's (the mirror).

    `trade` has one row for each reporter_iso3, partner_iso3, flow (export, import) and year, value_usd_mn in millions
    of current US dollars. Gives iso3, partner_iso3, year, flow ("export" or "import", seen from the
    state), own_usd_mn, mirror_usd_mn and ratio = mirror / own; missing where one book is silent. Exports are
    valued without freight (FOB), imports with it (CIF), so that even honest books differ by some percent: an
    export's ratio lies then above 1, an import's below. If `trade` has the column `quality`, own_quality and
    mirror_quality are added: where the own book is itself made from mirrors, a ratio says nothing.

    Raises ValueError for a state or partner that the course does not know, or another flow.
    """
    trade = _with_plain_flows(trade)
    chosen = _known(trade, "reporter_iso3", states)
    others = None if partners is None else _known(trade, "partner_iso3", partners)
    own, mirror = _book(trade, "own"), _book(trade, "mirror")
    keys = ["iso3", "partner_iso3", "year", "flow"]
    both = own[own["iso3"].isin(chosen)].merge(mirror[mirror["iso3"].isin(chosen)], on=keys, how="outer")
    if others is not None:
        both = both[both["partner_iso3"].isin(others)]
    both["ratio"] = (both["mirror_usd_mn"] / both["own_usd_mn"]).where(both["own_usd_mn"] > 0)
    qualities = [column for column in ("own_quality", "mirror_quality") if column in both]
    both = both[[*keys, "own_usd_mn", "mirror_usd_mn", "ratio", *qualities]]
    return both.sort_values(keys, ignore_index=True)


def _book(trade: pd.DataFrame, book: str) -> pd.DataFrame:
    """All rows seen from one side: as the reporter wrote them, or turned round to see the reporter's partner."""
    own = book == "own"
    seen = trade.assign(
        iso3=trade["reporter_iso3" if own else "partner_iso3"],
        partner_iso3=trade["partner_iso3" if own else "reporter_iso3"],
        flow=trade["flow"] if own else trade["flow"].map(_MIRRORED),
    )
    names = {"value_usd_mn": f"{book}_usd_mn", "quality": f"{book}_quality"}
    kept = [column for column in ("iso3", "partner_iso3", "year", "flow", *names) if column in seen]
    return seen[kept].rename(columns=names)


def trade_totals(
    trade: pd.DataFrame, partners: Iterable[str] | None = None, states: Iterable[str] = FIVE
) -> pd.DataFrame:
    """Turnover (exports + imports) of each state with each partner, and its share of the state's whole trade.

    `trade` as in own_and_mirror(). Gives iso3, partner_iso3, year, book ("own": what the state reports, "mirror":
    what its partners report about it), turnover_usd_mn (millions of current US dollars), share (0 to 1, of the
    turnover with WLD in the same state, year and book), partners (how many partners stand behind the number). The
    rules:

    - a turnover is written only where both flows exist;
    - iso3 "C5" is the sum of the five, written only where all five have a value;
    - partner "C4" is, for each flow, the sum over whichever of the other four have a value; it comes from own
      books only, since there the partner's book is the partner's own;
    - `partners` is 1 for a single partner; for C4 the smaller of the numbers of the four in the two flows, 1 to 4;
      for C5 the smallest of its five states. Years with different `partners` are not the same sum;
    - the share is missing where the turnover with the world is.

    WLD, C4, C5 and EUU contain other partners: before adding up shares take single_partners(). `partners` None
    means all. Raises ValueError for a state or partner that the course does not know, or another flow.
    """
    import pandas as pd

    trade = _with_plain_flows(trade)
    chosen = _known(trade, "reporter_iso3", states)
    wanted = None if partners is None else _known(trade, "partner_iso3", partners)
    own = _turnover(trade, chosen, "reporter_iso3", "partner_iso3", "own")
    outside = trade[~trade["reporter_iso3"].isin(FIVE)]
    mirror = _turnover(outside, chosen, "partner_iso3", "reporter_iso3", "mirror")
    among = trade[trade["partner_iso3"].isin(FIVE)].assign(partner_iso3=OTHER_FOUR)
    four = _turnover(among, chosen, "reporter_iso3", "partner_iso3", "own")
    single = pd.concat([own, four, mirror], ignore_index=True)
    totals = _with_shares(pd.concat([single, _all_five(single)], ignore_index=True))
    if wanted is not None:
        totals = totals[totals["partner_iso3"].isin(wanted)]
    return totals.sort_values(_TOTAL_KEYS, ignore_index=True)


def single_partners(totals: pd.DataFrame) -> pd.DataFrame:
    """The rows of trade_totals() with one partner each: without WLD, C4, C5 and EUU, which contain others.

    Only these shares of one state, year and book may be added up, or go into herfindahl().
    """
    _demand_columns(totals, ["partner_iso3"])
    sums = (WORLD, OTHER_FOUR, ALL_FIVE, UNION)
    return totals[~totals["partner_iso3"].isin(sums)].reset_index(drop=True)


_TOTAL_KEYS = ["iso3", "partner_iso3", "year", "book"]


def _turnover(trade: pd.DataFrame, states: Sequence[str], state: str, partner: str, book: str) -> pd.DataFrame:
    """Exports and imports added up where both exist; several partners of one name are added up by flow before."""
    rows = trade[trade[state].isin(states)].dropna(subset=["value_usd_mn"])
    rows = rows.rename(columns={state: "iso3", partner: "partner_iso3"})
    keys = ["iso3", "partner_iso3", "year"]
    flows = rows.groupby([*keys, "flow"], as_index=False).agg(
        value_usd_mn=("value_usd_mn", "sum"), partners=("value_usd_mn", "size")
    )
    summed = flows.groupby(keys, as_index=False).agg(
        turnover_usd_mn=("value_usd_mn", "sum"), flows=("value_usd_mn", "size"), partners=("partners", "min")
    )
    return summed[summed["flows"] == len(_MIRRORED)].drop(columns="flows").assign(book=book)


def _all_five(single: pd.DataFrame) -> pd.DataFrame:
    rows = single[single["iso3"].isin(FIVE) & ~single["partner_iso3"].isin(FIVE)]
    summed = rows.groupby(["partner_iso3", "year", "book"], as_index=False).agg(
        turnover_usd_mn=("turnover_usd_mn", "sum"), states=("iso3", "size"), partners=("partners", "min")
    )
    return summed[summed["states"] == len(FIVE)].drop(columns="states").assign(iso3=ALL_FIVE)


def _with_shares(totals: pd.DataFrame) -> pd.DataFrame:
    keys = ["iso3", "year", "book"]
    world = totals.loc[totals["partner_iso3"] == WORLD, [*keys, "turnover_usd_mn"]]
    joined = totals.merge(world.rename(columns={"turnover_usd_mn": "world"}), on=keys, how="left")
    joined["share"] = (joined["turnover_usd_mn"] / joined["world"]).where(joined["world"] > 0)
    return joined[[*_TOTAL_KEYS, "turnover_usd_mn", "share", "partners"]]


# ---------------------------------------------------------------- agreements


class Bounds(NamedTuple):
    """A count between what is certain and what is possible; equal when nothing is unknown."""

    lower: int
    upper: int


def count_agreements(
    agreements: pd.DataFrame,
    minimum: int = 3,
    outsiders: bool = False,
    *,
    issue_areas: Iterable[str] | None = None,
    binding: bool | None = None,
    life: str = "any",
    concluded: bool = False,
) -> Bounds:
    """How many agreements have at least `minimum` of the five (1 to 5), counted twice: for certain, and at most.

    `outsiders` False counts only those without any party from outside. `issue_areas` keeps some of the codes
    of the column issue_area, `binding` True or False those legally binding or not; None keeps all. `life` says
    how far it must have come, `concluded` True leaves out mere proposals and plans that came to nothing. Arguments
    and columns as in agreements_among().
    """
    chosen = agreements_among(
        agreements, minimum, outsiders, issue_areas=issue_areas, binding=binding, life=life, concluded=concluded
    )
    return Bounds(int((chosen["fits"] == "certain").sum()), len(chosen))


def agreements_among(
    agreements: pd.DataFrame,
    minimum: int = 3,
    outsiders: bool = False,
    *,
    issue_areas: Iterable[str] | None = None,
    binding: bool | None = None,
    life: str = "any",
    concluded: bool = False,
) -> pd.DataFrame:
    """The agreements that fit, or may fit, with the column `fits`: "certain" or "possible".

    `agreements` has n_c5, outside_parties and, if some are unknown, unknown_parties (codes parted by semicolons:
    those of whom it is not known whether they take part; without the column nothing is unknown). A row is
    possible, not certain, when it fits only if its unknown parties, an empty issue area, an unclear binding
    force or an unknown entry into force turn out one way.

    `life` is "any"; "signed" (it was agreed or held at some time: no mere proposal and no plan that came to
    nothing); or "in_force" (not ended, and the year of entry into force or start of work is known; where no such
    year was found the row is possible only). The last two need the columns kind, status and year_in_force.

    `concluded` True leaves out what was only tabled or announced and what never came about (status `proposal` and
    `never_materialised`; a treaty counts as signed even where an older coding calls it a proposal). It needs the
    columns kind and status.

    Raises ValueError for a minimum outside 1 to 5, an issue area that the course does not know or another life.
    """
    least = _whole(minimum)
    if least is None or not 1 <= least <= len(FIVE):
        raise ValueError(f"minimum is {minimum!r}; it is a whole number from 1 to {len(FIVE)}, of the five states.")
    _demand_columns(agreements, ["n_c5", "outside_parties"])
    certain, possible = _by_parties(agreements, least, outsiders)
    if issue_areas is not None:
        area, wanted = agreements["issue_area"], _known(agreements, "issue_area", issue_areas)
        certain &= area.isin(wanted)
        possible &= area.isin(wanted) | area.isna()
    if binding is not None:
        force = agreements["legally_binding"]
        certain &= force == ("yes" if binding else "no")
        possible &= force != ("no" if binding else "yes")
    if life not in LIVES:
        raise ValueError(f"life is {life!r}; it is one of {', '.join(LIVES)}.")
    if life != "any":
        surely, perhaps = _by_life(agreements, life)
        certain, possible = certain & surely, possible & perhaps
    if concluded:
        done = _concluded(agreements)
        certain, possible = certain & done, possible & done
    fits = certain.map({True: "certain", False: "possible"})
    return agreements.assign(fits=fits)[possible].reset_index(drop=True)


def _by_parties(agreements: pd.DataFrame, minimum: int, outsiders: bool) -> tuple[pd.Series, pd.Series]:
    """For each row whether the parties certainly fit, and whether they may."""
    import pandas as pd

    cells = agreements.get("unknown_parties", [None] * len(agreements))
    unknown = [[code in FIVE for code in _codes(cell)] for cell in cells]  # True for one of the five
    joining = pd.Series([sum(flags) for flags in unknown], index=agreements.index, dtype="int64")
    own = agreements["n_c5"].astype("int64")
    certain, possible = own >= minimum, own + joining >= minimum
    if not outsiders:
        none_known = agreements["outside_parties"].isna()
        none_unknown = pd.Series([all(flags) for flags in unknown], index=agreements.index, dtype="bool")
        certain, possible = certain & none_known & none_unknown, possible & none_known
    return certain, possible


def _by_life(agreements: pd.DataFrame, life: str) -> tuple[pd.Series, pd.Series]:
    """For each row whether it certainly came as far as `life` asks, and whether it may have.

    Of a row with the status signed no entry into force was found; a format with the status proposal was announced,
    and no report says that it met. A status that is not known here would be counted wrongly, and is a fault.
    """
    _demand_columns(agreements, ["kind", "status", "year_in_force"])
    kind, status = agreements["kind"], agreements["status"]
    strange = sorted(set(status.dropna()) - set(_STATUSES))
    if strange:
        raise ValueError(f"status is {strange[0]!r}; it is one of {', '.join(_STATUSES)}.")
    agreed = (kind != "proposal") & (status != "never_materialised")
    if life == "signed":
        return agreed & ((status != "proposal") | (kind == "treaty")), agreed
    alive = agreed & status.isin(["in_force", "signed", "proposal"])
    return alive & (status == "in_force") & agreements["year_in_force"].notna(), alive


def _concluded(agreements: pd.DataFrame) -> pd.Series:
    """For each row whether it was more than tabled or announced, and came about."""
    _demand_columns(agreements, ["kind", "status"])
    kind, status = agreements["kind"], agreements["status"]
    tabled = (kind == "proposal") | ((status == "proposal") & (kind != "treaty"))
    return ~tabled & (status != "never_materialised")


def _codes(cell: object) -> list[str]:
    return [code.strip() for code in cell.split(";")] if isinstance(cell, str) and cell else []


# ---------------------------------------------------------------- errors in words


def _demand_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        found = ", ".join(map(str, frame.columns))
        raise ValueError(f"No column {missing[0]!r} in the table; its columns are {found}.")


def _demand_free(columns: Iterable[str], own: Sequence[str]) -> None:
    taken = [column for column in columns if column in own]
    if taken:
        raise ValueError(f"A group column may not be called {taken[0]!r}: the result has one of that name. Rename it.")


def _demand_year(name: str, year: object) -> int:
    """The year as a plain int; one that pandas has made 2020.0 is taken too."""
    found = _whole(int(year) if isinstance(year, float) and year.is_integer() else year)
    if found is None or not FIRST_YEAR <= found <= LAST_YEAR:
        raise ValueError(f"{name} is {year!r}; it is a whole year from {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def _whole(number: object) -> int | None:
    """A whole number as a plain int, also one of numpy; None for anything else, and for true or false."""
    if type(number).__name__ in ("bool", "bool_"):  # those of numpy too
        return None
    try:
        return operator.index(number)  # type: ignore[arg-type]
    except TypeError:
        return None


def _with_plain_flows(trade: pd.DataFrame) -> pd.DataFrame:
    """The table with flows "export" and "import", also where it says how they are valued (export_fob)."""
    _demand_columns(trade, _TRADE)
    plain = trade["flow"].str.partition("_")[0]
    strange = sorted(set(trade.loc[~plain.isin(list(_MIRRORED)), "flow"].dropna()))
    if strange:
        raise ValueError(f"{strange[0]!r} is no flow; flows are export and import (or export_fob and import_cif).")
    return trade.assign(flow=plain)


def _known(frame: pd.DataFrame, column: str, values: Iterable[str]) -> list[str]:
    """The values as a list, if the column has each of them or the course at least knows each as a code for it."""
    wanted = [values] if isinstance(values, str) else list(values)
    present = set(frame[column].dropna())
    strange = [value for value in wanted if value not in present]
    if strange and (codes := _codes_of_course(column)) is not None:
        strange = [value for value in strange if value not in codes]
        if strange:
            told = _told_codes(strange[0], present | codes)
            raise ValueError(f"{strange[0]!r} does not stand in the column {column}; {told}.")
    return wanted


_MOST_CODES = 30  # that a message lists


def _told_codes(value: object, codes: set[str]) -> str:
    if len(codes) <= _MOST_CODES:
        return f"known there are {', '.join(sorted(map(str, codes)))}"
    from difflib import get_close_matches

    near = get_close_matches(str(value).upper(), sorted(map(str, codes)), n=3, cutoff=0.5)
    return f"the nearest codes are {', '.join(near)}" if near else f"it is none of the {len(codes)} codes of the course"


# Where the codes that a column may hold are listed: the columns of a table, or the codes of a described column.
_LISTED = {"organisation": ("organisations", "organisation"), "reporter_iso3": ("states", "iso3"),
           "partner_iso3": ("states", "iso3")}
_DESCRIBED = {"issue_area": "agreements", "role": "memberships"}


def _codes_of_course(column: str) -> set[str] | None:
    """All codes that the course knows for a column; None where its tables cannot be asked."""
    from regionalism import data

    try:
        if column in _LISTED:
            table, key = _LISTED[column]
            own = (OTHER_FOUR, ALL_FIVE) if table == "states" else ()
            return {*data.load(table)[key], *own}
        fields = {field.name: field for field in data.describe(_DESCRIBED[column]).fields}
        return set(fields[column].codes)
    except (FileNotFoundError, KeyError, ValueError):  # no tables, or damaged ones
        return None
