"""The start page with the whole edition behind it: readable for everyone, and able to help itself."""

from __future__ import annotations

import json

import pytest

from regionalism.offline.trial import TrialError
from regionalism.site import measure

pytestmark = [pytest.mark.browser, pytest.mark.local]

# The first worker of the visit is one that never answers, as Chromium's sometimes are; all later ones are real.
HUNG_ONCE = """
const Real = window.Worker;
window.Worker = class {
  constructor(...all) {
    if (localStorage.getItem('hung')) return new Real(...all);
    localStorage.setItem('hung', '1');
    return new Real(URL.createObjectURL(new Blob(['self.onmessage = () => {};'], { type: 'text/javascript' })));
  }
};
"""


def _with_limits(one, edition, **limits) -> dict:
    """Let the start page read other limits than it has; gives the rest of what it reads."""
    document = json.loads((edition / "run" / "run.json").read_text(encoding="utf-8"))
    one.line.instead["/run/run.json"] = 200, json.dumps({**document, "limits": limits}).encode()
    return document


@pytest.mark.parametrize("scheme", measure.SCHEMES)
@pytest.mark.parametrize("name", ["", "exercises/gains"], ids=["choice", "download"])
def test_axe_finds_nothing_at_the_start(student, edition, scheme, name):
    one = student(scheme=scheme)
    document = _with_limits(one, edition, tries=1000, pauses=[60])
    # One file does not come, so the page stays as it is while it is looked at.
    one.line.instead[f"/run/{document['load'][-1][0]}"] = 503, b""
    one.begin(name)
    one.page.locator("#choice li a" if not name else "#steps li").first.wait_for()
    assert measure.accessibility(one.page) == {}


def test_axe_finds_nothing_in_the_bar_above_a_notebook(student):
    one = student()
    one.begin("exercises/gains", "none")
    one.wait_ready()
    for scheme in measure.SCHEMES:
        one.page.emulate_media(color_scheme=scheme)
        found = measure.accessibility(one.page)
        assert {rule: [node for node in nodes if "iframe" not in node] for rule, nodes in found.items()} == {}


def test_a_worker_that_never_answers_is_started_again(student, edition):
    one = student()
    _with_limits(one, edition, worker=4)
    one.page.add_init_script(HUNG_ONCE)
    one.begin("exercises/gains", "all")
    one.wait_ready()
    one.wait_quiet()
    assert one.starts() >= 2
    assert [cell.errors for cell in one.cells() if cell.errors] == []


def test_a_file_missing_on_the_server_is_named(student, edition):
    one = student()
    document = _with_limits(one, edition, pauses=[0])
    name = next(path for path, *_ in document["load"] if "/pandas-" in path)
    one.line.instead[f"/run/{name}"] = 404, b""
    one.begin("notebooks/gains")
    with pytest.raises(TrialError, match="pandas-"):
        one.wait_ready()


LAST_OUTPUTS = """() => {
  const panel = [...jupyterapp.shell.widgets('main')].find((one) => one.content && one.content.model);
  const data = panel.content.model.toJSON().cells.filter((cell) => cell.cell_type === 'code')
    .flatMap((cell) => cell.outputs).map((output) => output.data).filter(Boolean);
  return data.map((bundle) => bundle['application/vnd.vegalite.v5+json']).filter(Boolean);
}"""


def test_a_chart_reaches_the_page_with_its_nulls(student):
    """Pyodide leaves None out on the way to the page, and Vega-Lite then makes up titles and legends."""
    one = student()
    one.begin("notebooks/gains", "all")
    one.wait_ready()
    one.run_all()
    specs = [spec for spec in one.frame.evaluate(LAST_OUTPUTS) if isinstance(spec, dict)]
    assert specs
    assert any('"title": null' in json.dumps(spec) for spec in specs)
