"""From an answer to a verdict: right, partly, wrong, unreadable, saved or silent.

Judging works from plain values alone: a file of answers is enough, and no student's code is run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from regionalism.exercises.question import (
    Cards,
    Choice,
    Number,
    Numbers,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    Wrong,
    said,
    value_of,
)
from regionalism.exercises.reading import Parsed, Unreadable, read, starting_values

State = Literal["right", "partly", "wrong", "unreadable", "saved", "silent"]

# Sums of decimals differ in the last places between machines.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Verdict:
    """What is said about one answer.

    `score` is between 0 and 1, or None where no machine judges. `misconception` is the id of the one
    that a wrong answer betrays. `message` is for the student, in the small Markdown of prompts.
    `counts` tells whether the answer used up a try.
    """

    state: State
    score: float | None = None
    misconception: str | None = None
    message: str = ""
    reading: str = ""
    counts: bool = False


def judge(question: Question, numbers: Numbers, answer: Any, tries: int = 0) -> Verdict:
    """Judge a raw answer after `tries` earlier wrong ones; never raises for an odd answer.

    The first wrong answer gets the reason it tempts and one nudge, the second an easier step, the
    third the worked path.
    """
    found = read(question, numbers, answer)
    if isinstance(found, Unreadable):
        return Verdict("unreadable", message=found.reason)
    if not isinstance(found, Parsed):
        return Verdict("silent")
    if not question.judged:
        return Verdict("saved", message=_saved(question, found))
    try:
        marks = parts(question, numbers, found.answer)
    except ExplorerRefusal as refusal:
        return Verdict("unreadable", message=str(refusal))
    score = _score(question, marks, found)
    if score == 1:
        return Verdict("right", 1.0, None, _after_right(question, numbers, found), found.reading)
    wrong = named_wrong(question, numbers, found.answer)
    counts = not found.open or any(not marks[part] for part in found.answer)
    message = _after_wrong(question, numbers, found, marks, wrong, tries) if counts else _unfinished(found)
    misconception = wrong.misconception if wrong and counts else None
    return Verdict("partly" if score > 0 else "wrong", score, misconception, message, found.reading, counts)


class ExplorerRefusal(ValueError):
    """An explorer does not take the values of an answer."""


# Comparing


def within(kind: Number, right: float, given: float) -> bool:
    """Whether a number lies within the tolerance around the right one."""
    allowed = max(kind.absolute, kind.relative * abs(right), _ROUNDING * max(1.0, abs(right)))
    return abs(given - right) <= allowed * (1 + _ROUNDING)


def parts(question: Question, numbers: Numbers, answer: Any) -> dict[str, bool]:
    """Which parts of a parsed answer hold: one for a number, one for each card, cell or option.

    For `Several` an option ticked rightly is True, one ticked or left out wrongly is False, and one
    left out rightly does not appear. Cards and cells left open are False.
    """
    kind = question.kind
    if isinstance(kind, Sliders):
        return {"goal": meets_goal(question, numbers, answer)}
    right = value_of(question.right, numbers)
    if isinstance(kind, Number):
        return {"number": within(kind, float(right), answer)}
    if isinstance(kind, Choice):
        return {"choice": answer == right}
    if isinstance(kind, Several):
        return {option: option in answer and option in right for option in sorted(set(answer) | set(right))}
    if isinstance(kind, Cards):
        return {card.id: answer.get(card.id) == right[card.id] for card in kind.cards}
    assert isinstance(kind, Table)
    return {
        cell.id: cell.id in answer and within(cell.number, float(right[cell.id]), answer[cell.id])
        for cell in kind.cells
    }


def meets_goal(question: Question, numbers: Numbers, answer: Mapping[str, Any]) -> bool:
    """Whether an explorer set to the answer's values meets the goal; ExplorerRefusal for odd values."""
    from regionalism.explorers.core import registry

    kind = question.kind
    assert isinstance(kind, Sliders)
    assert kind.goal is not None
    values = {**starting_values(kind, numbers), **answer}
    try:
        results = registry()[kind.explorer].results(**values)
    except (ValueError, TypeError) as error:
        raise ExplorerRefusal(str(error)) from error
    return bool(kind.goal(results, values, numbers))


