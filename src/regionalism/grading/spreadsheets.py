"""Tables as teachers keep them: read whatever a spreadsheet wrote, write what none will run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LARGEST_FILE = 50_000_000
BOM = "\ufeff"
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Control signs but for the tabulator and the line end, and halves of signs.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PHONE = re.compile(r"\+[0-9][0-9 ]*")
_DELIMITERS = (",", ";", "\t")


class UnreadableTable(ValueError):
    """A table that cannot be understood; says why."""


@dataclass(frozen=True)
class Row:
    """One row of a table: its number in the file (the heading is row 1) and its cells by heading."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True)
class Sheet:
    """A table that was read: headings as written, rows that are not blank, and the encoding that was assumed."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding: UTF-8 or UTF-16 where that fits, else Windows-1251."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").removeprefix(BOM), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace"), "Windows-1251"


def read_table(data: bytes, needed: Sequence[str] = ()) -> Sheet:
    """Read a table with a heading row; headings are compared in lower case and without spaces around them.

    Raises UnreadableTable where it is too large, has no heading, a heading twice, or lacks a `needed` one.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableTable(f"it has {len(data):,} bytes; a table of this sort has at most {LARGEST_FILE:,}")
    text, encoding = decoded(data)
    if "\0" in text:
        raise UnreadableTable("it holds signs that no table has; save it as CSV UTF-8")
    lines = _records(text)
    first = next((at for at, cells in enumerate(lines) if _filled(cells)), None)
    if first is None:
        raise UnreadableTable("it is empty")
    headings = tuple(" ".join(cell.split()).casefold() for cell in lines[first])
    _check_headings(headings, needed)
    rows = tuple(
        Row(number, dict(zip(headings, [*cells, *[""] * len(headings)], strict=False)))
        for number, cells in enumerate(lines[first + 1 :], start=first + 2)
        if _filled(cells)
    )
    return Sheet(headings, rows, encoding)


def _records(text: str) -> list[list[str]]:
    head = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    if head.casefold().startswith("sep=") and len(head.strip()) == 5:
        # Some spreadsheets say on a line of its own what stands between two cells.
        delimiter, text = head.strip()[4], text.lstrip().partition("\n")[2]
    csv.field_size_limit(LARGEST_FILE)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableTable(f"its rows cannot be told apart ({error})") from None


def _filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _check_headings(headings: Sequence[str], needed: Sequence[str]) -> None:
    named = [heading for heading in headings if heading]
    # A spreadsheet that expects semicolons shows, and saves, a heading line with commas as one cell.
    if any(re.search(r"[;\t]|,.*,", heading) for heading in named):
        raise UnreadableTable("the headings stand in one cell; give each of them a cell of its own and save it again")
    double = sorted({heading for heading in named if named.count(heading) > 1})
    if double:
        raise UnreadableTable(f"two columns have the same heading: {', '.join(double)}")
    missing = [heading for heading in needed if heading not in headings]
    if missing:
        raise UnreadableTable(f"it lacks the column {', '.join(missing)}; it has {', '.join(named) or 'none'}")


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    return text.lstrip(" \u00a0\u200b").startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS)


def safe_cell(text: str) -> str:
    """A text for a cell that is only read: an apostrophe stands before what would start a formula."""
    clean = _UNWRITABLE.sub("", text)
    return f"'{clean}" if starts_a_formula(clean) else clean


def safe_key(text: str) -> str:
    """A text by which another program finds a student: as it is, also a phone number with a plus, if it runs nothing.

    With the apostrophe of `safe_cell` the program would not find the student; that is the lesser harm.
    """
    return text if _PHONE.fullmatch(text) else safe_cell(text)


def to_csv(rows: Iterable[Sequence[str]], bom: bool = True) -> str:
    """Rows of texts as CSV with commas and "\\n"; the mark at the start tells spreadsheets that it is UTF-8."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return (BOM if bom else "") + target.getvalue()


def decimal(value: float) -> str:
    """A number of points with two decimals, half a cent rounded up, and no negative zero."""
    return f"{round(value + 1e-9, 2) + 0.0:.2f}"
