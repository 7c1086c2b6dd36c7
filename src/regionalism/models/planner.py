"""Solvers for states that decide together; :mod:`regionalism.models.publicgoods` says what they solve.

All maximise sum_i w_i [(1-a) log x_i + a log Q_i] over contributions g >= 0, where x_i = I_i - c_i g_i, or,
when the budgets are ``pooled``, x_i = w_i (sum I - sum c g) with weights that add up to 1. Inputs are taken
as checked, budgets as scaled to a mean of 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regionalism.models.inputs import Floats

Evaluation = tuple[float, Floats, Floats]


@dataclass(frozen=True, eq=False)
class Problem:
    """Budgets I (n,), weight a, spillovers (n, n), costs c (n,) and state weights w (n,) that add up to 1."""

    budgets: Floats
    weight: float
    spill: Floats
    cost: Floats
    count: Floats
    pooled: bool

    @property
    def fund(self) -> float:
        """The best total of all payments if budgets are pooled."""
        return self.weight * float(self.budgets.sum())


def solve(problem: Problem, aggregator: str, rho: float) -> Floats:
    """Return the contributions of the joint optimum."""
    if aggregator == "weakest":
        return np.full(problem.budgets.size, _weakest(problem))
    if aggregator == "best":
        return _best(problem)
    if aggregator == "sum" or rho == 1:
        return _sum(problem)
    return _complements(problem, rho) if rho < 0 else _substitutes(problem, rho)


def ces_level(g: Floats, spill: Floats, rho: float) -> Floats:
    """Return (sum_j theta_ij g_j^rho)^(1/rho) for each i, by logarithms; 0 where rho < 0 meets a zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.where(spill > 0, np.log(spill) + rho * np.log(g), -np.inf)
        top = powers.max(axis=1)
        safe = np.where(np.isfinite(top), top, 0.0)
        logs = safe + np.log(np.exp(np.minimum(powers - safe[:, None], 0)).sum(axis=1))
        return np.where(np.isposinf(top) | np.isneginf(top), 0.0, np.exp(logs / rho))


def _weakest(problem: Problem) -> float:
    if problem.pooled:
        return problem.fund / float(problem.cost.sum())
    terms = list(zip(problem.budgets.tolist(), problem.cost.tolist(), problem.count.tolist(), strict=True))
    low, high = 0.0, min(budget / cost for budget, cost, _ in terms)
    for _ in range(100):
        middle = (low + high) / 2
        pain = sum(w * c * middle / (i - c * middle) if i > c * middle else np.inf for i, c, w in terms)
        low, high = (middle, high) if (1 - problem.weight) * pain < problem.weight else (low, middle)
    return low


def _best(problem: Problem) -> Floats:
    """One state provides. Pooled: the cheapest (of these the largest). Otherwise: whose effort is worth most."""
    result = np.zeros_like(problem.budgets)
    if problem.pooled:
        place = int(np.lexsort((-problem.budgets, problem.cost))[0])
        result[place] = problem.fund / problem.cost[place]
        return result
    own = (1 - problem.weight) * problem.count
    share = problem.weight / (own + problem.weight)
    worth = own * np.log1p(-share) + problem.weight * np.log(share * problem.budgets / problem.cost)
    place = int(np.argmax(worth))
    result[place] = share[place] * problem.budgets[place] / problem.cost[place]
    return result


def _sum(problem: Problem) -> Floats:
    start = problem.weight * problem.budgets / problem.cost
    if problem.pooled and np.all(problem.spill == 1):
        return _cheapest(problem)

    def evaluate(g: Floats) -> Evaluation | None:
        private = _private(problem, g)
        received = problem.spill @ g
        if private is None or np.any(received <= 0):
            return None
        value, slope, bend = private
        pull = problem.weight * problem.count / received
        bend -= (problem.spill.T * (pull / received)) @ problem.spill
        value += problem.weight * float(problem.count @ np.log(received))
        return value, slope + problem.spill.T @ pull, bend

    return _climb(evaluate, start, floor=0.0)


def _cheapest(problem: Problem) -> Floats:
    """With full spillover only the price of effort counts. States with the same lowest price share it out."""
    cheap = np.where(problem.cost == problem.cost.min(), problem.budgets, 0.0)
    return problem.fund / problem.cost.min() * cheap / cheap.sum()


def _private(problem: Problem, g: Floats) -> Evaluation | None:
    """Value, slope and bend in g of the part of welfare that stems from what is kept."""
    if problem.pooled:
        kept = float(problem.budgets.sum() - problem.cost @ g)
        if kept <= 0:
            return None
        part = (1 - problem.weight) / kept
        return ((1 - problem.weight) * float(np.log(kept)), -part * problem.cost,
                -part / kept * np.outer(problem.cost, problem.cost))
    left = problem.budgets - problem.cost * g
    if np.any(left <= 0):
        return None
    own = (1 - problem.weight) * problem.count
    ratio = problem.cost / left
    return float(own @ np.log(left)), -own * ratio, -np.diag(own * ratio**2)


