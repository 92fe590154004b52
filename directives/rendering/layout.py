"""What stands where on the paper: Nghị định 30/2020/NĐ-CP for the State, Hướng dẫn 36-HD/VPTW for the Party.

The words of a document are Vietnamese whatever language its reader chose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import capfirst

from directives.enums import DirectiveKind, Notation, Purpose, SignerAuthority, Urgency
from directives.register import printed

from .text import Paragraph, paragraphs

_ABOUT = re.compile(r"(?:v\s?/\s?v|về việc|về)\b", re.IGNORECASE)
_AS_LETTER = re.compile(r"v\s?/\s?v[\s:.]*", re.IGNORECASE)
# Titles stand one under the other, parted by strokes or by the authority that opens the next line.
_BETWEEN_TITLES = re.compile(r"[/\n]|\s+(?=(?:KT|TL|TUQ)\.)")
_AUTHORITY = re.compile(r"\b(?:(TM|KT|TL|TUQ)|(T)/(M|L|UQ)|(K)/(T))\b\.?\s*(?=\w)")
# "ỦY BAN NHÂN DÂN" stands over "TỈNH NINH THUẬN".
_PLACE_OF_COLLECTIVE = re.compile(
    r"(?<=NHÂN DÂN) (?=(?:TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|PHƯỜNG|XÃ|ĐẶC KHU)\b)"
)
_PARTY_FORMS = (("TM.", "T/M"), ("KT.", "K/T"), ("TL.", "T/L"), ("TUQ.", "T/UQ"))
_COLLECTIVES = (
    "ỦY BAN NHÂN DÂN",
    "UỶ BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "BAN THƯỜNG VỤ",
    "BAN CHẤP HÀNH",
    "BAN BÍ THƯ",
)
_DEPUTIES = (("PHÓ ", ""), ("THỨ TRƯỞNG", "BỘ TRƯỞNG"))


@dataclass(frozen=True)
class Layout:
    """One document, block by block. An empty `number`, `day` or `month` is a blank to be filled in by hand or at issue."""

    party: bool
    parent: str
    issuer: str
    urgency: str
    number: str
    notation: str
    type_name: str
    title: str
    place: str
    day: str
    month: str
    year: str
    salutation: Sequence[str]
    body: Sequence[Paragraph]
    recipients: Sequence[str]
    signature: Sequence[str]
    signer: str

    @property
    def is_letter(self) -> bool:
        """A letter carries its subject under the number, other types their name and title in the middle."""
        return not self.type_name

    @property
    def issuer_lines(self) -> list[str]:
        return _PLACE_OF_COLLECTIVE.split(self.issuer)

    @property
    def notation_mark(self) -> str:
        return ("-" if self.party else "/") + self.notation


def layout_of(directive, addressees, *, today, body=None) -> Layout:
    """The layout of a directive with its lines of Kính gửi and Nơi nhận. No queries but the issuer's, if not loaded.

    `body` replaces the text kept, for a preview of what is being typed.
    """
    party = directive.notation_style == Notation.PARTY
    with translation.override("vi"):
        return Layout(
            party=party,
            parent=directive.parent_issuer_name.upper(),
            issuer=_issuer(directive),
            urgency=str(Urgency(directive.urgency).label).upper() if directive.urgency else "",
            number=_number(directive.number),
            notation=directive.notation,
            type_name=_type_name(directive),
            title=_title(directive, party),
            place=directive.place,
            **_date(directive, today),
            salutation=_listed(
                [line.text for line in addressees if line.salutation], ("," if party else ";")
            ),
            body=paragraphs(directive.body if body is None else body, basis_in_italics=not party),
            recipients=_recipients([line for line in addressees if not line.salutation], party),
            signature=_signature(directive, party),
            signer=directive.signer_name,
        )


def _issuer(directive):
    """As printed; a draft that enters somebody's paper may not know yet whose it is."""
    named = directive.issuer_name or (directive.issuer.name if directive.issuer else "")
    return named.upper()


def _number(number):
    return printed(int(number)) if number.isdecimal() else number


def _type_name(directive):
    if directive.kind in (DirectiveKind.LETTER, DirectiveKind.OTHER):
        return ""
    return str(DirectiveKind(directive.kind).label).upper()


def _title(directive, party):
    title = directive.title.strip()
    if _type_name(directive):
        return capfirst(_AS_LETTER.sub("Về việc ", title, count=1) if _AS_LETTER.match(title) else title)
    if party or _ABOUT.match(title):
        return title
    return f"V/v {title}" if title else ""


def subject(document) -> str:
    """What a document is about, where that stands alone: a letter's opens with "V/v" as on its paper. Reads kind, title."""
    title = document.title.strip()
    if document.kind == DirectiveKind.LETTER and title and not _ABOUT.match(title):
        return f"V/v {title}"
    return capfirst(title)


def _date(directive, today):
    """The printed parts of the date: days below 10 and the months January and February take a zero."""
    day = directive.issued_on
    if day is None:
        return {"day": "", "month": "", "year": str(today.year)}
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return {"day": f"{day.day:02d}", "month": month, "year": str(day.year)}


def _listed(lines, mark):
    """Lines of a list: a mark after each, a full stop after the last."""
    bare = [line.rstrip(" ;,.") if not line.endswith(").") else line[:-1] for line in lines]
    return [f"{line}{mark}" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]


def _recipients(lines, party):
    return _listed([_recipient(line, party) for line in lines], "," if party else ";")


def _recipient(line, party):
    if line.purpose == Purpose.ARCHIVE:
        return f"Lưu {line.text}" if party else f"Lưu: {line.text}"
    return f"{line.text} ({line.printed_purpose})" if line.printed_purpose else line.text


def _signature(directive, party):
    """The lines above the name: TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."""
    titles = _BETWEEN_TITLES.split(_with_points(directive.signer_title.upper()))
    titles = [title.strip() for title in titles if title.strip()]
    authority = directive.signer_authority
    if authority:
        over = [] if len(titles) > 1 else _stands_for(authority, titles, directive)
        titles = over + titles
        titles[:1] = [" ".join([authority, *titles[:1]])]
    return [_in_party_form(title) for title in titles] if party else titles


def _with_points(title):
    """However the authority was typed, K/T or KT: KT. CHỦ TỊCH."""
    return _AUTHORITY.sub(lambda found: f"{''.join(filter(None, found.groups()))}. ", title)


def _stands_for(authority, titles, directive):
    """Whom the signer stands for, when only their own title was given."""
    own = titles[0] if titles else ""
    if authority == SignerAuthority.ON_BEHALF:
        issuer = _issuer(directive)
        return [next((body for body in _COLLECTIVES if body in issuer), issuer)]
    if authority == SignerAuthority.DEPUTY:
        for deputy, head in _DEPUTIES:
            if own.startswith(deputy):
                return [own.replace(deputy, head, 1)]
    return []


def _in_party_form(title):
    for state, party in _PARTY_FORMS:
        title = title.replace(state, party)
    return title
