"""The teacher's booklet: the right answer of each student, and what wrong ones betray."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from regionalism.exercises import chapter, chapters
from regionalism.exercises.identity import NO_CLASS, Class
from regionalism.exercises.judging import judge
from regionalism.exercises.keys import key, keyed
from regionalism.exercises.prose import inline, plain
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Card,
    Cell,
    Chapter,
    Choice,
    Claim,
    Mark,
    Match,
    Number,
    Option,
    Order,
    Plot,
    Predict,
    Question,
    Several,
    Table,
    Text,
    value_of,
)
from regionalism.grading import booklet
from regionalism.grading.booklet import right_words, rubrics_html, solutions_html

CLASS = Class(seed="a private text", ids=("101", "102"))
TWO = (Option("a", "The *first*"), Option("b", "The second"))
CARDS = (Card("x", "Arka"), Card("y", "Boro"), Card("z", "Celan"))
PLOT = Plot({"line": ((0, 0), (1, 1))}, "Year", "Share", (0, 10), (0, 1))


def told(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def question(kind, right) -> Question:
    return Question("t.q", "T", "o", 1, kind, "Prompt.", right=right)


@pytest.mark.parametrize(
    ("kind", "right", "words"),
    [
        (Number(unit="states"), 3, ["3 states"]),
        (Choice(TWO), "b", ["The second"]),
        (Several(TWO), {"a", "b"}, ["The first", "The second"]),
        (Table((Cell("c", "Cost", Number(unit="US$")), Cell("d", "Left", Number()))), {"c": 4, "d": 0.5},
         ["Cost: 4 US$", "Left: 0.5"]),
        (Order(CARDS, "early", "late"), ["y", ["x", "z"]], ["1. Boro", "2. Arka", "3. Celan"]),
        (Match(CARDS[:2], (Bin("p", "Lake"), Bin("q", "Pass"))), {"x": "q", "y": "p"}, ["Arka → Pass", "Boro → Lake"]),
        (Allocate(CARDS[:2], 10, (Claim(("x",), 4),)), {"x": 6, "y": 4},
         ["Arka: 6", "Boro: 4"]),
        (Mark(lambda n: PLOT), 4, ["4"]),
        (Mark(lambda n: PLOT, span=True), (2, 5), ["2 to 5"]),
        (Predict(Choice(TWO)), "b", ["The second"]),
        (Predict(Number(unit="texts")), 12, ["12 texts"]),
    ],
)  # fmt: skip
def test_a_right_answer_of_each_kind_is_put_in_words(kind, right, words):
    assert right_words(question(kind, right), {}) == words


@pytest.mark.parametrize(
    ("kind", "right", "words"),
    [
        (Number(absolute=0.02, between=(0, 1)), 0.4286, "0.4286; 0.409 to 0.448 count"),
        (Number(absolute=0.02, between=(0, 1)), 0.99, "0.99; 0.97 to 1 count"),
        (Number(unit="%", absolute=0.6), 64, "64 %; 63.4 to 64.6 count"),
        (Number(relative=0.1), -50, "-50; -55 to -45 count"),
        (Number(absolute=0.01, percent=True, between=(0, 1)), 0.5, "50 %; 49 to 51 count"),
        (Table((Cell("c", "Cost", Number(unit="US$", absolute=0.01)),)), {"c": 4}, "Cost: 4 US$; 3.99 to 4.01 count"),
        (Mark(lambda n: PLOT, absolute=1), 4, "4; 3 to 5 count"),
        (Mark(lambda n: PLOT, absolute=1.5), 10, "10; 9 to 10 count"),
        (Mark(lambda n: PLOT, absolute=0.5), 4, "4"),
        (Mark(lambda n: PLOT, absolute=1, span=True), (2, 5),
         "2 to 5; a beginning from 1 to 3 and an end from 4 to 6 count"),
    ],
)  # fmt: skip
def test_the_range_that_counts_is_told_and_its_ends_count(kind, right, words):
    asked = question(kind, right)
    assert right_words(asked, {}) == [words]
    if isinstance(kind, Number) and "count" in words:
        low, high = words.split("; ")[1].removesuffix(" count").split(" to ")
        unit = " %" if kind.percent else ""
        assert judge(asked, {}, low + unit).state == judge(asked, {}, high + unit).state == "right"


def test_the_year_of_a_mark_comes_with_its_neighbours():
    asked = chapter("puzzle").question("puzzle.weight")
    right = value_of(asked.right, asked.numbers("sample"))
    assert right_words(asked, asked.numbers("sample")) == [f"{right:g}; {right - 1:g} to {right + 1:g} count"]


def test_other_right_answers_are_pointed_out():
    order = question(Order(CARDS, "early", "late"), ["y", ["x", "z"]])
    page = solutions_html(Chapter("t", "T", {}, {}, (order,)), [], NO_CLASS)
    assert "either may come first: Arka and Celan." in told(page)
    share = question(Allocate(CARDS[:2], 10, (Claim(("x",), 4),)), {"x": 6, "y": 4})
    assert "Any other share" in told(solutions_html(Chapter("t", "T", {}, {}, (share,)), [], NO_CLASS))
    guess = question(Predict(Number(unit="texts", absolute=2)), 12)
    assert "12 texts It is a guess" in told(solutions_html(Chapter("t", "T", {}, {}, (guess,)), [], NO_CLASS))


@pytest.mark.parametrize("stem", chapters())
def test_every_question_of_every_chapter_has_its_answer(stem):
    whole = chapter(stem)
    text = told(solutions_html(whole, ["101", "102"], CLASS))
    for asked in keyed(whole.questions, key(stem)):
        assert plain(asked.title) in text
        if not isinstance(asked.kind, Text):
            for student in CLASS.ids:
                words = right_words(asked, asked.numbers(CLASS.seed_of(student)))
                assert words
                assert all(told(inline(line)) in text for line in words), asked.id
    assert "not installed" not in text


def test_numbers_are_those_of_the_class_and_not_those_of_the_id_alone():
    with_class = solutions_html(chapter("gains"), ["101"], CLASS)
    assert with_class != solutions_html(chapter("gains"), ["101"], NO_CLASS)
    assert solutions_html(chapter("gains"), [], CLASS) == solutions_html(chapter("gains"), ["sample"], NO_CLASS)


def test_the_reply_to_each_named_wrong_answer_is_there():
    text = told(solutions_html(chapter("gains"), ["101"], CLASS))
    for statement in chapter("gains").misconceptions.values():
        assert plain(statement) in text


def test_missing_keys_are_named(monkeypatch):
    monkeypatch.setattr(booklet, "key", lambda stem: None)
    text = told(solutions_html(chapter("gains"), ["101"], NO_CLASS))
    assert "Keys are not installed here." in text
    assert "A new case: locusts" in text
    with pytest.raises(ValueError, match="no right answer"):
        right_words(chapter("gains").question("gains.transfer-locusts"), {})


def test_an_id_is_text_and_no_markup():
    page = solutions_html(chapter("gains"), ["<script>alert(1)</script>", "102"], NO_CLASS)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_nothing_else_and_is_well_formed():
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            assert not {"src", "srcset"} & {name for name, _ in attributes}
            if tag not in {"meta", "br"}:
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Reader().feed(solutions_html(chapter("gains"), ["101", "102"], CLASS))
    assert opened == []


def test_rubrics_of_all_chapters_stand_on_one_page(monkeypatch):
    from types import SimpleNamespace

    criterion = SimpleNamespace(name="A task", points=1.5, full="Names one", half="Hints at one", none="Names none")
    monkeypatch.setattr(booklet, "rubric", lambda stem: {f"{stem}.argue": (criterion,)})
    text = told(rubrics_html([chapter(stem) for stem in chapters()]))
    assert text.count("A task (1.5) Names one Hints at one Names none") == len(chapters())


def test_without_rubrics_what_students_were_told_stands_there(monkeypatch):
    monkeypatch.setattr(booklet, "rubric", lambda stem: {})
    assert "Names one finding that would change the writer's mind" in told(rubrics_html([chapter("gains")]))
    assert "No question" in told(rubrics_html([]))
