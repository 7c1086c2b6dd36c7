"""What a teacher gets: the same bytes each time, nothing outside the folder, nothing that a student typed is run."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regionalism.exercises.identity import Class
from regionalism.exercises.judging import WORKED_LEAD, in_groups, judge
from regionalism.exercises.prose import to_html
from regionalism.exercises.question import Allocate, Number, Order, Several, Table, Text, said, value_of
from regionalism.grading.classes import NO_SETTINGS, ClassSettings, Student
from regionalism.grading.feedback import page_name, seed_of
from regionalism.grading.forgetting import forget, recognised
from regionalism.grading.integrity import Watch, has_substance
from regionalism.grading.leaves import DRAFT
from regionalism.grading.manual import AGAIN
from regionalism.grading.numbering import numbers_of, questions_of
from regionalism.grading.outputs import UnsafeFolder, write
from regionalism.grading.records import Answered, Marked, Refused
from regionalism.grading.report import Correlation, share_words
from regionalism.grading.spool import Spool

KNOWN = Class(seed="secret")
HOSTILE = '=HYPERLINK("http://evil")<script>alert(1)</script> [x](javascript:alert(1)) <img src=http://evil/x>'
TEXT = f"{HOSTILE} " + "The gain is not too small here since the efforts of the five do not add up at all. " * 3
STRANGER = '../../<b onmouseover="x">=1'


def raw_of(question, numbers, wrong=False):
    """The right answer, or a named wrong one, as a student's file has it."""
    if isinstance(question.kind, Text):
        return TEXT
    value = value_of(question.wrongs[0].example if wrong and question.wrongs else question.right, numbers)
    kind = question.asks
    if isinstance(kind, Several):
        return sorted(value)
    if isinstance(kind, Order):
        return {name: place for place, name in enumerate((n for group in in_groups(value) for n in group), start=1)}
    if isinstance(kind, (Table, Allocate)):
        return {name: str(round(number, 4)) for name, number in value.items()}
    return str(round(value, 4)) if isinstance(kind, Number) else value


def hand_in(student, stem="gains", wrong=(), made="2026-11-20T10:00Z", listed=True, **changes):
    """A hand-in of a student, judged by the real judge; `wrong` are the numbers of wrongly answered questions."""
    answers = {}
    for number, question in enumerate(questions_of(stem), start=1):
        numbers = numbers_of(stem)[question.id](KNOWN.seed_of(student))
        raw = raw_of(question, numbers, number in wrong) if question.judged or isinstance(question.kind, Text) else "?"
        verdict = judge(question, numbers, raw)
        answers[question.id] = Answered(
            question.id, verdict.state, verdict.score, (verdict.score,), (verdict.misconception,), raw, verdict.message
        )
    digest = hashlib.sha256(f"{student}{stem}{made}{wrong}".encode()).hexdigest().upper()
    source = f"in/{digest[:6]}/hand-in-{stem}.json"
    marked = Marked(source, f"{digest[:4]}-{digest[4:8]}", student, listed, stem, made, "0.1.0", digest[:32], answers)
    return replace(marked, **changes)


STUDENTS = tuple(Student(f"u{100 + at}", f"Secret{at} Айгерим", "A", f"s{at}@example.org") for at in range(8))
SETTINGS = ClassSettings(
    title="Autumn", seed="secret", students=STUDENTS, deadlines={"gains": datetime(2026, 11, 20, 12, tzinfo=UTC)},
    late_per_day=0.1,
)  # fmt: skip


@pytest.fixture(scope="module")
def class_rows():
    rows = [hand_in(student.id, wrong=(1, 2)[: at % 3]) for at, student in enumerate(STUDENTS[:-1])]
    rows += [hand_in("u100", made="2026-11-22T10:00Z"), hand_in("u101", "puzzle"), hand_in(STRANGER, listed=False)]
    return [*rows, Refused("in/=x.json", "not-whole", "It ends too early.")]


@pytest.fixture
def spool(class_rows):
    with Spool() as made:
        for row in class_rows:
            made.add(row)
        yield made


