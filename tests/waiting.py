"""Two at one moment, on PostgreSQL: how the first knows that the second has come to a halt."""

import time
from threading import Thread

from django.db import connection

# Whether anybody waits for a lock that this connection holds; never a picture kept since the transaction began.
HELD_UP = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def ended_or_waits(thread: Thread, seconds: float) -> bool:
    """Returns as soon as the thread has ended (True) or stands before a lock of ours (False), or the time is up."""
    last = time.monotonic() + seconds
    while thread.is_alive() and not _holds_somebody_up() and time.monotonic() < last:
        thread.join(timeout=0.02)
    return not thread.is_alive()


def _holds_somebody_up() -> bool:
    """Past Django's own cursor, which may be at this statement's wrapper already."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(HELD_UP)
        return cursor.fetchone()[0]
