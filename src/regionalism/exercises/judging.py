"""From an answer to a verdict: right, partly, wrong, unreadable, saved or silent.

Judging works from plain values alone: a file of answers is enough, and no student's code is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from regionalism.exercises.question import (
    Allocate,
    Cards,
    Choice,
    Claim,
    Mark,
    Match,
    Number,
    Numbers,
    Order,
    Predict,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    Wrong,
    said,
    value_of,
)
from regionalism.exercises.reading import Parsed, Unreadable, read, show_number, starting_values

State = Literal["right", "partly", "wrong", "unreadable", "saved", "predicted", "silent"]
# The states of an answer that could be read, and so is kept.
KEPT: tuple[State, ...] = ("right", "partly", "wrong", "saved", "predicted")

# Stands before the worked path, so that it can be told from what is said to the answer itself.
WORKED_LEAD = "Here is one way to work it out."
# So many groups that would walk out are named; questions.js repeats the number.
NAMED_WALK_OUTS = 3
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
    if isinstance(question.kind, Predict):
        return _compared(question, numbers, found)
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
    left out rightly does not appear. Cards, cells and pairs left open are False. An order has a part
    for each two items that have an order, a marked stretch one for each end, a shared sum one in all.
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
    if isinstance(kind, Match):
        return {item.id: answer.get(item.id) == right[item.id] for item in kind.items}
    if isinstance(kind, Order):
        return pairs_in_order(right, answer)
    if isinstance(kind, Allocate):
        return {"all stay": not walk_outs(kind, numbers, answer)}
    if isinstance(kind, Mark):
        ends = Number(absolute=kind.absolute)
        pairs = zip(("from", "to"), right, answer, strict=True) if kind.span else (("point", right, answer),)
        return {name: within(ends, float(wanted), given) for name, wanted, given in pairs}
    assert isinstance(kind, Table)
    return {
        cell.id: cell.id in answer and within(cell.number, float(right[cell.id]), answer[cell.id])
        for cell in kind.cells
    }


def in_groups(right: Any) -> list[list[str]]:
    """The right answer of an order as groups of items that share a place, first place first."""
    return [[place] if isinstance(place, str) else list(place) for place in right]


def as_raw(question: Question, answer: Any) -> Any:
    """An answer as a question declares it (`right`, a wrong example) in the raw form of a sheet or a file.

    Items of an order get places; those that share one get places that follow each other.
    """
    kind = question.asks
    if isinstance(kind, Order) and isinstance(answer, (list, tuple)):
        names = [name for group in in_groups(answer) for name in group]
        return {name: place for place, name in enumerate(names, start=1)}
    return plain_json(answer)


def plain_json(value: Any) -> Any:
    """A value as a file has it: sets and tuples as lists, the numpy numbers that tables give as plain ones."""
    if isinstance(value, Mapping):
        return {str(name): plain_json(part) for name, part in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain_json(part) for part in value), key=str)
    if isinstance(value, (list, tuple)):
        return [plain_json(part) for part in value]
    return value.item() if hasattr(value, "item") else value


def pairs_in_order(right: Any, answer: Any) -> dict[str, bool]:
    """For each two items with different right places, whether the answer has them that way round."""
    groups = in_groups(right)
    return {
        f"{before} before {after}": answer.index(before) < answer.index(after)
        for at, group in enumerate(groups)
        for before in group
        for later in groups[at + 1 :]
        for after in later
    }


def walk_outs(kind: Allocate, numbers: Numbers, shares: Mapping[str, float]) -> list[Claim]:
    """The claims that shares leave unmet: who would walk out, alone or together.

    A claim is met from its `least` on, in the unit of the sum, up to rounding.
    """
    claims = value_of(kind.claims, numbers)
    return [
        claim
        for claim in claims
        if sum(shares.get(member, 0.0) for member in claim.members) < claim.least - 1e-6 * max(1.0, abs(claim.least))
    ]


def walk_out_words(kind: Allocate, numbers: Numbers, shares: Mapping[str, float]) -> str:
    """A sentence on who would walk out of a share, and why."""
    names = {receiver.id: said(receiver.text, numbers) for receiver in kind.receivers}
    unmet = walk_outs(kind, numbers, shares)
    if not unmet:
        return "Nobody would walk out."
    named = [_claim_words(kind, claim, shares, names) for claim in unmet[:NAMED_WALK_OUTS]]
    rest = len(unmet) - len(named)
    more = [f"and {rest} more {'group' if rest == 1 else 'groups'}"] if rest else []
    return f"Would walk out: {'; '.join([*named, *more])}."


def together(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "Arka", "Arka and Boro", "Arka, Boro and Celan"."""
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])


def _claim_words(kind: Allocate, claim: Claim, shares: Mapping[str, float], names: Mapping[str, str]) -> str:
    unit = Number(unit=kind.unit)
    given = sum(shares.get(member, 0.0) for member in claim.members)
    who = together([names[member] for member in claim.members])
    reason = f", {claim.because}" if claim.because else ""
    return f"{who} (now {show_number(unit, given)}, can get {show_number(unit, claim.least)}{reason})"


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
    if isinstance(question.kind, Order):
        # Kendall's measure: an order drawn by lot has half of all pairs right, and earns nothing.
        return max(0.0, 2 * sum(marks.values()) / len(marks) - 1)
    return sum(marks.values()) / len(marks)


