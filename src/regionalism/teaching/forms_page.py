"""The two tests as teachers get them: a page of the book with form, strip and key, and files to print.

The form and the strip hold no right answer; the key stands on a page of its own.
"""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib import resources

from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import Question
from regionalism.teaching.answer_page import answer_page
from regionalism.teaching.forms import ITEMS, LETTERS, UNKNOWN, Form, betrayed, form, options, right_letter, said_to
from regionalism.teaching.forms import statements as statements_of_ideas

MINUTES = 15
UNKNOWN_WORDS = "I do not know"
ON_FIRST_PAGE = 5
STRIPS = 8

_PRINTED = """
@page { size: A4; margin: 12mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: #fff; color: #000;
  font: 10.5pt/1.36 Georgia, "Noto Serif", "Liberation Serif", serif; overflow-wrap: break-word; }
h1 { font-size: 1.3em; line-height: 1.2; margin: 0 0 .4rem; }
@media print { body { padding: 0; max-width: none; } }
"""

_WHY = {
    "first": "This test shows what students think **before** the course. It asks for no knowledge of the course "
    "and uses none of its terms.",
    "second": "This test asks the same ten ideas as the first one, each with a **new case**. Put beside the first, it "
    "shows which ideas have moved.",
}
_GIVE = """
- Give it {when}. It takes {minutes} minutes.
- Say why: \u201cThis is not for marks. It shows me what to spend time on, and it shows you how far you have come.\u201d
- Everybody works alone, without books, phones for anything else, or neighbours. Answer no question about the cases.
- \u201cI do not know\u201d is a real answer. It is better than a guess: it counts as not right, and it betrays nothing.
- Students write their **id** and no name. The same id must stand on both tests, so that they can be put side by side.
- Collect all copies, and do not discuss the answers {until}.
"""
_WHEN = {
    "first": ("in the first lesson, before anything is taught", "before the second test is done"),
    "second": (
        "in the last lesson, or a week after it, and at least four weeks after the first",
        "until the last copy is in",
    ),
}
_GET = """
**On paper.** Print the form (two pages, one sheet), or show it on the wall and hand out answer strips only.
Type one line for each student into a text file: the id, a colon, ten letters. Write `?` for \u201cI do not
know\u201d, for no answer, and where two boxes are ticked.

**On phones.** Send the answer page to the class once, as a file. It works without the internet, keeps what was ticked,
and ends in one short line that students send or show to you. Paste these lines into a text file. Their last letter
is a check against slips.

**Files.** `python course.py before-after forms FOLDER` writes forms, strips and answer pages of both tests.

**Afterwards.** `python course.py before-after report first.txt second.txt` puts both tests side by side, for the
class. It reads text files and tables that a spreadsheet saved as CSV, and it names each line that it could not
read.
"""
_RULES = """
The course has two measures of learning, and they answer two questions.

**Mastery** asks whether one student has learned one chapter. Each sheet ends with two new cases. A student who has
both fully right has mastered the chapter. The grader says so where `mastery` is on in the rules of the class. Marks
may depend on it.

**Before and after** asks whether a class has moved on ten ideas. It looks at all students together, counts right
answers on both tests, and counts who still shows an idea that leads astray. No mark depends on it, and it says
nothing of mastery.
"""


# The page of the book


def sections(name: str) -> list[tuple[str, str]]:
    """The page of one test: pairs of a heading and HTML; the lead stands before the first heading."""
    found = form(name)
    when, until = _WHEN[name]
    give = _GIVE.format(when=when, minutes=MINUTES, until=until)
    return [
        ("", to_html(_WHY[name])),
        ("How to give it", f"{to_html(give)}{to_html(_GET)}{_saved(found)}"),
        ("Two measures of learning", to_html(_RULES)),
        ("The form", form_html(found)),
        ("Answer strip", f"<div class=\"tp-test\">{strip_html(found)}</div>"),
        ("Key for the teacher", key_html(found)),
    ]


@cache
def style() -> str:
    """The style of forms, strips and keys."""
    return resources.files("regionalism.teaching").joinpath("forms.css").read_text("utf-8")


def _saved(found: Form) -> str:
    """Links that save the files from the page itself: that needs neither Python nor a line."""
    files = (
        ("paper", "the form to print, two pages", paper(found)),
        ("strips", f"{STRIPS} answer strips on a page", strips(found)),
        ("phone", "the answer page for phones", answer_page(found)),
    )
    links = "".join(f"<li>{_link(f'{found.name}-test-{kind}.html', words, text)}</li>" for kind, words, text in files)
    words = "Save a file of this test. None of them holds a right answer."
    return f'<div class="tp-save"><p>{words}</p><ul>{links}</ul></div>'


