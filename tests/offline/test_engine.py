"""Which packages the browser's Python loads, and that the record and the pins offer them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from regionalism.offline import engine, lite, wheels

pytestmark = pytest.mark.local

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "regionalism"


def pins(name: str) -> dict[str, str]:
    text = ROOT.joinpath(name).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {wheels.canonical(package): version for package, version in found}


def test_every_package_that_a_start_needs_is_offered():
    official, pinned = engine.official_packages(), pins(engine.PINS)
    own = {wheels.read_wheel(path)[0] for path in lite.kernel_wheels()} | set(engine.EMPTY) | {"regionalism"}
    depends = {**{name: entry["depends"] for name, entry in official.items()}, **engine.DEPENDS,
               **dict.fromkeys(engine.EMPTY, ())}
    needed = engine.closure([*engine.FIRST, *engine.LATER], depends)
    assert needed == set(official) | set(pinned) | own


def test_the_kernels_of_browser_and_tests_have_the_same_versions():
    tested, browser = pins("requirements-browser.txt"), pins(engine.PINS)
    assert {name: tested[name] for name in browser if name in tested} == \
        {name: version for name, version in browser.items() if name in tested}
    for name in ("numpy", "pandas", "scipy"):
        assert engine.official_packages()[name]["version"] == tested[name]


def test_every_pin_has_hashes():
    text = ROOT.joinpath(engine.PINS).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if block.strip())


def test_what_the_course_imports_is_loaded_at_the_start():
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[><=]", name)[0] for name in project["dependencies"]}
    # filelock is for two kernels that write one file, which a browser does not have; storage works without it.
    assert wanted - set(engine.DEPENDS["regionalism"]) == {"filelock"}


def imported(path: Path) -> Iterator[str]:
    """All modules and names that a module of the course imports, with their full names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = ["regionalism", *path.relative_to(PACKAGE).parts[:-node.level]] if node.level else []
            base = ".".join([*home, *filter(None, [node.module])])
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))


def is_left_out(name: str) -> bool:
    place = name.replace(".", "/")
    return any(wheels._UPPER.match(place + end) for end in (".py", "/"))


def test_the_floors_left_out_are_never_imported_by_what_travels():
    assert all(map(is_left_out, ("regionalism.cli", "regionalism.site", "regionalism.site.server")))
    assert {"regionalism.checks.Counts", "regionalism.offline.pythons"} <= set(imported(PACKAGE / "hub.py"))
    for path in PACKAGE.rglob("*.py"):
        inside = f"regionalism/{path.relative_to(PACKAGE).as_posix()}"
        if not wheels._UPPER.match(inside):
            assert [name for name in imported(path) if is_left_out(name)] == [], inside


def test_closure_follows_needs_and_ends_in_circles():
    assert engine.closure(["a"], {"a": ["b"], "b": ["c", "a"], "c": [], "d": []}) == {"a", "b", "c"}
    with pytest.raises(KeyError, match="e"):
        engine.closure(["a"], {"a": ["e"]})


def test_an_engine_loads_first_what_labs_need_and_leaves_scipy_for_later(tmp_path):
    entries = {name: {"depends": list(depends)} for name, depends in engine.DEPENDS.items()}
    entries |= {name: {"depends": entry["depends"]} for name, entry in engine.official_packages().items()}
    entries |= {name: {"depends": []} for name in engine.EMPTY}
    first = engine.Engine(tmp_path, "0", entries, "lock").first
    assert {"numpy", "pandas", "altair", "regionalism", "ssl", "micropip"} <= set(first)
    assert not {"scipy", "openblas", "networkx"} & set(first)
