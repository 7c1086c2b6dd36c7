"""The page on disagreements: every finding again, from the tables as they lie on the disk and by another way."""

from __future__ import annotations

import csv
import json
import re
from itertools import combinations
from pathlib import Path

import nbformat
import pytest

from regionalism.charts.theme import STATES, VEGALITE_MIME
from regionalism.data import load, names
from regionalism.figures import disagreements as figures

ROOT = Path(__file__).parents[2]
MAKERS = (
    figures.china_and_russia,
    figures.kyrgyz_imports,
    figures.who_was_in,
    figures.two_releases,
    figures.un_distance,
)
each = pytest.mark.parametrize("maker", MAKERS, ids=[maker.__name__ for maker in MAKERS])
both_widths = pytest.mark.parametrize("width", [640, 320])


@pytest.fixture(scope="module")
def made():
    return {maker.__name__: maker() for maker in MAKERS}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


# ---------------------------------------------------------------- every figure


def test_names_are_unique(made):
    assert len({figure.name for figure in made.values()}) == len(MAKERS)


@each
def test_every_figure_says_what_it_found_and_whence(maker, made):
    figure = made[maker.__name__]
    for text in (figure.title, figure.subtitle, figure.source, figure.alt, figure.note):
        assert text.strip()
    assert re.search(r"\d", figure.title), "a finding has a number"
    assert re.search(r"(19|20)\d\d", figure.subtitle), "the subtitle names the years"
    assert "{" not in figure.title + figure.subtitle + figure.source + figure.note + figure.alt
    assert set(figure.tables) <= set(names())
    assert len(figure.numbers) >= 5
    assert len(figure.alt) > 60


@each
def test_live_face_is_a_valid_output(maker, made):
    bundle = made[maker.__name__]._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    nbformat.validate(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])]))
    json.dumps(bundle[VEGALITE_MIME], allow_nan=False)


@pytest.mark.local
@each
@both_widths
def test_compiles_for_the_notebook_and_for_the_page(maker, width, made):
    import vl_convert

    for ink in ("live", "page"):
        for version in ("5.20", "6.4"):
            specification = made[maker.__name__].specification(width, ink)
            assert vl_convert.vegalite_to_vega(specification, vl_version=version)["marks"]


@pytest.mark.local
@each
@both_widths
def test_drawing_is_its_own_readable_and_fits(maker, width, made):
    figure = made[maker.__name__]
    drawn = figure.svg(width)
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn)]
    assert sizes
    assert min(sizes) >= 11
    drawn_width = float(re.search(r'width="([\d.]+)"', drawn)[1])
    assert 0.8 * width <= drawn_width <= width
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert all(name.startswith(f"fig-{figure.name}-{width}-") for name in ids)


# ---------------------------------------------------------------- 1: two rivals


def books() -> dict[tuple[str, str, str, int], float]:
    """Turnover by book, state, partner and year: both flows must be there."""
    flows: dict[tuple[str, str, str, int], dict[str, float]] = {}
    for row in rows("trade"):
        reporter, partner, year = row["reporter_iso3"], row["partner_iso3"], int(row["year"])
        if reporter in STATES and partner in ("CHN", "RUS"):
            key = ("own", reporter, partner, year)
        elif partner in STATES and reporter in ("CHN", "RUS"):
            key = ("mirror", partner, reporter, year)
        else:
            continue
        if row["value_usd_mn"]:
            flows.setdefault(key, {})[row["flow"]] = float(row["value_usd_mn"])
    return {key: sum(found.values()) for key, found in flows.items() if len(found) == 2}


def test_who_is_ahead_again_from_the_file():
    turnover = books()
    cells = figures.ahead().set_index(["book", "iso3", "year"])["ahead"]
    compared = 0
    for book in ("own", "mirror"):
        for state in STATES:
            for year in range(1994, 2021):
                pair = [turnover.get((book, state, rival, year)) for rival in ("CHN", "RUS")]
                if None in pair:
                    assert (book, state, year) not in cells.index
                else:
                    assert cells[book, state, year] == (pair[0] > pair[1])
                    compared += 1
        for year in range(1994, 2021):
            sums = [
                [turnover.get((book, state, rival, year)) for state in STATES] for rival in ("CHN", "RUS")
            ]
            if any(None in single for single in sums):
                assert (book, "C5", year) not in cells.index
            else:
                assert cells[book, "C5", year] == (sum(sums[0]) > sum(sums[1]))
    assert compared > 250


def test_the_title_counts_the_states_of_2020(made):
    turnover = books()
    counts = {
        book: sum(turnover[book, state, "CHN", 2020] > turnover[book, state, "RUS", 2020] for state in STATES)
        for book in ("own", "mirror")
    }
    assert counts == {"own": 2, "mirror": 5}
    title = made["china_and_russia"].title
    assert "all five by the partners" in title
    assert "only one of the four with a book of their own" in title


