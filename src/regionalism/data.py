"""The shared tables and maps: find, read, describe, cite and check them.

Every table is a CSV file beside `datapackage.json`, a Frictionless Data Package (version 1) that says
what a row is, what each column may hold, where the figures come from, on which terms, and the checksum
of the file. A map is a GeoJSON file there. From a clone the folder is `data/` at the root; in an installed
package the same folder travels as `regionalism/_data`.

    >>> from regionalism import load, describe, cite
    >>> agreements = load("agreements")
    >>> describe("agreements")          # what the columns mean, and what is wrong with the table
    >>> print(cite("agreements"))

A maintainer who has edited a table or the descriptor runs `python course.py data`; `python -m regionalism.data`
is the same command.
"""

from __future__ import annotations

import difflib
import io
import itertools
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from regionalism.tables.checks import (
    DamagedTable,
    as_list,
    checksum_problems,
    column_problems,
    content_problems,
    item_key,
    list_items,
    seal_of,
    seal_problems,
)
from regionalism.tables.citing import citation_of, source_keys, year_of
from regionalism.tables.description import (
    Copy,
    Field,
    Licence,
    Source,
    TableDescription,
    described_field,
    known,
)
from regionalism.tables.descriptor import (
    DESCRIPTOR,
    TERMS,
    description_problems,
    double_problems,
    stray_problems,
    terms_problems,
    whole_problems,
)
from regionalism.tables.files import Library, OtherTables
from regionalism.tables.maps import map_problems, map_seal, map_seal_problems, read_map

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DESCRIPTOR",
    "Copy",
    "DamagedTable",
    "Field",
    "Findings",
    "Licence",
    "Source",
    "TableDescription",
    "UnknownTable",
    "WrongKind",
    "check",
    "cite",
    "data_folder",
    "describe",
    "examine",
    "forget",
    "licences",
    "load",
    "load_map",
    "maps",
    "names",
    "package",
    "seal",
    "seal_of",
    "sources",
    "strays",
    "themes",
    "validate",
]


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


