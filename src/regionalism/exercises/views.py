"""The widgets of a sheet: what is typed and clicked, and what is said about it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import ipywidgets as widgets

from regionalism.exercises.draws import seed_text
from regionalism.exercises.faces import (
    FITTING,
    STYLE,
    WORDS,
    Face,
    PredictFace,
    TextFace,
    dressed,
    face_of,
    html_widget,
    wrapping,
)
from regionalism.exercises.judging import Verdict, judge
from regionalism.exercises.page import SAMPLE, object_html, points_html, replies
from regionalism.exercises.prose import inline, plain, to_html
from regionalism.exercises.question import Choice, Numbers, Predict, Question, said
from regionalism.exercises.sheets import NO_NAME, HandedIn, Sheet

# The bar repeats in colour what the heading says in words.
_HEADINGS = {
    "right": ("Right", "#1b7837"),
    "partly": ("Partly right", "#b8860b"),
    "wrong": ("Not right yet", "#b35806"),
    "unreadable": ("Not counted", "#6b7280"),
    "saved": ("Saved", "#2166ac"),
    "predicted": ("Your guess is kept", "#2166ac"),
    "silent": ("No answer yet", "#6b7280"),
}
_SILENT = "Give an answer first, then press the button again."
_ID_LABEL = "Your id (the number your teacher gave you, or a name of your own)"
_BUTTONS = {True: "Check", False: "Save"}
_IN_IT = (
    "In the file: your id, your checked answers in their order (of an argument only its last state), and the time "
    "when you made it. "
    "Not in it: your name (unless your id is one), and what you have typed but not checked."
)
_AGAIN = "You may hand in again later: your teacher says which one counts, the last or the best."


def verdict_html(verdict: Verdict | None, next_step: str = "") -> str:
    """What is said about an answer, announced to screen readers; `next_step` is what another try would bring."""
    if verdict is None:
        return ""
    heading, colour = _HEADINGS[verdict.state]
    message = to_html(_SILENT if verdict.state == "silent" else verdict.message)
    reading = f"<p><small>{escape(verdict.reading)}</small></p>" if verdict.reading else ""
    further = f"<p><em>{escape(next_step)}</em></p>" if next_step else ""
    return (
        f'<div role="status" style="border-left:4px solid {colour};padding:.2em .8em;line-height:1.45">'
        f"<p><strong>{heading}.</strong></p>{message}{reading}{further}</div>"
    )


class QuestionView:
    """One question: `face` takes the answer, `button` checks it, `feedback` says what holds."""

    def __init__(self, sheet: Sheet, question: Question) -> None:
        self._sheet = sheet
        self._question = question
        self._student: str | None = None
        self._drafts: dict[str, Any] = {}
        self._guessed = False
        self._blank: Any = None
        self.face: Face | None = None
        number = sheet.number_of(question)
        self.title = html_widget(f"{STYLE}<h3>{number}. {inline(question.title)}</h3>{points_html(question)}")
        self.button = self._button(number)
        self.button.on_click(lambda _: self.check())
        self.feedback = html_widget("")
        self.widget = widgets.VBox()
        self.refresh()
        sheet.listen(self.refresh)

    def _button(self, number: int) -> widgets.Button:
        if isinstance(self._question.kind, Predict):
            words, tip = "Keep my guess", f"Keep the guess at question {number}; it cannot be changed then"
        else:
            words = _BUTTONS[self._question.judged]
            tip = f"{words} the answer to question {number}"
        return widgets.Button(description=words, tooltip=tip)

    def check(self) -> Verdict:
        """Judge what stands in the widgets."""
        return self._sheet.answer(self._question.id, self.face.read() if self.face else None)

    def fill(self, raw: Any) -> None:
        """Put an answer into the widgets."""
        if self.face:
            self.face.fill(raw)

    def show(self, raw: Any) -> None:
        """Put an answer into the widgets unless it stands there: what is being typed must not be written over."""
        if self.face and self.face.read() != raw:
            self.face.fill(raw)

    def say(self, verdict: Verdict | None) -> None:
        """Show a verdict, and what comes out of a guess once it is made."""
        if self._sheet.guessed(self._question.id) and not self._guessed:
            self._reveal()
        counted = verdict is not None and verdict == self._sheet.verdict(self._question.id)
        further = self._sheet.next_step(self._question.id) if counted else ""
        self.feedback.value = dressed(verdict_html(verdict, further))

    def take_in(self, before: Any) -> None:
        """Show an answer that came from another window; `before` was kept here. What is being typed stays."""
        if self.face is None or self._sheet.being_written(self._question.id):
            return
        if self._stands(before) or self._sheet.guessed(self._question.id):
            self.fill(self._sheet.kept_answer(self._question.id))
            self.say(self._sheet.verdict(self._question.id))

    @property
    def unchecked(self) -> bool:
        """Whether something stands in the widgets that has not been checked, and so would not be handed in."""
        return self.face is not None and not self._stands(self._sheet.kept_answer(self._question.id))

    def _stands(self, raw: Any) -> bool:
        """Whether the widgets show an answer, or nothing at all."""
        standing = self.face.read() if self.face else None
        return standing == self._blank or standing == raw or standing == str(raw)

    def refresh(self) -> None:
        """Draw the question anew for another student; nothing happens for the same one."""
        if self._student == self._sheet.student:
            return
        if self.face and self._student:
            self._drafts[seed_text(self._student)] = self.face.read()
        self._student = self._sheet.student
        if not self._student:
            self.face = None
            self.widget.children = (self.title, html_widget(f"<p>{NO_NAME}</p>"))
            return
        self._draw()
        # What was typed but not checked yet comes back with the id: the box may have been touched by chance.
        draft = self._drafts.get(seed_text(self._student))
        guessed = self._sheet.guessed(self._question.id)
        self.fill(draft if draft and not guessed else self._sheet.kept_answer(self._question.id))
        self.say(self._sheet.verdict(self._question.id))

    def _draw(self) -> None:
        numbers = self._sheet.numbers(self._question.id)
        self.face = face_of(self._question, numbers, self._sheet.seed)
        self._blank, self._guessed = self.face.read(), False
        if isinstance(self.face, TextFace):
            self.face.whenever_it_changes(partial(self._sheet.keep_writing, self._question.id))
        prompt = html_widget(to_html(said(self._question.prompt, numbers)))
        # What a prediction is about appears after the guess.
        shown = [] if isinstance(self._question.kind, Predict) else shown_widgets(self._question, numbers)
        self.widget.children = (self.title, prompt, *shown, self.face.widget, self.button, self.feedback)

    def _reveal(self) -> None:
        """Close a prediction's guess and show what came out below it."""
        self._guessed = True
        assert isinstance(self.face, PredictFace)
        self.face.fix()
        title, prompt = self.widget.children[:2]
        shown = shown_widgets(self._question, self._sheet.numbers(self._question.id))
        self.widget.children = (title, prompt, self.face.widget, self.feedback, *shown)


