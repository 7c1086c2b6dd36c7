"""The list of all files of a browser edition, by which a folder is known to be whole.

`offline.json` at the folder's root names each file with its size in bytes and its SHA-256. Compressed
twins (`.gz` beside a file) are not listed: a server sends them or does without.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "offline.json"
FORMAT = "regionalism-offline"
VERSION = 1


class NotOffline(ValueError):
    """A folder that is no browser edition of this course; the text says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """Edition, digest of all content, and for each file its size in bytes and its SHA-256."""

    edition: str
    digest: str
    files: Mapping[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(size for size, _ in self.files.values())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(files: Mapping[str, tuple[int, str]]) -> str:
    """Eight hex digits that change when any of the files does."""
    lines = "\n".join(f"{name} {mark}" for name, (_, mark) in sorted(files.items()))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:8]


def listed(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file of a folder with size and SHA-256, without the manifest and the compressed twins."""
    return {name: (path.stat().st_size, sha256_of(path)) for name, path in files_of(folder)
            if name != NAME and not is_twin(path)}


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a folder with its name relative to it, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def is_twin(path: Path) -> bool:
    """Whether a file is the compressed copy of the one beside it."""
    return path.suffix == ".gz" and path.with_suffix("").is_file()


def write(folder: Path, edition: str) -> Manifest:
    """List what is in the folder and write the list into it."""
    files = listed(folder)
    manifest = Manifest(edition, digest_of(files), files)
    document = {"format": FORMAT, "version": VERSION, "edition": edition, "digest": manifest.digest,
                "files": {name: list(entry) for name, entry in files.items()}}
    folder.joinpath(NAME).write_text(json.dumps(document, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def read(folder: Path) -> Manifest:
    """The manifest of a folder. Raises NotOffline where there is none that can be used."""
    path = folder / NAME
    if not folder.is_dir():
        raise NotOffline(f"There is no folder {folder}. Make it with: python course.py offline")
    if not path.is_file():
        raise NotOffline(f"{folder} is no browser edition of the course, or only a part of one: it has no {NAME}.\n"
                         "Make the folder with: python course.py offline")
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT or document["version"] != VERSION:
            raise NotOffline(f"{path} was made by another edition of the course. Make the folder again.")
        files = {str(name): (int(entry[0]), str(entry[1])) for name, entry in document["files"].items()}
        return Manifest(str(document["edition"]), str(document["digest"]), files)
    except NotOffline:
        raise
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise NotOffline(f"{path} is damaged. Copy the folder again, or make it with: "
                         "python course.py offline") from None


def problems(folder: Path, *, thorough: bool = False) -> list[str]:
    """What is missing or changed in the folder, a line each; empty when it is whole.

    Compares sizes; with `thorough` also the hashes and the compressed twins, which reads every file. Raises NotOffline.
    """
    found = []
    for name, (size, mark) in read(folder).files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.stat().st_size != size:
            found.append(f"{name} has {path.stat().st_size} bytes and should have {size}")
        elif thorough and sha256_of(path) != mark:
            found.append(f"{name} is not what it was")
        elif thorough and not _twin_fits(path, mark):
            found.append(f"{name}.gz is not what it was")
    return found


def _twin_fits(path: Path, mark: str) -> bool:
    """Whether the compressed copy beside a file, if there is one, holds the content with this SHA-256."""
    twin = path.with_name(path.name + ".gz")
    if not twin.is_file():
        return True
    try:
        with gzip.open(twin) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == mark
    except (OSError, EOFError, zlib.error):
        return False
