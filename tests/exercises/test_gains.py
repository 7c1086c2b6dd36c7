"""The numbers that the sheet of the chapter on gains draws: every student's case is one in which the lesson holds."""

from __future__ import annotations

from itertools import product

import pytest

from regionalism.exercises import gains as sheet
from regionalism.explorers.gains import which_game
from regionalism.models.games2x2 import family, from_public_good, pure_equilibria

FAMILIES = {"patrols": "prisoners_dilemma", "posts": "assurance", "laboratory": "volunteer", "signs": "deadlock"}
TASKS = [(task, *pair) for task, (_, pairs) in sheet._TASKS.items() for pair in pairs]


@pytest.mark.parametrize(("task", "benefit", "cost"), TASKS)
def test_each_task_is_the_game_that_its_help_fits(task, benefit, cost):
    game = from_public_good(benefit, cost, 1.0, sheet._TASKS[task][0])
    assert family(game) == FAMILIES[task]
    assert len(pure_equilibria(game)) == (2 if task in ("posts", "laboratory") else 1)


@pytest.mark.parametrize(("task", "benefit", "cost"), TASKS)
def test_the_interactive_can_be_set_to_each_task(task, benefit, cost):
    values = {"kind": sheet._TASKS[task][0], "benefit": benefit, "cost": cost, "spillover": 1}
    assert len(which_game.results(**values)) == 4


@pytest.mark.parametrize(("task", "benefit", "cost"), TASKS)
def test_the_two_questions_of_the_reply_pick_out_the_task_that_needs_a_price(task, benefit, cost):
    """Do the two together win more if both do it than if one does? Would one then still like to stop?"""
    row = from_public_good(benefit, cost, 1.0, sheet._TASKS[task][0]).row
    both, stopped = 2 * row[0, 0], row[0, 1] + row[1, 0]
    tempted = row[1, 0] > row[0, 0]
    assert (both > stopped and tempted) == (task == "patrols")
    assert (both > stopped) == (task in ("patrols", "posts"))


def test_the_reply_does_not_ask_what_leaving_wins_where_leaving_wins():
    reply = next(wrong.reply for wrong in sheet.INSTITUTIONS.wrongs if wrong.misconception.startswith("every-failure"))
    assert "together win more" in reply
    assert "what would a state win by leaving" not in reply
    worked = sheet.INSTITUTIONS.worked(sheet.INSTITUTIONS.numbers("1"))
    assert "if both do it, each gets" in worked
    assert "and pays" in worked


def test_every_kind_of_help_but_one_is_used_once():
    used = list(sheet._FITS.values())
    assert len(set(used)) == len(used) == len(sheet.INSTITUTIONS.kind.partners) - 1


@pytest.mark.parametrize(("weight", "spill"), list(product((0.4, 0.5, 0.6), (0.25, 0.5, 0.75, 1))))
def test_more_spillover_lowers_what_each_gives_at_every_weight_drawn(weight, spill):
    assert sheet._given(weight, 0) == pytest.approx(100 * weight)
    assert sheet._given(weight, spill) < sheet._given(weight, spill - 0.25) - 1
    assert sheet._undone(weight) > 50


def test_the_tables_are_read_once_for_all_students(monkeypatch):
    first = [sheet.BURDEN.numbers(str(seed)) for seed in range(40)]

    def refused(name):
        raise AssertionError(f"{name} is read again")

    monkeypatch.setattr("regionalism.data.load", refused)
    assert [sheet.BURDEN.numbers(str(seed)) for seed in range(40)] == first
    first[0]["table"]["KAZ"][0] = -1
    assert sheet.BURDEN.numbers("0")["table"]["KAZ"][0] > 0


def test_the_numbers_of_a_column_have_the_same_decimals():
    for seed in range(20):
        shown = sheet.BURDEN.show(sheet.BURDEN.numbers(str(seed)))
        for name in shown.columns[1:]:
            assert len({len(value.partition(".")[2]) for value in shown[name]}) == 1, name
