"""Where answers are kept: an interface, and a small file next to the notebook.

A file of answers is JSON, version 2:

    {"format": "regionalism-answers", "version": 2,
     "chapter": "gains", "student": "Aigerim",
     "answers": {"gains.battalion": [
        {"raw": "12 %",            what was typed or chosen, as plain JSON
         "numbers": {"cost": 10},  the numbers the student had before them
         "tries": 0,               wrong tries before this answer
         "counts": true,           whether this answer used up a try
         "state": "wrong",         what was said then; graders judge anew from raw
         "score": 0.0,             0 to 1, or null where no machine judges
         "misconception": "joint-gain",   or null
         "time": "2026-11-22T05:20:00+00:00"}, …]}}      oldest first

A later version gets a step in `MIGRATIONS`; a file from the future is never written over. Beside a
file lies its last but one state, with `.bak` at the end of its name: a damaged or vanished file is
restored from it. While a file is written, a hidden `.lock` keeps other kernels out.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, get_args

from regionalism.exercises.draws import hash64, readable, seed_text
from regionalism.exercises.judging import State

FORMAT = "regionalism-answers"
VERSION = 2
LONGEST_HISTORY = 100
LARGEST_FILE = 10_000_000
LOCK_SECONDS = 5.0
_MOST_NEIGHBOURS = 200

Document = dict[str, Any]

# From a version to the function that makes the next one of it. Version 2 only knows one more state, "predicted".
MIGRATIONS: dict[int, Callable[[Document], Document]] = {1: lambda document: document}


class DamagedAnswers(ValueError):
    """A file of answers that cannot be read; says why."""


class NewerAnswers(ValueError):
    """A file of answers written by a later edition of the course."""


@dataclass(frozen=True)
class Attempt:
    """One checked answer; the fields are explained at the top of this module."""

    raw: Any
    numbers: dict[str, Any]
    tries: int
    counts: bool
    state: State
    score: float | None
    misconception: str | None
    time: str


@dataclass
class Progress:
    """All checked answers of one student on one sheet: question id -> attempts, oldest first."""

    chapter: str
    student: str
    answers: dict[str, list[Attempt]] = field(default_factory=dict)

    def last(self, question_id: str) -> Attempt | None:
        """The answer that counts: the last one checked."""
        history = self.answers.get(question_id)
        return history[-1] if history else None

    def tries(self, question_id: str) -> int:
        """How many wrong tries a question has had."""
        last = self.last(question_id)
        return last.tries + last.counts if last else 0

    def add(self, question_id: str, attempt: Attempt) -> None:
        """Add an answer; beyond a hundred the oldest ones go."""
        history = self.answers.setdefault(question_id, [])
        history.append(attempt)
        del history[:-LONGEST_HISTORY]


class Storage(Protocol):
    """A home for one student's answers on one sheet."""

    @property
    def notice(self) -> str:
        """What the student must know about it, in one or two sentences; empty when all is well."""

    def load(self) -> Progress:
        """The answers kept so far; an empty progress where there are none. Never raises."""

    def save(self, progress: Progress) -> None:
        """Keep the answers. Never raises: what went wrong is said in `notice`."""


class MemoryStorage:
    """Keeps answers as long as the program runs: for tests and for places without files."""

    notice = ""

    def __init__(self, chapter: str, student: str) -> None:
        self._document = to_document(Progress(chapter, student))

    def load(self) -> Progress:
        """The answers kept so far."""
        return from_document(self._document)

    def save(self, progress: Progress) -> None:
        """Keep a copy of the answers."""
        self._document = to_document(progress)


# Document