@pytest.fixture(scope="module")
def written(class_rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "out"
    with Spool() as made:
        for row in class_rows:
            made.add(row)
        write(made, SETTINGS, folder)
    return folder


@pytest.fixture
def out(written, tmp_path):
    """A copy of the outputs, for a test to change."""
    return Path(shutil.copytree(written, tmp_path / "out"))


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def hashes(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# The whole


def test_the_same_hand_ins_give_the_same_bytes_in_any_order(class_rows, out, tmp_path):
    with Spool() as other:
        for row in class_rows[::-1]:
            other.add(row)
        done = []
        written = write(other, SETTINGS, tmp_path / "again", done.append)
        assert hashes(tmp_path / "again") == hashes(out)
        write(other, SETTINGS, tmp_path / "again")
    assert hashes(tmp_path / "again") == hashes(out)
    assert sum(done) == 8
    assert written == sorted(path for path in (tmp_path / "again").rglob("*") if path.is_file())


def test_all_lies_inside_the_folder_with_plain_line_ends(out, tmp_path):
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    for path in out.rglob("*"):
        assert path.is_dir() or b"\r" not in path.read_bytes()
        assert not path.name.startswith(".")


def test_the_index_leads_to_every_file(out):
    linked = set(re.findall(r'href="([^"]+)"', (out / "index.html").read_text(encoding="utf-8")))
    assert linked == {path.name for path in out.iterdir() if path.is_file()} - {"index.html"}


def test_a_link_in_the_folder_is_not_written_through(spool, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "feedback").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafeFolder):
        write(spool, SETTINGS, tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []
    with pytest.raises(UnsafeFolder):
        write(spool, SETTINGS, tmp_path / "out" / "feedback")


def test_an_empty_class_and_no_class_at_all_are_fine(tmp_path, class_rows):
    with Spool() as empty:
        write(empty, NO_SETTINGS, tmp_path / "empty")
        assert "Nothing waits" in (tmp_path / "empty" / "index.html").read_text(encoding="utf-8")
    with Spool() as spool:
        spool.add(hand_in("7", listed=False))
        write(spool, NO_SETTINGS, tmp_path / "alone")
    assert [row["id"] for row in table(tmp_path / "alone" / "gradebook.csv")] == ["7"]
    assert not (tmp_path / "alone" / "moodle.csv").exists()


@pytest.mark.local
def test_other_processes_make_the_same_pages(spool, out, tmp_path):
    import joblib

    with joblib.parallel_config(backend="threading", n_jobs=2):
        write(spool, SETTINGS, tmp_path / "side")
    assert hashes(tmp_path / "side") == hashes(out)


# Tables


def test_everybody_on_the_list_is_in_the_grade_books_and_strangers_only_in_one(out):
    rows = table(out / "gradebook.csv")
    gains = [row["id"] for row in rows if row["chapter"] == "gains"]
    assert gains == [*(student.id for student in STUDENTS), STRANGER]
    assert [row["id"] for row in rows if row["listed"] == "no"] == [STRANGER]
    assert rows[-1]["listed"] == "no"
    for name, key in (("moodle.csv", "ID number"), ("canvas.csv", "SIS User ID")):
        ids = [row[key] for row in table(out / name)]
        assert [known for known in ids if known] == [student.id for student in STUDENTS]
    assert table(out / "moodle.csv")[-1]["When does it pay to act together?"] == "-"


def test_no_cell_of_any_table_starts_a_formula(out):
    for path in out.glob("*.csv"):
        for row in table(path):
            for cell in row.values():
                assert cell == "-" or not cell.startswith(("=", "+", "-", "@", "\t")), (path.name, cell)


def test_what_could_not_be_graded_is_listed(out):
    assert table(out / "not-graded.csv") == [
        {"source": "in/=x.json", "reason": "not-whole", "words": "It ends too early."}
    ]


def test_marks_by_hand_flow_into_marks_and_pages(spool, out):
    marks = out / "manual-marks.csv"
    rows = table(marks)
    mine = next(row for row in rows if row["student"] == "u102" and row["question"] == "gains.argue")
    given = {"criterion 1": "1", "criterion 2": "0,5", "criterion 3": "0", "criterion 4": "1"}
    mine.update({**given, "comment": "<b>So!</b>"})
    marks.write_bytes(as_csv(rows, ";").encode("utf-16"))
    before = next(row for row in table(out / "gradebook.csv") if row["id"] == "u102" and row["chapter"] == "gains")
    write(spool, SETTINGS, out)
    after = next(row for row in table(out / "gradebook.csv") if row["id"] == "u102" and row["chapter"] == "gains")
    assert before["provisional"]
    assert after["provisional"] == ""
    assert float(after["total"]) == float(before["total"]) + 2.5
    page = (out / "feedback" / page_name("u102")).read_text(encoding="utf-8")
    assert "&lt;b&gt;So!&lt;/b&gt;" in page
    once = hashes(out)
    write(spool, SETTINGS, out)
    assert hashes(out) == once


def test_a_table_of_marks_that_nobody_understands_is_left_as_it_is(spool, out):
    marks = out / "manual-marks.csv"
    marks.write_bytes(b"my own notes\n")
    write(spool, SETTINGS, out)
    assert marks.read_bytes() == b"my own notes\n"
    assert table(out / "manual-marks-new.csv")
    assert "could not be understood" in (out / "index.html").read_text(encoding="utf-8")
    marks.unlink()
    write(spool, SETTINGS, out)
    assert "lies here from an earlier run" in (out / "index.html").read_text(encoding="utf-8")


def test_marks_that_are_saved_while_the_grader_runs_are_not_lost(spool, out):
    marks = out / "manual-marks.csv"
    saved = marks.read_bytes() + b"r1,,,,,,,,,,,,4,late,,\n"

    def save(done):
        marks.write_bytes(saved)

    write(spool, SETTINGS, out, save)
    assert marks.read_bytes() == saved
    assert "saved again while the grader ran" in (out / "index.html").read_text(encoding="utf-8")


def test_a_later_text_makes_the_mark_provisional(spool, out):
    marks = out / "manual-marks.csv"
    rows = table(marks)
    for row in rows:
        row["points"] = "2"
    marks.write_text(as_csv(rows), encoding="utf-8")
    answers = dict(hand_in("u102").answers)
    answers["gains.argue"] = replace(answers["gains.argue"], raw="A new text.")
    spool.add(hand_in("u102", made="2026-11-20T11:00Z", answers=answers))
    write(spool, SETTINGS, out)
    row = next(row for row in table(marks) if row["student"] == "u102")
    assert row["state"].startswith(AGAIN)
    assert row["points"] == "2"
    mine = next(row for row in table(out / "gradebook.csv") if row["id"] == "u102" and row["chapter"] == "gains")
    assert mine["provisional"]


def as_csv(rows, delimiter=","):
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def test_codes_stand_for_ids_where_marking_is_anonymous(spool, tmp_path):
    write(spool, replace(SETTINGS, anonymous_marking=True), tmp_path / "out")
    text = (tmp_path / "out" / "manual-marks.csv").read_text(encoding="utf-8")
    assert all(row["student"] == row["code"] for row in table(tmp_path / "out" / "manual-marks.csv"))
    assert ",u102," not in text


# Pages


def test_nothing_that_a_student_typed_becomes_part_of_a_page(out):
    for path in out.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text
        assert "<b onmouseover" not in text
        assert not re.search(r'(?:src|href|action)="(?:https?:|javascript:|//)', text)
        assert "@import" not in text


def test_a_page_tells_answer_reply_receipt_and_lateness(out, spool):
    page = (out / "feedback" / page_name("u101")).read_text(encoding="utf-8")
    assert "Secret1 Айгерим (u101)" in page
    assert spool.of_student("u101")[0].receipt in page
    assert "One billion is a thousand million." in page or "An idea that tempted here" in page
    assert "so far: not everything has been read yet" in page
    numbers = numbers_of("gains")["gains.two-states"](KNOWN.seed_of("u101"))
    assert str(numbers["benefit"]) in page


def test_a_prompt_shows_the_numbers_that_the_student_had():
    marked = hand_in("u101")
    assert seed_of(marked, KNOWN) == KNOWN.seed_of("u101")
    typed = KNOWN.seed_of("u١٠١")
    assert seed_of(replace(marked, seed=typed), KNOWN) == typed != KNOWN.seed_of("u101")


def test_a_page_that_cannot_be_made_stops_no_other(spool, tmp_path, monkeypatch):
    def fails(question, numbers, raw):
        raise RuntimeError(raw)

    monkeypatch.setattr("regionalism.grading.feedback.answer_words", fails)
    write(spool, SETTINGS, tmp_path / "out")
    assert "The points stand" in (tmp_path / "out" / "feedback" / page_name("u101")).read_text(encoding="utf-8")
    assert f"{page_name('u101')}: RuntimeError" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.local
def test_pages_are_made_here_where_the_workers_are_lost(spool, out, tmp_path, monkeypatch):
    import joblib

    def lost(*arguments, **options):
        raise RuntimeError("a worker died")

    monkeypatch.setattr(joblib, "Parallel", lost)
    write(spool, SETTINGS, tmp_path / "alone")
    assert hashes(tmp_path / "alone") == hashes(out)


def test_a_worked_path_is_shown_only_where_the_teacher_says_so(spool, tmp_path, out):
    write(spool, replace(SETTINGS, worked_in_feedback=True), tmp_path / "open")
    name = f"feedback/{page_name('u103')}"
    assert "One way to work it out" in (tmp_path / "open" / name).read_text(encoding="utf-8")
    assert "One way to work it out" not in (out / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("state", "before"), [("wrong", f"A reply.\n\n{WORKED_LEAD}"), ("predicted", "A reply.")])
def test_the_path_to_a_new_case_goes_to_students_only_where_the_teacher_says_so(tmp_path, state, before):
    question = next(q for q in questions_of("gains") if q.role == "transfer" and q.judged and q.worked)
    made = hand_in("u101")
    path = said(question.worked, numbers_of("gains")[question.id](KNOWN.seed_of("u101")))
    answered = replace(made.answers[question.id], state=state, message=f"{before}\n\n{path}")
    with Spool() as spool:
        spool.add(replace(made, answers={**made.answers, question.id: answered}))
        for name, worked in (("closed", False), ("open", True)):
            write(spool, replace(SETTINGS, worked_in_feedback=worked), tmp_path / name)
    closed, opened = (
        (tmp_path / name / "feedback" / page_name("u101")).read_text(encoding="utf-8") for name in ("closed", "open")
    )
    assert "A reply." in closed
    assert "A reply." in opened
    assert WORKED_LEAD not in closed
    assert to_html(path) in opened
    assert to_html(path) not in closed


def test_pages_of_students_who_are_gone_are_removed_and_other_files_stay(class_rows, out):
    own = out / "feedback" / "notes.html"
    own.write_text("mine", encoding="utf-8")
    (out / "feedback" / f"{DRAFT}x1").write_text("half a page", encoding="utf-8")
    with Spool() as fewer:
        fewer.add(class_rows[0])
        write(fewer, SETTINGS, out)
    assert sorted(path.name for path in (out / "feedback").iterdir()) == sorted([page_name("u100"), "notes.html"])


@pytest.mark.parametrize(
    "student", ["../../etc/passwd", "a/b", "C:\\x", "Айгерим", "图", "CON", ".", "A" * 500, "a\0b", STRANGER]
)
def test_a_page_name_is_safe_and_tells_ids_apart(student):
    name = page_name(student)
    assert re.fullmatch(r"[a-z0-9-]{1,40}\.html", name)
    assert name != page_name(student + "x")
    assert len({page_name(one) for one in ("А17", "A17", "a17", "A-17", "A 17")}) == 5


# Report


def test_the_report_has_no_name_and_no_id(out):
    for name in ("report.html", "report.csv"):
        text = (out / name).read_text(encoding="utf-8")
        assert "Secret" not in text
        assert STRANGER not in text
        assert not re.search(r"u10[0-7]", re.sub(r"<svg.*?</svg>|<style.*?</style>", "", text, flags=re.S))


def test_the_report_counts_and_advises(out):
    rows = {row["question"]: row for row in table(out / "report.csv")}
    first = rows["gains.burden"]
    assert first["answered"] == "8"
    assert first["right"] == first["right at first try"] == "50 %"
    assert "showed this idea" in first["advice"]
    assert rows["gains.argue"]["advice"].startswith("Read first")
    assert rows["puzzle.count"]["advice"] == "Too few answers to say anything of the class."


@pytest.mark.local
def test_the_charts_are_drawn_into_the_page(out):
    text = (out / "report.html").read_text(encoding="utf-8")
    assert text.count("<svg") == 2 * len(re.findall("<figure", text)) > 0
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_the_correlation_is_pearsons_and_silent_where_it_says_nothing():
    import numpy as np

    pairs = [(1, 3), (0, 2), (1, 5), (0, 1), (0.5, 2), (1, 2)]
    sums = Correlation()
    for pair in pairs[:4]:
        sums.take(*pair)
    assert sums.value is None
    for pair in pairs[4:]:
        sums.take(*pair)
    assert sums.value == pytest.approx(np.corrcoef(np.array(pairs).T)[0, 1])
    flat = Correlation()
    for at in range(9):
        flat.take(0.1, at)
    assert flat.value is None


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(10, 10, "All"), (2, 3, "Two thirds"), (13, 20, "About two thirds"), (1, 100, "A few"), (95, 100, "Nearly all")],
)
def test_shares_in_words(part, whole, words):
    assert share_words(part, whole) == words


