"""The pages of the shared tables: `{data-table}` writes one table, `{data-overview}` lists them all.

Both are made from the data's own descriptor. The page of a table is a stub of a few lines in `book/tables/`,
so that it has an address, a place in the contents and a line in the search; `write_stubs` makes the stubs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.domains.std import StandardDomain
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from regionalism.data import Field, TableDescription

DATA_FOLDER = "_ra/data"
STUBS = "book/tables"
STUB = """# {title}

```{{data-table}} {name}
```
"""
PREVIEW_ROWS = 5
PREVIEW_LETTERS = 60


class DataTable(SphinxDirective):
    """Write the page of one table, named by the argument; `{ref}` reaches it as `table-NAME`."""

    has_content = False
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Everything there is to say about the table."""
        from regionalism import data

        name = self.arguments[0]
        about = data.describe(name)
        self.state.document["course-data-tables"] = True
        up = "../" * self.env.docname.count("/")
        anchor = f"table-{name}"
        # On the table's own page the address of the page is enough; the anchor serves `{ref}`.
        target = nodes.target("", "", ids=[anchor])
        self.state.document.note_explicit_target(target)
        standard = cast(StandardDomain, self.env.get_domain("std"))
        standard.labels[anchor] = (self.env.docname, anchor, about.title)
        standard.anonlabels[anchor] = (self.env.docname, anchor)
        parts = [("", table_html(about, up)), *sections(about, self._chapters(about, up))]
        written: list[nodes.Node] = [target]
        for title, html in parts:
            if not html:
                continue
            raw = nodes.raw("", html, format="html")
            if title:
                section = nodes.section("", nodes.title("", title), raw, ids=[nodes.make_id(title)], names=[])
                written.append(section)
            else:
                written.append(raw)
        return written

    def _chapters(self, about: TableDescription, up: str) -> str:
        """Links to the chapters that use the table; those not yet written are named."""
        here = [stem for stem in about.chapters if f"book/{stem}" in self.env.found_docs]
        planned = [stem for stem in about.chapters if stem not in here]
        links = ", ".join(f'<a href="{up}book/{stem}.html">{stem}</a>' for stem in here)
        later = f"planned: {', '.join(map(escape, planned))}" if planned else ""
        return "; ".join(filter(None, [links, later])) or "no chapter yet"