def to_document(progress: Progress) -> Document:
    """The answers as plain JSON values of the present version."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "chapter": progress.chapter,
        "student": progress.student,
        "answers": {name: [asdict(attempt) for attempt in history] for name, history in progress.answers.items()},
    }


def from_document(document: Any) -> Progress:
    """The answers of a document of this or an earlier version.

    Raises DamagedAnswers naming the first fault, NewerAnswers for a later version.
    """
    document = migrate(document)
    for name in ("chapter", "student"):
        _demand(isinstance(document.get(name), str), f"{name!r} must be a text")
    answers = document.get("answers")
    if not isinstance(answers, dict):
        raise DamagedAnswers("'answers' must map questions to attempts")
    histories = {}
    for question_id, history in answers.items():
        _demand(isinstance(history, list) and history, f"{question_id!r} must hold a list of attempts")
        histories[question_id] = [_attempt(question_id, entry) for entry in history]
    return Progress(document["chapter"], document["student"], histories)


def migrate(
    document: Any,
    steps: Mapping[int, Callable[[Document], Document]] | None = None,
    newest: int = VERSION,
) -> Document:
    """Bring a document of an earlier version up to the newest, one step at a time."""
    steps = MIGRATIONS if steps is None else steps
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DamagedAnswers("it is not a file of answers of this course")
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise DamagedAnswers(f"its version is {version!r}, not a whole number")
    if version > newest:
        raise NewerAnswers(f"it has version {version}; this edition of the course knows up to {newest}")
    while version < newest:
        if version not in steps:
            raise DamagedAnswers(f"it has version {version}, which never was in use")
        document, version = {**steps[version](document), "version": version + 1}, version + 1
    return document


def _demand(holds: Any, fault: str) -> None:
    if not holds:
        raise DamagedAnswers(fault)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _attempt(question_id: str, entry: Any) -> Attempt:
    names = [part.name for part in fields(Attempt)]
    _demand(isinstance(entry, dict) and set(names) <= set(entry), f"an attempt at {question_id!r} lacks fields")
    score = entry["score"]
    number = isinstance(score, (int, float)) and not isinstance(score, bool) and 0 <= score <= 1
    sound = {
        "numbers": isinstance(entry["numbers"], dict),
        "tries": _whole(entry["tries"]),
        "counts": isinstance(entry["counts"], bool),
        "state": entry["state"] in get_args(State),
        "score": score is None or number,
        "misconception": entry["misconception"] is None or isinstance(entry["misconception"], str),
        "time": isinstance(entry["time"], str),
    }
    for name, holds in sound.items():
        _demand(holds, f"{name!r} of an attempt at {question_id!r} is {entry[name]!r}")
    return Attempt(**{name: entry[name] for name in names})


def from_bytes(content: bytes) -> Progress:
    """The answers of a file's content.

    Raises DamagedAnswers naming the fault, NewerAnswers for a later version.
    """
    if len(content) > LARGEST_FILE:
        raise DamagedAnswers("it is too large")
    try:
        return from_document(_plain_json(content))
    except (DamagedAnswers, NewerAnswers):
        raise
    except (ValueError, RecursionError):
        raise DamagedAnswers("it is not whole") from None


def salvaged(content: bytes) -> Progress | None:
    """The attempts that are whole in a damaged content; None where not even its owner can be read."""
    text = content[:LARGEST_FILE].decode("utf-8", "replace")
    head, mark, rest = text.partition('"answers":')
    owner = {name: _value_of(head, name) for name in ("format", "version", "chapter", "student")}
    versions = (*MIGRATIONS, VERSION)
    if not mark or owner["format"] != FORMAT or owner["version"] not in versions:
        return None
    if not isinstance(owner["chapter"], str) or not isinstance(owner["student"], str):
        return None
    found = Progress(owner["chapter"], owner["student"])
    for question_id, entry in _whole_entries(rest):
        with contextlib.suppress(ValueError):
            found.add(question_id, _attempt(question_id, entry))
    return found


def _value_of(head: str, name: str) -> Any:
    """The value of a field in the head of a document; None where it cannot be read."""
    _, mark, rest = head.partition(f'"{name}":')
    with contextlib.suppress(ValueError, RecursionError):
        return _DECODER.raw_decode(rest.lstrip())[0] if mark else None
    return None


def _whole_entries(text: str) -> Iterator[tuple[str, Any]]:
    """Pairs of question and attempt from the object after "answers", up to the first break."""
    at = _after(text, 0, "{")
    with contextlib.suppress(ValueError, RecursionError):
        while True:
            question_id, at = _DECODER.raw_decode(text, at)
            at = _after(text, _after(text, at, ":"), "[")
            while text[at : at + 1] == "{":
                entry, at = _DECODER.raw_decode(text, at)
                yield str(question_id), entry
                at = _after(text, at, ",")
            at = _after(text, _after(text, at, "]"), ",")


def _after(text: str, at: int, sign: str) -> int:
    """The place of what follows a sign, blanks passed over."""
    while text[at : at + 1].isspace():
        at += 1
    at += text[at : at + 1] == sign
    while text[at : at + 1].isspace():
        at += 1
    return at


def merged(one: Progress, other: Progress) -> Progress:
    """The answers of both, each attempt once, in the order of time."""
    result = Progress(one.chapter, one.student)
    for name in dict.fromkeys((*one.answers, *other.answers)):
        attempts = list(one.answers.get(name, ()))
        attempts += [attempt for attempt in other.answers.get(name, ()) if attempt not in attempts]
        result.answers[name] = sorted(attempts, key=lambda attempt: attempt.time)[-LONGEST_HISTORY:]
    return result


# File


def answers_path(folder: str | Path, chapter: str, student: str | int) -> Path:
    """Where one student's answers to one sheet lie, so that two can share a computer.

    The name carries a readable part and a mark of the whole seed: names in any script stay apart.
    """
    seed = seed_text(student)
    return Path(folder) / f"answers-{chapter}-{readable(student)}-{hash64(seed) >> 32:08x}.json"


class FileStorage:
    """Keeps answers in one JSON file, written whole or not at all.

    A damaged file is moved aside, never written over, and what is whole in it is kept; a file of a
    later edition or of somebody else is left alone; when the disk refuses, the answers stay in memory.
    The student is told each time. Kernels that save at the same time wait for each other.
    """

    def __init__(self, path: str | Path, chapter: str, student: str) -> None:
        self.path = Path(path)
        self._empty = (chapter, student)
        self._lasting = ""
        self._passing = ""
        self._locked = False
        self._seen: bytes | None = None

    @property
    def notice(self) -> str:
        """What the student must know about the file; empty when all is well."""
        return " ".join(part for part in (self._lasting, self._passing) if part)

    @property
    def backup(self) -> Path:
        """Where the last but one state of the file lies."""
        return self.path.with_name(f"{self.path.name}.bak")

    def elsewhere(self) -> Path | None:
        """A file of the same name in a neighbouring folder, where the sheet may have been moved from."""
        home = self.path.parent
        with contextlib.suppress(OSError):
            folders = [home.parent, *islice(sorted(home.parent.iterdir()), _MOST_NEIGHBOURS)]
            folders += islice(sorted(home.iterdir()), _MOST_NEIGHBOURS)
            for folder in folders:
                if folder != home and (folder / self.path.name).is_file():
                    return folder / self.path.name
        return None

    def load(self) -> Progress:
        """The answers in the file; an empty progress where there are none or they cannot be read."""
        self._lasting = self._passing = ""
        self._locked = False
        with _one_at_a_time(self.path):
            return self._load() or Progress(*self._empty)

    def save(self, progress: Progress) -> None:
        """Write the answers, joined with what another window has saved in the meantime."""
        with _one_at_a_time(self.path):
            self._save(progress)

    def _save(self, progress: Progress) -> None:
        if self._locked or self._bytes() != self._seen:
            elsewhere = self._look_again()
            if self._locked:
                return
            if elsewhere:
                progress.answers = merged(progress, elsewhere).answers
        content = json.dumps(to_document(progress), ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")
        before = self._seen
        try:
            write_whole(self.path, content)
        except OSError as error:
            self._passing = (
                f"Your answers could not be written to {self.path.name} ({cause(error)}). "
                "They are kept only as long as this notebook runs. Each further check tries again. "
                "Take a copy under \u201cYour answers\u201d before you close it."
            )
        else:
            self._passing, self._seen = "", content
            if before and before != content:
                with contextlib.suppress(OSError):
                    write_whole(self.backup, before, lasting=False)

    def _look_again(self) -> Progress | None:
        """Read the file anew; what locked it may have passed, such as another program's hold on it."""
        if self._locked:
            self._locked, self._lasting = False, ""
        return self._load()

    def _bytes(self) -> bytes | None:
        try:
            if self.path.stat().st_size > LARGEST_FILE:
                return b""
            return self.path.read_bytes()
        except OSError:
            return None

    def _load(self) -> Progress | None:
        """Read the file; lock the storage where writing would destroy something."""
        self._seen = self._bytes()
        if self._seen is None:
            # Not Path.exists, which raises where the folder may not be entered.
            if os.path.lexists(self.path):
                self._lock(f"{self.path.name} cannot be opened.")
                return None
            return self._from_backup()
        try:
            progress = from_bytes(self._seen)
        except NewerAnswers as newer:
            self._lock(f"{self.path.name} was written by a later edition of the course: {newer}.")
            return None
        except ValueError as fault:
            return self._restore(fault)
        if not self._own(progress):
            self._lock(f"{self.path.name} holds the answers of another student or chapter.")
            return None
        return progress

    def _own(self, progress: Progress) -> bool:
        chapter, student = self._empty
        return progress.chapter == chapter and seed_text_or_none(progress.student) == seed_text(student)

    def _lock(self, reason: str) -> None:
        self._locked = True
        self._lasting = f"{reason} It is left as it is; your answers are kept only as long as this notebook runs."

    def _earlier(self) -> Progress | None:
        """The answers of the last but one state, if it is there, whole and one's own."""
        try:
            if self.backup.stat().st_size > LARGEST_FILE:
                return None
            earlier = from_bytes(self.backup.read_bytes())
        except (OSError, ValueError):
            return None
        return earlier if self._own(earlier) else None

    def _from_backup(self) -> Progress | None:
        """Where the file is gone but its last but one state is there, that one."""
        earlier = self._earlier()
        if earlier and earlier.answers:
            self._lasting = f"{self.path.name} was not there. Your answers were restored from {self.backup.name}."
        return earlier

    def _restore(self, fault: Exception) -> Progress | None:
        """Move a damaged file aside and give what of it, and of its last but one state, is whole."""
        found = salvaged(self._seen or b"")
        self._set_aside(fault)
        if self._locked:
            return None
        rescued, earlier = found if found and self._own(found) else None, self._earlier()
        whole = merged(rescued, earlier) if rescued and earlier else rescued or earlier
        count = sum(map(len, whole.answers.values())) if whole else 0
        if count:
            self._lasting += f" {count} checked {'answer was' if count == 1 else 'answers were'} rescued from it."
        return whole

    def _set_aside(self, fault: Exception) -> None:
        aside = next(
            candidate
            for candidate in (Path(f"{self.path}.broken-{number}") for number in range(1, 10_000))
            if not os.path.lexists(candidate)
        )
        reason = str(fault) if isinstance(fault, DamagedAnswers) else "it is not whole"
        try:
            os.replace(self.path, aside)
        except OSError:
            self._lock(f"{self.path.name} is damaged ({reason}) and cannot be moved aside.")
            return
        self._seen = None
        self._lasting = (
            f"{self.path.name} is damaged ({reason}). It was moved to {aside.name}, and a new file was begun."
        )


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock on a file while the block runs, so that two kernels do not write at once.

    Goes on without where nothing can be locked: in a browser, in a folder that takes no file, after
    `LOCK_SECONDS` of waiting.
    """
    with contextlib.ExitStack() as held:
        if sys.platform != "emscripten" and os.path.isdir(path.parent):
            with contextlib.suppress(ImportError, OSError, NotImplementedError, RuntimeError):
                from filelock import FileLock

                held.enter_context(FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS))
        yield


def seed_text_or_none(student: str) -> str | None:
    """The form of a student's name that counts, or None where it is empty."""
    try:
        return seed_text(student)
    except ValueError:
        return None


def _plain_json(content: bytes) -> Any:
    return json.loads(content.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)


def _no_constant(name: str) -> Any:
    raise DamagedAnswers(f"it holds {name}, which is not a number")


def _finite(digits: str) -> float:
    """A number of the file; 1e999 is infinite to Python and could not be written again."""
    value = float(digits)
    return value if math.isfinite(value) else _no_constant(digits)


def cause(error: OSError) -> str:
    """Why the system refused, in a few words."""
    return (error.strerror or type(error).__name__).lower()


def write_whole(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write to a neighbour first, so that a failure leaves the old file as it was.

    A `lasting` file is on the disk before the old one goes. Raises OSError where the disk refuses.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(draft, "wb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


# Strict where it is used on damaged files too: what could not be written again is not taken up.
_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)
