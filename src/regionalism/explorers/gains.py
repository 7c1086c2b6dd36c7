"""The explorers of the chapter on cooperation gains: a public good, kinds of games, the shadow of the future."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pandas as pd

from regionalism.charts import gains_models as charts
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATE_NAMES, STATES
from regionalism.explorers.core import Choice, Column, Explorer, Option, Prediction, Preset, Slider, Values
from regionalism.figures.gains import burden_shares, sizes
from regionalism.models import games2x2, publicgoods, repetition

GIVES = 0.05
"""Per cent of its own means from which on a state counts as providing."""

KINDS: tuple[tuple[str, str], ...] = (
    ("sum", "Adds up (patrols)"),
    ("weakest", "Weakest part decides (a border)"),
    ("best", "Best effort counts (intelligence)"),
)
KIND_HELP = (
    "How efforts become security. Patrols and peacekeepers add up (summation); a border is only as strong as its"
    " weakest part (weakest link); of several services that look for a new group, the best one counts (best shot)."
)
BLENDS: tuple[tuple[str, str], ...] = (
    ("named", "As the kind above says"),
    ("-5", "Hardly: close to the weakest part (rho = \N{MINUS SIGN}5)"),
    ("-1", "A little (rho = \N{MINUS SIGN}1)"),
    ("0.5", "Largely (rho = 0.5)"),
    ("5", "Close to the best effort (rho = 5)"),
)


# Security as a public good


@cache
def _budgets(size: str) -> tuple[float, ...]:
    """Return the means of the five states in per cent of their total, by a measure of size."""
    if size == "equal":
        return (100 / len(STATES),) * len(STATES)
    table = sizes()
    values = table[table["measure"] == size].set_index("iso3")["value"].reindex(list(STATES))
    return tuple(float(value) for value in 100 * values / values.sum())


def provision(
    size: str, kind: str, spillover: float, weight: float, blend: str = "named", payments: str = "fund"
) -> pd.DataFrame:
    """Return what the five states pay and enjoy, each deciding alone and in the joint optimum.

    Shares are in per cent of a state's own means, sizes and levels in per cent of the means of all five.
    """
    kind, rho = (kind, None) if blend == "named" else ("ces", float(blend))
    means = _budgets(size)
    alone = publicgoods.nash(means, weight, spillover, kind, rho=rho)
    joint = publicgoods.joint_optimum(means, weight, spillover, kind, rho=rho, side_payments=payments == "fund")
    return pd.DataFrame(
        {
            "iso3": list(STATES),
            "state": [STATE_NAMES[code] for code in STATES],
            "size_share": means,
            "alone_share": 100 * alone.shares,
            "joint_share": 100 * joint.shares,
            "alone_level": alone.level,
            "joint_level": joint.level,
        }
    )


def provision_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say who provides, who rides free, and how far the five fall short of the joint optimum."""
    who = {"weakest": _weakest_words, "best": _best_words}
    describe = who.get(values["kind"], _sum_words) if values["blend"] == "named" else _sum_words
    return f"{describe(values, results)} {_shortfall_words(results)}"


def _sum_words(values: Values, results: pd.DataFrame) -> str:
    giving = results[results["alone_share"] >= GIVES]
    idle = [row.state for row in results.itertuples() if row.alone_share < GIVES]
    most, least = _extreme(giving, "max"), _extreme(giving, "min")
    if len(giving) == 1:
        return f"{most.state} provides alone, with {percent(most.alone_share)} of its means; the rest give nothing."
    if idle:
        give = "gives" if len(idle) == 1 else "give"
        return f"{_listed(giving['state'].tolist())} provide; {_listed(idle)} {give} nothing."
    if most.alone_share - least.alone_share < 0.1:
        return f"Each state, deciding alone, gives {percent(most.alone_share, 1)} of its means."
    return (
        f"All five provide, but unevenly: {most.state} gives {percent(most.alone_share, 1)} of its means,"
        f" {least.state} {percent(least.alone_share, 1)}."
    )


def _weakest_words(values: Values, results: pd.DataFrame) -> str:
    first, last = _extreme(results, "max"), _extreme(results, "min")
    if first.alone_share - last.alone_share < 0.1:
        return (
            f"If all trust each other to keep up, each gives {percent(first.alone_share)} of its means."
            " Any lower common effort is stable too, down to none."
        )
    return (
        f"{first.state} sets the level with {percent(first.alone_share)} of its means. More effort elsewhere would be"
        f" wasted, so {last.state} stops at {percent(last.alone_share, 1)}."
    )


