"""The built book holds nothing that only graders have, and no worked path of a sheet."""

from __future__ import annotations

import pytest

from regionalism.exercises import chapters
from regionalism.grading.leaks import leaks, on_pages, secrets, worked_paths

pytestmark = pytest.mark.local


def test_no_file_of_the_book_holds_what_only_graders_have(built):
    hidden = secrets()
    assert {secret.where.split(".")[0].split(":")[0] for secret in hidden} == set(chapters())
    assert [str(leak) for leak in leaks(built, hidden)] == []


def test_what_sphinx_keeps_beside_the_book_holds_none_either(built):
    beside = [folder for folder in (built.parent / ".doctrees", built.parent / "jupyter_execute") if folder.is_dir()]
    for folder in beside:
        assert [str(leak) for leak in leaks(folder, secrets())] == []


def test_no_page_shows_the_worked_path_of_a_sheet(built):
    hidden = worked_paths()
    assert len(hidden) > 20
    assert [str(leak) for leak in on_pages(built, hidden)] == []


def test_the_search_would_find_one_on_these_very_pages(built, tmp_path):
    sheet = (built / "exercises" / "gains.html").read_text(encoding="utf-8")
    spoiled = sheet.replace("</main>", f"<p>{worked_paths(['gains'])[0].text}</p></main>")
    assert spoiled != sheet
    (tmp_path / "gains.html").write_text(spoiled, encoding="utf-8")
    assert on_pages(tmp_path, worked_paths())
