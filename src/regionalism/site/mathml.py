"""Formulas as MathML, made while the book is built: no script, no fonts, nothing to fetch.

latex2mathml does the conversion. Three of its results are mended here, each with a test:
line environments that may stand inside a formula (`aligned`, `split`, `gathered`) are not known to
it, names of functions come out without the space that sets them off, and named operators are
spaced like relation signs.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
INNER_LINES = re.compile(r"\\(begin|end)\{(?:aligned|split|gathered)\}")
LIMIT_NAMES = frozenset({"max", "min", "sup", "inf", "lim", "arg max", "arg min", "argmax", "argmin"})
OPENING = frozenset("([{|")
THIN_SPACE = "0.167em"
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}


class BadFormula(ValueError):
    """A formula that can't be shown; the text names the formula and the reason."""


def prepare(tex: str) -> str:
    """The formula in the dialect that latex2mathml understands."""
    tex = INNER_LINES.sub(lambda found: rf"\{found[1]}{{align*}}", tex.strip())
    has_lines = r"\\" in tex and r"\begin" not in tex
    return rf"\begin{{align*}}{tex}\end{{align*}}" if has_lines else tex


def mathml(tex: str, *, block: bool = False) -> str:
    """A `<math>` element for a TeX formula, with the formula itself as its `alttext`.

    `block`: as a line of its own. Raises BadFormula if the formula can't be converted or if the
    result still shows TeX to the reader.
    """
    from latex2mathml.converter import convert

    try:
        root = ElementTree.fromstring(convert(prepare(tex), display="block" if block else "inline"))
    except Exception as problem:
        raise BadFormula(f"The formula {tex!r} can't be converted: {problem!r}") from problem
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    _check(root, tex)
    _mend_operators(root)
    root.attrib = {"display": "block" if block else "inline", "alttext": " ".join(tex.split())}
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _check(root: ElementTree.Element, tex: str) -> None:
    for element in root.iter():
        text = element.text or ""
        if element.tag != "mtext" and ("\\" in text or text == "&"):
            raise BadFormula(f"The formula {tex!r} contains {text!r}, which is not understood.")
        if len(element) != PARTS.get(element.tag, len(element)):
            raise BadFormula(f"The formula {tex!r} lacks a part of a fraction, an index or an exponent.")


def _name_of(element: ElementTree.Element) -> ElementTree.Element | None:
    """The function's name inside an element such as `max` with its limits, or None."""
    while element.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover") and len(element):
        element = element[0]
    text = (element.text or "").replace("\u00a0", " ")
    is_name = element.tag in ("mi", "mo") and len(text) > 1 and text.replace(" ", "").isalpha()
    return element if is_name else None


def _mend_operators(root: ElementTree.Element) -> None:
    for parent in list(root.iter()):
        if parent.tag not in ("math", "mrow", "mtd", "mstyle"):
            continue
        for position in range(len(parent) - 1, -1, -1):
            name = _name_of(parent[position])
            if name is None:
                continue
            if name.text in LIMIT_NAMES:
                name.tag = "mo"
                name.set("movablelimits", "true")
                name.set("lspace", "0")
                name.set("rspace", "0")
            else:
                name.tag = "mi"
            following = parent[position + 1] if position + 1 < len(parent) else None
            if following is not None and (following.text or "")[:1] not in OPENING and following.tag != "mspace":
                parent.insert(position + 1, ElementTree.Element("mspace", {"width": THIN_SPACE}))


def _shown(tex: str, *, block: bool, where: nodes.Element) -> str:
    from sphinx.util import logging

    try:
        return mathml(tex, block=block)
    except BadFormula as problem:
        # A warning ends a strict build; a loose one shows the source.
        logging.getLogger(__name__).warning(str(problem), location=where)
        return f"<code>{html.escape(tex)}</code>"


def visit_inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write an inline formula."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate"))
    self.body.append(_shown(node.astext(), block=False, where=node) + "</span>")
    raise nodes.SkipNode


def visit_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number if it has a label."""
    from sphinx.util.math import get_node_equation_number

    self.body.append(self.starttag(node, "div", CLASS="math notranslate"))
    parts = [part for part in node.astext().split("\n\n") if part.strip()]
    self.body.append('<div class="course-formula">')
    self.body.extend(_shown(part, block=True, where=node) for part in parts)
    self.body.append("</div>")
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the renderer under the name that `html_math_renderer` in _config.yml asks for."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
