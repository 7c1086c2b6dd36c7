"""Whether a declaration can be put before students: run over every question in the tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from regionalism.exercises.judging import judge, meets_goal, named_wrong
from regionalism.exercises.keys import Key, keyed
from regionalism.exercises.page import SAMPLE, replies, shown_html
from regionalism.exercises.question import (
    Cards,
    Chapter,
    Choice,
    Number,
    Numbers,
    Question,
    QuestionError,
    Role,
    Several,
    Sliders,
    Table,
    Text,
    Words,
    Work,
    said,
    value_of,
)
from regionalism.exercises.reading import starting_values

SEEDS = (SAMPLE, *(str(number) for number in range(1, 24)))
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORT_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_LOUD = re.compile(r"!(?!=)")
_PROBES = (0.0, 1.0, -1.0, 0.5, 1e12)


def check(question: Question, seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError, naming question, student and fault, unless the question is sound."""
    _check_form(question)
    for seed in seeds:
        try:
            _check_student(question, question.numbers(seed))
        except QuestionError as fault:
            raise QuestionError(f"{question.id}, student {seed!r}: {fault}") from None
        except Exception as error:
            raise QuestionError(f"{question.id}, student {seed!r}: raises {error!r}") from error
    _check_shown(question)


def check_chapter(chapter: Chapter, seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError unless all questions of a chapter are sound and hang together."""
    every = (*chapter.questions, *chapter.self_check)
    _no_twice([question.id for question in every], f"{chapter.stem}: question id")
    for question in every:
        _require(question.id.split(".")[0] == chapter.stem, question, f"id must begin with {chapter.stem!r}.")
        _require(question.objective in chapter.objectives, question, f"unknown objective {question.objective!r}")
        for name in question.misconceptions:
            _require(name in chapter.misconceptions, question, f"unknown misconception {name!r}")
        check(question, seeds)
    for question in chapter.questions:
        _require(question.points > 0, question, f"points must be above 0, not {question.points}")
    for question in chapter.self_check:
        _require(isinstance(question.kind, Choice), question, "a self-check question must be a Choice")
        answered = all(reply for _, reply, _ in replies(question, question.numbers(SAMPLE)))
        _require(answered, question, "each option of a self-check question needs a reply, a Wrong or the praise")


def check_keys(chapter: Chapter, keys: Mapping[str, Key], seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError unless every transfer question has a sound key and no other has one."""
    transfer = {question.id for question in chapter.questions if question.role == "transfer"}
    judged = {q.id for q in chapter.questions if q.id in transfer and not isinstance(q.kind, Text)}
    if set(keys) - transfer or judged - set(keys):
        raise QuestionError(
            f"{chapter.stem}: keys without transfer question: {sorted(set(keys) - transfer)}; "
            f"transfer questions without key: {sorted(judged - set(keys))}"
        )
    for question in keyed(chapter.questions, keys):
        if question.id in keys:
            for name in question.misconceptions:
                _require(name in chapter.misconceptions, question, f"unknown misconception {name!r}")
            check(replace(question, role="formative"), seeds)


def shape_problems(chapter: Chapter) -> list[str]:
    """Where a sheet departs from the form all chapters share; empty when it does not."""
    questions = chapter.questions
    worked = sum(question.work in ("widget", "data") for question in questions)
    opened = sum(isinstance(question.kind, Text) for question in questions)
    transfer = sum(question.role == "transfer" for question in questions)
    unused = set(chapter.objectives) - {question.objective for question in questions}
    rules = (
        (6 <= len(questions) <= 9, f"{len(questions)} questions, should be 6 to 9"),
        (2 * worked >= len(questions), f"{worked} of {len(questions)} worked with a widget or data, should be half"),
        (opened == 1, f"{opened} open questions, should be 1"),
        (transfer == 2, f"{transfer} transfer questions, should be 2"),
        (len(chapter.self_check) == 3, f"{len(chapter.self_check)} self-check questions, should be 3"),
        (not unused, f"objectives without a question: {sorted(unused)}"),
    )
    return [problem for holds, problem in rules if not holds]


# Form


def _require(holds: Any, question: Question, fault: str) -> None:
    if not holds:
        raise QuestionError(f"{question.id}: {fault}")


def _no_twice(names: list[str], what: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise QuestionError(f"{what} used twice: {twice}")


def _check_form(question: Question) -> None:
    _require(_ID.fullmatch(question.id), question, 'id must look like "gains.two-states"')
    _require(question.title.strip() and question.objective.strip(), question, "title and objective must not be empty")
    _require(question.points >= 0, question, f"points must not be negative, not {question.points}")
    _require(question.work in get_args(Work), question, f"work must be one of {get_args(Work)}")
    _require(question.role in get_args(Role), question, f"role must be one of {get_args(Role)}")
    _check_kind(question)
    if question.role == "transfer":
        _check_no_key(question)
    elif isinstance(question.kind, Text):
        _require(question.right is None and not question.wrongs, question, "an open text has no right answer")
    else:
        for name in ("help", "worked"):
            _require(getattr(question, name), question, f"{name} must not be empty")


def _check_no_key(question: Question) -> None:
    held = [name for name in ("right", "wrongs", "nudge", "help", "worked", "praise") if getattr(question, name)]
    kind = question.kind
    if isinstance(kind, (Choice, Several)) and any(option.reply for option in kind.options):
        held.append("replies of options")
    if isinstance(kind, Sliders) and kind.goal is not None:
        held.append("goal")
    _require(question.right is None and not held, question, f"a transfer question must not hold its key: {held}")


def _check_kind(question: Question) -> None:
    kind = question.kind
    for family, least in ((_members(kind, "options"), 2), (_members(kind, "cards"), 2), (_members(kind, "bins"), 2),
                          (_members(kind, "cells"), 1)):  # fmt: skip
        if family is None:
            continue
        ids = [member.id for member in family]
        _require(len(ids) >= least, question, f"needs at least {least} options, cards, bins or cells")
        _no_twice(ids, f"{question.id}: id")
        _require(all(_SHORT_ID.fullmatch(name) for name in ids), question, f"odd id among {ids}")
    for number in [kind] if isinstance(kind, Number) else [cell.number for cell in _members(kind, "cells") or ()]:
        _require(number.absolute >= 0 and number.relative >= 0, question, "a tolerance must not be negative")
    if isinstance(kind, Text):
        _require(kind.rubric, question, "an open text needs a rubric")
    if isinstance(kind, Sliders):
        _require(kind.free, question, "at least one control must be free")
        _require(kind.goal or question.role == "transfer", question, "no goal")


def _members(kind: Any, name: str) -> tuple[Any, ...] | None:
    return getattr(kind, name, None)


def _check_shown(question: Question) -> None:
    try:
        shown_html(question, question.numbers(SAMPLE))
    except Exception as error:
        raise QuestionError(f"{question.id}: what it shows raises {error!r}") from error


# One student


def _check_student(question: Question, numbers: Numbers) -> None:
    _check_numbers(numbers)
    if isinstance(question.kind, Sliders):
        _check_controls(question.kind, numbers)
    if question.judged:
        _check_right(question, numbers)
        _check_wrongs(question, numbers)
        _check_every_option_answered(question, numbers)
        _check_matches_take_anything(question, numbers)
    for text in _all_words(question, numbers):
        if not isinstance(text, str) or _LOUD.search(text):
            raise QuestionError(f"words must be a text without exclamation marks, not {text!r}")
    if not said(question.prompt, numbers).strip():
        raise QuestionError("the prompt is empty")


def _check_numbers(numbers: Numbers) -> None:
    try:
        same = json.loads(json.dumps(numbers, allow_nan=False)) == numbers
    except (TypeError, ValueError):
        same = False
    if not same or not isinstance(numbers, dict):
        raise QuestionError(f"numbers must be a dict of plain JSON values, not {numbers!r}")


def _check_right(question: Question, numbers: Numbers) -> None:
    right = _json_answer(value_of(question.right, numbers))
    verdict = judge(question, numbers, right)
    if verdict.state != "right":
        raise QuestionError(f"the right answer {right!r} is judged {verdict.state}: {verdict.message}")
    kind = question.kind
    if isinstance(kind, Number) and kind.percent and not (right == 0 or 0.02 <= right <= 1):
        raise QuestionError(f"a percent answer must be 0 or lie between 0.02 and 1 to be read safely, not {right}")
    if isinstance(kind, Sliders):
        start = {name: value for name, value in starting_values(kind, numbers).items() if name in kind.free}
        if meets_goal(question, numbers, start):
            raise QuestionError("the start of the explorer meets the goal already")


def _check_wrongs(question: Question, numbers: Numbers) -> None:
    for wrong in question.wrongs:
        example = _json_answer(value_of(wrong.example, numbers))
        verdict = judge(question, numbers, example)
        if verdict.state not in ("wrong", "partly"):
            raise QuestionError(
                f"the wrong answer {example!r} ({wrong.misconception}) is judged {verdict.state}: {verdict.message}"
            )
        if verdict.misconception != wrong.misconception:
            raise QuestionError(
                f"the wrong answer {example!r} should betray {wrong.misconception!r}, "
                f"but is taken for {verdict.misconception!r}"
            )


def _check_every_option_answered(question: Question, numbers: Numbers) -> None:
    kind = question.kind
    if not isinstance(kind, Choice):
        if not question.nudge:
            raise QuestionError("nudge must not be empty: a wrong answer that is not named needs one")
        return
    right = value_of(question.right, numbers)
    for option in kind.options:
        if option.id != right and not option.reply and named_wrong(question, numbers, option.id) is None:
            raise QuestionError(f"option {option.id!r} is wrong and has neither a reply nor a Wrong")


def _check_matches_take_anything(question: Question, numbers: Numbers) -> None:
    """`matches` must not raise for an answer with gaps or for an odd number."""
    kind = question.kind
    right = value_of(question.right, numbers)
    if isinstance(kind, Number):
        probes: list[Any] = list(_PROBES)
    elif isinstance(kind, (Cards, Table)):
        probes = [{name: value} for name, value in right.items()]
    elif isinstance(kind, Several):
        probes = [frozenset({option.id}) for option in kind.options]
    else:
        probes = []
    for probe in probes:
        for wrong in question.wrongs:
            try:
                if wrong.matches is not None:
                    wrong.matches(numbers, probe)
            except Exception as error:
                raise QuestionError(
                    f"matches of {wrong.misconception!r} fails for the answer {probe!r}: {error!r}"
                ) from error


def _check_controls(kind: Sliders, numbers: Numbers) -> None:
    from regionalism.explorers.core import registry

    if kind.explorer not in registry():
        raise QuestionError(f"no explorer {kind.explorer!r}; there are {', '.join(sorted(registry()))}")
    known = set(registry()[kind.explorer].defaults(extra=True))
    fixed, start = set(value_of(kind.fixed, numbers)), set(value_of(kind.start, numbers))
    odd = (set(kind.free) | fixed | start) - known
    if odd:
        raise QuestionError(f"explorer {kind.explorer!r} has no control {sorted(odd)}; it has {sorted(known)}")
    if fixed & set(kind.free) or start - set(kind.free):
        raise QuestionError("a control is both free and fixed, or has a start without being free")


def _json_answer(answer: Any) -> Any:
    return sorted(answer) if isinstance(answer, (set, frozenset)) else answer


def _all_words(question: Question, numbers: Numbers) -> list[Any]:
    kind = question.kind
    words: list[Words] = [question.title, question.prompt, question.nudge, question.help, question.worked,
                          question.praise, *(wrong.reply for wrong in question.wrongs)]  # fmt: skip
    for member in _members(kind, "options") or ():
        words += [member.text, member.reply]
    for member in (*(_members(kind, "cards") or ()), *(_members(kind, "bins") or ())):
        words.append(member.text)
    words += [cell.label for cell in _members(kind, "cells") or ()]
    words += list(getattr(kind, "rubric", ()))
    if isinstance(kind, Sliders):
        words.append(kind.goal_words)
    return [said(text, numbers) for text in words]