class WrongKind(UnknownTable):
    """A map was asked for as a table, or a table as a map. The message names the function that reads it."""

    def __init__(self, name: str, kind: str, reader: str) -> None:
        super().__init__(name, [])
        self.message = f"{name!r} is a {kind}: read it with {reader}({name!r})."
        self.args = (self.message,)


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

    Raises DamagedTable when it is not JSON with a list of tables, or two of them have one name or path.
    """
    # Parsing the kept text anew costs about 1 ms, less than copying what was parsed.
    return json.loads(_descriptor(folder or data_folder())[0])


def names(folder: Traversable | None = None) -> list[str]:
    """Names of all tables, in the order of the descriptor. Maps are not among them: see maps()."""
    return [name for name, entry in _entries(folder or data_folder()).items() if not _is_map(entry)]


def maps(folder: Traversable | None = None) -> list[str]:
    """Names of all maps, in the order of the descriptor."""
    return [name for name, entry in _entries(folder or data_folder()).items() if _is_map(entry)]


def themes(folder: Traversable | None = None) -> dict[str, list[str]]:
    """Names of the tables and maps by theme, both in the order of the descriptor; '' for those without a theme."""
    found: dict[str, list[str]] = {}
    for name, entry in _entries(folder or data_folder()).items():
        found.setdefault(entry.get("theme", ""), []).append(name)
    return found


# ---------------------------------------------------------------- what a reader asks for


def load(name: str, folder: Traversable | None = None) -> pd.DataFrame:
    """One table, typed by its descriptor; a new copy at every call, so it may be changed freely.

    Whole numbers and years that may be missing come as "Int64", those always present as "int64",
    numbers as "float64", everything else as text. An empty cell is missing, never zero or "no".

    Raises UnknownTable for a wrong name (WrongKind for a map) and DamagedTable when the file differs from
    its checksum or its columns differ from the descriptor.
    """
    folder = folder or data_folder()
    key = (str(folder), name)
    table = _entry(folder, name)
    if _is_map(table):
        raise WrongKind(name, "map", "load_map")
    if key not in _FRAMES:
        _FRAMES[key] = _read(table, _bytes(folder, table))
    return _FRAMES[key].copy()


def load_map(name: str = "map", folder: Traversable | None = None) -> dict[str, Any]:
    """One map as a GeoJSON dictionary; a new one at every call, so it may be changed freely.

    Positions are longitude and latitude in degrees; each feature has the property `iso3`.

    Raises UnknownTable for a wrong name (WrongKind for a table) and DamagedTable when the file differs from
    its checksum or is no GeoJSON.
    """
    folder = folder or data_folder()
    entry = _entry(folder, name)
    if not _is_map(entry):
        raise WrongKind(name, "table", "load")
    raw = _bytes(folder, entry)
    damage = checksum_problems(entry, raw)
    if damage:
        raise DamagedTable(" ".join(damage))
    return read_map(entry, raw)


def describe(name: str, folder: Traversable | None = None) -> TableDescription:
    """What a table or a map holds: rows, columns, units, source, terms, release, known defects, citation.

    Raises UnknownTable for a wrong name, DamagedTable for a description that lacks a part.
    """
    folder = folder or data_folder()
    table = _entry(folder, name)
    try:
        return _description(name, table, folder)
    except (KeyError, TypeError, AttributeError):
        lacking = description_problems(table, _descriptor(folder)[1])
        raise DamagedTable("\n".join(lacking or [f"{DESCRIPTOR}, table {name}: the entry cannot be read."])) from None


def _description(name: str, table: Mapping[str, Any], folder: Traversable) -> TableDescription:
    schema = table.get("schema", {"fields": [], "primaryKey": []})
    return TableDescription(
        name=name,
        title=table["title"],
        description=table["description"],
        fields=tuple(described_field(declared) for declared in schema["fields"]),
        key=tuple(as_list(schema["primaryKey"])),
        rows=table.get("features" if _is_map(table) else "rows", 0),
        sources=tuple(known(Source, entry) for entry in table["sources"]),
        licences=tuple(known(Licence, entry) for entry in table["licenses"]),
        vintage=table["vintage"],
        coverage=table["coverage"],
        notes=tuple(table["notes"]),
        defects=tuple(table["defects"]),
        chapters=tuple(table["chapters"]),
        copies=tuple(known(Copy, entry) for entry in table.get("copies", ())),
        path=table["path"],
        bytes=table.get("bytes", 0),
        checksum=table.get("hash", "not sealed yet"),
        citation=cite(name, folder=folder),
        theme=table.get("theme", ""),
        time=tuple(as_list(table.get("time", ()))),
        places=tuple(as_list(table.get("places", ()))),
    )


def cite(name: str, style: str = "text", folder: Traversable | None = None) -> str:
    """How to cite a table or a map: its publishers first, then the excerpt in this course.

    `style` is "text", or "bibtex" for one `@misc` entry per source and one for the excerpt. The keys of the
    entries stay the same from release to release. Raises UnknownTable for a wrong name, ValueError for
    another style.
    """
    folder = folder or data_folder()
    return citation_of(_entry(folder, name), _descriptor(folder)[1], style)


def sources(name: str, folder: Traversable | None = None) -> pd.DataFrame:
    """What the rows of a table rest on, the most used first.

    Columns: reference (its key), kind, publisher, title, date, address, rows (how many rows cite it). A table
    that names a reference in its rows gives the entries of the table `references`; any other table, and a map,
    gives the sources of its description, each for all rows, with what is not told there missing.

    Raises UnknownTable for a wrong name, DamagedTable as load() does.
    """
    import pandas as pd

    folder = folder or data_folder()
    entry = _entry(folder, name)
    citing = [] if _is_map(entry) else _citing_columns(entry)
    if not citing:
        return pd.DataFrame(_declared_sources(entry), columns=_SOURCE_COLUMNS)
    counts: Counter[str] = Counter()
    for cells in load(name, folder)[[column for column, _ in citing]].itertuples(index=False):
        counts.update(set(_cited(cells, [rule for _, rule in citing])))
    used = pd.DataFrame({"reference": list(counts), "rows": list(counts.values())})
    told = used.merge(load(_REFERENCES, folder), on="reference", how="left")
    ordered = told.sort_values(["rows", "reference"], ascending=[False, True], ignore_index=True)
    return ordered.reindex(columns=_SOURCE_COLUMNS)


def licences(folder: Traversable | None = None) -> dict[str, tuple[Licence, ...]]:
    """The terms of every table and map: name -> licences."""
    return {
        name: tuple(known(Licence, entry) for entry in table["licenses"])
        for name, table in _entries(folder or data_folder()).items()
    }


# ---------------------------------------------------------------- the sources of a table's rows

_REFERENCES = "references"
_SOURCE_COLUMNS = ["reference", "kind", "publisher", "title", "date", "address", "rows"]


def _citing_columns(table: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The columns that name references, each with the rule by which its cells are read."""
    schema = table["schema"]
    listed = [(c["name"], c["list"]) for c in schema["fields"] if c.get("list", {}).get("table") == _REFERENCES]
    keyed: list[tuple[str, Mapping[str, Any]]] = [
        (column, {})
        for foreign in schema.get("foreignKeys", []) if foreign["reference"]["resource"] == _REFERENCES
        for column in as_list(foreign["fields"])
    ]
    return [*listed, *keyed]


