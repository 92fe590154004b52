"""How the screens of tracking load an assignment: through what the person may see, with what they show."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives import rules
from directives.calendar import working_days
from directives.compliance.said import words_open
from directives.compliance.undated import moved_on
from directives.enums import (
    IN_FORCE,
    OPEN,
    PUBLISHED,
    TAKEN_BACK,
    AssignmentState,
    Decision,
    ReportOutcome,
)
from directives.models import (
    Assignment,
    Directive,
    Evidence,
    Forwarding,
    ProgressNote,
    Recipient,
    Report,
    Request,
    Task,
    Urging,
)
from directives.standing import standing
from units import clock, statements
from units.holidays import office_calendar
from units.models import Event
from units.rules import reach

# What proved other documents' work is offered again for so long, and so much of it all.
RECENT_DAYS, MOST_AGAIN = 60, 40
# An obstacle that nobody has answered.
STUCK = {"obstacle__gt": "", "answered_at": None}
HISTORY_OF_DIRECTIVE = ("issue", "record", "close", "revoke")


def seen(user):
    """The assignments this person may see, with task, document and standing of today; no query by itself."""
    return shown(Assignment.objects.filter(rules.visible_assignments(user)))


def shown(assignments):
    """What a screen shows of an assignment comes with it in one query.

    Beside task, document and people: why the last report came back, which report waits, what the unit asks for,
    what it is urged to, with whom an obstacle lies, how far it has come.
    """
    related = assignments.select_related("task", "directive__issuer", "unit", "assignee")
    return related.annotate(
        standing=standing(clock.today()),
        returned_reason=_newest(Report, "decided_at", "reason", outcome=ReportOutcome.RETURNED),
        waiting_report=_newest(Report, "reported_at", "pk", outcome=ReportOutcome.PENDING),
        earlier_report=_newest(Report, "reported_at", "pk", outcome__in=TAKEN_BACK),
        earlier_text=_newest(Report, "reported_at", "text", outcome__in=TAKEN_BACK),
        laid_before_head=_newest(
            Report, "reported_at", "reporter_name", outcome=ReportOutcome.INTERNAL, decided_at=None
        ),
        asked=_newest(Request, "asked_at", "kind", decision=Decision.PENDING),
        asked_due_on=_newest(Request, "asked_at", "due_on", decision=Decision.PENDING),
        urging=_first_word("text"),
        urging_kind=_first_word("kind"),
        urging_reply_by=_first_word("reply_by"),
        words_open=words_open(),
        moved_on=moved_on(),
        stuck_with=_newest(ProgressNote, "noted_at", "holder__name", **STUCK),
        stuck_with_leader=_newest(ProgressNote, "noted_at", "leader_answers", **STUCK),
        percent=_newest(ProgressNote, "noted_at", "percent", percent__isnull=False),
    )


def periods_of(rows):
    """The periods of one duty with their standing of today, and no more of each than a line says."""
    fields = (
        "period",
        "due_on",
        "issued_on",
        "reported_on",
        "is_returned",
        "duty",
        "state",
        "task",
        "unit",
        "directive",
    )
    return rows.only(*fields).annotate(standing=standing(clock.today()))


def _newest(model, moment, field, **which):
    found = model.objects.filter(assignment=OuterRef("pk"), **which)
    return Subquery(found.order_by(f"-{moment}", "-pk").values(field)[:1])


def _first_word(field):
    """Of what was said and is open, what must be answered first."""
    return Subquery(_by_urgency(Urging.objects.filter(assignment=OuterRef("pk"))).values(field)[:1])


def open_words(assignment):
    """Everything that was said of the work and waits for the unit's answer, the most pressing first. One query."""
    return _by_urgency(assignment.urgings.select_related("urged_by"))


def _by_urgency(said):
    return said.filter(replied_at=None).order_by(F("reply_by").asc(nulls_last=True), "-urged_at", "-pk")


def load(user, *, pk):
    """One assignment, or 404 for a stranger; with whether tasks below carry it out (`is_carried`). One query, whose SQL
    is kept."""
    key = ("assignment", reach(user), clock.today())
    found = statements.objects(key, lambda: _carried(user).filter(pk=statements.TOLD), pk)
    if not found:
        raise Http404
    return found[0]


def find(user, **lookup):
    """The same by anything else that tells it from all others."""
    return get_object_or_404(_carried(user), **lookup)


