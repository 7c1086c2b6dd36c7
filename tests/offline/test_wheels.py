"""Wheels repacked for the browser: what is left out, what is compiled, what the lock says."""

from __future__ import annotations

import csv
import io
import json
import marshal
import subprocess
import sys
import zipfile

import pytest

from regionalism.offline import wheels
from regionalism.offline.manifest import sha256_of

pytestmark = pytest.mark.local

MEMBERS = {
    "pack/__init__.py": "VALUE = 41 + 1\n",
    "pack/template.py": "this is {{ no }} Python\n",
    "pack/_fast.cpython-312-x86_64-linux-gnu.so": "machine code",
    "pack/_fast.c": "int x;",
    "pack/types.pyi": "VALUE: int",
    "pack/tests/test_it.py": "assert False",
    "pack/data.csv": "a,b\n",
    "pack-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Pack_Age\nVersion: 1.0\n",
    "pack-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\n",
    "pack-1.0.dist-info/RECORD": "stale",
}


@pytest.fixture
def wheel(tmp_path):
    path = tmp_path / "pack_age-1.0-cp312-cp312-manylinux2014_x86_64.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in MEMBERS.items():
            archive.writestr(name, text)
    return path


def names(path):
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_machine_code_tests_and_stubs_do_not_travel(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", sys.executable)
    assert names(made) == {"pack/__init__.pyc", "pack/template.py", "pack/data.csv", "pack-1.0.dist-info/METADATA",
                           "pack-1.0.dist-info/WHEEL", "pack-1.0.dist-info/RECORD"}


def test_machine_code_made_for_the_browser_stays():
    assert not wheels.is_left_out("numpy/_core/_multiarray_umath.cpython-312-wasm32-emscripten.so", native=True)
    assert wheels.is_left_out("numpy/_core/_multiarray_umath.cpython-312-x86_64-linux-gnu.so", native=False)
    assert wheels.is_left_out("markupsafe/_speedups.cpython-312-x86_64-linux-gnu.so", native=False)
    assert wheels.is_left_out("pack/_speedups.cp312-win_amd64.pyd", native=False)


@pytest.mark.parametrize(("name", "out"), [
    ("pygments/lexers/python.py", False), ("pygments/lexers/__init__.py", False), ("pygments/lexers/ruby.py", True),
    ("pytz/zoneinfo/Asia/Almaty", True), ("pytz/tzinfo.py", False), ("numpy/testing/__init__.py", False),
    ("altair/vegalite/v6/schema/core.py", False), ("pandas/tests/test_api.py", True),
])
def test_what_the_course_never_reaches(name, out):
    assert wheels.is_left_out(name, native=True) is out


def test_compiled_modules_run_and_name_their_place_in_the_browser(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", sys.executable)
    with zipfile.ZipFile(made) as archive:
        code = marshal.loads(archive.read("pack/__init__.pyc")[16:])
    assert code.co_filename == "/lib/python3.12/site-packages/pack/__init__.py"
    done = subprocess.run([sys.executable, "-c", "import pack; print(pack.VALUE)"], env={"PYTHONPATH": str(made)},
                          capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "42"


def test_without_a_compiler_the_sources_stay(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", None)
    assert "pack/__init__.py" in names(made)


def test_the_record_fits_what_is_inside(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", sys.executable)
    with zipfile.ZipFile(made) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("pack-1.0.dist-info/RECORD").decode())))
        assert {row[0] for row in rows} == set(archive.namelist())
        assert all(int(size) == len(archive.read(name)) for name, _, size in rows if size)


def test_the_second_time_nothing_is_made_again(wheel, tmp_path, monkeypatch):
    first = wheels.repack([wheel], tmp_path / "cache", sys.executable)
    monkeypatch.setattr(wheels, "_unpacked", lambda *_: pytest.fail("it was unpacked again"))
    assert wheels.repack([wheel], tmp_path / "cache", sys.executable) == first


def test_a_damaged_wheel_of_the_cache_is_made_again(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", None)
    whole = made.read_bytes()
    middle = whole.index(b"pack/__init__.py") + 20  # a byte of the first file's content
    for damaged in (b"", whole[:-40], whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1:]):
        made.write_bytes(damaged)
        assert wheels.repack([wheel], tmp_path / "cache", None) == [made]
        assert made.read_bytes() == whole


def test_a_compiler_that_fails_is_named(wheel, tmp_path):
    with pytest.raises(wheels.WheelError, match=r"could not be compiled with .*\n.*no room"):
        wheels.compile_sources(_failing(tmp_path), [tmp_path])


def _failing(folder):
    path = folder / "python3.12"
    path.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    path.chmod(0o755)
    return str(path)


def test_the_same_wheel_gives_the_same_bytes(wheel, tmp_path):
    [one] = wheels.repack([wheel], tmp_path / "one", sys.executable)
    [two] = wheels.repack([wheel], tmp_path / "two", sys.executable)
    assert one.read_bytes() == two.read_bytes()


def test_name_version_and_modules_are_read_from_the_wheel(wheel):
    assert wheels.read_wheel(wheel) == ("pack-age", "1.0", ("pack",))


def test_an_empty_wheel_installs_nothing(tmp_path):
    made = wheels.empty_wheel("ssl", tmp_path)
    assert wheels.read_wheel(made) == ("ssl", "0", ())


def test_a_served_wheel_carries_its_hash_in_its_name_and_in_the_lock(wheel, tmp_path):
    [made] = wheels.repack([wheel], tmp_path / "cache", None)
    package = wheels.Package("pack-age", "1.0", made, ("pack",), ("numpy",))
    folder = tmp_path / "engine"
    folder.mkdir()
    entry = wheels.place([package], folder)["pack-age"]
    assert entry["file_name"] == f"pack_age-1.0-0{sha256_of(made)[:10]}-cp312-cp312-manylinux2014_x86_64.whl"
    assert entry["sha256"] == sha256_of(folder / entry["file_name"])
    assert (entry["depends"], entry["imports"], entry["install_dir"]) == (["numpy"], ["pack"], "site")


def test_the_lock_changes_its_name_with_its_content(tmp_path):
    one = wheels.write_lock({"python": "3.12"}, {"a": {"version": "1"}}, tmp_path)
    two = wheels.write_lock({"python": "3.12"}, {"a": {"version": "2"}}, tmp_path)
    assert one != two
    assert json.loads((tmp_path / one).read_text())["packages"] == {"a": {"version": "1"}}
