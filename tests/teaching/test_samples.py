"""Marked samples follow the rubric that graders use, and stay inside the task."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regionalism.grading.leaks import leaks, secrets
from regionalism.teaching import content
from regionalism.teaching.content import NotForStudents
from regionalism.teaching.samples import Mark, problems, samples
from regionalism.teaching.samples_page import sections

MARKED = samples("gains")


def test_the_samples_can_be_used():
    assert list(problems(MARKED)) == []


def test_they_show_a_strong_a_middling_and_a_weak_text():
    points = [MARKED.points(sample) for sample in MARKED.samples]
    of = sum(criterion.points for criterion in MARKED.criteria)
    assert len(points) == 3
    assert points[0] == of
    assert of / 4 < points[1] < of * 3 / 4
    assert points[2] < of / 4


@pytest.mark.parametrize(("levels", "points"), [
    (("none",) * 4, 0), (("half",) * 4, 2), (("full", "half", "none", "none"), 1.5),
])
def test_points_follow_the_rubric(levels, points):
    sample = replace(MARKED.samples[0], marks=tuple(Mark(level, "because") for level in levels))
    assert MARKED.points(sample) == points


def test_a_mark_too_few_and_a_text_too_short_are_named():
    short = replace(MARKED.samples[0], title="short", text="Too short.", marks=MARKED.samples[0].marks[:3])
    assert [line.split(":")[0] for line in problems(replace(MARKED, samples=(short,)))] == ["short", "short"]


def test_the_page_begins_with_the_rubric_that_graders_use():
    heading, html = sections("gains")[0]
    assert heading == "The rubric"
    for criterion in MARKED.criteria:
        assert criterion.name.split("'")[0] in html
        assert criterion.half.split("'")[0] in html


def test_the_page_shows_each_text_each_criterion_and_the_sum():
    _, *pages = sections("gains")
    assert len(pages) == len(MARKED.samples)
    for (_, html), sample in zip(pages, MARKED.samples, strict=True):
        assert html.count("<tr>") == len(MARKED.criteria) + 2
        assert f"<td>{MARKED.points(sample):g} of 4</td>" in html
        assert sample.text.split("\n\n")[0].split("'")[0] in html


def test_a_copy_for_students_would_show_it(tmp_path):
    (tmp_path / "page.html").write_text(sections("gains")[1][1], encoding="utf-8")
    assert [leak for leak in leaks(tmp_path, secrets()) if leak.secret.where.startswith("samples")]


def test_without_the_keys_there_are_none(monkeypatch):
    monkeypatch.setattr(content, "HOME", "regionalism_keys.not_there")
    with pytest.raises(NotForStudents, match="for students"):
        samples("gains")
