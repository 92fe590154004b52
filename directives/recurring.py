"""Duties that come back: one row per unit and period, made some days ahead, for as long as the rule holds.

The units of a period are those that still had the duty in the one before: whoever was let off or handed it on does not
get it again, and the receiver goes on with it. Changing the rule touches periods that have not begun.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from directives import distribution, events, going_on, lifecycle, periods, rollup
from directives.enums import DirectiveState, DueRule, Recurrence
from directives.errors import Incomplete, WrongState
from directives.models import Assignment, Directive, Rhythm, Task
from directives.periods import Period, Rule
from units import clock
from units.holidays import office_calendar

# How long before a period begins its rows are there, so that people can plan.
AHEAD = {
    Recurrence.DAILY: timedelta(days=1),
    Recurrence.WEEKLY: timedelta(days=3),
    Recurrence.MONTHLY: timedelta(days=7),
    Recurrence.QUARTERLY: timedelta(days=15),
    Recurrence.HALF_YEARLY: timedelta(days=15),
    Recurrence.YEARLY: timedelta(days=30),
}
SHOWN = 3
_DAY, _YEAR, _LONGEST = timedelta(days=1), timedelta(days=366), timedelta(days=4 * periods.MOST_WORKING_DAYS)


@dataclass(frozen=True)
class Duty:
    """A period with the day its report is due, None where the rule names none."""

    period: Period
    due_on: date | None

    @property
    def name(self) -> str:
        return periods.name_of(self.period.key)


def begin(directive):
    """Make the first rows of every recurring task of a directive being issued or recorded, and those due ahead.

    The first period is the one of this day, or the first whose report can still come in time. Must run in the
    transaction of the issue. For each recurring task six queries, and two more for each period made ahead.
    """
    day = directive.recorded_on or directive.issued_on
    for task in directive.tasks.filter(is_heading=False).exclude(recurrence=Recurrence.NONE):
        rhythm = _keep(task, task.rule, starts_on=day)
        first = coming(task.rule, day, count=1)[0]
        given_on = max(directive.issued_on, first.period.first)
        distribution.give(directive, task, first.period.key, given_on=given_on, due_on=first.due_on)
        _catch_up(rhythm, directive, clock.today())


def open_periods(*, as_of: date | None = None) -> int:
    """Make what is missing of every period that has begun by `as_of` (today) or soon will; returns how many rows.

    A transaction for each rule: safe to run twice, at the same time, or after a kill. One event for each period made.
    """
    day = as_of or clock.today()
    live = Q(task__directive__state=DirectiveState.ISSUED)
    soon = Q(starts_on__lte=day + max(AHEAD.values()))
    found = (
        Rhythm.objects.filter(live & soon).order_by("task", "starts_on", "pk").values_list("pk", flat=True)
    )
    return sum(_open(pk, day) for pk in list(found))


def coming(rule: Rule, day: date, count: int = SHOWN) -> list[Duty]:
    """The next periods of the rule whose reports are not past on `day`. One query where working days are counted."""
    return coming_of({"": rule}, day, count)[""]


def coming_of(rules: Mapping[str, Rule], day: date, count: int = SHOWN) -> dict[str, list[Duty]]:
    """`coming` of many rules by their names, for no more queries than of one."""
    counted = any(rule.due == DueRule.WORKING_DAYS for rule in rules.values())
    days = office_calendar(day, day + (count + 1) * _YEAR + _LONGEST) if counted else {}
    return {name: list(islice(_duties(rule, day, days), count)) for name, rule in rules.items()}


def prospect(task, rule: Rule, count: int = SHOWN) -> list[Duty]:
    """The first periods the rule would make if it were set today. Two queries at most."""
    first, _until = _turn(_running(task), rule, clock.today())
    return coming(rule, first.first, count)


def overlap(task, rule: Rule) -> Duty | None:
    """The last period of the running rule, if it still runs when the first of `rule` begins. Two queries at most."""
    running, today = _running(task), clock.today()
    if running is None or (running.ends_on and running.ends_on <= today):
        return None
    first, until = _turn(running, rule, today)
    last = [periods.period_on(running.rule, today), *_still_made(running, today, until)][-1]
    return _duty(running.rule, last) if last.last >= first.first else None


def share_of(task) -> distribution.Share | None:
    """What a unit gets of a recurring task today: the first period whose report can still come in time, of the running
    rule while it begins periods, then of the next one.

    None where the task comes back no more. Three queries at most.
    """
    today = clock.today()
    for rule, starts_on, ends_on in _from_today(task):
        first = coming(rule, max(today, starts_on), count=1)[0]
        if ends_on is None or first.period.first < ends_on:
            given_on = max(today, first.period.first)
            return distribution.Share(task, first.due_on, first.period.key, given_on)
    return None


def still_given(directive) -> QuerySet[Assignment]:
    """The newest rows of whoever gets the next period too, as far as a rule makes one. No query by itself."""
    live = Rhythm.objects.filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()), task=OuterRef("task"))
    return going_on.holders(directive).filter(Exists(live))


def catch_up(directive, tasks):
    """Make what the job has not made yet of these tasks. The directive must be held."""
    found = Rhythm.objects.filter(task__directive=directive, task__in=tasks).select_related("task")
    for rhythm in found.order_by("task", "starts_on", "pk"):
        _catch_up(rhythm, directive, clock.today())


def in_force(directive) -> dict[int, Rhythm]:
    """Task → the rule that was set last, also one that has ended or begins later. One query."""
    found = Rhythm.objects.filter(task__directive=directive).order_by("starts_on", "pk")
    return {rhythm.task_id: rhythm for rhythm in found}


def not_begun(day: date) -> Q:
    """Rows of periods that begin after `day`: no figure counts them yet."""
    return Q(issued_on__gt=day)


# --- Changing the rule --------------------------------------------------------------------------


@transaction.atomic
def change_rhythm(task, *, by, rule: Rule, reason) -> Rhythm:
    """Set another rule from the next period that has not begun. What is past or running stays as it is.

    Rows of later periods that were at most received follow the new rule; whoever has begun on one keeps it, and goes by
    the new rule from its end.
    """
    directive, before = _held(task, by, "change_rhythm", reason)
    _require_rule(rule, before)
    today = clock.today()
    running = _running(task)
    catch_up(directive, [task])
    first, old_until = _turn(running, rule, today)
    _end(task, old_until)
    rhythm = _keep(task, rule, starts_on=first.first, by=by, reason=reason)
    kept = _still_made(running, today, old_until)
    _move_ahead(
        task, [period.key for period in kept], _duty(running.rule, kept[0]) if kept else _duty(rule, first)
    )
    _tell("change_rhythm", task, before, by=by, reason=reason, after=rule, from_period=first.key)
    catch_up(directive, [task])
    return rhythm


@transaction.atomic
def end_rhythm(task, *, by, reason):
    """No period begins any more. Those that have begun are still owed; untouched rows of later ones go."""
    _directive, before = _held(task, by, "end_rhythm", reason)
    if before is None or before.ends_on:
        raise WrongState(_("Nhiệm vụ này không còn định kỳ."))
    tomorrow = clock.today() + _DAY
    _end(task, tomorrow)
    distribution.withdraw(distribution.untouched(task).filter(issued_on__gte=tomorrow))
    _tell("end_rhythm", task, before, by=by, reason=reason)


def drop_ahead(assignment):
    """The unit has the duty no more: the row made ahead for it goes, if nobody has touched it. A query where there is none."""
    if not assignment.period:
        return
    own = Assignment.objects.filter(task=assignment.task_id, unit=assignment.unit_id)
    later = own.filter(issued_on__gt=assignment.issued_on)
    if not later.exclude(not_begun(clock.today())).exists():
        distribution.withdraw(distribution.untouched(assignment.task).filter(pk__in=later.values("pk")))


def clear_ahead(directive, *, unit=None):
    """Rows of periods that have not begun, of all or of one unit, go as far as nobody has touched them."""
    ahead = distribution.untouched().filter(not_begun(clock.today()), directive=directive).exclude(period="")
    distribution.withdraw(ahead.filter(unit=unit) if unit else ahead)


def _running(task) -> Rhythm | None:
    """The rule by which the period of today was made."""
    return task.rhythms.filter(starts_on__lte=clock.today()).order_by("-starts_on", "-pk").first()


def _held(task, by, verb, reason):
    """The directive under its lock, and the rule that was set last."""
    directive = task.directive
    lifecycle.hold(directive)
    lifecycle.check(directive, verb, by=by)
    if not reason.strip():
        raise Incomplete(fields={"reason": _("Hãy ghi rõ lý do.")})
    before = task.rhythms.order_by("-starts_on", "-pk").first()
    if before is None and not task.recurrence:
        raise WrongState(_("Nhiệm vụ này không định kỳ."))
    return directive, before


def _require_rule(rule, before):
    if not rule.every:
        raise Incomplete(fields={"recurrence": _("Hãy chọn bao lâu một lần.")})
    if missing := periods.faults(rule):
        raise Incomplete(fields=missing)
    if before and not before.ends_on and before.rule == rule:
        raise Incomplete(fields={"recurrence": _("Quy định mới giống quy định đang áp dụng.")})


def _turn(running, rule, today) -> tuple[Period, date]:
    """The first period of the new rule, and the day from which the old one begins none: no part of a year is reported
    on twice under one name, and none is left out between two rhythms."""
    first = periods.following(rule, periods.period_on(rule, today))
    if running is None or running.recurrence != rule.every:
        return first, first.first
    old = periods.following(running.rule, periods.period_on(running.rule, today))
    while periods.number_of(first.key) < periods.number_of(old.key):
        first = periods.following(rule, first)
    while periods.number_of(old.key) < periods.number_of(first.key):
        old = periods.following(running.rule, old)
    return first, min(first.first, old.first)


def _from_today(task) -> list[tuple[Rule, date, date | None]]:
    """The rules that hold today or will, each with the days between which its periods begin; of a task that was issued
    before its rules were kept, the document's own."""
    today, found = clock.today(), list(task.rhythms.order_by("starts_on", "pk"))
    if not found:
        return [(task.rule, today, None)]
    held = [rhythm for rhythm in found if rhythm.starts_on <= today][-1:]
    later = [rhythm for rhythm in found if rhythm.starts_on > today]
    return [(rhythm.rule, rhythm.starts_on, rhythm.ends_on) for rhythm in held + later]


