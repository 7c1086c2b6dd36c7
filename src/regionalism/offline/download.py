"""Downloads that survive a poor line: resumed after a break, shown as they go, never longer than agreed.

Nothing here decides whether a file is the right one: `sources` compares its hash.
"""

from __future__ import annotations

import http.client
import re
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

Say = Callable[[str], object]
Advance = Callable[[int], object]

BLOCK = 1 << 16
# Tries in a row that bring nothing new; a try that gets further than all before starts the count again.
TRIES = 4
PAUSE = 0.5  # seconds before another try
TIMEOUT = 30.0  # seconds without a byte
# No file of the edition comes near this; it stops an endless answer where the size is not known.
LARGEST = 300_000_000
SMALL = 2_000_000
BUSY = (408, 425, 429, 500, 502, 503, 504)


class CannotBring(Exception):
    """A source does not give a file; the text is the reason, as part of a sentence."""


class Unreachable(CannotBring):
    """A source that cannot be reached at all, so that it need not be asked for the next file."""


class _Cut(Exception):
    """The connection broke, or was never made; another try may help."""


class _OtherFile(_Cut):
    """What is in the part file is not the beginning of what the server has."""


def readable(size: int) -> str:
    """A size in bytes as people read it: `12 kB`, `77.4 MB`."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1000:.0f} kB"


def opener(cert: str | None = None, proxy: str | None = None) -> OpenerDirector:
    """What opens addresses. `cert`: a file or folder of certificates; `proxy`: an address; else the system's own."""
    context = ssl.create_default_context()
    if cert and Path(cert).exists():
        context.load_verify_locations(*((None, cert) if Path(cert).is_dir() else (cert, None)))
    handlers: list[Any] = [HTTPSHandler(context=context)]
    if proxy:
        handlers.append(ProxyHandler({"http": proxy, "https": proxy}))
    return build_opener(*handlers)


def copy(stream: Any, target: IO[bytes], limit: int, advance: Advance) -> int:
    """Copies a stream in blocks and gives the number of bytes; more than `limit` raises `CannotBring`."""
    done = 0
    while block := stream.read(min(BLOCK, limit - done + 1)):
        done += len(block)
        if done > limit:
            raise CannotBring("it gives more bytes than the file has")
        try:
            target.write(block)
        except OSError as fault:
            raise CannotBring(f"it cannot be written to the disk ({fault})") from None
        advance(len(block))
    return done


# Showing


@contextmanager
def showing(name: str, total: int | None, say: Say, wanted: bool = True) -> Iterator[Callable[[int, int | None], None]]:
    """Shows a download: a bar in a terminal, elsewhere a line at every tenth of a large file.

    Gives a function of the bytes that are there now, and the bytes that there will be, if known.
    """
    if not wanted:
        yield lambda done, total: None
    elif sys.stderr.isatty():
        with _bar(name, total) as show:
            yield show
    else:
        yield _lines(name, total, say)


@contextmanager
def _bar(name: str, total: int | None) -> Iterator[Callable[[int, int | None], None]]:
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda done, total: None
        return
    with tqdm(total=total, desc=name, unit="B", unit_scale=True, leave=False, file=sys.stderr) as bar:

        def show(done: int, total: int | None) -> None:
            bar.total = total or bar.total
            bar.update(done - bar.n)

        yield show


