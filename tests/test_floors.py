"""Imports inside the package go one way only, from the upper floors to the lower ones."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "regionalism"
# A module may import from its own floor and from those before it.
FLOORS = (
    {"data", "tables", "shaping", "models", "face", "browser_kernel"},
    {"charts"},
    {"figures", "explorers"},
    {"exercises"},
    {"grading"},
    {"teaching"},
    {"site"},
    {"offline"},
    {"checks", "measuring", "hub", "cli", "setting_up"},
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(name: str) -> int:
    """The floor of a part of the package; a part that stands on none is a fault."""
    return next(place for place, parts in enumerate(FLOORS) if name in parts)


def imported(path: Path) -> set[str]:
    """The parts of the package that a module imports, wherever in the file."""
    own = path.relative_to(PACKAGE).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("regionalism.")}
        elif isinstance(node, ast.ImportFrom):
            base = [*own[: len(own) - node.level], *(node.module or "").split(".")] if node.level else []
            full = ["regionalism", *filter(None, base)] if node.level else (node.module or "").split(".")
            if full[0] == "regionalism":
                found |= {full[1]} if len(full) > 1 else {alias.name for alias in node.names}
    return {name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_imports_upwards(path):
    part = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if part == "__init__":
        return
    for name in imported(path):
        assert floor(name) <= floor(part), f"{part} imports {name}, which stands above it"


def test_scipy_is_not_needed_at_run_time():
    for path in MODULES:
        assert "import scipy" not in path.read_text(encoding="utf-8"), path
        assert "from scipy" not in path.read_text(encoding="utf-8"), path
