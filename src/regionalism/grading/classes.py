"""A class as its teacher keeps it: a folder with the list of students and the rules of marking.

`class.csv` has the columns id and name, and where they are wanted section, email, login, sis_id and moodle_id;
other columns are kept. `grading.toml` has the rules; `new_class` writes both with a word on each line.
`received.csv` (receipt, time) tells when a hand-in came in, where that is known better than from its own clock.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from regionalism.exercises.identity import CLASS_FILE, Class, class_to_text, lookalike
from regionalism.grading.spreadsheets import Sheet, UnreadableTable, read_table, starts_a_formula

STUDENTS_FILE = "class.csv"
RULES_FILE = "grading.toml"
RECEIVED_FILE = "received.csv"
_OWN_COLUMNS = ("id", "name", "section", "email", "login", "sis_id", "moodle_id")


class DamagedClassFolder(ValueError):
    """A class folder that cannot be used; names file, row or setting, and the fault."""


@dataclass(frozen=True)
class Student:
    """One row of the class list. `other` has the columns that the course does not know."""

    id: str
    name: str = ""
    section: str = ""
    email: str = ""
    login: str = ""
    sis_id: str = ""
    moodle_id: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClassSettings:
    """The students of a class and the rules by which their marks are counted.

    `deadlines` maps chapters to times with a zone; `late_per_day` (0 to 1) is taken off for each day that
    has begun after deadline and `grace_minutes`, `late_at_most` (0 to 1) in all. `extra_credit` names
    questions and chapters whose points come on top, `extra_credit_at_most` how many may (None: all).
    `received` maps receipts to the times when they came in. `remarks` say what was assumed while reading.
    """

    title: str = ""
    seed: str = ""
    students: tuple[Student, ...] = ()
    give_out_ids: bool = False
    keep_until: date | None = None
    count: Literal["best", "last"] = "best"
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    late_per_day: float = 0.0
    late_at_most: float = 1.0
    grace_minutes: int = 0
    extra_credit: tuple[str, ...] = ()
    extra_credit_at_most: float | None = None
    mastery: bool = True
    worked_in_feedback: bool = False
    anonymous_marking: bool = False
    export_provisional: bool = False
    received: Mapping[str, datetime] = field(default_factory=dict)
    folder: Path | None = None
    remarks: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Class:
        """What a grader needs of the class to tell ids apart and to draw numbers."""
        return Class(self.title, self.seed, tuple(student.id for student in self.students))

    @cached_property
    def by_id(self) -> Mapping[str, Student]:
        """The students by id."""
        return {student.id: student for student in self.students}


NO_SETTINGS = ClassSettings()


# Reading


def read_class(folder: str | Path) -> ClassSettings:
    """The class of a folder. Raises DamagedClassFolder naming file, row or setting, and the fault."""
    folder = Path(folder)
    if not folder.is_dir():
        raise DamagedClassFolder(f"{folder} is no folder; `class new {folder.name}` makes one")
    rules = _rules(folder / RULES_FILE)
    if not (folder / STUDENTS_FILE).exists() and not rules:
        raise DamagedClassFolder(f"{folder} holds neither {STUDENTS_FILE} nor {RULES_FILE}; it is no class folder")
    students, remarks = _students(folder / STUDENTS_FILE)
    settings = settings_from(rules)
    zone = _zone(rules.get("time_zone", "+00:00"))
    received, more = _received(folder / RECEIVED_FILE, zone)
    damaged = _damaged_names(students)
    return replace(settings, students=students, received=received, folder=folder, remarks=(*remarks, *damaged, *more))


def _damaged_names(students: tuple[Student, ...]) -> tuple[str, ...]:
    """A remark on names with a question mark, which Excel writes for a letter that its old encoding lacks."""
    hurt = [f"{student.id} ({student.name})" for student in students if "?" in student.name]
    if not hurt:
        return ()
    which = ", ".join(hurt[:3]) + (f" and {len(hurt) - 3} more" if len(hurt) > 3 else "")
    words = f"a letter seems to be lost in the name of {which}. Mend it, and save {STUDENTS_FILE} as CSV UTF-8"
    return (words,)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedClassFolder(f"{path.name} cannot be read ({error.strerror or type(error).__name__})") from None


def _table(path: Path, needed: tuple[str, ...]) -> tuple[Sheet, tuple[str, ...]]:
    try:
        sheet = read_table(_bytes(path), needed)
    except UnreadableTable as fault:
        raise DamagedClassFolder(f"{path.name} cannot be understood: {fault}") from None
    assumed = f"{path.name} was read as {sheet.encoding}; look whether the names are whole"
    return sheet, (assumed,) if sheet.encoding == "Windows-1251" else ()


def _students(path: Path) -> tuple[tuple[Student, ...], tuple[str, ...]]:
    if not path.exists():
        return (), ()
    sheet, remarks = _table(path, ("id",))
    others = [heading for heading in sheet.headings if heading and heading not in _OWN_COLUMNS]
    students: list[Student] = []
    seen: dict[str, tuple[int, str]] = {}
    for row in sheet.rows:
        known = unicodedata.normalize("NFC", row["id"].strip())
        _check_id(known, row.number, seen)
        own = {name: " ".join(row[name].split()) for name in _OWN_COLUMNS[1:]}
        students.append(Student(id=known, **own, other={name: row[name] for name in others}))
    return tuple(students), remarks


def _check_id(known: str, number: int, seen: dict[str, tuple[int, str]]) -> None:
    """Refuse an id that could not be told from another, or that a spreadsheet would run."""
    place = f"{STUDENTS_FILE}, row {number}, column id"
    if not known:
        raise DamagedClassFolder(f"{place}: it is empty. Each student needs an id; delete the row if it is none")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in known):
        raise DamagedClassFolder(f"{place}: {known!r} holds a sign that cannot be seen. Type the id anew")
    if starts_a_formula(known):
        raise DamagedClassFolder(f"{place}: {known!r} begins with {known[0]}, and a spreadsheet would run it")
    form = lookalike(known)
    if form in seen:
        earlier, other = seen[form]
        fault = "is there twice" if other == known else f"and {other} look alike"
        rows = f"Row {earlier} and row {number}"
        raise DamagedClassFolder(f"{STUDENTS_FILE}: {rows}: {known} {fault}. Each student needs an id that differs")
    seen[form] = (number, known)


def _received(path: Path, zone: timezone) -> tuple[dict[str, datetime], tuple[str, ...]]:
    if not path.exists():
        return {}, ()
    sheet, remarks = _table(path, ("receipt", "time"))
    times: dict[str, datetime] = {}
    for row in sheet.rows:
        receipt, typed = row["receipt"].strip().upper(), row["time"].strip()
        when = parse_time(typed, zone)
        if not receipt or when is None:
            fault = "receipt is empty" if not receipt else f"time {typed!r} is none; write 2026-11-30 17:05"
            raise DamagedClassFolder(f"{path.name}, row {row.number}: {fault}")
        times[receipt] = when
    return times, remarks


def parse_time(text: str, zone: timezone = UTC) -> datetime | None:
    """A time such as 2026-11-30 17:05, in `zone` unless it names one; None where it is none."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=zone)


