"""Paper cards: made from the questions alone, with the right answers nowhere but in the teacher's part."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionalism.exercises import chapter
from regionalism.exercises.prose import plain
from regionalism.site import measure
from regionalism.site.server import serving
from regionalism.teaching import cards, content
from regionalism.teaching.asking import LETTERS, Answer, Asked, AskingError, Piece, asked
from regionalism.teaching.content import STEMS
from regionalism.teaching.plan import Plan, Turn

VOID = {"br", "img", "hr", "input", "path", "circle"}
every = pytest.mark.parametrize("stem", STEMS)


class Parts(HTMLParser):
    """The words of a page, those in the teacher's part apart from the others; fails if tags are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.ids: list[str] = []
        self.teachers, self.others = "", ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.ids += [named["id"]] if "id" in named else []
        if tag not in VOID:
            inside = bool(self.open and self.open[-1][1]) or "tp-teacher" in (named.get("class") or "").split()
            self.open.append((tag, inside))

    def handle_startendtag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1][1]:
            self.teachers += data
        else:
            self.others += data


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def as_shown(text: str) -> str:
    """How a text begins where it is shown."""
    return plain(words(cards.to_html(text)))[:50]


def plan_of(*questions: str, last: tuple[str, ...] = ()) -> Plan:
    """A plan that asks these questions, and others at its end."""
    turns = tuple(
        Turn(part, 40, part, "All vote.", ("Say.",), "Do.", "Expect.", questions=asks)
        for part, asks in (("predict", questions), ("exit", last))
    )
    return Plan("gains", "Aim.", (), turns, "Board.", {}, "So.", (), "So.")


def page(plan: Plan) -> dict[str, str]:
    return dict(cards.card_sections(plan))


def whole(plan: Plan) -> str:
    return "".join(html for _, html in cards.card_sections(plan))


ALL = ("gains.quick-gain", "gains-which-game", "gains.kinds", "gains.institutions", "outsourcing.cheapest",
       "outsourcing.arms-guess", "puzzle.search", "gains.patience")  # fmt: skip


def test_kinds_that_no_question_needs_are_left_out():
    assert list(page(plan_of("gains.patience"))) == [
        "What to print", "Guesses to write down", "Prediction slips", "For the teacher: right answers"
    ]  # fmt: skip
    assert list(page(plan_of("outsourcing.cheapest"))) == [
        "What to print", "Sorting cards", "For the teacher: right answers"
    ]  # fmt: skip
    assert list(page(plan_of(*ALL))) == [
        "What to print", "Show of hands", "Guesses to write down", "Voting cards A, B, C, D and E", "Sorting cards",
        "Prediction slips", "For the teacher: right answers",
    ]  # fmt: skip


def test_a_transfer_question_is_refused():
    with pytest.raises(AskingError, match="counts for marks"):
        cards.card_sections(plan_of("gains.transfer-locusts"))


def test_a_changed_question_changes_the_card(monkeypatch):
    old = chapter("gains").self_check[0]
    options = tuple(dataclasses.replace(option, text=f"New {option.id} <&>") for option in old.kind.options)
    new = dataclasses.replace(old, title="Quite new", prompt="A **new** prompt?", praise="New reason.",
                              kind=dataclasses.replace(old.kind, options=options))  # fmt: skip
    changed = dataclasses.replace(chapter("gains"), self_check=(new,))
    monkeypatch.setattr("regionalism.teaching.asking.chapter", lambda stem: changed)
    made = page(plan_of(old.id))
    for heading in ("Show of hands", "For the teacher: right answers", "Prediction slips"):
        assert "Quite new" in made[heading]
    assert "<p>A <strong>new</strong> prompt?</p>" in made["Show of hands"]
    assert "New reason." in made["For the teacher: right answers"]
    for option in options:
        assert f"New {option.id} &lt;&amp;&gt;" in made["Show of hands"]
        assert f"New {option.id} &lt;&amp;&gt;" in made["For the teacher: right answers"]


def test_texts_are_escaped(monkeypatch):
    nasty = "<script>alert(1)</script> & \"x\""
    texts = (nasty, nasty, nasty)
    made = Asked("made.up", "vote", *texts, (Answer("A", nasty, True, nasty), Answer("B", nasty, False, nasty)))
    sort = Asked("made.sort", "sort", *texts, pieces=(Piece(nasty, nasty),), heaps=(nasty,), sorting="heaps")
    guess = Asked("made.guess", "guess", *texts, solution=nasty, unit=nasty)
    monkeypatch.setattr(cards, "asked", {one.reference: one for one in (made, sort, guess)}.__getitem__)
    html = whole(plan_of("made.up", "made.sort", "made.guess"))
    assert "<script" not in html
    assert Parts(html).others.count(nasty) > 8


@pytest.mark.parametrize("reference", ALL)
def test_right_answers_stand_in_the_teachers_part_alone(reference):
    question, made = asked(reference), Parts(whole(plan_of(reference)))
    assert "Right" in made.teachers or question.way == "sort"
    assert "Right:" not in made.others
    for told in (question.why, *(answer.reply for answer in question.answers)):
        assert as_shown(told) in plain(made.teachers)
        assert as_shown(told) not in plain(made.others)
    if question.way == "guess":
        assert question.solution in made.teachers


