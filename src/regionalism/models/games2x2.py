"""Two states, two moves: what kind of cooperation problem is it?

Move 0 is C (contribute, keep the agreement), move 1 is D (don't). A symmetric game is given by four
payoffs: R when both choose C, P when both choose D, T for the one who chooses D against C, and S for the
one who chooses C against D. Which of them is larger decides the family, and each family calls for another
kind of institution.

Sources: Stein (1982); Snidal (1985), doi 10.2307/1956241; Martin (1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from regionalism.models.families import FAMILIES, Family
from regionalism.models.inputs import Floats, floats, number, one_of

__all__ = [
    "COORDINATION", "FAMILIES", "GAME_AGGREGATORS", "MOVES", "SUASION", "Analysis", "Family", "Game2x2", "Payoffs",
    "analyse", "as_game", "family", "family_of_payoffs", "from_public_good", "mixed_equilibrium",
    "own_payoffs", "pure_equilibria", "symmetric", "upstream",
]

MOVES = ("C", "D")
GAME_AGGREGATORS = ("sum", "weakest", "best")
EQUAL = 1e-9


class Payoffs(NamedTuple):
    """The payoffs T, R, P and S of a symmetric game: temptation, reward, punishment, sucker's payoff."""

    T: float
    R: float
    P: float
    S: float


@dataclass(frozen=True, eq=False)
class Game2x2:
    """Payoffs of the row state and of the column state, each (2, 2): row's move first, column's second."""

    row: Floats
    column: Floats

    def __post_init__(self) -> None:
        for name in ("row", "column"):
            values = floats(name, getattr(self, name))
            if values.shape != (2, 2) or not np.all(np.isfinite(values)):
                raise ValueError(f"{name} is {values.tolist()}: it must be a 2 by 2 table of finite numbers")
            object.__setattr__(self, name, values)


@dataclass(frozen=True)
class Analysis:
    """What holds in a game. Outcomes are pairs (row's move, column's move), 0 for C and 1 for D.

    - ``equilibria``: pure Nash equilibria, weak ones included;
    - ``dominant``: the strictly dominant move of row and of column, ``None`` where there is none;
    - ``pareto_inferior``: those equilibria to which both prefer some other outcome;
    - ``mixed``: chances of C of row and of column in the equilibrium where both mix, or ``None``;
    - ``payoff_dominant``: the equilibrium that both prefer to every other one (the only one, if it is
      alone), or ``None``; ``risk_dominant``: of two strict equilibria the one with the larger product of
      losses from leaving it alone (Harsanyi and Selten), the only one, if it is alone, or ``None``;
    - ``family``, ``institution``: see ``FAMILIES``; ``row_family``, ``column_family``: the family of the
      symmetric game that each of them seems to play;
    - ``on_border``: whether a tie decides the family. It then names the less cooperative neighbour.
    """

    equilibria: tuple[tuple[int, int], ...]
    dominant: tuple[int | None, int | None]
    pareto_inferior: tuple[tuple[int, int], ...]
    mixed: tuple[float, float] | None
    payoff_dominant: tuple[int, int] | None
    risk_dominant: tuple[int, int] | None
    family: str
    institution: str
    row_family: str
    column_family: str
    on_border: bool


COORDINATION = Game2x2(np.array([[4.0, 2.0], [1.0, 3.0]]), np.array([[3.0, 2.0], [1.0, 4.0]]))
SUASION = Game2x2(np.array([[4.0, 3.0], [2.0, 1.0]]), np.array([[3.0, 4.0], [2.0, 1.0]]))


def symmetric(T: float, R: float, P: float, S: float) -> Game2x2:
    """Return the symmetric game with these four payoffs (finite numbers of any size)."""
    t, r, p, s = (number(name, value) for name, value in zip("TRPS", (T, R, P, S), strict=True))
    table = np.array([[r, s], [t, p]])
    return Game2x2(table, table.T)


def as_game(game: Game2x2 | Any) -> Game2x2:
    """Return ``game`` itself, or the symmetric game if four payoffs (T, R, P, S) are given."""
    if isinstance(game, Game2x2):
        return game
    try:
        temptation, reward, punishment, sucker = game
    except (TypeError, ValueError):
        raise ValueError(f"game is {game!r}: it must be a Game2x2 or the four payoffs T, R, P, S") from None
    return symmetric(temptation, reward, punishment, sucker)


