"""Which of what was found is still to be told, within the cap, and the rows that say so."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from directives.enums import IMMEDIATE, TOLD_ONCE, NoticeKind
from directives.models import Notice, Unsubscription
from units import clock
from units.models import User

from .finding import FRESH, HEAVIEST_FIRST, Telling
from .hours import Hour

# What a morning says again, and what said it first.
ECHOES = {NoticeKind.NEW: NoticeKind.ASSIGNED, NoticeKind.STILL_RETURNED: NoticeKind.RETURNED}


@dataclass(frozen=True)
class Plan:
    """The rows to be made now, and how many more wait for the next run."""

    rows: list[Notice]
    left: int


def plan(now: Hour, found: list[Telling], *, most: int) -> Plan:
    """At most `most` rows: whole people, those to be told at once first. Four queries; writes nothing."""
    told = _Told(now)
    fresh = _without_echoes([one for one in dict.fromkeys(found) if not told.has(one)], told)
    taken = _within(most, _by_person(fresh, told))
    return Plan(_rows(now, taken, told), len(fresh) - len(taken))


def keep(rows: list[Notice]):
    """Write the rows: all of them or, when the machine fails half way, none. What somebody else wrote stays once."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


class _Told:
    """What was told already: today, or since it happened. Two queries."""

    def __init__(self, now):
        self.today, self.newest = set(), {}
        recent = Notice.objects.filter(Q(day=now.day) | Q(kind__in=TOLD_ONCE, day__gt=now.day - 2 * FRESH))
        fields = ("person_id", "kind", "assignment_id", "directive_id", "day", "made_at")
        for person, kind, work, document, day, made_at in recent.values_list(*fields):
            key = (person, kind, work, None if work else document)
            self.newest[key] = max(made_at, self.newest.get(key, made_at))
            if day == now.day:
                self.today.add(key)
        mailed = Notice.objects.filter(day=now.day, mailed_at__isnull=False).exclude(kind__in=IMMEDIATE)
        self.have_their_digest = set(mailed.values_list("person_id", flat=True).distinct())

    def has(self, one: Telling) -> bool:
        if one.key in self.today:
            return True
        before = self.newest.get(one.key)
        return one.since is not None and before is not None and before >= one.since


def _without_echoes(fresh, told) -> list[Telling]:
    """What is said again each morning is not said in the mail, or on the day, that says it the first time."""
    said = told.today | {one.key for one in fresh}
    return [one for one in fresh if one.kind not in ECHOES or one.key_of(ECHOES[one.kind]) not in said]


def _by_person(fresh, told) -> list[list[Telling]]:
    people = defaultdict(list)
    for one in fresh:
        people[one.person_id].append(one)
    order = sorted(people, key=lambda person: _place(person, people[person], told))
    return [sorted(people[person], key=_weight) for person in order]


def _place(person, tellings, told):
    waits = any(one.kind in IMMEDIATE for one in tellings)
    return (not waits, person in told.have_their_digest, person)


def _weight(one):
    return (HEAVIEST_FIRST[one.kind], one.directive_id, one.assignment_id or 0)


def _within(most, people) -> list[Telling]:
    """Whole people, so that nobody's morning comes in two mails; one who alone is too many is cut."""
    taken: list[Telling] = []
    for tellings in people:
        if taken and len(taken) + len(tellings) > most:
            break
        taken += tellings[:most]
    return taken


def _rows(now, taken, told) -> list[Notice]:
    """The heaviest is written last, so that it stands first in the inbox."""
    people = {one.person_id for one in taken}
    reached = set(User.objects.filter(pk__in=people).exclude(email="").values_list("pk", flat=True))
    unwanted = set(Unsubscription.objects.filter(person__in=people).values_list("person_id", "kind"))
    moment = clock.now()

    def by_mail(one):
        if one.person_id not in reached or (one.person_id, one.kind) in unwanted:
            return False
        return one.kind in IMMEDIATE or one.person_id not in told.have_their_digest

    return [
        Notice(
            person_id=one.person_id,
            kind=one.kind,
            directive_id=one.directive_id,
            assignment_id=one.assignment_id,
            day=now.day,
            made_at=moment,
            by_mail=by_mail(one),
        )
        for one in reversed(taken)
    ]