def shown_widgets(question: Question, numbers: Numbers) -> list[widgets.Widget]:
    """What a question gives to work with: an explorer, a figure, a table or a text."""
    if question.show is None:
        return []
    if isinstance(question.show, str):
        from regionalism.explorers.core import registry

        return [registry()[question.show].live(compact=True).widget]
    shown = question.show(numbers)
    if hasattr(shown, "specification"):
        output = {"output_type": "display_data", "data": shown._repr_mimebundle_(), "metadata": {}}
        return [widgets.Output(outputs=(output,))]
    return [html_widget(object_html(shown))]


class SheetView:
    """The whole sheet: `name` takes the student's id, `progress` says how far it is, `taking` hands in."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.name = widgets.Text(
            value=sheet.student,
            description=_ID_LABEL,
            placeholder="then press Enter",
            continuous_update=False,
            style=WORDS,
            layout=FITTING,
        )
        self.name.observe(self._named, names="value")
        self.progress = html_widget("")
        self.notice = html_widget("")
        self.taking = TakingView(sheet)
        style = html_widget(STYLE)
        self.head = widgets.VBox([style, wrapping(self.name), self.progress, self.notice, self.taking.widget])
        self._questions: widgets.VBox | None = None
        sheet.listen(self.refresh)
        self.refresh()

    @property
    def ending(self) -> widgets.VBox:
        """The progress line and the unfolded hand-in, for the last cell; the same widgets as in the head."""
        return widgets.VBox([html_widget(STYLE), self.progress, self.taking.unfolded()])

    @property
    def widget(self) -> widgets.VBox:
        """Head and all questions, one below the other."""
        if self._questions is None:
            title = html_widget(f"<h2>{inline(self._sheet.chapter.title)}</h2>")
            parts = [self._sheet.question(question.id).widget for question in self._sheet.chapter.questions]
            self._questions = widgets.VBox([title, self.head, *parts])
        return self._questions

    def _named(self, change: Mapping[str, Any]) -> None:
        if change["new"].strip() != self._sheet.student:
            self._sheet.student = change["new"]

    def refresh(self) -> None:
        """Show how far the student is and what the student must know."""
        if self.name.value.strip() != self._sheet.student:
            self.name.value = self._sheet.student
        line = f"{self._sheet.tally}." if self._sheet.student else NO_NAME
        rule = "The last answer you check is the one that counts." if self._sheet.student else ""
        self.progress.value = dressed(f'<p role="status"><strong>{escape(line)}</strong> {rule}</p>')
        notice = self._sheet.notice
        self.notice.value = dressed(f'<p role="status">{escape(notice)}</p>' if notice else "")


class TakingView:
    """The folded part "Your answers": hand in, take a copy, take up answers from a file.

    `opener` unfolds it, `hand_in` makes the hand-in, `receipt` shows it, `copy` holds the link to a copy,
    `upload` takes a file, `reply` says what became of it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._student = sheet.student
        wide = widgets.Layout(width="max-content")
        self.opener = widgets.ToggleButton(
            description="Your answers: hand in, copy", icon="caret-right", layout=wide,
            tooltip="Hand in, take a copy, or take up answers from a file",
        )  # fmt: skip
        self.hand_in = widgets.Button(
            description="Make my hand-in", layout=wide, tooltip="Make the file for your teacher and show its receipt"
        )
        self.receipt = html_widget("")
        self.copy = html_widget("")
        self.upload = widgets.FileUpload(
            accept=".json", description="Take up answers from a file", layout=wide,
            tooltip="Choose a file whose name begins with answers",
        )  # fmt: skip
        self.reply = html_widget("")
        self.hand_in.on_click(lambda _: self._hand_in())
        self.opener.observe(lambda _: self._fold(), names="value")
        self.upload.observe(self._uploaded, names="value")
        self._always = False
        self._inside = widgets.VBox(
            [
                html_widget(f"<p><strong>Hand in.</strong> {escape(_IN_IT)}</p>"), self.hand_in, self.receipt,
                self.copy, self.upload, self.reply,
            ],
            layout=widgets.Layout(border_left="1px solid var(--jp-border-color1, #999)", padding="0 0 0 .8em"),
        )  # fmt: skip
        self.widget = widgets.VBox([self.opener])
        sheet.listen(self.refresh)

    def unfolded(self) -> widgets.VBox:
        """What the opener unfolds, to be shown in another place as well."""
        self._always = True
        self.refresh()
        return self._inside

    def _fold(self) -> None:
        self.opener.icon = "caret-down" if self.opener.value else "caret-right"
        self.widget.children = (self.opener, self._inside) if self.opener.value else (self.opener,)
        self.refresh()

    def refresh(self) -> None:
        """Renew the copy; forget the receipt and the reply of another student."""
        if self._student != self._sheet.student:
            self._student = self._sheet.student
            self.receipt.value = self.reply.value = ""
        if self.opener.value or self._always:
            self.copy.value = dressed(self._copy_html())
            self.upload.disabled = self.hand_in.disabled = not self._sheet.student

    def _copy_html(self) -> str:
        if not self._sheet.student:
            return f"<p>{NO_NAME}</p>"
        name, text = self._sheet.copy()
        return (
            f"<p><strong>Take your answers with you.</strong> {_link(name, text, 'Save a copy of my answers')}. "
            "Later, or on another computer, type the same id and take the copy up again. "
            "Your browser puts the file among its downloads.</p>"
        )

    def _hand_in(self) -> None:
        try:
            self.receipt.value = dressed(receipt_html(self._sheet.hand_in()))
        except ValueError as fault:
            self.receipt.value = dressed(f'<p role="status">{escape(str(fault))}.</p>')

    def _uploaded(self, change: Mapping[str, Any]) -> None:
        if change["new"]:
            reply = self._sheet.take_up(bytes(change["new"][0]["content"]))
            self.reply.value = dressed(f'<p role="status">{escape(reply)}</p>')
            self.upload.value = ()


