"""The Sphinx extension on a small book of its own: what the course's present pages do not show."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("sphinx")
pytest.importorskip("vl_convert")

from regionalism import data
from regionalism.site import assets, extension
from regionalism.site.tables import stub_text

pytestmark = pytest.mark.local

PAGE = r"""# A page

The first paragraph, with a <tag> & {ref}`a table <table-states>`.

```{admonition} Think first
:class: dropdown tip
The *hidden* answer.
```

```{tip}
:class: dropdown
No title of its own.
```

```{math}
:label: eq-one
a \log Q
```

See {eq}`eq-one`.

| a | b |
| - | - |
| 1 | 2 |

## First

## Second
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build a book with these pages: gives the output folder and the warnings."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    # Put back after the test: the extension sets it for the notebooks' kernels.
    monkeypatch.setenv("REGIONALISM_FACE", "")
    monkeypatch.setattr(assets, "write_explorers", lambda folder: [])

    def run(pages):
        source = tmp_path / "source"
        (source / "book").mkdir(parents=True)
        for name, text in pages.items():
            source.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
            source.joinpath(name).write_text(text, "utf-8")
        warnings = io.StringIO()
        settings = {
            "extensions": ["myst_parser", "sphinx_design", "regionalism.site"], "html_theme": "regionalism",
            "html_math_renderer": "mathml", "root_doc": "book/index", "language": "en", "html_title": "Small book",
            "myst_enable_extensions": ["dollarmath"], "html_use_index": False,
        }
        out = tmp_path / "out"
        with patch_docutils(), docutils_namespace():
            Sphinx(source, None, out, tmp_path / "trees", "html", confoverrides=settings,
                   status=None, warning=warnings).build()
        return out, warnings.getvalue()

    return run


@pytest.fixture
def small(build):
    out, warnings = build({
        "book/index.md": PAGE + "\n```{toctree}\ndata\ntables/states\ntables/map\n```\n",
        "book/data.md": "# Data\n\n```{data-overview}\n```\n",
        "book/tables/states.md": stub_text("states"),
        "book/tables/map.md": stub_text("map"),
    })
    assert warnings == ""
    return out


def test_dropdown_admonitions_open_without_a_script(small):
    text = (small / "book" / "index.html").read_text("utf-8")
    assert '<summary class="admonition-title">Think first</summary>' in text
    assert '<summary class="admonition-title">Tip</summary>' in text
    assert "<em>hidden</em>" in text
    assert text.count("<details class=\"admonition") == 2


def test_formulas_tables_and_links_come_out(small):
    text = (small / "book" / "index.html").read_text("utf-8")
    assert 'alttext="a \\log Q"' in text
    assert '<span class="eqno">(1)' in text
    assert '<div class="course-scroll">' in text
    assert 'href="tables/states.html#table-states"' in text


def test_a_table_has_a_page_that_says_everything(small):
    text = (small / "book" / "tables" / "states.html").read_text("utf-8")
    for part in ("What it covers", "Known defects", "How it looks", "What the columns mean", "Source, terms, citation"):
        assert f"<h2>{part}" in text
    assert 'href="../../_ra/data/states.csv"' in text
    assert "@misc" in text or "@dataset" in text
    assert "planned:" in text
    assert 'download' in (small / "book" / "tables" / "map.html").read_text("utf-8")


def test_the_overview_lists_every_table_with_its_page(small):
    text = (small / "book" / "data.html").read_text("utf-8")
    for name in [*data.names(), *data.maps()]:
        assert f'href="../book/tables/{name}.html"' in text


def test_pages_list_their_sections_but_the_front_page_does_not(small):
    assert '<li><a href="#keys">' in (small / "book" / "data.html").read_text("utf-8")
    assert 'class="course-onpage' not in (small / "book" / "index.html").read_text("utf-8")


def test_pages_describe_themselves(small):
    text = (small / "book" / "index.html").read_text("utf-8")
    assert '<meta name="description" content="The first paragraph, with a &lt;tag&gt; &amp;' in text
    assert "<title>Small book</title>" in text
    assert "<title>Data — Small book</title>" in (small / "book" / "data.html").read_text("utf-8")


def test_front_door_replaces_a_bare_redirect(small):
    assert (small / "index.html").read_text("utf-8") == assets.front_door("Small book", "book/index.html")


def test_kernels_are_told_to_show_the_page_face(small):
    import os

    assert os.environ["REGIONALISM_FACE"] == "page"


def test_a_formula_that_fails_is_a_warning_and_shows_its_source(build):
    out, warnings = build({"book/index.md": "# A page\n\nHere $\\nosuch{x}$ stands.\n"})
    assert "is not understood" in warnings
    assert "index.md:3" in warnings
    assert r"<code>\nosuch{x}</code>" in (out / "book" / "index.html").read_text("utf-8")


KNOWN = {"book/index", "book/gains", "book/glossary", "notebooks/gains", "exercises/gains", "notebooks/alone"}


@pytest.mark.parametrize(("page", "names"), [
    ("notebooks/gains", ["notebooks/gains"]),
    ("exercises/gains", ["exercises/gains"]),
    ("book/gains", ["notebooks/gains", "exercises/gains"]),
    ("notebooks/alone", ["notebooks/alone"]),
    ("book/glossary", []),
    ("search", []),
])
def test_which_notebooks_a_page_offers_to_run(page, names):
    assert [run["name"] for run in extension.runs(page, KNOWN)] == names


def test_the_button_to_run_is_there_and_hidden_until_there_is_something_to_run(built):
    page = (built / "notebooks" / "gains.html").read_text(encoding="utf-8")
    link = '<a class="course-button" href="../run/index.html?open=notebooks/gains">'
    assert f'<p class="course-run" hidden>{link}' in page
    assert "course-run" not in (built / "book" / "glossary.html").read_text(encoding="utf-8")
