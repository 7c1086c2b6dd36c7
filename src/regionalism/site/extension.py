"""The Sphinx extension `regionalism.site`: sole owner of what the course changes about its book.

What it replaces or mends, and why:

* the theme: the stock book theme weighs 986 kB a page (Bootstrap, three icon fonts and a script that
  draws icons), asks for a formula script on another host and breaks two accessibility rules; the
  theme `regionalism` is one style sheet and one small script;
* formulas: MathML instead of a script (mathml.py);
* scripts and styles of extensions: only on pages that use them (`page_assets`);
* `dropdown` admonitions: a native `<details>`, without a script (`AdmonitionToDetails`);
* tables: inside a box that scrolls, so that a phone shows them (`visit_table`);
* citations and footnotes: roles that assistive technology knows (`mend_body`);
* `single/`: each chapter as one file (single.py);
* `index.html` at the output's root: a page with a language and a title (`finish`);
* rebuilds: pages that run the course's code are read again when the code or the data change.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from regionalism import __version__
from regionalism.site import assets, claims, mathml, single, tables, teaching, terms

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

PACKAGE = Path(__file__).resolve().parents[1]
THEME = Path(__file__).resolve().parent / "theme"
VERSION = "1"
DESCRIPTION_LENGTH = 180
DATAFRAME = re.compile(r'<table border="1" class="dataframe">(.*?)</table>', re.DOTALL)
FIGURE = re.compile(r'<figure class="ra-figure" id="(fig-[^"]+)".*?</figure>', re.DOTALL)
# Last of all: other extensions write an index.html or files in _static when the build ends.
LAST = 900


class details_box(nodes.General, nodes.Element):
    """An admonition that opens and closes; its first child is the summary."""


class AdmonitionToDetails(SphinxPostTransform):
    """Turn admonitions with the class `dropdown` into boxes that need no script."""

    default_priority = 210
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each of them in the document."""
        for admonition in list(self.document.findall(nodes.Admonition)):
            if "dropdown" not in admonition.get("classes", []):
                continue
            kind = [admonition.tagname] if admonition.tagname != "admonition" else []
            box = details_box("", *admonition.children, classes=["admonition", *kind, *admonition["classes"]])
            if not isinstance(box[0], nodes.title):
                box.insert(0, nodes.title("", admonition.tagname.capitalize()))
            admonition.replace_self(box)


def visit_details(self: HTML5Translator, node: details_box) -> None:
    """Open the box and write its title as the summary."""
    self.body.append(self.starttag(node, "details"))
    title = node.pop(0)
    self.body.append('<summary class="admonition-title">')
    for child in title.children:
        child.walkabout(self)
    self.body.append("</summary>\n")


def depart_details(self: HTML5Translator, node: details_box) -> None:
    """Close the box."""
    self.body.append("</details>\n")


def visit_table(self: HTML5Translator, node: nodes.table) -> None:
    """Open a box that scrolls sideways around the table."""
    self.body.append('<div class="course-scroll">')
    type(self).visit_table(self, node)


def depart_table(self: HTML5Translator, node: nodes.table) -> None:
    """Close the table and its box."""
    type(self).depart_table(self, node)
    self.body.append("</div>\n")


def use_page_face(app: Sphinx) -> None:
    """Tell the notebooks' kernels, which inherit this environment, to show what a page can show."""
    os.environ["REGIONALISM_FACE"] = "page"
    app.config.templates_path.append(str(THEME))


def depend_on_package(app: Sphinx, doctree: nodes.document) -> None:
    """Read a page that runs the course's code again when the code or the data have changed."""
    runs_code = "kernelspec" in app.env.metadata.get(app.env.docname, {})
    if not runs_code and not doctree.get("course-data-tables"):
        return
    for path in package_sources():
        app.env.note_dependency(str(path))


@cache
def package_sources() -> tuple[Path, ...]:
    """Files from which the outputs on the pages are made: the package without the site, and the data."""
    from regionalism import data

    code = (path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(THEME.parent))
    folder = data.data_folder()
    files = (data.DESCRIPTOR, *(data.describe(name).path for name in (*data.names(), *data.maps())))
    tables = [Path(str(folder), file) for file in files]
    return (*sorted(code), THEME.parent / "tables.py", *tables)


def _description(doctree: nodes.document | None) -> str:
    if doctree is None:
        return ""
    paragraph = next(doctree.findall(nodes.paragraph), None)
    text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
    return text if len(text) <= DESCRIPTION_LENGTH else text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"


def page_sections(doctree: nodes.document | None) -> str:
    """A list of links to the page's sections, or nothing if there are fewer than two."""
    if doctree is None or not isinstance(doctree.next_node(nodes.section), nodes.section):
        return ""
    top = doctree.next_node(nodes.section)
    found = [(section["ids"][0], section.next_node(nodes.title)) for section in top.children
             if isinstance(section, nodes.section)]
    if len(found) < 2:
        return ""
    links = (f'<li><a href="#{anchor}">{escape(title.astext())}</a></li>' for anchor, title in found if title)
    return "<ul>" + "".join(links) + "</ul>"


