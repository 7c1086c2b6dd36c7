"""Questions on a page without a kernel, in a real Chromium: the script says what `judge` says, by keyboard alone."""

from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from regionalism.exercises import storage
from regionalism.exercises.judging import judge
from regionalism.exercises.page import quick_html
from regionalism.exercises.program import program
from regionalism.exercises.prose import plain, to_html
from regionalism.exercises.question import (
    Allocate,
    Cards,
    Choice,
    Mark,
    Match,
    Number,
    Order,
    Predict,
    Question,
    Several,
    Table,
    Text,
    value_of,
)
from regionalism.site import assets, measure
from regionalism.site.server import serving

pytestmark = [pytest.mark.browser, pytest.mark.local]

_SPEC = importlib.util.spec_from_file_location(
    "question_samples", Path(__file__).parents[1] / "exercises" / "conftest.py"
)
_SAMPLES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_SAMPLES)
# Rules of Python find these wrong answers; on a page they are named by their examples.
_BY_EXAMPLE = ("demo.allocate", "demo.estimate")
_KERNEL = ("demo.sliders", "demo.transfer")


def _on_page(question: Question) -> Question:
    if question.id not in _BY_EXAMPLE:
        return question
    return replace(question, wrongs=tuple(replace(wrong, matches=None) for wrong in question.wrongs))


QUESTIONS = {q.id: _on_page(q) for q in _SAMPLES.SAMPLES if q.id not in _KERNEL}
_PAGE = """<!DOCTYPE html>
<html lang="en" data-content_root="./"><head><meta charset="utf-8"><title>Questions</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="questions.css"><link rel="stylesheet" href="course.css">
<script>document.documentElement.dataset.theme =
  matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";</script>
<script defer src="questions.js"></script></head>
<body><main class="course-main"><article class="course-article"><h1>Questions</h1>{body}</article></main></body></html>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with one page that has a question of every kind, and the files it needs."""
    folder = tmp_path_factory.mktemp("questions")
    for asset in (assets.style(), assets.plain("questions.css"), assets.question_script()):
        folder.joinpath(asset.name).write_text(asset.text, "utf-8")
    page = _PAGE.replace("{body}", quick_html("demo", QUESTIONS.values()))
    folder.joinpath("index.html").write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="module")
def address(folder) -> str:
    with serving(folder) as base:
        yield base


