"""What `python course.py measure --browser` prints of the browser edition: its promises beside this machine's figures.

A first visit is one with a new profile of Chromium, a second one with the same profile and the browser started anew.
Bytes are those of the answers on the browser's network line, heads included. Browser, server and students share this
machine's processor, so times are those of a machine busier than a student's.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionalism.offline import crowd, manifest
from regionalism.offline.command import DEFAULT_FOLDER
from regionalism.offline.trial import Line, Trial, TrialError
from regionalism.site import measure
from regionalism.site.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Row = tuple[str, float, str, float | None]

LAB, SHEET = "notebooks/gains", "exercises/gains"
PAGE = "book/gains.html"
CHOICE = 2  # the number of a question with options on that sheet
# No part of the course needs it, and students may.
LARGE = "scipy.stats"
EXPLORERS = ("public_good", "which_game", "shadow")
VISITS = 5
LAUNCHES = 60
REDRAWS = 9
STUDENTS, MINUTE, AT_ONCE = 120, 60.0, 30


def rows(root: Path, launches: int = LAUNCHES) -> Iterator[Row]:
    """What, figure, unit and bar (None: only reported). `launches`: how often JupyterLite is started, 1 or more."""
    named = os.environ.get("REGIONALISM_OFFLINE")
    folder = Path(named) if named else root / "_build" / DEFAULT_FOLDER.name
    if not (folder / manifest.NAME).is_file():
        print("SKIPPED: the browser edition (make it first: python course.py offline)", file=sys.stderr)
        return
    try:
        with serving(folder) as address, measure.browser() as chromium:
            yield from _visits(chromium, address)
            yield from _graded(chromium, address)
            yield from _controls(chromium, address)
            yield from _all_notebooks(chromium, address, folder)
            yield from _launches(chromium, address, launches)
    except measure.NoChromium as missing:
        print(f"SKIPPED: {missing}", file=sys.stderr)
    with serving(folder) as address:
        yield from _class(address)


# Visits


def _visits(chromium: Browser, address: str) -> Iterator[Row]:
    first = [_first_and_second(chromium, address) for _ in range(VISITS)]

    def median(key: str) -> float:
        return statistics.median(visit[key] for visit in first)

    yield f"first visit, press to first chart, median of {VISITS}", round(median("first"), 1), "s", 25
    yield f"second visit, press to first chart, median of {VISITS}", round(median("second"), 1), "s", 15
    yield "second visit, bytes over the wire", round(median("second bytes") / 1000), "kB", 100
    yield "first visit to a lab without scipy, compressed", round(median("first bytes") / 1e6, 1), "MB", 30
    yield "the same with scipy", round(_scipy_bytes(chromium, address) / 1e6, 1), "MB", 50


def _first_and_second(chromium: Browser, address: str) -> dict[str, float]:
    """One student's first visit to a lab, and the second with the browser started anew: seconds and bytes."""
    seen: dict[str, float] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for name in ("first", "second"):
            with Line(address) as line, Trial(chromium, line, profile=Path(profile)) as trial:
                trial.open_book(f"{LAB}.html")
                line.forget()
                seen[name] = _seconds_to_chart(trial)
                _settled(trial)
                seen[f"{name} bytes"] = line.bytes
    return seen


def _seconds_to_chart(trial: Trial) -> float:
    started = time.perf_counter()
    trial.begin(LAB, "all")
    trial.wait_chart()
    return time.perf_counter() - started


def _settled(trial: Trial) -> None:
    """Wait until a start is over, its files are kept for the next one, and the network rests."""
    trial.wait_ready()
    trial.wait_quiet()
    trial.page.wait_for_function("document.documentElement.dataset.kept")
    trial.page.wait_for_load_state("networkidle")


def _scipy_bytes(chromium: Browser, address: str) -> float:
    with (tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, Line(address) as line,
          Trial(chromium, line, profile=Path(profile)) as trial):  # fmt: skip
        trial.begin(LAB, "all")
        _settled(trial)
        if trial.execute(f"import {LARGE}") != "ok":
            raise TrialError(f"{LARGE} cannot be imported in the browser")
        return line.bytes


def _graded(chromium: Browser, address: str) -> Iterator[Row]:
    """From the book's first page over a sheet's to a question with its reply."""
    with Line(address) as line, Trial(chromium, line) as trial:
        for page in ("index.html", PAGE, f"{SHEET}.html"):
            trial.open_book(page)
        trial.press_run()
        trial.wait_ready()
        trial.wait_quiet()
        trial.set_student("sample")
        trial.answer(CHOICE)
        yield "requests to other hosts, from the book to a graded question", len(line.others), "", 0


def _controls(chromium: Browser, address: str) -> Iterator[Row]:
    with Line(address) as line, Trial(chromium, line) as trial:
        trial.begin(LAB, "all")
        trial.wait_ready()
        trial.wait_quiet()
        sources = [cell.source for cell in trial.cells()]
        for name in EXPLORERS:
            times = trial.redraws(sources.index(f"explorers.{name}"), REDRAWS)
            yield f"control to redrawn chart, Python in the browser, {name}", round(statistics.median(times)), "ms", 220
    with measure.visiting(chromium, address, PAGE) as visit:
        visit.scroll_to_end()
        times = list(measure.redraw_times(visit.page).values())
        yield "control to redrawn chart, page face in the edition, median", round(max(times), 1), "ms", 30


# Labs and sheets, launches


def _all_notebooks(chromium: Browser, address: str, folder: Path) -> Iterator[Row]:
    names = json.loads((folder / "run" / "run.json").read_text(encoding="utf-8"))["notebooks"]
    failed = []
    with Line(address) as line, Trial(chromium, line) as trial:
        for name in names:
            trial.begin(name, "all")
            try:
                trial.wait_ready()
                trial.wait_quiet()
                if any(cell.errors or cell.stderr for cell in trial.cells()):
                    failed.append(name)
            except (TrialError, _timeout()):
                failed.append(name)
            trial.new_page()
    words = f" ({', '.join(failed)})" if failed else ""
    yield f"labs and sheets that fail in the browser, of {len(names)}{words}", len(failed), "", 0


def _launches(chromium: Browser, address: str, launches: int) -> Iterator[Row]:
    """Start JupyterLite again and again; a tab is closed as soon as Python answers."""
    restarted = unrecovered = 0
    with Line(address) as line, Trial(chromium, line) as trial:
        for number in range(launches):
            trial.begin((LAB, SHEET)[number % 2], "none")
            try:
                trial.wait_ready()
                restarted += trial.starts() > 1
            except (TrialError, _timeout()):
                unrecovered += 1
            trial.new_page()
    yield f"launches that hang for good, of {launches}", unrecovered, "", 0
    yield f"launches that hung and were started again by the page, of {launches}", restarted, "", None


def _timeout() -> Any:
    from playwright.sync_api import TimeoutError

    return TimeoutError


# A class


def _class(address: str) -> Iterator[Row]:
    seen = crowd.crowd(address, crowd.paths_of_page(address, PAGE), STUDENTS, MINUTE)
    what = f"{STUDENTS} students open the chapter page within {MINUTE:g} s"
    yield f"{what}, 95th percentile", seen.p95, "s", 2
    yield f"{what}, errors", seen.errors, "", 0
    visits = crowd.first_visits(address, students=AT_ONCE)
    yield f"{AT_ONCE} first visits to a lab at once, errors", visits.errors, "", 0
    yield f"{AT_ONCE} first visits to a lab at once, until the last has all", visits.last, "s", None
