"""JupyterLite, set up for the course: the notebooks of all chapters, and Python as `engine` made it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regionalism.grading.builds import without_outputs
from regionalism.offline.engine import Engine

KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", KERNEL)
KERNEL_WHEELS = ("ipykernel-", "piplite-", "pyodide_kernel-")
APPS = ("notebooks", "tree")
# Folder in the repository, and what its notebooks are called.
KINDS = {"notebooks": "lab", "exercises": "sheet"}
# The course's edition has one way of working on all networks: JupyterLite's service worker, which exists over https
# only and there lets a kernel read files by path, is switched off. What needs no network needs no news either.
SWITCHED_OFF = (
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyterlite/application-extension:share-file",
    "@jupyterlab/apputils-extension:announcements",
)
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 15},
    # All cells stand in the page, so that a search finds them and a screen reader reads them.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/completer-extension:manager": {"autoCompletion": False},
}
# What JupyterLite's list of files says of every notebook that a student has not changed.
LISTED_DATE = "2026-01-01T00:00:00Z"
# Fonts for old browsers, of which JupyterLab carries four copies in other formats.
_NEVER_LOADED = re.compile(r"(\.(eot|ttf|svg)|LICENSE\.txt|third-party-licenses\.json|\.map)$")
_WATCH = '<script src="../../watch.js"></script>\n    '


class LiteError(RuntimeError):
    """JupyterLite could not be built; the text ends with its own last lines."""


@dataclass(frozen=True)
class Notebook:
    """A lab or a sheet: its name (`notebooks/gains`), kind, title, and the path under which JupyterLite knows it."""

    name: str
    kind: str
    title: str
    path: str

    @property
    def stem(self) -> str:
        """The chapter's one word."""
        return self.name.split("/")[1]


def notebooks(root: Path, home: str) -> list[Notebook]:
    """The labs and sheets of the course; `home` is the folder in JupyterLite that holds them."""
    found = []
    for folder, kind in KINDS.items():
        for path in sorted((root / folder).glob("*.ipynb")):
            name = f"{folder}/{path.stem}"
            found.append(Notebook(name, kind, _title(path), f"{home}/{name}.ipynb"))
    return found


def _title(path: Path) -> str:
    first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
    return first.lstrip("# ").splitlines()[0].strip()


def content(root: Path, notebook: Notebook) -> bytes:
    """What students get of a notebook: nothing that a run by its author has left in it."""
    return without_outputs((root / f"{notebook.name}.ipynb").read_bytes())


def kernel_wheels() -> list[Path]:
    """The wheels that JupyterLite's kernel brings itself. Raises LiteError where it is not installed."""
    folder = _labextensions() / KERNEL / "static" / "pypi"
    found = [path for path in sorted(folder.glob("*.whl")) if path.name.startswith(KERNEL_WHEELS)]
    if len(found) != len(KERNEL_WHEELS):
        raise LiteError(f"JupyterLite's kernel is not installed here: {folder} does not hold its {len(KERNEL_WHEELS)} "
                        "wheels. Run the command through course.py, which installs what it needs.")
    return found


def _labextensions() -> Path:
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions"


def settings(engine: Engine, engine_address: str) -> dict[str, Any]:
    """The content of `jupyter-lite.json`; `engine_address` leads from JupyterLite's root to Python's folder."""
    kernel = {
        "pyodideUrl": f"./{engine_address}/pyodide.js",
        "disablePyPIFallback": True,
        "pipliteUrls": [],
        "loadPyodideOptions": {"lockFileURL": f"{engine_address}/{engine.lock}", "packages": engine.first},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Security regionalism in Central Asia",
            "exposeAppInBrowser": True,
            "disabledExtensions": list(SWITCHED_OFF),
            # Students' copies of notebooks; the name never changes, so that no edition loses them.
            "contentsStorageName": "regionalism-notebooks",
            "settingsStorageName": "regionalism-settings",
            "workspacesStorageName": "regionalism-workspaces",
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def build(root: Path, listed: list[Notebook], engine: Engine, engine_address: str, target: Path) -> None:
    """Build JupyterLite into `target`. Raises LiteError."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        _write_source(root, listed, settings(engine, engine_address), source)
        output = Path(scratch) / "output"
        command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(output), "--no-sourcemaps",
                   "--no-unused-shared-packages", "--no-libarchive", "--contents", "files",
                   *(f"--apps={app}" for app in APPS)]
        done = subprocess.run(command, cwd=source, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode or not (output / "notebooks" / "index.html").is_file():
            tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
            raise LiteError(f"JupyterLite did not build. Its last lines:\n{tail}")
        _trim(output)
        _settle_lists(output)
        shutil.copytree(output, target)
    for app in APPS:
        _bring_watch(target / app / "index.html")


def _write_source(root: Path, listed: list[Notebook], configuration: dict[str, Any], folder: Path) -> None:
    folder.mkdir()
    for notebook in listed:
        place = folder / "files" / notebook.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content(root, notebook))
    folder.joinpath("jupyter-lite.json").write_text(json.dumps(configuration), encoding="utf-8")
    folder.joinpath("overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    paths = [str(_labextensions() / name) for name in EXTENSIONS]
    only_these = {"ignore_sys_prefix": ["federated_extensions"], "federated_extensions": paths}
    folder.joinpath("jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": only_these}), "utf-8")


def _trim(output: Path) -> None:
    """Take out what no browser asks for, also the wheels of the kernel, which travel with Python."""
    for path in sorted(output.rglob("*")):
        if path.is_file() and (_NEVER_LOADED.search(path.name) or path.suffix == ".whl"):
            path.unlink()


def _settle_lists(output: Path) -> None:
    """Give JupyterLite's lists of notebooks one date and one order.

    They hold the moment of the build and the order of the disk, and would give the folder another digest each time:
    every returning browser would fetch JupyterLab again.
    """
    for path in sorted(output.glob("api/contents/**/all.json")):
        listing = json.loads(path.read_text(encoding="utf-8"))
        listing["content"] = sorted(listing["content"], key=lambda entry: entry["name"])
        for entry in (listing, *listing["content"]):
            entry.update(created=LISTED_DATE, last_modified=LISTED_DATE)
        path.write_text(json.dumps(listing, indent=1) + "\n", encoding="utf-8", newline="\n")


def _bring_watch(page: Path) -> None:
    """Let the page tell the start page how far it is, before its own first script runs."""
    text = page.read_text(encoding="utf-8")
    mark = '<script\n      id="jupyter-config-data"'
    if text.count(mark) != 1:
        raise LiteError(f"{page.name} of JupyterLite is laid out differently from what this edition knows.")
    page.write_text(text.replace(mark, _WATCH + mark), encoding="utf-8")
