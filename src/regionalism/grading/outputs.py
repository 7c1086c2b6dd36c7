"""Everything that a teacher gets out of grading, written into one folder.

The same hand-ins, class folder and manual marks give the same bytes: nothing tells the present time, all is sorted.
One student after another passes by, so that memory stays flat but for the texts that wait for a person.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path

from regionalism.exercises.draws import seed_text
from regionalism.exercises.identity import Class
from regionalism.exercises.keys import Criterion
from regionalism.exercises.prose import inline
from regionalism.grading import feedback, integrity, leaves
from regionalism.grading.classes import ClassSettings, Student
from regionalism.grading.gradebook import (
    ChapterMark,
    Results,
    canvas_rows,
    chapter_mark,
    gradebook_head,
    gradebook_row,
    moodle_rows,
)
from regionalism.grading.manual import MARKS_FILE, NEW_FILE, ManualMarks, code_of, criteria_of
from regionalism.grading.numbering import chapter, numbers_of, questions_of
from regionalism.grading.records import Refused
from regionalism.grading.report import Report
from regionalism.grading.spreadsheets import safe_cell, to_csv
from regionalism.grading.wording import answer_words

# A page has some hundred thousand signs: the rounds are short, so that few wait in memory to be written.
BATCH_STUDENTS = 8
ROUND_BATCHES = 8
# So many students without a mark are named on the first page; the grade book has them all.
NAMED_WITHOUT = 12
# So many lines of a list stand on it as well; the file beside it has them all.
MOST_LINES = 200


class UnsafeFolder(ValueError):
    """A folder for the outputs that cannot be written to safely; says why."""


class Shelf:
    """The folder of the outputs: files are put in whole or not at all, and never outside it.

    Raises UnsafeFolder where the folder, or a folder or file to be written, is a link.
    """

    def __init__(self, out: Path) -> None:
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            raise UnsafeFolder(f"{out} is a link or a file; name a folder of its own for the marks")
        out.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.written: list[Path] = []

    def put(self, name: str, text: str) -> None:
        """Write one file under a name such as index.html or feedback/101.html, with "\\n" line ends."""
        path = self._place(name)
        data = text.encode("utf-8", "replace")
        self.written.append(path)
        if path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=leaves.DRAFT)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _place(self, name: str) -> Path:
        path = self.out / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise UnsafeFolder(f"{name!r} leads out of the folder")
        if path.is_symlink() or path.parent.is_symlink():
            raise UnsafeFolder(f"{path} is a link; it is not written through")
        path.parent.mkdir(exist_ok=True)
        return path

    def remove_others(self, folder: str) -> None:
        """Remove our own pages of an earlier run whose student is gone, and drafts; what is not ours stays."""
        kept = set(self.written)
        for draft in (*self.out.glob(f"{leaves.DRAFT}*"), *(self.out / folder).glob(f"{leaves.DRAFT}*")):
            draft.unlink()  # an earlier run was killed while it wrote
        for path in sorted((self.out / folder).glob("*.html")):
            if path not in kept and not path.is_symlink() and leaves.OWN_MARK in _start(path):
                path.unlink()


def _start(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(1_000).decode("utf-8", "replace")


@dataclass
class _Gathered:
    """What is gathered while the students pass by; `known` has no ids, since those of the hand-ins are as listed."""

    known: Class
    stems: tuple[str, ...]
    columns: int
    report: Report
    watch: integrity.Watch = field(default_factory=integrity.Watch)
    rows: list[list[str]] = field(default_factory=list)
    strangers: list[list[str]] = field(default_factory=list)
    totals: dict[str, dict[str, float]] = field(default_factory=dict)
    texts: list[tuple[tuple[str, int, str], list[str]]] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    pages: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    provisional: int = 0
    without: list[str] = field(default_factory=list)


def write(
    spool: Results,
    settings: ClassSettings,
    out: Path,
    progress: Callable[[int], object] | None = None,
) -> list[Path]:
    """Write grade books, manual marks, feedback pages, report and lists into `out`; gives the paths, sorted.

    `progress` is called with the number of students done since its last call. Pages are made by whatever
    joblib is told to use (`joblib.parallel_config`), else in this process. Raises UnsafeFolder.
    """
    shelf = Shelf(Path(out))
    manual = _manual_marks(shelf)
    stems = tuple(sorted({*spool.chapters(), *settings.deadlines}))
    manual.room_for(question for stem in stems for question in questions_of(stem))
    columns = max((len(questions_of(stem)) for stem in stems), default=0)
    gathered = _Gathered(Class(settings.title, settings.seed), stems, columns, Report(stems))
    refused, twice = list(spool.refused()), list(spool.duplicates())
    results = _passing(spool, settings, manual, gathered)
    for page in _pages(results, settings, gathered):
        shelf.put(f"{feedback.FOLDER}/{page.name}", page.text)
        if page.fault:
            gathered.notes.append(f"The page {page.fault}. It shows the points alone. Please report this.")
        if progress:
            progress(1)
    shelf.remove_others(feedback.FOLDER)
    _tables(shelf, settings, gathered)
    _manual_table(shelf, manual, gathered)
    asks = gathered.watch.asks(refused, twice)
    shelf.put(integrity.QUESTIONS_FILE, to_csv([list(integrity.HEAD), *(ask.row() for ask in asks)]))
    shelf.put("not-graded.csv", to_csv(_refused_rows(refused, twice)))
    shelf.put("report.csv", to_csv(gathered.report.rows()))
    shelf.put("report.html", gathered.report.html(settings.title))
    shelf.put("marking-guide.html", guide(stems))
    if not manual.unreadable and (shelf.out / NEW_FILE).exists():
        gathered.notes.append(f"{NEW_FILE} lies here from an earlier run. Copy what you need from it, then delete it.")
    shelf.put("index.html", _index(settings, gathered, manual, asks, refused, twice))
    return sorted(shelf.written)


def _manual_marks(shelf: Shelf) -> ManualMarks:
    path = shelf.out / MARKS_FILE
    if path.is_symlink():
        raise UnsafeFolder(f"{path} is a link; it is not followed")
    return ManualMarks(path.read_bytes() if path.exists() else None)


# One student after another


def _passing(
    spool: Results, settings: ClassSettings, manual: ManualMarks, gathered: _Gathered
) -> Iterator[feedback.StudentResult]:
    """Count each student's marks, gather what the class needs, and give what the student's page needs."""
    for student, listed in _students(spool, settings):
        found = spool.of_student(student.id)
        for marked in found:
            gathered.watch.take(marked)
        marks = [
            chapter_mark(stem, [one for one in found if one.chapter == stem], settings, manual)
            for stem in gathered.stems
        ]
        _gather(student, listed, marks, settings, manual, gathered)
        results = tuple(_result(mark) for mark in marks if mark.marked)
        if results:
            yield feedback.StudentResult(student.id, student.name, results)


def _students(spool: Results, settings: ClassSettings) -> Iterator[tuple[Student, bool]]:
    """The students of the list in its order of ids, then those who are on no list."""
    for student in sorted(settings.students, key=lambda one: one.id):
        yield student, True
    on_list = {seed_text(student.id) for student in settings.students}
    for known in sorted(spool.students()):
        if seed_text(known) not in on_list:
            yield Student(known), False


def _gather(
    student: Student, listed: bool, marks: list[ChapterMark], settings: ClassSettings, manual: ManualMarks,
    gathered: _Gathered,
) -> None:  # fmt: skip
    for mark in marks:
        if mark.marked is None and not listed:
            continue
        row = gradebook_row(student, listed, mark, gathered.columns, _others(settings))
        (gathered.rows if listed else gathered.strangers).append(row)
        if mark.marked is None:
            continue
        gathered.report.take(mark, feedback.seed_of(mark.marked, gathered.known))
        gathered.provisional += bool(mark.provisional)
        if listed and (settings.export_provisional or not mark.provisional):
            gathered.totals.setdefault(student.id, {})[mark.chapter] = mark.total
        _texts(student, mark, settings, manual, gathered)
    if listed and all(mark.marked is None for mark in marks):
        gathered.without.append(f"{student.id} {student.name}".strip())


def _texts(
    student: Student, mark: ChapterMark, settings: ClassSettings, manual: ManualMarks, gathered: _Gathered
) -> None:
    """The rows of the answers that a person marks."""
    for item in mark.items:
        if item.manual is None or item.answered is None or mark.marked is None:
            continue
        code = code_of(student.id, item.question.id)
        shown = code if settings.anonymous_marking else student.id
        seed = feedback.seed_of(mark.marked, gathered.known)
        numbers = numbers_of(mark.chapter)[item.question.id](seed)
        words = "\n".join(answer_words(item.question, numbers, item.answered.raw))
        row = manual.table_row(student.id, shown, item.question, item.answered, words)
        gathered.texts.append(((mark.chapter, item.number, shown), row))
        gathered.codes.add(code)


def _result(mark: ChapterMark) -> feedback.ChapterResult:
    assert mark.marked is not None
    items = tuple(
        feedback.Item(item.question.id, item.number, item.got, item.extra, item.manual) for item in mark.items
    )
    return feedback.ChapterResult(
        mark.marked, items, mark.total, mark.of, mark.late_days, mark.kept, mark.tries, mark.mastery, mark.provisional
    )


def _pages(
    results: Iterator[feedback.StudentResult], settings: ClassSettings, gathered: _Gathered
) -> Iterator[feedback.Page]:
    """Each feedback page, in the order of the students."""
    for batches in _rounds(results):
        for one in (one for batch in batches for one in batch):
            page = f"{feedback.FOLDER}/{feedback.page_name(one.student)}"
            gathered.pages.append([safe_cell(one.student), safe_cell(one.name), page])
        for pages in _side_by_side(batches, settings, gathered.known):
            yield from pages


def _rounds(results: Iterator[feedback.StudentResult]) -> Iterator[list[list[feedback.StudentResult]]]:
    while True:
        batches = [list(islice(results, BATCH_STUDENTS)) for _ in range(ROUND_BATCHES)]
        filled = [batch for batch in batches if batch]
        if not filled:
            return
        yield filled


def _side_by_side(
    batches: list[list[feedback.StudentResult]], settings: ClassSettings, known: Class
) -> Iterable[list[feedback.Page]]:
    worked = settings.worked_in_feedback
    try:
        from joblib import Parallel, delayed

        return list(Parallel(batch_size=1)(delayed(feedback.pages)(batch, known, worked) for batch in batches))
    except Exception:  # joblib is not there, or whatever an executor raises when it loses a worker
        return (feedback.pages(batch, known, worked) for batch in batches)


# Tables


def _others(settings: ClassSettings) -> list[str]:
    """The columns of the class list that the course does not know; all students have the same."""
    return list(settings.students[0].other) if settings.students else []


def _tables(shelf: Shelf, settings: ClassSettings, gathered: _Gathered) -> None:
    head = gradebook_head(gathered.stems, _others(settings))
    shelf.put("gradebook.csv", to_csv([head, *gathered.rows, *gathered.strangers]))
    shelf.put("feedback-pages.csv", to_csv([["id", "name", "page"], *sorted(gathered.pages)]))
    if not settings.students:
        return
    full = {stem: chapter_mark(stem, [], settings, ManualMarks()).of for stem in gathered.stems}
    students = sorted(settings.students, key=lambda one: one.id)
    shelf.put("moodle.csv", to_csv(moodle_rows(students, gathered.totals, gathered.stems)))
    # Canvas looks for the word Student at the very start of the file.
    shelf.put("canvas.csv", to_csv(canvas_rows(students, gathered.totals, gathered.stems, full), bom=False))


def _manual_table(shelf: Shelf, manual: ManualMarks, gathered: _Gathered) -> None:
    rows = [row for _, row in sorted(gathered.texts)]
    table = to_csv([manual.head(), *rows, *manual.leftover(gathered.codes)])
    path = shelf.out / MARKS_FILE
    if (path.read_bytes() if path.exists() else None) != manual.data:
        manual.unreadable = "it was saved again while the grader ran; grade once more"
    # What a teacher filled in and nobody has understood is never written over.
    shelf.put(NEW_FILE if manual.unreadable else MARKS_FILE, table)


def _refused_rows(refused: Iterable[Refused], twice: Iterable[Refused]) -> list[list[str]]:
    rows = [[safe_cell(one.source), one.reason, safe_cell(one.words)] for one in (*refused, *twice)]
    return [["source", "reason", "words"], *rows]


# Pages


def guide(stems: Iterable[str]) -> str:
    """The criteria of every answer that a person marks, and what earns all, half and nothing."""
    parts = []
    for stem in stems:
        for number, question in enumerate(questions_of(stem), start=1):
            if question.judged:
                continue
            head = f"<h2>{inline(chapter(stem).title)}</h2><h3>{number}. {inline(question.title)}</h3>"
            parts.append(head + _criteria(criteria_of(question), f"Criteria of question {number}, {stem}"))
    words = (
        "<p>Each line is a column of the table of marks: criterion 1, criterion 2 and so on. Give points from 0 to "
        "the number beside it, halves too, or give the points of the whole answer at once.</p>"
    )
    return leaves.page("What to look for in a text", words + "".join(parts))


def _criteria(criteria: Iterable[Criterion], caption: str) -> str:
    rows = [
        [f"{at}. {one.name}", f"{one.points:g}", one.full, one.half, one.none]
        for at, one in enumerate(criteria, start=1)
    ]
    return leaves.table(("Criterion", "Points", "All points", "Half", "None"), rows, caption, (1,))


def _index(
    settings: ClassSettings, gathered: _Gathered, manual: ManualMarks, asks: list[integrity.Ask],
    refused: list[Refused], twice: list[Refused],
) -> str:  # fmt: skip
    head = f"<p>{escape(settings.title)}</p>" if settings.title else ""
    needs = _needs(settings, gathered, manual, asks, refused, twice)
    files = [
        ("report.html", "Class report", "what the class can do, what tempted it, where to begin; no names"),
        ("gradebook.csv", "Grade book", "a row for each student and chapter, with everything that made the mark"),
        ("feedback-pages.csv", "Pages for students", f"{_many(len(gathered.pages), 'page')}, in the folder feedback"),
        (NEW_FILE if manual.unreadable else MARKS_FILE, "Texts to mark", "fill in the points and grade again"),
        ("marking-guide.html", "What to look for", "the criteria of each text"),
        ("questions-to-ask.csv", "Questions to ask", f"{_many(len(asks), 'line')}; none of them is a verdict"),
        ("not-graded.csv", "Not graded", f"{_many(len(refused), 'file')}, and {len(twice)} that came twice"),
        ("report.csv", "Numbers of the report", "a row for each question"),
    ]
    if settings.students:
        files[2:2] = [
            ("moodle.csv", "For Moodle", "Grades, Import, CSV file: match ID number or Email address"),
            ("canvas.csv", "For Canvas", "Grades, Import"),
        ]
    links = "".join(f'<li><a href="{name}">{words}</a>: {escape(what)}</li>' for name, words, what in files)
    chapters = _many(len(gathered.stems), "chapter")
    counted = f"<p>{_many(len(gathered.pages), 'student')} with a mark, in {chapters}.</p>"
    parts = (head, counted, needs, f"<h2>Files</h2><ul>{links}</ul>", _refusals(refused), _asks(asks))
    return leaves.page("Marks of the class", "".join(parts))


def _needs(
    settings: ClassSettings, gathered: _Gathered, manual: ManualMarks, asks: list[integrity.Ask],
    refused: list[Refused], twice: list[Refused],
) -> str:  # fmt: skip
    """What a person should look at, each in a sentence."""
    lines = []
    if manual.unreadable:
        lines.append(
            f"{MARKS_FILE} could not be understood: {manual.unreadable}. It was left as it is, and none of its marks "
            f"count now. A fresh table is in {NEW_FILE}."
        )
    lines += gathered.notes
    lines += [f"{MARKS_FILE}, {fault}." for _, fault in sorted(manual.faults.items())]
    if gathered.provisional:
        marks = "mark is" if gathered.provisional == 1 else "marks are"
        lines.append(f"{gathered.provisional} {marks} provisional: a text waits to be read.")
        if settings.students and not settings.export_provisional:
            lines[-1] += " Until then moodle.csv and canvas.csv leave the place open."
    if gathered.without:
        first = ", ".join(gathered.without[:NAMED_WITHOUT])
        more = len(gathered.without) - NAMED_WITHOUT
        lines.append(
            f"{len(gathered.without)} of the {len(settings.students)} students on the list have no mark yet: "
            f"{first}{f' and {more} more' if more > 0 else ''}."
        )
    if gathered.strangers and settings.students:
        lines.append(
            f"Marks under an id that is not on the list: {len(gathered.strangers)}. They stand at the end of the "
            "grade book, and not in the files for Moodle and Canvas."
        )
    if refused:
        lines.append(f"{_many(len(refused), 'file')} could not be graded; the reasons stand below.")
    if asks:
        lines.append(f"{_many(len(asks), 'question')} to ask below.")
    lines += [f"{remark}." for remark in settings.remarks]
    return f"<h2>What needs you</h2>{leaves.items(lines)}" if lines else "<p>Nothing waits for you.</p>"


def _many(n: int, one: str) -> str:
    """A number with its noun."""
    return f"{n} {one}{'' if n == 1 else 's'}"


def _refusals(refused: list[Refused]) -> str:
    if not refused:
        return ""
    rows = [[one.source, one.words] for one in refused[:MOST_LINES]]
    rest = len(refused) - len(rows)
    more = f"<p>{_many(rest, 'file')} more: see not-graded.csv.</p>" if rest else ""
    return f"<h2>Not graded</h2>{leaves.table(('File', 'Why'), rows, 'Files that could not be graded')}{more}"


def _asks(asks: list[integrity.Ask]) -> str:
    if not asks:
        return ""
    words = (
        "<p>Ask before you judge. Equal answers have many causes, and a machine sees none of them. "
        "The reasons stand in questions-to-ask.csv beside each line.</p>"
    )
    rows = [
        [ask.about, ask.chapter, "; ".join(ask.ids) or "; ".join(ask.where), ask.found] for ask in asks[:MOST_LINES]
    ]
    table = leaves.table(("About", "Chapter", "Ids or files", "What was found"), rows, "Questions to ask")
    return f"<h2>Questions to ask</h2>{words}{table}"

