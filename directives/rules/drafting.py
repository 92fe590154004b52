"""Who may do what with a directive, from its first draft until its end."""

from units.enums import Role
from units.rules import holds, unit_ids


def draftable_offices(user) -> set[int]:
    """The offices a clerk drafts for."""
    return unit_ids(user, {Role.CLERK})


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


# How often a duty comes back is changed by whoever follows it up.
can_change_rhythm = can_close
# Whoever follows the work up also says who has it; the paper itself, which a clerk issued, stays as it was signed.
can_add_recipient = can_remove_recipient = can_close
# And which of the superior's assignments a task of it carries out.
can_implement = can_close


def can_classify(user, directive) -> bool:
    """Whoever keeps the document or follows its work says which sector it belongs to."""
    return holds(user, Role.CLERK, Role.MONITOR, Role.LEADER, unit_id=directive.office_id)


def can_revoke(user, directive) -> bool:
    """Only a leader of the office takes a document back."""
    return holds(user, Role.LEADER, unit_id=directive.office_id)


def can_manage_sectors(user) -> bool:
    """Administrators keep the list of sectors."""
    return holds(user, Role.ADMIN)


def can_manage_registers(user) -> bool:
    """Administrators keep the registers; the numbers in them are given by issuing alone."""
    return holds(user, Role.ADMIN)
