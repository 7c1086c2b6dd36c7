"""Many hand-ins marked side by side, by whatever executor joblib is told to use.

    with joblib.parallel_config("dask"):                    # or "threading", "loky", … with its own settings
        rows = list(mark_all(collect(folder), known))

The files go out in rounds, so that no more than one round is in memory, and the marks come back in the
order of the files. When a worker dies, its round is tried again in smaller parts: only the file at fault is
lost, and is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from regionalism.exercises.identity import Class
from regionalism.grading.collecting import Found
from regionalism.grading.marking import mark_each
from regionalism.grading.records import Marked, Refused

# A batch is long enough to be worth the way to another process; a round keeps all workers busy.
BATCH_FILES = 12
BATCH_BYTES = 1_000_000
ROUND_BATCHES = 24
REASONS = {"worker-died": "the process that marked it died"}

Row = Marked | Refused
Batch = list[Found]


def cores() -> int:
    """How many processor cores this program may use; at least 1."""
    with suppress(AttributeError, OSError):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def mark_all(
    found: Iterable[Found | Refused],
    known: Class,
    backend: str | None = None,
    workers: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[Row]:
    """The marks of every file, in the order in which the files come.

    `workers` is the number of workers, 1 for this process alone; without it joblib decides, by the `parallel_config`
    around the call. `backend` is an executor of joblib, and need not be given. `progress` is called with the number
    of files done since its last call. Raises what the executor raises where it cannot mark anything at all.
    """
    alone = workers == 1 and backend is None
    for items in _rounds(found):
        files = [item for item in items if isinstance(item, Found)]
        marked = iter(mark_batch(files, known) if alone else _side_by_side(files, known, backend, workers))
        for item in items:
            yield item if isinstance(item, Refused) else next(marked)
        if progress:
            progress(len(items))


def mark_batch(files: Batch, known: Class) -> list[Row]:
    """What a worker does: the marks of some files, in their order."""
    return mark_each([(file.source, file.content) for file in files], known)


def _rounds(found: Iterable[Found | Refused]) -> Iterator[list[Found | Refused]]:
    """What was found in lists of bounded length and size."""
    items: list[Found | Refused] = []
    size = 0
    for item in found:
        items.append(item)
        size += len(item.content) if isinstance(item, Found) else 0
        if len(items) >= BATCH_FILES * ROUND_BATCHES or size >= BATCH_BYTES * ROUND_BATCHES:
            yield items
            items, size = [], 0
    if items:
        yield items


def _batches(files: Batch) -> list[Batch]:
    batches: list[Batch] = []
    size = 0
    for file in files:
        if not batches or len(batches[-1]) >= BATCH_FILES or size >= BATCH_BYTES:
            batches.append([])
            size = 0
        batches[-1].append(file)
        size += len(file.content)
    return batches


def _side_by_side(files: Batch, known: Class, backend: str | None, workers: int | None) -> list[Row]:
    """The marks of one round, in its order."""

    # What is not named here is left to the `parallel_config` of the caller.
    chosen: dict[str, Any] = {"n_jobs": workers} if workers is not None else {}
    chosen |= {"backend": backend} if backend is not None else {}

    def marked(batches: list[Batch]) -> list[Row]:
        from joblib import Parallel, delayed

        # A new one each time: after the death of a worker the old one is of no use. The workers stay.
        parallel = Parallel(batch_size=1, **chosen)
        return [row for rows in parallel(delayed(mark_batch)(batch, known) for batch in batches) for row in rows]

    return _despite_deaths(_batches(files), marked)


def _despite_deaths(batches: list[Batch], marked: Callable[[list[Batch]], list[Row]]) -> list[Row]:
    """The marks of all batches together; where that fails, of each by itself.

    Raises what `marked` raises if it cannot do even nothing: then no file is at fault, but the executor.
    """
    try:
        return marked(batches)
    except Exception:  # whatever an executor raises when it loses a worker
        marked([[]])
        return [row for batch in batches for row in _survivors(batch, marked)]


def _survivors(batch: Batch, marked: Callable[[list[Batch]], list[Row]]) -> list[Row]:
    """Mark a batch by itself and, if that fails, each of its files by itself."""
    try:
        return marked([batch])
    except Exception as fault:
        if len(batch) > 1:
            return [row for file in batch for row in _survivors([file], marked)]
        words = f"The process that marked it died each time ({type(fault).__name__}). All other files were marked."
        return [Refused(batch[0].source, "worker-died", words)]
