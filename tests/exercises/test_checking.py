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
from regionalism.exercises.checking import (
    chapter_problems,
    check,
    check_chapter,
    check_keys,
    problems,
    rubric_problems,
    shape_problems,
)
from regionalism.exercises.command import grouped, main
from regionalism.exercises.keys import Criterion, Key, key, keyed, with_key
from regionalism.exercises.question import (
    Bin,
    Card,
    Cards,
    Cell,
    Choice,
    Claim,
    Mark,
    Number,
    Option,
    Order,
    Plot,
    Predict,
    Question,
    QuestionError,
    Several,
    Sliders,
    Table,
    Wrong,
    said,
    value_of,
)
from regionalism.exercises.scrutiny import numbers_in


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
        ("number", {"wrongs": (Wrong("a", 0.9, "r", matches=lambda n, a: 1 / a > 0),)}, "fails .for the answer 0.0"),
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
            "fails .for the answer",
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


def kind_of(name, **changes):
    """A change of the kind of a sample question."""
    return lambda asked: {"kind": replace(asked.kind, **changes)}


def flat(numbers):
    return Plot({"Troops": ()}, "Year", "Troops", (2000, 2020), (0, 1))


DRAWN = {"draw": lambda d: {"x": d.integer(100, 900)}, "right": lambda n: n["x"] / 7, "wrongs": (), "show": None,
         "worked": lambda n: f"It is {n['x'] / 7:.2f}.", "prompt": "How many?"}  # fmt: skip
