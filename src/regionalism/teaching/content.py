"""Where plans, tests and marked samples come from: the keys distribution, which students do not have."""

from __future__ import annotations

import importlib
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regionalism.teaching.plan import Plan

HOME = "regionalism_keys.teaching"
STEMS = ("puzzle", "gains", "outsourcing", "leadership")


class NotForStudents(LookupError):
    """This copy of the course has no plans and no tests: it is one for students, or the keys are not installed."""


def module(name: str) -> ModuleType:
    """A module of the teachers' content by its name, such as "plans.gains" or "forms".

    Raises NotForStudents where this copy of the course has none.
    """
    try:
        return importlib.import_module(f"{HOME}.{name}")
    except ModuleNotFoundError as missing:
        if missing.name is None or not f"{HOME}.{name}".startswith(missing.name):
            raise
        raise NotForStudents(f"This copy of the course is for students: it has no {name} for teachers.") from None


@cache
def plan(stem: str) -> Plan:
    """The plan of one chapter's lesson. NotForStudents where there is none."""
    return module(f"plans.{stem}").PLAN
