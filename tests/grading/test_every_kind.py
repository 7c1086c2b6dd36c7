"""A new kind of question must be known on every surface: this says which one has forgotten it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from regionalism.exercises import nonsense, page, template
from regionalism.exercises.faces import face_of
from regionalism.exercises.judging import as_raw, judge
from regionalism.exercises.paper import paper_html
from regionalism.exercises.program import program
from regionalism.exercises.question import Asked, Predict, QuestionError, Sliders, Text, value_of
from regionalism.grading import booklet, wording

pytestmark = pytest.mark.local

# One question of each kind, as an author copies them.
QUESTIONS = [question for question in template.CHAPTER.questions if question.role == "formative"]
JUDGED = [question for question in QUESTIONS if question.judged]


def answer(question):
    numbers = question.numbers("1")
    return numbers, as_raw(question, value_of(question.right, numbers))


def test_the_template_has_every_kind():
    assert {type(question.kind) for question in QUESTIONS} == {*get_args(Asked), Predict}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
class TestKnownEverywhere:
    def test_in_a_notebook(self, question):
        numbers, _ = answer(question)
        face = face_of(question, numbers, "1")
        assert face.widget is not None
        assert not face.read() or isinstance(question.kind, Sliders)

    def test_on_a_page(self, question):
        numbers, _ = answer(question)
        # A rule in Python cannot be asked on a page; the kind of answer can.
        question = replace(question, wrongs=tuple(replace(wrong, matches=None) for wrong in question.wrongs))
        if isinstance(question.kind, Sliders):
            with pytest.raises(QuestionError):
                program(question, numbers)
        else:
            assert program(question, numbers)["kind"]
        assert "<" in page.answer_html(question, numbers, "1")

    def test_on_paper(self, question):
        assert question.title in paper_html(template.CHAPTER, ["1"])

    def test_in_odd_answers(self, question):
        numbers, _ = answer(question)
        found = list(nonsense.odd_answers(question, numbers, 300))
        states = {judge(question, numbers, raw).state for raw in found}
        # Some can be read and some cannot, or the odd answers never touch this kind.
        assert len(states) >= 2


@pytest.mark.parametrize("question", JUDGED, ids=lambda question: question.id)
def test_the_right_answer_goes_round_through_every_surface(question):
    numbers, raw = answer(question)
    assert judge(question, numbers, raw).state == ("predicted" if isinstance(question.kind, Predict) else "right")
    face = face_of(question, numbers, "1")
    face.fill(raw)
    assert judge(question, numbers, face.read()).state == judge(question, numbers, raw).state
    assert wording.answer_words(question, numbers, raw)
    assert booklet.right_words(question, numbers)
    assert not isinstance(question.kind, Text)
