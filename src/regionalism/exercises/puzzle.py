"""The questions of the chapter `puzzle`: What counts as regionalism, and how much of it is there?

Questions on real texts ask what the shared table says; whoever signed or did not sign is no better for it. New
cases carry made-up names (Arka, Boro, Celan, Dala, Elin).
"""

from __future__ import annotations

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
    Mark,
    Match,
    Number,
    Numbers,
    Option,
    Plot,
    Predict,
    Question,
    Sliders,
    Table,
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
    "never-together": "More than three of the five hardly ever sign anything together.",
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
    return _bounds_of(tuple(numbers["ids"]))


@cache
def _bounds_of(ids: tuple[str, ...]) -> tuple[int, int]:
    from regionalism.shaping import count_agreements

    return count_agreements(_listed({"ids": ids}))


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


# 5. How many of the five? Guess, then see

# What is asked for beside the number of states, in words and as the dial has it.
_ASKED = {"any": "of any kind", "security": "on security", "binding": "that bind in law"}
_STATES = {4: "at least four of the five", 5: "all five"}


@cache
def _certain(minimum: int, asked: str) -> int:
    """How many agreements without outsiders count for certain, with at least `minimum` of the five."""
    from regionalism.models.definitions import Definition, counting

    definition = Definition(minimum, area="security" if asked == "security" else "all", binding=asked == "binding")
    return int((counting(_agreements(), definition)["fits"] == "certain").sum())


def _left(numbers: Numbers) -> int:
    return _certain(numbers["minimum"], numbers["asked"])


TOGETHER = Question(
    id="puzzle.together",
    title="Three, four or all five?",
    objective="turn",
    points=1,
    work="widget",
    show="puzzle-dial",
    draw=lambda d: {"minimum": d.pick(tuple(_STATES)), "asked": d.pick(tuple(_ASKED))},
    # No unit: "1 rows" reads badly, and the question says what is counted.
    kind=Predict(Number(absolute=1, relative=0.1, between=(0, 100), whole=True)),
    prompt=lambda n: (
        f"Take the agreements {_ASKED[n['asked']]} that have nobody from outside. With at least three of the five, "
        f"**{_certain(3, n['asked'])}** rows of the table count for certain.\n\n"
        f"Now you ask for **{_STATES[n['minimum']]}** as parties from the first day. **Guess**: how many of the "
        f"{_certain(3, n['asked'])} rows are left?"
    ),
    right=_left,
    wrongs=(
        Wrong(
            "title-names-the-parties",
            example=lambda n: _certain(3, n["asked"]),
            matches=lambda n, answer: answer > 1.25 * _left(n) + 1,
            reply="Many of these texts speak for all of Central Asia in their names, so one expects all of them to be "
            "parties. Look who signed on the first day: often it was three of them.",
        ),
        Wrong(
            "never-together",
            example=1,
            matches=lambda n, answer: answer < 0.75 * _left(n) - 1,
            reply="Much is said of how rarely the five act together, so one expects next to nothing. The table has more than "
            "that, and part of it is recent.",
        ),
    ),
    nudge="Think of who was often absent, and of the years since 2017.",
    help="Set the dial to no outsiders, and raise the number of states step by step.",
    worked=lambda n: (
        f"Set the dial to {_STATES[n['minimum']]}, nobody from outside, and agreements {_ASKED[n['asked']]}: {_left(n)} of "
        f"{_certain(3, n['asked'])} rows count for certain. A tighter condition can only shut rows out. Look which ones: of the "
        "diamonds that you see now, how many are older than 2010?"
    ),
    praise="You know the table well.",
)


# 6. Growth from below: weight, not dollars

