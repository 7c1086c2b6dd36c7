"""The declaration of an explorer: controls, a model, a chart and a sentence, stated once.

Three faces are made from it: a live one with widgets (:mod:`regionalism.explorers.live`), one for a page
without a kernel (:mod:`regionalism.explorers.page`), and a plain one for print and for screen readers.
The grid of results, one small table for every combination of control values, is what the page shows.
"""

from __future__ import annotations

import gzip
import importlib
import itertools
import json
import math
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionalism.charts.tables import python_records
from regionalism.charts.theme import AnyChart
from regionalism.face import is_page

if TYPE_CHECKING:
    from regionalism.explorers.live import Live

MOST_ROWS = 8_000
MOST_BYTES = 130_000
TOLERANCE = 1e-9

Value = float | str
Values = dict[str, Any]


@dataclass(frozen=True)
class Slider:
    """A number the reader moves.

    ``values`` are the evenly spaced steps of the page; the live face may move in finer steps
    (``fine_step``) between the same ends. ``format`` turns a value into text, ``unit`` follows it.
    """

    name: str
    label: str
    values: tuple[float, ...]
    default: float
    unit: str = ""
    help: str = ""
    fine_step: float | None = None
    format: Callable[[float], str] = "{:g}".format

    def __post_init__(self) -> None:
        steps = {round(after - before, 9) for before, after in itertools.pairwise(self.values)}
        if len(self.values) < 2 or len(steps) != 1 or min(steps) <= 0:
            raise ValueError(f"values of {self.name!r} must rise in even steps, got {self.values}")
        if self.default not in self.values:
            raise ValueError(f"default of {self.name!r} is {self.default}, not one of {self.values}")

    @property
    def step(self) -> float:
        """The distance between two values of the page."""
        return round(self.values[1] - self.values[0], 9)

    def display(self, value: float) -> str:
        """Return the value as the reader sees it, with its unit."""
        text = self.format(value)
        return f"{text} {self.unit}" if self.unit else text

    def check(self, value: Any) -> float:
        """Return ``value`` as a float within the ends of the slider.

        Raises
        ------
        ValueError
            If it is no finite number or lies outside the range.
        """
        low, high = self.values[0], self.values[-1]
        if isinstance(value, bool) or not _is_number(value) or not low - TOLERANCE <= float(value) <= high + TOLERANCE:
            raise ValueError(f"{self.name} must be a number from {low:g} to {high:g}, got {value!r}")
        return min(max(float(value), low), high)

    def index(self, value: float) -> int:
        """Return the place of ``value`` among the steps of the page, or raise ``ValueError``."""
        place = round((value - self.values[0]) / self.step)
        if not 0 <= place < len(self.values) or abs(self.values[place] - value) > TOLERANCE:
            raise ValueError(f"{self.name}={value!r} is not one of the steps {self.values}")
        return place


@dataclass(frozen=True)
class Choice:
    """One of a few named options; ``options`` are pairs of value and label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    default: str
    help: str = ""

    def __post_init__(self) -> None:
        if self.default not in self.values:
            raise ValueError(f"default of {self.name!r} is {self.default!r}, not one of {self.values}")

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the options, in order."""
        return tuple(value for value, _ in self.options)

    def display(self, value: str) -> str:
        """Return the label of an option."""
        return dict(self.options)[value]

    def check(self, value: Any) -> str:
        """Return ``value`` if it is one of the options, or raise ``ValueError``."""
        if not isinstance(value, str) or value not in self.values:
            raise ValueError(f"{self.name} must be one of {', '.join(self.values)}, got {value!r}")
        return value

    def index(self, value: str) -> int:
        """Return the place of an option, or raise ``ValueError``."""
        return self.values.index(self.check(value))


Control = Slider | Choice


@dataclass(frozen=True)
class Preset:
    """A named case: values for some or all controls of the page, and a note on what it stands for."""

    label: str
    values: Mapping[str, Value]
    note: str


@dataclass(frozen=True)
class Option:
    """One answer of a choice, with the reply it gets."""

    text: str
    reply: str
    right: bool = False


@dataclass(frozen=True)
class Prediction:
    """What the reader is asked before touching the controls."""

    prompt: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        if len(self.options) < 3 or not any(option.right for option in self.options):
            raise ValueError("a prediction needs at least three options, one of them right")


@dataclass(frozen=True)
class Column:
    """A column of the results: its heading, its decimals (results are rounded to them), shown or not."""

    name: str
    label: str
    digits: int | None = None
    shown: bool = True


