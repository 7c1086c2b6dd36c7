"""The numbers in the lesson plans are those of the tables and the models.

The plans are typed by hand. Here each number that a teacher says aloud is worked out anew with the course's own
functions and looked for in the text of its step, so that a change of a table or a model cannot leave it behind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from regionalism.charts.theme import STATES
from regionalism.data import load
from regionalism.explorers import gains as gains_explorers
from regionalism.explorers import leadership as leadership_explorers
from regionalism.explorers import outsourcing as outsourcing_explorers
from regionalism.explorers import puzzle as puzzle_explorers
from regionalism.explorers.core import Choice, Explorer, registry
from regionalism.figures import gains as gains_figures
from regionalism.figures import leadership as leadership_figures
from regionalism.figures import outsourcing as outsourcing_figures
from regionalism.figures import puzzle as puzzle_figures
from regionalism.models import external, kgroups
from regionalism.models.definitions import Definition, counting
from regionalism.models.firstmover import best_match, first_move
from regionalism.models.games2x2 import FAMILIES, analyse, from_public_good
from regionalism.models.leadership import rivals
from regionalism.models.publicgoods import joint_optimum, nash, shortfall
from regionalism.shaping import count_agreements
from regionalism.teaching.asking import Asked, asked
from regionalism.teaching.content import STEMS, plan
from regionalism.teaching.plan import Plan

ROOT = Path(__file__).parents[2]
LEAST = 10
AROUND = "the rest of the plan"


class Said(NamedTuple):
    """What one step must say: the title of the turn (or AROUND), the words with the number, and how it is found."""

    turn: str
    words: str
    how: str


def texts(thing: Any) -> Iterator[str]:
    """All texts in a part of a plan."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, dict):
        yield from texts(tuple(thing.values()))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)


def plain(text: str) -> str:
    """The text without bold and italics, with plain spaces."""
    return re.sub(r"\*+", "", text).replace("\N{NO-BREAK SPACE}", " ")


def places(whole: Plan) -> dict[str, str]:
    """The text of each turn by its title, and of all that stands around the turns."""
    parts = {turn.title: plain("\n".join(texts(turn))) for turn in whole.turns}
    assert len(parts) == len(whole.turns), f"{whole.stem}: two turns share a title"
    return {**parts, AROUND: plain("\n".join(texts(replace(whole, turns=()))))}


def missing(whole: Plan, expected: Iterable[Said]) -> list[str]:
    """A line for each number that the plan does not have as it must be."""
    found = places(whole)
    return [
        f"{whole.stem}, {said.turn}: {said.words!r} expected; it is {said.how}"
        for said in expected
        if said.words not in found[said.turn]
    ]


# Small helpers


def fact(turn: str, holds: Any, what: str) -> Said:
    """What a step states without a number of its own: nothing to look for while it holds, else a line that says so."""
    return Said(turn, "" if holds else f"{what}, which no longer holds", "a fact of the tables or models")


def span(definition: Definition, rows: Any = None) -> str:
    """The count under a definition, for certain and at most: 54 to 58."""
    found = counting(load("agreements") if rows is None else rows, definition)
    lower = int((found["fits"] == "certain").sum())
    return f"{lower} to {len(found)}"


def certain(definition: Definition) -> Any:
    found = counting(load("agreements"), definition)
    return found[found["fits"] == "certain"]


def summary(event: str) -> str:
    return str(load("events").set_index("id").loc[event, "summary"])


