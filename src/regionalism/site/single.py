"""A chapter as one file, for a messenger or a stick: `single/<stem>.html` in the built book.

It is made from the chapter's built page. Styles and scripts stand in it, those of its interactives asleep until a
reader comes near them. What leads out of the page is brought along (words of the glossary, works that are cited) or
said in words (other pages of the course). Such a file asks for nothing: it opens from file:// on a phone.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from string import Template
from urllib.parse import quote

from regionalism import __version__
from regionalism.exercises import chapters
from regionalism.explorers.sharing import shared_script

FOLDER = "single"
# What messengers and old phones still take; a chapter that grows beyond it stops the build.
MOST_BYTES = 2_000_000
# As in CITATION.cff.
AUTHOR = "The maintainers of the course"
TEMPLATE = Path(__file__).resolve().parent / "theme" / "single.html"
GLOSSARY, REFERENCES = "book/glossary.html", "book/references.html"

_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TERM = re.compile(r'(?P<names>(?:<dt id="[^"]+">.*?</dt>\s*)+)<dd>(?P<text>.*?)</dd>', re.DOTALL)
_WORK = re.compile(r'<div class="citation" id="(?P<id>[^"]+)">.*?(?P<text><p>.*?</p>)\s*</div>', re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_KNOWLEDGE = re.compile(r"State of knowledge: (\d{1,2} \w+ (\d{4}))\.")
_TAG = re.compile(r"<[^>]+>")
_ID = re.compile(r'\sid="([^"]+)"')
# Parts of a page that make sense in the whole course alone.
_ONLY_IN_COURSE = (
    re.compile(r'<p class="course-(?:run|download|single)"[^>]*>.*?</p>', re.DOTALL),
    re.compile(r'<div class="toctree-wrapper[^"]*">.*?</div>', re.DOTALL),
)
# In its own source a citation may stand several times; without ids it can be copied into another page.
_CITATION_ID = re.compile(r'(<span class="bibtex-citation") id="[^"]+"')


def address(pagename: str) -> str:
    """Where in the built book a page stands as one file; empty for a page that is no chapter."""
    folder, _, stem = pagename.rpartition("/")
    return f"{FOLDER}/{stem}.html" if folder == "book" and stem in chapters() else ""


def knowledge(html: str) -> str:
    """The date up to which a page follows events, in its own words ("22 November 2026"); empty if it says none."""
    said = _KNOWLEDGE.search(html)
    return said[1] if said else ""


class CannotMakeSingle(ValueError):
    """A chapter can't become one file; the text says which chapter, what is missing, and where it was looked for."""


def write_singles(outdir: Path) -> list[Path]:
    """Write each built chapter as one file; gives the files, in the order of the chapters' names.

    `outdir` is the html folder of a finished build. A chapter whose page was not built (a small build of a few
    pages) is left out. Raises CannotMakeSingle.
    """
    stems = [stem for stem in chapters() if Path(outdir, "book", f"{stem}.html").is_file()]
    return [_write(Path(outdir), stem) for stem in stems]


def _write(outdir: Path, stem: str) -> Path:
    text = single_html(outdir, stem)
    size = len(text.encode())
    if size > MOST_BYTES:
        raise CannotMakeSingle(f"The chapter {stem} as one file has {size} bytes; at most {MOST_BYTES} are allowed.")
    path = outdir / FOLDER / f"{stem}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def single_html(outdir: Path, stem: str) -> str:
    """The chapter's page as one file. Raises CannotMakeSingle."""
    page = _Page(outdir, f"book/{stem}.html")
    links = Links(outdir, page.address)
    article = links.rewritten(page.article())
    endings = _endings(links)
    date = page.found(_KNOWLEDGE, "the line 'State of knowledge: day month year.'")
    text = Template(TEMPLATE.read_text("utf-8")).substitute(
        heading=page.heading(),
        course=page.course(),
        icon=f"data:image/svg+xml,{quote(page.asset('mark.svg'))}",
        colours=page.found(re.compile(r"<script>(.*?)</script>", re.DOTALL), "the script that sets the colours")[1],
        styles="\n".join(f"<style>\n{_sealed(style, 'style', name)}\n</style>" for name, style in page.styles()),
        mark=page.found(re.compile(r'<svg class="course-mark".*?</svg>', re.DOTALL), "the course's mark")[0],
        sections=_sections(page, endings),
        article=article,
        endings="\n".join(_section(*ending) for ending in endings),
        edition=__version__,
        author=AUTHOR,
        year=date[2],
        knowledge=date[1],
        carried="\n".join(page.carried(article)),
        scripts="\n".join(f"<script>\n{_sealed(script, 'script', name)}\n</script>" for name, script in page.scripts()),
    )
    _check(text, page.address)
    return text


