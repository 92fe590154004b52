"""Who may do what with directives and assignments: every rule is one sentence, read nowhere else.

`can_<verb>(user, obj)` asks about one object and never about its state (that is `lifecycle`'s);
`visible_<things>(user)` is the filter from which every list, count, file, export and search starts.
"""

from django.db.models import Exists, OuterRef, Q

from directives.enums import IMMEDIATE, PUBLISHED, DirectiveState, ReportOutcome
from directives.models import Assignment, Attachment, Directive, Evidence, Recipient, Report
from units.enums import Role
from units.models import Membership, User
from units.rules import holds, memberships, paths, seat, unit_ids, within

# Roles that see everything an office below them has issued.
OVERSEERS = frozenset({Role.CLERK, Role.LEADER, Role.MONITOR, Role.AUDITOR})
# Roles that see what their own unit received.
RECEIVERS = frozenset(
    {Role.CLERK, Role.LEADER, Role.MONITOR, Role.AUDITOR, Role.HEAD, Role.DEPUTY, Role.STAFF}
)
WORKERS = frozenset({Role.HEAD, Role.DEPUTY, Role.STAFF})
ANSWERABLE = frozenset({Role.HEAD, Role.DEPUTY})
# What happens to a directive before everybody's eyes; the rest is the issuing office's own business.
PUBLIC_VERBS = frozenset({"issue", "record", "close", "revoke"})
# What stays between a unit's head and whoever prepared the work.
INSIDE_VERBS = frozenset({"submit_internally", "send_back_internally"})


# --- What may be seen ---------------------------------------------------------------------------


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


def visible_recipients(user) -> Q:
    """Whose rows are seen: the sentence of `visible_assignments`, said of who received a document."""
    given = within("directive__office", paths(user, OVERSEERS))
    return given | within("unit", paths(user, RECEIVERS))


def visible_reports(user) -> Q:
    """A report is seen with its assignment; what was only laid before the unit's head, by the unit alone."""
    seen = Q(assignment__in=Assignment.objects.filter(visible_assignments(user)))
    inside = within("assignment__unit", paths(user, WORKERS))
    return seen & (~Q(outcome=ReportOutcome.INTERNAL) | inside)


def visible_evidence(user) -> Q:
    """Evidence is seen with the report it proves."""
    return Q(report__in=Report.objects.filter(visible_reports(user)))


def visible_obstacles(user) -> Q:
    """What stands in the way of work: seen with it, and by the unit that collects for the directive."""
    seen = Q(assignment__in=Assignment.objects.filter(visible_assignments(user)))
    collected = Q(assignment__directive__collecting_unit_id__in=unit_ids(user, ANSWERABLE))
    return ~Q(obstacle="") & (seen | collected)


def visible_attachments(user) -> Q:
    """A file of a directive is seen with the directive."""
    return Q(directive__in=Directive.objects.filter(visible_directives(user)))


def visible_events(user) -> Q:
    """An event is seen with what it happened to; what went before the issue, by the issuing office's side
    alone; what was laid before a unit's head, by the unit alone."""
    shown = Directive.objects.filter(visible_directives(user), pk=OuterRef("object_id"))
    kept = shown.filter(within("office", paths(user, OVERSEERS)))
    owed = Assignment.objects.filter(visible_assignments(user), pk=OuterRef("object_id"))
    inside = owed.filter(within("unit", paths(user, WORKERS)))
    of_work = Q(Exists(owed)) & (~Q(verb__in=INSIDE_VERBS) | Q(Exists(inside)))
    of_directive = Q(verb__in=PUBLIC_VERBS) & Q(Exists(shown)) | Q(Exists(kept))
    return Q(object_type="directive") & of_directive | Q(object_type="assignment") & of_work


def visible_notices(user) -> Q:
    """What the person was told, as long as they may see what it is about."""
    document = Directive.objects.filter(visible_directives(user), pk=OuterRef("directive_id"))
    work = Assignment.objects.filter(visible_assignments(user), pk=OuterRef("assignment_id"))
    return Q(person_id=user.pk) & (Q(assignment=None) & Q(Exists(document)) | Q(Exists(work)))