def test_a_lead_for_good_has_no_year_behind_it_without_a_lead():
    cells = figures.ahead()
    assert figures.ahead_for_good(cells, "C5", "mirror") == 2008
    assert figures.ahead_for_good(cells, "C5", "own") == 2010
    assert figures.ahead_for_good(cells, "KGZ", "own") is None, "ahead 2016 to 2019, not in 2020"
    assert figures.ahead_for_good(cells, "TJK", "own") is None
    assert figures.flow_lead("export", "own") == 2006
    assert figures.flow_lead("import", "own") is None


def test_doubt_comes_from_the_table():
    weak = {
        (row["reporter_iso3"], int(row["year"]))
        for row in rows("trade")
        if row["reporter_iso3"] in STATES and row["partner_iso3"] in ("CHN", "RUS") and row["quality"]
    }
    own = figures.ahead().query("book == 'own' and iso3 != 'C5'")
    assert {(row.iso3, row.year) for row in own[own["doubtful"]].itertuples()} <= weak
    together = figures.ahead().query("book == 'own' and iso3 == 'C5'")
    assert together["doubtful"].all(), "the page says that none of the own sums rests on five full reports"
    assert not figures.ahead().query("book == 'mirror'")["doubtful"].any()


# ---------------------------------------------------------------- 2 and 3: two books, one book


def test_kyrgyz_imports_again_from_the_file(made):
    own, china = {}, {}
    for row in rows("trade"):
        pair = (row["reporter_iso3"], row["partner_iso3"], row["flow"].partition("_")[0])
        if pair == ("KGZ", "CHN", "import"):
            own[int(row["year"])] = float(row["value_usd_mn"])
        if pair == ("CHN", "KGZ", "export"):
            china[int(row["year"])] = float(row["value_usd_mn"])
    times = {year: china[year] / own[year] for year in own if year >= 1994}
    year = max(times, key=times.__getitem__)
    title = made["kyrgyz_imports"].title
    assert f"{times[year]:.1f} times" in title
    assert f"in {year}" in title
    assert f"still {times[2020]:.1f} times in 2020" in title
    assert (round(own[2008], 1), round(china[2008], 1)) == (728.2, 9213.8)


def test_turkmen_figures_are_the_partners(made):
    figures_of = {}
    for row in rows("trade"):
        flow = row["flow"].partition("_")[0]
        if row["value_usd_mn"]:
            figures_of[row["reporter_iso3"], row["partner_iso3"], flow, row["year"]] = float(row["value_usd_mn"])
    same = both = 0
    for (reporter, partner, flow, year), value in figures_of.items():
        if reporter != "TKM" or int(year) < 2004:
            continue
        other = figures_of.get((partner, "TKM", "export" if flow == "import" else "import", year))
        if other is not None:
            both += 1
            quotient = value / other if flow == "import" else other / value
            same += abs(quotient - 1.06) < 0.0005
    assert figures.copied_from_partners() == (same, both)
    assert both > 700
    assert same / both > 0.98


# ---------------------------------------------------------------- 4, 5 and 6: dates


def test_memberships_again_from_the_files(made):
    wanted = {"organisation": "CSTO", "state": "UZB", "role": "member"}
    full = next(row for row in rows("memberships") if wanted.items() <= row.items())
    coded = {
        row["source"]: row
        for row in rows("membership_codings")
        if (row["iso3"], row["organisation"]) == ("UZB", "CSTO")
    }
    cow, book = coded["COW IGO 3.0"], coded["CIA World Factbook"]
    title = made["who_was_in"].title
    assert f"{full['start'][:4]}\N{EN DASH}{full['end'][:4]} in our table" in title
    assert f"{cow['first_year']}\N{EN DASH}{cow['last_year']} in one data set" in title
    assert title.endswith(f"still in {book['last_year']} in a handbook")


def test_the_three_have_the_same_years_in_the_sco():
    # The note and the page say so of KAZ, KGZ and TJK.
    coded = {
        (row["source"], row["first_year"], row["last_year"], row["status"])
        for row in rows("membership_codings")
        if row["organisation"] == "SCO" and row["iso3"] in ("KAZ", "KGZ", "TJK")
    }
    assert len(coded) == 2
    own = [row for row in rows("memberships") if row["organisation"] == "SCO"]
    three = {row["start"] for row in own if row["state"] in ("KAZ", "KGZ", "TJK")}
    assert three == {"2001-06-15"}


def test_spells_are_within_what_the_source_covers():
    covered = figures._covered().set_index("source")
    for row in figures.spells().itertuples():
        assert covered["start"][row.source] <= row.start < row.end <= covered["end"][row.source]


