"""Looks at computers that cannot stand here: Windows, a Mac, an old one, one in no network."""

from __future__ import annotations

import ast
import os
import plistlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from regionalism.offline import start
from regionalism.setting_up import (
    doctor,
    finding,
    look_browser,
    look_network,
    look_place,
    look_python,
    machine,
    targets,
)
from regionalism.site import server

COURSE = SimpleNamespace(OLDEST=(3, 11), NEWEST=(3, 14), FREE_BYTES_NEEDED=2 * 1024**3, stamp=lambda: "stamp")


class Invented(machine.Machine):
    """A healthy computer on which nothing is asked for real; `said` overrides single answers."""

    def __init__(self, root, platform="win32", **said):
        super().__init__(str(root), {})
        self.version, self.bits, self.platform, self.release = (3, 12, 4), 64, platform, "10"
        self.executable = "C:\\Python\\python.exe"
        self.said = {"browsers": [("Chrome", "120.0.1.2")], "room_addresses": ["192.168.1.20"], "cores": 4,
                     "memory_bytes": 8 * 1024**3, "free_bytes": 50 * 1024**3, "which": "C:\\Python\\python.exe",
                     "pip_settings": None, "now": 1_800_000_000, "is_administrator": False,
                     "cannot_listen": "", "cannot_reach_itself": "", "cannot_connect": "",
                     "cannot_write": ""}  # fmt: skip
        for name, value in said.items():
            if hasattr(self, name) and name not in self.said:
                setattr(self, name, value)
            else:
                self.said[name] = value

    def __getattribute__(self, name):
        if name != "said" and name in object.__getattribute__(self, "__dict__").get("said", {}):
            value = self.said[name]
            return value if callable(value) else lambda *_, **__: value
        return object.__getattribute__(self, name)

    def run(self, command, seconds=0):
        words = " ".join(command)
        return 0, "PIP 24.0" if "ensurepip" in words else "pip 24.0 from somewhere" if "pip" in words else "1"


def test_a_healthy_windows_gets_no_complaint(tmp_path):
    report = doctor.examine(Invented(tmp_path), COURSE)
    assert [one.name for one in report.findings if one.verdict not in (finding.WORKS, finding.UNASKED)] == []
    assert [one.can for one in report.verdicts()] == [True] * 4
    assert "virus scanner" in "\n".join(report.lines())


def test_a_look_that_fails_does_not_keep_the_doctor_from_the_rest(tmp_path):
    def strange():
        raise RuntimeError("no such registry")

    report = doctor.examine(Invented(tmp_path, browsers=strange), COURSE)
    assert "could not be asked (RuntimeError: no such registry)" in report.get("browser").cause
    assert report.can_set_up
    assert "The shortest way" in "\n".join(report.lines())


def test_each_look_has_its_key(tmp_path):
    assert len(doctor.KEYS) == len(doctor.LOOKS)
    assert tuple(one.key for one in doctor.examine(Invented(tmp_path), COURSE).findings) == doctor.KEYS


def test_the_doctors_own_words_hold_no_sign_that_an_old_console_lacks():
    for path in Path(doctor.__file__).parent.glob("*.py"):
        path.read_text(encoding="utf-8").encode("ascii")


def test_old_pythons_can_read_what_the_doctor_imports():
    modern = {"pack.py", "targets.py"}  # these run in the course's environment
    for path in Path(doctor.__file__).parent.glob("*.py"):
        if path.name not in modern:
            tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 4))
            assert not [node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.AnnAssign))], path
            assert "annotations" not in path.read_text(encoding="utf-8"), path


def test_figures_that_stand_in_two_places_agree(course):
    assert look_network.BOOK_PORT == server.DEFAULT_PORT
    assert look_python.OLDEST_TO_SERVE == server.OLDEST_PYTHON
    assert (targets.OLDEST, targets.NEWEST) == (course.OLDEST, course.NEWEST)
    words = (Path(start.__path__[0]) / "check.js").read_text(encoding="utf-8")
    assert re.search(r"Chrome or Edge 112, Firefox 112 and Safari 16\.4", words)
    assert look_browser.FOR_LABS == {"Chrome": (112,), "Edge": (112,), "Firefox": (112,), "Safari": (16, 4)}


# ---------------------------------------------------------------- Windows


def test_a_word_python_that_opens_the_store(tmp_path):
    alias = "C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe"
    there = Invented(tmp_path, which=alias)
    there.run = lambda *_: (9009, "Python was not found; run without arguments to install from the Microsoft Store")
    found = look_python.store_alias(there, COURSE)
    assert found.verdict == finding.LIMIT
    assert "opens the Microsoft Store" in found.cause
    assert "py" in found.advice
    there.run = lambda *_: (0, "1")  # the Store's Python is installed
    assert look_python.store_alias(there, COURSE).verdict == finding.WORKS
    assert look_python.store_alias(Invented(tmp_path, platform="linux"), COURSE) is None


