"""Every file of a folder of hand-ins, and of the archives in it, one after the other and as bytes.

A folder of hand-ins comes from a learning platform, from mail or from a memory stick, so it may hold anything.
Nothing is unpacked to disk and nothing is opened but to be read: a name inside an archive is only ever
shown. Each file gives a `Found` or a `Refused` with one of `REASONS`; what a system leaves behind by itself
(`Thumbs.db`, `__MACOSX`) gives nothing. The order is that of the names, the same on every machine.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from regionalism.exercises.handin import LARGEST_FILE
from regionalism.grading.records import Refused

# Lies in every folder of marks that the grader has written, so that it is neither graded nor written over by mistake.
OUTPUT_MARK = ".regionalism-grades"
MOST_MEMBERS = 20_000
LARGEST_ARCHIVE = 500_000_000  # bytes unpacked, with all archives inside
LARGEST_INNER_ARCHIVE = 50_000_000
LARGEST_RATIO = 200  # of all bytes unpacked to the bytes of the archive
DEEPEST_ARCHIVE = 3
_RATIO_FROM = 20_000_000  # below this a high ratio does no harm
_LARGEST_DIRECTORY = 8_000_000  # bytes of the list of members at an archive's end
_LONGEST_NAME = 300

REASONS: Mapping[str, str] = {
    "too-large": "larger than any hand-in",
    "marks": "a folder that the grader wrote",
    "unreadable": "the system does not let it be read",
    "not-a-file": "no ordinary file",
    "link": "a link to another place",
    "foreign": "a document, picture or program",
    "other-archive": "an archive of another sort than zip",
    "damaged-archive": "an archive that is not whole",
    "encrypted": "an archive with a password",
    "unknown-packing": "an archive packed in an unusual way",
    "archive-too-large": "an archive that grows beyond every measure",
    "archive-too-deep": "an archive in an archive in an archive",
}

_SYSTEM_FILES = {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", OUTPUT_MARK}
_SYSTEM_FOLDERS = {"__macosx", ".git", ".ipynb_checkpoints", "$recycle.bin", "system volume information"}
_FOREIGN = (
    (b"%PDF", "a PDF document"), (b"\xd0\xcf\x11\xe0", "an Office document"), (b"{\\rtf", "a text document"),
    (b"\xff\xd8\xff", "a picture"), (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"RIFF", "a picture or sound"),
    (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"<!DOCTYPE", "a web page"), (b"<html", "a web page"),
    *((bytes((0x80, version)), "a Python object, which is never opened here") for version in range(2, 6)),
)  # fmt: skip
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# For the student who sent something else.
_WHICH_FILE = (
    "The file to send is made by the button \u201cMake my hand-in\u201d; "
    "its name begins with hand-in and ends with .json."
)
# What an office program writes is a zip archive with one of these inside.
_OFFICE_PARTS = {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"}
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that the reading of a damaged archive may raise.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, struct.error,
    LookupError, OverflowError, MemoryError,
)  # fmt: skip
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Found:
    """A file that may be a hand-in: where it lay, as shown to people, and its bytes."""

    source: str
    content: bytes


def collect(folder: str | Path, skip: Collection[Path] = ()) -> Iterator[Found | Refused]:
    """Every file below a folder, those in zip archives too; links are not followed.

    `skip` names folders that are left out without a word.
    At most one file and the archives around it are in memory. OSError if the folder itself cannot be read.
    """
    for place in _walk(Path(folder), skip):
        yield from [place] if isinstance(place, Refused) else _from_file(place)


def count(folder: str | Path, skip: Collection[Path] = ()) -> int:
    """About how many items `collect` gives, cheaply: an archive inside another counts as one."""
    return sum(1 if isinstance(place, Refused) else _count_in(place) for place in _walk(Path(folder), skip))


def shown(name: str) -> str:
    """A name for people: no sign that steers a terminal, turns the line round or cannot be written."""
    plain = "".join(_printable(sign) for sign in name[-_LONGEST_NAME:])
    return unicodedata.normalize("NFC", plain) if len(name) <= _LONGEST_NAME else f"…{plain}"


def _printable(sign: str) -> str:
    if unicodedata.category(sign) == "Zs":
        return " "
    return sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"


# Folders


@dataclass(frozen=True)
class _Place:
    """A file on disk: its path and its name below the folder, as shown."""

    path: Path
    source: str


def _walk(folder: Path, skip: Collection[Path]) -> Iterator[_Place | Refused]:
    """The files below a folder in the order of their names. A list of what is left, since folders nest deeply."""
    root = folder.resolve()
    left_out = {path.resolve() for path in skip}
    left = [(root, "")]
    while left:
        path, source = left.pop()
        if source:
            found = _kind(path, root)
            if found == "file":
                yield _Place(path, shown(source))
            elif found in REASONS:
                yield Refused(shown(source), found, _KIND_WORDS[found])
            if found != "folder":
                continue
        if path in left_out:
            continue
        if source and os.path.isfile(path / OUTPUT_MARK):
            # Told, since anybody can lay such a file into a folder.
            yield Refused(shown(source), "marks", f"It holds marks that the grader wrote ({OUTPUT_MARK} lies in it).")
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            if not source:
                raise
            yield Refused(shown(source), "unreadable", f"The folder cannot be read ({_cause(error)}).")
            continue
        left += [(path / name, f"{source}/{name}" if source else name) for name in names if not _of_system(name)]


_KIND_WORDS = {
    "link": "It is a link to a place outside the folder, and is not followed. Put the file itself here.",
    "unreadable": "It cannot be reached: it may have been moved away, or be a link to nothing.",
    "not-a-file": "It is no ordinary file but a device or a pipe.",
}


def _kind(path: Path, root: Path) -> str:
    """What lies at a path: file, folder, nothing of interest (""), or the reason why it is refused."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            # What a link inside the folder points to is read by itself.
            return "" if path.resolve(strict=True).is_relative_to(root) else "link"
    except (OSError, RuntimeError, ValueError):
        return "unreadable"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "not-a-file"


