"""The copy for students holds what belongs and no more; the one for teachers holds what they need."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from regionalism.exercises import chapters
from regionalism.exercises.identity import class_of
from regionalism.grading import builds
from regionalism.grading.builds import MARKER, BuildError, build_student, build_teacher, without_outputs
from regionalism.grading.leaks import leaks, private_seed, secrets, worked_paths

ROOT = Path(__file__).resolve().parents[2]
SEED = "a private text of this class alone"

pytestmark = pytest.mark.local


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    (folder / "class.csv").write_text("id,name\n101,Aigul Toktosunova\nА17,Bek Saidov\n", encoding="utf-8")
    (folder / "grading.toml").write_text(f'title = "Spring"\nseed = "{SEED}"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def student(tmp_path_factory, class_folder) -> builds.Built:
    return build_student(ROOT, tmp_path_factory.mktemp("made") / "student", class_folder, packed=True)


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small(tmp_path) -> Path:
    """A course of a few files, with what lies about in a teacher's folder."""
    root = tmp_path / "course"
    for name, text in {
        "course.py": "print(1)\n", "_toc.yml": "root: book/index\n", "book/index.md": "# Hello\n",
        "book/_generated/x.md": "x", "book/.hidden": "x", "exercises/gains.ipynb": '{"cells": [], "metadata": {}}\n',
        "exercises/answers-gains-7.json": "{}", "exercises/hand-in-gains-7-K7QF-2M9X.json": "{}",
        "exercises/class.json": "{}", "exercises/notes.txt": "x", "src/regionalism/a.py": "A = 1\n",
        "src/regionalism/__pycache__/a.pyc": "x", "keys/pyproject.toml": "x", "keys/regionalism_keys/gains.py": "x",
        "tests/test_a.py": "x", ".ci/run": "x", "data/a.csv": "a\n", ".venv/lib/x.py": "x", "marks.csv": "x",
    }.items():  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


