"""The page *What became of the claims*: `{claims-outcomes}` says which claim is tested where, and with what result.

A chapter names the claims that it tests in its front matter (`course: claims:`); verdict, evidence and confidence
stand in the table `claims`. The chapters are the pages in the folder of the page with the directive. That page is
read again when one of them changes, comes, goes or moves in the contents, or when the table changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    import pandas as pd
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from regionalism.data import Field

TABLE = "claims"
TABLE_PAGE = "tables/claims"
PARTS = ("verdicts", "seeds", "chapters")
# Short names for the table's keys; the full references stand in the table's description.
SEEDS = {
    "mayer2021": "Mayer 2021",
    "choi2023": "Choi 2023",
    "faizullaev": "Faizullaev 2017",
    "ai_frameworks": "AI-assisted article",
    "blitz2024": "Blitz 2024",
}
NOTHING_AGAINST = "nothing against it found"
# Where the environment keeps which pages were looked through for claims.
LOOKED_THROUGH = "claims-outcomes-pages"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TestingChapter:
    """A chapter that tests claims; `address` leads to it from the page with the directive."""

    stem: str
    title: str
    claims: tuple[str, ...]
    address: str = ""


class ClaimsOutcomes(SphinxDirective):
    """Write what the verdicts mean, the table by seed text and the tables by chapter; `:part:` asks for one of them."""

    has_content = False
    option_spec = {"part": lambda text: directives.choice(text, PARTS)}

    def run(self) -> list[nodes.Node]:
        """The tables, made from the chapters' front matter and the table of claims."""
        from regionalism import data

        table = data.load(TABLE).set_index("id", drop=False)
        chapters = self._chapters(set(table.index))
        for path in (data.DESCRIPTOR, data.describe(TABLE).path):
            self.env.note_dependency(str(Path(str(data.data_folder()), path)))
        self.env.note_dependency(__file__)
        wanted = self.options.get("part")
        written: list[nodes.Node] = []
        if wanted in (None, "verdicts"):
            written.append(nodes.raw("", verdicts_html(), format="html"))
        if wanted in (None, "seeds"):
            written.append(nodes.raw("", seeds_html(table, chapters), format="html"))
        if wanted in (None, "chapters"):
            folder = self.env.docname.rpartition("/")[0]
            register = self._address(f"{folder}/{TABLE_PAGE}".lstrip("/"))
            written += [
                nodes.section("", nodes.title("", title), nodes.raw("", html, format="html"), ids=[anchor], names=[])
                for anchor, title, html in sections(table, chapters, register)
            ]
        return written

    def _chapters(self, known: set[str]) -> list[TestingChapter]:
        """The chapters beside this page that test claims; a claim that the table does not hold is a warning."""
        pages = pages_beside(self.env, self.env.docname)
        self.env.metadata[self.env.docname][LOOKED_THROUGH] = " ".join(pages)
        found = []
        for page in pages:
            path = Path(self.env.doc2path(page))
            if path.suffix != ".md":
                continue
            self.env.note_dependency(str(path))
            title, claims = read_chapter(path.read_text("utf-8"))
            for claim in sorted(set(claims) - known):
                logger.warning("%s tests claim %s, which the table %s does not hold", page, claim, TABLE,
                               location=self.get_location())
            claims = [claim for claim in claims if claim in known]
            if claims:
                found.append(TestingChapter(path.stem, title or path.stem, tuple(claims), self._address(page)))
        return found

    def _address(self, page: str) -> str:
        return self.env.app.builder.get_relative_uri(self.env.docname, page)


