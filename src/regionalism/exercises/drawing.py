"""A line chart drawn by plain Python, on which a place of the x axis can be marked.

The scale is known here, so that a mark stands where it was set: in a notebook, on a page without a
kernel, and on paper. Lines differ by dash and by the shape of their points, never by colour alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap

from regionalism.exercises.prose import inline
from regionalism.exercises.question import Plot

# All lengths are in units of the drawing; 360 of them fill the width that a chart gets.
WIDTH = 360
_LETTER = 6.7  # a wide estimate of a letter at the size of the labels
_LEAST_GAP = 15.0
_LONGEST_LABEL = 13
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4")
_MUTED = "var(--ra-muted,currentColor)"
_GRID = "var(--ra-grid,#c8ccd1)"
_ACCENT = "var(--ra-accent,#1f5aa8)"


def plot_html(plot: Plot, mark: float | tuple[float, float] | None = None, name: str = "plot", title: str = "") -> str:
    """A line chart as a figure with inline SVG, its numbers in a folded table, and its source.

    `mark` is an x value, drawn as a line, or a stretch (from, to), drawn as a shaded band; values
    beyond the axis are drawn at its end. `name` makes the ids unique on a page. The scale stands in
    the SVG's data attributes: `data-low` and `data-high` are x values, `data-start` and `data-end`
    their places, `data-top` and `data-bottom` the ends of a mark. Raises ValueError for an axis
    without length or a number that is not finite.
    """
    _demand_sound(plot)
    name = re.sub(r"[^\w-]+", "-", name)
    source = f'<p class="ra-source">{inline(plot.source)}</p>' if plot.source else ""
    return (
        f'<figure class="ra-plot" id="{name}" style="margin:1em 0;max-width:31rem">{_svg(plot, mark, name, title)}'
        f"{_numbers_html(plot)}{source}</figure>"
    )


def ticks(low: float, high: float) -> list[float]:
    """Three to seven round values within a range, as near to five as the range allows; low < high."""
    found = []
    power = math.floor(math.log10(high - low))
    for factor in (1, 2, 5, 2.5):
        for exponent in (power - 1, power):
            step = factor * 10.0**exponent
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            found.append([round(place * step, 12) for place in range(first, last + 1)])
    # Of two equally good ones the first stands: 2.5 comes last because readers count in it least easily.
    return min(found, key=lambda values: abs(len(values) - 5))


def figure_text(value: float) -> str:
    """A number of an axis or a table: a real minus, thousands set apart from 10 000 on, no needless zeros."""
    text = f"{abs(value):.10g}"
    if "e" not in text and abs(value) >= 10_000:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}".replace(",", "\u202f") + (f".{rest}" if rest else "")
    return f"\u2212{text}" if value < 0 else text


def _demand_sound(plot: Plot) -> None:
    for what, (low, high) in (("x", plot.x_range), ("y", plot.y_range)):
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"the {what} axis runs from {low} to {high}; it needs two finite ends, low before high")
    for label, points in plot.lines.items():
        if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
            raise ValueError(f"line {label!r} holds a number that is not finite")


class _Scale:
    """Where values stand: x from left to right, y from bottom to top, in units of the drawing."""

    def __init__(self, plot: Plot, head: int, foot: int) -> None:
        widest = max((len(line) for label in plot.lines for line in _label_lines(label)), default=0)
        figures = max(len(figure_text(value)) for value in ticks(*plot.y_range))
        self.left, self.right = figures * _LETTER + 12.0, WIDTH - widest * _LETTER - 16.0
        self.top = 26.0 + 16 * head
        self.bottom = self.top + 190.0
        self.height = self.bottom + 26.0 + 16 * foot
        self._x, self._y = plot.x_range, plot.y_range

    def x(self, value: float) -> float:
        low, high = self._x
        return round(self.left + (value - low) / (high - low) * (self.right - self.left), 2)

    def y(self, value: float) -> float:
        low, high = self._y
        return round(self.bottom - (value - low) / (high - low) * (self.bottom - self.top), 2)


def _svg(plot: Plot, mark: float | tuple[float, float] | None, name: str, title: str) -> str:
    head, foot = wrap(plot.y_label, 50), wrap(plot.x_label, 50)
    scale = _Scale(plot, len(head), len(foot))
    places = (
        f'data-low="{plot.x_range[0]:.12g}" data-high="{plot.x_range[1]:.12g}" data-start="{scale.left:g}" '
        f'data-end="{scale.right:g}" data-top="{scale.top:g}" data-bottom="{scale.bottom:g}"'
    )
    clip = (
        f'<clipPath id="{name}-area"><rect x="{scale.left - 5:g}" y="{scale.top - 4:g}" '
        f'width="{scale.right - scale.left + 10:g}" height="{scale.bottom - scale.top + 8:g}"/></clipPath>'
    )
    lines = "".join(_line(points, scale, plot, number) for number, points in enumerate(plot.lines.values()) if points)
    return (
        f'<svg role="img" aria-label="{escape(_spoken(plot, mark, title))}" viewBox="0 0 {WIDTH} {scale.height:g}" '
        f'{places} style="display:block;width:100%;height:auto;color:var(--ra-ink,currentColor)" font-size="13" '
        f'font-family="Arial, \'Liberation Sans\', Helvetica, sans-serif" fill="currentColor"><defs>{clip}</defs>'
        f"{_heading(head)}{_axes(plot, scale, foot)}"
        f'<g class="ra-plot-mark">{_mark(plot, scale, mark)}</g>'
        f'<g clip-path="url(#{name}-area)">{lines}</g>{_labels(plot, scale)}</svg>'
    )


def _spoken(plot: Plot, mark: float | tuple[float, float] | None, title: str) -> str:
    """What a screen reader says of the chart."""
    what = f"Line chart: {title or plot.y_label}. Across: {plot.x_label}, from {figure_text(plot.x_range[0])} "
    what += f"to {figure_text(plot.x_range[1])}. Lines: {'; '.join(plot.lines)}."
    return what + (f" Marked: {_mark_text(mark)}." if mark is not None else "")


def _heading(lines: Sequence[str]) -> str:
    return "".join(
        f'<text x="0" y="{14 + 16 * row}" style="fill:{_MUTED}">{escape(line)}</text>' for row, line in enumerate(lines)
    )


def _axes(plot: Plot, scale: _Scale, foot: Sequence[str]) -> str:
    parts = []
    for value in ticks(*plot.y_range):
        y = scale.y(value)
        parts.append(
            f'<path d="M{scale.left:g} {y}H{scale.right:g}" style="stroke:{_GRID}"/>'
            f'<text x="{scale.left - 6:g}" y="{y + 4.5:g}" text-anchor="end">{figure_text(value)}</text>'
        )
    for value in ticks(*plot.x_range):
        x = scale.x(value)
        parts.append(
            f'<path d="M{x} {scale.bottom:g}v5" stroke="currentColor"/>'
            f'<text x="{x}" y="{scale.bottom + 19:g}" text-anchor="middle">{_plain(value)}</text>'
        )
    parts.append(f'<path d="M{scale.left:g} {scale.bottom:g}H{scale.right:g}" stroke="currentColor"/>')
    middle = (scale.left + scale.right) / 2
    parts += [
        f'<text x="{middle:g}" y="{scale.bottom + 38 + 16 * row:g}" text-anchor="middle" style="fill:{_MUTED}">'
        f"{escape(line)}</text>"
        for row, line in enumerate(foot)
    ]
    return "".join(parts)


def _plain(value: float) -> str:
    """A number of the x axis: years stay in one piece."""
    return figure_text(value).replace("\u202f", "") if abs(value) < 100_000 else figure_text(value)


def _line(points: Sequence[tuple[float, float]], scale: _Scale, plot: Plot, number: int) -> str:
    ordered = sorted(points)
    path = "L".join(f"{scale.x(x)} {scale.y(y)}" for x, y in ordered)
    dash = f' stroke-dasharray="{_DASHES[number % len(_DASHES)]}"' if number % len(_DASHES) else ""
    within = [(x, y) for x, y in ordered if plot.x_range[0] <= x <= plot.x_range[1]]
    every = max(1, math.ceil(len(within) / 12))
    shapes = "".join(_point(scale.x(x), scale.y(y), number) for x, y in within[::every])
    return f'<path d="M{path}" fill="none" stroke="currentColor" stroke-width="2"{dash}/>{shapes}'


def _point(x: float, y: float, number: int) -> str:
    """The points of a line: round, square, pointed up, pointed sideways, pointed down."""
    shapes = (
        f'<circle cx="{x}" cy="{y}" r="3.4"/>',
        f'<rect x="{x - 3.2:g}" y="{y - 3.2:g}" width="6.4" height="6.4"/>',
        f'<path d="M{x} {y - 4:g}l4 7h-8z"/>',
        f'<path d="M{x} {y - 4.6:g}l4.6 4.6l-4.6 4.6l-4.6 -4.6z"/>',
        f'<path d="M{x} {y + 4:g}l4 -7h-8z"/>',
    )
    return shapes[number % len(shapes)]


def _labels(plot: Plot, scale: _Scale) -> str:
    """Each line's label at its right end, moved apart where two ends lie close together."""
    ends = []
    for label, points in plot.lines.items():
        within = [point for point in points if plot.x_range[0] <= point[0] <= plot.x_range[1]]
        if within:
            x, y = max(within)
            height = min(max(scale.y(y), scale.top), scale.bottom)
            ends.append((height, scale.x(x), _label_lines(label)))
    ends.sort(key=lambda end: end[0])
    heights = _apart([end[0] for end in ends], [len(end[2]) for end in ends], scale.bottom + 8)
    texts = []
    for height, (end, x, lines) in zip(heights, ends, strict=True):
        if abs(height - end) > 3 or scale.right - x > 3:
            texts.append(
                f'<path d="M{x + 5:g} {end:g}L{scale.right + 7:g} {height:g}" style="stroke:{_MUTED}" fill="none" '
                'stroke-width=".8"/>'
            )
        texts += [
            f'<text x="{scale.right + 10:g}" y="{height + 4.5 + 14 * row:g}">{escape(line)}</text>'
            for row, line in enumerate(lines)
        ]
    return "".join(texts)


