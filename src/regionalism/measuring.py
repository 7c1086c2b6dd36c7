"""What `python course.py measure` prints: the promises of the course beside the figures of this machine.

Times are medians of several runs on the machine at hand; read them against each other, not against another
machine's. The page measures come from `regionalism.site.measure`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from .cli import book_command, quiet_lab
from .site.server import free_port

CHAPTER_PAGE = "book/gains.html"
EXPLORERS = ("public_good", "which_game", "shadow")
LIVE_STEPS = 9


@dataclass(frozen=True)
class Row:
    """One measured promise: what it is, the figure, its unit, the bar it is held against (None: only reported)."""

    what: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the figure is within its bar."""
        return self.bar is None or self.value <= self.bar

    def __str__(self) -> str:
        value = f"{self.value:,.2f}" if self.value % 1 else f"{self.value:,.0f}"
        bar = "reported" if self.bar is None else f"bar {self.bar:g} {self.unit}".strip()
        return f"{'ok  ' if self.kept else 'OVER'}  {self.what:<66} {value:>9} {self.unit:<3} ({bar})"


def report(root: Path, book: Path, file: Path | None = None) -> int:
    """Measure everything, print a line for each promise; return 0 when every bar is kept, else 1."""
    parts = (_start_up, _tables, _grading, _notebooks, _live_face, lambda _: _pages(book), _builds)
    return _print_rows(parts, root, file)


def report_browser(root: Path, launches: int | None = None, file: Path | None = None) -> int:
    """Measure the browser edition and a student's place on a hub; as `report` does otherwise.

    `launches`: how often JupyterLite is started to see whether it hangs, 1 or more; None: as often as promised.
    """
    from . import hub
    from .offline import measured

    def edition(root: Path) -> Iterator[Row]:
        for row in measured.rows(root) if launches is None else measured.rows(root, launches):
            yield Row(*row)

    def student_on_hub(root: Path) -> Iterator[Row]:
        for row in hub.rows(root):
            yield Row(*row)

    return _print_rows((edition, student_on_hub), root, file)


def _print_rows(parts: Sequence[Callable[[Path], Iterator[Row]]], root: Path, file: Path | None) -> int:
    rows: list[Row] = []
    for part in parts:
        for row in part(root):
            rows.append(row)
            print(row, flush=True)
    if file is not None:
        file.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.kept for row in rows) else 1


def _median(measure: Callable[[], float], runs: int = 5) -> float:
    return statistics.median(measure() for _ in range(runs))


# Start-up


def _start_up(root: Path) -> Iterator[Row]:
    """Import and first load in a new process each, with bytecode written by a run before."""
    code = "import time; t = time.perf_counter(); {}; print(time.perf_counter() - t)"

    def seconds(statement: str) -> float:
        done = subprocess.run([sys.executable, "-c", code.format(statement)], cwd=root, capture_output=True,
                              text=True, check=True)
        return float(done.stdout)

    for statement, bar in (("import regionalism", 0.2), ("import regionalism; regionalism.load('agreements')", 1.5)):
        seconds(statement)
        yield Row(statement, round(_median(partial(seconds, statement)), 3), "s", bar)


# The shared tables


def _tables(root: Path) -> Iterator[Row]:
    """Size of the data, check of everything, the slowest load, and what the heaviest chapter loads."""
    import gzip

    from regionalism import data

    folder = root / "data"
    yield Row("data/, all files", sum(path.stat().st_size for path in folder.iterdir()) / 1e6, "MB", 4)

    def checked() -> float:
        data.forget()
        started = time.perf_counter()
        data.check()
        return time.perf_counter() - started

    yield Row("every table checked against its description", round(_median(checked), 2), "s", 10)

    def loaded(name: str) -> float:
        data.forget()
        started = time.perf_counter()
        data.load(name)
        return time.perf_counter() - started

    slowest = {name: _median(partial(loaded, name)) for name in data.names()}
    name = max(slowest, key=lambda table: slowest[table])
    yield Row(f"slowest load of {len(slowest)} tables ({name})", round(slowest[name] * 1000), "ms", 100)
    packed = {name: len(gzip.compress((folder / data.describe(name).path).read_bytes())) for name in data.names()}
    stems = {stem for name in packed for stem in data.describe(name).chapters}
    needs = {stem: sum(size for name, size in packed.items() if stem in data.describe(name).chapters) for stem in stems}
    heaviest = max(needs, key=lambda stem: needs[stem])
    yield Row(f"tables of the heaviest chapter ({heaviest}), gzip", round(needs[heaviest] / 1000), "kB", 300)


