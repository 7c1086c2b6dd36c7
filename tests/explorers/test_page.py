"""The page face: plain HTML that holds without a script, and the script's files."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from regionalism.explorers.assets import DATA_NAME, explorer_script, script_name, with_named_data
from regionalism.explorers.core import Option, Slider, registry
from regionalism.explorers.page import choice_html, page_html, plain_html

EXPLORERS = registry()
every = pytest.mark.parametrize("explorer", EXPLORERS.values(), ids=EXPLORERS)
pytestmark = pytest.mark.local
VOID = {"input", "br", "img", "meta", "link"}


class Page(HTMLParser):
    """Collects elements with attributes and text, and checks that tags are nested properly."""

    def __init__(self, html: str):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append({"tag": tag, "attrs": dict(attrs), "text": "", "within": [e["tag"] for e in self.open]})
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()["tag"] == tag

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "attrs": dict(attrs), "text": "", "within": [e["tag"] for e in self.open]})

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def find(self, tag=None, **attrs):
        return [e for e in self.elements if (tag is None or e["tag"] == tag)
                and all(e["attrs"].get(name.replace("_", "-")) == value for name, value in attrs.items())]

    def values(self, name):
        return [e["attrs"][name] for e in self.elements if name in e["attrs"]]


@pytest.fixture(scope="module")
def pages():
    return {name: Page(page_html(explorer)) for name, explorer in EXPLORERS.items()}


@every
def test_every_id_is_unique_and_every_reference_leads_somewhere(explorer, pages):
    page = pages[explorer.name]
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for target in page.values(name):
            assert target in ids, (name, target)


def test_ids_are_unique_over_all_explorers(pages):
    ids = [name for page in pages.values() for name in page.values("id")]
    assert len(ids) == len(set(ids))


@every
def test_every_field_has_a_label(explorer, pages):
    page = pages[explorer.name]
    labelled = {e["attrs"]["for"] for e in page.find("label")}
    fields = [e for e in page.elements if e["tag"] in ("input", "select")]
    assert fields
    assert {e["attrs"]["id"] for e in fields} <= labelled
    assert all(e["text"].strip() for e in page.find("label"))


@every
def test_every_control_is_there_with_its_default_and_its_steps(explorer, pages):
    page = pages[explorer.name]
    boxes = {e["attrs"]["data-control"] for e in page.elements if "data-control" in e["attrs"]}
    assert boxes == {control.name for control in explorer.controls}
    for control in explorer.controls:
        if not isinstance(control, Slider):
            continue
        field, = page.find("input", id=f"{explorer.name}-{control.name}")
        attrs = field["attrs"]
        assert [float(attrs[end]) for end in ("min", "max", "value")] == [
            control.values[0], control.values[-1], control.default
        ]
        assert float(attrs["step"]) == control.step
        assert json.loads(attrs["data-labels"]) == [control.display(value) for value in control.values]
        assert attrs["aria-valuetext"] == control.display(control.default)


@every
def test_plain_face_shows_chart_sentence_and_numbers(explorer, pages):
    page = pages[explorer.name]
    assert len(page.find("svg")) == 2
    chart, = page.find("div", id=f"{explorer.name}-chart")
    assert chart["attrs"]["role"] == "img"
    assert explorer.title in chart["attrs"]["aria-label"]
    sentence, = page.find("p", id=f"{explorer.name}-sentence")
    assert sentence["text"] == explorer.sentence_for()
    rows = [e for e in page.find("tr") if "tbody" in e["within"]]
    assert len(rows) == len(explorer.results())
    assert plain_html(explorer).count("<svg") == 2


@every
def test_what_needs_the_script_is_hidden_without_it(explorer, pages):
    page = pages[explorer.name]
    assert len([e for e in page.elements if "data-alive" in e["attrs"]]) == 2
    assert all("hidden" in e["attrs"] for e in page.elements if "data-alive" in e["attrs"])
    button, = (e for e in page.find("button") if e["text"] == "This is my guess")
    assert "hidden" in button["attrs"]


@every
def test_prediction_comes_first_and_holds_every_reply(explorer, pages):
    html = page_html(explorer)
    places = [html.index(part) for part in ("ra-prediction", "ra-cases", 'class="ra-chart"', "ra-panel", "ra-reading")]
    assert places == sorted(places)
    replies = [e for e in pages[explorer.name].find("li") if "data-right" in e["attrs"]]
    assert [e["attrs"]["data-right"] == "true" for e in replies] == [
        option.right for option in explorer.prediction.options
    ]
    assert all(option.reply in e["text"] for option, e in zip(explorer.prediction.options, replies, strict=True))


@every
def test_presets_carry_values_on_the_grid(explorer, pages):
    buttons = [e for e in pages[explorer.name].find("button") if e["attrs"]["class"] == "ra-button ra-preset"]
    assert [e["text"] for e in buttons] == [preset.label for preset in explorer.presets]
    for button in buttons:
        explorer.grid_index({**explorer.defaults(), **json.loads(button["attrs"]["data-values"])})


@every
def test_page_asks_nothing_from_outside(explorer):
    assert "http" not in page_html(explorer).replace("http://www.w3.org/", "")
    script = explorer_script(explorer)
    assert not re.search(r"https?://", script)


@every
def test_script_carries_the_grid_and_two_fluid_charts(explorer):
    script = explorer_script(explorer)
    assert script_name(explorer) == f"explorer-{explorer.name}.js"
    opening = f'window.regionalism.define("{explorer.name}",'
    assert script.startswith(opening)
    assert script.endswith(");\n")
    payload = json.loads(script[len(opening):-3])
    assert payload["grid"] == json.loads(explorer.grid().to_json())
    assert [name for name, _ in payload["columns"]] == [c.name for c in explorer.columns if c.shown]
    for kind, width in (("wide", 640), ("narrow", 320)):
        chart = payload["vega"][kind]
        assert {"name": "ra_width", "value": width} in chart["signals"]
        assert any("ra_width" in signal.get("update", "") for signal in chart["signals"])
        assert "width" not in chart
        source, = (data for data in chart["data"] if data["name"] == DATA_NAME)
        assert not source.get("values")


def test_a_chart_with_data_of_its_own_is_refused():
    with pytest.raises(ValueError, match="found 2 datasets"):
        with_named_data({"datasets": {"a": [], "b": []}})


def test_choice_escapes_and_replies():
    options = (Option("<1>", "a & b"), Option("2", "right", True), Option("3", "c"))
    page = Page(choice_html("test-choice", "1 < 2?", options))
    assert page.find("legend")[0]["text"] == "1 < 2?"
    assert len(page.find("input", name="test-choice")) == 3
    assert [e["attrs"]["data-right"] for e in page.find("li")] == ["false", "true", "false"]
    assert "a & b" in page.find("li")[0]["text"]