def receipt_html(made: HandedIn) -> str:
    """What is said of a hand-in: its code, where its file is, what is still open."""
    where = _where_html(made)
    open_ones = "; ".join(map(escape, made.open))
    still_open = f"Without an answer: {open_ones}. You may hand in all the same." if made.open else "Nothing is open."
    if made.unchecked:
        changed = "; ".join(map(escape, made.unchecked))
        still_open += f" <strong>Changed but not checked, so not in the file: {changed}.</strong>"
    return (
        f'<div role="status"><p>Your receipt code: <strong style="font-size:1.6em;letter-spacing:.06em">'
        f"{made.receipt}</strong></p><p>Write it down. Your teacher sees the same code with your file: "
        f"if the two agree, all your answers have arrived.</p><p>{where}</p><p>{still_open} {_AGAIN}</p></div>"
    )


def _where_html(made: HandedIn) -> str:
    """Where the file of a hand-in is, and how it comes to the teacher."""
    name = f"<code>{escape(made.name)}</code>"
    if made.path:
        link = _link(made.name, made.text, "download it here")
        return f"The file lies beside this sheet: {name}. Send it to your teacher, or {link}."
    if made.trouble:
        return f"{escape(made.trouble)} {_link(made.name, made.text, 'Download it here')} and send it to your teacher."
    return (
        f"Your browser now saves the file {name}. Look for it among the browser&#8217;s downloads, on a phone in the "
        "folder \u201cDownloads\u201d of the app for files, and send it to your teacher. It is not there? "
        f"{_link(made.name, made.text, 'Save my hand-in', at_once=True)}."
    )


