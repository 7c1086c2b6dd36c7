"""Sheets: widgets through their traits, answers through the button, a restart in between."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from regionalism import exercises
from regionalism.exercises import keys, storage
from regionalism.exercises.question import value_of
from regionalism.exercises.sheets import CHANGED, NO_NAME, OTHER_NAME, Sheet


@pytest.fixture
def sheet(demo, memory):
    return Sheet(demo, student="Aigerim", storage=memory)


def everything(widget) -> list:
    children = getattr(widget, "children", ())
    return [widget, *(part for child in children for part in everything(child))]


def words(widget) -> str:
    return "\n".join(str(getattr(part, "value", "")) for part in everything(widget))


def right_answer(sheet, question):
    answer = value_of(question.right, sheet.numbers(question.id))
    return sorted(answer) if isinstance(answer, set) else answer


def type_in(face, answer):
    """Move the widgets as a student would."""
    kind = type(face).__name__
    if kind == "NumberFace":
        face.box.value = f"{answer:.4f}"
    elif kind == "ChoiceFace":
        face.radios.value = answer
    elif kind == "SeveralFace":
        for name in answer:
            face.boxes[name].value = True
    elif kind == "CardsFace":
        for card, place in answer.items():
            face.lists[card].value = place
    elif kind == "TableFace":
        for cell, value in answer.items():
            face.cells[cell].box.value = str(value)
    elif kind == "SlidersFace":
        for name, value in answer.items():
            face.live.controls[name].value = value
    else:
        face.box.value = answer


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table"])
def test_the_button_judges_what_stands_in_the_widgets(sheet, question, name):
    asked = question(name)
    view = sheet.question(asked.id).view
    view.button.click()
    assert "No answer yet" in view.feedback.value
    type_in(view.face, right_answer(sheet, asked))
    view.button.click()
    assert sheet.verdict(asked.id).state == "right"
    assert "<strong>Right.</strong>" in view.feedback.value
    assert sheet.tally.right == 1


def test_a_wrong_answer_gets_its_reply_in_the_widget(sheet):
    view = sheet.question("demo.choice").view
    view.face.radios.value = "both"
    view.button.click()
    assert "REPLY-JOINT" in view.feedback.value
    assert 'role="status"' in view.feedback.value


def test_the_same_answer_checked_twice_costs_one_try(sheet):
    for _ in range(3):
        assert "SOLUTION" not in sheet.answer("demo.number", "99 %").message
    assert sheet.progress.tries("demo.number") == 1
    sheet.answer("demo.number", "98 %")
    assert "SOLUTION-PATH" in sheet.answer("demo.number", "97 %").message


def test_unreadable_and_silent_answers_are_not_kept(sheet):
    for raw in ("abc", "", None, [], object(), float("nan")):
        sheet.answer("demo.number", raw)
    assert sheet.progress.answers == {}
    assert str(sheet.tally) == "0 of 8 answered, 0 right"


def test_progress_line(sheet):
    view = sheet.view
    sheet.answer("demo.choice", "none")
    sheet.answer("demo.several", ["a"])
    sheet.answer("demo.text", "a case and doubt")
    assert str(sheet.tally) == "3 of 8 answered, 1 right, 1 saved for your teacher"
    assert str(sheet.tally) in view.progress.value


def test_a_restart_restores_answers_and_feedback(demo, tmp_path):
    answers = {
        "demo.number": "99 %", "demo.choice": "both", "demo.several": ["a"], "demo.cards": {"radar": "best"},
        "demo.sliders": {"theta": 0.5, "members": 3.0}, "demo.table": {"low": "1"}, "demo.text": "A case <b>\nand ж",
        "demo.transfer": "wait",
    }  # fmt: skip
    before = Sheet(demo, student="Aigerim", folder=tmp_path)
    for name, raw in answers.items():
        before.answer(name, raw)
    before.answer("demo.number", "98 %")
    after = Sheet(demo, student=" aigerim", folder=tmp_path)
    assert after.tally == before.tally
    for name, raw in {**answers, "demo.number": "98 %"}.items():
        assert after.kept_answer(name) == raw
        assert after.question(name).view.face.read() == raw
        assert after.question(name).view.feedback.value == before.question(name).view.feedback.value
        assert after.verdict(name) == before.verdict(name)


def test_students_have_numbers_orders_and_answers_of_their_own(demo, memory):
    one, two = (Sheet(demo, student=name, storage=memory) for name in ("Aigerim", "Bekzat"))
    assert one.numbers(1) != two.numbers(1)
    one.answer(2, "none")
    assert two.kept_answer(2) is None
    orders = {tuple(Sheet(demo, student=n, storage=memory).question(2).view.face.radios.options) for n in range(12)}
    assert len(orders) > 3


def test_another_name_changes_the_whole_sheet(demo, memory):
    sheet = Sheet(demo, storage=memory)
    view, part = sheet.view, sheet.question(1)
    assert NO_NAME in words(sheet.widget)
    assert sheet.answer(1, "12 %").message == NO_NAME
    assert "What share" not in words(part.widget)
    view.name.value = "Aigerim"
    first = words(part.widget)
    assert "What share" in first
    sheet.answer(1, "99 %")
    view.name.value = "Bekzat"
    assert words(part.widget) != first
    assert part.view.feedback.value == ""
    assert part.view.face.read() is None
    view.name.value = "aigerim "
    assert part.view.face.read() == "99 %"
    view.name.value = ""
    assert NO_NAME in words(part.widget)
    assert sheet.storage is None


def test_a_name_touched_by_chance_costs_nothing_that_was_typed(demo, memory):
    sheet = Sheet(demo, student="Aigerim", storage=memory)
    view = sheet.view
    sheet.answer("demo.choice", "none")
    face = sheet.question("demo.text").view
    face.fill("a long argument, not saved yet")
    view.name.value = "Aigerimm"
    assert face.face.read() is None
    assert OTHER_NAME in sheet.notice
    view.name.value = ""
    view.name.value = "Aigerim"
    assert face.face.read() == "a long argument, not saved yet"
    assert sheet.kept_answer("demo.choice") == "none"
    assert OTHER_NAME not in sheet.notice


def test_answers_that_a_disk_refused_outlive_a_change_of_name(demo, tmp_path):
    folder = tmp_path / "later"
    sheet = Sheet(demo, student="Aigerim", folder=folder)
    sheet.answer("demo.choice", "none")
    for name in ("Bekzat", "Aigerim"):
        sheet.student = name
    assert sheet.verdict("demo.choice").state == "right"
    assert "could not be written" in sheet.notice
    folder.mkdir()
    for name in ("Bekzat", "Aigerim"):
        sheet.student = name
    assert "could not be written" not in sheet.notice
    assert Sheet(demo, student="Aigerim", folder=folder).kept_answer("demo.choice") == "none"


def test_answers_stay_where_they_were_when_the_working_folder_changes(demo, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    sheet = Sheet(demo, student="Aigerim")
    monkeypatch.chdir(tmp_path / "elsewhere")
    sheet.answer("demo.choice", "none")
    sheet.student = "Bekzat"
    sheet.answer("demo.choice", "none")
    assert len(list(tmp_path.glob("answers-*.json"))) == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["Айгерім", "a/b\\..", "😀", "x" * 10_000, "\ud800", "nul\x00", "CON"])
def test_any_name_keeps_its_answers(demo, tmp_path, name):
    sheet = Sheet(demo, student=name, folder=tmp_path)
    sheet.answer("demo.choice", "none")
    assert "written" not in sheet.notice
    assert Sheet(demo, student=name, folder=tmp_path).kept_answer("demo.choice") == "none"


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\n\t", None])
def test_a_name_without_a_visible_sign_is_no_name(demo, tmp_path, name):
    sheet = Sheet(demo, student=name, folder=tmp_path)
    assert sheet.answer("demo.choice", "none").message == NO_NAME
    assert list(tmp_path.iterdir()) == []


def test_a_moved_explorer_is_read_and_its_other_controls_stay(sheet):
    view = sheet.question("demo.sliders").view
    shown = everything(view.widget)
    live = view.face.live
    assert live.values == {"theta": 0.0, "members": 2.0, "kind": "sum"}
    assert live.controls["theta"] in shown
    assert live.controls["kind"] not in shown
    assert "Held still: Kind: Adds up." in words(view.widget)
    live.controls["theta"].value = 1.0
    view.button.click()
    assert sheet.kept_answer("demo.sliders") == {"theta": 1.0, "members": 2.0}


def test_a_slider_that_the_browser_rounds_is_still_untouched(sheet):
    view = sheet.question("demo.sliders").view
    view.face.live.controls["members"].value = 2.0000000000000004
    assert view.face.read() == {"theta": 0.0, "members": 2.0}
    assert sheet.answer("demo.sliders", {"theta": 1e-17, "members": 2.0000000000000004}).state == "silent"


def test_programmed_answers_move_the_widgets(sheet):
    sheet.question("demo.cards").view.fill({"radar": "best"})
    sheet.answer("demo.cards", {"border": "weak"})
    assert sheet.question("demo.cards").view.face.read() == {"border": "weak"}


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table", "text", "transfer"])
@pytest.mark.parametrize("raw", ["<img onerror=x>", 12, [1], {"theta": "x"}, {"radar": []}, None, True, {"low": []},
                                 {"radar": "nowhere"}, pytest.param(10**5000, id="endless")])
def test_odd_programmed_answers_leave_the_widgets_whole(sheet, name, raw):
    view = sheet.question(f"demo.{name}").view
    sheet.answer(f"demo.{name}", raw)
    view.button.click()
    assert view.feedback.value


def test_every_field_has_a_label(sheet):
    fields = [w for w in everything(sheet.widget) if hasattr(w, "description") and hasattr(w, "value")]
    unlabelled = [w for w in fields if type(w).__name__ not in ("HTML", "Label") and not w.description]
    assert len(fields) > 15
    assert unlabelled == []


def test_nothing_a_student_types_becomes_markup(demo, tmp_path):
    evil = "<img src=x onerror=alert(1)>"
    sheet = Sheet(demo, student=evil, folder=tmp_path)
    for question in demo.questions:
        sheet.answer(question.id, evil)
        sheet.answer(question.id, {evil: evil})
    html = [part for part in everything(sheet.widget) if type(part).__name__ == "HTML"]
    assert html
    assert not any("<img" in part.value for part in html)


def test_the_student_is_told_of_trouble_with_the_file(demo, tmp_path):
    storage.answers_path(tmp_path, "demo", "Aigerim").write_text("damage")
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    assert "was moved to" in sheet.view.notice.value
    assert "Questions that your teacher marks are only saved here: 1." in sheet.notice


def test_answers_survive_in_memory_when_the_disk_refuses(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path / "gone")
    assert sheet.answer("demo.choice", "none").state == "right"
    assert sheet.tally.right == 1
    assert "could not be written" in sheet.view.notice.value


def test_changed_numbers_are_told(demo, tmp_path):
    Sheet(demo, student="Aigerim", folder=tmp_path).answer("demo.number", "99 %")
    moved = replace(demo.questions[0], draw=lambda d: {"part": 11, "whole": 77})
    sheet = Sheet(replace(demo, questions=(moved, *demo.questions[1:])), student="Aigerim", folder=tmp_path)
    assert sheet.verdict(1).message == CHANGED
    assert sheet.tally.answered == 0
    assert sheet.answer(1, "99 %").state == "wrong"
    assert sheet.progress.last("demo.number").numbers == {"part": 11, "whole": 77}


def test_keys_judge_transfer_questions(demo, memory, monkeypatch, transfer_key):
    assert Sheet(demo, student="a", storage=memory).answer("demo.transfer", "watch").state == "saved"
    monkeypatch.setattr("regionalism.exercises.sheets.key", lambda stem: {"demo.transfer": transfer_key})
    sheet = Sheet(demo, student="a", storage=memory)
    assert sheet.verdict("demo.transfer").state == "right"
    assert "REPLY-FINES" in sheet.answer("demo.transfer", "fines").message
    assert sheet.notice == ""
    assert sheet.question("demo.transfer").view.button.description == "Check"


def test_keys_whose_folder_is_gone_do_not_close_the_sheet(demo, memory, monkeypatch):
    point = EntryPoint("demo", "regionalism_keys_gone.demo", keys.GROUP)
    monkeypatch.setattr(keys, "entry_points", lambda group: [point])
    assert Sheet(demo, student="a", storage=memory).has_keys is False


def test_keys_that_fail_by_themselves_are_not_passed_over(demo, memory, monkeypatch, tmp_path):
    (tmp_path / "failing_keys.py").write_text("import no_such_module_at_all", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for module, missing in (("failing_keys", "no_such_module"), ("json.gone", "json.gone")):
        point = EntryPoint("demo", module, keys.GROUP)
        monkeypatch.setattr(keys, "entry_points", lambda group, point=point: [point])
        with pytest.raises(ModuleNotFoundError, match=missing):
            Sheet(demo, student="a", storage=memory)


def test_questions_are_found_by_number_and_id(sheet):
    assert sheet.question(2) is sheet.question("demo.choice")
    for reference in (0, 9, -1, True, "demo.none", None):
        with pytest.raises(KeyError, match="no question"):
            sheet.question(reference)


def test_displayed_live_it_is_a_widget(sheet):
    for shown in (sheet, sheet.head, sheet.question(1)):
        bundle = shown._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in bundle
        assert "text/html" not in bundle
    assert "What share" in sheet._repr_mimebundle_()["text/plain"]
    assert "SOLUTION" not in sheet._repr_mimebundle_()["text/plain"]


def test_a_sheet_is_quick_to_import():
    code = (
        "import sys, regionalism.exercises as e; e.chapters(); import regionalism.exercises.sheets;"
        "print([m for m in ('numpy', 'pandas', 'altair', 'ipywidgets') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_public_names():
    assert all(callable(getattr(exercises, name)) for name in exercises.__all__)
    with pytest.raises(KeyError, match="no questions for chapter 'nowhere'; chapters with questions:"):
        exercises.sheet("nowhere")
    for stem in ("draws", "..", "", "sheets"):
        with pytest.raises(exercises.UnknownChapter):
            exercises.questions(stem)


@pytest.mark.parametrize("stem", exercises.chapters())
def test_every_chapters_sheet_shows_and_takes_right_answers(stem, tmp_path):
    sheet = exercises.sheet(stem, student="Aigerim", folder=tmp_path)
    for question in sheet.chapter.questions:
        view = sheet.question(question.id).view
        if question.judged:
            type_in(view.face, right_answer(sheet, question))
            view.button.click()
    judged = [question for question in sheet.chapter.questions if question.judged]
    assert sheet.tally.right == len(judged)
    assert re.search(rf"{len(judged)} right", sheet.view.progress.value)
    loud = re.sub(r"<style>.*?</style>|<[^>]*>", "", words(sheet.widget), flags=re.DOTALL)
    assert "!" not in loud
