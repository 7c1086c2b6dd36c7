"""The shared tables agree with their descriptor, and loading, describing, citing and sealing them works."""

from __future__ import annotations

import copy
import csv
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regionalism
from regionalism import data
from regionalism.shaping import count_agreements

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = json.loads((ROOT / "data" / data.DESCRIPTOR).read_text(encoding="utf-8"))["resources"]
TABLES = [entry["name"] for entry in ENTRIES if "schema" in entry]
MAPS = [entry["name"] for entry in ENTRIES if "schema" not in entry]
COLUMNS = [(entry["name"], column) for entry in ENTRIES if "schema" in entry for column in entry["schema"]["fields"]]
FIVE = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
COUNTER = itertools.count()


class Shelf:
    """A folder of tables in memory, as far as the package needs one: for damage at no cost."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.number = files, next(COUNTER)

    def __truediv__(self, name: str) -> Shelf.File:
        return Shelf.File(self.files, name)

    def __str__(self) -> str:
        return f"shelf {self.number}"

    class File:
        def __init__(self, files: dict[str, bytes], name: str) -> None:
            self.files, self.name = files, name

        def read_bytes(self) -> bytes:
            if self.name not in self.files:
                raise FileNotFoundError(self.name)
            return self.files[self.name]

        def read_text(self, encoding: str) -> str:
            return self.read_bytes().decode(encoding)


ORIGINAL = {path.name: path.read_bytes().replace(b"\r\n", b"\n") for path in (ROOT / "data").iterdir()}


def shelf(**changed: bytes) -> Shelf:
    """The course's tables, with some of them replaced: shelf(states=b"...")."""
    return Shelf({**ORIGINAL, **{f"{name}.csv": raw for name, raw in changed.items()}})


def replaced(table: str, old: str, new: str, *, count: int = 1) -> Shelf:
    """The course's tables with one passage of one table changed; the passage must exist."""
    raw = ORIGINAL[f"{table}.csv"].decode()
    assert old in raw, old
    return shelf(**{table: raw.replace(old, new, count).encode()})


def sealed(files: Shelf) -> Shelf:
    """The same files with checksums that fit them, so that only the content can be at fault."""
    whole = json.loads(files.files[data.DESCRIPTOR])
    for table in whole["resources"]:
        table.update(data.seal_of(table, files.files[table["path"]]))
    return Shelf({**files.files, data.DESCRIPTOR: json.dumps(whole).encode()})


@pytest.fixture(autouse=True)
def _fresh_memory():
    data.forget()
    yield
    data.forget()


# ---------------------------------------------------------------- the tables themselves


def test_names_are_those_of_the_descriptor():
    assert data.names() == TABLES
    assert data.maps() == MAPS
    assert sorted(name for names in data.themes().values() for name in names) == sorted([*TABLES, *MAPS])
    assert {"states", "country_panel", "military_expenditure", "capabilities", "agreements", "claims"} <= set(TABLES)


@pytest.mark.parametrize("name", [*TABLES, *MAPS])
def test_every_table_and_map_agrees_with_its_description(name):
    assert data.validate(name) == []


def cells_of(name: str) -> list[dict[str, str]]:
    """The rows of a table as text, nothing converted; of a map the properties of its features."""
    if name in MAPS:
        found = [feature["properties"] for feature in json.loads(ORIGINAL[f"{name}.geojson"])["features"]]
        return [{k: v if isinstance(v, str) else json.dumps(v) for k, v in row.items()} for row in found]
    return list(csv.DictReader(io.StringIO(ORIGINAL[f"{name}.csv"].decode(), newline="")))


def test_cells_recorded_from_the_sources_stand_in_the_tables_to_the_letter():
    """tests/recorded_cells.json was drawn at random from what the tables were made from, not from the tables."""
    recorded = json.loads((ROOT / "tests" / "recorded_cells.json").read_text(encoding="utf-8"))
    assert len(recorded) >= 300
    rows: dict[tuple, list[dict[str, str]]] = {}
    for table, columns in {(cell["table"], tuple(sorted(cell["key"]))) for cell in recorded}:
        for row in cells_of(table):
            rows.setdefault((table, *((column, row[column]) for column in columns)), []).append(row)
    wrong = []
    for cell in recorded:
        found = rows.get((cell["table"], *sorted(cell["key"].items())), [])
        if [row[cell["column"]] for row in found] != [cell["value"]]:
            wrong.append((cell, [row[cell["column"]] for row in found]))
    assert wrong == []