@pytest.fixture
def visit(chromium, address):
    """Open the page in a fresh browser context; an address, a size, a colour scheme may be given."""
    opened = []

    def open_page(path="index.html", base_url=address, **options):
        context = measure.visiting(chromium, base_url, path, **options)
        opened.append(context)
        return context.__enter__()

    yield open_page
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture(scope="module")
def page(chromium, folder):
    """The page opened from a file, for what needs no fresh context."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(folder.joinpath("index.html").as_uri())
    yield page
    context.close()


def at(question: Question) -> str:
    return f"#check-{question.id.replace('.', '-')}"


# The script judges as Python does


def _judged(page, question: Question, cases: list) -> list:
    made = program(question, question.numbers("sample"))
    return page.evaluate(
        "([made, cases]) => cases.map(([raw, tries]) => window.regionalismQuestions.judge(made, raw, tries))",
        [made, cases],
    )


def agree(page, question: Question, cases: list) -> set[str]:
    """Assert that script and Python say the same to all cases (raw, tries); gives the states that occurred."""
    numbers = question.numbers("sample")
    states = set()
    for (raw, tries), said_there in zip(cases, _judged(page, question, cases), strict=True):
        verdict = judge(question, numbers, raw, tries)
        here = {
            "state": verdict.state,
            "html": "" if verdict.state == "unreadable" else to_html(verdict.message),
            "text": verdict.message if verdict.state == "unreadable" else "",
            "reading": plain(verdict.reading),
            "misconception": verdict.misconception,
            "counts": verdict.counts,
        }
        assert {name: said_there[name] for name in here} == here, (raw, tries)
        assert said_there["score"] == (None if verdict.score is None else pytest.approx(verdict.score))
        states.add(verdict.state)
    return states


def _near(lot: random.Random, right: float, scale: float) -> float:
    return right + lot.choice([0, 0, 0.001, 0.009, 0.011, 0.5, 1, 3, 100]) * scale * lot.choice([-1, 1])


def _typed(lot: random.Random, value: float) -> str:
    text = lot.choice(["{:.2f}", "{:.4g}", "{:g}", "{:.6f}"]).format(value)
    return lot.choice([text, text.replace(".", ","), f" {text} ", text.replace("-", "−")])


def _some(lot: random.Random, names: list, chance: float = 0.9) -> list:
    return [name for name in names if lot.random() < chance]


def _answer(lot: random.Random, question: Question, numbers: dict):
    """A random answer of a question's kind, near the right one as often as not."""
    kind = question.asks
    right = value_of(question.right, numbers)
    examples = [value_of(wrong.example, numbers) for wrong in question.wrongs]
    if lot.random() < 0.1:
        return lot.choice([None, "", "  "])
    if isinstance(kind, Choice):
        return lot.choice([option.id for option in kind.options])
    if isinstance(kind, Several):
        return _some(lot, [option.id for option in kind.options], 0.5)
    if isinstance(kind, Order):
        items = [item.id for item in kind.items]
        places = list(range(1, len(items) + 1)) if lot.random() < 0.8 else [lot.randint(1, 4) for _ in items]
        lot.shuffle(places)
        return dict(_some(lot, list(zip(items, places, strict=True)), 0.97))
    if isinstance(kind, (Cards, Match)):
        parts, goals = (kind.cards, kind.bins) if isinstance(kind, Cards) else (kind.items, kind.partners)
        chosen = {part.id: lot.choice(goals).id for part in _some(lot, list(parts))}
        return {**chosen, **dict(_some(lot, list(right.items()), 0.5))}
    aim = lot.choice([right, right, *examples])
    if isinstance(kind, Number):
        return _typed(lot, _near(lot, float(aim), 1))
    if isinstance(kind, Table):
        return {cell.id: _typed(lot, _near(lot, float(aim[cell.id]), 1)) for cell in _some(lot, list(kind.cells))}
    if isinstance(kind, Allocate):
        total, names = value_of(kind.total, numbers), [receiver.id for receiver in kind.receivers]
        cuts = sorted(lot.randint(0, int(total)) for _ in names[1:])
        shares = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
        if lot.random() < 0.2:
            shares[0] += lot.choice([-5, 0.5, 20])
        if lot.random() < 0.3:
            shares = [aim[name] for name in names]
        return {n: _typed(lot, s) for n, s in _some(lot, list(zip(names, shares, strict=True)), 0.98)}
    assert isinstance(kind, Mark)
    low, high = kind.plot(numbers).x_range
    ends = [max(low, min(high, _near(lot, float(end), 1))) for end in (aim if kind.span else [aim])]
    if kind.span:
        return lot.choice([ends, ends, [lot.randint(2000, 2020), lot.randint(2000, 2020)], [ends[0], None]])
    return lot.choice([ends[0], lot.randint(2000, 2020), "2007,6"])


JUDGED = [name for name, question in QUESTIONS.items() if not isinstance(question.kind, Text)]


@pytest.mark.parametrize("name", JUDGED)
def test_the_script_judges_as_python_does(page, name):
    question, lot = QUESTIONS[name], random.Random(7)
    numbers = question.numbers("sample")
    cases = [[_answer(lot, question, numbers), lot.randint(0, 3)] for _ in range(600)]
    states = agree(page, question, cases)
    expected = {"predicted"} if isinstance(question.kind, Predict) else {"right", "wrong"}
    assert expected <= states


