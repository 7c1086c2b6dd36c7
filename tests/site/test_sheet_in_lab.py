"""A sheet in a real JupyterLab, worked with the keyboard alone: one walk, of which each test reads a part."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import nbformat
import pytest

from regionalism.exercises import handin
from regionalism.exercises.question import value_of
from regionalism.measuring import jupyterlab
from regionalism.site import measure

pytestmark = [pytest.mark.browser, pytest.mark.local]

SAMPLES = Path(__file__).parents[1] / "exercises" / "conftest.py"
STUDENT = "Aigerim"
MOST_TABS = 40
# The notebook's kernel reads the same samples, and knows the explorer that goes with them.
MODULE = f"""
import importlib.util
from regionalism.explorers import core
from regionalism.exercises.sheets import Sheet
spec = importlib.util.spec_from_file_location("samples", {str(SAMPLES)!r})
samples = importlib.util.module_from_spec(spec)
spec.loader.exec_module(samples)
known = {{**core.registry(), samples.EXPLORER.name: samples.EXPLORER}}
core.registry = lambda: known
mine = Sheet(samples.CHAPTER)
"""
FOCUSED = """() => {
  const it = document.activeElement;
  const words = it.labels && it.labels.length ? it.labels[0].textContent : it.textContent;
  return [words, it.title || ''];
}"""
THEMES = "@jupyterlab/apputils-extension/themes.jupyterlab-settings"


def _samples():
    spec = importlib.util.spec_from_file_location("lab_samples", SAMPLES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Student:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, page) -> None:
        self.page, self.keys = page, page.keyboard

    def go(self, wanted: str) -> None:
        """Press Tab until the field or button with these words has the focus; of a button also its hint counts."""
        for _ in range(MOST_TABS):
            words, title = self.page.evaluate(FOCUSED)
            if wanted in (words.strip(), title) or words.strip().startswith(f"{wanted} ("):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{wanted!r} is not reached within {MOST_TABS} presses of Tab")

    def write(self, label: str, text: str) -> None:
        self.go(label)
        self.keys.press("Control+A")
        self.keys.type(text)

    def choose(self, label: str, place: int) -> None:
        """Take the option at a place of a list, counted from the one that stands there."""
        self.go(label)
        for _ in range(place):
            self.keys.press("ArrowDown")

    def press(self, label: str) -> None:
        self.go(label)
        self.keys.press("Space")

    def push(self, handles: int) -> None:
        """Move so many sliders to their right ends."""
        for _ in range(handles):
            self.keys.press("Tab")
            assert "noUi-handle" in self.page.evaluate("() => document.activeElement.className")
            self.keys.press("End")


def _answer(student: Student, question, numbers) -> None:
    """Give the right answer to a sample question, or any to one that is not judged."""
    right = value_of(question.right, numbers)
    words = {part.id: part.text for name in ("options", "cards", "items", "receivers", "cells")
             for part in getattr(question.kind, name, ()) if hasattr(part, "text")}  # fmt: skip
    give = {
        "demo.number": lambda: student.write("Your answer", f"{right * 100:.1f} %"),
        "demo.choice": lambda: student.press(words[right]),
        "demo.several": lambda: [student.press(words[name]) for name in _by_tab(student, right, words)],
        "demo.cards": lambda: _lists(student, right, words, [place.id for place in question.kind.bins]),
        "demo.sliders": lambda: student.push(2),
        "demo.table": lambda: [student.write("Low", str(right["low"])), student.write("High", "50")],
        "demo.text": lambda: student.write("Your answer", "a case and a doubt"),
        "demo.transfer": lambda: student.press("Watch"),
        "demo.order": lambda: _lists(student, {"talk": 1, "sign": 2, "vote": 3, "act": 4}, words, [1, 2, 3, 4]),
        "demo.match": lambda: _lists(student, right, words, _partners(question)),
        "demo.allocate": lambda: [student.write(words[name], f"{right[name]:g}".replace(".", ",")) for name in right],
        "demo.mark": lambda: student.write("Your mark", str(right)),
        "demo.span": lambda: [student.write("From", str(right[0])), student.write("To", str(right[1]))],
        "demo.guess": lambda: student.press("More"),
        "demo.estimate": lambda: student.write("Your guess", "90 %"),
    }
    give[question.id]()


def _by_tab(student: Student, names, words) -> list[str]:
    """The names in the order in which their fields stand on the page."""
    shown = student.page.locator("label").all_inner_texts()
    return sorted(names, key=lambda name: next(at for at, label in enumerate(shown) if label.strip() == words[name]))


def _lists(student: Student, answer, words, offered) -> None:
    for name in _by_tab(student, answer, words):
        student.choose(words[name], offered.index(answer[name]) + 1)


def _partners(question) -> list[str]:
    from regionalism.exercises.page import partners_in_order

    return [partner.id for partner in partners_in_order(question, STUDENT)]


def _button(number: int, question) -> str:
    if question.id in ("demo.guess", "demo.estimate"):
        return f"Keep the guess at question {number}; it cannot be changed then"
    return f"{'Check' if question.judged else 'Save'} the answer to question {number}"


def _feedback(page, number: int, title: str) -> str:
    """What is said below a question, once something is said."""
    within = page.locator("h3", has_text=f"{number}. {title}").locator(
        "xpath=ancestor::div[contains(@class,'widget-vbox')][1]"
    )
    said = within.locator("div[role=status]")
    said.wait_for(timeout=10_000)
    return said.inner_text()


def _run_cell(student: Student) -> None:
    student.keys.press("Control+Enter")
    student.page.get_by_label("Your id").wait_for(timeout=60_000)


def _axe(page, scheme: str) -> list[str]:
    """What axe finds in the outputs; JupyterLab's own frame is not ours."""
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    light = str(scheme == "light").lower()
    page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached", timeout=20_000)
    where = {"include": [[".jp-OutputArea-output"]]}
    options = {"runOnly": {"type": "tag", "values": list(measure.WCAG_TAGS)}}
    found = Axe().run(page, context=where, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.fixture(scope="module")
def walk(tmp_path_factory, chromium):
    """Everything a student does on one sheet, and what was seen on the way."""
    folder, samples = tmp_path_factory.mktemp("lab"), _samples()
    (folder / "lab_demo.py").write_text(MODULE, encoding="utf-8")
    cell = nbformat.v4.new_code_cell("from lab_demo import mine\nmine")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, folder / "sheet.ipynb")
    themes = folder / ".settings" / THEMES
    themes.parent.mkdir(parents=True)
    themes.write_text(json.dumps({"adaptive-theme": True}), encoding="utf-8")
    seen = {"folder": folder, "samples": samples}
    with jupyterlab(folder) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        try:
            page.goto(f"{address}/doc/tree/sheet.ipynb", wait_until="domcontentloaded")
            page.get_by_text("| Idle").wait_for(timeout=60_000)
            page.locator(".jp-CodeCell .cm-content").first.focus()
            student = Student(page)
            _run_cell(student)
            student.page.get_by_label("Your id").focus()
            _work(student, seen)
            seen["axe"] = {scheme: _axe(page, scheme) for scheme in measure.SCHEMES}
            _restart(student, seen)
        finally:
            page.close()
    return seen


