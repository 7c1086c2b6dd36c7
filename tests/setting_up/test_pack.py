"""`course.py pack`, and a set-up from the folder that it makes: real pip, tiny wheels, no network."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from regionalism import cli
from regionalism.grading import builds
from regionalism.setting_up import pack, targets, wheels

HERE = targets.Target(targets.SYSTEMS.get(targets.this_system(), targets.SYSTEMS["linux"]), sys.version_info[:2])
WINDOWS = targets.Target(targets.SYSTEMS["windows"], (3, 12))


def tiny_wheel(folder: Path, name: str, version: str = "1.0", tag: str = "py3-none-any", requires: str = "") -> Path:
    """A wheel of one module that tells its version."""
    path = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", f"version = {version!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder in place of the package server; pip knows nothing else and keeps nothing."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name, value in {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder),
                        "PIP_NO_CACHE_DIR": "1"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def root(tmp_path):
    """A course of two packages, one of them for Windows only."""
    folder = tmp_path / "course"
    (folder / "src").mkdir(parents=True)
    (folder / "requirements.txt").write_text(
        "hatchling==1.0\nwinonly==2.0 ; sys_platform == 'win32'\nfullsoup==1 ; python_full_version < '3.12.5'\n"
        "fullsoup==2 ; python_full_version >= '3.12.5'\nold==1 ; python_version < '3.10'\n", encoding="utf-8")
    return folder


def fill(shelf):
    tiny_wheel(shelf, "hatchling")
    tiny_wheel(shelf, "winonly", "2.0", "cp312-cp312-win_amd64")
    tiny_wheel(shelf, "fullsoup", "1")
    tiny_wheel(shelf, "fullsoup", "2", requires="Requires-Python: >=3.12.5\n")


# ---------------------------------------------------------------- which packages


def test_markers_are_read_for_the_target_and_not_for_this_computer(root):
    linux = targets.Target(targets.SYSTEMS["linux"], (3, 12))
    assert targets.needed(root / "requirements.txt", WINDOWS) == {
        "hatchling": ["1.0"], "winonly": ["2.0"], "fullsoup": ["1", "2"]}
    assert targets.needed(root / "requirements.txt", linux) == {"hatchling": ["1.0"], "fullsoup": ["1", "2"]}
    assert targets.rounds(targets.needed(root / "requirements.txt", linux)) == [
        ["hatchling==1.0", "fullsoup==1"], ["fullsoup==2"]]


def test_the_courses_own_pins_are_all_exact_and_part_by_system():
    pins = {name: set(targets.needed(pack.ROOT / "requirements.txt", targets.Target(system, (3, 12))))
            for name, system in targets.SYSTEMS.items()}  # fmt: skip
    assert pins["windows"] - pins["linux"] >= {"colorama", "pywinpty"}
    assert "appnope" in pins["macos"] - pins["linux"]
    assert pins["linux"] == pins["linux-arm"]
    assert all(pack.BUILDER in names for names in pins.values())


@pytest.mark.parametrize("line", ["loose>=1", "several==1,!=2", "no pin at all"])
def test_a_line_that_is_no_pin_is_refused(tmp_path, line):
    (tmp_path / "requirements.txt").write_text(line)
    with pytest.raises(ValueError, match=line.split("=")[0].split(">")[0]):
        targets.needed(tmp_path / "requirements.txt", WINDOWS)


@pytest.mark.parametrize(
    ("platform_name", "machine", "expected"),
    [("win32", "AMD64", "windows"), ("win32", "ARM64", "windows-arm"), ("darwin", "arm64", "macos"),
     ("darwin", "x86_64", "macos-intel"), ("linux", "x86_64", "linux"), ("linux", "aarch64", "linux-arm")],
)  # fmt: skip
def test_names_of_systems(platform_name, machine, expected):
    assert wheels.system_name(platform_name, machine) == expected


# ---------------------------------------------------------------- the command line


def options(*words):
    parser = argparse.ArgumentParser()
    pack.add_arguments(parser)
    return parser.parse_args(list(words))


def test_without_options_windows_this_system_and_this_python():
    said = options("stick")
    assert said.systems[0] == "windows"
    assert set(said.systems) <= {"windows", targets.this_system()}
    assert said.pythons == (sys.version_info[:2],)


def test_systems_and_pythons_are_lists():
    said = options("stick", "--for", "Windows, macos", "--python", "3.11,3.13")
    assert said.systems == ("windows", "macos")
    assert said.pythons == ((3, 11), (3, 13))


@pytest.mark.parametrize(("option", "value", "words"), [
    ("--for", "solaris", "'solaris' is none of windows, linux"), ("--for", ",", "is none of"),
    ("--python", "3.8", "it runs on 3.11 to 3.14"), ("--python", "three", "'three' is no Python"),
    ("--python", ",", "names no version"),
])  # fmt: skip
def test_values_out_of_range_are_named_with_the_range(capsys, option, value, words):
    with pytest.raises(SystemExit):
        options("stick", option, value)
    assert words in capsys.readouterr().err


def test_the_commands_stand_among_those_of_the_course():
    assert cli.parser().parse_args(["pack", "stick"]).run is pack.run
    assert cli.parser().parse_args(["doctor", "--no-network"]).no_network


# ---------------------------------------------------------------- making a pack


def no_wheels(requirements, targets, folder, say):
    """In place of fetching, where a test is about something else."""
    folder.mkdir(parents=True)
    return ["fromsource==1.0"]


def test_a_pack_for_two_systems_is_whole(shelf, root, tmp_path):
    fill(shelf)
    linux = targets.Target(targets.SYSTEMS["linux"], (3, 12))
    made = pack.make(root, tmp_path / "stick", [WINDOWS, linux], say=lambda text: None)
    folder = tmp_path / "stick" / "wheels"
    assert sorted(path.name for path in folder.glob("*.whl")) == [
        "fullsoup-1-py3-none-any.whl", "fullsoup-2-py3-none-any.whl", "hatchling-1.0-py3-none-any.whl",
        "winonly-2.0-cp312-cp312-win_amd64.whl"]
    assert made.wheels == 4
    assert made.built == ()
    assert wheels.demand_usable(str(folder), str(root / "requirements.txt"), "windows", (3, 12, 1)) is None
    assert wheels.demand_usable(str(folder), str(root / "requirements.txt"), "linux", (3, 12)) is None
    with pytest.raises(wheels.NotUsable, match=r"serves windows with Python 3\.12, linux with Python 3\.12, and this"):
        wheels.demand_usable(str(folder), str(root / "requirements.txt"), "macos", (3, 12))
    assert "windows with Python 3.12" in (tmp_path / "stick" / "READ-ME.txt").read_text()
    pack._demand_free(root, tmp_path / "stick")  # an earlier pack may be replaced
    assert not list(tmp_path.glob(".stick*"))


def test_packages_without_a_wheel_are_named_with_the_systems_and_nothing_is_left(shelf, root, tmp_path, monkeypatch):
    tiny_wheel(shelf, "hatchling")
    tiny_wheel(shelf, "winonly", "2.0", "cp313-cp313-win_amd64")
    (root / "requirements.txt").write_text("hatchling==1.0\nwinonly==2.0\n")
    linux = targets.Target(targets.SYSTEMS["linux"], (3, 12))
    monkeypatch.setattr(pack, "build", lambda *_: False)
    with pytest.raises(pack.PackError) as told:
        pack.make(root, tmp_path / "stick", [WINDOWS, linux], say=lambda text: None)
    assert "winonly==2.0: not for windows with Python 3.12, linux with Python 3.12\n" in str(told.value)
    assert [path.name for path in tmp_path.iterdir() if "stick" in path.name] == []


def test_a_package_that_exists_only_as_source_is_built_where_it_has_no_compiled_parts(shelf, tmp_path):
    source = tmp_path / "fromsource-1.0"
    source.mkdir()
    (source / "fromsource.py").write_text("")
    (source / "PKG-INFO").write_text("Metadata-Version: 2.1\nName: fromsource\nVersion: 1.0\n")
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "fromsource"\nversion = "1.0"\n')
    (source / "backend.py").write_text(
        "import zipfile\n"
        "def build_wheel(folder, config_settings=None, metadata_directory=None):\n"
        "    with zipfile.ZipFile(folder + '/fromsource-1.0-py3-none-any.whl', 'w') as archive:\n"
        "        info = 'fromsource-1.0.dist-info/'\n"
        "        archive.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: fromsource\\nVersion: 1.0\\n')\n"
        "        archive.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n"
        "Tag: py3-none-any\\n')\n"
        "        archive.writestr(info + 'RECORD', '')\n"
        "    return 'fromsource-1.0-py3-none-any.whl'\n")
    with tarfile.open(shelf / "fromsource-1.0.tar.gz", "w:gz") as archive:
        archive.add(source, "fromsource-1.0")
    tiny_wheel(shelf, "hatchling")
    (tmp_path / "requirements.txt").write_text("hatchling==1.0\nfromsource==1.0\n")
    built = pack.fetch_all(tmp_path / "requirements.txt", [WINDOWS], tmp_path / "wheels", say=lambda text: None)
    assert built == ["fromsource==1.0"]
    assert (tmp_path / "wheels" / "fromsource-1.0-py3-none-any.whl").is_file()


def test_without_a_network_no_package_is_called_missing(root, tmp_path, monkeypatch):
    def unreachable(command):
        return subprocess.CompletedProcess(command, 1, "WARNING: NewConnectionError\nERROR: No matching distribution "
                                           "found for hatchling==1.0")

    monkeypatch.setattr(pack, "_run", unreachable)
    with pytest.raises(pack.PackError, match="did not arrive. Connect and run it again"):
        pack.make(root, tmp_path / "stick", [WINDOWS], say=lambda text: None)


def test_pins_without_the_builder_of_the_course_are_refused(shelf, tmp_path):
    (tmp_path / "requirements.txt").write_text("winonly==2.0\n")
    with pytest.raises(pack.PackError, match="does not name hatchling"):
        pack.fetch_all(tmp_path / "requirements.txt", [WINDOWS], tmp_path / "wheels", say=lambda text: None)


def test_a_zip_holds_the_same(shelf, root, tmp_path):
    fill(shelf)
    made = pack.make(root, tmp_path / "stick", [WINDOWS], packed=True, say=lambda text: None)
    assert made.place == tmp_path / "stick.zip"
    assert not (tmp_path / "stick").exists()
    with zipfile.ZipFile(made.place) as archive:
        assert archive.testzip() is None
        assert {"stick/READ-ME.txt", "stick/wheels/wheels.json"} <= set(archive.namelist())
    pack._demand_free(root, made.place)  # its own may be replaced
    made.place.write_bytes(b"a thesis")
    with pytest.raises(pack.PackError, match="a file that this command did not write"):
        pack.make(root, tmp_path / "stick", [WINDOWS], packed=True, say=lambda text: None)


def test_folders_of_others_are_not_touched(root, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "text.txt").touch()
    with pytest.raises(pack.PackError, match="holds files that this command did not write"):
        pack.make(root, tmp_path / "thesis", [WINDOWS])
    with pytest.raises(pack.PackError, match="a part of the course itself"):
        pack.make(root, root / "src" / "wheels", [WINDOWS])
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["text.txt"]


def test_one_stick_holds_the_course_and_its_wheels(root, tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "fetch_all", no_wheels)
    asked = []

    def student_copy(source, target):
        asked.append(source)
        target.mkdir(parents=True)
        (target / "course.py").touch()

    monkeypatch.setattr(builds, "build_student", student_copy)  # what it writes has tests of its own
    pack.make(root, tmp_path / "stick", [WINDOWS], with_course=True, say=lambda text: None)
    assert asked == [root]
    assert {path.name for path in (tmp_path / "stick").iterdir()} == {"READ-ME.txt", "course"}
    assert (tmp_path / "stick" / "course" / "wheels" / "wheels.json").is_file()
    assert "Copy the folder course" in (tmp_path / "stick" / "READ-ME.txt").read_text()

    def refused(source, target):
        raise builds.BuildError("it would hold what only graders have")

    monkeypatch.setattr(builds, "build_student", refused)
    with pytest.raises(pack.PackError, match="only graders"):
        pack.make(root, tmp_path / "other", [WINDOWS], with_course=True, say=lambda text: None)
    assert not (tmp_path / "other").exists()


def test_the_command_says_what_it_made_and_the_next_step(root, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pack, "fetch_all", no_wheels)
    monkeypatch.setattr(pack, "ROOT", root)
    assert pack.run(options(str(tmp_path / "stick"), "--for", "windows", "--python", "3.12")) == 0
    out = capsys.readouterr().out
    assert "0 wheels, 0 MB in all" in out
    assert "as source only: fromsource==1.0" in out
    assert "copy the folder wheels beside course.py on the other computer" in out
    assert pack.run(options(str(root / "src"), "--for", "windows", "--python", "3.12")) == 1
    assert "The pack was not made" in capsys.readouterr().err


# ---------------------------------------------------------------- a set-up from it


@pytest.fixture
def place(course, root, shelf, tmp_path, monkeypatch):
    """A course with the folder wheels beside course.py, and pip's command for a fresh environment."""
    (root / "requirements.txt").write_text("tiny==1.0\nhatchling==1.0\n", encoding="utf-8")
    (root / "wheels").mkdir()
    tiny_wheel(root / "wheels", "tiny", requires="Requires-Dist: hatchling\n")
    tiny_wheel(root / "wheels", "hatchling")
    here = targets.Target(targets.System(
        wheels.system_name(sys.platform, platform.machine()), HERE.system.tags, HERE.system.os_name,
        HERE.system.sys_platform, HERE.system.platform_system, HERE.system.machine), sys.version_info[:2])
    pack.write_manifest(root, root / "wheels", [here], [])
    (root / "src" / "regionalism").mkdir()
    (root / "src" / "regionalism" / "setting_up").mkdir()
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody answers there
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "0")
    monkeypatch.setattr(course, "ROOT", str(root))
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = course.environment_python(str(environment))
    return root, python, [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]


