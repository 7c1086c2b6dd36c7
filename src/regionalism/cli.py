"""The commands behind `python course.py`: book, lab, test, measure, data, and those of teachers and authors.

Only the standard library is imported at the top, so that `course.py --help` answers before anything
is installed; each command imports what it needs.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .offline.command import BUILT as STUDENTS_BOOK
from .offline.command import STUDENTS

if TYPE_CHECKING:
    from regionalism.exercises.identity import Class

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "_build" / "html"


class CommandError(Exception):
    """A command can't go on; the text says why and what to do."""


def _positive(text: str) -> int:
    """A whole number of at least 1; argparse turns the error into a message that names the value."""
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The command line of the course: one subcommand for each thing that a person does with it."""
    from .site.server import DEFAULT_PORT, port_number

    root = argparse.ArgumentParser(
        prog="python course.py",
        description="Security regionalism in Central Asia: read the book, run the labs, do the exercises.",
        epilog="The first command makes the folder .venv and installs the pinned packages into it.",
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    book = commands.add_parser("book", help="build the book, serve it on this machine and print the address")
    book.add_argument("--no-serve", action="store_true", help="build only")
    book.add_argument("--port", type=port_number, default=DEFAULT_PORT, help=f"port to serve on [{DEFAULT_PORT}]")
    book.add_argument("--fresh", action="store_true", help="forget the last build and start from nothing")
    book.add_argument("--students", action="store_true",
                      help="build the book that students get, without the pages for teachers")
    book.set_defaults(run=run_book)

    lab = commands.add_parser("lab", help="open JupyterLab on the labs and the exercise sheets")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.set_defaults(run=run_lab)

    test = commands.add_parser("test", help="run every check there is; the last line counts them")
    test.add_argument("--quick", action="store_true", help="leave out the built book and the browser's versions")
    test.set_defaults(run=run_test)

    measure = commands.add_parser("measure", help="measure the built book, the live widgets and the start-up")
    measure.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    measure.add_argument("--browser", action="store_true",
                         help="measure the browser edition in _build/offline and a hub instead")
    measure.add_argument("--launches", type=_positive, metavar="N",
                         help="with --browser: start JupyterLite so many times [60]")
    measure.set_defaults(run=run_measure)

    from .tables.command import add_arguments

    data = commands.add_parser("data", help="list, check, compare and seal the shared tables")
    add_arguments(data)
    data.set_defaults(run=run_data)
    _add_teachers_commands(commands)
    return root


# Name, what it does, module, function that adds its arguments, function that runs it. The modules are light.
_FROM_MODULES = (
    ("class", "make and check a class: its list of students and its rules", "grading.classes",
     "add_class_arguments", "run_class"),
    ("grade", "turn a folder of hand-ins into marks, feedback and a class report", "grading.command",
     "add_arguments", "run"),
    ("before-after", "print the two tests of a course, and say what changed from one to the other", "teaching.command",
     "add_arguments", "run"),
    ("check-prose", "say how hard each page is to read, and which paragraphs make it so", "site.prose_command",
     "add_arguments", "run"),
    ("check-questions", "say what is wrong with the questions of a chapter, and how to mend it", "exercises.command",
     "add_arguments", "run"),
    ("offline", "make the browser edition: book, labs and sheets in one folder that needs no network",
     "offline.command", "add_arguments", "run"),
    ("doctor", "say what works on this computer, and what to do where it does not", "setting_up.doctor",
     "add_arguments", "run"),
    ("pack", "put the packages into a folder, to set the course up where there is no network", "setting_up.pack",
     "add_arguments", "run"),
    ("serve", "serve the browser edition on this machine, or with --lan to a class", "offline.lan",
     "add_arguments", "run"),
)  # fmt: skip


def _add_teachers_commands(commands: argparse._SubParsersAction) -> None:
    """The commands of those who teach, mark and write questions."""
    for name, words, module, add, run in _FROM_MODULES:
        home = importlib.import_module(f"regionalism.{module}")
        one = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        getattr(home, add)(one)
        one.set_defaults(run=getattr(home, run))

    build = commands.add_parser("build", help="make the copy of the course for students, or the one for teachers")
    build.add_argument("kind", choices=("student", "teacher"), help="student: without keys; teacher: with solutions")
    build.add_argument("folder", type=Path, metavar="FOLDER", help="new folder to write the copy to")
    _add_class_option(build)
    build.add_argument("--zip", action="store_true", help="also pack the copy into FOLDER.zip")
    build.set_defaults(run=run_build)

    paper = commands.add_parser("paper", help="write an exercise sheet to print, with the numbers of each student")
    paper.add_argument("chapter", metavar="CHAPTER", help="the chapter's one word, such as gains")
    _add_class_option(paper)
    paper.add_argument("--ids", type=_ids, metavar="1,2,3", help="ids of students, with commas between them")
    paper.add_argument("--solutions", action="store_true", help="the booklet with the solutions instead of the sheet")
    paper.add_argument("--out", type=Path, metavar="FILE", help="file to write [paper-CHAPTER.html]")
    paper.set_defaults(run=run_paper)


def _add_class_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--class", dest="class_folder", type=Path, metavar="FOLDER", help="folder of the class")


def _ids(text: str) -> tuple[str, ...]:
    """Ids with commas between them; argparse turns the error into a message."""
    ids = tuple(part.strip() for part in text.split(",") if part.strip())
    if not ids:
        raise argparse.ArgumentTypeError(f"{text!r} names no student; write ids such as 101,102")
    return ids


def run_book(options: argparse.Namespace) -> int:
    """Build the book; unless told otherwise serve it on 127.0.0.1 until the person stops it."""
    from .site.server import PortTaken, open_server, serve

    if options.no_serve:
        built = build_book(fresh=options.fresh, students=options.students)
        print(f"The book is in {built}; its first page is {built / 'index.html'}")
        return 0
    try:
        open_server(ROOT, options.port).server_close()  # a taken port is told before the build, not after it
        serve(build_book(fresh=options.fresh, students=options.students), options.port)
    except PortTaken as taken:
        raise CommandError(str(taken)) from None
    return 0


def book_command(folder: Path, *options: str) -> list[str]:
    """The command that builds the book in a folder with warnings as errors."""
    return [sys.executable, "-c", "from jupyter_book.cli.main import main; main()",
            "build", str(folder), "-W", "-n", "--keep-going", *options]


def build_book(*, fresh: bool = False, students: bool = False) -> Path:
    """Run Jupyter Book with warnings as errors and give the folder of the built pages.

    With `students` the book that students get, without the pages for teachers. Raises CommandError with Jupyter Book's
    last lines when it fails.
    """
    built, words = (STUDENTS_BOOK, "the students' book") if students else (BOOK, "the book")
    print(f"Building {words} (the figures and interactives are computed; about a minute)", flush=True)
    options = [*(["--all"] if fresh else []), *(_students_contents() if students else [])]
    command = book_command(ROOT, "--quiet", *options)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not (built / "index.html").exists():
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        raise CommandError(f"The book did not build. Jupyter Book's last lines:\n{tail}")
    pages = len(list(built.glob("*/**/*.html")))
    print(f"Built {pages} pages", flush=True)
    return built


def _students_contents() -> list[str]:
    """Write the table of contents that students get; gives the options that make Jupyter Book use it."""
    from .grading.builds import CONTENTS, students_contents

    STUDENTS.mkdir(parents=True, exist_ok=True)
    contents = STUDENTS / CONTENTS
    contents.write_text(students_contents((ROOT / CONTENTS).read_text(encoding="utf-8")), encoding="utf-8")
    return ["--toc", str(contents), "--path-output", str(STUDENTS)]


# JupyterLab asks a newcomer whether it may fetch news from another host; here it neither asks nor fetches.
LAB_SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def quiet_lab() -> None:
    """Write the settings of this environment's JupyterLab; those that a person changes still win."""
    file = Path(sys.prefix) / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(LAB_SETTINGS, indent=1) + "\n", encoding="utf-8")


