"""The slides of a lesson as HTML: one for each screen of the plan, no answer before its time, clear errors."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from regionalism.exercises.prose import inline, plain
from regionalism.teaching import content, slides
from regionalism.teaching.asking import asked
from regionalism.teaching.plan import Plan, PlanError, Role, Slide, Slip, Turn

SECTION = re.compile(r'<section class="sl-slide.*?</section>', re.DOTALL)


def turn(*shown: Slide, **changed) -> Turn:
    basis = Turn("open", 6, "A first step", "All look.", ("Look at this.",), "They look.", "They see it.", slides=shown)
    return replace(basis, **changed)


def lesson(*turns: Turn) -> Plan:
    return Plan("gains", "Students can say why.", ("Print the cards.",), turns, "a board", {}, "as it is",
                (Role("Reader", "reads"),), "leave out the rest")


def screens(plan: Plan) -> list[str]:
    return SECTION.findall(slides.deck_html(plan))


def screen_part(section: str) -> str:
    """A slide without its notes."""
    return section.split('<p class="sl-when">')[0]


def text(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_each_slide_is_a_section_after_a_cover():
    plan = lesson(turn(Slide("words", "One"), Slide("words", "Two", "Some *words*.")), turn(minutes=9, title="Alone"))
    found = screens(plan)
    assert [re.search(r'data-title="([^"]*)"', part)[1] for part in found] == [
        "When does it pay to act together?", "One", "Two", "Alone"]
    assert [re.search(r'data-minutes="([^"]*)"', part)[1] for part in found] == [
        "before the lesson", "minute 0 to 6", "minute 0 to 6", "minute 6 to 15"]
    assert "<em>words</em>" in found[2]
    assert [re.search(r' id="([^"]*)"', part)[1] for part in found] == [f"slide-{number}" for number in range(1, 5)]
    assert "After this lesson you can say why." in found[0]
    assert "Print the cards." in found[0]


def test_the_page_is_one_piece_with_the_root_that_loads_its_files(monkeypatch):
    monkeypatch.setattr(content, "plan", lambda stem: lesson(turn(Slide("words", "One"))))
    ((heading, markup),) = slides.sections("gains")
    assert heading == ""
    assert markup.startswith('<div data-slides="gains"')


def test_notes_stand_once_with_the_first_slide_of_a_step():
    step = turn(Slide("words", "One"), Slide("words", "Two"), slips=(Slip("It is easy", "Is it?"),), without="Hands.")
    _, first, second = screens(lesson(step))
    for words in ("Look at this.", "They look.", "They see it.", "They say: It is easy Ask: Is it?", "Hands."):
        assert words in text(first)
        assert words not in text(second)
        assert words not in text(screen_part(first))


def test_what_a_plan_says_is_escaped():
    bad = "<script>alert('x')</script> & \"more\""
    step = turn(Slide("words", bad, bad), title=bad, say=(bad,), do=bad, expect=bad, slips=(Slip(bad, bad),))
    markup = slides.deck_html(replace(lesson(step), aim=bad, prepare=(bad,)))
    assert "<script" not in markup
    assert html.escape(bad) in markup


@pytest.mark.parametrize("reference", ["gains.quick-gain", "gains.kinds", "gains.patience", "leadership.largest",
                                       "gains-public-good"])
def test_an_asking_slide_gives_no_answer_away(reference):
    question = asked(reference)
    shown = screen_part(screens(lesson(turn(Slide("ask", "A vote", of=reference))))[1])
    assert text(inline(question.prompt)) in text(shown)
    assert "Right" not in text(shown)
    assert plain(question.why) not in text(shown)
    for answer in question.answers:
        assert plain(answer.text) in text(shown)
        assert plain(answer.reply) not in text(shown)
    if question.solution:
        assert question.solution not in text(shown)
    for sign in ("sl-right", "sl-not", "sl-reply", "sl-why", "✓", "✗"):
        assert sign not in shown


def test_options_of_an_asking_slide_differ_by_letter_and_text_alone():
    shown = screens(lesson(turn(Slide("ask", "A vote", of="gains.quick-gain"))))[1]
    items = re.findall(r"<li>(.*?)</li>", screen_part(shown))
    shapes = {re.sub(r">[^<]+<", "><", item) for item in items}
    assert len(items) == len(asked("gains.quick-gain").answers)
    assert len(shapes) == 1


@pytest.mark.parametrize(("reference", "letters"), [("gains.kinds", "ABC"), ("leadership.largest", "ABCDE")])
def test_a_sorting_shows_pieces_and_places(reference, letters):
    shown = screen_part(screens(lesson(turn(Slide("ask", "Sort", of=reference))))[1])
    for piece in asked(reference).pieces:
        assert plain(piece.text) in text(shown)
    assert "".join(re.findall(r'sl-letter">([A-Z])<', shown)) == letters


def test_a_table_to_work_with_stands_beside_the_question():
    shown = screen_part(screens(lesson(turn(Slide("ask", "In a row", of="leadership.largest"))))[1])
    assert "<table" in shown
    assert "Turkmenistan" in text(shown)


def test_what_came_out_of_a_guess_comes_with_the_answer_only():
    plan = lesson(turn(Slide("ask", "Guess", of="outsourcing.arms-guess"),
                       Slide("reveal", "What came out", of="outsourcing.arms-guess")))
    _, asking, answer = map(screen_part, screens(plan))
    assert "<table" not in asking
    before, after = answer.split('<div class="sl-after">')
    assert "<table" not in before
    assert "<table" in after


def test_a_reveal_marks_by_sign_and_word_and_replies_to_each_tempting_answer():
    question = asked("gains.quick-gain")
    shown = screen_part(screens(lesson(turn(Slide("reveal", "Told", "Keep this.", of=question.reference))))[1])
    before, after = shown.split('<div class="sl-after">')
    assert f"✓ Right: {plain(question.answers[2].text)} {plain(question.why)}" in text(after)
    assert text(after).count("✗ Not this:") == 2
    for answer in question.answers:
        assert plain(answer.reply) in text(after)
    assert "Keep this." in text(after)
    # The slide's own title may tell the answer: what is seen first is the question's.
    assert "Told" not in text(before.replace('<span class="sl-after">Told</span>', ""))
    assert "Keep this." not in text(before)
    assert "Right" not in text(before)


def test_a_reveal_of_a_sorting_puts_each_piece_where_it_belongs():
    question = asked("gains.kinds")
    shown = screens(lesson(turn(Slide("reveal", "Sorted", of="gains.kinds"))))[1]
    places = re.findall(r"<li><p>.*?</ul></li>", shown.split('<ul class="sl-places">')[1])
    assert len(places) == len(question.heaps)
    for heap, place in zip(question.heaps, places, strict=True):
        assert plain(heap) in text(place)
        for piece in question.pieces:
            assert (plain(piece.text) in text(place)) == (piece.belongs == heap)


def test_an_order_is_told_place_by_place():
    shown = text(screens(lesson(turn(Slide("reveal", "In a row", of="outsourcing.cheapest"))))[1])
    assert re.search(r"Place 1 [A-D] Stand alone Place 2 [A-D] A pool of five", shown)


@pytest.mark.parametrize("slide", [
    Slide("figure", "No such chart", of="nothing_here"),
    Slide("figure", "A table", of="sizes"),
    Slide("figure", "No such module", of="nowhere.burden"),
    Slide("figure", "Out of reach", of="_burden_rows"),
    Slide("ask", "No such question", of="gains.nothing"),
    Slide("reveal", "A transfer question", of="gains.transfer-locusts"),
])
def test_an_error_names_the_plan_and_the_slide(slide):
    with pytest.raises(PlanError, match=re.escape(f"gains, slide 3 {slide.title!r}: ")) as caught:
        slides.deck_html(lesson(turn(Slide("words", "First"), slide)))
    assert slide.of in str(caught.value)


@pytest.mark.local
def test_a_figure_keeps_its_finding_and_its_source():
    from regionalism.figures.gains import burden

    figure = burden()
    once, again = Slide("figure", "The load", "Who is missing?", "burden"), Slide("figure", "Again", of="burden")
    plan = lesson(turn(once), turn(again))
    _, first, second = screens(plan)
    assert f'tabindex="-1">{html.escape(figure.title)}</h2>' in first
    assert "· The load" in text(first)
    assert figure.subtitle in text(first)
    assert f"Source: {figure.source}" in text(first)
    assert figure.note in text(first)
    assert "Who is missing?" in text(first)
    ids = re.findall(r'\bid="([^"]+)"', first + second)
    assert len(ids) == len(set(ids))


@pytest.mark.local
def test_a_figure_of_another_module_can_be_shown():
    assert "<svg" in screens(lesson(turn(Slide("figure", "By air", of="region.air_links"))))[1]


@pytest.mark.local
def test_a_chart_too_high_to_be_read_is_refused():
    with pytest.raises(PlanError, match="'All of them'.*at most 800"):
        slides.deck_html(lesson(turn(Slide("figure", "All of them", of="region.among_the_five"))))


@pytest.mark.local
@pytest.mark.parametrize("stem", content.STEMS)
def test_every_slide_of_a_real_plan_is_there(stem):
    plan = content.plan(stem)
    ((_, markup),) = slides.sections(stem)
    found = SECTION.findall(markup)
    shown = [slide for step in plan.turns for slide in step.slides or (Slide("words", step.title),)]
    assert len(found) == 1 + len(shown)
    for slide, section in zip(shown, found[1:], strict=True):
        assert f'data-kind="{slide.kind}"' in section
        assert plain(slide.title) in text(section) or slide.kind == "figure"
        if slide.kind == "ask":
            assert "✓" not in screen_part(section)
            assert all(plain(answer.reply) not in text(screen_part(section)) for answer in asked(slide.of).answers)
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
