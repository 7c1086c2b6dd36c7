"""What changed in a table: between the file as it was and as it is, row by row and cell by cell.

Rows are matched by the table's key. Nothing here judges whether a change is right; it shows it.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from regionalism.tables.files import Resource, Table, as_list

SHOWN = 20  # rows of one table that are shown in full
AROUND = 40  # signs of a long cell that are shown on each side of the first difference


@dataclass(frozen=True)
class CellChange:
    """One cell: its column, and its text before and after."""

    column: str
    old: str
    new: str

    def __str__(self) -> str:
        old, new = _around_difference(self.old, self.new)
        return f"{self.column} {old} > {new}"


@dataclass(frozen=True)
class Changes:
    """Rows by key: added, removed, and changed with their cells; columns added and removed; a changed order."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[CellChange, ...]], ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    moved: bool = False

    def lines(self, most: int = SHOWN) -> list[str]:
        """The changes in words, one row a line, no more than `most` rows."""
        heads = [f"column added: {name}" for name in self.columns_added]
        heads += [f"column removed: {name}" for name in self.columns_removed]
        told = [f"changed {key}: {'; '.join(map(str, cells))}" for key, cells in self.changed]
        told += [f"added   {key}" for key in self.added]
        told += [f"removed {key}" for key in self.removed]
        if self.moved:
            heads.append("the order of the rows or columns")
        left = len(told) - most
        return heads + told[:most] + ([f"... and {left} more rows"] if left > 0 else [])


def changes(resource: Resource, before: bytes, after: bytes) -> Changes:
    """What changed from one state of a table's file to another.

    Raises DamagedTable when one of the two is not CSV in UTF-8, or lacks a column of the key.
    """
    old, new = Table(resource, before), Table(resource, after)
    old_rows, new_rows = _by_key(old), _by_key(new)
    shared = [column for column in new.columns if column in old.columns]
    both = [key for key in new_rows if key in old_rows]
    differing = ((key, tuple(_differing(old_rows[key], new_rows[key], shared))) for key in both)
    in_order = both == [key for key in old_rows if key in new_rows]
    return Changes(
        added=tuple(key for key in new_rows if key not in old_rows),
        removed=tuple(key for key in old_rows if key not in new_rows),
        changed=tuple((key, cells) for key, cells in differing if cells),
        columns_added=tuple(column for column in new.columns if column not in old.columns),
        columns_removed=tuple(column for column in old.columns if column not in new.columns),
        moved=not in_order or shared != [column for column in old.columns if column in new.columns],
    )


def _by_key(table: Table) -> dict[str, dict[str, str]]:
    """Rows by key; a key that stands twice gets a number, so that neither row is lost."""
    seen: Counter[str] = Counter()
    rows = {}
    for key, cells in zip(table.joined(as_list(table.resource["schema"]["primaryKey"])), table.lines, strict=True):
        seen[key] += 1
        name = key if seen[key] == 1 else f"{key} (row {seen[key]} with this key)"
        rows[name] = dict(zip(table.columns, cells, strict=True))
    return rows


def _differing(old: dict[str, str], new: dict[str, str], columns: Sequence[str]) -> Iterator[CellChange]:
    for column in columns:
        if old[column] != new[column]:
            yield CellChange(column, old[column], new[column])


def _around_difference(old: str, new: str) -> tuple[str, str]:
    """Two texts, long ones cut to where they first differ."""
    shared = zip(old, new, strict=False)
    at = next((place for place, (one, two) in enumerate(shared) if one != two), min(len(old), len(new)))
    return _shown(old, at), _shown(new, at)


def _shown(cell: str, at: int) -> str:
    if len(cell) <= 2 * AROUND:
        return repr(cell) if cell else "(empty)"
    start, end = max(0, at - AROUND), at + AROUND
    return f"{'...' if start else ''}{cell[start:end]!r}{'...' if end < len(cell) else ''}"


def committed(folder: Path, name: str) -> bytes | None:
    """A file as the last commit of its git clone has it, with Unix line ends; None without git, clone or commit.

    Only reads: it asks git to print the stored file.
    """
    try:
        done = subprocess.run(["git", "show", f"HEAD:./{name}"], cwd=folder, capture_output=True, check=False)
    except OSError:  # no git on this machine
        return None
    return done.stdout.replace(b"\r\n", b"\n") if done.returncode == 0 else None
