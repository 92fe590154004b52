"""Which task of an office carries out what a superior gave the office: offered, said by people, never guessed.

A circle of documents that carry out each other's work cannot be made.
"""

from collections.abc import Container
from textwrap import shorten
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from directives import events, lifecycle
from directives.enums import ENDED, DirectiveState
from directives.errors import Incomplete, Stale
from directives.models import Assignment, Citation, Task
from directives.periods import name_of

MOST_OFFERED = 30
MOST_TASKS = 60
# Of one task beside its document more are offered than in each line of a draft.
MOST_ALONE = 300
LONGEST_NAME = 90
# What the lock is called among the database's own; any number will do that nobody else takes.
_LOCK = 5706
# Whoever says so has not looked at what was said before.
UNSEEN: Any = object()


@transaction.atomic
def implement(task, assignment, *, by, seen: int | None = UNSEEN):
    """Say which of the superior's assignments a task of an issued document carries out; None: none any more.

    Leaves one event, none where it was so already. Whoever says so elsewhere waits until the transaction ends. Raises
    `Stale` where the task carries out something else than the person has `seen` (a key, or None).
    """
    _one_at_a_time()
    directive = task.directive
    lifecycle.hold(directive)
    lifecycle.check(directive, "implement", by=by)
    task = Task.objects.select_related("implements__task", "implements__directive").get(pk=task.pk)
    before = task.implements
    if before == assignment:
        return task
    if seen is not UNSEEN and task.implements_id != seen:
        raise Stale(_told_of_other(task))
    if assignment is not None:
        require_answerable(directive, assignment)
        _require_no_circle(directive, assignment)
    Task.objects.filter(pk=task.pk).update(implements=assignment)
    after = _told(assignment) | {"task": task.pk, "label": task.label}
    events.write("implement", by=by, obj=directive, before=_told(before), after=after)
    task.implements = assignment
    return task


def _told_of_other(task):
    if task.implements is None:
        return _("Người khác vừa bỏ gắn %(task)s. Hãy xem lại rồi lưu.") % {"task": task_called(task)}
    said = {"task": task_called(task), "work": called(task.implements)}
    return _("Người khác vừa gắn %(task)s với việc khác: %(work)s. Hãy xem lại rồi lưu.") % said


@transaction.atomic
def carry_out(assignment, tasks, *, by, among, seen: Container[int]):
    """Say which of the office's tasks `among` carry out one piece of its work. Only what the person changed is changed:
    `seen` are the keys of those that did so when they looked."""
    _one_at_a_time()
    for task in sorted(among, key=lambda one: (one.directive_id, one.pk)):
        was, is_wanted = task.pk in seen, task in tasks
        if was != is_wanted:
            implement(task, assignment if is_wanted else None, by=by, seen=assignment.pk if was else None)


def free_tasks(assignment) -> list[Task]:
    """Tasks in force of the office that owes the work which carry it out already, or nothing yet: of documents that cite
    its document first, then the newest. One query."""
    own = Task.objects.filter(directive__office=assignment.unit_id, directive__state=DirectiveState.ISSUED)
    own = own.filter(Q(implements=None) | Q(implements=assignment), is_heading=False)
    cites = Citation.objects.filter(directive=OuterRef("directive"), cited=assignment.directive_id)
    carries_out = Case(When(implements=assignment, then=Value(1)), default=Value(0))
    found = own.exclude(directive=assignment.directive_id).annotate(is_citing=Exists(cites), kept=carries_out)
    found = found.select_related("directive").only(
        "label", "text", "position", "implements", "directive__code", "directive__kind"
    )
    return list(
        found.order_by("-kept", "-is_citing", "-directive__issued_on", "directive_id", "position")[
            :MOST_TASKS
        ]
    )


def answerable(office_id) -> QuerySet[Assignment]:
    """What the office owes a superior and has not finished. No query by itself."""
    owed = Assignment.objects.filter(unit=office_id, directive__state=DirectiveState.ISSUED)
    return owed.exclude(state__in=ENDED)


def is_given() -> Exists:
    """Whether the office of a document owes a superior anything that its tasks may carry out; as SQL."""
    return Exists(answerable(OuterRef("office")).exclude(directive=OuterRef("pk")))


