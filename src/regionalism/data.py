"""The shared tables: find, read, describe, cite and check them.

Every table is a CSV file beside `datapackage.json`, a Frictionless Data Package (version 1) that says
what a row is, what each column may hold, where the figures come from, on which terms, and the checksum
of the file. From a clone the folder is `data/` at the root; in an installed package the same folder
travels as `regionalism/_data`.

    >>> from regionalism import load, describe, cite
    >>> agreements = load("agreements")
    >>> describe("agreements")          # what the columns mean, and what is wrong with the table
    >>> print(cite("agreements"))

A maintainer who has edited a table or the descriptor runs `python -m regionalism.data seal`.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionalism.table_checks import (
    DamagedTable,
    as_list,
    checksum_problems,
    column_problems,
    content_problems,
    seal_of,
    seal_problems,
)
from regionalism.table_description import (
    Copy,
    Field,
    Licence,
    Source,
    TableDescription,
    described_field,
    known,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DESCRIPTOR",
    "Copy",
    "DamagedTable",
    "Field",
    "Licence",
    "Source",
    "TableDescription",
    "UnknownTable",
    "cite",
    "data_folder",
    "describe",
    "forget",
    "licences",
    "load",
    "names",
    "package",
    "seal",
    "seal_of",
    "validate",
]

DESCRIPTOR = "datapackage.json"


class UnknownTable(KeyError):
    """No table has this name. The message names the nearest ones."""

    def __init__(self, name: object, tables: Sequence[str]) -> None:
        self.name = name
        self.nearest = difflib.get_close_matches(str(name).lower(), tables, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(map(repr, self.nearest))}?" if self.nearest else ""
        self.message = f"No table is called {name!r}. " + (hint or f"The tables are {', '.join(tables)}.")
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message


# ---------------------------------------------------------------- where the tables are


def data_folder() -> Traversable:
    """The folder with the tables and their descriptor: the clone's `data/`, else the packaged copy.

    Raises FileNotFoundError when neither is there (a broken installation).
    """
    here = Path(__file__).resolve()
    if here.parents[1].name == "src":
        clone = here.parents[2] / "data"
        if (clone / DESCRIPTOR).is_file():
            return clone
    packaged = resources.files("regionalism") / "_data"
    if (packaged / DESCRIPTOR).is_file():
        return packaged
    raise FileNotFoundError(
        f"The shared tables are missing: no {DESCRIPTOR} in the clone's data/ nor in regionalism/_data."
    )


def package(folder: Traversable | None = None) -> dict[str, Any]:
    """The whole descriptor as a fresh dictionary (see data/datapackage.json).

    Raises DamagedTable when it is not JSON with a list of tables.
    """
    folder = folder or data_folder()
    key = str(folder)
    if key not in _DESCRIPTORS:
        _DESCRIPTORS[key] = _sound_descriptor(folder)
    return json.loads(_DESCRIPTORS[key])


def _sound_descriptor(folder: Traversable) -> str:
    try:
        text = (folder / DESCRIPTOR).read_text(encoding="utf-8")
        tables = json.loads(text)["resources"]
        whole = all(isinstance(table["name"], str) and isinstance(table["path"], str) for table in tables)
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedTable(f"{DESCRIPTOR}: expected JSON that lists the tables; found {error!r}.") from error
    if not whole:
        raise DamagedTable(f"{DESCRIPTOR}: each table needs a name and a path.")
    return text


def names(folder: Traversable | None = None) -> list[str]:
    """Names of all tables, in the order of the descriptor."""
    return list(_tables(folder or data_folder()))


# ---------------------------------------------------------------- what a reader asks for


def load(name: str, folder: Traversable | None = None) -> pd.DataFrame:
    """One table, typed by its descriptor; a new copy at every call, so it may be changed freely.

    Whole numbers and years that may be missing come as "Int64", those always present as "int64",
    numbers as "float64", everything else as text. An empty cell is missing, never zero or "no".

    Raises UnknownTable for a wrong name and DamagedTable when the file differs from its checksum or
    its columns differ from the descriptor.
    """
    folder = folder or data_folder()
    table = _table(folder, name)
    key = (str(folder), name)
    if key not in _FRAMES:
        _FRAMES[key] = _read(table, _bytes(folder, table))
    return _FRAMES[key].copy()


def describe(name: str, folder: Traversable | None = None) -> TableDescription:
    """What a table holds: rows, columns, units, source, terms, release, known defects, citation."""
    folder = folder or data_folder()
    table = _table(folder, name)
    return TableDescription(
        name=name,
        title=table["title"],
        description=table["description"],
        fields=tuple(described_field(declared) for declared in table["schema"]["fields"]),
        key=tuple(as_list(table["schema"]["primaryKey"])),
        rows=table["rows"],
        sources=tuple(known(Source, entry) for entry in table["sources"]),
        licences=tuple(known(Licence, entry) for entry in table["licenses"]),
        vintage=table["vintage"],
        coverage=table["coverage"],
        notes=tuple(table["notes"]),
        defects=tuple(table["defects"]),
        chapters=tuple(table["chapters"]),
        copies=tuple(known(Copy, entry) for entry in table.get("copies", ())),
        path=table["path"],
        bytes=table["bytes"],
        checksum=table["hash"],
        citation=cite(name, folder),
    )


def cite(name: str, folder: Traversable | None = None) -> str:
    """How to cite a table: its publishers first, then the excerpt in this course."""
    folder = folder or data_folder()
    table, whole = _table(folder, name), package(folder)
    publishers = " ".join(_with_address(source) for source in table["sources"])
    excerpt = f"Table “{name}” in: {whole['title']}, version {whole['version']}"
    return f"{publishers} {excerpt} (release of the figures: {table['vintage']})."


def licences(folder: Traversable | None = None) -> dict[str, tuple[Licence, ...]]:
    """The terms of every table: table name -> licences."""
    return {
        name: tuple(known(Licence, entry) for entry in table["licenses"])
        for name, table in _tables(folder or data_folder()).items()
    }


# ---------------------------------------------------------------- what a maintainer asks for


def validate(name: str, folder: Traversable | None = None) -> list[str]:
    """Everything that is wrong with a table, in words; an empty list when all is well.

    Checked are the checksum, the size and the number of rows; the columns; type, allowed values, range
    and form of every cell; lists inside cells; units; unique and sorted keys; keys that point to another
    table; and the rules between columns that the descriptor declares.
    """
    folder = folder or data_folder()
    table = _table(folder, name)
    try:
        raw = _bytes(folder, table)
        return seal_problems(table, raw) + content_problems(table, raw, _others(folder))
    except DamagedTable as error:
        return [str(error)]


def seal(folder: Path | None = None) -> list[str]:
    """Write size, checksum and number of rows of every table into the descriptor.

    Returns the names of the tables whose entry changed. Raises DamagedTable, and writes nothing, when a
    table breaks the rules of its schema: mend the table or the schema first.
    """
    folder = folder or _writable_folder()
    forget()
    whole, changed, problems = package(folder), [], []
    for table in whole["resources"]:
        raw = _bytes(folder, table)
        problems += content_problems(table, raw, _others(folder))
        fresh = seal_of(table, raw)
        if any(table.get(key) != value for key, value in fresh.items()):
            table.update(fresh)
            changed.append(table["name"])
    if problems:
        raise DamagedTable("Nothing was sealed.\n" + "\n".join(problems))
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # Written beside it first: a disk that fills up in between must not cost the descriptor.
    draft = folder / f"{DESCRIPTOR}.part"
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, folder / DESCRIPTOR)
    finally:
        draft.unlink(missing_ok=True)
    forget()
    return changed


def forget() -> None:
    """Drop everything kept in memory, so that edited files are read anew."""
    for memory in (_DESCRIPTORS, _TABLES, _FRAMES):
        memory.clear()


# ---------------------------------------------------------------- reading files

_DESCRIPTORS: dict[str, str] = {}
_TABLES: dict[str, dict[str, dict[str, Any]]] = {}
_FRAMES: dict[tuple[str, str], pd.DataFrame] = {}


def _tables(folder: Traversable) -> dict[str, dict[str, Any]]:
    key = str(folder)
    if key not in _TABLES:
        _TABLES[key] = {table["name"]: table for table in package(folder)["resources"]}
    return _TABLES[key]


def _table(folder: Traversable, name: str) -> dict[str, Any]:
    tables = _tables(folder)
    if not isinstance(name, str) or name not in tables:
        raise UnknownTable(name, list(tables))
    return tables[name]


def _others(folder: Traversable) -> Any:
    """How the checks get at the tables that a key points to."""
    return lambda name: (_table(folder, name), _bytes(folder, _table(folder, name)))


def _bytes(folder: Traversable, table: Mapping[str, Any]) -> bytes:
    """The file's bytes with Unix line ends: a checkout on Windows may have changed nothing but those."""
    try:
        raw = (folder / table["path"]).read_bytes()
    except FileNotFoundError:
        raise DamagedTable(f"{table['path']}: the file is missing from the folder of the shared tables.") from None
    return raw.replace(b"\r\n", b"\n")