def _link(name: str, text: str, words: str, at_once: bool = False) -> str:
    """A link that saves a text as a file, without a server and without a folder.

    One that works `at_once` is pressed by the notebook's script when it appears, once for each content.
    """
    content = b64encode(text.encode("utf-8")).decode("ascii")
    mark = " data-ra-save" if at_once else ""
    return f'<a{mark} download="{escape(name)}" href="data:application/json;base64,{content}">{words}</a>'


class SelfCheckView:
    """The quick questions as widgets, each with a reply to each answer; nothing is kept.

    `radios` are those of the choices, which answer at once; `quick` are the others, which have a button;
    `replies` stand in the order of the questions.
    """

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.radios: list[widgets.RadioButtons] = []
        self.quick: list[QuickView] = []
        self.replies: list[widgets.HTML] = []
        rows = [self._row(question) for question in questions]
        self.widget = widgets.VBox([part for row in rows for part in row])

    def _row(self, question: Question) -> tuple[widgets.Widget, ...]:
        if not isinstance(question.kind, Choice):
            view = QuickView(question)
            self.quick.append(view)
            self.replies.append(view.reply)
            return (view.widget,)
        numbers = question.numbers(SAMPLE)
        rows = replies(question, numbers)
        radios = widgets.RadioButtons(
            options=[(text, place) for place, (text, _, _) in enumerate(rows)],
            value=None,
            description="Choose one:",
            style=WORDS,
            layout=FITTING,
        )
        reply = html_widget("")
        radios.observe(_replier(rows, reply), names="value")
        self.radios.append(radios)
        self.replies.append(reply)
        return html_widget(STYLE + to_html(said(question.prompt, numbers))), wrapping(radios), reply


class QuickView:
    """One quick question of any kind: `face` takes the answer, `button` judges it, `reply` says what holds."""

    def __init__(self, question: Question) -> None:
        self._question, self._numbers = question, question.numbers(SAMPLE)
        self._tries = 0
        self._last: Any = None
        self.face = face_of(question, self._numbers, SAMPLE)
        words = "Check this answer" if question.judged else "Read it again"
        words = "This is my guess" if isinstance(question.kind, Predict) else words
        self.button = widgets.Button(description=words, tooltip=f"{words}: {plain(question.title)}")
        self.button.on_click(lambda _: self.check())
        self.reply = html_widget("")
        prompt = html_widget(STYLE + to_html(said(question.prompt, self._numbers)))
        shown = [] if isinstance(question.kind, Predict) else shown_widgets(question, self._numbers)
        self.widget = widgets.VBox([prompt, *shown, self.face.widget, self.button, self.reply])

    def check(self) -> Verdict:
        """Judge what stands in the widgets; the same wrong answer twice is one try."""
        raw = self.face.read()
        verdict = judge(self._question, self._numbers, raw, self._tries)
        if verdict.counts and raw != self._last:
            self._tries, self._last = self._tries + 1, raw
        # A text is not kept here, so that nothing is called saved.
        text = f'<div role="status">{to_html(verdict.message)}</div>' if verdict.state == "saved" else ""
        self.reply.value = dressed(text or verdict_html(verdict))
        if verdict.state == "predicted" and isinstance(self.face, PredictFace):
            self.face.fix()
            shown = shown_widgets(self._question, self._numbers)
            self.widget.children = (self.widget.children[0], self.face.widget, self.reply, *shown)
        return verdict


def _replier(rows: list[tuple[str, str, bool]], reply: widgets.HTML) -> Callable[[Mapping[str, Any]], None]:
    def answer(change: Mapping[str, Any]) -> None:
        if change["new"] is None:
            reply.value = ""
            return
        _, words, right = rows[change["new"]]
        heading = "Right" if right else "Not right yet"
        reply.value = dressed(f'<p role="status"><strong>{heading}.</strong> {escape(words)}</p>')

    return answer
