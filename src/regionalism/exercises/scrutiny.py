"""What can be wrong with a question for the numbers of one student: each detection by itself.

A detection takes a question and its numbers and gives `Fault`s. None of them needs the others;
`checking` runs them for many students and gathers what they find.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from regionalism.exercises.judging import as_raw, in_groups, judge, meets_goal, named_wrong, walk_outs, within
from regionalism.exercises.nonsense import malformed, odd_answers
from regionalism.exercises.prose import plain
from regionalism.exercises.question import (
    Allocate,
    Cards,
    Choice,
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
    said,
    value_of,
)
from regionalism.exercises.reading import show_number, starting_values

Severity = Literal["error", "remark"]

MOST_FIGURES = 5
LONGEST_OPTION = 260
_LOUD = re.compile(r"!(?!=)")
_TOKEN = re.compile(r"(?<![\w.,/])([−-]?)(\d[\d,]*(?:\.\d+)?)(?:/(\d+))?(\s?(?:%|percent))?(?![\w/]*\d)")
_TIE_WORDS = ("share", "same place", "tie", "either order", "any order", "order of the", "equal")
_MINUS_WORDS = ("minus", "negative", "below zero", "−", "loss", "lose", "change", "fall", "fell", "+", "less than zero")
_IN_WORDS = {"zero": 0, "none": 0, "nobody": 0, "nothing": 0, "no": 0, "neither": 0, "one": 1, "two": 2, "three": 3,
             "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}  # fmt: skip
_FAMILIES = {"options": "options", "cards": "cards", "bins": "heaps", "items": "items", "partners": "partners",
             "receivers": "receivers"}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: `words` say what, `todo` what to do about it, `example` how it shows here.

    A fault `by_chance` is an error only where it strikes at least half of the students.
    """

    words: str
    todo: str = ""
    example: str = ""
    severity: Severity = "error"
    by_chance: bool = False


Detection = Callable[[Question, Numbers], Iterator[Fault]]


# Words


def fields(question: Question, numbers: Numbers) -> Iterator[tuple[str, Any]]:
    """The name and the text of everything a question may say; a text that cannot be made raises."""
    kind = question.kind
    for name in ("title", "prompt", "nudge", "help", "worked", "praise"):
        yield name, said(getattr(question, name), numbers)
    for wrong in question.wrongs:
        yield f"reply to {wrong.misconception!r}", said(wrong.reply, numbers)
    for family in (kind, kind.ask) if isinstance(kind, Predict) else (kind,):
        for option in getattr(family, "options", ()):
            yield f"option {option.id!r}", said(option.text, numbers)
            yield f"reply to option {option.id!r}", said(option.reply, numbers)
        for members in ("cards", "bins", "items", "partners", "receivers"):
            for member in getattr(family, members, ()):
                yield f"{members[:-1]} {member.id!r}", said(member.text, numbers)
        for cell in getattr(family, "cells", ()):
            yield f"cell {cell.id!r}", said(cell.label, numbers)
        for place, criterion in enumerate(getattr(family, "rubric", ()), start=1):
            yield f"rubric {place}", said(criterion, numbers)
    for name in ("goal_words", "first", "last"):
        if hasattr(kind, name):
            yield name, said(getattr(kind, name), numbers)


def words_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """Texts that cannot be made, are no texts, shout, or are missing."""
    for name, text in fields(question, numbers):
        if not isinstance(text, str) or _LOUD.search(text):
            yield Fault(f"words must be a text without exclamation marks: {name}", "Write it calmly.", f"{text!r}")
    if not said(question.prompt, numbers).strip():
        yield Fault("the prompt is empty", "Say what the student is to do.")


def option_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """Two options that read the same, and options too long to be read."""
    kind = question.asks
    for family, name in _FAMILIES.items():
        texts = [plain(said(member.text, numbers)) for member in getattr(kind, family, ())]
        seen = [text.casefold().strip(" .") for text in texts]
        twice = sorted({text for text, form in zip(texts, seen, strict=True) if seen.count(form) > 1})
        if twice:
            yield Fault(f"two of the {name} read the same", "Nobody can tell them apart: write two texts.", twice[0])
        for text in texts:
            if not text:
                yield Fault(f"one of the {name} has no text", "Write one.")
            if len(text) > LONGEST_OPTION:
                yield Fault(
                    f"one of the {name} is longer than {LONGEST_OPTION} signs", "Move the detail to the prompt.",
                    f"“{text[:60]}…” has {len(text)}", "remark",
                )  # fmt: skip


