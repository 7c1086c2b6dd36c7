"""The numbers that the sheet on bought security draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

import pytest

from regionalism.data import describe, load
from regionalism.exercises import outsourcing as sheet
from regionalism.exercises.judging import judge
from regionalism.exercises.question import said
from regionalism.explorers.outsourcing import make_or_buy
from regionalism.models.external import Terms, alone_cost, buying_cost, flip_buy_alone, flip_buy_pool, pooling_cost

CASES = [dict(zip(("price", "abandonment", "weight", "returns"), case, strict=True)) for case in sheet._STATES]


def terms_of(numbers):
    return Terms(price=numbers["price"], abandonment=numbers["abandonment"], returns=numbers["returns"])


@pytest.mark.parametrize("numbers", CASES)
def test_the_full_cost_is_the_models(numbers):
    given, weight = terms_of(numbers), numbers["weight"]
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
    assert orders[1] != orders[2]
    for order in (*orders[1:], sheet._ranked(numbers, risk=False, autonomy=False)):
        verdict = judge(sheet.CHEAPEST, numbers, {way: place for place, way in enumerate(order, start=1)})
        assert verdict.score <= 0.5, "what is left out must not earn more than half"
        assert verdict.misconception


@pytest.mark.parametrize("numbers", CASES)
def test_the_interactive_can_be_set_to_each_case(numbers):
    middle = make_or_buy.results(**numbers, second="no", limit="none").set_index("state").loc["Celan"]
    assert middle["buy"] == pytest.approx(sheet._whole(numbers, "buy"), abs=0.006)
    assert middle["pool_five"] == pytest.approx(sheet._whole(numbers, "five"), abs=0.006)


def test_not_all_students_have_the_same_order():
    orders = [sheet._ranked(numbers) for numbers in CASES]
    assert len(set(map(tuple, orders))) >= 4
    winners = [order[0] for order in orders]
    assert min(winners.count("five"), winners.count("alone")) >= 4
    assert any(sheet._ranked(numbers, risk=False)[0] == "buy" for numbers in CASES)


@pytest.mark.parametrize("numbers", CASES)
def test_the_praise_says_up_to_which_weight_buying_comes_first(numbers):
    below = sheet._buying_first_below(numbers)
    # The table shows two decimals, and the question reckons with what it shows.
    assert below == pytest.approx(min(flip_buy_pool(5, terms_of(numbers)), flip_buy_alone(terms_of(numbers))), abs=0.03)
    if below > 0:
        assert sheet._ranked({**numbers, "weight": below - 0.01})[0] == "buy"
        assert f"{below:.2f}" in sheet._buying_words(numbers)
    assert sheet._ranked({**numbers, "weight": max(below, 0) + 0.01})[0] != "buy"
    assert (sheet._ranked(numbers)[0] == "alone") == ("Standing alone is the cheapest" in sheet._winner_words(numbers))
    if sheet._ranked(numbers)[0] == "alone":
        assert sheet._parts(numbers)["five"][0] < 1, "the praise says that the pool saves money"


def test_the_share_of_arms_does_not_always_fall():
    shares = {state: [sheet._part({"table": sheet._deliveries(state)}, half) for half in sheet.HALVES]
              for state in sheet.RECIPIENTS}
    assert any(late > early for early, late in shares.values())
    assert any(late < early / 2 for early, late in shares.values())
    assert all(12 < late < 88 for _, late in shares.values()), "both named guesses must be possible answers"


@pytest.mark.parametrize("state", sheet.RECIPIENTS)
def test_the_reply_to_a_low_guess_fits_what_happened(state):
    numbers = {"state": state, "table": sheet._deliveries(state)}
    early, late = (sheet._part(numbers, half) for half in sheet.HALVES)
    words = judge(sheet.ARMS, numbers, round(late - 11, 1)).message
    assert ("bought more from everybody" in words) == (late > early)
    assert ("take more than half" in words) == (late < 50)
    assert judge(sheet.ARMS, numbers, 0.3).misconception == "units"


def test_the_word_on_a_later_release_is_that_of_the_table():
    arms = load("arms_deliveries")
    kazakh = arms[(arms["recipient_iso3"] == "KAZ") & (arms["delivery_year"] == 2021)]
    total, notes = kazakh["tiv_mn"].sum(), describe("arms_deliveries").defects
    assert f"{total:.0f} million TIV" in sheet._LATER_RELEASE["KAZ"]
    assert any(f"Kazakhstan 2021 (195 against {total:.0f}" in note for note in notes)


@pytest.mark.parametrize(("outside", "home"), [(1, 3), (2, 3), (1, 4), (2, 2)])
def test_a_share_of_one_is_told_from_the_promise_at_its_strongest(outside, home):
    numbers = {"outside": outside, "home": home, "member": 10 - outside - home}
    assert judge(sheet.GUARANTEE, numbers, sheet._unhelped(numbers) / 100).misconception == "units"
    assert judge(sheet.GUARANTEE, numbers, 10).misconception == "guarantee-is-automatic"


@pytest.mark.parametrize("which", sheet.KINDS_OF_TIE)
def test_the_page_does_not_print_what_is_to_be_counted(which):
    from regionalism.figures.outsourcing import around_whom

    numbers = {"which": which, "counts": {actor: list(pair) for actor, pair in sheet._tie_counts(which).items()}}
    found = sheet._around(numbers)
    title = around_whom().title
    assert not title.startswith(f"{found['rows']:.0f} ")
    assert f"; {found['rows'] * found['share'] / 100:.0f} of them" not in title


def test_the_quick_question_on_all_and_some_has_the_models_numbers_and_not_the_sheets():
    given = Terms(price=0.6)
    costs = {"buy": buying_cost(0.45, given), **{m: pooling_cost(0.45, m, given) for m in (1, 2, 4)}}
    quick = next(question for question in sheet.SELF_CHECK if question.id == "outsourcing.quick-each")
    asked = said(quick.prompt, {})
    assert all(f"{cost:.2f}" in asked for cost in costs.values())
    assert costs[4] < costs["buy"] < costs[2] < costs[1]
    drawn = {f"{value:.2f}" for case in sheet.ROUNDS for value in sheet._menu_numbers(*case).values()}
    assert not any(number in asked for number in drawn)
