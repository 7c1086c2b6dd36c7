"""Bargaining: closed forms against a search, and what an outside option does under two rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.models import bargaining as bg

parts = st.lists(st.floats(0, 20), min_size=2, max_size=5)
extra = st.floats(0, 50)


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0.1, 50), st.floats(0.1, 0.9))
def test_nash_maximises_the_weighted_product(first, second, rest, power):
    total = first + second + rest
    found = bg.nash_split(total, [first, second], [power, 1 - power])
    grid = np.linspace(first, total - second, 4001)[1:-1]
    product = power * np.log(grid - first) + (1 - power) * np.log(total - grid - second)
    assert found.sum() == pytest.approx(total)
    assert found[0] == pytest.approx(grid[product.argmax()], abs=1.5 * rest / 4000)


@given(parts, extra)
def test_both_rules_give_all_and_nobody_less_than_its_option(options, rest):
    total = sum(options) + rest
    for shares in (bg.split_difference(total, options), bg.deal_me_out(total, options)):
        assert shares.sum() == pytest.approx(total)
        assert (shares >= np.array(options) - 1e-9).all()


@given(st.integers(2, 5), st.floats(1, 100))
def test_equal_sides_get_equal_shares(n, total):
    assert bg.deal_me_out(total, [0.0] * n) == pytest.approx([total / n] * n)
    assert bg.split_difference(total, [0.1] * n) == pytest.approx([total / n] * n)


def test_an_offer_that_nobody_takes_counts_under_one_rule_only():
    assert bg.deal_me_out(100, [40, 0]).tolist() == [50, 50]
    assert bg.split_difference(100, [40, 0]).tolist() == [70, 30]


def test_a_binding_offer_is_matched_exactly():
    assert bg.deal_me_out(100, [60, 0]).tolist() == [60, 40]
    assert bg.deal_me_out(90, [50, 0, 0]).tolist() == [50, 20, 20]
    assert bg.deal_me_out(90, [50, 25, 0]).tolist() == [50, 25, 15]


@given(parts, extra, st.integers(0, 4), st.floats(0, 5))
def test_a_better_option_never_hurts_its_owner(options, rest, place, more):
    place %= len(options)
    total = sum(options) + rest + more
    better = [value + more * (i == place) for i, value in enumerate(options)]
    for rule in (bg.split_difference, bg.deal_me_out):
        assert rule(total, better)[place] >= rule(total, options)[place] - 1e-9


@given(parts, extra)
def test_a_deal_exists_where_the_surplus_covers_the_options(options, rest):
    assert bg.deal_exists(sum(options) + rest, options)
    assert not bg.deal_exists(sum(options) - 0.1, options)


def test_the_price_in_autonomy_with_and_without_a_rival():
    assert bg.autonomy_asked(0.8) == pytest.approx(0.4)
    assert bg.autonomy_asked(0.8, 0.3) == pytest.approx(0.3)
    assert bg.autonomy_asked(0.8, 0.6) == pytest.approx(0.4), "a dearer rival changes nothing"
    assert bg.autonomy_asked(0.8, 0.6, "split_difference") == pytest.approx(0.3), "unless the rest is shared from it"


@given(st.floats(0.01, 1), st.floats(0, 1))
def test_a_rival_never_raises_the_price(most, part):
    rival = most * part
    for rule in bg.RULES:
        assert bg.autonomy_asked(most, rival, rule) <= bg.autonomy_asked(most) + 1e-12
    assert bg.autonomy_asked(most, rival) == pytest.approx(min(most / 2, rival))
    assert bg.autonomy_asked(most, rival, "split_difference") == pytest.approx(rival / 2)


def test_refusals():
    with pytest.raises(ValueError, match="no deal pays"):
        bg.nash_split(10, [6, 5])
    with pytest.raises(ValueError, match="no deal pays"):
        bg.deal_me_out(10, [6, 5])
    with pytest.raises(ValueError, match="outside"):
        bg.deal_exists(10, [3])
    with pytest.raises(ValueError, match="weights"):
        bg.nash_split(10, [1, 2], [1, 0])
    with pytest.raises(ValueError, match="rule"):
        bg.autonomy_asked(0.8, 0.3, "toss")
    with pytest.raises(ValueError, match="rival"):
        bg.autonomy_asked(0.5, 0.7)
