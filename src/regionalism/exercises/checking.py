"""Whether a declaration can be put before students: each question is tried with many students' numbers.

`problems` lists all that is wrong with a question, `chapter_problems` with a chapter; `check` and its
kin raise at the first error. The single detections stand in `scrutiny`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from regionalism.exercises.keys import Criterion, Key, keyed
from regionalism.exercises.page import SAMPLE, replies, shown_html
from regionalism.exercises.question import (
    Allocate,
    Chapter,
    Choice,
    Mark,
    Match,
    Number,
    Numbers,
    Order,
    Predict,
    Question,
    QuestionError,
    Role,
    Several,
    Sliders,
    Text,
    Work,
    no_numbers,
    value_of,
)
from regionalism.exercises.scrutiny import SLOW, STAGES, Detection, Fault, Severity, option_faults, words_faults

SEEDS = (SAMPLE, *(str(number) for number in range(1, 24)))
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORT_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
# Families of parts, with the fewest that make sense.
_FAMILIES = {"options": 2, "cards": 2, "bins": 2, "cells": 1, "items": 2, "partners": 2, "receivers": 2}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a question for one student, or for everybody where `seed` is empty.

    `words` say what, without the student's numbers, so that the same fault has the same words for all;
    `todo` says what to do, `example` how it shows. A "remark" may be meant; an "error" may not.
    """

    question: str
    seed: str
    words: str
    severity: Severity = "error"
    todo: str = ""
    example: str = ""

    def __str__(self) -> str:
        student = f", student {self.seed!r}" if self.seed else ""
        return f"{self.question}{student}: {self.words}{f' ({self.example})' if self.example else ''}"


def problems(question: Question, seeds: Iterable[str] = SEEDS) -> list[Problem]:
    """All that is wrong with a question, for each student whose numbers show it."""
    form = _of_form(question, _form_faults(question))
    if form:
        return form
    seeds = tuple(seeds)
    draws, found = _draws(question, seeds)
    faults: list[tuple[Fault, tuple[str, ...]]] = []
    for place, (numbers, drawn_by) in enumerate(draws):
        detected = list(_student_faults(question, numbers))
        if not any(fault.severity == "error" for fault in detected):
            detected += _slow_faults(question, numbers, place)
        faults += [(fault, drawn_by) for fault in detected]
    found += _weighed(question, faults, len(seeds))
    if not any(problem.severity == "error" for problem in found):
        found += [_problem(question, "", fault) for fault in _whole_faults(question, len(draws), len(seeds))]
    return found


def chapter_problems(
    chapter: Chapter, seeds: Iterable[str] = SEEDS, keys: Mapping[str, Key] | None = None
) -> list[Problem]:
    """All that is wrong with the questions of a chapter and with how they hang together.

    With `keys` the transfer questions are tried with their keys as well.
    """
    seeds = tuple(seeds)
    every = (*chapter.questions, *chapter.self_check)
    ids = [question.id for question in every]
    found = [Problem(name, "", f"{chapter.stem}: question id used twice: {[name]}", todo="Give one of them another id.")
             for name in sorted({name for name in ids if ids.count(name) > 1})]  # fmt: skip
    for question in every:
        found += _of_form(question, _place_faults(chapter, question))
        found += problems(question, seeds)
    # What fails by itself is not tried on the page as well.
    faulty = {problem.question for problem in found if problem.severity == "error"}
    for question in chapter.self_check:
        if question.id not in faulty:
            found += [_problem(question, "", fault) for fault in _quick_faults(question)]
    found += _same_place(chapter, faulty)
    if keys is not None:
        found += key_problems(chapter, keys, seeds)
    return found


def key_problems(chapter: Chapter, keys: Mapping[str, Key], seeds: Iterable[str] = SEEDS) -> list[Problem]:
    """All that is wrong with a chapter's keys: one too many, one missing, or a question that fails with it."""
    transfer = {question.id for question in chapter.questions if question.role == "transfer"}
    judged = {q.id for q in chapter.questions if q.id in transfer and not isinstance(q.kind, Text)}
    found = [Problem(name, "", f"{chapter.stem}: keys without transfer question: {[name]}", todo="Take the key out.")
             for name in sorted(set(keys) - transfer)]  # fmt: skip
    found += [Problem(name, "", f"{chapter.stem}: transfer questions without key: {[name]}", todo="Write its key.")
              for name in sorted(judged - set(keys))]  # fmt: skip
    for question in chapter.questions:
        if question.id in keys and question.role == "transfer":
            try:
                with_key = replace(keyed((question,), keys)[0], role="formative")
            except QuestionError as error:
                found.append(Problem(question.id, "", str(error), todo="Mend the key."))
                continue
            found += [_problem(question, "", fault) for fault in _misconception_faults(chapter, with_key)]
            found += problems(with_key, seeds)
    return found


