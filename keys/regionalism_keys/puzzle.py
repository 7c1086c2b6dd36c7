"""Keys of the transfer items of `puzzle`. Students must not have this file; it is no part of their build."""

from __future__ import annotations

from regionalism.exercises.keys import Key
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
    ),
}
