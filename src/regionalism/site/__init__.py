"""The book's web site: the Sphinx extension with its theme, the server of the built pages, the measures.

Importing this package pulls in neither Sphinx nor a browser: `setup` is called by Sphinx,
`serve` is all that the command line needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionalism.site.server import PortTaken, serve, serving

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["PortTaken", "serve", "serving", "setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Entry point of the Sphinx extension `regionalism.site`."""
    from regionalism.site.extension import setup as set_up

    return set_up(app)
