"""The public good: closed forms, limits, comparative statics, and that nobody gains by deviating."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionalism.models import publicgoods as pg

GDP = np.array([261.421121, 13.987628, 12.060602, 59.887335, 90.889149])
POPULATION = np.array([20.330104, 7.099750, 10.389799, 7.364438, 35.652307])

weights = st.floats(0.1, 0.9)
thetas = st.floats(0, 1)
money = st.floats(1, 300)
budget_lists = st.lists(money, min_size=2, max_size=6)
kinds = st.sampled_from([("sum", None), ("weakest", None), ("best", None), ("ces", -20.0), ("ces", -1.0),
                         ("ces", 0.5), ("ces", 0.9), ("ces", 3.0)])


def utility(place, g, budgets, a, theta, kind, cost, rho):
    kept = budgets[place] - cost[place] * g[place]
    reached = pg.level(g, theta, kind, rho)[place]
    return kept ** (1 - a) * reached**a


# --- spillovers and levels

def test_spillover_matrix_has_ones_on_the_diagonal():
    assert pg.spillover_matrix(3, 0.25).tolist() == [[1, 0.25, 0.25], [0.25, 1, 0.25], [0.25, 0.25, 1]]


def test_border_spillovers_count_first_and_second_neighbours():
    line = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]
    assert pg.border_spillovers(line)[0].tolist() == [1, 1, 0.5, 0]
    assert pg.border_spillovers(line, 0.4, 0.1)[1].tolist() == [0.4, 1, 0.4, 0.1]


def test_levels_by_hand():
    g = [3.0, 1.0, 2.0]
    assert pg.level(g, 0.5, "sum").tolist() == [4.5, 3.5, 4.0]
    assert pg.level(g, 0.5, "weakest").tolist() == [1, 1, 1]
    assert pg.level(g, 0.5, "best").tolist() == [3, 3, 3]
    assert pg.level(g, 1, "ces", 2) == pytest.approx(math.sqrt(14))
    assert pg.level(g, 0.5, "ces", -1) == pytest.approx([1 / (1 / 3 + 0.75), 1 / (1 + 5 / 12), 1 / (1 / 2 + 2 / 3)])


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=6), thetas)
def test_ces_runs_from_the_minimum_over_the_sum_to_the_maximum(g, theta):
    assert pg.level(g, theta, "ces", 1.0) == pytest.approx(pg.level(g, theta, "sum"))
    assert pg.level(g, 1, "ces", -800.0) == pytest.approx(min(g), rel=0.01)
    assert pg.level(g, 1, "ces", 800.0) == pytest.approx(max(g), rel=0.01)


def test_ces_with_negative_rho_needs_every_contribution_that_reaches_a_state():
    assert pg.level([1.0, 0.0], 1, "ces", -1).tolist() == [0, 0]
    assert pg.level([1.0, 0.0], 0, "ces", -1).tolist() == [1, 0]
    assert pg.level([1.0, 0.0], 1, "ces", 0.5).tolist() == [1, 1]
    assert pg.level([0.0, 0.0], 1, "ces", 0.5).tolist() == [0, 0]


# --- equilibrium: nobody gains by deviating

@given(budget_lists, weights, thetas, kinds, st.floats(0.5, 2))
def test_no_state_gains_by_deviating(budgets, a, theta, kind, price):
    budgets, (kind, rho) = np.array(budgets), kind
    cost = np.linspace(1, price, budgets.size)
    g = pg.nash(budgets, a, theta, kind, cost, rho).contributions
    for place in range(budgets.size):
        here = utility(place, g, budgets, a, theta, kind, cost, rho)
        for share in np.concatenate([np.linspace(0, 0.995, 80), [a * 0.999, a]]):
            other = g.copy()
            other[place] = share * budgets[place] / cost[place]
            assert utility(place, other, budgets, a, theta, kind, cost, rho) <= here * (1 + 1e-9)


def test_no_state_gains_by_deviating_with_border_spillovers():
    theta = np.array([[1, .5, 0], [.5, 1, .9], [0, .9, 1]])
    budgets, cost = np.array([9.0, 5.0, 7.0]), np.ones(3)
    g = pg.nash(budgets, 0.3, theta, "sum").contributions
    for place in range(3):
        for share in np.linspace(0, 0.99, 200):
            other = g.copy()
            other[place] = share * budgets[place]
            assert (utility(place, other, budgets, 0.3, theta, "sum", cost, None)
                    <= utility(place, g, budgets, 0.3, theta, "sum", cost, None) * (1 + 1e-9))


def share_function_solution(budgets, a, theta, cost):
    """An independent way to the same equilibrium: who gives is found by sorting (Cornes and Hartley)."""
    size = budgets / cost
    order = np.argsort(-size)
    for many in range(1, size.size + 1):
        giving = order[:many]
        total = a * size[giving].sum() / (1 - (1 - a) * theta + many * (1 - a) * theta)
        g = np.maximum(0, a * size - (1 - a) * theta * total) / (1 - (1 - a) * theta)
        if np.count_nonzero(g > 1e-12) == many and math.isclose(g.sum(), total, rel_tol=1e-9):
            return g
    raise AssertionError("no solution found")


@given(st.lists(money, min_size=2, max_size=15, unique=True), weights, thetas)
def test_sum_agrees_with_the_share_function(budgets, a, theta):
    budgets = np.array(budgets)
    cost = np.linspace(0.5, 2, budgets.size)
    expected = share_function_solution(budgets, a, theta, cost)
    assert pg.nash(budgets, a, theta, "sum", cost).contributions == pytest.approx(expected, abs=1e-7)


@given(st.integers(2, 15), weights, thetas, money)
def test_identical_states_have_a_closed_form(n, a, theta, budget):
    result = pg.nash([budget] * n, a, theta, "sum")
    assert result.contributions == pytest.approx(a * budget / (1 + (1 - a) * theta * (n - 1)))
    full = pg.nash([budget] * n, a, 1, "sum")
    assert full.level == pytest.approx(a * n * budget / (a + (1 - a) * n))


@given(st.integers(2, 8), weights, thetas, st.sampled_from([-20.0, -1.0, 0.5, 0.9]))
def test_identical_states_give_the_same_for_every_rho_up_to_one(n, a, theta, rho):
    expected = pg.nash([10.0] * n, a, theta, "sum").contributions
    assert pg.nash([10.0] * n, a, theta, "ces", rho=rho).contributions == pytest.approx(expected)


def test_the_solver_settles_where_simultaneous_replies_swing_for_ever():
    a, n = 0.2, 10
    g = np.zeros(n)
    for _ in range(101):
        g = np.maximum(0, a * 10 - (1 - a) * (g.sum() - g))
    assert set(g.round(9)) == {2.0}  # everyone gives 2, then nobody, then everyone
    assert pg.nash([10.0] * n, a, 1, "sum").contributions == pytest.approx(2 / (1 + 0.8 * 9))


@given(budget_lists, weights)
def test_with_full_spillover_a_state_gives_iff_its_budget_is_large_enough(budgets, a):
    result = pg.nash(budgets, a, 1, "sum")
    total = result.level[0]
    for place, budget in enumerate(budgets):
        edge = (1 - a) / a * total
        assume(abs(budget - edge) > 1e-6 * edge)
        assert (place in result.providers) == (budget > edge)


@given(budget_lists, weights, st.floats(0.01, 0.99))
def test_small_transfers_among_contributors_change_nothing(budgets, a, part):
    before = pg.nash(budgets, a, 1, "sum")
    assume(len(before.providers) >= 2)
    giver, receiver = before.providers[:2]
    moved = pg.transfer(budgets, giver, receiver, part * before.contributions[giver])
    after = pg.nash(moved, a, 1, "sum")
    assert after.level == pytest.approx(before.level)
    assert after.utilities == pytest.approx(before.utilities)


def test_a_transfer_from_a_free_rider_to_the_provider_raises_the_level():
    before = pg.nash(GDP, 0.3, 1, "sum")
    after = pg.nash(pg.transfer(GDP, 3, 0, 10), 0.3, 1, "sum")
    assert before.providers == after.providers == (0,)
    assert after.level[0] - before.level[0] == pytest.approx(0.3 * 10)


def test_rho_one_is_the_sum():
    assert (pg.nash(GDP, 0.4, 0.3, "ces", rho=1).contributions
            == pytest.approx(pg.nash(GDP, 0.4, 0.3, "sum").contributions))
    near = pg.nash(GDP, 0.4, 0.3, "ces", rho=0.999).contributions
    assert near == pytest.approx(pg.nash(GDP, 0.4, 0.3, "sum").contributions, rel=0.005, abs=0.1)


def test_very_negative_rho_stays_within_the_weakest_link_range():
    low, high = pg.weakest_link_range(GDP, 0.4)
    result = pg.nash(GDP, 0.4, 1, "ces", rho=-200)
    assert np.all((result.level >= low) & (result.level <= high * 1.01))
    assert result.contributions.max() / result.contributions.min() < 1.05


def test_very_large_rho_gives_the_lonely_provider():
    assert (pg.nash(GDP, 0.4, 1, "ces", rho=50).contributions
            == pytest.approx(pg.nash(GDP, 0.4, 1, "best").contributions, abs=1e-6))


# --- weakest link and best shot: all equilibria

@given(budget_lists, weights, st.floats(0, 1))
def test_every_common_level_in_the_weakest_link_range_is_an_equilibrium(budgets, a, part):
    budgets, cost = np.array(budgets), np.ones(len(budgets))
    low, high = pg.weakest_link_range(budgets, a)
    assert low == 0
    assert high == pytest.approx(a * budgets.min())
    g = np.full(budgets.size, part * high)
    for place in range(budgets.size):
        here = utility(place, g, budgets, a, 1, "weakest", cost, None)
        for share in np.linspace(0, 0.99, 30):
            other = g.copy()
            other[place] = share * budgets[place]
            assert utility(place, other, budgets, a, 1, "weakest", cost, None) <= here * (1 + 1e-9) + 1e-12


def test_above_the_range_the_weakest_gives_less():
    budgets, a = np.array([10.0, 4.0]), 0.5
    g = np.full(2, 1.01 * pg.weakest_link_range(budgets, a)[1])
    less = np.array([g[0], 0.995 * g[1]])
    assert (utility(1, less, budgets, a, 1, "weakest", np.ones(2), None)
            > utility(1, g, budgets, a, 1, "weakest", np.ones(2), None))


@given(budget_lists, weights, st.floats(0.5, 2))
def test_best_shot_equilibria_by_brute_force(budgets, a, price):
    budgets = np.array(budgets)
    cost = np.linspace(1, price, budgets.size)
    found = pg.best_shot_equilibria(budgets, a, cost)
    assert int(np.argmax(budgets / cost)) in found
    for provider in range(budgets.size):
        level = a * budgets[provider] / cost[provider]
        gains = []
        for other in set(range(budgets.size)) - {provider}:
            free = budgets[other] ** (1 - a) * level**a
            own = ((1 - a) * budgets[other]) ** (1 - a) * max(a * budgets[other] / cost[other], level) ** a
            gains.append(own / free - 1)
        assume(abs(max(gains)) > 1e-9)
        assert (provider in found) == (max(gains) < 0)


def test_equal_states_can_each_be_the_lonely_provider():
    assert pg.best_shot_equilibria([10.0] * 5, 0.3) == (0, 1, 2, 3, 4)
    assert pg.nash([10.0] * 5, 0.3, 1, "best").providers == (0,)


def test_helping_the_weakest_raises_the_level_for_all():
    before = pg.nash(GDP, 0.3, 1, "weakest")
    after = pg.nash(pg.transfer(GDP, 0, 2, 1.0), 0.3, 1, "weakest")
    assert after.level[0] - before.level[0] == pytest.approx(0.3)
    assert np.all(after.utilities > before.utilities)


def test_aid_is_the_best_that_the_donor_can_do():
    for donor in range(5):
        aid = pg.aid_to_weakest(GDP, 0.3, donor)
        common = np.linspace(aid.level_before, 0.3 * GDP[donor], 4_000)
        given_away = np.maximum(common[:, None] / 0.3 - np.delete(GDP, donor), 0).sum(axis=1)
        kept = GDP[donor] - given_away - common
        worth = np.where(kept > 0, np.maximum(kept, 1e-9) ** 0.7 * common**0.3, 0)
        assert aid.level_after == pytest.approx(common[np.argmax(worth)], abs=0.05)
        assert aid.gain == pytest.approx(worth.max() / worth[0] - 1, abs=1e-4)
        assert sum(aid.receipts) == pytest.approx(aid.amount)


def test_aid_leads_to_an_equilibrium_at_the_higher_level():
    aid = pg.aid_to_weakest(GDP, 0.3, 0)
    after = GDP + np.array(aid.receipts)
    after[0] -= aid.amount
    assert pg.nash(after, 0.3, 1, "weakest").level[0] == pytest.approx(aid.level_after)
    assert aid.receipts[2] > aid.receipts[1] > 0
    assert pg.aid_to_weakest([10.0, 10.0, 10.0], 0.3, 0).amount == 0


# --- comparative statics, symmetry, scale

@given(st.integers(2, 15), weights, st.floats(0, 0.95))
def test_more_spillover_means_smaller_contributions_and_more_security(n, a, theta):
    less, more = (pg.nash([10.0] * n, a, t, "sum") for t in (theta, theta + 0.05))
    assert more.contributions[0] < less.contributions[0]
    assert more.level[0] > less.level[0]


@given(budget_lists, st.floats(0.1, 0.85), thetas, kinds)
def test_a_larger_weight_never_lowers_the_sum_of_levels(budgets, a, theta, kind):
    kind, rho = kind
    assume(rho is None or rho <= 1)
    less, more = (pg.nash(budgets, w, theta, kind, rho=rho).level.sum() for w in (a, a + 0.05))
    assert more >= less * (1 - 1e-9)


@given(st.integers(2, 14), st.floats(0.1, 0.85))
def test_the_ratio_to_the_optimum_falls_with_the_number_and_rises_with_the_weight(n, a):
    def ratio(many, weight):
        one = pg.nash([10.0] * many, weight, 1, "sum")
        return one.level[0] / pg.joint_optimum([10.0] * many, weight, 1, "sum").level[0]

    assert ratio(n, a) == pytest.approx(1 / (a + (1 - a) * n))
    assert ratio(n + 1, a) < ratio(n, a) < ratio(n, a + 0.05)


@given(st.permutations(range(5)), weights, thetas, kinds, st.booleans())
def test_states_may_stand_in_any_order(order, a, theta, kind, pooled):
    kind, rho = kind
    order = list(order)
    for solve in (pg.nash, lambda *x, **y: pg.joint_optimum(*x, side_payments=pooled, **y)):
        straight, turned = solve(GDP, a, theta, kind, rho=rho), solve(GDP[order], a, theta, kind, rho=rho)
        assert turned.level == pytest.approx(straight.level[order], rel=1e-5)
        assert turned.contributions == pytest.approx(straight.contributions[order], rel=1e-4, abs=1e-3)


@given(st.floats(1e-3, 1e3), weights, thetas, kinds, st.booleans())
def test_the_unit_of_the_budgets_does_not_matter(scale, a, theta, kind, pooled):
    kind, rho = kind
    for solve in (pg.nash, lambda *x, **y: pg.joint_optimum(*x, side_payments=pooled, **y)):
        small, large = solve(GDP, a, theta, kind, rho=rho), solve(scale * GDP, a, theta, kind, rho=rho)
        assert large.level == pytest.approx(scale * small.level)
        assert large.shares == pytest.approx(small.shares, abs=1e-9)


def test_without_spillover_each_state_gives_its_own_share_and_nothing_is_lost():
    for solve in (pg.nash, pg.joint_optimum):
        assert solve(GDP, 0.3, 0, "sum").contributions == pytest.approx(0.3 * GDP)
    assert pg.shortfall(pg.nash(GDP, 0.3, 0, "sum"), pg.joint_optimum(GDP, 0.3, 0, "sum")) < 1e-12


def test_a_dear_contribution_is_a_smaller_one():
    result = pg.nash([10.0, 10.0], 0.5, 0, "sum", cost=[1, 2])
    assert result.contributions == pytest.approx([5, 2.5])
    assert result.payments == pytest.approx([5, 5])
    assert result.shares == pytest.approx([0.5, 0.5])


def test_the_limit_of_the_lonely_provider():
    for budgets, theta in ((GDP, 1.0), (GDP, 0.5), (POPULATION, 0.8)):
        limit = pg.lonely_provider_limit(budgets, theta)
        largest = (int(np.argmax(budgets)),)
        assert pg.nash(budgets, limit - 0.01, theta, "sum").providers == largest
        assert len(pg.nash(budgets, limit + 0.01, theta, "sum").providers) == 2
    assert pg.lonely_provider_limit(GDP, 0.25) == 0
    assert len(pg.nash(GDP, 0.02, 0.25, "sum").providers) > 1


# --- the linear-quadratic variant

@given(st.lists(st.floats(0.1, 5), min_size=2, max_size=6), thetas, st.floats(0.2, 5))
def test_quadratic_gain_has_a_closed_form_and_is_never_negative(benefits, theta, slope):
    alone = pg.quadratic_nash(benefits, theta, slope)
    joint = pg.quadratic_joint_optimum(benefits, theta, slope)
    gain = pg.quadratic_gain(benefits, theta, slope)
    assert gain >= 0
    assert joint.welfare - alone.welfare == pytest.approx(gain, rel=1e-7, abs=1e-9)


def test_quadratic_solutions_against_small_changes():
    benefits, theta, k = np.array([1.0, 3.0]), np.array([[1, 0.2], [0.7, 1]]), 2.0
    alone, joint = pg.quadratic_nash(benefits, theta, k), pg.quadratic_joint_optimum(benefits, theta, k)
    assert alone.contributions.tolist() == [0.5, 1.5]
    assert joint.contributions == pytest.approx([(1 + 0.7 * 3) / 2, (3 + 0.2) / 2])
    for place in range(2):
        for change in (-0.01, 0.01):
            g = joint.contributions.copy()
            g[place] += change
            assert (benefits * (theta @ g) - k * g**2 / 2).sum() < joint.welfare
            g = alone.contributions.copy()
            g[place] += change
            assert benefits[place] * (theta @ g)[place] - k * g[place] ** 2 / 2 < alone.utilities[place]


# --- refusals

@pytest.mark.parametrize(("change", "named"), [
    ({"budgets": [1.0]}, "budgets"), ({"budgets": [1.0, -1.0]}, "budgets"),
    ({"budgets": [1.0, float("nan")]}, "budgets"), ({"budgets": ["a", "b"]}, "budgets"),
    ({"budgets": [[1.0, 2.0]]}, "budgets"),
    ({"weight": 0}, "weight"), ({"weight": 1}, "weight"), ({"weight": "0.3"}, "weight"),
    ({"theta": 1.1}, "theta"), ({"theta": -0.1}, "theta"), ({"theta": [[1, 0]]}, "theta"),
    ({"theta": [[0.5, 0], [0, 1]]}, "theta"), ({"theta": [[1, 2], [0, 1]]}, "theta"),
    ({"theta": float("nan")}, "theta"),
    ({"aggregator": "mean"}, "aggregator"), ({"cost": 0}, "cost"), ({"cost": [1, 2, 3]}, "cost"),
    ({"aggregator": "ces"}, "rho"), ({"aggregator": "ces", "rho": 0.0}, "rho"),
    ({"weights": "size"}, "weights"), ({"weights": [1.0, 0.0]}, "weights"),
])
@pytest.mark.parametrize("solve", [pg.nash, pg.joint_optimum])
def test_bad_input_is_refused_by_name(solve, change, named):
    good = {"budgets": [1.0, 2.0], "weight": 0.3, "theta": 0.5, "aggregator": "sum"}
    with pytest.raises(ValueError, match=named):
        solve(**{**good, **change})


def test_other_refusals():
    with pytest.raises(ValueError, match="g is"):
        pg.level([1.0, -1.0], 1, "sum")
    with pytest.raises(ValueError, match="receiver"):
        pg.transfer([1.0, 2.0], 0, 2, 0.5)
    with pytest.raises(ValueError, match="amount"):
        pg.transfer([1.0, 2.0], 0, 1, 1.0)
    with pytest.raises(ValueError, match="donor"):
        pg.aid_to_weakest([1.0, 2.0], 0.3, 5)
    with pytest.raises(ValueError, match="theta"):
        pg.lonely_provider_limit([1.0, 2.0], np.eye(2))
    with pytest.raises(ValueError, match="symmetric"):
        pg.border_spillovers([[0, 1], [0, 0]])
    with pytest.raises(ValueError, match="slope"):
        pg.quadratic_nash([1.0, 2.0], 0.5, 0)
    with pytest.raises(ValueError, match="g has"):
        pg.welfare_of([1.0], GDP, 0.3, 1, "sum")
