"""A folder of the browser edition is known to be whole by its manifest."""

from __future__ import annotations

import gzip

import pytest

from regionalism.offline import manifest


@pytest.fixture
def folder(tmp_path):
    for name, text in {"index.html": "front", "run/start.js": "a" * 2000, "run/lite-1/x.js": "x"}.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text)
    tmp_path.joinpath("run/start.js.gz").write_bytes(gzip.compress(b"a" * 2000))
    manifest.write(tmp_path, "1.2.3")
    return tmp_path


def test_a_whole_folder_has_no_problems(folder):
    assert manifest.problems(folder) == []
    assert manifest.problems(folder, thorough=True) == []


def test_the_list_holds_all_files_but_itself_and_the_twins(folder):
    read = manifest.read(folder)
    assert set(read.files) == {"index.html", "run/start.js", "run/lite-1/x.js"}
    assert read.edition == "1.2.3"
    assert read.size == 5 + 2000 + 1


def test_a_lone_gz_file_is_no_twin_and_is_listed(tmp_path):
    tmp_path.joinpath("data.gz").write_bytes(b"own")
    assert set(manifest.write(tmp_path, "1").files) == {"data.gz"}


def test_what_is_missing_or_short_is_named(folder):
    folder.joinpath("index.html").unlink()
    folder.joinpath("run/start.js").write_text("short")
    found = manifest.problems(folder)
    assert any("index.html is missing" in line for line in found)
    assert any("run/start.js has 5 bytes and should have 2000" in line for line in found)


def test_only_a_thorough_look_sees_other_content_of_the_same_length(folder):
    folder.joinpath("index.html").write_text("FRONT")
    assert manifest.problems(folder) == []
    assert manifest.problems(folder, thorough=True) == ["index.html is not what it was"]


def test_the_digest_changes_with_content_and_not_with_the_order(folder):
    files = manifest.read(folder).files
    assert manifest.digest_of(files) == manifest.digest_of(dict(reversed(files.items())))
    assert manifest.digest_of(files) != manifest.digest_of({**files, "index.html": (5, "0" * 64)})


@pytest.mark.parametrize(("content", "words"), [
    (None, "it has no offline.json"),
    ("{", "is damaged"),
    ("[]", "is damaged"),
    ('{"format": "regionalism-offline", "version": 1, "edition": "1", "digest": "0", "files": {"a": 3}}', "is damaged"),
    ('{"format": "regionalism-offline", "version": 2, "edition": "1", "digest": "0", "files": {}}', "another edition"),
])
def test_a_folder_without_a_usable_list_is_refused(tmp_path, content, words):
    if content is not None:
        tmp_path.joinpath(manifest.NAME).write_text(content)
    with pytest.raises(manifest.NotOffline, match=words):
        manifest.read(tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(manifest.NotOffline, match="no folder"):
        manifest.problems(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [gzip.compress(b"b" * 2000), gzip.compress(b"a" * 2000)[:-9], b"no gzip", b""])
def test_a_twin_of_other_content_is_found_when_hashes_are_compared(folder, content):
    folder.joinpath("run/start.js.gz").write_bytes(content)
    assert manifest.problems(folder) == []
    assert manifest.problems(folder, thorough=True) == ["run/start.js.gz is not what it was"]
