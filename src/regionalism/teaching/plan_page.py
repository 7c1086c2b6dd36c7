"""The page of a lesson plan: one sheet for the desk, then each turn with what to say, to do and to expect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape

from regionalism.exercises import chapter
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.teaching import content
from regionalism.teaching.asking import Asked, asked
from regionalism.teaching.plan import PART_NAMES, SIZES, Plan, Role, Slip, Turn

Section = tuple[str, str]
PERCENT = re.compile(r"(?<=\d) (?=%)")
WAYS = {"vote": "show of hands", "guess": "a number on paper", "sort": "sorting cards"}


def sections(stem: str) -> list[Section]:
    """The page of a chapter's plan as pairs of a heading and HTML. NotForStudents where there is no plan."""
    return [(unbroken(heading), unbroken(html)) for heading, html in plan_sections(content.plan(stem))]


def plan_sections(plan: Plan) -> list[Section]:
    """The page of any plan; a heading is plain text, and one without words stands before the first."""
    known = chapter(plan.stem).misconceptions
    return [
        ("", links_html(plan.stem)),
        ("At a glance", glance_html(plan)),
        *(
            (_heading(number, *timed), turn_html(plan.stem, timed[-1], known))
            for number, timed in enumerate(plan.timed(), start=1)
        ),
        ("Before the lesson", _block("tp-list", _list(plan.prepare))),
        ("On the board at the end", _block("tp-board", told(plan.board))),
        (f"{', '.join(map(str, SIZES[:-1]))} or {SIZES[-1]} students", _sizes_html(plan)),
        ("One projector and no devices", _block("tp-text", told(plan.projector))),
        ("Four at one machine", _roles_html(plan.roles)),
        ("Only 45 minutes", _block("tp-text", told(plan.short))),
    ]


def unbroken(html: str) -> str:
    """The same text with its "60 %" kept on one line."""
    return PERCENT.sub("\N{NO-BREAK SPACE}", html)


def links_html(stem: str) -> str:
    """Where the things lie that a teacher needs beside the plan, as seen from `book/teaching/`."""
    places = (
        ("Slides", f"slides-{stem}.html"),
        ("Cards to print", f"cards-{stem}.html"),
        ("The chapter", f"../{stem}.html"),
        ("The lab", f"../../notebooks/{stem}.html"),
        ("The exercise sheet", f"../../exercises/{stem}.html"),
    )
    links = "".join(f'<li><a href="{escape(address)}">{words}</a></li>' for words, address in places)
    return f'<ul class="tp-links">{links}</ul>'


def told(text: str) -> str:
    """A text of a plan as HTML; its tables scroll by themselves where the screen is narrow."""
    scroll = '<div class="tp-scroll" tabindex="0" role="group" aria-label="Table">'
    return to_html(text).replace("<table>", f"{scroll}<table>").replace("</table>", "</table></div>")


def glance_html(plan: Plan) -> str:
    """The aim and the minutes, to lie on the desk as one sheet of A4: one sentence for each turn."""
    rows = "".join(
        f'<tr><td class="tp-minute">{_minutes(start, end)}</td>'
        f'<th scope="row"><span class="tp-part">{_turn_name(number, turn)}</span> {inline(turn.title)}</th>'
        f"<td>{inline(turn.glance)}</td></tr>"
        for number, (start, end, turn) in enumerate(plan.timed(), start=1)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Minute", "Part and step", "What students do"))
    return (
        f'<div class="tp-glance"><p class="tp-aim"><strong>Aim.</strong> {inline(plan.aim)}</p>'
        f'<table class="tp-minutes"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"<p>Together {plan.minutes} minutes. What to say and to expect follows step by step.</p></div>"
    )


def turn_html(stem: str, turn: Turn, known: Mapping[str, str]) -> str:
    """One step of the lesson; `known` are the chapter's misconceptions in plain words."""
    parts = [
        f'<div class="tp-say"><h3>Say</h3>{"".join(map(told, turn.say))}</div>',
        f"<h3>Do</h3>{told(turn.do)}",
        _questions_html(stem, turn),
        _screens_html(stem, turn),
        f"<h3>Expect</h3>{told(turn.expect)}",
        _slips_html(turn.slips, known),
        f"<h3>Without devices</h3>{told(turn.without)}" if turn.without else "",
    ]
    return _block("tp-turn", "".join(parts))


def _heading(number: int, start: int, end: int, turn: Turn) -> str:
    return f"{_minutes(start, end)} · {_turn_name(number, turn)}: {plain(turn.title)}"


def _turn_name(number: int, turn: Turn) -> str:
    """A turn by its number, since the texts of a plan refer to turns by number, and by its part."""
    return f"Turn {number}, {PART_NAMES[turn.part].lower()}"


def _minutes(start: int, end: int) -> str:
    return f"{start}–{end}"


def _questions_html(stem: str, turn: Turn) -> str:
    """The questions of a step, each with its place among the cards."""
    if not turn.questions:
        return ""
    items = "".join(
        f'<li><a href="cards-{stem}.html#{place_of(question)}">{inline(question.title)}</a> ({WAYS[question.way]})</li>'
        for question in map(asked, turn.questions)
    )
    return f"<h3>Ask</h3><ul>{items}</ul>"


def place_of(question: Asked) -> str:
    """The id of a question's place on the page of the cards."""
    return f"ask-{question.reference.replace('.', '-')}"


def _screens_html(stem: str, turn: Turn) -> str:
    """What stands on the screen meanwhile."""
    if not turn.slides:
        return ""
    titles = "; ".join(inline(slide.title) for slide in turn.slides)
    return f'<p class="tp-screens"><a href="slides-{stem}.html">On the screen</a>: {titles}</p>'


def _slips_html(slips: Iterable[Slip], known: Mapping[str, str]) -> str:
    rows = "".join(f"<tr><td>{_says(slip, known)}</td><td>{told(slip.ask)}</td></tr>" for slip in slips)
    if not rows:
        return ""
    heads = '<th scope="col">If students say …</th><th scope="col">ask …</th>'
    return f'<table class="tp-slips"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _says(slip: Slip, known: Mapping[str, str]) -> str:
    behind = known.get(slip.misconception, "")
    note = f'<p class="tp-behind">The idea behind it: {inline(behind)}</p>' if behind else ""
    return told(slip.says) + note


def _sizes_html(plan: Plan) -> str:
    return _block(
        "tp-sizes",
        "".join(f"<h3>{size} students</h3>{told(plan.variants[size])}" for size in sorted(plan.variants)),
    )


def _roles_html(roles: Iterable[Role]) -> str:
    cards = "".join(f'<li class="tp-cut"><h3>{inline(role.name)}</h3>{told(role.task)}</li>' for role in roles)
    lead = "<p>Four students share one machine. Cut out the four cards and give one to each.</p>"
    return _block("tp-roles", f'{lead}<ul class="tp-cards">{cards}</ul>')


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(_item(item) for item in items)}</ul>"


def _item(text: str) -> str:
    return f"<li>{inline(text)}</li>"


def _block(name: str, html: str) -> str:
    return f'<div class="{name}">{html}</div>'
