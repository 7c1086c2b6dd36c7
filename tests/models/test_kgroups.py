"""Lumpy goods: groups against trying every move, power indices against counting orders, pairs against a grid."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionalism.models import kgroups as kg

GDP = [261.421121, 13.987628, 12.060602, 59.887335, 90.889149]
POPULATION = [20.330104, 7.099750, 10.389799, 7.364438, 35.652307]
KAZ, KGZ, TJK, TKM, UZB = range(5)

worths = st.lists(st.floats(1, 300), min_size=1, max_size=6)
shares = st.floats(0.02, 1.2)
rules = st.sampled_from(list(kg.SHARING))


def payoff(place, joined, worth, cost, rule):
    if not kg.carry(worth, cost, joined, rule) if joined else True:
        return 0.0
    if place not in joined:
        return worth[place]
    whole = sum(worth[member] for member in joined)
    share = worth[place] / whole if rule == "proportional" else 1 / len(joined)
    return worth[place] - share * cost


@given(worths, shares, rules)
def test_minimal_groups_are_the_equilibria_in_which_the_good_is_delivered(worth, share, rule):
    cost = share * sum(worth)
    assume(all(abs(sum(group) - cost) > 1e-6 * cost for size in range(1, len(worth) + 1)
               for group in combinations(worth, size)))
    found = kg.groups(worth, cost, rule)
    everybody = range(len(worth))
    for size in range(1, len(worth) + 1):
        for group in combinations(everybody, size):
            if not kg.carry(worth, cost, group, rule):
                continue
            calm = all(
                payoff(place, tuple(sorted(set(group) ^ {place})), worth, cost, rule)
                <= payoff(place, group, worth, cost, rule) + 1e-9
                for place in everybody
            )
            assert calm == (group in found.minimal)
    alone = [kg.carry(worth, cost, (place,), rule) for place in everybody]
    assert found.nothing_is_stable == (not any(alone))


@given(worths, shares, shares, rules)
def test_k_rises_with_the_cost_and_power_sums_to_one(worth, one, other, rule):
    low, high = sorted((one * sum(worth), other * sum(worth)))
    small, large = kg.groups(worth, low, rule).smallest, kg.groups(worth, high, rule).smallest
    assert large is None or (small is not None and small <= large)
    for index in (kg.shapley_shubik(worth, low), kg.banzhaf(worth, low)):
        assert index.sum() == pytest.approx(0 if low > sum(worth) * (1 + 1e-9) else 1)


@given(st.lists(st.floats(1, 300), min_size=2, max_size=5), shares, st.randoms())
def test_permuting_states_permutes_results(worth, share, random):
    cost = share * sum(worth)
    order = list(range(len(worth)))
    random.shuffle(order)
    moved = [worth[place] for place in order]
    before, after = kg.groups(worth, cost), kg.groups(moved, cost)
    renamed = {frozenset(order[place] for place in group) for group in after.minimal}
    assert renamed == set(map(frozenset, before.minimal))
    assert kg.shapley_shubik(moved, cost) == pytest.approx(kg.shapley_shubik(worth, cost)[order])


@given(worths, shares, st.floats(0.1, 50))
def test_the_unit_does_not_matter(worth, share, factor):
    cost = share * sum(worth)
    assume(all(abs(sum(group) - cost) > 1e-6 * cost for size in range(1, len(worth) + 1)
               for group in combinations(worth, size)))
    assert kg.groups(worth, cost) == kg.groups([factor * value for value in worth], factor * cost)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.95])
@pytest.mark.parametrize("worth", [GDP, POPULATION, [3, 3, 3], [5, 1, 1, 1]])
def test_power_indices_by_counting(worth, share):
    cost, n = share * sum(worth), len(worth)
    pivots, swings = np.zeros(n), np.zeros(n)
    for order in permutations(range(n)):
        for step, place in enumerate(order):
            if kg.carry(worth, cost, order[: step + 1]) and not kg.carry(worth, cost, order[:step]):
                pivots[place] += 1
    for place in range(n):
        others = [other for other in range(n) if other != place]
        for size in range(n):
            for group in combinations(others, size):
                swings[place] += kg.carry(worth, cost, (*group, place)) and not kg.carry(worth, cost, group)
    assert kg.shapley_shubik(worth, cost) == pytest.approx(pivots / math.factorial(n))
    assert kg.banzhaf(worth, cost, normalised=False) == pytest.approx(swings / 2 ** (n - 1))
    assert kg.banzhaf(worth, cost) == pytest.approx(swings / swings.sum())


def test_the_number_of_the_curriculum():
    """By GDP at a cost of 131 bn Uzbekistan and Turkmenistan reach 150.8 without Kazakhstan."""
    found = kg.groups(GDP, 131)
    assert found.minimal == ((KAZ,), (TKM, UZB))
    assert GDP[TKM] + GDP[UZB] == pytest.approx(150.8, abs=0.05)
    assert found.alone == (KAZ,)
    assert found.indispensable == ()
    assert kg.groups(POPULATION, 0.3 * sum(POPULATION)).alone == (UZB,)


def test_largest_is_indispensable_only_above_what_the_others_have():
    others = sum(GDP) - GDP[KAZ]
    assert KAZ not in kg.groups(GDP, others).indispensable
    assert kg.groups(GDP, others * 1.001).indispensable == (KAZ,)
    assert kg.groups(GDP, GDP[KAZ] * 1.001).alone == ()


def test_edges():
    assert kg.groups([1, 1, 1], 3.5).minimal == ()
    assert kg.groups([1, 1, 1], 3.5).smallest is None
    assert kg.groups([1, 1, 1], 3.5).indispensable == ()
    assert kg.groups([0.1] * 3, 0.3).smallest == 3  # a tie counts, whatever the binary fractions say
    assert kg.groups([10, 1], 4, "equal").minimal == ((0,),)
    assert not kg.carry([10, 1], 4, (0, 1), "equal")
    assert not kg.carry([10, 1], 4, ())


@pytest.mark.parametrize(("call", "word"), [
    (lambda: kg.groups([1, -1], 1), "benefits"),
    (lambda: kg.groups([1] * 13, 1), "benefits"),
    (lambda: kg.groups([1, 2], 0), "cost"),
    (lambda: kg.groups([1, 2], 1, "fair"), "sharing"),
    (lambda: kg.carry([1, 2], 1, (2,)), "members"),
    (lambda: kg.pair(1, 2), "partner"),
    (lambda: kg.pair(1, 0), "partner"),
    (lambda: kg.declining_leader(100, 0.6, 1), "partner_share"),
])
def test_bad_inputs_are_named(call, word):
    with pytest.raises(ValueError, match=word):
        call()


# --- the good of any size


@given(st.floats(1, 100), st.floats(0.01, 1), st.floats(0.5, 3), st.floats(0, 30))
def test_the_pair_against_its_best_level_on_a_grid(leader, ratio, price, kappa):
    partner = ratio * leader
    found = kg.pair(leader, partner, price, kappa)
    levels = np.linspace(0.05, 3, 2000) * found.together
    alone = leader * np.log(levels) - price * levels
    both = (leader + partner) * np.log(levels) - price * levels
    assert levels[alone.argmax()] == pytest.approx(found.alone, rel=0.05, abs=0.003 * found.together)
    assert levels[both.argmax()] == pytest.approx(found.together, rel=0.01)
    start = (leader + partner) * math.log(found.alone) - price * found.alone
    gain = (leader + partner) * math.log(found.together) - price * found.together - start - kappa
    assert found.gain == pytest.approx(gain, abs=1e-6 * leader)
    assert found.forms == (found.gain >= -1e-9 * leader)


@given(st.floats(1, 100), st.floats(0.01, 1))
def test_without_a_cost_of_working_together_a_pair_always_forms(leader, ratio):
    found = kg.pair(leader, ratio * leader)
    assert found.forms
    # A sharing of the costs exists that both accept.
    assert found.partner_pays_at_most + found.leader_pays_at_most >= 1 - 1e-9


@given(st.floats(1, 100), st.floats(0.001, 0.38))
def test_smallest_partner_is_where_the_pair_begins(leader, friction):
    kappa = friction * leader
    partner = kg.smallest_partner(leader, kappa)
    assert partner is not None
    assert kg.pair(leader, min(leader, partner * 1.001), 1, kappa).forms
    assert not kg.pair(leader, partner * 0.99, 1, kappa).forms
    assert kg.smallest_partner(leader, 0.4 * leader) is None
    assert kg.smallest_partner(leader, 0) == 0


@given(st.floats(10, 200), st.floats(0.005, 0.19), st.floats(0.5, 3))
def test_the_decline_of_a_leader_first_lowers_and_then_raises_what_is_provided(total, friction, price):
    kappa = friction * total
    steps = [share / 200 for share in range(1, 101)]
    levels = [kg.declining_leader(total, share, kappa, price) for share in steps]
    forms = [kg.pair(total * (1 - share), total * share, price, kappa).forms for share in steps]
    assert forms == sorted(forms)
    for share, level, together in zip(steps, levels, forms, strict=True):
        assert level == pytest.approx(total / price if together else total * (1 - share) / price)
    assert levels[-1] == pytest.approx(total / price)
    assert not forms[0] or friction < 0.01


def test_with_too_much_friction_decline_only_lowers():
    assert [kg.declining_leader(100, share, 25) for share in (0, 0.2, 0.5)] == [100, 80, 50]
