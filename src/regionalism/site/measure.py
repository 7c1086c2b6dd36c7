"""Measures of a built page in a real Chromium: weight, other hosts, accessibility, overflow, redraw time.

Each load gets a fresh browser context, so the cache is cold. Every request to another host is
blocked and counted: the numbers are those of a reader without a network. Needs the extras `test`
(playwright, axe-playwright-python) and a Chromium, found on PATH or named by REGIONALISM_CHROMIUM.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regionalism.site.server import GZIP_LEVEL, HOST, is_packed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LAUNCH_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
WCAG_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SCHEMES = ("light", "dark")
WIDE, NARROW = (1280, 800), (360, 740)
PATIENCE_MS = 15_000
# Console messages that a blocked request causes are counted as requests, not as script errors.
NETWORK_MESSAGE = re.compile(r"net::ERR_|blocked by CORS")


class NoChromium(RuntimeError):
    """No Chromium was found; the text says where it was looked for."""


def find_chromium() -> str | None:
    """Path of the Chromium to drive: REGIONALISM_CHROMIUM, else the first known name on PATH, else None."""
    named = os.environ.get("REGIONALISM_CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium that reaches only this machine. Raises NoChromium."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        raise NoChromium(
            "No Chromium found on PATH under the names " + ", ".join(CHROMIUM_NAMES)
            + ". Install it, or name it in the environment variable REGIONALISM_CHROMIUM."
        )
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=list(LAUNCH_ARGUMENTS))
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Visit:
    """One page opened in a fresh context, with what it asked for.

    `answers`: the answered requests for own files; `missing`: own addresses answered with an error;
    `others`: addresses on other hosts that were tried; `errors`: script errors.
    """

    page: Page
    origin: str
    script: bool = True
    answers: list[Any] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def files(self) -> dict[str, int]:
        """Own address -> bytes over the wire (gzip), for all files fetched so far."""
        return {answer.url: _wire_size(answer) for answer in self.answers}

    @property
    def wire_bytes(self) -> int:
        """Sum of the bytes of own files so far, each counted once."""
        return sum(self.files.values())

    def settle(self) -> None:
        """Wait until the network rests and two frames have been drawn."""
        self.page.wait_for_load_state("networkidle")
        # Without JavaScript a page is never told of a frame, and would wait for ever.
        if not self.script:
            return
        self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def scroll_to_end(self) -> None:
        """Scroll through the page to its end, wait until every explorer is drawn, and return to the top."""
        self.page.evaluate(
            """async () => {
                for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
                    scrollTo({ top: y, behavior: 'instant' });
                    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
                }
            }"""
        )
        self.settle()
        self.explorers_ready()
        # What the bar at the top covers after scrolling is no fault of the elements below it.
        self.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        self.settle()

    def explorers_ready(self) -> list[str]:
        """Wait until all explorers of the page are drawn; gives their names."""
        names = self.page.evaluate(_EXPLORER_NAMES)
        for name in names:
            self.page.evaluate("async (name) => { await window.regionalism.ready(name); }", name)
        return names


def _wire_size(answer: Any) -> int:
    body = answer.body()
    return len(gzip.compress(body, GZIP_LEVEL)) if is_packed(answer.headers.get("content-type", "")) else len(body)


def _record(visit: Visit) -> None:
    def on_response(response: Any) -> None:
        if not response.url.startswith(visit.origin):
            return
        if response.status >= 400:
            visit.missing.append(response.url)
        elif response.status == 200:
            visit.answers.append(response)

    def on_console(message: Any) -> None:
        if message.type == "error" and not NETWORK_MESSAGE.search(message.text):
            visit.errors.append(message.text)

    visit.page.on("response", on_response)
    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda problem: visit.errors.append(str(problem)))


@contextlib.contextmanager
def visiting(
    chromium: Browser,
    base_url: str,
    path: str,
    *,
    size: tuple[int, int] = WIDE,
    scheme: str = "light",
    script: bool = True,
) -> Iterator[Visit]:
    """Open `base_url`/`path` in a fresh context and record what it does.

    `size`: width and height in pixels; `scheme`: `light` or `dark`; `script`: whether JavaScript runs.
    `base_url` may be a file:// address of a folder. Raises ValueError for an unknown scheme and
    FileNotFoundError if there is no such page.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"scheme is {scheme!r}; allowed: {', '.join(SCHEMES)}")
    base = base_url.rstrip("/")
    origin = base if base.startswith("file:") else "{0.scheme}://{0.netloc}".format(urlsplit(base))
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        service_workers="block",
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        visit = Visit(context.new_page(), origin, script)

        def guard(route: Any) -> None:
            address = route.request.url
            if address.startswith((origin, "data:", "blob:")):
                route.continue_()
            else:
                visit.others.append(address)
                route.abort("internetdisconnected")

        context.route("**/*", guard)
        _record(visit)
        answer = visit.page.goto(f"{base}/{path.lstrip('/')}", wait_until="load")
        if answer is not None and answer.status >= 400:
            raise FileNotFoundError(f"There is no page {path} at {base} (status {answer.status}).")
        visit.settle()
        yield visit
    finally:
        context.close()