# State, first and last year. In each the year of least weight lies years after that of fewest dollars.
_SPANS = (("KAZ", 1995, 2020), ("KAZ", 1997, 2018), ("KGZ", 1993, 2020), ("KGZ", 1994, 2018), ("TJK", 1993, 2010))
_OWN_BOOKS = {"KAZ": "Kazakhstan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}
_FULL_YEAR = 4  # partners with a value; years with fewer are another sum


@cache
def _trade(state: str, first: int, last: int) -> dict[int, tuple[float, float]]:
    """Trade with the other four by year: million US$, and percent of all the state's trade, from its own book.

    Years in which one of the four has no value are left out.
    """
    from regionalism.data import load
    from regionalism.shaping import trade_totals

    totals = trade_totals(load("trade"), ["C4"], [state])
    full = totals[(totals["book"] == "own") & (totals["partners"] == _FULL_YEAR) & totals["year"].between(first, last)]
    rows = zip(full["year"], full["turnover_usd_mn"], full["share"], strict=True)
    return {int(year): (float(dollars), 100 * float(share)) for year, dollars, share in rows}


def _own_trade(numbers: Numbers) -> dict[int, tuple[float, float]]:
    return _trade(numbers["state"], numbers["first"], numbers["last"])


def _trade_draw(draw: Draw) -> Numbers:
    return dict(zip(("state", "first", "last"), draw.pick(_SPANS), strict=True))


def _least(numbers: Numbers, column: int) -> int:
    """The year in which dollars (column 0) or weight (column 1) were least."""
    trade = _own_trade(numbers)
    return min(trade, key=lambda year: trade[year][column])


def _gap_words(numbers: Numbers) -> str:
    """Which years the lines run across without a point, and why; empty where there is none."""
    found = _own_trade(numbers)
    gaps = [str(year) for year in range(numbers["first"], numbers["last"] + 1) if year not in found]
    if not gaps:
        return ""
    return f" No figure for {' and '.join(gaps)}, for which a part of this trade is not known: the lines run across."


def _trade_plot(numbers: Numbers) -> Plot:
    trade = _own_trade(numbers)
    names = {0: "In dollars", 1: "Share of all its trade"}
    most = {column: max(row[column] for row in trade.values()) for column in names}
    return Plot(
        lines={
            name: tuple((year, round(100 * row[column] / most[column], 1)) for year, row in trade.items())
            for column, name in names.items()
        },
        x_label="Year",
        y_label="Percent of its own largest value",
        x_range=(numbers["first"], numbers["last"]),
        y_range=(0, 100),
        source=f"Source: IMF, Direction of Trade Statistics (table trade), the state's own book.{_gap_words(numbers)}",
    )


WEIGHT = Question(
    id="puzzle.weight",
    title="Growth or weight?",
    objective="define",
    points=2,
    work="data",
    draw=_trade_draw,
    kind=Mark(plot=_trade_plot, step=1, absolute=1),
    prompt=lambda n: (
        f"The chart shows {_OWN_BOOKS[n['state']]}'s trade with the other four in two ways: in dollars, and as a share of all its "
        "trade. Each line is drawn in percent of its own largest value.\n\n"
        "Someone says: \u201cWhere trade among neighbours grows, the neighbours count for more.\u201d Test it. **Mark the year in "
        "which the other four had the least weight** in the state's trade. A year to the left or right is near enough."
    ),
    right=lambda n: _least(n, 1),
    wrongs=(
        Wrong(
            "dollars-are-share",
            example=lambda n: _least(n, 0),
            matches=lambda n, answer: abs(answer - _least(n, 0)) <= 1,
            reply="In this year the dollars were fewest, so the neighbours seem to count least. But trade with all others was "
            "small as well. Which of the two lines takes that into account?",
        ),
    ),
    nudge="Weight is a share of all trade. Find its line, and follow it down to its lowest point.",
    help="Leave the line of dollars aside. The lowest point of the other line is asked for.",
    worked=lambda n: (
        f"The share was least in {_least(n, 1)}: {_own_trade(n)[_least(n, 1)][1]:.1f} % of all trade, or "
        f"{_own_trade(n)[_least(n, 1)][0]:,.0f} million US$. In {_least(n, 0)}, when the dollars were fewest "
        f"({_own_trade(n)[_least(n, 0)][0]:,.0f} million), it was {_own_trade(n)[_least(n, 0)][1]:.1f} %."
    ),
    praise=lambda n: (
        f"From {_least(n, 0)} to {_least(n, 1)} this trade grew {_own_trade(n)[_least(n, 1)][0] / _own_trade(n)[_least(n, 0)][0]:.1f} "
        "times in dollars and lost weight all the same. And whether it is regionalism is another question: nobody had to sign "
        "anything."
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

ARGUE = argument(
    "puzzle",
    "Argue: two codings of one agreement",
    "judge",
    "The article gives an agreement of 2011 on civil protection between Kazakhstan, Kyrgyzstan and Tajikistan as an "
    "example of regionalism (Mayer 2021, section 4). A news agency of the day also reported three signatures. A Kazakh "
    "official said in 2015 that Tajikistan could not sign; in 2013 two states signed for a centre.\n\n"
    "**Coding 1:** three parties, it counts. **Coding 2:** two parties, it does not. The table has chosen neither: two "
    f"parties, and Tajikistan unknown (row A034).\n\nDecide, and defend your decision. {CLOSING}",
    (
        "States both codings of row A034 and what each makes of the count (1 point)",
        "Weighs the sources: who says it, when, and with what reason to know (1 point)",
        "Chooses one coding, or keeps both, and gives a rule that would also serve for another row (1 point)",
        "Names one document that would settle it, and what it would have to say (1 point)",
    ),
)


# Check yourself: three quick questions for the page

_quick = quick_choices("puzzle", "Look again at the definition and the dial.")

# Other ties than those of the sheet, which the page must not give away.
_TIES = {"statement": "framework", "songs": "below", "fund": "regionalism"}
_TIES_SAID = (
    "Who made it and who is a party decides, not where it stands. That says nothing about which of the three is most useful."
)

TIES = Question(
    id="puzzle.quick-ties",
    title="Three ties",
    objective="define",
    points=0,
    kind=Match(
        items=(
            Card("statement", "A statement on terrorism that four of the five and Russia made in Bishkek in 2000"),
            Card("songs", "Songs and films from one of the five that people in three others love"),
            Card("fund", "A fund for saving the Aral Sea that all five founded by an agreement of 1993"),
        ),
        partners=(
            Bin("regionalism", "Regionalism"),
            Bin("framework", "A framework with outsiders in it"),
            Bin("below", "Regionalization, from below"),
            Bin("two", "Cooperation of two states"),
        ),
        shuffled=False,
    ),
    prompt="By the article's definition, what is each of these? One word is left over.",
    right=_TIES,
    wrongs=(
        Wrong(
            "located-here-is-regionalism",
            {**_TIES, "statement": "regionalism", "fund": "framework"},
            matches=lambda n, answer: answer.get("statement") == "regionalism",
            reply="It was made in the region, by four of the five. Look once more: who else made it with them?",
        ),
        Wrong(
            "trade-is-regionalism",
            {**_TIES, "songs": "regionalism", "fund": "below"},
            matches=lambda n, answer: answer.get("songs") == "regionalism",
            reply="Songs and films cross borders and bring people near to each other. Did a government build that tie?",
        ),
    ),
    nudge="Ask of each: did states make it, are at least three of the five in it, is anybody from outside a party?",
    help="One has outsiders in it, and one was not made by states.",
    worked=_TIES_SAID,
    praise=_TIES_SAID,
)

SELF_CHECK: tuple[Question, ...] = (
    TIES,
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
        "For a treaty of three states no source gives a date of entry into force. You count the treaties in force "
        "twice, for certain and at most. Where does this one go?",
        "both",
        (
            Option("both", "Out of the lower count and into the upper one"),
            Option("out", "Out of both counts, as not in force"),
            Option("in", "Into both counts, since it was signed"),
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
    questions=(SORT, COUNT, LAST_IN, SEARCH, TOGETHER, WEIGHT, TRANSFER_COUNT, TRANSFER_KIND, ARGUE),
    self_check=SELF_CHECK,
)
