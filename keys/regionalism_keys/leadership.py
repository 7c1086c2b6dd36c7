"""Keys of the transfer items of `leadership`, and the criteria of its open argument.

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from itertools import combinations

from regionalism.exercises.keys import Criterion, Key
from regionalism.exercises.leadership import FLEETS
from regionalism.exercises.question import Numbers, Wrong

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "patient-tulip-2b94e7d6"


def _group(numbers: Numbers) -> int:
    """The size of the smallest group without Arka that reaches the cost, 0 if there is none."""
    others = [worth for name, worth in FLEETS.items() if name != "Arka"]
    for size in range(1, len(others) + 1):
        if any(sum(group) >= numbers["cost"] for group in combinations(others, size)):
            return size
    return 0


def _short(numbers: Numbers) -> float:
    return max(0, numbers["cost"] - FLEETS["Arka"])


KEY = {
    "leadership.transfer-ships": Key(
        right=lambda n: {"short": _short(n), "group": _group(n)},
        wrongs=(
            Wrong(
                "largest-is-indispensable",
                example=lambda n: {"short": _short(n), "group": 0},
                matches=lambda n, answer: answer.get("group") == 0,
                reply="Arka is the largest, and it is not enough alone. Add up the other four before you give them up.",
            ),
            Wrong(
                "share-of-whom",
                example=lambda n: {"short": _short(n), "group": 5},
                matches=lambda n, answer: answer.get("group") == 5,
                reply="Five is the whole region, with Arka. The question asks for a group without it.",
            ),
        ),
        nudge="First cell: the cost less what the ship is worth to Arka. Second cell: add up the others, the largest first, until the "
        "cost is reached.",
        help="The other four have 30, 25, 10 and 5.",
        worked=lambda n: (
            f"Arka lacks {n['cost']} − 50 = {_short(n)}. The others have 30, 55, 65 and 70 as one adds them up, so {_group(n)} states "
            f"reach {n['cost']} without Arka."
        ),
        praise="The largest cannot do it alone here, and it can be done without the largest.",
    ),
    "leadership.transfer-rescue": Key(
        right="field",
        wrongs=(
            Wrong("will-makes-a-leader", "louder",
                  reply="Elin leads already. What has to change is Dala's choice between following and competing, and a louder claim may "
                  "make following cost it more."),
            Wrong("seat-is-leadership", "fleet",
                  reply="A larger fleet does not make it cheaper for Dala to follow. Nothing in the game lets size decide."),
        ),
        replies={"court": "Each state has one centre; the rule would change nothing. And who would enforce it?"},
        nudge="Ask what it costs Dala to follow, and what could make that less.",
        help="Each could live with the other's lead in one field if it led in another.",
        worked="A division of labour: each leads where it cares more, so that following in the other field costs little. Then the ports "
        "need not divide.",
        praise="You looked at what following costs, not at who wants to lead more.",
    ),
}

# A reader has two minutes for a text. Rivals, tandem and neither can all earn every point: marked is the reasoning. No state's
# people lose or gain by it, and a text about persons in place of policies is sent back to its writer, not punished.
RUBRIC = {
    "leadership.argue": (
        Criterion(
            "What the article expected",
            1,
            full="In the writer's own words: the opening of 2016 brings Uzbekistan back to the table, and tends to sharpen the "
            "competition for the lead, so that accepted leadership may become less likely. The 'tends' or 'may' is kept.",
            half="Only the hope or only the fear is told, or a tendency is turned into a forecast ('the article said they will "
            "fight').",
            none="Copied sentences, or an expectation that the article does not hold.",
        ),
        Criterion(
            "A number or row, and its silence",
            1,
            full="A number or row of the chapter, about right and used (initiators, chairs, parties, scores, sizes), with one thing "
            "that it cannot show, such as the blanks among the initiators or meetings that rotate.",
            half="The evidence is right and its limit is missing, or the limit is named and the number does no work.",
            none="No evidence from the chapter, or blanks counted as if nobody had proposed anything.",
        ),
        Criterion(
            "The model, and what it leaves out",
            1,
            full="Names a setting of the two candidates (same or different fields, cost of following, cost of rivalry, where the small "
            "states stand) that fits the writer's reading, and one thing that the model has no place for.",
            half="A fitting setting without what is left out, or a limit of the model without a setting.",
            none="'Models are too simple', or will and size taken for what decides in the model.",
        ),
        Criterion(
            "What would change the writer's mind",
            1,
            full="One finding that could turn up and would count against the writer's own reading, concrete enough to look for.",
            half="A finding that would matter, too vague to look for ('if relations got worse').",
            none="'Nothing would', a finding that suits the writer anyway, or a hope for the future.",
        ),
    ),
}
