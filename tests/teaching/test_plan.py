"""Plans of lessons: what a plan must have, and that the four of the course have it."""

from __future__ import annotations

import dataclasses
import importlib
import re

import pytest

from regionalism.charts.figure import Figure
from regionalism.exercises import chapter
from regionalism.teaching import content
from regionalism.teaching.asking import asked
from regionalism.teaching.content import STEMS, NotForStudents
from regionalism.teaching.plan import LESSON, PARTS, SIZES, Plan, Role, Slide, Slip, Turn, problems

NAMED = {
    "gains": {"joint-gain-produces-cooperation", "every-failure-needs-punishment"},
    "puzzle": {"located-here-is-regionalism", "count-measures-cooperation"},
    "outsourcing": {"rational-for-each-best-for-all", "guarantee-is-automatic"},
    "leadership": {"largest-is-indispensable", "will-makes-a-leader"},
}
# Directions to a teacher, which stand in `do`.
FOR_TEACHERS = re.compile(r"\b(?:you|your|show the|read out|write on the board|ask|collect)\b", re.IGNORECASE)
# Whom a glance begins with: it tells what they do.
STUDENTS = {"All", "Each", "Pairs", "Groups", "Two"}
every = pytest.mark.parametrize("stem", STEMS)


def turn(part: str, minutes: int, **more) -> Turn:
    """A turn with something in every part that must not be empty."""
    return Turn(part, minutes, f"The {part} turn", "All vote.", ("Say it.",), "Do it.", "Expect it.", **more)


def small(**changes) -> Plan:
    """A plan that can be taught, with changes."""
    turns = (
        turn("open", 8, slips=(Slip("They will.", "Why?", "joint-gain-produces-cooperation"),)),
        turn("predict", 12, questions=("gains-public-good", "gains.quick-gain")),
        turn("explore", 30, slides=(Slide("ask", "What follows?", of="gains.quick-gain"),)),
        turn("argue", 20, questions=("gains.quick-gain",)),
        turn("exit", 10, questions=("gains.quick-tool",)),
    )
    plan = Plan(
        "gains", "Say it.", ("Print.",), turns, "A board.", dict.fromkeys(SIZES, "So."), "So.",
        tuple(Role(name, "A task.") for name in "ABCD"), "Leave it out.",
    )  # fmt: skip
    return dataclasses.replace(plan, **changes)


def with_first(**changes) -> Plan:
    """The same with a change of the first turn."""
    turns = small().turns
    return small(turns=(dataclasses.replace(turns[0], **changes), *turns[1:]))


def test_a_plan_that_can_be_taught_has_no_problems():
    assert problems(small()) == []


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (with_first(minutes=9), "81 minutes, not 80"),
        (with_first(minutes=0), "0 minutes; it needs at least 1"),
        (with_first(part="argue"), "no turn for open"),
        (small(turns=small().turns[::-1]), "must begin with an opening question"),
        (small(turns=()), "no turn for open, predict, explore, argue, exit"),
        (small(variants={20: "So."}), "variants for [20] students"),
        (small(roles=()), "0 roles for four students"),
        (small(aim=" "), "aim is empty"),
        (small(board=""), "board is empty"),
        (small(projector=""), "projector is empty"),
        (small(short=""), "short is empty"),
        (with_first(say=()), "needs something to say"),
        (with_first(do=" "), "needs something to say"),
        (with_first(expect=""), "needs something to say"),
        (with_first(glance=" "), "glance is empty"),
        (with_first(glance="word " * 16 + "end."), "glance has 17 words; at most 16"),
        (with_first(glance="All vote. Pairs talk."), "one sentence, closed by its stop: 'All vote. Pairs talk.'"),
        (with_first(glance="Who leads? All vote."), "one sentence"),
        (with_first(glance="All say “stop.” Pairs talk."), "one sentence"),
        (with_first(glance="All vote"), "one sentence"),
        (with_first(slips=(Slip("a", "b", "no-such-idea"),)), "'no-such-idea' is no misconception"),
        (with_first(slides=(Slide("figure", "Nothing"),)), "names nothing to show"),
        (with_first(slides=(Slide("words", "Something", of="burden"),)), "names something to show"),
        (with_first(questions=("gains.no-such",)), "no question 'gains.no-such'"),
        (with_first(questions=("gains.transfer-locusts",)), "counts for marks"),
        (with_first(slides=(Slide("reveal", "So", of="gains.argue"),)), "gains.argue is a Text"),
    ],
)
def test_a_fault_is_named_with_the_plan(plan, fault):
    found = problems(plan)
    assert any(fault in line for line in found), found
    assert all(line.startswith("gains") for line in found)


