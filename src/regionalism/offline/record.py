"""Makes `pyodide.json`, the record of what may be accepted as Pyodide, from an official release.

A tool for whoever moves the course to another release:

    python -m regionalism.offline.record FOLDER

FOLDER holds the official `pyodide-lock.json` and the core files beside it. Wheels that lie there too are
compared with the lock, and their sizes are recorded, so that a download can show how far it is. Take FOLDER from
the project's own release: whatever it holds is what the edition trusts from then on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from regionalism.offline.manifest import sha256_of

LOCK = "pyodide-lock.json"
# What a classic worker loads; the rest of a release serves other uses.
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
# The packages that the course may take, each with what it depends on here.
PACKAGES = (
    "asttokens", "contourpy", "cycler", "decorator", "executing", "fonttools", "ipython", "jedi", "joblib",
    "kiwisolver", "matplotlib", "matplotlib-inline", "matplotlib-pyodide", "micropip", "networkx", "numpy", "openblas",
    "openssl", "packaging", "pandas", "parso", "pillow", "prompt-toolkit", "pure-eval", "pyarrow", "pygments",
    "pyodide-unix-timezones", "pyparsing", "python-dateutil", "pytz", "scikit-learn", "scipy", "six", "sqlite3", "ssl",
    "stack-data", "threadpoolctl", "traitlets", "wcwidth",
)  # fmt: skip


class BadRelease(ValueError):
    """The folder does not hold a usable release; the text names the file and what is wrong with it."""


def make(folder: Path, names: Iterable[str] = PACKAGES) -> dict[str, Any]:
    """The record of the release in `folder`, limited to the named packages.

    Raises `BadRelease` if a file of the core is missing, a package is unknown, or a wheel differs from the lock.
    """
    for name in (LOCK, *CORE):
        if not (folder / name).is_file():
            raise BadRelease(f"{folder} has no file {name}; it must hold an official release of Pyodide.")
    lock = _lock(folder / LOCK)
    packages = {name: _entry(lock, name) for name in sorted(names)}
    return {
        "version": lock["info"]["version"],
        "python": lock["info"]["python"],
        "abi": lock["info"]["abi_version"],
        "info": lock["info"],
        "lock_sha256": sha256_of(folder / LOCK),
        "core": {name: {"sha256": sha256_of(folder / name), "size": (folder / name).stat().st_size} for name in CORE},
        "packages": packages,
        "sizes": _sizes(folder, packages),
    }


def _lock(path: Path) -> dict[str, Any]:
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
        usable = {"version", "python", "abi_version"} <= set(lock["info"]) and isinstance(lock["packages"], dict)
    except (ValueError, KeyError, TypeError):
        usable = False
    if not usable:
        raise BadRelease(f"{path} is not a lock file of Pyodide with version, python and abi_version.")
    return lock


def _entry(lock: dict[str, Any], name: str) -> dict[str, Any]:
    """The lock's own entry of a package, untouched."""
    if name not in lock["packages"]:
        raise BadRelease(f"The release {lock['info']['version']} has no package {name!r}.")
    return lock["packages"][name]


def _sizes(folder: Path, packages: dict[str, dict[str, Any]]) -> dict[str, int]:
    """The sizes in bytes of those packages' files that lie in the folder, each compared with the lock."""
    sizes = {}
    for entry in packages.values():
        path = folder / entry["file_name"]
        if not path.is_file():
            continue
        if (found := sha256_of(path)) != entry["sha256"]:
            raise BadRelease(f"{path.name} has the sha256 {found}, and the lock says {entry['sha256']}.")
        sizes[path.name] = path.stat().st_size
    return sizes


def main(arguments: list[str] | None = None) -> int:
    """Writes the record beside this module, or to `--out`; returns the exit code."""
    parser = argparse.ArgumentParser(prog="regionalism.offline.record", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="an official release, unpacked")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("pyodide.json"), metavar="FILE")
    given = parser.parse_args(arguments)
    try:
        record = make(given.folder)
    except BadRelease as fault:
        print(fault, file=sys.stderr)
        return 1
    given.out.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    unknown = len(record["packages"]) - len(record["sizes"])
    print(f"{given.out.name}: Pyodide {record['version']}, {len(record['core'])} core files, "
          f"{len(record['packages'])} packages, {unknown} of them without a size.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