FINE = Number(absolute=0.01)
LONG = "Neither of the two pays, since what it costs is more than what each of them would win by it"


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        # No right answer, or more than one
        ("choice", {"kind": Choice((Option("none", "Nobody"), Option("both", " nobody. ")))}, "options read the same"),
        ("several", {"kind": Several((Option("a", "A"), Option("b", "a"), Option("d", "D")))}, "options read the same"),
        ("cards", kind_of("cards", bins=(Bin("sum", "X"), Bin("weak", "x"), Bin("best", "Y"))), "heaps read the same"),
        ("match", lambda q: {"kind": replace(q.kind, partners=(*q.kind.partners, Bin("two", "Fines")))},
         "partners read the same"),
        ("match", lambda q: {"kind": replace(q.kind, partners=q.kind.partners[:2])}, "fewer partners than items"),
        ("match", {"right": {"doubt": "watch", "tempt": "watch", "split": "judge"}}, "is judged unreadable"),
        ("order", {"prompt": "Put the four steps in order."}, "the prompt does not say so"),
        ("order", {"right": [["talk", "sign", "vote", "act"]], "wrongs": ()}, "all items share one place"),
        ("order", {"right": ["talk", "sign", "vote"]}, "is judged unreadable"),
        ("order", kind_of("order", first=""), "two ends"),
        ("number", {"kind": Number(percent=True, absolute=0.3), "wrongs": ()}, "twice|half of the right number"),
        ("number", {**DRAWN, "kind": Number(relative=0.6)}, "half of the right number is accepted"),
        ("table", {"kind": Table((Cell("low", "Low", Number(relative=1)), Cell("high", "High", Number()))),
                   "wrongs": ()}, "half of the right number is accepted"),
        ("number", {"kind": Number(percent=True, absolute=0.01, between=(0, 0.1))}, "is judged unreadable"),
        ("mark", kind_of("mark", absolute=4), "more than a third of the chart"),
        ("mark", {"kind": Mark(flat)}, "the plot has no line"),
        ("mark", kind_of("mark", step=0), "step must be above 0"),
        ("mark", {"right": 2030}, "is judged unreadable"),
        ("span", {"right": lambda n: [n["peak"], 2000]}, "is judged unreadable"),
        ("allocate", kind_of("allocate", claims=(Claim(("arka",), 90), Claim(("boro",), 90))), "is judged wrong"),
        ("allocate", kind_of("allocate", claims=()), "nobody claims anything|is judged right"),
        ("allocate", kind_of("allocate", claims=(Claim(("gone",), 0),)), "is judged right|receives nothing"),
        ("allocate", {"right": {"arka": 1, "boro": 1, "celan": 1}}, "is judged unreadable"),
        # Wrong answers
        ("choice", {"wrongs": (Wrong("joint", "none", "r"),)}, "is judged right"),
        ("mark", {"wrongs": (Wrong("rest", lambda n: n["peak"] + 1, "r"),)}, "is judged right"),
        ("match", {"wrongs": (Wrong("joint", {"doubt": "fine"}, "r", lambda n, a: a["tempt"] == "watch"),)},
         "raises KeyError|fails"),
        ("order", {"wrongs": (Wrong("joint", ["talk", "vote", "sign", "act"], "r"),)}, "is judged right"),
        ("guess", {"wrongs": (Wrong("joint", "fewer", "r"),)}, "is what came out"),
        ("estimate", {"wrongs": (Wrong("joint", lambda n: n["ratified"] / 50, "r"),)}, "is what came out"),
        ("guess", {"worked": ""}, "worked must not be empty"),
        ("guess", {"right": "gone"}, "is judged|raises"),
        # Hints that give the answer away
        ("number", {"nudge": lambda n: f"Is it {n['part'] / n['whole']:.0%}?"}, "the nudge holds the right number"),
        ("number", {"help": lambda n: f"It is {n['part'] / n['whole']:.2f}, is it not?"}, "the help holds the right"),
        ("number", {"prompt": lambda n: f"Is {n['part'] / n['whole']:.1%} right for {n['part']}?"},
         "the prompt holds the right number"),
        ("table", {"nudge": lambda n: f"Low is {n['low']}."}, "the nudge holds the right number"),
        ("mark", {"help": lambda n: f"Look near {n['peak']}."}, "the help holds the right number"),
        ("choice", {"help": "Is it that nobody pays?"}, "the help names the right option and no other"),
        ("choice", {"prompt": "Nobody pays, or what happens?"}, "the prompt names the right option and no other"),
        ("choice", {"wrongs": (Wrong("joint", "both", "Think again: nobody pays."),)}, "names the right option"),
        ("several", {"nudge": "Take measure a and measure b."}, "the nudge names the right option"),
        ("cards", {"help": "A radar: best shot."}, "the help says where one belongs"),
        ("match", {"nudge": "Where nobody knows what the others do, observers help."}, "says where one belongs"),
        ("order", {"help": "First they talk, then they sign or they vote, at last they act."}, "in the right order"),
        # Numbers that a beginner can hardly type
        ("number", {**DRAWN, "kind": Number(), "worked": lambda n: f"{n['x'] / 7!r}"}, "more figures must be typed"),
        ("number", {**DRAWN, "kind": FINE, "right": lambda n: n["x"] * 1e5, "worked": lambda n: f"{n['x'] * 1e5}"},
         "too large or too small"),
        ("number", {**DRAWN, "kind": FINE, "right": lambda n: -n["x"] / 7, "worked": lambda n: f"{-n['x'] / 7:.2f}"},
         "is negative and the question does not say so"),
        ("number", {**DRAWN, "kind": FINE, "worked": "Divide by seven."}, "does not arrive at the right number"),
        ("number", {**DRAWN, "kind": FINE, "worked": lambda n: f"It is {n['x'] / 7:.1f}."}, "does not arrive"),
        ("number", {**DRAWN, "kind": FINE, "draw": lambda d: {"x": d.integer(1000, 9000) / 70 + 0.004},
                    "prompt": lambda n: f"What is a seventh of {n['x']:.1f}?", "right": lambda n: n["x"] / 7 * 10,
                    "worked": lambda n: f"It is {n['x'] / 7 * 10:.2f}."}, "as the sheet shows them is not right"),
        ("order", {"worked": "They sign, they talk, they vote, they act."}, "names the items in another order"),
        # What an odd answer does
        ("match", {"wrongs": (Wrong("joint", {"doubt": "fine", "tempt": "watch", "split": "judge"}, "r",
                                    lambda n, a: a["doubt"] == "fine"),)}, "fails .for the answer"),
        ("guess", {"kind": Predict(Choice((Option("fewer", "Fewer"), Option("fewer", "More"))))}, "used twice"),
    ],
)  # fmt: skip
def test_faults_that_a_student_would_find(question, name, changes, fault):
    asked = question(name)
    faulty = replace(asked, **(changes(asked) if callable(changes) else changes))
    with pytest.raises(QuestionError, match=fault):
        check(faulty)


