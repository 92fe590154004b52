"""Whom a directive is sent to: Kính gửi above the body, Nơi nhận and the signature below it.

Nơi nhận and the signature share lines when their columns were pasted together; a capital title or a person's name
in the right column belongs to the signature, everything else to the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .result import ParsedAddressee, ParsedRecipient, ParsedSigner
from .text import Line, Piece, Source, columns, is_capitals, squeeze

_GREETING = re.compile(r"\W{0,40}(?:dong )?kinh (?:gui|trinh)\s{0,4}:?\s{0,60}")
_WIRE = re.compile(r"[^\w\n]{0,40}+(?=[a-z])[a-z ,]{6,204}+(?<=\bdien):\s{0,60}")
_DASH = re.compile(r"\s{0,60}[-–—+_•*]\s{0,60}(?=\S)")
_MORE_ON_THE_LINE = re.compile(r"(?<=;)\s{0,10}[-–]\s{1,10}")
_SENT_TO = re.compile(r"\W{0,40}noi nhan\s{0,3}(?::\W{0,3}?\s{0,3}|$)")
_ELECTRONIC = re.compile(r"\W{0,40}ban dien tu\s{0,3}:?\W{0,40}")
_ARCHIVE = re.compile(r"l[uư]r?u\b\s{0,3}:?\s{0,3}")
_AUTHORITY = re.compile(
    r"\W{0,4}(?:t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t/uq|tm|kt|tl|tuq|q)\s?[./ ]\s{0,3}[a-z]{2}"
)
_TITLE = re.compile(
    r"\W{0,40}+(?:quyen )?(?:pho |quyen |pho tong |tong )?(?:tong giam doc|giam doc|chu tich|thu truong|bo truong|chu nhiem|bi thu|chanh\b|truong\b|cuc truong"
    r"|vu truong|vien truong|hieu truong|thu tuong|tong bi thu|tong cuc truong|chi cuc truong|tu lenh|tu lenh truong|tong thanh tra|chi huy truong"
    r"|tong kiem toan|thong doc|doi truong|tram truong|hat truong|phong\b|bi thu)"
)
_DEPUTY = re.compile(r"\s(?:pho |thu truong|phu trach )")
_GLUED_MARK = re.compile(r"(?<=[;:.,)])[ ]{1,3}(?=[A-ZĐỦ])")
_STACKED = re.compile(
    r"(?<=\s)(?=(?:k\s?/\s?t|t\s?/\s?m|t\s?/\s?l|tuq|kt|tm|tl)\s?[./])|(?<=\s)(?<!pho )(?<!quyen )(?=(?:quyen |pho )?(?:chu tich|bi thu|truong ban|giam doc)\s{0,3}$)"
)
_NAME_BEHIND = re.compile(r"(?<=\s)(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s?){2,5}$")
_SIGNED = re.compile(r"\W{0,40}\(?\s{0,3}da ky\s{0,3}\)?\W{0,40}")
_BRACKET = re.compile(r"\s{0,10}\((?P<inside>[^()]{1,60})\)\s{0,5}[.;,]{0,3}$")
_AFTER_COLON = re.compile(
    r":\s{0,3}(?P<inside>(?:de )?bao cao|b/c|(?:de )?phoi hop|(?:de )?thuc hien|de biet)\s{0,3}[.;,]{0,3}$"
)
_ROLES = (
    ("report", re.compile(r"(?:de )?(?:b\s?/\s?c\w{0,3}|b\.\s?c|bao cao|bc)\b")),
    ("coordinate", re.compile(r"(?:de )?(?:phoi hop|ph/h|p/h|phoi, ket hop)")),
    ("act", re.compile(r"(?:de )?(?:t/h|thuc hien|th)\b")),
    ("inform", re.compile(r"(?:de )?(?:biet|theo doi|dang|dua tin|chi dao|giam sat)|de \w")),
)
_ANNEX = re.compile(
    r"\W{0,40}(?:phu luc|danh sach|danh muc|bieu|quy che|quy dinh|chuong trinh|ke hoach|de an|huong dan|muc luc|mau so|de cuong|bang)\b"
)
_FULL_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][^\W\d_]*[ ]?){2,6}")
_RANK = re.compile(
    r"^(?:(?:TS|ThS|PGS|GS|BS|KS|CN|Ths|Th\.s|Thạc sĩ|Tiến sĩ|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Trung tướng)\.?\s?)+"
)
_NATION = re.compile(r"cong hoa xa hoi|doc lap\s?-|dang cong san viet nam")
_TAIL_LINES, _SIGNED_LINES, _SECOND_LINES = 70, 14, 6
_RIGHT_COLUMN = 25


def read_addressees(source: Source) -> tuple[tuple[ParsedAddressee, ...], int]:
    """The items of Kính gửi and the offset after them, 0 when there is none. Linear in the first lines."""
    rows = iter([line for line in source.lines[:140] if not line.is_noise])
    for line in rows:
        opening = _GREETING.match(line.plain[:200]) or _WIRE.match(line.plain[:240])
        if opening:
            break
    else:
        return (), 0
    items: list[list[Piece]] = []
    end = line.end
    rest = Piece(source, line.start + opening.end(), line.end)
    if len(rest):
        items.append([_undashed(rest)])
    for line in rows:
        again = _GREETING.match(line.plain[:60])
        if again and again.end() < len(line):
            items.append([Piece(source, line.start + again.end(), line.end)])
        elif _DASH.match(line.text) and not re.match(r"\d", line.plain):
            items.append([_undashed(line)])
        elif items and _goes_on(items[-1][-1], line):
            items[-1].append(line)
        elif not again:
            break
        end = line.end
    return tuple(_addressee(source, rows) for rows in items), end


def _undashed(piece: Piece) -> Piece:
    dash = _DASH.match(piece.text)
    return Piece(piece.source, piece.start + (dash.end() if dash else 0), piece.end)


def _goes_on(above: Piece, line: Line) -> bool:
    """Whether a line without a dash goes on with the item above it."""
    if above.text.endswith((";", ".", ":")):
        return False
    return (
        above.text.endswith((",", " và")) or line.text[0].islower() or (line.indent >= 12 and len(line) < 90)
    )


def _addressee(source: Source, rows: list[Piece]) -> ParsedAddressee:
    name = squeeze(" ".join(row.text for row in rows)).rstrip(" ;.,")
    return ParsedAddressee(name, source.span(rows[0].start, rows[-1].end))


@dataclass
class Closing:
    """What stands below the body; `start` and `end` are offsets into `Source.text`."""

    recipients: tuple[ParsedRecipient, ...] = ()
    signer: ParsedSigner | None = None
    signer_place: tuple[int, int] | None = None
    start: int = 0
    end: int = 0


@dataclass
class _Scan:
    items: list[list[Piece]] = field(default_factory=list)
    marks: list[Piece] = field(default_factory=list)
    name: Piece | None = None
    electronic_from: int | None = None
    listing: bool = False
    closed: bool = False
    dashed: bool = True
    joint: bool = False


def read_closing(source: Source, body: int) -> Closing:
    """Nơi nhận and signature of the first document, looked for after the offset `body`. Linear."""
    lines = [line for line in source.lines if line.start >= body and not line.is_blank]
    first = _first_line(lines)
    if first is None:
        return Closing(start=len(source.text), end=len(source.text))
    scan = _Scan()
    end = lines[first].start
    listed = _list_begins(lines, first)
    for at in range(first, min(len(lines), first + _TAIL_LINES)):
        line = lines[at]
        if at > listed and _is_over(scan, line) and not (scan.name and _signs_too(lines, at)):
            break
        if not line.is_noise:
            _scan_line(scan, line)
            end = line.end
    signer, place = _signer(source, scan)
    return Closing(_recipients(source, scan), signer, place, lines[first].start, end)


def _first_line(lines: list[Line]) -> int | None:
    """Where the closing begins: the first Nơi nhận that files a copy, or a signature above it."""
    sent = [
        at
        for at, line in enumerate(lines)
        if len(line) < 4000 and any(_SENT_TO.match(p.plain[:40]) for p in columns(line))
    ]
    filed = next((at for at in sent if any("luu" in line.plain[:3000] for line in lines[at : at + 60])), None)
    start = filed if filed is not None else next(iter(sent), None)
    stop = len(lines) if start is None else start
    signed = [
        at for at in _signature_above(lines, stop) if any(_is_mark(piece) for piece in columns(lines[at])[:3])
    ]
    return signed[-1] if signed else start


def _list_begins(lines: list[Line], first: int) -> int:
    """Where Nơi nhận begins below signatures: until then the paper is still being signed."""
    below = range(first, min(len(lines), first + _SIGNED_LINES))
    return next((at for at in below if _SENT_TO.match(lines[at].plain[:40])), first)


def _signs_too(lines: list[Line], at: int) -> bool:
    """A line of the second signature of a joint paper: its office, its title, its name, none of another document."""
    rest = lines[at : at + _SECOND_LINES]
    named = next((n for n, line in enumerate(rest) if _FULL_NAME.fullmatch(f"{_bare_name(line)} ")), None)
    above = rest[:named]
    return (
        named is not None
        and (not above or any(map(_is_mark, above)))
        and all(
            len(line) < 90 and is_capitals(line.text) and not _NATION.search(line.plain) for line in above
        )
    )


def _bare_name(piece: Piece) -> str:
    name = squeeze(_RANK.sub("", piece.text.strip(" .*_")))
    return "" if is_capitals(name) or len(name) > 60 else name


def _signature_above(lines: list[Line], stop: int) -> Iterator[int]:
    """The short lines without a full stop right above another: they may be a signature, a paragraph is not."""
    for at in range(stop - 1, max(-1, stop - 12), -1):
        if len(lines[at]) > 90 or lines[at].text.endswith((";", "./.", ":", ",")):
            return
        yield at


def _is_mark(piece: Piece) -> bool:
    """An authority or a title as printed above a signature: short, capital."""
    if len(piece) > 90 or not is_capitals(piece.text):
        return False
    return bool(_AUTHORITY.match(piece.plain) or _TITLE.match(piece.plain))


def _is_over(scan: _Scan, line: Line) -> bool:
    if not (scan.items or scan.name):
        return False
    if is_capitals(line.text[:200]) and _ANNEX.match(line.plain[:60]) and not _DASH.match(line.text):
        return True
    done = scan.name is not None and (scan.closed or not scan.listing)
    expected = _SENT_TO.match(line.plain[:40]) or _ELECTRONIC.match(line.plain[:40]) or _DASH.match(line.text)
    return done and not expected


def _scan_line(scan: _Scan, line: Line) -> None:
    """Of two signatures side by side the left one is the signer's."""
    pieces = columns(line)
    beside = len(pieces) >= 2 and not scan.listing and not scan.name
    scan.joint = scan.joint or (beside and all(map(_is_mark, pieces)))
    for at, piece in _cells_of(line):
        if at and scan.joint and not scan.listing:
            continue
        right = at > 0 or line.indent >= _RIGHT_COLUMN
        if opening := _SENT_TO.match(piece.plain[:60]):
            _open_list(scan, Piece(piece.source, piece.start + opening.end(), piece.end))
        elif _ELECTRONIC.fullmatch(piece.plain[:60]):
            scan.electronic_from, scan.closed, scan.listing = len(scan.items), False, True
        elif signed := _SIGNED.match(piece.plain[:40]):
            _maybe_name(scan, Piece(piece.source, piece.start + signed.end(), piece.end))
        elif _is_mark(piece) and not _wants_more(scan, piece, right):
            if scan.name is None:
                scan.marks.append(piece)
            scan.closed = scan.closed or not right
        elif not (_is_right_of_list(scan, right) and _maybe_name(scan, piece)):
            _list_piece(scan, piece)


