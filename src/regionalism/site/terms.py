"""The page of terms in six languages: `{term-sheet}` writes one section for each language from the table `terms`.

Each section holds one table, so that a reader on a phone sees one language and prints one sheet. Every word carries
the language it is in, a sign and a word that say whether it was found in a published text, and what to know about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import _make_id

if TYPE_CHECKING:
    import pandas as pd
    from sphinx.application import Sphinx

TABLE = "terms"
TABLE_PAGE = "tables/terms"
GLOSSARY = "glossary"
CHECKED = "checked"
# Code of ISO 639-1 -> name in English and in the language itself, in the order of the page.
LANGUAGES = {
    "ru": ("Russian", "русский"),
    "kk": ("Kazakh", "қазақша"),
    "ky": ("Kyrgyz", "кыргызча"),
    "uz": ("Uzbek", "oʻzbekcha"),
    "tg": ("Tajik", "тоҷикӣ"),
    "tk": ("Turkmen", "türkmençe"),
}
SIGNS = {CHECKED: "✓", "needs a native reader": "○"}
_CYRILLIC = re.compile(r"[\u0400-\u04ff][\u0400-\u04ff-]*(?: [\u0400-\u04ff-]+)*")


class TermSheet(SphinxDirective):
    """Write the terms in all languages, the links to the languages first."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The list of languages and a section for each."""
        from regionalism import data

        table = data.load(TABLE)
        for path in (data.DESCRIPTOR, data.describe(TABLE).path, data.describe("references").path):
            self.env.note_dependency(str(Path(str(data.data_folder()), path)))
        self.env.note_dependency(__file__)
        folder = self.env.docname.rpartition("/")[0]
        glossary = self.env.app.builder.get_relative_uri(self.env.docname, f"{folder}/{GLOSSARY}".lstrip("/"))
        written: list[nodes.Node] = [nodes.raw("", languages_html(table), format="html")]
        for code, (name, _) in LANGUAGES.items():
            html = language_html(table, code, glossary)
            raw = nodes.raw("", html, format="html")
            written.append(nodes.section("", nodes.title("", name), raw, ids=[anchor(code)], names=[]))
        return written


def anchor(language: str) -> str:
    """The anchor of a language's section, such as `in-russian`. Raises KeyError for a code that is not of the six."""
    return f"in-{LANGUAGES[language][0].lower()}"


def glossary_anchor(term: str) -> str:
    """The anchor that Sphinx gives a term of the glossary."""
    return _make_id(f"term-{term}")


def counts(table: pd.DataFrame, language: str) -> tuple[int, int]:
    """How many terms there are in a language, and how many of them are checked."""
    own = table[table["language"] == language]
    return len(own), int((own["status"] == CHECKED).sum())


def languages_html(table: pd.DataFrame) -> str:
    """Links to the sections, each with the language's own name and how many of its words are checked."""
    links = []
    for code, (name, own_name) in LANGUAGES.items():
        every, checked = counts(table, code)
        links.append(f'<li><a href="#{anchor(code)}">{name}, <span lang="{code}">{own_name}</span></a>'
                     f" <small>{checked} of {every} checked</small></li>")
    return f'<ul class="tm-languages">{"".join(links)}</ul>'


def language_html(table: pd.DataFrame, language: str, glossary: str = "glossary.html") -> str:
    """The terms in one language as a table, in the order of the English alphabet; `glossary` is that page's address."""
    own = table[table["language"] == language]
    own = own.sort_values("term", key=lambda column: column.str.casefold())
    every, checked = counts(table, language)
    name, own_name = LANGUAGES[language]
    rows = "".join(_row_html(row, language, glossary) for row in own.to_dict("records"))
    return (
        f'<table class="tm-table"><caption>{every} terms in {name} (<span lang="{language}">{own_name}</span>): '
        f"{checked} checked, {every - checked} in need of a native reader</caption>"
        '<thead><tr><th scope="col">Term</th> <th scope="col">Word, and how sure it is</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row_html(row: dict[str, Any], language: str, glossary: str) -> str:
    note = row["note"] if isinstance(row["note"], str) else ""
    told = f' <small class="tm-note">{note_html(note, language)}</small>' if note else ""
    return (
        f'<tr><th scope="row"><a href="{escape(glossary, quote=True)}#{glossary_anchor(row["term"])}">'
        f'{escape(row["term"])}</a></th> <td><span class="tm-word" lang="{language}">{escape(row["word"])}</span> '
        f"{_mark_html(row)}{told}</td></tr>\n"
    )


def _mark_html(row: dict[str, Any]) -> str:
    sign = f'<span aria-hidden="true">{SIGNS[row["status"]]}</span>'
    kind = "tm-mark tm-checked" if row["status"] == CHECKED else "tm-mark"
    where = ""
    if row["status"] == CHECKED:
        where = ": " + ", ".join(_source_html(key) for key in str(row["source"]).split(" | "))
    return f'<span class="{kind}">{sign} {escape(row["status"])}{where}</span>'


def _source_html(item: str) -> str:
    """Who published the text that uses the word, with a link where the address is known."""
    about = _references()[item.split(" ")[0]]
    words = escape(", ".join(filter(None, [about["publisher"], about["date"][:4]])))
    return f'<a href="{escape(about["address"], quote=True)}">{words}</a>' if about["address"] else words


def _references() -> dict[str, dict[str, str]]:
    from regionalism import data

    table = data.load("references").fillna("")
    return {row["reference"]: row for row in table.astype(str).to_dict("records")}


def note_html(note: str, language: str) -> str:
    """A note in English in which words in Cyrillic letters carry the language they are in."""
    pieces: list[str] = []
    end = 0
    for found in _CYRILLIC.finditer(note):
        pieces += [escape(note[end:found.start()]), f'<span lang="{language}">{escape(found[0])}</span>']
        end = found.end()
    return "".join([*pieces, escape(note[end:])])


def glossary_terms(text: str) -> list[str]:
    """The terms of a glossary page, in their order, from its Markdown."""
    lines: Sequence[str] = text.partition("```{glossary}\n")[2].partition("\n```")[0].splitlines()
    return [line for line in lines if line and not line[0].isspace() and not line.startswith(":")]


@cache
def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("term-sheet", TermSheet)
