"""A home for answers in a browser's store: a small stand-in for IndexedDB, answering when the test says so."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from regionalism.exercises import sheets
from regionalism.exercises.browser import BrowserStorage
from regionalism.exercises.sheets import Sheet
from regionalism.exercises.storage import VERSION, Attempt, MemoryStorage, Progress, to_document


class Browser:
    """One origin: its database and its channels. What is asked waits in `queue` until `run()`."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.queue: list = []
        self.channels: list[SimpleNamespace] = []
        self.full = self.closed = False
        self.puts = 0
        self.indexedDB = self
        self.BroadcastChannel = SimpleNamespace(new=self._channel)

    def run(self) -> None:
        for _ in range(1_000):
            if not self.queue:
                return
            self.queue.pop(0)()
        raise AssertionError("the tabs never come to rest")

    def open(self, name, version):
        if self.closed:
            raise RuntimeError("no store in this mode")
        request = SimpleNamespace()
        self.queue.append(lambda: request.onsuccess(event(SimpleNamespace(result=self))))
        return request

    def transaction(self, store, mode):
        assert mode == "readwrite"
        held = Transaction(self)
        self.queue.append(held.run)
        return held

    def _channel(self, name):
        channel = SimpleNamespace(onmessage=None)
        channel.postMessage = lambda data: self.queue.extend(
            lambda other=other: other.onmessage(SimpleNamespace(data=data))
            for other in self.channels
            if other is not channel
        )
        self.channels.append(channel)
        return channel


