"""The questions of the chapter `outsourcing`: Is it rational to buy security from outside?

The states that decide carry made-up names (Arka, Boro, Celan, Dala, Elin). Questions on real states and powers ask
for counts and arithmetic on the shared tables only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from regionalism.exercises.building import CLOSING, argument, quick_choices
from regionalism.exercises.draws import Draw
from regionalism.exercises.question import (
    Card,
    Cell,
    Chapter,
    Choice,
    Number,
    Numbers,
    Option,
    Order,
    Predict,
    Question,
    Sliders,
    Table,
    Wrong,
)

if TYPE_CHECKING:
    import pandas as pd

OBJECTIVES = {
    "compare": "compare the cost of standing alone, pooling and buying, with autonomy and broken promises counted in",
    "stable": "tell what is best for each from what is best for all, and find the stable outcomes",
    "count": "count around whom outside security turns, and say what such a count leaves out",
    "guarantee": "ask of a guarantee against what, and for whom, it holds",
}

MISCONCEPTIONS = {
    "rational-for-each-best-for-all": "If each does what is best for itself, the result is the best for all.",
    "guarantee-is-automatic": "A promise of help holds by itself, and equally for every danger.",
    "best-for-all-will-happen": "If one outcome is cheaper for everybody, states will end there.",
    "average-decides": "What pays for the state in the middle is what all will do.",
    "a-failed-supplier-makes-a-region": "If the outside supplier fails, the neighbours will join hands.",
    "body-is-no-actor": "What a body does is not counted with the state that leads it.",
    "share-of-another-whole": "A share is taken of the wrong total.",
    "autonomy-is-free": "Only money counts; what is given up in autonomy, or to the pool, is left out.",
    "one-chance-for-all-dangers": "All dangers are equally likely to bring help, so their chances are simply averaged.",
    "a-promise-binds-all-members": "A pact protects each member from every other.",
    "units": "Shares, percent and counts mixed up.",
    "newcomers-push-out": "Where new suppliers come in, the old one's share must fall.",
    "old-ties-last": "Whoever sold the weapons at first goes on selling them.",
    "the-other-part": "The part in which help comes is given for the part in which it does not.",
}


# 1. Count around whom

KINDS_OF_TIE = {
    "soldiers": ("base", "facility", "troops", "exercise"),
    "paper": ("body", "agreement", "format", "troops"),
    # Not all types: the page's figure prints what comes out for those.
    "joint": ("exercise", "troops", "body"),
}
ACTORS_SHOWN = ("RUS", "CSTO", "CIS", "USA", "CHN", "SCO")
ACTOR_WORDS = {
    "RUS": "Russia",
    "CSTO": "CSTO (led by Russia)",
    "CIS": "CIS bodies (led by Russia)",
    "USA": "United States",
    "CHN": "China",
    "SCO": "SCO (begun by China and Russia)",
}
LED_BY_RUSSIA = ("RUS", "CSTO", "CIS")


@cache
def _tie_counts(which: str) -> dict[str, tuple[int, int]]:
    """Rows of the table of outside actors by actor: bilateral and multilateral, for the types of one selection."""
    from regionalism.data import load

    table = load("external_actors")
    table = table[table["type"].isin(KINDS_OF_TIE[which])]
    forms = {actor: table.loc[table["actor"] == actor, "bi_or_multilateral"] for actor in ACTORS_SHOWN}
    return {actor: (int((form == "bilateral").sum()), int((form == "multilateral").sum())) for actor, form in forms.items()}


def _around_draw(draw: Draw) -> Numbers:
    which = draw.pick(tuple(KINDS_OF_TIE))
    return {"which": which, "counts": {actor: list(pair) for actor, pair in _tie_counts(which).items()}}


def _around_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = [(ACTOR_WORDS[actor], *numbers["counts"][actor]) for actor in ACTORS_SHOWN]
    return pd.DataFrame(rows, columns=["Given by", "With one state at a time", "With several together"])


def _around(numbers: Numbers, actors: tuple[str, ...] = LED_BY_RUSSIA) -> dict[str, float]:
    pairs = [numbers["counts"][actor] for actor in actors]
    bilateral, total = sum(pair[0] for pair in pairs), sum(sum(pair) for pair in pairs)
    return {"rows": float(total), "share": 100 * bilateral / total}


def _bilateral_of_everything(numbers: Numbers) -> dict[str, float]:
    right = _around(numbers)
    bilateral = right["rows"] * right["share"] / 100
    whole = sum(sum(pair) for pair in numbers["counts"].values())
    return {"rows": right["rows"], "share": 100 * bilateral / whole}


def _as_share_of_one(numbers: Numbers) -> dict[str, float]:
    right = _around(numbers)
    return {"rows": right["rows"], "share": right["share"] / 100}


AROUND = Question(
    id="outsourcing.around",
    title="Around whom does it turn?",
    objective="count",
    points=2,
    work="data",
    draw=_around_draw,
    show=_around_table,
    kind=Table(
        cells=(
            Cell("rows", "Rows that turn around Russia", Number(unit="rows", absolute=0.01, between=(0, None))),
            Cell("share", "Of these, with one state at a time", Number(unit="%", absolute=1.0, between=(0, 100))),
        )
    ),
    prompt=lambda n: (
        "The table counts instruments of outside security from the course's data, of the types "
        f"**{', '.join(KINDS_OF_TIE[n['which']])}**.\n\n"
        "How many of them turn around Russia, and what percentage of these ties one state at a time? Say first to yourself "
        "which rows belong to Russia."
    ),
    right=_around,
    wrongs=(
        Wrong(
            "body-is-no-actor",
            example=lambda n: _around(n, ("RUS",)),
            matches=lambda n, answer: answer.get("rows") == _around(n, ("RUS",))["rows"],
            reply="These are the rows that Russia gives under its own name. The list also says of two bodies who leads them.",
        ),
        Wrong(
            "body-is-no-actor",
            example=lambda n: _around(n, (*LED_BY_RUSSIA, "SCO")),
            matches=lambda n, answer: answer.get("rows") == _around(n, (*LED_BY_RUSSIA, "SCO"))["rows"],
            reply="The SCO was begun by China and Russia together. Around whom it turns cannot be said by giving it to one of "
            "them.",
        ),
        Wrong(
            "share-of-another-whole",
            example=_bilateral_of_everything,
            matches=lambda n, answer: abs(answer.get("share", -9) - _bilateral_of_everything(n)["share"]) < 1,
            reply="This divides by all rows of the table. The question asks about the rows that turn around Russia.",
        ),
        Wrong(
            "units",
            example=_as_share_of_one,
            matches=lambda n, answer: 0 < answer.get("share", 0) <= 1,
            reply="The division is right. It gives a share of one, and the question asks for percent.",
        ),
    ),
    nudge="Add up the rows of Russia and of the two bodies that it leads. Then take the share of the first column.",
    help="The first three lines of the table belong together. Add both columns for the number of rows.",
    worked=lambda n: (
        f"Russia, CSTO and CIS together: {_around(n)['rows']:.0f} rows. With one state at a time: "
        f"{_around(n)['rows'] * _around(n)['share'] / 100:.0f}, which is {_around(n)['share']:.0f} %."
    ),
    praise="A count shows who is there and in which form. It does not show weight: a base of thousands and a yearly meeting "
    "are one row each.",
)


# 2. Best for each, best for all

ROUNDS = (
    # price, abandonment: all buy and all pool are both stable for five made-up states at a weight of 0.3.
    (0.5, 0.1),
    (0.5, 0.2),
    (0.7, 0.0),
    (0.7, 0.1),
)


@cache
def _menu_numbers(price: float, abandonment: float) -> dict[str, float]:
    from regionalism.models.external import Terms, buying_cost, pooling_cost

    given = Terms(price=price, abandonment=abandonment)
    return {
        "buy": round(buying_cost(0.3, given), 2),
        "one": round(pooling_cost(0.3, 1, given), 2),
        "five": round(pooling_cost(0.3, 5, given), 2),
    }


def _each_draw(draw: Draw) -> Numbers:
    price, abandonment = draw.pick(ROUNDS)
    return {"price": price, "abandonment": abandonment, **_menu_numbers(price, abandonment)}


EACH_AND_ALL = Question(
    id="outsourcing.each-and-all",
    title="All five buy. Who is wrong?",
    objective="stable",
    points=2,
    work="widget",
    show="outsourcing-make-or-buy",
    draw=_each_draw,
    kind=Choice(
        options=(
            Option("none", "None of the five is wrong alone, and together they pay more than they need to"),
            Option("best", "Nobody is wrong, so no other outcome can be better for all"),
            Option("pool", "It cannot last, because the pool of five is cheaper"),
            Option("shame", "Each of the five is wrong: it should have started the pool"),
        )
    ),
    prompt=lambda n: (
        "Five made-up states need the same protection. For the one in the middle, standing alone costs 1, buying "
        f"**{n['buy']:.2f}**, a pool **{n['one']:.2f}** by itself and **{n['five']:.2f}** with all five. Today all five buy.\n\n"
        f"Set the interactive to a price of {n['price']:.1f} and a chance of {100 * n['abandonment']:.0f} % that the supplier "
        "does not deliver, and leave the rest. What do you say of the five?"
    ),
    right="none",
    wrongs=(
        Wrong(
            "rational-for-each-best-for-all",
            "best",
            reply=lambda n: f"Each does its best, given what the others do. Compare what all five pay now, {n['buy']:.2f} in the "
            f"middle, with what all five would pay in the pool.",
        ),
        Wrong(
            "best-for-all-will-happen",
            "pool",
            reply=lambda n: f"Suppose you are the first to leave the supplier. You are then a pool of one. What does that cost "
            f"you, beside the {n['buy']:.2f} that you pay today?",
        ),
        Wrong(
            "best-for-all-will-happen",
            "shame",
            reply=lambda n: f"A state that starts the pool by itself pays {n['one']:.2f}. Would you call it wrong for not doing so?",
        ),
    ),
    nudge="Ask two questions apart: can one state do better by a step of its own? Could all do better by a step together?",
    help="Read the sentence under the chart: it names the stable outcomes, and says in which all are better off.",
    worked=lambda n: (
        f"One state that stops buying is alone in its pool and pays {n['one']:.2f} instead of {n['buy']:.2f}. So nobody errs alone. "
        f"All five together would pay {n['five']:.2f} each in the middle, less than {n['buy']:.2f}. Both outcomes are stable."
    ),
    praise="Sensible for each and best for all are two questions. What is missing is not reason but a step taken together.",
)


# 3. The state in the middle does not decide


def _middle_flip(numbers: Numbers) -> float:
    """The weight of autonomy from which a state finds the pool of five cheaper than buying."""
    return _flip_with(numbers["second"])


@cache
def _flip_with(second: str) -> float:
    from regionalism.explorers.outsourcing import MAKERS, terms
    from regionalism.models.external import flip_buy_pool

    flip = flip_buy_pool(len(MAKERS), terms(price=0.5, abandonment=0.1, second=second))
    assert flip is not None, "a supplier that asks more autonomy than the pool leaves a weight at which the choice turns"
    return flip


def _stable_for_all(results: Any, values: dict[str, Any], numbers: Numbers) -> bool:
    return bool((results["most"] == "pool").all())


MIDDLE = Question(
    id="outsourcing.middle",
    title="A pool that all five keep",
    objective="stable",
    points=2,
    work="widget",
    draw=lambda d: {"second": d.pick(("no", "yes"))},
    kind=Sliders(
        explorer="outsourcing-make-or-buy",
        free=("weight",),
        fixed=lambda n: {"second": n["second"], "price": 0.5, "abandonment": 0.1, "limit": "none"},
        start={"weight": 0.0},
        goal=_stable_for_all,
        goal_words="a pool of all five is stable",
    ),
    prompt=lambda n: (
        "At the start autonomy counts for nothing, and a pool of all five does not last. "
        + ("There is a second supplier. " if n["second"] == "yes" else "There is one supplier. ")
        + "Arka puts half as much weight on autonomy as Celan in the middle, Elin one and a half times as much.\n\n"
        "Predict first: from which weight on is the pool of five cheaper than buying for **Celan**? Then move the weight until a "
        "pool of **all five** is stable."
    ),
    right=lambda n: {"weight": 0.6 if n["second"] == "yes" else 0.3},
    wrongs=(
        Wrong(
            "average-decides",
            example=lambda n: {"weight": 0.3 if n["second"] == "yes" else 0.15},
            matches=lambda n, values: _middle_flip(n) < values["weight"] < 2 * _middle_flip(n),
            reply="Here the pool of five is cheaper for Celan. But it lasts only if all five stay. Look at the state to which "
            "autonomy matters least.",
        ),
    ),
    nudge="Watch the sentence: does it say that all five pool? If some would walk out, whom does it name?",
    help="The state with the smallest weight decides. Arka's weight is half of the one on the slider.",
    worked=lambda n: (
        f"The pool of five beats buying from a weight of {_middle_flip(n):.2f}. Arka has half the weight on the slider, so the "
        f"slider must stand above {2 * _middle_flip(n):.2f}."
    ),
    praise=lambda n: (
        "A pool of five is as stable as its least willing member."
        + (" A second supplier raised the bar for all five." if n["second"] == "yes" else "")
    ),
)


# 4. Arms: whose share, of what?

RECIPIENTS = {"KAZ": "Kazakhstan", "TKM": "Turkmenistan", "UZB": "Uzbekistan"}
HALVES = {"early": (2000, 2011), "late": (2012, 2023)}


@cache
def _deliveries(recipient: str) -> dict[str, list[float]]:
    """Deliveries (million TIV) from Russia and from all suppliers, in both halves."""
    from regionalism.data import load

    table = load("arms_deliveries")
    table = table[table["recipient_iso3"] == recipient]
    found = {}
    for half, (first, last) in HALVES.items():
        part = table[table["delivery_year"].between(first, last)]
        russian = part.loc[part["supplier_iso3"] == "RUS", "tiv_mn"].sum()
        found[half] = [round(float(russian), 0), round(float(part["tiv_mn"].sum()), 0)]
    return found


def _arms_draw(draw: Draw) -> Numbers:
    state = draw.pick(tuple(RECIPIENTS))
    return {"state": state, "table": {half: list(row) for half, row in _deliveries(state).items()}}


def _arms_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = [(f"{first}–{last}", *numbers["table"][half]) for half, (first, last) in HALVES.items()]
    return pd.DataFrame(rows, columns=["Years", "From Russia, million TIV", "From all suppliers, million TIV"])


def _part(numbers: Numbers, half: str) -> float:
    russian, everything = numbers["table"][half]
    return 100 * russian / everything


# From the notes on the table arms_deliveries; a test holds the words to the notes and the table.
_LATER_RELEASE = {
    "KAZ": " Sums are also mended later: for 2021 this table has 85 million TIV, a later release of SIPRI 195. What is "
    "missing here came from Russia.",
}


def _others(numbers: Numbers, half: str) -> float:
    russian, everything = numbers["table"][half]
    return float(everything - russian)


ARMS = Question(
    id="outsourcing.arms-guess",
    title="New suppliers, and the old one?",
    objective="count",
    points=1,
    work="data",
    draw=_arms_draw,
    show=_arms_table,
    kind=Predict(Number(unit="%", absolute=5, between=(0, 100))),
    prompt=lambda n: (
        f"In {HALVES['early'][0]}–{HALVES['early'][1]} Russia sent **{_part(n, 'early'):.0f} %** of the major weapons that reached "
        f"**{RECIPIENTS[n['state']]}**, by SIPRI's measure of military worth (TIV, not price). What others delivered went "
        f"from {_others(n, 'early'):,.0f} million TIV to {_others(n, 'late'):,.0f} million in {HALVES['late'][0]}–{HALVES['late'][1]}.\n\n"
        "**Guess**: what was Russia's share in these later years?"
    ),
    right=lambda n: round(_part(n, "late"), 1),
    wrongs=(
        Wrong(
            "units",
            example=lambda n: round(_part(n, "late") / 100, 2),
            matches=lambda n, answer: 0 < answer <= 1,
            reply="Percent were asked for, and this is one percent or less. If you meant a share of one, it is a hundred times as "
            "many percent.",
        ),
        Wrong(
            "newcomers-push-out",
            example=lambda n: round(_part(n, "late") - 11, 1),
            matches=lambda n, answer: answer < _part(n, "late") - 10,
            reply=lambda n: (
                "Others delivered more, so it seems that the old supplier must have lost. A share has two numbers in it. What "
                "if the state bought more from everybody?"
                if _part(n, "late") > _part(n, "early")
                else "Others did take more than half of the deliveries, and not all of them. Which of the old ties held?"
            ),
        ),
        Wrong(
            "old-ties-last",
            example=lambda n: round(_part(n, "late") + 12, 1),
            matches=lambda n, answer: answer > _part(n, "late") + 10,
            reply="Repair, training and habit tie a buyer to its first supplier, and that is a good reason. Here it explains "
            "less than you thought.",
        ),
    ),
    nudge="Two numbers move a share: what Russia delivered, and what all together delivered.",
    help="Take one line of the table. Divide its first number by its second and multiply by 100.",
    worked=lambda n: "\n".join(
        [
            *(
                f"- {first}–{last}: {n['table'][half][0]:,.0f} / {n['table'][half][1]:,.0f} × 100 = {_part(n, half):.1f} %"
                for half, (first, last) in HALVES.items()
            ),
            "",
            "A share can move because of either number. And military worth is no price: it says nothing of what was paid."
            + _LATER_RELEASE.get(n["state"], ""),
        ]
    ),
    praise="You weighed both numbers of the share.",
)


# 5. Help against what?

PROMISES = {"outside": 0.9, "home": 0.6, "member": 0.1}


def _dangers(draw: Draw) -> Numbers:
    outside, home = draw.pick(((1, 3), (2, 3), (1, 4), (2, 2)))
    return {"outside": outside, "home": home, "member": 10 - outside - home}


def _unhelped(numbers: Numbers) -> float:
    return 10 * sum(numbers[danger] * (1 - chance) for danger, chance in PROMISES.items())


GUARANTEE = Question(
    id="outsourcing.guarantee",
    title="A guarantee against what?",
    objective="guarantee",
    points=2,
    work="thought",
    draw=_dangers,
    kind=Number(unit="%", absolute=0.6, between=(0, 100)),
    prompt=lambda n: (
        "Arka has joined a pact. Of ten emergencies that it expects in the coming years, "
        f"**{n['outside']}** would be an attack from outside the pact, **{n['home']}** unrest at home and **{n['member']}** fighting "
        "with another member over a border.\n\n"
        "Its advisers put the chance that the pact helps at **90 %** against an attack from outside, **60 %** in unrest at home, "
        "and **10 %** in fighting between two members.\n\n"
        "In what percentage of its emergencies must Arka expect **no** help?"
    ),
    right=_unhelped,
    wrongs=(
        Wrong(
            "units",
            example=lambda n: _unhelped(n) / 100,
            matches=lambda n, answer: 0 < answer <= 1,
            reply="This is one percent or less. If you meant a share of one, the question asks for it in percent.",
        ),
        Wrong(
            "guarantee-is-automatic",
            example=10.0,
            matches=lambda n, answer: answer <= 10.5,
            reply="This takes the promise where it is strongest for the whole of it. How many of the ten emergencies are an attack "
            "from outside?",
        ),
        Wrong(
            "one-chance-for-all-dangers",
            example=100 * (1 - sum(PROMISES.values()) / 3),
            matches=lambda n, answer: abs(answer - 100 * (1 - sum(PROMISES.values()) / 3)) < 0.7,
            reply="This averages the three chances as if the three dangers came equally often. Weigh each by its number of "
            "emergencies.",
        ),
        Wrong(
            "the-other-part",
            example=lambda n: 100 - _unhelped(n),
            matches=lambda n, answer: abs(answer - (100 - _unhelped(n))) < 0.6,
            reply="That is the part in which help comes. The question asks for the other part.",
        ),
    ),
    nudge="For each kind of emergency: how many of the ten, and in what part of those does no help come?",
    help="No help comes in 10 % of attacks from outside, 40 % of unrest, and 90 % of fighting with another member.",
    worked=lambda n: (
        f"Without help: {n['outside']} × 0.1 + {n['home']} × 0.4 + {n['member']} × 0.9 = {_unhelped(n) / 10:.1f} of ten, or "
        f"{_unhelped(n):.0f} %."
    ),
    praise="The same promise is worth much or little, depending on what you need it for. And in unrest at home, ask who in Arka "
    "is helped, and against whom.",
)


# 6. The cheapest way, all counted

# Price, chance that the supplier fails, weight of autonomy, returns to pooling: values of the interactive for which
# the order without risk and the one without autonomy score at most half, with no two ways close together. Buying is
# first in none of them: where it is, to leave out its risk would not change the order.
_STATES = (
    (0.35, 0.2, 1.2, 0.4), (0.4, 0.4, 0.9, 0.4), (0.5, 0.2, 1.05, 0.4), (0.55, 0.2, 0.9, 0.4), (0.2, 0.3, 1.35, 0.4),
    (0.15, 0.4, 1.2, 0.4), (0.35, 0.4, 0.75, 0.5),
    (0.25, 0.4, 1.2, 0.2), (0.3, 0.3, 1.35, 0.2), (0.45, 0.4, 1.05, 0.2), (0.5, 0.4, 1.35, 0.2), (0.55, 0.3, 1.2, 0.2),
)  # fmt: skip
_WAYS = {"alone": "Stand alone", "buy": "Buy from outside", "two": "A pool of two", "five": "A pool of five"}


def _parts(numbers: Numbers) -> dict[str, tuple[float, float, float]]:
    """Money, risk and autonomy given up (a share) on each way, in units of standing alone."""
    return _parts_at(numbers["price"], numbers["abandonment"], numbers["returns"])


@cache
def _parts_at(price: float, abandonment: float, returns: float) -> dict[str, tuple[float, float, float]]:
    from regionalism.models.external import Terms, alone_cost, pooling_cost

    given = Terms(price=price, abandonment=abandonment, returns=returns)
    pools = {way: round(pooling_cost(0, members, given), 2) for way, members in (("two", 2), ("five", 5))}
    return {
        "alone": (alone_cost(0, given), 0.0, 0.0),
        "buy": (given.price, given.abandonment * given.loss, given.hierarchy),
        **{way: (money, 0.0, given.depth) for way, money in pools.items()},
    }


def _ways_draw(draw: Draw) -> Numbers:
    return dict(zip(("price", "abandonment", "weight", "returns"), draw.pick(_STATES), strict=True))


def _ways_table(numbers: Numbers) -> pd.DataFrame:
    import pandas as pd

    rows = [(_WAYS[way], *_parts(numbers)[way]) for way in _WAYS]
    return pd.DataFrame(rows, columns=["Way", "Money", "Risk", "Autonomy given up, share"])


def _whole(numbers: Numbers, way: str, risk: bool = True, autonomy: bool = True) -> float:
    """What a way costs, with or without its risk and the autonomy given up."""
    money, chance, share = _parts(numbers)[way]
    return money + risk * chance + autonomy * numbers["weight"] * share


def _ranked(numbers: Numbers, risk: bool = True, autonomy: bool = True) -> list[str]:
    return sorted(_WAYS, key=lambda way: _whole(numbers, way, risk, autonomy))


def _buying_first_below(numbers: Numbers) -> float:
    """The worth of all autonomy below which buying is the cheapest way; 0 or less where it never is."""
    parts = _parts(numbers)
    money, risk, share = parts["buy"]
    return min((parts[way][0] - money - risk) / (share - parts[way][2]) for way in ("alone", "five"))


def _winner_words(numbers: Numbers) -> str:
    if _ranked(numbers)[0] == "alone":
        return "Standing alone is the cheapest here: a pool of five saves money, and takes more in autonomy than it saves."
    two = "dearer than standing alone" if _whole(numbers, "two") > _whole(numbers, "alone") else "much dearer"
    return f"A pool of five is the cheapest here, and a pool of two is {two}: it takes all five."


def _buying_words(numbers: Numbers) -> str:
    below = _buying_first_below(numbers)
    if round(below, 2) <= 0:
        return "Buying would not come first even if autonomy were worth nothing to this state."
    return f"Buying would come first if all autonomy were worth less than {below:.2f} to this state."


CHEAPEST = Question(
    id="outsourcing.cheapest",
    title="Cheap, and dear, all counted",
    objective="compare",
    points=2,
    work="data",
    show=_ways_table,
    draw=_ways_draw,
    kind=Order(
        items=tuple(Card(way, words) for way, words in _WAYS.items()),
        first="costs least",
        last="costs most",
    ),
    prompt=lambda n: (
        "One state can get the same protection in four ways. The table says what each costs in money, in risk (the supplier may "
        "not deliver), and what share of its autonomy it gives up. Money and risk are in units of standing alone.\n\n"
        f"To give up **all** of its autonomy would cost this state **{n['weight']:g}**. Put the four ways in order by their full "
        "cost, with everything counted."
    ),
    right=_ranked,
    wrongs=(
        Wrong(
            "guarantee-is-automatic",
            example=lambda n: _ranked(n, risk=False),
            reply="This order holds if the supplier always delivers. The second column of numbers says what it costs that it may "
            "not.",
        ),
        Wrong(
            "autonomy-is-free",
            example=lambda n: _ranked(n, autonomy=False),
            matches=lambda n, answer: answer in (_ranked(n, autonomy=False), _ranked(n, risk=False, autonomy=False)),
            reply="By money this order is right, and money is what one sees first. Autonomy has a price for this state as well. "
            "What does a share of it cost, if all of it costs what the question says?",
        ),
    ),
    nudge="Add three things for each way: money, risk, and the share of autonomy times what all of it costs.",
    help=lambda n: (
        f"Buying: {_parts(n)['buy'][0]:.2f} + {_parts(n)['buy'][1]:.2f} + {n['weight']:g} × {_parts(n)['buy'][2]:.1f} = {_whole(n, 'buy'):.2f}. Do the same for the pools."
    ),
    worked=lambda n: "From the least to the most: " + ", ".join(
        f"{_WAYS[way].lower()} {_whole(n, way):.2f}" for way in _ranked(n)
    ) + ".",
    praise=lambda n: (
        f"{_winner_words(n)} {_buying_words(n)} How much autonomy is worth to a real state no table says. So no table "
        "alone can settle whether it is rational to buy."
    ),
)


# Transfer: new cases, keyed apart


def _labs(draw: Draw) -> Numbers:
    buy = draw.integer(60, 66)
    return {"buy": buy, "one": draw.integer(110, 120), "two": draw.integer(75, 82), "three": draw.integer(48, 55)}


TRANSFER_LABS = Question(
    id="outsourcing.transfer-vaccine",
    title="A new case: a vaccine for three islands",
    objective="stable",
    points=3,
    role="transfer",
    work="thought",
    draw=_labs,
    kind=Table(
        cells=(
            Cell("keep", "How many of the three islands gain by being the only one to stop buying", Number(between=(0, 3))),
            Cell("save", "What all three together would save in a year if they pooled", Number(absolute=0.6, between=(None, None))),
        )
    ),
    prompt=lambda n: (
        f"Three islands buy a cattle vaccine from a firm far away, for **{n['buy']}** a year each. They could run a laboratory "
        f"instead: it costs an island **{n['one']}** if it is alone in it, **{n['two']}** each for two, **{n['three']}** each for "
        "three. Each island decides for itself. Today all three buy.\n\nFill both cells."
    ),
)

TRANSFER_LEAGUE = Question(
    id="outsourcing.transfer-league",
    title="A new case: the harbour league",
    objective="guarantee",
    points=3,
    role="transfer",
    work="thought",
    kind=Choice(
        options=(
            Option("which", "Against which danger, decided by whom, and has the league ever acted in such a case?"),
            Option("sign", "Has every town signed and ratified the treaty?"),
            Option("size", "Is the league's fleet larger than that of any enemy?"),
            Option("leave", "Which other league could the town join instead?"),
        )
    ),
    prompt=(
        "Five harbour towns and a large kingdom have a treaty: an attack on one is an attack on all. The fleet is the kingdom's. "
        "In thirty years the league has acted once, when dockers rose against a town's council. Twice two of the towns fired on "
        "each other's ships, and the league sent nobody.\n\n"
        "Dala, one of the towns, fears most that its neighbour Elin, also a member, will seize its fishing grounds. What must its "
        "council ask first before it relies on the treaty?"
    ),
)


# An open argument

ARGUE = argument(
    "outsourcing",
    "Argue: was it rational?",
    "compare",
    "The article holds that it is a rational move for the five states to take security from outside, because to organise it "
    "themselves would cost much more (Mayer 2021, section 6).\n\n"
    "Take **one** state and **one** year: for example Uzbekistan in 1999 or 2012, Kyrgyzstan in 2003, Kazakhstan in 2022. Argue "
    f"whether it was rational, for whom, and at what price. {CLOSING}",
    (
        "Names one state, one supplier and one year, and says what was bought and what was given for it (1 point)",
        "Uses at least one number or row from the chapter and says what it does not show (1 point)",
        "Tells apart what was best for that government and what would have been best for the five, or says why they fall "
        "together (1 point)",
        "Says whose security was bought, and names a finding that would change the writer's mind (1 point)",
    ),
)


# Check yourself: three quick questions for the page

_quick = quick_choices("outsourcing", "Look again at the model above.")

SELF_CHECK: tuple[Question, ...] = (
    _quick(
        "each", "Each and all", "stable",
        "Four states buy help for 0.88 each. A pool would cost 1.19 for one state alone, 0.95 each for two and 0.76 each for "
        "four. Two of the states think of leaving the supplier for a pool. What follows?",
        "together",
        (
            Option("best", "They should stay, and so the four cannot do better than they do"),
            Option("soon", "They should leave, because a pool costs less than the supplier"),
            Option("together", "The two would lose by a step of their own; all four would gain by a step together"),
        ),
        (
            Wrong("rational-for-each-best-for-all", "best",
                  "While the others buy, the two do best to stay. What would each of the four pay if all of them moved?"),
            Wrong("best-for-all-will-happen", "soon",
                  "A pool of four costs less. What do these two pay, as long as the others go on buying?"),
        ),
        "What is cheaper for all need not be within reach of some of them: here two alone would pay 0.95 instead of 0.88.",
    ),
    _quick(
        "war", "The supplier fails", "compare",
        "A supplier goes to war elsewhere. Buying now costs 1.12, standing alone 1, a pool as before 1.16 alone and 0.69 among "
        "five. All five were buying. What is sure?",
        "stop",
        (
            Option("pool", "They will pool, since the supplier has failed"),
            Option("stop", "They will stop buying; what they do instead is open"),
            Option("wait", "Nothing changes, because a guarantee has been given"),
        ),
        (
            Wrong("a-failed-supplier-makes-a-region", "pool",
                  "A pool of one still costs 1.16, more than standing alone. Somebody has to bring all five to move together."),
            Wrong("guarantee-is-automatic", "wait",
                  "The guarantee is on paper still. Its worth is the chance that help comes, and that chance fell."),
        ),
        "Standing alone is now cheaper than buying. All alone and all in the pool are both stable.",
    ),
    _quick(
        "whose", "A promise of help", "guarantee",
        "Two members of one alliance fire at each other across a border. What does its promise of help against attack give them?",
        "little",
        (
            Option("little", "Little that is sure: such pacts look outward, and helping one means fighting the other"),
            Option("both", "Help for both, since both are members"),
            Option("attacked", "Help for the one that was attacked, as the text says",
                   "Each says that the other attacked. Somebody has to decide it, and the other member has a voice as well."),
        ),
        (
            Wrong("a-promise-binds-all-members", "both",
                  "Helping one against the other cannot help both. Ask against whom the promise was made."),
        ),
        "A pact against attack from outside is not a court for its members. The chance of help depends on the danger.",
    ),
)

CHAPTER = Chapter(
    stem="outsourcing",
    title="Is it rational to buy security from outside?",
    objectives=OBJECTIVES,
    misconceptions=MISCONCEPTIONS,
    questions=(AROUND, EACH_AND_ALL, MIDDLE, ARMS, GUARANTEE, CHEAPEST, TRANSFER_LABS, TRANSFER_LEAGUE, ARGUE),
    self_check=SELF_CHECK,
)
