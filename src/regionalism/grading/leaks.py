"""What students must not have, and whether it stands in something that they are going to get.

The texts are computed from the keys distribution itself: whatever is added to a key is searched for from
then on. Nobody keeps a list by hand.
"""

from __future__ import annotations

import ast
import gzip
import importlib
import inspect
import io
import lzma
import pkgutil
import re
import tarfile
import zipfile
import zlib
from bz2 import BZ2File
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from regionalism.exercises import chapter, chapters
from regionalism.exercises import keys as key_store
from regionalism.exercises.keys import key, rubric, with_key
from regionalism.exercises.page import SAMPLE
from regionalism.exercises.question import Chapter, Choice, Numbers, Question, Several, said
from regionalism.grading.needles import Needles, distinct, forms, in_base64, squeezed

# Texts shorter than this, in letters and digits, may stand anywhere by chance.
LEAST = 22
LEAST_SENTENCE = 32
LEAST_SEED = 8
SEEDS = (SAMPLE, "1", "7", "101")
KEYS_PACKAGE = "regionalism_keys"
TEACHING = "teaching"
UNOPENED = "a packed file that could not be opened and searched"
PAGES = (".html", ".js", ".json", ".ipynb", ".md", ".txt", ".xml")
_DEEPEST = 6
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_PROSE = re.compile(r"(?:[^\W\d_]+[,.;:]? ){4}")


@dataclass(frozen=True)
class Secret:
    """A text that must not get out: what it is, and the paths inside a folder where it may stand all the same."""

    where: str
    text: str
    may: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leak:
    """A secret that stands in a file; `path` goes on with "!/" inside a packed one."""

    path: str
    secret: Secret

    def __str__(self) -> str:
        return f"{self.path}: {self.secret.where}"


# ---------------------------------------------------------------- what is secret


def secrets(stems: Iterable[str] | None = None, seeds: Iterable[str] = SEEDS) -> list[Secret]:
    """What students must not have: the keys of some chapters; by default those of all, and all that is for teachers.

    Empty where no keys are installed. `seeds` are those for which texts with numbers are written out.
    """
    seeds = tuple(seeds)
    found: dict[str, Secret] = {}
    for stem in chapters() if stems is None else stems:
        for secret in _of_chapter(stem, seeds):
            found.setdefault(secret.text, secret)
    for secret in _of_teachers(seeds) if stems is None else ():
        found.setdefault(secret.text, secret)
    return list(found.values())


def _of_teachers(seeds: tuple[str, ...]) -> Iterator[Secret]:
    """The prose of plans, tests and marked samples, and the mark of each of these modules.

    A module may list in PUBLIC what students read anyhow, such as the motion of a debate in the lab.
    """
    package = _teachers_package()
    if package is None:
        return
    public = [_Public(chapter(stem), seeds) for stem in chapters()]
    for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if entry.ispkg:
            continue
        module = importlib.import_module(entry.name)
        name = entry.name.removeprefix(f"{package.__name__}.")
        found: Iterable[Secret] = _of_literals(module, f"{name}: source text")
        for known in public:
            found = known.without(found)
        told = squeezed(" ".join(getattr(module, "PUBLIC", ())))
        yield from (secret for secret in found if squeezed(secret.text) not in told)
        canary = getattr(module, "CANARY", "")
        if canary:
            yield Secret(f"{name}: its mark", canary)


def _teachers_package() -> ModuleType | None:
    """The package with what is for teachers; None where it is not installed, or gone since."""
    try:
        return importlib.import_module(f"{KEYS_PACKAGE}.{TEACHING}")
    except ModuleNotFoundError:
        return None


def _of_chapter(stem: str, seeds: tuple[str, ...]) -> Iterator[Secret]:
    keys = key(stem)
    if keys is None:
        return
    whole = chapter(stem)
    public = _Public(whole, seeds)
    module = _key_module(stem)
    canary = getattr(module, "CANARY", "")
    if canary:
        yield Secret(f"{stem}: the mark of its key module", canary)
    for question in whole.questions:
        if question.id in keys:
            yield from public.without(_of_question(with_key(question, keys[question.id]), seeds))
    yield from public.without(_of_rubrics(stem))
    if module is not None:
        yield from public.without(_of_source(module, f"{stem}: source text of its keys"))


def private_seed(seed: str, may: tuple[str, ...] = ()) -> list[Secret]:
    """The private seed of a class as a secret; nothing where it has none, or a very short one."""
    return [Secret("the private seed of the class", seed, may)] if len(squeezed(seed)) >= LEAST_SEED else []


