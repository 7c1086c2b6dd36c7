"""Moving first and matching: closed forms against grids, and what they do to the total."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regionalism.models import firstmover as fm
from regionalism.models import publicgoods as pg

GDP = [261.421121, 13.987628, 12.060602, 59.887335, 90.889149]
POPULATION = [20.330104, 7.099750, 10.389799, 7.364438, 35.652307]

weights = st.floats(0.1, 0.9)
money = st.floats(1, 100)


@given(st.lists(money, min_size=1, max_size=6), weights, st.floats(0, 200))
def test_replies_are_an_equilibrium(budgets, a, given_first):
    gifts = fm.reply(budgets, a, given_first)
    total = given_first + gifts.sum()
    for means, gift in zip(budgets, gifts, strict=True):
        best = max(0.0, a * means - (1 - a) * (total - gift))
        assert gift == pytest.approx(best, abs=1e-7)


@given(st.lists(money, min_size=2, max_size=6), weights)
def test_with_nothing_there_the_replies_are_the_nash_equilibrium(budgets, a):
    assert fm.reply(budgets, a, 0) == pytest.approx(pg.nash(budgets, a, 1, "sum").contributions, abs=1e-6)


@given(st.lists(money, min_size=2, max_size=5), weights, st.data())
@settings(max_examples=60)
def test_first_move_against_a_grid(budgets, a, data):
    leader = data.draw(st.integers(0, len(budgets) - 1))
    found = fm.first_move(budgets, a, leader)
    others = np.delete(np.array(budgets), leader)
    for gift in np.linspace(0, 0.999, 400) * budgets[leader]:
        total = gift + fm.reply(others, a, gift).sum()
        assert (budgets[leader] - gift) ** (1 - a) * total**a <= found.utility * (1 + 1e-9)
    assert found.utility >= found.utility_at_once * (1 - 1e-9)


@given(st.lists(money, min_size=2, max_size=5), weights, st.data())
def test_moving_first_never_raises_the_total(budgets, a, data):
    leader = data.draw(st.integers(0, len(budgets) - 1))
    found = fm.first_move(budgets, a, leader)
    assert found.total <= found.at_once * (1 + 1e-9)
    assert found.at_once <= found.joint * (1 + 1e-9)
    assert found.joint == pytest.approx(a * sum(budgets))


@given(money, money, weights)
def test_two_states_inside_by_the_closed_form(large, small, a):
    found = fm.first_move([large, small], a, 0)
    gift = a * large - (1 - a) * small
    assume(gift > 1e-6)
    if found.contributions[1] > 1e-6:
        assert found.contributions[0] == pytest.approx(gift)
        assert found.total == pytest.approx(a**2 * (large + small))


@given(money, money, weights)
@settings(max_examples=40)
def test_best_match_against_a_grid_of_rates_and_gifts(large, small, a):
    offer = fm.best_match(large, small, a)
    assume(offer.rate > 1e-6)
    assert offer.total == pytest.approx(a * (large + a * small))
    for rate in np.linspace(0, 3 * offer.rate + 1, 40):
        for own in np.linspace(0, large, 20):
            try:
                tried = fm.match(large, small, a, rate, own)
            except ValueError:
                continue
            assert tried.utility <= offer.utility * (1 + 1e-9)


@given(money, money, weights)
def test_matching_raises_the_total_above_nash_and_stays_below_the_joint_optimum(large, small, a):
    offer = fm.best_match(large, small, a)
    assume(offer.rate > 1e-6)
    joint = a * (large + small)
    assert offer.total < joint * (1 + 1e-12)
    nash = pg.nash([large, small], a, 1, "sum").contributions
    if nash.min() > 1e-9:
        assert nash.sum() == pytest.approx(joint / (2 - a))
        assert offer.total > nash.sum()


def test_by_gdp_going_first_changes_nothing_until_the_weight_is_high_and_by_population_it_shows():
    gdp, people = [GDP[0], GDP[4]], [POPULATION[4], POPULATION[0]]
    limit = 1 - gdp[1] / gdp[0]
    assert 0.6 < limit < 0.7
    for weight in (0.2, 0.4, 0.6):
        move = fm.first_move(gdp, weight, 0)
        assert move.total == pytest.approx(move.at_once)
    assert fm.first_move(gdp, 0.7, 0).total < fm.first_move(gdp, 0.7, 0).at_once
    move = fm.first_move(people, 0.5, 0)
    assert (round(move.at_once, 1), round(move.total, 1), round(move.joint, 1)) == (18.7, 14.0, 28.0)


@given(st.lists(money, min_size=2, max_size=5), weights, st.floats(0.1, 50))
def test_the_unit_does_not_matter(budgets, a, factor):
    one = fm.first_move(budgets, a, 0)
    other = fm.first_move([factor * value for value in budgets], a, 0)
    assert other.total == pytest.approx(factor * one.total, rel=1e-6)


@pytest.mark.parametrize(("call", "word"), [
    (lambda: fm.first_move([1], 0.5, 0), "budgets"),
    (lambda: fm.first_move([1, 2], 1, 0), "weight"),
    (lambda: fm.first_move([1, 2], 0.5, 2), "leader"),
    (lambda: fm.reply([1, 2], 0.5, -1), "given"),
    (lambda: fm.match(1, 10, 0.5, 5), "rate"),
    (lambda: fm.match(1, 10, 0.5, 0, 2), "own"),
])
def test_bad_inputs_are_named(call, word):
    with pytest.raises(ValueError, match=word):
        call()
