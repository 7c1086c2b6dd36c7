"""The questions of the chapter `gains`: When does it pay to act together?

The states in the questions carry made-up names (Arka, Boro, Celan, Dala, Elin): what a state does in a game
is no statement about a real one. Questions on real states ask for arithmetic on the shared tables only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from regionalism.exercises.building import CLOSING, argument, quick_choices
from regionalism.exercises.draws import Draw
from regionalism.exercises.question import (
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Match,
    Number,
    Numbers,
    Option,
    Predict,
    Question,
    Table,
    Wrong,
)

if TYPE_CHECKING:
    import pandas as pd

OBJECTIVES = {
    "measure": "compare the five states by several measures and say what changes with the measure",
    "predict": "predict who provides a shared good from how the contributions add up",
    "diagnose": "tell which kind of problem keeps states apart, and name the institution that fits it",
    "patience": "say when repetition can hold an agreement together, and when it cannot",
}

MISCONCEPTIONS = {
    "joint-gain-produces-cooperation": "If all gain when all act, all will act.",
    "every-failure-needs-punishment": "Where cooperation fails, somebody breaks the rules and must be fined.",
    "more-gain-more-cooperation": "The more each state gains from the others, the more each will do.",
    "richer-gives-more": "In every joint task the richer state can make up for the poorer one.",
    "somebody-will-pay": "A useful thing always finds one state that pays for it.",
    "all-efforts-add-up": "In every joint task more effort by anybody brings more for all.",
    "money-is-effort": "The state that spends the most money makes the greatest effort.",
    "patience-makes-cooperation": "If patience is high enough, cooperation follows by itself.",
    "one-year-only": "What breaking a deal brings is weighed against one year, not against all the years after it.",
    "another-curve": "A number is read off for another rule, or for the patience there is instead of the patience needed.",
    "units": "Millions, billions and percent mixed up.",
}

# From 2021 on: before that this release counts Kyrgyz spending more narrowly, and the series breaks.
YEARS = (2021, 2022, 2023)


# 1. Work it out from a table


@cache
def _spending(year: int) -> dict[str, tuple[float, float]]:
    """GDP (bn USD) and military spending (mn USD), both at current prices, of three states in one year."""
    from regionalism.data import load

    panel, spending = load("country_panel"), load("military_expenditure")
    gdp = panel[(panel["indicator"] == "gdp_current_usd") & (panel["year"] == year)].set_index("iso3")["value"]
    military = spending[
        (spending["indicator"] == "milex_current_usd_mn") & (spending["year"] == year)
    ].set_index("iso3")["value"]
    return {iso3: (round(float(gdp[iso3]) / 1e9, 1), round(float(military[iso3]), 0)) for iso3 in ("KAZ", "KGZ", "TJK")}


def _burden_draw(draw: Draw) -> Numbers:
    year = draw.pick(YEARS)
    other = draw.pick(("KGZ", "TJK"))
    return {"year": year, "other": other, "table": {iso3: list(row) for iso3, row in _spending(year).items()}}


def _burden_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    names = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}
    # Text, so that all numbers of a column have the same decimals.
    rows = [(names[iso3], f"{gdp:.1f}", f"{military:.0f}") for iso3, (gdp, military) in numbers["table"].items()]
    year = numbers["year"]
    return pd.DataFrame(rows, columns=["State", f"GDP {year}, billion US$", f"Military spending {year}, million US$"])


def _share(numbers: Numbers, iso3: str) -> float:
    gdp, military = numbers["table"][iso3]
    return military / (gdp * 1000) * 100


def _share_of_sum(numbers: Numbers, iso3: str) -> float:
    table = numbers["table"]
    return table[iso3][1] / (table["KAZ"][1] + table[numbers["other"]][1]) * 100


def _doubtful(numbers: Numbers) -> bool:
    """The figure that the source's later release changes most."""
    return bool(numbers["other"] == "TJK" and numbers["year"] == 2023)


