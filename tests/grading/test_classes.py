"""A class folder: what is read from it, what is refused with row and value, and what students get."""

from __future__ import annotations

import argparse
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest

from regionalism.exercises.handin import from_bytes
from regionalism.exercises.identity import class_from_text
from regionalism.grading.classes import (
    NO_SETTINGS,
    ClassSettings,
    DamagedClassFolder,
    add_class_arguments,
    new_class,
    overdue,
    read_class,
    run_class,
    student_file,
)

RULES = 'title = "Autumn"\nseed = "secret"\n'


def folder_with(folder, students="id,name\n101,Айгерим\n102,Bakyt\n", rules=RULES, encoding="utf-8"):
    (folder / "class.csv").write_bytes(students.encode(encoding))
    (folder / "grading.toml").write_text(rules, encoding="utf-8")
    return folder


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_list_is_read_as_spreadsheets_write_it(tmp_path, encoding, mark):
    text = f'\r\nid{mark}name{mark}Section{mark}dorm\r\n\r\n101{mark}"Айгерим{mark} Сапарова"{mark}A{mark}7\r\n'
    found = read_class(folder_with(tmp_path, text, encoding=encoding))
    name = f"Айгерим{mark} Сапарова".replace("\t", "")
    assert [(one.id, one.name, one.section) for one in found.students] == [("101", name, "A")]
    assert found.students[0].other == {"dorm": "7"}
    assert any("Windows-1251" in remark for remark in found.remarks) == (encoding == "cp1251")


def test_names_that_lost_a_letter_are_told(tmp_path):
    found = read_class(folder_with(tmp_path, "id;name\n101;Асанова Г?лзат\n102;Bakyt\n", encoding="cp1251"))
    [told] = [remark for remark in found.remarks if "lost" in remark]
    assert "101 (Асанова Г?лзат)" in told
    assert "Bakyt" not in told


@pytest.mark.parametrize("heading", ["id,name,section,email;;;", '"id,name,section,email";;;'])
def test_headings_in_one_cell_are_refused(tmp_path, heading):
    with pytest.raises(DamagedClassFolder, match="give each of them a cell of its own"):
        read_class(folder_with(tmp_path, f"{heading}\n101;Айгерим;A;\n"))


def test_all_ids_are_known_to_the_grader_but_given_out_only_if_wished(tmp_path):
    found = read_class(folder_with(tmp_path))
    assert found.known.listed("１０１") == "101"
    assert class_from_text(student_file(found)).ids == ()
    given = read_class(folder_with(tmp_path, rules=RULES + "give_out_ids = true\n"))
    assert class_from_text(student_file(given)).ids == ("101", "102")
    assert "Айгерим" not in student_file(given)
    assert class_from_text(student_file(given)).tag == found.known.tag


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("101,A\n,B\n", "row 3, column id"),
        ("101,A\n101,B\n", "Row 2 and row 3: 101 is there twice"),
        ("A17,A\n\nА17,B\n", "Row 2 and row 4: А17 and A17 look alike"),
        ("=1+1,A\n", "begins with ="),
        ("+7,A\n", "begins with +"),
        ("-7,A\n", "begins with -"),
        ("@a,A\n", "begins with @"),
        ("1\u200b01,A\n", "cannot be seen"),
    ],
)
def test_an_id_that_cannot_serve_is_named_with_its_row(tmp_path, rows, words):
    with pytest.raises(DamagedClassFolder, match="class.csv") as caught:
        read_class(folder_with(tmp_path, f"id,name\n{rows}"))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("number,name\n1,A\n", "column id"), ("id,id\n1,2\n", "same heading"), ("id\0,name\n", "signs")],
)
def test_a_list_that_is_none_says_why(tmp_path, text, words):
    with pytest.raises(DamagedClassFolder, match=words):
        read_class(folder_with(tmp_path, text))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("count = best", "quotation marks"),
        ('count = "first"', "'first'"),
        ("late_per_day = 10", "late_per_day: 10 is no number from 0 to 1"),
        ('give_out_ids = "yes"', "neither true nor false"),
        ("latee = 1", "unknown setting latee"),
        ('keep_until = "soon"', "'soon' is no day"),
        ('time_zone = "Bishkek"', "distance from UTC"),
        ("[deadlines]\nnothing = 2026-11-30", "no chapter 'nothing'"),
        ('[deadlines]\ngains = "Friday"', "'Friday' is no time"),
        ('extra_credit = ["gains.nothing"]', "'gains.nothing'"),
        ("title = 7", "7 is no text"),
    ],
)
def test_a_rule_that_cannot_hold_is_named(tmp_path, rule, words):
    with pytest.raises(DamagedClassFolder, match="grading.toml") as caught:
        read_class(folder_with(tmp_path, rules=f'{rule}\n'))
    assert words in str(caught.value)


