"""The documents the Sở's letter stands on, recorded with the numbers, dates and titles it prints of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from directives import chaining, drafting, issuing, tracking
from directives.drafting import AddresseeRow, CitationRow, Draft, Target, TaskRow
from directives.enums import DirectiveKind as K
from directives.enums import Notation, Purpose, Relation
from directives.models import Assignment
from units import clock
from units.models import Unit

from .moments import morning
from .people import person

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
    # Who is told, and who is given the one piece of work that the title says.
    sent_to: str = ""
    gives: str = ""
    work: str = ""
    office: str = "SGTVT"


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
        implements=_implements("Kết luận", "57-KL/TW", date(2023, 6, 15), "Bộ Chính trị"), sent_to="SGTVT",
        office="UBND", gives="UBND", work=f"Thực hiện Kết luận số 57-KL/TW ngày 15/6/2023 của Bộ Chính trị về {_ABOUT}",
    ),
    Upstream(
        K.LETTER, "1001", "UBND-KGVX", date(2024, 2, 28), "UBND", "UBND tỉnh",
        "V/v triển khai thực hiện Kế hoạch số 254-KH/TU ngày 19/01/2024 của Ban Thường vụ Tỉnh ủy", office="UBND",
        gives="SGTVT", work="Triển khai thực hiện Kế hoạch số 254-KH/TU ngày 19/01/2024 của Ban Thường vụ Tỉnh ủy",
        implements=_implements("Kế hoạch", "254-KH/TU", date(2024, 1, 19), "Ban Thường vụ Tỉnh ủy"),
    ),
)  # fmt: skip


def record_all() -> Iterator[str]:
    """Record each two days after its date, as văn thư does when the paper arrives; work is received the day after."""
    for paper in DOCUMENTS:
        with clock.travel(morning(paper.issued_on + timedelta(days=2))):
            directive = _record(paper)
        with clock.travel(morning(paper.issued_on + timedelta(days=3))):
            for owed in Assignment.objects.filter(directive=directive).select_related("directive", "task"):
                tracking.acknowledge(owed, by=person(_HEADS[owed.unit.code]))
        yield f"recorded: {directive}"


# Who keeps the papers of an office, and who answers for it.
_CLERKS = {"SGTVT": "vanthu", "UBND": "vanthu.ubnd"}
_HEADS = {"SGTVT": "giamdoc", "UBND": "chutich"}


def _record(paper):
    clerk, office = person(_CLERKS[paper.office]), Unit.objects.get(code=paper.office)
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
    drafting.replace_tasks(directive, by=clerk, version=directive.version, tasks=_tasks(paper, directive))
    return issuing.record(directive, by=clerk)


def _tasks(paper, directive):
    """What the title orders; of what the document cites the office owes this at most."""
    if not paper.work:
        return []
    above = next((one for one in chaining.offered(directive) if one.is_cited), None)
    return [TaskRow(text=paper.work, undated_reason="Văn bản không nêu thời hạn", implements=above)]


def _addressees(paper):
    told = ((paper.gives, Purpose.ACT), (paper.sent_to, Purpose.INFORM))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[paper.gives, paper.sent_to])}
    return [
        AddresseeRow(
            text=units[code].name, target=Target(units[code].name, unit=units[code]), purpose=purpose
        )
        for code, purpose in told
        if code
    ]
