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
    Bin,
    Card,
    Cards,
    Cell,
    Chapter,
    Choice,
    Number,
    Option,
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
    **COMMON,
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
    **COMMON,
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
SAMPLES = (NUMBER, CHOICE, SEVERAL, CARDS, SLIDERS, TABLE, TEXT, TRANSFER)
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


@pytest.fixture
def demo() -> Chapter:
    return CHAPTER


@pytest.fixture
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
