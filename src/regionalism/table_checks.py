"""Is a table what its descriptor says? The functions return problems in words, an empty list when all is well.

The descriptor says more than a plain Table Schema can: a column may hold a list of codes (`list`), its codes
may carry units (`units`), and columns may bind each other (`checks`). Independent readers ignore these extras;
here they are enforced.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from regionalism.table_description import joined

BYTE_ORDER_MARK = "\ufeff"

Resource = Mapping[str, Any]
Record = dict[str, str]
Records = list[tuple[str, Record]]  # where the row stands, and its cells by column
OtherTables = Callable[[str], tuple[Resource, bytes]]  # a table's name -> its descriptor entry and bytes


class DamagedTable(ValueError):
    """A table is not what its descriptor says. The message names file, expectation and finding."""


def checksum(raw: bytes) -> str:
    """The checksum as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def rows(resource: Resource, raw: bytes) -> list[list[str]]:
    """All lines of the file as cells, the header first. Raises DamagedTable when it is not CSV in UTF-8."""
    try:
        return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    except UnicodeDecodeError as error:
        raise DamagedTable(f"{resource['path']}: not UTF-8 text at byte {error.start}.") from error
    except csv.Error as error:
        raise DamagedTable(f"{resource['path']}: not readable as CSV: {error}.") from error


def seal_of(resource: Resource, raw: bytes) -> dict[str, Any]:
    """Size, checksum and number of rows: what sealing writes into the descriptor."""
    return {"bytes": len(raw), "hash": checksum(raw), "rows": len(rows(resource, raw)) - 1}


def seal_problems(resource: Resource, raw: bytes) -> list[str]:
    """Size, checksum and number of rows against the descriptor."""
    problems = checksum_problems(resource, raw)
    found = seal_of(resource, raw)
    for key, unit in (("bytes", "bytes"), ("rows", "rows")):
        if found[key] != resource[key]:
            problems.append(f"{resource['path']}: expected {resource[key]} {unit}, found {found[key]}.")
    return problems


def checksum_problems(resource: Resource, raw: bytes) -> list[str]:
    """The checksum against the descriptor."""
    expected, found = resource["hash"], checksum(raw)
    if expected == found:
        return []
    return [
        f"{resource['path']}: the file was changed. Expected checksum {expected}, found {found}. Restore the "
        "file; or, if the change is meant, run `python -m regionalism.data seal`."
    ]


def column_problems(resource: Resource, raw: bytes) -> list[str]:
    """The header line against the columns of the schema."""
    expected = [declared["name"] for declared in resource["schema"]["fields"]]
    first_line = raw.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    found = next(csv.reader([first_line]), [])
    if found == expected:
        return []
    if first_line.startswith(BYTE_ORDER_MARK):
        return [
            f"{resource['path']}: the file begins with a byte order mark, which spreadsheets add. "
            "Save it as plain UTF-8 without one."
        ]
    missing = [column for column in expected if column not in found]
    extra = [column for column in found if column not in expected]
    what = [f"missing {joined(missing)}"] if missing else []
    what += [f"not expected {joined(extra)}"] if extra else []
    return [
        f"{resource['path']}: wrong columns ({'; '.join(what) or 'wrong order'}). "
        f"Expected {', '.join(expected)}; found {', '.join(found)}."
    ]


def content_problems(resource: Resource, raw: bytes, other_tables: OtherTables) -> list[str]:
    """Columns, cells, lists, units, keys and rules. `other_tables` gives the tables that keys point to."""
    problems = column_problems(resource, raw)
    if problems:
        return problems
    problems = _declaration_problems(resource)
    if problems:
        return problems
    declared = resource["schema"]["fields"]
    records, problems = _records(resource, raw)
    problems += _cell_problems(declared, records)
    problems += _list_problems(declared, records, other_tables)
    problems += _unit_problems(declared, records)
    problems += _uniqueness_problems(resource["schema"], records)
    problems += _order_problems(resource["schema"], records)
    problems += _foreign_problems(resource["schema"], records, other_tables)
    problems += _rule_problems(resource, records)
    return problems


