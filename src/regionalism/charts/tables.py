"""Plain HTML tables of numbers, shared by figures and explorers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

MISSING_TEXT = "no data"


def cell_text(value: Any, digits: int | None = None) -> str:
    """Return what a cell shows: ``no data`` for a gap, fixed ``digits`` for a float, else the value itself."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return MISSING_TEXT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if digits is not None and isinstance(value, (int, float)):
        return number_text(float(value), digits)
    return f"{value:g}" if isinstance(value, float) else str(value)


def number_text(value: float, digits: int) -> str:
    """Return a number with fixed decimals, a true minus sign, and no negative zero."""
    text = f"{value:.{digits}f}"
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.") else f"\N{MINUS SIGN}{text[1:]}"
    return text


def percent(value: float, digits: int = 0) -> str:
    """Return a value that is already in per cent with its sign, kept together on one line."""
    return f"{number_text(value, digits)}\N{NO-BREAK SPACE}%"


def table_html(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    digits: Mapping[str, int | None] | None = None,
    caption: str = "",
) -> str:
    """Return ``frame`` as an HTML table whose first column heads its rows.

    ``labels`` maps column names to headings and ``digits`` to decimals; columns not named keep their own.
    """
    labels, digits = labels or {}, digits or {}
    heads = "".join(f'<th scope="col">{escape(str(labels.get(name, name)))}</th>' for name in frame.columns)
    rows = "".join(_row_html(record, digits) for record in python_records(frame))
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{above}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def python_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain Python values, so that no numpy or pandas type reaches text or JSON."""
    columns = {str(name): [_plain(value) for value in frame[name]] for name in frame.columns}
    return [{name: values[row] for name, values in columns.items()} for row in range(len(frame))]


def _plain(value: Any) -> Any:
    if value is pd.NA or value is None:
        return None
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value


def _row_html(record: dict[str, Any], digits: Mapping[str, int | None]) -> str:
    cells = [escape(cell_text(value, digits.get(name))) for name, value in record.items()]
    first, rest = cells[0], cells[1:]
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
