"""Marks are computed anew from raw answers: they are those of the sheet, whatever a file claims; nothing raises."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import regionalism
from regionalism.exercises import chapter, chapters
from regionalism.exercises.draws import Draw
from regionalism.exercises.handin import HandIn, from_bytes, hand_in, to_text
from regionalism.exercises.identity import NO_CLASS, Class
from regionalism.exercises.nonsense import odd_answers
from regionalism.exercises.question import Text
from regionalism.exercises.sheets import Sheet
from regionalism.exercises.storage import MemoryStorage
from regionalism.grading import marking, numbering
from regionalism.grading.marking import Marker, mark, shown_id
from regionalism.grading.numbering import questions_of
from regionalism.grading.records import Marked, Refused
from regionalism.grading.rehearsal import hand_in_of, hand_ins, some_answer

MADE = "2026-11-22T05:20Z"
SECRET = Class("A class", "a private seed", ("A17", "B18", "C19"))


def marked(made: HandIn, known: Class = SECRET) -> Marked:
    """The marks of a hand-in; fails if it is refused."""
    row = mark("here.json", to_text(made).encode(), known)
    assert isinstance(row, Marked), row
    return row


def refused(made: HandIn, known: Class = SECRET) -> Refused:
    """Why a hand-in is refused; fails if it is marked."""
    row = mark("here.json", to_text(made).encode(), known)
    assert isinstance(row, Refused), row
    assert row.reason in marking.REASONS
    assert row.words.endswith(".")
    return row


@pytest.fixture
def made() -> HandIn:
    return hand_in_of("gains", "B18", SECRET, Draw("1", "made"))


# Marks


@pytest.mark.parametrize("stem", chapters())
@pytest.mark.parametrize("known", [NO_CLASS, SECRET])
def test_marks_are_those_that_the_sheet_gave(stem, known):
    draw = Draw("1", f"played/{stem}/{known.title}")
    sheet = Sheet(chapter(stem), student="b18", storage=MemoryStorage, known=known)
    for question in sheet.chapter.questions:
        for _ in range(draw.integer(1, 4)):
            sheet.answer(question.id, some_answer(question, sheet.numbers(question.id), draw))
    row = marked(hand_in(sheet, MADE), known)
    assert (row.student, row.listed) == (("B18", True) if known is SECRET else ("b18", False))
    for question_id, answered in row.answers.items():
        verdict, history = sheet.verdict(question_id), sheet.progress.answers[question_id]
        if isinstance(sheet.chapter.question(question_id).kind, Text):
            history = history[-1:]  # drafts are not handed in
        assert (answered.state, answered.message) == (verdict.state, verdict.message)
        assert answered.score == verdict.score
        assert answered.raw == sheet.kept_answer(question_id)
        assert list(answered.scores) == [attempt.score for attempt in history]
        assert list(answered.misconceptions) == [attempt.misconception for attempt in history]


def test_all_that_was_answered_is_marked_in_the_order_of_the_sheet(made):
    row = marked(made)
    assert list(row.answers) == [question.id for question in chapter("gains").questions]
    assert (row.chapter, row.made, row.course, row.receipt) == ("gains", made.made, made.course, made.receipt)


def test_a_verdict_from_memory_is_the_same_as_a_fresh_one(made):
    files = [(name, content) for name, content in hand_ins(40, SECRET)]
    its = Marker(SECRET)
    together = [its.mark(name, content) for name, content in files]
    assert together == [Marker(SECRET).mark(name, content) for name, content in files]
    assert together == [its.mark(name, content) for name, content in files]


def test_memory_of_verdicts_is_bounded(monkeypatch, made):
    monkeypatch.setattr(marking, "_MOST_KEPT", 5)
    its = Marker(SECRET)
    assert isinstance(its.mark("a", to_text(made).encode()), Marked)
    assert len(its._verdicts) == 5


def test_the_last_answer_that_can_be_read_counts(made):
    raws = ["none", {"odd": 1}, "no such option"]
    question = "gains.two-states"
    options = [option.id for option in chapter("gains").question(question).kind.options]
    row = marked(replace(made, answers={question: [options[0], *raws]}, numbers={question: made.numbers[question]}))
    assert row.answers[question].raw == options[0]
    assert row.answers[question].scores[1:] == (0.0, 0.0, 0.0)
    assert not row.remarks


def test_an_answer_that_cannot_be_read_earns_nothing_and_is_remarked(made):
    question = "gains.two-states"
    row = marked(replace(made, answers={question: [[[]]]}, numbers={question: made.numbers[question]}))
    assert row.answers[question].score == 0.0
    assert question in row.remarks[0]
    assert row.same == ""


def test_questions_without_answers_are_passed_over(made):
    row = marked(replace(made, answers=dict.fromkeys(made.answers, [])))
    assert row.answers == {}
    assert row.same == ""


def test_the_first_guess_counts():
    predictions = [
        (stem, question) for stem in chapters() for question in chapter(stem).questions
        if type(question.kind).__name__ == "Predict"
    ]  # fmt: skip
    for stem, question in predictions:
        made = hand_in_of(stem, "B18", SECRET, Draw("1", stem))
        numbers = question.numbers(made.seed)
        guesses = [some_answer(question, numbers, Draw(str(number), "guess")) for number in range(6)]
        row = marked(replace(made, answers={**made.answers, question.id: guesses}))
        assert row.answers[question.id].raw == guesses[0]


def test_transfer_questions_wait_for_a_person_where_no_keys_are(made, monkeypatch):
    monkeypatch.setattr(numbering, "key", lambda stem: None)
    questions_of.cache_clear()
    try:
        states = {
            name: answered.state for name, answered in Marker(SECRET).mark("x", to_text(made).encode()).answers.items()
        }
    finally:
        questions_of.cache_clear()
    transfer = [question.id for question in chapter("gains").questions if question.role == "transfer"]
    assert transfer
    assert all(states[name] in ("saved", "unreadable") for name in transfer)


# Equal answers


def test_equal_answers_of_two_students_have_one_mark(made):
    other = hand_in_of("gains", "C19", SECRET, Draw("1", "other"))
    copied = replace(other, answers={name: [answered.raw] for name, answered in marked(made).answers.items()})
    assert marked(made).same == marked(copied).same != marked(other).same


# Ids


@pytest.mark.parametrize("typed", ["A17", "a17", "А17", " a-17 "])
def test_an_id_is_matched_however_it_was_typed(typed):
    row = marked(replace(hand_in_of("gains", "A17", SECRET, Draw("1", "x")), student=typed))
    assert (row.student, row.listed) == ("A17", True)


def test_numbers_drawn_from_the_id_as_typed_are_the_students_own():
    open_list = Class("", "", ("A17",))
    row = marked(hand_in_of("gains", "А17", NO_CLASS, Draw("1", "x")), open_list)
    assert (row.student, row.listed) == ("A17", True)
    assert "typed" in row.remarks[0]


def test_an_id_on_no_list_is_kept_as_typed():
    row = marked(hand_in_of("gains", "Stranger \u200b Х", SECRET, Draw("1", "x")))
    assert (row.student, row.listed) == ("Stranger Х", False)


def test_a_shown_id_has_no_invisible_signs():
    assert shown_id("\u202eab\u200b  c\n") == "ab c"


# Refusals


def test_each_refusal_has_its_reason_and_says_what_to_do(made):
    assert refused(replace(made, chapter="geology")).reason == "unknown-chapter"
    assert refused(replace(made, chapter="question")).reason == "unknown-chapter"
    assert "without" in refused(replace(made, known_class="")).words
    assert "another class" in refused(replace(made, known_class="00000000")).words
    assert refused(made, NO_CLASS).reason == "other-class"
    assert "folder" in refused(made, NO_CLASS).words
    assert refused(replace(made, student="C19")).reason == "other-seed"
    assert refused(replace(made, seed="0" * 32)).reason == "other-seed"


def test_numbers_of_another_edition_are_told_with_both_editions(made):
    older = replace(made, course="0.0.9", numbers={**made.numbers, "gains.burden": "00000000"})
    row = refused(older)
    assert row.reason == "other-edition"
    assert "0.0.9" in row.words
    assert regionalism.__version__ in row.words
    assert "gains.burden" in row.words
    assert "gains.two-states" not in row.words


def test_a_question_that_no_sheet_has_is_told(made):
    more = {"answers": {**made.answers, "gains.gone": [1]}, "numbers": {**made.numbers, "gains.gone": "00000000"}}
    assert refused(replace(made, **more)).reason == "wrong-shape"
    assert refused(replace(made, **more, course="0.0.9")).reason == "other-edition"


def test_a_fault_of_a_question_is_told_with_its_id_and_stops_nothing(made, monkeypatch):
    def faulty(question, numbers, raw, tries):
        if question.id == "gains.kinds":
            raise ZeroDivisionError("division by\nzero")
        return judge(question, numbers, raw, tries)

    judge = marking.judge
    monkeypatch.setattr(marking, "judge", faulty)
    row = Marker(SECRET).mark("here.json", to_text(made).encode())
    assert row.reason == "internal"
    assert "gains.kinds" in row.words
    assert "ZeroDivisionError (division by zero)" in row.words
    less = replace(
        made,
        answers={name: raws for name, raws in made.answers.items() if name != "gains.kinds"},
        numbers={name: number for name, number in made.numbers.items() if name != "gains.kinds"},
    )
    assert isinstance(Marker(SECRET).mark("here.json", to_text(less).encode()), Marked)


def test_a_chapter_that_cannot_be_opened_is_told(made, monkeypatch):
    def broken(stem):
        raise SyntaxError("a slip in the chapter")

    monkeypatch.setattr(marking, "questions_of", broken)
    row = Marker(SECRET).mark("here.json", to_text(made).encode())
    assert (row.reason, row.source) == ("internal", "here.json")


def test_bytes_of_any_sort_are_refused_with_the_reason_of_the_reader():
    assert mark("a", b"{", SECRET).reason == "not-json"
    assert mark("a", b"", SECRET).reason == "empty"


@pytest.mark.parametrize("stem", chapters())
def test_odd_answers_are_marked_without_a_fault(stem):
    made = hand_in_of(stem, "B18", SECRET, Draw("1", stem))
    answers = {}
    for question in questions_of(stem):
        odd = odd_answers(question, question.numbers(made.seed), 60, moved=0.05)
        answers[question.id] = [raw for raw in odd if _can_be_handed_in(raw)]
    row = marked(replace(made, answers=answers))
    assert set(row.answers) == set(answers)
    for answered in row.answers.values():
        assert len(answered.scores) == len(answers[answered.question])
        assert all(score is None or 0 <= score <= 1 for score in answered.scores)


def _can_be_handed_in(raw: object) -> bool:
    try:
        text = json.dumps(raw, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        from_bytes(to_text(_holding(raw)).encode("utf-8"))
    except ValueError:
        return False
    return True


def _holding(raw: object) -> HandIn:
    return HandIn("0.1.0", "gains", "B18", "", "b18", MADE, {"a": [raw]}, {"a": "00000000"})
