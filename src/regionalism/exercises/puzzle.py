"""The questions of the chapter `puzzle`: What counts as regionalism, and how much of it is there?

Questions on real texts ask what the shared table says; whoever signed or did not sign is no better for it. New
cases carry made-up names (Arka, Boro, Celan, Dala, Elin).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from regionalism.exercises.draws import Draw
from regionalism.exercises.question import (
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Number,
    Numbers,
    Option,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    Wrong,
)

if TYPE_CHECKING:
    import pandas as pd

OBJECTIVES = {
    "define": "say what counts as regionalism, and what is something else",
    "count": "count agreements under a stated definition, with the unknown kept apart",
    "turn": "find out what a definition lets in and what it shuts out",
    "judge": "decide between two codings of one case and defend the choice",
}

MISCONCEPTIONS = {
    "located-here-is-regionalism": "What stands in the region or concerns it is regionalism.",
    "count-measures-cooperation": "The number of agreements says how much cooperation there is.",
    "unknown-is-no": "What is not shown to be so is not so.",
    "unknown-is-yes": "What may be so can be counted as so.",
    "two-are-a-region": "Any agreement between neighbours is regionalism.",
    "trade-is-regionalism": "Where people and goods cross borders, regionalism grows.",
    "dead-does-not-bind": "A body that came to nothing was never binding.",
    "title-names-the-parties": "A treaty for Central Asia has all five states as parties.",
    "stricter-is-truer": "The stricter a definition, the closer it is to the truth.",
    "dollars-are-share": "If trade with neighbours grows in dollars, it grows in weight.",
}


# 1. What counts?

_PLACES = {
    "rats": "outside", "c5china": "outside", "partnership": "two", "treaty": "regionalism", "zone": "regionalism",
    "bazaar": "below", "work": "below",
}


def _located(numbers: Numbers, answer: dict[str, str]) -> bool:
    return any(answer.get(card) == "regionalism" for card in ("rats", "c5china"))


def _from_below(numbers: Numbers, answer: dict[str, str]) -> bool:
    return any(answer.get(card) == "regionalism" for card in ("bazaar", "work"))


SORT = Question(
    id="puzzle.sort",
    title="Sort seven ties",
    objective="define",
    points=3,
    work="thought",
    kind=Cards(
        cards=(
            Card("rats", "A counter-terror centre with its seat in Tashkent. Its members include Russia and China"),
            Card("c5china", "A treaty of friendship that all five states signed with China in 2025"),
            Card("partnership", "A strategic partnership between Kazakhstan and Uzbekistan, signed in 2013"),
            Card("treaty",
                 "A treaty of Kazakhstan, Kyrgyzstan, Tajikistan and Uzbekistan on terrorism, signed in 2000"),
            Card("zone", "A treaty of 2006 by which all five keep nuclear weapons out of their region"),
            Card("bazaar", "A bazaar at a border where traders from three of the five states meet every week"),
            Card("work", "Families in Tajikistan who live on what sons and daughters earn in Kazakhstan"),
        ),
        bins=(
            Bin("regionalism", "Regionalism: three or more of the five, led by states, nobody from outside"),
            Bin("two", "Cooperation of two states"),
            Bin("outside", "A framework with outsiders in it"),
            Bin("below", "Regionalization: ties that grow from below"),
        ),
    ),
    prompt=(
        "Sort the seven ties by the article's definition, as it is used on the page. Ask of each: who made it, how"
        " many of "
        "the five are in it, and is anybody from outside a party?"
    ),
    right=_PLACES,
    wrongs=(
        Wrong(
            "located-here-is-regionalism",
            example={**_PLACES, "rats": "regionalism", "c5china": "regionalism"},
            matches=_located,
            reply="It stands in the region, or all five are in it, and that makes it look regional. Read once more"
            " who the "
            "parties are: is everybody at the table from the region?",
        ),
        Wrong(
            "two-are-a-region",
            example={**_PLACES, "partnership": "regionalism"},
            matches=lambda n, answer: answer.get("partnership") == "regionalism",
            reply="Two neighbours agreed something that counts for both. How many states does the definition ask for?",
        ),
        Wrong(
            "trade-is-regionalism",
            example={**_PLACES, "bazaar": "regionalism", "work": "regionalism"},
            matches=_from_below,
            reply="These ties bind the region together, perhaps more than a treaty does. The definition asks who"
            " builds them. "
            "Did a government?",
        ),
    ),
    nudge="Three questions decide each card: did states make it, are at least three of the five in it, is an"
    " outsider a party?",
    help="Two cards fit the definition, two have outsiders in them, two grow from below. One is left.",
    worked="The treaties of 2000 and 2006 have four and five of the five and nobody else. The centre in Tashkent and"
    " the "
    "treaty with China have outsiders as parties. The partnership has two states. Bazaar and family ties grow from"
    " below.",
    praise="Where a thing stands does not decide. Who made it and who is a party does.",
)


# 2. Count it by hand

# Some of each kind: clear cases, outsiders, two states, and parties of whom nobody knows.
_CLEAR = ("A003", "A012", "A018", "A033", "A077", "A095", "A105")
_SHUT = ("A019", "A024", "A027", "A035", "A049", "A060", "A069")
_OPEN = ("A034", "A081", "A082", "A084")
_ALREADY = "A014"


@cache
def _agreements() -> pd.DataFrame:
    from regionalism.data import load

    return load("agreements")


def _list_draw(draw: Draw) -> Numbers:
    clear, shut, unsure = draw.shuffle(_CLEAR), draw.shuffle(_SHUT), draw.shuffle(_OPEN)
    chosen = [*clear[: draw.pick((2, 3, 4))], *shut[:3], *unsure[: draw.pick((1, 2))], _ALREADY]
    return {"ids": sorted(chosen)}


def _listed(numbers: Numbers) -> pd.DataFrame:
    table = _agreements()
    return table[table["id"].isin(numbers["ids"])]


def _list_shown(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = _listed(numbers)
    return pd.DataFrame(
        {
            "Row": rows["id"],
            "Agreement": rows["name"].str.split(" (", regex=False).str[0],
            "Of the five": rows["c5_parties"].str.replace(";", ", "),
            "From outside": rows["outside_parties"].str.replace(";", ", ").fillna("none"),
            "Not known whether a party": rows["unknown_parties"].str.replace(";", ", ").fillna("none"),
        }
    )


def _bounds(numbers: Numbers) -> tuple[int, int]:
    from regionalism.shaping import count_agreements

    return count_agreements(_listed(numbers))


def _right_bounds(numbers: Numbers) -> dict[str, float]:
    lower, upper = _bounds(numbers)
    return {"certain": lower, "most": upper}


COUNT = Question(
    id="puzzle.count",
    title="Count twice",
    objective="count",
    points=3,
    work="data",
    draw=_list_draw,
    show=_list_shown,
    kind=Table(
        cells=(
            Cell("certain", "How many rows fit for certain", Number(between=(0, 20))),
            Cell("most", "How many rows fit at most", Number(between=(0, 20))),
        )
    ),
    prompt=(
        "Here is a piece of the table of agreements. Take this definition: **at least three of the five are parties,"
        " and "
        "nobody from outside is**.\n\nCount twice. First the rows that fit whatever the unknown turns out to be."
        " Then all "
        "that fit if the unknown turns out in their favour."
    ),
    right=_right_bounds,
    wrongs=(
        Wrong(
            "unknown-is-no",
            example=lambda n: {"certain": _bounds(n)[0], "most": _bounds(n)[0]},
            matches=lambda n, answer: answer.get("certain") == answer.get("most") == _bounds(n)[0],
            reply="The first number is right, and the second treats every unknown as a no. Nobody has shown that"
            " those states "
            "did not sign, or did.",
        ),
        Wrong(
            "unknown-is-yes",
            example=lambda n: {"certain": _bounds(n)[1], "most": _bounds(n)[1]},
            matches=lambda n, answer: answer.get("certain") == answer.get("most") == _bounds(n)[1],
            reply="The second number is right. For the first, go through the rows with an unknown party and suppose"
            " the worst "
            "for each: does it still fit?",
        ),
    ),
    nudge="Strike out the rows with a known outsider. Then take each row with an unknown party and ask both ways.",
    help="An unknown state of the five can lift a row from two states to three. An unknown outsider can throw a row"
    " out. A row "
    "that has three of the five already does not need a fourth.",
    worked=lambda n: (
        f"For certain {_bounds(n)[0]}, at most {_bounds(n)[1]}. Row {_ALREADY} fits for certain: it has three"
        " states, and "
        "the unknown one is of the five. Rows with Azerbaijan unknown fit only if it did not sign; row A034, if it"
        " is in "
        "your list, only if Tajikistan did."
    ),
    praise="A count with an unknown in it is two counts. Whoever gives one number has decided for the reader.",
)


# 3. The strictest definition under which it still counts

_TARGETS = {
    "A018": "the treaty of four states against terrorism (Tashkent 2000)",
    "A015": "the treaty of four states on emergencies (1998)",
    "A097": "the treaty on the border point of Kazakhstan, Turkmenistan and Uzbekistan (2017)",
}
_SPARE = 3


@cache
def _strictest(identifier: str) -> tuple[dict, int]:
    """The dial's setting at which a row is the last to count for certain, and how many rows may count there."""
    from regionalism.models.definitions import counting, strictest

    best = strictest(_agreements(), identifier)
    if best is None:
        raise ValueError(f"{identifier} counts under no definition")
    setting = {
        "minimum": float(best.minimum),
        "outsiders": "yes" if best.outsiders else "no",
        "area": best.area,
        "binding": "yes" if best.binding else "any",
        "life": best.life,
    }
    return setting, len(counting(_agreements(), best))


