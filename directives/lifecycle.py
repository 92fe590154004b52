"""The one writer of state: what may follow what, and who may make it so.

Two tables hold every verb. `advance` is the only door: it asks the rule, moves the row if its state is
still the one that was seen, and writes the event, all in one transaction. A verb without a target is done in
its states and leaves them: a deadline moved, work handed to a person, an urging.
"""

from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from directives import events, phases, rollup, rules
from directives.enums import OPEN
from directives.enums import AssignmentState as A
from directives.enums import DirectiveState as D
from directives.errors import NotAllowed, Stale, WrongState
from directives.models import Assignment, Directive
from units import clock
from units.models import Event


@dataclass(frozen=True)
class Transition:
    verb: str
    sources: frozenset
    target: str | None
    rule: Callable
    # Where work goes instead that its unit has never received.
    unreceived: str | None = None

    def leads(self, obj) -> str | None:
        """Where it brings this object; None leaves it."""
        return self.unreceived if self.unreceived and obj.acknowledged_at is None else self.target


def _table(*rows) -> dict[str, Transition]:
    return {row[0]: Transition(row[0], frozenset(row[1]), *row[2:]) for row in rows}


STAYS = None
BATCH = 2_000
DIRECTIVE = _table(
    ("submit", {D.DRAFT}, D.SUBMITTED, rules.can_submit),
    ("withdraw_submission", {D.SUBMITTED}, D.DRAFT, rules.can_withdraw_submission),
    ("send_back", {D.SUBMITTED, D.SIGNED}, D.DRAFT, rules.can_send_back_directive),
    ("sign", {D.SUBMITTED}, D.SIGNED, rules.can_sign),
    ("record_signature", {D.SUBMITTED}, D.SIGNED, rules.can_record_signature),
    ("issue", {D.SIGNED}, D.ISSUED, rules.can_issue),
    ("record", {D.DRAFT}, D.ISSUED, rules.can_record),
    ("close", {D.ISSUED}, D.CLOSED, rules.can_close),
    ("revoke", {D.ISSUED, D.CLOSED}, D.REVOKED, rules.can_revoke),
    ("discard", {D.DRAFT}, D.DISCARDED, rules.can_discard),
    ("restore", {D.DISCARDED}, D.DRAFT, rules.can_discard),
    ("change_rhythm", {D.ISSUED}, STAYS, rules.can_change_rhythm),
    ("end_rhythm", {D.ISSUED}, STAYS, rules.can_change_rhythm),
    ("add_recipient", {D.ISSUED}, STAYS, rules.can_add_recipient),
    ("remove_recipient", {D.ISSUED}, STAYS, rules.can_remove_recipient),
    ("classify", {D.ISSUED, D.CLOSED}, STAYS, rules.can_classify),
    ("implement", {D.ISSUED}, STAYS, rules.can_implement),
)

