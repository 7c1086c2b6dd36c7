"""Before and after: cases worked by hand, what holds for every class, and the report."""

from __future__ import annotations

import argparse
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.teaching import command
from regionalism.teaching.answer_lines import read_lines, written
from regionalism.teaching.compare import FEW, Comparison, compare, gain, right
from regionalism.teaching.compare_report import report_html, report_text
from regionalism.teaching.forms import LETTERS, UNKNOWN, betrayed, form, watched

FIRST, SECOND = form("first"), form("second")
LETTER = st.text("ABCD?", min_size=10, max_size=10)
CLASS = st.dictionaries(st.integers(1, 60).map(str), st.tuples(LETTER, LETTER), max_size=30)


def text_of(test: str, answers: dict[str, str], order=None) -> bytes:
    lines = [written(test, student, letters) for student, letters in answers.items()]
    return "\n".join(order(lines) if order else lines).encode()


def compared(pairs: dict[str, tuple[str, str]], order=None) -> Comparison:
    before = read_lines(text_of("first", {name: pair[0] for name, pair in pairs.items()}, order), "first")
    after = read_lines(text_of("second", {name: pair[1] for name, pair in pairs.items()}, order), "second")
    assert not before.faults
    assert not after.faults
    return compare(before.students, after.students, FIRST, SECOND)


def with_right(form_, number: int) -> str:
    """Answers of which the first `number` are right and the others not given."""
    return form_.key[:number] + UNKNOWN * (10 - number)


def showing(form_, name: str) -> str:
    """Answers that betray one idea wherever they can, and are right elsewhere."""
    letters = []
    for item, right_one in zip(form_.items, form_.key, strict=True):
        letters.append(next((letter for letter in LETTERS if betrayed(item, letter) == name), right_one))
    return "".join(letters)


