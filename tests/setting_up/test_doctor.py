"""`course.py doctor` on computers that are broken for real, each in one way: it names the cause."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from regionalism.setting_up import wheels

BLOCKING = ("python", "venv", "folder", "place", "disk", "proxy", "server", "clock", "listening")
UNSHARED = ["unshare", "--mount", "sh", "-c",
            'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"']  # fmt: skip


def names_the_cause(told, key, words, verdict="does not work"):
    """Whether the finding has this verdict and cause, and the text for people says both."""
    finding = told.found[key]
    assert finding.verdict == verdict, finding
    assert re.search(words, finding.cause), finding.cause
    assert finding.advice
    flat = " ".join(told.text.split())
    assert " ".join(finding.cause.split()) in flat
    assert " ".join(finding.advice.split()) in flat
    return finding


def make_environment(computer):
    """An environment of this Python without the packages, in which `import pip` works."""
    home = computer.root / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "pip").mkdir()
    (packages / "pip" / "__init__.py").touch()
    return home


def finish(computer, course, monkeypatch):
    """Leave behind what a complete set-up leaves."""
    monkeypatch.setattr(course, "ROOT", str(computer.root))
    (computer.root / ".venv" / "course-stamp.txt").write_text(course.stamp() + "\n")


# ---------------------------------------------------------------- nothing is wrong


def test_a_healthy_computer_gets_no_complaint(computer):
    told = computer.doctor()
    assert told.code == 0, told.errors
    assert [told.found[key].cause for key in BLOCKING if told.found[key].verdict == "does not work"] == []
    assert told.found["server"].verdict == "works"
    assert told.found["browser"].verdict == "works"
    assert told.can["read the book"]
    assert told.can["run labs here"]
    assert told.can["run labs in the browser edition"]
    assert told.way == "python course.py book"
    assert "What to do" not in "".join(line for line in told.text.splitlines() if "[ok]" in line)


def test_a_course_that_is_set_up_is_called_whole_and_needs_no_network(computer, course, monkeypatch):
    make_environment(computer)
    finish(computer, course, monkeypatch)
    computer.environ["PIP_INDEX_URL"] = "http://127.0.0.1:9/simple"
    told = computer.doctor()
    assert told.found["environment"].verdict == "works"
    assert told.code == 0


def test_without_the_network_nobody_is_asked(computer, shelf):
    told = computer.doctor("--no-network")
    assert shelf.asked == []
    assert told.found["server"].verdict == "not asked"
    assert told.code == 0


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii"])
def test_any_console_shows_the_report_in_eighty_columns(computer, encoding):
    folder = computer.home / "мой курс"
    shutil.move(computer.root, folder)
    computer.root = folder
    computer.environ["PYTHONIOENCODING"] = encoding
    done = subprocess.run([sys.executable, str(folder / "course.py"), "doctor", "--no-network"], env=computer.environ,
                          capture_output=True, check=False)
    text = done.stdout.decode(encoding)
    assert done.returncode == 0, done.stderr
    assert "that is fine" in text
    assert "The shortest way here" in text
    assert [line for line in text.splitlines() if len(line) >= 80 and str(computer.home) not in line] == []


# ---------------------------------------------------------------- Python


def real_python(version):
    """A Python of this version on this computer, or None; a stand-in that does not run is none."""
    named = f"python{version}"
    places = [shutil.which(named), *map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/{named}"))]
    starts = (path for path in places if path and
              subprocess.run([path, "-c", "0"], capture_output=True, check=False).returncode == 0)
    return next(starts, None)


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.10"])
def test_a_real_old_python_is_told_so_in_words(computer, version):
    computer.python = real_python(version)
    if computer.python is None:
        pytest.skip(f"no Python {version} on this computer")
    told = computer.doctor("--no-network")
    assert told.code == 1, told.errors
    names_the_cause(told, "python", rf"This is Python {re.escape(version)}\. The course needs Python 3\.11 to 3\.14")
    assert not told.can["run labs here"]
    assert told.can["run labs in the browser edition"]
    assert "browser edition" in told.way


@pytest.mark.parametrize("version", [(3, 8, 20), (3, 15, 0)])
def test_other_pythons_are_told_so_before_anything_else(computer, version):
    computer.patch(f"""
import sys
class V(tuple):
    major, minor, micro = property(lambda s: s[0]), property(lambda s: s[1]), property(lambda s: s[2])
    releaselevel, serial = "final", 0
