"""Colours, shapes and the one theme of every chart of the course.

A chart is drawn once with *ink names* instead of ink colours. :func:`themed` turns it into a specification
for one of two inks: ``page`` keeps the names as CSS variables, so that one SVG serves light and dark;
``live`` puts fixed colours on a paper of its own, which reads on any notebook theme.
"""

from __future__ import annotations

from typing import Any

import altair as alt

STATES: tuple[str, ...] = ("KAZ", "KGZ", "TJK", "TKM", "UZB")

STATE_NAMES: dict[str, str] = {
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "TJK": "Tajikistan",
    "TKM": "Turkmenistan",
    "UZB": "Uzbekistan",
}

OUTSIDER_NAMES: dict[str, str] = {
    "AFG": "Afghanistan",
    "AZE": "Azerbaijan",
    "CHN": "China",
    "IND": "India",
    "IRN": "Iran",
    "PAK": "Pakistan",
    "RUS": "Russia",
    "TUR": "Türkiye",
    "USA": "United States",
}

# At least 3:1 on white and on the dark paper #14181e, and at least 3 steps of lightness apart in grey;
# found by a search for the widest distance under three kinds of colour blindness.
STATE_COLOURS: dict[str, str] = {
    "KAZ": "#2b65ca",
    "KGZ": "#c14d4b",
    "TJK": "#47a196",
    "TKM": "#b172c0",
    "UZB": "#ad7211",
}

STATE_SHAPES: dict[str, str] = {
    "KAZ": "circle",
    "KGZ": "square",
    "TJK": "triangle-up",
    "TKM": "diamond",
    "UZB": "triangle-down",
}

STATE_DASHES: dict[str, list[int]] = {
    "KAZ": [1, 0],
    "KGZ": [8, 2],
    "TJK": [2, 2],
    "TKM": [8, 3, 2, 3],
    "UZB": [5, 4],
}

OUTSIDER_DARK = "#6f757d"
OUTSIDER = "#7d838b"
OUTSIDER_LIGHT = "#8b9199"

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart

INK = "var(--ra-ink)"
MUTED = "var(--ra-muted)"
GRID = "var(--ra-grid)"
PAPER = "var(--ra-paper)"

LIGHT_INK: dict[str, str] = {INK: "#1d232b", MUTED: "#555d67", GRID: "#d9dde2", PAPER: "#ffffff"}
DARK_INK: dict[str, str] = {INK: "#e8ebef", MUTED: "#a9b1bb", GRID: "#39414b", PAPER: "#14181e"}

# Arial and Liberation Sans have the same widths, so the text measured while the book is built fits on the page.
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"

VEGALITE_MIME = "application/vnd.vegalite.v5+json"
VEGALITE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.20.1.json"


def state_colour_scale() -> alt.Scale:
    """Return the colour scale of the five states (domain: ISO codes in the course's order)."""
    return alt.Scale(domain=list(STATES), range=[STATE_COLOURS[state] for state in STATES])


def state_name(iso3: str) -> str:
    """Return the short English name of a state, or the code itself if the course has no name for it."""
    return STATE_NAMES.get(iso3) or OUTSIDER_NAMES.get(iso3, iso3)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (1 to 21) of two hex colours, after WCAG 2.2."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def themed(chart: AnyChart, ink: str = "live") -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart in the course's theme.

    Parameters
    ----------
    chart
        An Altair chart whose ink colours are the names ``INK``, ``MUTED``, ``GRID``, ``PAPER``.
    ink
        ``"page"`` keeps CSS variables and a clear background; ``"live"`` sets fixed colours on white paper.

    Raises
    ------
    ValueError
        If ``ink`` is neither.
    """
    if ink not in ("page", "live"):
        raise ValueError(f"ink must be 'page' or 'live', not {ink!r}")
    specification = chart.to_dict()
    specification["$schema"] = VEGALITE_SCHEMA
    # The menu of the notebook's renderer would offer to send the chart to an outside editor.
    specification["usermeta"] = {"embedOptions": {"actions": False}}
    specification["config"] = _merged(_config(ink), specification.get("config", {}))
    return specification if ink == "page" else _inked(specification, LIGHT_INK)


def _config(ink: str) -> dict[str, Any]:
    axis = {
        "labelColor": MUTED,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": GRID,
        "tickColor": GRID,
        "labelLimit": 220,
        "titlePadding": 8,
    }
    return {
        "aria": False,
        "background": PAPER if ink == "live" else "transparent",
        "font": FONT,
        "padding": 4 if ink == "live" else 1,
        "view": {"stroke": None},
        "axis": axis,
        "header": {"labelColor": INK, "labelFontSize": 13, "titleColor": INK, "titleFontSize": 13},
        "legend": {"labelColor": INK, "titleColor": MUTED, "labelFontSize": 13, "titleFontSize": 13},
        "title": {
            "color": INK,
            "subtitleColor": MUTED,
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 16,
            "subtitleFontSize": 13,
            "offset": 14,
            "lineHeight": 20,
            "subtitleLineHeight": 17,
            "subtitlePadding": 6,
        },
        "text": {"color": INK, "fontSize": 13},
        "rule": {"color": MUTED},
        "line": {"strokeWidth": 2.5},
        "point": {"size": 90, "filled": True},
        "bar": {"color": OUTSIDER},
    }


def _merged(base: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    # Altair adds a default view size to every chart, which would fix the width of a fluid one.
    own = {key: value for key, value in extra.items() if key != "view"}
    return {**base, **own}


def _inked(part: Any, inks: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _inked(value, inks) for key, value in part.items()}
    if isinstance(part, list):
        return [_inked(value, inks) for value in part]
    return inks.get(part, part) if isinstance(part, str) else part


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
