"""A hand-in is read whole on any machine; whatever else a file may hold is refused with a reason."""

from __future__ import annotations

import json
import string
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises import handin
from regionalism.exercises.draws import seed_text
from regionalism.exercises.handin import (
    LARGEST_FILE,
    LONGEST_ID,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    REASONS,
    HandIn,
    RefusedHandIn,
    checksum,
    file_name,
    from_bytes,
    hand_in,
    migrate,
    numbers_mark,
    to_text,
)
from regionalism.exercises.identity import NO_CLASS
from regionalism.exercises.nonsense import odd_answers
from regionalism.exercises.sheets import Sheet

MADE = "2026-11-22T05:20Z"
SAMPLE = HandIn(
    course="0.1.0",
    chapter="demo",
    student="Айгерим 7",
    known_class="9f3a2b1c",
    seed="8f" * 16,
    made=MADE,
    answers={"demo.number": ["12 %", 0.5, -0.0, 10**25], "demo.cards": [{"a": "b", "c": None}], "demo.text": []},
    numbers={"demo.number": "5d0e62a1", "demo.cards": "00000000", "demo.text": "ffffffff"},
)
DOCUMENT = json.loads(to_text(SAMPLE))


def refused(content: bytes) -> RefusedHandIn:
    """Why a file is refused."""
    with pytest.raises(RefusedHandIn) as caught:
        from_bytes(content)
    assert caught.value.reason in REASONS
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400
    return caught.value


def outcome(content: bytes) -> str:
    """The reason why a file is refused, or that it is taken."""
    try:
        from_bytes(content)
    except RefusedHandIn as refusal:
        return refusal.reason
    return "taken"


def sealed(**changes: object) -> bytes:
    """A file with other fields and a checksum that fits: what someone who knows the format could forge."""
    content = {name: value for name, value in {**DOCUMENT, **changes}.items() if name not in ("about", "checksum")}
    return json.dumps({**content, "checksum": checksum(content)}).encode()


@pytest.fixture
def sheet(demo, memory) -> Sheet:
    return Sheet(demo, student="Ayan", storage=memory, known=NO_CLASS)


# Whole files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_any_system_change_nothing(encoding, end):
    read = from_bytes(to_text(SAMPLE).replace("\n", end).encode(encoding))
    assert read == SAMPLE
    assert read.receipt == SAMPLE.receipt


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x00\x00\xfe\xff"])
def test_big_endian_files_are_read(mark):
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert from_bytes(mark + to_text(SAMPLE).encode(encoding)) == SAMPLE


def test_layout_and_order_of_the_parts_do_not_matter():
    assert from_bytes(json.dumps(dict(reversed(DOCUMENT.items()))).encode()) == SAMPLE


def test_what_a_sheet_hands_in_comes_back(sheet):
    sheet.answer("demo.choice", "both")
    sheet.answer("demo.choice", "none")
    sheet.answer("demo.text", "Қазақша, тоҷикӣ, o‘zbekcha 😀")
    made = hand_in(sheet, MADE)
    read = from_bytes(to_text(made).encode())
    assert read == made
    assert read.answers["demo.choice"] == ["both", "none"]
    assert read.numbers["demo.choice"] == numbers_mark(sheet.numbers("demo.choice"))
    assert read.receipt in file_name(made)


def test_whatever_a_sheet_keeps_can_be_handed_in(sheet):
    for question in sheet.chapter.questions:
        for odd in odd_answers(question, sheet.numbers(question.id), 80):
            sheet.answer(question.id, odd)
    made = hand_in(sheet, MADE)
    assert sum(len(raws) for raws in made.answers.values()) > 50
    assert from_bytes(to_text(made).encode()) == made


def test_a_sheet_hands_in_an_id_on_one_line(sheet):
    sheet.student = "Ayan\n\tof 7\x07b"
    assert from_bytes(to_text(hand_in(sheet, MADE)).encode()).student == "Ayan of 7b"


def test_an_id_too_long_for_a_list_is_told_before_a_file_is_made(sheet):
    sheet.student = "a" * (LONGEST_ID + 1)
    with pytest.raises(ValueError, match="200"):
        hand_in(sheet, MADE)