def test_signed_in_counts_the_certain_rows():
    table = rows("agreements")
    for year in (1996, 1997):
        certain = [
            row
            for row in table
            if int(row["year_signed"]) == year
            and int(row["n_c5"]) >= 3
            and not row["outside_parties"]
            and not set(row["unknown_parties"].split(";")) - {"", *STATES}
        ]
        assert figures.signed_in(year) == len(certain)
    treaty = next(row for row in table if row["id"] == "A014")
    assert (treaty["year_signed"], treaty["date_signed"]) == ("1997", "1997-01-10")


# ---------------------------------------------------------------- 7 and 8: releases and pacts


def test_two_releases_again_from_the_file(made):
    value = {(row["iso3"], row["year"], row["indicator"]): row["value"] for row in rows("military_expenditure")}
    title = plain(made["two_releases"].title)
    for state, year, name in (("KGZ", "2020", "Kyrgyzstan"), ("TJK", "2023", "Tajikistan")):
        early = 100 * float(value[state, year, "milex_share_of_gdp"])
        late = float(value[state, year, "milex_pct_gdp_later_release"])
        assert f"{name}\N{RIGHT SINGLE QUOTATION MARK}s {year} went from {early:.1f} % to {late:.1f} %" in title


def test_pact_of_twelve():
    assert len(figures.defence_partners("TKM", 2000)["COW"]) == 11
    assert figures.defence_partners("TKM", 2000)["ATOP"] == ["RUS"]
    assert figures.defence_partners("TKM", 2003)["ATOP"] == []
    assert {"RUS", "KAZ", "TJK"} <= set(figures.defence_partners("UZB", 2018)["ATOP"])


# ---------------------------------------------------------------- 9: the dead


def test_counts_of_the_dead_stand_in_the_events():
    summaries = {row["id"]: row["summary"] for row in rows("events")}
    counts = figures.dead()
    for name, event, _ in figures.COUNTS:
        assert re.search(rf"(?<![\d,]){re.escape(counts[name])}(?![\d,]\d)", summaries[event]), name
    assert (counts["border_kgz_first"], counts["border_kgz"], counts["border_tjk"]) == ("59", "62", "41")
    assert int(counts["border_kgz"]) + int(counts["border_tjk"]) == 103
    assert (counts["andijan_state"], counts["andijan_group"]) == ("187", "700")


def test_a_changed_summary_is_noticed(monkeypatch):
    changed = load("events").assign(summary="nothing")
    monkeypatch.setattr(figures, "load", lambda name: changed)
    with pytest.raises(ValueError, match="no longer says"):
        figures.dead()


# ---------------------------------------------------------------- 10: votes


def test_distances_again_from_the_file(made):
    points = {(row["iso3"], int(row["year"])): row for row in rows("un_ideal_points")}

    def mean(column: str, year: int, states=STATES) -> float | None:
        cells = [points.get((state, year), {}).get(column) for state in states]
        if not all(cells):
            return None
        gaps = [abs(float(a) - float(b)) for a, b in combinations(cells, 2)]
        return sum(gaps) / len(gaps)

    four = [state for state in STATES if state != "TKM"]
    found = figures.distances().set_index(["series", "year"])["value"]
    for year in range(1992, 2025):
        for series, column, states in (
            ("final votes", "ideal_point_fp", STATES),
            ("all votes", "ideal_point_all", STATES),
            ("final votes without Turkmenistan", "ideal_point_fp", four),
        ):
            value = mean(column, year, states)
            if value is None:
                assert (series, year) not in found.index
            else:
                assert found[series, year] == pytest.approx(value)
    final, every = "ideal_point_fp", "ideal_point_all"
    ends = [mean(final, 1997), mean(final, 2024), mean(every, 1997), mean(every, 2023)]
    title = made["un_distance"].title
    assert "({:.2f} to {:.2f})".format(*ends[:2]) in title
    assert "({:.2f} to {:.2f} in 2023)".format(*ends[2:]) in title
    assert mean("ideal_point_fp", 2004) > 2 * mean("ideal_point_fp", 2004, four), "one state makes the hump"


@pytest.mark.parametrize(
    ("change", "word"), [(1.2, "not closer"), (1.0, "no closer"), (0.8, "a little closer"), (0.4, "much closer")]
)
def test_a_change_has_a_word(change, word):
    assert figures._closeness(change) == word


# ---------------------------------------------------------------- the page


def test_the_page_glues_each_number_that_it_shows():
    text = (ROOT / "book" / "disagreements.md").read_text(encoding="utf-8")
    for maker in MAKERS:
        assert text.count(f"figures.{maker.__name__}()\n```") == 1
    cases = len(re.findall(r"^### \d+\. ", text, re.MULTILINE))
    assert cases == 11
    for step in ("**What the sources say", "**Why they ", "**What to write.**", "Before you look"):
        assert text.count(step) == cases
    assert not re.search(r"\{glue:text\}(?!`\w+`)", text)
