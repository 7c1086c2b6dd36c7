"""Judging: right, each named wrong, nonsense of every type, silence; for the samples and for every chapter."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises import chapters
from regionalism.exercises import questions as questions_of
from regionalism.exercises.judging import as_raw, judge, pairs_in_order, walk_out_words, walk_outs, within
from regionalism.exercises.keys import with_key
from regionalism.exercises.nonsense import malformed
from regionalism.exercises.question import Allocate, Card, Claim, Mark, Number, Predict, Question, Text, value_of

JUDGED = ["number", "choice", "several", "cards", "sliders", "table", "order", "match", "allocate", "mark", "span"]
GUESSED = ["guess", "estimate"]
SEEDS = ("sample", "1", "Aigerim", "Бекзат", "4711")
STATES = {"right", "partly", "wrong", "unreadable", "saved", "predicted", "silent"}
NONSENSE = [
    "abc", "<script>alert(1)</script>", "😀", "nan", "-1e308", "\x00", "\ud800", "x" * 30_000, "__class__", "a\nb",
    0, -1, 1, 10**400, 1e308, float("nan"), float("inf"), -float("inf"), True, False, b"bytes", object(), 3 + 4j,
    [], ["x"], [None], [[1]], [{}], ["a", "a"], {"x": 1}, {1: 2}, {None: None}, {"theta": "x"}, {"theta": float("nan")},
    {"theta": [1]}, {"theta": True}, {"members": 10**400}, {"radar": "nowhere"}, {"radar": ["best"]}, {"low": {}},
    {"low": float("inf")}, {"low": True}, set(), {"zzz"}, {("a",)}, (), ("a", 1), range(3), Exception("x"),
]  # fmt: skip


def every_question():
    return [pytest.param(question, id=question.id) for stem in chapters() for question in questions_of(stem)]


# Samples


@pytest.mark.parametrize(("answer", "same"), [(["a", "d"], True), (["d", "a"], True), (["a"], False),
                                              (["a", "c", "d"], False)])  # fmt: skip
def test_a_wrong_set_without_a_rule_of_its_own_is_known_by_its_example(question, answer, same):
    asked = question("several")
    asked = replace(asked, wrongs=(replace(asked.wrongs[0], matches=None),))
    assert judge(asked, asked.numbers("1"), answer).misconception == ("joint" if same else None)


def test_an_unfinished_answer_that_holds_so_far_costs_no_try_and_gets_no_reproach(question):
    asked = question("cards")
    verdict = judge(asked, asked.numbers("1"), {"radar": value_of(asked.right, asked.numbers("1"))["radar"]})
    assert (verdict.state, verdict.counts) == ("partly", False)
    assert verdict.message.startswith("What you have filled in holds. Still open: ")


@pytest.mark.parametrize(("words", "said"), [(2, "2 words so far"), (3, ""), (6, ""), (7, "say it in 6")])
def test_the_length_of_a_text_is_told_outside_its_bounds_only(question, words, said):
    message = judge(question("text"), {}, " ".join(["word"] * words)).message
    assert said in message
    assert ("words" in message) == bool(said)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", JUDGED)
def test_right_answer(question, name, seed):
    asked = question(name)
    numbers = asked.numbers(seed)
    verdict = judge(asked, numbers, as_raw(asked, value_of(asked.right, numbers)))
    assert (verdict.state, verdict.score, verdict.misconception, verdict.counts) == ("right", 1.0, None, False)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", JUDGED)
def test_each_named_wrong_answer(question, name, seed):
    asked = question(name)
    numbers = asked.numbers(seed)
    for wrong in asked.wrongs:
        verdict = judge(asked, numbers, as_raw(asked, value_of(wrong.example, numbers)))
        assert verdict.state in ("wrong", "partly")
        assert verdict.misconception == wrong.misconception
        assert verdict.counts
        assert value_of(wrong.reply, numbers) in verdict.message


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", [*JUDGED, *GUESSED, "text", "transfer"])
def test_nonsense_is_answered_kindly(question, name, nonsense):
    asked = question(name)
    numbers = asked.numbers("sample")
    verdict = judge(asked, numbers, nonsense, tries=0)
    assert verdict.state in STATES - {"right"}
    assert "!" not in verdict.message
    assert verdict.state == "silent" or verdict.message


@pytest.mark.parametrize("silence", [None, "", " "])
@pytest.mark.parametrize("name", [*JUDGED, *GUESSED, "text", "transfer"])
def test_silence(question, name, silence):
    verdict = judge(question(name), question(name).numbers("sample"), silence)
    assert (verdict.state, verdict.score, verdict.counts) == ("silent", None, False)


def test_numbers_as_students_type_them(question):
    asked = question("number")
    numbers = {"part": 12, "whole": 48}
    for typed in ("25 %", "25", "0,25", "1/4", "¼", " 0.25 ", "25,4 %"):
        assert judge(asked, numbers, typed).state == "right", typed
    assert judge(asked, numbers, "twelve percent").state == "unreadable"
    assert judge(asked, numbers, "75 %").misconception == "rest"
    assert judge(asked, numbers, "120 %").state == "unreadable"


@pytest.mark.parametrize(
    ("kind", "right", "given", "holds"),
    [
        (Number(absolute=0.1), 1, 1.1, True),
        (Number(absolute=0.1), 1, 1.1001, False),
        (Number(relative=0.1), 100, 110, True),
        (Number(relative=0.1), -100, -110.1, False),
        (Number(), 0.3, 0.1 + 0.2, True),
        (Number(), 0, 1e-6, False),
        (Number(absolute=0.01, relative=0.1), 100, 109, True),
    ],
)
def test_tolerance(kind, right, given, holds):
    assert within(kind, right, given) is holds


def test_first_second_third_try(question):
    asked = question("number")
    numbers = {"part": 12, "whole": 48}
    first, second, third = (judge(asked, numbers, "40 %", tries).message for tries in range(3))
    assert "Divide the part by the whole." in first
    assert "SOLUTION" not in first + second
    assert "too large" in second
    assert "Look at one state only." in second
    assert "SOLUTION-PATH" in third
    assert judge(asked, numbers, "40 %", 9).message == third
    assert judge(asked, numbers, "10 %", 1).message.count("too small") == 1


def test_a_named_reason_is_given_at_each_try(question):
    for tries in range(3):
        assert "REPLY-JOINT" in judge(question("choice"), {}, "both", tries).message


def test_an_option_without_misconception_has_its_reply(question):
    verdict = judge(question("choice"), {}, "luck")
    assert verdict.misconception is None
    assert "REPLY-LUCK" in verdict.message


def test_praise_follows_a_right_answer(question):
    assert "PRAISE-SHARE" in judge(question("number"), {"part": 12, "whole": 48}, "25").message


@pytest.mark.parametrize(
    ("ticked", "state", "score"),
    [
        (["a"], "partly", 0.5),
        (["a", "b", "c"], "partly", 0.5),
        (["a", "b", "c", "d"], "wrong", 0.0),
        (["c"], "wrong", 0.0),
        (["c", "d"], "wrong", 0.0),
        (["b", "a", "a"], "right", 1.0),
    ],
)
def test_ticks_count_both_ways(question, ticked, state, score):
    verdict = judge(question("several"), {}, ticked)
    assert (verdict.state, verdict.score) == (state, score)


def test_second_try_counts_the_ticks(question):
    assert (
        "Ticked but not holding: 1. Holding but not ticked: 1." in judge(question("several"), {}, ["a", "c"], 1).message
    )


def test_cards_score_by_card_and_name_those_that_hold(question):
    asked = question("cards")
    verdict = judge(asked, {}, {"radar": "best", "border": "best", "fund": "best"}, 1)
    assert verdict.score == pytest.approx(1 / 3)
    assert "These hold: A radar." in verdict.message


def test_unfinished_but_right_costs_no_try(question):
    verdict = judge(question("cards"), {}, {"radar": "best"})
    assert (verdict.state, verdict.counts) == ("partly", False)
    assert "Still open: A border; A fund." in verdict.message
    verdict = judge(question("table"), {"low": 12}, {"high": "50"})
    assert (verdict.state, verdict.score, verdict.counts) == ("partly", 0.5, False)


def test_unfinished_and_wrong_costs_a_try(question):
    verdict = judge(question("cards"), {}, {"border": "sum"})
    assert (verdict.state, verdict.misconception, verdict.counts) == ("wrong", "joint", True)
    assert "Still open" in verdict.message


def test_table_reads_its_cells_as_students_type_them(question):
    assert judge(question("table"), {"low": 12}, {"low": "12,1 bn USD", "high": "50 %"}).state == "right"


def test_every_setting_that_meets_the_goal_is_right(question):
    asked, numbers = question("sliders"), {"limit": 2}
    met = {
        (theta, members): judge(asked, numbers, {"theta": theta, "members": members}).state == "right"
        for theta in (0.0, 0.5, 1.0)
        for members in (2.0, 3.0, 4.0, 5.0)
        if (theta, members) != (0.0, 2.0)
    }
    assert met == {(theta, members): theta * members >= 2 for theta, members in met}


def test_explorer_values_out_of_range_are_sent_back(question):
    for raw in ({"theta": 7}, {"theta": "half"}, {"members": -1}, {"kind": "best"}, {"unknown": 1}):
        verdict = judge(question("sliders"), {"limit": 2}, raw)
        assert (verdict.state, verdict.counts) == ("unreadable", False), raw


def test_missing_controls_stay_at_their_start(question):
    assert judge(question("sliders"), {"limit": 2}, {"theta": 1.0}).state == "right"


def test_text_is_saved_and_counted_but_not_judged(question):
    asked = question("text")
    assert "3 or more" in judge(asked, {}, "too short").message
    assert "try to say it in 6" in judge(asked, {}, "one two three four five six seven").message
    verdict = judge(asked, {}, "a case and doubt")
    assert (verdict.state, verdict.score) == ("saved", None)
    assert "words" not in verdict.message


def test_transfer_is_saved_without_a_key_and_judged_with_one(question, transfer_key):
    asked = question("transfer")
    assert judge(asked, {}, "fines").state == "saved"
    keyed = with_key(asked, transfer_key)
    assert judge(keyed, {}, "watch").state == "right"
    assert judge(keyed, {}, "fines").misconception == "joint"
    assert "REPLY-WAIT" in judge(keyed, {}, "wait").message


# Orders


def places(*names):
    return {name: place for place, name in enumerate(names, start=1)}


@pytest.mark.parametrize(
    ("names", "state", "score"),
    [
        (("talk", "sign", "vote", "act"), "right", 1), (("talk", "vote", "sign", "act"), "right", 1),
        (("sign", "talk", "vote", "act"), "partly", 0.6), (("talk", "sign", "act", "vote"), "partly", 0.6),
        (("sign", "talk", "act", "vote"), "partly", 0.2), (("sign", "vote", "talk", "act"), "partly", 0.2),
        (("act", "talk", "sign", "vote"), "wrong", 0), (("act", "vote", "sign", "talk"), "wrong", 0),
    ],
)  # fmt: skip
def test_an_order_scores_by_pairs_and_items_that_share_a_place_count_either_way(question, names, state, score):
    verdict = judge(question("order"), {}, places(*names))
    assert (verdict.state, verdict.counts) == (state, state != "right")
    assert verdict.score == pytest.approx(score)


def test_an_order_turned_round_earns_nothing_and_one_by_lot_nothing_on_average(question):
    scores = [judge(question("order"), {}, places(*names)).score
              for names in itertools.permutations(("talk", "sign", "vote", "act"))]  # fmt: skip
    assert scores.count(1) == 2
    assert sum(scores) / len(scores) < 0.3


def test_a_wrong_order_without_a_rule_is_known_by_its_example_and_its_ties(question):
    asked = question("order")
    wrong = replace(asked.wrongs[0], matches=None, example=["act", ["talk", "sign"], "vote"])
    asked = replace(asked, wrongs=(wrong,))
    assert judge(asked, {}, places("act", "sign", "talk", "vote")).misconception == "joint"
    assert judge(asked, {}, places("act", "vote", "talk", "sign")).misconception is None


@pytest.mark.parametrize(("names", "words"), [
    (("talk", "sign", "act", "vote"), "In the right place: They talk; They sign."),
    (("sign", "talk", "vote", "act"), "In the right place: They vote; They act."),
    (("act", "talk", "sign", "vote"), "In the right place: They sign."),
])  # fmt: skip
def test_a_second_try_at_an_order_names_what_stands_well(question, names, words):
    assert words in judge(question("order"), {}, places(*names), 1).message


@pytest.mark.parametrize("raw", [{"talk": 1}, places("talk", "vote"), {"act": 3, **places("talk", "sign", "vote")}])
def test_an_order_with_gaps_costs_no_try(question, raw):
    verdict = judge(question("order"), {}, raw)
    assert (verdict.state, verdict.score, verdict.counts) == ("unreadable", None, False)


def test_an_order_without_a_thing_in_place_may_hold_in_part(question):
    verdict = judge(question("order"), {}, places("vote", "talk", "act", "sign"), 1)
    assert verdict.state == "partly"
    assert "Nothing is in its right place yet, but part of the order holds." in verdict.message


def test_pairs_of_an_order():
    assert pairs_in_order(["a", ["b", "c"]], ["b", "a", "c"]) == {"a before b": False, "a before c": True}


# Pairs


@pytest.mark.parametrize(
    ("raw", "state", "score", "counts"),
    [
        ({"doubt": "watch", "tempt": "fine", "split": "judge"}, "right", 1, False),
        ({"doubt": "watch", "tempt": "judge", "split": "fine"}, "partly", 1 / 3, True),
        ({"doubt": "feast", "tempt": "judge", "split": "watch"}, "wrong", 0, True),
        ({"doubt": "watch"}, "partly", 1 / 3, False), ({"doubt": "feast"}, "wrong", 0, True),
        ({"doubt": "watch", "tempt": "feast"}, "partly", 1 / 3, True),
    ],
)  # fmt: skip
def test_pairs_score_one_by_one(question, raw, state, score, counts):
    verdict = judge(question("match"), {}, raw)
    assert (verdict.state, verdict.counts) == (state, counts)
    assert verdict.score == pytest.approx(score)


def test_open_pairs_are_told_and_a_second_try_names_those_that_hold(question):
    assert "Still open: They quarrel over the shares." in judge(
        question("match"), {}, {"doubt": "fine", "tempt": "watch"}).message  # fmt: skip
    message = judge(question("match"), {}, {"doubt": "watch", "tempt": "judge", "split": "fine"}, 1).message
    assert "These hold: Nobody knows what the others do." in message


# Shares


@pytest.mark.parametrize(
    ("arka", "boro", "celan", "state"),
    [(20, 40, 40, "right"), (50, 50, 0, "right"), (50, 0, 50, "right"), (30, 69.5, 0.5, "right"), (20, 80, 0, "right"),
     (19.9, 40.1, 40, "wrong"), (51, 49, 0, "wrong"), (0, 50, 50, "wrong"), (100, 0, 0, "wrong")],
)  # fmt: skip
def test_every_share_from_which_nobody_walks_out_is_right(question, arka, boro, celan, state):
    verdict = judge(question("allocate"), {"total": 100, "alone": 20}, {"arka": arka, "boro": boro, "celan": celan})
    assert (verdict.state, verdict.score) == (state, float(state == "right"))


def test_only_the_first_groups_that_walk_out_are_named():
    groups = [("a",), ("a", "b"), ("a", "b", "c"), ("b",), ("c",)]
    receivers = tuple(Card(name, name.upper()) for name in "abc")
    kind = Allocate(receivers, total=30, claims=[Claim(group, 20) for group in groups])
    words = walk_out_words(kind, {}, dict.fromkeys("abc", 0.0))
    assert words.startswith("Would walk out: A (now 0, can get 20); A and B (now 0")
    assert "A, B and C (now 0" in words
    assert words.endswith("; and 2 more groups.")


def test_who_walks_out_is_told_at_the_second_try(question):
    asked, numbers = question("allocate"), {"total": 100, "alone": 20}
    raw = {"arka": 60, "boro": 20, "celan": 20}
    assert "walk out" not in judge(asked, numbers, raw).message
    words = "Would walk out: Boro and Celan (now 40 mn USD, can get 50 mn USD, by a treaty of two)."
    assert words in judge(asked, numbers, raw, 1).message
    assert walk_out_words(asked.kind, numbers, {"arka": 50, "boro": 25, "celan": 25}) == "Nobody would walk out."


def test_a_claim_is_met_up_to_rounding(question):
    kind = replace(question("allocate").kind, claims=(Claim(("arka", "boro"), 0.3),))
    assert walk_outs(kind, {}, {"arka": 0.1, "boro": 0.2, "celan": 0}) == []
    assert walk_outs(kind, {}, {"arka": 0.1, "boro": 0.1999, "celan": 0})


@given(total=st.integers(50, 300), alone=st.integers(5, 40), cuts=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_share_is_right_exactly_if_it_meets_all_claims(question, total, alone, cuts):
    asked, numbers = question("allocate"), {"total": total, "alone": min(alone, total / 2)}
    low, high = sorted(cuts)
    shares = {"arka": total * low, "boro": total * (high - low), "celan": total * (1 - high)}
    verdict = judge(asked, numbers, shares)
    slack = 1e-3
    if shares["arka"] > numbers["alone"] + slack and shares["boro"] + shares["celan"] > total / 2 + slack:
        assert verdict.state == "right"
    if shares["arka"] < numbers["alone"] - slack or shares["boro"] + shares["celan"] < total / 2 - slack:
        assert verdict.state == "wrong"


# Marks


@pytest.mark.parametrize(("raw", "state"), [(2010, "right"), (2009, "right"), (2011, "right"), (2011.4, "right"),
                                            (2011.6, "wrong"), (2008, "wrong"), ("2010", "right")])  # fmt: skip
def test_a_mark_is_right_within_its_tolerance_after_going_to_the_nearer_step(question, raw, state):
    assert judge(question("mark"), {"peak": 2010}, raw).state == state


@pytest.mark.parametrize(
    ("raw", "state", "score"),
    [([2000, 2010], "right", 1), ([2001, 2009], "right", 1), ([2000, 2015], "partly", 0.5),
     ([2005, 2010], "partly", 0.5), ([2005, 2015], "wrong", 0)],
)  # fmt: skip
def test_both_ends_of_a_stretch_count(question, raw, state, score):
    verdict = judge(question("span"), {"peak": 2010}, raw)
    assert (verdict.state, verdict.score) == (state, score)


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [("mark", 2015, "Your mark lies too far right."), ("mark", 2004, "Your mark lies too far left."),
     ("span", [2000, 2015], "The beginning stands well. The end lies too far right."),
     ("span", [2005, 2007], "The beginning lies too far right. The end lies too far left.")],
)  # fmt: skip
def test_a_second_try_tells_which_way(question, name, raw, words):
    assert words in judge(question(name), {"peak": 2010}, raw, 1).message


def test_the_named_wrong_mark_is_known(question):
    assert judge(question("mark"), {"peak": 2010}, 2001).misconception == "rest"
    assert judge(question("span"), {"peak": 2010}, [2011, 2020]).misconception == "rest"


# Guesses


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", GUESSED)
def test_no_guess_is_marked_down(question, name, seed):
    asked = question(name)
    numbers = asked.numbers(seed)
    for raw in ("fewer", "same", "more") if name == "guess" else ("1", "0.5", "22 %", 1, 0):
        verdict = judge(asked, numbers, raw, tries=2)
        assert (verdict.state, verdict.score, verdict.counts) == ("predicted", 1.0, False)


def test_a_guess_is_compared_with_what_came_out(question):
    for raw, words, betrays in (
        ("fewer", ("Your guess: Fewer. What came out: Fewer.", "PRAISE-GUESS", "SOLUTION-PATH"), None),
        ("more", ("Your guess: More. What came out: Fewer.", "REPLY-MORE", "SOLUTION-PATH"), "joint"),
        ("same", ("Your guess: The same. What came out: Fewer.", "REPLY-SAME"), None),
    ):
        verdict = judge(question("guess"), {}, raw)
        assert all(part in verdict.message for part in words)
        assert ("PRAISE" in verdict.message) == (raw == "fewer")
        assert verdict.misconception == betrays


def test_a_guessed_number_comes_true_within_its_tolerance(question):
    asked, numbers = question("estimate"), {"ratified": 15}
    assert "PRAISE-ESTIMATE" in judge(asked, numbers, "34 %").message
    assert "PRAISE-ESTIMATE" not in judge(asked, numbers, "36 %").message
    verdict = judge(asked, numbers, "95")
    assert verdict.misconception == "joint"
    assert "Your guess: 95 %. What came out: 30 %." in verdict.message


def test_a_guess_that_came_true_betrays_nothing(question):
    asked = question("estimate")
    any_guess = replace(asked.wrongs[0], matches=lambda n, answer: True)
    verdict = judge(replace(asked, wrongs=(any_guess,)), {"ratified": 15}, "30 %")
    assert verdict.misconception is None
    assert "REPLY" not in verdict.message


@pytest.mark.parametrize(("name", "raw"), [("guess", "lots"), ("estimate", "lots"), ("estimate", "130 %")])
def test_a_guess_that_cannot_be_read_is_sent_back(question, name, raw):
    assert judge(question(name), question(name).numbers("1"), raw).state == "unreadable"


# Any answer


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize("name", [*JUDGED, *GUESSED, "text", "transfer"])
@given(raw=ODD, tries=st.integers(0, 5))
def test_no_answer_stops_the_judging(question, name, raw, tries):
    asked = question(name)
    assert malformed(judge(asked, asked.numbers("1"), raw, tries)) == ""


def own_answers(asked):
    """Answers in the form of a question of parts, some of them with gaps."""
    kind = asked.kind
    if hasattr(kind, "cells"):
        parts, values = [cell.id for cell in kind.cells], st.sampled_from([10, 11, 12, 50, "50 %", "12,1", ""])
    elif hasattr(kind, "bins"):
        parts, values = [card.id for card in kind.cards], st.sampled_from([place.id for place in kind.bins] + [""])
    else:
        parts, values = [item.id for item in kind.items], st.sampled_from([p.id for p in kind.partners] + [""])
    return st.fixed_dictionaries({}, optional=dict.fromkeys(parts, values))


@pytest.mark.parametrize("name", ["cards", "table", "match"])
@given(data=st.data())
def test_one_part_more_never_scores_lower_and_a_right_one_higher(question, name, data):
    asked = question(name)
    numbers = asked.numbers("1")
    right = as_raw(asked, value_of(asked.right, numbers))
    answer = data.draw(own_answers(asked))
    before = judge(asked, numbers, answer)
    part = data.draw(st.sampled_from(sorted(right)))
    if answer.get(part) or (name == "match" and right[part] in answer.values()):
        return
    after = judge(asked, numbers, {**answer, part: right[part]})
    if before.score is not None and after.score is not None:
        assert after.score > before.score
    other = judge(asked, numbers, {**answer, part: data.draw(st.sampled_from(sorted(map(str, right.values()))))})
    if before.score is not None and other.score is not None:
        assert other.score >= before.score


@given(names=st.permutations(["talk", "sign", "vote", "act"]), swap=st.integers(0, 2))
def test_putting_two_neighbours_right_never_lowers_the_score(question, names, swap):
    rank = {"talk": 0, "sign": 1, "vote": 1, "act": 2}
    before = judge(question("order"), {}, places(*names))
    if rank[names[swap]] > rank[names[swap + 1]]:
        names[swap], names[swap + 1] = names[swap + 1], names[swap]
        assert judge(question("order"), {}, places(*names)).score >= before.score


@given(ticked=st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1), more=st.sampled_from(["a", "b"]))
def test_one_right_tick_more_scores_higher_and_a_wrong_one_less_never_lower(question, ticked, more):
    asked = question("several")
    before = judge(asked, {}, sorted(ticked)).score
    assert judge(asked, {}, sorted(ticked | {more})).score >= before
    fewer = ticked - {"c", "d"}
    if fewer:
        assert judge(asked, {}, sorted(fewer)).score >= before


# Chapters


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asked", every_question())
def test_chapter_right_wrong_and_silence(asked: Question, seed):
    numbers = asked.numbers(seed)
    assert json.loads(json.dumps(numbers)) == numbers
    assert judge(asked, numbers, None).state == "silent"
    if not asked.judged:
        return
    came_true = "predicted" if isinstance(asked.kind, Predict) else "right"
    assert judge(asked, numbers, as_raw(asked, value_of(asked.right, numbers))).state == came_true
    for wrong in asked.wrongs:
        for tries in range(3):
            verdict = judge(asked, numbers, as_raw(asked, value_of(wrong.example, numbers)), tries)
            assert verdict.misconception == wrong.misconception
            assert value_of(wrong.reply, numbers) in verdict.message


@pytest.mark.parametrize("asked", every_question())
def test_chapter_nonsense(asked: Question):
    numbers = asked.numbers("sample")
    for nonsense in NONSENSE:
        verdict = judge(asked, numbers, nonsense, tries=2)
        allowed = (
            {"unreadable", "silent", "saved"} if isinstance(asked.kind, Text) else {"unreadable", "silent", "wrong"}
        )
        if isinstance(asked.kind, (Number, Mark)):
            allowed |= {"right"}  # one of the odd numbers may happen to be the answer
        if isinstance(asked.kind, Predict) and isinstance(asked.kind.ask, Number):
            allowed |= {"predicted"}
        assert verdict.state in allowed, nonsense