# The right answer and the wrong ones


def right_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A right answer that is not judged right."""
    kind = question.kind
    if isinstance(kind, Order):
        found = list(_order_faults(question, numbers, value_of(question.right, numbers)))
        if found:
            yield from found
            return
    right = as_raw(question, value_of(question.right, numbers))
    verdict = judge(question, numbers, right)
    if verdict.state != ("predicted" if isinstance(kind, Predict) else "right"):
        yield Fault(
            f"the right answer is judged {verdict.state}", "Mend `right`, or the kind that refuses it.",
            f"{_shown(right)}: {verdict.message}",
        )  # fmt: skip
        return
    for number, value in _numbers_asked(question, numbers):
        if number.percent and not (value == 0 or 0.02 <= value <= 1):
            yield Fault(
                "a percent answer must be 0 or lie between 0.02 and 1 to be read safely",
                "Is 0.4 typed for 40 % or for 0.4 %? Ask in another unit, or draw other numbers.", f"it is {value:g}",
            )  # fmt: skip


def start_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """An explorer that stands at its goal before a student has moved anything."""
    kind = question.kind
    if isinstance(kind, Sliders):
        start = {name: value for name, value in starting_values(kind, numbers).items() if name in kind.free}
        if meets_goal(question, numbers, start):
            yield Fault("the start of the explorer meets the goal already", "Start elsewhere, or ask for more.")


def wrong_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A wrong answer that counts as right, or betrays another misconception than it should."""
    for wrong in question.wrongs:
        example = as_raw(question, value_of(wrong.example, numbers))
        verdict = judge(question, numbers, example)
        name = wrong.misconception
        if isinstance(question.kind, Predict):
            came_true = _same(question, numbers, value_of(wrong.example, numbers))
            if verdict.state != "predicted" or came_true:
                yield Fault(f"the wrong guess for {name!r} is what came out", "Name another guess.", _shown(example))
                continue
        elif verdict.state not in ("wrong", "partly"):
            yield Fault(
                f"the wrong answer for {name!r} is judged {verdict.state}",
                "Draw numbers for which the two differ, narrow the tolerance, or mend the example.",
                f"{_shown(example)}: {verdict.message}",
            )  # fmt: skip
            continue
        if verdict.misconception != name:
            yield Fault(
                f"a wrong answer should betray {name!r}, but is taken for {verdict.misconception!r}",
                "The first that matches counts: change the order of `wrongs`, or narrow a `matches`.", _shown(example),
            )  # fmt: skip


def _same(question: Question, numbers: Numbers, guess: Any) -> bool:
    right = value_of(question.right, numbers)
    ask = question.asks
    return within(ask, float(right), float(guess)) if isinstance(ask, Number) else guess == right


def reply_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A wrong answer to which nothing is said."""
    kind = question.asks
    if isinstance(question.kind, Predict) and said(question.worked, numbers).strip():
        return
    if not isinstance(kind, Choice):
        if not said(question.nudge, numbers).strip():
            yield Fault("nudge must not be empty: a wrong answer that is not named needs one", "Write one sentence.")
        return
    right = value_of(question.right, numbers)
    for option in kind.options:
        if option.id != right and not said(option.reply, numbers) and named_wrong(question, numbers, option.id) is None:
            yield Fault(f"option {option.id!r} is wrong and has neither a reply nor a Wrong", "Say why it tempts.")


def matches_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A `matches` that stops at an answer with gaps or at an odd number."""
    for probe in _probes(question, numbers):
        for wrong in question.wrongs:
            try:
                if wrong.matches is not None:
                    wrong.matches(numbers, probe)
            except Exception as error:
                yield Fault(
                    f"`matches` of {wrong.misconception!r} fails",
                    "Take what may be missing with answer.get(...), and do not divide by an answer.",
                    f"for the answer {probe!r}: {error!r}",
                )  # fmt: skip
                return


