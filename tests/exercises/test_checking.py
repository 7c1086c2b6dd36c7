"""Checking: a faulty declaration is refused with a word on what is wrong."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
import types
from dataclasses import replace

import pytest

from regionalism import exercises
from regionalism.exercises import keys
from regionalism.exercises.checking import check, check_chapter, check_keys, shape_problems
from regionalism.exercises.keys import Key, key, keyed, with_key
from regionalism.exercises.question import Bin, Card, Cards, Choice, Number, Option, Question, QuestionError, Wrong


def load_key_module(folder, stem):
    path = folder / "regionalism_keys" / f"{stem}.py"
    if not path.exists():
        pytest.skip(f"no key module for {stem}")
    spec = importlib.util.spec_from_file_location(f"keys_under_test_{stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_samples_are_sound(demo):
    check_chapter(demo)


@pytest.mark.parametrize("stem", exercises.chapters())
def test_every_chapter_is_sound(stem):
    check_chapter(exercises.chapter(stem))
    assert shape_problems(exercises.chapter(stem)) == []


@pytest.mark.parametrize("stem", exercises.chapters())
def test_every_chapters_keys_are_sound(stem, keys_folder):
    check_keys(exercises.chapter(stem), load_key_module(keys_folder, stem).KEY)


@pytest.mark.parametrize("stem", exercises.chapters())
def test_every_misconception_is_caught_somewhere(stem, keys_folder):
    chapter = exercises.chapter(stem)
    every = (*keyed(chapter.questions, load_key_module(keys_folder, stem).KEY), *chapter.self_check)
    caught = {name for question in every for name in question.misconceptions}
    assert caught == set(chapter.misconceptions)


SHIFTED = {"right": lambda n: 0.5, "wrongs": (Wrong("rest", lambda n: n["part"] / 40, "r"),)}


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        ("number", {"id": "Demo Number"}, "id must look like"),
        ("number", {"title": " "}, "title and objective"),
        ("number", {"points": -1}, "points"),
        ("number", {"work": "play"}, "work must be one of"),
        ("number", {"role": "exam"}, "role must be one of"),
        ("number", {"right": None}, "no right answer"),
        ("number", {"right": lambda n: "half"}, "is judged unreadable"),
        ("number", {"right": lambda n: 2}, "is judged unreadable|is judged wrong"),
        ("number", {"right": lambda n: 0.01}, "between 0.02 and 1"),
        ("number", {"help": ""}, "help must not be empty"),
        ("number", {"worked": ""}, "worked must not be empty"),
        ("number", {"nudge": ""}, "nudge must not be empty"),
        ("number", {"nudge": "Well done!"}, "exclamation"),
        ("number", {"prompt": lambda n: ""}, "prompt is empty"),
        ("number", {"prompt": lambda n: n["gone"]}, "raises KeyError"),
        ("number", {"prompt": lambda n: 3}, "words must be a text"),
        ("number", {"draw": lambda d: {"part": {1, 2}}}, "plain JSON"),
        ("number", {"draw": lambda d: {"part": float("nan")}}, "plain JSON"),
        ("number", {"draw": lambda d: {1: 2}}, "plain JSON"),
        ("number", {"draw": lambda d: {"part": (1, 2)}}, "plain JSON"),
        ("number", {"draw": lambda d: [1]}, "plain JSON"),
        ("number", {"wrongs": (Wrong("rest", lambda n: n["part"] / n["whole"], "r"),)}, "is judged right"),
        ("number", {"wrongs": (Wrong("rest", "abc", "r"),)}, "is judged unreadable"),
        (
            "number",
            {"wrongs": (Wrong("a", 0.9, "r"), Wrong("b", 0.905, "r"))},
            "should betray 'b', but is taken for 'a'",
        ),
        ("number", {"wrongs": (Wrong("a", 0.9, "r", matches=lambda n, a: a < 0.5),)}, "is taken for None"),
        ("number", {"wrongs": (Wrong("a", 0.9, "r", matches=lambda n, a: 1 / a > 0),)}, "fails for the answer 0.0"),
        ("number", {"kind": Number(absolute=-1)}, "tolerance"),
        ("choice", {"kind": Choice((Option("a", "A"),))}, "at least 2"),
        ("choice", {"kind": Choice((Option("a", "A"), Option("a", "B")))}, "used twice"),
        ("choice", {"kind": Choice((Option("a b", "A"), Option("c", "B")))}, "odd id"),
        ("choice", {"wrongs": ()}, "option 'both' is wrong and has neither"),
        ("choice", {"right": "gone"}, "is judged unreadable"),
        ("several", {"right": set()}, "is judged silent"),
        ("cards", {"right": {"radar": "best"}}, "raises KeyError"),
        (
            "cards",
            {
                "wrongs": (
                    Wrong(
                        "a", {"radar": "best", "border": "sum", "fund": "sum"}, "r", lambda n, a: a["border"] == "sum"
                    ),
                )
            },
            "fails for the answer",
        ),
        ("cards", {"kind": Cards((Card("radar", "x"), Card("border", "x")), (Bin("sum", "x"),))}, "at least 2"),
        ("number", {"show": "gone"}, "what it shows raises"),
        ("number", {"show": lambda n: 3}, "what it shows raises"),
        ("text", {"right": "x"}, "no right answer"),
        ("transfer", {"right": "watch"}, "must not hold its key"),
        ("transfer", {"worked": "so"}, "must not hold its key"),
        ("transfer", {"kind": Choice((Option("a", "A", "reply"), Option("b", "B")))}, "replies of options"),
    ],
)
def test_faults_are_named(question, name, changes, fault):
    with pytest.raises(QuestionError, match=fault) as refusal:
        check(replace(question(name), **changes))
    assert "emo" in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"explorer": "gone"}, "no explorer 'gone'"),
        ({"free": ("theta", "gone")}, "has no control"),
        ({"free": ()}, "at least one control"),
        ({"fixed": {"theta": 1.0}}, "both free and fixed"),
        ({"start": {"kind": "best"}}, "start without being free"),
        ({"start": {"theta": 1.0, "members": 5.0}}, "meets the goal already|is judged silent"),
        ({"start": {"theta": 1.0, "members": 4.0}}, "meets the goal already"),
        ({"goal": None}, "no goal"),
        ({"goal": lambda results, values, n: False}, "is judged wrong"),
    ],
)
def test_faults_of_explorer_questions(question, changes, fault):
    asked = question("sliders")
    with pytest.raises(QuestionError, match=fault):
        check(replace(asked, kind=replace(asked.kind, **changes)))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"stem": "other"}, "id must begin with 'other'"),
        ({"objectives": {}}, "unknown objective"),
        ({"misconceptions": {}}, "unknown misconception"),
    ],
)
def test_faults_of_a_chapter(demo, changes, fault):
    with pytest.raises(QuestionError, match=fault):
        check_chapter(replace(demo, **changes))


def test_faults_between_questions(demo, question):
    with pytest.raises(QuestionError, match="used twice"):
        check_chapter(replace(demo, questions=(*demo.questions, demo.questions[0])))
    with pytest.raises(QuestionError, match="points must be above 0"):
        check_chapter(replace(demo, questions=(replace(demo.questions[0], points=0),), self_check=()))
    with pytest.raises(QuestionError, match="must be a Choice"):
        check_chapter(replace(demo, self_check=(replace(question("number"), id="demo.quick"),)))
    silent = replace(question("choice"), id="demo.quick")
    with pytest.raises(QuestionError, match="needs a reply"):
        check_chapter(replace(demo, self_check=(silent,)))


def test_shape(demo):
    assert len(shape_problems(replace(demo, questions=demo.questions[:1]))) == 4


@pytest.mark.parametrize(("worked", "enough"), [(2, False), (3, True)])
def test_half_of_a_sheet_is_worked_with_a_widget_or_data(demo, worked, enough):
    six = [replace(question, work="data" if place < worked else "thought")
           for place, question in enumerate(demo.questions[:6])]
    problems = shape_problems(replace(demo, questions=tuple(six)))
    assert any("should be half" in problem for problem in problems) != enough


# Keys


def test_keys_fit_the_transfer_questions(demo, transfer_key):
    check_keys(demo, {"demo.transfer": transfer_key})
    with pytest.raises(QuestionError, match="without key"):
        check_keys(demo, {})
    with pytest.raises(QuestionError, match="keys without transfer question"):
        check_keys(demo, {"demo.transfer": transfer_key, "demo.number": transfer_key})
    with pytest.raises(QuestionError, match="unknown misconception"):
        check_keys(demo, {"demo.transfer": replace(transfer_key, wrongs=(Wrong("new", "fines", "r"),))})
    with pytest.raises(QuestionError, match="unknown options"):
        check_keys(demo, {"demo.transfer": replace(transfer_key, replies={"gone": "r"})})
    with pytest.raises(QuestionError, match="has neither a reply nor a Wrong"):
        check_keys(demo, {"demo.transfer": replace(transfer_key, replies={})})


def test_keys_leave_formative_questions_alone(demo, transfer_key):
    assert keyed(demo.questions, None) == demo.questions
    assert keyed(demo.questions, {"demo.number": Key(right=3)}) == demo.questions
    assert keyed(demo.questions, {"demo.transfer": transfer_key})[-1].judged


def test_a_key_brings_the_goal_of_an_explorer(question):
    asked = question("sliders")
    bare = replace(asked, kind=replace(asked.kind, goal=None))
    assert with_key(bare, Key(right=asked.right, goal=asked.kind.goal)).kind.goal is asked.kind.goal


def test_keys_come_through_the_entry_point(monkeypatch, transfer_key):
    class Point:
        name = "demo"

        def load(self):
            return type("module", (), {"KEY": {"demo.transfer": transfer_key}})

    assert key("demo") is None
    monkeypatch.setattr(keys, "entry_points", lambda group: (Point(),) if group == "regionalism.keys" else ())
    assert key("demo") == {"demo.transfer": transfer_key}
    assert key("other") is None


@pytest.mark.parametrize("stem", exercises.chapters())
def test_the_keys_distribution_announces_every_chapter(stem, keys_folder):
    module = load_key_module(keys_folder, stem)
    project = tomllib.loads((keys_folder / "pyproject.toml").read_text())["project"]
    assert project["entry-points"][keys.GROUP][stem] == f"regionalism_keys.{stem}"
    assert len(module.CANARY) >= 16


@pytest.mark.parametrize("stem", exercises.chapters())
def test_no_key_stands_in_the_package(stem, keys_folder):
    canary = load_key_module(keys_folder, stem).CANARY
    package = keys_folder.parent / "src"
    assert not [path for path in package.rglob("*.py") if canary in path.read_text(encoding="utf-8")]


def test_a_question_without_a_right_answer_is_refused_where_it_is_written():
    with pytest.raises(QuestionError, match="demo.lost has no right answer"):
        Question(id="demo.lost", title="Lost", objective="o", points=1, kind=Number(), prompt="How many?")


def test_a_module_without_a_chapter_is_named(monkeypatch):
    module = types.ModuleType("regionalism.exercises.empty")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr("regionalism.exercises.chapters", lambda: ("empty",))
    with pytest.raises(QuestionError, match="regionalism.exercises.empty declares no CHAPTER"):
        exercises.chapter("empty")
