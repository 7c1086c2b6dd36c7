"""A question as plain JSON: what a page without a kernel says is what `judge` says."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from regionalism import exercises
from regionalism.exercises import program as programs
from regionalism.exercises.judging import judge
from regionalism.exercises.program import every_answer, program
from regionalism.exercises.prose import to_html
from regionalism.exercises.question import (
    Bin,
    Card,
    Cards,
    Choice,
    Match,
    Number,
    Option,
    Order,
    Predict,
    QuestionError,
    Several,
    Wrong,
)

FINITE = ("choice", "several", "cards", "order", "match", "guess")
TYPED = ("number", "table", "mark", "span")


def without_rules(asked):
    """The same question with wrong answers named by their examples alone."""
    return replace(asked, wrongs=tuple(replace(wrong, matches=None) for wrong in asked.wrongs))


def told(made, at: int, tries: int) -> tuple:
    """What a program says to the answer at a place of its table."""
    state, score, misconception, counts, messages = made["verdicts"][made["table"][at]]
    html = "\n".join(made["texts"][text] for text in messages[min(tries, 2)])
    return state, score, misconception, counts, html


@pytest.mark.parametrize("name", FINITE)
def test_every_answer_has_the_verdict_of_judge(question, name):
    asked = question(name)
    numbers = asked.numbers("sample")
    made = json.loads(json.dumps(program(asked, numbers)))
    kind = asked.kind.ask if isinstance(asked.kind, Predict) else asked.kind
    answers = list(every_answer(kind))
    assert len(answers) == len(made["table"])
    for at, raw in enumerate(answers):
        for tries in (0, 1, 2, 5):
            verdict = judge(asked, numbers, raw, tries)
            if verdict.state in ("silent", "unreadable"):
                assert made["table"][at] == -1
                continue
            expected = (verdict.state, verdict.score, verdict.misconception, verdict.counts, to_html(verdict.message))
            assert told(made, at, tries) == expected


@pytest.mark.parametrize("name", FINITE)
def test_nothing_is_stored_twice(question, name):
    asked = question(name)
    made = program(asked, asked.numbers("sample"))
    assert len(set(made["texts"])) == len(made["texts"])
    assert len({json.dumps(verdict) for verdict in made["verdicts"]}) == len(made["verdicts"])
    assert set(made["table"]) - {-1} == set(range(len(made["verdicts"])))


@pytest.mark.parametrize("name", [*FINITE, *TYPED, "text"])
def test_a_program_is_plain_json_without_marks_of_prose(question, name):
    asked = question(name)
    made = program(asked, asked.numbers("sample"))
    assert json.loads(json.dumps(made, allow_nan=False))["id"] == asked.id
    assert "**" not in json.dumps(made)


def test_bounds_are_those_of_judge(question):
    """A number on either side of the tolerance gets from the bounds what it gets from `judge`."""
    asked = replace(question("number"), kind=Number(absolute=0.01, relative=0.05), wrongs=(), show=None)
    lot = random.Random(1)
    for seed in range(40):
        numbers = asked.numbers(seed)
        right, allowed = program(asked, numbers)["right"]
        for _ in range(20):
            given = right + lot.choice([-1, 1]) * allowed * lot.choice([0.2, 0.999999, 1.000001, 3])
            assert (abs(given - right) <= allowed) == (judge(asked, numbers, given).state == "right")


@pytest.mark.parametrize("whole", [True, False])
def test_the_page_knows_whether_whole_numbers_are_asked_for(question, whole):
    asked = replace(question("number"), kind=Number(absolute=0.01, whole=whole), wrongs=(), show=None)
    assert program(asked, asked.numbers("sample"))["field"]["whole"] is whole


@pytest.mark.parametrize("name", ["allocate", "estimate"])
def test_a_rule_of_python_cannot_go_on_the_page(question, name):
    asked = question(name)
    with pytest.raises(QuestionError, match="found by a rule; name it by an example"):
        program(asked, asked.numbers("sample"))
    assert program(without_rules(asked), asked.numbers("sample"))["wrongs"]


@pytest.mark.parametrize(("name", "why"), [("sliders", "explorer"), ("transfer", "no key")])
def test_what_cannot_live_on_the_page_is_named(question, name, why):
    asked = question(name)
    with pytest.raises(QuestionError, match=why) as raised:
        program(asked, asked.numbers("sample"))
    assert asked.id in str(raised.value)


@pytest.mark.parametrize(
    "kind",
    [
        Several(tuple(Option(f"o{n}", str(n)) for n in range(13))),
        Cards(tuple(Card(f"c{n}", str(n)) for n in range(8)), (Bin("a", "A"), Bin("b", "B"))),
        Order(tuple(Card(f"c{n}", str(n)) for n in range(8)), "first", "last"),
        Match(tuple(Card(f"c{n}", str(n)) for n in range(6)), tuple(Bin(f"b{n}", str(n)) for n in range(6))),
    ],
)
def test_too_many_answers_are_refused(question, kind):
    asked = replace(question("choice"), kind=kind, right={}, wrongs=())
    with pytest.raises(QuestionError, match="possible answers; 5,000 are the most"):
        program(asked, {})


def test_the_number_of_answers_is_counted_rightly(question):
    for name in FINITE:
        asked = question(name)
        kind = asked.kind.ask if isinstance(asked.kind, Predict) else asked.kind
        made = program(asked, asked.numbers("sample"))
        readable = sum(verdict >= 0 for verdict in made["table"])
        assert programs._counts(kind) == (readable, len(made["table"]))


def test_declared_words_are_escaped(question):
    evil = Choice((Option("a", "<script>alert(1)</script>", "<b>no</b>"), Option("b", "</script>")))
    made = program(replace(question("choice"), kind=evil, right="b", wrongs=(Wrong("joint", "a", "<i>"),)), {})
    assert not any("<b>" in text or "<i>" in text or "<script" in text for text in made["texts"])


@pytest.mark.parametrize("stem", exercises.chapters())
def test_the_quick_questions_of_every_chapter_can_live_on_its_page(stem):
    for asked in exercises.chapter(stem).self_check:
        made = program(asked, asked.numbers("sample"))
        assert len(json.dumps(made)) < 60_000
