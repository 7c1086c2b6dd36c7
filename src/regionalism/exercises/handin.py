"""A hand-in: one small file with one student's answers to one sheet, and a receipt code.

The file is JSON, version 1, readable as text. It holds the student's id and no name, every answer in
the order in which it was checked and no times of them, and one time: when the file was made.

    {"about": "…",                 a word to whoever opens it
     "format": "regionalism-hand-in", "version": 1,
     "course": "0.2.0",            edition of the course
     "chapter": "gains", "student": "101",
     "class": "9f3a2b1c",          mark of the class's private seed; empty without one
     "seed": "…",                  what the numbers were drawn from
     "made": "2026-11-22T05:20Z",
     "answers": {"gains.burden": [<raw>, …]},          oldest first
     "numbers": {"gains.burden": "5d0e62a1"},          mark of the numbers the student had
     "checksum": "…"}              sha256 of all of the above, in canonical form

The receipt code is made of the checksum: the same file gives the same code wherever it is read, also
after a messenger has changed its line ends or its encoding.

`from_bytes` reads a file that may hold anything at all. It gives a `HandIn` or raises `RefusedHandIn`, whose
`reason` is one of `REASONS`. A later version gets a step in `MIGRATIONS`.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from regionalism.exercises.draws import hash64, readable, seed_text
from regionalism.exercises.identity import FORMAT as CLASS_FORMAT
from regionalism.exercises.question import Text
from regionalism.exercises.reading import LONGEST_TEXT
from regionalism.exercises.storage import FORMAT as ANSWERS_FORMAT

if TYPE_CHECKING:
    from regionalism.exercises.sheets import Sheet

FORMAT = "regionalism-hand-in"
VERSION = 1
LARGEST_FILE = 4_000_000
MOST_ANSWERS = 100
MOST_QUESTIONS = 200
LONGEST_ID = 200
ABOUT = (
    "Answers of one student to one exercise sheet. You may read this file. Please do not change it: "
    "its checksum would no longer fit, and it could not be graded."
)
# No I, L, O and U: nobody mistakes them for 1, 1, 0 and V when a code is read out (Crockford's base 32).
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_SIGNS = 8
# An answer is at most a mapping of texts inside a list inside a mapping; nothing honest goes deeper than six.
_DEEPEST = 20
# The largest float has 309 digits before its point; what is longer is no answer to any question.
_LONGEST_NUMBER = 400
_LONGEST_SEED = 1000
# What a file may be refused for, and what that means.
REASONS: Mapping[str, str] = {
    "empty": "nothing in it",
    "too-large": "larger than any hand-in",
    "not-text": "no text, or text in an encoding that lost letters",
    "not-json": "cut off or damaged",
    "too-deep": "nested deeper than any answer",
    "not-a-hand-in": "another kind of file",
    "answers-file": "the file of answers instead of the hand-in",
    "a-notebook": "the notebook instead of the hand-in",
    "newer-version": "made by a later edition of the course",
    "wrong-shape": "not built as a hand-in is",
    "changed": "changed after it was made",
}

Document = dict[str, Any]

# From a version to the function that makes the next one of it; so far there is only version 1.
MIGRATIONS: dict[int, Callable[[Document], Document]] = {}


class RefusedHandIn(ValueError):
    """A file that cannot be taken as a hand-in: `reason` is a word of `REASONS`, the text says why."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True)
class HandIn:
    """What a hand-in says; `answers` maps question ids to raw answers, oldest first.

    `written` is the checksum in the file that it was read from, empty for one that was made here.
    """

    course: str
    chapter: str
    student: str
    known_class: str
    seed: str
    made: str
    answers: Mapping[str, list[Any]]
    numbers: Mapping[str, str]
    written: str = field(default="", compare=False)

    @property
    def receipt(self) -> str:
        """The code that student and teacher can compare, such as K7QF-2M9X."""
        return receipt(self.written or checksum(_content(self)))


