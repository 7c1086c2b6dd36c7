"""The explorers on the built pages: alive, the same numbers as in Python, by keyboard, and plain without a script."""

from __future__ import annotations

import pytest

from regionalism.explorers.core import Choice, Slider, registry
from regionalism.site import measure

pytestmark = pytest.mark.browser

EXPLORERS = registry()
MOST_REDRAW_MS = 100


def page_of(name: str) -> str:
    """Address of the chapter that shows an explorer: the first word of its name is the chapter's."""
    return f"book/{name.split('-')[0]}.html"


@pytest.fixture
def face(visit):
    """Open an explorer's page and wait until the explorer is drawn: `face(name)` gives page and section."""

    def open_face(name, **options):
        page = visit(page_of(name), **options).page
        page.evaluate("async (name) => { await window.regionalism.ready(name); }", name)
        return page, page.locator(f'[data-explorer="{name}"]')

    return open_face


def shown(section):
    """What an explorer shows now: chart, sentence and table."""
    return {
        "chart": section.locator(".ra-vega svg").inner_html(),
        "sentence": section.locator(".ra-sentence").inner_text(),
        "table": section.locator(".ra-numbers tbody").text_content(),
    }


def wait_for_sentence(page, name, text):
    page.wait_for_function(
        """([name, text]) =>
            document.querySelector(`[data-explorer="${name}"] .ra-sentence`).textContent === text""",
        arg=[name, text],
    )


def wait_for_change(page, name, before):
    page.wait_for_function(
        """([name, chart]) => document.querySelector(`[data-explorer="${name}"] .ra-vega svg`).innerHTML !== chart""",
        arg=[name, before["chart"]],
    )


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_whole_grid_is_the_same_in_the_browser(face, name):
    page, _ = face(name)
    explorer, grid = EXPLORERS[name], EXPLORERS[name].grid()
    points = list(explorer.points())
    found = page.evaluate(
        """([name, points]) => points.map((values) => [
            window.regionalism.rows(name, values), window.regionalism.sentence(name, values)])""",
        [name, points],
    )
    wrong = [values for values, (rows, sentence) in zip(points, found, strict=True)
             if rows != grid.rows(values) or sentence != grid.sentence(values)]
    assert wrong == []


@pytest.mark.parametrize("name", EXPLORERS)
def test_shows_the_defaults_first(face, name):
    _, section = face(name)
    assert section.locator(".ra-sentence").inner_text() == EXPLORERS[name].sentence_for()


@pytest.mark.parametrize("name", EXPLORERS)
def test_a_preset_changes_everything_and_reset_brings_it_back(face, name):
    page, section = face(name)
    explorer = EXPLORERS[name]
    start = shown(section)
    for number, preset in enumerate(explorer.presets):
        section.locator(".ra-preset").nth(number).click()
        values = {**explorer.defaults(), **preset.values}
        wait_for_sentence(page, name, explorer.sentence_for(**values))
        assert section.locator(".ra-preset").nth(number).get_attribute("aria-pressed") == "true"
        assert section.locator(".ra-preset-note").inner_text() == preset.note
        assert page.evaluate("(name) => window.regionalism.values(name)", name) == values
    section.locator(".ra-reset").click()
    page.wait_for_function(
        """([name, chart]) => document.querySelector(`[data-explorer="${name}"] .ra-vega svg`).innerHTML === chart""",
        arg=[name, start["chart"]],
    )
    assert shown(section) == start


def telling_move(explorer):
    """A slider, a key and the value it leads to that change the table: where a threshold decides, some do not."""
    start = explorer.results(**explorer.defaults())
    for slider in (control for control in explorer.controls if isinstance(control, Slider)):
        for key, value in (("End", slider.values[-1]), ("Home", slider.values[0])):
            if not explorer.results(**{**explorer.defaults(), slider.name: value}).equals(start):
                return slider, key, value
    raise AssertionError(f"no slider of {explorer.name} changes anything when it goes to an end")


