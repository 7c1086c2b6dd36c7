"""The command `before-after`: forms and answer pages of the two tests, and the report that puts them side by side.

Nothing heavy is imported before the command runs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regionalism.teaching.answer_lines import Read

REPORT = "before-after.html"


class CannotCompare(Exception):
    """The command can't do its work; the text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `before-after`."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    forms = steps.add_parser("forms", help="write both tests: forms and strips to print, answer pages for phones")
    forms.add_argument("folder", type=Path, metavar="FOLDER", help="folder to write to; it is made where it is missing")
    report = steps.add_parser("report", help="put the answers to both tests side by side")
    report.add_argument("first", type=Path, metavar="FIRST", help="file with a line for each student: the first test")
    report.add_argument("second", type=Path, metavar="SECOND", help="the same for the second test")
    report.add_argument("--out", type=Path, metavar="FILE", default=Path(REPORT), help=f"report to write [{REPORT}]")


def run(options: argparse.Namespace) -> int:
    """Write forms or the report: 0 where it was written; 1 with the reason on the error stream."""
    from regionalism.teaching.content import NotForStudents

    try:
        return _forms(options.folder) if options.step == "forms" else _report(options)
    except (CannotCompare, NotForStudents) as problem:
        print(problem, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}. Nothing else was written.", file=sys.stderr)
    return 1


def _forms(folder: Path) -> int:
    from regionalism.teaching.answer_page import answer_page
    from regionalism.teaching.forms import NAMES, form
    from regionalism.teaching.forms_page import paper, strips

    written = {
        f"{name}-test-{kind}.html": make(form(name))
        for name in NAMES
        for kind, make in (("paper", paper), ("strips", strips), ("phone", answer_page))
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"Written to {folder.resolve()}: {', '.join(written)}")
    print("Print the paper ones; send the phone ones to students as a file. None of them holds a right answer.")
    return 0


def _report(options: argparse.Namespace) -> int:
    from regionalism.teaching.compare import compare
    from regionalism.teaching.compare_report import report_html, report_text
    from regionalism.teaching.forms import form

    first, second = form("first"), form("second")
    before, after = _read(options.first, "first"), _read(options.second, "second")
    if options.out.resolve() in (options.first.resolve(), options.second.resolve()):
        raise CannotCompare(f"{options.out} is one of the two files of answers. Name another file with --out.")
    found = compare(before.students, after.students, first, second)
    print(report_text(found, first, before, after))
    if not before.students and not after.students:
        raise CannotCompare("No line of either file could be read, so no report was written.")
    options.out.write_text(report_html(found, first, before, after), encoding="utf-8", newline="\n")
    print(f"\nWritten: {options.out.resolve()}")
    return 0


def _read(path: Path, test: str) -> Read:
    from regionalism.teaching.answer_lines import read_lines

    if not path.is_file():
        raise CannotCompare(f"{path} is no file. Name a text file with one line for each student.")
    data = path.read_bytes()
    if data[:2] == b"PK":
        raise CannotCompare(f"{path} is a workbook. Save it in the spreadsheet as CSV and name that file.")
    try:
        return read_lines(data, test)
    except ValueError as fault:
        raise CannotCompare(f"{path} cannot be read: {fault}") from None
