"""The course on a JupyterHub or BinderHub: its environment made and tried, a student's memory, a hub's size.

A hub's builder (repo2docker) reads the folder `.binder`. `check` makes an environment from those same files, runs
`postBuild` in a copy of the course, starts a server as a hub starts one for a student, and runs a lab and a sheet
through it. `memory` measures what one student costs, `plan` computes from that what a class needs.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .checks import Counts
from .offline.pythons import find_python
from .site.server import free_port

BINDER = ".binder"
ENVIRONMENT = ".venv-hub"
BASE_URL = "/user/ann/"
CHAPTER = "gains"
NEWS = "lab/api/settings/@jupyterlab/apputils-extension:notification"
SECONDS_TO_START = 60
SECONDS_FOR_A_CELL = 60
STUDENT = "sample"
# Every question gets the same text. It is an answer only where an argument is asked for, and there it is kept.
ANSWER = "print(*{mine.answer(each.id, 'Reasons in a few words.').state for each in mine.chapter.questions})"
NOT_COPIED = (".git", ".venv*", "_build", "dist", "*_cache", "__pycache__", ".hypothesis", ".ipynb_checkpoints",
              "answers-*", "hand-in-*", "class.json", "*-grades")
# What book/hub.md tells a hub to promise each student, and where to stop one, in MB. `rows` holds the figures to it.
GUARANTEE_MB = 512
LIMIT_MB = 1024
# Seconds of one core to start a student's server and two kernels and to run a lab and a sheet, as that page counts.
CPU_SECONDS = 10.0


class CannotTry(RuntimeError):
    """This machine lacks what is needed to try the hub's environment; the text says what."""


# The environment


def runtime(root: Path) -> tuple[int, int]:
    """The Python that `.binder/runtime.txt` asks for; ValueError unless it reads python-X.Y."""
    text = (root / BINDER / "runtime.txt").read_text(encoding="utf-8").strip()
    match = re.fullmatch(r"python-(\d+)\.(\d+)", text)
    if not match:
        raise ValueError(f"{BINDER}/runtime.txt says {text!r}; a hub's builder reads python-X.Y, such as python-3.11")
    return int(match[1]), int(match[2])


def pins(path: Path) -> dict[str, set[str]]:
    """The pinned versions of each package in a list as pip reads it; several where they depend on the system."""
    found: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, exact, version = line.split(";")[0].split("#")[0].strip().partition("==")
        if exact:
            found.setdefault(name, set()).add(version)
    return found


def make_environment(root: Path) -> Path:
    """Make `.venv-hub` once for the pins of `.binder`; return its Python. CannotTry names what is missing here."""
    wanted = runtime(root)
    python = find_python(wanted)
    if os.name == "nt" or not shutil.which("bash"):
        raise CannotTry("a hub runs on Linux, and postBuild needs bash")
    if python is None:
        raise CannotTry("the hub's environment needs Python {}.{}, and none was found here".format(*wanted))
    environment = root / ENVIRONMENT
    inside, stamp, listed = environment / "bin" / "python", environment / "course-stamp.txt", root / BINDER
    text = f"{python}\n{(listed / 'requirements.txt').read_text(encoding='utf-8')}"
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == text):
        print(f"Making {ENVIRONMENT} with the pins of {BINDER} (once)", flush=True)
        _run([python, "-m", "venv", "--clear", str(environment)], root)
        _run([str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
              str(listed / "requirements.txt")], root)
        stamp.write_text(text, encoding="utf-8")
    return inside


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end; RuntimeError with its last words when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … ended with {done.returncode}:\n{done.stdout[-2000:]}")


def copy_course(root: Path, folder: Path) -> None:
    """Copy the course as a clone would hold it, with a `.git` beside it, since a hub's builder brings that too."""
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    (folder / ".git").mkdir()


def surroundings(inside: Path, folder: Path, home: Path) -> dict[str, str]:
    """The process environment of a hub's image: its Python first, a bare home, nothing of the person's own."""
    own = ("PYTHON", "JUPYTER", "IPYTHON", "VIRTUAL_ENV", "REGIONALISM", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    path = os.pathsep.join([str(inside.parent), kept.get("PATH", "")])
    return {**kept, "PATH": path, "REPO_DIR": str(folder), "HOME": str(home), "JUPYTER_PLATFORM_DIRS": "1"}


@contextlib.contextmanager
def image(root: Path) -> Iterator[Image]:
    """A copy of the course with the hub's environment built for it, as repo2docker builds it; goes away afterwards."""
    inside = make_environment(root)
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name) / "course", Path(name) / "home"
        home.mkdir()
        copy_course(root, folder)
        built = Image(inside, folder, surroundings(inside, folder, home))
        _run([str(folder / BINDER / "postBuild")], folder, built.variables)
        yield built


