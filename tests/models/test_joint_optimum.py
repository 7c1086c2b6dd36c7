"""What states would provide together: closed forms, conditions of an optimum, and an outside solver."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regionalism.models import publicgoods as pg

GDP = np.array([261.421121, 13.987628, 12.060602, 59.887335, 90.889149])

weights = st.floats(0.1, 0.9)
thetas = st.floats(0, 1)
budget_lists = st.lists(st.floats(1, 300), min_size=2, max_size=6)
kinds = st.sampled_from([("sum", None), ("weakest", None), ("best", None), ("ces", -20.0), ("ces", -1.0),
                         ("ces", 0.5), ("ces", 0.9), ("ces", 3.0)])
counting = st.sampled_from(["budget", "equal"])


@given(budget_lists, weights, counting, st.booleans())
def test_the_total_at_full_spillover_is_the_share_a_of_all_budgets(budgets, a, by, pooled):
    result = pg.joint_optimum(budgets, a, 1, "sum", weights=by, side_payments=pooled)
    if pooled or by == "budget" or len(result.providers) == len(budgets):
        assert result.level == pytest.approx(a * sum(budgets), rel=1e-6)
    else:
        # Equal weights ask the rich for more than that once the poor can't be asked for less than nothing.
        assert result.level[0] >= a * sum(budgets) * (1 - 1e-7)


def test_equal_weights_without_side_payments_leave_equal_private_means():
    budgets, a = np.array([10.0, 9.0, 8.0]), 0.5
    result = pg.joint_optimum(budgets, a, 1, "sum", weights="equal", side_payments=False)
    assert budgets - result.payments == pytest.approx([4.5] * 3)
    corner = pg.joint_optimum(GDP, 0.3, 1, "sum", weights="equal", side_payments=False)
    assert corner.providers == (0, 4)
    assert corner.level[0] > 0.3 * GDP.sum()


@given(budget_lists, weights, thetas, kinds)
def test_in_a_common_fund_each_state_pays_the_same_share(budgets, a, theta, kind):
    kind, rho = kind
    result = pg.joint_optimum(budgets, a, theta, kind, rho=rho)
    assert result.shares == pytest.approx([a] * len(budgets))
    assert result.contributions.sum() == pytest.approx(a * sum(budgets), rel=1e-6)


@given(budget_lists, weights, thetas, kinds, counting)
def test_side_payments_never_lower_welfare(budgets, a, theta, kind, by):
    kind, rho = kind
    with_them, without = (pg.joint_optimum(budgets, a, theta, kind, rho=rho, weights=by, side_payments=flag)
                          for flag in (True, False))
    alone = pg.nash(budgets, a, theta, kind, rho=rho, weights=by)
    assert with_them.welfare >= without.welfare - 1e-9
    assert without.welfare >= alone.welfare - 1e-9


@given(st.integers(0, 10_000), weights, thetas, kinds, counting)
def test_no_random_profile_does_better(seed, a, theta, kind, by):
    kind, rho = kind
    best = pg.joint_optimum(GDP, a, theta, kind, rho=rho, weights=by, side_payments=False)
    assert best.welfare == pytest.approx(pg.welfare_of(best.contributions, GDP, a, theta, kind, rho=rho, weights=by))
    chance = random.Random(seed)
    for _ in range(15):
        near = best.contributions * [chance.uniform(0.8, 1.25) for _ in GDP]
        far = GDP * [chance.random() for _ in GDP]
        for g in (near, far):
            assert pg.welfare_of(g, GDP, a, theta, kind, rho=rho, weights=by) <= best.welfare + 1e-9


@given(st.integers(0, 10_000), weights, thetas, kinds, counting)
def test_no_random_use_of_the_fund_does_better(seed, a, theta, kind, by):
    kind, rho = kind
    best = pg.joint_optimum(GDP, a, theta, kind, rho=rho, weights=by)
    counts = GDP / GDP.sum() if by == "budget" else np.full(5, 0.2)
    chance = random.Random(seed)
    for _ in range(15):
        g = best.contributions * [chance.uniform(0.7, 1.4) for _ in GDP] + chance.choice([0, 1, 20])
        kept = (GDP.sum() - g.sum()) * counts
        if kept.min() > 0:
            worth = counts @ ((1 - a) * np.log(kept) + a * np.log(pg.level(g, theta, kind, rho)))
            assert worth <= best.welfare + 1e-9


def slopes(result, budgets, a, spill, cost, counts, pooled):
    """Return the slope of welfare in each contribution (aggregator sum), in units of 1/budget."""
    kept = budgets - result.payments
    price = (1 - a) * cost / (budgets - cost * result.contributions).sum() if pooled else (
        (1 - a) * counts * cost / kept)
    return (a * spill.T @ (counts / result.level) - price) * budgets.mean()


@given(budget_lists, weights, st.integers(0, 10_000), st.booleans(), counting)
def test_the_sum_meets_the_conditions_of_an_optimum(budgets, a, seed, pooled, by):
    budgets, chance = np.array(budgets), random.Random(seed)
    spill = np.array([[chance.random() for _ in budgets] for _ in budgets])
    np.fill_diagonal(spill, 1)
    cost = np.array([chance.uniform(0.5, 2) for _ in budgets])
    counts = budgets / budgets.sum() if by == "budget" else np.full(budgets.size, 1 / budgets.size)
    result = pg.joint_optimum(budgets, a, spill, "sum", cost, weights=by, side_payments=pooled)
    slope = slopes(result, budgets, a, spill, cost, counts, pooled)
    giving = np.isin(np.arange(budgets.size), result.providers)
    assert np.abs(slope[giving]).max() < 1e-5
    assert slope[~giving].max(initial=-1) < 1e-6


@pytest.mark.parametrize("by", ["budget", "equal"])
@pytest.mark.parametrize(("kind", "rho", "theta"), [("sum", None, 0.25), ("sum", None, 0.9), ("ces", -3.0, 0.5),
                                                    ("ces", 0.6, 0.5)])
def test_an_outside_solver_finds_the_same(kind, rho, theta, by):
    optimize = pytest.importorskip("scipy.optimize")
    result = pg.joint_optimum(GDP, 0.4, theta, kind, rho=rho, weights=by, side_payments=False)
    found = optimize.minimize(
        lambda share: -pg.welfare_of(np.clip(share, 0, 0.999) * GDP, GDP, 0.4, theta, kind, rho=rho, weights=by),
        np.full(5, 0.3), bounds=[(1e-9, 0.99)] * 5, method="L-BFGS-B", options={"ftol": 1e-14, "maxiter": 500})
    assert -found.fun <= result.welfare + 1e-9
    assert -found.fun == pytest.approx(result.welfare, abs=1e-5)


@given(budget_lists, weights, counting, st.floats(0.5, 2))
def test_the_weakest_link_against_a_fine_grid(budgets, a, by, price):
    budgets = np.array(budgets)
    cost = np.linspace(1, price, budgets.size)
    counts = budgets / budgets.sum() if by == "budget" else np.full(budgets.size, 1 / budgets.size)
    common = np.min(budgets / cost) * np.linspace(0.0005, 0.9995, 2_000)
    worth = (1 - a) * np.log(budgets - np.outer(common, cost)) @ counts + a * np.log(common)
    result = pg.joint_optimum(budgets, a, 1, "weakest", cost, weights=by, side_payments=False)
    assert result.welfare >= worth.max() - 1e-9
    assert result.level[0] >= pg.weakest_link_range(budgets, a, cost)[1] * (1 - 1e-9)
    fund = pg.joint_optimum(budgets, a, 1, "weakest", cost, weights=by)
    assert fund.level[0] == pytest.approx(a * budgets.sum() / cost.sum())


def test_the_best_shot_has_one_provider():
    fund = pg.joint_optimum(GDP, 0.3, 1, "best", cost=[2, 1, 1, 1, 1])
    assert fund.providers == (4,)  # the largest of the cheapest
    assert fund.level[0] == pytest.approx(0.3 * GDP.sum())
    alone = pg.joint_optimum([10.0] * 5, 0.3, 1, "best", side_payments=False)
    assert len(alone.providers) == 1
    assert alone.level[0] == pytest.approx(0.3 * 10 / (0.7 / 5 + 0.3))


def test_with_full_spillover_the_cheapest_make_the_effort():
    result = pg.joint_optimum(GDP, 0.3, 1, "sum", cost=[2, 1, 1, 2, 2])
    assert result.providers == (1, 2)
    assert result.level[0] == pytest.approx(0.3 * GDP.sum())


@given(budget_lists, weights, st.floats(0, 0.99))
def test_the_fund_with_equal_costs_fills_the_lowest_levels_first(budgets, a, theta):
    """With equal costs each state is brought up to a level in step with its weight, or keeps what spills over."""
    budgets = np.array(budgets)
    result = pg.joint_optimum(budgets, a, theta, "sum")
    per_weight = result.level / budgets
    giving = np.isin(np.arange(budgets.size), result.providers)
    assert per_weight[giving] == pytest.approx(per_weight[giving][0], rel=1e-4)
    assert np.all(per_weight[~giving] >= per_weight[giving][0] * (1 - 1e-4))


# --- who pays: the level does not depend on it, the consent of all does

@given(budget_lists, weights, thetas, st.sampled_from(["sum", "weakest", "best"]))
def test_how_the_gain_is_shared_does_not_change_the_sum_of_levels(budgets, a, theta, kind):
    sums = [pg.joint_optimum(budgets, a, theta, kind, weights=by).level.sum() for by in ("budget", "equal", "gain")]
    assert sums == pytest.approx([sums[0]] * 3, rel=1e-6)


@given(budget_lists, weights, thetas, st.sampled_from([("sum", None), ("weakest", None), ("best", None),
                                                      ("ces", -5.0), ("ces", 0.5)]))
# Steps of one length swing round the aim here without end.
@example([1.0, 2.0], 0.890625, 0.5546875, ("sum", None))
def test_equal_gains_are_equal_and_never_losses(budgets, a, theta, kind):
    kind, rho = kind
    alone = pg.nash(budgets, a, theta, kind, rho=rho)
    joint = pg.joint_optimum(budgets, a, theta, kind, rho=rho, weights="gain")
    gains = joint.utilities / alone.utilities
    assert gains == pytest.approx([gains[0]] * len(budgets), rel=1e-5)
    assert gains[0] >= 1 - 1e-6
    assert joint.payments.sum() == pytest.approx(a * sum(budgets))


def test_equal_gains_with_full_spillover_have_a_closed_form():
    alone = pg.nash(GDP, 0.3, 1, "sum")
    joint = pg.joint_optimum(GDP, 0.3, 1, "sum", weights="gain")
    kept = (alone.utilities / joint.level**0.3) ** (1 / 0.7)
    rise = 0.7 * GDP.sum() / kept.sum()
    assert GDP - joint.payments == pytest.approx(rise * kept, rel=1e-5)
    assert joint.shares == pytest.approx([0.403, 0.147, 0.147, 0.147, 0.147], abs=0.001)


def test_equal_gains_need_side_payments_and_one_optimum():
    with pytest.raises(ValueError, match="gain"):
        pg.joint_optimum(GDP, 0.3, 1, "sum", weights="gain", side_payments=False)
    with pytest.raises(ValueError, match="gain"):
        pg.joint_optimum(GDP, 0.3, 1, "ces", rho=3, weights="gain")


# --- the shortfall

@given(budget_lists, weights, thetas, kinds, st.booleans())
def test_the_shortfall_lies_between_nothing_and_everything(budgets, a, theta, kind, pooled):
    kind, rho = kind
    alone = pg.nash(budgets, a, theta, kind, rho=rho)
    joint = pg.joint_optimum(budgets, a, theta, kind, rho=rho, side_payments=pooled)
    gap = pg.shortfall(alone, joint)
    assert 0 <= gap < 1
    if rho is None:
        assert alone.level.sum() <= joint.level.sum() * (1 + 1e-7)


@given(st.integers(2, 15), weights, thetas)
def test_the_shortfall_of_equal_states(n, a, theta):
    budgets = [10.0] * n
    for pooled in (True, False):
        joint = pg.joint_optimum(budgets, a, theta, "sum", side_payments=pooled)
        expected = 1 - 1 / (1 + (1 - a) * theta * (n - 1))
        assert pg.shortfall(pg.nash(budgets, a, theta, "sum"), joint) == pytest.approx(expected, abs=1e-7)


@given(budget_lists, weights, thetas)
def test_the_shortfall_of_the_sum_is_the_missing_part_of_the_fund(budgets, a, theta):
    alone = pg.nash(budgets, a, theta, "sum")
    gap = pg.shortfall(alone, pg.joint_optimum(budgets, a, theta, "sum"))
    assert gap == pytest.approx(1 - alone.contributions.sum() / (a * sum(budgets)), abs=1e-6)


def test_equal_states_at_the_weakest_link_lose_nothing():
    budgets = [10.0] * 5
    for pooled in (True, False):
        joint = pg.joint_optimum(budgets, 0.3, 1, "weakest", side_payments=pooled)
        assert pg.shortfall(pg.nash(budgets, 0.3, 1, "weakest"), joint) < 1e-9


def test_small_states_may_prefer_a_lonely_provider_to_an_equal_share():
    """A finding against the argument: with full spillover the free riders would not sign."""
    alone, joint = pg.nash(GDP, 0.3, 1, "sum"), pg.joint_optimum(GDP, 0.3, 1, "sum")
    gains = joint.utilities / alone.utilities - 1
    assert gains[0] > 0
    assert np.all(gains[1:] < 0)
