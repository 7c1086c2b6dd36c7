"""The term sheet: the table agrees with the glossary and with each language's letters; the page marks every word."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("sphinx")

from regionalism import data
from regionalism.site import assets, terms
from regionalism.site.terms import CHECKED, LANGUAGES, glossary_terms

pytestmark = pytest.mark.local

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "book" / "glossary.md"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
# The letters of each language, in the script that is official or usual; k is the sign of the k-group.
LETTERS = {
    "ru": CYRILLIC + "k",
    "kk": CYRILLIC + "әғқңөұүһі" + "k",
    "ky": CYRILLIC + "ңөү" + "k",
    "tg": CYRILLIC + "ғӣқӯҳҷ" + "k",
    "uz": "abdefghijklmnopqrstuvxyzcʻʼ",
    "tk": "abçdefghijklmnoprstuwyzäöüýžňş",
}
# Letters that only one of the six, or few of them, have: a column that was mixed up would lack them.
OWN = {"ru": "ы", "kk": "әғқңұі", "ky": "ңөү", "tg": "ҳҷӣ", "uz": "ʻ", "tk": "ýňş"}


@pytest.fixture(scope="module")
def table():
    return data.load("terms")


@pytest.fixture(scope="module")
def by_language(table):
    return {code: table[table["language"] == code].set_index("term") for code in LANGUAGES}


def test_the_terms_are_those_of_the_glossary_in_all_six_languages(table):
    wanted = glossary_terms(GLOSSARY.read_text("utf-8"))
    assert len(wanted) > 50
    assert {"stag hunt", "SIPRI", "tit for tat"} <= set(wanted)
    assert len(set(wanted)) == len(wanted)
    for code in LANGUAGES:
        own = table.loc[table["language"] == code, "term"].tolist()
        assert sorted(own) == sorted(wanted), code
    assert set(table["language"]) == set(LANGUAGES)


def test_no_word_is_empty_or_framed_by_blanks(table):
    assert table["word"].notna().all()
    assert (table["word"] == table["word"].str.strip()).all()
    assert not table["word"].str.contains("  |[;/|<>]", regex=True).any()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_stands_for_two_terms(by_language, code):
    words = by_language[code]["word"].str.casefold()
    assert words[words.duplicated(keep=False)].to_dict() == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_in_the_script_of_its_language(by_language, code):
    words = by_language[code]["word"].str.casefold()
    odd = {term: set(word) - set(LETTERS[code]) - set(" -") for term, word in words.items()}
    assert {term: letters for term, letters in odd.items() if letters} == {}
    written = "".join(words)
    assert all(letter in written for letter in OWN[code])


def test_the_letter_k_stands_only_for_the_group(table):
    latin = table[~table["language"].isin(["uz", "tk"]) & table["word"].str.contains("[a-z]", case=False, regex=True)]
    assert set(latin["term"]) == {"k-group"}


def test_uzbek_has_its_own_signs_and_no_apostrophe(by_language):
    written = " ".join(by_language["uz"]["word"])
    assert not re.search(r"['‘’`]", written)
    assert all(written[place - 1] in "oOgG" for place, sign in enumerate(written) if sign == "ʻ")


def test_a_word_is_checked_exactly_where_a_source_is_named(table):
    known = set(data.load("references")["reference"])
    checked = table["status"] == CHECKED
    assert 20 <= checked.sum() < len(table) / 2
    assert table.loc[checked, "source"].notna().all()
    assert table.loc[~checked, "source"].isna().all()
    for cell in table.loc[checked, "source"]:
        assert {item.split(" ")[0] for item in cell.split(" | ")} <= known
    named = data.load("references").set_index("reference").loc[table.loc[checked, "source"], "publisher"]
    assert not named.str.contains("not known", case=False).any()


def test_the_description_counts_right(table):
    told = data.describe("terms")
    checked = int((table["status"] == CHECKED).sum())
    counted = f"{table['term'].nunique()} terms in six languages, {len(table)} words; {checked} of them checked"
    assert told.coverage == counted
    assert told.defects[0].startswith(f"{len(table) - checked} of the {len(table)} words were not found")


# ---------------------------------------------------------------- the page


class Reader(HTMLParser):
    """Collects the text of a page with the language that each piece is in, and the tags."""

    def __init__(self, html):
        super().__init__()
        self.open, self.pieces, self.tags = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.open.append((tag, dict(attributes).get("lang")))
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        language = next((one for _, one in reversed(self.open) if one), "en")
        self.pieces.append((text, language))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_foreign_word_carries_its_language(table, by_language, code):
    page = Reader(terms.language_html(table, code))
    assert [piece for piece in page.pieces if re.search(r"[\u0400-\u04ff]", piece[0]) and piece[1] != code] == []
    shown = [text for text, language in page.pieces if language == code]
    assert set(by_language[code]["word"]) <= set(shown)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_marked_by_a_sign_and_a_word(table, code):
    html = terms.language_html(table, code)
    every, checked = terms.counts(table, code)
    assert html.count("</span> checked: ") == checked
    assert html.count("</span> needs a native reader") == every - checked
    assert html.count('<span aria-hidden="true">✓</span>') == checked
    assert html.count('<th scope="row">') == every
    assert f"{checked} checked, {every - checked} in need of a native reader</caption>" in html
    order = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', html)
    assert order == sorted(order, key=str.casefold)


def test_what_could_be_code_is_not(table):
    one = table.head(1).assign(word="<b>", note="a & союз", language="ru")
    html = terms.language_html(one, "ru")
    assert "&lt;b&gt;" in html
    assert 'a &amp; <span lang="ru">союз</span></small>' in html


def test_the_page_has_a_section_for_each_language_and_its_links_lead_there(tmp_path):
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    source, out = tmp_path / "source", tmp_path / "out"
    (source / "book").mkdir(parents=True)
    glossary = "".join(f"{term}\n  Meaning.\n\n" for term in glossary_terms(GLOSSARY.read_text("utf-8")))
    source.joinpath("book", "glossary.md").write_text(f"# Glossary\n\n```{{glossary}}\n{glossary}```\n", "utf-8")
    source.joinpath("book", "terms.md").write_text("# Terms\n\nText.\n\n```{term-sheet}\n```\n", "utf-8")
    source.joinpath("index.md").write_text("# Index\n\n```{toctree}\nbook/terms\nbook/glossary\n```\n", "utf-8")
    source.joinpath("conf.py").write_text(
        "extensions = ['myst_parser', 'regionalism.site.terms']\nhtml_theme = 'basic'\n", "utf-8")
    with patch_docutils(str(source)), docutils_namespace():
        folders = (source, source, out, tmp_path / "trees")
        Sphinx(*map(str, folders), "html", status=None, warningiserror=True).build()
    page = Reader(out.joinpath("book", "terms.html").read_text("utf-8"))
    ids = {attributes.get("id") for _, attributes in page.tags}
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a" and "href" in attributes]
    for code in LANGUAGES:
        assert terms.anchor(code) in ids
        assert f"#{terms.anchor(code)}" in links
    glossary_page = Reader(out.joinpath("book", "glossary.html").read_text("utf-8"))
    there = {attributes.get("id") for _, attributes in glossary_page.tags}
    wanted = {link.partition("#")[2] for link in links if link.startswith("glossary.html#")}
    assert len(wanted) == len(glossary_terms(GLOSSARY.read_text("utf-8")))
    assert wanted <= there


def test_the_style_is_found():
    assert "@media print" in assets.plain("terms.css").text


@pytest.mark.browser
def test_each_language_prints_on_one_sheet_of_its_own(chromium, built):
    """A4 with margins of 12 mm: 703 by 1032 pixels; the page is drawn as it is printed."""
    page = chromium.new_page(viewport={"width": 703, "height": 1032})
    try:
        page.emulate_media(media="print")
        page.goto(built.joinpath("book", "terms.html").as_uri())
        for code in LANGUAGES:
            section = page.locator(f"#{terms.anchor(code)}")
            assert section.evaluate("one => getComputedStyle(one).breakBefore") == "page"
            assert section.bounding_box()["height"] <= 1032, code
    finally:
        page.close()


@pytest.mark.browser
def test_the_sheet_fits_a_phone(chromium, built):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    try:
        page.goto(built.joinpath("book", "terms.html").as_uri())
        for table in page.locator(".tm-table").all():
            assert table.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth + 1")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    finally:
        page.close()