def _other(numbers: Numbers) -> str:
    return {"KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}[numbers["other"]]


def _money_is_effort(numbers: Numbers, answer: dict[str, float]) -> bool:
    """A share of the two sums of money, or the money itself."""
    return 50 < answer.get("kaz", 0) <= 100 or abs(answer.get("kaz", 0) / numbers["table"]["KAZ"][1] - 1) < 0.02


def _off_by(*factors: float) -> Callable[[Numbers, dict[str, float]], bool]:
    """Whether Kazakhstan's share, or the other's if that is all there is, is off by one of the factors."""

    def matches(numbers: Numbers, answer: dict[str, float]) -> bool:
        ratios = [answer[cell] / _share(numbers, iso3) for cell, iso3 in (("kaz", "KAZ"), ("other", numbers["other"]))
                  if cell in answer]
        return any(abs(ratio / factor - 1) < 0.15 for ratio in ratios for factor in factors)

    return matches


BURDEN = Question(
    id="gains.burden",
    title="Who carries the heavier load?",
    objective="measure",
    points=2,
    work="data",
    draw=_burden_draw,
    show=_burden_table,
    kind=Table(
        cells=(
            Cell("kaz", "Kazakhstan, military spending in % of GDP", Number(unit="%", absolute=0.06, between=(0, None))),
            Cell("other", lambda n: f"{_other(n)}, military spending in % of GDP",
                 Number(unit="%", absolute=0.06, between=(0, None))),
        )
    ),
    prompt=lambda n: (
        f"The table shows what three states produced and what they spent on their military in {n['year']}. "
        "Both are at current prices.\n\n"
        f"Work out the **burden** of Kazakhstan and of {_other(n)}: military spending in percent of GDP. "
        "Two decimals are enough. Work with the figures of this table, though other releases differ."
    ),
    right=lambda n: {"kaz": _share(n, "KAZ"), "other": _share(n, n["other"])},
    wrongs=(
        Wrong(
            "money-is-effort",
            example=lambda n: {"kaz": _share_of_sum(n, "KAZ"), "other": _share_of_sum(n, n["other"])},
            matches=_money_is_effort,
            reply="This compares the two sums of money with each other. A rich state can pay more and still carry a "
            "light load. Divide each sum by the GDP of the same state.",
        ),
        Wrong(
            "units",
            example=lambda n: {"kaz": _share(n, "KAZ") * 10, "other": _share(n, n["other"]) * 10},
            matches=_off_by(0.1, 10, 1000),
            reply="The figures are right and the units are not: GDP is in billion and spending in million US$. "
            "One billion is a thousand million.",
        ),
        Wrong(
            "units",
            example=lambda n: {"kaz": _share(n, "KAZ") / 100, "other": _share(n, n["other"]) / 100},
            matches=_off_by(0.01),
            reply="The division is right. It gives a share of one, and the question asks for a share of a hundred.",
        ),
    ),
    nudge="The burden is a share: spending divided by GDP of the same state and year, times 100.",
    help="Write both in million US$ first: multiply the GDP in the table by 1,000. Then divide and multiply by 100.",
    worked=lambda n: "\n".join(
        [f"Both in million US$, for {n['year']}:", ""]
        + [
            f"- {name}: {n['table'][iso3][1]:,.0f} / {n['table'][iso3][0] * 1000:,.0f} × 100 = {_share(n, iso3):.2f} %"
            for iso3, name in (("KAZ", "Kazakhstan"), (n["other"], _other(n)))
        ]
    ),
    praise=lambda n: (
        f"Kazakhstan spends about {n['table']['KAZ'][1] / n['table'][n['other']][1]:.0f} times the money of {_other(n)} "
        "and carries the lighter load. Which of the two is 'the one that does more' depends on the measure."
        + (" A later release of the source puts Tajikistan's load in 2023 at about twice this." if _doubtful(n) else "")
    ),
)


# 2. A joint gain is no forecast


def _dilemma(draw: Draw) -> Numbers:
    # Only values that the interactive has, with benefit < cost < twice the benefit.
    benefit, cost = draw.pick(((5, 8), (6, 8), (6, 10), (7, 10), (7, 12), (8, 10), (8, 12), (9, 12)))
    return {"benefit": benefit, "cost": cost}


TWO_STATES = Question(
    id="gains.two-states",
    title="Two states, one patrol",
    objective="diagnose",
    points=2,
    work="widget",
    show="gains-which-game",
    draw=_dilemma,
    kind=Choice(
        options=(
            Option("nobody", "Neither pays"),
            Option("both", lambda n: f"Both pay; each ends {2 * n['benefit'] - n['cost']} better off"),
            Option("one", "One pays and the other rides free"),
            Option("turns", "They take turns from the first year, since that is fair",
                   "Taking turns is a plan for many rounds. Here each decides once and nothing can be promised."),
        )
    ),
    prompt=lambda n: (
        f"Arka and Boro share a mountain border. A patrol costs the state that sends it **{n['cost']}**. It brings "
        f"**{n['benefit']}** to Arka and **{n['benefit']}** to Boro, whoever sends it, and the patrols of both add up. "
        "Each decides once and alone; there is no agreement.\n\n"
        "Set the interactive to these numbers, with full spillover. What happens?"
    ),
    right="nobody",
    wrongs=(
        Wrong(
            "joint-gain-produces-cooperation",
            "both",
            reply=lambda n: "That is the best they could do together, and it is a different question from what happens. "
            f"Suppose Boro pays. What does Arka gain by paying as well: {n['benefit']}, against a cost of {n['cost']}?",
        ),
        Wrong(
            "somebody-will-pay",
            "one",
            reply=lambda n: "Some shared goods do find one state that pays. Look at the one that pays here: it spends "
            f"{n['cost']} and gets {n['benefit']} back for itself. Would it go on if nobody made it?",
        ),
    ),
    nudge="Ask for each state alone: is it better off paying, once the other has decided?",
    help=lambda n: f"Whatever the other does, paying adds {n['benefit']} to a state and takes {n['cost']} from it. "
    "Compare the two numbers.",
    worked=lambda n: (
        f"Paying changes a state's own result by {n['benefit']} − {n['cost']} = {n['benefit'] - n['cost']}, whether or not "
        "the other pays. So neither pays, and both get 0. "
        f"If both paid, each would have 2 × {n['benefit']} − {n['cost']} = {2 * n['benefit'] - n['cost']}. "
        "The gain is real and nobody reaches for it: a prisoner's dilemma."
    ),
    praise="The joint gain tells what could be won. It does not tell what will be done.",
)


# 3. How do the contributions add up?

_KINDS = {"boats": "sum", "shelter": "sum", "disease": "weakest", "checks": "weakest", "map": "best", "warning": "best"}


def _best_as_sum(numbers: Numbers, answer: dict[str, str]) -> bool:
    return any(answer.get(card) == "sum" for card in ("map", "warning"))


def _weakest_as_sum(numbers: Numbers, answer: dict[str, str]) -> bool:
    return any(answer.get(card) == "sum" for card in ("disease", "checks"))


KINDS = Question(
    id="gains.kinds",
    title="Sort by how the efforts add up",
    objective="predict",
    points=3,
    work="thought",
    kind=Cards(
        cards=(
            Card("boats", "Patrol boats on a shared lake: each hour on the water counts the same, whoever sends the boat"),
            Card("shelter", "A common fund for people who fled a flood: each million pays for the same number of beds"),
            Card("disease", "A cattle disease that enters through whichever border farm checks least, then spreads to all"),
            Card("checks", "Forged travel papers: whoever passes the most careless post can travel on in the whole region"),
            Card("map", "A map of glacier lakes that may burst: all can copy it, and only the most exact one is used"),
            Card("warning", "The whereabouts of one armed group: the best-informed service tells the others"),
        ),
        bins=(
            Bin("sum", "Adds up: the total of all efforts counts"),
            Bin("weakest", "Weakest link: the smallest effort decides"),
            Bin("best", "Best shot: the largest single effort decides"),
        ),
    ),
    prompt="Sort the six tasks. Ask of each: if one state doubles its effort and the others do not, what do all get?",
    right=_KINDS,
    wrongs=(
        Wrong(
            "richer-gives-more",
            example={**_KINDS, "disease": "sum", "checks": "sum"},
            matches=_weakest_as_sum,
            reply="Think of the post that checks least. If the richest neighbour doubles its own checks, is that post any "
            "tighter?",
        ),
        Wrong(
            "all-efforts-add-up",
            example={**_KINDS, "map": "sum", "warning": "sum"},
            matches=_best_as_sum,
            reply="More work does look like more for all. Suppose a second state finds out, with much effort, what the first "
            "one already knows and shares. What have all gained by it?",
        ),
    ),
    nudge="Take one card and double the effort of one state only. Does everybody gain, nobody, or does it depend on which?",
    help="Ask for the one effort that decides. If it is the smallest, it is a weakest link. If one success serves all, it is a "
    "best shot. If no single effort decides, it adds up.",
    worked="The boats and the beds add up: each hour and each million counts the same. The cattle disease and the forged "
    "papers enter where the checks are weakest. For the map and the warning one good piece of work serves all.",
    praise="The same five states, three kinds of good, three different problems: that is the chapter's main point.",
)


# 4. More to gain from one another: guess, then see


@cache
def _given(weight: float, spillover: float) -> float:
    """What each of five equal states gives if it decides alone, in percent of its means, efforts adding up."""
    from regionalism.models.publicgoods import nash

    return round(float(nash([100.0] * 5, weight, spillover, "sum").contributions[0]), 2)


@cache
def _undone(weight: float) -> float:
    """The percentage of the joint optimum that is left undone with full spillover."""
    from regionalism.models.publicgoods import joint_optimum, nash, shortfall

    equal = [100.0] * 5
    return round(100 * float(shortfall(nash(equal, weight, 1, "sum"), joint_optimum(equal, weight, 1, "sum"))), 1)


MORE = Question(
    id="gains.more-to-gain",
    title="More to gain, and then?",
    objective="predict",
    points=1,
    work="widget",
    show="gains-public-good",
    draw=lambda d: {"weight": d.pick((0.4, 0.5, 0.6))},
    kind=Predict(Number(unit="%", absolute=3, between=(0, 100))),
    prompt=lambda n: (
        f"Five equal states guard against one danger. Their efforts add up, and security counts for {100 * n['weight']:.0f} % of "
        f"all that they want. While nothing spills over a border, each gives **{_given(n['weight'], 0):.0f} %** of its means.\n\n"
        "Now everything spills over: each effort protects all five alike. **Guess**, before you try it out: what percentage of "
        "its means does each state give then, if each decides alone?"
    ),
    right=lambda n: round(_given(n["weight"], 1), 1),
    wrongs=(
        Wrong(
            "more-gain-more-cooperation",
            example=lambda n: _given(n["weight"], 0) + 10,
            matches=lambda n, answer: answer >= _given(n["weight"], 0) - 3,
            reply="Each state has more to gain from the others now, so it seems that each will do at least as much. But what "
            "the others do protects it already, whether or not it gives anything itself.",
        ),
    ),
    nudge="Ask what a state still wins by its own effort, once four others protect it as well.",
    help="Set the interactive to five equal states, efforts that add up, and your weight. Then move the spillover.",
    worked=lambda n: (
        "Set the interactive to five equal states and efforts that add up, with a weight of security of "
        f"{100 * n['weight']:.0f} %. Move the spillover from one end to the other. Each gives {_given(n['weight'], 0):.0f} % of its "
        f"means without spillover and {_given(n['weight'], 1):.1f} % with all of it. Then {_undone(n['weight']):.0f} % of the best "
        "joint level is left undone. More to gain from the others, and each one does less."
    ),
    praise="You saw it coming: who is protected by others does less.",
)


# 5. Not every failure is a dilemma

_FITS = {"patrols": "price", "posts": "sight", "laboratory": "turn", "signs": "none"}
# Only values that the interactive has; each pair (benefit, cost) keeps its task in its family of games.
_TASKS = {
    "patrols": ("sum", ((5, 8), (6, 10), (7, 10), (7, 12), (8, 12))),
    "posts": ("weakest", ((8, 4), (10, 6), (12, 8), (9, 6))),
    "laboratory": ("best", ((8, 6), (10, 4), (9, 4), (12, 10))),
    "signs": ("sum", ((2, 6), (3, 8), (4, 10), (3, 10))),
}


def _tasks_draw(draw: Draw) -> Numbers:
    return {task: list(draw.pick(pairs)) for task, (_, pairs) in _TASKS.items()}


def _task(name: str, words: str) -> Card:
    return Card(name, lambda n: f"{words}: cost {n[name][1]}, worth {n[name][0]} to each")


INSTITUTIONS = Question(
    id="gains.institutions",
    title="The help that fits",
    objective="diagnose",
    points=3,
    work="widget",
    show="gains-which-game",
    draw=_tasks_draw,
    kind=Match(
        items=(
            _task("patrols", "Border patrols, which add up"),
            _task("posts", "Two border posts, of which the weaker one decides"),
            _task("laboratory", "A laboratory that identifies new drugs, of which one is enough"),
            _task("signs", "Signs along an empty desert, which add up"),
        ),
        partners=(
            Bin("price", "Inspection, and a price to pay for whoever holds back"),
            Bin("sight", "Visits that show each state that the other does its part"),
            Bin("turn", "A plan that says which of the two does it this year"),
            Bin("none", "None: together they would win nothing"),
            Bin("twice", "The richer state does its own part twice"),
        ),
    ),
    prompt=(
        "Arka and Boro look at four tasks. For each you are told what an effort costs the state that makes it, and what it is "
        "worth to each of the two.\n\n"
        "Set the interactive to each task, with full spillover, and see which outcomes are stable. Then give each task the help "
        "that fits. One kind of help is left over."
    ),
    right=_FITS,
    wrongs=(
        Wrong(
            "every-failure-needs-punishment",
            example={**_FITS, "posts": "price", "patrols": "sight"},
            matches=lambda n, answer: any(answer.get(task) == "price" for task in ("posts", "laboratory", "signs")),
            reply="A price for holding back seems to help everywhere. It helps where a state is tempted to leave although both "
            "would gain. Take the task where you put it. If both do it, do the two together win more than if only one did? And "
            "would one then still like to stop?",
        ),
        Wrong(
            "richer-gives-more",
            example={**_FITS, "posts": "twice"},
            matches=lambda n, answer: answer.get("posts") == "twice",
            reply="More effort by the stronger state looks like a way out. Smugglers use the weaker post. Is that one any "
            "tighter now?",
        ),
        Wrong(
            "joint-gain-produces-cooperation",
            example={**_FITS, "patrols": "turn", "laboratory": "twice"},
            matches=lambda n, answer: answer.get("patrols") in ("sight", "turn"),
            reply="Both would gain by patrols, so it seems enough that they see each other or have a plan. Suppose that Boro "
            "patrols and Arka sees it. What does Arka then win by a patrol of its own, and what does it pay?",
        ),
        Wrong(
            "all-efforts-add-up",
            example={**_FITS, "laboratory": "twice"},
            matches=lambda n, answer: answer.get("laboratory") == "twice",
            reply="Twice the work looks like twice the use. If one laboratory is enough, what does a second one find?",
        ),
    ),
    nudge="Look at one task at a time: is a state tempted to leave, unsure of the other, unsure whose turn it is, or is there "
    "nothing to win?",
    help="With patrols each is tempted to leave. With posts both and neither are stable. With the laboratory it is stable that "
    "one of the two builds it.",
    worked=lambda n: (
        f"Patrols: an effort costs {n['patrols'][1]} and brings its maker {n['patrols'][0]}, so each is tempted to leave, and only "
        "a price for holding back helps. Posts: both and neither are stable, so each must see that the other does its part. "
        "Laboratory: one is enough, and it is open whose it will be. Signs: if both do it, each gets "
        f"2 × {n['signs'][0]} and pays {n['signs'][1]}, so there is nothing to win."
    ),
    praise="Four tasks, four problems, four kinds of help. Punishment fits only one of them.",
)


# 6. How patient must they be?

REWARD, PUNISHMENT = 3.0, 1.0
# What the interactive shows before anything is moved: a 10 % chance of a break, 5 % for waiting.
PATIENCE_AT_START = round(0.90 / 1.05, 2)


def _threshold(numbers: Numbers) -> float:
    return (numbers["temptation"] - REWARD) / (numbers["temptation"] - PUNISHMENT)


def _another_curve(numbers: Numbers, answer: float) -> bool:
    """The patience there is at the start, or the patience that tit for tat needs where it differs."""
    tit_for_tat = (numbers["temptation"] - REWARD) / REWARD
    return abs(answer - PATIENCE_AT_START) < 0.015 or (numbers["temptation"] > 4 and abs(answer - tit_for_tat) < 0.015)


PATIENCE = Question(
    id="gains.patience",
    title="How much must the future count?",
    objective="patience",
    points=2,
    work="widget",
    show="gains-shadow",
    draw=lambda d: {"temptation": d.pick((4.0, 4.5, 5.0))},
    kind=Number(absolute=0.02, between=(0, 1)),
    prompt=lambda n: (
        "Arka and Boro share what their border services know, every year. While both do, each gets "
        f"**{REWARD:g}** a year. A state that keeps its knowledge to itself gets **{n['temptation']:g}** once; after that trust "
        f"is gone and each gets **{PUNISHMENT:g}** a year for good.\n\n"
        "How much must next year count, as a number from 0 (not at all) to 1 (as much as this year), for the deal to hold? "
        "Work it out or read it off the interactive. Two decimals are enough."
    ),
    right=_threshold,
    wrongs=(
        Wrong(
            "patience-makes-cooperation",
            example=1.0,
            matches=lambda n, answer: answer > 0.98,
            reply="With such patience the deal can hold, and it could hold with less. The question asks for the smallest "
            "number. (Even at 1, holding is possible, not certain: if each expects the other to stop, both stop.)",
        ),
        Wrong(
            "another-curve",
            example=PATIENCE_AT_START,
            matches=_another_curve,
            reply="That number stands in the interactive and answers another question. Look for the patience *needed*, not the "
            "patience there is, and for the rule of this story: after one break, trust is gone for good.",
        ),
        Wrong(
            "one-year-only",
            example=lambda n: REWARD / n["temptation"],
            reply="This compares one year with one year. The state that breaks the deal wins once and then loses every year; put the "
            "one gain beside the yearly loss.",
        ),
    ),
    nudge="Put two things side by side: what breaking wins once, and what it loses each year afterwards.",
    help=lambda n: f"Breaking wins {n['temptation']:g} − {REWARD:g} once. It loses {REWARD:g} − {PUNISHMENT:g} in each later year. "
    "If next year counts d, all later years together count d / (1 − d).",
    worked=lambda n: (
        f"Won once: {n['temptation']:g} − {REWARD:g} = {n['temptation'] - REWARD:g}. Lost each later year: {REWARD:g} − "
        f"{PUNISHMENT:g} = {REWARD - PUNISHMENT:g}, which counts d / (1 − d) times. The two are equal at "
        f"d = ({n['temptation']:g} − {REWARD:g}) / ({n['temptation']:g} − {PUNISHMENT:g}) = {_threshold(n):.2f}."
    ),
    praise="Above this number the deal can hold. It need not: never sharing is stable too, at any patience.",
)


# Transfer: new cases, keyed apart


def _three(draw: Draw) -> Numbers:
    benefit = draw.integer(4, 7)
    return {"benefit": benefit, "cost": draw.integer(benefit + 2, 3 * benefit - 2)}


TRANSFER_RADAR = Question(
    id="gains.transfer-storm-warning",
    title="A new case: storm stations on three coasts",
    objective="predict",
    points=3,
    role="transfer",
    work="thought",
    draw=_three,
    kind=Table(
        cells=(
            Cell("alone", "How many of the three states build a station if each decides alone",
                 Number(unit="states", between=(0, 3))),
            Cell("together", "What each single state would win, its own cost taken off, if all three built one",
                 Number(absolute=0.01)),
        )
    ),
    prompt=lambda n: (
        "Celan, Dala and Elin lie on one sea. A storm station costs the state that builds it "
        f"**{n['cost']}**. Each station watches another part of the sea, and its warnings are worth **{n['benefit']}** to each "
        "of the three. So the stations add up. Each state decides once and alone.\n\nFill both cells."
    ),
)

TRANSFER_LOCUSTS = Question(
    id="gains.transfer-locusts",
    title="A new case: locusts",
    objective="diagnose",
    points=3,
    role="transfer",
    work="thought",
    kind=Choice(
        options=(
            Option("watch", "Field teams that visit all breeding grounds and report to all, and spraying gear for the state that has none"),
            Option("fines", "A court that fines the state from which a swarm comes"),
            Option("richest", "A rule that the richest state sprays twice as much of its own land"),
            Option("standard", "A meeting that picks one of two equally good spraying calendars"),
        )
    ),
    prompt=(
        "Locusts hatch in spring in five neighbouring states. A swarm forms if even one of them does not spray, and then it "
        "eats the harvest of all. For each state the harvest is worth far more than the spraying. Last year two governments "
        "did not spray, because they had heard that a neighbour would not.\n\n"
        "Which proposal fits the problem best?"
    ),
)


# An open argument

ARGUE = argument(
    "gains",
    "Argue: is the gain too small, or is something else missing?",
    "measure",
    "The article that the course starts from holds that gains from joint action exist, and that little is done "
    "nevertheless (Mayer 2021, sections 3 and 6).\n\n"
    "Take **one** task from the chapter. Argue whether the problem there is that the gain is too small, that the kind of good "
    f"makes it hard, or something else. {CLOSING}",
    (
        "Names one real task of the five states and says how the efforts add up there, with the reason (1 point)",
        "Uses at least one number from a figure or table of the chapter and says where it comes from (1 point)",
        "Says what the explanation 'the gain is too small' would lead us to expect, and whether the evidence fits (1 point)",
        "Names one finding that would change the writer's mind (1 point)",
    ),
)


# Check yourself: three quick questions for the page

_quick = quick_choices("gains", "Look again at the model above.")

SELF_CHECK: tuple[Question, ...] = (
    _quick(
        "gain", "Gain and action", "predict",
        "All five would gain if all five acted. What follows?",
        "open",
        (
            Option("act", "They will act, sooner or later"),
            Option("never", "They will never act without an outside power",
                   "Some goods are provided by one state alone or by all, with nobody from outside. It depends on the kind of good."),
            Option("open", "Nothing yet: it depends on what each gains by acting itself"),
        ),
        (Wrong("joint-gain-produces-cooperation", "act",
               "This takes the best joint result for the forecast. With benefit 6 and cost 10 each, two states both gain 2 by "
               "paying, and still neither pays."),),
        "A joint gain says what could be won. What happens depends on what each state wins by its own act.",
    ),
    _quick(
        "tool", "The right tool", "diagnose",
        "Arka and Boro want one radio channel for emergencies. Arka would like channel 5 and Boro channel 9, but for both "
        "any common channel is better than two. Which institution fits?",
        "forum",
        (
            Option("fines", "Inspection, and fines for the state that leaves the channel"),
            Option("forum", "A meeting that picks one channel"),
            Option("rich", "A stronger transmitter for the richer state"),
        ),
        (
            Wrong("every-failure-needs-punishment", "fines",
                  "Fines work against a temptation to leave. Once both use one channel, what would a state gain by leaving it?"),
            Wrong("richer-gives-more", "rich",
                  "A stronger signal on another channel is still not heard. Ask what the two have to agree on."),
        ),
        "Once a channel is chosen, nobody gains by leaving it. What is open is only which one: a coordination game.",
    ),
    _quick(
        "enough", "One is enough", "predict",
        "A station that tracks dust storms costs 6 and is worth 10 to each of Arka, Boro and Celan. One is enough for all: a "
        "second tells nothing new. Each decides alone. Which outcome is stable?",
        "one",
        (
            Option("one", "One builds, and the other two use its data"),
            Option("all", "All three build, since all three gain"),
            Option("none", "Nobody builds, as always with shared goods",
                   "That is so in a prisoner's dilemma. Suppose here that nobody builds: what would one state win by building, "
                   "and what would it pay?"),
        ),
        (
            Wrong("joint-gain-produces-cooperation", "all",
                  "All three gain from a station. If two stand already, what does a third one bring to its builder, and what "
                  "does it cost?"),
        ),
        "A best shot. The builder pays 6 and has 10, so it goes on; a second station would cost 6 and bring nothing. Who builds "
        "is open.",
    ),
)

CHAPTER = Chapter(
    stem="gains",
    title="When does it pay to act together?",
    objectives=OBJECTIVES,
    misconceptions=MISCONCEPTIONS,
    questions=(BURDEN, TWO_STATES, KINDS, MORE, INSTITUTIONS, PATIENCE, TRANSFER_RADAR, TRANSFER_LOCUSTS, ARGUE),
    self_check=SELF_CHECK,
)