sys.version_info = V({(*version, 'final', 0)!r})
""")
    told = computer.doctor("--no-network")
    assert told.code == 1, told.errors
    names_the_cause(told, "python", r"This is Python {}\.{}\.".format(*version[:2]))


def test_another_python_that_fits_is_found(computer):
    computer.patch("import sys; sys.version_info = (3, 10, 1, 'final', 0)")
    computer.program("python3.12", "echo 3.12 True")
    told = computer.doctor("--no-network")
    assert "python3.12 course.py book" in names_the_cause(told, "python", "3.10").advice
    assert told.way == "python3.12 course.py book"


def test_a_32_bit_python_is_named(computer):
    computer.patch("import sys; sys.maxsize = 2**31 - 1")
    names_the_cause(computer.doctor("--no-network"), "python", "32-bit Python.*64-bit")


def test_a_python_without_the_part_that_makes_environments(computer):
    (computer.patches / "ensurepip.py").write_text("raise ImportError(\"No module named 'ensurepip'\")")
    told = computer.doctor("--no-network")
    assert "python3" in names_the_cause(told, "venv", "lacks the part ensurepip").advice
    assert told.code == 1


# ---------------------------------------------------------------- the folder


def test_a_folder_that_is_read_only(computer):
    if os.geteuid():
        computer.root.chmod(0o555)
    else:
        if subprocess.run([*UNSHARED, str(computer.root), "true"], capture_output=True, check=False).returncode:
            pytest.skip("an administrator may write everywhere, and this computer makes no read-only mount")
        computer.before = [*UNSHARED, str(computer.root)]
        computer.environ["PATH"] += os.pathsep + os.environ["PATH"]
    told = computer.doctor("--no-network")
    computer.root.chmod(0o755)
    names_the_cause(told, "folder", "cannot be written to")
    assert told.code == 1


def test_a_folder_inside_a_zip_that_was_not_unpacked(computer):
    inside = computer.home / "Temp1_course.zip" / "course"
    inside.parent.mkdir()
    shutil.move(computer.root, inside)
    computer.root = inside
    told = computer.doctor("--no-network")
    assert "Unpack" in names_the_cause(told, "place", "inside a zip's temporary folder").advice
    assert told.code == 1


def test_course_py_alone_says_that_the_rest_is_missing(computer):
    shutil.rmtree(computer.root / "src")
    told = computer.doctor()
    assert told.code == 1
    assert "folder src is missing" in told.errors
    assert "Unpack the whole zip" in told.errors


def test_a_full_disk(computer):
    computer.patch("import shutil, types; shutil.disk_usage = lambda _: types.SimpleNamespace(free=512 * 1024**2)")
    told = computer.doctor("--no-network")
    names_the_cause(told, "disk", r"0\.5 GB free, 2\.0 GB needed")
    assert told.code == 1


# ---------------------------------------------------------------- the environment


def test_an_environment_whose_python_does_not_start(computer):
    python = make_environment(computer) / "bin" / "python"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 127\n")
    python.chmod(0o755)
    names_the_cause(computer.doctor("--no-network"), "environment", "does not start", "works with a limit")


def test_an_environment_whose_python_is_gone(computer):
    home = make_environment(computer)
    python = home / "bin" / "python"
    python.unlink()
    python.symlink_to(computer.home / "gone" / "python3")
    (home / "pyvenv.cfg").write_text(f"home = {computer.home / 'gone'}\n")
    names_the_cause(computer.doctor("--no-network"), "environment", "from which it was made is gone",
                    "works with a limit")


def test_an_environment_of_another_version(computer):
    python = make_environment(computer) / "bin" / "python"
    python.unlink()
    python.write_text("#!/bin/sh\necho IS 3.10\n")
    python.chmod(0o755)
    names_the_cause(computer.doctor("--no-network"), "environment", "made with Python 3.10", "works with a limit")


def test_an_environment_without_pip(computer):
    home = make_environment(computer)
    shutil.rmtree(next(home.glob("lib/python*/site-packages/pip")))
    names_the_cause(computer.doctor("--no-network"), "environment", "half made", "works with a limit")


def test_an_environment_that_was_cut_short_is_stale_or_was_moved(computer, course, monkeypatch):
    make_environment(computer)
    names_the_cause(computer.doctor("--no-network"), "environment", "cut short", "works with a limit")
    finish(computer, course, monkeypatch)
    (computer.root / "requirements.txt").write_text("filelock==4.2.12\n")
    names_the_cause(computer.doctor("--no-network"), "environment", "stale", "works with a limit")
    shutil.move(computer.root, computer.home / "elsewhere")
    computer.root = computer.home / "elsewhere"
    names_the_cause(computer.doctor("--no-network"), "environment", "moved here from", "works with a limit")


# ---------------------------------------------------------------- the folder wheels


@pytest.fixture
def packed(computer):
    """A folder of one wheel beside course.py, whole and fitting."""
    import json
    import platform

    folder = computer.root / "wheels"
    folder.mkdir()
    (folder / "tiny-1.0-py3-none-any.whl").write_bytes(b"wheel")
    here = wheels.system_name(sys.platform, platform.machine())
    manifest = {
        "format": wheels.FORMAT, "version": 1, "requirements": wheels.stamp_of(computer.root / "requirements.txt"),
        "targets": [{"system": here, "python": "{}.{}".format(*sys.version_info[:2])}],
        "files": {"tiny-1.0-py3-none-any.whl": {
            "size": 5, "sha256": wheels.digest_of(folder / "tiny-1.0-py3-none-any.whl")}},
    }  # fmt: skip

    def write(**changes):
        (folder / wheels.MANIFEST).write_text(json.dumps({**manifest, **changes}))
        return folder

    write()
    return write


def test_with_whole_wheels_the_course_can_be_set_up_without_a_network(computer, packed):
    computer.environ["PIP_INDEX_URL"] = "http://127.0.0.1:9/simple"
    told = computer.doctor()
    assert told.found["wheels"].verdict == "works"
    assert "Nothing now" in names_the_cause(told, "server", "cannot be reached", "works with a limit").advice
    assert told.code == 0
    assert "from the folder wheels" in told.way
    # What Pyodide's files need is another matter: the wheels do not bring them.
    assert "course.py offline" not in told.text
    assert "or from a stick" in " ".join(told.text.split())


def test_a_wheel_that_is_missing_or_damaged_is_named(computer, packed):
    wheel = packed() / "tiny-1.0-py3-none-any.whl"
    wheel.write_bytes(b"whe3l")
    names_the_cause(computer.doctor("--no-network"), "wheels", "tiny-1.0-py3-none-any.whl is damaged")
    wheel.unlink()
    names_the_cause(computer.doctor("--no-network"), "wheels", "tiny-1.0-py3-none-any.whl is missing")


def test_wheels_for_other_pins_another_python_or_without_their_list(computer, packed):
    folder = packed(requirements="0" * 64)
    names_the_cause(computer.doctor("--no-network"), "wheels", "other versions of the packages")
    packed(targets=[{"system": "windows-arm", "python": "3.11"}])
    told = computer.doctor("--no-network")
    assert "--for" in names_the_cause(told, "wheels", "serves windows-arm with Python 3.11, and this is").advice
    packed(files=["no", "dictionary"])
    names_the_cause(computer.doctor("--no-network"), "wheels", "cannot be read")
    (folder / wheels.MANIFEST).unlink()
    names_the_cause(computer.doctor("--no-network"), "wheels", "has no list of its files")


# ---------------------------------------------------------------- the network


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_proxy_variable_that_points_to_nobody(computer):
    port = closed_port()
    computer.environ["HTTPS_PROXY"] = f"http://aigul:secret@127.0.0.1:{port}"
    told = computer.doctor()
    advice = names_the_cause(told, "proxy", f"HTTPS_PROXY names a proxy at 127.0.0.1:{port}, and nobody answers").advice
    assert "unset HTTPS_PROXY" in advice
    assert told.code == 1
    assert "secret" not in told.text + (computer.home / "report.json").read_text()


def test_a_proxy_variable_that_is_no_address(computer):
    computer.environ["HTTP_PROXY"] = "http://proxy host:80 80"
    names_the_cause(computer.doctor(), "proxy", "HTTP_PROXY holds no address of a proxy")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (403, "", "refuses this computer .answer 403"),
        (407, "", "proxy asks for a name and a password"),
        (404, "", "does not offer filelock"),
        (503, "", "has trouble of its own .answer 503"),
        (200, "<html><form>Log in to the Wi-Fi of the hotel</form></html>", "login page of a Wi-Fi"),
        (200, '<a href="filelock-4.2.10-py3-none-any.whl">', "is behind: it lacks filelock 4.2.11"),
    ],
)
def test_a_package_server_that_does_not_give(computer, shelf, status, body, words):
    shelf.status, shelf.body = status, body
    told = computer.doctor()
    names_the_cause(told, "server", words)
    assert shelf.place in told.found["server"].cause
    assert told.code == 1


def test_a_package_server_that_is_not_there(computer):
    computer.environ["PIP_INDEX_URL"] = f"http://127.0.0.1:{closed_port()}/simple"
    told = computer.doctor()
    assert "python course.py pack" in names_the_cause(told, "server", "cannot be reached").advice
    assert "pack" in told.way


def test_a_certificate_that_nobody_trusts_and_the_way_out(computer, shelf):
    file = shelf.encrypt()
    computer.environ["PIP_INDEX_URL"] = shelf.address
    assert "PIP_CERT" in names_the_cause(computer.doctor(), "server", "certificate .* is not trusted").advice
    computer.environ["PIP_CERT"] = str(file)
    assert computer.doctor().found["server"].verdict == "works"


def test_the_password_of_a_package_server_is_used_and_not_shown(computer, shelf):
    computer.environ["PIP_INDEX_URL"] = shelf.address.replace("://", "://aigul:secret@")
    told = computer.doctor()
    assert told.found["server"].verdict == "works"
    assert shelf.asked == [("/simple/filelock/", "Basic YWlndWw6c2VjcmV0")]
    assert "secret" not in told.text + (computer.home / "report.json").read_text()


def test_a_clock_that_is_years_behind(computer):
    computer.patch("import time; time.time = lambda: 1262304000.0")
    told = computer.doctor("--no-network")
    names_the_cause(told, "clock", r"says 2010-01-01, and the course itself is of 20\d\d")
    assert told.code == 1


def test_a_clock_that_the_server_contradicts(computer, shelf):
    shelf.headers["Date"] = "Sun, 22 Nov 2015 10:00:00 GMT"
    names_the_cause(computer.doctor(), "clock", r"off by about \d+ days, says the server")


# ---------------------------------------------------------------- ports


def test_a_port_that_another_program_has(computer):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8000))
            other.listen()
        except OSError:
            pass  # then another program of this computer has it, which is as good
        told = computer.doctor("--no-network")
    advice = names_the_cause(told, "port", "Port 8000 is taken", "works with a limit").advice
    assert re.search(r"--port 8[01]\d\d", advice)
    assert told.code == 0


def test_a_computer_on_which_no_program_may_open_a_server(computer):
    computer.patch("""
