"""The files that the built site carries besides its pages.

Small ones for every page go to `_static/`. Large ones that a page fetches only when a reader
reaches an explorer go to `_ra/`: Vega's runtime, one script for each explorer, and the data tables
as they are in the course's data folder.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

LIGHT_CODE, DARK_CODE = "a11y-high-contrast-light", "a11y-high-contrast-dark"
# The bundle that vl-convert makes holds Vega, Vega-Lite and Vega-Embed one after the other, in the
# order in which they need each other. The page's charts are compiled while the book is built, so it
# needs Vega alone, which ends with the list of what Vega offers: a third of the weight is saved.
VEGA_END = re.compile(r"const (\w+)=function\(\)\{return\{Dataflow:[^{}]*\};\}\(\);")
# The bundle declares hundreds of names; the function keeps them from the page.
VEGA_WRAPPER = "(function () {{\n{bundle}\nwindow.regionalismVega = {vega};\n}})();\n"


@dataclass(frozen=True)
class Asset:
    """A file of `_static/`: its name and its text."""

    name: str
    text: str

    @property
    def digest(self) -> str:
        """Changes with the text, so that a browser's stored copy is never stale."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:10]


def _package_text(package: str, *parts: str) -> str:
    """Text of a file in a package; empty if it is missing."""
    file = resources.files(package).joinpath(*parts)
    return file.read_text("utf-8") if file.is_file() else ""


def code_colours() -> str:
    """Style rules for highlighted code, light and dark, with and without the reader's choice."""
    from pygments.formatters import HtmlFormatter

    def rules(style: str, prefix: str) -> str:
        return "\n".join(HtmlFormatter(style=style).get_token_style_defs(prefix))

    return "\n".join([
        rules(LIGHT_CODE, ".highlight"),
        rules(DARK_CODE, 'html[data-theme="dark"] .highlight'),
        "@media (prefers-color-scheme: dark) {",
        rules(DARK_CODE, "html:not([data-theme]) .highlight"),
        "}",
    ])


@cache
def style() -> Asset:
    """The one style sheet of all pages: the explorers', the code colours, and the site's with the last word."""
    parts = (
        _package_text("regionalism.explorers", "page.css"),
        code_colours(),
        _package_text("regionalism.site", "theme", "static", "site.css"),
    )
    return Asset("course.css", "\n".join(parts))


# Assets that are files of the package as they stand: package and files, put together in this order.
PLAIN = {
    "course.js": ("regionalism.site", "theme/static/site.js"),
    "explorers.js": ("regionalism.explorers", "page.js"),
    "questions.css": ("regionalism.exercises", "questions.css"),
    "teaching.css": ("regionalism.teaching", "teaching.css", "forms.css"),
    "terms.css": ("regionalism.site", "terms.css"),
    "slides.css": ("regionalism.teaching", "slides.css"),
    "slides.js": ("regionalism.teaching", "slides.js"),
}


@cache
def plain(name: str) -> Asset:
    """One of the assets that are files of the package; KeyError for another name."""
    package, *files = PLAIN[name]
    return Asset(name, "\n".join(_package_text(package, *file.split("/")) for file in files))


@cache
def question_script() -> Asset:
    """The script of pages with questions that answer back, without its indents: they are a tenth of its weight."""
    lines = _package_text("regionalism.exercises", "questions.js").splitlines()
    return Asset("questions.js", "\n".join(line.strip() for line in lines) + "\n")


@cache
def vega_runtime() -> str:
    """Vega as one classic script that defines `window.regionalismVega` and no other name.

    The whole bundle, should another version of vl-convert lay it out differently.
    """
    import vl_convert

    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    ends = list(VEGA_END.finditer(bundle))
    if len(ends) == 1:
        return VEGA_WRAPPER.format(bundle=bundle[: ends[0].end()], vega=ends[0][1])
    return VEGA_WRAPPER.format(bundle=bundle, vega="window.vegaEmbed.vega")


def write_static(folder: Path) -> None:
    """Write the small files into the site's `_static` folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for asset in (style(), question_script(), *map(plain, PLAIN)):
        folder.joinpath(asset.name).write_text(asset.text, "utf-8")


def write_explorers(folder: Path) -> list[str]:
    """Write Vega and the explorers' scripts into `folder`; gives the explorers' names."""
    from regionalism.explorers.assets import explorer_script, script_name
    from regionalism.explorers.core import registry

    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("vega.js").write_text(vega_runtime(), "utf-8")
    explorers = registry()
    for explorer in explorers.values():
        folder.joinpath(script_name(explorer)).write_text(explorer_script(explorer), "utf-8")
    return list(explorers)


def write_data(folder: Path) -> list[str]:
    """Copy tables, maps and their descriptor, byte for byte; gives the names of tables and maps."""
    from regionalism import data

    folder.mkdir(parents=True, exist_ok=True)
    source = data.data_folder()
    names = [*data.names(), *data.maps()]
    for file in [*(data.describe(name).path for name in names), data.DESCRIPTOR]:
        folder.joinpath(file).write_bytes(source.joinpath(file).read_bytes())
    return names


def front_door(title: str, address: str) -> str:
    """The page at the output's root: it leads to the front page, also for readers without a redirect."""
    title, address = html.escape(title), html.escape(address, quote=True)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{address}">
<link rel="icon" type="image/svg+xml" href="_static/mark.svg">
</head>
<body>
<main>
<h1>{title}</h1>
<p>The course begins on its <a href="{address}">front page</a>.</p>
</main>
</body>
</html>
"""


def remove_unused(outdir: Path) -> None:
    """Take away what extensions copy to the output and no page of the course asks for."""
    static = outdir / "_static"
    for pattern in ("mystnb.*.css", "pygments.css", "basic.css", "file.png", "plus.png", "minus.png",
                    "togglebutton*", "copybutton*", "*.map"):
        for path in static.glob(pattern):
            path.unlink()
    shutil.rmtree(static / "vendor", ignore_errors=True)