@dataclass(frozen=True)
class Image:
    """What a hub would start for a student: a Python, the folder of the course, the process environment."""

    python: Path
    folder: Path
    variables: dict[str, str]


# A student's server


@contextlib.contextmanager
def student_server(built: Image) -> Iterator[Student]:
    """JupyterLab below an address such as a hub gives to each student; it ends with the block."""
    port, token = free_port(), secrets.token_hex(16)
    root_user = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [str(built.python), "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.base_url={BASE_URL}",
               f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={built.folder}", *root_user]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=built.folder, env=built.variables, stdout=log, stderr=log)
        try:
            student = Student(f"http://127.0.0.1:{port}{BASE_URL}", token, server.pid)
            if not _answers(student, server):
                log.seek(0)
                raise RuntimeError(f"JupyterLab did not start:\n{log.read().decode(errors='replace')[-2000:]}")
            yield student
        finally:
            server.terminate()
            server.wait(20)


def _answers(student: Student, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; False when it has ended or has taken too long."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            student.ask("api/status")
            return True
        time.sleep(0.1)
    return False


@dataclass
class Ran:
    """A notebook run from top to bottom: what failed, and each cell's printed text."""

    faults: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Student:
    """One student at a running server: asks for pages, opens notebooks and runs their cells."""

    address: str
    token: str
    pid: int

    def ask(self, path: str, method: str = "GET", body: Any = None) -> bytes:
        """The answer to a request below the student's address; OSError where there is none or a refusal."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, method=method,
                                         headers={"Authorization": f"token {self.token}"})
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return answer.read()

    def run(self, folder: Path, path: str, more: str = "") -> Ran:
        """Open a notebook of the course in a new kernel and run it, then `more`; the kernel stays.

        RuntimeError for a kernel that dies, or is silent for a minute.
        """
        body = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = json.loads(self.ask("api/sessions", "POST", body))["kernel"]["id"]
        ran = Ran()
        with self._channel(kernel) as channel:
            for source, expected in [*cells(folder / path), *([(more, None)] if more else [])]:
                printed, fault = _execute(channel, source)
                ran.printed.append(printed)
                if fault or expected not in (None, printed):
                    ran.faults.append(fault or f"printed {printed!r}, not {expected!r}")
        return ran

    @contextlib.contextmanager
    def _channel(self, kernel: str) -> Iterator[Any]:
        import websocket

        address = f"{self.address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
        try:
            with contextlib.closing(websocket.create_connection(
                address, timeout=SECONDS_FOR_A_CELL, http_no_proxy=["127.0.0.1"],
                header=[f"Authorization: token {self.token}"],
            )) as channel:  # fmt: skip
                yield channel
        except websocket.WebSocketException as problem:
            raise RuntimeError(f"the kernel does not answer: {problem}") from None

def cells(path: Path) -> list[tuple[str, str | None]]:
    """Source and, where it is to be compared, printed text of a notebook's cells; a sheet gets a student's id."""
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"]).replace(f'sheet("{path.stem}")', f'sheet("{path.stem}", student="{STUDENT}")')
        compared = "nbval-check-output" in cell["metadata"].get("tags", [])
        printed = "".join("".join(output.get("text", "")) for output in cell["outputs"]
                          if output.get("name") == "stdout")
        found.append((source, printed if compared else None))
    return found


def _execute(channel: Any, source: str) -> tuple[str, str]:
    """Run one cell over a kernel's WebSocket; what it printed, and its error in words (empty without one)."""
    number = uuid.uuid4().hex
    header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number, "version": "5.3"}
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    channel.send(json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content,
                             "channel": "shell", "buffers": []}))
    printed, fault = "", ""
    while True:
        message = json.loads(channel.recv())
        if message["parent_header"].get("msg_id") != number:
            continue
        kind, said = message["header"]["msg_type"], message["content"]
        if kind == "stream" and said["name"] == "stdout":
            printed += said["text"]
        elif kind == "error":
            fault = f"{said['ename']}: {said['evalue']}"
        elif kind == "status" and said["execution_state"] == "idle":
            return printed, fault


