"""Keeping the books: carried to today and added up, thrown away and begun anew, compared with a recount."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from directives.models import Assignment, Mark, Rollup
from units import clock, statements

from .booking import book, by_axis, held_mark
from .sums import BOOKS, COLUMNS, KEY, Key, column, stands_otherwise, union


@transaction.atomic
def advance() -> int:
    """Move the mark to today, and add up what was booked since the last time; returns how many rows that saves.

    Waits for every act that books, and acts that begin to book wait for it: a fraction of a second among millions of
    assignments. It may run at any moment and as often as one likes. Where no counters were kept it begins them.
    """
    if not Mark.objects.exists():
        return rebuild()
    mark, today = _mark_alone(), clock.today()
    if mark.as_of != today:
        nearer = Assignment.objects.filter(stands_otherwise(mark.as_of, today))
        book([by_axis(nearer, mark.as_of, sign=-1), by_axis(nearer, today)])
        Mark.objects.filter(pk=mark.pk).update(as_of=today)
    before = Rollup.objects.count()
    _add_up()
    return before - Rollup.objects.count()


@transaction.atomic
def rebuild() -> int:
    """Throw the books away and count every assignment for today; returns how many rows the books have.

    Acts that book wait until it ends: a quarter of a minute among five million assignments.
    """
    mark = _mark_alone()
    Rollup.objects.all().delete()
    Mark.objects.filter(pk=mark.pk).update(as_of=clock.today())
    book([by_axis(Assignment.objects.all(), clock.today())])
    return Rollup.objects.count()


@transaction.atomic
def faults() -> list[str]:
    """Where the books say otherwise than a recount of all assignments. Two queries, of one moment; nobody waits for it
    but `advance` and `rebuild`."""
    mark = held_mark()
    if mark is None:
        return ["no counters are kept"]
    booked = ", ".join(f"-{name} AS {name}" for name in COLUMNS)
    both, told = union(
        [by_axis(Assignment.objects.all(), mark), (f"SELECT {KEY}, {booked} FROM {BOOKS}", [])]
    )
    sums = ", ".join(f"SUM({name})" for name in COLUMNS)
    differing = " OR ".join(f"SUM({name}) <> 0" for name in COLUMNS)
    found = statements.fetch(
        f"SELECT {KEY}, {sums} FROM ({both}) AS both_ways GROUP BY {KEY} HAVING {differing}", told
    )
    return [_fault(Key(*row[:5]), row[5:]) for row in found]


def _fault(key, missing):
    told = ", ".join(f"{name} {n:+d}" for name, n in zip(COLUMNS, missing, strict=True) if n)
    return (
        f"{key.axis} {key.bucket}, unit {key.unit_id}, {key.duty}, returned {bool(key.is_returned)}: {told}"
    )


def _mark_alone() -> Mark:
    """The mark, when nobody books; held until the transaction ends."""
    Mark.objects.get_or_create(pk=1)
    return Mark.objects.select_for_update().get(pk=1)


def _add_up():
    """Of every key that has several rows one is left, and none where nothing is."""
    newest = Rollup.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    sums = ", ".join(column(name) for name in COLUMNS)
    book([(f"SELECT {KEY}, {sums} FROM {BOOKS} GROUP BY {KEY} HAVING COUNT(*) > 1", [])])
    same = {name: OuterRef(name) for name in Key._fields}
    Rollup.objects.filter(Exists(Rollup.objects.filter(**same, pk__gt=newest)), pk__lte=newest).delete()
    Rollup.objects.filter(**dict.fromkeys(COLUMNS, 0)).delete()
