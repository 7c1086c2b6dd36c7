"""What a slip probably was, and what to write instead: hints that follow a problem with a cell.

Tables are edited in spreadsheets, and spreadsheets change what was typed: dates, decimal points, years.
A hint is a guess in words; it never changes a cell.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_TURNED_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?")
_LONG_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_SLASHED_DATE = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_COMMA_DECIMAL = re.compile(r"(-?\d+),(\d+)")
_GROUPED = re.compile(r"-?\d{1,3}([ ,'\u00a0\u202f])\d{3}(?:\1\d{3})*(\.\d+)?")
_WHOLE_WITH_POINT = re.compile(r"(-?\d+)\.0*")
_NOTHING = {"na", "n/a", "n.a.", "nan", "null", "none", "-", "–", "—", "..", ". .", "...", "?"}


def hint(declared: Mapping[str, Any], cell: str) -> str:
    """What to write instead of a cell that its column refuses; '' when there is nothing sensible to say.

    `declared` is the column as the descriptor has it: type, constraints, codes.
    """
    if cell.strip().lower() in _NOTHING:
        return "For a missing value leave the cell empty"
    if declared["type"] in ("number", "integer", "year"):
        return _number_hint(declared["type"], cell)
    constraints = declared.get("constraints", {})
    if "pattern" in constraints and (date := _date_hint(cell, constraints["pattern"])):
        return date
    return code_hint(cell, map(str, constraints.get("enum", ())), constraints.get("pattern", ""))


def _number_hint(kind: str, cell: str) -> str:
    if kind != "number" and (whole := _WHOLE_WITH_POINT.fullmatch(cell)):
        return f"Write {whole[1]}"
    if kind == "year" and (turned := _TURNED_DATE.fullmatch(cell)):
        return f"Only the year belongs here: {turned[4]}"
    if kind == "year" and re.fullmatch(r"\d{4}[-/.]\d.*", cell):
        return f"Only the year belongs here: {cell[:4]}"
    if kind == "number" and (decimal := _COMMA_DECIMAL.fullmatch(cell)):
        return f"Numbers are written with a point: {decimal[1]}.{decimal[2]}"
    if grouped := _GROUPED.fullmatch(cell):
        return f"Numbers are written without a sign between thousands: {cell.replace(grouped[1], '')}"
    if cell.endswith("%"):
        return "Write the number alone; its unit stands in the description of the column"
    return ""


def _date_hint(cell: str, pattern: str) -> str:
    """A date that a spreadsheet turned round, written back; only if the column's form accepts the result."""
    readings: list[str] = []
    if turned := _TURNED_DATE.fullmatch(cell):
        first, sign, second, year = turned.groups()
        readings.append(f"{year}-{int(second):02}-{int(first):02}")
        if sign == "/" and int(second) != int(first):  # the one sign that some countries put month first with
            readings.append(f"{year}-{int(first):02}-{int(second):02}")
    elif long := _LONG_DATE.fullmatch(cell):
        readings.append(long[1])
    elif slashed := _SLASHED_DATE.fullmatch(cell):
        readings.append(f"{slashed[1]}-{int(slashed[2]):02}-{int(slashed[3]):02}")
    fitting = [reading for reading in readings if re.fullmatch(pattern, reading) and int(reading[5:7]) <= 12]
    if not fitting:
        return ""
    return f"A spreadsheet has changed the date; dates are written year-month-day: {' or '.join(fitting)}"


def code_hint(cell: str, known: Iterable[str], pattern: str = "") -> str:
    """What a code was probably meant to be: foreign letters, lower case, a near miss among the known codes."""
    codes = list(known)
    odd = [sign for sign in cell if sign.isalpha() and not sign.isascii()]
    expects_ascii = bool(codes and all(code.isascii() for code in codes)) or "A-Z" in pattern
    if odd and expects_ascii:
        alphabet = unicodedata.name(odd[0], "UNKNOWN").split()[0].title()
        return f"The letter {odd[0]!r} is {alphabet}; type the code with Latin letters"
    upper = cell.strip().upper()
    if upper != cell and (upper in codes or (pattern and re.fullmatch(pattern, upper))):
        return f"Write {upper}"
    near = difflib.get_close_matches(cell, codes, n=3, cutoff=0.6)
    return f"Nearest: {', '.join(near)}" if near else ""


def stray_hint(cell: str) -> str:
    """What is stray in a cell with blanks at its ends or signs that cannot be seen, and what to write."""
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in cell).split())
    if cell != cell.strip():
        side = "end" if cell != cell.rstrip() else "beginning"
        return f"There is a blank at the {side}; write {clean!r}"
    return f"Write {clean!r}"
