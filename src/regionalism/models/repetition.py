"""Repetition and the shadow of the future: when does a promise hold because the parties meet again?

A relation breaks off in any year with the chance h, and the future is discounted at the rate r. A payoff
one year ahead then counts delta = (1-h)/(1+r) of a payoff today. Payoffs per round T > R > P > S as in a
prisoner's dilemma. High patience makes cooperation possible, not certain: "never cooperate" stays an
equilibrium at every delta.

Sources: Axelrod (1984); Axelrod and Hamilton (1981), doi 10.1126/science.7466396; Axelrod and Keohane (1985).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalism.models.games2x2 import as_game
from regionalism.models.inputs import Floats, count, floats, number, positive
from regionalism.models.strategies import (
    OUTCOMES,
    STRATEGIES,
    Strategy,
    average_payoffs,
    discounted_payoffs,
    discounted_shares,
    expected_payoffs,
    first_outcome,
    generous_tit_for_tat,
    long_run,
    patience_below_one,
    reactive_cooperation,
    reactive_payoffs,
    read_replies,
    self_play_value,
    strategy,
    transition,
)
from regionalism.models.tournament import Match, Tournament, expected_tournament, play, tournament

__all__ = [
    "OUTCOMES", "STRATEGIES", "KeepOrBreak", "Match", "Strategy", "Tournament", "average_payoffs",
    "binding_state", "discount", "discounted_payoffs", "expected_payoffs", "expected_tournament",
    "first_outcome", "generosity_limit", "generous_tit_for_tat", "grim_threshold", "keep_or_break",
    "long_run", "patience_needed", "play", "public_good_threshold", "public_good_thresholds",
    "reactive_cooperation", "reactive_payoffs", "read_replies", "self_play_value", "standing_equilibria",
    "strategy", "tit_for_tat_threshold", "tournament", "transition",
]

CLOSE = 1e-12
SEARCH_STEPS = 200
LARGEST_DELTA = 1 - 1e-9


@dataclass(frozen=True)
class KeepOrBreak:
    """What a state earns per round, counted from the first move, against a partner that keeps the strategy.

    - ``keep``: both play the strategy;
    - ``break_once``: it plays D in the first round and returns to the strategy;
    - ``break_for_good``: it plays D always;
    - ``best_break``: the larger of the two; ``holds``: whether ``keep`` is at least as good.
    """

    keep: float
    break_once: float
    break_for_good: float

    @property
    def best_break(self) -> float:
        """The larger of the two ways to break."""
        return max(self.break_once, self.break_for_good)

    @property
    def holds(self) -> bool:
        """Whether keeping is at least as good as either way to break."""
        return self.keep >= self.best_break - CLOSE * max(1.0, abs(self.best_break))


def discount(h: float, r: float) -> float:
    """Return delta = (1-h)/(1+r): ``h`` is the yearly chance that the relation ends (0 to 1), ``r`` >= 0."""
    return (1 - number("h", h, 0, 1)) / (1 + number("r", r, 0))


def grim_threshold(T: float, R: float, P: float, S: float) -> float:
    """Return the lowest delta at which grim against grim is an equilibrium: (T-R)/(T-P). T > R > P > S."""
    t, r, p, _ = _dilemma(T, R, P, S)
    return (t - r) / (t - p)


def tit_for_tat_threshold(T: float, R: float, P: float, S: float) -> float:
    """Return the lowest delta at which tit for tat against itself is an equilibrium; T > R > P > S.

    The larger of (T-R)/(T-P), so that D for ever does not pay, and (T-R)/(R-S), so that D once, and with it
    D and C in turn, does not pay. It is 1 or more if no patience is enough.
    """
    t, r, p, s = _dilemma(T, R, P, S)
    return max((t - r) / (t - p), (t - r) / (r - s))


def public_good_threshold(benefit: float, cost: float, n: int, theta: float = 1.0) -> float:
    """Return the lowest delta that keeps n equal states contributing under the threat that all stop for good.

    A contribution costs ``cost`` > 0, gives ``benefit`` > 0 to the one who makes it and theta times that to
    each other state: delta* = (c-b)/((n-1) theta b). 0 if b >= c (each contributes anyway); 1 or more if no
    patience is enough; infinite if theta is 0 and b < c. n from 2 to 1,000.
    """
    size = count("n", n, 2, 1_000)
    spill = number("theta", theta, 0, 1)
    gain, price = number("benefit", benefit, 0), number("cost", cost, 0)
    if gain == 0 or price == 0:
        raise ValueError(f"benefit is {benefit!r} and cost is {cost!r}: both must be greater than 0")
    return _threshold(gain, price, (size - 1) * spill)


def public_good_thresholds(benefits: Any, costs: Any) -> Floats:
    """Return delta_i* = (c_i-b_i)/((n-1) b_i) for n unequal states that each contribute 1 (theta = 1).

    ``benefits`` and ``costs`` hold positive numbers, one for each state (one number stands for all).
    """
    gains, prices = _each_state(benefits, costs)
    return np.array([_threshold(float(b), float(c), gains.size - 1)
                     for b, c in zip(gains, prices, strict=True)])


def binding_state(benefits: Any, costs: Any) -> int:
    """Return the place of the state that is hardest to keep: the one with the largest c_i/b_i (first if equal)."""
    gains, prices = _each_state(benefits, costs)
    return int(np.argmax(prices / gains))


def generosity_limit(T: float, R: float, P: float, S: float) -> float:
    """Return how generous tit for tat may be without inviting abuse when misreading is rare.

    min(1 - (T-R)/(R-S), (R-P)/(T-P)), at least 0, after Nowak and Sigmund (1992), doi 10.1038/355250a0.
    """
    t, r, p, s = _dilemma(T, R, P, S)
    return max(0.0, min(1 - (t - r) / (r - s), (r - p) / (t - p)))


def keep_or_break(which: str | Strategy, game: Any, delta: float, noise: float = 0.0) -> KeepOrBreak:
    """Return the values of keeping a strategy and of breaking it in the first round (payoffs per round).

    ``game``: (T, R, P, S) or a symmetric Game2x2; ``delta`` from 0 up to less than 1; ``noise``: chance of
    misreading. The two ways to break are the two that decide for grim and for tit for tat; for other
    strategies a cleverer break may exist.
    """
    values = _plans(which, game, np.array([patience_below_one(delta)]), noise)[:, 0]
    return KeepOrBreak(*(float(value) for value in values))


def patience_needed(which: str | Strategy, game: Any, noise: float = 0.0) -> float:
    """Return the lowest delta at which keeping the strategy pays (see :func:`keep_or_break`), or infinity.

    200 even steps below 1 are tried; between the first that holds and the one before, 200 finer ones, and
    so on, to about nine digits.
    """
    low, width = 0.0, 1.0
    for finer in range(4):
        deltas = low + width * np.arange(finer > 0, SEARCH_STEPS + (finer > 0)) / SEARCH_STEPS
        keep, *breaks = _plans(which, game, np.minimum(deltas, LARGEST_DELTA), noise)
        best = np.max(breaks, axis=0)
        holds = np.flatnonzero(keep >= best - CLOSE * np.maximum(1.0, np.abs(best)))
        if holds.size == 0:
            return math.inf if finer == 0 else low + width
        found = float(deltas[holds[0]])
        if found == 0:
            return 0.0
        width /= SEARCH_STEPS
        low = found - width
    return found


def _plans(which: str | Strategy, game: Any, deltas: Floats, noise: float) -> Floats:
    """Return the values (3, k) of keeping, breaking once and breaking for good at ``k`` deltas."""
    kept = strategy(which)
    table = as_game(game)
    once = Strategy("break_once", "Break once", "Plays D first, then keeps the strategy.", 0.0, kept.reply)
    return np.array([discounted_shares(plan, kept, deltas, noise) @ table.row.reshape(4)
                     for plan in (kept, once, STRATEGIES["always_defect"])])


def standing_equilibria(T: float, R: float, P: float, S: float, delta: float) -> tuple[str, ...]:
    """Return which of "always_defect", "grim" and "tit_for_tat" are Nash equilibria against themselves.

    Always defect is one at every delta from 0 up to less than 1: patience alone decides nothing.
    """
    patience = patience_below_one(delta)
    standing = ["always_defect"]
    for key, threshold in (("grim", grim_threshold), ("tit_for_tat", tit_for_tat_threshold)):
        if patience >= threshold(T, R, P, S) - CLOSE:
            standing.append(key)
    return tuple(standing)


def _threshold(gain: float, price: float, others: float) -> float:
    if gain >= price:
        return 0.0
    return (price - gain) / (others * gain) if others > 0 else math.inf


def _each_state(benefits: Any, costs: Any) -> tuple[Floats, Floats]:
    length = max(floats("benefits", benefits).size, floats("costs", costs).size)
    if length < 2:
        raise ValueError("benefits and costs hold one state: there must be 2 or more")
    return positive("benefits", benefits, length), positive("costs", costs, length)


def _dilemma(T: Any, R: Any, P: Any, S: Any) -> tuple[float, float, float, float]:
    table = as_game((T, R, P, S))
    t, r, p, s = (float(table.row[place]) for place in ((1, 0), (0, 0), (1, 1), (0, 1)))
    if not t > r > p > s:
        raise ValueError(f"T, R, P, S are {t:g}, {r:g}, {p:g}, {s:g}: they must fall, T > R > P > S")
    return t, r, p, s
