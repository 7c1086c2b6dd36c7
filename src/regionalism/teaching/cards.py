"""The page of paper cards for a lesson without devices: votes, voting cards, sorting cards, slips, right answers.

Everything on it comes from the declarations of the questions that the plan asks. What gives an answer away stands
only inside elements of the class `tp-teacher`.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from regionalism.exercises.page import object_html
from regionalism.exercises.prose import inline, to_html
from regionalism.explorers.core import registry
from regionalism.teaching import content
from regionalism.teaching.asking import LETTERS, Asked, Piece, asked
from regionalism.teaching.plan import SIZES, Plan
from regionalism.teaching.plan_page import Section, place_of, unbroken

# Students who share one set of sorting cards, and slips on one sheet.
SHARE, SLIPS_A_SHEET = 4, 4
# What is sorted into has letters, so that a class can sort with its voting cards; places have numbers.
LETTERED = ("heaps", "partners")
BLANK = '<span class="tp-blank" aria-hidden="true"></span>'
BOX = '<span class="tp-box" aria-hidden="true"></span>'
# Black on white only: each card is known by its pattern from the last row, also to those who do not see colours.
PATTERNS = {
    "A": ("stripes across", '<path d="M0 3h12M0 9h12" stroke="currentColor" stroke-width="3.4"/>'),
    "B": ("upright stripes", '<path d="M3 0v12M9 0v12" stroke="currentColor" stroke-width="2"/>'),
    "C": ("dots", '<circle cx="6" cy="6" r="3.6" fill="currentColor"/>'),
    "D": ("squares like a chessboard", '<path d="M0 0h6v6h-6zM6 6h6v6h-6z" fill="currentColor"/>'),
    "E": ("slanting stripes", '<path d="M-3 3l6-6M0 12L12 0M9 15l6-6" stroke="currentColor" stroke-width="3"/>'),
    "F": ("crosses", '<path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2"/>'),
    "G": ("a grid", '<path d="M6 0v12M0 6h12" stroke="currentColor" stroke-width="1.6"/>'),
    "H": ("rings", '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="1.6"/>'),
}


def sections(stem: str) -> list[Section]:
    """The cards of a chapter's lesson as pairs of a heading and HTML. NotForStudents where there is no plan."""
    return [(heading, unbroken(html)) for heading, html in card_sections(content.plan(stem))]


def card_sections(plan: Plan) -> list[Section]:
    """The cards of any plan; a kind of card that no question needs is left out."""
    questions = [asked(reference) for reference in plan.questions]
    votes, guesses, sorts = (of_way(questions, way) for way in ("vote", "guess", "sort"))
    early = predicted(plan, questions)
    letters = letters_of(questions)
    kinds = [
        ("What to print", True, _print_html(plan, questions)),
        ("Show of hands", bool(votes), _hands_html(votes)),
        ("Guesses to write down", bool(guesses), _guesses_html(guesses)),
        (f"Voting cards {words(letters)}", bool(letters), _voting_html(letters)),
        ("Sorting cards", bool(sorts), _sorting_html(sorts)),
        ("Prediction slips", bool(early), _slips_html(early)),
        ("For the teacher: right answers", True, _teacher_html(questions)),
    ]
    return [(heading, f'<div class="tp-kind">{html}</div>') for heading, wanted, html in kinds if wanted]


def of_way(questions: Iterable[Asked], way: str) -> list[Asked]:
    """The questions that are asked in one way, in order."""
    return [question for question in questions if question.way == way]


def letters_of(questions: Iterable[Asked]) -> str:
    """The letters that some vote needs, or some heap to sort into, such as "ABCD"."""
    counts = [len(asks.heaps) if asks.sorting in LETTERED else len(asks.answers) for asks in questions]
    return LETTERS[: max(counts, default=0)]


def words(letters: Sequence[str]) -> str:
    """Letters as a sentence lists them: "A, B and C"."""
    return " and ".join(filter(None, [", ".join(letters[:-1]), *letters[-1:]]))


def predicted(plan: Plan, questions: Iterable[Asked]) -> list[Asked]:
    """The votes and guesses of a lesson that are asked before its last step, the exit question."""
    early = {reference for turn in plan.turns if turn.part != "exit" for reference in turn.questions}
    return [question for question in questions if question.way != "sort" and question.reference in early]