@pytest.mark.parametrize("reference", ALL)
def test_nothing_but_words_differs_between_right_and_wrong_options(reference, monkeypatch):
    """With the right answer moved, all but the teacher's part stays as it was."""
    question = asked(reference)
    moved = dataclasses.replace(
        question,
        solution="999999",
        why="Another reason.",
        answers=tuple(dataclasses.replace(a, right=not a.right, reply="Other.") for a in question.answers),
    )
    before = Parts(whole(plan_of(reference))).others
    monkeypatch.setattr(cards, "asked", lambda named: moved)
    assert Parts(whole(plan_of(reference))).others == before


def test_what_a_prediction_shows_stands_in_the_teachers_part():
    made = Parts(whole(plan_of("outsourcing.arms-guess")))
    heading = "From Russia, million TIV"
    assert heading in made.teachers
    assert heading not in made.others


def test_what_a_question_shows_stands_beside_it():
    made = page(plan_of("puzzle.search", "outsourcing.cheapest"))
    for heading, reference in (("Show of hands", "puzzle.search"), ("Sorting cards", "outsourcing.cheapest")):
        shown = asked(reference).show
        assert isinstance(shown, pd.DataFrame)
        assert all(str(name) in words(made[heading]) for name in shown.columns)


def test_letters_agree_between_card_and_teachers_page():
    made = page(plan_of("gains.quick-gain", "gains-which-game"))
    for reference in ("gains.quick-gain", "gains-which-game"):
        block = made["Show of hands"].split(f'id="ask-{reference.replace(".", "-")}"')[1].split("<table")[0]
        shown = re.findall(r'<li><b class="tp-letter">(\w)</b> <span>(.*?)</span></li>', block)
        answers = made["For the teacher: right answers"].split(f'id="answer-{reference.replace(".", "-")}"')[1]
        right = re.findall(r"Right: (\w): (.*?)</strong>", answers.split("</section>")[0])
        wrong = re.findall(r'<th scope="row">(\w): (.*?)</th>', answers.split("</section>")[0])
        assert sorted(right + wrong) == shown
        assert len(right) == 1


def test_heaps_have_the_letters_of_the_voting_cards_and_the_same_on_the_teachers_page():
    made = page(plan_of("gains.kinds"))
    on_cards = re.findall(r'tp-heap"><b class="tp-letter">(\w)</b> (.*?)</li>', made["Sorting cards"])
    teachers = re.findall(r'<th scope="row"><b class="tp-letter">(\w)</b> (.*?)</th>', whole(plan_of("gains.kinds")))
    assert on_cards == teachers
    assert [letter for letter, _ in on_cards] == ["A", "B", "C"]
    assert "Voting cards A, B and C" in made


def test_an_order_says_what_stands_first_and_last():
    html = page(plan_of("outsourcing.cheapest"))["Sorting cards"]
    assert "its place with their fingers" in html
    assert "the letter of" not in html
    assert re.findall(r'tp-heap">(.*?)</li>', html) == ["1 (costs least)", "2", "3", "4 (costs most)"]


def test_voting_cards_are_told_apart_without_colours():
    assert set(cards.PATTERNS) == set(LETTERS)
    assert len({drawn for _, drawn in cards.PATTERNS.values()}) == len(LETTERS)
    html = cards._voting_html("ABCD")
    assert re.findall(r'aria-label="(\w), framed with', html) == list("ABCD")
    assert re.findall(r'id="(tp-pattern-\w)"', html) == re.findall(r"url\(#(tp-pattern-\w)\)", html)


def test_slips_ask_what_comes_before_the_exit_four_to_a_sheet():
    first = ("gains.quick-gain", "gains.kinds", "gains.patience", "gains.more-to-gain")
    plan = plan_of(*first, last=("gains.quick-tool",))
    html = page(plan)["Prediction slips"]
    slips = html.split("tp-slip")[2:]
    assert len(slips) == 4
    assert len({slip.split("<ol>")[1].split("</ol>")[0] for slip in slips}) == 1
    lines = re.findall(r"<li>([^<]+)<br>(.*?)</li>", slips[0])
    assert [title for title, _ in lines] == [asked(name).title for name in
                                             ("gains.quick-gain", "gains.patience", "gains.more-to-gain")]  # fmt: skip
    assert re.findall(r"tp-tick.*?</span> (\w)</span>", lines[0][1]) == ["A", "B", "C"]
    assert lines[1][1].startswith("My guess:")
    assert lines[2][1].endswith("%")


def test_how_many_copies_to_print():
    rows = re.findall(r"<tr>(.*?)</tr>", page(plan_of(*ALL))["What to print"])
    numbers = {words(row.split("</th>")[0]): re.findall(r"<td>(\d+)</td>", row) for row in rows[1:]}
    assert numbers == {
        "Questions to read out or to project": ["1", "1", "1"],
        "Voting cards": ["20", "60", "120"],
        "Sorting cards": ["5", "15", "30"],
        "Prediction slips": ["5", "15", "30"],
        "Right answers": ["1", "1", "1"],
    }


