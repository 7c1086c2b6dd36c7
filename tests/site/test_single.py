"""Each chapter as one file, opened from file:// in a real browser: it asks for nothing and everything in it works."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

import regionalism
from regionalism.exercises import chapters
from regionalism.explorers.sharing import shared, shared_script
from regionalism.grading.leaks import leaks, secrets
from regionalism.site import measure, single

STEMS = chapters()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened(chromium, built):
    """Open a chapter's file; gives the visit and the list that its requests are written to."""
    contexts = []

    def open_file(stem: str, **options):
        context = measure.visiting(chromium, built.as_uri(), f"single/{stem}.html", **options)
        visit = context.__enter__()
        contexts.append(context)
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        return visit, asked

    yield open_file
    for context in contexts:
        context.__exit__(None, None, None)


def _explorers(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('[data-explorer]')].map((e) => e.dataset.explorer)")


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_file_asks_for_nothing_and_its_links_lead_somewhere(opened, built, stem):
    visit, asked = opened(stem)
    visit.scroll_to_end()
    assert (asked, visit.others, visit.errors) == ([], [], [])
    assert len(visit.answers) <= 1, "the file itself is all that is read"
    dead = visit.page.evaluate(
        """[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href')).filter((to) =>
            to.startsWith('#') ? !document.getElementById(to.slice(1)) : !/^(https?:|mailto:)/.test(to))"""
    )
    assert dead == []
    ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert (built / "single" / f"{stem}.html").stat().st_size <= 2_000_000


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "size"), [("light", measure.WIDE), ("dark", measure.NARROW)])
@pytest.mark.parametrize("stem", STEMS)
def test_file_is_accessible_and_fits(opened, stem, scheme, size):
    visit, _ = opened(stem, scheme=scheme, size=size)
    visit.scroll_to_end()
    visit.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    visit.settle()
    assert measure.accessibility(visit.page) == {}
    assert measure.overflow(visit.page)["pixels"] == 0


def _shown(box) -> tuple[str, str]:
    return box.locator(".ra-sentence").inner_text(), box.locator(".ra-vega svg").inner_html()


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_a_control_changes_sentence_and_chart(opened, stem):
    page = opened(stem, size=measure.NARROW)[0].page
    names = _explorers(page)
    assert names
    for name in names:
        page.evaluate("async (name) => { await window.regionalism.ready(name); }", name)
        box = page.locator(f'[data-explorer="{name}"]')
        assert box.locator(".ra-vega svg").count() == 1
        seen = [_shown(box)]
        page.evaluate(
            """async (name) => {
                const box = document.querySelector(`[data-explorer="${name}"]`);
                box.querySelectorAll('input[type=range]').forEach((slider) => {
                    slider.value = slider.value === slider.max ? slider.min : slider.max;
                    slider.dispatchEvent(new Event('input', { bubbles: true }));
                });
                await window.regionalism.ready(name);
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }""", name)
        seen.append(_shown(box))
        for preset in box.locator(".ra-preset").all():
            preset.click()
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            seen.append(_shown(box))
        assert len({sentence for sentence, _ in seen}) > 1, name
        assert len({chart for _, chart in seen}) > 1, name


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_prediction_and_quick_question_answer_back(opened, stem):
    page = opened(stem)[0].page
    guess = page.locator(".ra-prediction .ra-choice, .ra-choice").first
    guess.locator("input[type=radio]").first.check()
    guess.locator("button").click()
    assert len(guess.locator(".ra-reply").inner_text()) > 20
    quick = page.locator(".ra-check").filter(has=page.locator("form input[type=radio]")).first
    quick.locator("form input[type=radio]").first.check()
    quick.locator("button[type=submit]").click()
    assert len(quick.locator(".ra-reply").first.inner_text()) > 20


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_word_leads_to_its_meaning(opened, stem):
    page = opened(stem)[0].page
    link = page.locator('article a[href^="#term-"]').first
    target = link.get_attribute("href")
    link.click()
    assert page.evaluate("location.hash") == target
    assert page.locator(f'dt[id="{target[1:]}"] ~ dd').first.inner_text().strip()