def _move_ahead(task, kept, duty):
    """Rows ahead on which nobody has begun and whose periods come no more stand for `duty` from now on: of each unit one,
    unless the unit has a row of that period. A unit that begins with such a row goes on."""
    period = duty.period
    ahead = distribution.not_worked_on(task).filter(not_begun(clock.today())).exclude(period__in=kept)
    same = {"task": OuterRef("task"), "unit": OuterRef("unit")}
    has_it = Assignment.objects.filter(**same, period=period.key).exclude(pk=OuterRef("pk"))
    free = ahead.exclude(Exists(has_it)).order_by("pk").select_for_update(no_key=True, of=("self",))
    moved = dict(free.values_list("unit", "pk")).values()
    distribution.withdraw(ahead.exclude(pk__in=moved))
    days = {"issued_on": period.first, "due_on": duty.due_on, "first_due_on": duty.due_on}
    with rollup.moving(moved):
        Assignment.objects.filter(pk__in=moved).update(period=period.key, **days)


def _still_made(running, today, until) -> list[Period]:
    """The periods of the running rule that begin after today and before the new one takes over."""
    kept: list[Period] = []
    if running is None or (running.ends_on and running.ends_on <= today):
        return kept
    period = periods.following(running.rule, periods.period_on(running.rule, today))
    while period.first < until:
        kept.append(period)
        period = periods.following(running.rule, period)
    return kept


