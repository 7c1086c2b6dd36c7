"""Sheets on paper: every kind has room for its answer, each student the own numbers, and nothing is given away."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from regionalism import exercises
from regionalism.exercises.identity import Class
from regionalism.exercises.paper import paper_html
from regionalism.exercises.question import Predict, said

VOID = {"meta", "br", "hr", "img", "input", "link", "col", "wbr"}
STUDENTS = ("101", "102", "103")


class Checked(HTMLParser):
    """Asserts that every tag is closed where it should be; collects ids and words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        assert not [name for name, _ in attrs if name in ("src", "srcset")]
        assert all(not (value or "").startswith(("http", "//")) for name, value in attrs if name != "xmlns")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def checked(html: str) -> Checked:
    parser = Checked()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))).split())


def given_away(question, numbers) -> list[str]:
    kind = getattr(question.kind, "ask", question.kind)
    words = [question.nudge, question.help, question.worked, question.praise, *(w.reply for w in question.wrongs)]
    words += [option.reply for option in getattr(kind, "options", ())]
    return [text_of(said(word, numbers)) for word in words if said(word, numbers)]


def sheets_of(html: str) -> list[str]:
    return re.findall(r'<section class="sheet">.*?(?=<section class="sheet">|</main>)', html, re.S)


def test_the_document_is_whole_and_asks_for_nothing(demo):
    html = paper_html(demo, STUDENTS)
    parser = checked(html)
    assert not parser.tags & {"script", "link", "img", "iframe", "a", "input", "button"}
    assert "url(http" not in html
    assert "@import" not in html
    assert len(parser.ids) == len(set(parser.ids))


def test_each_student_has_a_sheet_with_the_own_numbers(demo):
    sheets = sheets_of(paper_html(demo, STUDENTS))
    assert len(sheets) == 3
    asked = demo.question("demo.number")
    for student, sheet in zip(STUDENTS, sheets, strict=True):
        assert f"<b>{student}</b>" in sheet
        assert said(asked.prompt, asked.numbers(student)) in text_of(sheet)
        assert sheet.count('<section class="question">') == len(demo.questions)
    assert len({text_of(sheet.replace(student, "")) for student, sheet in zip(STUDENTS, sheets, strict=True)}) == 3


def test_the_numbers_are_those_of_the_class(demo):
    known = Class("A class", "private", ("101",))
    asked = demo.question("demo.number")
    sheet = paper_html(demo, ["101"], known)
    assert said(asked.prompt, asked.numbers(known.seed_of("101"))) in text_of(sheet)
    assert "A class" in sheet
    assert "private" not in sheet


def test_every_kind_has_room(demo):
    sheet = sheets_of(paper_html(demo, ["101"]))[0]
    found = re.findall(r"<section class=\"question\">.*?</section>", sheet, re.S)
    parts = dict(zip((question.id for question in demo.questions), found, strict=True))
    assert "Working" in parts["demo.number"]
    assert parts["demo.choice"].count("☐") == 3
    assert parts["demo.text"].count('class="line"') >= 6
    assert "Spillover: ____" in text_of(parts["demo.sliders"])
    assert "interactive A gap" in text_of(parts["demo.sliders"])
    assert "<svg" in parts["demo.mark"]
    assert "before you look it up" in parts["demo.guess"]
    for name in ("cards", "table", "order", "match", "allocate", "mark", "span", "estimate"):
        assert "____" in parts[f"demo.{name}"], name


@pytest.mark.parametrize("stem", exercises.chapters())
def test_a_guess_on_paper_says_where_to_look_and_promises_nothing(stem):
    chapter = exercises.chapter(stem)
    found = re.findall(r"<section class=\"question\">.*?</section>", paper_html(chapter, ["101"]), re.S)
    for question, html in zip(chapter.questions, found, strict=True):
        if isinstance(question.kind, Predict):
            assert "When your guess is written down, " in text_of(html)
            assert ("It stands on the page" in text_of(html)) == isinstance(question.show, str)
            assert "comes after your guess" not in text_of(html), question.id
            assert "<table" not in html


def test_nothing_is_given_away(demo):
    html = paper_html(demo, STUDENTS)
    for mark in ("SOLUTION", "REPLY", "PRAISE", "misconception"):
        assert mark not in html


@pytest.mark.parametrize("stem", exercises.chapters())
def test_the_sheets_of_every_chapter(stem):
    chapter = exercises.chapter(stem)
    for student, sheet in zip(STUDENTS, sheets_of(paper_html(chapter, STUDENTS)), strict=True):
        checked(sheet)
        for question in chapter.questions:
            for words in given_away(question, question.numbers(student)):
                assert words not in text_of(sheet), question.id


def test_ids_are_escaped(demo):
    assert "<i>" not in paper_html(demo, ["<i>x</i>"])


@pytest.mark.parametrize(
    ("students", "words"), [((), "at least one id"), (("",), "at least one letter"), (("A1", "a1"), "one student")]
)
def test_a_list_of_ids_that_cannot_be_printed_is_refused(demo, students, words):
    with pytest.raises(ValueError, match=words):
        paper_html(demo, students)
