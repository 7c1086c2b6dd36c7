"""The pages for teachers: `{teaching} plan gains` writes what `regionalism.teaching` makes of the teachers' content.

Such pages stand in `book/teaching/` and in no copy for students.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from regionalism.teaching.content import HOME, NotForStudents

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What a page can be, and the module whose `sections(name)` gives pairs of a heading and HTML; one without
# a heading stands before the first.
MAKERS = {
    "plan": "plan_page",
    "cards": "cards",
    "slides": "slides",
    "test": "forms_page",
    "samples": "samples_page",
}


class Teaching(SphinxDirective):
    """Write one page for teachers, named by two words: what it is, and of which chapter or form."""

    has_content = False
    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """The sections of the page."""
        kind, name = self.arguments
        if kind not in MAKERS:
            raise self.error(f"{kind!r} is no page for teachers; there are {', '.join(MAKERS)}")
        self.state.document["course-data-tables"] = True
        for path in content_sources():
            self.env.note_dependency(str(path))
        maker = importlib.import_module(f"regionalism.teaching.{MAKERS[kind]}")
        try:
            return [_section(title, html) for title, html in maker.sections(name)]
        except NotForStudents as missing:
            return [nodes.paragraph("", str(missing))]


def _section(title: str, html: str) -> nodes.Node:
    raw = nodes.raw("", html, format="html")
    if not title:
        return raw
    return nodes.section("", nodes.title("", title), raw, ids=[nodes.make_id(title)], names=[])


def content_sources() -> list[Path]:
    """The files of the teachers' content; none where there is none."""
    package = importlib.util.find_spec(HOME)
    places = list(package.submodule_search_locations or []) if package else []
    return sorted(path for place in places for path in Path(place).rglob("*.py"))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("teaching", Teaching)
