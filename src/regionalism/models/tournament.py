"""Repeated play by simulation: one match, and every strategy against every other.

Who wins depends on the field, the payoffs and the noise. Chances come from Python's own generator, whose
numbers stay the same from version to version.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionalism.models.games2x2 import as_game
from regionalism.models.inputs import Floats, count, number
from regionalism.models.strategies import STRATEGIES, Strategy, expected_payoffs, strategy

MOST_ROUNDS = 100_000


@dataclass(frozen=True, eq=False)
class Match:
    """One match. Each array has one row a round and one column a state.

    ``moves``: 0 for C, 1 for D; ``misread``: whether the state took the other's move of that round for the
    opposite; ``payoffs``; ``mean``: payoffs per round, (2,); ``cooperation``: share of C, (2,).
    """

    moves: NDArray[np.int64]
    misread: NDArray[np.bool_]
    payoffs: Floats
    mean: Floats
    cooperation: Floats


@dataclass(frozen=True, eq=False)
class Tournament:
    """Results of a round robin.

    ``keys``: strategies in the given order; ``payoffs``: (n, n), what the row strategy earned per round
    against the column strategy; ``scores``: (n,) row means; ``ranking``: keys, best first (equal scores in
    the given order).
    """

    keys: tuple[str, ...]
    payoffs: Floats
    scores: Floats
    ranking: tuple[str, ...]


def play(a: str | Strategy, b: str | Strategy, game: Any, rounds: int = 200, noise: float = 0.0,
         seed: int | str = 0) -> Match:
    """Play one match of ``rounds`` rounds (1 to 100,000); the same seed gives the same match.

    ``game``: (T, R, P, S) or a Game2x2; ``noise``: chance from 0 to 1 that a state misreads the other's move.
    """
    first, second = strategy(a), strategy(b)
    table = as_game(game)
    length, error = count("rounds", rounds, 1, MOST_ROUNDS), number("noise", noise, 0, 1)
    chance = random.Random(f"match {seed}")
    moves = np.zeros((length, 2), dtype=np.int64)
    misread = np.zeros((length, 2), dtype=bool)
    mine, yours = _draw(chance, first.first), _draw(chance, second.first)
    for step in range(length):
        moves[step] = mine, yours
        wrong = chance.random() < error, chance.random() < error
        misread[step] = wrong
        seen_by_first, seen_by_second = yours ^ wrong[0], mine ^ wrong[1]
        mine, yours = (_draw(chance, first.reply[2 * mine + seen_by_first]),
                       _draw(chance, second.reply[2 * yours + seen_by_second]))
    payoffs = np.stack([own[moves[:, 0], moves[:, 1]] for own in (table.row, table.column)], axis=1)
    return Match(moves, misread, payoffs, payoffs.mean(axis=0), 1 - moves.mean(axis=0))


def tournament(strategies: Sequence[str | Strategy] = tuple(STRATEGIES), game: Any = (5, 3, 1, 0),
               rounds: int = 200, noise: float = 0.0, seed: int = 0, repeats: int = 1,
               with_itself: bool = True) -> Tournament:
    """Let every strategy meet every other (and itself, if asked), ``repeats`` times each.

    A pair's matches depend on the seed and on the pair, not on who else takes part. Symmetric games only.
    """
    field = _field(strategies)
    table = _symmetric(game)
    times = count("repeats", repeats, 1, 1_000)

    def meet(i: int, j: int) -> tuple[float, float]:
        keys = field[i].key, field[j].key
        means = [play(field[i], field[j], table, rounds, noise, f"{seed} {keys[0]} {keys[1]} {turn}").mean
                 for turn in range(times)]
        first, second = np.mean(means, axis=0)
        return float(first), float(second)

    return _round_robin(field, meet, with_itself)


def expected_tournament(strategies: Sequence[str | Strategy] = tuple(STRATEGIES), game: Any = (5, 3, 1, 0),
                        rounds: int = 200, noise: float = 0.0, with_itself: bool = True) -> Tournament:
    """Return the expected results of :func:`tournament`, exactly and without drawing lots."""
    field = _field(strategies)
    table = _symmetric(game)
    return _round_robin(field, lambda i, j: expected_payoffs(field[i], field[j], table, rounds, noise),
                        with_itself)


def _field(strategies: Sequence[str | Strategy]) -> list[Strategy]:
    field = [strategy(which) for which in strategies]
    if len(field) < 2:
        raise ValueError(f"strategies holds {len(field)}: a tournament needs 2 or more")
    if len({one.key for one in field}) < len(field):
        raise ValueError("strategies holds the same key twice: give each its own")
    return field


def _symmetric(game: Any) -> Any:
    table = as_game(game)
    if not np.allclose(table.row, table.column.T):
        raise ValueError("game is not symmetric: in a tournament both states must face the same payoffs")
    return table


def _round_robin(field: list[Strategy], meet: Any, with_itself: bool) -> Tournament:
    size = len(field)
    payoffs = np.full((size, size), np.nan)
    for i in range(size):
        for j in range(i, size):
            if i == j and not with_itself:
                continue
            first, second = meet(i, j)
            if i == j:
                payoffs[i, i] = (first + second) / 2
            else:
                payoffs[i, j], payoffs[j, i] = first, second
    scores = np.nanmean(payoffs, axis=1)
    order = np.argsort(-np.round(scores, 12), kind="stable")
    keys = tuple(one.key for one in field)
    return Tournament(keys, payoffs, scores, tuple(keys[i] for i in order))


def _draw(chance: random.Random, cooperate: float) -> int:
    return 0 if chance.random() < cooperate else 1
