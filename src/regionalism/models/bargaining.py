"""Bargaining over a sum: what each side can claim depends on what it has without a deal.

A surplus S (any unit, 0 or more) is to be divided among n sides. Side i has d_i while the talks go on (the
inside, or no-deal, payoff) and may leave for an outside option o_i. Two rules say what an outside option does:

- *split the difference*: the option itself is the point from which the rest is shared, so that an offer which
  nobody takes still shifts the result;
- *deal me out*: the sum is shared as if there were no options; only a side that would leave gets exactly its
  option, and the others share what remains. An offer below a side's share changes nothing.

Sources: Nash (1950), doi 10.2307/1907266; Binmore, Shaked and Sutton (1989), Quarterly Journal of Economics 104.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, floats, number, one_of

RULES: tuple[str, ...] = ("deal_me_out", "split_difference")
CLOSE = 1e-12


def nash_split(surplus: Any, disagreement: Any, weights: Any = None) -> Floats:
    """Return the weighted Nash solution on the line sum u = S: u_i = d_i + w_i (S - sum d).

    ``surplus``: S of any size; ``disagreement``: d, (n,), any numbers with sum d <= S; ``weights``: w_i > 0,
    brought to the sum 1 (default: equal). Raises ``ValueError`` where there is nothing to gain from a deal.
    """
    total = number("surplus", surplus)
    inside = _line("disagreement", disagreement)
    share = _weights(weights, inside.size)
    rest = total - inside.sum()
    if rest < -CLOSE:
        raise ValueError(f"surplus is {total:g}: no deal pays, since without one the sides have {inside.sum():g}")
    return inside + share * rest


def deal_exists(surplus: Any, outside: Any) -> bool:
    """Whether the surplus covers what all sides could have elsewhere: S >= sum o."""
    return bool(number("surplus", surplus) >= _line("outside", outside).sum() - CLOSE)


def split_difference(surplus: Any, outside: Any) -> Floats:
    """Return u_i = o_i + (S - sum o)/n: the options are where the sharing starts."""
    return nash_split(surplus, outside)


def deal_me_out(surplus: Any, outside: Any, disagreement: Any = 0.0) -> Floats:
    """Return the equal split from d, except that no side gets less than its outside option.

    Sides that would leave get exactly o_i; the others split the rest again, until nobody would leave.
    Raises ``ValueError`` if the surplus does not cover all options and no-deal payoffs.
    """
    total = number("surplus", surplus)
    option = _line("outside", outside)
    inside = np.broadcast_to(floats("disagreement", disagreement), option.shape).astype(float)
    floor = np.maximum(option, inside)
    if floor.sum() > total + CLOSE:
        raise ValueError(f"surplus is {total:g}: no deal pays, since elsewhere the sides have {floor.sum():g}")
    bound = np.zeros(option.size, dtype=bool)
    while True:
        free = ~bound
        result = np.where(bound, option, 0.0)
        if free.any():
            rest = total - option[bound].sum() - inside[free].sum()
            result[free] = inside[free] + rest / free.sum()
        leaving = free & (result < option - CLOSE)
        if not leaving.any():
            return result
        bound |= leaving


def autonomy_asked(most: float, rival: float | None = None, rule: str = "deal_me_out") -> float:
    """Return the autonomy h that a supplier gets from a client, with or without a rival supplier.

    The two share ``most`` (H, 0 to 1): the autonomy that the client would give up at the utmost. Without a
    rival they split it, h = H/2. A ``rival`` that asks r (0 to H) gives the client the outside option H - r.
    Deal me out: h = min(H/2, r). Split the difference: h = r/2. So a rival no better than the first supplier
    changes nothing under the first rule, and halves the price under the second.
    """
    top = number("most", most, 0, 1)
    one_of("rule", rule, RULES)
    if rival is None:
        return top / 2
    kept = top - number("rival", rival, 0, top)
    shares = deal_me_out(top, [kept, 0.0]) if rule == "deal_me_out" else split_difference(top, [kept, 0.0])
    return float(shares[1])


def _line(name: str, values: Any) -> Floats:
    array = floats(name, values)
    if array.ndim != 1 or array.size < 2 or not np.all(np.isfinite(array)):
        raise ValueError(f"{name} is {values!r}: it must hold one finite number for each of two or more sides")
    return array


def _weights(weights: Any, n: int) -> Floats:
    array = np.ones(n) if weights is None else floats("weights", weights)
    if array.shape != (n,) or not np.all(np.isfinite(array)) or np.any(array <= 0):
        raise ValueError(f"weights is {weights!r}: it must hold {n} numbers greater than 0")
    return np.asarray(array / array.sum())