def test_a_windows_that_does_not_know_the_word_python(tmp_path):
    with_launcher = Invented(tmp_path, which=lambda name: "C:\\Windows\\py.exe" if name == "py" else None)
    assert "Type py" in look_python.store_alias(with_launcher, COURSE).advice
    assert "python.exe" in look_python.store_alias(Invented(tmp_path, which=None), COURSE).advice


def test_windows_7_is_told_what_still_runs(tmp_path):
    old = Invented(tmp_path, version=(3, 8, 10), release="7", which=None)
    report = doctor.examine(old, COURSE)
    assert "No newer Python runs on this Windows" in report.get("python").advice
    assert "Firefox 115 ESR" in report.get("rights").advice
    assert report.verdicts()[2].can
    assert "browser edition" in report.shortest_way()
    newer = Invented(tmp_path, version=(3, 8, 10), release="8.1", which=None)
    assert "Install Python 3.12" in look_python.version(newer, COURSE).advice


def test_the_launcher_finds_another_python(tmp_path):
    there = Invented(tmp_path, version=(3, 9, 0), which=lambda name: "py.exe" if name == "py" else None)
    there.run = lambda command, *_: (0, "3.13 True") if "-3.13" in command else (103, "no suitable Python")
    assert "py -3.13 course.py book" in look_python.version(there, COURSE).advice


def test_the_small_python_of_windows_makes_no_environments(tmp_path):
    there = Invented(tmp_path)
    there.run = lambda *_: (1, "ModuleNotFoundError: No module named 'venv'")
    found = look_python.environments(there, COURSE)
    assert found.verdict == finding.FAILS
    assert "lacks the part venv" in found.cause
    assert "embeddable" in found.advice


@pytest.mark.parametrize(("length", "verdict"), [(95, finding.WORKS), (96, finding.FAILS)])
def test_a_path_too_long_for_windows(length, verdict):
    root = "C:\\" + "a" * (length - 3)
    found = look_place.place(Invented(root), COURSE)
    assert found.verdict == verdict
    assert verdict == finding.WORKS or "too long for Windows: 96 characters" in found.cause
    assert look_place.place(Invented("/" + "a" * 200, platform="linux"), COURSE).verdict == finding.WORKS


@pytest.mark.parametrize(
    ("root", "verdict", "words"),
    [
        ("C:\\Users\\a\\AppData\\Local\\Temp\\Temp1_course.zip\\course", finding.FAILS, "inside a zip"),
        ("C:\\Users\\a\\AppData\\Local\\Temp\\7zO4A1B\\course", finding.FAILS, "inside a zip"),
        ("C:\\Users\\a\\AppData\\Local\\Temp\\Rar$EXa1.22\\course", finding.FAILS, "inside a zip"),
        ("/home/a/.cache/.fr-Xyz1/course", finding.FAILS, "inside a zip"),
        ("C:\\Users\\a\\OneDrive - University\\course", finding.LIMIT, "is synced"),
        ("/Users/a/Dropbox/course", finding.LIMIT, "is synced"),
        ("\\\\server\\share\\course", finding.LIMIT, "disk of the network"),
        ("C:\\Users\\Айгуль\\курс", finding.WORKS, "that is fine"),
        ("C:\\Users\\a\\Documents\\course", finding.WORKS, "ordinary"),
    ],
)
def test_places_of_the_folder(root, verdict, words):
    found = look_place.place(Invented(root), COURSE)
    assert (found.verdict, words in found.cause) == (verdict, True), found.cause


def test_a_disk_of_the_network_is_seen_among_the_mounts():
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/home /home nfs4 rw 0 0\n"
    assert look_place.is_network_disk(Invented("/home/a/course", "linux", read=lambda path: mounts))
    assert not look_place.is_network_disk(Invented("/homes/course", "linux", read=lambda path: mounts))


def test_browsers_of_windows_are_found_by_their_folders(tmp_path):
    for folder in ("Google/Chrome/Application/109.0.5414.120", "Google/Chrome/Application/99.0.1.1"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "Mozilla Firefox").mkdir()
    (tmp_path / "Mozilla Firefox" / "application.ini").write_text("[App]\nVersion=115.9.1\n")
    real = machine.Machine(str(tmp_path), {"ProgramFiles": str(tmp_path), "ProgramW6432": str(tmp_path)})
    real.platform = "win32"
    assert real.browsers() == [("Chrome", "109.0.5414.120"), ("Firefox", "115.9.1")]
    assert look_browser.browser(real, COURSE).facts["labs"]


