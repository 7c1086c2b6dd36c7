"""Other Pythons on this machine, found by their version."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# The browser's Python; only the same version compiles for it.
BROWSER_PYTHON = (3, 12)


def find_python(version: tuple[int, int]) -> str | None:
    """The path of a Python of exactly this version (major, minor) on this machine, or None."""
    if sys.version_info[:2] == version:
        return sys.executable
    for place in _places(version):
        # A shim may stand on the path and still refuse to run, so ask it.
        if _ask(place, "import sys, venv, ensurepip; print(sys.version_info[:2])") == str(version):
            return place
    return None


def _places(version: tuple[int, int]) -> Iterator[str]:
    name = "python{}.{}".format(*version)
    if found := shutil.which(name):
        yield found
    yield from map(str, Path.home().glob(".pyenv/versions/{}.{}.*/bin/{}".format(*version, name)))
    launcher = shutil.which("py") if os.name == "nt" else None
    if launcher and (place := _ask(launcher, "import sys; print(sys.executable)", "-{}.{}".format(*version))):
        yield place


def _ask(place: str, question: str, *options: str) -> str:
    """What a Python prints when it runs `question`; empty where it fails or is none that can be started."""
    try:
        done = subprocess.run([place, *options, "-c", question], capture_output=True, text=True, check=False)
    except OSError:  # a stand-in for a program that is not installed
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
