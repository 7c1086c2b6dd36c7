"""Make, pool or buy security, and what it costs in autonomy.

A state can reach a level of security alone, in a pool with neighbours, or by accepting an outside supplier.
The pool consists of those who choose it, so what is cheapest for one depends on the others. Unit of all costs:
what it costs one state to provide the whole level alone (c q = 1 by default).

- alone   c q
- pool    c q m^(-eta) + kappa + a d - l    with m members
- buy     p q + a h + pi L

a: weight of autonomy (0 or more); d, h: autonomy given up in the pool and to the supplier (0 to 1); eta: returns
to pooling (0 to 0.7); kappa: running cost of the pool; l: gain in legitimacy; p: price of a unit; pi: chance that
the supplier does not deliver; L: the loss then. A *ceiling* s < 1 says which share of the level states can make at
all, alone or pooled. The rest is bought, or forgone at ``gap_loss`` for a unit. With an *exclusion clause* the
supplier sells only the whole and only outside the pool, so that the rest must be forgone. A *catalyst* pays a share
of the running cost of the pool.

Also here: the hierarchy that a supplier chooses, the highest price in autonomy that a client pays, and the
portfolio of a state with several suppliers.

Sources: Lake (1996), doi 10.1017/S002081830000165X; Morrow (1991), doi 10.2307/2111499. The forms, the endogenous
pool, ceiling, exclusion and catalyst are the course's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, count, floats, number

CHOICES: tuple[str, ...] = ("alone", "pool", "buy")
CLOSE = 1e-9
MOST_STATES = 10


@dataclass(frozen=True)
class Terms:
    """The terms under which security can be made, pooled or bought; units and ranges as in the module's head.

    ``ceiling``: share of the level that states can make themselves, above 0 up to 1; ``gap_loss``: loss for a unit
    that nobody provides; ``exclusion``: whether the supplier sells nothing to those who make the rest themselves;
    ``catalyst``: share of the pool's running cost that an outsider pays, 0 to 1.
    Raises ``ValueError`` for a number out of range.
    """

    cost: float = 1.0
    level: float = 1.0
    returns: float = 0.4
    running: float = 0.1
    depth: float = 0.2
    legitimacy: float = 0.0
    price: float = 0.5
    hierarchy: float = 0.4
    abandonment: float = 0.1
    loss: float = 1.0
    ceiling: float = 1.0
    gap_loss: float = 2.0
    exclusion: bool = False
    catalyst: float = 0.0

    def __post_init__(self) -> None:
        for name in ("cost", "level"):
            number(name, getattr(self, name), 0, inside=True)
        for name in ("running", "legitimacy", "price", "loss", "gap_loss"):
            number(name, getattr(self, name), 0)
        for name in ("returns", "depth", "hierarchy", "abandonment", "catalyst", "ceiling"):
            number(name, getattr(self, name), 0, 1)
        if self.ceiling == 0:
            raise ValueError("ceiling is 0: it must lie between 0 and 1, 0 excluded")


def buying_cost(weight: float, terms: Terms | None = None) -> float:
    """Return what the whole level costs a buyer: p q + a h + pi L."""
    t = terms or Terms()
    return t.price * t.level + _weight(weight) * t.hierarchy + t.abandonment * t.loss


def alone_cost(weight: float, terms: Terms | None = None) -> float:
    """Return what a state pays that makes what it can by itself, plus what the rest costs it."""
    t = terms or Terms()
    return t.cost * t.level * t.ceiling + _rest(weight, t)


def pooling_cost(weight: float, members: int, terms: Terms | None = None) -> float:
    """Return what a member of a pool of ``members`` (1 to 10, itself included) pays, plus what the rest costs it."""
    t = terms or Terms()
    m = count("members", members, 1, MOST_STATES)
    made = t.cost * t.level * t.ceiling * m ** (-t.returns)
    standing = t.running * (1 - t.catalyst) + _weight(weight) * t.depth - t.legitimacy
    return made + standing + _rest(weight, t)


def _rest(weight: float, t: Terms) -> float:
    """What lies above the ceiling: bought where that is allowed and cheaper, else forgone."""
    above = 1 - t.ceiling
    forgone = above * t.level * t.gap_loss
    return forgone if t.exclusion else min(forgone, above * buying_cost(weight, t))


@dataclass(frozen=True, eq=False)
class Menu:
    """What each of n states pays on each way: ``alone`` and ``buy`` are (n,), ``pool`` is (n, n).

    Column m - 1 of ``pool`` holds the cost in a pool of m members.
    """

    alone: Floats
    buy: Floats
    pool: Floats

    @property
    def n(self) -> int:
        """The number of states."""
        return len(self.alone)

    @property
    def outside(self) -> Floats:
        """The cheaper of alone and buy, (n,)."""
        return np.minimum(self.alone, self.buy)


def menu(weights: Any, terms: Terms | None = None) -> Menu:
    """Return the costs of all ways for states with the autonomy weights a_i (0 or more; 1 to 10 states)."""
    a = _weights(weights)
    t = terms or Terms()
    return Menu(
        alone=np.array([alone_cost(w, t) for w in a]),
        buy=np.array([buying_cost(w, t) for w in a]),
        pool=np.array([[pooling_cost(w, m, t) for m in range(1, a.size + 1)] for w in a]),
    )


def stable_pools(costs: Menu) -> tuple[frozenset[int], ...]:
    """Return every set of members from which nobody gains by a step of its own, smallest first.

    A member stays if the pool costs it no more than the best way outside; an outsider stays out if the pool with
    itself in it would cost it no less. The empty set means that all are outside, each on its cheaper way. All
    2^n sets are tried, so that no order of moves can hide an outcome.
    """
    found = []
    for size in range(costs.n + 1):
        for members in combinations(range(costs.n), size):
            stays = all(costs.pool[i, size - 1] <= costs.outside[i] + CLOSE for i in members)
            others = (i for i in range(costs.n) if i not in members)
            if stays and all(costs.outside[i] <= costs.pool[i, size] + CLOSE for i in others):
                found.append(frozenset(members))
    return tuple(found)


def best_pool(costs: Menu) -> frozenset[int]:
    """Return the set of members with the smallest sum of costs over all states; the smaller set in a tie."""
    sets = (frozenset(s) for size in range(costs.n + 1) for s in combinations(range(costs.n), size))
    return min(sets, key=lambda members: (round(float(outcome(costs, members).sum()), 9), len(members)))


def outcome(costs: Menu, members: frozenset[int] | Sequence[int]) -> Floats:
    """Return what each state pays, (n,), if just ``members`` pool and each other takes its cheaper way."""
    inside = sorted(set(members))
    paid = costs.outside.copy()
    paid[inside] = costs.pool[inside, len(inside) - 1]
    return paid


def choices(costs: Menu, members: frozenset[int] | Sequence[int]) -> tuple[str, ...]:
    """Return what each state does if just ``members`` pool; a tie between the two ways outside goes to buying."""
    return tuple(
        "pool" if i in members else "buy" if costs.buy[i] <= costs.alone[i] + CLOSE else "alone"
        for i in range(costs.n)
    )


def cheapest(costs: Menu, others_pooling: int) -> tuple[str, ...]:
    """Return the cheapest way of each state if ``others_pooling`` of the others pool; ties: buy, then pool."""
    m = count("others_pooling", others_pooling, 0, costs.n - 1)
    ways = [(costs.buy[i], 0, "buy") for i in range(costs.n)]
    return tuple(
        min(ways[i], (costs.pool[i, m], 1, "pool"), (costs.alone[i], 2, "alone"),
            key=lambda way: (round(float(way[0]), 9), way[1]))[2]
        for i in range(costs.n)
    )


def flip_buy_pool(members: int, terms: Terms | None = None) -> float | None:
    """Return the weight of autonomy above which a pool of ``members`` is cheaper than buying.

    Closed form with a full ceiling: a* = (c q m^(-eta) + kappa - l - p q - pi L) / (h - d). None where the supplier
    asks no more autonomy than the pool (h <= d: a heavier weight never helps the pool). Negative: the pool is
    cheaper at any weight. With a ceiling it is found by bisection, since the rest may be bought as well.
    """
    return _flip(lambda a, t: pooling_cost(a, members, t), buying_cost, terms or Terms())


def flip_pool_alone(members: int, terms: Terms | None = None) -> float | None:
    """Return the weight above which standing alone is cheaper than a pool of ``members``; None if d = 0.

    Closed form: (c q - c q m^(-eta) - kappa + l) / d, for the share that states can make at all.
    """
    t = terms or Terms()
    if t.depth <= 0:
        return None
    saved = t.cost * t.level * t.ceiling * (1 - count("members", members, 1, MOST_STATES) ** (-t.returns))
    return (saved - t.running * (1 - t.catalyst) + t.legitimacy) / t.depth


def flip_buy_alone(terms: Terms | None = None) -> float | None:
    """Return the weight above which standing alone is cheaper than buying, or None if there is no such weight."""
    return _flip(alone_cost, buying_cost, terms or Terms())


def _flip(own: Any, bought: Any, t: Terms) -> float | None:
    """The weight at which ``bought`` stops being cheaper than ``own``.

    Both are linear in the weight up to the point where the rest is no longer bought; one bend at most.
    """
    def gap(a: float) -> float:
        return float(bought(a, t) - own(a, t))

    if t.ceiling == 1:
        start, slope = gap(0.0), gap(1.0) - gap(0.0)
        return None if slope <= CLOSE else -start / slope
    low, high = 0.0, 1e6
    if gap(low) >= 0:
        return 0.0
    if gap(high) <= 0:
        return None
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(middle) < 0 else (low, middle)
    return (low + high) / 2


def with_supplier(terms: Terms, hierarchy: float) -> Terms:
    """Return the same terms with another price in autonomy."""
    return replace(terms, hierarchy=hierarchy)


# Hierarchy


def hierarchy_chosen(opportunism: float, governance: float) -> float:
    """Return the hierarchy with the least cost o (1 - h) + gamma h^2 / 2: h* = min(1, o / gamma).

    ``opportunism``: expected cost of the client's own ways, o >= 0; ``governance``: cost of ruling, gamma > 0.
    0 is an alliance, 1 an informal empire; a protectorate lies between. After Lake (1996).
    """
    return min(1.0, number("opportunism", opportunism, 0) / number("governance", governance, 0, inside=True))


# The price in autonomy


def highest_autonomy_price(gain: float, security: float, taste: float) -> float:
    """Return the largest share of its autonomy that a client pays for a gain in security, 0 to 1.

    The client has U = S^s A^(1-s); it gives up dA for dS until U is as before:
    dA/A = 1 - (1 + dS/S)^(-s/(1-s)). ``gain``: dS >= 0, ``security``: S > 0, ``taste``: s in (0, 1).
    A client that is safer already pays less. After Morrow (1991).
    """
    more = number("gain", gain, 0) / number("security", security, 0, inside=True)
    s = number("taste", taste, 0, 1, inside=True)
    return float(1 - (1 + more) ** (-s / (1 - s)))


# Several suppliers


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Shares w_j of the suppliers (sum 1) and their concentration, the sum of squares (1/J to 1)."""

    shares: Floats
    concentration: float


