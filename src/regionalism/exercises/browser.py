"""A home for answers in the browser's own store, for a Python that runs in the browser (Pyodide).

There the file system may be gone with the page, and `localStorage` is missing in a worker; IndexedDB
is there. It answers later than it is asked, so `load()` gives what is in memory, and a callback tells
the sheet when answers have arrived. One transaction reads, joins and writes: two tabs lose nothing.

Joining has to wait until Python has no more to do. So each save first jots the answers down under a key
of its own, at once and without reading; the next joining takes the jotting in. A page that is closed in
between loses nothing. What a browser cannot keep is an answer that has not reached Python yet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

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
# A jotting lies under the key of its answers, this sign, and a mark of its tab. No id holds a line break.
JOTTED = "\n"
_AFTER_JOTTED = "\x0b"
_ERROR_NAME = re.compile(r"\b[A-Z][A-Za-z]+Error\b")
_ADVICE = "Take a copy under \u201cYour answers\u201d before you close this page."


class Connection:
    """A way to the browser's store that is opened once, early, and again where the browser has cut it off."""

    def __init__(self) -> None:
        self.database: Any = None
        self._asked = False
        self._waiting: list[tuple[Callable[[], None], Callable[[str], None]]] = []

    def ask(self, ready: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Call `ready` as soon as `database` is there, at once if it is there; else `refused` with the reason."""
        if self.database is not None:
            ready()
            return
        self._waiting.append((ready, refused))
        if self._asked:
            return
        try:
            self._open()
        except Exception as error:  # whatever a browser throws, the student goes on working
            self._refuse(reason_of(error))

    def lost(self, event: Any = None) -> None:
        """Forget a database that was cut off, as when the student clears the browser's data."""
        self.database = None

    def _open(self) -> None:
        import js

        request = js.indexedDB.open(DATABASE, 1)
        self._asked = True
        request.onupgradeneeded = _proxy(lambda event: event.target.result.createObjectStore(STORE))
        request.onsuccess = _proxy(self._opened)
        request.onerror = _proxy(lambda event: self._refuse(reason_of(getattr(event.target, "error", None))))

    def _opened(self, event: Any) -> None:
        self._asked, self.database = False, event.target.result
        self.database.onclose = _proxy(self.lost)
        # Another tab wants to delete the store or bring it up to a later edition: it must not wait for this one.
        self.database.onversionchange = _proxy(self._give_way)
        waiting, self._waiting = self._waiting, []
        for ready, _ in waiting:
            ready()

    def _give_way(self, event: Any) -> None:
        event.target.close()
        self.lost()

    def _refuse(self, reason: str) -> None:
        self._asked = False
        waiting, self._waiting = self._waiting, []
        for _, refused in waiting:
            refused(reason)


_SHARED = Connection()


def prepare() -> None:
    """Open the browser's store before the first answer, so that this one need not wait for it. Never raises."""
    _SHARED.ask(lambda: None, lambda reason: None)


class BrowserStorage:
    """Keeps answers in IndexedDB, and in a file `beside` the sheet as well where that is given.

    `listen(callback)` names what is called when answers have arrived or a save has failed or succeeded
    again. A damaged entry is kept under another key; one of a later edition is left alone.
    """

    beginning = (
        "A new beginning: answers are kept in this browser, on this device, and none are here yet. Did you answer "
        "on another device? Open \u201cYour answers\u201d and take them up from a copy."
    )

    def __init__(
        self, chapter: str, student: str, beside: Storage | None = None, connection: Connection | None = None
    ) -> None:
        self.key = f"{chapter}/{seed_text(student)}"
        self._empty = (chapter, student)
        self._kept = Progress(chapter, student)
        # What this tab has read from the store or knows to be in it.
        self._joined = self._safe = Progress(chapter, student)
        self._beside = beside
        self._connection = connection or _SHARED
        self._jotting = f"{self.key}{JOTTED}{uuid4().hex}"
        self._trouble = ""
        self._tell: Callable[[], None] = lambda: None
        self._channel: Any = None
        self._heard = False
        self._asked = self._news = self._wrote = self._locked = self._again = False
        #: Whether the store has been read, so that an empty sheet is known to be a new one.
        self.arrived = False

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
        self._jot()
        self._exchange()

    # Reading, joining and writing in one transaction

    def _exchange(self) -> None:
        self._connection.ask(self._begin, self._failed)

    def _begin(self) -> None:
        try:
            self._hear_other_tabs()
            self._join()
        except Exception as error:  # whatever a browser throws, the student goes on working
            if reason_of(error) != "InvalidStateError" or self._again:
                self._failed(reason_of(error))
                return
            # The browser has cut the connection off without a word, as some do in the background.
            self._again = True
            self._connection.lost()
            self._exchange()

    def _hear_other_tabs(self) -> None:
        """Ask again when another tab has written, so that both show the same."""
        if self._heard:
            return
        self._heard = True
        try:
            import js

            self._channel = js.BroadcastChannel.new(f"{DATABASE}-{STORE}")
            self._channel.onmessage = _proxy(lambda event: self._exchange() if event.data == self.key else None)
        except Exception:  # an older browser: the other tab's answers then come with the next save
            self._channel = None

    def _transaction(self) -> Any:
        """A transaction that is on the disk when it is complete: a power cut must not take it back."""
        import js

        return self._connection.database.transaction(STORE, "readwrite", js.JSON.parse('{"durability": "strict"}'))

    def _jot(self) -> None:
        """Write the answers down at once, unread and unjoined; what goes wrong here is said by the joining."""
        if self._connection.database is None or self._locked or not _lacks(self._safe, self._kept):
            return
        try:
            transaction = self._transaction()
            transaction.objectStore(STORE).put(_written(self._kept), self._jotting)
            # Without this the browser would wait for Python to come to rest before it writes.
            if getattr(transaction, "commit", None):
                transaction.commit()
        except Exception:  # the connection was cut off in the meantime: it is opened anew
            self._connection.lost()

    def _join(self) -> None:
        import js

        transaction = self._transaction()
        transaction.oncomplete = _proxy(self._completed)
        transaction.onabort = _proxy(self._refused)
        store = transaction.objectStore(STORE)
        jotted = js.IDBKeyRange.bound(f"{self.key}{JOTTED}", f"{self.key}{_AFTER_JOTTED}")
        first = store.getAll(jotted)
        second = store.get(self.key)
        second.onsuccess = _proxy(lambda event: self._read(store, jotted, first.result, event.target.result))

    def _read(self, store: Any, jotted: Any, jottings: Any, content: Any) -> None:
        """Join what the store holds with what is in memory, and write it if the store lacks some of it."""
        stored = self._parsed(store, content) if isinstance(content, str) else Progress(*self._empty)
        if self._locked:
            return
        whole = stored
        for jotting in jottings:
            try:
                whole = merged(whole, from_bytes(str(jotting).encode("utf-8", "replace")))
            except NewerAnswers:
                self._lock()
                return
            except ValueError:  # half a jotting: what it held is in the entry or in the next one
                continue
        whole = merged(whole, self._kept)
        self._news = self._news or _lacks(self._kept, whole)
        self._kept = self._joined = whole
        if _lacks(stored, whole) or not isinstance(content, str):
            store.put(_written(whole), self.key)
            self._wrote = True
        store.delete(jotted)

    def _lock(self) -> None:
        self._locked = True
        self._trouble = (
            "This browser holds answers of a later edition of the course. They are left as they are; "
            f"your answers are kept only as long as this page is open. {_ADVICE}"
        )

    def _parsed(self, store: Any, content: str) -> Progress:
        self._locked = False
        damaged = content.encode("utf-8", "replace")
        try:
            return from_bytes(damaged)
        except NewerAnswers:
            self._lock()
        except ValueError:
            store.put(content, f"{self.key}.broken")
            rescued = salvaged(damaged) or Progress(*self._empty)
            self._news = self._news or _lacks(self._kept, rescued)
            self._kept = merged(rescued, self._kept)
        return Progress(*self._empty)

    def _completed(self, event: Any) -> None:
        changed = self._news or bool(self._trouble) or not self.arrived
        self.arrived, self._again, self._safe = True, False, self._joined
        if not self._locked:
            self._trouble = ""
        if self._wrote and self._channel is not None:
            self._channel.postMessage(self.key)
        self._news = self._wrote = False
        if changed:
            self._tell()

    def _refused(self, event: Any) -> None:
        self._failed(reason_of(getattr(event.target, "error", None)))

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


def _written(progress: Progress) -> str:
    """The answers as a text that JavaScript can hold."""
    document = json.dumps(to_document(progress), ensure_ascii=False, allow_nan=False)
    return document.encode("utf-8", "replace").decode("utf-8")


def reason_of(error: Any) -> str:
    """What a browser calls the reason for which it refused.

    A refusal that is thrown reaches Python wrapped in an error of another name; its own stands in the text.
    """
    name = str(getattr(error, "name", ""))
    if name in ("", "Error") and (found := _ERROR_NAME.search(str(error))):
        return found[0]
    return name or (type(error).__name__ if isinstance(error, Exception) else "refused")


def _proxy(function: Callable[[Any], Any]) -> Any:
    """A function that JavaScript may call at any later time."""
    from pyodide.ffi import create_proxy

    return create_proxy(function)