def _stands(results: pd.DataFrame, identifier: str) -> str:
    return str(results.loc[results["id"] == identifier, "standing"].iloc[0])


def _few_enough(results: pd.DataFrame, values: dict, numbers: Numbers) -> bool:
    inside = int(results["standing"].isin(["certain", "possible"]).sum())
    return _stands(results, numbers["row"]) == "certain" and inside <= numbers["most"]


def _target_draw(draw: Draw) -> Numbers:
    row = draw.pick(tuple(_TARGETS))
    return {"row": row, "most": _strictest(row)[1] + _SPARE}


LAST_IN = Question(
    id="puzzle.last-in",
    title="As strict as it can be",
    objective="turn",
    points=2,
    work="widget",
    draw=_target_draw,
    kind=Sliders(
        explorer="puzzle-dial",
        free=("minimum", "outsiders", "area", "binding", "life"),
        start={"minimum": 2.0, "outsiders": "yes", "area": "all", "binding": "any", "life": "any"},
        goal=_few_enough,
        goal_words=lambda n: f"row {n['row']} counts for certain, and at most {n['most']} rows count",
    ),
    prompt=lambda n: (
        f"At the start nearly everything counts. Tighten the dial until at most **{n['most']}** rows are left, the"
        " unsure "
        f"ones included, and {_TARGETS[n['row']]}, **row {n['row']}**, still counts **for certain**. The numbers"
        " behind "
        "the chart tell where each row stands."
    ),
    right=lambda n: _strictest(n["row"])[0],
    wrongs=(
        Wrong(
            "stricter-is-truer",
            example={"minimum": 5.0, "outsiders": "no", "area": "narrow", "binding": "yes", "life": "in_force"},
            matches=lambda n, values: values["minimum"] > _strictest(n["row"])[0]["minimum"],
            reply="Few rows are left, and yours is not among them: it has fewer parties than you ask for. A strict "
            "definition is not a truer one. It is one that shuts out more.",
        ),
        Wrong(
            "unknown-is-no",
            example=lambda n: {**_strictest(n["row"])[0], "life": "in_force"},
            matches=lambda n, values: values["life"] == "in_force",
            reply="With this setting your row no longer counts for certain. No source in the table gives the year in"
            " which it "
            "came into force. Is that the same as not being in force?",
        ),
    ),
    nudge="Tighten one condition at a time. If your row turns from certain to something else, take that step back.",
    help="Look at the parties of your row, at whether it binds, and at its subject. The last condition is the trap.",
    worked=lambda n: (
        f"Row {n['row']} has {_strictest(n['row'])[0]['minimum']:.0f} parties of the five and no outsider; it is about "
        "security and it binds. So all of that can be asked for. Of its entry into force no year is known, so ask only "
        "that it was agreed."
    ),
    praise="You have found how strict one may be and still see this row. A critic who asks for one step more will"
    " not see it.",
)


