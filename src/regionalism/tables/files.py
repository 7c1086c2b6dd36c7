"""Reading the files of the shared tables: bytes to rows, each file once in a run of checks.

A `Table` is one CSV file as text cells; a `Library` keeps the tables of one run, so that the keys of `states`
are read once and not once for each column that points there.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from regionalism.tables.description import joined

BYTE_ORDER_MARK = "\ufeff"
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}

Resource = Mapping[str, Any]
OtherTables = Callable[[str], tuple[Resource, bytes]]  # a table's name -> its descriptor entry and bytes


class DamagedTable(ValueError):
    """A table is not what its descriptor says. The message names file, expectation and finding."""


def checksum(raw: bytes) -> str:
    """The checksum as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def as_list(value: str | Sequence[str]) -> list[str]:
    """Table Schema lets a key be one column or several; here it is always several."""
    return [value] if isinstance(value, str) else list(value)


def rows(resource: Resource, raw: bytes) -> list[list[str]]:
    """All lines of the file as cells, the header first. Raises DamagedTable when it is not CSV in UTF-8."""
    try:
        return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise DamagedTable(
            f"{resource['path']}: not UTF-8 text at byte {error.start}, about row {row}. A program has saved the file "
            "in an older encoding. Save it again with the encoding UTF-8."
        ) from error
    except csv.Error as error:
        raise DamagedTable(f"{resource['path']}: not readable as CSV: {error}.") from error


class Table:
    """One CSV file as text: columns, rows of the right length, and what was wrong with the other rows.

    Raises DamagedTable when the file is not CSV in UTF-8. Rows are counted as a spreadsheet counts them:
    the header is row 1.
    """

    def __init__(self, resource: Resource, raw: bytes) -> None:
        self.resource, self.raw = resource, raw
        header, *lines = rows(resource, raw) or [[]]
        self.columns, self.size = header, len(lines)
        self.lines: list[list[str]] = []
        self.numbers: list[int] = []
        self.problems: list[str] = []
        for number, cells in enumerate(lines, start=2):
            if not any(map(str.strip, cells)):
                self.problems.append(f"{resource['path']} row {number} is empty: delete it.")
            elif len(cells) == len(header):
                self.lines.append(cells)
                self.numbers.append(number)
            else:
                self.problems.append(_ragged(f"{resource['path']} row {number}", cells, header))

    @cached_property
    def cells(self) -> dict[str, tuple[str, ...]]:
        """The cells of every column, in the order of the rows."""
        turned = zip(*self.lines, strict=True) if self.lines else [()] * len(self.columns)
        return dict(zip(self.columns, turned, strict=True))

    @cached_property
    def keys(self) -> list[str]:
        """The key of every row, its parts joined by blanks: 'KAZ 1991'."""
        return self.joined(as_list(self.resource["schema"]["primaryKey"]))

    def joined(self, columns: Sequence[str]) -> list[str]:
        """The cells of some columns of every row, joined by blanks."""
        return [" ".join(cells) for cells in self.together(columns)]

    def together(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """The cells of some columns, row by row. Raises DamagedTable for a column that is not there."""
        strange = [column for column in columns if column not in self.cells]
        if strange:
            raise DamagedTable(f"{self.path}: the column {joined(strange)} is not there; "
                               f"the columns are {', '.join(self.columns)}.")
        return list(zip(*(self.cells[column] for column in columns), strict=True))

    @property
    def path(self) -> str:
        """The file's name."""
        return str(self.resource["path"])

    def place(self, at: int) -> str:
        """Where a row stands, for a message: file, row and key."""
        return f"{self.path} row {self.numbers[at]} ({self.keys[at]})"


def _ragged(place: str, cells: Sequence[str], header: Sequence[str]) -> str:
    text = f"{place} ({cells[0]}): {len(cells)} cells instead of {len(header)}."
    extra = len(cells) - len(header)
    if extra > 0 and not any(map(str.strip, cells[len(header):])):
        return f"{text} At its right end {_counted(extra, 'comma')} too many: delete them."
    if extra > 0:
        return f"{text} A text that contains a comma needs quotes around it; a number is written with a point."
    return f"{text} An empty cell needs its comma too."


def _counted(number: int, thing: str) -> str:
    """A number of things with its verb: "one comma is", "two columns are"."""
    word = _SMALL[number] if number < len(_SMALL) else str(number)
    return f"{word} {thing}{'' if number == 1 else 's'} {'is' if number == 1 else 'are'}"


class Library:
    """The tables of one run of checks; each file is read and parsed once."""

    def __init__(self, other_tables: OtherTables) -> None:
        self._find = other_tables
        self._tables: dict[str, Table] = {}
        self._values: dict[tuple[str, ...], set[tuple[str, ...]]] = {}

    def table(self, name: str) -> Table:
        """A table by its name. Raises DamagedTable when the descriptor has no such table or its file is damaged."""
        if name not in self._tables:
            try:
                found = self._find(name)
            except KeyError:
                raise DamagedTable(f"The descriptor points to a table {name!r} that it does not list.") from None
            self._tables[name] = Table(*found)
        return self._tables[name]

    def keep(self, resource: Resource, raw: bytes) -> Table:
        """The table of an entry and its bytes, parsed unless it was parsed before in this run."""
        kept = self._tables.get(resource["name"])
        if kept is None or kept.raw != raw or kept.resource is not resource:
            kept = self._tables[resource["name"]] = Table(resource, raw)
            self._values = {asked: found for asked, found in self._values.items() if asked[0] != resource["name"]}
        return kept

    def values(self, name: str, columns: Sequence[str]) -> set[tuple[str, ...]]:
        """The different cells of some columns of a table, as tuples."""
        asked = (name, *columns)
        if asked not in self._values:
            self._values[asked] = set(self.table(name).together(columns))
        return self._values[asked]


def column_problems(resource: Resource, raw: bytes) -> list[str]:
    """The header line against the columns of the schema."""
    expected = [declared["name"] for declared in resource["schema"]["fields"]]
    first_line = raw.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    found = next(csv.reader([first_line]), [])
    if found == expected:
        return []
    path = resource["path"]
    if first_line.startswith(BYTE_ORDER_MARK):
        return [
            f"{path}: the file begins with a byte order mark, which spreadsheets add. Save it as plain UTF-8 "
            "without one (in most text editors: encoding “UTF-8”, not “UTF-8 with BOM”)."
        ]
    for sign, called in SEPARATORS.items():
        if first_line.rstrip("\r").split(sign) == expected:
            return [
                f"{path}: the cells are separated by {called}; commas are expected. Some spreadsheets write {called} "
                "when the computer's language uses the decimal comma. Save it as CSV with the comma as separator."
            ]
    nameless = len(found) - len(expected)
    if nameless > 0 and found == [*expected, *[""] * nameless]:
        columns = _counted(nameless, "column").rpartition(" ")[0]
        return [
            f"{path}: {columns} without a name at the right. A spreadsheet saves every column that was ever used: "
            "delete the empty ones there, and save again."
        ]
    return [_wrong_columns(path, expected, found)]


def _wrong_columns(path: str, expected: list[str], found: list[str]) -> str:
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    what = [f"missing {joined(missing)}"] if missing else []
    what += [f"not expected {joined(extra)}"] if extra else []
    return (
        f"{path}: wrong columns ({'; '.join(what) or 'wrong order'}). "
        f"Expected {', '.join(expected)}; found {', '.join(found)}."
    )
