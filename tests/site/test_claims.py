"""What became of the claims: the directive on a small book of its own, its functions, and the chapters' claims."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("sphinx")

from regionalism import data
from regionalism.site import assets, claims
from regionalism.site.claims import TestingChapter as Chapter
from regionalism.site.tables import stub_text

ROOT = Path(__file__).resolve().parents[2]
TESTED = {
    page.stem: found for page in sorted((ROOT / "book").glob("*.md"))
    if (found := claims.read_chapter(page.read_text("utf-8"))[1])
}

pytestmark = pytest.mark.local

PAGE = "# What became\n\nText.\n\n```{claims-outcomes}\n```\n"
ALPHA = """---
course:
  claims: [C018, C004]
---

```python
# not the title
```

# Alpha & *omega*

C018 and C004.
"""
BETA = "---\ncourse:\n  claims: [C018]\n---\n\n# Beta\n\nC018.\n"
PLAIN = "---\nother: 1\n---\n\n# Plain\n"


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


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Write these pages and build: gives the page of the claims, the pages read, and the warnings."""
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    monkeypatch.setenv("REGIONALISM_FACE", "")
    monkeypatch.setattr(assets, "write_explorers", lambda folder: [])

    def run(order, pages):
        source = tmp_path / "source"
        (source / "book" / "tables").mkdir(parents=True, exist_ok=True)
        toctree = "\n".join(["claims", *order, "tables/claims"])
        index = f"# Index\n\nText.\n\n```{{toctree}}\n{toctree}\n```\n"
        written = {"index": index, "claims": PAGE, "tables/claims": stub_text("claims")} | pages
        for name, text in written.items():
            path = source / "book" / f"{name}.md"
            if not path.is_file() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")
        for path in source.glob("book/*.md"):
            if path.stem not in written:
                path.unlink()
        warnings = io.StringIO()
        settings = {
            "extensions": ["myst_parser", "regionalism.site"], "html_theme": "regionalism",
            "html_math_renderer": "mathml", "root_doc": "book/index", "language": "en", "html_title": "Small book",
            "html_use_index": False,
        }
        read = []
        out = tmp_path / "out"
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, out, tmp_path / "trees", "html", confoverrides=settings,
                         status=None, warning=warnings)
            app.connect("source-read", lambda app, docname, content: read.append(docname))
            app.build()
        return (out / "book" / "claims.html").read_text("utf-8"), read, warnings.getvalue()

    return run


def test_the_page_groups_the_tested_claims_by_chapter(build):
    text, _, warnings = build(["alpha", "beta", "plain"], {"alpha": ALPHA, "beta": BETA, "plain": PLAIN})
    assert warnings == ""
    assert "no charge of carelessness" in text
    assert '<h2>Alpha &amp; omega' in text
    assert '<h2>Beta' in text
    assert "<h2>Plain" not in text
    assert 'Claims tested in the chapter <a href="alpha.html">Alpha &amp; omega</a>: 2' in text
    assert text.count('<th scope="row">C018') == 2
    assert text.count('id="claim-C018"') == 1
    assert 'Also tested in <a href="beta.html">Beta</a>' in text
    assert '<a href="tables/claims.html">the table of claims</a>' in text
    assert f"{len(data.load('claims')) - 2} of the {len(data.load('claims'))} claims are tested in no chapter" in text
    assert re.search(r'<li><a href="#tested-in-alpha">', text), "the page does not list its parts"


def test_a_page_can_ask_for_one_part(build):
    page = "# What became\n\nText.\n\n```{claims-outcomes}\n:part: seeds\n```\n"
    text, _, warnings = build(["alpha"], {"claims": page, "alpha": ALPHA})
    assert warnings == ""
    assert "All five" in text
    assert "Claims tested in" not in text
    assert "no charge of carelessness" not in text


def test_the_page_is_read_again_when_a_chapter_changes_comes_or_goes(build):
    _, read, _ = build(["alpha"], {"alpha": ALPHA})
    assert "book/claims" in read
    _, read, _ = build(["alpha"], {"alpha": ALPHA})
    assert read == []
    text, read, _ = build(["alpha"], {"alpha": ALPHA.replace("C004", "C005").replace("omega", "psi")})
    assert "book/claims" in read
    assert '<th scope="row">C005' in text
    assert '<th scope="row">C004' not in text
    assert "<h2>Alpha &amp; psi" in text
    text, read, _ = build(["alpha", "beta"], {"alpha": ALPHA, "beta": BETA})
    assert {"book/claims", "book/beta"} <= set(read)
    assert "<h2>Beta" in text
    text, read, _ = build(["alpha"], {"alpha": ALPHA})
    assert "book/claims" in read
    assert "<h2>Beta" not in text


def test_a_claim_that_does_not_exist_is_a_warning(build):
    text, _, warnings = build(["beta"], {"beta": BETA.replace("[C018]", "[C018, C999]")})
    assert "book/beta tests claim C999, which the table claims does not hold" in warnings
    assert "claims.md:5" in warnings
    assert '<th scope="row">C999' not in text
    assert '<th scope="row">C018' in text


def test_the_order_of_the_contents_comes_first():
    class Environment:
        class config:
            external_site_map = {"book/index": 0, "book/zeta": 0, "labs/zeta": 0, "book/alpha": 0, "book/gone": 0}

        found_docs = {"book/alpha", "book/zeta", "book/claims", "book/index", "labs/zeta", "book/extra"}

    assert claims.pages_beside(Environment, "book/claims") == ["book/index", "book/zeta", "book/alpha", "book/extra"]


