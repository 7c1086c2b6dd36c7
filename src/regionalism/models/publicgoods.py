"""Security as a public good that spills over borders.

State i has the budget I_i and spends c_i on each unit of its contribution g_i. What is left, x_i, it
uses for itself. Its utility is U_i = x_i^(1-a) Q_i^a: the weight a says how much security counts, and
Q_i is the security that reaches it. Four ways in which contributions add up (``AGGREGATORS``):

- ``sum``: Q_i = g_i + sum_j theta_ij g_j, with the spillover theta between 0 and 1;
- ``weakest``: Q = min_j g_j, the same for all (theta plays no part);
- ``best``: Q = max_j g_j, the same for all (theta plays no part);
- ``ces``: Q_i = (sum_j theta_ij g_j^rho)^(1/rho) with theta_ii = 1. rho = 1 is the sum; with full
  spillover Q tends to the minimum as rho falls and to the maximum as rho rises without bound.

Sources: Hirshleifer (1983), doi 10.1007/BF00141070; Bergstrom, Blume and Varian (1986); Cornes and
Hartley (2007); Olson and Zeckhauser (1966). Budgets may be in any unit: multiplying all of them by one
number multiplies contributions and levels by it. States keep the order in which they are given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from regionalism.models import equilibrium, planner
from regionalism.models.aid import Aid, aid_to_weakest
from regionalism.models.inputs import Floats, floats, number, one_of, positive
from regionalism.models.quadratic import (
    QuadraticProvision,
    quadratic_gain,
    quadratic_joint_optimum,
    quadratic_nash,
)
from regionalism.models.spillovers import border_spillovers, spillover_matrix

__all__ = [
    "AGGREGATORS", "Aid", "Provision", "QuadraticProvision", "aid_to_weakest", "best_shot_equilibria",
    "border_spillovers", "joint_optimum", "level", "lonely_provider_limit", "nash", "quadratic_gain",
    "quadratic_joint_optimum", "quadratic_nash", "shortfall", "spillover_matrix", "transfer",
    "weakest_link_range", "welfare_of",
]

AGGREGATORS = {
    "sum": "All contributions add up",
    "weakest": "The smallest contribution decides",
    "best": "The largest contribution decides",
    "ces": "In between: contributions replace each other in part",
}
NO_CONTRIBUTION = 1e-9
SMALLEST_RHO = 0.05
MOST_WEIGHINGS = 500
EQUAL_GAINS = 1e-6


@dataclass(frozen=True, eq=False)
class Provision:
    """Who provides how much, and what it is worth. All arrays have one place for each state.

    - ``contributions``: g_i, the effort made in state i (unit of the budgets divided by the unit cost);
    - ``level``: Q_i, the security that reaches state i;
    - ``welfare``: weighted mean of log U_i (weights as asked for; -inf if some state has no security);
    - ``utilities``: U_i;
    - ``providers``: places of the states with a contribution above zero;
    - ``payments``: what state i pays, in the unit of the budgets. Without side payments c_i g_i;
    - ``shares``: payments divided by the state's own budget.
    """

    contributions: Floats
    level: Floats
    welfare: float
    utilities: Floats
    providers: tuple[int, ...]
    payments: Floats
    shares: Floats


@dataclass(frozen=True, eq=False)
class _Setting:
    """Checked inputs of one situation."""

    budgets: Floats
    weight: float
    spill: Floats
    aggregator: str
    cost: Floats
    rho: float
    count: Floats


def level(g: Any, theta: Any, aggregator: str, rho: float | None = None) -> Floats:
    """Return Q_i, the security that reaches each state, from the contributions ``g`` (n,), none negative.

    ``rho`` (from -20 to 20 in the course, not between -0.05 and 0.05) is needed for ``ces`` and ignored
    otherwise. With rho below 0 one missing contribution that matters to a state leaves it with nothing.
    """
    contributions = floats("g", g)
    if contributions.ndim != 1 or not np.all(np.isfinite(contributions)) or np.any(contributions < 0):
        raise ValueError(f"g is {contributions.tolist()}: it must hold one number of 0 or more for each state")
    kind = one_of("aggregator", aggregator, tuple(AGGREGATORS))
    spill = spillover_matrix(contributions.size, theta)
    return _level(contributions, spill, kind, _rho(kind, rho))


def nash(budgets: Any, weight: float, theta: Any, aggregator: str, cost: Any = 1.0,
         rho: float | None = None, weights: Any = "budget") -> Provision:
    """Return what the states provide when each decides alone (a Nash equilibrium in pure strategies).

    - ``budgets``: (n,) positive numbers, n of 2 or more; ``weight``: a, between 0 and 1;
      ``theta``: see :func:`spillover_matrix`; ``cost``: c_i, one number or n of them; ``rho``: for ``ces``;
      ``weights``: only for the reported ``welfare``, see :func:`joint_optimum`.
    - ``sum``: best reply g_i = max(0, a I_i/c_i - (1-a) sum_j theta_ij g_j); unique for a common theta.
    - ``weakest``: of all equilibria (:func:`weakest_link_range`) the best, Q = min_i a I_i/c_i.
    - ``best``: of all equilibria (:func:`best_shot_equilibria`) the one in which the state with the largest
      budget (for its cost) provides alone.
    - ``ces``: rho up to 1: the equilibrium in which no state is left without security; rho above 1: the one
      that states reach when the largest decides first.
    """
    setting = _setting(budgets, weight, theta, aggregator, cost, rho, weights)
    target = setting.weight * setting.budgets / setting.cost
    if setting.aggregator == "weakest":
        contributions = np.full(target.size, target.min())
    elif setting.aggregator == "best":
        contributions = _alone(target, int(np.argmax(target)))
    elif setting.aggregator == "sum" or setting.rho == 1:
        contributions = equilibrium.sum_contributions(target, (1 - setting.weight) * setting.spill)
    else:
        contributions = equilibrium.ces_contributions(setting.budgets / setting.cost, setting.weight,
                                                      setting.spill, setting.rho)
    return _provision(setting, contributions, setting.cost * contributions)


def joint_optimum(budgets: Any, weight: float, theta: Any, aggregator: str, cost: Any = 1.0,
                  rho: float | None = None, weights: Any = "budget", side_payments: bool = True) -> Provision:
    """Return what the states would provide together: the Pareto optimum with the largest welfare.

    Welfare is sum_i w_i log U_i = sum_i w_i [(1-a) log x_i + a log Q_i]. The ``weights`` w_i are

    - ``"budget"`` (default): the budgets, so that the optimum does not move money from rich to poor for its
      own sake. With side payments each state pays the same share a of its budget;
    - ``"equal"``: every state counts the same. The rich then pay for the poor;
    - ``"gain"`` (only with side payments, and with rho up to 1): chosen so that every state's utility rises by
      the same share over :func:`nash`. Of the three this is the one that every state would sign;
    - or n positive numbers.

    With ``side_payments`` (default) states pay into a common fund and effort is made wherever it protects
    best. The fund is always a * sum(I) (log utilities are homogeneous, hence the Samuelson rule gives this
    total for every spillover, aggregator and weighting); with the sum, full spillover and unit cost 1 the
    level is a * sum(I). For ``sum``, ``weakest`` and ``best`` with equal costs and one theta for all, the sum
    of levels is the same for all weights: there they only say who pays, and whom the effort serves.
    Without side payments each state pays for its own effort only. The total a * sum(I) then holds for the sum
    with full spillover if no contribution is zero (with budget weights: always).

    Where several places of effort are equally good (sum, full spillover, equal costs), contributions follow
    the budgets. For ``ces`` with rho above 1 the problem is not concave: the best of several local optima
    (started from each state alone and from groups of the largest) is returned.
    """
    if isinstance(weights, str) and weights == "gain":
        if not side_payments:
            raise ValueError('weights is "gain": equal gains need side payments')
        if aggregator == "ces" and rho is not None and rho > 1:
            raise ValueError('weights is "gain": with ces it needs a rho of 1 or less')
        alone = nash(budgets, weight, theta, aggregator, cost, rho)
        return _equal_gains(_setting(budgets, weight, theta, aggregator, cost, rho, "budget"), alone.utilities)
    return _joint(_setting(budgets, weight, theta, aggregator, cost, rho, weights), bool(side_payments))


def welfare_of(g: Any, budgets: Any, weight: float, theta: Any, aggregator: str, cost: Any = 1.0,
               rho: float | None = None, weights: Any = "budget") -> float:
    """Return the welfare of any contributions ``g`` that each state pays for itself (-inf if not feasible)."""
    setting = _setting(budgets, weight, theta, aggregator, cost, rho, weights)
    contributions = floats("g", g)
    if contributions.shape != setting.budgets.shape:
        raise ValueError(f"g has the shape {contributions.shape}: it must hold one number for each state")
    if np.any(contributions < 0) or np.any(setting.cost * contributions >= setting.budgets):
        return float("-inf")
    return _provision(setting, contributions, setting.cost * contributions).welfare


def shortfall(nash: Provision, joint: Provision) -> float:
    """Return how far the first falls short of the second: 1 - sum of levels / sum of levels, in [0, 1).

    With unequal costs the joint optimum may move effort so that the sum of levels falls by a little although
    welfare rises; the shortfall is then 0.
    """
    gap = 1.0 - float(nash.level.sum()) / float(joint.level.sum())
    return min(max(gap, 0.0), float(np.nextafter(1.0, 0.0)))


def weakest_link_range(budgets: Any, weight: float, cost: Any = 1.0) -> tuple[float, float]:
    """Return the lowest and the highest equilibrium level of the weakest link.

    Every common level from 0 to min_i a I_i/c_i is an equilibrium; all states prefer the highest.
    """
    setting = _setting(budgets, weight, 1.0, "weakest", cost, None, "budget")
    return 0.0, float(np.min(setting.weight * setting.budgets / setting.cost))


def best_shot_equilibria(budgets: Any, weight: float, cost: Any = 1.0) -> tuple[int, ...]:
    """Return the places of all states that can be the only provider of a best shot in equilibrium.

    State i (with g_i = a I_i/c_i, all others 0) can iff no j has (I_j/c_j)/(I_i/c_i) above
    (1-a)^(-(1-a)/a): a much richer j would rather provide more itself.
    """
    setting = _setting(budgets, weight, 1.0, "best", cost, None, "budget")
    size = setting.budgets / setting.cost
    bound = (1 - setting.weight) ** (-(1 - setting.weight) / setting.weight)
    return tuple(int(i) for i in np.flatnonzero(size.max() <= size * bound * (1 + 1e-12)))


def lonely_provider_limit(budgets: Any, theta: float, cost: Any = 1.0) -> float:
    """Return the weight up to which one state alone provides the sum, 0 if there is none.

    With the two largest budgets I_1 and I_2 (per unit cost) the second gives nothing iff
    a I_2 <= (1-a) theta a I_1, so the limit is 1 - I_2/(theta I_1).
    """
    setting = _setting(budgets, 0.5, theta, "sum", cost, None, "budget")
    if np.ndim(theta) != 0:
        raise ValueError("theta must be one number between 0 and 1 here")
    second, first = np.sort(setting.budgets / setting.cost)[-2:]
    return 0.0 if float(theta) * first <= second else float(1 - second / (float(theta) * first))


def transfer(budgets: Any, giver: int, receiver: int, amount: float) -> Floats:
    """Return the budgets after ``giver`` has handed ``amount`` (0 up to less than its budget) to ``receiver``."""
    result = positive("budgets", budgets)
    for name, place in (("giver", giver), ("receiver", receiver)):
        if place not in range(result.size):
            raise ValueError(f"{name} is {place!r}: it must be a place from 0 to {result.size - 1}")
    moved = number("amount", amount, 0, result[giver])
    if moved == result[giver]:
        raise ValueError(f"amount is {amount!r}: the giver must keep something")
    result[giver] -= moved
    result[receiver] += moved
    return result


def _setting(budgets: Any, weight: Any, theta: Any, aggregator: Any, cost: Any, rho: Any,
             weights: Any) -> _Setting:
    money = positive("budgets", budgets)
    if money.size < 2:
        raise ValueError(f"budgets is {money.tolist()}: there must be 2 states or more")
    kind = one_of("aggregator", aggregator, tuple(AGGREGATORS))
    return _Setting(
        budgets=money,
        weight=number("weight", weight, 0, 1, inside=True),
        spill=spillover_matrix(money.size, theta),
        aggregator=kind,
        cost=positive("cost", cost, money.size),
        rho=_rho(kind, rho),
        count=_state_weights(weights, money),
    )


def _joint(setting: _Setting, pooled: bool) -> Provision:
    scale = float(setting.budgets.mean())
    problem = planner.Problem(setting.budgets / scale, setting.weight, setting.spill, setting.cost,
                              setting.count, pooled)
    contributions = planner.solve(problem, setting.aggregator, setting.rho) * scale
    payments = setting.cost * contributions
    if pooled:
        payments = setting.budgets - (1 - setting.weight) * setting.budgets.sum() * setting.count
    return _provision(setting, contributions, payments)


def _equal_gains(setting: _Setting, floor: Floats) -> Provision:
    """Find the weights at which all gain the same, by raising those of the states that gain less.

    The weighted mean gain is convex in the weights and lowest where all gains are equal, so that a step
    which raises it was too long. Utility moves with the weight to the power 1 where nothing spills over and
    1-a where everything does; ``reach`` says how much does and gives the first length of a step.
    """
    n = setting.budgets.size
    shared = setting.aggregator in ("weakest", "best")
    reach = 1.0 if shared else float((setting.spill.sum() - n) / (n * (n - 1)))
    longest = length = 1 / (1 - setting.weight * reach)
    result = _joint(setting, pooled=True)
    for _ in range(MOST_WEIGHINGS):
        gains = np.log(result.utilities / floor)
        if np.ptp(gains) < EQUAL_GAINS:
            return result
        count = setting.count * np.exp(-length * (gains - gains.mean()))
        tried = replace(setting, count=count / count.sum())
        found = _joint(tried, pooled=True)
        gained = np.log(found.utilities / floor)
        if tried.count @ gained > setting.count @ gains and np.ptp(gained) > np.ptp(gains):
            length /= 2
        else:
            # A step past the aim turns the gains round; without a shorter one they may swing for ever.
            past = (gained - gained.mean()) @ (gains - gains.mean()) < 0
            setting, result = tried, found
            length = 0.7 * length if past else min(1.3 * length, longest)
    raise RuntimeError("the weights of equal gains did not settle")


def _rho(aggregator: str, rho: Any) -> float:
    if aggregator != "ces":
        return 1.0
    value = number("rho", rho)
    if abs(value) < SMALLEST_RHO:
        raise ValueError(f"rho is {rho!r}: it must be at least {SMALLEST_RHO} away from 0")
    return value


def _state_weights(weights: Any, budgets: Floats) -> Floats:
    if isinstance(weights, str):
        kind = one_of("weights", weights, ("budget", "equal"))
        values = budgets if kind == "budget" else np.ones_like(budgets)
    else:
        values = positive("weights", weights, budgets.size)
    return values / values.sum()


def _level(g: Floats, spill: Floats, aggregator: str, rho: float) -> Floats:
    if aggregator == "weakest":
        return np.full(g.size, g.min())
    if aggregator == "best":
        return np.full(g.size, g.max())
    if rho == 1:
        return spill @ g
    return planner.ces_level(g, spill, rho)


def _alone(values: Floats, place: int) -> Floats:
    result = np.zeros_like(values)
    result[place] = values[place]
    return result


def _provision(setting: _Setting, contributions: Floats, payments: Floats) -> Provision:
    received = _level(contributions, setting.spill, setting.aggregator, setting.rho)
    kept = setting.budgets - payments
    utilities = kept ** (1 - setting.weight) * received**setting.weight
    with np.errstate(divide="ignore"):
        welfare = float(setting.count @ np.log(utilities))
    giving = contributions > NO_CONTRIBUTION * max(contributions.max(), 1e-300)
    return Provision(contributions, received, welfare, utilities,
                     tuple(int(i) for i in np.flatnonzero(giving)), payments, payments / setting.budgets)
