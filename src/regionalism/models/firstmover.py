"""Moving first, and matching what the other gives.

Security adds up and protects all alike: the ``sum`` of :mod:`regionalism.models.publicgoods` with full spillover and
unit cost 1. State i has the budget I_i and gives g_i; U_i = (I_i - g_i)^(1-a) G^a with G the sum of all gifts.

- **All at once** (Nash): :func:`regionalism.models.publicgoods.nash`.
- **Moving first**: one state fixes its gift, the others then settle into the equilibrium among themselves. It can
  commit to give little and let the others pay (Varian 1994). For two states, inside, g_L = a I_L - (1-a) I_F and the
  total is a^2 (I_L + I_F).
- **Matching**: the first mover adds m to every unit of the other. For two states g_F = max(0, a I_F - (1-a) g_L/(1+m))
  and the best offer is g_L = 0, m = I_L/I_F - (1-a), if positive, with the total a (I_L + a I_F).

Leadership of this kind after Pahre (1999). Budgets may be in any unit; totals share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalism.models import publicgoods
from regionalism.models.inputs import Floats, count, number, positive

__all__ = ["FirstMove", "Match", "best_match", "first_move", "match", "reply"]


@dataclass(frozen=True, eq=False)
class FirstMove:
    """What is given when one state moves first, beside the two yardsticks.

    ``contributions``: (n,) gifts in the order of the budgets; ``total``: their sum; ``at_once``: the total if all
    decide at once; ``joint``: the total of the joint optimum, a times the sum of the budgets; ``utility``: the first
    mover's, and ``utility_at_once`` what it would have had.
    """

    contributions: Floats
    total: float
    at_once: float
    joint: float
    utility: float
    utility_at_once: float


@dataclass(frozen=True)
class Match:
    """An offer to match: the leader's own gift, the rate m, the follower's gift, what the leader pays, the total."""

    own: float
    rate: float
    follower: float
    leader_pays: float
    total: float
    utility: float


def reply(budgets: Any, weight: float, given: float) -> Floats:
    """Return what the states with these ``budgets`` give in equilibrium when ``given`` is there already.

    ``budgets``: one positive number or more; ``weight``: a, between 0 and 1; ``given``: 0 or more. In equilibrium
    g_i = max(0, I_i - (1-a)/a G), so that only the largest give; solved exactly by adding one giver at a time.
    """
    money = positive("budgets", budgets)
    a = number("weight", weight, 0, 1, inside=True)
    gift = number("given", given, 0)
    slope = (1 - a) / a
    order = np.argsort(-money)
    total = gift
    for givers in range(1, money.size + 1):
        # If this many give, G = gift + sum of their budgets - givers * slope * G.
        with_them = (gift + money[order[:givers]].sum()) / (1 + givers * slope)
        if money[order[givers - 1]] <= slope * with_them:
            break
        total = with_them
    result: Floats = np.maximum(0.0, money - slope * total)
    return result


def first_move(budgets: Any, weight: float, leader: int) -> FirstMove:
    """Return what is provided when the state at place ``leader`` moves first.

    ``budgets``: 2 or more positive numbers; ``weight``: a, between 0 and 1. The leader's utility is concave on each
    stretch on which the same followers give; the best point of every stretch is compared, so the result is exact.
    Raises ValueError outside the ranges.
    """
    money = positive("budgets", budgets)
    if money.size < 2:
        raise ValueError(f"budgets is {money.tolist()}: there must be 2 states or more")
    a = number("weight", weight, 0, 1, inside=True)
    head = count("leader", leader, 0, money.size - 1)
    own, others = float(money[head]), np.delete(money, head)
    at_once = publicgoods.nash(money, a, 1.0, "sum")
    best = max(_candidates(own, others, a), key=lambda gift: _worth(own, others, a, gift))
    replies = reply(others, a, best)
    contributions = np.insert(replies, head, best)
    return FirstMove(
        contributions=contributions,
        total=float(contributions.sum()),
        at_once=float(at_once.contributions.sum()),
        joint=float(a * money.sum()),
        utility=_worth(own, others, a, best),
        utility_at_once=float(at_once.utilities[head]),
    )


def match(leader: float, follower: float, weight: float, rate: float, own: float = 0.0) -> Match:
    """Return what follows when the leader gives ``own`` and adds ``rate`` to every unit of the follower.

    ``leader``, ``follower``: budgets above 0; ``weight``: a, between 0 and 1; ``rate``: m, 0 or more; ``own``: 0 up to
    the leader's budget. Raises ValueError if the leader could not pay what it offers.
    """
    means = number("leader", leader, 0, inside=True)
    theirs = number("follower", follower, 0, inside=True)
    a = number("weight", weight, 0, 1, inside=True)
    m = number("rate", rate, 0)
    gift = number("own", own, 0, means)
    answer = max(0.0, a * theirs - (1 - a) * gift / (1 + m))
    pays = gift + m * answer
    if pays > means * (1 + 1e-12):
        raise ValueError(f"rate is {rate!r}: the leader would pay {pays:g} out of {means:g}")
    total = pays + answer
    utility = max(0.0, means - pays) ** (1 - a) * total**a
    return Match(gift, m, answer, pays, total, utility)


def best_match(leader: float, follower: float, weight: float) -> Match:
    """Return the offer that is best for the leader: m = I_L/I_F - (1-a) and no gift of its own.

    If that rate is not positive, the leader is too small to gain by matching: it then gives nothing and matches
    nothing.
    """
    rate = leader / follower - (1 - weight)
    return match(leader, follower, weight, max(0.0, rate))


def _candidates(own: float, others: Floats, a: float) -> list[float]:
    """The ends and the best inside point of every stretch on which the same followers give."""
    slope = (1 - a) / a
    ranked = np.sort(others)[::-1]
    # Follower number `place` stops giving once the total is its budget / slope; the gift at which that is so:
    ends = [0.0, own]
    for place, means in enumerate(ranked):
        above = float(ranked[: place + 1].sum())
        ends.append(float(means / slope * (1 + (place + 1) * slope) - above))
    sums = [0.0, *np.cumsum(ranked).tolist()]
    inside = [a * own - (1 - a) * total for total in sums]
    return sorted({min(max(gift, 0.0), own * (1 - 1e-12)) for gift in [*ends, *inside]})


def _worth(own: float, others: Floats, a: float, gift: float) -> float:
    total = gift + float(reply(others, a, gift).sum())
    return float((own - gift) ** (1 - a) * total**a)
