"""What stands above the body: number, date, issuer, type, trích yếu, urgency, and where the body begins.

The two printed columns come interleaved in any order, so every part is looked for by its own shape in the zone
above the first line that can only belong to the body.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from . import kinds
from .issuers import read_issuers
from .marks import BODIES, DATE, PLACE
from .result import DateHint
from .text import Line, Source, columns, is_capitals, squeeze
from .titles import read_title

_ZONE_LINES = 80
_BODY_BEGINS = re.compile(
    r"\W{0,40}(?:kinh gui|dong kinh gui|can cu?\b(?! bo)|(?:[ivx]{1,4}|1)\s?[.\-)/]\s|dieu 1\b|noi nhan\b|quyet (?:dinh|nghi):)"
)
_NUMBER = re.compile(
    r"[^\w\n]{0,40}so[ \t]{0,3}[:.]?(?P<blank>[ \t._]{0,80})(?P<number>\d{1,6}[a-z]?)?[ \t._]{0,80}"
    r"(?P<year>/[ ]?(?:19|20)\d\d(?=[ ]?/))?[ ]?(?P<separator>[-/])[ ]{0,3}(?P<symbol>[a-z]\w*(?:[ ]?[-/&][ ]?\w+|\.(?=[a-z])\w+)*)"
)
_NUMBER_ALONE = re.compile(r"[^\w\n]{0,40}so[ \t]{0,3}:?[ \t]{0,40}(?P<number>\d{1,6})\W{0,40}")
_SYMBOL_ALONE = re.compile(r"[^\w\n]{0,40}(?P<separator>[-/])[ ]{0,3}(?P<symbol>[a-z]\w*(?:[-/&]\w+)*)")
# "KẾT LUẬN CỦA BAN THƯỜNG VỤ": the author stands on the line of the type.
_KIND_BY = re.compile(rf"(?P<kind>{kinds.NAMES})\s{{1,9}}cua\s")
_HOUR = re.compile(
    r"(?:hồi|lúc)\s{0,3}\d{1,2}\s{0,2}(?:giờ|h)\s{0,2}(?:\d{2}(?:\s{0,2}phút)?)?,?\s{1,9}$", re.IGNORECASE
)
_URGENCY = re.compile(r"\W{0,40}(?P<urgency>hoa toc(?: hen gio)?|thuong khan|khan)\W{0,40}")


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
    _put_title(zone, header)
    _put_issuers(zone, header)
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
    for found in DATE.finditer(source.plain, zone[0].start, zone[-1].end):
        row = max(source.text.rfind("\n", 0, found.start()) + 1, found.start() - 90)
        if row < number_end < found.start():
            row = number_end
        # A wire says the hour too: "Hà Nội, hồi 9 giờ 00 ngày …".
        hour = _HOUR.search(source.text, row, found.start())
        end = hour.start() if hour else found.start()
        place = PLACE.search(source.text[row:end].lstrip("*_ "))
        alone = source.text[row:end].strip(" \t|*_") == ""
        if place is None and not (
            alone and source.plain[found.start() - 1 : found.start()] in ("", "\n", "\t", " ")
        ):
            continue
        if alone and not found["month"] and not found["year"]:
            continue
        _put_date(header, found, place, row, end)
        return


def _put_date(header: Header, found: re.Match[str], place: re.Match[str] | None, row: int, end: int) -> None:
    """`end` is where the words before the date end, an hour left out."""
    day, month, year = (int(found[part]) if found[part] else None for part in ("day", "month", "year"))
    header.put("issued_on", _whole_date(day, month, year), *found.span())
    if header.issued_on is None:
        header.date_hint = DateHint(day, month if month and month <= 12 else None, year)
    if place is not None:
        name = _last_column(place["place"])
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
            plain = piece.plain.strip(" :*_.")
            by = _KIND_BY.match(plain)
            name = kinds.named(by["kind"] if by else plain)
            if name and is_capitals(piece.text) and not BODIES.match(piece.plain + " x"):
                return header.put(
                    "kind", name, piece.start, piece.start + by.end("kind") if by else piece.end
                )
    return None


def _put_title(zone: list[Line], header: Header) -> None:
    ends = {name: header.places[name][1] for name in ("kind", "code") if name in header.places}
    if read := read_title(zone, ends.get("kind"), ends.get("code")):
        header.put("title", *read)


def _put_issuers(zone: list[Line], header: Header) -> None:
    """The bodies above the number, or above the type where no number is printed."""
    printed = [
        header.places[name][0] for name in ("number", "code", "kind", "title") if name in header.places
    ]
    found = read_issuers(zone, min(printed)) if printed else []
    for name, body in zip(("issuer", "parent_issuer"), reversed(found), strict=False):
        header.put(name, *body)


def _read_urgency(zone: list[Line], header: Header) -> None:
    for line in zone:
        for piece in columns(line) if len(line) < 200 else ():
            if (found := _URGENCY.fullmatch(piece.plain)) and is_capitals(piece.text):
                start, end = found.span("urgency")
                return header.put(
                    "urgency", squeeze(piece.text[start:end]), piece.start + start, piece.start + end
                )
    return None
