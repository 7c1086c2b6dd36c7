"""A small chapter with one question of each kind, an explorer to go with it, and a sheet of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from regionalism.exercises.draws import Draw, seed_text
from regionalism.exercises.keys import Key
from regionalism.exercises.question import (
    Allocate,
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Claim,
    Mark,
    Match,
    Number,
    Option,
    Order,
    Plot,
    Predict,
    Question,
    Several,
    Sliders,
    Table,
    Text,
    Wrong,
)
from regionalism.exercises.storage import MemoryStorage
from regionalism.explorers import core

COMMON = {"objective": "count", "points": 1, "help": "Look at one state only.", "worked": "SOLUTION-PATH in full."}

NUMBER = Question(
    id="demo.number",
    title="A share",
    kind=Number(percent=True, absolute=0.01, between=(0, 1)),
    prompt=lambda n: f"What share is {n['part']} of {n['whole']}?",
    draw=lambda d: {"part": d.integer(10, 19), "whole": d.integer(40, 60)},
    right=lambda n: n["part"] / n["whole"],
    wrongs=(Wrong("rest", lambda n: 1 - n["part"] / n["whole"], "REPLY-REST: this is what is left over."),),
    nudge="Divide the part by the whole.",
    praise="PRAISE-SHARE",
    work="data",
    show=lambda n: pd.DataFrame({"what": ["part", "whole"], "value": [n["part"], n["whole"]]}),
    **COMMON | {"worked": lambda n: f"SOLUTION-PATH: {n['part']} / {n['whole']} = {n['part'] / n['whole']:.0%}."},
)
CHOICE = Question(
    id="demo.choice",
    title="A game",
    kind=Choice(
        (
            Option("none", "Nobody pays"),
            Option("both", "Both pay"),
            Option("luck", "It depends on luck", "REPLY-LUCK: no dice are thrown."),
        )
    ),
    prompt="Who *pays* in **this** game?",
    right="none",
    wrongs=(Wrong("joint", "both", "REPLY-JOINT: the best for both is not yet what happens."),),
    **COMMON,
)
SEVERAL = Question(
    id="demo.several",
    title="Measures",
    kind=Several(tuple(Option(name, f"Measure {name}") for name in ("a", "b", "c", "d"))),
    prompt="Which help?",
    right={"a", "b"},
    wrongs=(Wrong("joint", {"a", "d"}, "REPLY-D", matches=lambda n, answer: "d" in answer),),
    nudge="There is one more.",
    **COMMON,
)
CARDS = Question(
    id="demo.cards",
    title="Sort",
    kind=Cards(
        (Card("radar", "A radar"), Card("border", "A border"), Card("fund", "A fund")),
        (Bin("sum", "Adds up"), Bin("weak", "Weakest link"), Bin("best", "Best shot")),
    ),
    prompt="Sort the three.",
    right={"radar": "best", "border": "weak", "fund": "sum"},
    wrongs=(
        Wrong(
            "joint",
            {"radar": "best", "border": "sum", "fund": "sum"},
            "REPLY-BORDER",
            matches=lambda n, answer: answer.get("border") == "sum",
        ),
    ),
    nudge="Double one effort in your mind.",
    **COMMON,
)
SLIDERS = Question(
    id="demo.sliders",
    title="Move",
    kind=Sliders(
        explorer="demo-explorer",
        free=("theta", "members"),
        fixed={"kind": "sum"},
        start={"theta": 0.0},
        goal=lambda results, values, n: results["gap"].iloc[0] >= n["limit"],
        goal_words=lambda n: f"the gap is at least {n['limit']}",
    ),
    prompt="Widen the gap.",
    draw=lambda d: {"limit": d.integer(2, 3)},
    right={"theta": 1.0, "members": 5.0},
    wrongs=(
        Wrong(
            "joint",
            {"theta": 0.0, "members": 5.0},
            "REPLY-THETA",
            matches=lambda n, values: values["theta"] == 0,
        ),
    ),
    nudge="Move the spillover.",
    work="widget",
    **COMMON,
)
TABLE = Question(
    id="demo.table",
    title="Two cells",
    kind=Table((Cell("low", "Low", Number(unit="bn USD", relative=0.02)), Cell("high", "High", Number(unit="%")))),
    prompt="Fill both.",
    draw=lambda d: {"low": d.integer(10, 20)},
    right=lambda n: {"low": n["low"], "high": 50},
    wrongs=(Wrong("rest", lambda n: {"low": n["low"] * 1000, "high": 50}, "REPLY-UNITS"),),
    nudge="Mind the units.",
    work="data",
    **COMMON | {"worked": lambda n: f"SOLUTION-PATH: low is {n['low']} bn USD and high 50 %."},
)
TEXT = Question(
    id="demo.text",
    title="Argue",
    objective="count",
    points=4,
    kind=Text(("Names a case", "Names a doubt"), least_words=3, most_words=6),
    prompt="Argue for or against.",
)
TRANSFER = Question(
    id="demo.transfer",
    title="A new case",
    objective="count",
    points=3,
    kind=Choice((Option("watch", "Watch"), Option("fines", "Fines"), Option("wait", "Wait"))),
    prompt="What fits?",
    role="transfer",
)
# Two of the four steps share a place.
ORDER = Question(
    id="demo.order",
    title="Steps",
    kind=Order(
        (Card("talk", "They talk"), Card("sign", "They sign"), Card("vote", "They vote"), Card("act", "They act")),
        first="first in time",
        last="last in time",
    ),
    prompt="Put the four steps in order. Two of them share a place: any order of the two counts.",
    right=["talk", ["sign", "vote"], "act"],
    wrongs=(
        Wrong(
            "joint",
            ["act", "talk", "sign", "vote"],
            "REPLY-ACT: this begins with the end.",
            matches=lambda n, answer: answer[0] == "act",
        ),
    ),
    nudge="Begin with the step that needs no other.",
    **COMMON,
)
# One more partner than items.
MATCH = Question(
    id="demo.match",
    title="Pairs",
    kind=Match(
        (Card("doubt", "Nobody knows what the others do"), Card("tempt", "Each gains by leaving"),
         Card("split", "They quarrel over the shares")),
        (Bin("watch", "Observers"), Bin("fine", "Fines"), Bin("judge", "An arbiter"), Bin("feast", "A feast")),
    ),
    prompt="Match each trouble with the institution that meets it. One is left over.",
    right={"doubt": "watch", "tempt": "fine", "split": "judge"},
    wrongs=(
        Wrong(
            "joint",
            {"doubt": "fine", "tempt": "watch", "split": "judge"},
            "REPLY-FINE: whom would they fine?",
            matches=lambda n, answer: answer.get("doubt") == "fine",
        ),
    ),
    nudge="Ask of each trouble what is missing.",
    **COMMON,
)  # fmt: skip
ALLOCATE = Question(
    id="demo.allocate",
    title="Share a gain",
    kind=Allocate(
        receivers=(Card("arka", "Arka"), Card("boro", "Boro"), Card("celan", "Celan")),
        total=lambda n: n["total"],
        claims=lambda n: (
            Claim(("arka",), n["alone"], "by going alone"),
            Claim(("boro", "celan"), n["total"] / 2, "by a treaty of two"),
        ),
        unit="mn USD",
        step=5,
    ),
    prompt=lambda n: f"Share {n['total']} mn USD out so that nobody walks out.",
    draw=lambda d: {"total": d.step(80, 120, 20), "alone": d.step(20, 35, 5)},
    right=lambda n: {"arka": n["alone"] + 5, "boro": (n["total"] - n["alone"] - 5) / 2,
                     "celan": (n["total"] - n["alone"] - 5) / 2},
    wrongs=(
        Wrong(
            "joint",
            lambda n: {"arka": 0, "boro": n["total"] / 2, "celan": n["total"] / 2},
            "REPLY-NOTHING: Arka gets nothing.",
            matches=lambda n, answer: answer["arka"] == 0,
        ),
    ),
    nudge="Ask of each group what it can get without the others.",
    **COMMON,
)  # fmt: skip


def _hill(numbers: dict) -> Plot:
    """A line that rises to a peak and falls again, over the years 2000 to 2020."""
    peak = numbers["peak"]
    return Plot(
        {"Troops": tuple((float(year), float(100 - abs(year - peak))) for year in range(2000, 2021))},
        x_label="Year", y_label="Troops, thousand", x_range=(2000, 2020), y_range=(0, 100), source="Made up.",
    )  # fmt: skip


MARK = Question(
    id="demo.mark",
    title="The peak",
    kind=Mark(_hill, absolute=1),
    prompt="Mark the year of the peak.",
    draw=lambda d: {"peak": d.integer(2008, 2014)},
    right=lambda n: n["peak"],
    wrongs=(Wrong("rest", 2000, "REPLY-START: this is where the line begins."),),
    nudge="Look for the highest place of the line.",
    **COMMON,
)
SPAN = Question(
    id="demo.span",
    title="The rise",
    kind=Mark(_hill, absolute=1, span=True),
    prompt="Mark the years in which the line rises.",
    draw=lambda d: {"peak": d.integer(2008, 2014)},
    right=lambda n: [2000, n["peak"]],
    wrongs=(Wrong("rest", lambda n: [n["peak"], 2020], "REPLY-FALL: here the line falls."),),
    nudge="Follow the line from the left.",
    **COMMON,
)
GUESS = Question(
    id="demo.guess",
    title="A guess",
    kind=Predict(
        Choice(
            (
                Option("fewer", "Fewer"),
                Option("same", "The same", "REPLY-SAME: one number did change."),
                Option("more", "More"),
            )
        )
    ),
    prompt="Guess first: does a sixth member bring more meetings?",
    right="fewer",
    wrongs=(Wrong("joint", "more", "REPLY-MORE: more members are not yet more meetings."),),
    praise="PRAISE-GUESS",
    work="data",
    show=lambda n: pd.DataFrame({"members": [5, 6], "meetings": [9, 7]}),
    **COMMON,
)
ESTIMATE = Question(
    id="demo.estimate",
    title="A number guessed",
    kind=Predict(Number(percent=True, absolute=0.05, between=(0, 1))),
    prompt="Guess first: what share of the treaties was ratified?",
    draw=lambda d: {"ratified": d.integer(11, 19)},
    right=lambda n: n["ratified"] / 50,
    wrongs=(
        Wrong("joint", 1, "REPLY-ALL: a signature is not yet a ratification.", matches=lambda n, answer: answer > 0.9),
    ),
    nudge="Count the ones that were signed and then forgotten.",
    praise="PRAISE-ESTIMATE",
    **COMMON | {"worked": lambda n: f"SOLUTION-PATH: {n['ratified']} of 50 were ratified: {n['ratified'] / 50:.0%}."},
)
SAMPLES = (
    NUMBER, CHOICE, SEVERAL, CARDS, SLIDERS, TABLE, TEXT, TRANSFER,
    ORDER, MATCH, ALLOCATE, MARK, SPAN, GUESS, ESTIMATE,
)  # fmt: skip
CHAPTER = Chapter(
    stem="demo",
    title="A demonstration",
    objectives={"count": "count"},
    misconceptions={"rest": "The rest is taken for the part.", "joint": "A joint gain acts by itself."},
    questions=SAMPLES,
    self_check=(replace(CHOICE, id="demo.quick", praise="PRAISE-QUICK"),),
)
TRANSFER_KEY = Key(
    right="watch",
    wrongs=(Wrong("joint", "fines", "REPLY-FINES"),),
    nudge="Look again.",
    help="An easier step.",
    worked="KEYED-PATH",
    replies={"wait": "REPLY-WAIT"},
)


def _model(theta: float, members: float, kind: str) -> pd.DataFrame:
    return pd.DataFrame({"gap": [theta * members if kind == "sum" else 0.0]})


EXPLORER = core.Explorer(
    name="demo-explorer",
    title="A gap",
    question="How wide is it?",
    prediction=core.Prediction("Wider?", tuple(core.Option(t, t, t == "yes") for t in ("yes", "no", "same"))),
    controls=(
        core.Slider("theta", "Spillover", (0.0, 0.5, 1.0), 0.5),
        core.Slider("members", "Members", (2.0, 3.0, 4.0, 5.0), 2.0),
        core.Choice("kind", "Kind", (("sum", "Adds up"), ("best", "Best shot")), "best"),
    ),
    presets=(),
    columns=(core.Column("gap", "Gap", 3),),
    model=_model,
    sentence=lambda values, results: f"The gap is {results['gap'].iloc[0]:g}.",
    draw=lambda results, width: alt.Chart(results).mark_bar().encode(x="gap:Q"),
    inputs="All assumed.",
    see="The gap.",
    not_shown="Much.",
)


@pytest.fixture(autouse=True)
def demo_explorer(monkeypatch):
    """The explorers of the course and the one of the demonstration."""
    course = core.registry()
    monkeypatch.setattr(core, "registry", lambda: {**course, EXPLORER.name: EXPLORER})


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    """No keys, whatever this machine has installed."""
    monkeypatch.setattr("regionalism.exercises.keys.entry_points", lambda group: ())


@pytest.fixture(scope="session")
def demo() -> Chapter:
    return CHAPTER


@pytest.fixture(scope="session")
def question():
    """A sample question by the short part of its id."""
    return lambda name: CHAPTER.question(f"demo.{name}")


@pytest.fixture
def transfer_key() -> Key:
    return TRANSFER_KEY


@pytest.fixture
def draw() -> Draw:
    return Draw("Aigerim", "demo.number")


@pytest.fixture
def memory():
    """A storage factory that remembers students between sheets, as a folder does."""
    kept: dict[tuple[str, str], MemoryStorage] = {}

    def open_storage(chapter: str, student: str) -> MemoryStorage:
        return kept.setdefault((chapter, seed_text(student)), MemoryStorage(chapter, student))

    return open_storage


@pytest.fixture
def keys_folder() -> Path:
    return Path(__file__).parents[2] / "keys"
