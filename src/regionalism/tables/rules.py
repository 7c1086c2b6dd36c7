"""Rules between the columns and the rows of a table, as the descriptor declares them under `checks`.

Each rule finds breaches; what the source itself breaks is listed under `except`, by the key of the row or the
group with its parts joined by blanks. An exception that nothing needs any more is a problem too, so that the
list cannot grow old unseen. Empty cells break no rule: what is not known cannot be wrong.

Dates may be of any precision (2002, 2002-06, 2002-06-19); two dates are compared as far as both go.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from regionalism.tables.description import joined
from regionalism.tables.files import Library, Resource, Table, as_list

STATES = "states"

Check = Mapping[str, Any]


@dataclass(frozen=True)
class Breach:
    """One breach of a rule: the names under which `except` can pardon it, and what is wrong in words."""

    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Rule:
    """How a rule is found, and which properties its entry in the descriptor has."""

    find: Callable[[Check, Table, Library], Iterator[Breach]]
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


def rule_problems(table: Table, library: Library) -> list[str]:
    """Breaches of the table's rules that no exception covers, and exceptions that cover nothing."""
    problems = []
    for check in table.resource.get("checks", []):
        pardoned = dict.fromkeys(check.get("except", []), False)
        for breach in RULES[check["rule"]].find(check, table, library):
            covering = [name for name in breach.names if name in pardoned]
            pardoned.update(dict.fromkeys(covering, True))
            if not covering:
                problems.append(breach.text)
        problems += [
            f"{table.path}: the exception {name!r} of the rule {_named(check)} is no longer needed. "
            "Take it out of `except` in datapackage.json, and out of `defects` if it stands there."
            for name, used in pardoned.items() if not used
        ]
    return problems


def declaration_problems(resource: Resource) -> list[str]:
    """Rules that are not known, that lack a property, or that name a column the table does not have."""
    columns = {field["name"] for field in resource["schema"]["fields"]}
    return [
        f"{resource['path']}: the descriptor's {problem}."
        for check in resource.get("checks", [])
        for problem in _entry_problems(check, columns)
    ]


def _entry_problems(check: Check, columns: set[str]) -> Iterator[str]:
    name = check.get("rule")
    rule = RULES.get(str(name))
    if rule is None:
        yield f"rule {name!r} is not known. Known rules: {joined([*RULES])}"
        return
    allowed = {"rule", "except", *rule.needs, *rule.may}
    for missing in (need for need in rule.needs if need not in check):
        yield f"rule {name} lacks {missing!r}. It needs {joined(rule.needs)}"
    for strange in (word for word in check if word not in allowed):
        yield f"rule {name} has a property {strange!r} that is not known. Known: {', '.join(sorted(allowed))}"
    for column in _columns_of(check):
        if column not in columns:
            yield f"rule {name} names the column {column!r}, which the table does not have"


def _columns_of(check: Check) -> list[str]:
    named = [*as_list(check.get("column", [])), *as_list(check.get("with", []))]
    return [*named, *as_list(check.get("by", [])), *check.get("columns", []), *check.get("where", {})]


def _named(check: Check) -> str:
    return f"{check['rule']} ({', '.join(_columns_of(check))})"


# ---------------------------------------------------------------- comparing


def before(value: str, other: str) -> bool:
    """Whether a date or year is certainly before another: compared as far as both are precise."""
    length = min(len(value), len(other))
    return value[:length] < other[:length]


def _number(cell: str) -> Decimal | None:
    """A number without the errors of binary fractions; None when it is none (reported with the cell)."""
    try:
        number = Decimal(cell)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plainly(number: Decimal) -> str:
    return f"{number:f}"


# ---------------------------------------------------------------- rules between the cells of a row


def _pair_rule(broken: Callable[[str, str], bool], says: str) -> Callable[[Check, Table, Library], Iterator[Breach]]:
    """A rule between two cells of one row, told by the sentence `says` with {a}, {x}, {b} and {y}."""

    def find(check: Check, table: Table, library: Library) -> Iterator[Breach]:
        pairs = table.together([check["column"], check["with"]])
        for at, (value, other) in enumerate(pairs):
            if value and other and broken(value, other):
                told = says.format(a=check["column"], x=value, b=check["with"], y=other)
                yield Breach((table.keys[at],), f"{table.place(at)}: {told} (rule {check['rule']}).")

    return find


def _more(value: str, other: str) -> bool:
    number, limit = _number(value), _number(other)
    return number is not None and limit is not None and number > limit


