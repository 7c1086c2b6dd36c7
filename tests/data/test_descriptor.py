"""The descriptor itself: what a maintainer forgets or mistypes there is told in words, before anything else."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from regionalism import data
from regionalism.tables.descriptor import CHAPTERS, description_problems

ROOT = Path(__file__).resolve().parents[2]
FACTS = "id,iso3,n,indicator,unit,date\nF1,KAZ,1,gdp,US dollars,2020\n"
FIELDS = {
    "iso3": {"constraints": {"required": True, "pattern": "[A-Z]{3}"}, "list": {"table": "states", "counted_in": "n"}},
    "n": {"type": "integer", "constraints": {"minimum": 0, "maximum": 9}},
    "indicator": {"codes": {"gdp": "output"}, "units": {"gdp": "US dollars"}, "constraints": {"enum": ["gdp"]}},
}
KEY = [{"fields": "iso3", "reference": {"resource": "states", "fields": "iso3"}}]


@pytest.fixture
def facts(small):
    small.table(
        "facts", FACTS, fields=FIELDS, foreignKeys=KEY, time="date", places=["iso3"],
        checks=[{"rule": "differ", "column": "id", "with": "iso3"}],
    )  # fmt: skip
    small.seal()
    assert data.check(small.folder) == {}
    small.entries = {entry["name"]: entry for entry in data.package(small.folder)["resources"]}
    return small


def column(name, /, **change):
    def apply(entry):
        found = next(one for one in entry["schema"]["fields"] if one["name"] == name)
        for key, value in change.items():
            if value is None:
                found.pop(key)
            elif isinstance(value, dict) and key in found:
                found[key] = {**found[key], **value}
            else:
                found[key] = value

    return apply


def put(*path, value):
    def apply(entry):
        for step in path[:-1]:
            entry = entry[step]
        entry[path[-1]] = value

    return apply


def drop(*path):
    def apply(entry):
        for step in path[:-1]:
            entry = entry[step]
        del entry[path[-1]]

    return apply


TERMS = ("name", "title", "path", "terms")
READ = ("title", "description", "theme", "sources", "licenses", "vintage", "coverage", "notes", "defects", "chapters")
FAULTS = [
    *((drop(key), f"it lacks {key!r}") for key in (*READ, "schema")),
    *((put(key, value=7), f"it lacks {key!r}") for key in READ),
    *((drop("licenses", 0, key), f"an entry of its `licenses` lacks {key!r}") for key in TERMS),
    *((drop("sources", 0, key), f"an entry of its `sources` lacks {key!r}") for key in ("title", "citation")),
    *((drop("schema", key), f"its `schema` lacks {key!r}") for key in ("fields", "primaryKey", "missingValues")),
    (put("sources", value=[]), "it lacks 'sources' (a list with at least one entry"),
    (put("title", value=" "), "it lacks 'title'"),
    (put("notes", value="a remark"), "it lacks 'notes' (a list of texts"),
    (put("schema", value=[]), "its `schema` must be one entry"),
    (put("copies", value=[{"what": "x"}]), "an entry of its `copies` lacks 'repository'"),
    (column("n", title=None), "column n lacks 'title'"),
    (column("n", description=None), "column n lacks 'description'"),
    (column("n", description=""), "column n lacks 'description'"),
    (column("n", type=None), "column n lacks 'type'"),
    (column("n", name=None), "column number 3 lacks 'name'"),
    (column("n", constraints=[]), "column n: its `constraints` must be one entry"),
    (put("chapters", value=["gain"]), "there is no chapter 'gain'. Nearest: gains"),
    (put("chapters", value=["zzz"]), "there is no chapter 'zzz'. Known: puzzle, record"),
    (put("time", value="dates"), "`time` names the column 'dates', which the table does not have. Nearest: date."),
    (put("time", value=["id", "date", "n"]), "its `time` must be the name of a column or of two"),
    (put("places", value=["state"]), "`places` names the column 'state'"),
    (put("schema", "primaryKey", value=["key"]), "`primaryKey` names the column 'key'"),
    (put("schema", "foreignKeys", 0, "fields", value="iso"), "`foreignKeys` names the column 'iso'"),
    (put("schema", "foreignKeys", 0, "reference", "resource", value="nations"), "points to a table 'nations' that"),
    (put("schema", "foreignKeys", 0, "reference", "fields", value="iso"), "'iso', which the table states does not"),
    (drop("schema", "foreignKeys", 0, "reference"), "an entry of its `foreignKeys` lacks `fields`, or `reference`"),
    (put("checks", 0, "with", value="iso"), "names the column 'iso'"),
    (put("checks", value=[7]), "its `checks` must be a list of entries"),
    (put("checks", 0, "limit", value="9"), "its `limit` must be a number without quotes"),
    (column("iso3", list={"counted_in": "number"}), "column iso3: `counted_in` names the column 'number'"),
    (column("iso3", list={"where": {"kind": ["x"]}}), "`where` names the column 'kind', which the table"),
    (column("iso3", list={"where": {"iso3": "KAZ"}}), "the `where` of its list must name columns"),
    (column("iso3", list={"table": "nations"}), "column iso3: its list points to a table 'nations'"),
    (column("iso3", list={"item": "word"}), "only 'first_word' is known"),
    (column("iso3", list={"separator": ""}), "the `separator` of its list"),
    (column("iso3", constraints={"pattern": "[A-Z"}), "column iso3: its `pattern` cannot be read"),
    (column("iso3", constraints={"requird": True}), "the constraint 'requird' is not known. Nearest: required."),
    (column("iso3", constraints={"required": "yes"}), "`required` must be true or false"),
    (column("iso3", constraints={"minimum": 1}), "`minimum` is for numbers and years"),
    (column("n", constraints={"minimum": "0"}), "its `minimum` '0' is not of type integer"),
    (column("n", constraints={"minimum": 0.5}), "its `minimum` 0.5 is not of type integer"),
    (column("n", constraints={"minimum": 10}), "its minimum 10 is above its maximum 9"),
    (column("n", constraints={"enum": ["1"]}), "its `enum` holds '1', which is not of type integer"),
    (column("n", constraints={"enum": [True]}), "its `enum` holds True"),
    (column("indicator", constraints={"enum": [1]}), "its `enum` holds 1, which is not of type string"),
    (column("indicator", constraints={"enum": "gdp"}), "its `enum` must be a list"),
    (column("indicator", units={"gnp": "US dollars"}), "`units` names 'gnp', which is not among its `codes`"),
    (column("unit", name="measure"), "it has `units`, so the table needs a column unit"),
    (column("unit", name="n"), "the column n is described twice"),
    (put("path", value="../facts.csv"), "must be the bare name of a file"),
    (put("name", value="Our facts"), "its `name` may hold only small Latin letters"),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_of_the_description_is_told_in_words_and_nothing_is_sealed(facts, spoil, said):
    facts.edit(lambda whole: spoil(whole["resources"][1]))
    name = data.package(facts.folder)["resources"][1]["name"]
    before = (facts.folder / data.DESCRIPTOR).read_bytes()
    found = data.validate(name, facts.folder)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith(("datapackage.json, table", "facts.csv: the descriptor's")) for problem in found)
    assert data.check(facts.folder)[name] == found
    with pytest.raises(data.DamagedTable, match=r"Nothing was sealed\."):
        data.seal(facts.folder)
    assert (facts.folder / data.DESCRIPTOR).read_bytes() == before


def test_describing_a_table_whose_description_lacks_a_part_ends_with_words(facts):
    for key in ("title", "vintage", "licenses"):
        facts.edit(lambda whole, key=key: whole["resources"][1].pop(key))
        with pytest.raises(data.DamagedTable, match=f"datapackage.json, table facts: it lacks '{key}'"):
            data.describe("facts", facts.folder)


@pytest.mark.parametrize("key", ["name", "path"])
def test_two_entries_with_one_name_or_path_are_told_with_both_places(facts, key):
    def double(whole):
        whole["resources"].append({**copy.deepcopy(whole["resources"][0]), "name": "again", "path": "again.csv"})
        whole["resources"][2][key] = whole["resources"][0][key]

    facts.edit(double)
    for ask in (data.load, data.describe, data.validate):
        with pytest.raises(data.DamagedTable, match="stands twice") as caught:
            ask("facts", facts.folder)
        assert f"the {key} " in str(caught.value)
        assert "entry 1 (the first; name 'states'" in str(caught.value)
        assert "entry 3 (after 'facts'; name " in str(caught.value)


def test_what_the_whole_descriptor_lacks_is_told(facts):
    facts.edit(lambda whole: whole.pop("version"))
    assert data.check(facts.folder) == {
        data.DESCRIPTOR: ["datapackage.json: it lacks 'version' at its top; every citation names it."]
    }


@pytest.mark.parametrize("fault", ["'title'", "'notes'"])
def test_a_map_is_described_as_fully_as_a_table(facts, fault):
    facts.map("map", {"type": "FeatureCollection", "features": []})
    facts.describe()
    assert data.examine(facts.folder).problems == {}
    facts.edit(lambda whole: whole["resources"][2].pop(fault.strip("'")))
    assert f"table map: it lacks {fault}" in data.validate("map", facts.folder)[0]


def test_the_chapters_are_those_of_the_book():
    whole = data.package()
    assert {stem for entry in whole["resources"] for stem in entry["chapters"]} == set(CHAPTERS)
    assert [problem for entry in whole["resources"] for problem in description_problems(entry, whole)] == []


@pytest.mark.parametrize("entry", [entry["name"] for entry in data.package()["resources"]])
def test_whatever_part_is_taken_from_a_real_entry_the_check_ends_with_words(entry):
    """No part that is dropped or emptied lets the check stumble."""
    whole = data.package()
    sound = next(one for one in whole["resources"] if one["name"] == entry)
    for key in sound:
        if key in ("name", "path"):
            continue
        for value in (None, 7, "", [], {}, [7], [{}]):
            spoilt = {**sound, key: value}
            assert all(isinstance(problem, str) for problem in description_problems(spoilt, whole))
        dropped = {one: value for one, value in sound.items() if one != key}
        assert json.dumps(description_problems(dropped, whole))
