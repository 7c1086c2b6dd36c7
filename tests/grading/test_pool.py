"""Hand-ins marked side by side get the marks they get one by one, and a worker that dies loses nobody else's."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from regionalism.exercises.identity import Class
from regionalism.grading import pool
from regionalism.grading.collecting import Found
from regionalism.grading.pool import mark_all
from regionalism.grading.records import Marked, Refused
from regionalism.grading.rehearsal import hand_ins
from regionalism.grading.spool import Spool

KNOWN = Class("A class", "a private seed", tuple(str(number) for number in range(100, 110)))
REFUSED = Refused("strange", "unreadable", "It cannot be read.")


@pytest.fixture(scope="module")
def found() -> list[Found | Refused]:
    files: list[Found | Refused] = [Found(name, content) for name, content in hand_ins(36, KNOWN)]
    return [*files[:10], REFUSED, *files[10:], Found("cut.json", b"{")]


@pytest.fixture(scope="module")
def alone(found) -> list[Marked | Refused]:
    return list(mark_all(found, KNOWN, workers=1))


def test_in_one_process_rows_come_in_the_order_of_the_files(found, alone):
    assert [row.source for row in alone] == [file.source for file in found]
    assert [type(row) for row in alone].count(Marked) == 36
    assert alone[10] is REFUSED
    assert alone[-1].reason == "not-json"


def test_progress_counts_every_file_once(found):
    done: list[int] = []
    list(mark_all(found, KNOWN, workers=1, progress=done.append))
    assert sum(done) == len(found)


def test_nothing_found_gives_nothing():
    assert list(mark_all([], KNOWN, workers=1)) == []


def test_at_most_one_round_is_taken_ahead(monkeypatch):
    monkeypatch.setattr(pool, "BATCH_FILES", 2)
    monkeypatch.setattr(pool, "ROUND_BATCHES", 3)
    taken = 0

    def files():
        nonlocal taken
        for number in range(50):
            taken += 1
            yield Found(f"{number}.json", b"{")

    rows = mark_all(files(), KNOWN, workers=1)
    next(rows)
    assert taken == 6
    rows.close()


def test_large_files_make_small_batches():
    batches = pool._batches([Found(str(number), bytes(400_000)) for number in range(7)])
    assert [len(batch) for batch in batches] == [3, 3, 1]
    rounds = list(pool._rounds(Found(str(number), bytes(3_000_000)) for number in range(20)))
    assert max(len(items) for items in rounds) <= 9
    assert sum(len(items) for items in rounds) == 20


# Executors


@pytest.mark.local
def test_the_executor_of_the_caller_is_used(found, alone, monkeypatch):
    from joblib import parallel_config

    used, mark = [], pool.mark_batch

    def noted(files, known):
        used.append(os.getpid())
        return mark(files, known)

    monkeypatch.setattr(pool, "mark_batch", noted)
    with parallel_config(backend="threading", n_jobs=2):
        assert list(mark_all(found, KNOWN)) == alone
    assert set(used) == {os.getpid()}


@pytest.mark.local
def test_processes_give_the_same_rows_in_the_same_order(found, alone):
    assert list(mark_all(found, KNOWN, backend="loky", workers=2)) == alone


@pytest.mark.local
def test_a_cluster_of_dask_gives_the_same_rows(found, alone):
    distributed = pytest.importorskip("distributed")
    from joblib import parallel_config

    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster),
        parallel_config(backend="dask"),
    ):
        assert list(mark_all(found, KNOWN)) == alone


# What goes wrong with a worker


def failing(batches, *, deadly):
    """Marks batches as a pool does; a batch with a deadly file takes the worker with it."""
    if any(file.source in deadly for batch in batches for file in batch):
        raise RuntimeError("A worker process managed by the executor was unexpectedly terminated.")
    return [Refused(file.source, "marked", "") for batch in batches for file in batch]


@pytest.mark.parametrize("deadly", [{"3"}, {"0", "29"}, {str(number) for number in range(30)}])
def test_only_the_file_that_kills_a_worker_is_lost(deadly):
    files = [Found(str(number), b"") for number in range(30)]
    batches = pool._batches(files)
    rows = pool._despite_deaths(batches, lambda some: failing(some, deadly=deadly))
    assert [row.source for row in rows] == [file.source for file in files]
    assert {row.source for row in rows if row.reason == "worker-died"} == deadly
    assert {row.reason for row in rows} <= {"worker-died", "marked"}


def test_an_executor_that_can_do_nothing_at_all_is_an_error_and_no_reason_to_refuse():
    def broken(batches):
        raise OSError("no workers")

    with pytest.raises(OSError, match="no workers"):
        pool._despite_deaths([[Found("a", b"")]], broken)


@pytest.mark.local
def test_a_process_that_ends_itself_loses_no_marks_of_others(found, alone):
    """A stand-in for a worker that the system kills: the chapter's module ends the process for one file."""
    deadly = Found("deadly.json", b"END")
    rows = list(
        pool._despite_deaths(pool._batches([found[0], deadly]), lambda batches: _in_processes(batches, KNOWN))
    )
    assert rows[0] == alone[0]
    assert (rows[1].source, rows[1].reason) == ("deadly.json", "worker-died")