@pytest.mark.local
def test_an_independent_reader_accepts_the_package():
    from frictionless import Package, validate

    report = validate(str(ROOT / "data" / data.DESCRIPTOR))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])
    package = Package(str(ROOT / "data" / data.DESCRIPTOR))
    assert package.resource_names == [entry["name"] for entry in ENTRIES]
    counted = {task.name: task.stats["rows"] for task in report.tasks if task.name in TABLES}
    assert counted == {name: len(data.load(name)) for name in TABLES}


def test_nothing_lies_in_the_folder_that_the_descriptor_does_not_name():
    named = {f"{name}.csv" for name in TABLES} | {f"{name}.geojson" for name in MAPS}
    assert named == {entry["path"] for entry in ENTRIES}
    assert set(ORIGINAL) == {*named, data.DESCRIPTOR, "README.md", "LICENSES.md"}


@pytest.mark.parametrize("name", [*TABLES, *MAPS])
def test_every_description_is_complete(name):
    told = data.describe(name)
    for text in (told.title, told.description, told.coverage, told.vintage, told.citation, told.theme):
        assert text.strip()
    assert told.sources
    assert told.licences
    assert told.chapters
    assert all(licence.terms and licence.path.startswith("https://") for licence in told.licences)
    assert all(column.title and column.description.endswith(".") for column in told.fields)
    assert all(re.fullmatch(r"[0-9a-f]{40}", taken.commit) for taken in told.copies)
    assert told.is_map == (name in MAPS)
    assert told.rows == len(data.load_map(name)["features"] if told.is_map else data.load(name))


@pytest.mark.parametrize("name", [*TABLES, *MAPS])
def test_terms_are_told_in_plain_words_for_every_table(name):
    text = (ROOT / "data" / "LICENSES.md").read_text(encoding="utf-8")
    assert f"`{name}`" in text
    for licence in data.licences()[name]:
        assert licence.path in text


@pytest.mark.parametrize("name", TABLES)
def test_no_address_is_bare_numbers(name):
    for column in data.describe(name).fields:
        text = " ".join(row[column.name] for row in cells_of(name))
        hosts = set(re.findall(r"https?://([^/\s:]+)", text))
        assert not [host for host in hosts if re.fullmatch(r"[0-9.]+", host)]


MEASURES = [(table, column["name"]) for table, column in COLUMNS if column.get("units")]


@pytest.mark.parametrize(("name", "column"), MEASURES)
def test_every_declared_measure_occurs_and_has_a_unit(name, column):
    declared = next(field for field in data.describe(name).fields if field.name == column)
    assert set(declared.units) == set(declared.codes) == set(data.load(name)[column])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_names_references_has_sources_that_are_known(name):
    found = data.sources(name)
    assert found.columns.tolist() == ["reference", "kind", "publisher", "title", "date", "address", "rows"]
    assert found["title"].notna().all()
    assert found["rows"].between(1, data.describe(name).rows).all()


# ---------------------------------------------------------------- known numbers


def value_of(table: str, iso3: str, year: int, indicator: str) -> float:
    frame = data.load(table)
    hit = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["indicator"] == indicator)]
    assert len(hit) == 1
    return hit["value"].iloc[0]


def test_known_economic_figures():
    assert round(value_of("country_panel", "KAZ", 2023, "gdp_current_usd"), 2) == 261421121085.57
    assert value_of("country_panel", "UZB", 2023, "population") == 35652307
    expected = {"KAZ": 261.421121, "KGZ": 13.987628, "TJK": 12.060602, "TKM": 59.887335, "UZB": 90.889149}
    for iso3, billions in expected.items():
        found = value_of("country_panel", iso3, 2023, "gdp_current_usd")
        assert found / 1e9 == pytest.approx(billions, abs=5e-7)


def test_known_military_figures():
    assert value_of("military_expenditure", "KAZ", 2023, "milex_share_of_gdp") == pytest.approx(0.0048, abs=5e-5)
    assert value_of("military_expenditure", "KGZ", 2023, "milex_share_of_gdp") == pytest.approx(0.0362, abs=5e-5)
    assert value_of("military_expenditure", "TJK", 2023, "milex_pct_gdp_later_release") == 2.39642


def test_military_figures_end_early_for_the_two_silent_states():
    frame = data.load("military_expenditure")
    last = frame[frame["iso3"].isin(FIVE)].groupby("iso3")["year"].max()
    assert last.to_dict() == {"KAZ": 2024, "KGZ": 2024, "TJK": 2024, "TKM": 1999, "UZB": 2018}


