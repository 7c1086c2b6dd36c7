"""A home for answers in a browser's store: a small stand-in for IndexedDB, answering when the test says so."""

from __future__ import annotations

import json
import sys
from types import ModuleType, SimpleNamespace

import pytest

from regionalism.exercises import browser as browser_storage
from regionalism.exercises import sheets
from regionalism.exercises.browser import BrowserStorage, Connection, prepare, reason_of
from regionalism.exercises.sheets import Sheet
from regionalism.exercises.storage import VERSION, Attempt, MemoryStorage, Progress, to_document


class Browser:
    """One origin: its database and its channels. What is asked waits in `queue` until `run()`."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.queue: list = []
        self.channels: list[SimpleNamespace] = []
        self.full = self.closed = self.cut = False
        self.puts = self.opened = 0
        self.indexedDB = self
        self.JSON = SimpleNamespace(parse=json.loads)
        self.IDBKeyRange = SimpleNamespace(bound=lambda low, high: (low, high))
        self.BroadcastChannel = SimpleNamespace(new=self._channel)

    def run(self) -> None:
        for _ in range(1_000):
            if not self.queue:
                return
            self.queue.pop(0)()
        raise AssertionError("the tabs never come to rest")

    def page_closes(self) -> None:
        """Only what was committed by then is written."""
        waiting, self.queue = self.queue, []
        for task in waiting:
            held = getattr(task, "__self__", None)
            if isinstance(held, Transaction) and held.committed:
                task()

    def open(self, name, version):
        if self.closed:
            raise RuntimeError("no store in this mode")
        request = SimpleNamespace()
        self.opened += 1
        self.cut = False
        self.queue.append(lambda: request.onsuccess(event(SimpleNamespace(result=self))))
        return request

    def transaction(self, store, mode, options):
        assert mode == "readwrite"
        assert options == {"durability": "strict"}
        if self.cut:
            raise cut_off()
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


def cut_off() -> Exception:
    """What a browser throws where a connection is used that it has closed."""
    return thrown("InvalidStateError")


def thrown(name: str) -> Exception:
    """As Pyodide wraps what a browser throws: its own name stands in the text only."""
    error = RuntimeError(f'Error: A value of type object was thrown as an error!\nIts text is """{name}: no""".')
    error.name = "Error"
    return error


class Transaction:
    """Works on a copy that is taken over at its end, or not at all; what is asked is done in its order."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.tasks = browser, []
        self.draft: dict[str, str] = {}
        self.committed = self.running = False
        self.onabort = self.oncomplete = lambda event: None

    def objectStore(self, name):
        return self

    def commit(self):
        self.committed = True

    def get(self, key):
        return self._ask(lambda: self.draft.get(key))

    def getAll(self, keys):
        return self._ask(lambda: [self.draft[name] for name in sorted(self.draft) if keys[0] <= name <= keys[1]])

    def put(self, value, key):
        self.browser.puts += 1
        self._ask(lambda: self.draft.update({key: value}))

    def delete(self, keys):
        self._ask(lambda: [self.draft.pop(name) for name in sorted(self.draft) if keys[0] <= name <= keys[1]])

    def _ask(self, task):
        assert not self.committed
        request = SimpleNamespace(onsuccess=lambda event: None)
        self.tasks.append((request, task))
        return request

    def run(self):
        self.draft = dict(self.browser.entries)
        while self.tasks:
            request, task = self.tasks.pop(0)
            request.result = task()
            request.onsuccess(event(request))
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
    # The one connection of a Python must not outlive its test.
    monkeypatch.setattr(browser_storage, "_SHARED", Connection())
    return made


def attempt(raw, time) -> Attempt:
    return Attempt(raw=raw, numbers={}, tries=0, counts=True, state="wrong", score=0.0, misconception=None, time=time)


def progress(*raws) -> Progress:
    return Progress("demo", "Aigerim", {"demo.choice": [attempt(raw, raw) for raw in raws]})


def raws(kept) -> list:
    return [entry.raw for entry in kept.answers.get("demo.choice", [])]


def open_tab(browser, **options) -> BrowserStorage:
    """A tab has a Python of its own, and so a connection of its own."""
    tab = BrowserStorage("demo", "Aigerim", connection=Connection(), **options)
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


# A page that closes too early


def test_a_page_closed_right_after_a_save_loses_nothing(browser):
    tab = open_tab(browser)
    tab.save(progress("a"))
    browser.page_closes()
    assert raws(open_tab(browser).load()) == ["a"]
    assert list(browser.entries) == ["demo/aigerim"]


def test_the_very_first_save_loses_nothing_where_the_store_was_opened_early(browser):
    prepare()
    browser.run()
    tab = BrowserStorage("demo", "Aigerim")
    tab.load()
    tab.save(progress("a"))
    browser.page_closes()
    assert browser.opened == 1
    assert raws(open_tab(browser).load()) == ["a"]


def test_jottings_of_two_tabs_are_both_taken_in(browser):
    one, two = open_tab(browser), open_tab(browser)
    one.save(progress("a"))
    two.save(progress("b"))
    browser.page_closes()
    assert len(browser.entries) == 3
    assert raws(open_tab(browser).load()) == ["a", "b"]
    assert list(browser.entries) == ["demo/aigerim"]