# The check


def check(root: Path, chapter: str = CHAPTER) -> Counts:
    """Build the hub's environment and try it as a student of one chapter would; prints what fails, returns the counts.

    The other chapters run with the same pins in another step of the checks, and here when their memory is measured.
    """
    try:
        with image(root) as built, student_server(built) as student:
            results = dict(_tried(built, student, chapter))
    except CannotTry as missing:
        print(f"SKIPPED: {missing}.", flush=True)
        return Counts(skipped=1)
    except (RuntimeError, OSError) as problem:
        print(f"FAILED: {problem}", flush=True)
        return Counts(failed=1)
    for what, fault in results.items():
        if fault:
            print(f"FAILED: {what}: {fault}", flush=True)
    failed = sum(map(bool, results.values()))
    print(f"{len(results) - failed} of {len(results)} checks passed in {ENVIRONMENT}", flush=True)
    return Counts(len(results) - failed, failed)


def _tried(built: Image, student: Student, chapter: str) -> Iterator[tuple[str, str]]:
    """What was tried and what was wrong with it (empty: nothing)."""
    left = [name for name in ("keys", ".git") if (built.folder / name).exists()]
    yield "postBuild takes away what students must not have", f"{left} are still there" if left else ""
    agree = subprocess.run([str(built.python), "-m", "pip", "check", "--disable-pip-version-check"],
                           env=built.variables, capture_output=True, text=True, check=False)
    yield "the packages agree with each other", agree.stdout if agree.returncode else ""
    yield "JupyterLab neither asks about news nor fetches any", _fetches_news(student)
    lab, sheet = f"notebooks/{chapter}.ipynb", f"exercises/{chapter}.ipynb"
    yield f"{lab} runs", "; ".join(student.run(built.folder, lab).faults)
    ran = student.run(built.folder, sheet, more=ANSWER)
    yield f"{sheet} runs", "; ".join(ran.faults)
    kept = [*(built.folder / "exercises").glob(f"answers-*{STUDENT}*.json")]
    yield "answers are kept beside the sheet", "" if kept else f"no file of answers; the replies are {ran.printed[-1]}"


def notebooks(folder: Path) -> list[str]:
    """Labs and sheets of the course, as paths below its folder."""
    return [path.relative_to(folder).as_posix()
            for kind in ("notebooks", "exercises") for path in sorted((folder / kind).glob("*.ipynb"))]


def _fetches_news(student: Student) -> str:
    """What is wrong with the settings for news, in words; empty when JupyterLab is quiet."""
    known = json.loads(student.ask(NEWS))["schema"]["properties"]
    defaults = {name: known[name]["default"] for name in ("fetchNews", "checkForUpdates")}
    return "" if defaults == {"fetchNews": "false", "checkForUpdates": False} else f"its settings are {defaults}"


# What a student costs


@dataclass(frozen=True)
class Cost:
    """What one student costs in one chapter: memory in MB (10^6 bytes) and processor seconds, by process."""

    server_mb: float
    lab_mb: float
    sheet_mb: float
    server_seconds: float
    lab_seconds: float
    sheet_seconds: float

    @property
    def one_mb(self) -> float:
        """The server with the larger of the two notebooks open."""
        return self.server_mb + max(self.lab_mb, self.sheet_mb)

    @property
    def both_mb(self) -> float:
        """The server with the lab and the sheet open side by side."""
        return self.server_mb + self.lab_mb + self.sheet_mb

    @property
    def seconds(self) -> float:
        """Of one core: the server and both kernels started, the lab and the sheet run from top to bottom."""
        return self.server_seconds + self.lab_seconds + self.sheet_seconds


def memory(built: Image, chapter: str) -> Cost:
    """Start a student's server, open a chapter's lab and sheet, run both, and measure all three processes.

    Memory is the proportional share (PSS) on Linux and the resident size elsewhere.
    """
    with student_server(built) as student:
        for page in ("lab", "api/contents/notebooks", NEWS):  # what a browser asks for first
            student.ask(page)
        pids = []
        for kind in ("notebooks", "exercises"):
            before = set(children(student.pid))
            ran = student.run(built.folder, f"{kind}/{chapter}.ipynb")
            if ran.faults:
                raise RuntimeError(f"{kind}/{chapter}.ipynb did not run: {ran.faults}")
            pids.append(next(iter(set(children(student.pid)) - before)))
        processes = [student.pid, *pids]
        return Cost(*map(used_mb, processes), *map(used_seconds, processes))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listed.splitlines())
    return [int(child) for child, parent in pairs if int(parent) == pid]


