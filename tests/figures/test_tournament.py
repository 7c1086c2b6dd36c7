"""The tournament of the lab."""

from __future__ import annotations

import re

import pytest

from regionalism.figures.tournament import tournament_figure
from regionalism.models.repetition import STRATEGIES, Strategy


def test_title_names_the_winner_of_the_table():
    figure = tournament_figure(noise=0.05)
    assert figure.numbers["Place"].tolist() == list(range(1, len(STRATEGIES) + 1))
    assert figure.numbers["Payoff a round"].is_monotonic_decreasing
    assert figure.title.startswith(figure.numbers["Strategy"][0])
    place = int(re.search(r"tit for tat comes in place (\d+) of 8", figure.title)[1])
    assert figure.numbers["Strategy"][place - 1] == "Tit for tat"


def test_those_who_tie_are_named_together():
    assert tournament_figure(["tit_for_tat", "grim"]).title.startswith("Tit for tat and grim earn most")


def test_a_seed_repeats_the_draw():
    one, two = (tournament_figure(["random", "pavlov"], rounds=30, seed=4) for _ in range(2))
    assert one.numbers.equals(two.numbers)
    assert "one draw, seed 4" in one.subtitle


def test_own_strategy_takes_part():
    mine = Strategy("mine", "My rule", "Always C after C.", 1.0, (1.0, 0.0, 0.5, 0.5))
    figure = tournament_figure(["tit_for_tat", "always_defect", mine])
    assert "My rule" in figure.numbers["Strategy"].tolist()
    assert "Tit for tat" not in tournament_figure([mine, "grim"]).title


@pytest.mark.parametrize("wrong", [{"noise": 2}, {"rounds": 0}, {"strategies": ["grim"]}, {"strategies": ["a", "b"]}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"noise|rounds|strategies|strategy"):
        tournament_figure(**wrong)


@pytest.mark.local
@pytest.mark.parametrize("width", [640, 320])
def test_drawing_fits(width):
    drawn = tournament_figure().svg(width)
    assert float(re.search(r'width="([\d.]+)"', drawn)[1]) <= width