def _label_lines(label: str) -> list[str]:
    return wrap(label, _LONGEST_LABEL) or [""]


def _apart(heights: Sequence[float], rows: Sequence[int], lowest: float) -> list[float]:
    """Heights in rising order with room for each label: pushed down first, then up from the bottom."""
    placed = list(heights)
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + 14 * (rows[at - 1] - 1) + _LEAST_GAP)
    limit = lowest
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], limit - 14 * (rows[at] - 1))
        limit = placed[at] - _LEAST_GAP
    return placed


def _mark(plot: Plot, scale: _Scale, mark: float | tuple[float, float] | None) -> str:
    if mark is None:
        return ""
    low, high = plot.x_range
    ends = [min(max(value, low), high) for value in (mark if isinstance(mark, (tuple, list)) else (mark,))]
    left, right = scale.x(ends[0]), scale.x(ends[-1])
    middle = (left + right) / 2
    at = "start" if middle < scale.left + 30 else "end" if middle > scale.right - 30 else "middle"
    label = (
        f'<text x="{middle:g}" y="{scale.top - 9:g}" text-anchor="{at}" font-weight="bold" style="fill:{_ACCENT}">'
        f"{_mark_text(mark)}</text>"
    )
    tall = f'y="{scale.top - 4:g}" height="{scale.bottom - scale.top + 4:g}"'
    if len(ends) == 2:
        band = (
            f'<rect x="{min(left, right):g}" {tall} width="{abs(right - left):g}" stroke-width="1.5" '
            f'style="fill:{_ACCENT};fill-opacity:.18;stroke:{_ACCENT}"/>'
        )
        return band + label
    line = f'<path d="M{left:g} {scale.top - 4:g}V{scale.bottom:g}" stroke-width="2.5" style="stroke:{_ACCENT}"/>'
    return line + label


def _mark_text(mark: float | tuple[float, float] | None) -> str:
    if isinstance(mark, (tuple, list)):
        return " to ".join(_plain(value) for value in mark)
    return _plain(mark or 0.0)


def _numbers_html(plot: Plot) -> str:
    columns: Mapping[str, dict[float, float]] = {label: dict(points) for label, points in plot.lines.items()}
    rows = sorted({x for column in columns.values() for x in column})
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in columns)
    body = "".join(
        f'<tr><th scope="row">{_plain(x)}</th>'
        + "".join(f"<td>{figure_text(column[x]) if x in column else '–'}</td>" for column in columns.values())
        + "</tr>"
        for x in rows
    )
    return (
        '<details class="ra-numbers"><summary>Numbers behind this chart</summary><div class="ra-scroll" '
        'style="overflow-x:auto" tabindex="0" role="group" aria-label="Numbers behind this chart">'
        f'<table><thead><tr><th scope="col">{escape(plot.x_label)}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div></details>"
    )