def _cells_of(line: Line) -> Iterator[tuple[int, Piece]]:
    """The columns of a line; a signature pasted into one of them comes apart into its stacked lines."""
    for at, piece in enumerate(columns(line)):
        for right, part in enumerate(_beside(piece)):
            for one in _unstacked(part):
                yield at + right, one


def _beside(piece: Piece) -> list[Piece]:
    """ "- Bộ Y tế (b/c); KT. CHỦ TỊCH": an entry of the list and a line of the signature one space apart."""
    if len(piece) > 200 or _is_mark(piece):
        return [piece]
    for gap in _GLUED_MARK.finditer(piece.text):
        right = Piece(piece.source, piece.start + gap.end(), piece.end)
        if _is_mark(right):
            return [Piece(piece.source, piece.start, piece.start + gap.start()), right]
    return [piece]


def _unstacked(piece: Piece) -> list[Piece]:
    """ "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hoàng Văn A": authorities, title and name."""
    if len(piece) > 200 or not (_AUTHORITY.match(piece.plain) or _TITLE.match(piece.plain)):
        return [piece]
    named = _NAME_BEHIND.search(piece.text)
    if named is None or not is_capitals(piece.text[: named.start()]):
        return [piece]
    edges = [0, *(found.start() for found in _STACKED.finditer(piece.plain[: named.start()])), named.start()]
    edges.append(len(piece))
    parts = [(a, len(piece.text[:b].rstrip())) for a, b in zip(edges, edges[1:], strict=False)]
    return [Piece(piece.source, piece.start + a, piece.start + b) for a, b in parts if a < b]


