"""Counters of where assignments stand, kept in the transaction of every verb: what makes the dashboard fast.

They are books: whoever changes assignments adds what that changes in the sums (`moving`, `added`), and no row of the
books is ever changed. So nobody waits for a counter and no order of locks has to be kept. The sums stand for the day of
the `Mark`. A reader asks for today and corrects, in the same statement, what the days since then have changed: open work
whose deadline has come nearer, found by the index of open deadlines. `advance` moves the mark and adds the books up; when
it fails, the figures stay exact and only cost more. What a row counts as is `standing`'s one expression.
"""

from .booking import added, moving
from .buckets import begins_bucket, bucket, month_of, months
from .keeping import advance, faults, rebuild
from .reading import Question, Sum, falling_due, owed, read, reported
from .sums import COLUMNS, Key

__all__ = [
    "COLUMNS",
    "Key",
    "Question",
    "Sum",
    "added",
    "advance",
    "begins_bucket",
    "bucket",
    "falling_due",
    "faults",
    "month_of",
    "months",
    "moving",
    "owed",
    "read",
    "rebuild",
    "reported",
]
