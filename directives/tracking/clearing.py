"""What stands in the way of work (vướng mắc, kiến nghị): it lies with one at a time, who answers it or sends it on."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle, rules
from directives.errors import Incomplete, NotAllowed, Stale, WrongState
from directives.lifecycle import advance
from directives.models import Forwarding, ProgressNote
from units import clock

from .requiring import require_issued, require_words


def first_holder(assignment) -> int:
    """Where an obstacle goes at first: to the unit that collects for the directive, else to whoever gave the work.

    Nobody answers themselves, and nothing is sent where nobody is. One query, none without a collecting unit.
    """
    collector = assignment.directive.collecting_unit_id
    if collector is None or collector == assignment.unit_id or not rules.is_answered_for(collector):
        return assignment.issuer_id
    return collector


@transaction.atomic
def answer_obstacle(note, *, by, answer):
    """Answer what a unit said stands in its way; the answer is seen with the work."""
    _require_open(note)
    lifecycle.check(note.assignment, "answer_obstacle", by=by)
    if not rules.holds_obstacle(by, note):
        raise NotAllowed
    require_words(answer=answer)
    advance(note.assignment, "answer_obstacle", by=by, note=answer)
    told = {"answer": answer.strip(), "answered_at": clock.now(), "answered_by": by}
    if not _as_seen(note).update(**told):
        raise Stale
    return note


@transaction.atomic
def forward_obstacle(note, *, by, unit, word, to_leader=False):
    """Send it on to whoever must answer it: a unit under the office that gave the work, that office, or its leader.

    It stays open; who had it, since when and with what word remains to be seen.
    """
    work = note.assignment
    check_forwarding(note, by=by)
    require_issued(work)
    to_leader = to_leader and unit is not None and unit.pk == work.issuer_id
    _require_other(note, unit, to_leader)
    require_words(word=word)
    advance(work, "forward_obstacle", by=by, note=f"{unit.name}: {word.strip()}")
    if not _as_seen(note).update(holder=unit, leader_answers=to_leader):
        raise Stale
    kept = {"sender_id": note.holder_id, "receiver": unit, "to_leader": to_leader, "word": word.strip()}
    note.holder, note.leader_answers = unit, to_leader
    return Forwarding.objects.create(
        note=note, forwarded_at=clock.now(), forwarded_by=by, forwarder_name=by.display_name, **kept
    )


def check_forwarding(note, *, by):
    """Refuse now what `forward_obstacle` would refuse whatever is said."""
    _require_open(note)
    lifecycle.check(note.assignment, "forward_obstacle", by=by)
    if not (rules.holds_obstacle(by, note) or rules.can_urge(by, note.assignment)):
        raise NotAllowed


def _require_open(note):
    if not note.obstacle or note.answered_at:
        raise WrongState(_("Vướng mắc này đã được trả lời."))


def _as_seen(note):
    """The obstacle, if it still lies where the person saw it and nobody has answered it."""
    held = {"holder_id": note.holder_id, "leader_answers": note.leader_answers}
    return ProgressNote.objects.filter(pk=note.pk, answered_at=None, **held)


def _require_other(note, unit, to_leader):
    work = note.assignment
    if unit is None:
        raise Incomplete(fields={"to": _("Hãy chọn nơi phải trả lời.")})
    if (unit.pk, to_leader) == (note.holder_id, note.leader_answers) or unit.pk == work.unit_id:
        raise Incomplete(fields={"to": _("Hãy chọn một nơi khác.")})
    if unit.pk == work.issuer_id:
        return
    if not unit.is_under(work.issuer.path):
        raise Incomplete(fields={"to": _("Đơn vị này không thuộc cơ quan giao việc.")})
    if not rules.is_answered_for(unit.pk):
        raise Incomplete(fields={"to": _("Đơn vị này hôm nay chưa có người chịu trách nhiệm.")})