def run_lab(options: argparse.Namespace) -> int:
    """Start JupyterLab in the course's folder, showing notebooks/."""
    quiet_lab()
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}",
               "--LabApp.default_url=/lab/tree/notebooks"]
    if options.no_browser:
        command.append("--no-browser")
    print("Starting JupyterLab; stop it with Ctrl-C in this window", flush=True)
    return in_foreground(command)


def in_foreground(command: list[str]) -> int:
    """Run a command that shares this terminal until it ends; return its exit code.

    Ctrl-C reaches the command as well, so it is the one to answer: killed from here, JupyterLab could
    neither ask back nor shut its kernels down.
    """
    process = subprocess.Popen(command, cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def run_test(options: argparse.Namespace) -> int:
    """Run all checks and end with one line of counts."""
    from .checks import run_all

    if not (ROOT / "tests").is_dir():
        raise CommandError("This copy of the course is for students and has no tests. Nothing is wrong with it.")
    return run_all(ROOT, quick=options.quick)


def run_measure(options: argparse.Namespace) -> int:
    """Measure what the course promises and print it beside the bars."""
    from .measuring import report, report_browser

    if options.browser:
        return report_browser(ROOT, options.launches, options.json)
    if not (BOOK / "index.html").exists():
        build_book()
    return report(ROOT, BOOK, options.json)


def run_data(options: argparse.Namespace) -> int:
    """List, check, compare, seal or show the shared tables; sealing those of the course also writes their pages."""
    from .tables.command import run, seal_tables

    code = run(options)
    if code == 0 and options.action is seal_tables and options.folder is None:
        from .site.tables import write_stubs

        for path in write_stubs(ROOT):
            print(f"Page brought in line: {path}")
    return code


def run_build(options: argparse.Namespace) -> int:
    """Make a copy of the course for students or for teachers, and say what was done."""
    from .grading.builds import BuildError, build_student, build_teacher

    try:
        make = build_student if options.kind == "student" else build_teacher
        built = make(ROOT, options.folder, options.class_folder, packed=options.zip)
    except BuildError as problem:
        raise CommandError(str(problem)) from None
    print(f"{built.files} files are in {built.folder}")
    if options.kind == "student":
        print(f"Searched for {built.searched} texts that only graders have: none is in it.")
    else:
        print("It holds right answers. Keep it away from students; open for-teachers/ in it to print.")
    if built.packed:
        print(f"Packed into {built.packed}")
    return 0


def run_paper(options: argparse.Namespace) -> int:
    """Write a sheet, or its solutions, as one page to print."""
    from .exercises import UnknownChapter, chapter

    students, known = _students(options)
    try:
        asked = chapter(options.chapter)
    except UnknownChapter as unknown:
        raise CommandError(str(unknown)) from None
    name, home = ("solutions", "grading.booklet") if options.solutions else ("paper", "exercises.paper")
    page = getattr(importlib.import_module(f"regionalism.{home}"), f"{name}_html")
    path = options.out or Path(f"{name}-{options.chapter}.html")
    path.write_text(page(asked, students, known), encoding="utf-8")
    count = f"{len(students)} students" if len(students) > 1 else f"student {students[0]}"
    print(f"Written for {count}: {path.resolve()}\nOpen it in a browser and print it from there.")
    return 0


def _students(options: argparse.Namespace) -> tuple[Sequence[str], Class]:
    """The students that a command is about and their class; without any the sample student."""
    from .exercises.page import SAMPLE
    from .grading.builds import BuildError, class_in

    try:
        _, known = class_in(options.class_folder)
    except BuildError as problem:
        raise CommandError(str(problem)) from None
    if options.class_folder and not (known.ids or options.ids):
        raise CommandError(f"The class in {options.class_folder} lists no students yet. Fill in class.csv there.")
    return options.ids or known.ids or (SAMPLE,), known


def _demand_clone() -> None:
    """Raise CommandError where only the package is installed: every command works on the course's folder."""
    if not (ROOT / "_toc.yml").is_file():
        raise CommandError(
            "This command needs the whole folder of the course, and only its package is installed here.\n"
            "In that folder run: python course.py --help"
        )


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    os.environ.setdefault("PYTHONUTF8", "1")
    options = parser().parse_args(arguments)
    try:
        _demand_clone()
        return options.run(options)
    except CommandError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