def _records(resource: Resource, raw: bytes) -> tuple[Records, list[str]]:
    header, *lines = rows(resource, raw)
    records, problems = [], []
    for number, cells in enumerate(lines, start=2):
        place = f"{resource['path']} row {number} ({cells[0] if cells else 'empty'})"
        if len(cells) == len(header):
            records.append((place, dict(zip(header, cells, strict=True))))
        else:
            problems.append(f"{place}: {len(cells)} cells instead of {len(header)}.")
    return records, problems


def _declaration_problems(resource: Resource) -> list[str]:
    """Types and rules that the descriptor names and the checks below do not know."""
    types = [f"type {entry['type']!r} of column {entry['name']}" for entry in resource["schema"]["fields"]
             if entry["type"] not in _CASTS]
    rules = [f"rule {check['rule']!r}" for check in resource.get("checks", []) if check["rule"] not in _RULES]
    known = f"Known are the types {joined([*_CASTS])} and the rules {joined([*_RULES])}."
    return [f"{resource['path']}: the descriptor's {what} is not known. {known}" for what in (*types, *rules)]


# ---------------------------------------------------------------- cells


def _cell_problems(declared: Sequence[Mapping[str, Any]], records: Records) -> list[str]:
    return [
        f"{place}, column {entry['name']}: {problem}."
        for place, record in records
        for entry in declared
        if (problem := _cell_problem(entry, record[entry["name"]]))
    ]


def _cell_problem(declared: Mapping[str, Any], cell: str) -> str:
    constraints = declared.get("constraints", {})
    if cell == "":
        return "empty, but required" if constraints.get("required") else ""
    if cell != cell.strip() or not cell.isprintable():
        return f"stray space, line break or unprintable sign in {cell!r}"
    try:
        value = _CASTS[declared["type"]](cell)
    except ValueError:
        return f"{cell!r} is not of type {declared['type']}"
    return _constraint_problem(constraints, cell, value)


def _constraint_problem(constraints: Mapping[str, Any], cell: str, value: Any) -> str:
    if "enum" in constraints and value not in constraints["enum"]:
        return f"{cell!r} is not one of {', '.join(map(str, constraints['enum']))}"
    if "minimum" in constraints and value < constraints["minimum"]:
        return f"{cell} is below the minimum {constraints['minimum']}"
    if "maximum" in constraints and value > constraints["maximum"]:
        return f"{cell} is above the maximum {constraints['maximum']}"
    if "pattern" in constraints and not re.fullmatch(constraints["pattern"], cell):
        return f"{cell!r} does not have the form {constraints['pattern']}"
    return ""


