"""Answers in words, of every question there is and of every kind, also where an answer is none."""

from __future__ import annotations

import pytest

from regionalism.exercises import chapters
from regionalism.exercises.nonsense import odd_answers
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Card,
    Choice,
    Mark,
    Match,
    Number,
    Option,
    Order,
    Plot,
    Predict,
    Question,
    Several,
    Text,
    value_of,
)
from regionalism.grading.numbering import NumbersOf, questions_of
from regionalism.grading.wording import LONGEST_ODD, answer_words

ITEMS = (Card("a", "**Arka**"), Card("b", "Boro"))
PLOT = Plot({"line": ((0, 0), (10, 5))}, "Year", "Value", (0, 10), (0, 5))
OPTIONS = (Option("yes", "It *does*"), Option("no", "It does not"))
ALL = [question for stem in chapters() for question in questions_of(stem)]


def question(kind):
    return Question(id="t.q", title="T", objective="o", points=1, kind=kind, prompt="P", right="x")


@pytest.mark.parametrize(
    ("kind", "raw", "words"),
    [
        (Number(unit="km"), "1 234,5", ["1234.5 km"]),
        (Choice(OPTIONS), "yes", ["It does"]),
        (Several(OPTIONS), ["no", "yes"], ["It does", "It does not"]),
        (Order(ITEMS, "first", "last"), {"a": 2, "b": 1}, ["1. Boro", "2. Arka"]),
        (Match(ITEMS, (Bin("x", "Sea"), Bin("y", "Land"))), {"a": "y"}, ["Arka → Land"]),
        (Allocate(ITEMS, 10, (), unit="mn"), {"a": "4", "b": "6"}, ["Arka: 4 mn", "Boro: 6 mn"]),
        (Mark(lambda n: PLOT, unit="y"), 4, ["4 y"]),
        (Mark(lambda n: PLOT, span=True), [2, 4], ["2 to 4"]),
        (Predict(Choice(OPTIONS)), "no", ["It does not"]),
        (Predict(Number(unit="%")), "12", ["12 %"]),
        (Text(()), "One.\nTwo <b>.", ["One.", "Two <b>."]),
        (Number(), "a lot", ["a lot"]),
        (Number(), "", []),
        (Number(), None, []),
        (Choice(OPTIONS), {"odd": [1]}, ['{"odd": [1]}']),
    ],
)
def test_an_answer_of_each_kind(kind, raw, words):
    assert answer_words(question(kind), {}, raw) == words


def test_what_cannot_be_read_is_cut_short():
    assert len(answer_words(question(Number()), {}, "x" * 5000)[0]) == LONGEST_ODD + 1


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_no_answer_however_odd_stops_a_page(one):
    numbers = one.numbers("7")
    for raw in odd_answers(one, numbers, 40, seed="3"):
        assert all(isinstance(line, str) for line in answer_words(one, numbers, raw))


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_remembered_numbers_are_those_that_would_be_drawn(one):
    remembered = NumbersOf(one)
    for seed in map(str, range(25)):
        drawn = one.numbers(seed)
        assert remembered(seed) == drawn
        assert remembered(seed) == drawn
        if one.right is not None and callable(one.right):
            assert value_of(one.right, remembered(seed)) == value_of(one.right, drawn)
