"""Figures frozen at a cut-off: the official table and every row behind it, sealed, under a code.

What happens later changes nothing of it; what has changed since is told beside it.
"""

from .changes import Change, changes
from .rows import FrozenRow, rows_behind
from .seal import broken
from .table import FrozenColumn, FrozenTable, frozen_table
from .taking import MOST_ROWS, freeze

__all__ = [
    "MOST_ROWS",
    "Change",
    "FrozenColumn",
    "FrozenRow",
    "FrozenTable",
    "broken",
    "changes",
    "freeze",
    "frozen_table",
    "rows_behind",
]
