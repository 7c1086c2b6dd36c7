"""Drives the browser edition in a real Chromium as a student would: opens a page, presses *Run this lab*, works.

The browser's only way out is a `Line`: a small proxy on this machine that passes requests for the edition on to its
server, refuses and notes all others, and counts. So nothing escapes the count: not the kernel's worker, not the
service worker, not the browser itself, whose tools for developers each see only a part of that.

`python -m regionalism.offline.trial record FOLDER` writes the list of JupyterLite's files that a first visit fetches.
Every wait is for a state of the page. Needs the extra `test` and a Chromium.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from regionalism.offline.edition import START
from regionalism.site import server
from regionalism.site.measure import LAUNCH_ARGUMENTS, NETWORK_MESSAGE, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page

VISIT_FILE = "visit.json"
SIZE = (1280, 900)
# A start on a busy machine; a state that does not come within this is a fault.
PATIENCE_MS = 180_000
_CHUNK = 256 * 1024
# Chromium itself asks there about the fields of forms that it sees. No page can tell it not to.
BROWSERS_OWN = frozenset({"content-autofill.googleapis.com:443"})
# Headers that speak of one connection only, and are not passed on.
_OF_ONE_LINE = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "host"}


class TrialError(RuntimeError):
    """The edition did not do what a student was to see; the text says what the page showed instead."""


# The network line


@dataclass
class Answer:
    """One answered request: path below the server's root with its query, status, bytes over the wire."""

    path: str
    status: int
    bytes: int