# Questions to ask


def test_equal_wrong_answers_are_asked_about_and_right_ones_are_not():
    watch = Watch()
    one, right = hand_in("u101", wrong=(1, 2)), hand_in("u103")
    short = {name: found for name, found in right.answers.items() if name != "gains.argue"}
    for student in ("u101", "u102"):
        watch.take(replace(one, student=student, source=f"in/{student}.json", receipt=f"AAAA-{student}"))
    for student in ("u103", "u104"):
        watch.take(replace(right, student=student, answers=short, same="right", receipt=f"BBBB-{student}"))
    asks = watch.asks()
    assert [(ask.about, ask.ids) for ask in asks] == [
        ("same answers", ("u101", "u102")), ("same text", ("u101", "u102")),
    ]  # fmt: skip
    assert all(ask.innocent for ask in asks)
    assert has_substance(one)
    assert not has_substance(replace(right, answers=short))


def test_one_file_in_the_folders_of_two_people_is_asked_about():
    watch = Watch()
    marked = hand_in("u101", source="in/Aigerim_1/h.json", receipt="AAAA-BBBB")
    watch.take(marked)
    twice = [Refused("in/Bakyt_2/h.json", "duplicate", "It lies in another place too.", "AAAA-BBBB")]
    assert [ask.about for ask in watch.asks(twice=twice)] == ["same file"]
    again = Watch()
    again.take(marked)
    alone = [Refused("all.zip/h.json", "duplicate", "It lies in another place too.", "AAAA-BBBB")]
    assert again.asks(twice=alone) == []


