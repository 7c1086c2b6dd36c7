"""What the chapter's explorers say in the cases that matter."""

from __future__ import annotations

import json

import pytest

from regionalism.charts.theme import STATES, themed
from regionalism.explorers.leadership import two_candidates, who_carries
from regionalism.figures.leadership import state_sizes


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def outcomes(**values) -> list[str]:
    return two_candidates.results(**values)["outcome"].tolist()


def test_largest_is_not_indispensable_at_the_start():
    results = who_carries.results().set_index("iso3")
    assert list(results.index) == list(STATES)
    assert not results["needed"].any()
    assert results["size_share"]["KAZ"] == pytest.approx(59.7, abs=0.1)
    sentence = plain(who_carries.sentence_for())
    assert "131 billion dollars" in sentence
    assert "Kazakhstan alone, or Turkmenistan and Uzbekistan" in sentence
    assert "Nobody is indispensable" in sentence
    right = next(option for option in who_carries.prediction.options if option.right)
    assert "150.8" in right.reply


def test_the_answer_flips_with_the_measure():
    assert "Uzbekistan alone" in who_carries.sentence_for(measure="population")
    assert "Kazakhstan alone" in who_carries.sentence_for(measure="gdp")


@pytest.mark.parametrize(("cost", "needed", "alone"), [(40, False, True), (45, True, True), (60, True, False)])
def test_kazakhstan_becomes_needed_before_it_becomes_unable(cost, needed, alone):
    results = who_carries.results(cost=cost).set_index("iso3")
    assert bool(results["needed"]["KAZ"]) == needed
    assert ("Kazakhstan alone" in who_carries.sentence_for(cost=cost)) == alone
    assert "Kazakhstan is needed in each" in who_carries.sentence_for(cost=60)


def test_beyond_all_means_nothing_is_provided():
    sentence = who_carries.sentence_for(cost=100, worth=0.5)
    assert "nothing is provided" in sentence
    assert "indispensable" not in sentence


def test_twice_the_benefit_is_half_the_cost():
    one = who_carries.results(cost=30, worth=1).drop(columns=["size"])
    assert one.equals(who_carries.results(cost=60, worth=2).drop(columns=["size"]))


def test_military_spending_is_offered_only_for_a_year_in_which_all_report():
    measure = next(control for control in who_carries.controls if control.name == "measure")
    assert "1999" in measure.display("military")
    assert "doubtful" in measure.help
    assert all(size > 0 for size in state_sizes("military"))


def test_a_willing_second_leader_lowers_or_does_not_lower_what_is_delivered():
    assert outcomes() == ["A leads"] * 3
    assert outcomes(fields="same") == ["Rivalry"] * 3
    assert two_candidates.results(fields="same")["most"].tolist() == [60] * 3
    assert two_candidates.results(fields="same", followers="three_a")["most"].tolist() == [80] * 3
    divided = two_candidates.results(fields="divided")
    assert divided["outcome"].tolist()[:2] == ["A leads", "B leads"]
    assert divided["least"].tolist()[:2] == [100, 100]


def test_will_makes_a_rivalry_and_the_cost_of_following_makes_a_leader():
    by_prestige = [outcomes(fields="same", prestige=prestige)[0] for prestige in (0, 1.5, 2.5, 3)]
    assert by_prestige == ["Nobody leads", "Rivalry", "Rivalry", "Rivalry"]
    assert outcomes(fields="same", dislike=1.5) == ["A leads"] * 3
    assert outcomes(fields="same", rivalry=1.5) == ["A leads"] * 3


def test_presets_are_the_cases_that_they_name():
    presets = {preset.label: preset.values for preset in two_candidates.presets}
    assert "division of labour" in two_candidates.sentence_for(**presets["Germany and France, field by field"])
    assert outcomes(**presets["Kazakhstan and Uzbekistan before 2016"]) == ["Rivalry"] * 3
    assert outcomes(**presets["Since 2016, as the article feared"]) == ["Rivalry"] * 3
    assert outcomes(**presets["Since 2016, another reading"]) == ["A or B may lead"] * 3
    assert outcomes(**presets["Nobody wants it"]) == ["Nobody leads"] * 3


@pytest.mark.parametrize("explorer", [who_carries, two_candidates])
def test_charts_draw_from_the_results_alone(explorer):
    for width in (320, 640):
        assert len(themed(explorer.chart(width), "live")["datasets"]) == 1
        json.dumps(themed(explorer.chart(width), "page"), allow_nan=False)