class Transaction:
    """Works on a copy that is taken over at its end, or not at all."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.requests = browser, []

    def objectStore(self, name):
        return self

    def get(self, key):
        request = SimpleNamespace(key=key)
        self.requests.append(request)
        return request

    def put(self, value, key):
        self.draft[key] = value
        self.browser.puts += 1

    def run(self):
        self.draft = dict(self.browser.entries)
        for request in self.requests:
            request.onsuccess(event(SimpleNamespace(source=self, result=self.draft.get(request.key))))
        if self.browser.full and self.draft != self.browser.entries:
            self.onabort(event(SimpleNamespace(error=SimpleNamespace(name="QuotaExceededError"))))
            return
        self.browser.entries = self.draft
        self.oncomplete(event(self))


def event(target):
    return SimpleNamespace(target=target)


@pytest.fixture
def browser(monkeypatch):
    """A browser whose modules can be imported."""
    made = Browser()
    ffi = ModuleType("pyodide.ffi")
    ffi.create_proxy = lambda function: function
    package = ModuleType("pyodide")
    package.ffi = ffi
    for name, module in {"js": made, "pyodide": package, "pyodide.ffi": ffi}.items():
        monkeypatch.setitem(sys.modules, name, module)
    return made


def attempt(raw, time) -> Attempt:
    return Attempt(raw=raw, numbers={}, tries=0, counts=True, state="wrong", score=0.0, misconception=None, time=time)


def progress(*raws) -> Progress:
    return Progress("demo", "Aigerim", {"demo.choice": [attempt(raw, raw) for raw in raws]})


def raws(kept) -> list:
    return [entry.raw for entry in kept.answers.get("demo.choice", [])]


def open_tab(browser, **options) -> BrowserStorage:
    tab = BrowserStorage("demo", "Aigerim", **options)
    tab.load()
    browser.run()
    return tab


def test_answers_outlive_the_page(browser):
    open_tab(browser).save(progress("a"))
    browser.run()
    again = BrowserStorage("demo", " aigerim ")
    told = []
    again.listen(lambda: told.append(raws(again.load())))
    assert raws(again.load()) == []
    browser.run()
    assert told == [["a"]]
    assert again.notice == ""


def test_a_save_before_the_store_has_answered_loses_nothing(browser):
    browser.entries["demo/aigerim"] = json.dumps(to_document(progress("a")))
    tab = BrowserStorage("demo", "Aigerim")
    tab.load()
    tab.save(progress("b"))
    browser.run()
    assert raws(BrowserStorage("demo", "Aigerim").load()) == []
    assert raws(open_tab(browser).load()) == ["a", "b"]


def test_two_tabs_keep_and_show_each_others_answers(browser):
    one, two = open_tab(browser), open_tab(browser)
    told = []
    one.listen(lambda: told.append(raws(one.load())))
    one.save(progress("a"))
    two.save(progress("b"))
    browser.run()
    assert told == [["a", "b"]]
    assert raws(two.load()) == ["a", "b"]
    assert raws(open_tab(browser).load()) == ["a", "b"]


def test_tabs_with_the_same_answers_write_no_more(browser):
    one, two = open_tab(browser), open_tab(browser)
    tied = Progress("demo", "Aigerim", {"demo.choice": [attempt("a", "1"), attempt("b", "1")]})
    turned = Progress("demo", "Aigerim", {"demo.choice": [attempt("b", "1"), attempt("a", "1")]})
    one.save(tied)
    two.save(turned)
    browser.run()
    before = browser.puts
    one.save(tied)
    two.save(turned)
    browser.run()
    assert browser.puts == before


def test_a_full_browser_is_told_and_tried_again(browser):
    tab = open_tab(browser)
    told = []
    tab.listen(lambda: told.append(tab.notice))
    browser.full = True
    tab.save(progress("a"))
    browser.run()
    assert "QuotaExceededError" in tab.notice
    assert "Take a copy" in told[-1]
    browser.full = False
    tab.save(progress("a"))
    browser.run()
    assert tab.notice == told[-1] == ""
    assert raws(open_tab(browser).load()) == ["a"]


def test_a_browser_without_a_store_is_told(browser):
    browser.closed = True
    tab = open_tab(browser)
    assert "could not keep your answers" in tab.notice
    tab.save(progress("a"))
    assert raws(tab.load()) == ["a"]


def test_an_older_browser_without_channels_keeps_answers(browser):
    browser.BroadcastChannel = None
    open_tab(browser).save(progress("a"))
    browser.run()
    assert raws(open_tab(browser).load()) == ["a"]


def test_a_damaged_entry_is_set_aside_and_what_is_whole_is_rescued(browser):
    damaged = json.dumps(to_document(progress("a", "b")))[:-40]
    browser.entries["demo/aigerim"] = damaged
    tab = open_tab(browser)
    assert raws(tab.load()) == ["a"]
    assert browser.entries["demo/aigerim.broken"] == damaged
    assert raws(open_tab(browser).load()) == ["a"]


def test_an_entry_of_a_later_edition_is_left_alone(browser):
    later = json.dumps({**to_document(progress("a")), "version": VERSION + 1})
    browser.entries["demo/aigerim"] = later
    tab = open_tab(browser)
    tab.save(progress("b"))
    browser.run()
    assert browser.entries == {"demo/aigerim": later}
    assert "later edition" in tab.notice


def test_students_and_chapters_have_entries_of_their_own(browser):
    open_tab(browser).save(progress("a"))
    BrowserStorage("demo", "Bekzat").save(Progress("demo", "Bekzat", progress("b").answers))
    browser.run()
    assert set(browser.entries) == {"demo/aigerim", "demo/bekzat"}


def test_a_file_beside_is_kept_as_well(browser):
    beside = MemoryStorage("demo", "Aigerim")
    beside.save(progress("a"))
    tab = open_tab(browser, beside=beside)
    assert raws(tab.load()) == ["a"]
    tab.save(progress("a", "b"))
    browser.run()
    assert raws(beside.load()) == ["a", "b"]
    assert raws(open_tab(browser).load()) == ["a", "b"]


def test_a_sheet_in_the_browser_shows_what_arrives(browser, demo, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets.sys, "platform", "emscripten")
    first = Sheet(demo, student="Aigerim", folder=tmp_path / "one-tab")
    first.answer("demo.choice", "none")
    browser.run()
    second = Sheet(demo, student="Aigerim", folder=tmp_path / "another-tab")
    assert isinstance(second.storage, BrowserStorage)
    view, part = second.view, second.question("demo.choice").view
    assert part.face.read() is None
    browser.run()
    assert part.face.read() == "none"
    assert "<strong>Right.</strong>" in part.feedback.value
    assert str(second.tally) in view.progress.value
    first.answer("demo.number", "99 %")
    browser.run()
    assert second.kept_answer("demo.number") == "99 %"
    browser.full = True
    second.answer("demo.text", "a case and a doubt")
    browser.run()
    assert "QuotaExceededError" in view.notice.value


def test_answers_that_arrive_after_the_id_has_changed_stay_with_their_student(browser, demo):
    browser.entries["demo/aigerim"] = json.dumps(to_document(progress("none")))
    sheet = Sheet(demo, student="Aigerim", storage=lambda chapter, student: BrowserStorage(chapter, student))
    sheet.student = "Bekzat"
    browser.run()
    assert sheet.progress.answers == {}
