"""The explorers of the chapter on leadership: who can carry a good, and two candidates with three followers."""

from __future__ import annotations

import math

import pandas as pd

from regionalism.charts import leadership as charts
from regionalism.charts.tables import percent
from regionalism.charts.theme import STATE_NAMES, STATES
from regionalism.explorers.core import Choice, Column, Explorer, Option, Prediction, Preset, Slider, Values
from regionalism.figures.leadership import CAPABILITY_YEAR, MILITARY_YEAR, SIZE_YEAR, state_sizes
from regionalism.models import kgroups, leadership

# What the total of the five is called, its unit, and its decimals.
TOTALS: dict[str, tuple[str, str, int]] = {
    "gdp": ("output", "billion dollars", 0),
    "population": ("people", "million people", 1),
    "capability": ("index of capability", "thousandths of the world's", 2),
    "military": (f"military spending of {MILITARY_YEAR}", "million dollars", 0),
}


# Who carries the load?


def load_carriers(measure: str, cost: float, worth: float, sharing: str = "proportional") -> pd.DataFrame:
    """Return who can carry a good that costs ``cost`` per cent of the five's total size.

    ``worth``: what the good brings a state, as a multiple of its size. Columns ``g1`` to ``g10`` hold the minimal
    groups: 1 for a member, 0 for another, missing where there are fewer.
    """
    sizes = state_sizes(measure)
    total = sum(sizes)
    benefits = [worth * size for size in sizes]
    found = kgroups.groups(benefits, cost / 100 * total, sharing)
    power = kgroups.shapley_shubik(benefits, cost / 100 * total)
    slots = {
        f"g{slot + 1}": [float(place in found.minimal[slot]) if slot < len(found.minimal) else math.nan
                         for place in range(len(STATES))]
        for slot in range(charts.GROUP_SLOTS)
    }
    return pd.DataFrame(
        {
            "iso3": list(STATES),
            "state": [STATE_NAMES[code] for code in STATES],
            "size": sizes,
            "size_share": [100 * size / total for size in sizes],
            "in_groups": [sum(place in group for group in found.minimal) for place in range(len(STATES))],
            "power": power,
            "needed": [place in found.indispensable for place in range(len(STATES))],
            **slots,
        }
    )


