"""One stabiliser and two candidates: closed conditions against play, comparative statics, limits, symmetry."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionalism.models import leadership as ld

GDP = np.array([261.421121, 13.987628, 12.060602, 59.887335, 90.889149])
POPULATION = np.array([20.330104, 7.099750, 10.389799, 7.364438, 35.652307])

worths = st.lists(st.floats(0.1, 10), min_size=2, max_size=7)
unit = st.floats(0, 3)
pairs = st.tuples(unit, unit)
camps = st.integers(0, 3)


# --- one stabiliser


@given(worths, st.floats(0.5, 5), st.data())
def test_without_means_only_the_willing_contribute(worth, cost, data):
    leader = data.draw(st.integers(0, len(worth) - 1))
    found = ld.stabiliser(worth, cost, leader)
    assert list(found.contributors) == [place for place, value in enumerate(worth) if value >= cost - 1e-9]
    assert found.leader_cost == 0
    assert not found.gains.any()


@given(worths, st.floats(0.5, 5), st.floats(0, 20), st.floats(0, 5), st.floats(0, 1), st.data())
def test_leader_never_loses_and_books_balance(worth, cost, purse, threat, rate, data):
    leader = data.draw(st.integers(0, len(worth) - 1))
    found = ld.stabiliser(worth, cost, leader, purse, threat, rate)
    assert found.gains[leader] >= -1e-6
    assert found.subsidies.sum() <= purse + 1e-6
    assert leader not in (*found.paid, *found.threatened)
    assert set(found.contributors) == {*found.willing, *found.paid, *found.threatened}
    new = len(found.paid) + len(found.threatened)
    rate_cost = found.leader_cost - found.subsidies.sum()
    assert found.gains.sum() == pytest.approx(new * (sum(worth) - cost) - rate_cost, abs=1e-6)


@given(worths, st.floats(0.5, 5), st.floats(0, 10), st.floats(0, 5), st.floats(0, 5), st.data())
def test_more_means_reach_further_and_a_dearer_unit_less_far(worth, cost, purse, threat, more, data):
    leader = data.draw(st.integers(0, len(worth) - 1))
    reach = len(ld.stabiliser(worth, cost, leader, purse, threat).contributors)
    assert len(ld.stabiliser(worth, cost, leader, purse + more, threat).contributors) >= reach
    assert len(ld.stabiliser(worth, cost, leader, purse, threat + more).contributors) >= reach
    assert len(ld.stabiliser(worth, cost + more, leader, purse, threat).contributors) <= reach
    richer = [value + more * (place == leader) for place, value in enumerate(worth)]
    assert len(ld.stabiliser(richer, cost, leader, purse, threat).contributors) >= reach


def test_paying_and_threatening_reach_the_same_group_with_opposite_burdens():
    worth, cost = 10 * GDP / GDP.sum(), 2.5
    paid = ld.stabiliser(worth, cost, 0, budget=6)
    threatened = ld.stabiliser(worth, cost, 0, sanction=2.4, sanction_cost=0)
    assert paid.contributors == threatened.contributors == (0, 1, 2, 3, 4)
    assert threatened.gains[0] > paid.gains[0]
    assert (threatened.gains[1:] < paid.gains[1:]).all()


def test_a_small_purse_stops_after_the_first_follower_and_the_measure_decides_who_can_lead():
    worth = 10 * GDP / GDP.sum()
    assert ld.stabiliser(worth, 2.5, 0, budget=1).paid == (4,)
    assert ld.stabiliser(worth, 2.5, 0, budget=6).paid == (1, 2, 3, 4)
    assert ld.stabiliser(worth, 2.5, 4, budget=6).paid == (3,)
    people = 10 * POPULATION / POPULATION.sum()
    assert len(ld.stabiliser(people, 2.5, 4, budget=6).contributors) == 5
    assert not ld.stabiliser(people, 5, 0, budget=20).willing


# --- two candidates


def by_play(benefit, cost, prestige, dislike, rivalry, with_a):
    """The stable outcomes from the payoffs alone."""
    values = ld.payoffs(benefit, cost, prestige, dislike, rivalry, with_a)
    grid = {("L", "L"): "rivalry", ("L", "F"): "A", ("F", "L"): "B", ("F", "F"): "vacuum"}
    other = {"L": "F", "F": "L"}
    return {
        name for (a, b), name in grid.items()
        if values[grid[other[a], b]][0] <= values[name][0] + 1e-9
        and values[grid[a, other[b]]][1] <= values[name][1] + 1e-9
    }


@given(unit, unit, pairs, pairs, unit, camps)
def test_closed_conditions_are_the_equilibria(benefit, cost, prestige, dislike, rivalry, with_a):
    found = ld.rivals(benefit, cost, prestige, dislike, rivalry, with_a)
    assume(min(abs(number) for number in (*found.x, *found.y)) > 1e-6)
    assert set(found.stable) == by_play(benefit, cost, prestige, dislike, rivalry, with_a)


@given(unit, unit, pairs, pairs, unit, camps)
def test_exchanging_names_exchanges_results(benefit, cost, prestige, dislike, rivalry, with_a):
    names = {"A": "B", "B": "A", "rivalry": "rivalry", "vacuum": "vacuum"}
    one = ld.rivals(benefit, cost, prestige, dislike, rivalry, with_a)
    other = ld.rivals(benefit, cost, prestige[::-1], dislike[::-1], rivalry, 3 - with_a)
    assume(min(abs(number) for number in (*one.x, *one.y)) > 1e-6)
    assert {names[outcome] for outcome in one.stable} == set(other.stable)
    assert other.x == pytest.approx(one.x[::-1])


@given(unit, unit, pairs, pairs, unit, camps, unit)
def test_dislike_makes_rivalry_and_its_cost_unmakes_it(benefit, cost, prestige, dislike, rivalry, with_a, more):
    before = ld.rivals(benefit, cost, prestige, dislike, rivalry, with_a)
    proud = ld.rivals(benefit, cost, prestige, (dislike[0] + more, dislike[1] + more), rivalry, with_a)
    dear = ld.rivals(benefit, cost, prestige, dislike, rivalry + more, with_a)
    if "rivalry" in before.stable:
        assert "rivalry" in proud.stable
    if "rivalry" in dear.stable:
        assert "rivalry" in before.stable


@given(unit, unit, pairs, pairs, unit, camps, st.floats(0, 100))
def test_will_does_not_make_a_leader(benefit, cost, prestige, dislike, rivalry, with_a, more):
    """A's prestige is not in B's choice: where A would lead in any case, more of it changes nothing."""
    before = ld.rivals(benefit, cost, prestige, dislike, rivalry, with_a)
    after = ld.rivals(benefit, cost, (prestige[0] + more, prestige[1]), dislike, rivalry, with_a)
    assert after.x[1] == before.x[1]
    if before.y[0] >= 0:
        assert ("A" in after.stable) == ("A" in before.stable)


def test_vacuum_where_leading_costs_more_than_it_brings():
    assert ld.rivals(2, 3, (0, 0), (1, 1), 0.5, 2).stable == ("vacuum",)
    assert ld.rivals(2, 3, (0.5, 0.5), (1, 1), 0.5, 2).delivered_most == 0


def test_a_reluctant_second_state_leaves_one_leader():
    assert ld.rivals(2, 3, (2.5, 0.5), (2.5, 0.5), 0.5, 2).stable == ("A",)


def test_a_second_leader_lowers_what_is_delivered_in_the_same_field_and_not_in_another():
    same = ld.rivals(2, 3, (2.5, 2.5), (2.5, 2.5), 0.5, 2)
    assert same.stable == ("rivalry",)
    assert same.delivered_most == pytest.approx(0.6)
    mine, theirs = ld.rivals(2, 3, (2.5, 0.5), (2.5, 0.5), 0.5, 2), ld.rivals(2, 3, (0.5, 2.5), (0.5, 2.5), 0.5, 2)
    assert ld.division_of_labour([mine, theirs])
    assert mine.delivered_least == theirs.delivered_least == 1
    assert not ld.division_of_labour([mine, mine])
    assert not ld.division_of_labour([mine, theirs, same])


@given(unit, unit, pairs, pairs, unit, camps, st.sampled_from(["A", "B"]))
def test_one_leader_is_better_by_its_closed_form(benefit, cost, prestige, dislike, rivalry, with_a, leader):
    lead, follow = (0, 1) if leader == "A" else (1, 0)
    r, shares = ld.camp_share(with_a), (with_a / 3, 1 - with_a / 3)
    bound = 2 * (1 - r) * benefit + 2 * rivalry
    bound += (1 - shares[lead]) * prestige[lead] - shares[follow] * prestige[follow]
    assume(abs(bound - dislike[follow]) > 1e-6)
    better = ld.one_leader_is_better(benefit, cost, prestige, dislike, rivalry, with_a, leader)
    assert better == (dislike[follow] < bound)


def test_camps_and_followers():
    assert [ld.camp_share(side) for side in range(4)] == [0.8, 0.6, 0.6, 0.8]
    assert all(ld.camp_share(side) < 1 for side in range(4))
    assert ld.split_holds(2, 0.4, 1)
    assert not ld.split_holds(2, 0.3, 2)
    assert ld.split_holds(2, 0, 0)


def test_nothing_may_be_stable():
    found = ld.rivals(1, 2, (0.5, 2), (3, 0), 0.5, 2)
    assert found.stable == ()
    assert (found.delivered_least, found.delivered_most) == (0, 1)


@pytest.mark.parametrize(("call", "word"), [
    (lambda: ld.stabiliser([1], 1, 0), "benefits"),
    (lambda: ld.stabiliser([1, 2], 1, 2), "leader"),
    (lambda: ld.stabiliser([1, 2], 1, 0, sanction_cost=2), "sanction_cost"),
    (lambda: ld.rivals(1, 1, (1, 1), (1, 1), 1, 4), "with_a"),
    (lambda: ld.rivals(1, 1, (1,), (1, 1), 1, 1), "prestige"),
    (lambda: ld.rivals(1, 1, (1, 1), (1, -1), 1, 1), "dislike"),
    (lambda: ld.one_leader_is_better(1, 1, (1, 1), (1, 1), 1, 1, "C"), "leader"),
])
def test_bad_inputs_are_named(call, word):
    with pytest.raises(ValueError, match=word):
        call()