def test_impossible_military_figures_are_left_out():
    frame = data.load("military_expenditure").set_index(["iso3", "indicator", "year"])["value"]
    assert (frame > 0).all()
    assert ("KAZ", "milex_current_usd_mn", 1993) not in frame.index
    assert ("KAZ", "milex_constant_2022_usd_mn", 1993) in frame.index
    shares = frame.xs("milex_share_of_gdp", level="indicator")
    assert shares.between(0.001, 0.1).all()


def test_known_capability_scores():
    frame = data.load("capabilities").set_index(["iso3", "year"])["cinc"]
    assert frame["UZB", 2022] == 0.0029409123
    assert len(frame) == len(FIVE) * 32


def test_known_counts_of_agreements():
    agreements = data.load("agreements")
    strict = agreements[(agreements["n_c5"] >= 3) & agreements["outside_parties"].isna()]
    assert (len(agreements), len(strict)) == (116, 57)
    assert tuple(count_agreements(agreements)) == (54, 58)
    first = agreements[agreements["search_round"] == 1]
    assert tuple(count_agreements(first)) == (28, 32)


def test_a_second_round_of_search_has_its_own_numbers():
    agreements = data.load("agreements").set_index("id")
    assert agreements.loc[:"A084", "search_round"].eq(1).all()
    assert agreements.loc["A085":, "search_round"].eq(2).all()


def test_known_counts_of_claims():
    claims = data.load("claims")
    assert len(claims) == 209
    assert claims["seed"].value_counts().to_dict() == {
        "mayer2021": 117,
        "ai_frameworks": 39,
        "blitz2024": 29,
        "choi2023": 14,
        "faizullaev": 10,
    }


def test_a_body_has_one_name_in_all_tables():
    names = data.load("organisations").set_index("organisation")["name"]
    columns = {"actor", "outside_parties", "initiator", "guests", "organisation", "io"}
    for table in TABLES:
        for column in data.describe(table).fields:
            for code, text in column.codes.items() if column.name in columns else ():
                assert code not in names or text.startswith(names[code].split(" and ")[0]), (table, column.name, code)


def test_the_five_are_the_five():
    states = data.load("states")
    assert states.loc[states["group"] == "five", "iso3"].tolist() == FIVE
    assert states.columns.tolist() == ["iso3", "name", "official_name", "kind", "group", "sample", "exists_from"]
    assert set(states["group"].dropna()) == {"five", "outside"}
    for name in ("country_panel", "military_expenditure", "capabilities"):
        assert set(FIVE) <= set(data.load(name)["iso3"]) <= set(states["iso3"])


# ---------------------------------------------------------------- loading


def test_types_follow_the_descriptor():
    agreements = data.load("agreements").dtypes
    assert agreements["year_signed"] == np.dtype("int64")
    assert agreements["year_in_force"] == pd.Int64Dtype()
    assert data.load("country_panel").dtypes["value"] == np.dtype("float64")
    assert pd.api.types.is_string_dtype(agreements["name"])


@pytest.mark.parametrize("name", TABLES)
def test_numbers_are_exactly_those_of_the_file(name):
    frame, rows = data.load(name), cells_of(name)
    for column in (column["name"] for table, column in COLUMNS if table == name and column["type"] == "number"):
        written = [row[column] for row in rows]
        assert [float(text) for text in written if text] == frame[column].dropna().tolist()
        assert frame[column].isna().tolist() == [not text for text in written]


def test_an_empty_cell_is_missing_and_never_text():
    agreements = data.load("agreements").set_index("id")
    assert pd.isna(agreements.loc["A001", "year_ended"])
    assert pd.isna(agreements.loc["A001", "outside_parties"])
    for name in TABLES:
        frame = data.load(name)
        texts = frame.select_dtypes(exclude="number")
        assert not (texts == "").any().any()


def test_a_caller_may_change_what_it_got():
    first = data.load("states")
    first.loc[0, "name"] = "Elsewhere"
    first["extra"] = 1
    second = data.load("states")
    assert second.loc[0, "name"] == "Afghanistan"
    assert "extra" not in second.columns


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("agreement", "agreements"), ("claim", "claims"), ("States", "states"), ("capability", "capabilities")],
)
def test_a_wrong_name_gets_the_nearest_ones(wrong, nearest):
    for ask in (data.load, data.describe, data.cite, data.validate):
        with pytest.raises(data.UnknownTable, match=nearest) as caught:
            ask(wrong)
        assert isinstance(caught.value, KeyError)
        assert str(caught.value).startswith(f"No table is called {wrong!r}.")


