"""Numbers that arrive as text: in an address, in a hidden field, on a paper."""

import re

# What a key of the database can be, and what a column of whole numbers can hold.
LARGEST_KEY = 2**63 - 1
LARGEST_COUNT = 2**31 - 1
_DIGITS = re.compile(r"[0-9]{1,18}")


def natural(text, *, most: int = LARGEST_KEY) -> int | None:
    """0, 1, 2 … up to `most`, written in plain digits; None for anything else, however long."""
    number = int(text) if _DIGITS.fullmatch(str(text)) else None
    return number if number is not None and number <= most else None
