"""The crowd that the server is measured with: it fetches what it says, and counts what goes wrong."""

from __future__ import annotations

import gzip
import json

import pytest

from regionalism.offline.crowd import _percentile, crowd, first_visits, paths_of_page
from regionalism.site.server import serving

PAGE = """<link rel="stylesheet" href="../_static/a.css?v=1"><link rel="next" href="next.html">
<script src="../_static/a.js" type="module"></script><img alt="" src="data:image/png;base64,xx">
<img alt="" src="https://elsewhere.example/x.png"><a href="other.html">other</a>"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "book/page.html": PAGE * 20, "_static/a.css": "p { background: url('../mark.svg') }" * 9,
        "_static/a.js": "import { b } from './b.js'; import './b.js';", "_static/b.js": "export const b = 1;",
        "mark.svg": "<svg/>", "run/lite-1/x.js": "x" * 3000, "run/w.whl": "w" * 1000,
        "run/run.json": json.dumps({"load": [["lite-1/x.js", 40, "JupyterLab"], ["w.whl", 1000, "Packages"]]}),
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_finds_what_a_page_loads(folder):
    with serving(folder) as address:
        found = paths_of_page(address, "book/page.html")
        assert found[0] == "book/page.html"
        assert sorted(found[1:]) == ["_static/a.css?v=1", "_static/a.js", "_static/b.js", "mark.svg"]
        with pytest.raises(ValueError, match=r"missing\.html answers 404"):
            paths_of_page(address, "missing.html")


def test_every_student_fetches_everything_compressed(folder):
    paths = ["book/page.html", "_static/a.css", "_static/a.js", "_static/b.js", "mark.svg"]
    with serving(folder) as address:
        seen = crowd(address, paths, students=7, seconds=0.05)
    each = sum(len(gzip.compress((folder / path).read_bytes(), 6, mtime=0)) for path in paths)
    assert (seen.students, seen.requests, seen.errors, seen.first_error) == (7, 35, 0, "")
    assert seen.bytes == 7 * each
    assert 0 < seen.p50 <= seen.p95 <= seen.worst


def test_counts_what_goes_wrong(folder):
    with serving(folder) as address:
        seen = crowd(address, ["book/page.html", "gone.js"], students=3, seconds=0)
    assert seen.errors == 3
    assert "gone.js: 404" in seen.first_error
    assert crowd(address, ["book/page.html"], students=2, seconds=0).errors == 2


def test_first_visits_fetch_the_whole_list(folder):
    with serving(folder) as address:
        seen = first_visits(address, "run/run.json", students=4)
        again = first_visits(address, f"{address}/run/run.json", students=1)
        with pytest.raises(ValueError, match="answers 404"):
            first_visits(address, "run/none.json", students=4)
    assert (seen.requests, seen.errors) == (8, 0)
    assert seen.bytes == 4 * again.bytes == 4 * (1000 + len(gzip.compress(b"x" * 3000, 6, mtime=0)))
    assert 0 < seen.p50 <= seen.last


def test_needs_a_page_a_student_and_a_time():
    for paths, students in (([], 3), (["a"], 0), (["a"], -1)):
        with pytest.raises(ValueError, match="at least one of each is needed"):
            crowd("http://127.0.0.1:9", paths, students, 1)
    with pytest.raises(ValueError, match="seconds is -1; it must be 0 or more"):
        crowd("http://127.0.0.1:9", ["a"], 1, -1)


def test_percentile_is_a_value_that_was_met():
    assert _percentile(range(1, 121), 95) == 114
    assert _percentile([3.0], 95) == 3.0