# Hand-ins


def _grading(root: Path) -> Iterator[Row]:
    """A large class graded on all cores, feedback and report included; memory against that of a small one."""
    if os.name == "nt":
        print("SKIPPED: grading of a large class (the system does not tell a process's peak memory)")
        return
    from .grading.scale import SIZES, figures

    small, large = (figures(size) for size in SIZES)
    yield Row(f"{SIZES[1]:,} hand-ins graded, marks, feedback and report", large["seconds"], "s", 60)
    ratio = large["peak MB at the end"] / small["peak MB at the end"]
    yield Row(f"peak memory at {SIZES[1]:,} hand-ins, of that at {SIZES[0]:,}", round(ratio, 2), "x", 1.5)


# Labs and sheets


def _notebooks(root: Path) -> Iterator[Row]:
    """Each lab and sheet, run from top to bottom in a new kernel, the kernel's start included."""
    from nbclient import NotebookClient

    for path in sorted([*root.glob("notebooks/*.ipynb"), *root.glob("exercises/*.ipynb")]):
        def seconds(path: Path = path) -> float:
            with tempfile.TemporaryDirectory() as folder:
                started = time.perf_counter()
                NotebookClient(_filled(path), resources={"metadata": {"path": folder}}).execute()
                return time.perf_counter() - started

        seconds()
        yield Row(f"{path.relative_to(root).as_posix()}, top to bottom", round(_median(seconds, 3), 1), "s", 15)


def _filled(path: Path) -> Any:
    """The notebook; a sheet with a name typed at its top, since without one it asks for nothing else."""
    import nbformat

    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = cell.source.replace(f'sheet("{path.stem}")', f'sheet("{path.stem}", student="sample")')
    return notebook


# The live face, in JupyterLab with a local kernel


@contextlib.contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """JupyterLab on this machine without a password, for one measurement; gives its address."""
    quiet_lab()
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={port}", "--ServerApp.token=",
               "--ServerApp.password=", f"--ServerApp.root_dir={folder}", "--ServerApp.ip=127.0.0.1",
               *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
    environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(folder / ".settings"),
                   "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".workspaces")}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return as soon as the server accepts a connection."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError("JupyterLab ended before it could be reached")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not answer on port {port} within {seconds:g} s")


def _live_face(root: Path) -> Iterator[Row]:
    """Control to redrawn chart in a real JupyterLab: a key on the slider, until the chart's mark-up has changed."""
    from .site.measure import NoChromium, browser

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for explorer in EXPLORERS:
            _write_notebook(folder / f"{explorer}.ipynb", explorer)
        try:
            with jupyterlab(folder) as address, browser() as chromium:
                for explorer in EXPLORERS:
                    times = live_redraws(chromium, f"{address}/doc/tree/{explorer}.ipynb")
                    what = f"control to redrawn chart, live face in JupyterLab, {explorer}"
                    yield Row(what, round(statistics.median(times)), "ms", 150)
        except NoChromium as missing:
            print(f"SKIPPED: {missing}")


def _write_notebook(path: Path, explorer: str) -> None:
    import nbformat

    cell = nbformat.v4.new_code_cell(f"from regionalism.explorers import gains\ngains.{explorer}")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)


def live_redraws(chromium: Any, address: str, steps: int = LIVE_STEPS) -> list[float]:
    """Milliseconds from a key press on the explorer's first slider to its changed chart, `steps` times."""
    from .offline.trial import redraws

    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    try:
        page.goto(address, wait_until="domcontentloaded")
        page.get_by_text("| Idle").wait_for(timeout=60_000)  # before that a cell that is run does nothing
        editor = page.locator(".jp-CodeCell .cm-content").first
        editor.click(timeout=60_000)
        page.keyboard.press("Control+Enter")
        chart = page.locator(".jp-OutputArea-output canvas, .jp-OutputArea-output .vega-embed svg").first
        chart.wait_for(timeout=60_000)
        handle = page.locator(".jupyter-widgets .noUi-handle").first
        return redraws(page, page.locator(".jp-OutputArea").first, handle, steps)
    finally:
        page.close()


