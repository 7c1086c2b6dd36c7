"""The answer page on a phone: opened from a file, kept, shown as a line; and that it gives nothing away."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from regionalism.teaching.answer_lines import parse, read_lines
from regionalism.teaching.answer_page import answer_page
from regionalism.teaching.forms import form, options, statements

FORMS = [form("first"), form("second")]
BOTH = pytest.mark.parametrize("found", FORMS, ids=lambda found: found.name)
PHONE = {"width": 360, "height": 740}


@BOTH
def test_the_page_does_not_depend_on_the_right_answers(found):
    for at in range(4):
        items = tuple(replace(item, right=options(item)[at].id, wrongs=(), worked="x") for item in found.items)
        assert answer_page(replace(found, items=items)) == answer_page(found)


@BOTH
def test_the_page_holds_no_key(found):
    page = answer_page(found)
    for gap in ("", " ", ",", ", ", '","', "','"):
        assert gap.join(found.key) not in page
        assert gap.join(found.key).lower() not in page
    places = "".join(str("ABCD".index(letter)) for letter in found.key)
    assert places not in re.sub(r"[\s,]", "", page)
    for item in found.items:
        for words in (str(item.worked), *(str(wrong.reply) for wrong in item.wrongs)):
            assert words not in page, item.id
    assert not [name for name in statements() if name in page]


@BOTH
def test_the_page_is_small_and_asks_for_nothing(found):
    page = answer_page(found)
    assert len(page.encode()) < 20_000
    assert "{{" not in page
    assert not re.search(r"https?://|//[a-z]|@import|url\(", page)
    assert "default-src 'none'" in page


# On a phone


@pytest.fixture
def phone(chromium, tmp_path):
    """Opens the page of a form from a file, in one browser context that keeps what it is told."""
    context = chromium.new_context(viewport=PHONE, has_touch=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))

    def opened(found):
        path = tmp_path / f"{found.name}.html"
        path.write_text(answer_page(found), encoding="utf-8")
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    opened.asked = asked
    yield opened
    context.close()


def fill(page, student: str, letters: str) -> str:
    page.fill("#id", student)
    for number, letter in enumerate(letters, start=1):
        if letter in "ABCD":
            page.check(f'input[name=q{number}][value="{letter}"]')
    page.click("#done")
    return page.input_value("#line")


@pytest.mark.browser
@BOTH
@pytest.mark.parametrize(
    ("student", "letters"),
    [("101", "ABCDABCDAB"), ("A-17", "DDDD?ABCDA"), ("б 20: 3;", "??????????"), ("９0", "CCCCCCCCCC")],
)
def test_the_line_is_what_the_course_reads(phone, found, student, letters):
    line = fill(phone(found), student, letters)
    assert parse(line, found.name)[1] == letters
    assert line[-2] == " "
    read = read_lines(line.encode(), found.name)
    assert not read.faults
    assert len(read.students) == 1


@pytest.mark.browser
def test_answers_outlive_a_reload_and_can_be_deleted(phone):
    page = phone(FORMS[0])
    fill(page, "101", "ABCDABCDAB")
    page.reload()
    assert page.input_value("#id") == "101"
    assert page.locator("input:checked").count() == 10
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#anew")
    page.reload()
    assert page.input_value("#id") == ""
    assert page.locator("input:checked").count() == 0


@pytest.mark.browser
def test_the_two_tests_do_not_mix_on_one_phone(phone):
    fill(phone(FORMS[0]), "101", "ABCDABCDAB")
    assert phone(FORMS[1]).locator("input:checked").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("kept", ["null", "[]", "{", '{"id": 7, "answers": "x"}', '{"answers": ["<b>", null, 5]}'])
def test_what_was_kept_may_be_damaged(phone, kept):
    page = phone(FORMS[0])
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate("(text) => localStorage.setItem('regionalism-test-first', text)", kept)
    page.reload()
    assert parse(fill(page, "101", "ABCDABCDAB"), "first") == ("101", "ABCDABCDAB")
    assert errors == []


@pytest.mark.browser
def test_without_an_id_there_is_no_line_and_open_questions_are_named(phone):
    page = phone(FORMS[0])
    page.fill("#id", " -:; ")
    page.click("#done")
    assert page.inner_text("#notice") == "Type your id first."
    assert page.evaluate("document.activeElement.id") == "id"
    assert page.is_hidden("#end")
    fill(page, "101", "AB?DABCDA?")
    assert page.inner_text("#notice").startswith("Not answered yet: 3, 10.")
    page.check('input[name=q3][value="?"]')
    assert page.is_hidden("#end"), "a line that is no longer true must go"


@pytest.mark.browser
def test_the_whole_test_can_be_done_by_keyboard(phone):
    page = phone(FORMS[0])
    page.focus("#id")
    page.keyboard.type("101")
    for _ in range(10):
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "end-title"
    assert parse(page.input_value("#line"), "first") == ("101", "B" * 10)


@pytest.mark.browser
def test_the_line_can_be_copied(chromium, phone):
    page = phone(FORMS[0])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    line = fill(page, "101", "ABCDABCDAB")
    page.click("#copy")
    page.wait_for_function("document.getElementById('copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == line


@pytest.mark.browser
@BOTH
def test_no_request_leaves_the_page_and_nothing_is_too_wide(phone, found):
    page = phone(found)
    fill(page, "101", "ABCDABCDAB")
    assert [url for url in phone.asked if not url.startswith("file:")] == []
    assert len(phone.asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        "[...document.querySelectorAll('label:has(input), button, input[type=text]')]"
        ".filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "name"), list(product(("light", "dark"), ("first", "second"))))
def test_axe_finds_nothing(chromium, tmp_path, scheme, name):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "page.html"
    path.write_text(answer_page(form(name)), encoding="utf-8")
    context = chromium.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(path.as_uri())
        fill(page, "101", "ABCDABCDA?")
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    finally:
        context.close()
