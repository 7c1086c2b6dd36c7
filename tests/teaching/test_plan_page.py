"""The page of a plan: the sheet for the desk, a section for each turn, and how it looks in a browser."""

from __future__ import annotations

import dataclasses
import re
from html import escape
from html.parser import HTMLParser

import pytest

from regionalism.exercises import chapter
from regionalism.exercises.prose import inline, plain
from regionalism.site import measure
from regionalism.site.server import serving
from regionalism.teaching import content, plan_page
from regionalism.teaching.content import STEMS
from regionalism.teaching.plan import PART_NAMES, SIZES, Plan, Role, Slide, Slip, Turn

VOID = {"br", "img", "hr", "input", "meta", "link", "path", "circle"}
# A4 between the margins of the site's printed pages (17 and 16 mm above and below, 16 mm at the sides), in CSS pixels.
SHEET_HEIGHT, SHEET_WIDTH = (297 - 17 - 16) / 25.4 * 96, round((210 - 2 * 16) / 25.4 * 96)
# Letters on a desk for a reader who stands, in CSS pixels: a little over 11 pt.
LETTERS = 15


class Closed(HTMLParser):
    """Fails where a tag is closed that is not open; `open` holds what is left, `ids` all ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def small(**changes) -> Plan:
    """A small plan with marks of every kind in its texts."""
    first = Turn(
        "open", 8, "Why *so* <few>?", "All *write* & talk.", ("First **speech**.", "Second speech."),
        "- Minute 1: write\n- Minute 2: talk\n\nCare.",
        "Some <b>expectation</b>.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        slips=(Slip("All gain.", "Who decides?", "joint-gain-produces-cooperation"), Slip("Noise.", "Which?")),
        questions=("gains.quick-gain",), slides=(Slide("words", "A slide & more"),), without="Use the board.",
    )  # fmt: skip
    last = Turn("exit", 72, "The slip", "Each fills a slip.", ("Write.",), "They write.", "One line.")
    return dataclasses.replace(
        Plan("gains", "Aim at **it**.", ("Print the cards.",), (first, last), "The board.",
             {size: f"With {size}." for size in SIZES}, "Projector.", (Role("Reader", "Reads."),), "Leave it."),
        **changes,
    )  # fmt: skip


def page(plan: Plan) -> dict[str, str]:
    return dict(plan_page.plan_sections(plan))


def test_headings_carry_minutes_number_and_part():
    assert list(page(small())) == [
        "", "At a glance", "0–8 · Turn 1, opening question: Why so <few>?", "8–80 · Turn 2, exit question: The slip",
        "Before the lesson", "On the board at the end", "20, 60 or 120 students", "One projector and no devices",
        "Four at one machine", "Only 45 minutes",
    ]  # fmt: skip


def test_the_sheet_for_the_desk_has_a_row_for_each_turn():
    html = page(small())["At a glance"]
    assert re.findall(r'tp-minute">([^<]+)<', html) == ["0–8", "8–80"]
    assert re.findall(r"<td>(.+?)</td>", html) == ["All <em>write</em> &amp; talk.", "Each fills a slip."]
    assert "Minute 1" not in html
    assert "Together 80 minutes." in html
    assert "<strong>Aim.</strong> Aim at <strong>it</strong>." in html


def test_a_turn_has_its_parts_in_order():
    html = page(small())["0–8 · Turn 1, opening question: Why so <few>?"]
    assert re.findall(r"<h3>([^<]+)</h3>", html) == ["Say", "Do", "Ask", "Expect", "Without devices"]
    assert '<div class="tp-say"><h3>Say</h3><p>First <strong>speech</strong>.</p><p>Second speech.</p></div>' in html
    assert "<b>" not in html
    assert "A slide &amp; more" in html


def test_a_slip_stands_with_the_idea_behind_it():
    html = page(small())["0–8 · Turn 1, opening question: Why so <few>?"]
    idea = escape(chapter("gains").misconceptions["joint-gain-produces-cooperation"])
    rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", html.split('class="tp-slips"')[1])
    assert rows == [
        (f'<p>All gain.</p><p class="tp-behind">The idea behind it: {idea}</p>', "<p>Who decides?</p>"),
        ("<p>Noise.</p>", "<p>Which?</p>"),
    ]


def test_a_turn_leads_to_its_question_among_the_cards():
    html = page(small())["0–8 · Turn 1, opening question: Why so <few>?"]
    assert '<a href="cards-gains.html#ask-gains-quick-gain">Gain and action</a> (show of hands)' in html


def test_what_a_turn_has_not_is_not_announced():
    html = page(small())["8–80 · Turn 2, exit question: The slip"]
    for absent in ("Ask", "Without devices", "If students say", "On the screen"):
        assert absent not in html


def test_links_lead_to_chapter_lab_and_sheet():
    html = page(small())[""]
    for address in ("../gains.html", "../../notebooks/gains.html", "../../exercises/gains.html",
                    "slides-gains.html", "cards-gains.html"):  # fmt: skip
        assert f'href="{address}"' in html


def test_the_page_is_made_from_the_plan_of_the_chapter(monkeypatch):
    monkeypatch.setattr(content, "plan", lambda stem: small(stem=stem, board=f"Board of {stem}."))
    board = dict(plan_page.sections("gains"))["On the board at the end"]
    assert board == '<div class="tp-board"><p>Board of gains.</p></div>'


def test_the_page_is_well_formed():
    for html in page(small()).values():
        assert Closed(html).open == []


# The four plans of the course


@pytest.mark.parametrize("stem", STEMS)
def test_the_page_of_the_course_holds_the_whole_plan(stem):
    plan, made = content.plan(stem), page(content.plan(stem))
    assert len(made) == len(plan_page.plan_sections(plan)), "two headings are the same"
    assert re.findall(r"<td>(.+?)</td>", made["At a glance"]) == [inline(turn.glance) for turn in plan.turns]
    for (start, end, turn), heading in zip(plan.timed(), list(made)[2:], strict=False):
        assert heading.startswith(f"{start}–{end} · ")
        assert PART_NAMES[turn.part].lower() in heading
        assert heading.endswith(plain(turn.title))
        html = made[heading]
        slips = [text for slip in turn.slips for text in (slip.says, slip.ask)]
        for words in (turn.expect, turn.do, *turn.say, *slips):
            assert plan_page.told(words) in html
        assert Closed(html).open == []
    whole = "".join(made.values())
    for words in (plan.board, plan.short, plan.projector, *plan.variants.values()):
        assert plan_page.told(words) in whole
    for role in plan.roles:
        assert inline(role.name) in made["Four at one machine"]
    ids = Closed(whole).ids
    assert len(ids) == len(set(ids))


# In a browser


@pytest.fixture(scope="module")
def base(built):
    with serving(built) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(("stem", "scheme"), list(zip(STEMS, 2 * measure.SCHEMES, strict=True)))
def test_the_page_is_accessible_and_fits_a_phone(chromium, base, stem, scheme):
    page_name = f"book/teaching/plan-{stem}.html"
    with measure.visiting(chromium, base, page_name, size=measure.NARROW, scheme=scheme) as visit:
        assert visit.page.locator(".tp-turn").count() == len(content.plan(stem).turns)
        assert measure.accessibility(visit.page) == {}
        assert measure.overflow(visit.page)["pixels"] == 0
        assert (visit.others, visit.missing, visit.errors) == ([], [], [])


@pytest.mark.browser
@pytest.mark.parametrize("stem", STEMS)
def test_the_minutes_fill_one_sheet_and_stand_alone_on_it(chromium, base, stem):
    page_name = f"book/teaching/plan-{stem}.html"
    with measure.visiting(chromium, base, page_name, size=(SHEET_WIDTH, round(SHEET_HEIGHT))) as visit:
        visit.page.emulate_media(media="print")
        bottom, letters, after = visit.page.evaluate(
            """() => {
                const glance = document.querySelector('.tp-glance');
                const cells = [...glance.querySelectorAll('.tp-minutes tbody :is(td, th)')];
                return [glance.getBoundingClientRect().bottom + scrollY,
                        Math.min(...cells.map(cell => parseFloat(getComputedStyle(cell).fontSize))),
                        getComputedStyle(glance).breakAfter];
            }"""
        )
        assert 0 < bottom < SHEET_HEIGHT
        assert letters >= LETTERS
        assert after == "page"
        assert visit.page.locator(".tp-links").is_hidden()