# By hand


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 0, 0), (0, 1, 1), (0.5, 0.75, 0.5), (0.4, 0.7, 0.5), (0.5, 0.25, -0.5), (1, 1, None), (1, 0, None)],
)
def test_the_gain_by_hand(before, after, expected):
    found = gain(before, after)
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("before", "after"), [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_share_outside_is_named(before, after):
    with pytest.raises(ValueError, match="from 0 to 1"):
        gain(before, after)


def test_two_students_by_hand():
    found = compared({
        "101": (with_right(FIRST, 2), with_right(SECOND, 6)),
        "102": (with_right(FIRST, 6), with_right(SECOND, 8)),
    })  # fmt: skip
    assert found.mean == (pytest.approx(0.4), pytest.approx(0.7))
    assert found.gain == pytest.approx(0.5)
    assert found.mean_gain == pytest.approx(0.5)
    assert found.items[0].right == (2, 2)
    assert found.items[7].right == (0, 1)
    assert found.items[9].unanswered == (2, 2)
    assert found.small
    assert found.gain_range is None


def test_the_gain_of_the_class_is_not_the_mean_of_the_gains():
    found = compared({
        "101": (with_right(FIRST, 0), with_right(SECOND, 5)),
        "102": (with_right(FIRST, 8), with_right(SECOND, 10)),
    })  # fmt: skip
    assert found.gain == pytest.approx((0.75 - 0.4) / 0.6)
    assert found.mean_gain == pytest.approx(0.75)


def test_who_had_all_right_before_has_no_own_gain():
    found = compared({
        "101": (FIRST.key, with_right(SECOND, 5)),
        "102": (with_right(FIRST, 5), SECOND.key),
    })  # fmt: skip
    assert found.left_out == 1
    assert found.mean_gain == pytest.approx(1)
    assert found.gain == pytest.approx(0)


def test_a_class_with_all_right_before_has_no_gain():
    found = compared({str(at): (FIRST.key, SECOND.key) for at in range(1, 13)})
    assert found.gain is found.mean_gain is found.gain_range is None
    assert found.left_out == 12
    assert "all answers were right before" in report_text(found, FIRST, *_read_nothing())


@pytest.mark.parametrize("name", watched())
def test_ideas_by_hand(name):
    found = compared({
        "1": (showing(FIRST, name), SECOND.key),
        "2": (FIRST.key, showing(SECOND, name)),
        "3": (showing(FIRST, name), showing(SECOND, name)),
        "4": (FIRST.key, SECOND.key),
        "5": (UNKNOWN * 10, showing(SECOND, name)),
    })  # fmt: skip
    idea = next(idea for idea in found.ideas if idea.name == name)
    assert (idea.of, idea.shown, idea.gone, idea.new, idea.stayed) == (4, (2, 2), 1, 1, 1)


def test_students_with_one_test_are_told_and_not_counted():
    before = read_lines(text_of("first", {"101": FIRST.key, "102": FIRST.key}), "first")
    after = read_lines(text_of("second", {"102": SECOND.key, "103": SECOND.key}), "second")
    found = compare(before.students, after.students, FIRST, SECOND)
    assert [pair.student for pair in found.pairs] == ["102"]
    assert (found.only_first, found.only_second) == (("101",), ("103",))


def test_ids_join_as_they_do_elsewhere_in_the_course():
    before = read_lines(f"А-17: {FIRST.key}".encode(), "first")  # А in Cyrillic
    after = read_lines(f"a 17: {SECOND.key}".encode(), "second")
    assert compare(before.students, after.students, FIRST, SECOND).n == 1


# For every class


@given(CLASS)
def test_counts_agree(pairs):
    found = compared(pairs)
    assert found.n == len(pairs)
    for idea in found.ideas:
        assert idea.shown == (idea.gone + idea.stayed, idea.new + idea.stayed)
        assert max(idea.shown) <= idea.of <= found.n
    if found.mean:
        for side, key in enumerate((FIRST.key, SECOND.key)):
            total = sum(right(pair[side], key) for pair in pairs.values())
            assert sum(item.right[side] for item in found.items) == total
            assert found.mean[side] == pytest.approx(total / 10 / found.n)


@given(CLASS)
def test_gains_lie_in_their_range(pairs):
    found = compared(pairs)
    for value in (found.gain, found.mean_gain):
        assert value is None or -9 <= value <= 1
    if found.gain is not None and found.mean is not None:
        assert (found.gain >= 0) == (found.mean[1] >= found.mean[0])
    if found.gain_range:
        low, high = found.gain_range
        assert low <= high <= 1
    assert (found.gain_range is None) == (found.n < FEW or found.left_out == found.n)


@given(CLASS, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(pairs, chance):
    def shuffled(lines):
        return chance.sample(lines, len(lines))

    assert compared(pairs) == compared(pairs, shuffled)


@given(CLASS)
def test_both_the_same_is_no_gain(pairs):
    """Who is right in the same items both times has not moved."""
    same = {}
    for name, (letters, _) in pairs.items():
        hit = [letter == key for letter, key in zip(letters, FIRST.key, strict=True)]
        same[name] = (letters, "".join(k if h else UNKNOWN for k, h in zip(SECOND.key, hit, strict=True)))
    found = compared(same)
    assert found.gain in (None, pytest.approx(0))
    assert found.mean_gain in (None, pytest.approx(0))


# The report


def _read_nothing():
    return read_lines(b"", "first"), read_lines(b"", "second")


def a_class(number: int, seed: int = 5) -> dict[str, tuple[str, str]]:
    chance = random.Random(seed)

    def sheet(key, skill):
        return "".join(letter if chance.random() < skill else chance.choice("ABCD?") for letter in key)

    return {str(at): (sheet(FIRST.key, 0.2), sheet(SECOND.key, 0.6)) for at in range(101, 101 + number)}


def test_a_small_class_is_warned_and_gets_no_percentages():
    found = compared(a_class(FEW - 1))
    for text in (report_html(found, FIRST, *_read_nothing()), report_text(found, FIRST, *_read_nothing())):
        assert "Fewer than 10 students" in text
        assert not re.search(r"\d \(\d+ %\)", text)
        assert "bootstrap" not in text


def test_a_class_of_ten_gets_percentages_and_a_range():
    found = compared(a_class(FEW))
    text = report_text(found, FIRST, *_read_nothing())
    assert re.search(r"\d \(\d+ %\)", text)
    assert "bootstrap" in text
    assert "Fewer than" not in text


def test_the_report_says_what_it_cannot_show_and_nothing_of_mastery():
    html = report_html(compared(a_class(12)), FIRST, *_read_nothing())
    for words in ("no comparison group", "have not been tried", "25 %", "Hake 1998"):
        assert words in html
    assert "mastery" not in html.casefold()
    assert "mastered" not in html.casefold()


def test_the_report_needs_nothing_from_outside_and_runs_nothing():
    html = report_html(compared(a_class(12)), FIRST, *_read_nothing())
    assert "<script" not in html
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", html)
    assert "default-src 'none'" in html


def test_an_id_is_shown_as_text():
    before = read_lines(b"<b>7</b>: ABCDABCDAB", "first")
    found = compare(before.students, {}, FIRST, SECOND)
    html = report_html(found, FIRST, before, read_lines(b"", "second"))
    assert "&lt;b&gt;7&lt;/b&gt;" in html
    assert "<b>7</b>" not in html


# The command


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def files(folder, pairs) -> list[str]:
    for test, side in (("first", 0), ("second", 1)):
        (folder / f"{test}.txt").write_bytes(text_of(test, {name: pair[side] for name, pair in pairs.items()}))
    return [str(folder / "first.txt"), str(folder / "second.txt")]


def test_the_command_writes_forms_and_pages(tmp_path, capsys):
    assert run("forms", str(tmp_path / "new" / "folder")) == 0
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    kinds = ("paper", "strips", "phone")
    assert names == {f"{test}-test-{kind}.html" for test in ("first", "second") for kind in kinds}
    assert "None of them holds a right answer" in capsys.readouterr().out


def test_the_command_writes_the_report_twice_alike(tmp_path, capsys):
    given_files = files(tmp_path, a_class(12))
    assert run("report", *given_files, "--out", str(tmp_path / "a.html")) == 0
    assert run("report", *given_files, "--out", str(tmp_path / "b.html")) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert "12 students took both tests" in capsys.readouterr().out


def test_unread_lines_are_named_on_the_screen_and_in_the_report(tmp_path, capsys):
    first, second = files(tmp_path, a_class(3))
    with open(first, "a", encoding="utf-8") as file:
        file.write("\nAigerim was ill\n104: A B\n")
    assert run("report", first, second, "--out", str(tmp_path / "r.html")) == 0
    for text in (capsys.readouterr().out, (tmp_path / "r.html").read_text("utf-8")):
        assert "First test, line 4: not read" in text
        assert "First test, line 5: not read, it has 2 answers, not 10" in text
        assert "Aigerim" not in text


@pytest.mark.parametrize("content", [b"", b"\n\n", b"nothing of use"])
def test_files_without_a_line_give_no_report(tmp_path, content, capsys):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(content)
    assert run("report", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--out", str(tmp_path / "r.html")) == 1
    assert "No line of either file" in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()


def test_a_missing_file_a_workbook_and_a_report_over_its_answers_are_refused(tmp_path, capsys):
    first, second = files(tmp_path, a_class(2))
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04")
    assert run("report", str(tmp_path / "no.txt"), second) == 1
    assert "is no file" in capsys.readouterr().err
    assert run("report", str(tmp_path / "book.xlsx"), second) == 1
    assert "Save it in the spreadsheet as CSV" in capsys.readouterr().err
    assert run("report", first, second, "--out", first) == 1
    assert "Name another file" in capsys.readouterr().err


def test_a_copy_for_students_has_no_tests(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("regionalism.teaching.content.HOME", "no_such_keys.teaching")
    assert run("forms", str(tmp_path / "out")) == 1
    assert "This copy of the course is for students" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_files_given_the_wrong_way_round_are_noticed(tmp_path, capsys):
    first, second = files(tmp_path, a_class(2))
    assert run("report", second, first, "--out", str(tmp_path / "r.html")) == 1
    assert "it is a line of the second test" in capsys.readouterr().out


@pytest.mark.browser
def test_the_report_is_accessible_and_fits_a_phone(chromium, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "r.html"
    path.write_text(report_html(compared(a_class(12)), FIRST, *_read_nothing()), encoding="utf-8")
    for scheme in ("light", "dark"):
        context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
        try:
            page = context.new_page()
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            # axe is no part of the page: the page's own policy forbids every script.
            found = _axe(context, path, Axe())
            assert found == []
        finally:
            context.close()


def _axe(context, path, axe) -> list[str]:
    page = context.browser.new_page(bypass_csp=True, viewport={"width": 360, "height": 740})
    try:
        page.goto(path.as_uri())
        return [violation["id"] for violation in axe.run(page).response["violations"]]
    finally:
        page.close()
