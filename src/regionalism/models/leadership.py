"""One stabiliser, and two who both might lead.

**One stabiliser** (after Kindleberger 1986, Snidal 1985, Mattli 1999). Each of n states may contribute one unit at the
cost c. A unit brings b_j to every state j. State i contributes of its own accord iff b_i >= c. A leader may bring
others in: it pays what they lack, or it threatens what they would lose.

**Two candidates and three followers** (the course's own game on the question of Mayer 2021, section 6). In a field A
and B each lead (L) or follow (F). If one leads, the three followers go along and a good worth b to everybody is
delivered in full. If both lead, the three follow one or the other, and only the larger camp's share r of the five is
reached: r = 4/5 if all three stand on one side, 3/5 if they split. If none leads, nothing is delivered.

- Both lead: i gets r b + s_i pi_i - k/2 - rho.
- A alone leads: A gets b + pi_A - k, B gets b - psi_B. (And the same with A and B exchanged.)
- None leads: both get 0.

pi is the prestige of leading, k its cost, psi the dislike of following, rho the cost of open rivalry to each, s_i the
share of the three followers on i's side. With

- y_i = b + pi_i - k (leading rather than leaving a vacuum) and
- x_i = s_i pi_i - k/2 - rho + psi_i - (1-r) b (leading against a leader rather than following it):

rivalry is stable iff x_A, x_B >= 0; "A leads" iff y_A >= 0 and x_B <= 0; a vacuum iff y_A, y_B <= 0. What keeps B from
leading against A is B's x, and A's own prestige is not in it: A's will enters only through y_A, once.

All quantities of one model share one unit. Fields are independent of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, count, number, positive

__all__ = [
    "FOLLOWERS", "OUTCOMES", "Field", "Stabiliser", "camp_share", "division_of_labour", "one_leader_is_better",
    "payoffs", "rivals", "split_holds", "stabiliser",
]

FOLLOWERS = 3
OUTCOMES = {
    "rivalry": "Both lead, each with its own followers",
    "A": "A leads, all others follow",
    "B": "B leads, all others follow",
    "vacuum": "Nobody leads",
}
TIE = 1e-9


@dataclass(frozen=True, eq=False)
class Stabiliser:
    """Who contributes, and what it costs the leader.

    - ``willing``: places of the states that contribute of their own accord;
    - ``paid``, ``threatened``: places of those that the leader brings in by each means;
    - ``contributors``: all of them, in order;
    - ``subsidies``: what each state receives; ``leader_cost``: what the leader spends on both means;
    - ``gains``: what each state wins beside a world without the leader's efforts.
    """

    willing: tuple[int, ...]
    paid: tuple[int, ...]
    threatened: tuple[int, ...]
    contributors: tuple[int, ...]
    subsidies: Floats
    leader_cost: float
    gains: Floats


@dataclass(frozen=True)
class Field:
    """Two candidates in one field.

    - ``stable``: the stable outcomes among ``OUTCOMES`` (empty if none in pure strategies);
    - ``x``, ``y``: the two numbers of each candidate (A, B) that decide;
    - ``delivered_least``, ``delivered_most``: share of the good delivered over the stable outcomes, 0 to 1 (0 and 1
      if none is stable).
    """

    stable: tuple[str, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    delivered_least: float
    delivered_most: float


def stabiliser(benefits: Any, cost: float, leader: int, budget: float = 0.0, sanction: float = 0.0,
               sanction_cost: float = 0.5) -> Stabiliser:
    """Return whom a leader brings in by subsidy or threat.

    - ``benefits``: b_i > 0 of 2 or more states; ``cost``: c > 0 of a unit; ``leader``: its place;
    - ``budget``: F >= 0, the most it pays out in subsidies. State i needs c - b_i; the leader pays it if its own gain
      b_L from one more unit covers that, cheapest first, while the budget lasts;
    - ``sanction``: z >= 0, the largest loss it can threaten; ``sanction_cost``: 0 to 1, what a threat costs the leader
      for each unit of loss. It threatens state i with just c - b_i if that is at most z and b_L covers its cost.
      A threat is never dearer than a subsidy, so it is used where it is available; it is not paid from the budget.

    The leader's gain is never negative. A paid state is neither better nor worse off through its own unit, a threatened
    one is worse off: both means may reach the same group with opposite shares of the burden. Raises ValueError
    outside the ranges.
    """
    worth = positive("benefits", benefits)
    n = worth.size
    if n < 2:
        raise ValueError(f"benefits has {n} places: there must be 2 states or more")
    price = number("cost", cost, 0, inside=True)
    head = count("leader", leader, 0, n - 1)
    purse = number("budget", budget, 0)
    reach = number("sanction", sanction, 0)
    rate = number("sanction_cost", sanction_cost, 0, 1)
    gaps = price - worth
    willing = [place for place in range(n) if gaps[place] <= TIE]
    others = sorted((place for place in range(n) if gaps[place] > TIE and place != head), key=lambda place: gaps[place])
    threatened: list[int] = []
    paid: list[int] = []
    for place in others:
        if gaps[place] <= reach + TIE and worth[head] >= rate * gaps[place] - TIE:
            threatened.append(place)
        elif gaps[place] <= purse + TIE and worth[head] >= gaps[place] - TIE:
            paid.append(place)
            purse -= float(gaps[place])
    subsidies = np.zeros(n)
    subsidies[paid] = gaps[paid]
    spent = float(subsidies.sum() + rate * gaps[threatened].sum())
    added = [*paid, *threatened]
    gains = worth * len(added) + subsidies
    gains[added] -= price
    gains[head] -= spent
    return Stabiliser(tuple(willing), tuple(sorted(paid)), tuple(sorted(threatened)),
                      tuple(sorted([*willing, *added])), subsidies, spent, gains)


def camp_share(with_a: int) -> float:
    """Return r: the larger camp's share of the five when ``with_a`` (0 to 3) of the three followers side with A."""
    side = count("with_a", with_a, 0, FOLLOWERS)
    return (1 + max(side, FOLLOWERS - side)) / (2 + FOLLOWERS)


