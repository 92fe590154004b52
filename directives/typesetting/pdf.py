"""Papers as .pdf, by typst: our own letters alone, the same bytes for the same words."""

import json
import re
from pathlib import Path

import typst

from . import FONTS

HERE = Path(__file__).resolve().parent
# What a screen reader walks through costs some 200 bytes a cell: long tables go without.
MOST_TAGGED = 10_000
# What has no place to be broken at would run over the line of its cell.
_LONG_WORD, _PIECE = re.compile(r"[^\s/\-–]{16,}"), re.compile(r".{10}(?=.)")


def paper(kind: str, data: dict) -> bytes:
    """Words reach the form as data, so that a sign of its language stays a sign."""
    tagged = sum(len(row) for row in data.get("rows", ())) <= MOST_TAGGED
    return typst.compile(
        HERE / f"{kind}.typ",
        root=HERE,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_breakable(data))},
        timestamp=0,
        pdf_tags=tagged,
    )


def _breakable(words):
    """The same data, with a place to be broken at in every long word."""
    match words:
        case str():
            return _LONG_WORD.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word.group()), words)
        case list():
            return [_breakable(one) for one in words]
        case dict():
            return {name: _breakable(one) for name, one in words.items()}
    return words
