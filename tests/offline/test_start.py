"""The start page in a real Chromium, with a small page in the place of JupyterLite that can hang, fail and recover."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections import Counter
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from regionalism.site import measure
from regionalism.site.server import content_type

pytestmark = pytest.mark.browser

LITE, ENGINE = "lite-0000000a", "pyodide-0.27.7-0000000b"
LIMITS = {"pauses": [0, 0, 0], "tick": 0.05}
# Seconds after which a start counts as hung: short enough for a test.
IMPATIENT = {**LIMITS, "open": 1.5, "worker": 0.8, "computing": 3, "waiting": 1.5, "arriving": 5, "growth": 1,
             "usualOpen": 100}
NOTEBOOKS = {
    "notebooks/gains": {"title": "Lab: Gains", "kind": "lab", "page": "notebooks/gains.html",
                        "path": "edition/notebooks/gains.ipynb", "other": "exercises/gains"},
    "exercises/gains": {"title": "Sheet: gains", "kind": "sheet", "page": "exercises/gains.html",
                        "path": "edition/exercises/gains.ipynb", "other": "notebooks/gains"},
}
# What JupyterLite's page gives to the outside, as far as the start page uses it. `fake` in the storage says how each
# start goes, in order; the last one counts for all later ones.
FAKE_LITE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title>
<script>
const plan = JSON.parse(localStorage.getItem("fake") || '["fine"]');
const kind = plan[0];
if (plan.length > 1) localStorage.setItem("fake", JSON.stringify(plan.slice(1)));
if (kind === "silent") window.Worker = class extends EventTarget { postMessage() {} terminate() {} };
</script>
<script src="../../watch.js"></script></head>
<body><h1>Notebook</h1>
<p><a id="chapter" href="../book/gains.md#text">chapter</a> <a id="sheet" href="../exercises/gains.ipynb">sheet</a></p>
<script>
const record = (text) => { window.ran = (window.ran || []).concat(text); };
const heard = [];
const files = JSON.parse(localStorage.getItem("files") || "{}");
const context = {
  ready: Promise.resolve(), path: new URLSearchParams(location.search).get("path"), model: { dirty: false },
  async save() { record("save"); context.model.dirty = false; files[context.path] = { content: { cells: ["mine"] } }; },
};
const contents = {
  async get(path) { return files[path] || { content: { cells: ["first"] } }; },
  async save(path, model) { files[path] = model; localStorage.setItem("files", JSON.stringify(files)); },
  async delete(path) { delete files[path]; localStorage.setItem("files", JSON.stringify(files)); },
};
function begin() {
  const worker = new Worker("kernel.js", { type: undefined });
  const answer = new Promise((done) => worker.addEventListener("message", (event) => {
    if (event.data && event.data.id === "start" && event.data.type === "RAW") done();
  }));
  worker.postMessage({ id: "start", kind });
  const kernel = { status: "idle", requestIsComplete: () => answer };
  const panel = {
    context,
    sessionContext: {
      statusChanged: { connect: (f) => heard.push(f) }, ready: Promise.resolve(), session: { kernel },
    },
    content: {
      widgets: [{ model: { type: "markdown" } }, { model: { type: "code" } }], deselectAll() {}, activate() {},
      model: { toJSON: () => ({ cells: ["mine"], nbformat: 4 }) }, activeCellIndex: 0, node: document.body,
    },
  };
  window.setStatus = (name) => heard.forEach((f) => f(null, name));
  window.dirty = () => { context.model.dirty = true; };
  window.jupyterapp = {
    shell: { *widgets() { yield panel; } },
    commands: { async execute(name) { record(name + " " + panel.content.activeCellIndex); } },
    serviceManager: { contents },
  };
}
if (kind !== "mute") begin();
</script></body></html>
"""
FAKE_KERNEL = """
self.onmessage = async ({ data }) => {
  if (data.kind === "stuck") return;
  if (data.kind === "throws") {
    postMessage({ id: data.id, type: "HANDLER", name: "throw", value: { value: { message: "no sqlite" } } });
    return;
  }
  if (data.kind === "breaks") { setTimeout(() => { throw new Error("the worker broke"); }); return; }
  await (await fetch("../../ENGINE/numpy-1.whl")).arrayBuffer();
  postMessage({ _logMessage: { type: "text", data: "Loaded numpy" } });
  postMessage({ id: data.id, type: "RAW" });
};
""".replace("ENGINE", ENGINE)


