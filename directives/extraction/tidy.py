"""The last touch on every text: composed letters, no control characters, no more than one empty line in a row."""

import re
import unicodedata
from collections.abc import Iterable

from directives.inspection import Suspect

# Four hundred full pages; parsing the worst of such texts takes five seconds.
LONGEST = 1_000_000

# Within the brackets of a pattern: controls, halves of surrogate pairs, what is no character. No file that is XML takes
# them, and no letter is lost with them.
UNPRINTABLE = r"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_CONTROLS = re.compile(rf"[{UNPRINTABLE}\ufeff]")


def tidy(lines: Iterable[str]) -> str:
    """The lines as one text. Raises `Suspect` ("heavy"), at the latest when there is more than is read. Linear."""
    kept: list[str] = []
    left = LONGEST
    for line in lines:
        clean = _CONTROLS.sub("", line).rstrip()
        left -= len(clean) + 1
        if left < 0:
            raise Suspect("heavy")
        if clean or (kept and kept[-1]):
            kept.append(clean)
    return unicodedata.normalize("NFC", "\n".join(kept).strip("\n")) + "\n"
