"""The last touch on every text: composed letters, no control characters, no more than one empty line in a row."""

import re
import unicodedata
from collections.abc import Iterable

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def tidy(lines: Iterable[str]) -> str:
    """The lines as one text. Linear."""
    kept: list[str] = []
    for line in lines:
        clean = _CONTROLS.sub("", line).rstrip()
        if clean or (kept and kept[-1]):
            kept.append(clean)
    return unicodedata.normalize("NFC", "\n".join(kept).strip("\n")) + "\n"
