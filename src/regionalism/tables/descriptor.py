"""Is the descriptor itself complete? Problems in words, an empty list when all is well.

A maintainer copies the entry of a similar table and changes it; what was forgotten or mistyped is told here, before
any table is read, with the place in `datapackage.json` and what to write there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from regionalism.tables.description import joined
from regionalism.tables.files import Resource, as_list
from regionalism.tables.rules import declaration_problems

DESCRIPTOR = "datapackage.json"
TERMS = "LICENSES.md"
CHAPTERS = (
    "puzzle", "record", "threats", "gains", "bargain", "providers", "outsourcing", "balance", "regimes", "leadership",
    "vision", "evidence", "table",
)
TYPES = ("string", "integer", "year", "number")

_TEXTS = ("title", "description", "theme", "vintage", "coverage")
_FILLED = {"sources": ("title", "citation"), "licenses": ("name", "title", "path", "terms")}
_LISTS = ("notes", "defects", "chapters")
_CONSTRAINTS = ("required", "unique", "enum", "minimum", "maximum", "pattern")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.(csv|geojson)")


def description_problems(entry: Resource, whole: Mapping[str, Any]) -> list[str]:
    """What an entry of the descriptor lacks, or names that is not there; `whole` is the descriptor.

    Only when every part is there is it asked whether the columns, tables and chapters that it names exist.
    """
    lacking = [*_lacking(entry)] or [*_lacking_columns(entry)]
    if lacking:
        return _told(entry, lacking)
    if "schema" not in entry:
        return _told(entry, _chapter_faults(entry))
    faults = [*_chapter_faults(entry), *_column_faults(entry), *_pointer_faults(entry, whole), *_shape_of_checks(entry)]
    return _told(entry, faults) or declaration_problems(entry)


def whole_problems(whole: Mapping[str, Any]) -> list[str]:
    """What the descriptor lacks as a whole."""
    return [
        f"{DESCRIPTOR}: it lacks {key!r} at its top; every citation names it." for key in ("title", "version")
        if not _is_text(whole.get(key))
    ]


def double_problems(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Two entries with one name or one path, with the place of both."""
    problems = []
    for key in ("name", "path"):
        first: dict[str, int] = {}
        for number, entry in enumerate(entries):
            before = first.setdefault(entry[key], number)
            if before != number:
                problems.append(
                    f"{DESCRIPTOR}: the {key} {entry[key]!r} stands twice, in {_spot(entries, before)} and in "
                    f"{_spot(entries, number)}. Each table needs a {key} of its own: change one of the two."
                )
    return problems


def stray_problems(entries: Iterable[Mapping[str, Any]], files: Iterable[str]) -> dict[str, str]:
    """Tables and maps in the folder that no entry names: file -> problem."""
    named = {entry["path"] for entry in entries}
    strays = [name for name in files if name.lower().endswith((".csv", ".geojson")) and not name.startswith(".")]
    return {
        name: f"{name} is not described in {DESCRIPTOR}: copy the entry of a similar table and change it, or move the "
        "file elsewhere."
        for name in sorted(strays) if name not in named
    }


def terms_problems(entry: Resource, text: str) -> list[str]:
    """Whether LICENSES.md tells the terms of a table: a line that begins with its name and holds each address."""
    name = entry["name"]
    lines = [line for line in text.splitlines() if re.match(rf"\|\s*`{re.escape(name)}`\s*\|", line)]
    if not lines:
        return [
            f"{TERMS}: there is no line for the table {name}. Copy the line of a similar table, write `{name}` between "
            "backticks into its first cell, and say whose table it is and what one may do with it."
        ]
    return [
        f"{TERMS}: the line of `{name}` does not hold the address {licence['path']}, under which {DESCRIPTOR} has its "
        "terms. Write it there, or mend the address in the descriptor."
        for licence in entry["licenses"] if not any(licence["path"] in line for line in lines)
    ]


# ---------------------------------------------------------------- parts of a message


def _told(entry: Resource, faults: Iterable[str]) -> list[str]:
    return [f"{DESCRIPTOR}, table {entry['name']}: {fault}." for fault in faults]


