"""Keys of the transfer items of `outsourcing`. Students must not have this file; it is no part of their build."""

from __future__ import annotations

from regionalism.exercises.keys import Key
from regionalism.exercises.question import Numbers, Wrong

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "patient-tugai-4b92e7a6"


def _saved(numbers: Numbers) -> int:
    return int(3 * (numbers["buy"] - numbers["three"]))


KEY = {
    "outsourcing.transfer-vaccine": Key(
        right=lambda n: {"keep": 0, "save": _saved(n)},
        wrongs=(
            Wrong(
                "best-for-all-will-happen",
                example=lambda n: {"keep": 3, "save": _saved(n)},
                matches=lambda n, answer: answer.get("keep", 0) > 0,
                reply="An island that stops buying while the others go on is alone in the laboratory. Compare that cost with the "
                "price of the firm.",
            ),
            Wrong(
                "rational-for-each-best-for-all",
                example={"keep": 0, "save": 0},
                matches=lambda n, answer: answer.get("save", 1) <= 0,
                reply="No island gains by itself. That does not mean that nothing can be gained. Compare three buyers with three in "
                "one laboratory.",
            ),
        ),
        nudge="First cell: an island that is the only one to stop buying. Second cell: three buyers against three in one laboratory.",
        help=lambda n: f"Alone in the laboratory costs {n['one']}, buying {n['buy']}. Three together pay {n['three']} each.",
        worked=lambda n: (
            f"To stop buying alone costs {n['one']} instead of {n['buy']}, so no island gains by it. All three would save "
            f"3 × ({n['buy']} − {n['three']}) = {_saved(n)} a year together."
        ),
    ),
    "outsourcing.transfer-league": Key(
        right="which",
        wrongs=(
            Wrong("guarantee-is-automatic", "sign",
                  reply="A treaty in force says what was promised. Dala's danger comes from a member. What has the league done when "
                  "members fired at each other?"),
            Wrong("a-promise-binds-all-members", "size",
                  reply="A large fleet helps only if it sails. Would the league send it against one of its own towns?"),
        ),
        replies={"leave": "That is a good second question. Dala would have to ask of the other league, too, against what it helps."},
        nudge="Look at what the league has done so far, and in which kind of case.",
        help="Dala fears a member. Compare that with the one time the league acted and the two times it did not.",
        worked="The chance of help differs by danger: the league acted in unrest at home and not between members. So Dala must ask "
        "against which danger the promise holds, who decides, and what was done before.",
    ),
}
