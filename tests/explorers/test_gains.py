"""What the chapter's explorers say in the cases that matter."""

from __future__ import annotations

import pytest

from regionalism.charts.theme import STATES
from regionalism.explorers.gains import public_good, shadow, which_game


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_equal_states_give_less_when_more_spills_over():
    alone = [public_good.results(spillover=theta)["alone_share"].iloc[0] for theta in (0, 0.25, 0.5, 0.75, 1)]
    assert alone == sorted(alone, reverse=True)
    assert alone[1] == pytest.approx(100 * 0.3 / (1 + 0.7 * 0.25 * 4), abs=0.05)
    right = next(option for option in public_good.prediction.options if option.right)
    assert f"from {alone[1]:.0f} % of its means down to {alone[-1]:.0f} %" in plain(right.reply)


def test_the_rich_carry_the_poor_in_the_model_and_not_in_the_data():
    results = public_good.results(size="gdp", spillover=1).set_index("iso3")["alone_share"]
    assert list(results.index) == list(STATES)
    assert results["KAZ"] == 30
    assert (results.drop("KAZ") == 0).all()
    assert "Kazakhstan provides alone" in public_good.sentence_for(size="gdp", spillover=1)
    assert "Kazakhstan 0.48 %, Kyrgyzstan 3.62 % and Tajikistan 1.22 %" in plain(public_good.see)
    assert "gets the sharing of the burden wrong" in public_good.see


def test_the_measure_decides_who_leads():
    assert public_good.sentence_for(size="population", spillover=1).startswith("Uzbekistan provides alone")


def test_kind_of_good_decides():
    border = public_good.sentence_for(size="gdp", kind="weakest")
    assert border.startswith("Tajikistan sets the level")
    assert "No shortfall" in public_good.sentence_for(kind="weakest")
    assert "down to none" in public_good.sentence_for(kind="weakest")
    assert "each of the five could be the one" in public_good.sentence_for(kind="best")
    assert "could be the one" not in public_good.sentence_for(kind="best", size="gdp")


@pytest.mark.parametrize("blend", ["-5", "-1", "0.5"])
def test_equal_states_fall_short_by_the_closed_form_in_every_blend(blend):
    frame = public_good.results(blend=blend, spillover=1, weight=0.3)
    gap = 1 - frame["alone_level"].sum() / frame["joint_level"].sum()
    assert gap == pytest.approx(1 - 1 / (0.3 + 0.7 * 5), abs=0.002)


def test_close_to_the_best_effort_one_state_provides():
    assert "provides alone" in public_good.sentence_for(blend="5", spillover=1)


def test_military_spending_is_not_offered_and_the_help_says_why():
    size = next(control for control in public_good.controls if control.name == "size")
    assert "military" not in size.values
    assert "2018" in size.help
    assert "1999" in size.help


@pytest.mark.parametrize(("values", "family"), [
    ({"benefit": 6, "cost": 10, "spillover": 1}, "Prisoner's dilemma"),
    ({"kind": "weakest", "benefit": 10, "cost": 6}, "Assurance"),
    ({"kind": "best", "benefit": 10, "cost": 6}, "Volunteer's game"),
    ({"benefit": 12, "cost": 10}, "Harmony"),
    ({"benefit": 4, "cost": 10}, "Deadlock"),
])
def test_families(values, family):
    assert which_game.sentence_for(**values).startswith(family)


def test_the_two_cases_of_the_misconceptions():
    patrols = which_game.results()
    assert patrols[["a", "b"]].to_numpy().tolist() == [[2, 2], [-4, 6], [6, -4], [0, 0]]
    assert patrols["stable"].tolist() == [False, False, False, True]
    assert patrols["best"].tolist() == [True, False, False, False]
    posts = which_game.results(kind="weakest", benefit=10, cost=6)
    assert posts["a"].tolist() == [4, -6, 0, 0]
    assert posts["stable"].tolist() == [True, False, False, True]
    assert "see that the other will do its part" in which_game.sentence_for(kind="weakest", benefit=10, cost=6)


def test_a_tie_is_called_one():
    assert "A tie decides" in which_game.sentence_for(benefit=10, cost=10)
    assert "A tie decides" not in which_game.sentence_for(benefit=11, cost=10)


def test_nothing_is_best_where_all_sums_are_equal():
    assert not which_game.results(benefit=5, cost=10, spillover=1)["best"].any()


def needed(rule: str, **values) -> float:
    frame = shadow.results(**values)
    rows = frame[(frame["panel"] == "patience") & (frame["rule"] == rule) & (frame["measure"] == "needed")]
    return float(rows["value"].iloc[0])


@pytest.mark.parametrize("temptation", [3.5, 4, 4.5, 5, 5.5])
def test_patience_needed_is_the_closed_form_without_noise(temptation):
    grim = (temptation - 3) / (temptation - 1)
    assert needed("Grim", temptation=temptation) == pytest.approx(grim, abs=0.006)
    assert needed("Tit for tat", temptation=temptation) == pytest.approx(max(grim, (temptation - 3) / 3), abs=0.006)


def test_patience_opens_a_door_and_both_outcomes_are_named():
    sentence = shadow.sentence_for()
    assert "can hold under both rules" in sentence
    assert "nobody ever keeps it is stable too" in sentence
    impatient = shadow.sentence_for(break_off=0.3, discount=0.2, temptation=5.5)
    assert "under grim, not under tit for tat" in impatient or "too little" in impatient


def test_noise_hurts_those_who_never_forgive():
    frame = shadow.results(noise=0.04)
    worth = frame[frame["panel"] == "noise"].set_index("rule")["value"]
    assert worth["Grim"] < worth["Tit for tat"] < worth["Pavlov"] < 3
    assert worth["Generous tit for tat"] > 2.7
    assert "misread" not in shadow.sentence_for(noise=0)
    assert "4 % of acts misread" in plain(shadow.sentence_for(noise=0.04))


def test_no_break_off_is_read_from_changes_of_president():
    chance = next(control for control in shadow.controls if control.name == "break_off")
    assert "not of how often presidents" in chance.help
