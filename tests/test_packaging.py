"""The wheel: what a student's installation holds, and what it must not hold."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from regionalism import data
from regionalism.grading.leaks import leaks, secrets, worked_paths

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.local


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT,
                   check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_tables_travel_in_the_wheel(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "regionalism/_data/datapackage.json" in names
    assert {f"regionalism/_data/{name}.csv" for name in data.names()} <= names
    assert {"regionalism/explorers/page.js", "regionalism/explorers/page.css"} <= names


def test_nothing_that_only_graders_have_is_in_the_wheel(wheel):
    assert "keys" not in {Path(name).parts[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert [str(leak) for leak in leaks(wheel, secrets())] == []


def test_the_third_step_of_help_travels_in_the_wheel(wheel):
    assert leaks(wheel, worked_paths(["gains"])), "without its worked paths a sheet could not give its last help"


def test_nothing_that_only_graders_have_is_in_the_source_archive(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)], cwd=ROOT,
                   check=True, capture_output=True)
    assert [str(leak) for leak in leaks(next(tmp_path.glob("*.tar.gz")), secrets())] == []


def test_the_keys_own_wheel_is_known_by_the_same_search(tmp_path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT / "keys",
                   check=True, capture_output=True)
    assert leaks(next(tmp_path.glob("*.whl")), secrets())


def test_it_works_from_an_installed_wheel(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
                    "--disable-pip-version-check", "--target", str(tmp_path), str(wheel)], check=True,
                   capture_output=True)
    code = ("import regionalism; from pathlib import Path; "
            f"assert Path(regionalism.__file__).is_relative_to({str(tmp_path)!r}), regionalism.__file__; "
            "print(len(regionalism.load('agreements')))")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(len(data.load("agreements")))


def test_the_pins_fit_the_declared_ranges():
    pins = dict(
        line.split(";")[0].strip().split("==")
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line.split(";")[0]
    )
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    exact = [line.split("==") for group in extras.values() for line in group if "==" in line]
    assert exact
    for name, version in exact:
        assert pins[name] == version