@dataclass(frozen=True)
class _Page:
    """A built page of the course: its folder, and its address in it."""

    outdir: Path
    address: str

    @property
    def text(self) -> str:
        return _read(self.outdir, self.address, f"the page {self.address}")

    def found(self, pattern: re.Pattern[str], what: str) -> re.Match[str]:
        match = pattern.search(self.text)
        if match is None:
            raise CannotMakeSingle(f"{self.address}: {what} was not found, so the chapter can't become one file.")
        return match

    def heading(self) -> str:
        return _title(self.found(_HEADING, "its main heading")[1])

    def course(self) -> str:
        name = re.compile(r'class="course-name"[^>]*>.*?<span>(.*?)</span>', re.DOTALL)
        return self.found(name, "the course's name")[1]

    def article(self) -> str:
        whole = re.compile(r'<article class="course-article">(.*)</article>', re.DOTALL)
        text = self.found(whole, "its text")[1].strip()
        for part in _ONLY_IN_COURSE:
            text = part.sub("", text)
        return text

    def asset(self, name: str) -> str:
        return _read(self.outdir, f"_static/{name}", f"a file that {self.address} uses")

    def styles(self) -> list[tuple[str, str]]:
        names = re.findall(r'<link rel="stylesheet" href="[^"]*_static/([^"?]+)', self.text)
        return [(name, self.asset(name)) for name in names]

    def scripts(self) -> list[tuple[str, str]]:
        names = re.findall(r'<script defer src="[^"]*_static/([^"?]+)', self.text)
        return [(name, self.asset(name)) for name in names]

    def carried(self, article: str) -> list[str]:
        """Vega and the scripts of the interactives, asleep under the addresses that `page.js` asks for."""
        names = list(dict.fromkeys(re.findall(r'data-explorer="([^"]+)"', article)))
        if not names:
            return []
        why = f"a script of the interactives on {self.address}"
        parts = [("_ra/vega.js", _read(self.outdir, "_ra/vega.js", why))]
        for name in names:
            address = f"_ra/explorer-{name}.js"
            parts.append((address, shared_script(_read(self.outdir, address, why))))
        return [
            f'<script type="text/plain" data-carried="{address}">\n{_sealed(script, "script", address)}\n</script>'
            for address, script in parts
        ]


@dataclass
class Links:
    """Rewrites the links of a page, and keeps what they ask for.

    `terms` and `works`: ids in the glossary and among the references; `pages`: addresses of other pages.
    """

    outdir: Path
    address: str
    terms: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def rewritten(self, html: str) -> str:
        """The same HTML, with every link leading to a place in the file or to another site, or turned into words."""
        return _LINK.sub(self._link, html)

    def _link(self, link: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(link["attributes"]))
        target = unescape(attributes.get("href", ""))
        if "headerlink" in attributes.get("class", ""):
            return ""
        if target.startswith(("#", "http://", "https://", "mailto:")):
            return link[0]
        path, _, anchor = target.partition("#")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self.address), path.partition("?")[0]))
        if page == GLOSSARY and anchor:
            _keep(self.terms, anchor)
            return f'<a href="#{anchor}">{link["words"]}</a>'
        if page == REFERENCES and anchor:
            _keep(self.works, anchor)
            title = f' title="{attributes["title"]}"' if "title" in attributes else ""
            return f'<a href="#work-{anchor}"{title}>{link["words"]}</a>'
        # A small build of a few pages lacks the others; in a whole one a link to nowhere is found by the checks.
        if Path(self.outdir, page).is_file():
            _keep(self.pages, page)
        return f'<span class="course-elsewhere">{link["words"]}</span>'


def _keep(kept: list[str], new: str) -> None:
    if new not in kept:
        kept.append(new)


def _endings(links: Links) -> list[tuple[str, str, str]]:
    """The sections after the chapter: id, heading and content. Words first, since they may cite works."""
    words = _words(links)
    works = _works(links)
    pages = "".join(
        f"<li>{_Page(links.outdir, page).heading()} <code>{escape(page)}</code></li>" for page in links.pages
    )
    sections = [
        ("words-of-this-chapter", "Words of this chapter", f'<dl class="glossary">{words}</dl>' if words else ""),
        ("works-cited", "Works cited", f'<div class="citation-list">{works}</div>' if works else ""),
        ("elsewhere-in-the-course", "Elsewhere in the whole course",
         f"<p>The chapter speaks of these pages. In a copy of the whole course they are under these names.</p>"
         f"<ul>{pages}</ul>" if pages else ""),
    ]
    return [section for section in sections if section[2]]


