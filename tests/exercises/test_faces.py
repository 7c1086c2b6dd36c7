"""Faces: what their fields offer, what the live lines say, and that nothing odd breaks them."""

from __future__ import annotations

import re

import pytest

from regionalism.exercises.faces import AllocateFace, MarkFace, face_of, order_words
from regionalism.exercises.page import partners_in_order
from regionalism.exercises.question import ordered, value_of
from regionalism.exercises.reading import SILENT, Parsed, read


@pytest.fixture
def face(question):
    """The face of a sample question for one student."""
    return lambda name, seed="Aigerim": face_of(question(name), question(name).numbers(seed), seed)


def said_by(face) -> str:
    """What the live line says, without its marks."""
    return re.sub(r"<[^>]+>", " ", face.line.widget.value).strip()


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table", "text", "order", "match",
                                  "allocate", "mark", "span", "guess", "estimate"])
def test_a_face_gives_back_what_it_shows_and_begins_silent(face, question, name):
    asked, numbers = question(name), question(name).numbers("Aigerim")
    begun = face(name)
    assert read(asked, numbers, begun.read()) == SILENT
    if not asked.judged:
        return
    right = value_of(asked.right, numbers)
    if name == "order":
        right = {"talk": 1, "vote": 2, "sign": 3, "act": 4}
    raw = sorted(right) if isinstance(right, set) else right
    begun.fill(raw)
    found = read(asked, numbers, begun.read())
    assert isinstance(found, Parsed)
    assert found.answer == read(asked, numbers, raw).answer
    copy = face(name)
    copy.fill(begun.read())
    assert copy.read() == begun.read()


# Order


def test_an_order_names_its_ends_and_says_how_it_stands(face):
    order = face("order")
    labels = [label for label, _ in order.lists["talk"].options]
    assert labels == ["not placed yet", "1: first in time", "2", "3", "4: last in time"]
    assert "nothing has a place yet" in said_by(order)
    order.lists["act"].value = 4
    order.lists["talk"].value = 1
    assert "Your order so far: They talk, then They act." in said_by(order)
    assert "Still without a place: " in said_by(order)
    order.lists["sign"].value = order.lists["vote"].value = 2
    assert re.search(r"Place 2 is given 2 times: They (sign; They vote|vote; They sign)\.", said_by(order))
    order.lists["vote"].value = 3
    assert said_by(order) == "Your order so far: They talk, then They sign, then They vote, then They act."
    assert order.read() == {"talk": 1, "sign": 2, "vote": 3, "act": 4}
    assert 'role="status"' in order.line.widget.value


def test_an_order_takes_places_as_text_and_leaves_odd_ones(face):
    order = face("order")
    order.fill({"talk": "2", "sign": True, "vote": 9, "act": [1], "other": 1})
    assert order.read() == {"talk": 2}
    order.fill({})
    assert order.read() == {}
    assert order_words({"a": "A"}, {"a": 1}) == ["Your order so far: A."]


# Match


def test_a_partner_used_twice_is_told(face):
    match = face("match")
    assert "0 of 3 have a partner." in said_by(match)
    match.lists["doubt"].value = match.lists["tempt"].value = "fine"
    assert "2 of 3 have a partner." in said_by(match)
    assert "It can serve only once." in said_by(match)
    match.lists["tempt"].value = "watch"
    assert "only once" not in said_by(match)
    assert match.read() == {"doubt": "fine", "tempt": "watch"}


def test_the_partners_do_not_stand_in_the_order_of_the_items(question):
    asked = question("match")
    pairs = set()
    for seed in map(str, range(30)):
        items = [item.id for item in ordered(asked.kind.items, True, seed, asked.id)]
        partners = [partner.id for partner in partners_in_order(asked, seed)]
        assert sorted(partners) == ["feast", "fine", "judge", "watch"]
        pairs.add(tuple(partners.index(asked.right[item]) for item in items))
    assert len(pairs) > 8


# Allocate


@pytest.fixture
def shares(question):
    """The face of the sharing question with numbers that a reader can follow."""
    return AllocateFace(question("allocate").kind, {"total": 100, "alone": 30})


def give(shares, **typed):
    for name, text in typed.items():
        shares.cells[name].box.value = text


def test_shares_say_what_is_left_and_who_would_walk_out(shares):
    assert said_by(shares) == "Given out: 0 mn USD of 100 mn USD."
    give(shares, arka="12,5")
    assert "Given out: 12.5 mn USD of 100 mn USD. 87.5 mn USD is left." in said_by(shares)
    assert "Arka (now 12.5 mn USD, can get 30 mn USD, by going alone)" in said_by(shares)
    assert "An empty box counts as nothing here." in said_by(shares)
    give(shares, arka="35", boro="40", celan="30")
    assert "5 mn USD too much." in said_by(shares)
    give(shares, celan="25")
    assert "Nothing is left." in said_by(shares)
    assert "Nobody would walk out." in said_by(shares)
    assert "empty box" not in said_by(shares)


@pytest.mark.parametrize("typed", ["abc", "-3", "1,234", "12 %", "9" * 70, "<b>7</b>", "½ of it"])
def test_the_box_that_cannot_be_read_is_named(shares, typed):
    give(shares, boro=typed, arka="40")
    assert said_by(shares).startswith("Boro: ")
    assert "<b>" not in shares.line.widget.value
    assert "Given out: 40 mn USD" in said_by(shares)
    shares.buttons["boro"][1].click()
    assert shares.cells["boro"].box.value == typed


def test_the_buttons_step(shares):
    less, more = shares.buttons["arka"]
    assert (less.description, more.description) == ("− 5", "+ 5")
    for button in (more, more, less):
        button.click()
    assert shares.read() == {"arka": "5"}
    less.click()
    less.click()
    assert shares.read() == {"arka": "0"}
    give(shares, arka="2,5")
    more.click()
    assert shares.read() == {"arka": "7.5"}


# Mark


def test_nothing_is_marked_until_something_is_touched(face):
    mark = face("mark")
    assert mark.read() is None
    assert "Nothing is marked yet" in said_by(mark)
    before = mark.chart.value
    mark.boxes[0].value = 2008
    assert mark.read() == 2008
    assert mark.sliders[0].value == 2008
    assert said_by(mark) == "Marked: 2008."
    assert mark.chart.value != before
    mark.fill(None)
    assert mark.read() is None
    assert mark.chart.value == before


def test_a_stretch_has_two_ends(face):
    span = face("span")
    assert [box.description for box in span.boxes] == ["From", "To"]
    span.sliders[1].value = 2012
    assert span.read() == [2000, 2012]
    assert span.boxes[1].value == 2012
    assert said_by(span) == "Marked: 2000 to 2012."


def test_a_mark_in_the_place_where_the_slider_began_can_be_given(question):
    asked = question("mark")
    mark = MarkFace(asked.kind, {"peak": 2010})
    start = mark.sliders[0].value
    mark.sliders[0].value = start + 1
    mark.sliders[0].value = start
    assert mark.read() == start


@pytest.mark.parametrize("raw", ["x", [1], [2001, 2002, 2003], {"a": 1}, 1e300, -5, True, float("nan"), [None, None]])
def test_odd_marks_leave_the_face_as_it_is(face, raw):
    for name in ("mark", "span"):
        mark = face(name)
        mark.fill(raw)
        assert mark.read() is None


# Predict


@pytest.mark.parametrize("name", ["guess", "estimate"])
def test_a_fixed_guess_is_closed(face, name):
    guess = face(name)
    assert guess.field.description.startswith("Your guess")
    assert not guess.field.disabled
    guess.fix()
    assert guess.field.disabled
