"""What a person may see: `visible_<things>(user)`, from which every list, count, file, export and search starts."""

from django.db.models import Exists, OuterRef, Q

from directives.enums import LASTING, PUBLISHED, DirectiveState, NoticeKind, ReportOutcome
from directives.models import (
    Assignment,
    Attachment,
    Directive,
    Evidence,
    Forwarding,
    ProgressNote,
    Recipient,
    Report,
    Snapshot,
)
from units.enums import Role
from units.models import Membership
from units.rules import paths, unit_ids, within

from .roles import ANSWERABLE, INSIDE_VERBS, OVERSEERS, PUBLIC_VERBS, RECEIVERS, WORKERS


def visible_directives(user) -> Q:
    """Own drafts; what was issued here or below; what the own unit, or one below it, received."""
    drafts = Q(office_id__in=unit_ids(user, {Role.CLERK}))
    submitted = Q(office_id__in=unit_ids(user, {Role.LEADER}))
    unpublished = (Q(state__in=[DirectiveState.DRAFT, DirectiveState.DISCARDED]) & drafts) | (
        Q(state__in=[DirectiveState.SUBMITTED, DirectiveState.SIGNED]) & (drafts | submitted)
    )
    overseen = within("issuer", paths(user, OVERSEERS)) | within("office", paths(user, OVERSEERS))
    received = Recipient.objects.filter(within("unit", paths(user, RECEIVERS)), directive=OuterRef("pk"))
    return unpublished | (Q(state__in=PUBLISHED) & (overseen | Q(Exists(received))))


def visible_headers(user) -> Q:
    """Code, date, issuer and title of documents that a visible directive cites, besides those visible."""
    citing = Directive.objects.filter(visible_directives(user), citations__cited=OuterRef("pk"))
    return visible_directives(user) | (Q(state__in=PUBLISHED) & Q(Exists(citing)))


def visible_assignments(user) -> Q:
    """All rows of what the own office, or one below it, gave; elsewhere the own subtree's rows only."""
    given = within("issuer", paths(user, OVERSEERS))
    owed = within("unit", paths(user, RECEIVERS))
    return given | owed


def units_seen_whole(user) -> Q:
    """Said of units: those of whose work the person sees everything, whoever gave it; the first half of
    `visible_assignments`."""
    return within("", overseen_paths(user))


def overseen_paths(user) -> list[str]:
    """The paths below which the person sees every row that any unit owes."""
    return paths(user, RECEIVERS)


def overseen_offices(user) -> Q:
    """Said of units: those of which the person sees all the work they gave; the other half of it."""
    return within("", paths(user, OVERSEERS))


def overseen_assignments(office) -> Q:
    """The rows that whoever oversees the office sees: what it, or one below it, gave or owes."""
    here = [office.path]
    return within("issuer", here) | within("unit", here)


def visible_snapshots(user) -> Q:
    """Figures that an office froze, for whoever sees all the rows they were made of."""
    return within("office", paths(user, OVERSEERS))


def visible_recipients(user) -> Q:
    """Whose rows are seen: the sentence of `visible_assignments`, said of who received a document."""
    given = within("directive__office", paths(user, OVERSEERS))
    return given | within("unit", paths(user, RECEIVERS))


def visible_reports(user) -> Q:
    """A report is seen with its assignment; what was only laid before the unit's head, by the unit's own people alone,
    not by those of a unit above."""
    seen = Q(assignment__in=Assignment.objects.filter(visible_assignments(user)))
    inside = Q(assignment__unit_id__in=unit_ids(user, WORKERS))
    return seen & (~Q(outcome=ReportOutcome.INTERNAL) | inside)


def visible_evidence(user) -> Q:
    """Evidence is seen with the report it proves."""
    return Q(report__in=Report.objects.filter(visible_reports(user)))


def visible_obstacles(user) -> Q:
    """What stands in the way of work: seen with it, and by the units that must answer it, or had to on its way."""
    seen = Q(assignment__in=Assignment.objects.filter(visible_assignments(user)))
    return ~Q(obstacle="") & (seen | _answered_for(user))


