"""Who may do what with an assignment, from its receipt until its end."""

from directives.models import ProgressNote
from units.enums import Role
from units.models import Membership
from units.rules import can_manage_accounts, capacities, holds, holds_outside

from .frame import can_clear
from .listing import held_obstacles, monitor_seats
from .roles import ANSWERABLE, WORKERS


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


def works_in(user, unit_id) -> bool:
    """The same of a unit, before there is a piece of work to ask about."""
    return holds(user, *WORKERS, unit_id=unit_id)


def can_hand_over(user, unit_id) -> bool:
    """The unit's head or deputy; the administrator too, who ends the roles of people who leave, and reads none of it."""
    return holds(user, *ANSWERABLE, unit_id=unit_id) or can_manage_accounts(user)


def can_implement_for(user, assignment) -> bool:
    """Which of an office's tasks carry out what it was given is said by its own monitors and leaders."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=assignment.unit_id)


def can_submit_internally(user, assignment) -> bool:
    """Whoever the head gave the work to lays it before the head."""
    return assignment.assignee_id == user.pk and holds(user, Role.STAFF, unit_id=assignment.unit_id)


def can_note_progress(user, assignment) -> bool:
    """The head, a deputy, or whoever was given the work says how it goes."""
    return can_report(user, assignment) or can_submit_internally(user, assignment)


can_answer_urging = can_note_progress


def can_accept(user, assignment) -> bool:
    """The office's monitor, or its leader for the monitor's own unit; nobody what they, or whoever they act for,
    reported themselves."""
    if assignment.reported_by_id == user.pk:
        return False
    if any(assignment.unit_id not in one.seats for one in _judging(user, Role.MONITOR, assignment)):
        return True
    if not _judging(user, Role.LEADER, assignment):
        return False
    return monitor_seats(assignment.issuer_id).filter(unit_id=assignment.unit_id).exists()


can_send_back = can_accept


def can_reopen(user, assignment) -> bool:
    """The office that gave the work moves it, stops it and lets off, but not for a unit the person sits in."""
    return holds_outside(user, Role.MONITOR, Role.LEADER, unit_id=assignment.issuer_id, of=assignment.unit_id)


can_cancel = can_pause = can_resume = can_transfer = can_refuse_decline = can_reopen
# Work without a deadline is the same office's to look at again, or to give one.
can_review = can_set_deadline = can_reopen


def can_extend(user, assignment) -> bool:
    """More time is the leader's to give; the monitor's too where the directive leaves it to the Office."""
    roles = {Role.LEADER} if assignment.directive.extension_by_leader else {Role.LEADER, Role.MONITOR}
    return holds_outside(user, *roles, unit_id=assignment.issuer_id, of=assignment.unit_id)


can_refuse_extension = can_extend


def can_urge(user, assignment) -> bool:
    """The office that gave the work hurries it on, whoever sits where."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=assignment.issuer_id)


def can_ask_correction(user, unit) -> bool:
    """Whoever answers for a unit says so when a number about it is wrong."""
    return holds(user, *ANSWERABLE, unit_id=unit.pk)


def can_answer_correction(user, correction) -> bool:
    """The numbers are the Office's: its monitor or its leader answers, but not for a unit they sit in."""
    return holds_outside(user, Role.MONITOR, Role.LEADER, unit_id=correction.office_id, of=correction.unit_id)


def can_freeze(user, office) -> bool:
    """The figures of an office are frozen by its leader or its monitor."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=office.pk)


def can_instruct(user, assignment) -> bool:
    """The leader of the office that gave the work asks the unit why, and tells it what to do."""
    return holds(user, Role.LEADER, unit_id=assignment.issuer_id)


can_ask_explanation = can_instruct


def can_answer_obstacle(user, assignment) -> bool:
    """Whoever something that stands in the way of the work lies with. One query, none for who answers for nothing."""
    if not can_clear(user):
        return False
    still_open = ProgressNote.objects.filter(assignment=assignment.pk, answered_at=None)
    return still_open.filter(held_obstacles(user)).exists()


def can_forward_obstacle(user, assignment) -> bool:
    """Whoever it lies with sends it on; whoever gave the work may always take it to themselves or elsewhere."""
    return can_urge(user, assignment) or can_answer_obstacle(user, assignment)


def holds_obstacle(user, note) -> bool:
    """Whether this one lies with the person: the same sentence as `held_obstacles`."""
    if note.holder_id != note.assignment.issuer_id:
        return holds(user, *ANSWERABLE, unit_id=note.holder_id)
    roles = {Role.LEADER} if note.leader_answers else {Role.LEADER, Role.MONITOR}
    return holds(user, *roles, unit_id=note.holder_id)


def is_answered_for(unit_id) -> bool:
    """Whether anybody answers for the unit today. One query."""
    held = Membership.objects.in_force().filter(unit_id=unit_id, role__in=ANSWERABLE)
    return held.filter(user__is_active=True).exists()


def _judging(user, role, assignment):
    """In whose names the person holds the role in the office that gave the work, but for who reported it."""
    of_office = [one for one in capacities(user, {role}) if assignment.issuer_id in one.unit_ids]
    reporter = assignment.reported_by_id
    return [one for one in of_office if reporter is None or one.principal_id != reporter]
