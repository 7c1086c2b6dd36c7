"""The network line of a trial: what it passes on, counts, refuses and replaces; and what is read from a notebook."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

import pytest

from regionalism.offline import trial
from regionalism.site.server import serving


@pytest.fixture
def served(tmp_path):
    tmp_path.joinpath("page.html").write_text("<p>A page</p>" * 100)
    with serving(tmp_path) as address:
        yield address


def _ask(line: trial.Line, address: str) -> tuple[int, bytes]:
    """One request through the line, as a browser makes it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": line.address}))
    try:
        with opener.open(address, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


@pytest.mark.parametrize("host", ["", "course.test"])
def test_the_editions_own_files_pass_and_are_counted(served, host):
    with trial.Line(served, host) as line:
        assert _ask(line, f"{line.origin}/page.html") == (200, b"<p>A page</p>" * 100)
        assert [(answer.path, answer.status) for answer in line.answers] == [("/page.html", 200)]
        assert 1300 < line.bytes < 2300
        line.forget()
        assert line.bytes == 0
        assert line.others == []


def test_another_host_is_refused_and_noted(served):
    with trial.Line(served) as line:
        assert _ask(line, "http://elsewhere.test/x")[0] == 403
        assert line.others == ["http://elsewhere.test/x"]
        assert line.answers == []


def test_a_dead_line_answers_nothing(served):
    with trial.Line(served) as line:
        line.cut = True
        with pytest.raises(http.client.RemoteDisconnected):
            _ask(line, f"{line.origin}/page.html")
        assert line.answers == []


def test_an_answer_can_be_put_in_the_place_of_the_servers(served):
    with trial.Line(served) as line:
        line.instead["/page.html"] = 200, b"other"
        assert _ask(line, f"{line.origin}/page.html?v=1") == (200, b"other")
        line.instead["/page.html"] = 503, b""
        assert _ask(line, f"{line.origin}/page.html")[0] == 503


def test_files_below_a_folder_are_listed_once_in_their_order(served):
    with trial.Line(served) as line:
        answered = {"b.js?v=1": 200, "a%20b.js": 200, "p.html?path=x": 200, "p.html": 200, "gone.js": 404}
        line.answers += [trial.Answer(f"/run/lite/{name}", status, 1) for name, status in answered.items()]
        line.answers.append(trial.Answer("/book/page.html", 200, 1))
        assert trial.lite_files(line, "run/lite/") == ["b.js?v=1", "a b.js", "p.html"]


def test_files_that_tell_of_notebooks_are_not_in_the_list():
    assert [trial.is_listed(path) for path in ("build/a.js", "api/contents/all.json", "files/x.ipynb")] == [
        True, False, False]  # fmt: skip


def test_a_cell_gives_its_text_its_errors_and_the_kinds_of_its_outputs():
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["one\n", "two\n"]},
        {"output_type": "stream", "name": "stderr", "text": "careful\n"},
        {"output_type": "execute_result", "data": {"text/plain": ["3", "4"], "text/html": "<b>"}},
        {"output_type": "execute_result", "data": {}},
        {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": ["line 1", "line 2"]},
    ]
    notebook = {"cells": [{"cell_type": "markdown", "source": "# x"},
                          {"cell_type": "code", "source": ["a\n", "b"], "metadata": {"tags": ["t"]},
                           "outputs": outputs}]}  # fmt: skip
    (cell,) = trial.cells_of(notebook)
    assert (cell.source, list(cell.tags), cell.stderr) == ("a\nb", ["t"], "careful\n")
    assert cell.text == ["one\ntwo\n", "34"]
    assert cell.errors == ["ValueError: no\nline 1\nline 2"]
    assert cell.kinds == {"text/plain", "text/html"}
