"""What there is to know about a shared table, and how it shows itself as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass(frozen=True)
class Field:
    """One column: name, type, unit, meaning, and what it may hold."""

    name: str
    type: str
    title: str
    description: str
    unit: str = ""
    required: bool = False
    allowed: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A publisher of a table's figures."""

    title: str
    citation: str
    path: str = ""


@dataclass(frozen=True)
class Licence:
    """Terms of use, in the course's own plain words."""

    name: str
    title: str
    path: str
    terms: str


@dataclass(frozen=True)
class Copy:
    """The public copy from which an excerpt was taken."""

    what: str
    repository: str
    path: str
    commit: str
    date: str


@dataclass(frozen=True)
class TableDescription:
    """What there is to know about a table. Shows itself as text, Markdown or HTML.

    `time` names the column of the year or date, or those of start and end; `places` the columns with codes of
    states. A map has no columns and no key; its `rows` are its features.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: int
    sources: tuple[Source, ...]
    licences: tuple[Licence, ...]
    vintage: str
    coverage: str
    notes: tuple[str, ...]
    defects: tuple[str, ...]
    chapters: tuple[str, ...]
    copies: tuple[Copy, ...]
    path: str
    bytes: int
    checksum: str
    citation: str
    theme: str = ""
    time: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def is_map(self) -> bool:
        """Whether this is a map (read with load_map) and not a table."""
        return not self.fields

    def facts(self) -> list[tuple[str, str]]:
        """Label and text of every fact about the table as a whole, in reading order."""
        return [
            ("Features", f"{self.rows:,}") if self.is_map else (
                "Rows", f"{self.rows:,}, identified by {joined(self.key)}"),
            ("Covers", self.coverage),
            ("Release", self.vintage),
            ("Source", "; ".join(source.title for source in self.sources)),
            ("Terms", " ".join(f"{licence.title}. {licence.terms}" for licence in self.licences)),
            ("File", f"{self.path}, {self.bytes:,} bytes"),
            ("Checksum", self.checksum),
        ]

    def __str__(self) -> str:
        lines = [f"{self.title} ({self.name})", self.description, ""]
        lines += [f"{label}: {text}" for label, text in self.facts()]
        lines += ["", "Columns"] if self.fields else []
        lines += [f"  {column.name} ({_kind(column)}): {column.description}" for column in self.fields]
        for heading, entries in (("Known defects", self.defects), ("Notes", self.notes)):
            if entries:
                lines += ["", heading, *(f"  - {entry}" for entry in entries)]
        return "\n".join([*lines, "", f"Cite as: {self.citation}"])

    def _repr_markdown_(self) -> str:
        lines = [f"**{self.title}** (`{self.name}`)", "", self.description, ""]
        lines += [f"- {label}: {_plain(text)}" for label, text in self.facts()]
        if self.fields:
            lines += ["", "| column | type and unit | meaning | values |", "| --- | --- | --- | --- |"]
        for column in self.fields:
            cells = (f"`{column.name}`", _kind(column), column.description, _values(column))
            lines.append("| " + " | ".join(_plain(cell) for cell in cells) + " |")
        for heading, entries in (("Known defects", self.defects), ("Notes", self.notes)):
            if entries:
                lines += ["", f"**{heading}**", "", *(f"- {entry}" for entry in entries)]
        return "\n".join([*lines, "", f"**Cite as:** {self.citation}"])

    def _repr_html_(self) -> str:
        facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in self.facts())
        lists = "".join(
            f"<p><strong>{heading}</strong></p><ul>{''.join(f'<li>{escape(e)}</li>' for e in entries)}</ul>"
            for heading, entries in (("Known defects", self.defects), ("Notes", self.notes))
            if entries
        )
        return (
            '<div class="ra-table-description">'
            f"<p><strong>{escape(self.title)}</strong> (<code>{escape(self.name)}</code>)</p>"
            f"<p>{escape(self.description)}</p><dl>{facts}</dl>"
            f"{self._columns_html()}{lists}<p><strong>Cite as:</strong> {escape(self.citation)}</p></div>"
        )

    def _columns_html(self) -> str:
        if not self.fields:
            return ""
        rows = "".join(_html_row(column) for column in self.fields)
        head = "".join(f'<th scope="col">{label}</th>' for label in ("Column", "Type and unit", "Meaning"))
        return (
            f"<table><caption>Columns of {escape(self.name)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )


def described_field(declared: Mapping[str, Any]) -> Field:
    """A column as the descriptor declares it."""
    constraints = declared.get("constraints", {})
    return Field(
        name=declared["name"],
        type=declared["type"],
        title=declared["title"],
        description=declared["description"],
        unit=declared.get("unit", ""),
        required=constraints.get("required", False),
        allowed=_allowed(constraints),
        codes=dict(declared.get("codes", {})),
        units=dict(declared.get("units", {})),
    )


def _allowed(constraints: Mapping[str, Any]) -> str:
    if "enum" in constraints:
        return "one of " + ", ".join(map(str, constraints["enum"]))
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"at least {low}"
    return "" if high is None else f"at most {high}"


def _kind(column: Field) -> str:
    words = {"integer": "whole number", "string": "text"}
    kind = words.get(column.type, column.type)
    kind = f"{kind}, {column.unit}" if column.unit else kind
    return kind if column.required else f"{kind}, may be missing"


def _values(column: Field) -> str:
    if column.codes:
        return "; ".join(_code_text(column, code) for code in column.codes)
    return column.allowed


def _code_text(column: Field, code: str) -> str:
    unit = f" [{column.units[code]}]" if code in column.units else ""
    return f"{code}: {column.codes[code]}{unit}"


def _html_row(column: Field) -> str:
    meaning = escape(column.description)
    if column.codes:
        items = "".join(f"<li>{escape(_code_text(column, code))}</li>" for code in column.codes)
        meaning += f"<ul>{items}</ul>"
    elif column.allowed:
        meaning += f" ({escape(column.allowed)})"
    name = f'<th scope="row"><code>{escape(column.name)}</code></th>'
    return f"<tr>{name}<td>{escape(_kind(column))}</td><td>{meaning}</td></tr>"


def known(kind: type, entry: Mapping[str, Any]) -> Any:
    """A dataclass from a descriptor entry; properties it does not know are left aside."""
    return kind(**{key: value for key, value in entry.items() if key in kind.__annotations__})


def joined(words: Sequence[str]) -> str:
    """Words as an English list: 'a', 'a and b', 'a, b and c'."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def _plain(text: str) -> str:
    return text.replace("|", "\\|")
