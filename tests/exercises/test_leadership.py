"""The numbers that the sheet draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

import pytest

from regionalism.exercises import leadership as sheet
from regionalism.exercises.question import value_of
from regionalism.explorers.leadership import two_candidates, who_carries
from regionalism.models.firstmover import first_move
from regionalism.models.kgroups import groups

SEEDS = [str(number) for number in range(60)]


@pytest.mark.parametrize("seed", SEEDS)
def test_going_first_is_the_model_and_lowers_the_sum_for_every_student(seed):
    numbers = sheet.FIRST.numbers(seed)
    move = first_move([numbers["arka"], numbers["boro"]], 0.5, 0)
    right = sheet._best_first(numbers)
    assert right["gift"] == pytest.approx(move.contributions[0])
    assert right["total"] == pytest.approx(move.total)
    assert sheet._at_once(numbers) == pytest.approx(move.at_once)
    assert move.total < move.at_once - 1


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_every_student_can_do_without_the_largest(seed):
    results = who_carries.results(cost=sheet.WITHOUT.numbers(seed)["cost"])
    assert not results.set_index("iso3")["needed"]["KAZ"]
    assert sheet._alone(results, "KAZ")


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_will_alone_never_solves_the_leadership_question(seed):
    numbers = sheet.LEAD.numbers(seed)
    fixed = {"fields": "same", "followers": "two_a"}
    start = value_of(sheet.LEAD.kind.start, numbers)
    for prestige in (start["prestige"], 2.5, 2.7, 3):
        assert set(two_candidates.results(**{**fixed, **start, "prestige": prestige})["outcome"]) == {"Rivalry"}
    solved = two_candidates.results(**{**fixed, **value_of(sheet.LEAD.right, numbers)})
    assert set(solved["outcome"]) == {"A leads"}


@pytest.mark.parametrize(("cost", "size"), [(53, 2), (58, 3), (63, 3), (68, 4)])
def test_the_icebreaker_can_be_bought_without_the_largest(cost, size):
    worth = list(sheet.FLEETS.values())
    found = groups(worth, cost)
    assert found.alone == ()
    assert min(len(group) for group in found.minimal if 0 not in group) == size