def pages_beside(env: BuildEnvironment, docname: str) -> list[str]:
    """The other pages of the book in the same folder, in the order of the contents where there is one."""
    folder = docname.rpartition("/")[0]
    ordered = dict.fromkeys([*getattr(env.config, "external_site_map", ()), *sorted(env.found_docs)])
    return [page for page in ordered
            if page in env.found_docs and page != docname and page.rpartition("/")[0] == folder]


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Pages with the directive whose neighbours are no longer those it looked through, or in another order."""
    return [docname for docname, about in env.metadata.items()
            if docname in env.found_docs and LOOKED_THROUGH in about
            and about[LOOKED_THROUGH] != " ".join(pages_beside(env, docname))]


def read_chapter(text: str) -> tuple[str, list[str]]:
    """The first heading of a page and the claims of its front matter, each once, in their order."""
    import yaml
    from markdown_it import MarkdownIt

    front, body = "", text
    if text.startswith("---\n"):
        front, _, body = text[4:].partition("\n---\n")
    about = yaml.safe_load(front) if front else None
    course = about.get("course") if isinstance(about, dict) else None
    claims = (course.get("claims") if isinstance(course, dict) else None) or []
    tokens = MarkdownIt("commonmark").parse(body)
    heading = next((after for token, after in zip(tokens, tokens[1:], strict=False)
                    if token.type == "heading_open" and token.tag == "h1"), None)
    title = "".join(part.content for part in (heading.children or [])) if heading else ""
    return title, list(dict.fromkeys(map(str, claims)))


def sections(table: pd.DataFrame, chapters: Sequence[TestingChapter], register: str) -> list[tuple[str, str, str]]:
    """Anchor, title and HTML: one for each chapter, and one that counts the claims tested in none."""
    anchored: set[str] = set()
    written = []
    for chapter in chapters:
        fresh = set(chapter.claims) - anchored
        anchored |= fresh
        written.append((f"tested-in-{nodes.make_id(chapter.stem)}", chapter.title,
                        chapter_html(table, chapter, chapters, fresh)))
    written.append(("in-no-chapter", "Claims tested in no chapter", untested_html(table, chapters, register)))
    return written


def chapter_html(table: pd.DataFrame, chapter: TestingChapter, chapters: Sequence[TestingChapter] = (),
                 anchored: Iterable[str] | None = None) -> str:
    """The claims of one chapter as a table. Rows of `anchored` (all, if None) get an anchor, `claim-C018`."""
    anchors = set(chapter.claims if anchored is None else anchored)
    rows = "".join(
        _row_html(table.loc[claim], claim in anchors,
                  [other for other in chapters if other.stem != chapter.stem and claim in other.claims])
        for claim in chapter.claims
    )
    heads = " ".join(f'<th scope="col">{label}</th>' for label in
                     ("Claim", "What it says, and where", "Verdict", "What the evidence says"))
    return (
        '<div class="course-scroll"><table class="course-dictionary">'
        f"<caption>Claims tested in the chapter {_link(chapter)}: {len(chapter.claims)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row_html(claim: pd.Series[Any], anchored: bool, elsewhere: Sequence[TestingChapter]) -> str:
    evidence = claim["contradicted_or_qualified_by"]
    evidence = evidence if isinstance(evidence, str) and evidence else NOTHING_AGAINST
    also = f" <br><small>Also tested in {', '.join(map(_link, elsewhere))}.</small>" if elsewhere else ""
    anchor = f' id="claim-{escape(claim["id"])}"' if anchored else ""
    place = f"{escape(SEEDS.get(claim['seed'], claim['seed']))}, {escape(claim['locator'])}"
    return (
        f'<tr{anchor}><th scope="row">{escape(claim["id"])}</th> '
        f"<td>{escape(claim['claim'])} <br><small>{place}</small>{also}</td> "
        f"<td>{_described('verdict', claim['verdict'])} <br>"
        f"<small>Confidence: {escape(claim['confidence'])}</small></td> <td>{escape(evidence)}</td></tr>\n"
    )


def untested_html(table: pd.DataFrame, chapters: Sequence[TestingChapter], register: str) -> str:
    """How many claims are tested in no chapter, and how many of these were not checked at all."""
    rest = table[~table["id"].isin(tested(chapters))]
    unchecked = int((rest["verdict"] == "not_checked").sum())
    return (
        f"<p>{len(rest)} of the {len(table)} claims are tested in no chapter so far. "
        f"{len(rest) - unchecked} of these have a verdict from the checking of the table, "
        f"{unchecked} have not been checked at all. All of them stand in "
        f'<a href="{escape(register, quote=True)}">the table of claims</a>.</p>'
    )


def verdicts_html() -> str:
    """The verdicts and what they mean, as a list."""
    return "<ul>" + " ".join(f"<li>{_described('verdict', code)}</li>" for code in _codes("verdict")) + "</ul>"


def seed_counts(table: pd.DataFrame, chapters: Sequence[TestingChapter]) -> list[tuple[str, dict[str, list[int]]]]:
    """Groups of counts, each with a title: what is counted -> one number for each seed text and one for all.

    What is counted is named by the table's own codes (`checkable`, `verified`, ...), `claims` and `tested`.
    """
    seeds = list(_codes("seed"))

    def counts(chosen: pd.Series[bool]) -> list[int]:
        by_seed = table.loc[chosen, "seed"].value_counts()
        return [*(int(by_seed.get(seed, 0)) for seed in seeds), int(chosen.sum())]

    return [
        ("How many", {"claims": counts(table["id"].notna()), "tested": counts(table["id"].isin(tested(chapters)))}),
        ("How precise", {code: counts(table["precision"] == code) for code in _codes("precision")}),
        ("What the check found", {code: counts(table["verdict"] == code) for code in _codes("verdict")}),
    ]


def seeds_html(table: pd.DataFrame, chapters: Sequence[TestingChapter]) -> str:
    """One table: a column for each seed text and one for all; the rows count claims."""
    labels = {"tested": "tested in a chapter"}
    columns = [*(SEEDS.get(seed, seed) for seed in _codes("seed")), "All five"]
    heads = " ".join(f'<th scope="col" class="text-right">{escape(label)}</th>' for label in columns)
    groups = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="{len(columns) + 1}">{title}</th></tr>'
        + "".join(_counts_html(labels.get(what, _plain(what)), numbers) for what, numbers in counted.items())
        + "</tbody>"
        for title, counted in seed_counts(table, chapters)
    )
    return (
        '<div class="course-scroll"><table>'
        "<caption>Number of claims by seed text. Each claim has one precision and one verdict.</caption>"
        f'<thead><tr><th scope="col">Number of claims</th> {heads}</tr></thead>{groups}</table></div>'
    )


def _counts_html(label: str, numbers: Iterable[int]) -> str:
    cells = " ".join(f'<td class="text-right">{number}</td>' for number in numbers)
    return f'<tr><th scope="row">{escape(label)}</th> {cells}</tr>\n'


def tested(chapters: Iterable[TestingChapter]) -> set[str]:
    """The claims that at least one of the chapters tests."""
    return {claim for chapter in chapters for claim in chapter.claims}


def _field(name: str) -> Field:
    from regionalism import data

    return next(field for field in data.describe(TABLE).fields if field.name == name)


def _codes(name: str) -> Mapping[str, str]:
    return _field(name).codes


def _described(name: str, code: str) -> str:
    """A code and what it means, in the words of the table's description."""
    return f"<strong>{escape(_plain(code))}</strong>: {escape(_codes(name)[code])}"


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _link(chapter: TestingChapter) -> str:
    return f'<a href="{escape(chapter.address, quote=True)}">{escape(chapter.title)}</a>'


def setup(app: Sphinx) -> None:
    """Register the directive, and that its page is read again when a chapter comes, goes or moves."""
    app.add_directive("claims-outcomes", ClaimsOutcomes)
    app.connect("env-get-outdated", outdated)
