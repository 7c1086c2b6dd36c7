"""Labs and sheets of the browser edition in a real Chromium: opened, run, worked, compared with a run on this machine.

The lab and the sheet of a chapter are opened side by side, each by a student of its own; the tests read what was seen.
"""

from __future__ import annotations

import html
import json
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import pytest

from regionalism.exercises import chapter, handin
from regionalism.exercises.identity import NO_CLASS
from regionalism.exercises.judging import judge
from regionalism.exercises.question import Choice, said, value_of
from regionalism.exercises.views import verdict_html
from regionalism.grading.collecting import collect
from regionalism.grading.marking import mark
from regionalism.offline import trial

pytestmark = [pytest.mark.browser, pytest.mark.local]

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
STUDENT = "Aigerim"
ROOM = "course.test"
# For what Python in the browser does at once.
SHORT_MS = 30_000
WIDGET = "application/vnd.jupyter.widget-view+json"
VEGA = "application/vnd.vegalite.v5+json"


# What a run on this machine gives


def _run_here(name: str) -> list[trial.Cell]:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / f"{name}.ipynb", 4)
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(notebook, resources={"metadata": {"path": folder}}).execute()
    return trial.cells_of(notebook)


@pytest.fixture(scope="module")
def here():
    """Name of a notebook -> its run on this machine, all begun at once while the browser works."""
    with ThreadPoolExecutor(2) as pool:
        begun = {f"{kind}/{stem}": pool.submit(_run_here, f"{kind}/{stem}")
                 for stem in CHAPTERS for kind in ("notebooks", "exercises")}  # fmt: skip
        yield begun


# A sheet worked by a student


class Worked:
    """The first question of a chapter with options and a key: its number, and the words of a wrong and a right one."""

    def __init__(self, stem: str) -> None:
        questions = chapter(stem).questions
        self.number, self.question = next((number, one) for number, one in enumerate(questions, start=1)
                                          if isinstance(one.kind, Choice) and one.judged)  # fmt: skip
        self.numbers = self.question.numbers(STUDENT)
        self.right = value_of(self.question.right, self.numbers)
        options = self.question.kind.options
        self.wrong = next(one.id for one in options if one.id != self.right)
        self.words = {one.id: said(one.text, self.numbers) for one in options}

    def reply(self, option: str) -> str:
        """What the course says on this machine, in its bare letters and figures."""
        return _bare(verdict_html(judge(self.question, self.numbers, option, 0)))


def _bare(text: str) -> str:
    """Letters and figures only: a browser shows mark-up and spaces in its own way."""
    return "".join(filter(str.isalnum, html.unescape(re.sub(r"<[^>]+>", "", text))))


def _answer(sheet: trial.Trial, worked: Worked, option: str, heading: str) -> str:
    """Take an option, press Check, and give what is said."""
    area = sheet.show_cell(worked.number)
    area.get_by_role("radio", name=worked.words[option], exact=True).check()
    area.get_by_title(f"Check the answer to question {worked.number}").click()
    return _reply(area, heading)


def _reply(area, heading: str) -> str:
    reply = area.locator("div[role=status]", has_text=re.compile(f"^\\s*{heading}"))
    reply.wait_for()
    return reply.inner_text()


def _hand_in(sheet: trial.Trial, folder: Path) -> Path:
    """Make the hand-in at the end of the sheet and save it."""
    area = sheet.show_cell(len(sheet.cells()) - 1)
    area.get_by_role("button", name="Make my hand-in").click()
    link = area.locator("a[download^=hand-in]").first
    link.wait_for()
    with sheet.page.expect_download() as awaited:
        link.click()
    path = folder / awaited.value.suggested_filename
    awaited.value.save_as(path)
    return path


def _chart(area) -> str:
    """The drawn chart of an output, as its mark-up or as its pixels."""
    return area.locator(trial.DRAWN).first.evaluate("e => e.toDataURL ? e.toDataURL() : e.outerHTML")


