"""How a table is cited: as text, and as BibTeX for a reference manager.

The BibTeX entries are all `@misc`, the one type for a data set that every style knows. The descriptor has
a publisher's citation as one text, so it stands whole in `note`; nothing is guessed from it but the year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

STYLES = ("text", "bibtex")

# Braces go by name: BibTeX counts every brace, escaped or not.
_SPECIALS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}
# Where the author-date style puts the year: "Author, Given N. 2024. Title". A point ends the author unless it
# follows an initial; a year further on may be that of another work.
_YEAR = re.compile(r"(?:[^.]|(?<=\b[A-Z])\.)+\. ((?:19|20)\d\d)[a-z]?\. ")
_LONGEST_KEY = 60


def citation_of(table: Mapping[str, Any], whole: Mapping[str, Any], style: str = "text") -> str:
    """A table's publishers first, then the excerpt in the course.

    `table` is the entry of the descriptor `whole`. Raises ValueError for a style that is not one of STYLES.
    """
    if style not in STYLES:
        raise ValueError(f"style {style!r} is not known; it is one of {', '.join(map(repr, STYLES))}.")
    return _text(table, whole) if style == "text" else _bibtex(table, whole)


def _text(table: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    publishers = " ".join(_with_address(source) for source in table["sources"])
    return f"{publishers} {_excerpt(table, whole)} (release of the figures: {table['vintage']})."


def _excerpt(table: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    what = "Table" if "schema" in table else "Map"
    return f"{what} “{table['name']}” in: {whole['title']}, version {whole['version']}"


def _with_address(source: Mapping[str, str]) -> str:
    address = source.get("path")
    return f"{source['citation']} {address}." if address else source["citation"]


def _bibtex(table: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    keys = source_keys(table["sources"])
    entries = [
        _entry(key, {
            "title": source["title"], "year": year_of(source["citation"]), "note": source["citation"],
            "url": source.get("path", ""),
        })
        for key, source in zip(keys, table["sources"], strict=True)
    ]
    excerpt = {
        "title": table["title"],
        "year": str(whole.get("created", ""))[:4],
        "howpublished": _excerpt(table, whole),
        "note": f"Release of the figures: {table['vintage']}. An excerpt; see also {', '.join(keys)}.",
    }
    return "\n\n".join([*entries, _entry(f"regionalism-{_slug(table['name'])}", excerpt)])


def source_keys(sources: Sequence[Mapping[str, str]]) -> list[str]:
    """A key for each source, made from its title: the same in every table and every release of the course."""
    keys: list[str] = []
    for source in sources:
        key = stem = _slug(source["title"]) or "source"
        count = 1
        while key in keys:
            count += 1
            key = f"{stem}-{count}"
        keys.append(key)
    return keys


def year_of(citation: str) -> str:
    """The year of an author-date citation, or ''."""
    found = _YEAR.match(citation)
    return found[1] if found else ""


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    while len(words) > 1 and len("-".join(words)) > _LONGEST_KEY:
        words.pop()
    return "-".join(words)


def _entry(key: str, fields: Mapping[str, str]) -> str:
    written = {name: _url(text) if name == "url" else _escaped(text) for name, text in fields.items() if text}
    lines = [f"  {name} = {{{text}}}," for name, text in written.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(_SPECIALS.get(sign, sign) for sign in " ".join(text.split()))


def _url(address: str) -> str:
    """An address stays as it is, but for the signs that would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
