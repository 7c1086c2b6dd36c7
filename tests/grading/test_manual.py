"""Marks by hand: prepared, read back after any spreadsheet, kept, flagged, and never written over."""

from __future__ import annotations

import pytest

from regionalism.exercises import chapter
from regionalism.grading.manual import (
    AGAIN,
    GONE,
    MARKED,
    TO_MARK,
    ManualMarks,
    bare,
    code_of,
    criteria_of,
    text_mark,
)
from regionalism.grading.records import Answered
from regionalism.grading.spreadsheets import read_table, safe_cell, starts_a_formula, to_csv

ARGUE = next(question for question in chapter("gains").questions if question.id == "gains.argue")
TEXT = "The gain is not too small.\nIn 2020 the five signed two agreements."


def answered(text=TEXT):
    return Answered(ARGUE.id, "saved", None, (None,), (None,), text, "")


def table(marks, *texts, students=("101",)):
    marks.room_for([ARGUE])
    rows = [marks.table_row(s, s, ARGUE, answered(t), t) for s, t in zip(students, texts, strict=True)]
    return to_csv([marks.head(), *rows, *marks.leftover({code_of(s, ARGUE.id) for s in students})])


def filled(text=TEXT, **cells):
    """A table of one row as a teacher would save it, cells given by heading with _ for a space."""
    sheet = read_table(table(ManualMarks(), text).encode())
    row = {**sheet.rows[0].cells, **{name.replace("_", " "): value for name, value in cells.items()}}
    return to_csv([sheet.headings, [row[heading] for heading in sheet.headings]])


def rows_of(text):
    return read_table(text.encode()).rows


CRITERIA = {f"criterion_{at}": "1" for at in range(1, len(criteria_of(ARGUE)) + 1)}


def test_the_criteria_make_the_points_of_the_question():
    assert sum(one.points for one in criteria_of(ARGUE)) == ARGUE.points


def test_a_fresh_table_waits_and_reading_it_back_gives_no_mark():
    text = table(ManualMarks(), TEXT)
    row = rows_of(text)[0]
    assert (row["state"], row["text"], row["words"]) == (TO_MARK, TEXT, str(len(TEXT.split())))
    assert ManualMarks(text.encode()).mark("101", ARGUE, TEXT).points is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_marks_come_back_after_any_spreadsheet(encoding, mark):
    text = filled(points="2,5", comment="Хорошо; дальше").lstrip("\ufeff")
    cells = [[row[heading] for heading in read_table(text.encode()).headings] for row in rows_of(text)]
    quoted = [read_table(text.encode()).headings, *cells]
    saved = "\r\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in quoted)
    given = ManualMarks(saved.encode(encoding, "replace")).mark("101", ARGUE, TEXT)
    assert (given.points, given.comment, given.again) == (2.5, "Хорошо; дальше", False)


def test_the_criteria_add_up_once_all_are_given():
    whole = ManualMarks(filled(**CRITERIA, comment="good").encode()).mark("101", ARGUE, TEXT)
    assert whole.points == ARGUE.points
    assert [got for _, got, _ in whole.by_criterion] == [1.0] * len(CRITERIA)
    part = ManualMarks(filled(criterion_1="1").encode()).mark("101", ARGUE, TEXT)
    assert part.points is None


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"points": "5"}, "'5' is no mark from 0 to 4"),
        ({"points": "-1"}, "'-1' is no mark"),
        ({"points": "good"}, "'good' is no mark"),
        ({"criterion_1": "2"}, "row 2, criterion 1: '2'"),
        ({"points": "=1+1"}, "'=1+1' is no mark"),
        ({**CRITERIA, "points": "1"}, "empty one of the two"),
    ],
)
def test_an_impossible_mark_is_reported_with_row_and_value_and_kept(cells, words):
    marks = ManualMarks(filled(**cells).encode())
    assert marks.mark("101", ARGUE, TEXT).points is None
    assert words in marks.faults[2]
    again = rows_of(table(marks, TEXT))[0]
    for name, value in cells.items():
        assert bare(again[name.replace("_", " ")]) == value
    assert again["state"].startswith("impossible")


def test_running_again_keeps_what_was_given_and_changes_no_byte():
    first = filled(points="3", comment="=clear")
    second = table(ManualMarks(first.encode()), TEXT)
    assert rows_of(second)[0]["comment"] == "'=clear"
    assert rows_of(second)[0]["state"] == MARKED
    assert table(ManualMarks(second.encode()), TEXT) == second
    assert ManualMarks(second.encode()).mark("101", ARGUE, TEXT).comment == "=clear"


def test_a_changed_text_is_to_be_read_again_until_the_teacher_says_so():
    other = TEXT + " And then three more."
    marks = ManualMarks(filled(points="3").encode())
    assert marks.mark("101", ARGUE, other).again
    assert marks.mark("101", ARGUE, other).points == 3
    second = table(marks, other)
    assert rows_of(second)[0]["state"].startswith(AGAIN)
    assert rows_of(second)[0]["text"] == other
    assert ManualMarks(second.encode()).mark("101", ARGUE, other).again, "the flag stays over runs"
    read = second.replace(rows_of(second)[0]["state"], "")
    assert not ManualMarks(read.encode()).mark("101", ARGUE, other).again


def test_other_spaces_and_line_ends_are_the_same_text():
    assert text_mark("a  b\r\nc ") == text_mark("a b\nc")
    assert text_mark("a b c") != text_mark("a b d")


def test_marks_of_an_answer_that_counts_no_longer_are_kept_and_come_back():
    marks = ManualMarks(filled(points="3", comment="fine").encode())
    without = table(marks, "Another text.", students=("102",))
    gone = rows_of(without)[1]
    assert (gone["points"], gone["state"]) == ("3", GONE)
    back = ManualMarks(without.encode()).mark("101", ARGUE, TEXT)
    assert (back.points, back.again) == (3, False)


def test_a_row_is_found_by_its_code_whatever_became_of_the_id():
    saved = filled(points="3").replace(",101,", ",1.01E+02,")
    assert ManualMarks(saved.encode()).mark("101", ARGUE, TEXT).points == 3


def test_a_row_that_is_there_twice_is_reported_and_both_are_kept():
    text = filled(points="3")
    head, row = text.split("\n", 1)
    marks = ManualMarks(f"{head}\n{row}{row.replace(',3,', ',1,')}".encode())
    assert marks.mark("101", ARGUE, TEXT).points == 3
    assert "twice" in next(iter(marks.faults.values()))
    assert [one["points"] for one in rows_of(table(marks, TEXT))] == ["3", "1"]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01", b"code,points\nr1,2\n"])
def test_a_table_that_nobody_understands_says_so(data):
    marks = ManualMarks(data)
    assert marks.unreadable
    assert marks.mark("101", ARGUE, TEXT).points is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\u200b=", "\uff1d"])
def test_no_text_of_a_student_starts_a_formula(start):
    text = f"{start}HYPERLINK(1)"
    row = rows_of(table(ManualMarks(), text))[0]
    assert row["text"].startswith("'")
    assert starts_a_formula(bare(row["text"]))
    assert safe_cell(bare(safe_cell(text))) == safe_cell(text)
