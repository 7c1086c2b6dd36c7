"""Who a student is: ids that look alike are one, a class file that cannot be used says so."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises import identity
from regionalism.exercises.draws import sheet_seed
from regionalism.exercises.identity import (
    CLASS_FILE,
    CLASS_PLACE,
    NO_CLASS,
    Class,
    DamagedClass,
    class_from_text,
    class_of,
    class_to_text,
    lookalike,
    packaged_class,
)

KNOWN = Class("Autumn", "secret", ("A17", "102", "Айгерим", "B-3"))


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ("A17", "A17"), ("a17", "A17"), ("А17", "A17"), (" Α17 ", "A17"), ("A 17", "A17"), ("Ａ１７", "A17"),
        (102, "102"), ("１０２", "102"), ("айгерим", "Айгерим"), ("b3", "B-3"), ("B\u200b-3", "B-3"),
        ("103", None), ("A171", None), ("Aigerim", None),
    ],
)  # fmt: skip
def test_an_id_typed_on_another_keyboard_is_found_on_the_list(typed, listed):
    assert KNOWN.listed(typed) == listed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-11", "1–11"), ("1-11", "1 -- 11"), ("1-11", "1/11"), ("B-3", "B3"), ("b_3", "B 3"), ("12 34", "1234"),
        ("A-1-b", "A1B"), ("(7)", "7"),
    ],
)  # fmt: skip
def test_separators_count_only_between_numbers(one, other):
    assert lookalike(one) == lookalike(other)


def test_ids_that_differ_to_the_eye_stay_apart():
    ids = ("A17", "A18", "B17", "17A", "A71", "---", "###", "1-11", "11-1", "कि", "की")
    assert len({lookalike(known) for known in ids}) == len(ids)


@pytest.mark.parametrize("empty", ["", "   ", "\u200b", "\n"])
def test_an_empty_id_is_none(empty):
    with pytest.raises(ValueError, match="seed must"):
        lookalike(empty)


@given(st.text(min_size=1, max_size=20))
def test_the_form_of_an_id_does_not_change_when_it_is_taken_again(text):
    try:
        form = lookalike(text)
    except ValueError:
        return
    assert form
    assert lookalike(text.upper()) == lookalike(text.upper().lower())


def test_a_listed_student_has_one_seed_however_the_id_is_typed():
    assert KNOWN.seed_of("А17") == KNOWN.seed_of("a 17") == sheet_seed("A17", "secret")
    assert KNOWN.seed_of("unknown") == sheet_seed("unknown", "secret")
    assert NO_CLASS.seed_of("A17") == sheet_seed("A17")
    assert Class(seed="other").seed_of("A17") != KNOWN.seed_of("A17")


def test_the_mark_of_a_class_tells_classes_apart_and_not_the_seed():
    assert KNOWN.tag == Class(seed="secret").tag
    assert KNOWN.tag != Class(seed="other").tag
    assert len(KNOWN.tag) == 8
    assert "secret" not in KNOWN.tag
    assert NO_CLASS.tag == ""


def test_a_class_travels_and_compares_after_it_was_asked():
    assert KNOWN.listed("102") == "102"
    again = pickle.loads(pickle.dumps(KNOWN))
    assert again == KNOWN
    assert again.listed("a17") == "A17"


def test_a_class_file_reads_back_also_with_a_byte_order_mark(tmp_path):
    assert class_from_text(class_to_text(KNOWN)) == KNOWN
    (tmp_path / CLASS_FILE).write_text(class_to_text(KNOWN), encoding="utf-8-sig")
    assert class_of(tmp_path) == KNOWN
    assert class_of(tmp_path / "nowhere") is NO_CLASS


def changed(**parts):
    return json.dumps({**json.loads(class_to_text(KNOWN)), **parts})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not whole"), (class_to_text(KNOWN)[:40], "not whole"), ("[" * 100_000, "not whole"),
        ("[]", "not a class"),
        ("{}", "not a class"), (changed(version=2), "version 2"), (changed(seed=None), "must be texts"),
        (changed(title=7), "must be texts"), (changed(ids="A17"), "list of texts"),
        (changed(ids=[" "]), "list of texts"),
        (changed(ids=[7]), "list of texts"), (changed(ids=["\u200b"]), "list of texts"),
    ],
)  # fmt: skip
def test_a_class_file_that_cannot_be_used_says_why(tmp_path, text, words):
    (tmp_path / CLASS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedClass, match=words) as caught:
        class_of(tmp_path)
    assert CLASS_FILE in str(caught.value)


def test_a_file_in_another_encoding_or_of_the_wrong_size_is_no_class(tmp_path):
    (tmp_path / CLASS_FILE).write_bytes('{"title": "Айгерим"}'.encode("cp1251"))
    with pytest.raises(DamagedClass, match="cannot be read"):
        class_of(tmp_path)
    (tmp_path / CLASS_FILE).write_bytes(b" " * 5_000_001)
    with pytest.raises(DamagedClass, match="too large"):
        class_of(tmp_path)


# A class that travels inside the package


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A stand-in for the installed package, with a folder for the class."""
    monkeypatch.setattr(identity.resources, "files", lambda name: tmp_path / name)
    folder = tmp_path / "regionalism" / CLASS_PLACE
    folder.mkdir(parents=True)
    return folder


def test_the_class_inside_the_package_is_found_where_no_file_lies_beside(package, tmp_path):
    (package / CLASS_FILE).write_text(class_to_text(KNOWN), encoding="utf-8")
    assert packaged_class() == KNOWN
    assert class_of(tmp_path) == KNOWN


def test_a_file_beside_the_sheet_comes_before_that_of_the_package(package, tmp_path):
    (package / CLASS_FILE).write_text(class_to_text(KNOWN), encoding="utf-8")
    other = Class("Spring", "another secret")
    (tmp_path / CLASS_FILE).write_text(class_to_text(other), encoding="utf-8")
    assert class_of(tmp_path) == other


def test_a_package_without_a_class_gives_none(package, tmp_path):
    assert packaged_class() is NO_CLASS
    assert class_of(tmp_path) is NO_CLASS


def test_the_installed_package_has_no_class():
    assert packaged_class() is NO_CLASS


@pytest.mark.parametrize(
    "text", ["", "{", "[]", class_to_text(KNOWN)[:-20], class_to_text(KNOWN).replace("1,", "9,", 1)]
)
def test_a_damaged_class_inside_the_package_is_refused(package, tmp_path, text):
    (package / CLASS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedClass, match="class.json cannot be used"):
        packaged_class()
    with pytest.raises(DamagedClass, match="class.json cannot be used"):
        class_of(tmp_path)


def test_a_class_inside_the_package_may_begin_with_a_mark_of_its_encoding(package):
    (package / CLASS_FILE).write_text(class_to_text(KNOWN), encoding="utf-8-sig")
    assert packaged_class() == KNOWN