def _work_lab(lab: trial.Trial, seen: dict) -> None:
    """Move the first slider of the first explorer by keys."""
    seen["lab cells"] = cells = lab.cells()
    number = next(n for n, cell in enumerate(cells) if cell.source.startswith("explorers."))
    area = lab.show_cell(number)
    area.locator(trial.DRAWN).first.wait_for()
    before = _chart(area)
    lab.move_slider(area, "ArrowRight")
    # One step need not change a chart, the way to the end does. The arrow must not have moved on to another cell.
    seen["focused"] = lab.frame.evaluate("document.activeElement.getAttribute('role')")
    lab.move_slider(area, "End")
    lab.frame.wait_for_function(CHANGED, arg=[number, before], timeout=SHORT_MS)
    seen["drawn"] = {n: _drawn(lab, n) for n, cell in enumerate(cells) if {VEGA, WIDGET} & cell.kinds}


CHANGED = """([number, before]) => {
  const area = document.querySelectorAll('.jp-CodeCell')[number].querySelector('.jp-OutputArea');
  const chart = area.querySelector('canvas, .vega-embed svg, svg.marks');
  return chart && (chart.toDataURL ? chart.toDataURL() : chart.outerHTML) !== before;
}"""


def _drawn(lab: trial.Trial, number: int) -> bool:
    chart = lab.show_cell(number).locator(trial.DRAWN).first
    chart.wait_for()
    return chart.is_visible()


def _work_sheet(sheet: trial.Trial, worked: Worked, seen: dict, folder: Path) -> None:
    """Type an id, answer one question wrong and then right, hand in, load the page anew."""
    seen["sheet cells"] = sheet.cells()
    sheet.set_student(STUDENT)
    seen["wrong"] = _answer(sheet, worked, worked.wrong, "Not right")
    seen["right"] = _answer(sheet, worked, worked.right, "Right")
    seen["hand-in"] = _hand_in(sheet, folder)
    sheet.page.reload()
    sheet.wait_ready()
    sheet.wait_quiet()
    sheet.set_student(STUDENT)
    seen["again"] = _reply(sheet.show_cell(worked.number), "Right")


@pytest.fixture(scope="module", params=CHAPTERS)
def pair(request, chromium, edition_address, here, tmp_path_factory):
    """A chapter's lab and sheet, begun side by side from the pages of the book, and what was seen of them."""
    stem = request.param
    seen: dict = {"stem": stem, "worked": Worked(stem)}
    with (trial.Line(edition_address) as one, trial.Line(edition_address) as other,
          trial.Trial(chromium, one) as lab, trial.Trial(chromium, other) as sheet):  # fmt: skip
        sheet.open_book(f"exercises/{stem}.html")
        sheet.press_run()
        lab.begin(f"notebooks/{stem}", "all")
        sheet.wait_ready()
        sheet.wait_quiet()
        _work_sheet(sheet, seen["worked"], seen, tmp_path_factory.mktemp("hand-in"))
        lab.wait_ready()
        lab.wait_quiet()
        _work_lab(lab, seen)
        seen["errors"] = lab.errors + sheet.errors
        seen["others"] = one.others + other.others
        answers = one.answers + other.answers
    seen["missing"] = [answer.path for answer in answers if answer.status >= 400]
    seen["asked"] = [answer.path for answer in answers]
    return seen


def _compared(cells: list[trial.Cell]) -> list[list[str]]:
    return [[_alike(text) for text in cell.text] for cell in cells]