def _link(name: str, words: str, text: str) -> str:
    packed = base64.b64encode(text.encode()).decode()
    size = len(text.encode()) // 1024 + 1
    return f'<a download="{name}" href="data:text/html;charset=utf-8;base64,{packed}">{words}</a> ({size} KB)'


# Form and strip


def form_html(found: Form) -> str:
    """The form on two pages, without a right answer."""
    pages = (found.items[:ON_FIRST_PAGE], found.items[ON_FIRST_PAGE:])
    return (
        '<div class="tp-test tf-form">'
        + "".join(_page_html(found, items, at) for at, items in enumerate(pages))
        + "</div>"
    )


def _page_html(found: Form, items: tuple[Question, ...], at: int) -> str:
    about = (
        f"<p>{MINUTES} minutes, no marks, no help. Tick one box for each question. If you do not know, tick the last "
        "one: do not guess. All states are made up. Write your id, not your name.</p>"
        if at == 0
        else ""
    )
    start = at * ON_FIRST_PAGE + 1
    return (
        f'<div class="tf-page"><p class="tf-who"><strong>{escape(found.title)}</strong>'
        f'<span>Page {at + 1} of 2</span><span>Id: <span class="tf-blank">&nbsp;</span></span></p>{about}'
        + "".join(_item_html(item, number) for number, item in enumerate(items, start=start))
        + "</div>"
    )


def _item_html(item: Question, number: int) -> str:
    answers = [(letter, str(option.text)) for letter, option in zip(LETTERS, options(item), strict=True)]
    boxes = "".join(
        f'<li><span class="tf-box" aria-hidden="true"></span><span class="tf-letter">{letter}</span>'
        f"<span>{inline(text)}</span></li>"
        for letter, text in [*answers, (UNKNOWN, UNKNOWN_WORDS)]
    )
    return (
        f'<div class="tf-item"><p><strong>{number}.</strong> {inline(str(item.prompt))}</p>'
        f'<ul class="tf-options">{boxes}</ul></div>'
    )


def strip_html(found: Form) -> str:
    """A strip for the letters of one student, to be cut off or handed out alone."""
    heads = "".join(f'<th scope="col">{number}</th>' for number in range(1, ITEMS + 1))
    cells = "<td>&nbsp;</td>" * ITEMS
    return (
        f'<div class="tf-strip"><p class="tf-who"><strong>{escape(found.title)}</strong>'
        '<span>A, B, C or D; ? for "I do not know"</span><span>Id: <span class="tf-blank">&nbsp;</span></span></p>'
        '<div class="tf-scroll" tabindex="0" role="group" aria-label="Strip for ten letters">'
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div></div>"
    )


# Files to print


def paper(found: Form) -> str:
    """The form as a file to print: two A4 pages, no script, nothing from outside, no right answer."""
    return _printed(found.title, form_html(found))


def strips(found: Form) -> str:
    """A page of answer strips to cut, for a class that reads the form on the wall."""
    return _printed(f"{found.title}: answer strips", f'<div class="tp-test">{strip_html(found) * STRIPS}</div>')


def _printed(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_PRINTED}{style()}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


# Key


def key_html(found: Form) -> str:
    """What is right, why, and what each other letter betrays: for the teacher, on paper on a page of its own."""
    items = "".join(_key_item(found, at) for at in range(ITEMS))
    return f'<div class="tp-key"><p>Right, from 1 to {ITEMS}: <strong>{" ".join(found.key)}</strong></p>{items}</div>'


def _key_item(found: Form, at: int) -> str:
    item = found.items[at]
    lines = "".join(_key_line(item, letter) for letter in LETTERS)
    return (
        f'<div class="tf-item"><h3>{at + 1}. {inline(item.title)}</h3><p>{inline(found.ideas[at].says)}</p>'
        f"<dl>{lines}</dl></div>"
    )


def _key_line(item: Question, letter: str) -> str:
    text = plain(str(options(item)[LETTERS.index(letter)].text))
    said = inline(said_to(item, letter))
    if letter == right_letter(item):
        return f'<dt class="tf-right">{letter} is right: {escape(text)}</dt><dd>{said}</dd>'
    idea = betrayed(item, letter)
    shows = f"Betrays: <em>{escape(statements_of_ideas()[idea])}</em> " if idea else "Betrays nothing that is counted. "
    return f"<dt>{letter}: {escape(text)}</dt><dd>{shows}Ask: {said}</dd>"