@pytest.mark.parametrize("wrong", ["", "zzzzzz", "../../7", 7, None, [0]])
def test_a_hopeless_name_gets_the_whole_list(wrong):
    with pytest.raises(data.UnknownTable) as caught:
        data.load(wrong)
    assert "military_expenditure" in str(caught.value)


@given(st.sampled_from(TABLES), st.data())
@settings(max_examples=40, deadline=None)
def test_one_slip_of_the_finger_still_finds_the_table(name, draw):
    place = draw.draw(st.integers(0, len(name) - 1))
    wrong = draw.draw(st.sampled_from([letter for letter in "qxz" if letter != name[place]]))
    typed = name[:place] + wrong + name[place + 1 :]
    with pytest.raises(data.UnknownTable) as caught:
        data.load(typed)
    assert name in caught.value.nearest


def test_a_nearby_map_is_named_too():
    for name in MAPS:
        with pytest.raises(data.WrongKind, match=rf"load_map\('{name}'\)"):
            data.load(name)
        assert data.load_map(name)["features"]


# ---------------------------------------------------------------- damage


def test_a_changed_byte_is_refused_with_file_expectation_and_finding():
    damaged = replaced("capabilities", "0.0029409123", "0.0029409124")
    expected = data.describe("capabilities").checksum
    with pytest.raises(data.DamagedTable) as caught:
        data.load("capabilities", damaged)
    assert "capabilities.csv" in str(caught.value)
    assert expected in str(caught.value)
    assert str(caught.value).count("sha256:") == 2
    assert any("checksum" in problem for problem in data.validate("capabilities", damaged))


@given(st.integers(0, len(ORIGINAL["states.csv"]) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_no_changed_byte_slips_through(place, shift):
    raw = bytearray(ORIGINAL["states.csv"])
    raw[place] = (raw[place] + shift) % 256
    damaged = shelf(states=bytes(raw))
    with pytest.raises(data.DamagedTable, match=r"states\.csv"):
        data.load("states", damaged)
    assert data.validate("states", damaged)


@pytest.mark.parametrize("name", TABLES)
def test_windows_line_ends_change_nothing(name):
    windows = Shelf({path: raw.replace(b"\n", b"\r\n") for path, raw in ORIGINAL.items()})
    assert data.validate(name, windows) == []
    pd.testing.assert_frame_equal(data.load(name, windows), data.load(name))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b"iso3,year,cnic\n", "missing cinc; not expected cnic"),
        (b"iso3,year\n", "missing cinc"),
        (b"year,iso3,cinc\n", "wrong order"),
        (b"", "missing iso3, year and cinc"),
    ],
)
def test_wrong_columns_are_named(header, said):
    body = ORIGINAL["capabilities.csv"].split(b"\n", 1)[1]
    damaged = shelf(capabilities=header + body if header else b"")
    with pytest.raises(data.DamagedTable, match=said) as caught:
        data.load("capabilities", damaged)
    assert "Expected iso3, year, cinc; found" in str(caught.value)


def test_a_byte_order_mark_is_named_and_not_shown_as_a_wrong_column():
    damaged = shelf(capabilities=b"\xef\xbb\xbf" + ORIGINAL["capabilities.csv"])
    with pytest.raises(data.DamagedTable, match=r"capabilities\.csv: the file begins with a byte order mark"):
        data.load("capabilities", damaged)


@pytest.mark.parametrize(
    "descriptor", [b"", b"{", b"[]", b"null", b"{}", b'{"resources": [1]}', b'{"resources": [{"name": 1}]}', b"\xff",
                   b'{"resources": [{"name": "states", "path": null}]}'],
)  # fmt: skip
def test_a_damaged_descriptor_is_named(descriptor):
    damaged = Shelf({**ORIGINAL, data.DESCRIPTOR: descriptor})
    with pytest.raises(data.DamagedTable, match=r"datapackage\.json"):
        data.load("states", damaged)


@pytest.mark.parametrize("change", ["type", "rule"])
def test_a_type_or_rule_that_is_not_known_is_named(workshop, change):
    descriptor = workshop / data.DESCRIPTOR
    whole = json.loads(descriptor.read_text(encoding="utf-8"))
    for table in whole["resources"]:
        if table["name"] == "agreements" and change == "type":
            table["schema"]["fields"][0]["type"] = "moment"
        elif table["name"] == "agreements":
            table["checks"] = [{"rule": "moment", "column": "id", "with": "id"}]
    descriptor.write_text(json.dumps(whole), encoding="utf-8")
    assert "'moment'" in " ".join(data.validate("agreements", workshop))


