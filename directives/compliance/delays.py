"""How long reports wait for the Office, and how soon units take up what they are given."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from directives.calendar import working_days
from directives.enums import ReportOutcome
from directives.models import Assignment, Report
from units.holidays import office_calendar

from .facts import in_period, with_facts
from .figures import rows, standing_on
from .spans import Arrival, Span, within
from .tally import Tally, share


@dataclass(frozen=True)
class Acceptance:
    """Reports that were accepted or returned in the period, in how many days; and those that wait at its end.

    Days are working days after the day of the report: a decision on that day took none.
    """

    decided: int = 0
    days: int = 0
    longest: int = 0
    waiting: int = 0
    waiting_days: int = 0
    waiting_longest: int = 0

    @property
    def mean(self) -> float | None:
        return share(self.days, self.decided)

    @property
    def waiting_mean(self) -> float | None:
        return share(self.waiting_days, self.waiting)


@dataclass(frozen=True)
class Receipt:
    """Of the work received in the period and still counted: what was acknowledged, and what on the very day."""

    received: int = 0
    acknowledged: int = 0
    prompt: int = 0

    @property
    def rate(self) -> float | None:
        return share(self.acknowledged, self.received)

    @property
    def rate_prompt(self) -> float | None:
        return share(self.prompt, self.received)


def acceptance(assignments: QuerySet[Assignment], span: Span) -> Acceptance:
    """Three queries. What was accepted and opened again since has lost the day of its acceptance, and is left out."""
    decided, waiting = _decided(assignments, span), _waiting(assignments, span)
    begun = min((told_on for told_on, *_ in (*decided, *waiting)), default=span.as_of)
    calendar = office_calendar(begun, span.as_of)
    return Acceptance(*_days_of(decided, calendar), *_days_of(waiting, calendar))


def _decided(assignments, span):
    """(reported on, decided on) → how many; of the rows that fell due, or were reported, when the span says so."""
    if span.due_in or span.reported_in:
        assignments = within(assignments, span).order_by().values("pk")
    concluded = Q(outcome__in=[ReportOutcome.ACCEPTED, ReportOutcome.RETURNED])
    reports = Report.objects.filter(concluded, in_period(span, "decided_at"), assignment__in=assignments)
    days = reports.annotate(told_on=TruncDate("reported_at"), decided_on=TruncDate("decided_at")).order_by()
    return list(days.values_list("told_on", "decided_on").annotate(n=Count("pk")))


def _waiting(assignments, span):
    found = rows(assignments, span, Tally.awaiting).order_by()
    days = found.values_list("reported_then").annotate(n=Count("pk"))
    return [(told_on, span.as_of, n) for told_on, n in days]


def _days_of(pairs, calendar):
    """How many there are, the working days they took together, and the most that one took."""
    took = [(working_days(first, last, **calendar), n) for first, last, n in pairs]
    return (
        sum(n for _, n in took),
        sum(days * n for days, n in took),
        max((days for days, _ in took), default=0),
    )


def receipt(assignments: QuerySet[Assignment], span: Span) -> Receipt:
    """One query."""
    counted = standing_on(assignments, span).filter(stands__in=Tally.total.standings)
    counted = with_facts(counted, span, "arrival", "is_acknowledged", "is_prompt").order_by()
    received = counted.exclude(arrival=Arrival.CARRIED_OVER)
    acknowledged = Q(is_acknowledged=True)
    return Receipt(
        **received.aggregate(
            received=Count("pk"),
            acknowledged=Count("pk", filter=acknowledged),
            prompt=Count("pk", filter=acknowledged & Q(is_prompt=True)),
        )
    )
