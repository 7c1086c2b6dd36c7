"""The slides in a real Chromium: keys, covered answers, the teacher's window in step, slides whole on old screens."""

from __future__ import annotations

import re

import pytest

from regionalism.site import measure
from regionalism.site.server import serving
from regionalism.teaching.content import STEMS

pytestmark = pytest.mark.browser

PROJECTORS = ((1280, 720), (1024, 768))
# Whether the slide that is shown now is seen whole: nothing of it scrolls and nothing sticks out of the window.
HIDDEN_PARTS = """() => {
    const screen = document.querySelector('.sl-now .sl-screen'), found = [];
    const room = screen.getBoundingClientRect();
    if (screen.scrollHeight > screen.clientHeight) found.push('too high');
    if (screen.scrollWidth > screen.clientWidth) found.push('too wide');
    for (const part of screen.querySelectorAll('*')) {
        const box = part.getBoundingClientRect();
        if (!box.width || part.closest('svg') && part.tagName !== 'svg') continue;
        if (box.bottom > room.bottom + 1 || box.right > room.right + 1 || box.top < room.top - 1) {
            found.push(part.tagName + '.' + part.className);
        }
        if (part.classList.contains('ra-scroll') && part.scrollWidth > part.clientWidth + 1) found.push('table');
    }
    return found;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.sl-now .sl-screen :is(p, li, td, th, h2)')]
    .filter((part) => part.getBoundingClientRect().width && part.textContent.trim()
        && !part.matches('.sl-source, .sl-kicker'))
    .map((part) => parseFloat(getComputedStyle(part).fontSize)))"""


@pytest.fixture(scope="session")
def slides_base(built) -> str:
    """Address of the served book."""
    with serving(built) as address:
        yield address


@pytest.fixture
def opened(chromium, slides_base, built):
    """Open the slides of a chapter: `opened("gains", "#3", folder=True)` from a folder, else served."""
    contexts = []

    def open_slides(stem: str = "gains", hash_: str = "", folder: bool = False, **options):
        base = built.as_uri() if folder else slides_base
        context = measure.visiting(chromium, base, f"book/teaching/slides-{stem}.html{hash_}", **options)
        contexts.append(context)
        return context.__enter__()

    yield open_slides
    for context in contexts:
        context.__exit__(None, None, None)


def place(page) -> str:
    return page.locator(".sl-count").inner_text()


def steps(page) -> list[str]:
    """The address of each thing to be seen: all slides, and after each question shown again its answer."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.sl-slide')].flatMap((slide, at) =>
            slide.dataset.kind === 'reveal' ? [`#${at + 1}`, `#${at + 1}-answer`] : [`#${at + 1}`])"""
    )


def go_to(visit, address: str) -> None:
    visit.page.evaluate("(address) => { location.hash = address; }", address)
    visit.page.wait_for_function(
        """(address) => document.querySelector('.sl-now').id === 'slide-' + parseInt(address.slice(1))
            && document.querySelector('.sl-now').classList.contains('sl-open') === address.includes('answer')""",
        arg=address,
    )
    visit.settle()


def first_of(page, kind: str) -> int:
    return page.evaluate(
        "(kind) => [...document.querySelectorAll('.sl-slide')].findIndex((slide) => slide.dataset.kind === kind) + 1",
        kind,
    )


def in_step(page, words: str) -> None:
    """Wait until a window shows this place."""
    page.wait_for_function("(words) => document.querySelector('.sl-count').textContent === words", arg=words)


@pytest.mark.parametrize("stem", STEMS)
def test_without_a_script_the_page_is_read_from_top_to_bottom(opened, stem):
    page = opened(stem, script=False).page
    assert page.locator(".sl-slide").count() > 5
    for part in (".sl-slide", ".sl-notes", ".sl-answer"):
        assert all(found.is_visible() for found in page.locator(part).all())
    assert not page.locator(".sl-start").is_visible()
    assert not page.locator(".sl-bar").is_visible()


