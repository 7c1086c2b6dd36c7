"""A figure: a finding as its title, a chart, its source, and the numbers behind it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from regionalism.charts.drawing import can_draw, svg
from regionalism.charts.tables import table_html
from regionalism.charts.theme import VEGALITE_MIME, AnyChart, themed
from regionalism.face import is_page

WIDE, NARROW = 640, 320


def page_link(table: str) -> str:
    """Return the address of a table's page, as seen from a chapter or a lab."""
    return f"../book/tables/{table}.html"


@dataclass(frozen=True, eq=False)
class Figure:
    """One evidence figure.

    Parameters
    ----------
    name
        Short name, unique in the course; the element's id is ``fig-NAME``.
    title, subtitle
        The finding, computed from the data; and what is measured, unit, place, years.
    source
        The publisher and vintage in words.
    tables
        Names of the data tables the numbers come from.
    alt
        The finding and the shape of the chart for a reader who can't see it.
    draw
        From the width in pixels to a chart without a title.
    numbers
        The table behind the figure; its column names are headings.
    note
        What the figure leaves out or can't know.
    """

    name: str
    title: str
    subtitle: str
    source: str
    tables: tuple[str, ...]
    alt: str
    draw: Callable[[int], AnyChart]
    numbers: pd.DataFrame
    note: str = ""
    digits: dict[str, int | None] = field(default_factory=dict)

    def specification(self, width: int = WIDE, ink: str = "live") -> dict[str, Any]:
        """Return the Vega-Lite specification at ``width`` pixels; the live one carries title and source."""
        specification = themed(self.draw(width), ink)
        if ink == "live":
            specification["title"] = self._chart_title(width)
        return specification

    def svg(self, width: int = WIDE, ink: str = "page", css_class: str = "") -> str:
        """Draw the figure as an inline SVG image (needs vl-convert)."""
        prefix = f"fig-{self.name}-{width}"
        return svg(self.specification(width, ink), prefix, self.alt, css_class)

    def html(self, sourced: bool = True) -> str:
        """Return the page face: caption, two drawings of which CSS shows one, source and numbers.

        ``sourced`` False leaves out the source line, for a page that is itself about the source.
        """
        wide, narrow = self.svg(WIDE, css_class="ra-wide"), self.svg(NARROW, css_class="ra-narrow")
        source = f'<p class="ra-source">Source: {escape(self.source)}{self._table_links()}</p>' if sourced else ""
        note = f'<p class="ra-note">{escape(self.note)}</p>' if self.note else ""
        return (
            f'<figure class="ra-figure" id="fig-{self.name}" role="group" aria-labelledby="fig-{self.name}-title">'
            f'<figcaption><strong class="ra-title" id="fig-{self.name}-title">{escape(self.title)}</strong> '
            f'<span class="ra-subtitle">{escape(self.subtitle)}</span></figcaption>'
            f'<div class="ra-drawing">{wide}{narrow}</div>'
            f"{source}{note}"
            f'<details class="ra-numbers"><summary>Numbers behind this figure</summary>'
            f'<div class="ra-scroll" tabindex="0" role="region" aria-label="Numbers: {escape(self.title)}">'
            f"{table_html(self.numbers, digits=self.digits)}</div></details></figure>"
        )

    def _table_links(self) -> str:
        links = ", ".join(f'<a href="{page_link(name)}">{escape(name)}</a>' for name in self.tables)
        return f" Data: {links}." if links else ""

    def _chart_title(self, width: int) -> dict[str, Any]:
        room = max(32, int(width / 6.4))
        return {
            "text": textwrap.wrap(self.title, max(28, int(width / 8.2))),
            "subtitle": [*textwrap.wrap(self.subtitle, room), *textwrap.wrap(f"Source: {self.source}", room)],
        }

    def _plain(self) -> str:
        parts = [self.title, self.subtitle, self.numbers.to_string(index=False), f"Source: {self.source}", self.note]
        return "\n\n".join(part for part in parts if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if is_page():
            return {"text/html": self.html(), "text/plain": self._plain()}
        bundle: dict[str, Any] = {VEGALITE_MIME: self.specification(), "text/plain": self._plain()}
        if can_draw():
            bundle["image/svg+xml"] = self.svg(WIDE, ink="live")
        return bundle