class TestStudent:
    def test_what_belongs_is_there(self, student):
        names = names_in(student.folder)
        assert {"course.py", "README.md", "LICENSE", "_toc.yml", "_config.yml", "requirements.txt", "pyproject.toml",
                "book/index.md", "book/references.bib", "data/datapackage.json", "src/regionalism/cli.py"} <= names
        for stem in chapters():
            assert {f"book/{stem}.md", f"notebooks/{stem}.ipynb", f"exercises/{stem}.ipynb"} <= names
        assert student.files == len(names) - 1  # the listing itself

    def test_every_page_of_the_contents_is_there(self, student):
        contents = (student.folder / "_toc.yml").read_text(encoding="utf-8")
        for page in re.findall(r"(?:file|root): (\S+)", contents):
            assert list(student.folder.glob(f"{page}.*")), page

    def test_every_file_of_the_package_travels(self, student):
        package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "src").rglob("*")
                   if path.is_file() and "__pycache__" not in path.parts}
        assert package <= names_in(student.folder)

    def test_nothing_of_graders_is_there(self, student):
        names = names_in(student.folder)
        assert not [name for name in names if name.startswith(("keys/", "tests/", ".ci", ".git", "for-teachers"))]
        assert student.searched > 100
        assert leaks(student.folder, secrets()) == []
        assert leaks(student.packed, secrets()) == []

    def test_no_page_for_teachers_is_there_or_listed(self, student):
        assert not (student.folder / "book" / "teaching").exists()
        contents = (student.folder / "_toc.yml").read_text(encoding="utf-8")
        assert "teaching" not in contents
        assert contents.count("caption:") == (ROOT / "_toc.yml").read_text(encoding="utf-8").count("caption:") - 1

    def test_the_class_is_known_and_names_stay_at_home(self, student):
        known = class_of(student.folder / "exercises")
        assert (known.title, known.seed) == ("Spring", SEED)
        for path in student.folder.rglob("*"):
            if path.is_file():
                raw = path.read_bytes()
                assert b"Toktosunova" not in raw
                assert SEED.encode() not in raw or path.name == "class.json"

    def test_the_packed_copy_unpacks_to_the_same(self, student, tmp_path):
        with zipfile.ZipFile(student.packed) as archive:
            archive.extractall(tmp_path)
        listed = json.loads((student.folder / MARKER).read_text(encoding="utf-8"))["files"]
        unpacked = {path.relative_to(tmp_path / "student").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                    for path in (tmp_path / "student").rglob("*") if path.is_file()}
        assert unpacked == listed

    def test_its_command_answers_and_knows_what_it_cannot_do(self, student):
        command = [sys.executable, "-B", "-I", "-S", str(student.folder / "course.py"), "--help"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        code = ("import sys; sys.path.insert(0, 'src'); from regionalism import cli; "
                "assert cli.ROOT.samefile('.'); sys.exit(cli.main(['test']))")
        done = subprocess.run([sys.executable, "-B", "-c", code], cwd=student.folder, capture_output=True, text=True,
                              check=False)
        assert done.returncode == 1
        assert "copy of the course is for students" in done.stderr

    def test_its_set_up_asks_for_no_keys(self, student):
        code = ("import course; made = []; course.run_quietly = made.append; course.install_course(['pip']); "
                "print([word for words in made for word in words])")
        done = subprocess.run([sys.executable, "-B", "-c", code], cwd=student.folder, capture_output=True, text=True,
                              check=False)
        assert done.returncode == 0, done.stderr
        assert "keys" not in done.stdout.replace(str(student.folder), "")

    def test_sheets_work_without_keys(self, student, monkeypatch, tmp_path):
        from regionalism.exercises import sheet, sheets

        monkeypatch.setattr(sheets, "key", lambda stem: None)
        beside = shutil.copytree(student.folder / "exercises", tmp_path / "exercises")
        opened = sheet("gains", student="101", folder=beside)
        assert opened.seed == opened.known.seed_of("101") != "101"
        assert opened.verdict(1) is None


@pytest.mark.parametrize("stem", chapters())
def test_no_face_of_a_sheet_shows_the_private_seed_of_its_class(stem, class_folder, tmp_path, monkeypatch):
    from regionalism.exercises import sheet

    monkeypatch.setenv("REGIONALISM_FACE", "page")
    known_file, known = builds.class_in(class_folder)
    (tmp_path / "class.json").write_bytes(known_file["exercises/class.json"])
    opened = sheet(stem, folder=tmp_path)
    assert opened.known.seed == known.seed
    shown = opened._repr_mimebundle_()
    assert "text/html" in shown
    for part in (shown, {"paper": paper_of(stem, known)}):
        for text in part.values():
            (tmp_path / "shown.txt").write_text(str(text), encoding="utf-8")
            assert leaks(tmp_path / "shown.txt", private_seed(known.seed)) == []


def paper_of(stem: str, known) -> str:
    from regionalism.exercises import chapter
    from regionalism.exercises.paper import paper_html

    return paper_html(chapter(stem), known.ids, known)


def test_only_what_belongs_is_copied(small, tmp_path):
    assert {name for name, _ in builds.student_files(small)} == {
        "course.py", "_toc.yml", "book/index.md", "exercises/gains.ipynb", "src/regionalism/a.py", "data/a.csv"}


def test_two_builds_are_the_same_to_the_byte(small, class_folder, tmp_path):
    one, other = (build_student(small, tmp_path / name / "copy", class_folder, packed=True) for name in "ab")
    assert other.packed.read_bytes() == one.packed.read_bytes()
    assert (other.folder / MARKER).read_bytes() == (one.folder / MARKER).read_bytes()


@pytest.mark.parametrize("place", ["book/index.md", "src/regionalism/a.py", "data/a.csv"])
def test_a_copy_with_a_leak_is_refused_and_leaves_nothing(small, tmp_path, place):
    secret = secrets(["gains"])[-1]
    (small / place).write_text(f"Look: {secret.text}", encoding="utf-8")
    with pytest.raises(BuildError, match=place) as refused:
        build_student(small, tmp_path / "out")
    assert secret.where in str(refused.value)
    assert secret.text not in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course"]


def test_a_leak_does_not_harm_the_copy_made_before(small, tmp_path):
    built = build_student(small, tmp_path / "out")
    before = names_in(built.folder)
    (small / "book" / "index.md").write_text(secrets(["gains"])[0].text, encoding="utf-8")
    with pytest.raises(BuildError):
        build_student(small, tmp_path / "out")
    assert names_in(built.folder) == before
    assert (built.folder / "book" / "index.md").read_text(encoding="utf-8") == "# Hello\n"


class TestTarget:
    def test_a_folder_with_other_files_is_left_alone(self, small, tmp_path):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(BuildError, match="did not write"):
            build_student(small, tmp_path / "out")
        assert (tmp_path / "out" / "thesis.txt").read_text(encoding="utf-8") == "mine"

    def test_an_empty_folder_and_an_untouched_copy_are_free(self, small, tmp_path):
        (tmp_path / "out").mkdir()
        build_student(small, tmp_path / "out")
        (small / "data" / "a.csv").unlink()
        built = build_student(small, tmp_path / "out")
        assert "data/a.csv" not in names_in(built.folder)

    @pytest.mark.parametrize("change", ["new", "edited"])
    def test_a_copy_that_has_been_used_is_left_alone(self, small, tmp_path, change):
        build_student(small, tmp_path / "out")
        name = {"new": "exercises/answers-gains-7.json", "edited": "course.py"}[change]
        (tmp_path / "out" / name).write_text("used", encoding="utf-8")
        with pytest.raises(BuildError, match=name):
            build_student(small, tmp_path / "out")
        assert (tmp_path / "out" / name).read_text(encoding="utf-8") == "used"

    @pytest.mark.parametrize("inside", ["", "book", "book/copy", "src/x", "keys/x"])
    def test_the_course_itself_is_no_target(self, small, inside):
        before = names_in(small)
        with pytest.raises(BuildError):
            build_student(small, small / inside)
        assert names_in(small) == before

    def test_a_file_is_no_target(self, small, tmp_path):
        (tmp_path / "out").write_text("x", encoding="utf-8")
        with pytest.raises(BuildError, match="is a file"):
            build_student(small, tmp_path / "out")

    def test_another_zip_is_not_written_over(self, small, tmp_path):
        (tmp_path / "out.zip").write_bytes(b"mine")
        with pytest.raises(BuildError, match="nothing was packed"):
            build_student(small, tmp_path / "out", packed=True)
        assert (tmp_path / "out.zip").read_bytes() == b"mine"

    def test_an_own_zip_is_renewed(self, small, tmp_path):
        build_student(small, tmp_path / "out", packed=True)
        assert build_student(small, tmp_path / "out", packed=True).packed == tmp_path / "out.zip"


def test_a_folder_that_is_no_class_is_named(small, tmp_path):
    with pytest.raises(BuildError, match="nowhere"):
        build_student(small, tmp_path / "out", tmp_path / "nowhere")
    assert not (tmp_path / "out").exists()


def test_no_copy_is_made_where_the_keys_are_not_known(small, tmp_path, monkeypatch):
    from regionalism.exercises import keys as key_store

    monkeypatch.setattr(key_store, "key", lambda stem: None)
    with pytest.raises(BuildError, match="not installed"):
        build_student(small, tmp_path / "out")
    shutil.rmtree(small / "keys")
    with pytest.raises(BuildError, match="copy for students"):
        build_student(small, tmp_path / "out")


class TestNotebooks:
    def test_what_a_run_left_is_taken_out_and_what_belongs_stays(self):
        used = {"cells": [
            {"cell_type": "markdown", "source": "x"},
            {"cell_type": "code", "execution_count": 3, "outputs": [{"text": "a reply"}], "metadata": {}},
            {"cell_type": "code", "execution_count": 4, "outputs": [{"text": "kept"}], "source": "x",
             "metadata": {"tags": ["nbval-check-output"]}},
        ], "metadata": {"widgets": {"state": "answers"}, "kernelspec": {}}}  # fmt: skip
        cleaned = json.loads(without_outputs(json.dumps(used).encode()))
        assert cleaned["metadata"] == {"kernelspec": {}}
        assert cleaned["cells"][1]["outputs"] == []
        assert cleaned["cells"][1]["execution_count"] is None
        assert cleaned["cells"][2]["outputs"] == [{"text": "kept"}]

    @pytest.mark.parametrize("path", sorted((ROOT / "exercises").glob("*.ipynb")), ids=lambda path: path.stem)
    def test_the_courses_own_sheets_stay_as_they_are(self, path):
        assert without_outputs(path.read_bytes()) == path.read_bytes()


@pytest.fixture(scope="module")
def teacher(tmp_path_factory, class_folder) -> builds.Built:
    return build_teacher(ROOT, tmp_path_factory.mktemp("made") / "teacher", class_folder)


class TestTeacher:
    def test_the_pages_for_teachers_are_there_and_listed(self, teacher):
        wanted = {"book/teaching/plan-gains.md", "keys/regionalism_keys/teaching/plans/gains.py"}
        assert wanted <= names_in(teacher.folder)
        assert (teacher.folder / "_toc.yml").read_bytes() == (ROOT / "_toc.yml").read_bytes()

    def test_keys_booklets_rubrics_and_paper_are_there(self, teacher, student):
        names = names_in(teacher.folder)
        assert names_in(student.folder) <= names
        assert "keys/pyproject.toml" in names
        assert "for-teachers/rubrics.html" in names
        for stem in chapters():
            assert {f"keys/regionalism_keys/{stem}.py", f"for-teachers/solutions-{stem}.html",
                    f"for-teachers/paper-{stem}.html"} <= names

    def test_the_class_folder_stays_where_it_is(self, teacher):
        assert not {"class.csv", "grading.toml"} & {Path(name).name for name in names_in(teacher.folder)}

    def test_paper_holds_no_secret(self, teacher):
        for stem in chapters():
            assert leaks(teacher.folder / f"for-teachers/paper-{stem}.html", [*secrets(), *worked_paths()]) == []

    def test_solutions_name_each_student(self, teacher):
        text = (teacher.folder / "for-teachers/solutions-gains.html").read_text(encoding="utf-8")
        assert "101" in text
        assert "А17" in text
        assert "Toktosunova" not in text
