"""Rules between columns and rows: each finds its planted fault, names it in words, and can be excepted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import data
from regionalism.tables.rules import RULES, before

SPELLS = "id,organisation,iso3,start,end\n"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("2002", "2002-06", False),
        ("2002-06", "2002", False),
        ("2002-05-31", "2002-06", True),
        ("2001", "2002-06-19", True),
        ("2002-06-19", "2002-06-18", False),
        ("1999", "2000", True),
    ],
)
def test_dates_are_compared_as_far_as_both_are_precise(one, two, expected):
    assert before(one, two) is expected


DATES = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@given(DATES, DATES)
def test_of_two_dates_at_most_one_is_before_the_other(one, two):
    assert not (before(one, two) and before(two, one))


def faults(small, text, *checks, key=None, fields=None):
    small.table("facts", text, key=key, checks=list(checks), fields=fields)
    return small.problems("facts")


# One planted fault for each rule: columns, a sound row, a faulty one, the rule, words of the message.
PAIRS = {
    "not_before": (
        "id,start,end",
        "A1,1999,1999-04",
        "A2,1999-05,1999-04",
        {"column": "end", "with": "start"},
        "end 1999-04 is before start 1999-05",
    ),
    "same_year": (
        "id,date,year",
        "A1,1999-04-02,1999",
        "A2,1999-04-02,1998",
        {"column": "date", "with": "year"},
        "date 1999-04-02 is not in the year of year 1998",
    ),
    "at_most": (
        "id,low,value",
        "A1,9.5,10",
        "A2,10,9.5",
        {"column": "low", "with": "value"},
        "low 10 is more than value 9.5",
    ),
    "alphabetical": (
        "id,iso3_a,iso3_b",
        "A1,KAZ,KGZ",
        "A2,KGZ,KAZ",
        {"column": "iso3_a", "with": "iso3_b"},
        "iso3_a KGZ must stand before iso3_b KAZ",
    ),
    "differ": (
        "id,iso3,partner_iso3",
        "A1,KAZ,KGZ",
        "A2,KGZ,KGZ",
        {"column": "iso3", "with": "partner_iso3"},
        "iso3 and partner_iso3 are both KGZ",
    ),
    "existed": (
        "id,iso3,year",
        "A1,SRB,2006",
        "A2,SRB,2005",
        {"column": "iso3", "with": "year"},
        "year 2005, but iso3 SRB exists from 2006",
    ),
    "sum_equals": (
        "id,yes,no,cast",
        "A1,3,4,7",
        "A2,3,4,8",
        {"columns": ["yes", "no"], "column": "cast"},
        "yes and no add up to 7, but cast is 8",
    ),
}


@pytest.mark.parametrize("rule", PAIRS)
def test_a_planted_fault_is_found_and_told_with_file_row_key_and_remedy(small, rule):
    columns, sound, faulty, properties, said = PAIRS[rule]
    found = faults(small, f"{columns}\n{sound}\n{faulty}\n", {"rule": rule, **properties})
    assert len(found) == 1
    assert found[0].startswith("facts.csv row 3 (A2): ")
    assert said in found[0]
    assert f"rule {rule}" in found[0]


@pytest.mark.parametrize("rule", PAIRS)
def test_an_exception_pardons_one_row_and_is_missed_when_it_is_not_needed(small, rule):
    columns, sound, faulty, properties, _ = PAIRS[rule]
    text = f"{columns}\n{sound}\n{faulty}\n"
    assert faults(small, text, {"rule": rule, **properties, "except": ["A2"]}) == []
    found = faults(small, text, {"rule": rule, **properties, "except": ["A2", "A1"]})
    assert len(found) == 1
    assert found[0].startswith(f"facts.csv: the exception 'A1' of the rule {rule}")
    assert "no longer needed" in found[0]


@pytest.mark.parametrize("rule", PAIRS)
def test_empty_cells_break_no_rule(small, rule):
    columns, _, faulty, properties, _ = PAIRS[rule]
    for place in range(1, len(faulty.split(","))):
        cells = faulty.split(",")
        cells[place] = ""
        assert faults(small, f"{columns}\n{','.join(cells)}\n", {"rule": rule, **properties}) == []


def test_a_key_of_several_columns_is_joined_by_blanks(small):
    check = {"rule": "existed", "column": "iso3", "with": "year", "except": ["SRB 1999"]}
    assert faults(small, "iso3,year\nSRB,1999\n", check, key=["iso3", "year"]) == []


def test_states_in_a_list_are_each_asked_whether_they_existed(small):
    listed = {"states": {"list": {"separator": ";", "table": "states"}}}
    check = {"rule": "existed", "column": "states", "with": "date"}
    found = faults(small, "id,states,date\nA1,KAZ;SRB,1999-05\nA2,C5;KAZ,1999\n", check, fields=listed)
    assert len(found) == 1
    assert "states SRB exists from 2006" in found[0]


OVERLAP = {"rule": "no_overlap", "by": ["organisation", "iso3"], "column": "start", "with": "end"}


@pytest.mark.parametrize(
    ("one", "two", "overlapping"),
    [
        ("1994,1999", "1999,2005", False),  # they touch
        ("1994,1999-04-02", "1999,2005", False),  # the year may have begun later
        ("1994,1999", "1998,2005", True),
        ("1994,1999-04", "1999-03,2005", True),
        ("1994,", "2005,", True),  # an open end
        ("1994,1999", "2005,", False),
        (",1999", "1998,2005", False),  # an unknown start is not judged
        ("2006,", "1994,1999", False),
        ("1999,1999", "1999,", False),
    ],
)
def test_spells_may_touch_but_not_overlap(small, one, two, overlapping):
    found = faults(small, f"{SPELLS}M1,CIS,KAZ,{one}\nM2,CIS,KAZ,{two}\nM3,CIS,KGZ,1990,\n", OVERLAP)
    assert len(found) == int(overlapping)
    if overlapping:
        assert found[0].startswith("facts.csv row 3 (M2): ")
        assert "overlaps" in found[0]
        assert "in row 2 (M1)" in found[0]
        assert "CIS KAZ" in found[0]


@pytest.mark.parametrize("name", ["CIS KAZ", "M2"])
def test_an_overlap_can_be_excepted_by_its_group_or_its_row(small, name):
    text = f"{SPELLS}M1,CIS,KAZ,1994,\nM2,CIS,KAZ,1999,\n"
    assert faults(small, text, {**OVERLAP, "except": [name]}) == []


SHARES = "reporter,year,partner,measure,value\n"
AT_MOST = {
    "rule": "sum_at_most",
    "column": "value",
    "limit": 100.5,
    "by": ["reporter", "year"],
    "where": {"measure": ["share"]},
}
SHARE_FIELDS = {"value": {"type": "number"}, "year": {"type": "year"}}


def share_faults(small, check, *rows):
    text = SHARES + "".join(f"{row}\n" for row in rows)
    return faults(small, text, check, key=["reporter", "year", "partner", "measure"], fields=SHARE_FIELDS)


def test_shares_that_add_up_to_more_than_the_limit_are_told_by_group(small):
    rows = ("KAZ,2019,CHN,share,60", "KAZ,2019,CHN,usd,900", "KAZ,2019,RUS,share,40.6", "TJK,2019,CHN,share,100")
    found = share_faults(small, AT_MOST, *rows)
    assert len(found) == 1
    assert found[0].startswith("facts.csv row 2 (KAZ 2019 CHN share): value of KAZ 2019 adds up to 100.6 over 2 rows")
    assert "more than 100.5" in found[0]
    assert share_faults(small, {**AT_MOST, "except": ["KAZ 2019"]}, *rows) == []
    assert "no longer needed" in share_faults(small, {**AT_MOST, "except": ["TJK 2019", "KAZ 2019"]}, *rows)[0]


def test_sums_are_exact(small):
    tenths = [f"KAZ,2019,P{number:02},share,0.1" for number in range(10)]
    assert share_faults(small, {**AT_MOST, "limit": 1}, *tenths) == []
    assert (
        faults(small, "id,a,b,c\nA1,0.1,0.2,0.3\n", {"rule": "sum_equals", "columns": ["a", "b"], "column": "c"}) == []
    )


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ({"rule": "moment"}, "'moment' is not known"),
        ({"rule": "differ", "column": "id"}, "lacks 'with'"),
        ({"rule": "differ", "column": "id", "with": "other"}, "names the column 'other'"),
        ({"rule": "differ", "column": "id", "with": "id", "expect": ["A1"]}, "property 'expect' that is not known"),
    ],
)
def test_a_rule_that_is_declared_wrongly_is_named(small, check, said):
    found = faults(small, "id\nA1\n", check)
    assert len(found) == 1
    assert said in found[0]


def test_the_rules_are_those_that_the_course_documents():
    assert set(RULES) == {*PAIRS, "no_overlap", "sum_at_most"}


# ---------------------------------------------------------------- lists and keys that point elsewhere

REFERENCES = (
    "reference,kind,publisher,title,date,address\nmayer2021,article,Journal,A title,2021,\n"
    "rferl-2018-astana,press,RFE/RL,A meeting,2018-03-15,https://example.org\n"
)
CITED = {"source": {"list": {"separator": " | ", "table": "references", "item": "first_word"}}}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("mayer2021 §4 ¶3 | rferl-2018-astana", ""),
        ("mayer2021 §4 | mayer2021 §5", ""),
        ("", ""),
        ("meyer2021 §4", "meyer2021 not allowed by the table references"),
        ("mayer2021 | nobody", "nobody not allowed"),
        ("mayer2021 |rferl-2018-astana", "with the blanks"),
        ("mayer2021 | mayer2021", "an entry stands twice"),
    ],
)
def test_the_first_word_of_each_source_is_a_reference(small, cell, said):
    small.table("references", REFERENCES)
    small.table("events", f"id,source\nE1,{cell}\n", fields=CITED)
    found = small.problems("events")
    assert bool(found) is bool(said)
    assert said in " ".join(found)


def test_a_near_miss_among_the_references_is_named(small):
    small.table("references", REFERENCES)
    small.table("events", "id,source\nE1,meyer2021\n", fields=CITED)
    assert "Nearest: mayer2021" in small.problems("events")[0]


@pytest.mark.parametrize(
    ("actor", "fine"), [("RUS", True), ("EU", True), ("", True), ("NATO", False), ("RUS;EU", False)]
)
def test_a_single_value_may_be_a_state_or_a_code_of_the_column(small, actor, fine):
    either = {"actor": {"codes": {"EU": "European Union"}, "list": {"table": "states", "or_codes": True}}}
    small.table("bases", f"id,actor\nX1,{actor}\n", fields=either)
    assert (small.problems("bases") == []) is fine


def test_a_list_may_rest_on_the_codes_of_its_column_alone(small):
    areas = {"areas": {"codes": {"border": "b", "drugs": "d"}, "list": {"separator": ";"}}}
    small.table("bodies", "id,areas\nB1,border;drugs\nB2,border;dregs\n", fields=areas)
    found = small.problems("bodies")
    assert len(found) == 1
    assert "dregs not allowed by the codes of the column. Nearest: drugs" in found[0]


BODIES = {
    "members": {
        "list": {
            "separator": ";",
            "table": "states",
            "where": {"iso3": ["KAZ", "KGZ", "UZB"]},
            "sorted": True,
            "counted_in": "n",
        }
    },
    "outside": {
        "codes": {"EU": "e"},
        "list": {"separator": ";", "table": "states", "where": {"iso3": ["RUS"]}, "or_codes": True},
    },
    "n": {"type": "integer"},
}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("KAZ;KGZ;UZB,RUS;EU,3", ""),
        ("KAZ;UZB;KGZ,,3", "is not in alphabetical order. Write KAZ;KGZ;UZB"),
        ("KAZ;KGZ,,3", "2 entries, but n is 3"),
        ("KAZ;KAZ;UZB,,3", "an entry stands twice in KAZ;KAZ;UZB"),
        ("KAZ;KGZ;RUS,,3", "RUS not allowed by the table states or the codes of the column"),
        ("KAZ,UZB,1", "UZB not allowed by the table states"),
        ("KAZ,RUS;OPEC,1", "OPEC not allowed by the table states"),
    ],
)
def test_lists_of_states_and_codes(small, row, said):
    small.table("bodies", f"id,members,outside,n\nB1,{row}\n", fields=BODIES)
    found = small.problems("bodies")
    assert bool(found) is bool(said)
    assert said in " ".join(found)


def test_the_unit_belongs_to_the_measure(small):
    measure = {"indicator": {"codes": {"gdp": "g"}, "units": {"gdp": "US dollars"}}}
    small.table("panel", "id,indicator,unit\nP1,gdp,US dollars\nP2,gdp,dollars\n", fields=measure)
    assert small.problems("panel") == ["panel.csv row 3 (P2), column unit: 'dollars' instead of 'US dollars'."]


STATE_KEY = [{"fields": "iso3", "reference": {"resource": "states", "fields": "iso3"}}]


def test_a_party_that_is_no_state_is_named_and_an_empty_one_is_missing(small):
    small.table("parties", "id,iso3\nP1,KAZ\nP2,\nP3,KZA\n", foreignKeys=STATE_KEY)
    found = small.problems("parties")
    assert len(found) == 1
    assert found[0].startswith("parties.csv row 4 (P3): iso3 KZA not in table states. Nearest: ")
    assert "KAZ. Mend it, or add its row to states first." in found[0]


def test_a_table_that_nobody_listed_is_named(small):
    small.table(
        "parties",
        "id,iso3\nP1,KAZ\n",
        foreignKeys=[{"fields": "iso3", "reference": {"resource": "nations", "fields": "iso3"}}],
    )
    assert "points to a table 'nations'" in small.problems("parties")[0]


def test_each_file_is_parsed_once_in_a_run(small, monkeypatch):
    small.table("parties", "id,iso3\nP1,KAZ\n", foreignKeys=STATE_KEY * 3)
    small.table("others", "id,iso3\nP1,KAZ\n", foreignKeys=STATE_KEY)
    small.seal()
    parsed = []
    from regionalism.tables import files

    original = files.rows
    monkeypatch.setattr(files, "rows", lambda entry, raw: parsed.append(entry["name"]) or original(entry, raw))
    assert data.check(small.folder) == {}
    assert sorted(parsed) == ["others", "parties", "states"]