def _spot(entries: Sequence[Mapping[str, Any]], number: int) -> str:
    after = f"after {entries[number - 1]['name']!r}" if number else "the first"
    return f"entry {number + 1} ({after}; name {entries[number]['name']!r}, path {entries[number]['path']!r})"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _near(word: Any, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(str(word), names, n=2, cutoff=0.6)
    return f"Nearest: {joined(near)}" if near else f"Known: {', '.join(names)}"


# ---------------------------------------------------------------- is every part there?


def _lacking(entry: Resource) -> Iterator[str]:
    if not _NAME.fullmatch(entry["name"]):
        yield "its `name` may hold only small Latin letters, digits and underscores, and begins with a letter"
    if not _FILE.fullmatch(entry["path"]):
        yield f"its `path` {entry['path']!r} must be the bare name of a file that ends in .csv or .geojson"
    for key in _TEXTS:
        if not _is_text(entry.get(key)):
            yield f"it lacks {key!r} (text that is not empty)"
    for key in _LISTS:
        if not isinstance(entry.get(key), list) or not all(map(_is_text, entry[key])):
            yield f"it lacks {key!r} (a list of texts in square brackets; it may be empty)"
    for key, parts in _FILLED.items():
        yield from _lacking_parts(key, entry.get(key), parts)
    if not isinstance(entry.get("copies", []), list) or not all(isinstance(c, dict) for c in entry.get("copies", [])):
        yield "its `copies` must be a list of entries in curly brackets"
    else:
        for copied in entry.get("copies", []):
            for part in ("what", "repository", "path", "commit", "date"):
                if not _is_text(copied.get(part)):
                    yield f"an entry of its `copies` lacks {part!r}"
    if "schema" in entry:
        yield from _lacking_schema(entry["schema"])
    elif not entry["path"].endswith(".geojson"):
        yield "it lacks 'schema' (the description of its columns)"


def _lacking_parts(key: str, listed: Any, parts: Sequence[str]) -> Iterator[str]:
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        yield f"it lacks {key!r} (a list with at least one entry, each with {joined(parts)})"
        return
    for one in listed:
        for part in parts:
            if not _is_text(one.get(part)):
                yield f"an entry of its `{key}` lacks {part!r}"
        if not isinstance(one.get("path", ""), str):
            yield f"the `path` of an entry of its `{key}` must be text"


def _lacking_schema(schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict):
        yield "its `schema` must be one entry in curly brackets, with fields, primaryKey and missingValues"
        return
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields or not all(isinstance(column, dict) for column in fields):
        yield "its `schema` lacks 'fields' (the list of its columns)"
    if not _names(schema.get("primaryKey")):
        yield "its `schema` lacks 'primaryKey' (the column, or list of columns, that tells its rows apart)"
    missing = schema.get("missingValues")
    if not isinstance(missing, list) or "" not in missing or not all(isinstance(text, str) for text in missing):
        yield "its `schema` lacks 'missingValues' (write [\"\"]: an empty cell is missing)"
    if not _is_entries(schema.get("foreignKeys", [])):
        yield "the `foreignKeys` of its `schema` must be a list of entries in curly brackets"


def _lacking_columns(entry: Resource) -> Iterator[str]:
    """What the columns lack, once there are columns."""
    for number, column in enumerate(entry["schema"]["fields"] if "schema" in entry else (), start=1):
        name = column.get("name")
        place = f"column {name}" if _is_text(name) else f"column number {number}"
        for key in ("name", "type", "title", "description"):
            if not _is_text(column.get(key)):
                yield f"{place} lacks {key!r}"
        for key in ("constraints", "codes", "units", "list"):
            if not isinstance(column.get(key, {}), dict):
                yield f"{place}: its `{key}` must be one entry in curly brackets"
        if not isinstance(column.get("unit", ""), str):
            yield f"{place}: its `unit` must be text"


def _names(value: Any) -> bool:
    """Whether this is the name of a column or a list of some."""
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


# ---------------------------------------------------------------- does what it names exist, and fit?


def _chapter_faults(entry: Resource) -> Iterator[str]:
    for stem in entry["chapters"]:
        if stem not in CHAPTERS:
            yield f"there is no chapter {stem!r}. {_near(stem, CHAPTERS)}"


def _column_faults(entry: Resource) -> Iterator[str]:
    names = [column["name"] for column in entry["schema"]["fields"]]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the column {name} is described twice; delete one of the two"
    for column in entry["schema"]["fields"]:
        for fault in _constraint_faults(column):
            yield f"column {column['name']}: {fault}"
        if "units" in column and "unit" not in names:
            yield f"column {column['name']}: it has `units`, so the table needs a column unit"
        for code in column.get("units", {}):
            if code not in column.get("codes", {}):
                yield f"column {column['name']}: `units` names {code!r}, which is not among its `codes`"


def _constraint_faults(column: Mapping[str, Any]) -> Iterator[str]:
    limits = column.get("constraints", {})
    for key in limits:
        if key not in _CONSTRAINTS:
            yield f"the constraint {key!r} is not known. {_near(key, _CONSTRAINTS)}"
    for key in ("required", "unique"):
        if not isinstance(limits.get(key, True), bool):
            yield f"`{key}` must be true or false, without quotes"
    yield from _value_faults(column["type"], limits)
    if "pattern" in limits:
        try:
            re.compile(limits["pattern"])
        except (re.error, TypeError) as error:
            yield f"its `pattern` cannot be read as a regular expression: {error}"


def _value_faults(kind: str, limits: Mapping[str, Any]) -> Iterator[str]:
    if kind not in TYPES:  # told with the table
        return
    allowed = limits.get("enum", [])
    if not isinstance(allowed, list) or ("enum" in limits and not allowed):
        yield "its `enum` must be a list of the allowed values"
        return
    wrong = [value for value in allowed if not _has_type(value, kind)]
    if wrong:
        yield f"its `enum` holds {wrong[0]!r}, which is not of type {kind}"
    bounds = {key: limits[key] for key in ("minimum", "maximum") if key in limits}
    for key, value in bounds.items():
        if kind == "string":
            yield f"`{key}` is for numbers and years; this column holds text"
        elif not _has_type(value, kind):
            yield f"its `{key}` {value!r} is not of type {kind}; write a number without quotes"
    numbers = [value for value in bounds.values() if _has_type(value, "number")]
    if len(numbers) > 1 and numbers[0] != min(numbers) and kind != "string":
        yield f"its minimum {limits['minimum']} is above its maximum {limits['maximum']}"


def _has_type(value: Any, kind: str) -> bool:
    if kind == "string":
        return isinstance(value, str)
    wanted = int if kind in ("integer", "year") else (int, float)
    return isinstance(value, wanted) and not isinstance(value, bool)


def _pointer_faults(entry: Resource, whole: Mapping[str, Any]) -> Iterator[str]:
    """Columns and tables that the entry names."""
    schema = entry["schema"]
    own = {column["name"] for column in schema["fields"]}
    yield from _strangers("`primaryKey`", schema["primaryKey"], own)
    for key, most in (("time", 2), ("places", len(own))):
        if key in entry and (not _names(entry[key]) or len(as_list(entry[key])) > most):
            yield f"its `{key}` must be the name of a column{' or of two' if key == 'time' else ', or a list of some'}"
        elif key in entry:
            yield from _strangers(f"`{key}`", entry[key], own)
    for foreign in schema.get("foreignKeys", []):
        yield from _foreign_faults(foreign, entry, whole, own)
    for column in schema["fields"]:
        if "list" in column:
            for fault in _list_faults(column["list"], whole, own):
                yield f"column {column['name']}: {fault}"


def _strangers(where: str, columns: Any, known: Iterable[str], whose: str = "the table") -> Iterator[str]:
    names = sorted(known)
    for column in as_list(columns):
        if column not in names:
            yield f"{where} names the column {column!r}, which {whose} does not have. {_near(column, names)}"


def _foreign_faults(
    foreign: Mapping[str, Any], entry: Resource, whole: Mapping[str, Any], own: set[str]
) -> Iterator[str]:
    reference = foreign.get("reference")
    if not _names(foreign.get("fields")) or not isinstance(reference, dict) or not _names(reference.get("fields")):
        yield "an entry of its `foreignKeys` lacks `fields`, or `reference` with `resource` and `fields`"
        return
    yield from _strangers("`foreignKeys`", foreign["fields"], own)
    # An empty name means the table itself, as in the standard.
    other = _table(reference.get("resource") or entry["name"], whole)
    if other is None:
        yield f"`foreignKeys` points to a table {reference.get('resource')!r} that {DESCRIPTOR} does not list"
        return
    if len(as_list(foreign["fields"])) != len(as_list(reference["fields"])):
        yield "`foreignKeys` needs as many columns here as in the other table"
    yield from _strangers("`foreignKeys`", reference["fields"], _columns(other), f"the table {other['name']}")


def _list_faults(rule: Mapping[str, Any], whole: Mapping[str, Any], own: set[str]) -> Iterator[str]:
    if "separator" in rule and not (isinstance(rule["separator"], str) and rule["separator"]):
        yield "the `separator` of its list must be the sign between two entries"
    if rule.get("item", "first_word") != "first_word":
        yield f"the `item` of its list is {rule['item']!r}; only 'first_word' is known"
    if "counted_in" in rule:
        yield from _strangers("`counted_in`", rule["counted_in"], own)
    if "table" not in rule:
        return
    other = _table(rule["table"], whole)
    if other is None:
        yield f"its list points to a table {rule['table']!r} that {DESCRIPTOR} does not list"
        return
    where = rule.get("where", {})
    if not isinstance(where, dict) or not all(isinstance(allowed, list) for allowed in where.values()):
        yield "the `where` of its list must name columns, each with a list of the allowed values"
        return
    yield from _strangers("`where`", list(where), _columns(other), f"the table {other['name']}")


def _table(name: Any, whole: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The entry of another table; None when there is none, or it is a map."""
    found = (one for one in whole["resources"] if one["name"] == name and isinstance(one.get("schema"), dict))
    return next(found, None)


def _columns(entry: Resource) -> set[str]:
    fields = entry["schema"].get("fields", [])
    return {str(column.get("name")) for column in fields if isinstance(column, dict)}


def _shape_of_checks(entry: Resource) -> Iterator[str]:
    """Whether the entries of `checks` can be read at all; what they say is judged in rules.py."""
    checks = entry.get("checks", [])
    if not _is_entries(checks):
        yield "its `checks` must be a list of entries in curly brackets"
        return
    for check in checks:
        for key in ("column", "with", "by", "columns"):
            if key in check and not _names(check[key]):
                yield f"the rule {check.get('rule')}: its `{key}` must be the name of a column, or a list of some"
        if not isinstance(check.get("except", []), list):
            yield f"the rule {check.get('rule')}: its `except` must be a list"
        if not isinstance(check.get("where", {}), dict):
            yield f"the rule {check.get('rule')}: its `where` must be one entry in curly brackets"
        if not _has_type(check.get("limit", 0), "number"):
            yield f"the rule {check.get('rule')}: its `limit` must be a number without quotes"