def _best_words(values: Values, results: pd.DataFrame) -> str:
    provider = _extreme(results, "max")
    able = publicgoods.best_shot_equilibria(_budgets(values["size"]), values["weight"])
    also = ", though each of the five could be the one" if len(able) == len(STATES) else ""
    share = percent(provider.alone_share)
    return f"{provider.state} provides alone, with {share} of its means{also}; the rest give nothing."


def _shortfall_words(results: pd.DataFrame) -> str:
    gap = 100 * (1 - results["alone_level"].sum() / results["joint_level"].sum())
    if gap < 0.5:
        return "No shortfall: together they could do no better."
    low, high = results["joint_share"].min(), results["joint_share"].max()
    share = percent(low) if high - low < 0.5 else f"{percent(low)} to {percent(high)}"
    return f"Shortfall: {percent(gap)} of the security of the joint optimum, where each would pay {share} of its means."


def _extreme(results: pd.DataFrame, which: str) -> Any:
    shares = results["alone_share"]
    place = shares.idxmax() if which == "max" else shares.idxmin()
    return next(results.loc[[place]].itertuples())


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _equal_share(spillover: float) -> str:
    return percent(provision("equal", "sum", spillover, 0.3)["alone_share"].iloc[0])


def _real_burdens() -> str:
    shares = burden_shares().set_index("iso3")["value"]
    return _listed([f"{STATE_NAMES[code]} {percent(shares[code], 2)}" for code in STATES if code in shares.index])


