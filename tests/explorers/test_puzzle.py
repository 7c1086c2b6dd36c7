"""What the chapter's explorers say in the cases that matter."""

from __future__ import annotations

import pytest

from regionalism.data import load
from regionalism.explorers.puzzle import INSIDE, definition_dial, depth_dial
from regionalism.shaping import SECURITY_AREAS, count_agreements


def counts(**values):
    standing = definition_dial.results(**values)["standing"]
    return int((standing == "certain").sum()), int(standing.isin(INSIDE).sum())


@pytest.mark.parametrize(("values", "asked"), [
    ({}, {}),
    ({"minimum": 5}, {"minimum": 5}),
    ({"outsiders": "yes"}, {"outsiders": True}),
    ({"area": "security"}, {"issue_areas": SECURITY_AREAS}),
    ({"binding": "yes", "life": "in_force"}, {"binding": True, "life": "in_force"}),
])
def test_the_dial_counts_as_the_table_is_counted(values, asked):
    assert counts(**values) == count_agreements(load("agreements"), **asked)
    lower, upper = counts(**values)
    assert f" {lower} to {upper} count" in definition_dial.sentence_for(**values)


def test_what_the_next_turn_takes_away_is_what_missed_by_one_step():
    before = definition_dial.results().set_index("id")["standing"]
    after = definition_dial.results(minimum=4).set_index("id")["standing"]
    lost = set(before[before.isin(INSIDE)].index) - set(after[after.isin(INSIDE)].index)
    assert lost == set(after[after == "minimum"].index)
    assert "only 3 states" in set(definition_dial.results(minimum=4)["lacks"])


def test_stacks_have_no_holes_and_stay_where_they_are():
    frame = definition_dial.results()
    for _, slots in frame.groupby("year")["slot"]:
        assert sorted(slots) == list(range(1, len(slots) + 1))
    other = definition_dial.results(minimum=5, binding="yes")
    assert frame[["id", "year", "slot"]].equals(other[["id", "year", "slot"]])


def test_names_shown_miss_by_one_step_and_are_nine_at_most():
    for values in definition_dial.points():
        frame = definition_dial.grid().rows(values)
        shown = [row for row in frame if row["line"]]
        assert len(shown) <= 9
        assert sorted(row["line"] for row in shown) == list(range(1, len(shown) + 1))
        assert all(row["lacks"] for row in shown)
        kinds = [row["lacks"] for row in shown]
        assert all(kinds.count(kind) <= 3 for kind in kinds)


def test_the_first_search_alone_finds_less():
    lower, upper = counts(search="first")
    both = counts()
    assert lower < both[0]
    assert upper < both[1]
    assert f"Of {(load('agreements')['search_round'] == 1).sum()} rows" in definition_dial.sentence_for(search="first")


def test_the_prediction_tells_the_truth():
    plain = definition_dial.results().set_index("id")["standing"]
    strict = definition_dial.results(binding="yes").set_index("id")["standing"]
    assert plain[["A012", "A018", "A073", "A033"]].eq("certain").all()
    assert strict[["A012", "A018", "A033"]].eq("certain").all()
    assert strict["A073"] == "binding"
    for values in definition_dial.points():
        row = next(row for row in definition_dial.grid().rows(values) if row["id"] == "A033")
        assert row["standing"] == "certain"


def test_asean_and_the_cis_cannot_be_told_apart():
    for values in depth_dial.points():
        if values["year"] != 2014:
            continue
        rows = {row["io"]: row for row in depth_dial.grid().rows(values)}
        assert rows["CIS"]["counts"] == rows["ASEAN"]["counts"]
        assert rows["CIS"]["delegation"] == rows["ASEAN"]["delegation"]
    young = depth_dial.results(year=1994).set_index("io")
    assert young.loc["CIS", "delegation"] > young.loc["ASEAN", "delegation"]


def test_a_body_without_a_score_is_not_called_shallow():
    rows = depth_dial.results(year=2014, delegation=0, pooling=0).set_index("io")
    assert rows.loc["AU", "counts"] == "not there"
    assert "no score" in depth_dial.sentence_for()
