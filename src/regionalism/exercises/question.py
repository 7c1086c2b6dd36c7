"""What a question is: one declaration from which the sheet, the page and the judging are made.

A question is data and a few pure functions of its numbers. It knows neither widgets nor files.
`Words` is a text or a function from the numbers to a text; a `Value` is a plain value or a function
from the numbers to one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from regionalism.exercises.draws import Draw

Numbers: TypeAlias = dict[str, Any]
Words: TypeAlias = "str | Callable[[Numbers], str]"
Value: TypeAlias = Any
Work = Literal["widget", "data", "thought"]
Role = Literal["formative", "transfer"]


class QuestionError(ValueError):
    """A declaration that cannot be put before a student; names the question and the fault."""


def said(words: Words, numbers: Numbers) -> str:
    """A text with a student's numbers filled in."""
    return words(numbers) if callable(words) else words


def value_of(value: Value, numbers: Numbers) -> Any:
    """A plain value, or what a function makes of the numbers."""
    return value(numbers) if callable(value) else value


@dataclass(frozen=True)
class Option:
    """One option of a choice: stable id, text, and what to say to a student who takes it."""

    id: str
    text: Words
    reply: Words = ""


@dataclass(frozen=True)
class Card:
    """A card to be sorted: stable id and text."""

    id: str
    text: Words


@dataclass(frozen=True)
class Bin:
    """A heap that cards are sorted into: stable id and text."""

    id: str
    text: Words


@dataclass(frozen=True)
class Number:
    """A number is typed.

    An answer is right within `absolute` or within `relative` times the right value, whichever is
    wider. With `percent` the answer is a share from 0 to 1 that may be typed as 12 %, 12 or 0.12.
    An answer outside `between` (low, high; None leaves an end open) is sent back and costs no try, and
    with `whole` also one that is no whole number.
    """

    unit: str = ""
    absolute: float = 0.0
    relative: float = 0.0
    percent: bool = False
    between: tuple[float | None, float | None] = (None, None)
    whole: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several options is chosen; the order is drawn per student unless `shuffled` is off."""

    options: tuple[Option, ...]
    shuffled: bool = True


@dataclass(frozen=True)
class Several:
    """All options that hold are ticked, at least one."""

    options: tuple[Option, ...]
    shuffled: bool = True


@dataclass(frozen=True)
class Cards:
    """Cards are sorted into bins; the order of the cards is drawn per student."""

    cards: tuple[Card, ...]
    bins: tuple[Bin, ...]
    shuffled: bool = True


@dataclass(frozen=True)
class Sliders:
    """An explorer's controls are moved until a goal holds.

    `free` names the controls a student may move, `fixed` gives the others where they differ from the
    explorer's defaults, `start` the free ones at the beginning. The goal is a function of the
    explorer's results, all control values, and the question's numbers.
    """

    explorer: str
    free: tuple[str, ...]
    goal_words: Words
    goal: Callable[[Any, dict[str, Any], Numbers], bool] | None = None
    fixed: Value = field(default_factory=dict)
    start: Value = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A cell to be filled: stable id, label, and the number asked for."""

    id: str
    label: Words
    number: Number


