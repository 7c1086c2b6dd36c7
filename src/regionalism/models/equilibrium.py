"""Solvers for states that decide alone; :mod:`regionalism.models.publicgoods` says what they solve.

Inputs are taken as checked. The states move one after the other (Gauss-Seidel): if all moved at once, the
contributions could swing for ever when (1-a) theta (n-1) is above 1.
"""

from __future__ import annotations

import math

import numpy as np

from regionalism.models.inputs import Floats

MOST_SWEEPS = 20_000
SETTLED = 1e-13
SWEEPS_BETWEEN_EXACT_TRIES = 6


def sum_contributions(target: Floats, pull: Floats) -> Floats:
    """Solve g_i = max(0, target_i - sum_j pull_ij g_j), j other than i.

    The sweeps find out who contributes. Among these the equations are linear and are solved exactly.
    """
    n = target.size
    goals = target.tolist()
    rows = (pull - np.diag(np.diag(pull))).tolist()
    g = [0.0] * n
    for sweep in range(1, MOST_SWEEPS + 1):
        change = 0.0
        for i in range(n):
            row = rows[i]
            reply = goals[i] - sum(row[j] * g[j] for j in range(n))
            if reply < 0.0:
                reply = 0.0
            change = max(change, abs(reply - g[i]))
            g[i] = reply
        if change <= SETTLED * max(goals):
            return np.array(g)
        if sweep % SWEEPS_BETWEEN_EXACT_TRIES == 0:
            exact = _exact(target, pull, np.array(g) > 0)
            if exact is not None:
                return exact
    raise RuntimeError("contributions did not settle: the spillovers allow no clear equilibrium")


def _exact(target: Floats, pull: Floats, giving: np.ndarray) -> Floats | None:
    """Return the contributions if exactly these states give, or ``None`` if that is no equilibrium."""
    matrix = pull[np.ix_(giving, giving)].copy()
    np.fill_diagonal(matrix, 1.0)
    g = np.zeros_like(target)
    try:
        g[giving] = np.linalg.solve(matrix, target[giving])
    except np.linalg.LinAlgError:
        return None
    wished = target[~giving] - pull[~giving] @ g
    if np.any(g < 0) or np.any(wished > 0):
        return None
    return g


def ces_contributions(size: Floats, weight: float, spill: Floats, rho: float) -> Floats:
    """Solve for an equilibrium when Q_i = (sum_j theta_ij g_j^rho)^(1/rho); ``size`` is I_i/c_i.

    Works with logarithms, so that very small and very large powers do no harm.
    """
    with np.errstate(divide="ignore"):
        spill_logs = np.log(spill).tolist()
    ceilings = np.log(weight * size)
    sizes = size.tolist()
    complements = rho < 0
    order = np.argsort(-size, kind="stable").tolist()
    # Complements: fall from the highest replies to the highest equilibrium. Substitutes: rise from nothing.
    z = ceilings.tolist() if complements else [-math.inf] * size.size
    for sweep in range(1, MOST_SWEEPS + 1):
        change = 0.0
        for i in order:
            others = _log_power_sum(spill_logs[i], z, rho, i)
            reply = _ces_reply(sizes[i], weight, rho, others, float(ceilings[i]))
            if reply != z[i]:
                change = max(change, abs(reply - z[i]))
            z[i] = reply
        if change <= SETTLED * 10:
            return np.exp(np.array(z))
        if rho < 1 and sweep % SWEEPS_BETWEEN_EXACT_TRIES == 0:
            exact = _ces_newton(np.array(z), np.log(size), weight, np.array(spill_logs), rho)
            if exact is not None:
                return np.exp(exact)
    raise RuntimeError("contributions did not settle: try a rho further from 1")


def _log_power_sum(spill_logs: list[float], z: list[float], rho: float, skip: int) -> float:
    """Return log of sum_j theta_j exp(rho z_j), leaving out one state; -inf if nothing is left."""
    terms = [spill_logs[j] + rho * z[j] for j in range(len(z)) if j != skip and spill_logs[j] > -math.inf]
    top = max(terms, default=-math.inf)
    if math.isinf(top):
        return top
    return top + math.log(sum(math.exp(term - top) for term in terms))


def _ces_reply(size: float, weight: float, rho: float, others: float, ceiling: float) -> float:
    """Return the log of the best reply to ``others``, the log of the others' weighted power sum.

    The first-order condition a s (I - g) = (1-a) g, with s the own part of the power sum, is concave in
    log g and negative at ``ceiling``, so Newton's steps from there fall to the largest root. Above rho = 1
    there may be none, or giving nothing may be better.
    """
    if others == -math.inf:
        return ceiling
    if others == math.inf:
        return -math.inf
    z = ceiling
    for _ in range(200):
        own = _share(rho * z - others)
        g = math.exp(z)
        slope = rho * (1 - own) - 1 - g / (size - g)
        if slope >= 0 or own == 0.0:
            return -math.inf
        step = (math.log(weight * own * (size - g) / (1 - weight)) - z) / slope
        z -= step
        if abs(step) < 1e-15 * max(1.0, abs(z)):
            break
    if rho > 1 and not _worth_giving(size, weight, rho, others, z):
        return -math.inf
    return z


def _worth_giving(size: float, weight: float, rho: float, others: float, z: float) -> bool:
    own = _share(rho * z - others)
    gain = -math.log1p(-own) * weight / rho if own < 1 else math.inf
    return gain + (1 - weight) * math.log1p(-math.exp(z) / size) >= 0


def _share(log_ratio: float) -> float:
    """Return e^x / (1 + e^x) without overflow."""
    if log_ratio >= 0:
        return 1 / (1 + math.exp(-log_ratio))
    return math.exp(log_ratio) / (1 + math.exp(log_ratio))


def _ces_newton(z: Floats, log_size: Floats, weight: float, spill_logs: Floats, rho: float) -> Floats | None:
    """Solve all first-order conditions at once by Newton's method from ``z``; ``None`` if that fails."""
    if not np.all(np.isfinite(z)):
        return None
    for _ in range(30):
        powers = spill_logs + rho * z
        top = powers.max(axis=1, keepdims=True)
        shares = np.exp(powers - top)
        shares /= shares.sum(axis=1, keepdims=True)
        own = np.diag(shares)
        spent = np.exp(z - log_size)
        if np.any(spent >= 1) or np.any(own == 0):
            return None
        gap = np.log(weight / (1 - weight) * own * (1 - spent)) + log_size - z
        if np.max(np.abs(gap)) < 1e-12:
            return z
        slope = -rho * shares
        slope[np.diag_indices_from(slope)] += rho - 1 - spent / (1 - spent)
        try:
            z = z - np.linalg.solve(slope, gap)
        except np.linalg.LinAlgError:
            return None
    return None
