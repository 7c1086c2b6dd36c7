"""Where summative keys come from: a separate distribution that students do not have.

It announces one module per chapter under the entry point group "regionalism.keys"; the module holds
`KEY`, a mapping from question ids to `Key`, and `RUBRIC`, one from the open arguments to the criteria
that a reader marks them by. Without it transfer questions are saved, not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from regionalism.exercises.question import (
    Choice,
    Numbers,
    Question,
    QuestionError,
    Several,
    Sliders,
    Value,
    Words,
    Wrong,
)

GROUP = "regionalism.keys"


@dataclass(frozen=True)
class Key:
    """What a transfer question leaves out; the fields are those of `Question`.

    `replies` maps option ids to replies, `goal` is the goal of an explorer question.
    """

    right: Value
    wrongs: tuple[Wrong, ...] = ()
    nudge: Words = ""
    help: Words = ""
    worked: Words = ""
    praise: Words = ""
    replies: Mapping[str, Words] = field(default_factory=dict)
    goal: Callable[[Any, dict[str, Any], Numbers], bool] | None = None


@dataclass(frozen=True)
class Criterion:
    """One line of the list that an open argument is marked by, in the order of the student's list.

    `name` says it in a few words; `points` is a number above 0, and the points of all criteria together
    are those of the question. `full`, `half` and `none` say in words what earns all, half and nothing.
    """

    name: str
    points: float
    full: str
    half: str
    none: str


def key(stem: str) -> Mapping[str, Key] | None:
    """The keys of one chapter by question id; None where no keys are installed for it."""
    module = _announced(stem)
    return None if module is None else module.KEY


def rubric(stem: str) -> Mapping[str, tuple[Criterion, ...]]:
    """The criteria of a chapter's open arguments by question id; empty where no keys are installed for it."""
    module = _announced(stem)
    return {} if module is None else getattr(module, "RUBRIC", {})


def _announced(stem: str) -> Any:
    for point in entry_points(group=GROUP):
        if point.name == stem:
            return _loaded(point)
    return None


def _loaded(point: EntryPoint) -> Any:
    """The module that was announced; None where its folder is gone since, so that the sheet still opens."""
    try:
        return point.load()
    except ModuleNotFoundError as error:
        if error.name == point.module.split(".")[0]:
            return None
        raise


def with_key(question: Question, solution: Key) -> Question:
    """The question with its key, judged like any other."""
    kind = question.kind
    if isinstance(kind, (Choice, Several)):
        unknown = set(solution.replies) - {option.id for option in kind.options}
        if unknown:
            raise QuestionError(f"{question.id}: the key replies to unknown options {sorted(unknown)}")
        options = tuple(replace(option, reply=solution.replies.get(option.id, "")) for option in kind.options)
        kind = replace(kind, options=options)
    if isinstance(kind, Sliders):
        kind = replace(kind, goal=solution.goal)
    return replace(
        question,
        kind=kind,
        right=solution.right,
        wrongs=solution.wrongs,
        nudge=solution.nudge,
        help=solution.help,
        worked=solution.worked,
        praise=solution.praise,
    )


def keyed(questions: tuple[Question, ...], keys: Mapping[str, Key] | None) -> tuple[Question, ...]:
    """The questions with their keys where there are some."""
    keys = keys or {}
    return tuple(
        with_key(question, keys[question.id]) if question.role == "transfer" and question.id in keys else question
        for question in questions
    )
