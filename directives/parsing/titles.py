"""The trích yếu: under the type's name, or a letter's "V/v …" in its own column."""

import re
from collections.abc import Sequence

from units.naming import plain_letters

from .kinds import LETTER
from .marks import BODIES, DATE, MOTTO, PLACE
from .result import ParsedDirective
from .text import Line, Piece, columns, is_capitals, squeeze

_ABOUT = re.compile(r"\W{0,40}(?:v\s?/\s?v|ve viec)\b[ :.]{0,4}")
_ABOUT_WORDS = re.compile(r"(?:v\s?/\s?v|ve viec|ve)\b[ :.]{0,4}")
_PRINTED_ABOUT = re.compile(r"\b(?:v\s?/\s?v|ve viec|(?P<short>ve))\W{0,5}$")
_PARAGRAPH_OPENERS = re.compile(
    r"(?:can cu?|thuc hien|nhan dip|de|trong|theo|tren co so|xet|sau khi|tiep tuc|qua|ngay \d|hien nay|thoi gian|vua qua|nham"
    r"|thi hanh|tiep theo|ngay sau|duoc su)\b"
)
_AUTHORITY = re.compile(
    r"(?:(?:pho )?chu tich|bo truong|uy ban nhan dan|thu tuong|chinh phu|giam doc|tong giam doc|hoi dong|quoc hoi|cuc truong|hieu truong"
    r"|ban (?:chap hanh|thuong vu|chi dao)|bi thu|tong cuc truong|chanh)\b(?!.{0,200} (?:ve|ban hanh) )"
)
# In letters: a line of a title is centred and does not fill the page; in a Word file it may be all of it.
_LONGEST_ROW = 250


def read_title(
    zone: list[Line], kind_end: int | None, code_end: int | None
) -> tuple[str | None, int, int] | None:
    """The trích yếu and where it stands; a letter's when no type is printed. Linear in the zone."""
    rows = _letter_title(zone, code_end) if kind_end is None else _named_title(zone, kind_end)
    if not rows:
        return None
    start, end = rows[0].start, rows[-1].end
    words = _ABOUT_WORDS.match(rows[0].plain.lstrip(" *_("))
    skipped = len(rows[0].plain) - len(rows[0].plain.lstrip(" *_("))
    start += skipped + (words.end() if words else 0)
    value = squeeze(" ".join([rows[0].source.text[start : rows[0].end], *(row.text for row in rows[1:])]))
    return value.rstrip(" .;,:*_-") or None, start, end


def printed_title(text: str, parsed: ParsedDirective) -> str:
    """The trích yếu as its paper says it: under the name of a type "Về việc" is part of it, a letter's "V/v" is layout."""
    title = (parsed.title or "").strip()
    if not title or parsed.kind == LETTER or "title" not in parsed.spans:
        return title
    start = parsed.spans["title"].start
    about = _PRINTED_ABOUT.search(plain_letters(text[max(0, start - 20) : start]))
    return f"{'Về' if about['short'] else 'Về việc'} {title}" if about else title


def _letter_title(zone: list[Line], code_end: int | None) -> Sequence[Piece]:
    """A letter's "V/v …" and the lines it wraps over, in its own column.

    A Party letter prints its subject right under the number, in small letters and without "V/v".
    """
    for at, line in enumerate(zone):
        for column, piece in enumerate(columns(line)):
            if _ABOUT.match(piece.plain[:40]):
                return [piece, *_wrapped(zone[at + 1 : at + 9], column)]
    if code_end is None:
        return []
    below = [line for line in zone if line.start >= code_end and not line.is_noise]
    return _wrapped(below[:6], 0) if below and below[0].text[0].islower() else []


def _wrapped(lines: list[Line], column: int) -> list[Piece]:
    rows: list[Piece] = []
    for line in lines:
        pieces = columns(line)
        piece = pieces[min(column, len(pieces) - 1)] if pieces else None
        if piece is None or line.is_rule or _ends_title(piece) or _opens_paragraph(piece):
            break
        rows.append(piece)
    return rows


def _opens_paragraph(piece: Piece) -> bool:
    return piece.text[0].isupper() and len(piece) > 40 and bool(_PARAGRAPH_OPENERS.match(piece.plain))


def _ends_title(piece: Piece) -> bool:
    plain = piece.plain
    dated = DATE.search(plain[:300])
    placed = dated and (dated.start() == 0 or PLACE.search(piece.text[: dated.start()]))
    return bool(MOTTO.search(plain[:300]) or placed or (is_capitals(piece.text) and BODIES.match(plain)))


def _named_title(zone: list[Line], kind_end: int) -> Sequence[Piece]:
    """The lines under the name of the type, until a stroke, an authority, a bracket or a paragraph."""
    below = [line for line in zone if line.start > kind_end]
    rows: list[Line] = []
    for line in below[:24]:
        if line.is_blank and not rows:
            continue
        if line.is_blank or (line.is_rule and rows) or (rows and _opens_body(line, below)) or len(rows) >= 12:
            if line.is_blank and _goes_on(below, line, rows):
                continue
            break
        if not line.is_rule:
            if _ends_title(line) and not is_capitals(line.text):
                break
            rows.append(line)
    return _without_meeting(rows)


def _goes_on(below: list[Line], blank: Line, rows: list[Line]) -> bool:
    """A blank line inside a title: what follows starts small."""
    following = next((line for line in below if line.start > blank.end and not line.is_blank), None)
    return (
        following is not None
        and following.text[0].islower()
        and len(rows) < 4
        and not following.text.endswith(";")
    )


def _opens_body(line: Line, below: list[Line]) -> bool:
    if line.text[0] in "(-+":
        return True
    if is_capitals(line.text):
        return bool(_AUTHORITY.match(line.plain)) and not _names_meeting(line, below)
    return line.text[0].isupper() and (bool(_PARAGRAPH_OPENERS.match(line.plain)) or _is_paragraph(line))


def _is_paragraph(line: Line) -> bool:
    """From a Word file a paragraph is one line: longer than a line of a title, or leading up to the items."""
    return line.text.endswith(":") or len(line) > _LONGEST_ROW


def _names_meeting(line: Line, below: list[Line]) -> bool:
    """A resolution prints its meeting in capitals and then says "về …"."""
    after = [row for row in below if row.start > line.end and not row.is_blank][:2]
    return any(row.text.startswith("về ") for row in after)


def _without_meeting(rows: list[Line]) -> list[Line]:
    """A resolution prints the meeting in capitals between its type and "về …"."""
    for at, row in enumerate(rows):
        if (
            at
            and row.plain.startswith("ve ")
            and all(is_capitals(r.text) for r in rows[:at])
            and not is_capitals(row.text)
        ):
            return rows[at:]
    return rows
