"""From the bytes of a hand-in to marks, computed anew from the raw answers alone.

What a file says about its own answers is never believed: the numbers are drawn again from the student's
id, every answer is judged again, and the tries before it are counted again. Where the keys of a chapter are
installed, its transfer questions are judged too; without them they stay for a person to mark.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import regionalism
from regionalism import exercises
from regionalism.exercises.draws import sheet_seed, visible
from regionalism.exercises.handin import HandIn, RefusedHandIn, canonical, checksum, from_bytes, numbers_mark
from regionalism.exercises.identity import Class
from regionalism.exercises.judging import KEPT, Verdict, judge
from regionalism.exercises.question import Numbers, Predict, Question
from regionalism.grading.numbering import questions_of
from regionalism.grading.records import Answered, Marked, Refused

REASONS: Mapping[str, str] = {
    "unknown-chapter": "of a chapter that this edition does not have",
    "other-class": "made for another class, or without the class's file",
    "other-seed": "with the numbers of another student",
    "other-edition": "made with an edition whose numbers differ",
    "wrong-shape": "not built as a hand-in is",
    "internal": "a fault of the grader",
}

# Judging an explorer question takes up to 30 ms, and a class gives the same answer many times.
_MOST_KEPT = 4_000
_LONGEST_KEPT = 2_000
# From the third wrong try on the reply stays the same.
_LAST_REPLY = 2


class _NotMarked(RefusedHandIn):
    """A hand-in that was read and cannot be marked; `reason` is a word of `REASONS` here."""


def mark(source: str, content: bytes, known: Class) -> Marked | Refused:
    """The marks of one hand-in, or why there are none. Never raises.

    `source` says where the file lay; `known` is the class whose hand-ins are graded.
    """
    return marker(known).mark(source, content)


@lru_cache(maxsize=2)
def marker(known: Class) -> Marker:
    """The marker of a class, made once in each process."""
    return Marker(known)


class Marker:
    """Marks the hand-ins of one class, and remembers verdicts on answers that come again."""

    def __init__(self, known: Class) -> None:
        self._known = known
        self._verdicts: OrderedDict[tuple[str, str, str, int], Verdict] = OrderedDict()

    def mark(self, source: str, content: bytes) -> Marked | Refused:
        """The marks of one hand-in, or why there are none. Never raises."""
        try:
            return self._marked(source, from_bytes(content))
        except RefusedHandIn as refusal:
            return Refused(source, refusal.reason, str(refusal))
        except Exception as fault:  # one file must not stop the marking of a class
            return Refused(source, "internal", _fault_words("It", fault))

    def _marked(self, source: str, made: HandIn) -> Marked:
        asked = _asked(made)
        listed = self._known.listed(made.student)
        remarks = self._check_origin(made, listed)
        questions = _answered_questions(asked, made)
        drawn = {question.id: _in_question(question, question.numbers, made.seed) for question in questions}
        _check_numbers(made, drawn)
        answers = {
            question.id: _in_question(question, self._answered, question, drawn[question.id], made.answers[question.id])
            for question in questions
        }
        unread = [name for name, answered in answers.items() if answered.state not in KEPT]
        if unread:
            remarks += (f"No answer could be read to: {', '.join(unread)}.",)
        return Marked(
            source=source,
            receipt=made.receipt,
            student=listed or shown_id(made.student),
            listed=listed is not None,
            chapter=made.chapter,
            made=made.made,
            course=made.course,
            same=_same(answers),
            seed=made.seed,
            answers=answers,
            remarks=remarks,
        )

    def _check_origin(self, made: HandIn, listed: str | None) -> tuple[str, ...]:
        """Refuse a file of another class or student; gives what a teacher may want to know all the same."""
        if made.known_class != self._known.tag:
            raise _NotMarked("other-class", _other_class(made.known_class, self._known.tag))
        if made.seed == self._known.seed_of(made.student):
            return ()
        if listed and made.seed == sheet_seed(made.student, self._known.seed):
            # Made before the id stood on the list, or with another keyboard: the numbers are the student's own.
            return (f"The id was typed as {shown_id(made.student)!r}; the numbers were drawn from it.",)
        raise _NotMarked("other-seed", f"Its numbers are not those of {shown_id(made.student)!r}, whom it names.")

    def _answered(self, question: Question, numbers: Numbers, raws: Sequence[Any]) -> Answered:
        """One question judged anew, answer after answer."""
        written, tries, verdicts = canonical(numbers), 0, []
        for raw in raws:
            verdict = self._judged(question, numbers, written, raw, tries)
            verdicts.append(verdict)
            tries += verdict.counts
        counted = _counted(question, verdicts)
        return Answered(
            question=question.id,
            state=verdicts[counted].state,
            score=_score(question, verdicts[counted]),
            scores=tuple(_score(question, verdict) for verdict in verdicts),
            misconceptions=tuple(verdict.misconception for verdict in verdicts),
            raw=raws[counted],
            message=verdicts[counted].message,
        )

    def _judged(self, question: Question, numbers: Numbers, written: str, raw: Any, tries: int) -> Verdict:
        answer = canonical(raw)
        if not question.judged or len(answer) > _LONGEST_KEPT:
            return judge(question, numbers, raw, tries)
        place = (question.id, written, answer, min(tries, _LAST_REPLY))
        verdict = self._verdicts.get(place)
        if verdict is None:
            verdict = self._verdicts[place] = judge(question, numbers, raw, tries)
            if len(self._verdicts) > _MOST_KEPT:
                self._verdicts.popitem(last=False)
        return verdict


def shown_id(student: str) -> str:
    """An id as it is shown: composed (NFC), single spaces, no invisible signs; upper and lower case stay."""
    return " ".join(visible(student).split())


# Checks


def _asked(made: HandIn) -> tuple[Question, ...]:
    """All questions of the sheet, with their keys where they are installed."""
    try:
        return questions_of(made.chapter)
    except exercises.UnknownChapter:
        words = f"This edition of the course has no questions for the chapter {made.chapter!r}."
        raise _NotMarked("unknown-chapter", words) from None


def _other_class(theirs: str, ours: str) -> str:
    if not theirs:
        return (
            "It was made without class.json, the file of the class, so its numbers are not those of the class. "
            "Put that file beside the sheet, open the sheet again, check the answers anew and make a new hand-in."
        )
    if not ours:
        return "It was made for a class with a private seed. Name the folder of that class when you grade."
    return "It was made with the file of another class. Grade it with the folder of that class."


def _answered_questions(asked: Sequence[Question], made: HandIn) -> list[Question]:
    """The questions that have answers, in the order of the sheet."""
    strange = sorted(set(made.answers) - {question.id for question in asked})
    if strange and made.course == regionalism.__version__:
        raise _NotMarked("wrong-shape", f"It answers questions that the sheet does not have: {_named(strange)}.")
    if strange:
        raise _NotMarked("other-edition", f"{_editions(made)} This one does not have: {_named(strange)}.")
    return [question for question in asked if made.answers.get(question.id)]


def _check_numbers(made: HandIn, drawn: Mapping[str, Numbers]) -> None:
    differ = [name for name, numbers in drawn.items() if numbers_mark(numbers) != made.numbers[name]]
    if differ:
        raise _NotMarked("other-edition", f"{_editions(made)} The numbers differ in: {_named(differ)}.")


def _editions(made: HandIn) -> str:
    return f"It was made with edition {shown_id(made.course)} of the course; this is {regionalism.__version__}."


def _named(ids: Sequence[str]) -> str:
    shown = [shown_id(name)[:60] for name in ids[:10]]
    return ", ".join([*shown, "…"] if len(ids) > len(shown) else shown)


# Judging


def _in_question(question: Question, work: Any, *arguments: Any) -> Any:
    """Do a step for one question; a fault in it is told with the question's id."""
    try:
        return work(*arguments)
    except Exception as fault:
        raise _NotMarked("internal", _fault_words(f"The question {question.id}", fault)) from fault


