"""Tables brought into form: the results against naive loops, known cases, and properties that must always hold."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import load, shaping
from regionalism.shaping import FIVE

# ---------------------------------------------------------------- spells

YEARS = st.integers(1990, 2010)
PRECISE = st.sampled_from(["", "-07", "-07-08"])


@st.composite
def spells(draw):
    """A spell whose end is not in a year before its start; both may be unknown."""
    first, last = sorted([draw(YEARS), draw(YEARS)])
    start = draw(st.sampled_from([None, f"{first}{draw(PRECISE)}"]))
    end = draw(st.sampled_from([None, f"{last}{draw(PRECISE)}"]))
    return draw(st.sampled_from(FIVE)), draw(st.sampled_from(["CIS", "SCO"])), start, end


@given(st.lists(spells(), max_size=8), YEARS)
def test_state_years_agree_with_a_naive_loop(rows, until):
    frame = pd.DataFrame(rows, columns=["iso3", "organisation", "start", "end"])
    found = shaping.spells_to_years(frame, until=until, by=["iso3", "organisation"])
    expected = {
        (iso3, organisation, year)
        for iso3, organisation, start, end in rows
        if start
        for year in range(1980, until + 1)
        if int(start[:4]) <= year <= (int(end[:4]) if end else until)
    }
    assert [tuple(row) for row in found.itertuples(index=False)] == sorted(expected)
    assert found.attrs["unknown_start"] == sum(start is None for _, _, start, _ in rows)


def test_all_other_columns_are_kept_unless_some_are_named():
    frame = pd.DataFrame({"iso3": ["KAZ"], "role": ["member"], "from": ["1999-12-31"], "to": ["2001"]})
    found = shaping.spells_to_years(frame, "from", "to", until=2020)
    assert found.columns.tolist() == ["iso3", "role", "year"]
    assert found["year"].tolist() == [1999, 2000, 2001]
    assert str(found["year"].dtype) == "int64"


def test_years_as_numbers_are_read_too():
    frame = pd.DataFrame(
        {"iso3": ["KAZ", "KGZ"], "start": pd.array([1999, None], dtype="Int64"), "end": [2000.0, math.nan]}
    )
    assert shaping.spells_to_years(frame, until=2020)["year"].tolist() == [1999, 2000]


@pytest.mark.parametrize(
    ("start", "end", "until", "said"),
    [
        ("01.02.2020", None, 2025, "'01.02.2020' in the column start is no date"),
        ("2020", "2019-12", 2025, "ends in '2019-12', before its start '2020'"),
        ("2020", None, 25, "until is 25; it is a whole year from 1900 to 2100"),
        ("2020", None, True, "until is True"),
        ("2020", None, "2020", "until is '2020'; it is a whole year"),
        ("2020", None, 2020.5, "until is 2020.5"),
        ("2020", None, None, "until is None"),
        ("2020-13", None, 2025, "'2020-13' in the column start is no date"),
        ("2020-00", None, 2025, "'2020-00' in the column start is no date"),
        ("2020-12-32", None, 2025, "'2020-12-32' in the column start is no date"),
        ("2019", "2020-99", 2025, "'2020-99' in the column end is no date"),
    ],
)
def test_wrong_spells_are_named(start, end, until, said):
    frame = pd.DataFrame({"iso3": ["KAZ"], "start": [start], "end": [end]})
    with pytest.raises(ValueError, match=re.escape(said)):
        shaping.spells_to_years(frame, until=until)


@pytest.mark.parametrize("until", [np.int64(2001), np.float64(2001), 2001.0, np.int16(2001)])
def test_a_year_may_come_from_numpy(until):
    frame = pd.DataFrame({"iso3": ["KAZ"], "start": ["2000"], "end": [None]})
    assert shaping.spells_to_years(frame, until=until)["year"].tolist() == [2000, 2001]


def test_a_column_called_year_is_refused_unless_it_is_left_out():
    frame = pd.DataFrame({"iso3": ["KAZ"], "year": [7], "start": ["2000"], "end": ["2000"]})
    with pytest.raises(ValueError, match="The result has a column 'year' of its own"):
        shaping.spells_to_years(frame, until=2020)
    assert shaping.spells_to_years(frame, until=2020, by=["iso3"]).values.tolist() == [["KAZ", 2000]]


@pytest.mark.parametrize(
    ("end", "observed", "last"),
    [
        (None, "2003-05", 2003),  # open: as far as the source looked
        (None, None, 2020),
        (None, "2030", 2020),
        ("2005", "2003", 2005),  # not open
        (None, "2001", None),  # the source ended before the spell began
    ],
)
def test_an_open_spell_goes_no_further_than_its_source_looked(end, observed, last):
    frame = pd.DataFrame({"iso3": ["KAZ"], "start": ["2002"], "end": [end], "observed_until": [observed]})
    found = shaping.spells_to_years(frame, until=2020)
    assert found.columns.tolist() == ["iso3", "year"]
    assert found["year"].tolist() == ([] if last is None else list(range(2002, last + 1)))
    members = frame.assign(organisation="CIS", role="member")
    for year in (2002, 2003, 2004, 2005, 2020, 2025):
        runs = last is not None and (year <= last or (year == 2025 and end is None and observed in (None, "2030")))
        assert len(shaping.network_of_year(members, year)) == int(runs)


def test_the_leaders_of_the_course_end_where_their_source_ends():
    leaders = load("leaders")
    found = shaping.spells_to_years(leaders, until=2100, by=["id"]).groupby("id")["year"].max()
    ends = leaders.set_index("id")
    expected = ends["end"].fillna(ends["observed_until"]).str.slice(0, 4).astype(int)
    assert found.to_dict() == expected.to_dict()


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="No column 'start' in the table; its columns are iso3"):
        shaping.spells_to_years(pd.DataFrame({"iso3": ["KAZ"]}), until=2020)


# ---------------------------------------------------------------- networks

MEMBERS = pd.DataFrame(
    [
        ("CIS", "KAZ", "member", "1991-12-21", None),
        ("CIS", "KGZ", "member", "1991-12-21", None),
        ("CIS", "TKM", "associate", "2005-08-26", None),
        ("SCO", "KAZ", "member", "2001-06-15", None),
        ("SCO", "KGZ", "member", "2001-06-15", None),
        ("SCO", "UZB", "member", "2001-06-15", None),
        ("CST", "UZB", "member", "1992", "1999-04-02"),
        ("CST", "KAZ", "member", None, None),
    ],
    columns=["organisation", "iso3", "role", "start", "end"],
)


def test_the_network_of_a_year_has_an_edge_for_each_membership():
    found = shaping.network_of_year(MEMBERS, 1999)
    assert found.values.tolist() == [["KAZ", "CIS", "member"], ["KGZ", "CIS", "member"], ["UZB", "CST", "member"]]
    assert found.attrs["unknown_start"] == 1
    assert len(shaping.network_of_year(MEMBERS, 2000, ["CST"])) == 0
    assert len(shaping.network_of_year(MEMBERS, 2010, ["CIS"], ("member", "associate"))) == 3


def test_the_state_may_be_called_state():
    renamed = MEMBERS.rename(columns={"iso3": "state"})
    pd.testing.assert_frame_equal(shaping.network_of_year(renamed, 2010), shaping.network_of_year(MEMBERS, 2010))


def test_shared_memberships_are_counted_by_pair():
    found = shaping.co_memberships(shaping.network_of_year(MEMBERS, 2010))
    assert found.values.tolist() == [["KAZ", "KGZ", 2], ["KAZ", "UZB", 1], ["KGZ", "UZB", 1]]
    assert len(shaping.co_memberships(MEMBERS.head(0))) == 0


@given(st.sets(st.tuples(st.sampled_from(FIVE), st.sampled_from("abcd"))))
def test_shared_memberships_agree_with_sets(edges):
    frame = pd.DataFrame(sorted(edges), columns=["iso3", "organisation"])
    found = {(a, b): n for a, b, n in shaping.co_memberships(frame).itertuples(index=False)}
    for a in FIVE:
        for b in FIVE:
            if a < b:
                both = {o for s, o in edges if s == a} & {o for s, o in edges if s == b}
                assert found.get((a, b), 0) == len(both)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((1800,), "year is 1800; it is a whole year from 1900 to 2100"),
        (("2010",), "year is '2010'; it is a whole year"),
        ((2010, ["CSTOO"]), "'CSTOO' does not stand in the column organisation; the nearest codes are CSTO"),
        ((2010, None, ["guest"]), "'guest' does not stand in the column role; known there are associate, member, obs"),
    ],
)
def test_wrong_questions_to_the_network_are_named(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        shaping.network_of_year(MEMBERS, *arguments)


def test_what_the_course_knows_and_the_table_lacks_has_an_empty_network():
    assert len(shaping.network_of_year(MEMBERS, 2010, ["NATO"])) == 0
    assert len(shaping.network_of_year(MEMBERS, 2010, ["CIS"], ["observer"])) == 0
    part = MEMBERS[MEMBERS["organisation"] == "SCO"]
    assert len(shaping.network_of_year(part, np.int64(2010), ["CIS", "SCO"])) == 3


def test_a_table_without_the_course_around_it_is_asked_as_it_is(monkeypatch):
    def missing(*_):
        raise FileNotFoundError

    monkeypatch.setattr("regionalism.data.load", missing)
    assert len(shaping.network_of_year(MEMBERS, 2010, ["CSTOO"])) == 0


def test_a_row_that_stands_twice_is_one_edge_and_overlapping_roles_are_two():
    twice = pd.concat([MEMBERS, MEMBERS])
    pd.testing.assert_frame_equal(shaping.network_of_year(twice, 2010), shaping.network_of_year(MEMBERS, 2010))
    edges = shaping.network_of_year(MEMBERS, 2010)
    doubled = pd.concat([edges, edges.assign(role="observer")])
    pd.testing.assert_frame_equal(shaping.co_memberships(doubled), shaping.co_memberships(edges))
    became = pd.DataFrame(
        [("SCO", "KAZ", "observer", "1999", "2001-06-14"), ("SCO", "KAZ", "member", "2001-06-15", None)],
        columns=MEMBERS.columns,
    )
    found = shaping.network_of_year(became, 2001, roles=("member", "observer"))
    assert found["role"].tolist() == ["member", "observer"]


def test_unknown_starts_are_counted_among_what_is_asked_for():
    assert shaping.network_of_year(MEMBERS, 1995, ["CIS"]).attrs["unknown_start"] == 0
    assert shaping.network_of_year(MEMBERS, 1995, ["CST"]).attrs["unknown_start"] == 1


# ---------------------------------------------------------------- shares

AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.one_of(st.none(), st.just(0.0), st.floats(0.001, 1e9))), max_size=12
)


@given(AMOUNTS)
def test_shares_of_a_group_add_up_to_one(rows):
    frame = pd.DataFrame(rows, columns=["group", "value"]).astype({"value": "float64"})
    found = shaping.shares(frame, "value", "group")
    assert found["share"].dropna().between(0, 1).all()
    for _, part in found.groupby("group"):
        if part["value"].sum() > 0:
            assert part["share"].sum() == pytest.approx(1)
        else:
            assert part["share"].isna().all()
    assert frame.columns.tolist() == ["group", "value"]


@given(AMOUNTS)
def test_concentration_lies_between_equal_parts_and_one(rows):
    frame = pd.DataFrame(rows, columns=["group", "value"]).astype({"value": "float64"})
    for within in ("group", []):
        for _, row in shaping.herfindahl(frame, "value", within).iterrows():
            assert 1 / row["n"] - 1e-9 <= row["herfindahl"] <= 1 + 1e-9


@pytest.mark.parametrize(("values", "expected"), [([1, 1, 1, 1], 0.25), ([5], 1.0), ([3, 1], 0.625), ([2, 2, 0], 0.5)])
def test_known_concentrations(values, expected):
    frame = pd.DataFrame({"value": values})
    assert shaping.herfindahl(frame, "value", [])["herfindahl"].tolist() == [expected]
    assert shaping.herfindahl(frame.assign(g="x"), "value", "g").values.tolist() == [
        ["x", sum(v > 0 for v in values), expected]
    ]


def test_nothing_has_no_concentration():
    assert len(shaping.herfindahl(pd.DataFrame({"value": [0.0]}), "value", [])) == 0


def test_a_negative_value_is_named():
    with pytest.raises(ValueError, match=r"-2.0 in the column value is below 0; shares need 0 or more"):
        shaping.shares(pd.DataFrame({"value": [1.0, -2.0]}), "value", [])


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_an_infinite_value_is_refused(value):
    frame = pd.DataFrame({"g": ["a", "a"], "value": [1.0, value]})
    for ask in (shaping.shares, shaping.herfindahl):
        with pytest.raises(ValueError, match="inf in the column value"):
            ask(frame, "value", "g")


@pytest.mark.parametrize("name", ["n", "share", "herfindahl"])
def test_a_group_column_with_a_name_of_the_result_is_refused(name):
    frame = pd.DataFrame({name: ["a"], "value": [1.0]})
    with pytest.raises(ValueError, match=f"A group column may not be called '{name}'"):
        shaping.herfindahl(frame, "value", name)
    if name == "share":
        with pytest.raises(ValueError, match="may not be called 'share'"):
            shaping.shares(frame, "value", name)


def test_rows_without_a_group_are_a_group_of_their_own():
    frame = pd.DataFrame({"g": ["a", None, None, "b"], "value": [1.0, 3.0, 1.0, 0.0]})
    assert shaping.shares(frame, "value", "g")["share"].tolist()[:3] == [1.0, 0.75, 0.25]
    found = shaping.herfindahl(frame, "value", "g")
    assert found["n"].tolist() == [1, 2]
    assert found["herfindahl"].tolist() == [1.0, 0.625]
    assert found["g"].isna().tolist() == [False, True]


def test_a_group_of_zeros_has_no_shares_and_no_concentration():
    frame = pd.DataFrame({"g": ["a", "a", "b"], "value": [0.0, 0.0, 2.0]})
    assert shaping.shares(frame, "value", "g")["share"].isna().tolist() == [True, True, False]
    assert shaping.herfindahl(frame, "value", "g")["g"].tolist() == ["b"]


# ---------------------------------------------------------------- trade


def trade(*rows):
    return pd.DataFrame(rows, columns=["reporter_iso3", "partner_iso3", "flow", "year", "value_usd_mn"])


BOOKS = trade(
    ("KGZ", "CHN", "import_cif", 2008, 728.0),
    ("CHN", "KGZ", "export_fob", 2008, 9213.8),
    ("KGZ", "CHN", "export_fob", 2008, 44.0),
    ("KAZ", "KGZ", "export_fob", 2008, 400.0),
    ("KGZ", "KAZ", "import_cif", 2008, 380.0),
)


def test_two_books_stand_side_by_side():
    found = shaping.own_and_mirror(BOOKS, ["KGZ"])
    columns = ["iso3", "partner_iso3", "year", "flow", "own_usd_mn", "mirror_usd_mn", "ratio"]
    assert found.columns.tolist() == columns
    rows = found.set_index(["partner_iso3", "flow"])
    assert rows.loc[("CHN", "import"), "ratio"] == pytest.approx(9213.8 / 728)
    assert pd.isna(rows.loc[("CHN", "export"), "mirror_usd_mn"])
    assert rows.loc[("KAZ", "import"), ["own_usd_mn", "mirror_usd_mn"]].tolist() == [380, 400]
    seen_by_kaz = shaping.own_and_mirror(BOOKS, ["KAZ"], ["KGZ"]).iloc[0]
    assert (seen_by_kaz["flow"], seen_by_kaz["own_usd_mn"], seen_by_kaz["mirror_usd_mn"]) == ("export", 400, 380)


def test_flows_may_say_how_they_are_valued_or_not():
    plain = BOOKS.assign(flow=BOOKS["flow"].str.slice(0, 6))
    pd.testing.assert_frame_equal(shaping.own_and_mirror(plain, ["KGZ"]), shaping.own_and_mirror(BOOKS, ["KGZ"]))
    pd.testing.assert_frame_equal(
        shaping.trade_totals(plain, None, ["KGZ"]), shaping.trade_totals(BOOKS, None, ["KGZ"])
    )


def test_quality_is_carried_along():
    found = shaping.own_and_mirror(BOOKS.assign(quality=["x", None, None, None, None]), ["KGZ"], ["CHN"])
    assert found.set_index("flow").loc["import", "own_quality"] == "x"
    assert "mirror_quality" in found


def both_ways(reporter, partner, exports, imports, year=2010):
    return (reporter, partner, "export_fob", year, exports), (reporter, partner, "import_cif", year, imports)


def test_turnover_needs_both_flows_and_sums_need_all_five():
    rows = [flow for state in FIVE for flow in both_ways(state, "WLD", 60.0, 40.0)]
    rows += [flow for state in FIVE for flow in both_ways(state, "RUS", 10.0, 20.0)]
    rows += [flow for state in FIVE[:4] for flow in both_ways(state, "CHN", 5.0, 5.0)]
    rows += [("KAZ", "TUR", "export_fob", 2010, 9.0), *both_ways("RUS", "KAZ", 21.0, 11.0)]
    found = shaping.trade_totals(trade(*rows)).set_index(["iso3", "partner_iso3", "book"])
    assert found.loc[("KAZ", "RUS", "own"), ["turnover_usd_mn", "share"]].tolist() == [30, 0.3]
    assert found.loc[("C5", "RUS", "own"), ["turnover_usd_mn", "share"]].tolist() == [150, 0.3]
    assert found.loc[("KAZ", "RUS", "mirror"), "turnover_usd_mn"] == 32
    assert pd.isna(found.loc[("KAZ", "RUS", "mirror"), "share"])
    assert ("C5", "CHN", "own") not in found.index
    assert ("KAZ", "TUR", "own") not in found.index


def test_trade_with_the_other_four_adds_up_whoever_reports_by_flow():
    rows = [
        *both_ways("KAZ", "KGZ", 10.0, 5.0),
        ("KAZ", "TJK", "export_fob", 2010, 3.0),
        *both_ways("KAZ", "WLD", 90.0, 10.0),
    ]
    found = shaping.trade_totals(trade(*rows), ["C4"], ["KAZ"])
    assert found[["iso3", "partner_iso3", "turnover_usd_mn", "share"]].values.tolist() == [["KAZ", "C4", 18, 0.18]]


def test_the_number_of_partners_behind_a_sum_is_the_smaller_of_the_two_flows():
    rows = [
        *both_ways("KAZ", "KGZ", 10.0, 5.0),
        *both_ways("KAZ", "UZB", 10.0, 5.0),
        ("KAZ", "TJK", "export_fob", 2010, 3.0),
        ("KAZ", "TKM", "import_cif", 2010, math.nan),
    ]
    found = shaping.trade_totals(trade(*rows), states=["KAZ"]).set_index("partner_iso3")
    assert found["partners"].to_dict() == {"C4": 2, "KGZ": 1, "UZB": 1}


def test_the_five_together_never_trade_with_one_of_the_five():
    rows = [flow for state in FIVE for flow in both_ways(state, "KAZ", 1.0, 1.0)]
    rows += [flow for state in FIVE for flow in both_ways(state, "RUS", 1.0, 1.0)]
    found = shaping.trade_totals(trade(*rows))
    together = found[found["iso3"] == "C5"].set_index("partner_iso3")
    assert set(together.index) == {"RUS", "C4"}
    assert together["partners"].to_dict() == {"RUS": 1, "C4": 1}


def test_what_one_of_the_five_writes_about_another_is_no_mirror():
    rows = [*both_ways("KAZ", "KGZ", 10.0, 5.0), *both_ways("KGZ", "KAZ", 6.0, 9.0), *both_ways("RUS", "KGZ", 3.0, 4.0)]
    found = shaping.trade_totals(trade(*rows), states=["KGZ"])
    assert found[["partner_iso3", "book", "turnover_usd_mn"]].values.tolist() == [
        ["C4", "own", 15], ["KAZ", "own", 15], ["RUS", "mirror", 7]
    ]


def test_nothing_is_divided_by_zero():
    rows = [
        ("KGZ", "CHN", "export_fob", 2010, 0.0),
        ("CHN", "KGZ", "import_cif", 2010, 5.0),
        *both_ways("KGZ", "WLD", 0.0, 0.0),
        *both_ways("KGZ", "RUS", 1.0, 1.0),
    ]
    books = shaping.own_and_mirror(trade(*rows), ["KGZ"], ["CHN"])
    assert books[["own_usd_mn", "mirror_usd_mn"]].values.tolist() == [[0, 5]]
    assert books["ratio"].isna().all()
    assert shaping.trade_totals(trade(*rows), ["RUS"], ["KGZ"])["share"].isna().all()


def test_a_part_of_the_table_may_be_asked_for_what_it_lacks():
    part = BOOKS[BOOKS["reporter_iso3"] == "KAZ"]
    assert len(shaping.trade_totals(part, ["RUS"])) == 0
    assert len(shaping.own_and_mirror(part, FIVE, ["CHN"])) == 0


def test_shares_of_single_partners_add_up_to_no_more_than_one():
    totals = shaping.trade_totals(load("trade"))
    single = shaping.single_partners(totals)
    assert {"WLD", "C4", "C5", "EUU"} & set(totals["partner_iso3"]) == {"WLD", "C4", "EUU"}
    assert not {"WLD", "C4", "C5", "EUU"} & set(single["partner_iso3"])
    sums = single.dropna(subset=["share"]).groupby(["iso3", "year", "book"])["share"].sum()
    assert len(sums) > 300
    assert sums.max() <= 1.005
    assert totals.loc[totals["partner_iso3"] != "C4", "partners"].eq(1).all()
    assert totals.loc[totals["partner_iso3"] == "C4", "partners"].between(1, 4).all()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: shaping.own_and_mirror(BOOKS, ["XXX"]), "'XXX' does not stand in the column reporter_iso3"),
        (lambda: shaping.trade_totals(BOOKS, ["XXX"], ["KGZ"]), "'XXX' does not stand in the column partner_iso3"),
        (
            lambda: shaping.trade_totals(BOOKS.assign(flow="transit")),
            "'transit' is no flow; flows are export and import",
        ),
        (lambda: shaping.trade_totals(BOOKS.drop(columns="year")), "No column 'year'"),
    ],
)
def test_wrong_questions_to_trade_are_named(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()


# ---------------------------------------------------------------- agreements


def agreement(n_c5, outside=None, unknown=None, area="border", binding="yes"):
    return {
        "n_c5": n_c5,
        "outside_parties": outside,
        "unknown_parties": unknown,
        "issue_area": area,
        "legally_binding": binding,
    }


@pytest.mark.parametrize(
    ("row", "lower", "upper"),
    [
        (agreement(3), 1, 1),
        (agreement(2), 0, 0),
        (agreement(2, None, "TKM"), 0, 1),
        (agreement(3, None, "TKM"), 1, 1),
        (agreement(3, None, "RUS"), 0, 1),
        (agreement(2, None, "TKM; RUS"), 0, 1),
        (agreement(5, "RUS"), 0, 0),
        (agreement(1, None, "TKM"), 0, 0),
    ],
)
def test_unknown_parties_open_a_range(row, lower, upper):
    assert shaping.count_agreements(pd.DataFrame([row])) == (lower, upper)


def test_filters_keep_what_may_fit():
    table = pd.DataFrame(
        [agreement(3), agreement(3, area=None), agreement(3, binding="unclear"), agreement(3, area="water")]
    )
    assert shaping.count_agreements(table, issue_areas=["border"], binding=True) == (1, 3)
    assert shaping.agreements_among(table, issue_areas=["border"])["fits"].tolist() == [
        "certain",
        "possible",
        "certain",
    ]


def test_without_the_column_nothing_is_unknown():
    table = pd.DataFrame([agreement(3), agreement(2)]).drop(columns="unknown_parties")
    assert shaping.count_agreements(table) == (1, 1)
    assert shaping.count_agreements(table.head(0)) == (0, 0)


PARTIES = st.lists(st.sampled_from([*FIVE, "RUS", "CHN"]), unique=True, max_size=7)


@given(st.lists(st.tuples(PARTIES, PARTIES), max_size=6), st.integers(1, 5), st.booleans())
def test_the_truth_lies_between_the_bounds(rows, minimum, outsiders):
    """Whether the unknown parties all take part or none does, the count stays within the bounds."""
    table, stays, joins = [], 0, 0
    for known, maybe in rows:
        unknown = [code for code in maybe if code not in known]
        outside = [code for code in known if code not in FIVE]
        table.append(agreement(len(known) - len(outside), ";".join(outside) or None, ";".join(unknown) or None))
        for parties, extra in ((known, 0), ([*known, *unknown], 1)):
            fits = sum(code in FIVE for code in parties) >= minimum and (outsiders or set(parties) <= set(FIVE))
            stays, joins = stays + fits * (1 - extra), joins + fits * extra
    frame = pd.DataFrame(table, columns=list(agreement(0)))
    lower, upper = shaping.count_agreements(frame, minimum, outsiders)
    assert lower <= stays <= upper
    assert lower <= joins <= upper
    assert upper <= len(rows)


@pytest.mark.parametrize("minimum", [np.int64(3), np.int8(3)])
def test_a_minimum_may_come_from_numpy(minimum):
    assert shaping.count_agreements(pd.DataFrame([agreement(3), agreement(2)]), minimum) == (1, 1)


@pytest.mark.parametrize("minimum", [0, 6, 2.5, True, "3", np.True_])
def test_a_minimum_out_of_range_is_named(minimum):
    with pytest.raises(ValueError, match=re.escape(f"minimum is {minimum!r}; it is a whole number from 1 to 5")):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), minimum)


def test_an_issue_area_that_does_not_occur_is_named():
    with pytest.raises(ValueError, match="'space' does not stand in the column issue_area; known there are border"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), issue_areas=["space"])
    assert shaping.count_agreements(pd.DataFrame([agreement(3)]), issue_areas=["drugs"]) == (0, 0)
    assert shaping.count_agreements(pd.DataFrame([agreement(3)]), issue_areas=shaping.SECURITY_AREAS) == (1, 1)


def living(kind, status, year=None):
    return {**agreement(3), "kind": kind, "status": status, "year_in_force": year}


@pytest.mark.parametrize(
    ("row", "signed", "in_force"),
    [
        (living("treaty", "in_force", 2009), (1, 1), (1, 1)),
        (living("treaty", "in_force"), (1, 1), (0, 1)),
        (living("treaty", "signed"), (1, 1), (0, 1)),  # no entry into force was found
        (living("treaty", "signed", 2009), (1, 1), (0, 1)),
        (living("treaty", "proposal"), (1, 1), (0, 1)),  # an older coding of the same
        (living("summit_format", "proposal"), (0, 1), (0, 1)),  # announced; no report that it was held
        (living("treaty", "dissolved", 1995), (1, 1), (0, 0)),
        (living("organisation", "superseded", 1994), (1, 1), (0, 0)),
        (living("proposal", "never_materialised"), (0, 0), (0, 0)),
        (living("treaty", "never_materialised"), (0, 0), (0, 0)),
        (living("proposal", "proposal"), (0, 0), (0, 0)),
    ],
)
def test_how_far_an_agreement_came(row, signed, in_force):
    table = pd.DataFrame([row])
    assert shaping.count_agreements(table) == (1, 1)
    assert shaping.count_agreements(table, life="signed") == signed
    assert shaping.count_agreements(table, life="in_force") == in_force


@pytest.mark.parametrize(
    ("kind", "status", "kept"),
    [
        ("treaty", "in_force", True),
        ("treaty", "signed", True),
        ("treaty", "proposal", True),  # an older coding of signed
        ("treaty", "never_materialised", False),
        ("organisation", "superseded", True),
        ("summit_format", "dissolved", True),
        ("summit_format", "proposal", False),  # announced, no more
        ("proposal", "proposal", False),
        ("proposal", "never_materialised", False),
    ],
)
def test_what_was_never_concluded_can_be_left_out(kind, status, kept):
    table = pd.DataFrame([living(kind, status, 2009)])
    assert shaping.count_agreements(table) == (1, 1)
    assert shaping.count_agreements(table, concluded=True) == (int(kept), int(kept))
    with pytest.raises(ValueError, match="No column 'status'"):
        shaping.agreements_among(table.drop(columns="status"), concluded=True)


def test_a_life_that_is_not_known_is_named():
    with pytest.raises(ValueError, match="life is 'dead'; it is one of any, signed, in_force"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), life="dead")
    with pytest.raises(ValueError, match="No column 'kind'"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), life="signed")


def test_a_status_that_is_not_known_is_not_taken_for_an_end():
    table = pd.DataFrame([living("treaty", "paused", 2009)])
    with pytest.raises(ValueError, match="status is 'paused'; it is one of in_force, signed"):
        shaping.count_agreements(table, life="in_force")
    assert set(load("agreements")["status"]) <= set(shaping._STATUSES)