def _open_list(scan: _Scan, rest: Piece) -> None:
    scan.listing, scan.closed = True, False
    if len(rest) and _is_mark(rest):
        scan.marks.append(rest)
    elif len(rest):
        _list_piece(scan, rest)


def _wants_more(scan: _Scan, piece: Piece, right: bool) -> bool:
    """A capital line inside the list: the entry above it ends with a comma ("…, ĐTHVN," / "ĐTNVN;")."""
    open_entry = scan.listing and not scan.closed and not right and bool(scan.items)
    return open_entry and scan.items[-1][-1].text.endswith(",") and not _AUTHORITY.match(piece.plain)


def _is_right_of_list(scan: _Scan, right: bool) -> bool:
    return (
        bool(scan.marks)
        and scan.name is None
        and (right or scan.closed or not scan.listing or _archived(scan))
    )


def _archived(scan: _Scan) -> bool:
    return bool(scan.items) and bool(_ARCHIVE.match(scan.items[-1][0].plain))


def _maybe_name(scan: _Scan, piece: Piece) -> bool:
    bare = _bare_name(piece)
    if not bare or not _FULL_NAME.fullmatch(f"{bare} "):
        return False
    scan.name = Piece(piece.source, piece.start + piece.text.find(bare.split()[0]), piece.end)
    return True


