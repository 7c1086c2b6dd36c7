"""Ten thousand damaged and hostile files among the hand-ins of twenty students.

Each is refused with a reason or marked for whom it names, nothing stops, nothing is written outside the folder of
the marks, and the twenty get the marks and the pages that they get without the others.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import random
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from regionalism.exercises.draws import Draw
from regionalism.exercises.handin import LARGEST_FILE, checksum, receipt, to_text
from regionalism.exercises.identity import Class
from regionalism.grading import command
from regionalism.grading.collecting import Found, collect
from regionalism.grading.pool import mark_all
from regionalism.grading.records import Marked, Refused
from regionalism.grading.rehearsal import hand_in_of

FILES = 10_000
GOOD = tuple(f"good-{number}" for number in range(1, 21))
OPEN = Class()
# Ordinary damage must be told by what it is: the net for faults of the grader itself must stay empty.
EXPECTED = {
    "empty", "too-large", "not-text", "not-json", "too-deep", "not-a-hand-in", "answers-file", "a-notebook",
    "newer-version", "wrong-shape", "changed", "foreign", "other-archive", "damaged-archive", "encrypted",
    "unknown-packing", "archive-too-large", "archive-too-deep", "unknown-chapter", "other-class", "other-seed",
    "other-edition",
}  # fmt: skip

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e300, -0.0, 10**30, "", " ", "x" * 30_000, [], {}, [[]], {"": {}}, [None] * 500,
    "\x00", "\u202egnp.exe", "=HYPERLINK(1)", "../../etc/passwd", "'; DROP TABLE marked; --",
    "<script>alert(1)</script>",
    "\ud83d\ude00", "٣٤", "𝟙𝟚", "🏳️\u200d🌈" * 20, "a\r\nb", "__import__('os').system('true')", "%n%s%x",
    "{{7*7}}", "NaN",
    "geology", "0a1b2c3d",
)  # fmt: skip
NAMES = (
    "hand-in.json", "Айгерим Қ.json", "任务书.json", "تکلیف.json", "o‘zbek tili.json", "😀.json", "a b\tc.json",
    "-rf.json",
    "=cmd.json", "CON.json", "very " * 30 + "long.json", "no ending", "two.json.json", "\u202enosj.json",
    "a;b|c&d.json",
)  # fmt: skip
PATHS = (
    "../../../evil.json", "/etc/evil.json", "C:\\evil.json", "..\\evil.json", "a/../../evil.json",
    "//host/share/evil.json",
    "./././evil.json", "nul\x00l.json", "~/.bashrc", "evil.json/", "a" * 5_000, "\x1b[2J.json", "..", "." * 200,
)  # fmt: skip


# What is put into the folder


class Damage:
    """Makes damaged and hostile contents of whole hand-ins; the same ones for the same seed."""

    def __init__(self, whole: list[bytes], seed: int = 1) -> None:
        self.lot = random.Random(seed)
        self.whole = whole
        self.ways: tuple[Callable[[], bytes], ...] = (
            self.cut, self.cut, self.flipped, self.flipped, self.other_bytes, self.field, self.field, self.forged,
            self.forged, self.forged_answer, self.other_encoding, self.mangled, self.nested, self.large_number,
            self.noise, self.other_file, self.doubled, self.without_field,
        )  # fmt: skip

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self.lot.choice(self.ways)()

    def _one(self) -> bytes:
        return self.lot.choice(self.whole)

    def _document(self) -> dict[str, Any]:
        return json.loads(self._one())

    def cut(self) -> bytes:
        whole = self._one()
        return whole[: self.lot.randrange(len(whole) - 2)]

    def flipped(self) -> bytes:
        content = bytearray(self._one())
        # The word to the reader at the top is not sealed, and may change.
        start = content.index(b'"format"')
        for _ in range(self.lot.choice((1, 1, 2, 50))):
            content[self.lot.randrange(start, len(content) - 2)] ^= 1 << self.lot.randrange(8)
        return bytes(content)

    def other_bytes(self) -> bytes:
        content = bytearray(self._one())
        at = self.lot.randrange(len(content))
        content[at : at + self.lot.randrange(1, 400)] = self.lot.randbytes(self.lot.randrange(1, 400))
        return bytes(content)

    def field(self) -> bytes:
        document = self._document()
        document[self.lot.choice([name for name in document if name != "about"])] = self.lot.choice(ODD)
        return json.dumps(document).encode()

    def without_field(self) -> bytes:
        document = self._document()
        del document[self.lot.choice([name for name in document if name != "about"])]
        return json.dumps(document).encode()

    def forged(self) -> bytes:
        """Another value, and a checksum that fits it: what someone who has read the source can make."""
        document = self._document()
        document["student"] = f"ghost {self.lot.randrange(50)}"
        place = self.lot.choice(
            ("student", "chapter", "class", "seed", "made", "course", "answers", "numbers", "version")
        )
        document[place] = self.lot.choice(ODD)
        if self.lot.random() < 0.3:
            document["answers"] = dict.fromkeys(json.loads(self._one())["answers"], self.lot.choice(ODD))
        return self._sealed(document)

    def forged_answer(self) -> bytes:
        """Odd answers under a ghost's id with a seed that fits: marked, for the ghost."""
        document = self._document()
        document["student"] = document["seed"] = f"ghost {self.lot.randrange(50)}"
        document["answers"] = {
            name: [self._odd_answer() for _ in range(self.lot.randrange(1, 5))] for name in document["answers"]
        }
        if self.lot.random() < 0.5:  # else the numbers give it away
            made = hand_in_of(document["chapter"], document["student"], OPEN, Draw("1", "ghost"))
            document["numbers"] = dict(made.numbers)
        return self._sealed(document)

    def _odd_answer(self) -> Any:
        if self.lot.random() < 0.5:
            return self.lot.choice([odd for odd in ODD if len(str(odd)) < 20_000])
        names = ("KAZ", "a", "b", "share", "first", "", "😀")
        return {self.lot.choice(names): self.lot.choice(ODD[:10]) for _ in range(3)}

    @staticmethod
    def _sealed(document: dict[str, Any]) -> bytes:
        content = {name: value for name, value in document.items() if name not in ("about", "checksum")}
        return json.dumps({**content, "checksum": checksum(content)}).encode()

    def other_encoding(self) -> bytes:
        text = self._one().decode() + "Ә"
        encoding = self.lot.choice(
            ("utf-16-le", "utf-16-be", "utf-32-le", "cp1251", "koi8-r", "cp866", "gb18030", "utf-7")
        )
        return text.encode(encoding, "replace")

    def mangled(self) -> bytes:
        """Text that some program took for another encoding and saved again."""
        return self._one().replace(b"good", "жақсы".encode()).decode("latin-1").encode("utf-8")

    def nested(self) -> bytes:
        sign, end = self.lot.choice((("[", "]"), ('{"a":', "}"), ('[{"a":[', "]}]")))
        depth = self.lot.choice((30, 500, 20_000))
        inside = self._one().decode() if self.lot.random() < 0.3 else "1"
        return (sign * depth + inside + (end * depth if self.lot.random() < 0.5 else "")).encode()

    def large_number(self) -> bytes:
        number = self.lot.choice(
            ("9" * 5_000, "1e999", "-1e999", "NaN", "Infinity", "1" + "0" * 100_000, "1e-999999999", "01")
        )
        return self._one().replace(b'"version": 1', f'"version": {number}'.encode())

    def noise(self) -> bytes:
        return self.lot.randbytes(self.lot.choice((1, 3, 100, 5_000)))

    def doubled(self) -> bytes:
        return self.lot.choice((self._one() * 2, b"[" + self._one() + b"]", b"{" + self._one(), self._one()[1:]))

    def other_file(self) -> bytes:
        return self.lot.choice(
            (
                b"", b"\n", b"\xef\xbb\xbf", bytes(5_000), b"%PDF-1.4 ...", b"\xff\xd8\xff\xe0 JFIF", b"null", b"[]",
                b"{}", b'{"cells": [], "metadata": {}, "nbformat": 4}',
                b'{"format": "regionalism-answers", "version": 2}',
                b'{"format": "regionalism-hand-in", "version": 7}', b"id,name\n1,A\n",
                b"\x80\x04cos\nsystem\n(S'true'\ntR.",
                b"#!/bin/sh\nrm -rf /\n", b"<html><script>", b"Rar!\x1a\x07", b"\x1f\x8b\x08" + bytes(50),
                b"PK\x03\x04" + bytes(99),
            )
        )  # fmt: skip


