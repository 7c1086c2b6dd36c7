"""Keys of the transfer items of `outsourcing`, and the criteria of its open argument.

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from regionalism.exercises.keys import Criterion, Key
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
        praise="No island errs alone, and together they pay more than they need to.",
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
        praise="You asked what the promise is for before you counted ships and signatures.",
    ),
}

# A reader has two minutes for a text. 'It was rational', 'it was not' and 'for some of them' can all earn every point: marked
# is the reasoning. Take no side for or against a state or a supplier, and accept either side's counts if they are named.
RUBRIC = {
    "outsourcing.argue": (
        Criterion(
            "One state, one supplier, one year, one trade",
            1,
            full="All three are named, and both halves of the bargain: what was bought (troops, arms, a promise, training) and what was "
            "given (money, a site, a vote, freedom of choice).",
            half="One half of the bargain is missing, or the year is replaced by a decade.",
            none="'Central Asia' buys from 'great powers'. Two or three cases in a row, none of them followed, also earn nothing.",
        ),
        Criterion(
            "A number or row, and its silence",
            1,
            full="A number or row of the chapter, about right and used, with one thing it does not show: weight, price, use, or "
            "whether the promise was kept.",
            half="The number is right and its limit is missing, or a limit is named for evidence that is not given.",
            none="No evidence from the chapter, or a cost from the made-up states told as one of a real state.",
        ),
        Criterion(
            "Best for one, best for all",
            1,
            full="Keeps two questions apart: could this government do better by a step of its own, and could the five do better by a "
            "step together? Or argues why both have one answer here.",
            half="Both questions appear and slide into each other, or only one of them has a reason.",
            none="'It was rational because they did it.' The opposite dead end, 'together is always better, so they erred', earns "
            "nothing either.",
        ),
        Criterion(
            "Whose security, and what would change the mind",
            1,
            full="Says who was made safer (state, rulers, people, a group) and names one finding that could turn up and would speak "
            "against the writer.",
            half="Only one of the two.",
            none="Neither, or an insult of office-holders in place of a reason.",
        ),
    ),
}
