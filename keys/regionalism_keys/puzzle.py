"""Keys of the transfer items of `puzzle`, and the criteria of its open argument.

Students must not have this file; it is no part of their build.
"""

from __future__ import annotations

from regionalism.exercises.keys import Criterion, Key
from regionalism.exercises.question import Numbers, Wrong

# A string that stands nowhere else: tests search the wheel and the built book for it.
CANARY = "amber-tulip-3b91e6d4"


def _certain(numbers: Numbers) -> int:
    return numbers["clear"] + numbers["joined"]


def _most(numbers: Numbers) -> int:
    return _certain(numbers) + numbers["unknown"]


KEY = {
    "puzzle.transfer-coast": Key(
        right=lambda n: {"certain": _certain(n), "most": _most(n)},
        wrongs=(
            Wrong(
                "unknown-is-no",
                example=lambda n: {"certain": _certain(n), "most": _certain(n)},
                matches=lambda n, answer: answer.get("certain") == answer.get("most") == _certain(n),
                reply="Lost pages are not proof that Elin stayed away. The second number asks for the most that could be.",
            ),
            Wrong(
                "unknown-is-yes",
                example=lambda n: {"certain": _most(n), "most": _most(n)},
                matches=lambda n, answer: answer.get("certain") == answer.get("most") == _most(n),
                reply="The first number asks what holds even if Elin signed none of the lost pages.",
            ),
            Wrong(
                "located-here-is-regionalism",
                example=lambda n: {"certain": _certain(n) + n["outsider"], "most": _most(n) + n["outsider"]},
                matches=lambda n, answer: answer.get("certain") == _certain(n) + n["outsider"],
                reply="All five are in the texts with the naval power. So is the naval power.",
            ),
        ),
        nudge="Go through the five lines of the register and ask of each: does it fit if Elin did not sign, and if it did?",
        help="Four states are enough without Elin. Two states are not.",
        worked=lambda n: (
            f"For certain: {n['clear']} + {n['joined']} = {_certain(n)}, since four states fit with or without Elin. At most: "
            f"{n['unknown']} more, if Elin signed the lost pages: {_most(n)}."
        ),
        praise="You gave two numbers where the register allows no single one.",
    ),
    "puzzle.transfer-ferry": Key(
        right="board",
        wrongs=(
            Wrong("located-here-is-regionalism", "harbour",
                  reply="It stands on the coast and all five are in it. Who runs it?"),
            Wrong("trade-is-regionalism", "ferry",
                  reply="The ferries tie the coast together. Did the states build that tie?"),
            Wrong("two-are-a-region", "pact", reply="A strong pact. How many of the five are in it?"),
        ),
        nudge="Ask of each: did states make it, are at least three of the five in it, is an outsider in it?",
        help="One has an outsider, one grew from below, one has two states.",
        worked="Three states made the board by a signed text, and nobody from outside is in it. The subject does not matter here.",
        praise="Not the place, the use or the strength decided, but who made it and who takes part.",
    ),
}

# A reader has two minutes for a text. Either coding, or both kept side by side, can earn all points: marked is the rule and
# the weighing. Nobody loses points for what a government did or did not sign.
RUBRIC = {
    "puzzle.argue": (
        Criterion(
            "Both codings and their effect",
            1,
            full="Says what each coding of A034 takes as fact and what follows: with three parties the row counts at a minimum of "
            "three, with two it does not, with one unknown it belongs to the upper count only.",
            half="Both codings are there and the effect on the count is missing, or only one coding is followed through.",
            none="Retells the story of the agreement, or treats the question as whether the agreement was useful.",
        ),
        Criterion(
            "The sources weighed",
            1,
            full="Compares at least two sources by who speaks, when, and how that person could know. Notes that an early report may "
            "announce and a late remark may look back, or that the two may speak of different texts.",
            half="Names the sources and trusts one for a reason that would fit any source ('it is official').",
            none="Counts sources ('two against one'), or trusts one because it is the article.",
        ),
        Criterion(
            "A decision with a rule",
            1,
            full="Decides, or keeps both on purpose, and states a rule that another coder could use on another row, such as 'a party "
            "counts if a text or two independent reports show it'.",
            half="Decides with reasons that fit this row alone, or gives a rule and does not apply it here.",
            none="No decision, or a decision by taste. 'It depends' without saying on what also earns nothing.",
        ),
        Criterion(
            "The document that would settle it",
            1,
            full="A document that may exist and could be asked for (the signed text, a record of ratification, a depositary's list), "
            "and what would have to stand in it for either coding.",
            half="A fitting document without what it would have to say, or the right fact without a document.",
            none="'More research', another press report of the same day, or a document that would leave both codings open.",
        ),
    ),
}