class Site:
    """A server of one folder on this machine that counts, can refuse files, and can be gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}/course"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self._open = True

    def stop(self) -> None:
        if self._open:
            self._open = False
            self._server.shutdown()
            self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    # One request a connection, so that a stopped server is gone at once.
    protocol_version = "HTTP/1.0"

    def __init__(self, site: Site, *args) -> None:
        self.site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        name = unquote(urlsplit(self.path).path).removeprefix("/course/")
        self.site.asked[name] += 1
        path = self.site.folder / name
        if self.site.refused[name] > 0:
            self.site.refused[name] -= 1
            self.send_error(500)
        elif not path.is_file():
            self.send_error(404)
        else:
            self._give(path, fixed=name.startswith((f"run/{LITE}/", f"run/{ENGINE}/")))

    def _give(self, path: Path, fixed: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type(path))
        self.send_header("Content-Length", str(path.stat().st_size))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if fixed else "no-cache")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(path.read_bytes())

    def log_message(self, *args) -> None:
        pass


def _page(title: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><title>{title} — Course</title><h1>{title}</h1></html>'


def _make(folder: Path) -> None:
    """The folder of the edition, small."""
    run = folder / "run"
    shutil.copytree(str(resources.files("regionalism.offline").joinpath("start")), run)
    shutil.move(run / "sw.js", folder / "sw.js")
    files = {
        "index.html": _page("Front page"), "book/gains.html": _page("Gains"),
        "notebooks/gains.html": _page("Lab: Gains"), "exercises/gains.html": _page("Sheet: gains"),
        f"run/{LITE}/notebooks/index.html": FAKE_LITE, f"run/{LITE}/notebooks/kernel.js": FAKE_KERNEL,
        f"run/{LITE}/files/edition/exercises/gains.ipynb": "{}",
        f"run/{LITE}/build/a.js": "a" * 40_000, f"run/{ENGINE}/pyodide.js": "b" * 60_000,
        f"run/{ENGINE}/numpy-1.whl": "c" * 90_000, "_static/mark.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for name, text in files.items():
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_text(text, encoding="utf-8")
    _write_run(folder)
    listed = {path.relative_to(folder).as_posix(): [path.stat().st_size, "0" * 64]
              for path in sorted(folder.rglob("*")) if path.is_file()}
    folder.joinpath("offline.json").write_text(json.dumps({"digest": "0000000c", "files": listed}), "utf-8")


def _write_run(folder: Path, **changes) -> None:
    load = [[f"{LITE}/build/a.js", 40_000, "JupyterLab"], [f"{LITE}/notebooks/kernel.js", 500, "JupyterLab"],
            [f"{ENGINE}/pyodide.js", 60_000, "Python"], [f"{ENGINE}/numpy-1.whl", 90_000, "Packages"]]
    document = {"edition": "1", "digest": "0000000c", "lite": LITE, "engine": ENGINE, "notebooks": NOTEBOOKS,
                "load": load, "limits": LIMITS, **changes}
    folder.joinpath("run/run.json").write_text(json.dumps(document), "utf-8")


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "course"
    _make(folder)
    started = Site(folder)
    yield started
    started.stop()


@pytest.fixture
def opened(chromium, site):
    """Open the start page: `opened("notebooks/gains", plan=["silent", "fine"], init="...", size=..., scheme=...)`."""
    contexts = []

    def open_page(name="notebooks/gains", plan=("fine",), init="", size=measure.WIDE, scheme="light", workers="block",
                  script=True, query=""):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, service_workers=workers,
            java_script_enabled=script,
        )
        contexts.append(context)
        context.set_default_timeout(measure.PATIENCE_MS)
        page = context.new_page()
        first = f"if (!localStorage.getItem('fake')) localStorage.setItem('fake', {json.dumps(json.dumps(list(plan)))})"
        page.add_init_script(f"try {{ {first} }} catch {{}}")
        if init:
            page.add_init_script(init)
        page.goto(f"{site.base}/run/index.html" + (f"?open={name}" if name else "") + query)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _ready(page) -> None:
    page.wait_for_function("document.documentElement.dataset.ready")


def _trouble(page) -> str:
    page.wait_for_selector("#trouble:not([hidden])")
    return page.inner_text("#trouble")


def _inside(page, expression: str):
    return page.evaluate(f"document.querySelector('iframe').contentWindow.{expression}")


def test_a_start_goes_to_the_end(opened):
    page = opened()
    _ready(page)
    states = page.eval_on_selector_all("#steps li", "(rows) => rows.map((row) => row.dataset.state)")
    assert states == ["done"] * 5
    assert page.evaluate("document.getElementById('bar').value") == 1000
    assert not page.is_visible("#start")
    assert page.inner_text("#kernel") == "Python is ready"
    assert page.inner_text("#said") == "Lab: Gains is ready."
    assert page.title().startswith("Lab: Gains")


def test_a_lab_runs_its_first_code_cell_and_a_sheet_all(opened):
    lab = opened("notebooks/gains")
    _ready(lab)
    assert _inside(lab, "ran") == ["notebook:run-cell 1"]
    sheet = opened("exercises/gains")
    _ready(sheet)
    assert _inside(sheet, "ran") == ["notebook:run-all-cells 0"]
    none = opened("exercises/gains", query="&run=none")
    _ready(none)
    assert _inside(none, "ran") is None


def test_nothing_is_fetched_twice(opened, site):
    page = opened()
    _ready(page)
    fixed = {name: count for name, count in site.asked.items() if name.startswith((f"run/{LITE}/b", f"run/{ENGINE}/"))}
    assert fixed
    assert set(fixed.values()) == {1}


@pytest.mark.parametrize("kind", ["silent", "stuck", "mute"])
def test_a_start_that_hangs_is_started_again(opened, site, kind):
    _write_run(site.folder, limits=IMPATIENT)
    page = opened(plan=[kind, "fine"])
    _ready(page)
    assert "Starting again by itself, try 2." in page.text_content("#hint")
    assert page.locator("iframe").count() == 1


@pytest.mark.parametrize("kind", ["throws", "breaks"])
def test_a_start_that_fails_is_started_again(opened, kind):
    page = opened(plan=[kind, "fine"])
    _ready(page)
    assert page.evaluate("courseLog.filter((line) => line[2] === 'failed').length") == 1


def test_after_the_last_try_a_message_and_a_button_stand(opened, site):
    _write_run(site.folder, limits=IMPATIENT)
    page = opened(plan=["silent"])
    text = _trouble(page)
    assert "The notebook did not start" in text
    assert "It was tried 4 times" in text
    assert page.get_attribute("#trouble a", "href") == "../notebooks/gains.html"
    assert page.evaluate("document.activeElement.id") == "trouble-title"
    page.evaluate("localStorage.setItem('fake', JSON.stringify(['fine']))")
    page.click("#trouble button")
    _ready(page)


def test_a_device_that_is_slow_gets_more_time(opened, site):
    # Opening took far longer than is usual, so silence is borne as much longer, up to the greatest factor.
    _write_run(site.folder, limits={**IMPATIENT, "usualOpen": 0.0001, "slowest": 50})
    page = opened(plan=["silent"])
    page.wait_for_function("courseLog.some((line) => line[2] === 'worker')")
    page.wait_for_function("document.documentElement.dataset.patience === '40.0'")


def test_the_same_error_twice_ends_the_tries(opened):
    page = opened(plan=["throws"])
    assert "It was tried 2 times" in _trouble(page)
    page.click("text=What was reported")
    assert "no sqlite" in _trouble(page)


LACKS = {
    "wasm": ("window.WebAssembly = undefined", "WebAssembly is missing", True),
    "worker": ("window.Worker = undefined", "Workers are missing", True),
    "bigint": ("window.BigInt = undefined", "Whole numbers of any size are missing", True),
    "syntax": ("window.Function = function () { throw new SyntaxError('old') }", "JavaScript of 2020", True),
    "storage": ("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
                "Nothing can be kept in this window", False),
    "memory": ("WebAssembly.Memory = function () { throw new RangeError('full') }", "not enough memory", False),
}


@pytest.mark.parametrize("lack", LACKS)
def test_what_a_browser_lacks_is_said_with_a_way_out(opened, lack):
    init, words, names_browsers = LACKS[lack]
    page = opened(init=init)
    text = _trouble(page)
    assert words in text
    assert ("Firefox 112" in text) == names_browsers
    assert page.get_attribute("#trouble a", "href") == "../notebooks/gains.html"
    assert page.get_attribute("html", "data-trouble") == lack
    assert not page.is_visible("#progress")


def test_a_storage_that_opens_but_does_not_write_is_refused(opened):
    page = opened(init="IDBDatabase.prototype.transaction = () => { throw new DOMException('no') }")
    assert "Nothing can be kept" in _trouble(page)


def test_a_policy_against_code_from_text_does_not_stop_a_start(opened):
    page = opened(init="window.Function = function () { throw new EvalError('policy') }")
    _ready(page)


def test_opened_as_a_file(chromium, site):
    page = chromium.new_page()
    try:
        page.goto((site.folder / "run/index.html").as_uri() + "?open=notebooks/gains")
        text = _trouble(page)
        assert "python serve.py" in text
        assert page.get_attribute("#trouble a", "href") == "../notebooks/gains.html"
    finally:
        page.close()


def test_without_javascript(opened):
    page = opened(script=False)
    assert "needs JavaScript" in page.inner_text("main")
    assert page.get_attribute("noscript a", "href") == "../index.html"


@pytest.mark.parametrize("name", ["notebooks/nothing", "constructor", "../evil", "%3Cb%3E"])
def test_an_unknown_name_gets_the_list(opened, name):
    page = opened(name)
    page.wait_for_selector("#choice:not([hidden])")
    assert "There is no notebook of this name" in page.inner_text("h1")
    assert page.eval_on_selector_all("#choice a", "(links) => links.map((link) => link.getAttribute('href'))") == [
        "?open=notebooks/gains", "?open=exercises/gains"]


def test_without_a_name_the_list_asks_to_choose(opened):
    page = opened("")
    page.wait_for_selector("#choice:not([hidden])")
    assert page.inner_text("h1") == "Choose a lab or a sheet"


def test_a_download_that_breaks_off_is_tried_again(opened, site):
    site.refused[f"run/{ENGINE}/pyodide.js"] = 2
    page = opened()
    _ready(page)
    assert site.asked[f"run/{ENGINE}/pyodide.js"] == 3


def test_a_download_that_stays_away_is_named(opened, site):
    site.refused[f"run/{ENGINE}/pyodide.js"] = 3
    page = opened()
    text = _trouble(page)
    assert "pyodide.js did not arrive" in text
    assert "500" in text
    page.click("#trouble button")
    _ready(page)
    assert site.asked[f"run/{LITE}/build/a.js"] == 1


def test_a_network_that_goes_is_waited_for(opened, site):
    site.refused[f"run/{ENGINE}/pyodide.js"] = 1
    page = opened(init="Object.defineProperty(navigator, 'onLine', { get: () => !!window.isBack })")
    page.wait_for_selector("#hint:not([hidden])")
    assert "The network is gone" in page.inner_text("#hint")
    page.evaluate("window.isBack = true; dispatchEvent(new Event('online'))")
    _ready(page)


def test_a_broken_copy_is_said(opened, site):
    site.folder.joinpath("run/run.json").unlink()
    assert "The list of files could not be read" in _trouble(opened())


def test_a_second_visit_downloads_nothing(opened, site):
    page = opened()
    _ready(page)
    before = Counter(site.asked)
    page.reload()
    _ready(page)
    assert page.evaluate("document.getElementById('amount').textContent").startswith("Everything is on this device")
    assert "last start on this device took" in page.evaluate("document.getElementById('clock').textContent")
    assert not [name for name in site.asked if name.startswith(f"run/{ENGINE}") and site.asked[name] > before[name]]


def test_the_page_starts_with_the_server_gone(opened, site):
    page = opened(workers="allow")
    page.wait_for_function("document.documentElement.dataset.kept")
    page.wait_for_function("navigator.serviceWorker.controller")
    site.stop()
    page.reload()
    _ready(page)
    assert page.evaluate("document.getElementById('amount').textContent").startswith("Everything is on this device")
    # The small files of the other notebooks are here too.
    page.goto(f"{site.base}/run/index.html?open=exercises/gains")
    _ready(page)
    address = f"{site.base}/run/{LITE}/files/edition/exercises/gains.ipynb"
    assert page.evaluate("(address) => caches.match(address).then(Boolean)", address)


def test_a_page_that_is_not_here_is_said_with_those_that_are(opened, site):
    page = opened(workers="allow")
    page.wait_for_function("document.documentElement.dataset.kept && navigator.serviceWorker.controller")
    site.stop()
    page.goto(site.base + "/book/gains.html")
    assert "not on this device yet" in page.inner_text("h1")
    assert page.inner_text("li") == "Front page"
    page.goto(site.base + "/notebooks/gains.html?a=b")
    assert page.inner_text("h1") == "Lab: Gains"


def test_the_worker_keeps_nothing_for_good_that_changes(opened, site):
    page = opened(workers="allow")
    page.wait_for_function("document.documentElement.dataset.kept && navigator.serviceWorker.controller")
    site.folder.joinpath("notebooks/gains.html").write_text(_page("Renewed"), "utf-8")
    page.goto(site.base + "/notebooks/gains.html")
    assert page.inner_text("h1") == "Renewed"


def test_the_caches_of_an_older_edition_go_after_a_start(opened, site):
    page = opened(workers="allow")
    page.wait_for_function("document.documentElement.dataset.kept && navigator.serviceWorker.controller")
    page.evaluate("caches.open('another program')")
    site.folder.joinpath("run", LITE).rename(site.folder / "run" / "lite-0000001a")
    changed = json.loads(site.folder.joinpath("run/run.json").read_text("utf-8"))
    load = [[name.replace(LITE, "lite-0000001a"), size, group] for name, size, group in changed["load"]]
    _write_run(site.folder, digest="0000001c", lite="lite-0000001a", load=load)
    page.reload()
    page.wait_for_function("document.documentElement.dataset.kept")
    own = "course:/course/:"
    left = sorted(["another program", own + "state", own + "pages-0000001c", own + "lite-0000001a", own + ENGINE])
    page.wait_for_function("(left) => caches.keys().then((names) => names.sort().join() === left.join())", arg=left)
    assert page.evaluate("(address) => caches.match(address).then(Boolean)", f"{site.base}/notebooks/gains.html")


def test_the_whole_course_is_kept(opened, site):
    page = opened("", workers="allow")
    page.click("text=Keep the whole course (")
    page.wait_for_function("document.getElementById('keep-text').textContent.includes('is on this device')")
    page.wait_for_function("navigator.serviceWorker.controller")
    site.stop()
    page.goto(site.base + "/book/gains.html")
    assert page.inner_text("h1") == "Gains"
    page.goto(site.base + "/run/index.html?open=exercises/gains")
    _ready(page)


def test_the_keeping_stops_and_goes_on(opened, site):
    page = opened("", workers="allow", init="""
        const put = Cache.prototype.put;
        Cache.prototype.put = async function (...given) {
          await put.apply(this, given);
          const stop = document.getElementById('keep-button');
          if (!window.wasStopped && stop && stop.textContent === 'Stop') { window.wasStopped = true; stop.click(); }
        };""")
    page.click("text=Keep the whole course (")
    page.wait_for_function("document.getElementById('keep-amount').textContent.startsWith('Stopped')")
    before = Counter(site.asked)
    page.click("text=Keep the whole course (")
    page.wait_for_function("document.getElementById('keep-text').textContent.includes('is on this device')")
    assert before[f"run/{ENGINE}/numpy-1.whl"] + 1 >= site.asked[f"run/{ENGINE}/numpy-1.whl"]


def test_the_bar_saves_a_copy(opened):
    page = opened()
    _ready(page)
    with page.expect_download() as download:
        page.click("text=Save a copy")
    assert download.value.suggested_filename == "notebooks-gains.ipynb"
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["cells"] == ["mine"]


def test_start_afresh_asks_and_keeps_the_copy(opened):
    page = opened()
    _ready(page)
    page.click("text=Start afresh")
    page.click("text=No, leave it")
    assert page.evaluate("localStorage.getItem('files')") is None
    _inside(page, "dirty()")
    page.click("text=Start afresh")
    page.evaluate("delete document.documentElement.dataset.ready")
    page.click("text=Yes, start afresh")
    _ready(page)
    files = json.loads(page.evaluate("localStorage.getItem('files')"))
    assert len(files) == 1
    name, kept = files.popitem()
    assert name.startswith("edition/notebooks/gains - my copy ")
    assert kept["content"] == {"cells": ["mine"]}


def test_run_all_cells_and_the_state_of_the_kernel(opened):
    page = opened()
    _ready(page)
    page.click("text=Run all cells")
    page.wait_for_function("document.getElementById('said').textContent === 'The cells have run.'")
    assert _inside(page, "ran")[-1] == "notebook:run-all-cells 0"
    _inside(page, "setStatus('busy')")
    page.wait_for_function("document.getElementById('kernel').textContent === 'Python is working'")
    page.evaluate("delete document.documentElement.dataset.ready")
    _inside(page, "setStatus('dead')")
    page.click("text=Start again")
    _ready(page)
    assert page.inner_text("#kernel") == "Python is ready"


def test_links_in_a_notebook_lead_to_the_book_and_to_the_other_start(opened, site):
    page = opened()
    _ready(page)
    with page.context.expect_page() as other:
        page.frame_locator("iframe").locator("#chapter").click()
    assert other.value.url == site.base + "/book/gains.html#text"
    _inside(page, "dirty()")
    page.frame_locator("iframe").locator("#sheet").click()
    page.wait_for_url("**/run/index.html?open=exercises/gains")


def test_a_window_that_is_left_saves_the_notebook(opened):
    page = opened()
    _ready(page)
    _inside(page, "dirty()")
    _inside(page, "dispatchEvent(new Event('pagehide'))")
    assert _inside(page, "ran")[-1] == "save"


def test_a_phone_folds_the_tools(opened):
    page = opened(size=measure.NARROW)
    _ready(page)
    assert not page.is_visible("text=Save a copy")
    assert page.locator("#tools").bounding_box()["height"] < 60
    assert page.eval_on_selector("#tools", "(bar) => bar.scrollWidth <= bar.clientWidth")
    page.click("text=More")
    assert page.is_visible("text=Save a copy")
    assert page.get_attribute("#menu", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Save a copy")
    assert measure.overflow(page)["pixels"] == 0


HALTED = """
    const load = window.fetch;
    window.fetch = (address, ...rest) =>
      String(address).includes("pyodide.js") ? new Promise(() => {}) : load(address, ...rest);