def unread_notices(user, day) -> Q:
    """What is not read yet and still stands: of the morning's digests the newest says all."""
    return visible_notices(user) & Q(read_at=None) & (Q(kind__in=IMMEDIATE) | Q(day=day))


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


def owed_assignments(user) -> Q:
    """What the units owe in which the person works."""
    return Q(unit_id__in=unit_ids(user, WORKERS))


def workers_of(unit_id):
    """The people who work in a unit today, in the order of the list. A query not asked yet."""
    held = Membership.objects.in_force().filter(unit_id=unit_id, role__in=WORKERS)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by(
        "full_name", "username"
    )


def decidable_assignments(user) -> Q:
    """Reports the person may decide on: the same sentence as `can_accept`, for lists and counts."""
    seats = unit_ids(user, WORKERS | {Role.CLERK})
    as_monitor = Q(issuer_id__in=unit_ids(user, {Role.MONITOR})) & ~Q(unit_id__in=seats)
    as_leader = Q(pk__in=[])
    for issuer_id in unit_ids(user, {Role.LEADER}):
        as_leader |= Q(issuer_id=issuer_id, unit_id__in=_monitor_seats(issuer_id))
    return (as_monitor | as_leader) & ~Q(reported_by_id=user.pk)


def extendable_assignments(user) -> Q:
    """Work whose deadline the person may move: the same sentence as `can_extend`, for lists and counts."""
    as_leader = Q(issuer_id__in=unit_ids(user, {Role.LEADER}))
    as_monitor = Q(issuer_id__in=unit_ids(user, {Role.MONITOR}), directive__extension_by_leader=False)
    return (as_leader | as_monitor) & ~Q(unit_id__in=unit_ids(user, WORKERS | {Role.CLERK}))


def movable_assignments(user) -> Q:
    """Work the person may give to another unit, pause or let off: the same sentence as `can_reopen`."""
    return given_assignments(user) & ~Q(unit_id__in=unit_ids(user, WORKERS | {Role.CLERK}))


def clearable_assignments(user) -> Q:
    """Work of which the person answers what stands in its way: the same sentence as `can_answer_obstacle`."""
    return given_assignments(user) | Q(directive__collecting_unit_id__in=unit_ids(user, ANSWERABLE))


def given_assignments(user) -> Q:
    """What the person's office gave and they follow up: who may cancel or reopen it may also hurry it on."""
    return Q(issuer_id__in=unit_ids(user, {Role.MONITOR, Role.LEADER}))


def draftable_offices(user) -> set[int]:
    """The offices a clerk drafts for."""
    return unit_ids(user, {Role.CLERK})


# --- What may be done with a directive ----------------------------------------------------------


def can_draft(user, office) -> bool:
    """A clerk drafts for the office in which they are clerk."""
    return holds(user, Role.CLERK, unit_id=office.pk)


def can_edit(user, directive) -> bool:
    """The office's clerks work on its drafts together."""
    return holds(user, Role.CLERK, unit_id=directive.office_id)


can_submit = can_withdraw_submission = can_issue = can_record = can_discard = can_edit


def can_sign(user, directive) -> bool:
    """A leader of the office signs; a clerk may record a signature made on paper."""
    return holds(user, Role.LEADER, unit_id=directive.office_id)


def can_record_signature(user, directive) -> bool:
    return holds(user, Role.CLERK, unit_id=directive.office_id)


can_send_back_directive = can_sign