def test_a_text_is_kept_and_counted_as_python_does(page):
    question = QUESTIONS["demo.text"]
    texts = ["", " ", "one", "a b c", "a\u00a0b\u2009c d\ne f g h", "word " * 40, "x" * 20_001, "\x1ca\x85b"]
    assert agree(page, question, [[text, 0] for text in texts]) == {"silent", "saved", "unreadable"}


def test_an_odd_answer_of_a_file_breaks_nothing(page):
    odd = [[], {}, 3, True, "odd", [1, 2], ["a", "a"], {"x": 1}, {"low": []}, [[]], {"arka": {}}, -1e300, [None, None]]
    for question in QUESTIONS.values():
        for found in _judged(page, question, [[raw, 0] for raw in odd]):
            assert found["state"] in ("unreadable", "silent", "wrong", "partly", "predicted", "saved", "right")


KINDS = (
    Number(), Number(percent=True, between=(0, 1)), Number(unit="%"), Number(unit="bn USD"), Number(between=(0, None)),
    Number(unit="m", between=(None, 5)), Number(between=(-10, 1e7)),
    Number(between=(0, 100), whole=True),
)  # fmt: skip
TYPED_BY_HAND = (
    "12", "0,12", "0.12", ".5", "5.", "12 %", "12%", "12٪", "12 percent", "12 per cent", "12 PCT.", "12 pct", "1 234,5",
    "1 234 567", "1'234.5", "1’234’567,8", "1,234", "12,345", "1,2345", "0,123", "1.234.567", "1,234,567", "1.234,5",
    "1,234.5", "12,34.5", "½", "1½", "1 ½", "-½", "¾ %", "1/3", "2 / 3", "1 1/2", "1/0", "0/0", "⅓", "3⁄4", "−3", "–3",
    "—3", "- 3", "+3", "+ 3", "--3", "٣", "٣٫٥", "१२", "१२,५", "１２", "𝟙𝟚", "۱۲۳", "৭", "≈ 5", "~5", "= 7", "=~7",
    "1e3", "1E-3", "1e999", "1e-999", "1e+2", "e3", "3e", "0x10", "1_000", "NaN", "inf", "-inf", "Infinity", "∞",
    "twelve", "3 bn USD", "3 BN USD %", "3 %%", "%", "", "  ", "-", "+", ".", ",", "'", "1..2", "1,,2", "1 2 3",
    "3bn usd", "1 23", "1 234 56", "1\u00a0234,5", "1\u202f234", "1\u20091234", "\u200b12", "12\u200b",
    "\ufeff7", "12\ufeff%",
    "1\n2", "\t5\r\n", "0", "-0", "−0,0", "0 %", "100 %", "100", "101 %", "1.0000001", "1", "1.5", "-1", "-0.5", "5",
    "5.0000001", "6", "6 m", "6M", "10000000", "10000001", "9999999.5", "12345.25", "100000.5", "123456.5", "0.0000123",
    "0.00000000012345678", "1234567890123456", "99999999999999999999", "999999.5", "9.9999995", "0.1 + 0.2",
    "<b>3</b>", "`3`", "[a](b)", "**3**", "\u201c3\u201d", "3" * 60, "3" * 61, "x" * 200, "é" * 41, "1²", "²", "①",
    "1٬234", "5 USD", "$5", "Ⅳ", "十", "⅟3", "↉", "1/2/3", "1 000/3", "0,5 %", "1,234 %", "12 . 5", "5'",
    "1e5 %", "3 \u0665",
)  # fmt: skip
PIECES = (
    "0", "1", "2", "12", "123", "1234", "000", "567", ",", ".", " ", "'", "’", "−", "-", "+", "%", " %", "½", "⅔", "/",
    "e", "e2", "E-1", "٣", "१", "x", "bn USD", "m", "\u00a0", "\u202f", "~", "=", "pct", "\u200b", "5",
)  # fmt: skip