def _carried(user):
    below = Task.objects.filter(implements=OuterRef("pk"), directive__state__in=PUBLISHED)
    return seen(user).annotate(is_carried=Exists(below))


def evidence_below(user, assignment):
    """What proved work by which the unit's own tasks carry this one out, where it was accepted; none is asked for
    without such tasks. One query with its evidence."""
    if not assignment.is_carried:
        return Evidence.objects.none()
    own = Evidence.objects.filter(rules.visible_evidence(user), report__outcome=ReportOutcome.ACCEPTED)
    own = own.filter(report__assignment__task__implements=assignment.pk)
    own = own.filter(report__assignment__state=AssignmentState.ACCEPTED)
    related = own.select_related("report__assignment__task", "report__assignment__directive")
    return related.order_by("-report__reported_at", "-pk")[:MOST_AGAIN]


def documents_below(user, assignment):
    """The unit's own documents that carry the work out: their number and day prove that it was handed down. One query."""
    if not assignment.is_carried:
        return Directive.objects.none()
    issued = Directive.objects.filter(rules.visible_directives(user), state__in=IN_FORCE)
    carrying = Task.objects.filter(directive=OuterRef("pk"), implements=assignment.pk)
    found = issued.filter(Exists(carrying)).only("kind", "code", "issued_on", "title")
    return found.order_by("-issued_on", "-pk")[:MOST_AGAIN]


def with_way(notes):
    """Obstacles with whoever they lie with and how they came there: one query more than the notes themselves."""
    steps = Forwarding.objects.select_related("sender", "receiver")
    return notes.select_related("holder", "answered_by").prefetch_related(Prefetch("forwardings", steps))


def with_evidence(reports, user):
    """The reports with what proves them; a document in the store is opened by whoever may read it. No query by itself."""
    readable = Directive.objects.filter(rules.visible_directives(user), pk=OuterRef("document"))
    return reports.prefetch_related(
        Prefetch("evidence", Evidence.objects.annotate(may_open=Exists(readable)).order_by("pk"))
    )


def evidence_again(user, assignment):
    """What proved other reports of the unit, of the same document first, then the newest; no query by itself."""
    recent = clock.now() - timedelta(days=RECENT_DAYS)
    same = Q(report__assignment__directive=assignment.directive_id)
    own = Evidence.objects.filter(rules.visible_evidence(user), report__assignment__unit=assignment.unit_id)
    found = own.filter(same | Q(uploaded_at__gte=recent))
    found = found.annotate(same=Case(When(same, then=Value(1)), default=Value(0)))
    related = found.select_related("report__assignment__task", "report__assignment__directive")
    return related.order_by("-same", "-uploaded_at", "-pk")[:MOST_AGAIN]


@dataclass(frozen=True)
class Earlier:
    """What a report said that was returned or withdrawn, and what was to prove it."""

    text: str
    evidence: list[Evidence] = field(default_factory=list)


def earlier_reports(rows) -> dict[int, Earlier]:
    """Of each assignment of `shown` that is open, by its key, the last report that came back; one query, none without
    any."""
    came_back = [row for row in rows if row.earlier_report and row.state in OPEN]
    proof = defaultdict(list)
    if came_back:
        for one in Evidence.objects.filter(report__in=[row.earlier_report for row in came_back]):
            proof[one.report_id].append(one)
    return {row.pk: Earlier(row.earlier_text, proof[row.earlier_report]) for row in came_back}


def history(user, assignment):
    """What the person may see of the assignment's events and of its document's issue and end, newest first. One query."""
    own = Q(object_type="assignment", object_id=assignment.pk)
    received = Recipient.objects.filter(directive=assignment.directive_id, unit=assignment.unit_id)
    own |= Q(object_type="recipient", object_id__in=received.values("pk"))
    of_directive = Q(
        object_type="directive", object_id=assignment.directive_id, verb__in=HISTORY_OF_DIRECTIVE
    )
    opened = {"verb": "open_period", "after__task": assignment.task_id, "after__period": assignment.period}
    of_period = Q(object_type="directive", object_id=assignment.directive_id, **opened)
    return (
        Event.objects.filter(own | of_directive | of_period)
        .filter(rules.visible_events(user))
        .order_by("-at", "-id")
    )


def working_days_since(days) -> dict:
    """Day → working days from it to today, for every day given that is past. One query, none without such days."""
    today = clock.today()
    past = {day for day in days if day and day < today}
    if not past:
        return {}
    calendar = office_calendar(min(past), today)
    return {day: working_days(day, today, **calendar) for day in past}