@pytest.mark.parametrize("glance", ["word " * 15 + "end.", "All say “stop.”", "Who leads?", "All give 0.5 points."])
def test_one_sentence_of_sixteen_words_is_a_glance(glance):
    assert problems(with_first(glance=glance)) == []


def test_a_plan_without_a_question_has_nothing_to_vote_on():
    turns = tuple(dataclasses.replace(one, questions=()) for one in small().turns)
    assert any("no question is asked" in line for line in problems(small(turns=turns)))


def test_minutes_follow_each_other():
    times = [(start, end) for start, end, _ in small().timed()]
    assert times == [(0, 8), (8, 20), (20, 50), (50, 70), (70, 80)]
    assert small().minutes == LESSON


def test_each_question_of_a_lesson_is_named_once_in_order():
    assert small().questions == ("gains-public-good", "gains.quick-gain", "gains.quick-tool")


def test_a_copy_without_the_content_says_that_it_is_for_students():
    with pytest.raises(NotForStudents, match="for students"):
        content.module("plans.no-such-chapter")


# The four plans of the course


@every
def test_the_plan_can_be_taught(stem):
    plan = content.plan(stem)
    assert plan.stem == stem
    assert problems(plan) == []


@every
def test_the_plan_has_its_parts_in_order(stem):
    firsts = list(dict.fromkeys(turn.part for turn in content.plan(stem).turns))
    assert set(firsts) == set(PARTS)
    assert (firsts[0], firsts[-1]) == ("open", "exit")


@every
def test_titles_of_turns_differ(stem):
    titles = [turn.title for turn in content.plan(stem).turns]
    assert len(titles) == len(set(titles))


@every
def test_a_glance_is_of_what_students_do_and_gives_no_number_away(stem):
    """The answers of a lesson are mostly numbers."""
    for turn in content.plan(stem).turns:
        assert not FOR_TEACHERS.search(turn.glance), turn.glance
        assert not re.search(r"\d", turn.glance), turn.glance
        assert turn.glance.split()[0] in STUDENTS, turn.glance


@every
def test_every_figure_is_there(stem):
    slides = [slide for turn in content.plan(stem).turns for slide in turn.slides if slide.kind == "figure"]
    assert slides
    for slide in slides:
        module, _, name = slide.of.rpartition(".")
        made = getattr(importlib.import_module(f"regionalism.figures.{module or stem}"), name)()
        assert isinstance(made, Figure), slide.of


@every
def test_every_question_on_a_slide_is_answered_on_a_later_one(stem):
    slides = [slide for turn in content.plan(stem).turns for slide in turn.slides]
    for at, slide in enumerate(slides):
        if slide.kind == "ask":
            later = [other.of for other in slides[at + 1 :] if other.kind == "reveal"]
            assert slide.of in later, f"{slide.title} ({slide.of}) is never answered"
        if slide.kind == "reveal":
            earlier = [other.of for other in slides[:at] if other.kind == "ask"]
            assert slide.of in earlier, f"{slide.title} ({slide.of}) is answered before it is asked"


@every
def test_the_two_misconceptions_of_the_chapter_are_among_the_slips(stem):
    slips = {slip.misconception for turn in content.plan(stem).turns for slip in turn.slips}
    assert NAMED[stem] <= set(chapter(stem).misconceptions)
    assert NAMED[stem] <= slips


@every
def test_the_lesson_has_something_to_vote_on_and_something_to_sort(stem):
    ways = {asked(reference).way for reference in content.plan(stem).questions}
    assert {"vote", "sort"} <= ways