# 4. What did the second search show?


@cache
def _searches() -> tuple[int, int, int, int]:
    from regionalism.shaping import count_agreements

    table = _agreements()
    return (*count_agreements(table[table["search_round"] == 1]), *count_agreements(table))


def _search_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    first_low, first_high, low, high = _searches()
    return pd.DataFrame(
        [("The first search", first_low, first_high), ("Both searches", low, high)],
        columns=["Rows found by", "Fit for certain", "Fit at most"],
    )


SEARCH = Question(
    id="puzzle.search",
    title="Twice as many",
    objective="count",
    points=2,
    work="data",
    show=_search_table,
    kind=Choice(
        options=(
            Option("doubled", "There is about twice as much cooperation as the first list suggested"),
            Option("list",
                   "The first list was far from complete; how much cooperation there is it did not tell, nor"
                   " does the second"),
            Option("wrong", "The first search used a wrong definition",
                   "Both searches were counted under the same definition. What differs is where and how long"
                   " somebody looked."),
            Option("little", "Cooperation is little, for most of what was added is about water and nature",
                   "Much of what was added is on water and nature, that is so. Whether it is little needs a measure"
                   " of what was "
                   "done, or another region to compare with."),
        )
    ),
    prompt=(
        "The table was made in two searches. The second looked for agreements of the five among themselves. Both are"
        " counted "
        "here under one definition: at least three of the five, nobody from outside.\n\nWhat follows?"
    ),
    right="list",
    wrongs=(
        Wrong(
            "count-measures-cooperation",
            "doubled",
            reply="The number of rows nearly doubled because somebody read more. Did anything change in the region"
            " meanwhile?",
        ),
    ),
    nudge="Ask what changed between the first number and the second: the region, the definition or the reader.",
    help="A third search might find more rows still. What would that say about border guards or rivers?",
    worked="The region and the definition stayed the same, and somebody looked harder. So the count measures the"
    " list. For "
    "cooperation one needs evidence of what was done, and something to compare it with.",
    praise="A count tells how much this table holds under that definition, and no more.",
)


