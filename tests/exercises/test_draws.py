"""Draws: the same on every machine, evenly spread, deaf to the way a name is typed."""

from __future__ import annotations

from collections import Counter

import pytest

from regionalism.exercises.draws import Draw, hash64, readable, seed_text
from regionalism.exercises.question import ordered


def test_hash_is_fnv_1a():
    # Published test values of FNV-1a, 64 bits.
    assert hash64("") == 0xCBF29CE484222325
    assert hash64("a") == 0xAF63DC4C8601EC8C
    assert hash64("foobar") == 0x85944171F73967E8


def test_stream_is_splitmix64(draw):
    # Published test values of splitmix64 for the seed 1234567.
    draw._state = 1234567
    assert [draw._next() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_golden_numbers():
    # These numbers stand on students' sheets: they must never change.
    draw = Draw("Aigerim", "gains.battalion")
    assert [draw.integer(1, 100) for _ in range(6)] == [22, 100, 70, 55, 55, 67]
    assert draw.shuffle("abcdef") == ["a", "c", "d", "f", "b", "e"]
    assert [draw.step(0.1, 0.9, 0.1) for _ in range(4)] == [0.7, 0.4, 0.6, 0.7]
    assert draw.sample(("KAZ", "KGZ", "TJK", "TKM", "UZB"), 2) == ["KGZ", "TKM"]
    assert Draw("Айгерим", "gains.battalion").integer(0, 10**6) == 776769
    assert Draw(4711, "gains.battalion").integer(0, 10**6) == 696032


@pytest.mark.parametrize("typed", ["aigerim", " AIGERIM ", "Aigerim\n", "\u00a0aigerim"])
def test_typing_habits_do_not_matter(typed):
    assert Draw(typed, "q").integer(0, 10**9) == Draw("Aigerim", "q").integer(0, 10**9)


def test_composed_and_decomposed_letters_are_one_seed():
    assert seed_text("J\u00f6rg  Ma\u0308r") == seed_text("jo\u0308rg m\u00e4r")


def test_options_have_a_stream_of_their_own():
    items = tuple("abcdef")
    assert ordered(items, True, "Aigerim", "demo.q") == ["c", "a", "b", "d", "f", "e"]
    assert ordered(items, True, "Aigerim", "demo.q") != Draw("Aigerim", "demo.q").shuffle(items)
    assert ordered(items, False, "Aigerim", "demo.q") == list(items)


def test_students_and_questions_draw_apart():
    firsts = {Draw(seed, q).integer(0, 10**9) for seed in ("a", "b", "c") for q in ("x", "y")}
    assert len(firsts) == 6
    assert Draw("ab", "c").integer(0, 10**9) != Draw("a", "bc").integer(0, 10**9)


def test_even_spread_over_students():
    counts = Counter(Draw(number, "demo.q").integer(1, 6) for number in range(6000))
    assert set(counts) == set(range(1, 7))
    # Chi square with 5 degrees of freedom: above 20.5 once in a thousand.
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < 20.5


def test_even_spread_of_orders():
    counts = Counter("".join(Draw(number, "demo.o").shuffle("abc")) for number in range(3000))
    assert len(counts) == 6
    assert sum((count - 500) ** 2 / 500 for count in counts.values()) < 20.5


def test_steps_are_exact_decimals_and_stay_within(draw):
    values = {draw.step(0.1, 0.45, 0.1) for _ in range(200)}
    assert values == {0.1, 0.2, 0.3, 0.4}
    assert {draw.step(10, 20, 5) for _ in range(100)} == {10, 15, 20}
    assert isinstance(draw.step(10, 20, 5), int)


def test_shuffle_keeps_its_argument_and_all_items(draw):
    items = [1, 2, 3, 4]
    assert sorted(draw.shuffle(items)) == items
    assert items == [1, 2, 3, 4]
    assert draw.shuffle([]) == []
    assert draw.pick("x") == "x"


@pytest.mark.parametrize("seed", ["", "   ", "\n\t", None, 1.5, True, ["a"]])
def test_odd_seeds_are_refused(seed):
    with pytest.raises(ValueError, match="seed"):
        Draw(seed, "q")


def test_any_text_is_a_seed():
    for seed in ("😀", "<b>", "\ud800", "x" * 10_000, -3, "' OR 1=1"):
        assert 0 <= Draw(seed, "q").integer(0, 9) <= 9


@pytest.mark.parametrize(
    "call",
    [
        lambda d: d.integer(3, 2),
        lambda d: d.integer(0.5, 2),
        lambda d: d.integer(False, 2),
        lambda d: d.step(0, 1, 0),
        lambda d: d.step(1, 0, 0.1),
        lambda d: d.pick([]),
        lambda d: d.sample("ab", 3),
        lambda d: d.sample("ab", -1),
    ],
)
def test_impossible_draws_are_refused(draw, call):
    with pytest.raises(ValueError, match=r"."):
        call(draw)


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("Aigerim K.", "aigerim-k"), ("José", "jose"), ("../../etc", "etc"), ("Айгерим", "student"), ("-", "student"),
        ("x" * 300, "x" * 20), ("abcdefghij-klmnopqrs-t", "abcdefghij-klmnopqrs"), (17, "17"),
    ],
)  # fmt: skip
def test_the_readable_part_of_a_file_name_is_short_and_plain(student, name):
    assert readable(student) == name