@pytest.mark.parametrize("half", ["", "{", '{"format": "regionalism-answers", "version": 2, "answers": {}}'])
def test_half_a_jotting_is_passed_over(browser, half):
    browser.entries = {"demo/aigerim": json.dumps(to_document(progress("a"))), "demo/aigerim\nx": half}
    assert raws(open_tab(browser).load()) == ["a"]
    assert list(browser.entries) == ["demo/aigerim"]


def test_a_jotting_of_a_later_edition_is_left_alone(browser):
    later = json.dumps({**to_document(progress("a")), "version": VERSION + 1})
    browser.entries["demo/aigerim\nx"] = later
    tab = open_tab(browser)
    assert "later edition" in tab.notice
    assert browser.entries == {"demo/aigerim\nx": later}


def test_jottings_of_another_student_stay(browser):
    browser.entries["demo/aigerima\nx"] = browser.entries["demo/bekzat\nx"] = "kept"
    open_tab(browser).save(progress("a"))
    browser.run()
    assert set(browser.entries) == {"demo/aigerim", "demo/aigerima\nx", "demo/bekzat\nx"}


def test_a_browser_that_cannot_commit_early_keeps_answers_all_the_same(browser, monkeypatch):
    monkeypatch.delattr(Transaction, "commit")
    open_tab(browser).save(progress("a"))
    browser.run()
    assert raws(open_tab(browser).load()) == ["a"]


# A connection


def test_a_connection_that_was_cut_off_is_opened_anew(browser):
    tab = open_tab(browser)
    browser.cut = True
    tab.save(progress("a"))
    browser.run()
    assert tab.notice == ""
    assert browser.opened == 2
    assert raws(open_tab(browser).load()) == ["a"]


def test_a_connection_that_stays_cut_off_is_told_once_and_not_tried_for_ever(browser, monkeypatch):
    tab = open_tab(browser)

    def refuse(*_):
        raise cut_off()

    monkeypatch.setattr(browser, "transaction", refuse)
    tab.save(progress("a"))
    browser.run()
    assert "InvalidStateError" in tab.notice
    monkeypatch.undo()


def test_a_tab_gives_way_to_one_that_deletes_the_store(browser):
    closed = []
    browser.close = lambda: closed.append(True)
    connection = Connection()
    connection.ask(lambda: None, lambda reason: None)
    browser.run()
    browser.onversionchange(event(browser))
    assert closed == [True]
    assert connection.database is None


def test_a_refused_connection_is_asked_for_again(browser):
    connection, told = Connection(), []
    browser.closed = True
    connection.ask(lambda: told.append("ready"), told.append)
    browser.closed = False
    connection.ask(lambda: told.append("ready"), told.append)
    browser.run()
    assert told == ["RuntimeError", "ready"]


def test_a_refusal_is_called_by_its_own_name():
    assert reason_of(thrown("SecurityError")) == "SecurityError"
    assert reason_of(SimpleNamespace(name="QuotaExceededError")) == "QuotaExceededError"
    assert reason_of(RuntimeError("no store in this mode")) == "RuntimeError"
    assert reason_of(None) == "refused"


def test_preparing_never_raises(browser):
    browser.closed = True
    prepare()


# What a sheet says in a browser


@pytest.fixture
def sheet(browser, demo, tmp_path, monkeypatch) -> Sheet:
    monkeypatch.setattr(sheets.sys, "platform", "emscripten")
    return Sheet(demo, folder=tmp_path)


def test_a_sheet_opens_the_store_before_an_id_is_typed(browser, sheet):
    browser.run()
    assert browser.opened == 1
    sheet.student = "Aigerim"
    sheet.answer("demo.choice", "none")
    browser.page_closes()
    assert "none" in browser.entries[next(iter(browser.entries))]


def test_a_new_sheet_says_where_answers_are_kept_once_it_knows_that_there_are_none(browser, sheet):
    sheet.student = "Aigerim"
    assert "on this device" not in sheet.notice
    browser.run()
    assert "in this browser, on this device" in sheet.view.notice.value
    sheet.answer("demo.choice", "none")
    assert "on this device" not in sheet.notice


def test_a_hand_in_in_a_browser_goes_to_the_downloads_and_into_no_folder(sheet, tmp_path):
    sheet.student = "Aigerim"
    sheet.answer("demo.choice", "none")
    ending = sheet.view.ending
    sheet.view.taking.hand_in.click()
    shown, made = sheet.view.taking.receipt.value, sheet.hand_in()
    assert ending.children
    assert made.path is None
    assert made.trouble == ""
    assert not list(tmp_path.glob("hand-in*"))
    assert f'<a data-ra-save download="{made.name}"' in shown
    assert "downloads" in shown
    assert "beside this sheet" not in shown


def test_where_the_browser_refuses_its_store_the_hand_in_is_still_there(browser, demo, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets.sys, "platform", "emscripten")
    browser.closed = True
    sheet = Sheet(demo, folder=tmp_path)
    sheet.student = "Aigerim"
    sheet.answer("demo.choice", "none")
    browser.run()
    assert "could not keep your answers" in sheet.notice
    assert "none" in sheet.copy()[1]
    assert '"none"' in sheet.hand_in().text
