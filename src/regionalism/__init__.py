"""Security Regionalism in Central Asia: the package behind the course.

`load`, `describe`, `cite` and their kin give the shared tables, `load_map` the map, and the helpers of
`regionalism.shaping` bring tables into the form that a question needs. They are fetched on first use, so that
`import regionalism` itself stays light: it pulls in neither numpy nor pandas nor altair.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regionalism.data import cite, describe, load, load_map, maps, names, sources, themes
    from regionalism.shaping import (
        SECURITY_AREAS,
        agreements_among,
        co_memberships,
        count_agreements,
        herfindahl,
        network_of_year,
        own_and_mirror,
        shares,
        single_partners,
        spells_to_years,
        trade_totals,
    )

__version__ = "0.4.0"
__all__ = [
    "SECURITY_AREAS",
    "__version__",
    "agreements_among",
    "cite",
    "co_memberships",
    "count_agreements",
    "describe",
    "herfindahl",
    "load",
    "load_map",
    "maps",
    "names",
    "network_of_year",
    "own_and_mirror",
    "shares",
    "single_partners",
    "sources",
    "spells_to_years",
    "themes",
    "trade_totals",
]

_FROM_DATA = frozenset({"cite", "describe", "load", "load_map", "maps", "names", "sources", "themes"})
_FROM_SHAPING = frozenset(__all__) - _FROM_DATA - {"__version__"}


def __getattr__(name: str) -> Any:
    home = "data" if name in _FROM_DATA else "shaping" if name in _FROM_SHAPING else None
    if home is None:
        raise AttributeError(f"module 'regionalism' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"regionalism.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if sys.platform == "emscripten":
    from regionalism.browser_kernel import mend

    mend()