def _answered_for(user) -> Q:
    mine = unit_ids(user, ANSWERABLE)
    sent_on = Forwarding.objects.filter(note=OuterRef("pk"), sender_id__in=mine)
    return Q(holder_id__in=mine) | Q(Exists(sent_on))


def visible_corrections(user) -> Q:
    """What a unit says is wrong about its numbers: seen by its people and by the office that gives it the work."""
    given = Q(office_id__in=unit_ids(user, {Role.MONITOR, Role.LEADER, Role.AUDITOR}))
    return given | Q(unit_id__in=unit_ids(user, WORKERS))


def visible_attachments(user) -> Q:
    """A file of a directive is seen with the directive."""
    return Q(directive__in=Directive.objects.filter(visible_directives(user)))


def visible_events(user) -> Q:
    """An event is seen with what it happened to; what went before the issue, by the issuing office's side
    alone; what was laid before a unit's head, by its own people alone; who was added or let off, with the unit's rows."""
    shown = Directive.objects.filter(visible_directives(user), pk=OuterRef("object_id"))
    kept = shown.filter(within("office", paths(user, OVERSEERS)))
    owed = Assignment.objects.filter(visible_assignments(user), pk=OuterRef("object_id"))
    inside = owed.filter(unit_id__in=unit_ids(user, WORKERS))
    of_work = Q(Exists(owed)) & (~Q(verb__in=INSIDE_VERBS) | Q(Exists(inside)))
    of_directive = Q(verb__in=PUBLIC_VERBS) & Q(Exists(shown)) | Q(Exists(kept))
    received = Q(Exists(Recipient.objects.filter(visible_recipients(user), pk=OuterRef("object_id"))))
    frozen = Q(Exists(Snapshot.objects.filter(visible_snapshots(user), pk=OuterRef("object_id"))))
    return (
        Q(object_type="directive") & of_directive
        | Q(object_type="assignment") & of_work
        | Q(object_type="recipient") & received
        | Q(object_type="snapshot") & frozen
    )


def visible_people(user) -> Q:
    """Of whom the person may read what they did: oneself, the people of one's own unit, and for an auditor everybody
    who holds a role in what they look into. What stands there is `visible_events` as ever."""
    led = Q(unit_id__in=unit_ids(user, ANSWERABLE), role__in=WORKERS)
    audited = within("unit", paths(user, {Role.AUDITOR}))
    held = Membership.objects.in_force().filter(led | audited, user=OuterRef("pk"))
    return Q(pk=user.pk) | Q(Exists(held))


def visible_notices(user) -> Q:
    """What the person was told, as long as they may see what it is about."""
    document = Directive.objects.filter(visible_directives(user), pk=OuterRef("directive_id"))
    work = Assignment.objects.filter(visible_assignments(user), pk=OuterRef("assignment_id"))
    seen = Q(Exists(work))
    if unit_ids(user, ANSWERABLE):
        obstacle = ProgressNote.objects.filter(_answered_for(user), assignment=OuterRef("assignment_id"))
        seen |= Q(kind=NoticeKind.ASKED) & Q(Exists(obstacle.exclude(obstacle="")))
    return Q(person_id=user.pk) & (Q(assignment=None) & Q(Exists(document)) | seen)


def unread_notices(user, day) -> Q:
    """What is not read yet and still stands: of the morning's digests the newest says all."""
    return visible_notices(user) & Q(read_at=None) & (Q(kind__in=LASTING) | Q(day=day))


def visible_files(user, model):
    """The stored files of one model that the person may fetch."""
    filters = {Evidence: visible_evidence, Attachment: visible_attachments}
    return model.objects.filter(filters[model](user)).exclude(file="")


def visible_uploads(user) -> Q:
    """A file kept for a report not sent yet is its sender's alone."""
    return Q(uploaded_by_id=user.pk)


def visible_readings(user) -> Q:
    """A file that waits to be recognised is its sender's alone."""
    return Q(uploaded_by_id=user.pk)


def sees_all_rows(user, directive) -> bool:
    """Whether the person sees every unit's rows of the directive, or only their own subtree's."""
    return any(directive.office.path.startswith(path) for path in paths(user, OVERSEERS))