@pytest.mark.parametrize(
    "kind", KINDS, ids=lambda kind: f"{kind.unit or 'plain'}-{kind.percent}-{kind.between}{'-whole' * kind.whole}"
)
def test_typed_numbers_are_read_as_python_reads_them(page, kind):
    lot = random.Random(str(kind))
    typed = [*TYPED_BY_HAND, *("".join(lot.choices(PIECES, k=lot.randint(1, 6))) for _ in range(500))]
    typed += [f"{lot.uniform(-1, 1) * 10 ** lot.randint(-11, 17):.{lot.randint(1, 17)}g}" for _ in range(200)]
    question = replace(QUESTIONS["demo.number"], kind=kind, right=0.5, wrongs=(), draw=lambda d: {}, worked="")
    states = agree(page, question, [[text, 0] for text in typed])
    assert {"unreadable", "silent", "wrong"} <= states


# By keyboard alone


def right_keys(question: Question) -> list[tuple[str, str | int]]:
    """What to press in the fields, one after the other, for a right answer: (what, how often or which text)."""
    kind = question.asks
    numbers = question.numbers("sample")
    right = value_of(question.right, numbers)
    if isinstance(kind, Number):
        return [("type", f"{right * 100:.2f} %" if kind.percent else f"{right:g}")]
    if isinstance(kind, Choice):
        return [("radio", right)]
    if isinstance(kind, Several):
        return [("tick", option.id) for option in kind.options if option.id in right]
    if isinstance(kind, Text):
        return [("type", "one two three four")]
    if isinstance(kind, (Table, Allocate)):
        return [("type", f"{float(right[name]):g}") for name in right]
    if isinstance(kind, Mark):
        return [("range", float(end)) for end in (right if kind.span else [right])]
    if isinstance(kind, Order):
        order = [name for group in right for name in ([group] if isinstance(group, str) else group)]
        return [("list", f"{name} {order.index(name) + 1}") for name in order]
    return [("list", f"{name} {goal}") for name, goal in right.items()]


