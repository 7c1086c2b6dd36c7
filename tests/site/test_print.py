"""What the browser prints of a page: all of the text, no controls, no answers, nothing cut off at the right."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest

from regionalism.exercises import chapters
from regionalism.site import measure

pypdf = pytest.importorskip("pypdf")

pytestmark = pytest.mark.browser
STEMS = chapters()
CHAPTERS = [f"{place}/{stem}.html" for stem in STEMS for place in ("book", "single")]
OTHERS = ["notebooks/gains.html", "exercises/puzzle.html", "book/glossary.html",
          *(f"book/tables/{name}.html" for name in ("events", "arms_deliveries", "agreements", "trade_rival_figures"))]
# The text's width on A4 with the margins of site.css: 210 less twice 16 millimetres, at 96 pixels an inch.
PAPER = 672
BUTTONS = ("Check this answer", "Start again", "Numbers behind this chart", "What each answer means", "Colours:",
           "Download", "On this page", "Skip to the text", "This chapter as one file", "What the controls mean")


def _words(text: str) -> str:
    """The text without spaces; fonts join letters such as fi, which is undone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _text(reader) -> str:
    """All words of the pages, without the running head and the page numbers, which would stand between them."""
    sheets = [_words(sheet.extract_text()).replace(f"{number}/{len(reader.pages)}", "")
              for number, sheet in enumerate(reader.pages, start=1)]
    head = _words("Security Regionalism in Central Asia")
    return "".join([sheets[0], *(sheet.replace(head, "") for sheet in sheets[1:])])


def _printed(page) -> tuple[int, str]:
    """Number of pages and all words on them."""
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {(round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) for sheet in reader.pages} \
        <= {(595, 842), (594, 841), (594, 842), (595, 841)}
    return len(reader.pages), _text(reader)


@pytest.mark.parametrize("path", CHAPTERS)
def test_chapter_prints_its_text_without_controls_and_answers(chromium, built, path):
    with measure.visiting(chromium, built.as_uri(), path, scheme="dark") as visit:
        visit.scroll_to_end()
        page = visit.page
        # Even after the reader has answered, the reply stays off the paper.
        quick = page.locator(".ra-check").filter(has=page.locator("form input[type=radio]")).first
        quick.locator("form input[type=radio]").first.check()
        quick.locator("button[type=submit]").click()
        replies = page.evaluate(
            "[...document.querySelectorAll('.ra-replies li span')].map((e) => e.textContent)"
            ".concat([...document.querySelectorAll('.ra-check > .ra-reply p')].map((e) => e.textContent))")
        headings = page.evaluate(
            """[...document.querySelectorAll('article h1, article h2, article h3')].map((e) => {
                const copy = e.cloneNode(true);
                copy.querySelectorAll('.headerlink').forEach((link) => link.remove());
                return copy.textContent;
            })""")
        options = page.evaluate("[...document.querySelectorAll('.ra-prediction label')].map((e) => e.textContent)")
        pages, text = _printed(page)
    assert 6 <= pages <= 20
    assert [heading for heading in headings if _words(heading) not in text] == []
    assert [option for option in options if _words(option) not in text] == []
    assert [word for word in BUTTONS if _words(word) in text] == []
    assert replies
    assert [reply for reply in replies if len(reply) > 30 and _words(reply) in text] == []
    assert "Stateofknowledge" in text


@pytest.mark.parametrize("path", [f"single/{stem}.html" for stem in STEMS])
def test_file_prints_the_addresses_of_its_works_and_the_edition_first(chromium, built, path):
    with measure.visiting(chromium, built.as_uri(), path) as visit:
        reader = pypdf.PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True)))
        works = visit.page.evaluate("[...document.querySelectorAll('.citation a.external')].map((a) => a.textContent)")
    first = _words(reader.pages[0].extract_text())
    assert _words("Security Regionalism in Central Asia, edition") in first
    text = _text(reader)
    assert f"1/{len(reader.pages)}" in first
    assert works
    assert [work for work in works if _words(work) not in text] == []


def test_paper_shows_the_starting_case_and_the_screen_the_readers(chromium, built):
    with measure.visiting(chromium, built.as_uri(), f"book/{STEMS[0]}.html") as visit:
        page, name = visit.page, visit.explorers_ready()[0]
        box = page.locator(f'[data-explorer="{name}"]')
        start = box.locator(".ra-sentence").inner_text()
        page.evaluate(measure._MOVE_ONCE, [name, 0])
        box.locator(".ra-preset").last.click()
        page.evaluate("async (name) => { await window.regionalism.ready(name); }", name)
        page.wait_for_function(
            """([name, start]) => start
                !== document.querySelector(`[data-explorer="${name}"] .ra-sentence`).textContent""", arg=[name, start])
        moved = box.locator(".ra-sentence").inner_text()
        values = page.evaluate("(name) => window.regionalism.values(name)", name)
        _, text = _printed(page)
        assert _words(start) in text
        assert _words(moved) not in text
        assert box.locator(".ra-sentence").inner_text() == moved
        assert page.evaluate("(name) => window.regionalism.values(name)", name) == values
        assert box.locator(".ra-vega svg").count() == 1


@pytest.mark.parametrize("path", [*CHAPTERS, *OTHERS])
def test_nothing_is_cut_off_at_the_right(chromium, built, path):
    with measure.visiting(chromium, built.as_uri(), path, size=(PAPER, 1000)) as visit:
        visit.scroll_to_end()
        visit.page.emulate_media(media="print")
        wide = visit.page.evaluate(
            """() => [...document.querySelectorAll('main *')]
                .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
                .map((e) => e.tagName + ' ' + e.textContent.slice(0, 60)).slice(0, 5)""")
    assert wide == []


@pytest.mark.parametrize("path", OTHERS)
def test_other_pages_print_too(chromium, built, path):
    with measure.visiting(chromium, built.as_uri(), path, scheme="dark") as visit:
        visit.scroll_to_end()
        heading = visit.page.evaluate("document.querySelector('h1').firstChild.textContent")
        pages, text = _printed(visit.page)
    assert 1 <= pages <= 20
    assert _words(heading) in text
    # The prose of a lab may name a button that the interactive has on the screen.
    told = ("Download", "Start again")
    assert [word for word in BUTTONS if word not in told and _words(word) in text] == []
