"""The definition dial: more conditions never let more in, and each agreement has one strictest definition."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionalism.data import load
from regionalism.models.definitions import (
    AREAS,
    CONDITIONS,
    MINIMUMS,
    WEAKEST,
    Definition,
    all_definitions,
    counting,
    standing,
    strictest,
)
from regionalism.shaping import LIVES

definitions = st.sampled_from(list(all_definitions()))
PARTIES = st.lists(st.sampled_from(["KAZ", "KGZ", "TJK", "TKM", "UZB"]), unique=True, max_size=5)


@st.composite
def registers(draw):
    """Made-up registers that hold every kind of gap."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        known = draw(PARTIES)
        unknown = [code for code in draw(st.lists(st.sampled_from(["TJK", "UZB", "AZE"]), unique=True, max_size=2))
                   if code not in known]
        rows.append(
            {
                "id": f"B{number}",
                "n_c5": len(known),
                "outside_parties": draw(st.sampled_from([None, "RUS"])),
                "unknown_parties": ";".join(unknown) or None,
                "issue_area": draw(st.sampled_from(["border", "multi", "economic"])),
                "legally_binding": draw(st.sampled_from(["yes", "no", "unclear"])),
                "kind": draw(st.sampled_from(["treaty", "summit_format", "proposal"])),
                "status": draw(st.sampled_from(["in_force", "signed", "dissolved", "proposal", "never_materialised"])),
                "year_in_force": draw(st.sampled_from([None, 2000])),
            }
        )
    return pd.DataFrame(rows)


@given(registers(), definitions)
@settings(max_examples=30, deadline=None)
def test_a_weaker_definition_loses_nothing(register, definition):
    inside = counting(register, definition)
    sure = set(inside.loc[inside["fits"] == "certain", "id"])
    for weaker in definition.weaker().values():
        wider = counting(register, weaker)
        assert set(inside["id"]) <= set(wider["id"])
        assert sure <= set(wider.loc[wider["fits"] == "certain", "id"])


@given(registers(), definitions)
@settings(max_examples=30, deadline=None)
def test_what_misses_by_one_step_is_what_that_step_costs(register, definition):
    places = standing(register, definition)
    inside = set(counting(register, definition)["id"])
    assert set(places[places.isin(["certain", "possible"])].index) == inside
    for name in CONDITIONS:
        weaker = definition.weaker().get(name)
        lost = set(counting(register, weaker)["id"]) - inside if weaker else set()
        assert set(places[places == name].index) == lost


@given(registers())
@settings(max_examples=12, deadline=None)
def test_the_strictest_definition_is_the_edge(register):
    for row in register["id"]:
        best = strictest(register, row)
        alone = register[register["id"] == row]
        sure = [d for d in all_definitions() if (counting(alone, d)["fits"] == "certain").any()]
        if best is None:
            assert not sure
        else:
            assert best in sure
            assert all(a <= b for d in sure for a, b in zip(d.steps(), best.steps(), strict=True))


def test_no_row_misses_two_conditions_by_one_step_and_is_called_one():
    table = load("agreements")
    places = standing(table, Definition(5, area="narrow", binding=True, life="in_force"))
    assert places["A010"] == "out"  # three states, and it has ended: two conditions missed
    # Of its entry into force nothing is known, so that four states are all that it surely lacks.
    assert places["A018"] == "minimum"


def test_the_order_of_rows_does_not_matter():
    table = load("agreements")
    mixed = table.sample(frac=1, random_state=1)
    for definition in (Definition(), Definition(2, True), Definition(area="security", binding=True)):
        assert standing(table, definition).sort_index().equals(standing(mixed, definition).sort_index())


def test_the_weakest_has_no_weaker_and_every_other_has():
    assert WEAKEST.weaker() == {}
    assert all(definition.weaker() for definition in all_definitions() if definition != WEAKEST)
    assert len(set(all_definitions())) == len(MINIMUMS) * 2 * len(AREAS) * 2 * len(LIVES)


def test_an_unknown_makes_a_row_possible_and_never_certain():
    table = load("agreements")
    places = standing(table, Definition())
    assert places[["A034", "A081", "A082", "A084"]].tolist() == ["possible"] * 4
    assert places["A014"] == "certain"  # three states are known, the unknown one is of the five
    assert standing(table, Definition(life="in_force"))["A018"] == "possible"


def test_the_zone_alone_stays_at_the_strictest():
    table = load("agreements")
    strict = Definition(5, False, "narrow", True, "in_force")
    inside = counting(table, strict)
    assert inside["id"].tolist() == ["A033"]
    assert strictest(table, "A033") == strict


@pytest.mark.parametrize(("values", "said"), [
    ({"minimum": 1}, "minimum is 1; it is one of 2, 3, 4, 5"),
    ({"minimum": True}, "minimum is True"),
    ({"area": "water"}, "area is 'water'"),
    ({"life": "dead"}, "life is 'dead'"),
])
def test_faults_are_named(values, said):
    with pytest.raises(ValueError, match=said):
        Definition(**values)
    with pytest.raises(ValueError, match="No agreement has the id 'Z1'"):
        strictest(load("agreements"), "Z1")


def test_replacing_keeps_the_checks():
    with pytest.raises(ValueError, match="area"):
        replace(Definition(), area="space")