@pytest.mark.parametrize("value", ["[" * 5_000, "9" * 5_000], ids=["nested", "long number"])
def test_rules_that_the_parser_gives_up_on_are_told(tmp_path, value):
    with pytest.raises(DamagedClassFolder, match="grading.toml cannot be read"):
        read_class(folder_with(tmp_path, rules=f"seed = {value}\n"))


def test_deadlines_are_meant_in_the_zone_of_the_class(tmp_path):
    times = 'gains = 2026-11-30\npuzzle = 2026-12-01T12:00:00\nleadership = "2026-12-02 09:00"\n'
    rules = f'time_zone = "+05:00"\n[deadlines]\n{times}'
    found = read_class(folder_with(tmp_path, rules=rules)).deadlines
    assert found["gains"] == datetime(2026, 11, 30, 18, 59, 59, tzinfo=UTC)
    assert found["puzzle"] == datetime(2026, 12, 1, 7, tzinfo=UTC)
    assert found["leadership"] == datetime(2026, 12, 2, 4, tzinfo=UTC)


def test_times_of_receipt_are_read(tmp_path):
    folder_with(tmp_path)
    (tmp_path / "received.csv").write_text("receipt;time\nk7qf-2m9x;2026-11-30 10:00\n", encoding="utf-8")
    assert read_class(tmp_path).received == {"K7QF-2M9X": datetime(2026, 11, 30, 10, tzinfo=UTC)}
    (tmp_path / "received.csv").write_text("receipt;time\nK7QF-2M9X;yesterday\n", encoding="utf-8")
    with pytest.raises(DamagedClassFolder, match="row 2: time 'yesterday'"):
        read_class(tmp_path)


def test_a_new_class_reads_back_has_a_seed_of_its_own_and_is_never_written_over(tmp_path):
    title = 'The "second" class \\ A'
    new_class(tmp_path / "one", title)
    new_class(tmp_path / "two", title)
    one, two = read_class(tmp_path / "one"), read_class(tmp_path / "two")
    assert one.title == title
    assert len(one.seed) == 32
    assert one.seed != two.seed
    assert one.students == ()
    with pytest.raises(DamagedClassFolder, match="already"):
        new_class(tmp_path / "one", title)
    assert read_class(tmp_path / "one").seed == one.seed


def test_what_the_template_says_are_the_defaults(tmp_path):
    new_class(tmp_path, "")
    rules = tomllib.loads((tmp_path / "grading.toml").read_text(encoding="utf-8"))
    found = read_class(tmp_path)
    assert found.count == NO_SETTINGS.count == rules["count"]
    assert found.mastery is NO_SETTINGS.mastery
    assert found.worked_in_feedback is NO_SETTINGS.worked_in_feedback


def test_the_reminder_comes_after_the_day_and_not_before():
    found = ClassSettings(keep_until=date(2027, 7, 31))
    assert overdue(found, date(2027, 7, 31)) == ""
    assert "2027-07-31, 3 days" in overdue(found, date(2027, 7, 31) + timedelta(days=3))
    assert overdue(NO_SETTINGS, date(2099, 1, 1)) == ""


def command(*arguments):
    parser = argparse.ArgumentParser()
    add_class_arguments(parser)
    return run_class(parser.parse_args([str(argument) for argument in arguments]))


def test_the_commands_make_check_and_hand_out_a_class(tmp_path, capsys):
    folder = tmp_path / "class"
    assert command("new", folder, "--title", "Autumn") == 0
    assert command("new", folder) == 1
    assert "stays as it is" in capsys.readouterr().err
    assert command("check", folder) == 0
    assert "Students: 0" in capsys.readouterr().out
    assert command("students", folder, "--to", tmp_path / "sheets") == 0
    text = (tmp_path / "sheets" / "class.json").read_text(encoding="utf-8")
    assert class_from_text(text).seed == read_class(folder).seed
    assert command("check", tmp_path / "nowhere") == 1


def test_a_link_is_not_written_through(tmp_path, capsys):
    folder_with(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "class.json").symlink_to(tmp_path / "precious")
    assert command("students", tmp_path, "--to", tmp_path / "out") == 1
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"


def test_a_rehearsal_never_lies_among_real_hand_ins(tmp_path, capsys):
    assert command("new", tmp_path / "c") == 0
    assert command("rehearse", tmp_path / "c", "--to", tmp_path / "try") == 1
    assert "lists nobody" in capsys.readouterr().err
    (tmp_path / "c" / "class.csv").write_text("id,name\n101,Айгүл\n102,Гулзат\n", encoding="utf-8")
    assert command("rehearse", tmp_path / "c", "--to", tmp_path / "try") == 0
    ids = [student.id for student in read_class(tmp_path / "c").students]
    files = sorted(path.name for path in (tmp_path / "try").iterdir())
    assert len(files) == 2 * 4
    made = from_bytes((tmp_path / "try" / files[0]).read_bytes())
    assert made.student in ids
    assert command("rehearse", tmp_path / "c", "--to", tmp_path / "try") == 1
    assert "not empty" in capsys.readouterr().err
