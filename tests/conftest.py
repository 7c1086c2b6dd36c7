"""What all tests share: the examples of property tests, the built book, and a real Chromium.

Property tests draw the same examples in every run. The book is built once, with and without the pages for
teachers; REGIONALISM_BUILT and REGIONALISM_STUDENTS may name the html folders of fresh builds, which then are not
built again. Without Chromium the tests that need it are skipped, loudly; where CI=true they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from regionalism.cli import book_command
from regionalism.grading.builds import CONTENTS, students_contents
from regionalism.site import measure

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("_config.yml", "_toc.yml", "book", "notebooks", "exercises")
# A page of the book shows pieces of it.
SHOWN = "src/regionalism/exercises/template.py"

settings.register_profile(
    "course", derandomize=True, deadline=None, max_examples=60, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("course")


def _build(folder: Path, *, students: bool = False) -> Path:
    """Build a copy of the book's sources in `folder`, warnings as errors; gives the html folder.

    With `students` without the pages for teachers.
    """
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "_generated"))
        else:
            shutil.copy(source, folder / name)
    if students:
        contents = folder / CONTENTS
        contents.write_text(students_contents(contents.read_text(encoding="utf-8")), encoding="utf-8")
    folder.joinpath(SHOWN).parent.mkdir(parents=True)
    shutil.copy(ROOT / SHOWN, folder / SHOWN)
    paths = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        book_command(folder, "-n"),
        cwd=folder, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )
    html = folder / "_build" / "html"
    if done.returncode or not (html / "index.html").is_file():
        pytest.fail("The book does not build:\n" + (done.stdout + done.stderr)[-5000:], pytrace=False)
    return html


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The html folder of the built book, with the pages for teachers."""
    return _named("REGIONALISM_BUILT") or _build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def students_book(tmp_path_factory) -> Path:
    """The html folder of the book that students get."""
    return _named("REGIONALISM_STUDENTS") or _build(tmp_path_factory.mktemp("students"), students=True)


def _named(variable: str) -> Path | None:
    """The html folder that a variable names; None where it is not set."""
    named = os.environ.get(variable)
    if not named:
        return None
    folder = Path(named).resolve()
    if not (folder / "index.html").is_file():
        pytest.fail(f"{variable} names {folder}, where there is no index.html", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium that reaches only this machine."""
    if measure.find_chromium() is None:
        message = "NO CHROMIUM: the tests in a real browser did not run"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    with measure.browser() as started:
        yield started