def _lines(name: str, total: int | None, say: Say) -> Callable[[int, int | None], None]:
    shown = 0
    known = total

    def show(done: int, total: int | None) -> None:
        nonlocal shown
        size = total or known or 0
        if size < SMALL:
            return
        tenth = min(10 * done // size, 10)
        if tenth > shown:
            say(f"{name}: {10 * tenth} % of {readable(size)}")
        shown = max(shown, tenth)

    return show


# Downloading


def download(
    address: str, part: Path, *, size: int | None, say: Say, bar: bool = True, through: OpenerDirector | None = None
) -> None:
    """Brings what an address gives into the file `part`; what is in it already is taken as the beginning.

    `size` in bytes, where it is known. A broken connection is taken up again where it broke. Raises
    `Unreachable` if no connection can be made, and `CannotBring` if the address has no such file.
    The beginning stays in `part` in both cases, so that a later call goes on from there.
    """
    if urlsplit(address).scheme not in ("http", "https", "file"):
        raise CannotBring(f"{address} does not begin with http://, https:// or file://")
    through = through or opener()
    furthest, tries = _length(part), 0
    with showing(part.name.removesuffix(".part"), size, say, bar) as show:
        while True:
            try:
                return _bring_rest(address, part, size, through, show)
            except _Cut as fault:
                if isinstance(fault, _OtherFile):
                    part.unlink(missing_ok=True)
                tries = 1 if _length(part) > furthest else tries + 1
                furthest = max(furthest, _length(part))
                if tries >= TRIES:
                    kind = CannotBring if furthest else Unreachable
                    raise kind(f"the connection failed {TRIES} times in a row ({fault})") from None
                time.sleep(PAUSE)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _bring_rest(
    address: str, part: Path, size: int | None, through: OpenerDirector, show: Callable[[int, int | None], None]
) -> None:
    have = _length(part)
    if have and have == size:
        return
    if size is not None and have > size:
        part.unlink()
        have = 0
    with _opened(address, have, through) as answer:
        if answer is None:  # the server has nothing after what we have
            return
        start = have if _continues(answer, have) else 0
        promised = answer.headers.get("Content-Length")
        total = start + int(promised) if promised and promised.isdigit() else size
        done = start

        def advance(count: int) -> None:
            nonlocal done
            done += count
            show(done, total)

        limit = (LARGEST if size is None else size) - start
        try:
            with part.open("ab" if start else "wb") as target:
                copy(answer, target, limit, advance)
        except CannotBring:
            part.unlink()
            raise
        except (OSError, http.client.HTTPException) as fault:
            raise _Cut(_words(fault)) from None
        if total is not None and done < total:
            raise _Cut(f"it ended after {done:,} of {total:,} bytes")


@contextmanager
def _opened(address: str, have: int, through: OpenerDirector) -> Iterator[Any]:
    """The answer of a server, asked for what follows the first `have` bytes; None if nothing follows."""
    headers = {"Accept-Encoding": "identity", "User-Agent": "regionalism"}
    if have and not address.startswith("file:"):
        headers["Range"] = f"bytes={have}-"
    try:
        answer = through.open(Request(address, headers=headers), timeout=TIMEOUT)
    except HTTPError as fault:
        with fault:
            if fault.code == 416 and fault.headers.get("Content-Range", "").strip() == f"bytes */{have}":
                answer = None
            elif fault.code == 416:
                raise _OtherFile("it has another length than before") from None
            elif fault.code in BUSY:
                raise _Cut(f"the server answers {fault.code} {fault.reason}") from None
            else:
                raise CannotBring(f"the server answers {fault.code} {fault.reason}") from None
    except URLError as fault:
        if isinstance(fault.reason, ssl.SSLCertVerificationError):
            raise Unreachable(f"its certificate cannot be verified ({fault.reason.verify_message})") from None
        if isinstance(fault.reason, FileNotFoundError):
            raise CannotBring("there is no such file") from None
        raise _Cut(_words(fault.reason)) from None
    except (OSError, http.client.HTTPException) as fault:
        raise _Cut(_words(fault)) from None
    if answer is None:
        yield None
        return
    with answer:
        yield answer


def _continues(answer: Any, have: int) -> bool:
    """Whether the server sends what follows the first `have` bytes, and not the file from its beginning."""
    if getattr(answer, "status", None) != 206:
        return False
    match = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    if not match or int(match[1]) != have:
        raise CannotBring("it sends another part of the file than it was asked for")
    return have > 0


def _words(fault: object) -> str:
    """A fault in words; some have none of their own."""
    return str(fault) or type(fault).__name__