"""


@pytest.mark.parametrize("scheme", measure.SCHEMES)
@pytest.mark.parametrize("size", [measure.WIDE, measure.NARROW])
def test_each_view_is_accessible(opened, scheme, size):
    loading = opened(init=HALTED, scheme=scheme, size=size)
    loading.wait_for_function("document.getElementById('amount').textContent.includes('MB')")
    choice = opened("notebooks/nothing", scheme=scheme, size=size, workers="allow")
    choice.wait_for_selector("#keep-button")
    trouble = opened(init=LACKS["wasm"][0], scheme=scheme, size=size)
    _trouble(trouble)
    done = opened(scheme=scheme, size=size)
    _ready(done)
    asking = opened(scheme=scheme, size=size)
    _ready(asking)
    if size == measure.NARROW:
        asking.click("text=More")
    asking.click("text=Start afresh")
    for page in (loading, choice, trouble, done, asking):
        assert measure.accessibility(page) == {}
        assert measure.overflow(page)["pixels"] == 0
        assert page.get_attribute("html", "data-theme") == scheme


def test_the_colours_of_the_book_are_kept(opened):
    page = opened(init="localStorage.setItem('mode', 'dark')")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_an_estimate_and_a_private_window(opened):
    page = opened(init=HALTED + "navigator.storage.estimate = async () => ({ quota: 120e6, usage: 0 });")
    page.wait_for_selector(".private")
    assert "your answers are lost" in page.inner_text("#lead")
    assert "first start takes longest" in page.inner_text("#clock")
