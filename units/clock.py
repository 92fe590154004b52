"""The only clock of the portal: every `now` and `today` is asked here.

`travel` lets the demo and the tests live through past weeks without touching the machine's time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_arrived_at: ContextVar[datetime | None] = ContextVar("arrived_at", default=None)


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _arrived_at.get() or timezone.now()


def today() -> date:
    """The present day in Asia/Ho_Chi_Minh."""
    return timezone.localdate(now())


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Make `moment` (aware) the present inside the block, for this thread only."""
    token = _arrived_at.set(moment)
    try:
        yield
    finally:
        _arrived_at.reset(token)


def printed_day(day: date) -> str:
    """The day as Vietnamese papers print it in figures: 05/3/2024, 19/02/2024."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
