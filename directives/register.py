"""Numbers of documents: one after the other, without gap or double, under a row lock."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from directives import rules
from directives.enums import (
    PARTY_ABBREVIATIONS,
    STATE_ABBREVIATIONS,
    DirectiveKind,
    DirectiveState,
    Notation,
    PeriodRule,
)
from directives.errors import Incomplete, NotAllowed
from directives.models import Directive, Register, RegisterCounter
from units import clock, events
from units.enums import Act


def open_register(register: Register, *, by, last=0, day: date | None = None) -> Register:
    """Open a new book; `last` is the number its paper predecessor reached in the period of `day` (today)."""
    if by is not None and not rules.can_manage_registers(by):
        raise NotAllowed
    with transaction.atomic():
        register.save(force_insert=True)
        period = period_of(register, day or clock.today())
        RegisterCounter.objects.create(register=register, period=period, last=last)
        events.write(Act.OPEN_REGISTER, by=by, obj=register, after={"name": register.name, "last": last})
    return register


def take(register: Register, day: date) -> tuple[str, int]:
    """Give the next number of the register for `day`: (period, ordinal).

    Locks the period's counter until the surrounding transaction ends; a rollback gives the number back.
    Numbers that recorded paper documents already carry are passed over. Four queries.
    """
    period = period_of(register, day)
    counter = _lock(register, period)
    ordinal = _first_free(register, period, after=counter.last)
    RegisterCounter.objects.filter(pk=counter.pk).update(last=ordinal)
    return period, ordinal


def peek(register: Register, day: date) -> int:
    """The number `take` would give on `day` if nobody else took one first. Two queries, no lock."""
    period = period_of(register, day)
    last = (
        RegisterCounter.objects.filter(register=register, period=period)
        .values_list("last", flat=True)
        .first()
    )
    return _first_free(register, period, after=last or 0)


def block(register: Register, day: date, ordinal: int) -> str:
    """Keep a number that was given on paper from being given again; returns its period.

    Takes the same lock as `take`. Raises Incomplete when another document has the number; one that was recorded
    by mistake and revoked leaves it to the paper itself.
    """
    period = period_of(register, day)
    _lock(register, period)
    holders = Directive.objects.filter(register=register, period=period, ordinal=ordinal)
    mistaken = holders.filter(state=DirectiveState.REVOKED, recorded_on__isnull=False)
    mistaken.update(register=None, period="", ordinal=None)
    if holders.exists():
        raise Incomplete(fields={"number": _("Số này đã cấp cho văn bản khác trong sổ.")})
    return period


def register_for(issuer, kind) -> Register | None:
    """The issuer's register for a kind: one that names the kind, else the common one. One query."""
    registers = list(Register.objects.filter(issuer=issuer))
    named = [r for r in registers if kind in r.kinds]
    common = [r for r in registers if not r.kinds]
    return next(iter(named + common), None)


def book_of(directive) -> Register:
    """The register a directive takes its number from: the one chosen, else the issuer's. Incomplete without any."""
    book = directive.register or register_for(directive.issuer, directive.kind)
    if book is None:
        sentence = _("Cơ quan ban hành chưa có sổ văn bản cho loại này. Hãy nhờ quản trị mở sổ.")
        raise Incomplete(fields={"register": sentence})
    return book


def period_of(register: Register, day: date) -> str:
    """The year, or the term of the committee, in which `day` lies."""
    if register.period_rule == PeriodRule.YEAR:
        return str(day.year)
    first, last = register.term_starts_on, register.term_ends_on
    if not (first and last and first <= day <= last):
        raise Incomplete(
            _("Ngày ban hành nằm ngoài nhiệm kỳ của sổ văn bản. Hãy nhờ quản trị mở sổ nhiệm kỳ mới.")
        )
    return f"{first.year}-{last.year}"


def printed(ordinal: int) -> str:
    """A number as printed: two digits at least."""
    return f"{ordinal:02d}"


def code(number: str, notation: str, style: str) -> str:
    """Number and notation together: 812/SGTVT-VP, 254-KH/TU."""
    return f"{number}{'-' if style == Notation.PARTY else '/'}{notation}"


def usual_notation(kind, issuer, style) -> str:
    """The notation an issuer's document of a kind usually carries; a letter's drafting unit is not known."""
    abbreviations = PARTY_ABBREVIATIONS if style == Notation.PARTY else STATE_ABBREVIATIONS
    words = (abbreviations.get(DirectiveKind(kind), ""), issuer.notation or issuer.code)
    return ("/" if style == Notation.PARTY else "-").join(filter(None, words))


def _lock(register, period):
    with transaction.atomic():
        RegisterCounter.objects.get_or_create(register=register, period=period)
        return RegisterCounter.objects.select_for_update().get(register=register, period=period)


def _first_free(register, period, *, after):
    later = Directive.objects.filter(register=register, period=period, ordinal__gt=after)
    taken = set(later.values_list("ordinal", flat=True))
    ordinal = after + 1
    while ordinal in taken:
        ordinal += 1
    return ordinal
