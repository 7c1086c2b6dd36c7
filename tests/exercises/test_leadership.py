"""The numbers that the sheet draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

import pytest

from regionalism.exercises import leadership as sheet
from regionalism.exercises.judging import as_raw, judge, walk_outs
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
    member = results.set_index("iso3").filter(regex=r"^g\d+$")
    assert any(member[group].sum() == 1 and member[group]["KAZ"] == 1 for group in member)


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


@pytest.mark.parametrize("worth", sheet._WORTHS)
def test_the_gain_can_be_shared_so_that_nobody_walks_out_and_not_equally(worth):
    numbers = {"worth": list(worth), "cost": sheet._COST}
    kind, whole = sheet.SHARE.kind, sheet._gain(numbers, sheet.MADE_UP)
    found = groups(worth, sheet._COST)
    assert 0 in found.alone
    assert found.indispensable == ()
    assert whole == sum(worth) - sheet._COST
    right = sheet._by_worth(numbers)
    assert sum(right.values()) == pytest.approx(whole)
    assert not walk_outs(kind, numbers, right)
    # A larger group wins more by each newcomer, so that paying each what it adds holds as well.
    steps = [sheet._gain(numbers, sheet.MADE_UP[: size + 1]) - sheet._gain(numbers, sheet.MADE_UP[:size])
             for size in range(len(worth))]
    assert not walk_outs(kind, numbers, dict(zip(sheet.MADE_UP, steps, strict=True)))
    assert 0 < len(walk_outs(kind, numbers, sheet._equally(numbers))) < 8
    assert walk_outs(kind, numbers, dict.fromkeys(sheet.MADE_UP, 0.0) | {"Arka": whole})


@pytest.mark.parametrize(("what", "year"), sheet._CASES)
def test_no_two_of_the_five_are_close_by_person_and_the_order_is_a_new_one(what, year):
    numbers = {"what": what, "year": year}
    order = sheet._by_person(numbers)
    amounts = [sheet._per_person(numbers, iso3) for iso3 in order]
    assert all(more / less > 1.05 for more, less in zip(amounts, amounts[1:], strict=False))
    assert order not in (sheet._by_column(numbers, 0), sheet._by_column(numbers, 1))


@pytest.mark.parametrize(("what", "year"), sheet._CASES)
def test_a_named_wrong_order_earns_less_than_half(what, year):
    numbers = {"what": what, "year": year}
    for wrong in sheet.LARGEST.wrongs:
        verdict = judge(sheet.LARGEST, numbers, as_raw(sheet.LARGEST, value_of(wrong.example, numbers)))
        assert verdict.misconception == wrong.misconception
        assert verdict.score <= 0.4
    turned = judge(sheet.LARGEST, numbers, as_raw(sheet.LARGEST, sheet._by_person(numbers)[::-1]))
    assert (turned.score, turned.misconception) == (0, "order-turned-round")


@pytest.mark.parametrize(("what", "year"), sheet._CASES)
def test_the_praise_says_who_is_first_and_what_the_figures_cannot_bear(what, year):
    numbers = {"what": what, "year": year}
    praise = sheet.LARGEST.praise(numbers)
    assert "Uzbekistan is first by the one column and Uzbekistan" not in praise
    assert ("first by both columns" in praise) == (sheet._by_column(numbers, 0)[0] == sheet._by_column(numbers, 1)[0])
    assert ("an estimate" in praise) == (what == "forces")
    assert ("puts it first" in praise) == ((what, year) == ("forces", 2015))


@pytest.mark.parametrize("question", [sheet.LARGEST, sheet.FIRST], ids=lambda question: question.id)
def test_the_numbers_of_a_column_have_the_same_decimals(question):
    for seed in SEEDS[:20]:
        shown = question.show(question.numbers(seed))
        for name in shown.columns[1:]:
            assert len({len(str(value).partition(".")[2]) for value in shown[name]}) == 1, name


def test_the_table_of_going_first_shows_whole_gifts_as_they_are():
    for seed in SEEDS:
        numbers = sheet.FIRST.numbers(seed)
        shown = sheet.FIRST.show(numbers)
        rows = sheet._first_rows(numbers)
        assert [float(value) for value in shown["Together"]] == [row[2] for row in rows]
        assert [float(value) for value in shown["Boro then gives"]] == [row[1] for row in rows]
