"""Make, pool or buy: the curriculum's numbers, closed forms, comparative statics, and that nobody gains by a step."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regionalism.models import external as ex

share = st.floats(0, 1)
weight = st.floats(0, 2)
weights = st.lists(weight, min_size=2, max_size=5)
fields = {
    "returns": st.floats(0, 0.7), "running": st.floats(0, 0.5), "depth": st.floats(0, 0.4),
    "legitimacy": st.floats(0, 0.3), "price": st.floats(0.1, 1), "hierarchy": st.floats(0.45, 1),
    "abandonment": st.floats(0, 0.5), "loss": st.floats(0, 5), "catalyst": share,
}
full = st.builds(ex.Terms, **fields)
limited = st.builds(ex.Terms, ceiling=st.floats(0.3, 1), exclusion=st.booleans(), gap_loss=st.floats(1, 3), **fields)


# --- the curriculum's numbers

def test_numbers_of_the_curriculum():
    assert round(ex.alone_cost(0.3), 2) == 1
    assert round(ex.buying_cost(0.3), 2) == 0.72
    assert round(ex.pooling_cost(0.3, 1), 2) == 1.16
    assert round(ex.pooling_cost(0.3, 5), 2) == 0.69


def test_nobody_errs_alone_and_all_err_together():
    costs = ex.menu([0.3] * 5)
    assert ex.stable_pools(costs) == (frozenset(), frozenset(range(5)))
    assert ex.choices(costs, frozenset()) == ("buy",) * 5
    bought, pooled = ex.outcome(costs, []), ex.outcome(costs, range(5))
    assert (pooled < bought).all()
    assert ex.best_pool(costs) == frozenset(range(5))
    assert ex.cheapest(costs, 0) == ("buy",) * 5
    assert ex.cheapest(costs, 4) == ("pool",) * 5


def test_a_second_supplier_makes_the_pool_unstable():
    costs = ex.menu([0.15, 0.225, 0.3, 0.375, 0.45], ex.Terms(hierarchy=0.3))
    assert ex.stable_pools(costs) == (frozenset(),)
    assert ex.best_pool(costs) == frozenset(range(5)), "yet together they would pay least in the pool"


def test_a_supplier_that_fails_does_not_make_a_pool():
    costs = ex.menu([0.3] * 5, ex.Terms(price=0.7, abandonment=0.3))
    assert ex.stable_pools(costs) == (frozenset(), frozenset(range(5)))
    assert ex.choices(costs, frozenset()) == ("alone",) * 5


# --- closed forms

@given(weight, full, st.integers(1, 5))
def test_costs_are_the_formula(a, t, m):
    assert ex.buying_cost(a, t) == pytest.approx(t.price + a * t.hierarchy + t.abandonment * t.loss)
    assert ex.alone_cost(a, t) == pytest.approx(1)
    pool = m**-t.returns + t.running * (1 - t.catalyst) + a * t.depth - t.legitimacy
    assert ex.pooling_cost(a, m, t) == pytest.approx(pool)


@given(full, st.integers(1, 5))
def test_flip_between_buying_and_pooling_is_the_closed_form(t, m):
    t = replace(t, catalyst=0.0)
    closed = (m**-t.returns + t.running - t.legitimacy - t.price - t.abandonment * t.loss) / (t.hierarchy - t.depth)
    assert ex.flip_buy_pool(m, t) == pytest.approx(closed, abs=1e-6)


@given(limited, st.integers(1, 5))
def test_costs_are_equal_at_every_flip(t, m):
    for flip, ways in (
        (ex.flip_buy_pool(m, t), (lambda a: ex.pooling_cost(a, m, t), lambda a: ex.buying_cost(a, t))),
        (ex.flip_buy_alone(t), (lambda a: ex.alone_cost(a, t), lambda a: ex.buying_cost(a, t))),
        (ex.flip_pool_alone(m, t), (lambda a: ex.pooling_cost(a, m, t), lambda a: ex.alone_cost(a, t))),
    ):
        if flip is not None and 0 < flip < 1e5:
            assert ways[0](flip) == pytest.approx(ways[1](flip), abs=1e-6 * (1 + flip))


def test_no_flip_where_the_supplier_asks_no_more_than_the_pool():
    assert ex.flip_buy_pool(5, ex.Terms(hierarchy=0.2, depth=0.2)) is None
    assert ex.flip_pool_alone(5, ex.Terms(depth=0.0)) is None
    assert ex.flip_buy_alone(ex.Terms(hierarchy=0.0)) is None


@given(full)
def test_order_is_buy_pool_alone_as_the_weight_rises(t):
    """Whichever ways are cheapest somewhere, they come in this order."""
    order = []
    for a in np.linspace(0, 40, 400):
        costs = [ex.buying_cost(a, t), ex.pooling_cost(a, 5, t), ex.alone_cost(a, t)]
        order.append(int(np.argmin(costs)))
    assume(t.depth > 0)
    assert order == sorted(order)


@given(full, st.integers(2, 4))
def test_flip_falls_in_risk_price_members_and_legitimacy_and_rises_in_the_running_cost(t, m):
    t = replace(t, loss=max(t.loss, 0.1), catalyst=0.0, abandonment=min(t.abandonment, 0.8), price=min(t.price, 0.9))
    start = ex.flip_buy_pool(m, t)
    lower = [replace(t, abandonment=t.abandonment + 0.1), replace(t, loss=t.loss + 0.1),
             replace(t, price=t.price + 0.1), replace(t, legitimacy=t.legitimacy + 0.1)]
    assert all(ex.flip_buy_pool(m, changed) <= start + 1e-9 for changed in lower)
    assert ex.flip_buy_pool(m + 1, t) <= start + 1e-9
    assert ex.flip_buy_pool(m, replace(t, running=t.running + 0.1)) > start


def test_without_returns_a_pool_that_costs_something_never_beats_standing_alone():
    t = ex.Terms(returns=0, running=0.1, legitimacy=0.05)
    assert all(ex.pooling_cost(a, m, t) > ex.alone_cost(a, t) for a in (0, 0.5, 2) for m in (1, 3, 5))


# --- ceiling, exclusion, catalyst

@given(weight, limited, st.integers(1, 5))
def test_limits_make_nothing_cheaper_than_it_would_be_if_the_rest_were_free(a, t, m):
    assert ex.alone_cost(a, replace(t, exclusion=True)) >= ex.alone_cost(a, replace(t, exclusion=False)) - 1e-12
    assert ex.pooling_cost(a, m, replace(t, exclusion=True)) >= ex.pooling_cost(a, m, t) - 1e-12
    assert ex.buying_cost(a, t) == ex.buying_cost(a, replace(t, ceiling=1.0)), "the supplier knows no ceiling"


@given(weight, full, st.integers(1, 5))
def test_a_catalyst_lowers_the_cost_of_the_pool_alone(a, t, m):
    helped = replace(t, catalyst=1.0)
    saved = ex.pooling_cost(a, m, t) - ex.pooling_cost(a, m, helped)
    assert saved == pytest.approx(t.running * (1 - t.catalyst))
    assert ex.buying_cost(a, t) == ex.buying_cost(a, helped)


def test_an_outsider_can_make_the_pool_stable_where_it_was_not():
    middle = [0.03, 0.045, 0.06, 0.075, 0.09]
    assert ex.stable_pools(ex.menu(middle)) == (frozenset(),)
    assert frozenset(range(5)) in ex.stable_pools(ex.menu(middle, ex.Terms(catalyst=1.0)))


def test_the_right_to_exclude_takes_the_pool_away():
    weights = [0.45, 0.675, 0.9, 1.125, 1.35]
    t = ex.Terms(ceiling=0.9, abandonment=0.2)
    assert frozenset(range(5)) in ex.stable_pools(ex.menu(weights, t))
    assert frozenset(range(5)) not in ex.stable_pools(ex.menu(weights, replace(t, exclusion=True, gap_loss=5.0)))


# --- equilibria

def stable_by_hand(costs: ex.Menu) -> set[frozenset[int]]:
    """Try every profile of the three ways and every step of one state."""
    found = set()
    for profile in product(range(3), repeat=costs.n):
        members = [i for i in range(costs.n) if profile[i] == 1]
        paid = [(costs.alone[i], costs.pool[i, max(len(members), 1) - 1], costs.buy[i])[profile[i]]
                for i in range(costs.n)]
        steady = True
        for i in range(costs.n):
            size = len(members) + (profile[i] != 1)
            other = min(costs.alone[i], costs.buy[i], costs.pool[i, size - 1])
            steady &= paid[i] <= other + ex.CLOSE
        if steady:
            found.add(frozenset(members))
    return found


@settings(deadline=None, max_examples=60)
@given(weights, limited)
def test_stable_pools_are_all_the_equilibria(a, t):
    costs = ex.menu(a, t)
    assert set(ex.stable_pools(costs)) == stable_by_hand(costs)


@settings(deadline=None)
@given(weights, limited)
def test_there_is_always_a_stable_outcome(a, t):
    assert ex.stable_pools(ex.menu(a, t))


@settings(deadline=None)
@given(weights, limited)
def test_the_largest_stable_pool_is_no_worse_for_anybody(a, t):
    costs = ex.menu(a, t)
    pools = ex.stable_pools(costs)
    assert (ex.outcome(costs, pools[-1]) <= ex.outcome(costs, pools[0]) + 1e-6).all()


@settings(deadline=None)
@given(st.permutations(range(4)), st.lists(weight, min_size=4, max_size=4, unique=True), full)
def test_states_may_change_places(order, a, t):
    here = {frozenset(a[i] for i in s) for s in ex.stable_pools(ex.menu(a, t))}
    there = [a[i] for i in order]
    assert {frozenset(there[i] for i in s) for s in ex.stable_pools(ex.menu(there, t))} == here


def test_a_sum_is_never_below_the_best_one():
    costs = ex.menu([0.2, 0.4, 0.6], ex.Terms(abandonment=0.2))
    best = ex.outcome(costs, ex.best_pool(costs)).sum()
    assert all(ex.outcome(costs, s).sum() >= best - 1e-9 for s in ex.stable_pools(costs))


# --- hierarchy, price in autonomy, portfolio

@given(st.floats(0, 5), st.floats(0.1, 5))
def test_hierarchy_minimises_its_cost(o, gamma):
    best = ex.hierarchy_chosen(o, gamma)
    grid = np.linspace(0, 1, 2001)
    cost = o * (1 - grid) + gamma * grid**2 / 2
    assert o * (1 - best) + gamma * best**2 / 2 <= cost.min() + 1e-9
    assert ex.hierarchy_chosen(o + 1, gamma) >= best >= ex.hierarchy_chosen(o, gamma + 1)


@given(st.floats(0.01, 5), st.floats(0.1, 5), st.floats(0.05, 0.95))
def test_the_highest_price_leaves_the_client_as_it_was(gain, security, s):
    paid = ex.highest_autonomy_price(gain, security, s)
    before, after = s * np.log(security), s * np.log(security + gain) + (1 - s) * np.log(1 - paid) if paid < 1 else None
    if after is not None and paid < 1 - 1e-9:
        assert after == pytest.approx(before, abs=1e-5)
    assert ex.highest_autonomy_price(gain, security + 1, s) <= paid
    assert ex.highest_autonomy_price(gain + 1, security, s) >= paid


def test_price_in_autonomy_at_its_ends():
    assert ex.highest_autonomy_price(0, 1, 0.5) == 0
    assert ex.highest_autonomy_price(1, 1, 0.5) == pytest.approx(0.5)


worths = st.lists(st.floats(-1, 2), min_size=1, max_size=6)


@given(worths, st.floats(0.01, 20))
def test_portfolio_satisfies_its_conditions(worth, lam):
    result = ex.portfolio(worth, lam)
    w, value = result.shares, np.array(worth)
    assert w.sum() == pytest.approx(1)
    assert (w >= 0).all()
    assert 1 / len(worth) - 1e-9 <= result.concentration <= 1 + 1e-9
    gradient = value - 2 * lam * w
    nu = gradient[w > 1e-9].mean()
    assert gradient[w > 1e-9] == pytest.approx(nu, abs=1e-6)
    assert (gradient[w <= 1e-9] <= nu + 1e-6).all()


@given(worths, st.floats(0.05, 5))
def test_dislike_of_dependence_spreads_the_portfolio(worth, lam):
    assert ex.portfolio(worth, 2 * lam).concentration <= ex.portfolio(worth, lam).concentration + 1e-9


def test_portfolio_at_its_limits():
    assert ex.portfolio([1, 0.7, 0.4], 1e-6).shares.round(6).tolist() == [1, 0, 0]
    assert ex.portfolio([1, 0.7, 0.4], 1e6).concentration == pytest.approx(1 / 3)
    assert ex.portfolio([5.0], 1).concentration == 1
    assert ex.portfolio([1, 0.7, 0.4], 0.4).shares == pytest.approx([0.70833333, 0.3333, 0], abs=0.05)


def test_who_was_careful_before_the_war_shifts_least():
    shift = [ex.portfolio([1, 0.7, 0.4], lam).shares[0] - ex.portfolio([0.5, 0.7, 0.4], lam).shares[0]
             for lam in (0.1, 0.4, 1.0)]
    assert shift == sorted(shift, reverse=True)


# --- refusals

@pytest.mark.parametrize(("name", "value"), [
    ("cost", 0), ("price", -0.1), ("returns", 1.1), ("abandonment", 2), ("ceiling", 0), ("depth", float("nan")),
    ("catalyst", -1), ("loss", "much"),
])
def test_terms_out_of_range_are_refused_by_name(name, value):
    with pytest.raises(ValueError, match=name):
        ex.Terms(**{name: value})


def test_other_refusals():
    with pytest.raises(ValueError, match="weight"):
        ex.buying_cost(-1)
    with pytest.raises(ValueError, match="members"):
        ex.pooling_cost(0.3, 0)
    with pytest.raises(ValueError, match="weights"):
        ex.menu([])
    with pytest.raises(ValueError, match="weights"):
        ex.menu([0.1, -0.2])
    with pytest.raises(ValueError, match="others_pooling"):
        ex.cheapest(ex.menu([0.1, 0.2]), 2)
    with pytest.raises(ValueError, match="worth"):
        ex.portfolio([], 1)
    with pytest.raises(ValueError, match="dislike"):
        ex.portfolio([1, 2], 0)
    with pytest.raises(ValueError, match="security"):
        ex.highest_autonomy_price(1, 0, 0.5)
