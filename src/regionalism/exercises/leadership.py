"""The questions of the chapter `leadership`: One leader, two rivals or a tandem?

The states in the games carry made-up names (Arka, Boro, Celan, Dala, Elin). Questions on real states ask for arithmetic
on the shared tables, or for what follows from their sizes in the interactive.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from regionalism.exercises.building import CLOSING, argument, quick_choices
from regionalism.exercises.draws import Draw
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Claim,
    Number,
    Numbers,
    Option,
    Order,
    Question,
    Sliders,
    Table,
    Wrong,
)

if TYPE_CHECKING:
    import pandas as pd

OBJECTIVES = {
    "measure": "compare the candidates by several measures of size and say what the choice of measure changes",
    "carry": "find which groups of states can carry a shared good, and whether any state is indispensable",
    "predict": "predict when two candidates end in rivalry, one leader, a vacuum or a division of labour",
    "weigh": "say when going first, paying or threatening raises what is provided, and when it does not",
}

MISCONCEPTIONS = {
    "largest-is-indispensable": "Without the largest state nothing can be done.",
    "will-makes-a-leader": "Who wants to lead strongly enough, leads.",
    "moving-first-is-generous": "A state that goes first sets an example, and more is provided.",
    "seat-is-leadership": "The state that hosts, chairs or is large leads.",
    "one-measure-for-all": "The largest by one measure is the largest by every measure.",
    "order-turned-round": "An order begins with the least.",
    "equal-keeps-all": "If all get the same, nobody has a reason to leave.",
    "share-of-whom": "The wrong states are counted in.",
    "two-leaders-always-block": "Two leaders always stand in each other's way.",
}

STATES = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
NAMES = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan", "TKM": "Turkmenistan", "UZB": "Uzbekistan"}


# 1. Largest in what?

# What is divided by the number of people, in words. The years are those in which the five differ clearly by person, and
# in which neither column alone gives most of that order away: output is left out, since it would.
_PER_PERSON = {"power": "electricity made per person", "forces": "soldiers and paramilitary forces per 1,000 people"}
_COLUMN = {"power": "Electricity made {}, billion kWh", "forces": "Soldiers and paramilitary forces {}, thousand"}
_UNIT = {"power": "thousand kWh a person", "forces": "per 1,000 people"}
_CASES = (("power", 2003), ("power", 2012), ("power", 2013), ("forces", 2009), ("forces", 2015))


@cache
def _sizes(what: str, year: int) -> dict[str, tuple[float, float]]:
    """Electricity made (billion kWh) or armed forces (thousands), and people (millions), of the five in one year."""
    from regionalism.data import load

    panel = load("country_panel")
    people = panel[(panel["indicator"] == "population") & (panel["year"] == year)].set_index("iso3")["value"]
    if what == "power":
        power = load("water_and_power")
        whole = power[(power["indicator"] == "generation_twh") & (power["year"] == year)].set_index("iso3")["value"]
    else:
        forces = load("armed_forces")
        whole = forces[forces["year"] == year].set_index("iso3")["personnel"] / 1e3
    return {iso3: (round(float(whole[iso3]), 1), round(float(people[iso3]) / 1e6, 1)) for iso3 in STATES}


def _largest_draw(draw: Draw) -> Numbers:
    return dict(zip(("what", "year"), draw.pick(_CASES), strict=True))


def _table_of(numbers: Numbers) -> dict[str, tuple[float, float]]:
    return _sizes(numbers["what"], numbers["year"])


def _largest_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    year = numbers["year"]
    # Text, so that all numbers of a column have the same decimals.
    rows = [(NAMES[iso3], f"{whole:.1f}", f"{people:.1f}") for iso3, (whole, people) in _table_of(numbers).items()]
    return pd.DataFrame(rows, columns=["State", _COLUMN[numbers["what"]].format(year), f"People {year}, million"])


def _per_person(numbers: Numbers, iso3: str) -> float:
    """Electricity made in thousand kWh a person, or armed forces per 1,000 people."""
    whole, people = _table_of(numbers)[iso3]
    return whole / people


def _by_column(numbers: Numbers, column: int) -> list[str]:
    table = _table_of(numbers)
    return sorted(STATES, key=lambda iso3: -table[iso3][column])


def _by_person(numbers: Numbers) -> list[str]:
    return sorted(STATES, key=lambda iso3: -_per_person(numbers, iso3))


def _firsts(numbers: Numbers) -> str:
    """Who is first by each of the two columns, in words."""
    whole, people = (NAMES[_by_column(numbers, column)[0]] for column in (0, 1))
    return f"{whole} is first by both columns." if whole == people else f"{whole} is first by the one column and {people} by the other."


def _caution(numbers: Numbers) -> str:
    """What the figures cannot bear, in words."""
    if numbers["what"] == "power":
        return "What a state makes is not what it uses: some of it may be sold abroad."
    estimate = "Turkmenistan's forces are an estimate, since the state publishes nothing"
    return f"{estimate}; it is this estimate that puts it first." if _by_person(numbers)[0] == "TKM" else f"{estimate}."


LARGEST = Question(
    id="leadership.largest",
    title="Largest in what?",
    objective="measure",
    points=2,
    work="data",
    draw=_largest_draw,
    show=_largest_table,
    kind=Order(
        items=tuple(Card(iso3, NAMES[iso3]) for iso3 in STATES),
        first="most",
        last="least",
    ),
    prompt=lambda n: (
        f"The table shows the five states in {n['year']} by two measures. Now take a third, which is made of these two: "
        f"**{_PER_PERSON[n['what']]}**.\n\n"
        "Say first who you expect at the top. Then work it out, and put the five in order from the most to the least."
    ),
    right=_by_person,
    wrongs=(
        Wrong(
            "one-measure-for-all",
            example=lambda n: _by_column(n, 0),
            reply="This is the order of the first column. It says who has most in all, and the question asks for how much there is "
            "for each person. Divide within one row.",
        ),
        Wrong(
            "one-measure-for-all",
            example=lambda n: _by_column(n, 1),
            reply="This is the order by people. Many people make a state large by one measure, and they share what it has. "
            "Divide within one row.",
        ),
        Wrong(
            "order-turned-round",
            example=lambda n: _by_person(n)[::-1],
            reply="The divisions are right and the order is turned round: the state with the most stands first.",
        ),
    ),
    nudge="Take one state at a time: its first number divided by its second.",
    help=lambda n: (
        f"Kazakhstan: {_table_of(n)['KAZ'][0]:.1f} / {_table_of(n)['KAZ'][1]:.1f} = {_per_person(n, 'KAZ'):.2f}. Do the same for the "
        "others."
    ),
    worked=lambda n: "First number divided by second: " + ", ".join(
        f"{NAMES[iso3]} {_per_person(n, iso3):.2f}" for iso3 in _by_person(n)
    ) + f" ({_UNIT[n['what']]}).",
    praise=lambda n: (
        "{} Per person it is {}, then {}, and {} comes last. ".format(_firsts(n), *(NAMES[_by_person(n)[i]] for i in (0, 1, -1)))
        + f"'The largest' is a choice of measure, and not a fact. {_caution(n)}"
    ),
)


# 2. Can it be done without the largest?


def _own_and_others(iso3: str) -> tuple[float, float]:
    """One state's share of the five's total by the measure that favours it, and that of the other four, in %."""
    from regionalism.figures.leadership import state_sizes

    sizes = state_sizes(HOME[iso3])
    own = 100 * sizes[STATES.index(iso3)] / sum(sizes)
    return own, 100 - own


HOME = {"KAZ": "gdp", "UZB": "population"}

WITHOUT = Question(
    id="leadership.without",
    title="Without the largest?",
    objective="carry",
    points=2,
    work="widget",
    show="leadership-who-carries",
    draw=lambda d: {"cost": d.pick((20, 25, 30, 35))},
    kind=Choice(
        options=(
            Option("able", "It could carry the good alone, and the others could do it without Kazakhstan"),
            Option("needed", "It is indispensable: without Kazakhstan no group can carry the good"),
            Option("partner", "It cannot carry the good alone and needs a partner",
                   "Look at the first column of dots: how many states stand in it?"),
            Option("useless", "It is in none of the groups that are just enough",
                   "Look along Kazakhstan's row: is there a dot in any of the columns?"),
        )
    ),
    prompt=lambda n: (
        f"Set the interactive to GDP and to a cost of **{n['cost']} %** of the output of the five, with the benefit"
        f" at 1 and "
        "costs shared in proportion to size.\n\nWrite down first what you expect. What holds for Kazakhstan?"
    ),
    right="able",
    wrongs=(
        Wrong(
            "largest-is-indispensable",
            "needed",
            reply="It is much the largest, and that tempts. Indispensable means that no group reaches the cost"
                  " without it. Find the "
            "column in which its row has no dot, and add up the sizes there.",
        ),
    ),
    nudge="Ask two separate questions: can it do it alone, and can the others do it without it?",
    help=lambda n: (
        "Kazakhstan has {:.0f} % of the output, and the other four together have {:.0f} %.".format(
            *_own_and_others("KAZ"))
        + f" The cost is {n['cost']} %."
    ),
    worked=lambda n: (
        "Kazakhstan's {0:.0f} % are more than {2} %, so it can act alone. The other four have {1:.0f} %, which is more"
        " than {2} %, so they can do without it. Large, able, and not indispensable.".format(
            *_own_and_others("KAZ"), n["cost"])
    ),
    praise="Being able to act alone and being needed are two things. Here the first holds and the second does not.",
)


# 3. Share out what the group gains

MADE_UP = ("Arka", "Boro", "Celan", "Dala", "Elin")
# What a warning system is worth to each of the five, and its cost. Arka can pay for one alone, and so can the other
# four together; whoever takes an equal part of the gain out of the whole leaves some group that does better alone.
_WORTHS = ((45, 25, 15, 10, 5), (50, 20, 15, 10, 5), (45, 20, 20, 10, 5), (50, 25, 10, 10, 5), (45, 25, 20, 5, 5))
_COST = 40


def _share_draw(draw: Draw) -> Numbers:
    return {"worth": list(draw.pick(_WORTHS)), "cost": _COST}


def _gain(numbers: Numbers, group: tuple[str, ...]) -> int:
    """What a group wins by a system of its own: what it is worth to its members less the cost, or nothing."""
    worth = dict(zip(MADE_UP, numbers["worth"], strict=True))
    return max(0, sum(worth[name] for name in group) - numbers["cost"])


def _share_claims(numbers: Numbers) -> tuple[Claim, ...]:
    """What each group that can pay for a system of its own would win by it, the smallest groups first."""
    smaller = (group for size in range(1, len(MADE_UP)) for group in combinations(MADE_UP, size))
    return tuple(Claim(group, _gain(numbers, group)) for group in smaller if _gain(numbers, group))


def _by_worth(numbers: Numbers) -> dict[str, float]:
    """The gain shared in proportion to worth: all bear the same part of what the system is worth to them."""
    return {name: worth * _gain(numbers, MADE_UP) / sum(numbers["worth"]) for name, worth in zip(MADE_UP, numbers["worth"], strict=True)}


def _equally(numbers: Numbers) -> dict[str, float]:
    return dict.fromkeys(MADE_UP, _gain(numbers, MADE_UP) / len(MADE_UP))


def _share_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(zip(MADE_UP, numbers["worth"], strict=True)), columns=["State", "Worth to it, million a year"])


SHARE = Question(
    id="leadership.share",
    title="Share it so that nobody walks out",
    objective="carry",
    points=3,
    work="widget",
    draw=_share_draw,
    show=_share_table,
    kind=Allocate(
        receivers=tuple(Card(name, name) for name in MADE_UP),
        total=lambda n: _gain(n, MADE_UP),
        claims=_share_claims,
        unit="million",
        step=1,
    ),
    prompt=lambda n: (
        f"Five made-up states want one system that warns of floods. It costs **{n['cost']} million** a year, and only members are "
        f"warned. The table says what it is worth to each: {sum(n['worth'])} together, so the five gain **{_gain(n, MADE_UP)}**.\n\n"
        f"But any group may run a system of its own for {n['cost']}, and keep what it gains by that. Share out the "
        f"{_gain(n, MADE_UP)} so that no state and no group does better by walking out."
    ),
    right=_by_worth,
    wrongs=(
        Wrong(
            "equal-keeps-all",
            example=_equally,
            matches=lambda n, answer: max(answer.values()) - min(answer.values()) <= 1,
            reply="The same for all looks fair, and nobody would be envied. But stability asks something else: what could Arka "
            "and Boro win by a system for the two of them?",
        ),
        Wrong(
            "largest-is-indispensable",
            example=lambda n: {name: float(_gain(n, MADE_UP)) if name == "Arka" else 0.0 for name in MADE_UP},
            matches=lambda n, answer: sum(answer[name] for name in MADE_UP[1:]) < _gain(n, MADE_UP[1:]),
            reply="Arka is by far the largest, and it seems that it can ask for nearly all. Is it needed? Add up what the system "
            "is worth to the other four, and take off the cost.",
        ),
    ),
    nudge="For each group ask: what is a system worth to its members together, less its cost? It must get at least that.",
    help=lambda n: (
        f"Arka and Boro alone would win {_gain(n, MADE_UP[:2])}, Arka, Boro and Celan {_gain(n, MADE_UP[:3])}, and the four without Arka "
        f"{_gain(n, MADE_UP[1:])}."
    ),
    worked=lambda n: (
        "Many shares hold. One of them lets each state pay the same part of what the system is worth to it, so that the gain "
        "is in proportion to the worth: " + ", ".join(f"{name} {part:g}" for name, part in _by_worth(n).items()) + ". A group alone "
        "would have to bear the whole cost by itself, so none of them does better."
    ),
    praise="Not the same for all, and not all for the largest. No state can ask for more than the others would lose without it.",
)


# 4. What lets one lead?

LEAD = Question(
    id="leadership.lead",
    title="What lets one lead?",
    objective="predict",
    points=2,
    work="widget",
    draw=lambda d: {"prestige": d.pick((2.0, 2.5)), "dislike": d.pick((2.5, 3.0))},
    kind=Sliders(
        explorer="leadership-two-candidates",
        free=("prestige", "dislike", "rivalry"),
        fixed={"fields": "same", "followers": "two_a"},
        start=lambda n: {"prestige": n["prestige"], "dislike": n["dislike"], "rivalry": 0.5},
        goal=lambda results, values, n: bool((results["outcome"] == "A leads").all()),
        goal_words="A leads in all three fields, and B follows",
    ),
    prompt=(
        "Arka (A) and Boro (B) both want to lead in all three fields. Two of the three small states lean to Arka. So"
        " far both lead, "
        "and only part of the good is delivered.\n\nWrite down first what you would change. Then move the controls"
        " until Arka alone "
        "leads, in all three fields."
    ),
    right=lambda n: {"prestige": n["prestige"], "dislike": 1.5, "rivalry": 0.5},
    wrongs=(
        Wrong(
            "will-makes-a-leader",
            example=lambda n: {"prestige": 3.0, "dislike": n["dislike"], "rivalry": 0.5},
            matches=lambda n, values: values["prestige"] > n["prestige"] and values["dislike"] >= n["dislike"]
            and values["rivalry"] <= 0.5,
            reply="More prestige gives Arka a stronger wish to lead. It already leads. Ask instead about Boro: what"
                  " would have to "
            "change so that Boro would rather follow than compete?",
        ),
    ),
    nudge="Arka leads already. What must change is Boro's choice between following and competing.",
    help="Boro compares two things: what it costs to follow, and what it costs to compete. Change one of these, and"
         " leave the prestige.",
    worked="Lower the dislike of following to 1.5, or raise the cost of rivalry to 2: then Boro would rather follow."
           " Raising the "
    "prestige only makes both hold on.",
    praise="Not Arka's will decided, and not its size, but what it costs Boro to follow or to compete.",
)


# 5. Ways to lead

_WAYS = {"posts": "offer", "officers": "offer", "railway": "threat", "first": "first", "host": "none", "large": "none"}

WAYS = Question(
    id="leadership.ways",
    title="Ways to lead, and what only looks like it",
    objective="weigh",
    points=3,
    work="thought",
    kind=Cards(
        cards=(
            Card("posts", "Arka pays half of what its neighbours spend on new border posts"),
            Card("officers", "Arka adds one officer for each officer that a neighbour sends"),
            Card("railway", "Arka lets it be known that a state that stays out will lose the use of its railway"),
            Card("first", "Arka announces what it will give this year, and that it will give no more; the others then"
                          " decide"),
            Card("host", "Arka holds this year's summit, since it is its turn"),
            Card("large", "Arka has the largest economy of the five"),
        ),
        bins=(
            Bin("offer", "An offer: others gain if they do more"),
            Bin("threat", "A threat: others lose if they do nothing"),
            Bin("first", "Only going first: the others are left to fill the rest"),
            Bin("none", "Not in itself an act of leading"),
        ),
    ),
    prompt="Sort the six cards. Ask of each: does it change what another state wins or loses by its own act?",
    right=_WAYS,
    wrongs=(
        Wrong(
            "moving-first-is-generous",
            example={**_WAYS, "first": "offer"},
            matches=lambda n, answer: answer.get("first") == "offer",
            reply="It sounds generous. Does a neighbour gain anything more by giving more itself? Or does it learn"
                  " how much it can leave "
            "to others, and how much is left to it?",
        ),
        Wrong(
            "seat-is-leadership",
            example={**_WAYS, "host": "offer", "large": "threat"},
            matches=lambda n, answer: answer.get("host") != "none" or answer.get("large") != "none",
            reply="A chair and a large economy make leading easier. Take the card alone: what does another state win"
                  " or lose by its own "
            "act because of it?",
        ),
    ),
    nudge="Take the view of a neighbour that has not yet decided. What is different for it now?",
    help="Two cards change what a neighbour gains, one changes what it loses, one only fixes what Arka does, and two"
         " are no acts "
    "towards anybody.",
    worked="Paying half and adding an officer are offers. The railway is a threat. Announcing a fixed gift only goes"
           " first. Hosting in "
    "turn and being large are no acts of leading in themselves.",
    praise="Offers and threats change what a neighbour gains or loses by its own act. A fixed gift only tells it how "
    "much is left, and a chair or a large economy is not yet an act.",
)


# 6. Going first


def _first_draw(draw: Draw) -> Numbers:
    # Arka has less than twice Boro's means: otherwise Boro gives nothing in any case, and going first changes nothing.
    return dict(zip(("arka", "boro"), draw.pick(((32, 20), (36, 20), (40, 24), (44, 24), (48, 28))), strict=True))


def _first_rows(numbers: Numbers) -> list[tuple[int, float, float, float]]:
    """Arka's gift, Boro's reply, the sum, and how well Arka does, with a weight of one half."""
    rows = []
    for gift in range(0, 17, 2):
        answer = max(0.0, (numbers["boro"] - gift) / 2)
        total = gift + answer
        rows.append((gift, answer, total, ((numbers["arka"] - gift) * total) ** 0.5))
    return rows


def _first_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    # Text, so that all numbers of a column have the same decimals.
    rows = [(gift, f"{answer:.0f}", f"{total:.0f}", f"{well:.2f}") for gift, answer, total, well in _first_rows(numbers)]
    return pd.DataFrame(rows, columns=["Arka gives", "Boro then gives", "Together", "How well Arka does"])


def _at_once(numbers: Numbers) -> float:
    return float((numbers["arka"] + numbers["boro"]) / 3)


def _best_first(numbers: Numbers) -> dict[str, float]:
    best = max(_first_rows(numbers), key=lambda row: row[3])
    return {"gift": float(best[0]), "total": best[2]}


FIRST = Question(
    id="leadership.first",
    title="Going first",
    objective="weigh",
    points=2,
    work="data",
    draw=_first_draw,
    show=_first_table,
    kind=Table(
        cells=(
            Cell("gift", "What Arka gives, if it goes first and does as well as it can",
                 Number(absolute=0.05, between=(0, None))),
            Cell("total", "What the two then give together", Number(absolute=0.05, between=(0, None))),
        )
    ),
    prompt=lambda n: (
        f"Arka has means of {n['arka']} and Boro of {n['boro']}. Both give to a shared store; what is given protects"
        f" both. If they "
        f"decide at the same moment, they give **{_at_once(n):.1f}** together.\n\n"
        "Now Arka goes first: it fixes its gift, and Boro then gives what is best for Boro. The table shows what"
        " follows. Predict "
        "first: will they give more together than before, or less? Then fill both cells from the table."
    ),
    right=_best_first,
    wrongs=(
        Wrong(
            "moving-first-is-generous",
            example=lambda n: {"gift": 16.0, "total": _first_rows(n)[-1][2]},
            matches=lambda n, answer: answer.get("gift", 0) > _best_first(n)["gift"],
            reply="That would be a good example to set. But is it what Arka would choose for itself? Look for the row"
                  " in which Arka does "
            "best.",
        ),
        Wrong(
            "moving-first-is-generous",
            example=lambda n: {"gift": _best_first(n)["gift"], "total": _at_once(n)},
            matches=lambda n, answer: answer.get("total", 0) >= _at_once(n) - 0.1,
            reply="This is as much as when they decide at once, or more. Stay in Arka's best row and read the column"
                  " 'Together'.",
        ),
    ),
    nudge="The last column says how well Arka does. Find its largest number, and stay in that row.",
    help=lambda n: f"Arka's best row has {max(row[3] for row in _first_rows(n)):.2f} in the last column.",
    worked=lambda n: (
        f"Arka does best if it gives {_best_first(n)['gift']:.0f}. Boro then gives"
        f" {_best_first(n)['total'] - _best_first(n)['gift']:.0f}, "
        f"together {_best_first(n)['total']:.0f}. At once it would have been {_at_once(n):.1f}: going first let Arka"
        f" give less and leave "
        "the rest to Boro."
    ),
    praise="Less than before. Whoever goes first can bind itself to give little. An offer to match would have raised"
           " the sum.",
)


# Transfer: new cases, keyed apart

FLEETS = {"Arka": 50, "Boro": 30, "Celan": 25, "Dala": 10, "Elin": 5}

TRANSFER_SHIPS = Question(
    id="leadership.transfer-ships",
    title="A new case: an icebreaker",
    objective="carry",
    points=3,
    role="transfer",
    work="thought",
    draw=lambda d: {"cost": d.pick((53, 58, 63, 68))},
    kind=Table(
        cells=(
            Cell("short", "How much Arka lacks if it buys alone (0 if nothing)",
                 Number(absolute=0.01, between=(0, None))),
            Cell("group", "How many states are in the smallest group that can buy without Arka (0 if there is none)",
                 Number(unit="states", between=(0, 5))),
        )
    ),
    prompt=lambda n: (
        "Five states share a frozen sea. An icebreaker keeps it open for all. It is worth "
        + ", ".join(f"**{worth}** to {name}" for name, worth in FLEETS.items())
        + f". It costs **{n['cost']}**, and no state pays more than it is worth to it. Members of a buying group"
          f" share the cost in "
        "proportion.\n\nFill both cells."
    ),
)

TRANSFER_RESCUE = Question(
    id="leadership.transfer-rescue",
    title="A new case: two rescue centres",
    objective="predict",
    points=3,
    role="transfer",
    work="thought",
    kind=Choice(
        options=(
            Option("louder", "Elin declares more firmly that it will lead, and gives its centre a larger budget and a"
                             " grander name"),
            Option("field", "Dala is asked to lead the weather service, which it cares about more, and Elin follows"
                            " there"),
            Option("fleet", "Elin buys more ships, so that it is clearly the larger of the two"),
            Option("court", "A rule that forbids any state to have two centres"),
        )
    ),
    prompt=(
        "Dala and Elin each run a rescue centre at sea and each would like to be the only one. Two of three small"
        " ports report to Elin "
        "and one to Dala, and some calls for help reach nobody in time. Each could live with the other's lead in one"
        " field if it led "
        "in another.\n\nWhich change is most likely to give the sea one rescue centre?"
    ),
)


# An open argument

ARGUE = argument(
    "leadership",
    "Argue: a rival, a partner or neither?",
    "predict",
    "The article that the course starts from thinks that Uzbekistan's openness after 2016 tends to increase competition with "
    "Kazakhstan for leadership, and that accepted leadership might become less likely (Mayer 2021, section 6).\n\n"
    f"What has become of this? Argue for **rivals**, for **a tandem**, or for **neither**. {CLOSING} Write about policies and "
    "not about persons.",
    (
        "Says what the article of 2021 expected after the change of 2016, in the writer's own words (1 point)",
        "Uses at least one number or row from a figure or table of the chapter and says what it cannot show (1 point)",
        "Says which setting of the two-candidates model fits best, and names one thing that the model leaves out (1 point)",
        "Names one finding that would change the writer's mind (1 point)",
    ),
)


# Check yourself: three quick questions for the page

_quick = quick_choices("leadership", "Look again at the model above.")

SELF_CHECK: tuple[Question, ...] = (
    _quick(
        "needed", "Large and needed", "carry",
        "A dam costs 40. It is worth 50 to Arka, 30 to Boro, 15 to Celan, 5 to Dala and 5 to Elin. Is Arka"
        " indispensable?",
        "no",
        (
            Option("yes", "Yes: it is the largest and the only one that can pay alone"),
            Option("no", "No: Boro and Celan together can pay as well"),
            Option("all", "Yes, and so is everybody else",
                   "Try a group without Elin: does it still reach 40?"),
        ),
        (Wrong("largest-is-indispensable", "yes",
               "It is the only one that can pay alone. Needed is another matter: add up what the dam is worth to the"
               " next two."),),
        "30 + 15 = 45, which is more than 40. Arka can act alone and is not needed.",
    ),
    _quick(
        "will", "Who lets whom lead", "predict",
        "Arka and Boro both lead in one field and block each other. Arka wants to be the only leader. What helps most?",
        "follow",
        (
            Option("will", "That Arka wants it more"),
            Option("follow", "That following costs Boro less"),
            Option("many", "That more small states lie between them",
                   "Small states matter if they move to one side. More of them, still divided, change nothing."),
        ),
        (Wrong("will-makes-a-leader", "will",
               "Arka leads already. Its wish does not enter into Boro's choice between following and competing."),),
        "Boro compares following with competing. Make following cheaper, or competing dearer, and Arka leads alone.",
    ),
    _quick(
        "two", "A second leader", "predict",
        "In a region with one willing leader a second state begins to want to lead as well. What happens to what is"
        " delivered?",
        "depends",
        (
            Option("less", "It falls: two leaders are in each other's way"),
            Option("more", "It rises: two do more than one",
                   "They might, if each did another part. In the same field the followers divide, and each camp is"
                   " smaller."),
            Option("depends", "It falls if both want the same fields, and need not fall if they divide them"),
        ),
        (Wrong("two-leaders-always-block", "less",
               "So it is if both want the same field. Suppose that one cares about trade and the other about borders."
               " Who blocks "
               "whom?"),),
        "The same field and divided followers: less. Different fields: nothing is lost.",
    ),
)

CHAPTER = Chapter(
    stem="leadership",
    title="One leader, two rivals or a tandem?",
    objectives=OBJECTIVES,
    misconceptions=MISCONCEPTIONS,
    questions=(LARGEST, WITHOUT, SHARE, LEAD, WAYS, FIRST, TRANSFER_SHIPS, TRANSFER_RESCUE, ARGUE),
    self_check=SELF_CHECK,
)