def carriers_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say what the good costs, which groups are just enough, and whether anybody is needed in all of them."""
    name, unit, digits = TOTALS[values["measure"]]
    total = sum(state_sizes(values["measure"]))
    cost = f"{percent(values['cost'])} of the five's {name}: {values['cost'] / 100 * total:,.{digits}f} {unit}"
    groups = _minimal(results)
    if not groups:
        return f"The good costs {cost}. Even all five together do not reach it, so nothing is provided."
    named = [_listed(group) + (" alone" if len(group) == 1 else "") for group in groups[:3]]
    more = f" (and {len(groups) - 3} more)" if len(groups) > 3 else ""
    needed = results.loc[results["needed"], "state"].tolist()
    if len(needed) == len(groups[0]) and len(groups) == 1:
        who = f"{_listed(needed)} {'is' if len(needed) == 1 else 'are'} indispensable."
    elif needed:
        who = f"{_listed(needed)} {'is' if len(needed) == 1 else 'are'} needed in each."
    else:
        who = "Nobody is indispensable."
    end = (
        "One state would do it if nobody else did."
        if min(len(group) for group in groups) == 1
        else "That nobody joins is stable too."
    )
    return f"The good costs {cost}. Just enough: {', or '.join(named)}{more}. {who} {end}"


def _minimal(results: pd.DataFrame) -> list[list[str]]:
    slots = [results[f"g{slot}"] for slot in range(1, charts.GROUP_SLOTS + 1)]
    return [results.loc[slot == 1, "state"].tolist() for slot in slots if slot.notna().all()]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _pair_reaches() -> str:
    sizes = dict(zip(STATES, state_sizes("gdp"), strict=True))
    return f"{sizes['UZB'] + sizes['TKM']:.1f}"


def _who_carries() -> Explorer:
    return Explorer(
        name="leadership-who-carries",
        title="Who carries the load?",
        question="A shared good has a fixed cost. Which groups of the five could carry it, and can anybody be left"
                 " out?",
        prediction=Prediction(
            "A joint border service costs 131 billion dollars, 30 % of the output of the five. Kazakhstan has 60 % of"
            " that"
            " output. Suppose that Kazakhstan stays away. Can the good still be provided?",
            (
                Option(
                    "No. The largest state is indispensable.",
                    "Largest and indispensable are two things. Indispensable is a state without which no group"
                    " reaches the"
                    " cost. Look for a column of dots without Kazakhstan.",
                ),
                Option(
                    "Yes, but only if all the other four join.",
                    "All four would be more than enough. Look at the second column of dots: how many states does it"
                    " hold?",
                ),
                Option(
                    "Yes, by Uzbekistan and Turkmenistan alone.",
                    f"Yes. The two reach {_pair_reaches()} billion dollars, more than 131. Kazakhstan could do it"
                    f" alone,"
                    " and yet it is not needed. Raise the cost until it is.",
                    right=True,
                ),
                Option(
                    "Only if an outside power pays.",
                    "That may be how it goes in practice, and another chapter looks at it. Here the question is whether"
                    " the four have the means. Add up two of the other bars.",
                ),
            ),
        ),
        controls=(
            Choice(
                "measure",
                "What counts as size",
                (
                    ("gdp", f"GDP {SIZE_YEAR}"),
                    ("population", f"Population {SIZE_YEAR}"),
                    ("capability", f"Capability index {CAPABILITY_YEAR}"),
                    ("military", f"Military spending {MILITARY_YEAR}"),
                ),
                "gdp",
                f"A state gains from the good in proportion to its size. Military spending is that of"
                f" {MILITARY_YEAR}, the"
                " last year all five reported; in dollars it is doubtful for Turkmenistan and Uzbekistan.",
            ),
            Slider(
                "cost",
                "Cost of the good, in per cent of the five's total size",
                tuple(range(5, 101, 5)),
                30,
                help="The whole cost must be met, or nothing is provided. At 30 % and by GDP it is 131 billion"
                     " dollars, far"
                " above any real project: only the shares matter.",
                fine_step=1,
                format=percent,
            ),
            Slider(
                "worth",
                "Benefit: what the good is worth to a state, as a multiple of its size",
                (0.5, 1, 1.5, 2),
                1,
                help="At 1 a state of size 20 would pay up to 20 for it. Twice the benefit works like half the cost.",
                fine_step=0.1,
            ),
            Choice(
                "sharing",
                "How members share the cost",
                (("proportional", "In proportion to size"), ("equal", "In equal parts")),
                "proportional",
                "With equal parts each member must gain at least its part, so that a small state cannot join a dear"
                " good.",
            ),
        ),
        presets=(
            Preset("A dear good, by output", {}, "The five's economies in 2023 and a cost of 30 %."),
            Preset("The same, by people", {"measure": "population"}, "Only the measure has changed: see who acts"
                                                                     " alone now."),
            Preset("Too dear for one", {"cost": 60}, "By output no state can carry 60 % alone. Who is needed now?"),
            Preset("Equal parts", {"cost": 60, "worth": 2, "sharing": "equal"},
                   "Worth more to all, and paid in equal parts: the small states drop out."),
            Preset("By the soldiers' budgets of 1999", {"measure": "military"},
                   "The last year in which all five reported. Another state is the largest."),
        ),
        columns=(
            Column("iso3", "Code", shown=False),
            Column("state", "State"),
            Column("size", "Size", 3),
            Column("size_share", "Share of the five (%)", 1),
            Column("in_groups", "In how many of the groups"),
            Column("power", "Power (Shapley\N{EN DASH}Shubik)", 3),
            Column("needed", "Needed in all"),
            *(Column(f"g{slot}", f"Group {slot}", shown=False) for slot in range(1, charts.GROUP_SLOTS + 1)),
        ),
        model=load_carriers,
        sentence=carriers_sentence,
        draw=charts.groups_chart,
        inputs=(
            "Data: GDP and population (World Bank, 2023), capability index (Correlates of War, 2022), military spending"
            " (SIPRI, 1999). Assumptions: that a state gains in proportion to this size, the cost, the benefit, and"
            " that"
            " members can rely on each other's share."
        ),
        see=(
            "Each column of dots is a group that is just enough: take one member away and it fails. Raise the cost"
            " step by"
            " step. At first one state is enough, then nobody can do it alone, at the end all are needed, small ones"
            " too."
            " Then change only the measure, and see whether the same state is still the one that can act."
        ),
        not_shown=(
            "Which of the groups forms. Each member would like best a group without itself, so they may quarrel over"
            " who"
            " belongs to it. Nor does size say what a state can use abroad, or whom the good protects."
        ),
        source="After Olson 1965, Snidal 1985, Shapley and Shubik 1954.",
    )


# Two candidates, three followers

BENEFIT, COST = 2.0, 3.0
SMALL = 0.2
FIELDS: tuple[str, ...] = ("Economy", "Security", "Water")
# How much each field counts for A and for B, as a part of full prestige and dislike.
PATTERNS: dict[str, tuple[tuple[float, float], ...]] = {
    "reluctant": ((1, SMALL), (1, SMALL), (1, SMALL)),
    "same": ((1, 1), (1, 1), (1, 1)),
    "divided": ((1, SMALL), (SMALL, 1), (0.6, 0.6)),
}
CAMPS: dict[str, int] = {"three_a": 3, "two_a": 2, "one_a": 1, "none_a": 0}
WORDS = {"rivalry": "rivalry", "A": "A leads", "B": "B leads", "vacuum": "nobody"}
SPECIAL: dict[tuple[str, ...], str] = {
    (): "Nothing is stable",
    ("A", "B"): "A or B may lead",
    ("vacuum",): "Nobody leads",
    ("A", "B", "vacuum"): "A, B or nobody",
    ("rivalry", "A", "B"): "Rivalry, A or B",
}


def candidates(prestige: float, dislike: float, rivalry: float, fields: str, followers: str, benefit: float = BENEFIT,
               cost: float = COST, tilt: float = 1.0) -> pd.DataFrame:
    """Return the stable outcomes in three fields, and how much of the good they deliver in per cent.

    ``fields``: a key of ``PATTERNS``; ``followers``: of ``CAMPS``; ``tilt``: B's dislike of following beside A's.
    """
    found = _fields(prestige, dislike, rivalry, fields, followers, benefit, cost, tilt)
    return pd.DataFrame(
        {
            "field": list(FIELDS),
            "outcome": [_outcome_words(field.stable) for field in found],
            "leader": [_who_leads(field.stable) for field in found],
            "least": [100 * field.delivered_least for field in found],
            "most": [100 * field.delivered_most for field in found],
        }
    )


def _fields(prestige: float, dislike: float, rivalry: float, fields: str, followers: str, benefit: float, cost: float,
            tilt: float) -> list[leadership.Field]:
    return [
        leadership.rivals(benefit, cost, (prestige * a, prestige * b), (dislike * a, dislike * tilt * b), rivalry,
                          CAMPS[followers])
        for a, b in PATTERNS[fields]
    ]


def candidates_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say field by field who leads, what is lost, and whether the two divide the work."""
    by_outcome: dict[str, list[str]] = {}
    for row in results.itertuples():
        by_outcome.setdefault(str(row.outcome), []).append(str(row.field))
    parts = []
    for outcome, names in by_outcome.items():
        named = _listed([name.lower() for name in names])
        where = "In all three fields" if len(names) == len(FIELDS) else f"In {named}"
        parts.append(f"{where}: {outcome[0].lower() + outcome[1:] if not outcome.startswith(('A', 'B')) else outcome}.")
    split = CAMPS[values["followers"]]
    reached = percent(100 * leadership.camp_share(split))
    outcomes = set(results["outcome"])
    if any("ivalry" in outcome for outcome in outcomes):
        sides = "the three followers stand on one side" if split in (0, 3) else "the three followers split"
        parts.append(f"In a rivalry {sides}, and {reached} of the good is delivered.")
    if any("obody" in outcome for outcome in outcomes):
        parts.append("Where nobody leads, nothing is delivered.")
    if {"A leads", "B leads"} <= outcomes and outcomes <= {"A leads", "B leads", "A or B may lead"}:
        parts.append("That is a division of labour, and nothing is lost.")
    elif "A or B may lead" in outcomes:
        parts.append("Which of the two is open: they must agree on one.")
    if "Nothing is stable" in outcomes:
        parts.append("Where nothing is stable, one of the two always wants to change.")
    return " ".join(parts)


