"""What people are told: found in the state of the work at the moment of sending, never planned ahead.

`send` makes a row for each person, kind, object and day, and mails what is due; the rows are the inbox.
"""

from .hours import tells_later
from .reading import address, mark_all_read, mark_read, set_mailed_kinds, unwanted_kinds, with_words
from .sending import Outcome, send

__all__ = [
    "Outcome",
    "address",
    "mark_all_read",
    "mark_read",
    "send",
    "set_mailed_kinds",
    "tells_later",
    "unwanted_kinds",
    "with_words",
]
