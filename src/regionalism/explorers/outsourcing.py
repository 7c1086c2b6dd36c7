"""The explorers of the chapter on bought security: make, pool or buy, and several suppliers."""

from __future__ import annotations

import math

import pandas as pd

from regionalism.charts import outsourcing_models as charts
from regionalism.charts.outsourcing_models import MAKERS, SUPPLIERS
from regionalism.charts.tables import percent
from regionalism.explorers.core import Choice, Column, Explorer, Option, Prediction, Preset, Slider, Values
from regionalism.models import bargaining, external

MIDDLE = MAKERS.index("Celan")
POSITIONS: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)
MOST_AUTONOMY, RIVAL_ASKS = 0.8, 0.3
CEILING = 0.75
LIMITS: tuple[tuple[str, str], ...] = (
    ("none", "The five could make all of it"),
    ("ceiling", "They could make three quarters; the rest is bought"),
    ("exclusion", "The same, and the supplier refuses those who do not buy it all"),
    ("catalyst", "They could make all; an outsider pays to run the pool"),
)
DOES = {"alone": "stands alone", "buy": "buys", "pool": "pools"}


# Make, pool or buy


def terms(
    price: float, abandonment: float, second: str = "no", limit: str = "none", rule: str = "deal_me_out",
    returns: float = 0.4, legitimacy: float = 0.0,
) -> external.Terms:
    """Return the terms that the controls stand for."""
    rival = RIVAL_ASKS if second == "yes" else None
    return external.Terms(
        price=price,
        abandonment=abandonment,
        hierarchy=bargaining.autonomy_asked(MOST_AUTONOMY, rival, rule),
        returns=returns,
        legitimacy=legitimacy,
        ceiling=CEILING if limit in ("ceiling", "exclusion") else 1.0,
        exclusion=limit == "exclusion",
        catalyst=1.0 if limit == "catalyst" else 0.0,
    )


def make_or_buy_results(
    weight: float, price: float, abandonment: float, second: str, limit: str, spread: float = 0.5,
    returns: float = 0.4, legitimacy: float = 0.0, rule: str = "deal_me_out",
) -> pd.DataFrame:
    """Return what each way costs five made-up states, and what each does where the pool is stable.

    The weights of autonomy lie evenly around ``weight``, from (1 - spread) to (1 + spread) times it. ``least`` and
    ``most`` are what a state does in the smallest and in the largest stable pool; ``paid_least`` and ``paid_most``
    what it then pays; ``flip`` is the weight from which the pool of five is cheaper than buying (empty: none).
    """
    given = terms(price, abandonment, second, limit, rule, returns, legitimacy)
    weights = [weight * (1 + spread * position) for position in POSITIONS]
    costs = external.menu(weights, given)
    pools = external.stable_pools(costs)
    least, most = pools[0], pools[-1]
    low, high = external.choices(costs, least), external.choices(costs, most)
    flip = external.flip_buy_pool(len(MAKERS), given)
    return pd.DataFrame(
        {
            "state": list(MAKERS),
            "weight": weights,
            "alone": costs.alone,
            "buy": costs.buy,
            "pool_one": costs.pool[:, 0],
            "pool_five": costs.pool[:, -1],
            "flip": [math.nan if flip is None else max(flip, 0.0)] * len(MAKERS),
            "least": list(low),
            "most": list(high),
            "does": [DOES[a] if a == b else f"{DOES[a]}|or {DOES[b]}" for a, b in zip(low, high, strict=True)],
            "paid_least": external.outcome(costs, least),
            "paid_most": external.outcome(costs, most),
        }
    )