def spoilt(asked):
    """Ways to spoil a sound question, each with a word on what was done."""
    kind, right = asked.kind, lambda n: value_of(asked.right, n)
    first = replace(asked.wrongs[0], matches=None) if asked.wrongs else None
    if first:
        yield "a wrong answer that is right", {"wrongs": (replace(first, example=asked.right),)}
        yield "a rule that stops", {"wrongs": (replace(first, matches=lambda n, answer: answer["gone"] == 1),)}
    if isinstance(kind, Number):
        yield "a wide tolerance", {"kind": replace(kind, absolute=kind.absolute * 50, relative=kind.relative * 50)}
        yield "another right number", {"right": lambda n: right(n) * 1.5 + 1}
    if isinstance(kind, Table):
        yield "other right numbers", {"right": lambda n: {cell: value * 1.5 + 1 for cell, value in right(n).items()}}
        yield "a hint with the number", {"help": lambda n: f"One of them is {next(iter(right(n).values())):.2f}."}
    if isinstance(kind, Choice):
        known = right(asked.numbers("sample"))
        yield "another right option", {"right": next(option.id for option in kind.options if option.id != known)}
        yield "a hint with the option", {
            "nudge": lambda n: next(said(option.text, n) for option in kind.options if option.id == right(n))
        }
    for family in ("bins", "partners", "options"):
        members = getattr(kind, family, ())
        if members:
            yield "two texts alike", {"kind": replace(
                kind, **{family: (replace(members[0], text=members[1].text), *members[1:])})}  # fmt: skip
    if isinstance(kind, Order):
        yield "the order turned round", {"right": lambda n: list(right(n))[::-1]}
    if isinstance(kind, Sliders):
        yield "a goal that is always met", {"kind": replace(kind, goal=lambda results, values, n: True)}
    if isinstance(kind, Mark):
        yield "a wide tolerance", {"kind": replace(kind, absolute=1e6)}


@pytest.mark.parametrize("stem", exercises.chapters())
def test_what_spoils_a_question_of_a_chapter_is_found(stem):
    seeds = ("sample", *map(str, range(1, 12)))
    missed = []
    for asked in exercises.questions(stem):
        for what, changes in spoilt(asked) if asked.judged else ():
            found = problems(replace(asked, **changes), seeds)
            if not any(problem.severity == "error" for problem in found):
                missed.append(f"{asked.id}: {what}")
    assert not missed


def remarks(asked, seeds=("sample", "1", "2", "3", "4")):
    found = problems(asked, seeds)
    assert {problem.severity for problem in found} <= {"remark"}, found
    return " ".join(problem.words for problem in found)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("number", {"draw": lambda d: {"part": 12, "whole": 50}}, "hardly any numbers to draw"),
        ("several", {"right": {"a", "b", "c", "d"}, "wrongs": ()}, "every option holds"),
        ("guess", {"prompt": "Guess: fewer meetings, is it not?"}, "the prompt names the right option"),
        ("number", {"wrongs": (Wrong("rest", lambda n: 0.9, "r", lambda n, answer: answer != 7),)},
         "nearly every wrong answer is taken for 'rest'"),
        ("match", {"wrongs": (Wrong("joint", {"doubt": "feast"}, "r", lambda n, answer: True),)}, "nearly every wrong"),
        ("number", {**DRAWN, "kind": Number(unit="%", absolute=0.01)}, "0.4 typed for 40 % is wrong here"),
        ("cards", {"right": dict.fromkeys(("radar", "border", "fund"), "best"), "wrongs": ()}, "on one heap"),
        ("choice", lambda q: {"kind": Choice((Option("none", LONG), *q.kind.options[1:]))}, "by far the longest"),
        ("choice", lambda q: {"kind": Choice((*q.kind.options[:2], Option("luck", "so " * 100, "r")))}, "longer than"),
        ("allocate", kind_of("allocate", claims=(Claim(("arka",), 20),)), "an equal share for everybody is right"),
        ("number", {**DRAWN, "kind": FINE, "right": lambda n: n["x"] * 10 + 1000,
                    "worked": lambda n: f"{n['x'] * 10 + 1000}"}, "written with a point"),
        ("number", {**DRAWN, "kind": FINE, "right": 4, "worked": "4", "nudge": "There are 4."}, "holds the right"),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_a_remark(question, name, changes, words):
    asked = question(name)
    assert words in remarks(replace(asked, **(changes(asked) if callable(changes) else changes)))