def _public_good() -> Explorer:
    before, after = _equal_share(0.25), _equal_share(1)
    return Explorer(
        name="gains-public-good",
        title="Security as a public good for five states",
        question="Who provides security that does not stop at a border, and how much of it?",
        prediction=Prediction(
            "Five equal states guard against the same danger. At first a quarter of each state's effort also protects"
            " each of the others. Then all of it does, so there is more to gain from one another. What does each"
            " state do, deciding alone?",
            (
                Option(
                    "It gives more, because more can be gained together.",
                    "That is the hope that joint gain brings cooperation by itself. But the gain comes from what the"
                    " others do, and it comes whether or not you give. Try it: raise the spillover.",
                ),
                Option(
                    "It gives as much as before, because its own danger is the same.",
                    "The danger is the same, but more of it is already dealt with by the neighbours. What is left for"
                    " your own effort shrinks. Try it: raise the spillover.",
                ),
                Option(
                    "It gives less, because the others' effort already protects it.",
                    f"So it is in this model: from {before} of its means down to {after}. More to gain together, and"
                    " less given alone. Now find a kind of good for which this is not so.",
                    right=True,
                ),
                Option(
                    "It gives nothing until someone punishes those who give nothing.",
                    "Each state still has its own reasons to give something. Punishment is one remedy for one kind of"
                    " problem; try the border, where nobody needs to be punished.",
                ),
            ),
        ),
        controls=(
            Choice("kind", "How efforts become security", KINDS, "sum", KIND_HELP),
            Choice(
                "size",
                "What counts as a state's means",
                (
                    ("equal", "Five equal states"),
                    ("gdp", "GDP 2023"),
                    ("population", "Population 2023"),
                    ("capability", "Capability index 2022"),
                ),
                "equal",
                "The means a state can spend. Military spending is not offered: Uzbekistan last reported it for 2018,"
                " Turkmenistan for 1999.",
            ),
            Slider(
                "spillover",
                "Spillover: how much of a neighbour's effort protects me",
                (0, 0.25, 0.5, 0.75, 1),
                0.25,
                help="It matters only where efforts add up: the weakest part of a border, or the best intelligence,"
                " decides for all anyway.",
                fine_step=0.05,
                format=lambda value: percent(100 * value),
            ),
            Slider(
                "weight",
                "Weight of security against all else",
                (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
                0.3,
                help="A state that had to protect itself alone would spend this share of its"
                " means on it.",
                fine_step=0.05,
                format=lambda value: percent(100 * value),
            ),
        ),
        extra_controls=(
            Choice(
                "blend",
                "How far one effort replaces another",
                BLENDS,
                "named",
                "Values of rho between the three kinds; overrides the kind above. A smooth blend has one outcome"
                " where each decides alone. The weakest link itself has many, of which the best is shown.",
            ),
            Choice(
                "payments",
                "Who pays in the joint optimum",
                (("fund", "All pay into a common fund"), ("own", "Each pays for its own effort")),
                "fund",
                "With a fund, effort is made where it protects best, whoever pays.",
            ),
        ),
        presets=(
            Preset("Five equal states", {}, "Nobody is large: what each gives depends on what it gets for nothing."),
            Preset(
                "Peacekeeping, real economies",
                {"size": "gdp", "kind": "sum", "spillover": 1},
                "Efforts add up and protect all alike; means are the GDP of 2023.",
            ),
            Preset(
                "The same, by population",
                {"size": "population", "kind": "sum", "spillover": 1},
                "Only the measure of size has changed: look who leads now.",
            ),
            Preset(
                "A border, real economies",
                {"size": "gdp", "kind": "weakest"},
                "Traffickers look for the weakest stretch, so the smallest effort decides.",
            ),
            Preset(
                "Intelligence, real economies",
                {"size": "gdp", "kind": "best"},
                "One service that knows the new group is enough for all.",
            ),
        ),
        columns=(
            Column("iso3", "Code", shown=False),
            Column("state", "State"),
            Column("size_share", "Share of all means (%)", 1),
            Column("alone_share", "Alone: % of own means", 1),
            Column("joint_share", "Joint optimum: % of own means", 1),
            Column("alone_level", "Security alone", 3),
            Column("joint_level", "Security in the joint optimum", 3),
        ),
        model=provision,
        sentence=provision_sentence,
        draw=charts.provision_chart,
        inputs=(
            "Data: GDP and population (World Bank, 2023), capability index (Correlates of War, 2022). Assumptions:"
            " everything else. Spillover and weight are the same for all states, and a unit of effort costs the same"
            " everywhere."
        ),
        see=(
            "Filled dots show what a state gives alone, open ones what it would pay in the joint optimum. Change only"
            " the kind of good: the same five states turn from one lonely provider into five that wait for the"
            " smallest. Then hold the model against the data. It says that the rich carry the poor. In 2023 military"
            f" spending was, in per cent of GDP: {_real_burdens()}. The model gets the sharing of the burden wrong"
            " here."
        ),
        not_shown=(
            "Military spending is not a contribution to common security: it also serves rivalry, prestige and control"
            " at home. The model has no history, no outsiders and no quarrel about whose security counts."
        ),
        source="After Olson and Zeckhauser 1966, Hirshleifer 1983, Cornes and Hartley 2007.",
    )


# Two states, two moves


def which_game_results(kind: str, benefit: float, cost: float, spillover: float, ratio: float = 1.0) -> pd.DataFrame:
    """Return the four cells of the game in which A and B contribute to a public good or hold back.

    ``a`` and ``b`` are the payoffs, ``stable`` marks equilibria, ``best`` the largest sum of payoffs
    (nowhere if the sum is the same everywhere).
    ``ratio`` is what B gains from a unit of security, as a multiple of what A gains.
    """
    game = _game(kind, benefit, cost, spillover, ratio)
    stable = games2x2.pure_equilibria(game)
    total = game.row + game.column
    cells = [(i, j) for i in (0, 1) for j in (0, 1)]
    return pd.DataFrame(
        {
            "row_move": [charts.ROW_NAMES[i] for i, _ in cells],
            "column_move": [charts.COLUMN_NAMES[j] for _, j in cells],
            "a": [float(game.row[cell]) for cell in cells],
            "b": [float(game.column[cell]) for cell in cells],
            "stable": [cell in stable for cell in cells],
            "best": [bool(total.min() + 1e-9 < total.max() <= total[cell] + 1e-9) for cell in cells],
        }
    )


def which_game_sentence(values: Values, results: pd.DataFrame) -> str:
    """Name the family of the game, its stable outcomes, and the institution that it calls for."""
    analysis = games2x2.analyse(_game(**values))
    family = games2x2.FAMILIES[analysis.family]
    tie = " A tie decides here: a little more benefit changes the kind of problem." if analysis.on_border else ""
    return (
        f"{family.term}. {family.plain} Stable: {_stable_words(analysis.equilibria)}. Which institution fits?"
        f" {family.institution}{tie}"
    )


def _game(kind: str, benefit: float, cost: float, spillover: float, ratio: float) -> games2x2.Game2x2:
    return games2x2.from_public_good((benefit, ratio * benefit), cost, spillover, kind)


OUTCOME_WORDS: dict[tuple[int, int], str] = {
    (0, 0): "both contribute",
    (0, 1): "only A contributes",
    (1, 0): "only B contributes",
    (1, 1): "neither does",
}


def _stable_words(equilibria: tuple[tuple[int, int], ...]) -> str:
    named = [OUTCOME_WORDS[cell] for cell in equilibria]
    if named == ["neither does"]:
        return "neither contributes"
    return " or ".join(named) if named else "no outcome, if each must choose one move for sure"


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]


