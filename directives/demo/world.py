"""The demo's offices, people, books and documents. Everything passes through the verbs; time is travelled."""

from datetime import date
from pathlib import Path

from django.db import transaction

from directives import register, sectors
from directives.enums import Notation, PeriodRule
from directives.models import Register, Sector
from units import accounts, clock, importing, spreadsheet, structure
from units.enums import UnitKind
from units.models import Unit, UnitGroup, User

from . import story, upstream
from .moments import morning

PASSWORD = "thongsuot"  # noqa: S105 - printed on the sign-in page of the demo
HERE = Path(__file__).parent
OPENED_ON = date(2023, 1, 3)


def exists() -> bool:
    return User.objects.filter(username="vanthu").exists()


@transaction.atomic
def make() -> list[str]:
    """Build everything in one transaction, all of it or nothing; returns a line for each thing made."""
    today = clock.today()
    with clock.travel(morning(OPENED_ON)):
        made = [_open_offices(), _open_books(today), _open_sectors()]
    return [*made, *upstream.record_all(), *story.tell(today)]


def _open_offices():
    plan = importing.examine(_table("units.csv"), _table("people.csv"))
    taken = importing.carry_out(plan, by=None)
    for user, _ in taken.accounts:
        accounts.choose_password(user, PASSWORD)
    sgtvt, ninh_thuan = Unit.objects.get(code="SGTVT"), Unit.objects.get(code="NT-UBND")
    for name, owner, kind in (
        ("Các phòng chuyên môn, nghiệp vụ Sở", sgtvt, UnitKind.DIVISION),
        ("Các đơn vị sự nghiệp trực thuộc Sở", sgtvt, UnitKind.PUBLIC_SERVICE),
        ("Các Sở, ngành", ninh_thuan, UnitKind.DEPARTMENT),
    ):
        structure.keep(UnitGroup(name=name, owner=owner, children_of=owner, kind=kind), by=None)
    return f"{len(plan.units)} units, {len(taken.passwords)} people, 3 groups"


def _table(name):
    return spreadsheet.read(name, (HERE / name).read_bytes())


def _open_sectors():
    """The fields of work by which the Department's documents are split."""
    names = ("Giao thông", "Thông tin, truyền thông", "Cải cách hành chính")
    for position, name in enumerate(names, start=1):
        sectors.keep(Sector(name=name, position=position), by=None)
    return f"{len(names)} sectors"


def _open_books(today):
    """The Sở's book goes on from the paper book of the year; the Party's runs through the term."""
    sgtvt, tu = Unit.objects.get(code="SGTVT"), Unit.objects.get(code="TU")
    book = Register(issuer=sgtvt, name="Sổ văn bản đi")
    register.open_register(book, by=None, last=811, day=today - story.ISSUED_BEFORE)
    term = {"term_starts_on": date(2020, 10, 1), "term_ends_on": date(2025, 12, 31)}
    book = Register(
        issuer=tu,
        name="Sổ văn bản nhiệm kỳ 2020-2025",
        notation=Notation.PARTY,
        period_rule=PeriodRule.TERM,
        **term,
    )
    register.open_register(book, by=None, day=date(2023, 1, 3))
    return "2 registers"
