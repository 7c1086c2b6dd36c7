"""Formulas become MathML that browsers draw without a script, and that says so when it can't."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

pytest.importorskip("latex2mathml")

from regionalism.site.mathml import BadFormula, mathml, prepare

pytestmark = pytest.mark.local

FORMULAS = [
    r"\theta \in [0, 1]", r"g_i \ge 0", r"\sum_{j=1}^{n} S_{ij} g_j", r"\frac{T-R}{T-P}", r"Q^{*}", r"\hat g_i",
    r"U_i = (1-a)\log(I_i - c g_i) + a \log Q_i", r"\max_{g_i} U_i", r"\left(\frac{1}{2}\right)^{2}", r"\mathbb{R}",
    r"\operatorname{shortfall}", r"x_1, \dots, x_n", r"\text{gain} > 0", r"a \cdot b \times c", r"\delta^t",
    r"\sqrt{x}", r"\bar{x}",
    r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{aligned} Q &= \min_j g_j \\ \delta &\ge 1 \end{aligned}", r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"a &= b \\ c &= d", r"\left( \sum_j g_j^{\rho} \right)^{1/\rho}",
    r"\neq \leq \approx \infty \rightarrow",
]


@pytest.mark.parametrize("block", [False, True])
@pytest.mark.parametrize("tex", FORMULAS)
def test_converts_what_the_course_writes(tex, block):
    root = ElementTree.fromstring(mathml(tex, block=block))
    assert root.tag == "math"
    assert root.get("display") == ("block" if block else "inline")
    assert root.get("alttext") == " ".join(tex.split())
    shown = "".join(root.itertext())
    assert "\\" not in shown
    assert "&" not in shown


def test_lines_inside_a_formula_become_rows():
    # latex2mathml by itself prints the ampersands and leaves one row.
    root = ElementTree.fromstring(mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", block=True))
    assert len(list(root.iter("mtr"))) == 2
    assert r"\begin{align*}" in prepare(r"\begin{split} a &= b \end{split}")


def test_names_of_functions_stand_apart():
    # latex2mathml sets "a log Q" without a space before Q.
    root = ElementTree.fromstring(mathml(r"a \log Q"))
    tags = [element.tag for element in root.find("mrow")]
    assert tags[-2:] == ["mspace", "mi"]
    bracket = ElementTree.fromstring(mathml(r"\log(Q)"))
    assert bracket.find("mrow").find("mspace") is None


def test_named_operators_are_not_spaced_like_relations():
    # latex2mathml makes them plain operators, which browsers surround with wide spaces.
    root = ElementTree.fromstring(mathml(r"\operatorname{shortfall} = 1"))
    assert root.find("mrow")[0].tag == "mi"
    limits = next(element for element in ElementTree.fromstring(mathml(r"\max_x f")).iter("mo"))
    assert limits.get("movablelimits") == "true"


@pytest.mark.parametrize("tex", [r"\nosuchcommand{x}", r"\frac{1}", r"\begin{cases} a"])
def test_says_what_it_cannot_convert(tex):
    with pytest.raises(BadFormula) as caught:
        mathml(tex)
    assert tex in str(caught.value).replace("\\\\", "\\")


def test_the_text_for_screen_readers_is_escaped():
    assert 'alttext="a &lt; b"' in mathml("a < b")
