"""Security Regionalism in Central Asia: the package behind the course.

`load`, `describe` and `cite` give the shared tables. They are fetched on first use, so that
`import regionalism` itself stays light: it pulls in neither numpy nor pandas nor altair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regionalism.data import cite, describe, load

__version__ = "0.1.0"
__all__ = ["__version__", "cite", "describe", "load"]

_FROM_DATA = frozenset({"cite", "describe", "load"})


def __getattr__(name: str) -> Any:
    if name in _FROM_DATA:
        from importlib import import_module

        return getattr(import_module("regionalism.data"), name)
    raise AttributeError(f"module 'regionalism' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
