"""A class as a server meets it: many students who open a page, or fetch the browser's Python, all at once.

Each student is a browser with an empty cache: the page first, then all that it loads, over at most six connections
that stay open, compressed. The students live in a process of their own, so that they do not slow the server down by
sharing its interpreter. On one computer they still share its processor with the server: a room with devices of its
own is kinder to it, and its Wi-Fi is not.

The same file, started as a program, is that process; so it imports nothing of the package.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

CONNECTIONS = 6
# A student who waits longer counts as an error.
PATIENCE_SECONDS = 60
_LOADED = (
    re.compile(r"<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|modulepreload|preload|icon)\b)[^>]*\bhref=[\"']([^\"'>]+)"),
    re.compile(r"<(?:script|img|iframe)\b[^>]*\bsrc=[\"']([^\"'>]+)"),
)
_LOADED_BY_STYLES = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
_LOADED_BY_SCRIPTS = re.compile(r"(?:\bfrom|\bimport)\s*[\"'](\.[^\"']+)[\"']")


@dataclass(frozen=True)
class Crowd:
    """What a crowd met: times of a whole page in seconds, failed requests, bytes over the wire."""

    students: int
    requests: int
    p50: float
    p95: float
    worst: float
    errors: int
    bytes: int
    first_error: str = ""


@dataclass(frozen=True)
class FirstVisits:
    """Fetching everything at once: seconds until the last student had all, failed requests, bytes over the wire."""

    students: int
    requests: int
    p50: float
    last: float
    errors: int
    bytes: int
    first_error: str = ""


def crowd(address: str, paths: Sequence[str], students: int = 120, seconds: float = 60.0) -> Crowd:
    """Let `students` open a page, spread evenly over `seconds`.

    `address` is the server's, such as http://127.0.0.1:8000. `paths` are inside it: the page first, then what a
    browser loads with it; `paths_of_page` finds these. Raises ValueError without a page or a student, or for a
    time below 0; RuntimeError if the students' process failed.
    """
    if seconds < 0:
        raise ValueError(f"seconds is {seconds}; it must be 0 or more")
    starts = [number * seconds / students for number in range(students)] if students > 0 else []
    seen = _send_out(address, paths, starts)
    times = seen["seconds"]
    return Crowd(
        students, students * len(paths), round(statistics.median(times), 3), round(_percentile(times, 95), 3),
        round(max(times), 3), seen["errors"], seen["bytes"], seen["first_error"],
    )  # fmt: skip


def first_visits(address: str, run_json_url: str = "run/run.json", students: int = 30) -> FirstVisits:
    """Let `students` fetch, all at the same moment, every file that `run.json` lists under "load".

    `run_json_url` is inside `address` or a whole one. Raises ValueError if the list is empty or can't be read,
    RuntimeError if the students' process failed.
    """
    where = urljoin(address.rstrip("/") + "/", run_json_url)
    status, body = _get(where)
    if status != 200:
        raise ValueError(f"{where} answers {status}; it must be the run.json of a browser edition")
    base = urlsplit(where).path
    paths = [urljoin(base, str(name)).lstrip("/") for name, *_ in json.loads(body)["load"]]
    seen = _send_out(address, paths, [0.0] * students)
    times = seen["seconds"]
    return FirstVisits(
        students, students * len(paths), round(statistics.median(times), 3), round(max(times), 3),
        seen["errors"], seen["bytes"], seen["first_error"],
    )  # fmt: skip


def _percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which `share` per cent of the values lie."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share) // 100) - 1)]


def paths_of_page(address: str, page: str) -> list[str]:
    """A page and all that its text names as loaded with it, also by way of style sheets and scripts.

    Paths inside `address`, the page first. What a script loads later, by a computed name, is not found.
    Raises ValueError if the page is missing.
    """
    base = address.rstrip("/") + "/"
    found = [urljoin(base, page)]
    for one in found:  # grows while it is read
        status, body = _get(one)
        if status != 200 and one == found[0]:
            raise ValueError(f"{one} answers {status}")
        if status == 200:
            found += [new for new in dict.fromkeys(_named_in(one, body)) if new not in found and new.startswith(base)]
    return [one.removeprefix(base) for one in found]


def _named_in(address: str, body: bytes) -> list[str]:
    """The addresses that a page, a style sheet or a script loads, by its text."""
    end = urlsplit(address).path.rpartition(".")[2]
    patterns = {"html": _LOADED, "css": (_LOADED_BY_STYLES,), "js": (_LOADED_BY_SCRIPTS,)}.get(end, ())
    text = body.decode("utf-8", "replace") if patterns else ""
    names = [next(filter(None, match.groups())) for pattern in patterns for match in pattern.finditer(text)]
    return [urldefrag(urljoin(address, name))[0] for name in names if not name.startswith("data:")]


def _get(address: str) -> tuple[int, bytes]:
    """Status and plain body of one address."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_SECONDS)
    try:
        line.request("GET", parts.path or "/")
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def _send_out(address: str, paths: Sequence[str], starts: Sequence[float]) -> dict[str, Any]:
    """Run the students in a process of their own; `starts` are their seconds of arrival."""
    if not paths or not starts:
        raise ValueError(f"there are {len(paths)} paths and {len(starts)} students; at least one of each is needed")
    task = json.dumps({"address": address, "paths": list(paths), "starts": list(starts)})
    done = subprocess.run(
        [sys.executable, "-I", __file__], input=task, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"The process of the students failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


# What runs in the students' process


class _Student:
    """A browser with an empty cache."""

    def __init__(self, address: str, paths: Sequence[str]) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port
        self._base = parts.path.rstrip("/")
        self._paths = paths
        self._lock = threading.Lock()
        self.seconds = 0.0
        self.bytes = 0
        self.faults: list[str] = []

    def open_page(self) -> None:
        """Fetch the first path, then the others over up to six connections; keeps time, bytes and faults."""
        begun = time.perf_counter()
        first, rest = self._line(), SimpleQueue[str]()
        self._fetch(first, self._paths[0])
        for path in self._paths[1:]:
            rest.put(path)
        others = min(CONNECTIONS, len(self._paths) - 1) - 1
        helpers = [threading.Thread(target=self._work, args=(self._line(), rest)) for _ in range(others)]
        for helper in helpers:
            helper.start()
        self._work(first, rest)
        for helper in helpers:
            helper.join()
        self.seconds = time.perf_counter() - begun

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE_SECONDS)

    def _work(self, line: http.client.HTTPConnection, rest: SimpleQueue[str]) -> None:
        try:
            while True:
                self._fetch(line, rest.get_nowait())
        except Empty:
            line.close()

    def _fetch(self, line: http.client.HTTPConnection, path: str) -> None:
        """Fetch one file and count its bytes; what goes wrong is one fault."""
        try:
            line.request("GET", f"{self._base}/{path}", headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            announced, got = int(answer.headers.get("Content-Length", -1)), 0
            while piece := answer.read(256 * 1024):
                got += len(piece)
            fault = "" if answer.status == 200 and announced in (-1, got) else f"{answer.status}, {got} of {announced}"
        except (OSError, http.client.HTTPException) as problem:
            line.close()
            fault, got = repr(problem), 0
        with self._lock:
            self.bytes += got
            if fault:
                self.faults.append(f"{path}: {fault}")


def _play(task: dict[str, Any]) -> dict[str, Any]:
    """Let all students of a task come and go; gives their times, bytes and faults."""
    students = [_Student(task["address"], task["paths"]) for _ in task["starts"]]
    begun = time.perf_counter()

    def come(student: _Student, start: float) -> None:
        time.sleep(max(0.0, begun + start - time.perf_counter()))
        student.open_page()

    threads = [threading.Thread(target=come, args=pair) for pair in zip(students, task["starts"], strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [fault for student in students for fault in student.faults]
    return {
        "seconds": [student.seconds for student in students], "bytes": sum(student.bytes for student in students),
        "errors": len(faults), "first_error": faults[0] if faults else "",
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(_play(json.load(sys.stdin)), sys.stdout)