# What to print


def _print_html(plan: Plan, questions: Sequence[Asked]) -> str:
    votes, guesses, sorts = (of_way(questions, way) for way in ("vote", "guess", "sort"))
    once, each = [1] * len(SIZES), list(SIZES)
    shared, slips = ([math.ceil(size / share) for size in SIZES] for share in (SHARE, SLIPS_A_SHEET))
    rows = [
        ("Questions to read out or to project", bool(votes or guesses), "once", once),
        ("Voting cards", bool(letters_of(questions)), "a sheet for each student", each),
        ("Sorting cards", bool(sorts), f"a set for {SHARE} students", shared),
        ("Prediction slips", bool(predicted(plan, questions)), f"a sheet for {SLIPS_A_SHEET} students", slips),
        ("Right answers", True, "once, for you alone", once),
    ]
    heads = "".join(f'<th scope="col">{size} students</th>' for size in SIZES)
    body = "".join(
        f'<tr><th scope="row">{name}</th><td>{how}</td>{"".join(f"<td>{number}</td>" for number in numbers)}</tr>'
        for name, wanted, how, numbers in rows
        if wanted
    )
    return (
        "<p>Print this page on A4, in black and white. Each kind of card begins on a new sheet, so you can print "
        "the sheets that you need as often as you need them. The last sheets hold the right answers. "
        "Keep these back when you hand out the rest.</p>"
        '<div class="tp-scroll" tabindex="0" role="region" aria-label="How many copies to print">'
        f'<table class="tp-copies"><thead><tr><th scope="col">Sheets</th><th scope="col">How many</th>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
        "<p>With little paper, two students can share the voting cards, and a class can vote with fingers: "
        "one for A, two for B, three for C, four for D.</p>"
    )


# Questions to read out


def _hands_html(votes: Sequence[Asked]) -> str:
    rule = (
        '<div class="tp-how"><p><strong>How to vote honestly.</strong> A vote tells you something only if nobody '
        "copies. Read the question and all answers. Give half a minute of silence. Then choose one of two ways.</p>"
        "<ul><li>With cards: at your sign all show their cards at once.</li>"
        "<li>With hands: all close their eyes, and you read out the letters one by one.</li></ul>"
        "<p>Everybody votes for one answer. Write down the number of hands, and say nothing about it yet. "
        "After the discussion vote again, and write the second number beside the first.</p></div>"
    )
    return rule + "".join(map(_vote_html, votes))


def _vote_html(vote: Asked) -> str:
    options = "".join(
        f'<li><b class="tp-letter">{answer.letter}</b> <span>{inline(answer.text)}</span></li>'
        for answer in vote.answers
    )
    return (
        f'<section class="tp-ask tp-vote" id="{place_of(vote)}">{_question_html(vote)}'
        f'<ul class="tp-options">{options}</ul>{_tally_html(vote)}{_folded_html(vote)}</section>'
    )


def _folded_html(question: Asked) -> str:
    """The right answer, closed on a screen; on paper it stands on the teacher's sheets alone."""
    return (
        '<details class="tp-teacher tp-folded"><summary>The right answer</summary>'
        f"{_right_html(question)}</details>"
    )


def _question_html(question: Asked) -> str:
    """What a class is asked, with what stands beside it."""
    shown = object_html(question.show) if question.show is not None else ""
    return f"<h3>{inline(question.title)}</h3>{to_html(question.prompt)}{shown}{_needed_html(question.works_with)}"


def _needed_html(name: str) -> str:
    """The interactive that a question needs: on one screen for all."""
    if not name:
        return ""
    return f"<p>Show the interactive {_interactive(name)} on the projector, or set it up on one machine.</p>"


def _interactive(name: str) -> str:
    address = f"../{name.split('-')[0]}.html#explorer-{name}"
    return f'<a href="{escape(address)}">{escape(registry()[name].title)}</a>'


def _tally_html(vote: Asked) -> str:
    rows = "".join(f'<tr><th scope="row">{a.letter}</th><td></td><td></td></tr>' for a in vote.answers)
    return (
        '<table class="tp-tally"><thead><tr><th scope="col">Answer</th><th scope="col">Hands before</th>'
        f'<th scope="col">Hands after</th></tr></thead><tbody>{rows}'
        '<tr><th scope="row">All</th><td></td><td></td></tr></tbody></table>'
    )


