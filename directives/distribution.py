"""Who receives an issued document and who owes which of its tasks: groups expanded, names frozen, rows made."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from directives import rollup
from directives.enums import AssignmentState, Duty, Purpose
from directives.models import Assignment, Notice, Phase, Recipient, Task, TaskUnit
from units import clock
from units.models import Unit, UnitName

# After whoever the paper names.
LAST = 100_000
# Which share it is and by when: of what is handed on all that may change while it is owed.
OWN_DAYS = ("period", "duty", "issued_on", "due_on", "first_due_on")
_HANDED_ON = ("task_id", "directive_id", "issuer_id", "kind", *OWN_DAYS)
# What a unit that has the work again begins without.
AFRESH = {
    "is_returned": False,
    "reviewed_on": None,
    "internal_due_on": None,
    "assignee": None,
    "acknowledged_at": None,
    "reported_on": None,
    "reported_at": None,
    "reported_by": None,
    "accepted_at": None,
    "let_off_at": None,
}
# When a unit stands in the list twice, the weightier purpose counts.
_WEIGHT = [Purpose.ACT, Purpose.COORDINATE, Purpose.REPORT, Purpose.INFORM]


@dataclass
class _Entry:
    unit: Unit
    purpose: str
    group_name: str = ""
    named_only: bool = False


def distribute(directive) -> int:
    """Write the recipients and the assignments of a directive being issued; returns how many assignments.

    Of recurring tasks `recurring` makes the rows, period by period. Must run in the transaction of the issue. A fixed number of queries, plus one per group.
    """
    _freeze_recipients(directive)
    return _insert_assignments(directive)


def give(directive, task, period, *, given_on, due_on) -> int:
    """The rows of one recurring task for its first period, as `distribute` makes those of the others. One INSERT, two more
    queries for the counters."""
    told = {"period": period, "given_on": given_on, "due_on": due_on, "task": task.pk}
    made = _insert(_INSERT_PERIOD, {"directive": directive.pk, **told, **WORDS})
    rollup.added(Assignment.objects.filter(task=task, period=period))
    return made


def hand_on(assignment, unit) -> Assignment:
    """The same work as another unit's: same task, period, duty and dates, received today. Five queries.

    Raises IntegrityError when the unit owes it already.
    """
    taken = Assignment.objects.create(**taken_over(assignment, unit), unit=unit)
    rollup.added(Assignment.objects.filter(pk=taken.pk))
    return taken


def taken_over(assignment, unit) -> dict:
    """What another unit's work begins with, and the unit in the list of those who received the document. Two queries."""
    name = unit.name_on(clock.today())
    recipient, _new = Recipient.objects.get_or_create(
        directive_id=assignment.directive_id,
        unit=unit,
        defaults={"unit_name": name, "purpose": Purpose.ACT, "named_only": True, "position": LAST},
    )
    if recipient.removed_at:
        recipient.removed_at = None
        recipient.save(update_fields=["removed_at"])
    copied = {name: getattr(assignment, name) for name in _HANDED_ON}
    if not assignment.due_on:
        copied["reviewed_on"] = clock.today()  # how long it lies unmoved is counted for this unit anew
    return copied | {"unit_name": name, "transferred_from": assignment, "updated_at": clock.now()}