def _score(question: Question, marks: Mapping[str, bool], found: Parsed) -> float:
    if isinstance(question.kind, Several):
        ticked_wrongly = sum(1 for option in found.answer if not marks[option])
        missed = sum(1 for option in marks if option not in found.answer)
        hits = sum(marks.values())
        return max(0.0, (hits - ticked_wrongly) / (hits + missed))
    return sum(marks.values()) / len(marks)


def same_answer(question: Question, numbers: Numbers, example: Any, answer: Any) -> bool:
    """Whether two parsed answers count as the same one."""
    kind = question.kind
    if isinstance(kind, Number):
        return within(kind, float(example), answer)
    if isinstance(kind, Several):
        return set(example) == set(answer)
    if isinstance(kind, Table):
        cells = {cell.id: cell.number for cell in kind.cells}
        return set(example) == set(answer) and all(
            within(cells[name], float(example[name]), answer[name]) for name in answer
        )
    return bool(example == answer)


def named_wrong(question: Question, numbers: Numbers, answer: Any) -> Wrong | None:
    """The first declared wrong answer that a parsed answer matches."""
    for wrong in question.wrongs:
        if wrong.matches is not None:
            if wrong.matches(numbers, answer):
                return wrong
        elif same_answer(question, numbers, value_of(wrong.example, numbers), answer):
            return wrong
    return None


# Saying it


def _join(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _saved(question: Question, found: Parsed) -> str:
    if not isinstance(question.kind, Text):
        return "Your teacher marks this one."
    words = len(found.answer.split())
    note = ""
    if words < question.kind.least_words:
        note = f"It has {words} words so far; {question.kind.least_words} or more are asked for."
    elif question.kind.most_words and words > question.kind.most_words:
        note = f"It has {words} words; try to say it in {question.kind.most_words}."
    return _join("Read it once more against the list above.", note)


def _reply(question: Question, numbers: Numbers, answer: Any) -> str:
    """What the chosen option of a choice says by itself."""
    if not isinstance(question.kind, Choice):
        return ""
    return next((said(option.reply, numbers) for option in question.kind.options if option.id == answer), "")


def _after_right(question: Question, numbers: Numbers, found: Parsed) -> str:
    return _join(_reply(question, numbers, found.answer), said(question.praise, numbers)) or "That holds."


def _unfinished(found: Parsed) -> str:
    return f"What you have filled in holds. Still open: {'; '.join(found.open)}."


def _after_wrong(
    question: Question,
    numbers: Numbers,
    found: Parsed,
    marks: Mapping[str, bool],
    wrong: Wrong | None,
    tries: int,
) -> str:
    still_open = f"Still open: {'; '.join(found.open)}." if found.open else ""
    reason = said(wrong.reply, numbers) if wrong else _reply(question, numbers, found.answer)
    if tries <= 0:
        return _join(reason or said(question.nudge, numbers), still_open)
    if tries == 1:
        easier = _easier(question, numbers, found, marks)
        return _join(reason, easier, said(question.help, numbers), still_open)
    return _join(reason, "Here is one way to work it out.", said(question.worked, numbers))


def _easier(question: Question, numbers: Numbers, found: Parsed, marks: Mapping[str, bool]) -> str:
    """What makes the next try easier and can be said of any question of this kind."""
    kind = question.kind
    if isinstance(kind, Number):
        return f"Your number is too {'large' if found.answer > value_of(question.right, numbers) else 'small'}."
    if isinstance(kind, Several):
        extra = sum(1 for option in found.answer if not marks[option])
        missed = sum(1 for option in marks if option not in found.answer)
        return f"Ticked but not holding: {extra}. Holding but not ticked: {missed}."
    if isinstance(kind, Cards):
        return _holding((said(card.text, numbers), marks[card.id]) for card in kind.cards)
    if isinstance(kind, Table):
        return _holding((said(cell.label, numbers), marks[cell.id]) for cell in kind.cells)
    return ""


def _holding(named: Any) -> str:
    labels = [label for label, holds in named if holds]
    return f"These hold: {'; '.join(labels)}." if labels else "None of these holds so far."