def _guesses_html(guesses: Sequence[Asked]) -> str:
    how = (
        '<div class="tp-how"><p>Read the question out. All write down a number before anybody says one. '
        "Then ask for the lowest and the highest guess, and for a reason for each.</p></div>"
    )
    return how + "".join(
        f'<section class="tp-ask tp-guess" id="{place_of(guess)}">{_question_html(guess)}'
        f"<p>Lowest guess: {BLANK} {escape(guess.unit)} Highest guess: {BLANK} {escape(guess.unit)}</p>"
        f"{_folded_html(guess)}</section>"
        for guess in guesses
    )


# Voting cards


def _voting_html(letters: str) -> str:
    how = (
        '<div class="tp-how"><p>Give a sheet to each student. Cut along the dashed lines, or cut nothing: '
        "fold the sheet along them, so that only the chosen letter shows, and hold it up. "
        "The pattern tells the letters apart from the last row.</p></div>"
    )
    return f'{how}<ul class="tp-cards tp-voting">{"".join(map(_letter_html, letters))}</ul>'


def _letter_html(letter: str) -> str:
    name, drawn = PATTERNS[letter]
    pattern = f"tp-pattern-{letter.lower()}"
    return (
        f'<li class="tp-cut"><svg viewBox="0 0 180 200" role="img" aria-label="{letter}, framed with {name}">'
        f'<defs><pattern id="{pattern}" width="12" height="12" patternUnits="userSpaceOnUse">{drawn}</pattern></defs>'
        f'<path d="M6 6h168v188h-168zM36 40h108v120h-108z" fill="url(#{pattern})" fill-rule="evenodd" '
        'stroke="currentColor" stroke-width="2"/>'
        '<text x="90" y="138" text-anchor="middle" font-size="108" font-weight="700" fill="currentColor" '
        f'font-family="Arial, Liberation Sans, sans-serif">{letter}</text></svg></li>'
    )


# Sorting cards

SORTING = {
    "heaps": "Lay out the large cards. Put each small card on the heap where it belongs. A heap may stay empty. "
    "Without scissors: one reads a small card out, and all show the letter of its heap.",
    "places": "Lay out the large cards in a row. Put one small card on each place. "
    "Without scissors: one reads a small card out, and all show its place with their fingers.",
    "partners": "Lay out the large cards. Put at most one small card on each. Some large cards may be left over. "
    "Without scissors: one reads a small card out, and all show the letter of the large card.",
}


def _sorting_html(sorts: Sequence[Asked]) -> str:
    sets = "; ".join(f"{math.ceil(size / SHARE)} sets for {size} students" for size in SIZES)
    how = (
        f'<div class="tp-how"><p>Groups of {SHARE} share one set: {sets}. Cut along the dashed lines and mix the small '
        "cards. Each group lays out its cards in silence first, then talks about those on which it does not agree. "
        "They write down their first try before you tell the right places.</p></div>"
    )
    return how + "".join(map(_sort_html, sorts))


def _sort_html(sort: Asked) -> str:
    heaps = "".join(f'<li class="tp-cut tp-heap">{heap}</li>' for heap in _heap_names(sort))
    pieces = "".join(f'<li class="tp-cut tp-piece">{inline(piece.text)}</li>' for piece in mixed(sort))
    return (
        f'<section class="tp-ask tp-sort" id="{place_of(sort)}">{_question_html(sort)}<p>{SORTING[sort.sorting]}</p>'
        f'<ul class="tp-cards tp-heaps">{heaps}</ul><ul class="tp-cards tp-pieces">{pieces}</ul></section>'
    )


def _heap_names(sort: Asked) -> list[str]:
    """What stands on the large cards, as HTML: a letter and a name, or a place; of an order the ends are named."""
    if sort.sorting in LETTERED:
        lettered = zip(LETTERS, sort.heaps, strict=False)
        return [f'<b class="tp-letter">{letter}</b> {inline(heap)}' for letter, heap in lettered]
    ends = {sort.heaps[0]: sort.ends[0], sort.heaps[-1]: sort.ends[1]}
    return [f"{heap} ({inline(ends[heap])})" if heap in ends else heap for heap in sort.heaps]