def _alike(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@pytest.mark.parametrize("kind", ["lab", "sheet"])
def test_all_cells_run_without_error(pair, kind):
    for cell in pair[f"{kind} cells"]:
        assert not cell.errors, f"{cell.source}\n{cell.errors[0]}"
        assert not cell.stderr, f"{cell.source}\n{cell.stderr}"
    assert pair[f"{kind} cells"]


@pytest.mark.parametrize(("kind", "folder"), [("lab", "notebooks"), ("sheet", "exercises")])
def test_the_results_are_those_of_this_machine(pair, here, kind, folder):
    ours = here[f"{folder}/{pair['stem']}"].result()
    theirs = pair[f"{kind} cells"]
    assert [cell.source for cell in theirs] == [cell.source for cell in ours]
    for cell, browsers, local in zip(theirs, _compared(theirs), _compared(ours), strict=True):
        assert browsers == local, cell.source
    assert any(cell.text for cell in ours)


def test_every_chart_and_explorer_is_drawn_and_a_slider_redraws_one(pair):
    assert pair["focused"] == "slider"
    assert pair["drawn"]
    assert all(pair["drawn"].values())


def test_a_wrong_answer_and_a_right_one_get_their_replies(pair):
    worked = pair["worked"]
    for option, shown in ((worked.wrong, pair["wrong"]), (worked.right, pair["right"])):
        assert _bare(shown).startswith(worked.reply(option)[:60]), shown


def test_answers_are_there_after_the_page_is_loaded_again(pair):
    assert pair["again"] == pair["right"]


def test_the_hand_in_is_read_and_marked(pair):
    (found,) = collect(pair["hand-in"].parent)
    made = handin.from_bytes(pair["hand-in"].read_bytes())
    assert made.student == STUDENT
    marked = mark(found.source, found.content, NO_CLASS)
    assert marked.answers[pair["worked"].question.id].score == 1


def test_no_other_host_is_asked_and_nothing_is_missing(pair):
    assert pair["others"] == []
    assert pair["missing"] == []
    assert pair["errors"] == []


# The list of a first visit


def test_a_visit_fetches_only_what_the_list_names(pair, edition):
    document = json.loads((edition / "run" / "run.json").read_text(encoding="utf-8"))
    listed = {path.partition("?")[0] for path, *_ in document["load"]}
    fetched = {path.partition("?")[0].removeprefix("/run/") for path in pair["asked"]
               if re.match(r"/run/(lite|pyodide)-", path)}  # fmt: skip
    lite = f"{document['lite']}/"
    unlisted = sorted(path for path in fetched - listed
                      if not path.startswith(lite) or trial.is_listed(path.removeprefix(lite)))  # fmt: skip
    assert unlisted == []


def test_the_list_names_only_files_that_are_there(edition):
    document = json.loads((edition / "run" / "run.json").read_text(encoding="utf-8"))
    listed = json.loads(resources.files("regionalism.offline").joinpath(trial.VISIT_FILE).read_text("utf-8"))
    assert listed
    files = [name.partition("?")[0] for name in listed]
    assert [name for name in files if not (edition / "run" / document["lite"] / name).is_file()] == []


# Places of another kind


def test_a_sheet_works_and_keeps_answers_on_plain_http_in_a_room(student):
    worked = Worked("gains")
    one = student(host=ROOM)
    one.begin("exercises/gains")
    one.wait_ready()
    one.wait_quiet()
    assert one.page.evaluate("window.isSecureContext") is False
    one.set_student(STUDENT)
    reply = _answer(one, worked, worked.right, "Right")
    one.page.reload()
    one.wait_ready()
    one.wait_quiet()
    one.set_student(STUDENT)
    assert _reply(one.show_cell(worked.number), "Right") == reply
    assert one.line.others == []


def test_a_lab_runs_below_a_folder_and_again_when_the_server_is_gone(student, sub_path_address):
    one = student(address=sub_path_address, prefix="course/")
    one.open_book("notebooks/gains.html")
    one.press_run()
    one.wait_ready()
    one.page.wait_for_function("document.documentElement.dataset.kept && navigator.serviceWorker.controller")
    assert [answer.path for answer in one.line.answers if not answer.path.startswith("/course/")] == []
    one.line.forget()
    one.line.cut = True
    one.begin("notebooks/gains", "all")
    one.wait_ready()
    one.wait_quiet()
    assert [cell.errors for cell in one.cells() if cell.errors] == []
    assert any(cell.text for cell in one.cells())
    assert one.line.answers == []
    assert one.line.others == []
