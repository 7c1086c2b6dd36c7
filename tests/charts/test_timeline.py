"""The line of time: one lane a row, ends and unknowns shown as what they are."""

from __future__ import annotations

import pandas as pd
import pytest

from regionalism.charts.theme import themed
from regionalism.charts.timeline import timeline_chart


def spells(**columns):
    table = pd.DataFrame(
        {
            "name": [
                "A treaty of friendship with a very long name, so long that no phone could ever show it on one line",
                "B",
                "C",
            ],
            "start": [1994, 2022, 2025],
            "end": [2002, 2022, None],
            "kind": ["binding", "not binding", "binding"],
            "mark": ["certain", "certain", "unknown"],
        }
    )
    return table.assign(**columns)


def lanes(width=640):
    return themed(timeline_chart(spells(), width, 2026))["data"]["values"]


def test_a_lane_says_how_long_and_whether_it_goes_on():
    first, second, third = lanes()
    assert (first["from"], first["to"], first["long"], first["open"]) == (1994, 2002, True, False)
    assert (second["long"], second["open"]) == (False, False)
    assert (third["to"], third["open"], third["mark"]) == (2026, True, "unknown")


@pytest.mark.parametrize("width", [640, 320])
def test_names_keep_to_the_drawing(width):
    drawn = lanes(width)
    assert all(len(lane["name"]) * 5.2 <= width for lane in drawn)
    assert drawn[0]["name"].endswith("…")
    # A long name starts where its bar starts; one that would run over the edge ends there instead.
    assert [lane["side"] for lane in drawn] == ["left", "left", "left"]
    late = spells(name=["A first treaty", "B", "A treaty of 2025 with a long name"])
    assert timeline_chart(late, width, 2026).to_dict()["data"]["values"][2]["side"] == "right"


def test_faults_are_named():
    with pytest.raises(ValueError, match="starts after"):
        timeline_chart(spells(start=[1994, 2022, 2030]), 640, 2026)
    with pytest.raises(ValueError, match="perhaps"):
        timeline_chart(spells(kind=["binding", "perhaps", "binding"]), 640, 2026)