def _probes(question: Question, numbers: Numbers) -> list[Any]:
    kind = question.asks
    right = value_of(question.right, numbers)
    if isinstance(kind, Number):
        return [0.0, 1.0, -1.0, 0.5, 1e12]
    if isinstance(kind, (Cards, Table, Match)):
        zeros = [{name: 0.0} for name in right] if isinstance(kind, Table) else []
        return [{name: value} for name, value in right.items()] + zeros
    if isinstance(kind, (Choice, Several)):
        return [option.id if isinstance(kind, Choice) else frozenset({option.id}) for option in kind.options]
    if isinstance(kind, Order):
        names = [item.id for item in kind.items]
        return [names, names[::-1]]
    if isinstance(kind, Allocate):
        total = float(value_of(kind.total, numbers))
        names = [receiver.id for receiver in kind.receivers]
        return [{other: total if other == name else 0.0 for other in names} for name in names]
    if isinstance(kind, Mark):
        low, high = (float(end) for end in kind.plot(numbers).x_range)
        return [[low, low], [low, high], [high, high]] if kind.span else [low, high]
    return []


def nonsense_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """Silence or odd answers that stop the judging, or get a verdict of no sense."""
    if judge(question, numbers, None).state != "silent":
        yield Fault("no answer is judged as an answer", "Say so to the maintainers of the engine.")
    for place, odd in enumerate(odd_answers(question, numbers, 150, moved=0.05)):
        try:
            wrong = malformed(judge(question, numbers, odd, place % 4))
        except Exception as error:
            wrong = f"raises {error!r}"
        if wrong:
            yield Fault("an odd answer stops the judging", "Make `matches`, `goal` and the replies take any answer.",
                        f"{_shown(odd)}: {wrong}")  # fmt: skip
            return


def broad_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A `matches` that takes nearly every wrong answer for one misconception."""
    if isinstance(question.kind, (Choice, Sliders, Predict)) or not any(wrong.matches for wrong in question.wrongs):
        return
    verdicts = [judge(question, numbers, odd) for odd in odd_answers(question, numbers, 400, seed="broad")]
    named = [verdict.misconception for verdict in verdicts if verdict.state in ("wrong", "partly") and verdict.counts]
    for name in question.misconceptions:
        if len(named) >= 20 and named.count(name) > 0.9 * len(named):
            yield Fault(
                f"nearly every wrong answer is taken for {name!r}", "Narrow its `matches`: it accuses the others.",
                f"{named.count(name)} of {len(named)} tried", "remark",
            )  # fmt: skip


# One right answer, and no more than meant


def unique_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A question that more answers meet than it means."""
    kind = question.kind
    right = value_of(question.right, numbers)
    if isinstance(kind, (Number, Table)):
        yield from _wide_tolerance(question, numbers)
    if isinstance(kind, Several) and len(set(right)) == len(kind.options):
        yield Fault("every option holds", "Whoever ticks all is right: add one that does not hold.", severity="remark")
    if isinstance(kind, Cards) and len(set(right.values())) == 1:
        yield Fault("all cards belong on one heap", "Add a card for another heap.", severity="remark")
    if isinstance(kind, Mark):
        yield from _mark_faults(kind, numbers)
    if isinstance(kind, Allocate):
        yield from _allocate_faults(kind, numbers, right)


def _wide_tolerance(question: Question, numbers: Numbers) -> Iterator[Fault]:
    for number, value in _numbers_asked(question, numbers):
        for factor, words in ((0.5, "half of"), (2.0, "twice")):
            if value and within(number, value, value * factor):
                yield Fault(
                    f"{words} the right number is accepted as well", "Narrow the tolerance.",
                    f"{show_number(number, value * factor)} for {show_number(number, value)}",
                )  # fmt: skip


