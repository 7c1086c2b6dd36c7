"""The command `grade`: where it reads and writes, what it refuses to touch, and what it says."""

from __future__ import annotations

import argparse
import sqlite3
import zipfile
from pathlib import Path

import pytest

from regionalism.exercises import handin
from regionalism.grading import collecting, command, marking, pool, spool
from regionalism.grading.classes import STUDENTS_FILE, new_class, read_class
from regionalism.grading.collecting import OUTPUT_MARK
from regionalism.grading.rehearsal import hand_ins


def grade(*arguments: object) -> int:
    """Run the command as the command line would."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


def listing(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.fixture
def inbox(tmp_path) -> Path:
    folder = tmp_path / "week 1"
    folder.mkdir()
    for name, content in hand_ins(8):
        (folder / name).write_bytes(content)
    (folder / "cut.json").write_bytes(b"{")
    return folder


def test_marks_are_written_beside_the_folder(inbox, tmp_path, capsys):
    before = listing(inbox)
    assert grade(inbox) == 0
    out = tmp_path / "week 1-grades"
    assert (out / OUTPUT_MARK).is_file()
    assert (out / "gradebook.csv").is_file()
    assert listing(inbox) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["week 1", "week 1-grades"]
    said = capsys.readouterr().out
    assert "Graded: 8 hand-ins of 2 students." in said
    assert "Not graded: 1 file." in said
    assert f"1  not-json: {handin.REASONS['not-json']}" in said
    assert str(out) in said


def test_grading_again_gives_the_same_bytes_and_does_not_grade_its_own_marks(inbox, tmp_path):
    out = inbox / "marks"
    assert grade(inbox, "--out", out) == 0
    first = listing(out)
    assert grade(inbox, "--out", out) == 0
    assert listing(out) == first


def test_the_same_hand_ins_in_an_archive_give_the_same_marks(inbox, tmp_path):
    (inbox / "cut.json").unlink()
    assert grade(inbox) == 0
    packed = tmp_path / "packed"
    packed.mkdir()
    with zipfile.ZipFile(packed / "all.zip", "w") as archive:
        for path in inbox.iterdir():
            archive.write(path, f"../{path.name}")
    assert grade(packed) == 0
    one, other = listing(tmp_path / "week 1-grades"), listing(tmp_path / "packed-grades")
    assert {name: one[name] for name in one if name.startswith("feedback")} == {
        name: other[name] for name in other if name.startswith("feedback")
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["packed", "packed-grades", "week 1", "week 1-grades"]


@pytest.mark.local
def test_two_processes_give_the_same_bytes_as_one(inbox, tmp_path):
    assert grade(inbox, "--workers", 1, "--out", tmp_path / "one") == 0
    assert grade(inbox, "--workers", 2, "--out", tmp_path / "two") == 0
    assert listing(tmp_path / "one") == listing(tmp_path / "two")


@pytest.mark.local
def test_a_cluster_of_dask_writes_the_same_bytes(inbox, tmp_path):
    distributed = pytest.importorskip("distributed")
    from joblib import parallel_config

    assert grade(inbox, "--out", tmp_path / "one") == 0
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster),
        parallel_config(backend="dask"),
    ):
        assert grade(inbox, "--out", tmp_path / "cluster") == 0
    assert listing(tmp_path / "one") == listing(tmp_path / "cluster")


def test_a_class_is_read_and_hand_ins_may_lie_inside_its_folder(tmp_path, capsys):
    room = tmp_path / "class"
    new_class(room, "A class")
    (room / STUDENTS_FILE).write_text("id,name\nA17,Ayan\nB18,Bota\n", encoding="utf-8")
    assert grade(room, "--class", room) == 1
    assert "folder of their own" in capsys.readouterr().err
    inbox = tmp_path / "class" / "inbox"
    inbox.mkdir()
    for name, content in hand_ins(8, read_class(room).known):
        (inbox / name).write_bytes(content)
    assert grade(inbox, "--class", room) == 0
    said = capsys.readouterr().out
    assert "Graded: 8 hand-ins of 2 students." in said
    assert "Not graded" not in said


def test_a_file_that_lies_twice_is_counted_once(inbox, capsys):
    first = next(path for path in inbox.iterdir() if path.name.startswith("hand-in"))
    (inbox / "copy.json").write_bytes(first.read_bytes())
    assert grade(inbox) == 0
    said = capsys.readouterr().out
    assert "Graded: 8 hand-ins" in said
    assert "Came twice, counted once: 1 file." in said


def test_an_empty_folder_is_graded(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert grade(tmp_path / "empty") == 0
    assert "Graded: 0 hand-ins of 0 students." in capsys.readouterr().out


# What it does not do


def test_a_folder_that_is_not_there_is_told(tmp_path, capsys):
    assert grade(tmp_path / "gone") == 1
    assert "is not there" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert grade(tmp_path / "file") == 1
    assert "no folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_that_it_did_not_write_is_written_over(inbox, tmp_path, capsys):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "gradebook.csv").write_text("mine")
    assert grade(inbox, "--out", mine) == 1
    assert "not empty" in capsys.readouterr().err
    assert listing(mine) == {"gradebook.csv": b"mine"}
    assert grade(inbox, "--out", inbox) == 1
    assert grade(inbox, "--out", tmp_path) == 1
    (tmp_path / "file").touch()
    assert grade(inbox, "--out", tmp_path / "file") == 1


def test_marks_are_not_taken_for_hand_ins(inbox, tmp_path, capsys):
    assert grade(inbox) == 0
    assert grade(tmp_path / "week 1-grades") == 1
    assert "marks that the grader wrote" in capsys.readouterr().err


def test_a_damaged_class_is_told_before_anything_is_marked(inbox, tmp_path, capsys):
    assert grade(inbox, "--class", tmp_path / "no class") == 1
    assert "no class" in capsys.readouterr().err
    assert not (tmp_path / "week 1-grades").exists()


def test_several_processes_without_joblib_are_told(inbox, capsys, monkeypatch):
    monkeypatch.setitem(command.sys.modules, "joblib", None)
    assert grade(inbox, "--workers", 2) == 1
    assert "regionalism[grading]" in capsys.readouterr().err
    assert grade(inbox, "--workers", 1) == 0


def test_a_full_disk_is_told(inbox, capsys, monkeypatch):
    def full(*arguments, **named):
        raise OSError(28, "No space left on device", "gradebook.csv")

    monkeypatch.setattr(command, "_write", full)
    assert grade(inbox) == 1
    assert "No space left" in capsys.readouterr().err


def test_a_full_temporary_folder_is_told(inbox, capsys, monkeypatch):
    def full(*arguments, **named):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(spool.Spool, "add", full)
    assert grade(inbox) == 1
    assert "disk is full" in capsys.readouterr().err
    assert not (inbox.parent / f"{inbox.name}-grades").exists()


@pytest.mark.parametrize("number", ["0", "-1", "two", "1.5", "100000"])
def test_a_number_of_processes_is_a_whole_number(tmp_path, number, capsys):
    with pytest.raises(SystemExit):
        grade(tmp_path, f"--workers={number}")
    assert "whole number" in capsys.readouterr().err


# How many processes


def test_a_few_files_are_marked_in_this_process(monkeypatch):
    monkeypatch.setattr(pool, "cores", lambda: 8)
    assert command._how_many(None, command.FEW_FILES - 1) == 1
    assert command._how_many(None, command.FEW_FILES) == 8
    assert command._how_many(3, 1) == 3


@pytest.mark.local
def test_an_executor_set_by_the_caller_is_left_alone():
    from joblib import parallel_config

    with parallel_config(backend="threading"):
        assert command._how_many(None, 10_000) is None
    with parallel_config(n_jobs=3):
        assert command._how_many(None, 10_000) is None
    assert command._how_many(None, 1) == 1


# Words


def test_every_reason_has_a_meaning_for_the_summary():
    together = [handin.REASONS, collecting.REASONS, marking.REASONS, pool.REASONS]
    assert set(command.reasons()) == {reason for reasons in together for reason in reasons}
    shared = [reason for reason in handin.REASONS if any(reason in other for other in together[1:])]
    for reason in shared:
        assert len({reasons[reason] for reasons in together if reason in reasons}) == 1
