"""The documents the Sở's letter stands on, recorded with the numbers, dates and titles it prints of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from directives import drafting, issuing
from directives.drafting import AddresseeRow, CitationRow, Draft, Target
from directives.enums import DirectiveKind as K
from directives.enums import Notation, Purpose, Relation
from units import clock
from units.models import Unit, User

from .moments import morning

_ABOUT = "tiếp tục nâng cao chất lượng, hiệu quả công tác thông tin đối ngoại trong tình hình mới"
_COMMUNICATION = "công tác thông tin đối ngoại và truyền thông chính sách tỉnh Quảng Ngãi năm 2024"


@dataclass(frozen=True)
class Upstream:
    kind: str
    number: str
    notation: str
    issued_on: date
    issuer: str
    issuer_name: str
    title: str
    style: str = Notation.STATE
    implements: tuple[CitationRow, ...] = field(default=())
    sent_to: str = ""


def _implements(kind, code, day, issuer):
    return (
        CitationRow(code=code, relation=Relation.IMPLEMENTS, kind=kind, dated_on=day, issuer_name=issuer),
    )


DOCUMENTS = (
    Upstream(K.CONCLUSION, "57", "KL/TW", date(2023, 6, 15), "TW", "Bộ Chính trị", f"về {_ABOUT}", Notation.PARTY),
    Upstream(
        K.PLAN, "203", "KH-UBND", date(2023, 11, 22), "UBND", "UBND tỉnh", f"về {_COMMUNICATION}", sent_to="SGTVT"
    ),
    Upstream(
        K.LETTER, "4259", "SGTVT-VP", date(2023, 12, 28), "SGTVT", "Sở Giao thông vận tải", f"V/v {_COMMUNICATION}",
        implements=_implements("Kế hoạch", "203/KH-UBND", date(2023, 11, 22), "UBND tỉnh"),
    ),
    Upstream(
        K.PLAN, "254", "KH/TU", date(2024, 1, 19), "TU", "Ban Thường vụ Tỉnh ủy",
        f"thực hiện Kết luận số 57-KL/TW ngày 15/6/2023 của Bộ Chính trị về {_ABOUT}", Notation.PARTY,
        implements=_implements("Kết luận", "57-KL/TW", date(2023, 6, 15), "Bộ Chính trị"),
    ),
    Upstream(
        K.LETTER, "1001", "UBND-KGVX", date(2024, 2, 28), "UBND", "UBND tỉnh",
        "V/v triển khai thực hiện Kế hoạch số 254-KH/TU ngày 19/01/2024 của Ban Thường vụ Tỉnh ủy", sent_to="SGTVT",
        implements=_implements("Kế hoạch", "254-KH/TU", date(2024, 1, 19), "Ban Thường vụ Tỉnh ủy"),
    ),
)  # fmt: skip


def record_all() -> Iterator[str]:
    """Record each two days after its date, as văn thư does when the paper arrives."""
    clerk = User.objects.get(username="vanthu")
    office = Unit.objects.get(code="SGTVT")
    for paper in DOCUMENTS:
        with clock.travel(morning(paper.issued_on + timedelta(days=2))):
            yield f"recorded: {_record(paper, clerk, office)}"


def _record(paper, clerk, office):
    heading = f"{K(paper.kind).label} số {paper.number}{'-' if paper.style == Notation.PARTY else '/'}{paper.notation}"
    day = f"{paper.issued_on:%d/%m/%Y}"
    directive = drafting.create_draft(
        f"{heading} ngày {day} của {paper.issuer_name} {paper.title}", by=clerk, office=office, incoming=True
    )
    columns = {
        "kind": paper.kind,
        "issuer": Unit.objects.get(code=paper.issuer),
        "issuer_name": paper.issuer_name,
        "number": paper.number,
        "notation": paper.notation,
        "notation_style": paper.style,
        "issued_on": paper.issued_on,
        "title": paper.title,
    }
    changes = Draft(columns=columns, tasks=[], citations=paper.implements, addressees=_addressees(paper))
    drafting.save_draft(directive, by=clerk, version=directive.version, changes=changes)
    return issuing.record(directive, by=clerk)


def _addressees(paper):
    if not paper.sent_to:
        return []
    unit = Unit.objects.get(code=paper.sent_to)
    return [AddresseeRow(text=unit.name, target=Target(unit.name, unit=unit), purpose=Purpose.INFORM)]
