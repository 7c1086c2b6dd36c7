"""A folder of hand-ins may hold anything: each file is found or refused in words, and nothing is written."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises.handin import LARGEST_FILE
from regionalism.grading import collecting
from regionalism.grading.collecting import OUTPUT_MARK, REASONS, Found, collect, count, shown
from regionalism.grading.records import Refused


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of some files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return target.getvalue()


def found_in(folder: Path) -> dict[str, bytes]:
    """The files found in a folder, by source; fails for a refused one."""
    return {item.source: item.content for item in collect(folder) if isinstance(item, Found)}


def refused_in(folder: Path) -> dict[str, str]:
    """The files refused in a folder, by source, each with its reason."""
    items = [item for item in collect(folder) if isinstance(item, Refused)]
    assert all(item.reason in REASONS and item.words.endswith(".") for item in items)
    return {item.source: item.reason for item in items}


def of_zip(tmp_path: Path, content: bytes) -> list[Found | Refused]:
    """What is found in one archive."""
    (tmp_path / "a.zip").write_bytes(content)
    return list(collect(tmp_path))


# Folders


def test_files_come_in_the_order_of_their_names_however_deep_they_lie(tmp_path):
    for name in ("b/z.json", "b/a/y.json", "a.json", "c.json", "b/a/x.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert list(found_in(tmp_path)) == ["a.json", "b/a/x.json", "b/a/y.json", "b/z.json", "c.json"]
    assert found_in(tmp_path)["b/a/x.json"] == b"b/a/x.json"
    assert count(tmp_path) == 5


def test_folders_nested_by_the_hundred_are_walked(tmp_path):
    deep = str(tmp_path)
    for _ in range(500):
        deep += "/d"
        os.mkdir(deep)
    Path(deep, "a.json").write_bytes(b"x")
    [item] = collect(tmp_path)
    assert isinstance(item, Found)


def test_what_a_system_leaves_behind_is_passed_over(tmp_path):
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._a.json", "~$a.docx", "__MACOSX/a.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "a.zip").write_bytes(
        zipped({"__MACOSX/._a.json": b"x", "f/.DS_Store": b"x", "a.json": b"1", "d/": b""})
    )
    assert found_in(tmp_path) == {"a.zip/a.json": b"1"}
    assert not refused_in(tmp_path)


def test_marks_of_an_earlier_run_are_told_and_named_folders_left_out(tmp_path):
    for folder in ("out", "class", "in"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_bytes(b"x")
    (tmp_path / "out" / OUTPUT_MARK).touch()
    items = list(collect(tmp_path, skip=[tmp_path / "class"]))
    assert [item.source for item in items] == ["in/a.json", "out"]
    assert items[1].reason == "marks"
    assert [item.source for item in collect(tmp_path, skip=[tmp_path / "out"])] == ["class/a.json", "in/a.json"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_are_not_followed(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.json").write_bytes(b"secret")
    (inside / "a.json").write_bytes(b"a")
    (inside / "to-file.json").symlink_to(outside / "secret.json")
    (inside / "to-folder").symlink_to(outside)
    (inside / "to-self").symlink_to(inside)
    (inside / "to-a.json").symlink_to(inside / "a.json")
    (inside / "to-nothing").symlink_to(tmp_path / "gone")
    (inside / "round").symlink_to(inside / "round")
    assert found_in(inside) == {"a.json": b"a"}
    assert refused_in(inside) == {
        "to-file.json": "link", "to-folder": "link", "to-nothing": "unreadable", "round": "unreadable",
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_does_not_stop_the_grader(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    assert refused_in(tmp_path) == {"pipe.json": "not-a-file"}
    with pytest.raises(OSError, match="ordinary"):
        collecting._opened(tmp_path / "pipe.json")


def test_a_file_that_goes_or_cannot_be_read_is_told(tmp_path, monkeypatch):
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).write_bytes(b"x")
    opened = collecting._opened

    def failing(path: Path):
        if path.name == "b.json":
            raise PermissionError(13, "Permission denied")
        return opened(path)

    monkeypatch.setattr(collecting, "_opened", failing)
    items = collect(tmp_path)
    assert isinstance(next(items), Found)
    (tmp_path / "c.json").unlink()
    assert [item.reason for item in items] == ["unreadable", "unreadable"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    (tmp_path / "z.json").write_bytes(b"x")
    listed = os.listdir

    def failing(path):
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(collecting.os, "listdir", failing)
    assert refused_in(tmp_path) == {"shut": "unreadable"}
    assert list(found_in(tmp_path)) == ["z.json"]


def test_a_root_that_is_not_there_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(OSError, match="gone"):
        list(collect(tmp_path / "gone"))


FOREIGN = {
    "a.pdf": b"%PDF-1.7", "a.doc": b"\xd0\xcf\x11\xe0", "a.jpg": b"\xff\xd8\xff\xe0", "a.png": b"\x89PNG\r\n",
    "a.docx": zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
    "a.odt": zipped({"mimetype": b"x"}),
    "a.pkl": b"\x80\x04\x95cos\nsystem", "a.exe": b"MZ\x90", "a.html": b"<!DOCTYPE html>",
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_other_documents_are_told_by_what_they_begin_with(tmp_path, name):
    (tmp_path / name).write_bytes(FOREIGN[name])
    (tmp_path / "renamed.json").write_bytes(FOREIGN[name])
    assert refused_in(tmp_path) == {name: "foreign", "renamed.json": "foreign"}


@pytest.mark.parametrize("start", [b"Rar!\x1a", b"7z\xbc\xaf\x27", b"\x1f\x8b\x08", b"x" * 257 + b"ustar"])
def test_other_archives_are_to_be_unpacked_by_hand(tmp_path, start):
    (tmp_path / "a.x").write_bytes(start)
    assert refused_in(tmp_path) == {"a.x": "other-archive"}


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(3_000_000_000)
    assert refused_in(tmp_path) == {"large.json": "too-large"}


@pytest.mark.skipif(os.name != "posix", reason="other systems do not take such names")
def test_names_in_any_encoding_are_only_shown(tmp_path):
    (tmp_path / "Айгерим 任务 😀.json").write_bytes(b"1")
    (tmp_path / "line\nend\x1b[31m.json").write_bytes(b"2")
    with open(os.fsencode(tmp_path) + b"/\xc0\xe9\xe3.json", "wb") as file:
        file.write(b"3")
    sources = list(found_in(tmp_path))
    assert len(sources) == 3
    assert all(source.isprintable() and source.encode("utf-8") for source in sources)
    assert any(source.startswith("Айгерим 任务 😀") for source in sources)


@given(st.text(max_size=500))
def test_a_shown_name_can_be_printed(name):
    assert shown(name).isprintable()
    assert len(shown(name)) <= 3 * 301
    shown(name).encode("utf-8")


# Archives


def test_archives_are_read_three_deep(tmp_path):
    inner = zipped({"deep.json": b"deepest"})
    content = zipped({"1.zip": zipped({"2.zip": inner, "b.json": b"b"}), "a.json": b"a"})
    assert {item.source: item.content for item in of_zip(tmp_path, content)} == {
        "a.zip/1.zip/2.zip/deep.json": b"deepest", "a.zip/1.zip/b.json": b"b", "a.zip/a.json": b"a",
    }  # fmt: skip
    [item] = of_zip(tmp_path, zipped({"x.zip": zipped({"y.zip": zipped({"z.zip": inner})})}))
    assert (item.reason, item.source) == ("archive-too-deep", "a.zip/x.zip/y.zip/z.zip")


def test_an_archive_under_another_name_is_opened_too(tmp_path):
    (tmp_path / "hand-in.json").write_bytes(zipped({"a.json": b"a"}))
    assert found_in(tmp_path) == {"hand-in.json/a.json": b"a"}


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.json",
        "/etc/evil.json",
        "C:\\Users\\evil.json",
        "..\\..\\evil.json",
        "a/./../evil.json",
        "C:evil.json",
    ],
)
def test_a_name_that_leads_out_is_only_shown_without_it(tmp_path, name):
    before = sorted(tmp_path.parent.rglob("*"))
    [item] = of_zip(tmp_path, zipped({name: b"x"}))
    assert item.source in ("a.zip/evil.json", "a.zip/etc/evil.json", "a.zip/Users/evil.json", "a.zip/a/evil.json")
    assert sorted(tmp_path.parent.rglob("*")) == sorted([*before, tmp_path / "a.zip"])


def test_a_name_of_dots_alone_has_a_word(tmp_path):
    [item] = of_zip(tmp_path, zipped({"..": b"x"}))
    assert item.source == "a.zip/(without a name)"


def test_a_name_that_occurs_twice_gives_both_files(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for content in (b"1", b"2"):
            archive.fp.flush()
            archive.NameToInfo.clear()
            archive.writestr("a.json", content)
    assert [item.content for item in of_zip(tmp_path, target.getvalue())] == [b"1", b"2"]


def test_a_bomb_of_zeros_is_stopped_early(tmp_path):
    zeros = bytes(4_000_000)
    content = zipped({f"{number:03}.json": zeros for number in range(50)})
    assert len(content) < 250_000
    items = of_zip(tmp_path, content)
    assert items[-1].reason == "archive-too-large"
    assert len(items) < 20


def test_one_member_of_many_megabytes_is_read_only_so_far(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.json", "w") as member:
        for _ in range(200):
            member.write(bytes(1_000_000))
    [item] = of_zip(tmp_path, target.getvalue())
    assert item.reason == "too-large"


def test_what_a_header_says_about_the_size_is_not_believed(tmp_path):
    content = bytearray(zipped({"a.json": b"x" * (LARGEST_FILE + 500)}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 10)
    [item] = of_zip(tmp_path, bytes(content))
    assert isinstance(item, Refused) or len(item.content) <= 10


def test_too_many_members_are_not_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_MEMBERS", 3)
    [item] = of_zip(tmp_path, zipped({f"{number}.json": b"x" for number in range(4)}))
    assert item.reason == "archive-too-large"


@pytest.mark.parametrize("zip64", [False, True])
def test_a_long_list_of_members_is_refused_before_it_is_read(tmp_path, zip64):
    content = bytearray(zipped({"a.json": b"x"}))
    content[-10:-6] = struct.pack("<L", 0xFFFFFFFF if zip64 else 400_000_000)
    if zip64:
        content[-22:-22] = b"PK\x06\x06" + bytes(36) + struct.pack("<Q", 10**10) + bytes(8)
    [item] = of_zip(tmp_path, bytes(content))
    assert item.reason == "archive-too-large"
    assert count(tmp_path) == 1


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_whose_growth_cannot_be_held_is_not_opened(tmp_path, packing):
    [item] = of_zip(tmp_path, zipped({"a.json": bytes(10_000_000)}, packing))
    assert item.reason == "unknown-packing"


def test_a_locked_member_is_told(tmp_path):
    content = bytearray(zipped({"a.json": b"x", "b.json": b"y"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    locked, read = of_zip(tmp_path, bytes(content))
    assert (locked.reason, read.content) == ("encrypted", b"y")


def test_a_link_in_an_archive_is_not_followed(tmp_path):
    target, link = io.BytesIO(), zipfile.ZipInfo("link.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    [item] = of_zip(tmp_path, target.getvalue())
    assert item.reason == "link"


@given(st.data())
def test_a_damaged_archive_gives_files_or_words(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    content = bytearray(zipped({"a.json": b"hand-in " * 20, "b/c.json": b"x", "i.zip": zipped({"d.json": b"y" * 99})}))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(4, len(content) - 1)) :]
    for item in of_zip(folder, bytes(content)):
        assert isinstance(item, Found) or item.reason in REASONS
    assert [path.name for path in folder.iterdir()] == ["a.zip"]
    assert count(folder) >= 1
    (folder / "a.zip").unlink()


def test_counting_looks_into_archives(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"a.json": b"x", "b.json": b"x", "d/": b""}))
    (tmp_path / "b.json").write_bytes(b"x")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 no more")
    assert count(tmp_path) == 4
