"""A question as a class meets it: from its one declaration, with the reply that a student would get."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises import chapter
from regionalism.exercises.judging import judge
from regionalism.exercises.page import SAMPLE
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
    Question,
    Several,
    Wrong,
    ordered,
    said,
)
from regionalism.explorers.core import registry
from regionalism.teaching import asking
from regionalism.teaching.asking import LETTERS, AskingError, asked
from regionalism.teaching.content import STEMS

QUESTIONS = [question for stem in STEMS for question in (*chapter(stem).questions, *chapter(stem).self_check)]
ASKABLE = (Choice, Number, Cards, Order, Match)


def question(kind, right, **more) -> Question:
    """A question made for a test."""
    return Question("gains.made-up", "Made up", "predict", 1, kind, "What now?", right=right, **more)


def as_asked(made: Question):
    """The same as a class meets it."""
    return asking._of_question(made, SAMPLE)


def cards(names: str) -> tuple[Card, ...]:
    return tuple(Card(name, f"Card {name}") for name in names)


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_every_question_can_be_asked_or_is_refused_for_a_reason(one):
    if one.role == "transfer":
        with pytest.raises(AskingError, match=f"{one.id} counts for marks"):
            asked(one.id)
    elif not isinstance(one.asks, ASKABLE):
        with pytest.raises(AskingError, match=f"{one.id} is a {type(one.asks).__name__}"):
            asked(one.id)
    else:
        found = asked(one.id)
        assert (found.reference, found.title) == (one.id, one.title)
        assert found.prompt == said(one.prompt, one.numbers(SAMPLE))
        assert found.right
        assert found.why


def test_refuses_a_transfer_question():
    with pytest.raises(AskingError, match=r"gains\.transfer-locusts counts for marks"):
        asked("gains.transfer-locusts")


@pytest.mark.parametrize("reference", ["gains.no-such", "nowhere.quick-gain", "no-such-interactive", "", ".", "gains."])
def test_refuses_what_is_not_there(reference):
    with pytest.raises(AskingError):
        asked(reference)


@pytest.mark.parametrize("name", registry())
def test_prediction_of_an_interactive(name):
    found, declared = asked(name), registry()[name]
    assert found.way == "vote"
    assert found.seen_in == name
    assert found.prompt == declared.prediction.prompt
    assert [(a.letter, a.text, a.right, a.reply) for a in found.answers] == [
        (letter, option.text, option.right, option.reply)
        for letter, option in zip(LETTERS, declared.prediction.options, strict=False)
    ]


@pytest.mark.parametrize(
    "one", [q for q in QUESTIONS if isinstance(q.kind, Choice) and q.role != "transfer"], ids=lambda one: one.id
)
def test_a_vote_says_what_a_student_would_be_told(one):
    found, numbers = asked(one.id), one.numbers(SAMPLE)
    options = ordered(one.kind.options, one.kind.shuffled, SAMPLE, one.id)
    assert [answer.letter for answer in found.answers] == list(LETTERS[: len(options)])
    assert sum(answer.right for answer in found.answers) == 1
    for option, answer in zip(options, found.answers, strict=True):
        verdict = judge(one, numbers, option.id)
        assert answer.text == said(option.text, numbers)
        assert answer.right == (verdict.state == "right")
        assert answer.reply
        assert answer.reply in verdict.message


def test_a_wrong_option_is_answered_by_its_misconception_then_by_itself_then_by_the_nudge():
    options = (Option("a", "A"), Option("b", "B", "own"), Option("c", "C", "own"), Option("d", "D"))
    kind = Choice(options, shuffled=False)
    named = Wrong("units", "b", "named", matches=lambda numbers, answer: answer == "b")
    made = as_asked(question(kind, "a", wrongs=(named,), nudge="nudge", praise="praise"))
    assert [answer.reply for answer in made.answers] == ["praise", "named", "own", "nudge"]


def test_too_many_options_are_refused_not_dropped():
    kind = Choice(tuple(Option(str(n), str(n)) for n in range(len(LETTERS) + 1)))
    with pytest.raises(AskingError, match="9 options; there are letters for 8"):
        as_asked(question(kind, "0"))


def test_a_question_with_several_ticks_is_refused():
    with pytest.raises(AskingError, match="is a Several"):
        as_asked(question(Several((Option("a", "A"), Option("b", "B"))), ["a"]))


@pytest.mark.parametrize(
    ("kind", "right", "words"),
    [
        (Number(whole=True), 6, "6"),
        (Number(), 3 / 7, "about 0.429"),
        (Number(percent=True), 1 / 6, "about 16.7 %"),
        (Number(percent=True), 0.62, "62 %"),
        (Number(unit="million"), 123456.7, "about 123457 million"),
        (Number(), 0, "0"),
        (Number(), -0.5, "-0.5"),
    ],
)
def test_a_number_is_said_in_words_that_a_class_can_use(kind, right, words):
    found = as_asked(question(kind, right))
    assert (found.way, found.solution, found.right) == ("guess", words, words)
    assert found.unit == ("%" if kind.percent else kind.unit)


def test_what_a_prediction_shows_waits_for_the_guess():
    made = question(Predict(Number()), 1, show=lambda numbers: "what came out")
    assert (as_asked(made).show, as_asked(made).after) == (None, "what came out")
    plainly = dataclasses.replace(made, kind=Number())
    assert (as_asked(plainly).show, as_asked(plainly).after) == ("what came out", None)
    assert asked("outsourcing.arms-guess").show is None
    assert asked("outsourcing.arms-guess").after is not None


def test_an_interactive_is_needed_for_the_answer_or_shows_the_outcome():
    assert (asked("gains.two-states").works_with, asked("gains.two-states").seen_in) == ("gains-which-game", "")
    assert (asked("gains.more-to-gain").works_with, asked("gains.more-to-gain").seen_in) == ("", "gains-public-good")


@given(st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=3), min_size=2, max_size=4), st.booleans())
def test_places_of_an_order_with_ties(shape, shuffled):
    """Each item's place is one more than the number of items before its group, as in a race."""
    names = iter("abcdefghijkl")
    groups = [[next(names) for _ in group] for group in shape]
    right = [group[0] if len(group) == 1 else group for group in groups]
    items = cards("".join(name for group in groups for name in group))
    found = as_asked(question(Order(items, "most", "least", shuffled), right))
    place = {piece.text.removeprefix("Card "): piece.belongs for piece in found.pieces}
    for at, group in enumerate(groups):
        before = sum(map(len, groups[:at]))
        assert {place[name] for name in group} == {str(before + 1)}
    assert found.heaps == tuple(str(n) for n in range(1, len(items) + 1))
    assert (found.sorting, found.ends) == ("places", ("most", "least"))
    assert len(found.pieces) == len(items)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), min_size=1))
def test_cards_belong_to_the_heap_that_is_right(right):
    bins = tuple(Bin(name, f"Heap {name}") for name in "xyz")
    found = as_asked(question(Cards(cards("".join(right)), bins), right))
    assert {piece.text: piece.belongs for piece in found.pieces} == {
        f"Card {card}": f"Heap {home}" for card, home in right.items()
    }
    assert (found.sorting, found.heaps) == ("heaps", ("Heap x", "Heap y", "Heap z"))


def test_a_match_may_leave_a_partner_over():
    partners = tuple(Bin(name, f"Partner {name}") for name in "xyz")
    found = as_asked(question(Match(cards("ab"), partners), {"a": "z", "b": "x"}))
    assert found.sorting == "partners"
    assert len(found.heaps) == 3
    assert found.right in ("Card a: Partner z; Card b: Partner x", "Card b: Partner x; Card a: Partner z")


def test_numbers_are_those_of_the_student_who_is_named():
    prompts = {asked("gains.two-states", seed).prompt for seed in ("sample", "one", "two", "three", "four")}
    assert len(prompts) > 1
