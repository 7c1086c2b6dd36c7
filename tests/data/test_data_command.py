"""`python course.py data`: list, check, changes, seal, show, for a person who is no programmer."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from regionalism import cli, data
from regionalism.tables import command
from regionalism.tables.changes import SHOWN, changes

FACTS = "iso3,year,value\nKAZ,2019,1.5\nKAZ,2020,2.5\nKGZ,2020,3\n"
FIELDS = {"year": {"type": "year"}, "value": {"type": "number"}}


@pytest.fixture
def facts(small):
    small.table("facts", FACTS, key=["iso3", "year"], fields=FIELDS, theme="Power and money")
    small.seal()
    return small


@pytest.fixture
def run(facts, capsys):
    """Run the command on the small package: exit code, what it printed, what it told on the error stream."""

    def run(*words):
        code = command.main([*words, "--folder", str(facts.folder)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def clone(facts):
    """The small package as a git clone with one commit."""
    if not shutil.which("git"):
        pytest.skip("no git on this machine")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"]
    for words in (["init", "-q"], ["add", "."], [*named, "commit", "-q", "-m", "one"]):
        subprocess.run(["git", *words], cwd=facts.folder, env=environment, check=True)
    return facts


def test_the_list_shows_themes_rows_size_and_release(run):
    for words in ([], ["list"]):
        code, out, _ = run(*words)
        assert code == 0
        assert "\nPower and money\n  facts        3 rows     0.1 kB  2020\n" in out
        assert "\nKeys\n  states " in out
        assert "2 tables and maps, 10 rows" in out


def test_a_check_of_sound_tables_ends_well_and_says_how_long_it_took(run):
    code, out, _ = run("check")
    assert code == 0
    assert "2 tables and maps checked in 0." in out
    assert "seconds. Every table agrees with its description." in out


def test_a_check_tells_problems_in_words_and_ends_with_1(facts, run):
    facts.change("facts", FACTS.replace("2.5", '"2,5"'))
    code, out, _ = run("check")
    assert code == 1
    assert (
        "facts.csv row 3 (KAZ 2020), column value: '2,5' is not of type number. Numbers are written with a point" in out
    )
    assert "seconds. 1 problem in 1 file: mend what stands above.\n" in out
    assert out.endswith("facts.csv: changed since sealing. Mend what stands above, then check again.\n")


def test_a_check_after_a_meant_change_names_the_next_step_and_ends_well(facts, run):
    facts.change("facts", CHANGED)
    code, out, err = run("check")
    assert (code, err) == (0, "")
    verdict, last = out.splitlines()
    assert verdict.endswith("Every table agrees with its description.")
    assert last == (
        "facts.csv: changed since sealing; its content is sound. Next: `python course.py data changes`, then "
        "`python course.py data seal`."
    )
    with pytest.raises(data.DamagedTable, match=r"facts\.csv: the file was changed"):
        data.load("facts", facts.folder)
    assert "checksum" in data.validate("facts", facts.folder)[0]
    assert data.check(facts.folder).keys() == {"facts"}


def test_a_new_table_with_sound_content_only_needs_the_seal(facts, run):
    facts.table("fresh", "id\n1\n")
    facts.describe()
    code, out, _ = run("check")
    assert code == 0
    assert "fresh.csv: new, not sealed yet; its content is sound. Next:" in out


def test_a_changed_map_is_told_in_one_line_too(facts, run):
    shapes = {"type": "FeatureCollection", "features": []}
    facts.map("map", shapes)
    facts.entries.update({entry["name"]: {**entry, **facts.entries[entry["name"]]} for entry in facts.entries.values()})
    facts.seal()
    facts.change("map", '{"type": "FeatureCollection",  "features": []}')
    code, out, _ = run("check")
    assert code == 0
    assert out.splitlines()[-1].startswith("map.geojson: changed since sealing; its content is sound.")
    assert "Shapes of a map are not compared" in run("changes")[1]


def test_a_file_that_nobody_described_is_told(facts, run):
    (facts.folder / "patrols.csv").write_text("id\n1\n")
    (facts.folder / ".~lock.facts.csv").write_text("")
    (facts.folder / "notes.txt").write_text("")
    said = "patrols.csv is not described in datapackage.json: copy the entry of a similar table"
    code, out, _ = run("check")
    assert code == 1
    assert said in out
    assert ".~lock" not in out
    assert said in run("changes")[1]
    code, _, err = run("seal")
    assert code == 1
    assert said in err
    (facts.folder / "patrols.csv").rename(facts.folder / "patrols.geojson")
    assert "patrols.geojson is not described" in run("check")[1]


TERMS = """\
| table | publisher | what you may do |
| --- | --- | --- |
| `states` | somebody | anything ([CC0](https://example.org/terms)) |
"""
FACTS_TERMS = "| `facts` | the same as `states` | anything ([CC0]({})) |\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TERMS, "LICENSES.md: there is no line for the table facts."),
        (TERMS + "`facts` may be used as https://example.org/terms says.\n", "there is no line for the table facts"),
        (TERMS + FACTS_TERMS.format("https://example.com"), "`facts` does not hold the address https://example.org/terms"),
        (TERMS + FACTS_TERMS.format("https://example.org/terms"), ""),
    ],
)
def test_the_terms_of_each_table_stand_in_the_file_of_licences(facts, run, text, said):
    (facts.folder / "LICENSES.md").write_text(text)
    code, out, _ = run("check")
    assert code == int(bool(said))
    assert said in out
    assert out.count("LICENSES.md") == int(bool(said))


def test_a_flood_of_problems_is_cut(facts, run):
    facts.change("facts", "iso3,year,value\n" + "".join(f"KAZ,{year},much\n" for year in range(1900, 2000)))
    _, out, _ = run("check")
    assert out.count("is not of type number") <= command.MOST
    assert "more problems in this table" in out


def test_no_changes_are_told_as_such(run):
    assert run("changes") == (0, "Nothing changed since the tables were sealed.\n", "")


CHANGED = "iso3,year,value\nKAZ,2019,1.5\nKAZ,2020,2.7\nTJK,2021,4\n"


def test_without_a_clone_rows_and_bytes_are_compared(facts, run):
    facts.change("facts", CHANGED + "TJK,2022,5\n")
    code, out, _ = run("changes")
    assert code == 0
    assert out == (
        "facts: 3 rows and 53 bytes when sealed, now 4 rows and 64 bytes.\n"
        "  Which rows changed cannot be shown: that needs git, and an earlier state of this file in it.\n"
    )
    facts.change("facts", "")
    assert "now 0 rows and 0 bytes" in run("changes")[1]


def test_in_a_clone_rows_are_shown_by_key_with_old_and_new_cells(clone, run):
    clone.change("facts", CHANGED)
    code, out, _ = run("changes")
    assert code == 0
    assert out.split("\n")[1:-1] == [
        "  changed KAZ 2020: value '2.5' > '2.7'",
        "  added   TJK 2021",
        "  removed KGZ 2020",
    ]


def test_a_commit_that_is_not_the_sealed_state_is_said_to_be_so(clone, run):
    clone.change("facts", CHANGED)
    assert data.seal(clone.folder) == ["facts"]
    assert "Nothing changed" in run("changes")[1]
    clone.change("facts", FACTS.replace("1.5", "1.6"))
    assert "the last commit, which is not the sealed state" in run("changes")[1]


def test_a_file_that_cannot_be_compared_is_told_in_words(clone, run):
    clone.change("facts", CHANGED.replace(",", ";"))
    code, out, _ = run("changes")
    assert code == 0
    assert "separated by semicolons" in out
    (clone.folder / "facts.csv").unlink()
    assert "facts: the file facts.csv is missing." in run("changes")[1]


def test_a_new_table_is_told_to_be_new(clone, run):
    clone.entries.update({entry["name"]: entry for entry in data.package(clone.folder)["resources"]})
    clone.table("fresh", "id\n1\n")
    clone.describe()
    assert run("changes")[1] == "fresh: new, not sealed yet (1 row and 5 bytes).\n"


def test_sealing_prints_what_changed(clone, run):
    assert run("seal") == (0, "Everything was sealed already.\n", "")
    clone.change("facts", CHANGED)
    code, out, _ = run("seal")
    assert code == 0
    assert "changed KAZ 2020: value '2.5' > '2.7'" in out
    assert out.endswith("Sealed anew: facts.\n")
    assert run("check")[0] == 0


def test_sealing_a_faulty_table_writes_nothing(facts, run):
    before = (facts.folder / data.DESCRIPTOR).read_bytes()
    facts.change("facts", CHANGED.replace("2.7", "much"))
    code, _, err = run("seal")
    assert code == 1
    assert err.startswith("Nothing was sealed.\nfacts.csv row 3 (KAZ 2020), column value: 'much'")
    assert (facts.folder / data.DESCRIPTOR).read_bytes() == before


def test_show_describes_one_table_and_helps_with_a_wrong_name(run):
    code, out, _ = run("show", "facts")
    assert code == 0
    assert out.startswith("Facts (facts)\n")
    code, _, err = run("show", "fact")
    assert code == 1
    assert "Did you mean 'facts'?" in err


def test_a_damaged_descriptor_ends_with_words(facts, run):
    (facts.folder / data.DESCRIPTOR).write_text("{", encoding="utf-8")
    data.forget()
    for words in ([], ["check"], ["changes"], ["seal"], ["show", "facts"]):
        code, _, err = run(*words)
        assert code == 1
        assert "datapackage.json: expected JSON" in err


def test_both_doors_lead_to_the_same_command(facts, capsys, monkeypatch):
    said = []
    for door, words in ((cli.main, ["data", "check"]), (data.main, ["check"])):
        assert door([*words, "--folder", str(facts.folder)]) == 0
        said.append(capsys.readouterr().out.rsplit("seconds", 1)[1])
    assert said[0] == said[1]


def test_the_folder_may_stand_before_the_action(facts, capsys):
    assert command.main(["--folder", str(facts.folder), "check"]) == 0
    assert "2 tables" in capsys.readouterr().out


def test_help_names_every_action(capsys):
    with pytest.raises(SystemExit):
        cli.parser().parse_args(["data", "--help"])
    out = capsys.readouterr().out
    for action in ("list", "check", "changes", "seal", "show"):
        assert f"\n    {action} " in out


# ---------------------------------------------------------------- comparing two states of a file

ENTRY = {"name": "facts", "path": "facts.csv", "schema": {"primaryKey": ["iso3", "year"]}}


def between(before, after):
    return changes(ENTRY, before.encode(), after.encode())


def test_columns_and_order_are_compared_too():
    assert between(FACTS, FACTS).lines() == []
    wider = FACTS.replace("\n", ",x\n").replace("value,x", "value,note")
    assert between(FACTS, wider).lines() == ["column added: note"]
    assert between(wider, FACTS).lines() == ["column removed: note"]
    head, one, two, three = FACTS.split()
    assert between(FACTS, "\n".join([head, three, one, two]) + "\n").lines() == ["the order of the rows or columns"]


def test_many_changes_are_cut_and_counted():
    many = "iso3,year,value\n" + "".join(f"KAZ,{year},1\n" for year in range(1900, 2000))
    lines = between(many, many.replace(",1\n", ",2\n")).lines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "... and 80 more rows"


def test_a_key_that_stands_twice_loses_no_row():
    twice = FACTS + "KGZ,2020,4\n"
    assert between(FACTS, twice).added == ("KGZ 2020 (row 2 with this key)",)


def test_long_cells_are_shown_around_their_first_difference():
    old = "a" * 100 + "old" + "b" * 100
    new = "a" * 100 + "new" + "b" * 100
    assert between(FACTS.replace("2.5", old), FACTS.replace("2.5", new)).lines() == [
        f"changed KAZ 2020: value ...'{'a' * 40}old{'b' * 37}'... > ...'{'a' * 40}new{'b' * 37}'..."
    ]
    assert between(FACTS.replace("2.5", "x" * 90), FACTS.replace("2.5", "x" * 90 + "!")).lines() == [
        f"changed KAZ 2020: value ...'{'x' * 40}' > ...'{'x' * 40}!'"
    ]
    assert between(FACTS, FACTS.replace("2.5", "y" * 90)).lines() == [
        f"changed KAZ 2020: value '2.5' > '{'y' * 40}'..."
    ]


def test_an_emptied_cell_is_shown_as_empty():
    assert between(FACTS, FACTS.replace("2.5", "")).lines() == ["changed KAZ 2020: value '2.5' > (empty)"]