def _order_faults(question: Question, numbers: Numbers, right: Any) -> Iterator[Fault]:
    groups = in_groups(right)
    if len(groups) < 2:
        yield Fault("all items share one place", "There is nothing to put in order: give them different places.")
    elif any(len(group) > 1 for group in groups):
        prompt = plain(said(question.prompt, numbers)).casefold()
        if not any(words in prompt for words in _TIE_WORDS):
            yield Fault("items share a place and the prompt does not say so",
                        "Write for instance: two of them share a place, and any order of the two counts.")  # fmt: skip


def _mark_faults(kind: Mark, numbers: Numbers) -> Iterator[Fault]:
    plot = kind.plot(numbers)
    low, high = plot.x_range
    if not low < high:
        yield Fault("the x range of the plot is empty", "Give it as (from, to).", f"{plot.x_range}")
    elif 2 * kind.absolute > (high - low) / 3:
        yield Fault("more than a third of the chart counts as right", "Narrow `absolute`.",
                    f"{2 * kind.absolute:g} of {high - low:g}")  # fmt: skip
    if not any(plot.lines.values()):
        yield Fault("the plot has no line", "Give it one.")


def _allocate_faults(kind: Allocate, numbers: Numbers, right: Mapping[str, float]) -> Iterator[Fault]:
    total, claims = float(value_of(kind.total, numbers)), value_of(kind.claims, numbers)
    names = [receiver.id for receiver in kind.receivers]
    odd = sorted({member for claim in claims for member in claim.members} - set(names))
    if odd:
        yield Fault("a claim names somebody who receives nothing", f"The receivers are {', '.join(names)}.", f"{odd}")
    alone = sum(claim.least for claim in claims if len(claim.members) == 1)
    if alone > total * (1 + 1e-9):
        yield Fault("the claims cannot all be met", "Raise the sum, or lower a claim.",
                    f"single claims make {alone:g}, the sum is {total:g}")  # fmt: skip
    if not any(claim.least > 0 for claim in claims):
        yield Fault("nobody claims anything, so every share is right", "Add a claim.")
        return
    if not walk_outs(kind, numbers, dict.fromkeys(names, total / len(names))):
        yield Fault("an equal share for everybody is right already", "If that is not meant, raise a claim.",
                    severity="remark")  # fmt: skip
    splits = [split for split in itertools.product(range(11), repeat=len(names)) if sum(split) == 10]
    met = sum(not walk_outs(kind, numbers, _of(total, names, split)) for split in splits)
    if met > 0.9 * len(splits):
        yield Fault("nearly every share is right", "Raise a claim.", f"{met} of {len(splits)} tried")


def _of(total: float, names: list[str], tenths: tuple[int, ...]) -> dict[str, float]:
    return {name: total * part / 10 for name, part in zip(names, tenths, strict=True)}


