"""A home for answers in the browser's own store, for a Python that runs in the browser (Pyodide).

There the file system may be gone with the page, and `localStorage` is missing in a worker; IndexedDB
is there. It answers later than it is asked, so `load()` gives what is in memory, and a callback tells
the sheet when answers have arrived. One transaction reads, joins and writes: two tabs lose nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from regionalism.exercises.draws import seed_text
from regionalism.exercises.storage import (
    NewerAnswers,
    Progress,
    Storage,
    from_bytes,
    merged,
    salvaged,
    to_document,
)

DATABASE = "regionalism"
STORE = "answers"
_ADVICE = "Take a copy under \u201cYour answers\u201d before you close this page."


class BrowserStorage:
    """Keeps answers in IndexedDB, and in a file `beside` the sheet as well where that is given.

    `listen(callback)` names what is called when answers have arrived or a save has failed or succeeded
    again. A damaged entry is kept under another key; one of a later edition is left alone.
    """

    def __init__(self, chapter: str, student: str, beside: Storage | None = None) -> None:
        self.key = f"{chapter}/{seed_text(student)}"
        self._empty = (chapter, student)
        self._kept = Progress(chapter, student)
        self._beside = beside
        self._trouble = ""
        self._tell: Callable[[], None] = lambda: None
        self._database: Any = None
        self._channel: Any = None
        self._asked = self._news = self._wrote = self._locked = False

    @property
    def notice(self) -> str:
        """What the student must know about the browser's store; empty when all is well."""
        return self._trouble

    def listen(self, callback: Callable[[], None]) -> None:
        """Call a function when answers have arrived or the notice has changed."""
        self._tell = callback

    def load(self) -> Progress:
        """What is in memory by now; at the first call the browser's store is asked for the rest."""
        if self._beside is not None and not self._asked:
            self._kept = merged(self._kept, self._beside.load())
        if not self._asked:
            self._asked = True
            self._exchange()
        return merged(Progress(*self._empty), self._kept)

    def save(self, progress: Progress) -> None:
        """Keep the answers; what fails is said in `notice` when it is known."""
        if self._beside is not None:
            self._beside.save(progress)
        self._kept = merged(self._kept, progress)
        progress.answers = merged(progress, self._kept).answers
        self._asked = True
        self._exchange()

    # Reading, joining and writing in one transaction

    def _exchange(self) -> None:
        try:
            if self._database is None:
                self._open()
            else:
                self._begin()
        except Exception as error:  # whatever a browser throws, the student goes on working
            self._failed(type(error).__name__)

    def _open(self) -> None:
        import js

        request = js.indexedDB.open(DATABASE, 1)
        request.onupgradeneeded = _proxy(lambda event: event.target.result.createObjectStore(STORE))
        request.onsuccess = _proxy(self._opened)
        request.onerror = _proxy(self._refused)
        # A tab that holds an older database open would keep this one waiting.
        request.onblocked = _proxy(lambda event: self._failed("another tab holds it"))

    def _opened(self, event: Any) -> None:
        first, self._database = self._database is None, event.target.result
        if first:
            self._hear_other_tabs()
        self._exchange()

    def _hear_other_tabs(self) -> None:
        """Ask again when another tab has written, so that both show the same."""
        try:
            import js

            self._channel = js.BroadcastChannel.new(f"{DATABASE}-{STORE}")
            self._channel.onmessage = _proxy(lambda event: self._exchange() if event.data == self.key else None)
        except Exception:  # an older browser: the other tab's answers then come with the next save
            self._channel = None

    def _begin(self) -> None:
        transaction = self._database.transaction(STORE, "readwrite")
        transaction.oncomplete = _proxy(self._completed)
        transaction.onabort = _proxy(self._refused)
        request = transaction.objectStore(STORE).get(self.key)
        request.onsuccess = _proxy(self._read)

    def _read(self, event: Any) -> None:
        """Join what the store holds with what is in memory, and write it if the store lacks some of it."""
        store, content = event.target.source, event.target.result
        stored = self._parsed(store, content) if isinstance(content, str) else Progress(*self._empty)
        if self._locked:
            return
        whole = merged(stored, self._kept)
        self._news = self._news or _lacks(self._kept, whole)
        self._kept = whole
        if _lacks(stored, whole) or not isinstance(content, str):
            document = json.dumps(to_document(whole), ensure_ascii=False, allow_nan=False)
            store.put(document.encode("utf-8", "replace").decode("utf-8"), self.key)
            self._wrote = True

    def _parsed(self, store: Any, content: str) -> Progress:
        self._locked = False
        damaged = content.encode("utf-8", "replace")
        try:
            return from_bytes(damaged)
        except NewerAnswers:
            self._locked = True
            self._trouble = (
                "This browser holds answers of a later edition of the course. They are left as they are; "
                f"your answers are kept only as long as this page is open. {_ADVICE}"
            )
        except ValueError:
            store.put(content, f"{self.key}.broken")
            rescued = salvaged(damaged) or Progress(*self._empty)
            self._news = self._news or _lacks(self._kept, rescued)
            self._kept = merged(rescued, self._kept)
        return Progress(*self._empty)

    def _completed(self, event: Any) -> None:
        changed = self._news or bool(self._trouble)
        if not self._locked:
            self._trouble = ""
        if self._wrote and self._channel is not None:
            self._channel.postMessage(self.key)
        self._news = self._wrote = False
        if changed:
            self._tell()

    def _refused(self, event: Any) -> None:
        error = getattr(event.target, "error", None)
        self._failed(getattr(error, "name", "") or "refused")

    def _failed(self, reason: str) -> None:
        self._wrote = False
        self._trouble = (
            f"This browser could not keep your answers ({reason}). {_ADVICE} Each further check tries again."
        )
        self._tell()


def _lacks(some: Progress, whole: Progress) -> bool:
    """Whether `whole` has an attempt that `some` has not."""
    return any(
        attempt not in some.answers.get(name, ()) for name, history in whole.answers.items() for attempt in history
    )


def _proxy(function: Callable[[Any], Any]) -> Any:
    """A function that JavaScript may call at any later time."""
    from pyodide.ffi import create_proxy

    return create_proxy(function)