def payoffs(benefit: float, cost: float, prestige: Any, dislike: Any, rivalry: float,
            with_a: int) -> dict[str, tuple[float, float]]:
    """Return what A and B get in each of the ``OUTCOMES``.

    ``benefit`` b and ``cost`` k: 0 or more; ``prestige`` pi and ``dislike`` psi: two numbers of 0 or more, for A and
    B; ``rivalry`` rho: 0 or more; ``with_a``: 0 to 3. Raises ValueError otherwise.
    """
    b, k, pi, psi, rho = _checked(benefit, cost, prestige, dislike, rivalry)
    r, shares = camp_share(with_a), _shares(with_a)
    both = tuple(r * b + shares[i] * pi[i] - k / 2 - rho for i in (0, 1))
    return {
        "rivalry": (both[0], both[1]),
        "A": (b + pi[0] - k, b - psi[1]),
        "B": (b - psi[0], b + pi[1] - k),
        "vacuum": (0.0, 0.0),
    }


def rivals(benefit: float, cost: float, prestige: Any, dislike: Any, rivalry: float, with_a: int) -> Field:
    """Return the stable outcomes of two candidates in one field. Inputs as in :func:`payoffs`.

    With r = 1 and s = 1/2 (no followers) the conditions would be those of the plain game of two leaders.
    """
    b, k, pi, psi, rho = _checked(benefit, cost, prestige, dislike, rivalry)
    r, shares = camp_share(with_a), _shares(with_a)
    y = (b + pi[0] - k, b + pi[1] - k)
    x = tuple(shares[i] * pi[i] - k / 2 - rho + psi[i] - (1 - r) * b for i in (0, 1))
    holds = {
        "rivalry": min(x) >= -TIE,
        "A": y[0] >= -TIE and x[1] <= TIE,
        "B": y[1] >= -TIE and x[0] <= TIE,
        "vacuum": max(y) <= TIE,
    }
    stable = tuple(outcome for outcome in OUTCOMES if holds[outcome])
    delivered = [{"rivalry": r, "vacuum": 0.0}.get(outcome, 1.0) for outcome in stable] or [0.0, 1.0]
    return Field(stable, (x[0], x[1]), y, min(delivered), max(delivered))


def one_leader_is_better(benefit: float, cost: float, prestige: Any, dislike: Any, rivalry: float, with_a: int,
                         leader: str = "A") -> bool:
    """Return whether A and B together do better with this one leader than in rivalry.

    That is so iff psi_F < 2 (1-r) b + 2 rho + (1 - s_L) pi_L - s_F pi_F. The three followers, who share only in the
    good, do better in any case, since r < 1.
    """
    if leader not in ("A", "B"):
        raise ValueError(f"leader is {leader!r}: it must be A or B")
    values = payoffs(benefit, cost, prestige, dislike, rivalry, with_a)
    return sum(values[leader]) > sum(values["rivalry"])


def division_of_labour(fields: Any) -> bool:
    """Return whether different candidates lead for sure in different fields: some field has only "A" stable, some
    only "B", and none has a rivalry or vacuum among its stable outcomes. ``fields``: results of :func:`rivals`."""
    stable = [field.stable for field in fields]
    clean = all(outcomes and set(outcomes) <= {"A", "B"} for outcomes in stable)
    return clean and ("A",) in stable and ("B",) in stable


def split_holds(benefit: float, tie: float, with_a: int) -> bool:
    """Return whether no follower wants to change sides under rivalry.

    A follower gets r b and, on the side it is bound to, ``tie`` (0 or more). ``with_a`` followers are bound to A. One
    that left the smaller camp for the larger would raise r by 1/5 and lose its tie; so a split of two to one holds iff
    tie >= b/5. Three on one side always hold.
    """
    worth, bond = number("benefit", benefit, 0), number("tie", tie, 0)
    side = count("with_a", with_a, 0, FOLLOWERS)
    return side in (0, FOLLOWERS) or bond >= worth / (2 + FOLLOWERS) - TIE


def _shares(with_a: int) -> tuple[float, float]:
    return with_a / FOLLOWERS, 1 - with_a / FOLLOWERS


def _checked(benefit: Any, cost: Any, prestige: Any, dislike: Any,
             rivalry: Any) -> tuple[float, float, tuple[float, float], tuple[float, float], float]:
    return (number("benefit", benefit, 0), number("cost", cost, 0), _two("prestige", prestige),
            _two("dislike", dislike), number("rivalry", rivalry, 0))


def _two(name: str, values: Any) -> tuple[float, float]:
    if np.ndim(values) != 1 or len(values) != 2:
        raise ValueError(f"{name} is {values!r}: it must hold two numbers, for A and for B")
    return number(f"{name} of A", values[0], 0), number(f"{name} of B", values[1], 0)