def _end(task, day):
    """The running rule begins no period from `day` on; one that does not hold yet never will."""
    today = clock.today()
    task.rhythms.filter(starts_on__gt=today).delete()
    task.rhythms.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=day)


def _keep(task, rule, *, starts_on, by=None, reason=""):
    return Rhythm.objects.create(
        task=task,
        starts_on=starts_on,
        reason=reason.strip(),
        made_by=by,
        made_at=clock.now(),
        **columns(rule),
    )


def columns(rule: Rule) -> dict:
    """The rule by the names of its columns."""
    return {
        "recurrence": rule.every,
        "period_system": rule.system,
        "due_rule": rule.due,
        "due_day": rule.day,
        "due_month": rule.month,
    }


def _tell(verb, task, before, *, by, reason, after=None, from_period=""):
    told = {"task": task.pk, "label": task.label, "from_period": from_period}
    events.write(
        verb,
        by=by,
        obj=task.directive,
        before={"rule": asdict(before.rule) if before else {}},
        after=told | {"rule": asdict(after) if after else {}},
        note=reason,
    )


# --- Making rows --------------------------------------------------------------------------------


@transaction.atomic
def _open(pk, day) -> int:
    """Under the directive's lock the rule is read again: somebody may have changed or ended it."""
    directive = Directive.objects.filter(tasks__rhythms=pk).first()
    if directive is None:
        return 0
    lifecycle.hold(directive)
    rhythm = Rhythm.objects.select_related("task").filter(pk=pk).first()
    if rhythm is None or directive.state != DirectiveState.ISSUED:
        return 0
    return _catch_up(rhythm, directive, day)