def can_close(user, directive) -> bool:
    """The issuing office's monitor or leader ends the tracking."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=directive.office_id)


def can_revoke(user, directive) -> bool:
    """Only a leader of the office takes a document back."""
    return holds(user, Role.LEADER, unit_id=directive.office_id)


def can_manage_registers(user) -> bool:
    """Administrators keep the registers; the numbers in them are given by issuing alone."""
    return holds(user, Role.ADMIN)


# --- What may be done with an assignment --------------------------------------------------------


def can_report(user, assignment) -> bool:
    """The head or a deputy answers for the unit."""
    return holds(user, *ANSWERABLE, unit_id=assignment.unit_id)


can_acknowledge = can_withdraw = can_supplement = can_report
can_request_extension = can_decline = can_withdraw_request = can_report
# Handing work to a person of the unit, and handing what they prepared back to them, is the head's.
can_delegate = can_send_back_internally = can_report


def can_work_on(user, assignment) -> bool:
    """Whoever works in the unit may be given its work."""
    return holds(user, *WORKERS, unit_id=assignment.unit_id)


def can_submit_internally(user, assignment) -> bool:
    """Whoever the head gave the work to lays it before the head."""
    return assignment.assignee_id == user.pk and holds(user, Role.STAFF, unit_id=assignment.unit_id)


def can_note_progress(user, assignment) -> bool:
    """The head, a deputy, or whoever was given the work says how it goes."""
    return can_report(user, assignment) or can_submit_internally(user, assignment)


can_answer_urging = can_note_progress


def can_accept(user, assignment) -> bool:
    """The office's monitor, or its leader for the monitor's own unit; nobody what they reported themselves."""
    if assignment.reported_by_id == user.pk:
        return False
    if holds(user, Role.MONITOR, unit_id=assignment.issuer_id) and not _sits_in(user, assignment.unit_id):
        return True
    if not holds(user, Role.LEADER, unit_id=assignment.issuer_id):
        return False
    return _monitor_seats(assignment.issuer_id).filter(unit_id=assignment.unit_id).exists()


can_send_back = can_accept


def can_reopen(user, assignment) -> bool:
    """The office that gave the work moves it, stops it and lets off, but not for a unit the person sits in."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=assignment.issuer_id) and not _sits_in(
        user, assignment.unit_id
    )


can_cancel = can_pause = can_resume = can_transfer = can_refuse_decline = can_reopen


def can_extend(user, assignment) -> bool:
    """More time is the leader's to give; the monitor's too where the directive leaves it to the Office."""
    roles = {Role.LEADER} if assignment.directive.extension_by_leader else {Role.LEADER, Role.MONITOR}
    return holds(user, *roles, unit_id=assignment.issuer_id) and not _sits_in(user, assignment.unit_id)


can_refuse_extension = can_extend


def can_urge(user, assignment) -> bool:
    """The office that gave the work hurries it on, whoever sits where."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=assignment.issuer_id)


def can_answer_obstacle(user, assignment) -> bool:
    """What stands in the way is answered by the unit that collects for the directive, or by whoever gave the work."""
    collector = assignment.directive.collecting_unit_id
    return can_urge(user, assignment) or (
        collector is not None and holds(user, *ANSWERABLE, unit_id=collector)
    )


def _sits_in(user, unit_id) -> bool:
    return holds(user, *WORKERS, Role.CLERK, unit_id=unit_id)


def _monitor_seats(issuer_id):
    """The units in which the monitors of an office sit: the Office's own. A query not asked yet."""
    monitors = Membership.objects.in_force().filter(unit_id=issuer_id, role=Role.MONITOR).values("user_id")
    seats = Membership.objects.in_force().filter(user_id__in=monitors, role__in=WORKERS | {Role.CLERK})
    return seats.values("unit_id")


# --- What the frame shows -----------------------------------------------------------------------


def can_follow_up(user) -> bool:
    """Monitors and leaders follow up the work their office gave: they have a queue."""
    return holds(user, Role.MONITOR, Role.LEADER)


def follows_others(user) -> bool:
    """Whether the person follows what other units owe, and not only their own."""
    return holds(user, Role.MONITOR, Role.LEADER, Role.AUDITOR)


def nav_sections(user) -> list[str]:
    """The sections of the portal this person works in, in the order of their day."""
    if not memberships(user):
        return []
    sections = ["today"] if holds(user, *RECEIVERS) else []
    if unit_ids(user, WORKERS):
        sections += ["tasks"]
    if holds(user, *RECEIVERS):
        sections += ["directives"]
    if can_follow_up(user):
        sections += ["queue"]
    if holds(user, *RECEIVERS):
        sections += ["figures"]
    sections += ["units"]
    if holds(user, Role.ADMIN):
        sections += ["administration"]
    return sections


__all__ = [name for name in globals() if name.startswith(("can_", "visible_"))] + [
    "clearable_assignments",
    "decidable_assignments",
    "draftable_offices",
    "extendable_assignments",
    "follows_others",
    "given_assignments",
    "movable_assignments",
    "nav_sections",
    "owed_assignments",
    "seat",
    "sees_all_rows",
    "unread_notices",
    "workers_of",
]