UNDECIDED = OPEN | {A.REPORTED}
ASSIGNMENT = _table(
    ("acknowledge", {A.NOT_STARTED}, A.IN_PROGRESS, rules.can_acknowledge),
    ("delegate", OPEN, STAYS, rules.can_delegate),
    ("note_progress", OPEN, STAYS, rules.can_note_progress),
    ("submit_internally", OPEN, STAYS, rules.can_submit_internally),
    ("send_back_internally", OPEN, STAYS, rules.can_send_back_internally),
    ("report", OPEN, A.REPORTED, rules.can_report),
    ("withdraw", {A.REPORTED}, A.IN_PROGRESS, rules.can_withdraw),
    ("accept", {A.REPORTED}, A.ACCEPTED, rules.can_accept),
    ("send_back", {A.REPORTED}, A.IN_PROGRESS, rules.can_send_back),
    ("supplement", {A.ACCEPTED}, A.REPORTED, rules.can_supplement),
    ("reopen", {A.ACCEPTED}, A.IN_PROGRESS, rules.can_reopen),
    ("request_extension", OPEN, STAYS, rules.can_request_extension),
    ("decline", OPEN, STAYS, rules.can_decline),
    ("withdraw_request", OPEN, STAYS, rules.can_withdraw_request),
    ("extend", OPEN, STAYS, rules.can_extend),
    ("refuse_extension", OPEN, STAYS, rules.can_refuse_extension),
    ("refuse_decline", OPEN, STAYS, rules.can_refuse_decline),
    ("transfer", OPEN, A.TRANSFERRED, rules.can_transfer),
    ("set_deadline", OPEN, STAYS, rules.can_set_deadline),
    ("review", OPEN | {A.PAUSED}, STAYS, rules.can_review),
    ("pause", OPEN, A.PAUSED, rules.can_pause),
    ("resume", {A.PAUSED}, A.IN_PROGRESS, rules.can_resume, A.NOT_STARTED),
    ("urge", UNDECIDED, STAYS, rules.can_urge),
    ("ask_explanation", UNDECIDED, STAYS, rules.can_ask_explanation),
    ("instruct", UNDECIDED, STAYS, rules.can_instruct),
    ("answer_urging", UNDECIDED, STAYS, rules.can_answer_urging),
    ("answer_obstacle", OPEN, STAYS, rules.can_answer_obstacle),
    ("forward_obstacle", OPEN, STAYS, rules.can_forward_obstacle),
    ("cancel", UNDECIDED | {A.PAUSED}, A.CANCELLED, rules.can_cancel),
)


def advance(obj, verb, *, by, note="", told=None, **changes):
    """Carry `obj` (a directive or an assignment) through `verb`, with `changes` to its other fields.

    `told` is what the event says besides: a fact of the act that no field of `obj` keeps.

    Raises NotAllowed, WrongState, or Stale when somebody else moved it, or saved the draft, since it was loaded;
    of a verb that leaves the state, also when what it changes is no longer what was seen.
    Five queries, for what figures are made of ten to twelve, one transaction; locks the row and the directive's chain of events until the surrounding transaction ends.
    """
    transition = _table_of(obj)[verb]
    if not transition.rule(by, obj):
        raise NotAllowed
    if obj.state not in transition.sources:
        raise WrongState(_wrong_state(obj))
    target = transition.leads(obj)
    moved_to = {"state": target} if target else {}
    changes = {"updated_at": clock.now(), **changes, **moved_to}
    before = {name: getattr(obj, name) for name in changes if name != "updated_at"}
    as_seen = _as_loaded(obj) if target else _as_loaded(obj) | before
    with transaction.atomic():
        with _kept(obj, changes):
            moved = type(obj).objects.filter(pk=obj.pk, **as_seen).update(**changes)
            if not moved:
                raise Stale(_stale(obj))
        for name, value in changes.items():
            setattr(obj, name, value)
        after = _only(changes, before) | (told or {})
        events.write(verb, by=by, obj=obj, before=before, after=after, note=note)
    return obj


def _kept(obj, changes):
    """Of an assignment whose verb changes what figures are made of, the past and the counters; of anything else nothing."""
    if obj._meta.model_name == "assignment" and not changes.keys().isdisjoint(phases.DATED):
        return _changing(Assignment.objects.filter(pk=obj.pk))
    return nullcontext()


@contextmanager
def _changing(assignments):
    """Whatever changes what figures are made of: what the rows were until yesterday is kept, what that changes in the
    counters is booked. Gives the keys of the rows, which are locked until the transaction ends."""
    held = phases.hold(assignments)
    keys = [pk for pk, *_ in held]
    with rollup.moving(keys):
        phases.keep(held)
        yield keys


def hold(directive):
    """Lock the directive's row until the transaction ends, and read its state again. One query.

    Whoever gives new work under a directive, and whoever ends it, does this first: before rows, and before the
    chain. So no work is opened under a directive that is just being ended.
    """
    held = type(directive).objects.select_for_update(no_key=True).filter(pk=directive.pk)
    directive.state = held.values_list("state", flat=True).get()


