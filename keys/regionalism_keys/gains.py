"""Keys of the transfer items of `gains`. Students must not have this file; it is no part of their build."""

from __future__ import annotations

from regionalism.exercises.keys import Key
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
    ),
}
