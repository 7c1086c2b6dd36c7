"""A sheet: one student's way through the questions of a chapter.

The sheet knows neither widgets nor files: it draws numbers, judges, counts and hands what is to be
kept to a storage. The widgets (`views`) and the page (`page`) are its faces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionalism.exercises.draws import seed_text
from regionalism.exercises.judging import Verdict, judge
from regionalism.exercises.keys import key, keyed
from regionalism.exercises.page import SAMPLE, bundle, head_html, question_html, question_text, sheet_html
from regionalism.exercises.question import Chapter, Numbers, Question, Text
from regionalism.exercises.storage import Attempt, FileStorage, Progress, Storage, answers_path, merged

if TYPE_CHECKING:
    from regionalism.exercises.views import QuestionView, SheetView

NO_NAME = "Type your name or number at the top of the sheet first: your numbers are drawn from it."
OTHER_NAME = "The answers given under another name are kept: type that name again to see them."
CHANGED = "The numbers of this question have changed since you answered. Please check your answer again."


def now() -> str:
    """The present time, written so that texts sort like times."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Tally:
    """How far a sheet is: questions answered, right, saved for the teacher, and all of them."""

    answered: int
    right: int
    saved: int
    total: int

    def __str__(self) -> str:
        saved = f", {self.saved} saved for your teacher" if self.saved else ""
        return f"{self.answered} of {self.total} answered, {self.right} right{saved}"


class Sheet:
    """The sheet of one chapter for one student.

    Displayed by itself it shows everything; `head` and `question(1)` show its parts in cells of their
    own. `answer(id, raw)` does what the button does. `storage` makes the home of the answers from
    chapter and student; by default a file in `folder`.
    """

    def __init__(
        self,
        chapter: Chapter,
        student: str | int | None = None,
        folder: str | Path = ".",
        storage: Callable[[str, str], Storage] | None = None,
        clock: Callable[[], str] = now,
    ) -> None:
        keys = key(chapter.stem)
        self.chapter = replace(chapter, questions=keyed(chapter.questions, keys))
        self.has_keys = keys is not None
        # Absolute from the start: a cell that changes the working folder must not move the answers.
        self._open_storage = storage or partial(_file_storage, Path(folder).absolute())
        self._clock = clock
        self._parts: dict[str, QuestionPart] = {}
        self._view: SheetView | None = None
        self._listeners: list[Callable[[], None]] = []
        self._held: dict[str, Progress] = {}
        self._begin("" if student is None else str(student))

    # State

    @property
    def student(self) -> str:
        """The name or number typed at the top; empty before that."""
        return self._student

    @student.setter
    def student(self, name: str | int | None) -> None:
        self._begin("" if name is None else str(name))
        self._tell()

    def _begin(self, student: str) -> None:
        self._student = _plain(student).strip() if _is_seed(student) else ""
        self.storage = self._open_storage(self.chapter.stem, self._student) if self._student else None
        self.progress = self._begun()
        self._verdicts: dict[str, Verdict] = {}
        for question in self.chapter.questions if self._student else ():
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
        if last.numbers != numbers:
            return Verdict("unreadable", message=CHANGED)
        return judge(question, numbers, last.raw, last.tries)

    def numbers(self, reference: int | str) -> Numbers:
        """The student's numbers in one question; the sample student's before a name is typed."""
        return self.chapter.question(reference).numbers(self._student or SAMPLE)

    def verdict(self, reference: int | str) -> Verdict | None:
        """What was said about the last answer to a question, if there was one."""
        return self._verdicts.get(self.chapter.question(reference).id)

    def kept_answer(self, reference: int | str) -> Any:
        """The raw answer that counts, None if there is none."""
        last = self.progress.last(self.chapter.question(reference).id)
        return last.raw if last else None

    @property
    def tally(self) -> Tally:
        """How far the student has come."""
        states = [verdict.state for verdict in self._verdicts.values()]
        answered = sum(state in ("right", "partly", "wrong", "saved") for state in states)
        return Tally(answered, states.count("right"), states.count("saved"), len(self.chapter.questions))

    @property
    def notice(self) -> str:
        """What the student must know about the answers' home and the marking; empty when all is well."""
        waiting = [q for q in self.chapter.questions if not q.judged and not isinstance(q.kind, Text)]
        marking = f"Questions that your teacher marks are only saved here: {len(waiting)}." if waiting else ""
        kept = self.storage.notice if self.storage else ""
        left = not self.progress.answers and any(progress.answers for progress in self._held.values())
        return " ".join(part for part in (kept, OTHER_NAME if left else "", marking) if part)

    # Answering

    def answer(self, reference: int | str, raw: Any) -> Verdict:
        """Judge an answer, keep it if it can be read, and show what is said: what the button does."""
        question = self.chapter.question(reference)
        verdict = self._judge_and_keep(question, raw) if self.storage else Verdict("unreadable", message=NO_NAME)
        part = self._parts.get(question.id)
        if part and part.shown:
            part.view.fill(raw)
            part.view.say(verdict)
        self._tell()
        return verdict

    def _judge_and_keep(self, question: Question, raw: Any) -> Verdict:
        assert self.storage is not None
        raw, numbers, last = _plain(raw), self.numbers(question.id), self.progress.last(question.id)
        if last and last.raw == raw and last.numbers == numbers:
            verdict = judge(question, numbers, raw, last.tries)
            self._verdicts[question.id] = verdict
            self.storage.save(self.progress)
            return verdict
        tries = self.progress.tries(question.id)
        verdict = judge(question, numbers, raw, tries)
        if verdict.state in ("right", "partly", "wrong", "saved"):
            attempt = Attempt(
                raw=raw, numbers=numbers, tries=tries, counts=verdict.counts, state=verdict.state,
                score=verdict.score, misconception=verdict.misconception, time=self._clock(),
            )  # fmt: skip
            self.progress.add(question.id, attempt)
            self._verdicts[question.id] = verdict
            self.storage.save(self.progress)
        return verdict

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
        """The name box and the progress line, to be shown in a cell of their own."""
        return Shown(partial(head_html, self.chapter), lambda: self.view.head, self._title())

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
        student = self._student or SAMPLE
        texts = [question_text(q, n, student) for n, q in enumerate(self.chapter.questions, start=1)]
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
        text = question_text(self.question, number, self.sheet.student or SAMPLE)
        return bundle(partial(question_html, self.question, number), lambda: self.widget, text)


def _file_storage(folder: str | Path, stem: str, student: str) -> Storage:
    return FileStorage(answers_path(folder, stem, student), stem, student)


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
