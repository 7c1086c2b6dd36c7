"""Storage: answers outlive a restart, and no accident destroys a file or goes unsaid."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys

import pytest

from regionalism.exercises import storage
from regionalism.exercises.storage import (
    VERSION,
    Attempt,
    DamagedAnswers,
    FileStorage,
    MemoryStorage,
    NewerAnswers,
    Progress,
    answers_path,
    from_document,
    merged,
    migrate,
    salvaged,
    to_document,
)


def attempt(raw="12 %", time="2026-11-22T05:20:00+00:00", **changes) -> Attempt:
    values = {
        "numbers": {"cost": 10},
        "tries": 0,
        "counts": True,
        "state": "wrong",
        "score": 0.0,
        "misconception": None,
    }
    return Attempt(raw=raw, time=time, **{**values, **changes})


def progress(*raws) -> Progress:
    kept = Progress("demo", "Aigerim")
    for moment, raw in enumerate(raws):
        kept.add("demo.number", attempt(raw, time=f"2026-11-22T05:20:00.{moment:06d}+00:00"))
    return kept


@pytest.fixture
def path(tmp_path):
    return answers_path(tmp_path, "demo", "Aigerim")


@pytest.fixture
def store(path):
    return FileStorage(path, "demo", "Aigerim")


def raws(kept: Progress) -> list:
    return [entry.raw for entry in kept.answers.get("demo.number", [])]


def in_sight(folder) -> list[str]:
    """The files of a folder that a student sees; the hidden lock may stay behind."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_round_trip_through_a_file(store, path):
    kept = progress("12", {"Ümit": ["ж", None, 1.5]})
    store.save(kept)
    assert FileStorage(path, "demo", "Aigerim").load() == kept
    assert store.notice == ""
    assert in_sight(path.parent) == [path.name]


def test_round_trip_in_memory_is_a_copy():
    memory, kept = MemoryStorage("demo", "Aigerim"), progress("12")
    memory.save(kept)
    kept.add("demo.number", attempt("13"))
    assert raws(memory.load()) == ["12"]