def worked_paths(stems: Iterable[str] | None = None, seeds: Iterable[str] = SEEDS) -> list[Secret]:
    """The worked paths of formative questions: they travel in the package and must not stand on a page."""
    found: list[Secret] = []
    for stem in chapters() if stems is None else stems:
        whole = chapter(stem)
        asked = [question for question in whole.questions if question.role == "formative"]
        of_page = _Public(replace(whole, questions=()), tuple(seeds))
        told = [
            Secret(f"{question.id}: worked path", text)
            for question in asked
            for text in _written(question.worked, question, tuple(seeds))
        ]
        found += of_page.without(secret for whole_text in told for secret in _sentences(whole_text))
    return found


def _of_question(question: Question, seeds: tuple[str, ...]) -> Iterator[Secret]:
    """The texts of a question with its key, each written out for the seeds."""
    parts: list[tuple[str, Any]] = [
        ("nudge", question.nudge),
        ("help", question.help),
        ("worked path", question.worked),
        ("praise", question.praise),
        *((f"reply to {wrong.misconception}", wrong.reply) for wrong in question.wrongs),
    ]
    if isinstance(question.kind, (Choice, Several)):
        parts += [(f"reply to option {option.id}", option.reply) for option in question.kind.options]
    for name, words in parts:
        for text in _written(words, question, seeds):
            yield from _sentences(Secret(f"{question.id}: {name}", text))


def _written(words: Any, question: Question, seeds: tuple[str, ...]) -> list[str]:
    return distinct(said(words, question.numbers(seed)) for seed in seeds)


def _of_rubrics(stem: str) -> Iterator[Secret]:
    """What earns points in the eyes of a grader."""
    for question, criteria in rubric(stem).items():
        for criterion in criteria:
            for name in ("full", "half", "none"):
                yield from _sentences(Secret(f"{question}: rubric, {criterion.name}, {name}", getattr(criterion, name)))


def _of_literals(module: ModuleType, where: str) -> Iterator[Secret]:
    """The sentences in the literal texts of a module: those with numbers in them piece by piece."""
    for text in distinct(_literals(inspect.getsource(module))):
        if _PROSE.search(text):
            yield from _sentences(Secret(where, text))


def _literals(source: str) -> list[str]:
    nodes = ast.walk(ast.parse(source))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _of_source(module: ModuleType, where: str) -> Iterator[Secret]:
    """The literal texts of a module, and its lines of prose."""
    source = inspect.getsource(module)
    yield from _of_literals(module, where)
    lines = [line.strip() for line in source.splitlines() if "import " not in line]
    answers = [line for line in lines if line.startswith("right=")]
    for text in distinct(lines):
        if _PROSE.search(text):
            yield from _sentences(Secret(where, text))
    for line in answers:
        yield Secret(where, line)


def _key_module(stem: str) -> ModuleType | None:
    for point in key_store.entry_points(group=key_store.GROUP):
        if point.name == stem:
            return importlib.import_module(point.module)
    return None


def _sentences(secret: Secret) -> Iterator[Secret]:
    """The sentences of a secret that are long enough to be nobody else's; the whole where none is."""
    parts = [part for part in _SENTENCE.split(secret.text) if len(squeezed(part)) >= LEAST_SENTENCE]
    for part in parts or [secret.text]:
        yield replace(secret, text=part)


class _Public:
    """What students read of a chapter anyhow: a key that says the same is no secret there."""

    def __init__(self, whole: Chapter, seeds: tuple[str, ...]) -> None:
        texts = [*whole.objectives.values(), *whole.misconceptions.values()]
        for question in (*whole.questions, *whole.self_check):
            for seed in seeds:
                texts += _shown_texts(question, question.numbers(seed))
        self._heap = squeezed("\n".join(texts))

    def without(self, found: Iterable[Secret]) -> Iterator[Secret]:
        """The secrets among them: long enough, and not said in public."""
        for secret in found:
            short = squeezed(secret.text)
            if len(short) >= LEAST and short not in self._heap:
                yield secret


