"""Where summative keys come from: a separate distribution that students do not have.

It announces one module per chapter under the entry point group "regionalism.keys"; the module holds
`KEY`, a mapping from question ids to `Key`. Without it transfer questions are saved, not judged.
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


def key(stem: str) -> Mapping[str, Key] | None:
    """The keys of one chapter by question id; None where no keys are installed for it."""
    for point in entry_points(group=GROUP):
        if point.name == stem:
            return _loaded(point)
    return None


def _loaded(point: EntryPoint) -> Mapping[str, Key] | None:
    """The keys that were announced; None where their folder is gone since, so that the sheet still opens."""
    try:
        return point.load().KEY
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