def mixed(sort: Asked) -> list[Piece]:
    """The pieces in an order that does not give the answer away, the same whenever it is made."""
    orders = [_by_digest(sort.pieces, salt) for salt in range(64)]
    return next((order for order in orders if not tells(order, sort.heaps)), orders[0])


def _by_digest(pieces: Iterable[Piece], salt: int) -> list[Piece]:
    """The pieces in an order that has nothing to do with what they say or where they belong."""
    return sorted(pieces, key=lambda piece: hashlib.sha256(f"{salt} {piece.text}".encode()).hexdigest())


def tells(pieces: Sequence[Piece], heaps: Sequence[str]) -> bool:
    """Whether the order of the pieces is that of their heaps, to or fro, or keeps those of each heap together."""
    places = [heaps.index(piece.belongs) for piece in pieces]
    blocks = len(list(groupby(places)))
    together = len(set(places)) < len(places) and blocks == len(set(places))
    return places in (sorted(places), sorted(places, reverse=True)) or together


# Prediction slips


def _slips_html(questions: Sequence[Asked]) -> str:
    how = (
        '<div class="tp-how"><p>Cut each sheet into four slips, one for each student. Read a question out when its '
        "turn comes; all tick or write before anything is shown. The slip stays with the student and is not marked. "
        "At the end all look which of their predictions held.</p></div>"
    )
    slip = "".join(map(_line_html, questions))
    one = f'<li class="tp-cut tp-slip"><p class="tp-who">Name or id: {BLANK}</p><ol>{slip}</ol></li>'
    return f'{how}<ul class="tp-cards tp-slips-four">{one * SLIPS_A_SHEET}</ul>'


def _line_html(question: Asked) -> str:
    if question.way == "guess":
        return f"<li>{inline(question.title)}<br>My guess: {BLANK} {escape(question.unit)}</li>"
    boxes = " ".join(f'<span class="tp-tick">{BOX} {answer.letter}</span>' for answer in question.answers)
    return f"<li>{inline(question.title)}<br>{boxes}</li>"


# The teacher's sheets


def _teacher_html(questions: Sequence[Asked]) -> str:
    lead = "<p>The letters, heaps and places are those of the cards. Do not hand these sheets out.</p>"
    return f'<div class="tp-teacher tp-answers">{lead}{"".join(map(_answer_html, questions))}</div>'


def _answer_html(question: Asked) -> str:
    name = f"answer-{question.reference.replace('.', '-')}"
    after = object_html(question.after) if question.after is not None else ""
    seen = f"<p>See it in the interactive {_interactive(question.seen_in)}.</p>" if question.seen_in else ""
    return (
        f'<section class="tp-answer" id="{name}"><h3>{inline(question.title)}</h3>'
        f"{_right_html(question)}{after}{seen}{_replies_html(question)}</section>"
    )


def _right_html(question: Asked) -> str:
    """The right answer, why, and what else is said to those who chose it, for the teacher."""
    if question.way == "sort":
        return f"{_homes_html(question)}{to_html(question.why)}"
    said = [answer.reply for answer in question.answers if answer.right and answer.reply != question.why]
    why = "".join(map(to_html, (question.why, *said)))
    return f'<p class="tp-right"><strong>Right: {inline(question.right)}</strong></p>{why}'


def _homes_html(sort: Asked) -> str:
    """Each heap with its pieces, in the order of the heaps."""
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{_pieces_on(sort, heap)}</td></tr>'
        for heap, name in zip(sort.heaps, _heap_names(sort), strict=True)
    )
    large = "Place" if sort.sorting == "places" else "Large card"
    heads = f'<th scope="col">{large}</th><th scope="col">What belongs there</th>'
    return f'<table class="tp-homes"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _pieces_on(sort: Asked, heap: str) -> str:
    found = [inline(piece.text) for piece in sort.pieces if piece.belongs == heap]
    empty = "shared with the place before" if sort.sorting == "places" else "nothing"
    return f"<ul>{''.join(f'<li>{text}</li>' for text in found)}</ul>" if found else empty


def _replies_html(question: Asked) -> str:
    wrong = [answer for answer in question.answers if not answer.right]
    if not wrong:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{answer.letter}: {inline(answer.text)}</th><td>{to_html(answer.reply)}</td></tr>'
        for answer in wrong
    )
    heads = '<th scope="col">To those who chose …</th><th scope="col">say …</th>'
    return f'<table class="tp-replies"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
