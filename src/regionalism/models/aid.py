"""Aid to the weakest link: when it pays one state to lift the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, number, positive


@dataclass(frozen=True)
class Aid:
    """Aid that pays the donor: see :func:`aid_to_weakest`. Money in the unit of the budgets.

    ``gain`` is how much the donor's utility rises, as a share of its utility without aid.
    """

    amount: float
    receipts: tuple[float, ...]
    level_before: float
    level_after: float
    gain: float


def aid_to_weakest(budgets: Any, weight: float, donor: int, cost: Any = 1.0) -> Aid:
    """Return the aid that serves the donor best when the smallest contribution decides.

    ``budgets`` (n,), ``weight`` a between 0 and 1, ``cost`` one number or n, as in
    :func:`regionalism.models.publicgoods.nash`; ``donor`` is a place from 0 to n-1. The donor lifts the
    poorest first, so that their own best contributions reach a common level. They spend only the share a of
    what they get on security, as of all their money. Then all states play the best equilibrium. No aid
    (amount 0) if it does not pay the donor.
    """
    money, a = positive("budgets", budgets), number("weight", weight, 0, 1, inside=True)
    prices = positive("cost", cost, money.size)
    if donor not in range(money.size):
        raise ValueError(f"donor is {donor!r}: it must be a place from 0 to {money.size - 1}")
    others = np.arange(money.size) != donor
    need = prices / a
    before = float(np.min(money / need))
    after = _donor_level(float(money[donor]), float(prices[donor]), a, money[others], need[others], before)
    receipts = np.where(others, np.maximum(0.0, need * after - money), 0.0)
    amount = float(receipts.sum())

    def utility(common: float, given: float) -> float:
        return float((money[donor] - given - prices[donor] * common) ** (1 - a) * common**a)

    gain = max(utility(after, amount) / utility(before, 0.0) - 1, 0.0)
    return Aid(amount, tuple(float(part) for part in receipts), before, float(after), gain)


def _donor_level(budget: float, cost: float, weight: float, others: Floats, need: Floats,
                start: float) -> float:
    """Return the common level that a donor likes best, if each other state must own ``need`` times the level.

    The donor's marginal gain falls with the level, so it is halved in until it is zero (or jumps past zero).
    """
    def marginal(common: float) -> float:
        missing = need * common - others
        kept = budget - float(np.maximum(missing, 0).sum()) - cost * common
        if kept <= 0:
            return -1.0
        return weight / common - (1 - weight) * (float(need[missing > 0].sum()) + cost) / kept

    low, high = start, max(budget / cost, start)
    if marginal(start * (1 + 1e-9)) <= 0:
        return start
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if marginal(middle) > 0 else (low, middle)
    return low
