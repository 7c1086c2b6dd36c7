"""What the site replaces or mends in Sphinx, Jupyter Book and their extensions, one test for each."""

from __future__ import annotations

import re

import pytest

from regionalism.site import measure

pytestmark = pytest.mark.browser
CHAPTER, LAB = "book/gains.html", "notebooks/gains.html"


def test_theme_no_icon_font_no_bootstrap_no_stock_script(visit, built):
    """The stock theme's icon script, icon fonts and Bootstrap made 950 kB of 986 kB."""
    opened = visit(CHAPTER)
    names = " ".join(opened.files)
    assert not re.search(r"fontawesome|bootstrap|pydata|sphinx-book-theme|thebe|mathjax|require|\.woff", names)
    assert not (built / "_static" / "vendor").exists()
    assert not [path for path in built.rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".map"}]


@pytest.mark.parametrize("size", [measure.WIDE, measure.NARROW])
def test_theme_buttons_show_an_icon_and_have_a_name(visit, size):
    """Icons are masks in the style sheet, since no icon font is loaded."""
    page = visit(CHAPTER, size=size).page
    found = page.evaluate(
        """() => [...document.querySelectorAll('.course-menu, .course-mode, .course-search button')]
            .filter((e) => e.checkVisibility()).map((e) => {
                const icon = getComputedStyle(e, '::before');
                const box = e.getBoundingClientRect();
                return { icon: (icon.maskImage || icon.webkitMaskImage).startsWith('url'),
                         drawn: parseFloat(icon.width) >= 12 && icon.backgroundColor !== 'rgba(0, 0, 0, 0)',
                         name: e.getAttribute('aria-label') || e.textContent.trim(),
                         large: box.width >= 44 && box.height >= 44 };
            })"""
    )
    assert len(found) >= 2
    for button in found:
        assert button["icon"], button
        assert button["drawn"], button
        assert button["name"], button
        assert button["large"], button


def test_theme_colours_can_be_chosen_and_are_kept(visit):
    page = visit(CHAPTER).page
    button = page.locator(".course-mode")
    names = []
    for _ in range(3):
        button.click()
        names.append((button.get_attribute("aria-label"), page.evaluate("document.documentElement.dataset.theme")))
    assert names == [("Colours: dark", "dark"), ("Colours: light", "light"), ("Colours: automatic", "light")]
    button.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"


def test_theme_colours_follow_the_device_without_a_script(visit):
    page = visit(CHAPTER, scheme="dark", script=False).page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"


def test_theme_contents_drawer_by_keyboard(visit):
    page = visit(CHAPTER, size=measure.NARROW).page
    menu, drawer = page.locator(".course-menu"), page.locator("#course-contents")
    assert not drawer.is_visible()
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    page.wait_for_selector("#course-contents", state="visible")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#course-contents') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector("#course-contents", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('course-menu')")
    assert measure.overflow(page)["pixels"] == 0


def test_theme_skip_link_is_the_first_stop(visit):
    page = visit(CHAPTER).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "course-skip"
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#main-content'")


def test_theme_marks_the_current_page_and_section(visit):
    page = visit(CHAPTER).page
    assert page.locator('.course-contents [aria-current="page"]').count() == 1
    second = page.locator(".course-side .course-onpage a").nth(1)
    second.click()
    page.wait_for_function(
        "document.querySelectorAll('.course-side .course-onpage a')[1].getAttribute('aria-current') === 'true'"
    )


def test_theme_parts_are_no_headings_without_a_level(visit):
    """Sphinx gives the captions of parts the role of a heading and no level."""
    assert visit(CHAPTER).page.locator('[role="heading"]:not([aria-level])').count() == 0


def test_formulas_are_mathml_and_need_no_script(visit):
    page = visit(CHAPTER, script=False).page
    formulas = page.locator("math[alttext]")
    assert formulas.count() > 0
    box = formulas.first.bounding_box()
    assert box["width"] > 0
    assert box["height"] > 0
    assert page.locator(".math", has_text="\\").count() == 0


def test_tables_scroll_inside_their_box(visit):
    """Sphinx writes tables that push a phone's page wide."""
    page = visit("book/tables/agreements.html", size=measure.NARROW).page
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    page.wait_for_function("document.querySelector('.course-scroll[tabindex]') !== null")
    box = page.locator(".course-scroll[tabindex]").first
    assert box.get_attribute("role") == "group"
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_bibliography_has_roles_that_fit(visit):
    """docutils puts entries with a role of their own into a list, which its role forbids."""
    page = visit("book/references.html").page
    assert page.locator(".citation").count() > 0
    assert page.locator('[role="doc-biblioentry"]').count() == 0


def test_notebook_pages_offer_the_notebook(visit, built):
    page = visit(LAB).page
    with page.expect_download() as waiting:
        page.locator(".course-download a").click()
    assert waiting.value.suggested_filename == "gains.ipynb"
    assert page.locator("summary[aria-label]").count() == 0


def test_pages_do_not_carry_widgets_of_another_host(built):
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "jupyter-widgets" not in text, path.name
        assert "require.min.js" not in text, path.name


def test_no_index_page_that_nobody_needs(built):
    assert not (built / "genindex.html").exists()