def tab_to(page, test: str) -> None:
    """Press Tab until the focused element meets a test in JavaScript (`e` is the element)."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const e = document.activeElement; return {test}; }}"):
            return
    raise AssertionError(f"the keyboard does not reach {test}")


def press(page, what: str, aim) -> None:
    """Give one field its value with keys alone; the field is found with Tab."""
    if what == "type":
        page.keyboard.type(str(aim))
    elif what == "radio":
        for _ in range(9):
            page.keyboard.press("ArrowDown")
            if page.evaluate("() => document.activeElement.value") == aim:
                return
        raise AssertionError(f"the arrows do not reach {aim}")
    elif what == "range":
        value = page.evaluate("() => Number(document.activeElement.value)")
        key = "ArrowRight" if aim > value else "ArrowLeft"
        for _ in range(round(abs(aim - value))):
            page.keyboard.press(key)
    else:
        for _ in range(9):
            page.keyboard.press("ArrowDown")
            if page.evaluate("() => document.activeElement.value") == aim.split(" ")[1]:
                return
        raise AssertionError(f"the arrows do not reach {aim}")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_kind_is_answered_by_keyboard_and_heard(visit, name):
    question = QUESTIONS[name]
    opened = visit()
    page = opened.page
    box = page.locator(at(question))
    assert box.locator("[role=status]").last.text_content() == ""
    inside = f"e.closest('.ra-check') && e.closest('.ra-check').id === '{at(question)[1:]}'"
    # Begin just before the question, as somebody who has read down to it.
    box.evaluate("(box) => { box.tabIndex = -1; box.focus(); }")
    for what, aim in right_keys(question):
        if what == "tick":
            tab_to(page, f"e.value === {aim!r}")
            page.keyboard.press("Space")
            page.evaluate("() => document.activeElement.closest('.ra-check').focus()")
            continue
        if what == "list":
            tab_to(page, f"e.dataset.part === {aim.split(' ')[0]!r}")
            press(page, what, aim)
            page.evaluate("() => document.activeElement.closest('.ra-check').focus()")
            continue
        tab_to(page, f"e.dataset.part !== undefined && {inside}")
        press(page, what, aim)
    tab_to(page, f"e.type === 'submit' && {inside}")
    page.keyboard.press("Enter")
    heading = {Predict: "Your guess is kept.", Text: "Saved."}.get(type(question.kind), "Right.")
    assert box.locator(".ra-reply[role=status] strong").text_content() == heading
    assert opened.errors == []


def test_enter_in_a_field_answers_too(visit):
    page = visit().page
    page.fill("#check-demo-number--0", "1")
    page.keyboard.press("Enter")
    assert page.locator("#check-demo-number .ra-reply strong").text_content() == "Not right yet."


def test_the_three_steps_of_help(visit):
    page, question = visit().page, QUESTIONS["demo.number"]
    numbers = question.numbers("sample")
    reply = page.locator("#check-demo-number .ra-reply")
    for tries, typed in enumerate(("0.5", "0.51", "0.52", "0.53")):
        page.fill("#check-demo-number--0", typed)
        assert reply.text_content() == ""
        page.keyboard.press("Enter")
        expected = judge(question, numbers, typed, tries)
        html = f"<p><strong>Not right yet.</strong></p>{to_html(expected.message)}"
        assert reply.inner_html().startswith(html)
    # The same answer again is no further try.
    page.keyboard.press("Enter")
    assert len(kept(page)["answers"]["demo.number"]) == 4


def test_an_answer_nobody_gave_is_asked_for_and_not_kept(visit):
    page = visit().page
    page.locator("#check-demo-several button[type=submit]").click()
    assert "Give an answer first" in page.locator("#check-demo-several .ra-reply").text_content()
    page.fill("#check-demo-number--0", "<img src=x onerror=alert(1)>")
    page.keyboard.press("Enter")
    reply = page.locator("#check-demo-number .ra-reply")
    assert "<img src=x onerror=alert(1)>" in reply.text_content()
    assert reply.locator("img").count() == 0
    assert kept(page) is None


def test_the_first_guess_stays(visit):
    page = visit().page
    box = page.locator("#check-demo-guess")
    assert not box.locator(".ra-later").is_visible()
    box.locator("input[value=more]").check()
    box.locator("button[type=submit]").click()
    assert "Your guess: More. What came out: Fewer." in box.locator(".ra-reply").text_content()
    assert box.locator(".ra-later").is_visible()
    assert box.locator("input").evaluate_all("(all) => all.every((one) => one.disabled)")
    page.reload()
    assert box.locator("input[value=more]").is_checked()
    assert box.locator("input[value=fewer]").is_disabled()
    box.locator("button[type=submit]").click()
    assert "Your guess: More." in box.locator(".ra-reply").text_content()
    assert len(kept(page)["answers"]["demo.guess"]) == 1


def test_a_mark_is_set_with_the_pointer_and_drawn(visit):
    page = visit().page
    box = page.locator("#check-demo-mark")
    plot = box.locator(".ra-live svg[data-low]")
    assert box.locator("output").text_content() == "not marked yet"
    plot.scroll_into_view_if_needed()
    where = plot.bounding_box()
    scale = where["width"] / plot.evaluate("(svg) => svg.viewBox.baseVal.width")
    low, high, start, end = (float(plot.get_attribute(f"data-{name}")) for name in ("low", "high", "start", "end"))
    x = start + (2010 - low) / (high - low) * (end - start)
    page.mouse.click(where["x"] + x * scale, where["y"] + where["height"] / 2)
    assert box.locator("output").text_content() == "2010"
    assert plot.locator(".ra-plot-mark text").text_content() == "2010"
    assert float(plot.locator(".ra-plot-mark path").get_attribute("d").split(" ")[0][1:]) == pytest.approx(x, abs=0.1)


def test_steps_and_what_is_left_of_a_sum(visit):
    page = visit().page
    box = page.locator("#check-demo-allocate")
    box.locator(".ra-step").nth(1).click()
    box.locator(".ra-step").nth(1).click()
    box.locator(".ra-step").nth(2).click()
    assert page.input_value("#check-demo-allocate--arka") == "10"
    assert page.input_value("#check-demo-allocate--boro") == "0"
    told = box.locator(".ra-so-far").text_content()
    assert "Given out: 10 mn USD of 80 mn USD. 70 mn USD is left." in told
    assert "Would walk out: Arka (now 10 mn USD" in told


def test_a_long_choice_can_be_read_on_a_phone(visit):
    page = visit(size=measure.NARROW).page
    page.locator("#check-demo-match--doubt option").nth(1).evaluate("(one) => { one.text = 'A long word '.repeat(9); }")
    page.select_option("#check-demo-match--doubt", index=1)
    shown = page.locator("#check-demo-match .ra-field").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one, '::after').content).filter((text) => text.includes('word'))"
    )
    assert len(shown) == 1
    assert measure.overflow(page)["pixels"] == 0


# How it looks and reads


def answer_all(page) -> None:
    """Press every button once, some of them with an answer."""
    page.fill("#check-demo-number--0", "12 34")
    page.check("#check-demo-choice--both")
    page.check("#check-demo-guess--more")
    page.fill("#check-demo-allocate--arka", "30")
    page.locator("#check-demo-span--0").press("ArrowRight")
    page.locator("#check-demo-span--1").press("ArrowRight")
    for button in page.locator(".ra-live button[type=submit]").all():
        button.click()
    page.locator("details:visible").evaluate_all("(all) => all.forEach((box) => { box.open = true; })")


@pytest.mark.parametrize("size", [measure.WIDE, measure.NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", measure.SCHEMES)
def test_the_page_is_accessible_and_fits(visit, scheme, size):
    opened = visit(scheme=scheme, size=size)
    for _ in range(2):
        assert measure.accessibility(opened.page) == {}
        assert measure.overflow(opened.page)["pixels"] == 0
        answer_all(opened.page)
    assert (opened.others, opened.missing, opened.errors) == ([], [], [])


def test_the_page_works_from_a_file(visit, folder):
    opened = visit(base_url=folder.as_uri())
    answer_all(opened.page)
    assert "REPLY-JOINT" in opened.page.locator("#check-demo-choice .ra-reply").text_content()
    opened.page.reload()
    assert opened.page.is_checked("#check-demo-choice--both")
    assert (opened.others, opened.errors) == ([], [])


def test_without_a_script_the_page_reads(visit):
    opened = visit(script=False, size=measure.NARROW)
    page = opened.page
    assert page.locator(".ra-live:visible, .ra-keeping:visible").count() == 0
    assert page.locator(".ra-offline:visible").count() == page.locator(".ra-check").count() == len(QUESTIONS)
    folded = page.locator("#check-demo-choice .ra-replies")
    folded.locator("summary").click()
    assert "REPLY-JOINT" in folded.inner_text()


def test_printed_questions_have_blanks(visit):
    page = visit().page
    page.emulate_media(media="print")
    assert page.locator(".ra-live:visible, .ra-keeping:visible, .ra-replies:visible").count() == 0
    assert page.locator(".ra-offline:visible").count() == len(QUESTIONS)


# Answers are kept


def kept(page) -> dict | None:
    """What this browser keeps for the page."""
    return page.evaluate(
        "() => { const key = Object.keys(localStorage).find((name) => name.startsWith('regionalism-answers'));"
        " return key ? JSON.parse(localStorage[key]) : null; }"
    )


def answer_choice(page, option: str) -> None:
    page.check(f"#check-demo-choice--{option}")
    page.locator("#check-demo-choice button[type=submit]").click()


def test_answers_survive_a_reload(visit):
    page = visit().page
    answer_all(page)
    before = page.locator(".ra-check").evaluate_all("(all) => all.map((box) => box.className)")
    page.fill("#check-demo-text--0", "kept words of mine")
    page.locator("#check-demo-text button[type=submit]").click()
    page.reload()
    assert page.is_checked("#check-demo-choice--both")
    assert page.input_value("#check-demo-text--0") == "kept words of mine"
    assert page.locator("#check-demo-span output").first.text_content() == "2006"
    after = page.locator(".ra-check").evaluate_all("(all) => all.map((box) => box.className)")
    assert [name for name in after if "wrong" in name] == [name for name in before if "wrong" in name]
    document = storage.from_document(kept(page))
    assert document.chapter == "demo"
    assert [attempt.state for attempt in document.answers["demo.choice"]] == ["wrong"]


def test_two_tabs_keep_the_answers_of_both(visit):
    first = visit().page
    second = first.context.new_page()
    second.goto(first.url)
    answer_choice(first, "both")
    second.wait_for_function("() => document.querySelector('#check-demo-choice--both').checked")
    second.fill("#check-demo-number--0", "0,1")
    second.keyboard.press("Enter")
    first.wait_for_function("() => document.querySelector('#check-demo-number--0').value === '0,1'")
    answer_choice(first, "none")
    document = storage.from_document(kept(first))
    assert {name: len(history) for name, history in document.answers.items()} == {"demo.choice": 2, "demo.number": 1}


def test_what_is_being_typed_stays_when_another_tab_answers(visit):
    first = visit().page
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("#check-demo-text--0", "half a sentence")
    answer_choice(second, "luck")
    first.wait_for_function("() => document.querySelector('#check-demo-choice--luck').checked")
    assert first.input_value("#check-demo-text--0") == "half a sentence"


def download(page, folder: Path) -> Path:
    open_keeping(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my answers").click()
    assert waiting.value.suggested_filename == "answers-demo-page.json"
    path = folder / "answers-demo-page.json"
    waiting.value.save_as(path)
    return path


def open_keeping(page) -> None:
    page.locator(".ra-keeping").evaluate("(box) => { box.open = true; }")


def take(page, path: Path) -> str:
    """Take up a file with the page's control; gives what the page says."""
    open_keeping(page)
    with page.expect_file_chooser() as waiting:
        page.get_by_role("button", name="Take up answers from a file").click()
    waiting.value.set_files(path)
    page.wait_for_function("(name) => document.querySelector('.ra-notice').textContent.includes(name)", arg=path.name)
    return page.locator(".ra-notice").text_content()


