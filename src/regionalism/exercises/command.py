"""The command `check-questions`: what is wrong with the questions, said to an author who writes no programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from regionalism.exercises import chapter as chapter_of
from regionalism.exercises import chapters
from regionalism.exercises.checking import Problem, chapter_problems, rubric_problems, shape_problems
from regionalism.exercises.keys import Key, key, rubric
from regionalism.exercises.page import SAMPLE
from regionalism.exercises.question import Chapter, QuestionError
from regionalism.exercises.scrutiny import Severity

STUDENTS = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("stems", nargs="*", metavar="STEM", help="chapters to check, such as gains; all without one")
    parser.add_argument(
        "--seeds", type=_count, default=STUDENTS, metavar="N", help=f"how many students to try, {STUDENTS} without it"
    )
    parser.add_argument(
        "--keys", action=argparse.BooleanOptionalAction, default=None,
        help="check the keys of the transfer questions as well; without it only where they are installed",
    )  # fmt: skip


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"give 1 or more, not {value}")
    return value


def run(options: Any) -> int:
    """Check the questions and print what was found: 0 if nothing is wrong, 1 for errors, 2 for an unknown chapter."""
    known = chapters()
    odd = [stem for stem in options.stems if stem not in known]
    if odd:
        print(f"There are no questions for {', '.join(odd)}. Chapters with questions: {', '.join(known) or 'none'}.")
        return 2
    seeds = (SAMPLE, *(str(number) for number in range(1, options.seeds + 1)))
    errors = remarks = asked = 0
    stems = list(dict.fromkeys(options.stems)) or list(known)
    for stem in stems:
        lines, wrong, odd_ones, questions = _chapter_lines(stem, seeds, options.keys)
        print("\n".join(lines), flush=True)
        errors, remarks, asked = errors + wrong, remarks + odd_ones, asked + questions
    print(f"{_many(len(stems), 'chapter')}, {_many(asked, 'question')}, {_many(len(seeds), 'student')} each: "
          f"{_many(errors, 'error')}, {_many(remarks, 'remark')}.")  # fmt: skip
    return 1 if errors else 0


def _chapter_lines(stem: str, seeds: tuple[str, ...], with_keys: bool | None) -> tuple[list[str], int, int, int]:
    """What to print on a chapter, and how many errors, remarks and questions there are."""
    try:
        chapter = chapter_of(stem)
    except Exception as error:
        # A typing mistake in a chapter must not hide what is wrong with the others.
        line = f"  error   its questions cannot be read: {error!r}. Mend src/regionalism/exercises/{stem}.py first."
        return [stem, line, ""], 1, 0, 0
    keys = _keys(stem) if with_keys is not False else None
    found = chapter_problems(chapter, seeds, keys)
    found += [Problem(stem, "", words, "remark", "Sheets share a form.") for words in shape_problems(chapter)]
    if keys is not None:
        found += rubric_problems(chapter, rubric(stem))
    else:
        found += _without_keys(chapter, with_keys)
    groups = grouped(found)
    questions = len(chapter.questions) + len(chapter.self_check)
    lines = [_heading(chapter, keys), *_lines(groups, len(seeds)), ""]
    errors = sum(group[0].severity == "error" for group in groups)
    return lines, errors, len(groups) - errors, questions


def _without_keys(chapter: Chapter, with_keys: bool | None) -> Iterator[Problem]:
    """That the transfer questions stay untried; an error where keys were asked for."""
    if with_keys is False or all(question.role != "transfer" for question in chapter.questions):
        return
    severity: Severity = "error" if with_keys else "remark"
    words = "no keys are installed, so the transfer questions stay untried"
    yield Problem(chapter.stem, "", words, severity, "Install the folder keys/ to try them.")


def _keys(stem: str) -> dict[str, Key] | None:
    installed = key(stem)
    return None if installed is None else dict(installed)


def _heading(chapter: Chapter, keys: Any) -> str:
    quick = _many(len(chapter.self_check), "quick question")
    told = f", {_many(len(keys), 'key')}" if keys else ""
    return f"{chapter.stem}: {_many(len(chapter.questions), 'question')}, {quick}{told}"


def grouped(found: Iterable[Problem]) -> list[list[Problem]]:
    """The problems with the same fault of the same question together, errors before remarks."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in found:
        groups.setdefault((problem.question, problem.words, problem.severity), []).append(problem)
    return sorted(groups.values(), key=lambda group: group[0].severity != "error")


def _lines(groups: list[list[Problem]], students: int) -> Iterator[str]:
    if not groups:
        yield "  nothing is wrong"
    for group in groups:
        first = group[0]
        seeds = {problem.seed for problem in group if problem.seed}
        yield f"  {first.severity:<7} {first.question}: {first.words}."
        if first.todo:
            yield f"          {first.todo}"
        if seeds and len(seeds) < students:
            yield f"          {len(seeds)} of {students} students, for instance {first.seed}{_example(first)}"
        elif first.example:
            yield f"          {f'Student {first.seed}' if seeds else 'For instance'}{_example(first)}"


def _example(problem: Problem) -> str:
    return f": {problem.example}" if problem.example else "."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def main(arguments: list[str] | None = None) -> int:
    """The command by itself: `python -m regionalism.exercises.command`."""
    parser = argparse.ArgumentParser(prog="check-questions", description="What is wrong with the questions.")
    add_arguments(parser)
    try:
        return run(parser.parse_args(arguments))
    except QuestionError as error:
        print(error)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
