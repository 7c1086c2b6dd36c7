"""Gives the browser edition to the tests that open it in a real browser.

REGIONALISM_OFFLINE may name the folder of an edition just made, which then is not made again. Where the files of
Pyodide cannot be fetched these tests are skipped, loudly; where CI=true they fail.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from regionalism.offline import manifest, trial
from regionalism.site.server import serving

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "_build" / "offline-cache"


@pytest.fixture(scope="session")
def edition(request, tmp_path_factory) -> Path:
    """The folder of the browser edition."""
    named = os.environ.get("REGIONALISM_OFFLINE")
    if named:
        folder = Path(named).resolve()
        if not (folder / manifest.NAME).is_file():
            pytest.fail(f"REGIONALISM_OFFLINE names {folder}, where there is no {manifest.NAME}", pytrace=False)
        return folder
    return _make(request.getfixturevalue("students_book"), tmp_path_factory.mktemp("edition") / "offline")


def _make(book: Path, folder: Path) -> Path:
    """Make an edition of the built book; without the files of Pyodide there is none."""
    from regionalism.offline.edition import Order, make
    from regionalism.offline.sources import FetchError

    try:
        return make(Order(ROOT, book, folder, CACHE, zipped=False)).folder
    except FetchError as problem:
        message = f"NO FILES OF PYODIDE: the tests of the browser edition in a browser did not run ({problem})"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(scope="session")
def edition_address(edition) -> str:
    """Address of the served edition."""
    with serving(edition) as address:
        yield address


@pytest.fixture(scope="session")
def sub_path_address(edition, tmp_path_factory) -> str:
    """Address of a server that has the edition in its folder `course/`, as a university's web server may."""
    home = tmp_path_factory.mktemp("home")
    try:
        shutil.copytree(edition, home / "course", copy_function=os.link)
    except OSError:  # another disk: links do not reach there
        shutil.copytree(edition, home / "course", dirs_exist_ok=True)
    with serving(home) as address:
        yield address


@pytest.fixture
def student(chromium, edition_address):
    """Send a student to the edition: `student(host="course.test", address=..., prefix="course/", scheme="dark")`."""
    opened = []

    def come(host: str = "", address: str = edition_address, **options) -> trial.Trial:
        line = trial.Line(address, host)
        opened.append(line)
        line.__enter__()
        one = trial.Trial(chromium, line, **options)
        opened.append(one)
        return one

    yield come
    for thing in reversed(opened):
        thing.__exit__(None, None, None)
