"""The students' book holds nothing that only graders and teachers have, and no worked path of a sheet."""

from __future__ import annotations

import pytest

from regionalism.exercises import chapters
from regionalism.grading.leaks import leaks, on_pages, secrets, worked_paths

pytestmark = pytest.mark.local


def test_no_file_of_the_book_holds_what_only_graders_and_teachers_have(students_book):
    hidden = secrets()
    assert set(chapters()) < {secret.where.split(".")[0].split(":")[0] for secret in hidden}
    assert [str(leak) for leak in leaks(students_book, hidden)] == []


def test_what_sphinx_keeps_beside_the_book_holds_none_either(students_book):
    near = students_book.parent
    for folder in (near / ".doctrees", near / "jupyter_execute"):
        if folder.is_dir():
            assert [str(leak) for leak in leaks(folder, secrets())] == []


def test_the_pages_for_teachers_are_in_their_book_alone(built, students_book):
    assert {"plan-gains.html", "slides-gains.html", "cards-gains.html", "before.html", "after.html"} <= {
        path.name for path in (built / "book" / "teaching").iterdir()}
    assert not (students_book / "book" / "teaching").exists()
    assert "book/teaching" not in (students_book / "searchindex.js").read_text(encoding="utf-8")


def test_even_in_the_teachers_book_only_their_part_holds_answers(built):
    found = leaks(built, secrets(), lambda path: "teaching" not in path and path != "searchindex.js")
    assert [str(leak) for leak in found] == []


def test_the_search_would_find_a_plan(built):
    plan = leaks(built / "book" / "teaching" / "plan-gains.html", secrets())
    assert {leak.secret.where for leak in plan} >= {"plans.gains: source text"}


def test_no_page_shows_the_worked_path_of_a_sheet(students_book):
    hidden = worked_paths()
    assert len(hidden) > 20
    assert [str(leak) for leak in on_pages(students_book, hidden)] == []


def test_the_search_would_find_one_on_these_very_pages(built, tmp_path):
    sheet = (built / "exercises" / "gains.html").read_text(encoding="utf-8")
    spoiled = sheet.replace("</main>", f"<p>{worked_paths(['gains'])[0].text}</p></main>")
    assert spoiled != sheet
    (tmp_path / "gains.html").write_text(spoiled, encoding="utf-8")
    assert on_pages(tmp_path, worked_paths())
