"""Lines of answers: as phones write them, as teachers type them, as spreadsheets save them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.teaching.answer_lines import (
    CHECKS,
    LARGEST_FILE,
    UnreadableLine,
    check_letter,
    parse,
    read_lines,
    written,
)
from regionalism.teaching.forms import NAMES

LETTERS = st.text("ABCD?", min_size=10, max_size=10)
IDS = st.from_regex(r"[A-Za-zА-Яа-я]{0,4}-?[0-9]{1,6}", fullmatch=True)
TESTS = st.sampled_from(NAMES)


def reason(line: str, test: str = "first") -> str:
    with pytest.raises(UnreadableLine) as fault:
        parse(line, test)
    return str(fault.value)


@given(TESTS, IDS, LETTERS)
def test_what_is_written_is_read(test, student, letters):
    line = written(test, student, letters)
    assert parse(line, test) == (student, letters)
    assert parse(line.lower(), test)[1] == letters


@given(TESTS, IDS, LETTERS)
def test_a_line_of_the_other_test_is_named(test, student, letters):
    beside = NAMES[1 - NAMES.index(test)]
    assert reason(written(test, student, letters), beside) == f"it is a line of the {test} test"


@given(TESTS, IDS, LETTERS, st.integers(0, 9), st.sampled_from("ABCD?"))
def test_one_wrong_letter_is_noticed(test, student, letters, at, other):
    changed = letters[:at] + other + letters[at + 1 :]
    check = check_letter(test, student, letters)
    assert (check_letter(test, student, changed) == check) == (changed == letters)


@given(TESTS, IDS, LETTERS, st.integers(0, 8))
def test_two_neighbours_changed_about_are_noticed(test, student, letters, at):
    changed = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    same = check_letter(test, student, changed) == check_letter(test, student, letters)
    assert same == (changed == letters)


@given(st.integers(0, 999_999), LETTERS, st.data())
def test_one_wrong_digit_of_the_id_is_noticed(number, letters, data):
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    changed = digits[:at] + other + digits[at + 1 :]
    same = check_letter("first", changed, letters) == check_letter("first", digits, letters)
    assert same == (changed == digits)


def test_the_check_letter_is_no_answer():
    assert not set(CHECKS) & set("ABCD?")
    assert len(CHECKS) == 19


@pytest.mark.parametrize(
    "line",
    [
        "101: A C ? D B A B C D A",
        "101:AC?DBABCDA",
        "101 AC?DBABCDA",
        "101AC?DBABCDA",
        "  101 \t a c ? d b a b c d a  ",
        "101;A;C;?;D;B;A;B;C;D;A",
        "101;A;C;;D;B;A;B;C;D;A",
        "101;A;C;-;D;B;A;B;C;D;A;;;;",
        "101,A,C,?,D,B,A,B,C,D,A",
        "101, A, C, ?, D, B, A, B, C, D, A",
        "101\tA\tC\t\tD\tB\tA\tB\tC\tD\tA",
        '"101";"A";"C";"?";"D";"B";"A";"B";"C";"D";"A"',
        '"101: A C ? D B A B C D A";;;',
        "101;AC?DBABCDA",
        "101: А С ? D В А В С D А",  # А, В and С typed in Cyrillic
        "101: а с ? d в а в с d а",
        "101： Ａ Ｃ ？ Ｄ Ｂ Ａ Ｂ Ｃ Ｄ Ａ",  # full width
        "[22.11.2026, 10:15] Somebody: 101: A C ? D B A B C D A",
        "101: A/C/?/D/B/A/B/C/D/A.",
        "101: A C – D B A B C D A",
        "101: A C 0 D B A B C D A",
    ],
)
def test_the_ways_in_which_people_write_one_line(line):
    assert parse(line, "first") == ("101", "AC?DBABCDA")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("101: A C D", "3 answers, not 10"),
        ("101: A C ? D B A B C D A B", "11 answers, not 10"),
        ("101:", "no answers"),
        ("101", "no answer"),
        (": A C ? D B A B C D A", "no id"),
        ("--: A C ? D B A B C D A", "no id"),
        ("101: A C E D B A B C D A", "no answer; answers are"),
        ("101: А Б В Г А Б В Г А Б", "Cyrillic order"),
        ("101;AB;C;D;A;B;C;D;A;B;C", "more than one sign"),
        ("101: A C ? D B A B C D A Z", "check letter"),
        ("a" * 500, "more than 400"),
        ("x" * 70 + ": A C ? D B A B C D A", "more than 60"),
        ("101: A C ? D B\x00 A B C D A", "no line of answers has"),
        ("<script>alert(1)</script>", "no answer"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line, words):
    assert words in reason(line)


@given(st.text(max_size=450))
def test_no_line_breaks_the_reader(line):
    try:
        student, letters = parse(line, "first")
    except UnreadableLine:
        return
    assert len(letters) == 10
    assert set(letters) <= set("ABCD?")
    assert student.strip() == student != ""


@given(st.binary(max_size=600))
def test_no_file_breaks_the_reader(data):
    read = read_lines(data, "second")
    assert all(fault.line >= 1 and fault.reason for fault in (*read.faults, *read.remarks))


@given(st.lists(st.sampled_from(["101: ABCDABCDAB", "102 ABCD??CDAB", "103;A", "rubbish", "", ";;;", "101: BBBB"])))
def test_nothing_is_dropped_in_silence(lines):
    read = read_lines("\n".join(lines).encode(), "first")
    told = {line for answers in read.students.values() for line in answers.lines}
    told |= {fault.line for fault in (*read.faults, *read.remarks)}
    assert told == {number for number, line in enumerate(lines, start=1) if line.strip(";")}


def test_a_table_as_a_russian_spreadsheet_saves_it():
    rows = ["Номер;1;2;3;4;5;6;7;8;9;10", "101;A;C;;D;B;A;B;C;D;A", "б-2;А;В;С;D;А;В;С;D;А;В", ";;;;;;;;;;"]
    read = read_lines("\r\n".join(rows).encode("cp1251"), "first")
    assert read.encoding == "Windows-1251"
    assert {one.student: one.letters for one in read.students.values()} == {"101": "AC?DBABCDA", "б-2": "ABCDABCDAB"}
    assert [(remark.line, remark.reason) for remark in read.remarks] == [(1, "taken for the heading of the table")]
    assert read.faults == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "utf-8"])
def test_encodings(encoding):
    read = read_lines("id;ответы\n101;ABCDABCDAB".encode(encoding), "first")
    assert [one.letters for one in read.students.values()] == ["ABCDABCDAB"]


def test_only_the_first_line_can_be_a_heading():
    read = read_lines(b"101: ABCDABCDAB\nid;1;2", "first")
    assert [fault.line for fault in read.faults] == [2]


def test_ids_that_look_alike_are_one_student():
    read = read_lines("А17: ABCDABCDAB\nA17: ABCDABCDAB".encode(), "first")
    assert len(read.students) == 1
    reasons = [remark.reason for remark in read.remarks]
    assert reasons == ["lines 1, 2 are of one student and say the same; they count once"]


def test_two_lines_of_one_student_that_differ_do_not_count():
    read = read_lines(b"101: ABCDABCDAB\n102: AAAAABBBBB\n101: BBCDABCDAB", "first")
    assert list(read.students) == ["102"]
    assert [fault.line for fault in read.faults] == [1, 3]
    assert "lines 1, 3 are of one student and differ" in read.faults[0].reason


def test_a_reason_repeats_nothing_that_was_typed():
    read = read_lines(b"Aigerim Somebody did not come\n=CMD()|x\n", "first")
    assert len(read.faults) == 2
    assert not any("Aigerim" in fault.reason or "CMD" in fault.reason for fault in read.faults)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(ValueError, match="at most"):
        read_lines(b"x" * (LARGEST_FILE + 1), "first")


@pytest.mark.parametrize(("student", "letters"), [("", "A" * 10), ("101", "A" * 9), ("101", "E" * 10)])
def test_nothing_is_written_that_could_not_be_read(student, letters):
    with pytest.raises(ValueError, match=r"id|answers"):
        written("first", student, letters)