def portfolio(worth: Any, dislike: float) -> Portfolio:
    """Return the shares that maximise sum_j w_j X_j - lambda sum_j w_j^2 on w >= 0, sum w = 1.

    ``worth``: X_j of each supplier, any finite numbers, (J,); ``dislike``: lambda > 0, how much dependence on few
    hurts. w_j = max(0, (X_j - nu) / (2 lambda)); the suppliers that get a share are those with the largest worth,
    and nu follows from the sum, exactly and without a search.
    """
    value = floats("worth", worth)
    if value.ndim != 1 or value.size < 1 or not np.all(np.isfinite(value)):
        raise ValueError(f"worth is {worth!r}: it must hold one finite number for each supplier")
    lam = number("dislike", dislike, 0, inside=True)
    ordered = np.sort(value)[::-1]
    nu = -np.inf
    for used in range(1, value.size + 1):
        level = (ordered[:used].sum() - 2 * lam) / used
        if ordered[used - 1] > level:
            nu = level
    shares = np.maximum(0.0, (value - nu) / (2 * lam))
    shares /= shares.sum()
    return Portfolio(shares, float(shares @ shares))


def _weight(weight: float) -> float:
    return number("weight", weight, 0)


def _weights(weights: Any) -> Floats:
    a = floats("weights", weights)
    if a.ndim != 1 or not 1 <= a.size <= MOST_STATES:
        raise ValueError(f"weights is {weights!r}: it must hold one number for each of 1 to {MOST_STATES} states")
    if not np.all(np.isfinite(a)) or np.any(a < 0):
        raise ValueError(f"weights is {a.tolist()}: every number must be finite and 0 or more")
    return a


__all__ = [
    "CHOICES", "Menu", "Portfolio", "Terms", "alone_cost", "best_pool", "buying_cost", "cheapest", "choices",
    "flip_buy_alone", "flip_buy_pool", "flip_pool_alone", "hierarchy_chosen", "highest_autonomy_price", "menu",
    "outcome", "pooling_cost", "portfolio", "stable_pools", "with_supplier",
]