def goal_faults(question: Question, numbers: Numbers, limit: int = 120) -> Iterator[Fault]:
    """A goal that no setting of the free controls meets, or nearly every one. Runs the model up to `limit` times."""
    from regionalism.explorers.core import registry

    kind = question.kind
    if not isinstance(kind, Sliders) or kind.goal is None:
        return
    explorer = registry()[kind.explorer]
    controls = [control for control in (*explorer.controls, *explorer.extra_controls) if control.name in kind.free]
    settings = list(itertools.product(*(control.values for control in controls)))
    tried = settings[:: max(1, -(-len(settings) // limit))]
    met = sum(
        meets_goal(question, numbers, dict(zip((control.name for control in controls), setting, strict=True)))
        for setting in tried
    )
    if not met and len(tried) == len(settings):
        yield Fault("no step of the free controls meets the goal", "Nobody who moves them can reach it: ask less.")
    elif met > 0.75 * len(tried):
        yield Fault("nearly every setting meets the goal", "Ask for more, or start where a move is needed.",
                    f"{met} of {len(tried)} tried")  # fmt: skip
    elif met > 0.5 * len(tried):
        yield Fault("more than half of all settings meet the goal", "A move at random may do: ask for more.",
                    f"{met} of {len(tried)} tried", "remark")  # fmt: skip


# Numbers that a beginner types


def typing_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A number that a beginner can hardly type as it is wanted."""
    for number, value in _numbers_asked(question, numbers):
        shown = value * 100 if number.percent else value
        if value and not 1e-4 <= abs(shown) < 1e7:
            yield Fault("the right number is too large or too small to type", "Ask in another unit, such as millions.",
                        f"{value:g}")  # fmt: skip
            continue
        figures = _figures_needed(number, value)
        if figures > MOST_FIGURES:
            yield Fault(
                "more figures must be typed than a beginner can", "Widen the tolerance, and say how many to give.",
                f"{value!r} needs {figures if figures < 16 else 'all its'} figures",
            )  # fmt: skip
        if abs(value) >= 1000 and (number.between[0] is None or number.between[0] <= abs(value) / 1000):
            yield Fault(
                "a thousand written with a point, 1.234, is read as one and a bit",
                "Give `between` a lower end, so that such an answer is sent back and costs no try.",
                show_number(number, value), "remark",
            )  # fmt: skip
        if number.unit == "%" and not question.wrongs and abs(value) > 1:
            yield Fault(
                "0.4 typed for 40 % is wrong here, and nothing is said about it",
                "Use `percent=True`, or name this as a wrong answer.", show_number(number, value), "remark",
            )  # fmt: skip
        if value < 0 and not any(word in _all_asked(question, numbers) for word in _MINUS_WORDS):
            yield Fault("the right number is negative and the question does not say so",
                        "Ask for the amount, or say that a minus is expected.", show_number(number, value))  # fmt: skip


def _figures_needed(number: Number, value: float) -> int:
    """The fewest significant figures to which the right number can be typed and is accepted."""
    return next((n for n in range(1, 16) if within(number, value, float(f"{value:.{n - 1}e}"))), 16)


def _all_asked(question: Question, numbers: Numbers) -> str:
    labels = [said(cell.label, numbers) for cell in getattr(question.kind, "cells", ())]
    return " ".join([said(question.title, numbers), said(question.prompt, numbers), *labels]).casefold()


def shown_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A student who works from the rounded numbers on the sheet and is judged wrong."""
    if not isinstance(question.kind, (Number, Table, Mark)):
        return
    seen = numbers_in(f"{_all_asked(question, numbers)} {_table_text(question, numbers)}")
    rounded = _as_shown(numbers, seen)
    if rounded == numbers:
        return
    answer = as_raw(question, value_of(question.right, rounded))
    verdict = judge(question, numbers, answer)
    if verdict.state != "right":
        yield Fault(
            "an answer worked out from the numbers as the sheet shows them is not right",
            "Widen the tolerance to the decimals shown, or draw numbers with no more decimals than are shown.",
            f"{_shown(answer)} is judged {verdict.state}",
        )  # fmt: skip


def _table_text(question: Question, numbers: Numbers) -> str:
    shown = question.show(numbers) if callable(question.show) else ""
    if isinstance(shown, str):
        return shown
    if not hasattr(shown, "columns"):
        return ""
    from regionalism.charts.tables import table_html

    return re.sub(r"<[^>]*>", " ", table_html(shown))


def _as_shown(tree: Any, seen: list[Token]) -> Any:
    """The numbers with each decimal fraction rounded as the sheet shows it."""
    if isinstance(tree, dict):
        return {name: _as_shown(branch, seen) for name, branch in tree.items()}
    if isinstance(tree, list):
        return [_as_shown(branch, seen) for branch in tree]
    if not isinstance(tree, float) or tree.is_integer():
        return tree
    like = [token for token in seen if not token.percent and token.rounds(tree)]
    return max(like, key=lambda token: token.decimals).value if like else tree


def worked_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A worked path that does not arrive at the right number, or at the right order."""
    if isinstance(question.kind, Order):
        worked, right = plain(said(question.worked, numbers)).casefold(), value_of(question.right, numbers)
        # Named twice, once in any order and once in the right one, is right.
        if not {_in_order(question.kind, numbers, right, worked, last) for last in (False, True)} & {True, None}:
            yield Fault("the worked path names the items in another order", "Make it agree with `right`.")
    if not isinstance(question.kind, (Number, Table)):
        return
    worked = said(question.worked, numbers)
    in_words = re.findall(r"[a-z]+", worked.casefold())
    found = numbers_in(worked) + [Token(float(_IN_WORDS[word]), 0, False) for word in in_words if word in _IN_WORDS]
    for number, value in _numbers_asked(question, numbers):
        if not any(within(number, value, given) for token in found for given in token.readings(number)):
            yield Fault("the worked path does not arrive at the right number",
                        "Write the result in it, to as many decimals as an answer needs.",
                        f"{show_number(number, value)} is missing")  # fmt: skip


# Hints that say too much


@dataclass(frozen=True)
class Token:
    """A number in a text: its value, its decimals, and whether a percent sign follows."""

    value: float
    decimals: int
    percent: bool

    def rounds(self, value: float) -> bool:
        """Whether this is the value, rounded to its decimals."""
        return abs(value - self.value) <= 0.5 * 10.0**-self.decimals * (1 + 1e-9)

    def readings(self, number: Number) -> list[float]:
        """What it stands for where this number is asked for."""
        if number.percent:
            return [self.value / 100] if self.percent else [self.value, self.value / 100]
        return [self.value] if not self.percent or number.unit == "%" else []

    def gives_away(self, number: Number, right: float) -> bool:
        """Whether typing it is right, and no accident of a wide tolerance."""
        exact = self.rounds(right) or (number.percent and self.rounds(right * 100))
        return exact and any(within(number, right, given) for given in self.readings(number))


def numbers_in(text: str) -> list[Token]:
    """The numbers in a text, with thousands marked by commas as in English; 3/4 counts as one number."""
    found = []
    for sign, digits, below, percent in _TOKEN.findall(text):
        digits = digits.rstrip(",")
        whole = digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits) else digits
        for piece in whole.split(","):
            if not piece:
                continue
            value = float(piece) * (-1 if sign else 1)
            decimals = len(piece.partition(".")[2])
            if below and float(below):
                found.append(Token(value / float(below), 9, bool(percent)))
            else:
                found.append(Token(value, decimals, bool(percent)))
    return found


def hints(question: Question, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """The name and text of everything that is said before the right answer or the worked path."""
    yield "title", said(question.title, numbers)
    yield "prompt", said(question.prompt, numbers)
    if isinstance(question.kind, Predict):
        return
    yield "nudge", said(question.nudge, numbers)
    yield "help", said(question.help, numbers)
    for wrong in question.wrongs:
        yield f"reply to {wrong.misconception!r}", said(wrong.reply, numbers)
    right = value_of(question.right, numbers)
    for option in getattr(question.kind, "options", ()):
        if option.id != right:
            yield f"reply to option {option.id!r}", said(option.reply, numbers)


def leak_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A text before the worked path that holds the right answer."""
    prompt = said(question.prompt, numbers)
    for name, text in hints(question, numbers):
        given = _number_given(question, numbers, name, text, prompt) or _words_given(question, numbers, text)
        if given:
            yield replace(given, words=f"the {name} {given.words}")


def _number_given(question: Question, numbers: Numbers, name: str, text: str, prompt: str) -> Fault | None:
    asked = name in ("title", "prompt")
    known = set() if asked else {(token.value, token.percent) for token in numbers_in(prompt)}
    tokens = [token for token in numbers_in(text) if (token.value, token.percent) not in known]
    for number, value in _numbers_asked(question, numbers):
        for token in tokens:
            if token.gives_away(number, value):
                small = token.decimals == 0 and abs(token.value) <= 10
                severity: Severity = "remark" if small or (asked and not numbers) else "error"
                example = show_number(number, value)
                return Fault("holds the right number", "Say how to find it, not what it is.", example, severity, True)
    return None


def _words_given(question: Question, numbers: Numbers, text: str) -> Fault | None:
    kind = question.asks
    right = value_of(question.right, numbers)
    said_here = plain(text).casefold()
    if isinstance(kind, (Choice, Several)):
        wanted = {right} if isinstance(kind, Choice) else set(right)
        texts = {option.id: said(option.text, numbers) for option in kind.options}
        named = {name for name, text in texts.items() if _names(said_here, text)}
        if named == wanted:
            # An option of a single word, such as "More", may stand in a sentence on something else.
            common = all(" " not in plain(texts[name]).strip() for name in named)
            return Fault("names the right option and no other", "Say how to tell, not which.",
                         ", ".join(sorted(named)), "remark" if common else "error")  # fmt: skip
    if isinstance(kind, (Cards, Match)):
        left, heaps = (kind.cards, kind.bins) if isinstance(kind, Cards) else (kind.items, kind.partners)
        for sentence in re.split(r"(?<=[.?;])\s", said_here):
            places = [place.id for place in heaps if _names(sentence, said(place.text, numbers))]
            cards = [card.id for card in left if _names(sentence, said(card.text, numbers))]
            if len(places) == 1 and any(right[card] == places[0] for card in cards):
                return Fault("says where one belongs", "Say how to tell, not where.", f"{cards[0]}: {places[0]}")
    if isinstance(kind, Order):
        return _order_given(kind, numbers, right, said_here)
    return None


def _order_given(kind: Order, numbers: Numbers, right: Any, said_here: str) -> Fault | None:
    if _in_order(kind, numbers, right, said_here):
        return Fault("names all items in the right order", "Name them in another order, or fewer of them.")
    return None


def _in_order(kind: Order, numbers: Numbers, right: Any, text: str, last: bool = False) -> bool | None:
    """Whether a text names the items in the right order, at first or at `last`; None unless it names all."""
    names = {item.id: plain(said(item.text, numbers)).casefold().strip(" .") for item in kind.items}
    find = text.rfind if last else text.find
    places = [[find(names[name]) for name in group] for group in in_groups(right)]
    if any(place < 0 for group in places for place in group):
        return None
    return all(max(before) < min(after) for before, after in itertools.pairwise(places))


def _names(text: str, option: str) -> bool:
    """Whether a text holds an option as it reads, or its head before a colon."""
    whole = plain(option).casefold().strip(" .")
    forms = [form.strip() for form in (whole, whole.partition(":")[0]) if len(form.strip()) >= 4]
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)


def telling_faults(question: Question, numbers: Numbers) -> Iterator[Fault]:
    """A right option that can be told by its length."""
    kind = question.kind
    if not isinstance(kind, Choice):
        return
    right = value_of(question.right, numbers)
    lengths = {option.id: len(plain(said(option.text, numbers))) for option in kind.options}
    others = max((length for name, length in lengths.items() if name != right), default=0)
    if lengths[right] > 60 and lengths[right] > 1.7 * others:
        yield Fault("the right option is by far the longest", "Its length gives it away: shorten it.",
                    f"{lengths[right]} signs, the next {others}", "remark")  # fmt: skip


# What they share


def _numbers_asked(question: Question, numbers: Numbers) -> list[tuple[Number, float]]:
    """The numbers that a student types, with their right values."""
    kind, right = question.kind, value_of(question.right, numbers)
    if isinstance(kind, Predict) and isinstance(kind.ask, Number):
        return [(kind.ask, float(right))]
    if isinstance(kind, Number):
        return [(kind, float(right))]
    if isinstance(kind, Table):
        return [(cell.number, float(right[cell.id])) for cell in kind.cells]
    if isinstance(kind, Mark):
        number = Number(unit=kind.unit, absolute=kind.absolute, between=kind.plot(numbers).x_range)
        return [(number, float(end)) for end in (right if kind.span else [right])]
    return []


def _shown(answer: Any) -> str:
    text = repr(answer)
    return text if len(text) <= 120 else f"{text[:120]}…"


# Stages: a question that fails one is not put to the next.
STAGES: tuple[tuple[Detection, ...], ...] = (
    (words_faults,),
    (right_faults,),
    (start_faults, wrong_faults, reply_faults, matches_faults),
    (option_faults, unique_faults, typing_faults, worked_faults, leak_faults, telling_faults),
)
# Slow ones, with the number of different draws that each is tried with.
SLOW: tuple[tuple[Detection, int], ...] = (
    (nonsense_faults, 3), (broad_faults, 2), (shown_faults, 12), (goal_faults, 3),
)  # fmt: skip
