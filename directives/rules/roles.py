"""Roles by what they bring: who oversees, who receives, who works, who answers for a unit."""

from units.enums import Role

# Roles that see everything an office below them has issued.
OVERSEERS = frozenset({Role.CLERK, Role.LEADER, Role.MONITOR, Role.AUDITOR})
# Roles that see what their own unit received.
RECEIVERS = frozenset(
    {Role.CLERK, Role.LEADER, Role.MONITOR, Role.AUDITOR, Role.HEAD, Role.DEPUTY, Role.STAFF}
)
WORKERS = frozenset({Role.HEAD, Role.DEPUTY, Role.STAFF})
ANSWERABLE = frozenset({Role.HEAD, Role.DEPUTY})
# What happens to a directive before everybody's eyes; the rest is the issuing office's own business.
PUBLIC_VERBS = frozenset({"issue", "record", "close", "revoke", "change_rhythm", "end_rhythm", "open_period"})
# What stays between a unit's head and whoever prepared the work.
INSIDE_VERBS = frozenset({"submit_internally", "send_back_internally"})