@dataclass(frozen=True)
class Explorer:
    """One interactive, declared once.

    Parameters
    ----------
    name
        Unique name that starts with the chapter's stem: ``gains-public-good``.
    title, question
        A heading, and the question that the explorer lets the reader ask.
    prediction
        Asked first.
    controls, presets
        The controls of the page and the named cases.
    columns
        What the model's table holds, in order.
    model
        Pure function from the controls, as keyword arguments, to a table of always the same rows.
    sentence
        From control values and table to words: what now holds.
    draw
        From table and width (pixels) to a chart that uses no other data.
    inputs, see, not_shown
        Which inputs are data and which assumptions; what to look for; what the model does not show.
    extra_controls
        Controls of the live face only; the page keeps them at their defaults.
    source
        Where the model comes from.
    """

    name: str
    title: str
    question: str
    prediction: Prediction
    controls: tuple[Control, ...]
    presets: tuple[Preset, ...]
    columns: tuple[Column, ...]
    model: Callable[..., pd.DataFrame]
    sentence: Callable[[Values, pd.DataFrame], str]
    draw: Callable[[pd.DataFrame, int], AnyChart]
    inputs: str
    see: str
    not_shown: str
    extra_controls: tuple[Control, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        names = [control.name for control in (*self.controls, *self.extra_controls)]
        if len(names) != len(set(names)):
            raise ValueError(f"two controls of {self.name} share a name: {names}")
        for preset in self.presets:
            self.grid_index({**self.defaults(), **preset.values})

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def reading(self) -> tuple[tuple[str, str], ...]:
        """What both faces give to read below the controls: heading and text of each part there is."""
        parts = (
            ("What to look for", self.see),
            ("What goes in", self.inputs),
            ("What it does not show", self.not_shown),
            ("Where it comes from", self.source),
        )
        return tuple((heading, text) for heading, text in parts if text)

    def defaults(self, extra: bool = False) -> Values:
        """Return the default of every control, with those of the live face if ``extra``."""
        controls = (*self.controls, *self.extra_controls) if extra else self.controls
        return {control.name: control.default for control in controls}

    def checked(self, **values: Any) -> Values:
        """Return the values of all controls, defaults filled in.

        Raises
        ------
        ValueError
            If a control is unknown or a value is out of its range; the message names both.
        """
        controls = {control.name: control for control in (*self.controls, *self.extra_controls)}
        for name in values:
            if name not in controls:
                raise ValueError(f"unknown control {name!r}: {self.name} has {', '.join(controls)}")
        complete = {**self.defaults(extra=True), **values}
        return {name: controls[name].check(value) for name, value in complete.items()}

    def results(self, **values: Any) -> pd.DataFrame:
        """Return the model's table at the given control values, rounded as declared.

        Raises
        ------
        ValueError
            As :meth:`checked`.
        """
        return self._rounded(self.model(**self.checked(**values)))

    def sentence_for(self, **values: Any) -> str:
        """Return in words what holds at the given control values."""
        complete = self.checked(**values)
        return self.sentence(complete, self.results(**complete))

    def chart(self, width: int = 640, **values: Any) -> AnyChart:
        """Return the chart of the results at the given control values."""
        return self.draw(self.results(**values), width)

    def points(self) -> Iterator[Values]:
        """Yield every combination of values of the page, the last control running fastest."""
        names = [control.name for control in self.controls]
        for values in itertools.product(*(control.values for control in self.controls)):
            yield dict(zip(names, values, strict=True))

    def grid_index(self, values: Mapping[str, Any]) -> int:
        """Return the place of a combination of values in the grid, or raise ``ValueError``."""
        unknown = set(values) - {control.name for control in self.controls}
        if unknown:
            raise ValueError(f"unknown control {sorted(unknown)[0]!r} of {self.name}")
        place = 0
        for control in self.controls:
            place = place * len(control.values) + control.index(values[control.name])  # type: ignore[arg-type]
        return place

    def grid(self) -> Grid:
        """Return the results at every point of the page; computed once."""
        return _grid(self)

    def live(self, *, compact: bool = False) -> Live:
        """Return the live face, with widgets; a compact one holds no prediction and no texts to read."""
        from regionalism.explorers.live import Live

        return Live(self, compact=compact)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if is_page():
            from regionalism.explorers.page import page_html

            display({"text/html": page_html(self), "text/plain": self.sentence_for()}, raw=True)
        else:
            display(self.live().bundle(), raw=True)

    def _rounded(self, frame: pd.DataFrame) -> pd.DataFrame:
        expected = [column.name for column in self.columns]
        if list(frame.columns) != expected:
            raise ValueError(f"the model of {self.name} must return the columns {expected}, not {list(frame.columns)}")
        digits = {column.name: column.digits for column in self.columns if column.digits is not None}
        # Adding zero turns a negative zero, which would print as one, into a plain zero.
        return frame.assign(**{name: frame[name].round(places) + 0.0 for name, places in digits.items()})


@dataclass(frozen=True)
class Grid:
    """The results of an explorer at every point of its page.

    ``tables`` holds, for each point, the rows as plain values in the order of ``columns``.
    """

    explorer: Explorer
    tables: tuple[tuple[tuple[Any, ...], ...], ...]
    sentences: tuple[str, ...]

    @property
    def rows_per_point(self) -> int:
        """The number of rows of each small table."""
        return len(self.tables[0])

    @property
    def row_count(self) -> int:
        """The number of rows of the whole grid."""
        return len(self.tables) * self.rows_per_point

    def rows(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows at one point as records."""
        names = [column.name for column in self.explorer.columns]
        table = self.tables[self.explorer.grid_index(values)]
        return [dict(zip(names, row, strict=True)) for row in table]

    def sentence(self, values: Mapping[str, Any]) -> str:
        """Return the sentence at one point."""
        return self.sentences[self.explorer.grid_index(values)]

    def to_dict(self) -> dict[str, Any]:
        """Return the grid by columns: what the script of the page reads."""
        sentences = sorted(set(self.sentences))
        place = {sentence: number for number, sentence in enumerate(sentences)}
        return {
            "controls": [
                {"name": control.name, "values": list(control.values)} for control in self.explorer.controls
            ],
            "rows": self.rows_per_point,
            "columns": [self._column(number) for number in range(len(self.explorer.columns))],
            "sentences": sentences,
            "sentence": [place[sentence] for sentence in self.sentences],
        }

    def to_json(self) -> str:
        """Return the grid as compact JSON.

        Raises
        ------
        ValueError
            If it has more than 8,000 rows and also takes more than 130 kB when compressed.
        """
        text = json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        size = len(gzip.compress(text.encode(), mtime=0))
        if self.row_count > MOST_ROWS and size > MOST_BYTES:
            raise ValueError(
                f"the grid of {self.explorer.name} has {self.row_count} rows and {size} bytes compressed;"
                f" at most {MOST_ROWS} rows or {MOST_BYTES} bytes are allowed"
            )
        return text

    def _column(self, number: int) -> dict[str, Any]:
        column = self.explorer.columns[number]
        packed: dict[str, Any] = {"name": column.name}
        by_point = [tuple(row[number] for row in table) for table in self.tables]
        if len(set(by_point)) == 1:
            return {**packed, "constant": list(by_point[0])}
        values = [value for cells in by_point for value in cells]
        if not any(isinstance(value, str) for value in values):
            return {**packed, "values": [_short(value) for value in values]}
        levels = sorted({value for value in values if value is not None})
        codes = {level: code for code, level in enumerate(levels)}
        return {**packed, "levels": levels, "codes": [codes.get(value, -1) for value in values]}


def registry() -> dict[str, Explorer]:
    """Return every explorer of the course by name, from the chapter modules of this package."""
    import regionalism.explorers as package

    found: dict[str, Explorer] = {}
    for module in pkgutil.iter_modules(package.__path__):
        chapter = importlib.import_module(f"{package.__name__}.{module.name}")
        for explorer in getattr(chapter, "EXPLORERS", ()):
            found[explorer.name] = explorer
    return found


@cache
def _grid(explorer: Explorer) -> Grid:
    tables, sentences = [], []
    for values in explorer.points():
        complete = explorer.checked(**values)
        frame = explorer.results(**values)
        tables.append(tuple(tuple(record.values()) for record in python_records(frame)))
        sentences.append(explorer.sentence(complete, frame))
    if len({len(table) for table in tables}) != 1:
        raise ValueError(f"the model of {explorer.name} must return the same number of rows at every point")
    return Grid(explorer, tuple(tables), tuple(sentences))


def _is_number(value: Any) -> bool:
    try:
        return math.isfinite(float(value)) and not isinstance(value, str)
    except (TypeError, ValueError, OverflowError):
        return False


def _short(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