def _cited(cells: Sequence[Any], rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for cell, rule in zip(cells, rules, strict=True):
        for item in list_items(rule, cell) if isinstance(cell, str) else ():
            yield item_key(rule, item)


def _declared_sources(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = entry.get("features" if _is_map(entry) else "rows", 0)
    return [
        {
            "reference": key, "kind": source.get("kind"), "publisher": source.get("publisher"),
            "title": source["title"], "date": source.get("date") or year_of(source["citation"]) or None,
            "address": source.get("path"), "rows": rows,
        }
        for key, source in zip(source_keys(entry["sources"]), entry["sources"], strict=True)
    ]


# ---------------------------------------------------------------- what a maintainer asks for


def validate(name: str, folder: Traversable | None = None) -> list[str]:
    """Everything that is wrong with a table or a map, in words; an empty list when all is well.

    Checked are its description; then the checksum, the size and the number of rows; the columns; type, allowed
    values, range and form of every cell; lists inside cells; units; unique and sorted keys; keys that point to
    another table; and the rules between columns and rows that the descriptor declares. Of a map: its shapes, their
    states and coordinates.
    """
    folder = folder or data_folder()
    whole = _descriptor(folder)[1]
    unsealed, content = _problems(folder, _entry(folder, name), Library(_others(folder)), whole)
    return unsealed + content


class Findings(NamedTuple):
    """What a check found: problems by table (or file), and the tables whose files are not as they were sealed."""

    problems: dict[str, list[str]]
    unsealed: dict[str, list[str]]


def examine(folder: Traversable | None = None) -> Findings:
    """What is wrong with the description and the content of every table and map, and which are not sealed as they are.

    Looked for besides what validate() sees: files that the descriptor does not name and, where LICENSES.md lies in
    the folder, tables whose terms are not told there. Each file is read once, so this takes less time than validating
    one after the other.
    """
    folder = folder or data_folder()
    whole = _descriptor(folder)[1]
    library = Library(_others(folder))
    problems: dict[str, list[str]] = {DESCRIPTOR: whole_problems(whole)}
    unsealed: dict[str, list[str]] = {}
    terms = _terms(folder)
    for name, entry in _entries(folder).items():
        unsealed[name], problems[name] = _problems(folder, entry, library, whole)
        if terms is not None and not description_problems(entry, whole):
            problems[name] += terms_problems(entry, terms)
    problems |= {name: [problem] for name, problem in strays(folder).items()}
    return Findings(_filled(problems), _filled(unsealed))


def check(folder: Traversable | None = None) -> dict[str, list[str]]:
    """What is wrong with every table and map: name -> problems, for those that have any.

    Problems are those of examine(), and files that differ from what was sealed.
    """
    problems, unsealed = examine(folder)
    return {name: unsealed.get(name, []) + problems.get(name, []) for name in {**unsealed, **problems}}


def strays(folder: Traversable | None = None) -> dict[str, str]:
    """Tables and maps in the folder that the descriptor does not name: file -> what to do."""
    folder = folder or data_folder()
    listing = getattr(folder, "iterdir", None)
    return stray_problems(_entries(folder).values(), [path.name for path in listing()] if listing else [])


def _terms(folder: Traversable) -> str | None:
    """LICENSES.md, if it lies in the folder."""
    try:
        return (folder / TERMS).read_text(encoding="utf-8")
    except (OSError, KeyError):
        return None


def _filled(told: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: problems for name, problems in told.items() if problems}


def _problems(
    folder: Traversable, entry: Mapping[str, Any], library: Library, whole: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """How the file differs from what was sealed; and what is wrong with its description or, if that is sound, in it."""
    if lacking := description_problems(entry, whole):
        return [], lacking
    try:
        raw = _bytes(folder, entry)
        if _is_map(entry):
            return map_seal_problems(entry, raw), map_problems(entry, raw, library)
        return seal_problems(entry, raw, library.keep(entry, raw)), content_problems(entry, raw, library)
    except DamagedTable as error:
        return [], [str(error)]


def seal(folder: Path | None = None) -> list[str]:
    """Write size, checksum and number of rows of every table and map into the descriptor.

    Returns the names of those whose entry changed. Raises DamagedTable, and writes nothing, while examine() finds a
    problem: mend the table or the description first.
    """
    folder = folder or _writable_folder()
    forget()
    found = examine(folder).problems
    if found:
        raise DamagedTable("\n".join(["Nothing was sealed.", *itertools.chain(*found.values())]))
    whole = package(folder)
    entries = {entry["name"]: entry for entry in whole["resources"]}
    library = Library(lambda name: (entries[name], _bytes(folder, entries[name])))
    fresh = {name: _fresh_seal(folder, entry, library) for name, entry in entries.items()}
    changed = [name for name, entry in entries.items() if any(entry.get(k) != v for k, v in fresh[name].items())]
    for name in changed:
        entries[name].update(fresh[name])
    _write_descriptor(folder, whole)
    forget()
    return changed


def _fresh_seal(folder: Path, entry: Mapping[str, Any], library: Library) -> dict[str, Any]:
    raw = _bytes(folder, entry)
    return map_seal(entry, raw) if _is_map(entry) else seal_of(entry, raw, library.keep(entry, raw))


def _write_descriptor(folder: Path, whole: Mapping[str, Any]) -> None:
    text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    # Written beside it first: a disk that fills up in between must not cost the descriptor.
    draft = folder / f"{DESCRIPTOR}.part"
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, folder / DESCRIPTOR)
    finally:
        draft.unlink(missing_ok=True)


def forget() -> None:
    """Drop everything kept in memory, so that edited files are read anew."""
    for memory in (_DESCRIPTORS, _ENTRIES, _FRAMES):
        memory.clear()


# ---------------------------------------------------------------- reading files

_DESCRIPTORS: dict[str, tuple[str, dict[str, Any]]] = {}  # the text, and what it says: nobody may change that
_ENTRIES: dict[str, dict[str, dict[str, Any]]] = {}
_FRAMES: dict[tuple[str, str], pd.DataFrame] = {}


def _descriptor(folder: Traversable) -> tuple[str, dict[str, Any]]:
    key = str(folder)
    if key not in _DESCRIPTORS:
        _DESCRIPTORS[key] = _sound_descriptor(folder)
    return _DESCRIPTORS[key]


def _sound_descriptor(folder: Traversable) -> tuple[str, dict[str, Any]]:
    try:
        text = (folder / DESCRIPTOR).read_text(encoding="utf-8")
        whole = json.loads(text)
        sound = all(isinstance(entry["name"], str) and isinstance(entry["path"], str) for entry in whole["resources"])
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedTable(f"{DESCRIPTOR}: expected JSON that lists the tables; found {error!r}.") from error
    if not sound:
        raise DamagedTable(f"{DESCRIPTOR}: each table needs a name and a path.")
    if doubled := double_problems(whole["resources"]):
        raise DamagedTable("\n".join(doubled))
    return text, whole


def _entries(folder: Traversable) -> dict[str, dict[str, Any]]:
    key = str(folder)
    if key not in _ENTRIES:
        _ENTRIES[key] = {entry["name"]: entry for entry in _descriptor(folder)[1]["resources"]}
    return _ENTRIES[key]


def _entry(folder: Traversable, name: str) -> dict[str, Any]:
    entries = _entries(folder)
    if not isinstance(name, str) or name not in entries:
        raise UnknownTable(name, list(entries))
    return entries[name]


def _is_map(entry: Mapping[str, Any]) -> bool:
    return "schema" not in entry


def _others(folder: Traversable) -> OtherTables:
    """How the checks get at the tables that a key points to."""
    return lambda name: (_entry(folder, name), _bytes(folder, _entry(folder, name)))


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


# ---------------------------------------------------------------- command for maintainers


def main(arguments: Sequence[str] | None = None) -> int:
    """The same command as `python course.py data`; returns the exit code."""
    from regionalism.tables.command import main as command

    return command(arguments, prog="python -m regionalism.data")


if __name__ == "__main__":
    sys.exit(main())
