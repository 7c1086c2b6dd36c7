"""What a student answered, in words: as plain text, so that whoever shows it can escape it in one place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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
    Text,
    said,
)
from regionalism.exercises.reading import Parsed, read, share_number, show_number

LONGEST_ODD = 200


def answer_words(question: Question, numbers: Numbers, raw: Any) -> list[str]:
    """An answer in words, a line each; what could not be read as typed, cut short. Never raises for an odd one."""
    found = read(question, numbers, raw)
    if not isinstance(found, Parsed):
        return [_odd(raw)] if raw not in (None, "", [], {}) else []
    return _in_words(question.kind, numbers, found.answer)


def _odd(raw: Any) -> str:
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, sort_keys=True, default=str)
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST_ODD else f"{clean[:LONGEST_ODD]}…"


def _names(items: Any, numbers: Numbers) -> dict[str, str]:
    return {item.id: plain(said(item.text, numbers)) for item in items}


def _in_words(kind: Any, numbers: Numbers, answer: Any) -> list[str]:
    if isinstance(kind, Predict):
        return _in_words(kind.ask, numbers, answer)
    if isinstance(kind, Number):
        return [show_number(kind, float(answer))]
    if isinstance(kind, Choice):
        return [_names(kind.options, numbers)[answer]]
    if isinstance(kind, Several):
        return [words for name, words in _names(kind.options, numbers).items() if name in answer]
    if isinstance(kind, Cards):
        return _pairs(_names(kind.cards, numbers), answer, _names(kind.bins, numbers))
    if isinstance(kind, Match):
        return _pairs(_names(kind.items, numbers), answer, _names(kind.partners, numbers))
    if isinstance(kind, Order):
        names = _names(kind.items, numbers)
        return [f"{place}. {names[name]}" for place, name in enumerate(answer, start=1)]
    if isinstance(kind, Allocate):
        shown = {name: show_number(share_number(kind), float(share)) for name, share in answer.items()}
        return [f"{words}: {shown[name]}" for name, words in _names(kind.receivers, numbers).items() if name in shown]
    if isinstance(kind, Table):
        return [
            f"{plain(said(cell.label, numbers))}: {show_number(cell.number, answer[cell.id])}"
            for cell in kind.cells
            if cell.id in answer
        ]
    if isinstance(kind, Mark):
        ends = answer if kind.span else [answer]
        return [" to ".join(show_number(Number(unit=kind.unit), float(end)) for end in ends)]
    if isinstance(kind, Sliders):
        return _controls(kind, answer)
    assert isinstance(kind, Text)
    return str(answer).splitlines()


def _pairs(names: Mapping[str, str], answer: Mapping[str, str], places: Mapping[str, str]) -> list[str]:
    return [f"{words} → {places[answer[name]]}" for name, words in names.items() if name in answer]


def _controls(kind: Sliders, answer: Mapping[str, Any]) -> list[str]:
    from regionalism.explorers.core import registry

    explorer = registry()[kind.explorer]
    controls = {control.name: control for control in (*explorer.controls, *explorer.extra_controls)}
    return [f"{controls[name].label}: {_displayed(controls[name], value)}" for name, value in sorted(answer.items())]


def _displayed(control: Any, value: Any) -> str:
    try:
        return str(control.display(value))
    except (ValueError, TypeError, KeyError, IndexError):
        return _odd(value)  # a value that the control does not have, from a file that somebody wrote