def accessibility(page: Page) -> dict[str, list[str]]:
    """Violated rules of WCAG 2.0 to 2.2, levels A and AA: rule -> the elements that violate it."""
    from axe_playwright_python.sync_playwright import Axe

    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": list(WCAG_TAGS)},
        # Part of level A (2.5.3), though axe counts its own check among the experimental ones.
        "rules": {"label-content-name-mismatch": {"enabled": True}},
    }
    found = Axe().run(page, options=options)
    return {
        rule["id"]: [" ".join(map(str, node["target"])) + ": " + node["html"][:160] for node in rule["nodes"]]
        for rule in found.response["violations"]
    }


def overflow(page: Page) -> dict[str, Any]:
    """Pixels by which the page is wider than the window, and up to five elements that stick out."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            const scrolls = (e) => {
                for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
                    if (getComputedStyle(p).overflowX !== 'visible') return true;
                }
                return false;
            };
            const name = (e) => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
                + (typeof e.className === 'string' && e.className.trim()
                    ? '.' + e.className.trim().split(/\\s+/).join('.') : '');
            const out = [...document.body.querySelectorAll('*')]
                .filter((e) => e.getBoundingClientRect().right > width + 1 && e.checkVisibility()
                    && !scrolls(e));
            return {
                pixels: Math.max(0, document.documentElement.scrollWidth - width),
                elements: out.slice(0, 5).map(name),
            };
        }"""
    )


def redraw_times(page: Page, steps: int = 5) -> dict[str, float]:
    """Median milliseconds from a control's event to the finished redraw, for each explorer of the page.

    Moves the first slider (else the first choice) of each explorer `steps` times, there and back.
    """
    times: dict[str, float] = {}
    for name in page.evaluate(_EXPLORER_NAMES):
        samples = [page.evaluate(_MOVE_ONCE, [name, step]) for step in range(steps)]
        known = [sample for sample in samples if sample is not None]
        if known:
            times[name] = round(statistics.median(known), 1)
    return times


_EXPLORER_NAMES = "() => [...document.querySelectorAll('[data-explorer]')].map((e) => e.dataset.explorer)"

_MOVE_ONCE = """async ([name, step]) => {
    await window.regionalism.ready(name);
    const root = document.querySelector(`[data-explorer="${name}"]`);
    const slider = root.querySelector('input[type=range]:not(:disabled)');
    if (!slider) return null;
    const start = Number(slider.value);
    step % 2 ? slider.stepDown() : slider.stepUp();
    if (Number(slider.value) === start) step % 2 ? slider.stepUp() : slider.stepDown();
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await window.regionalism.ready(name);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return window.regionalism.lastRedrawMs(name);
}"""


def measure_page(base_url: str, path: str, chromium: Browser | None = None) -> dict[str, Any]:
    """All measures of one page as plain data.

    Keys: `page`; `other_hosts` (requests tried to other hosts); `missing` (own files not found);
    `wire_bytes_opened` and `wire_bytes_drawn` (gzip, before and after scrolling to the end);
    `largest` (five largest files); `console_errors`; `axe` (scheme -> rule -> number of elements);
    `axe_elements`; `overflow` (pixels at 360); `overflow_elements`; `redraw_ms` (explorer -> median).
    A browser is started unless `chromium` gives one. Raises NoChromium.
    """
    if chromium is None:
        with browser() as started:
            return measure_page(base_url, path, started)
    result: dict[str, Any] = {"page": path}
    with visiting(chromium, base_url, path) as visit:
        result["wire_bytes_opened"] = visit.wire_bytes
        visit.scroll_to_end()
        result["wire_bytes_drawn"] = visit.wire_bytes
        result["redraw_ms"] = redraw_times(visit.page)
        result["other_hosts"] = visit.others
        result["missing"] = visit.missing
        result["console_errors"] = visit.errors
        sizes = sorted(visit.files.items(), key=lambda entry: -entry[1])
        result["largest"] = [(urlsplit(address).path, size) for address, size in sizes[:5]]
    result["axe"], result["axe_elements"] = {}, {}
    for scheme in SCHEMES:
        with visiting(chromium, base_url, path, scheme=scheme) as visit:
            visit.scroll_to_end()
            broken = accessibility(visit.page)
            result["axe"][scheme] = {rule: len(elements) for rule, elements in broken.items()}
            result["axe_elements"][scheme] = broken
    with visiting(chromium, base_url, path, size=NARROW) as visit:
        visit.scroll_to_end()
        wide = overflow(visit.page)
        result["overflow"], result["overflow_elements"] = wide["pixels"], wide["elements"]
    return result