def test_answers_travel_in_a_file(visit, tmp_path):
    page = visit().page
    answer_all(page)
    path = download(page, tmp_path)
    document = storage.from_document(json.loads(path.read_text("utf-8")))
    assert document.student == "page"
    for name, history in document.answers.items():
        question = QUESTIONS[name]
        for attempt in history:
            assert attempt.numbers == question.numbers("sample")
            verdict = judge(question, attempt.numbers, attempt.raw, attempt.tries)
            told = (verdict.state, verdict.score, verdict.misconception, verdict.counts)
            assert told == (attempt.state, attempt.score, attempt.misconception, attempt.counts)
    elsewhere = visit().page
    answer_choice(elsewhere, "luck")
    assert "were taken up" in take(elsewhere, path)
    both = storage.from_document(kept(elsewhere)).answers
    assert [attempt.raw for attempt in both["demo.choice"]] == ["both", "luck"]
    assert elsewhere.is_checked("#check-demo-guess--more")
    assert elsewhere.is_disabled("#check-demo-guess--more")
    assert "were taken up" in take(elsewhere, path)
    assert len(kept(elsewhere)["answers"]["demo.choice"]) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "another"}, "not a file of answers of this course"),
        ({"version": 99}, "a later edition"),
        ({"chapter": "gains"}, "another chapter"),
        ({"student": "Aigerim"}, "answers of a sheet"),
        ({"answers": {"demo.choice": [{"raw": 1}]}}, "damaged"),
        ({"answers": {"demo.choice": []}}, "damaged"),
        ({"answers": []}, "damaged"),
        (None, "not whole"),
    ],
)
def test_a_damaged_file_is_refused_with_a_word(visit, tmp_path, change, words):
    page = visit().page
    answer_choice(page, "both")
    before = kept(page)
    path = tmp_path / "odd.json"
    path.write_text("{" if change is None else json.dumps({**before, **change}), "utf-8")
    told = take(page, path)
    assert words in told
    assert "Your answers here are as they were." in told
    assert kept(page) == before


