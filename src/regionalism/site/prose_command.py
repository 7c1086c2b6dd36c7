"""The command `check-prose`: how hard each page is to read, and which paragraphs make it so."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (("book", "*.md"), ("book/teaching", "*.md"), ("notebooks", "*.ipynb"), ("exercises", "*.ipynb"))
SHOWN = 3
WIDTH = 96


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("pages", nargs="*", metavar="PAGE",
                        help="pages to rate, such as book/gains.md or gains; all without one")
    parser.add_argument("--worst", type=int, default=SHOWN, metavar="N",
                        help=f"how many paragraphs to show of each page, {SHOWN} without it")


def pages_of(root: Path = ROOT) -> list[Path]:
    """All pages with prose: of the book, of its part for teachers, the labs and the sheets."""
    return [path for folder, kind in FOLDERS for path in sorted(root.joinpath(folder).glob(kind))]


def chosen(names: list[str], root: Path = ROOT) -> tuple[list[Path], list[str]]:
    """The pages that these names or paths mean, and the names that mean none; all pages for no name."""
    every = pages_of(root)
    if not names:
        return every, []
    found: list[Path] = []
    odd = []
    for name in names:
        hits = [path for path in every
                if name in (path.stem, path.name, path.relative_to(root).as_posix(), str(path))
                or path.relative_to(root).with_suffix("").as_posix() == name]
        found += hits
        if not hits:
            odd.append(name)
    return list(dict.fromkeys(found)), odd


def run(options: Any) -> int:
    """Rate the pages and print what was found: 1 if a limit is broken, 2 for an unknown page or a missing package."""
    from regionalism.site.readability import page_report

    pages, odd = chosen(options.pages)
    if odd:
        print(f"There is no page {', '.join(odd)}. Write a path such as book/gains.md, or a name such as gains.")
        return 2
    broken = 0
    try:
        for path in pages:
            report = page_report(path)
            broken += len(report.faults)
            print("\n".join(_lines(report, path.relative_to(ROOT).as_posix(), options.worst)), flush=True)
    except RuntimeError as problem:
        print(problem)
        return 2
    many = f"{len(pages)} page{'s' if len(pages) != 1 else ''}"
    print(f"{many} rated. The grade is that of Flesch and Kincaid; names and numbers count as easy.")
    print(f"Limits broken: {broken}.")
    return 1 if broken else 0


def _lines(report: Any, name: str, worst: int) -> Iterator[str]:
    """What to print on a page."""
    home, sentence = report.longest
    yield f"{name}: grade {report.rating.grade:.1f}, {report.rating.words} words"
    if home is not None:
        yield f"  longest sentence: {len(sentence.words)} words, {home.place}: {_cut(sentence.text)}"
    for one in report.hardest(worst):
        yield f"  {one.rating.grade:4.1f}  {one.place}: {_cut(one.text)}"
        yield f"        {one.rating.why}"
    for fault in report.faults:
        yield f"  Over the limit, {_cut(fault)}"
    yield ""


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 2].rsplit(" ", 1)[0] + " …"
