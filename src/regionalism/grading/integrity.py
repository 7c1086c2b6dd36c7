"""What a teacher may want to ask about: equal answers, one id with two seeds, one file from two people.

None of it is a verdict. Each finding comes with reasons that have nothing to do with copying.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from regionalism.exercises.question import Allocate, Mark, Number, Question, Table, Text
from regionalism.grading.numbering import questions_of
from regionalism.grading.records import Marked, Refused
from regionalism.grading.spreadsheets import safe_cell

QUESTIONS_FILE = "questions-to-ask.csv"
HEAD = ("about", "chapter", "ids", "where", "what was found", "innocent reasons")
LEAST_ANSWERED = 3
LEAST_WORDS = 25
_TYPED = (Number, Table, Allocate, Mark)

_TOGETHER = "They may have worked side by side, which the course allows unless the teacher has said otherwise."
_SAME_TEXT = f"{_TOGETHER} Or both took a passage from one source, or from notes that were given out."
_SEEDS = "A student may have begun on a computer without the class file, or with that of another class."
_FILE = "One student may have handed in for a friend without a network, or sent a file to the wrong folder."


@dataclass(frozen=True)
class Ask:
    """One thing to ask about: of which chapter and ids, where the files lay, what was found, why it may be innocent."""

    about: str
    chapter: str
    ids: tuple[str, ...]
    where: tuple[str, ...]
    found: str
    innocent: str

    def row(self) -> list[str]:
        """The row of the table."""
        ids, where = ("; ".join(safe_cell(one) for one in part) for part in (self.ids, self.where))
        return [self.about, self.chapter, safe_cell(ids), safe_cell(where), self.found, self.innocent]


class Watch:
    """Takes one hand-in after another and keeps a few hashes of each."""

    def __init__(self) -> None:
        self._same: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._texts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._receipts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)

    def take(self, marked: Marked) -> None:
        """Look at one hand-in."""
        place = (marked.student, marked.source)
        if has_substance(marked):
            self._same[marked.chapter, marked.same].append(place)
        for question in questions_of(marked.chapter):
            found = marked.answers.get(question.id)
            if found and isinstance(question.kind, Text) and isinstance(found.raw, str):
                digest = text_digest(found.raw)
                if digest:
                    self._texts[question.id, digest].append(place)
        self._receipts[marked.receipt].append((*place, marked.chapter))

    def asks(self, refused: Iterable[Refused] = (), twice: Iterable[Refused] = ()) -> list[Ask]:
        """What to ask about, in a fixed order; `twice` are the files that say the same as one that was marked."""
        seeds = [
            Ask("another seed", "", (), (one.source,), one.words, _SEEDS)
            for one in refused
            if one.reason == "other-seed"
        ]
        found = [*self._equal(), *self._equal_texts(), *self._one_file(twice), *seeds]
        return sorted(found, key=lambda ask: (ask.about, ask.chapter, ask.ids, ask.where))

    def _equal(self) -> list[Ask]:
        words = "All readable answers are equal, wrong ones among them, although the numbers differ from id to id."
        return [
            _ask("same answers", stem, places, words, _TOGETHER)
            for (stem, _), places in self._same.items()
            if _several(places)
        ]

    def _equal_texts(self) -> list[Ask]:
        words = "The texts are equal, word by word:"
        return [
            _ask("same text", name.partition(".")[0], places, f"{words} {name}.", _SAME_TEXT)
            for (name, _), places in self._texts.items()
            if _several(places)
        ]

    def _one_file(self, twice: Iterable[Refused]) -> list[Ask]:
        """One file in the folders of two people, as learning platforms give them out."""
        copies: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for one in twice:
            receipt = one.receipt if one.receipt in self._receipts else ""
            if receipt:
                student, _, stem = self._receipts[receipt][0]
                copies[receipt].append((student, one.source, stem))
        asks = []
        for receipt, kept in self._receipts.items():
            places = [*kept, *copies[receipt]]
            folders = {_folder(source) for _, source, _ in places}
            if len({student for student, _, _ in places}) > 1 or _side_by_side(folders):
                words = f"The same file, with the receipt {receipt}, came in under two names."
                asks.append(_ask("same file", places[0][2], [place[:2] for place in places], words, _FILE))
        return asks


def _folder(source: str) -> tuple[str, ...]:
    return PurePosixPath(source.replace("\\", "/")).parent.parts


def _side_by_side(folders: set[tuple[str, ...]]) -> bool:
    """Whether two folders with different names lie in the same place: one for each person, it seems."""
    named = [folder for folder in folders if folder]
    return len({folder[:-1] for folder in named}) < len(named)


def _several(places: list[tuple[str, str]]) -> bool:
    return len({student for student, _ in places}) > 1


def _ask(about: str, stem: str, places: Iterable[tuple[str, str]], found: str, innocent: str) -> Ask:
    places = sorted(set(places))
    ids = tuple(dict.fromkeys(student for student, _ in places))
    return Ask(about, stem, ids, tuple(source for _, source in places), found, innocent)


def has_substance(marked: Marked) -> bool:
    """Whether equal answers would say anything: three or more, and not only such as agree by themselves.

    Right answers agree because they are right. One wrong answer that was typed tells; of wrong choices,
    which are few, it takes two.
    """
    known = {question.id: question for question in questions_of(marked.chapter)}
    kept = [
        (known[name], found)
        for name, found in marked.answers.items()
        if name in known and found.state in ("right", "partly", "wrong", "saved")
    ]
    telling = sum(_weight(question, found.score, found.raw) for question, found in kept)
    return len(kept) >= LEAST_ANSWERED and telling >= 1


def _weight(question: Question, score: float | None, raw: object) -> float:
    if isinstance(question.kind, Text):
        return 1.0 if isinstance(raw, str) and text_digest(raw) else 0.0
    if score is None or score >= 1:
        return 0.0
    return 1.0 if isinstance(question.kind, _TYPED) else 0.5


def text_digest(text: str) -> str:
    """A hash of a text's words alone; empty for one too short to tell anything."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    if len(words) < LEAST_WORDS:
        return ""
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
