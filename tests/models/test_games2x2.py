"""Game families, their borders, and equilibria against an outside solver."""

from __future__ import annotations

import subprocess
import sys
import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionalism.models import games2x2 as games

amounts = st.floats(0.5, 20)
payoffs = st.integers(-6, 6)

CLASSIC = {  # T, R, P, S
    "harmony": (2, 4, 1, 3), "prisoners_dilemma": (4, 3, 2, 1), "assurance": (3, 4, 2, 1), "chicken": (4, 3, 1, 2),
    "deadlock": (4, 2, 3, 1), "volunteer": (3, 2, 0, 2), "coordination": (4, 2, 1, 3),
}


@pytest.mark.parametrize(("name", "four"), CLASSIC.items())
def test_classic_games_have_their_names(name, four):
    assert games.family(four) == name
    assert games.family(games.symmetric(*four)) == name
    result = games.analyse(four)
    assert result.institution == games.FAMILIES[name].institution
    assert result.row_family == result.column_family == name
    assert not result.on_border


@pytest.mark.parametrize(("four", "found", "dominant"), [
    (CLASSIC["harmony"], {(0, 0)}, 0), (CLASSIC["prisoners_dilemma"], {(1, 1)}, 1),
    (CLASSIC["assurance"], {(0, 0), (1, 1)}, None), (CLASSIC["chicken"], {(0, 1), (1, 0)}, None),
    (CLASSIC["deadlock"], {(1, 1)}, 1), (CLASSIC["volunteer"], {(0, 1), (1, 0)}, None),
])
def test_classic_games_have_their_equilibria(four, found, dominant):
    result = games.analyse(four)
    assert set(result.equilibria) == found
    assert result.dominant == (dominant, dominant)


def test_the_textbook_games_of_two_unlike_states():
    coordination = games.analyse(games.COORDINATION)
    assert coordination.family == "coordination"
    assert coordination.equilibria == ((0, 0), (1, 1))
    assert coordination.payoff_dominant is None
    suasion = games.analyse(games.SUASION)
    assert suasion.family == "suasion"
    assert suasion.equilibria == ((0, 1),)
    assert suasion.dominant == (0, None)
    turned = games.Game2x2(games.SUASION.column.T, games.SUASION.row.T)
    assert games.analyse(turned).family == "suasion"
    assert games.analyse(turned).equilibria == ((1, 0),)


def test_only_the_dilemma_has_an_equilibrium_that_both_want_to_leave_and_can_not():
    assert games.analyse(CLASSIC["prisoners_dilemma"]).pareto_inferior == ((1, 1),)
    assert games.analyse(CLASSIC["assurance"]).pareto_inferior == ((1, 1),)
    for name in ("harmony", "deadlock", "chicken", "volunteer"):
        assert games.analyse(CLASSIC[name]).pareto_inferior == ()


def test_the_case_of_a_joint_gain_that_nobody_reaps():
    game = games.from_public_good(benefit=6, cost=10, theta=1, aggregator="sum")
    result = games.analyse(game)
    assert result.equilibria == ((1, 1),)
    assert result.family == "prisoners_dilemma"
    assert (game.row[0, 0], game.column[0, 0]) == (2, 2)
    assert (game.row[1, 1], game.column[1, 1]) == (0, 0)


def test_the_case_that_needs_trust_and_no_fines():
    result = games.analyse(games.from_public_good(benefit=10, cost=6, theta=1, aggregator="weakest"))
    assert result.family == "assurance"
    assert result.equilibria == ((0, 0), (1, 1))
    assert result.payoff_dominant == (0, 0)
    assert result.mixed == pytest.approx((0.6, 0.6))
    assert result.risk_dominant == (1, 1)


# --- from the public good

@given(amounts, amounts, st.floats(0, 1))
def test_regions_of_the_sum(b, c, theta):
    assume(abs(b - c) > 1e-6)
    assume(abs((1 + theta) * b - c) > 1e-6)
    expected = "harmony" if b > c else "prisoners_dilemma" if c < (1 + theta) * b else "deadlock"
    result = games.analyse(games.from_public_good(b, c, theta, "sum"))
    assert result.family == expected
    assert not result.on_border


@given(amounts, amounts, st.floats(0, 1))
def test_regions_of_weakest_link_and_best_shot(b, c, theta):
    assume(abs(b - c) > 1e-6)
    assert games.family(games.from_public_good(b, c, theta, "weakest")) == ("assurance" if b > c else "deadlock")
    assert games.family(games.from_public_good(b, c, theta, "best")) == ("volunteer" if b > c else "deadlock")


@pytest.mark.parametrize(("b", "c", "theta", "kind", "expected"), [
    (6, 6, 0.5, "sum", "prisoners_dilemma"), (6, 6, 0, "sum", "deadlock"), (6, 9, 0.5, "sum", "deadlock"),
    (6, 7.8, 0.3, "sum", "deadlock"), (0.1, 0.3, 1, "sum", "deadlock"), (0.1, 0.2, 1, "sum", "deadlock"),
    (6, 6, 1, "weakest", "deadlock"), (6, 6, 1, "best", "deadlock"),
])
def test_on_a_border_the_less_cooperative_family_is_named(b, c, theta, kind, expected):
    result = games.analyse(games.from_public_good(b, c, theta, kind))
    assert result.family == expected
    assert result.on_border == ((b, c) != (0.1, 0.3))