def numbers_mark(numbers: Mapping[str, Any]) -> str:
    """A short mark of the numbers of one question: eight hexadecimal digits."""
    return f"{hash64(canonical(numbers)) >> 32:08x}"


def hand_in(sheet: Sheet, made: str) -> HandIn:
    """The hand-in of a sheet as it stands. ValueError before an id is typed, and for one of over 200 signs.

    `made` is the time in UTC to the minute, such as 2026-11-22T05:20Z.
    """
    from regionalism import __version__

    if not sheet.student:
        raise ValueError("a hand-in needs the student's id; none is typed yet")
    if len(sheet.student) > LONGEST_ID:
        raise ValueError(f"the id has {len(sheet.student)} signs; a hand-in takes up to {LONGEST_ID}")
    questions = [question for question in sheet.chapter.questions if sheet.progress.answers.get(question.id)]
    return HandIn(
        course=__version__,
        chapter=sheet.chapter.stem,
        student=_on_one_line(sheet.student),
        known_class=sheet.known.tag,
        seed=sheet.seed,
        made=made,
        answers={q.id: _with_present_numbers(sheet, q.id) for q in questions},
        numbers={q.id: numbers_mark(sheet.numbers(q.id)) for q in questions},
    )


def _on_one_line(student: str) -> str:
    """An id without line ends, tabs and other control signs, which draw no number and stand in no list."""
    kept = "".join(sign for sign in student if sign.isspace() or unicodedata.category(sign) != "Cc")
    return " ".join(kept.split())


def _with_present_numbers(sheet: Sheet, question_id: str) -> list[Any]:
    """The answers given to the student's present numbers; those to the numbers of another edition say nothing."""
    numbers = sheet.numbers(question_id)
    raws = [attempt.raw for attempt in sheet.progress.answers[question_id] if attempt.numbers == numbers]
    # Earlier drafts of an argument are the writer's own affair.
    return raws[-1:] if isinstance(sheet.chapter.question(question_id).kind, Text) else raws


def file_name(made: HandIn) -> str:
    """A name for the file that tells sheet and code apart, and carries no sign that a system refuses."""
    return f"hand-in-{made.chapter}-{readable(made.student)}-{made.receipt}.json"


def to_text(made: HandIn) -> str:
    """The file as text."""
    content = _content(made)
    document = {"about": ABOUT, **content, "checksum": checksum(content)}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _content(made: HandIn) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "course": made.course,
        "chapter": made.chapter,
        "student": made.student,
        "class": made.known_class,
        "seed": made.seed,
        "made": made.made,
        "answers": {name: list(raws) for name, raws in made.answers.items()},
        "numbers": dict(made.numbers),
    }


def canonical(value: Any) -> str:
    """A plain value as text, the same for equal values. ValueError for what is no JSON, NaN among it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def checksum(content: Mapping[str, Any]) -> str:
    """The sha256 of a file's content in canonical form, texts composed (NFC)."""
    composed = unicodedata.normalize("NFC", canonical(content))
    return hashlib.sha256(composed.encode("utf-8", "replace")).hexdigest()


def receipt(digest: str) -> str:
    """The receipt code of a checksum: forty bits as two groups of four signs."""
    value = int(digest[:10], 16)
    signs = [_SIGNS[(value >> (5 * place)) % 32] for place in reversed(range(_CODE_SIGNS))]
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"


# Reading a file that may hold anything


def from_bytes(content: bytes) -> HandIn:
    """The hand-in in a file's bytes; raises RefusedHandIn, and nothing else, for any that hold none.

    Taken are UTF-8, and UTF-16 or UTF-32 with a byte order mark, with line ends of any system: all that
    messengers and editors make of a file without touching what it says.
    """
    document = _document(_text(content))
    written = _sound_checksum(document)
    document = migrate(document)
    _check_shape(document)
    return HandIn(
        course=document["course"],
        chapter=document["chapter"],
        student=document["student"],
        known_class=document["class"],
        seed=document["seed"],
        made=document["made"],
        answers=document["answers"],
        numbers=document["numbers"],
        written=written,
    )