@dataclass(frozen=True)
class Share:
    """A task that a unit is given after the issue, and by when the unit must have done it.

    Of recurring work it is one period's, given from `given_on` on; of other work it is given today.
    """

    task: Task
    due_on: date | None = None
    period: str = ""
    given_on: date | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What a unit has once."""
        return self.task.pk, self.period


def receive_later(directive, unit, *, duty, **basis) -> Recipient:
    """The unit in the list of those who received the document, as added now for what `basis` says. Three queries."""
    purpose = Purpose.ACT if duty == Duty.LEAD else Purpose.COORDINATE
    recipient, new = Recipient.objects.get_or_create(
        directive=directive,
        unit=unit,
        defaults={
            "unit_name": unit.name_on(clock.today()),
            "purpose": purpose,
            "named_only": True,
            "position": LAST,
        },
    )
    if not new and recipient.purpose not in (Purpose.ACT, Purpose.COORDINATE):
        recipient.purpose, recipient.named_only = purpose, True
    changes = {"added_at": clock.now(), "removed_at": None, **basis}
    for name, value in changes.items():
        setattr(recipient, name, value)
    recipient.save(update_fields=[*changes, "purpose", "named_only"])
    return recipient


def share_out(directive, unit, shares, *, duty) -> list[Assignment]:
    """What the unit owes from today on, each share with its own deadline. Three queries, and one for each name."""
    common = {"directive": directive, "unit": unit, "issuer_id": directive.office_id, "kind": directive.kind}
    given = Assignment.objects.bulk_create(
        Assignment(task=share.task, **common, **given_today(unit, share, duty=duty)) for share in shares
    )
    if given:
        rollup.added(Assignment.objects.filter(pk__in=[one.pk for one in given]))
    return given


def withdraw(assignments: QuerySet[Assignment]) -> None:
    """Delete rows that nobody has touched. Five queries; none but the first where there is none."""
    held = assignments.order_by("pk").select_for_update(no_key=True, of=("self",))
    if keys := list(held.values_list("pk", flat=True)):
        with rollup.moving(keys):
            Assignment.objects.filter(pk__in=keys).delete()


def given_today(unit, share, *, duty) -> dict:
    """What work that is given today begins with."""
    return {
        "duty": duty,
        "unit_name": unit.name_on(clock.today()),
        "period": share.period,
        "issued_on": share.given_on or clock.today(),
        "due_on": share.due_on,
        "first_due_on": share.due_on,
        "review_on": None if share.due_on else share.task.review_on,
        "updated_at": clock.now(),
    }


def untouched(task=None) -> QuerySet[Assignment]:
    """Rows about which nobody has done anything: not received, given to nobody, with nothing hanging on them."""
    still = {"state": AssignmentState.NOT_STARTED, "acknowledged_at": None}
    return _with_nothing_on_them(task, but=(Notice,)).filter(**still)


def not_worked_on(task) -> QuerySet[Assignment]:
    """The same with those that were received and no more: without a word, a note or a report, and with nobody."""
    received = Q(state=AssignmentState.IN_PROGRESS, acknowledged_at__isnull=False, internal_due_on=None)
    kept = _with_nothing_on_them(task, but=(Notice, Phase))
    return kept.filter(received | Q(state=AssignmentState.NOT_STARTED, acknowledged_at=None))


def _with_nothing_on_them(task, *, but):
    mine = Assignment.objects.filter(task=task) if task else Assignment.objects.all()
    hanging = Q()
    for relation in Assignment._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.related_model not in but:
            model, field = relation.related_model, relation.field.name
            hanging |= Q(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    return mine.filter(assignee=None, transferred_from=None).exclude(hanging)


def expand(directive, day) -> list[_Entry]:
    """Whom the directive reaches on `day`, groups expanded, in the order of the paper. Writes nothing.

    The paper of another body, recorded here, reaches the office and what is below it: nobody records for others.
    """
    entries: dict[int, _Entry] = {}
    for addressee in directive.addressees.exclude(purpose=Purpose.ARCHIVE).select_related("unit", "group"):
        group_name = addressee.group.name if addressee.group else ""
        for unit in units_of(addressee, day):
            _add(entries, _Entry(unit, addressee.purpose, group_name))
    for named in TaskUnit.objects.filter(task__directive=directive).select_related("unit", "group"):
        for unit in units_of(named, day):
            entries.setdefault(unit.pk, _Entry(unit, Purpose.ACT, named_only=True))
    return [entry for entry in entries.values() if is_reached(entry.unit, directive)]


def is_acted_on(directive, day) -> bool:
    """Whether anybody the directive reaches on `day` acts on it. One query where a unit is named that does, else as `expand`."""
    named = (
        directive.addressees.filter(purpose=Purpose.ACT, unit__isnull=False).select_related("unit").first()
    )
    if named and is_reached(named.unit, directive):
        return True
    return any(one.named_only or one.purpose == Purpose.ACT for one in expand(directive, day))


def is_reached(unit, directive) -> bool:
    """Whether work under the directive may be given to the unit: of a paper of another body, within the office alone."""
    return directive.issuer_id == directive.office_id or unit.is_under(directive.office.path)


def _reached(directive) -> Q:
    """The same, said of units."""
    return Q() if directive.issuer_id == directive.office_id else Q(path__startswith=directive.office.path)


def takers(assignment) -> QuerySet[Unit]:
    """The units that may be given the work instead: those right below who gave it, and those to which the document gave
    work; nobody who only has it to know of, and nobody above the office. No query by itself but for the document's office."""
    directive = assignment.directive
    act = Recipient.objects.filter(directive=directive, purpose__in=(Purpose.ACT, Purpose.COORDINATE))
    near = Q(parent=assignment.issuer_id) | Q(pk__in=act.values("unit"))
    above = Unit.objects.above(directive.office.path).values("pk")
    found = Unit.objects.alive().filter(near, _reached(directive))
    return found.exclude(pk=assignment.unit_id).exclude(pk__in=above)


