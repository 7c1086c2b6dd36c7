"""The chapter to copy: sound, complete, and never listed among the chapters."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from regionalism import exercises
from regionalism.exercises import template
from regionalism.exercises.checking import chapter_problems, check_chapter, problems
from regionalism.exercises.draws import Draw
from regionalism.exercises.judging import as_raw, judge
from regionalism.exercises.keys import Key, with_key
from regionalism.exercises.question import Kind, Wrong, value_of

PAGE = Path(__file__).parents[2] / "book" / "write-questions.md"
CHAPTER = template.CHAPTER


def test_the_template_is_sound():
    check_chapter(CHAPTER)
    seeds = ("sample", *map(str, range(200)))
    assert [str(problem) for problem in chapter_problems(CHAPTER, seeds)] == []


def test_it_has_a_question_of_each_kind():
    assert {type(question.kind) for question in CHAPTER.questions} == set(get_args(Kind))


def test_it_is_no_chapter():
    assert "template" not in exercises.chapters()


def test_each_misconception_is_named_somewhere():
    assert {name for question in CHAPTER.questions for name in question.misconceptions} == set(CHAPTER.misconceptions)


@pytest.mark.parametrize("question", [q for q in CHAPTER.questions if q.judged], ids=lambda question: question.id)
def test_its_answers_are_judged_as_it_says(question):
    numbers = question.numbers("7")
    assert judge(question, numbers, as_raw(question, value_of(question.right, numbers))).score == 1
    for wrong in question.wrongs:
        verdict = judge(question, numbers, as_raw(question, value_of(wrong.example, numbers)))
        assert verdict.misconception == wrong.misconception


def test_the_key_on_the_page_fits_the_transfer_question():
    block = re.search(r"```python\n(KEY = .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    held: dict = {"Key": Key, "Wrong": Wrong}
    exec(block[1], held)
    keyed = with_key(template.RADIO, held["KEY"]["template.transfer-radio"])
    assert [str(problem) for problem in problems(replace(keyed, role="formative"))] == []


def test_the_page_shows_parts_that_are_there():
    page = PAGE.read_text(encoding="utf-8")
    source = Path(template.__file__).read_text(encoding="utf-8")
    shown = re.findall(r":start-after: begin (\w+)\n:end-before: end (\w+)\n", page)
    assert len(shown) >= 5
    for first, last in shown:
        assert first == last
        assert source.index(f"# begin {first}\n") < source.index(f"# end {first}\n")
    for kind in get_args(Kind):
        assert f"| `{kind.__name__}` |" in page


def test_the_page_tells_a_true_story():
    numbers = next(drawn for drawn in (template.PATROL.numbers(str(seed)) for seed in range(500))
                   if (drawn["states"], drawn["gain"], drawn["cost"]) == (3, 19, 30))  # fmt: skip
    assert judge(template.PATROL, numbers, "-11").state == "right"
    assert judge(template.PATROL, numbers, "27").misconception == "all-gain-all-act"


def test_the_ways_to_draw_do_what_their_comments_say():
    drawn = template.example_draw(Draw("sample", "template.example"))
    assert drawn["states"] in (3, 4, 5)
    assert 0.2 <= drawn["share"] <= 0.8
    assert drawn["year"] in (2005, 2010, 2015)
    assert len(set(drawn["who"])) == 2
    assert sorted(drawn["order"]) == ["Arka", "Boro", "Celan"]