# 5. Who drops out?

_CANDIDATES = {
    "A012": "The peacekeeping battalion of three states, never deployed",
    "A018": "The treaty of four states against terrorism, 2000",
    "A033": "The treaty on a zone free of nuclear weapons, 2006",
    "A055": "The treaty of friendship \u201cfor Central Asia in the 21st century\u201d, 2022",
    "A073": "The meetings of the secretaries of the five security councils",
    "A075": "The concept \u201cCentral Asia 2040\u201d, signed by five presidents",
}
_TIGHTER = {"binding": "that the text **binds in law**", "minimum": "that **all five** are parties from the first day"}


@cache
def _dropped(condition: str) -> frozenset[str]:
    from regionalism.models.definitions import Definition, counting

    tighter = Definition(binding=True) if condition == "binding" else Definition(5)
    return frozenset(_CANDIDATES) - frozenset(counting(_agreements(), tighter)["id"])


def _example_dead(numbers: Numbers) -> set[str]:
    # Asked for five parties, the battalion does fall; the wrong answer there is one more that should stay.
    right = set(_dropped(numbers["condition"]))
    return right | {"A012"} if numbers["condition"] == "binding" else right | {"A073"}


def _dead(numbers: Numbers, chosen: set[str]) -> bool:
    extra = "A012" if numbers["condition"] == "binding" else "A073"
    return extra in chosen


def _example_title(numbers: Numbers) -> set[str]:
    right = set(_dropped(numbers["condition"]))
    return right - {"A055"} if numbers["condition"] == "minimum" else right - {"A075"}


