"""A sheet: one student's way through the questions of a chapter.

The sheet knows neither widgets nor files: it draws numbers, judges, counts and hands what is to be
kept to a storage. The widgets (`views`) and the page (`page`) are its faces.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionalism.exercises import handin
from regionalism.exercises.draws import seed_text
from regionalism.exercises.identity import NO_CLASS, Class, DamagedClass, class_of
from regionalism.exercises.judging import KEPT, Verdict, judge
from regionalism.exercises.keys import key, keyed
from regionalism.exercises.page import SAMPLE, bundle, head_html, question_html, question_text, sheet_html
from regionalism.exercises.prose import plain
from regionalism.exercises.question import Chapter, Numbers, Predict, Question, Text
from regionalism.exercises.storage import (
    Attempt,
    FileStorage,
    NewerAnswers,
    Progress,
    Storage,
    answers_path,
    cause,
    from_bytes,
    merged,
    seed_text_or_none,
    to_document,
    write_whole,
)

if TYPE_CHECKING:
    from regionalism.exercises.views import QuestionView, SheetView

NO_NAME = "Type your id at the top of the sheet first: your numbers are drawn from it."
OTHER_NAME = "The answers given under another id are kept: type that id again to see them."
CHANGED = "The numbers of this question have changed since you answered. Please check your answer again."


_RIGHT_FILE = "Choose a file whose name begins with \u201canswers\u201d."
# What comes after so many wrong tries, in words.
NEXT_STEPS = (
    "",
    "Next time: a further hint and an easier step.",
    "Next time: the whole way, step by step.",
)


def now() -> str:
    """The present time, written so that texts sort like times."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Tally:
    """How far a sheet is: questions answered, right, saved for the teacher, all of them, and guesses kept."""

    answered: int
    right: int
    saved: int
    total: int
    guessed: int = 0

    def __str__(self) -> str:
        saved = f", {self.saved} saved for your teacher" if self.saved else ""
        guesses = "guess" if self.guessed == 1 else "guesses"
        guessed = f", {self.guessed} {guesses} kept" if self.guessed else ""
        return f"{self.answered} of {self.total} answered, {self.right} right{guessed}{saved}"


