"""Who a student is to the course: an id from the teacher's list or one of the student's own choice.

A class file, `class.json`, lies beside the sheets where a teacher has made one:

    {"format": "regionalism-class", "version": 1,
     "title": "Regional security, autumn 2026",
     "seed": "a private text from which all numbers of this class are drawn",
     "ids": ["101", "102"]}        empty where ids are not given out

It holds no names. Where a kernel sees no files, as in a browser, the class travels inside the package.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from regionalism.exercises.draws import hash64, seed_text, sheet_seed

CLASS_FILE = "class.json"
# Where the file travels inside the package, for a kernel that can open no file beside the sheet (a browser).
CLASS_PLACE = "_class"
FORMAT = "regionalism-class"
VERSION = 1
LARGEST_FILE = 5_000_000
# Signs that look alike on a class list and come from two keyboards: Cyrillic and Greek to Latin.
_ALIKE = str.maketrans("авеёкмнорстухіјѕԁԛԝһӏαβεικνορτυχ", "abeekmhopctyxijsdqwhlabeikvoptux")

_NOT_BETWEEN_DIGITS = re.compile(r"(?<!\d)-|-(?!\d)")


class DamagedClass(ValueError):
    """A class file that cannot be used; says why."""


def lookalike(student: str | int) -> str:
    """The form in which two ids count as the same to the eye: "А17" typed in Cyrillic is "A17" in Latin.

    Spaces and dashes do not count ("B-3" is "B3"), but what parts two numbers does: "1-11" is not "11-1".
    Raises ValueError for an empty id.
    """
    plain = unicodedata.normalize("NFKC", seed_text(student)).translate(_ALIKE)
    signs = "".join(sign if _in_words(sign) else "-" for sign in plain if not sign.isspace())
    return _NOT_BETWEEN_DIGITS.sub("", re.sub("-+", "-", signs)) or plain


def _in_words(sign: str) -> bool:
    """Whether a sign is a letter, a digit or a mark on one; vowels of some scripts are marks."""
    return unicodedata.category(sign)[0] in "LNM"


@dataclass(frozen=True)
class Class:
    """What a student's sheet knows of the class: title, private seed, and the ids if they are given out."""

    title: str = ""
    seed: str = ""
    ids: tuple[str, ...] = ()

    def listed(self, student: str | int) -> str | None:
        """The id of the list that a typed one stands for; None where it stands for none."""
        return self._alike.get(lookalike(student))

    @cached_property
    def _alike(self) -> dict[str, str]:
        # Made once: a grader asks for each of many students.
        return {lookalike(known): known for known in self.ids}

    def seed_of(self, student: str | int) -> str:
        """The seed of one student's sheets. Raises ValueError for an empty id."""
        return sheet_seed(self.listed(student) or student, self.seed)

    @property
    def tag(self) -> str:
        """A short mark of the private seed, by which a file is told to belong to this class; empty without one."""
        return f"{hash64(self.seed) >> 32:08x}" if self.seed else ""


NO_CLASS = Class()


def class_to_text(known: Class) -> str:
    """The class file as text."""
    document = {"format": FORMAT, "version": VERSION, "title": known.title, "seed": known.seed, "ids": list(known.ids)}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def class_from_text(text: str) -> Class:
    """The class of a class file's text. Raises DamagedClass naming the fault."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise DamagedClass("it is not whole") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DamagedClass("it is not a class file of this course")
    if document.get("version") != VERSION:
        raise DamagedClass(f"it has version {document.get('version')!r}; this edition of the course knows {VERSION}")
    title, seed, ids = (document.get(name) for name in ("title", "seed", "ids"))
    if not isinstance(title, str) or not isinstance(seed, str):
        raise DamagedClass("its title and seed must be texts")
    if not isinstance(ids, list) or not all(isinstance(known, str) and _is_visible(known) for known in ids):
        raise DamagedClass("its ids must be a list of texts")
    return Class(title, seed, tuple(ids))


def _is_visible(known: str) -> bool:
    """Whether an id has a sign that can be seen; no sheet can be drawn from one without."""
    try:
        return bool(seed_text(known))
    except ValueError:
        return False


def class_of(folder: str | Path) -> Class:
    """The class whose file lies in a folder, else that of the installed package; `NO_CLASS` where there is none.

    Raises DamagedClass for a file that is there and cannot be used: numbers drawn without it would be
    the wrong ones.
    """
    path = Path(folder) / CLASS_FILE
    try:
        if not path.exists():
            return packaged_class()
        if path.stat().st_size > LARGEST_FILE:
            raise DamagedClass(f"{CLASS_FILE} is too large to be a class file")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedClass(f"{CLASS_FILE} cannot be read ({type(error).__name__})") from None
    return _class_in(text)


def packaged_class() -> Class:
    """The class that travels inside the installed package; `NO_CLASS` where there is none. Raises DamagedClass."""
    file = resources.files("regionalism").joinpath(CLASS_PLACE, CLASS_FILE)
    return _class_in(file.read_text("utf-8-sig")) if file.is_file() else NO_CLASS


def _class_in(text: str) -> Class:
    """The class of a file's text; a fault is said together with the name of the file."""
    try:
        return class_from_text(text)
    except DamagedClass as fault:
        raise DamagedClass(f"{CLASS_FILE} cannot be used: {fault}") from None