def _which_game() -> Explorer:
    return Explorer(
        name="gains-which-game",
        title="Which game is it?",
        question="Two fictional states, A and B, may each make one effort for their common security. Will they?",
        prediction=Prediction(
            "A and B each guard one end of the same border, which is as safe as its weaker end. Guarding an end costs"
            " 6 and a safe border is worth 10 to each. So far neither end is guarded. What would help?",
            (
                Option(
                    "A treaty with fines for the state that does not guard its end.",
                    "Fines help when each gains by holding back. Here a state that expects the other to guard its end"
                    " wants to guard its own. Look at the payoffs of \u201cA border post\u201d.",
                ),
                Option(
                    "A larger effort by the richer state.",
                    "That would help if efforts added up. Behind a weak end a strong one is wasted.",
                ),
                Option(
                    "Nothing. Both gain 4, so both will do it.",
                    "Both gain 4 if both do it. A state that does it alone loses 6, so that doing nothing is stable"
                    " as well. A joint gain does not bring itself about.",
                ),
                Option(
                    "A way for each to see that the other guards its end.",
                    "Yes. Each wants to guard its end if the other does. What is missing is the certainty, not the"
                    " will.",
                    right=True,
                ),
            ),
        ),
        controls=(
            Choice("kind", "How efforts become security", KINDS, "sum", KIND_HELP),
            Slider(
                "benefit",
                "Benefit b: what an effort is worth to a state it protects",
                tuple(range(1, 13)),
                6,
                help="In the same unit as the cost.",
                fine_step=0.5,
            ),
            Slider(
                "cost",
                "Cost c of an effort",
                (2, 4, 6, 8, 10, 12),
                10,
                help="The cost to the state that makes the effort. Only its ratio to the benefit matters.",
                fine_step=0.5,
            ),
            Slider(
                "spillover",
                "Spillover: how much of a neighbour's effort protects me",
                (0, 0.25, 0.5, 0.75, 1),
                1,
                help="It matters only where efforts add up.",
                fine_step=0.05,
                format=lambda value: percent(100 * value),
            ),
        ),
        extra_controls=(
            Slider(
                "ratio",
                "How much more B gains than A",
                (0.5, 1, 1.5, 2, 2.5, 3),
                1,
                help="1: both gain the same. Above 1 B gains more from each effort, and the game is no longer even.",
                fine_step=0.1,
                format="{:.1f}\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}".format,
            ),
        ),
        presets=(
            Preset("Joint patrols", {}, "Benefit 6, cost 10, full spillover: a patrol is worth 12 to the two."),
            Preset(
                "A border post",
                {"kind": "weakest", "benefit": 10, "cost": 6},
                "Benefit 10, cost 6, and the weaker end decides.",
            ),
            Preset(
                "News of a new group",
                {"kind": "best", "benefit": 10, "cost": 6},
                "Benefit 10, cost 6, and one good service is enough for both.",
            ),
            Preset(
                "A useful patrol",
                {"benefit": 12, "cost": 10, "spillover": 0.5},
                "Benefit 12, cost 10: an effort pays for the one who makes it.",
            ),
            Preset(
                "Too dear",
                {"benefit": 4, "cost": 10},
                "Benefit 4, cost 10: even together the effort is not worth its cost.",
            ),
        ),
        columns=(
            Column("row_move", "A"),
            Column("column_move", "B"),
            Column("a", "A gets", 2),
            Column("b", "B gets", 2),
            Column("stable", "Stable"),
            Column("best", "Largest sum"),
        ),
        model=which_game_results,
        sentence=which_game_sentence,
        draw=charts.game_chart,
        inputs="All numbers are assumptions. A and B are made up; which real case fits is for you to argue.",
        see=(
            "Start with \u201cJoint patrols\u201d: both would gain 2, and neither contributes. Raise the benefit"
            " step by step and watch where the outline moves: until it passes the cost, more joint gain changes"
            " nothing. Then set benefit 10 and cost 6 and change only the kind of good. Efforts that add up need no"
            " agreement, the weaker end needs openness, and the best effort needs a plan for who does it."
        ),
        not_shown=(
            "One meeting, two states, two moves, and both know the payoffs. Real talks are about how much and by whom,"
            " go on for years, and hide what the parties want."
        ),
        source="After Stein 1982, Snidal 1985, Martin 1992, Hirshleifer 1983.",
    )


