"""Every page of the built book in a real browser: no other host, no error, accessible, narrow, light."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import pickle
import re
from pathlib import Path

import pytest
import yaml

from regionalism import data
from regionalism.site import measure
from regionalism.site.tables import stub_paths, stub_text, write_stubs

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))


def _documents(entry) -> list[str]:
    below = [part for key in ("parts", "chapters", "sections") for part in entry.get(key, [])]
    own = [entry[key] for key in ("root", "file") if key in entry]
    return own + [document for part in below for document in _documents(part)]


DOCUMENTS = _documents(TOC)
TABLES = [f"book/tables/{name}.html" for name in (*data.names(), *data.maps())]
# The tables' pages come from one template; looked at closely are those with the most, the least and the odd.
SHOWN_TABLES = ("agreements", "trade_rival_figures", "power_plants", "states", "map")
SHOWN = [f"book/tables/{name}.html" for name in SHOWN_TABLES]
# So do plans, cards and slides, which `tests/teaching` looks at chapter by chapter; here are those of one chapter.
LESSONS = re.compile(r"book/teaching/(?:plan|cards|slides)-(?!gains)")
PAGES = [f"{document}.html" for document in DOCUMENTS if not LESSONS.match(document)] + SHOWN + ["search.html"]
CHAPTERS = [f"{document}.html" for document in DOCUMENTS if (ROOT / f"exercises/{Path(document).name}.ipynb").exists()
            and document.startswith("book/")]
OPENED_LIMIT, DRAWN_LIMIT = 350_000, 560_000
# What the pages weigh now, with room to grow; far below what was promised.
OPENED_USUAL, DRAWN_USUAL = 110_000, 400_000

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", PAGES)
def test_page_is_sound(visit, page):
    """It asks nothing of others, breaks nothing, and has a language, a title, one main heading and ids of its own."""
    opened = visit(page)
    opened.scroll_to_end()
    assert opened.others == []
    assert opened.missing == []
    assert opened.errors == []
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert len(opened.page.title()) > 5
    assert opened.page.locator("main h1").count() == 1
    ids = opened.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids)), "ids are used twice"


@pytest.mark.parametrize("scheme", measure.SCHEMES)
@pytest.mark.parametrize("page", PAGES)
def test_page_is_accessible(visit, page, scheme):
    opened = visit(page, scheme=scheme)
    opened.scroll_to_end()
    # What is folded away is looked at too.
    opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    opened.settle()
    assert measure.accessibility(opened.page) == {}


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_narrow_phone(visit, page):
    opened = visit(page, size=measure.NARROW)
    opened.scroll_to_end()
    opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    opened.settle()
    assert measure.overflow(opened.page)["pixels"] == 0


@pytest.mark.parametrize("page", [page for page in TABLES if page not in SHOWN])
def test_every_table_has_a_sound_page(visit, page):
    opened = visit(page, size=measure.NARROW)
    opened.scroll_to_end()
    opened.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    opened.settle()
    assert (opened.others, opened.missing, opened.errors) == ([], [], [])
    assert measure.overflow(opened.page)["pixels"] == 0
    assert opened.page.locator("main h1").count() == 1


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_is_light(visit, page):
    opened = visit(page)
    before = opened.wire_bytes
    assert not any("/_ra/" in address for address in opened.files)
    opened.scroll_to_end()
    assert before <= OPENED_USUAL <= OPENED_LIMIT
    assert opened.wire_bytes <= DRAWN_USUAL <= DRAWN_LIMIT


@pytest.mark.parametrize("page", CHAPTERS)
def test_lines_are_short_enough_to_read(visit, page):
    longest = visit(page).page.evaluate(
        """() => Math.max(...[...document.querySelectorAll('article > section > p')].map((p) => {
            const range = document.createRange();
            range.selectNodeContents(p);
            const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top / 8))).size;
            return p.textContent.length / Math.max(1, lines);
        }))"""
    )
    assert longest <= 80


def test_internal_links_lead_somewhere(built):
    pages = {path: path.read_text("utf-8") for path in built.rglob("*.html")}
    broken = []
    for path, text in pages.items():
        # What the browser edition adds is hidden here and leads nowhere yet; its own tests follow those links.
        shown = re.sub(r'<p class="course-run" hidden>.*?</p>', "", text, flags=re.DOTALL)
        for address in re.findall(r'(?:href|src)="([^"]+)"', shown):
            if re.match(r"(https?:|mailto:|data:|javascript:)", address):
                continue
            file, _, anchor = address.partition("#")
            target = (path.parent / file.split("?")[0]).resolve() if file.split("?")[0] else path
            if not target.is_file() or (anchor and f'id="{anchor}"' not in pages.get(target, f'id="{anchor}"')):
                broken.append(f"{path.relative_to(built)}: {address}")
    assert broken == []


def test_no_script_or_style_comes_from_elsewhere(built):
    for path in built.rglob("*.html"):
        tags = re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", path.read_text("utf-8"))
        assert not [tag for tag in tags if re.search(r'(?:src|href)="(?:https?:)?//', tag)], path.name


def test_front_door_opens(visit, built):
    text = (built / "index.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert re.search(r"<title>[^<]{5,}</title>", text)
    opened = visit("index.html").page
    opened.wait_for_url(f"**/{TOC['root']}.html")
    assert opened.locator("main h1").is_visible()


def test_search_finds_a_chapter(visit):
    opened = visit("search.html?q=cooperation")
    opened.page.wait_for_function("/found [1-9]/.test(document.getElementById('search-results').textContent)")
    opened.settle()
    assert opened.page.locator("#search-results li a").count() >= 1
    assert opened.errors == []
    assert measure.accessibility(opened.page) == {}


def test_pages_and_charts_open_from_a_folder(visit, built):
    opened = visit(CHAPTERS[0], base_url=built.as_uri())
    opened.scroll_to_end()
    assert opened.errors == []
    assert opened.page.locator(".ra-vega svg").count() == opened.page.locator(".ra-explorer").count() > 0


def test_search_works_from_a_folder(visit, built):
    opened = visit("search.html?q=cooperation", base_url=built.as_uri())
    opened.page.wait_for_function("/found [1-9]/.test(document.getElementById('search-results').textContent)")
    assert opened.errors == []


def test_front_door_opens_from_a_folder(visit, built):
    opened = visit("index.html", base_url=built.as_uri()).page
    opened.wait_for_url(f"**/{TOC['root']}.html")


@pytest.mark.parametrize("name", SHOWN_TABLES)
def test_data_can_be_downloaded_unchanged(visit, name):
    page = visit(f"book/tables/{name}.html").page
    with page.expect_download() as waiting:
        page.locator("main a[download]").first.click()
    raw = Path(waiting.value.path()).read_bytes()
    assert "sha256:" + hashlib.sha256(raw).hexdigest() == data.describe(name).checksum
    assert page.locator("main").get_by_text(data.describe(name).checksum).is_visible()


@pytest.mark.parametrize("name", [*data.names(), *data.maps()])
def test_every_table_lies_in_the_book_unchanged(built, name):
    about = data.describe(name)
    raw = built.joinpath("_ra", "data", about.path).read_bytes()
    assert "sha256:" + hashlib.sha256(raw).hexdigest() == about.checksum
    assert f'href="../../_ra/data/{about.path}"' in built.joinpath("book", "tables", f"{name}.html").read_text("utf-8")


def test_every_table_has_its_stub_and_nothing_else_lies_there():
    wanted = stub_paths(ROOT)
    assert sorted((ROOT / "book" / "tables").glob("*.md")) == sorted(wanted.values())
    for name, path in wanted.items():
        assert path.read_text("utf-8") == stub_text(name)


def test_an_old_stub_goes_and_a_missing_one_comes(tmp_path):
    written = write_stubs(tmp_path)
    assert len(written) == len(TABLES)
    tmp_path.joinpath("book", "tables", "gone.md").write_text("# Gone\n\n```{data-table} gone\n```\n", "utf-8")
    tmp_path.joinpath("book", "tables", "states.md").unlink()
    assert sorted(write_stubs(tmp_path)) == ["book/tables/gone.md", "book/tables/states.md"]
    assert write_stubs(tmp_path) == []


def test_descriptor_can_be_downloaded(built):
    assert json.loads((built / "_ra" / "data" / "datapackage.json").read_text("utf-8")) == data.package()


def test_text_pages_work_without_a_script(visit):
    page = visit(CHAPTERS[0], script=False, size=measure.NARROW).page
    assert page.locator("#course-contents").is_visible()
    assert not page.locator(".course-search").first.is_visible()
    assert not page.locator(".course-mode").is_visible()
    page.locator(".course-menu").click()
    assert page.url.endswith("#course-contents")


def test_print_hides_what_can_be_pressed(visit):
    page = visit(CHAPTERS[0], scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    for selector in (".course-top", ".course-contents", ".ra-panel"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator(".ra-explorer .ra-chart svg").first.is_visible()
    ink = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ra-ink').trim()")
    assert ink == "#000"
    grounds = page.evaluate(
        """() => ['body', '.ra-sentence', '.ra-prediction'].map((selector) => getComputedStyle(
            document.querySelector(selector)).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))"""
    )
    assert min(min(ground) for ground in grounds) > 200


def test_build_carries_no_keys(built):
    """A word that stands only in the summative keys must not reach the students' build."""
    keys = sorted((ROOT / "keys").rglob("*.py"))
    canaries = {found for path in keys for found in re.findall(r'^CANARY = "(.+)"', path.read_text("utf-8"), re.M)}
    assert canaries, "the keys have no canary to look for"
    for path in built.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert not [word for word in canaries if word.encode() in raw], path
    assert importlib.util.find_spec("regionalism_keys") is None or canaries


def test_pages_that_run_code_are_read_again_when_it_changes(built):
    stored = built.parent / ".doctrees" / "environment.pickle"
    if not stored.is_file():
        pytest.skip("the build left no environment beside its html folder")
    environment = pickle.loads(stored.read_bytes())
    for document in ("book/gains", "book/data", "notebooks/gains", "exercises/gains"):
        names = {Path(path).name for path in environment.dependencies[document]}
        assert {"figure.py", "publicgoods.py", "datapackage.json"} <= names