def test_a_chance_meeting_of_numbers_is_no_error(question):
    asked = replace(question("number"), nudge="Think of 25 %.")
    seeds = [str(seed) for seed in range(60)]
    found = [problem for problem in problems(asked, seeds) if "nudge" in problem.words]
    assert {problem.severity for problem in found} == {"remark"}
    assert 0 < len({problem.seed for problem in found}) < 30


@pytest.mark.parametrize(
    ("goal", "words", "severity"),
    [
        (lambda results, values, n: values["theta"] > 0 or values["members"] > 2, "nearly every setting", "error"),
        (lambda results, values, n: values["theta"] > 0, "more than half of all settings", "remark"),
        (lambda results, values, n: 0.3 < values["theta"] < 0.4, "no step of the free controls", "error"),
        (lambda results, values, n: values["theta"] == 1, "", ""),
    ],
)
def test_a_goal_that_too_many_settings_meet_or_none(question, goal, words, severity):
    asked = question("sliders")
    asked = replace(asked, kind=replace(asked.kind, goal=goal), wrongs=())
    if "no step" in words:
        asked = replace(asked, right={"theta": 0.35, "members": 2.0})
    found = [problem for problem in problems(asked, ("sample", "1")) if "setting" in problem.words
             or "step" in problem.words]  # fmt: skip
    assert {problem.severity for problem in found} == ({severity} if words else set())
    assert all(words in problem.words for problem in found)


def test_each_student_with_a_fault_is_listed_and_the_fault_said_once(question):
    asked = replace(question("number"), right=lambda n: n["part"] / n["whole"] if n["part"] != 12 else "half")
    seeds = [str(seed) for seed in range(40)]
    found = problems(asked, seeds)
    struck = [seed for seed in seeds if asked.numbers(seed)["part"] == 12]
    assert [problem.seed for problem in found if "unreadable" in problem.words] == struck
    groups = grouped(found)
    assert [group[0].words for group in groups if "unreadable" in group[0].words] == [
        "the right answer is judged unreadable"
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234.5 and 2 %, then 3/4", [1234.5, 2, 0.75]), ("−3 or -4", [-3, -4]),
        ("in 2005, 2006, 7.", [2005, 2006, 7]),
        ("v1.2.3 x12 a", []), ("100 × 8 / 300.9", [100, 8, 300.9]), ("", []),
    ],
)  # fmt: skip
def test_numbers_in_a_text(text, values):
    assert [token.value for token in numbers_in(text)] == values


def test_fixed_choices_with_the_right_one_always_in_one_place(demo, question):
    quick = tuple(replace(question("choice"), id=f"demo.quick-{n}", praise="so", points=0,
                          kind=replace(question("choice").kind, shuffled=False)) for n in range(3))  # fmt: skip
    found = chapter_problems(replace(demo, self_check=quick), ("sample",))
    assert [problem.severity for problem in found if "stands in place 1 in all 3" in problem.words] == ["remark"]


@pytest.mark.parametrize("changes", [
    {"draw": lambda d: 1 / 0}, {"prompt": lambda n: n["gone"]}, {"right": "gone"}, {"right": lambda n: 1 / 0},
    {"title": None}, {"kind": None}, {"wrongs": None}, {"kind": Choice(())}, {"points": "two"},
    {"wrongs": (Wrong("joint", lambda n: n["gone"], "r"),)}, {"wrongs": (Wrong("joint", "both", lambda n: 1 / 0),)},
    {"show": lambda n: 1 / 0}, {"objective": 3},
])  # fmt: skip
def test_no_faulty_question_stops_the_listing(demo, question, changes):
    for name, place in (("choice", "questions"), ("quick", "self_check")):
        faulty = replace(question("choice"), id=f"demo.{name}", praise="so",
                         kind=replace(question("choice").kind, shuffled=False), **{})  # fmt: skip
        chapter = replace(demo, **{place: (replace(faulty, **changes),)})
        found = chapter_problems(chapter, ("sample", "1"))
        assert any(problem.severity == "error" and problem.question == f"demo.{name}" for problem in found)


