"""The linear-quadratic variant of the public good: u_i = b_i Q_i - k g_i^2 / 2 with Q_i = sum_j theta_ij g_j.

Effort becomes dearer the more of it there is, and budgets set no limit. Each state has a dominant
contribution, whatever the others do, so that the gain from acting together has a closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from regionalism.models.inputs import Floats, number, positive
from regionalism.models.spillovers import spillover_matrix


@dataclass(frozen=True, eq=False)
class QuadraticProvision:
    """Contributions g_i, levels Q_i, utilities u_i (each (n,)) and their sum, the welfare."""

    contributions: Floats
    level: Floats
    utilities: Floats
    welfare: float


def quadratic_nash(benefits: Any, theta: Any, slope: float = 1.0) -> QuadraticProvision:
    """Return what each state provides alone: g_i = b_i/k, a dominant strategy.

    ``benefits``: b_i > 0, (n,); ``theta``: a number from 0 to 1 or a matrix; ``slope``: k > 0.
    """
    benefit, spill, k = _checked(benefits, theta, slope)
    return _outcome(benefit / k, benefit, spill, k)


def quadratic_joint_optimum(benefits: Any, theta: Any, slope: float = 1.0) -> QuadraticProvision:
    """Return the contributions with the largest sum of utilities: g_i = sum_j theta_ji b_j / k."""
    benefit, spill, k = _checked(benefits, theta, slope)
    return _outcome(spill.T @ benefit / k, benefit, spill, k)


def quadratic_gain(benefits: Any, theta: Any, slope: float = 1.0) -> float:
    """Return the joint gain from cooperation: sum_i (sum_j theta_ji b_j - b_i)^2 / (2k), never negative."""
    benefit, spill, k = _checked(benefits, theta, slope)
    ignored = spill.T @ benefit - benefit
    return float(ignored @ ignored / (2 * k))


def _checked(benefits: Any, theta: Any, slope: Any) -> tuple[Floats, Floats, float]:
    benefit = positive("benefits", benefits)
    k = number("slope", slope, 0, inside=True)
    return benefit, spillover_matrix(benefit.size, theta), k


def _outcome(g: Floats, benefit: Floats, spill: Floats, k: float) -> QuadraticProvision:
    received = spill @ g
    utilities = benefit * received - k * g**2 / 2
    return QuadraticProvision(g, received, utilities, float(utilities.sum()))
