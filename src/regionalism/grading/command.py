"""The command `grade`: a folder of hand-ins into marks, feedback and a report.

Nothing heavy is imported before the command runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regionalism.grading.classes import ClassSettings
    from regionalism.grading.spool import Spool

# Below this many files the start of other processes takes longer than the marking.
FEW_FILES = 600
_MARK_WORDS = (
    "The grader wrote this folder. When it grades again it writes here anew, and it never grades what lies here.\n"
)


class CannotGrade(Exception):
    """Grading can't begin; the text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `grade`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder with hand-ins; archives in it are read too")
    parser.add_argument("--class", dest="class_folder", type=Path, metavar="FOLDER", help="folder of the class")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="folder to write to [FOLDER-grades, beside FOLDER]")
    parser.add_argument("--workers", type=_workers, metavar="N", help="processes to mark with [one for each core]")


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; it is a whole number from 1 on")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Grade a folder: 0 where grading ran, also if files were refused; 1 with the reason on the error stream."""
    import sqlite3

    try:
        settings = _settings(options.class_folder)
        folder, out = _folders(options.folder, options.out)
        if options.class_folder and options.class_folder.resolve() == folder:
            raise CannotGrade(f"{folder} is the folder of the class. Put the hand-ins into a folder of their own.")
        skip = [out, *([options.class_folder] if options.class_folder else [])]
        with _spool() as spool:
            workers = _mark(spool, folder, settings, skip, options.workers)
            _prepare(out)
            with _parallel(workers):
                written = _write(spool, settings, out)
            print(summary(spool, out, written))
        print(_reminder(settings), end="")
    except CannotGrade as problem:
        print(problem, file=sys.stderr)
        return 1
    except sqlite3.Error as error:
        print(f"The notes of this run could not be kept in the temporary folder ({error}). Is the disk full?",
              file=sys.stderr)  # fmt: skip
        return 1
    except OSError as error:
        busy = " If a spreadsheet has it open, close it there." if isinstance(error, PermissionError) else ""
        print(
            f"{error.filename or 'A file'}: {error.strerror or error}.{busy} Nothing is lost; grade again.",
            file=sys.stderr,
        )
        return 1
    return 0


# Before


def _settings(class_folder: Path | None) -> ClassSettings:
    from regionalism.grading.classes import NO_SETTINGS, DamagedClassFolder, read_class

    if class_folder is None:
        return NO_SETTINGS
    try:
        return read_class(class_folder)
    except DamagedClassFolder as fault:
        raise CannotGrade(str(fault)) from None


def _folders(folder: Path, out: Path | None) -> tuple[Path, Path]:
    """The folder to grade and the one to write to, both absolute and fit for it."""
    from regionalism.grading.collecting import OUTPUT_MARK

    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "is not there"
        raise CannotGrade(f"{folder} {what}. Name the folder in which the hand-ins lie; archives may stay as they are.")
    folder = folder.resolve()
    if (folder / OUTPUT_MARK).exists():
        raise CannotGrade(f"{folder} holds marks that the grader wrote, not hand-ins ({OUTPUT_MARK} lies in it).")
    out = out.resolve() if out else folder.parent / f"{folder.name}-grades"
    if out.exists() and not out.is_dir():
        raise CannotGrade(f"{out} is a file. Name another folder with --out.")
    if out.is_dir() and any(out.iterdir()) and not (out / OUTPUT_MARK).is_file():
        raise CannotGrade(
            f"{out} is not empty, and the grader did not write it. Name another folder with --out, so that nothing is "
            "written over."
        )
    return folder, out


def _prepare(out: Path) -> None:
    from regionalism.grading.collecting import OUTPUT_MARK

    out.mkdir(parents=True, exist_ok=True)
    (out / OUTPUT_MARK).write_text(_MARK_WORDS, encoding="utf-8", newline="\n")


def _spool() -> Spool:
    from regionalism.grading.spool import Spool

    return Spool()


# Marking


