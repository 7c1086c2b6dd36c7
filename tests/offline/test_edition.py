"""How the folder is put together: buttons, twins, the folder put in place, the zip, a class inside the package."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import zipfile
from pathlib import Path

import pytest

from regionalism.offline import command, edition, lite, manifest
from regionalism.offline.edition import EditionError

pytestmark = pytest.mark.local

ROOT = Path(__file__).resolve().parents[2]
LINK = '<a href="../run/index.html?open=notebooks/gains">Run this lab</a>'
PAGE = f'<html lang="en" data-content_root="../">{edition.HIDDEN_BUTTON}{LINK}</p></html>'


def test_labs_and_sheets_of_all_chapters_are_listed():
    listed = lite.notebooks(ROOT, "edition-1")
    assert {notebook.name for notebook in listed} == {
        f"{folder}/{path.stem}" for folder in ("notebooks", "exercises") for path in (ROOT / folder).glob("*.ipynb")}
    gains = next(notebook for notebook in listed if notebook.name == "notebooks/gains")
    assert (gains.kind, gains.stem, gains.path) == ("lab", "gains", "edition-1/notebooks/gains.ipynb")
    assert gains.title == "Lab: When does it pay to act together?"


def test_the_button_is_shown_in_the_copy(tmp_path):
    for name in ("notebooks/gains.html", "book/gains.html", "book/plain.html"):
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text("<html></html>" if "plain" in name else PAGE)
    assert edition.mark_pages(tmp_path) == 2
    page = tmp_path.joinpath("notebooks/gains.html").read_text()
    assert "hidden" not in page
    assert page.startswith('<html lang="en" data-edition data-content_root="../">')


def test_a_book_built_before_there_were_buttons_is_refused(tmp_path):
    with pytest.raises(EditionError, match="Build the book anew"):
        edition.mark_pages(tmp_path)


def test_twins_hold_the_same_content_and_are_made_where_they_save(tmp_path):
    tmp_path.joinpath("long.js").write_text("var a;" * 1000)
    tmp_path.joinpath("short.js").write_text("var a;")
    tmp_path.joinpath("random.js").write_bytes(os.urandom(4000))
    tmp_path.joinpath("wheel.whl").write_text("w" * 4000)
    edition.add_twins(tmp_path)
    assert [path.name for path in tmp_path.glob("*.gz")] == ["long.js.gz"]
    assert gzip.decompress(tmp_path.joinpath("long.js.gz").read_bytes()) == tmp_path.joinpath("long.js").read_bytes()


def test_a_new_folder_takes_the_place_of_an_older_edition_only(tmp_path):
    new, old, other = (tmp_path / name for name in ("new", "old", "other"))
    for folder in (new, old, other):
        folder.mkdir()
        folder.joinpath("file").write_text(folder.name)
    manifest.write(old, "1")
    with pytest.raises(EditionError, match="is not empty"):
        edition._replace(other, new)
    edition._replace(old, new)
    assert old.joinpath("file").read_text() == "new"
    assert other.joinpath("file").read_text() == "other"


def test_an_older_edition_stays_whole_where_the_new_one_cannot_take_its_place(tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    old.joinpath("file").write_text("old")
    manifest.write(old, "1")
    with pytest.raises(EditionError, match="unchanged"):
        edition._replace(old, tmp_path / "workshop" / "new")
    tmp_path.joinpath("workshop").mkdir()
    with pytest.raises(EditionError, match="unchanged"):  # moved away, and then there is nothing to put there
        edition._replace(old, tmp_path / "workshop" / "new")
    assert manifest.problems(old, thorough=True) == []


def test_a_target_is_refused_before_anything_is_made(tmp_path):
    book = tmp_path / "html"
    book.mkdir()
    book.joinpath("index.html").write_text("book")
    for folder in (book, book / "offline", tmp_path, Path(tmp_path.anchor), book / "index.html"):
        with pytest.raises(EditionError, match="folder"):
            edition.make(edition.Order(ROOT, book, folder, tmp_path / "cache"))
    assert [path.name for path in tmp_path.iterdir()] == ["html"]
    edition.check_target(tmp_path / "new" / "offline", book)


def test_what_a_killed_call_left_goes_before_the_next_one(tmp_path):
    left = tmp_path / ".offline-unfinished" / "folder" / "run"
    left.mkdir(parents=True)
    with edition._workshop(tmp_path / "offline") as place:
        assert list(place.iterdir()) == []
        place.joinpath("folder").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_the_lists_of_jupyterlite_are_the_same_whenever_and_wherever_they_are_made(tmp_path):
    made = []
    for number, names in enumerate((("b", "a"), ("a", "b"))):
        path = tmp_path / str(number) / "api" / "contents" / "edition-1" / "all.json"
        path.parent.mkdir(parents=True)
        dates = {"created": f"{number}", "last_modified": f"{number}"}
        path.write_text(json.dumps({**dates, "name": "", "content": [{**dates, "name": name} for name in names]}))
        lite._settle_lists(tmp_path / str(number))
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert [entry["name"] for entry in json.loads(made[0])["content"]] == ["a", "b"]


def test_the_zip_holds_the_folder_without_the_twins(tmp_path):
    folder = tmp_path / "offline"
    folder.mkdir()
    folder.joinpath("index.html").write_text("front " * 500)
    folder.joinpath("index.html.gz").write_bytes(b"twin")
    packed = edition.pack(folder)
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == ["offline/index.html"]
        assert archive.testzip() is None


def test_what_a_browser_keeps_for_ever_has_todays_date(tmp_path):
    path = tmp_path / "x.js"
    path.write_text("x")
    os.utime(path, (500_000_000, 500_000_000))
    edition._touch(tmp_path)
    assert path.stat().st_mtime > 1_700_000_000


def test_a_folder_that_is_no_class_is_refused(tmp_path):
    with pytest.raises(EditionError, match="cannot be used"):
        edition.class_content(tmp_path)
    assert edition.class_content(None) is None


def test_the_kernel_is_told_where_python_lies_and_never_asks_a_registry(tmp_path):
    from regionalism.offline.engine import Engine

    made = Engine(tmp_path, "0.27.7", {"regionalism": {"depends": []}} | dict.fromkeys(
        ("altair", "ipywidgets", "pyodide-kernel", "piplite", "ipykernel", "comm"), {"depends": []}), "lock-1.json")
    settings = lite.settings(made, "../pyodide-1")["jupyter-config-data"]
    kernel = settings["litePluginSettings"][f"{lite.KERNEL}:kernel"]
    assert kernel["pyodideUrl"] == "./../pyodide-1/pyodide.js"
    assert kernel["disablePyPIFallback"] is True
    assert kernel["loadPyodideOptions"]["lockFileURL"] == "../pyodide-1/lock-1.json"
    assert "https:" not in json.dumps(settings)


def test_no_book_no_edition(tmp_path):
    order = edition.Order(ROOT, tmp_path / "html", tmp_path / "offline", tmp_path / "cache")
    with pytest.raises(EditionError, match="no built book"):
        edition.make(order)
    assert not (tmp_path / "offline").exists()


def test_what_cannot_be_fetched_is_said_before_the_book_is_built(tmp_path, monkeypatch, capsys):
    """The book takes minutes to build; without a network they would be lost."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    built = []
    monkeypatch.setattr(command, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(command, "_build_book", lambda: built.append(True))
    monkeypatch.setattr(edition.sources, "fetch", failing_fetch)
    assert command.run(parser.parse_args(["--out", str(tmp_path / "offline")])) == 1
    assert "no network here" in capsys.readouterr().err
    assert built == []


def failing_fetch(*arguments, **options):
    raise edition.sources.FetchError("no network here")
