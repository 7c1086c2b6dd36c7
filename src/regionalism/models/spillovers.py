"""How much of one state's security effort reaches the others."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalism.models.inputs import Floats, floats, number


def spillover_matrix(n: int, theta: Any) -> Floats:
    """Return the (n, n) matrix of spillovers: 1 on the diagonal, ``theta`` elsewhere.

    ``theta`` is a number from 0 (nothing crosses a border) to 1 (everything does), or a full (n, n)
    matrix with entries from 0 to 1 and ones on the diagonal; row i says what reaches state i.
    """
    values = floats("theta", theta)
    if values.ndim == 0:
        matrix = np.full((n, n), number("theta", theta, 0, 1))
        np.fill_diagonal(matrix, 1.0)
        return matrix
    if values.shape != (n, n):
        raise ValueError(f"theta has the shape {values.shape}: it must be a number or a {n} by {n} matrix")
    if not np.all((values >= 0) & (values <= 1)):
        raise ValueError(f"theta is {values.tolist()}: every entry must lie between 0 and 1")
    if not np.all(np.diag(values) == 1):
        raise ValueError(f"theta has the diagonal {np.diag(values).tolist()}: it must be 1 everywhere")
    return values


def border_spillovers(borders: Any, first: float = 1.0, second: float = 0.5) -> Floats:
    """Return a spillover matrix from common borders.

    ``borders`` is a symmetric (n, n) table of 0 and 1 (1: the two states share a border). Neighbours get
    ``first``, neighbours of neighbours ``second``, all others 0; both lie between 0 and 1.
    """
    table = floats("borders", borders)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not np.all(np.isin(table, (0, 1))):
        raise ValueError("borders must be a square table of 0 and 1")
    if not np.array_equal(table, table.T):
        raise ValueError("borders must be symmetric: a border belongs to both states")
    near, far = number("first", first, 0, 1), number("second", second, 0, 1)
    matrix = np.where(table == 1, near, np.where(table @ table > 0, far, 0.0))
    np.fill_diagonal(matrix, 1.0)
    return matrix