def packed(files: list[tuple[str, bytes]], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; names may be anything and may occur twice."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in files:
            archive.NameToInfo.clear()
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, content, packing)
    return target.getvalue()


def broken_archives(lot: random.Random, some: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """Archives that are damaged, locked, endless, or bombs."""
    whole = packed([(f"{number}.json", content) for number, content in enumerate(some)])
    for number in range(150):
        content = bytearray(whole)
        for _ in range(lot.choice((1, 5, 40))):
            content[lot.randrange(4, len(content))] = lot.randrange(256)
        if number % 3 == 0:
            del content[lot.randrange(30, len(content)) :]
        yield f"broken-{number}.zip", bytes(content)
    locked = bytearray(packed([("locked.json", some[0])]))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    yield "locked.zip", bytes(locked)
    yield "bzip2.zip", packed([("a.json", bytes(1_000_000))], zipfile.ZIP_BZIP2)
    yield "bomb.zip", packed([(f"{number}.json", bytes(LARGEST_FILE + 1)) for number in range(50)])
    bomb = packed([("a.json", bytes(60_000_000))])
    yield "bomb-in-archives.zip", packed([("1.zip", packed([("2.zip", packed([("3.zip", bomb)])), ("4.zip", bomb)]))])
    endless = bytearray(packed([("a.json", b"{}")]))
    endless[-10:-6] = struct.pack("<L", 900_000_000)
    yield "endless.zip", bytes(endless)
    yield "paths.zip", packed([(name, b"{") for name in PATHS])
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("link.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    yield "link.zip", link.getvalue()


def fill(folder: Path, whole: list[bytes]) -> None:
    """Put all files into a folder: loose, in folders with odd names, in archives and in archives in archives."""
    lot, damage = random.Random(2), iter(Damage(whole))
    contents = [next(damage) for _ in range(FILES)]
    loose, archived = contents[:2_000], contents[2_000:]
    for number, content in enumerate(loose):
        place = folder / f"part {number % 7}" / ("глубже/任务" if number % 5 else "")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number} {lot.choice(NAMES)}").write_bytes(content)
    names = [f"{number} {lot.choice(NAMES + PATHS[:6])}" for number in range(len(archived))]
    rows = list(zip(names, archived, strict=True))
    inner = packed([("inner.zip", packed(rows[:1_000])), *rows[1_000:2_000]])
    (folder / "export.zip").write_bytes(packed([("more.zip", inner), *rows[2_000:]]))
    for name, content in broken_archives(lot, whole[:3]):
        (folder / name).write_bytes(content)


def _special(folder: Path, outside: Path) -> None:
    """Links and pipes, where the system knows them."""
    if os.name != "posix":
        return
    os.mkfifo(folder / "pipe.json")
    (folder / "link.json").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "up").symlink_to(folder.parent)


