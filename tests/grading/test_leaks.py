"""Whatever students must not have is found, wherever it hides; what they may have is not taken for it."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import marshal
import pickle
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from regionalism.exercises import chapter, chapters
from regionalism.exercises.keys import key
from regionalism.exercises.question import said
from regionalism.grading import leaks as leaks_module
from regionalism.grading.leaks import Secret, leaks, on_pages, private_seed, secrets, worked_paths
from regionalism.grading.needles import Needles, squeezed

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = 'One gap spoils all, so it is a "weakest link": each state wins by 3 × 7 − 2 if all do.'
HIDDEN = [Secret("a worked path", SENTENCE), Secret("a mark", "quiet-river-0a1b2c3d")]


def zipped(name: str, raw: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return file.getvalue()


def tarred(name: str, raw: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as bundle:
        entry = tarfile.TarInfo(name)
        entry.size = len(raw)
        bundle.addfile(entry, io.BytesIO(raw))
    return file.getvalue()


PLAIN = f"Before it. {SENTENCE} After it.".encode()
NOTEBOOK = {"cells": [{"source": ["x\n", f"# {SENTENCE[:40]}\n", SENTENCE]}]}
HIDING_PLACES = {
    "plain.txt": PLAIN,
    "wrapped.md": SENTENCE.replace(" so it", "\n    so it").encode(),
    "page.html": html.escape(SENTENCE).encode(),
    "marked-up.html": SENTENCE.replace("weakest", "<em class='x'>weakest</em>").encode(),
    "entities.html": "".join(f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in SENTENCE).encode(),
    "sheet.ipynb": json.dumps(NOTEBOOK).encode(),
    "readable.ipynb": json.dumps(NOTEBOOK, ensure_ascii=False).encode(),
    "data.js": f"var x = {json.dumps(json.dumps(html.escape(SENTENCE)))};".encode(),
    "program.json": json.dumps(f"<p>{SENTENCE}</p>").replace("<", "\\u003c").replace(">", "\\u003e").encode(),
    "lines.json": json.dumps(SENTENCE.replace(" ", "\n")).encode(),
    "pickled.doctree": pickle.dumps({"text": SENTENCE}),
    "wide.txt": SENTENCE.encode("utf-16"),
    "base64.txt": base64.b64encode(PLAIN),
    "base64-lines.txt": base64.encodebytes(b"xy" + PLAIN),
    "address.html": b'<img src="data:image/svg+xml,' + SENTENCE.replace(" ", "%20").encode() + b'">',
    "course.whl": zipped("regionalism/x.py", PLAIN),
    "nested.zip": zipped("inner.tar.gz", gzip.compress(tarred("deep.txt", zipped("deepest.txt", PLAIN)))),
    "objects.inv": b"# Sphinx inventory version 2\n# Project: x\n# Version: \n# zlib\n" + zlib.compress(PLAIN),
}


@pytest.mark.parametrize("name", HIDING_PLACES)
def test_a_text_is_found_wherever_it_hides(name, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / name).write_bytes(HIDING_PLACES[name])
    (tmp_path / "harmless.txt").write_text("One gap spoils nothing, so it is a strong link.", encoding="utf-8")
    found = leaks(tmp_path, HIDDEN)
    assert {leak.secret.where for leak in found} == {"a worked path"}
    assert all(leak.path.startswith(f"sub/{name}") for leak in found)
    assert leaks(tmp_path / "sub" / name, HIDDEN)


def test_the_place_inside_a_packed_file_is_named(tmp_path):
    (tmp_path / "a.zip").write_bytes(HIDING_PLACES["nested.zip"])
    assert leaks(tmp_path, HIDDEN)[0].path == "a.zip!/inner.tar.gz!/content!/deep.txt!/deepest.txt"


def test_short_marks_and_file_names_are_searched_too(tmp_path):
    (tmp_path / "x-quiet-river-0a1b2c3d.txt").touch()
    (tmp_path / "y.py").write_text('MARK = "quiet-river-0a1b2c3d"', encoding="utf-8")
    assert [leak.path for leak in leaks(tmp_path, HIDDEN)] == ["x-quiet-river-0a1b2c3d.txt", "y.py"]


def test_a_file_of_the_keys_package_is_found_by_its_place(tmp_path):
    (tmp_path / "lib" / "regionalism_keys").mkdir(parents=True)
    (tmp_path / "lib" / "regionalism_keys" / "new.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "some.whl").write_bytes(zipped("regionalism_keys/new.py", b"x = 1\n"))
    assert len(leaks(tmp_path, [])) == 2


def test_a_packed_file_that_cannot_be_opened_counts(tmp_path):
    (tmp_path / "broken.zip").write_bytes(HIDING_PLACES["course.whl"][:-30])
    (tmp_path / "broken.gz").write_bytes(gzip.compress(PLAIN)[:-9])
    assert {leak.path for leak in leaks(tmp_path, HIDDEN)} == {"broken.zip", "broken.gz"}


def test_a_place_that_is_not_there_is_not_called_clean(tmp_path):
    with pytest.raises(FileNotFoundError):
        leaks(tmp_path / "none", HIDDEN)


def test_a_private_seed_has_one_place(tmp_path):
    seed = private_seed("cef8858ebc263f22bb30ff80d8bc9189", may=("exercises/class.json",))
    (tmp_path / "exercises").mkdir()
    for name in ("exercises/class.json", "notes.txt"):
        (tmp_path / name).write_text("seed: cef8858ebc263f22bb30ff80d8bc9189", encoding="utf-8")
    assert [leak.path for leak in leaks(tmp_path, seed)] == ["notes.txt"]
    assert private_seed("") == []
    assert private_seed("2026") == []


@pytest.mark.parametrize("start", range(9))
def test_the_place_in_the_file_does_not_matter(start):
    texts = [squeezed(SENTENCE), b"short1234", squeezed("Nobody would build the second station, since it costs more.")]
    needles = Needles(texts)
    for place, text in enumerate(texts):
        assert needles.found(b"z" * start + text) == {place}
        assert needles.found(b"z" * start + text[:-1]) == set()
    assert needles.found(b"") == set()


def test_no_texts_find_nothing():
    assert Needles([]).found(b"anything at all, long enough") == set()


# The real keys


def test_every_text_of_every_key_is_among_the_secrets():
    heap = [squeezed(secret.text) for secret in secrets()]
    for stem in chapters():
        for question_id, solution in (key(stem) or {}).items():
            numbers = chapter(stem).question(question_id).numbers("sample")
            for words in (solution.worked, solution.nudge, *(wrong.reply for wrong in solution.wrongs)):
                text = squeezed(said(words, numbers))
                assert any(part in text for part in heap), f"{question_id}: {said(words, numbers)}"


def test_there_is_something_to_search_for_in_every_chapter():
    found = secrets()
    for stem in chapters():
        assert sum(secret.where.startswith(stem) for secret in found) > 20, stem
    assert secrets([]) == []
    assert {secret.where.split(".")[0].split(":")[0] for secret in secrets(["gains"])} == {"gains"}


def test_every_module_of_keys_is_found_as_a_file_and_compiled(tmp_path):
    found = secrets()
    for path in (ROOT / "keys" / "regionalism_keys").glob("[a-z]*.py"):
        raw = path.read_bytes()
        (tmp_path / f"copy-of-{path.stem}.txt").write_bytes(raw)
        (tmp_path / f"compiled-{path.stem}.bin").write_bytes(marshal.dumps(compile(raw, "x", "exec")))
    names = {leak.path for leak in leaks(tmp_path, found)}
    assert {f"{kind}-{stem}" for kind in ("copy-of", "compiled") for stem in chapters()} <= {
        name.rsplit(".", 1)[0] for name in names}


def test_one_sentence_of_a_key_is_enough(tmp_path):
    for number, secret in enumerate(secrets()):
        (tmp_path / f"{number}.html").write_text(f"<p>{html.escape(secret.text)}</p>", encoding="utf-8")
    assert {leak.path for leak in leaks(tmp_path, secrets())} == {path.name for path in tmp_path.iterdir()}


def test_the_course_itself_holds_no_secret():
    found = secrets()
    for folder in ("src", "book", "notebooks", "exercises", "data"):
        assert [str(leak) for leak in leaks(ROOT / folder, found)] == []


def test_what_students_read_anyhow_is_no_secret():
    words = {squeezed(text) for stem in chapters() for text in chapter(stem).misconceptions.values()}
    assert words.isdisjoint(squeezed(secret.text) for secret in secrets())


def test_rubrics_are_secret(monkeypatch):
    from types import SimpleNamespace

    text = "Names a task of its own, and says with a reason how the efforts add up there."
    criterion = SimpleNamespace(name="Task", points=1.0, full=text, half="A task without its reason is named here.",
                                none="No task at all is named in the whole of the text.")
    monkeypatch.setattr(leaks_module, "rubric", lambda stem: {f"{stem}.argue": (criterion,)})
    assert text in {secret.text for secret in secrets(["gains"])}


def test_without_keys_nothing_is_secret(monkeypatch):
    monkeypatch.setattr(leaks_module, "key", lambda stem: None)
    monkeypatch.setattr(leaks_module, "_teachers_package", lambda: None)
    assert secrets() == []


def test_worked_paths_are_kept_off_pages_and_not_out_of_packages(tmp_path):
    found = worked_paths()
    assert len(found) > 20
    (tmp_path / "page.html").write_text(f"<p>{html.escape(found[0].text)}</p>", encoding="utf-8")
    (tmp_path / "course.whl").write_bytes(zipped("gains.py", found[0].text.encode()))
    assert [leak.path for leak in on_pages(tmp_path, found)] == ["page.html"]