def test_nothing_yet(store, path):
    assert store.load() == Progress("demo", "Aigerim")
    assert store.notice == ""
    assert not path.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[]", b"12", b'{"format": "other"}', b"\xff\xfe\x00", b"[" * 100_000, b'{"format": NaN}',
        json.dumps(to_document(progress("12 %"))).replace('"12 %"', "1e999").encode(),
        json.dumps(to_document(progress("12"))).encode()[:-20],
    ],
    ids=["empty", "cut", "null", "list", "number", "foreign", "binary", "deep", "nan", "infinite", "truncated"],
)  # fmt: skip
def test_a_damaged_file_is_moved_aside(store, path, content):
    path.write_bytes(content)
    assert store.load().answers == {}
    aside = path.with_name(path.name + ".broken-1")
    assert aside.read_bytes() == content
    assert "damaged" in store.notice
    assert aside.name in store.notice
    store.save(progress("new"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["new"]
    assert aside.read_bytes() == content
    assert "damaged" in store.notice


@pytest.mark.parametrize(("content", "reason"), [(b"{", "it is not whole"), (b"[]", "not a file of answers")])
def test_the_student_is_told_what_is_wrong_with_a_damaged_file(store, path, content, reason):
    path.write_bytes(content)
    store.load()
    assert reason in store.notice


def test_a_second_damaged_file_does_not_replace_the_first(store, path):
    for number in (1, 2):
        path.write_text(f"damage {number}")
        store.load()
    assert path.with_name(path.name + ".broken-1").read_text() == "damage 1"
    assert path.with_name(path.name + ".broken-2").read_text() == "damage 2"


def wrong_types():
    for name, value in {
        "numbers": [], "tries": -1, "counts": "yes", "state": "odd", "score": 2, "misconception": 3, "time": None,
    }.items():  # fmt: skip
        document = to_document(progress("12"))
        document["answers"]["demo.number"][0][name] = value
        yield pytest.param(document, id=name)
    for name, value in {"chapter": 1, "student": None, "answers": [], "version": "1"}.items():
        yield pytest.param({**to_document(progress("12")), name: value}, id=name)
    for name, history in {"no-list": {}, "no-attempt": [1], "empty": [], "bare": [{}]}.items():
        yield pytest.param({**to_document(progress()), "answers": {"demo.number": history}}, id=name)
    yield pytest.param({**to_document(progress()), "version": True}, id="bool-version")
    yield pytest.param({**to_document(progress()), "version": 0}, id="version-before-the-first")


@pytest.mark.parametrize("document", list(wrong_types()))
def test_wrong_types_are_found(document, store, path):
    with pytest.raises(DamagedAnswers):
        from_document(document)
    path.write_text(json.dumps(document))
    assert store.load().answers == {}
    assert path.with_name(path.name + ".broken-1").exists()


def test_further_fields_and_questions_are_no_damage():
    document = to_document(progress("12"))
    document["more"] = 1
    document["answers"]["demo.number"][0]["more"] = 1
    document["answers"]["gone.question"] = document["answers"]["demo.number"]
    assert set(from_document(document).answers) == {"demo.number", "gone.question"}


def test_a_file_of_a_later_edition_is_left_alone(store, path):
    content = json.dumps({**to_document(progress("12")), "version": VERSION + 1})
    path.write_text(content)
    assert store.load().answers == {}
    store.save(progress("new"))
    assert path.read_text() == content
    assert "later edition" in store.notice


def test_older_versions_are_migrated_step_by_step():
    steps = {
        1: lambda d: {**d, "answers": {f"demo.{name}": history for name, history in d["answers"].items()}},
        2: lambda d: {**d, "place": "Osh"},
    }
    old = {"format": storage.FORMAT, "version": 1, "answers": {"number": []}}
    new = migrate(old, steps, newest=3)
    assert new == {"format": storage.FORMAT, "version": 3, "answers": {"demo.number": []}, "place": "Osh"}
    assert old["version"] == 1
    with pytest.raises(NewerAnswers, match="version 3"):
        migrate(new, {}, newest=2)
    with pytest.raises(DamagedAnswers, match="never was in use"):
        migrate({**old, "version": 0}, steps, newest=3)


def test_an_older_file_is_read_and_written_anew(store, path, monkeypatch):
    monkeypatch.setattr(storage, "MIGRATIONS", {0: lambda d: {**d, "student": d["name"]}, 1: lambda d: d})
    document = to_document(progress("12"))
    path.write_text(json.dumps({**document, "version": 0, "student": None, "name": "Aigerim"}))
    kept = store.load()
    assert raws(kept) == ["12"]
    store.save(kept)
    assert json.loads(path.read_text())["version"] == VERSION


def test_somebody_elses_file_is_left_alone(store, path):
    FileStorage(path, "demo", "Bekzat").save(Progress("demo", "Bekzat", progress("12").answers))
    content = path.read_bytes()
    assert store.load().answers == {}
    store.save(progress("new"))
    assert path.read_bytes() == content
    assert "another student" in store.notice


def fail(number):
    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    return refuse


def full_disk(number):
    """An `open` whose files take the first few bytes and refuse the rest."""

    class Full(io.BytesIO):
        def write(self, content):
            raise OSError(number, os.strerror(number))

    def opened(path, mode):
        path.write_bytes(b"{")
        return Full()

    return opened


@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_full_or_closed_disk_is_told_and_tried_again(store, path, monkeypatch, call, number):
    store.save(progress("old"))
    with monkeypatch.context() as patch:
        if call == "write":
            patch.setattr(storage, "open", full_disk(number), raising=False)
        else:
            patch.setattr(os, call, fail(number))
        store.save(progress("old", "new"))
        assert os.strerror(number).lower() in store.notice
        assert "only as long as this notebook runs" in store.notice
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["old"]
    assert in_sight(path.parent) == [path.name]
    store.save(progress("old", "new"))
    assert store.notice == ""
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["old", "new"]


def test_a_missing_folder_is_told(tmp_path):
    store = FileStorage(tmp_path / "gone" / "answers.json", "demo", "Aigerim")
    assert store.load().answers == {}
    store.save(progress("12"))
    assert "could not be written" in store.notice


def test_a_folder_in_the_files_place_is_told(store, path):
    path.mkdir()
    assert store.load().answers == {}
    store.save(progress("12"))
    assert "cannot be opened" in store.notice
    assert path.is_dir()


def test_a_damaged_file_that_cannot_be_moved_is_left_alone(store, path, monkeypatch):
    path.write_text("damage")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail(errno.EACCES))
        assert store.load().answers == {}
        store.save(progress("12"))
        assert path.read_text() == "damage"
        assert "cannot be moved aside" in store.notice
    store.save(progress("12"))
    assert path.with_name(path.name + ".broken-1").read_text() == "damage"
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["12"]


def test_a_file_that_another_program_holds_for_a_moment_is_joined_later(store, path, monkeypatch):
    store.save(progress("old"))
    late = FileStorage(path, "demo", "Aigerim")
    with monkeypatch.context() as patch:
        patch.setattr(type(path), "read_bytes", fail(errno.EACCES))
        assert late.load().answers == {}
        late.save(progress("new"))
        assert "cannot be opened" in late.notice
    late.save(Progress("demo", "Aigerim", {"demo.number": [attempt("new", time="2026-11-23")]}))
    assert late.notice == ""
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["old", "new"]


def test_a_folder_that_may_not_be_entered_is_told(store, path, monkeypatch):
    refuse = fail(errno.EACCES)
    monkeypatch.setattr(os, "stat", lambda place, *a, **k: refuse())
    monkeypatch.setattr(os, "lstat", lambda place, *a, **k: refuse())
    assert store.load().answers == {}
    monkeypatch.setattr(os, "replace", refuse)
    store.save(progress("12"))
    assert "could not be written" in store.notice


def test_a_huge_file_is_not_read(store, path, monkeypatch):
    monkeypatch.setattr(storage, "LARGEST_FILE", 10)
    path.write_text("x" * 11)
    assert store.load().answers == {}
    assert path.with_name(path.name + ".broken-1").exists()


def test_two_windows_keep_each_others_answers(path):
    one, two = (FileStorage(path, "demo", "Aigerim") for _ in range(2))
    first, second = one.load(), two.load()
    first.add("demo.number", attempt("one", time="1"))
    one.save(first)
    second.add("demo.number", attempt("two", time="2"))
    second.add("demo.choice", attempt("both", time="3"))
    two.save(second)
    first.add("demo.number", attempt("three", time="4"))
    one.save(first)
    kept = FileStorage(path, "demo", "Aigerim").load()
    assert raws(kept) == ["one", "two", "three"]
    assert kept.last("demo.choice").raw == "both"


def test_a_file_damaged_between_two_saves_is_moved_aside(store, path):
    store.save(progress("12"))
    path.write_text("damage")
    store.save(progress("12", "13"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["12", "13"]
    assert path.with_name(path.name + ".broken-1").read_text() == "damage"


HAMMER = """
import sys
from regionalism.exercises.storage import Attempt, FileStorage, Progress
path, name = sys.argv[1:]
store = FileStorage(path, "demo", "Aigerim")
kept = store.load()
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    kept.add("demo.number", Attempt(raw=f"{name}{number}", numbers={}, tries=0, counts=True, state="wrong", score=0.0,
                                    misconception=None, time=f"{number:03d}{name}"))
    store.save(kept)
print(store.notice)
"""


def test_two_kernels_that_save_at_once_lose_nothing(path):
    kernels = [
        subprocess.Popen([sys.executable, "-c", HAMMER, str(path), name], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]  # fmt: skip
    for kernel in kernels:
        assert kernel.stdout.readline() == "ready\n"
    for kernel in kernels:
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    for kernel in kernels:
        said, _ = kernel.communicate(timeout=60)
        assert (kernel.returncode, said.strip()) == (0, "")
    found = raws(FileStorage(path, "demo", "Aigerim").load())
    assert sorted(found) == sorted(f"{name}{number}" for name in "ab" for number in range(40))


def test_where_nothing_can_be_locked_answers_are_kept_all_the_same(store, path, monkeypatch):
    monkeypatch.setitem(sys.modules, "filelock", None)
    store.save(progress("12"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["12"]
    assert in_sight(path.parent) == [path.name]


def test_a_lock_that_somebody_keeps_does_not_stop_the_work(store, path, monkeypatch):
    filelock = pytest.importorskip("filelock")
    monkeypatch.setattr(storage, "LOCK_SECONDS", 0.01)
    with filelock.FileLock(path.with_name(f".{path.name}.lock")):
        store.save(progress("12"))
    assert raws(store.load()) == ["12"]


@pytest.mark.parametrize("shape", ["indented", "compact"])
def test_every_whole_attempt_of_a_cut_file_is_rescued(shape):
    kept = progress("1 {", "2 ]", 'ж "q" \\', "4")
    kept.add("demo.choice", attempt("both", time="5"))
    text = json.dumps(to_document(kept), ensure_ascii=False, **({"indent": 1} if shape == "indented" else {}))
    content = text.encode()
    count = 0
    for end in range(len(content) + 1):
        rescued = salvaged(content[:end])
        found = sum(map(len, rescued.answers.values())) if rescued else 0
        assert found >= count
        count = found
    assert salvaged(content) == kept


def test_a_cut_file_gives_back_what_is_whole(store, path):
    content = json.dumps(to_document(progress("a", "b", "c"))).encode()[:-40]
    path.write_bytes(content)
    assert raws(store.load()) == ["a", "b"]
    assert "2 checked answers were rescued" in store.notice
    assert path.with_name(path.name + ".broken-1").read_bytes() == content
    store.save(progress("a", "b", "d"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["a", "b", "d"]


def test_one_odd_attempt_does_not_cost_the_others():
    document = to_document(progress("a", "b", "c"))
    document["answers"]["demo.number"][1]["tries"] = -1
    assert raws(salvaged(json.dumps(document).encode())) == ["a", "c"]


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b'{"format": "regionalism-answers", "version": 9, "answers": {',
                                     b'"answers":' * 99, b"[" * 100_000, b'{"answers":{"a":[[[[[[[['])
def test_nothing_is_rescued_from_what_is_no_file_of_answers(content):
    assert salvaged(content) is None


def test_somebody_elses_damaged_answers_are_not_taken_up(store, path):
    path.write_bytes(json.dumps(to_document(Progress("demo", "Bekzat", progress("a", "b").answers))).encode()[:-20])
    assert store.load().answers == {}


def test_a_file_of_zeros_is_restored_from_the_state_before(store, path):
    """What a machine may leave that lost its power while writing."""
    store.save(progress("a"))
    store.save(progress("a", "b"))
    path.write_bytes(b"\x00" * 200)
    again = FileStorage(path, "demo", "Aigerim")
    assert raws(again.load()) == ["a"]
    assert "1 checked answer was rescued" in again.notice
    again.save(progress("a"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["a"]


def test_a_vanished_file_is_restored_from_the_state_before(store, path):
    store.save(progress("a"))
    store.save(progress("a", "b"))
    path.unlink()
    again = FileStorage(path, "demo", "Aigerim")
    assert raws(again.load()) == ["a"]
    assert "restored from" in again.notice
    # The window that was open all the time still has everything.
    store.save(progress("a", "b"))
    assert raws(FileStorage(path, "demo", "Aigerim").load()) == ["a", "b"]


@pytest.mark.parametrize("content", [b"{", json.dumps(to_document(Progress("demo", "Bekzat"))).encode()])
def test_an_unfit_earlier_state_is_passed_over(store, path, content):
    store.backup.write_bytes(content)
    assert store.load() == Progress("demo", "Aigerim")
    assert store.notice == ""


def test_a_sheet_in_another_folder_finds_its_neighbour(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    there, here = (FileStorage(answers_path(folder, "demo", "Aigerim"), "demo", "Aigerim") for folder in (old, new))
    assert here.elsewhere() is None
    there.save(progress("a"))
    assert here.elsewhere() == there.path
    shutil.move(there.path, tmp_path / there.path.name)
    assert here.elsewhere() == tmp_path / there.path.name


def test_a_read_only_folder_is_told(tmp_path, monkeypatch):
    """The system's refusal is played, since the tests may run as a user whom no folder refuses."""
    store = FileStorage(answers_path(tmp_path, "demo", "Aigerim"), "demo", "Aigerim")
    monkeypatch.setattr(os, "open", fail(errno.EROFS))
    monkeypatch.setattr(storage, "open", fail(errno.EROFS), raising=False)
    store.save(progress("a"))
    assert "could not be written" in store.notice
    assert "Take a copy" in store.notice


def test_merging_is_idempotent():
    one, two = progress("a", "b"), progress("a", "c")
    assert merged(one, one) == one
    assert merged(merged(one, two), two) == merged(one, two)


def test_histories_are_bounded():
    kept = progress(*range(150))
    assert raws(kept) == list(range(50, 150))
    assert raws(merged(kept, kept)) == list(range(50, 150))


def test_tries_count_what_used_up_a_try():
    kept = Progress("demo", "Aigerim")
    assert kept.tries("demo.number") == 0
    kept.add("demo.number", attempt(tries=0, counts=True))
    kept.add("demo.number", attempt(tries=1, counts=False, state="right", score=1.0))
    assert kept.tries("demo.number") == 1


def test_students_have_files_of_their_own(tmp_path):
    names = [
        "Aigerim",
        "Bekzat",
        "Айгерим",
        "Бекзат",
        "4711",
        "../../etc/passwd",
        "a" * 300,
        "CON",
        "😀",
        "a/b",
        "a\\b",
        "a b",
    ]
    paths = {answers_path(tmp_path, "demo", name) for name in names}
    assert len(paths) == len(names)
    assert all(path.parent == tmp_path and len(path.name) < 60 and path.name.isascii() for path in paths)
    assert answers_path(tmp_path, "demo", " AIGERIM ") == answers_path(tmp_path, "demo", "aigerim")
    assert answers_path(tmp_path, "demo", 4711).name.startswith("answers-demo-4711-")