def test_answers_are_forgotten_after_a_second_press(visit):
    page = visit().page
    answer_choice(page, "both")
    open_keeping(page)
    forget = page.get_by_role("button", name="Forget my answers on this device")
    forget.click()
    assert "once more" in page.locator(".ra-notice").text_content()
    assert kept(page) is not None
    forget.click()
    assert kept(page) is None
    assert not page.is_checked("#check-demo-choice--both")
    page.reload()
    assert not page.is_checked("#check-demo-choice--both")


BLOCKED = {
    "no storage": "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });",
    "no room": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
}


@pytest.mark.parametrize("how", BLOCKED)
def test_a_browser_that_keeps_nothing_says_so_and_still_answers(visit, how, tmp_path):
    opened = visit()
    page = opened.page
    page.add_init_script(BLOCKED[how])
    page.reload()
    answer_choice(page, "both")
    assert "REPLY-JOINT" in page.locator("#check-demo-choice .ra-reply").text_content()
    assert "until the page is closed" in page.locator(".ra-notice").text_content()
    assert list(json.loads(download(page, tmp_path).read_text("utf-8"))["answers"]) == ["demo.choice"]
    assert opened.errors == []


@pytest.mark.parametrize(
    ("text", "words", "stays"),
    [
        ("{", "damaged (it is not whole)", False),
        ('{"format": "regionalism-answers", "version": 99}', "a later edition", True),
    ],
)
def test_what_the_browser_keeps_may_be_damaged_or_newer(visit, text, words, stays):
    page = visit().page
    answer_choice(page, "both")
    page.evaluate("(text) => { localStorage[Object.keys(localStorage)[0]] = text; }", text)
    page.reload()
    assert words in page.locator(".ra-notice").text_content()
    answer_choice(page, "luck")
    left = page.evaluate("() => Object.values(localStorage)")
    assert text in left
    assert (len(left) == 1) == stays


