"""The record of what may be accepted as Pyodide is made from an official release, and from nothing else."""

from __future__ import annotations

import hashlib
import json

import pytest

from regionalism.offline import record
from regionalism.offline.record import BadRelease, make

WHEEL = b"a wheel"
INFO = {"version": "0.0.1", "python": "3.12.7", "abi_version": "2024_0", "arch": "wasm32", "platform": "emscripten"}


def entry(name, content=WHEEL):
    return {
        "name": name, "version": "1.0", "file_name": f"{name}-1.0-py3-none-any.whl", "depends": ["other"],
        "imports": [name], "sha256": hashlib.sha256(content).hexdigest(), "install_dir": "site",
        "package_type": "package", "unvendored_tests": True,
    }  # fmt: skip


@pytest.fixture
def release(tmp_path):
    """A small release: the core, and a lock of three packages of which one lies beside it."""
    folder = tmp_path / "release"
    folder.mkdir()
    for name in record.CORE:
        (folder / name).write_text(f"content of {name}", encoding="utf-8")
    lock = {"info": INFO, "packages": {name: entry(name) for name in ("near", "far", "unwanted")}}
    (folder / record.LOCK).write_text(json.dumps(lock), encoding="utf-8")
    (folder / "near-1.0-py3-none-any.whl").write_bytes(WHEEL)
    return folder


def test_the_record_holds_the_core_and_the_named_entries_untouched(release):
    made = make(release, ["near", "far"])
    assert made["version"] == "0.0.1"
    assert made["python"] == "3.12.7"
    assert made["abi"] == "2024_0"
    assert made["info"] == INFO
    assert made["lock_sha256"] == hashlib.sha256((release / record.LOCK).read_bytes()).hexdigest()
    assert made["packages"] == {"far": entry("far"), "near": entry("near")}
    content = b"content of pyodide.js"
    assert made["core"]["pyodide.js"] == {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def test_sizes_are_recorded_for_the_wheels_at_hand(release):
    assert make(release, ["near", "far"])["sizes"] == {"near-1.0-py3-none-any.whl": len(WHEEL)}


@pytest.mark.parametrize("name", [record.LOCK, *record.CORE])
def test_a_missing_file_is_named(release, name):
    (release / name).unlink()
    with pytest.raises(BadRelease, match=f"has no file {name}"):
        make(release, ["near"])


def test_a_wheel_that_differs_from_the_lock_is_refused(release):
    (release / "near-1.0-py3-none-any.whl").write_bytes(b"changed")
    with pytest.raises(BadRelease, match="near-1.0-py3-none-any.whl has the sha256 .*, and the lock says"):
        make(release, ["near"])


def test_a_package_that_the_release_lacks_is_named(release):
    with pytest.raises(BadRelease, match="The release 0.0.1 has no package 'nonesuch'"):
        make(release, ["nonesuch"])


@pytest.mark.parametrize("text", ["no json", "[]", "{}", '{"info": {}, "packages": {}}', '{"info": 3}'])
def test_what_is_no_lock_is_refused(release, text):
    (release / record.LOCK).write_text(text, encoding="utf-8")
    with pytest.raises(BadRelease, match="is not a lock file"):
        make(release, [])


def test_the_command_writes_the_record(release, tmp_path, monkeypatch, capsys):
    lock = {"info": INFO, "packages": {name: entry(name) for name in record.PACKAGES}}
    (release / record.LOCK).write_text(json.dumps(lock), encoding="utf-8")
    out = tmp_path / "made.json"
    assert record.main([str(release), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == make(release)
    assert f"{len(record.PACKAGES)} packages" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_and_writes_nothing(tmp_path, capsys):
    assert record.main([str(tmp_path), "--out", str(tmp_path / "made.json")]) == 1
    assert "official release" in capsys.readouterr().err
    assert not (tmp_path / "made.json").exists()


def test_the_committed_record_is_of_the_release_that_the_browser_edition_uses():
    from regionalism.offline import sources

    committed = sources.recorded()
    assert (committed["version"], committed["python"], committed["abi"]) == ("0.27.7", "3.12.7", "2024_0")
    assert set(committed["core"]) == set(record.CORE)
    assert set(committed["packages"]) == set(record.PACKAGES)
    for name, kept in committed["packages"].items():
        assert {"sha256", "file_name", "depends", "imports"} <= set(kept), name
    assert set(committed["sizes"]) <= {kept["file_name"] for kept in committed["packages"].values()}
