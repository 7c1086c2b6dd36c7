"""A small package of tables in a folder of its own, so that these tests do not depend on the course's data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from regionalism import data

STATES = """\
iso3,name,exists_from
C5,The five together,
KAZ,Kazakhstan,1991
KGZ,Kyrgyzstan,1991
RUS,Russia,
SRB,Serbia,2006
TJK,Tajikistan,1991
UZB,Uzbekistan,1991
"""


class SmallPackage:
    """Tables and maps with a descriptor; `states` is always there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.entries = folder, {}
        folder.mkdir()
        self.table("states", STATES, fields={"exists_from": {"type": "year"}})

    def table(
        self, name: str, text: str, *, key: Any = None, fields: dict[str, dict] | None = None, **more: Any
    ) -> None:
        """Add a table: its CSV text, its key (default: the first column), what differs from plain text columns."""
        columns = text.split("\n", 1)[0].split(",")
        declared = [
            {
                "name": column,
                "type": "string",
                "title": column,
                "description": f"{column}.",
                **(fields or {}).get(column, {}),
            }
            for column in columns
        ]
        schema = {
            "fields": declared,
            "missingValues": [""],
            "primaryKey": key or columns[0],
            "foreignKeys": more.pop("foreignKeys", []),
        }
        self._add(name, f"{name}.csv", text, profile="tabular-data-resource", schema=schema, **more)

    def map(self, name: str, content: Any, **more: Any) -> None:
        """Add a map: a dictionary, or text that should be one."""
        text = content if isinstance(content, str) else json.dumps(content)
        self._add(name, f"{name}.geojson", text, profile="data-resource", format="geojson", **more)

    def _add(self, name: str, path: str, text: str, **more: Any) -> None:
        source = {
            "title": "A Source",
            "citation": "Author, A. 2020. A Source. Town: Press.",
            "path": "https://example.org",
        }
        licence = {"name": "CC0-1.0", "title": "CC0", "path": "https://example.org/terms", "terms": "Free."}
        self.entries[name] = {
            "name": name,
            "path": path,
            "title": name.title(),
            "theme": "Keys",
            "description": f"One row is one of {name}.",
            "sources": [source],
            "licenses": [licence],
            "vintage": "2020",
            "coverage": "all",
            "notes": [],
            "defects": [],
            "chapters": ["gains"],
            **more,
        }
        self.change(name, text)

    def edit(self, change: Any) -> None:
        """Write the descriptor after a change of the whole of it: a function that is given its dictionary."""
        self.describe()
        place = self.folder / data.DESCRIPTOR
        whole = json.loads(place.read_text(encoding="utf-8"))
        change(whole)
        place.write_text(json.dumps(whole), encoding="utf-8")
        data.forget()

    def change(self, name: str, text: str | bytes) -> None:
        """Write another text into the file of a table; line ends stay as they are given."""
        path = self.folder / self.entries[name]["path"]
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def describe(self) -> None:
        """Write the descriptor as it is now."""
        whole = {
            "name": "small",
            "title": "Small",
            "version": "1",
            "created": "2026-01-01",
            "resources": [*self.entries.values()],
        }
        (self.folder / data.DESCRIPTOR).write_text(json.dumps(whole), encoding="utf-8")
        data.forget()

    def seal(self) -> list[str]:
        """Write and seal the descriptor."""
        self.describe()
        return data.seal(self.folder)

    def problems(self, name: str) -> list[str]:
        """What is wrong with the content of a table; that it is not sealed does not count here."""
        self.describe()
        return [problem for problem in data.validate(name, self.folder) if "not sealed yet" not in problem]


@pytest.fixture
def small(tmp_path):
    data.forget()
    yield SmallPackage(tmp_path / "data")
    data.forget()