def _add(entries, entry):
    known = entries.get(entry.unit.pk)
    if known is None or _WEIGHT.index(entry.purpose) < _WEIGHT.index(known.purpose):
        entries[entry.unit.pk] = entry


def units_of(line, day):
    """The units that a line of recipients, or a task's line of units, means on `day`. A query for a group."""
    if line.group:
        return [unit for unit in line.group.members_on(day) if unit.pk not in line.excepted]
    return [line.unit] if line.unit else []


def _freeze_recipients(directive):
    day = directive.issued_on
    _spell_out_groups(directive, day)
    entries = expand(directive, day)
    names = _names_on(day, [entry.unit for entry in entries])
    listed = [
        [one.unit.pk, names[one.unit.pk], one.group_name, one.purpose, one.named_only] for one in entries
    ]
    # As one text: a model for each of a thousand keeps the other threads of the worker from their reports.
    told = {"directive": directive.pk, "listed": json.dumps(listed)}
    _insert(_FREEZE_ON_POSTGRESQL if connection.vendor == "postgresql" else _FREEZE_ON_SQLITE, told)


def _spell_out_groups(directive, day):
    """Beside a group that a task names, the group's units of the day: lead before support, each once."""
    lines = TaskUnit.objects.filter(task__directive=directive).select_related("unit", "group")
    named = {(line.task_id, line.unit_id) for line in lines if line.unit_id}
    spelled = []
    for line in (line for line in lines if line.group):
        for unit in units_of(line, day):
            if (line.task_id, unit.pk) not in named:
                named.add((line.task_id, unit.pk))
                spelled.append(TaskUnit(task_id=line.task_id, unit=unit, duty=line.duty))
    TaskUnit.objects.bulk_create(spelled)


def _names_on(day, units):
    names = {unit.pk: unit.name for unit in units}
    dated = UnitName.objects.in_force(day).filter(unit__in=units).order_by("starts_on")
    return names | dict(dated.values_list("unit_id", "name"))


def _insert_assignments(directive):
    """One INSERT … SELECT: everybody's tasks to all who act, named tasks to the units they name."""
    made = _insert(_INSERT, {"directive": directive.pk, **WORDS})
    rollup.added(Assignment.objects.filter(directive=directive))
    return made


def _insert(statement, told):
    with executed(statement, told) as cursor:
        return cursor.rowcount


