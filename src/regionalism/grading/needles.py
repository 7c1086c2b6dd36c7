"""Finds any of some thousand texts in many megabytes at once.

What is compared are letters and digits alone: line ends, tags, quotation marks and escapes fall away, so
that a text is found however it was wrapped, quoted or packed into a page.
"""

from __future__ import annotations

import base64
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

import numpy as np

_OTHER_SIGNS = bytes(sign for sign in range(128) if not chr(sign).isalnum())
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[nrt])")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = 8
# Any occurrence of a text of this length holds two whole aligned blocks, wherever it begins.
_LONG = 3 * _BLOCK - 1
_FILTER_BITS = 22
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_PART_IN_BASE64 = 60


def squeezed(text: str | bytes) -> bytes:
    """A text reduced to its letters and digits; signs outside ASCII stay."""
    raw = unicodedata.normalize("NFC", text).encode("utf-8", "replace") if isinstance(text, str) else text
    return raw.translate(None, _OTHER_SIGNS)


def forms(raw: bytes) -> Iterator[bytes]:
    """The squeezed forms in which the content of a file is searched: as it stands, unescaped, without tags."""
    yield squeezed(raw)
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = raw.decode("utf-16" if wide else "utf-8", "replace")
    plain = _unescaped(text)
    if plain != text or wide:
        yield squeezed(plain)
    if "<" in plain:
        yield squeezed(_TAG.sub("", plain))


def _unescaped(text: str) -> str:
    """A text with the escapes of JSON, programs, HTML and addresses undone, also where one lies in another."""
    for _ in range(2):
        if "\\" in text:
            text = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[1] or found[2] else " ", text)
        if "&" in text:
            text = html.unescape(text)
        if "%20" in text:
            text = unquote(text)
    return text


def in_base64(text: str) -> list[bytes]:
    """How the beginning of a text looks inside base64, whichever of the three places it falls on; squeezed."""
    raw = text.encode("utf-8", "replace")[:_PART_IN_BASE64]
    packed = (base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3))
    return [squeezed(part) for part in packed]


class Needles:
    """Squeezed texts to be found; `found` gives the places in the list that occur in some bytes."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._texts = texts
        self._short = [place for place, text in enumerate(texts) if 0 < len(text) < _LONG]
        pieces = [_windows(text) for text in texts if len(text) >= _LONG]
        owners = [place for place, text in enumerate(texts) if len(text) >= _LONG]
        grams = np.concatenate([*pieces, np.empty(0, np.uint64)])
        order = np.argsort(grams, kind="stable")
        self._grams = grams[order]
        self._owners = np.repeat(owners, [len(piece) for piece in pieces]).astype(int)[order]
        self._offsets = np.concatenate([*(np.arange(len(piece)) for piece in pieces), np.empty(0, int)])[order]
        self._filter = np.zeros(1 << _FILTER_BITS, bool)
        self._filter[_hash(self._grams)] = True

    def found(self, heap: bytes) -> set[int]:
        """The places of all texts that occur in squeezed bytes."""
        return {place for place in self._short if self._texts[place] in heap} | self._long_ones(heap)

    def _long_ones(self, heap: bytes) -> set[int]:
        blocks = np.frombuffer(heap, "<u8", len(heap) // _BLOCK)
        if not len(blocks) or not len(self._grams):
            return set()
        hits = np.flatnonzero(self._filter[_hash(blocks)])
        low = np.searchsorted(self._grams, blocks[hits])
        known = self._grams[np.minimum(low, len(self._grams) - 1)] == blocks[hits]
        hits = hits[known]
        # Two blocks in a row: a common word alone is no reason to look closer.
        first = hits[:-1][np.diff(hits) == 1]
        found: set[int] = set()
        for block in first:
            begin, end = (int(np.searchsorted(self._grams, blocks[block], side)) for side in ("left", "right"))
            for entry in range(begin, end):
                place, start = int(self._owners[entry]), int(block) * _BLOCK - int(self._offsets[entry])
                if place not in found and start >= 0 and heap.startswith(self._texts[place], start):
                    found.add(place)
        return found


def _windows(text: bytes) -> np.ndarray:
    """Every eight bytes in a row of a text, as numbers."""
    signs = np.frombuffer(text, np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(signs, _BLOCK)
    return np.ascontiguousarray(windows).view("<u8").ravel()


def _hash(grams: np.ndarray) -> np.ndarray:
    return ((grams * _SPREAD) >> np.uint64(64 - _FILTER_BITS)).astype(np.int64)


def distinct(texts: Iterable[str]) -> list[str]:
    """The texts in their order, each once."""
    return list(dict.fromkeys(texts))
