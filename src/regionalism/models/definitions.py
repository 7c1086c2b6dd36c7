"""The definition dial: which agreements count as regionalism under which definition, and which just miss it.

There is no game here. A definition is a bundle of conditions, each with steps from weak to strict, and an
agreement counts if it meets every one of them. Because the conditions are joined by "and", tightening any of them
can only take agreements away, and for each agreement there is one strictest definition under which it still counts.

The first three conditions follow Mayer 2021 (section 2: formal institutions among at least three states; section 4
for outsiders and subjects); the other two are what lawyers would ask. Unknown parties, unclear binding force and
unknown entry into force make an agreement possible instead of certain, as in
:func:`regionalism.shaping.agreements_among`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regionalism.shaping import LIVES, SECURITY_AREAS, agreements_among

if TYPE_CHECKING:
    import pandas as pd

# Fewer than two states agree on nothing.
MINIMUMS = (2, 3, 4, 5)
# Subjects, from all to the narrowest. `narrow` leaves out bodies of many tasks, security among them.
AREAS: dict[str, tuple[str, ...] | None] = {
    "all": None,
    "security": SECURITY_AREAS,
    "narrow": tuple(area for area in SECURITY_AREAS if area != "multi"),
}
CONDITIONS = ("minimum", "outsiders", "area", "binding", "life")


@dataclass(frozen=True)
class Definition:
    """What must hold for an agreement to count.

    Parameters
    ----------
    minimum
        How many of the five must be parties, 2 to 5.
    outsiders
        Whether a party from outside the five is allowed.
    area
        ``all`` subjects, ``security`` (with bodies of many tasks), or security in the ``narrow`` sense.
    binding
        Whether it must be binding in law.
    life
        ``any`` (a mere proposal counts too), ``signed`` or ``in_force`` (today).

    Raises
    ------
    ValueError
        If a value is none of these.
    """

    minimum: int = 3
    outsiders: bool = False
    area: str = "all"
    binding: bool = False
    life: str = "any"

    def __post_init__(self) -> None:
        allowed = {"minimum": MINIMUMS, "area": tuple(AREAS), "life": LIVES}
        for name, values in allowed.items():
            if getattr(self, name) not in values or isinstance(getattr(self, name), bool):
                raise ValueError(f"{name} is {getattr(self, name)!r}; it is one of {', '.join(map(str, values))}.")

    def weaker(self) -> dict[str, Definition]:
        """Return, for each condition that can be weakened, the definition with that one a step weaker."""
        found = {}
        for name, steps in _STEPS.items():
            place = steps.index(getattr(self, name))
            if place:
                found[name] = replace(self, **{name: steps[place - 1]})
        return found

    def steps(self) -> tuple[int, ...]:
        """Return how strict each condition is: its step, from 0 (weakest), in the order of ``CONDITIONS``."""
        return tuple(steps.index(getattr(self, name)) for name, steps in _STEPS.items())


_STEPS: dict[str, tuple] = {
    "minimum": MINIMUMS,
    "outsiders": (True, False),
    "area": tuple(AREAS),
    "binding": (False, True),
    "life": LIVES,
}
WEAKEST = Definition(2, True)


def all_definitions() -> Iterator[Definition]:
    """Yield every definition of the dial."""
    for minimum in MINIMUMS:
        for outsiders in (True, False):
            for area in AREAS:
                for binding in (False, True):
                    for life in LIVES:
                        yield Definition(minimum, outsiders, area, binding, life)


def counting(agreements: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    """Return the agreements that count, with the column ``fits`` (certain or possible).

    ``agreements`` has the columns of the table of that name. Raises ValueError for a column that is missing.
    """
    # Only subjects that the table has can be asked for.
    wanted = AREAS[definition.area]
    areas = None if wanted is None else [area for area in wanted if area in set(agreements["issue_area"])]
    return agreements_among(
        agreements,
        definition.minimum,
        definition.outsiders,
        issue_areas=areas,
        binding=True if definition.binding else None,
        life=definition.life,
    )


def standing(agreements: pd.DataFrame, definition: Definition) -> pd.Series:
    """Return, by ``id`` and in the order of the table, where each agreement stands under a definition.

    ``certain`` or ``possible``: it counts, or may count. The name of a condition: it does not, but would, or
    might, if that condition alone were a step weaker; these are the ones that drop out when the condition is
    tightened. ``out``: it is further away than one step.
    """
    import pandas as pd

    places = pd.Series("out", index=pd.Index(agreements["id"], name="id"), name="standing", dtype=object)
    for name, definition_before in definition.weaker().items():
        places[counting(agreements, definition_before)["id"]] = name
    inside = counting(agreements, definition).set_index("id")["fits"]
    places[inside.index] = inside
    return places


def strictest(agreements: pd.DataFrame, identifier: str) -> Definition | None:
    """Return the strictest definition under which one agreement counts for certain, None if there is none.

    Raises ValueError for an id that the table does not have.
    """
    row = agreements[agreements["id"] == identifier]
    if row.empty:
        raise ValueError(f"No agreement has the id {identifier!r}.")
    return strictest_of_each(row)[identifier]


def strictest_of_each(agreements: pd.DataFrame) -> dict[str, Definition | None]:
    """Return, by ``id``, the strictest definition under which each agreement counts for certain.

    None for an agreement that does not count under the weakest. Whether an agreement meets a condition does not
    depend on the others, so each condition is tightened by itself, and the strictest definition is one and only one.
    """
    weakest = _certain(agreements, WEAKEST)
    found: dict[str, Definition | None] = {name: WEAKEST if name in weakest else None for name in agreements["id"]}
    for condition, steps in _STEPS.items():
        for step in steps:
            sure = _certain(agreements, replace(WEAKEST, **{condition: step}))
            if condition == "area":
                sure &= _of_area(agreements, step)
            for name in sure & weakest:
                found[name] = replace(found[name], **{condition: step})  # type: ignore[type-var]
    return found


def _certain(agreements: pd.DataFrame, definition: Definition) -> set[str]:
    counted = counting(agreements, definition)
    return set(counted.loc[counted["fits"] == "certain", "id"])


def _of_area(agreements: pd.DataFrame, area: str) -> set[str]:
    wanted = AREAS[area]
    return set(agreements["id"] if wanted is None else agreements.loc[agreements["issue_area"].isin(wanted), "id"])