@contextmanager
def executed(statement, told):
    """The cursor of a statement of ours that names what it is `told`, and today."""
    adapted = {name: _adapted(value) for name, value in (told | {"today": clock.today()}).items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, adapted)
        yield cursor


def _adapted(value):
    """Days and moments as this database keeps them."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


WORDS = {
    "new": AssignmentState.NOT_STARTED.value,
    "lead": Duty.LEAD.value,
    "support": Duty.SUPPORT.value,
    "act": Purpose.ACT.value,
    "coordinate": Purpose.COORDINATE.value,
}
_T, _TU, _R, _A = (m._meta.db_table for m in (Task, TaskUnit, Recipient, Assignment))
_FREEZE = f"""
INSERT INTO {_R} (directive_id, unit_id, unit_name, group_name, purpose, named_only, position, reason, code)
SELECT %(directive)s, {{told}}, '', '' FROM {{listed}}
"""  # noqa: S608 - only names of our own tables are put in
_FREEZE_ON_POSTGRESQL = _FREEZE.format(
    told="(e->>0)::bigint, e->>1, e->>2, e->>3, (e->>4)::boolean, n",
    listed="json_array_elements(%(listed)s::json) WITH ORDINALITY AS listed (e, n)",
)
_FREEZE_ON_SQLITE = _FREEZE.format(
    told=", ".join([*(f"json_extract(value, '$[{place}]')" for place in range(5)), "key + 1"]),
    listed="json_each(%(listed)s)",
)
COLUMNS = """task_id, unit_id, period, duty, directive_id, issuer_id, kind, issued_on, unit_name, state,
    is_returned, due_on, first_due_on, review_on, updated_at, since_on"""
_INTO = f"""
INSERT INTO {_A} ({COLUMNS})
SELECT t.id, r.unit_id, {{period}}, CASE r.purpose WHEN %(coordinate)s THEN %(support)s ELSE %(lead)s END, {{copies}}
FROM {_T} t
JOIN directives_directive d ON d.id = t.directive_id
JOIN {_R} r ON r.directive_id = t.directive_id AND r.purpose IN (%(act)s, %(coordinate)s) AND NOT r.named_only
WHERE t.directive_id = %(directive)s AND NOT t.is_heading AND {{which}}
    AND NOT EXISTS (SELECT 1 FROM {_TU} l WHERE l.task_id = t.id AND l.duty = %(lead)s)
    AND NOT EXISTS (SELECT 1 FROM {_TU} s WHERE s.task_id = t.id AND s.unit_id = r.unit_id)
UNION ALL
SELECT t.id, u.unit_id, {{period}}, u.duty, {{copies}}
FROM {_T} t
JOIN directives_directive d ON d.id = t.directive_id
JOIN {_TU} u ON u.task_id = t.id AND u.unit_id IS NOT NULL
JOIN {_R} r ON r.directive_id = t.directive_id AND r.unit_id = u.unit_id
WHERE t.directive_id = %(directive)s AND NOT t.is_heading AND {{which}}
"""  # noqa: S608 - only names of our own tables are put in
_COPIES = (
    "r.directive_id, d.office_id, d.kind, {day}, r.unit_name, %(new)s, false, {due}, {due}, "
    "CASE WHEN t.due_on IS NULL AND t.recurrence = '' THEN t.review_on END, d.issued_at, %(today)s"
)
_INSERT = _INTO.format(
    period="''",
    which="t.recurrence = ''",
    copies=_COPIES.format(day="d.issued_on", due="t.due_on"),
)
# The column tells both databases that what may be NULL is a day.
DUE_ON = "CASE WHEN {row}.id IS NULL THEN {row}.due_on ELSE %(due_on)s END"
_INSERT_PERIOD = _INTO.format(
    period="%(period)s",
    which="t.id = %(task)s",
    copies=_COPIES.format(day="%(given_on)s", due=DUE_ON.format(row="t")),
)
