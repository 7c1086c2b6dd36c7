"""What a hub's builder reads, and the arithmetic of a hub's size. Building it is a step of its own in the checks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import hub

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / ".binder"
PAGE = ROOT / "book" / "hub.md"

# The files


def test_every_pin_of_the_hub_is_a_pin_of_the_course():
    of_the_hub, of_the_course = hub.pins(BINDER / "requirements.txt"), hub.pins(ROOT / "requirements.txt")
    assert len(of_the_hub) > 50
    assert {name: of_the_course.get(name) for name in of_the_hub} == of_the_hub


def test_the_hub_has_all_that_a_lab_needs_and_nothing_that_only_authors_need():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[]", line)[0] for line in
              [*project["dependencies"], *project["optional-dependencies"]["lab"]]}
    listed = set(hub.pins(BINDER / "requirements.txt"))
    assert wanted <= listed
    assert not listed & {"sphinx", "jupyter-book", "playwright", "ruff", "mypy", "pytest", "jupyterlite-core"}


def test_the_list_names_no_other_file_so_a_builder_can_read_it_alone():
    lines = (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ;.*)?$", line) for line in lines)


def test_the_python_of_the_hub_is_one_that_the_course_supports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, newest = (tuple(map(int, part.split("."))) for part in re.findall(r"\d+\.\d+", project["requires-python"]))
    assert oldest <= hub.runtime(ROOT) < newest


@pytest.mark.parametrize("text", ["", "python-3", "python-3.11.7", "3.11", "python 3.11", "r-4.3-2024-01-01"])
def test_a_python_that_a_builder_would_not_read_is_refused(tmp_path, text):
    (tmp_path / ".binder").mkdir()
    (tmp_path / ".binder" / "runtime.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        hub.runtime(tmp_path)


def test_there_is_one_folder_for_builders():
    assert not (ROOT / "binder").exists(), "a builder refuses a course that has both"


@pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="postBuild is for bash")
def test_what_runs_last_is_a_valid_script():
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK), "postBuild must be executable"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_what_runs_last_names_only_what_is_there():
    text = (BINDER / "postBuild").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w./-]+\.(?:txt|py|md|toml)\b", text))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert "\r" not in text, "bash does not start a script with Windows line ends"


@pytest.fixture
def course(tmp_path):
    """A folder like the course, with a Python that does nothing, to run postBuild in."""
    folder, tools = tmp_path / "course", tmp_path / "tools"
    (folder / ".binder").mkdir(parents=True)
    shutil.copy(BINDER / "postBuild", folder / ".binder")
    for name in ("keys", ".git", "notebooks"):
        (folder / name).mkdir()
    tools.mkdir()
    (tools / "python").write_text("#!/bin/sh\n", encoding="utf-8")
    (tools / "python").chmod(0o755)
    return folder, f"{tools}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="postBuild is for bash")
@pytest.mark.parametrize(("in_image", "left"), [(True, {".binder", "notebooks"}),
                                                (False, {".binder", "notebooks", "keys", ".git"})])
def test_keys_go_in_an_image_and_never_from_a_persons_own_copy(course, in_image, left):
    folder, path = course
    variables = {**os.environ, "PATH": path, "REPO_DIR": str(folder) if in_image else ""}
    subprocess.run([str(folder / ".binder" / "postBuild")], cwd=folder, env=variables, check=True)
    assert {one.name for one in folder.iterdir()} == left


# The copy and the notebooks


def test_the_copy_holds_what_a_clone_holds(tmp_path):
    source = tmp_path / "source"
    for name in ("notebooks/a.ipynb", "_build/html/index.html", ".venv/bin/python", ".binder/postBuild",
                 "exercises/answers-a-1.json", "exercises/class.json"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("", encoding="utf-8")
    hub.copy_course(source, tmp_path / "copy")
    copied = {path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*")}
    assert copied == {".git", ".binder", ".binder/postBuild", "notebooks", "notebooks/a.ipynb", "exercises"}


def test_a_sheet_gets_a_students_id_and_only_marked_outputs_are_compared(tmp_path):
    def cell(source, tags, kind="code"):
        printed = [{"output_type": "stream", "name": "stdout", "text": ["1\n", "2\n"]}]
        return {"cell_type": kind, "source": [source], "metadata": {"tags": tags}, "outputs": printed}

    path = tmp_path / "balance.ipynb"
    path.write_text(json.dumps({"cells": [cell('mine = sheet("balance")', []), cell("text", [], "markdown"),
                                          cell("show", ["nbval-check-output"])]}), encoding="utf-8")
    assert hub.cells(path) == [('mine = sheet("balance", student="sample")', None), ("show", "1\n2\n")]


def test_labs_and_sheets_are_found():
    found = hub.notebooks(ROOT)
    assert {"notebooks/gains.ipynb", "exercises/gains.ipynb"} <= set(found)
    assert all((ROOT / path).is_file() for path in found)


def test_a_server_gets_nothing_of_the_persons_own_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "elsewhere")
    variables = hub.surroundings(tmp_path / "bin" / "python", tmp_path / "course", tmp_path / "home")
    assert "elsewhere" not in variables.values()
    assert variables["PATH"].split(os.pathsep)[0] == str(tmp_path / "bin")
    assert variables["HOME"] == str(tmp_path / "home")


@pytest.mark.skipif(os.name == "nt", reason="a hub runs on Linux")
def test_a_kernel_that_is_silent_is_a_failed_check_and_no_crash(tmp_path, monkeypatch):
    import websocket

    class Silent:
        def send(self, text): ...
        def close(self): ...
        def recv(self):
            raise websocket.WebSocketTimeoutException("timed out")

    monkeypatch.setattr(websocket, "create_connection", lambda *_, **__: Silent())
    monkeypatch.setattr(hub.Student, "ask", lambda *_: b'{"kernel": {"id": "1"}}')
    notebook = {"cells": [{"cell_type": "code", "source": "1", "metadata": {}, "outputs": []}]}
    tmp_path.joinpath("lab.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(RuntimeError, match="does not answer: timed out"):
        hub.Student("http://127.0.0.1:1/", "token", 0).run(tmp_path, "lab.ipynb")


def test_a_process_tells_its_memory_and_its_seconds():
    assert 1 < hub.used_mb(os.getpid()) < 100_000
    assert hub.used_seconds(os.getpid()) > 0


def test_a_students_cost_adds_up():
    cost = hub.Cost(100, 140, 150, 2, 4, 3)
    assert (cost.one_mb, cost.both_mb, cost.seconds) == (250, 390, 9)


# The size


def test_the_size_is_the_sum_that_the_page_explains():
    # 60 of 100 at once; 60 x 500 MB and 2 GB; 60 x 10 s within 10 minutes on cores that are busy for 50 %.
    size = hub.plan(100, 0.6, memory_mb=500, cpu_seconds=10, minutes=10, busy=0.5, base_gb=2)
    assert size == hub.Plan(students=100, at_once=60, memory_gb=32, cores=2)


def test_rounding_errors_add_no_student():
    assert hub.plan(100, 0.07).at_once == 7  # 100 * 0.07 is a little more than 7 in floating point


@given(st.integers(1, 100_000), st.integers(0, 1000), st.floats(0.01, 1))
def test_more_students_never_need_less(students, more, share):
    small, large = hub.plan(students, share), hub.plan(students + more, share)
    assert 1 <= small.at_once <= students
    assert (small.at_once, small.memory_gb, small.cores) <= (large.at_once, large.memory_gb, large.cores)
    assert small.memory_gb <= large.memory_gb
    assert small.cores <= large.cores


@pytest.mark.parametrize("wrong", [
    {"students": 0}, {"students": -5}, {"students": 2.5}, {"students": True}, {"share": 0}, {"share": 1.1},
    {"share": float("nan")}, {"memory_mb": 0}, {"memory_mb": float("inf")}, {"cpu_seconds": -1}, {"minutes": 0},
    {"busy": 0}, {"busy": 2}, {"base_gb": -1}, {"base_gb": float("nan")},
])  # fmt: skip
def test_nonsense_is_refused_by_name(wrong):
    (name,) = wrong
    with pytest.raises(ValueError, match=f"^{name} is "):
        hub.plan(**{"students": 50, **wrong})


# The page


def test_the_table_of_the_page_is_what_the_program_computes():
    row = re.compile(r"\| ([\d,]+) \| ([\d,]+) \| ([\d,]+) GB \| ([\d,]+) \| ([\d,]+) GB \| ([\d,]+) \|")
    rows = [[int(cell.replace(",", "")) for cell in found] for found in row.findall(PAGE.read_text(encoding="utf-8"))]
    assert [students for students, *_ in rows] == [50, 500, 5000]
    for students, *told in rows:
        usual, all_at_once = hub.plan(students), hub.plan(students, 1)
        assert told == [usual.at_once, usual.memory_gb, usual.cores, all_at_once.memory_gb, all_at_once.cores]


def test_the_example_of_the_page_is_right():
    told = re.search(r"^plan\(120, share=0\.8\)  # (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told
    assert str(hub.plan(120, share=0.8)) == f"Plan({told[1]})"


def test_the_page_and_the_measure_speak_of_the_same_limits():
    text = PAGE.read_text(encoding="utf-8")
    assert f"guarantee: {hub.GUARANTEE_MB}M" in text
    assert f"limit: {hub.LIMIT_MB // 1024}G" in text
    assert f"limits.memory {hub.LIMIT_MB // 1024}G" in text
    assert f"{hub.CPU_SECONDS:g} seconds of one core" in text
