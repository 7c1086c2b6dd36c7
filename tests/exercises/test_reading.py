"""Reading: what students type becomes a number or a kind word, never an error."""

from __future__ import annotations

import pytest

from regionalism.exercises.question import Number
from regionalism.exercises.reading import SILENT, Parsed, Unreadable, read, read_number

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
        assert "Write" in found.reason
        assert "!" not in found.reason


def test_words_for_a_number_get_an_example():
    assert reason("twelve percent") == "Write a number such as 12 or 0.12."


def test_one_comma_before_three_digits_is_asked_back():
    assert reason("1,234") == "1,234 can be read in two ways. Write 1234 or 1.234."
    assert "two ways" in reason("-12,345")


def test_percent_where_none_is_asked():
    assert reason("12 %") == "The answer is asked for in bn USD, not in percent."
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
    assert value("3", Number(unit="bn USD", between=between)) == 3


def test_reading_is_told():
    assert read_number(SHARE, {}, "0,125").reading == "Read as 12.5 %."
    assert read_number(PLAIN, {}, "1 234,5").reading == "Read as 1234.5 bn USD."


@pytest.mark.parametrize("name", ["number", "choice", "several", "cards", "sliders", "table", "text", "transfer"])
def test_silence_of_every_kind(question, name):
    for raw in (None, "", "  ", "\n"):
        assert read(question(name), {"limit": 2, "low": 10}, raw) is SILENT


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("several", []), ("several", set()), ("cards", {}), ("cards", {"radar": None, "border": ""}),
        ("table", {}), ("table", {"low": "", "high": None}), ("sliders", {}),
        ("sliders", {"theta": 0.0, "members": 2.0}),
    ],
)  # fmt: skip
def test_empty_containers_are_silence(question, name, raw):
    assert read(question(name), {"limit": 2, "low": 10}, raw) is SILENT


def test_open_places_are_named(question):
    found = read(question("cards"), {}, {"radar": "best"})
    assert found.open == ("A border", "A fund")
    found = read(question("table"), {"low": 10}, {"low": "12"})
    assert found == Parsed({"low": 12.0}, "Read as Low: 12 bn USD.", ("High",))


def test_a_bad_cell_is_named(question):
    found = read(question("table"), {"low": 10}, {"low": "12", "high": "half"})
    assert found.reason == "High: Write a number such as 12 or 0.12."


def test_text_is_bounded_and_mended(question):
    assert "20,000" in read(question("text"), {}, "x" * 20_001).reason
    assert len(read(question("text"), {}, "x" * 20_000).answer) == 20_000
    assert read(question("text"), {}, " broken \ud800 sign ").answer == "broken ? sign"
