"""What a slip probably was, and what to write instead: hints that follow a problem with a cell.

Tables are edited in spreadsheets, and spreadsheets change what was typed: dates, decimal points, years.
A hint is a guess in words; it never changes a cell.
"""

from __future__ import annotations

import calendar
import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

_TURNED_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?")
_LONG_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")
_SLASHED_DATE = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_COMMA_DECIMAL = re.compile(r"(-?\d+),(\d+)")
_GROUPED = re.compile(r"-?\d{1,3}([ ,'\u00a0\u202f])\d{3}(?:\1\d{3})*(\.\d+)?")
_WHOLE_WITH_POINT = re.compile(r"(-?\d+)\.0*")
_FULL_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_SERIAL = re.compile(r"[2-6]\d{4}(\.0+)?")  # days since the end of 1899: 1954 to 2091
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(r"(?:(\d{1,2})[-. ]+)?([A-Za-z]{3,9})\.?[-. ]+(\d{4}|\d{2})")
# What text in UTF-8 looks like when a program has read it in an older encoding, Western or Cyrillic.
_GARBLED = re.compile(
    "[\u0412\u00c2][\u00a7\u00b6]|\u00c2[\u00a0-\u00bf]|\u00e2\u20ac|\u0432\u0402|\ufffd|\u00d0[\u0080-\u00ff]"
    "|\u00c3[\u0080-\u00bf]"
)
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
    if kind == "year" and _SERIAL.fullmatch(cell):
        day = _day_of_serial(cell)
        return f"{cell} is how a spreadsheet stores the day {day}. Only the year belongs here: {day[:4]}"
    if kind == "year" and (named := _NAMED_MONTH.fullmatch(cell)) and len(named[3]) == 4:
        return f"Only the year belongs here: {named[3]}"
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
    elif _SERIAL.fullmatch(cell):
        readings.append(_day_of_serial(cell))
    else:
        return _named_month_hint(cell, pattern)
    sound = [reading for reading in readings if not unreal_date(reading)]
    days = [reading for reading in sound if re.fullmatch(pattern, reading)]
    # Where only the month was typed, a spreadsheet makes the first of the month of it.
    months = [reading[:7] for reading in sound if reading.endswith("-01") and re.fullmatch(pattern, reading[:7])]
    told = " or ".join(days)
    if months:
        told += f"{', or ' if days else ''}{' or '.join(months)} if only the month is known"
    serial = _SERIAL.fullmatch(cell)
    what = f"{cell} is how a spreadsheet stores a day" if serial else "A spreadsheet has changed the date"
    return f"{what}; dates are written year-month-day: {told}" if told else ""


def _day_of_serial(cell: str) -> str:
    """The day that a spreadsheet stores as a number: 45967 is 2025-11-06."""
    return str(datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cell.partition(".")[0])))


def _named_month_hint(cell: str, pattern: str) -> str:
    """`Dec-97` and the like."""
    found = _NAMED_MONTH.fullmatch(cell)
    if not found or found[2][:3].lower() not in _MONTH_NAMES:
        return ""
    day, name, year = found.groups()
    if len(year) == 2:  # as spreadsheets read it
        year = ("20" if int(year) < 30 else "19") + year
    month = f"{year}-{_MONTH_NAMES.index(name[:3].lower()) + 1:02}"
    reading = f"{month}-{int(day):02}" if day else month
    if unreal_date(reading) or not re.fullmatch(pattern, reading):
        return ""
    return f"A spreadsheet has changed the date; dates are written with numbers, year first: probably {reading}"


@cache
def date_forms(pattern: str) -> str:
    """In words the dates that a column's pattern accepts: "year or year-month"; '' when it is not for dates."""
    if re.fullmatch(pattern, "a"):  # a pattern for words, which lets a date through as well
        return ""
    samples = {"year": "2020", "year-month": "2020-02", "year-month-day": "2020-02-01"}
    forms = [name for name, sample in samples.items() if re.fullmatch(pattern, sample)]
    if forms in ([], ["year"]):
        return ""
    return ", ".join(forms[:-1]) + " or " + forms[-1] if len(forms) > 1 else forms[0]


def unreal_date(cell: str) -> str:
    """Why a cell of the form 2020-02 or 2020-02-30 is no date; '' for a real one and for other forms."""
    found = _FULL_DATE.fullmatch(cell)
    if not found:
        return ""
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    if year == 0:
        return "there is no year 0"
    if not 1 <= month <= 12:
        return f"there is no month {found[2]}"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"{calendar.month_name[month]} {year} has {last} days"
    return ""


def is_garbled(text: str) -> bool:
    """Whether text holds signs that show that a program has read it in the wrong encoding."""
    return bool(_GARBLED.search(text))


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
