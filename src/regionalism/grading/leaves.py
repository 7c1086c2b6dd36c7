"""The frame of a page that a teacher or a student opens from a folder: one file, no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# By this line the grader knows its own pages again, and `class forget` what it may delete.
OWN_MARK = '<meta name="generator" content="regionalism grading">'
# So begin the names of files that are being written; one is left behind only where the grader was killed.
DRAFT = ".regionalism-writing-"

_STYLE = """
:root{color-scheme:light dark;--ra-ink:#1d232b;--ra-muted:#555d67;--ra-grid:#d9dde2;--ra-paper:#ffffff;
--sand:#f6f2ea;--line:#d8cfbf;--link:#17587a;--focus:#b3500a;--right:#1b6e3c;--partly:#9a4a00}
@media (prefers-color-scheme:dark){:root{--ra-ink:#e8ebef;--ra-muted:#a9b1bb;--ra-grid:#39414b;--ra-paper:#14181e;
--sand:#1b2129;--line:#3a4552;--link:#8ac5e3;--focus:#f3b266;--right:#6fce93;--partly:#f0a860}}
@media print{:root{color-scheme:light;--ra-ink:#000;--ra-muted:#444;--ra-paper:#fff;--sand:#fff}}
*,*::before,*::after{box-sizing:border-box}
html{font-size:106.25%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ra-paper);color:var(--ra-ink);overflow-wrap:anywhere;
font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,"Liberation Sans",Arial,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1.1rem 4rem}
h1,h2{font-family:"Iowan Old Style",Charter,Palatino,"Noto Serif",Georgia,serif;line-height:1.2}
h1{font-size:1.75rem;margin:.5rem 0 .75rem}
h2{font-size:1.35rem;margin:2.5rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.8rem 0 .3rem;line-height:1.35}
p,ul,ol,dl{margin:.5rem 0;max-width:38rem}
a{color:var(--link);text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
.quiet,caption{color:var(--ra-muted);font-size:.9rem}
.box{background:var(--sand);border-left:4px solid var(--line);padding:.6rem .9rem;margin:.7rem 0;max-width:38rem}
.box>:first-child{margin-top:0}.box>:last-child{margin-bottom:0}
.right{border-color:var(--right)}.partly{border-color:var(--partly)}
blockquote{margin:.5rem 0;padding:0 0 0 .9rem;border-left:3px solid var(--line);max-width:38rem}
blockquote p{margin:.2rem 0}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;margin:.6rem 0;font-size:.93rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:.3rem}
th,td{padding:.32rem .7rem .32rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:normal}
thead th{font-weight:600;white-space:nowrap}tbody th{font-weight:400}
.n{text-align:right;white-space:nowrap}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.92em}
img,svg{max-width:100%;height:auto}
.ra-figure{margin:1.4rem 0}.ra-title{display:block}
.ra-subtitle,.ra-source,.ra-note{color:var(--ra-muted);font-size:.9rem}
.ra-narrow{display:none}summary{cursor:pointer;min-height:1.9rem;padding:.15rem 0;color:var(--link)}
.ra-scroll{overflow-x:auto}
@media (max-width:40rem){.ra-wide{display:none}.ra-narrow{display:block}}
"""
STYLE = "".join(_STYLE.splitlines())


def page(title: str, body: str, language: str = "en") -> str:
    """A whole page; `title` is plain text and `body` HTML, in which all that anybody typed is escaped."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{OWN_MARK}\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str, numeric: Iterable[int] = ()) -> str:
    """A table of plain texts whose first column heads the rows; the columns `numeric` (from 0) stand to the right."""
    right = set(numeric)

    def cell(tag: str, at: int, text: str, scope: str = "") -> str:
        side = ' class="n"' if at in right else ""
        return f"<{tag}{side}{scope}>{escape(text)}</{tag}>"

    heads = "".join(cell("th", at, text, ' scope="col"') for at, text in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(
            cell("th", at, text, ' scope="row"') if at == 0 else cell("td", at, text) for at, text in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def paragraphs(lines: Iterable[str]) -> str:
    """Lines of typed text as paragraphs, escaped."""
    return "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines if line.strip())


def items(lines: Iterable[str]) -> str:
    """Lines of plain text as a list, escaped."""
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
