"""`python course.py offline`: the book with labs and sheets that run in the browser, in one folder and one zip."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from regionalism import __version__
from regionalism.exercises.identity import CLASS_FILE, CLASS_PLACE
from regionalism.grading.builds import BuildError, class_in
from regionalism.offline import engine, lite, manifest, sources, wheels
from regionalism.offline.manifest import Manifest
from regionalism.offline.pythons import BROWSER_PYTHON, find_python
from regionalism.site import server

START = "run"
START_FILES = ("index.html", "start.js", "start.css", "check.js", "watch.js")
WORKER = "sw.js"
# The button on the pages of labs and sheets is there in every built book, and shown in this edition only.
HIDDEN_BUTTON = '<p class="course-run" hidden>'
SHOWN_BUTTON = '<p class="course-run">'
# Every page of the book names the way to the root in its first element; the script of all pages looks for the mark.
PAGE_MARK, EDITION_MARK = " data-content_root=", " data-edition"
TWIN_FROM = 1024
CLASS_MEMBER = f"{CLASS_PLACE}/{CLASS_FILE}"
_STORED = (".whl", ".gz", ".zip", ".png", ".woff", ".woff2")


class EditionError(RuntimeError):
    """The browser edition cannot be made; the text says why and what to do."""


@dataclass(frozen=True)
class Order:
    """What to make and of what: the built book, the folder to write, where Pyodide's files come from, a class."""

    root: Path
    book: Path
    folder: Path
    cache: Path
    places: sources.Places = field(default_factory=sources.Places)
    class_content: bytes | None = None
    zipped: bool = True
    say: Callable[[str], None] = print


@dataclass(frozen=True)
class Made:
    """What was made: folder, zip, manifest, and whether Python's modules were compiled beforehand."""

    folder: Path
    packed: Path | None
    manifest: Manifest
    compiled: bool


def make(order: Order) -> Made:
    """Make the folder, whole or not at all, and the zip. One call at a time works with a cache; another waits.

    Raises EditionError, sources.FetchError, wheels.WheelError, lite.LiteError; OSError where the disk refuses.
    """
    if not (order.book / "index.html").is_file():
        raise EditionError(f"There is no built book in {order.book}. Build it with: "
                           "python course.py book --students --no-serve")
    check_target(order.folder, order.book)
    python = find_python(BROWSER_PYTHON)
    with sources.alone(order.cache, order.say):
        files, pure = _fetched(order)
        written = _make_folder(order, files, pure, python)
        order.say("Packing the zip" if order.zipped else "No zip was asked for")
        packed = pack(order.folder) if order.zipped else None
    return Made(order.folder, packed, written, bool(python))


def fetch(order: Order) -> None:
    """Fetch into the cache what an edition is made of, so that `make` finds it there. Raises sources.FetchError."""
    with sources.alone(order.cache, order.say):
        _fetched(order)