# The shadow of the future

REWARD, PUNISHMENT, SUCKER = 3.0, 1.0, 0.0
DEAL_RULES: tuple[tuple[str, str], ...] = (("grim", charts.RULES[0]), ("tit_for_tat", charts.RULES[1]))
LONG_RUN_RULES: tuple[tuple[str, str], ...] = tuple(
    zip(("grim", "tit_for_tat", "generous_tit_for_tat", "pavlov"), charts.NOISE_RULES, strict=True)
)


def shadow_results(break_off: float, discount: float, temptation: float, noise: float) -> pd.DataFrame:
    """Return what keeping and breaking a deal are worth, the patience needed, and what rules earn in the long run.

    Payoffs a year: temptation from above 3 to 6, reward 3, punishment 1, sucker's payoff 0. ``break_off`` is the
    yearly chance that the relation ends, ``discount`` the rate at which the future is discounted, ``noise`` the
    chance that an act is misread. A missing patience means that none is enough.
    """
    payoffs = (temptation, REWARD, PUNISHMENT, SUCKER)
    delta = min(repetition.discount(break_off, discount), MOST_PATIENT)
    rows: list[tuple[str, str, str, str, float]] = []
    for key, rule in DEAL_RULES:
        worth = repetition.keep_or_break(key, payoffs, delta, noise)
        rows.append(("deal", rule, "keep", "keeping the deal, a year", worth.keep))
        rows.append(("deal", rule, "break", "breaking it, a year", worth.best_break))
    for key, rule in DEAL_RULES:
        rows.append(("patience", rule, "needed", "patience needed", _patience(key, temptation, noise)))
        rows.append(("patience", rule, "actual", "patience there is", delta))
    for key, rule in LONG_RUN_RULES:
        rows.append(("noise", rule, "alone", "against itself in the long run", _long_run(key, temptation, noise)))
    return pd.DataFrame(rows, columns=["panel", "rule", "measure", "meaning", "value"])