# Pages


def _pages(book: Path) -> Iterator[Row]:
    """Every page of the built book, in a browser without a network."""
    from .site.measure import NoChromium, browser, measure_page
    from .site.server import serving
    from .site.single import FOLDER

    # The first index.html only leads on to the front page, so there is nothing to measure in it.
    every = sorted(page.relative_to(book).as_posix() for page in book.rglob("*.html") if page != book / "index.html")
    alone = [page for page in every if page.startswith(f"{FOLDER}/")]
    try:
        with serving(book) as address, browser() as chromium:
            measured = {page: measure_page(address, page, chromium) for page in every if page not in alone}
            singles = {page: measure_page(book.as_uri(), page, chromium) for page in alone}
    except NoChromium as missing:
        print(f"SKIPPED: {missing}")
        return
    yield from _page_rows(measured)
    yield from _single_rows(book, singles)


def _single_rows(book: Path, measured: dict[str, dict[str, Any]]) -> Iterator[Row]:
    """Chapters as one file each, opened from the disk."""
    every = list(measured.values())
    heaviest = max((book / page).stat().st_size for page in measured)
    yield Row(f"heaviest of {len(every)} chapters as one file", heaviest / 1e6, "MB", 2)
    asked = sum(len(page["other_hosts"]) + len(page["missing"]) + len(page["largest"]) - 1 for page in every)
    yield Row("requests of chapters as one file, beside themselves", asked, "", 0)
    axe = sum(sum(page["axe"][scheme].values()) for page in every for scheme in ("light", "dark"))
    yield Row("axe violations of chapters as one file, light and dark", axe, "", 0)
    slowest = max(max(page["redraw_ms"].values()) for page in every)
    yield Row("control to redrawn chart, chapters as one file, median", round(slowest, 1), "ms", 30)


def _page_rows(measured: dict[str, dict[str, Any]]) -> Iterator[Row]:
    every = list(measured.values())
    yield Row(f"requests to other hosts, {len(every)} pages", sum(len(page["other_hosts"]) for page in every), "", 0)
    chapter = measured[CHAPTER_PAGE]
    yield Row("chapter page, gzip, opened", round(chapter["wire_bytes_opened"] / 1024), "kB", 350)
    drawn = round(chapter["wire_bytes_drawn"] / 1024)
    yield Row("chapter page, gzip, scrolled to the end, all drawn", drawn, "kB", 560)
    for scheme in ("light", "dark"):
        yield Row(f"axe violations (WCAG 2.2 AA), {scheme}, all pages",
                  sum(sum(page["axe"][scheme].values()) for page in every), "", 0)
    yield Row("console errors, all pages", sum(len(page["console_errors"]) for page in every), "", 0)
    yield Row("horizontal overflow at 360 px, all pages", max(page["overflow"] for page in every), "px", 0)
    yield Row("control to redrawn chart, page face, median", round(max(chapter["redraw_ms"].values()), 1), "ms", 30)


# Builds


def _builds(root: Path) -> Iterator[Row]:
    """A cold build with execution, and the build after one page was edited, in a copy of the course."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "course"
        left_out = shutil.ignore_patterns(".git", ".venv*", "_build", "*_cache*", "__pycache__")
        shutil.copytree(root, copy, ignore=left_out)
        yield Row("book, cold build with execution", round(_build_seconds(copy), 1), "s")
        page = copy / CHAPTER_PAGE.replace(".html", ".md")
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
        yield Row("book, after an edit of one page", round(_build_seconds(copy), 1), "s")


def _build_seconds(copy: Path) -> float:
    started = time.perf_counter()
    subprocess.run(book_command(copy, "--quiet"), cwd=copy, check=True, capture_output=True)
    return time.perf_counter() - started