def _catch_up(rhythm, directive, day) -> int:
    """Every period of the rule from the newest that was made by it, until those that begin soon."""
    made_until = _made_until(rhythm)
    if made_until is None:
        return 0
    made, kept = 0, going_on.kept_from_before(rhythm)
    for period in _missing(rhythm, made_until, day + AHEAD[Recurrence(rhythm.recurrence)]):
        given_on, due_on = max(directive.issued_on, period.first), _duty(rhythm.rule, period).due_on
        told = {"covered_by": [one.key for one in kept if one.last >= period.last]}
        rows = going_on.give_again(rhythm.task_id, period.key, given_on=given_on, due_on=due_on, **told)
        if rows:
            _tell_opened(rhythm.task, directive, period, rows)
        made += rows
    return made


def _made_until(rhythm) -> date | None:
    """The day of the newest row of this rule's kind of period; rows of another rule that were moved or received ahead
    say nothing of this one's. None where the task has no row. Two queries at most."""
    rows = Assignment.objects.filter(task=rhythm.task_id)
    begun = rows if rhythm.ends_on is None else rows.filter(issued_on__lt=rhythm.ends_on)
    own = begun.filter(period__regex=periods.pattern_of(rhythm.rule)).order_by("-issued_on")
    newest = own.values_list("issued_on", flat=True)[:1].first()
    return newest or (rhythm.starts_on if rows.exists() else None)


def _missing(rhythm, made_until, last) -> Iterator[Period]:
    period = periods.period_on(rhythm.rule, max(made_until, rhythm.starts_on))
    while period.first <= last and (rhythm.ends_on is None or period.first < rhythm.ends_on):
        if period.last >= rhythm.starts_on:
            yield period
        period = periods.following(rhythm.rule, period)


def _tell_opened(task: Task, directive, period, rows):
    with translation.override(settings.LANGUAGE_CODE):
        label = f"{task.label}. " if task.label else ""
        note = f"{label}{periods.name_of(period.key)}"
    told = {"task": task.pk, "period": period.key, "rows": rows}
    events.write("open_period", by=None, obj=directive, after=told, note=note)


def _duties(rule, day, days) -> Iterator[Duty]:
    """From the first whose report can still come in time."""
    period = periods.period_on(rule, day)
    while True:
        due_on = periods.due_on(rule, period, **days)
        if due_on is None or due_on >= day:
            yield Duty(period, due_on)
        period = periods.following(rule, period)


def _duty(rule, period) -> Duty:
    """One query where working days are counted."""
    counted = rule.due == DueRule.WORKING_DAYS
    days = office_calendar(period.last, period.last + _LONGEST) if counted else {}
    return Duty(period, periods.due_on(rule, period, **days))
