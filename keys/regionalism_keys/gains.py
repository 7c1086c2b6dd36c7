"""Keys of the transfer items of `gains`, and the criteria of its open argument.

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from regionalism.exercises.keys import Criterion, Key
from regionalism.exercises.question import Numbers, Wrong

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "quiet-saxaul-7f3d0c51"


def _optimum_taken_for_equilibrium(numbers: Numbers, answer: dict[str, float]) -> bool:
    return answer.get("alone", 0) >= 2


def _one_for_all(numbers: Numbers, answer: dict[str, float]) -> bool:
    return 0 < answer.get("alone", 0) < 2


KEY = {
    "gains.transfer-storm-warning": Key(
        right=lambda n: {"alone": 0, "together": 3 * n["benefit"] - n["cost"]},
        wrongs=(
            Wrong(
                "joint-gain-produces-cooperation",
                example=lambda n: {"alone": 3, "together": 3 * n["benefit"] - n["cost"]},
                matches=_optimum_taken_for_equilibrium,
                reply="That is what they could reach together. Ask what one state wins by its own station alone.",
            ),
            Wrong(
                "somebody-will-pay",
                example=lambda n: {"alone": 1, "together": 3 * n["benefit"] - n["cost"]},
                matches=_one_for_all,
                reply="It is tempting that one builds for all. Look at that one: what does it pay, and what does it get?",
            ),
        ),
        nudge="First cell: ask what one state wins by building, whatever the others do. Second cell: count how many stations warn "
        "a state, and how many of them it pays for.",
        help=lambda n: f"A station costs {n['cost']} and brings its builder {n['benefit']}.",
        worked=lambda n: (
            f"Building changes a state's own result by {n['benefit']} − {n['cost']} = {n['benefit'] - n['cost']}, so nobody "
            f"builds. If all three built, each would win 3 × {n['benefit']} − {n['cost']} = {3 * n['benefit'] - n['cost']}."
        ),
        praise="You kept two questions apart: what could be won together, and what each does alone.",
    ),
    "gains.transfer-locusts": Key(
        right="watch",
        wrongs=(
            Wrong("every-failure-needs-punishment", "fines",
                  reply="For each state the harvest is worth more than the spraying, so nobody is tempted once all spray. The two "
                  "governments stopped out of doubt."),
            Wrong("richer-gives-more", "richest",
                  reply="One unsprayed field is enough for a swarm. More spray on the richest land leaves that field as it was."),
        ),
        replies={"standard": "The states do not disagree about which of two plans to take. They doubt that all will act."},
        nudge="Ask whether a state would want to stop spraying if it were sure that all the others spray.",
        help="The smallest effort decides. What could make each state sure of the others, and able to do its part?",
        worked="One gap spoils all, so it is a weakest link, and each state wins by spraying if all do: an assurance problem. "
        "Visits give the confidence, gear gives the ability.",
        praise="Doubt was the problem, and what mends doubt is to see and to be able.",
    ),
}

# A reader has two minutes for a text. Any position can earn all points: marked is the reasoning, never the politics.
RUBRIC = {
    "gains.argue": (
        Criterion(
            "The task, and how its efforts add up",
            1,
            full="A real task of the five is named, with its kind (adds up, weakest link, best shot, or a mixture) and a reason that "
            "looks at what happens if one state does more. An unusual kind earns all if the reason carries it.",
            half="The task is real and the kind is named without a reason, or the reason is sound and the kind is left for the reader "
            "to guess.",
            none="Only 'security' or 'terrorism' in general, a made-up state, or a kind that the writer's own reason contradicts.",
        ),
        Criterion(
            "A number with its source",
            1,
            full="One number of the chapter, about right (rounding is fine), with figure, table or row named so that it can be found, "
            "and it does some work in the argument.",
            half="The number is right and its place is missing, or the place is named and the number stands there without use.",
            none="No number, or one that is not in the chapter and has no source. A number of a model given as a fact about the "
            "region also earns nothing.",
        ),
        Criterion(
            "What 'too small a gain' would make us see",
            1,
            full="Draws an expectation from that explanation (for example: no building at all, or building where the gain is "
            "largest) and holds it against evidence. 'It fits' and 'it does not' are equally good, if the evidence is named.",
            half="States the expectation and does not look, or weighs evidence without saying what the explanation expects.",
            none="Repeats that states follow their interests. A common dead end: 'little was done, so the gain must be small', which "
            "assumes what is asked.",
        ),
        Criterion(
            "What would change the writer's mind",
            1,
            full="One finding that could turn up and would count against the writer's own position, concrete enough to look for.",
            half="A finding that would matter, too vague to look for ('more data on cooperation').",
            none="'Nothing would', a finding that supports the writer anyway, or a wish about what governments ought to do.",
        ),
    ),
}
