"""Builds the book once, serves it on this machine and opens it in a real Chromium.

REGIONALISM_BUILT may name the html folder of a fresh build, which then is not built again. Without
Chromium these tests are skipped, loudly; where CI=true they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from regionalism.cli import book_command
from regionalism.site import measure
from regionalism.site.server import serving

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("_config.yml", "_toc.yml", "book", "notebooks", "exercises")
# A page of the book shows pieces of it.
SHOWN = "src/regionalism/exercises/template.py"


def _build(folder: Path) -> Path:
    """Build a copy of the book's sources in `folder`, warnings as errors; gives the html folder."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "_generated"))
        else:
            shutil.copy(source, folder / name)
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
    """The html folder of the built book."""
    named = os.environ.get("REGIONALISM_BUILT")
    if named:
        folder = Path(named).resolve()
        if not (folder / "index.html").is_file():
            pytest.fail(f"REGIONALISM_BUILT names {folder}, where there is no index.html", pytrace=False)
        return folder
    return _build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def base(built) -> str:
    """Address of the served book."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium that reaches only this machine."""
    if measure.find_chromium() is None:
        message = "NO CHROMIUM: the tests of the built book in a browser did not run"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    with measure.browser() as started:
        yield started


@pytest.fixture
def visit(chromium, base):
    """Open a page of the served book: `visit("book/gains.html", size=..., scheme=..., script=...)`."""
    opened = []

    def open_page(path: str, **options):
        context = measure.visiting(chromium, options.pop("base_url", base), path, **options)
        opened.append(context)
        return context.__enter__()

    yield open_page
    for context in opened:
        context.__exit__(None, None, None)