def migrate(
    document: Document,
    steps: Mapping[int, Callable[[Document], Document]] | None = None,
    newest: int = VERSION,
) -> Document:
    """Bring a document of an earlier version up to the newest, one step at a time."""
    steps = MIGRATIONS if steps is None else steps
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        _refuse("wrong-shape", "Its version is not a whole number.")
    if version > newest:
        _refuse(
            "newer-version",
            f"It was made by a later edition of the course: version {_short(version)}, and this one knows up to "
            f"{newest}. Grade it with that edition.",
        )
    while version < newest:
        if version not in steps:
            _refuse("wrong-shape", f"It has version {_short(version)}, which never was in use.")
        document, version = {**steps[version](document), "version": version + 1}, version + 1
    return document


def _refuse(reason: str, words: str) -> NoReturn:
    raise RefusedHandIn(reason, words)


def _short(value: Any) -> str:
    """A value of a file for a sentence: short, on one line, and without signs that no terminal can write."""
    words = ascii(value) if not isinstance(value, str) else value
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words[:60])
    return shown if len(words) <= 60 else f"{shown}…"


# The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
_ORDER_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        _refuse("too-large", f"It is larger than any hand-in: more than {LARGEST_FILE / 1e6:g} MB.")
    encoding = next((name for mark, name in _ORDER_MARKS if content.startswith(mark)), "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        _refuse(
            "not-text",
            "It is no text in Unicode. Some program may have opened it and saved it in another encoding: "
            "please send it as the sheet made it.",
        )
    if not text.strip():
        _refuse("empty", "It is empty. The upload may have failed: please send it again.")
    if "\0" in text:
        _refuse("not-text", "It is no text: it holds zero bytes, as a damaged disk leaves them.")
    return text


# Possessive: a text that never ends must not be searched again from each of its quotation marks.
_TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


