"""Who can supply a lumpy good: minimal groups, states that nobody can do without, and pairs of leaders.

**A good with a fixed cost.** State i gains B_i from a good that costs C, if it is delivered at all. Each state joins
or stays away. The members J deliver it if they can carry it (``SHARING``):

- ``proportional``: their benefits cover the cost, sum of B over J >= C; each pays in proportion to its benefit;
- ``equal``: each pays C/|J| and gains at least as much.

If they cannot, nothing is delivered and nobody pays. A *minimal group* can carry the good, and no longer can when any
one member leaves: exactly these groups are the equilibria in which the good is delivered. k is the size of the
smallest group that can carry it (Olson 1965; Snidal 1985, whose k-groups generalise the hegemon, k = 1).

**A good of any size.** State i gains b_i ln G from the level G, a unit of which costs c. The leader alone provides
b_1/c. A pair provides (b_1 + b_2)/c and bears a cost kappa of working together. After Snidal (1985) and, for the idea
only, Hausken and Pluemper (1997); the formulas are the course's own.

Benefits, costs and kappa share one unit. States keep the order in which they are given; a group is a tuple of places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, number, one_of, positive

__all__ = [
    "SHARING", "Groups", "Pair", "banzhaf", "carry", "declining_leader", "groups", "pair", "shapley_shubik",
    "smallest_partner",
]

SHARING = {"proportional": "In proportion to benefits", "equal": "Equal shares"}
MOST_STATES = 12
TIE = 1e-9

Group = tuple[int, ...]


@dataclass(frozen=True)
class Groups:
    """Who can deliver a good of a given cost.

    - ``minimal``: the minimal groups, smallest first: the outcomes in which the good is delivered and nobody regrets;
    - ``smallest``: k, the size of the smallest group that can carry the good; None if no group can;
    - ``alone``: places of the states that can carry it alone (the group of all states is then *privileged*);
    - ``indispensable``: places of the states that are in every minimal group (empty if there is none);
    - ``nothing_is_stable``: whether "nobody joins" is an equilibrium: no state can carry the good alone.
    """

    minimal: tuple[Group, ...]
    smallest: int | None
    alone: Group
    indispensable: Group
    nothing_is_stable: bool


@dataclass(frozen=True)
class Pair:
    """A leader beside the pair it could form with one partner.

    - ``alone``, ``together``: the level G that the leader provides, and that the pair provides;
    - ``gain``: what the pair wins over the leader alone, both counted, after the cost of working together;
    - ``forms``: whether that gain is not negative, so that a sharing of costs exists which both accept;
    - ``partner_pays_at_most``, ``leader_pays_at_most``: the largest share of the pair's spending c G (0 to 1) at which
      each still prefers the pair, before the cost of working together.
    """

    alone: float
    together: float
    gain: float
    forms: bool
    partner_pays_at_most: float
    leader_pays_at_most: float


def carry(benefits: Any, cost: float, members: Any, sharing: str = "proportional") -> bool:
    """Return whether the ``members`` (places) can carry a good of this ``cost``; an empty group never can.

    ``benefits``: one positive number for each of 1 to 12 states; ``cost``: a positive number in the same unit;
    ``sharing``: see the module. A tie counts as enough. Raises ValueError for anything else.
    """
    worth, price, rule = _checked(benefits, cost, sharing)
    places = tuple(sorted(set(members)))
    if any(place not in range(worth.size) for place in places):
        raise ValueError(f"members is {members!r}: it must hold places from 0 to {worth.size - 1}")
    return _carries(worth, price, places, rule)


def groups(benefits: Any, cost: float, sharing: str = "proportional") -> Groups:
    """Return the minimal groups, the states that can act alone and those that nobody can do without.

    Inputs and errors as in :func:`carry`. All 2^n groups are tried.
    """
    worth, price, rule = _checked(benefits, cost, sharing)
    able = [group for group in _every_group(worth.size) if _carries(worth, price, group, rule)]
    can = set(able)
    minimal = tuple(group for group in able if not any(_without(group, place) in can for place in group))
    needed = set(range(worth.size)) if minimal else set()
    for group in minimal:
        needed &= set(group)
    alone = tuple(group[0] for group in able if len(group) == 1)
    return Groups(minimal, len(able[0]) if able else None, alone, tuple(sorted(needed)), not alone)


def shapley_shubik(benefits: Any, cost: float) -> Floats:
    """Return the Shapley-Shubik index of each state in the game "the benefits cover the cost".

    The share of all orders of joining in which the state is the one that makes the group able (proportional sharing).
    Sums to 1, or is 0 for all if even the whole group cannot carry the good. Shapley and Shubik (1954).
    """
    worth, price, _ = _checked(benefits, cost, "proportional")
    n = worth.size
    weights = [math.factorial(size) * math.factorial(n - 1 - size) / math.factorial(n) for size in range(n)]
    return _swings(worth, price, weights)


def banzhaf(benefits: Any, cost: float, normalised: bool = True) -> Floats:
    """Return the Banzhaf index of each state in the same game as :func:`shapley_shubik`.

    The share of the 2^(n-1) groups of others that the state would make able; ``normalised`` (default) divides by the
    sum over states, so that it sums to 1 (0 for all if nobody ever makes a difference).
    """
    worth, price, _ = _checked(benefits, cost, "proportional")
    swings = _swings(worth, price, [0.5 ** (worth.size - 1)] * worth.size)
    total = swings.sum()
    return swings / total if normalised and total > 0 else swings


def pair(leader: float, partner: float, unit_cost: float = 1.0, kappa: float = 0.0) -> Pair:
    """Return what a leader provides alone and with a partner, and whether the two find together.

    ``leader``, ``partner``: b_1 >= b_2 > 0, how much each values the good; ``unit_cost``: c > 0; ``kappa``: cost of
    working together, 0 or more, in the unit of b. With x = b_2/b_1 the pair forms iff
    b_1 [(1+x) ln(1+x) - x] >= kappa. Raises ValueError outside these ranges.
    """
    first = number("leader", leader, 0, inside=True)
    second = number("partner", partner, 0, inside=True)
    if second > first:
        raise ValueError(f"partner is {partner!r}: it must not value the good more than the leader ({leader!r})")
    price = number("unit_cost", unit_cost, 0, inside=True)
    friction = number("kappa", kappa, 0)
    ratio = second / first
    rise = math.log1p(ratio)
    gain = first * ((1 + ratio) * rise - ratio) - friction
    return Pair(
        alone=first / price,
        together=(first + second) / price,
        gain=gain,
        forms=gain >= -TIE * first,
        partner_pays_at_most=min(1.0, second * rise / (first + second)),
        leader_pays_at_most=min(1.0, (first * rise + first) / (first + second)),
    )


def smallest_partner(leader: float, kappa: float) -> float | None:
    """Return the smallest b_2 with which a leader b_1 forms a pair at the cost ``kappa``, or None if even an equal
    partner (b_2 = b_1) is too small. Found by halving, since (1+x) ln(1+x) - x rises in x."""
    first = number("leader", leader, 0, inside=True)
    friction = number("kappa", kappa, 0)
    if friction == 0:
        return 0.0
    if first * (2 * math.log(2) - 1) < friction:
        return None
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if first * ((1 + middle) * math.log1p(middle) - middle) >= friction:
            high = middle
        else:
            low = middle
    return high * first


def declining_leader(total: float, partner_share: float, kappa: float, unit_cost: float = 1.0) -> float:
    """Return the level provided when the partner holds a share s of a fixed total of b, and the leader the rest.

    ``partner_share``: 0 up to 0.5. The leader alone provides total (1-s)/c. The pair provides total/c and forms iff
    -ln(1-s) - s >= kappa/total. A leader in decline therefore provides less, until the
    pair forms and provides more than the leader did alone at any share (Snidal 1985).
    """
    whole = number("total", total, 0, inside=True)
    share = number("partner_share", partner_share, 0, 0.5)
    price = number("unit_cost", unit_cost, 0, inside=True)
    friction = number("kappa", kappa, 0)
    if share > 0 and whole * (-math.log1p(-share) - share) >= friction - TIE * whole:
        return whole / price
    return whole * (1 - share) / price


def _checked(benefits: Any, cost: Any, sharing: Any) -> tuple[Floats, float, str]:
    worth = positive("benefits", benefits)
    if not 1 <= worth.size <= MOST_STATES:
        raise ValueError(f"benefits has {worth.size} places: there must be 1 to {MOST_STATES} states")
    return worth, number("cost", cost, 0, inside=True), one_of("sharing", sharing, tuple(SHARING))


def _carries(worth: Floats, cost: float, group: Group, sharing: str) -> bool:
    if not group:
        return False
    own = worth[list(group)]
    reached = own.sum() if sharing == "proportional" else own.min() * len(group)
    return bool(reached >= cost * (1 - TIE))


def _every_group(n: int) -> list[Group]:
    return [group for size in range(1, n + 1) for group in combinations(range(n), size)]


def _without(group: Group, place: int) -> Group:
    return tuple(member for member in group if member != place)


def _swings(worth: Floats, cost: float, weights: list[float]) -> Floats:
    """Sum, for each state, the weight of every group of others that the state makes able."""
    n = worth.size
    power = np.zeros(n)
    for group in [(), *_every_group(n)]:
        if _carries(worth, cost, group, "proportional"):
            continue
        for place in set(range(n)) - set(group):
            if _carries(worth, cost, tuple(sorted((*group, place))), "proportional"):
                power[place] += weights[len(group)]
    return power
