"""`python course.py data`: list, check, compare, seal and show the shared tables.

For a person who edits tables and is no programmer: each message says what is wrong, in which row and column,
and what to write instead. Nothing is read before a command runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MOST = 20  # problems of one table that are printed: a wrong column would else print thousands
RELEASE_WIDTH = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subcommands of `data`; without one it lists the tables."""
    where: dict[str, Any] = {"type": Path, "metavar": "FOLDER", "help": "folder of the tables (that of the course)"}
    parser.add_argument("--folder", default=None, **where)
    parser.set_defaults(action=list_tables)
    actions = parser.add_subparsers(metavar="ACTION")
    for name, action, words in (
        ("list", list_tables, "all tables by theme, with rows, size and release (also without an ACTION)"),
        ("check", check_tables, "check every table against its description; tell what to mend"),
        ("changes", show_changes, "what changed since the tables were sealed"),
        ("seal", seal_tables, "take up meant changes: write sizes and checksums into the description"),
        ("show", show_table, "what a table holds, and its known defects"),
    ):
        # Left out here it must not undo what was given before the action.
        one = actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        one.add_argument("--folder", default=argparse.SUPPRESS, **where)
        one.set_defaults(action=action)
        if action is show_table:
            one.add_argument("name", metavar="NAME", help="name of the table or map")


def run(options: argparse.Namespace) -> int:
    """Run the chosen subcommand; returns the exit code. What is wrong with the data is told on the error stream."""
    from regionalism.data import DamagedTable, UnknownTable

    action: Callable[[argparse.Namespace], int] = options.action
    try:
        return action(options)
    except (DamagedTable, UnknownTable, FileNotFoundError) as error:
        print(_shortened(str(error)), file=sys.stderr)
        return 1


def main(arguments: Sequence[str] | None = None, prog: str = "python course.py data") -> int:
    """The command by itself; returns the exit code."""
    parser = argparse.ArgumentParser(prog=prog, description="The shared tables: list, check, compare, seal, show.")
    add_arguments(parser)
    return run(parser.parse_args(arguments))


# ---------------------------------------------------------------- the subcommands


def list_tables(options: argparse.Namespace) -> int:
    """Every table and map by theme, with rows, kB and release."""
    entries = _entries(options.folder)
    by_theme: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        by_theme.setdefault(entry.get("theme") or "Without a theme", []).append(entry)
    width = max((len(entry["name"]) for entry in entries), default=0)
    for theme, members in by_theme.items():
        print(f"\n{theme}")
        for entry in members:
            print(f"  {entry['name']:<{width}} {_rows(entry):>7,} rows {entry.get('bytes', 0) / 1000:>7.1f} kB  "
                  f"{_release(entry)}")
    total, size = sum(map(_rows, entries)), sum(entry.get("bytes", 0) for entry in entries)
    print(f"\n{len(entries)} tables and maps, {total:,} rows, {size / 1000:,.0f} kB. "
          "More of one: python course.py data show NAME")
    return 0


def check_tables(options: argparse.Namespace) -> int:
    """Check everything and print the seconds; 1 when something is wrong with a description or with content.

    A file that was changed since sealing is no fault: the last lines say of each what comes next.
    """
    from regionalism import data

    data.forget()
    began = time.perf_counter()
    entries, found = _entries(options.folder), data.examine(options.folder)
    seconds = time.perf_counter() - began
    for problems in found.problems.values():
        print("\n".join(_first(problems)))
    count, places = sum(map(len, found.problems.values())), len(found.problems)
    verdict = f"{_many(count, 'problem')} in {_many(places, 'file')}: mend what stands above." if count else (
        "Every table agrees with its description.")
    print(f"{len(entries)} tables and maps checked in {seconds:.1f} seconds. {verdict}")
    for entry in entries:
        if entry["name"] in found.unsealed:
            print(_unsealed_line(entry, faulty=entry["name"] in found.problems))
    return 1 if count else 0


def _unsealed_line(entry: Mapping[str, Any], *, faulty: bool) -> str:
    state = "changed since sealing" if "hash" in entry else "new, not sealed yet"
    if faulty:
        return f"{entry['path']}: {state}. Mend what stands above, then check again."
    return (
        f"{entry['path']}: {state}; its content is sound. Next: `python course.py data changes`, then "
        "`python course.py data seal`."
    )


