"""`python course.py pack FOLDER`: the pinned packages as files, to set the course up where there is no network."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regionalism.setting_up.targets import NEWEST, OLDEST, SYSTEMS, Target, default_systems, named_targets
from regionalism.setting_up.wheels import FOLDER, FORMAT, MANIFEST, digest_of, stamp_of

ROOT = Path(__file__).resolve().parents[3]
READ_ME = "READ-ME.txt"
COURSE = "course"
# What builds the course itself when it is installed; it must be among the pins.
BUILDER = "hatchling"
_NOT_FOUND = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+==[^\s(;]+)")
_MEGABYTE = 1024 * 1024
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
Say = Callable[[str], None]


class PackError(Exception):
    """The pack can't be made; the text says why and what to do."""


@dataclass(frozen=True)
class Pack:
    """A finished pack: where it is, how many wheels it holds, its bytes, and which wheels were built here."""

    place: Path
    wheels: int
    size: int
    built: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new folder to write, such as one on a stick")
    parser.add_argument("--for", dest="systems", type=_systems, metavar="windows,linux", default=default_systems(),
                        help=f"systems, of {', '.join(SYSTEMS)} [{','.join(default_systems())}]")
    parser.add_argument("--python", dest="pythons", type=_pythons, metavar="3.11,3.12",
                        default=(sys.version_info[:2],), help="versions of Python on the other computers [this one's]")
    parser.add_argument("--zip", action="store_true", help="write FOLDER.zip instead of a folder")
    parser.add_argument("--with-course", action="store_true",
                        help="put the copy of the course for students beside the wheels")


def _parts(text: str) -> list[str]:
    return [part.strip().lower() for part in text.split(",") if part.strip()]


def _systems(text: str) -> tuple[str, ...]:
    """Names of systems with commas between them; argparse turns the error into a message."""
    names = tuple(dict.fromkeys(_parts(text)))
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown) or text!r} is none of {', '.join(SYSTEMS)}")
    return names


def _pythons(text: str) -> tuple[tuple[int, int], ...]:
    """Versions of Python with commas between them; argparse turns the error into a message."""
    found = []
    for part in _parts(text):
        match = re.fullmatch(r"(\d+)\.(\d+)", part)
        version = (int(match[1]), int(match[2])) if match else (0, 0)
        if not OLDEST <= version <= NEWEST:
            raise argparse.ArgumentTypeError(
                "{!r} is no Python of the course; it runs on {}.{} to {}.{}".format(part, *OLDEST, *NEWEST))
        found.append(version)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} names no version; write for example 3.12")
    return tuple(dict.fromkeys(found))


def run(options: argparse.Namespace) -> int:
    """Make the pack and say what to do with it. Returns the exit code."""
    targets = named_targets(options.systems, options.pythons)
    try:
        made = make(ROOT, options.folder, targets, with_course=options.with_course, packed=options.zip)
    except (PackError, OSError) as problem:
        print(f"\nThe pack was not made. {problem}", file=sys.stderr)
        return 1
    print(f"{made.wheels} wheels, {made.size / _MEGABYTE:.0f} MB in all: {made.place}")
    if made.built:
        print(f"Built here, since the server has them as source only: {', '.join(made.built)}")
    print(next_step(options.with_course, options.zip))
    return 0


def next_step(with_course: bool, packed: bool) -> str:
    """What a person does with a pack."""
    unpack = "unpack the zip, then " if packed else ""
    if with_course:
        return f"Next: {unpack}copy the folder {COURSE} to the other computer, and there: python course.py book"
    return (f"Next: {unpack}copy the folder {FOLDER} beside course.py on the other computer, and there:\n"
            "python course.py book")  # fmt: skip