# Rules


def _rules(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DamagedClassFolder(f"{RULES_FILE} is not in UTF-8; save it anew with that encoding") from None
    except (ValueError, RecursionError) as error:
        raise DamagedClassFolder(
            f"{RULES_FILE} cannot be read: {error}. Texts stand in quotation marks, true and false without; a number "
            "has a point (0.1), and a time looks like 2026-11-30T23:59:00"
        ) from None


def settings_from(rules: Mapping[str, Any]) -> ClassSettings:
    """The rules of a `grading.toml` as settings. Raises DamagedClassFolder naming the setting."""
    known = {
        "title", "seed", "give_out_ids", "keep_until", "count", "time_zone", "deadlines", "late_per_day",
        "late_at_most", "grace_minutes", "extra_credit", "extra_credit_at_most", "mastery", "worked_in_feedback",
        "anonymous_marking", "export_provisional",
    }  # fmt: skip
    unknown = sorted(set(rules) - known)
    if unknown:
        there = ", ".join(sorted(known))
        raise DamagedClassFolder(f"{RULES_FILE}: unknown setting {', '.join(unknown)}; known are {there}")
    count = rules.get("count", "best")
    if count not in ("best", "last"):
        raise DamagedClassFolder(f'{RULES_FILE}, count: {count!r} is neither "best" nor "last"')
    most_extra = rules.get("extra_credit_at_most")
    return ClassSettings(
        title=_text(rules, "title"),
        seed=_text(rules, "seed"),
        give_out_ids=_flag(rules, "give_out_ids", False),
        keep_until=_day(rules.get("keep_until")),
        count=count,
        deadlines=_deadlines(rules),
        late_per_day=_share(rules, "late_per_day", 0.0),
        late_at_most=_share(rules, "late_at_most", 1.0),
        grace_minutes=int(_number(rules, "grace_minutes", 0, 100_000)),
        extra_credit=_extra(rules.get("extra_credit", [])),
        extra_credit_at_most=None if most_extra is None else _number(rules, "extra_credit_at_most", 0, 10_000),
        mastery=_flag(rules, "mastery", True),
        worked_in_feedback=_flag(rules, "worked_in_feedback", False),
        anonymous_marking=_flag(rules, "anonymous_marking", False),
        export_provisional=_flag(rules, "export_provisional", False),
    )


def _text(rules: Mapping[str, Any], name: str) -> str:
    value = rules.get(name, "")
    if not isinstance(value, str):
        raise DamagedClassFolder(f"{RULES_FILE}, {name}: {value!r} is no text; put it in quotation marks")
    return value.strip()


def _flag(rules: Mapping[str, Any], name: str, usual: bool) -> bool:
    value = rules.get(name, usual)
    if not isinstance(value, bool):
        raise DamagedClassFolder(f"{RULES_FILE}, {name}: {value!r} is neither true nor false")
    return value


def _number(rules: Mapping[str, Any], name: str, usual: float, most: float) -> float:
    value = rules.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise DamagedClassFolder(f"{RULES_FILE}, {name}: {value!r} is no number from 0 to {most:g}")
    return float(value)


def _share(rules: Mapping[str, Any], name: str, usual: float) -> float:
    return _number(rules, name, usual, 1)


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if value.strip() else None
        except ValueError:
            raise DamagedClassFolder(f"{RULES_FILE}, keep_until: {value!r} is no day; write 2027-07-31") from None
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    raise DamagedClassFolder(f"{RULES_FILE}, keep_until: {value!r} is no day; write 2027-07-31")


def _zone(value: Any) -> timezone:
    """A distance from UTC such as +05:00."""
    try:
        found = datetime.fromisoformat(f"2000-01-01T00:00{value}").utcoffset()
    except (ValueError, TypeError):
        found = None
    if found is None:
        raise DamagedClassFolder(f'{RULES_FILE}, time_zone: {value!r} is no distance from UTC; write "+05:00"')
    return timezone(found)


def _deadlines(rules: Mapping[str, Any]) -> dict[str, datetime]:
    zone, given = _zone(rules.get("time_zone", "+00:00")), rules.get("deadlines", {})
    if not isinstance(given, dict):
        raise DamagedClassFolder(f"{RULES_FILE}, deadlines: write them under a line [deadlines], one chapter a line")
    return {str(stem): _deadline(str(stem), value, zone) for stem, value in given.items()}


def _deadline(stem: str, value: Any, zone: timezone) -> datetime:
    from regionalism.exercises import chapters

    if stem not in chapters():
        raise DamagedClassFolder(f"{RULES_FILE}, deadlines: no chapter {stem!r}; there are {', '.join(chapters())}")
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(23, 59, 59), zone)  # a day without a time lasts to its end
    when = parse_time(value, zone) if isinstance(value, str) else value
    if isinstance(value, str) and when is not None and len(value.strip()) == len("2026-11-30"):
        return when.replace(hour=23, minute=59, second=59)
    if not isinstance(when, datetime):
        raise DamagedClassFolder(f"{RULES_FILE}, deadlines, {stem}: {value!r} is no time; write 2026-11-30T23:59:00")
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _extra(value: Any) -> tuple[str, ...]:
    from regionalism.exercises import chapters, questions

    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise DamagedClassFolder(f'{RULES_FILE}, extra_credit: write a list such as ["gains.argue"]')
    for name in value:
        stem = name.partition(".")[0]
        there = stem in chapters() and (name == stem or any(name == question.id for question in questions(stem)))
        if not there:
            raise DamagedClassFolder(f"{RULES_FILE}, extra_credit: there is no chapter or question {name!r}")
    return tuple(value)


