"""Handing work over (bàn giao): all that a person was given in a unit goes to another, or back to the head, in one act.

Each piece of work keeps its own event. Nothing of its state, deadline or reports changes.
"""

from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from directives import events, lifecycle, rules
from directives.enums import ENDED
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Assignment
from units import clock
from units.events import Entry


@transaction.atomic
def hand_over(person, unit_id, *, by, to=None, note="") -> int:
    """Give everything unfinished that `person` was given in the unit to `to`, or back to the head; returns how much.

    Locks the directives, then these rows, then each directive's chain of events in turn. Four queries, and five for each directive.
    """
    if not rules.can_hand_over(by, unit_id):
        raise NotAllowed
    if to is not None and (to.pk == person.pk or not rules.works_in(to, unit_id)):
        raise Incomplete(fields={"to": _("Hãy chọn một người khác của đơn vị.")})
    moved = _move(Assignment.objects.filter(unit=unit_id, assignee=person), to, by=by, note=note)
    if not moved:
        raise WrongState(_("Người này không còn giữ việc nào của đơn vị."))
    return moved


@transaction.atomic
def release(user=None, *, by=None) -> int:
    """Give back to the heads what was given to people (one, or anybody) who do not work in the unit any more."""
    held = Assignment.objects.filter(rules.held_from_outside())
    return _move(held.filter(assignee=user) if user else held, None, by=by, note="")


def _move(held, to, *, by, note) -> int:
    unfinished = held.exclude(state__in=ENDED)
    lifecycle.hold_all(unfinished)
    rows = list(unfinished.select_related("task", "assignee").order_by("directive_id", "pk"))
    changed = {"assignee": to, "updated_at": clock.now()} | ({} if to else {"internal_due_on": None})
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(**changed)
    for _directive, of_one in groupby(rows, key=lambda row: row.directive_id):
        some = list(of_one)
        events.write_all([_entry(row, to, note) for row in some], by=by, chain=events.chain_of(some[0]))
    return len(rows)


def _entry(row, to, note):
    """Who had it and who has it now are in the words as well: a reader of the history sees no keys."""
    told = f"{row.assignee.display_name} → {to.display_name if to else '–'}"
    said = ". ".join(filter(None, [told, note.strip()]))
    before, after = {"assignee": row.assignee_id}, {"assignee": to.pk if to else None}
    return Entry("hand_over", row, before, after, said)
