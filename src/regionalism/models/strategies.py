"""Strategies for repeated games, and what two of them earn against each other.

A strategy here looks back one round: ``first`` is its chance of C in the first round, ``reply`` its chance
of C after the outcomes CC, CD, DC and DD (own move first). All eight classic strategies below have this
form. Two of them then make a Markov chain with four states, the outcomes, so that what they earn can be
computed exactly instead of simulated.

Noise is misreading: with the chance ``noise`` a state takes the other's C for D, or D for C. It knows its
own move. Payoffs depend on what was really done. The first round has nothing to misread.

After Axelrod (1984) and Axelrod and Hamilton (1981), doi 10.1126/science.7466396.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalism.models.games2x2 import as_game
from regionalism.models.inputs import Floats, count, floats, number

OUTCOMES = ("CC", "CD", "DC", "DD")
# A power of two far beyond the slowest mixing that double precision can tell from none at all.
DOUBLINGS = 60


@dataclass(frozen=True)
class Strategy:
    """A rule for repeated play: key, name, plain description, first move and replies (chances of C)."""

    key: str
    name: str
    plain: str
    first: float
    reply: tuple[float, float, float, float]

    def __post_init__(self) -> None:
        number("first", self.first, 0, 1)
        replies = floats("reply", self.reply)
        if replies.shape != (4,) or not np.all((replies >= 0) & (replies <= 1)):
            raise ValueError(f"reply is {self.reply!r}: it must hold four chances between 0 and 1")
        object.__setattr__(self, "reply", tuple(float(chance) for chance in replies))


def generous_tit_for_tat(generosity: float = 1 / 3) -> Strategy:
    """Return tit for tat that overlooks a share ``generosity`` (0 to 1) of the other's D."""
    mercy = number("generosity", generosity, 0, 1)
    return Strategy("generous_tit_for_tat", "Generous tit for tat",
                    f"Answers C with C, and overlooks {mercy:.0%} of the other's D.", 1.0,
                    (1.0, mercy, 1.0, mercy))


STRATEGIES: dict[str, Strategy] = {strategy.key: strategy for strategy in (
    Strategy("always_cooperate", "Always cooperate", "Plays C whatever happens.", 1.0, (1.0, 1.0, 1.0, 1.0)),
    Strategy("always_defect", "Always defect", "Plays D whatever happens.", 0.0, (0.0, 0.0, 0.0, 0.0)),
    Strategy("tit_for_tat", "Tit for tat", "Starts with C, then does what the other did last.", 1.0,
             (1.0, 0.0, 1.0, 0.0)),
    Strategy("grim", "Grim", "Plays C until the other once plays D, then D for ever.", 1.0,
             (1.0, 0.0, 0.0, 0.0)),
    generous_tit_for_tat(),
    Strategy("pavlov", "Pavlov (win stay, lose shift)",
             "Repeats its move when the other played C, changes it when the other played D.", 1.0,
             (1.0, 0.0, 0.0, 1.0)),
    Strategy("random", "Coin toss", "Plays C or D with equal chances.", 0.5, (0.5, 0.5, 0.5, 0.5)),
    Strategy("suspicious_tit_for_tat", "Suspicious tit for tat",
             "Starts with D, then does what the other did last.", 0.0, (1.0, 0.0, 1.0, 0.0)),
)}


def strategy(which: str | Strategy) -> Strategy:
    """Return the strategy with this key, or ``which`` itself if it is one."""
    if isinstance(which, Strategy):
        return which
    if which not in STRATEGIES:
        raise ValueError(f"strategy is {which!r}: it must be one of {', '.join(STRATEGIES)}")
    return STRATEGIES[which]


def read_replies(which: str | Strategy, noise: float = 0.0) -> Floats:
    """Return the chances of C after each true outcome (CC, CD, DC, DD) if the other's move may be misread."""
    error = number("noise", noise, 0, 1)
    cc, cd, dc, dd = strategy(which).reply
    right, wrong = np.array([cc, cd, dc, dd]), np.array([cd, cc, dd, dc])
    return (1 - error) * right + error * wrong


def transition(a: str | Strategy, b: str | Strategy, noise: float = 0.0) -> Floats:
    """Return the (4, 4) chances to move from one outcome (row) to the next; ``a``'s move comes first."""
    first, second = read_replies(a, noise), read_replies(b, noise)[[0, 2, 1, 3]]
    return _joint(first, second)


def first_outcome(a: str | Strategy, b: str | Strategy) -> Floats:
    """Return the chances of the four outcomes in the first round."""
    return _joint(np.array([strategy(a).first]), np.array([strategy(b).first]))[0]