def test_a_missing_file_is_named():
    files = {path: raw for path, raw in ORIGINAL.items() if path != "claims.csv"}
    with pytest.raises(data.DamagedTable, match=r"claims\.csv: the file is missing"):
        data.load("claims", Shelf(files))
    assert "missing" in data.validate("claims", Shelf(files))[0]


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("capabilities", "KAZ,1991,0.0051778965", "KAZ,1991,much", "'much' is not of type number"),
        ("capabilities", "KAZ,1991,0.0051778965", "KAZ,1991,nan", "'nan' is not of type number"),
        ("capabilities", "KAZ,1991,0.0051778965", "KAZ,1991,1.5", "1.5 is above the maximum 1"),
        ("capabilities", "KAZ,1991,0.0051778965", "KAZ,1991,", "column cinc: empty, but required"),
        ("capabilities", "KAZ,1991,", "KAZ,1990,", "1990 is below the minimum 1991"),
        ("capabilities", "KAZ,1991,", "KAZ,1991.0,", "'1991.0' is not of type year"),
        ("capabilities", "KAZ,1992,", "KAZ,1991,", "also stands in capabilities.csv row 2"),
        ("capabilities", "KAZ,1991,0.0051778965\n", "KAZ,1991,0.0051778965,9\n", "4 cells instead of 3"),
        ("states", "KAZ,Kazakhstan,", "kaz,Kazakhstan,", "'kaz' does not have the form"),
        ("states", "KAZ,Kazakhstan,", "KAZ,Kazakhstan ,", "stray space"),
        ("states", "KGZ,Kyrgyzstan,", "KGZ,Kazakhstan,", "name Kazakhstan also stands in"),
        ("states", "FRA,", "TUN,", "not in the order of iso3"),
        ("states", ",state,five,", ",state,six,", "'six' is not one of five"),
        ("capabilities", "TKM,1991,", "TKN,1991,", "iso3 TKN not in table states"),
        ("claims", "mayer2021,abstract", "meyer2021,abstract", "'meyer2021' is not one of mayer2021"),
    ],
)
def test_broken_rules_are_named(table, old, new, said):
    problems = data.validate(table, sealed(replaced(table, old, new)))
    assert problems
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith(f"{table}.csv") for problem in problems)


def test_a_sealed_cell_of_the_wrong_type_is_still_refused_on_loading():
    damaged = sealed(replaced("capabilities", "0.0051778965", "much"))
    with pytest.raises(data.DamagedTable, match="does not fit its column's type"):
        data.load("capabilities", damaged)


def test_text_that_is_not_utf8_is_named():
    raw = ORIGINAL["states.csv"].replace("ü".encode(), b"\xfc", 1)
    assert any("not UTF-8" in problem for problem in data.validate("states", shelf(states=raw)))


# ---------------------------------------------------------------- sealing