def _outcome_words(stable: tuple[str, ...]) -> str:
    if stable in SPECIAL:
        return SPECIAL[stable]
    text = " or ".join(WORDS[outcome] for outcome in stable)
    return text[0].upper() + text[1:]


def _who_leads(stable: tuple[str, ...]) -> str:
    if stable in (("A",), ("B",)):
        return stable[0]
    if stable == ("rivalry",):
        return "both"
    return "either" if "A" in stable or "B" in stable else "none"


def _two_candidates() -> Explorer:
    return Explorer(
        name="leadership-two-candidates",
        title="Two candidates, three followers",
        question="Two states might lead, in three fields. When does a second leader help, and when does it harm?",
        prediction=Prediction(
            "So far Arka leads, and Boro and three small states follow. Now Boro also begins to want to lead, and minds"
            " following. How much of the shared good is delivered?",
            (
                Option(
                    "More: two leaders do more than one.",
                    "Will alone adds nothing here. If both lead in the same field, the small states divide between"
                    " them, and"
                    " each half is smaller than the whole was. Set the fields to the same for both.",
                ),
                Option(
                    "Less: two leaders always block each other.",
                    "They do if they want the same fields. Set the fields so that each has one of its own, and look"
                    " again.",
                ),
                Option(
                    "As much as before: the larger of the two wins.",
                    "Nothing in the game lets size decide. What decides is whether one of them would rather follow than"
                    " compete. Raise the dislike of following and watch.",
                ),
                Option(
                    "Less if both want the same fields, not less if they divide them.",
                    "So it is in this model. The same will does harm or none, and the difference lies in how the"
                    " fields are"
                    " divided. Now find a case with strong will on both sides and full delivery.",
                    right=True,
                ),
            ),
        ),
        controls=(
            Slider(
                "prestige",
                "Prestige: what leading a field is worth in itself",
                (0, 0.5, 1, 1.5, 2, 2.5, 3),
                2.5,
                help="For both candidates, in a field they care about. The good itself is worth 2 to each, and leading"
                " costs 3.",
                fine_step=0.1,
            ),
            Slider(
                "dislike",
                "Dislike of following the other",
                (0, 0.5, 1, 1.5, 2, 2.5, 3),
                2.5,
                help="What it costs a candidate, in standing at home and abroad, to follow the other in a field it"
                     " cares"
                " about.",
                fine_step=0.1,
            ),
            Slider(
                "rivalry",
                "Cost of open rivalry, to each",
                (0, 0.5, 1, 1.5, 2),
                0.5,
                help="Beside what is lost because the followers are divided.",
                fine_step=0.1,
            ),
            Choice(
                "fields",
                "Who cares about which field",
                (
                    ("reluctant", "A about all, B hardly about any"),
                    ("same", "Both about all three"),
                    ("divided", "A about the economy, B about security"),
                ),
                "reluctant",
                "Where a state cares little, prestige and dislike are a fifth as large. In the divided case both care"
                " about"
                " water to some degree.",
            ),
            Choice(
                "followers",
                "If both lead, the three followers go",
                (
                    ("three_a", "all to A"),
                    ("two_a", "two to A, one to B"),
                    ("one_a", "one to A, two to B"),
                    ("none_a", "all to B"),
                ),
                "two_a",
                "The larger camp, its leader included, is what the good reaches: four of five, or three of five.",
            ),
        ),
        extra_controls=(
            Slider("benefit", "Benefit of the good to each", (1, 1.5, 2, 2.5, 3), 2,
                   help="In the same unit as all the rest.", fine_step=0.1),
            Slider("cost", "Cost of leading", (2, 2.5, 3, 3.5, 4), 3,
                   help="Borne by the leader; in a rivalry each bears half.", fine_step=0.1),
            Slider("tilt", "How much more B minds following", (0.5, 1, 1.5, 2), 1,
                   help="1: as much as A. Above 1 B minds it more.", fine_step=0.1,
                   format="{:.1f}\N{NO-BREAK SPACE}\N{MULTIPLICATION SIGN}".format),
        ),
        presets=(
            Preset("One willing leader", {}, "B cares little in any field: it follows without much pain."),
            Preset("Germany and France, field by field",
                   {"fields": "divided", "prestige": 2, "dislike": 2, "rivalry": 1.5},
                   "A as Germany in the economy, B as France in foreign and military matters, and a rivalry that both"
                   " remember as costly. The third field stands for any that both care about somewhat."),
            Preset("Kazakhstan and Uzbekistan before 2016",
                   {"fields": "same", "prestige": 2, "dislike": 3, "rivalry": 0.5},
                   "A as Kazakhstan, B as Uzbekistan, each unwilling to follow. The model has no move for staying away,"
                   " which is closer to what happened."),
            Preset("Since 2016, as the article feared",
                   {"fields": "same", "prestige": 3, "dislike": 2, "rivalry": 0.5},
                   "B is open to the region, and now wants to lead it too."),
            Preset("Since 2016, another reading",
                   {"fields": "same", "prestige": 2, "dislike": 1, "rivalry": 0.5},
                   "The dislike of following has gone down more than the wish to lead has gone up. Which reading fits"
                   " is"
                   " for you to argue."),
            Preset("Nobody wants it", {"fields": "same", "prestige": 0, "dislike": 1}, "Leading costs more than it"
                                                                                       " brings."),
        ),
        columns=(
            Column("field", "Field"),
            Column("outcome", "What is stable"),
            Column("leader", "Leader", shown=False),
            Column("least", "Delivered, least (%)", 0),
            Column("most", "Delivered, most (%)", 0),
        ),
        model=candidates,
        sentence=candidates_sentence,
        draw=charts.candidates_chart,
        inputs=(
            "All numbers are assumptions, those of the presets too. A and B are made up; the presets are readings of"
            " cases,"
            " not measurements."
        ),
        see=(
            "Set the fields to the same for both and raise the prestige from 0: at first nobody leads, and then both"
            " do. More"
            " will made a rivalry and not a leader. Now lower the dislike of following instead, or raise the cost of"
            " rivalry. At last divide the fields and raise prestige and dislike again."
        ),
        not_shown=(
            "Staying away, outside leaders, and leaders who take turns. What three followers want is not asked: they"
            " gain"
            " from the good and have no say in what it is. And a good delivered in full may be bad news for those it is"
            " used against."
        ),
        source="The course's own game on the question of Mayer 2021, section 6; compare Snidal 1985.",
    )


who_carries = _who_carries()
two_candidates = _two_candidates()

EXPLORERS: tuple[Explorer, ...] = (who_carries, two_candidates)