def from_public_good(benefit: Any, cost: Any, theta: float, aggregator: str) -> Game2x2:
    """Return the game of two states that contribute 1 (C) or 0 (D) to a public good.

    ``benefit`` and ``cost``: a number above 0, or one for row and one for column. ``theta``: spillover from
    0 to 1, used by ``sum`` only. ``aggregator``: ``sum``, ``weakest`` or ``best``. For equal states:

    - ``sum``: T = theta b, R = (1+theta) b - c, P = 0, S = b - c. b > c is harmony, b <= c < (1+theta) b a
      prisoner's dilemma, beyond that deadlock;
    - ``weakest``: R = b - c, S = -c, T = P = 0. b > c is assurance, else deadlock;
    - ``best``: R = S = b - c, T = b, P = 0. b > c is the volunteer's game, else deadlock.

    At a border (b = c, or c = (1+theta) b) the family is the less cooperative one.
    """
    benefits, costs = _pair("benefit", benefit), _pair("cost", cost)
    spill = number("theta", theta, 0, 1)
    kind = one_of("aggregator", aggregator, GAME_AGGREGATORS)
    own, other = np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    reach = {"sum": own + spill * other, "weakest": own * other, "best": np.maximum(own, other)}[kind]
    row = benefits[0] * reach - costs[0] * own
    column = benefits[1] * reach - costs[1] * own
    return Game2x2(row, column.T)


def upstream(cost: float, benefit: float, side_payment: float = 0.0) -> Game2x2:
    """Return the game of a state upstream (row) that may release water, and one downstream (column).

    Releasing (C) costs the upstream state ``cost`` and is worth ``benefit`` downstream; paying (C) hands
    ``side_payment`` to the upstream state; D is to do neither. All three are 0 or more. Without a side
    payment this is a one-sided externality. With cost < side payment < benefit it is a prisoner's dilemma:
    each would rather receive than deliver.
    """
    release, gain = number("cost", cost, 0), number("benefit", benefit, 0)
    paid = number("side_payment", side_payment, 0)
    row = np.array([[paid - release, -release], [paid, 0.0]])
    column = np.array([[gain - paid, gain], [-paid, 0.0]])
    return Game2x2(row, column)


def family(game: Game2x2 | Any) -> str:
    """Return the key of the game's family in ``FAMILIES``; ties go to the less cooperative family.

    ``game`` is a :class:`Game2x2` or the four payoffs (T, R, P, S).

    - harmony: R > T, S > P, R >= P; assurance: R > T, P >= S, R > P;
    - prisoner's dilemma: T >= R, P >= S, R > P; deadlock: T >= R, P >= S, P >= R;
    - chicken: T >= R > S > P; volunteer's game: T >= R = S > P;
    - coordination: two equilibria in which both do the same (or, in a symmetric game, opposite things with
      S > R), ranked in opposite order; suasion: C is dominant for one state, the other's best reply is D,
      and the first would prefer C from it; externality: D is dominant for one state, the other gains by its
      C and can't affect it.
    """
    table = as_game(game)
    row, column = (family_of_payoffs(payoffs) for payoffs in own_payoffs(table))
    if _is_externality(table):
        return "externality"
    if row == column and row != "unnamed":
        return row
    if _is_coordination(table):
        return "coordination"
    return "suasion" if _is_suasion(table) else "unnamed"


def own_payoffs(game: Game2x2) -> tuple[Payoffs, Payoffs]:
    """Return T, R, P, S as the row state sees them and as the column state sees them."""
    return _seen(game.row), _seen(game.column.T)


def _seen(own: Floats) -> Payoffs:
    return Payoffs(T=float(own[1, 0]), R=float(own[0, 0]), P=float(own[1, 1]), S=float(own[0, 1]))


def family_of_payoffs(payoffs: Payoffs) -> str:
    """Return the family of the symmetric game with these payoffs (see :func:`family`)."""
    T, R, P, S = payoffs
    if _above(R, T, payoffs):
        if _above(S, P, payoffs):
            return "unnamed" if _above(P, R, payoffs) else "harmony"
        return "assurance" if _above(R, P, payoffs) else "unnamed"
    if _above(S, P, payoffs):
        if _above(S, R, payoffs):
            return "coordination"
        return "chicken" if _above(R, S, payoffs) else "volunteer"
    return "prisoners_dilemma" if _above(R, P, payoffs) else "deadlock"


def _above(first: float, second: float, payoffs: Payoffs) -> bool:
    """Whether the first payoff is larger by more than a rounding error."""
    return first - second > EQUAL * _size(np.array(payoffs))


def analyse(game: Game2x2 | Any) -> Analysis:
    """Return equilibria, dominance, family and fitting institution of a game (see :class:`Analysis`)."""
    table = as_game(game)
    found = pure_equilibria(table)
    name = family(table)
    row, column = own_payoffs(table)
    return Analysis(
        equilibria=found,
        dominant=(_dominant(table.row), _dominant(table.column.T)),
        pareto_inferior=tuple(outcome for outcome in found if _improvable(table, outcome)),
        mixed=mixed_equilibrium(table),
        payoff_dominant=_payoff_dominant(table, found),
        risk_dominant=_risk_dominant(table, found),
        family=name,
        institution=FAMILIES[name].institution,
        row_family=family_of_payoffs(row),
        column_family=family_of_payoffs(column),
        on_border=_tied(row) or _tied(column),
    )