class DataOverview(SphinxDirective):
    """List all tables by theme, each with a link to its page, its size, its years and its terms."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """One section for each theme."""
        from regionalism import data

        self.state.document["course-data-tables"] = True
        up = "../" * self.env.docname.count("/")
        written: list[nodes.Node] = [nodes.raw("", _package_html(up), format="html")]
        for theme, names in data.themes().items():
            abouts = [data.describe(name) for name in names]
            html = '<dl class="course-tables">' + "\n".join(_entry_html(about, up) for about in abouts) + "</dl>"
            title = nodes.title("", theme)
            written.append(
                nodes.section("", title, nodes.raw("", html, format="html"), ids=[nodes.make_id(theme)], names=[])
            )
        return written


def stub_paths(root: Path) -> dict[str, Path]:
    """Name and file of the stub that each table and map should have under `root`."""
    from regionalism import data

    return {name: root / STUBS / f"{name}.md" for name in (*data.names(), *data.maps())}


def stub_text(name: str) -> str:
    """What the stub of a table says: its title and the directive."""
    from regionalism import data

    return STUB.format(title=data.describe(name).title, name=name)


def write_stubs(root: Path) -> list[str]:
    """Bring the stubs in line with the descriptor; returns what was written or removed, as paths below `root`.

    Only a file that has the form of a stub is removed; any other is named on the error stream and left alone.
    """
    wanted = stub_paths(root)
    folder = root / STUBS
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, path in wanted.items():
        text = stub_text(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(path.relative_to(root).as_posix())
    for path in sorted(folder.glob("*.md")):
        if path in wanted.values():
            continue
        told = path.relative_to(root).as_posix()
        if _is_stub(path.read_text("utf-8", errors="replace"), path.stem):
            path.unlink()
            changed.append(told)
        else:
            print(f"{told} is not the page of a table and was left alone: move it out of {STUBS}.", file=sys.stderr)
    return changed


def _is_stub(text: str, name: str) -> bool:
    """Whether a file holds nothing but what `stub_text` writes: a title and the directive for the table."""
    title, _, rest = text.replace("\r\n", "\n").partition("\n")
    return STUB.format(title=title.removeprefix("# "), name=name) == f"{title}\n{rest}"


def table_html(about: TableDescription, up: str = "") -> str:
    """The head of a table's page; `up` leads from the page to the site's root."""
    call = "load_map" if about.is_map else "load"
    return "\n".join(
        [
            f"<p>{escape(about.description)}</p>",
            f"<p>In code: <code>{call}(&quot;{escape(about.name)}&quot;)</code>.</p>",
            _download_html(about, up),
        ]
    )


def sections(about: TableDescription, chapters: str) -> list[tuple[str, str]]:
    """Title and HTML of the parts below the head; `chapters` says in HTML where the table is used."""
    return [
        ("What it covers", "" if about.is_map else _coverage_html(about.name)),
        ("Known defects", _listed(about.defects)),
        ("Notes", _listed(about.notes)),
        ("How it looks", _map_html(about.name) if about.is_map else _preview_html(about)),
        ("What the columns mean", _dictionary_html(about) if about.fields else ""),
        ("Source, terms, citation", _facts_html(about, chapters)),
    ]


def _package_html(up: str) -> str:
    return (
        f'<p><a class="course-button" href="{up}{DATA_FOLDER}/datapackage.json" download>Download the descriptor</a> '
        "(datapackage.json): everything that these pages say, in a form that programs read.</p>"
    )


def _entry_html(about: TableDescription, up: str) -> str:
    size = f"{about.rows:,} {'features' if about.is_map else 'rows'}"
    terms = "; ".join(dict.fromkeys(licence.name for licence in about.licences))
    facts = ", ".join([size, f"{max(1, round(about.bytes / 1000)):,} kB", f"terms: {terms}"])
    return (
        f'<dt><a href="{up}{STUBS}/{escape(about.name)}.html">{escape(about.title)}</a> '
        f"<code>{escape(about.name)}</code></dt>"
        f"<dd>{escape(about.description)} <small>{escape(facts)}</small></dd>"
    )


def _download_html(about: TableDescription, up: str) -> str:
    size = max(1, round(about.bytes / 1000))
    unit = "features" if about.is_map else "rows"
    return (
        f'<p><a class="course-button" href="{up}{DATA_FOLDER}/{escape(about.path)}" download>Download '
        f"{escape(about.path)}</a> {about.rows:,} {unit}, {size:,} kB</p>"
    )


def _coverage_html(name: str) -> str:
    from regionalism.figures.coverage import coverage

    return coverage(name).html(sourced=False)


def _map_html(name: str) -> str:
    from regionalism import data
    from regionalism.charts.drawing import svg
    from regionalism.charts.region import map_chart
    from regionalism.charts.theme import themed

    label = "Map of the five states of Central Asia, in one colour each, among their neighbours."
    drawings = [
        svg(themed(map_chart(data.load_map(name), width), "page"), f"{name}-{width}", label, f"ra-{kind}")
        for width, kind in ((640, "wide"), (320, "narrow"))
    ]
    return f'<div class="ra-figure"><div class="ra-drawing">{"".join(drawings)}</div></div>'


def _preview_html(about: TableDescription) -> str:
    from regionalism import data
    from regionalism.charts.tables import table_html as rows_html

    table = data.load(about.name)
    shown = table.iloc[:: max(1, len(table) // PREVIEW_ROWS)].head(PREVIEW_ROWS).astype(object)
    shown = shown.where(shown.notna(), "(empty)").map(_shortened)
    return (
        f"<p>{len(shown)} of its {len(table):,} rows, taken at equal steps.</p>"
        '<div class="course-scroll course-rows">'
        f"{rows_html(shown)}</div>"
    )


def _shortened(value: object) -> object:
    long = isinstance(value, str) and len(value) > PREVIEW_LETTERS
    return f"{str(value)[:PREVIEW_LETTERS].rstrip()}\N{HORIZONTAL ELLIPSIS}" if long else value


def _listed(entries: Iterable[str]) -> str:
    items = " ".join(f"<li>{escape(entry)}</li>" for entry in entries)
    return f"<ul>{items}</ul>" if items else ""


def _dictionary_html(about: TableDescription) -> str:
    rows = "".join(_field_html(column) for column in about.fields)
    # Spaces between the cells keep their words apart where only the text is shown, as in search results.
    heads = " ".join(f'<th scope="col">{label}</th>' for label in ("Column", "Type and unit", "Meaning"))
    return (
        '<div class="course-scroll"><table class="course-dictionary">'
        f"<caption>Columns of {escape(about.name)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _field_html(column: Field) -> str:
    words = {"integer": "whole number", "string": "text"}
    kind = ", ".join(
        filter(
            None,
            [
                words.get(column.type, column.type),
                column.unit,
                "" if column.required else "may be missing",
            ],
        )
    )
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


def _facts_html(about: TableDescription, chapters: str) -> str:
    from regionalism import data

    facts = [
        ("Covers", escape(about.coverage)),
        ("Release", escape(about.vintage)),
        ("Source", "<br>".join(_linked(source.citation, source.title, source.path) for source in about.sources)),
        (
            "Licence",
            "<br>".join(
                f"{_linked(licence.title, licence.title, licence.path)}. {escape(licence.terms)}"
                for licence in about.licences
            ),
        ),
        (
            "Taken from",
            "<br>".join(
                escape(f"{copy.what}: {copy.repository}, {copy.path}, version {copy.commit[:10]} of {copy.date}")
                for copy in about.copies
            ),
        ),
        ("Used in", chapters),
        ("Checksum", f"<code>{escape(about.checksum)}</code>"),
        ("Cite as", escape(about.citation)),
    ]
    terms = " ".join(f"<dt>{label}</dt> <dd>{text}</dd>" for label, text in facts if text)
    bibtex = escape(data.cite(about.name, style="bibtex"))
    return (
        f'<dl class="course-facts">{terms}</dl>'
        '<details class="course-fold"><summary>The citation as BibTeX</summary>'
        f'<pre tabindex="0" role="region" aria-label="BibTeX">{bibtex}</pre></details>'
    )


def _linked(text: str, name: str, address: str) -> str:
    """The text, with `name` in it (else a link at its end) leading to the publisher."""
    if not address.startswith(("https://", "http://")):
        return escape(text)
    link = f'<a href="{escape(address, quote=True)}">{escape(name)}</a>'
    return link if text == name else f"{escape(text)} ({link})"


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("data-table", DataTable)
    app.add_directive("data-overview", DataOverview)
