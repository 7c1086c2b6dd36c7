"""A smaller form of an explorer's script: what many points of its grid have in common stands in it once.

A compressed answer of a server hardly gains from it. A chapter as one file does: nothing compresses that file, and
its largest grid shrinks to a third. `page.js` reads both forms.
"""

from __future__ import annotations

import json
import re
from typing import Any

_CALL = re.compile(r'window\.regionalism\.define\("(?P<name>[^"]+)",(?P<payload>\{.*\})\);\s*', re.DOTALL)
# A sentence is cut after a full stop or a semicolon; the space stays with the part before it.
_PART = re.compile(r"(?<=[.;] )")


def shared_script(script: str) -> str:
    """An explorer's script with its grid in the shared form; it says the same at every point.

    Raises ValueError for a text that is no explorer's script.
    """
    call = _CALL.fullmatch(script)
    if call is None:
        raise ValueError(f"this is no script of an explorer: it begins with {script[:40]!r}")
    payload = json.loads(call["payload"])
    text = _compact({**payload, "grid": shared(payload["grid"])})
    # As in assets.py: a closing tag would end the script's element.
    text = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.regionalism.define({json.dumps(call['name'])},{text});\n"


def shared(grid: dict[str, Any]) -> dict[str, Any]:
    """The grid with shared cells (`places` in a column) and shared parts of sentences (`parts`)."""
    columns = [_shared_column(column, grid["rows"]) for column in grid["columns"]]
    known: dict[str, int] = {}
    sentences = [[known.setdefault(part, len(known)) for part in _PART.split(text)] for text in grid["sentences"]]
    whole = {**grid, "columns": columns}
    parted = {**whole, "sentences": sentences, "parts": list(known)}
    return min(whole, parted, key=_weight)


def _shared_column(column: dict[str, Any], rows: int) -> dict[str, Any]:
    """The column with each distinct table of cells once, if that is shorter."""
    key = "values" if "values" in column else "codes"
    if key not in column:
        return column
    cells = column[key]
    tables = [tuple(cells[start:start + rows]) for start in range(0, len(cells), rows)]
    known: dict[tuple[Any, ...], int] = {}
    places = [known.setdefault(table, len(known)) for table in tables]
    short = {**column, key: [cell for table in known for cell in table], "places": places}
    return min(column, short, key=_weight)


def _weight(part: Any) -> int:
    return len(_compact(part).encode())


def _compact(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