def test_criteria_fit_their_questions(demo):
    sound = (Criterion("a case", 3, "full", "half", "none"), Criterion("a doubt", 1, "full", "half", "none"))
    assert rubric_problems(demo, {"demo.text": sound}) == []
    words = " ".join(problem.words for problem in rubric_problems(
        demo, {"demo.gone": sound, "demo.text": (Criterion("a case", 0, "", "half", "none"),)}))  # fmt: skip
    for fault in ("a question that is not there", "make 0 points, the question 4", "'a case' is not complete"):
        assert fault in words
    assert [problem.severity for problem in rubric_problems(demo, {})] == ["remark"]


# The command


@pytest.fixture
def demo_alone(monkeypatch, demo):
    """The command with the demonstration for its only chapter; hands back a way to change it."""
    held = {"demo": demo}
    monkeypatch.setattr("regionalism.exercises.command.chapters", lambda: ("demo",))
    monkeypatch.setattr("regionalism.exercises.command.chapter_of", lambda stem: held[stem])
    return held


def test_the_command_says_when_nothing_is_wrong(demo_alone, capsys):
    assert main(["--seeds", "5", "--no-keys"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("demo: 15 questions, 1 quick question")
    assert "1 chapter, 16 questions, 6 students each: 0 errors" in printed


def test_the_command_says_a_fault_once_with_an_example(demo_alone, question, capsys):
    faulty = replace(question("number"), right=lambda n: n["part"] / n["whole"] if n["part"] % 2 else "half")
    demo_alone["demo"] = replace(demo_alone["demo"], questions=(faulty,))
    assert main(["demo", "--seeds", "30"]) == 1
    printed = capsys.readouterr().out
    assert printed.count("the right answer is judged unreadable.") == 1
    assert "of 31 students, for instance" in printed
    assert "write a number such as 12 or 0.12" in printed
    assert "1 error" in printed.splitlines()[-1]


def test_the_command_names_unknown_chapters_and_goes_on_past_broken_ones(demo_alone, monkeypatch, capsys):
    assert main(["nowhere"]) == 2
    assert "There are no questions for nowhere. Chapters with questions: demo." in capsys.readouterr().out
    monkeypatch.setattr("regionalism.exercises.command.chapter_of", lambda stem: 1 / 0)
    assert main([]) == 1
    assert "cannot be read: ZeroDivisionError" in capsys.readouterr().out


@pytest.mark.parametrize(("argument", "code"), [("--keys", 1), ("--no-keys", 0)])
def test_the_command_misses_keys_where_they_are_asked_for(demo_alone, argument, code, capsys):
    assert main([argument, "--seeds", "2"]) == code
    assert ("no keys are installed" in capsys.readouterr().out) == bool(code)


def test_the_command_tries_the_keys(demo_alone, monkeypatch, transfer_key, capsys):
    monkeypatch.setattr("regionalism.exercises.command.key", lambda stem: {"demo.transfer": transfer_key})
    assert main(["--seeds", "2"]) == 0
    faulty = replace(transfer_key, right="x")
    monkeypatch.setattr("regionalism.exercises.command.key", lambda stem: {"demo.transfer": faulty})
    assert main(["--seeds", "2"]) == 1
    assert "demo.transfer: the right answer is judged unreadable" in capsys.readouterr().out


@pytest.mark.parametrize("seeds", ["0", "-1", "many"])
def test_the_command_wants_a_sensible_number_of_students(seeds):
    with pytest.raises(SystemExit):
        main(["--seeds", seeds])


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
    with pytest.raises(QuestionError, match="the page cannot judge it"):
        check_chapter(replace(demo, self_check=(replace(question("sliders"), id="demo.quick"),)))
    with pytest.raises(QuestionError, match="needs a right answer that the page can judge"):
        check_chapter(replace(demo, self_check=(replace(question("text"), id="demo.quick"),)))
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
    with_keys = keyed(demo.questions, {"demo.transfer": transfer_key})
    assert next(question for question in with_keys if question.id == "demo.transfer").judged


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
