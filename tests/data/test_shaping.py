"""Tables brought into form: the results against naive loops, known cases, and properties that must always hold."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism import shaping
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
    ],
)
def test_wrong_spells_are_named(start, end, until, said):
    frame = pd.DataFrame({"iso3": ["KAZ"], "start": [start], "end": [end]})
    with pytest.raises(ValueError, match=re.escape(said)):
        shaping.spells_to_years(frame, until=until)


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
        ((2010, ["NATO"]), "'NATO' does not stand in the column organisation; there stand CIS, CST, SCO"),
        ((2010, None, ["guest"]), "'guest' does not stand in the column role; there stand associate, member"),
    ],
)
def test_wrong_questions_to_the_network_are_named(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        shaping.network_of_year(MEMBERS, *arguments)


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


@pytest.mark.parametrize("minimum", [0, 6, 2.5, True, "3"])
def test_a_minimum_out_of_range_is_named(minimum):
    with pytest.raises(ValueError, match=re.escape(f"minimum is {minimum!r}; it is a whole number from 1 to 5")):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), minimum)


def test_an_issue_area_that_does_not_occur_is_named():
    with pytest.raises(ValueError, match="'space' does not stand in the column issue_area; there stand border"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), issue_areas=["space"])


def living(kind, status, year=None):
    return {**agreement(3), "kind": kind, "status": status, "year_in_force": year}


@pytest.mark.parametrize(
    ("row", "signed", "in_force"),
    [
        (living("treaty", "in_force", 2009), (1, 1), (1, 1)),
        (living("treaty", "in_force"), (1, 1), (0, 1)),
        (living("treaty", "proposal"), (1, 1), (0, 1)),  # signed; no entry into force was found
        (living("summit_format", "proposal"), (0, 1), (0, 1)),  # announced; no report that it was held
        (living("treaty", "dissolved", 1995), (1, 1), (0, 0)),
        (living("organisation", "superseded", 1994), (1, 1), (0, 0)),
        (living("proposal", "never_materialised"), (0, 0), (0, 0)),
        (living("proposal", "proposal"), (0, 0), (0, 0)),
    ],
)
def test_how_far_an_agreement_came(row, signed, in_force):
    table = pd.DataFrame([row])
    assert shaping.count_agreements(table) == (1, 1)
    assert shaping.count_agreements(table, life="signed") == signed
    assert shaping.count_agreements(table, life="in_force") == in_force


def test_a_life_that_is_not_known_is_named():
    with pytest.raises(ValueError, match="life is 'dead'; it is one of any, signed, in_force"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), life="dead")
    with pytest.raises(ValueError, match="No column 'kind'"):
        shaping.count_agreements(pd.DataFrame([agreement(3)]), life="signed")
