"""Who may do what with an assignment, from its receipt until its end."""

from units.enums import Role
from units.rules import holds

from .listing import monitor_seats
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
    return monitor_seats(assignment.issuer_id).filter(unit_id=assignment.unit_id).exists()


can_send_back = can_accept


def can_reopen(user, assignment) -> bool:
    """The office that gave the work moves it, stops it and lets off, but not for a unit the person sits in."""
    return holds(user, Role.MONITOR, Role.LEADER, unit_id=assignment.issuer_id) and not _sits_in(
        user, assignment.unit_id
    )


can_cancel = can_pause = can_resume = can_transfer = can_refuse_decline = can_reopen
# Work without a deadline is the same office's to look at again, or to give one.
can_review = can_set_deadline = can_reopen


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