def _of_system(name: str) -> bool:
    lowered = name.casefold()
    return lowered in _SYSTEM_FILES or lowered in _SYSTEM_FOLDERS or lowered.startswith(("._", "~$"))


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _opened(path: Path) -> IO[bytes]:
    """The file opened for reading; OSError also for what turned into a link or a pipe since it was listed."""
    number = os.open(path, os.O_RDONLY | _NO_LINKS | _BINARY)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError("it is no ordinary file")
    return os.fdopen(number, "rb")


def _from_file(place: _Place) -> Iterator[Found | Refused]:
    try:
        with _opened(place.path) as file:
            if file.read(4) in _ZIP:
                yield from _from_archive(
                    file, place.source, _Allowance(os.fstat(file.fileno()).st_size, MOST_MEMBERS), 1
                )
                return
            file.seek(0)
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        cause = _cause(error) if isinstance(error, OSError) else "its name"
        yield Refused(place.source, "unreadable", f"It cannot be read ({cause}).")
        return
    yield _judged(place.source, content)


def _judged(source: str, content: bytes) -> Found | Refused:
    """The bytes of a file, unless its first ones tell that it is something else."""
    kind = next((words for mark, words in _FOREIGN if content.startswith(mark)), None)
    if kind:
        return Refused(source, "foreign", f"It is {kind}, not a hand-in. {_WHICH_FILE}")
    if content.startswith(_OTHER_ARCHIVES) or content[257:262] == b"ustar":
        return Refused(source, "other-archive", "It is an archive that is not opened here. Unpack it and grade again.")
    if len(content) > LARGEST_FILE:
        return Refused(source, "too-large", f"It is larger than any hand-in: more than {LARGEST_FILE / 1e6:g} MB.")
    return Found(source, content)


# Archives


@dataclass
class _Allowance:
    """How much an archive on disk may still unpack to, with all archives inside it."""

    packed: int
    members: int
    read: int = field(default=0, init=False)

    @property
    def spent(self) -> bool:
        ratio = self.read / max(1, self.packed)
        return self.read > LARGEST_ARCHIVE or (self.read > _RATIO_FROM and ratio > LARGEST_RATIO)


_TOO_LARGE = "It unpacks to far more than it holds, as no archive of hand-ins does. The rest of it was not read."