def test_one_file_in_thousands_of_folders_is_told_at_once():
    watch, made = Watch(), hand_in("u100")
    watch.take(made)
    words, code = "It lies in another place too.", made.receipt
    apart = [Refused(f"class {number}/mine/h.json", "duplicate", words, code) for number in range(20_000)]
    assert watch.asks(twice=apart) == []
    [ask] = watch.asks(twice=[*apart, Refused("class 7/yours/h.json", "duplicate", words, code)])
    assert ask.about == "same file"


def test_numbers_of_another_student_are_asked_about():
    refused = [Refused("in/x.json", "other-seed", "Its numbers are not those of '101', whom it names.")]
    assert [ask.about for ask in Watch().asks(refused)] == ["another seed"]


# Forgetting


def test_forgetting_lists_first_deletes_only_its_own_and_follows_no_link(out, tmp_path, capsys):
    own = out / "notes.csv"
    own.write_text("mine", encoding="utf-8")
    (out / "data.json").write_text('{"format": "other"}', encoding="utf-8")
    (out / "hand-in.json").write_text('{\n "about": "x",\n "format": "regionalism-hand-in"}', encoding="utf-8")
    (out / "answers.json").write_text('{"format": "regionalism-answers", "version": 2}', encoding="utf-8")
    far = tmp_path / "far"
    far.mkdir()
    (far / "hand-in.json").write_text('{"format": "regionalism-hand-in"}', encoding="utf-8")
    (out / "link").symlink_to(far)
    (out / "one.json").symlink_to(far / "hand-in.json")
    before = hashes(out)
    assert forget(out, yes=False) == 0
    assert hashes(out) == before
    assert "hand-ins 1, files of answers 1" in capsys.readouterr().out
    assert forget(out, yes=True) == 0
    left = sorted(path.name for path in out.rglob("*") if path.is_file() and not path.is_symlink())
    assert left == ["data.json", "notes.csv"]
    assert (far / "hand-in.json").exists()
    assert list(recognised(out)) == []
    assert forget(out / "link", yes=True) == 1