def hold_all(assignments):
    """Lock many assignments with their directives until the transaction ends, before the first of them is changed.

    An act on many rows holds a directive's chain after its first; whoever changes one row holds the row and wants the
    chain. So all the rows come first. Two queries.
    """
    keys = [assignment.pk for assignment in assignments]
    rows = Assignment.objects.filter(pk__in=keys)
    directives = Directive.objects.filter(pk__in=rows.order_by().values("directive"))
    list(directives.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def cancel_open(directive, *, unit=None):
    """Drop everything still open under a revoked directive, or one unit's; told by the act's own event. Work that was
    accepted and to which proof was added since stays accepted.

    A statement per 500 rows that did not change today, and a few more per 2,000. Returns how many rows it held.
    """
    still_open = Assignment.objects.filter(directive=directive, state__in=ASSIGNMENT["cancel"].sources)
    with _changing(still_open.filter(unit=unit) if unit else still_open) as keys:
        for start in range(0, len(keys), BATCH):
            some = Assignment.objects.filter(pk__in=keys[start : start + BATCH])
            done = Q(state=A.REPORTED, accepted_at__isnull=False)
            kept = Case(When(done, then=Value(A.ACCEPTED)), default=Value(A.CANCELLED))
            some.update(state=kept, updated_at=clock.now())
    return len(keys)


def give_again(assignment, **changes):
    """Begin anew work that the unit had been let off, in its duty or the other. Told by the event of the addition."""
    let_off = Assignment.objects.filter(pk=assignment.pk, state=A.CANCELLED)
    with _changing(let_off):
        if not let_off.update(state=A.NOT_STARTED, **changes):
            raise Stale
    if changes["duty"] != assignment.duty:
        phases.keep_duty(assignment)


def allowed_verbs(user, obj, *, among=None) -> list[str]:
    """The verbs (of those named, or all) open to the person on this object now, in the table's order; for buttons."""
    table = _table_of(obj)
    asked = table.keys() if among is None else among
    return [
        verb for verb, t in table.items() if verb in asked and obj.state in t.sources and t.rule(user, obj)
    ]


def check(obj, verb, *, by):
    """Refuse now what `advance` would refuse later, before any work is done."""
    transition = _table_of(obj)[verb]
    if not transition.rule(by, obj):
        raise NotAllowed
    if obj.state not in transition.sources:
        raise WrongState(_wrong_state(obj))


def _table_of(obj):
    return DIRECTIVE if obj._meta.model_name == "directive" else ASSIGNMENT


def _as_loaded(obj):
    """What must still be so: the state and, of a document, the text that was looked through."""
    state = {"state": obj.state}
    return state | {"version": obj.version} if hasattr(obj, "version") else state


def _only(changes, before):
    return {name: changes[name] for name in before}


def _wrong_state(obj):
    sentence = _("Việc này không làm được khi đang ở tình trạng “%(state)s”.")
    return _and_who(obj, sentence % {"state": obj.get_state_display()}, of=obj.state)


def _stale(obj):
    sentence, now = (
        str(Stale.default_sentence),
        type(obj).objects.filter(pk=obj.pk).values_list("state", flat=True),
    )
    return _and_who(obj, sentence, of=next((state for state in now if state != obj.state), None))


def _and_who(obj, sentence, *, of):
    """The sentence, with who brought the object to the state `of` and when, if that was an act of its own. One query."""
    verbs = [verb for verb, transition in _table_of(obj).items() if transition.target]
    moves = Event.objects.filter(object_type=obj._meta.model_name, object_id=obj.pk, verb__in=verbs)
    last = moves.order_by("-at", "-pk").first()
    if of is None or last is None or last.after.get("state") != of or not last.actor_name:
        return sentence
    told = {
        "who": last.actor_name,
        "state": type(obj)(state=of).get_state_display(),
        "moment": render_to_string("units/moment.html", {"value": last.at}).strip(),
    }
    return " ".join([sentence, _moved(last) % told])


def _moved(event):
    """A return is told as one: the state it leads to is that of work which was never reported."""
    if event.verb == "send_back":
        return _("%(who)s đã trả lại lúc %(moment)s.")
    return _("%(who)s đã chuyển sang “%(state)s” lúc %(moment)s.")