def _title(numbers: Numbers, chosen: set[str]) -> bool:
    absent = "A055" if numbers["condition"] == "minimum" else "A075"
    return absent not in chosen


DROP = Question(
    id="puzzle.drop",
    title="Who drops out?",
    objective="turn",
    points=2,
    work="widget",
    show="puzzle-dial",
    draw=lambda d: {"condition": d.pick(tuple(_TIGHTER))},
    kind=Several(options=tuple(Option(identifier, words) for identifier, words in _CANDIDATES.items())),
    prompt=lambda n: (
        "Six texts that have at least three of the five and nobody from outside. Now you also ask "
        f"{_TIGHTER[n['condition']]}, and nothing else.\n\nSay first which will fall. Then set the dial, and tick"
        " **all** "
        "that drop out."
    ),
    right=lambda n: set(_dropped(n["condition"])),
    wrongs=(
        Wrong(
            "dead-does-not-bind",
            example=_example_dead,
            matches=_dead,
            reply=lambda n: (
                "The battalion was never used, so it seems that it cannot have bound anybody. What it did and what"
                " the text "
                "said are two questions. Which one did you ask?"
                if n["condition"] == "binding"
                else "Meetings do not bind, so it seems that they should fall. You did not ask for that. Who takes"
                     " part in "
                "them?"
            ),
        ),
        Wrong(
            "title-names-the-parties",
            example=_example_title,
            matches=_title,
            reply=lambda n: (
                "Its title speaks for all of Central Asia. Look at who signed on the first day."
                if n["condition"] == "minimum"
                else "Five presidents signed, and it sounds weighty. Does a concept create duties in law?"
            ),
        ),
    ),
    nudge="Change that one condition on the dial and leave the rest. Then look up each of the six in the numbers.",
    help="Find each row in the table below the chart. One that misses by one step has dropped out.",
    worked=lambda n: (
        "These drop out: " + "; ".join(_CANDIDATES[row] for row in _CANDIDATES if row in _dropped(n["condition"])) + "."
    ),
    praise=lambda n: (
        "Asking for a binding text costs the years after 2016 most: much that was built then is meetings and plans."
        if n["condition"] == "binding"
        else "Asking for all five costs the 1990s most, and lets statements stay while treaties fall."
    ),
)


# 6. Growth from below: weight, not dollars

_SPANS = ((2000, 2013), (2002, 2014), (2004, 2018))


@cache
def _trade(first: int, last: int) -> dict[str, list[float]]:
    """Kazakhstan's turnover (million US$) with the other four and with all, in two years."""
    from regionalism.data import load
    from regionalism.shaping import trade_totals

    totals = trade_totals(load("trade"), ["C4", "WLD"], ["KAZ"])
    own = totals[totals["book"] == "own"].set_index(["partner_iso3", "year"])["turnover_usd_mn"]
    return {str(year): [round(float(own[partner, year])) for partner in ("C4", "WLD")] for year in (first, last)}


def _trade_draw(draw: Draw) -> Numbers:
    first, last = draw.pick(_SPANS)
    return {"first": first, "last": last, "table": _trade(first, last)}


def _trade_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = [(int(year), *values) for year, values in numbers["table"].items()]
    return pd.DataFrame(rows, columns=["Year", "With the other four, million US$", "With all the world, million US$"])


def _weight(numbers: Numbers, which: str) -> float:
    four, world = numbers["table"][str(numbers[which])]
    return 100 * four / world


def _growth(numbers: Numbers) -> float:
    return numbers["table"][str(numbers["last"])][0] / numbers["table"][str(numbers["first"])][0]


