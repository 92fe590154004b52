"""One run of the sender: find, claim, mail. `manage.py send_notices` is its only caller."""

import fcntl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from time import sleep

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from directives.models import Notice

from .claiming import keep, plan
from .finding import find
from .hours import Hour, Silence, hour
from .mailing import Delivery, deliver, mails_of

KEPT = timedelta(days=180)
PATIENCE = 20  # tenths of a second
_LOCK = 0x7468_6F6E  # any number that nobody else takes


@dataclass(frozen=True)
class Outcome:
    """What a run did, or with `dry_run` would do: rows by kind, mails, and what is left for the next run."""

    day: date
    made: Counter = field(default_factory=Counter)
    delivery: Delivery = field(default_factory=Delivery)
    left: int = 0
    silence: Silence | None = None


def send(*, as_of: date | None = None, dry_run: bool = False) -> Outcome:
    """Tell everybody what they are to be told now; on days off and at night nothing, and so when another run is at work.

    Safe to run at any moment and as often as one likes. The row is written before the mail goes: a run that is
    killed leaves rows whose mail the next run sends, so each person has exactly one row for a kind, a thing and a
    day. The one mail in flight when the run was killed may go a second time, under the same Message-ID: nobody can
    know whether the mail server had taken it.

    With `as_of`, what would be told on the morning of that day. A fixed number of queries, and two for each mail.
    """
    now = hour(as_of)
    if now.silence:
        return Outcome(now.day, silence=now.silence)
    if dry_run:
        return _foreseen(now)
    with _alone() as is_alone:
        return _run(now) if is_alone else Outcome(now.day, silence=Silence.BUSY)


def _foreseen(now: Hour) -> Outcome:
    planned = plan(now, find(now), most=settings.NOTICES_PER_RUN)
    return Outcome(now.day, _counted(planned.rows), Delivery(mails_of(planned.rows, now.day)), planned.left)


def _run(now: Hour) -> Outcome:
    Notice.objects.filter(day__lt=now.day - KEPT).delete()
    planned = plan(now, find(now), most=settings.NOTICES_PER_RUN)
    keep(planned.rows)
    delivery = deliver(now.day, most=settings.NOTICES_PER_RUN)
    return Outcome(now.day, _counted(planned.rows), delivery, planned.left)


def _counted(rows):
    return Counter(row.kind for row in rows)


# --- One at a time ------------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this is the only run. The lock goes with the process that holds it, however that ends."""
    held = _hold_in_database if connection.vendor == "postgresql" else _hold_beside_file
    with held() as is_alone:
        yield is_alone


@contextmanager
def _hold_in_database():
    """The database notices a killed run only when its statement ends, so a lock that is taken is asked for again."""
    is_alone = _try_lock()
    for _ in range(PATIENCE):
        if is_alone:
            break
        sleep(0.1)
        is_alone = _try_lock()
    try:
        yield is_alone
    finally:
        if is_alone:
            with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _try_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        return cursor.fetchone()[0]


@contextmanager
def _hold_beside_file():
    """A lock file beside the database; a database in memory belongs to one process anyway."""
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or name.startswith("file:memory"):
        yield True
        return
    with Path(f"{name}.notices").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
