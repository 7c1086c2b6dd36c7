"""The models of the course: pure functions, numbers in, arrays and small dataclasses out.

Each module holds one family of models and is imported on its own, for example
``from regionalism.models import publicgoods``. The only heavy import is numpy.
"""

from __future__ import annotations
