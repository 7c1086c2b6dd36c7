"""Maps beside the tables; the references that rows rest on; citations for a reference manager; themes."""

from __future__ import annotations

import copy
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regionalism
from regionalism import data
from regionalism.tables.citing import citation_of, source_keys, year_of

SQUARE = [[[60.0, 40.0], [61.0, 40.0], [61.0, 41.0], [60.0, 40.0]]]
MAP = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"iso3": "KAZ"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}},
        {
            "type": "Feature",
            "properties": {"iso3": "KGZ"},
            "geometry": {"type": "MultiPolygon", "coordinates": [SQUARE]},
        },
    ],
}


@pytest.fixture
def mapped(small):
    small.map("map", MAP, theme="Keys")
    small.seal()
    return small


def test_a_map_is_sealed_loaded_and_described(mapped):
    assert data.names(mapped.folder) == ["states"]
    assert data.maps(mapped.folder) == ["map"]
    assert data.package(mapped.folder)["resources"][1]["features"] == 2
    assert data.load_map("map", mapped.folder) == MAP
    assert data.validate("map", mapped.folder) == []
    told = data.describe("map", mapped.folder)
    assert told.is_map
    assert told.rows == 2
    assert told.theme == "Keys"
    for shown in (str(told), told._repr_markdown_(), told._repr_html_()):
        assert told.checksum in shown
        assert "Columns" not in shown
    assert "Map “map” in: Small" in data.cite("map", folder=mapped.folder)


def test_a_caller_may_change_its_map(mapped):
    data.load_map(folder=mapped.folder)["features"].clear()
    assert len(data.load_map(folder=mapped.folder)["features"]) == 2


def test_a_map_asked_for_as_a_table_points_to_the_right_function(mapped):
    with pytest.raises(data.WrongKind, match=re.escape("'map' is a map: read it with load_map('map').")):
        data.load("map", mapped.folder)
    with pytest.raises(data.UnknownTable, match=re.escape("'states' is a table: read it with load('states').")):
        data.load_map("states", mapped.folder)
    with pytest.raises(data.UnknownTable, match="Did you mean 'map'"):
        data.load_map("mapp", mapped.folder)


def test_a_changed_map_is_refused(mapped):
    mapped.change("map", "{}")
    with pytest.raises(data.DamagedTable, match=r"map\.geojson: the file was changed"):
        data.load_map("map", mapped.folder)
    assert data.validate("map", mapped.folder)


def damaged(change):
    spoilt = copy.deepcopy(MAP)
    change(spoilt["features"][1])
    return spoilt


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "expected JSON"),
        ("[]", "no list of features"),
        (
            damaged(lambda part: part["properties"].update(iso3="XYZ")),
            "feature 2 (XYZ): its property iso3 must be a code",
        ),
        (damaged(lambda part: part.pop("properties")), "feature 2 (without iso3)"),
        (damaged(lambda part: part["geometry"].update(type="Circle")), "geometry 'Circle' is not known"),
        (damaged(lambda part: part.update(geometry=None)), "geometry None is not known"),
        (damaged(lambda part: part["geometry"].update(coordinates=[[[[181, 40]]]])), "1 positions are not on earth"),
        (damaged(lambda part: part["geometry"].update(coordinates=[[[[60, 91]]]])), "latitude -90 to 90"),
        (damaged(lambda part: part["geometry"].update(coordinates=[[["60", "40"]]])), "not on earth"),
    ],
)
def test_a_faulty_map_is_told_in_words_and_not_sealed(small, content, said):
    small.map("map", content)
    assert said in " ".join(small.problems("map"))
    with pytest.raises(data.DamagedTable, match=r"map\.geojson"):
        data.seal(small.folder)


def test_a_wrong_number_of_features_is_told(mapped):
    small = mapped
    small.entries["map"].update(data.package(small.folder)["resources"][1], features=3)
    assert small.problems("map") == ["map.geojson: expected 3 features, found 2."]


# ---------------------------------------------------------------- sources, citations, themes

REFERENCES = """\
reference,kind,publisher,title,date,address
mayer2021,article,Journal,A title,2021,
rferl-2018,press,RFE/RL,A meeting,2018-03-15,https://example.org/a
unused,press,Nobody,Nothing,,
"""
EVENTS = """\
id,source,law
E1,mayer2021 §4 ¶3 | rferl-2018,
E2,mayer2021 §1 | mayer2021 §2,mayer2021
E3,,rferl-2018
E4,mayer2021,
"""
LAW = [{"fields": "law", "reference": {"resource": "references", "fields": "reference"}}]