def number_in(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"{pattern!r} is not in {text!r}"
    return found[1]


def preset(explorer: Explorer, label: str) -> dict[str, Any]:
    return next(dict(case.values) for case in explorer.presets if case.label == label)


def rounded(value: float, digits: int = 0) -> str:
    """The number in words of a plan; halves that the machine holds a hair too low go up, as on the page."""
    return f"{value + 1e-9:,.{digits}f}"


def letter(question: Asked) -> str:
    return next(answer.letter for answer in question.answers if answer.right)


def shares(figure: Any, measure: str) -> dict[str, float]:
    """Shares of the five in per cent by state, from the numbers of the figure on inequality."""
    table = figure.numbers
    return table[table["Measure"] == measure].set_index("State")["Share of the five (%)"].to_dict()


# What counts as regionalism


def puzzle() -> Iterator[Said]:
    yield from _puzzle_counts()
    yield from _puzzle_dial()
    yield from _puzzle_below()
    yield from _puzzle_codings()


def _puzzle_counts() -> Iterator[Said]:
    agreements = load("agreements")
    ladder = puzzle_figures.ladder()
    last = ladder.iloc[-1]
    count = "What nobody knows"
    yield Said("Your own definition, and a number", f"a table of {len(agreements)} agreements", "rows of agreements")
    yield Said(
        "Your own definition, and a number", f"{last.lower} for certain, {last.upper} at most", "ladder(), last row"
    )
    names = ("three or more of the five", "no outsider", "on security", "binding in law", "in force today")
    for words, row in zip(names, ladder.itertuples(), strict=True):
        yield Said(count, f"| {words} | {row.lower} | {row.upper} |", "a row of figures.puzzle.ladder()")
    drop = -ladder["lower"].diff()
    yield fact(count, drop.idxmax() == 1, "the condition on outsiders costs most rows")
    yield Said(count, f"costs most, {drop[1]:.0f} rows", "the largest step of the ladder, certain rows")
    core = Definition(area="security", binding=True, life="in_force")
    yield Said(count, "zone without nuclear weapons of 2006 (row A033)", "the certain rows at the end")
    yield fact(count, set(certain(core)["id"]) == {"A033", "A077"}, "the two certain rows at the end are A033 and A077")
    possible = counting(agreements, core).query("fits == 'possible'").set_index("id")
    yield fact(count, possible["year_in_force"].isna().sum() == 5, "of five possible rows the year of force is unknown")
    yield fact(
        count, possible.loc["A099", "legally_binding"] == "unclear", "of row A099 it is unclear whether it binds"
    )
    for life, words in {"any": "any", "signed": "signed", "in_force": "in force"}.items():
        yield Said(count, f"{span(Definition(life=life))} for {words}", "lab step 4: counting() with this life")
    again = "Somebody looked again"
    first = agreements[agreements["search_round"] == 1]
    before, after = count_agreements(first), count_agreements(agreements)
    yield Said(
        again, f"{before.lower} rows fitted for certain. After the second, {after.lower} did", "count_agreements()"
    )
    wide = count_agreements(first, 3, True), count_agreements(agreements, 3, True)
    yield Said(
        again,
        f"With outsiders {wide[0].lower} to {wide[0].upper} rose to {wide[1].lower} to {wide[1].upper}",
        "count_agreements() with outsiders, first search and both",
    )
    new = certain(Definition()).query("search_round == 2")
    green = new["issue_area"].isin(["water_energy", "environment", "civil_protection"]).sum()
    yield Said(
        again, f"{len(new)} certain new rows, {green} are on water", "certain rows of the second search, by subject"
    )
    yield Said("The motion", f"Outsiders allowed, there are {span(Definition(outsiders=True))} rows", "counting()")
    late = certain(Definition()).query("year_signed >= 2022")
    binding = (late["legally_binding"] == "yes").sum()
    yield Said(
        "The motion", f"Of the {len(late)} certain rows since 2022 only {binding} bind", "certain rows since 2022"
    )
    yield Said("The motion", f"{span(Definition(5))} of them have all five", "counting() with five")
    yield Said("The motion", f"{span(Definition())} texts of three or more alone", "counting()")
    yield Said("The motion", f"{span(core)} rows of {len(agreements)} are left", "counting()")
    yield Said("The motion", f"in force stays at {span(core)}", "counting()")
    yield Said(again, f"Without outsiders {before[0]} to {before[1]} rose to {after[0]} to {after[1]}", "both searches")
    own = set(counting(agreements, Definition())["id"])
    yield fact("Seven ties", {"A018", "A073"} <= own, "A018 and A073 count")
    yield fact("Seven ties", not own & {"A028", "A049", "A068", "A079"}, "A028, A049, A068 and A079 do not count")
    yield Said("Seven ties", "A018 and A073 count; A028, A049, A068 and A079 do not", "lab step 1")
    scores = load("pooling_delegation").set_index(["io", "year"])
    for io in ("ASEAN", "CIS"):
        row = scores.loc[(io, 2014)]
        pair = f"({row['delegation']:.2f} and {row['pooling']:.2f})"
        yield Said("The motion", pair, f"delegation and pooling of {io} in 2014")
    bound = certain(Definition(binding=True))
    five = int((bound["n_c5"] == 5).sum())
    yield Said(AROUND, f"the {len(bound)} certain binding texts have all five as parties ({five})", "counting(), n_c5")
    steps = " · ".join(f"{row.lower}–{row.upper}" for row in ladder.itertuples())
    yield Said(AROUND, steps, "figures.puzzle.ladder()")


def _puzzle_dial() -> Iterator[Said]:
    turns = {
        "the article's setting": Definition(),
        "two states": Definition(2),
        "four states": Definition(4),
        "all five": Definition(5),
        "outsiders allowed": Definition(outsiders=True),
        "security, many tasks too": Definition(area="security"),
        "security alone": Definition(area="narrow"),
        "binding": Definition(binding=True),
        "in force": Definition(life="in_force"),
    }
    dial = "Turn the dial"
    for words, definition in turns.items():
        years = certain(definition)["year_signed"]
        early, late = (years <= 2000).sum(), (years >= 2016).sum()
        yield Said(dial, f"| {words} | {span(definition)} | {early} | {late} |", "counting(), certain rows by year")
    base, forced = (certain(one)["year_signed"] for one in (Definition(), Definition(life="in_force")))
    yield Said(dial, f"({(base <= 2000).sum()} become {(forced <= 2000).sum()})", "certain rows to 2000, in force")
    bound, narrow = (certain(one)["year_signed"] for one in (Definition(binding=True), Definition(area="narrow")))
    yield fact(
        dial,
        (bound >= 2016).sum() == (narrow >= 2016).sum(),
        "binding and security alone leave as many of the years since 2016",
    )
    yield Said(dial, f"({(base >= 2016).sum()} become {(bound >= 2016).sum()})", "certain rows since 2016, binding")
    lawyer = Definition(binding=True, life="in_force")
    yield Said(dial, f"(binding, in force) sees {span(lawyer)}", "counting()")
    assert preset(puzzle_explorers.definition_dial, "Rival 2: a strict lawyer") == {
        "binding": "yes",
        "life": "in_force",
    }
    fewest = min(
        len(counting(load("agreements"), Definition(5, area=area, binding=True))) for area in ("security", "narrow")
    )
    yield Said(dial, f"run from {fewest} (all five, security, binding)", "counting()")


def _puzzle_below() -> Iterator[Said]:
    within = puzzle_figures.within_shares().set_index(["iso3", "year"])["value"]
    tjk, kaz, kgz = within["TJK"], within["KAZ"], within["KGZ"]
    below, how = "And from below?", "figures.puzzle.within_shares()"
    yield Said(below, f"Tajikistan: {tjk[2005]:.0f} % in 2005, {tjk[2020]:.0f} % in 2020", how)
    yield Said(
        below,
        f"Kazakhstan: {kaz[1994]:.1f} % in 1994, {kaz.min():.1f} % in {kaz.idxmin()}, {kaz[2020]:.1f} % in 2020",
        how,
    )
    yield Said(
        below,
        f"Kyrgyzstan: {kgz[1994]:.0f} % in 1994, {kgz.min():.0f} % in {kgz.idxmin()} (its lowest),"
        f" {kgz[2020]:.0f} % in 2020",
        how,
    )
    sound = puzzle_figures.within_shares().query("iso3 == 'UZB' and sound and year >= 2016")
    low, high = sound["value"].min(), sound["value"].max()
    years = f"{sound['year'].min()} to {sound['year'].max()}"
    yield Said(below, f"its years {years} ({low:.0f} to {high:.0f} %) can be read", how)
    years = load("trade").groupby(["reporter_iso3", "quality"])["year"].agg(["min", "max"])
    mirror, still = years.loc[("TKM", "partner_mirror")], years.loc[("UZB", "constant_partner_shares")]
    yield Said(below, f"Turkmenistan since {mirror['min']} copies", "trade, rows with the quality partner_mirror")
    yield Said(
        below,
        f"stands still from {still['min']} to {still['max']}",
        "trade, rows with the quality constant_partner_shares",
    )
    ties = puzzle_figures.ties().set_index(["kind", "place"])["share"]
    people, routes = ties.index.get_level_values(0).unique()
    yield Said(
        below,
        f"{ties[people, 'The other four']:.0f} live in another of the five and {ties[people, 'Russia']:.0f} in Russia",
        "figures.puzzle.ties(), people",
    )
    yield Said(
        below,
        f"{ties[routes, 'The other four']:.0f} % among the five, {ties[routes, 'Russia']:.0f} % to Russia",
        "figures.puzzle.ties(), routes",
    )


def _puzzle_codings() -> Iterator[Said]:
    agreements = load("agreements")
    tables = [agreements, recoded(signed=True), recoded(signed=False)]
    rows = {
        "three or more": Definition(),
        "on security": Definition(area="security"),
        "security, binding, in force": Definition(area="security", binding=True, life="in_force"),
    }
    for words, definition in rows.items():
        cells = " | ".join(span(definition, table) for table in tables)
        yield Said("One case, two codings", f"| {words} | {cells} |", "lab step 6: counting() of the recoded table")
    texts_of_security = Definition(area="security", binding=True)
    yield Said("One case, two codings", f"{span(texts_of_security)} binding security items", "counting()")
    yield fact(
        "One case, two codings",
        agreements.set_index("id").loc["A034", "unknown_parties"] == "TJK",
        "Tajikistan is unknown in row A034",
    )


def recoded(*, signed: bool) -> Any:
    """The table with row A034 decided, as the lab does it."""
    table = load("agreements").copy()
    row = table["id"] == "A034"
    if signed:
        table.loc[row, ["kind", "status", "legally_binding"]] = ["treaty", "in_force", "yes"]
        table.loc[row, "n_c5"] = 3
    table.loc[row, "unknown_parties"] = None
    return table


# When it pays to act together


def gains() -> Iterator[Said]:
    yield from _gains_data()
    yield from _gains_spillover()
    yield from _gains_games()
    yield from _gains_again()


def _gains_data() -> Iterator[Said]:
    opening, large, record, motion = (
        "Three signatures out of five",
        "Large in what?",
        "What the record says against us",
        "The motion",
    )
    war = summary("E039")
    kyrgyz = number_in(r"(\d+) dead by Kyrgyz count on 19 Sept", war)
    later = number_in(r"and (\d+) on 24 Sept", war)
    tajik = number_in(r"(\d+) by Tajik count", war)
    yield Said(opening, f"The Kyrgyz counts: {kyrgyz} and then {later} dead on the Kyrgyz side", "events, row E039")
    yield Said(opening, f"The Tajik count: {tajik} dead on the Tajik side", "events, row E039")
    yield from _gains_sizes(large)
    burden = gains_figures.burden_shares().set_index("iso3")["value"]
    yield Said(
        large,
        f"Kyrgyzstan {burden['KGZ']:.2f}, Tajikistan {burden['TJK']:.2f}, Kazakhstan {burden['KAZ']:.2f}",
        "figures.gains.burden_shares()",
    )
    spent = load("military_expenditure")
    release = spent[spent["indicator"] == "milex_pct_gdp_later_release"].set_index(["iso3", "year"])["value"]
    late = [f"{release[state, 2023]:.1f}" for state in ("KGZ", "TJK", "KAZ")]
    yield Said(large, f"has {late[0]}, {late[1]} and {late[2]}", "milex_pct_gdp_later_release, 2023")
    yield Said(large, f"a later release has {release['KGZ', 2020]:.1f} % for 2020", "milex_pct_gdp_later_release, 2020")
    own = certain(Definition())["year_signed"]
    parts = (own <= 2000).sum(), own.between(2001, 2021).sum(), (own >= 2022).sum()
    yield Said(
        record,
        f"{parts[0]} up to the year 2000, {parts[1]} in the 21 years to 2021, {parts[2]} since 2022",
        "certain agreements by year",
    )
    yield Said(record, f"a table of {len(load('agreements'))} agreements. {len(own)} of them", "counting()")
    first = count_agreements(load("agreements").query("search_round == 1")).lower
    yield Said(record, f"it would be {first} instead of {len(own)}", "count_agreements() of the first search")
    gdp = gains_figures.sizes().query("measure == 'gdp'").set_index("iso3")["value"]
    yield fact(record, 18.5 < gdp["KAZ"] / gdp["KGZ"] < 19, "Kazakhstan has nearly 19 times the output of Kyrgyzstan")
    yield Said(
        record,
        f"{burden['KAZ']:.2f} % in Kazakhstan, whose economy is nearly {gdp['KAZ'] / gdp['KGZ']:.0f} times",
        "GDP 2023 of Kazakhstan by that of Kyrgyzstan",
    )
    yield Said(record, f"against {burden['KGZ']:.2f} % there", "figures.gains.burden_shares()")
    yield Said(motion, f"{parts[0]}, {parts[1]}, {parts[2]}: the kind of good stayed", "certain agreements by year")
    pool = gains_figures.pooled().numbers.set_index("State")
    total, billions = pool.loc["The five together", "Billion US$"], pool["Billion US$"]
    times = pool["Times the pool"]
    yield Said(
        motion,
        f"together spend {total:.1f} billion dollars, Russia {times['Russia']:.0f} times"
        f" and China {times['China']:.0f} times",
        "figures.gains.pooled()",
    )
    yield Said(
        motion,
        f"{total / billions['Kyrgyzstan']:.1f} times Kyrgyzstan's own means"
        f" and only {total / billions['Kazakhstan']:.1f} times",
        "the purse by a state's own spending",
    )
    yield Said(AROUND, f"{parts[0]} · {parts[1]} · {parts[2]}", "certain agreements by year")


def _gains_sizes(large: str) -> Iterator[Said]:
    figure = gains_figures.inequality()
    rows = {
        "GDP 2023": "GDP",
        "Population 2023": "Population",
        "Capability index 2022": "Capability",
        "Military spending 2023, three states": "Military spending",
    }
    labels = {label.split(" (")[0]: label for label in figure.numbers["Measure"].unique()}
    for words, start in rows.items():
        label = next(whole for short, whole in labels.items() if short.startswith(start))
        top = sorted(((share, state) for state, share in shares(figure, label).items() if share == share), reverse=True)
        (first, leader), (second, runner) = top[:2]
        yield Said(
            large, f"| {words} | {leader} {first:.0f} % | {runner} {second:.0f} % |", "figures.gains.inequality()"
        )
    military = gains_figures.sizes().query("measure == 'military'").set_index("iso3")["value"]
    old = 100 * military / military.sum()
    yield Said(large, f"(Uzbekistan {old['UZB']:.1f} %, Kazakhstan {old['KAZ']:.1f} %)", "lab step 1 with military")


def _gains_spillover() -> Iterator[Said]:
    turn, good = "The neighbours' effort reaches me", gains_explorers.public_good
    for spillover in (0, 0.25, 0.5, 0.75, 1):
        table = good.results(spillover=spillover)
        gives = f"{table['alone_share'].iloc[0]:.1f}".removesuffix(".0")
        yield Said(turn, f"| {100 * spillover:.0f} % | {gives} % | {left_undone(table)} |", "gains-public-good")
    border = preset(good, "A border, real economies")
    table = good.results(**border).set_index("iso3")
    yield fact(turn, table["alone_share"].idxmax() == "TJK", "Tajikistan sets the level of the border")
    yield Said(
        turn,
        f"Kazakhstan stops at {table['alone_share']['KAZ']:.1f} % of its means, and {left_undone(table)}",
        "the border",
    )
    yield Said(
        turn,
        f"({left_undone(whole_numbers(good, **border, payments='own'))} if there is no common fund; the interactive"
        f" rounds earlier and says {left_undone(good.results(**border, payments='own'))})",
        "the border without a fund, from unrounded and from rounded levels",
    )
    peace = good.results(**preset(good, "Peacekeeping, real economies")).set_index("iso3")
    yield fact(turn, (peace["alone_share"].drop("KAZ") == 0).all(), "Kazakhstan alone acts in the case of peacekeeping")
    yield Said(
        turn,
        f"with {peace['alone_share']['KAZ']:.0f} % of its means, and {left_undone(peace)} is left undone",
        "the preset",
    )
    one_poor, equal, one_rich = [100, 100, 100, 100, 20], [100] * 5, [100, 100, 100, 100, 500]
    yield Said(
        turn, f"leaves {undone(one_poor, 'weakest'):.0f} % undone in a weakest link", "second cell of lab step 3"
    )
    yield Said(
        turn,
        f"({undone(equal, 'best'):.0f} % undone with five equal states,"
        f" {undone(one_rich, 'best'):.0f} % with one of 500)",
        "second cell of lab step 3",
    )
    ends = [good.results(spillover=value)["alone_share"].iloc[0] for value in (0, 1)]
    yield Said(AROUND, f"spillover 0 % → {ends[0]:.0f} %, spillover 100 % → {ends[1]:.1f} %", "gains-public-good")


def whole_numbers(explorer: Explorer, **values: Any) -> Any:
    """The results of an interactive before they are rounded."""
    return explorer.model(**explorer.checked(**values))


def left_undone(table: Any) -> str:
    return f"{100 * (1 - table['alone_level'].sum() / table['joint_level'].sum()):.0f} %"


def undone(budgets: list[int], kind: str) -> float:
    """The shortfall in per cent, as the cell of the lab works it out."""
    alone = nash(budgets, weight=0.3, theta=1, aggregator=kind)
    return 100 * shortfall(alone, joint_optimum(budgets, weight=0.3, theta=1, aggregator=kind))


def _gains_games() -> Iterator[Said]:
    turn = "Patrols and posts"
    cases = (
        (6, 10, "sum"), (12, 10, "sum"), (3, 10, "sum"), (10, 6, "weakest"), (10, 6, "best"),
    )  # fmt: skip
    kinds = {"sum": "add up", "weakest": "weakest counts", "best": "best counts"}
    stable = {
        ((1, 1),): "neither acts", ((0, 0),): "both act", ((0, 0), (1, 1)): "both, or neither",
        ((0, 1), (1, 0)): "one of the two",
    }  # fmt: skip
    for number, (benefit, cost, kind) in enumerate(cases, start=1):
        answer = analyse(from_public_good(benefit, cost, 1, kind))
        row = f"| {number} | {kinds[kind]}, {benefit}, {cost} | {stable[tuple(sorted(answer.equilibria))]} |"
        name = FAMILIES[answer.family].term.split(" (")[0].lower()
        yield Said(turn, f"{row} {name}", "games2x2.analyse()")
    patrols, posts = from_public_good(6, 10, 1, "sum").row, from_public_good(10, 6, 1, "weakest").row
    for name, row in {"Round one, patrols.": patrols, "only the weaker post counts.": posts}.items():
        fist = "the fist gets nothing" if row[1, 0] == 0 else f"the fist wins {row[1, 0]:g}"
        open_hand = f"One alone: the open hand loses {-row[0, 1]:g}, {fist}"
        yield Said(turn, f"Two open hands: {row[0, 0]:g} points each. {open_hand}", f"payoffs of {name}")
    larger = from_public_good(8, 10, 1, "sum")
    yield Said(turn, f"two open hands would pay {larger.row[0, 0]:g} each", "benefit 8, cost 10")
    yield fact(turn, analyse(larger).equilibria == ((1, 1),), "at a benefit of 8 neither acts")
    # From just above half the cost up to the cost the patrols are a dilemma.
    families = {
        benefit: analyse(from_public_good(benefit, 10, 1, "sum")).family for benefit in (4.9, 5.1, 8, 9.9, 10.1)
    }
    yield fact(
        turn,
        list(families.values()) == ["deadlock", *["prisoners_dilemma"] * 3, "harmony"],
        "the patrols are a dilemma from just above half the cost up to the cost",
    )
    yield Said(turn, f"It turns only above {10}", "games2x2.analyse() with rising benefit")


def _gains_again() -> Iterator[Said]:
    turn, shadow = "They will meet again", gains_explorers.shadow

    def holds(break_off: float, rule: str) -> bool:
        table = shadow.results(temptation=5.5, discount=0.05, break_off=break_off).query("panel == 'deal'")
        worth = table[table["rule"].str.lower().str.startswith(rule)].set_index("measure")["value"]
        return bool(worth["keep"] >= worth["break"])

    chances = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]
    last = max(chance for chance in chances if holds(chance, "tit for tat"))
    after = chances[chances.index(last) + 1]
    how = "gains-shadow with temptation 5.5 and 5 % for waiting"
    yield Said(turn, f"at a {100 * last:.0f} % chance of a break and no longer at {100 * after:.0f} %", how)
    yield fact(
        turn, all(holds(chance, "grim") for chance in chances), "under grim the deal holds at every chance of a break"
    )
    yield Said(turn, f"it holds all the way to {100 * chances[-1]:.0f} %", how)
    noisy = shadow.results(temptation=5.5, break_off=0.05, noise=0.02).query("panel == 'noise'")["value"].tolist()
    yield Said(
        turn,
        f"two grim states end at {noisy[0]:.1f} a year, two that play tit for tat at {noisy[1]:.1f},"
        f" two that sometimes forgive at {noisy[2]:.1f}",
        "gains-shadow with 2 % noise",
    )


