"""What the chapter's explorers say in the cases that matter."""

from __future__ import annotations

import pytest

from regionalism.explorers.outsourcing import make_or_buy, portfolio


def preset(label: str) -> dict:
    return next(dict(case.values) for case in make_or_buy.presets if case.label.startswith(label))


def test_the_curriculums_numbers_stand_in_the_prediction_and_in_the_sentence():
    celan = make_or_buy.results().set_index("state").loc["Celan"]
    assert [round(celan[way], 2) for way in ("alone", "buy", "pool_one")] == [1, 0.72, 1.16]
    assert round(celan["pool_five"] + 1e-9, 2) in (0.68, 0.69)
    for text in (make_or_buy.sentence_for(), make_or_buy.prediction.prompt):
        for number in ("0.72", "1.16", "0.69"):
            assert number in text


def test_nobody_errs_alone_and_all_err_together():
    sentence = make_or_buy.sentence_for()
    assert "Stable: all five buy, or all five pool." in sentence
    assert "All five would be better off in the second" in sentence
    frame = make_or_buy.results()
    assert (frame["paid_most"] < frame["paid_least"]).all()


def test_a_second_supplier_takes_the_pool_away_and_moves_the_flip():
    sentence = make_or_buy.sentence_for(**preset("After 2001"))
    assert "Only one outcome is stable: all five buy." in sentence
    assert "Arka and Boro would walk out" in sentence
    assert make_or_buy.results(second="yes")["flip"].iloc[0] > make_or_buy.results()["flip"].iloc[0]


def test_a_supplier_at_war_ends_buying_and_makes_no_region_by_itself():
    sentence = make_or_buy.sentence_for(**preset("2022"))
    assert "all five stand alone, or all five pool" in sentence
    assert "buy" not in set(make_or_buy.results(**preset("2022"))["least"])


def test_a_heavy_weight_of_autonomy_turns_the_argument_round():
    frame = make_or_buy.results(**preset("1999")).set_index("state")
    assert frame["least"]["Elin"] == "alone"
    assert frame["least"]["Arka"] == "buy"
    assert set(frame["most"]) == {"pool"}


def test_ceiling_exclusion_and_catalyst():
    weight = {"weight": 0.6}
    free, ceiling, exclusion, catalyst = (
        make_or_buy.results(limit=limit, **weight)["pool_five"].iloc[2]
        for limit in ("none", "ceiling", "exclusion", "catalyst")
    )
    assert catalyst < free < ceiling < exclusion
    assert "all five pool" in make_or_buy.sentence_for(limit="catalyst", **weight)


def test_the_flip_is_the_weight_where_the_costs_meet():
    flip = make_or_buy.results(limit="none")["flip"].iloc[0]
    near = make_or_buy.results(weight=round(flip, 3), spread=0)
    assert near["buy"].iloc[0] == pytest.approx(near["pool_five"].iloc[0], abs=2e-3)


def test_no_flip_is_said_in_words():
    assert "At no weight" in make_or_buy.sentence_for(second="yes", rule="split_difference")


def test_an_offer_that_nobody_takes_counts_under_one_rule():
    matched = make_or_buy.results(second="yes")["buy"].iloc[2]
    shifted = make_or_buy.results(second="yes", rule="split_difference")["buy"].iloc[2]
    assert shifted < matched < make_or_buy.results()["buy"].iloc[2]


def test_legitimacy_helps_the_pool_alone():
    more = make_or_buy.results(legitimacy=0.2)
    assert (more["pool_five"] < make_or_buy.results()["pool_five"]).all()
    assert more["buy"].equals(make_or_buy.results()["buy"])


def test_without_a_spread_all_five_are_alike():
    assert make_or_buy.results(spread=0)["buy"].nunique() == 1


def shift(dislike: float) -> float:
    first = portfolio.results(war=0.5, dislike=dislike).iloc[0]
    return float(first["before"] - first["share"])


def test_who_hardly_minds_dependence_shifts_most():
    assert shift(0.1) > shift(0.5) > shift(1.0) > 0
    right = next(option for option in portfolio.prediction.options if option.right)
    assert "hardly minds dependence" in right.text


def test_dependence_falls_and_then_rises_as_the_war_goes_on():
    path = [portfolio.results(war=war)["concentration"].iloc[0] for war in (0, 0.3, 1.0)]
    assert path[1] < path[0]
    assert path[1] < path[2]


def test_shares_are_whole():
    for war in (0, 0.5, 1):
        assert portfolio.results(war=war)["share"].sum() == pytest.approx(100, abs=0.2)
    assert "keeps its share" in portfolio.sentence_for(war=0)