import socket
def refuse(*_): raise PermissionError(13, "Permission denied")
class Closed(socket.socket):
    bind = refuse
socket.socket = Closed
""")
    told = computer.doctor("--no-network")
    names_the_cause(told, "listening", "No program may open a server")
    assert not told.can["run labs here"]
    assert not told.can["serve a class"]
    assert not told.can["read the book"]  # it would have to be built first
    (computer.root / "_build" / "html").mkdir(parents=True)
    (computer.root / "_build" / "html" / "index.html").touch()
    assert computer.doctor("--no-network").can["read the book"]


def test_a_computer_that_does_not_reach_itself(computer):
    computer.patch("""
import socket
def refuse(*_): raise OSError(101, "Network is unreachable")
socket.create_connection = refuse
""")
    told = computer.doctor("--no-network")
    names_the_cause(told, "listening", r"nothing reaches it \(Network is unreachable\)")
    assert not told.can["run labs here"]


# ---------------------------------------------------------------- the browser


def test_a_browser_that_is_too_old_for_everything(computer):
    computer.program("chromium", "echo Chromium 60.0.3112.113")
    told = computer.doctor("--no-network")
    names_the_cause(told, "browser", "Chrome 60.0.3112.113 is too old for the course's pages and labs")
    assert not told.can["run labs in the browser edition"]
    assert told.can["read the book"]


def test_a_browser_that_is_too_old_for_the_labs_only(computer):
    computer.program("chromium", "echo Chromium 109.0.5414.165")
    names_the_cause(computer.doctor("--no-network"), "browser", "too old for the labs", "works with a limit")


def test_the_newest_of_two_browsers_counts(computer):
    computer.program("chromium", "echo Chromium 60.0.3112.113")
    computer.program("firefox", "echo 'Mozilla Firefox 115.3.1esr'")
    assert computer.doctor("--no-network").found["browser"].verdict == "works"


def test_no_browser_at_all(computer):
    (computer.programs / "chromium").unlink()
    told = computer.doctor("--no-network")
    names_the_cause(told, "browser", "No browser was found", "works with a limit")
    assert not told.can["run labs in the browser edition"]