def _read(table: Mapping[str, Any], raw: bytes) -> pd.DataFrame:
    damage = column_problems(table, raw) + checksum_problems(table, raw)
    if damage:
        raise DamagedTable(" ".join(damage))
    import pandas as pd

    declared = table["schema"]["fields"]
    try:
        frame = pd.read_csv(
            io.BytesIO(raw),
            dtype={column["name"]: _dtype(column) for column in declared},
            encoding="utf-8",
            keep_default_na=False,
            na_values=table["schema"]["missingValues"],
        )
        # Python's own float() gives the nearest number in every version of pandas; its parsers differ.
        exact = {c["name"]: frame[c["name"]].map(float) for c in declared if c["type"] == "number"}
    except ValueError as error:
        raise DamagedTable(f"{table['path']}: a cell does not fit its column's type. {error}") from error
    return frame.assign(**exact)


def _dtype(declared: Mapping[str, Any]) -> Any:
    if declared["type"] in ("integer", "year"):
        return "int64" if declared.get("constraints", {}).get("required") else "Int64"
    return str


def _writable_folder() -> Path:
    folder = data_folder()
    if not isinstance(folder, Path):
        raise FileNotFoundError("Sealing needs the tables as files on disk: work in a clone.")
    return folder


def _with_address(source: Mapping[str, str]) -> str:
    address = source.get("path")
    return f"{source['citation']} {address}." if address else source["citation"]


# ---------------------------------------------------------------- command for maintainers


def main(arguments: Sequence[str] | None = None) -> int:
    """`seal` writes sizes and checksums into the descriptor; `check` reports what is wrong."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m regionalism.data", description=main.__doc__)
    parser.add_argument("command", choices=["seal", "check"])
    parser.add_argument("--folder", type=Path, help="folder of the tables (default: that of the course)")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "check":
            return _check(chosen.folder)
        changed = seal(chosen.folder)
    except DamagedTable as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Sealed anew: {', '.join(changed)}." if changed else "Everything was sealed already.")
    return 0


def _check(folder: Path | None) -> int:
    problems = [problem for name in names(folder) for problem in validate(name, folder)]
    print("\n".join(problems) or "Every table agrees with its description.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
