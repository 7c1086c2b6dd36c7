"""The small Markdown: safe, and plain where labels need it."""

from __future__ import annotations

import pytest

from regionalism.exercises.prose import inline, plain, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline\n\nTwo", "<p>One line</p>\n<p>Two</p>"),
        ("a **b** *c* `d*e*`", "<p>a <strong>b</strong> <em>c</em> <code>d*e*</code></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("- a\n- **b**\n  more", "<ul><li>a</li><li><strong>b</strong> more</li></ul>"),
        ("First:\n1. a\n2. b", "<p>First:</p><ol><li>a</li><li>b</li></ol>"),
        ("1. a\n- b", "<ol><li>a</li><li>b</li></ol>"),
        (
            "| a | b |\n|---|---|\n| 1 | <2 |",
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            "<tbody><tr><td>1</td><td>&lt;2</td></tr></tbody></table>",
        ),
        ("| a |\n| b |", "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"),
        ("[x](../book/gains.html#a)", '<p><a href="../book/gains.html#a">x</a></p>'),
        ("[x](https://example.org/?a=1&b=2)", '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>'),
        ("", ""),
        ("-3 is less than 0", "<p>-3 is less than 0</p>"),
        ("1.5 is a number", "<p>1.5 is a number</p>"),
    ],
)
def test_marks(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>", "**<b>**", "`<b>`", "[<b>](x)", "[x](javascript:alert(1))", "[x](JAVASCRIPT:x)",
        '[x](https://a"onmouseover="b)', "[x](data:text/html,y)", "| <b> |\n| <b> |", "- <b>",
        "[x](vbscript:y)", "<<b>>",
    ],
)  # fmt: skip
def test_no_foreign_markup(text):
    html = to_html(text)
    assert not any(
        mark in html.lower() for mark in ("<script", "<b>", 'href="javascript', 'href="data', 'href="vb', '"onm')
    )


def test_inline_has_no_paragraph():
    assert inline("a & **b**") == "a &amp; <strong>b</strong>"


def test_plain_drops_the_marks():
    assert plain("a **b** *c* `d`\n[e](f.html) 2 * 3") == "a b c d e 2 * 3"