def _from_archive(file: IO[bytes], source: str, allowance: _Allowance, depth: int) -> Iterator[Found | Refused]:
    """The members of a zip archive in the order of their names."""
    try:
        if _directory_size(file) > _LARGEST_DIRECTORY:
            yield Refused(source, "archive-too-large", f"It lists more than {MOST_MEMBERS:,} files.")
            return
        archive = zipfile.ZipFile(file)
    except _DAMAGE:
        yield Refused(source, "damaged-archive", "The archive is not whole. Please send it again.")
        return
    with archive:
        members = archive.infolist()
        allowance.members -= len(members)
        if allowance.members < 0:
            yield Refused(source, "archive-too-large", f"It lists more than {MOST_MEMBERS:,} files.")
            return
        if any(member.filename in _OFFICE_PARTS for member in members):
            yield Refused(source, "foreign", f"It is an Office document, not a hand-in. {_WHICH_FILE}")
            return
        for member in sorted(members, key=lambda member: (member.filename, member.header_offset)):
            if allowance.spent:
                yield Refused(source, "archive-too-large", _TOO_LARGE)
                return
            if member.is_dir() or any(_of_system(part) for part in re.split(r"[/\\]", member.filename)):
                continue
            yield from _from_member(archive, member, f"{source}/{_member_name(member.filename)}", allowance, depth)


def _directory_size(file: IO[bytes]) -> int:
    """How many bytes an archive says its list of members has; 0 where it does not say."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 66_000))
    tail = file.read()
    file.seek(0)
    sizes = [0]
    for mark, place, form in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        at = tail.rfind(mark)
        if at >= 0 and len(tail) >= at + place + struct.calcsize(form):
            sizes.append(struct.unpack_from(form, tail, at + place)[0])
    return max(size for size in sizes if size != 0xFFFFFFFF)


def _member_name(name: str) -> str:
    """A member's name for people, without what would lead out of a folder."""
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:.*", parts[0]):
        parts[0] = parts[0][2:]
    return shown("/".join(part for part in parts if part)) or "(without a name)"


def _from_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, allowance: _Allowance, depth: int
) -> Iterator[Found | Refused]:
    refusal = _refused_unread(member, source)
    if refusal:
        yield refusal
        return
    try:
        with archive.open(member) as file:
            content = _read(file, LARGEST_FILE + 1, allowance)
            inner = content.startswith(_ZIP)
            if inner and depth < DEEPEST_ARCHIVE and len(content) > LARGEST_FILE:
                content += _read(file, LARGEST_INNER_ARCHIVE + 1 - len(content), allowance)
    except _DAMAGE:
        words = "It cannot be unpacked: the archive is damaged in this place. Please send it again."
        yield Refused(source, "damaged-archive", words)
        return
    if not inner:
        yield _judged(source, content)
    elif depth >= DEEPEST_ARCHIVE:
        words = f"Archives are opened {DEEPEST_ARCHIVE} deep, and this lies deeper. Unpack it and grade again."
        yield Refused(source, "archive-too-deep", words)
    elif len(content) > LARGEST_INNER_ARCHIVE:
        words = "It is too large to be opened inside another archive. Unpack it and grade again."
        yield Refused(source, "archive-too-large", words)
    else:
        yield from _from_archive(BytesIO(content), source, allowance, depth + 1)


def _refused_unread(member: zipfile.ZipInfo, source: str) -> Refused | None:
    """Why a member is not even unpacked."""
    if member.flag_bits & 0x1:
        return Refused(source, "encrypted", "It is locked with a password. Unpack the archive and grade again.")
    if member.compress_type not in _PACKINGS:
        words = "It is packed in a way that is not opened here. Make an ordinary zip archive and grade again."
        return Refused(source, "unknown-packing", words)
    if stat.S_ISLNK(member.external_attr >> 16):
        return Refused(source, "link", "It is a link, not a file, and is not followed.")
    return None


def _read(file: IO[bytes], most: int, allowance: _Allowance) -> bytes:
    """At most so many bytes, whatever the archive says about their number."""
    content = file.read(most)
    allowance.read += len(content)
    return content


def _count_in(place: _Place) -> int:
    if place.path.suffix.lower() != ".zip":
        return 1
    try:
        with _opened(place.path) as file:
            if _directory_size(file) > _LARGEST_DIRECTORY:
                return 1
            with zipfile.ZipFile(file) as archive:
                return max(1, sum(not member.is_dir() for member in archive.infolist()))
    except _DAMAGE:
        return 1
