"""Exercise sheets that answer back: declaration, judging, storage, widgets.

`sheet("gains")` shows a chapter's sheet, `questions("gains")` gives its questions,
`check_yourself("gains")` the quick questions of its page. Nothing heavy is imported before it is
needed.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regionalism.exercises.page import CheckYourself
    from regionalism.exercises.question import Chapter, Question
    from regionalism.exercises.sheets import Sheet

__all__ = ["UnknownChapter", "chapter", "chapters", "check_yourself", "questions", "sheet"]

ENGINE = frozenset(
    {
        "browser", "building", "checking", "command", "drawing", "draws", "faces", "handin", "identity", "judging",
        "keys", "nonsense", "page", "paper", "program", "prose", "question", "reading", "scrutiny", "sheets",
        "storage", "template", "views",
    }
)  # fmt: skip


class UnknownChapter(KeyError):
    """A stem without questions; names the stems that have some."""

    def __str__(self) -> str:
        return str(self.args[0])


def chapters() -> tuple[str, ...]:
    """The stems of the chapters that have questions, in alphabetical order."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in ENGINE))


def chapter(stem: str) -> Chapter:
    """The declaration of one chapter's questions.

    UnknownChapter (a KeyError) for another stem; QuestionError for a module that declares no chapter.
    """
    if stem not in chapters():
        known = ", ".join(chapters()) or "none so far"
        raise UnknownChapter(f"no questions for chapter {stem!r}; chapters with questions: {known}")
    module = importlib.import_module(f"{__name__}.{stem}")
    if not hasattr(module, "CHAPTER"):
        from regionalism.exercises.question import QuestionError

        raise QuestionError(f"{module.__name__} declares no CHAPTER; it must end with CHAPTER = Chapter(...)")
    return module.CHAPTER


def questions(stem: str) -> tuple[Question, ...]:
    """The questions of one chapter in the order of its sheet."""
    return chapter(stem).questions


def sheet(stem: str, student: str | int | None = None, folder: str | Path = ".") -> Sheet:
    """The sheet of one chapter: shown as widgets in a notebook, as plain text in the built book.

    `student` is an id from which the numbers are drawn; without it the sheet asks.
    Answers are kept in a small file in `folder`.
    """
    from regionalism.exercises.sheets import Sheet

    return Sheet(chapter(stem), student=student, folder=folder)


def check_yourself(stem: str) -> CheckYourself:
    """The quick questions of a chapter's page, with a reply to each option."""
    from regionalism.exercises.page import CheckYourself

    return CheckYourself(chapter(stem))