def _work(student: Student, seen) -> None:
    """Type the id, answer every question, hand in."""
    questions, page = seen["samples"].CHAPTER.questions, student.page
    student.write("Your id", STUDENT)
    student.keys.press("Enter")
    page.get_by_text("What share is").wait_for()
    said = {}
    for number, question in enumerate(questions, start=1):
        _answer(student, question, question.numbers(STUDENT))
        if question.id == "demo.text":
            # The field still has the focus, and nobody has pressed a button.
            page.get_by_text("Kept as you write: 5 words").wait_for(timeout=10_000)
            (file,) = seen["folder"].glob("answers-demo-*.json")
            seen["kept while written"] = "a case and a doubt" in file.read_text(encoding="utf-8")
        student.press(_button(number, question))
        said[question.id] = _feedback(page, number, question.title)
    seen["said"] = said
    seen["revealed"] = page.get_by_text("meetings", exact=True).count()
    student.page.get_by_label("Your id").focus()
    student.press("Your answers: hand in, copy")
    page.get_by_text("Make my hand-in").wait_for()
    student.press("Make my hand-in")
    receipt = page.locator("div[role=status]", has_text="Your receipt code")
    receipt.wait_for(timeout=10_000)
    seen["receipt"] = receipt.inner_text()
    seen["link"] = receipt.locator("a[download]").get_attribute("href")


def _restart(student: Student, seen) -> None:
    """A new kernel: run the cell again, type the same id, read what is there."""
    page = student.page
    page.locator(".jp-CodeCell .cm-content").first.focus()
    for key in ("Escape", "0", "0"):
        student.keys.press(key)
    page.locator(".jp-Dialog").wait_for()
    student.keys.press("Enter")
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.locator(".jp-CodeCell .cm-content").first.focus()
    _run_cell(student)
    page.get_by_text("Type your id at the top of the sheet first").first.wait_for(timeout=30_000)
    page.get_by_label("Your id").focus()
    student.write("Your id", f" {STUDENT.lower()}")
    student.keys.press("Enter")
    questions = seen["samples"].CHAPTER.questions
    seen["again"] = {q.id: _feedback(page, number, q.title) for number, q in enumerate(questions, start=1)}


def test_every_kind_is_answered_and_judged_with_the_keyboard_alone(walk):
    headings = {"demo.text": "Saved.", "demo.transfer": "Saved.", "demo.guess": "Your guess is kept.",
                "demo.estimate": "Your guess is kept."}  # fmt: skip
    for question in walk["samples"].CHAPTER.questions:
        assert walk["said"][question.id].startswith(headings.get(question.id, "Right.")), question.id
    assert "What came out: Fewer." in walk["said"]["demo.guess"]
    assert walk["revealed"] == 1


def test_an_argument_is_kept_while_it_is_written(walk):
    assert walk["kept while written"]


def test_a_restart_brings_every_answer_back(walk):
    assert walk["again"] == walk["said"]


def test_the_hand_in_lies_beside_the_sheet(walk):
    (file,) = walk["folder"].glob("hand-in-demo-*.json")
    made = handin.from_bytes(file.read_bytes())
    assert set(made.answers) == {question.id for question in walk["samples"].CHAPTER.questions}
    assert made.receipt in walk["receipt"]
    assert "Nothing is open." in walk["receipt"]
    assert walk["link"].startswith("data:application/json;base64,")


@pytest.mark.parametrize("scheme", measure.SCHEMES)
def test_axe_finds_nothing_in_the_sheet(walk, scheme):
    assert walk["axe"][scheme] == []
