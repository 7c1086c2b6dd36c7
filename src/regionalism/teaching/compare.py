"""What changed from the first test to the second: a class's answers put side by side, as numbers.

The gain of a class is the normalised gain of Hake (1998, doi 10.1119/1.18809): g = (after - before) / (1 - before),
with the mean shares of right answers of those students who took both tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from regionalism.teaching.answer_lines import Answers
from regionalism.teaching.forms import ITEMS, UNKNOWN, Form, betrayable, betrayed, watched

# Below this number one student moves every share by more than ten per cent.
FEW = 10
DRAWS = 4000
SEED = 1998
RANGE = (5, 95)
_FULL = 1 - 1e-12


@dataclass(frozen=True)
class Pair:
    """One student who took both tests: the id and ten signs for each."""

    student: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemChange:
    """One pair of items: how many of all pairs were right and how many gave no answer, before and after."""

    number: int
    right: tuple[int, int]
    unanswered: tuple[int, int]


@dataclass(frozen=True)
class IdeaChange:
    """One misconception.

    `of` counts the students who answered, in both tests, at least one item that can betray it; `shown` how many of them
    betrayed it at least once, before and after; `gone` only before, `new` only after, `stayed` both times.
    """

    name: str
    of: int
    shown: tuple[int, int]
    gone: int
    new: int
    stayed: int


@dataclass(frozen=True)
class Comparison:
    """All that is said of a class.

    `mean` holds the mean shares of right answers of those with both tests, before and after, from 0 to 1, None without
    any. `gain` is that of the class, at most 1, None where all was right before; `gain_range` holds 90 % of the gains
    of classes drawn again from this one, None for small classes; `mean_gain` is the mean of each student's own gain,
    without the `left_out` students who had all right before.
    """

    pairs: tuple[Pair, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    mean: tuple[float, float] | None
    gain: float | None
    gain_range: tuple[float, float] | None
    mean_gain: float | None
    left_out: int
    items: tuple[ItemChange, ...]
    ideas: tuple[IdeaChange, ...]

    @property
    def n(self) -> int:
        """The number of students with both tests."""
        return len(self.pairs)

    @property
    def small(self) -> bool:
        """Whether the class is too small for shares."""
        return self.n < FEW


def gain(before: float, after: float) -> float | None:
    """The normalised gain of two shares from 0 to 1; None where nothing was left to gain. ValueError outside."""
    for name, value in (("before", before), ("after", after)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} is {value}; it must be a share from 0 to 1")
    return None if before >= _FULL else (after - before) / (1 - before)


def right(letters: str, key: str) -> int:
    """How many of ten answers are right; one that was not given is not."""
    return sum(letter == wanted for letter, wanted in zip(letters, key, strict=True))


def compare(before: Mapping[str, Answers], after: Mapping[str, Answers], first: Form, second: Form) -> Comparison:
    """Put the answers to both tests side by side; students are known by the look of their ids."""
    both = sorted(before.keys() & after.keys())
    pairs = tuple(Pair(before[key].student, before[key].letters, after[key].letters) for key in both)
    scores = [(right(pair.before, first.key) / ITEMS, right(pair.after, second.key) / ITEMS) for pair in pairs]
    own = [found for old, new in scores if (found := gain(old, new)) is not None]
    mean = (fmean(old for old, _ in scores), fmean(new for _, new in scores)) if scores else None
    return Comparison(
        pairs=pairs,
        only_first=tuple(sorted(before[key].student for key in before.keys() - after.keys())),
        only_second=tuple(sorted(after[key].student for key in after.keys() - before.keys())),
        mean=mean,
        gain=gain(*mean) if mean else None,
        gain_range=_range(scores),
        mean_gain=fmean(own) if own else None,
        left_out=len(scores) - len(own),
        items=tuple(_item(pairs, first, second, at) for at in range(ITEMS)),
        ideas=tuple(_idea(pairs, first, second, name) for name in _names(first, second)),
    )


def _range(scores: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The middle 90 % of the gains of classes drawn from this one with replacement; the same in every run."""
    if len(scores) < FEW:
        return None
    old, new = np.array(scores).T
    drawn = np.random.default_rng(SEED).integers(0, old.size, size=(DRAWS, old.size))
    before, after = old[drawn].mean(axis=1), new[drawn].mean(axis=1)
    open_ = before < _FULL
    if not open_.any():
        return None
    low, high = np.percentile((after[open_] - before[open_]) / (1 - before[open_]), RANGE)
    return float(low), float(high)


def _item(pairs: Sequence[Pair], first: Form, second: Form, at: int) -> ItemChange:
    before, after = [pair.before[at] for pair in pairs], [pair.after[at] for pair in pairs]
    return ItemChange(
        at + 1,
        right=(_met(before, first.key[at]), _met(after, second.key[at])),
        unanswered=(_met(before, UNKNOWN), _met(after, UNKNOWN)),
    )


def _met(signs: Sequence[str], wanted: str) -> int:
    return sum(sign == wanted for sign in signs)


def _names(first: Form, second: Form) -> list[str]:
    """The eight that the tests look for, then whatever else their options can betray."""
    can = {name for form in (first, second) for item in form.items for name in betrayable(item)}
    return [*watched(), *sorted(can - set(watched()))]


def _idea(pairs: Sequence[Pair], first: Form, second: Form, name: str) -> IdeaChange:
    seen = [(_shows(pair.before, first, name), _shows(pair.after, second, name)) for pair in pairs]
    known = [(old, new) for old, new in seen if old is not None and new is not None]
    return IdeaChange(
        name,
        of=len(known),
        shown=(sum(old for old, _ in known), sum(new for _, new in known)),
        gone=sum(old and not new for old, new in known),
        new=sum(new and not old for old, new in known),
        stayed=sum(old and new for old, new in known),
    )


def _shows(letters: str, form: Form, name: str) -> bool | None:
    """Whether answers betray a misconception; None where no item that could do so was answered."""
    answered = [
        (item, letter)
        for item, letter in zip(form.items, letters, strict=True)
        if name in betrayable(item) and letter != UNKNOWN
    ]
    return any(betrayed(item, letter) == name for item, letter in answered) if answered else None
