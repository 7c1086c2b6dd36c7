"""Reading: what students type becomes a number or a kind word, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises.question import Mark, Number, Plot
from regionalism.exercises.reading import (
    SILENT,
    Parsed,
    Unreadable,
    given_words,
    read,
    read_mark,
    read_number,
    show_number,
)

PLAIN = Number(unit="bn USD")
SHARE = Number(percent=True)


def value(raw, kind=PLAIN):
    found = read_number(kind, {}, raw)
    assert isinstance(found, Parsed), found
    return found.answer


def reason(raw, kind=PLAIN):
    found = read_number(kind, {}, raw)
    assert isinstance(found, Unreadable), found
    return found.reason


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12", 12), (" 12 ", 12), ("12.5", 12.5), ("0,12", 0.12), (",5", 0.5), (".5", 0.5), ("12.", 12),
        ("1 234,5", 1234.5), ("1\u00a0234,5", 1234.5), ("1\u202f234.5", 1234.5), ("1,234.5", 1234.5),
        ("1.234,5", 1234.5), ("1'234.5", 1234.5), ("1’234’567", 1234567), ("1,234,567", 1234567),
        ("1.234.567", 1234567), ("12 345", 12345), ("1.234", 1.234), ("0,123", 0.123), ("12,34", 12.34),
        ("1234,567", 1234.567), ("-3", -3), ("−3,5", -3.5), ("– 3", -3), ("+7", 7), ("≈ 12", 12), ("= 12", 12),
        ("~12", 12),
        ("1e3", 1000), ("2.5E-2", 0.025), ("1/4", 0.25), ("1 / 4", 0.25), ("1 1/2", 1.5), ("½", 0.5), ("2½", 2.5),
        ("-¼", -0.25), ("3⁄4", 0.75), ("12 bn USD", 12), ("12BN usd", 12), ("١٢", 12), ("１２", 12),
        (12, 12), (0, 0), (0.25, 0.25), (-7.5, -7.5),
    ],
)  # fmt: skip
def test_numbers_as_typed(raw, expected):
    assert value(raw) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12 %", 0.12), ("12%", 0.12), ("12,5 %", 0.125), ("12", 0.12), ("0.12", 0.12), ("0,12", 0.12),
        ("100", 1), ("100 %", 1), ("1", 1), ("0", 0), ("0,5 %", 0.005), ("12 percent", 0.12), ("12 per cent", 0.12),
        ("12 Pct.", 0.12), ("½", 0.5), ("1/8", 0.125), ("50 ٪", 0.5), (12, 0.12), (0.12, 0.12), ("-12 %", -0.12),
    ],
)  # fmt: skip
def test_shares_as_typed(raw, expected):
    assert value(raw, SHARE) == pytest.approx(expected)


@pytest.mark.parametrize(("raw", "expected"), [("12", 12), ("12.0", 12), (3, 3), ("0", 0), ("-2", -2), ("4/2", 2)])
def test_whole_numbers_as_typed(raw, expected):
    assert value(raw, Number(whole=True)) == expected


@pytest.mark.parametrize("raw", ["0.12", "12,5", "½", 0.5, "-0.1"])
def test_a_part_of_one_is_sent_back_where_whole_numbers_are_counted(raw):
    assert "give a whole number." in reason(raw, Number(whole=True, between=(0, 100)))


@pytest.mark.parametrize(
    "raw",
    [
        "twelve percent", "abc", "<b>12</b>", "12 or 13", "12-13", "1..2", "1,2,3", "1 2", "12 34 567", "--3",
        "- -3", "%",
        "½½", "1/0", "1/2/3", "nan", "NaN", "inf", "-inf", "Infinity", "1e999", "0x10", "1_000", "😀", "10²", "²", "e5",
        "1e",
        ".", ",", "-", "+", "'", "1'2", "1.2.3", "1,23.4,5", "9" * 61, "1" + "0" * 59 + "e99", "$12",
        "__import__('os')",
        float("nan"), float("inf"), -float("inf"), 10**400, True, False, [], [12], {}, {"a": 1}, (1,), object(), b"12",
    ],
)  # fmt: skip
def test_nonsense_gets_a_kind_word(raw):
    for kind in (PLAIN, SHARE):
        found = read_number(kind, {}, raw)
        assert isinstance(found, Unreadable), (raw, found)
        assert "write a number such as" in found.reason
        assert "!" not in found.reason


def test_words_for_a_number_get_an_example():
    assert reason("twelve percent") == "“twelve percent”: write a number such as 12 or 0.12."


def test_one_comma_before_three_digits_is_asked_back():
    assert reason("1,234") == "1,234 can be read in two ways. Write 1234 or 1.234."
    assert "two ways" in reason("-12,345")


def test_percent_where_none_is_asked():
    assert reason("12 %") == "“12 %”: the answer is asked for in bn USD, not in percent."
    assert value("12 %", Number(unit="%")) == 12
    assert value("12", Number(unit="%")) == 12


@pytest.mark.parametrize(
    ("between", "raw", "words"),
    [
        ((0, 5), "6", "between 0 bn USD and 5 bn USD"),
        ((0, None), "-1", "at least 0 bn USD"),
        ((None, 5), "7", "at most 5 bn USD"),
    ],
)
def test_numbers_out_of_range_are_sent_back(between, raw, words):
    assert words in reason(raw, Number(unit="bn USD", between=between))
    assert reason(raw, Number(unit="bn USD", between=between)).startswith(f"“{raw}”: give a number")
    assert value("3", Number(unit="bn USD", between=between)) == 3


def test_reading_is_told():
    assert read_number(SHARE, {}, "0,125").reading == "Read as 12.5 %."
    assert read_number(PLAIN, {}, "1 234,5").reading == "Read as 1234.5 bn USD."


EVERY = ["number", "choice", "several", "cards", "sliders", "table", "text", "transfer", "order", "match", "allocate",
         "mark", "span", "guess", "estimate"]  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_silence_of_every_kind(question, name):
    asked = question(name)
    for raw in (None, "", "  ", "\n"):
        assert read(asked, asked.numbers("1"), raw) is SILENT


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("several", []), ("several", set()), ("cards", {}), ("cards", {"radar": None, "border": ""}),
        ("table", {}), ("table", {"low": "", "high": None}), ("sliders", {}),
        ("sliders", {"theta": 0.0, "members": 2.0}), ("order", {}), ("order", {"talk": "", "act": None}),
        ("match", {}), ("match", {"doubt": " "}), ("allocate", {}), ("allocate", {"arka": "", "boro": None}),
        ("mark", []), ("mark", [None]), ("mark", [""]), ("span", []), ("span", [None, ""]), ("span", ["", None]),
    ],
)  # fmt: skip
def test_empty_containers_are_silence(question, name, raw):
    asked = question(name)
    assert read(asked, asked.numbers("1"), raw) is SILENT


def test_open_places_are_named(question):
    found = read(question("cards"), {}, {"radar": "best"})
    assert found.open == ("A border", "A fund")
    found = read(question("table"), {"low": 10}, {"low": "12"})
    assert found == Parsed({"low": 12.0}, "Read as Low: 12 bn USD.", ("High",))


def test_a_bad_cell_is_named(question):
    found = read(question("table"), {"low": 10}, {"low": "12", "high": "half"})
    assert found.reason == "High: “half”: write a number such as 12 or 0.12."


def test_text_is_bounded_and_mended(question):
    assert "20,000" in read(question("text"), {}, "x" * 20_001).reason
    assert len(read(question("text"), {}, "x" * 20_000).answer) == 20_000
    assert read(question("text"), {}, " broken \ud800 sign ").answer == "broken ? sign"


# Orders, pairs, shares, marks, guesses


def read_raw(asked, raw):
    return read(asked, asked.numbers("1"), raw)


ORDERED = {"talk": 1, "sign": 2, "vote": 3, "act": 4}


@pytest.mark.parametrize("raw", [
    ORDERED, {name: str(place) for name, place in ORDERED.items()}, {"talk": " 1 ", "sign": "٢", "vote": "3", "act": 4},
    dict(reversed(ORDERED.items())),
])  # fmt: skip
def test_an_order_is_read_from_places(question, raw):
    found = read_raw(question("order"), raw)
    assert found.answer == ["talk", "sign", "vote", "act"]
    assert found.reading == "Read as: They talk, then They sign, then They vote, then They act."


def test_pairs_are_read_and_open_ones_named(question):
    found = read_raw(question("match"), {"doubt": "feast", "split": ""})
    assert found == Parsed({"doubt": "feast"}, open=("Each gains by leaving", "They quarrel over the shares"))


@pytest.mark.parametrize("raw", [{"arka": 20, "boro": "30,5", "celan": "49.5 mn USD"},
                                 {"arka": "0", "boro": "100", "celan": 0.0}])  # fmt: skip
def test_shares_are_read_as_typed(question, raw):
    found = read(question("allocate"), {"total": 100, "alone": 20}, raw)
    assert sum(found.answer.values()) == pytest.approx(100)


def test_shares_that_miss_the_sum_by_rounding_alone_are_read(question):
    thirds = dict.fromkeys(("arka", "boro", "celan"), 100 / 3)
    assert isinstance(read(question("allocate"), {"total": 100, "alone": 20}, thirds), Parsed)


@pytest.mark.parametrize(("raw", "expected"), [
    (2005, 2005), ("2005", 2005), ([2005], 2005), (2005.4, 2005), (2005.6, 2006), ("2 005", 2005), (2000, 2000),
    (2020, 2020), (2019.7, 2020),
])  # fmt: skip
def test_a_mark_goes_to_the_nearer_step(question, raw, expected):
    found = read_raw(question("mark"), raw)
    assert found == Parsed(expected, f"Read as {expected}.")


@pytest.mark.parametrize(("raw", "expected"), [
    ([2001, 2009], [2001, 2009]), (["2001", "2009"], [2001, 2009]), ((2001.4, 2008.6), [2001, 2009]),
    ([2000, 2020], [2000, 2020]), ([2007, 2007], [2007, 2007]), ([2007.4, 2006.6], [2007, 2007]),
])  # fmt: skip
def test_both_ends_of_a_stretch_go_to_the_nearer_step(question, raw, expected):
    found = read_raw(question("span"), raw)
    assert found == Parsed(expected, f"Read as {expected[0]} to {expected[1]}.")


@pytest.mark.parametrize(("step", "typed", "expected"), [(0.1, 0.3, 0.3), (0.1, "0,34", 0.3), (0.25, 0.4, 0.5),
                                                         (0.3, 1, 0.9), (0.7, 0.99, 0.7), (0.6, 1, 1)])  # fmt: skip
def test_steps_of_decimals_leave_no_crumbs(step, typed, expected):
    plot = Plot({"a": ((0.0, 0.0), (1.0, 1.0))}, "x", "y", (0, 1), (0, 1))
    assert read_mark(Mark(lambda n: plot, step=step), {}, typed).answer == expected


def test_a_guess_is_read_like_its_kind(question):
    assert read_raw(question("guess"), " more ").answer == "more"
    assert read_raw(question("estimate"), "30 %").answer == 0.3


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("number", "twelve percent", "“twelve percent”: write a number such as 12 or 0.12."),
        ("number", "120 %", "“120 %”: give a number between 0 % and 100 %."),
        ("number", [12], "A list: write a number such as 12 or 0.12."),
        ("number", {"a": 1}, "A group of answers: write a number such as 12 or 0.12."),
        ("number", 10**400, "This very large number: write a number such as 12 or 0.12."),
        ("choice", "all", "“all”: choose one of the options of this question."),
        ("several", "a", "“a”: tick the options that hold."),
        ("several", ["a", "z"], "“z”: this is not among the options; tick options from the list only."),
        ("cards", [], "A list: give each card a place."),
        ("cards", {"gone": "sum"}, "“gone”: this question has no such card; place its own cards."),
        ("cards", {"radar": "nowhere"}, "“nowhere”: there is no such heap for “A radar”; choose one from the list."),
        ("table", "12", "“12”: fill in the cells of this question."),
        ("table", {"x": 1}, "“x”: this question has no such part; fill in the cells of this question."),
        ("table", {"low": "12 %"}, "Low: “12 %”: the answer is asked for in bn USD, not in percent."),
        ("order", ["talk"], "A list: give a place to each item of this question."),
        ("order", {"talk": 5}, "“5”: give “They talk” a place from 1 to 4."),
        ("order", {"talk": 0}, "“0”: give “They talk” a place from 1 to 4."),
        ("order", {"talk": "first"}, "“first”: give “They talk” a place from 1 to 4."),
        ("order", {"talk": 1.5}, "“1.5”: give “They talk” a place from 1 to 4."),
        ("order", {"talk": True}, "“True”: give “They talk” a place from 1 to 4."),
        ("order", {"talk": 1, "act": 4},
         "Still without a place: They sign; They vote. Give each item a place of its own."),
        ("order", {**ORDERED, "act": 1}, "Place 1 goes to one item, not to 2: They talk; They act."),
        ("match", 3, "“3”: give each item of this question a partner."),
        ("match", {"gone": "fine"},
         "“gone”: this question has no such part; give each item of this question a partner."),
        ("match", {"doubt": "gone"},
         "“gone”: there is no such partner for “Nobody knows what the others do”; choose one from the list."),
        ("match", {"doubt": "fine", "split": "fine"},
         "“Fines” serves one item, not 2: Nobody knows what the others do; They quarrel over the shares."),
        ("allocate", "100", "“100”: give each receiver of this question a share."),
        ("allocate", {"arka": 10}, "Still without a share: Boro; Celan. Write 0 for nothing."),
        ("allocate", {"arka": "ten", "boro": 0, "celan": 0}, "Arka: “ten”: write a number such as 12 or 0.12."),
        ("allocate", {"arka": -1, "boro": 50, "celan": 51}, "Arka: “-1”: give a number of at least 0 mn USD."),
        ("allocate", {"arka": 10, "boro": 20, "celan": 30},
         "You have given out 60 of 100 mn USD: share out 40 mn USD more."),
        ("allocate", {"arka": 50, "boro": 50, "celan": 0.5},
         "You have given out 100.5 of 100 mn USD: take back 0.5 mn USD."),
        ("mark", [2001, 2002], "A list: mark one point."),
        ("mark", 1990, "“1990”: give a number between 2000 and 2020."),
        ("mark", {"x": 2001}, "A group of answers: write a number such as 12 or 0.12."),
        ("span", 2001, "“2001”: mark where it begins and where it ends."),
        ("span", [2001, None], "Still to be marked: where it ends."),
        ("span", ["", 2001], "Still to be marked: where it begins."),
        ("span", [2010, 2001], "It begins at 2010 and ends before that, at 2001. Turn them round."),
        ("guess", "lots", "“lots”: choose one of the options of this question."),
        ("estimate", "lots", "“lots”: write a number such as 12 or 0.12."),
        ("sliders", {"kind": "sum"}, "“kind”: this question has no such part; move the controls of this question."),
        ("sliders", {"theta": None}, "This: move the control “Spillover” to one of its own values."),
        ("text", 12, "“12”: write your answer as a text."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_what_to_do(question, name, raw, words):
    found = read(question(name), {"total": 100, "alone": 20, "peak": 2010, "low": 12, "limit": 2}, raw)
    assert found == Unreadable(words)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("a" * 41, f"“{'a' * 40}…”"), ("a" * 40, f"“{'a' * 40}”"), ("a\n\tb", "“a b”"), ("\u202eabc", "“abc”"),
        ("a\x00b\ud800c", "“a b c”"), ("`x`", "“'x'”"), ("[x](javascript:1)", "“[x] (javascript:1)”"), (True, "“True”"),
        (float("nan"), "“nan”"), (12, "“12”"), (10**4000, "this very large number"), ([1], "a list"),
        ({}, "a group of answers"), (object(), "this"), ("x" * 10**6, f"“{'x' * 40}…”"),
    ],
)  # fmt: skip
def test_what_was_given_is_named_without_harm(raw, words):
    assert given_words(raw) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1234567, "1234567"), (123456.7, "123457"), (12345.67, "12345.7"), (0.00002, "0.00002"), (1 / 3, "0.333333"),
     (-1 / 3, "-0.333333"), (0, "0"), (0.1 + 0.2, "0.3"), (1e15, "1e+15"), (100, "100"), (-1200000.0, "-1200000"),
     (999999.6, "1000000"), (float("inf"), "inf")],
)  # fmt: skip
def test_numbers_are_shown_without_exponents(number, words):
    assert show_number(Number(), number) == words


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("name", EVERY)
@given(raw=JSON)
def test_nothing_stops_the_reading(question, name, raw):
    asked = question(name)
    found = read(asked, asked.numbers("1"), raw)
    assert found is SILENT or isinstance(found, (Parsed, Unreadable))
    if isinstance(found, Unreadable):
        found.reason.encode()
        assert found.reason.endswith(".")


@given(number=st.floats(-1e9, 1e9).map(lambda value: round(value, 2)), comma=st.booleans(), groups=st.booleans())
def test_a_number_is_read_however_it_is_written(number, comma, groups):
    typed = f"{number:,.2f}".replace(",", " " if groups else "")
    assert value(typed.replace(".", ",") if comma else typed) == pytest.approx(number)
