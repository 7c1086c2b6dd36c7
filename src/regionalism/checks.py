"""Every check of the course, run one after the other and counted: what `python course.py test` does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .offline.pythons import BROWSER_PYTHON, find_python

QUICK = ("--ignore=tests/site", "-m", "not browser")
# What runs again under the versions that a browser's Python carries: everything a student's kernel runs.
BROWSER_TESTS = ("tests/data", "tests/models", "tests/charts", "tests/figures", "tests/explorers",
                 "tests/exercises")


@dataclass
class Counts:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another step to these."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_all(root: Path, *, quick: bool = False) -> int:
    """Run style, types, tests, notebooks, the built book, the browser's versions and the hub's environment.

    Prints a line for each step and, last, one line of counts. Returns 0 when nothing failed.
    """
    total = Counts()
    total.add(_tool("Style (ruff)", root, "ruff", "check", "."))
    total.add(_tool("Types (mypy)", root, "mypy"))
    total.add(_pytest("Notebooks run (nbval)", root, ["-p", "no:randomly", "--nbval-lax", "notebooks", "exercises"]))
    if quick:
        total.add(_pytest("Tests", root, ["tests", *QUICK]))
    else:
        total.add(_editions(root))
        total.add(_pytest("Tests, the built book and its browser edition among them", root, ["tests"]))
        total.add(_browser_versions(root))
        total.add(_hub(root))
    print(f"\n{total}", flush=True)
    return 1 if total.failed or not total.passed else 0


def _editions(root: Path) -> Counts:
    """Build the book, the students' book and its browser edition once, for all tests that open them.

    The tests find them by three variables.
    """
    from .cli import BOOK
    from .offline.command import BUILT, DEFAULT_FOLDER

    print("\n== The book, the students' book and its browser edition", flush=True)
    for words in (["book", "--no-serve"], ["offline"]):
        command = [sys.executable, "-P", "-m", "regionalism.cli", *words]
        if subprocess.run(command, cwd=root, env=_environment(root), check=False).returncode:
            return Counts(failed=1)
    os.environ.update(REGIONALISM_BUILT=str(BOOK), REGIONALISM_STUDENTS=str(BUILT),
                      REGIONALISM_OFFLINE=str(DEFAULT_FOLDER))
    return Counts(passed=1)


def _tool(title: str, root: Path, module: str, *arguments: str) -> Counts:
    """Run a checker that only says yes or no; it counts as one check."""
    print(f"\n== {title}", flush=True)
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=root, check=False)
    return Counts(failed=1) if done.returncode else Counts(passed=1)


def _pytest(title: str, root: Path, arguments: Sequence[str], python: str = sys.executable) -> Counts:
    """Run pytest in a process of its own and read the counts from its report."""
    print(f"\n== {title}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [python, "-m", "pytest", "-q", "--junitxml", str(report), *arguments]
        done = subprocess.run(command, cwd=root, env=_environment(root), check=False)
        counts = read_report(report) if report.exists() else Counts()
    if done.returncode and not counts.failed:
        counts.failed += 1  # pytest stopped before it could report, or found no test at all
    return counts


def read_report(report: Path) -> Counts:
    """The counts of a JUnit XML report as pytest writes it."""
    counts = Counts()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts.add(Counts(int(suite.get("tests", 0)) - bad - skipped, bad, skipped))
    return counts


def _environment(root: Path) -> dict[str, str]:
    """The process environment for tests: the sources importable, text in UTF-8."""
    path = os.pathsep.join(filter(None, [str(root / "src"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", "JUPYTER_PLATFORM_DIRS": "1"}


def _browser_versions(root: Path) -> Counts:
    """Run models, questions and explorers again under the versions that the browser's Python carries."""
    title = "The same under the browser's versions (numpy 2.0.2, pandas 2.2.3)"
    python = find_python(BROWSER_PYTHON) or (sys.executable if sys.version_info[:2] == (3, 11) else None)
    if python is None:
        print(f"\n== {title}\nSKIPPED: these versions need Python 3.12 (or 3.11), and none was found here.", flush=True)
        return Counts(skipped=1)
    environment = root / ".venv-browser"
    try:
        inside = _make_browser_environment(root, environment, python)
    except subprocess.CalledProcessError as problem:
        print(f"\n== {title}\nThe environment could not be made:\n{problem.stdout[-2000:]}", flush=True)
        return Counts(failed=1)
    present = [path for path in BROWSER_TESTS if (root / path).exists()]
    return _pytest(title, root, ["-m", "not browser and not local", *present], python=inside)


def _make_browser_environment(root: Path, environment: Path, python: str) -> str:
    """Make `.venv-browser` once for these pins; return the path of its Python."""
    pins = root / "requirements-browser.txt"
    stamp = environment / "course-stamp.txt"
    inside = str(environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    wanted = python + "\n" + pins.read_text(encoding="utf-8")
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        print("\nMaking .venv-browser with the versions of the browser's Python (once)", flush=True)
        for command in ([python, "-m", "venv", str(environment)],
                        [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)]):
            subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           encoding="utf-8", errors="replace")
        stamp.write_text(wanted, encoding="utf-8")
    return inside


def _hub(root: Path) -> Counts:
    """Build the environment that `.binder` describes and try it as a student on a hub would."""
    from .hub import check

    print("\n== The environment of a hub (.binder)", flush=True)
    return check(root)