def _words(links: Links) -> str:
    """The entries of the glossary that the chapter links to, in the glossary's order; words in them are not linked."""
    if not links.terms:
        return ""
    wanted, entries = list(links.terms), []
    missing = set(wanted)
    inner = Links(links.outdir, GLOSSARY, works=links.works)
    for entry in _TERM.finditer(_read(links.outdir, GLOSSARY, f"the glossary, to which {links.address} has links")):
        ids = _ID.findall(entry["names"])
        if not missing.intersection(ids):
            continue
        missing.difference_update(ids)
        text = _CITATION_ID.sub(r"\1", _without_places(entry["text"]))
        entries.append(inner.rewritten(f"{entry['names']}<dd>{text}</dd>"))
    if missing:
        raise CannotMakeSingle(f"{links.address} has links to words that are not in the glossary: {sorted(missing)}.")
    return "\n".join(entries)


def _without_places(html: str) -> str:
    """The HTML with links to other words of the same page taken away: those words are not all brought along."""
    return re.sub(r'<a\b[^>]*href="#[^"]*"[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)


def _works(links: Links) -> str:
    if not links.works:
        return ""
    text = _read(links.outdir, REFERENCES, f"the references, to which {links.address} has links")
    known = {entry["id"]: entry["text"] for entry in _WORK.finditer(text)}
    missing = sorted(set(links.works) - set(known))
    if missing:
        raise CannotMakeSingle(f"{links.address} cites works that are not among the references: {missing}.")
    return "\n".join(
        f'<div class="citation" id="work-{name}">{html}</div>' for name, html in known.items() if name in links.works
    )


def _sections(page: _Page, endings: list[tuple[str, str, str]]) -> str:
    """The list of the page's sections, with those that this file adds."""
    listed = re.compile(r'<nav aria-label="On this page, short"><ul>(.*?)</ul></nav>', re.DOTALL)
    own = page.found(listed, "the list of its sections")[1]
    added = [(name, heading) for name, heading, _ in endings] + [("about-this-file", "About this file")]
    return "<ul>" + own + "".join(f'<li><a href="#{name}">{heading}</a></li>' for name, heading in added) + "</ul>"


def _section(name: str, heading: str, content: str) -> str:
    return f'<section id="{name}">\n<h2>{heading}</h2>\n{content}\n</section>'


def _title(html: str) -> str:
    """The words of a heading, without its link and other tags."""
    without = _LINK.sub(lambda link: "" if "headerlink" in link["attributes"] else link["words"], html)
    return " ".join(_TAG.sub("", without).split())


def _read(outdir: Path, address: str, what: str) -> str:
    path = Path(outdir, address)
    if not path.is_file():
        raise CannotMakeSingle(f"{address} is not in {outdir}: it is {what}. Build the book first.")
    return path.read_text("utf-8")


def _sealed(text: str, tag: str, name: str) -> str:
    """The text as it is, once it is known not to end its own element. Raises CannotMakeSingle."""
    for sign in (f"</{tag}", "<!--"):
        if sign in text.lower():
            raise CannotMakeSingle(f"{name} holds {sign!r}, which would end the element that carries it.")
    return text.strip()


def _check(text: str, address: str) -> None:
    """Ids stand once, links lead somewhere, and nothing is fetched. Raises CannotMakeSingle."""
    markup = re.sub(r"(<(script|style)\b[^>]*>).*?</\2>", r"\1", text, flags=re.DOTALL)
    ids = Counter(_ID.findall(markup))
    faults = [f"the id {name} stands {count} times" for name, count in ids.items() if count > 1]
    for target in re.findall(r'<a\b[^>]*\shref="([^"]*)"', markup):
        if target.startswith("#") and target[1:] not in ids or not target.startswith(("#", "http", "mailto:")):
            faults.append(f"the link {target!r} leads nowhere")
    faults += [f"{fetched!r} would be fetched" for fetched in re.findall(r'\s(?:src|srcset)="(?!data:)[^"]*"', markup)]
    if faults:
        raise CannotMakeSingle(f"{address} as one file: " + "; ".join(sorted(set(faults))) + ".")