def test_a_sheet_without_an_id_hands_nothing_in(demo, memory):
    with pytest.raises(ValueError, match="id"):
        hand_in(Sheet(demo, storage=memory, known=NO_CLASS), MADE)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
IDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=LONGEST_ID // 4)
RAWS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


def _is_visible(text: str) -> bool:
    try:
        return bool(seed_text(text))
    except ValueError:
        return False


@given(IDS.filter(_is_visible), st.dictionaries(IDS.filter(_is_visible), st.lists(RAWS, max_size=4), max_size=4))
def test_texts_of_any_script_come_back_whole(student, answers):
    made = replace(SAMPLE, student=student, answers=answers, numbers=dict.fromkeys(answers, "0123abcd"))
    for encoding in ("utf-8", "utf-16"):
        read = from_bytes(to_text(made).encode(encoding))
        assert read == made
        assert read.receipt == made.receipt


# Files that are none


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(content):
    refused(content)


@given(st.dictionaries(st.sampled_from([*DOCUMENT, "more"]), RAWS, max_size=4), st.booleans())
def test_any_values_in_the_fields_give_a_hand_in_or_a_reason(changes, sealed_anew):
    content = sealed(**changes) if sealed_anew else json.dumps({**DOCUMENT, **changes}).encode()
    assert outcome(content) in ("taken", *REASONS)


@given(st.integers(0, len(to_text(SAMPLE).encode()) - 2))
def test_a_file_cut_off_anywhere_is_refused(length):
    assert refused(to_text(SAMPLE).encode()[:length]).reason in ("not-json", "not-text", "empty", "not-a-hand-in")