@given(amounts, amounts, st.floats(0, 1), st.sampled_from(games.GAME_AGGREGATORS), st.floats(0.1, 50))
def test_the_unit_of_payoffs_does_not_matter(b, c, theta, kind, scale):
    assume(abs(b - c) > 1e-3)
    assume(abs((1 + theta) * b - c) > 1e-3)
    small = games.analyse(games.from_public_good(b, c, theta, kind))
    large = games.analyse(games.from_public_good(scale * b, scale * c, theta, kind))
    assert (small.family, small.equilibria) == (large.family, large.equilibria)


def test_unequal_benefits_make_the_great_pay_for_the_small():
    result = games.analyse(games.from_public_good((12, 6), 10, 0.5, "sum"))
    assert result.family == "suasion"
    assert result.equilibria == ((0, 1),)
    assert (result.row_family, result.column_family) == ("harmony", "deadlock")


def test_water_release_is_an_externality_and_a_payment_turns_it_into_a_dilemma():
    result = games.analyse(games.upstream(cost=2, benefit=8))
    assert result.family == "externality"
    assert result.dominant == (1, None)
    barter = games.analyse(games.upstream(cost=2, benefit=8, side_payment=4))
    assert barter.family == "prisoners_dilemma"
    assert barter.equilibria == ((1, 1),)


# --- equilibria of any game

def number_of_moves(game, outcome):
    return [game.row[1 - outcome[0], outcome[1]] - game.row[outcome],
            game.column[outcome[0], 1 - outcome[1]] - game.column[outcome]]


@given(st.lists(payoffs, min_size=8, max_size=8))
def test_equilibria_agree_with_nashpy(numbers):
    nashpy = pytest.importorskip("nashpy")
    row, column = np.array(numbers[:4]).reshape(2, 2), np.array(numbers[4:]).reshape(2, 2)
    assume(np.all(row[0] != row[1]))
    assume(np.all(column[:, 0] != column[:, 1]))
    game = games.Game2x2(row, column)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = sorted((float(a[0]), float(b[0])) for a, b in nashpy.Game(row, column).support_enumeration())
    result = games.analyse(game)
    found = [(1.0 - i, 1.0 - j) for i, j in result.equilibria]
    found += [result.mixed] if result.mixed else []
    assert np.array(sorted(found)) == pytest.approx(np.array(expected))


@given(st.lists(payoffs, min_size=8, max_size=8))
def test_pure_equilibria_by_definition(numbers):
    game = games.Game2x2(np.array(numbers[:4]).reshape(2, 2), np.array(numbers[4:]).reshape(2, 2))
    for outcome in ((0, 0), (0, 1), (1, 0), (1, 1)):
        stays = max(number_of_moves(game, outcome)) <= 0
        assert (outcome in games.pure_equilibria(game)) == stays


@given(st.lists(payoffs, min_size=8, max_size=8))
def test_changing_places_changes_nothing(numbers):
    row, column = np.array(numbers[:4]).reshape(2, 2), np.array(numbers[4:]).reshape(2, 2)
    here, there = games.analyse(games.Game2x2(row, column)), games.analyse(games.Game2x2(column.T, row.T))
    assert here.family == there.family
    assert {(j, i) for i, j in here.equilibria} == set(there.equilibria)
    assert here.dominant == there.dominant[::-1]


@given(st.permutations([1, 2, 3, 4]))
def test_every_ranking_has_a_name_or_gets_one_when_the_moves_are_swapped(ranks):
    T, R, P, S = ranks
    name = games.family((T, R, P, S))
    if name == "unnamed":
        assert games.family((S, P, R, T)) in ("assurance", "prisoners_dilemma")
    assert name in games.FAMILIES


@given(payoffs, st.integers(1, 6), st.integers(1, 6), st.integers(1, 6))
def test_the_mixed_point_and_risk_dominance_of_assurance(S, safety, gain, loss):
    P = S + safety
    R = P + gain
    T = R - loss
    result = games.analyse((T, R, P, S))
    point = (P - S) / (R - T + P - S)
    assert result.mixed == pytest.approx((point, point))
    expected = None if point == 0.5 else (0, 0) if point < 0.5 else (1, 1)
    assert result.risk_dominant == expected


def test_bad_games_are_refused():
    with pytest.raises(ValueError, match="row"):
        games.Game2x2([[1, 2, 3]], [[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="column"):
        games.Game2x2([[1, 2], [3, 4]], [[1, 2], [3, float("nan")]])
    with pytest.raises(ValueError, match="game"):
        games.analyse((1, 2, 3))
    with pytest.raises(ValueError, match="T is"):
        games.symmetric("x", 1, 2, 3)
    for change in ({"benefit": 0}, {"cost": -1}, {"theta": 2}, {"aggregator": "ces"}, {"benefit": (1, 2, 3)}):
        with pytest.raises(ValueError, match=next(iter(change))):
            games.from_public_good(**{**{"benefit": 6, "cost": 10, "theta": 1, "aggregator": "sum"}, **change})


def test_models_need_nothing_heavy_but_numpy():
    heavy = "('scipy', 'pandas', 'altair', 'matplotlib', 'nashpy')"
    code = ("import sys; from regionalism.models import publicgoods, games2x2, repetition; "
            f"print([name for name in {heavy} if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
