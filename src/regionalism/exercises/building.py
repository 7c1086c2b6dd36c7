"""The parts that every chapter's questions share: the open argument and the quick questions of the page."""

from __future__ import annotations

from collections.abc import Callable

from regionalism.exercises.question import Choice, Option, Question, Text, Words, Wrong

CLOSING = "There is no expected answer; a reader marks it by the list below."


def argument(
    stem: str, title: str, objective: str, prompt: Words, rubric: tuple[Words, ...], *, points: float = 4,
    least_words: int = 80, most_words: int = 250,
) -> Question:
    """The open argument of a chapter: kept, read against the rubric, marked by a person."""
    return Question(
        id=f"{stem}.argue", title=title, objective=objective, points=points, work="thought", prompt=prompt,
        kind=Text(rubric=rubric, least_words=least_words, most_words=most_words),
    )  # fmt: skip


def quick_choices(stem: str, nudge: str) -> Callable[..., Question]:
    """A maker of the quick choice questions of a chapter's page; `nudge` says where to look again."""

    def quick(
        name: str, title: str, objective: str, prompt: str, right: str, options: tuple[Option, ...],
        wrongs: tuple[Wrong, ...], why: str,
    ) -> Question:
        """The same for everybody, without points; `why` is said to a right answer."""
        return Question(
            id=f"{stem}.quick-{name}", title=title, objective=objective, points=0,
            kind=Choice(options, shuffled=False), prompt=prompt, right=right, wrongs=wrongs, nudge=nudge,
            help=why, worked=why, praise=why,
        )  # fmt: skip

    return quick
