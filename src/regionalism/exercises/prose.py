"""The small Markdown of prompts and replies, as HTML that is safe by construction.

Everything is escaped first; what is added are paragraphs, **bold**, *em*, `code`, links, lists and
pipe tables. A library would bring more than the browser edition carries.
"""

from __future__ import annotations

import re
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SAFE_ADDRESS = re.compile(r"(?:https?://|[#./]|[\w-]+(?:[./#?]|$))", re.IGNORECASE)
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])"), r"<em>\1</em>"),
)
_ITEM = re.compile(r"(?:-|(\d+)\.) +(.*)")


def inline(text: str) -> str:
    """One run of text as HTML."""
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(
        f"<code>{escape(piece[1:-1])}</code>" if piece.startswith("`") and len(piece) > 2 else _marked(piece)
        for piece in pieces
    )


def _marked(text: str) -> str:
    html = _LINK.sub(_link, escape(text))
    for pattern, replacement in _INLINE:
        html = pattern.sub(replacement, html)
    return html


def _link(match: re.Match[str]) -> str:
    words, address = match.groups()
    return f'<a href="{address}">{words}</a>' if _SAFE_ADDRESS.match(address) else words


def to_html(text: str) -> str:
    """A text of paragraphs, lists and tables as HTML."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n".join(_block([line.strip() for line in block.splitlines()]) for block in blocks if block.strip())


def _block(lines: list[str]) -> str:
    if all(line.startswith("|") for line in lines) and len(lines) > 1:
        return _table(lines)
    first_item = next((at for at, line in enumerate(lines) if _ITEM.fullmatch(line)), len(lines))
    before = f"<p>{inline(' '.join(lines[:first_item]))}</p>" if first_item else ""
    return before + (_list(lines[first_item:]) if first_item < len(lines) else "")


def _list(lines: list[str]) -> str:
    items: list[str] = []
    tag = "ol" if lines[0][0].isdigit() else "ul"
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match:
            items.append(match[2])
        else:
            items[-1] += f" {line}"
    return f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{tag}>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    ruled = all(re.fullmatch(r":?-+:?", cell) for cell in rows[1])
    head = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in rows[0]) if ruled else ""
    body = "".join(
        f"<tr>{''.join(f'<td>{inline(cell)}</td>' for cell in row)}</tr>" for row in (rows[2:] if ruled else rows)
    )
    return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def plain(text: str) -> str:
    """The text without its marks, for labels that show no formatting."""
    text = _LINK.sub(r"\1", text)
    for pattern, _ in _INLINE:
        text = pattern.sub(r"\1", text)
    return " ".join(text.replace("`", "").split())
