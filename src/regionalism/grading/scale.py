"""How long a class takes to grade, and how much memory: part of `python course.py measure`, or by itself

    python -m regionalism.grading.scale [500 5000 …]

on Linux and macOS. Hand-ins of a pretended class over all chapters are written to a temporary folder and
graded with one worker per core, marks, feedback and report included. Each size runs in a process of its
own. Printed are seconds (also of the processor, since other programs may be running), hand-ins per second,
and the peak memory of this process and of the largest worker.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SIZES = (500, 5000)
# The system counts the peak in kilobytes, on macOS in bytes.
MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024


def graded(count: int) -> dict[str, float]:
    """Grade so many hand-ins with the command; the figures."""
    from regionalism.grading import command
    from regionalism.grading.classes import STUDENTS_FILE, new_class, read_class
    from regionalism.grading.rehearsal import hand_ins

    with tempfile.TemporaryDirectory() as home:
        folder, class_folder = Path(home) / "inbox", Path(home) / "class"
        new_class(class_folder, "Benchmark")
        ids = "".join(f"{number},\n" for number in range(10_001, 10_002 + count // 4))
        (class_folder / STUDENTS_FILE).write_text(f"id,name\n{ids}", encoding="utf-8")
        folder.mkdir()
        for name, content in hand_ins(count, read_class(class_folder).known):
            (folder / name).write_bytes(content)
        peaks: list[int] = []
        _note_before(command, "_prepare", lambda: peaks.append(_peak()))
        before, began = _cpu(), time.perf_counter()
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        code = command.run(parser.parse_args([str(folder), "--class", str(class_folder)]))
        seconds = time.perf_counter() - began
    return {
        "hand-ins": count,
        "exit code": code,
        "seconds": round(seconds, 1),
        "hand-ins/s": round(count / seconds, 1),
        "CPU s here": round(_cpu() - before, 1),
        "peak MB once marked": peaks[0],
        "peak MB at the end": _peak(),
        **_of_workers(),
    }


def _cpu() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def _note_before(module: Any, name: str, note: Callable[[], object]) -> None:
    """Call `note` each time before a function of a module is called."""
    function = getattr(module, name)

    def noted(*arguments: Any) -> Any:
        note()
        return function(*arguments)

    setattr(module, name, noted)


def _of_workers() -> dict[str, float]:
    """What the workers used; only told by the system once they have ended."""
    import resource

    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"CPU s workers": round(used.ru_utime + used.ru_stime, 1), "peak MB a worker": used.ru_maxrss // MEGABYTE}


def figures(count: int) -> dict[str, float]:
    """Grade so many hand-ins in a process of its own; the figures."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__, str(-count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the figures of each size; a negative size is graded in this process."""
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    if sizes[0] < 0:
        print(json.dumps(graded(-sizes[0])))
        return
    for size in sizes:
        print("   ".join(f"{name}: {value}" for name, value in figures(size).items()), flush=True)


if __name__ == "__main__":
    main()