def _shown_texts(question: Question, numbers: Numbers) -> list[str]:
    """All texts of a question as students have it; what a transfer question says of its own solution is not public."""
    # A reply in the declaration of a transfer question is itself a slip that must be found.
    skipped = ("reply",) if question.role == "transfer" else ()
    words: list[Any] = [question.title, question.prompt, *_words_in(question.kind, skipped)]
    if question.role == "formative":
        words += [
            question.nudge,
            question.help,
            question.worked,
            question.praise,
            *(wrong.reply for wrong in question.wrongs),
        ]
    return [text for text in (_said_or_nothing(word, numbers) for word in words) if text]


def _words_in(thing: Any, skipped: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every text or function of numbers inside a kind of question, but for the fields that are skipped."""
    if isinstance(thing, str) or callable(thing):
        yield thing
    elif isinstance(thing, (tuple, list)):
        for part in thing:
            yield from _words_in(part, skipped)
    elif hasattr(thing, "__dataclass_fields__"):
        for name in thing.__dataclass_fields__:
            if name not in skipped:
                yield from _words_in(getattr(thing, name), skipped)


def _said_or_nothing(words: Any, numbers: Numbers) -> str:
    """A text, or what a function of the numbers says; nothing for a function that is no text, such as a goal."""
    try:
        text = said(words, numbers)
    except Exception:
        return ""
    return text if isinstance(text, str) else ""


# ---------------------------------------------------------------- where it stands


def leaks(place: str | Path, hidden: Iterable[Secret], only: Callable[[str], bool] = lambda path: True) -> list[Leak]:
    """Where secrets stand in a file or in a folder with all its files, those inside packed files among them.

    `only` chooses files by their path inside the folder. A packed file that cannot be opened counts as a leak:
    nobody can say what is in it. FileNotFoundError for a place that is not there.
    """
    root = Path(place)
    if not root.exists():
        raise FileNotFoundError(f"{root} is not there, so it cannot be searched")
    search = _Search(list(hidden))
    files = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
    found: list[Leak] = []
    for file in files:
        name = file.relative_to(root).as_posix() if root.is_dir() else file.name
        if only(name):
            found += search.in_file(name, file.read_bytes())
    return found


def on_pages(site: str | Path, hidden: Iterable[Secret]) -> list[Leak]:
    """Where secrets stand in the pages, sources, scripts and search index of a built book."""
    return leaks(site, hidden, lambda path: path.endswith(PAGES))


class _Search:
    """The secrets in all forms, ready to be looked for."""

    def __init__(self, hidden: list[Secret]) -> None:
        pairs = [(squeezed(secret.text), secret) for secret in hidden]
        pairs += [(form, secret) for secret in hidden for form in in_base64(secret.text) if len(form) >= LEAST]
        self._secrets = [secret for _, secret in pairs]
        self._needles = Needles([form for form, _ in pairs])

    def in_file(self, name: str, raw: bytes, depth: int = 0) -> list[Leak]:
        """Leaks in one file: its name, its content, and what is packed in it."""
        if KEYS_PACKAGE in name.replace("!/", "/").split("/"):
            return [Leak(name, Secret("a file of the keys package", KEYS_PACKAGE))]
        places = self._needles.found(squeezed(name)).union(*(self._needles.found(form) for form in forms(raw)))
        here = {self._secrets[place] for place in places}
        found = [Leak(name, secret) for secret in sorted(here, key=_by_place) if name not in secret.may]
        try:
            inside = list(_packed(raw)) if depth < _DEEPEST else []
        except (
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
            zipfile.BadZipFile,
            tarfile.TarError,
            zlib.error,
            lzma.LZMAError,
            NotImplementedError,
        ):
            return [*found, Leak(name, Secret(UNOPENED, ""))]
        for member, content in inside:
            found += self.in_file(f"{name}!/{member}", content, depth + 1)
        return found


def _by_place(secret: Secret) -> tuple[str, str]:
    return secret.where, secret.text


def _packed(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what is packed in a file; nothing for one that is not packed."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    yield member.filename, archive.read(member)
    elif raw[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(raw)) as bundle:
            for entry in bundle:
                stream = bundle.extractfile(entry)
                if stream is not None:
                    yield entry.name, stream.read()
    elif raw.startswith(b"\x1f\x8b"):
        yield "content", gzip.decompress(raw)
    elif raw.startswith(b"BZh"):
        yield "content", BZ2File(io.BytesIO(raw)).read()
    elif raw.startswith(b"\xfd7zXZ"):
        yield "content", lzma.decompress(raw)
    elif raw.startswith(b"# Sphinx inventory version 2"):
        yield "content", zlib.decompress(raw.split(b"\n", 4)[4])
