"""What stands above the body: number, date, issuer, type, trích yếu, urgency, and where the body begins.

The two printed columns come interleaved in any order, so every part is looked for by its own shape in the zone
above the first line that can only belong to the body.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from . import kinds
from .result import DateHint
from .text import Line, Piece, Source, columns, is_capitals, squeeze

_ZONE_LINES = 80
_BODY_BEGINS = re.compile(
    r"[^\w]*(?:kinh gui|dong kinh gui|can cu?\b(?! bo)|(?:[ivx]{1,4}|1)\s?[.\-)/]\s|dieu 1\b|noi nhan\b|quyet (?:dinh|nghi):)"
)
_MOTTO = re.compile(
    r"con?g hoa x\w{0,4}\s?hoi chu n\w{0,5}\s?viet nam|doc lap\s{0,3}-\s{0,3}tu do\s{0,3}-\s{0,3}h[ae]nh phuc"
    r"|da[nu]g cong san viet nam"
)
_NUMBER = re.compile(
    r"[^\w\n]{0,40}so[ \t]{0,3}[:.]?(?P<blank>[ \t._]{0,80})(?P<number>\d{1,6}[a-z]?)?[ \t._]{0,80}"
    r"(?P<year>/[ ]?(?:19|20)\d\d(?=[ ]?/))?[ ]?(?P<separator>[-/])[ ]{0,3}(?P<symbol>[a-z]\w*(?:[ ]?[-/&][ ]?\w+|\.(?=[a-z])\w+)*)"
)
_NUMBER_ALONE = re.compile(r"[^\w\n]{0,40}so[ \t]{0,3}:?[ \t]{0,40}(?P<number>\d{1,6})\W*")
_SYMBOL_ALONE = re.compile(r"[^\w\n]{0,40}(?P<separator>[-/])[ ]{0,3}(?P<symbol>[a-z]\w*(?:[-/&]\w+)*)")
_GAP = r"[\s._,]{0,60}"
_DATE = re.compile(
    rf"\bngay(?:{_GAP}(?P<day>\d{{1,2}})|{_GAP}\S{{1,3}})?{_GAP}thang(?:{_GAP}(?P<month>\d{{1,2}}))?{_GAP}nam(?:{_GAP}(?P<year>\d{{4}}))?"
)
_PLACE = re.compile(r"(?P<place>[^\W\d_](?:[^\W\d_]|[ .'-]){1,40}?)[ ]{0,3},\s{0,3}$")
_ABOUT = re.compile(r"[^\w]*(?:v\s?/\s?v|ve viec)\b[ :.]{0,4}")
_ABOUT_WORDS = re.compile(r"(?:v\s?/\s?v|ve viec|ve)\b[ :.]{0,4}")
_PARAGRAPH_OPENERS = re.compile(
    r"(?:can cu?|thuc hien|nhan dip|de|trong|theo|tren co so|xet|sau khi|tiep tuc|qua|ngay \d|hien nay|thoi gian|vua qua|nham"
    r"|thi hanh|tiep theo|ngay sau|duoc su)\b"
)
_AUTHORITY = re.compile(
    r"(?:(?:pho )?chu tich|bo truong|uy ban nhan dan|thu tuong|chinh phu|giam doc|tong giam doc|hoi dong|quoc hoi|cuc truong|hieu truong"
    r"|ban (?:chap hanh|thuong vu|chi dao)|bi thu|tong cuc truong|chanh)\b(?!.* (?:ve|ban hanh) )"
)
_BODIES = re.compile(
    r"(?:uy ban|ubnd|hdnd|hoi dong|hoi|hiep hoi|so|bo|ban|van phong|cuc|tong cuc|chi cuc|vu|vien|phong|trung tam|truong|cong an|thanh tra"
    r"|dang (?:uy|doan|bo)|tinh uy|huyen uy|quan uy|thanh uy|thi uy|chi bo|cong ty|tong cong ty|tap doan|toa an|benh vien|chinh phu"
    r"|thu tuong|quoc hoi|lien doan|lien minh|mat tran|kho bac|ngan hang|bao hiem|don|doan|hat|doi)\b"
)
_NOT_ISSUER = re.compile(
    r"\W*(?:so\s{0,3}(?:[:/\d-]|$)|v/v|ve viec|kinh gui|ky boi|\(|khan|hoa toc|thuong khan|mat|tuyet mat|toi mat|du thao|ban sao|muc luc|luu hanh)"
)
_URGENCY = re.compile(r"\W*(?P<urgency>hoa toc(?: hen gio)?|thuong khan|khan)\W*")


@dataclass
class Header:
    """What was read. `spans` hold offsets into `Source.text` until `parse` translates them."""

    number: str | None = None
    notation: str | None = None
    code: str | None = None
    kind: str | None = None
    issued_on: date | None = None
    date_hint: DateHint | None = None
    place: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    title: str | None = None
    urgency: str | None = None
    body: int = 0
    kind_inferred: bool = False
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def put(self, name: str, value: object, start: int, end: int) -> None:
        setattr(self, name, value)
        self.places[name] = (start, end)
        self.body = max(self.body, end)


def read_header(source: Source) -> Header:
    """The header of the first document in the text. Linear in the first eighty lines."""
    zone = _zone(source.lines)
    header = Header()
    _read_number(zone, header)
    _read_date(source, zone, header)
    _read_kind(zone, header)
    _read_title(zone, header)
    _read_issuers(zone, header)
    _read_urgency(zone, header)
    return header


def _zone(lines: tuple[Line, ...]) -> list[Line]:
    """The lines above the body. A first line may already look like a body; it is never all there is."""
    zone: list[Line] = []
    for line in lines:
        if len(zone) >= _ZONE_LINES:
            break
        if _BODY_BEGINS.match(line.plain[:60]):
            break
        zone.append(line)
    return zone


def _read_number(zone: list[Line], header: Header) -> None:
    for at, line in enumerate(zone):
        head = line.plain[:200]
        if (found := _NUMBER.match(head)) and _prints_capital(line, found):
            return _put_number(line, found, header)
        first = next(iter(columns(line)), line)
        if (found := _NUMBER_ALONE.fullmatch(first.plain[:60])) and (
            tail := _symbol_below(zone[at + 1 : at + 9])
        ):
            return _put_split_number(line, found, tail, header)
    return None


def _prints_capital(line: Line, found: re.Match[str]) -> bool:
    return line.text[found.start("symbol")].isupper()


def _put_number(line: Line, found: re.Match[str], header: Header) -> None:
    year = re.sub(r"\s", "", found["year"] or "")
    symbol = re.sub(r"\s", "", line.text[slice(*found.span("symbol"))])
    base = line.start
    number = found["number"]
    if number is not None:
        header.put(
            "number",
            line.text[slice(*found.span("number"))],
            base + found.start("number"),
            base + found.end("number"),
        )
    else:
        header.put("number", None, base + found.start("blank"), base + found.end("blank"))
    header.put("notation", symbol, base + found.start("symbol"), base + found.end("symbol"))
    start = found.start("number") if number else found.start("separator")
    header.put(
        "code",
        (header.number or "") + year + found["separator"] + symbol,
        base + start,
        base + found.end("symbol"),
    )


def _symbol_below(lines: Iterable[Line]) -> tuple[Line, re.Match[str]] | None:
    for line in lines:
        if (found := _SYMBOL_ALONE.match(line.plain[:80])) and _prints_capital(line, found):
            return line, found
    return None


def _put_split_number(line: Line, found: re.Match[str], tail: tuple, header: Header) -> None:
    below, symbol = tail
    notation = below.text[slice(*symbol.span("symbol"))]
    header.put(
        "number", found["number"], line.start + found.start("number"), line.start + found.end("number")
    )
    header.put("notation", notation, below.start + symbol.start("symbol"), below.start + symbol.end("symbol"))
    header.put("code", found["number"] + symbol["separator"] + notation, *header.places["notation"])


def _read_date(source: Source, zone: list[Line], header: Header) -> None:
    if not zone:
        return
    number_end = header.places.get("code", (0, 0))[1]
    for found in _DATE.finditer(source.plain, zone[0].start, zone[-1].end):
        row = max(source.text.rfind("\n", 0, found.start()) + 1, found.start() - 90)
        if row < number_end < found.start():
            row = number_end
        place = _PLACE.search(source.text[row : found.start()].lstrip("*_ "))
        alone = source.text[row : found.start()].strip(" \t|*_") == ""
        if place is None and not (
            alone and source.plain[found.start() - 1 : found.start()] in ("", "\n", "\t", " ")
        ):
            continue
        if alone and not found["month"] and not found["year"]:
            continue
        _put_date(header, found, place, row)
        return


def _put_date(header: Header, found: re.Match[str], place: re.Match[str] | None, row: int) -> None:
    day, month, year = (int(found[part]) if found[part] else None for part in ("day", "month", "year"))
    header.put("issued_on", _whole_date(day, month, year), *found.span())
    if header.issued_on is None:
        header.date_hint = DateHint(day, month if month and month <= 12 else None, year)
    if place is not None:
        name = _last_column(place["place"])
        end = found.start()
        header.put("place", name, max(row, end - len(place.group()) + place["place"].rfind(name)), end)
        start = header.places["place"][0]
        header.places["place"] = (start, start + len(name))


def _last_column(text: str) -> str:
    """The last column of a place that shares its line with another column."""
    return re.split(r" {3,}|\t", text.strip())[-1].strip()


def _whole_date(day: int | None, month: int | None, year: int | None) -> date | None:
    try:
        return date(year, month, day) if day and month and year else None
    except ValueError:
        return None


def _read_kind(zone: list[Line], header: Header) -> None:
    for line in zone:
        if len(line) > 120 or line.end < header.places.get("code", (0, 0))[1] - 200:
            continue
        for piece in columns(line):
            name = kinds.named(piece.plain.strip(" :*_."))
            if name and is_capitals(piece.text) and not _BODIES.match(piece.plain + " x"):
                return header.put("kind", name, piece.start, piece.end)
    return None


def _read_title(zone: list[Line], header: Header) -> None:
    rows: Sequence[Piece] = (
        _letter_title(zone, header) if "kind" not in header.places else _named_title(zone, header)
    )
    if not rows:
        return
    start, end = rows[0].start, rows[-1].end
    words = _ABOUT_WORDS.match(rows[0].plain.lstrip(" *_("))
    skipped = len(rows[0].plain) - len(rows[0].plain.lstrip(" *_("))
    start += skipped + (words.end() if words else 0)
    value = squeeze(" ".join([rows[0].source.text[start : rows[0].end], *(row.text for row in rows[1:])]))
    header.put("title", value.rstrip(" .;,:*_-") or None, start, end)


def _letter_title(zone: list[Line], header: Header) -> list[Piece]:
    """A letter's "V/v …" and the lines it wraps over, in its own column.

    A Party letter prints its subject right under the number, in small letters and without "V/v".
    """
    for at, line in enumerate(zone):
        for column, piece in enumerate(columns(line)):
            if _ABOUT.match(piece.plain[:40]):
                return [piece, *_wrapped(zone[at + 1 : at + 9], column)]
    end = header.places.get("code", (0, len(header.code or "")))[1]
    below = [line for line in zone if line.start >= end and not line.is_noise] if header.code else []
    return _wrapped(below[:6], 0) if below and below[0].text[0].islower() else []


def _wrapped(lines: list[Line], column: int) -> list[Piece]:
    rows: list[Piece] = []
    for line in lines:
        pieces = columns(line)
        piece = pieces[min(column, len(pieces) - 1)] if pieces else None
        if piece is None or line.is_rule or _ends_title(piece):
            break
        rows.append(piece)
    return rows


def _ends_title(piece: Piece) -> bool:
    plain = piece.plain
    dated = _DATE.search(plain[:300])
    placed = dated and (dated.start() == 0 or _PLACE.search(piece.text[: dated.start()]))
    return bool(_MOTTO.search(plain[:300]) or placed or (is_capitals(piece.text) and _BODIES.match(plain)))


def _named_title(zone: list[Line], header: Header) -> Sequence[Piece]:
    """The lines under the name of the type, until a stroke, an authority, a bracket or a paragraph."""
    below = [line for line in zone if line.start > header.places["kind"][1]]
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
    return line.text[0].isupper() and bool(_PARAGRAPH_OPENERS.match(line.plain))


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


def _read_issuers(zone: list[Line], header: Header) -> None:
    """Capital lines above the number, or above the type where no number is printed."""
    limit = min(
        (header.places[name][0] for name in ("number", "code", "kind", "title") if name in header.places),
        default=None,
    )
    if limit is None:
        return
    bodies: list[list[Piece]] = []
    for line in zone:
        if line.end > limit:
            break
        for piece in _issuer_pieces(line):
            if bodies and not _starts_body(piece, bodies[-1]):
                bodies[-1].append(piece)
            elif _BODIES.match(piece.plain) or not bodies:
                bodies.append([piece])
    named = [body for body in bodies if _BODIES.match(body[0].plain)]
    if named:
        header.put("issuer", _joined(named[-1]), named[-1][0].start, named[-1][-1].end)
    if len(named) > 1:
        header.put("parent_issuer", _joined(named[-2]), named[-2][0].start, named[-2][-1].end)


def _issuer_pieces(line: Line) -> Iterable[Piece]:
    """Capital columns of a line with the Quốc hiệu taken out, even where one space parts them."""
    motto = _MOTTO.search(line.plain[:400])
    kept = [Piece(line.source, line.start, line.end)]
    if motto:
        kept = [
            Piece(line.source, line.start, line.start + motto.start()),
            Piece(line.source, line.start + motto.end(), line.end),
        ]
    for part in kept:
        for piece in columns(part):
            trimmed = _trimmed(piece)
            if 1 < len(trimmed) < 120 and is_capitals(trimmed.text) and not _NOT_ISSUER.match(trimmed.plain):
                yield trimmed


def _trimmed(piece: Piece) -> Piece:
    left = len(piece.text) - len(piece.text.lstrip(" -_*|.~:"))
    right = len(piece.text.rstrip(" -_*|.~:+"))
    return Piece(piece.source, piece.start + min(left, right), piece.start + right)


def _starts_body(piece: Piece, body: list[Piece]) -> bool:
    """Whether a capital line names a body of its own, or goes on with the one above ("TỈNH …", "VÀ …")."""
    if not _BODIES.match(piece.plain) or body[-1].plain.endswith((" va", ",", " cac", " thuoc")):
        return False
    return not (
        body[-1].plain in ("uy ban", "hoi dong", "ban chap hanh", "van phong")
        and piece.plain.startswith(("nhan dan", "dang bo"))
    )


def _joined(pieces: list[Piece]) -> str:
    return squeeze(" ".join(piece.text for piece in pieces))


def _read_urgency(zone: list[Line], header: Header) -> None:
    for line in zone:
        for piece in columns(line) if len(line) < 200 else ():
            if (found := _URGENCY.fullmatch(piece.plain)) and is_capitals(piece.text):
                start, end = found.span("urgency")
                return header.put(
                    "urgency", squeeze(piece.text[start:end]), piece.start + start, piece.start + end
                )
    return None
