"""The two tests, before the course and after it: ten items each, two by two on the same idea with another case.

Each item is a question of the course with four options in a fixed order. What a wrong option betrays is named by the
misconceptions of the chapters. The items themselves are teachers' content (see `content`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from regionalism.exercises import chapter
from regionalism.exercises.question import Choice, Option, Question
from regionalism.teaching.content import STEMS, module

NAMES = ("first", "second")
LETTERS = "ABCD"
UNKNOWN = "?"
ITEMS = 10
# What the tests look for: two misconceptions of each chapter.
WATCHED: Mapping[str, tuple[str, str]] = {
    "puzzle": ("located-here-is-regionalism", "count-measures-cooperation"),
    "gains": ("joint-gain-produces-cooperation", "every-failure-needs-punishment"),
    "outsourcing": ("rational-for-each-best-for-all", "guarantee-is-automatic"),
    "leadership": ("largest-is-indispensable", "will-makes-a-leader"),
}
# Options of one item may differ in length by this factor; more, and the length hints at the answer.
MOST_STRETCH = 1.5
# Nor may "the shortest" be a rule to guess by: chance alone makes it right in a quarter of ten.
MOST_SHORTEST = 3


@dataclass(frozen=True)
class Idea:
    """What the items with one number test in both forms: the chapter it belongs to, and a sentence."""

    chapter: str
    says: str


@dataclass(frozen=True)
class Form:
    """One test: its name ("first" or "second"), its title, the ideas in order, and an item for each of them."""

    name: str
    title: str
    ideas: tuple[Idea, ...]
    items: tuple[Question, ...]

    @property
    def key(self) -> str:
        """The right letters in order."""
        return "".join(right_letter(item) for item in self.items)


def form(name: str) -> Form:
    """One of the two tests. ValueError for another name; NotForStudents where this copy of the course has none."""
    if name not in NAMES:
        raise ValueError(f"there is no test {name!r}; there are {' and '.join(NAMES)}")
    found: Form = module("forms").FORMS[name]
    return found


def other(name: str) -> str:
    """The name of the other test."""
    return NAMES[1 - NAMES.index(name)]


def options(item: Question) -> tuple[Option, ...]:
    """The options of an item in the order A, B, C, D."""
    assert isinstance(item.kind, Choice)
    return item.kind.options


def right_letter(item: Question) -> str:
    """The letter of the right option."""
    return next(letter for letter, option in zip(LETTERS, options(item), strict=True) if option.id == item.right)


def betrayed(item: Question, letter: str) -> str:
    """The misconception that an answer betrays; empty for the right one, for none, and for one that betrays nothing."""
    if letter not in LETTERS:
        return ""
    chosen = options(item)[LETTERS.index(letter)].id
    return next((wrong.misconception for wrong in item.wrongs if wrong.example == chosen), "")


def said_to(item: Question, letter: str) -> str:
    """What a teacher says to those who gave an answer, in small Markdown."""
    chosen = options(item)[LETTERS.index(letter)]
    if chosen.id == item.right:
        return str(item.worked)
    replies = [wrong.reply for wrong in item.wrongs if wrong.example == chosen.id]
    return str(replies[0] if replies else chosen.reply)


def betrayable(item: Question) -> frozenset[str]:
    """The misconceptions that answers to an item can betray."""
    return frozenset(item.misconceptions)


@cache
def statements() -> Mapping[str, str]:
    """Each misconception of the four chapters with its statement; those that the tests look for are unique."""
    found: dict[str, str] = {}
    for stem in STEMS:
        found |= {name: words for name, words in chapter(stem).misconceptions.items() if name not in found}
    return found


def watched() -> tuple[str, ...]:
    """The eight misconceptions that the tests look for, in the order of the chapters."""
    return tuple(name for stem in STEMS for name in WATCHED[stem])


# What is wrong with a form


def problems(one: Form, beside: Form | None = None) -> list[str]:
    """What is wrong with a form, in sentences; empty for one that can be given. `beside` is the other one."""
    beside = beside or form(other(one.name))
    lines = [*_shape(one), *(line for item in one.items for line in _item(item))]
    # Letters and coverage can only be read of items that have the right shape.
    return lines or [*_letters(one), *_coverage(one), *_parallel(one, beside)]


def _shape(one: Form) -> Iterator[str]:
    ids = [item.id for item in one.items]
    wanted = [f"{one.name}.{number}" for number in range(1, ITEMS + 1)]
    if ids != wanted:
        yield f"{one.name}: the ids are {ids}, not {wanted}"
    if len(one.ideas) != len(one.items):
        yield f"{one.name}: {len(one.ideas)} ideas for {len(one.items)} items"
    for idea in one.ideas:
        if idea.chapter not in STEMS or not idea.says.strip():
            yield f"{one.name}: the idea {idea.says!r} belongs to no chapter or says nothing"


def _item(item: Question) -> Iterator[str]:
    if not isinstance(item.kind, Choice) or item.kind.shuffled or len(item.kind.options) != len(LETTERS):
        yield f"{item.id}: it must be a choice of four options in a fixed order"
        return
    ids = [option.id for option in options(item)]
    if item.points != 1 or item.right not in ids or len(set(ids)) != len(ids):
        yield f"{item.id}: it needs 1 point, four ids and a right option among them"
        return
    for wrong in item.wrongs:
        if wrong.misconception not in statements():
            yield f"{item.id}: {wrong.misconception!r} is no misconception of the course"
        if wrong.example not in ids or wrong.example == item.right:
            yield f"{item.id}: {wrong.example!r} is no wrong option"
    for letter in LETTERS:
        if not said_to(item, letter).strip():
            yield f"{item.id}: nothing to say to {letter}"
    yield from _lengths(item)


def _lengths(item: Question) -> Iterator[str]:
    lengths = {option.id: len(str(option.text)) for option in options(item)}
    longest = max(lengths.values())
    if lengths[item.right] == longest:
        yield f"{item.id}: the right option is the longest"
    if longest > MOST_STRETCH * min(lengths.values()):
        yield f"{item.id}: options of {min(lengths.values())} to {longest} signs; the length hints at the answer"


def _letters(one: Form) -> Iterator[str]:
    key = one.key
    for letter, times in Counter({letter: key.count(letter) for letter in LETTERS}).items():
        if times not in (2, 3):
            yield f"{one.name}: {letter} is right {times} times, not 2 or 3"
    shortest = sum(_is_shortest(item) for item in one.items)
    if shortest > MOST_SHORTEST:
        yield f"{one.name}: the right option is the shortest in {shortest} items, in more than {MOST_SHORTEST}"
    if any(key[at : at + 3] == key[at] * 3 for at in range(len(key) - 2)):
        yield f"{one.name}: one letter is right three times running"
    for step in range(1, ITEMS // 2 + 1):
        if all(key[at] == key[at + step] for at in range(len(key) - step)):
            yield f"{one.name}: the right letters repeat after {step}"


def _is_shortest(item: Question) -> bool:
    right = next(option for option in options(item) if option.id == item.right)
    return len(str(right.text)) == min(len(str(option.text)) for option in options(item))


def _coverage(one: Form) -> Iterator[str]:
    for stem in STEMS:
        if sum(idea.chapter == stem for idea in one.ideas) < 2:
            yield f"{one.name}: fewer than two items on {stem}"
    for name in watched():
        if sum(name in betrayable(item) for item in one.items) < 2:
            yield f"{one.name}: {name} can be betrayed in fewer than two items"


def _parallel(one: Form, beside: Form) -> Iterator[str]:
    if one.ideas != beside.ideas:
        yield f"{one.name}: its ideas are not those of the other form"
    for mine, theirs in zip(one.items, beside.items, strict=True):
        if mine.prompt == theirs.prompt:
            yield f"{mine.id}: the same case as {theirs.id}"
        if right_letter(mine) == right_letter(theirs):
            yield f"{mine.id}: the right answer stands where it stands in {theirs.id}"
        if Counter(_kinds(mine)) != Counter(_kinds(theirs)):
            yield f"{mine.id}: its options betray something else than those of {theirs.id}"


def _kinds(item: Question) -> list[str]:
    return [betrayed(item, letter) for letter in LETTERS]