def long_run(a: str | Strategy, b: str | Strategy, noise: float = 0.0) -> Floats:
    """Return the shares of the outcomes CC, CD, DC, DD in the long run.

    Where the chain has more than one resting place the first moves decide; where it goes round in a circle
    the shares are averages over the circle. To stay put with chance one half changes none of this and
    removes the circles, so that repeated squaring converges.
    """
    power = (transition(a, b, noise) + np.eye(4)) / 2
    for _ in range(DOUBLINGS):
        power = power @ power
        power /= power.sum(axis=1, keepdims=True)
    return first_outcome(a, b) @ power


def average_payoffs(a: str | Strategy, b: str | Strategy, game: Any, noise: float = 0.0) -> tuple[float, float]:
    """Return the payoffs per round of ``a`` and ``b`` in the long run; ``game``: (T, R, P, S) or Game2x2."""
    return _worth(long_run(a, b, noise), game)


def self_play_value(which: str | Strategy, game: Any, noise: float = 0.0) -> float:
    """Return the long-run payoff per round (mean of both) when both states play this strategy."""
    return sum(average_payoffs(which, which, game, noise)) / 2


def expected_payoffs(a: str | Strategy, b: str | Strategy, game: Any, rounds: int,
                     noise: float = 0.0) -> tuple[float, float]:
    """Return the expected payoffs per round over the first ``rounds`` rounds (1 to 100,000)."""
    chain = transition(a, b, noise)
    length = count("rounds", rounds, 1, 100_000)
    now = first_outcome(a, b)
    total = now.copy()
    for _ in range(length - 1):
        now = now @ chain
        total += now
    return _worth(total / length, game)


def discounted_payoffs(a: str | Strategy, b: str | Strategy, game: Any, delta: float,
                       noise: float = 0.0) -> tuple[float, float]:
    """Return (1 - delta) times the discounted sums of payoffs; ``delta`` from 0 up to less than 1.

    The factor 1 - delta turns the sum into payoff per round, comparable with T, R, P and S. ``delta`` = 0
    counts only the first round.
    """
    return _worth(discounted_shares(a, b, np.array([patience_below_one(delta)]), noise)[0], game)


def discounted_shares(a: str | Strategy, b: str | Strategy, deltas: Floats, noise: float = 0.0) -> Floats:
    """Return the discounted shares (k, 4) of the four outcomes for ``k`` deltas, each from 0 to below 1."""
    chain, start = transition(a, b, noise).T, first_outcome(a, b)
    systems = np.eye(4) - deltas[:, None, None] * chain
    right = np.broadcast_to(start[:, None], (deltas.size, 4, 1))
    return (1 - deltas)[:, None] * np.linalg.solve(systems, right)[:, :, 0]


def reactive_cooperation(p1: float, q1: float, p2: float, q2: float) -> tuple[float, float]:
    """Return how often two reactive strategies cooperate in the long run.

    A reactive strategy plays C with chance p after the other's C and q after its D. With r = p - q:
    s1 = (q2 r1 + q1) / (1 - r1 r2), s2 = (q1 r2 + q2) / (1 - r1 r2). If r1 r2 = 1 or -1 the first move is
    never forgotten and the formula does not hold: ``ValueError``.
    """
    p1, q1, p2, q2 = (number(name, value, 0, 1) for name, value in
                      (("p1", p1), ("q1", q1), ("p2", p2), ("q2", q2)))
    r1, r2 = p1 - q1, p2 - q2
    if abs(r1 * r2) == 1:
        raise ValueError(f"p - q is {r1:g} and {r2:g}: one of them must lie strictly between -1 and 1")
    return (q2 * r1 + q1) / (1 - r1 * r2), (q1 * r2 + q2) / (1 - r1 * r2)


def reactive_payoffs(p1: float, q1: float, p2: float, q2: float, game: Any) -> tuple[float, float]:
    """Return the long-run payoffs per round: chances of the outcomes are products of s1 and s2."""
    s1, s2 = reactive_cooperation(p1, q1, p2, q2)
    return _worth(_joint(np.array([s1]), np.array([s2]))[0], game)


def patience_below_one(delta: Any) -> float:
    """Return ``delta`` as a float from 0 up to less than 1."""
    value = number("delta", delta, 0, 1)
    if value == 1:
        raise ValueError("delta is 1: it must be less than 1 (for no discounting use the long-run payoffs)")
    return value


def _joint(first: Floats, second: Floats) -> Floats:
    return np.stack([first * second, first * (1 - second), (1 - first) * second, (1 - first) * (1 - second)],
                    axis=1)


def _worth(shares: Floats, game: Any) -> tuple[float, float]:
    table = as_game(game)
    return float(shares @ table.row.reshape(4)), float(shares @ table.column.reshape(4))
