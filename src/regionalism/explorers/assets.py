"""The script that carries an explorer's grid and its compiled chart to the page."""

from __future__ import annotations

import json
from typing import Any

from regionalism.charts.drawing import NATIVE_VERSION
from regionalism.charts.theme import themed
from regionalism.explorers.core import Explorer

DATA_NAME = "results"
WIDTH_SIGNAL = "ra_width"
WIDE, NARROW = 640, 320


def script_name(explorer: Explorer) -> str:
    """Return the file name under which the page's script looks for the explorer."""
    return f"explorer-{explorer.name}.js"


def explorer_script(explorer: Explorer) -> str:
    """Return a classic script that hands the grid, the table's columns and two compiled charts to ``page.js``."""
    columns = [[column.name, column.digits] for column in explorer.columns if column.shown]
    charts = {"wide": vega(explorer, WIDE), "narrow": vega(explorer, NARROW)}
    rest = json.dumps({"columns": columns, "vega": charts}, ensure_ascii=False, separators=(",", ":"))
    payload = f'{{"grid":{explorer.grid().to_json()},{rest[1:]}'
    # A closing tag inside a string would end an inline script; U+2028 ends a line in old browsers.
    payload = payload.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.regionalism.define({json.dumps(explorer.name)},{payload});\n"


def vega(explorer: Explorer, width: int) -> dict[str, Any]:
    """Compile the chart to Vega with its rows left out and its width as the signal ``ra_width``."""
    import vl_convert

    specification = with_named_data(themed(explorer.chart(width), "page"))
    compiled = vl_convert.vegalite_to_vega(specification, vl_version=NATIVE_VERSION)
    return _fluid(compiled, width)


def with_named_data(specification: dict[str, Any]) -> dict[str, Any]:
    """Return the specification with its one dataset named ``results`` and without rows.

    Raises
    ------
    ValueError
        If the chart uses more than one dataset, which the page could not swap.
    """
    specification = dict(specification)
    datasets = specification.pop("datasets", {})
    if len(datasets) != 1:
        raise ValueError(f"an explorer's chart must draw from its results alone, found {len(datasets)} datasets")
    return _renamed(specification, next(iter(datasets)))


def _renamed(part: Any, old: str) -> Any:
    if isinstance(part, dict):
        named = {"name": DATA_NAME} if part.get("name") == old else {}
        return {**{key: _renamed(value, old) for key, value in part.items()}, **named}
    return [_renamed(value, old) for value in part] if isinstance(part, list) else part


def _fluid(compiled: dict[str, Any], width: int) -> dict[str, Any]:
    compiled = {key: value for key, value in compiled.items() if key != "$schema"}
    signals = [_fluid_signal(signal, width) for signal in compiled.get("signals", [])]
    base = compiled.pop("width", None)
    if base is not None:
        signals.insert(0, {"name": "width", "update": _narrower(base, width)})
    return {**compiled, "signals": [{"name": WIDTH_SIGNAL, "value": width}, *signals]}


def _fluid_signal(signal: dict[str, Any], width: int) -> dict[str, Any]:
    value = signal.get("value")
    if signal["name"].lower().endswith("width") and isinstance(value, (int, float)):
        return {"name": signal["name"], "update": _narrower(value, width)}
    return signal


def _narrower(value: float, width: int) -> str:
    return f"max(120, {WIDTH_SIGNAL} - {width - value:g})"