@pytest.mark.parametrize("name", EXPLORERS)
def test_sliders_move_by_keyboard(face, name):
    page, section = face(name)
    explorer = EXPLORERS[name]
    slider, key, value = telling_move(explorer)
    box = section.locator(f'[data-control="{slider.name}"]')
    before = shown(section)
    box.locator("input").focus()
    page.keyboard.press(key)
    wait_for_change(page, name, before)
    assert box.locator("output").inner_text() == slider.display(value)
    assert box.locator("input").get_attribute("aria-valuetext") == slider.display(value)
    values = {**explorer.defaults(), slider.name: value}
    assert section.locator(".ra-sentence").inner_text() == explorer.sentence_for(**values)
    assert shown(section)["table"] != before["table"]


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_control_is_reached_by_tab_and_shows_focus(face, name):
    page, section = face(name)
    section.locator(".ra-preset").first.focus()
    reached = set()
    for _ in range(40):
        reached.add(page.evaluate("document.activeElement.closest('[data-control]')?.dataset.control ?? ''"))
        outline = page.evaluate(
            """() => { const e = document.activeElement; const s = getComputedStyle(e);
                const l = e.matches('.ra-pill input') ? getComputedStyle(e.nextElementSibling) : s;
                return Math.max(parseFloat(s.outlineWidth) || 0, parseFloat(l.outlineWidth) || 0); }"""
        )
        assert outline >= 2
        page.keyboard.press("Tab")
        inside = "(name) => !!document.activeElement.closest(`[data-explorer=\"${name}\"]`)"
        if not page.evaluate(inside, name):
            break
    assert {control.name for control in EXPLORERS[name].controls} <= reached


@pytest.mark.parametrize("name", EXPLORERS)
def test_choices_change_the_chart(face, name):
    page, section = face(name)
    choices = [control for control in EXPLORERS[name].controls if isinstance(control, Choice)]
    for choice in choices:
        before = shown(section)
        other = next(value for value in choice.values if value != choice.default)
        box = section.locator(f'[data-control="{choice.name}"]')
        if box.locator("select").count():
            box.locator("select").select_option(other)
        else:
            box.locator(f'input[value="{other}"]').check()
        values = {**EXPLORERS[name].defaults(), choice.name: other}
        wait_for_sentence(page, name, EXPLORERS[name].sentence_for(**values))
        section.locator(".ra-reset").click()
        page.evaluate("async (name) => { await window.regionalism.ready(name); }", name)
        wait_for_sentence(page, name, before["sentence"])


@pytest.mark.parametrize("name", EXPLORERS)
def test_each_prediction_gets_its_reply(face, name):
    _, section = face(name)
    prediction = EXPLORERS[name].prediction
    box = section.locator(".ra-prediction")
    for number, option in enumerate(prediction.options):
        box.locator("input[type=radio]").nth(number).check()
        assert box.locator(".ra-reply").inner_text() == ""
        box.get_by_role("button").click()
        assert box.locator(".ra-reply").inner_text() == option.reply


@pytest.mark.parametrize("name", EXPLORERS)
def test_without_a_script_the_plain_face_stays(visit, name):
    page = visit(page_of(name), script=False).page
    section = page.locator(f'[data-explorer="{name}"]')
    assert section.locator(".ra-chart svg.ra-wide").is_visible()
    assert section.locator(".ra-panel:visible").count() == 0
    assert section.locator(".ra-sentence").inner_text() == EXPLORERS[name].sentence_for()
    assert section.locator(".ra-numbers tbody tr").count() == len(EXPLORERS[name].results())
    assert section.locator(".ra-prediction button").is_hidden()
    assert section.locator(".ra-prediction details").is_visible()


def test_on_a_phone_the_narrow_drawing_shows(visit):
    name = next(iter(EXPLORERS))
    page = visit(page_of(name), script=False, size=measure.NARROW).page
    assert page.locator(f'[data-explorer="{name}"] svg.ra-narrow').is_visible()
    assert page.locator(f'[data-explorer="{name}"] svg.ra-wide').is_hidden()


@pytest.mark.parametrize("name", EXPLORERS)
def test_charts_stay_inside_their_box_on_a_phone(face, name):
    _, section = face(name, size=measure.NARROW)
    holder, drawing = section.locator(".ra-chart").bounding_box(), section.locator(".ra-vega svg").bounding_box()
    assert drawing["x"] + drawing["width"] <= holder["x"] + holder["width"] + 1


@pytest.mark.parametrize("name", EXPLORERS)
def test_ink_follows_the_colours(face, name):
    page, section = face(name)
    read = """(section) => [...section.querySelectorAll('.ra-vega svg text')]
        .map((text) => getComputedStyle(text).fill).filter((fill) => fill !== 'none')"""
    light = section.evaluate(read)
    page.locator(".course-mode").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    dark = section.evaluate(read)
    assert light
    assert set(light) != set(dark)


def test_redraws_within_a_blink(visit):
    page = visit(page_of(next(iter(EXPLORERS))))
    page.scroll_to_end()
    times = measure.redraw_times(page.page)
    assert times
    assert max(times.values()) < MOST_REDRAW_MS


def test_only_the_explorer_in_reach_is_fetched(visit):
    opened = visit(page_of(next(iter(EXPLORERS))))
    assert not [address for address in opened.files if "/_ra/" in address]
    opened.page.locator(".ra-explorer").first.scroll_into_view_if_needed()
    opened.page.wait_for_selector(".ra-vega svg")
    assert [address for address in opened.files if address.endswith("/_ra/vega.js")]