def show_changes(options: argparse.Namespace) -> int:
    """What differs from the sealed state, with rows and cells where the last commit has the file."""
    lines = changed_lines(options.folder)
    print("\n".join(lines) or "Nothing changed since the tables were sealed.")
    return 0


def seal_tables(options: argparse.Namespace) -> int:
    """Seal, and print what changed; 1, and nothing written, while a table breaks its rules."""
    from regionalism import data

    lines = changed_lines(options.folder)
    changed = data.seal(options.folder)
    print("\n".join([*lines, f"Sealed anew: {', '.join(changed)}."]) if changed else "Everything was sealed already.")
    return 0


def show_table(options: argparse.Namespace) -> int:
    """Describe one table or map."""
    from regionalism import data

    print(data.describe(options.name, options.folder))
    return 0


# ---------------------------------------------------------------- changes


def changed_lines(folder: Path | None) -> list[str]:
    """The changes since sealing in words, empty when there are none."""
    from regionalism import data

    data.forget()
    place = folder or data.data_folder()
    lines = [line for entry in _entries(folder) for line in _changes_of(entry, place)]
    return [*lines, *data.strays(folder).values()]


def _changes_of(entry: Mapping[str, Any], folder: Traversable) -> list[str]:
    from regionalism.tables.files import checksum

    path = folder / entry["path"]
    if not path.is_file():
        return [f"{entry['name']}: the file {entry['path']} is missing."]
    raw = path.read_bytes().replace(b"\r\n", b"\n")
    if checksum(raw) == entry.get("hash"):
        return []
    if "hash" not in entry:
        return [f"{entry['name']}: new, not sealed yet ({_now(entry, raw)})."]
    head = (
        f"{entry['name']}: {_many(_rows(entry), 'row')} and {_many(entry.get('bytes', 0), 'byte')} when sealed, "
        f"now {_now(entry, raw)}."
    )
    return [head, *(f"  {line}" for line in _row_changes(entry, folder, raw))]


def _row_changes(entry: Mapping[str, Any], folder: Traversable, raw: bytes) -> list[str]:
    """Rows and cells against the last commit; in words why not where there is none, or for a map."""
    from regionalism.tables.changes import changes, committed
    from regionalism.tables.files import DamagedTable, checksum, column_problems

    if "schema" not in entry:
        return ["Shapes of a map are not compared one by one."]
    before = committed(folder, entry["path"]) if isinstance(folder, Path) else None
    if before is None:
        return ["Which rows changed cannot be shown: that needs git, and an earlier state of this file in it."]
    sealed = checksum(before) == entry["hash"]
    note = [] if sealed else ["(compared with the last commit, which is not the sealed state)"]
    try:
        return note + changes(entry, before, raw).lines()
    except DamagedTable as error:
        return column_problems(entry, raw) or [str(error)]


def _now(entry: Mapping[str, Any], raw: bytes) -> str:
    from regionalism.tables.checks import seal_of
    from regionalism.tables.files import DamagedTable
    from regionalism.tables.maps import map_seal

    try:
        counted = seal_of(entry, raw)["rows"] if "schema" in entry else map_seal(entry, raw)["features"]
    except DamagedTable:
        return f"{len(raw):,} bytes (not readable: see `python course.py data check`)"
    return f"{_many(counted, 'row')} and {_many(len(raw), 'byte')}"


# ---------------------------------------------------------------- small parts


def _entries(folder: Path | None) -> list[dict[str, Any]]:
    from regionalism import data

    entries: list[dict[str, Any]] = data.package(folder)["resources"]
    return entries


def _rows(entry: Mapping[str, Any]) -> int:
    return int(entry.get("rows", entry.get("features", 0)))


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _release(entry: Mapping[str, Any]) -> str:
    text = str(entry.get("vintage", ""))
    return text if len(text) <= RELEASE_WIDTH else text[: RELEASE_WIDTH - 1].rstrip() + "…"


def _first(problems: Sequence[str]) -> list[str]:
    left = len(problems) - MOST
    return [*problems[:MOST], *([f"... and {left} more problems in this table."] if left > 0 else [])]


def _shortened(text: str) -> str:
    lines = text.split("\n")
    left = len(lines) - 1 - 3 * MOST
    return "\n".join([*lines[: 1 + 3 * MOST], *([f"... and {left} more problems."] if left > 0 else [])])
