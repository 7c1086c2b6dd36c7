"""A tournament of strategies for the lab: who earns most depends on the field, the payoffs and the noise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from regionalism.charts.figure import Figure
from regionalism.charts.gains_models import tournament_chart
from regionalism.models import repetition
from regionalism.models.repetition import STRATEGIES, Strategy

TIED = 0.005
"""Scores closer than this look the same in the chart."""


def tournament_figure(
    strategies: Sequence[str | Strategy] = tuple(STRATEGIES),
    temptation: float = 5.0,
    reward: float = 3.0,
    punishment: float = 1.0,
    sucker: float = 0.0,
    rounds: int = 200,
    noise: float = 0.0,
    seed: int | None = None,
) -> Figure:
    """Let every strategy meet every other and itself, and return the ranking as a figure.

    Parameters
    ----------
    strategies
        Keys of ``STRATEGIES`` or strategies of your own, two or more.
    temptation, reward, punishment, sucker
        Payoffs a round, each larger than the next.
    rounds
        Length of a match, 1 to 100,000.
    noise
        Chance from 0 to 1 that an act is misread.
    seed
        A whole number plays the matches once by lot; ``None`` gives the exact expected result.

    Raises
    ------
    ValueError
        If a strategy is unknown or a number out of range.
    """
    payoffs = (temptation, reward, punishment, sucker)
    if seed is None:
        outcome = repetition.expected_tournament(strategies, payoffs, rounds, noise)
    else:
        outcome = repetition.tournament(strategies, payoffs, rounds, noise, seed)
    scores = _scores(strategies, outcome)
    return Figure(
        name="gains-tournament",
        title=_title(scores),
        subtitle=_subtitle(scores, payoffs, rounds, noise, seed),
        source="own computation; strategies after Axelrod 1984.",
        tables=(),
        alt=f"Bars, best first: {', '.join(f'{row.strategy} {row.score:.2f}' for row in scores.itertuples())}.",
        draw=lambda width: tournament_chart(scores, width),
        numbers=scores.rename(columns={"rank": "Place", "strategy": "Strategy", "score": "Payoff a round"}),
        digits={"Payoff a round": 3},
        note="Change the field, the payoffs or the noise, and another strategy may come first.",
    )


def _scores(strategies: Sequence[str | Strategy], outcome: repetition.Tournament) -> pd.DataFrame:
    names = {which.key: which.name.split(" (")[0] for which in map(repetition.strategy, strategies)}
    by_key = dict(zip(outcome.keys, outcome.scores, strict=True))
    rows = [(place + 1, names[key], float(by_key[key])) for place, key in enumerate(outcome.ranking)]
    return pd.DataFrame(rows, columns=["rank", "strategy", "score"])


def _title(scores: pd.DataFrame) -> str:
    best = scores["score"].max()
    leading = scores.loc[scores["score"] > best - TIED, "strategy"].tolist()
    names = " and ".join([leading[0], *(name[0].lower() + name[1:] for name in leading[1:])])
    title = f"{names} {'earns' if len(leading) == 1 else 'earn'} most in this field: {best:.2f} a round"
    familiar = repetition.strategy("tit_for_tat").name
    if familiar in leading or familiar not in scores["strategy"].tolist():
        return title
    place = scores.loc[scores["strategy"] == familiar, "rank"].iloc[0]
    return f"{title}; tit for tat comes in place {place} of {len(scores)}"


def _subtitle(scores: pd.DataFrame, payoffs: tuple[float, ...], rounds: int, noise: float, seed: int | None) -> str:
    how = "expected result" if seed is None else f"one draw, seed {seed}"
    worth = ", ".join(f"{name} {value:g}" for name, value in zip("TRPS", payoffs, strict=True))
    return (
        f"Average payoff a round of {len(scores)} strategies, each against each and itself over {rounds} rounds;"
        f" {worth}; {100 * noise:g}\N{NO-BREAK SPACE}% of acts misread; {how}"
    )
