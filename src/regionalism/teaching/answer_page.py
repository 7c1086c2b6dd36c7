"""The answer page of a test: one small file that students open on a phone, also without a line.

It holds the questions and no right answer, asks nothing of any address, keeps what was ticked on the device, and ends
in one line for the teacher (see `answer_lines`).
"""

from __future__ import annotations

from html import escape
from importlib import resources

from regionalism.exercises.prose import inline
from regionalism.exercises.question import Question
from regionalism.teaching.answer_lines import CHECKS
from regionalism.teaching.forms import ITEMS, LETTERS, NAMES, UNKNOWN, Form, options


def answer_page(found: Form) -> str:
    """The answer page of one test as HTML."""
    parts = {
        "title": escape(found.title),
        "name": found.name,
        "place": str(NAMES.index(found.name) + 1),
        "count": str(ITEMS),
        "checks": CHECKS,
        "signs": LETTERS + UNKNOWN,
        "items": "\n".join(_item(item, number) for number, item in enumerate(found.items, start=1)),
    }
    text = resources.files("regionalism.teaching").joinpath("answer_page.html").read_text("utf-8")
    for name, value in parts.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def _item(item: Question, number: int) -> str:
    answers = [(letter, str(option.text)) for letter, option in zip(LETTERS, options(item), strict=True)]
    fields = "".join(
        f'<label><input type="radio" name="q{number}" value="{letter}"> '
        f"<span><b>{letter}</b> {inline(text)}</span></label>"
        for letter, text in [*answers, (UNKNOWN, "I do not know")]
    )
    return f"<fieldset><legend><b>{number}.</b> {inline(str(item.prompt))}</legend>{fields}</fieldset>"
