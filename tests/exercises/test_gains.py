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
