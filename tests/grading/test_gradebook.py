"""Which try counts, what lateness costs, extra credit, mastery, and the shapes of the grade books."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from regionalism.exercises.question import Text
from regionalism.grading.classes import ClassSettings, Student
from regionalism.grading.gradebook import (
    canvas_rows,
    chapter_mark,
    counting,
    days_late,
    gradebook_head,
    gradebook_row,
    moodle_rows,
)
from regionalism.grading.manual import ManualMarks
from regionalism.grading.numbering import questions_of
from regionalism.grading.records import Answered, Marked

QUESTIONS = questions_of("gains")
FULL = sum(question.points for question in QUESTIONS)
MACHINE = sum(question.points for question in QUESTIONS if not isinstance(question.kind, Text))
DEADLINE = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATE = ClassSettings(deadlines={"gains": DEADLINE}, late_per_day=0.1, late_at_most=0.3, grace_minutes=30)


def answered(question, score, state="right"):
    return Answered(question.id, state, score, (score,), (None,), "raw", "")


def hand_in(made="2026-11-20T10:00Z", score=1.0, receipt="AAAA-AAAA", without=(), **changes):
    """A hand-in whose questions all have one score; arguments wait for a person."""
    answers = {
        question.id: answered(question, None, "saved") if isinstance(question.kind, Text) else answered(question, score)
        for question in QUESTIONS
        if question.id not in without
    }
    marked = Marked("in/a.json", receipt, "101", True, "gains", made, "0.1.0", "s", answers)
    return replace(marked, **changes)


def mark(*tries, settings=LATE, manual=None):
    return chapter_mark("gains", tries, settings, manual or ManualMarks())


@pytest.mark.parametrize(
    ("made", "days"),
    [
        ("2026-11-20T12:00Z", 0), ("2026-11-20T12:30Z", 0), ("2026-11-20T12:31Z", 1), ("2026-11-21T12:30Z", 1),
        ("2026-11-21T12:31Z", 2), ("2026-11-20T17:20+05:00", 0), ("no time", 0), ("2026-11-01T00:00Z", 0),
    ],
)  # fmt: skip
def test_days_are_counted_from_deadline_and_grace(made, days):
    assert days_late(hand_in(made), LATE) == days


@pytest.mark.parametrize(("day", "kept"), [("20T10", 1.0), ("21T10", 0.9), ("22T10", 0.8), ("29T10", 0.7)])
def test_lateness_takes_a_share_for_each_day_and_at_most_so_much(day, kept):
    found = mark(hand_in(f"2026-11-{day}:00Z"))
    assert found.total == pytest.approx(MACHINE * kept)
    assert found.of == FULL


def test_the_time_of_receipt_goes_before_the_students_clock():
    settings = replace(LATE, received={"AAAA-AAAA": datetime(2026, 11, 22, 10, tzinfo=UTC)})
    assert days_late(hand_in(), settings) == 2


def test_a_time_that_cannot_be_read_is_told():
    assert "cannot be read" in mark(hand_in("no time")).remarks[0]


@pytest.mark.parametrize(
    ("count", "tries", "counts"),
    [
        ("best", [("20T10", 0.5), ("20T11", 1.0)], 1),
        ("best", [("20T10", 1.0), ("20T11", 0.5)], 0),
        ("best", [("20T10", 0.5), ("20T11", 0.5)], 1),
        ("best", [("20T10", 0.95), ("21T10", 1.0)], 0),
        ("best", [("20T10", 0.5), ("21T10", 1.0)], 1),
        ("best", [("20T10", 0.0), ("25T10", 0.0)], 0),
        ("last", [("20T10", 1.0), ("20T11", 0.5)], 1),
        ("last", [("20T10", 0.5), ("21T10", 1.0)], 0),
        ("last", [("21T10", 0.5), ("23T10", 1.0)], 1),
    ],
)
def test_the_try_that_counts(count, tries, counts):
    found = [hand_in(f"2026-11-{day}:00Z", score, f"AAAA-AAA{at}") for at, (day, score) in enumerate(tries)]
    settings = replace(LATE, count=count)
    assert counting(found, settings) is found[counts]
    assert counting(found[::-1], settings) is found[counts], "the order of reading must not matter"
    assert mark(*found, settings=settings).tries == len(tries)


def test_an_argument_waits_and_one_left_out_does_not():
    found = mark(hand_in())
    assert found.waiting == (len(QUESTIONS),)
    assert found.provisional == f"waits for marks: question {len(QUESTIONS)}"
    assert mark(hand_in(without=["gains.argue"])).provisional == ""


def test_an_unreadable_or_silent_answer_earns_nothing_and_waits_for_nobody():
    marked = hand_in(without=["gains.argue"])
    odd = {"gains.argue": answered(QUESTIONS[-1], None, "unreadable")}
    assert mark(replace(marked, answers={**marked.answers, **odd})).provisional == ""


def test_extra_credit_comes_on_top_and_may_be_capped():
    settings = ClassSettings(extra_credit=("gains.burden", "gains.kinds"))
    extra = sum(question.points for question in QUESTIONS if question.id in settings.extra_credit)
    found = mark(hand_in(), settings=settings)
    assert (found.of, found.total) == (FULL - extra, MACHINE)
    full = {**hand_in().answers, "gains.argue": answered(QUESTIONS[-1], 1.0)}
    capped = mark(hand_in(answers=full), settings=replace(settings, extra_credit_at_most=1))
    assert capped.total == capped.of + 1
    whole = mark(hand_in(), settings=ClassSettings(extra_credit=("gains",)))
    assert (whole.of, whole.total) == (0, MACHINE)


def test_mastery_asks_for_both_new_cases():
    new = [question.id for question in QUESTIONS if question.role == "transfer"]
    assert len(new) == 2
    assert mark(hand_in()).mastery == "yes"
    assert mark(hand_in(without=new[:1])).mastery == "no"
    waiting = {**hand_in().answers, new[0]: answered(next(q for q in QUESTIONS if q.id == new[0]), None, "saved")}
    assert mark(hand_in(answers=waiting)).mastery == "open"
    assert mark(hand_in(), settings=ClassSettings(mastery=False)).mastery == ""
    assert mark().mastery == ""


def test_no_hand_in_leaves_empty_marks():
    cells = gradebook_row(Student("7", "A"), True, mark(), len(QUESTIONS))
    row = dict(zip(gradebook_head(["gains"]), cells, strict=True))
    assert (row["id"], row["total"], row["question 1"], row["tries"]) == ("7", "", "", "")
    assert row["of"] == f"{FULL:.2f}"


def test_a_row_has_a_cell_for_each_heading_and_no_name_starts_a_formula():
    student = Student("007", "=cmd()", "+S")
    columns = len(gradebook_head(["gains", "puzzle"])) - len(gradebook_head([]))
    row = gradebook_row(student, True, mark(hand_in(made="=now()")), columns)
    named = dict(zip(gradebook_head(["gains", "puzzle"]), row, strict=True))
    assert (named["id"], named["name"], named["section"], named["made"]) == ("007", "'=cmd()", "'+S", "'=now()")
    other = gradebook_row(replace(student, other={"dorm": "=7"}), True, mark(), columns, ["dorm"])
    assert len(other) == len(gradebook_head(["gains", "puzzle"], ["dorm"]))
    assert other[-1] == "'=7"
    stranger = gradebook_row(Student("=7"), False, mark(hand_in()), columns)
    assert stranger[0] == "'=7"


CLASS = (
    Student("101", "Айгерим", "A", "a@x.kg", "aigerim", "S-1", "M-1", {"canvas_id": "55"}),
    Student("102", "=B", "B"),
)


def test_the_table_for_moodle_has_its_columns_and_a_dash_for_no_grade():
    head, first, second = moodle_rows(CLASS, {"101": {"gains": 12.345}}, ["gains", "puzzle"])
    assert head[:2] == ["ID number", "Email address"]
    assert first[0] == "M-1"
    assert first[3:] == ["12.35", "-"]
    assert second == ["102", "", "'=B", "-", "-"]


def test_what_finds_a_student_elsewhere_stays_as_it_is_unless_it_would_run():
    bad = Student("103", "C", email="=HYPERLINK(1)", login="-2+3", sis_id="@x", other={"canvas_id": "=1"})
    assert moodle_rows([bad], {}, [])[1][:2] == ["103", "'=HYPERLINK(1)"]
    assert canvas_rows([bad], {}, [], {})[2][1:4] == ["'=1", "'@x", "'-2+3"]
    phone = Student("104", "D", login="+996 700 123456")
    assert canvas_rows([phone], {}, [], {})[2][3] == "+996 700 123456"


def test_the_table_for_canvas_has_its_columns_and_the_points_possible():
    head, possible, first, second = canvas_rows(CLASS, {"101": {"gains": 12}}, ["gains"], {"gains": 23})
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible[0].strip() == "Points Possible"
    assert possible[5] == "23.00"
    assert first == ["Айгерим", "55", "S-1", "aigerim", "A", "12.00"]
    assert second == ["'=B", "", "102", "", "B", ""]
