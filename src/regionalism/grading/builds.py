"""Two copies of the course from one source: what students get, and what teachers get.

A copy for students holds what belongs and nothing else. It is searched for everything that only graders
have, and it is not kept if any of that is found. A copy for teachers holds the keys as well, a booklet with
the solutions, the rubrics, and sheets on paper.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from typing import Any

from regionalism.exercises import chapter, chapters
from regionalism.exercises.identity import CLASS_FILE, NO_CLASS, Class
from regionalism.exercises.page import SAMPLE
from regionalism.grading.leaks import Leak, leaks, private_seed, secrets

MARKER = ".course-build.json"
FORMAT = "regionalism-build"
FILES = (
    "course.py",
    "README.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "CITATION.cff",
    "_config.yml",
    "_toc.yml",
    "pyproject.toml",
    "requirements.txt",
    "requirements-browser.txt",
    "requirements-pyodide.txt",
    ".binder/requirements.txt",
    ".binder/runtime.txt",
    ".binder/postBuild",
)
FOLDERS = {"book": "*", "notebooks": "*.ipynb", "exercises": "*.ipynb", "data": "*", "src": "*"}
LEFT_OUT = (
    ".*",
    "*~",
    "__pycache__",
    "*.pyc",
    "*.egg-info",
    "_generated",
    "_build",
    "answers-*",
    "hand-in-*",
    CLASS_FILE,
)
CLASS_PLACE = f"exercises/{CLASS_FILE}"
FOR_TEACHERS = "for-teachers"
CONTENTS = "_toc.yml"
TEACHERS_PAGES = "book/teaching"
_PART_OF_CONTENTS = re.compile(r"(?m)^(?=  - caption:)")
KEPT_OUTPUT = "nbval-check-output"
_MOST_TOLD = 20
_MOST_NAMED = 3
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_WARNING = """This copy of the course is for those who teach and mark. Do not give it to students.

keys/            right answers, replies and rubrics of the questions that count; plans, tests, marked samples
book/teaching/   the part of the book for teachers; read it with: python course.py book
for-teachers/    open these files in a browser; print them from there
    solutions-*.html   the right answer of each student, the worked path, what wrong answers betray
    rubrics.html       what earns points where a person marks
    paper-*.html       the sheets on paper, one for each student

A copy for students is made with: python course.py build student FOLDER
"""


class BuildError(Exception):
    """A copy cannot be made; the text says why and what to do."""


@dataclass(frozen=True)
class Built:
    """A finished copy: its folder, its packed form, how many files it has, and for how many texts it was searched."""

    folder: Path
    files: int
    searched: int
    packed: Path | None = None


def build_student(root: Path, target: Path, class_folder: Path | None = None, *, packed: bool = False) -> Built:
    """Write the copy for students into `target`; with a class, its sheets know the class.

    Raises BuildError where the folder is not free, and where the copy would hold what only graders have;
    then nothing is left behind.
    """
    target = target.expanduser().resolve()
    _demand_free(root, target)  # told at once, not after the search
    class_file, known = class_in(class_folder)
    contents = {**dict(student_files(root)), **class_file}
    hidden = [*secrets(), *private_seed(known.seed, may=(CLASS_PLACE,))]
    _demand_keys(root)

    def check(folder: Path) -> None:
        found = leaks(folder, hidden)
        if found:
            raise BuildError(_leak_words(found))

    folder = _write(root, target, contents, "student", check)
    return Built(folder, len(contents), len(hidden), _pack(folder, "student") if packed else None)


def build_teacher(root: Path, target: Path, class_folder: Path | None = None, *, packed: bool = False) -> Built:
    """Write the copy for teachers into `target`: the course, the keys, solutions, rubrics and sheets on paper.

    Raises BuildError where the folder is not free or no keys are installed.
    """
    target = target.expanduser().resolve()
    _demand_free(root, target)  # told at once, not after the search
    class_file, known = class_in(class_folder)
    contents = {**dict(course_files(root)), **class_file}
    _demand_keys(root)
    contents.update(_folder_files(root, "keys", "*"))
    contents.update(teachers_files(known))
    folder = _write(root, target, contents, "teacher", lambda folder: None)
    return Built(folder, len(contents), 0, _pack(folder, "teacher") if packed else None)


# ---------------------------------------------------------------- what belongs


def student_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of everything that students get, in order: the course without the pages for teachers."""
    for name, raw in course_files(root):
        if name == CONTENTS:
            yield name, students_contents(raw.decode("utf-8")).encode("utf-8")
        elif not name.startswith(f"{TEACHERS_PAGES}/"):
            yield name, raw


