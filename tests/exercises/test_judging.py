"""Judging: right, each named wrong, nonsense of every type, silence; for the samples and for every chapter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from regionalism.exercises import chapters
from regionalism.exercises import questions as questions_of
from regionalism.exercises.judging import judge, within
from regionalism.exercises.keys import with_key
from regionalism.exercises.question import Number, Question, Text, value_of

JUDGED = ["number", "choice", "several", "cards", "sliders", "table"]
SEEDS = ("sample", "1", "Aigerim", "Бекзат", "4711")
STATES = {"right", "partly", "wrong", "unreadable", "saved", "silent"}
NONSENSE = [
    "abc", "<script>alert(1)</script>", "😀", "nan", "-1e308", "\x00", "\ud800", "x" * 30_000, "__class__", "a\nb",
    0, -1, 1, 10**400, 1e308, float("nan"), float("inf"), -float("inf"), True, False, b"bytes", object(), 3 + 4j,
    [], ["x"], [None], [[1]], [{}], ["a", "a"], {"x": 1}, {1: 2}, {None: None}, {"theta": "x"}, {"theta": float("nan")},
    {"theta": [1]}, {"theta": True}, {"members": 10**400}, {"radar": "nowhere"}, {"radar": ["best"]}, {"low": {}},
    {"low": float("inf")}, {"low": True}, set(), {"zzz"}, {("a",)}, (), ("a", 1), range(3), Exception("x"),
]  # fmt: skip


def plain(answer):
    return sorted(answer) if isinstance(answer, (set, frozenset)) else answer


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
    verdict = judge(asked, numbers, plain(value_of(asked.right, numbers)))
    assert (verdict.state, verdict.score, verdict.misconception, verdict.counts) == ("right", 1.0, None, False)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", JUDGED)
def test_each_named_wrong_answer(question, name, seed):
    asked = question(name)
    numbers = asked.numbers(seed)
    for wrong in asked.wrongs:
        verdict = judge(asked, numbers, plain(value_of(wrong.example, numbers)))
        assert verdict.state in ("wrong", "partly")
        assert verdict.misconception == wrong.misconception
        assert verdict.counts
        assert value_of(wrong.reply, numbers) in verdict.message


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", [*JUDGED, "text", "transfer"])
def test_nonsense_is_answered_kindly(question, name, nonsense):
    asked = question(name)
    numbers = asked.numbers("sample")
    verdict = judge(asked, numbers, nonsense, tries=0)
    assert verdict.state in STATES - {"right"}
    assert "!" not in verdict.message
    assert verdict.state == "silent" or verdict.message


@pytest.mark.parametrize("silence", [None, "", " "])
@pytest.mark.parametrize("name", [*JUDGED, "text", "transfer"])
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


# Chapters


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("asked", every_question())
def test_chapter_right_wrong_and_silence(asked: Question, seed):
    numbers = asked.numbers(seed)
    assert json.loads(json.dumps(numbers)) == numbers
    assert judge(asked, numbers, None).state == "silent"
    if not asked.judged:
        return
    assert judge(asked, numbers, plain(value_of(asked.right, numbers))).state == "right"
    for wrong in asked.wrongs:
        for tries in range(3):
            verdict = judge(asked, numbers, plain(value_of(wrong.example, numbers)), tries)
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
        if isinstance(asked.kind, Number):
            allowed |= {"right"}  # one of the odd numbers may happen to be the answer
        assert verdict.state in allowed, nonsense