def make_or_buy_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say what the middle state faces, which outcomes are stable, and whether all would be better off in another."""
    # From the model itself: numbers rounded once would be rounded twice here.
    middle = make_or_buy_results(**values).iloc[MIDDLE]  # type: ignore[arg-type]
    costs = (
        f"{MAKERS[MIDDLE]}, in the middle, pays {middle['alone']:.2f} alone, {middle['buy']:.2f} if it buys, and in a"
        f" pool from {middle['pool_one']:.2f} (by itself) to {middle['pool_five']:.2f} (with all five)."
    )
    return f"{costs} {_stable_sentence(results)} {_flip_words(results)}"


def _stable_sentence(results: pd.DataFrame) -> str:
    least, most = _outcome_words(results["least"]), _outcome_words(results["most"])
    if least == most:
        return f"Only one outcome is stable: {least}.{_leavers(results)}"
    gains = results["paid_least"] - results["paid_most"]
    if (gains > 0.0005).all():
        moral = "All five would be better off in the second, and nobody gains by moving first."
    elif (gains >= -0.0005).all():
        moral = "In the second nobody is worse off, and still nobody gains by moving first."
    else:
        moral = "Some gain by the second and some lose."
    return f"Stable: {least}, or {most}. {moral}"


def _leavers(results: pd.DataFrame) -> str:
    """Who would leave a pool of all five, if that is not stable."""
    if (results["most"] == "pool").all():
        return ""
    outside = results[["alone", "buy"]].min(axis=1)
    leaving = results.loc[results["pool_five"] > outside + 0.0005, "state"].tolist()
    return f" From a pool of five {_listed(leaving)} would walk out." if leaving else ""


def _outcome_words(does: pd.Series) -> str:
    names = {way: [state for state, done in zip(MAKERS, does, strict=True) if done == way] for way in DOES}
    whole = {"alone": "all five stand alone", "buy": "all five buy", "pool": "all five pool"}
    parts = []
    for way, some in names.items():
        if len(some) == len(MAKERS):
            return whole[way]
        if some:
            verb = {"alone": "stand alone", "buy": "buy", "pool": "pool"}[way] if len(some) > 1 else DOES[way]
            parts.append(f"{_listed(some)} {verb}")
    return " while ".join(parts) if len(parts) < 3 else ", ".join(parts)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _flip_words(results: pd.DataFrame) -> str:
    flip = results["flip"].iloc[0]
    if math.isnan(flip):
        return "At no weight of autonomy does the pool of five become cheaper than buying."
    if flip <= 0:
        return "The pool of five is cheaper than buying at any weight of autonomy."
    return f"The pool of five is cheaper than buying from an autonomy weight of {flip:.2f}."


def _make_or_buy() -> Explorer:
    return Explorer(
        name="outsourcing-make-or-buy",
        title="Make, pool or buy",
        question="Five made-up states need the same protection. Should each make it, pool it or buy it?",
        prediction=Prediction(
            "For a state in the middle, making all its security alone costs 1. Buying it from a large power costs 0.72,"
            " with lost autonomy and broken promises counted in. A pool costs 1.16 for a state that starts it alone,"
            " and 0.69 for each if all five join. Each state decides for itself. Where do they end?",
            (
                Option(
                    "In the pool, because 0.69 is less than 0.72.",
                    "That would be so if one mind decided for all. A single state cannot choose 0.69. As long as the"
                    " others buy, it can choose 0.72 or 1.16.",
                ),
                Option(
                    "All buy. Each does what is best for it, so that is also the best for all.",
                    "All buying can indeed last. But it costs each of them more than the pool of five would. What is"
                    " sensible for each need not be best for all.",
                ),
                Option(
                    "All buy or all pool: either can last, and where they start decides.",
                    "So it is in this model. From all buying, nobody gains by starting a pool. From the pool of five,"
                    " nobody gains by leaving it. Now see how little it takes to lose one of the two.",
                    right=True,
                ),
                Option(
                    "Each stands alone, because autonomy is worth more than money.",
                    "It can be, if autonomy weighs enough. Here its price is counted in already, and standing alone"
                    " costs 1. Try it: raise the weight of autonomy.",
                ),
            ),
        ),
        controls=(
            Slider(
                "weight",
                "Weight of autonomy, for the state in the middle",
                tuple(round(0.15 * step, 2) for step in range(11)),
                0.3,
                help="What giving up all autonomy would cost, in units of standing alone. Arka puts half this weight on"
                " autonomy, Elin one and a half times as much.",
                fine_step=0.05,
                format="{:.2f}".format,
            ),
            Slider(
                "price",
                "Price of bought security",
                (0.1, 0.3, 0.5, 0.7, 0.9),
                0.5,
                help="In units of standing alone. Below 1 the supplier helps for less than standing alone costs.",
                fine_step=0.05,
                format="{:.2f}".format,
            ),
            Slider(
                "abandonment",
                "Chance that the supplier does not deliver",
                (0, 0.1, 0.2, 0.3, 0.4),
                0.1,
                help="The loss is then as large as the cost of standing alone. One chance stands for all dangers; in"
                " truth it differs for an attack, for unrest and for a war between two clients.",
                fine_step=0.05,
                format=lambda value: percent(100 * value),
            ),
            Choice(
                "second",
                "A second supplier",
                (("no", "No: the first asks 0.4 of a client's autonomy"), ("yes", "Yes, and it asks only 0.3")),
                "no",
                "What a client could get elsewhere is its outside option. The first supplier has to match it.",
            ),
            Choice(
                "limit",
                "What the five can make",
                LIMITS,
                "none",
                "A ceiling on what the five can make, the supplier's right to exclude, or help from outside for the"
                " pool.",
            ),
        ),
        extra_controls=(
            Slider(
                "spread",
                "How far the five differ in the weight of autonomy",
                (0, 0.25, 0.5, 0.75),
                0.5,
                help="0: all five are alike. At 0.5 the weights run from half to one and a half times the middle one.",
                fine_step=0.05,
                format="{:.2f}".format,
            ),
            Slider(
                "returns",
                "Returns to pooling",
                (0, 0.2, 0.4, 0.6),
                0.4,
                help="0: five together need as much from each as one alone. At 0.4 each of five pays about half of it.",
                fine_step=0.05,
                format="{:.2f}".format,
            ),
            Slider(
                "legitimacy",
                "Gain in legitimacy from the pool",
                (0, 0.1, 0.2, 0.3),
                0,
                help="The fourth reason of the article: a common body may make a government look better at home.",
                fine_step=0.05,
                format="{:.2f}".format,
            ),
            Choice(
                "rule",
                "What a rival offer does",
                (("deal_me_out", "The first supplier matches it"), ("split_difference", "It shifts the whole bargain")),
                "deal_me_out",
                "Two rules of bargaining. Under the second even an offer that nobody takes lowers the price.",
            ),
        ),
        presets=(
            Preset("One protector, on good terms", {}, "Help below cost, for bases and a say: the article's bargain."),
            Preset(
                "After 2001: a second supplier",
                {"second": "yes"},
                "After 11 September 2001 more powers offered help. Only the price in autonomy changes.",
            ),
            Preset(
                "1999 and 2012: autonomy weighs heavily",
                {"weight": 1.2},
                "Uzbekistan let the treaty lapse in 1999 and suspended its membership of the organisation in 2012."
                " Only the weight changes.",
            ),
            Preset(
                "2022: a supplier at war elsewhere",
                {"price": 0.7, "abandonment": 0.3},
                "Since the invasion of Ukraine the supplier's arms and soldiers are needed elsewhere. How far is"
                " assumed.",
            ),
            Preset(
                "What five small armies cannot make",
                {"limit": "ceiling", "weight": 0.6},
                "The article's strongest point: part of it the five could never make, however close they are.",
            ),
            Preset(
                "A fund for the border guards",
                {"limit": "catalyst", "weight": 0.6},
                "As a European border programme does: an outsider pays for training and meetings of the five.",
            ),
        ),
        columns=(
            Column("state", "State"),
            Column("weight", "Weight of autonomy", 3),
            Column("alone", "Alone", 3),
            Column("buy", "Bought", 3),
            Column("pool_one", "Pool of one", 3),
            Column("pool_five", "Pool of five", 3),
            Column("flip", "Weight where pooling beats buying", 3),
            Column("least", "Smallest stable pool: does"),
            Column("most", "Largest stable pool: does"),
            Column("does", "Does", shown=False),
            Column("paid_least", "Smallest stable pool: pays", 3),
            Column("paid_most", "Largest stable pool: pays", 3),
        ),
        model=make_or_buy_results,
        sentence=make_or_buy_sentence,
        draw=charts.make_or_buy_chart,
        inputs=(
            "All numbers are assumptions and the states are made up. Cost of standing alone: 1. A pool costs 0.1 to run"
            " and takes 0.2 of a state's autonomy. No table says what a state's autonomy is worth to it."
        ),
        see=(
            "The pool has no price of its own: its cost runs from the open circle to the filled one, as others join. So"
            " each state's sensible choice changes what is sensible for the others. Add a second supplier: buying gets"
            " cheaper by a hair, Arka and Boro leave, and the pool of five is lost for all. Then take the war: nobody"
            " buys any more, and yet nobody starts a pool. A supplier that fails does not make a region."
        ),
        not_shown=(
            "Whose security is bought. A government may buy protection from its own people, at their cost. The model"
            " has one good, no history, no arms race and no supplier that takes offence."
        ),
        source="After Lake 1996 and Morrow 1991; the pool of those who choose it is the course's own.",
    )


# Several suppliers

WORTH_FIRST, WORTH_THIRD = 1.0, 0.4


def portfolio_results(war: float, second: float, dislike: float) -> pd.DataFrame:
    """Return the shares of three suppliers in per cent, before and after the first loses ``war`` of its worth."""
    before = external.portfolio([WORTH_FIRST, second, WORTH_THIRD], dislike)
    now = external.portfolio([WORTH_FIRST * (1 - war), second, WORTH_THIRD], dislike)
    return pd.DataFrame(
        {
            "supplier": list(SUPPLIERS),
            "worth": [WORTH_FIRST * (1 - war), second, WORTH_THIRD],
            "before": 100 * before.shares,
            "share": 100 * now.shares,
            "concentration_before": [before.concentration] * 3,
            "concentration": [now.concentration] * 3,
        }
    )


def portfolio_sentence(values: Values, results: pd.DataFrame) -> str:
    """Say who supplies how much, and whether dependence on few rose or fell."""
    largest = results.loc[results["share"].idxmax()]
    tied = (results["share"] > largest["share"] - 0.5).sum() > 1
    lead = "No supplier stands out" if tied else f"The {largest['supplier'].lower()} supplier leads"
    before, now = results["concentration_before"].iloc[0], results["concentration"].iloc[0]
    text = f"{lead}, with {percent(largest['share'])} of what the state buys."
    first = results.iloc[0]
    if abs(first["before"] - first["share"]) < 0.5:
        change = "The first supplier keeps its share."
    else:
        change = f"The first supplier falls from {percent(first['before'])} to {percent(first['share'])}."
    if abs(now - before) < 0.005:
        turn = "stays as concentrated as it was"
    else:
        turn = "becomes less concentrated" if now < before else "becomes more concentrated"
    return f"{text} {change} The portfolio {turn} (sum of squared shares {before:.2f} before, {now:.2f} now)."


def _portfolio() -> Explorer:
    return Explorer(
        name="outsourcing-portfolio",
        title="When the supplier is tied down",
        question="One supplier's help loses worth because of its own war. How much does its client shift to others?",
        prediction=Prediction(
            "Three suppliers offer help worth 1.0, 0.7 and 0.4. The first goes to war elsewhere and its help loses"
            " half of its worth. Which client shifts most of its purchases to others?",
            (
                Option(
                    "The client that fears dependence most.",
                    "It sounds likely. But that client had spread its purchases before the war, so it has least to"
                    " shift. Try it: set the war to 50 % and move the dislike of dependence.",
                ),
                Option(
                    "The client that hardly minds dependence.",
                    "Yes. It had put almost all on the best offer, so when another becomes the best it moves almost"
                    " all. Who was careful before the war has less to repair.",
                    right=True,
                ),
                Option(
                    "Both alike, since both see the same war.",
                    "Both see the same fall in worth. How far shares move depends also on how much spreading is worth"
                    " to the client. Try both ends of the dislike of dependence.",
                ),
            ),
        ),
        controls=(
            Slider(
                "war",
                "How much worth the first supplier's help loses",
                tuple(round(0.1 * step, 1) for step in range(11)),
                0.5,
                help="0 %: peace. 100 %: no arms, no soldiers, no attention left for the client.",
                fine_step=0.05,
                format=lambda value: percent(100 * value),
            ),
            Slider(
                "second",
                "Worth of the second supplier's help",
                (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
                0.7,
                help="The first supplier's help is worth 1 in peace, the third's 0.4 always.",
                fine_step=0.05,
                format="{:.1f}".format,
            ),
            Slider(
                "dislike",
                "Dislike of dependence on few",
                tuple(round(0.1 * step, 1) for step in range(1, 11)),
                0.4,
                help="0.1: the best offer takes nearly all. At 1.0 the purchases are spread widely.",
                fine_step=0.05,
                format="{:.1f}".format,
            ),
        ),
        presets=(
            Preset("War takes half", {}, "The first supplier's help loses half of its worth."),
            Preset(
                "All eggs in one basket", {"dislike": 0.1}, "A client that minds dependence little meets the same war."
            ),
            Preset("Many vectors", {"dislike": 1.0}, "A client that long courted several powers, and the same war."),
            Preset("Peace", {"war": 0}, "What each client would buy if the first supplier were free."),
        ),
        columns=(
            Column("supplier", "Supplier"),
            Column("worth", "Worth of its help", 2),
            Column("before", "Share in peace (%)", 1),
            Column("share", "Share now (%)", 1),
            Column("concentration_before", "Concentration in peace", 3),
            Column("concentration", "Concentration now", 3),
        ),
        model=portfolio_results,
        sentence=portfolio_sentence,
        draw=charts.portfolio_chart,
        inputs="All numbers are assumptions; suppliers and client are made up. Hold them against the arms register.",
        see=(
            "The mark shows the share in peace, the bar the share now. Move the war from nothing to all of the worth:"
            " at first the purchases spread and dependence falls. Later they gather again, around the second supplier."
            " Losing the first supplier is not the same as being free."
        ),
        not_shown=(
            "Old weapons need parts and training from whoever made them, so that a real client shifts slowly. A first"
            " supplier may also punish a client that shifts."
        ),
        source="A standard choice of shares under a penalty for concentration; the form is the course's own.",
    )


make_or_buy = _make_or_buy()
portfolio = _portfolio()

EXPLORERS: tuple[Explorer, ...] = (make_or_buy, portfolio)
