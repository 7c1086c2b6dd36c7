"""The two tests: what they cover, that they are fair, and that their numbers agree with the models."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from regionalism.exercises import chapter
from regionalism.exercises.question import Choice, Option
from regionalism.models import external, games2x2, kgroups, leadership
from regionalism.teaching import forms, forms_page
from regionalism.teaching.content import STEMS

FIRST, SECOND = forms.form("first"), forms.form("second")
BOTH = pytest.mark.parametrize("form", [FIRST, SECOND], ids=lambda form: form.name)


@BOTH
def test_a_form_has_no_fault(form):
    assert forms.problems(form) == []


@BOTH
def test_each_watched_idea_can_be_betrayed_in_two_items(form):
    for name in forms.watched():
        assert sum(name in item.misconceptions for item in form.items) >= 2, name


def test_the_watched_ideas_are_those_of_the_chapters_and_of_no_other():
    for stem, names in forms.WATCHED.items():
        for name in names:
            holders = [other for other in STEMS if name in chapter(other).misconceptions]
            assert holders == [stem]


@BOTH
def test_an_item_is_no_item_of_the_chapters(form):
    prompts = {item.prompt for item in form.items}
    for stem in STEMS:
        whole = chapter(stem)
        for question in (*whole.questions, *whole.self_check):
            assert question.prompt not in prompts
    names = {"Arka", "Boro", "Celan", "Dala", "Elin"}
    for item in form.items:
        words = {word.strip(".,:?*") for word in str(item.prompt).split()}
        assert not words & names, item.id


@BOTH
def test_a_form_uses_none_of_the_terms_of_the_course(form):
    terms = ("regionalism", "equilibrium", "public good", "weakest link", "free rider", "assurance", "summation")
    for item in form.items:
        text = " ".join([str(item.prompt), *(str(option.text) for option in forms.options(item))]).casefold()
        assert not [term for term in terms if term in text], item.id


@BOTH
def test_an_item_can_be_read_in_a_minute(form):
    for item in form.items:
        assert len(str(item.prompt).split()) <= 70, item.id
        assert all(len(sentence.split()) <= 26 for sentence in str(item.prompt).replace("?", ".").split(". ")), item.id


# What problems() sees


def _with(item_at: int, **changes):
    items = list(FIRST.items)
    items[item_at] = replace(items[item_at], **changes)
    return replace(FIRST, items=tuple(items))


def _options(item_at: int, texts: tuple[str, ...]):
    old = forms.options(FIRST.items[item_at])
    kind = Choice(tuple(replace(o, text=t) for o, t in zip(old, texts, strict=True)), shuffled=False)
    return _with(item_at, kind=kind)


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (replace(FIRST, items=FIRST.items[:9]), "the ids are"),
        (replace(FIRST, ideas=FIRST.ideas[:9]), "9 ideas for 10 items"),
        (_with(0, points=2), "1 point"),
        (_with(0, right="nothing"), "a right option"),
        (_with(0, kind=Choice(forms.options(FIRST.items[0]))), "fixed order"),
        (_with(0, kind=Choice(forms.options(FIRST.items[0])[:3], shuffled=False)), "four options"),
        (_with(0, wrongs=()), "nothing to say to A"),
        (_options(0, ("a" * 20, "b" * 20, "c" * 21, "d" * 20)), "the right option is the longest"),
        (_options(0, ("a" * 40, "b" * 20, "c" * 21, "d" * 20)), "the length hints"),
        (replace(FIRST, ideas=(FIRST.ideas[2], FIRST.ideas[2], *FIRST.ideas[2:])), "fewer than two items on puzzle"),
        (_with(0, prompt=SECOND.items[0].prompt), "the same case"),
        (_with(8, wrongs=(replace(FIRST.items[8].wrongs[0], misconception="seat-is-leadership"),
                          *FIRST.items[8].wrongs[1:])), "largest-is-indispensable can be betrayed in fewer"),
        (_with(8, wrongs=(replace(FIRST.items[8].wrongs[0], misconception="no-such-idea"),)), "is no misconception"),
        (_with(8, wrongs=(replace(FIRST.items[8].wrongs[0], example="two"),)), "is no wrong option"),
    ],
)  # fmt: skip
def test_problems_names_the_fault(form, fault):
    assert any(fault in line for line in forms.problems(form, SECOND)), forms.problems(form, SECOND)


def _moved(form, key: str):
    """The form with its right options where `key` wants them."""
    items = []
    for item, letter in zip(form.items, key, strict=True):
        others = [option for option in forms.options(item) if option.id != item.right]
        right = next(option for option in forms.options(item) if option.id == item.right)
        others.insert(forms.LETTERS.index(letter), right)
        items.append(replace(item, kind=Choice(tuple(others), shuffled=False)))
    return replace(form, items=tuple(items))


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("AAABBCCDDA", "three times running"),
        ("ABCDABCDAB", "repeat after 4"),
        ("AAABBBCCCC", "D is right 0 times"),
        (SECOND.key, "stands where it stands"),
    ],
)
def test_problems_sees_a_pattern_of_letters(key, fault):
    moved = _moved(FIRST, key)
    assert moved.key == key
    assert any(fault in line for line in forms.problems(moved, SECOND))


def test_an_unknown_form_is_named():
    with pytest.raises(ValueError, match="there is no test 'third'"):
        forms.form("third")


def test_no_answer_betrays_nothing_and_says_nothing_right():
    for item in FIRST.items:
        assert forms.betrayed(item, forms.UNKNOWN) == ""
        assert forms.betrayed(item, forms.right_letter(item)) == ""


# The numbers, by the models


def _numbers(item) -> list[float]:
    return [float(piece) for piece in str(item.prompt).split("**")[1::2]]


@BOTH
def test_efforts_that_add_up_are_a_dilemma(form):
    cost, benefit, both = _numbers(form.items[2])
    found = games2x2.analyse(games2x2.from_public_good(benefit, cost, 1.0, "sum"))
    assert found.family == games2x2.analyse(games2x2.symmetric(5, 3, 1, 0)).family
    assert found.equilibria == ((1, 1),)
    assert both == 2 * benefit - cost > 0
    assert form.items[2].right == "neither"


@BOTH
def test_the_weaker_effort_is_an_assurance_game(form):
    benefit, cost = _numbers(form.items[3])
    found = games2x2.analyse(games2x2.from_public_good(benefit, cost, 1.0, "weakest"))
    assert set(found.equilibria) == {(0, 0), (1, 1)}
    assert found.payoff_dominant == (0, 0)


@BOTH
def test_nobody_gains_by_leaving_alone_and_all_four_would_gain(form):
    buy, *pool = _numbers(form.items[5])
    menu = external.Menu(alone=np.full(4, pool[0]), buy=np.full(4, buy), pool=np.tile(pool, (4, 1)))
    stable = external.stable_pools(menu)
    assert frozenset() in stable
    assert frozenset(range(4)) in stable
    assert pool[3] < buy < min(pool[:3])


@BOTH
def test_two_others_can_pay_and_no_less(form):
    cost, *worth = _numbers(form.items[8])
    assert worth[0] == max(worth)
    assert kgroups.groups(worth, cost).indispensable == ()
    assert kgroups.carry(worth, cost, (0,))
    able = [group for size in (1, 2) for group in combinations(range(1, 5), size) if kgroups.carry(worth, cost, group)]
    assert able == [(1, 2)]


def test_a_stronger_wish_changes_nothing_and_cheaper_following_does():
    """The last item: both lead; what turns B round is its cost of following, not the will of A."""
    def both(prestige, dislike):
        return leadership.rivals(2.0, 1.0, (prestige, 1.5), (1.5, dislike), 0.2, 2).stable

    assert "rivalry" in both(1.5, 1.5)
    assert "rivalry" in both(3.0, 1.5)
    assert "rivalry" not in both(1.5, 0.0)
    assert "A" in both(1.5, 0.0)


# The pages


@BOTH
def test_form_and_strip_hold_no_answer_and_the_key_holds_all(form):
    pieces = dict(forms_page.sections(form.name))
    for html in (pieces["The form"], pieces["Answer strip"], forms_page.paper(form), forms_page.strips(form)):
        assert " ".join(form.key) not in html
        assert form.key not in html
        assert not any(name in html for name in forms.statements())
        assert not [item.id for item in form.items if str(item.worked) in html]
    key = pieces["Key for the teacher"]
    assert " ".join(form.key) in key
    assert key.count("is right:") == forms.ITEMS
    assert "Betrays:" in key


@BOTH
def test_the_form_holds_every_question_and_every_answer(form):
    html = forms_page.form_html(form)
    for number in range(1, forms.ITEMS + 1):
        assert f"<strong>{number}.</strong>" in html
    assert html.count('class="tf-box"') == 5 * forms.ITEMS
    assert html.count("I do not know") == forms.ITEMS
    assert html.count("Id:") == 2


@BOTH
def test_the_form_does_not_depend_on_the_key(form):
    changed = replace(form, items=tuple(
        replace(item, right=forms.options(item)[0].id, wrongs=(), worked="other") for item in form.items
    ))  # fmt: skip
    assert forms_page.paper(changed) == forms_page.paper(form)
    assert forms_page.strips(changed) == forms_page.strips(form)


@BOTH
def test_the_page_tells_both_rules_and_how_to_give_the_test(form):
    text = " ".join(html for _, html in forms_page.sections(form.name))
    for words in ("15 minutes", "not for marks", "Mastery", "both fully", "before-after report", "I do not know"):
        assert words in text


def test_a_typed_sign_stays_a_sign():
    item = replace(
        FIRST.items[0],
        prompt="<b>1 & 2</b>",
        kind=Choice(tuple(Option(o.id, f"<i>{o.id}</i>") for o in forms.options(FIRST.items[0])), shuffled=False),
    )
    html = forms_page.form_html(replace(FIRST, items=(item, *FIRST.items[1:])))
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in html
    assert "<i>" not in html


@pytest.mark.browser
@BOTH
def test_the_form_prints_on_two_pages_and_the_strips_on_one(form, chromium, tmp_path):
    for make, pages in ((forms_page.paper, 2), (forms_page.strips, 1)):
        path = tmp_path / "printed.html"
        path.write_text(make(form), encoding="utf-8")
        page = chromium.new_page()
        try:
            page.goto(path.as_uri())
            printed = page.pdf(prefer_css_page_size=True)
        finally:
            page.close()
        assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == pages