def students_contents(text: str) -> str:
    """The book's table of contents without the parts that list pages for teachers."""
    parts = _PART_OF_CONTENTS.split(text)
    return "".join(part for part in parts if f"file: {TEACHERS_PAGES}/" not in part)


def course_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of the course, pages for teachers among them, without keys and tests, in order."""
    for name in FILES:
        if (root / name).is_file():
            yield name, (root / name).read_bytes()
    for folder, pattern in FOLDERS.items():
        for name, raw in _folder_files(root, folder, pattern):
            yield name, without_outputs(raw) if name.endswith(".ipynb") else raw


def _folder_files(root: Path, folder: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted((root / folder).rglob(pattern)):
        inside = path.relative_to(root)
        if path.is_file() and not any(fnmatch(part, left) for part in inside.parts for left in LEFT_OUT):
            yield inside.as_posix(), path.read_bytes()


def without_outputs(raw: bytes) -> bytes:
    """A notebook without what somebody's run left in it: outputs, counts and the state of widgets.

    Outputs that the course itself keeps stay. The bytes are the same where there is nothing to take out.
    """
    notebook = json.loads(raw)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    used = [
        cell
        for cell in cells
        if KEPT_OUTPUT not in cell.get("metadata", {}).get("tags", [])
        and (cell.get("outputs") or cell.get("execution_count") is not None)
    ]
    if not used and "widgets" not in notebook.get("metadata", {}):
        return raw
    for cell in used:
        cell.update(outputs=[], execution_count=None)
    notebook.get("metadata", {}).pop("widgets", None)
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def teachers_files(known: Class) -> dict[str, bytes]:
    """The pages for teachers: solutions, rubrics, paper sheets, and a word of warning."""
    from regionalism.exercises.paper import paper_html
    from regionalism.grading.booklet import rubrics_html, solutions_html

    students = known.ids or (SAMPLE,)
    pages = {"rubrics.html": rubrics_html([chapter(stem) for stem in chapters()])}
    for stem in chapters():
        pages[f"solutions-{stem}.html"] = solutions_html(chapter(stem), students, known)
        pages[f"paper-{stem}.html"] = paper_html(chapter(stem), students, known)
    files = {f"{FOR_TEACHERS}/{name}": text.encode("utf-8") for name, text in sorted(pages.items())}
    return {"FOR-TEACHERS-ONLY.txt": _WARNING.encode("utf-8"), **files}


def class_in(folder: Path | None) -> tuple[dict[str, bytes], Class]:
    """The class file that students get, at its place in a copy, and the class as graders know it; nothing without one.

    A class without a private seed has no such file. Raises BuildError for a folder that is no class.
    """
    if folder is None:
        return {}, NO_CLASS
    from regionalism.grading.classes import DamagedClassFolder, read_class, student_file

    try:
        settings = read_class(folder)
    except (DamagedClassFolder, OSError) as fault:
        raise BuildError(f"The class in {folder} cannot be used: {fault}") from None
    needed = settings.seed or settings.give_out_ids
    return {CLASS_PLACE: student_file(settings).encode("utf-8")} if needed else {}, settings.known


def _demand_keys(root: Path) -> None:
    """Raise BuildError where the keys lie beside the course and Python does not find them.

    Without them neither could a copy be searched for what is secret nor a solution be printed.
    """
    from regionalism.exercises.keys import key

    missing = [stem for stem in chapters() if key(stem) is None]
    if missing and (root / "keys").is_dir():
        raise BuildError(
            f"The keys of {', '.join(missing)} are not installed here, so nothing can be checked against "
            "them. Run this command as: python course.py build …"
        )
    if missing:
        raise BuildError("This copy of the course has no keys: it is a copy for students. Build from the whole course.")


def _leak_words(found: list[Leak]) -> str:
    lines = "\n".join(f"  {leak}" for leak in found[:_MOST_TOLD])
    more = f"\n  and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
    return (
        "The copy for students was not made: it would hold what only graders have.\n"
        f"{lines}{more}\nTake these texts out of the files named, then build again."
    )


# ---------------------------------------------------------------- writing


def _write(root: Path, target: Path, contents: dict[str, bytes], kind: str, check: Any) -> Path:
    """Write, check and only then put in place; an earlier copy is replaced as a whole."""
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name, raw in contents.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(raw)
        (part / "course.py").chmod(0o755)
        check(part)
        (part / MARKER).write_text(_listing(contents, kind), encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        os.replace(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _listing(contents: dict[str, bytes], kind: str) -> str:
    files = {name: hashlib.sha256(raw).hexdigest() for name, raw in sorted(contents.items())}
    return json.dumps({"format": FORMAT, "version": 1, "kind": kind, "files": files}, indent=1) + "\n"


def _demand_free(root: Path, target: Path) -> None:
    """Raise BuildError unless the folder is new, empty, or an earlier copy that nobody has touched."""
    inside = [root / name for name in (*FOLDERS, "keys", "tests")]
    if target == root.resolve() or any(target.is_relative_to(folder.resolve()) for folder in inside):
        raise BuildError(f"{target} is a part of the course itself. Name a folder outside it.")
    if target.exists() and not target.is_dir():
        raise BuildError(f"{target} is a file. Name a folder.")
    if not target.exists() or not any(target.iterdir()):
        return
    own = _own_files(target)
    if own is None:
        raise BuildError(f"{target} holds files that this command did not write. Name a new or an empty folder.")
    names = ((path, path.relative_to(target).as_posix()) for path in _files_in(target))
    used = (
        name for path, name in names if name not in own or own[name] != hashlib.sha256(path.read_bytes()).hexdigest()
    )
    strange = list(islice(used, _MOST_NAMED + 1))
    if strange:
        told = ", ".join(strange[:_MOST_NAMED]) + (" and more" if len(strange) > _MOST_NAMED else "")
        raise BuildError(
            f"{target} was built earlier and has been used since ({told}). Nothing was changed there. "
            "Name another folder, or delete this one yourself."
        )


def _files_in(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / MARKER)


def _own_files(target: Path) -> dict[str, str] | None:
    """The files of an earlier copy with their marks; None for a folder that no build has made."""
    try:
        document = json.loads((target / MARKER).read_text(encoding="utf-8"))
        return dict(document["files"]) if document["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _pack(folder: Path, kind: str) -> Path:
    """Pack a copy into one file beside it, the same bytes from the same copy."""
    path, note = folder.with_name(folder.name + ".zip"), f"{FORMAT} {kind}".encode()
    if path.exists() and not _packed_here(path):
        raise BuildError(
            f"The folder {folder} is ready. {path} is there already and is no copy of the course: nothing was packed. "
            "Move it away and build again."
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = note
        for file in _files_in(folder):
            name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if file.name == "course.py" else 0o644) << 16
            archive.writestr(entry, file.read_bytes())
    return path


def _packed_here(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment.startswith(FORMAT.encode())
    except (OSError, zipfile.BadZipFile):
        return False