# Is it rational to buy security from outside?


def outsourcing() -> Iterator[Said]:
    yield from _outsourcing_events()
    yield from _outsourcing_data()
    yield from _outsourcing_model()
    yield from _outsourcing_cards()


def _outsourcing_events() -> Iterator[Said]:
    turn = "One promise, two dangers"
    sent, war = summary("E035"), summary("E039")
    troops = number_in(r"about ([\d,]+ to [\d,]+) troops", sent)
    dead = [number_in(pattern, sent) for pattern in (r"(\d+) \(prosecutor", r"(\d+) \(list of August")]
    yield Said(turn, f"about {troops} soldiers", "events, row E035")
    yield Said(turn, f"run from {dead[0]} to {dead[1]}", "events, row E035")
    day = number_in(r"first troops (\d+) January", sent), number_in(r"end (\d+) January", sent)
    yield Said(turn, f"On {day[0]} January the first", "events, row E035")
    yield Said(turn, f"By {day[1]} January they had left", "events, row E035")
    kyrgyz = [number_in(pattern, war) for pattern in (r"(\d+) dead by Kyrgyz count", r"and (\d+) on 24 Sept")]
    yield Said(turn, f"Kyrgyz counts say {kyrgyz[0]} and then {kyrgyz[1]} dead", "events, row E039")
    tajik = number_in(r"(\d+) by Tajik count", war)
    yield Said(turn, f"The Tajik count says {tajik} on the Tajik side", "events, row E039")
    exercise = load("external_actors").set_index("id").loc["X078"]
    soldiers = number_in(r"About ([\d,]+) soldiers", exercise["note"])
    yield Said("Was it sensible to buy?", f"about {soldiers} soldiers with Azerbaijan", "external_actors, row X078")
    spells = outsourcing_figures.csto_spells().dropna(subset=["last"])
    lapsed, suspended = (row["last"][:4] for _, row in spells.sort_values("last").query("iso3 == 'UZB'").iterrows())
    yield Said(
        "Was it sensible to buy?", f"lapse in {lapsed} and suspended its membership in {suspended}", "csto_spells()"
    )