@pytest.mark.parametrize(("text", "expected"), [
    (ALPHA, ("Alpha & omega", ["C018", "C004"])),
    (PLAIN, ("Plain", [])),
    ("# Only a title\n", ("Only a title", [])),
    ("---\ncourse:\n---\n\nNo title.\n", ("", [])),
    ("---\ncourse: {claims: [C002, C001, C002]}\n---\n## Second\n\n# First `code`\n", ("First code", ["C002", "C001"])),
])
def test_title_and_claims_are_read_from_the_page(text, expected):
    assert claims.read_chapter(text) == expected


def test_a_row_says_everything_about_its_claim():
    table = data.load("claims").set_index("id", drop=False)
    fields = {field.name: field for field in data.describe("claims").fields}
    for name, row in table.iterrows():
        text = Reader(claims.chapter_html(table, Chapter("one", "One", (name,), "one.html"))).text
        for value in (name, claims.SEEDS[row["seed"]], row["locator"], row["claim"], row["confidence"],
                      row["verdict"].replace("_", " "), fields["verdict"].codes[row["verdict"]]):
            assert value in text
        against = row["contradicted_or_qualified_by"]
        assert (against if isinstance(against, str) else claims.NOTHING_AGAINST) in text


def test_every_seed_text_has_a_short_name():
    codes = next(field.codes for field in data.describe("claims").fields if field.name == "seed")
    assert list(claims.SEEDS) == list(codes)


def test_counts_by_seed_text_add_up():
    table = data.load("claims").set_index("id", drop=False)
    chapters = [Chapter("one", "One", ("C018", "C004")), Chapter("two", "Two", ("C018",))]
    groups = dict(claims.seed_counts(table, chapters))
    whole = groups["How many"]["claims"]
    assert whole == [*(int((table["seed"] == seed).sum()) for seed in claims.SEEDS), len(table)]
    assert groups["How many"]["tested"] == [2, 0, 0, 0, 0, 2]
    for title in ("How precise", "What the check found"):
        assert [sum(column) for column in zip(*groups[title].values(), strict=True)] == whole
    assert all(numbers[-1] == sum(numbers[:-1]) for counted in groups.values() for numbers in counted.values())


def test_untested_claims_are_counted():
    table = data.load("claims").set_index("id", drop=False)
    unchecked = table.index[table["verdict"] == "not_checked"]
    html = claims.untested_html(table, [Chapter("one", "One", ("C018", unchecked[0]))], "tables/claims.html")
    rest = len(table) - 2
    assert Reader(html).text.startswith(
        f"{rest} of the {len(table)} claims are tested in no chapter so far. "
        f"{rest - len(unchecked) + 1} of these have a verdict from the checking of the table, {len(unchecked) - 1} have"
    )


def test_tables_have_captions_scopes_and_a_box_that_scrolls():
    table = data.load("claims").set_index("id", drop=False)
    chapters = [Chapter("one", "One <1> & more", ("C018", "C004"), "one.html"),
                Chapter("two", "Two", ("C018",), "two.html")]
    written = [claims.seeds_html(table, chapters), *(claims.chapter_html(table, one, chapters) for one in chapters)]
    for html in written:
        page = Reader(html)
        assert html.startswith('<div class="course-scroll"><table')
        assert html.endswith("</table></div>")
        assert [tag for tag, _ in page.tags].count("caption") == 1
        scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
        assert set(scopes) <= {"col", "row", "rowgroup"}
    assert "One &lt;1&gt; &amp; more" in written[1]


def test_the_pages_sentences_on_vague_claims_hold():
    """The page says so in words that no number on it would correct."""
    table = data.load("claims")
    vague, precise = (table[table["precision"] == code] for code in ("vague", "checkable"))
    assert (vague["verdict"] == "wrong").mean() < (precise["verdict"] == "wrong").mean()
    assert vague["verdict"].value_counts().idxmax() == "unsupported"
    assert abs((vague["kind"].isin(["definition", "normative"])).mean()
               - (precise["kind"].isin(["definition", "normative"])).mean()) < 0.1
    verdicts = next(field.codes for field in data.describe("claims").fields if field.name == "verdict")
    assert all(meaning in claims.verdicts_html() for meaning in verdicts.values())
    assert len(claims.SEEDS) == 5
    assert table.set_index("id")["verdict"]["C022"] == "overtaken"


@pytest.mark.parametrize("stem", TESTED)
def test_a_chapter_tests_claims_that_exist_have_a_verdict_and_are_named(stem):
    verdicts = data.load("claims").set_index("id")["verdict"]
    unknown = [claim for claim in TESTED[stem] if claim not in verdicts.index]
    assert not unknown, "the table of claims does not hold these"
    unchecked = [claim for claim in TESTED[stem] if verdicts[claim] == "not_checked"]
    assert not unchecked, "the chapter tests these, so the table should say what came of it"
    body = (ROOT / "book" / f"{stem}.md").read_text("utf-8").split("\n---\n", 1)[1]
    prose = re.sub(r"```\{code-cell\}.*?```", "", body, flags=re.DOTALL)
    unnamed = [claim for claim in TESTED[stem] if not re.search(rf"\b{claim}\b", prose)]
    assert not unnamed, "the page never names these"


def test_some_chapter_tests_claims():
    assert "gains" in TESTED