def test_sources_count_the_rows_that_cite_each_reference(small):
    small.table("references", REFERENCES)
    cited = {"source": {"list": {"separator": " | ", "table": "references", "item": "first_word"}}}
    small.table("events", EVENTS, fields=cited, foreignKeys=LAW)
    small.seal()
    found = data.sources("events", small.folder)
    assert found.columns.tolist() == ["reference", "kind", "publisher", "title", "date", "address", "rows"]
    assert found["reference"].tolist() == ["mayer2021", "rferl-2018"]
    assert found["rows"].tolist() == [3, 2]
    assert found["publisher"].tolist() == ["Journal", "RFE/RL"]
    assert pd.isna(found["address"][0])


def test_sources_of_a_table_without_references_are_those_of_its_description(mapped):
    for name, rows in (("states", 7), ("map", 2)):
        found = data.sources(name, mapped.folder)
        assert found.columns.tolist() == ["reference", "kind", "publisher", "title", "date", "address", "rows"]
        assert found[["reference", "title", "date", "rows"]].values.tolist() == [["a-source", "A Source", "2020", rows]]


def test_themes_keep_the_order_of_the_descriptor(small):
    small.table("b", "id\n1\n", theme="Trade")
    small.table("c", "id\n1\n", theme="Keys")
    small.table("a", "id\n1\n", theme="Trade")
    small.seal()
    assert data.themes(small.folder) == {"Keys": ["states", "c"], "Trade": ["b", "a"]}
    assert data.describe("a", small.folder).theme == "Trade"


def test_bibtex_has_an_entry_for_each_source_and_one_for_the_excerpt(small):
    small.seal()
    text = data.cite("states", style="bibtex", folder=small.folder)
    assert re.findall(r"^@misc\{(.+),$", text, re.MULTILINE) == ["a-source", "regionalism-states"]
    assert "  year = {2020},\n" in text
    assert "  url = {https://example.org},\n" in text


@pytest.mark.parametrize("style", ["apa", "", None, "BibTeX"])
def test_an_unknown_style_is_named_with_those_that_are_known(small, style):
    small.seal()
    with pytest.raises(ValueError, match=re.escape(f"style {style!r} is not known; it is one of 'text', 'bibtex'.")):
        data.cite("states", style, small.folder)


@given(st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_whatever_a_title_holds_the_braces_of_bibtex_stay_balanced(title, citation):
    table = {
        "name": "states",
        "title": title,
        "vintage": citation,
        "schema": {},
        "sources": [{"title": title, "citation": citation, "path": f"https://example.org/{title}"}] * 2,
    }
    text = citation_of(table, {"title": title, "version": "1"}, "bibtex")
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert text.count("@misc{") >= 3


def test_specials_of_tex_are_escaped():
    table = {"name": "t", "title": "R&D 50% of $1 #1 a_b ~ ^ \\ {x}", "vintage": "v", "schema": {}, "sources": []}
    text = citation_of(table, {"title": "C", "version": "1"}, "bibtex")
    assert r"R\&D 50\% of \$1 \#1 a\_b \textasciitilde{} \textasciicircum{} \textbackslash{} \textbraceleft{}x" in text


def test_keys_of_sources_are_made_from_their_titles_and_differ():
    titles = ["SIPRI Military Expenditure Database", "Überblick", "Überblick", "…", "word " * 40]
    keys = source_keys([{"title": title} for title in titles])
    assert keys[:4] == ["sipri-military-expenditure-database", "uberblick", "uberblick-2", "source"]
    assert len(keys[4]) <= 60
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("citation", "year"),
    [
        ("Sundberg, Ralph, and Erik Melander. 2013. “Introducing the Dataset.”", "2013"),
        ("Singer, J. David. 1987. “Reconstructing.”", "1987"),
        ("SIPRI. SIPRI Database, 1948–2023. Solna: SIPRI, 2024.", ""),
        ("Voeten, Erik. Voting Data. Dataverse; Voeten, Erik. 2013. “Data.”", ""),
    ],
)
def test_the_year_is_taken_only_where_the_style_puts_it(citation, year):
    assert year_of(citation) == year


def test_the_package_offers_what_chapters_need():
    for name in regionalism.__all__:
        assert getattr(regionalism, name) is not None