def make(root: Path, folder: Path, targets: Sequence[Target], *, with_course: bool = False, packed: bool = False,
         say: Say = print) -> Pack:  # fmt: skip
    """Fetch the wheels for all targets and put them in place as a whole, as a folder or as a zip.

    Raises PackError with the reason; then nothing is left behind but what pip keeps in its cache.
    """
    target = folder.expanduser().resolve()
    place = target.with_name(target.name.removesuffix(".zip") + ".zip") if packed else target
    _demand_free(root, place)
    part = place.with_name(f".{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        home = part / COURSE if with_course else part
        if with_course:
            say("Making the copy of the course for students")
            _add_course(root, home)
        built = fetch_all(root / "requirements.txt", targets, home / FOLDER, say)
        write_manifest(root, home / FOLDER, targets, built)
        (part / READ_ME).write_text(read_me(targets, with_course), encoding="utf-8", newline="\r\n")
        wheels = list((home / FOLDER).glob("*.whl"))
        size = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
        _put(part, place, packed)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Pack(place, len(wheels), size, tuple(built))


def _demand_free(root: Path, place: Path) -> None:
    """Raise PackError unless the place is new, an empty folder, or an earlier pack."""
    inside = [(root / part).resolve() for part in ("src", "book", "data", "notebooks", "exercises", "keys", "tests")]
    if place == root.resolve() or any(place.is_relative_to(one) for one in inside):
        raise PackError(f"{place} is a part of the course itself. Name a folder outside it.")
    if place.is_file():
        if place.suffix != ".zip" or not _is_pack_zip(place):
            raise PackError(f"{place} is a file that this command did not write. Name another place.")
    elif place.exists() and any(place.iterdir()) and not _is_pack(place):
        raise PackError(f"{place} holds files that this command did not write. Name a new or an empty folder.")


def _is_pack(folder: Path) -> bool:
    """Whether a folder holds an earlier pack of wheels and nothing else."""
    return {path.name for path in folder.iterdir()} == {FOLDER, READ_ME} and (folder / FOLDER / MANIFEST).is_file()


def _is_pack_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == FORMAT.encode()
    except (OSError, zipfile.BadZipFile):
        return False


def _add_course(root: Path, home: Path) -> None:
    """Write the copy for students into `home`: without keys, and searched for what only graders have."""
    from regionalism.grading.builds import BuildError, build_student

    try:
        build_student(root, home)
    except BuildError as problem:
        raise PackError(str(problem)) from None


# ---------------------------------------------------------------- fetching


def fetch_all(requirements: Path, targets: Iterable[Target], folder: Path, say: Say = print) -> list[str]:
    """Fetch the wheels of all targets into `folder`; gives the pins that had to be built here from source.

    Raises PackError that names every package which some target can't get.
    """
    from regionalism.setting_up.targets import needed, rounds

    folder.mkdir(parents=True, exist_ok=True)
    lacking: dict[str, list[str]] = {}
    built: dict[str, None] = {}
    for target in targets:
        pins = needed(requirements, target)
        if BUILDER not in pins:
            raise PackError(f"requirements.txt does not name {BUILDER}, which builds the course when it is installed.")
        say(f"Fetching {sum(map(len, pins.values()))} packages for {target}")
        for wanted in rounds(pins):
            for pin in _fetch(wanted, target, folder):
                if build(pin, target, folder):
                    built[pin] = None
                else:
                    lacking.setdefault(pin, []).append(str(target))
    if lacking:
        raise PackError(_lacking_words(lacking))
    return list(built)


def _lacking_words(lacking: dict[str, list[str]]) -> str:
    lines = [f"  {pin}: not for {', '.join(targets)}" for pin, targets in sorted(lacking.items())]
    return "\n".join([
        "The package server has no ready file (wheel) of these packages, at most their source:", *lines,
        "Leave that system or that Python out with --for or --python, or pack on a computer of that kind.",
    ])  # fmt: skip


def download_command(wanted: Path, target: Target, folder: Path) -> list[str]:
    """pip's command that fetches a plain list of pins for a target.

    pip takes a version without a third number for the first release, and then refuses what needs a later one; the
    pins have been chosen by their markers already.
    """
    tags = [word for tag in target.system.tags for word in ("--platform", tag)]
    return [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--only-binary=:all:", "--implementation", "cp", "--python-version", f"{target.version}.99", *tags,
            "--dest", str(folder), "-r", str(wanted)]  # fmt: skip


def _fetch(wanted: Sequence[str], target: Target, folder: Path) -> list[str]:
    """Fetch a list of pins; gives those without a wheel for the target. Raises PackError for other failures."""
    left, lacking = list(wanted), []
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.txt"
        while left:
            plain.write_text("\n".join(left) + "\n", encoding="utf-8")
            done = _run(download_command(plain, target, folder))
            if done.returncode == 0:
                break
            missing = _NOT_FOUND.search(done.stdout)
            if missing is None or missing[1] not in left or _is_offline(done.stdout):
                tail = "\n".join(done.stdout.strip().splitlines()[-6:])
                raise PackError(
                    f"The packages for {target} did not arrive. Connect and run it again: what pip has fetched already "
                    f"is kept.\nThe last lines of pip were:\n{tail}")
            left.remove(missing[1])
            lacking.append(missing[1])
    return lacking


def _is_offline(output: str) -> bool:
    """Whether pip met no server at all: then "no matching distribution" says nothing about the package."""
    signs = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ProxyError", "ReadTimeoutError",
             "CERTIFICATE_VERIFY_FAILED", "Connection refused")  # fmt: skip
    return any(sign in output for sign in signs)