@given(st.lists(st.sampled_from("xyz"), min_size=3, max_size=9))
def test_the_order_of_the_cards_gives_nothing_away(homes):
    pieces = tuple(Piece(f"Piece {n}", home) for n, home in enumerate(sorted(homes)))
    sort = Asked("made.up", "sort", "T", "P", "W", pieces=pieces, heaps=("x", "y", "z"), sorting="heaps")
    order = cards.mixed(sort)
    assert sorted(order, key=lambda piece: piece.text) == list(pieces)
    assert order == cards.mixed(dataclasses.replace(sort, pieces=pieces[::-1]))
    several = len(set(homes)) > 1 and not (len(set(homes)) == len(homes) - 1 == 1)
    if several:
        assert not cards.tells(order, sort.heaps)


@pytest.mark.parametrize(
    ("homes", "tells"),
    [("xyz", True), ("zyx", True), ("xzy", False), ("xxyy", True), ("yyxxzz", True), ("xyxy", False)],
)
def test_an_order_that_gives_the_answer_away(homes, tells):
    assert cards.tells([Piece(str(n), home) for n, home in enumerate(homes)], ("x", "y", "z")) == tells


def test_pieces_that_share_a_place_are_told_to_the_teacher():
    pieces = (Piece("a", "1"), Piece("b", "1"), Piece("c", "3"))
    more = {"pieces": pieces, "heaps": ("1", "2", "3"), "sorting": "places", "ends": ("f", "l")}
    sort = Asked("made.up", "sort", "T", "P", "W", **more)
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', cards._homes_html(sort))
    assert [(name, words(held)) for name, held in rows] == [
        ("1 (f)", "ab"), ("2", "shared with the place before"), ("3 (l)", "c")
    ]  # fmt: skip


# The four lessons of the course


@every
def test_every_option_piece_and_heap_of_the_lesson_stands_on_the_cards(stem):
    plan = content.plan(stem)
    shown = plain(Parts(whole(plan)).others)
    for question in map(asked, plan.questions):
        for text in (question.title, question.prompt, *question.heaps):
            assert as_shown(text) in shown
        for part in (*question.answers, *question.pieces):
            assert plain(part.text) in shown


@every
def test_no_order_of_cards_gives_an_answer_away(stem):
    for question in map(asked, content.plan(stem).questions):
        if question.way == "sort":
            assert not cards.tells(cards.mixed(question), question.heaps)


@every
def test_the_page_is_well_formed_with_ids_used_once(stem):
    ids = Parts(whole(content.plan(stem))).ids
    assert len(ids) == len(set(ids))
    for reference in content.plan(stem).questions:
        assert f"ask-{reference.replace('.', '-')}" in ids
        assert f"answer-{reference.replace('.', '-')}" in ids


@every
def test_right_answers_of_the_lesson_stand_in_the_teachers_part_alone(stem):
    made = Parts(whole(content.plan(stem)))
    for question in map(asked, content.plan(stem).questions):
        for told in (question.why, *(answer.reply for answer in question.answers)):
            assert as_shown(told) in plain(made.teachers)
            assert as_shown(told) not in plain(made.others)


# In a browser


@pytest.fixture(scope="module")
def base(built):
    with serving(built) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize(("stem", "scheme"), list(zip(STEMS, 2 * measure.SCHEMES, strict=True)))
def test_the_page_is_accessible_and_fits_a_phone(chromium, base, stem, scheme):
    page_name = f"book/teaching/cards-{stem}.html"
    with measure.visiting(chromium, base, page_name, size=measure.NARROW, scheme=scheme) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        assert measure.accessibility(visit.page) == {}
        assert measure.overflow(visit.page)["pixels"] == 0
        assert (visit.others, visit.missing, visit.errors) == ([], [], [])


@pytest.mark.browser
def test_on_paper_answers_stand_on_the_last_sheets_only(chromium, base):
    with measure.visiting(chromium, base, "book/teaching/cards-gains.html") as visit:
        assert visit.page.locator("details.tp-teacher > p").first.is_hidden()
        visit.page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
        visit.page.emulate_media(media="print")
        folded, last = visit.page.locator("details.tp-teacher"), visit.page.locator(".tp-kind .tp-answers")
        assert folded.count() > 0
        assert not any(box.is_visible() for box in folded.all())
        assert last.is_visible()
        broken = visit.page.evaluate(
            "() => [...document.querySelectorAll('.tp-kind')].map((e) => getComputedStyle(e).breakAfter)"
        )
        assert broken == ["page"] * (len(broken) - 1) + ["auto"]
        whole = visit.page.evaluate(
            "() => [...document.querySelectorAll('.tp-cut')].map((e) => getComputedStyle(e).breakInside)"
        )
        assert set(whole) == {"avoid"}