# Making a class


STUDENTS_TEMPLATE = "id,name,section,email\n"


def rules_template(title: str, seed: str) -> str:
    """The text of a new `grading.toml`, a word on each setting."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'''# The rules of this class. A line that begins with # is a remark. Keep this file to yourself.

title = "{quoted}"

# From this text the numbers of all students of the class are drawn. Do not change it during a term,
# and do not show it: who knows it can work out the numbers of other students.
seed = "{seed}"

# true: class.json also lists the ids, so that a sheet knows a mistyped one. It never lists names.
give_out_ids = false

# Which try counts where a student hands in more than once: "best" or "last".
# A try on time goes before a late one unless the late one brings more, late rule included ("best").
# With "last" a late try counts only where there is none on time.
count = "best"

# Where the deadlines are meant, as a distance from UTC: "+06:00" in Bishkek, "+05:00" in the four other states.
time_zone = "+05:00"

# What a late hand-in loses: a share of its points for each day begun, and at most so much in all.
# 0.1 is a tenth. The time is that of the student's own clock, unless received.csv in this folder
# (columns receipt and time) says when the hand-in came in.
late_per_day = 0.0
late_at_most = 0.5
grace_minutes = 30

# Questions or whole chapters whose points come on top of the full mark, and how many points may.
extra_credit = []
# extra_credit_at_most = 2

# true: the grade book says beside the points who has both new cases of a chapter fully right.
mastery = true

# true: the pages for students also show a worked path to each question. Keys then reach students.
worked_in_feedback = false

# true: the list of arguments to mark shows codes instead of ids.
anonymous_marking = false

# true: the tables for Moodle and Canvas also hold marks that wait for a person, without what is still
# to be read. false: they are left open there until all is marked.
export_provisional = false

# The day until which hand-ins and marks are kept. After it the grader reminds you to delete them.
# keep_until = 2027-07-31

# One line for each chapter, such as: gains = 2026-11-30T23:59:00
[deadlines]
'''


def new_class(folder: str | Path, title: str) -> list[Path]:
    """Make a class folder with a list to fill in and rules with a fresh private seed.

    Raises DamagedClassFolder where one of the files is there already; nothing is ever written over.
    """
    folder = Path(folder)
    if any(ord(sign) < 32 for sign in title):
        raise DamagedClassFolder("a title is one line of text")
    for name in (STUDENTS_FILE, RULES_FILE):
        if (folder / name).exists() or (folder / name).is_symlink():
            raise DamagedClassFolder(f"{folder / name} is there already; it stays as it is")
    folder.mkdir(parents=True, exist_ok=True)
    texts = {STUDENTS_FILE: "\ufeff" + STUDENTS_TEMPLATE, RULES_FILE: rules_template(title, secrets.token_hex(16))}
    for name, text in texts.items():
        with (folder / name).open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    return [folder / name for name in texts]


def student_file(settings: ClassSettings) -> str:
    """The text of `class.json`, which lies beside the sheets of the students: no names, ids only if given out."""
    ids = settings.known.ids if settings.give_out_ids else ()
    return class_to_text(Class(settings.title, settings.seed, ids))


# Commands


def add_class_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the commands `new`, `check`, `students`, `rehearse` and `forget` to the parser of `class`."""
    commands = parser.add_subparsers(dest="class_command", required=True, metavar="WHAT")
    new = commands.add_parser("new", help="make a class folder: a list to fill in, and rules with a private seed")
    new.add_argument("folder", type=Path, metavar="FOLDER")
    new.add_argument("--title", default="", help="what the class is called")
    check = commands.add_parser("check", help="read a class folder and say what is wrong with it")
    check.add_argument("folder", type=Path, metavar="FOLDER")
    students = commands.add_parser("students", help=f"write {CLASS_FILE}, the file that students put beside the sheets")
    students.add_argument("folder", type=Path, metavar="FOLDER")
    students.add_argument("--to", type=Path, metavar="FOLDER", help="folder to write it to [the class folder]")
    rehearse = commands.add_parser("rehearse", help="write made-up hand-ins of a class, to try grading before the term")
    rehearse.add_argument("folder", type=Path, metavar="FOLDER")
    rehearse.add_argument("--to", type=Path, required=True, metavar="NEW", help="a folder that is new or empty")
    forget = commands.add_parser("forget", help="list hand-ins, answers and marks in a folder, and delete them")
    forget.add_argument("folder", type=Path, metavar="FOLDER")
    forget.add_argument("--yes", action="store_true", help="delete what was listed; without it nothing is")