@pytest.mark.parametrize("folder", [False, True])
def test_slides_are_turned_by_keys_and_keep_their_place(opened, folder):
    visit = opened(folder=folder)
    page = visit.page
    assert page.locator(".course-top").is_visible()
    page.get_by_role("button", name="Start the slides").click()
    total = page.locator(".sl-slide").count()
    assert place(page) == f"1 of {total}"
    assert not page.locator(".course-top").is_visible()
    assert page.locator(".sl-slide:visible").count() == 1
    for key, expected in (("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("PageUp", 3), ("ArrowLeft", 2),
                          ("ArrowDown", 3), ("ArrowUp", 2), ("End", total), ("ArrowRight", total), ("Home", 1),
                          ("ArrowLeft", 1), ("PageDown", 2)):
        page.keyboard.press(key)
        assert place(page) == f"{expected} of {total}", key
    assert page.evaluate("location.hash") == "#2"
    assert page.locator(".sl-now h2").evaluate("(heading) => heading === document.activeElement")
    page.reload()
    in_step(page, f"2 of {total}")
    page.keyboard.press("Escape")
    assert page.locator(".course-top").is_visible()
    assert page.locator(".sl-slide:visible").count() == total
    assert (visit.others, visit.missing, visit.errors) == ([], [], [])


def test_buttons_turn_too_and_a_button_keeps_the_space_key(opened):
    page = opened(hash_="#2").page
    page.get_by_role("button", name="Next").click()
    assert place(page).startswith("3 of")
    page.get_by_role("button", name="Back").focus()
    page.keyboard.press(" ")
    assert place(page).startswith("2 of")
    assert page.locator(".sl-where").get_attribute("aria-live") == "polite"
    page.get_by_role("button", name="End").click()
    assert page.locator(".course-top").is_visible()


def test_an_address_beyond_the_last_slide_leads_to_the_last(opened):
    page = opened(hash_="#99").page
    total = page.locator(".sl-slide").count()
    assert place(page) == f"{total} of {total}"


def test_the_browsers_way_back_leads_out_of_the_slides(opened):
    page = opened().page
    page.get_by_role("button", name="Start the slides").click()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("history.length") <= 2


def test_an_answer_is_covered_until_the_second_press(opened):
    page = opened().page
    number = first_of(page, "reveal")
    page.evaluate("(number) => { location.hash = number; }", number)
    page.wait_for_function("document.querySelector('.sl-now')?.dataset.kind === 'reveal'")
    answer, question = page.locator(".sl-now .sl-answer"), page.locator(".sl-now .sl-asking")
    title = page.locator(".sl-now").get_attribute("data-title")
    assert (question.is_visible(), answer.is_visible()) == (True, False)
    assert "Count the hands" in page.locator(".sl-now").inner_text()
    assert title not in page.locator(".sl-now h2").inner_text()
    page.keyboard.press("ArrowRight")
    assert (question.is_visible(), answer.is_visible()) == (False, True)
    assert place(page).startswith(f"{number} of")
    assert "✓ Right" in answer.inner_text()
    assert title in page.locator(".sl-now h2").inner_text()
    assert answer.evaluate("(answer) => answer === document.activeElement")
    page.reload()
    page.wait_for_function("document.querySelector('.sl-now.sl-open')")
    page.keyboard.press("ArrowLeft")
    assert (question.is_visible(), answer.is_visible()) == (True, False)


def test_no_answer_is_seen_on_an_asking_slide(opened):
    visit = opened(hash_="#1")
    for number, kind in enumerate(visit.page.evaluate(
            "[...document.querySelectorAll('.sl-slide')].map((slide) => slide.dataset.kind)"), start=1):
        if kind == "ask":
            go_to(visit, f"#{number}")
            seen = visit.page.locator("[data-slides]").inner_text()
            assert not re.search("[✓✗]|Expect", seen)


def test_notes_are_seen_only_when_asked_for(opened):
    page = opened(hash_="#2").page
    notes, before = page.locator(".sl-panel"), page.locator(".sl-now .sl-screen").bounding_box()["height"]
    assert not notes.is_visible()
    assert page.locator(".sl-notes:visible").count() == 0
    page.keyboard.press("n")
    assert notes.is_visible()
    assert "Say" in notes.inner_text()
    assert page.get_by_role("button", name="Notes").get_attribute("aria-pressed") == "true"
    assert page.locator(".sl-now .sl-screen").bounding_box()["height"] < before
    first = notes.inner_text()
    step = page.locator(".sl-now").get_attribute("data-turn")
    while page.locator(".sl-now").get_attribute("data-turn") == step:
        page.keyboard.press("PageDown")
    assert notes.inner_text() != first
    page.keyboard.press("n")
    assert not notes.is_visible()


def test_a_dark_screen_ends_with_any_key_and_turns_no_slide(opened):
    page = opened(hash_="#2").page
    page.keyboard.press("b")
    assert page.locator(".sl-curtain").is_visible()
    page.keyboard.press("ArrowRight")
    assert not page.locator(".sl-curtain").is_visible()
    assert place(page).startswith("2 of")


def test_a_key_fills_the_screen(opened):
    page = opened(hash_="#2").page
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    assert place(page).startswith("2 of")


def test_a_swipe_turns_the_slide(opened):
    page = opened(hash_="#2", size=measure.NARROW).page
    swipe = """([from, to]) => {
        const screen = document.querySelector('.sl-now .sl-screen');
        const touch = (x) => new Touch({ identifier: 1, target: screen, clientX: x, clientY: 200 });
        const send = (name, list, x) => screen.dispatchEvent(
            new TouchEvent(name, { bubbles: true, touches: list ? [touch(x)] : [], changedTouches: [touch(x)] }));
        send('touchstart', true, from);
        send('touchend', false, to);
    }"""
    page.evaluate(swipe, [300, 100])
    assert place(page).startswith("3 of")
    page.evaluate(swipe, [100, 300])
    assert place(page).startswith("2 of")
    page.evaluate(swipe, [100, 110])
    assert place(page).startswith("2 of")


@pytest.mark.parametrize("folder", [False, True])
def test_the_second_window_stays_in_step(opened, folder):
    visit = opened(hash_="#2", folder=folder)
    page = visit.page
    total = page.locator(".sl-slide").count()
    with page.expect_popup() as popup:
        page.keyboard.press("p")
    teacher = popup.value
    in_step(teacher, f"2 of {total}")
    assert teacher.locator(".sl-panel").is_visible()
    assert "Say" in teacher.locator(".sl-panel").inner_text()
    assert teacher.locator(".sl-next-title").inner_text().startswith("Next: ")
    assert re.fullmatch(r"\d+:\d\d", teacher.locator(".sl-clock").inner_text())
    assert "plan: minute 0 to" in teacher.locator(".sl-pace").inner_text()
    assert not page.locator(".sl-panel").is_visible()
    page.keyboard.press("ArrowRight")
    in_step(teacher, f"3 of {total}")
    teacher.get_by_role("button", name="Next").click()
    in_step(page, f"4 of {total}")
    teacher.keyboard.press("Home")
    in_step(page, f"1 of {total}")
    in_step(teacher, f"1 of {total}")
    number = first_of(page, "reveal")
    page.evaluate("(number) => { location.hash = number; }", number)
    in_step(teacher, f"{number} of {total}")
    assert teacher.locator(".sl-next-title").inner_text() == "Next: the answer"
    teacher.keyboard.press("PageDown")
    page.wait_for_function("document.querySelector('.sl-now.sl-open')")
    # A reload of either window breaks nothing: the second one speaks up by itself.
    page.reload()
    page.wait_for_function("document.querySelector('.sl-now.sl-open')")
    page.keyboard.press("Home")
    in_step(teacher, f"1 of {total}")
    page.keyboard.press("End")
    teacher.reload()
    in_step(teacher, f"{total} of {total}")
    # What the class no longer sees can be shown again from the second window.
    page.keyboard.press("Escape")
    teacher.wait_for_function("document.querySelector('.sl-message').textContent.includes('not shown')")
    teacher.keyboard.press("ArrowLeft")
    in_step(page, f"{total} of {total}")
    page.wait_for_function("document.documentElement.classList.contains('sl-on')")
    teacher.wait_for_function("document.querySelector('.sl-message').hidden")
    assert (visit.others, visit.errors) == ([], [])


def test_the_clock_is_the_lessons_and_can_be_set_back(opened):
    visit = opened()
    page = visit.page
    page.get_by_role("button", name="Start the slides").click()
    page.evaluate("sessionStorage.setItem('slides-gains', Date.now() - 25 * 60000)")
    page.reload()
    in_step(page, f"1 of {page.locator('.sl-slide').count()}")
    page.keyboard.press("PageDown")
    with page.expect_popup() as popup:
        page.keyboard.press("p")
    teacher = popup.value
    teacher.wait_for_function("document.querySelector('.sl-clock').textContent.startsWith('25:')")
    assert "min behind" in teacher.locator(".sl-pace").inner_text()
    teacher.get_by_role("button", name="Set the clock to 0").click()
    teacher.wait_for_function("document.querySelector('.sl-clock').textContent.startsWith('0:')")
    assert "in time" in teacher.locator(".sl-pace").inner_text()


def test_where_a_second_window_is_blocked_the_notes_are_offered(opened):
    page = opened(hash_="#2").page
    page.evaluate("window.open = () => null")
    page.keyboard.press("p")
    message = page.locator(".sl-message")
    assert "press N" in message.inner_text()
    assert message.get_attribute("role") == "status"
    assert place(page).startswith("2 of")


@pytest.mark.parametrize("size", PROJECTORS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("stem", STEMS)
def test_every_slide_is_seen_whole_and_in_large_letters(opened, stem, size):
    visit = opened(stem, "#1", size=size)
    for address in steps(visit.page):
        go_to(visit, address)
        assert visit.page.evaluate(HIDDEN_PARTS) == [], address
        assert visit.page.evaluate(SMALLEST) >= 14, address
    assert (visit.others, visit.missing, visit.errors) == ([], [], [])


@pytest.mark.parametrize("stem", STEMS)
def test_on_a_phone_nothing_is_cut_off(opened, stem):
    visit = opened(stem, "#1", size=measure.NARROW)
    for address in steps(visit.page):
        go_to(visit, address)
        assert "too wide" not in visit.page.evaluate(HIDDEN_PARTS), address


@pytest.mark.parametrize("stem", STEMS)
def test_the_page_with_its_notes_fits_a_phone(opened, stem):
    visit = opened(stem, size=measure.NARROW)
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# The colours are the same for all chapters; two of them hold all kinds of slides.
@pytest.mark.parametrize(("stem", "scheme"), [*((stem, "light") for stem in STEMS),
                                              ("gains", "dark"), ("outsourcing", "dark")])
def test_page_and_slides_are_accessible(opened, stem, scheme):
    visit = opened(stem, scheme=scheme)
    assert measure.accessibility(visit.page) == {}
    visit.page.get_by_role("button", name="Start the slides").click()
    kinds = {}
    for address in steps(visit.page):
        go_to(visit, address)
        look = visit.page.evaluate(
            """() => { const now = document.querySelector('.sl-now');
                return now.dataset.kind + now.classList.contains('sl-open') + !!now.querySelector('table'); }"""
        )
        if kinds.setdefault(look, address) == address:
            assert measure.accessibility(visit.page) == {}, address
    visit.page.keyboard.press("n")
    assert measure.accessibility(visit.page) == {}


@pytest.mark.parametrize("scheme", measure.SCHEMES)
def test_the_teachers_window_is_accessible(opened, scheme):
    visit = opened(scheme=scheme)
    with visit.page.expect_popup() as popup:
        visit.page.get_by_role("button", name="Start with the presenter view").click()
    in_step(popup.value, place(visit.page))
    assert measure.accessibility(popup.value) == {}


def test_paper_carries_every_slide_with_its_notes_and_no_button(opened):
    page = opened(hash_="#2").page
    page.emulate_media(media="print")
    assert page.locator(".sl-slide:visible").count() == page.locator(".sl-slide").count()
    assert all(notes.is_visible() for notes in page.locator(".sl-notes").all())
    assert all(answer.is_visible() for answer in page.locator(".sl-answer").all())
    assert not page.locator(".sl-bar").is_visible()
