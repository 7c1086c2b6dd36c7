"""Wheels as a browser's Python loads them fast, and the lock file that names them.

A wheel is repacked: compiled modules for other machines are taken out (the packages concerned carry
their own substitute in Python), and each `.py` becomes the `.pyc` of the browser's Python, so that no
phone compiles 2,000 files at every start. What was made once is kept in a cache under the hash of what
it was made from. The lock file is the one of Pyodide, with our packages beside the official ones.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regionalism.offline.manifest import sha256_of

# The browser's Python cannot load what was compiled for other machines, and needs no debugging symbols.
_FOREIGN = re.compile(r"\.(cpython-[^/]*|abi3|[^/]*(linux|darwin|win)[^/]*)?\.?(so|pyd|dylib|dll)$")
_NATIVE = "wasm32"
# What nobody imports in a browser: tests, stubs of types, sources of compiled modules.
_LEFT_OUT = re.compile(r"(^|/)tests?/|\.(pyi|pyx|pxd|pxi|c|h|cpp|hpp|f90)$|(^|/)py\.typed$")
# Parts of packages that the course never reaches: colours for 500 languages but Python, and clocks of all places.
_UNREACHED = (
    re.compile(r"^pygments/lexers/(?!(__init__|_mapping|python|special)\.py$)"),
    re.compile(r"^pytz/zoneinfo/"),
)
LOCK = "pyodide-lock-"
# A zip archive also says when and on what system it was made: the same on all, so that the bytes are the same.
_EPOCH = (1980, 2, 1, 0, 0, 0)
_UNIX = 3
# Runs under the browser's version of Python: one line for each file, its path and its place in the browser.
_COMPILER = """
import os, py_compile, sys
for line in sys.stdin.buffer.read().decode("utf-8").splitlines():
    path, place = line.split("\\t")
    try:
        py_compile.compile(path, cfile=path + "c", dfile=place, doraise=True,
                           invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    except py_compile.PyCompileError:
        continue  # a template or an example that is no Python: it stays as it is
    os.remove(path)
"""


class WheelError(RuntimeError):
    """A wheel could not be built or compiled; the text ends with the last words of the tool."""


@dataclass(frozen=True)
class Package:
    """One entry of the lock: the wheel, and what Pyodide must know of it."""

    name: str
    version: str
    path: Path
    imports: tuple[str, ...]
    depends: tuple[str, ...]
    kind: str = "package"

    def entry(self, file_name: str) -> dict[str, Any]:
        """The lock's words for this package, stored under `file_name`."""
        return {
            "name": self.name, "version": self.version, "file_name": file_name, "install_dir": self.install_dir,
            "sha256": sha256_of(self.path), "package_type": self.kind, "imports": list(self.imports),
            "depends": list(self.depends), "unvendored_tests": False, "shared_library": False,
        }

    @property
    def install_dir(self) -> str:
        """Where Pyodide unpacks it: shared libraries lie apart."""
        return "dynlib" if self.kind == "shared_library" else "site"


def canonical(name: str) -> str:
    """The form of a package's name in which two spellings count as one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def repack(wheels: Sequence[Path], cache: Path, python: str | None) -> list[Path]:
    """Repack wheels for the browser; gives their new paths in the same order.

    `python` is an interpreter of the browser's version, or None: then the sources stay, and a start
    takes longer. What is in the cache is not made again.
    """
    cache.mkdir(parents=True, exist_ok=True)
    places = [cache / f"{_mark(wheel, python)}-{wheel.name}" for wheel in wheels]
    missing = [(wheel, place) for wheel, place in zip(wheels, places, strict=True) if not _is_sound(place)]
    if missing:
        with tempfile.TemporaryDirectory() as name:
            folders = [(_unpacked(wheel, Path(name) / str(number)), place)
                       for number, (wheel, place) in enumerate(missing)]
            if python:
                compile_sources(python, [folder for folder, _ in folders])
            for folder, place in folders:
                pack(folder, place)
    return places


def _is_sound(wheel: Path) -> bool:
    """Whether a wheel of the cache is there and no byte of it was lost."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.testzip() is None
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        return False


def _mark(wheel: Path, python: str | None) -> str:
    text = f"{sha256_of(wheel)} {_recipe()} {'compiled' if python else 'sources'}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _recipe() -> str:
    """The way of repacking as text: what was cached by another way is not used."""
    return "\n".join([_COMPILER, *(part.pattern for part in (_FOREIGN, _LEFT_OUT, *_UNREACHED))])


def _unpacked(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if not name.endswith("/") and not is_left_out(name, native=_NATIVE in wheel.name):
                archive.extract(name, folder)
    return folder


def is_left_out(name: str, *, native: bool) -> bool:
    """Whether a member of a wheel does not travel to the browser; `native`: the wheel was made for it."""
    if _LEFT_OUT.search(name) or any(part.search(name) for part in _UNREACHED):
        return True
    return not native and bool(_FOREIGN.search(name))


def compile_sources(python: str, folders: Iterable[Path]) -> None:
    """Turn every `.py` under the folders into the `.pyc` beside it, compiled by `python`. Raises WheelError."""
    lines = []
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            place = path.relative_to(folder).as_posix()
            lines.append(f"{path}\t/lib/python3.12/site-packages/{place}")
    done = subprocess.run([python, "-I", "-c", _COMPILER], input="\n".join(lines).encode("utf-8"),
                          stderr=subprocess.PIPE, check=False)
    if done.returncode:
        tail = done.stderr.decode("utf-8", "replace")[-2000:]
        raise WheelError(f"The modules could not be compiled with {python}:\n{tail}")


def pack(folder: Path, target: Path) -> None:
    """Zip an unpacked wheel, the same bytes each time; RECORD is written anew."""
    _write_record(folder)
    part = target.with_name(target.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in _members(folder):
            information = zipfile.ZipInfo(name, _EPOCH)
            information.create_system = _UNIX
            information.compress_type, information.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(information, path.read_bytes())
    os.replace(part, target)


def _members(folder: Path) -> list[tuple[str, Path]]:
    """The files of an unpacked wheel by their name inside it, in the same order on every system."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(found, key=lambda path: path.parts)]


def _write_record(folder: Path) -> None:
    """The wheel's list of its files, with their hashes, as the standard for wheels demands."""
    for information in folder.glob("*.dist-info"):
        record = information / "RECORD"
        rows = []
        for name, path in _members(folder):
            if path != record:
                digest = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
                rows.append((name, f"sha256={digest}", path.stat().st_size))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([*rows, (record.relative_to(folder).as_posix(), "", "")])
        record.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def read_wheel(wheel: Path) -> tuple[str, str, tuple[str, ...]]:
    """Name, version and top-level modules of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        text = archive.read(metadata).decode("utf-8")
        tops = {name.split("/")[0] for name in archive.namelist()}
    found = {key: re.search(rf"^{key}: *(.+?)\s*$", text, re.MULTILINE) for key in ("Name", "Version")}
    name, version = (match[1] if match else "" for match in found.values())
    modules = {re.sub(r"\.pyc?$", "", top) for top in tops if not re.search(r"\.(dist-info|data|libs)$", top)}
    return canonical(name), version, tuple(sorted(module for module in modules if module.isidentifier()))


def empty_wheel(name: str, folder: Path) -> Path:
    """A wheel without modules: JupyterLite's kernel asks for packages that the course never imports."""
    path = folder / f"{name}-0-py3-none-any.whl"
    with tempfile.TemporaryDirectory() as scratch:
        information = Path(scratch) / f"{name}-0.dist-info"
        information.mkdir()
        information.joinpath("METADATA").write_bytes(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n".encode())
        information.joinpath("WHEEL").write_bytes(
            b"Wheel-Version: 1.0\nGenerator: regionalism\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        pack(Path(scratch), path)
    return path


def course_wheel(root: Path, home: Path, extra: Mapping[str, bytes]) -> Path:
    """The course's own wheel, in the folder `home`: what a student's kernel needs and the `extra` files, no more.

    The upper floors (marking, the site, the commands) stay out: they are never imported there. Raises WheelError.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = ["-P", "-m", "hatchling", "build", "-t", "wheel", "-d", scratch]
        done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, check=False)
        wheels = sorted(Path(scratch).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            raise WheelError("The course's own wheel could not be built:\n" + done.stderr.decode("utf-8", "replace"))
        folder = Path(scratch) / "unpacked"
        with zipfile.ZipFile(wheels[0]) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if not _UPPER.match(name)])
        for name, content in extra.items():
            place = folder / "regionalism" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        home.mkdir(parents=True, exist_ok=True)
        target = home / wheels[0].name
        pack(folder, target)
    return target


# The floors above the questions, and what only their authors and those who print them use.
_UPPER = re.compile(r"regionalism/(grading|teaching|site|offline|setting_up)/"
                    r"|regionalism/(cli|checks|measuring|hub)\.py$"
                    r"|regionalism/exercises/(checking|scrutiny|nonsense|template|paper|command)\.py$"
                    r"|regionalism/exercises/questions\.(js|css)$|regionalism/explorers/(page|assets)\.(js|css)$")


def place(packages: Iterable[Package], folder: Path) -> dict[str, dict[str, Any]]:
    """Copy wheels into the engine's folder and give their entries for the lock.

    A wheel that the official lock does not know carries its own hash in its name, as a build number.
    """
    entries = {}
    for package in packages:
        file_name = hashed_name(package)
        shutil.copyfile(package.path, folder / file_name)
        entries[package.name] = package.entry(file_name)
    return entries


def hashed_name(package: Package) -> str:
    """The file name under which a package is served; the hash in it makes an update reach every browser."""
    name = re.sub(r"^[0-9a-f]{16}-", "", package.path.name)
    if package.kind == "shared_library":
        return name
    parts = name.split("-")
    return "-".join([*parts[:2], f"0{sha256_of(package.path)[:10]}", *parts[-3:]])


def write_lock(info: Mapping[str, Any], entries: Mapping[str, Any], folder: Path) -> str:
    """Write Pyodide's lock file into the engine's folder; gives its name, which changes with its content."""
    text = json.dumps({"info": dict(info), "packages": dict(sorted(entries.items()))}, sort_keys=True) + "\n"
    name = f"{LOCK}{hashlib.sha256(text.encode()).hexdigest()[:10]}.json"
    folder.joinpath(name).write_text(text, encoding="utf-8", newline="\n")
    return name
