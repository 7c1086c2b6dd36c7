"""Serves the built book on this machine and opens its pages in a real Chromium."""

from __future__ import annotations

import pytest

from regionalism.site import measure
from regionalism.site.server import serving


@pytest.fixture(scope="session")
def base(built) -> str:
    """Address of the served book."""
    with serving(built) as address:
        yield address


@pytest.fixture
def visit(chromium, base):
    """Open a page of the served book: `visit("book/gains.html", size=..., scheme=..., script=...)`."""
    opened = []

    def open_page(path: str, **options):
        context = measure.visiting(chromium, options.pop("base_url", base), path, **options)
        opened.append(context)
        return context.__enter__()

    yield open_page
    for context in opened:
        context.__exit__(None, None, None)
