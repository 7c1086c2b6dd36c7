"""course.py and the commands behind it: what a newcomer meets first."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from regionalism import checks, cli

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course():
    spec = importlib.util.spec_from_file_location("course", ROOT / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_supported_pythons_are_accepted(course, version):
    assert course.check_python(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 15), (4, 0)])
def test_other_pythons_get_the_version_and_the_range(course, version):
    with pytest.raises(course.SetupError, match=r"Python {}\.{}\..*3\.11 to 3\.14".format(*version)):
        course.check_python(version)


def test_a_full_disk_is_named_before_anything_is_written(course):
    with pytest.raises(course.SetupError, match=r"0\.5 GB free, 2\.0 GB needed"):
        course.check_disk(512 * 1024**2)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk"),
        ("WARNING: Retrying ... NewConnectionError: Failed to establish a new connection", "no network"),
        ("socket.gaierror: Temporary failure in name resolution", "no network"),
        ("error: subprocess-exited-with-error\n  cl.exe not found", "cl.exe not found"),
    ],
)
def test_install_failures_are_put_into_words(course, output, expected):
    assert expected in course.explain_install_failure(output)


def test_paths_of_windows_and_others(course):
    assert Path(course.environment_python("env", windows=False)).as_posix() == "env/bin/python"
    assert course.environment_python("env", windows=True).endswith("python.exe")
    assert "Scripts" in course.environment_python("env", windows=True)


def test_an_environment_that_is_up_to_date_is_not_made_again(course, tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(course, "ENVIRONMENT", str(tmp_path / "a folder with spaces"))
    monkeypatch.setattr(course, "run_quietly", calls.append)
    python = Path(course.environment_python(course.ENVIRONMENT))
    monkeypatch.setattr(course, "environment_python", lambda *_: str(python))

    def make(command):
        calls.append(command)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(course, "run_quietly", make)
    course.make_environment()
    first = len(calls)
    course.make_environment()
    assert first >= 3
    assert len(calls) == first


def test_a_failed_install_ends_with_words_and_exit_code_1(course, monkeypatch, capsys):
    def fail():
        raise course.SetupError("no network here")

    monkeypatch.setattr(course, "make_environment", fail)
    assert course.main(["book", "--no-serve"]) == 1
    assert "no network here" in capsys.readouterr().err


def test_help_answers_without_the_environment_and_lists_every_command():
    # -S and -I leave out site-packages: a newcomer has nothing installed yet.
    done = subprocess.run([sys.executable, "-I", "-S", str(ROOT / "course.py"), "--help"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("book", "lab", "test", "measure"):
        assert command in done.stdout


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_out_of_range_is_refused_with_the_range(port, capsys):
    with pytest.raises(SystemExit):
        cli.parser().parse_args(["book", f"--port={port}"])
    assert "1 to 65535" in capsys.readouterr().err


def test_a_build_that_fails_shows_the_last_lines(monkeypatch, tmp_path):
    failed = subprocess.CompletedProcess([], 2, "reading\n", "gains.md:12: WARNING: undefined label\n")
    monkeypatch.setattr(cli.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(cli.CommandError, match="undefined label"):
        cli.build_book()


def test_reports_are_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>')
    assert str(checks.read_report(report)) == "3 passed, 3 failed, 3 skipped"


def test_a_run_without_any_test_is_not_a_success(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "_tool", lambda *_: checks.Counts())
    monkeypatch.setattr(checks, "_pytest", lambda *_, **__: checks.Counts())
    assert checks.run_all(tmp_path, quick=True) == 1