def offered(directive, most=MOST_OFFERED) -> list[Any]:
    """What a task of the document may carry out: of the documents it cites first (`is_cited`), then the newest.

    Whoever works on an office's document sees all that the office received; of it the first `most`, and besides, before
    them, all that its tasks carry out already. One query.
    """
    cites = Citation.objects.filter(directive=directive, cited=OuterRef("directive"))
    chosen = Assignment.objects.filter(implemented_by__directive=directive.pk)
    found = named(answerable(directive.office_id).exclude(directive=directive.pk) | _again(chosen))
    kept = Case(When(pk__in=chosen.values("pk"), then=Value(1)), default=Value(0))
    found = found.annotate(is_cited=Exists(cites), kept=kept)
    order = ("-is_cited", "-issued_on", "task__position", "pk")
    found = found.annotate(turn=Window(RowNumber(), partition_by=F("kept"), order_by=order))
    return list(found.filter(Q(kept=1) | Q(turn__lte=most)).order_by("-kept", *order))


def _again(chosen):
    """The same rows by their keys: what is joined to find them is not joined into the other's query."""
    return Assignment.objects.filter(pk__in=chosen.values("pk"))


def named(assignments) -> QuerySet[Assignment]:
    """With what `called` says of them, and no more. No query by itself."""
    return assignments.select_related("task", "directive").only(
        "period",
        "unit",
        "state",
        "task__label",
        "task__text",
        "task__position",
        "directive__code",
        "directive__kind",
    )


def called(assignment, length=LONGEST_NAME) -> str:
    """What a superior gave, as people say it: "1001/UBND-KGVX, nhiệm vụ 2: Nội dung"."""
    task, text = assignment.task, shorten(assignment.task.text, length, placeholder="…")
    said = {"code": assignment.directive.code, "label": task.label, "text": text}
    words = (
        _("%(code)s, nhiệm vụ %(label)s: %(text)s") % said if task.label else _("%(code)s: %(text)s") % said
    )
    return f"{words} ({name_of(assignment.period)})" if assignment.period else words


def task_called(task, length=LONGEST_NAME) -> str:
    """One of the office's own tasks: "812/SGTVT-VP, nhiệm vụ 1: Nội dung"."""
    text = shorten(task.text, length, placeholder="…")
    said = {"code": task.directive.code, "label": task.label or task.position, "text": text}
    return _("%(code)s, nhiệm vụ %(label)s: %(text)s") % said


def require_answerable(directive, assignment):
    """Refuses work of another office, and work that is finished."""
    if assignment.unit_id != directive.office_id or assignment.directive_id == directive.pk:
        sentence = _("Chỉ gắn được với nhiệm vụ mà cấp trên giao cho chính cơ quan ban hành văn bản này.")
        raise Incomplete(fields={"implements": sentence})
    if not answerable(directive.office_id).filter(pk=assignment.pk).exists():
        sentence = _("Nhiệm vụ cấp trên giao đã kết thúc, không gắn thêm việc được nữa.")
        raise Incomplete(fields={"implements": sentence})


def _require_no_circle(directive, assignment):
    if directive.pk in _carried_out_by(assignment.directive_id):
        sentence = _(
            "Văn bản %(code)s đang thực hiện việc do chính văn bản này giao; gắn ngược lại sẽ thành vòng."
        )
        raise Incomplete(fields={"implements": sentence % {"code": assignment.directive.code}})


def _carried_out_by(directive_id) -> set[int]:
    """The document, those whose work its tasks carry out, those whose work theirs do, to the top. A query a level;
    a document is met once, so that it ends whatever is stored."""
    met: set[int] = set()
    level = {directive_id}
    while level:
        met |= level
        above = Assignment.objects.filter(implemented_by__directive__in=level)
        level = set(above.values_list("directive_id", flat=True)) - met
    return met


def _one_at_a_time():
    """Two people, each closing one half of a circle that neither sees whole: the second looks after the first is done.

    A draft needs no such care: nobody can carry out work that is not given yet. SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _told(assignment) -> dict:
    if assignment is None:
        return {"implements": None}
    code, label = assignment.directive.code, assignment.task.label
    return {"implements": assignment.pk, "answered": f"{code}, {label}" if label else code}
