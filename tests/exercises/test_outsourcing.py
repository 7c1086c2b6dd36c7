"""The numbers that the sheet on bought security draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

import pytest

from regionalism.exercises import outsourcing as sheet
from regionalism.explorers.outsourcing import make_or_buy
from regionalism.models.external import Terms, alone_cost, buying_cost, pooling_cost

CASES = [dict(zip(("price", "abandonment", "weight"), case, strict=True)) for case in sheet._STATES]


@pytest.mark.parametrize("numbers", CASES)
def test_the_full_cost_is_the_models(numbers):
    given, weight = Terms(price=numbers["price"], abandonment=numbers["abandonment"]), numbers["weight"]
    model = {"alone": alone_cost(weight, given), "buy": buying_cost(weight, given),
             "two": pooling_cost(weight, 2, given), "five": pooling_cost(weight, 5, given)}
    for way, cost in model.items():
        assert sheet._whole(numbers, way) == pytest.approx(cost, abs=0.006)
    assert sheet._ranked(numbers) == sorted(model, key=model.__getitem__)


@pytest.mark.parametrize("numbers", CASES)
def test_each_order_is_clear_and_what_is_left_out_changes_it(numbers):
    orders = []
    for parts in ({}, {"autonomy": False}, {"risk": False}):
        order = sheet._ranked(numbers, **parts)
        costs = [sheet._whole(numbers, way, **parts) for way in order]
        assert all(dearer - cheaper > 0.025 for cheaper, dearer in zip(costs, costs[1:], strict=False))
        orders.append(order)
    assert orders[0] not in orders[1:]
    assert orders[1] != orders[2]


@pytest.mark.parametrize("numbers", CASES)
def test_the_interactive_can_be_set_to_each_case(numbers):
    middle = make_or_buy.results(**numbers, second="no", limit="none").set_index("state").loc["Celan"]
    assert middle["buy"] == pytest.approx(sheet._whole(numbers, "buy"), abs=0.006)
    assert middle["pool_five"] == pytest.approx(sheet._whole(numbers, "five"), abs=0.006)


def test_not_all_students_have_the_same_order():
    assert len({tuple(sheet._ranked(numbers)) for numbers in CASES}) >= 4


def test_the_share_of_arms_does_not_always_fall():
    shares = {state: [sheet._part({"table": sheet._deliveries(state)}, half) for half in sheet.HALVES]
              for state in sheet.RECIPIENTS}
    assert any(late > early for early, late in shares.values())
    assert any(late < early / 2 for early, late in shares.values())
    assert all(12 < late < 88 for _, late in shares.values()), "both named guesses must be possible answers"
