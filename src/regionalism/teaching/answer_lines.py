"""One student's answers in one line, as a phone writes it and as a teacher types it from paper.

`101: A C ? D B A B C D A K` is an id, ten answers and a check letter. The letter depends on the digits of the id, on
the answers and on which test it is, so that one slip, two neighbours changed about, and a line of the other test
are noticed. A line typed from paper goes without it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from regionalism.exercises.identity import lookalike
from regionalism.grading.spreadsheets import BOM, decoded
from regionalism.teaching.forms import ITEMS, LETTERS, NAMES, UNKNOWN, other

# A prime number of letters, none of them an answer or easily taken for a number: a slip in one place always shows.
CHECKS = "FGHJKLMNPQRSTUVWXYZ"
LARGEST_FILE = 5_000_000
LONGEST_LINE, LONGEST_ID = 400, 60
_ANSWERS = LETTERS + UNKNOWN
# Cyrillic and Greek capitals that look like Latin ones.
_ALIKE = str.maketrans("АВСКМНРТХУЅЈԌԚԜΑΒΚΜΝΡΤΧΥΖ", "ABCKMHPTXYSJGQWABKMNPTXYZ")
_NONE = str.maketrans(dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212_0", UNKNOWN))
_OTHER_ORDER = frozenset("БГДЦ")
_HEADS = frozenset(("id", "ids", "\u0438\u0434", "\u2116", "\u043d\u043e\u043c\u0435\u0440", "number", "student",
                    "\u0441\u0442\u0443\u0434\u0435\u043d\u0442", "\u043a\u043e\u0434", "code"))  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_GAPS = re.compile(r"[\s,;.|/:\"']+")
# An id that ends with a digit, and the answers right behind it.
_GLUED = re.compile(r"(.*\d)([^\d]{10,11})", re.DOTALL)


class UnreadableLine(ValueError):
    """A line that holds no answers of this test; says why, and repeats nothing that a student typed."""


@dataclass(frozen=True)
class Fault:
    """A line that was not taken: its number in the file, from 1, and the reason."""

    line: int
    reason: str


@dataclass(frozen=True)
class Answers:
    """The answers of one student to one test: the id as typed, ten signs of A, B, C, D and ?, and where they stand."""

    student: str
    letters: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """A file of answers: what counts, by the look of the id; lines that were refused; what else a teacher must know."""

    students: dict[str, Answers]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    encoding: str


def check_letter(test: str, student: str, letters: str) -> str:
    """The check letter of a line. The letters of an id do not count, since they look alike in two alphabets."""
    total = 11 * (NAMES.index(test) + 1)
    total += sum(place * _ANSWERS.index(letter) for place, letter in enumerate(letters, start=1))
    digits = [sign for sign in unicodedata.normalize("NFKC", student) if sign in "0123456789"]
    # Powers of 2 run through all remainders of 19, so no two neighbouring digits weigh the same.
    total += sum((int(digit) + 1) * pow(2, place, len(CHECKS)) for place, digit in enumerate(digits, start=1))
    return CHECKS[total % len(CHECKS)]


def written(test: str, student: str, letters: str) -> str:
    """A line as a phone writes it. ValueError for an id that is none and for answers that are not ten."""
    if len(letters) != ITEMS or not set(letters) <= set(_ANSWERS):
        raise ValueError(f"{letters!r} are no {ITEMS} answers of {', '.join(_ANSWERS)}")
    shown = _id(student)
    return f"{shown}: {' '.join(letters)} {check_letter(test, shown, letters)}"


# Reading


def read_lines(data: bytes, test: str) -> Read:
    """Read a file of lines of one test ("first" or "second").

    Each line that is not blank is taken, refused with a reason, or taken for a heading with a remark. Two lines of one
    student count once where they say the same, and not at all where they differ. ValueError for a file too large.
    """
    if len(data) > LARGEST_FILE:
        raise ValueError(f"it has {len(data):,} bytes; a file of answers has at most {LARGEST_FILE:,}")
    text, encoding = decoded(data)
    found, faults, remarks = [], [], []
    started = False
    for number, line in _filled_lines(text):
        try:
            student, letters = parse(line, test)
            found.append((lookalike(student), Answers(student, letters, (number,))))
        except UnreadableLine as reason:
            if not started and _is_heading(line):
                remarks.append(Fault(number, "taken for the heading of the table"))
                continue
            faults.append(Fault(number, str(reason)))
        started = True
    students, double_faults, double_remarks = _joined(found)
    return Read(
        students, tuple(sorted([*faults, *double_faults], key=lambda fault: fault.line)),
        tuple(sorted([*remarks, *double_remarks], key=lambda remark: remark.line)), encoding,
    )  # fmt: skip


def _filled_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something in them; numbers are those that an editor shows."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix(BOM)), start=1):
        clean = _INVISIBLE.sub("", line)
        if _GAPS.sub("", clean):
            yield number, clean


def _is_heading(line: str) -> bool:
    words = {word.strip(" \"'").casefold() for word in re.split(r"[;,\t:]", line)}
    return bool(words & _HEADS) or line.strip().casefold().startswith("sep=")


def parse(line: str, test: str) -> tuple[str, str]:
    """The id and the ten answers of a line. UnreadableLine with the reason where there are none."""
    if len(line) > LONGEST_LINE:
        raise UnreadableLine(f"it has more than {LONGEST_LINE} signs")
    if any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in line):
        raise UnreadableLine("it holds signs that no line of answers has")
    student, signs = _parted(unicodedata.normalize("NFKC", line).strip())
    letters, check = _letters(signs)
    shown = _id(student)
    if check and check != check_letter(test, shown, letters):
        if check == check_letter(other(test), shown, letters):
            raise UnreadableLine(f"it is a line of the {other(test)} test")
        raise UnreadableLine("its check letter does not fit: there is a slip in the id or in an answer")
    return shown, letters


def _id(student: str) -> str:
    shown = " ".join(_INVISIBLE.sub("", student).strip(" \"'\t:;,").split())
    try:
        visible = any(sign.isalnum() for sign in lookalike(shown))
    except ValueError:
        visible = False
    if not visible:
        raise UnreadableLine("it has no id before the answers")
    if len(shown) > LONGEST_ID:
        raise UnreadableLine(f"its id has more than {LONGEST_ID} signs")
    return shown


def _parted(line: str) -> tuple[str, str]:
    """The id and the signs behind it."""
    cells = _cells(line)
    if len(cells) == 1:
        line = cells[0]
    if ":" in line:
        # A messenger puts day, hour and sender before: the id is what stands between the last two colons.
        before, _, signs = line.rpartition(":")
        return before.rpartition(":")[2], signs
    if len(cells) > 1:
        return cells[0], _from_cells(cells[1:])
    return _from_words(line)


def _cells(line: str) -> list[str]:
    delimiter = max(";\t,", key=line.count)
    if not line.count(delimiter):
        return [line]
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter))]
    except (csv.Error, StopIteration):
        raise UnreadableLine("its cells cannot be told apart") from None
    while len(cells) > ITEMS + 1 and not cells[-1]:
        cells.pop()
    if not any(cells[1:]):
        cells = cells[:1]
    return cells


def _from_cells(cells: list[str]) -> str:
    """The signs of a row of a table; an empty cell among ten or more is an answer that was not given."""
    if len(cells) < ITEMS:
        return "".join(cells)
    if any(len(cell) > 1 for cell in cells):
        raise UnreadableLine("a cell holds more than one sign; write ? where two boxes are ticked")
    return "".join(cell or UNKNOWN for cell in cells)


def _from_words(line: str) -> tuple[str, str]:
    """The id and the signs where only gaps part them: the id is as short as it can be."""
    words = line.split()
    for at in range(1, len(words)):
        signs = _folded("".join(words[at:]))
        if len(signs) in (ITEMS, ITEMS + 1) and set(signs[:ITEMS]) <= set(_ANSWERS):
            return " ".join(words[:at]), signs
    glued = _GLUED.fullmatch(line)
    if glued and set(_folded(glued[2])[:ITEMS]) <= set(_ANSWERS):
        return glued[1], glued[2]
    return (words[0], "".join(words[1:])) if len(words) > 1 else ("", line)


def _folded(signs: str) -> str:
    return _GAPS.sub("", signs).upper().translate(_ALIKE).translate(_NONE)


def _letters(signs: str) -> tuple[str, str]:
    """Ten answers and the check letter, empty where none is given."""
    if _OTHER_ORDER & set(signs.upper()):
        raise UnreadableLine("it has letters of the Cyrillic order (Б, Г, Д, Ц); write A, B, C, D")
    folded = _folded(signs)
    check = folded[-1] if folded and folded[-1] in CHECKS else ""
    letters = folded.removesuffix(check) if check else folded
    if not letters:
        raise UnreadableLine("it has no answers")
    if not set(letters) <= set(_ANSWERS):
        raise UnreadableLine("it holds a sign that is no answer; answers are A, B, C, D and ?")
    if len(letters) != ITEMS:
        raise UnreadableLine(f"it has {len(letters)} answers, not {ITEMS}")
    return letters, check


def _joined(found: list[tuple[str, Answers]]) -> tuple[dict[str, Answers], list[Fault], list[Fault]]:
    """One entry for each student, with what became of doubles."""
    students: dict[str, Answers] = {}
    faults, remarks = [], []
    for key, group in groupby(sorted(found, key=lambda one: (one[0], one[1].lines)), key=lambda one: one[0]):
        several = [answers for _, answers in group]
        lines = tuple(line for answers in several for line in answers.lines)
        named = ", ".join(map(str, lines))
        if len({answers.letters for answers in several}) > 1:
            reason = f"lines {named} are of one student and differ; none of them counts"
            faults += [Fault(line, reason) for line in lines]
            continue
        if len(several) > 1:
            remarks.append(Fault(lines[-1], f"lines {named} are of one student and say the same; they count once"))
        students[key] = Answers(min(answers.student for answers in several), several[0].letters, lines)
    return students, faults, remarks