def pure_equilibria(game: Game2x2) -> tuple[tuple[int, int], ...]:
    """Return all outcomes that neither state leaves alone with a gain."""
    steps = EQUAL * _size(game.row), EQUAL * _size(game.column)
    return tuple((i, j) for i in (0, 1) for j in (0, 1)
                 if game.row[i, j] >= game.row[1 - i, j] - steps[0]
                 and game.column[i, j] >= game.column[i, 1 - j] - steps[1])


def mixed_equilibrium(game: Game2x2) -> tuple[float, float] | None:
    """Return both chances of C where each state makes the other indifferent, or ``None``.

    In a symmetric game this is p = (P - S) / (R - T + P - S).
    """
    row = _indifference(game.column.T)
    column = _indifference(game.row)
    return None if row is None or column is None else (row, column)


def _indifference(own: Floats) -> float | None:
    """Return the other's chance of C, strictly between 0 and 1, at which C and D are worth the same."""
    gain_against_c, gain_against_d = own[0, 0] - own[1, 0], own[1, 1] - own[0, 1]
    step = EQUAL * _size(own)
    if gain_against_c * gain_against_d <= 0 or min(abs(gain_against_c), abs(gain_against_d)) <= step:
        return None
    return float(gain_against_d / (gain_against_c + gain_against_d))


def _dominant(own: Floats) -> int | None:
    step = EQUAL * _size(own)
    if np.all(own[0] - own[1] > step):
        return 0
    return 1 if np.all(own[1] - own[0] > step) else None


def _improvable(game: Game2x2, outcome: tuple[int, int]) -> bool:
    return bool(np.any((game.row > game.row[outcome] + EQUAL * _size(game.row))
                       & (game.column > game.column[outcome] + EQUAL * _size(game.column))))


def _payoff_dominant(game: Game2x2, found: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    for outcome in found:
        if all(game.row[outcome] > game.row[other] and game.column[outcome] > game.column[other]
               for other in found if other != outcome):
            return outcome
    return None


def _risk_dominant(game: Game2x2, found: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    if len(found) == 1:
        return found[0]
    if len(found) != 2 or found[0][0] == found[1][0] or found[0][1] == found[1][1]:
        return None
    first, second = (_loss_product(game, outcome) for outcome in found)
    if abs(first - second) <= EQUAL * max(first, second):
        return None
    return found[0] if first > second else found[1]


def _loss_product(game: Game2x2, outcome: tuple[int, int]) -> float:
    i, j = outcome
    return float((game.row[i, j] - game.row[1 - i, j]) * (game.column[i, j] - game.column[i, 1 - j]))


def _is_coordination(game: Game2x2) -> bool:
    for first, second in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        if set(pure_equilibria(game)) == {first, second}:
            return bool((game.row[first] - game.row[second]) * (game.column[first] - game.column[second]) < 0)
    return False


def _is_suasion(game: Game2x2) -> bool:
    row_leads = (_dominant(game.row) == 0 and game.column[0, 1] > game.column[0, 0]
                 and game.row[0, 0] > game.row[0, 1])
    column_leads = (_dominant(game.column.T) == 0 and game.row[1, 0] > game.row[0, 0]
                    and game.column[0, 0] > game.column[1, 0])
    return bool(row_leads or column_leads)


def _is_externality(game: Game2x2) -> bool:
    return any(_dominant(own) == 1 and np.ptp(own, axis=1).max() <= EQUAL * _size(own)
               and np.all(other[:, 0] - other[:, 1] > EQUAL * _size(other))
               for own, other in ((game.row, game.column.T), (game.column.T, game.row)))


def _tied(payoffs: Payoffs) -> bool:
    """Whether two payoffs are equal whose order decides the family."""
    T, R, P, S = payoffs
    step = EQUAL * _size(np.array(payoffs))
    if abs(R - T) <= step or abs(S - P) <= step:
        return True
    one_gives_way = R < T and S > P
    return abs(R - P) <= step and not one_gives_way


def _pair(name: str, value: Any) -> Floats:
    pair = floats(name, value)
    if pair.ndim == 0:
        pair = np.full(2, float(pair))
    if pair.shape != (2,) or not np.all(np.isfinite(pair)) or np.any(pair <= 0):
        raise ValueError(f"{name} is {value!r}: it must be one number above 0, or two of them")
    return pair


def _size(values: Floats) -> float:
    return max(float(np.abs(values).max()), 1e-300)
