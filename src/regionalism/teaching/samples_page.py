"""The page with marked samples: the rubric, each argument as handed in, what it earns, the comment, the talk."""

from __future__ import annotations

from collections.abc import Iterable

from regionalism.exercises.keys import Criterion
from regionalism.exercises.prose import inline, to_html
from regionalism.teaching.samples import SHARE, Mark, Sample, Samples, samples

_LEVEL = {"full": "all", "half": "half", "none": "nothing"}


def sections(stem: str) -> list[tuple[str, str]]:
    """The rubric of a chapter's argument and its samples, each a section of its own."""
    marked = samples(stem)
    return [
        ("The rubric", _rubric_html(marked.criteria)),
        *(
            (f"Sample {number}: {sample.title}", _sample_html(marked, sample))
            for number, sample in enumerate(marked.samples, start=1)
        ),
    ]


def _rubric_html(criteria: Iterable[Criterion]) -> str:
    """What earns all points of each criterion, half of them, and none: a list, which fits a phone."""
    items = "".join(
        f"<li><strong>{inline(criterion.name)}</strong> ({criterion.points:g})<ul>"
        + "".join(
            f"<li>Earns {words}: {inline(getattr(criterion, level))}</li>" for level, words in _LEVEL.items()
        )
        + "</ul></li>"
        for criterion in criteria
    )
    return f'<ol class="tp-rubric">{items}</ol>'


def _sample_html(marked: Samples, sample: Sample) -> str:
    rows = "".join(
        _row(criterion, mark) for criterion, mark in zip(marked.criteria, sample.marks, strict=True)
    )
    of = sum(criterion.points for criterion in marked.criteria)
    head = "<tr>" + "".join(f'<th scope="col">{name}</th>' for name in ("What is looked at", "Earns", "Why")) + "</tr>"
    foot = f'<tr><th scope="row">Together</th><td>{marked.points(sample):g} of {of:g}</td><td></td></tr>'
    questions = "".join(f"<li>{inline(question)}</li>" for question in sample.ask)
    return (
        f'<div class="tp-sample"><blockquote class="tp-handed-in">{to_html(sample.text)}</blockquote>'
        "<details><summary>Our marks, the comment and the talk</summary>"
        f'<table class="tp-marks"><thead>{head}</thead><tbody>{rows}</tbody>'
        f"<tfoot>{foot}</tfoot></table>"
        f"<p><strong>What to write to the student.</strong> {inline(sample.reply)}</p>"
        f"<p><strong>In a talk of two minutes, ask:</strong></p><ul>{questions}</ul></details></div>"
    )


def _row(criterion: Criterion, mark: Mark) -> str:
    points = f"{SHARE[mark.level] * criterion.points:g} of {criterion.points:g} ({_LEVEL[mark.level]})"
    return f'<tr><th scope="row">{inline(criterion.name)}</th><td>{points}</td><td>{inline(mark.why)}</td></tr>'
