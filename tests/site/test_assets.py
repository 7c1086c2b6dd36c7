"""The site's own files: what they hold, which page gets which, and what the output leaves out."""

from __future__ import annotations

import gzip
import hashlib
import json
from html.parser import HTMLParser

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("vl_convert")

from docutils import nodes

from regionalism import data
from regionalism.site import assets, extension, tables

pytestmark = pytest.mark.local


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, text):
        self.text += text


def test_front_door_has_language_title_and_a_link():
    page = Reader(assets.front_door("A <title>", "book/index.html"))
    assert ("html", {"lang": "en"}) in page.tags
    assert ("a", {"href": "book/index.html"}) in page.tags
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=book/index.html"}) in page.tags
    assert "A <title>" in page.text


def test_vega_is_one_classic_script_without_the_compiler():
    text = assets.vega_runtime()
    assert text.startswith("(function () {")
    assert "window.regionalismVega = " in text
    assert "vega-embed" not in text
    assert len(gzip.compress(text.encode(), 6)) < 230_000


def test_vega_falls_back_to_the_whole_bundle(monkeypatch):
    import vl_convert

    # Another version of vl-convert may lay its bundle out differently.
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda: "window.vegaEmbed = {vega: {}};")
    assets.vega_runtime.cache_clear()
    try:
        assert "window.regionalismVega = window.vegaEmbed.vega" in assets.vega_runtime()
    finally:
        assets.vega_runtime.cache_clear()


def test_digest_follows_the_text():
    assert assets.Asset("a.css", "x").digest != assets.Asset("a.css", "y").digest


def test_styles_have_both_colour_schemes_for_code():
    text = assets.style().text
    chosen, unchosen = 'html[data-theme="dark"]', "html:not([data-theme])"
    for rule in (f"{chosen} .highlight .k", f"{unchosen} .highlight .k", "--ra-paper: #14181e"):
        assert rule in text


def test_pages_get_only_the_scripts_they_use(tmp_path):
    tmp_path.joinpath("sphinx-design.min.css").write_text(".sd-card{}", "utf-8")
    tmp_path.joinpath("design-tabs.js").write_text("tabs", "utf-8")

    def names(body):
        styles, scripts = extension.page_assets(body, tmp_path)
        return [asset.name for asset in styles], [asset.name for asset in scripts]

    assert names("<p>text</p>") == (["course.css"], ["course.js"])
    assert names('<section data-explorer="x">')[1] == ["course.js", "explorers.js"]
    assert names('<div data-questions="x">') == (["questions.css", "course.css"], ["course.js", "questions.js"])
    assert names('<section class="ra-question-sheet">') == (["questions.css", "course.css"], ["course.js"])
    assert names('<div class="sd-card">')[0] == ["sphinx-design.min.css", "course.css"]
    assert names('<div class="sd-tab-set">')[1] == ["course.js", "design-tabs.js"]


def test_data_are_copied_byte_for_byte(tmp_path):
    names = assets.write_data(tmp_path)
    assert names == [*data.names(), *data.maps()]
    for name in names:
        raw = tmp_path.joinpath(data.describe(name).path).read_bytes()
        assert "sha256:" + hashlib.sha256(raw).hexdigest() == data.describe(name).checksum
    assert json.loads(tmp_path.joinpath("datapackage.json").read_text("utf-8")) == data.package()


def test_output_keeps_nothing_that_no_page_asks_for(tmp_path):
    static = tmp_path / "_static"
    (static / "vendor" / "fontawesome").mkdir(parents=True)
    for name in ("mystnb.abc.css", "basic.css", "course.css", "copybutton.js"):
        static.joinpath(name).write_text("x", "utf-8")
    assets.remove_unused(tmp_path)
    assert sorted(path.name for path in static.iterdir()) == ["course.css"]


def test_body_is_mended():
    assert "role" not in extension.mend_body('<div role="list" class="citation-list"><div role="doc-biblioentry">')
    assert extension.mend_body('<summary aria-label="Toggle hidden content">') == "<summary>"
    table = extension.mend_body('<table border="1" class="dataframe"><tr></tr></table>')
    assert table == '<div class="course-scroll"><table class="dataframe"><tr></tr></table></div>'


def test_a_figure_drawn_twice_has_ids_of_its_own():
    figure = '<figure class="ra-figure" id="fig-a"><svg id="fig-a-640-1" fill="url(#fig-a-640-1)"></svg></figure>'
    assert extension.mend_body(figure * 2) == figure + figure.replace("fig-a", "fig-a-2")


def test_pages_are_read_again_when_code_or_data_change():
    names = {path.name for path in extension.package_sources()}
    assert {"data.py", "figure.py", "core.py", "datapackage.json", "agreements.csv", "tables.py"} <= names
    assert "server.py" not in names


def test_sections_are_listed_from_two_on():
    def page(*titles):
        top = nodes.section("", nodes.title("", "Top"), ids=["top"])
        top += [nodes.section("", nodes.title("", title), ids=[f"s{n}"]) for n, title in enumerate(titles)]
        whole = nodes.Element()
        whole += top
        return whole

    assert extension.page_sections(None) == ""
    assert extension.page_sections(page("One")) == ""
    assert extension.page_sections(page("One", "A & B")) == (
        '<ul><li><a href="#s0">One</a></li><li><a href="#s1">A &amp; B</a></li></ul>'
    )


@pytest.mark.parametrize("name", [*data.names(), *data.maps()])
def test_a_tables_page_tells_what_there_is_to_know(name):
    about = data.describe(name)
    parts = [tables.table_html(about, "../"), *(html for _, html in tables.sections(about, "gains"))]
    page = Reader("".join(parts))
    assert ("a", {"class": "course-button", "href": f"../_ra/data/{about.path}", "download": None}) in page.tags
    for text in (about.description, about.checksum, about.vintage, about.coverage, *about.defects, *about.notes):
        assert text in page.text
    for column in about.fields:
        assert column.name in page.text
        assert column.description in page.text
    for source in about.sources:
        assert source.citation in page.text
    for licence in about.licences:
        assert licence.title in page.text
        assert licence.terms in page.text
    assert all(tag != "th" or "scope" in attributes for tag, attributes in page.tags)
