"""Is a table what its descriptor says? The functions return problems in words, an empty list when all is well.

The descriptor says more than a plain Table Schema can: a column may hold a list of codes (`list`), its codes
may carry units (`units`), and columns and rows may bind each other (`checks`, see rules.py). Independent
readers ignore these extras; here they are enforced.

A column is checked by its different cells, not cell by cell: a table of ten thousand rows repeats a few hundred.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from regionalism.tables.description import joined
from regionalism.tables.files import (
    DamagedTable,
    Library,
    OtherTables,
    Resource,
    Table,
    as_list,
    checksum,
    column_problems,
    rows,
)
from regionalism.tables.rules import declaration_problems, rule_problems
from regionalism.tables.slips import code_hint, date_forms, hint, is_garbled, stray_hint, unreal_date

__all__ = [
    "DamagedTable",
    "Library",
    "as_list",
    "checksum",
    "checksum_problems",
    "column_problems",
    "content_problems",
    "rows",
    "seal_of",
    "seal_problems",
]

Declared = Mapping[str, Any]  # a column as the descriptor has it
MOST = 20  # rows of one table that are told one by one to stand in the wrong place
Found = tuple[int, int, str]  # row, column and words of a problem: for telling problems in reading order


def seal_of(resource: Resource, raw: bytes, table: Table | None = None) -> dict[str, Any]:
    """Size, checksum and number of rows: what sealing writes into the descriptor."""
    count = table.size if table else max(0, len(rows(resource, raw)) - 1)
    return {"bytes": len(raw), "hash": checksum(raw), "rows": count}


def seal_problems(resource: Resource, raw: bytes, table: Table | None = None) -> list[str]:
    """Size, checksum and number of rows against the descriptor."""
    problems = checksum_problems(resource, raw)
    if "hash" not in resource:
        return problems
    found = seal_of(resource, raw, table)
    for key, unit in (("bytes", "bytes"), ("rows", "rows")):
        if found[key] != resource.get(key):
            problems.append(f"{resource['path']}: expected {resource.get(key)} {unit}, found {found[key]}.")
    return problems


def checksum_problems(resource: Resource, raw: bytes) -> list[str]:
    """The checksum against the descriptor."""
    if "hash" not in resource:
        return [f"{resource['path']}: not sealed yet. Run `python course.py data seal`."]
    expected, found = resource["hash"], checksum(raw)
    if expected == found:
        return []
    return [
        f"{resource['path']}: the file was changed. Expected checksum {expected}, found {found}. Restore the "
        "file; or, if the change is meant (`python course.py data changes` shows it), run "
        "`python course.py data seal`."
    ]


def content_problems(resource: Resource, raw: bytes, other_tables: OtherTables | Library) -> list[str]:
    """Columns, cells, lists, units, keys and rules.

    `other_tables` gives the tables that keys point to; a Library keeps them from one call to the next.
    """
    problems = column_problems(resource, raw) or _type_problems(resource) + declaration_problems(resource)
    if problems:
        return problems
    library = other_tables if isinstance(other_tables, Library) else Library(other_tables)
    table = library.keep(resource, raw)
    declared, schema = resource["schema"]["fields"], resource["schema"]
    problems = [*table.problems]
    problems += _garbled_problems(declared, table)
    problems += _cell_problems(declared, table)
    problems += _unit_problems(declared, table)
    problems += _uniqueness_problems(schema, table)
    problems += _order_problems(schema, table)
    try:
        problems += _list_problems(declared, table, library)
        problems += _foreign_problems(schema, table, library)
        problems += rule_problems(table, library)
    except DamagedTable as error:  # of a table that this one points to
        problems.append(f"{resource['path']}: not checked to the end. {error}")
    return problems


def _type_problems(resource: Resource) -> list[str]:
    known = f"Known are the types {joined([*_CASTS])}."
    return [
        f"{resource['path']}: the descriptor's type {entry['type']!r} of column {entry['name']} is not known. {known}"
        for entry in resource["schema"]["fields"] if entry["type"] not in _CASTS
    ]


def _told(table: Table, found: Iterable[Found]) -> list[str]:
    """Problems in the order in which a person meets them: row by row, from left to right."""
    return [f"{table.place(row)}{words}." for row, _, words in sorted(found)]


def _at(table: Table, number: int, entry: Declared, faults: Mapping[str, str]) -> Iterator[Found]:
    """Where the faulty cells of a column stand."""
    if faults:
        for row, cell in enumerate(table.cells[entry["name"]]):
            if fault := faults.get(cell):
                yield row, number, f", column {entry['name']}: {fault}"


# ---------------------------------------------------------------- cells


def _garbled_problems(declared: Sequence[Declared], table: Table) -> list[str]:
    """Cells that a program has read in the wrong encoding; the whole file is looked at first, since it is rare."""
    if not is_garbled(table.raw.decode("utf-8")):
        return []
    found: list[Found] = []
    for number, entry in enumerate(declared):
        faults = {
            cell: f"{_cut(cell)!r} holds signs that come from reading the file in the wrong encoding. Take the file as "
            "it was before, open the file again as UTF-8, and repeat your change"
            for cell in set(table.cells[entry["name"]]) if is_garbled(cell)
        }
        found += _at(table, number, entry, faults)
    return _told(table, found)


def _cut(cell: str) -> str:
    return cell if len(cell) <= 60 else f"{cell[:60]}..."


def _cell_problems(declared: Sequence[Declared], table: Table) -> list[str]:
    found: list[Found] = []
    for number, entry in enumerate(declared):
        different = set(table.cells[entry["name"]])
        faults = {cell: fault for cell in different if (fault := _cell_problem(entry, cell))}
        found += _at(table, number, entry, faults)
    return _told(table, found)


def _cell_problem(declared: Declared, cell: str) -> str:
    constraints = declared.get("constraints", {})
    if cell == "":
        return "empty, but required" if constraints.get("required") else ""
    if is_garbled(cell):
        return ""  # told already
    if cell != cell.strip() or not cell.isprintable():
        return f"stray space, line break or unprintable sign in {cell!r}. {stray_hint(cell)}"
    try:
        value = _CASTS[declared["type"]](cell)
    except ValueError:
        problem, else_advice = f"{cell!r} is not of type {declared['type']}", ""
    else:
        problem, else_advice = _constraint_problem(declared, cell, value)
    advice = (hint(declared, cell) or else_advice) if problem else ""
    return f"{problem}. {advice}" if advice else problem


def _constraint_problem(declared: Declared, cell: str, value: Any) -> tuple[str, str]:
    """What a cell breaks, and what to do where no slip explains it."""
    constraints = declared.get("constraints", {})
    if "enum" in constraints and value not in constraints["enum"]:
        return f"{cell!r} is not one of {', '.join(map(str, constraints['enum']))}", ""
    for key, side, change in (("minimum", "below", "lower"), ("maximum", "above", "raise")):
        if key in constraints and (value < constraints[key] if key == "minimum" else value > constraints[key]):
            return (
                f"{cell} is {side} the {key} {constraints[key]}",
                f"If the figure is right, {change} the {key} of this column in datapackage.json",
            )
    pattern = constraints.get("pattern", "")
    dates = date_forms(pattern) if pattern else ""
    if dates and (why := unreal_date(cell)):
        return f"{cell!r} is no real date: {why}", ""
    if pattern and not re.fullmatch(pattern, cell):
        form = dates or f"of this column ({declared.get('description', declared['name']).rstrip('.')})"
        return f"{cell!r} does not have the form {form}", ""
    return "", ""


_WHOLE = re.compile(r"-?[0-9]+")
_FINITE = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise ValueError(cell)
    return int(cell)


def _finite(cell: str) -> float:
    if not _FINITE.fullmatch(cell):
        raise ValueError(cell)
    return float(cell)


_CASTS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _whole,
    "year": _whole,
    "number": _finite,
}


# ---------------------------------------------------------------- lists of codes, and units


def _list_problems(declared: Sequence[Declared], table: Table, library: Library) -> list[str]:
    found: list[Found] = []
    for number, entry in enumerate(declared):
        if "list" not in entry:
            continue
        allowed = _list_members(entry, library)
        different = set(table.cells[entry["name"]])
        sound = [cell for cell in different if cell and not is_garbled(cell)]
        faults = {cell: " ".join(_list_cell_problems(entry["list"], cell, allowed)) for cell in sound}
        found += _at(table, number, entry, {cell: fault.rstrip(".") for cell, fault in faults.items() if fault})
        found += _counted_problems(number, entry, table)
    return _told(table, found)


def list_items(rule: Mapping[str, Any], cell: str) -> list[str]:
    """The entries of a cell; a rule without a separator is for a single value."""
    if not cell:
        return []
    return cell.split(rule["separator"]) if rule.get("separator") else [cell]


def item_key(rule: Mapping[str, Any], item: str) -> str:
    """The part of an entry that is the key: all of it, or the first word (`mayer2021 §4 ¶3`)."""
    return item.partition(" ")[0] if rule.get("item") == "first_word" else item


def _list_cell_problems(rule: Mapping[str, Any], cell: str, allowed: set[str]) -> Iterator[str]:
    items = list_items(rule, cell)
    strangers = [key for item in items if (key := item_key(rule, item)) not in allowed]
    if strangers:
        advice = code_hint(strangers[0], sorted(allowed))
        tables = f"the table {rule['table']} or " if "table" in rule else ""
        yield f"{joined(strangers)} not allowed by {tables}the codes of the column." + (f" {advice}." if advice else "")
    separator = rule.get("separator", "")
    if separator.strip() != separator and any(separator.strip() in item for item in items):
        yield f"between two entries stands {separator!r}, with the blanks."
    elif rule.get("item") == "first_word":
        yield from (fault for item in items if (fault := _place_problem(item, allowed, separator)))
    if len(set(items)) != len(items):
        yield f"an entry stands twice in {cell}."
    if rule.get("sorted") and items != sorted(items):
        yield f"{cell} is not in alphabetical order. Write {separator.join(sorted(items))}."


# After the key of a reference stands only where in it: `§4 ¶2-¶3; fn 29`, `s3 Multilateral ¶1`, `overview s2-3`.
_PLACE = re.compile(r"(?:[§¶]|s|p|pp|fn|n|KP|ch|art|no|vol)?\.?[0-9]+[a-z]?(?:[-–/,](?:[§¶]|s|p)?[0-9]+[a-z]?)*")
_HEADING = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)*")  # a word of a heading: with a capital
_PLACE_WORDS = {
    "abstract", "intro", "introduction", "conclusion", "overview", "preface", "summary", "key", "point", "points",
    "whole", "text", "important", "fn", "note", "notes", "table", "figure", "fig", "map", "box", "annex",
    "appendix", "article", "art", "title", "caption", "chapter", "ch", "part", "section", "sec", "para", "page",
    "pages", "p", "pp", "line", "no", "vol", "and", "of", "the", "to", "in", "§", "¶", "-", "–",
}


def _place_problem(item: str, keys: set[str], separator: str) -> str:
    """What else than a place stands after the key of a reference; '' when all is well."""
    key, _, rest = item.partition(" ")
    for word in rest.split():
        bare = word.strip("(),;:.")
        if bare in keys:
            return f"between {key} and {bare} the sign {separator!r} is missing; write {key}{separator}{bare}."
        if bare and not (_PLACE.fullmatch(bare) or bare in _PLACE_WORDS or _HEADING.fullmatch(bare)):
            return (
                f"after {key} stands {word!r}; only a place may follow there, such as §4 ¶2, fn 29, p. 12, s3 or "
                "abstract. A remark belongs into another column."
            )
    return ""


def _counted_problems(number: int, entry: Declared, table: Table) -> Iterator[Found]:
    """Where another column says how many entries the list has, it must be right."""
    rule, name = entry["list"], entry["name"]
    counted = rule.get("counted_in")
    if counted:
        for row, (cell, count) in enumerate(table.together([name, counted])):
            if count != str(entries := len(list_items(rule, cell))):
                yield row, number, f", column {name}: {entries} entries, but {counted} is {count}"


def _list_members(entry: Declared, library: Library) -> set[str]:
    """The codes a list may hold: keys of the other table, filtered, and the column's own codes if so said."""
    rule = entry["list"]
    own = set(entry.get("codes", {}))
    if "table" not in rule:
        return own
    other = library.table(rule["table"])
    key = as_list(other.resource["schema"]["primaryKey"])[0]
    wanted = rule.get("where", {})
    members = {
        code
        for code, *cells in other.together([key, *wanted])
        if all(cell in values for cell, values in zip(cells, wanted.values(), strict=True))
    }
    return members | own if rule.get("or_codes") else members