def _check_depth(text: str) -> None:
    """Refuse what is nested too deep before the parser sees it, which may have little room (in a browser)."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return
    depth = 0
    for found in _TEXT_OR_BRACKET.finditer(text):
        sign = found.group()[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > _DEEPEST:
            _refuse("too-deep", "It is nested deeper than any answer of this course.")


def _document(text: str) -> Document:
    """The mapping that a text of this format holds."""
    _check_depth(text)
    try:
        document = json.loads(
            text.strip(), parse_int=_whole, parse_float=_finite, parse_constant=_no_number, object_pairs_hook=_once
        )
    except RefusedHandIn:
        raise
    except RecursionError:
        _refuse("too-deep", "It is nested deeper than any answer of this course.")
    except ValueError:
        _refuse("not-json", "It is not whole: it was cut off or damaged on its way. Please send it again.")
    _check_format(document)
    return document


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _no_number(digits)


def _finite(digits: str) -> float:
    value = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    return value if math.isfinite(value) else _no_number(digits)


def _no_number(digits: str) -> Any:
    _refuse("wrong-shape", f"It holds {_short(digits)} where a number stands; no sheet writes that.")


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) < len(pairs):
        _refuse("wrong-shape", "It names one of its parts twice; no sheet writes that.")
    return found


def _check_format(document: Any) -> None:
    if isinstance(document, dict) and document.get("format") == FORMAT:
        return
    if isinstance(document, dict) and document.get("format") == ANSWERS_FORMAT:
        _refuse(
            "answers-file",
            "This is the file in which the notebook keeps its answers. The file to send is made by the button "
            "\u201cMake my hand-in\u201d under \u201cYour answers\u201d; its name begins with hand-in.",
        )
    if isinstance(document, dict) and "cells" in document and "nbformat" in document:
        _refuse(
            "a-notebook",
            "This is a notebook. It is never opened here, since it may run what it likes. The file to send is made by "
            "the button \u201cMake my hand-in\u201d under \u201cYour answers\u201d; its name begins with hand-in.",
        )
    if isinstance(document, dict) and document.get("format") == CLASS_FORMAT:
        _refuse("not-a-hand-in", "This is the class file. It belongs beside the sheets.")
    _refuse("not-a-hand-in", "This is no hand-in of this course: it does not say so at its top.")


def _sound_checksum(document: Document) -> str:
    """The checksum of a file that says what it said when it was made."""
    version = document.get("version")
    if isinstance(version, int) and version > VERSION:
        return ""  # refused by its version; how that one is sealed is not known here
    written = document.get("checksum")
    content = {name: value for name, value in document.items() if name not in ("about", "checksum")}
    if not isinstance(written, str) or written != checksum(content):
        _refuse(
            "changed",
            "It was changed after it was made: its checksum does not fit. Please send it as the sheet made it.",
        )
    return written


# Shape

_STEM = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_MARK = re.compile(r"[0-9a-f]{8}")
_MADE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")


def _demand(holds: Any, fault: str) -> None:
    if not holds:
        _refuse("wrong-shape", f"It is not built as a hand-in is: {fault}.")


def _check_shape(document: Document) -> None:
    """Refuse a document of the present version whose parts are not what the sheet writes."""
    _demand(isinstance(document.get("chapter"), str) and _STEM.fullmatch(document["chapter"]), "it names no chapter")
    _demand(_is_id(document.get("student")), f"the student's id must be a text of 1 to {LONGEST_ID} signs")
    _demand(_is_id(document.get("course")), "it does not name the edition of the course")
    _demand(_is_id(document.get("seed"), _LONGEST_SEED), "it does not say what its numbers were drawn from")
    known = document.get("class")
    _demand(known == "" or (isinstance(known, str) and _MARK.fullmatch(known)), "its mark of the class is none")
    _demand(_is_time(document.get("made")), "it does not say when it was made")
    answers, numbers = document.get("answers"), document.get("numbers")
    if not isinstance(answers, dict) or not isinstance(numbers, dict):
        _demand(False, "its answers and marks of numbers must belong to questions")
        return
    _demand(len(answers) <= MOST_QUESTIONS, f"it has answers to more than {MOST_QUESTIONS} questions")
    _demand(set(answers) == set(numbers), "its answers and its marks of numbers belong to different questions")
    _demand(all(_is_mark(mark) for mark in numbers.values()), "a mark of the numbers is none")
    for question_id, raws in answers.items():
        _demand(_is_id(question_id), "a question has no proper id")
        _demand(isinstance(raws, list), f"the answers to {_short(question_id)} are no list")
        _demand(len(raws) <= MOST_ANSWERS, f"{_short(question_id)} has more than {MOST_ANSWERS} answers")
        _check_texts(question_id, raws)


def _is_mark(mark: Any) -> bool:
    return isinstance(mark, str) and bool(_MARK.fullmatch(mark))


def _is_id(value: Any, longest: int = LONGEST_ID) -> bool:
    """Whether a value is a text that may stand in a list of students: short, visible, on one line."""
    if not isinstance(value, str) or len(value) > longest or not _is_whole_text(value):
        return False
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in value):
        return False
    try:
        seed_text(value)
    except ValueError:
        return False
    return True


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or not _MADE.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%MZ")
    except ValueError:
        return False
    return True


def _is_whole_text(text: str) -> bool:
    """Whether a text can be written: halves of a sign (lone surrogates) cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_texts(question_id: str, raws: list[Any]) -> None:
    left: list[Any] = [raws]
    while left:
        value = left.pop()
        if isinstance(value, str):
            _demand(
                len(value) <= LONGEST_TEXT, f"a text of {_short(question_id)} is longer than {LONGEST_TEXT:,} signs"
            )
            _demand(_is_whole_text(value), f"a text of {_short(question_id)} holds half a sign")
        elif isinstance(value, dict):
            left += [*value, *value.values()]
        elif isinstance(value, list):
            left += value
