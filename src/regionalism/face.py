"""Which face an object shows: the page of the book, or a live notebook."""

from __future__ import annotations

import os

FACE_VARIABLE = "REGIONALISM_FACE"


def is_page() -> bool:
    """Tell whether the book is being built, so that objects show their page face.

    The Sphinx extension sets the environment variable ``REGIONALISM_FACE`` to ``page`` while it runs the
    notebooks; everywhere else objects show the live face.
    """
    return os.environ.get(FACE_VARIABLE) == "page"
