"""The families of two-by-two games and the institutions that fit them.

After Stein (1982), Snidal (1985), doi 10.2307/1956241, and Martin (1992). The volunteer's game and the
one-sided externality are added here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A kind of problem: its key, the field's term, what it means in plain words, and what helps."""

    key: str
    term: str
    plain: str
    institution: str


FAMILIES: dict[str, Family] = {family.key: family for family in (
    Family("harmony", "Harmony",
           "Each state gains by contributing, whatever the other does.",
           "None is needed: it is enough to tell each other."),
    Family("prisoners_dilemma", "Prisoner's dilemma (collaboration)",
           "Both gain if both contribute, but each does better by holding back, whatever the other does.",
           "Monitoring and sanctions, and a future that both value."),
    Family("assurance", "Assurance (stag hunt)",
           "Each wants to contribute if the other does, and not otherwise. Both outcomes are stable.",
           "Transparency: each must see that the other will do its part."),
    Family("chicken", "Chicken",
           "Each wants the other to give way. If neither does, both get the worst.",
           "A rule about who gives way when, and a direct line in a crisis."),
    Family("volunteer", "Volunteer's game",
           "One contribution is enough. Each prefers that the other makes it, and would make it alone if need be.",
           "A division of labour: one state leads, or they take turns."),
    Family("deadlock", "Deadlock",
           "At least one state gains nothing from joint action, so both hold back, and both rightly.",
           "None will help before costs, benefits or the issue itself change."),
    Family("coordination", "Coordination",
           "Both want to act in step, but each prefers another way of doing so.",
           "A forum that fixes one standard. It needs little enforcement."),
    Family("suasion", "Suasion",
           "One state contributes whatever happens. The other knows it and leaves the work to it.",
           "Linkage to other issues and side payments."),
    Family("externality", "One-sided externality (upstream and downstream)",
           "Only one state's move matters to the other, and what helps the other costs it something.",
           "Compensation, or linkage to an issue in which the other side has something to give."),
    Family("unnamed", "No named family",
           "The two states face different problems, or their moves carry the wrong names. Read the equilibria.",
           "It depends on the equilibria; try swapping the names of the moves."),
)}
