"""The Python that runs in the browser: Pyodide, the packages the course needs there, and the lock that names them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from regionalism.offline import sources, wheels
from regionalism.offline.record import CORE
from regionalism.offline.wheels import Package

PINS = "requirements-pyodide.txt"
# What a start loads before the first cell runs; the lock tells what these need in turn.
FIRST = ("regionalism", "altair", "ipywidgets", "pyodide-kernel", "piplite", "ipykernel", "comm")
# What a cell may import besides: loaded when it does.
LATER = ("scipy", "networkx")
# JupyterLite's kernel asks for these at every start and the course never imports them: encryption and completion
# of code. Empty wheels stand in for 4 MB.
EMPTY = ("ssl", "jedi")
# What the official lock or a wheel asks for and nothing imports here.
NOT_NEEDED = {
    "ipython": {"jedi"},
}
# What wheels of JupyterLite and of the registries need; their metadata also names what only other places use.
DEPENDS = {
    "altair": ("jinja2", "jsonschema", "narwhals", "packaging", "typing-extensions"),
    "attrs": (),
    "comm": ("traitlets",),
    "ipykernel": (),
    "ipywidgets": ("comm", "ipython", "traitlets"),
    "jinja2": ("markupsafe",),
    "jsonschema": ("attrs", "pyrsistent"),
    "markupsafe": (),
    "narwhals": (),
    "networkx": ("numpy",),
    "piplite": ("micropip",),
    "pyodide-kernel": ("comm", "ipykernel", "ipython", "jedi", "sqlite3", "ssl"),
    "pyrsistent": (),
    "regionalism": ("altair", "ipywidgets", "numpy", "pandas"),
    "typing-extensions": (),
}  # fmt: skip


@dataclass(frozen=True)
class Engine:
    """A folder with all that Python needs in the browser: its entries of the lock and what a start loads."""

    folder: Path
    version: str
    entries: Mapping[str, Mapping[str, Any]]
    lock: str

    @property
    def first(self) -> list[str]:
        """Names of all packages that a start loads, in the order of the lock."""
        wanted = closure(FIRST, {name: entry["depends"] for name, entry in self.entries.items()})
        return [name for name in sorted(self.entries) if name in wanted]


@cache
def record() -> Mapping[str, Any]:
    """What may be accepted as Pyodide: version, core files and packages with their hashes (`pyodide.json`)."""
    return sources.recorded()


def closure(roots: Iterable[str], depends: Mapping[str, Iterable[str]]) -> set[str]:
    """All packages that the roots need, themselves included. Raises KeyError for one that nobody offers."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(depends[name])
    return found


def official_packages() -> dict[str, Mapping[str, Any]]:
    """The packages that come from Pyodide itself, with what they need of each other."""
    own = set(DEPENDS) | set(EMPTY)
    offered = {name: entry for name, entry in record()["packages"].items() if name not in own}
    depends = {name: _needed(name, entry["depends"]) for name, entry in offered.items()}
    every = {**depends, **DEPENDS, **dict.fromkeys(EMPTY, ())}
    wanted = closure([*FIRST, *LATER], every)
    return {name: {**entry, "depends": depends[name]} for name, entry in offered.items() if name in wanted}


def _needed(name: str, depends: Iterable[str]) -> list[str]:
    dropped = NOT_NEEDED.get(name, set())
    return [wheels.canonical(other) for other in depends if wheels.canonical(other) not in dropped]


def make(files: Mapping[str, Path], pure: Iterable[Path], course: Path, folder: Path, cache_folder: Path,
         python: str | None) -> Engine:
    """Fill `folder` with Python for the browser.

    `files`: core files and official packages by their file name, as fetched; `pure`: wheels of the
    registries and of JupyterLite; `course`: the course's own wheel; `python`: what compiles, or None.
    """
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copyfile(files[name], folder / name)
    made = _repacked([*_official(files), *_pure(pure), *_empty(cache_folder)], cache_folder, python)
    # Not in the cache: it changes with each edit of the course and may hold the private numbers of a class.
    own = _repacked(_pure([course]), course.parent / "compiled", python)
    entries = wheels.place([*made, *own], folder)
    return Engine(folder, record()["version"], entries, wheels.write_lock(record()["info"], entries, folder))


def _official(files: Mapping[str, Path]) -> list[Package]:
    return [Package(name, entry["version"], files[entry["file_name"]], tuple(entry["imports"]), tuple(entry["depends"]),
                    entry["package_type"])
            for name, entry in official_packages().items()]


def _pure(paths: Iterable[Path]) -> list[Package]:
    found = []
    for path in paths:
        name, version, imports = wheels.read_wheel(path)
        found.append(Package(name, version, path, imports, DEPENDS[name]))
    return found


def _empty(folder: Path) -> list[Package]:
    folder.mkdir(parents=True, exist_ok=True)
    return [Package(name, "0", wheels.empty_wheel(name, folder), (), ()) for name in EMPTY]


def _repacked(packages: list[Package], folder: Path, python: str | None) -> list[Package]:
    """The packages with their wheels repacked; shared libraries stay as they are."""
    plain = [package for package in packages if package.kind == "package"]
    paths = wheels.repack([package.path for package in plain], folder, python)
    made = [replace(package, path=path) for package, path in zip(plain, paths, strict=True)]
    return [*made, *(package for package in packages if package.kind != "package")]
