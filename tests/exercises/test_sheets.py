"""Sheets: widgets through their traits, answers through the button, a restart in between."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from importlib.metadata import EntryPoint

import pytest

from regionalism import exercises
from regionalism.exercises import handin, keys, storage
from regionalism.exercises.identity import Class, class_to_text
from regionalism.exercises.question import Predict, value_of
from regionalism.exercises.sheets import CHANGED, NO_NAME, OTHER_NAME, Sheet
from regionalism.exercises.views import SelfCheckView


@pytest.fixture
def sheet(demo, memory, tmp_path):
    return Sheet(demo, student="Aigerim", storage=memory, folder=tmp_path)


def everything(widget) -> list:
    children = getattr(widget, "children", ())
    return [widget, *(part for child in children for part in everything(child))]


def words(widget) -> str:
    return "\n".join(str(getattr(part, "value", "")) for part in everything(widget))


def right_answer(sheet, question):
    answer = value_of(question.right, sheet.numbers(question.id))
    return sorted(answer) if isinstance(answer, set) else answer


def flat(order):
    return [name for place in order for name in ([place] if isinstance(place, str) else place)]


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
    elif kind in ("OrderFace", "MatchFace"):
        places = {item: place for place, item in enumerate(flat(answer), start=1)} if kind == "OrderFace" else answer
        for item, place in places.items():
            face.lists[item].value = place
    elif kind == "AllocateFace":
        for name, share in answer.items():
            face.cells[name].box.value = str(share)
    elif kind == "MarkFace":
        for box, value in zip(face.boxes, answer if isinstance(answer, list) else [answer], strict=True):
            box.value = value
    elif kind == "PredictFace":
        type_in(face.ask, answer)
    elif kind == "SlidersFace":
        for name, value in answer.items():
            face.live.controls[name].value = value
    else:
        face.box.value = answer


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table", "order", "match",
                                  "allocate", "mark", "span"])
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
    assert str(sheet.tally) == f"0 of {len(sheet.chapter.questions)} answered, 0 right"


def test_progress_line(sheet):
    view = sheet.view
    sheet.answer("demo.choice", "none")
    sheet.answer("demo.several", ["a"])
    sheet.answer("demo.text", "a case and doubt")
    total = len(sheet.chapter.questions)
    assert str(sheet.tally) == f"3 of {total} answered, 1 right, 1 saved for your teacher"
    assert str(sheet.tally) in view.progress.value
    sheet.answer("demo.guess", "more")
    assert str(sheet.tally) == f"4 of {total} answered, 1 right, 1 guess kept, 1 saved for your teacher"


def test_a_restart_restores_answers_and_feedback(demo, tmp_path):
    answers = {
        "demo.number": "99 %", "demo.choice": "both", "demo.several": ["a"], "demo.cards": {"radar": "best"},
        "demo.sliders": {"theta": 0.5, "members": 3.0}, "demo.table": {"low": "1"}, "demo.text": "A case <b>\nand ж",
        "demo.transfer": "wait", "demo.order": {"talk": 4, "sign": 1, "vote": 2, "act": 3},
        "demo.match": {"doubt": "fine"}, "demo.mark": 2003, "demo.span": [2001, 2002], "demo.guess": "fewer",
    }  # fmt: skip
    before = Sheet(demo, student="Aigerim", folder=tmp_path)
    boro = f"{before.numbers('demo.allocate')['total'] - 1.5}".replace(".", ",")
    answers["demo.allocate"] = {"arka": "0", "boro": boro, "celan": "1,5"}
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


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table", "text", "transfer",
                                  "order", "match", "allocate", "mark", "span", "guess", "estimate"])
@pytest.mark.parametrize("raw", [{"arka": "<b>"}, {"talk": 1.5}, [1, 2, 3], float("nan"), ["x", None],
                                 "<img onerror=x>", 12, [1], {"theta": "x"}, {"radar": []}, None, True, {"low": []},
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
    assert "Questions that are marked after you have handed in, and only saved here: 1." in sheet.notice


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
    for reference in (0, len(sheet.chapter.questions) + 1, -1, True, "demo.none", None):
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


# Help in three steps, guesses


def test_the_next_step_is_announced(sheet):
    view = sheet.question("demo.number").view
    for raw, words in (("99 %", "an easier step"), ("98 %", "the whole way"), ("97 %", None)):
        sheet.answer("demo.number", raw)
        assert ("Next time" in view.feedback.value) == (words is not None)
        assert words is None or words in view.feedback.value
    sheet.answer("demo.number", f"{right_answer(sheet, sheet.question('demo.number').question):.4f}")
    assert "Next time" not in view.feedback.value


def test_an_answer_that_cannot_be_read_announces_nothing(sheet):
    view = sheet.question("demo.number").view
    sheet.answer("demo.number", "99 %")
    sheet.answer("demo.number", "abc")
    assert "Next time" not in view.feedback.value


def test_a_guess_is_kept_and_what_came_out_appears_after_it(sheet, demo, memory):
    view = sheet.question("demo.guess").view
    assert view.button.description == "Keep my guess"
    assert "meetings" not in "".join(words(part) for part in view.widget.children[2:])
    view.face.ask.radios.value = "more"
    view.button.click()
    assert "Your guess: More. What came out: Fewer." in view.feedback.value
    assert "REPLY-MORE" in view.feedback.value
    assert "meetings" in words(view.widget)
    assert view.face.field.disabled
    assert view.button not in view.widget.children
    again = Sheet(demo, student="Aigerim", storage=memory).question("demo.guess").view
    assert words(again.widget) == words(view.widget)
    assert again.face.read() == "more"
    assert again.face.field.disabled
    assert again.button not in again.widget.children


def test_a_second_guess_changes_nothing(sheet):
    view = sheet.question("demo.estimate").view
    first = sheet.answer("demo.estimate", "90 %")
    assert sheet.answer("demo.estimate", "10 %") == first
    assert view.face.read() == "90 %"
    assert "90 %" in view.feedback.value
    assert sheet.kept_answer("demo.estimate") == "90 %"
    assert sheet.tally.answered == 1


def test_a_guess_belongs_to_its_student(sheet):
    view = sheet.question("demo.guess").view
    view.face.ask.radios.value = "same"
    for name in ("Bekzat", "Aigerim"):
        sheet.student = name
    assert view.face.read() == "same"
    sheet.answer("demo.guess", "more")
    sheet.student = "Bekzat"
    assert not view.face.field.disabled
    assert view.feedback.value == ""
    assert "meetings" not in "".join(words(part) for part in view.widget.children[2:])
    sheet.student = "Aigerim"
    assert view.face.field.disabled
    assert view.face.read() == "more"


# Quick questions in a notebook


def test_quick_questions_of_any_kind_answer_in_a_notebook(demo):
    names = ("demo.choice", "demo.match", "demo.number", "demo.order", "demo.guess", "demo.text", "demo.mark")
    view = SelfCheckView(tuple(demo.question(name) for name in names))
    assert (len(view.radios), len(view.quick), len(view.replies)) == (1, 6, 7)
    match, number, order, guess, text, _ = view.quick
    for quick in view.quick:
        quick.button.click()
        assert "No answer yet" in quick.reply.value
    match.face.fill({"doubt": "fine"})
    assert match.check().state == "wrong"
    match.face.fill({"doubt": "watch", "tempt": "fine", "split": "judge"})
    match.button.click()
    assert "<strong>Right.</strong>" in match.reply.value
    for typed, has_path in (("99 %", False), ("99 %", False), ("98 %", False), ("97 %", True)):
        number.face.fill(typed)
        number.button.click()
        assert ("SOLUTION-PATH" in number.reply.value) == has_path
    order.face.fill({"talk": 1})
    assert order.check().state == "unreadable"
    guess.face.fill("more")
    guess.button.click()
    assert guess.face.field.disabled
    assert "meetings" in words(guess.widget)
    text.face.fill("a case and a doubt")
    text.button.click()
    assert "Saved" not in text.reply.value
    assert "Read it once more" in text.reply.value


@pytest.mark.parametrize("stem", exercises.chapters())
def test_every_chapters_quick_questions_can_be_shown_in_a_notebook(stem):
    asked = exercises.chapter(stem).self_check
    assert len(exercises.check_yourself(stem).view.replies) == len(asked)


# Two windows


def test_another_windows_answers_are_shown_after_a_save(demo, tmp_path):
    one, two = (Sheet(demo, student="Aigerim", folder=tmp_path) for _ in range(2))
    views = {name: two.question(name).view for name in ("demo.choice", "demo.text", "demo.order", "demo.guess")}
    two.answer("demo.choice", "luck")
    views["demo.text"].face.box.value = "being written"
    one.answer("demo.number", "99 %")
    for name, raw in {"demo.choice": "none", "demo.text": "from the other", "demo.guess": "more",
                      "demo.order": {"talk": 1, "sign": 2, "vote": 3, "act": 4}}.items():
        one.answer(name, raw)
    two.answer("demo.number", "98 %")
    assert two.tally.answered == 5
    assert views["demo.choice"].face.read() == "none"
    assert "<strong>Right.</strong>" in views["demo.choice"].feedback.value
    assert views["demo.order"].face.read()["act"] == 4
    assert views["demo.text"].face.read() == "being written"
    assert views["demo.guess"].face.field.disabled
    assert str(two.tally) in two.view.progress.value
    again = Sheet(demo, student="Aigerim", folder=tmp_path)
    assert [entry.raw for entry in again.progress.answers["demo.choice"]] == ["luck", "none"]


def test_the_first_of_two_windows_guesses_counts(demo, tmp_path):
    one, two = (Sheet(demo, student="Aigerim", folder=tmp_path) for _ in range(2))
    view = two.question("demo.guess").view
    one.answer("demo.guess", "more")
    two.answer("demo.guess", "fewer")
    assert two.kept_answer("demo.guess") == "more"
    assert view.face.read() == "more"
    assert "Your guess: More" in view.feedback.value


# Identity


def test_an_id_that_is_not_on_the_list_is_told_and_may_work_on(demo, memory):
    known = Class("Security, autumn", "a private seed", ("A17", "A18"))
    sheet = Sheet(demo, student="A19", storage=memory, known=known)
    assert "\u201cA19\u201d is not on the list of Security, autumn." in sheet.notice
    assert sheet.answer("demo.choice", "none").state == "right"
    sheet.view.name.value = "\u0410-17"
    assert sheet.student == sheet.view.name.value == "A17"
    assert "On the list of Security, autumn your id is \u201cA17\u201d." in sheet.view.notice.value
    sheet.view.name.value = "a18"
    assert "list" not in sheet.notice


def test_the_class_file_beside_the_sheet_is_used_and_a_damaged_one_told(demo, tmp_path):
    (tmp_path / "class.json").write_text(class_to_text(Class("Autumn", "secret", ("A17",))), encoding="utf-8")
    assert "is not on the list of Autumn" in Sheet(demo, student="x", folder=tmp_path).notice
    (tmp_path / "class.json").write_text("{", encoding="utf-8")
    sheet = Sheet(demo, student="A17", folder=tmp_path)
    assert sheet.student == ""
    assert "Ask your teacher for the file again" in sheet.view.notice.value


def test_the_id_box_says_what_an_id_is(sheet):
    assert sheet.view.name.description == "Your id (the number your teacher gave you, or a name of your own)"


# Taking answers elsewhere


def test_a_hand_in_is_a_file_beside_the_sheet_and_a_link(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    sheet.answer("demo.choice", "none")
    taking = sheet.view.taking
    taking.opener.value = True
    taking.hand_in.click()
    (file,) = tmp_path.glob("hand-in-demo-aigerim-*.json")
    made = sheet.hand_in()
    assert made.path == file
    assert made.receipt in file.name
    assert file.read_text(encoding="utf-8") == made.text
    assert handin.from_bytes(file.read_bytes()).answers == {"demo.choice": ["none"]}
    shown = taking.receipt.value
    assert made.receipt in shown
    assert "1. A share" in shown
    assert "2. A game" not in shown
    assert _downloads(shown) == {file.name: made.text}


def test_what_was_typed_but_not_checked_is_named_before_it_is_missed(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    for question in demo.questions:
        assert not sheet.question(question.id).view.unchecked
    sheet.answer("demo.choice", "none")
    sheet.answer("demo.number", 0.25)
    sheet.answer("demo.mark", 2010)
    assert sheet.hand_in().unchecked == ()
    sheet.question("demo.table").view.face.cells["low"].box.value = "12"
    sheet.question("demo.choice").view.face.radios.value = "both"
    assert sheet.hand_in().unchecked == ("2. A game", "6. Two cells")
    sheet.view.taking.hand_in.click()
    assert "not in the file: 2. A game; 6. Two cells." in sheet.view.taking.receipt.value
    sheet.question("demo.table").view.button.click()
    assert sheet.hand_in().unchecked == ("2. A game",)


def _downloads(html):
    found = re.findall(r'<a download="([^"]+)" href="data:application/json;base64,([^"]+)">', html)
    return {name: base64.b64decode(content).decode() for name, content in found}


def test_the_last_cell_shows_the_hand_in_unfolded(demo, tmp_path, monkeypatch):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    ending = sheet.ending.widget
    assert sheet.view.taking.hand_in in everything(ending)
    sheet.answer("demo.choice", "none")
    assert str(sheet.tally) in words(ending)
    assert "none" in "".join(_downloads(words(ending)).values())
    sheet.view.taking.hand_in.click()
    assert sheet.hand_in().receipt in words(ending)
    monkeypatch.setenv("REGIONALISM_FACE", "page")
    assert "you make your hand-in here" in sheet.ending._repr_mimebundle_()["text/html"]


def test_the_same_answers_give_the_same_receipt_and_new_ones_another(demo, tmp_path):
    clock = iter(f"2026-11-22T05:{minute:02d}:00+00:00" for minute in range(60))
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path, clock=lambda: next(clock))
    sheet.answer("demo.choice", "luck")
    first = sheet.hand_in()
    assert sheet.hand_in().receipt == first.receipt
    sheet.answer("demo.choice", "none")
    assert sheet.hand_in().receipt != first.receipt
    assert len(list(tmp_path.glob("hand-in-*.json"))) == 2


def test_where_the_folder_refuses_the_hand_in_the_link_is_there(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path / "gone")
    sheet.answer("demo.choice", "none")
    sheet.view.taking.hand_in.click()
    shown = sheet.view.taking.receipt.value
    assert "could not be written beside this sheet" in shown
    assert list(_downloads(shown).values()) == [sheet.hand_in().text]
    assert sheet.hand_in().path is None


def test_without_an_id_nothing_is_handed_in(demo, tmp_path):
    sheet = Sheet(demo, folder=tmp_path)
    with pytest.raises(ValueError, match="needs the student's id"):
        sheet.hand_in()
    with pytest.raises(ValueError, match="needs the student's id"):
        sheet.copy()
    taking = sheet.view.taking
    taking.opener.value = True
    taking.hand_in.click()
    assert "needs the student&#x27;s id" in taking.receipt.value
    assert NO_NAME in taking.copy.value
    assert sheet.take_up(b"{}") == NO_NAME


def test_another_id_does_not_see_the_receipt(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    taking = sheet.view.taking
    taking.opener.value = True
    taking.hand_in.click()
    sheet.student = "Bekzat"
    assert taking.receipt.value == ""
    assert list(_downloads(taking.copy.value)) == [storage.answers_path(".", "demo", "Bekzat").name]


def test_a_copy_is_taken_up_elsewhere(demo, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    one, two = (Sheet(demo, student="Aigerim", folder=tmp_path / folder) for folder in ("one", "two"))
    one.answer("demo.choice", "none")
    one.view.taking.opener.value = True
    ((name, text),) = _downloads(one.view.taking.copy.value).items()
    assert (name, text) == one.copy()
    view = two.question("demo.choice").view
    taking = two.view.taking
    taking.upload.set_trait("value", ({"name": name, "type": "", "size": 1, "content": memoryview(text.encode()),
                                       "last_modified": datetime(2026, 11, 22)},))
    assert "Taken up: 1 checked answer." in taking.reply.value
    assert view.face.read() == "none"
    assert two.take_up(text.encode()) == "All answers of this file were here already."
    assert Sheet(demo, student="Aigerim", folder=tmp_path / "two").kept_answer("demo.choice") == "none"


def test_files_that_are_no_answers_of_this_student_are_named(demo, tmp_path):
    sheet = Sheet(demo, student="Aigerim", folder=tmp_path)
    sheet.answer("demo.choice", "none")
    other = Sheet(demo, student="Bekzat", folder=tmp_path)
    strange = Sheet(replace(demo, stem="strange"), student="Aigerim", folder=tmp_path)
    later = sheet.copy()[1].replace(f'"version": {storage.VERSION}', '"version": 99')
    for content, words_of_it in {
        b"": "it is not whole", b"[]": "not a file of answers", later.encode(): "later edition",
        sheet.hand_in().text.encode(): "This is a hand-in",
        other.copy()[1].encode(): "the answers of \u201cBekzat\u201d",
        strange.copy()[1].encode(): "another sheet", b"\x00" * (storage.LARGEST_FILE + 1): "too large",
    }.items():  # fmt: skip
        assert words_of_it in sheet.take_up(content)
    assert sheet.tally.answered == 1


# Copied, renamed and moved sheets


def test_a_sheet_that_was_moved_says_where_its_answers_lie(demo, tmp_path):
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    assert "A new beginning" in Sheet(demo, student="Aigerim", folder=tmp_path / "old").notice
    before = Sheet(demo, student="Aigerim", folder=tmp_path / "old")
    before.answer("demo.choice", "none")
    assert "beside this sheet" not in before.notice
    moved = Sheet(demo, student="Aigerim", folder=tmp_path / "new")
    assert "there are some in the folder \u201cold\u201d" in moved.notice
    moved.take_up(before.storage.path.read_bytes())
    assert "beside this sheet" not in moved.notice
    assert moved.kept_answer("demo.choice") == "none"


def test_a_whole_folder_that_was_renamed_keeps_its_answers(demo, tmp_path):
    (tmp_path / "old").mkdir()
    Sheet(demo, student="Aigerim", folder=tmp_path / "old").answer("demo.choice", "none")
    (tmp_path / "old").rename(tmp_path / "new")
    assert Sheet(demo, student="Aigerim", folder=tmp_path / "new").kept_answer("demo.choice") == "none"


def test_a_folder_that_vanishes_while_a_sheet_is_open_costs_nothing(demo, tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    sheet = Sheet(demo, student="Aigerim", folder=folder)
    sheet.answer("demo.choice", "none")
    shutil.rmtree(folder)
    sheet.answer("demo.number", "99 %")
    assert "could not be written" in sheet.notice
    folder.mkdir()
    sheet.answer("demo.number", "98 %")
    assert "could not be written" not in sheet.notice
    again = Sheet(demo, student="Aigerim", folder=folder)
    assert again.tally == sheet.tally
    assert again.progress.tries("demo.number") == 2


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
    judged = [q for q in sheet.chapter.questions if q.judged and not isinstance(q.kind, Predict)]
    assert sheet.tally.right == len(judged)
    assert re.search(rf"{len(judged)} right", sheet.view.progress.value)
    loud = re.sub(r"<style>.*?</style>|<[^>]*>", "", words(sheet.widget), flags=re.DOTALL)
    assert "!" not in loud


# An argument while it is written


def test_an_argument_is_kept_while_it_is_written(demo, memory):
    first = Sheet(demo, student="Aigerim", storage=memory)
    face = first.question("demo.text").view.face
    face.box.value = "a case"
    face.box.value = "a case and a doubt"
    assert "5 words" in face.line.value
    again = Sheet(demo, student="Aigerim", storage=memory)
    assert again.kept_answer("demo.text") == "a case and a doubt"
    assert again.verdict("demo.text").state == "saved"
    # The states of one sitting are one answer.
    assert len(again.progress.answers["demo.text"]) == 1


def test_an_emptied_box_changes_nothing_and_a_press_of_the_button_ends_a_sitting(sheet):
    face = sheet.question("demo.text").view.face
    face.box.value = "a case and a doubt"
    face.box.value = ""
    assert sheet.kept_answer("demo.text") == "a case and a doubt"
    face.box.value = "a case and a second doubt"
    sheet.question("demo.text").view.check()
    face.box.value = "something else altogether"
    assert [attempt.raw for attempt in sheet.progress.answers["demo.text"]] == [
        "a case and a second doubt", "something else altogether",
    ]  # fmt: skip


def test_only_arguments_are_kept_unchecked(sheet):
    assert not sheet.keep_writing("demo.choice", "none")
    assert not Sheet(sheet.chapter).keep_writing("demo.text", "without an id")
    assert sheet.kept_answer("demo.choice") is None


def test_drafts_of_an_argument_are_not_handed_in(sheet):
    sheet.answer("demo.text", "first thoughts on it")
    sheet.answer("demo.text", "second thoughts on it")
    sheet.answer("demo.choice", "luck")
    sheet.answer("demo.choice", "none")
    answers = sheet.hand_in().made.answers
    assert answers["demo.text"] == ["second thoughts on it"]
    assert answers["demo.choice"] == ["luck", "none"]
