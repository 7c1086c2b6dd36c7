"""What the browser's kernel does differently, mended where the course needs it.

There, Python's values go to the page through Pyodide, which turns None into JavaScript's `undefined`; on the way
on, what is undefined is left out. A chart that says `title=None` or `legend=None` to have none then gets
the ones that Vega-Lite makes up. Sent as JSON, None stays `null`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Send = Callable[..., Any]
# What the kernel sends results with, and the parts of IPython that hold it. It is set anew before each cell.
_HOLDERS = {
    "display_pub": ("display_data_callback", "update_display_data_callback"),
    "displayhook": ("publish_execution_result",),
}
_MARK = "_regionalism_keeps_null"


def keep_null(shell: Any, parse: Callable[[str], Any]) -> None:
    """Let everything that an IPython shell of the browser's kernel sends keep its None as `null`.

    `parse` makes a value of the page from a JSON text (`JSON.parse`). A second call changes nothing.
    """
    if getattr(shell, _MARK, False):
        return
    setattr(shell, _MARK, True)
    shell.send_comm = as_json(shell.send_comm, parse)
    for holder, names in _HOLDERS.items():
        kind = type(getattr(shell, holder))
        for name in names:
            setattr(kind, name, _wrapping(name, parse))


def as_json(send: Send, parse: Callable[[str], Any]) -> Send:
    """The same call with dictionaries and lists made by `parse`; what is no JSON, such as bytes, goes as it is."""

    def plain(value: Any) -> Any:
        if not isinstance(value, dict | list | tuple):
            return value
        try:
            return parse(json.dumps(value, allow_nan=False))
        except (TypeError, ValueError):
            return value

    return lambda *given: send(*map(plain, given))


def _wrapping(name: str, parse: Callable[[str], Any]) -> property:
    """An attribute that gives whatever is set under this name, wrapped."""

    def get(holder: Any) -> Send | None:
        send = holder.__dict__.get(name)
        return as_json(send, parse) if send else send

    def put(holder: Any, send: Send | None) -> None:
        holder.__dict__[name] = send

    return property(get, put)


def mend() -> None:
    """Mend the kernel that runs this; nothing happens where there is none."""
    import js
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if hasattr(shell, "send_comm"):
        keep_null(shell, js.JSON.parse)
