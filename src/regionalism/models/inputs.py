"""Checks of what goes into a model: each refusal names the value and the range that is allowed."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def number(name: str, value: Any, low: float = -math.inf, high: float = math.inf, *,
           inside: bool = False) -> float:
    """Return ``value`` as a float if it lies between ``low`` and ``high``.

    ``inside=True`` excludes both ends. Anything that is no finite number raises ``ValueError``.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"{name} is {value!r}: it must be a finite number {_range(low, high, inside)}")
    result = float(value)
    if not (low < result < high if inside else low <= result <= high):
        raise ValueError(f"{name} is {value!r}: it must lie {_range(low, high, inside)}")
    return result


def count(name: str, value: Any, low: int, high: int) -> int:
    """Return ``value`` as an int if it is a whole number from ``low`` to ``high``."""
    result = number(name, value, low, high)
    if result != int(result):
        raise ValueError(f"{name} is {value!r}: it must be a whole number from {low} to {high}")
    return int(result)


def positive(name: str, values: Any, length: int | None = None) -> Floats:
    """Return ``values`` as a one-dimensional array of positive finite floats.

    A single number is spread over ``length`` places if ``length`` is given.
    """
    array = floats(name, values)
    if array.ndim == 0 and length is not None:
        array = np.full(length, float(array))
    if array.ndim != 1 or (length is not None and array.size != length):
        wanted = "one number for each state" if length is None else f"one number or {length} numbers"
        raise ValueError(f"{name} has the shape {array.shape}: it must hold {wanted}")
    if not np.all(np.isfinite(array)) or np.any(array <= 0):
        raise ValueError(f"{name} is {array.tolist()}: every number must be finite and greater than 0")
    return array


def floats(name: str, values: Any) -> Floats:
    """Return a fresh float array of ``values``; what can't be read as numbers raises ``ValueError``."""
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {values!r}: it must hold numbers only") from None


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of the ``allowed`` words."""
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}: it must be one of {', '.join(allowed)}")
    return str(value)


def _range(low: float, high: float, inside: bool) -> str:
    if math.isinf(low) and math.isinf(high):
        return "of any size"
    if math.isinf(high):
        return f"greater than {low:g}" if inside else f"of {low:g} or more"
    return f"between {low:g} and {high:g}" + (", ends excluded" if inside else "")