@given(st.integers(0, 8 * len(to_text(SAMPLE).encode()) - 1))
def test_a_flipped_bit_is_found_or_stands_in_the_word_to_the_reader(bit):
    content = bytearray(to_text(SAMPLE).encode())
    content[bit // 8] ^= 1 << (bit % 8)
    assert outcome(bytes(content)) in REASONS or from_bytes(bytes(content)) == SAMPLE


WHOLE = to_text(SAMPLE)
KINDS = {
    "empty": [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\x00\x00"],
    "too-large": [b" " * (LARGEST_FILE + 1), b"[" * (LARGEST_FILE + 1)],
    "not-text": [
        WHOLE.encode("cp1251", "replace")[:200] + "Айгерим".encode("cp1251"),
        WHOLE.encode("utf-16-le"), b"\x00" * 500, b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n", "é".encode("latin-1"),
    ],
    "not-json": [b"{", b"hello", b'{"format": "regionalism-hand-in",}', b"{'format': 1}", b"[1 2]", WHOLE.encode() * 2],
    "too-deep": [b"[" * 50_000, b'{"a":' * 50_000, b"[" * 30 + b"]" * 30, b'{"a":[' * 2_000 + b"]}" * 2_000],
    "not-a-hand-in": [b"null", b"12", b'"text"', b"[]", b"{}", b'{"format": "regionalism-class"}', b'{"format": []}'],
    "answers-file": [b'{"format": "regionalism-answers", "version": 2}'],
    "a-notebook": [b'{"cells": [], "nbformat": 4}'],
    "newer-version": [
        sealed(version=2),
        WHOLE.replace('"version": 1', '"version": 99').encode(),
        sealed(version=10**300),
    ],
    "changed": [
        WHOLE.replace("12 %", "13 %").encode(),
        WHOLE.replace("Айгерим", "Айгерим").encode("utf-8").replace(b"7", b"8", 1),
        WHOLE.encode("utf-8").decode("latin-1").encode("utf-8"), WHOLE.replace('"checksum"', '"checksums"').encode(),
        json.dumps({**DOCUMENT, "checksum": None}).encode(), json.dumps({**DOCUMENT, "more": 1}).encode(),
    ],
    "wrong-shape": [
        b'{"format": "regionalism-hand-in", "version": NaN}', b'{"version": 1e999}', b'{"a": 1, "a": 2}',
        b'{"a": -Infinity}',
        b'{"version": ' + b"9" * 5_000 + b"}", b'{"version": 0.' + b"1" * 100_000 + b"}",
        sealed(version=True), sealed(version="1"), sealed(version=0), sealed(version=-3), sealed(version=None),
        sealed(student=""), sealed(student="\u200b"), sealed(student="a\u0000b"), sealed(student="a\nb"),
        sealed(student=7),
        sealed(student="a" * (LONGEST_ID + 1)), sealed(student="\ud800"), sealed(student=["a"]),
        sealed(student="a\u2028b"),
        sealed(chapter="../gains"), sealed(chapter="Gains"), sealed(chapter=None), sealed(chapter="a" * 100),
        sealed(course=""), sealed(course=1), sealed(seed=""), sealed(seed=None), sealed(seed="s" * 2_000),
        sealed(**{"class": "xyz"}), sealed(**{"class": None}), sealed(**{"class": ["9f3a2b1c"]}),
        sealed(made="yesterday"), sealed(made="2026-13-01T00:00Z"), sealed(made="2026-11-22"), sealed(made=1),
        sealed(made="٢٠٢٦-11-22T05:20Z"),
        sealed(answers=[]), sealed(answers=None), sealed(numbers=None), sealed(answers={}), sealed(numbers={}),
        sealed(answers={"a": "b"}, numbers={"a": "01234567"}), sealed(answers={"a": []}, numbers={"a": "0123456"}),
        sealed(answers={"a": []}, numbers={"a": 1}), sealed(answers={"": []}, numbers={"": "01234567"}),
        sealed(answers={"a": [1] * (MOST_ANSWERS + 1)}, numbers={"a": "01234567"}),
        sealed(answers={"a": ["x" * 20_001]}, numbers={"a": "01234567"}),
        sealed(answers={"a": [{"x" * 20_001: 1}]}, numbers={"a": "01234567"}),
        sealed(answers={"a": [["\udfff"]]}, numbers={"a": "01234567"}),
        sealed(answers={"a" * 201: []}, numbers={"a" * 201: "01234567"}),
        sealed(
            answers={f"q{n}": [] for n in range(MOST_QUESTIONS + 1)},
            numbers={f"q{n}": "01234567" for n in range(MOST_QUESTIONS + 1)},
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("reason", "number"), [(name, n) for name, files in KINDS.items() for n in range(len(files))])
def test_each_sort_of_file_has_its_reason(reason, number):
    assert refused(KINDS[reason][number]).reason == reason


def test_every_reason_has_words_and_an_example():
    assert set(KINDS) == set(REASONS)
    assert all(set(words) <= set(string.ascii_letters + " ,'-") for words in REASONS.values())


def test_the_wrong_file_is_told_which_button_makes_the_right_one():
    for reason in ("answers-file", "a-notebook"):
        assert "Make my hand-in" in str(refused(KINDS[reason][0]))


@pytest.mark.parametrize("content", [b'"\\' * 2_000_000, b'{"' * 2_000_000, b'"[' * 2_000_000, b"\\" * 4_000_000])
def test_the_search_for_depth_takes_a_moment_whatever_the_text(content):
    began = time.process_time()
    refused(content[:LARGEST_FILE])
    assert time.process_time() - began < 5


# Versions


def test_an_earlier_version_is_brought_up_step_by_step():
    steps = {1: lambda document: {**document, "one": 1}, 2: lambda document: {**document, "two": document["one"] + 1}}
    assert migrate(DOCUMENT, steps, newest=3) == {**DOCUMENT, "one": 1, "two": 2, "version": 3}


def test_a_version_without_a_step_is_refused():
    with pytest.raises(RefusedHandIn, match="never was in use"):
        migrate(DOCUMENT, {}, newest=2)


def test_the_receipt_of_an_earlier_version_stays_the_one_its_student_wrote_down(monkeypatch):
    monkeypatch.setattr(handin, "VERSION", 2)
    monkeypatch.setattr(handin, "migrate", lambda document: {**document, "version": 2})
    assert from_bytes(WHOLE.encode()).receipt == handin.receipt(DOCUMENT["checksum"])