def same_answer(question: Question, numbers: Numbers, example: Any, answer: Any) -> bool:
    """Whether two parsed answers count as the same one."""
    kind = question.asks
    if isinstance(kind, Number):
        return within(kind, float(example), answer)
    if isinstance(kind, Several):
        return set(example) == set(answer)
    if isinstance(kind, Order):
        return all(pairs_in_order(example, answer).values())
    if isinstance(kind, Mark):
        ends = Number(absolute=kind.absolute)
        pairs = zip(example, answer, strict=True) if kind.span else ((example, answer),)
        return all(within(ends, float(one), other) for one, other in pairs)
    if isinstance(kind, Allocate):
        return all(within(Number(), float(example[name]), answer[name]) for name in answer)
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


def _compared(question: Question, numbers: Numbers, found: Parsed) -> Verdict:
    """A guess beside what came out: kept, never marked down, and the reason why it tempts if it is a known one."""
    kind = question.kind
    assert isinstance(kind, Predict)
    right = value_of(question.right, numbers)
    came_true = within(kind.ask, float(right), found.answer) if isinstance(kind.ask, Number) else found.answer == right
    wrong = None if came_true else named_wrong(question, numbers, found.answer)
    guess, outcome = (guess_words(kind, numbers, value) for value in (found.answer, right))
    told = f"Your guess: {guess}. What came out: {outcome}."
    reason = said(wrong.reply, numbers) if wrong else _reply(question, numbers, found.answer)
    words = _join(told, said(question.praise, numbers) if came_true else reason, said(question.worked, numbers))
    return Verdict("predicted", 1.0, wrong.misconception if wrong else None, words, found.reading)


def guess_words(kind: Predict, numbers: Numbers, value: Any) -> str:
    """A guess, or what came out, in words."""
    if isinstance(kind.ask, Number):
        return show_number(kind.ask, float(value))
    return next(said(option.text, numbers) for option in kind.ask.options if option.id == value).rstrip(".")


def _join(*paragraphs: str) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _saved(question: Question, found: Parsed) -> str:
    if not isinstance(question.kind, Text):
        return "It is kept, and marked after you have handed in."
    words = len(found.answer.split())
    note = ""
    if words < question.kind.least_words:
        note = f"It has {words} words so far; {question.kind.least_words} or more are asked for."
    elif question.kind.most_words and words > question.kind.most_words:
        note = f"It has {words} words; try to say it in {question.kind.most_words}."
    return _join("Read it once more against the list above.", note)


def _reply(question: Question, numbers: Numbers, answer: Any) -> str:
    """What the chosen option of a choice says by itself."""
    kind = question.asks
    if not isinstance(kind, Choice):
        return ""
    return next((said(option.reply, numbers) for option in kind.options if option.id == answer), "")


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
    return _join(reason, WORKED_LEAD, said(question.worked, numbers))


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
    if isinstance(kind, Match):
        return _holding((said(item.text, numbers), marks[item.id]) for item in kind.items)
    if isinstance(kind, Order):
        return _in_place(question, numbers, found)
    if isinstance(kind, Allocate):
        return walk_out_words(kind, numbers, found.answer)
    if isinstance(kind, Mark):
        return _which_way(kind, value_of(question.right, numbers), found.answer)
    return ""


def _in_place(question: Question, numbers: Numbers, found: Parsed) -> str:
    """Which items of an order stand on their place already."""
    kind = question.kind
    assert isinstance(kind, Order)
    groups = in_groups(value_of(question.right, numbers))
    first, standing = 0, []
    for group in groups:
        standing += [name for name in group if first <= found.answer.index(name) < first + len(group)]
        first += len(group)
    labels = [said(item.text, numbers) for item in kind.items if item.id in standing]
    if labels:
        return f"In the right place: {'; '.join(labels)}."
    some = any(pairs_in_order(value_of(question.right, numbers), found.answer).values())
    return f"Nothing is in its right place yet{', but part of the order holds' if some else ''}."


def _which_way(kind: Mark, right: Any, answer: Any) -> str:
    """In which direction a mark has to move."""
    ends = Number(absolute=kind.absolute)
    wanted, given = (right, answer) if kind.span else ([right], [answer])
    names = ("The beginning", "The end") if kind.span else ("Your mark",)
    sentences = []
    for name, aim, mark in zip(names, wanted, given, strict=True):
        side = "right" if mark > aim else "left"
        sentences.append(f"{name} {'stands well' if within(ends, float(aim), mark) else f'lies too far {side}'}.")
    return " ".join(sentences)


def _holding(named: Any) -> str:
    labels = [label for label, holds in named if holds]
    return f"These hold: {'; '.join(labels)}." if labels else "None of these holds so far."