def run_class(options: argparse.Namespace) -> int:
    """Do one of the class commands: 0 if it went well, 1 with the fault on the error stream."""
    actions = {
        "new": _run_new, "check": _run_check, "students": _run_students, "rehearse": _run_rehearse,
        "forget": _run_forget,
    }  # fmt: skip
    try:
        return actions[options.class_command](options)
    except (DamagedClassFolder, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1


def _run_new(options: argparse.Namespace) -> int:
    for path in new_class(options.folder, options.title):
        print(f"Written: {path}")
    print(f"Fill in {STUDENTS_FILE} and look through {RULES_FILE}.")
    print(f"Then type: python course.py class check {options.folder}")
    return 0


def _run_rehearse(options: argparse.Namespace) -> int:
    from regionalism.exercises import chapters
    from regionalism.grading.rehearsal import hand_ins

    settings = read_class(options.folder)
    if not settings.students:
        raise DamagedClassFolder(f"{STUDENTS_FILE} lists nobody yet. Fill it in first.")
    if options.to.exists() and (not options.to.is_dir() or any(options.to.iterdir())):
        raise DamagedClassFolder(f"{options.to} is not empty. Made-up hand-ins must not lie among real ones.")
    options.to.mkdir(parents=True, exist_ok=True)
    count = len(settings.students) * len(chapters())
    for name, content in hand_ins(count, settings.known):
        (options.to / name).write_bytes(content)
    print(f"Written: {count} made-up hand-ins in {options.to}. Delete that folder, and its marks, before the term.")
    print(f"Then type: python course.py grade {options.to} --class {options.folder}")
    return 0


def _run_check(options: argparse.Namespace) -> int:
    settings = read_class(options.folder)
    for line in class_words(settings):
        print(line)
    return 0


def class_words(settings: ClassSettings) -> list[str]:
    """What was understood of a class folder, a line each, for its teacher to compare."""
    named = sum(1 for student in settings.students if student.name)
    seed = "a private seed" if settings.seed else "no private seed: whoever knows an id can work out its numbers"
    rule = f"{settings.late_per_day:.0%} a day, at most {settings.late_at_most:.0%}"
    late = rule if settings.late_per_day else "nothing"
    deadlines = sorted(settings.deadlines.items())
    return [
        f"Class: {settings.title or 'without a title'}, with {seed}.",
        f"Students: {len(settings.students)}, of them {named} with a name. All ids can be told apart.",
        f"The {settings.count} try counts. Late hand-ins lose {late}; grace {settings.grace_minutes} minutes.",
        *(f"Deadline of {stem}: {when.isoformat(' ', 'minutes')}." for stem, when in deadlines),
        f"Kept until: {settings.keep_until or 'no day is set'}.",
        *(f"Note: {remark}." for remark in settings.remarks),
    ]


def _run_students(options: argparse.Namespace) -> int:
    settings = read_class(options.folder)
    if not settings.seed:
        raise DamagedClassFolder(f"{RULES_FILE} has no seed; without one students need no {CLASS_FILE}")
    target = (options.to or options.folder) / CLASS_FILE
    if target.is_symlink():
        raise DamagedClassFolder(f"{target} is a link; it is not followed")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(student_file(settings), encoding="utf-8", newline="\n")
    ids = f"{len(settings.students)} ids" if settings.give_out_ids else "no ids"
    print(f"Written: {target}, with {ids} and no names. Students put it beside their sheets.")
    return 0


def _run_forget(options: argparse.Namespace) -> int:
    from regionalism.grading.forgetting import forget

    return forget(options.folder, options.yes)


def overdue(settings: ClassSettings, today: date) -> str:
    """A reminder after the day until which hand-ins are kept; empty before it."""
    if settings.keep_until is None or today <= settings.keep_until:
        return ""
    gone = (today - settings.keep_until) // timedelta(days=1)
    return (
        f"The hand-ins and marks of this class were to be kept until {settings.keep_until}, {gone} days ago. "
        "`class forget FOLDER` lists them and, with --yes, deletes them."
    )
