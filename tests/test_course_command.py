"""course.py and the commands behind it: what a newcomer meets first."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

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
        ("SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed')", "proxy"),
        ("ERROR: Could not find a version that satisfies the requirement altair==6.3.0 (from versions: 5.0.0)\n"
         "ERROR: No matching distribution found for altair==6.3.0", "does not offer altair==6.3.0"),
        ("WARNING: Retrying ... NewConnectionError\nERROR: No matching distribution found for altair==6.3.0",
         "no network"),
        ("The virtual environment was not created successfully because ensurepip is not\navailable.", "-venv"),
        ("error: subprocess-exited-with-error\n  cl.exe not found", "cl.exe not found"),
    ],
)
def test_install_failures_are_put_into_words(course, output, expected):
    assert expected in course.explain_install_failure(output)


def test_a_package_that_the_server_lacks_is_not_called_a_missing_network(course):
    words = course.explain_install_failure("ERROR: No matching distribution found for altair==6.3.0")
    assert "The network works" in words
    assert "no network" not in words


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


@pytest.fixture
def place(course, tmp_path, monkeypatch):
    """The course in a folder with Cyrillic letters and a space; pip is only noted, not run."""
    root = tmp_path / "мой курс"
    (root / "keys").mkdir(parents=True)
    for name in ("requirements.txt", "pyproject.toml", "keys/pyproject.toml"):
        (root / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(course, "ROOT", str(root))
    monkeypatch.setattr(course, "ENVIRONMENT", str(root / ".venv"))
    monkeypatch.setattr(course, "environment_python", lambda: str(root / ".venv" / "bin" / "python"))
    run, noted = course.run_quietly, []

    def note(command):
        noted.append(command)
        if "venv" in command:
            run([*command[:-1], "--without-pip", command[-1]])

    monkeypatch.setattr(course, "run_quietly", note)
    return root, noted


def words_of(commands):
    return [word for command in commands for word in command]


def test_a_half_made_environment_is_begun_anew(course, place, monkeypatch):
    root, noted = place
    course.run_quietly([sys.executable, "-m", "venv", course.ENVIRONMENT])  # no pip in it, as after a failure
    leftover = root / ".venv" / "leftover"
    leftover.touch()
    noted.clear()
    course.make_environment()
    assert "--clear" in words_of(noted)
    assert not leftover.exists()


def test_a_whole_environment_is_kept_when_the_pins_change(course, place, monkeypatch):
    root, noted = place
    course.make_environment()
    monkeypatch.setattr(course, "is_usable", lambda python: True)
    monkeypatch.setattr(course, "check_disk", lambda free: pytest.fail("room was asked for though it is installed"))
    (root / "requirements.txt").write_text("another pin", encoding="utf-8")
    noted.clear()
    course.make_environment()
    assert "venv" not in words_of(noted)
    assert str(root / "requirements.txt") in words_of(noted)
    noted.clear()
    course.make_environment()
    assert noted == []


def test_room_on_the_disk_is_asked_for_before_the_first_set_up(course, place, monkeypatch):
    root, noted = place
    monkeypatch.setattr(course.shutil, "disk_usage", lambda folder: SimpleNamespace(free=1024**2))
    with pytest.raises(course.SetupError, match="Too little room"):
        course.make_environment()
    assert noted == []
    assert not (root / ".venv").exists()


def test_a_set_up_that_fails_leaves_no_stamp(course, place, monkeypatch):
    root, _ = place

    def fail(pip):
        raise course.SetupError("stopped")

    monkeypatch.setattr(course, "install_course", fail)
    with pytest.raises(course.SetupError):
        course.make_environment()
    assert not (root / ".venv" / "course-stamp.txt").exists()


def test_a_python_that_cannot_start_or_is_of_another_version_is_not_usable(course, monkeypatch, tmp_path):
    assert course.is_usable(sys.executable)
    assert not course.is_usable(str(tmp_path / "no-python"))
    monkeypatch.setattr(course.sys, "version_info", (3, 99))
    assert not course.is_usable(sys.executable)


@pytest.mark.parametrize("packages", ["Lib/site-packages", "lib/python3.11/site-packages"])
def test_path_files_hold_no_letter_that_a_system_could_misread(course, tmp_path, packages):
    root = tmp_path / "мой [курс]"
    folder = root / ".venv" / packages
    folder.mkdir(parents=True)
    (root / "src").mkdir()
    (folder / "_regionalism.pth").write_text(str(root / "src"), encoding="utf-8")
    course.make_paths_relative(str(root / ".venv"), {"_regionalism.pth": str(root / "src"), "_none.pth": str(root)})
    line = (folder / "_regionalism.pth").read_bytes().decode("ascii").strip()
    assert (folder / line).resolve() == (root / "src").resolve()
    assert not (folder / "_none.pth").exists()


def test_a_folder_whose_name_the_system_cannot_decode_still_has_a_stamp(course, monkeypatch):
    monkeypatch.setattr(course, "ROOT", "/home/\udcd0\udcb8")
    assert len(course.stamp()) == 64


def test_a_32_bit_python_is_refused(course):
    assert course.check_word_size(64) is None
    with pytest.raises(course.SetupError, match="64-bit"):
        course.check_word_size(32)


def test_a_stopped_set_up_ends_with_words(course, monkeypatch, capsys):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(course, "make_environment", stop)
    assert course.main(["book", "--no-serve"]) == 130
    assert "Run the command again" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["course", "cli"])
def test_the_command_that_holds_the_terminal_answers_ctrl_c_itself(course, monkeypatch, module):
    class Child:
        interrupts = 2

        def __init__(self, *_, **__):
            pass

        def wait(self):
            if self.interrupts:
                self.interrupts -= 1
                raise KeyboardInterrupt
            return 7

    monkeypatch.setattr(subprocess, "Popen", Child)
    assert {"course": course.hand_over, "cli": cli.in_foreground}[module](["anything"]) == 7


def test_names_of_folders_mean_those_where_the_person_stands(course, monkeypatch, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the person was taken for a part of Python')")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "text.txt").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(course, "make_environment", lambda: None)
    monkeypatch.setattr(course, "environment_python", lambda: sys.executable)
    ended = []
    monkeypatch.setattr(course, "hand_over", lambda command: ended.append(
        subprocess.run(command, capture_output=True, text=True, env=course.surroundings(), check=False)))
    course.main(["build", "student", "thesis"])
    assert "Name a new or an empty folder" in ended[0].stderr


def test_a_taken_port_is_told_before_the_build(monkeypatch, capsys):
    monkeypatch.setattr(cli, "build_book", lambda **_: pytest.fail("the book was built first"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert cli.main(["book", f"--port={port}"]) == 1
    assert str(port) in capsys.readouterr().err


def test_an_installed_package_alone_says_that_it_needs_the_folder(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    assert cli.main(["book"]) == 1
    assert "whole folder of the course" in capsys.readouterr().err


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
    for command in ("book", "lab", "test", "measure", "data", "class", "grade", "check-questions", "build", "paper"):
        assert f"\n    {command}" in done.stdout


@pytest.mark.parametrize("command", ["class", "class new", "grade", "check-questions", "build", "paper"])
def test_help_of_each_command_answers_without_the_environment(command):
    done = subprocess.run([sys.executable, "-I", "-S", str(ROOT / "course.py"), *command.split(), "--help"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: python course.py {command}")


def test_a_folder_without_keys_installs_the_course_alone(course, place):
    root, noted = place
    (root / "keys" / "pyproject.toml").unlink()
    course.install_course(["pip"])
    assert words_of(noted).count("-e") == 1
    assert str(root / "keys") not in words_of(noted)


def test_a_copy_for_students_says_that_it_has_no_tests(monkeypatch, tmp_path, capsys):
    (tmp_path / "_toc.yml").touch()
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    assert cli.main(["test"]) == 1
    assert "copy of the course is for students" in capsys.readouterr().err


def test_a_build_that_is_refused_ends_with_words(tmp_path, capsys):
    (tmp_path / "thesis.txt").touch()
    assert cli.main(["build", "student", str(tmp_path)]) == 1
    assert "Name a new or an empty folder" in capsys.readouterr().err


class TestPaper:
    @pytest.fixture(autouse=True)
    def somewhere_else(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

    @pytest.fixture
    def school(self, tmp_path):
        (tmp_path / "class").mkdir()
        (tmp_path / "class" / "class.csv").write_text("id,name\n101,Aigul\n102,Bek\n", encoding="utf-8")
        return tmp_path / "class"

    def test_a_sheet_for_each_id(self, capsys):
        assert cli.main(["paper", "gains", "--ids", "101, 102"]) == 0
        assert "Written for 2 students" in capsys.readouterr().out
        text = Path("paper-gains.html").read_text(encoding="utf-8")
        assert "101" in text
        assert "102" in text

    def test_solutions_for_a_class(self, school, capsys):
        assert cli.main(["paper", "gains", "--class", str(school), "--solutions", "--out", "s.html"]) == 0
        assert "Written for 2 students" in capsys.readouterr().out
        assert "102" in Path("s.html").read_text(encoding="utf-8")

    def test_without_students_the_sample_student(self, capsys):
        assert cli.main(["paper", "gains", "--solutions"]) == 0
        assert "student sample" in capsys.readouterr().out

    def test_an_unknown_chapter_and_an_empty_class_are_named(self, school, capsys):
        assert cli.main(["paper", "gain", "--solutions"]) == 1
        assert "chapters with questions" in capsys.readouterr().err
        (school / "class.csv").write_text("id,name\n", encoding="utf-8")
        assert cli.main(["paper", "gains", "--class", str(school)]) == 1
        assert "lists no students yet" in capsys.readouterr().err

    def test_no_id_is_refused_by_the_command_line(self, capsys):
        with pytest.raises(SystemExit):
            cli.parser().parse_args(["paper", "gains", "--ids", " , "])
        assert "names no student" in capsys.readouterr().err

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