# The test


def grade(folder: Path, out: Path) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(folder), "--out", str(out), "--workers", "1"]))


def listing(folder: Path) -> dict[str, str]:
    """Everything below a folder: what it is, and of files what is in them."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(mode) else oct(mode)
        found[str(path.relative_to(folder))] = content
    return found


def rows_of(out: Path) -> dict[str, list[list[str]]]:
    """The rows of the grade book by id, for the twenty."""
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return {student: [row for row in rows if student in row] for student in GOOD}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """Two folders: `good` with the hand-ins of the twenty, `hostile` with the same and all the others."""
    home = tmp_path_factory.mktemp("hostile")
    whole = []
    for name in ("good", "hostile"):
        (home / name).mkdir()
    for number, student in enumerate(GOOD):
        stem = ("gains", "leadership", "outsourcing", "puzzle")[number % 4]
        content = to_text(hand_in_of(stem, student, OPEN, Draw("1", student))).encode()
        whole.append(content)
        for name in ("good", "hostile"):
            (home / name / f"{student}.json").write_bytes(content)
    fill(home / "hostile", whole)
    (home / "secret.json").write_bytes(whole[0])
    _special(home / "hostile", home / "secret.json")
    return home


@pytest.fixture(scope="module")
def rows(home) -> list[Marked | Refused]:
    return list(mark_all(collect(home / "hostile"), OPEN, workers=1))


def test_each_file_is_marked_or_has_a_reason(rows):
    assert len(rows) > FILES
    counts = Counter(row.reason if isinstance(row, Refused) else "marked" for row in rows)
    assert set(counts) - {"marked", "link", "not-a-file", "unreadable"} == EXPECTED
    for row in rows:
        assert row.source.isprintable()
        if isinstance(row, Refused):
            assert row.words.isprintable()
            assert 10 < len(row.words) < 700


def test_only_the_twenty_and_the_ghosts_are_marked(rows):
    marked = Counter(row.student for row in rows if isinstance(row, Marked))
    good = {student: number for student, number in marked.items() if not student.startswith("ghost")}
    assert set(good) == set(GOOD)
    assert len(marked) > len(good)


def test_nothing_that_was_changed_is_marked_for_one_of_the_twenty(home, rows):
    own = {json.loads((home / "good" / f"{student}.json").read_bytes())["checksum"] for student in GOOD}
    receipts = {row.receipt for row in rows if isinstance(row, Marked) and row.student in GOOD}
    assert receipts == {receipt(digest) for digest in own}


def test_the_twenty_get_the_marks_and_pages_they_get_alone_and_nothing_lies_elsewhere(home, capsys):
    before = listing(home)
    assert grade(home / "good", home / "marks" / "good") == 0
    assert grade(home / "hostile", home / "marks" / "hostile") == 0
    after = listing(home)
    assert {name: what for name, what in after.items() if name.partition("/")[0] != "marks"} == before
    assert rows_of(home / "marks" / "good") == rows_of(home / "marks" / "hostile")
    pages = {name: what for name, what in listing(home / "marks" / "good" / "feedback").items() if "good" in name}
    assert len(pages) >= len(GOOD)
    hostile = listing(home / "marks" / "hostile" / "feedback")
    assert {name: hostile[name] for name in pages} == pages
    assert "Not graded" in capsys.readouterr().out


def test_the_same_files_give_the_same_rows_again(home, rows):
    some = [item for item in collect(home / "hostile") if isinstance(item, Found)][:800]
    again = {(row.source, type(row)) for row in mark_all(some, OPEN, workers=1)}
    assert again <= {(row.source, type(row)) for row in rows}