def test_a_browser_of_a_mac_is_found_by_its_property_list(tmp_path):
    path = tmp_path / "Info.plist"
    path.write_bytes(plistlib.dumps({"CFBundleShortVersionString": "16.3.1"}))
    assert machine._mac_version(str(path)) == "16.3.1"
    assert machine._mac_version(str(tmp_path / "none")) == ""


@pytest.mark.parametrize(
    ("kind", "version", "labs", "pages"),
    [("Safari", "16.3.1", False, True), ("Safari", "16.4", True, True), ("Safari", "13.1", False, False),
     ("Firefox", "111.0", False, True), ("Edge", "112.0.1", True, True), ("Chrome", "87.0", False, False)],
)  # fmt: skip
def test_versions_of_browsers(tmp_path, kind, version, labs, pages):
    facts = look_browser.browser(Invented(tmp_path, browsers=[(kind, version)]), COURSE).facts
    assert (facts["labs"], facts["pages"]) == (labs, pages)


# ---------------------------------------------------------------- what follows


def test_a_computer_in_no_network_serves_no_class(tmp_path):
    report = doctor.examine(Invented(tmp_path, room_addresses=[]), COURSE)
    assert "in no network" in report.get("room").cause
    assert [one.can for one in report.verdicts()] == [True, True, True, False]


def test_little_memory_is_told(tmp_path):
    gigabyte = 1024**3
    assert "start slowly" in look_browser.strength(Invented(tmp_path, memory_bytes=2 * gigabyte), COURSE).cause
    assert "too little" in look_browser.strength(Invented(tmp_path, memory_bytes=gigabyte), COURSE).cause


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    report = doctor.examine(Invented(tmp_path, cannot_write="Access is denied"), COURSE)
    assert "(Access is denied)" in report.get("folder").cause
    assert not report.can_set_up
    assert "Copy the whole folder" in report.shortest_way()


def test_no_room_for_the_browser_edition_is_a_limit(tmp_path):
    found = look_place.disk(Invented(tmp_path, free_bytes=int(2.2 * 1024**3)), COURSE)
    assert found.verdict == finding.LIMIT
    assert "browser edition" in found.cause


def test_a_taken_port_names_a_free_one(tmp_path):
    taken = Invented(tmp_path, cannot_listen=lambda port=0, host="": "taken" if port in (8000, 8001) else "")
    assert look_network.book_port(taken, COURSE).facts["free"] == 8002
    assert look_network.lab_port(taken, COURSE).verdict == finding.WORKS


@pytest.mark.parametrize(
    ("trouble", "words"),
    [("name", "cannot be found"), ("refused", "cannot be reached"), ("timeout", "does not answer in time"),
     ("certificate", "not trusted"), ("proxy", "does not let anybody through"), ("other", "could not be asked")],
)  # fmt: skip
def test_each_trouble_with_the_server_has_words(trouble, words):
    cause, advice = look_network.server_fault(machine.Answer(trouble=trouble), "http://shelf", "filelock", "4.2.11")
    assert words in cause
    assert advice


@pytest.mark.parametrize(
    ("value", "expected"),
    [("http://proxy.uni.example:3128", ("proxy.uni.example", 3128)), ("10.0.0.1:8080", ("10.0.0.1", 8080)),
     ("http://a:b@10.0.0.1:8080/", ("10.0.0.1", 8080)), ("socks5://host", ("host", 1080)),
     ("http://host:port", None), ("http://", None), ("host:99999", None), ("two words:80", None)],
)  # fmt: skip
def test_proxies_as_variables_write_them(value, expected):
    assert look_network.proxy_address(value) == expected


def test_pip_that_asks_no_server_and_pip_that_cannot_be_asked(tmp_path):
    quiet = Invented(tmp_path, pip_settings={"no-index": "true", "default": "http://shelf/"})
    assert "no-index" in look_network.server(quiet, COURSE).cause
    assert look_network.server(Invented(tmp_path), COURSE).verdict == finding.UNASKED


def test_an_index_in_a_folder(tmp_path):
    (tmp_path / "filelock").mkdir()
    there = Invented(tmp_path, "linux", pip_settings={"default": "http://shelf/", "index-url": f"file://{tmp_path}"})
    assert look_network.server(there, COURSE).verdict == finding.WORKS
    (tmp_path / "filelock").rmdir()
    assert "without the packages" in look_network.server(there, COURSE).cause


def test_a_program_that_does_not_end_is_not_waited_for(tmp_path):
    if os.name == "nt":
        pytest.skip("a shell is asked")
    code, output = machine.Machine(str(tmp_path)).run(["sh", "-c", "echo begun; exec sleep 60"], seconds=0.2)
    assert code is None
    assert output.startswith("begun")
    assert machine.Machine(str(tmp_path)).run([str(tmp_path / "none")])[0] is None


def test_a_verdict_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="verdict is 'perhaps'"):
        finding.Finding("a", "A", "perhaps", "")
