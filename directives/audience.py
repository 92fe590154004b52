"""Who is told of a piece of work: the sentences of `rules`, asked of everybody at once instead of one person.

Each takes a `Roster` and an assignment with its unit, and answers with the keys of people; none costs a query. That
both say the same is tested on the demo world, person by person.
"""

from directives.rules import ANSWERABLE, WORKERS
from units.enums import Role
from units.rules import SEATED

FOLLOWERS = frozenset({Role.MONITOR, Role.LEADER})


# --- The unit and those above it ----------------------------------------------------------------


def of_unit(roster, work) -> set[int]:
    """Who answers for the unit, and whoever there was given the work; where nobody answers for it, who stands in."""
    return answerable(roster, work) | assignee(roster, work)


def doers(roster, work) -> set[int]:
    """The unit's head, and whoever there was given the work; where nobody answers for the unit, who stands in."""
    head = roster.holders(work.unit_id, {Role.HEAD})
    return (
        head
        | assignee(roster, work)
        | (set() if is_manned(roster, work.unit_id) else stand_ins(roster, work))
    )


def answerable(roster, work) -> set[int]:
    return roster.holders(work.unit_id, ANSWERABLE) or stand_ins(roster, work)


def is_manned(roster, unit_id) -> bool:
    """Whether anybody answers for the unit: as `rules.unmanned`."""
    return bool(roster.holders(unit_id, ANSWERABLE))


def stand_ins(roster, work) -> set[int]:
    """Who is told in place of a head and deputies that are not there: who heads the unit above, else the office."""
    return superiors(roster, work) or followers(roster, work)


def assignee(roster, work) -> set[int]:
    """Whoever was given the work, as long as they work in the unit."""
    return roster.holders(work.unit_id, WORKERS) & {work.assignee_id}


def superiors(roster, work) -> set[int]:
    """Who heads the unit above."""
    return roster.holders(work.unit.parent_id, {Role.HEAD, Role.LEADER})


# --- The office that gave the work --------------------------------------------------------------


def monitors(roster, work) -> set[int]:
    return roster.holders(work.issuer_id, {Role.MONITOR}) or leaders(roster, work)


def leaders(roster, work) -> set[int]:
    return roster.holders(work.issuer_id, {Role.LEADER})


def deciders(roster, work) -> set[int]:
    """Who may decide on the report: as `rules.decidable_assignments`."""
    seated = roster.holders(work.unit_id, SEATED)
    monitors = roster.holders(work.issuer_id, {Role.MONITOR})
    reporter = {work.reported_by_id}
    also = roster.holders(work.issuer_id, {Role.LEADER}, apart_from=reporter) if monitors & seated else set()
    return roster.holders(work.issuer_id, {Role.MONITOR}, apart_from=seated | reporter) | also


def extenders(roster, work) -> set[int]:
    """Who may give more time: as `rules.extendable_assignments`."""
    roles = {Role.LEADER} if work.extension_by_leader else FOLLOWERS
    return roster.holders(work.issuer_id, roles, apart_from=roster.holders(work.unit_id, SEATED))


def movers(roster, work) -> set[int]:
    """Who may give the work to another unit: as `rules.movable_assignments`."""
    return roster.holders(work.issuer_id, FOLLOWERS, apart_from=roster.holders(work.unit_id, SEATED))


def clearers(roster, work, note) -> set[int]:
    """With whom an obstacle of the work lies: as `rules.held_obstacles`."""
    if note.holder_id != work.issuer_id:
        return roster.holders(note.holder_id, ANSWERABLE)
    return leaders(roster, work) if note.leader_answers else followers(roster, work)


def followers(roster, work) -> set[int]:
    """Who follows up what the office gave: as `rules.given_assignments`."""
    return roster.holders(work.issuer_id, FOLLOWERS)