@pytest.fixture
def workshop(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    return folder


def test_the_shipped_descriptor_is_sealed_and_keeps_its_form(workshop):
    before = (workshop / data.DESCRIPTOR).read_text(encoding="utf-8")
    assert data.seal(workshop) == []
    assert (workshop / data.DESCRIPTOR).read_text(encoding="utf-8") == before


def test_sealing_takes_up_a_meant_change(workshop):
    table = workshop / "states.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("South Korea", "Korea"), encoding="utf-8")
    assert data.main(["check", "--folder", str(workshop)]) == 0  # the content is sound
    with pytest.raises(data.DamagedTable, match=r"states\.csv: the file was changed"):
        data.load("states", workshop)
    assert data.seal(workshop) == ["states"]
    assert data.main(["check", "--folder", str(workshop)]) == 0
    assert "Korea" in set(data.load("states", workshop)["name"])


def test_sealing_refuses_a_table_that_breaks_its_schema(workshop, capsys):
    before = (workshop / data.DESCRIPTOR).read_bytes()
    table = workshop / "capabilities.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("KAZ,1991", "KAZ,1891"), encoding="utf-8")
    assert data.main(["seal", "--folder", str(workshop)]) == 1
    assert "below the minimum 1991" in capsys.readouterr().err
    assert (workshop / data.DESCRIPTOR).read_bytes() == before


def test_a_full_disk_does_not_cost_the_descriptor(workshop, monkeypatch):
    before = (workshop / data.DESCRIPTOR).read_bytes()

    def cut_short(self, text, **_):
        self.write_bytes(text[:100].encode())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", cut_short)
    with pytest.raises(OSError, match="No space"):
        data.seal(workshop)
    assert (workshop / data.DESCRIPTOR).read_bytes() == before
    assert not list(workshop.glob("*.part"))


def test_checking_a_damaged_descriptor_ends_with_words(workshop, capsys):
    (workshop / data.DESCRIPTOR).write_text("{", encoding="utf-8")
    assert data.main(["check", "--folder", str(workshop)]) == 1
    assert "datapackage.json" in capsys.readouterr().err


# ---------------------------------------------------------------- describing and citing


class Outline(HTMLParser):
    """Open tags must close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", TABLES)
def test_a_description_shows_itself_in_three_ways(name):
    told = data.describe(name)
    html = told._repr_html_()
    outline = Outline()
    outline.feed(html)
    assert outline.open == []
    for shown in (html, told._repr_markdown_(), str(told)):
        assert told.checksum in shown
        for column in told.fields:
            assert column.name in shown
    assert all(defect.split("&")[0][:30] in str(told) for defect in told.defects)
    lines = [line for line in told._repr_markdown_().split("\n") if line.startswith("|")]
    widths = {line.replace("\\|", "").count("|") for line in lines}
    assert widths == {5}


def test_descriptions_escape_what_html_would_read_as_markup():
    odd = copy.copy(data.describe("states"))
    object.__setattr__(odd, "title", "<b>&")
    assert "&lt;b&gt;&amp;" in odd._repr_html_()


def test_citations_name_publisher_and_release():
    assert "World Bank. World Development Indicators." in data.cite("country_panel")
    assert "SIPRI Military Expenditure Database, 1948–2023" in data.cite("military_expenditure")
    assert "version 7.0" in data.cite("capabilities")
    for name in TABLES:
        assert f"Table “{name}” in: Security Regionalism in Central Asia" in data.cite(name)


def test_a_changed_descriptor_copy_does_not_reach_the_next_caller():
    data.package()["resources"].clear()
    assert data.names() == TABLES


# ---------------------------------------------------------------- the package around it


def run(code: str, *, where: Path, path: Path | str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=where, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_is_light(tmp_path):
    code = (
        "import sys, regionalism; heavy = {'numpy', 'pandas', 'altair', 'scipy', 'ipywidgets', 'json'};"
        "print(sorted(heavy & set(sys.modules)));"
        "regionalism.describe('states'); regionalism.cite('claims'); heavy.discard('json');"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert run(code, where=tmp_path, path=ROOT / "src").split("\n") == ["[]", "[]"]


def test_lazy_names_and_version():
    assert regionalism.load is data.load
    assert {"load", "describe", "cite"} <= set(dir(regionalism))
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        _ = regionalism.lod
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert regionalism.__version__ == project["version"]


@pytest.fixture
def installed(tmp_path):
    """The package as a wheel lays it out: the tables inside it, no clone around it."""
    target = tmp_path / "site-packages" / "regionalism"
    target.mkdir(parents=True)
    for module in (ROOT / "src" / "regionalism").glob("*.py"):
        shutil.copy(module, target)
    shutil.copytree(ROOT / "src" / "regionalism" / "tables", target / "tables")
    shutil.copytree(ROOT / "data", target / "_data")
    return tmp_path / "site-packages"


def test_an_installed_package_finds_its_own_tables(installed):
    code = (
        "import regionalism, regionalism.data as d; print(d.data_folder());"
        "print(len(regionalism.load('agreements')) == d.describe('agreements').rows, d.check())"
    )
    folder, counts = run(code, where=installed.parent, path=installed).split("\n")
    assert Path(folder).resolve() == (installed / "regionalism" / "_data").resolve()
    assert counts == "True {}"


def test_a_zipped_package_finds_its_own_tables(installed, tmp_path):
    archive = tmp_path / "regionalism.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(installed.rglob("*.*")):
            packed.write(path, path.relative_to(installed))
    code = "import regionalism.data as d; print(d.check(), 'Table “states” in' in d.cite('states'))"
    assert run(code, where=tmp_path, path=archive) == "{} True"


def test_a_package_without_tables_says_so(installed):
    shutil.rmtree(installed / "regionalism" / "_data")
    code = "import regionalism\ntry: regionalism.load('states')\nexcept FileNotFoundError as error: print(error)"
    assert "shared tables are missing" in run(code, where=installed.parent, path=installed)