def _existed(check: Check, table: Table, library: Library) -> Iterator[Breach]:
    """The year is not before the one in which the state came into being (column exists_from of `states`)."""
    since = {code: year for code, year in library.values(STATES, ("iso3", "exists_from")) if year}
    separator = _separator(table.resource, check["column"])
    for at, (cell, year) in enumerate(table.together([check["column"], check["with"]])):
        for code in cell.split(separator) if separator else [cell]:
            if year and code in since and before(year, since[code]):
                yield Breach(
                    (table.keys[at],),
                    f"{table.place(at)}: {check['with']} {year}, but {check['column']} {code} exists from "
                    f"{since[code]} on. Mend the year or the code (rule existed).",
                )


def _separator(resource: Resource, column: str) -> str:
    declared = next(field for field in resource["schema"]["fields"] if field["name"] == column)
    return str(declared.get("list", {}).get("separator", ""))


def _sum_equals(check: Check, table: Table, library: Library) -> Iterator[Breach]:
    parts, total = check["columns"], check["column"]
    for at, cells in enumerate(table.together([*parts, total])):
        numbers = [_number(cell) for cell in cells]
        known = [number for number in numbers if number is not None]
        if len(known) == len(cells) and sum(known[:-1]) != known[-1]:
            yield Breach(
                (table.keys[at],),
                f"{table.place(at)}: {joined(parts)} add up to {_plainly(sum(known[:-1], Decimal()))}, but {total} is "
                f"{cells[-1]} (rule sum_equals).",
            )


# ---------------------------------------------------------------- rules between rows


def _groups(table: Table, columns: list[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for at, name in enumerate(table.joined(columns)):
        groups.setdefault(name, []).append(at)
    return groups


def _no_overlap(check: Check, table: Table, library: Library) -> Iterator[Breach]:
    """Spells of the same thing may touch but not overlap; an empty end is open, an empty start is not judged."""
    start, end = check["column"], check["with"]
    spells = table.together([start, end])
    for name, members in _groups(table, as_list(check["by"])).items():
        dated = [at for at in members if spells[at][0]]
        for one, two in itertools.combinations(dated, 2):
            if _overlap(spells[one], spells[two]):
                yield Breach(
                    (name, table.keys[two]),
                    f"{table.place(two)}: {_span(spells[two])} overlaps {_span(spells[one])} in row "
                    f"{table.numbers[one]} ({table.keys[one]}), and both are of {name}. A spell ends in {end} before "
                    f"the next begins in {start} (rule no_overlap).",
                )


def _overlap(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two spells (start, end) certainly share time: each begins before the other ends."""
    return all(not ends or before(begins, ends) for (begins, _), (_, ends) in ((one, two), (two, one)))


def _span(spell: tuple[str, ...]) -> str:
    return f"{spell[0]} to {spell[1] or 'now'}"


def _sum_at_most(check: Check, table: Table, library: Library) -> Iterator[Breach]:
    """The numbers of one group add up to no more than the limit, in the unit of the column."""
    limit, values = Decimal(str(check["limit"])), table.cells[check["column"]]
    wanted = [(table.cells[column], set(allowed)) for column, allowed in check.get("where", {}).items()]
    for name, members in _groups(table, as_list(check["by"])).items():
        counted = [at for at in members if all(cells[at] in allowed for cells, allowed in wanted)]
        total = sum((number for at in counted if (number := _number(values[at])) is not None), Decimal())
        if total > limit:
            yield Breach(
                (name,),
                f"{table.place(counted[0])}: {check['column']} of {name} adds up to {_plainly(total)} over "
                f"{len(counted)} rows, more than {check['limit']} (rule sum_at_most).",
            )


RULES: dict[str, Rule] = {
    "not_before": Rule(
        _pair_rule(before, "{a} {x} is before {b} {y}. Expected the same time or later; mend one of the two"),
        ("column", "with")),
    "same_year": Rule(
        _pair_rule(lambda x, y: x[:4] != y[:4], "{a} {x} is not in the year of {b} {y}. Mend one of the two"),
        ("column", "with")),
    "at_most": Rule(
        _pair_rule(_more, "{a} {x} is more than {b} {y}. Expected at most as much; mend one of the two"),
        ("column", "with")),
    "alphabetical": Rule(
        _pair_rule(lambda x, y: x >= y, "{a} {x} must stand before {b} {y} in the alphabet. Exchange the two"),
        ("column", "with")),
    "differ": Rule(
        _pair_rule(lambda x, y: x == y, "{a} and {b} are both {x}. Expected two different ones"),
        ("column", "with")),
    "no_overlap": Rule(_no_overlap, ("by", "column", "with")),
    "existed": Rule(_existed, ("column", "with")),
    "sum_at_most": Rule(_sum_at_most, ("column", "limit", "by"), ("where",)),
    "sum_equals": Rule(_sum_equals, ("columns", "column")),
}