@dataclass(frozen=True)
class HandedIn:
    """A hand-in that was made: what it says, its file, and what stands in the way.

    `path` is where the file lies, None where the folder refused it or where there is no folder, as in a
    browser; `trouble` says why it refused. `open` names the
    questions without an answer, as they are numbered on the sheet, `unchecked` those in whose fields
    something stands that was not checked.
    """

    made: handin.HandIn
    text: str
    path: Path | None
    trouble: str = ""
    open: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file."""
        return handin.file_name(self.made)

    @property
    def receipt(self) -> str:
        """The code that student and teacher compare."""
        return self.made.receipt


class Sheet:
    """The sheet of one chapter for one student.

    Displayed by itself it shows everything; `head` and `question(1)` show its parts in cells of their
    own. `answer(id, raw)` does what the button does. `storage` makes the home of the answers from
    chapter and student; by default a file in `folder`. `known` is the class; by default the one whose file
    lies in `folder`.
    """

    def __init__(
        self,
        chapter: Chapter,
        student: str | int | None = None,
        folder: str | Path = ".",
        storage: Callable[[str, str], Storage] | None = None,
        clock: Callable[[], str] = now,
        known: Class | None = None,
    ) -> None:
        keys = key(chapter.stem)
        self.chapter = replace(chapter, questions=keyed(chapter.questions, keys))
        self.has_keys = keys is not None
        if storage is None and _in_browser():
            from regionalism.exercises.browser import prepare

            prepare()
        # Absolute from the start: a cell that changes the working folder must not move the answers.
        self.folder = Path(folder).absolute()
        self._open_storage = storage or partial(_home, self.folder)
        self._clock = clock
        self._class_fault = ""
        self.known = self._class_in(folder) if known is None else known
        self._parts: dict[str, QuestionPart] = {}
        self._view: SheetView | None = None
        self._listeners: list[Callable[[], None]] = []
        self._held: dict[str, Progress] = {}
        self._handed_in: HandedIn | None = None
        self._being_written: dict[str, Attempt] = {}
        self._begin("" if student is None else str(student))

    def _class_in(self, folder: str | Path) -> Class:
        try:
            return class_of(folder)
        except DamagedClass as fault:
            self._class_fault = f"{fault}. Ask your teacher for the file again: until then no numbers can be drawn."
            return NO_CLASS

    # State

    @property
    def student(self) -> str:
        """The id typed at the top, as the class's list has it; empty before that."""
        return self._student

    @student.setter
    def student(self, name: str | int | None) -> None:
        self._begin("" if name is None else str(name))
        self._tell()

    def _begin(self, student: str) -> None:
        typed = _plain(student).strip() if _is_seed(student) and not self._class_fault else ""
        self._typed = typed
        self._student = (self.known.listed(typed) or typed) if typed else ""
        self.storage = self._open_storage(self.chapter.stem, self._student) if self._student else None
        self.progress = self._begun()
        self._verdicts: dict[str, Verdict] = {}
        self._being_written = {}
        self._neighbour = None if self.progress.answers else _elsewhere(self.storage)
        if self.storage is not None:
            self._judge_anew()
            # A home that is not read at once, as a browser's, says when answers have arrived.
            listen = getattr(self.storage, "listen", None)
            if listen:
                listen(partial(self._arrived, self.storage))

    def _judge_anew(self) -> None:
        """Say of every kept answer what holds."""
        for question in self.chapter.questions:
            restored = self._restored(question)
            if restored:
                self._verdicts[question.id] = restored

    def _begun(self) -> Progress:
        """What is kept for the student, joined with what this notebook still holds where a disk refused it."""
        if self.storage is None:
            return Progress(self.chapter.stem, "")
        seed, kept = seed_text(self._student), self.storage.load()
        whole = merged(kept, self._held[seed]) if seed in self._held else kept
        if whole != kept:
            self.storage.save(whole)
        self._held[seed] = whole
        return whole

    def _restored(self, question: Question) -> Verdict | None:
        """What was said last, judged anew from the kept answer."""
        last = self.progress.last(question.id)
        if last is None:
            return None
        numbers = self.numbers(question.id)
        if isinstance(question.kind, Predict):
            last = self._guess(question) or last
        if last.numbers != numbers:
            return Verdict("unreadable", message=CHANGED)
        return judge(question, numbers, last.raw, last.tries)

    def numbers(self, reference: int | str) -> Numbers:
        """The student's numbers in one question; the sample student's before a name is typed."""
        return self.chapter.question(reference).numbers(self.seed)

    @property
    def seed(self) -> str:
        """What the numbers and the order of the options are drawn from; the sample student's before an id is typed."""
        return self.known.seed_of(self._student) if self._student else SAMPLE

    def verdict(self, reference: int | str) -> Verdict | None:
        """What was said about the last answer to a question, if there was one."""
        return self._verdicts.get(self.chapter.question(reference).id)

    def kept_answer(self, reference: int | str) -> Any:
        """The raw answer that counts, None if there is none: the last one, of a prediction the first."""
        question = self.chapter.question(reference)
        counted = self._guess(question) if isinstance(question.kind, Predict) else self.progress.last(question.id)
        return counted.raw if counted else None

    def _guess(self, question: Question) -> Attempt | None:
        """The first guess with the student's present numbers: what is shown afterwards must not change it."""
        numbers = self.numbers(question.id)
        history = self.progress.answers.get(question.id, [])
        return next((attempt for attempt in history if attempt.numbers == numbers), None)

    def guessed(self, reference: int | str) -> bool:
        """Whether a prediction has its guess, which then stays as it is."""
        question = self.chapter.question(reference)
        return isinstance(question.kind, Predict) and self._guess(question) is not None

    def next_step(self, reference: int | str) -> str:
        """What a further wrong answer to a question brings, in words; empty where nothing more comes."""
        question = self.chapter.question(reference)
        verdict = self._verdicts.get(question.id)
        if verdict is None or not verdict.counts:
            return ""
        tries = self.progress.tries(question.id)
        return NEXT_STEPS[tries] if tries < len(NEXT_STEPS) else ""

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions that have no answer to the student's present numbers."""
        answered = {name for name, verdict in self._verdicts.items() if verdict.state in KEPT}
        return tuple(question for question in self.chapter.questions if question.id not in answered)

    @property
    def tally(self) -> Tally:
        """How far the student has come."""
        states = [verdict.state for verdict in self._verdicts.values()]
        answered = sum(state in KEPT for state in states)
        guessed = states.count("predicted")
        return Tally(answered, states.count("right"), states.count("saved"), len(self.chapter.questions), guessed)

    @property
    def notice(self) -> str:
        """What the student must know about the answers' home and the marking; empty when all is well."""
        waiting = [q for q in self.chapter.questions if not q.judged and not isinstance(q.kind, Text)]
        words = "Questions that are marked after you have handed in, and only saved here"
        marking = f"{words}: {len(waiting)}." if waiting else ""
        kept = self.storage.notice if self.storage else ""
        left = not self.progress.answers and any(progress.answers for progress in self._held.values())
        parts = (
            self._class_fault, self._listing(), kept, OTHER_NAME if left else "", self._beginning(), marking,
        )  # fmt: skip
        return " ".join(part for part in parts if part)

    def _listing(self) -> str:
        """How the typed id stands to the class's list."""
        if not self._typed or not self.known.ids:
            return ""
        listed, title = self.known.listed(self._typed), self.known.title or "your class"
        if listed is None:
            return (
                f"\u201c{self._typed}\u201d is not on the list of {title}. Check it with your teacher, "
                "or work on: your answers are kept under this id."
            )
        if seed_text(listed) != seed_text(self._typed):
            return f"You typed \u201c{self._typed}\u201d. On the list of {title} your id is \u201c{listed}\u201d."
        return ""

    def _beginning(self) -> str:
        """Where answers given earlier may be, for a sheet that holds none and was perhaps moved."""
        home = self.storage
        if home is None or self.progress.answers or home.notice:
            return ""
        if not isinstance(home, FileStorage):
            # A slow home knows only after a moment that it holds nothing.
            return str(getattr(home, "beginning", "")) if getattr(home, "arrived", False) else ""
        there = self._neighbour
        if there:
            return (
                f"No answers of \u201c{self._student}\u201d lie beside this sheet, but there are some in the folder "
                f"\u201c{there.parent.name}\u201d. To take them up, open \u201cYour answers\u201d "
                f"and choose {there.name}."
            )
        return (
            f"A new beginning: no answers of \u201c{self._student}\u201d lie beside this sheet yet. Did you answer "
            "in another folder? Open \u201cYour answers\u201d and take them up from their file."
        )

    # Answering

    def answer(self, reference: int | str, raw: Any) -> Verdict:
        """Judge an answer, keep it if it can be read, and show what is said: what the button does."""
        question = self.chapter.question(reference)
        verdict = self._judge_and_keep(question, raw) if self.storage else Verdict("unreadable", message=NO_NAME)
        part = self._parts.get(question.id)
        if part and part.shown:
            # The first guess of a prediction stays, whatever was typed after it.
            part.view.show(self.kept_answer(question.id) if self.guessed(question.id) else raw)
            part.view.say(verdict)
        self._tell()
        return verdict

    def _judge_and_keep(self, question: Question, raw: Any) -> Verdict:
        assert self.storage is not None
        self._being_written.pop(question.id, None)
        raw, numbers, last = _plain(raw), self.numbers(question.id), self.progress.last(question.id)
        if isinstance(question.kind, Predict) and (guess := self._guess(question)):
            raw, last = guess.raw, guess
        if last and last.raw == raw and last.numbers == numbers:
            verdict = judge(question, numbers, raw, last.tries)
            self._verdicts[question.id] = verdict
            self._save()
            return verdict
        tries = self.progress.tries(question.id)
        verdict = judge(question, numbers, raw, tries)
        if verdict.state in KEPT:
            attempt = Attempt(
                raw=raw, numbers=numbers, tries=tries, counts=verdict.counts, state=verdict.state,
                score=verdict.score, misconception=verdict.misconception, time=self._clock(),
            )  # fmt: skip
            self.progress.add(question.id, attempt)
            self._verdicts[question.id] = verdict
            self._save()
            # Another window may have made the first guess, which then is the one that counts.
            verdict = self._verdicts[question.id]
        return verdict

    def keep_writing(self, reference: int | str, raw: Any) -> bool:
        """Keep an argument while it is written, so that a closed tab loses nothing; tells whether it is kept.

        What is written between two presses of the button is one answer: its later state takes the place of
        the earlier one. An emptied box changes nothing.
        """
        question = self.chapter.question(reference)
        if self.storage is None or not isinstance(question.kind, Text):
            return False
        raw, numbers, last = _plain(raw), self.numbers(question.id), self.progress.last(question.id)
        verdict = judge(question, numbers, raw)
        if verdict.state not in KEPT:
            return False
        if last and last.raw == raw and last.numbers == numbers:
            return True
        if last and last is self._being_written.get(question.id):
            self.progress.answers[question.id].pop()
        attempt = Attempt(raw, numbers, 0, False, verdict.state, verdict.score, None, self._clock())
        self.progress.add(question.id, attempt)
        self._being_written[question.id] = attempt
        self._verdicts[question.id] = verdict
        self._save()
        self._tell()
        return True

    def being_written(self, reference: int | str) -> bool:
        """Whether an argument has been written at since its button was last pressed."""
        return self.chapter.question(reference).id in self._being_written

    def _save(self) -> None:
        """Keep the answers; what another window has given in the meantime comes in and is shown."""
        assert self.storage is not None
        before = self._last_ones()
        self.storage.save(self.progress)
        self._show_changes(before)

    def _last_ones(self) -> dict[str, Any]:
        return {question.id: self.kept_answer(question.id) for question in self.chapter.questions}

    def _show_changes(self, before: Mapping[str, Any]) -> None:
        """Judge and show the answers that have come in from elsewhere; what is being typed stays."""
        for question in self.chapter.questions:
            kept = self.kept_answer(question.id)
            if kept == before[question.id]:
                continue
            restored = self._restored(question)
            if restored:
                self._verdicts[question.id] = restored
            part = self._parts.get(question.id)
            if part and part.shown:
                part.view.take_in(before[question.id])

    def _arrived(self, storage: Storage) -> None:
        """Join what a slow home has found by now, unless another id was typed in the meantime."""
        if storage is self.storage:
            before = self._last_ones()
            self._join(storage.load())
            self._show_changes(before)
            self._tell()

    def _join(self, other: Progress) -> None:
        self.progress.answers = merged(self.progress, other).answers

    # Taking answers elsewhere

    def hand_in(self) -> HandedIn:
        """Make the hand-in and write its file beside the sheet. ValueError before an id is typed.

        Without a new answer the same one is given again, so that its receipt stays the same. Where the
        folder refuses the file, the text is there all the same, to be taken as a download; in a browser,
        whose folders nobody can open, that is the only way.
        """
        made = handin.hand_in(self, f"{self._clock()[:16]}Z")
        earlier = self._handed_in
        if earlier and replace(made, made=earlier.made.made) == earlier.made:
            made = earlier.made
        text, trouble = handin.to_text(made), ""
        path = None if _in_browser() else self.folder / handin.file_name(made)
        if path:
            try:
                write_whole(path, text.encode("utf-8"))
            except OSError as error:
                path, trouble = None, f"The file could not be written beside this sheet ({cause(error)})."
        shown = [part for part in self._parts.values() if part.shown]
        unchecked = [part.question for part in shown if part.view.unchecked]
        self._handed_in = HandedIn(made, text, path, trouble, self._named(self.unanswered), self._named(unchecked))
        return self._handed_in

    def _named(self, questions: Iterable[Question]) -> tuple[str, ...]:
        return tuple(f"{self.number_of(question)}. {plain(question.title)}" for question in questions)

    def copy(self) -> tuple[str, str]:
        """Name and text of a file with all answers, to be taken up elsewhere. ValueError before an id is typed."""
        if not self._student:
            raise ValueError("a copy of the answers needs the student's id; none is typed yet")
        name = answers_path(".", self.chapter.stem, self._student).name
        return name, json.dumps(to_document(self.progress), ensure_ascii=False, indent=1, allow_nan=False)

    def take_up(self, content: bytes) -> str:
        """Join the answers of a file of this student and chapter; gives what is to be said about it.

        Never raises for an odd file: the words say what is wrong with it.
        """
        if self.storage is None:
            return NO_NAME
        try:
            found = from_bytes(bytes(content))
        except NewerAnswers:
            return "This file was made by a later edition of the course. Ask your teacher for that edition."
        except ValueError as fault:
            if handin.FORMAT.encode() in bytes(content[:2000]):
                return f"This is a hand-in: it goes to your teacher. {_RIGHT_FILE}"
            return f"These answers cannot be taken up: {fault}. {_RIGHT_FILE}"
        if found.chapter != self.chapter.stem:
            return f"This file holds answers to another sheet: \u201c{found.chapter}\u201d. Open that sheet first."
        if seed_text_or_none(found.student) != seed_text(self._student):
            return f"This file holds the answers of \u201c{found.student}\u201d. Type that id at the top first."
        count = sum(map(len, self.progress.answers.values()))
        before = self._last_ones()
        self._join(found)
        self.storage.save(self.progress)
        self._show_changes(before)
        self._tell()
        new = sum(map(len, self.progress.answers.values())) - count
        if new <= 0:
            return "All answers of this file were here already."
        return f"Taken up: {new} checked {'answer' if new == 1 else 'answers'}. The last one to each question counts."

    def listen(self, listener: Callable[[], None]) -> None:
        """Call a function whenever the student or an answer changes."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    # Faces

    @property
    def view(self) -> SheetView:
        """The widgets of the whole sheet; made at first use."""
        if self._view is None:
            from regionalism.exercises.views import SheetView

            self._view = SheetView(self)
        return self._view

    @property
    def widget(self) -> Any:
        """The widget that holds the whole sheet."""
        return self.view.widget

    @property
    def head(self) -> Shown:
        """The id box, the progress line and the hand-in, to be shown in a cell of their own."""
        return Shown(partial(head_html, self.chapter), lambda: self.view.head, self._title())

    @property
    def ending(self) -> Shown:
        """The progress line and the hand-in, unfolded, to be shown in the last cell."""
        words = "In the notebook you make your hand-in here."
        return Shown(lambda: f'<p class="ra-sheet-head">{words}</p>', lambda: self.view.ending, words)

    def question(self, reference: int | str) -> QuestionPart:
        """One question by number or id, to be shown in a cell of its own."""
        question = self.chapter.question(reference)
        if question.id not in self._parts:
            self._parts[question.id] = QuestionPart(self, question)
        return self._parts[question.id]

    def number_of(self, question: Question) -> int:
        """The place of a question on the sheet, from 1."""
        return [other.id for other in self.chapter.questions].index(question.id) + 1

    def _title(self) -> str:
        return f"Exercises: {self.chapter.title} ({len(self.chapter.questions)} questions)"

    def _text(self) -> str:
        texts = [question_text(q, n, self.seed) for n, q in enumerate(self.chapter.questions, start=1)]
        return "\n\n".join([self._title(), *texts])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return bundle(partial(sheet_html, self.chapter), lambda: self.widget, self._text())


class Shown:
    """A part of a sheet that displays itself in either face."""

    def __init__(self, html: Callable[[], str], widget: Callable[[], Any], text: str) -> None:
        self._html, self._widget, self._text = html, widget, text

    @property
    def widget(self) -> Any:
        """The live face."""
        return self._widget()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return bundle(self._html, self._widget, self._text)


class QuestionPart:
    """One question of a sheet: `widget` is its live face, `view` the widgets inside it."""

    def __init__(self, sheet: Sheet, question: Question) -> None:
        self.sheet = sheet
        self.question = question
        self._view: QuestionView | None = None

    @property
    def shown(self) -> bool:
        """Whether its widgets exist already."""
        return self._view is not None

    @property
    def view(self) -> QuestionView:
        """The widgets of the question; made at first use."""
        if self._view is None:
            from regionalism.exercises.views import QuestionView

            self._view = QuestionView(self.sheet, self.question)
        return self._view

    @property
    def widget(self) -> Any:
        """The widget that holds the question."""
        return self.view.widget

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        number = self.sheet.number_of(self.question)
        text = question_text(self.question, number, self.sheet.seed)
        return bundle(partial(question_html, self.question, number), lambda: self.widget, text)


def _home(folder: str | Path, stem: str, student: str) -> Storage:
    """The home of the answers: a file beside the sheet; in a browser's Python also the browser's own store."""
    file = FileStorage(answers_path(folder, stem, student), stem, student)
    if not _in_browser():
        return file
    from regionalism.exercises.browser import BrowserStorage

    return BrowserStorage(stem, student, beside=file)


def _in_browser() -> bool:
    """Whether this Python runs in a browser, where nobody sees its files."""
    return sys.platform == "emscripten"


def _elsewhere(home: Storage | None) -> Path | None:
    return home.elsewhere() if isinstance(home, FileStorage) else None


def _is_seed(student: str) -> bool:
    try:
        seed_text(student)
    except ValueError:
        return False
    return True


def _plain(raw: Any) -> Any:
    """A raw answer as plain JSON where it can be one: sets as sorted lists, texts without broken signs."""
    if isinstance(raw, Mapping):
        return {_plain(name): _plain(value) for name, value in raw.items()}
    if isinstance(raw, (set, frozenset)):
        return sorted((_plain(item) for item in raw), key=str)
    if isinstance(raw, (list, tuple)):
        return [_plain(item) for item in raw]
    return raw.encode("utf-8", "replace").decode("utf-8") if isinstance(raw, str) else raw
