"""The slides of a chapter's lesson: one section for each screen, a page to read without a script, slides with it.

Everything comes from the plan, the questions' own declarations and the chapter's figures. `slides.js` shows the
sections one by one; `slides.css` makes the pages, the screens and the handout for the teacher.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from regionalism.charts.drawing import svg
from regionalism.charts.figure import NARROW, Figure
from regionalism.exercises import chapter
from regionalism.exercises.page import object_html
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.teaching import content
from regionalism.teaching.asking import LETTERS, Answer, Asked, AskingError, asked
from regionalism.teaching.plan import PART_NAMES, Plan, PlanError, Slide, Turn
from regionalism.teaching.plan_page import told, unbroken

# Drawn narrow and shown large, a chart's words can be read from the last row. Of these widths the one is taken that
# shows them largest in the room that screens of 1280 x 720 and of 1024 x 768 leave for a chart.
DRAWN = (480, 560, 640)
ROOMS = ((860, 520), (640, 540))
# A chart flatter than this stands below its finding on a 4:3 screen, any other beside it.
FLAT = 0.55
# A chart higher than this would be shrunk until nobody can read it.
MOST_HEIGHT = 800

_ANCHOR = re.compile(r"</?a\b[^>]*>")
_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_HOW = {
    "vote": "Think alone first. Then show one letter.",
    "guess": "Write your number down before anybody says one.",
    "sort": "For each number, show the letter of its place.",
    "order": "Write the letters in their order.",
}
_AGAIN = {
    "vote": "Once more: show one letter. Count the hands for each letter and write the counts on the board.",
    "guess": "Once more: who has kept the number, who has changed it? Write the lowest and the highest on the board.",
    "sort": "Once more: show a letter for each number. Count the hands and write the counts on the board.",
    "order": "Once more: say your order. Write the two most frequent orders on the board.",
}
_BEFORE = "before the lesson"
_NOTED_BEFORE = '<p class="sl-same">The notes of this step stand with its first slide.</p>'


@dataclass(frozen=True)
class _Screen:
    """One slide with its place: its number from 1, the turn it belongs to (None for the cover), and the minutes."""

    number: int
    slide: Slide
    turn: Turn | None = None
    place: int = 0
    minutes: str = _BEFORE
    noted: bool = True


def sections(stem: str) -> list[tuple[str, str]]:
    """The page of a chapter's slides: one piece of HTML without a heading of its own.

    Raises NotForStudents where there is no plan, and PlanError for a slide that cannot be shown.
    """
    return [("", unbroken(deck_html(content.plan(stem))))]


def deck_html(plan: Plan) -> str:
    """All slides of a plan with what the script needs to show them.

    PlanError names the plan and the slide whose question or figure does not exist.
    """
    screens = list(_screens(plan))
    slides = "\n".join(_screen_html(plan, screen) for screen in screens)
    return (
        f'<div data-slides="{escape(plan.stem)}" class="sl-root">\n{_start_html(screens)}'
        f'<div class="sl-deck">{slides}</div>\n{_stage_html()}</div>'
    )


def to_students(aim: str) -> str:
    """The aim of a plan, which speaks of students, as the cover says it to them."""
    return re.sub(r"\band they\b", "and you", re.sub(r"^Students\b", "After this lesson you", aim))


def _screens(plan: Plan) -> Iterator[_Screen]:
    """The cover, then the slides of each turn; a turn without slides gets one with its title."""
    yield _Screen(1, Slide("words", chapter(plan.stem).title, to_students(plan.aim)))
    number = 1
    for place, (start, end, turn) in enumerate(plan.timed(), start=1):
        for position, slide in enumerate(turn.slides or (Slide("words", turn.title),)):
            number += 1
            yield _Screen(number, slide, turn, place, f"minute {start} to {end}", position == 0)


def _screen_html(plan: Plan, screen: _Screen) -> str:
    number, slide = screen.number, screen.slide
    try:
        kicker, body = _body_html(plan, screen)
    except (AskingError, PlanError) as fault:
        raise PlanError(f"{plan.stem}, slide {number} {slide.title!r}: {fault}") from None
    notes = _notes_html(plan, screen) if screen.noted else _NOTED_BEFORE
    return (
        f'<section class="sl-slide{"" if screen.turn else " sl-cover"}" id="slide-{number}"'
        f' aria-labelledby="slide-{number}-title" data-kind="{slide.kind}" data-turn="{screen.place}"'
        f' data-minutes="{screen.minutes}" data-title="{escape(plain(slide.title))}">'
        f'<div class="sl-screen"><p class="sl-kicker">{kicker}</p>{body}</div>'
        f'<p class="sl-when">{number} · {screen.minutes}</p>{notes}</section>'
    )


def _body_html(plan: Plan, screen: _Screen) -> tuple[str, str]:
    """The line above the heading, and the heading with everything below it."""
    slide, part = screen.slide, PART_NAMES[screen.turn.part] if screen.turn else "Aim of this lesson"
    if slide.kind == "figure":
        figure = _figure(plan.stem, slide.of)
        label = part if plain(slide.title) == figure.title else f"{part} · {inline(slide.title)}"
        return label, _figure_html(figure, screen)
    if slide.kind == "words":
        return part, _heading(screen, inline(slide.title)) + _words(slide.words)
    question = asked(slide.of)
    if slide.kind == "ask":
        body = _heading(screen, inline(slide.title)) + _words(slide.words) + _question_html(question, _HOW)
        return part, _unlinked(body)
    return part, _unlinked(_reveal_html(screen, question))


def _heading(screen: _Screen, html: str) -> str:
    return f'<h2 id="slide-{screen.number}-title" tabindex="-1">{html}</h2>'


def _words(words: str) -> str:
    return f'<div class="sl-words">{to_html(words)}</div>' if words.strip() else ""


def _unlinked(html: str) -> str:
    """The same without links: on a screen nobody presses them, and they lead from the page of the chapter."""
    return _ANCHOR.sub("", html)


# Questions


def _question_html(question: Asked, how: dict[str, str]) -> str:
    """A question before it is answered: no letter is marked and no reply is there."""
    shown = _shown_html(question.show)
    asking = (
        f'<div class="sl-prompt">{to_html(question.prompt)}</div>'
        f'{_choices_html(question)}<p class="sl-how">{how[_way(question)]}</p>'
    )
    return f'<div class="sl-asking{" sl-beside" if shown else ""}"><div>{asking}</div>{shown}</div>'


def _choices_html(question: Asked) -> str:
    """What can be answered: lettered options, numbered pieces with lettered places, or a blank for a number."""
    if question.way == "vote":
        options = "".join(_option(answer.letter, inline(answer.text)) for answer in question.answers)
        return f'<ul class="sl-options">{options}</ul>'
    if question.way == "guess":
        unit = f" {escape(question.unit)}" if question.unit else ""
        return f'<p class="sl-blank">Your number: <span aria-hidden="true">__________</span>{unit}</p>'
    if _way(question) == "order":
        pieces = "".join(_option(letter, inline(text)) for letter, text in _lettered(question))
        first, last = map(inline, question.ends)
        ends = f'<p class="sl-ends">First: {first} · last: {last}</p>' if first and last else ""
        return f'<ul class="sl-options sl-pieces">{pieces}</ul>{ends}'
    pieces = "".join(_option(str(at), inline(piece.text)) for at, piece in enumerate(question.pieces, start=1))
    heaps = "".join(_option(letter, inline(heap)) for letter, heap in zip(LETTERS, question.heaps, strict=False))
    return (
        f'<ul class="sl-options sl-pieces" aria-label="To sort">{pieces}</ul>'
        f'<ul class="sl-options sl-heaps" aria-label="Places">{heaps}</ul>'
    )


def _option(sign: str, html: str) -> str:
    return f'<li><span class="sl-letter">{sign}</span> <span>{html}</span></li>'


def _way(question: Asked) -> str:
    """The way a class answers; to put things in an order is a way of its own."""
    return "order" if question.sorting == "places" else question.way


def _lettered(question: Asked) -> Iterable[tuple[str, str]]:
    return zip(LETTERS, (piece.text for piece in question.pieces), strict=False)


def _shown_html(shown: Any) -> str:
    if shown is None:
        return ""
    html = _drawing_html(shown, "shown") if isinstance(shown, Figure) else object_html(shown)
    return f'<div class="sl-shown">{html}</div>'


def _reveal_html(screen: _Screen, question: Asked) -> str:
    """The question once more without any mark, and the answer, which the script keeps covered at first.

    The slide's own title and words may tell the answer, so they are covered with it.
    """
    heading = (
        f'<span class="sl-before">{inline(question.title)}</span>'
        f'<span class="sl-after">{inline(screen.slide.title)}</span>'
    )
    return (
        f'{_heading(screen, heading)}<div class="sl-before">{_question_html(question, _AGAIN)}</div>'
        f'<div class="sl-after"><div class="sl-prompt sl-reminder">{to_html(question.prompt)}</div>'
        f'<div class="sl-answer" tabindex="-1" role="group" aria-label="Answer">{_answer_html(question)}'
        f"{_shown_html(question.after)}{_words(screen.slide.words)}</div></div>"
    )


def _answer_html(question: Asked) -> str:
    why = f'<div class="sl-why">{to_html(question.why)}</div>'
    if question.way == "vote":
        # The right one with its reason comes first, then the replies to the others.
        ranked = sorted(question.answers, key=lambda answer: not answer.right)
        items = "".join(_judged(answer, why) for answer in ranked)
        return f'<ul class="sl-options sl-judged">{items}</ul>'
    if question.way == "guess":
        return f'<p class="sl-solution"><span class="sl-sign">✓ Right:</span> {escape(question.solution)}</p>{why}'
    return f"{_sorted_html(question)}{why}"


def _judged(answer: Answer, why: str) -> str:
    sign, name = ("✓ Right", "sl-right") if answer.right else ("✗ Not this", "sl-not")
    said = why if answer.right else f'<div class="sl-reply">{to_html(answer.reply)}</div>'
    return (
        f'<li class="{name}"><span class="sl-letter">{answer.letter}</span> <div><p>'
        f'<span class="sl-sign">{sign}:</span> <strong>{inline(answer.text)}</strong></p>{said}</div></li>'
    )


def _sorted_html(question: Asked) -> str:
    """Each place with what belongs there; for an order the places one after the other."""
    order = _way(question) == "order"
    rows = []
    for letter, heap in zip(LETTERS, question.heaps, strict=False):
        here = [
            f'<li><span class="sl-number">{LETTERS[at] if order else at + 1}</span> {inline(piece.text)}</li>'
            for at, piece in enumerate(question.pieces) if piece.belongs == heap
        ]
        # Two that share a place leave the next one empty, which says nothing to a class.
        if order and not here:
            continue
        inside = f"<ul>{''.join(here)}</ul>" if here else '<p class="sl-none">nothing</p>'
        name = f"Place {heap}" if order else f'<span class="sl-letter">{letter}</span> {inline(heap)}'
        rows.append(f"<li><p>{name}</p>{inside}</li>")
    shape = " sl-order" if order else " sl-four" if len(rows) == 4 else ""
    return f'<p class="sl-sign">✓ Right:</p><ul class="sl-places{shape}">{"".join(rows)}</ul>'


# Figures


def _figure(stem: str, of: str) -> Figure:
    """The figure that a slide names: a function of the chapter's figures, or "module.function".

    PlanError for a name without a figure, and for one that is too high to be read on a screen.
    """
    module, _, name = of.rpartition(".")
    home = f"regionalism.figures.{module or stem}"
    try:
        make = getattr(importlib.import_module(home), name, None)
    except ModuleNotFoundError:
        raise PlanError(f"no module {home} for the figure {of!r}") from None
    figure = make() if callable(make) and not name.startswith("_") else None
    if not isinstance(figure, Figure):
        raise PlanError(f"no figure {of!r} in {home}")
    return figure


def _figure_html(figure: Figure, screen: _Screen) -> str:
    tables = ", ".join(f'<a href="../tables/{name}.html">{escape(name)}</a>' for name in figure.tables)
    data = f'<span class="sl-data"> Data: {tables}.</span>' if tables else ""
    drawing = _drawing_html(figure, str(screen.number))
    note = f'<p class="sl-source sl-note">{escape(figure.note)}</p>' if figure.note else ""
    return (
        f'<div class="sl-finding">{_heading(screen, escape(figure.title))}'
        f'<p class="sl-subtitle">{escape(figure.subtitle)}</p>{_words(screen.slide.words)}</div>'
        f'{drawing}<p class="sl-source">Source: {escape(figure.source)}{data}</p>{note}'
    )


def _drawing_html(figure: Figure, place: str) -> str:
    """A wide drawing and one for phones, of which CSS shows one; a figure may stand on two slides."""
    wide = max((_drawn(figure, place, width, "sl-wide") for width in DRAWN), key=_enlarged)
    width, height = _measures(wide)
    if height > MOST_HEIGHT:
        raise PlanError(f"the figure {figure.name!r} is {height:.0f} high; a screen shows at most {MOST_HEIGHT}")
    shape = "flat" if height < FLAT * width else "high"
    narrow = _drawn(figure, place, NARROW, "sl-narrow")
    return f'<div class="sl-drawing" data-shape="{shape}">{wide}{narrow}</div>'


def _drawn(figure: Figure, place: str, width: int, css_class: str) -> str:
    return svg(figure.specification(width, "page"), f"slide-{place}-{width}", figure.alt, css_class)


def _measures(drawn: str) -> tuple[float, float]:
    """Width and height of a drawing, in pixels."""
    box = _BOX.search(drawn)
    return (float(box[1]), float(box[2])) if box else (1.0, 1.0)


def _enlarged(drawn: str) -> tuple[float, float]:
    """How much a drawing grows in the smallest room for it; of two that grow alike the wider one."""
    width, height = _measures(drawn)
    return round(min(min(across / width, down / height) for across, down in ROOMS), 1), width


# Notes


def _notes_html(plan: Plan, screen: _Screen) -> str:
    """What the teacher says and does in this step of the lesson; before the lesson, what to prepare."""
    turn = screen.turn
    if turn is None:
        items = "".join(f"<li>{inline(line)}</li>" for line in plan.prepare)
        return _notes("Before the lesson", f"<ul>{items}</ul>" if items else "")
    lines = (
        ("Say", "".join(told(text) for text in turn.say)),
        ("Do", told(turn.do)),
        ("Expect", told(turn.expect)),
        ("Slips", "".join(
            f"<p>They say: {inline(slip.says)} <strong>Ask:</strong> {inline(slip.ask)}</p>" for slip in turn.slips
        )),
        ("Without devices", told(turn.without)),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{html}</dd>" for name, html in lines if html)
    return _notes(f"{inline(turn.title)} · {screen.minutes}", f"<dl>{rows}</dl>")


def _notes(title: str, html: str) -> str:
    return f'<div class="sl-notes"><h3>{title}</h3>{html}</div>'


# What only the script shows


def _start_html(screens: list[_Screen]) -> str:
    return (
        '<div class="sl-start" hidden>'
        '<p><button type="button" class="sl-button sl-main" data-do="begin">Start the slides</button> '
        '<button type="button" class="sl-button" data-do="second">Start with the presenter view</button></p>'
        f'<p class="sl-hint">{len(screens)} slides. Arrow keys or Space turn the page, Escape ends. '
        "N shows your notes below the slide, P opens them in a second window, F fills the screen, "
        "B makes it dark. This page shows answers: start before the class sees your screen. "
        "Printed, it is a handout with your notes.</p></div>\n"
    )


def _stage_html() -> str:
    """The bar below a slide, the panel of notes, the desk of the presenter view, and the line for messages."""
    return (
        '<div class="sl-panel" tabindex="0" role="region" aria-label="Notes for the teacher" hidden></div>\n'
        '<div class="sl-desk" hidden><div class="sl-clocks"><p><span class="sl-clock" role="timer">0:00</span> '
        '<span class="sl-pace"></span></p><button type="button" class="sl-button" data-do="zero">Set the clock to 0'
        '</button></div></div>\n<p class="sl-next-title" hidden></p>\n'
        '<p class="sl-message" role="status" hidden></p>\n'
        '<div class="sl-bar" role="group" aria-label="Slides" hidden>'
        '<button type="button" class="sl-turn" data-do="back"><span aria-hidden="true">‹</span> Back</button>'
        '<p class="sl-where" aria-live="polite"><strong class="sl-count"></strong> <span class="sl-minutes"></span></p>'
        '<p class="sl-tools"><button type="button" data-do="notes" aria-pressed="false" aria-keyshortcuts="N">Notes'
        '</button><button type="button" data-do="second" aria-keyshortcuts="P">Presenter view</button>'
        '<button type="button" data-do="full" aria-keyshortcuts="F">Full screen</button>'
        '<button type="button" data-do="end" aria-keyshortcuts="Escape">End</button></p>'
        '<button type="button" class="sl-turn" data-do="next">Next <span aria-hidden="true">›</span></button></div>\n'
        '<div class="sl-curtain" hidden></div>\n'
    )