def _outsourcing_data() -> Iterator[Said]:
    armies, around = "Five armies put into one", "Around whom, and from whom?"
    forces = outsourcing_figures.forces()
    people = forces.query("panel == 'soldiers'").set_index("iso3")["value"]
    money = forces.query("panel == 'spending'").set_index("iso3")["value"]
    five = people[list(STATES)].sum()
    stronger = int((people[list(outsourcing_figures.NEIGHBOURS)] > five).sum())
    yield Said(
        armies,
        f"{['None', 'One', 'Two', 'Three', 'Four', 'Five'][stronger]}. The five together had {five:.0f}",
        "forces()",
    )
    yield Said(
        armies,
        f"Türkiye {people['TUR']:.0f}, Iran {people['IRN']:.0f}, Russia {people['RUS']:,.0f}"
        f" and China {people['CHN']:,.0f} thousand",
        "figures.outsourcing.forces(), soldiers",
    )
    yield Said(armies, f"Azerbaijan had {people['AZE']:.0f} thousand", "figures.outsourcing.forces(), soldiers")
    purse = money[[state for state in STATES if state in money]].sum()
    others = ", ".join(
        f"{name} {money[code]:.1f}"
        for code, name in {
            "AZE": "Azerbaijan",
            "IRN": "Iran",
            "TUR": "Türkiye",
            "RUS": "Russia",
            "CHN": "China",
        }.items()
    )
    yield Said(armies, f"report {purse:.1f} billion dollars together for 2023, {others}", "forces(), spending")
    table = outsourcing_figures.around()
    russia, own = table[table["around"] == "RUS"], table[table["actor"] == "RUS"]
    single, alone = (int((rows["bi_or_multilateral"] == "bilateral").sum()) for rows in (russia, own))
    yield Said(
        around, f"{len(russia)} of {len(table)} rows, {single} of them with one state", "figures.outsourcing.around()"
    )
    yield Said(around, f"It has {len(table)} rows", "figures.outsourcing.around()")
    yield Said(
        around, f"Russia gives {100 * len(russia) / len(table):.0f} % of", "a slip: rows around Russia by all rows"
    )
    yield Said(
        "Was it sensible to buy?", f"({five:.0f} thousand soldiers in 2015, Türkiye {people['TUR']:.0f})", "forces()"
    )
    yield Said(around, f"which is {100 * single / len(russia):.0f} %", "rows with one state by all rows around Russia")
    yield Said(
        around, f"{len(own)} rows, {alone} with one state, {100 * alone / len(own):.0f} %", "rows of the actor RUS"
    )
    counts = table["actor"].value_counts()
    ones = table[table["bi_or_multilateral"] == "bilateral"]["actor"].value_counts()
    yield Said(
        around,
        f"States {counts['USA']} rows ({ones['USA']} with one state), China {counts['CHN']} ({ones['CHN']}),"
        f" European Union {counts['EU']} (none)",
        "external_actors without economic rows, by actor",
    )
    yield fact(around, "EU" not in ones, "no row of the European Union is with one state")
    yield Said(
        around,
        f"would have {counts['NATO'] + counts['USA']}, the SCO and China {counts['SCO'] + counts['CHN']}",
        "rows of the bodies with those of a power",
    )
    share = outsourcing_figures.arms_shares()["Russia"].tolist()
    yield Said(around, f"{share[0]:.0f}, {share[1]:.0f}, {share[2]:.0f} and then {share[3]:.0f} %", "arms_shares()")
    parts = outsourcing_figures.russian_part().set_index("iso3")
    yield Said(
        around, f"{parts['share']['KAZ']:.0f} % for Kazakhstan and {parts['share']['UZB']:.0f} % for", "russian_part()"
    )
    yield Said(
        around,
        f"Kyrgyzstan ({parts['share']['KGZ']:.0f} %) and Tajikistan ({parts['share']['TJK']:.0f} %)",
        "russian_part()",
    )
    yield Said(
        around, f"Kazakhstan paid {parts['received']['KAZ']:,.0f} million dollars", "russian_part(), a slip on the unit"
    )


