"""Keeping what a clerk changed in a draft: only on top of the version they saw, and the paper follows the tasks."""

from django.db import transaction
from django.db.models import F

from directives import chaining, events, rules
from directives.enums import DirectiveState, Duty
from directives.errors import NotAllowed, Stale, WrongState
from directives.models import Addressee, Citation, Directive, Task, TaskUnit
from units import clock, structure
from units.naming import fold

from . import paper
from .draft import Draft, is_issued_already, parents
from .matching import documents_by_code
from .paper import Piece, Place
from .sheet import sheet_of


@transaction.atomic
def save_draft(directive, *, by, version, changes: Draft) -> Directive:
    """Keep `changes` if the draft is still at `version`; else Stale, and nothing is written.

    Leaves one event when something changed and none otherwise. The number of queries does not grow with
    the draft, except one per row that is itself new or changed.
    """
    if not rules.can_edit(by, directive):
        raise NotAllowed
    kept = sheet_of(directive)
    told = _changed_columns(directive, {**changes.columns, **_new_issuer(changes, by)})
    rows = _changed_rows(kept, changes)
    if not told and not rows:
        return directive
    _check_superiors(directive, kept, changes)
    _claim(directive, version)
    for name, value in told.items():
        setattr(directive, name, value[1])
    if rows & {"tasks", "opening", "closing"}:
        _write_tasks(directive, kept, changes)
    if "addressees" in rows:
        _write_addressees(directive, changes.addressees)
    if "citations" in rows:
        _write_citations(directive, changes.citations, by)
    directive.save(update_fields=[*told, "body", "search"])
    _tell(directive, by, told, rows)
    return directive


def replace_tasks(directive, *, by, version, tasks) -> Directive:
    """Keep another list of tasks, and nothing else changed."""
    return save_draft(directive, by=by, version=version, changes=Draft(tasks=tasks))


def redrafted_body(directive, stored, changes: Draft, rows) -> tuple[str, list[Place]]:
    """The body that follows from `changes`, and the place of each of the task `rows` in it. Writes nothing.

    `stored` are the tasks as kept. The body of a paper issued already stays as printed, whatever is made of
    its tasks. Linear in the body.
    """
    known = {task.pk: (task.span_start, task.span_end) for task in stored if task.span_start is not None}
    if is_issued_already(directive):
        return directive.body, _places_as_printed(directive.body, rows, known)
    known |= _places_of_passages(directive.body, rows, known)
    ordered = sorted(known, key=known.__getitem__)
    kept = {task.pk: task for task in stored}
    pieces = [
        _piece(directive.body, row, kept.get(key), known.get(key), key, ordered) for key, row in _keyed(rows)
    ]
    places = [known[key] for key in ordered]
    pieces = paper.closed(directive.body, places, pieces)
    return paper.rewrite(directive.body, places, pieces, opening=changes.opening, closing=changes.closing)


# What a drafter types into a task's row.
_TYPED = (
    "label", "text", "is_heading", "due_on", "due_text", "undated_reason", "review_on", "recurrence", "deliverable",
    "period_system", "due_rule", "due_day", "due_month", "implements",
)  # fmt: skip


# --- Steps of a save ----------------------------------------------------------------------------


def _check_superiors(directive, kept, changes):
    """What a task newly carries out is something the office was given."""
    before = {row.pk: row.implements for row in kept.tasks}
    for row in changes.tasks or ():
        if row.implements and row.implements != before.get(row.pk):
            chaining.require_answerable(directive, row.implements)


def _claim(directive, version):
    """Take the next version, or say who was faster: the office's other clerk, or a submission."""
    mine = Directive.objects.filter(pk=directive.pk, version=version, state=DirectiveState.DRAFT)
    if mine.update(version=F("version") + 1, updated_at=clock.now()):
        directive.version = version + 1
        return
    directive.refresh_from_db(fields=["state", "version"])
    if directive.state != DirectiveState.DRAFT:
        raise WrongState
    raise Stale


def _new_issuer(changes, by):
    """Gone again with the rest when the save is refused."""
    return {"issuer": structure.add_correspondent(changes.new_issuer, by=by)} if changes.new_issuer else {}


def _changed_columns(directive, columns):
    """Name → (before, after) of the columns that differ."""
    return {
        name: (getattr(directive, name), value)
        for name, value in columns.items()
        if getattr(directive, name) != value
    }


def _changed_rows(before, changes):
    """The parts of the draft that differ from what is kept."""
    parts = ("tasks", "addressees", "citations", "opening", "closing")
    return {part for part in parts if _differs(getattr(before, part), getattr(changes, part))}


def _differs(kept, wanted):
    if wanted is None:
        return False
    return kept != wanted if isinstance(wanted, str) else list(kept) != list(wanted)


def _tell(directive, by, told, rows):
    events.write(
        "edit",
        by=by,
        obj=directive,
        before={name: value[0] for name, value in told.items()},
        after={name: value[1] for name, value in told.items()} | ({"rows": sorted(rows)} if rows else {}),
    )


# --- Tasks and the paper ------------------------------------------------------------------------