BELOW = Question(
    id="puzzle.below",
    title="Growth or weight?",
    objective="define",
    points=2,
    work="data",
    draw=_trade_draw,
    show=_trade_table,
    kind=Table(
        cells=(
            Cell("first", lambda n: f"Share of the other four in {n['first']}",
                 Number(unit="%", absolute=0.06, between=(0, None))),
            Cell("last", lambda n: f"Share of the other four in {n['last']}",
                 Number(unit="%", absolute=0.06, between=(0, None))),
        )
    ),
    prompt=lambda n: (
        f"The table shows Kazakhstan's exports and imports together, as Kazakhstan reports them, in {n['first']} and"
        " in "
        f"{n['last']}.\n\nSomeone says: \u201cTrade with the neighbours has grown {_growth(n):.1f} times. That is "
        "regionalization.\u201d Work out what part of all trade it was in each year, in percent with one decimal or"
        " two."
    ),
    right=lambda n: {"first": _weight(n, "first"), "last": _weight(n, "last")},
    wrongs=(
        Wrong(
            "dollars-are-share",
            example=lambda n: {"first": 100.0, "last": 100 * _growth(n)},
            matches=lambda n, answer: answer.get("last", 0) > 60,
            reply="This follows the dollars from one year to the other. All trade grew in those years, so dollars"
            " alone do not "
            "tell whether the neighbours gained weight. Divide within one year.",
        ),
    ),
    nudge="Divide the trade with the four by the trade with all the world, in the same year, times 100.",
    help="Each row of the table gives one answer: first number divided by second.",
    worked=lambda n: "\n".join(
        f"- {n[which]}: {n['table'][str(n[which])][0]:,} / {n['table'][str(n[which])][1]:,} × 100 = "
        f"{_weight(n, which):.2f} %"
        for which in ("first", "last")
    ),
    praise=lambda n: (
        f"From {_weight(n, 'first'):.1f} to {_weight(n, 'last'):.1f} %: the neighbours gained weight, and far less"
        " than the "
        "dollars say. Whether this is regionalism is another question, for nobody had to sign anything."
    ),
)


# Transfer: new cases, keyed apart


def _coast(draw: Draw) -> Numbers:
    return {"clear": draw.integer(3, 5), "outsider": draw.integer(2, 4), "unknown": draw.integer(1, 3), "pairs": 2,
            "joined": draw.integer(1, 2)}


TRANSFER_COUNT = Question(
    id="puzzle.transfer-coast",
    title="A new case: the register of a coast",
    objective="count",
    points=3,
    role="transfer",
    work="thought",
    draw=_coast,
    kind=Table(
        cells=(
            Cell("certain", "Texts that fit for certain", Number(between=(0, 40))),
            Cell("most", "Texts that fit at most", Number(between=(0, 40))),
        )
    ),
    prompt=lambda n: (
        "Arka, Boro, Celan, Dala and Elin share a coast. A register of their agreements holds:\n\n"
        f"- {n['clear']} texts of three or more of the five alone;\n"
        f"- {n['outsider']} texts of all five with a large naval power;\n"
        f"- {n['pairs']} texts of Arka and Boro alone; it is certain that nobody else signed;\n"
        f"- {n['unknown']} of Celan and Dala, which Elin may have signed or not: the pages are lost;\n"
        f"- {n['joined']} of four states, which Elin may have signed as well.\n\n"
        "By the definition of the chapter, at least three of the five and nobody from outside: how many fit for"
        " certain, "
        "and how many at most?"
    ),
)

TRANSFER_KIND = Question(
    id="puzzle.transfer-ferry",
    title="A new case: what is regionalism here?",
    objective="define",
    points=2,
    role="transfer",
    work="thought",
    kind=Choice(
        options=(
            Option("harbour",
                   "A centre for safe shipping, built in Celan's harbour and run by a distant naval power with"
                   " all five"),
            Option("ferry", "Ferries that private owners from all five run between their ports, more each year"),
            Option("board", "A board of Arka, Boro and Dala that sets fishing seasons by a text the three signed"),
            Option("pact", "A pact of defence between Arka and Boro, the strongest on the coast"),
        )
    ),
    prompt=(
        "Four ties among Arka, Boro, Celan, Dala and Elin. By the definition of the chapter, which **one** is"
        " regionalism?"
    ),
)


# An open argument