def check(question: Question, seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError, naming question, student and fault, unless the question is sound."""
    _raise_first(problems(question, seeds))


def check_chapter(chapter: Chapter, seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError unless all questions of a chapter are sound and hang together."""
    _raise_first(chapter_problems(chapter, seeds))


def check_keys(chapter: Chapter, keys: Mapping[str, Key], seeds: Iterable[str] = SEEDS) -> None:
    """Raise QuestionError unless every transfer question has a sound key and no other has one."""
    _raise_first(key_problems(chapter, keys, seeds))


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


def _raise_first(found: Iterable[Problem]) -> None:
    for problem in found:
        if problem.severity == "error":
            raise QuestionError(str(problem))


def _problem(question: Question, seed: str, fault: Fault) -> Problem:
    return Problem(question.id, seed, fault.words, fault.severity, fault.todo, fault.example)


def _of_form(question: Question, faults: Iterator[Fault]) -> list[Problem]:
    """Faults of a declaration; one that cannot even be read is a fault of its own."""
    try:
        return [_problem(question, "", fault) for fault in faults]
    except Exception as error:
        return [Problem(question.id, "", f"its form cannot be read: {error!r}", todo="Compare it with the template.")]


# Students


def _draws(question: Question, seeds: tuple[str, ...]) -> tuple[list[tuple[Numbers, tuple[str, ...]]], list[Problem]]:
    """The different numbers that the students draw, with who draws them; and whose cannot be drawn."""
    drawn: dict[str, tuple[Numbers, list[str]]] = {}
    found = []
    for seed in seeds:
        try:
            numbers = question.numbers(seed)
        except Exception as error:
            found.append(_problem(question, seed, Fault("the draw raises", "Mend `draw`.", repr(error))))
            continue
        text = _as_json(numbers)
        if text is None:
            fault = Fault("numbers must be a dict of plain JSON values", "Keep to numbers, texts, lists and dicts.",
                          f"{numbers!r}")  # fmt: skip
            found.append(_problem(question, seed, fault))
            continue
        drawn.setdefault(text, (numbers, []))[1].append(seed)
    return [(numbers, tuple(drawn_by)) for numbers, drawn_by in drawn.values()], found


def _as_json(numbers: Any) -> str | None:
    try:
        text = json.dumps(numbers, allow_nan=False)
        same = json.loads(text) == numbers
    except (TypeError, ValueError):
        return None
    return text if same and isinstance(numbers, dict) else None


def _student_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """What one student would meet; a stage that fails spares the later ones."""
    if isinstance(question.kind, Sliders):
        controls = list(_guarded(_control_faults, question, numbers))
        if controls:
            yield from controls
            return
    stages: tuple[tuple[Detection, ...], ...] = STAGES if question.judged else ((words_faults,), (option_faults,))
    for stage in stages:
        found = [fault for detection in stage for fault in _guarded(detection, question, numbers)]
        yield from found
        if any(fault.severity == "error" for fault in found):
            return


def _slow_faults(question: Question, numbers: Numbers, place: int) -> list[Fault]:
    """What the slow detections find; `place` counts the different draws, from 0."""
    if not question.judged:
        return []
    due = [detection for detection, draws in SLOW if place < draws]
    return [fault for detection in due for fault in _guarded(detection, question, numbers)]


def _guarded(detection: Detection, question: Question, numbers: Numbers) -> Iterator[Fault]:
    try:
        yield from detection(question, numbers)
    except Exception as error:
        what = detection.__name__.strip("_").partition("_")[0]
        yield Fault(f"raises {error!r} while its {what} {'are' if what.endswith('s') else 'is'} tried",
                    "A text or a function of the question fails for these numbers.")  # fmt: skip


def _weighed(question: Question, faults: list[tuple[Fault, tuple[str, ...]]], students: int) -> list[Problem]:
    """The faults by student. What strikes few by chance is a remark: each number meets another now and then."""
    struck: dict[str, int] = {}
    for fault, drawn_by in faults:
        struck[fault.words] = struck.get(fault.words, 0) + len(drawn_by)
    found = []
    for fault, drawn_by in faults:
        rare = fault.by_chance and struck[fault.words] < students / 2
        if rare and fault.words.startswith(("the prompt", "the title")):
            continue
        weighed = replace(fault, severity="remark") if rare else fault
        found += [_problem(question, seed, weighed) for seed in drawn_by]
    return found


def _whole_faults(question: Question, draws: int, students: int) -> Iterator[Fault]:
    """What shows only over all students, or needs no student at all."""
    if question.draw is not no_numbers and draws < 3 <= students:
        yield Fault("hardly any numbers to draw", "Draw from more values, or leave `draw` out.",
                    f"{draws} different among {students} students", "remark")  # fmt: skip
    try:
        shown_html(question, question.numbers(SAMPLE))
    except Exception as error:
        yield Fault(f"what it shows raises {error!r}", "Mend `show`.")


def _control_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    from regionalism.explorers.core import registry

    kind = question.kind
    assert isinstance(kind, Sliders)
    if kind.explorer not in registry():
        yield Fault(f"no explorer {kind.explorer!r}", f"There are {', '.join(sorted(registry()))}.")
        return
    known = set(registry()[kind.explorer].defaults(extra=True))
    fixed, start = set(value_of(kind.fixed, numbers)), set(value_of(kind.start, numbers))
    odd = (set(kind.free) | fixed | start) - known
    if odd:
        yield Fault(f"explorer {kind.explorer!r} has no control {sorted(odd)}", f"It has {', '.join(sorted(known))}.")
    if fixed & set(kind.free) or start - set(kind.free):
        yield Fault("a control is both free and fixed, or has a start without being free", "Name each control once.")


# Form


def _form_faults(question: Question) -> Iterator[Fault]:
    """What is wrong with a declaration whatever the numbers."""
    rules = [
        (_ID.fullmatch(question.id), 'id must look like "gains.two-states"'),
        (question.title.strip() and question.objective.strip(), "title and objective must not be empty"),
        (question.points >= 0, f"points must not be negative, not {question.points}"),
        (question.work in get_args(Work), f"work must be one of {get_args(Work)}"),
        (question.role in get_args(Role), f"role must be one of {get_args(Role)}"),
    ]
    if question.role == "transfer":
        held = _held_key(question)
        rules.append((question.right is None and not held, f"a transfer question must not hold its key: {held}"))
    elif isinstance(question.kind, Text):
        rules.append((question.right is None and not question.wrongs, "an open text has no right answer"))
    else:
        needed = ("worked",) if isinstance(question.kind, Predict) else ("help", "worked")
        rules += [(getattr(question, name), f"{name} must not be empty") for name in needed]
    yield from (Fault(words) for holds, words in rules if not holds)
    yield from _kind_faults(question)


def _held_key(question: Question) -> list[str]:
    held = [name for name in ("right", "wrongs", "nudge", "help", "worked", "praise") if getattr(question, name)]
    kind = question.asks
    if isinstance(kind, (Choice, Several)) and any(option.reply for option in kind.options):
        held.append("replies of options")
    if isinstance(kind, Sliders) and kind.goal is not None:
        held.append("goal")
    return held


def _kind_faults(question: Question) -> Iterator[Fault]:
    kind: Any = question.asks
    for name, least in _FAMILIES.items():
        ids = [member.id for member in getattr(kind, name, ())]
        if not hasattr(kind, name):
            continue
        if len(ids) < least:
            yield Fault(f"needs at least {least} {name}")
        twice = sorted({part for part in ids if ids.count(part) > 1})
        if twice:
            yield Fault(f"id used twice: {twice}", f"Give each of the {name} an id of its own.")
        if not all(isinstance(part, str) and _SHORT_ID.fullmatch(part) for part in ids):
            yield Fault(f"odd id among {ids}", "Use letters, digits and single hyphens.")
    for number in [kind] if isinstance(kind, Number) else [cell.number for cell in getattr(kind, "cells", ())]:
        if number.absolute < 0 or number.relative < 0:
            yield Fault("a tolerance must not be negative")
    rules: list[tuple[Any, str]] = []
    if isinstance(kind, Text):
        rules.append((kind.rubric, "an open text needs a rubric"))
    if isinstance(kind, Sliders):
        rules.append((kind.free, "at least one control must be free"))
        rules.append((kind.goal or question.role == "transfer", "no goal"))
    if isinstance(kind, Match):
        rules.append((len(kind.partners) >= len(kind.items), "there are fewer partners than items"))
    if isinstance(kind, Order):
        rules.append((kind.first and kind.last, "say what stands at the two ends: first and last"))
    if isinstance(kind, (Allocate, Mark)):
        rules.append((kind.step > 0, f"step must be above 0, not {kind.step}"))
    if isinstance(kind, Mark):
        rules.append((kind.absolute >= 0, "a tolerance must not be negative"))
    yield from (Fault(words) for holds, words in rules if not holds)


# Chapters


def _place_faults(chapter: Chapter, question: Question) -> Iterator[Fault]:
    """What does not fit between a question and its chapter."""
    if question.id.split(".")[0] != chapter.stem:
        yield Fault(f"id must begin with {chapter.stem!r}.")
    if question.objective not in chapter.objectives:
        yield Fault(f"unknown objective {question.objective!r}", f"There are {', '.join(chapter.objectives)}.")
    yield from _misconception_faults(chapter, question)
    if any(question is asked for asked in chapter.questions) and question.points <= 0:
        yield Fault(f"points must be above 0, not {question.points}")


def _misconception_faults(chapter: Chapter, question: Question) -> Iterator[Fault]:
    for name in question.misconceptions:
        if name not in chapter.misconceptions:
            yield Fault(f"unknown misconception {name!r}", "Add it to MISCONCEPTIONS with one plain sentence.")


def _quick_faults(question: Question) -> Iterator[Fault]:
    """What keeps a self-check question from living on the page, where no Python runs."""
    numbers = question.numbers(SAMPLE)
    if isinstance(question.kind, Choice):
        if not all(reply for _, reply, _ in replies(question, numbers)):
            yield Fault("each option of a self-check question needs a reply, a Wrong or the praise")
    elif not question.judged:
        yield Fault("a self-check question needs a right answer that the page can judge", "Take another kind.")
        return
    try:
        from regionalism.exercises.program import program
    except ImportError:
        if not isinstance(question.kind, Choice):
            yield Fault("a self-check question must be a Choice", "Take that kind.")
        return
    try:
        program(question, numbers)
    except QuestionError as error:
        yield Fault(f"the page cannot judge it: {error}", "Give `wrongs` examples without `matches`, or another kind.")


def _same_place(chapter: Chapter, faulty: set[str]) -> list[Problem]:
    """A remark where the right answer always stands in the same place."""
    places = {}
    for question in (*chapter.questions, *chapter.self_check):
        if question.id in faulty:
            continue
        if isinstance(question.kind, Choice) and not question.kind.shuffled and question.judged:
            right = value_of(question.right, question.numbers(SAMPLE))
            places[question.id] = [option.id for option in question.kind.options].index(right)
    if len(places) < 3 or len(set(places.values())) > 1:
        return []
    words = f"the right option stands in place {next(iter(places.values())) + 1} in all {len(places)} fixed choices"
    return [Problem(chapter.stem, "", words, "remark", "Change the order in one of them.")]


def rubric_problems(chapter: Chapter, rubrics: Mapping[str, tuple[Criterion, ...]]) -> list[Problem]:
    """What does not fit between the questions that a person marks and the criteria for the marking."""
    points = {question.id: question.points for question in chapter.questions}
    found = []
    for name, criteria in rubrics.items():
        total = sum(criterion.points for criterion in criteria)
        if name not in points:
            found.append(Problem(name, "", "there are criteria for a question that is not there", todo="Mend its id."))
        elif abs(total - points[name]) > 1e-9:
            found.append(Problem(name, "", f"its criteria make {total:g} points, the question {points[name]:g}",
                                 todo="Make the two agree."))  # fmt: skip
        for criterion in criteria:
            if criterion.points <= 0 or not all((criterion.name, criterion.full, criterion.half, criterion.none)):
                todo = "Give it points above 0, and say what earns all, half and nothing."
                found.append(Problem(name, "", f"the criterion {criterion.name!r} is not complete", todo=todo))
    for question in chapter.questions:
        if isinstance(question.kind, Text) and question.id not in rubrics:
            found.append(Problem(question.id, "", "no criteria to mark it by", "remark", "Write them into RUBRIC."))
    return found