def _in_processes(batches, known):
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=2, backend="loky", batch_size=1)
    return [row for rows in parallel(delayed(_mark_or_die)(batch, known) for batch in batches) for row in rows]


def _mark_or_die(files, known):
    if any(file.content == b"END" for file in files):
        os._exit(1)
    return pool.mark_batch(files, known)


def test_cores_are_counted():
    assert pool.cores() >= 1


# The spool


def rows_of(spool: Spool) -> list[object]:
    """All that a spool gives to read."""
    return [
        spool.students(), [spool.of_student(student) for student in spool.students()], spool.refused(),
        spool.duplicates(), spool.chapters(), spool.counts(), spool.refused_by_reason(),
    ]  # fmt: skip


def test_what_goes_into_the_spool_comes_out_whole_and_sorted(alone):
    with Spool() as spool:
        for row in alone:
            spool.add(row)
        students = spool.students()
        assert students == sorted(students)
        out = [row for student in students for row in spool.of_student(student)]
        assert sorted(out, key=lambda row: row.source) == sorted(alone[:10] + alone[11:-1], key=lambda row: row.source)
        assert [row.chapter for row in spool.of_student("100")] == ["gains", "leadership", "outsourcing", "puzzle"]
        assert spool.of_student("nobody") == []
        assert [row.source for row in spool.refused()] == ["cut.json", "strange"]
        assert spool.refused_by_reason() == {"not-json": 1, "unreadable": 1}
        assert spool.counts() == {"marked": 36, "students": 9, "duplicates": 0, "refused": 2}


def test_the_order_of_the_workers_does_not_matter(alone):
    twice = [*alone, *(replace(row, source=f"again/{row.source}") for row in alone if isinstance(row, Marked))]
    with Spool() as one, Spool() as other:
        for row in twice:
            one.add(row)
        for row in reversed(twice):
            other.add(row)
        assert rows_of(one) == rows_of(other)


def test_a_file_that_comes_twice_counts_once_and_is_listed(alone):
    with Spool() as spool:
        for source in ("c.zip/a.json", "a.json", "b.json"):
            spool.add(replace(alone[0], source=source))
        assert [row.source for row in spool.of_student(alone[0].student)] == ["a.json"]
        assert [(row.source, row.reason, row.receipt) for row in spool.duplicates()] == [
            ("b.json", "duplicate", alone[0].receipt), ("c.zip/a.json", "duplicate", alone[0].receipt),
        ]  # fmt: skip
        assert spool.refused() == []


def test_a_receipt_that_somebody_else_copied_takes_nothing_away(alone):
    with Spool() as spool:
        spool.add(alone[0])
        spool.add(replace(alone[0], student="thief"))
        assert spool.counts()["marked"] == 2


def test_one_id_typed_in_two_ways_is_one_student(alone):
    with Spool() as spool:
        spool.add(replace(alone[0], student="aigerim", listed=False))
        spool.add(replace(alone[1], student="Aigerim", listed=False))
        assert spool.students() == ["Aigerim"]
        assert [row.student for row in spool.of_student("AIGERIM")] == ["Aigerim", "Aigerim"]


def test_the_spool_leaves_nothing_behind(tmp_path, alone):
    with Spool(tmp_path) as spool:
        spool.add(alone[0])
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