def shadow_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say what next year counts, for whom the deal can hold, and what misreading costs."""
    places = zip(results["panel"], results["rule"], results["measure"], strict=True)
    worth = dict(zip(places, results["value"].tolist(), strict=True))
    delta = worth["patience", charts.RULES[0], "actual"]
    noise = _noise_words(values["noise"], worth)
    return f"A payoff next year counts {delta:.2f} of one today. {_holding_words(worth)}{noise}"


Worth = dict[tuple[str, str, str], float]


MOST_PATIENT = 0.9999


@cache
def _patience(key: str, temptation: float, noise: float) -> float:
    needed = repetition.patience_needed(key, (temptation, REWARD, PUNISHMENT, SUCKER), noise)
    return needed if needed < 1 else math.nan


@cache
def _long_run(key: str, temptation: float, noise: float) -> float:
    return repetition.self_play_value(key, (temptation, REWARD, PUNISHMENT, SUCKER), noise)


def _holding_words(worth: Worth) -> str:
    holding = [
        rule for _, rule in DEAL_RULES if worth["deal", rule, "keep"] >= worth["deal", rule, "break"] - 1e-9
    ]
    if not holding:
        return "That is too little for either rule: the only stable outcome here is that nobody keeps the deal."
    if len(holding) == 2:
        names = "under both rules"
    else:
        other = next(rule for _, rule in DEAL_RULES if rule not in holding)
        names = f"under {_lower_first(holding[0])}, not under {_lower_first(other)}"
    return f"The deal can hold {names}. It need not: that nobody ever keeps it is stable too."


def _noise_words(noise: float, worth: Worth) -> str:
    if noise == 0:
        return ""
    grim, strict, generous, _ = (worth["noise", rule, "alone"] for _, rule in LONG_RUN_RULES)
    return (
        f" With {percent(100 * noise)} of acts misread, two grim states end up with {grim:.1f} a year, two that play"
        f" tit for tat with {strict:.1f}, two generous ones with {generous:.1f}."
    )


def _shadow() -> Explorer:
    return Explorer(
        name="gains-shadow",
        title="The shadow of the future",
        question="Two states that distrust each other make a deal every year anew. When can it hold without a judge?",
        prediction=Prediction(
            "Two states face a prisoner's dilemma every year, expect to meet for a long time, and value the years"
            " ahead. What follows?",
            (
                Option(
                    "They will cooperate: patient states do.",
                    "Patience makes cooperation possible. But if each expects the other never to keep the deal, never"
                    " keeping it is the best reply, however patient they are.",
                ),
                Option(
                    "They may cooperate, and they may just as well never begin.",
                    "Yes. With enough patience both outcomes are stable. Patience opens a door; what the two expect of"
                    " each other decides whether they walk through it.",
                    right=True,
                ),
                Option(
                    "They will not cooperate unless a third party punishes.",
                    "The loss of later years is a punishment that the two hold in their own hands. See how large it"
                    " must be.",
                ),
                Option(
                    "They will not cooperate: it is a prisoner's dilemma.",
                    "In a single year it is. Over many years breaking the deal costs the gains of the years that"
                    " follow.",
                ),
            ),
        ),
        controls=(
            Slider(
                "break_off",
                "Chance h that the relation breaks off in a year",
                (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3),
                0.1,
                help="Think of how long the treaty runs and how easily one can leave it, not of how often presidents"
                " change: a long rule is no promise to anybody.",
                fine_step=0.01,
                format=lambda value: percent(100 * value),
            ),
            Slider(
                "discount",
                "Discount rate r: how fast the future loses value in a year",
                (0, 0.05, 0.1, 0.15, 0.2),
                0.05,
                help="At 10 per cent a gain next year counts about a tenth less than one today.",
                fine_step=0.01,
                format=lambda value: percent(100 * value),
            ),
            Slider(
                "temptation",
                "Temptation T: what breaking the deal brings at first",
                (3.5, 4, 4.5, 5, 5.5),
                4.5,
                help="A year in which both keep the deal is worth 3 to each, one in which neither does"
                " 1, and a state that keeps it alone gets 0.",
                fine_step=0.1,
            ),
            Slider(
                "noise",
                "Noise: how often an act is misread",
                (0, 0.02, 0.04, 0.06, 0.08, 0.1),
                0,
                help="The chance in a year that a state takes the other's keeping for breaking, or the reverse. Good"
                " monitoring makes it small.",
                fine_step=0.01,
                format=lambda value: percent(100 * value),
            ),
        ),
        presets=(
            Preset("A treaty with a secretariat", {"break_off": 0.05}, "Hard to leave, and every act is seen."),
            Preset(
                "A deal between presidents",
                {"break_off": 0.3, "discount": 0.15, "temptation": 5.5},
                "Easy to drop, impatient parties, and much to be had by breaking it first.",
            ),
            Preset(
                "Good will, poor monitoring",
                {"break_off": 0.05, "noise": 0.06},
                "Long horizon, but six acts in a hundred are misread.",
            ),
        ),
        columns=(
            Column("panel", "Panel", shown=False),
            Column("rule", "Rule"),
            Column("measure", "Measure", shown=False),
            Column("meaning", "What"),
            Column("value", "Value", 2),
        ),
        model=shadow_results,
        sentence=shadow_sentence,
        draw=charts.shadow_chart,
        inputs=(
            "All numbers are assumptions. Under grim a state never forgives; under tit for tat it does what the other"
            " did last; the generous kind overlooks a third of the other's breaches; Pavlov repeats what went well."
            " Two ways to break a deal are compared, once and for good; a cleverer one may exist."
        ),
        see=(
            "Move the temptation and compare the patience that each rule needs: tit for tat punishes less and so asks"
            " for more. Then let one act in fifty be misread. The rule that never forgives now harms those who use"
            " it."
        ),
        not_shown=(
            "What the two expect of each other, which decides between the stable outcomes. The model knows two states;"
            " with five, somebody must find out who broke the deal and bear the cost of the answer. And a deal that"
            " holds is not a good one for everybody: security services may cooperate well against critics."
        ),
        source="After Axelrod and Hamilton 1981, Axelrod 1984, Axelrod and Keohane 1985.",
    )


public_good = _public_good()
which_game = _which_game()
shadow = _shadow()

EXPLORERS: tuple[Explorer, ...] = (public_good, which_game, shadow)
