"""Who issues: the capital lines of the left column, with the Quốc hiệu of the right one taken out."""

import re
from collections.abc import Iterable

from .marks import BODIES, MOTTO
from .text import Line, Piece, columns, is_capitals, squeeze

_NOT_ISSUER = re.compile(
    r"\W{0,40}(?:so\s{0,3}(?:[:/\d-]|$)|v/v|ve viec|kinh gui|ky boi|\(|khan|hoa toc|thuong khan|mat|tuyet mat|toi mat|du thao|ban sao|muc luc|luu hanh)"
)


def read_issuers(zone: list[Line], limit: int) -> list[tuple[str, int, int]]:
    """The bodies printed in capitals above an offset, the one that issues last. Linear in the zone."""
    bodies: list[list[Piece]] = []
    for line in zone:
        if line.end > limit:
            break
        for piece in _issuer_pieces(line):
            if bodies and not _starts_body(piece, bodies[-1]):
                bodies[-1].append(piece)
            elif BODIES.match(piece.plain) or not bodies:
                bodies.append([piece])
    named = [body for body in bodies if BODIES.match(body[0].plain)]
    return [(_joined(body), body[0].start, body[-1].end) for body in named]


def _issuer_pieces(line: Line) -> Iterable[Piece]:
    """Capital columns of a line with the Quốc hiệu taken out, even where one space parts them."""
    motto = MOTTO.search(line.plain[:400])
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
    if not BODIES.match(piece.plain) or body[-1].plain.endswith((" va", ",", " cac", " thuoc")):
        return False
    return not (
        body[-1].plain in ("uy ban", "hoi dong", "ban chap hanh", "van phong")
        and piece.plain.startswith(("nhan dan", "dang bo"))
    )


def _joined(pieces: list[Piece]) -> str:
    return squeeze(" ".join(piece.text for piece in pieces))