def mend_body(body: str) -> str:
    """Correct what docutils and MyST-NB write against the rules of accessibility.

    Entries of a bibliography sit in a list whose role does not allow them, so screen readers drop
    them; the list's role is taken away. Folded code cells carry a name that hides what they say
    ("Show code cell source"); the name is taken away. Tables of pandas get a box that scrolls.
    A figure that a lab draws twice, with other numbers, gets ids of its own the second time.
    """
    body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    body = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')
    body = body.replace(' role="doc-biblioentry"', "")
    body = DATAFRAME.sub(r'<div class="course-scroll"><table class="dataframe">\1</table></div>', body)
    seen: Counter[str] = Counter()

    def own_ids(figure: re.Match[str]) -> str:
        name = figure[1]
        seen[name] += 1
        return figure[0] if seen[name] == 1 else figure[0].replace(name, f"{name}-{seen[name]}")

    return FIGURE.sub(own_ids, body)


# Signs in a page's body that it needs a style of its own.
STYLES_OF_SOME = (
    (("data-questions=", "ra-question-sheet"), "questions.css"),
    (('class="tp-',), "teaching.css"),
    (('class="tm-',), "terms.css"),
    (("data-slides=",), "slides.css"),
)


def page_assets(body: str, static: Path) -> tuple[list[assets.Asset], list[assets.Asset]]:
    """Styles and scripts that a page with this body needs, own ones last so that they have the last word."""
    styles, scripts = [assets.style()], [assets.plain("course.js")]
    if "data-explorer=" in body or "ra-explorer" in body or "ra-choice" in body:
        scripts.append(assets.plain("explorers.js"))
    if "data-questions=" in body:
        scripts.append(assets.question_script())
    if "data-slides=" in body:
        scripts.append(assets.plain("slides.js"))
    for marks, name in STYLES_OF_SOME:
        if any(mark in body for mark in marks):
            styles.insert(0, assets.plain(name))
    if 'class="sd-' in body:
        name = "sphinx-design.min.css"
        styles.insert(0, assets.Asset(name, static.joinpath(name).read_text("utf-8")))
    if "sd-tab-set" in body:
        scripts.append(assets.Asset("design-tabs.js", static.joinpath("design-tabs.js").read_text("utf-8")))
    return styles, scripts


# What the button says on the pages of a chapter, for each kind of notebook.
RUN_WORDS = {"notebooks": "Run this lab", "exercises": "Work on this sheet"}


def runs(pagename: str, known: set[str]) -> list[dict[str, str]]:
    """Notebooks to run from a page: its own on that of a lab or sheet, both on that of their chapter."""
    folder, _, stem = pagename.rpartition("/")
    wanted = RUN_WORDS if folder == "book" else {folder: RUN_WORDS.get(folder, "")}
    return [{"name": f"{part}/{stem}", "words": words} for part, words in wanted.items()
            if words and f"{part}/{stem}" in known]


def page_context(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any],
                 doctree: nodes.document | None) -> None:
    """Give the templates what they show."""
    if "body" in context:
        context["body"] = mend_body(context["body"])
    styles, scripts = page_assets(context.get("body", ""), Path(app.outdir, "_static"))
    contents = context["toctree"](collapse=True, maxdepth=3, titles_only=True, includehidden=True) or ""
    # Sphinx calls the parts' names headings without a level, which breaks a rule of accessibility.
    contents = contents.replace('<p class="caption" role="heading">', '<p class="caption">')
    source = context.get("sourcename", "")
    context.update(
        course_styles=styles,
        course_scripts=scripts,
        course_contents=contents.replace('href="#"', 'href="#" aria-current="page"'),
        course_toc=page_sections(doctree),
        course_description=_description(doctree),
        course_runs=runs(pagename, app.env.found_docs),
        course_download=context["pathto"](f"_sources/{source}", True) if source.endswith(".ipynb") else "",
        course_single=single.address(pagename),
        course_edition=__version__,
        course_knowledge=single.knowledge(context.get("body", "")),
        author=app.config.author,
    )


def finish(app: Sphinx, problem: Exception | None) -> None:
    """Write the site's own files when all pages are written."""
    if problem is not None or app.builder.format != "html":
        return
    outdir = Path(app.outdir)
    assets.write_static(outdir / "_static")
    assets.write_explorers(outdir / "_ra")
    assets.write_data(outdir / "_ra" / "data")
    assets.remove_unused(outdir)
    single.write_singles(outdir)
    start = app.builder.get_target_uri(app.config.root_doc)
    if start != "index.html":
        outdir.joinpath("index.html").write_text(assets.front_door(app.config.html_title, start), "utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything; Sphinx calls this before it reads a page."""
    use_page_face(app)
    app.add_html_theme("regionalism", str(THEME))
    mathml.setup(app)
    tables.setup(app)
    claims.setup(app)
    teaching.setup(app)
    terms.setup(app)
    app.add_node(details_box, html=(visit_details, depart_details))
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_post_transform(AdmonitionToDetails)
    app.connect("doctree-read", depend_on_package)
    app.connect("html-page-context", page_context, priority=LAST)
    app.connect("build-finished", finish, priority=LAST)
    return {"version": VERSION, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