def test_a_set_up_from_wheels_asks_no_network(course, place, capsys):
    root, python, pip = place
    course.install_packages(pip)
    assert capsys.readouterr().out == "[2/3] Installing from the folder wheels, without a network\n"
    done = subprocess.run([python, "-c", "import tiny; print(tiny.version)"], capture_output=True, text=True,
                          check=False)
    assert done.stdout.strip() == "1.0", done.stderr


def test_a_damaged_wheel_is_named_and_the_network_is_tried(course, place, capsys):
    root, _, pip = place
    (root / "wheels" / "tiny-1.0-py3-none-any.whl").write_bytes(b"half")
    with pytest.raises(course.SetupError, match="no network"):
        course.install_packages(pip)
    out = capsys.readouterr().out
    assert "tiny-1.0-py3-none-any.whl has another size" in out
    assert "fetched from the network instead" in out
    assert "[2/3] Installing the pinned packages" in out


def test_wheels_of_other_pins_are_not_used(course, place, capsys):
    root, _, _ = place
    (root / "requirements.txt").write_text("tiny==1.1\nhatchling==1.0\n", encoding="utf-8")
    assert course.usable_wheels() is None
    assert "other versions of the packages" in capsys.readouterr().out


def test_wheels_that_pip_refuses_lead_to_the_network(course, place, capsys):
    root, _, pip = place
    wheel = root / "wheels" / "tiny-1.0-py3-none-any.whl"
    wheel.unlink()
    manifest = root / "wheels" / "wheels.json"
    document = json.loads(manifest.read_text())
    del document["files"][wheel.name]  # a list that agrees with the folder, and both lack a package
    manifest.write_text(json.dumps(document))
    with pytest.raises(course.SetupError, match="no network"):
        course.install_packages(pip)
    out = capsys.readouterr().out
    assert "did not work: ERROR: No matching distribution found for tiny==1.0\nTrying the network" in out


def test_the_variable_names_another_folder(course, place, tmp_path, monkeypatch, capsys):
    root, _, _ = place
    (root / "wheels").rename(tmp_path / "мой stick")
    assert course.usable_wheels() is None
    monkeypatch.setenv("REGIONALISM_WHEELS", str(tmp_path / "мой stick"))
    assert course.usable_wheels() == str(tmp_path / "мой stick")
    monkeypatch.setenv("REGIONALISM_WHEELS", str(tmp_path / "none"))
    assert course.usable_wheels() is None
    assert "REGIONALISM_WHEELS" in capsys.readouterr().out


def test_without_such_a_folder_nothing_is_said(course, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(course, "ROOT", str(tmp_path))
    assert course.usable_wheels() is None
    assert capsys.readouterr().out == ""
