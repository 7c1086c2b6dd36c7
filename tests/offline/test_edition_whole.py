"""The made edition as a folder: whole, light, without what only graders have, and pointing nowhere else."""

from __future__ import annotations

import json
import py_compile
import re
import zipfile

import pytest

from regionalism.grading.leaks import leaks, secrets
from regionalism.offline import engine, lite, manifest, sources
from regionalism.site import server

pytestmark = pytest.mark.local

LIGHT, WITH_SCIPY = 30e6, 50e6


@pytest.fixture(scope="module")
def run(edition):
    return json.loads((edition / "run" / "run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(edition, run):
    [path] = (edition / "run" / run["engine"]).glob("pyodide-lock-*.json")
    return json.loads(path.read_text(encoding="utf-8"))["packages"]


def test_it_is_whole(edition):
    assert manifest.problems(edition, thorough=True) == []


def test_no_file_of_it_holds_what_only_graders_have(edition):
    assert [str(leak) for leak in leaks(edition, secrets())] == []


def test_no_page_for_teachers_is_in_it(edition):
    assert not (edition / "book" / "teaching").exists()
    assert "book/teaching" not in (edition / "searchindex.js").read_text(encoding="utf-8")


def test_the_search_for_it_looks_into_compiled_modules_too(edition, run, tmp_path):
    """A key that slipped into the course's wheel would be found there."""
    [wheel] = (edition / "run" / run["engine"]).glob("regionalism-*.whl")
    hidden = next(iter(secrets()))
    source = tmp_path / "slip.py"
    source.write_text(f"TEXT = {hidden.text!r}\n", encoding="utf-8")
    spoiled = tmp_path / wheel.name
    spoiled.write_bytes(wheel.read_bytes())
    with zipfile.ZipFile(spoiled, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.write(py_compile.compile(str(source), cfile=str(tmp_path / "slip.pyc")), "regionalism/slip.pyc")
    assert leaks(spoiled, [hidden])


def test_only_what_a_students_kernel_needs_travels(edition, run):
    [wheel] = (edition / "run" / run["engine"]).glob("regionalism-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "regionalism/_data/agreements.csv" in names
    assert not [name for name in names if re.match(r"regionalism/(grading|teaching|site|offline|setting_up)/", name)]


def test_pythons_core_is_the_official_one_byte_for_byte(edition, run):
    for wanted in sources.core(engine.record()):
        assert manifest.sha256_of(edition / "run" / run["engine"] / wanted.name) == wanted.sha256


def test_each_package_of_the_lock_is_there_with_its_hash(edition, run, lock):
    for entry in lock.values():
        assert manifest.sha256_of(edition / "run" / run["engine"] / entry["file_name"]) == entry["sha256"]
        assert set(entry["depends"]) <= set(lock)


def test_what_nobody_imports_is_not_there(lock):
    assert not {"openssl", "matplotlib", "filelock"} & set(lock)
    assert {"scipy", "networkx"} <= set(lock)


def test_a_first_visit_is_light(edition, run, lock):
    light = sum(size for _, size, _ in run["load"])
    later = sum((edition / "run" / run["engine"] / lock[name]["file_name"]).stat().st_size
                for name in ("scipy", "openblas"))
    assert light <= LIGHT
    assert light + later <= WITH_SCIPY
    assert {group for _, _, group in run["load"]} == {"JupyterLab", "Python", "Packages", "The course"}


def test_everything_that_a_visit_loads_is_there(edition, run):
    assert all((edition / "run" / name.split("?")[0]).is_file() for name, _, _ in run["load"])


def test_what_changes_with_the_course_has_its_hash_in_its_name(edition, run):
    engine_folder = edition / "run" / run["engine"]
    [wheel] = engine_folder.glob("regionalism-*.whl")
    assert manifest.sha256_of(wheel)[:10] in wheel.name
    assert server.caching(f"run/{run['engine']}/x") == server.FOR_EVER
    assert server.caching(f"run/{run['lite']}/x") == server.FOR_EVER


def test_the_list_of_notebooks_does_not_tell_when_it_was_made(edition, run):
    """Else the folder would have another name after each build, and every browser would fetch it again."""
    paths = list((edition / "run" / run["lite"] / "api" / "contents").rglob("all.json"))
    listed = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    assert sum(len(one["content"]) for one in listed) > len(run["notebooks"])
    for one in listed:
        names = [entry["name"] for entry in one["content"]]
        assert names == sorted(names)
        assert {entry[key] for entry in (one, *one["content"]) for key in ("created", "last_modified")} == {
            lite.LISTED_DATE}


def test_every_notebook_is_there_under_the_path_that_the_start_page_opens(edition, run):
    for entry in run["notebooks"].values():
        assert (edition / "run" / run["lite"] / "files" / entry["path"]).is_file()
        assert (edition / entry["page"]).is_file()
        assert entry["other"] in run["notebooks"]


def test_the_pages_of_labs_and_sheets_lead_to_them(edition, run):
    for name, entry in run["notebooks"].items():
        text = (edition / entry["page"]).read_text(encoding="utf-8")
        assert f'href="../run/index.html?open={name}"' in text
        assert '<p class="course-run">' in text


def test_every_button_of_the_book_leads_to_a_notebook_that_is_there(edition, run):
    asked = set()
    for page in edition.glob("*/*.html"):
        for link in re.findall(r'href="([^"]*run/index\.html[^"]*)"', page.read_text(encoding="utf-8")):
            file, _, name = link.partition("?open=")
            assert (page.parent / file).resolve() == (edition / "run" / "index.html").resolve()
            asked.add(name)
    assert asked == set(run["notebooks"])


def test_the_start_page_and_the_settings_name_no_other_host(edition, run):
    own = [*(edition / "run").glob("*.*"), edition / "sw.js", edition / "run" / run["lite"] / "jupyter-lite.json"]
    for path in own:
        if path.suffix in (".html", ".js", ".css", ".json"):
            found = re.findall(r"https?://(?!www\.w3\.org/)[\w.-]+", path.read_text(encoding="utf-8"))
            assert found == [], path