def _unit_problems(declared: Sequence[Declared], table: Table) -> list[str]:
    """Where a column maps its codes to units, the column `unit` of the same row must agree."""
    problems = []
    for entry in declared:
        if not (units := entry.get("units")):
            continue
        for row, (code, unit) in enumerate(table.together([entry["name"], "unit"])):
            if code in units and unit != units[code]:
                problems.append(f"{table.place(row)}, column unit: {unit!r} instead of {units[code]!r}.")
    return problems


# ---------------------------------------------------------------- keys


def _uniqueness_problems(schema: Mapping[str, Any], table: Table) -> list[str]:
    primary = as_list(schema["primaryKey"])
    unique = [[entry["name"]] for entry in schema["fields"] if entry.get("constraints", {}).get("unique")]
    problems = []
    for key in [primary, *(columns for columns in unique if columns != primary)]:
        first: dict[tuple[str, ...], int] = {}
        for row, value in enumerate(table.together(key)):
            before = first.setdefault(value, row)
            if before != row and (key == primary or all(value)):  # a missing value may be missing twice
                problems.append(
                    f"{table.place(row)}: {joined(key)} {joined(value)} also stands in {table.place(before)}. "
                    "Give one of the two rows another key, or delete it."
                )
    return problems


def _order_problems(schema: Mapping[str, Any], table: Table) -> list[str]:
    """Rows stand in the order of the key, so that a change shows as a change and not as a shuffle."""
    types = {entry["name"]: entry["type"] for entry in schema["fields"]}
    primary = as_list(schema["primaryKey"])
    try:
        columns = [[_CASTS[types[column]](cell) for cell in table.cells[column]] for column in primary]
    except ValueError:
        return []  # the cell itself is reported already
    keys = list(zip(*columns, strict=True))
    if all(before <= after for before, after in zip(keys, keys[1:], strict=False)):
        return []
    staying = _longest_sorted(keys)
    sorted_keys, stays = [keys[row] for row in staying], set(staying)
    misplaced = [row for row in range(len(keys)) if row not in stays]
    order = joined(primary)
    problems = []
    for row in misplaced[:MOST]:
        at = bisect_right(sorted_keys, keys[row])
        up = at < len(staying) and staying[at] < row
        way, side, next_to = ("up", "before", staying[at]) if up else ("down", "after", staying[at - 1])
        problems.append(
            f"{table.place(row)}: not in the order of {order}. Move the row {way}, {side} row {table.numbers[next_to]} "
            f"({table.keys[next_to]})."
        )
    if len(misplaced) > MOST:
        left = len(misplaced) - MOST
        problems.append(f"{table.path}: {left} more rows are not in the order of {order}. Sort the table by {order}.")
    return problems