def used_mb(pid: int) -> float:
    """Memory of a process in MB: its proportional share where the system tells it, else what is resident."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if rollup.exists():
        match = re.search(r"^Pss:\s+(\d+) kB$", rollup.read_text(encoding="ascii"), re.MULTILINE)
        assert match
        return int(match[1]) * 1024 / 1e6
    return int(_ps(pid, "rss=")) * 1024 / 1e6


def used_seconds(pid: int) -> float:
    """Processor seconds of a process since its start, those of its ended children included where they are told."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        numbers = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(int(ticks) for ticks in numbers[11:15]) / os.sysconf("SC_CLK_TCK")
    *larger, seconds = _ps(pid, "time=").strip().replace("-", ":").split(":")
    return float(seconds) + sum(float(part) * 60 ** (place + 1) for place, part in enumerate(reversed(larger)))


def _ps(pid: int, column: str) -> str:
    return subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=True).stdout


def rows(root: Path) -> Iterator[tuple[str, float, str, float | None]]:
    """What, figure, unit and bar (None: only reported) of one student on a hub, for the heaviest chapter."""
    try:
        with image(root) as built:
            chapters = [Path(path).stem for path in notebooks(built.folder) if path.startswith("notebooks/")]
            costs = {chapter: memory(built, chapter) for chapter in chapters}
    except CannotTry as missing:
        print(f"SKIPPED: a student's memory on a hub ({missing})", file=sys.stderr)
        return
    heaviest = max(costs, key=lambda chapter: costs[chapter].both_mb)
    cost = costs[heaviest]
    yield "a student on a hub, the server alone", round(cost.server_mb), "MB", None
    yield f"a student on a hub, one notebook open ({heaviest})", round(cost.one_mb), "MB", None
    yield f"a student on a hub, lab and sheet open ({heaviest})", round(cost.both_mb), "MB", GUARANTEE_MB
    slowest = max(costs, key=lambda chapter: costs[chapter].seconds)
    yield f"a student on a hub, processor for lab and sheet ({slowest})", round(costs[slowest].seconds, 1), "s", None


# The size of a hub


@dataclass(frozen=True)
class Plan:
    """What a hub needs: students at work at the same time, memory in GB (10^9 bytes), processor cores."""

    students: int
    at_once: int
    memory_gb: int
    cores: int


def plan(students: int, share: float = 0.6, *, memory_mb: float = GUARANTEE_MB, cpu_seconds: float = CPU_SECONDS,
         minutes: float = 5, busy: float = 0.7, base_gb: float = 2) -> Plan:
    """The memory and the cores that a class needs on a hub.

    `share` (above 0, to 1) of the students work at the same time. Each holds `memory_mb`; the hub itself holds
    `base_gb`. All of them start a server and run a lab within `minutes`, which takes `cpu_seconds` of a core each,
    and the cores shall be `busy` (above 0, to 1) meanwhile, no more. Raises ValueError for what is out of range.
    """
    if isinstance(students, bool) or not isinstance(students, int) or students < 1:
        raise ValueError(f"students is {students!r}; it must be a whole number of at least 1")
    for name, value in (("share", share), ("busy", busy)):
        if not 0 < value <= 1:
            raise ValueError(f"{name} is {value!r}; it must be above 0 and at most 1")
    for name, value in (("memory_mb", memory_mb), ("cpu_seconds", cpu_seconds), ("minutes", minutes)):
        if not 0 < value < math.inf:
            raise ValueError(f"{name} is {value!r}; it must be a number above 0")
    if not 0 <= base_gb < math.inf:
        raise ValueError(f"base_gb is {base_gb!r}; it must be a number of at least 0")
    at_once = _up(students * share)
    return Plan(students, at_once, _up(at_once * memory_mb / 1000 + base_gb),
                _up(at_once * cpu_seconds / (60 * minutes * busy)))


def _up(value: float) -> int:
    """The next whole number; what differs from a whole number by rounding alone counts as that number."""
    return math.ceil(round(value, 9))
