"""Repeated games: thresholds by direct play, noise, chains against simulation and closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionalism.models import games2x2
from regionalism.models import repetition as rep

AXELROD = (5, 3, 1, 0)
chances = st.floats(0, 1)
keys = st.sampled_from(sorted(rep.STRATEGIES))


@st.composite
def dilemmas(draw):
    steps = [draw(st.floats(0.1, 5)) for _ in range(3)]
    s = draw(st.floats(-5, 5))
    return s + sum(steps), s + steps[0] + steps[1], s + steps[0], s


def discounted(payoffs, delta):
    """Payoff per round of an endless stream whose last two given values repeat for ever."""
    *early, last, after = payoffs
    weight = delta ** len(early)
    head = sum((1 - delta) * delta**t * value for t, value in enumerate(early))
    return head + weight * (1 - delta) * (last + delta * after) / (1 - delta**2)


# --- discounting and thresholds

def test_discount():
    assert rep.discount(0, 0) == 1
    assert rep.discount(0.1, 0.05) == pytest.approx(0.9 / 1.05)
    assert rep.discount(0.2, 0.05) < rep.discount(0.1, 0.05) > rep.discount(0.1, 0.1)
    assert rep.discount(1, 0.05) == 0


@given(dilemmas(), st.floats(0.01, 0.98))
def test_grim_threshold_by_direct_play(four, delta):
    T, R, P, S = four
    threshold = rep.grim_threshold(*four)
    assume(abs(delta - threshold) > 1e-6)
    assert (discounted([R, R], delta) > discounted([T, P, P], delta)) == (delta > threshold)


@given(dilemmas(), st.floats(0.01, 0.98))
def test_tit_for_tat_threshold_by_direct_play(four, delta):
    T, R, P, S = four
    threshold = rep.tit_for_tat_threshold(*four)
    assume(abs(delta - threshold) > 1e-6)
    best_break = max(discounted([T, P, P], delta), discounted([T, S], delta))
    assert (discounted([R, R], delta) > best_break) == (delta > threshold)


def test_thresholds_by_playing_the_matches():
    """Long discounted matches of the simulation give the same verdict on both sides of the threshold."""
    for delta, stands in ((0.62, False), (0.70, True)):
        worth = {}
        for plan in ("tit_for_tat", "always_defect", "suspicious_tit_for_tat"):
            stream = rep.play(plan, "tit_for_tat", AXELROD, 300).payoffs[:, 0]
            worth[plan] = (1 - delta) * (delta ** np.arange(300) @ stream)
        assert (worth["tit_for_tat"] >= max(worth.values())) == stands
    assert rep.tit_for_tat_threshold(*AXELROD) == pytest.approx(2 / 3)
    assert rep.grim_threshold(*AXELROD) == 0.5


@given(dilemmas())
def test_tit_for_tat_never_needs_less_patience_than_grim(four):
    assert rep.tit_for_tat_threshold(*four) >= rep.grim_threshold(*four) > 0


def stream_of_public_good(place, benefits, costs, delta, deviates):
    """Payoff per round when all contribute, or when one stops at once and the others a round later."""
    n = len(benefits)
    if not deviates:
        return n * benefits[place] - costs[place]
    return (1 - delta) * (n - 1) * benefits[place]


@given(st.integers(2, 10), st.floats(0.5, 5), st.floats(1.01, 0.99 * 10), st.floats(0.01, 0.98))
def test_public_good_threshold_by_direct_play(n, b, factor, delta):
    c = factor * b
    assume(c < n * b)
    threshold = rep.public_good_threshold(b, c, n)
    assert threshold == pytest.approx((c - b) / ((n - 1) * b))
    assume(abs(delta - threshold) > 1e-6)
    keep, leave = (stream_of_public_good(0, [b] * n, [c] * n, delta, flag) for flag in (False, True))
    assert (keep > leave) == (delta > threshold)


@given(st.integers(2, 10), st.floats(1, 5), st.floats(1.1, 1.9))
def test_the_public_good_threshold_falls_in_benefit_and_number_and_rises_in_cost(n, b, factor):
    c = factor * b
    here = rep.public_good_threshold(b, c, n)
    assert rep.public_good_threshold(b * 1.05, c, n) < here
    assert rep.public_good_threshold(b, c, n + 1) < here
    assert rep.public_good_threshold(b, c * 1.05, n) > here
    assert rep.public_good_threshold(b, c, n, theta=0.5) == pytest.approx(2 * here)


def test_the_public_good_of_two_is_the_prisoners_dilemma():
    game = games2x2.from_public_good(6, 10, 1, "sum")
    T, R, P, S = games2x2.own_payoffs(game)[0]
    assert rep.public_good_threshold(6, 10, 2) == pytest.approx(rep.grim_threshold(T, R, P, S))


def test_thresholds_outside_the_dilemma():
    assert rep.public_good_threshold(6, 5, 3) == 0
    assert rep.public_good_threshold(6, 18, 3) == pytest.approx(1)
    assert rep.public_good_threshold(6, 10, 3, theta=0) == math.inf


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1.05, 1.95)), min_size=2, max_size=6), st.floats(0.01, 0.98))
def test_unequal_states_each_have_a_threshold_and_the_dearest_binds(pairs, delta):
    benefits = [b for b, _ in pairs]
    costs = [b * factor for b, factor in pairs]
    thresholds = rep.public_good_thresholds(benefits, costs)
    binding = rep.binding_state(benefits, costs)
    assert thresholds[binding] == pytest.approx(thresholds.max())
    for place, threshold in enumerate(thresholds):
        assume(abs(delta - threshold) > 1e-6)
        keep, leave = (stream_of_public_good(place, benefits, costs, delta, flag) for flag in (False, True))
        assert (keep > leave) == (delta > threshold)


def test_unequal_thresholds_by_hand():
    assert rep.public_good_thresholds([6, 8], [10, 10]) == pytest.approx([4 / 6, 2 / 8])
    assert rep.public_good_thresholds([6, 20], 10).tolist() == pytest.approx([4 / 6, 0])
    assert rep.binding_state([6, 8], [10, 10]) == 0
    assert rep.binding_state([6, 6], [10, 10]) == 0


def test_patience_alone_decides_nothing():
    assert rep.standing_equilibria(*AXELROD, 0.3) == ("always_defect",)
    assert rep.standing_equilibria(*AXELROD, 0.5) == ("always_defect", "grim")
    assert rep.standing_equilibria(*AXELROD, 0.95) == ("always_defect", "grim", "tit_for_tat")


# --- keeping and breaking

@given(st.sampled_from(["grim", "tit_for_tat"]), dilemmas(), st.floats(0, 0.98))
def test_keep_or_break_without_noise_has_a_closed_form(key, four, delta):
    T, R, P, S = four
    value = rep.keep_or_break(key, four, delta)
    assert value.keep == pytest.approx(R)
    assert value.break_for_good == pytest.approx((1 - delta) * T + delta * P)
    once = (1 - delta) * T + delta * P if key == "grim" else (T + delta * S) / (1 + delta)
    assert value.break_once == pytest.approx(once)
    threshold = rep.grim_threshold(*four) if key == "grim" else rep.tit_for_tat_threshold(*four)
    assume(abs(delta - threshold) > 1e-6)
    assert value.holds == (delta > threshold)
    assert value.best_break == max(value.break_once, value.break_for_good)


@given(dilemmas(), chances)
def test_without_a_future_only_the_stage_game_counts(four, noise):
    T, R, P, S = four
    for key in ("grim", "tit_for_tat"):
        value = rep.keep_or_break(key, four, 0, noise)
        assert (value.keep, value.break_once, value.break_for_good) == pytest.approx((R, T, T))
        assert not value.holds
    assert rep.standing_equilibria(*four, 0) == ("always_defect",)


@given(dilemmas())
def test_the_patience_needed_is_the_threshold(four):
    for key, threshold in (("grim", rep.grim_threshold), ("tit_for_tat", rep.tit_for_tat_threshold)):
        expected = threshold(*four)
        assume(abs(expected - 1) > 0.001)
        found = rep.patience_needed(key, four)
        assert found == (pytest.approx(expected, abs=1e-7) if expected < 1 else math.inf)


def test_misreading_asks_for_more_patience():
    for key in ("grim", "tit_for_tat"):
        needed = [rep.patience_needed(key, AXELROD, noise) for noise in (0, 0.02, 0.05)]
        assert needed[0] < needed[1] < needed[2] < 1
    assert rep.patience_needed("always_cooperate", AXELROD) == math.inf


def test_under_noise_grim_is_worth_less_the_more_the_future_counts():
    values = [rep.keep_or_break("grim", AXELROD, delta, 0.05).keep for delta in (0.5, 0.8, 0.95, 0.999)]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(1, abs=0.05)


# --- noise and the long run

def test_self_play_without_noise_is_full_cooperation_for_the_nice():
    for key in ("always_cooperate", "tit_for_tat", "grim", "generous_tit_for_tat", "pavlov"):
        assert rep.self_play_value(key, AXELROD) == pytest.approx(3)
    for key in ("always_defect", "suspicious_tit_for_tat"):
        assert rep.self_play_value(key, AXELROD) == pytest.approx(1)


@pytest.mark.parametrize("noise", [0.01, 0.05, 0.1])
def test_noise_hurts_the_strict_and_spares_the_forgiving(noise):
    value = {key: rep.self_play_value(key, AXELROD, noise) for key in rep.STRATEGIES}
    assert value["grim"] == pytest.approx(1)
    assert value["tit_for_tat"] == pytest.approx((5 + 3 + 1 + 0) / 4)
    assert value["generous_tit_for_tat"] > 3 - 2.5 * noise
    assert value["pavlov"] > 3 - 5 * noise
    assert value["always_cooperate"] == 3


def test_very_rare_noise_still_decides_the_long_run():
    assert rep.self_play_value("grim", AXELROD, 1e-6) == pytest.approx(1)
    assert rep.self_play_value("tit_for_tat", AXELROD, 1e-6) == pytest.approx(2.25)


def test_partners_that_go_round_in_a_circle_are_averaged():
    assert rep.long_run("suspicious_tit_for_tat", "tit_for_tat") == pytest.approx([0, 0.5, 0.5, 0])
    assert rep.average_payoffs("tit_for_tat", "suspicious_tit_for_tat", AXELROD) == pytest.approx((2.5, 2.5))


@given(keys, keys, st.floats(0, 0.3))
def test_shares_are_shares_and_places_may_be_changed(a, b, noise):
    here, there = rep.long_run(a, b, noise), rep.long_run(b, a, noise)
    assert here.sum() == pytest.approx(1)
    assert here.min() >= -1e-12
    assert there[[0, 2, 1, 3]] == pytest.approx(here, abs=1e-9)
    assert rep.transition(a, b, noise).sum(axis=1) == pytest.approx(1)


@given(keys, keys, st.floats(0.001, 0.3))
def test_the_long_run_is_what_patience_tends_to(a, b, noise):
    chain = rep.transition(a, b, noise)
    shares = rep.long_run(a, b, noise)
    assert shares @ chain == pytest.approx(shares, abs=1e-9)
    patient = rep.discounted_payoffs(a, b, AXELROD, 1 - 1e-8, noise)
    assert patient == pytest.approx(rep.average_payoffs(a, b, AXELROD, noise), abs=1e-3)


@pytest.mark.parametrize(("a", "b"), [("tit_for_tat", "tit_for_tat"), ("pavlov", "pavlov"), ("grim", "pavlov"),
                                      ("generous_tit_for_tat", "always_defect"), ("random", "tit_for_tat")])
def test_simulation_agrees_with_the_chain(a, b):
    match = rep.play(a, b, AXELROD, 12_000, 0.05, seed=7)
    assert match.mean == pytest.approx(rep.expected_payoffs(a, b, AXELROD, 12_000, 0.05), abs=0.1)
    assert match.misread.mean() == pytest.approx(0.05, abs=0.01)
    assert match.cooperation == pytest.approx(1 - match.moves.mean(axis=0))


def test_expected_payoffs_of_few_rounds_by_hand():
    assert rep.expected_payoffs("always_defect", "tit_for_tat", AXELROD, 4) == pytest.approx((8 / 4, 3 / 4))
    assert rep.discounted_payoffs("always_defect", "tit_for_tat", AXELROD, 0.9) == pytest.approx((1.4, 0.9))


# --- reactive strategies

@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_reactive_formula_agrees_with_the_chain(p1, q1, p2, q2):
    first = rep.Strategy("first", "", "", 0.5, (p1, q1, p1, q1))
    second = rep.Strategy("second", "", "", 0.5, (p2, q2, p2, q2))
    shares = rep.long_run(first, second)
    s1, s2 = rep.reactive_cooperation(p1, q1, p2, q2)
    assert shares == pytest.approx([s1 * s2, s1 * (1 - s2), (1 - s1) * s2, (1 - s1) * (1 - s2)])
    assert rep.reactive_payoffs(p1, q1, p2, q2, AXELROD) == pytest.approx(
        rep.average_payoffs(first, second, AXELROD))


def test_reactive_formula_agrees_with_simulation():
    first = rep.Strategy("first", "", "", 1, (0.9, 0.3, 0.9, 0.3))
    second = rep.Strategy("second", "", "", 0, (0.7, 0.1, 0.7, 0.1))
    match = rep.play(first, second, AXELROD, 15_000, seed=3)
    assert match.cooperation == pytest.approx(rep.reactive_cooperation(0.9, 0.3, 0.7, 0.1), abs=0.02)


@given(st.floats(0, 1), st.floats(0.001, 0.3))
def test_noise_turns_generous_tit_for_tat_into_a_reactive_strategy(mercy, noise):
    p, q = (1 - noise) + noise * mercy, noise + (1 - noise) * mercy
    expected = rep.reactive_payoffs(p, q, p, q, AXELROD)
    assert rep.average_payoffs(*[rep.generous_tit_for_tat(mercy)] * 2, AXELROD, noise) == pytest.approx(expected)


def test_generosity_has_a_limit():
    assert rep.generosity_limit(*AXELROD) == pytest.approx(1 / 3)
    for mercy, resists in ((0.45, True), (0.55, False)):
        shares = rep.average_payoffs("always_defect", rep.generous_tit_for_tat(mercy), AXELROD)
        assert (shares[0] < 3) == resists


# --- matches and tournaments

def test_a_match_follows_the_rules():
    assert rep.play("tit_for_tat", "always_defect", AXELROD, 4).moves.tolist() == [[0, 1], [1, 1], [1, 1], [1, 1]]
    assert rep.play("pavlov", "always_defect", AXELROD, 4).moves[:, 0].tolist() == [0, 1, 0, 1]
    assert (rep.play("suspicious_tit_for_tat", "tit_for_tat", AXELROD, 4).moves.tolist()
            == [[1, 0], [0, 1], [1, 0], [0, 1]])
    assert rep.play("grim", "random", AXELROD, 200, seed=1).moves[-1, 0] == 1
    assert rep.play("tit_for_tat", "tit_for_tat", AXELROD, 5, noise=1).moves.tolist() == [
        [0, 0], [1, 1], [0, 0], [1, 1], [0, 0]]


def test_the_same_seed_gives_the_same_match():
    first, again, other = (rep.play("random", "pavlov", AXELROD, 60, 0.1, seed) for seed in (4, 4, 5))
    assert np.array_equal(first.moves, again.moves)
    assert not np.array_equal(first.moves, other.moves)
    # Pinned: must not change from one version of Python or numpy to the next.
    assert "".join("CD"[move] for move in first.moves[:12, 0]) == "DCDCDCDDCCCC"


def test_a_tournament_is_a_round_robin():
    result = rep.tournament(noise=0.02, rounds=100, seed=1)
    assert result.keys == tuple(rep.STRATEGIES)
    assert sorted(result.ranking) == sorted(result.keys)
    assert result.payoffs.shape == (8, 8)
    assert result.scores == pytest.approx(result.payoffs.mean(axis=1))
    assert np.array_equal(result.payoffs, rep.tournament(noise=0.02, rounds=100, seed=1).payoffs)
    assert not np.array_equal(result.payoffs, rep.tournament(noise=0.02, rounds=100, seed=2).payoffs)
    assert result.ranking[0] == result.keys[int(np.argmax(result.scores))]


def test_who_else_takes_part_does_not_change_a_match():
    all_eight = rep.tournament(noise=0.05, rounds=50, seed=3)
    two = rep.tournament(["grim", "pavlov"], noise=0.05, rounds=50, seed=3)
    places = [all_eight.keys.index(key) for key in two.keys]
    assert np.array_equal(two.payoffs, all_eight.payoffs[np.ix_(places, places)])


def test_repeated_tournaments_tend_to_the_expected_one():
    field = ["tit_for_tat", "always_defect", "pavlov"]
    drawn = rep.tournament(field, AXELROD, rounds=100, noise=0.05, seed=5, repeats=25)
    exact = rep.expected_tournament(field, AXELROD, rounds=100, noise=0.05)
    assert drawn.payoffs == pytest.approx(exact.payoffs, abs=0.15)
    alone = rep.expected_tournament(field, AXELROD, rounds=100, with_itself=False)
    assert np.all(np.isnan(np.diag(alone.payoffs)))


def test_the_winner_depends_on_the_field():
    winners = {rep.expected_tournament(field, AXELROD, 200, noise).ranking[0] for field, noise in (
        (tuple(rep.STRATEGIES), 0.0), (tuple(rep.STRATEGIES), 0.05),
        (("always_cooperate", "always_defect", "tit_for_tat"), 0.0))}
    assert len(winners) > 1


# --- refusals

def test_bad_input_is_refused_by_name():
    for call, named in (
            (lambda: rep.discount(1.2, 0), "h is"), (lambda: rep.discount(0.1, -0.1), "r is"),
            (lambda: rep.grim_threshold(3, 5, 1, 0), "T > R > P > S"),
            (lambda: rep.public_good_threshold(0, 1, 2), "benefit"),
            (lambda: rep.public_good_threshold(1, 2, 1), "n is"),
            (lambda: rep.public_good_threshold(1, 2, 2.5), "whole number"),
            (lambda: rep.public_good_thresholds([1], [2]), "2 or more"),
            (lambda: rep.public_good_thresholds([1, 2, 3], [2, 2]), "costs"),
            (lambda: rep.keep_or_break("grim", AXELROD, 1), "delta"),
            (lambda: rep.keep_or_break("grim", AXELROD, 0.5, noise=-0.1), "noise"),
            (lambda: rep.strategy("tit for tat"), "strategy"),
            (lambda: rep.play("grim", "grim", AXELROD, 0), "rounds"),
            (lambda: rep.play("grim", "grim", (1, 2), 5), "game"),
            (lambda: rep.tournament(["grim"]), "2 or more"),
            (lambda: rep.tournament(["grim", "grim"]), "twice"),
            (lambda: rep.tournament(game=games2x2.SUASION), "symmetric"),
            (lambda: rep.Strategy("x", "", "", 1, (1, 1, 1, 2)), "reply"),
            (lambda: rep.Strategy("x", "", "", 2, (1, 1, 1, 1)), "first"),
            (lambda: rep.generous_tit_for_tat(1.5), "generosity"),
            (lambda: rep.reactive_cooperation(1, 0, 1, 0), "strictly"),
            (lambda: rep.reactive_cooperation(2, 0, 1, 0), "p1")):
        with pytest.raises(ValueError, match=named):
            call()