def _whole(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", cell):
        raise ValueError(cell)
    return int(cell)


def _finite(cell: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", cell):
        raise ValueError(cell)
    return float(cell)


_CASTS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _whole,
    "year": _whole,
    "number": _finite,
}


# ---------------------------------------------------------------- lists of codes, and units


def _list_problems(declared: Sequence[Mapping[str, Any]], records: Records, other_tables: OtherTables) -> list[str]:
    problems = []
    for entry in declared:
        if "list" not in entry:
            continue
        rule, allowed = entry["list"], _list_members(entry, other_tables)
        for place, record in records:
            cell = record[entry["name"]]
            items = cell.split(rule["separator"]) if cell else []
            problems += [
                f"{place}, column {entry['name']}: {problem}."
                for problem in _list_cell_problems(rule, items, allowed, record)
            ]
    return problems


def _list_cell_problems(rule: Mapping[str, Any], items: list[str], allowed: set[str], record: Record) -> Iterator[str]:
    strangers = [item for item in items if item not in allowed]
    if strangers:
        yield f"{joined(strangers)} not allowed by the table {rule['table']} or the codes of the column"
    if len(set(items)) != len(items):
        yield f"an entry stands twice in {rule['separator'].join(items)}"
    if rule.get("sorted") and items != sorted(items):
        yield f"{rule['separator'].join(items)} is not in alphabetical order"
    counted = rule.get("counted_in")
    if counted and record[counted] != str(len(items)):
        yield f"{len(items)} entries, but {counted} is {record[counted]}"


def _list_members(entry: Mapping[str, Any], other_tables: OtherTables) -> set[str]:
    """The codes a list may hold: keys of the other table, filtered, and the column's own codes if so said."""
    rule = entry["list"]
    other, raw = other_tables(rule["table"])
    key = as_list(other["schema"]["primaryKey"])[0]
    wanted = rule.get("where", {}).items()
    members = {
        record[key]
        for _, record in _records(other, raw)[0]
        if all(record[column] in values for column, values in wanted)
    }
    return members | set(entry["codes"]) if rule.get("or_codes") else members


def _unit_problems(declared: Sequence[Mapping[str, Any]], records: Records) -> list[str]:
    """Where a column maps its codes to units, the column `unit` of the same row must agree."""
    return [
        f"{place}, column unit: {record['unit']!r} instead of {units[record[entry['name']]]!r}."
        for entry in declared
        if (units := entry.get("units"))
        for place, record in records
        if record["unit"] != units.get(record[entry["name"]], record["unit"])
    ]


# ---------------------------------------------------------------- keys and rules


def _uniqueness_problems(schema: Mapping[str, Any], records: Records) -> list[str]:
    primary = as_list(schema["primaryKey"])
    unique = [[entry["name"]] for entry in schema["fields"] if entry.get("constraints", {}).get("unique")]
    problems = []
    for key in [primary, *(columns for columns in unique if columns != primary)]:
        first: dict[tuple[str, ...], str] = {}
        for place, record in records:
            value = tuple(record[column] for column in key)
            if value in first:
                problems.append(f"{place}: {joined(key)} {joined(value)} also stands in {first[value]}.")
            first.setdefault(value, place)
    return problems


def _order_problems(schema: Mapping[str, Any], records: Records) -> list[str]:
    """Rows stand in the order of the key, so that a change shows as a change and not as a shuffle."""
    types = {entry["name"]: entry["type"] for entry in schema["fields"]}
    primary = as_list(schema["primaryKey"])
    try:
        keys = [tuple(_CASTS[types[column]](record[column]) for column in primary) for _, record in records]
    except ValueError:
        return []  # the cell itself is reported already
    for (place, _), before, after in zip(records[1:], keys, keys[1:], strict=False):
        if after < before:
            return [f"{place}: not in the order of {joined(primary)}."]
    return []


def _foreign_problems(schema: Mapping[str, Any], records: Records, other_tables: OtherTables) -> list[str]:
    problems = []
    for foreign in schema.get("foreignKeys", []):
        columns, reference = as_list(foreign["fields"]), foreign["reference"]
        others = _records(*other_tables(reference["resource"]))[0]
        targets = {tuple(record[column] for column in as_list(reference["fields"])) for _, record in others}
        for place, record in records:
            value = tuple(record[column] for column in columns)
            if value not in targets:
                problems.append(f"{place}: {joined(columns)} {joined(value)} not in table {reference['resource']}.")
    return problems


def _rule_problems(resource: Resource, records: Records) -> list[str]:
    problems = []
    for check in resource.get("checks", []):
        column, other, broken = check["column"], check["with"], _RULES[check["rule"]]
        problems += [
            f"{place}: {column} {record[column]} breaks the rule {check['rule']} with {other} {record[other]}."
            for place, record in records
            if record[column] and record[other] and broken(record[column], record[other])
        ]
    return problems


_RULES: dict[str, Callable[[str, str], bool]] = {
    "not_before": lambda value, other: value < other,
    "same_year": lambda value, other: value[:4] != other[:4],
}


def as_list(value: str | Sequence[str]) -> list[str]:
    """Table Schema lets a key be one column or several; here it is always several."""
    return [value] if isinstance(value, str) else list(value)
