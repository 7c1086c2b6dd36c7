"""Slips that people and spreadsheets make: the message says where, what is wrong and what to write instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import data
from regionalism.tables.checks import MOST, _longest_sorted
from regionalism.tables.slips import date_forms, hint, is_garbled, unreal_date

DATE = {"constraints": {"pattern": r"\d{4}(-\d\d(-\d\d)?)?"}}
FIELDS = {
    "iso3": {"constraints": {"required": True, "pattern": "[A-Z]{3}"}},
    "date": DATE,
    "year": {"type": "year", "constraints": {"minimum": 1990, "maximum": 2030}},
    "value": {"type": "number", "constraints": {"minimum": 0}},
    "kind": {"constraints": {"enum": ["treaty", "organisation"]}},
}
STATE_KEY = [{"fields": "iso3", "reference": {"resource": "states", "fields": "iso3"}}]
SOUND = """\
id,iso3,date,year,value,kind
A001,KAZ,2020-02-01,2020,0.5,treaty
A002,KGZ,2020-02,2020,1200,organisation
A003,TJK,,2021,,treaty
"""

# What the slip does to the file, and the words of the message.
SLIPS = {
    "a spreadsheet turned a date": (
        ("2020-02-01", "01.02.2020"),
        [
            "row 2 (A001), column date: '01.02.2020' does not have the form year, year-month or year-month-day",
            "A spreadsheet has changed the date",
            "year-month-day: 2020-02-01, or 2020-02 if only the month is known.",
        ],
    ),
    "a month that a spreadsheet named": (("2020-02,", "Feb-20,"), ["row 3 (A002), column date", "probably 2020-02."]),
    "a date that a spreadsheet stored as a number": (
        ("2020-02-01", "45967"),
        ["45967 is how a spreadsheet stores a day", "year-month-day: 2025-11-06."],
    ),
    "a stored date where a year belongs": (
        ("2021", "44228"),
        ["row 4 (A003), column year: 44228 is above", "stores the day 2021-02-01. Only the year belongs here: 2021."],
    ),
    "a day that does not exist": (
        ("2020-02-01", "2021-02-29"),
        ["row 2 (A001), column date: '2021-02-29' is no real date: February 2021 has 28 days."],
    ),
    "a month that does not exist": (("2020-02,", "2020-13,"), ["'2020-13' is no real date: there is no month 13."]),
    "a number out of range": (
        ("2021", "2031"),
        [
            "row 4 (A003), column year: 2031 is above the maximum 2030.",
            "If the figure is right, raise the maximum of this column in datapackage.json.",
        ],
    ),
    "a number below its range": (
        ("0.5", "-0.5"),
        ["-0.5 is below the minimum 0. If the figure is right, lower the minimum of this column in datapackage.json."],
    ),
    "a code of another form": (
        ("KAZ,", "KAZAKHSTAN,"),
        ["row 2 (A001), column iso3: 'KAZAKHSTAN' does not have the form of this column (iso3)."],
    ),
    "text read in a Western encoding": (
        ("treaty", "mayer \u00c2\u00a74"),
        ["row 2 (A001), column kind", "open the file again as UTF-8"],
    ),
    "text read in a Cyrillic encoding": (("treaty", "mayer \u0412\u00a74"), ["open the file again as UTF-8"]),
    "quotes read in a Western encoding": (("treaty", "\u00e2\u20ac\u0153treaty"), ["open the file again as UTF-8"]),
    "Cyrillic read in a Western encoding": (("treaty", "\u00d0\u00a1\u00d0\u009d\u00d0\u0093"), ["as UTF-8"]),
    "a sign that could not be read": (("KAZ,", "K\ufffdZ,"), ["row 2 (A001), column iso3", "as UTF-8"]),
    "a row of commas": (("A002,KGZ,2020-02,2020,1200,organisation", ",,,,,"), ["facts.csv row 3 is empty: delete it."]),
    "columns without a name": (
        ("kind\n", "kind,,\n"),
        ["facts.csv: two columns without a name at the right", "delete the empty ones"],
    ),
    "commas at the end of a row": (
        ("0.5,treaty\n", "0.5,treaty,,\n"),
        ["row 2 (A001): 8 cells instead of 6. At its right end two commas are too many: delete them."],
    ),
    "one comma at the end of a row": (("0.5,treaty\n", "0.5,treaty,\n"), ["one comma is too many"]),
    "a date with slashes may be read in two ways": (
        ("2020-02-01", "1/2/2020"),
        ["row 2", "2020-02-01 or 2020-01-02, or 2020-02 if"],
    ),
    "a byte order mark": (
        ("id,iso3", "\ufeffid,iso3"),
        ["facts.csv: the file begins with a byte order mark", "plain UTF-8"],
    ),
    "semicolons between cells": (
        (",", ";"),
        ["facts.csv: the cells are separated by semicolons; commas are expected", "comma as separator"],
    ),
    "tabs between cells": ((",", "\t"), ["separated by tabs"]),
    "a comma in a number": (
        ("0.5", '"0,5"'),
        ["row 2 (A001), column value: '0,5' is not of type number", "written with a point: 0.5"],
    ),
    "a comma in a number without quotes": (
        (",0.5,", ",0,5,"),
        ["row 2 (A001): 7 cells instead of 6", "needs quotes", "written with a point"],
    ),
    "a sign between thousands": (
        ("1200", "1 200"),
        ["row 3 (A002), column value", "without a sign between thousands: 1200"],
    ),
    "a blank at the end": (
        ("KAZ,", "KAZ ,"),
        ["row 2 (A001), column iso3: stray space", "a blank at the end; write 'KAZ'"],
    ),
    "an invisible blank": (("KAZ,", "KAZ\u00a0,"), ["row 2 (A001), column iso3", "write 'KAZ'"]),
    "rows in the wrong order": (
        ("A001,KAZ", "A004,KAZ"),
        ["row 2 (A004): not in the order of id. Move the row down, after row 4 (A003)."],
    ),
    "a code that is no state": (
        ("KGZ", "KRG"),
        ["row 3 (A002): iso3 KRG not in table states", "add its row to states first"],
    ),
    "an identifier twice": (("A002", "A001"), ["row 3 (A001): id A001 also stands in facts.csv row 2", "another key"]),
    "a code in small letters": (("KAZ,", "kaz,"), ["row 2 (A001), column iso3: 'kaz'", "Write KAZ"]),
    "a Cyrillic letter in a code": (
        ("KAZ,", "КAZ,"),
        ["row 2 (A001), column iso3", "is Cyrillic; type the code with Latin letters"],
    ),
    "a year with a point": (("2021", "2021.0"), ["row 4 (A003), column year: '2021.0'", "Write 2021"]),
    "a date where a year belongs": (
        ("2021", "01.02.2021"),
        ["row 4 (A003), column year", "Only the year belongs here: 2021"],
    ),
    "words for nothing": (
        ("TJK,,", "TJK,n/a,"),
        ["row 4 (A003), column date: 'n/a'", "For a missing value leave the cell empty"],
    ),
    "a word that is nearly right": (
        ("organisation", "organization"),
        ["row 3 (A002), column kind", "Nearest: organisation"],
    ),
    "an empty cell that must be filled": (("KAZ,", ","), ["row 2 (A001), column iso3: empty, but required"]),
    "an empty line at the end": (("2021,,treaty\n", "2021,,treaty\n\n"), ["facts.csv row 5 is empty: delete it."]),
    "a column renamed": (("date", "day"), ["missing date; not expected day"]),
}


# Slips of which more than one message is due: a code that is wrong in form also points to no state.
TOLD = {
    "a code in small letters": 2,
    "a Cyrillic letter in a code": 2,
    "a blank at the end": 2,
    "an invisible blank": 2,
    "a code of another form": 2,
    "a sign that could not be read": 2,
}


@pytest.fixture
def facts(small):
    small.table("facts", SOUND, fields=FIELDS, foreignKeys=STATE_KEY)
    assert small.problems("facts") == []
    return small


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_place_and_remedy(facts, slip):
    (old, new), words = SLIPS[slip]
    facts.change("facts", SOUND.replace(old, new) if old == "," else SOUND.replace(old, new, 1))
    found = facts.problems("facts")
    assert found
    for word in words:
        assert word in found[0], found
    assert len(found) == TOLD.get(slip, 1), found
    assert not any("\\d" in problem or "[A-Z]" in problem or "[0-9]" in problem for problem in found), found


def test_text_in_an_old_encoding_is_told_with_its_row(facts):
    facts.change("facts", SOUND.replace("treaty", "übung").encode("cp1252"))
    found = facts.problems("facts")
    assert "not UTF-8 text" in found[0]
    assert "about row 2" in found[0]
    assert "Save it again with the encoding UTF-8" in found[0]


def test_a_file_of_windows_lines_is_no_slip(facts):
    facts.change("facts", SOUND.replace("\n", "\r\n"))
    assert facts.problems("facts") == []


@pytest.mark.parametrize(
    ("kind", "cell"), [("number", "much"), ("string", "nothing like it"), ("year", "soon"), ("integer", "ten")]
)
def test_where_nothing_sensible_can_be_said_nothing_is_said(kind, cell):
    assert hint({"type": kind}, cell) == ""


def test_a_hint_for_a_date_never_breaks_the_form_of_its_column():
    only_months = {"type": "string", "constraints": {"pattern": r"\d{4}-\d\d"}}
    assert hint(only_months, "02.02.2020") == ""
    assert hint(only_months, "01.02.2020").endswith("year-month-day: 2020-02 if only the month is known")
    only_days = {"type": "string", "constraints": {"pattern": r"\d{4}-\d\d-\d\d"}}
    assert hint(only_days, "01.02.2020").endswith("year-month-day: 2020-02-01")
    assert hint(only_days, "Feb-20") == ""
    assert "2020-02-01" in hint({"type": "string", **DATE}, "2020-02-01 00:00:00")
    assert hint({"type": "string", **DATE}, "2/25/2020").endswith("year-month-day: 2020-02-25")


def test_problems_stand_in_reading_order(facts):
    facts.change("facts", SOUND.replace("2020-02-01", "x").replace("1200", "y").replace("0.5", "z"))
    places = [problem.split(":")[0] for problem in facts.problems("facts")]
    assert places == [
        "facts.csv row 2 (A001), column date",
        "facts.csv row 2 (A001), column value",
        "facts.csv row 3 (A002), column value",
    ]


def test_what_another_table_lacks_is_told_and_does_not_stop_the_check(facts):
    facts.change("states", "code,name,exists_from\nKAZ,Kazakhstan,\n")
    assert "states.csv: the column iso3 is not there" in facts.problems("facts")[0]
    assert data.check(facts.folder).keys() == {"facts", "states"}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("01.12.1997", "1997-12-01, or 1997-12 if only the month is known"),
        ("02.12.1997", "year-month-day: 1997-12-02"),
        ("12/1/1997", "1997-01-12 or 1997-12-01, or 1997-12 if only the month is known"),
        ("31.02.1997", ""),
        ("Dec-97", "probably 1997-12"),
        ("Dec 2012", "probably 2012-12"),
        ("5-Jan-03", "probably 2003-01-05"),
        ("31-Feb-03", ""),
        ("Summit-97", ""),
        ("45967", "45967 is how a spreadsheet stores a day; dates are written year-month-day: 2025-11-06"),
        ("35765", "35765 is how a spreadsheet stores a day; dates are written year-month-day: 1997-12-01, or 1997-12"),
        ("12345", ""),
    ],
)
def test_dates_that_a_spreadsheet_changed(cell, said):
    found = hint({"type": "string", **DATE}, cell)
    assert said in found
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\d{4}(-\d\d(-\d\d)?)?", "year, year-month or year-month-day"),
        (r"\d{4}-\d\d(-\d\d)?", "year-month or year-month-day"),
        (r"\d{4}-\d\d-\d\d", "year-month-day"),
        (r"\d{4}", ""),
        ("[A-Z]{3}", ""),
        (r"[a-z0-9]+([-_][a-z0-9]+)*", ""),
    ],
)
def test_the_form_of_a_date_is_told_in_words(pattern, words):
    assert date_forms(pattern) == words


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2020-02-29", ""),
        ("2021-02-29", "February 2021 has 28 days"),
        ("2021-04-31", "April 2021 has 30 days"),
        ("2021-00", "there is no month 00"),
        ("2021-13-01", "there is no month 13"),
        ("2021-12-00", "December 2021 has 31 days"),
        ("0000-01", "there is no year 0"),
        ("2021", ""),
        ("soon", ""),
    ],
)
def test_dates_are_real(cell, why):
    assert unreal_date(cell) == why


@pytest.mark.parametrize("text", ["Âme", "São Tomé", "Ürümqi", "В 1991", "Алматы", "§4 ¶2", "10 °C", "Ððalur"])
def test_foreign_letters_are_not_taken_for_a_wrong_encoding(text):
    assert is_garbled(text) is (text == "Ððalur")  # the one word that cannot be told apart


def test_every_misplaced_row_is_told_and_a_shuffled_table_is_cut(facts):
    head, *rows = SOUND.splitlines()
    facts.change("facts", "\n".join([head, rows[2], rows[0], rows[1]]) + "\n")
    assert facts.problems("facts") == [
        "facts.csv row 2 (A003): not in the order of id. Move the row down, after row 4 (A002)."
    ]
    many = [f"A{number:03},KAZ,,2020,,treaty" for number in range(1, 61)]
    swapped = [many[i ^ 1] if i < 10 else row for i, row in enumerate(many)]
    facts.change("facts", "\n".join([head, *swapped]) + "\n")
    found = facts.problems("facts")
    assert len(found) == 5
    assert found[0] == "facts.csv row 2 (A002): not in the order of id. Move the row down, after row 3 (A001)."
    facts.change("facts", "\n".join([head, *many[:5], many[50], *many[5:50], *many[51:]]) + "\n")
    assert facts.problems("facts") == [
        "facts.csv row 7 (A051): not in the order of id. Move the row down, after row 52 (A050)."
    ]
    facts.change("facts", "\n".join([head, *many[:50], many[59], *many[50:59], many[2].replace("A003", "A000")]) + "\n")
    assert facts.problems("facts") == [
        "facts.csv row 52 (A060): not in the order of id. Move the row down, after row 61 (A059).",
        "facts.csv row 62 (A000): not in the order of id. Move the row up, before row 2 (A001).",
    ]
    facts.change("facts", "\n".join([head, *reversed(many)]) + "\n")
    found = facts.problems("facts")
    assert len(found) == MOST + 1
    assert found[-1] == "facts.csv: 39 more rows are not in the order of id. Sort the table by id."


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_what_stays_is_a_longest_part_in_order(numbers):
    part = _longest_sorted([(number,) for number in numbers])
    kept = [numbers[row] for row in part]
    assert part == sorted(set(part))
    assert kept == sorted(kept)
    best = [1] * len(numbers)
    for later in range(len(numbers)):
        for earlier in range(later):
            if numbers[earlier] <= numbers[later]:
                best[later] = max(best[later], best[earlier] + 1)
    assert len(part) == max(best)


CITED = {"source": {"list": {"separator": " | ", "table": "references", "item": "first_word"}}}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("mayer2021 §4 ¶2; fn 29", ""),
        ("mayer2021 §5 ¶3, ¶5; fn 66 | blitz2024 ¶2", ""),
        ("mayer2021 §3 ¶5 (1)", ""),
        ("mayer2021 §5 ¶3-¶6", ""),
        ("mayer2021 fn 14/19", ""),
        ("mayer2021 overview s2-3", ""),
        ("mayer2021 s8 Non-traditional ¶1", ""),
        ("mayer2021 Why important s1", ""),
        ("mayer2021 KP2", ""),
        ("mayer2021 pp. 12-14", ""),
        ("mayer2021 whole text", ""),
        ("mayer2021 blitz2024", "between mayer2021 and blitz2024 the sign ' | ' is missing; write mayer2021 | blitz"),
        ("mayer2021 §4, blitz2024", "between mayer2021 and blitz2024 the sign"),
        ("mayer2021 says otherwise", "after mayer2021 stands 'says'; only a place may follow there"),
        ("mayer2021 https://example.org", "after mayer2021 stands 'https://example.org'"),
        ("mayer2021 rferl-2018-astana", "after mayer2021 stands 'rferl-2018-astana'"),
    ],
)
def test_after_a_reference_stands_only_a_place(small, cell, said):
    small.table("references", "reference,title\nblitz2024,B\nmayer2021,M\n")
    small.table("events", f'id,source\nE1,"{cell}"\n', fields=CITED)
    found = small.problems("events")
    assert len(found) == int(bool(said)), found
    assert said in " ".join(found)