def _list_piece(scan: _Scan, piece: Piece) -> None:
    if not scan.listing or scan.closed:
        return
    dash = _DASH.match(piece.text)
    if not scan.items:
        scan.dashed = dash is not None
    bracket = re.fullmatch(r"\([^()]{1,60}\)[.;,]?", piece.text)
    ended = scan.items and scan.items[-1][-1].text.endswith((";", "."))
    if dash or not scan.items or (not scan.dashed and ended and not bracket):
        scan.items += [[entry] for entry in _entries(_undashed(piece))]
    elif not _archived(scan) or not ended:
        scan.items[-1].append(piece)


def _entries(piece: Piece) -> list[Piece]:
    """A row of a pasted table holds the whole list: "- A; - B; - Lưu: VT."."""
    edges = [piece.start]
    for gap in _MORE_ON_THE_LINE.finditer(piece.source.text, piece.start, piece.end):
        edges += gap.span()
    edges.append(piece.end)
    return [Piece(piece.source, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _recipients(source: Source, scan: _Scan) -> tuple[ParsedRecipient, ...]:
    electronic = scan.electronic_from if scan.electronic_from is not None else len(scan.items)
    return tuple(_recipient(source, rows, at >= electronic) for at, rows in enumerate(scan.items))


def _recipient(source: Source, rows: list[Piece], electronic: bool) -> ParsedRecipient:
    text = squeeze(" ".join(row.text for row in rows)).rstrip(" ;.,")
    plain = squeeze(" ".join(row.plain for row in rows)).rstrip(" ;.,")
    span = source.span(rows[0].start, rows[-1].end)
    if filed := _ARCHIVE.match(plain):
        return ParsedRecipient(text[filed.end() :] or text, "Lưu", "archive", span)
    if electronic:
        return ParsedRecipient(text, "Bản điện tử", "inform", span)
    for pattern in (_BRACKET, _AFTER_COLON):
        if (found := pattern.search(plain)) and (role := _role(found["inside"])):
            purpose = text[slice(*found.span("inside"))]
            return ParsedRecipient(text[: found.start()].rstrip(" ;.,"), purpose, role, span)
    return ParsedRecipient(text, None, "act" if plain.startswith("nhu ") else None, span)


def _role(plain: str) -> str | None:
    return next((role for role, pattern in _ROLES if pattern.match(plain.strip())), None)


def _signer(source: Source, scan: _Scan) -> tuple[ParsedSigner | None, tuple[int, int] | None]:
    marks = [cell for mark in scan.marks for cell in _split_deputy(mark, scan)]
    powers = [mark for mark in marks if _AUTHORITY.match(mark.plain)]
    titles = [mark for mark in marks if not _AUTHORITY.match(mark.plain)]
    held = [*marks, *([scan.name] if scan.name else [])]
    if not held:
        return None, None
    place = (min(piece.start for piece in held), max(piece.end for piece in held))
    authority = squeeze(" ".join(mark.text for mark in powers)) or None
    title = titles[0].text if titles else None
    signer = ParsedSigner(
        authority, title, squeeze(scan.name.text.strip(" .")) if scan.name else None, source.span(*place)
    )
    return signer, place


def _split_deputy(mark: Piece, scan: _Scan) -> list[Piece]:
    """ "KT. BỘ TRƯỞNG THỨ TRƯỞNG" on one line is an authority and a title."""
    alone = not any(_TITLE.match(m.plain) for m in scan.marks)
    deputy = _DEPUTY.search(mark.plain) if alone and _AUTHORITY.match(mark.plain) else None
    if deputy is None:
        return [mark]
    at = mark.start + deputy.start()
    return [Piece(mark.source, mark.start, at), Piece(mark.source, at + 1, mark.end)]
