"""From a specification to SVG, through vl-convert, where that is installed."""

from __future__ import annotations

import re
from html import escape
from typing import Any

NATIVE_VERSION = "6.4"


def can_draw() -> bool:
    """Tell whether the converter is installed (it is for the book, not in a browser)."""
    try:
        import vl_convert  # noqa: F401
    except ImportError:
        return False
    return True


def svg(specification: dict[str, Any], prefix: str, label: str, css_class: str = "") -> str:
    """Draw a Vega-Lite specification as an inline SVG image.

    ``prefix`` goes before every id, so that several drawings can share a page; ``label`` is what a screen
    reader says; ``css_class`` is set on the root element.
    """
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(specification, vl_version=NATIVE_VERSION)
    return _as_image(_namespaced(drawn, prefix), label, css_class)


def _namespaced(drawn: str, prefix: str) -> str:
    # The converter counts its ids over all drawings of a process, so the same chart would differ from build to build.
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', drawn))
    fresh = {name: f"{prefix}-{number}" for number, name in enumerate(names, start=1)}
    drawn = re.sub(r'\bid="([^"]+)"', lambda found: f'id="{fresh[found[1]]}"', drawn)
    return re.sub(r'(url\(#|href="#)([^)"]+)', lambda found: found[1] + fresh.get(found[2], found[2]), drawn)


def _as_image(drawn: str, label: str, css_class: str) -> str:
    head, rest = drawn.split(">", 1)
    head = re.sub(r'\s(class|role|aria-[a-z]+|style|xmlns:xlink|version)="[^"]*"', "", head)
    # The image has one name; unnamed parts with roles of their own would break a rule of accessibility.
    rest = re.sub(r'\s(role|aria-[a-z]+)="[^"]*"', "", rest)
    css = f' class="{escape(css_class)}"' if css_class else ""
    return f'{head}{css} role="img" aria-label="{escape(label)}" focusable="false">{rest}'