def test_what_no_page_has_written_leaves_the_others_as_they_are(visit):
    opened = visit()
    page = opened.page
    answer_choice(page, "both")
    odd = {"toString": 1, "valueOf": 1}
    page.evaluate(
        """(odd) => {
          const key = Object.keys(localStorage)[0], kept = JSON.parse(localStorage[key]);
          const [one] = kept.answers["demo.choice"];
          document.querySelectorAll(".ra-check script").forEach((script) => {
            const { id, numbers } = JSON.parse(script.textContent);
            if (id !== "demo.choice") { kept.answers[id] = [{ ...one, numbers, raw: odd }]; }
          });
          localStorage[key] = JSON.stringify(kept);
        }""",
        odd,
    )
    page.reload()
    assert "REPLY-JOINT" in page.locator("#check-demo-choice .ra-reply").text_content()
    assert opened.errors == []


def test_a_text_is_kept_without_a_press(visit):
    page = visit().page
    page.fill("#check-demo-text--0", "half a thought")
    page.locator("#check-demo-number--0").focus()
    assert [one["raw"] for one in kept(page)["answers"]["demo.text"]] == ["half a thought"]
    page.fill("#check-demo-text--0", "half a thought and more")
    page.reload()
    assert page.input_value("#check-demo-text--0") == "half a thought and more"