def _mark(spool: Spool, folder: Path, settings: ClassSettings, skip: Collection[Path], asked: int | None) -> int | None:
    """Mark all that lies in a folder into the spool; gives the number of processes it was done with."""
    from regionalism.grading.collecting import collect, count
    from regionalism.grading.pool import mark_all

    files = count(folder, skip)
    workers = _how_many(asked, files)
    with _bar(files, "Marking") as advance:
        for row in mark_all(collect(folder, skip), settings.known, workers=workers, progress=advance):
            spool.add(row)
    return workers


@contextmanager
def _parallel(workers: int | None) -> Iterator[None]:
    """Whatever uses joblib inside has so many processes; None leaves it as the caller set it."""
    if workers is None or workers == 1:
        yield
        return
    from joblib import parallel_config

    with parallel_config(backend="loky", n_jobs=workers):
        yield


def _how_many(workers: int | None, files: int) -> int | None:
    """How many processes to mark with; None where the caller has told joblib."""
    from regionalism.grading.pool import cores

    if workers is not None and workers > 1:
        _demand_joblib()
    if workers is not None:
        return workers
    if _is_configured():
        return None
    if files < FEW_FILES or cores() == 1:
        return 1
    _demand_joblib()
    return cores()


def _demand_joblib() -> None:
    try:
        import joblib  # noqa: F401
    except ImportError:
        raise CannotGrade(
            'Several processes need the package joblib: pip install "regionalism[grading]". With --workers 1 it goes '
            "without, more slowly."
        ) from None


def _is_configured() -> bool:
    """Whether this runs inside a `joblib.parallel_config` that names an executor or a number of workers."""
    if "joblib" not in sys.modules:
        return False
    from joblib.parallel import DEFAULT_BACKEND, get_active_backend

    backend, workers = get_active_backend()
    return workers is not None or type(backend).__name__.lower() != f"{DEFAULT_BACKEND}backend"


@contextmanager
def _bar(total: int, words: str) -> Iterator[Callable[[int], object]]:
    """A progress bar on the error stream of a terminal; silent anywhere else, and where tqdm is not installed."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda done: None
        return
    with tqdm(total=total, desc=words, unit=" files", disable=None, leave=False, file=sys.stderr) as bar:
        yield bar.update


# After


def _write(spool: Spool, settings: ClassSettings, out: Path) -> list[Path]:
    from regionalism.grading.outputs import UnsafeFolder, write

    with _bar(spool.counts()["students"], "Writing") as advance:
        try:
            return write(spool, settings, out, advance)
        except UnsafeFolder as fault:
            raise CannotGrade(str(fault)) from None


def reasons() -> Mapping[str, str]:
    """Every reason for which a file may be refused, and what it means."""
    from regionalism.exercises import handin
    from regionalism.grading import collecting, marking, pool

    return {**handin.REASONS, **collecting.REASONS, **marking.REASONS, **pool.REASONS}


def summary(spool: Spool, out: Path, written: Collection[Path] = ()) -> str:
    """What was graded and refused, in a few lines, and where to look."""
    counts, meanings = spool.counts(), reasons()
    lines = [f"Graded: {_many(counts['marked'], 'hand-in')} of {_many(counts['students'], 'student')}."]
    if counts["duplicates"]:
        lines.append(f"Came twice, counted once: {_many(counts['duplicates'], 'file')}.")
    if counts["refused"]:
        lines.append(f"Not graded: {_many(counts['refused'], 'file')}.")
        for reason, number in spool.refused_by_reason().items():
            lines.append(f"  {number:5}  {reason}: {meanings.get(reason, 'see the list')}")
    lines.append(f"Written: {_many(len(written), 'file')} in {out}; begin with index.html there.")
    return "\n".join(lines)


def _reminder(settings: ClassSettings) -> str:
    """A line for the terminal where a class's files were to be deleted by now; the written files never hold a date."""
    from datetime import date

    from regionalism.grading.classes import overdue

    words = overdue(settings, date.today())
    return f"{words}\n" if words else ""


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