def build(pin: str, target: Target, folder: Path) -> bool:
    """Build a wheel of a pin from its source; whether the target can use it.

    A wheel without compiled parts serves every system; one with them serves only a computer like this one.
    """
    with tempfile.TemporaryDirectory() as scratch:
        done = _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps",
                     "--wheel-dir", scratch, pin])  # fmt: skip
        made = list(Path(scratch).glob("*.whl")) if done.returncode == 0 else []
        usable = [path for path in made if path.stem.endswith("-none-any") or target.is_here()]
        for path in usable:
            shutil.copy(path, folder / path.name)
    return bool(usable)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run pip; its output, errors included, is text."""
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                          errors="replace", env={**os.environ, "PYTHONUTF8": "1"}, check=False)  # fmt: skip


# ---------------------------------------------------------------- writing


def write_manifest(root: Path, folder: Path, targets: Sequence[Target], built: Sequence[str]) -> None:
    """Write the list of the folder's files, by which the other computer sees whether all arrived whole."""
    wheels = sorted(folder.glob("*.whl"))
    files = {path.name: {"size": path.stat().st_size, "sha256": digest_of(path)} for path in wheels}
    document = {
        "format": FORMAT,
        "version": 1,
        "requirements": stamp_of(root / "requirements.txt"),
        "targets": [{"system": one.system.name, "python": one.version} for one in targets],
        "built": list(built),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def read_me(targets: Sequence[Target], with_course: bool) -> str:
    """The words that travel with a pack."""
    place = (f"1. Copy the folder {COURSE} to the other computer." if with_course
             else f"1. Copy the folder {FOLDER} beside course.py in the folder of the course.")  # fmt: skip
    served = "\n".join(f"    {target}" for target in targets)
    return f"""The packages of the course "Security regionalism in Central Asia", for computers without a network.

{place}
2. Open a terminal in the folder that holds course.py.
3. Type: python course.py book

Python itself is not in here. The other computer needs one of these:
{served}

The command compares every file with the list in {FOLDER}/{MANIFEST} before it installs anything.
Something does not work? Type: python course.py doctor
"""


def _put(part: Path, place: Path, packed: bool) -> None:
    """Put the finished pack in its place; an earlier one is replaced as a whole."""
    if packed:
        _zip(part, place)
        return
    if place.exists():
        shutil.rmtree(place)
    os.replace(part, place)


def _zip(part: Path, place: Path) -> None:
    """Pack the folder into one file. Wheels are compressed already and are stored as they are."""
    unfinished = place.with_name(f".{place.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w") as archive:
            archive.comment = FORMAT.encode()
            for file in sorted(path for path in part.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(f"{place.stem}/{file.relative_to(part).as_posix()}", _ZIP_TIME)
                entry.compress_type = zipfile.ZIP_STORED if file.suffix == ".whl" else zipfile.ZIP_DEFLATED
                entry.external_attr = (0o755 if file.name == "course.py" else 0o644) << 16
                archive.writestr(entry, file.read_bytes())
        os.replace(unfinished, place)
    finally:
        unfinished.unlink(missing_ok=True)
