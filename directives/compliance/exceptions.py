"""What leaders look at one by one: late work, whose move it is, and what changed since a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)  # fmt: skip

from directives import rules
from directives.enums import (
    AssignmentState,
    Decision,
    Move,
    ReportOutcome,
    RequestKind,
    Standing,
    UrgingKind,
)
from directives.models import Assignment, ProgressNote, Report, Request, Urging
from directives.standing import overdue, standing

from .facts import end_of, whether
from .figures import standing_on
from .waiting import to_answer, to_clear, to_decide, unanswered

WEEK = timedelta(days=7)


# --- What is red -------------------------------------------------------------------------------


def red(assignments: QuerySet[Assignment], today: date) -> QuerySet[Any]:
    """The work that units owe late today, each with whose `move` it is. No query by itself."""
    late = assignments.filter(overdue(today), issued_on__lte=today)
    return late.annotate(move=move(), held_by=_holder())


def for_person(user) -> Q:
    """Of late work what waits for a decision of this very person."""
    return to_answer(user) | to_clear(user)


def with_own(rows: QuerySet[Assignment], user) -> QuerySet[Any]:
    """Each with whether a decision of it waits for this very person (`own`), and whether it is a request (`asks_own`)."""
    return rows.annotate(own=whether(for_person(user)), asks_own=whether(to_answer(user)))


def move() -> Case:
    """Who must act next on open work, and how; as SQL. What the unit asked comes before what stands in its way."""
    asked = Request.objects.filter(assignment=OuterRef("pk"), decision=Decision.PENDING)
    more_time = Exists(asked.filter(kind=RequestKind.EXTENSION))
    stuck = ProgressNote.objects.filter(assignment=OuterRef("pk"), answered_at=None).exclude(obstacle="")
    at_the_office = Q(holder=F("assignment__issuer"))
    laid = Report.objects.filter(assignment=OuterRef("pk"), outcome=ReportOutcome.INTERNAL, decided_at=None)
    moves = [
        (Q(state=AssignmentState.REPORTED), Move.ACCEPT),
        (Q(more_time) & Q(directive__extension_by_leader=True), Move.EXTEND_LEADER),
        (Q(more_time), Move.EXTEND_OFFICE),
        (Q(Exists(asked.filter(kind=RequestKind.DECLINE))), Move.REASSIGN),
        (Q(Exists(stuck.filter(at_the_office, leader_answers=True))), Move.CLEAR_LEADER),
        (Q(Exists(stuck.filter(at_the_office))), Move.CLEAR_OFFICE),
        (Q(Exists(stuck)), Move.CLEAR_ELSEWHERE),
        (rules.unmanned(), Move.APPOINT),
        (Q(Exists(laid)), Move.APPROVE),
    ]
    whens = [When(condition, then=Value(made)) for condition, made in moves]
    return Case(*whens, default=Value(Move.REPORT), output_field=CharField())


def _holder():
    """The unit that an obstacle was sent to."""
    stuck = ProgressNote.objects.filter(assignment=OuterRef("pk"), answered_at=None).exclude(obstacle="")
    elsewhere = stuck.exclude(holder=F("assignment__issuer")).order_by("-noted_at", "-pk")
    return Subquery(elsewhere.values("holder__name")[:1])


# --- Three questions ---------------------------------------------------------------------------


@dataclass(frozen=True)
class LateUnit:
    """A unit, how much it owes late, and the earliest deadline of it."""

    unit_id: int
    name: str
    late: int
    oldest: date


@dataclass(frozen=True)
class Questions:
    """Who is late, where it is stuck, how much of it waits for the person's own decision, and how much their office gave."""

    total: int
    units: list[LateUnit]
    moves: list[tuple[Move, int]]
    mine: int
    given: int


def questions(red_rows: QuerySet, user) -> Questions:
    """The units with most late work first, the moves by how much waits for each. One query."""
    found = (
        red_rows.order_by()
        .annotate(own=whether(for_person(user)), given=whether(rules.given_assignments(user)))
        .values_list("unit_id", "unit__name", "move", "own", "given")
    )
    counted = list(found.annotate(n=Count("pk"), oldest=Min("due_on")))
    by_move: Counter[str] = Counter()
    for _unit, _name, made, *_whose, n, _oldest in counted:
        by_move[made] += n
    return Questions(
        sum(by_move.values()),
        _late_units(counted),
        [(Move(made), n) for made, n in by_move.most_common()],
        sum(n for *_group, own, _given, n, _oldest in counted if own),
        sum(n for *_group, given, n, _oldest in counted if given),
    )