def _climb(evaluate: Callable[[Floats], Evaluation | None], start: Floats, floor: float) -> Floats:
    """Maximise a concave function over points >= ``floor`` by projected Newton steps.

    Places at the floor whose slope points below it are held there. A small ridge keeps the step defined
    where several points are equally good.
    """
    point = start
    here = evaluate(point)
    if here is None:
        raise RuntimeError("the start is not feasible")
    for _ in range(300):
        value, slope, bend = here
        held = (point <= floor + 1e-7) & (slope < 0)
        free = ~held
        step = np.where(held, floor - point, 0.0) if np.isfinite(floor) else np.zeros_like(point)
        if np.max(np.abs(slope[free]), initial=0.0) < 1e-13 and not np.any(step):
            return point
        curve = -bend[np.ix_(free, free)]
        ridge = 1e-12 * max(float(np.trace(curve)), 1e-12)
        step[free] = np.linalg.solve(curve + ridge * np.eye(int(free.sum())), slope[free])
        if not np.any(held & (step != 0)) and 0 <= float(slope @ step) < 1e-13:
            # Too close for welfare to tell better from worse, but not for the last Newton step.
            last = np.maximum(point + step, floor)
            return last if evaluate(last) is not None else point
        moved = (_line_search(evaluate, point, step, floor, value, slope)
                 or _line_search(evaluate, point, slope / float(np.trace(-bend)), floor, value, slope))
        if moved is None:
            return point
        point, here = moved
    return point


def _line_search(evaluate: Callable[[Floats], Evaluation | None], point: Floats, step: Floats, floor: float,
                 value: float, slope: Floats) -> tuple[Floats, Evaluation] | None:
    """Shorten the step until welfare rises enough; ``None`` when no step helps any more."""
    length = 1.0
    while length > 1e-10:
        candidate = np.maximum(point + length * step, floor)
        found = evaluate(candidate)
        promised = 1e-4 * float(slope @ (candidate - point))
        if found is not None and found[0] > value and found[0] >= value + promised:
            return candidate, found
        length /= 2
    return None


def _complements(problem: Problem, rho: float) -> Floats:
    """rho < 0: concave in z = log g, and no contribution is zero."""
    with np.errstate(divide="ignore"):
        spill_logs = np.log(problem.spill)

    def evaluate(z: Floats) -> Evaluation | None:
        with np.errstate(over="ignore"):
            g = np.exp(z)
        private = _private(problem, g)
        if private is None:
            return None
        value, slope, bend = private
        logs, shares = _shares(spill_logs, rho * z)
        used = problem.count @ shares
        public = rho * (np.diag(used) - (shares.T * problem.count) @ shares)
        return (value + problem.weight / rho * float(problem.count @ logs),
                slope * g + problem.weight * used,
                bend * np.outer(g, g) + np.diag(slope * g) + problem.weight * public)

    start = np.log(problem.weight * problem.budgets.min() / problem.cost)
    return np.exp(_climb(evaluate, start, floor=-np.inf))


def _shares(spill_logs: Floats, powers: Floats) -> tuple[Floats, Floats]:
    """Return the log of each row's power sum and the part that each state has in it."""
    terms = spill_logs + powers
    top = terms.max(axis=-1, keepdims=True)
    parts = np.exp(terms - top)
    total = parts.sum(axis=-1, keepdims=True)
    return (top + np.log(total))[..., 0], parts / total


def _substitutes(problem: Problem, rho: float) -> Floats:
    """rho > 0: log Q_i lies above a weighted sum of log g_j that touches it at the present point.

    To maximise that bound instead has a closed form and never lowers welfare. rho up to 1: one start is
    enough. Above 1 several starts are climbed side by side and the best end is taken.
    """
    with np.errstate(divide="ignore"):
        spill_logs = np.log(problem.spill)
        z = np.log(_starts(problem, rho))
    for _ in range(20_000):
        used = _used(problem, spill_logs, rho, z)
        with np.errstate(divide="ignore"):
            following = np.log(_answer(problem, used))
        with np.errstate(invalid="ignore"):
            change = np.abs(following - z)
        z = following
        if np.max(change, initial=0.0, where=z > np.log(1e-12)) < 1e-13:
            break
    worth = [_worth(problem, spill_logs, rho, row) for row in z]
    return np.exp(z[int(np.argmax(worth))])


def _starts(problem: Problem, rho: float) -> Floats:
    full = problem.weight * problem.budgets / problem.cost
    if rho < 1:
        return full[None, :]
    n = full.size
    ranks = np.argsort(np.argsort(-full, kind="stable"), kind="stable")
    groups = ranks[None, :] <= np.arange(n)[:, None]
    alone = np.eye(n, dtype=bool)
    cores = np.vstack([groups, alone])
    # The rest starts tiny, not at zero: a zero could never grow again.
    return np.where(cores, full, 1e-6 * full)


def _used(problem: Problem, spill_logs: Floats, rho: float, z: Floats) -> Floats:
    """Return sum_i w_i s_ij for each start (row) and each j."""
    _, shares = _shares(spill_logs[None, :, :], rho * z[:, None, :])
    return np.einsum("i,kij->kj", problem.count, shares)


def _answer(problem: Problem, used: Floats) -> Floats:
    if problem.pooled:
        return problem.fund * used / problem.cost
    pull = problem.weight * used
    return problem.budgets / problem.cost * pull / ((1 - problem.weight) * problem.count + pull)


def _worth(problem: Problem, spill_logs: Floats, rho: float, z: Floats) -> float:
    private = _private(problem, np.exp(z))
    logs, _ = _shares(spill_logs, rho * z)
    return -np.inf if private is None else private[0] + problem.weight / rho * float(problem.count @ logs)