def _outsourcing_model() -> Iterator[Said]:
    vote, game, shocks = "Make, pool or buy: the vote", "Five hands: play it", "A second seller, and a seller at war"
    explorer = outsourcing_explorers.make_or_buy
    celan = explorer.results().set_index("state").loc["Celan"]
    pools = [external.pooling_cost(0.3, members) for members in (1, 2, 3, 4, 5)]
    buy, one, five = (rounded(celan[way], 2) for way in ("buy", "pool_one", "pool_five"))
    yield Said(vote, f"To buy costs {buy}", "outsourcing-make-or-buy, Celan")
    yield Said(vote, f"pays {one}. If all five are in it, Celan pays {five}", "outsourcing-make-or-buy, Celan")
    yield Said(vote, f"The right vote is {letter(asked('outsourcing-make-or-buy'))}", "the letter of the right answer")
    terms = external.Terms()
    autonomy = (0.3 * terms.hierarchy, terms.price)
    yield Said(
        vote, f"buying is price {autonomy[1]:.2f}, plus 0.3 × {terms.hierarchy:g} = {autonomy[0]:.2f}", "Terms()"
    )
    yield Said(vote, f"A pool of five is {5**-terms.returns:.2f} for the work", "external.Terms()")
    costs = ", ".join(rounded(cost, 2) for cost in pools)
    yield Said(game, f"open hands 1, 2, 3, 4, 5: cost {costs}", "external.pooling_cost() for 1 to 5 members")
    yield Said(
        game,
        f"{rounded(pools[-1], 3)} before rounding, so the gain is about {celan['buy'] - pools[-1]:.2f}",
        "cost of five",
    )
    yield fact(game, all(cost > celan["buy"] for cost in pools[:4]), "a pool of one to four costs more than buying")
    second = preset(explorer, "After 2001: a second supplier")
    after = explorer.results(**second).set_index("state").loc["Celan"]
    yield Said(
        shocks, f"{rounded(after['buy'], 3)} and {rounded(after['pool_five'], 3)}", "Celan with a second supplier"
    )
    yield Said(
        shocks,
        f"from {rounded(celan['flip'], 2)} to {rounded(after['flip'], 2)}",
        "flip without and with a second supplier",
    )
    yield fact(
        shocks, "Arka and Boro would walk out" in explorer.sentence_for(**second), "Arka and Boro would walk out"
    )
    yield Said(shocks, "Arka and Boro would walk out", "the sentence of the preset")
    arka = explorer.results(**second).set_index("state").loc["Arka"]
    yield Said(
        shocks, f"before rounding {rounded(arka['buy'], 3)} and {rounded(arka['pool_five'], 3)}", "Arka's two costs"
    )
    war = preset(explorer, "2022: a supplier at war elsewhere")
    cost = explorer.results(**war).set_index("state").loc["Celan", "buy"]
    yield Said(shocks, f"Buying costs {rounded(cost, 2)}", "Celan in the preset")
    yield Said(shocks, f"vote {letter(asked('outsourcing.quick-war'))}", "the letter of the right answer")
    yield Said(
        "Was it sensible to buy?",
        f"(price {war['price']}, risk {100 * war['abandonment']:.0f} %) buying costs {rounded(cost, 2)}",
        "Celan in the preset",
    )
    yield Said("A slip of paper", f"pays {one} and not {buy}", "outsourcing-make-or-buy, Celan")
    yield Said(AROUND, f"open hands 1, 2, 3, 4, 5: cost {costs}; fist {buy}", "external.pooling_cost()")
    share = asked("outsourcing.guarantee").solution
    yield Said(AROUND, f"in {share.removeprefix('about ')} of the emergencies", "the solution of outsourcing.guarantee")


