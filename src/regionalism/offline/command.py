"""The command `python course.py offline`: what it is asked and what it says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The students' book: nothing that is for teachers alone goes into an edition. Jupyter Book puts two folders of its own
# below the one that it is given.
STUDENTS = ROOT / "_build" / "students"
BUILT = STUDENTS / "_build" / "html"
DEFAULT_FOLDER = ROOT / "_build" / "offline"
CACHE = ROOT / "_build" / "offline-cache"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said about the folder to make and about the places where Pyodide's files come from."""
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER",
                        help="folder to write; FOLDER.zip is written beside it [_build/offline]")
    parser.add_argument("--class", dest="class_folder", type=Path, metavar="FOLDER",
                        help="folder of a class, whose private numbers the sheets then use")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER",
                        help="folder with the files of a Pyodide release; asked first [REGIONALISM_PYODIDE_FOLDER]")
    parser.add_argument("--mirror", metavar="ADDRESS",
                        help="address under which such a folder is served; asked second [REGIONALISM_PYODIDE_MIRROR]")
    parser.add_argument("--no-registries", action="store_true", help="leave out the third place, the registries")
    parser.add_argument("--no-zip", action="store_true", help="write the folder only")
    parser.add_argument("--keep-book", action="store_true", help="take the book as it was built last")


def run(options: argparse.Namespace) -> int:
    """Build the book, make the browser edition of it, and say what to do with it. Returns the exit code."""
    from regionalism.offline.edition import EditionError, Order, check_target, class_content, fetch, make
    from regionalism.offline.lite import LiteError
    from regionalism.offline.sources import FetchError, Places
    from regionalism.offline.wheels import WheelError

    try:
        places = Places.configured(options.pyodide, options.mirror, not options.no_registries)
        order = Order(ROOT, BUILT, options.out.resolve(), CACHE, places, class_content(options.class_folder),
                      zipped=not options.no_zip)
        check_target(order.folder, BUILT)
        fetch(order)  # what cannot be had is said before the book is built, not after it
        if not (options.keep_book and (BUILT / "index.html").is_file()):
            _build_book()
        made = make(order)
    except (EditionError, FetchError, LiteError, WheelError) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\nThe edition could not be written: {problem}\nIs there room on the disk, and may you write there?",
              file=sys.stderr)
        return 1
    print(f"\nThe browser edition is in {made.folder} ({len(made.manifest.files):,} files, {_mb(made.manifest.size)}).")
    if made.packed:
        print(f"The same for a stick: {made.packed} ({_mb(made.packed.stat().st_size)}).")
    if not made.compiled:
        print("Labs start faster when Python 3.12 is on this computer: install it and make the edition again.")
    print("Serve it to a class:  python course.py serve --lan")
    return 0


def _build_book() -> None:
    """Build the book through the course's own command; Sphinx wants a process of its own."""
    import subprocess

    command = [sys.executable, "-P", "-m", "regionalism.cli", "book", "--students", "--no-serve"]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        from regionalism.offline.edition import EditionError

        raise EditionError("The book did not build, so there is nothing to put into the edition.")


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