def test_forgetting_finds_what_lies_beside_answers_and_what_was_renamed(tmp_path):
    answers, sent = '{"format": "regionalism-answers", "version": 2}', '{"format": "regionalism-hand-in"}'
    ours = {
        "answers-gains-aigerim-0a1b2c3d.json.bak": answers,
        "answers-gains-aigerim-0a1b2c3d.json.broken-1": "\0\0 half of it",
        ".answers-gains-aigerim-0a1b2c3d.json.lock": "",
        ".answers-gains-aigerim-0a1b2c3d.json.417.part": "{",
        ".regionalism-writing-x1": "a page that was not finished",
        "hand-in.json.txt": sent,
        "from a chat": f"\ufeff\n{sent}",
    }
    others = {
        "handin.py": f'"""A hand-in begins with {sent}"""', "sheet.ipynb": '{"cells": [], "metadata": {}}',
        "answers-to-my-mail.txt": "mine", "my answers.json.bak": "{}", "writing-x1": "mine",
    }  # fmt: skip
    for name, text in {**ours, **others}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert forget(tmp_path, yes=True) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(others)



@pytest.mark.browser
def test_the_pages_are_accessible_fit_a_phone_and_ask_for_nothing(out):
    from axe_playwright_python.sync_playwright import Axe

    from regionalism.site.measure import SCHEMES, browser

    pages = ["index.html", "report.html", "marking-guide.html", f"feedback/{page_name('u101')}"]
    with browser() as chromium:
        for name in pages:
            for scheme in SCHEMES:
                context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
                tab = context.new_page()
                asked = []
                tab.on("request", lambda request, asked=asked: asked.append(request.url))
                tab.goto((out / name).as_uri())
                tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
                assert tab.evaluate("document.documentElement.scrollWidth") <= 360, name
                assert len(asked) == 1, asked
                assert Axe().run(tab).response["violations"] == [], (name, scheme)
                context.close()


@pytest.mark.parametrize("meant", [False, True])
def test_a_mark_that_waits_is_left_open_in_the_tables_for_platforms(spool, tmp_path, meant):
    folder = tmp_path / "marks"
    write(spool, replace(SETTINGS, export_provisional=meant), folder)
    book = {row["id"]: row for row in table(folder / "gradebook.csv") if row["chapter"] == "gains"}
    title = "When does it pay to act together?"
    waiting = [name for name, row in book.items() if row["provisional"] and row["listed"] == "yes"]
    assert waiting
    moodle = {row["ID number"]: row[title] for row in table(folder / "moodle.csv")}
    canvas = {row["SIS User ID"]: row[title] for row in table(folder / "canvas.csv")}
    for name in waiting:
        assert moodle[name] == (book[name]["total"] if meant else "-")
        assert canvas[name] == (book[name]["total"] if meant else "")