def _outsourcing_cards() -> Iterator[Said]:
    turn, question = "Four cards in order", asked("outsourcing.cheapest")
    table = question.show.set_index("Way")
    price = float(number_in(r"cost this state \*\*([\d.]+)\*\*", question.prompt))
    yield Said(turn, f"share of autonomy times {price:g}", "the prompt of outsourcing.cheapest")
    money = table["Money"].to_dict()
    yield Said(
        turn,
        f"buy {money['Buy from outside']:.2f}, pool of five {money['A pool of five']:.2f},"
        f" pool of two {money['A pool of two']:.2f}",
        "the table of outsourcing.cheapest",
    )
    lost = table["Autonomy given up, share"]
    whole = (table["Money"] + table["Risk"] + price * lost).to_dict()
    cheap, full = (sorted(costs, key=costs.__getitem__) for costs in (money, whole))
    yield fact(
        turn,
        (full[0], full[-1], full[1:-1]) == (cheap[-1], cheap[0], cheap[1:-1]),
        "the ends change places and the pools keep their order",
    )
    yield Said(turn, "The two ends have changed places", "the four ways by money and by full cost")
    for way in ("A pool of five", "A pool of two"):
        yield Said(
            turn, f"{money[way]:.2f} + {price * lost[way]:.2f} = {whole[way]:.2f}", f"money and autonomy of {way}"
        )
    buying = table.loc["Buy from outside"]
    words = f"{buying['Money']:.2f} + {buying['Risk']:.2f} + {price * lost['Buy from outside']:.2f}"
    yield Said(turn, f"buy {words} = {whole['Buy from outside']:.2f}", "money, risk and autonomy of buying")
    free = (table["Money"] + table["Risk"]).sort_values()
    short = {
        "A pool of five": "pool of five",
        "Buy from outside": "buy",
        "A pool of two": "pool of two",
        "Stand alone": "alone",
    }
    order = ", ".join(f"{short[way]} {cost:.2f}" for way, cost in free.items())
    yield Said(turn, f"the order would be {order}", "money and risk without autonomy")
    flip = (whole["Stand alone"] - money["A pool of five"]) / lost["A pool of five"]
    yield Said(
        turn, f"From about {flip:.1f} on, standing alone is the cheapest", "the price of autonomy that makes both equal"
    )


# One leader, two rivals or a tandem?


def leadership() -> Iterator[Said]:
    yield from _leadership_data()
    yield from _leadership_groups()
    yield from _leadership_candidates()
    yield from _leadership_first()


def _leadership_data() -> Iterator[Said]:
    largest, record = "Largest in what?", "What the record says, and where it is silent"
    series = leadership_figures.size_series().set_index(["measure", "year", "iso3"]).sort_index()
    share, how = series["share"], "figures.leadership.size_series()"

    def pair(measure: str, year: int) -> tuple[str, str]:
        return f"{share[measure, year, 'KAZ']:.0f} %", f"{share[measure, year, 'UZB']:.0f} %"

    kaz, uzb = pair("gdp", 2023)
    yield Said(largest, f"Output: Kazakhstan, {kaz} of the five in 2023, Uzbekistan {uzb}", how)
    kaz, uzb = pair("population", 2024)
    people = series["value"]["population", 2024]
    yield Said(largest, f"{uzb} in 2024, Kazakhstan {kaz}: {people['UZB']:.1f} and {people['KAZ']:.1f} million", how)
    kaz, uzb = pair("capability", 2022)
    yield Said(largest, f"Capability: Uzbekistan, {uzb} against {kaz} in 2022", how)
    wide = share["capability"].dropna().unstack()
    yield Said(largest, f"ahead since {leadership_figures.overtaken_in(wide)}", "overtaken_in()")
    military = share["military"].dropna().unstack()
    last = int(military.index.max())
    kaz, uzb = pair("military", last)
    yield Said(largest, f"last reported for {last}; then Uzbekistan had {uzb} and Kazakhstan {kaz}", how)
    gdp = share["gdp"].dropna().unstack()
    even = int(gdp["KAZ"].sub(gdp["UZB"]).abs().idxmin())
    yield Said(largest, f"stood level in {even}, at {gdp.loc[even, 'UZB']:.0f} % each", how)
    yield from _leadership_record(record)


def _leadership_record(record: str) -> Iterator[Said]:
    rows = leadership_figures.initiator_rows()
    sure = rows[rows["fits"] == "certain"]

    def named(table: Any, state: str) -> int:
        return int(table["initiator"].fillna("").str.contains(state).sum())

    blank = int(sure["initiator"].isna().sum())
    yield Said(record, f"for {blank} of the {len(sure)} nobody is on record", "figures.leadership.initiator_rows()")
    yield Said(
        record, f"Kazakhstan is named for {named(sure, 'KAZ')}, Uzbekistan for {named(sure, 'UZB')}", "initiator_rows()"
    )
    yield fact(record, named(sure, "KGZ") == 2, "Kyrgyzstan is named for 2")
    yield fact(
        record, named(sure, "TJK") == named(sure, "TKM") == 1, "Tajikistan and Turkmenistan are named for 1 each"
    )
    yield Said(record, "Kyrgyzstan for 2, Tajikistan and Turkmenistan for 1 each", "initiator_rows()")
    yield Said(record, f"so Uzbekistan shows {(sure['initiator'] == 'UZB').sum()}", "rows of Uzbekistan alone")
    late, late_sure = rows[rows["year_signed"] >= 2017], sure[sure["year_signed"] >= 2017]
    silent = int(late_sure["initiator"].isna().sum())
    yield Said(record, f"From 2017: {len(late_sure)} in all, {silent} without a name", "initiator_rows() from 2017")
    both = [named(late_sure, state) for state in ("KAZ", "UZB")]
    most = [named(late, state) for state in ("KAZ", "UZB")]
    yield Said(record, f"Kazakhstan {both[0]} and Uzbekistan {both[1]}", "initiator_rows() from 2017")
    yield Said(record, f"it is {most[0]} and {most[1]} of {len(late)}", "initiator_rows() from 2017, possible ones too")
    known = len(sure) - blank
    yield Said(record, f"{named(sure, 'KAZ')} of {known}, and one in six of all", "rows with a name")
    yield fact(record, round(len(sure) / named(sure, "KAZ")) == 6, "Kazakhstan is named for one in six of all")
    score = leadership_figures.score_rows().set_index(["iso3", "year"])["score"]
    words = f"{score['UZB', 2014]} in 2014, {score['UZB', 2018]} in 2018 ({score['UZB', 2016]} in 2016)"
    yield Said(record, f"The marks: {words}", "figures.leadership.score_rows()")
    yield fact(record, set(score["KAZ"].loc[2006:]) == {8}, "Kazakhstan has the mark 8 from 2006 on")
    yield fact(
        record,
        set(score["UZB"].loc[2018:2022]) == {score["UZB", 2018]},
        "Uzbekistan's mark stands still from 2018 to 2022",
    )
    yield Said(record, f"Kazakhstan had {score['KAZ', 2006]} from 2006 on", "figures.leadership.score_rows()")
    spans = [
        f"{int(sure['year_signed'].between(*years).sum())} to {int(rows['year_signed'].between(*years).sum())}"
        for years in ((2002, 2016), (2017, 2025))
    ]
    yield Said(record, f"2002–2016: {spans[0]}; of 2017–2025: {spans[1]}", "initiator_rows() by year")
    yield Said(
        "A leader, or shared work?",
        f"({both[0]} to {most[0]} and {both[1]} to {most[1]})",
        "initiator_rows() from 2017",
    )
    yield Said(AROUND, f"{blank} of {len(sure)}: not on record", "initiator_rows()")
    yield Said("A leader, or shared work?", f"silent for {blank} of {len(sure)} agreements", "initiator_rows()")