def _longest_sorted(keys: Sequence[tuple[Any, ...]]) -> list[int]:
    """The rows of a longest part that is in order already: all others, and no more, have to be moved."""
    tails: list[int] = []  # the row that ends the best part of each length
    ends: list[tuple[Any, ...]] = []
    before: dict[int, int] = {}
    for row, key in enumerate(keys):
        length = bisect_right(ends, key)
        if length:
            before[row] = tails[length - 1]
        tails[length:length + 1] = [row]
        ends[length:length + 1] = [key]
    part = [tails[-1]]
    while part[-1] in before:
        part.append(before[part[-1]])
    return part[::-1]


def _foreign_problems(schema: Mapping[str, Any], table: Table, library: Library) -> list[str]:
    """Keys that point to nothing. An empty cell points nowhere and is not at fault."""
    problems = []
    for foreign in schema.get("foreignKeys", []):
        columns, reference = as_list(foreign["fields"]), foreign["reference"]
        # An empty name means the table itself, as in the standard.
        other = reference["resource"] or table.resource["name"]
        targets = library.values(other, as_list(reference["fields"]))
        values = table.together(columns)
        dangling = {value for value in set(values) if any(value) and value not in targets}
        for row, value in enumerate(values) if dangling else ():
            if value in dangling:
                near = f" {advice}." if (advice := _target_hint(value, targets)) else ""
                problems.append(
                    f"{table.place(row)}: {joined(columns)} {joined(value)} not in table {other}.{near} "
                    f"Mend it, or add its row to {other} first."
                )
    return problems


def _target_hint(value: tuple[str, ...], targets: set[tuple[str, ...]]) -> str:
    if len(value) > 1:
        return ""
    known = sorted(code for (code,) in targets)
    return code_hint(value[0], known)