def _write_tasks(directive, kept, changes):
    rows = list(kept.tasks if changes.tasks is None else changes.tasks)
    stored = list(directive.tasks.order_by("position", "pk"))
    directive.body, places = redrafted_body(directive, stored, changes, rows)
    known = {task.pk: task for task in stored}
    tasks = [known.get(row.pk) or Task(directive=directive) for row in rows]
    for at, (task, row, place) in enumerate(zip(tasks, rows, places, strict=True)):
        task.position, (task.span_start, task.span_end) = at + 1, place
        for name in _TYPED:
            setattr(task, name, getattr(row, name))
    _store(directive, tasks, rows)
    if changes.tasks is not None:
        _write_task_units(directive, tasks, rows)


def _keyed(rows):
    """Rows with the key of their place: the task's, or for a new row its own position."""
    return [(row.pk or f"new-{at}", row) for at, row in enumerate(rows)]


def _places_as_printed(body, rows, known):
    """Tasks point into a text that stays; what a task that is gone pointed at is free again."""
    kept = {row.pk: known[row.pk] for row in rows if row.pk in known}
    kept |= _places_of_passages(body, rows, kept)
    return [kept.get(key, (None, None)) for key, _row in _keyed(rows)]


def _places_of_passages(body, rows, known):
    """A new task whose words already stand in the body is made from that passage, not printed twice.

    What was cut out of a task is printed after it, wherever else the same words may stand.
    """
    found = {}
    typed = {row.pk: row.text for row in rows}
    reworded = [(body[slice(*place)], typed.get(pk, "")) for pk, place in known.items()]
    for key, row in _keyed(rows):
        cut = any(row.text in before and row.text not in now for before, now in reworded)
        if key not in known and not cut:
            place = paper.find(body, [*known.values(), *found.values()], row.text)
            if place:
                found[key] = place
    return found


def _piece(body, row, task, place, key, ordered):
    if place is None:
        return Piece(paper.printed(row.label, row.text))
    old = body[slice(*place)]
    if task and (task.label, task.text) == (row.label, row.text):
        return Piece(old, ordered.index(key))
    return Piece(paper.reprinted(old, row.label, row.text), ordered.index(key))


def _store(directive, tasks, rows):
    """What is gone goes, what is new comes, and each hangs under the nearest row above of a smaller level."""
    gone = directive.tasks.exclude(pk__in=[task.pk for task in tasks if task.pk])
    if gone_pks := list(gone.values_list("pk", flat=True)):
        directive.tasks.filter(parent__in=gone_pks).update(parent=None)
        directive.tasks.filter(pk__in=gone_pks).delete()
    Task.objects.bulk_create([task for task in tasks if not task.pk])
    for task, parent in zip(tasks, parents([row.level for row in rows]), strict=True):
        task.parent = tasks[parent] if parent is not None else None
    Task.objects.bulk_update(tasks, ["position", "parent", "span_start", "span_end", *_TYPED])


def _write_task_units(directive, tasks, rows):
    lines = TaskUnit.objects.filter(task__directive=directive)
    printed = {(line.task_id, line.unit_id, line.group_id, tuple(line.excepted)): line.text for line in lines}
    lines.delete()
    TaskUnit.objects.bulk_create(
        TaskUnit(
            task=task,
            unit=target.unit,
            group=target.group,
            excepted=list(target.excepted),
            duty=duty,
            text=_as_printed(task, target, printed),
        )
        for task, row in zip(tasks, rows, strict=True)
        for duty, target in _duties(row)
    )


def _as_printed(task, target, printed):
    """A unit keeps the words by which the paper first named it."""
    unit, group, _ = target.key
    words = printed.get((task.pk, unit, group, target.excepted)) if target.is_known else ""
    return words or target.text[:300]


def _duties(row):
    """Lead before support: a unit that a paper names in both leads; a person who types it in both is told."""
    met = set()
    for duty, targets in ((Duty.LEAD, row.leads), (Duty.SUPPORT, row.supports)):
        for target in targets:
            if target.key not in met:
                met.add(target.key)
                yield duty, target


# --- Recipients and citations -------------------------------------------------------------------


def _write_addressees(directive, rows):
    directive.addressees.all().delete()
    Addressee.objects.bulk_create(
        Addressee(
            directive=directive,
            position=position,
            text=row.text[:300],
            unit=row.target.unit,
            group=row.target.group,
            excepted=list(row.target.excepted),
            purpose=row.purpose,
            printed_purpose=row.printed_purpose,
            salutation=row.salutation,
        )
        for position, row in enumerate(rows, start=1)
    )


def _write_citations(directive, rows, by):
    known = documents_by_code([row.code for row in rows], rules.visible_directives(by))
    before = {(c.folded_code, c.dated_on): c.cited for c in directive.citations.select_related("cited")}
    directive.citations.all().delete()
    unique = {(row.relation, row.code, row.dated_on): row for row in rows}
    Citation.objects.bulk_create(
        _citation(directive, row, position, known, before)
        for position, row in enumerate(unique.values(), start=1)
    )


def _citation(directive, row, position, known, before):
    key = (fold(row.code)[:90], row.dated_on)
    cited = known.get(key) or before.get(key)
    return Citation(
        directive=directive,
        relation=row.relation,
        cited=cited if cited != directive else None,
        kind=row.kind,
        code=row.code,
        folded_code=key[0],
        dated_on=row.dated_on,
        issuer_name=row.issuer_name,
        position=position,
    )