class Line:
    """The one network line of a browser; use as a context manager.

    `server_address`: the edition's server, such as http://127.0.0.1:8000. `host`: the name by which the browser
    knows it ("" for the same); a name other than 127.0.0.1 makes the pages insecure ones, as in a class's Wi-Fi.
    `answers`: what was answered, in order; `others`: what was asked of other hosts, in vain; `browsers_own`: the same,
    where it was Chromium and no page that asked; `cut`: whether the line is dead just now; `instead`: paths below the
    server's root -> the status and content that are answered in the place of the server's.
    """

    def __init__(self, server_address: str, host: str = "") -> None:
        parts = urlsplit(server_address)
        self.server = (parts.hostname or server.HOST, parts.port or 80)
        self.origin = f"http://{host or self.server[0]}:{self.server[1]}"
        self.answers: list[Answer] = []
        self.others: list[str] = []
        self.browsers_own: list[str] = []
        self.cut = False
        self.instead: dict[str, tuple[int, bytes]] = {}
        self._proxy = ThreadingHTTPServer((server.HOST, 0), partial(_Proxy, self))
        self._proxy.daemon_threads = True
        self.address = f"http://{server.HOST}:{self._proxy.server_port}"

    @property
    def bytes(self) -> int:
        """Bytes of all answers so far, heads included."""
        return sum(answer.bytes for answer in self.answers)

    def forget(self) -> None:
        """Begin to count anew."""
        self.answers.clear()

    def __enter__(self) -> Line:
        threading.Thread(target=self._proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._proxy.shutdown()
        self._proxy.server_close()


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True

    def __init__(self, line: Line, *args: Any) -> None:
        self.line = line
        self.onward: http.client.HTTPConnection | None = None
        super().__init__(*args)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin != self.line.origin:
            self._refuse(self.path)
        elif self.line.cut:
            self.close_connection = True  # an end without an answer, as where a server has gone
        else:
            self._pass_on(self.path.removeprefix(origin))

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET

    def do_CONNECT(self) -> None:
        self._refuse(self.path)

    def _refuse(self, what: str) -> None:
        (self.line.browsers_own if what in BROWSERS_OWN else self.line.others).append(what)
        self.close_connection = True
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer_instead(self, path: str) -> None:
        status, content = self.line.instead[urlsplit(path).path]
        self.line.answers.append(Answer(path, status, len(content)))
        self.send_response(status)
        self.send_header("Content-Type", server.content_type(Path(urlsplit(path).path)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _pass_on(self, path: str) -> None:
        if urlsplit(path).path in self.line.instead:
            return self._answer_instead(path)
        try:
            answer = self._ask(path)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            return
        # Noted before it is sent, so that whoever has seen the page also finds the request.
        noted = Answer(path, answer.status, 0)
        self.line.answers.append(noted)
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_ONE_LINE:
                self.send_header(name, value)
        noted.bytes += len(b"".join(self._headers_buffer))  # type: ignore[attr-defined]
        self.end_headers()
        while piece := answer.read(_CHUNK):
            noted.bytes += len(piece)
            self.wfile.write(piece)

    def _ask(self, path: str) -> http.client.HTTPResponse:
        """Ask the server over a line that stays open; a line that it closed meanwhile is opened again."""
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_LINE}
        size = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(size) if size else None
        for attempt in range(2):
            if self.onward is None:
                self.onward = http.client.HTTPConnection(*self.line.server, timeout=PATIENCE_MS / 1000)
            try:
                self.onward.request(self.command, path, body, headers)
                return self.onward.getresponse()
            except (OSError, http.client.HTTPException):
                self.onward.close()
                self.onward = None
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def finish(self) -> None:
        """Close the line to the server with the browser's."""
        if self.onward is not None:
            self.onward.close()
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


# A student


@dataclass
class Cell:
    """What one code cell gave: printed text, results as plain text, errors with their traces, kinds of its outputs."""

    source: str
    tags: Sequence[str] = ()
    stdout: str = ""
    results: list[str] = field(default_factory=list)
    stderr: str = ""
    errors: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def text(self) -> list[str]:
        """All that a reader can compare: the printed text, then each result."""
        return [*([self.stdout] if self.stdout else []), *self.results]


def cells_of(notebook: dict[str, Any]) -> list[Cell]:
    """The code cells of a notebook in the format of Jupyter, with what its outputs say."""
    return [_cell(entry) for entry in notebook["cells"] if entry["cell_type"] == "code"]


def _cell(entry: dict[str, Any]) -> Cell:
    cell = Cell(_joined(entry["source"]), entry.get("metadata", {}).get("tags", ()))
    for output in entry.get("outputs", []):
        kind = output["output_type"]
        if kind == "stream":
            text = _joined(output["text"])
            if output["name"] == "stdout":
                cell.stdout += text
            else:
                cell.stderr += text
        elif kind == "error":
            trace = "\n".join(output.get("traceback", []))
            cell.errors.append(f"{output['ename']}: {output['evalue']}\n{trace}")
        elif output["data"]:  # the browser's kernel also answers with nothing at all
            cell.kinds |= set(output["data"])
            cell.results.append(_joined(output["data"].get("text/plain", "")))
    return cell


def _joined(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


_NOTEBOOK = """() => {
  const panel = [...jupyterapp.shell.widgets('main')].find((one) => one.sessionContext && one.content);
  const kernel = panel.sessionContext.session && panel.sessionContext.session.kernel;
  const codes = panel.content.widgets.filter((one) => one.model.type === 'code');
  return {
    busy: !kernel || kernel.status !== 'idle' || codes.some((one) => one.model.executionState === 'running'),
    content: panel.content.model.toJSON(),
  };
}"""
_IS_QUIET = f"() => !({_NOTEBOOK})().busy"
_SHOW_CELL = """(number) => {
  const panel = [...jupyterapp.shell.widgets('main')].find((one) => one.sessionContext && one.content);
  const codes = panel.content.widgets.filter((one) => one.model.type === 'code');
  return panel.content.scrollToItem(panel.content.widgets.indexOf(codes[number]), 'start');
}"""
DRAWN = "canvas, .vega-embed svg, svg.marks"
# The start page marks the moment at which the notebook is shown; before that it may show a fault instead.
_READY_OR_TROUBLE = """() => document.documentElement.dataset.ready
  || document.getElementById('trouble')?.hidden === false"""


class Trial:
    """One student: a browser with an empty cache on a line of its own, at an edition.

    `prefix`: the folder below the server's root in which the edition stands, such as "course/". `profile`: the folder
    of a profile that the browser keeps; without one it forgets all, as a private window does, which holds no large
    file in its cache and so fetches some twice. `page`: the tab; `errors`: errors of scripts in it and in its frame.
    """

    def __init__(
        self, chromium: Browser, line: Line, prefix: str = "", scheme: str = "light", profile: Path | None = None,
    ) -> None:  # fmt: skip
        self.line = line
        self.base = f"{line.origin}/{prefix}"
        self.errors: list[str] = []
        options: Any = {"proxy": {"server": line.address}, "viewport": {"width": SIZE[0], "height": SIZE[1]},
                        "color_scheme": scheme, "accept_downloads": True}  # fmt: skip
        self.context: BrowserContext = chromium.new_context(**options) if profile is None else (
            chromium.browser_type.launch_persistent_context(
                profile, executable_path=find_chromium(), args=list(LAUNCH_ARGUMENTS), **options
            )
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.new_page()

    def new_page(self) -> Page:
        """Take a new tab in the place of the present one, which is closed."""
        old, page = getattr(self, "page", None), self.context.new_page()
        page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        page.on("console", self._hear)
        if old is not None:
            old.close()
        self.page = page
        return page

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not NETWORK_MESSAGE.search(message.text):
            self.errors.append(message.text)

    def __enter__(self) -> Trial:
        return self

    def __exit__(self, *problem: object) -> None:
        self.context.close()

    # The way into a notebook

    def open_book(self, path: str) -> None:
        """Open a page of the book, by its path in the edition. Raises TrialError if it is missing."""
        answer = self.page.goto(self.base + path)
        if answer is not None and answer.status >= 400:
            raise TrialError(f"{path} answers {answer.status}")

    def press_run(self) -> None:
        """Press *Run this lab* on the page of a lab or sheet."""
        self.page.locator("p.course-run a").click(no_wait_after=True)

    def begin(self, name: str, run: str = "") -> None:
        """Open the start page of a notebook, such as `notebooks/gains`; `run`: all, setup, none or as it comes."""
        more = f"&run={run}" if run else ""
        self.page.goto(f"{self.base}{START}/index.html?open={name}{more}", wait_until="commit")

    def wait_ready(self) -> float:
        """Wait until the notebook is shown; gives the milliseconds that the start page counted. Raises TrialError."""
        self.page.wait_for_function(_READY_OR_TROUBLE)
        ready = self.page.evaluate("document.documentElement.dataset.ready")
        if ready is None:
            shown = self.page.locator("#trouble").inner_text()
            raise TrialError(f"The start page says: {shown} Log: {self.log()[-12:]}")
        return float(ready)

    def log(self) -> list[Any]:
        """What the start page heard from JupyterLite: [milliseconds, start, kind, text]."""
        return self.page.evaluate("window.courseLog || []")

    def starts(self) -> int:
        """How often the start page opened JupyterLite: 1 where nothing hung."""
        return max((entry[1] for entry in self.log()), default=0)

    # In the notebook

    @property
    def frame(self) -> Frame:
        """The frame in which JupyterLite stands."""
        handle = self.page.locator("#place iframe").element_handle()
        frame = handle.content_frame() if handle else None
        if frame is None:
            raise TrialError("There is no notebook on the page")
        return frame

    def run_all(self) -> None:
        """Press *Run all cells* and wait until they have run."""
        self.page.evaluate("document.getElementById('said').textContent = ''")
        self.page.get_by_role("button", name="Run all cells").click()
        self.page.wait_for_function("document.getElementById('said').textContent === courseCheck.words.ran")
        self.wait_quiet()

    def wait_quiet(self) -> None:
        """Wait until no cell is running and Python is idle."""
        self.frame.wait_for_function(_IS_QUIET)

    def cells(self) -> list[Cell]:
        """What the code cells gave so far."""
        return cells_of(self.frame.evaluate(_NOTEBOOK)["content"])

    def show_cell(self, number: int) -> Any:
        """Scroll to a code cell, counted from 0; gives its output area."""
        frame = self.frame
        frame.evaluate(_SHOW_CELL, number)
        return frame.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea").first

    def wait_chart(self) -> None:
        """Wait until the first chart is drawn; the start page may still stand before it."""
        self.page.wait_for_function(_HAS_CHART, arg=f".jp-OutputArea-output :is({DRAWN})")

    def move_slider(self, area: Any, key: str = "ArrowRight") -> None:
        """Press a key on the first slider of an output area."""
        area.locator(".noUi-handle").first.focus()
        self.page.keyboard.press(key)

    def set_student(self, name: str) -> None:
        """Type the id at the top of a sheet, and wait until its questions are there."""
        box = self.frame.get_by_label("Your id")
        box.fill(name)
        box.press("Enter")
        self.frame.get_by_text("Type your id at the top of the sheet first").first.wait_for(state="detached")


    def answer(self, number: int, option: str = "") -> str:
        """Take an option of a question (by its words; "" for the first), press Check, and give what is said then."""
        area = self.show_cell(number)
        radio = area.get_by_role("radio", name=option, exact=True) if option else area.get_by_role("radio").first
        radio.check()
        said = area.locator("div[role=status]")
        before = said.first.inner_text() if said.count() else ""
        area.get_by_title(f"Check the answer to question {number}").click()
        self.frame.wait_for_function(_SAYS_ELSE, arg=[number, before])
        return said.first.inner_text()

    def execute(self, code: str) -> str:
        """Run code in the notebook's Python, outside its cells; gives the status of the reply, such as "ok"."""
        return self.frame.evaluate(_EXECUTE, code)

    def redraws(self, number: int, steps: int) -> list[float]:
        """Milliseconds from a key on the first slider of a code cell to its redrawn chart, `steps` times."""
        area = self.show_cell(number)
        area.locator(DRAWN).first.wait_for()
        return redraws(self.page, area, area.locator(".noUi-handle").first, steps)


_HAS_CHART = """(wanted) => {
  const frame = document.querySelector('#place iframe');
  return !!(frame && frame.contentDocument && frame.contentDocument.querySelector(wanted));
}"""
_SAYS_ELSE = """([number, before]) => {
  const said = document.querySelectorAll('.jp-CodeCell')[number].querySelector('div[role=status]');
  return said && said.innerText.trim() && said.innerText !== before;
}"""
_EXECUTE = """async (code) => {
  const panel = [...jupyterapp.shell.widgets('main')].find((one) => one.sessionContext && one.content);
  const future = panel.sessionContext.session.kernel.requestExecute({ code });
  return (await future.done).content.status;
}"""


# Control to chart


def redraws(page: Page, area: Any, handle: Any, steps: int) -> list[float]:
    """Milliseconds from a key press on a slider's handle to the changed chart of an output area, `steps` times."""
    area.evaluate(WATCH)
    handle.focus()
    times = []
    for step in range(steps + 1):
        area.evaluate("() => { window.armRedraw(); }")
        page.keyboard.press("ArrowRight" if step % 4 < 2 else "ArrowLeft")
        times.append(area.evaluate("() => window.redrawn"))
    return times[1:]  # the first redraw warms the chart library up


# A redraw counts from the key's own event to the frame after which the output has been still for 150 ms.
WATCH = """
(out) => {
  window.armRedraw = () => {
    window.redrawn = new Promise((done, fail) => {
      let start = null, last = null;
      document.addEventListener('keydown', () => { start = performance.now(); }, {capture: true, once: true});
      const changed = (records) => {
        const isChart = (node) => node.nodeName === 'CANVAS' || node.nodeName === 'svg'
          || (node.querySelector && node.querySelector('canvas, svg'));
        const drawn = records.some((record) => [...record.addedNodes].some(isChart));
        if (drawn) requestAnimationFrame(() => { last = performance.now(); });
      };
      const watch = new MutationObserver(changed);
      watch.observe(out, {childList: true, subtree: true});
      const end = performance.now() + 8000;
      const look = () => {
        const now = performance.now();
        if (last !== null && now - last > 150) { watch.disconnect(); done(last - start); }
        else if (now > end) { watch.disconnect(); fail(new Error('the chart was not redrawn within 8 s')); }
        else requestAnimationFrame(look);
      };
      look();
    });
  };
}
"""


# The list of a first visit's files


def lite_files(line: Line, folder: str) -> list[str]:
    """Addresses below a folder of the server that were answered with content, in the order of the first request.

    With the query that names a file's version, by which a browser's cache tells it from the same file without.
    """
    paths = [_address(answer.path) for answer in line.answers if answer.status == 200]
    return list(dict.fromkeys(path.removeprefix(folder) for path in paths if path.startswith(folder)))


def _address(asked: str) -> str:
    parts = urlsplit(asked)
    version = f"?{parts.query}" if parts.query.startswith(("_=", "v=")) else ""
    return unquote(parts.path).lstrip("/") + version


def is_listed(path: str) -> bool:
    """Whether a file of JupyterLite belongs in the list of a first visit: those that tell of notebooks do not."""
    return not path.startswith(("api/", "files/"))


def record(folder: Path, chromium: Browser) -> list[str]:
    """JupyterLite's files that a first visit to any lab or sheet fetches, in the order of the first of them."""
    document = json.loads((folder / START / "run.json").read_text(encoding="utf-8"))
    seen: list[str] = []
    with server.serving(folder) as address:
        for name in document["notebooks"]:
            with Line(address) as line, Trial(chromium, line) as trial:
                # The page of JupyterLite itself: the start page would fetch what the list says already.
                path = document["notebooks"][name]["path"]
                trial.page.goto(f"{trial.base}{START}/{document['lite']}/notebooks/index.html?path={path}")
                trial.page.wait_for_function("window.courseWatch && window.jupyterapp")
                trial.page.locator(".jp-CodeCell").first.wait_for()
                trial.page.wait_for_function(_HAS_KERNEL)
                trial.page.evaluate("() => window.courseWatch.run('all')")
                trial.page.wait_for_function(_IS_QUIET)
                trial.page.wait_for_load_state("networkidle")
                seen += lite_files(line, f"{START}/{document['lite']}/")
    return [path for path in dict.fromkeys(seen) if is_listed(path)]


_HAS_KERNEL = """() => {
  const panel = [...jupyterapp.shell.widgets('main')].find((one) => one.sessionContext && one.content);
  const session = panel && panel.sessionContext.session;
  if (!session || !session.kernel) return false;
  if (!window.courseAsked) {
    window.courseAsked = session.kernel.requestIsComplete({ code: '1' }).then(() => { window.courseUp = true; });
  }
  return window.courseUp === true;
}"""


@contextlib.contextmanager
def trying(chromium: Browser, folder: Path, host: str = "") -> Iterator[Trial]:
    """Serve an edition and send one student to it."""
    with server.serving(folder) as address, Line(address, host) as line, Trial(chromium, line) as trial:
        yield trial


def main(arguments: list[str] | None = None) -> int:
    """What `python -m regionalism.offline.trial` does; returns the exit code."""
    from regionalism.site.measure import browser

    parser = argparse.ArgumentParser(description="Tries the browser edition in a real Chromium.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("record", help=f"write {VISIT_FILE}: what a first visit fetches of JupyterLite")
    one.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the edition")
    options = parser.parse_args(arguments)
    with browser() as chromium:
        found = record(options.folder, chromium)
    target = Path(__file__).with_name(VISIT_FILE)
    target.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
    print(f"{len(found)} files in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
