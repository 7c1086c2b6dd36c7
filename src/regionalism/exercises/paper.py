"""Sheets on paper: one HTML document to print, a sheet for each student with the student's own numbers.

It holds no script, asks nothing of another address, prints in black and white on A4, and gives no answer
away. A student is named by the id alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from regionalism import __version__
from regionalism.exercises import chapter as chapter_of
from regionalism.exercises import chapters
from regionalism.exercises.identity import NO_CLASS, Class
from regionalism.exercises.page import answer_html, goal_html, points_html, shown_html
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import Chapter, Number, Numbers, Predict, Question, Sliders, Text, said

_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_WORDS_A_LINE = 11
_LEAST_LINES, _MOST_LINES = 6, 26

_STYLE = """
@page { size: A4; margin: 16mm 17mm 18mm; }
:root { --ra-ink: #000; --ra-muted: #333; --ra-grid: #bbb; --ra-paper: #fff; --ra-accent: #000; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: #fff; color: #000;
  font: 11pt/1.45 Georgia, "Noto Serif", "Liberation Serif", serif; overflow-wrap: break-word; }
h1 { font-size: 1.45em; line-height: 1.2; margin: 0 0 .2em; }
h2 { font-size: 1.1em; margin: 0 0 .2em; break-after: avoid; }
p, ul, ol { margin: .35em 0; }
table { border-collapse: collapse; margin: .4em 0; font-size: .92em; }
th, td { padding: .15em .6em; border: 1px solid #888; text-align: left; }
figure { margin: .5em 0; }
svg { max-width: 100%; height: auto; }
.sheet + .sheet { break-before: page; }
/* The id stands at the top of each page, since loose pages get mixed up. */
.running { display: table-header-group; break-inside: avoid; }
.pages { display: table; width: 100%; table-layout: fixed; }
.body { display: table-row-group; }
.who { display: flex; justify-content: space-between; gap: 1em; padding-bottom: .3em; margin: 0 0 .8em;
  border-bottom: 1.5px solid #000; font: 9.5pt/1.3 Arial, "Liberation Sans", sans-serif; }
.who b { font-size: 1.15em; }
.about { font-size: .92em; }
.question { break-inside: avoid; padding: .7em 0 .9em; border-bottom: 1px solid #000; }
.room { height: 5.5em; border: 1px solid #888; margin: .5em 0 0; padding: .1em .4em; font-size: .8em; color: #333; }
.line { height: 2em; border-bottom: 1px solid #888; }
.ra-points { margin: 0; font-size: .9em; }
.ra-blank { display: inline-block; min-width: 7em; border-bottom: 1px solid #000; color: transparent; height: 1.6em; }
.ra-boxes { list-style: none; padding-left: .2em; }
.ra-boxes li, .ra-blanks li { margin: .3em 0; }
.ra-blanks { list-style: none; padding-left: .2em; }
.ra-numbers, .ra-narrow { display: none; }
.ra-title, .ra-subtitle { display: block; }
.ra-source, .ra-note { font-size: .85em; }
@media screen { .sheet { margin: 0 0 3rem; padding: 1rem 0; border-bottom: 3px double #888; } }
"""


def paper_html(chapter: Chapter, students: Sequence[str], known: Class = NO_CLASS) -> str:
    """The sheets of one chapter for several students, as one HTML document to print.

    Numbers and the order of options are those that a student with this id gets in the class `known`.
    Raises ValueError without a student, for an empty id, and for two ids that are one student's.
    """
    seeds = [known.seed_of(student) for student in students]
    if not seeds:
        raise ValueError("sheets on paper need at least one id")
    twice = {student for student, seed in zip(students, seeds, strict=True) if seeds.count(seed) > 1}
    if twice:
        raise ValueError(f"these ids stand for one student: {', '.join(sorted(twice))}")
    sheets = "\n".join(
        _sheet_html(chapter, student, seed, known, number)
        for number, (student, seed) in enumerate(zip(students, seeds, strict=True), start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(plain(chapter.title))}: sheets on paper</title><style>{_STYLE}</style></head>\n"
        f"<body><main>\n{sheets}\n</main></body></html>\n"
    )


def _sheet_html(chapter: Chapter, student: str, seed: str, known: Class, place: int) -> str:
    points = sum(question.points for question in chapter.questions)
    where = " · ".join(part for part in (known.title, f"Course version {__version__}") if part)
    questions = "".join(
        _question_html(chapter, question, number, seed) for number, question in enumerate(chapter.questions, start=1)
    )
    html = (
        '<section class="sheet"><div class="pages"><div class="running"><p class="who">'
        f"<span><b>{escape(student)}</b></span><span>{inline(chapter.title)}</span></p></div>"
        f'<div class="body"><h1>{inline(chapter.title)}</h1>'
        f'<p class="about">{escape(where)}. Sheet of the id {escape(student)}: {len(chapter.questions)} questions, '
        f"{points:g} points. The numbers are yours alone. Leave a trace of how you found each answer.</p>"
        f"{questions}</div></div></section>"
    )
    return _own_ids(_LINK.sub(r"\1", html), f"s{place}")


def _own_ids(html: str, suffix: str) -> str:
    """The same with ids of its own: charts of several students stand in one document."""
    for name in dict.fromkeys(_ID.findall(html)):
        own = f"{name}-{suffix}"
        html = html.replace(f'"{name}"', f'"{own}"').replace(f"#{name})", f"#{own})").replace(f'"#{name}"', f'"#{own}"')
    return html


def _question_html(chapter: Chapter, question: Question, number: int, seed: str) -> str:
    numbers = question.numbers(seed)
    return (
        f'<section class="question"><h2>{number}. {inline(question.title)}</h2>{points_html(question)}'
        f"{to_html(said(question.prompt, numbers))}{_shown(chapter, question, numbers)}"
        f"{_room(chapter, question, numbers, seed)}</section>"
    )


def _shown(chapter: Chapter, question: Question, numbers: Numbers) -> str:
    if isinstance(question.show, str) and not isinstance(question.kind, Predict):
        return _interactive(chapter, question.show)
    return shown_html(question, numbers)


def _interactive(chapter: Chapter, name: str, lead: str = "This question needs") -> str:
    """Where to find an interactive, in words: paper has no links."""
    from regionalism.explorers.core import registry

    stem = name.split("-")[0]
    home = chapter_of(stem) if stem != chapter.stem and stem in chapters() else chapter
    return (
        f"<p>{lead} the interactive <strong>{escape(registry()[name].title)}</strong>. It stands on the "
        f"page <strong>{inline(home.title)}</strong> of the course (book/{stem}.html).</p>"
    )


def _what_came_out(chapter: Chapter, question: Question) -> str:
    """Where to see what came out of a guess: paper itself must not show it."""
    if isinstance(question.show, str):
        return _interactive(chapter, question.show, "When your guess is written down, look at")
    return "<p>When your guess is written down, ask your teacher what came out.</p>"


def _room(chapter: Chapter, question: Question, numbers: Numbers, seed: str) -> str:
    """Room for the answer, and for how it was found."""
    kind = question.kind
    if isinstance(kind, Sliders):
        return f"{_interactive(chapter, kind.explorer)}{goal_html(kind, numbers)}{_found(kind)}"
    answer = answer_html(question, numbers, seed)
    if isinstance(kind, Text):
        words = kind.most_words or kind.least_words or 120
        lines = min(max(words // _WORDS_A_LINE, _LEAST_LINES), _MOST_LINES)
        return answer + '<div class="line"></div>' * lines
    if isinstance(kind, Predict):
        lead = "<p>Guess first, before you look it up: a guess is never marked down.</p>"
        return f"{lead}{answer}{_what_came_out(chapter, question)}"
    if isinstance(kind, Number) or question.work == "data":
        return f'{answer}<div class="room">Working</div>'
    return answer


def _found(kind: Sliders) -> str:
    """A blank for each control that may be moved."""
    from regionalism.explorers.core import registry

    explorer = registry()[kind.explorer]
    labels = {control.name: control.label for control in (*explorer.controls, *explorer.extra_controls)}
    blank = '<span class="ra-blank" aria-hidden="true">____________</span>'
    items = "".join(f"<li>{escape(labels[name])}: {blank}</li>" for name in kind.free)
    return f'<p>Write down the values with which the goal is reached.</p><ul class="ra-blanks">{items}</ul>'