def _leadership_groups() -> Iterator[Said]:
    turn, sizes = "Groups that are just enough", leadership_figures.state_sizes("gdp")
    gdp = dict(zip(STATES, sizes, strict=True))
    names = {"KAZ": "Kazakhstan", "UZB": "Uzbekistan", "TKM": "Turkmenistan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}
    yield Said(turn, ", ".join(f"{name} {gdp[code]:.0f}" for code, name in names.items()), "state_sizes('gdp')")
    cost = 0.3 * sum(sizes)
    yield Said(
        "Without the largest: the vote", f"It costs {cost:.0f} billion dollars", "30 % of the output of the five"
    )
    groups = [{STATES[place] for place in group} for group in kgroups.groups(sizes, cost).minimal]
    yield fact(
        turn, sorted(map(sorted, groups)) == [["KAZ"], ["TKM", "UZB"]], "at 30 % by output two groups are just enough"
    )
    two = gdp["UZB"] + gdp["TKM"]
    yield Said(turn, f"Kazakhstan alone, or Uzbekistan and Turkmenistan with {two:.1f}", "kgroups.groups() at 30 %")
    yield Said(turn, f"Tajikistan reach {gdp['UZB'] + gdp['KGZ'] + gdp['TJK']:.0f}", "sum of three outputs")
    rest = sum(sizes) - gdp["KAZ"]
    yield Said(turn, f"all four reach {rest:.0f}", "sum of the outputs without Kazakhstan")
    yield Said(turn, f"The other four together have {100 * rest / sum(sizes):.1f} %", "their part of the five")
    needed = [
        percent for percent in range(1, 101) if 0 in kgroups.groups(sizes, percent / 100 * sum(sizes)).indispensable
    ]
    able = [
        percent
        for percent in range(1, 101)
        if (0,) in map(tuple, kgroups.groups(sizes, percent / 100 * sum(sizes)).minimal)
    ]
    yield Said(turn, f"from {min(needed)} % on", "the lowest cost at which kgroups finds it indispensable")
    yield Said(turn, f"up to {max(able)} %", "the highest cost at which it is a group by itself")
    steps = range(5, 101, 5)
    seen = min(step for step in steps if step in needed), max(step for step in steps if step in able)
    yield Said(turn, f"(on the slider at {seen[0]})", "the first step of the slider at which it is needed")
    yield Said(turn, f"(on the slider at {seen[1]})", "the last step of the slider at which it can act alone")
    part = 100 * gdp["KAZ"] / sum(sizes)
    yield Said(
        "Without the largest: the vote", f"Kazakhstan alone has {part:.0f} % of the output", "state_sizes('gdp')"
    )
    slip = "A slip of paper"
    yield Said(slip, f"reach {two:.1f} of the {cost:.0f} asked for", "state_sizes('gdp')")
    yield Said(slip, f"the four others have {100 - part:.0f} % of the output", "state_sizes('gdp')")
    yield Said("A leader, or shared work?", f"(two others reach {two:.1f})", "state_sizes('gdp')")
    people = leadership_figures.state_sizes("population")
    order = [STATES.index(code) for code in names]
    listed = [f"{people[place]:.1f}" for place in order]
    yield Said(turn, f"{', '.join(listed[:-1])} and {listed[-1]} million", "state_sizes('population')")
    rounded_shares = [f"{100 * gdp[code] / sum(sizes):.1f}" for code in names]
    words = f"{', '.join(rounded_shares[:-1])} and {rounded_shares[-1]}"
    yield Said(turn, f"the shares {words} and ask", "each output by the sum of the five")
    third = 0.3 * sum(people)
    yield Said(turn, f"a cost of {third:.1f}", "30 % of the people of the five")
    minimal = {tuple(sorted(STATES[place] for place in group)) for group in kgroups.groups(people, third).minimal}
    trio = ("KGZ", "TJK", "TKM")
    yield fact(
        turn,
        minimal == {("UZB",), trio, *(tuple(sorted(("KAZ", one))) for one in trio)},
        "at 30 % by people five groups are just enough",
    )
    small = sum(people[STATES.index(code)] for code in trio)
    yield Said(
        "A slip of paper", f"({small:.1f} million where {third:.1f} are asked for)", "people of the three small states"
    )
    fifth = [tuple(STATES[place] for place in group) for group in kgroups.groups(sizes, 0.2 * sum(sizes)).minimal]
    yield fact(
        "A slip of paper", {("KAZ",), ("UZB",)} <= set(fifth), "at 20 % by output each candidate alone is enough"
    )
    yield Said(AROUND, f"Needed from {min(needed)} %, not able alone from {max(able) + 1} %", "kgroups.groups()")


def _leadership_candidates() -> Iterator[Said]:
    turn, explorer = "How can Arka lead alone?", leadership_explorers.two_candidates

    def outcome(**values: Any) -> str:
        return str(explorer.results(fields="same", **values)["outcome"].iloc[0])

    start = explorer.results(fields="same")
    yield fact(turn, set(start["outcome"]) == {"Rivalry"}, "with the same fields there is rivalry in all three")
    yield Said(
        turn, f"rivalry in all three fields, {start['most'].iloc[0]:.0f} % delivered", "leadership-two-candidates"
    )
    values = explorer.defaults()
    yield Said(
        turn,
        f"(prestige {values['prestige']:g}, dislike {values['dislike']:g}, rivalry {values['rivalry']:g})",
        "the sliders as they open",
    )
    lower = max(value for value in (0, 0.5, 1, 1.5, 2) if outcome(dislike=value) == "A leads")
    yield Said(turn, f"Dislike of following down to {lower:g}: A leads", "the dislike at which A leads")
    higher = min(value for value in (0.5, 1, 1.5, 2) if outcome(rivalry=value) == "A leads")
    yield Said(turn, f"Cost of rivalry up to {higher:g}: A leads", "the cost of rivalry at which A leads")
    yield fact(turn, outcome(prestige=3) == "Rivalry", "more prestige leaves the rivalry")
    yield fact(
        turn,
        outcome(dislike=2) == outcome(rivalry=1) == "Rivalry",
        "one step of dislike or of the cost of rivalry is too little",
    )
    yield fact(
        turn,
        outcome(dislike=1) == outcome(rivalry=2) == "A or B may lead",
        "at dislike 1 or a cost of rivalry of 2 either may lead",
    )
    yield fact(turn, outcome(prestige=0) == "Nobody leads", "without prestige nobody leads")
    field = rivals(2, 3, (2.5, 2.5), (2.5, 2.5), rivalry=0.5, with_a=2)
    yield Said(turn, f"That leaves {field.x[1]:.2f}: it competes", "leadership.rivals(), Boro's gain")
    parts = [2.5 / 3, 2.5, 3 / 2, 0.5, (1 - field.delivered_least) * 2]
    words = f"{parts[0]:.2f} + {parts[1]:g} − {parts[2]:g} − {parts[3]:g} − {parts[4]:g} = {field.x[1]:.2f}"
    yield fact(
        turn, parts[0] + parts[1] - sum(parts[2:]) == pytest.approx(field.x[1]), "Boro's five parts add up to its gain"
    )
    yield Said(turn, f"Boro's sum on the board: {words}", "the five parts of Boro's gain")
    yield Said(turn, f"anything below {2.5 - field.x[1]:.2f}", "the dislike at which Boro's gain is zero")
    yield Said(turn, f"anything above {0.5 + field.x[1]:.2f}", "the cost of rivalry at which Boro's gain is zero")
    yield Said(turn, f"the vote is {letter(asked('leadership.quick-will'))}", "the letter of the right answer")
    for reference, title in {
        "leadership-who-carries": "Without the largest: the vote",
        "leadership-two-candidates": "A second candidate: the vote",
    }.items():
        yield Said(title, f"The right vote is {letter(asked(reference))}", "the letter of the right answer")


def _leadership_first() -> Iterator[Said]:
    ways, argue = "Six cards: is that leading?", "A leader, or shared work?"
    people = leadership_figures.state_sizes("population")
    pair = [people[STATES.index("UZB")], people[STATES.index("KAZ")]]
    move, offer = first_move(pair, 0.5, leader=0), best_match(*pair, 0.5)
    how = "lab step 6: first_move() and best_match() by people, weight one half"
    yield Said(ways, f"At the same moment they give {move.at_once:.1f}", how)
    yield Said(ways, f"going first gives {move.total:.1f}, so less than {move.at_once:.1f}", how)
    yield Said(
        ways,
        f"add {offer.rate:.2f} to each unit it becomes {offer.total:.1f}; best for both would be {move.joint:.1f}",
        how,
    )
    yield Said(argue, f"from {move.at_once:.1f} to {move.total:.1f}", how)
    levels = {share: kgroups.declining_leader(100, share / 100, 5) for share in range(1, 51)}
    jump = min(share for share, level in levels.items() if level == 100)
    yield Said(
        argue, f"the level falls to {levels[jump - 1]:.0f}; when the partner holds {jump} of 100", "declining_leader()"
    )
    outputs = leadership_figures.state_sizes("gdp")
    largest = first_move([outputs[0], outputs[4]], 0.5, leader=0)
    yield fact(ways, largest.total == pytest.approx(largest.at_once), "by output going first changes nothing")
    yield Said(AROUND, f"at once {move.at_once:.1f} · going first {move.total:.1f} · matching {offer.total:.1f}", how)


EXPECTED: dict[str, Callable[[], Iterator[Said]]] = {
    "puzzle": puzzle, "gains": gains, "outsourcing": outsourcing, "leadership": leadership,
}  # fmt: skip


def test_every_plan_is_held_to_its_numbers():
    assert tuple(EXPECTED) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_says_the_numbers_of_the_tables_and_models(stem):
    expected = list(EXPECTED[stem]())
    assert sum(bool(re.search(r"\d", said.words)) for said in expected) >= LEAST
    wrong = missing(plan(stem), expected)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("stem", STEMS)
def test_a_wrong_number_is_named_with_its_plan_turn_and_source(stem):
    whole = plan(stem)
    said = next(EXPECTED[stem]())
    turn = next(turn for turn in whole.turns if turn.title == said.turn)
    other = replace(
        turn, say=tuple(re.sub(r"\d", "0", text) for text in turn.say), expect="?", do="?", slides=(), slips=()
    )
    changed = replace(whole, turns=tuple(other if one is turn else one for one in whole.turns))
    (line,) = missing(changed, [said])
    for word in (stem, said.turn, said.words, said.how):
        assert word in line


# What else a plan states of itself and of the course


ROW = re.compile(r"\b[AEX]\d{3}\b")
STEP = re.compile(r"step (\d)(?: of the lab)?(?:,| \() ?\*([^*]+)\*")
MINUTES = re.compile(r"^- Minute (\d+)(?:–(\d+))?:", re.MULTILINE)
QUOTED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
SHORT = 45


def everything(stem: str) -> str:
    return "\n".join(texts(plan(stem)))


def lab_steps(stem: str) -> list[str]:
    """The titles of the steps of a chapter's lab, in order."""
    lab = (ROOT / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8")
    cells = ("".join(cell["source"]) for cell in json.loads(lab)["cells"])
    return [title for cell in cells for title in re.findall(r"^## Step \d+: (.+?) ·", cell, re.MULTILINE)]


@pytest.mark.parametrize("stem", STEMS)
def test_rows_and_lab_steps_that_a_plan_names_exist(stem):
    tables = ("agreements", "events", "external_actors")
    known = {str(identifier) for table in tables for identifier in load(table)["id"]}
    assert set(ROW.findall(everything(stem))) <= known
    steps = lab_steps(stem)
    for number, title in STEP.findall(everything(stem)):
        assert steps[int(number) - 1] == title


@pytest.mark.parametrize("stem", STEMS)
def test_the_minutes_of_a_step_follow_one_another_and_fill_it(stem):
    for turn in plan(stem).turns:
        spans = [(int(first), int(last or first)) for first, last in MINUTES.findall(turn.do)]
        if spans:
            covered = [minute for first, last in spans for minute in range(first, last + 1)]
            assert covered == list(range(1, turn.minutes + 1)), turn.title


@pytest.mark.parametrize("stem", STEMS)
def test_the_short_lesson_takes_as_long_as_it_says(stem):
    assert sum(map(int, re.findall(r"\((\d+)\b", plan(stem).short))) == SHORT


@pytest.mark.parametrize("stem", STEMS)
def test_a_slip_is_what_a_student_says(stem):
    """One or two sentences in a student's own words, without quotation marks: the column's heading says who speaks."""
    for turn in plan(stem).turns:
        for slip in turn.slips:
            assert slip.says.endswith((".", "?"))
            assert not set(slip.says) & set('“”"')
            assert "students" not in slip.says.lower()


CASES = {
    "puzzle": {"The article: three or more"},
    "gains": {"A border, real economies", "Peacekeeping, real economies"},
    "outsourcing": {"After 2001: a second supplier", "2022: a supplier at war elsewhere"},
    "leadership": {"Both about all three", "A about the economy, B about security"},
}


@pytest.mark.parametrize("stem", STEMS)
def test_a_case_that_a_plan_has_the_class_choose_is_in_the_interactive(stem):
    explorers = [explorer for name, explorer in registry().items() if name.startswith(stem)]
    controls = [control for explorer in explorers for control in (*explorer.controls, *explorer.extra_controls)]
    labels = {case.label for explorer in explorers for case in explorer.presets}
    labels |= {label for control in controls if isinstance(control, Choice) for _, label in control.options}
    assert CASES[stem] <= labels & set(QUOTED.findall(everything(stem)))