def _late_units(counted):
    units: dict[int, LateUnit] = {}
    for unit_id, name, *_how, n, oldest in counted:
        known = units.get(unit_id, LateUnit(unit_id, name, 0, oldest))
        units[unit_id] = LateUnit(unit_id, name, known.late + n, min(known.oldest, oldest))
    return sorted(units.values(), key=lambda unit: (-unit.late, unit.oldest, unit.name))


# --- What changed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """How late work moved between the end of an earlier day and now: how much of it is new, still late, and let go
    of the list by what became of it."""

    since: date
    new: int
    still: int
    gone: list[tuple[Standing, int]]

    @property
    def no_longer(self) -> int:
        return sum(n for _standing, n in self.gone)


def was_red(assignments: QuerySet[Assignment], day: date, today: date) -> QuerySet[Any]:
    """The work that was late at the end of an earlier day, each with where it `stands` today. No query by itself."""
    then = standing_on(assignments, day).filter(stands=Standing.OVERDUE).values("pk")
    return assignments.filter(pk__in=then).annotate(stands=standing(today), move=move(), held_by=_holder())


def no_longer_red(assignments: QuerySet[Assignment], day: date, today: date) -> QuerySet[Any]:
    """Of it what is not late any more. No query by itself."""
    return was_red(assignments, day, today).exclude(stands=Standing.OVERDUE)


def newly_red(assignments: QuerySet[Assignment], day: date, today: date) -> QuerySet[Any]:
    """What is late today and was not yet at the end of the earlier day. No query by itself."""
    then = standing_on(assignments, day).filter(stands=Standing.OVERDUE).values("pk")
    return red(assignments, today).exclude(pk__in=then)


def still_red(assignments: QuerySet[Assignment], day: date, today: date) -> QuerySet[Any]:
    """What was late then and is late today. No query by itself."""
    then = standing_on(assignments, day).filter(stands=Standing.OVERDUE).values("pk")
    return red(assignments, today).filter(pk__in=then)


def change_since(assignments: QuerySet[Assignment], day: date, today: date, *, total: int) -> Change:
    """What moved since the day; `total` is how much is late today. One query."""
    found = was_red(assignments, day, today).order_by().values_list("stands").annotate(n=Count("pk"))
    became = {Standing(stands): n for stands, n in found}
    still = became.pop(Standing.OVERDUE, 0)
    gone = sorted(became.items(), key=lambda one: -one[1])
    return Change(day, total - still, still, gone)


# --- What lies with the Office and its leader ----------------------------------------------------


def kept_waiting(user, today: date, *, until: date, limit: int) -> list[Any]:
    """Reports of `until` or earlier that the person's office has not decided on though the deadline is past, the longest
    waiting first; each with how many there are `among` them, how many the person decides on (`own`), and when the
    newest of all came in (`newest`). One query."""
    waiting = Assignment.objects.filter(
        rules.given_assignments(user), state=AssignmentState.REPORTED, due_on__lt=today
    ).filter(reported_at__lt=end_of(until))
    told = {
        "among": Window(Count("pk")),
        "own": Window(Count(Case(When(to_decide(user), then=F("pk"))))),
        "newest": Window(Max("reported_at")),
    }
    counted = waiting.select_related("task", "directive").annotate(**told)
    return list(counted.order_by("reported_at", "pk")[:limit])


def unanswered_instructions(user, *, limit: int) -> list[Urging]:
    """What leaders asked and told the units of the work the person's office gave, the longest unanswered first; each
    with how many there are `among` them. One query."""
    said = unanswered(user).exclude(kind=UrgingKind.URGE)
    said = said.select_related("assignment__task", "assignment__directive", "urged_by")
    return list(said.annotate(among=Window(Count("pk"))).order_by("urged_at", "pk")[:limit])
