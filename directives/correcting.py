"""What a unit says about its numbers before the Office sends them, and what the Office answers.

Numbers are never typed over: they follow from the work. Who agrees mends the work and says so here.
"""

from functools import reduce
from operator import or_

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directives import compliance, rules
from directives.compliance import LINES, Tally
from directives.compliance.figures import grouped
from directives.enums import Decision
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Assignment, Correction
from units import clock, events
from units.models import Unit


@transaction.atomic
def ask_correction(unit, *, by, office, line, reason, expected=None) -> Correction:
    """Say that one number about the unit is wrong; what it shows now is kept with it. Six queries."""
    if not rules.can_ask_correction(by, unit):
        raise NotAllowed
    _require(office=office, line=line, reason=reason)
    shown = getattr(figures(unit, office=office), LINES[line].name)
    if expected == shown:
        raise Incomplete(fields={"expected": _("Số này đúng bằng số đang hiện.")})
    told = {"line": line, "shown": shown, "expected": expected, "reason": reason.strip()}
    try:
        with transaction.atomic():
            asked = Correction.objects.create(
                unit=unit, office=office, asked_at=clock.now(), asked_by=by, **told
            )
    except IntegrityError:
        raise Incomplete(fields={"line": _("Số này đã có một đề nghị đang chờ trả lời.")}) from None
    events.write("ask_correction", by=by, obj=asked, chain=_chain(office.pk), after=told, note=reason)
    return asked


@transaction.atomic
def answer_correction(correction, *, by, decision, answer) -> Correction:
    """Agree (the work has been put right) or not, in words. Of two who answer at once, one is told."""
    if not rules.can_answer_correction(by, correction):
        raise NotAllowed
    if decision not in (Decision.GRANTED, Decision.REFUSED) or not answer.strip():
        raise Incomplete(fields={"answer": _("Hãy ghi nội dung trả lời.")})
    if decision == Decision.GRANTED and number_now(correction) == correction.shown:
        sentence = _("Số này vẫn là %(number)d. Hãy sửa ở phần việc trước, hoặc trả lời là không đính chính.")
        raise Incomplete(fields={"answer": sentence % {"number": correction.shown}})
    told = {"decision": decision, "answer": answer.strip(), "decided_at": clock.now(), "decided_by": by}
    if not Correction.objects.filter(pk=correction.pk, decision=Decision.PENDING).update(**told):
        raise WrongState(_("Đề nghị này đã được trả lời."))
    for name, value in told.items():
        setattr(correction, name, value)
    after = {"decision": decision, "answer": answer.strip()}
    chain = _chain(correction.office_id)
    events.write("answer_correction", by=by, obj=correction, chain=chain, after=after, note=answer)
    return correction


def number_now(correction) -> int | None:
    """What the number is today; None for one that no page shows any more. One query."""
    line = LINES.get(correction.line)
    return getattr(figures(correction.unit, office=correction.office), line.name) if line else None


def numbers_now(corrections) -> dict[int, int]:
    """Key of each that a page still shows the number of → what it is today. One query; none without any."""
    shown = [one for one in corrections if one.line in LINES]
    if not shown:
        return {}
    which = [Q(unit__path__startswith=one.unit.path, issuer=one.office_id) for one in shown]
    rows = Assignment.objects.filter(reduce(or_, which))
    owed = grouped(rows, clock.today(), "unit__path", "issuer_id")
    return {one.pk: _sum(one, owed) for one in shown}


def _sum(correction, owed):
    of = correction.unit.path, correction.office_id
    below = (one for (path, issuer), one in owed.items() if issuer == of[1] and path.startswith(of[0]))
    return getattr(Tally.sum(below).lead, LINES[correction.line].name)


def figures(unit, *, office):
    """What the unit and those below it owe the office in a leading duty, as its page shows it today. One query."""
    owed = Assignment.objects.filter(unit__path__startswith=unit.path, issuer=office)
    return compliance.tally(owed, clock.today()).lead


def offices_of(unit):
    """The offices that gave the unit, or one below it, work. A query not asked yet."""
    given = Assignment.objects.filter(unit__path__startswith=unit.path).order_by().values("issuer")
    return Unit.objects.filter(pk__in=given).order_by("path")


def _require(*, office, line, reason):
    missing = {}
    if office is None:
        missing["office"] = _("Hãy chọn cơ quan giao việc.")
    if line not in LINES:
        missing["line"] = _("Hãy chọn số cần đính chính.")
    if not reason.strip():
        missing["reason"] = _("Hãy ghi rõ vì sao số này chưa đúng.")
    if missing:
        raise Incomplete(fields=missing)


def _chain(office_id) -> str:
    return f"figures:{office_id}"
