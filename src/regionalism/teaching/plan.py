"""What a plan is: one lesson of 80 minutes as data, from which its page, the slides and the paper cards are made.

All texts are in the small Markdown of `regionalism.exercises.prose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

LESSON = 80
SIZES = (20, 60, 120)
# Ten turns fit on one printed sheet in letters that can be read standing.
GLANCE_WORDS = 16
SENTENCE_END = re.compile(r"[.?!][^\w\s]*(?=\s|$)")
Part = Literal["open", "predict", "explore", "argue", "exit"]
PARTS: tuple[Part, ...] = get_args(Part)
PART_NAMES: Mapping[Part, str] = {
    "open": "Opening question",
    "predict": "Prediction",
    "explore": "Exploring",
    "argue": "Argument",
    "exit": "Exit question",
}
SlideKind = Literal["words", "ask", "figure", "reveal"]


class PlanError(ValueError):
    """A plan that cannot be taught as it stands; names the plan, the turn and the fault."""


@dataclass(frozen=True)
class Slip:
    """What students usually get wrong, and what to ask then.

    `misconception` is an id of the chapter's misconceptions, or empty for a slip that none of them names.
    """

    says: str
    ask: str
    misconception: str = ""


@dataclass(frozen=True)
class Slide:
    """One screen.

    `kind` decides what stands on it beside title and words:

    words     nothing
    ask       a question to be answered before anything is shown; `of` refers to it (see `asking.asked`)
    figure    a figure of the chapter; `of` is the name of its function, such as "burden" or "region.air_links"
    reveal    the answer to the question that `of` refers to, with its reply
    """

    kind: SlideKind
    title: str
    words: str = ""
    of: str = ""


@dataclass(frozen=True)
class Turn:
    """One step of the lesson.

    `minutes` is a whole number. `glance` says what students do in this turn: one sentence of at most 16 words, no
    answer given away. `say` is what the teacher says, in the teacher's own voice; `do` what the class does and how the
    teacher leads it; `expect` the answers to expect. `questions` are references (see `asking.asked`) asked by a show of
    hands or with cards; `without` says how this step goes with one projector and no devices, where that differs.
    """

    part: Part
    minutes: int
    title: str
    glance: str
    say: tuple[str, ...]
    do: str
    expect: str
    slips: tuple[Slip, ...] = ()
    questions: tuple[str, ...] = ()
    slides: tuple[Slide, ...] = ()
    without: str = ""


@dataclass(frozen=True)
class Role:
    """What one of four students at a machine does."""

    name: str
    task: str


@dataclass(frozen=True)
class Plan:
    """The plan of one chapter's lesson.

    `aim` is one sentence: what students can do afterwards. `prepare` lists what to do before; `board` is what stands on
    the board at the end; `variants` says for 20, 60 and 120 students what changes; `projector` how to teach it with one
    projector and no devices; `roles` are those of four students at one machine; `short` what to leave out if there are
    only 45 minutes.
    """

    stem: str
    aim: str
    prepare: tuple[str, ...]
    turns: tuple[Turn, ...]
    board: str
    variants: Mapping[int, str]
    projector: str
    roles: tuple[Role, ...]
    short: str

    @property
    def minutes(self) -> int:
        """The minutes of all turns together."""
        return sum(turn.minutes for turn in self.turns)

    def timed(self) -> Iterator[tuple[int, int, Turn]]:
        """Each turn with the minute at which it begins and that at which it ends."""
        start = 0
        for turn in self.turns:
            yield start, start + turn.minutes, turn
            start += turn.minutes

    @property
    def questions(self) -> tuple[str, ...]:
        """References of all questions that are asked in the lesson, each once, in order."""
        return tuple(dict.fromkeys(reference for turn in self.turns for reference in turn.questions))


def problems(plan: Plan) -> list[str]:
    """What is wrong with a plan, in sentences; empty for one that can be taught."""
    return [*_times(plan), *_order(plan), *_around(plan), *(line for turn in plan.turns for line in _turn(plan, turn))]


def _times(plan: Plan) -> Iterator[str]:
    if plan.minutes != LESSON:
        yield f"{plan.stem}: the turns take {plan.minutes} minutes, not {LESSON}"
    for turn in plan.turns:
        if turn.minutes < 1:
            yield f"{plan.stem}, {turn.title}: {turn.minutes} minutes; it needs at least 1"


def _order(plan: Plan) -> Iterator[str]:
    first_places = [PARTS.index(part) for part, _ in groupby(turn.part for turn in plan.turns)]
    missing = [part for part in PARTS if part not in {turn.part for turn in plan.turns}]
    if missing:
        yield f"{plan.stem}: no turn for {', '.join(missing)}"
    if plan.turns and (first_places[0] != 0 or plan.turns[-1].part != "exit"):
        yield f"{plan.stem}: it must begin with an opening question and end with an exit question"


def _around(plan: Plan) -> Iterator[str]:
    if set(plan.variants) != set(SIZES):
        yield f"{plan.stem}: variants for {sorted(plan.variants)} students, not for {list(SIZES)}"
    if len(plan.roles) != 4:
        yield f"{plan.stem}: {len(plan.roles)} roles for four students"
    for name in ("aim", "board", "projector", "short"):
        if not getattr(plan, name).strip():
            yield f"{plan.stem}: {name} is empty"
    if not plan.questions:
        yield f"{plan.stem}: no question is asked, so there is nothing to vote on and no card to print"


def _turn(plan: Plan, turn: Turn) -> Iterator[str]:
    from regionalism.exercises import chapter
    from regionalism.teaching.asking import AskingError, asked

    where = f"{plan.stem}, {turn.title}"
    if not turn.say or not turn.do.strip() or not turn.expect.strip():
        yield f"{where}: it needs something to say, something to do and an expected answer"
    yield from (f"{where}: {fault}" for fault in _glance(turn.glance.strip()))
    known = chapter(plan.stem).misconceptions
    for slip in turn.slips:
        if slip.misconception and slip.misconception not in known:
            yield f"{where}: {slip.misconception!r} is no misconception of the chapter"
    for slide in turn.slides:
        if (slide.kind == "words") == bool(slide.of):
            fault = "names something" if slide.of else "names nothing"
            yield f"{where}: slide {slide.title!r} of kind {slide.kind} {fault} to show"
    referred = [*turn.questions, *(slide.of for slide in turn.slides if slide.kind in ("ask", "reveal") and slide.of)]
    for reference in referred:
        try:
            asked(reference)
        except AskingError as fault:
            yield f"{where}: {fault}"


def _glance(text: str) -> Iterator[str]:
    if not text:
        yield "glance is empty"
        return
    words = len(text.split())
    if words > GLANCE_WORDS:
        yield f"glance has {words} words; at most {GLANCE_WORDS}"
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    if ends != [len(text)]:
        yield f"glance must be one sentence, closed by its stop: {text!r}"