def _make_folder(order: Order, files: dict[str, Path], pure: Iterable[Path], python: str | None) -> Manifest:
    with _workshop(order.folder) as place:
        folder = place / "folder"
        order.say("Copying the book")
        shutil.copytree(order.book, folder, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv", "*.gz"))
        order.say("Putting Python for the browser together" + ("" if python else f" ({_NO_COMPILER})"))
        extra = {CLASS_MEMBER: order.class_content} if order.class_content else {}
        course = wheels.course_wheel(order.root, place / "own", extra)
        _add_run(order, folder, files, pure, course, python)
        _add_start(folder)
        mark_pages(folder)
        _touch(folder)
        written = manifest.write(folder, __version__)
        add_twins(folder / START)
        # A zip of an earlier edition must not be taken for that of this one.
        zip_of(order.folder).unlink(missing_ok=True)
        _replace(order.folder, folder)
    return written


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """An empty folder on the same disk as the edition's; what a killed call left in it goes first."""
    place = folder.with_name(f".{folder.name}-unfinished")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


_NO_COMPILER = "no Python 3.12 is on this machine to compile its modules beforehand: labs start some seconds later"


def _fetched(order: Order) -> tuple[dict[str, Path], list[Path]]:
    """Pyodide's files by name, and the pure wheels; fetched where they are not in the cache."""
    known = engine.record()
    wanted = [*sources.core(known), *sources.packages(known, engine.official_packages())]
    order.say("Looking for the files of Pyodide and the packages")
    files = sources.fetch(wanted, order.cache / "files", places=order.places, say=order.say)
    pure = sources.fetch_pins(order.root / engine.PINS, order.cache / "files", places=order.places, say=order.say)
    return files, [*pure, *lite.kernel_wheels()]


def _add_run(order: Order, folder: Path, files: dict[str, Path], pure: Iterable[Path], course: Path,
             python: str | None) -> None:
    """Python's folder, JupyterLite's folder, and what the start page must know of both."""
    run = folder / START
    made = engine.make(files, pure, course, run / "engine", order.cache / "compiled", python)
    engine_name = f"pyodide-{made.version}-{_digest(run / 'engine', without=_CHANGING)}"
    os.rename(run / "engine", run / engine_name)
    home = f"edition-{__version__}-{_notebooks_digest(order.root)}"
    listed = lite.notebooks(order.root, home)
    order.say("Building JupyterLite")
    lite.build(order.root, listed, made, f"../{engine_name}", run / "lite")
    lite_name = f"lite-{_digest(run / 'lite')}"
    os.rename(run / "lite", run / lite_name)
    load = visit(run, engine_name, lite_name, made)
    _write_run(run, engine_name, lite_name, listed, load)


def class_content(folder: Path | None) -> bytes | None:
    """What gives sheets the numbers of a class; None without a class, or for one without numbers of its own.

    Raises EditionError for a folder that is no class.
    """
    try:
        files, _ = class_in(folder)
    except BuildError as fault:
        raise EditionError(str(fault)) from None
    return next(iter(files.values()), None)


# These carry their own hash in their name and change with every edit of the course; the rest stays in the cache.
_CHANGING = ("regionalism-", wheels.LOCK)


def _digest(folder: Path, without: tuple[str, ...] = ()) -> str:
    """Eight hex digits of a folder's content; files whose name begins with `without` do not count."""
    digest = hashlib.sha256()
    for name, path in manifest.files_of(folder):
        if not name.startswith(without):
            digest.update(f"{name} {manifest.sha256_of(path)}\n".encode())
    return digest.hexdigest()[:8]


def _notebooks_digest(root: Path) -> str:
    digest = hashlib.sha256()
    for notebook in lite.notebooks(root, ""):
        digest.update(lite.content(root, notebook))
    return digest.hexdigest()[:6]


# What a first visit loads


def visit(run: Path, engine_name: str, lite_name: str, made: engine.Engine) -> list[tuple[str, int, str]]:
    """What a first visit to a lab fetches, in order: path below `run/`, bytes over the wire, group for people."""
    recorded = json.loads(resources.files("regionalism.offline").joinpath("visit.json").read_text("utf-8"))
    # With the query that JupyterLite asks with, so that a browser knows the file again.
    found = [(f"{lite_name}/{name}", "JupyterLab") for name in recorded if _plain(run / lite_name / name).is_file()]
    found += [(f"{engine_name}/{name}", "Python") for name in (*engine.CORE, made.lock)]
    for name in made.first:
        group = "The course" if name == "regionalism" else "Packages"
        found.append((f"{engine_name}/{made.entries[name]['file_name']}", group))
    return [(name, _wire_size(_plain(run / name)), group) for name, group in found]


def _plain(address: Path) -> Path:
    """The file that an address names, without its query."""
    return address.with_name(address.name.split("?")[0])


def _wire_size(path: Path) -> int:
    """Bytes that a file takes on the way, compressed where a server does that."""
    if not server.is_packed(server.content_type(path)):
        return path.stat().st_size
    return len(_compressed(path))


def _compressed(path: Path) -> bytes:
    """The content of a file as a server sends it."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def _write_run(run: Path, engine_name: str, lite_name: str, listed: list[lite.Notebook],
               load: list[tuple[str, int, str]]) -> None:
    names = {notebook.name for notebook in listed}
    entries = {}
    for notebook in listed:
        other = f"{'exercises' if notebook.kind == 'lab' else 'notebooks'}/{notebook.stem}"
        entries[notebook.name] = {"title": notebook.title, "kind": notebook.kind, "page": f"{notebook.name}.html",
                                  "path": notebook.path, "other": other if other in names else ""}
    digest = hashlib.sha256(json.dumps([lite_name, engine_name]).encode()).hexdigest()[:8]
    document = {"edition": __version__, "digest": digest, "lite": lite_name, "engine": engine_name,
                "notebooks": entries, "load": load}
    run.joinpath("run.json").write_text(json.dumps(document, indent=0) + "\n", encoding="utf-8")


# The start page, the buttons, the server


GREETING = """Security regionalism in Central Asia: the course without a network

To read: open index.html in a browser. Pages, charts and the sliders on them work at once.

To run labs and exercise sheets, a small server must run on this computer or in the room. It needs Python 3.9
or later and nothing else. In this folder:

    python serve.py           for this computer; open the address that it prints
    python serve.py --lan     for all devices in the same Wi-Fi

On some systems Python is called python3 or py. Nothing that you do in the course leaves your device.
"""


def _add_start(folder: Path) -> None:
    folder.joinpath("START-HERE.txt").write_text(GREETING, encoding="utf-8", newline="\r\n")
    start = resources.files("regionalism.offline").joinpath("start")
    for name in START_FILES:
        folder.joinpath(START, name).write_bytes(start.joinpath(name).read_bytes())
    folder.joinpath(WORKER).write_bytes(start.joinpath(WORKER).read_bytes())
    shutil.copyfile(Path(server.__file__), folder / "serve.py")


def mark_pages(folder: Path) -> int:
    """Tell the book's pages that they belong to a browser edition: the buttons show, and pages are kept on the device.

    Gives the number of pages with a button. Raises EditionError for none.
    """
    shown = 0
    for page in sorted(folder.glob("*.html")) + sorted(folder.glob("*/*.html")):
        text = page.read_text(encoding="utf-8")
        if PAGE_MARK in text:
            shown += HIDDEN_BUTTON in text
            text = text.replace(PAGE_MARK, f"{EDITION_MARK}{PAGE_MARK}", 1).replace(HIDDEN_BUTTON, SHOWN_BUTTON)
            page.write_text(text, encoding="utf-8")
    if not shown:
        raise EditionError("No page of the built book has a button to run its notebook. Build the book anew with: "
                           "python course.py book --students --no-serve --fresh")
    return shown


def _touch(folder: Path) -> None:
    """Give every file today's date: some come with one of 1985, and a browser keeps old files for long."""
    for _, path in manifest.files_of(folder):
        os.utime(path)


def add_twins(folder: Path) -> None:
    """Write the compressed copy beside each file that a server compresses."""
    for _, path in list(manifest.files_of(folder)):
        if server.is_packed(server.content_type(path)) and path.stat().st_size > TWIN_FROM:
            packed = _compressed(path)
            if len(packed) < path.stat().st_size:
                path.with_name(path.name + ".gz").write_bytes(packed)


def check_target(target: Path, book: Path) -> None:
    """Raise EditionError where no edition can be written: a disk's root, the book, a folder with other things."""
    place = target.resolve()
    if place == place.parent or place.is_relative_to(book.resolve()):
        raise EditionError(f"The edition can't be written to {target}. Name a folder outside the built book.")
    _leave_alone_what_is_not_ours(target)


def _leave_alone_what_is_not_ours(target: Path) -> None:
    """Raise EditionError where a new edition would replace anything but an older one or an empty folder."""
    if target.exists() and not (target / manifest.NAME).is_file() and (target.is_file() or any(target.iterdir())):
        raise EditionError(f"{target} is not empty and is no browser edition of the course. Name a new folder.")


def _replace(target: Path, source: Path) -> None:
    """Put the new folder in the place of an older one, which stays as it was if that fails. Raises EditionError.

    The older one is moved beside the new one and goes with it: a folder half removed would be no edition.
    """
    _leave_alone_what_is_not_ours(target)
    older = source.with_name("older")
    try:
        if target.exists():
            os.rename(target, older)
        os.rename(source, target)
    except OSError as problem:
        if older.exists() and not target.exists():
            os.rename(older, target)
        raise EditionError(f"{target} cannot be replaced ({problem}). What was there is unchanged.\n"
                           "Stop the server and all programs that show its files, and make it again.") from None


def zip_of(folder: Path) -> Path:
    """The zip beside an edition's folder."""
    return folder.with_name(f"{folder.name}.zip")


def pack(folder: Path) -> Path:
    """Pack the folder into a zip beside it, for a stick; what is compressed already is stored as it is."""
    target = zip_of(folder)
    part = target.with_name(target.name + ".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, path in manifest.files_of(folder):
            if manifest.is_twin(path):
                continue  # the server makes them again
            method = zipfile.ZIP_STORED if path.suffix in _STORED else zipfile.ZIP_DEFLATED
            archive.write(path, f"{folder.name}/{name}", method)
    os.replace(part, target)
    return target