ARGUE = Question(
    id="puzzle.argue",
    title="Argue: two codings of one agreement",
    objective="judge",
    points=4,
    work="thought",
    kind=Text(
        rubric=(
            "States both codings of row A034 and what each makes of the count (1 point)",
            "Weighs the sources: who says it, when, and with what reason to know (1 point)",
            "Chooses one coding, or keeps both, and gives a rule that would also serve for another row (1 point)",
            "Names one document that would settle it, and what it would have to say (1 point)",
        ),
        least_words=80,
        most_words=250,
    ),
    prompt=(
        "The article gives an agreement of 2011 on civil protection between Kazakhstan, Kyrgyzstan and Tajikistan as"
        " an "
        "example of regionalism (Mayer 2021, section 4). A news agency of the day also reported three signatures. A"
        " Kazakh "
        "official said in 2015 that Tajikistan could not sign; in 2013 two states signed for a centre.\n\n"
        "**Coding 1:** three parties, it counts. **Coding 2:** two parties, it does not. The table has chosen"
        " neither: two "
        "parties, and Tajikistan unknown (row A034).\n\n"
        "Decide, and defend your decision. There is no expected answer; a reader marks it by the list below."
    ),
)


# Check yourself: three quick questions for the page


def _quick(name: str, title: str, objective: str, prompt: str, right: str, options: tuple[Option, ...],
           wrongs: tuple[Wrong, ...], why: str) -> Question:
    """A quick question of the page: same for everybody, no points."""
    return Question(id=f"puzzle.quick-{name}", title=title, objective=objective, points=0,
                    kind=Choice(options, shuffled=False), prompt=prompt, right=right, wrongs=wrongs,
                    nudge="Look again at the definition and the dial.", help=why, worked=why, praise=why)


SELF_CHECK: tuple[Question, ...] = (
    _quick(
        "seat", "The seat", "define",
        "A centre against terrorism has its seat in Tashkent. Four of the five are members, and so are Russia and"
        " China. By "
        "the article's definition it is",
        "framework",
        (
            Option("regionalism", "regionalism: it stands in the region and four of the five are in it"),
            Option("framework", "a framework with outsiders, which may still serve the four"),
            Option("below", "regionalization, for it grew by itself",
                   "States founded it by treaty. Regionalization grows from what people and firms do."),
        ),
        (Wrong("located-here-is-regionalism", "regionalism",
               "Its seat is here and four of the five belong to it. Look at the other members: who else decides?"),),
        "Who is a party decides, not where the house stands. That says nothing about whether it is useful.",
    ),
    _quick(
        "number", "The number", "count",
        "A new reader finds ten more agreements of three or more of the five, signed long ago. What do we now know?",
        "list",
        (
            Option("more", "There is more cooperation than we thought"),
            Option("list", "The list was incomplete"),
            Option("none", "Nothing at all",
                   "We know one thing: how far the old list could be trusted."),
        ),
        (Wrong("count-measures-cooperation", "more",
               "More was signed than we knew. Whether more was done no list of signatures can say."),),
        "The count measures the list under a definition. What was done needs other evidence.",
    ),
    _quick(
        "gap", "The gap", "count",
        "For a treaty of three states no source gives a date of entry into force. You count treaties in force. What"
        " do you "
        "write?",
        "both",
        (
            Option("out", "Not in force: leave it out"),
            Option("both", "Unknown: leave it out of the lower count and put it into the upper one"),
            Option("in", "In force, since it was signed"),
        ),
        (
            Wrong("unknown-is-no",
                  "out", "An empty cell may mean that it never came into force, or that nobody looked it up."),
            Wrong("unknown-is-yes",
                  "in", "Many treaties were signed and never ratified. What do you know of this one?"),
        ),
        "A gap is neither a yes nor a no. It makes the answer a range.",
    ),
)

CHAPTER = Chapter(
    stem="puzzle",
    title="What counts as regionalism, and how much of it is there?",
    objectives=OBJECTIVES,
    misconceptions=MISCONCEPTIONS,
    questions=(SORT, COUNT, LAST_IN, SEARCH, DROP, BELOW, TRANSFER_COUNT, TRANSFER_KIND, ARGUE),
    self_check=SELF_CHECK,
)
