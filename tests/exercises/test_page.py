"""The faces without a kernel: everything to work with, nothing that gives an answer away."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from regionalism import exercises
from regionalism.exercises.page import (
    CheckYourself,
    object_html,
    question_html,
    quick_html,
    quick_question_html,
    sheet_html,
)
from regionalism.exercises.question import Choice, Option, QuestionError, said
from regionalism.exercises.sheets import Sheet


@pytest.fixture
def on_page(monkeypatch):
    monkeypatch.setenv("REGIONALISM_FACE", "page")


def given_away(question, numbers) -> list[str]:
    """All words of a question that a page must not hold."""
    words = [question.nudge, question.help, question.worked, question.praise, *(w.reply for w in question.wrongs)]
    words += [option.reply for option in getattr(question.kind, "options", ())]
    return [text for text in (said(w, numbers) for w in words) if text]


def text_of(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_sheet_on_the_page_is_plain_html(demo, memory, on_page):
    sheet = Sheet(demo, student="Aigerim", storage=memory)
    bundle = sheet._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert sheet._view is None
    html = bundle["text/html"]
    assert html == sheet_html(demo)
    assert html.count("<h3") == len(demo.questions)
    for question in demo.questions:
        assert text_of(said(question.prompt, question.numbers("sample"))).split("*")[0] in text_of(html)
    assert re.search(r"<(script|input|button|img|iframe)", html) is None


def test_no_solution_on_the_page(demo, memory, on_page):
    html = Sheet(demo, student="Aigerim", storage=memory)._repr_mimebundle_()["text/html"]
    for mark in ("SOLUTION", "REPLY", "PRAISE", "data-right", "misconception"):
        assert mark not in html


@pytest.mark.parametrize("stem", exercises.chapters())
def test_no_solution_on_a_chapters_page(stem, on_page, keys_folder):
    chapter = exercises.chapter(stem)
    sheet = exercises.sheet(stem)
    html = "".join(part._repr_mimebundle_()["text/html"] for part in (sheet, sheet.head))
    for number, question in enumerate(chapter.questions, start=1):
        html += sheet.question(number)._repr_mimebundle_()["text/html"]
        for words in given_away(question, question.numbers("sample")):
            assert text_of(words) not in text_of(html)
    assert "canary" not in html.lower()


def test_a_part_on_the_page_is_plain_html(demo, memory, on_page):
    sheet = Sheet(demo, storage=memory)
    html = sheet.question(2)._repr_mimebundle_()["text/html"]
    assert html == question_html(demo.questions[1], 2)
    assert "<em>pays</em>" in html
    assert "<strong>this</strong>" in html
    assert 'aria-labelledby="question-demo-choice-title"' in html
    points = sum(question.points for question in demo.questions)
    assert f"{len(demo.questions)} questions, {points:g} points" in sheet.head._repr_mimebundle_()["text/html"]


def test_every_kind_offers_room_for_an_answer(demo):
    parts = {question.id: question_html(question, 1) for question in demo.questions}
    assert "Answer (in percent)" in parts["demo.number"]
    assert '<th scope="row">part</th>' in parts["demo.number"]
    assert parts["demo.choice"].count("☐") == 3
    assert parts["demo.several"].count("☐") == 4
    assert "Weakest link" in parts["demo.cards"]
    assert parts["demo.cards"].count("____") >= 3
    assert '<a href="../book/demo.html#explorer-demo-explorer">A gap</a>' in parts["demo.sliders"]
    assert "You may move: Spillover; Members." in parts["demo.sliders"]
    assert "Low (in bn USD)" in parts["demo.table"]
    assert "3 to 6 words." in parts["demo.text"]
    assert "marked after you hand in" in parts["demo.transfer"]
    assert "from 1 (first in time) to 4 (last in time)" in parts["demo.order"]
    assert parts["demo.order"].count("____") >= 4
    assert parts["demo.match"].count("____") >= 3
    assert parts["demo.match"].count("<li>") == 7
    assert "Together:" in parts["demo.allocate"]
    assert parts["demo.allocate"].count("____") >= 4
    assert "<svg" in parts["demo.mark"]
    assert "ra-plot-mark" in parts["demo.span"]
    assert parts["demo.guess"].count("☐") == 3
    assert "Your guess (in percent)" in parts["demo.estimate"]


def test_what_came_out_is_not_on_a_sheet(demo, question):
    asked = question("guess")
    assert "meetings</th>" not in question_html(asked, 1)
    assert "Meetings" not in sheet_html(demo)


def test_a_sheet_can_be_printed_for_a_student(demo):
    assert sheet_html(demo, "Aigerim") != sheet_html(demo)
    assert sheet_html(demo, "aigerim") == sheet_html(demo, "Aigerim")


def test_declared_words_are_escaped(demo, question):
    evil = Option("evil", "<script>alert(1)</script>", "<b>")
    asked = replace(
        question("choice"), title="<i>", prompt="<img src=x> & more", kind=Choice((evil, Option("none", "No")))
    )
    html = question_html(asked, 1)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x&gt; &amp; more" in html


def test_what_a_question_may_show():
    assert object_html("A **text**.") == "<p>A <strong>text</strong>.</p>"
    with pytest.raises(TypeError, match="not int"):
        object_html(3)


def test_check_yourself_on_the_page(demo, on_page):
    html = CheckYourself(demo)._repr_mimebundle_()["text/html"]
    assert html.count('type="radio"') == 3
    assert "REPLY-JOINT" in html
    assert "REPLY-LUCK" in html
    assert 'data-questions="demo"' in html
    assert 'id="check-demo-quick"' in html
    assert "**" not in html


@pytest.mark.parametrize("name", [
    "number", "choice", "several", "cards", "table", "text", "order", "match", "allocate", "mark", "span", "guess",
    "estimate",
])  # fmt: skip
def test_a_quick_question_of_every_kind(question, name):
    """Fields for the script, blanks for readers without one, and words in a folded list; each field has a label."""
    asked = question(name)
    asked = replace(asked, wrongs=tuple(replace(w, matches=None) for w in asked.wrongs if not callable(asked.right)))
    html = quick_question_html(asked)
    fields = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html)
    assert fields
    assert set(fields) == set(re.findall(r'<label for="([^"]+)"', html))
    assert html.count("<form") == html.count('class="ra-offline"') == html.count('class="ra-replies"') == 1
    made = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1])
    assert made["id"] == asked.id
    parts = set(re.findall(r'data-part="([^"]+)"', html))
    for key in ("names", "cells"):
        if key in made:
            assert parts == {part["id"] if key == "cells" else part[0] for part in made[key]}


def test_ids_of_quick_questions_are_unique(question):
    asked = [question(name) for name in ("choice", "several", "cards", "order", "match", "mark", "span", "guess")]
    ids = re.findall(r' id="([^"]+)"', quick_html("demo", asked))
    assert len(ids) == len(set(ids))


def test_an_option_may_have_any_short_name(question):
    options = tuple(Option(name, name) for name in ("title", "prompt", "plot", "0", "none"))
    html = quick_html("demo", [replace(question("choice"), kind=Choice(options), wrongs=()), question("number")])
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_text_cannot_end_the_program(question):
    asked = replace(question("choice"), praise="</script><script>alert(1)</script>")
    assert quick_question_html(asked).count("</script>") == 1


def test_a_question_that_needs_a_kernel_is_refused(question):
    with pytest.raises(QuestionError, match=r"demo.sliders cannot be asked on a page"):
        quick_html("demo", [question("sliders")])


def test_check_yourself_live(demo):
    check = CheckYourself(demo)
    assert "application/vnd.jupyter.widget-view+json" in check._repr_mimebundle_()
    radios, reply = check.view.radios[0], check.view.replies[0]
    place = dict(radios.options)
    radios.value = place["Both pay"]
    assert "Not right yet" in reply.value
    assert "REPLY-JOINT" in reply.value
    radios.value = place["Nobody pays"]
    assert "<strong>Right.</strong>" in reply.value
    radios.value = None
    assert reply.value == ""


@pytest.mark.parametrize("stem", exercises.chapters())
def test_check_yourself_of_every_chapter(stem, on_page):
    html = exercises.check_yourself(stem)._repr_mimebundle_()["text/html"]
    asked = exercises.chapter(stem).self_check
    assert html.count('<div class="ra-check"') == html.count("<form") == len(asked)
    assert "<span></span>" not in html