def _fault_words(what: str, fault: Exception) -> str:
    told = shown_id(" ".join(str(fault).encode("utf-8", "replace").decode().split()))[:200]
    return f"{what} could not be graded: {type(fault).__name__}{f' ({told})' if told else ''}. Please report this."


def _counted(question: Question, verdicts: Sequence[Verdict]) -> int:
    """The place of the answer that counts: the last that could be read, of a prediction the first."""
    read = [place for place, verdict in enumerate(verdicts) if verdict.state in KEPT]
    if not read:
        return len(verdicts) - 1
    return read[0] if isinstance(question.kind, Predict) else read[-1]


def _score(question: Question, verdict: Verdict) -> float | None:
    """The score of an answer; what a machine should judge and cannot read earns nothing."""
    return 0.0 if verdict.score is None and question.judged and verdict.state not in KEPT else verdict.score


def _same(answers: Mapping[str, Answered]) -> str:
    """A mark of the answers that count, by which equal ones of two students are found; empty where there are none."""
    substance = {name: answered.raw for name, answered in answers.items() if answered.state in KEPT}
    return checksum(substance)[:32] if substance else ""


def mark_each(files: Iterable[tuple[str, bytes]], known: Class) -> list[Marked | Refused]:
    """The marks of several files: what one worker does at a time."""
    its = marker(known)
    return [its.mark(source, content) for source, content in files]
