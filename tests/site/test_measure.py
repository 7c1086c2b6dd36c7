"""The measuring instrument itself, on a small page whose faults are known."""

from __future__ import annotations

import gzip

import pytest

from regionalism.site import measure
from regionalism.site.server import serving

pytestmark = pytest.mark.browser

FAULTY = """<!DOCTYPE html><html><head><title>Faults</title><link rel="icon" href="data:,">
<script src="http://elsewhere.example/x.js"></script><script src="missing.js"></script></head>
<body><h1>Faults</h1><img src="dot.png"><div style="width:500px">wide</div>
<script>throw new Error("known fault");</script></body></html>"""
SOUND = """<!DOCTYPE html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Sound</title>
<link rel="icon" href="data:,"></head><body><main><h1>Sound</h1></main></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    site = tmp_path_factory.mktemp("faults")
    site.joinpath("faulty.html").write_text(FAULTY, "utf-8")
    site.joinpath("sound.html").write_text(SOUND, "utf-8")
    site.joinpath("dot.png").write_bytes(b"\x89PNG\r\n" + bytes(50))
    return site


@pytest.fixture(scope="module")
def measured(folder, chromium):
    with serving(folder) as base:
        return {name: measure.measure_page(base, f"{name}.html", chromium) for name in ("faulty", "sound")}


def test_counts_requests_to_other_hosts(measured):
    assert measured["faulty"]["other_hosts"] == ["http://elsewhere.example/x.js"]
    assert measured["sound"]["other_hosts"] == []


def test_counts_missing_files_and_script_errors(measured):
    assert [address.rsplit("/", 1)[1] for address in measured["faulty"]["missing"]] == ["missing.js"]
    assert any("known fault" in error for error in measured["faulty"]["console_errors"])
    assert measured["sound"]["console_errors"] == []


def test_counts_bytes_as_they_travel(measured, folder):
    page = len(gzip.compress(SOUND.encode(), 6))
    assert measured["sound"]["wire_bytes_opened"] == measured["sound"]["wire_bytes_drawn"] == page
    picture = folder.joinpath("dot.png").stat().st_size
    assert measured["faulty"]["wire_bytes_opened"] == len(gzip.compress(FAULTY.encode(), 6)) + picture


def test_finds_accessibility_faults(measured):
    for scheme in measure.SCHEMES:
        assert {"html-has-lang", "image-alt"} <= set(measured["faulty"]["axe"][scheme])
        assert measured["sound"]["axe"][scheme] == {}


def test_finds_what_is_too_wide(measured):
    assert measured["faulty"]["overflow"] > 100
    assert any(name.startswith("div") for name in measured["faulty"]["overflow_elements"])
    assert measured["sound"]["overflow"] == 0


def test_says_what_is_wrong(folder, chromium):
    with serving(folder) as base:
        with pytest.raises(ValueError, match="scheme is 'sepia'; allowed: light, dark"), measure.visiting(
                chromium, base, "sound.html", scheme="sepia"):
            pass
        with pytest.raises(FileNotFoundError, match="no page nowhere.html"), measure.visiting(
                chromium, base, "nowhere.html"):
            pass


def test_looks_for_the_named_browser(monkeypatch):
    monkeypatch.setenv("REGIONALISM_CHROMIUM", "/nowhere/chromium")
    assert measure.find_chromium() is None
    with pytest.raises(measure.NoChromium, match="REGIONALISM_CHROMIUM"), measure.browser():
        pass
