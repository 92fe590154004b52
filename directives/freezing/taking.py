"""Freezing: what the official table shows now, with every row behind it, under a code."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Left
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from directives import compliance, rules
from directives.compliance import Fact, OfficialTable, Span
from directives.errors import Incomplete, NotAllowed, Stale
from directives.models import Snapshot
from units import clock, events
from units.rules import posts_of

from .rows import FrozenRow, columns_of, keep
from .seal import seal_of
from .table import figures_of

MOST_ROWS = 100_000
# Letters and digits that nobody takes for another, read aloud or by eye.
ALPHABET, LENGTH = "34679ACDEFGHJKMNPQRTUVWXY", 4
LONGEST_TEXT = 300
_THEN = {
    "was_issued_on": F("then_issued_on"),
    "was_first_due_on": Case(When(then_due_on=None, then=None), default=F("then_first_due_on")),
    "was_due_on": F("then_due_on"),
    "was_reported_on": F("then_reported_on"),
    "was_state": F("then_state"),
}
_FIELDS = ("pk", "directive_id", "directive__code", "task__label", "said", "unit_id", "unit_name", "duty_then", "period", *_THEN, "issuer_id", "directive__sector_id")  # fmt: skip
_KEYS = {
    "don-vi": "unit_id",
    "van-ban": "directive_id",
    "co-quan": "issuer_id",
    "linh-vuc": "directive__sector_id",
}


@transaction.atomic
def freeze(
    assignments,
    span: Span,
    *,
    by,
    office,
    rows_of="don-vi",
    groups: Sequence = (),
    period="",
    query="",
    said=(),
    notes: Callable[[OfficialTable], Sequence[str]] = lambda table: (),
) -> Snapshot:
    """Freeze the figures of these rows, as far as the office oversees them, in its name.

    `query` is the address of the same figures, `said` the scope in words, kept as they are; `notes` says of the table what
    is printed under it. Four queries for the figures besides those of the notes, and one for each thousand rows, which are
    held a thousand at a time. Refuses what is empty, what is above `MOST_ROWS`, and what changed while it was read: rows
    are read last, so it is seen whenever it was.
    """
    if not rules.can_freeze(by, office):
        raise NotAllowed
    known = assignments.filter(rules.overseen_assignments(office))
    with translation.override("vi"):
        table = compliance.official_table(known, span, by=rows_of, groups=groups)
        _require(table)
        snapshot = _named(
            period or f"{span.as_of:%Y-%m%d}",
            office=office,
            office_name=office.name,
            query=query,
            said=list(said),
            as_of=span.as_of,
            first_on=span.first,
            last_on=span.last,
            figures=figures_of(table, notes(table)),
            row_count=table.total.facts.total(),
            taken_at=clock.now(),
            taken_by=by,
            taker=", ".join(dict.fromkeys([by.display_name, posts_of(by)]))[:300],
        )
    seen: dict[int | None, Counter[Fact]] = defaultdict(Counter)
    digests = keep(snapshot, _rows(known, span, table, groups, seen))
    if seen != {row.of.key: row.facts for row in table.rows}:
        raise Stale(_("Số liệu vừa thay đổi trong lúc chốt. Hãy chốt lại."))
    return _sealed(snapshot, digests, by=by)


def _require(table):
    count = table.total.facts.total()
    if not count:
        raise Incomplete(_("Không có phần việc nào trong phạm vi này để chốt."))
    if count > MOST_ROWS:
        sentence = _(
            "Phạm vi này có %(count)s phần việc; mỗi lần chốt nhiều nhất %(most)s. Hãy chọn phạm vi nhỏ hơn."
        )
        told = {"count": count, "most": MOST_ROWS}
        raise Incomplete(
            sentence % {name: number_format(one, force_grouping=True) for name, one in told.items()}
        )


def _named(period, **fields) -> Snapshot:
    """Under a code that nobody has yet: CS-2026-Q3-7KX4."""
    for _attempt in range(20):
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        try:
            with transaction.atomic():
                return Snapshot.objects.create(code=f"CS-{period.upper()}-{drawn}", **fields)
        except IntegrityError:
            continue
    raise Stale


def _rows(assignments, span, table, groups, seen) -> Iterator[FrozenRow]:
    """Every row as it was known, in the order of the table; counts in `seen`, by the row of the table, what it passes."""
    found = compliance.with_facts(compliance.standing_on(assignments, span), span, *Fact._fields)
    found = found.annotate(said=Left(F("task__text"), LONGEST_TEXT), **_THEN)
    ordered = found.order_by("unit__path", "directive_id", "task__position", "pk")
    for values in ordered.values_list(*_FIELDS, *Fact._fields).iterator(chunk_size=2000):
        row, fact = dict(zip(_FIELDS, values, strict=False)), Fact(*values[len(_FIELDS) :])
        known = [row[name] for name in _FIELDS[:-2]]
        of = _of(row, table.by, groups)
        for key in of:
            seen[key][fact] += 1
        yield FrozenRow._make([*known, fact.stands, fact.came_back, of, columns_of(fact)])


def _of(row, by, groups):
    """The keys of the table's rows that it is of."""
    if by in _KEYS:
        return [row[_KEYS[by]]]
    return [group.key for group in groups if row["unit_id"] in group.units] or [None]


def _sealed(snapshot, digests, *, by):
    # What JSON makes of the figures is what is read again, and what is sealed.
    snapshot.refresh_from_db()
    snapshot.seal = seal_of(snapshot, digests)
    snapshot.save(update_fields=["seal"])
    after = {
        "code": snapshot.code,
        "as_of": snapshot.as_of,
        "rows": snapshot.row_count,
        "seal": snapshot.seal,
    }
    events.write("freeze", by=by, obj=snapshot, chain=f"figures:{snapshot.office_id}", after=after)
    return snapshot
