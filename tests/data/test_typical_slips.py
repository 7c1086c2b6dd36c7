"""Slips that people and spreadsheets make: the message says where, what is wrong and what to write instead."""

from __future__ import annotations

import pytest

from regionalism import data
from regionalism.tables.slips import hint

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
        ["row 2 (A001), column date: '01.02.2020'", "A spreadsheet has changed the date", "year-month-day: 2020-02-01"],
    ),
    "a date with slashes may be read in two ways": (("2020-02-01", "1/2/2020"), ["row 2", "2020-02-01 or 2020-01-02"]),
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
        ["row 3 (A002): not in the order of id", "before row 2 (A004)"],
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
    "an empty line at the end": (("2021,,treaty\n", "2021,,treaty\n\n"), ["row 5: the row is empty. Delete"]),
    "a column renamed": (("date", "day"), ["missing date; not expected day"]),
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
    assert len(found) == 1 or slip == "a code in small letters" or "iso3" in " ".join(found), found


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
    assert hint(only_months, "01.02.2020") == ""
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