@dataclass(frozen=True)
class Table:
    """A few named cells are filled from a table that the question shows."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Order:
    """Items are put in order: each gets a place from 1 on; the order shown is drawn per student.

    `first` and `last` say what stands at the two ends. The right answer lists the items' ids from the
    first place to the last; items that share a place stand together in a list of their own.
    """

    items: tuple[Card, ...]
    first: Words
    last: Words
    shuffled: bool = True


@dataclass(frozen=True)
class Match:
    """Each item on the left gets one partner on the right, and no partner serves twice.

    There may be more partners than items. The right answer maps items to partners.
    """

    items: tuple[Card, ...]
    partners: tuple[Bin, ...]
    shuffled: bool = True


@dataclass(frozen=True)
class Claim:
    """What some of the receivers can get without the others: with less than `least` they walk out.

    `because` says what they would do instead. A value in the unit of the sum.
    """

    members: tuple[str, ...]
    least: float
    because: str = ""


@dataclass(frozen=True)
class Allocate:
    """A sum is shared out among receivers so that nobody walks out.

    `total` is the sum and `claims` the claims of single receivers and of groups (the core of a
    cooperative game, where all claims are met); both may depend on the numbers. `step` is the step of
    the buttons; any number of at least 0 may be typed. The right answer is one share that meets all
    claims: any other that does counts as well.
    """

    receivers: tuple[Card, ...]
    total: Value
    claims: Value
    unit: str = ""
    step: float = 1


@dataclass(frozen=True)
class Plot:
    """A line chart to be marked: lines of (x, y) points with a label each, and what the axes say."""

    lines: Mapping[str, tuple[tuple[float, float], ...]]
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    source: str = ""


@dataclass(frozen=True)
class Mark:
    """A point or, with `span`, a stretch is marked on the x axis of a chart.

    An answer is one x value, or a pair (from, to) with from <= to, right within `absolute` at each
    end. Values run over the plot's x range in steps of `step`.
    """

    plot: Callable[[Numbers], Plot]
    unit: str = ""
    step: float = 1
    absolute: float = 0.0
    span: bool = False


@dataclass(frozen=True)
class Predict:
    """A guess first, then what came out: the first guess is kept, compared, and never marked down.

    `ask` is how the guess is given; the question's `right` is what came out, its `worked` the way to
    see it, and what it `show`s appears only after the guess.
    """

    ask: Choice | Number


@dataclass(frozen=True)
class Text:
    """An open argument: kept for the teacher, read against the rubric, never judged by a machine."""

    rubric: tuple[Words, ...]
    least_words: int = 0
    most_words: int = 0


# The kinds whose answers are read as they stand; a prediction asks for one of them.
Asked: TypeAlias = Number | Choice | Several | Cards | Sliders | Table | Order | Match | Allocate | Mark | Text
Kind: TypeAlias = Asked | Predict


@dataclass(frozen=True)
class Wrong:
    """A wrong answer that betrays a misconception.

    `example` is one such answer. `matches(numbers, answer)` says which other answers are of this
    sort; without it only an answer equal to the example is. `reply` gives the reason it tempts and
    one nudge, not the solution.
    """

    misconception: str
    example: Value
    reply: Words
    matches: Callable[[Numbers, Any], bool] | None = None


def no_numbers(draw: Draw) -> Numbers:
    """For a question whose numbers are the same for everybody."""
    return {}


@dataclass(frozen=True)
class Question:
    """One question of a sheet.

    A wrong answer gets the reply of the first `Wrong` that matches, else the `nudge`; a second one
    also the `help`, an easier step; a third one the `worked` path. A transfer question carries no
    key (`right`, `wrongs`, `worked` and the like): graders have it.
    """

    id: str
    title: str
    objective: str
    points: float
    kind: Kind
    prompt: Words
    draw: Callable[[Draw], Numbers] = no_numbers
    right: Value = None
    wrongs: tuple[Wrong, ...] = ()
    nudge: Words = ""
    help: Words = ""
    worked: Words = ""
    praise: Words = ""
    work: Work = "thought"
    role: Role = "formative"
    show: str | Callable[[Numbers], Any] | None = None

    def __post_init__(self) -> None:
        # Found where it is written, not by a student whose answer nobody could judge.
        if self.role == "formative" and self.right is None and not isinstance(self.kind, Text):
            raise QuestionError(f"{self.id} has no right answer; only transfer questions and arguments go without one")

    def numbers(self, seed: str | int) -> Numbers:
        """The numbers of one student, the same whenever and wherever they are drawn."""
        return self.draw(Draw(seed, self.id))

    @property
    def asks(self) -> Asked:
        """The kind of the answer that is typed or chosen: of a prediction, that of the guess."""
        return self.kind.ask if isinstance(self.kind, Predict) else self.kind

    @property
    def judged(self) -> bool:
        """Whether a right answer is known here, so that a machine can judge."""
        return self.right is not None and not isinstance(self.kind, Text)

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The misconceptions that its named wrong answers betray, each once."""
        return tuple(dict.fromkeys(wrong.misconception for wrong in self.wrongs))


@dataclass(frozen=True)
class Chapter:
    """The questions of one chapter in the order of its sheet, and the words they refer to.

    `objectives` and `misconceptions` map short ids to plain statements; `self_check` holds the quick
    choice questions of the page, which carry no points.
    """

    stem: str
    title: str
    objectives: Mapping[str, str]
    misconceptions: Mapping[str, str]
    questions: tuple[Question, ...]
    self_check: tuple[Question, ...] = ()

    def question(self, reference: int | str) -> Question:
        """A question by its number (from 1) or id; KeyError naming what there is otherwise."""
        places = dict(enumerate(self.questions, start=1))
        if isinstance(reference, int) and not isinstance(reference, bool) and reference in places:
            return places[reference]
        for question in self.questions:
            if question.id == reference:
                return question
        ids = ", ".join(question.id for question in self.questions)
        raise KeyError(f"no question {reference!r} on this sheet; it has 1 to {len(self.questions)}: {ids}")


def ordered(items: tuple[Any, ...], shuffled: bool, seed: str | int, question_id: str) -> list[Any]:
    """Options or cards in one student's order.

    The stream is apart from that of the numbers: a change of the numbers must not move the options.
    """
    return Draw(seed, f"{question_id}/order").shuffle(items) if shuffled else list(items)
