"""Forgetting: find hand-ins, files of answers and marks in a folder, and delete them when told to.

A file counts that says itself what it is, or that bears a name which only a sheet or the grader gives; nothing else
is touched, and no link is followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from regionalism.exercises import handin, storage
from regionalism.grading.collecting import OUTPUT_MARK
from regionalism.grading.integrity import HEAD as ASK_HEAD
from regionalism.grading.integrity import QUESTIONS_FILE
from regionalism.grading.leaves import DRAFT, OWN_MARK
from regionalism.grading.manual import MARKS_FILE, NEW_FILE

_HEAD_BYTES = 2_000
# What a sheet leaves beside a file of answers: its last but one state, damaged ones, drafts, locks. Damaged
# files cannot say what they are, so these go by their names, which nothing else has.
_BESIDE_ANSWERS = re.compile(r"\.?answers-.+\.json\.(?:bak|broken-\d+|lock|\d+\.part)")
# The beginning of the heading row of each table that the grader writes.
TABLES = {
    "gradebook.csv": "id,name,section,listed,chapter,",
    "moodle.csv": "ID number,Email address,Name,",
    "canvas.csv": "Student,ID,SIS User ID,SIS Login ID,Section,",
    MARKS_FILE: "code,student,chapter,question,words,text,",
    NEW_FILE: "code,student,chapter,question,words,text,",
    QUESTIONS_FILE: ",".join(ASK_HEAD),
    "not-graded.csv": "source,reason,words",
    "feedback-pages.csv": "id,name,page",
    "report.csv": "chapter,question,title,role,",
}


def sort_of(path: Path) -> str:
    """What a file is: "hand-in", "answers", "marks", or empty for one that is none of ours. Never raises."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as file:
            head = _text(file.read(_HEAD_BYTES))
    except OSError:
        return ""
    if _BESIDE_ANSWERS.fullmatch(path.name):
        return "answers"
    if head.lstrip().startswith("{"):  # under any name: messengers and people change them
        squeezed = "".join(head.split())
        marks = {f'"format":"{handin.FORMAT}"': "hand-in", f'"format":"{storage.FORMAT}"': "answers"}
        return next((sort for mark, sort in marks.items() if mark in squeezed), "")
    if path.suffix == ".html":
        return "marks" if OWN_MARK in head else ""
    if path.name == OUTPUT_MARK or path.name.startswith(DRAFT):
        return "marks"
    start = TABLES.get(path.name)
    return "marks" if start and _plain_head(head).startswith(start) else ""


def _text(start: bytes) -> str:
    """The start of a file, which may end within a sign."""
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return start.decode(encoding, "ignore")


def _plain_head(head: str) -> str:
    # A spreadsheet may have put other marks between the cells.
    return head.lstrip().replace('"', "").replace(";", ",").replace("\t", ",")


def recognised(folder: Path) -> Iterator[tuple[str, Path]]:
    """Sort and path of each file of ours in a folder and its subfolders, in a fixed order; links are left alone."""
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not (Path(here) / name).is_symlink())
        for name in sorted(files):
            path = Path(here) / name
            sort = sort_of(path)
            if sort:
                yield sort, path


def forget(folder: Path, yes: bool) -> int:
    """List what was recognised; with `yes` delete it. Gives 0, or 1 where a file could not be deleted."""
    if folder.is_symlink() or not folder.is_dir():
        print(f"{folder} is no folder; nothing was deleted.")
        return 1
    found = list(recognised(folder))
    counts = {sort: sum(1 for one, _ in found if one == sort) for sort in ("hand-in", "answers", "marks")}
    for sort, path in found:
        print(f"{sort:8} {path}")
    told = f"hand-ins {counts['hand-in']}, files of answers {counts['answers']}, files of marks {counts['marks']}"
    if not yes:
        print(f"Found: {told}. Nothing was deleted; add --yes to delete them for good.")
        return 0
    failed = [path for _, path in found if not _deleted(path)]
    print(f"Deleted: {told}." if not failed else f"Not deleted: {len(failed)} of {len(found)} files.")
    print("Copies in archives, in mail and on a learning platform are still there: delete those by hand.")
    return 1 if failed else 0


def _deleted(path: Path) -> bool:
    try:
        if not sort_of(path):
            return False  # it has changed since it was listed
        path.unlink()
    except OSError as error:
        print(f"{path} could not be deleted ({error.strerror or type(error).__name__}).")
        return False
    return True
