"""A hundred thousand odd answers to all questions: none stops the judging, each gets a sound verdict."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from regionalism import exercises
from regionalism.exercises.judging import judge
from regionalism.exercises.keys import keyed
from regionalism.exercises.nonsense import SCALARS, malformed, odd_answers
from regionalism.exercises.question import Sliders

ANSWERS = 100_000
SEEDS = ("sample", "17", "Айгерим")
KEYS = Path(__file__).parents[2] / "keys" / "regionalism_keys"


def keys_of(stem):
    path = KEYS / f"{stem}.py"
    spec = importlib.util.spec_from_file_location(f"keys_for_odd_answers_{stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.KEY


def all_questions(demo, transfer_key):
    """Every question of the course as students meet it, keyed as graders do, and the samples."""
    found = [*demo.questions, *keyed(demo.questions, {"demo.transfer": transfer_key}), *demo.self_check]
    for stem in exercises.chapters():
        chapter = exercises.chapter(stem)
        with_keys = [q for q in keyed(chapter.questions, keys_of(stem)) if q.role == "transfer"]
        found += [*chapter.questions, *with_keys, *chapter.self_check]
    return found


def test_no_odd_answer_stops_the_judging(demo, transfer_key):
    asked = all_questions(demo, transfer_key)
    # The questions of an explorer run its model: theirs are fewer, and the others make up for it.
    slow = [question for question in asked if isinstance(question.kind, Sliders)]
    few = 200
    each = -(-(ANSWERS - few * len(SEEDS) * len(slow)) // (len(SEEDS) * (len(asked) - len(slow))))
    states: Counter[str] = Counter()
    faults = []
    for question in asked:
        count, moved = (few, 0.05) if question in slow else (each, 1.0)
        for seed in SEEDS:
            numbers = question.numbers(seed)
            for place, odd in enumerate(odd_answers(question, numbers, count, seed=seed, moved=moved)):
                try:
                    verdict = judge(question, numbers, odd, place % 4)
                    wrong = malformed(verdict)
                    states[verdict.state] += 1
                except Exception as error:
                    wrong = f"raises {error!r}"
                if wrong:
                    faults.append(f"{question.id}, student {seed}: {odd!r:.200} {wrong}")
    assert not faults, f"{len(faults)} faults, the first: {faults[:5]}"
    assert sum(states.values()) >= ANSWERS
    # The odd answers reach every state: nearly right ones are among them.
    assert set(states) == {"right", "partly", "wrong", "unreadable", "saved", "predicted", "silent"}
    assert min(states.values()) > 200, states


@pytest.mark.parametrize("name", ["number", "cards", "order", "match", "allocate", "span", "guess", "sliders"])
def test_the_odd_answers_are_the_same_at_each_call(question, name):
    asked = question(name)
    numbers = asked.numbers("1")
    first, again = (list(map(repr, odd_answers(asked, numbers, 300))) for _ in range(2))
    assert first == again
    assert len(set(first)) > 150
    assert first != list(map(repr, odd_answers(asked, numbers, 300, seed="2")))


def test_the_odd_answers_are_plain_json(question):
    for name in ("table", "order", "span", "estimate", "text"):
        asked = question(name)
        for odd in odd_answers(asked, asked.numbers("1"), 500):
            json.loads(json.dumps(odd))


@pytest.mark.parametrize("raw", SCALARS, ids=lambda raw: type(raw).__name__)
def test_each_odd_scalar_gets_a_verdict_from_every_kind(demo, raw):
    for question in demo.questions:
        assert malformed(judge(question, question.numbers("1"), raw)) == ""