@pytest.mark.parametrize("stem", STEMS)
def test_file_says_what_it_is(built, stem):
    text = (built / "single" / f"{stem}.html").read_text("utf-8")
    assert f"edition {regionalism.__version__}" in text
    assert "CC BY 4.0" in text
    assert "To cite it:" in text
    assert re.search(r"State of knowledge: \d{1,2} \w+ \d{4}", text)
    # The mark by which the browser edition knows the pages of the book: it would look for its worker in vain here.
    assert " data-content_root=" not in text


def test_author_is_that_of_the_citation_file():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["authors"][0]["name"] == single.AUTHOR


def test_nothing_that_graders_have(built):
    hidden = secrets()
    if not hidden:
        pytest.skip("no keys are installed")
    assert leaks(built / "single", hidden) == []


def test_same_bytes_from_the_same_build(built):
    for stem in STEMS:
        assert single.single_html(built, stem) == (built / "single" / f"{stem}.html").read_text("utf-8")


@pytest.fixture
def small(built, tmp_path) -> Path:
    """A copy of what one chapter's file is made of."""
    for part in (f"book/{STEMS[0]}.html", single.GLOSSARY, single.REFERENCES):
        tmp_path.joinpath(part).parent.mkdir(exist_ok=True)
        shutil.copy(built / part, tmp_path / part)
    for folder in ("_static", "_ra"):
        shutil.copytree(built / folder, tmp_path / folder, ignore=shutil.ignore_patterns("data"))
    return tmp_path


def test_a_chapter_alone_becomes_a_file(small):
    assert [path.name for path in single.write_singles(small)] == [f"{STEMS[0]}.html"]


@pytest.mark.parametrize("missing", ["_ra/vega.js", single.GLOSSARY, single.REFERENCES, "_static/explorers.js"])
def test_missing_part_is_named(small, missing):
    (small / missing).unlink()
    with pytest.raises(single.CannotMakeSingle, match=re.escape(missing)):
        single.write_singles(small)


def test_word_that_the_glossary_lacks_is_named(small):
    glossary = small / single.GLOSSARY
    glossary.write_text(re.sub(r'<dt id="term-', '<dt id="other-', glossary.read_text("utf-8")), "utf-8")
    with pytest.raises(single.CannotMakeSingle, match="not in the glossary: .*term-"):
        single.write_singles(small)


def test_script_that_would_end_its_element_is_refused(small):
    script = small / "_static" / "explorers.js"
    script.write_text(script.read_text("utf-8") + '\nvar text = "</script>";\n', "utf-8")
    with pytest.raises(single.CannotMakeSingle, match="would end the element"):
        single.write_singles(small)


def _grid(script: str) -> dict:
    return json.loads(script[script.index(",") + 1:].rstrip().removesuffix(");"))["grid"]


def _cells(column: dict, points: int, rows: int) -> list[list]:
    if "constant" in column:
        return [column["constant"]] * points
    values = column.get("values", column.get("codes"))
    places = column.get("places", range(points))
    return [values[place * rows:(place + 1) * rows] for place in places]


def test_shared_grid_says_the_same_at_every_point(built):
    scripts = sorted((built / "_ra").glob("explorer-*.js"))
    assert scripts
    for path in scripts:
        script = path.read_text("utf-8")
        small = shared_script(script)
        assert len(small) <= len(script)
        assert "</" not in small
        grid, less = _grid(script), _grid(small)
        points = len(grid["sentence"])
        for column, other in zip(grid["columns"], less["columns"], strict=True):
            assert _cells(column, points, grid["rows"]) == _cells(other, points, grid["rows"]), column["name"]
        parts = less.get("parts")
        told = ["".join(parts[part] for part in sentence) if parts else sentence for sentence in less["sentences"]]
        assert told == grid["sentences"]


def test_small_grid_stays_as_it_is():
    grid = {"rows": 1, "columns": [{"name": "x", "values": [1, 2]}], "sentences": ["A.", "B."], "sentence": [0, 1]}
    assert shared(grid) == grid


def test_other_script_is_refused():
    with pytest.raises(ValueError, match="no script of an explorer: it begins with 'alert"):
        shared_script("alert(1);")
