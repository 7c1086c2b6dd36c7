"""The directive `{data-tables}`: a section for each shared table, made from the data's own descriptor."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.domains.std import StandardDomain
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from regionalism.data import Field, TableDescription

DATA_FOLDER = "_ra/data"


class DataTables(SphinxDirective):
    """Write a section with anchor `table-NAME` for every table of the data's descriptor.

    Each can be linked with `{ref}` under that same name.
    """

    has_content = False

    def run(self) -> list[nodes.Node]:
        """One section for each table, in the order of the descriptor."""
        from regionalism import data

        self.state.document["course-data-tables"] = True
        up = "../" * self.env.docname.count("/")
        standard = cast(StandardDomain, self.env.get_domain("std"))
        sections: list[nodes.Node] = [nodes.raw("", _package_html(up), format="html")]
        for name in data.names():
            about = data.describe(name)
            anchor = f"table-{name}"
            section = nodes.section("", nodes.title("", about.title), ids=[anchor], names=[])
            section += nodes.raw("", table_html(about, up), format="html")
            self.state.document.note_explicit_target(section)
            standard.labels[anchor] = (self.env.docname, anchor, about.title)
            standard.anonlabels[anchor] = (self.env.docname, anchor)
            sections.append(section)
        return sections


def _package_html(up: str) -> str:
    return (
        f'<p><a class="course-button" href="{up}{DATA_FOLDER}/datapackage.json" download>Download the descriptor</a> '
        "(datapackage.json): everything below in a form that programs read.</p>"
    )


def table_html(about: TableDescription, up: str = "") -> str:
    """What the data page says of one table; `up` leads from the page to the site's root."""
    return "\n".join([
        f"<p>{escape(about.description)} In code: <code>load(&quot;{escape(about.name)}&quot;)</code>.</p>",
        _download_html(about, up),
        _listed("Known defects", about.defects),
        _listed("Notes", about.notes),
        _dictionary_html(about),
        _facts_html(about),
    ])


def _download_html(about: TableDescription, up: str) -> str:
    address = f"{up}{DATA_FOLDER}/{escape(about.name)}.csv"
    size = max(1, round(about.bytes / 1000))
    return (
        f'<p><a class="course-button" href="{address}" download>Download {escape(about.name)}.csv</a> '
        f"{about.rows:,} rows, {size:,} kB</p>"
    )


def _listed(label: str, entries: Iterable[str]) -> str:
    items = " ".join(f"<li>{escape(entry)}</li>" for entry in entries)
    return f'<p class="course-label">{label}</p><ul>{items}</ul>' if items else ""


def _dictionary_html(about: TableDescription) -> str:
    rows = "".join(_field_html(column) for column in about.fields)
    # Spaces between the cells keep their words apart where only the text is shown, as in search results.
    heads = " ".join(f'<th scope="col">{label}</th>' for label in ("Column", "Type and unit", "Meaning"))
    return (
        f'<details class="course-fold"><summary>What the {len(about.fields)} columns mean</summary>'
        '<div class="course-scroll"><table class="course-dictionary">'
        f"<caption>Columns of {escape(about.name)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _field_html(column: Field) -> str:
    words = {"integer": "whole number", "string": "text"}
    kind = ", ".join(filter(None, [
        words.get(column.type, column.type), column.unit, "" if column.required else "may be missing",
    ]))
    meaning = escape(column.description)
    if column.codes:
        meaning += " <ul>" + " ".join(_code_html(column, code) for code in column.codes) + "</ul>"
    elif column.allowed:
        meaning += f" ({escape(column.allowed)})"
    name = f'<th scope="row"><code>{escape(column.name)}</code></th>'
    return f"<tr>{name} <td>{escape(kind)}</td> <td>{meaning}</td></tr>\n"


def _code_html(column: Field, code: str) -> str:
    unit = f" ({column.units[code]})" if code in column.units else ""
    return f"<li><code>{escape(code)}</code>: {escape(column.codes[code] + unit)}</li>"


def _facts_html(about: TableDescription) -> str:
    facts = [
        ("Covers", escape(about.coverage)),
        ("Release", escape(about.vintage)),
        ("Source", "<br>".join(_linked(source.citation, source.title, source.path) for source in about.sources)),
        ("Licence", "<br>".join(
            f"{_linked(licence.title, licence.title, licence.path)}. {escape(licence.terms)}"
            for licence in about.licences)),
        ("Taken from", "<br>".join(
            escape(f"{copy.what}: {copy.repository}, {copy.path}, version {copy.commit[:10]} of {copy.date}")
            for copy in about.copies)),
        ("Checksum", f"<code>{escape(about.checksum)}</code>"),
        ("Cite as", escape(about.citation)),
    ]
    terms = " ".join(f"<dt>{label}</dt> <dd>{text}</dd>" for label, text in facts if text)
    return f'<dl class="course-facts">{terms}</dl>'


def _linked(text: str, name: str, address: str) -> str:
    """The text, with `name` in it (else a link at its end) leading to the publisher."""
    if not address.startswith(("https://", "http://")):
        return escape(text)
    link = f'<a href="{escape(address, quote=True)}">{escape(name)}</a>'
    return link if text == name else f"{escape(text)} ({link})"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("data-tables", DataTables)
